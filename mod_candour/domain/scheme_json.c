/* scheme_json.c: a version of a scheme's settings as a JSON file, in and out. Strict: a member that is
 * not known is refused, and every problem names its member. */
#include <apr_strings.h>
#include <stddef.h>
#include <string.h>

#include "base/field.h"
#include "domain/scheme.h"

typedef enum kind_t { K_TEXT, K_WORD, K_FLAG, K_PENCE, K_COUNT, K_DATE, K_STEPS } kind_t;

typedef struct member_t {
    const char *name;
    kind_t kind;
    size_t offset;
    const cd_token_t *words;
    int required;
} member_t;

#define AT(member_) offsetof(cd_scheme_t, member_)
static const member_t members[] = {
    { "code", K_TEXT, AT(code), NULL, 1 },
    { "version", K_COUNT, AT(version), NULL, 1 },
    { "title", K_TEXT, AT(title), NULL, 1 },
    { "formula", K_WORD, AT(formula), cd_formulas, 1 },
    { "shadow_of", K_WORD, AT(shadow_of), cd_formulas, 0 },
    { "basis", K_WORD, AT(basis), cd_bases, 1 },
    { "requires_damages", K_FLAG, AT(requires_damages), NULL, 0 },
    { "include_ppo", K_FLAG, AT(include_ppo), NULL, 0 },
    { "may_exceed_basis", K_FLAG, AT(may_exceed_basis), NULL, 0 },
    { "capped_by_damages", K_FLAG, AT(capped_by_damages), NULL, 0 },
    { "fixed_p", K_PENCE, AT(fixed_p), NULL, 0 },
    { "steps_p", K_STEPS, AT(steps_p), NULL, 0 },
    { "cap_p", K_PENCE, AT(cap_p), NULL, 0 },
    { "floor_p", K_PENCE, AT(floor_p), NULL, 0 },
    { "material", K_WORD, AT(material), cd_materials, 1 },
    { "window", K_WORD, AT(window), cd_windows, 1 },
    { "breach_unit", K_WORD, AT(breach_unit), cd_breach_units, 1 },
    { "evidence_days_wd", K_COUNT, AT(evidence_days_wd), NULL, 0 },
    { "needs_finding", K_FLAG, AT(needs_finding), NULL, 0 },
    { "from", K_DATE, AT(from), NULL, 0 },
    { "to", K_DATE, AT(to), NULL, 0 },
    { "authority", K_TEXT, AT(authority), NULL, 1 }
};
enum { MEMBERS = (int)(sizeof(members) / sizeof(*members)) };

static const member_t *member_of(const char *name)
{
    for (int i = 0; i < MEMBERS; i++)
        if (!strcmp(members[i].name, name))
            return &members[i];
    return NULL;
}

static int read_pence(apr_int64_t *out, const json_t *value)
{
    *out = json_is_integer(value) ? (apr_int64_t)json_integer_value(value) : -1;
    return *out >= 0 && *out <= CD_PENCE_MAX;
}

static int read_steps(cd_scheme_t *scheme, const json_t *value)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 0;
    if (!count || count > CD_SCHEME_STEPS)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (!read_pence(&scheme->steps_p[i], json_array_get(value, i)))
            return 0;
    scheme->step_count = (int)count;
    return 1;
}

/* NULL if the value was read; else what it must be. */
static const char *read_member(cd_scheme_t *scheme, const member_t *m, const json_t *value,
                               apr_pool_t *pool)
{
    char *at = (char *)scheme + m->offset;
    const char *text = json_string_value(value);
    apr_int64_t count;
    switch (m->kind) {
    case K_TEXT:
        *(const char **)(void *)at = text ? apr_pstrdup(pool, text) : NULL;
        return text && *text ? NULL : "a text that is not empty";
    case K_WORD:
        *(int *)(void *)at = text ? cd_token_strict(m->words, text) : 0;
        return *(int *)(void *)at ? NULL : "one of the words of its list";
    case K_FLAG:
        *(int *)(void *)at = json_is_true(value) ? CD_YES : CD_NO;
        return json_is_boolean(value) ? NULL : "true or false";
    case K_PENCE:
        return read_pence((apr_int64_t *)(void *)at, value) ? NULL
             : "whole pence from 0 to 1000000000000";
    case K_COUNT:
        count = json_is_integer(value) ? (apr_int64_t)json_integer_value(value) : 0;
        *(int *)(void *)at = count > 0 && count <= 1000000 ? (int)count : 0;
        return *(int *)(void *)at ? NULL : "a whole number from 1";
    case K_DATE:
        *(cd_date_t *)(void *)at = text ? cd_date_parse(text) : CD_NO_DATE;
        return *(cd_date_t *)(void *)at ? NULL : "a date like 2026-04-01";
    case K_STEPS:
        return read_steps(scheme, value) ? NULL : "a list of 1 to 8 sums in whole pence";
    }
    return "readable";
}

static void problem(cd_buf_t *problems, const char *name, const char *fmt, const char *what)
{
    if (problems->len)
        cd_buf_lit(problems, "; ");
    cd_buf_fmt(problems, "%s ", name);
    cd_buf_str(problems, fmt);
    cd_buf_str(problems, what);
}

/* Settings that cannot stand together; each of its own is in range already. */
static void check_together(cd_buf_t *problems, const cd_scheme_t *s)
{
    int formula = s->formula == CD_L0_SHADOW ? s->shadow_of : s->formula;
    if (s->shadow_of && (s->formula != CD_L0_SHADOW || s->shadow_of == CD_L0_SHADOW))
        problem(problems, "shadow_of", "is for formula L0, and names another formula", "");
    if ((formula == CD_L1_FIXED_CAPPED_BY_DAMAGES || formula == CD_L2_FIXED_IRRESPECTIVE)
        && !s->fixed_p)
        problem(problems, "fixed_p", "must be given for this formula", "");
    if (formula == CD_L3_FIXED_RISING && !s->step_count)
        problem(problems, "steps_p", "must be given for this formula", "");
    if (s->breach_unit && s->breach_unit != CD_UNIT_CLAIM)
        problem(problems, "breach_unit", "must be CLAIM: only CLAIM is counted in this version", "");
    if (s->cap_p && s->floor_p > s->cap_p)
        problem(problems, "floor_p", "must not be above cap_p", "");
    if (s->from && s->to && s->to < s->from)
        problem(problems, "to", "must not be before from", "");
}

static void set_defaults(cd_scheme_t *scheme)
{
    int *flags[] = { &scheme->include_ppo, &scheme->may_exceed_basis, &scheme->capped_by_damages,
                     &scheme->needs_finding };
    for (unsigned i = 0; i < sizeof(flags) / sizeof(*flags); i++)
        if (*flags[i] == CD_UNSAID)
            *flags[i] = CD_NO;
    if (scheme->requires_damages == CD_UNSAID)
        scheme->requires_damages = CD_YES;      /* the policy speaks of successful claims */
    if (!scheme->evidence_days_wd)
        scheme->evidence_days_wd = 20;
}

cd_err_t *cd_scheme_read(cd_scheme_t **out, const json_t *json, apr_pool_t *pool)
{
    cd_scheme_t *scheme = apr_pcalloc(pool, sizeof(*scheme));
    cd_buf_t *problems = cd_buf_make(pool, 256);
    const char *name;
    json_t *value;
    if (!json_is_object(json))
        return cd_err(pool, CD_E_INVALID, "a scheme file is one JSON object", "not an object");
    json_object_foreach((json_t *)json, name, value) {
        const member_t *m = member_of(name);
        const char *must = m ? read_member(scheme, m, value, pool) : NULL;
        if (!m)
            problem(problems, apr_pstrdup(pool, name), "is not a setting of a scheme: take it out", "");
        else if (must)
            problem(problems, name, "must be ", must);
    }
    for (int i = 0; i < MEMBERS; i++)
        if (members[i].required && !json_object_get(json, members[i].name))
            problem(problems, members[i].name, "must be given", "");
    check_together(problems, scheme);
    if (problems->len)
        return cd_err(pool, CD_E_INVALID, problems->data, "scheme file");
    set_defaults(scheme);
    *out = scheme;
    return NULL;
}

static void write_member(cd_jsonw_t *w, const cd_scheme_t *scheme, const member_t *m)
{
    const char *at = (const char *)scheme + m->offset;
    apr_pool_t *pool = w->buf->pool;
    switch (m->kind) {
    case K_TEXT: cd_jsonw_text(w, *(const char *const *)(const void *)at); break;
    case K_WORD: cd_jsonw_text(w, cd_token_word(m->words, *(const int *)(const void *)at)); break;
    case K_FLAG: cd_jsonw_bool(w, *(const int *)(const void *)at == CD_YES); break;
    case K_PENCE: cd_jsonw_int(w, *(const apr_int64_t *)(const void *)at); break;
    case K_COUNT: cd_jsonw_int(w, *(const int *)(const void *)at); break;
    case K_DATE: cd_jsonw_text(w, cd_date_iso(*(const cd_date_t *)(const void *)at, pool)); break;
    case K_STEPS:
        cd_jsonw_open(w, '[');
        for (int i = 0; i < scheme->step_count; i++)
            cd_jsonw_int(w, scheme->steps_p[i]);
        cd_jsonw_close(w, ']');
        break;
    }
}

static int given(const cd_scheme_t *scheme, const member_t *m)
{
    const char *at = (const char *)scheme + m->offset;
    switch (m->kind) {
    case K_TEXT: return *(const char *const *)(const void *)at != NULL;
    case K_PENCE: return *(const apr_int64_t *)(const void *)at != 0;
    case K_STEPS: return scheme->step_count > 0;
    default: return *(const int *)(const void *)at != 0;
    }
}

void cd_scheme_write(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    cd_jsonw_open(w, '{');
    for (int i = 0; i < MEMBERS; i++) {
        if (!given(scheme, &members[i]))
            continue;
        cd_jsonw_name(w, members[i].name);
        write_member(w, scheme, &members[i]);
    }
    cd_jsonw_close(w, '}');
}

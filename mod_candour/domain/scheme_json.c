/* scheme_json.c: a version of a scheme's settings as JSON, in and out. Strict about names and
 * ranges: a member that is not known is refused, and every problem names its member. */
#include <apr_strings.h>
#include <string.h>

#include "base/field.h"
#include "domain/scheme_members.h"

#define BP_MAX 1000000

static int read_whole(apr_int64_t *out, const json_t *value, apr_int64_t max)
{
    *out = json_is_integer(value) ? (apr_int64_t)json_integer_value(value) : -1;
    return *out >= 0 && *out <= max;
}

static int read_steps(cd_scheme_t *scheme, const json_t *value)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 0;
    if (!count || count > CD_SCHEME_STEPS)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (!read_whole(&scheme->steps_p[i], json_array_get(value, i), CD_PENCE_MAX))
            return 0;
    scheme->step_count = (int)count;
    return 1;
}

/* NULL, or what it must be: three severities of three extents, each once (the parser takes no name
 * twice). */
static const char *read_matrix(cd_scheme_t *scheme, const json_t *value, apr_pool_t *pool)
{
    if (!json_is_object(value) || json_object_size(value) != 3)
        return "an object of OFFENCE, DUTY and CONTRACT";
    for (int i = 0; i < 9; i++) {
        const char *severity = cd_severities[i / 3].word, *extent = cd_extents[i % 3].word;
        const json_t *row = json_object_get(value, severity);
        if (!json_is_object(row) || json_object_size(row) != 3)
            return apr_psprintf(pool, "complete: %s must have LATE, PARTIAL and NONE", severity);
        if (!read_whole(&scheme->matrix_bp[i / 3][i % 3], json_object_get(row, extent), BP_MAX))
            return apr_psprintf(pool,
                                "complete: %s must have %s, whole basis points from 0 to 1000000",
                                severity, extent);
    }
    return NULL;
}

static const char *read_authorities(cd_scheme_t *scheme, const json_t *value, apr_pool_t *pool)
{
    const char *name;
    json_t *text;
    if (!json_is_object(value) || json_object_size(value) > CD_SCHEME_AUTHORITIES)
        return "an object with a text for each setting";
    json_object_foreach((json_t *)value, name, text) {
        const char *words = json_string_value(text);
        if (!words || !*words)
            return apr_psprintf(pool, "an object of texts: that of %.60s is none, or empty", name);
        scheme->authorities[scheme->authority_count].setting = apr_pstrdup(pool, name);
        scheme->authorities[scheme->authority_count++].text = apr_pstrdup(pool, words);
    }
    return NULL;
}

const char *cd_member_read(void *base, const cd_member_t *m, const json_t *value, apr_pool_t *pool)
{
    char *at = (char *)base + m->offset;
    const char *text = json_string_value(value);
    apr_int64_t count;
    switch (m->kind) {
    case CD_MB_TEXT:
        *(const char **)(void *)at = text ? apr_pstrdup(pool, text) : NULL;
        return text && *text ? NULL : "a text that is not empty";
    case CD_MB_WORD:
        *(int *)(void *)at = text ? cd_token_strict(m->words, text) : 0;
        return *(int *)(void *)at ? NULL : "one of the words of its list";
    case CD_MB_FLAG:
        *(int *)(void *)at = json_is_true(value) ? CD_YES : CD_NO;
        return json_is_boolean(value) ? NULL : "true or false";
    case CD_MB_PENCE:
        return read_whole((apr_int64_t *)(void *)at, value, CD_PENCE_MAX) ? NULL
             : "whole pence from 0 to 1000000000000";
    case CD_MB_BP:
        return read_whole((apr_int64_t *)(void *)at, value, BP_MAX)
                   ? NULL
                   : "whole basis points from 0 to 1000000";
    case CD_MB_COUNT:
        count = json_is_integer(value) ? (apr_int64_t)json_integer_value(value) : 0;
        *(int *)(void *)at = count > 0 && count <= 1000000 ? (int)count : 0;
        return *(int *)(void *)at ? NULL : "a whole number from 1";
    case CD_MB_DATE:
        *(cd_date_t *)(void *)at = text ? cd_date_parse(text) : CD_NO_DATE;
        return *(cd_date_t *)(void *)at ? NULL : "a date like 2026-04-01";
    case CD_MB_STEPS:
        return read_steps(base, value) ? NULL : "a list of 1 to 8 sums in whole pence";
    case CD_MB_MATRIX:
        return read_matrix(base, value, pool);
    case CD_MB_AUTHORITIES:
        return read_authorities(base, value, pool);
    }
    return "readable";
}

void cd_scheme_members_read(cd_scheme_t *scheme, const json_t *json, cd_problems_t *problems)
{
    apr_pool_t *pool = problems->pool;
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)json, name, value) {
        const cd_member_t *m = cd_scheme_member(name);
        const char *must = m ? cd_member_read(scheme, m, value, pool) : NULL;
        if (!m)
            cd_problem_add(problems, apr_pstrdup(pool, name), NULL,
                           "is not a setting of a scheme: take it out");
        else if (must)
            cd_problem_add(problems, m->name, NULL, "must be %s", must);
    }
    for (int i = 0; i < cd_scheme_member_count; i++)
        if (cd_scheme_members[i].required && !json_object_get(json, cd_scheme_members[i].name))
            cd_problem_add(problems, cd_scheme_members[i].name, NULL, "must be given");
}

void cd_scheme_defaults(cd_scheme_t *scheme)
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

/* "fixed_p must be given; cap_p must be ..." */
static const char *all_of(const cd_problems_t *problems)
{
    cd_buf_t *buf = cd_buf_make(problems->pool, 256);
    for (int i = 0; i < problems->count; i++) {
        cd_buf_str(buf, i ? "; " : "");
        cd_buf_str(buf, problems->list[i].field);
        cd_buf_lit(buf, " ");
        cd_buf_str(buf, problems->list[i].text);
    }
    return buf->data;
}

cd_err_t *cd_scheme_read(cd_scheme_t **out, const json_t *json, apr_pool_t *pool)
{
    cd_scheme_t *scheme = apr_pcalloc(pool, sizeof(*scheme));
    cd_problems_t problems = { .pool = pool };
    if (!json_is_object(json))
        return cd_err(pool, CD_E_INVALID, "a scheme file is one JSON object", "not an object");
    cd_scheme_members_read(scheme, json, &problems);
    cd_scheme_check(scheme, &problems);
    if (scheme->from && scheme->to && scheme->to < scheme->from)
        cd_problem_add(&problems, "to", NULL, "must not be before from");
    if (problems.count)
        return cd_err(pool, CD_E_INVALID, all_of(&problems), "scheme file");
    cd_scheme_defaults(scheme);
    *out = scheme;
    return NULL;
}

static void write_matrix(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    cd_jsonw_open(w, '{');
    for (int severity = CD_SEV_OFFENCE; severity >= CD_SEV_CONTRACT; severity--) {
        cd_jsonw_name(w, cd_token_word(cd_severities, severity));
        cd_jsonw_open(w, '{');
        for (int extent = CD_EXT_LATE; extent <= CD_EXT_NONE; extent++) {
            cd_jsonw_name(w, cd_token_word(cd_extents, extent));
            cd_jsonw_int(w, scheme->matrix_bp[severity - 1][extent - 1]);
        }
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, '}');
}

static void write_steps(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    cd_jsonw_open(w, '[');
    for (int i = 0; i < scheme->step_count; i++)
        cd_jsonw_int(w, scheme->steps_p[i]);
    cd_jsonw_close(w, ']');
}

static void write_authorities(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    cd_jsonw_open(w, '{');
    for (int i = 0; i < scheme->authority_count; i++) {
        cd_jsonw_name(w, scheme->authorities[i].setting);
        cd_jsonw_text(w, scheme->authorities[i].text);
    }
    cd_jsonw_close(w, '}');
}

static void write_member(cd_jsonw_t *w, const cd_scheme_t *scheme, const cd_member_t *m)
{
    const char *at = (const char *)scheme + m->offset;
    apr_pool_t *pool = w->buf->pool;
    switch (m->kind) {
    case CD_MB_TEXT: cd_jsonw_text(w, *(const char *const *)(const void *)at); break;
    case CD_MB_WORD:
        cd_jsonw_text(w, cd_token_word(m->words, *(const int *)(const void *)at));
        break;
    case CD_MB_FLAG: cd_jsonw_bool(w, *(const int *)(const void *)at == CD_YES); break;
    case CD_MB_PENCE:
    case CD_MB_BP: cd_jsonw_int(w, *(const apr_int64_t *)(const void *)at); break;
    case CD_MB_COUNT: cd_jsonw_int(w, *(const int *)(const void *)at); break;
    case CD_MB_DATE:
        cd_jsonw_text(w, cd_date_iso(*(const cd_date_t *)(const void *)at, pool));
        break;
    case CD_MB_STEPS: write_steps(w, scheme); break;
    case CD_MB_MATRIX: write_matrix(w, scheme); break;
    case CD_MB_AUTHORITIES: write_authorities(w, scheme); break;
    }
}

int cd_member_given(const cd_scheme_t *scheme, const cd_member_t *m)
{
    const char *at = (const char *)scheme + m->offset;
    switch (m->kind) {
    case CD_MB_TEXT: return *(const char *const *)(const void *)at != NULL;
    case CD_MB_PENCE:
    case CD_MB_BP: return *(const apr_int64_t *)(const void *)at != 0;
    case CD_MB_STEPS: return scheme->step_count > 0;
    case CD_MB_AUTHORITIES: return scheme->authority_count > 0;
    case CD_MB_MATRIX:
        for (int i = 0; i < 9; i++)
            if (scheme->matrix_bp[i / 3][i % 3])
                return 1;
        return 0;
    default: return *(const int *)(const void *)at != 0;
    }
}

static void write_all(cd_jsonw_t *w, const cd_scheme_t *scheme, int authorities)
{
    cd_jsonw_open(w, '{');
    for (int i = 0; i < cd_scheme_member_count; i++) {
        const cd_member_t *m = &cd_scheme_members[i];
        if (!cd_member_given(scheme, m) || (!authorities && !strncmp(m->name, "authorit", 8)))
            continue;
        cd_jsonw_name(w, m->name);
        write_member(w, scheme, m);
    }
    cd_jsonw_close(w, '}');
}

void cd_scheme_write(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    write_all(w, scheme, 1);
}

void cd_scheme_write_settings(cd_jsonw_t *w, const cd_scheme_t *scheme)
{
    write_all(w, scheme, 0);
}

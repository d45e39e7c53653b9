/* scheme_schema.c: JSON Schema (2020-12) of scheme files, from the table of members. A test compares the copy in
 * docs/ with it. What stands together, and the sums of the test claims, candourctl scheme check looks at. */
#include <apr_strings.h>
#include <string.h>

#include "base/field.h"
#include "domain/scheme_members.h"

static void text(cd_jsonw_t *w, const char *name, const char *value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, value);
}

static void number(cd_jsonw_t *w, const char *name, apr_int64_t value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_int(w, value);
}

static void open_part(cd_jsonw_t *w, const char *name)
{
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '{');
}

static void closed(cd_jsonw_t *w)
{
    cd_jsonw_name(w, "additionalProperties");
    cd_jsonw_bool(w, 0);
}

static void whole(cd_jsonw_t *w, apr_int64_t min, apr_int64_t max)
{
    text(w, "type", "integer");
    number(w, "minimum", min);
    number(w, "maximum", max);
}

static void some_text(cd_jsonw_t *w, int max)
{
    text(w, "type", "string");
    number(w, "minLength", 1);
    if (max)
        number(w, "maxLength", max);
}

static void words(cd_jsonw_t *w, const cd_token_t *list)
{
    cd_jsonw_name(w, "enum");
    cd_jsonw_open(w, '[');
    for (; list->word; list++)
        cd_jsonw_text(w, list->word);
    cd_jsonw_close(w, ']');
}

static void required(cd_jsonw_t *w, const char *const *names)
{
    cd_jsonw_name(w, "required");
    cd_jsonw_open(w, '[');
    for (; *names; names++)
        cd_jsonw_text(w, *names);
    cd_jsonw_close(w, ']');
}

static void steps(cd_jsonw_t *w)
{
    text(w, "type", "array");
    number(w, "minItems", 1);
    number(w, "maxItems", CD_SCHEME_STEPS);
    open_part(w, "items");
    whole(w, 0, CD_PENCE_MAX);
    cd_jsonw_close(w, '}');
}

static void matrix(cd_jsonw_t *w)
{
    static const char *const rows[] = { "OFFENCE", "DUTY", "CONTRACT", NULL };
    static const char *const cells[] = { "LATE", "PARTIAL", "NONE", NULL };
    text(w, "type", "object");
    closed(w);
    required(w, rows);
    open_part(w, "properties");
    for (int i = 0; rows[i]; i++) {
        open_part(w, rows[i]);
        text(w, "type", "object");
        closed(w);
        required(w, cells);
        open_part(w, "properties");
        for (int j = 0; cells[j]; j++) {
            open_part(w, cells[j]);
            whole(w, 0, 1000000);
            cd_jsonw_close(w, '}');
        }
        cd_jsonw_close(w, '}');
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, '}');
}

/* A text for each setting that the file may hold. */
static void authorities(cd_jsonw_t *w)
{
    text(w, "type", "object");
    closed(w);
    open_part(w, "properties");
    for (int i = 0; i < cd_scheme_member_count; i++) {
        if (!cd_scheme_members[i].formulas)
            continue;
        open_part(w, cd_scheme_members[i].name);
        some_text(w, 0);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, '}');
}

static void value_of(cd_jsonw_t *w, const cd_member_t *m)
{
    switch (m->kind) {
    case CD_MB_TEXT: some_text(w, !strcmp(m->name, "code") ? 24 : !strcmp(m->name, "title") ? 200 : 0); break;
    case CD_MB_WORD: words(w, m->words); break;
    case CD_MB_FLAG: text(w, "type", "boolean"); break;
    case CD_MB_PENCE: whole(w, 1, CD_PENCE_MAX); break;
    case CD_MB_BP: whole(w, 1, 1000000); break;
    case CD_MB_COUNT: whole(w, 1, 1000000); break;
    case CD_MB_DATE: text(w, "format", "date"); break;
    case CD_MB_STEPS: steps(w); break;
    case CD_MB_MATRIX: matrix(w); break;
    case CD_MB_AUTHORITIES: authorities(w); break;
    }
}

static void sum(cd_jsonw_t *w, const char *name)
{
    open_part(w, name);
    whole(w, 0, CD_PENCE_MAX);
    cd_jsonw_close(w, '}');
}

static void flag(cd_jsonw_t *w, const char *name)
{
    open_part(w, name);
    text(w, "type", "boolean");
    cd_jsonw_close(w, '}');
}

static void expect(cd_jsonw_t *w)
{
    static const char *const needed[] = { "indicated_p", NULL };
    open_part(w, "expect");
    text(w, "type", "object");
    text(w, "description", "What must come out");
    closed(w);
    required(w, needed);
    open_part(w, "properties");
    sum(w, "indicated_p");
    sum(w, "would_be_p");
    flag(w, "exceeds_basis");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

static void test_claim(cd_jsonw_t *w)
{
    static const char *const sums[] = { "damages_p", "ppo_capital_p", "claimant_costs_p", "defence_costs_p", "contribution_p" };
    static const char *const counts[] = { "breach_number", "units", "incidents" };
    static const char *const needed[] = { "name", "expect", NULL };
    text(w, "type", "object");
    closed(w);
    required(w, needed);
    open_part(w, "properties");
    open_part(w, "name");
    some_text(w, 0);
    cd_jsonw_close(w, '}');
    for (unsigned i = 0; i < sizeof(sums) / sizeof(*sums); i++)
        sum(w, sums[i]);
    for (unsigned i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        open_part(w, counts[i]);
        whole(w, 1, 1000000);
        cd_jsonw_close(w, '}');
    }
    flag(w, "succeeded");
    open_part(w, "severity");
    words(w, cd_severities);
    cd_jsonw_close(w, '}');
    open_part(w, "extent");
    words(w, cd_extents);
    cd_jsonw_close(w, '}');
    expect(w);
    cd_jsonw_close(w, '}');
}

static void tests(cd_jsonw_t *w)
{
    open_part(w, "tests");
    text(w, "type", "array");
    text(w, "description", "Test claims, reckoned whenever the file is checked");
    number(w, "minItems", 1);
    number(w, "maxItems", CD_SCHEME_TESTS);
    open_part(w, "items");
    test_claim(w);
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

void cd_scheme_schema(cd_buf_t *buf)
{
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    text(&w, "title", "A version of a liability scheme");
    text(&w, "description", "Written by candourctl schema --scheme. Sums are pence, rates basis points.");
    text(&w, "type", "object");
    closed(&w);
    open_part(&w, "properties");
    for (int i = 0; i < cd_scheme_member_count; i++) {
        const cd_member_t *m = &cd_scheme_members[i];
        if (m->kind == CD_MB_DATE)
            continue;                                  /* given when the version is activated */
        open_part(&w, m->name);
        text(&w, "description", apr_psprintf(buf->pool, "%s. %s", m->label, m->help));
        value_of(&w, m);
        cd_jsonw_close(&w, '}');
    }
    tests(&w);
    cd_jsonw_close(&w, '}');
    cd_jsonw_name(&w, "required");
    cd_jsonw_open(&w, '[');
    for (int i = 0; i < cd_scheme_member_count; i++)
        if (cd_scheme_members[i].required)
            cd_jsonw_text(&w, cd_scheme_members[i].name);
    cd_jsonw_text(&w, "authorities");
    cd_jsonw_text(&w, "tests");
    cd_jsonw_close(&w, ']');
    cd_jsonw_close(&w, '}');
    cd_buf_lit(buf, "\n");
}

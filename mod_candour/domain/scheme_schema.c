/* scheme_schema.c: JSON Schema (2020-12) of scheme files, from the table of members. A test
 * compares the copy in docs/ with it. What stands together, and the sums of the test claims,
 * candourctl scheme check looks at. */
#include <apr_strings.h>
#include <string.h>

#include "base/field.h"
#include "domain/scheme_members.h"

static void closed(cd_jsonw_t *w)
{
    cd_jsonw_name(w, "additionalProperties");
    cd_jsonw_bool(w, 0);
}

static void whole(cd_jsonw_t *w, apr_int64_t min, apr_int64_t max)
{
    cd_jsonw_put_text(w, "type", "integer");
    cd_jsonw_put_int(w, "minimum", min);
    cd_jsonw_put_int(w, "maximum", max);
}

static void some_text(cd_jsonw_t *w, int max)
{
    cd_jsonw_put_text(w, "type", "string");
    cd_jsonw_put_int(w, "minLength", 1);
    if (max)
        cd_jsonw_put_int(w, "maxLength", max);
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
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_int(w, "minItems", 1);
    cd_jsonw_put_int(w, "maxItems", CD_SCHEME_STEPS);
    cd_jsonw_put_open(w, "items");
    whole(w, 0, CD_PENCE_MAX);
    cd_jsonw_close(w, '}');
}

static void matrix(cd_jsonw_t *w)
{
    static const char *const rows[] = { "OFFENCE", "DUTY", "CONTRACT", NULL };
    static const char *const cells[] = { "LATE", "PARTIAL", "NONE", NULL };
    cd_jsonw_put_text(w, "type", "object");
    closed(w);
    required(w, rows);
    cd_jsonw_put_open(w, "properties");
    for (int i = 0; rows[i]; i++) {
        cd_jsonw_put_open(w, rows[i]);
        cd_jsonw_put_text(w, "type", "object");
        closed(w);
        required(w, cells);
        cd_jsonw_put_open(w, "properties");
        for (int j = 0; cells[j]; j++) {
            cd_jsonw_put_open(w, cells[j]);
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
    cd_jsonw_put_text(w, "type", "object");
    closed(w);
    cd_jsonw_put_open(w, "properties");
    for (int i = 0; i < cd_scheme_member_count; i++) {
        if (!cd_scheme_members[i].formulas)
            continue;
        cd_jsonw_put_open(w, cd_scheme_members[i].name);
        some_text(w, 0);
        cd_jsonw_close(w, '}');
    }
    cd_jsonw_close(w, '}');
}

static void value_of(cd_jsonw_t *w, const cd_member_t *m)
{
    switch (m->kind) {
    case CD_MB_TEXT:
        some_text(w, !strcmp(m->name, "code") ? 24 : !strcmp(m->name, "title") ? 200 : 0);
        break;
    case CD_MB_WORD: words(w, m->words); break;
    case CD_MB_FLAG: cd_jsonw_put_text(w, "type", "boolean"); break;
    case CD_MB_PENCE: whole(w, 1, CD_PENCE_MAX); break;
    case CD_MB_BP: whole(w, 1, 1000000); break;
    case CD_MB_COUNT: whole(w, 1, 1000000); break;
    case CD_MB_DATE: cd_jsonw_put_text(w, "format", "date"); break;
    case CD_MB_STEPS: steps(w); break;
    case CD_MB_MATRIX: matrix(w); break;
    case CD_MB_AUTHORITIES: authorities(w); break;
    }
}

static void sum(cd_jsonw_t *w, const char *name)
{
    cd_jsonw_put_open(w, name);
    whole(w, 0, CD_PENCE_MAX);
    cd_jsonw_close(w, '}');
}

static void flag(cd_jsonw_t *w, const char *name)
{
    cd_jsonw_put_open(w, name);
    cd_jsonw_put_text(w, "type", "boolean");
    cd_jsonw_close(w, '}');
}

static void expect(cd_jsonw_t *w)
{
    static const char *const needed[] = { "indicated_p", NULL };
    cd_jsonw_put_open(w, "expect");
    cd_jsonw_put_text(w, "type", "object");
    cd_jsonw_put_text(w, "description", "What must come out");
    closed(w);
    required(w, needed);
    cd_jsonw_put_open(w, "properties");
    sum(w, "indicated_p");
    sum(w, "would_be_p");
    flag(w, "exceeds_basis");
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

static void test_claim(cd_jsonw_t *w)
{
    static const char *const sums[] = { "damages_p", "ppo_capital_p", "claimant_costs_p",
                                        "defence_costs_p", "contribution_p" };
    static const char *const counts[] = { "breach_number", "units", "incidents" };
    static const char *const needed[] = { "name", "expect", NULL };
    cd_jsonw_put_text(w, "type", "object");
    closed(w);
    required(w, needed);
    cd_jsonw_put_open(w, "properties");
    cd_jsonw_put_open(w, "name");
    some_text(w, 0);
    cd_jsonw_close(w, '}');
    for (unsigned i = 0; i < sizeof(sums) / sizeof(*sums); i++)
        sum(w, sums[i]);
    for (unsigned i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        cd_jsonw_put_open(w, counts[i]);
        whole(w, 1, 1000000);
        cd_jsonw_close(w, '}');
    }
    flag(w, "succeeded");
    cd_jsonw_put_open(w, "severity");
    words(w, cd_severities);
    cd_jsonw_close(w, '}');
    cd_jsonw_put_open(w, "extent");
    words(w, cd_extents);
    cd_jsonw_close(w, '}');
    expect(w);
    cd_jsonw_close(w, '}');
}

static void tests(cd_jsonw_t *w)
{
    cd_jsonw_put_open(w, "tests");
    cd_jsonw_put_text(w, "type", "array");
    cd_jsonw_put_text(w, "description", "Test claims, reckoned whenever the file is checked");
    cd_jsonw_put_int(w, "minItems", 1);
    cd_jsonw_put_int(w, "maxItems", CD_SCHEME_TESTS);
    cd_jsonw_put_open(w, "items");
    test_claim(w);
    cd_jsonw_close(w, '}');
    cd_jsonw_close(w, '}');
}

void cd_scheme_schema(cd_buf_t *buf)
{
    cd_jsonw_t w;
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '{');
    cd_jsonw_put_text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    cd_jsonw_put_text(&w, "title", "A version of a liability scheme");
    cd_jsonw_put_text(&w, "description",
                      "Written by candourctl schema --scheme. Sums are pence, rates basis points.");
    cd_jsonw_put_text(&w, "type", "object");
    closed(&w);
    cd_jsonw_put_open(&w, "properties");
    for (int i = 0; i < cd_scheme_member_count; i++) {
        const cd_member_t *m = &cd_scheme_members[i];
        if (m->kind == CD_MB_DATE)
            continue;                                  /* given when the version is activated */
        cd_jsonw_put_open(&w, m->name);
        cd_jsonw_put_text(&w, "description", apr_psprintf(buf->pool, "%s. %s", m->label, m->help));
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

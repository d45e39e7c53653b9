/* scheme.c: one version of a liability scheme, each setting beside what it rests on.
 *
 * Amounts are settings, never constants of law. The scheme's `authority` says in words where they
 * come from. A line of it that begins with the name of a member of the scheme's file and a colon
 * ("fixed_p: Board paper 26/114, item 3") stands beside that setting; the others are about the
 * whole. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

const char *web_scheme_url(const web_exchange_t *x, const char *code, int version)
{
    return web_url(x, "scheme.show", apr_psprintf(x->pool, "%s-%d", code, version), NULL);
}

void web_scheme_row(web_view_t *map, web_exchange_t *x, const app_scheme_t *row)
{
    web_put_text(map, WN_code, row->scheme->code);
    web_put_int(map, WN_version, row->scheme->version);
    web_put_text(map, WN_title, row->scheme->title);
    web_put_token(map, WN_formula, cd_formulas, row->scheme->formula);
    web_put_flag(map, WN_active, row->active);
    web_put_token(map, WN_scheme_state, cd_scheme_states, row->state);
    if (row->from > 1)
        web_put_date(map, WN_from, row->from);
    web_page_text(map, WN_url, web_scheme_url(x, row->scheme->code, row->scheme->version));
}

/** Beside a setting: its own line of the authority, or NULL. */
static const char *authority_of(const cd_scheme_t *scheme, const char *name, apr_pool_t *pool)
{
    apr_size_t len = strlen(name);
    const char *at = scheme->authority;

    while (at && *at) {
        const char *end = strchr(at, '\n');
        if (!strncmp(at, name, len) && at[len] == ':') {
            const char *line = end ? apr_pstrmemdup(pool, at + len + 1,
                                                    (apr_size_t)(end - at) - len - 1)
                                   : at + len + 1;
            return cd_text_tidy(line, pool);
        }
        at = end ? end + 1 : NULL;
    }
    return NULL;
}

/** Is the word before the colon a setting's name, so that the line stands beside it already? */
static int names_setting(const char *line, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len && ((line[i] >= 'a' && line[i] <= 'z') || line[i] == '_'); i++)
        ;
    return i > 0 && i < len && line[i] == ':';
}

/** What the authority says of the scheme as a whole. @owner pool */
static const char *authority_of_whole(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    const char *at = scheme->authority;
    cd_buf_t *buf = cd_buf_make(pool, 256);

    while (at && *at) {
        apr_size_t len = strcspn(at, "\n");
        if (!names_setting(at, len)) {
            cd_buf_str(buf, buf->len ? "\n" : "");
            cd_buf_add(buf, at, len);
        }
        at += len + (at[len] == '\n');
    }
    return buf->len ? buf->data : NULL;
}

/** Each setting beside what it rests on: its authority, or the line of an older file's authority
 * that names it. */
static void put_settings(web_exchange_t *x, const cd_scheme_t *scheme)
{
    web_view_t *list = web_put_list(x->view, WN_settings);
    cd_setting_t settings[CD_SCHEME_SETTINGS];
    int i, count = cd_scheme_settings(settings, scheme, x->pool);

    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);
        const char *authority = settings[i].authority;

        web_put_text(item, WN_name, settings[i].name);
        web_put_text(item, WN_label, settings[i].label);
        web_put_text(item, WN_value, settings[i].value);
        web_put_text(item, WN_authority,
                     authority ? authority : authority_of(scheme, settings[i].name, x->pool));
    }
}

/* ---- L9's percentages as the grid that they are ---- */

#define HEAT_STEPS 4

/* How dark a cell is: 0 (nothing) to HEAT_STEPS (the most of the grid). */
static int heat_of(apr_int64_t bp, apr_int64_t most_bp)
{
    return bp > 0 && most_bp > 0 ? (int)((bp * HEAT_STEPS + most_bp - 1) / most_bp) : 0;
}

static apr_int64_t most_of(const cd_scheme_t *scheme)
{
    apr_int64_t most_bp = 0;
    int i;

    for (i = 0; i < 9; i++)
        if (scheme->matrix_bp[i / 3][i % 3] > most_bp)
            most_bp = scheme->matrix_bp[i / 3][i % 3];
    return most_bp;
}

static void put_grid(web_exchange_t *x, const cd_scheme_t *scheme)
{
    const apr_int64_t most_bp = most_of(scheme);
    web_view_t *heads, *rows;
    int severity, extent;

    if (scheme->formula != CD_L9_MATRIX)
        return;
    web_page_flag(x->view, WN_has_grid, 1);
    heads = web_page_list(x->view, WN_grid_heads);
    rows = web_page_list(x->view, WN_grid_rows);
    for (extent = CD_EXT_NONE; extent >= CD_EXT_LATE; extent--)
        web_page_text(web_add(heads), WN_text,
                      web_upper_first(cd_token_label(cd_extents, extent), x->pool));
    for (severity = CD_SEV_OFFENCE; severity >= CD_SEV_CONTRACT; severity--) {
        web_view_t *row = web_add(rows), *cells = web_page_list(row, WN_cells);

        web_page_text(row, WN_label,
                      web_upper_first(cd_token_label(cd_severities, severity), x->pool));
        for (extent = CD_EXT_NONE; extent >= CD_EXT_LATE; extent--) {
            const apr_int64_t bp = scheme->matrix_bp[severity - 1][extent - 1];
            web_view_t *cell = web_add(cells);

            web_page_text(cell, WN_text, cd_bp_words(bp, x->pool));
            web_page_text(cell, WN_heat, apr_itoa(x->pool, heat_of(bp, most_bp)));
        }
    }
}

cd_err_t *web_scheme_by(app_scheme_page_t **out, web_exchange_t *x, const char *word)
{
    app_scheme_t *schemes;
    int count, i;

    CD_ERR(app_schemes(&schemes, &count, x->ctx));
    for (i = 0; i < count; i++)
        if (!strcmp(
                apr_psprintf(x->pool, "%s-%d", schemes[i].scheme->code, schemes[i].scheme->version),
                word))
            return app_scheme_get(out, x->ctx, schemes[i].scheme->code, schemes[i].scheme->version);
    return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such scheme version");
}

cd_err_t *web_scheme_find(app_scheme_page_t **out, web_exchange_t *x)
{
    return web_scheme_by(out, x, x->param[0]);
}

/** Who drafted it and who acted since, in the strip. */
void web_scheme_strip(web_exchange_t *x, const app_scheme_page_t *page)
{
    const app_scheme_t *row = &page->row;

    web_page_text(x->view, WN_strip_label, "Scheme version");
    web_strip(x, "Scheme", row->scheme->code, NULL);
    web_strip(x, "Version", apr_itoa(x->pool, row->scheme->version), NULL);
    web_strip(x, "State", cd_token_label(cd_scheme_states, row->state), NULL);
    if (row->state != CD_SS_DRAFT && row->from > 1)
        web_strip(x, "In force from", cd_date_words(row->from, x->pool), NULL);
    web_strip(x, "Drafted by", row->drafted_by,
              row->drafted_at ? cd_date_words(cd_london_date(row->drafted_at), x->pool) : NULL);
    if (row->acted_by)
        web_strip(x, row->state == CD_SS_SENT_BACK ? "Sent back by" : "Activated by", row->acted_by,
                  cd_date_words(cd_london_date(row->acted_at), x->pool));
}

void web_scheme_tests(web_exchange_t *x, const cd_scheme_file_t *file)
{
    web_view_t *list = web_put_list(x->view, WN_test_claims);
    int i;

    for (i = 0; file && i < file->test_count; i++) {
        const cd_scheme_test_t *test = &file->tests[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_name, test->name);
        web_put_pence(item, WN_damages_p, test->input.damages_p);
        web_put_pence(item, WN_expected_p, test->expect_p);
        web_put_pence(item, WN_result_p, test->result.indicated_p);
        web_put_text(item, WN_test_failed, test->failed);
    }
    web_page_flag(x->view, WN_has_tests, file && file->test_count);
    web_page_flag(x->view, WN_tests_good, file && !file->test_failed);
    if (file)
        web_page_text(x->view, WN_tests_words,
                      apr_psprintf(x->pool, "%d of %d as expected",
                                   file->test_count - file->test_failed, file->test_count));
}

/* The one green button: a draft is tried, then checked by somebody else. */
static void next_put(web_exchange_t *x, const app_scheme_page_t *page)
{
    const int try = !page->tried && !page->no_claims && web_impact_may_ask(x);

    if (page->row.state != CD_SS_DRAFT || (!try && !page->may_activate))
        return;
    web_page_text(x->view, WN_next_label, try ? "Try it on all claims" : "Check this version");
    web_page_text(x->view, WN_action_url,
                  web_url(x, try ? "impact.show" : "scheme.check", x->param[0], NULL));
}

cd_err_t *web_scheme_show(web_exchange_t *x)
{
    app_scheme_page_t *page = NULL;
    const cd_scheme_t *scheme;
    const char *title;

    CD_ERR(web_scheme_find(&page, x));
    scheme = page->row.scheme;
    title = apr_psprintf(x->pool, "Liability scheme %s version %d", scheme->code, scheme->version);
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_page_title(x, title, scheme->title ? scheme->title : title);
    web_scheme_strip(x, page);
    web_scheme_row(web_put_map(x->view, WN_liability_scheme), x, &page->row);
    put_settings(x, scheme);
    put_grid(x, scheme);
    web_scheme_tests(x, page->file);
    web_put_text(x->view, WN_note, page->row.note);
    web_put_text(x->view, WN_authority_words, authority_of_whole(scheme, x->pool));
    next_put(x, page);
    if (page->row.state == CD_SS_SENT_BACK)
        web_page_text(x->view, WN_sent_back_note, page->row.note);
    if (page->row.state == CD_SS_DRAFT && web_impact_may_ask(x))
        web_tool(x, "Effect on claims", web_url(x, "impact.show", x->param[0], NULL));
    web_tool(x, "Compare with other versions", web_url(x, "scheme.diff", x->param[0], NULL));
    if (page->may_send_back)
        web_tool(x, "Check this version", web_url(x, "scheme.check", x->param[0], NULL));
    return NULL;
}

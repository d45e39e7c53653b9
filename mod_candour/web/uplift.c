/* uplift.c: the sheet of a trust's financial year under a scheme that adds to the yearly
 * contribution (L7). */
#include <apr_strings.h>

#include "app/decided.h"
#include "app/uplift.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

#define FIRST_YEAR 2013

/* "?year=2026": the financial year that begins in it; absent: today's. */
static cd_err_t *read_year(int *out, web_exchange_t *x)
{
    int asked;

    *out = cd_financial_year(x->ctx->today);
    CD_ERR(web_query_seq(&asked, x, "year"));
    if (asked && (asked < FIRST_YEAR || asked > *out + 1))
        return cd_err(x->pool, CD_E_BAD_REQUEST, "there is no sheet of that year", "year %d",
                      asked);
    *out = asked ? asked : *out;
    return NULL;
}

static const char *year_url(const web_exchange_t *x, const app_uplift_t *all, int year)
{
    return web_url_query(x, web_url(x, "uplift.year", all->org->code, NULL), "year",
                         apr_itoa(x->pool, year));
}

static const char *year_words(int year, apr_pool_t *pool)
{
    return apr_psprintf(pool, "1 April %d to 31 March %d", year, year + 1);
}

/* What a reader would otherwise have to work out of two columns. */
static const char *note_of(const cd_uplift_t *sheet, const cd_uplift_row_t *row, apr_pool_t *pool)
{
    if (!row->scheme)
        return "Made by an older version of the program: it only counts as a breach here";
    if (!row->is_uplift)
        return apr_psprintf(
            pool,
            "Made under scheme %s: it counts as a breach, and adds nothing to the contribution",
            row->scheme->code);
    if (row->counts && row->now_known && row->now_p != row->most_p)
        return apr_psprintf(pool,
                            "As the breaches and the contribution stand now it would be at most "
                            "%s, as number %d. The "
                            "decision is not changed by that",
                            cd_pence_words(row->now_p, pool), row->n_now);
    if (sheet->contribution_p && row->contribution_p != sheet->contribution_p)
        return apr_psprintf(pool, "Reckoned with a contribution of %s",
                            cd_pence_words(row->contribution_p, pool));
    return NULL;
}

static void row_put(web_exchange_t *x, web_view_t *item, const app_uplift_t *all,
                    const cd_uplift_row_t *row)
{
    web_put_text(item, WN_reference, row->reference);
    web_put_int(item, WN_seq, row->breach.seq);
    web_put_instant(item, WN_decided_at, row->breach.decided_at);
    web_put_text(item, WN_scheme_code, row->scheme ? row->scheme->code : NULL);
    web_put_token(item, WN_standing, cd_standings, row->breach.standing);
    web_put_flag(item, WN_is_breach, row->counts);
    web_put_int(item, WN_units, row->counts ? row->breach.units > 0 ? row->breach.units : 1 : 0);
    if (row->n_then)
        web_put_int(item, WN_n_then, row->n_then);
    if (row->n_now)
        web_put_int(item, WN_n_now, row->n_now);
    web_put_flag(item, WN_is_contribution, row->is_uplift);
    if (row->is_uplift) {
        web_put_pence(item, WN_most_then, row->most_p);
        web_put_pence(item, WN_decided_sum, row->decided_p);
        web_put_pence(item, WN_taken_sum, row->taken_p);
        web_put_pence(item, WN_adds, row->asks_p);
        web_page_flag(item, WN_is_lowered, row->taken_p > 0);
        web_page_flag(item, WN_is_raised, row->taken_p < 0);
        web_page_text(item, WN_raised_words,
                      cd_pence_words(row->taken_p < 0 ? -row->taken_p : 0, x->pool));
    }
    web_put_pence(item, WN_running, row->running_p);
    web_put_text(item, WN_note, note_of(all->sheet, row, x->pool));
    web_page_text(item, WN_url, web_url(x, "decided.show", row->reference, all->org->code,
                                        apr_itoa(x->pool, row->breach.seq), NULL));
}

static void sums_put(web_exchange_t *x, const cd_uplift_t *sheet)
{
    web_view_t *list = web_put_list(x->view, WN_working);
    int i;

    web_put_int(x->view, WN_year_from, sheet->year);
    web_put_int(x->view, WN_year_units, sheet->breaches);
    if (sheet->contribution_p)
        web_put_pence(x->view, WN_contribution, sheet->contribution_p);
    if (sheet->known) {
        web_put_pence(x->view, WN_formula_sum, sheet->year_p);
        if (sheet->cap_p) {
            web_put_pence(x->view, WN_cap, sheet->cap_p);
            web_put_pence(x->view, WN_cap_left, sheet->left_p);
        }
        web_page_flag(x->view, WN_differs, sheet->year_p != sheet->asks_p);
    }
    web_put_pence(x->view, WN_year_sum, sheet->asks_p);
    web_put_pence(x->view, WN_taken_sum, sheet->taken_p);
    for (i = 0; i < sheet->line_count; i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_text, sheet->lines[i].text);
        if (sheet->lines[i].has_sum)
            web_put_pence(item, WN_amount, sheet->lines[i].amount_p);
        else
            web_put_text(item, WN_amount, NULL);
        web_put_text(item, WN_authority, sheet->lines[i].authority);
    }
    web_page_flag(x->view, WN_has_working, sheet->line_count > 0);
}

static const char *finding(const app_uplift_t *all, apr_pool_t *pool)
{
    const cd_uplift_t *sheet = all->sheet;

    if (!sheet->uplifts)
        return apr_psprintf(pool, "%s: nothing is added to the contribution", all->org->name);
    if (sheet->cap_p)
        return apr_psprintf(pool, "%s: %s added to the contribution, %s left up to the limit",
                            all->org->name, cd_pence_words(sheet->asks_p, pool),
                            cd_pence_words(sheet->left_p, pool));
    return apr_psprintf(pool, "%s: %s added to the contribution", all->org->name,
                        cd_pence_words(sheet->asks_p, pool));
}

static void page_put(web_exchange_t *x, const app_uplift_t *all)
{
    const int year = all->sheet->year;

    web_crumb(x, "Recoveries", web_url(x, "recovery.list", NULL));
    web_page_title(x, apr_psprintf(x->pool, "Year %d of %s", year, all->org->code),
                   finding(all, x->pool));
    web_page_text(x->view, WN_year_words, year_words(year, x->pool));
    web_put_text(x->view, WN_org_code, all->org->code);
    web_put_text(x->view, WN_org_name, all->org->name);
    web_put_flag(x->view, WN_cut, all->cut);
    if (all->sheet->scheme)
        web_page_text(x->view, WN_scheme_url,
                      web_url(x, "scheme.show",
                              apr_psprintf(x->pool, "%s-%d", all->sheet->scheme->code,
                                           all->sheet->scheme->version),
                              NULL));
    if (all->sheet->scheme)
        web_put_text(x->view, WN_scheme_title, all->sheet->scheme->title);
    if (year > FIRST_YEAR)
        web_page_text(x->view, WN_earlier_url, year_url(x, all, year - 1));
    if (year < cd_financial_year(x->ctx->today))
        web_page_text(x->view, WN_later_url, year_url(x, all, year + 1));
    web_tool(x, "All decisions on the trust", web_url(x, "breach.list", all->org->code, NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE) || web_reach(x, CD_RIGHT_ORG_ADMIN))
        web_tool(x, "Yearly contributions", web_url(x, "contribution.list", all->org->code, NULL));
    if (all->sheet->count)
        web_tool(x, "Download the decisions (CSV)", web_csv_url(x, year_url(x, all, year)));
}

cd_err_t *web_uplift_year(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_reference, WN_seq, WN_decided_at, WN_scheme_code, WN_standing, WN_is_breach, WN_units,
        WN_n_then, WN_n_now,
        WN_is_contribution, WN_most_then, WN_decided_sum, WN_taken_sum, WN_adds, WN_running, WN_note
    };
    web_view_t *list = web_put_list(x->view, WN_breaches);
    app_uplift_t *all;
    int year, i;

    CD_ERR(read_year(&year, x));
    CD_ERR(app_uplift_year(&all, x->ctx, x->param[0], year));
    page_put(x, all);
    sums_put(x, all->sheet);
    for (i = 0; i < all->sheet->count; i++)
        row_put(x, web_add(list), all, &all->sheet->rows[i]);
    web_page_flag(x->view, WN_has_breaches, all->sheet->count > 0);
    if (x->media == WEB_CSV)
        return web_csv(x, WN_breaches, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "contribution-year.csv");
    return NULL;
}

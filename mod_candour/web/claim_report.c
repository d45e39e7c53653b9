/* claim_report.c: how many claims stood in which status at the end of a day. */
#include <apr_strings.h>

#include "web/claim_view.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

#define BAR_MOST 600                     /* as the template's drawing is wide */

static const char *basis_of(const app_claim_report_t *report, apr_pool_t *pool)
{
    if (!report->snapshot)
        return "This is the latest position. It changes while claims are worked on, and the day is "
               "not over.";
    return apr_psprintf(pool,
                        "This is what was known at the end of %s. It stays the same whenever it is "
                        "asked again: what "
                        "is entered later counts from its own day on.",
                        cd_date_words(report->as_at, pool));
}

static void put_rows(web_exchange_t *x, const app_claim_report_t *report)
{
    web_view_t *list = web_put_list(x->view, WN_rows);
    const cd_token_t *one;
    apr_int64_t most = 1;

    for (one = cd_claim_statuses; one->word; one++)
        if (report->count[one->value] > most)
            most = report->count[one->value];
    for (one = cd_claim_statuses; one->word; one++) {
        web_view_t *item = web_add(list);
        web_put_token(item, WN_status, cd_claim_statuses, one->value);
        web_put_int(item, WN_count, report->count[one->value]);
        web_put_date(item, WN_as_at, report->as_at);
        if (report->count[one->value])
            web_page_text(item, WN_bar_width,
                          apr_psprintf(x->pool, "%" APR_INT64_T_FMT,
                                       1 + report->count[one->value] * (BAR_MOST - 1) / most));
    }
}

/* The day before the first of this month: the end of the last month that is over. */
static cd_date_t last_month_end(cd_date_t today)
{
    int year, month, day;

    cd_date_split(today, &year, &month, &day);
    return today - day;
}

cd_err_t *web_claim_report(web_exchange_t *x)
{
    static const web_name_t columns[] = { WN_as_at, WN_status, WN_count };
    const char *url = web_url(x, "claim.report", NULL), *dated;
    app_claim_report_t report;
    cd_date_t as_at;

    CD_ERR(web_query_date(&as_at, x, "as_at"));
    CD_ERR(app_claim_report(&report, x->ctx, as_at));
    dated = web_url_query(x, url, "as_at", cd_date_iso(report.as_at, x->pool));
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    web_page_title(x, "Claims by status",
                   apr_psprintf(x->pool, "%s on %s",
                                web_count((int)report.total, "claim", "claims", x->pool),
                                cd_date_words(report.as_at, x->pool)));
    web_put_date(x->view, WN_as_at, report.as_at);
    web_put_flag(x->view, WN_snapshot, report.snapshot);
    web_put_text(x->view, WN_report_basis, basis_of(&report, x->pool));
    web_put_int(x->view, WN_total, report.total);
    put_rows(x, &report);
    web_as_at_form_put(x, url, report.as_at);
    web_page_text(
        x->view, WN_month_end_url,
        web_url_query(x, url, "as_at", cd_date_iso(last_month_end(x->ctx->today), x->pool)));
    web_tool(x, "Download this report (CSV)", web_csv_url(x, dated));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_rows, columns, 3, apr_psprintf(x->pool, "claims-by-status-%s.csv",
                                                            cd_date_iso(report.as_at, x->pool)));
    return NULL;
}

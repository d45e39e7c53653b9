/* impact.c: what a draft of a liability scheme would do to the claims: asking for a run, and its
 * result. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "app/impact.h"
#include "domain/liability.h"
#include "web/csv.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

#define REFRESH_SECONDS 3
#define CSV_ROWS 250000
#define BAR_MOST 600                     /* as the template's drawing is wide */

enum { BOTH = 0, OPEN = 1, CLOSED = 2 };

static const char *number(const web_exchange_t *x, apr_int64_t value)
{
    return apr_psprintf(x->pool, "%" APR_INT64_T_FMT, value);
}

static const char *scheme_name(const web_exchange_t *x, const char *code, int version)
{
    return apr_psprintf(x->pool, "%s version %d", code, version);
}

/* "+£40,389.10"; none: "No change". JSON has the two sums. */
static const char *difference(const web_exchange_t *x, apr_int64_t old_p, apr_int64_t new_p)
{
    const apr_int64_t by = new_p - old_p;

    return !by ? "No change"
               : apr_pstrcat(x->pool, by > 0 ? "+" : "−",
                             cd_pence_words(by > 0 ? by : -by, x->pool), NULL);
}

/* How long a bar is drawn beside the longest; NULL: nothing to draw. */
static const char *bar(const web_exchange_t *x, apr_int64_t value, apr_int64_t most)
{
    apr_int64_t width =
        value > 0 && most > 0 ? (apr_int64_t)((double)value * BAR_MOST / (double)most) : 0;

    return value > 0 ? number(x, width ? width : 1) : NULL;
}

/* The sums of the claims that change, the one in force before the draft's. */
static void two_sums_put(web_exchange_t *x, const app_impact_t *run)
{
    const struct { const char *name; apr_int64_t sum; } two[] = {
        { scheme_name(x, run->old_code, run->old_version), run->open_old_p },
        { scheme_name(x, run->new_code, run->new_version), run->open_new_p }
    };
    web_view_t *list = web_page_list(x->view, WN_scheme_sums);
    apr_int64_t most = two[0].sum > two[1].sum ? two[0].sum : two[1].sum;
    int i;

    for (i = 0; i < 2; i++) {
        web_view_t *item = web_add(list);

        web_page_text(item, WN_label, two[i].name);
        web_page_text(item, WN_amount, cd_pence_words(two[i].sum, x->pool));
        web_page_text(item, WN_bar_width, bar(x, two[i].sum, most));
        web_page_flag(item, WN_bar_was, !i);
    }
}

static void bins_put(web_exchange_t *x, const app_impact_t *run)
{
    web_view_t *list = web_put_list(x->view, WN_sum_bins);
    apr_int64_t most = 1;
    int i;

    for (i = 0; i < CD_IMPACT_BINS; i++)
        if (run->bins[i] > most)
            most = run->bins[i];
    for (i = 0; i < CD_IMPACT_BINS; i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_label, cd_impact_bins[i]);
        web_put_int(item, WN_count, run->bins[i]);
        web_page_text(item, WN_bar_width, bar(x, run->bins[i], most));
        web_page_flag(item, WN_bar_falls, i < CD_IMPACT_SAME);
    }
}

/* The sentence above the drawing: what matters in it. */
static const char *said(const web_exchange_t *x, const app_impact_t *run)
{
    apr_int64_t falls = 0, rises = 0;
    int i;

    for (i = 0; i < CD_IMPACT_SAME; i++) {
        falls += run->bins[i];
        rises += run->bins[CD_IMPACT_BINS - 1 - i];
    }
    if (!run->open_changed)
        return "No open claim would change";
    return apr_psprintf(
        x->pool, "In open claims %" APR_INT64_T_FMT " indicated %s, %" APR_INT64_T_FMT " %s%s",
        rises, rises == 1 ? "sum rises" : "sums rise", falls, falls == 1 ? "falls" : "fall",
        run->bins[CD_IMPACT_SAME] ? "; in others only the state changes" : "");
}

/* The state of a run, for its own page and for the page that activates. */
static void run_put(web_exchange_t *x, const app_impact_t *run)
{
    web_view_t *view = x->view;
    const int goes_on = run->state == APP_RUN_WAITING || run->state == APP_RUN_RUNNING;

    web_put_token(view, WN_job_state, app_run_states, run->state);
    web_put_text(view, WN_asked_by, run->asked_by);
    web_put_instant(view, WN_asked_at, run->asked_at);
    web_put_instant(view, WN_finished_at, run->done_at);
    web_put_int(view, WN_total_count, run->total);
    web_put_int(view, WN_seen_count, run->seen);
    web_put_int(view, WN_open_seen, run->open_seen);
    web_put_int(view, WN_closed_seen, run->closed_seen);
    web_put_int(view, WN_open_changed, run->open_changed);
    web_put_int(view, WN_closed_changed, run->closed_changed);
    web_put_int(view, WN_unchanged_count, run->unchanged);
    web_put_int(view, WN_missing_count, run->missing);
    web_put_int(view, WN_old_count, run->old);
    web_put_int(view, WN_failed_count, run->failed);
    web_put_flag(view, WN_is_running, goes_on);
    web_put_flag(view, WN_stalled, run->stalled);
    web_put_flag(view, WN_is_done, run->state == APP_RUN_DONE);
    if (*run->old_code)
        web_put_text(view, WN_old_scheme, scheme_name(x, run->old_code, run->old_version));
    web_put_text(view, WN_new_scheme, scheme_name(x, run->new_code, run->new_version));
    web_page_text(view, WN_progress, number(x, run->seen));
    web_page_text(view, WN_progress_most, number(x, run->total ? run->total : 1));
    if (goes_on && !run->stalled)
        x->resp->refresh = REFRESH_SECONDS;
}

static void sums_put(web_exchange_t *x, const app_impact_t *run)
{
    web_put_pence(x->view, WN_old_sum, run->open_old_p);
    web_put_pence(x->view, WN_new_sum, run->open_new_p);
    web_put_text(x->view, WN_difference, difference(x, run->open_old_p, run->open_new_p));
    web_page_text(x->view, WN_lead, said(x, run));
    web_page_flag(x->view, WN_has_bins, run->open_changed > 0);
    two_sums_put(x, run);
    bins_put(x, run);
}

static void rows_put(web_exchange_t *x, const app_impact_list_t *rows)
{
    web_view_t *list = web_put_list(x->view, WN_rows);
    int i;

    for (i = 0; i < rows->count; i++) {
        const app_impact_row_t *row = &rows->rows[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_org_code, row->org_code);
        web_put_flag(item, WN_is_open, row->open);
        web_put_token(item, WN_old_state, cd_flag_states, row->old_state);
        web_put_pence(item, WN_old_sum, row->old_p);
        web_put_token(item, WN_new_state, cd_flag_states, row->new_state);
        web_put_pence(item, WN_new_sum, row->new_p);
        web_put_text(item, WN_difference, difference(x, row->old_p, row->new_p));
        web_put_text(item, WN_why, row->why);
        web_page_flag(item, WN_state_differs, row->old_state != row->new_state);
        web_page_text(item, WN_url, web_url(x, "claim.show", row->reference, NULL));
    }
    web_page_flag(x->view, WN_has_rows, rows->count > 0);
}

static cd_err_t *which_of(int *out, web_exchange_t *x)
{
    const char *open;

    CD_ERR(web_query(&open, x, "open"));
    *out = !open || !*open ? BOTH : !strcmp(open, "yes") ? OPEN : !strcmp(open, "no") ? CLOSED : -1;
    return *out >= 0
               ? NULL
               : cd_err(x->pool, CD_E_BAD_REQUEST, "open can be yes or no", "open in the address");
}

static void links_put(web_exchange_t *x, const app_impact_list_t *rows, int which)
{
    const char *plain = web_url(x, "impact.show", x->param[0], NULL), *url = plain;

    if (which != BOTH)
        url = web_url_query(x, plain, "open", which == OPEN ? "yes" : "no");
    web_page_text(x->view, WN_all_url, plain);
    web_page_text(x->view, WN_open_url, web_url_query(x, plain, "open", "yes"));
    web_page_text(x->view, WN_closed_url, web_url_query(x, plain, "open", "no"));
    if (rows->next)
        web_put_text(x->view, WN_next_url, web_url_query(x, url, "after", number(x, rows->next)));
    if (rows->count)
        web_tool(x, "Download all as CSV", web_csv_url(x, url));
}

static int reads_all(const web_exchange_t *x)
{
    return web_reach(x, CD_RIGHT_CLAIM_READ) == CD_REACH_ALL;
}

/* The rows are on the view; a CSV is made of them. */
static cd_err_t *rows_end(web_exchange_t *x)
{
    static const web_name_t columns[] = { WN_reference, WN_org_code,  WN_is_open, WN_old_state,
                                          WN_old_sum,   WN_new_state, WN_new_sum, WN_why };

    if (x->media != WEB_CSV)
        return NULL;
    return web_csv(x, WN_rows, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                   "scheme-impact.csv");
}

static cd_err_t *result_put(web_exchange_t *x, const app_impact_t *run)
{
    app_impact_list_t rows = { 0 };
    apr_int64_t after;
    int which;

    CD_ERR(web_query_cursor(&after, x, "after"));
    CD_ERR(which_of(&which, x));
    if (reads_all(x))                    /* who drafts and may read no claim sees the sums alone */
        CD_ERR(app_impact_rows(&rows, x->ctx, run->id, which, after,
                               x->media == WEB_CSV ? CSV_ROWS : APP_IMPACT_PAGE));
    rows_put(x, &rows);
    links_put(x, &rows, which);
    sums_put(x, run);
    return rows_end(x);
}

static const char *heading(const web_exchange_t *x, const app_impact_t *run)
{
    return apr_psprintf(
        x->pool, "%" APR_INT64_T_FMT " open and %" APR_INT64_T_FMT " closed claims would change",
        run->open_changed, run->closed_changed);
}

cd_err_t *web_impact_show(web_exchange_t *x)
{
    app_scheme_page_t *page;
    web_form_t *form = web_form_make(NULL, 0, NULL, x->pool);
    app_impact_t *run;
    const cd_scheme_t *s;

    if (!reads_all(x) && !web_impact_may_ask(x))
        return cd_err(x->pool, CD_E_FORBIDDEN, NULL,
                      "what a scheme would do is shown to the scheme’s people");
    CD_ERR(web_scheme_find(&page, x));
    s = page->row.scheme;
    CD_ERR(app_impact_latest(&run, x->ctx, s->code, s->version));
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_crumb(x, s->title, web_scheme_url(x, s->code, s->version));
    web_scheme_strip(x, page);
    web_page_title(x, "Effect on claims",
                   run && run->state == APP_RUN_DONE ? heading(x, run) : "Effect on claims");
    form->version = page->row.row_version;
    web_form_show(x->view, form, x);
    web_page_flag(x->view, WN_has_run, run != NULL);
    web_page_text(x->view, WN_form_url, web_url(x, "impact.show", x->param[0], NULL));
    web_page_flag(x->view, WN_may_try, web_impact_may_ask(x));
    web_page_text(x->view, WN_submit_label,
                  run ? "Try it again on all claims" : "Try it on all claims");
    if (!run) {
        app_impact_list_t none = { 0 };

        rows_put(x, &none);
        return rows_end(x);
    }
    run_put(x, run);
    return result_put(x, run);
}

int web_impact_may_ask(const web_exchange_t *x)
{
    return web_reach(x, CD_RIGHT_SCHEME_WRITE) == CD_REACH_ALL
           || web_reach(x, CD_RIGHT_SCHEME_ACTIVATE) == CD_REACH_ALL;
}

cd_err_t *web_impact_block(web_exchange_t *x, const app_scheme_page_t *page)
{
    const cd_scheme_t *s = page->row.scheme;
    const char *name = apr_psprintf(x->pool, "%s-%d", s->code, s->version);
    app_impact_t *run;

    web_page_flag(x->view, WN_no_claims, page->no_claims);
    CD_ERR(app_impact_latest(&run, x->ctx, s->code, s->version));
    web_page_flag(x->view, WN_has_run, run != NULL);
    web_page_flag(x->view, WN_may_try, web_impact_may_ask(x));
    web_page_text(x->view, WN_impact_url, web_url(x, "impact.show", name, NULL));
    if (!run)
        return NULL;
    run_put(x, run);
    sums_put(x, run);
    return NULL;
}

cd_err_t *web_impact_ask(web_exchange_t *x)
{
    web_form_t *form = web_form_make(NULL, 0, NULL, x->pool);
    app_scheme_page_t *page;
    apr_int64_t id;

    if (!web_impact_may_ask(x))
        return cd_err(x->pool, CD_E_FORBIDDEN, NULL, "no right to try a scheme");
    CD_ERR(web_scheme_find(&page, x));
    CD_ERR(web_form_read(form, x));
    if (form->problems.count)
        return cd_err(x->pool, CD_E_BAD_REQUEST, "nothing is asked for on this form",
                      "fields beside the token");
    if (form->version != page->row.row_version)
        return cd_err(x->pool, CD_E_STALE, NULL, "the draft was changed since its page was shown");
    CD_ERR(app_impact_ask(&id, x->ctx, page->row.scheme->code, page->row.scheme->version));
    return web_redirect(x, web_url(x, "impact.show", x->param[0], NULL));
}

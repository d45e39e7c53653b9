/* recompute.c: all flags computed again: jobs, how far one has come, and what it changed. */
#include <stddef.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "app/recompute.h"
#include "domain/liability.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

#define REFRESH_SECONDS 3

typedef struct ask_t { int all, decided; } ask_t;
static const cd_field_t ask_fields[] = {
    { .name = "all", .type = CD_FT_YESNO, .offset = offsetof(ask_t, all), .flags = CD_FF_REQUIRED,
      .section = "Which claims",
      .label = "Settled and closed claims, too?", .noun = "if settled and closed claims count",
      .shown = "All claims" },
    { .name = "decided", .type = CD_FT_YESNO, .offset = offsetof(ask_t, decided),
      .flags = CD_FF_REQUIRED,
      .label = "Also where a decision stands?", .noun = "if decided claims count",
      .shown = "Decided claims",
      .hint = "A new flag beside a decision changes nothing of the decision." }
};

static void job_put(web_exchange_t *x, web_view_t *item, const app_recompute_t *job)
{
    const int running = job->state == APP_RUN_RUNNING || job->state == APP_RUN_WAITING;

    web_put_int(item, WN_seq, job->id);
    web_put_token(item, WN_job_state, app_run_states, job->state);
    web_put_text(item, WN_asked_by, job->asked_by);
    web_put_instant(item, WN_asked_at, job->asked_at);
    web_put_instant(item, WN_finished_at, job->done_at);
    web_put_int(item, WN_total_count, job->total);
    web_put_int(item, WN_seen_count, job->seen);
    web_put_int(item, WN_made_count, job->made);
    web_put_int(item, WN_same_count, job->same);
    web_put_int(item, WN_held_count, job->held);
    web_put_int(item, WN_failed_count, job->failed);
    web_put_flag(item, WN_is_running, running);
    web_put_flag(item, WN_stalled, job->stalled);
    web_page_text(
        item, WN_url,
        web_url(x, "recompute.show", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, job->id), NULL));
}

static cd_err_t *list_put(web_exchange_t *x)
{
    app_recompute_t *jobs;
    web_view_t *list;
    int count, i;

    CD_ERR(app_recompute_list(&jobs, &count, x->ctx));
    list = web_put_list(x->view, WN_jobs);
    for (i = 0; i < count; i++)
        job_put(x, web_add(list), &jobs[i]);
    web_page_flag(x->view, WN_has_jobs, count > 0);
    web_crumb(x, "Claims work list", web_url(x, "claim.work", NULL));
    web_page_title(x, "Compute all flags again", "Compute all flags again");
    web_page_text(x->view, WN_form_url, web_url(x, "recompute.list", NULL));
    web_page_text(x->view, WN_submit_label, "Compute all flags");
    return NULL;
}

cd_err_t *web_recompute_list(web_exchange_t *x)
{
    ask_t *ask = apr_pcalloc(x->pool, sizeof(*ask));

    CD_ERR(list_put(x));
    web_form_show(x->view, web_form_make(ask_fields, 2, ask, x->pool), x);
    return NULL;
}

cd_err_t *web_recompute_ask(web_exchange_t *x)
{
    ask_t ask = { 0 };
    web_form_t *form = web_form_make(ask_fields, 2, &ask, x->pool);
    apr_int64_t id;

    CD_ERR(web_form_read(form, x));
    if (form->problems.count) {
        CD_ERR(list_put(x));
        return web_form_again(x, form);
    }
    CD_ERR(app_recompute_ask(&id, x->ctx, ask.all == CD_YES, ask.decided == CD_YES));
    if (x->ctx->replayed)
        return web_redirect(x, web_url(x, "recompute.list", NULL));
    return web_redirect(
        x, web_url(x, "recompute.show", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, id), NULL));
}

static void rows_put(web_exchange_t *x, const app_recompute_rows_t *rows, const char *url)
{
    web_view_t *list = web_put_list(x->view, WN_rows);
    int i;

    for (i = 0; i < rows->count; i++) {
        const app_recompute_row_t *row = &rows->rows[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_org_code, row->org_code);
        web_put_int(item, WN_old_seq, row->old_seq);
        web_put_int(item, WN_new_seq, row->new_seq);
        if (row->old_state) {
            web_put_token(item, WN_old_state, cd_flag_states, row->old_state);
            web_put_pence(item, WN_old_sum, row->old_p);
        } else {
            web_put_text(item, WN_old_state, NULL);
            web_put_text(item, WN_old_sum, NULL);
        }
        web_put_token(item, WN_new_state, cd_flag_states, row->new_state);
        web_put_pence(item, WN_new_sum, row->new_p);
        web_page_flag(item, WN_as_before,
                      row->old_state == row->new_state && row->old_p == row->new_p);
        web_page_text(item, WN_url, web_url(x, "claim.show", row->reference, NULL));
    }
    web_page_flag(x->view, WN_has_rows, rows->count > 0);
    if (rows->next)
        web_put_text(
            x->view, WN_next_url,
            web_url_query(x, url, "after", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, rows->next)));
}

cd_err_t *web_recompute_show(web_exchange_t *x)
{
    const char *url = web_url(x, "recompute.show", x->param[0], NULL);
    app_recompute_rows_t rows;
    app_recompute_t *job;
    apr_int64_t after;

    CD_ERR(web_query_cursor(&after, x, "after"));
    CD_ERR(app_recompute_get(&job, x->ctx, apr_atoi64(x->param[0])));
    CD_ERR(app_recompute_rows(&rows, x->ctx, job->id, after, APP_RECOMPUTE_PAGE));
    web_crumb(x, "Claims work list", web_url(x, "claim.work", NULL));
    web_crumb(x, "Compute all flags again", web_url(x, "recompute.list", NULL));
    web_page_title(x, "Flags computed again",
                   apr_psprintf(x->pool,
                                "%" APR_INT64_T_FMT " of %" APR_INT64_T_FMT
                                " claims looked at, %" APR_INT64_T_FMT " flags changed",
                                job->seen, job->total, job->made));
    job_put(x, x->view, job);
    rows_put(x, &rows, url);
    if (job->state == APP_RUN_WAITING || (job->state == APP_RUN_RUNNING && !job->stalled))
        x->resp->refresh = REFRESH_SECONDS;
    return NULL;
}

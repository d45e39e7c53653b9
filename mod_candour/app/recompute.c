/* recompute.c: asking for a job over all claims, and looking at jobs. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/recompute.h"
#include "store/claim_job.h"

#define JOBS 20
#define QUIET apr_time_from_sec(60)

const cd_token_t app_run_states[] = {
    { APP_RUN_WAITING, "waiting", "Waiting to begin" },
    { APP_RUN_RUNNING, "running", "Running" },
    { APP_RUN_DONE, "done", "Finished" },
    { APP_RUN_FAILED, "failed", "Failed" },
    { 0, NULL, NULL }
};

static cd_err_t *need(const app_ctx_t *ctx)
{
    if (app_may(ctx, CD_RIGHT_FLAG_COMPUTE) == CD_REACH_ALL
        || app_may(ctx, CD_RIGHT_SCHEME_WRITE) == CD_REACH_ALL)
        return NULL;
    return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "no right to compute all flags again");
}

static int role_for(const app_ctx_t *ctx)
{
    const int role = app_role_used(ctx, CD_RIGHT_FLAG_COMPUTE);

    return role ? role : app_role_used(ctx, CD_RIGHT_SCHEME_WRITE);
}

static cd_err_t *ask_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_claim_job_insert(baton, conn, pool);
}

cd_err_t *app_recompute_ask(apr_int64_t *id_out, app_ctx_t *ctx, int all, int decided)
{
    store_claim_job_t job = { .state = APP_RUN_WAITING, .all = all != 0, .decided = decided != 0,
                              .asked_by = ctx->actor->id, .asked_at = ctx->now };
    app_system_write_t write = { .change = ask_change, .baton = &job, .action = CD_ACT_RECOMPUTED,
                                 .object = "flags of all claims", .version_after = 1,
                                 .answer = "recompute" };
    store_claim_job_t *live;

    CD_ERR(need(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_job_live(&live, APP_RUN_WAITING, APP_RUN_RUNNING, ctx->conn, ctx->pool));
    if (live) {
        *id_out = live->id;
        return NULL;
    }
    write.role = role_for(ctx);
    write.content = apr_psprintf(ctx->pool, "all %d\ndecided %d", job.all, job.decided);
    CD_ERR(app_system_write(ctx, &write));
    *id_out = job.id;
    return NULL;
}

static void job_from(app_recompute_t *out, const store_claim_job_t *job, const app_ctx_t *ctx)
{
    memset(out, 0, sizeof(*out));
    out->id = job->id;
    out->state = job->state;
    out->stalled = job->state == APP_RUN_RUNNING && job->beat_at < ctx->now - QUIET;
    out->all = job->all;
    out->decided = job->decided;
    out->asked_by = job->asked_name ? job->asked_name : "The command line";
    out->asked_at = job->asked_at;
    out->started_at = job->started_at;
    out->done_at = job->done_at;
    out->total = job->total;
    out->seen = job->seen;
    out->made = job->made;
    out->same = job->same;
    out->held = job->held;
    out->failed = job->failed;
}

cd_err_t *app_recompute_list(app_recompute_t **out, int *count_out, app_ctx_t *ctx)
{
    store_claim_job_t *jobs;
    int i;

    CD_ERR(need(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_jobs(&jobs, count_out, 0, JOBS, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        job_from(&(*out)[i], &jobs[i], ctx);
    return NULL;
}

cd_err_t *app_recompute_get(app_recompute_t **out, app_ctx_t *ctx, apr_int64_t id)
{
    store_claim_job_t *job;

    CD_ERR(need(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_job_get(&job, id, ctx->conn, ctx->pool));
    if (!job)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such job");
    *out = apr_palloc(ctx->pool, sizeof(**out));
    job_from(*out, job, ctx);
    return NULL;
}

/* A cursor is one number: a claim and the place of a trust among at most a million. */
#define ORGS APR_INT64_C(1000000)

cd_err_t *app_recompute_rows(app_recompute_rows_t *out, app_ctx_t *ctx, apr_int64_t id,
                             apr_int64_t after, int limit)
{
    store_claim_job_row_t *rows;
    int count, i;

    CD_ERR(need(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_job_rows(&rows, &count, id, after / ORGS, after % ORGS, limit + 1, ctx->conn,
                                ctx->pool));
    out->count = count > limit ? limit : count;
    out->next = count > limit ? rows[limit - 1].claim_id * ORGS + rows[limit - 1].org_id : 0;
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(out->count + 1));
    for (i = 0; i < out->count; i++)
        out->rows[i] =
            (app_recompute_row_t){ rows[i].reference, rows[i].org_code,  rows[i].old_seq,
                                   rows[i].new_seq,   rows[i].old_state, rows[i].new_state,
                                   rows[i].old_p,     rows[i].new_p };
    return NULL;
}

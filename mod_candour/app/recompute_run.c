/* recompute_run.c: the workers that compute all flags again.
 *
 * Two threads share one cursor: each takes the next range of claims, reads it ahead, computes, and
 * writes what differs. A range is done when its last transaction is; the job's row says up to which
 * claim every range is done, so that a job that was killed goes on from there: what it did behind
 * that is found to be as it should. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>

#include "app/claim_work_core.h"
#include "app/recompute.h"
#include "store/ahead.h"
#include "store/claim_job.h"

#define WORKERS 2
#define BATCH 256                        /* claims read ahead at once */
#define QUIET apr_time_from_sec(60)

typedef struct share_t {
    app_t *app;
    store_claim_job_t job;
    store_ahead_ask_t ask;               /* `after`: where the next range begins */
    apr_int64_t begun[WORKERS];          /* where each worker's range begins; -1: it has none */
    int over;                            /* no range is left, or somebody failed */
    cd_err_t *err;                       /* of the first that failed; pool is the share's */
    apr_thread_mutex_t *lock;
    apr_pool_t *pool;
    app_recompute_tell_fn tell;
    void *baton;
} share_t;

typedef struct worker_t {
    share_t *share;
    int number;
    app_ctx_t *ctx;
    apr_pool_t *pool;                    /* of the batch */
} worker_t;

/* One batch while it is worked on. */
typedef struct batch_t {
    worker_t *worker;
    store_ahead_t *ahead;
    const store_claim_work_t *known;     /* rows that stand, by claim and trust */
    int known_count;
    app_write_t *writes[APP_RECOMPUTE_AT_ONCE];
    int write_count;
    apr_array_header_t *rows;            /* store_claim_job_row_t of these writes */
    /* store_claim_work_t that are old and turned out the same */
    apr_array_header_t *fresh;
    /* store_flag_t * that say the same and lack the brief: of an older program */
    apr_array_header_t *briefs;
    apr_int64_t seen, made, same, held, failed;
} batch_t;

/* ---- one trust's flag ------------------------------------------------------------ */

static const store_claim_work_t *known_of(const batch_t *batch, apr_int64_t claim_id,
                                          cd_org_id org_id)
{
    int low = 0, high = batch->known_count;

    while (low < high) {
        const int mid = (low + high) / 2;
        const store_claim_work_t *at = &batch->known[mid];

        if (at->claim_id < claim_id || (at->claim_id == claim_id && at->org_id < org_id))
            low = mid + 1;
        else
            high = mid;
    }
    if (low < batch->known_count && batch->known[low].claim_id == claim_id
        && batch->known[low].org_id == org_id)
        return &batch->known[low];
    return NULL;
}

static const store_flag_t *latest_of(const batch_t *batch, apr_int64_t claim_id, cd_org_id org_id)
{
    int count, i;
    const store_flag_t *flags = store_ahead_flags(&count, batch->ahead, claim_id);

    for (i = 0; i < count; i++)
        if (flags[i].org_id == org_id)
            return &flags[i];
    return NULL;
}

/* A decision that stands, or that waits for its second person, rests on its flag: a new one would
 * take it away. */
static int decision_holds(const batch_t *batch, apr_int64_t claim_id, cd_org_id org_id)
{
    int count, i;
    const store_standing_t *stands = store_ahead_standings(&count, batch->ahead, claim_id);

    for (i = 0; i < count; i++)
        if (stands[i].org_id == org_id
            && (stands[i].standing == CD_STAND_STANDS || stands[i].standing == CD_STAND_VARIED
                || stands[i].standing == CD_STAND_PROPOSED))
            return 1;
    return 0;
}

static int differs(const batch_t *batch, const store_flag_t *made, apr_pool_t *pool)
{
    const store_flag_t *latest = latest_of(batch, made->claim_id, made->org_id);
    const store_claim_work_t *known = known_of(batch, made->claim_id, made->org_id);
    unsigned char digest[32];

    if (!latest || latest->state != made->state || latest->indicated_p != made->indicated_p
        || latest->scheme_version != made->scheme_version
        || strcmp(latest->scheme_code, made->scheme_code) || strcmp(latest->engine, made->engine))
        return 1;
    if (!known || known->flag_seq != latest->seq)
        /* its row is not of the newest flag: nothing is known of what it says */
        return 1;
    app_flag_digest(digest, made, pool);
    return memcmp(digest, known->digest, sizeof(digest)) != 0;
}

static void row_add(batch_t *batch, const store_flag_t *made)
{
    const store_flag_t *latest = latest_of(batch, made->claim_id, made->org_id);
    store_claim_job_row_t *row = apr_array_push(batch->rows);

    memset(row, 0, sizeof(*row));
    row->job_id = batch->worker->share->job.id;
    row->claim_id = made->claim_id;
    row->org_id = made->org_id;
    row->new_seq = made->seq;
    row->new_state = made->state;
    row->new_p = made->indicated_p;
    if (latest) {
        row->old_seq = latest->seq;
        row->old_state = latest->state;
        row->old_p = latest->indicated_p;
    }
}

static void fresh_add(batch_t *batch, const store_head_t *head, cd_org_id org_id)
{
    const store_claim_work_t *known = known_of(batch, head->id, org_id);

    if (known && known->out_of_date)
        *(store_claim_work_t *)apr_array_push(batch->fresh) = *known;
}

/* The flag that stands gets the brief that was just made: it says the same, so no new version is
 * owed, and whatever rests on its number goes on resting. */
static void brief_add(batch_t *batch, store_flag_t *made)
{
    const store_claim_work_t *known = known_of(batch, made->claim_id, made->org_id);

    if (known->briefed)
        return;
    made->seq = known->flag_seq;
    *(store_flag_t **)apr_array_push(batch->briefs) = made;
}

/* ---- writing ---------------------------------------------------------------------- */

static cd_err_t *rows_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const batch_t *batch = baton;

    return store_claim_job_rows_keep((const store_claim_job_row_t *)batch->rows->elts,
                                     batch->rows->nelts, conn, pool);
}

static cd_err_t *fresh_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const batch_t *batch = baton;
    const store_claim_work_t *fresh = (const store_claim_work_t *)batch->fresh->elts;
    int i;

    for (i = 0; i < batch->fresh->nelts; i++)
        CD_ERR(store_claim_work_fresh(fresh[i].claim_id, fresh[i].org_id, fresh[i].flag_seq,
                                      fresh[i].version, conn, pool));
    return store_briefs_keep((store_flag_t *const *)batch->briefs->elts, batch->briefs->nelts, conn,
                             pool);
}

/* Somebody wrote in one of these claims meanwhile: each for itself, and that one is left to be
 * computed by whoever wrote in it, or by the next job: its row says that it is old. */
static cd_err_t *write_singly(batch_t *batch)
{
    app_ctx_t *ctx = batch->worker->ctx;
    int i;

    for (i = 0; i < batch->write_count; i++) {
        app_write_t *write = batch->writes[i];
        apr_array_header_t *all = batch->rows,
                           *own = apr_array_make(ctx->pool, 4, sizeof(store_claim_job_row_t));
        cd_err_t *err;
        int j;

        for (j = 0; j < all->nelts; j++)
            if (((store_claim_job_row_t *)all->elts)[j].claim_id == write->before->id)
                *(store_claim_job_row_t *)apr_array_push(own) =
                    ((store_claim_job_row_t *)all->elts)[j];
        write->inside = rows_inside;
        write->baton = batch;
        batch->rows = own;
        err = app_write_all(ctx, &write, 1, NULL, NULL);
        batch->rows = all;
        if (err && err->code != CD_E_STALE)
            return err;
        if (err)
            batch->failed++;
        else
            batch->made += write->count;
    }
    return NULL;
}

static cd_err_t *write_out(batch_t *batch)
{
    app_ctx_t *ctx = batch->worker->ctx;
    cd_err_t *err;
    int i;

    if (!batch->write_count)
        return NULL;
    batch->writes[0]->inside = rows_inside;
    batch->writes[0]->baton = batch;
    err = app_write_all(ctx, batch->writes, batch->write_count, NULL, NULL);
    batch->writes[0]->inside = NULL;
    if (err && err->code == CD_E_STALE)
        CD_ERR(write_singly(batch));
    else if (err)
        return err;
    else
        for (i = 0; i < batch->write_count; i++)
            batch->made += batch->writes[i]->count;
    batch->write_count = 0;
    batch->rows->nelts = 0;
    return NULL;
}

/* ---- one claim ----------------------------------------------------------------------- */

/* Flags that are as they were make room for none: those that are left are numbered as they would
 * have been alone. */
static int items_sift(batch_t *batch, app_item_t *items, int count, const store_head_t *head)
{
    const int decided = batch->worker->share->job.decided;
    int i, kept = 0, seq = count ? items[0].flag->seq : 0;

    for (i = 0; i < count; i++) {
        store_flag_t *flag = items[i].flag;
        const int holds = !decided && decision_holds(batch, head->id, flag->org_id);
        int same;

        flag->claim_id = head->id;
        same = !differs(batch, flag, batch->worker->pool);
        batch->held += holds;
        batch->same += !holds && same;
        if (same)
            brief_add(batch, flag);
        if (same && !holds)
            fresh_add(batch, head, flag->org_id);
        if (!same && !holds) {
            flag->seq = seq++;
            row_add(batch, flag);
            items[kept++] = items[i];
        }
    }
    return kept;
}

static cd_err_t *claim_again(batch_t *batch, store_head_t *head)
{
    app_ctx_t *ctx = batch->worker->ctx;
    app_item_t *items = apr_pcalloc(ctx->pool, sizeof(*items) * CD_PARTIES_MAX);
    app_write_t *write;
    store_head_t *after;
    cd_err_t *err;
    int count = 0;

    batch->seen++;
    if (!head->has_key || head->damaged) {
        batch->failed++;                 /* erased: nothing of it can be computed */
        return NULL;
    }
    err = app_flags_make(items, &count, ctx, head, NULL, NULL);
    if (err && (err->code == CD_E_RANGE || err->code == CD_E_FAILED || err->code == CD_E_CONFIG
                || err->code == CD_E_TAMPERED || err->code == CD_E_INVALID)) {
        batch->failed++;
        return NULL;
    }
    CD_ERR(err);
    count = items_sift(batch, items, count, head);
    if (!count)
        return NULL;
    write = apr_pcalloc(ctx->pool, sizeof(*write));
    after = apr_pmemdup(ctx->pool, head, sizeof(*head));
    after->changed_at = ctx->now;
    write->before = head;
    write->after = after;
    write->version = head->version;
    write->items = items;
    write->count = count;
    write->all = head->records;
    write->all_count = head->record_count;
    batch->writes[batch->write_count++] = write;
    return batch->write_count == APP_RECOMPUTE_AT_ONCE ? write_out(batch) : NULL;
}

/* ---- ranges ------------------------------------------------------------------------------- */

/* Every range before the smallest that somebody works on is done. */
static apr_int64_t done_to(const share_t *share)
{
    apr_int64_t least = share->ask.after;
    int i;

    for (i = 0; i < WORKERS; i++)
        if (share->begun[i] >= 0 && share->begun[i] < least)
            least = share->begun[i];
    return least;
}

static cd_err_t *range_next(store_ahead_ask_t *range, worker_t *worker)
{
    share_t *share = worker->share;
    cd_err_t *err = NULL;
    int count = 0;

    apr_thread_mutex_lock(share->lock);
    *range = share->ask;
    share->begun[worker->number] = -1;
    if (!share->over)
        err = store_ahead_bound(&range->last, &count, &share->ask, BATCH, worker->ctx->conn,
                                worker->pool);
    if (!err && count) {
        share->begun[worker->number] = range->after;
        share->ask.after = range->last;
    } else {
        share->over = 1;
        range->last = 0;
    }
    apr_thread_mutex_unlock(share->lock);
    return err;
}

static void shown(app_recompute_t *out, const store_claim_job_t *job)
{
    memset(out, 0, sizeof(*out));
    out->id = job->id;
    out->state = job->state;
    out->all = job->all;
    out->decided = job->decided;
    out->total = job->total;
    out->seen = job->seen;
    out->made = job->made;
    out->same = job->same;
    out->held = job->held;
    out->failed = job->failed;
}

static cd_err_t *job_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_claim_job_keep(baton, conn, pool);
}

static cd_err_t *job_keep(store_claim_job_t *job, app_ctx_t *ctx, apr_pool_t *pool)
{
    store_tx_t tx = { job_body, job, 0, 0 };

    job->beat_at = ctx->app->clock();
    return store_tx_run(&ctx->conn, ctx->app->store, &tx, pool);
}

static cd_err_t *range_done(worker_t *worker, const batch_t *batch)
{
    share_t *share = worker->share;
    app_recompute_t so_far;
    cd_err_t *err;

    apr_thread_mutex_lock(share->lock);
    share->begun[worker->number] = -1;
    share->job.after_id = done_to(share);
    share->job.seen += batch->seen;
    share->job.made += batch->made;
    share->job.same += batch->same;
    share->job.held += batch->held;
    share->job.failed += batch->failed;
    err = job_keep(&share->job, worker->ctx, worker->pool);
    shown(&so_far, &share->job);
    if (!err && share->tell)
        share->tell(share->baton, &so_far);
    apr_thread_mutex_unlock(share->lock);
    return err;
}

static cd_err_t *range_run(worker_t *worker, const store_ahead_ask_t *range)
{
    app_ctx_t *ctx = worker->ctx;
    batch_t batch = { .worker = worker };
    store_tx_t fresh = { fresh_body, &batch, 0, 0 };
    store_claim_work_t *known;
    store_head_t *claims;
    int count, i;

    batch.rows =
        apr_array_make(worker->pool, APP_RECOMPUTE_AT_ONCE * 2, sizeof(store_claim_job_row_t));
    batch.fresh = apr_array_make(worker->pool, 8, sizeof(store_claim_work_t));
    batch.briefs = apr_array_make(worker->pool, 8, sizeof(store_flag_t *));
    CD_ERR(store_ahead_read(&batch.ahead, &claims, &count, range, ctx->conn, worker->pool));
    CD_ERR(store_claim_work_range(&known, &batch.known_count, range->after, range->last, ctx->conn,
                                  worker->pool));
    batch.known = known;
    store_ahead_use(ctx->conn, batch.ahead);
    for (i = 0; i < count; i++)
        CD_ERR(claim_again(&batch, &claims[i]));
    CD_ERR(write_out(&batch));
    if (batch.fresh->nelts || batch.briefs->nelts)
        CD_ERR(store_tx_run(&ctx->conn, ctx->app->store, &fresh, worker->pool));
    store_ahead_use(ctx->conn, NULL);
    return range_done(worker, &batch);
}

/* The context lives as long as the thread; what a range needs is gone with the range. */
static cd_err_t *ranges_run(worker_t *worker, apr_pool_t *pool)
{
    store_ahead_ask_t range;
    cd_err_t *err = NULL;

    worker->ctx = app_ctx_make(worker->share->app, pool);
    CD_ERR(app_begin_system(worker->ctx, NULL));
    CD_ERR(app_conn(worker->ctx));
    apr_pool_create(&worker->pool, pool);
    for (;;) {
        apr_pool_clear(worker->pool);
        worker->ctx->pool = worker->pool;
        store_read_end(worker->ctx->conn);
        err = range_next(&range, worker);
        if (err || !range.last)
            break;
        err = range_run(worker, &range);
        store_ahead_use(worker->ctx->conn, NULL);
        if (err)
            break;
    }
    worker->ctx->pool = pool;
    return err;
}

static void *APR_THREAD_FUNC work(apr_thread_t *thread, void *data)
{
    worker_t *worker = data;
    share_t *share = worker->share;
    apr_pool_t *pool;
    cd_err_t *err;

    apr_pool_create_unmanaged(&pool);
    err = ranges_run(worker, pool);
    if (err) {
        apr_thread_mutex_lock(share->lock);
        share->over = 1;
        if (!share->err)
            share->err =
                cd_err(share->pool, err->code, err->public_text, "%s", cd_err_line(err, pool));
        apr_thread_mutex_unlock(share->lock);
    }
    app_end(worker->ctx);
    apr_pool_destroy(pool);
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

/* ---- one job ------------------------------------------------------------- */

static cd_err_t *threads_run(share_t *share)
{
    worker_t workers[WORKERS] = { { 0 } };
    apr_thread_t *threads[WORKERS] = { NULL };
    apr_status_t ended;
    int i, started = 0;

    for (i = 0; i < WORKERS; i++)
        share->begun[i] = -1;
    for (i = 0; i < WORKERS; i++) {
        workers[i].share = share;
        workers[i].number = i;
        started +=
            apr_thread_create(&threads[i], NULL, work, &workers[i], share->pool) == APR_SUCCESS;
    }
    for (i = 0; i < WORKERS; i++)
        if (threads[i])
            apr_thread_join(&ended, threads[i]);
    return started ? share->err : cd_err(share->pool, CD_E_FAILED, NULL, "no thread for the job");
}

typedef struct take_t { const store_claim_job_t *seen; apr_int64_t total; cd_instant_t at; } take_t;

static cd_err_t *take_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const take_t *take = baton;

    return store_claim_job_take(take->seen, APP_RUN_RUNNING, take->total, take->at, conn, pool);
}

static cd_err_t *job_run(store_claim_job_t *job, app_ctx_t *ctx, app_recompute_tell_fn tell,
                         void *baton)
{
    share_t share = {
        .app = ctx->app, .job = *job, .pool = ctx->pool, .tell = tell, .baton = baton
    };
    take_t take = { job, job->total, ctx->app->clock() };
    store_tx_t tx = { take_body, &take, 0, 0 };
    cd_err_t *err;

    share.ask = (store_ahead_ask_t){ .after = job->after_id, .all = job->all };
    CD_ERR(store_ahead_count(&take.total, &share.ask, ctx->conn, ctx->pool));
    take.total += job->seen;
    CD_ERR(store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool));
    share.job.state = APP_RUN_RUNNING;
    share.job.total = take.total;
    if (apr_thread_mutex_create(&share.lock, APR_THREAD_MUTEX_DEFAULT, ctx->pool) != APR_SUCCESS)
        return cd_err(ctx->pool, CD_E_FAILED, NULL, "no lock for the job");
    err = threads_run(&share);
    if (!err) {
        share.job.state = APP_RUN_DONE;
        share.job.done_at = ctx->app->clock();
        share.job.total = share.job.seen;
        err = job_keep(&share.job, ctx, ctx->pool);
    }
    *job = share.job;
    return err;
}

cd_err_t *app_recompute_work(int *jobs_out, app_ctx_t *ctx, int resume, app_recompute_tell_fn tell,
                             void *baton)
{
    const cd_instant_t quiet = resume ? -QUIET : QUIET;
    store_claim_job_t *job;
    app_recompute_t done;

    *jobs_out = 0;
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "jobs are run by the command line");
    CD_ERR(app_conn(ctx));
    for (;;) {
        store_read_end(ctx->conn);
        CD_ERR(store_claim_job_next(&job, APP_RUN_WAITING, APP_RUN_RUNNING,
                                    ctx->app->clock() - quiet, ctx->conn, ctx->pool));
        if (!job)
            return NULL;
        CD_ERR(job_run(job, ctx, tell, baton));
        ++*jobs_out;
        shown(&done, job);
        if (tell)
            tell(baton, &done);
    }
}

/* impact_run.c: a draft of a scheme tried on every claim.
 *
 * Range after range of claims: each trust's part is reckoned from the brief of its newest flag,
 * under the version in force and under the draft. Rows, counts and how far the run has come are
 * written in one transaction, so a run that was killed goes on where it stood and counts nothing
 * twice. One worker: the work is a few microseconds for each part, and a second one would only wait
 * for the database (tests/bench/README.md has the figures). */
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "app/impact_core.h"
#include "store/ahead.h"
#include "store/standing.h"

#define BATCH 2000                       /* claims in a range */

/* Confirmed breaches of each trust: by trust and first day of the window. */
typedef struct counted_key_t { cd_org_id org_id; apr_int64_t from; } counted_key_t;

typedef struct trial_t {
    app_ctx_t *ctx;
    store_impact_t run;
    app_impact_t so_far;
    const cd_scheme_t *before, *after;
    cd_impact_t why;
    apr_hash_t *counted;                 /* counted_key_t: int */
    apr_pool_t *pool;                    /* of the range */
    apr_pool_t *part_pool;               /* of one part */
    apr_array_header_t *rows;            /* store_impact_row_t of the range */
    apr_int64_t claim_id;                /* the one whose parts are looked at */
    int claim_changed, place;
    app_impact_tell_fn tell;
    void *baton;
} trial_t;

/* ---- one part ------------------------------------------------------------------ */

static cd_err_t *breaches_before(int *out, trial_t *trial, const store_impact_part_t *part,
                                 const cd_scheme_t *scheme)
{
    const cd_date_t from = cd_window_start(scheme->window, trial->ctx->today);
    counted_key_t key = { part->org_id, from };
    const int *known;
    apr_pool_t *pool = trial->ctx->pool;

    *out = 0;
    if (!cd_scheme_counts(scheme))
        return NULL;
    if (part->decided)                   /* its own do not count: few claims, asked for each */
        return store_breach_units(out, part->org_id, from, part->claim_id, trial->ctx->conn,
                                  trial->part_pool);
    known = apr_hash_get(trial->counted, &key, sizeof(key));
    if (!known) {
        int *count = apr_palloc(pool, sizeof(*count));

        CD_ERR(
            store_breach_units(count, part->org_id, from, 0, trial->ctx->conn, trial->part_pool));
        apr_hash_set(trial->counted, apr_pmemdup(pool, &key, sizeof(key)), sizeof(key), count);
        known = count;
    }
    *out = *known;
    return NULL;
}

static cd_err_t *reckon(cd_flag_outcome_t *out, trial_t *trial, const store_impact_part_t *part,
                        const cd_flag_brief_t *brief, const cd_scheme_t *scheme)
{
    int breaches;

    CD_ERR(breaches_before(&breaches, trial, part, scheme));
    return cd_flag_brief_compute(out, brief, scheme, breaches, trial->ctx->today, trial->part_pool);
}

static void changed(trial_t *trial, const store_impact_part_t *part,
                    const cd_flag_outcome_t *before, const cd_flag_outcome_t *after)
{
    store_impact_row_t *row = apr_array_push(trial->rows);
    app_impact_t *sums = &trial->so_far;

    *row = (store_impact_row_t){ .run_id = trial->run.id,
                                 .claim_id = part->claim_id,
                                 .org_id = part->org_id,
                                 .open = part->open,
                                 .old_state = (int)before->state,
                                 .new_state = (int)after->state,
                                 .old_p = before->indicated_p,
                                 .new_p = after->indicated_p,
                                 .place = trial->place,
                                 .why = cd_impact_why(&trial->why, before, after, trial->pool) };
    if (!trial->claim_changed++)
        (*(part->open ? &sums->open_changed : &sums->closed_changed))++;
    *(part->open ? &sums->open_old_p : &sums->closed_old_p) += before->indicated_p;
    *(part->open ? &sums->open_new_p : &sums->closed_new_p) += after->indicated_p;
    if (part->open)
        sums->bins[cd_impact_bin(before->indicated_p, after->indicated_p)]++;
}

/* What a part's brief or settings do not allow is a part that failed, said as such; what the
 * database says is not. */
static int is_of_part(const cd_err_t *err)
{
    return err->code == CD_E_RANGE || err->code == CD_E_CONFIG || err->code == CD_E_TAMPERED
           || err->code == CD_E_INVALID;
}

static cd_err_t *part_reckon(trial_t *trial, const store_impact_part_t *part)
{
    cd_flag_outcome_t before = { 0 }, after = { 0 };
    cd_flag_brief_t *brief;

    CD_ERR(cd_flag_brief_decode(&brief, part->brief, trial->part_pool));
    CD_ERR(reckon(&before, trial, part, brief, trial->before));
    CD_ERR(reckon(&after, trial, part, brief, trial->after));
    if (cd_impact_differs(&before, &after))
        changed(trial, part, &before, &after);
    else
        trial->so_far.unchanged++;
    return NULL;
}

static cd_err_t *part_try(trial_t *trial, const store_impact_part_t *part)
{
    app_impact_t *sums = &trial->so_far;
    cd_err_t *err;

    if (part->claim_id != trial->claim_id) {
        trial->claim_id = part->claim_id;
        trial->claim_changed = trial->place = 0;
        (*(part->open ? &sums->open_seen : &sums->closed_seen))++;
    }
    sums->seen++;
    sums->old += part->old != 0 && part->brief;
    if (!part->brief) {
        sums->missing++;
        return NULL;
    }
    apr_pool_clear(trial->part_pool);
    err = part_reckon(trial, part);
    trial->place++;
    if (!err || !is_of_part(err))
        return err;
    sums->failed++;
    return NULL;
}

/* ---- ranges ----------------------------------------------------------------------- */

static cd_err_t *range_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const trial_t *trial = baton;

    CD_ERR(store_impact_rows_keep((const store_impact_row_t *)trial->rows->elts, trial->rows->nelts,
                                  conn, pool));
    return store_impact_keep(&trial->run, conn, pool);
}

static cd_err_t *range_run(trial_t *trial, apr_int64_t last)
{
    store_tx_t tx = { range_body, trial, 0, 0 };
    store_impact_part_t *parts;
    int i, count;

    trial->rows = apr_array_make(trial->pool, 256, sizeof(store_impact_row_t));
    CD_ERR(store_impact_parts(&parts, &count, trial->run.after_id, last, trial->ctx->conn,
                              trial->pool));
    for (i = 0; i < count; i++)
        CD_ERR(part_try(trial, &parts[i]));
    trial->run.after_id = last;
    trial->run.beat_at = trial->ctx->app->clock();
    trial->run.sums = app_impact_sums(&trial->so_far, trial->pool);
    CD_ERR(store_tx_run(&trial->ctx->conn, trial->ctx->app->store, &tx, trial->pool));
    if (trial->tell)
        trial->tell(trial->baton, &trial->so_far);
    return NULL;
}

static cd_err_t *ranges_run(trial_t *trial)
{
    int count = 1;

    while (count) {
        store_ahead_ask_t range = { .after = trial->run.after_id, .all = 1 };

        apr_pool_clear(trial->pool);
        apr_pool_create(&trial->part_pool, trial->pool);
        store_read_end(trial->ctx->conn);
        CD_ERR(
            store_ahead_bound(&range.last, &count, &range, BATCH, trial->ctx->conn, trial->pool));
        if (count)
            CD_ERR(range_run(trial, range.last));
    }
    return NULL;
}

/* ---- one run ------------------------------------------------------------------------ */

static cd_err_t *take_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const store_impact_t *const *both = baton;

    return store_impact_take(both[0], both[1], conn, pool);
}

/* One that broke off goes on under the version it began with. */
static cd_err_t *schemes_find(trial_t *trial, const store_impact_t *seen)
{
    app_ctx_t *ctx = trial->ctx;
    const store_scheme_row_t *row;

    CD_ERR(app_scheme_active(&trial->before, ctx));
    row = *seen->old_code ? app_scheme_cached(ctx, seen->old_code, seen->old_version) : NULL;
    if (row)
        trial->before = row->scheme;
    row = app_scheme_cached(ctx, seen->new_code, seen->new_version);
    if (!row)
        return cd_err(ctx->pool, CD_E_FAILED, NULL, "scheme %s version %d is not there",
                      seen->new_code, seen->new_version);
    trial->after = row->scheme;
    cd_impact_make(&trial->why, trial->before, trial->after, ctx->pool);
    return NULL;
}

static cd_err_t *done_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_impact_keep(baton, conn, pool);
}

static cd_err_t *done(trial_t *trial)
{
    app_ctx_t *ctx = trial->ctx;
    app_system_write_t write = { .change = done_change,
                                 .baton = &trial->run,
                                 .action = CD_ACT_SCHEME_TRIED,
                                 .version_after = trial->run.new_version,
                                 .answer = "impact" };

    trial->run.state = trial->so_far.state = APP_RUN_DONE;
    trial->run.done_at = trial->run.beat_at = ctx->app->clock();
    trial->so_far.total = trial->so_far.seen;
    trial->run.sums = app_impact_sums(&trial->so_far, ctx->pool);
    write.object = apr_psprintf(ctx->pool, "trial of scheme %s version %d", trial->run.new_code,
                                trial->run.new_version);
    write.content = apr_psprintf(ctx->pool, "beside %s version %d\n%s", trial->run.old_code,
                                 trial->run.old_version, trial->run.sums);
    return app_system_write(ctx, &write);
}

static cd_err_t *run_one(trial_t *trial, const store_impact_t *seen)
{
    app_ctx_t *ctx = trial->ctx;
    const store_impact_t *both[] = { seen, &trial->run };
    store_tx_t tx = { take_body, both, 0, 0 };
    apr_int64_t rest;

    trial->run = *seen;
    CD_ERR(schemes_find(trial, seen));
    CD_ERR(app_impact_from(&trial->so_far, seen, ctx));
    CD_ERR(store_impact_count(&rest, seen->after_id, ctx->conn, ctx->pool));
    trial->so_far.total = trial->so_far.seen + rest;
    trial->so_far.state = trial->run.state = APP_RUN_RUNNING;
    trial->run.old_code = trial->so_far.old_code = trial->before->code;
    trial->run.old_version = trial->so_far.old_version = trial->before->version;
    trial->run.beat_at = ctx->app->clock();
    trial->run.sums = app_impact_sums(&trial->so_far, ctx->pool);
    CD_ERR(store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool));
    trial->counted = apr_hash_make(ctx->pool);
    apr_pool_create(&trial->pool, ctx->pool);
    CD_ERR(ranges_run(trial));
    CD_ERR(done(trial));
    apr_pool_destroy(trial->pool);
    return NULL;
}

cd_err_t *app_impact_work(int *runs_out, app_ctx_t *ctx, int resume, app_impact_tell_fn tell,
                          void *baton)
{
    const cd_instant_t quiet = resume ? -APP_IMPACT_QUIET : APP_IMPACT_QUIET;
    store_impact_t *seen;

    *runs_out = 0;
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "runs are done by the command line");
    CD_ERR(app_conn(ctx));
    for (;;) {
        trial_t trial = { .ctx = ctx, .tell = tell, .baton = baton };

        store_read_end(ctx->conn);
        CD_ERR(store_impact_next(&seen, APP_RUN_WAITING, APP_RUN_RUNNING, ctx->app->clock() - quiet,
                                 ctx->conn, ctx->pool));
        if (!seen)
            return NULL;
        CD_ERR(run_one(&trial, seen));
        ++*runs_out;
        if (tell)
            tell(baton, &trial.so_far);
    }
}

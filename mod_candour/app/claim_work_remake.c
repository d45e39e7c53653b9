/* claim_work_remake.c: every row of the claims' work list made again, batch by batch.
 *
 * For rows that are missing (claims from before the list), and each night: what is due depends on
 * the day. */
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "app/claim_work_core.h"
#include "app/recompute.h"
#include "audit/standing.h"
#include "store/ahead.h"

#define BATCH 200

typedef struct batch_t {
    store_claim_work_t *rows;
    int count;
    /* store_standing_t: rows of decisions that were told before there were such */
    apr_array_header_t *told;
} batch_t;

static cd_err_t *batch_keep(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const batch_t *batch = baton;
    int i;

    for (i = 0; i < batch->told->nelts; i++)
        CD_ERR(store_standing_keep(&APR_ARRAY_IDX(batch->told, i, store_standing_t), conn, pool));
    return store_claim_work_keep(batch->rows, batch->count, conn, pool);
}

/* What a flag says is read in full here, and here alone: its digest and whether it is old follow
 * from it. */
static cd_err_t *flags_look(store_claim_work_t *rows, int count, const store_head_t *head,
                            store_ahead_t *ahead, app_ctx_t *ctx, apr_pool_t *pool)
{
    store_flag_t *flags;
    int flag_count, i, j;

    store_ahead_use(ctx->conn, NULL);
    CD_ERR(store_flags_latest(&flags, &flag_count, head, 0, ctx->conn, pool));
    store_ahead_use(ctx->conn, ahead);
    for (i = 0; i < count; i++)
        for (j = 0; j < flag_count; j++)
            if (flags[j].org_id == rows[i].org_id) {
                app_flag_digest(rows[i].digest, &flags[j], pool);
                CD_ERR(app_flag_outdated(&rows[i].out_of_date, head, &flags[j], NULL, ctx->conn,
                                         pool));
            }
    return NULL;
}

/* A decision that the trust was told of and that has no row of how it stands for the trust. */
static cd_err_t *told_look(batch_t *batch, const store_head_t *head, app_ctx_t *ctx,
                           apr_pool_t *pool)
{
    store_standing_t *rows;
    int i, count, told = 0, missing = 0;

    for (i = 0; i < head->record_count; i++)
        told |= head->records[i].kind == CD_REC_TOLD && !head->records[i].superseded_by;
    if (!told)
        return NULL;
    CD_ERR(store_standings(&rows, &count, head->id, 0, ctx->conn, pool));
    for (i = 0; i < count; i++)
        missing |= !rows[i].told_standing;
    if (!missing)
        return NULL;
    CD_ERR(audit_standings(&rows, NULL, &count, head, head->records, head->record_count, ctx->conn,
                           pool));
    for (i = 0; i < count; i++)
        if (rows[i].told_standing)
            APR_ARRAY_PUSH(batch->told, store_standing_t) = rows[i];
    return NULL;
}

static cd_err_t *claim_make(batch_t *batch, app_claims_made_t *made, store_head_t *head,
                            store_ahead_t *ahead, app_ctx_t *ctx, apr_pool_t *pool)
{
    app_claim_work_in_t in = { .head = head, .version = head->version, .all = head->records,
                               .count = head->record_count };
    store_claim_work_t *rows;
    store_claim_sum_t *sums;
    int count, i;

    made->claims++;
    if (!head->has_key || head->damaged) {
        made->unreadable++;
        return NULL;
    }
    CD_ERR(store_claim_sums(&sums, &in.sum_count, &head->id, 1, ctx->conn, pool));
    in.sums = sums;
    CD_ERR(app_claim_work_make(&rows, &count, ctx, &in, pool));
    CD_ERR(flags_look(rows, count, head, ahead, ctx, pool));
    CD_ERR(told_look(batch, head, ctx, pool));
    for (i = 0; i < count; i++) {
        if (rows[i].out_of_date == STORE_CLAIM_WORK_AS_WAS)
            rows[i].out_of_date = 0;     /* no flag yet */
        batch->rows[batch->count++] = rows[i];
    }
    made->rows += count;
    return NULL;
}

static cd_err_t *one_batch(store_ahead_ask_t *ask, app_claims_made_t *made, app_ctx_t *ctx,
                           apr_pool_t *pool)
{
    batch_t batch = { 0 };
    store_tx_t tx = { batch_keep, &batch, 0, 0 };
    store_ahead_t *ahead;
    store_head_t *claims;
    int count, i;

    CD_ERR(store_ahead_read(&ahead, &claims, &count, ask, ctx->conn, pool));
    batch.rows = apr_palloc(pool, sizeof(*batch.rows) * (apr_size_t)(count * CD_PARTIES_MAX + 1));
    batch.told = apr_array_make(pool, 1, sizeof(store_standing_t));
    store_ahead_use(ctx->conn, ahead);
    for (i = 0; i < count; i++)
        CD_ERR(claim_make(&batch, made, &claims[i], ahead, ctx, pool));
    store_ahead_use(ctx->conn, NULL);
    return batch.count ? store_tx_run(&ctx->conn, ctx->app->store, &tx, pool) : NULL;
}

cd_err_t *app_claim_work_remake(app_claims_made_t *out, app_ctx_t *ctx, app_claims_tell_fn tell,
                                void *baton)
{
    store_ahead_ask_t ask = { .all = 1 };
    apr_pool_t *pool, *outer = ctx->pool;
    cd_err_t *err = NULL;
    int count;

    memset(out, 0, sizeof(*out));
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "the work list is made again by the command line");
    CD_ERR(app_conn(ctx));
    apr_pool_create(&pool, outer);
    for (;;) {
        apr_pool_clear(pool);
        store_read_end(ctx->conn);
        err = store_ahead_bound(&ask.last, &count, &ask, BATCH, ctx->conn, pool);
        if (err || !count)
            break;
        ctx->pool = pool;
        err = one_batch(&ask, out, ctx, pool);
        store_ahead_use(ctx->conn, NULL);
        ctx->pool = outer;
        if (err)
            break;
        ask.after = ask.last;
        if (tell)
            tell(baton, out);
    }
    return err;                          /* the pool goes with the context: an error lives in it */
}

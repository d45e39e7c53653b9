/* claim_status.c: in which status claims stood at the end of a day, and who handles claims. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "store/claim.h"

/* 1 if a record can change the status in which a claim stands. */
static int tells_status(const cd_record_t *record)
{
    return record && (record->kind == CD_REC_CLAIM || record->kind == CD_REC_CLAIM_STATUS
                      || record->kind == CD_REC_TAKEN_BACK);
}

int app_status_day_asks(const app_write_t *write, const store_head_t *head)
{
    int i, asks = 0;

    for (i = 0; i < write->count; i++)
        asks |= tells_status(write->items[i].record);
    return head->kind == CD_FILE_CLAIM && asks;
}

/* A record that was brought in says its own day; a later one leaves the days before it as they
 * were. */
static cd_err_t *day_put(apr_int64_t claim_id, const cd_record_t *record, const cd_record_t *all,
                         int count, store_conn_t *conn, apr_pool_t *pool)
{
    const cd_date_t day = cd_london_date(record->recorded_at);
    const cd_claim_t *claim = cd_claim_read(all, count, day, pool);

    return claim->facts ? store_status_day_put(claim_id, day, claim->status, conn, pool) : NULL;
}

cd_err_t *app_status_day_touch(const app_write_t *write, const store_head_t *head,
                               const cd_record_t *all, int count, store_conn_t *conn,
                               apr_pool_t *pool)
{
    int i;

    for (i = 0; i < write->count; i++)
        if (tells_status(write->items[i].record))
            CD_ERR(day_put(head->id, write->items[i].record, all, count, conn, pool));
    return NULL;
}

cd_err_t *app_claim_report(app_claim_report_t *out, app_ctx_t *ctx, cd_date_t as_at)
{
    int status;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_need(ctx, CD_RIGHT_CLAIM_READ));
    if (app_may(ctx, CD_RIGHT_CLAIM_READ) != CD_REACH_ALL)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "the report counts the claims of every trust");
    out->as_at = as_at ? as_at : ctx->today;
    out->snapshot = out->as_at < ctx->today;
    if (out->as_at > ctx->today)
        return cd_err(ctx->pool, CD_E_RANGE, "the day asked for has not come yet",
                      "as_at after today");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_status_counts(out->count, out->as_at, ctx->conn, ctx->pool));
    for (status = 1; status <= CD_CLAIM_REOPENED; status++)
        out->total += out->count[status];
    return NULL;
}

cd_err_t *app_handlers(const cd_token_t **out, app_ctx_t *ctx)
{
    store_person_t *people;
    cd_token_t *tokens;
    int i, count;

    CD_ERR(app_need(ctx, CD_RIGHT_CLAIM_WRITE));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_people_in_role(&people, &count, app_roles_with(CD_RIGHT_CLAIM_WRITE), ctx->conn,
                                ctx->pool));
    tokens = apr_pcalloc(ctx->pool, sizeof(*tokens) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        tokens[i] = (cd_token_t){ i + 1, people[i].subject, people[i].name };
    *out = tokens;
    return NULL;
}

/* ---- claims from before there was a history ---- */

typedef struct history_t { const store_head_t *head; const cd_record_t *all; int count; } history_t;

static cd_err_t *history_put(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const history_t *one = baton;
    int i;

    for (i = 0; i < one->count; i++)
        if (tells_status(&one->all[i]))
            CD_ERR(day_put(one->head->id, &one->all[i], one->all, one->count, conn, pool));
    return NULL;
}

cd_err_t *app_claim_history(int *count_out, app_ctx_t *ctx)
{
    const char **refs;
    int i, count;

    *count_out = 0;
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "the history is made again by the command line alone");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claims_without_history(&refs, &count, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++) {
        history_t one = { 0 };
        store_tx_t tx = { history_put, &one, 1, 0 };
        cd_record_t *all;
        store_head_t *head;

        CD_ERR(store_head_get(&head, CD_FILE_CLAIM, refs[i], 0, ctx->conn, ctx->pool));
        CD_ERR(store_records(&all, &one.count, head, ctx->conn, ctx->pool));
        one.head = head;
        one.all = all;
        CD_ERR(store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool));
        ++*count_out;
    }
    return NULL;
}

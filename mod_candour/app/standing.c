/* standing.c: keeps the rows that say how each decision stands, in the transaction of what changes
 * it. */
#include "app/standing.h"
#include "audit/standing.h"

/* Records that can change how a decision stands, or what came of it. */
static int changes(const cd_record_t *record)
{
    switch (record->kind) {
    case CD_REC_CONFIRMATION:
    case CD_REC_REVIEW:
    case CD_REC_RECOVERY:
    case CD_REC_RECEIPT:
    case CD_REC_TAKEN_BACK:
    case CD_REC_TOLD:
        return 1;
    default:
        return 0;
    }
}

static int touched(const app_write_t *write)
{
    int i;

    for (i = 0; i < write->count; i++)
        if (write->items[i].decision || (write->items[i].record && changes(write->items[i].record)))
            return 1;
    return 0;
}

/* NULL: a new row, which its decision has counted already (org_decision). */
static const store_standing_t *before_of(const store_standing_t *rows, int count, int seq)
{
    int i;

    for (i = 0; i < count; i++)
        if (rows[i].seq == seq)
            return &rows[i];
    return NULL;
}

/* A decision on the same trust elsewhere must not count breaches while this one changes: both take
 * the trust's next number, and one of them finds it taken. */
static cd_err_t *row_keep(const store_standing_t *row, const store_standing_t *before, int decides,
                          store_conn_t *conn, apr_pool_t *pool)
{
    if (before && before->standing == row->standing && before->amount_p == row->amount_p
        && before->asked_p == row->asked_p && before->received_p == row->received_p
        && before->units == row->units && before->counted == row->counted
        && before->told_standing == row->told_standing && before->told_p == row->told_p)
        return NULL;
    if (before && before->standing != row->standing && !decides)
        CD_ERR(store_org_decision_bump(row->org_id, conn, pool));
    return store_standing_keep(row, conn, pool);
}

cd_err_t *app_standing_touch(const app_write_t *write, const store_head_t *head,
                             const cd_record_t *all, int count, store_conn_t *conn,
                             apr_pool_t *pool)
{
    store_standing_t *rows, *before;
    int row_count, before_count, i, decides = 0;

    for (i = 0; i < write->count; i++)
        decides |= write->items[i].decision != NULL;
    CD_ERR(audit_standings(&rows, NULL, &row_count, head, all, count, conn, pool));
    CD_ERR(store_standings(&before, &before_count, head->id, 0, conn, pool));
    for (i = 0; i < row_count; i++)
        CD_ERR(
            row_keep(&rows[i], before_of(before, before_count, rows[i].seq), decides, conn, pool));
    return NULL;
}

int app_standing_asks(const app_write_t *write, const store_head_t *head)
{
    return head->kind == CD_FILE_CLAIM && touched(write);
}

/* standing.c: how decisions stand, as rows. Reckons nothing: audit/standing.c does. Knows no
 * payment. */
#include <string.h>

#include <apr_tables.h>

#include "domain/liability.h"
#include "store/ahead.h"
#include "store/row.h"
#include "store/standing.h"

#define AFTER_MAX 200

cd_err_t *store_decided(store_decided_t **out, int *count_out, apr_int64_t claim_id,
                        store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(store_decided_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_DECIDED, pool, "L", claim_id));
    while (row) {
        store_decided_t *one;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        one = apr_array_push(list);
        one->seq = store_col_int(rows);
        one->flag_seq = store_col_int(rows);
        one->org_id = store_col_long(rows);
        one->org_code = store_col_text(rows, pool);
        if (!one->org_code)
            one->org_code = "";
        one->outcome = store_col_int(rows);
        one->amount_p = store_col_long(rows);
        one->decided_at = store_col_long(rows);
        one->inputs = store_col_text(rows, pool);
        one->answer = store_col_text(rows, pool);
    }
    *out = (store_decided_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_standing_keep(const store_standing_t *standing, store_conn_t *conn,
                              apr_pool_t *pool)
{
    if (standing->told_standing)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_DECISION_TOLD, pool, "LiiL",
                            standing->claim_id, standing->seq, standing->told_standing,
                            standing->told_p));
    return store_change(NULL, NULL, conn, STMT_KEEP_STANDING, pool, "LiLiiiLiiLLL",
                        standing->claim_id, standing->seq, standing->org_id, standing->flag_seq,
                        standing->outcome, standing->standing, standing->amount_p, standing->units,
                        standing->counted, standing->decided_at, standing->asked_p,
                        standing->received_p);
}

void store_standing_row(store_standing_t *standing, store_stmt_t *rows, apr_pool_t *pool)
{
    standing->claim_id = store_col_long(rows);
    standing->reference = store_col_text(rows, pool);
    standing->seq = store_col_int(rows);
    standing->org_id = store_col_long(rows);
    standing->flag_seq = store_col_int(rows);
    standing->outcome = store_col_int(rows);
    standing->standing = store_col_int(rows);
    standing->amount_p = store_col_long(rows);
    standing->units = store_col_int(rows);
    standing->counted = store_col_int(rows);
    standing->decided_at = store_col_long(rows);
    standing->asked_p = store_col_long(rows);
    standing->received_p = store_col_long(rows);
    standing->told_standing = store_col_int(rows);
    standing->told_p = store_col_long(rows);
}

static cd_err_t *read_standings(store_standing_t **out, int *count_out, store_stmt_t *rows,
                                apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(store_standing_t));
    int row = 1;

    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            store_standing_row(apr_array_push(list), rows, pool);
    }
    *out = (store_standing_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_standings(store_standing_t **out, int *count_out, apr_int64_t claim_id,
                          cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_STANDINGS, pool, "LLL", claim_id, org_id, org_id));
    return read_standings(out, count_out, rows, pool);
}

cd_err_t *store_standings_after(store_standing_t **out, int *count_out, cd_org_id org_id,
                                cd_instant_t decided_at, apr_int64_t not_claim_id, int limit,
                                store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_STANDINGS_AFTER, pool, "LLLi", org_id, decided_at,
                        not_claim_id, limit > 0 && limit < AFTER_MAX ? limit : AFTER_MAX));
    return read_standings(out, count_out, rows, pool);
}

/* First instant of a day in London: midnight there is midnight in UTC or, in summer, an hour
 * before. */
static cd_instant_t london_start(cd_date_t day)
{
    cd_instant_t start;

    if (!day)
        return 0;
    start = (cd_instant_t)(day - cd_date_make(1970, 1, 1)) * apr_time_from_sec(86400);
    if (cd_london_date(start - apr_time_from_sec(3600)) == day)
        start -= apr_time_from_sec(3600);
    return start;
}

cd_err_t *store_breach_units(int *out, cd_org_id org_id, cd_date_t from, apr_int64_t not_claim_id,
                             store_conn_t *conn, apr_pool_t *pool)
{
    const apr_int64_t without = store_ahead_without(conn, org_id, not_claim_id);
    store_stmt_t *rows;
    int row;

    if (store_ahead_breaches(out, conn, org_id, from, not_claim_id))
        return NULL;
    CD_ERR(store_select(&rows, conn, STMT_SUM_BREACHES, pool, "LiiiiLL", org_id,
                        (int)CD_STAND_STANDS, (int)CD_DEC_PART, (int)CD_DEC_FULL,
                        (int)CD_STAND_VARIED, london_start(from), without));
    CD_ERR(store_step(&row, rows, pool));
    *out = row ? store_col_int(rows) : 0;
    store_finish(rows);
    if (!without)
        store_ahead_breaches_keep(conn, org_id, from, *out);
    return NULL;
}

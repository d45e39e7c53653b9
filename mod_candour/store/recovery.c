/* recovery.c: what trusts were asked for, decisions to be looked at again, and allegations, as
 * rows. Knows no payment. */
#include <apr_tables.h>

#include "store/db.h"
#include "store/recovery.h"

const cd_token_t store_recovery_states[] = {
    { STORE_RECOVERY_OPEN, "OPEN", "Open" },
    { STORE_RECOVERY_SETTLED, "SETTLED", "Paid" },
    { STORE_RECOVERY_ENDED, "ENDED", "Asked for no longer" },
    { 0, NULL, NULL }
};

typedef void (*read_fn)(void *item, store_stmt_t *rows, apr_pool_t *pool);

static cd_err_t *read_all(void **out, int *count_out, apr_size_t size, read_fn read,
                          store_stmt_t *rows, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, (int)size);
    int row = 1;

    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read(apr_array_push(list), rows, pool);
    }
    *out = list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* Day, then claim, then record: one number that no two rows share. */
static apr_int64_t sort_key(cd_date_t day, apr_int64_t claim_id, int seq)
{
    return ((apr_int64_t)day << 43) | ((claim_id & 0x1fffffff) << 14) | (seq & 0x3fff);
}

/* ---- recoveries --------------------------------------------------------- */

cd_err_t *store_recovery_keep(const store_recovery_t *row, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_RECOVERY, pool, "LiLiisiiidLLLiiLiL",
                        row->claim_id, row->seq, row->org_id, row->decision_seq, row->method,
                        row->invoice, row->instalment, row->instalments, row->year, row->due,
                        row->amount_p, row->holds_p, row->received_p, row->state, row->held,
                        sort_key(row->due, row->claim_id, row->seq), row->told_state,
                        row->told_holds_p);
}

static void read_recovery(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_recovery_t *row = item;

    row->claim_id = store_col_long(rows);
    row->reference = store_col_text(rows, pool);
    row->seq = store_col_int(rows);
    row->org_id = store_col_long(rows);
    row->org_code = store_col_text(rows, pool);
    row->org_name = store_col_text(rows, pool);
    row->decision_seq = store_col_int(rows);
    row->method = store_col_int(rows);
    row->invoice = store_col_text(rows, pool);
    row->instalment = store_col_int(rows);
    row->instalments = store_col_int(rows);
    row->year = store_col_int(rows);
    row->due = store_col_int(rows);
    row->amount_p = store_col_long(rows);
    row->holds_p = store_col_long(rows);
    row->received_p = store_col_long(rows);
    row->state = store_col_int(rows);
    row->held = store_col_int(rows);
    row->skey = store_col_long(rows);
}

cd_err_t *store_recoveries(store_recovery_page_t *out, const store_recovery_ask_t *ask,
                           store_conn_t *conn, apr_pool_t *pool)
{
    const apr_int64_t before = ask->due_before ? sort_key(ask->due_before, 0, 0) : APR_INT64_MAX;
    store_stmt_t *rows;

    if (ask->org_id)
        CD_ERR(store_select(&rows, conn,
                            ask->told ? STMT_LIST_RECOVERIES_TOLD : STMT_LIST_RECOVERIES_OF_ORG,
                            pool, "LiLLi", ask->org_id, ask->state, ask->after, before,
                            ask->limit + 1));
    else
        CD_ERR(store_select(&rows, conn, STMT_LIST_RECOVERIES, pool, "iLLi", ask->state, ask->after,
                            before, ask->limit + 1));
    CD_ERR(
        read_all((void **)&out->rows, &out->count, sizeof(*out->rows), read_recovery, rows, pool));
    out->next = 0;
    if (out->count > ask->limit) {
        out->count = ask->limit;
        out->next = out->rows[ask->limit - 1].skey;
    }
    return NULL;
}

static void read_total(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_recovery_total_t *total = item;

    total->org_id = store_col_long(rows);
    total->org_code = store_col_text(rows, pool);
    total->org_name = store_col_text(rows, pool);
    total->decisions = store_col_int(rows);
    total->decided_p = store_col_long(rows);
    total->asked_p = store_col_long(rows);
    total->received_p = store_col_long(rows);
    total->left_p = store_col_long(rows);
}

/* First instant of a day in London: midnight there is midnight in UTC or, in summer, an hour
 * before. */
static cd_instant_t london_start(cd_date_t day)
{
    cd_instant_t start = (cd_instant_t)(day - cd_date_make(1970, 1, 1)) * apr_time_from_sec(86400);

    return cd_london_date(start - apr_time_from_sec(3600)) == day ? start - apr_time_from_sec(3600)
                                                                  : start;
}

cd_err_t *store_recovery_totals(store_recovery_total_t **out, int *count_out, cd_org_id org_id,
                                cd_date_t from, cd_date_t to, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SUM_RECOVERIES, pool, "iiLLLL", (int)CD_STAND_STANDS,
                        (int)CD_STAND_VARIED, org_id, org_id, london_start(from),
                        london_start(to + 1)));
    return read_all((void **)out, count_out, sizeof(**out), read_total, rows, pool);
}

cd_err_t *store_recovery_totals_told(store_recovery_total_t **out, int *count_out, cd_org_id org_id,
                                     cd_date_t from, cd_date_t to, store_conn_t *conn,
                                     apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SUM_RECOVERIES_TOLD, pool, "iiLLL", (int)CD_STAND_STANDS,
                        (int)CD_STAND_VARIED, org_id, london_start(from), london_start(to + 1)));
    return read_all((void **)out, count_out, sizeof(**out), read_total, rows, pool);
}

static void read_org_standing(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_standing_t *row = item;

    row->claim_id = store_col_long(rows);
    row->reference = store_col_text(rows, pool);
    row->seq = store_col_int(rows);
    row->org_id = store_col_long(rows);
    row->flag_seq = store_col_int(rows);
    row->outcome = store_col_int(rows);
    row->standing = store_col_int(rows);
    row->amount_p = store_col_long(rows);
    row->units = store_col_int(rows);
    row->counted = store_col_int(rows);
    row->decided_at = store_col_long(rows);
    row->asked_p = store_col_long(rows);
    row->received_p = store_col_long(rows);
    row->told_standing = store_col_int(rows);
    row->told_p = store_col_long(rows);
}

cd_err_t *store_org_standings(store_standing_t **out, int *count_out, cd_org_id org_id,
                              cd_instant_t before, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIST_STANDINGS_OF_ORG, pool, "LLi", org_id,
                        before ? before : APR_INT64_MAX, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_org_standing, rows, pool);
}

static void read_year_row(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_year_row_t *row = item;

    read_org_standing(&row->standing, rows, pool);
    row->decided_p = store_col_long(rows);
    row->indicated_p = store_col_long(rows);
    row->inputs = store_col_text(rows, pool);
    row->answer = store_col_text(rows, pool);
}

cd_err_t *store_org_decided(store_year_row_t **out, int *count_out, cd_org_id org_id,
                            cd_date_t from, cd_date_t to, int limit, store_conn_t *conn,
                            apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIST_DECIDED_OF_ORG, pool, "LLLi", org_id,
                        london_start(from), london_start(to + 1), limit));
    return read_all((void **)out, count_out, sizeof(**out), read_year_row, rows, pool);
}

static void read_counted(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_counted_t *row = item;

    read_org_standing(&row->standing, rows, pool);
    row->inputs = store_col_text(rows, pool);
    row->answer = store_col_text(rows, pool);
}

cd_err_t *store_counted(store_counted_t **out, int *count_out, cd_org_id org_id, cd_instant_t from,
                        apr_int64_t not_claim_id, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIST_COUNTED_OF_ORG, pool, "LLLi", org_id, from,
                        not_claim_id, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_counted, rows, pool);
}

/* ---- looks -------------------------------------------------------------- */

cd_err_t *store_look_put(const store_look_t *look, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_LOOK, pool, "LiLiLiiL", look->claim_id,
                        look->decision_seq, look->cause_claim_id, look->cause_seq, look->org_id,
                        look->n_then, look->n_now, look->put_at);
}

static void read_look(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_look_t *look = item;

    look->claim_id = store_col_long(rows);
    look->reference = store_col_text(rows, pool);
    look->decision_seq = store_col_int(rows);
    look->cause_claim_id = store_col_long(rows);
    look->cause_reference = store_col_text(rows, pool);
    look->cause_seq = store_col_int(rows);
    look->org_id = store_col_long(rows);
    look->n_then = store_col_int(rows);
    look->n_now = store_col_int(rows);
    look->put_at = store_col_long(rows);
    look->looked_seq = store_col_int(rows);
    look->decided_at = store_col_long(rows);
    look->indicated_p = store_col_long(rows);
    look->inputs = store_col_text(rows, pool);
    look->answer = store_col_text(rows, pool);
}

cd_err_t *store_looks(store_look_t **out, int *count_out, apr_int64_t claim_id, int seq,
                      int of_cause, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, of_cause ? STMT_SELECT_LOOKS_OF_CAUSE : STMT_SELECT_LOOKS,
                        pool, "Lii", claim_id, seq, seq));
    return read_all((void **)out, count_out, sizeof(**out), read_look, rows, pool);
}

cd_err_t *store_look_end(const store_look_t *look, int looked_seq, store_conn_t *conn,
                         apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_LOOK_END, pool, "iLiLi", looked_seq,
                        look->claim_id, look->decision_seq, look->cause_claim_id, look->cause_seq);
}

/* ---- allegations -------------------------------------------------------- */

cd_err_t *store_allegation_keep(const store_allegation_t *row, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_ALLEGATION, pool, "LiLiiiwLiiL", row->claim_id,
                        row->seq, row->org_id, row->kind, row->source, row->outcome, row->on,
                        row->memo_p, row->breaches, row->stands,
                        sort_key(row->on.first, row->claim_id, row->seq));
}

static void read_allegation(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_allegation_t *row = item;

    row->claim_id = store_col_long(rows);
    row->reference = store_col_text(rows, pool);
    row->seq = store_col_int(rows);
    row->org_id = store_col_long(rows);
    row->org_code = store_col_text(rows, pool);
    row->org_name = store_col_text(rows, pool);
    row->kind = store_col_int(rows);
    row->source = store_col_int(rows);
    row->outcome = store_col_int(rows);
    row->on.first = store_col_int(rows);
    row->on.last = store_col_int(rows);
    row->memo_p = store_col_long(rows);
    row->breaches = store_col_int(rows);
    row->stands = 1;
    row->skey = store_col_long(rows);
}

cd_err_t *store_allegations(store_allegation_page_t *out, cd_org_id org_id, apr_int64_t before,
                            int limit, store_conn_t *conn, apr_pool_t *pool)
{
    const apr_int64_t below = before ? before : APR_INT64_MAX;
    store_stmt_t *rows;

    if (org_id)
        CD_ERR(store_select(&rows, conn, STMT_LIST_ALLEGATIONS_OF_ORG, pool, "LLi", org_id, below,
                            limit + 1));
    else
        CD_ERR(store_select(&rows, conn, STMT_LIST_ALLEGATIONS, pool, "Li", below, limit + 1));
    CD_ERR(read_all((void **)&out->rows, &out->count, sizeof(*out->rows), read_allegation, rows,
                    pool));
    out->next = 0;
    if (out->count > limit) {
        out->count = limit;
        out->next = out->rows[limit - 1].skey;
    }
    return NULL;
}

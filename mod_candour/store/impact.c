/* impact.c: tried drafts of schemes as rows. */
#include <string.h>

#include <apr_tables.h>

#include "domain/claim.h"
#include "store/db.h"
#include "store/impact.h"

#define AT_ONCE 8
#define ID_BITS 34
#define MOST ((APR_INT64_C(1) << 29) - 1)

static cd_err_t *read_one(store_impact_t **out, store_stmt_t *rows, apr_pool_t *pool)
{
    store_impact_t *run;
    int row;

    *out = NULL;
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = run = apr_pcalloc(pool, sizeof(*run));
        run->id = store_col_long(rows);
        run->state = store_col_int(rows);
        run->old_code = store_col_text(rows, pool);
        run->old_version = store_col_int(rows);
        run->new_code = store_col_text(rows, pool);
        run->new_version = store_col_int(rows);
        run->asked_by = store_col_long(rows);
        run->asked_name = store_col_text(rows, pool);
        run->asked_at = store_col_long(rows);
        run->beat_at = store_col_long(rows);
        run->done_at = store_col_long(rows);
        run->after_id = store_col_long(rows);
        run->sums = store_col_text(rows, pool);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_impact_get(store_impact_t **out, apr_int64_t id, store_conn_t *conn,
                           apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_IMPACT, pool, "L", id));
    return read_one(out, rows, pool);
}

cd_err_t *store_impact_newest(store_impact_t **out, const char *code, int version,
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_NEWEST_IMPACT, pool, "si", code, version));
    return read_one(out, rows, pool);
}

cd_err_t *store_impact_next(store_impact_t **out, int waiting, int running,
                            cd_instant_t quiet_since, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_NEXT_IMPACT, pool, "iiL", waiting, running, quiet_since));
    return read_one(out, rows, pool);
}

cd_err_t *store_impact_insert(store_impact_t *run, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, &run->id, conn, STMT_INSERT_IMPACT, pool, "isiLLL", run->state,
                        run->new_code, run->new_version, run->asked_by, run->asked_at,
                        run->asked_at);
}

cd_err_t *store_impact_take(const store_impact_t *seen, const store_impact_t *run,
                            store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_KEEP_IMPACT_TAKE, pool, "isiLsLiL", run->state,
                        run->old_code, run->old_version, run->beat_at, run->sums, seen->id,
                        seen->state, seen->beat_at));
    return rows == 1 ? NULL
                     : cd_err(pool, CD_E_STALE, NULL,
                              "run %" APR_INT64_T_FMT " was taken by another", seen->id);
}

cd_err_t *store_impact_keep(const store_impact_t *run, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_IMPACT, pool, "iLLLsL", run->state,
                        run->beat_at, run->done_at, run->after_id, run->sums, run->id);
}

/* Whole pounds, largest first, then claim and place: unique in a run. */
static apr_int64_t key_of(const store_impact_row_t *row)
{
    apr_int64_t pounds =
        (row->new_p > row->old_p ? row->new_p - row->old_p : row->old_p - row->new_p) / 100;

    if (pounds > MOST)
        pounds = MOST;
    return ((MOST - pounds) << ID_BITS) + row->claim_id * CD_PARTIES_MAX
           + row->place % CD_PARTIES_MAX;
}

#define LETTERS "LLLiiiLLsL"
#define R(n) \
    row[n].run_id, row[n].claim_id, row[n].org_id, row[n].open, row[n].old_state, \
    row[n].new_state, row[n].old_p, row[n].new_p, row[n].why, key_of(&row[n])

cd_err_t *store_impact_rows_keep(const store_impact_row_t *row, int count, store_conn_t *conn,
                                 apr_pool_t *pool)
{
    for (; count >= AT_ONCE; count -= AT_ONCE, row += AT_ONCE)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_IMPACT_ROWS, pool,
                            LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS, R(0),
                            R(1), R(2), R(3), R(4), R(5), R(6), R(7)));
    for (; count; count--, row++)
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_IMPACT_ROW, pool, LETTERS, R(0)));
    return NULL;
}

cd_err_t *store_impact_rows(store_impact_row_t **out, int *count_out, apr_int64_t run_id, int open,
                            apr_int64_t after, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, limit + 1, sizeof(store_impact_row_t));
    store_stmt_t *rows;
    int row = 1;

    if (open == 2)
        CD_ERR(store_select(&rows, conn, STMT_LIST_IMPACT_ROWS, pool, "LLi", run_id, after, limit));
    else
        CD_ERR(store_select(&rows, conn, STMT_LIST_IMPACT_ROWS_OPEN, pool, "LiLi", run_id, open,
                            after, limit));
    while (row) {
        store_impact_row_t *one;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        one = apr_array_push(list);
        one->run_id = run_id;
        one->claim_id = store_col_long(rows);
        one->reference = store_col_text(rows, pool);
        one->org_code = store_col_text(rows, pool);
        one->open = store_col_int(rows);
        one->old_state = store_col_int(rows);
        one->new_state = store_col_int(rows);
        one->old_p = store_col_long(rows);
        one->new_p = store_col_long(rows);
        one->why = store_col_text(rows, pool);
        one->skey = store_col_long(rows);
    }
    *out = (store_impact_row_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_impact_parts(store_impact_part_t **out, int *count_out, apr_int64_t after,
                             apr_int64_t last, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 256, sizeof(store_impact_part_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_IMPACT_PARTS, pool, "LL", after, last));
    while (row) {
        store_impact_part_t *part;
        int newest;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        part = apr_array_push(list);
        part->claim_id = store_col_long(rows);
        part->org_id = store_col_long(rows);
        part->open = store_col_int(rows);
        part->old = store_col_int(rows);
        newest = store_col_int(rows);
        part->decided = store_col_int(rows);
        part->brief = store_col_text(rows, pool);
        if (!newest)
            part->brief = NULL;
    }
    *out = (store_impact_part_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_impact_count(apr_int64_t *out, apr_int64_t after, store_conn_t *conn,
                             apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_COUNT_IMPACT_PARTS, pool, "L", after));
    CD_ERR(store_step(&row, rows, pool));
    *out = row ? store_col_long(rows) : 0;
    store_finish(rows);
    return NULL;
}

/* contribution.c: what each trust contributes in a financial year. Rows are added and never
 * changed. */
#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/user.h"

cd_err_t *store_contributions(store_contribution_t **out, int *count_out, cd_org_id org, int limit,
                              store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(store_contribution_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CONTRIBUTIONS, pool, "Li", org, limit));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        store_contribution_t *one = apr_array_push(list);

        one->year = store_col_int(rows);
        one->seq = store_col_int(rows);
        one->amount_p = store_col_long(rows);
        one->set_at = store_col_long(rows);
        store_col_skip(rows, 1);
        one->set_by = store_col_text(rows, pool);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = (store_contribution_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_contributed(store_contributed_t **out, int *count_out, store_conn_t *conn,
                            apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_contributed_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ALL_CONTRIBUTIONS, pool, ""));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        store_contributed_t *one = apr_array_push(list);

        one->org = store_col_long(rows);
        one->year = store_col_int(rows);
        one->amount_p = store_col_long(rows);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = (store_contributed_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_contributions_all(store_contribution_of_t **out, int *count_out, store_conn_t *conn,
                                  apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_contribution_of_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CONTRIBUTION_ROWS, pool, ""));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        store_contribution_of_t *one = apr_array_push(list);

        one->org_code = store_col_text(rows, pool);
        one->year = store_col_int(rows);
        one->seq = store_col_int(rows);
        one->amount_p = store_col_long(rows);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = (store_contribution_of_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

const char *store_contribution_content(int year, int seq, apr_int64_t amount_p, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%d %d %" APR_INT64_T_FMT, year, seq, amount_p);
}

cd_err_t *store_contribution(apr_int64_t *amount_p_out, int *seq_out, cd_org_id org, int year,
                             store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    *amount_p_out = 0;
    *seq_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_CONTRIBUTION, pool, "Li", org, year));
    err = store_step(&row, rows, pool);
    if (!err && row) {
        *seq_out = store_col_int(rows);
        *amount_p_out = store_col_long(rows);
    }
    store_finish(rows);
    return err;
}

cd_err_t *store_contribution_insert(cd_org_id org, const store_contribution_t *row, cd_user_id by,
                                    store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_CONTRIBUTION, pool, "LiiLLL", org, row->year,
                        row->seq, row->amount_p, row->set_at, by));
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

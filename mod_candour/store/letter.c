/* letter.c: letters that wait for their PDF, and who may let a letter out, as rows. */
#include <apr_tables.h>

#include "store/db.h"
#include "store/letter.h"

enum { WAITING = 1, DONE };

cd_err_t *store_letter_wait(const store_head_t *head, int seq, cd_instant_t now, store_conn_t *conn,
                            apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_INSERT_LETTER_PDF, pool, "LiiL", head->id, seq,
                        (int)WAITING, now);
}

cd_err_t *store_letter_done(const store_head_t *head, int seq, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_LETTER_PDF, pool, "iLi", (int)DONE, head->id,
                        seq);
}

cd_err_t *store_letters_waiting(store_letter_wait_t **out, int *count_out,
                                const store_letter_wait_t *after, int limit, store_conn_t *conn,
                                apr_pool_t *pool)
{
    const store_letter_wait_t from = after ? *after : (store_letter_wait_t){ 0 };
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_letter_wait_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_LETTER_PDF, pool, "iLLLLii", (int)WAITING,
                        from.put_at, from.put_at, from.case_id, from.case_id, from.seq, limit));
    while (row) {
        store_letter_wait_t *wait;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        wait = apr_array_push(list);
        wait->case_id = store_col_long(rows);
        wait->seq = store_col_int(rows);
        wait->put_at = store_col_long(rows);
        wait->reference = store_col_text(rows, pool);
    }
    *out = (store_letter_wait_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_signers(cd_user_id **out, int *count_out, cd_org_id org, apr_uint32_t roles,
                        cd_user_id except, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(cd_user_id));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(
        store_select(&rows, conn, STMT_LIST_SIGNERS, pool, "LLL", org, (apr_int64_t)roles, except));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            APR_ARRAY_PUSH(list, cd_user_id) = store_col_long(rows);
    }
    *out = (cd_user_id *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

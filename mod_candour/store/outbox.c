/* outbox.c: messages to people, as rows. Sends nothing and words nothing. */
#include <string.h>

#include <apr_tables.h>

#include "store/db.h"
#include "store/outbox.h"

static void read_notice(store_notice_t *notice, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(notice, 0, sizeof(*notice));
    notice->id = store_col_long(rows);
    notice->kind = store_col_int(rows);
    notice->to = store_col_long(rows);
    notice->org = store_col_long(rows);
    notice->reference = store_col_text(rows, pool);
    notice->step = store_col_text(rows, pool);
    notice->due_on = store_col_int(rows);
    notice->put_at = store_col_long(rows);
    notice->state = store_col_int(rows);
    notice->tries = store_col_int(rows);
    notice->next_try_at = store_col_long(rows);
    notice->sent_at = store_col_long(rows);
    notice->last_error = store_col_text(rows, pool);
    notice->org_name = store_col_text(rows, pool);
    notice->active = store_col_int(rows);
    notice->email = store_col_text(rows, pool);
}

static cd_err_t *read_all(store_notice_t **out, int *count_out, store_stmt_t *rows,
                          apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 32, sizeof(store_notice_t));
    int row = 1;

    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read_notice(apr_array_push(list), rows, pool);
    }
    *out = (store_notice_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_notices_due(store_notice_t **out, int *count_out, store_notice_state_t state,
                            cd_instant_t now, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIST_OUTBOX_DUE, pool, "iLi", (int)state, now, limit));
    return read_all(out, count_out, rows, pool);
}

cd_err_t *store_notices_ended(store_notice_t **out, int *count_out, store_notice_state_t state,
                              int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_LIST_OUTBOX_ENDED, pool, "ii", (int)state, limit));
    return read_all(out, count_out, rows, pool);
}

cd_err_t *store_notices_of(store_notice_t **out, int *count_out, cd_user_id user,
                           apr_int64_t before_id, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(
        store_select(&rows, conn, STMT_LIST_OUTBOX_OF_USER, pool, "LLi", user, before_id, limit));
    return read_all(out, count_out, rows, pool);
}

cd_err_t *store_notice_counts(store_notice_counts_t *out, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    memset(out, 0, sizeof(*out));
    CD_ERR(store_select(&rows, conn, STMT_COUNT_OUTBOX, pool, "iii", STORE_NOTICE_WAITING,
                        STORE_NOTICE_SENDING, STORE_NOTICE_FAILED));
    while (row) {
        int state, count;
        cd_instant_t oldest;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        state = store_col_int(rows);
        count = store_col_int(rows);
        oldest = store_col_long(rows);
        if (state == STORE_NOTICE_WAITING) {
            out->waiting = count;
            out->oldest_waiting = oldest;
        } else if (state == STORE_NOTICE_SENDING) {
            out->sending = count;
        } else {
            out->failed = count;
        }
    }
    return NULL;
}

cd_err_t *store_notice_keys(const char ***out, int *count_out, const char *from, const char *below,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 32, sizeof(const char *));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_OUTBOX_KEYS, pool, "ss", from, below));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            *(const char **)apr_array_push(list) = store_col_text(rows, pool);
    }
    *out = (const char **)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_notice_insert(int *put_out, const store_notice_t *notice, store_conn_t *conn,
                              apr_pool_t *pool)
{
    const char *once = notice->once, *reference = notice->reference, *step = notice->step;

    /* An organisation of 0 is NULL: the scheme's own business. */
    if (!notice->org)
        return store_change(put_out, NULL, conn, STMT_INSERT_OUTBOX, pool, "siLsssdLiLs", once,
                            notice->kind, notice->to, (const char *)NULL, reference, step,
                            notice->due_on, notice->put_at, notice->state, notice->next_try_at,
                            notice->last_error);
    return store_change(put_out, NULL, conn, STMT_INSERT_OUTBOX, pool, "siLLssdLiLs", once,
                        notice->kind, notice->to, notice->org, reference, step, notice->due_on,
                        notice->put_at, notice->state, notice->next_try_at, notice->last_error);
}

cd_err_t *store_notice_claim(int *mine_out, const store_notice_t *notice, cd_instant_t until,
                             store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(mine_out, NULL, conn, STMT_KEEP_OUTBOX_CLAIM, pool, "iLLLii",
                        STORE_NOTICE_SENDING, until, until, notice->id, notice->state,
                        notice->tries);
}

cd_err_t *store_notice_end(int *mine_out, const store_notice_t *notice, store_conn_t *conn,
                           apr_pool_t *pool)
{
    return store_change(mine_out, NULL, conn, STMT_KEEP_OUTBOX_END, pool, "iLLsLii", notice->state,
                        notice->next_try_at, notice->sent_at, notice->last_error, notice->id,
                        STORE_NOTICE_SENDING, notice->tries);
}

cd_err_t *store_notices_retry(int *count_out, cd_instant_t now, store_conn_t *conn,
                              apr_pool_t *pool)
{
    return store_change(count_out, NULL, conn, STMT_RETRY_OUTBOX, pool, "iLi", STORE_NOTICE_WAITING,
                        now, STORE_NOTICE_FAILED);
}

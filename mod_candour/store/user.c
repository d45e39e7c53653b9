/* user.c: users as rows. Who may do what with them is asked in app/. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/user.h"

static void read_user(store_user_t *user, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(user, 0, sizeof(*user));
    user->id = store_col_long(rows);
    user->subject = store_col_text(rows, pool);
    user->name = store_col_text(rows, pool);
    user->org_code = store_col_text(rows, pool);
    user->org_name = store_col_text(rows, pool);
    user->roles = (apr_uint32_t)store_col_long(rows);
    user->active = store_col_int(rows);
    user->version = store_col_int(rows);
    user->created_at = store_col_long(rows);
    user->email = store_col_text(rows, pool);
}

cd_err_t *store_users(store_user_t **out, int *count_out, const char *after_subject, int limit,
                      store_conn_t *conn, apr_pool_t *pool)
{
    store_user_t *list = apr_palloc(pool, (apr_size_t)(limit > 0 ? limit : 1) * sizeof(*list));
    store_stmt_t *rows;
    cd_err_t *err;
    int row, count = 0;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_USERS, pool, "si",
                        after_subject ? after_subject : "", limit));
    err = store_step(&row, rows, pool);
    while (!err && row && count < limit) {
        read_user(&list[count++], rows, pool);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = list;
    *count_out = count;
    return err;
}

cd_err_t *store_users_in_role(cd_user_id **out, int *count_out, apr_uint32_t roles, cd_org_id org,
                              store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(cd_user_id));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_USERS_IN_ROLE, pool, "LLL", (apr_int64_t)roles,
                        org, org));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            *(cd_user_id *)apr_array_push(list) = store_col_long(rows);
    }
    *out = (cd_user_id *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_user_get(store_user_t **out, const char *subject, store_conn_t *conn,
                         apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_USER, pool, "s", subject));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_palloc(pool, sizeof(**out));
        read_user(*out, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

static cd_err_t *put_mail(const store_user_t *user, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_USER_MAIL, pool, "sss", user->email,
                        user->subject, user->email);
}

/* An organisation of 0 is NULL in the row: staff of the scheme. */
cd_err_t *store_user_insert(const store_user_t *user, cd_org_id org_id, cd_instant_t at,
                            store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(org_id
               ? store_change(NULL, NULL, conn, STMT_INSERT_USER, pool, "ssLLiL", user->subject,
                              user->name, org_id, (apr_int64_t)user->roles, user->active != 0, at)
               : store_change(NULL, NULL, conn, STMT_INSERT_USER, pool, "sssLiL", user->subject,
                              user->name, (const char *)NULL, (apr_int64_t)user->roles,
                              user->active != 0, at));
    return user->email ? put_mail(user, conn, pool) : NULL;
}

cd_err_t *store_user_update(const store_user_t *user, cd_org_id org_id, store_conn_t *conn,
                            apr_pool_t *pool)
{
    int rows;

    if (org_id)
        CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_USER, pool, "sLLisi", user->name, org_id,
                            (apr_int64_t)user->roles, user->active != 0, user->subject,
                            user->version));
    else
        CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_USER, pool, "ssLisi", user->name,
                            (const char *)NULL, (apr_int64_t)user->roles, user->active != 0,
                            user->subject, user->version));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "user %s is no longer at version %d", user->subject,
                      user->version);
    return put_mail(user, conn, pool);
}

const char *store_user_content(const store_user_t *user, apr_pool_t *pool)
{
    const char *content = apr_psprintf(pool, "%s\n%s\n%s\n%u\n%d", user->subject, user->name,
                                       user->org_code ? user->org_code : "", user->roles,
                                       user->active != 0);

    return user->email ? apr_pstrcat(pool, content, "\n", user->email, NULL) : content;
}

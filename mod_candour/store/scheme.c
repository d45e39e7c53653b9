/* scheme.c: versions of liability schemes as rows. Settings are kept as the JSON that
 * cd_scheme_write makes. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/user.h"

static cd_err_t *read_scheme(store_scheme_row_t *scheme, store_stmt_t *rows, apr_pool_t *pool)
{
    const char *settings = store_col_text(rows, pool);
    cd_err_t *err;
    json_t *json;

    scheme->active = store_col_int(rows);
    scheme->added_at = store_col_long(rows);
    store_col_skip(rows, 1);
    scheme->added_by = store_col_text(rows, pool);
    if (!scheme->added_by)
        scheme->added_by = "system";
    err = cd_json_read(&json, settings, strlen(settings), pool);
    if (!err)
        err = cd_scheme_read(&scheme->scheme, json, pool);
    /* What was checked before it was stored is not a person's wrong input now. */
    return err ? cd_err(pool, CD_E_TAMPERED, NULL, "a stored scheme does not read: %s",
                        cd_err_line(err, pool))
               : NULL;
}

cd_err_t *store_schemes(store_scheme_row_t **out, int *count_out, store_conn_t *conn,
                        apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(store_scheme_row_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_SCHEMES, pool, ""));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        err = read_scheme(apr_array_push(list), rows, pool);
        if (!err)
            err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = (store_scheme_row_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_scheme_insert(const cd_scheme_t *scheme, cd_user_id by, cd_instant_t at,
                              store_conn_t *conn, apr_pool_t *pool)
{
    cd_buf_t *settings = cd_buf_make(pool, 512);
    cd_jsonw_t w;

    cd_jsonw_init(&w, settings, 0);
    cd_scheme_write(&w, scheme);
    CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_SCHEME, pool, "sisLL", scheme->code,
                        scheme->version, settings->data, at, by));
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

cd_err_t *store_scheme_activate(const char *code, int version, store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(NULL, NULL, conn, STMT_RETIRE_SCHEMES, pool, ""));
    CD_ERR(store_change(&rows, NULL, conn, STMT_ACTIVATE_SCHEME, pool, "si", code, version));
    if (rows != 1)
        return cd_err(pool, CD_E_NOT_FOUND, NULL, "scheme %s version %d is not stored", code,
                      version);
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

const char *store_scheme_content(const cd_scheme_t *scheme, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 1024);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_scheme_write(&w, scheme);
    return buf->data;
}

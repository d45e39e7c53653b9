/* scheme.c: versions of liability schemes as rows. Settings are kept as the JSON that
 * cd_scheme_write makes. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/text.h"
#include "store/db.h"
#include "store/user.h"

static void read_life(store_scheme_row_t *scheme, store_stmt_t *rows, apr_pool_t *pool)
{
    scheme->life.step = store_col_int(rows);
    scheme->row_version = store_col_int(rows);
    scheme->drafted_by = store_col_long(rows);
    scheme->drafted_name = store_col_text(rows, pool);
    scheme->drafted_at = store_col_long(rows);
    scheme->acted_by = store_col_long(rows);
    scheme->acted_name = store_col_text(rows, pool);
    scheme->life.acted_at = store_col_long(rows);
    scheme->life.from = store_col_int(rows);
    scheme->note = store_col_text(rows, pool);
    scheme->file_hash = store_col_text(rows, pool);
    if (!scheme->file_hash)
        scheme->file_hash = "";
    /* put there by hand: as the step that made the table would have */
    if (!scheme->life.step) {
        scheme->life.step = scheme->active ? CD_SCHEME_ACTIVATED : CD_SCHEME_DRAFT;
        scheme->life.from = scheme->active;
    }
}

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
    read_life(scheme, rows, pool);
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
    const char *settings = store_scheme_content(scheme, pool);

    CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_SCHEME, pool, "sisLL", scheme->code,
                        scheme->version, settings, at, by));
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

static cd_err_t *gone_stale(int rows, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    return rows == 1 ? NULL
                     : cd_err(pool, CD_E_STALE, NULL, "scheme %s version %d has changed",
                              scheme->code, scheme->version);
}

cd_err_t *store_scheme_draft(store_scheme_row_t *row, const char *file, int replace,
                             store_conn_t *conn, apr_pool_t *pool)
{
    const cd_scheme_t *s = row->scheme;
    unsigned char hash[32];
    int rows;

    store_sha256(hash, file, strlen(file));
    row->file_hash = cd_hex(hash, sizeof(hash), pool);
    if (!replace) {
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_SCHEME_LIFE, pool, "siiLLsss", s->code,
                            s->version, row->life.step, row->drafted_by, row->drafted_at,
                            store_scheme_content(s, pool), file, row->file_hash));
        return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
    }
    CD_ERR(store_change(&rows, NULL, conn, STMT_REPLACE_SCHEME_LIFE, pool, "iLLssssii",
                        row->life.step, row->drafted_by, row->drafted_at,
                        store_scheme_content(s, pool), file, row->file_hash, s->code, s->version,
                        row->row_version));
    CD_ERR(gone_stale(rows, s, pool));
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

cd_err_t *store_scheme_settle(const store_scheme_row_t *row, store_conn_t *conn, apr_pool_t *pool)
{
    const cd_scheme_t *s = row->scheme;
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_SCHEME_LIFE, pool, "iLLissii",
                        row->life.step, row->acted_by, row->life.acted_at, row->life.from,
                        row->note ? row->note : "", s->code, s->version, row->row_version));
    CD_ERR(gone_stale(rows, s, pool));
    if (row->life.step == CD_SCHEME_ACTIVATED) {
        CD_ERR(store_change(NULL, NULL, conn, STMT_FREEZE_SCHEME, pool, "si", s->code, s->version));
        return store_scheme_activate(s->code, s->version, conn, pool);
    }
    return store_change(NULL, NULL, conn, STMT_BUMP_SCHEMES, pool, "");
}

cd_err_t *store_scheme_file(const char **out, const char *code, int version, store_conn_t *conn,
                            apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = "";
    CD_ERR(store_select(&rows, conn, STMT_SELECT_SCHEME_FILE, pool, "si", code, version));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        *out = store_col_text(rows, pool);
    store_finish(rows);
    return row ? NULL
               : cd_err(pool, CD_E_NOT_FOUND, NULL, "no life of scheme %s version %d", code,
                        version);
}

cd_err_t *store_any_claim(int *out, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    cd_err_t *err;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ANY_CLAIM, pool, ""));
    err = store_step(out, rows, pool);
    store_finish(rows);
    return err;
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

const char *store_scheme_row_content(const store_scheme_row_t *row, apr_pool_t *pool)
{
    const char *settings = store_scheme_content(row->scheme, pool);

    if (!row->row_version)
        return settings;
    return apr_psprintf(
        pool,
        "%s\nlife %d by %" APR_INT64_T_FMT " at %" APR_INT64_T_FMT " step %d by %" APR_INT64_T_FMT
        " at %" APR_INT64_T_FMT " from %d file %s\n%s",
        settings, row->row_version, row->drafted_by, row->drafted_at, row->life.step, row->acted_by,
        row->life.acted_at, (int)row->life.from, row->file_hash, row->note ? row->note : "");
}

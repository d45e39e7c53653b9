/* db.h: calls to the database, without its header.
 *
 * Requires: conn.h.   Provides: store_select, store_step, store_change, columns.   Used by:
 * store alone. A statement is named, prepared on its first use on a connection and kept there.
 * Its values are given one letter each:
 *   s  const char *  text, NULL for none     b  const void *, apr_size_t  bytes, NULL for none
 *   i  int                                   L  apr_int64_t
 *   d  cd_date_t (a day)                     w  cd_when_t (two columns)
 *   A  const store_args_t *: values of a list whose length the statement fixes
 * Rows are read unbuffered: finish one SELECT (to its end, or store_finish) before the next
 * statement; each call here sees to that by itself. */
#ifndef CD_STORE_DB_H
#define CD_STORE_DB_H

#include "base/date.h"
#include "store/conn.h"

typedef struct store_arg_t {
    const void *bytes;         /* NULL: the number */
    apr_size_t len;
    apr_int64_t number;
} store_arg_t;
typedef struct store_args_t { const store_arg_t *arg; int count; } store_args_t;

/** Runs a SELECT or SHOW. Outside a transaction it is repeated once on a fresh connection if this
 * one was lost before the first row. */
cd_err_t *store_select(store_stmt_t **out, store_conn_t *conn, store_statement_t statement,
                       apr_pool_t *pool, const char *letters, ...);
/** Reads the next row whole; `*row_out` 0 at the end. Long values wait in `pool` until they are
 * asked for. A value that does not come whole is an error of the row. */
cd_err_t *store_step(int *row_out, store_stmt_t *stmt, apr_pool_t *pool);
/** Gives up the rows that are left. */
void store_finish(store_stmt_t *stmt);

/** Columns of the row, from 0; the cursor moves on by itself, so a reader names no numbers. */
apr_int64_t store_col_long(store_stmt_t *stmt);      /* NULL gives 0 */
int store_col_int(store_stmt_t *stmt);
int store_col_null(const store_stmt_t *stmt);        /* of the column that comes next */
void store_col_skip(store_stmt_t *stmt, int columns);
cd_when_t store_col_when(store_stmt_t *stmt);        /* two columns */
/** Copied to `pool`; NULL for NULL. */
const char *store_col_text(store_stmt_t *stmt, apr_pool_t *pool);
const char *store_col_bytes(apr_size_t *len_out, store_stmt_t *stmt, apr_pool_t *pool);
/** Exactly `len` bytes; 0 if the column is NULL or has another length (then `out` is zeroed). */
int store_col_fixed(void *out, apr_size_t len, store_stmt_t *stmt, apr_pool_t *pool);

/** Runs anything that writes; only inside store_tx_run. `rows_out` (rows matched) and `id_out`
 * (insert id) may be NULL. */
cd_err_t *store_change(int *rows_out, apr_int64_t *id_out, store_conn_t *conn,
                       store_statement_t statement, apr_pool_t *pool, const char *letters, ...);

/** Runs one short writing statement of its own, without an audit entry: only those named
 * STMT_STAGE_, and only outside store_tx_run (tx.h says why). @errors CD_E_FULL: no room;
 * CD_E_BUSY; CD_E_FAILED: not one of those */
cd_err_t *store_stage(store_conn_t *conn, store_statement_t statement, apr_pool_t *pool,
                      const char *letters, ...);

/* numbers.c */
typedef struct store_meaning_t { store_fail_t fail; cd_code_t code; } store_meaning_t;
store_meaning_t store_meaning(unsigned number, store_call_t call);

/** Number that a test's own failure stands for, 0 for none: asked before and after each call. */
unsigned store_fail_before(store_conn_t *conn, store_call_t call, int statement);
unsigned store_fail_after(store_conn_t *conn, store_call_t call, int statement);

/* tx.c, for store_stage */
cd_err_t *store_stage_begin(store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_stage_end(store_conn_t *conn, cd_err_t *err, apr_pool_t *pool);

/* for session.c, tx.c, migrate.c: text that the program itself wrote */
cd_err_t *store_command(store_conn_t *conn, store_call_t call, const char *sql, apr_pool_t *pool);

/* for pool.c */
void store_library_init(void);
/** Connects; session.c does the rest */
cd_err_t *store_link(store_conn_t *conn, apr_pool_t *pool);
void store_unlink(store_conn_t *conn);
/* session.c */
cd_err_t *store_session_begin(store_conn_t *conn, apr_pool_t *pool);
typedef struct store_setting_t { const char *name, *value; } store_setting_t;
cd_err_t *store_settings(store_setting_t **out, int *count_out, store_conn_t *conn,
                         store_statement_t statement, apr_pool_t *pool);
/** NULL: no such */
const char *store_setting(const store_setting_t *list, int count, const char *name);
/** Durability of the server in one sentence, NULL if it is safe. */
const char *store_unsafe_why(const store_setting_t *list, int count, apr_pool_t *pool);
/** 1 if the session's settings are as R7 wants them; else the first that is not. */
int store_session_right(const char **name_out, const store_setting_t *list, int count);

#endif

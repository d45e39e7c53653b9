/* db.c: connections and prepared statements over the client library; the only file with mysql.h.
 *
 * Binds, runs and fetches. Does not know tables, what an error number means (numbers.c),
 * transactions (tx.c), session settings (session.c) or when to connect (pool.c). Uses only what
 * MariaDB Connector/C and libmysqlclient share. Messages of the server may quote values, so for
 * prepared statements only number and name are logged. */
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <apr_strings.h>

#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>

#include "store/db.h"

#ifdef MARIADB_BASE_VERSION
typedef my_bool store_bool_t;
#else
typedef bool store_bool_t;
#endif

#define PARAMS_MAX 800
#define INLINE_BYTES 256 /* a longer value is fetched again into a buffer of its own size */

typedef struct column_t {
    int is_int;
    apr_int64_t number;
    char text[INLINE_BYTES];
    const char *whole; /* of a longer value: all of it, in the pool of the step that read the row */
    unsigned long len;
    store_bool_t null;
    store_bool_t cut;
} column_t;

struct store_stmt_t {
    store_conn_t *conn;
    store_statement_t no;
    MYSQL_STMT *handle;
    MYSQL_BIND *results;
    column_t *columns;
    unsigned column_count;
    unsigned at; /* column that the next store_col_ call reads */
};

#define STAGES 3 /* of a statement's `writes`: see mkstatements.sh */

typedef struct statement_text_t {
    const char *name, *text;
    int writes;
} statement_text_t;

static const statement_text_t statements[STMT__COUNT] = {
#define X(name_, writes_, text_) { #name_, text_, writes_ },
    STORE_STATEMENTS(X)
#undef X
};

/* `said`: the server's own words, only where they cannot quote a value. */
static cd_err_t *failed(store_conn_t *conn, unsigned number, store_call_t call, const char *doing,
                        const char *said, apr_pool_t *pool)
{
    store_meaning_t row = store_meaning(number, call);

    if (row.fail > conn->fail)
        conn->fail = row.fail;
    if (row.fail >= STORE_FAIL_LOST && !conn->lost) {
        conn->lost = 1;
        /* That a new connection was not made says nothing against those that stand. */
        if (call != STORE_CALL_CONNECT)
            store_conn_suspect(conn);
    }
    return cd_err(pool, row.code, NULL, "%s: error %u of the database%s%s", doing, number,
                  said ? ": " : "", said ? said : "");
}

/* ---- connecting --------------------------------------------------------- */

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

static void library_init(void)
{
    mysql_library_init(0, NULL, NULL);
}

void store_library_init(void)
{
    pthread_once(&library_once, library_init);
}

/* Everything is said here: no option file and no environment is asked. */
static void set_options(MYSQL *mysql, const store_options_t *options)
{
    unsigned protocol = options->socket ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    unsigned connect_s = (unsigned)options->connect_s, read_s = (unsigned)options->read_s;
    unsigned write_s = (unsigned)options->write_s, no_local_files = 0;
    store_bool_t tell_cut = 1; /* store_step completes a row that is said to be cut */

    mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &read_s);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &write_s);
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &no_local_files);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(mysql, MYSQL_REPORT_DATA_TRUNCATION, &tell_cut);
#ifdef MARIADB_BASE_VERSION
    {
        store_bool_t off = 0, on = 1;

        /* A silent reconnect would drop a transaction in the middle. */
        mysql_options(mysql, MYSQL_OPT_RECONNECT, &off);
        if (options->tls_ca) {
            mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &on);
            mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
        }
    }
#else
    if (options->tls_ca) {
        unsigned mode = SSL_MODE_VERIFY_IDENTITY;

        mysql_options(mysql, MYSQL_OPT_SSL_MODE, &mode);
    }
#endif
    if (options->tls_ca)
        mysql_options(mysql, MYSQL_OPT_SSL_CA, options->tls_ca);
}

cd_err_t *store_link(store_conn_t *conn, apr_pool_t *pool)
{
    const store_options_t *options = conn->options;
    unsigned number = store_fail_before(conn, STORE_CALL_CONNECT, -1);
    MYSQL *mysql = NULL;

    conn->fail = STORE_FAIL_NONE;
    mysql_thread_init();
    if (!number) {
        mysql = mysql_init(NULL);
        if (!mysql)
            return cd_err(pool, CD_E_BUSY, NULL, "no memory for a connection");
        set_options(mysql, options);
        store_count_round_trip(conn);
        if (!mysql_real_connect(mysql, options->socket ? NULL : options->host, options->user,
                                options->password, options->database, (unsigned)options->port,
                                options->socket, CLIENT_FOUND_ROWS))
            number = mysql_errno(mysql) ? mysql_errno(mysql) : CR_UNKNOWN_ERROR;
    }
    if (number) {
        cd_err_t *err = failed(conn, number, STORE_CALL_CONNECT, "connecting",
                               mysql ? mysql_error(mysql) : NULL, pool);

        if (mysql)
            mysql_close(mysql);
        return err;
    }
    conn->mysql = mysql;
    conn->lost = conn->open = conn->writing = conn->unsafe = 0;
    conn->fail = STORE_FAIL_NONE;
    return NULL;
}

void store_unlink(store_conn_t *conn)
{
    if (!conn->mysql)
        return;
    for (int i = 0; i < STMT__COUNT; i++) {
        if (conn->stmts[i])
            mysql_stmt_close(conn->stmts[i]->handle);
        conn->stmts[i] = NULL;
    }
    conn->active = NULL;
    mysql_close(conn->mysql);
    conn->mysql = NULL;
    conn->open = conn->writing = 0;
    apr_pool_clear(conn->pool);
}

/* ---- preparing ---------------------------------------------------------- */

/* Never 0. Connector/C leaves an error that ends a row's fetch with the connection: so a deadlock
 * is told there that another node of a cluster causes while rows are read. */
static unsigned stmt_error(const store_stmt_t *stmt)
{
    unsigned number = mysql_stmt_errno(stmt->handle);

    number = number ? number : mysql_errno(stmt->conn->mysql);
    return number ? number : CR_UNKNOWN_ERROR;
}

static int is_integer(const MYSQL_FIELD *field)
{
    switch (field->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
        return 1;
    default:
        return 0;
    }
}

/* Result buffers are made and bound once, with the statement; @owner the connection's pool. MySQL
 * tells the columns of SHOW GRANTS only when it has run: then it is done there. */
static int bind_results(store_stmt_t *stmt)
{
    MYSQL_RES *info = mysql_stmt_result_metadata(stmt->handle);
    apr_pool_t *pool = stmt->conn->pool;
    const MYSQL_FIELD *fields;
    unsigned i;

    if (!info)
        return mysql_stmt_errno(stmt->handle) == 0;
    stmt->column_count = mysql_num_fields(info);
    stmt->columns = apr_pcalloc(pool, stmt->column_count * sizeof(*stmt->columns));
    stmt->results = apr_pcalloc(pool, stmt->column_count * sizeof(*stmt->results));
    fields = mysql_fetch_fields(info);
    for (i = 0; i < stmt->column_count; i++) {
        column_t *column = &stmt->columns[i];

        column->is_int = is_integer(&fields[i]);
        stmt->results[i] = (MYSQL_BIND){
            .buffer_type = column->is_int ? MYSQL_TYPE_LONGLONG : MYSQL_TYPE_STRING,
            .buffer = column->is_int ? (void *)&column->number : column->text,
            .buffer_length = column->is_int ? sizeof(column->number) : INLINE_BYTES,
            .length = &column->len, .is_null = &column->null, .error = &column->cut
        };
    }
    mysql_free_result(info);
    return mysql_stmt_bind_result(stmt->handle, stmt->results) == 0;
}

static cd_err_t *prepare(store_stmt_t **out, store_conn_t *conn, store_statement_t no,
                         apr_pool_t *pool)
{
    store_stmt_t *stmt = conn->stmts[no];
    const char *text = statements[no].text;
    unsigned number;

    *out = stmt;
    if (stmt)
        return NULL;
    number = store_fail_before(conn, STORE_CALL_PREPARE, (int)no);
    stmt = apr_pcalloc(conn->pool, sizeof(*stmt));
    stmt->conn = conn;
    stmt->no = no;
    stmt->handle = mysql_stmt_init(conn->mysql);
    if (!stmt->handle)
        return failed(conn, CR_OUT_OF_MEMORY, STORE_CALL_PREPARE, statements[no].name, NULL, pool);
    store_count_round_trip(conn);
    if (!number && (mysql_stmt_prepare(stmt->handle, text, (unsigned long)strlen(text)) != 0 ||
                    !bind_results(stmt)))
        number = stmt_error(stmt);
    if (!number)
        number = store_fail_after(conn, STORE_CALL_PREPARE, (int)no);
    if (number) {
        /* The text is ours and holds no value, so the server may be quoted. */
        cd_err_t *err = failed(conn, number, STORE_CALL_PREPARE, statements[no].name,
                               mysql_stmt_error(stmt->handle), pool);

        mysql_stmt_close(stmt->handle);
        return err;
    }
    conn->stmts[no] = stmt;
    *out = stmt;
    return NULL;
}

/* ---- binding and running ------------------------------------------------ */

typedef struct values_t {
    MYSQL_BIND binds[PARAMS_MAX];
    apr_int64_t numbers[PARAMS_MAX];
    unsigned count;
} values_t;

static void bind_number(values_t *values, apr_int64_t number)
{
    values->numbers[values->count] = number;
    values->binds[values->count] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG,
                                                 .buffer = &values->numbers[values->count] };
    values->count++;
}

static void bind_bytes(values_t *values, enum enum_field_types type, const void *bytes,
                       apr_size_t len)
{
    values->binds[values->count++] = (MYSQL_BIND){
        .buffer_type = bytes ? type : MYSQL_TYPE_NULL,
        .buffer = (void *)bytes, .buffer_length = (unsigned long)len
    };
}

static void bind_list(values_t *values, const store_args_t *list)
{
    for (int i = 0; i < list->count && values->count + 1 < PARAMS_MAX; i++) {
        if (list->arg[i].bytes)
            bind_bytes(values, MYSQL_TYPE_BLOB, list->arg[i].bytes, list->arg[i].len);
        else
            bind_number(values, list->arg[i].number);
    }
}

/* One letter each, as db.h lists them. The letters are written beside the call, never made at run
 * time. */
static void take_values(values_t *values, const char *letters, va_list args)
{
    const char *text;
    const void *bytes;
    cd_when_t when;

    values->count = 0;
    for (; *letters && values->count + 1 < PARAMS_MAX; letters++) {
        switch (*letters) {
        case 's':
            text = va_arg(args, const char *);
            bind_bytes(values, MYSQL_TYPE_STRING, text, text ? strlen(text) : 0);
            break;
        case 'b':
            bytes = va_arg(args, const void *);
            bind_bytes(values, MYSQL_TYPE_BLOB, bytes, va_arg(args, apr_size_t));
            break;
        case 'i': bind_number(values, va_arg(args, int)); break;
        case 'L': bind_number(values, va_arg(args, apr_int64_t)); break;
        case 'd': bind_number(values, va_arg(args, cd_date_t)); break;
        case 'w':
            when = va_arg(args, cd_when_t);
            bind_number(values, when.first);
            bind_number(values, when.last);
            break;
        case 'A': bind_list(values, va_arg(args, const store_args_t *)); break;
        default:
            values->count = PARAMS_MAX; /* no statement has as many: refused below */
        }
    }
}

static void end_active(store_conn_t *conn)
{
    if (conn->active)
        store_finish(conn->active);
}

static cd_err_t *run(store_stmt_t **out, store_conn_t *conn, store_statement_t no, values_t *values,
                     apr_pool_t *pool)
{
    store_stmt_t *stmt;
    unsigned number;

    end_active(conn);
    if (!conn->mysql || conn->lost)
        return failed(conn, CR_SERVER_GONE_ERROR, STORE_CALL_EXECUTE, statements[no].name, NULL,
                      pool);
    CD_ERR(prepare(&stmt, conn, no, pool));
    if (mysql_stmt_param_count(stmt->handle) != values->count)
        return cd_err(pool, CD_E_FAILED, NULL, "%s takes %lu values and was given %u",
                      statements[no].name, mysql_stmt_param_count(stmt->handle), values->count);
    number = store_fail_before(conn, STORE_CALL_EXECUTE, (int)no);
    store_count_round_trip(conn);
    if (!number && ((values->count && mysql_stmt_bind_param(stmt->handle, values->binds) != 0) ||
                    mysql_stmt_execute(stmt->handle) != 0 ||
                    (!stmt->column_count && mysql_stmt_field_count(stmt->handle) &&
                     !bind_results(stmt))))
        number = stmt_error(stmt);
    if (!number) {
        /* On a connection without autocommit even a SELECT has begun a transaction. */
        conn->open |= conn->writing;
        number = store_fail_after(conn, STORE_CALL_EXECUTE, (int)no);
    }
    if (number)
        return failed(conn, number, STORE_CALL_EXECUTE, statements[no].name, NULL, pool);
    stmt->at = 0;
    *out = stmt;
    return NULL;
}

/* Nothing was promised yet, so a read may start again on a fresh connection, once. */
static int may_repeat(const store_conn_t *conn)
{
    return !conn->in_tx && !conn->open &&
           (conn->fail == STORE_FAIL_LOST || conn->fail == STORE_FAIL_RETRY);
}

cd_err_t *store_select(store_stmt_t **out, store_conn_t *conn, store_statement_t statement,
                       apr_pool_t *pool, const char *letters, ...)
{
    values_t values;
    va_list args;
    cd_err_t *err;

    va_start(args, letters);
    take_values(&values, letters, args);
    va_end(args);
    if (!conn->in_tx && !conn->open)
        conn->fail = STORE_FAIL_NONE;
    err = run(out, conn, statement, &values, pool);
    if (err && may_repeat(conn)) {
        store_count_retry(conn->store);
        if (conn->lost)
            CD_ERR(store_conn_renew(conn, pool));
        conn->fail = STORE_FAIL_NONE;
        err = run(out, conn, statement, &values, pool);
    }
    if (!err)
        conn->active = *out;
    return err;
}

cd_err_t *store_change(int *rows_out, apr_int64_t *id_out, store_conn_t *conn,
                       store_statement_t statement, apr_pool_t *pool, const char *letters, ...)
{
    values_t values;
    store_stmt_t *stmt;
    my_ulonglong rows;
    va_list args;

    /* The migrator works in single steps: DDL commits by itself. */
    if ((!conn->in_tx && !conn->options->any_schema) || !statements[statement].writes ||
        statements[statement].writes == STAGES)
        return cd_err(pool, CD_E_FAILED, NULL, "%s was run outside a transaction",
                      statements[statement].name);
    va_start(args, letters);
    take_values(&values, letters, args);
    va_end(args);
    CD_ERR(run(&stmt, conn, statement, &values, pool));
    rows = mysql_stmt_affected_rows(stmt->handle);
    if (rows > 0 && statements[statement].writes == 1) /* 2: bookkeeping, no entry is owed */
        conn->writes++;
    if (rows_out)
        *rows_out = rows > APR_INT32_MAX ? APR_INT32_MAX : (int)rows;
    if (id_out)
        *id_out = (apr_int64_t)mysql_stmt_insert_id(stmt->handle);
    return NULL;
}

cd_err_t *store_stage(store_conn_t *conn, store_statement_t statement, apr_pool_t *pool,
                      const char *letters, ...)
{
    values_t values;
    store_stmt_t *stmt;
    va_list args;

    if (conn->in_tx || statements[statement].writes != STAGES)
        return cd_err(pool, CD_E_FAILED, NULL, "%s was run as staging", statements[statement].name);
    va_start(args, letters);
    take_values(&values, letters, args);
    va_end(args);
    CD_ERR(store_stage_begin(conn, pool));
    return store_stage_end(conn, run(&stmt, conn, statement, &values, pool), pool);
}

cd_err_t *store_command(store_conn_t *conn, store_call_t call, const char *sql, apr_pool_t *pool)
{
    unsigned number;
    const char *said = NULL;

    end_active(conn);
    if (!conn->mysql || conn->lost)
        return failed(conn, CR_SERVER_GONE_ERROR, call, "a command", NULL, pool);
    number = store_fail_before(conn, call, -1);
    store_count_round_trip(conn);
    if (!number && mysql_real_query(conn->mysql, sql, (unsigned long)strlen(sql)) != 0) {
        number = mysql_errno(conn->mysql);
        said = mysql_error(conn->mysql);
    }
    if (!number)
        number = store_fail_after(conn, call, -1);
    if (!number)
        return NULL;
    return failed(conn, number, call, apr_pstrmemdup(pool, sql, strcspn(sql, "(\n")), said, pool);
}

/* ---- rows --------------------------------------------------------------- */

/* The row stays with the library until the next one is fetched, so a long value can be asked for
 * again. What did not come whole is no value. */
static unsigned fetch_again(column_t *column, store_stmt_t *stmt, unsigned index, apr_pool_t *pool)
{
    unsigned number = store_fail_before(stmt->conn, STORE_CALL_COLUMN, (int)stmt->no);
    char *bytes = apr_pcalloc(pool, column->len + 1);
    unsigned long real = 0;
    store_bool_t null = 0, cut = 0;
    MYSQL_BIND bind = { .buffer_type = MYSQL_TYPE_STRING, .buffer = bytes,
                        .buffer_length = column->len, .length = &real, .is_null = &null,
                        .error = &cut };

    column->whole = bytes;
    if (number)
        return number;
    if (mysql_stmt_fetch_column(stmt->handle, &bind, index, 0) != 0)
        return stmt_error(stmt);
    return null || cut || real != column->len ? CR_MALFORMED_PACKET : 0;
}

/* Long texts are read in full; a number that does not fit its place fails the row. */
static unsigned complete_row(store_stmt_t *stmt, apr_pool_t *pool)
{
    unsigned i, number = 0;

    for (i = 0; i < stmt->column_count && !number; i++) {
        column_t *column = &stmt->columns[i];

        if (column->null)
            continue;
        if (column->is_int)
            number = column->cut ? ER_WARN_DATA_OUT_OF_RANGE : 0;
        else if (column->len > INLINE_BYTES)
            number = fetch_again(column, stmt, i, pool);
    }
    return number;
}

cd_err_t *store_step(int *row_out, store_stmt_t *stmt, apr_pool_t *pool)
{
    store_conn_t *conn = stmt->conn;
    unsigned number = store_fail_before(conn, STORE_CALL_FETCH, (int)stmt->no);
    int got = number ? 1 : mysql_stmt_fetch(stmt->handle);

    *row_out = 0;
    stmt->at = 0;
    if (got == MYSQL_NO_DATA) {
        store_finish(stmt);
        return NULL;
    }
    if (got == MYSQL_DATA_TRUNCATED) {
        number = complete_row(stmt, pool);
        got = number ? 1 : 0;
        if (number)
            store_finish(stmt);
    }
    if (got == 1) {
        conn->active = NULL;
        return failed(conn, number ? number : stmt_error(stmt), STORE_CALL_FETCH,
                      statements[stmt->no].name, NULL, pool);
    }
    *row_out = 1;
    return NULL;
}

void store_finish(store_stmt_t *stmt)
{
    /* With rows still under way this reads them off; with none left it sends nothing. */
    if (!stmt->conn->lost)
        mysql_stmt_free_result(stmt->handle);
    if (stmt->conn->active == stmt)
        stmt->conn->active = NULL;
}

static const column_t *next_column(store_stmt_t *stmt)
{
    static const column_t none = { .null = 1 };

    return stmt->at < stmt->column_count ? &stmt->columns[stmt->at++] : &none;
}

apr_int64_t store_col_long(store_stmt_t *stmt)
{
    const column_t *column = next_column(stmt);

    return column->null || !column->is_int ? 0 : column->number;
}

int store_col_int(store_stmt_t *stmt)
{
    return (int)store_col_long(stmt);
}

int store_col_null(const store_stmt_t *stmt)
{
    return stmt->at >= stmt->column_count || stmt->columns[stmt->at].null;
}

void store_col_skip(store_stmt_t *stmt, int columns)
{
    stmt->at += (unsigned)columns;
}

const char *store_col_bytes(apr_size_t *len_out, store_stmt_t *stmt, apr_pool_t *pool)
{
    const column_t *column = next_column(stmt);

    *len_out = 0;
    if (column->null || column->is_int)
        return NULL;
    *len_out = column->len;
    return apr_pstrmemdup(pool, column->len > INLINE_BYTES ? column->whole : column->text,
                         column->len);
}

const char *store_col_text(store_stmt_t *stmt, apr_pool_t *pool)
{
    apr_size_t len;

    return store_col_bytes(&len, stmt, pool);
}

/* bulk.c: stands in for store/db.c: rows go to files instead of a server.
 *
 * One file for each statement that inserts; which table and columns it feeds is read from the
 * statement's own text. A head is inserted and then changed in its transaction, so its row waits
 * for the change. */
#include "bulk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "domain/record.h"

#define VALUES_MAX 32
#define YEARS 64
#define FIRST_YEAR 2000

typedef struct value_t {
    int is_null, is_number;
    apr_int64_t number;
    const char *bytes;
    apr_size_t len;
} value_t;
typedef struct row_t { value_t values[VALUES_MAX]; int count; } row_t;

typedef struct bulk_t {
    store_conn_t conn;                /* first: a connection is a bulk_t here */
    store_options_t options;
    const char *folder;
    apr_pool_t *pool, *held_pool;
    apr_hash_t *orgs;                 /* code to id */
    FILE *files[STMT__COUNT];
    row_t held;                       /* head that waits for its change */
    store_statement_t held_by;
    apr_int64_t counters[3][YEARS];   /* kind, year */
} bulk_t;

static const char *const texts[STMT__COUNT] = {
#define X(name_, writes_, text_) text_,
    STORE_STATEMENTS(X)
#undef X
};

cd_err_t *bulk_open(store_conn_t **out, const char *folder, const store_keys_t *keys,
                    apr_pool_t *pool)
{
    bulk_t *bulk = apr_pcalloc(pool, sizeof(*bulk));

    bulk->folder = folder;
    bulk->pool = pool;
    apr_pool_create(&bulk->held_pool, pool);
    bulk->orgs = apr_hash_make(pool);
    bulk->options.keys = keys;
    bulk->conn.options = &bulk->options;
    bulk->conn.in_tx = 1;
    *out = &bulk->conn;
    return NULL;
}

void bulk_org(store_conn_t *conn, const char *code, cd_org_id id)
{
    bulk_t *bulk = (bulk_t *)conn;

    apr_hash_set(bulk->orgs, code, APR_HASH_KEY_STRING, apr_pmemdup(bulk->pool, &id, sizeof(id)));
}

/* ---- writing rows -------------------------------------------------------- */

static const char *path_of(const bulk_t *bulk, store_statement_t no, const char *end)
{
    return apr_psprintf(bulk->pool, "%s/%d.%s", bulk->folder, (int)no, end);
}

static cd_err_t *open_file(FILE **out, bulk_t *bulk, store_statement_t no)
{
    *out = bulk->files[no];
    if (*out)
        return NULL;
    *out = bulk->files[no] = fopen(path_of(bulk, no, "rows"), "wb");
    if (!*out)
        return cd_err(bulk->pool, CD_E_FAILED, NULL, "cannot write %s", path_of(bulk, no, "rows"));
    setvbuf(*out, NULL, _IOFBF, 1 << 20);
    return NULL;
}

static void put_bytes(FILE *file, const char *bytes, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len; i++) {
        switch (bytes[i]) {
        case '\0': fputs("\\0", file); break;
        case '\t': fputs("\\t", file); break;
        case '\n': fputs("\\n", file); break;
        case '\\': fputs("\\\\", file); break;
        default: putc_unlocked(bytes[i], file);
        }
    }
}

static cd_err_t *put_row(bulk_t *bulk, store_statement_t no, const row_t *row)
{
    FILE *file;
    int i;

    CD_ERR(open_file(&file, bulk, no));
    for (i = 0; i < row->count; i++) {
        const value_t *value = &row->values[i];

        if (i)
            putc_unlocked('\t', file);
        if (value->is_null)
            fputs("\\N", file);
        else if (value->is_number)
            fprintf(file, "%" APR_INT64_T_FMT, value->number);
        else
            put_bytes(file, value->bytes, value->len);
    }
    putc_unlocked('\n', file);
    return ferror(file)
               ? cd_err(bulk->pool, CD_E_FAILED, NULL, "no room for %s", path_of(bulk, no, "rows"))
               : NULL;
}

static void add_number(row_t *row, apr_int64_t number)
{
    value_t *value = &row->values[row->count++];

    value->is_number = 1;
    value->number = number;
}

static void add_bytes(row_t *row, const char *bytes, apr_size_t len)
{
    value_t *value = &row->values[row->count++];

    value->is_null = !bytes;
    value->bytes = bytes;
    value->len = len;
}

/* The letters of db.h. */
static void take_values(row_t *row, const char *letters, va_list args)
{
    const char *bytes;
    cd_when_t when;

    memset(row, 0, sizeof(*row));
    for (; *letters && row->count + 2 < VALUES_MAX; letters++) {
        switch (*letters) {
        case 's':
            bytes = va_arg(args, const char *);
            add_bytes(row, bytes, bytes ? strlen(bytes) : 0);
            break;
        case 'b':
            bytes = va_arg(args, const char *);
            add_bytes(row, bytes, va_arg(args, apr_size_t));
            break;
        case 'i': add_number(row, va_arg(args, int)); break;
        case 'd': add_number(row, va_arg(args, cd_date_t)); break;
        case 'L': add_number(row, va_arg(args, apr_int64_t)); break;
        case 'w':
            when = va_arg(args, cd_when_t);
            add_number(row, when.first);
            add_number(row, when.last);
            break;
        default: abort();
        }
    }
}

/* ---- statements that are more than an INSERT of values ------------------- */

/* Names between `from` and `to`, as an array of strings. */
static apr_array_header_t *names_in(const char *from, const char *to, const char *separators,
                                    apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, VALUES_MAX, sizeof(char *));
    char *rest = apr_pstrmemdup(pool, from, (apr_size_t)(to - from)), *state, *word;

    for (word = apr_strtok(rest, separators, &state); word;
         word = apr_strtok(NULL, separators, &state))
        *(char **)apr_array_push(names) = word;
    return names;
}

static apr_array_header_t *insert_columns(store_statement_t no, apr_pool_t *pool)
{
    const char *open = strchr(texts[no], '(');

    return names_in(open + 1, strchr(open, ')'), ", ", pool);
}

static void hold(bulk_t *bulk, store_statement_t no, const row_t *row)
{
    int i;

    apr_pool_clear(bulk->held_pool);
    bulk->held = *row;
    bulk->held_by = no;
    for (i = 0; i < row->count; i++)
        if (row->values[i].bytes)
            bulk->held.values[i].bytes =
                apr_pmemdup(bulk->held_pool, row->values[i].bytes, row->values[i].len);
}

/* "UPDATE t SET a = ?, b = ? WHERE ...": the values before WHERE replace those of the row that
 * waits. */
static cd_err_t *change_held(bulk_t *bulk, store_statement_t no, const row_t *row)
{
    apr_array_header_t *columns = insert_columns(bulk->held_by, bulk->held_pool);
    apr_array_header_t *set = names_in(strstr(texts[no], " SET ") + 5, strstr(texts[no], " WHERE "),
                                       " ,=?", bulk->held_pool);
    int i, j;

    for (i = 0; i < set->nelts; i++)
        for (j = 0; j < columns->nelts; j++)
            if (!strcmp(((char **)set->elts)[i], ((char **)columns->elts)[j]))
                bulk->held.values[j] = row->values[i];
    return put_row(bulk, bulk->held_by, &bulk->held);
}

static cd_err_t *org_of(cd_org_id *out, const bulk_t *bulk, const value_t *code)
{
    const cd_org_id *id = apr_hash_get(bulk->orgs, code->bytes, APR_HASH_KEY_STRING);

    if (!id)
        return cd_err(bulk->pool, CD_E_NOT_FOUND, NULL, "organisation %s", code->bytes);
    *out = *id;
    return NULL;
}

/* claim, set, share, code -> claim, set, organisation, share */
static cd_err_t *put_party(bulk_t *bulk, const row_t *row)
{
    row_t out = *row;

    out.values[2].is_number = 1;
    CD_ERR(org_of(&out.values[2].number, bulk, &row->values[3]));
    out.values[3] = row->values[2];
    return put_row(bulk, STMT_INSERT_PARTY, &out);
}

/* claim, set, code, "CM-2024-0012" -> claim, set, case, organisation */
static cd_err_t *put_party_case(bulk_t *bulk, const row_t *row)
{
    row_t out = *row;
    int year, number;

    if (sscanf(row->values[3].bytes, "CM-%d-%d", &year, &number) != 2)
        return cd_err(bulk->pool, CD_E_NOT_FOUND, NULL, "case %s", row->values[3].bytes);
    out.values[2].is_number = out.values[3].is_number = 1;
    out.values[2].number = (apr_int64_t)year * 1000000 + number;
    CD_ERR(org_of(&out.values[3].number, bulk, &row->values[2]));
    return put_row(bulk, STMT_INSERT_PARTY_CASE, &out);
}

cd_err_t *store_change(int *rows_out, apr_int64_t *id_out, store_conn_t *conn,
                       store_statement_t statement, apr_pool_t *pool, const char *letters, ...)
{
    bulk_t *bulk = (bulk_t *)conn;
    row_t row;
    va_list args;

    (void)pool;
    va_start(args, letters);
    take_values(&row, letters, args);
    va_end(args);
    if (rows_out)
        *rows_out = 1;
    switch (statement) {
    case STMT_TAKE_NUMBER:
        *id_out = ++bulk->counters[row.values[0].number][row.values[1].number - FIRST_YEAR];
        return NULL;
    case STMT_INSERT_CASE:
    case STMT_INSERT_CLAIM:
        hold(bulk, statement, &row);
        return NULL;
    case STMT_UPDATE_CASE:
    case STMT_UPDATE_CLAIM: return change_held(bulk, statement, &row);
    case STMT_INSERT_PARTY: return put_party(bulk, &row);
    case STMT_INSERT_PARTY_CASE: return put_party_case(bulk, &row);
    default: return put_row(bulk, statement, &row);
    }
}

/* ---- the end ------------------------------------------------------------- */

static cd_err_t *put_counters(bulk_t *bulk)
{
    FILE *file;
    int kind, year;

    CD_ERR(open_file(&file, bulk, STMT_TAKE_NUMBER));
    for (kind = CD_FILE_CASE; kind <= CD_FILE_CLAIM; kind++)
        for (year = 0; year < YEARS; year++)
            if (bulk->counters[kind][year])
                fprintf(file, "%d\t%d\t%" APR_INT64_T_FMT "\n", kind, FIRST_YEAR + year,
                        bulk->counters[kind][year]);
    return NULL;
}

/* Rows stand in the order of their primary key, so InnoDB may build the table as it reads. */
static cd_err_t *put_load(bulk_t *bulk, store_statement_t no)
{
    FILE *file = fopen(path_of(bulk, no, "sql"), "wb");
    const char *table = strstr(texts[no], "INTO ") + 5, *open = strchr(table, '(');

    if (!file)
        return cd_err(bulk->pool, CD_E_FAILED, NULL, "cannot write %s", path_of(bulk, no, "sql"));
    fprintf(file,
            "SET SESSION foreign_key_checks = 0, unique_checks = 0"
            " /*M!, max_statement_time = 0 */;\n" /* MariaDB's alone */
            "LOAD DATA INFILE '%s' INTO TABLE %.*s CHARACTER SET binary (%.*s);\n",
            path_of(bulk, no, "rows"), (int)(open - table - 1), table,
            (int)(strchr(open, ')') - open - 1), open + 1);
    return fclose(file) ? cd_err(bulk->pool, CD_E_FAILED, NULL, "cannot close a file") : NULL;
}

cd_err_t *bulk_close(store_conn_t *conn, apr_pool_t *pool)
{
    bulk_t *bulk = (bulk_t *)conn;
    int i;

    CD_ERR(put_counters(bulk));
    for (i = 0; i < STMT__COUNT; i++) {
        if (!bulk->files[i])
            continue;
        CD_ERR(put_load(bulk, (store_statement_t)i));
        if (fclose(bulk->files[i]))
            return cd_err(pool, CD_E_FAILED, NULL, "cannot close a file");
    }
    return NULL;
}

/* ---- calls that nobody makes here ---------------------------------------- */

cd_err_t *store_select(store_stmt_t **out, store_conn_t *conn, store_statement_t statement,
                       apr_pool_t *pool, const char *letters, ...)
{
    (void)out;
    (void)conn;
    (void)letters;
    return cd_err(pool, CD_E_FAILED, NULL, "%s was run, and there is no database here",
                  texts[statement]);
}

cd_err_t *store_stage(store_conn_t *conn, store_statement_t statement, apr_pool_t *pool,
                      const char *letters, ...)
{
    (void)conn;
    (void)letters;
    return cd_err(pool, CD_E_FAILED, NULL, "statement %d stages content, and there is none here",
                  (int)statement);
}

cd_err_t *store_command(store_conn_t *conn, store_call_t call, const char *sql, apr_pool_t *pool)
{
    (void)conn;
    (void)call;
    return cd_err(pool, CD_E_FAILED, NULL, "%s was sent, and there is no database here", sql);
}

cd_err_t *store_link(store_conn_t *conn, apr_pool_t *pool)
{
    (void)conn;
    return cd_err(pool, CD_E_FAILED, NULL, "there is no database here");
}

/* No row was ever selected, so none of these can be reached. */
#define NO_ROWS(type_, name_, ...) type_ name_(__VA_ARGS__) { abort(); }
NO_ROWS(cd_err_t *, store_step, int *row_out __attribute__((unused)),
        store_stmt_t *stmt __attribute__((unused)), apr_pool_t *pool __attribute__((unused)))
NO_ROWS(void, store_finish, store_stmt_t *stmt __attribute__((unused)))
NO_ROWS(apr_int64_t, store_col_long, store_stmt_t *stmt __attribute__((unused)))
NO_ROWS(int, store_col_int, store_stmt_t *stmt __attribute__((unused)))
NO_ROWS(int, store_col_null, const store_stmt_t *stmt __attribute__((unused)))
NO_ROWS(void, store_col_skip, store_stmt_t *stmt __attribute__((unused)),
        int columns __attribute__((unused)))
NO_ROWS(const char *, store_col_text, store_stmt_t *stmt __attribute__((unused)),
        apr_pool_t *pool __attribute__((unused)))
NO_ROWS(const char *, store_col_bytes, apr_size_t *len_out __attribute__((unused)),
        store_stmt_t *stmt __attribute__((unused)), apr_pool_t *pool __attribute__((unused)))
NO_ROWS(void, store_library_init, void)
NO_ROWS(void, store_unlink, store_conn_t *conn __attribute__((unused)))

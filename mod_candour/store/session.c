/* session.c: what a new connection is told, and whether the server took it (R7).
 *
 * One table holds name, value and what it is for. A setting that this server does not know is
 * left out; one it knows but did not take makes the connection useless. Durability is the
 * server's own: read, never set. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "store/db.h"
#include "store/migrate.h"

typedef struct wanted_t {
    const char *name;
    const char *value; /* what SHOW VARIABLES gives back; for sql_mode: what it must hold */
    const char *sent;  /* the literal of SET */
} wanted_t;

#define STRICT_MODE "STRICT_ALL_TABLES"

/* tx_isolation and transaction_isolation are the same thing; each server knows at least one. */
static const wanted_t wanted[] = {
    { "tx_isolation", "REPEATABLE-READ", "'REPEATABLE-READ'" },
    { "transaction_isolation", "REPEATABLE-READ", "'REPEATABLE-READ'" },
    { "innodb_snapshot_isolation", "ON", "ON" }, /* 1020 instead of a lost update */
    { "wsrep_sync_wait", "1", "1" },             /* a read sees what another node acknowledged */
    { "group_replication_consistency", "BEFORE", "'BEFORE'" },
    { "sql_mode", STRICT_MODE,
      "'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
      "NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'" },
    { "time_zone", "+00:00", "'+00:00'" },
    { "innodb_lock_wait_timeout", "5", "5" },
    { "lock_wait_timeout", "10", "10" },
    { "autocommit", "ON", "ON" },
    { "character_set_client", "utf8mb4", NULL }, /* said in the handshake */
    { "character_set_connection", "utf8mb4", NULL },
    { "character_set_results", "utf8mb4", NULL },
};

#define WANTED_COUNT ((int)(sizeof(wanted) / sizeof(wanted[0])))
#define SETTINGS_MAX 48

cd_err_t *store_settings(store_setting_t **out, int *count_out, store_conn_t *conn,
                         store_statement_t statement, apr_pool_t *pool)
{
    store_setting_t *list = apr_pcalloc(pool, SETTINGS_MAX * sizeof(*list));
    store_stmt_t *rows;
    int row = 1, count = 0;

    CD_ERR(store_select(&rows, conn, statement, pool, ""));
    while (row && count < SETTINGS_MAX) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            list[count].name = store_col_text(rows, pool);
            list[count].value = store_col_text(rows, pool);
            count++;
        }
    }
    store_finish(rows);
    *out = list;
    *count_out = count;
    return NULL;
}

const char *store_setting(const store_setting_t *list, int count, const char *name)
{
    int i;

    for (i = 0; i < count; i++) {
        if (list[i].name && strcasecmp(list[i].name, name) == 0)
            return list[i].value ? list[i].value : "";
    }
    return NULL;
}

int store_session_right(const char **name_out, const store_setting_t *list, int count)
{
    const char *found;
    int i, right;

    for (i = 0; i < WANTED_COUNT; i++) {
        found = store_setting(list, count, wanted[i].name);
        if (!found)
            continue;
        right = strcmp(wanted[i].name, "sql_mode") == 0 ? strstr(found, STRICT_MODE) != NULL
                                                        : strcasecmp(found, wanted[i].value) == 0;
        if (!right) {
            *name_out = wanted[i].name;
            return 0;
        }
    }
    return 1;
}

static int is_on(const char *value)
{
    return value && (strcasecmp(value, "ON") == 0 || strcmp(value, "1") == 0);
}

const char *store_unsafe_why(const store_setting_t *list, int count, apr_pool_t *pool)
{
    const char *flush = store_setting(list, count, "innodb_flush_log_at_trx_commit");
    const char *sync = store_setting(list, count, "sync_binlog");

    if (!flush || strcmp(flush, "1") != 0)
        return apr_pstrcat(pool, "innodb_flush_log_at_trx_commit is ", flush ? flush : "not told",
                           ": a crash may lose saved changes", NULL);
    if (is_on(store_setting(list, count, "log_bin")) && (!sync || strcmp(sync, "1") != 0))
        return apr_pstrcat(pool, "sync_binlog is ", sync ? sync : "not told",
                           ": a crash may part the replicas", NULL);
    return NULL;
}

static const char *set_text(const store_setting_t *list, int count, int any_schema,
                            apr_pool_t *pool)
{
    cd_buf_t *sql = cd_buf_make(pool, 512);
    const char *between = "SET SESSION ";
    int i;

    for (i = 0; i < WANTED_COUNT; i++) {
        if (!wanted[i].sent || !store_setting(list, count, wanted[i].name))
            continue;
        cd_buf_fmt(sql, "%s%s = %s", between, wanted[i].name, wanted[i].sent);
        between = ", ";
    }
    /* A step of the schema on a full table takes its time. */
    if (any_schema && store_setting(list, count, "max_statement_time"))
        cd_buf_lit(sql, ", max_statement_time = 0");
    return sql->data;
}

static cd_err_t *check_schema(store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row, found;

    CD_ERR(cd_err_wrap(pool, store_select(&rows, conn, STMT_SELECT_SCHEMA_VERSION, pool, ""),
                       "reading the schema's version"));
    CD_ERR(store_step(&row, rows, pool));
    found = row ? store_col_int(rows) : 0;
    store_finish(rows);
    if (found != store_schema_wanted())
        return cd_err(pool, CD_E_SCHEMA, NULL, "the database has schema %d, this program needs %d",
                      found, store_schema_wanted());
    return NULL;
}

cd_err_t *store_session_begin(store_conn_t *conn, apr_pool_t *pool)
{
    const store_options_t *options = conn->options;
    store_setting_t *list;
    const char *name, *why;
    int count;

    CD_ERR(store_settings(&list, &count, conn, STMT_SHOW_SETTINGS, pool));
    CD_ERR(store_command(conn, STORE_CALL_SETTINGS,
                         set_text(list, count, options->any_schema, pool), pool));
    CD_ERR(store_settings(&list, &count, conn, STMT_SHOW_SETTINGS, pool));
    if (!store_session_right(&name, list, count))
        return cd_err(pool, CD_E_CONFIG, "the database does not take a setting that is needed",
                      "%s is \"%s\" after it was set", name, store_setting(list, count, name));
    why = store_unsafe_why(list, count, pool);
    conn->unsafe = why != NULL;
    if (why && store_first_time(conn->store))
        cd_log(options->log, CD_LOG_WARN,
               CDLOGNO(0013) "the database is not safe against a crash: %s; %s", why,
               options->allow_unsafe ? "changes are served all the same" : "no change is served");
    return options->any_schema ? NULL : check_schema(conn, pool);
}

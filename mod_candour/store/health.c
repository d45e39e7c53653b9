/* health.c: what the server says of itself, held against what is wanted. Judges nothing but
 * that. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/grants.h"
#include "store/migrate.h"

static void add(apr_array_header_t *list, const char *name, const char *wanted, const char *found,
                int ok, int warn_only)
{
    store_check_t *check = apr_array_push(list);

    check->name = name;
    check->wanted = wanted;
    check->found = found ? found : "not told";
    check->ok = ok;
    check->warn_only = warn_only;
}

static void add_equal(apr_array_header_t *list, const store_setting_t *settings, int count,
                      const char *name, const char *wanted, int warn_only)
{
    const char *found = store_setting(settings, count, name);

    if (found)
        add(list, name, wanted, found, strcasecmp(found, wanted) == 0, warn_only);
}

static void check_session(apr_array_header_t *list, const store_setting_t *settings, int count)
{
    const char *name = NULL;
    int right = store_session_right(&name, settings, count);

    add(list, "session settings", "as sent", right ? "as sent" : name, right, 0);
}

static void check_server(apr_array_header_t *list, const store_setting_t *settings, int count,
                         const store_options_t *options, apr_pool_t *pool)
{
    const char *unsafe = store_unsafe_why(settings, count, pool);
    const char *files = store_setting(settings, count, "secure_file_priv");

    add(list, "durability", "a saved change survives a crash", unsafe ? unsafe : "as wanted",
        !unsafe, options->allow_unsafe);
    add_equal(list, settings, count, "innodb_snapshot_isolation", "ON", 0);
    add_equal(list, settings, count, "local_infile", "OFF", 1);
    add(list, "secure_file_priv", "set", files && *files ? "set" : "empty", files && *files, 1);
    if (!options->socket)
        add_equal(list, settings, count, "require_secure_transport", "ON", 1);
}

static void check_cluster(apr_array_header_t *list, const store_setting_t *status, int count)
{
    add_equal(list, status, count, "wsrep_cluster_status", "Primary", 0);
    add_equal(list, status, count, "wsrep_local_state", "4", 0);
    add_equal(list, status, count, "wsrep_ready", "ON", 0);
}

static cd_err_t *check_schema(apr_array_header_t *list, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row, found;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_SCHEMA_VERSION, pool, ""));
    CD_ERR(store_step(&row, rows, pool));
    found = row ? store_col_int(rows) : 0;
    store_finish(rows);
    add(list, "schema", apr_psprintf(pool, "%d", store_schema_wanted()),
        apr_psprintf(pool, "%d", found), found == store_schema_wanted(), 0);
    return NULL;
}

cd_err_t *store_health(store_check_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_check_t));
    store_setting_t *settings, *status;
    const char *surplus;
    int count, status_count;

    CD_ERR(store_settings(&settings, &count, conn, STMT_SHOW_SETTINGS, pool));
    CD_ERR(store_settings(&status, &status_count, conn, STMT_SHOW_CLUSTER, pool));
    add(list, "version of the database server", "MariaDB 10.6, MySQL 8.0 or later",
        store_setting(settings, count, "version"), 1, 0);
    CD_ERR(check_schema(list, conn, pool));
    /* A writing connection is right to have autocommit off. */
    if (!conn->writing)
        check_session(list, settings, count);
    check_server(list, settings, count, conn->options, pool);
    if (store_setting(settings, count, "wsrep_on") &&
        strcasecmp(store_setting(settings, count, "wsrep_on"), "ON") == 0)
        check_cluster(list, status, status_count);
    CD_ERR(store_too_much(&surplus, conn, pool));
    add(list, "rights of the account", "no more than needed",
        surplus ? surplus : "no more than needed", !surplus, 1);
    *out = (store_check_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* test_store_pool.c: slots, deadline and breaker: with the database dead a caller hears so
 * within a second, and all is well again soon after it is back. The database is a socket path
 * that is there or not: the server itself lives on. */
#include "unit/unit.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "store/store_site.h"
#include "store/user.h"

/* A link to the server's socket, which the test takes away and puts back. */
static const char *link_path;

static void database_dies(void)
{
    unlink(link_path);
    admin_kill_server();
}

static void database_comes_back(void)
{
    unlink(link_path);
    assert_int_equal(symlink(getenv("CANDOUR_TEST_SOCKET"), link_path), 0);
}

static store_t *open_by_link(int slots, int acquire_ms, apr_pool_t *pool)
{
    store_options_t options = site.options;
    store_t *store = NULL;

    options.socket = link_path;
    options.slots = slots;
    options.acquire_ms = acquire_ms;
    assert_ok(store_open(&store, &options, pool));
    return store;
}

static cd_err_t *ask_once(store_t *store, apr_interval_time_t *took)
{
    apr_pool_t *pool;
    store_conn_t *conn;
    unsigned char head[32];
    apr_time_t start = apr_time_now();
    cd_err_t *err;
    int seq;

    apr_pool_create(&pool, site.pool);
    err = store_acquire(&conn, store, pool);
    if (!err)
        err = store_system_head(&seq, head, conn, pool);
    if (err)
        err = cd_err(site.pool, err->code, NULL, "%s", cd_err_line(err, pool));
    apr_pool_destroy(pool);
    *took = apr_time_now() - start;
    return err;
}

static void dead_alive_dead(void **state)
{
    apr_pool_t *pool;
    store_t *store;
    store_stats_t stats;
    apr_interval_time_t took;
    int i;

    (void)state;
    apr_pool_create(&pool, site.pool);
    unlink(link_path);
    store = open_by_link(4, 0, pool); /* a start with the database down does not fail */
    for (i = 0; i < 50; i++) {
        assert_code(ask_once(store, &took), CD_E_BUSY);
        assert_true(took < apr_time_from_sec(1));
    }
    store_stats(&stats, store);
    assert_int_equal(stats.breaker_open, 1);
    assert_true(stats.connect_failures >= 3 &&
                stats.connect_failures <= 6); /* the rest was turned away at once */
    database_comes_back();
    apr_sleep(apr_time_from_msec(300));
    assert_ok(ask_once(store, &took));
    store_stats(&stats, store);
    assert_int_equal(stats.breaker_open, 0);
    assert_int_equal(stats.busy, 0);
    assert_int_equal(stats.connected, 1);
    database_dies();
    for (i = 0; i < 10; i++) {
        assert_code(ask_once(store, &took), CD_E_BUSY);
        assert_true(took < apr_time_from_sec(1));
    }
    store_stats(&stats, store);
    assert_int_equal(stats.connected, 0);
    database_comes_back();
    apr_sleep(apr_time_from_msec(300));
    assert_ok(ask_once(store, &took));
    apr_pool_destroy(pool);
}

/* A server that restarted has dropped every connection; none of them may be handed out as good. */
static void old_connections_are_not_trusted(void **state)
{
    apr_pool_t *pool, *held;
    store_conn_t *conns[4];
    apr_interval_time_t took;
    store_t *store;
    int i;

    (void)state;
    apr_pool_create(&pool, site.pool);
    apr_pool_create(&held, pool);
    database_comes_back();
    store = open_by_link(4, 0, pool);
    for (i = 0; i < 4; i++)
        assert_ok(i % 2 ? store_acquire_to_write(&conns[i], store, held)
                        : store_acquire(&conns[i], store, held));
    apr_pool_destroy(held);
    admin_kill_server();
    for (i = 0; i < 8; i++)
        assert_ok(ask_once(store, &took));
    apr_pool_destroy(pool);
}

static void full_pool_has_a_deadline(void **state)
{
    apr_pool_t *pool, *held;
    store_conn_t *first, *second;
    apr_interval_time_t took;
    store_stats_t stats;
    store_t *store;

    (void)state;
    apr_pool_create(&pool, site.pool);
    apr_pool_create(&held, pool);
    database_comes_back();
    store = open_by_link(2, 200, pool);
    assert_ok(store_acquire(&first, store, held));
    assert_ok(store_acquire(&second, store, held));
    assert_code(ask_once(store, &took), CD_E_BUSY);
    assert_true(took >= apr_time_from_msec(190) && took < apr_time_from_msec(900));
    store_release(second);
    assert_ok(ask_once(store, &took));
    store_release(second); /* giving back twice does no harm */
    store_stats(&stats, store);
    assert_int_equal(stats.busy, 1);
    assert_int_equal(stats.timeouts, 1);
    apr_pool_destroy(held); /* the pool gives back what was forgotten */
    store_stats(&stats, store);
    assert_int_equal(stats.busy, 0);
    apr_pool_destroy(pool);
}

typedef struct waiter_t {
    store_t *store;
    cd_code_t code;
    apr_interval_time_t took;
    pthread_t thread;
} waiter_t;

static void *wait_for_one(void *data)
{
    waiter_t *waiter = data;
    apr_pool_t *pool;
    store_conn_t *conn;
    apr_time_t start = apr_time_now();
    cd_err_t *err;

    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    err = store_acquire(&conn, waiter->store, pool);
    waiter->code = err ? err->code : CD_E_OK;
    if (!err)
        store_release(conn);
    waiter->took = apr_time_now() - start;
    apr_pool_destroy(pool);
    return NULL;
}

/* Listens and never answers: a frozen server. Everyone hears within the connect time, and nobody
 * waits for another. */
static void frozen_server(void **state)
{
    enum { WAITERS = 6 };
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    waiter_t waiters[WAITERS];
    store_options_t options = site.options;
    apr_pool_t *pool;
    store_t *store;
    int i, fd = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)state;
    apr_pool_create(&pool, site.pool);
    apr_cpystrn(address.sun_path, apr_pstrcat(pool, link_path, ".frozen", NULL),
                sizeof(address.sun_path));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(fd, 16), 0);
    options.socket = address.sun_path;
    options.slots = 4;
    assert_ok(store_open(&store, &options, pool));
    for (i = 0; i < WAITERS; i++) {
        waiters[i].store = store;
        pthread_create(&waiters[i].thread, NULL, wait_for_one, &waiters[i]);
    }
    for (i = 0; i < WAITERS; i++) {
        pthread_join(waiters[i].thread, NULL);
        assert_int_equal(waiters[i].code, CD_E_BUSY);
        assert_true(waiters[i].took < apr_time_from_msec(1500));
    }
    /* now the breaker is open: nobody waits at all, but for one probe at a time */
    assert_code(ask_once(store, &waiters[0].took), CD_E_BUSY);
    assert_true(waiters[0].took < apr_time_from_msec(1500));
    close(fd);
    unlink(address.sun_path);
    apr_pool_destroy(pool);
}

typedef struct options_row_t {
    const char *socket, *host, *database, *user, *tls_ca;
    int good;
    const char *why;
} options_row_t;

static const options_row_t options_rows[] = {
    { "/s", NULL, "d", "u", NULL, 1, "a socket" },
    { NULL, "127.0.0.1", "d", "u", NULL, 1, "this machine" },
    { NULL, "db.example", "d", "u", "/ca.pem", 1, "another machine, checked" },
    { NULL, "db.example", "d", "u", NULL, 0, "another machine, in the clear" },
    { NULL, NULL, "d", "u", NULL, 0, "nowhere" },
    { "/s", NULL, NULL, "u", NULL, 0, "no database" },
    { "/s", NULL, "d", NULL, NULL, 0, "no account" },
};

static void options_are_checked(void **state)
{
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(options_rows); i++) {
        const options_row_t *row = &options_rows[i];
        store_options_t options = { .socket = row->socket,
                                    .host = row->host,
                                    .database = row->database,
                                    .user = row->user,
                                    .tls_ca = row->tls_ca };
        apr_pool_t *pool;
        store_t *store;
        cd_err_t *err;

        apr_pool_create(&pool, site.pool);
        err = store_open(&store, &options, pool);
        ROW_CHECK((err == NULL) == row->good && (!err || err->code == CD_E_CONFIG), i, row->why);
        apr_pool_destroy(pool);
    }
}

static void settings_are_read_back(void **state)
{
    static const struct {
        const char *name, *value;
        int may_lack; /* not each server has it */
    } wanted[] = {
        { "tx_isolation", "REPEATABLE-READ", 1 },
        { "transaction_isolation", "REPEATABLE-READ", 1 },
        { "innodb_snapshot_isolation", "ON", 1 },
        { "time_zone", "+00:00", 0 },
        { "autocommit", "ON", 0 },
        { "character_set_client", "utf8mb4", 0 },
        { "innodb_lock_wait_timeout", "5", 0 },
        { "wsrep_sync_wait", "1", 1 },
    };
    const char *found, *version;
    store_setting_t *list;
    apr_pool_t *pool;
    store_conn_t *conn;
    apr_size_t i;
    int count;

    (void)state;
    /* a server that is set up badly: the session must not care */
    assert_ok(store_settings(&list, &count, site.admin, STMT_SHOW_SETTINGS, site.pool));
    version = store_setting(list, count, "version");
    assert_true(!strstr(version, "MariaDB")
                || store_setting(list, count, "innodb_snapshot_isolation"));
    assert_true(store_setting(list, count, "tx_isolation")
                || store_setting(list, count, "transaction_isolation"));
    if (store_setting(list, count, "innodb_snapshot_isolation"))
        admin_sql("SET GLOBAL innodb_snapshot_isolation = OFF");
    admin_sql("SET GLOBAL time_zone = '+05:00', GLOBAL sql_mode = '',"
              " GLOBAL innodb_lock_wait_timeout = 50, GLOBAL autocommit = OFF");
    admin_sql("SET GLOBAL TRANSACTION ISOLATION LEVEL READ UNCOMMITTED");
    apr_pool_create(&pool, site.pool);
    assert_ok(store_acquire(&conn, open_by_link(1, 0, pool), pool));
    assert_ok(store_settings(&list, &count, conn, STMT_SHOW_SETTINGS, pool));
    for (i = 0; i < COUNT_OF(wanted); i++) {
        found = store_setting(list, count, wanted[i].name);
        ROW_CHECK(found ? strcmp(found, wanted[i].value) == 0 : wanted[i].may_lack, i,
                  wanted[i].name);
    }
    assert_non_null(strstr(store_setting(list, count, "sql_mode"), "STRICT_ALL_TABLES"));
    apr_pool_destroy(pool);
}

static void another_schema_is_refused(void **state)
{
    apr_pool_t *pool;
    store_conn_t *conn;
    store_stamp_t stamp;
    cd_actor_t *actor;
    store_t *store;

    (void)state;
    apr_pool_create(&pool, site.pool);
    store = open_by_link(2, 0, pool);
    assert_ok(store_acquire(&conn, store, pool));
    admin_sql("UPDATE app_state SET schema_version = schema_version + 1");
    /* a connection that stood already hears it with the next actor */
    assert_code(store_actor_head(&actor, NULL, &stamp, "admin", CD_FILE_CASE, NULL, conn, pool),
                CD_E_SCHEMA);
    store_release(conn);
    assert_code(store_acquire(&conn, open_by_link(1, 0, pool), pool), CD_E_SCHEMA);
    admin_sql("UPDATE app_state SET schema_version = schema_version - 1");
    apr_pool_destroy(pool);
}

/* ---- an error in the middle of a fetch ----------------------------------- */

/* Rows of some 800 bytes each: more than the socket and the buffers of both sides can hold, so the
 * server still writes when the first of them are read. */
#define MANY 3000
#define TEN(name) \
    "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4" \
    " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8" \
    " UNION ALL SELECT 9) " name
#define MANY_SQL \
    "INSERT INTO org (code, name, jurisdiction, kind, opened_on, closed_on, member_from," \
    " member_to, nhs_contract, target_opinion_wd, target_talk_wd, target_note_wd," \
    " target_letter_wd, target_results_wd, version, created_at)" \
    " SELECT CONCAT('Z', 1000 * a.d + 100 * b.d + 10 * c.d + e.d)," \
    " REPEAT(_utf8mb4 0xF09F8FA5, 200), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 FROM " \
    TEN("a") ", " TEN("b") ", " TEN("c") ", " TEN("e") " WHERE a.d < 3"

/* Before row `at` is asked for, `sql` is run by the account that may do everything. */
typedef struct blow_t {
    const char *sql;
    int at, asked;
} blow_t;

static unsigned strike(void *baton, store_call_t call, int statement)
{
    blow_t *blow = baton;

    if (call == STORE_CALL_FETCH && statement == STMT_SELECT_ORGS && ++blow->asked == blow->at)
        admin_sql(blow->sql);
    return 0;
}

/* Ends the one statement that the server's account still runs, or its connection; an error if it
 * runs none. */
static void killer(const char *name, const char *kill)
{
    admin_sql(apr_psprintf(site.pool, "CREATE PROCEDURE %s() BEGIN DECLARE one BIGINT; "
                           "SELECT id INTO one FROM information_schema.processlist "
                           "WHERE user = '" SERVER_ACCOUNT "' AND command = 'Execute'; "
                           "%s one; END", name, kill));
}

static const struct {
    const char *sql;
    int at, lost;
    const char *why;
} blow_rows[] = {
    { "CALL kill_connection()", 1, 1, "connection, before the first row" },
    { "CALL kill_connection()", 2, 1, "connection, after the first row" },
    { "CALL kill_connection()", 50, 1, "connection, in the middle" },
    { "CALL kill_statement()", 1, 0, "statement, before the first row" },
    { "CALL kill_statement()", 2, 0, "statement, after the first row" },
    { "CALL kill_statement()", 50, 0, "statement, in the middle" },
};

static void orgs_are_all_there(store_conn_t *conn, int row, apr_pool_t *pool)
{
    cd_org_t *orgs;
    int count;

    assert_ok(store_orgs(&orgs, &count, conn, pool));
    ROW_CHECK(count == MANY + 2, row, "all organisations");
}

/* Part of a list is never given out as the list. A connection that was ended under it is given up;
 * one whose statement alone was ended goes on; the next to ask gets all of it either way. */
static void blow_falls(int i, apr_pool_t *pool)
{
    blow_t blow = { .sql = blow_rows[i].sql, .at = blow_rows[i].at };
    store_calls_t calls = { strike, NULL, &blow };
    store_options_t options = site.options;
    store_stats_t before, after;
    apr_pool_t *held;
    store_conn_t *conn;
    store_t *store;
    cd_org_t *orgs;
    cd_err_t *err;
    int count;

    options.calls = &calls;
    options.slots = 1;
    assert_ok(store_open(&store, &options, pool));
    apr_pool_create(&held, pool);
    assert_ok(store_acquire(&conn, store, held));
    store_stats(&before, store);
    err = store_orgs(&orgs, &count, conn, held);
    ROW_CHECK(err && err->code == CD_E_BUSY, i, blow_rows[i].why);
    ROW_CHECK(blow.asked >= blow.at && blow.asked < MANY, i, "the error comes where the rows end");
    ROW_CHECK(conn->lost == blow_rows[i].lost && !conn->active, i, blow_rows[i].why);
    if (!conn->lost)
        orgs_are_all_there(conn, i, held);
    store_release(conn);
    store_stats(&after, store);
    ROW_CHECK(after.retries == before.retries, i, "what was begun is not repeated");
    ROW_CHECK(after.connected == !blow_rows[i].lost && !after.busy, i, blow_rows[i].why);
    assert_ok(store_acquire(&conn, store, held));
    orgs_are_all_there(conn, i, held);
    store_stats(&after, store);
    ROW_CHECK(after.connects == before.connects + (unsigned)blow_rows[i].lost, i,
              "a new connection where one was lost");
}

static void an_error_in_mid_fetch_is_told(void **state)
{
    apr_size_t i;

    (void)state;
    store_release(site.conn); /* rests: only the reader runs a statement */
    killer("kill_connection", "KILL");
    killer("kill_statement", "KILL QUERY");
    admin_sql(MANY_SQL);
    for (i = 0; i < COUNT_OF(blow_rows); i++) {
        apr_pool_t *pool;

        apr_pool_create(&pool, site.pool);
        blow_falls((int)i, pool);
        apr_pool_destroy(pool);
    }
    admin_sql("DELETE FROM org WHERE code LIKE 'Z%'");
}

static int setup(void **state)
{
    int bad = site_setup(state);

    if (bad)
        return bad;
    link_path = apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/db", NULL);
    database_comes_back();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dead_alive_dead),
        cmocka_unit_test(old_connections_are_not_trusted),
        cmocka_unit_test(full_pool_has_a_deadline),
        cmocka_unit_test(frozen_server),
        cmocka_unit_test(an_error_in_mid_fetch_is_told),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(another_schema_is_refused),
        cmocka_unit_test(settings_are_read_back),
    };

    return cmocka_run_group_tests(tests, setup, site_teardown);
}

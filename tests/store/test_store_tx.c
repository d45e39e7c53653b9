/* test_store_tx.c: the transaction runner under every failure it promises to tell apart: nothing
 * lost, nothing doubled, nothing half done, and no COMMIT after an error. */
#include "unit/unit.h"

#include <pthread.h>

#include "store/store_site.h"

static const char *reference;

/* ---- a store whose calls fail on demand --------------------------------- */

typedef struct faults_t {
    store_call_t call;
    int statement; /* -1: any */
    int skip;      /* let so many through first */
    int times;     /* then fail so many */
    unsigned number;
    int after;   /* 1: the call is made and its answer lost */
    int commits; /* COMMITs asked for */
    int executes;
} faults_t;

static faults_t faults;

static unsigned strike(store_call_t call, int statement)
{
    if (call != faults.call || (faults.statement >= 0 && statement != faults.statement) ||
        !faults.times)
        return 0;
    if (faults.skip) {
        faults.skip--;
        return 0;
    }
    faults.times--;
    return faults.number;
}

static unsigned before(void *baton, store_call_t call, int statement)
{
    (void)baton;
    faults.commits += call == STORE_CALL_COMMIT;
    faults.executes += call == STORE_CALL_EXECUTE;
    return faults.after ? 0 : strike(call, statement);
}

static unsigned after(void *baton, store_call_t call, int statement)
{
    (void)baton;
    return faults.after ? strike(call, statement) : 0;
}

static const store_calls_t calls = { before, after, NULL };
static store_t *faulty;
static store_conn_t *faulty_conn;

static int patients(void)
{
    store_head_t *head = site_head(CD_FILE_CASE, reference);
    cd_record_t *records;
    int i, count, found = 0;

    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    for (i = 0; i < count; i++)
        found += records[i].kind == CD_REC_PATIENT;
    return found;
}

/* Adds one patient record through the faulty store. */
static cd_err_t *add_patient(int idem, int version_seen)
{
    static cd_patient_t patient = { .name = SITE_PATIENT };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient);
    store_head_t *head = site_head(CD_FILE_CASE, reference);
    site_write_t write = { .head = head, .records = &record, .count = 1, .has_idem = idem != 0 };
    store_tx_t tx = { .body = site_write_body, .baton = &write, .idempotent = idem != 0 };

    memset(write.idem, idem, sizeof(write.idem));
    if (version_seen)
        head->version = version_seen;
    return store_tx_run(&faulty_conn, faulty, &tx, site.pool);
}

/* A long value that does not come whole is no value: the row fails, whoever reads it. */
static void a_cut_value_fails_the_row(void **state)
{
    char *text = apr_pcalloc(site.pool, 20001);
    cd_incident_t incident = { .title = "Short", .description = text };
    cd_record_t record = site_record(CD_REC_INCIDENT, &incident), *records;
    store_head_t *head = site_head(CD_FILE_CASE,
                                   site_case(site.rz1, cd_date_make(2026, 10, 3), 1, NULL));
    site_write_t write = { .head = head, .records = &record, .count = 1 };
    int count;

    (void)state;
    memset(text, 'x', 20000);
    assert_ok(site_write(&write));
    head = site_head(CD_FILE_CASE, head->reference);
    faults = (faults_t){ .call = STORE_CALL_COLUMN, .statement = -1, .times = 1, .number = 2013 };
    assert_code(store_records(&records, &count, head, faulty_conn, site.pool), CD_E_BUSY);
    assert_int_equal(faults.times, 0);
    memset(&faults, 0, sizeof(faults));
    assert_ok(store_records(&records, &count, head, faulty_conn, site.pool));
    assert_int_equal(count, 3);
    assert_string_equal(((const cd_incident_t *)records[2].body)->description, text);
}

typedef struct fault_row_t {
    store_call_t call;
    int statement;
    unsigned number;
    int after;
    int times;
    int idem;       /* the body carries a key */
    cd_code_t code; /* CD_E_OK: it works in the end */
    int added;      /* records more */
    const char *why;
} fault_row_t;

static const fault_row_t fault_rows[] = {
    { STORE_CALL_EXECUTE, STMT_UPDATE_CASE, 1213, 0, 1, 0, CD_E_OK, 1, "a deadlock is run again" },
    { STORE_CALL_EXECUTE, STMT_UPDATE_CASE, 1020, 0, 2, 0, CD_E_OK, 1,
      "a changed row is run again" },
    { STORE_CALL_EXECUTE, STMT_INSERT_ENTRY, 1205, 0, 3, 0, CD_E_OK, 1,
      "a lock wait is run again" },
    { STORE_CALL_EXECUTE, STMT_INSERT_CASE_RECORD, 1213, 1, 1, 0, CD_E_OK, 1,
      "even when the statement was done" },
    { STORE_CALL_EXECUTE, STMT_UPDATE_CASE, 1213, 0, 5, 0, CD_E_BUSY, 0, "four retries, no more" },
    { STORE_CALL_COMMIT, -1, 1213, 0, 1, 0, CD_E_OK, 1, "a conflict at COMMIT is run again" },
    { STORE_CALL_EXECUTE, STMT_INSERT_ENTRY, 2013, 0, 1, 0, CD_E_OK, 1, "lost before COMMIT" },
    { STORE_CALL_EXECUTE, STMT_UPDATE_CASE, 2006, 0, 1, 0, CD_E_OK, 1,
      "gone before the first write" },
    { STORE_CALL_EXECUTE, STMT_UPDATE_CASE, 1047, 0, 1, 0, CD_E_OK, 1,
      "a node out of the cluster" },
    { STORE_CALL_BEGIN, -1, 2006, 0, 1, 0, CD_E_OK, 1, "gone at the start" },
    { STORE_CALL_COMMIT, -1, 2013, 0, 1, 0, CD_E_UNKNOWN, 0, "COMMIT lost on the way, no key" },
    { STORE_CALL_COMMIT, -1, 2013, 1, 1, 0, CD_E_UNKNOWN, 1, "COMMIT done, answer lost, no key" },
    { STORE_CALL_COMMIT, -1, 2013, 0, 1, 1, CD_E_OK, 1, "COMMIT lost on the way, with a key" },
    { STORE_CALL_COMMIT, -1, 2013, 1, 1, 1, CD_E_STALE, 1,
      "COMMIT done, with a key: it meets itself" },
    { STORE_CALL_COMMIT, -1, 1180, 0, 1, 0, CD_E_UNKNOWN, 0, "an error during COMMIT" },
    { STORE_CALL_COMMIT, -1, 1317, 0, 1, 0, CD_E_UNKNOWN, 0, "interrupted during COMMIT" },
    { STORE_CALL_COMMIT, -1, 1047, 0, 1, 0, CD_E_UNKNOWN, 0, "out of the cluster at COMMIT" },
    { STORE_CALL_EXECUTE, STMT_INSERT_ENTRY, 1062, 0, 1, 0, CD_E_STALE, 0,
      "a double key is told, not tried again" },
    { STORE_CALL_EXECUTE, STMT_INSERT_ENTRY, 1406, 0, 1, 0, CD_E_TOO_LARGE, 0,
      "a data error is told" },
    { STORE_CALL_EXECUTE, STMT_INSERT_CASE_RECORD, 1969, 0, 1, 0, CD_E_BUSY, 0,
      "over the statement's time" },
    { STORE_CALL_PREPARE, STMT_INSERT_ENTRY, 2013, 0, 1, 0, CD_E_OK, 1, "lost while preparing" },
};

/* Each row on a connection of either mode. */
static void every_failure_is_told_apart(void **state)
{
    apr_size_t i;
    int mode;

    (void)state;
    for (i = 0; i < COUNT_OF(fault_rows) * 2; i++) {
        const fault_row_t *row = &fault_rows[i / 2];
        int had = patients(), key = row->idem ? 100 + (int)i : 0;
        apr_pool_t *pool;
        cd_err_t *err;

        mode = i % 2;
        if (row->call == STORE_CALL_BEGIN && mode)
            continue; /* a writing connection has no start to fail */
        apr_pool_create(&pool, site.pool);
        memset(&faults, 0, sizeof(faults));
        assert_ok(mode ? store_acquire_to_write(&faulty_conn, faulty, pool)
                       : store_acquire(&faulty_conn, faulty, pool));
        if (row->call == STORE_CALL_PREPARE)
            assert_ok(store_conn_renew(faulty_conn, pool));
        faults = (faults_t){
            row->call, row->statement, 0, row->times, row->number, row->after, 0, 0
        };
        err = add_patient(key, 0);
        if ((err ? err->code : CD_E_OK) != row->code)
            fail_msg("row %d (%s), mode %d: %s", (int)i / 2, row->why, mode,
                     err ? cd_err_line(err, pool) : "done");
        ROW_CHECK(faults.times == 0, i / 2, "the fault was never met");
        ROW_CHECK(patients() == had + row->added, i / 2, row->why);
        faults.times = 0;
        apr_pool_destroy(pool);
    }
}

/* After "unknown" with a key, a new try with the same key writes nothing more; the answer is
 * found by the key. */
static void key_finds_the_answer(void **state)
{
    unsigned char idem[STORE_IDEM_BYTES];
    store_entry_t *entry;
    apr_pool_t *pool;
    int had = patients();

    (void)state;
    apr_pool_create(&pool, site.pool);
    assert_ok(store_acquire_to_write(&faulty_conn, faulty, pool));
    faults = (faults_t){ STORE_CALL_COMMIT, -1, 0, 1, 2013, 1, 0, 0 };
    assert_code(add_patient(7, 0), CD_E_STALE);
    assert_int_equal(patients(), had + 1);
    assert_code(add_patient(7, 0), CD_E_STALE); /* the second click */
    assert_int_equal(patients(), had + 1);
    memset(idem, 7, sizeof(idem));
    assert_ok(store_entry_by_idem(&entry, idem, site.conn, pool));
    assert_non_null(entry);
    assert_non_null(strstr(entry->answer, reference));
    memset(idem, 8, sizeof(idem));
    assert_ok(store_entry_by_idem(&entry, idem, site.conn, pool));
    assert_null(entry);
    apr_pool_destroy(pool);
}

/* ---- bodies that are wrong ---------------------------------------------- */

static cd_err_t *silent_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    (void)baton;
    return store_change(NULL, NULL, conn, STMT_BUMP_ORGS, pool, "");
}

static cd_err_t *empty_entry_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_entry_t entry = {
        .chain = STORE_CHAIN_SYSTEM, .at = SITE_NOW, .action = 1, .object = "nothing"
    };
    unsigned char last[32] = { 0 };

    (void)baton;
    audit_link(&entry, 900, last, pool);
    return audit_append(&entry, conn, pool);
}

/* Swallows the error of a statement and says that all is well. */
static cd_err_t *careless_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(site_write_body(baton, conn, pool));
    store_change(NULL, NULL, conn, STMT_INSERT_ORG, pool, "ssiiddsddiiiiiiL", "RZ1", "Twice", 1, 1,
                 0, 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, SITE_NOW);
    return NULL;
}

static cd_err_t *nested_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    store_tx_t tx = { .body = silent_body };
    store_conn_t *again = conn;

    (void)baton;
    return store_tx_run(&again, site.store, &tx, pool);
}

static cd_err_t *reading_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    int seq;
    unsigned char head[32];

    (void)baton;
    return store_system_head(&seq, head, conn, pool);
}

static int orgs_stamp(void)
{
    store_stamp_t stamp;
    cd_actor_t *actor;

    assert_ok(
        store_actor_head(&actor, NULL, &stamp, "admin", CD_FILE_CASE, NULL, site.conn, site.pool));
    return stamp.orgs;
}

static void wrong_bodies_do_not_commit(void **state)
{
    store_tx_t silent = { .body = silent_body }, empty = { .body = empty_entry_body };
    store_tx_t nested = { .body = nested_body }, reading = { .body = reading_body };
    static cd_patient_t patient = { .name = "x" };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient);
    site_write_t write = { .head = site_head(CD_FILE_CASE, reference),
                           .records = &record,
                           .count = 1 };
    store_tx_t careless = { .body = careless_body, .baton = &write };
    int stamp = orgs_stamp(), had = patients(), count;
    store_entry_t *entries;

    (void)state;
    assert_code(store_tx_run(&site.conn, site.store, &silent, site.pool), CD_E_FAILED);
    assert_int_equal(orgs_stamp(), stamp);
    assert_code(store_tx_run(&site.conn, site.store, &empty, site.pool), CD_E_FAILED);
    assert_ok(store_entries(&entries, &count, STORE_CHAIN_SYSTEM, 0, 900, 5, site.conn, site.pool));
    assert_int_equal(count, 0);
    assert_code(store_tx_run(&site.conn, site.store, &nested, site.pool), CD_E_FAILED);
    assert_int_equal(orgs_stamp(), stamp);
    assert_code(store_tx_run(&site.conn, site.store, &careless, site.pool), CD_E_FAILED);
    assert_int_equal(patients(), had);
    assert_ok(store_tx_run(&site.conn, site.store, &reading, site.pool));
    /* and outside a transaction nothing is written at all */
    assert_code(store_change(NULL, NULL, site.conn, STMT_BUMP_ORGS, site.pool, ""), CD_E_FAILED);
    assert_int_equal(orgs_stamp(), stamp);
}

static void unsafe_server_takes_no_change(void **state)
{
    store_options_t options = site.options;
    store_t *store;
    store_conn_t *conn = NULL;
    store_tx_t tx = { .body = reading_body };
    apr_pool_t *pool;

    (void)state;
    apr_pool_create(&pool, site.pool);
    admin_sql("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
    assert_ok(store_open(&store, &options, pool));
    assert_code(store_tx_run(&conn, store, &tx, pool), CD_E_CONFIG);
    assert_ok(reading_body(NULL, conn, pool)); /* reading goes on */
    options.allow_unsafe = 1;
    conn = NULL;
    assert_ok(store_open(&store, &options, pool));
    assert_ok(store_tx_run(&conn, store, &tx, pool));
    admin_sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    apr_pool_destroy(pool);
}

/* ---- real conflicts of two connections ---------------------------------- */

typedef struct pair_t {
    store_tx_t tx;
    store_conn_t *conn;
    apr_pool_t *pool;
    const char *first, *second; /* references, updated in this order */
    pthread_barrier_t *meet;
    int met, runs;
    cd_err_t *err;
} pair_t;

static cd_err_t *touch(const char *which, store_conn_t *conn, apr_pool_t *pool)
{
    store_head_t *head = NULL;
    static cd_patient_t patient = { .name = "x" };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient);
    site_write_t write = { .records = &record, .count = 1 };

    CD_ERR(store_head_get(&head, CD_FILE_CASE, which, 0, conn, pool));
    write.head = head;
    return site_write_body(&write, conn, pool);
}

/* Both take their first row, meet, and then want the other's: a deadlock, which the server ends
 * by killing one. */
static cd_err_t *pair_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    pair_t *pair = baton;

    pair->runs++;
    CD_ERR(touch(pair->first, conn, pool));
    if (!pair->met) {
        pair->met = 1;
        pthread_barrier_wait(pair->meet);
    }
    return touch(pair->second, conn, pool);
}

static void *pair_thread(void *data)
{
    pair_t *pair = data;

    pair->err = store_tx_run(&pair->conn, site.store, &pair->tx, pair->pool);
    return NULL;
}

static void a_real_deadlock_ends_with_both_done(void **state)
{
    const char *other = site_case(site.rz1, cd_date_make(2026, 3, 3), CD_CASE_OPEN, NULL);
    pthread_barrier_t meet;
    pair_t pairs[2];
    pthread_t threads[2];
    int i, version[2];

    (void)state;
    version[0] = site_head(CD_FILE_CASE, reference)->version;
    version[1] = site_head(CD_FILE_CASE, other)->version;
    pthread_barrier_init(&meet, NULL, 2);
    for (i = 0; i < 2; i++) {
        memset(&pairs[i], 0, sizeof(pairs[i]));
        pairs[i].tx = (store_tx_t){ .body = pair_body, .baton = &pairs[i] };
        pairs[i].first = i ? other : reference;
        pairs[i].second = i ? reference : other;
        pairs[i].meet = &meet;
        apr_pool_create_unmanaged_ex(&pairs[i].pool, NULL, NULL);
        pthread_create(&threads[i], NULL, pair_thread, &pairs[i]);
    }
    for (i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_ok(pairs[i].err);
    }
    /* One loses and runs again; where the winner commits under its feet, once more (1020). */
    assert_in_range(pairs[0].runs + pairs[1].runs, 3, 6);
    assert_int_equal(site_head(CD_FILE_CASE, reference)->version, version[0] + 2);
    assert_int_equal(site_head(CD_FILE_CASE, other)->version, version[1] + 2);
    for (i = 0; i < 2; i++)
        apr_pool_destroy(pairs[i].pool);
    pthread_barrier_destroy(&meet);
}

/* Another holds the row for longer than the lock wait: 1205, whose transaction would otherwise
 * live on by half. */
static void a_lock_wait_leaves_nothing_behind(void **state)
{
    store_options_t options = site.options;
    store_conn_t *conn = NULL;
    store_t *store;
    static cd_patient_t patient = { .name = "x" };
    cd_record_t record = site_record(CD_REC_PATIENT, &patient);
    site_write_t write = { .head = site_head(CD_FILE_CASE, reference),
                           .records = &record,
                           .count = 1 };
    store_tx_t tx = { .body = site_write_body, .baton = &write };
    int had = patients();

    (void)state;
    assert_ok(store_open(&store, &options, site.pool));
    assert_ok(store_acquire(&conn, store, site.pool));
    assert_ok(store_command(conn, STORE_CALL_SETTINGS, "SET SESSION innodb_lock_wait_timeout = 1",
                            site.pool));
    admin_sql("START TRANSACTION");
    admin_sql("UPDATE candour_case SET changed_at = changed_at + 1");
    tx.deadline = apr_time_now() + apr_time_from_msec(1500);
    assert_code(store_tx_run(&conn, store, &tx, site.pool), CD_E_BUSY);
    admin_sql("ROLLBACK");
    assert_int_equal(patients(), had);
    assert_ok(store_tx_run(&conn, store, &tx, site.pool));
    assert_int_equal(patients(), had + 1);
    store_release(conn);
}

static cd_err_t *killed_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    int *runs = baton;

    /* every connection of the server's account, and none of the admin's */
    if ((*runs)++ == 0)
        admin_kill_server();
    return touch(reference, conn, pool);
}

static void a_killed_connection_is_replaced(void **state)
{
    int runs = 0, had = patients();
    store_tx_t tx = { .body = killed_body, .baton = &runs };

    (void)state;
    assert_ok(store_tx_run(&site.conn, site.store, &tx, site.pool));
    assert_int_equal(runs, 2);
    assert_int_equal(patients(), had + 1);
    /* a read on a killed connection starts again by itself */
    admin_kill_server();
    assert_int_equal(patients(), had + 1);
}

static int setup(void **state)
{
    store_options_t options;
    int bad = site_setup(state);

    if (bad)
        return bad;
    reference = site_case(site.rz1, cd_date_make(2026, 10, 28), CD_CASE_RECORDED, SITE_NHS);
    options = site.options;
    options.calls = &calls;
    options.slots = 2;
    assert_ok(store_open(&faulty, &options, site.pool));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_is_told_apart),
        cmocka_unit_test(key_finds_the_answer),
        cmocka_unit_test(wrong_bodies_do_not_commit),
        cmocka_unit_test(unsafe_server_takes_no_change),
        cmocka_unit_test(a_real_deadlock_ends_with_both_done),
        cmocka_unit_test(a_lock_wait_leaves_nothing_behind),
        cmocka_unit_test(a_killed_connection_is_replaced),
        cmocka_unit_test(a_cut_value_fails_the_row),
    };

    return cmocka_run_group_tests(tests, setup, site_teardown);
}

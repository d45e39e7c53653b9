/* test_store_concurrent.c: many threads on the same rows: compare-and-set loses nothing, numbers
 * have no gap and no double, and the chains of all of it verify. */
#include "unit/unit.h"

#include <pthread.h>

#include "store/store_site.h"

enum { THREADS = 6, ROUNDS = 15 };

typedef struct worker_t {
    pthread_t thread;
    int number;
    const char *reference;
    int written, stale, others;
    const char *line; /* of the first error that was not expected */
} worker_t;

static store_t *shared;

/* Reads the head and adds a record; a lost race is read and tried again, as a person would. */
static void *hammer(void *data)
{
    worker_t *worker = data;
    static const cd_patient_t patient = { .name = SITE_PATIENT };

    while (worker->written < ROUNDS) {
        apr_pool_t *pool;
        store_conn_t *conn = NULL;
        store_head_t *head = NULL;
        cd_record_t record = site_record(CD_REC_PATIENT, &patient);
        site_write_t write = { .records = &record, .count = 1 };
        store_tx_t tx = { .body = site_write_body, .baton = &write };
        cd_err_t *err;

        apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
        err = worker->number % 2 ? store_acquire(&conn, shared, pool)
                                 : store_acquire_to_write(&conn, shared, pool);
        if (!err)
            err = store_head_get(&head, CD_FILE_CASE, worker->reference, 0, conn, pool);
        write.head = head;
        if (!err)
            err = store_tx_run(&conn, shared, &tx, pool);
        if (!err)
            worker->written++;
        else if (err->code == CD_E_STALE)
            worker->stale++;
        else if (err->code != CD_E_BUSY && !worker->others++)
            worker->line = strdup(cd_err_line(err, pool));
        apr_pool_destroy(pool);
        if (worker->others)
            break;
    }
    return NULL;
}

static void run_all(worker_t *workers, void *(*fn)(void *))
{
    int i;

    for (i = 0; i < THREADS; i++) {
        workers[i].number = i;
        pthread_create(&workers[i].thread, NULL, fn, &workers[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        if (workers[i].others)
            fail_msg("%s", workers[i].line);
    }
}

static void no_update_is_lost(void **state)
{
    const char *reference = site_case(site.rz1, cd_date_make(2026, 10, 28), CD_CASE_OPEN, NULL);
    worker_t workers[THREADS];
    audit_verdict_t verdict;
    store_head_t *head;
    cd_record_t *records;
    int i, count, written = 0, stale = 0;

    (void)state;
    memset(workers, 0, sizeof(workers));
    for (i = 0; i < THREADS; i++)
        workers[i].reference = reference;
    run_all(workers, hammer);
    for (i = 0; i < THREADS; i++) {
        written += workers[i].written;
        stale += workers[i].stale;
    }
    head = site_head(CD_FILE_CASE, reference);
    assert_int_equal(written, THREADS * ROUNDS);
    assert_int_equal(head->version, 1 + written);
    assert_int_equal(head->last_seq, 2 + written);
    assert_true(stale > 0); /* the threads did meet: the test is not blind */
    assert_ok(store_records(&records, &count, head, site.conn, site.pool));
    assert_int_equal(count, 2 + written);
    assert_ok(audit_verify(&verdict, NULL, site.conn, NULL, NULL, site.pool));
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
}

/* Each makes new cases: the numbers of the year run on without a gap. */
static void *make_cases(void *data)
{
    worker_t *worker = data;

    while (worker->written < ROUNDS) {
        cd_incident_t incident = { .title = "x",
                                   .occurred = cd_when_day(cd_date_make(2026, 1, 1)) };
        cd_record_t record = site_record(CD_REC_INCIDENT, &incident);
        store_head_t head = { .kind = CD_FILE_CASE,
                              .org_id = site.rz1,
                              .state = CD_CASE_RECORDED,
                              .created_at = SITE_NOW,
                              .incident_seq = 1,
                              .title = "x" };
        site_write_t write = { .head = &head, .records = &record, .count = 1 };
        store_tx_t tx = { .body = site_write_body, .baton = &write };
        store_conn_t *conn = NULL;
        apr_pool_t *pool;
        cd_err_t *err;

        apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
        err = store_acquire_to_write(&conn, shared, pool);
        if (!err)
            err = store_tx_run(&conn, shared, &tx, pool);
        if (!err)
            worker->written++;
        else if (err->code != CD_E_BUSY && !worker->others++)
            worker->line = strdup(cd_err_line(err, pool));
        apr_pool_destroy(pool);
        if (worker->others)
            break;
    }
    return NULL;
}

static void numbers_have_no_gap(void **state)
{
    worker_t workers[THREADS];
    store_tally_t *before, *after;
    int count;

    (void)state;
    memset(workers, 0, sizeof(workers));
    assert_ok(store_tallies(&before, &count, site.conn, site.pool));
    run_all(workers, make_cases);
    assert_ok(store_tallies(&after, &count, site.conn, site.pool));
    assert_int_equal(after[0].given, before[0].given + THREADS * ROUNDS);
    assert_int_equal(after[0].there, after[0].given);
}

static int setup(void **state)
{
    store_options_t options;
    int bad = site_setup(state);

    if (bad)
        return bad;
    options = site.options;
    options.slots = 4; /* fewer than threads */
    assert_ok(store_open(&shared, &options, site.pool));
    return 0;
}

/* Reads the moment, and on the first run is overtaken by a decision in another session. */
static cd_err_t *overtaken_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    int *runs = baton, count;

    CD_ERR(store_breach_units(&count, site.rz1, 0, 0, conn, pool));
    if (!(*runs)++)
        admin_sql("UPDATE org_decision SET made = made + 1");
    CD_ERR(store_org_decision_bump(site.rz1, conn, pool));
    return cd_err(pool, CD_E_RANGE, NULL, "bumped");
}

/* Of two decisions on one trust at once the second runs again, on every server, and sees the first.
 */
static void decisions_of_a_trust(void **state)
{
    store_tx_t tx = { .body = overtaken_body };
    int runs = 0;

    (void)state;
    admin_sql("INSERT INTO org_decision SELECT org_id, 5 FROM org WHERE code = 'RZ1'");
    tx.baton = &runs;
    assert_code(store_tx_run(&site.conn, site.store, &tx, site.pool), CD_E_RANGE);
    assert_int_equal(runs, 2);
    /* alone it passes */
    assert_code(store_tx_run(&site.conn, site.store, &tx, site.pool), CD_E_RANGE);
    assert_int_equal(runs, 3);
    admin_sql("DELETE FROM org_decision");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_update_is_lost),
        cmocka_unit_test(numbers_have_no_gap),
        cmocka_unit_test(decisions_of_a_trust),
    };

    return cmocka_run_group_tests(tests, setup, site_teardown);
}

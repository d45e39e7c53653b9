/* test_store_grants.c: what the server's account tries and may not do. Each row is tried on a
 * real server. */
#include "unit/unit.h"

#include "store/store_site.h"

typedef struct try_row_t {
    const char *sql;
    int allowed;
} try_row_t;

static const try_row_t try_rows[] = {
    { "UPDATE audit_entry SET at = at + 1", 0 },
    { "UPDATE audit_entry SET hash = ''", 0 },
    { "DELETE FROM audit_entry", 0 },
    { "TRUNCATE TABLE audit_entry", 0 },
    { "REPLACE INTO audit_entry (chain, chain_id, seq) VALUES (1, 2026000001, 1)", 0 },
    { "INSERT INTO audit_entry (chain, chain_id, seq) VALUES (1, 2026000001, 1) ON DUPLICATE KEY "
      "UPDATE at = 0",
      0 },
    { "UPDATE case_record SET kind = 1", 0 },
    { "DELETE FROM case_record", 0 },
    { "UPDATE claim_record SET kind = 1", 0 },
    { "DELETE FROM claim_record", 0 },
    { "UPDATE liability_flag SET indicated_p = 0", 0 },
    { "DELETE FROM liability_flag", 0 },
    { "UPDATE liability_decision SET amount_p = 0", 0 },
    { "DELETE FROM liability_decision", 0 },
    { "DELETE FROM org_decision", 0 },
    { "UPDATE claim_party SET share_bp = 0", 0 },
    { "DELETE FROM claim_party", 0 },
    { "DELETE FROM claim_case", 0 },
    { "DELETE FROM candour_case", 0 },
    { "DELETE FROM claim", 0 },
    { "DELETE FROM app_user", 0 },
    { "DELETE FROM org", 0 },
    { "DELETE FROM holiday", 0 },
    { "DELETE FROM counter", 0 },
    { "DELETE FROM app_state", 0 },
    { "UPDATE app_state SET schema_version = 1", 0 },
    { "UPDATE schema_migration SET number = 99", 0 },
    { "DELETE FROM schema_migration", 0 },
    { "UPDATE scheme_version SET settings = '{}'", 0 },
    { "UPDATE holiday SET on_day = 1", 0 },
    { "CREATE TABLE intruder (id INT)", 0 },
    { "DROP TABLE audit_entry", 0 },
    { "ALTER TABLE audit_entry ADD COLUMN x INT", 0 },
    { "CREATE INDEX x ON audit_entry (at)", 0 },
    { "CREATE TRIGGER x BEFORE INSERT ON audit_entry FOR EACH ROW SET NEW.at = 0", 0 },
    { "CREATE VIEW x AS SELECT seq FROM audit_entry", 0 },
    { "RENAME TABLE audit_entry TO other", 0 },
    { "LOCK TABLES audit_entry WRITE", 0 },
    { "GRANT DELETE ON audit_entry TO " SERVER_ACCOUNT "@localhost", 0 },
    { "SET GLOBAL innodb_flush_log_at_trx_commit = 0", 0 },
    { "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE counter", 0 },
    { "SELECT at INTO OUTFILE 'x' FROM audit_entry", 0 },
    { "SELECT seq FROM audit_entry INTO DUMPFILE 'x'; DELETE FROM audit_entry", 0 },
    { "DO 1; DO 2", 0 }, /* one statement at a time */
    { "UPDATE candour_case SET wrapped_key = NULL", 0 },
    { "UPDATE candour_case SET case_id = 1", 0 },
    { "UPDATE candour_case SET reference = ''", 0 },
    { "UPDATE candour_case SET org_id = 1", 0 },
    { "UPDATE candour_case SET created_at = 0", 0 },
    { "UPDATE claim SET wrapped_key = NULL", 0 },
    { "UPDATE claim SET claim_id = 1", 0 },
    { "UPDATE claim SET reference = ''", 0 },
    { "UPDATE claim SET created_at = 0", 0 },
    { "UPDATE candour_case SET version = version WHERE case_id = 0", 1 },
    { "UPDATE claim SET version = version WHERE claim_id = 0", 1 },
    { "UPDATE scheme_version SET active = active WHERE code = ''", 1 },
    { "UPDATE org_decision SET made = made WHERE org_id = 0", 1 },
};

static void tries(void **state)
{
    store_conn_t *conn;
    apr_size_t i;

    (void)state;
    assert_ok(store_acquire(&conn, site.store, site.pool));
    for (i = 0; i < COUNT_OF(try_rows); i++) {
        cd_err_t *err;

        if (conn->lost)
            assert_ok(store_conn_renew(conn, site.pool));
        err = store_command(conn, STORE_CALL_SETTINGS, try_rows[i].sql, site.pool);
        ROW_CHECK((err == NULL) == try_rows[i].allowed, i, try_rows[i].sql);
    }
    store_release(conn);
}

/* What an earlier release or a hand gave too much is taken by the next migrate. */
static void migrate_takes_back(void **state)
{
    store_check_t *checks;
    apr_pool_t *pool;
    store_conn_t *conn;
    int count, applied;

    (void)state;
    admin_sql("GRANT DELETE, UPDATE ON audit_entry TO " SERVER_ACCOUNT "@localhost");
    apr_pool_create(&pool, site.pool);
    assert_ok(store_acquire(&conn, site.store, pool));
    assert_ok(store_health(&checks, &count, conn, pool));
    assert_int_equal(checks[count - 1].ok, 0);
    assert_ok(store_migrate(&applied, site.admin,
                            apr_pstrcat(pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL),
                            SERVER_ACCOUNT "@localhost", NULL, NULL, pool));
    assert_int_equal(applied, 0);
    assert_ok(store_health(&checks, &count, conn, pool));
    assert_int_equal(checks[count - 1].ok, 1);
    assert_non_null(store_command(conn, STORE_CALL_SETTINGS, "DELETE FROM audit_entry", pool));
    admin_sql("GRANT UPDATE ON claim TO " SERVER_ACCOUNT "@localhost");
    assert_ok(store_health(&checks, &count, conn, pool));
    assert_int_equal(checks[count - 1].ok, 0);
    assert_ok(store_migrate(&applied, site.admin,
                            apr_pstrcat(pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL),
                            SERVER_ACCOUNT "@localhost", NULL, NULL, pool));
    assert_ok(store_health(&checks, &count, conn, pool));
    assert_int_equal(checks[count - 1].ok, 1);
    assert_non_null(store_command(conn, STORE_CALL_SETTINGS, "UPDATE claim SET wrapped_key = NULL",
                                  pool));
    assert_ok(store_command(conn, STORE_CALL_SETTINGS, "DO 1", pool));
    apr_pool_destroy(pool);
}

static void odd_account_names_are_refused(void **state)
{
    static const char *const names[] = { "",    "a'b", "x@y z",      "a b",
                                         "a`b", "a\\", "@localhost", "root'@'%' --" };
    const char *schema = apr_pstrcat(site.pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL);
    apr_size_t i;
    int applied;

    (void)state;
    for (i = 0; i < COUNT_OF(names); i++) {
        cd_err_t *err = store_migrate(&applied, site.admin, schema, names[i], NULL, NULL,
                                      site.pool);

        ROW_CHECK(err && err->code == CD_E_CONFIG, i, names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries),
        cmocka_unit_test(migrate_takes_back),
        cmocka_unit_test(odd_account_names_are_refused),
    };

    return cmocka_run_group_tests(tests, site_setup, site_teardown);
}

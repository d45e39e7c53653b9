/* test_store_migrate.c: the schema is applied once, in order, and stops where it cannot be sure. */
#include "unit/unit.h"

#include <apr_file_info.h>
#include <apr_file_io.h>

#include "store/store_site.h"

static const char *schema_dir(void)
{
    return apr_pstrcat(site.pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL);
}

/* A folder of its own with the shipped files in it. */
static const char *copy_of_schema(const char *name)
{
    const char *folder = apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/", name, NULL);
    apr_finfo_t info;
    apr_dir_t *dir;

    assert_int_equal(apr_dir_make(folder, APR_OS_DEFAULT, site.pool), APR_SUCCESS);
    assert_int_equal(apr_dir_open(&dir, schema_dir(), site.pool), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir) == APR_SUCCESS) {
        if (info.filetype == APR_REG)
            assert_int_equal(
                apr_file_copy(apr_pstrcat(site.pool, schema_dir(), "/", info.name, NULL),
                              apr_pstrcat(site.pool, folder, "/", info.name, NULL), APR_OS_DEFAULT,
                              site.pool),
                APR_SUCCESS);
    }
    apr_dir_close(dir);
    return folder;
}

static void add_file(const char *folder, const char *name, const char *text, apr_int32_t how)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, apr_pstrcat(site.pool, folder, "/", name, NULL),
                                   APR_WRITE | how, APR_OS_DEFAULT, site.pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(file);
}

typedef struct told_t {
    int done, fresh;
} told_t;

static void tell(void *baton, const char *file, int done_before)
{
    told_t *told = baton;

    assert_non_null(file);
    told->done += done_before;
    told->fresh += !done_before;
}

static void applied_once(void **state)
{
    told_t told = { 0, 0 };
    int applied;

    (void)state;
    assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, tell, &told, site.pool));
    assert_int_equal(applied, 0);
    assert_int_equal(told.done, store_schema_steps());
    assert_int_equal(told.fresh, 0);
}

/* Cut off between a step and its record: the step runs again and does no harm. */
static void a_cut_off_step_runs_again(void **state)
{
    int applied;

    (void)state;
    admin_sql("DELETE FROM schema_migration WHERE number >= 15");
    assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool));
    assert_int_equal(applied, store_schema_steps() - 14);
    admin_sql("DELETE FROM schema_migration");
    assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool));
    assert_int_equal(applied, store_schema_steps());
}

static int done_steps(void)
{
    store_stmt_t *rows;
    int row = 1, count = -1;

    assert_ok(store_select(&rows, site.admin, STMT_SELECT_MIGRATIONS, site.pool, ""));
    for (; row; count++)
        assert_ok(store_step(&row, rows, site.pool));
    return count;
}

/* Each step alone: among them those that add a column or an index, which neither server takes
 * twice. */
static void each_step_runs_again(void **state)
{
    int number, applied, tried = 0;

    (void)state;
    for (number = 1; number <= store_schema_wanted(); number++) {
        const int before = done_steps();

        admin_sql(
            apr_psprintf(site.pool, "DELETE FROM schema_migration WHERE number = %d", number));
        if (done_steps() == before)
            continue; /* a number between two runs */
        assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool));
        ROW_CHECK(applied == 1 && done_steps() == before, number, "ran again and was recorded");
        tried++;
    }
    assert_int_equal(tried, store_schema_steps());
}

/* The last step of all, as another file has it, on a database that has all of them. */
static const struct { const char *sql; cd_code_t code; const char *why; } last_rows[] = {
    { "ALTER TABLE candour_case ADD COLUMN weighed INT NOT NULL DEFAULT 0", CD_E_OK,
      "1060: the column is there" },
    { "CREATE INDEX claim_work_stage ON claim_work (stage, due_key)", CD_E_OK,
      "1061: the index is there" },
    { "-- Why.\n\n  -- More.\nALTER TABLE claim_work ADD INDEX claim_work_stage (stage, due_key)",
      CD_E_OK, "1061, said the other way" },
    { "CREATE UNIQUE INDEX org_code ON org (code)", CD_E_OK, "1061: the unique index is there" },
    { "ALTER TABLE no_such ADD COLUMN weighed INT NOT NULL DEFAULT 0", CD_E_SCHEMA,
      "1146: no such table" },
    { "CREATE INDEX claim_work_other ON claim_work (no_such)", CD_E_FAILED,
      "1072: no such column to index" },
    { "ALTER TABLE claim_work ADD COLUMN other INT NOT NULL DEFAULT 0 AFTER no_such", CD_E_SCHEMA,
      "1054: no such column to stand behind" },
    { "CREATE TABLE other (a INT NOT NULL, a INT NOT NULL)", CD_E_SCHEMA,
      "1060: a new table's own column twice" },
    { "-- ALTER TABLE\nCREATE TABLE other (a INT NOT NULL, KEY k (a), KEY k (a))", CD_E_SCHEMA,
      "1061: a new table's own index twice" },
    { "CREATE UNIQUE INDEX org_kind ON org (kind)", CD_E_STALE, "1062: two rows are the same" },
    { "CREATE TABLE org (org_id BIGINT NOT NULL PRIMARY KEY) ENGINE = InnoDB", CD_E_FAILED,
      "1050: the table is there" },
    { "ALTER TABLE org DROP COLUMN no_such", CD_E_FAILED, "1091: nothing to drop" },
    { "ALTER TABEL org ADD COLUMN other INT", CD_E_FAILED, "1064: no SQL" },
};

static const char *last_file(void)
{
    const char *start = apr_psprintf(site.pool, "%04d-", store_schema_wanted()), *found = NULL;
    apr_finfo_t info;
    apr_dir_t *dir;

    assert_int_equal(apr_dir_open(&dir, schema_dir(), site.pool), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS)
        if (!strncmp(info.name, start, strlen(start)))
            found = apr_pstrdup(site.pool, info.name);
    apr_dir_close(dir);
    assert_non_null(found);
    return found;
}

static void only_what_is_there_already_is_passed_over(void **state)
{
    const int steps = store_schema_steps();
    const char *undone = apr_psprintf(site.pool, "DELETE FROM schema_migration WHERE number = %d",
                                      store_schema_wanted());
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(last_rows); i++) {
        const char *folder = copy_of_schema(apr_psprintf(site.pool, "last%d", (int)i));
        cd_err_t *err;
        int applied;

        add_file(folder, last_file(), last_rows[i].sql, APR_TRUNCATE);
        admin_sql(undone);
        err = store_migrate(&applied, site.admin, folder, NULL, NULL, NULL, site.pool);
        ROW_CHECK((err ? err->code : CD_E_OK) == last_rows[i].code, i,
                  err ? cd_err_line(err, site.pool) : last_rows[i].why);
        /* what failed is not recorded: the right file is applied the next time */
        ROW_CHECK(done_steps() == steps - (err != NULL), i, last_rows[i].why);
        if (!err)
            admin_sql(undone);
        assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool));
        ROW_CHECK(applied == 1 && done_steps() == steps, i, last_rows[i].why);
    }
}

static void a_changed_file_stops_it(void **state)
{
    const char *folder = copy_of_schema("changed");
    int applied;

    (void)state;
    add_file(folder, "0005-org.sql", "-- edited\n", APR_APPEND);
    assert_code(store_migrate(&applied, site.admin, folder, NULL, NULL, NULL, site.pool),
                CD_E_CONFIG);
}

static void odd_folders_stop_it(void **state)
{
    const char *gap = copy_of_schema("gap"), *newer = copy_of_schema("newer"),
               *twice = copy_of_schema("twice");
    int applied;

    (void)state;
    assert_int_equal(
        apr_file_remove(apr_pstrcat(site.pool, gap, "/0007-holiday.sql", NULL), site.pool),
        APR_SUCCESS);
    assert_code(store_migrate(&applied, site.admin, gap, NULL, NULL, NULL, site.pool), CD_E_CONFIG);
    add_file(newer, apr_psprintf(site.pool, "%04d-next.sql", store_schema_wanted() + 1), "DO 1;\n",
             APR_CREATE);
    assert_code(store_migrate(&applied, site.admin, newer, NULL, NULL, NULL, site.pool),
                CD_E_SCHEMA);
    add_file(twice, "0007-again.sql", "DO 1;\n", APR_CREATE);
    assert_code(store_migrate(&applied, site.admin, twice, NULL, NULL, NULL, site.pool),
                CD_E_CONFIG);
    assert_code(store_migrate(&applied, site.admin, "/nowhere", NULL, NULL, NULL, site.pool),
                CD_E_CONFIG);
    add_file(twice, "notes.txt", "not a step\n", APR_CREATE);
}

static void a_newer_database_is_refused(void **state)
{
    int applied;

    (void)state;
    admin_sql("INSERT INTO schema_migration (number, file, sha256, applied_at) VALUES (99, "
              "'0099-x.sql', '', 0)");
    assert_code(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool),
                CD_E_SCHEMA);
    admin_sql("DELETE FROM schema_migration WHERE number = 99");
    assert_ok(store_migrate(&applied, site.admin, schema_dir(), NULL, NULL, NULL, site.pool));
}

/* The server's account is no migrator, whatever folder it is given. */
static void the_server_cannot_migrate(void **state)
{
    int applied;

    (void)state;
    assert_code(store_migrate(&applied, site.conn, schema_dir(), NULL, NULL, NULL, site.pool),
                CD_E_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(applied_once),
        cmocka_unit_test(a_cut_off_step_runs_again),
        cmocka_unit_test(each_step_runs_again),
        cmocka_unit_test(only_what_is_there_already_is_passed_over),
        cmocka_unit_test(a_changed_file_stops_it),
        cmocka_unit_test(odd_folders_stop_it),
        cmocka_unit_test(a_newer_database_is_refused),
        cmocka_unit_test(the_server_cannot_migrate),
    };

    return cmocka_run_group_tests(tests, site_setup, site_teardown);
}

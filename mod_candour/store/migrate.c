/* migrate.c: applies the steps of the schema that are missing, in order, and grants the server
 * its rights.
 *
 * A step is one statement in one file, because DDL commits at once: what was done is always
 * known. A step that was cut off before it was recorded may run again; the files are written so
 * that this does no harm. */
#include <string.h>

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <apr_time.h>

#include "store/db.h"
#include "store/grants.h"
#include "store/migrate.h"

/* The steps there are, as runs of numbers in order: each part of the program has a run of its own,
 * so numbers between them are free. A file that is missing from its run, or in none, is refused. */
static const struct { int first, last; } runs[] = {
    { 1, 18 }, { 20, 21 }, { 25, 29 }, { 30, 32 }, { 35, 37 }, { 40, 43 }, { 45, 45 }, { 48, 49 },
    { 51, 52 }, { 54, 56 }, { 57, 58 }, { 60, 65 }, { 66, 66 },
    { 76, 76 }, { 79, 82 }
};
#define RUNS ((int)(sizeof(runs) / sizeof(runs[0])))
#define SCHEMA_WANTED (runs[RUNS - 1].last)
#define STEP_MAX_BYTES 65536

typedef struct step_t {
    int number;
    const char *file;
    const char *sql;
    unsigned char sha256[32];
    int done; /* in this database */
} step_t;

int store_schema_wanted(void)
{
    return SCHEMA_WANTED;
}

int store_schema_steps(void)
{
    int i, count = 0;

    for (i = 0; i < RUNS; i++)
        count += runs[i].last - runs[i].first + 1;
    return count;
}

static int is_step(int number)
{
    int i;

    for (i = 0; i < RUNS; i++)
        if (number >= runs[i].first && number <= runs[i].last)
            return 1;
    return 0;
}

/* ---- the files ---------------------------------------------------------- */

static int step_number(const char *name)
{
    apr_size_t len = strlen(name);
    int i, number = 0;

    if (len < 10 || name[4] != '-' || strcmp(name + len - 4, ".sql") != 0)
        return 0;
    for (i = 0; i < 4; i++) {
        if (!apr_isdigit(name[i]))
            return 0;
        number = number * 10 + (name[i] - '0');
    }
    return number;
}

static cd_err_t *list_files(apr_array_header_t **out, const char *schema_dir, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, SCHEMA_WANTED, sizeof(step_t));
    apr_finfo_t info;
    apr_dir_t *dir;

    if (apr_dir_open(&dir, schema_dir, pool) != APR_SUCCESS)
        return cd_err(pool, CD_E_CONFIG, "the folder of the schema cannot be read", "folder %s",
                      schema_dir);
    while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS) {
        int number = step_number(info.name);

        if (number) {
            step_t *step = apr_array_push(list);

            memset(step, 0, sizeof(*step));
            step->number = number;
            step->file = apr_pstrdup(pool, info.name);
        }
    }
    apr_dir_close(dir);
    *out = list;
    return NULL;
}

static cd_err_t *read_file(step_t *step, const char *schema_dir, apr_pool_t *pool)
{
    char *text = apr_palloc(pool, STEP_MAX_BYTES + 1);
    apr_size_t len = STEP_MAX_BYTES;
    apr_file_t *file;
    apr_status_t status = apr_file_open(&file, apr_pstrcat(pool, schema_dir, "/", step->file, NULL),
                                        APR_READ, APR_OS_DEFAULT, pool);

    if (status == APR_SUCCESS) {
        status = apr_file_read_full(file, text, len, &len);
        apr_file_close(file);
    }
    if (status != APR_EOF)
        return cd_err(pool, CD_E_CONFIG, "a file of the schema cannot be read", "%s: %s",
                      step->file, status == APR_SUCCESS ? "too long" : "not readable");
    text[len] = '\0';
    store_sha256(step->sha256, text, len);
    /* The server takes one statement, and its semicolon is not part of it. */
    while (len > 0 && (apr_isspace(text[len - 1]) || text[len - 1] == ';'))
        text[--len] = '\0';
    step->sql = text;
    return NULL;
}

/* Steps by number, none missing and none twice; what is no step has no file. */
static cd_err_t *read_steps(step_t **out, const char *schema_dir, apr_pool_t *pool)
{
    step_t *steps = apr_pcalloc(pool, (apr_size_t)(SCHEMA_WANTED + 1) * sizeof(*steps));
    apr_array_header_t *list = NULL;
    int i;

    CD_ERR(list_files(&list, schema_dir, pool));
    for (i = 0; i < list->nelts; i++) {
        step_t step = ((step_t *)list->elts)[i];

        if (step.number > SCHEMA_WANTED)
            return cd_err(pool, CD_E_SCHEMA, NULL, "%s is newer than this program", step.file);
        if (!is_step(step.number))
            return cd_err(pool, CD_E_CONFIG, NULL, "%s is no step of this program", step.file);
        if (steps[step.number].file)
            return cd_err(pool, CD_E_CONFIG, NULL, "%s and %s have one number",
                          steps[step.number].file, step.file);
        CD_ERR(read_file(&step, schema_dir, pool));
        steps[step.number] = step;
    }
    for (i = 1; i <= SCHEMA_WANTED; i++) {
        if (is_step(i) && !steps[i].file)
            return cd_err(pool, CD_E_CONFIG, NULL, "step %04d of the schema is not in %s", i,
                          schema_dir);
    }
    *out = steps;
    return NULL;
}

/* ---- the database ------------------------------------------------------- */

static cd_err_t *mark_done(step_t *steps, store_stmt_t *rows, apr_pool_t *pool)
{
    int row = 1;

    while (row) {
        unsigned char sha256[32];
        int number;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        number = store_col_int(rows);
        store_col_skip(rows, 1);
        store_col_fixed(sha256, sizeof(sha256), rows, pool);
        if (!is_step(number))
            return cd_err(pool, CD_E_SCHEMA, NULL,
                          "the database has step %d, which this program does not know", number);
        if (memcmp(sha256, steps[number].sha256, sizeof(sha256)) != 0)
            return cd_err(pool, CD_E_CONFIG,
                          "a file of the schema was changed after it had been applied",
                          "%s has another SHA-256 than the one applied", steps[number].file);
        steps[number].done = 1;
    }
    return NULL;
}

/* Marks the steps that are done; an empty database has no table that could say. */
static cd_err_t *find_done(step_t *steps, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    cd_err_t *err = store_select(&rows, conn, STMT_SELECT_MIGRATIONS, pool, "");

    if (err && err->code == CD_E_SCHEMA)
        return NULL;
    CD_ERR(err);
    err = mark_done(steps, rows, pool);
    store_finish(rows);
    return err;
}

/* 1 for a statement that adds to a table there is; what a new table has twice is a mistake. */
static int adds(const char *sql)
{
    static const char *const words[] = { "ALTER TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX " };
    apr_size_t i;

    for (sql += strspn(sql, " \t\r\n"); !strncmp(sql, "--", 2); sql += strspn(sql, " \t\r\n"))
        sql += strcspn(sql, "\n");
    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (!strncmp(sql, words[i], strlen(words[i])))
            return 1;
    return 0;
}

/* That a column or an index is there already means that the step was cut off before it was
 * recorded: both servers know ADD COLUMN and CREATE INDEX, and only one knows IF NOT EXISTS for
 * them. A step adds one. */
static cd_err_t *apply(const step_t *step, store_conn_t *conn, apr_pool_t *pool)
{
    cd_err_t *err = store_command(conn, STORE_CALL_SETTINGS, step->sql, pool);

    if (err && err->code == CD_E_SCHEMA && conn->fail == STORE_FAIL_DOUBLE && adds(step->sql)) {
        conn->fail = STORE_FAIL_NONE;
        err = NULL;
    }
    CD_ERR(cd_err_wrap(pool, err, "applying %s", step->file));
    return store_change(NULL, NULL, conn, STMT_INSERT_MIGRATION, pool, "isbL", step->number,
                        step->file, step->sha256, sizeof(step->sha256), apr_time_now());
}

cd_err_t *store_migrate(int *applied_out, store_conn_t *migrator, const char *schema_dir,
                        const char *server_user, store_migrate_fn tell, void *baton,
                        apr_pool_t *pool)
{
    step_t *steps = NULL;
    int i;

    *applied_out = 0;
    if (!migrator->options->any_schema)
        return cd_err(pool, CD_E_FAILED, NULL,
                      "the migrator's store must be opened with any_schema");
    CD_ERR(read_steps(&steps, schema_dir, pool));
    CD_ERR(find_done(steps, migrator, pool));
    for (i = 1; i <= SCHEMA_WANTED; i++) {
        if (!is_step(i))
            continue;
        if (tell)
            tell(baton, steps[i].file, steps[i].done);
        if (steps[i].done)
            continue;
        CD_ERR(apply(&steps[i], migrator, pool));
        ++*applied_out;
    }
    CD_ERR(
        store_change(NULL, NULL, migrator, STMT_UPDATE_SCHEMA_VERSION, pool, "i", SCHEMA_WANTED));
    return server_user ? store_grant(migrator, server_user, pool) : NULL;
}

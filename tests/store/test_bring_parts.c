/* test_bring_parts.c: exports of another system that come in by parts: stopped in the middle, in
 * calls that are bounded, and copies that nobody decided on. */
#include "unit/unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/bring.h"
#include "store/bring.h"
#include "store/bring_scene.h"
#include "tools/export_rows.h"

/* ---- stopped in the middle ----------------------------------------------- */

#define STOP_ROWS 600

static const char *second_file(const char *prefix)
{
    cd_buf_t *csv = cd_buf_make(site.pool, 1 << 20);
    int line = 0;
    char *at;

    export_rows(csv, NULL, 1, STOP_ROWS, 0, 10, &line, site.pool);
    for (at = csv->data; (at = strstr(at, "W0000")); at++)
        memcpy(at, prefix, 2);
    return write_bytes(apr_pstrcat(site.pool, prefix, ".csv", NULL), csv->data, csv->len);
}

/* The process is killed while it writes; the same command goes on, and in the end each row is there
 * once. */
static void killed_and_gone_on(void **state)
{
    const char *path = second_file("K1");
    int before = case_count(), status, i, now = before;
    pid_t child;

    (void)state;
    child = fork();
    if (!child) {
        FILE *null = freopen("/dev/null", "w", stdout);

        if (null)
            execl("../../mod_candour/candourctl", "candourctl", "bring", path, "--mapping",
                  mapping_path, "--config", config_path, "--org", "RZ1", "--apply", (char *)NULL);
        _exit(99);
    }
    for (i = 0; i < 2000 && now == before; i++) {
        usleep(2000);
        now = case_count();
    }
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    usleep(200000);                          /* the server notices, and rolls back what was open */
    now = case_count();
    assert_true(now > before && now < before + STOP_ROWS);
    assert_int_equal((now - before) % 48, 0);
    assert_int_equal(bring(path, "RZ1", "--apply", NULL), CLI_OK);
    assert_non_null(
        strstr(printed, apr_psprintf(site.pool, "done: %d cases made, 0 changed, 0 rows the same",
                                     STOP_ROWS)));
    assert_int_equal(case_count(), before + STOP_ROWS);
}

/* ---- in parts ------------------------------------------------------------ */

static void eleven_seconds(void *baton, const app_bring_totals_t *totals)
{
    (void)baton;
    (void)totals;
    site_clock_now += apr_time_from_sec(11);
}

/* One call with these bounds; the cases of the file that are in behind it. */
static int part(const cd_mapping_t *mapping, const char *csv, int at_most, int seconds)
{
    app_bring_ask_t ask = { .mapping = mapping,
                            .mapping_bytes = json,
                            .mapping_len = sizeof(json) - 1,
                            .file_name = "parts.csv",
                            .progress = eleven_seconds };
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    app_bring_t *checked, *bring;
    int in;

    assert_ok(app_bring_check(&checked, ctx, &ask));
    assert_ok(app_bring_feed(checked, csv, strlen(csv)));
    assert_ok(app_bring_end(checked));
    ask.at_most = at_most;
    ask.seconds = seconds;
    assert_ok(app_bring_apply(&bring, ctx, &ask, checked));
    assert_ok(app_bring_feed(bring, csv, strlen(csv)));
    assert_ok(app_bring_end(bring));
    in = app_bring_totals(bring)->made;
    site_done(ctx);
    return in;
}

static app_bring_run_t *newest(void)
{
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    app_bring_run_t *runs;
    int count;

    assert_ok(app_bring_runs(&runs, &count, ctx));
    site_done(ctx);
    return runs;
}

static void a_bounded_call_stops_and_the_next_goes_on(void **state)
{
    cd_problems_t problems = { .pool = site.pool };
    cd_buf_t *csv = cd_buf_make(site.pool, 4096);
    cd_instant_t clock = site_clock_now;
    int i, before = case_count();
    cd_mapping_t *mapping;

    (void)state;
    cd_buf_lit(csv, "R,T\r\n");
    for (i = 0; i < 150; i++)
        cd_buf_fmt(csv, "PART-%d,Fall\r\n", i);
    assert_ok(cd_mapping_read(&mapping, json, sizeof(json) - 1, &problems, site.pool));
    assert_int_equal(part(mapping, csv->data, 49, 0), 96);
    assert_int_equal(newest()->state, APP_BRING_APPLYING);
    assert_int_equal(newest()->made, 96);
    assert_int_equal(case_count(), before + 96);
    assert_int_equal(part(mapping, csv->data, 0, 10), 144);
    assert_int_equal(newest()->state, APP_BRING_APPLYING);
    assert_int_equal(part(mapping, csv->data, 1000, 1000), 150);
    assert_int_equal(newest()->state, APP_BRING_DONE);
    assert_int_equal(case_count(), before + 150);
    site_clock_now = clock;
}

/* ---- the web's copies ---------------------------------------------------- */

static apr_int64_t keep(const char *ref, cd_instant_t at)
{
    const char *csv = apr_psprintf(site.pool, "R,T\r\n%s,Fall\r\n", ref);
    cd_problems_t problems = { .pool = site.pool };
    app_bring_ask_t ask = { .file_name = "x.csv",
                            .mapping_bytes = json,
                            .mapping_len = sizeof(json) - 1 };
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    cd_mapping_t *mapping;
    app_bring_t *checked;
    apr_int64_t id;

    ctx->now = at;
    assert_ok(cd_mapping_read(&mapping, json, sizeof(json) - 1, &problems, site.pool));
    ask.mapping = mapping;
    assert_ok(app_bring_check(&checked, ctx, &ask));
    assert_ok(app_bring_feed(checked, csv, strlen(csv)));
    assert_ok(app_bring_end(checked));
    assert_ok(app_bring_keep(&id, ctx, &ask, checked, csv, strlen(csv)));
    site_done(ctx);
    return id;
}

static app_bring_run_t *run_of(apr_int64_t id)
{
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    app_bring_run_t *run;

    assert_ok(app_bring_run(&run, NULL, ctx, id));
    site_done(ctx);
    return run;
}

static void what_nobody_decided_is_swept(void **state)
{
    const char *argv[] = { "run", "sweep", apr_pstrcat(site.pool, "--config=", config_path, NULL) };
    apr_int64_t old = keep("OLD-1", site_clock_now - apr_time_from_sec(25 * 3600));
    apr_int64_t fresh = keep("NEW-1", site_clock_now - apr_time_from_sec(23 * 3600));
    apr_int64_t dropped = keep("GONE-1", site_clock_now);
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    app_bring_copy_t copy;
    app_bring_run_t *run;
    apr_int64_t checks, pieces;
    int turn;

    (void)state;
    assert_ok(app_bring_drop(ctx, dropped));
    site_done(ctx);
    for (turn = 0; turn < 2; turn++) {
        FILE *out = tmpfile(), *err = tmpfile();

        assert_int_equal(cli_run(3, argv, out, err, site.pool), CLI_OK);
        printed = read_back(out);
        said = read_back(err);
        if (!turn)                           /* of each the mapping, the file, its name */
            assert_non_null(
                strstr(printed, "1 files given up that nobody decided to bring in, 6 pieces of"));
        else
            assert_null(strstr(printed, "pieces"));
    }
    assert_int_equal(run_of(old)->state, APP_BRING_DROPPED);
    assert_false(run_of(old)->has_copy);
    assert_int_equal(run_of(dropped)->state, APP_BRING_DROPPED);
    assert_int_equal(run_of(fresh)->state, APP_BRING_CHECKED);
    ctx = site_ctx("legal1", 0, NULL);
    assert_ok(app_bring_run(&run, &copy, ctx, fresh));
    assert_memory_equal(copy.file, "R,T\r\nNEW-1,Fall\r\n", copy.file_len);
    assert_ok(store_bring_left(&checks, &pieces, site_clock_now - apr_time_from_sec(24 * 3600),
                               ctx->conn, ctx->pool));
    assert_int_equal(checks, 0);
    assert_int_equal(pieces, 0);
    site_done(ctx);
    ctx = site_ctx("legal1", 0, NULL);
    assert_code(app_bring_sweep(&turn, &turn, ctx, 24), CD_E_FORBIDDEN);
    site_done(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_and_gone_on),
        cmocka_unit_test(a_bounded_call_stops_and_the_next_goes_on),
        cmocka_unit_test(what_nobody_decided_is_swept),
        cmocka_unit_test(the_chains_hold),
    };

    return cmocka_run_group_tests(tests, bring_open, site_close);
}

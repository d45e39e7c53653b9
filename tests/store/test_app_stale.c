/* test_app_stale.c: who saw an older version writes nothing; races leave exactly one winner. */
#include "unit/unit.h"

#include <apr_thread_proc.h>

#include "audit/verify.h"
#include "store/app_site.h"

static int version_of(const char *reference)
{
    app_case_view_t *view;

    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    return view->row.version;
}

static void older_version(void **state)
{
    const char *reference = site_case_of("ward1", "Anna Kowal", NULL);
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk() };
    int seq, version;

    (void)state;
    site_open_case("legal1", reference);
    version = version_of(reference);
    ask.version = version - 1;
    assert_code(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()),
        CD_E_STALE);
    ask.version = version + 1;
    assert_code(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()),
        CD_E_STALE);
    assert_int_equal(version_of(reference), version);
}

/* The head was read before another request wrote: the version fits what was read, not what is
 * there. */
static void written_between(void **state)
{
    const char *reference = site_case_of("ward1", "Ben Marsh", NULL);
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk() };
    app_ctx_t *early;
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    ask.version = version_of(reference);
    early = site_ctx("legal1", CD_FILE_CASE, reference);
    assert_ok(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()));
    assert_code(app_case_record(&seq, early, &ask, site_problems()), CD_E_STALE);
    assert_int_equal(version_of(reference), ask.version + 1);
}

static void user_changed_meanwhile(void **state)
{
    app_user_t *one, *two;

    (void)state;
    assert_ok(app_user_get(&one, site_ctx("admin", 0, NULL), "reader1"));
    assert_ok(app_user_get(&two, site_ctx("admin", 0, NULL), "reader1"));
    one->name = "One";
    two->name = "Two";
    assert_ok(app_user_save(site_ctx("admin", 0, NULL), one, site_problems()));
    assert_code(app_user_save(site_ctx("admin", 0, NULL), two, site_problems()), CD_E_STALE);
    assert_ok(app_user_get(&two, site_ctx("admin", 0, NULL), "reader1"));
    assert_string_equal(two->name, "One");
}

static void org_changed_meanwhile(void **state)
{
    const cd_org_t *there;
    cd_org_t one, two;

    (void)state;
    assert_ok(app_org(&there, site_ctx("admin", 0, NULL), "RZ2"));
    one = two = *there;
    one.target_talk_wd = 8;
    two.target_talk_wd = 9;
    assert_ok(app_org_save(site_ctx("admin", 0, NULL), &one, site_problems()));
    assert_code(app_org_save(site_ctx("admin", 0, NULL), &two, site_problems()), CD_E_STALE);
    assert_ok(app_org(&there, site_ctx("admin", 0, NULL), "RZ2"));   /* and the cache was renewed */
    assert_int_equal(there->target_talk_wd, 8);
}

#define WRITERS 4
#define ROUNDS 6
typedef struct writer_t {
    const char *reference;
    cd_talk_t talk;                      /* its own: pools are not for two threads */
    int won, stale, other;
} writer_t;

static void *APR_THREAD_FUNC writer(apr_thread_t *thread, void *data)
{
    writer_t *w = data;
    int i;

    (void)thread;
    for (i = 0; i < ROUNDS; i++) {
        cd_talk_t talk = w->talk;
        app_record_ask_t ask = { .kind = CD_REC_TALK, .body = &talk };
        cd_problems_t problems = { NULL, 0, 0, NULL };
        app_case_view_t *view;
        apr_pool_t *pool;
        app_ctx_t *ctx;
        cd_err_t *err;
        int seq;

        apr_pool_create_unmanaged(&pool);
        problems.pool = pool;
        ctx = app_ctx_make(site.app, pool);
        ctx->to_write = 1;
        err = app_begin(ctx, "legal1", CD_FILE_CASE, w->reference);
        if (!err)
            err = app_case_view(&view, ctx, 0);
        ask.version = err ? 0 : view->row.version;
        if (!err)
            err = app_case_record(&seq, ctx, &ask, &problems);
        w->won += !err;
        w->stale += err && err->code == CD_E_STALE;
        w->other += err && err->code != CD_E_STALE;
        apr_pool_destroy(pool);
    }
    return NULL;
}

/* No acknowledged write is lost and none is doubled: the version counts exactly the winners. */
static void racing_writers(void **state)
{
    const char *reference = site_case_of("ward1", "Carol Ody", NULL);
    writer_t writers[WRITERS];
    apr_thread_t *threads[WRITERS];
    apr_status_t rv;
    app_case_view_t *view;
    int i, won = 0, tried = 0, version, records;

    (void)state;
    site_open_case("legal1", reference);
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    version = view->row.version;
    records = view->file->count;
    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
    memset(writers, 0, sizeof(writers));
    for (i = 0; i < WRITERS; i++) {
        writers[i].reference = reference;
        writers[i].talk = *site_talk();
        assert_int_equal(apr_thread_create(&threads[i], NULL, writer, &writers[i], site.pool),
                         APR_SUCCESS);
    }
    for (i = 0; i < WRITERS; i++)
        apr_thread_join(&rv, threads[i]);
    for (i = 0; i < WRITERS; i++) {
        won += writers[i].won;
        tried += writers[i].won + writers[i].stale;
        assert_int_equal(writers[i].other, 0);
    }
    assert_int_equal(tried, WRITERS * ROUNDS);
    assert_true(won > 0);
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    assert_int_equal(view->row.version, version + won);
    assert_int_equal(view->file->count, records + won);
}

static void chains_good(void **state)
{
    audit_verdict_t verdict;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    (void)state;
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, ctx->pool));
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(older_version), POOL_TEST(written_between), POOL_TEST(user_changed_meanwhile),
        POOL_TEST(org_changed_meanwhile), POOL_TEST(racing_writers), POOL_TEST(chains_good)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

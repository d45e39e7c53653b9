/* test_app_idem.c: a key makes a second click harmless: same answer, one effect. */
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

static void create_twice(void **state)
{
    cd_incident_t incident = { .title = "A fall on ward 3", .occurred = on(11, 1) };
    app_ctx_t *first = site_ctx("ward1", 0, NULL), *second = site_ctx("ward1", 0, NULL);
    const char *one, *two;
    app_case_list_t list;
    int before;

    (void)state;
    assert_ok(app_case_list(&list, site_ctx("ward1", 0, NULL), 0, 0));
    before = list.count;
    site_key(first, 1, 1);
    site_key(second, 1, 1);
    assert_ok(app_case_create(&one, first, NULL, &incident, NULL, site_problems()));
    assert_null(first->replayed);
    assert_ok(app_case_create(&two, second, NULL, &incident, NULL, site_problems()));
    assert_non_null(second->replayed);
    assert_string_equal(one, two);
    assert_ok(app_case_list(&list, site_ctx("ward1", 0, NULL), 0, 0));
    assert_int_equal(list.count, before + 1);
}

static void record_twice(void **state)
{
    const char *reference = site_case_of("ward1", "Anna Kowal", NULL);
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk() };
    app_ctx_t *first, *second, *other;
    int one, two;

    (void)state;
    site_open_case("legal1", reference);
    ask.version = version_of(reference);
    first = site_ctx("legal1", CD_FILE_CASE, reference);
    /* both saw the file before either wrote */
    second = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(first, 2, 1);
    site_key(second, 2, 1);
    assert_ok(app_case_record(&one, first, &ask, site_problems()));
    assert_ok(app_case_record(&two, second, &ask, site_problems()));
    assert_null(first->replayed);
    assert_non_null(second->replayed);
    assert_int_equal(one, two);
    assert_int_equal(version_of(reference), ask.version + 1);
    other = site_ctx("legal1", CD_FILE_CASE, reference);    /* the page was loaded long ago */
    site_key(other, 2, 1);
    assert_ok(app_case_record(&two, other, &ask, site_problems()));
    assert_int_equal(one, two);
}

/* The first click closed the case: the second must meet its answer, not "the case is closed". */
static void answer_before_checks(void **state)
{
    const char *reference = site_case_of("ward1", "Ben Marsh", NULL);
    cd_closure_t closure = { .closed = on(11, 18),
                             .reason = CD_CLOSED_OPENED_IN_ERROR,
                             .note = "Typed twice." };
    app_record_ask_t ask = { .kind = CD_REC_CLOSURE, .body = &closure };
    app_ctx_t *ctx;
    int one, two, i;

    (void)state;
    site_open_case("legal1", reference);
    ask.version = version_of(reference);
    for (i = 0; i < 2; i++) {
        ctx = site_ctx("legal1", CD_FILE_CASE, reference);
        site_key(ctx, 3, 1);
        assert_ok(app_case_record(i ? &two : &one, ctx, &ask, site_problems()));
    }
    assert_int_equal(one, two);
}

static void other_answers(void **state)
{
    const char *reference = site_case_of("ward1", "Carol Ody", NULL);
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk() };
    app_ctx_t *ctx;
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    ask.version = version_of(reference);
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 4, 1);
    assert_ok(app_case_record(&seq, ctx, &ask, site_problems()));
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 4, 2);
    assert_code(app_case_record(&seq, ctx, &ask, site_problems()), CD_E_KEY_REUSED);
    /* the newest version, but the key is used */
    ask.version++;
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 4, 2);
    assert_code(app_case_record(&seq, ctx, &ask, site_problems()), CD_E_KEY_REUSED);
    assert_int_equal(version_of(reference), ask.version);
}

/* A key is the user's own: another person's request with it is another request. */
static void other_person(void **state)
{
    const char *reference = site_case_of("ward1", "Dan Foe", NULL);
    cd_judgement_t judgement = { .rule = CD_RULE_E02,
                                 .judgement = CD_JUDGED_REASONABLE,
                                 .judged = on(11, 17),
                                 .reasons = "She was too unwell to be told before." };
    app_record_ask_t ask = { .kind = CD_REC_JUDGEMENT, .body = &judgement };
    app_ctx_t *ctx;
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    ask.version = version_of(reference);
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 5, 1);
    assert_ok(app_case_record(&seq, ctx, &ask, site_problems()));
    ctx = site_ctx("handler", CD_FILE_CASE, reference);
    site_key(ctx, 5, 1);
    assert_code(app_case_record(&seq, ctx, &ask, site_problems()), CD_E_KEY_REUSED);
}

static void user_twice(void **state)
{
    app_user_t user = { .subject = "twice",
                        .name = "Twice",
                        .org_code = "RZ1",
                        .roles = 1u << CD_ROLE_WARD,
                        .active = CD_YES };
    cd_problems_t *problems = site_problems();
    app_ctx_t *ctx;

    (void)state;
    ctx = site_ctx("admin", 0, NULL);
    site_key(ctx, 6, 1);
    assert_ok(app_user_save(ctx, &user, problems));
    ctx = site_ctx("admin", 0, NULL);
    site_key(ctx, 6, 1);
    assert_ok(app_user_save(ctx, &user, problems));
    assert_non_null(ctx->replayed);
    assert_code(app_user_save(site_ctx("admin", 0, NULL), &user, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "subject"),
                        "Sign-in name must be new: there is a user of that name");
}

/* ---- at the same moment -------------------------------------------------- */

#define CLICKS 4
typedef struct click_t {
    const char *reference;
    cd_talk_t talk;                      /* its own: pools are not for two threads */
    int version, seq, replayed;
    cd_code_t code;
} click_t;

static void *APR_THREAD_FUNC click(apr_thread_t *thread, void *data)
{
    click_t *c = data;
    apr_pool_t *pool;
    app_ctx_t *ctx;
    cd_problems_t problems = { NULL, 0, 0, NULL };
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = &c->talk, .version = c->version };
    cd_err_t *err;

    (void)thread;
    apr_pool_create_unmanaged(&pool);
    problems.pool = pool;
    ctx = app_ctx_make(site.app, pool);
    ctx->to_write = 1;
    site_key(ctx, 9, 1);
    err = app_begin(ctx, "legal1", CD_FILE_CASE, c->reference);
    if (!err)
        err = app_case_record(&c->seq, ctx, &ask, &problems);
    c->code = err ? err->code : CD_E_OK;
    c->replayed = ctx->replayed != NULL;
    apr_pool_destroy(pool);
    return NULL;
}

static void same_moment(void **state)
{
    const char *reference = site_case_of("ward1", "Eve Gray", NULL);
    click_t clicks[CLICKS];
    apr_thread_t *threads[CLICKS];
    apr_status_t rv;
    int i, done = 0, version;

    (void)state;
    site_open_case("legal1", reference);
    version = version_of(reference);
    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
    memset(clicks, 0, sizeof(clicks));
    for (i = 0; i < CLICKS; i++) {
        clicks[i].reference = reference;
        clicks[i].version = version;
        clicks[i].talk = *site_talk();
        assert_int_equal(apr_thread_create(&threads[i], NULL, click, &clicks[i], site.pool),
                         APR_SUCCESS);
    }
    for (i = 0; i < CLICKS; i++)
        apr_thread_join(&rv, threads[i]);
    for (i = 0; i < CLICKS; i++) {
        assert_int_equal(clicks[i].code, CD_E_OK);
        assert_int_equal(clicks[i].seq, clicks[0].seq);
        done += !clicks[i].replayed;
    }
    assert_int_equal(done, 1);
    assert_int_equal(version_of(reference), version + 1);
}

static void chains_good(void **state)
{
    audit_verdict_t verdict;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    (void)state;
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, ctx->pool));
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
    assert_int_equal(verdict.unchecked, 0);
    assert_true(verdict.files > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(create_twice), POOL_TEST(record_twice), POOL_TEST(answer_before_checks),
                  POOL_TEST(other_answers),
        POOL_TEST(other_person), POOL_TEST(user_twice), POOL_TEST(same_moment),
                  POOL_TEST(chains_good)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

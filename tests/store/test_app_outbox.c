/* test_app_outbox.c: messages to people: put with what they are about or not at all, once for a
 * key, sent by one sender, tried again at growing pauses, dropped without an address; and
 * reminders, which may run twice. */
#include "unit/unit.h"

#include <apr_thread_proc.h>

#include "store/app_site.h"

#include "app/core.h"
#include "app/outbox.h"
#include "app/reminder.h"
#include "store/outbox.h"
#include "store/team.h"
#include "store/work.h"

static const app_mail_options_t options = { "Candour <candour@trust.example>",
                                            "https://candour.trust.example" };

/* ---- helpers ------------------------------------------------------------- */

/* A change of the test's own, with its entry in the system's chain. */
static cd_err_t *change(app_system_fn fn, void *baton)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_system_write_t write = { .change = fn,
                                 .baton = baton,
                                 .action = CD_ACT_SETTINGS_CHANGED,
                                 .object = "test",
                                 .content = "test" };
    cd_err_t *err = app_system_write(ctx, &write);

    return err ? cd_err(site.pool, err->code, NULL, "%s", cd_err_line(err, site.pool)) : NULL;
}

static cd_user_id user_id(const char *subject)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    store_user_t *user = NULL;

    assert_ok(app_conn(ctx));
    assert_ok(store_user_get(&user, subject, ctx->conn, site.pool));
    assert_non_null(user);
    return user->id;
}

static void address(const char *subject, const char *email)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_user_t *user;

    assert_ok(app_user_get(&user, ctx, subject));
    user->email = email;
    assert_ok(app_user_save(ctx, user, site_problems()));
    site_done(ctx);
}

typedef struct put_t {
    app_notice_t notice;
    int times, fails;
} put_t;

static cd_err_t *put_some(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const put_t *put = baton;
    int i;

    for (i = 0; i < put->times; i++)
        CD_ERR(app_notice_put(conn, &put->notice, site_clock_now, pool));
    return put->fails ? cd_err(pool, CD_E_RANGE, NULL, "as wanted") : NULL;
}

static cd_err_t *put(const char *to, const char *once, int times, int fails)
{
    put_t put = { { .kind = APP_NOTICE_AHEAD,
                    .to = user_id(to),
                    .reference = "CM-2026-0001",
                    .once = once,
                    .step = "Send the written notification",
                    .due_on = day(12, 3) },
                  times,
                  fails };

    return change(put_some, &put);
}

static int listed(const char *subject, app_message_t **out)
{
    app_ctx_t *ctx = site_ctx(subject, 0, NULL);
    app_message_t *list;
    int count;

    assert_ok(app_notices(&list, &count, ctx, 0));
    if (out)
        *out = list;
    return count;
}

/* Sends what waits; `sender` decides. */
typedef struct sender_t {
    app_trouble_t answer;
    int calls;
    char last[255];
} sender_t;

static app_trouble_t sender_send(void *baton, const app_mail_t *mail, apr_pool_t *pool)
{
    sender_t *sender = baton;

    (void)pool;
    __atomic_add_fetch(&sender->calls, 1, __ATOMIC_SEQ_CST);
    apr_cpystrn(sender->last, mail->to, sizeof(sender->last));
    return sender->answer;
}

static app_outbox_sum_t send_all(sender_t *sender)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_outbox_sum_t sum;

    assert_ok(app_outbox_send(&sum, ctx, &options, sender_send, sender));
    site_done(ctx);
    return sum;
}

static void pass_minutes(int minutes)
{
    __atomic_add_fetch(&site_clock_now, apr_time_from_sec(minutes * 60), __ATOMIC_SEQ_CST);
}

/* ---- putting ------------------------------------------------------------- */

static void a_write_rolled_back_leaves_no_message(void **state)
{
    int before = listed("handler", NULL);

    (void)state;
    assert_code(put("handler", NULL, 2, 1), CD_E_RANGE);
    assert_int_equal(listed("handler", NULL), before);
    assert_ok(put("handler", NULL, 2, 0));
    assert_int_equal(listed("handler", NULL), before + 2);
}

static void a_key_puts_once(void **state)
{
    int before = listed("decider", NULL);

    (void)state;
    assert_ok(put("decider", "once:1", 3, 0));
    assert_ok(put("decider", "once:1", 1, 0));
    assert_ok(put("decider", "once:2", 1, 0));
    assert_int_equal(listed("decider", NULL), before + 2);
}

static void a_list_is_ones_own(void **state)
{
    app_message_t *list;
    int i, count;

    (void)state;
    assert_ok(put("reviewer", NULL, 1, 0));
    assert_int_equal(listed("regulator", NULL), 0);
    count = listed("reviewer", &list);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].reference, "CM-2026-0001");
    assert_int_equal(list[0].due_on, day(12, 3));
    for (i = 0; i < 30; i++)
        assert_ok(put("reviewer", NULL, 1, 0));
    count = listed("reviewer", &list);
    assert_int_equal(count, APP_NOTICE_ROWS);
    assert_true(list[0].id > list[1].id);
}

/* ---- sending ------------------------------------------------------------- */

static void without_an_address_it_stays_on_the_page(void **state)
{
    sender_t sender = { APP_TROUBLE_NONE, 0, "" };
    app_message_t *list;
    app_outbox_sum_t sum = send_all(&sender);

    (void)state;
    assert_int_equal(sender.calls, 0);
    assert_true(sum.dropped > 0);
    assert_int_equal(sum.sent + sum.again + sum.failed, 0);
    assert_true(listed("handler", &list) > 0);
    assert_string_equal(list[0].trouble, "not sent: no e-mail address");
}

static void it_is_sent_once(void **state)
{
    sender_t sender = { APP_TROUBLE_NONE, 0, "" };
    app_message_t *list;

    (void)state;
    address("legal1", "legal1@trust.example");
    assert_ok(put("legal1", NULL, 1, 0));
    assert_int_equal(send_all(&sender).sent, 1);
    assert_string_equal(sender.last, "legal1@trust.example");
    assert_int_equal(send_all(&sender).sent, 0);
    assert_int_equal(sender.calls, 1);
    listed("legal1", &list);
    assert_true(list[0].is_sent && list[0].sent_at > 0);
}

static void an_address_must_be_one(void **state)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    cd_problems_t *problems = site_problems();
    app_user_t *user;

    (void)state;
    assert_ok(app_user_get(&user, ctx, "legal1"));
    user->email = "legal1@trust.example\nBcc: all@evil.example";
    assert_code(app_user_save(ctx, user, problems), CD_E_INVALID);
    assert_true(*site_problem_text(problems, "email") != '\0');
}

static void it_is_tried_again_and_then_fails(void **state)
{
    static const int minutes[] = { 1, 5, 30, 120, 720 };
    sender_t bad = { APP_TROUBLE_REFUSED, 0, "" }, good = { APP_TROUBLE_NONE, 0, "" };
    app_outbox_state_t health;
    int i, told = listed("admin", NULL), count;
    app_ctx_t *ctx;

    (void)state;
    assert_ok(put("legal1", NULL, 1, 0));
    for (i = 0; i < (int)COUNT_OF(minutes); i++) {
        assert_int_equal(send_all(&bad).again, 1);
        assert_int_equal(send_all(&bad).again, 0);   /* not before its time */
        pass_minutes(minutes[i]);
    }
    assert_int_equal(send_all(&bad).failed, 1);
    assert_int_equal(bad.calls, APP_SEND_TRIES);
    pass_minutes(10000);
    assert_int_equal(send_all(&bad).failed, 0);
    assert_int_equal(listed("admin", NULL), told + 1);
    assert_code(app_outbox_state(&health, site_ctx("legal1", 0, NULL)), CD_E_FORBIDDEN);
    assert_ok(app_outbox_state(&health, site_ctx("admin", 0, NULL)));
    assert_int_equal(health.failed, 1);
    assert_string_equal(health.failures[0].trouble, "the mail server refused the message");
    ctx = site_ctx("legal1", 0, NULL);
    assert_code(app_outbox_retry(&count, ctx), CD_E_FORBIDDEN);
    ctx = site_ctx("admin", 0, NULL);
    assert_ok(app_outbox_retry(&count, ctx));
    assert_int_equal(count, 1);
    assert_int_equal(send_all(&good).sent, 1);
    ctx = site_ctx("admin", 0, NULL);
    assert_ok(app_outbox_retry(&count, ctx));
    assert_int_equal(count, 0);
}

static void a_way_that_is_shut_is_not_tried_for_all(void **state)
{
    sender_t shut = { APP_TROUBLE_NOT_REACHED, 0, "" }, good = { APP_TROUBLE_NONE, 0, "" };
    app_outbox_sum_t sum;

    (void)state;
    assert_ok(put("legal1", NULL, 8, 0));
    sum = send_all(&shut);
    assert_int_equal(shut.calls, 3);
    assert_true(sum.stopped);
    pass_minutes(2);
    assert_int_equal(send_all(&good).sent, 8);
}

/* A sender that dies between claim and mark: its claim holds others off, and then runs out. */
typedef struct claim_t {
    store_notice_t notice;
    int mine;
} claim_t;

static cd_err_t *claim_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    claim_t *claim = baton;

    return store_notice_claim(&claim->mine, &claim->notice, site_clock_now + apr_time_from_sec(600),
                              conn, pool);
}

static int claim(const store_notice_t *notice)
{
    claim_t claim = { *notice, 0 };
    store_tx_t tx = { .body = claim_body, .baton = &claim };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(store_tx_run(&ctx->conn, site.store, &tx, site.pool));
    return claim.mine;
}

static void a_claim_is_one_senders_and_runs_out(void **state)
{
    sender_t sender = { APP_TROUBLE_NONE, 0, "" };
    store_notice_t *list;
    app_ctx_t *ctx;
    int count;

    (void)state;
    assert_ok(put("legal1", NULL, 1, 0));
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_conn(ctx));
    assert_ok(store_notices_due(&list, &count, STORE_NOTICE_WAITING, site_clock_now, 10, ctx->conn,
                                site.pool));
    assert_int_equal(count, 1);
    assert_true(claim(&list[0]));
    assert_false(claim(&list[0]));
    assert_int_equal(send_all(&sender).sent, 0);
    pass_minutes(11);
    assert_int_equal(send_all(&sender).sent, 1);
}

#define AT_ONCE 60
static void *APR_THREAD_FUNC send_thread(apr_thread_t *thread, void *baton)
{
    app_outbox_sum_t sum;
    apr_pool_t *pool;
    app_ctx_t *ctx;

    apr_pool_create_unmanaged(&pool);
    ctx = app_ctx_make(site.app, pool);
    if (app_begin_system(ctx, NULL) || app_outbox_send(&sum, ctx, &options, sender_send, baton))
        __atomic_add_fetch(&((sender_t *)baton)->calls, 1000, __ATOMIC_SEQ_CST);
    app_end(ctx);
    apr_pool_destroy(pool);
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

static void two_jobs_at_once_send_each_once(void **state)
{
    sender_t sender = { APP_TROUBLE_NONE, 0, "" };
    apr_thread_t *threads[2];
    apr_status_t rv;
    int i;

    (void)state;
    assert_ok(put("legal1", NULL, AT_ONCE, 0));
    for (i = 0; i < 2; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, send_thread, &sender, site.pool),
                         APR_SUCCESS);
    for (i = 0; i < 2; i++)
        apr_thread_join(&rv, threads[i]);
    assert_int_equal(sender.calls, AT_ONCE);
    assert_int_equal(send_all(&sender).sent, 0);
}

/* ---- reminders ----------------------------------------------------------- */

static const struct {
    int due_in;                          /* days from today */
    app_reminder_hit_t hits[2];
    const char *why;
} hit_rows[] = {
    { 8, { { 0, 0 } }, "nothing yet" },
    { 7, { { APP_NOTICE_AHEAD, 7 } }, "the first reminder" },
    { 3, { { APP_NOTICE_AHEAD, 7 } }, "still the first: a day the job stood still loses nothing" },
    { 1, { { APP_NOTICE_AHEAD, 1 } }, "the second" },
    { 0, { { APP_NOTICE_AHEAD, 1 } }, "on the day itself" },
    { -1, { { APP_NOTICE_PAST, 1 } }, "a day late" },
    { -8, { { APP_NOTICE_PAST, 7 } }, "a week late" },
    { -14, { { APP_NOTICE_PAST, 14 }, { APP_NOTICE_ESCALATED, 14 } }, "passed on" },
    { -44, { { APP_NOTICE_PAST, 14 }, { APP_NOTICE_ESCALATED, 14 } }, "30 days later" },
    { -45, { { 0, 0 } }, "so old that nobody is flooded" }
};

static void thresholds(void **state)
{
    app_reminder_days_t days = { .ahead = { 7, 1 },
                                 .past = { 1, 7, 14 },
                                 .ahead_count = 2,
                                 .past_count = 3,
                                 .escalate_after = 14 };
    unsigned i;
    int k;

    (void)state;
    for (i = 0; i < COUNT_OF(hit_rows); i++) {
        app_reminder_hit_t hits[2] = { { 0, 0 }, { 0, 0 } };

        app_reminder_hits(hits, &days, day(6, 1) + hit_rows[i].due_in, day(6, 1));
        for (k = 0; k < 2; k++)
            ROW_CHECK(hits[k].kind == hit_rows[i].hits[k].kind
                          && hits[k].days == hit_rows[i].hits[k].days,
                      i, hit_rows[i].why);
    }
}

static void lists_of_days_are_read(void **state)
{
    static const struct { const char *text; int count; } rows[] = {
        { "7, 1", 2 }, { "7 1", 2 }, { "", 0 }, { "0", 1 }, { "365", 1 }, { "366", -1 }, { "-1",
          -1 }, { "7;1", -1 },
        { "seven", -1 }, { "1 2 3 4 5 6 7 8", 8 }, { "1 2 3 4 5 6 7 8 9", -1 },
          { "99999999999999999999", -1 }
    };
    int days[APP_REMINDER_DAYS], count;
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        int ok = app_reminder_list(days, &count, rows[i].text);

        ROW_CHECK(ok == (rows[i].count >= 0) && (!ok || count == rows[i].count), i, rows[i].text);
    }
}

static cd_err_t *work_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_work_keep(baton, conn, pool);
}

/* The case's row of the work list, with one step due in `days`. */
static void work(const char *reference, int days, const char *assignee, const char *team)
{
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    store_work_t row = { .case_id = ctx->head->id,
                         .org_id = ctx->head->org_id,
                         .state = ctx->head->state,
                         .version = ctx->head->version,
                         .due_on = ctx->today + days,
                         .due_kind = 1,
                         .rule = "E09",
                         .step = "Send the written notification",
                         .tasks = 1,
                         .assignee = assignee,
                         .team = team,
                         .changed_at = ctx->now };

    assert_ok(change(work_body, &row));
}

static app_reminder_sum_t remind(void)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_reminder_sum_t sum;

    assert_ok(app_reminders_run(&sum, ctx));
    site_done(ctx);
    return sum;
}

static void *APR_THREAD_FUNC remind_thread(apr_thread_t *thread, void *baton)
{
    app_reminder_sum_t sum = { 0, 1000 };
    apr_pool_t *pool;
    app_ctx_t *ctx;

    apr_pool_create_unmanaged(&pool);
    ctx = app_ctx_make(site.app, pool);
    if (app_begin_system(ctx, NULL) || app_reminders_run(&sum, ctx))
        sum.put = 1000;
    __atomic_add_fetch((int *)baton, sum.put, __ATOMIC_SEQ_CST);
    app_end(ctx);
    apr_pool_destroy(pool);
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

static const char *cases[3];

static void reminders_reach_whoever_works_and_only_once(void **state)
{
    app_message_t *list;
    apr_thread_t *threads[2];
    apr_status_t rv;
    int i, put = 0, ward = listed("ward1", NULL);

    (void)state;
    for (i = 0; i < 3; i++)
        cases[i] = site_case_of("legal1", "Agnes Kowalczyk", "9434765919");
    work(cases[0], 5, "ward1", "");       /* somebody's */
    work(cases[1], -2, NULL, "");         /* nobody's: the legal team's */
    work(cases[2], 20, "ward1", "");      /* not yet */
    for (i = 0; i < 2; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, remind_thread, &put, site.pool),
                         APR_SUCCESS);
    for (i = 0; i < 2; i++)
        apr_thread_join(&rv, threads[i]);
    assert_int_equal(put, 2);
    assert_int_equal(remind().put, 0);
    assert_int_equal(listed("ward1", &list), ward + 1);
    assert_int_equal(list[0].kind, APP_NOTICE_AHEAD);
    assert_string_equal(list[0].reference, cases[0]);
    assert_true(listed("legal1", &list) > 0);
    assert_int_equal(list[0].kind, APP_NOTICE_PAST);
    assert_string_equal(list[0].reference, cases[1]);
    assert_int_equal(listed("legal2", NULL), 0);
}

static cd_err_t *cover_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_cover_put(baton, site_clock_now, conn, pool);
}

typedef struct member_t { cd_org_id org; cd_user_id user; } member_t;

static cd_err_t *team_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const member_t *member = baton;

    return store_team_put(member->org, "Legal A", member->user, 1, site_clock_now, conn, pool);
}

static void cover_team_and_passing_on(void **state)
{
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    store_cover_t cover = { .user_id = user_id("ward1"),
                            .covered_by = user_id("reader1"),
                            .first_on = ctx->today,
                            .last_on = ctx->today + 3 };
    member_t member = { ctx->actor->org_id, user_id("ward1") };
    app_message_t *list;
    int ward = listed("ward1", NULL);

    (void)state;
    assert_ok(change(cover_body, &cover));
    assert_ok(change(team_body, &member));
    assert_int_equal(remind().put, 1);    /* the one ahead, to whoever covers */
    assert_int_equal(listed("reader1", &list), 1);
    assert_string_equal(list[0].reference, cases[0]);
    work(cases[2], -15, NULL, "Legal A");
    /* the team's cover, and the legal team it is passed on to */
    assert_int_equal(remind().put, 2);
    assert_int_equal(listed("reader1", NULL), 2);
    assert_int_equal(listed("ward1", NULL), ward);
    listed("legal1", &list);
    assert_int_equal(list[0].kind, APP_NOTICE_ESCALATED);
    assert_int_equal(remind().put, 0);
}

static void settings_are_an_organisations_own(void **state)
{
    app_ctx_t *ctx = site_ctx("admin", 0, NULL);
    cd_problems_t *problems = site_problems();
    app_reminders_t *now, bad = app_reminders_default;

    (void)state;
    assert_ok(app_reminders_get(&now, ctx, "RZ1"));
    assert_int_equal(now->version, 0);
    assert_string_equal(now->ahead, "7, 1");
    bad.ahead = "often";
    bad.escalate_to = "legal2";          /* of another trust */
    assert_code(app_reminders_save(ctx, "RZ1", &bad, problems), CD_E_INVALID);
    assert_true(*site_problem_text(problems, "ahead")
                && *site_problem_text(problems, "escalate_to"));
    now->quiet = CD_YES;
    now->escalate_to = "reader1";
    assert_ok(app_reminders_save(ctx, "RZ1", now, site_problems()));
    assert_code(app_reminders_save(site_ctx("admin", 0, NULL), "RZ1", now, site_problems()),
                CD_E_STALE);
    assert_code(app_reminders_get(&now, site_ctx("legal1", 0, NULL), "RZ1"), CD_E_FORBIDDEN);
    work(cases[1], 1, NULL, "");
    assert_int_equal(remind().put, 0);    /* quiet */
    ctx = site_ctx("admin", 0, NULL);
    assert_ok(app_reminders_get(&now, ctx, "RZ1"));
    assert_string_equal(now->escalate_to, "reader1");
    now->quiet = CD_NO;
    assert_ok(app_reminders_save(ctx, "RZ1", now, site_problems()));
    /* the one ahead, and the late one to the person named now */
    assert_int_equal(remind().put, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_write_rolled_back_leaves_no_message),
        cmocka_unit_test(a_key_puts_once),
        cmocka_unit_test(a_list_is_ones_own),
        cmocka_unit_test(without_an_address_it_stays_on_the_page),
        cmocka_unit_test(it_is_sent_once),
        cmocka_unit_test(an_address_must_be_one),
        cmocka_unit_test(it_is_tried_again_and_then_fails),
        cmocka_unit_test(a_way_that_is_shut_is_not_tried_for_all),
        cmocka_unit_test(a_claim_is_one_senders_and_runs_out),
        cmocka_unit_test(two_jobs_at_once_send_each_once),
        cmocka_unit_test(thresholds),
        cmocka_unit_test(lists_of_days_are_read),
        cmocka_unit_test(reminders_reach_whoever_works_and_only_once),
        cmocka_unit_test(cover_team_and_passing_on),
        cmocka_unit_test(settings_are_an_organisations_own),
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

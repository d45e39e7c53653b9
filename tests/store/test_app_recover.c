/* test_app_recover.c: after a decision: the trust is told, asks for a review, is asked for the sum
 * and pays. */
#include "unit/unit.h"

#include "app/core.h"
#include "app/report.h"
#include "audit/verify.h"
#include "store/db.h"
#include "store/decided_scene.h"

static void told(void **state)
{
    scene_t scene = scene_of("Anna Kowal", 500000);
    app_decided_t *view = view_of("handler", &scene);
    app_decided_t *none;
    const cd_told_t *body;
    app_report_t *report;

    (void)state;
    assert_null(view->why_not[APP_STEP_TELL]);
    assert_string_equal(view->why_not[APP_STEP_RECOVER],
                        "the trust was not told of the decision as it stands");
    assert_code(
        app_decided(&none, site_ctx("legal1", CD_FILE_CLAIM, scene.claim), "RZ1", scene.seq),
        CD_E_NOT_FOUND);
    assert_code(tell("decider", &scene, site_problems()), CD_E_FORBIDDEN);
    assert_ok(tell("handler", &scene, site_problems()));
    view = view_of("legal1", &scene);
    assert_int_equal(view->claim->partial, 1);
    assert_int_equal(view->review_by, day(12, 16));
    body = view->stand.told->body;
    assert_ok(
        app_report(&report, site_ctx("legal1", CD_FILE_CLAIM, scene.claim), "RZ1", scene.seq));
    assert_string_equal(body->report_sha, report->sha256);
    assert_code(tell("handler", &scene, site_problems()), CD_E_STALE);
    assert_code(
        app_decided(&none, site_ctx("legal2", CD_FILE_CLAIM, scene.claim), "RZ1", scene.seq),
        CD_E_NOT_FOUND);
}

static void admin_sql(const char *sql)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(app_conn(ctx));
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS, sql, ctx->pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_COMMIT, "COMMIT", ctx->pool));
    site_done(ctx);
}

/* 1 if verify finds the claim tampered with, and says so of its report. */
static int found_bad(const scene_t *scene)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    audit_verdict_t verdict;

    assert_ok(app_conn(ctx));
    assert_ok(audit_verify(&verdict, scene->claim, ctx->conn, NULL, NULL, ctx->pool));
    if (verdict.tampered)
        assert_non_null(strstr(verdict.first_bad, "decision report"));
    site_done(ctx);
    return verdict.tampered > 0;
}

static const struct { const char *sql, *why; } report_deeds[] = {
    { "DELETE FROM report_kept WHERE part = 1", "the report is gone" },
    { "DELETE FROM report_kept WHERE part = 2", "the letter is gone" },
    { "DELETE FROM report_kept", "all of it is gone" },
    { "DELETE FROM report_kept WHERE part = 1 AND number = 1", "its bytes are gone" },
    { "UPDATE report_kept SET sealed = INSERT(sealed, 40, 1, CHAR(ASCII(SUBSTR(sealed, 40, 1)) ^ "
      "1)) WHERE number = 1",
      "other bytes" },
    { "UPDATE report_kept SET part = 5 - part WHERE part IN (1, 2) ORDER BY part",
      "moved to another part" },
    { "INSERT INTO report_kept SELECT claim_id, UNHEX(REPEAT('ab', 32)), part, number, sealed "
      "FROM kept_before",
      "put in under another fingerprint" },
    { "UPDATE report_pdf SET state = 2", "said to have its PDFs, which are not there" }
};

static void what_is_kept_is_verified(void **state)
{
    scene_t scene = scene_of("Vera Kept", 500000);
    unsigned i;

    (void)state;
    assert_ok(tell("handler", &scene, site_problems()));
    assert_false(found_bad(&scene));
    admin_sql("CREATE TABLE kept_before AS SELECT * FROM report_kept");
    for (i = 0; i < sizeof(report_deeds) / sizeof(report_deeds[0]); i++) {
        admin_sql(report_deeds[i].sql);
        ROW_CHECK(found_bad(&scene), i, report_deeds[i].why);
        admin_sql("DELETE FROM report_kept");
        admin_sql("INSERT INTO report_kept SELECT * FROM kept_before");
        admin_sql("UPDATE report_pdf SET state = 1");
        ROW_CHECK(!found_bad(&scene), i, "restored");
    }
    admin_sql("DROP TABLE kept_before");
}

static void not_told_before_it_was_decided(void **state)
{
    scene_t scene = scene_of("Ada Early", 500000);
    cd_told_t body = { .on = on(11, 17), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = ask_of(&scene);
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    assert_code(app_decided_tell(&seq, site_ctx("handler", CD_FILE_CLAIM, scene.claim), &ask, &body,
                                 problems),
                CD_E_INVALID);
    assert_string_not_equal(site_problem_text(problems, "on"), "");
}

static void reviewed(void **state)
{
    scene_t scene = scene_of("Ben Marsh", 500000);
    cd_problems_t *problems = site_problems();
    app_decided_t *view;

    (void)state;
    /* not told: there is nothing to see */
    assert_code(ask_review("legal1", &scene), CD_E_NOT_FOUND);
    assert_ok(tell("handler", &scene, site_problems()));
    assert_code(review("reviewer", &scene, CD_REVIEW_UPHELD, 0, site_problems()), CD_E_STALE);
    assert_code(ask_review("handler", &scene), CD_E_FORBIDDEN);
    assert_code(ask_review("legal2", &scene), CD_E_NOT_FOUND);
    assert_ok(ask_review("legal1", &scene));
    assert_code(ask_review("legal1", &scene), CD_E_STALE);
    view = view_of("handler", &scene);
    assert_string_equal(
        view->why_not[APP_STEP_RECOVER],
        "the trust asked for a review, and nothing is asked for until it is answered");
    assert_code(recover("handler", &scene, 500000, 1, site_problems()), CD_E_STALE);
    assert_code(review("decider", &scene, CD_REVIEW_QUASHED, 0, site_problems()), CD_E_FORBIDDEN);
    assert_code(review("handler", &scene, CD_REVIEW_QUASHED, 0, site_problems()), CD_E_FORBIDDEN);
    assert_code(review("reviewer", &scene, CD_REVIEW_VARIED, 500000, problems), CD_E_INVALID);
    assert_string_not_equal(site_problem_text(problems, "amount_p"), "");
    assert_code(review("reviewer", &scene, CD_REVIEW_VARIED, 1000001, site_problems()),
                CD_E_INVALID);
    assert_code(review("reviewer", &scene, CD_REVIEW_UPHELD, 1, site_problems()), CD_E_INVALID);
    assert_ok(review("reviewer", &scene, CD_REVIEW_VARIED, 200000, site_problems()));
    view = view_of("handler", &scene);
    assert_int_equal(view->stand.standing, CD_STAND_VARIED);
    assert_int_equal(view->recovered->stands_p, 200000);
    assert_string_equal(view->why_not[APP_STEP_RECOVER],
                        "the trust was not told of the decision as it stands");
    assert_ok(tell("handler", &scene, site_problems()));
    assert_int_equal(view_of("legal1", &scene)->review_by, CD_NO_DATE);
    assert_string_equal(view_of("legal1", &scene)->why_not[APP_STEP_ASK_REVIEW],
                        "the decision was reviewed already");
    assert_code(recover("handler", &scene, 200001, 1, site_problems()), CD_E_INVALID);
    assert_ok(recover("handler", &scene, 200000, 1, site_problems()));
}

static void paid_in_instalments(void **state)
{
    scene_t scene = scene_of("Carol Ody", 500000);
    app_recovery_list_t list = { 0 };
    cd_problems_t *problems = site_problems();
    app_decided_t *view;
    app_claim_view_t *claim;
    cd_payable_t before, after;
    cd_net_t net;
    int first, seq;

    (void)state;
    assert_ok(app_claim_view(&claim, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 0));
    before = claim->payable;
    assert_ok(tell("handler", &scene, site_problems()));
    assert_code(recover("decider", &scene, 500000, 3, site_problems()), CD_E_FORBIDDEN);
    assert_ok(recover("handler", &scene, 500000, 3, site_problems()));
    view = view_of("handler", &scene);
    assert_int_equal(view->recovered->count, 3);
    assert_int_equal(view->recovered->asked[0].amount_p, 166667);
    assert_int_equal(view->recovered->asked[2].amount_p, 166666);
    assert_string_equal(((const cd_recovery_t *)view->recovered->asked[1].record->body)->invoice,
                        "INV-7-2");
    assert_int_equal(view->recovered->to_ask_p, 0);
    assert_code(recover("handler", &scene, 1, 1, site_problems()), CD_E_STALE);
    first = view->recovered->asked[0].record->seq;
    assert_code(receive(&seq, &scene, first, 166668, problems), CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, "amount_p"), "£1,666.67"));
    assert_ok(receive(&seq, &scene, first, 100000, site_problems()));
    assert_code(take_back(&scene, first), CD_E_INVALID);             /* money came for it */
    assert_ok(take_back(&scene, seq));
    assert_code(take_back(&scene, seq), CD_E_INVALID);               /* once */
    assert_int_equal(view_of("handler", &scene)->recovered->received_p, 0);
    assert_ok(receive(&seq, &scene, first, 166667, site_problems()));
    assert_ok(take_back(&scene, first + 2));
    view = view_of("legal1", &scene);
    assert_int_equal(view->recovered->count, 2);
    assert_int_equal(view->recovered->left_p, 166667);
    assert_int_equal(view->recovered->to_ask_p, 166666);
    assert_ok(app_claim_view(&claim, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 0));
    after = claim->payable;
    assert_memory_equal(&before, &after, sizeof(before));
    assert_ok(app_claim_net(&net, site_ctx("handler", CD_FILE_CLAIM, scene.claim), claim));
    assert_int_equal(net.net_p, 4600000 - 166667);
    assert_ok(app_recoveries(&list, site_ctx("legal1", 0, NULL), APP_RECOVERIES_OPEN, NULL, 0));
    assert_true(list.count >= 1);
    assert_code(app_recoveries(&list, site_ctx("legal1", 0, NULL), APP_RECOVERIES_OPEN, "RZ2", 0),
                CD_E_NOT_FOUND);
}

static void quashed(void **state)
{
    scene_t scene = scene_of("Dan Foe", 500000);
    cd_receipt_t back = { .amount_p = 500001, .on = on(11, 18) };
    app_decided_ask_t ask;
    app_recovery_list_t list = { 0 };
    app_decided_t *view;
    int seq, i;

    (void)state;
    assert_ok(tell("handler", &scene, site_problems()));
    assert_ok(recover("handler", &scene, 500000, 1, site_problems()));
    assert_ok(receive(&seq, &scene, view_of("handler", &scene)->recovered->asked[0].record->seq,
                      500000, site_problems()));
    assert_ok(ask_review("legal1", &scene));
    assert_ok(review("reviewer", &scene, CD_REVIEW_QUASHED, 0, site_problems()));
    view = view_of("handler", &scene);
    assert_int_equal(view->stand.standing, CD_STAND_QUASHED);
    assert_int_equal(view->recovered->to_repay_p, 500000);
    assert_int_equal(view->recovered->asked_p, 0);
    ask = ask_of(&scene);
    assert_code(app_recover_repay(&seq, site_ctx("handler", CD_FILE_CLAIM, scene.claim), &ask,
                                  &back, site_problems()),
                CD_E_INVALID);
    back.amount_p = 500000;
    assert_ok(app_recover_repay(&seq, site_ctx("handler", CD_FILE_CLAIM, scene.claim), &ask, &back,
                                site_problems()));
    assert_int_equal(view_of("handler", &scene)->recovered->to_repay_p, 0);
    assert_ok(app_recoveries(&list, site_ctx("handler", 0, NULL), APP_RECOVERIES_ENDED, "RZ1", 0));
    for (i = 0; i < list.count && strcmp(list.rows[i].reference, scene.claim); i++)
        ;
    if (i == list.count)
        fail_msg("%d rows, none of %s; first %s state %d holds %d", list.count, scene.claim,
                 list.count ? list.rows[0].reference : "", list.count ? list.rows[0].state : 0,
                 list.count ? (int)list.rows[0].holds_p : 0);
}

static void stale(void **state)
{
    scene_t scene = scene_of("Eve Gray", 500000);
    cd_told_t body = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = ask_of(&scene);
    int seq;

    (void)state;
    ask.version--;
    assert_code(app_decided_tell(&seq, site_ctx("handler", CD_FILE_CLAIM, scene.claim), &ask, &body,
                                 site_problems()),
                CD_E_STALE);
}

static void allegations(void **state)
{
    scene_t scene = scene_of("Fay Hill", 500000);
    cd_allegation_t allegation = { .org = "RZ1",
                                   .source = 1,
                                   .received = on(11, 15),
                                   .about = "We were told nothing.",
                                   .outcome = 1 };
    cd_regulatory_t fine = {
        .org = "RZ1", .body = 1, .type = 1, .on = on(11, 16), .amount_p = 125000, .breach_count = 1
    };
    app_allegation_list_t list = { 0 };
    app_breaches_t *breaches;
    app_claim_view_t *claim;
    cd_net_t net, with_fine;

    (void)state;
    assert_ok(app_claim_view(&claim, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 0));
    assert_ok(app_claim_net(&net, site_ctx("handler", CD_FILE_CLAIM, scene.claim), claim));
    add_to_claim(scene.claim, CD_REC_ALLEGATION, &allegation);
    add_to_claim(scene.claim, CD_REC_REGULATORY, &fine);
    assert_ok(app_claim_view(&claim, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 0));
    assert_ok(app_claim_net(&with_fine, site_ctx("handler", CD_FILE_CLAIM, scene.claim), claim));
    assert_int_equal(net.net_p, with_fine.net_p);                    /* a memo, in no sum */
    assert_int_equal(net.recovered_p, with_fine.recovered_p);
    assert_ok(app_allegations(&list, site_ctx("regulator", 0, NULL), "RZ1", 0));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.rows[0].is_regulatory, 1);
    assert_int_equal(list.rows[0].memo_p, 125000);
    assert_code(app_allegations(&list, site_ctx("legal1", 0, NULL), NULL, 0), CD_E_FORBIDDEN);
    assert_ok(app_breaches(&breaches, site_ctx("legal1", 0, NULL), "RZ1", 0));
    assert_true(breaches->count > 0 && breaches->units > 0);
    assert_code(app_breaches(&breaches, site_ctx("legal1", 0, NULL), "RZ2", 0), CD_E_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(told),
        POOL_TEST(what_is_kept_is_verified),
        POOL_TEST(not_told_before_it_was_decided),
        POOL_TEST(reviewed),
        POOL_TEST(paid_in_instalments),
        POOL_TEST(quashed),
        POOL_TEST(stale),
        POOL_TEST(allegations),
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

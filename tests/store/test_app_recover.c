/* test_app_recover.c: after a decision: the trust is told, asks for a review, is asked for the sum
 * and pays. */
#include "unit/unit.h"

#include "app/claim_list.h"
#include "app/core.h"
#include "app/decided.h"
#include "app/report.h"
#include "audit/verify.h"
#include "store/claim_scene.h"
#include "store/db.h"
#include "store/standing.h"

typedef struct scene_t { const char *claim, *case1; int seq; } scene_t;

/* A claim of RZ1 with a breach, decided: part of what the scheme gives. */
static scene_t scene_of(const char *patient, apr_int64_t amount_p)
{
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = amount_p,
                               .reasons = "Part of it is explained.",
                               .evidence_seen = "Talk of 4 November 2026" };
    scene_t scene = { .case1 = site_judged_case(patient, "handler") };

    scene.claim = claim_of_one(scene.case1);
    compute_flags(scene.claim);
    put_to_decision(scene.claim);
    assert_ok(app_decision_make(&scene.seq, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1",
                                1, &decision, version_of(scene.claim), site_problems()));
    return scene;
}

static app_decided_ask_t ask_of(const scene_t *scene)
{
    app_decided_ask_t ask = { "RZ1", scene->seq, version_of(scene->claim) };

    return ask;
}

static app_decided_t *view_of(const char *who, const scene_t *scene)
{
    app_decided_t *view;

    assert_ok(app_decided(&view, site_ctx(who, CD_FILE_CLAIM, scene->claim), "RZ1", scene->seq));
    return view;
}

static cd_err_t *tell(const char *who, const scene_t *scene, cd_problems_t *problems)
{
    cd_told_t told = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_tell(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &told,
                            problems);
}

static cd_err_t *ask_review(const char *who, const scene_t *scene)
{
    cd_review_asked_t asked = { .grounds = 1u << CD_GROUND_FACTS,
                                .text = "The notes of 5 November explain the wait." };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_ask_review(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &asked,
                                  site_problems());
}

static cd_err_t *review(const char *who, const scene_t *scene, int outcome, apr_int64_t amount_p,
                        cd_problems_t *problems)
{
    cd_review_t body = { .outcome = outcome,
                         .amount_p = amount_p,
                         .reasons = "The notes were overlooked." };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_review(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &body,
                              problems);
}

static cd_err_t *recover(const char *who, const scene_t *scene, apr_int64_t amount_p, int count,
                         cd_problems_t *problems)
{
    app_recover_t body = { .method = CD_RECOVER_INVOICE,
                           .invoice = "INV-7",
                           .amount_p = amount_p,
                           .count = count,
                           .pace = count > 1 ? CD_PACE_MONTH : 0,
                           .first = day(12, 31) };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_recover(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &body, problems);
}

static cd_err_t *receive(int *seq_out, const scene_t *scene, int recovery_seq, apr_int64_t amount_p,
                         cd_problems_t *problems)
{
    cd_receipt_t body = { .recovery_seq = recovery_seq, .amount_p = amount_p, .on = on(11, 18) };
    app_decided_ask_t ask = ask_of(scene);

    return app_recover_receive(seq_out, site_ctx("handler", CD_FILE_CLAIM, scene->claim), &ask,
                               &body, problems);
}

static cd_err_t *take_back(const scene_t *scene, int seq)
{
    cd_taken_back_t body = { .reason = "Entered in the wrong claim" };
    app_decided_ask_t ask = ask_of(scene);
    int out;

    return app_recover_take_back(&out, site_ctx("handler", CD_FILE_CLAIM, scene->claim), &ask, seq,
                                 &body, site_problems());
}

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

/* What the page says and what a flag elsewhere would count are one number. */
static int breaches_counted(void)
{
    app_ctx_t *ctx = site_ctx("handler", 0, NULL);
    app_breaches_t *breaches;
    int units;

    assert_ok(app_breaches(&breaches, ctx, "RZ1", 0));
    assert_ok(
        store_breach_units(&units, breaches->org->id, breaches->from, 0, ctx->conn, ctx->pool));
    assert_int_equal(units, breaches->units);
    return units;
}

static void changed_to_nothing(void **state)
{
    scene_t scene = scene_of("Ivy King", 500000);
    const int before = breaches_counted();

    (void)state;
    assert_ok(tell("handler", &scene, site_problems()));
    assert_ok(ask_review("legal1", &scene));
    assert_int_equal(breaches_counted(), before);
    assert_ok(review("reviewer", &scene, CD_REVIEW_VARIED, 0, site_problems()));
    assert_int_equal(view_of("handler", &scene)->stand.standing, CD_STAND_VARIED);
    assert_int_equal(breaches_counted(), before - 1);
}

/* The number of breaches raises the sum: the second one had counted the first, which then falls
 * away. */
static void counted(void **state)
{
    static const cd_scheme_t rising = {
        .code = "L3B", .version = 1, .title = "Rising", .formula = CD_L3B_FIXED_STEPS,
        .basis = CD_BASIS_D,
        .requires_damages = CD_YES, .include_ppo = CD_NO, .may_exceed_basis = CD_NO,
        .fixed_p = 1000000, .step_p = 100000, .material = CD_MAT_FULL,
        .window = CD_WIN_FINANCIAL_YEAR, .breach_unit = 1, .evidence_days_wd = 20,
        .needs_finding = CD_NO,
        .authority = "test data"
    };
    cd_looked_t looked = { .finding = CD_LOOK_NO_CHANGE };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_decided_ask_t ask;
    app_decided_t *view;
    scene_t first, second;
    int seq, i;

    (void)state;
    assert_ok(app_scheme_add(ctx, &rising, 1, site_problems()));
    site_done(ctx);
    first = scene_of("Gus Iles", 500000);
    second = scene_of("Hal Jones", 500000);
    assert_ok(tell("handler", &first, site_problems()));
    assert_ok(ask_review("legal1", &first));
    assert_ok(review("reviewer", &first, CD_REVIEW_QUASHED, 0, site_problems()));
    view = view_of("handler", &first);
    assert_int_equal(view->counted_count, 1);
    assert_string_equal(view->counted_by[0].reference, second.claim);
    assert_int_equal(view->counted_by[0].n_now, view->counted_by[0].n_then - 1);
    assert_true(view->counted_by[0].known);
    assert_int_equal(view->counted_by[0].most_then_p,
                     1000000 + 100000 * (view->counted_by[0].n_then - 1));
    assert_int_equal(view->counted_by[0].most_now_p, view->counted_by[0].most_then_p - 100000);
    assert_int_equal(view->counted_by[0].looked_seq, 0);
    view = view_of("handler", &second);
    assert_int_equal(view->look_count, 1);
    /* nothing is changed by itself */
    assert_int_equal(view->decision->amount_p, 500000);
    assert_null(view->why_not[APP_STEP_LOOK]);
    ask = ask_of(&second);
    assert_ok(app_decided_look(&seq, site_ctx("handler", CD_FILE_CLAIM, second.claim), &ask,
                               &looked, site_problems()));
    view = view_of("handler", &first);
    for (i = 0; i < view->counted_count; i++)
        assert_int_equal(view->counted_by[i].looked_seq, seq);
    assert_string_equal(view_of("handler", &second)->why_not[APP_STEP_LOOK],
                        "there is nothing to look at");
}

/* Two breaches fell away that one decision had counted: each is looked at by itself, the one that
 * fell away first before the other, and none is done with by words about another. */
static void two_causes(void **state)
{
    scene_t causes[2], last;
    app_ctx_t *ctx;
    app_decided_t *view;
    int i, j, seq;

    (void)state;
    for (i = 0; i < 2; i++)
        causes[i] = scene_of(i ? "Kit Lowe" : "Jo Kerr", 500000);
    last = scene_of("Lia Moss", 500000);
    for (i = 0; i < 2; i++) {
        site_clock_now += apr_time_from_sec(60);
        assert_ok(tell("handler", &causes[i], site_problems()));
        assert_ok(ask_review("legal1", &causes[i]));
        assert_ok(review("reviewer", &causes[i], CD_REVIEW_QUASHED, 0, site_problems()));
    }
    for (i = 0; i < 2; i++) {
        cd_looked_t looked = { .finding = CD_LOOK_NO_CHANGE };
        app_decided_ask_t ask = ask_of(&last);

        view = view_of("handler", &last);
        assert_int_equal(view->look_count, 2);
        assert_null(view->why_not[APP_STEP_LOOK]);
        ctx = site_ctx("handler", CD_FILE_CLAIM, last.claim);
        assert_ok(app_decided_look(&seq, ctx, &ask, &looked, site_problems()));
        assert_string_equal(looked.cause,
                            apr_psprintf(site.pool, "%s %d", causes[i].claim, causes[i].seq));
        view = view_of("handler", &last);
        for (j = 0; j < 2; j++)
            if (!strcmp(view->looks[j].cause, causes[i].claim))
                assert_int_equal(view->looks[j].looked_seq, seq);
            else
                assert_true(i ? view->looks[j].looked_seq != 0 : !view->looks[j].looked_seq);
    }
    assert_string_equal(view->why_not[APP_STEP_LOOK], "there is nothing to look at");
}

/* Decided again, for nothing: the breach is gone as if it had been quashed, and who counted it is
 * named. */
static void replaced(void **state)
{
    cd_decision_t nothing = { .outcome = CD_DEC_NONE,
                              .reasons = "The log that came later explains all of it.",
                              .evidence_seen = "Log of 5 November 2026" };
    cd_payment_t more = { .kind = CD_PAY_DEFENCE_COSTS, .amount_p = 100, .paid = on(11, 13) };
    cd_indication_t indication = { .message = "This is indicated.", .answer_by = day(12, 2) };
    cd_for_decision_t sending = { .note = NULL };
    scene_t first = scene_of("Rae Stone", 500000), second = scene_of("Sid Thorn", 500000),
            again = first;
    app_decided_t *view;
    int count;

    (void)state;
    add_to_claim(first.claim, CD_REC_PAYMENT, &more);
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, first.claim), NULL,
                               version_of(first.claim)));
    step(first.claim, CD_REC_INDICATION, &indication);
    step(first.claim, CD_REC_FOR_DECISION, &sending);
    assert_ok(app_decision_make(&again.seq, site_ctx("decider", CD_FILE_CLAIM, first.claim), "RZ1",
                                2, &nothing, version_of(first.claim), site_problems()));
    view = view_of("handler", &first);
    assert_int_equal(view->stand.standing, CD_STAND_REPLACED);
    assert_int_equal(view->counted_count, 1);
    assert_string_equal(view->counted_by[0].reference, second.claim);
    assert_int_equal(view->counted_by[0].n_now, view->counted_by[0].n_then - 1);
    assert_int_equal(view_of("handler", &second)->look_count, 1);
}

static app_claim_work_row_t work_row(const char *claim)
{
    const app_claim_filter_t filter = { .whose = APP_CLAIM_ALL,
                                        .sort = APP_CLAIM_BY_CHANGED,
                                        .open = APP_CLAIM_EITHER };
    app_claim_work_list_t list;
    int i;

    assert_ok(app_claim_work_list(&list, site_ctx("handler", 0, NULL), &filter, 0));
    for (i = 0; i < list.count; i++)
        if (!strcmp(list.rows[i].row.reference, claim))
            return list.rows[i];
    fail_msg("%s is not in the list", claim);
    return list.rows[0];
}

static apr_int64_t left_of_year(void)
{
    app_recovery_total_t *totals;
    int i, count;

    assert_ok(app_recovery_totals(&totals, &count, site_ctx("handler", 0, NULL), 2026));
    for (i = 0; i < count; i++)
        if (!strcmp(totals[i].org_code, "RZ1"))
            return totals[i].left_p;
    return 0;
}

/* Instalments of the claim in a list, as this person reads it. */
static int listed(const char *who, int list, const char *claim)
{
    app_recovery_list_t rows;
    int i, count = 0;

    assert_ok(app_recoveries(&rows, site_ctx(who, 0, NULL), list, "RZ1", 0));
    for (i = 0; i < rows.count; i++)
        count += !strcmp(rows.rows[i].reference, claim);
    return count;
}

/* Money that came under the earlier decision is none of the later one: page and work list say the
 * same. The trust reads its instalment as it was told, until it is told of the later one. */
static void paid_before_it_was_replaced(void **state)
{
    cd_decision_t less = { .outcome = CD_DEC_PART,
                           .amount_p = 400000,
                           .reasons = "Some of it is explained since.",
                           .evidence_seen = "Log of 5 November 2026" };
    cd_payment_t more = { .kind = CD_PAY_DEFENCE_COSTS, .amount_p = 100, .paid = on(11, 13) };
    cd_indication_t indication = { .message = "This is indicated.", .answer_by = day(12, 2) };
    cd_for_decision_t sending = { .note = NULL };
    scene_t first = scene_of("Tia Upton", 500000), again = first;
    const apr_int64_t left_p = left_of_year();
    app_claim_work_row_t row;
    app_claim_view_t *view;
    int count, seq;

    (void)state;
    assert_ok(tell("handler", &first, site_problems()));
    assert_ok(recover("handler", &first, 500000, 1, site_problems()));
    assert_ok(receive(&seq, &first, view_of("handler", &first)->recovered->asked[0].record->seq,
                      500000, site_problems()));
    assert_int_equal(work_row(first.claim).stage, CD_STAGE_DONE);
    add_to_claim(first.claim, CD_REC_PAYMENT, &more);
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, first.claim), NULL,
                               version_of(first.claim)));
    step(first.claim, CD_REC_INDICATION, &indication);
    step(first.claim, CD_REC_FOR_DECISION, &sending);
    assert_ok(app_decision_make(&again.seq, site_ctx("decider", CD_FILE_CLAIM, first.claim), "RZ1",
                                2, &less, version_of(first.claim), site_problems()));
    assert_int_equal(listed("handler", APP_RECOVERIES_ENDED, first.claim), 1);
    assert_int_equal(listed("legal1", APP_RECOVERIES_SETTLED, first.claim), 1);
    assert_int_equal(listed("legal1", APP_RECOVERIES_ENDED, first.claim), 0);
    assert_ok(tell("handler", &again, site_problems()));
    assert_int_equal(listed("legal1", APP_RECOVERIES_SETTLED, first.claim), 0);
    assert_int_equal(listed("legal1", APP_RECOVERIES_ENDED, first.claim), 1);
    assert_ok(recover("handler", &again, 400000, 1, site_problems()));
    row = work_row(first.claim);
    assert_int_equal(row.stage, CD_STAGE_RECOVERING);
    assert_int_equal(row.decided_p, 400000);
    /* what came too much there pays nothing here */
    assert_int_equal(left_of_year(), left_p + 400000);
    assert_ok(app_claim_view(&view, site_ctx("handler", CD_FILE_CLAIM, first.claim), 0));
    assert_int_equal(view->parties[0].round->now->stage, CD_STAGE_RECOVERING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(told), POOL_TEST(what_is_kept_is_verified),
                  POOL_TEST(not_told_before_it_was_decided), POOL_TEST(reviewed),
        POOL_TEST(paid_in_instalments), POOL_TEST(quashed), POOL_TEST(stale),
        POOL_TEST(allegations), POOL_TEST(changed_to_nothing), POOL_TEST(counted),
        POOL_TEST(two_causes), POOL_TEST(replaced), POOL_TEST(paid_before_it_was_replaced)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

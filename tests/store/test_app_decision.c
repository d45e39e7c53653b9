/* test_app_decision.c: who may decide, on what, and how much. */
#include "unit/unit.h"

#include "app/core.h"
#include "app/decided.h"
#include "app/flag_replay.h"
#include "app/report.h"
#include "audit/verify.h"
#include "store/claim_scene.h"
#include "store/db.h"
#include "store/standing.h"

typedef struct scene_t {
    const char *claim, *case1;
    int version;
} scene_t;

/* The flags; that of RZ1 goes to the decision-makers where there is something to decide. */
static void compute(scene_t *scene)
{
    app_flag_view_t *view;

    compute_flags(scene->claim);
    assert_ok(app_flag_view(&view, site_ctx("handler", CD_FILE_CLAIM, scene->claim), "RZ1", 0));
    if (cd_flag_decidable((int)view->flag->flag->state))
        put_to_decision(scene->claim);
    scene->version = version_of(scene->claim);
}

/* A claim with damages of 46,000 pounds, two trusts, and a talk that `judge` found too late. */
static scene_t scene_of(const char *judge, const char *patient)
{
    scene_t scene = { .case1 = site_judged_case(patient, judge) };
    cd_parties_t parties = { { { "RZ1", 7000, scene.case1 }, { "RZ2", 3000, NULL } } };

    scene.claim = settled_claim(parties, 4600000);
    compute(&scene);
    return scene;
}

static cd_decision_t part_of(apr_int64_t amount_p)
{
    cd_decision_t decision = { .outcome = CD_DEC_PART, .amount_p = amount_p,
                               .reasons = "Part of the wait is explained by the notes.",
                               .evidence_seen = "Talk of 4 November 2026 and the notes" };
    return decision;
}

static cd_err_t *decide(int *seq, const char *who, const scene_t *scene, const char *org_code,
                        int flag_seq, const cd_decision_t *decision, cd_problems_t *problems)
{
    return app_decision_make(seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), org_code, flag_seq,
                             decision, scene->version, problems);
}

static void decided(void **state)
{
    scene_t scene = scene_of("handler", "Anna Kowal");
    cd_decision_t decision = part_of(500000);
    app_flag_view_t *view;
    cd_payable_t before;
    int seq;

    (void)state;
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->flag->flag->state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(view->flag->flag->indicated_p, 1000000);
    assert_null(view->why_not);
    before = view->claim->payable;
    assert_ok(decide(&seq, "decider", &scene, "RZ1", view->flag->seq, &decision, site_problems()));
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->decision->amount_p, 500000);
    assert_string_equal(view->decision->decided_by, "decider");
    assert_string_equal(view->decision->reasons, decision.reasons);
    assert_string_equal(view->why_not, "this version of the flag was decided already");
    assert_int_equal(view->claim->decided_p, 500000);
    assert_memory_equal(&view->claim->payable, &before, sizeof(before));
    scene.version = version_of(scene.claim);
    assert_code(decide(&seq, "decider", &scene, "RZ1", view->flag->seq, &decision, site_problems()),
                CD_E_STALE);
}

typedef struct sum_t { int outcome; apr_int64_t amount_p; int good; const char *why; } sum_t;

static void limits(void **state)
{
    static const sum_t sums[] = {
        { CD_DEC_PART, 1000001, 0, "more than indicated" },
        { CD_DEC_PART, 1000000, 0, "part must be less than all" },
        { CD_DEC_PART, 0, 0, "part of nothing" },
        { CD_DEC_PART, -1, 0, "less than nothing" },
        { CD_DEC_FULL, 999999, 0, "full is the indicated sum" },
        { CD_DEC_NONE, 1, 0, "none is nothing" },
        { CD_DEC_FULL, 1000000, 1, "the indicated sum" }
    };
    scene_t scene = scene_of("handler", "Ben Marsh");
    unsigned i;
    int seq;

    (void)state;
    for (i = 0; i < COUNT_OF(sums); i++) {
        cd_decision_t decision = part_of(sums[i].amount_p);
        cd_err_t *err;

        decision.outcome = sums[i].outcome;
        err = decide(&seq, "decider", &scene, "RZ1", 1, &decision, site_problems());
        ROW_CHECK(sums[i].good ? !err : err && err->code == CD_E_INVALID, i, sums[i].why);
    }
}

static void needs_reasons(void **state)
{
    scene_t scene = scene_of("handler", "Carol Ody");
    cd_decision_t decision = part_of(500000);
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    decision.reasons = NULL;
    decision.evidence_seen = NULL;
    assert_code(decide(&seq, "decider", &scene, "RZ1", 1, &decision, problems), CD_E_INVALID);
    assert_string_not_equal(site_problem_text(problems, "reasons"), "");
    assert_string_not_equal(site_problem_text(problems, "evidence_seen"), "");
}

static void four_eyes(void **state)
{
    scene_t scene = scene_of("decider", "Dan Foe");        /* the decision-maker judged the case */
    cd_decision_t decision = part_of(500000);
    app_flag_view_t *view;
    cd_err_t *err;
    int seq;

    (void)state;
    err = decide(&seq, "decider", &scene, "RZ1", 1, &decision, site_problems());
    assert_code(err, CD_E_FORBIDDEN);
    assert_string_equal(err->public_text, "you entered some of the evidence");
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_string_equal(view->why_not, "you entered some of the evidence");
    assert_code(decide(&seq, "handler", &scene, "RZ1", 1, &decision, site_problems()),
                CD_E_FORBIDDEN);
    assert_code(decide(&seq, "legal1", &scene, "RZ1", 1, &decision, site_problems()),
                CD_E_FORBIDDEN);
    assert_code(decide(&seq, "reviewer", &scene, "RZ1", 1, &decision, site_problems()),
                CD_E_FORBIDDEN);
}

/* A case that was linked once has been weighed: taking it out again makes nobody impartial. */
static void four_eyes_of_an_earlier_set(void **state)
{
    scene_t scene = scene_of("decider", "Hal Jones");
    cd_parties_t parties = { { { "RZ1", 7000, NULL }, { "RZ2", 3000, NULL } } };
    cd_decision_t decision = { .outcome = CD_DEC_NONE,
                               .reasons = "Nothing is on record.",
                               .evidence_seen = "None" };
    app_flag_view_t *view;
    int seq;

    (void)state;
    add_to_claim(scene.claim, CD_REC_PARTIES, &parties);
    compute(&scene);
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_string_equal(view->why_not, "you entered some of the evidence");
    assert_code(decide(&seq, "decider", &scene, "RZ1", view->flag->seq, &decision, site_problems()),
                CD_E_FORBIDDEN);
}

static void newest_flag_only(void **state)
{
    scene_t scene = scene_of("handler", "Eve Gray");
    cd_decision_t decision = part_of(500000);
    cd_err_t *err;
    int seq;

    (void)state;
    compute(&scene);                                       /* flags 3 and 4 follow 1 and 2 */
    err = decide(&seq, "decider", &scene, "RZ1", 1, &decision, site_problems());
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text, "there is a newer version of this flag");
    assert_code(decide(&seq, "decider", &scene, "RZ1", 2, &decision, site_problems()),
                CD_E_NOT_FOUND);
    assert_code(decide(&seq, "decider", &scene, "RZ1", 99, &decision, site_problems()),
                CD_E_NOT_FOUND);
    assert_code(decide(&seq, "decider", &scene, "RZ9", 3, &decision, site_problems()),
                CD_E_NOT_FOUND);
    scene.version--;
    assert_code(decide(&seq, "decider", &scene, "RZ1", 3, &decision, site_problems()), CD_E_STALE);
    scene.version++;
    assert_ok(decide(&seq, "decider", &scene, "RZ1", 3, &decision, site_problems()));
}

/* Where no breach is indicated a decision can only be "nothing". */
static void nothing_indicated(void **state)
{
    scene_t scene = scene_of("handler", "Fay Hill");
    cd_decision_t decision = part_of(1);
    int seq;

    (void)state;
    assert_code(decide(&seq, "decider", &scene, "RZ2", 2, &decision, site_problems()),
                CD_E_INVALID);
}

/* A confirmed breach counts for the trust's next claim, not for its own. */
static void breaches_counted(void **state)
{
    scene_t scene = scene_of("handler", "Gil Irons");
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, scene.claim);
    const cd_org_t *org;
    store_head_t *head;
    cd_decision_t decision = part_of(500000);
    int before, after, own, seq;

    (void)state;
    assert_ok(app_org(&org, ctx, "RZ1"));
    assert_ok(store_head_get(&head, CD_FILE_CLAIM, scene.claim, 0, ctx->conn, ctx->pool));
    assert_ok(store_breach_units(&before, org->id, 0, 0, ctx->conn, ctx->pool));
    store_read_end(ctx->conn);
    assert_ok(decide(&seq, "decider", &scene, "RZ1", 1, &decision, site_problems()));
    ctx = site_ctx("handler", CD_FILE_CLAIM, scene.claim);
    assert_ok(store_breach_units(&after, org->id, 0, 0, ctx->conn, ctx->pool));
    assert_ok(store_breach_units(&own, org->id, 0, head->id, ctx->conn, ctx->pool));
    assert_int_equal(after, before + 1);
    assert_int_equal(own, before);
}

/* What a reason rests on is kept with the flag, so that a page can name it. */
static void records_named(void **state)
{
    scene_t scene = scene_of("handler", "Ned Poole");
    app_flag_view_t *view;
    const cd_flag_t *flag;
    int i, talks = 0;

    (void)state;
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    flag = view->flag->flag;
    assert_true(flag->record_count > 0);
    for (i = 0; i < flag->record_count; i++) {
        assert_string_equal(flag->records[i].case_reference, scene.case1);
        talks += flag->records[i].kind == CD_REC_TALK;
        if (flag->records[i].kind == CD_REC_TALK)
            assert_int_equal(flag->records[i].happened.first, site_talk()->told.first);
    }
    assert_int_equal(talks, 1);
}

/* Whether a flag is out of date does not hang on whose clock is ahead. */
static void changed_by_a_slow_clock(void **state)
{
    scene_t scene = scene_of("handler", "Ivy Kent");
    cd_decision_t decision = part_of(500000);
    apr_time_t ahead = apr_time_from_sec(600);
    app_flag_view_t *view;
    cd_err_t *err;
    int seq;

    (void)state;
    site_clock_now += ahead;
    compute(&scene);
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->flag->out_of_date, 0);
    site_clock_now -= ahead;
    site_add("legal1", scene.case1, CD_REC_TALK, site_talk());
    site_clock_now += ahead;
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->flag->out_of_date, 1);
    err = decide(&seq, "decider", &scene, "RZ1", view->flag->seq, &decision, site_problems());
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text,
                        "the claim or a case has changed since: compute the flag again");
    compute(&scene);
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->flag->out_of_date, 0);
    add_to_claim(scene.claim, CD_REC_PAYMENT,
                 &(cd_payment_t){ .kind = CD_PAY_DAMAGES_LUMP, .amount_p = 1, .paid = on(11, 13) });
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 0));
    assert_int_equal(view->flag->out_of_date, 1);
}

static void scheme_put(const char *code, int formula)
{
    cd_scheme_t scheme = { .code = code,
                           .version = 7,
                           .title = code,
                           .formula = formula,
                           .basis = CD_BASIS_D,
                           .requires_damages = CD_YES,
                           .include_ppo = CD_NO,
                           .may_exceed_basis = CD_NO,
                           .capped_by_damages = CD_YES,
                           .steps_p = { 1000000, 2000000 },
                           .step_count = 2,
                           .material = CD_MAT_FULL,
                           .window = CD_WIN_ALL,
                           .breach_unit = CD_UNIT_CLAIM,
                           .evidence_days_wd = 20,
                           .needs_finding = CD_NO,
                           .authority = "test data" };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    if (formula == CD_L1_FIXED_CAPPED_BY_DAMAGES) {
        scheme.fixed_p = 1000000;
        scheme.step_count = 0;
    }
    assert_ok(app_scheme_add(ctx, &scheme, 1, site_problems()));
    site_done(ctx);
}

/* Two claims of one trust, both flagged as its n-th breach: the second decision meets the first. */
static void another_claim_decided(void **state)
{
    scene_t first, second;
    cd_decision_t decision = part_of(500000);
    app_flag_view_t *view;
    cd_err_t *err;
    int seq;

    (void)state;
    scheme_put("L3", CD_L3_FIXED_RISING);
    first = scene_of("handler", "Jan Lund");
    second = scene_of("handler", "Kim Moss");
    assert_ok(decide(&seq, "decider", &first, "RZ1", 1, &decision, site_problems()));
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, second.claim), "RZ1", 0));
    assert_non_null(view->why_not);
    err = decide(&seq, "decider", &second, "RZ1", 1, &decision, site_problems());
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text,
                        "another decision on this trust was made since: compute the flag again");
    compute(&second);
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, second.claim), "RZ1", 0));
    assert_null(view->why_not);
    assert_ok(decide(&seq, "decider", &second, "RZ1", view->flag->seq, &decision, site_problems()));
    scheme_put("L1", CD_L1_FIXED_CAPPED_BY_DAMAGES);
    first = scene_of("handler", "Lil Nash");
    second = scene_of("handler", "Max Orr");
    assert_ok(decide(&seq, "decider", &first, "RZ1", 1, &decision, site_problems()));
    /* no sum rises here */
    assert_ok(decide(&seq, "decider", &second, "RZ1", 1, &decision, site_problems()));
}

static cd_err_t *confirm(const scene_t *scene, int decision_seq)
{
    cd_confirmation_t body = { .verdict = CD_CONFIRM_YES };
    app_round_ask_t ask = { .kind = CD_REC_CONFIRMATION, .org_code = "RZ1", .body = &body,
                            .decision_seq = decision_seq, .version = version_of(scene->claim) };
    int seq;

    return app_round_record(&seq, site_ctx("decider2", CD_FILE_CLAIM, scene->claim), &ask,
                            site_problems());
}

static cd_err_t *report_of(const char *who, const scene_t *scene, int decision_seq)
{
    app_report_t *report;

    return app_report(&report, site_ctx(who, CD_FILE_CLAIM, scene->claim), "RZ1", decision_seq);
}

/* Breaches are counted over the year of the decision, not over that of the flag; a decision that
 * waits for its second person was made on its own day. */
static void year_turned(void **state)
{
    static const cd_scheme_t yearly = {
        .code = "L3", .version = 8, .title = "Rising within a year", .formula = CD_L3_FIXED_RISING,
        .basis = CD_BASIS_D,
        .requires_damages = CD_YES, .include_ppo = CD_NO, .may_exceed_basis = CD_NO,
        .capped_by_damages = CD_YES,
        .steps_p = { 1000000, 2000000 }, .step_count = 2, .material = CD_MAT_FULL,
        .window = CD_WIN_FINANCIAL_YEAR,
        .breach_unit = CD_UNIT_CLAIM, .evidence_days_wd = 20, .needs_finding = CD_NO,
        .confirm_above_p = 600000,
        .authority = "test data"
    };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    cd_decision_t decision = part_of(500000), large = part_of(700000);
    scene_t first, second, waits, again;
    app_flag_view_t *view;
    app_round_view_t *round;
    app_share_t *share;
    int seq, waits_seq, count;
    cd_err_t *err;

    (void)state;
    site_user("decider2", CD_ROLE_DECIDER, NULL);
    assert_ok(app_scheme_add(ctx, &yearly, 1, site_problems()));
    site_done(ctx);
    first = scene_of("handler", "Nia Pugh");
    assert_ok(decide(&seq, "decider", &first, "RZ1", 1, &decision, site_problems()));
    second = scene_of("handler", "Oli Quinn");
    waits = scene_of("handler", "Pia Rowe");
    assert_ok(decide(&waits_seq, "decider", &waits, "RZ1", 1, &large, site_problems()));
    again = scene_of("handler", "Quin Shaw");
    assert_ok(decide(&seq, "decider", &again, "RZ1", 1, &large, site_problems()));
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, again.claim), "RZ1",
                               version_of(again.claim)));
    err = confirm(&again, seq);            /* it was decided on another version of the flag */
    assert_code(err, CD_E_STALE);
    assert_string_equal(
        err->public_text,
        "the flag was computed again since it was decided on: send the decision back");
    site_clock_now += apr_time_from_sec(APR_INT64_C(135) * 86400);   /* 2 April 2027 */
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, second.claim), "RZ1", 0));
    assert_string_equal(
        view->why_not,
        "the time over which breaches are counted has moved on since: compute the flag again");
    err = decide(&seq, "decider", &second, "RZ1", 1, &decision, site_problems());
    assert_code(err, CD_E_STALE);
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, second.claim), "RZ1",
                               version_of(second.claim)));
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, second.claim), "RZ1", 0));
    assert_int_equal(view->flag->flag->indicated_p, 1000000);         /* the first of its year */
    assert_ok(app_round_view(&round, site_ctx("decider2", CD_FILE_CLAIM, waits.claim), "RZ1"));
    /* by the day on which it was decided */
    assert_int_equal(round->round.in.flag_old, 0);
    err = app_share_made(&share, site_ctx("handler", CD_FILE_CLAIM, waits.claim), "RZ1",
                         APP_SHARE_DECISION);
    assert_code(err, CD_E_STALE);          /* nobody outside is told of what counts for nothing */
    /* proposed: it counts for nothing yet */
    assert_code(report_of("legal1", &waits, waits_seq), CD_E_NOT_FOUND);
    assert_ok(report_of("decider2", &waits, waits_seq));
    assert_ok(confirm(&waits, waits_seq));
    /* it stands, and the trust was not told of it yet */
    assert_code(report_of("legal1", &waits, waits_seq), CD_E_NOT_FOUND);
    assert_ok(app_share_made(&share, site_ctx("handler", CD_FILE_CLAIM, waits.claim), "RZ1",
                             APP_SHARE_DECISION));
}

/* A flag that another version of the program wrote is reckoned anew with the number of breaches
 * that it counted. */
static void replayed_by_another_engine(void **state)
{
    cd_decision_t decision = part_of(500000);
    app_replay_t *replay;
    scene_t scene, next;
    app_ctx_t *ctx;
    int seq;

    (void)state;
    scheme_put("L3", CD_L3_FIXED_RISING);
    scene = scene_of("handler", "Uma Vale");
    assert_ok(decide(&seq, "decider", &scene, "RZ1", 1, &decision, site_problems()));
    next = scene_of("handler", "Wes Yarrow");
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_conn(ctx));
    assert_ok(store_command(
        ctx->conn, STORE_CALL_SETTINGS,
        apr_psprintf(ctx->pool,
                     "UPDATE liability_flag f JOIN claim c"
                     " ON c.claim_id = f.claim_id SET f.engine = '0.9' WHERE c.reference = '%s'",
                     next.claim),
        ctx->pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_COMMIT, "COMMIT", ctx->pool));
    assert_ok(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, next.claim), 1, 0));
    assert_false(replay->same_engine);
    assert_int_equal(replay->sum_then_p, 2000000);        /* the second, and later */
    assert_int_equal(replay->sum_now_p, replay->sum_then_p);
    assert_int_equal(replay->state_now, replay->state_then);
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS,
                            "UPDATE liability_flag SET engine = '" CD_ENGINE_VERSION "'",
                            ctx->pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_COMMIT, "COMMIT", ctx->pool));
    site_done(ctx);
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
        POOL_TEST(decided), POOL_TEST(limits), POOL_TEST(needs_reasons), POOL_TEST(four_eyes),
        POOL_TEST(four_eyes_of_an_earlier_set),
        POOL_TEST(newest_flag_only), POOL_TEST(nothing_indicated), POOL_TEST(breaches_counted),
        POOL_TEST(records_named), POOL_TEST(changed_by_a_slow_clock),
                  POOL_TEST(another_claim_decided),
        POOL_TEST(replayed_by_another_engine), POOL_TEST(year_turned), POOL_TEST(chains_good)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

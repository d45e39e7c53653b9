/* test_app_flag.c: flags as they are kept: another version where something changed, and replay of
 * what was stored. */
#include "unit/unit.h"

#include "app/core.h"
#include "app/decided.h"
#include "app/flag_replay.h"
#include "app/scheme.h"
#include "store/claim_scene.h"
#include "store/db.h"

typedef struct scene_t { const char *claim, *case1; } scene_t;

/* RZ1 told too late and was judged so; damages of 46,000 pounds are paid. */
static scene_t scene_of(const char *patient)
{
    scene_t scene = { .case1 = site_judged_case(patient, "handler") };

    scene.claim = claim_of_one(scene.case1);
    compute_flags(scene.claim);
    return scene;
}

static app_flag_view_t *view_of(const scene_t *scene)
{
    app_flag_view_t *view;

    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene->claim), "RZ1", 0));
    return view;
}

static int decide(const scene_t *scene, apr_int64_t amount_p)
{
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = amount_p,
                               .reasons = "Part of it is explained.",
                               .evidence_seen = "Talk of 4 November 2026" };
    int seq;

    put_to_decision(scene->claim);
    assert_ok(app_decision_make(&seq, site_ctx("decider", CD_FILE_CLAIM, scene->claim), "RZ1",
                                view_of(scene)->flag->seq, &decision, version_of(scene->claim),
                                site_problems()));
    return seq;
}

static void scheme_put(const cd_scheme_t *with, int version)
{
    cd_scheme_t scheme = *with;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    scheme.version = version;
    scheme.title = "Made for this test";
    scheme.basis = CD_BASIS_D;
    scheme.requires_damages = CD_YES;
    scheme.material = CD_MAT_FULL;
    scheme.breach_unit = CD_UNIT_CLAIM;
    scheme.evidence_days_wd = 20;
    scheme.authority = "test data";
    assert_ok(app_scheme_add(ctx, &scheme, 1, site_problems()));
    site_done(ctx);
}

/* Under L7 a trust's contribution that nobody has entered stops no flag; once it is entered, the
 * flag is out of date. */
static void contribution_not_known(void **state)
{
    const cd_scheme_t uplift = { .code = "L7", .formula = CD_L7_CONTRIBUTION_UPLIFT, .bp = 100,
                                 .window = CD_WIN_FINANCIAL_YEAR, .may_exceed_basis = CD_YES };
    const cd_scheme_t fixed = { .code = "L1",
                                .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                .fixed_p = 1000000,
                                .window = CD_WIN_ALL };
    app_replay_t *replay;
    scene_t scene;

    (void)state;
    scheme_put(&uplift, 1);
    scene = scene_of("Anna Kowal");
    assert_int_equal(view_of(&scene)->flag->flag->state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(view_of(&scene)->flag->flag->indicated_p, 0);
    assert_non_null(strstr(view_of(&scene)->flag->flag->sum.lines[0].text, "is not known"));
    assert_ok(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 1, 0));
    assert_true(replay->answer_same && replay->inputs_same);
    assert_ok(app_contribution_set(site_ctx("handler", 0, NULL), "RZ1", 2026, 200000000,
                                   site_problems()));
    assert_string_equal(view_of(&scene)->why_not,
                        "the trust’s contribution for the year was entered or changed since: "
                        "compute the flag again");
    compute_flags(scene.claim);
    assert_int_equal(view_of(&scene)->flag->flag->indicated_p, 2000000);
    assert_ok(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, scene.claim), 1, 0));
    /* the first is replayed as it was */
    assert_true(replay->answer_same && replay->inputs_same);
    scheme_put(&fixed, 2);
}

/* A decision that falls on review is one breach less for flags that are computed afterwards;
 * decisions stay. */
static void quashed(void **state)
{
    const cd_scheme_t rising = { .code = "L3",
                                 .formula = CD_L3_FIXED_RISING,
                                 .steps_p = { 1000000, 2000000, 3000000 },
                                 .step_count = 3,
                                 .window = CD_WIN_FINANCIAL_YEAR };
    const cd_scheme_t fixed = { .code = "L1",
                                .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                .fixed_p = 1000000,
                                .window = CD_WIN_ALL };
    cd_told_t told = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    cd_review_asked_t asked = { .grounds = 1u << CD_GROUND_FACTS,
                                .text = "The notes of 5 November explain the wait." };
    cd_review_t fell = { .outcome = CD_REVIEW_QUASHED, .reasons = "The notes were overlooked." };
    scene_t first, second, third;
    app_decided_ask_t ask = { .org_code = "RZ1" };
    app_decided_t *view;
    int before, second_seq, seq;

    (void)state;
    scheme_put(&rising, 1);
    first = scene_of("Ben Marsh");
    before = view_of(&first)->flag->flag->counted.breach_number;
    ask.decision_seq = decide(&first, 400000);
    second = scene_of("Carol Ody");
    assert_int_equal(view_of(&second)->flag->flag->counted.breach_number, before + 1);
    second_seq = decide(&second, 700000);
    third = scene_of("Dan Foe");
    assert_int_equal(view_of(&third)->flag->flag->counted.breach_number, before + 2);
    ask.version = version_of(first.claim);
    assert_ok(app_decided_tell(&seq, site_ctx("handler", CD_FILE_CLAIM, first.claim), &ask, &told,
                               site_problems()));
    ask.version = version_of(first.claim);
    assert_ok(app_decided_ask_review(&seq, site_ctx("legal1", CD_FILE_CLAIM, first.claim), &ask,
                                     &asked, site_problems()));
    ask.version = version_of(first.claim);
    assert_ok(app_decided_review(&seq, site_ctx("reviewer", CD_FILE_CLAIM, first.claim), &ask,
                                 &fell, site_problems()));
    assert_string_equal(view_of(&third)->why_not,
                        "another decision on this trust was made since: compute the flag again");
    compute_flags(third.claim);
    assert_int_equal(view_of(&third)->flag->flag->counted.breach_number, before + 1);
    assert_ok(
        app_decided(&view, site_ctx("handler", CD_FILE_CLAIM, second.claim), "RZ1", second_seq));
    assert_int_equal(view->stand.standing, CD_STAND_STANDS);
    assert_int_equal(view->stand.amount_p, 700000);
    /* as it was weighed */
    assert_int_equal(view_of(&second)->flag->flag->counted.breach_number, before + 1);
    scheme_put(&fixed, 3);
}

/* Reopened and settled for more: another version, the first still there, and what was decided on it
 * stands. */
static void resettled(void **state)
{
    cd_claim_status_t open_again = { .status = CD_CLAIM_REOPENED, .on = on(11, 14) };
    scene_t scene = scene_of("Eve Gray");
    app_flag_view_t *view;

    (void)state;
    decide(&scene, 300000);
    add_to_claim(scene.claim, CD_REC_CLAIM_STATUS, &open_again);
    settle(scene.claim, 5000000, 16);
    view = view_of(&scene);
    assert_int_equal(view->flag->seq, 1);
    assert_int_equal(view->flag->out_of_date, 1);
    compute_flags(scene.claim);
    view = view_of(&scene);
    assert_int_equal(view->version_count, 2);
    assert_int_equal(view->flag->seq, 2);
    assert_int_equal(view->flag->flag->sum.basis_p, 9600000);
    assert_int_equal(view->versions[1]->flag->sum.basis_p, 4600000);
    assert_null(view->decision);
    assert_ok(app_flag_view(&view, site_ctx("decider", CD_FILE_CLAIM, scene.claim), "RZ1", 1));
    assert_int_equal(view->decision->amount_p, 300000);
}

/* ---- replay ---- */

static void admin_sql(const char *sql)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(app_conn(ctx));
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS, sql, ctx->pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_COMMIT, "COMMIT", ctx->pool));
    site_done(ctx);
}

static app_replay_t *replay_of(const scene_t *scene)
{
    app_replay_t *replay;

    assert_ok(app_replay(&replay, site_ctx("auditor", CD_FILE_CLAIM, scene->claim), 1, 0));
    return replay;
}

static const char *where(const scene_t *scene)
{
    return apr_psprintf(
        site.pool,
        "WHERE seq = 1 AND claim_id = (SELECT claim_id FROM claim WHERE reference = '%s')",
        scene->claim);
}

static void tampered(void **state)
{
    scene_t scene = scene_of("Fay Hill");
    app_replay_t *replay = replay_of(&scene);
    app_replay_t *none;

    (void)state;
    assert_true(replay->fingerprint && replay->answer_same && replay->inputs_same
                && replay->same_engine);
    assert_int_equal(replay->sum_then_p, replay->sum_now_p);
    admin_sql(
        apr_pstrcat(site.pool,
                    "UPDATE liability_flag SET answer = REPLACE(answer, '\"indicated_p\":1000000', "
                    "'\"indicated_p\":1000001') ",
                    where(&scene), NULL));
    replay = replay_of(&scene);
    assert_true(replay->fingerprint && replay->inputs_same && !replay->answer_same);
    assert_string_equal(replay->answer.pointer, "/indicated_p");
    assert_string_equal(replay->answer.was, "1000001");
    assert_string_equal(replay->answer.is, "1000000");
    admin_sql(
        apr_pstrcat(site.pool,
                    "UPDATE liability_flag SET answer = REPLACE(answer, '\"indicated_p\":1000001', "
                    "'\"indicated_p\":1000000'), inputs = REPLACE(inputs, '\"damages_p\":4600000', "
                    "'\"damages_p\":600000') ",
                    where(&scene), NULL));
    replay = replay_of(&scene);
    assert_true(!replay->fingerprint && !replay->inputs_same && !replay->answer_same);
    assert_string_equal(replay->inputs.pointer, "/sums/damages_p");
    assert_string_equal(replay->inputs.was, "600000");
    assert_string_equal(replay->inputs.is, "4600000");
    assert_int_equal(replay->sum_now_p, 600000);
    admin_sql(
        apr_pstrcat(site.pool, "UPDATE liability_flag SET inputs = 'x' ", where(&scene), NULL));
    assert_non_null(app_replay(&none, site_ctx("auditor", CD_FILE_CLAIM, scene.claim), 1, 0));
    assert_code(app_replay(&none, site_ctx("auditor", CD_FILE_CLAIM, scene.claim), 9, 0),
                CD_E_NOT_FOUND);
    assert_code(app_replay(&none, site_ctx("legal2", CD_FILE_CLAIM, scene.claim), 1, 0),
                CD_E_NOT_FOUND);
    assert_code(app_replay(&none, site_ctx("ward1", CD_FILE_CLAIM, scene.claim), 1, 0),
                CD_E_FORBIDDEN);
}

/* What another engine wrote is reckoned anew from the records of then, and state and sum are
 * compared. */
static void older_engine(void **state)
{
    scene_t scene = scene_of("Gil Irons");
    app_replay_t *replay;

    (void)state;
    admin_sql(
        apr_pstrcat(site.pool, "UPDATE liability_flag SET engine = '0.9' ", where(&scene), NULL));
    add_to_claim(scene.claim, CD_REC_PAYMENT,
                 &(cd_payment_t){ .kind = CD_PAY_DAMAGES_LUMP, .amount_p = 1, .paid = on(11, 13) });
    replay = replay_of(&scene);
    assert_false(replay->same_engine);
    assert_non_null(strstr(replay->why_not, "engine 0.9"));
    assert_int_equal(replay->state_now, replay->state_then);
    assert_int_equal(replay->sum_now_p, replay->sum_then_p);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(contribution_not_known), POOL_TEST(quashed),
                                        POOL_TEST(resettled), POOL_TEST(tampered),
                                        POOL_TEST(older_engine) };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

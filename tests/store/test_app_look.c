/* test_app_look.c: a decision that falls, changes or is replaced: what had counted it is looked at
 * again, and money that came under it is none of the later one. */
#include "unit/unit.h"

#include "app/claim_list.h"
#include "store/decided_scene.h"
#include "store/standing.h"

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

/* A payment more, and the claim's second flag is told, sent and decided on. Gives the decision. */
static int decided_again(const scene_t *scene, const cd_decision_t *decision)
{
    cd_payment_t more = { .kind = CD_PAY_DEFENCE_COSTS, .amount_p = 100, .paid = on(11, 13) };
    cd_indication_t indication = { .message = "This is indicated.", .answer_by = day(12, 2) };
    cd_for_decision_t sending = { .note = NULL };
    int seq;

    add_to_claim(scene->claim, CD_REC_PAYMENT, &more);
    compute_flags(scene->claim);
    step(scene->claim, CD_REC_INDICATION, &indication);
    step(scene->claim, CD_REC_FOR_DECISION, &sending);
    assert_ok(app_decision_make(&seq, site_ctx("decider", CD_FILE_CLAIM, scene->claim), "RZ1", 2,
                                decision, version_of(scene->claim), site_problems()));
    return seq;
}

/* Decided again, for nothing: the breach is gone as if it had been quashed, and who counted it is
 * named. */
static void replaced(void **state)
{
    cd_decision_t nothing = { .outcome = CD_DEC_NONE,
                              .reasons = "The log that came later explains all of it.",
                              .evidence_seen = "Log of 5 November 2026" };
    scene_t first = scene_of("Rae Stone", 500000), second = scene_of("Sid Thorn", 500000);
    app_decided_t *view;

    (void)state;
    decided_again(&first, &nothing);
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
    scene_t first = scene_of("Tia Upton", 500000), again = first;
    const apr_int64_t left_p = left_of_year();
    app_claim_work_row_t row;
    app_claim_view_t *view;
    int seq;

    (void)state;
    assert_ok(tell("handler", &first, site_problems()));
    assert_ok(recover("handler", &first, 500000, 1, site_problems()));
    assert_ok(receive(&seq, &first, view_of("handler", &first)->recovered->asked[0].record->seq,
                      500000, site_problems()));
    assert_int_equal(work_row(first.claim).stage, CD_STAGE_DONE);
    again.seq = decided_again(&first, &less);
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
        POOL_TEST(changed_to_nothing),
        POOL_TEST(counted),
        POOL_TEST(two_causes),
        POOL_TEST(replaced),
        POOL_TEST(paid_before_it_was_replaced),
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

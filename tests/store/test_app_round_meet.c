/* test_app_round_meet.c: two people who act at once, two trusts in one claim, a form that comes
 * twice, and what each step of the round costs. */
#include "unit/unit.h"

#include "app/decided.h"
#include "app/scheme.h"
#include "store/round_scene.h"
#include "web/request.h"

/* ---- deciding, confirming, reviewing ------------------------------------- */

static long decisions_of(const scene_t *scene)
{
    return site_number(
        apr_psprintf(site.pool,
                     "SELECT COUNT(*) FROM liability_decision d JOIN claim c ON c.claim_id ="
                     " d.claim_id WHERE c.reference = \"%s\"",
                     scene->claim));
}

static void not_sent(void **state)
{
    scene_t scene = scene_of("Jan Lund");
    say_t handler = { .who = "handler", .org = "RZ1" };
    cd_err_t *err;
    int seq;

    (void)state;
    err = decide(&seq, &scene, 1);
    assert_code(err, CD_E_STALE);
    assert_int_equal(web_status(err->code), 409);
    assert_non_null(strstr(err->public_text, "sent this version of the flag for decision"));
    /* nor is it sent before the trust is told */
    assert_code(send_on(&seq, &scene), CD_E_STALE);
    indicate(&scene, &handler);
    assert_code(decide(&seq, &scene, 1), CD_E_STALE);
    assert_ok(send_on(&seq, &scene));
    assert_code(send_on(&seq, &scene), CD_E_STALE);
    assert_ok(decide(&seq, &scene, 1));
    assert_int_equal(decisions_of(&scene), 1);
}

static void second_needed(int from_p)
{
    static int version = 1;
    cd_scheme_t scheme = { .code = "L1",
                           .version = ++version,
                           .title = "Fixed sum, at most the damages",
                           .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                           .basis = CD_BASIS_D,
                           .requires_damages = CD_YES,
                           .include_ppo = CD_NO,
                           .may_exceed_basis = CD_NO,
                           .fixed_p = 1000000,
                           .material = CD_MAT_FULL,
                           .window = CD_WIN_ALL,
                           .breach_unit = 1,
                           .evidence_days_wd = 20,
                           .needs_finding = CD_NO,
                           .confirm_above_p = from_p,
                           .authority = "test data" };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(app_scheme_add(ctx, &scheme, 1, site_problems()));
    site_done(ctx);
}

static cd_err_t *second(const scene_t *scene, const char *who, int decision_seq, int verdict,
                        int version)
{
    cd_confirmation_t body = { .verdict = verdict,
                               .reasons = verdict == CD_CONFIRM_RETURNED ? "Look again." : NULL };
    app_round_ask_t ask = { .kind = CD_REC_CONFIRMATION,
                            .org_code = "RZ1",
                            .body = &body,
                            .version = version,
                            .decision_seq = decision_seq };
    int seq;

    return app_round_record(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask,
                            site_problems());
}

static void confirm_meets_new_evidence(void **state)
{
    scene_t scene;
    cd_err_t *err;
    int seq, seen;

    (void)state;
    site_user("decider2", CD_ROLE_DECIDER, NULL);
    second_needed(100000);
    scene = scene_of("Kim Moss");
    seq = decided(&scene, 1);
    assert_int_equal(stage_of(&scene, "RZ1"), CD_STAGE_PROPOSED);
    assert_code(second(&scene, "decider", seq, CD_CONFIRM_YES, version_of(scene.claim)),
                CD_E_FORBIDDEN);
    seen = version_of(scene.claim);
    /* in the case: the claim's version stays */
    site_add("legal1", scene.case1, CD_REC_TALK, site_talk());
    assert_int_equal(version_of(scene.claim), seen);
    err = second(&scene, "decider2", seq, CD_CONFIRM_YES, seen);
    assert_code(err, CD_E_STALE);
    assert_int_equal(web_status(err->code), 409);
    assert_string_equal(err->public_text,
                        "the claim or a case has changed since: compute the flag again");
    assert_int_equal(stage_of(&scene, "RZ1"), CD_STAGE_PROPOSED);
    assert_ok(second(&scene, "decider2", seq, CD_CONFIRM_RETURNED, seen));
    assert_code(second(&scene, "decider2", seq, CD_CONFIRM_YES, seen), CD_E_STALE);
    assert_code(second(&scene, "decider2", seq, CD_CONFIRM_YES, version_of(scene.claim)),
                CD_E_STALE);
    second_needed(0);
}

static cd_err_t *tell(const scene_t *scene, int decision_seq)
{
    cd_told_t body = { .on = cd_when_day(cd_london_date(site_clock())), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = { "RZ1", decision_seq, version_of(scene->claim) };
    int seq;

    return app_decided_tell(&seq, site_ctx("handler", CD_FILE_CLAIM, scene->claim), &ask, &body,
                            site_problems());
}

static cd_err_t *ask_review(const scene_t *scene, int decision_seq)
{
    cd_review_asked_t body = { .grounds = 1u << CD_GROUND_FACTS,
                               .text = "The notes explain the wait." };
    app_decided_ask_t ask = { "RZ1", decision_seq, version_of(scene->claim) };
    int seq;

    return app_decided_ask_review(&seq, site_ctx("legal1", CD_FILE_CLAIM, scene->claim), &ask,
                                  &body, site_problems());
}

static cd_err_t *review_at(const scene_t *scene, int decision_seq, int version)
{
    cd_review_t body = { .outcome = CD_REVIEW_UPHELD, .reasons = "Nothing was overlooked." };
    app_decided_ask_t ask = { "RZ1", decision_seq, version };
    int seq;

    return app_decided_review(&seq, site_ctx("reviewer", CD_FILE_CLAIM, scene->claim), &ask, &body,
                              site_problems());
}

/* A decision whose review is open, and a newer flag of the same trust that was sent for decision.
 */
static scene_t both_open(const char *patient, int *decision_seq)
{
    scene_t scene = scene_of(patient);
    cd_payment_t more = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = 900000, .paid = on(11, 13) };
    say_t handler = { .who = "handler", .org = "RZ1" };
    int seq;

    *decision_seq = decided(&scene, 1);
    assert_ok(tell(&scene, *decision_seq));
    assert_ok(ask_review(&scene, *decision_seq));
    add_to_claim(scene.claim, CD_REC_PAYMENT, &more);
    compute_flags(scene.claim);
    indicate(&scene, &handler);
    assert_ok(send_on(&seq, &scene));
    return scene;
}

static void review_meets_decision(void **state)
{
    int first, seq, seen;
    scene_t scene = both_open("Lil Nash", &first);

    (void)state;
    seen = version_of(scene.claim);
    assert_ok(decide_at(&seq, &scene, 3, seen));
    /* of two who saw the same, the second */
    assert_code(review_at(&scene, first, seen), CD_E_STALE);
    /* who asked is answered; nothing hangs on it */
    assert_ok(review_at(&scene, first, version_of(scene.claim)));
    assert_int_equal(view_of("handler", &scene, "RZ1")->decision->seq, seq);
    assert_int_equal(view_of("handler", &scene, "RZ1")->decision->standing, CD_STAND_STANDS);
    scene = both_open("Max Orr", &first);
    seen = version_of(scene.claim);
    assert_ok(review_at(&scene, first, seen));
    assert_code(decide_at(&seq, &scene, 3, seen), CD_E_STALE);
    assert_int_equal(decisions_of(&scene), 1);
}

/* ---- two trusts ---------------------------------------------------------- */

static int own_only(const char *who, const scene_t *scene, const char *org, const char *other)
{
    app_claim_view_t *view;
    app_round_view_t *round;
    int i, own = 0;

    assert_ok(app_claim_view(&view, site_ctx(who, CD_FILE_CLAIM, scene->claim), 0));
    assert_int_equal(view->partial, 1);
    assert_int_equal(view->party_count, 1);
    assert_string_equal(view->parties[0].org->code, org);
    for (i = 0; i < view->claim->count; i++) {
        const cd_record_t *record = &view->claim->records[i];

        if (!cd_record_org(record))
            continue;
        assert_string_equal(cd_record_org(record), org);
        assert_true(cd_record_for_trust(record->kind));
        own++;
    }
    assert_code(app_round_view(&round, site_ctx(who, CD_FILE_CLAIM, scene->claim), other),
                CD_E_NOT_FOUND);
    return own;
}

static void each_trust_its_own(void **state)
{
    scene_t scene;
    cd_allegation_t allegation = { .org = "RZ2",
                                   .source = 1,
                                   .received = on(11, 15),
                                   .about = "We were told nothing.",
                                   .outcome = 1 };
    say_t first = { .who = "handler", .org = "RZ1" };
    int seq, number;

    (void)state;
    second_needed(100000);
    scene = scene_of("Ned Poole");
    ask_for(&scene, "RZ1", "The note of the talk.");
    number = decided(&scene, 3);
    ask_for(&scene, "RZ2", "The letter.");
    assert_ok(answer(&seq, &scene, "legal2", "RZ2"));
    add_to_claim(scene.claim, CD_REC_ALLEGATION, &allegation);
    /* asked, indicated: no sending, no decision */
    assert_int_equal(own_only("legal1", &scene, "RZ1", "RZ2"), 2);
    /* asked, answered: no allegation */
    assert_int_equal(own_only("legal2", &scene, "RZ2", "RZ1"), 2);
    /* proposed: it does not stand yet */
    assert_null(view_of("legal1", &scene, "RZ1")->decision);
    assert_ok(second(&scene, "decider2", number, CD_CONFIRM_YES, version_of(scene.claim)));
    second_needed(0);
    assert_ok(tell(&scene, number));
    assert_int_equal(own_only("legal1", &scene, "RZ1", "RZ2"), 3);
    assert_int_equal(own_only("legal2", &scene, "RZ2", "RZ1"), 2);
    assert_int_equal(view_of("legal1", &scene, "RZ1")->decision->amount_p, 200000);
    assert_null(view_of("legal2", &scene, "RZ2")->decision);
    first.who = "legal2";
    assert_code(answer(&seq, &scene, first.who, "RZ1"), CD_E_NOT_FOUND);
    assert_code(answer(&seq, &scene, "legal1", "RZ2"), CD_E_NOT_FOUND);
}

/* ---- twice, and how dear ------------------------------------------------- */

static cd_err_t *asked_with_key(int *seq, const scene_t *scene, int key, int body, int version)
{
    cd_request_t request = request_of("The note.");
    app_round_ask_t ask = {
        .kind = CD_REC_REQUEST, .org_code = "RZ1", .body = &request, .version = version
    };
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, scene->claim);

    site_key(ctx, key, body);
    return app_round_record(seq, ctx, &ask, site_problems());
}

static void same_key_twice(void **state)
{
    scene_t scene = scene_of("Pat Quill");
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = 200000,
                               .reasons = "Part of it is explained.",
                               .evidence_seen = "Talk of 4 November 2026" };
    say_t handler = { .who = "handler", .org = "RZ1" };
    int version = version_of(scene.claim), first, again, seq, i;

    (void)state;
    assert_ok(asked_with_key(&first, &scene, 71, 1, version));
    assert_ok(asked_with_key(&again, &scene, 71, 1, version));
    assert_int_equal(again, first);
    assert_int_equal(version_of(scene.claim), version + 1);
    assert_int_equal(messages(&scene, "legal1", APP_NOTICE_EVIDENCE_ASKED), 1);
    assert_code(asked_with_key(&again, &scene, 71, 2, version), CD_E_KEY_REUSED);
    indicate(&scene, &handler);
    assert_ok(send_on(&seq, &scene));
    version = version_of(scene.claim);
    for (i = 0; i < 2; i++) {
        app_ctx_t *ctx = site_ctx("decider", CD_FILE_CLAIM, scene.claim);

        site_key(ctx, 72, 1);
        assert_ok(app_decision_make(i ? &again : &first, ctx, "RZ1", 3, &decision, version,
                                    site_problems()));
    }
    assert_int_equal(again, first);
    assert_int_equal(version_of(scene.claim), version + 1);
}

static int trips(void)
{
    store_stats_t stats;
    int i;

    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
    store_stats(&stats, site.store);
    return (int)stats.round_trips;
}

enum {
    TRIP_ASK,
    TRIP_ANSWER,
    TRIP_INDICATE,
    TRIP_SEND,
    TRIP_DECIDE,
    TRIP_TELL,
    TRIP_REVIEW,
    TRIP__COUNT
};
static const char *const trip_words[] = { "ask",    "answer", "indicate",    "send",
                                          "decide", "tell",   "ask a review" };

/* One step, without what the test itself looks up for it. */
static int trips_of(const scene_t *scene, const char *who, int step, int version)
{
    cd_request_t request = request_of("The note.");
    cd_answer_t reply = { .answer = CD_ANSWER_NONE_EXISTS, .text = "None was made." };
    cd_indication_t told = { .answer_by = day(12, 2) };
    cd_for_decision_t sending = { .note = NULL };
    cd_told_t letter = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    cd_review_asked_t asked = { .grounds = 1u << CD_GROUND_FACTS,
                                .text = "The notes explain the wait." };
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = 200000,
                               .reasons = "Part of it is explained.",
                               .evidence_seen = "Talk of 4 November 2026" };
    app_decided_ask_t after = { "RZ1", 1, version };          /* told on the day of the clock */
    app_round_ask_t ask = { .org_code = "RZ1", .version = version, .early = 1 };
    static const cd_record_kind_t kinds[] = { CD_REC_REQUEST, CD_REC_ANSWER, CD_REC_INDICATION,
                                              CD_REC_FOR_DECISION };
    void *const bodies[] = { &request, &reply, &told, &sending };
    const int before = trips();
    app_ctx_t *ctx = site_ctx(who, CD_FILE_CLAIM, scene->claim);
    int seq;

    if (step <= TRIP_SEND) {
        ask.kind = kinds[step];
        ask.body = bodies[step];
        assert_ok(app_round_record(&seq, ctx, &ask, site_problems()));
    } else if (step == TRIP_DECIDE) {
        assert_ok(app_decision_make(&seq, ctx, "RZ1", 4, &decision, version, site_problems()));
    } else if (step == TRIP_TELL) {
        assert_ok(app_decided_tell(&seq, ctx, &after, &letter, site_problems()));
    } else {
        assert_ok(app_decided_ask_review(&seq, ctx, &after, &asked, site_problems()));
    }
    return trips() - before;
}

static void trips_of_a_round(int out[TRIP__COUNT], const scene_t *scene)
{
    static const char *const who[] = { "handler", "legal1",  "handler", "handler",
                                       "decider", "handler", "legal1" };
    int i;

    for (i = 0; i < TRIP__COUNT; i++) {
        int version;

        if (i == TRIP_INDICATE)
            compute_flags(scene->claim);
        version = version_of(scene->claim);
        out[i] = trips_of(scene, who[i], i, version);
    }
}

/* What a step costs is written down here, and does not grow with what the claim holds. Asking
 * computes the flag that follows with it. A connection prepares each statement once, which costs a
 * trip of its own: the cheapest of some rounds is what counts. */
static void round_trips(void **state)
{
    static const int most[TRIP__COUNT] = { 23, 15, 19, 17, 28, 33, 17 };
    cd_reserve_t reserve = { .head = 1, .amount_p = 100000, .on = on(11, 12) };
    int least[2][TRIP__COUNT], one[TRIP__COUNT], number, i;

    (void)state;
    for (number = 0; number < 6; number++) {
        scene_t scene = scene_of("Rae Stone");

        for (i = 0; number % 2 && i < 25; i++) {
            reserve.amount_p += 100;
            add_to_claim(scene.claim, CD_REC_RESERVE, &reserve);
        }
        trips_of_a_round(one, &scene);
        for (i = 0; i < TRIP__COUNT; i++)
            if (number < 2 || one[i] < least[number % 2][i])
                least[number % 2][i] = one[i];
    }
    for (i = 0; i < TRIP__COUNT; i++) {
        ROW_CHECK(least[0][i] == least[1][i], i, trip_words[i]);
        ROW_CHECK(least[0][i] <= most[i], i,
                  apr_psprintf(site.pool, "%s: %d", trip_words[i], least[0][i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(not_sent), POOL_TEST(confirm_meets_new_evidence),
                  POOL_TEST(review_meets_decision),
        POOL_TEST(each_trust_its_own), POOL_TEST(same_key_twice), POOL_TEST(round_trips)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

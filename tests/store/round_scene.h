/* round_scene.h: a claim of two trusts up to its flags, and each step of the round as one call, for
 * tests of the round.
 *
 * Include it after store/app_site.h. */
#ifndef CD_TESTS_STORE_ROUND_SCENE_H
#define CD_TESTS_STORE_ROUND_SCENE_H

#include "app/notice.h"
#include "store/claim_scene.h"

typedef struct scene_t { const char *claim, *case1, *case2; } scene_t;

/* Damages of 5,000 pounds, of which RZ1 has 70 %; its talk was judged too late. RZ2's case has
 * nothing on record. */
static inline scene_t scene_of(const char *patient)
{
    scene_t scene = { .case1 = site_judged_case(patient, "handler"),
                      .case2 = site_case_of("legal2", patient, NULL) };
    cd_parties_t parties = { { { "RZ1", 7000, scene.case1 }, { "RZ2", 3000, scene.case2 } } };

    site_open_case("legal2", scene.case2);
    scene.claim = settled_claim(parties, 500000);
    assert_int_equal(compute_flags(scene.claim), 2);
    return scene;
}

typedef struct say_t {
    const char *who, *org;
    int supersedes, early, decision_seq;
    const char *reason;
} say_t;

static inline cd_err_t *said(int *seq, const scene_t *scene, const say_t *say,
                             cd_record_kind_t kind, void *body, cd_problems_t *problems)
{
    app_round_ask_t ask = { .kind = kind,
                            .org_code = say->org,
                            .body = body,
                            .version = version_of(scene->claim),
                            .supersedes = say->supersedes,
                            .reason = say->reason,
                            .early = say->early,
                            .decision_seq = say->decision_seq };

    return app_round_record(seq, site_ctx(say->who, CD_FILE_CLAIM, scene->claim), &ask, problems);
}

static inline cd_request_t request_of(const char *what)
{
    cd_request_t request = {
        .rules = 1u << CD_RULE_E02, .what = what, .why = "Nothing is on record.", .due = day(12, 2)
    };

    return request;
}

static inline int ask_for(const scene_t *scene, const char *org, const char *what)
{
    cd_request_t request = request_of(what);
    say_t say = { .who = "handler", .org = org };
    int seq;

    assert_ok(said(&seq, scene, &say, CD_REC_REQUEST, &request, site_problems()));
    return seq;
}

static inline cd_err_t *answer(int *seq, const scene_t *scene, const char *who, const char *org)
{
    cd_answer_t body = { .answer = CD_ANSWER_NONE_EXISTS, .text = "None was made." };
    say_t say = { .who = who, .org = org };

    return said(seq, scene, &say, CD_REC_ANSWER, &body, site_problems());
}

static inline int indicate(const scene_t *scene, const say_t *say)
{
    cd_indication_t body = { .message = "This is indicated.", .answer_by = day(12, 2) };
    int seq;

    assert_ok(said(&seq, scene, say, CD_REC_INDICATION, &body, site_problems()));
    return seq;
}

static inline cd_err_t *send_on(int *seq, const scene_t *scene)
{
    cd_for_decision_t body = { .note = NULL };
    say_t say = { .who = "handler", .org = "RZ1", .early = 1 };

    return said(seq, scene, &say, CD_REC_FOR_DECISION, &body, site_problems());
}

static inline cd_err_t *decide_at(int *seq, const scene_t *scene, int flag_seq, int version)
{
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = 200000,
                               .reasons = "Part of it is explained.",
                               .evidence_seen = "Talk of 4 November 2026" };

    return app_decision_make(seq, site_ctx("decider", CD_FILE_CLAIM, scene->claim), "RZ1", flag_seq,
                             &decision, version, site_problems());
}

static inline cd_err_t *decide(int *seq, const scene_t *scene, int flag_seq)
{
    return decide_at(seq, scene, flag_seq, version_of(scene->claim));
}

/* Told, sent and decided on the newest flag of RZ1. */
static inline int decided(const scene_t *scene, int flag_seq)
{
    say_t handler = { .who = "handler", .org = "RZ1" };
    int seq;

    indicate(scene, &handler);
    assert_ok(send_on(&seq, scene));
    assert_ok(decide(&seq, scene, flag_seq));
    return seq;
}

static inline app_round_view_t *view_of(const char *who, const scene_t *scene, const char *org)
{
    app_round_view_t *view;

    assert_ok(app_round_view(&view, site_ctx(who, CD_FILE_CLAIM, scene->claim), org));
    return view;
}

static inline int stage_of(const scene_t *scene, const char *org)
{
    return (int)view_of("handler", scene, org)->round.now->stage;
}

static inline const cd_record_t *record_of(const app_claim_view_t *view, int seq)
{
    int i;

    for (i = 0; i < view->claim->count; i++)
        if (view->claim->records[i].seq == seq)
            return &view->claim->records[i];
    return NULL;
}

static inline long messages(const scene_t *scene, const char *subject, int kind)
{
    return site_number(
        apr_psprintf(site.pool,
                     "SELECT COUNT(*) FROM outbox o JOIN app_user u ON u.user_id = o.user_id "
                     "WHERE o.reference = \"%s\" AND u.subject = \"%s\" AND o.kind = %d",
                     scene->claim, subject, kind));
}

#endif

/* decided_scene.h: a claim that is decided, and each step after it as one call, for tests of what
 * comes after a decision.
 *
 * Include it after unit/unit.h. The trust is RZ1 throughout. */
#ifndef CD_TESTS_STORE_DECIDED_SCENE_H
#define CD_TESTS_STORE_DECIDED_SCENE_H

#include "app/decided.h"
#include "store/claim_scene.h"

typedef struct scene_t { const char *claim, *case1; int seq; } scene_t;

/* A claim of RZ1 with a breach, decided: part of what the scheme gives. */
static inline scene_t scene_of(const char *patient, apr_int64_t amount_p)
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

static inline app_decided_ask_t ask_of(const scene_t *scene)
{
    app_decided_ask_t ask = { "RZ1", scene->seq, version_of(scene->claim) };

    return ask;
}

static inline app_decided_t *view_of(const char *who, const scene_t *scene)
{
    app_decided_t *view;

    assert_ok(app_decided(&view, site_ctx(who, CD_FILE_CLAIM, scene->claim), "RZ1", scene->seq));
    return view;
}

static inline cd_err_t *tell(const char *who, const scene_t *scene, cd_problems_t *problems)
{
    cd_told_t told = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_tell(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &told,
                            problems);
}

static inline cd_err_t *ask_review(const char *who, const scene_t *scene)
{
    cd_review_asked_t asked = { .grounds = 1u << CD_GROUND_FACTS,
                                .text = "The notes of 5 November explain the wait." };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_ask_review(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &asked,
                                  site_problems());
}

static inline cd_err_t *review(const char *who, const scene_t *scene, int outcome,
                               apr_int64_t amount_p, cd_problems_t *problems)
{
    cd_review_t body = { .outcome = outcome,
                         .amount_p = amount_p,
                         .reasons = "The notes were overlooked." };
    app_decided_ask_t ask = ask_of(scene);
    int seq;

    return app_decided_review(&seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), &ask, &body,
                              problems);
}

static inline cd_err_t *recover(const char *who, const scene_t *scene, apr_int64_t amount_p,
                                int count, cd_problems_t *problems)
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

static inline cd_err_t *receive(int *seq_out, const scene_t *scene, int recovery_seq,
                                apr_int64_t amount_p, cd_problems_t *problems)
{
    cd_receipt_t body = { .recovery_seq = recovery_seq, .amount_p = amount_p, .on = on(11, 18) };
    app_decided_ask_t ask = ask_of(scene);

    return app_recover_receive(seq_out, site_ctx("handler", CD_FILE_CLAIM, scene->claim), &ask,
                               &body, problems);
}

static inline cd_err_t *take_back(const scene_t *scene, int seq)
{
    cd_taken_back_t body = { .reason = "Entered in the wrong claim" };
    app_decided_ask_t ask = ask_of(scene);
    int out;

    return app_recover_take_back(&out, site_ctx("handler", CD_FILE_CLAIM, scene->claim), &ask, seq,
                                 &body, site_problems());
}

#endif

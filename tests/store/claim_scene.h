/* claim_scene.h: a settled claim whose trust told too late, up to its flags and on to the
 * decision-makers, for tests of what comes after.
 *
 * Include it after store/app_site.h. The trust asked is RZ1 throughout. */
#ifndef CD_TESTS_STORE_CLAIM_SCENE_H
#define CD_TESTS_STORE_CLAIM_SCENE_H

#include "app/round.h"
#include "store/app_site.h"

static inline int version_of(const char *claim)
{
    app_claim_view_t *view;

    assert_ok(app_claim_view(&view, site_ctx("handler", CD_FILE_CLAIM, claim), 0));
    return view->row.version;
}

static inline void add_to_claim(const char *claim, cd_record_kind_t kind, void *body)
{
    app_record_ask_t ask = { .kind = kind, .body = body, .version = version_of(claim) };
    int seq;

    assert_ok(
        app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim), &ask, site_problems()));
}

/* Damages that are paid and end the claim, on a day of November. */
static inline void settle(const char *claim, apr_int64_t damages_p, int day_of_month)
{
    cd_payment_t payment = { .kind = CD_PAY_DAMAGES_LUMP,
                             .amount_p = damages_p,
                             .paid = on(11, day_of_month) };
    cd_claim_status_t settled = { .status = CD_CLAIM_SETTLED_DAMAGES, .on = on(11, day_of_month) };

    add_to_claim(claim, CD_REC_PAYMENT, &payment);
    add_to_claim(claim, CD_REC_CLAIM_STATUS, &settled);
}

/* A claim of these trusts, settled on 12 November. */
static inline const char *settled_claim(cd_parties_t parties, apr_int64_t damages_p)
{
    cd_claim_facts_t facts = { .title = "Told too late",
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(11, 10) };
    const char *claim;

    assert_ok(app_claim_create(&claim, site_ctx("handler", 0, NULL), &facts, site_problems()));
    claim = apr_pstrdup(site.pool, claim);
    add_to_claim(claim, CD_REC_PARTIES, &parties);
    settle(claim, damages_p, 12);
    return claim;
}

/* What most of them try: one trust that bears it all, and damages of 46,000 pounds. */
static inline const char *claim_of_one(const char *case1)
{
    cd_parties_t parties = { { { "RZ1", 10000, case1 } } };

    return settled_claim(parties, 4600000);
}

/* Flags of all its trusts; how many are new. */
static inline int compute_flags(const char *claim)
{
    int count;

    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, claim), NULL,
                               version_of(claim)));
    return count;
}

/* A step of the round by the handler, who need not wait for a day that has not come. */
static inline void step(const char *claim, cd_record_kind_t kind, void *body)
{
    app_round_ask_t ask = {
        .kind = kind, .org_code = "RZ1", .body = body, .version = version_of(claim), .early = 1
    };
    int seq;

    assert_ok(
        app_round_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim), &ask, site_problems()));
}

/* The trust is told what is indicated, and the newest flag goes to the decision-makers. */
static inline void put_to_decision(const char *claim)
{
    cd_indication_t indication = { .message = "This is indicated.", .answer_by = day(12, 2) };
    cd_for_decision_t sending = { .note = NULL };

    step(claim, CD_REC_INDICATION, &indication);
    step(claim, CD_REC_FOR_DECISION, &sending);
}

#endif

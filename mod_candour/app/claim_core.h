/* claim_core.h: what the use cases of the claim share.
 *
 * Requires: core.h, claim.h.   Provides: app_claim_facts_t and the readers of claims and flags.   Used by: app. */
#ifndef CD_APP_CLAIM_CORE_H
#define CD_APP_CLAIM_CORE_H

#include "app/claim.h"
#include "app/core.h"

/** A claim as at a day, and what the claimant is to be paid: made of the claim's own records alone. */
typedef struct app_claim_facts_t {
    const cd_record_t *all;              /* every record, later ones too */
    int all_count;
    cd_claim_t *claim;
    cd_payable_t payable;
    cd_ledger_t ledger;
} app_claim_facts_t;
cd_err_t *app_claim_read(app_claim_facts_t *out, app_ctx_t *ctx, const store_head_t *head, cd_date_t as_at);
void app_claim_row(app_claim_row_t *row, const store_head_t *head);
/** Seq of the set of parties that holds, 0: none. */
int app_party_set(const cd_claim_t *claim);
/** References in a party's `cases`; a count past CD_PARTY_CASES_MAX means that there are too many. @owner pool */
const char **app_case_refs(int *count_out, const char *cases, apr_pool_t *pool);
/** A stored flag for pages. `out_of_date` is the caller's. */
cd_err_t *app_flag_from(app_flag_t **out, app_ctx_t *ctx, const store_flag_t *row);
/** Reads what cd_flag_json wrote, all of it. @errors CD_E_TAMPERED: not what the program writes */
cd_err_t *app_flag_read(cd_flag_t **out, const char *json, apr_pool_t *pool);
app_decision_view_t *app_decision_from(const store_decision_t *row, apr_pool_t *pool);
/** 1 if the claim or one of the party's cases changed after the flag was computed. */
cd_err_t *app_flag_outdated(int *out, app_ctx_t *ctx, const app_claim_facts_t *facts, const app_party_t *party,
                            cd_instant_t computed_at);
/** Everything of a flag page but the right to see it: also for the decision. */
cd_err_t *app_why_not_decide(const char **why_out, int *forbidden_out, app_ctx_t *ctx, const store_head_t *claim,
                             const store_flag_t *flag, const store_flag_t *newest,
                             const store_decision_t *decided);

#endif

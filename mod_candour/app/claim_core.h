/* claim_core.h: what the use cases of the claim share.
 *
 * Requires: core.h, claim.h.   Provides: app_claim_facts_t and the readers of claims and flags.
 * Used by: app. */
#ifndef CD_APP_CLAIM_CORE_H
#define CD_APP_CLAIM_CORE_H

#include "app/claim.h"
#include "app/core.h"

/** A claim as at a day, and what the claimant is to be paid: made of the claim's own records alone.
 */
typedef struct app_claim_facts_t {
    const cd_record_t *all;              /* every record, later ones too */
    int all_count;
    cd_claim_t *claim;
    cd_payable_t payable;
    cd_ledger_t ledger;
} app_claim_facts_t;
cd_err_t *app_claim_read(app_claim_facts_t *out, app_ctx_t *ctx, const store_head_t *head,
                         cd_date_t as_at);
/** Record `seq` of the claim as it was read; NULL: there is none. */
const cd_record_t *app_claim_seq(const cd_claim_t *claim, int seq);
/** What stands in the way of a fact, a status or an allocation. `own_reference`, `claim` NULL: a
 * new claim. */
cd_err_t *app_claim_check(app_ctx_t *ctx, const char *own_reference, const app_record_ask_t *ask,
                          const cd_claim_t *claim, cd_problems_t *problems);
/** ... and of taking an entry back: whoever may add its kind may, within reach. @errors
 * CD_E_FORBIDDEN */
cd_err_t *app_take_back_check(app_ctx_t *ctx, const app_record_ask_t *ask, const cd_claim_t *claim,
                              cd_problems_t *problems);
/** Roles (bits) that have the right at all. */
apr_uint32_t app_roles_with(cd_right_t right);
/** 1 if the write can change the status in which its claim stands; then app_status_day_touch keeps
 * it, in the same transaction. `all`: every record as it will stand. */
int app_status_day_asks(const app_write_t *write, const store_head_t *head);
cd_err_t *app_status_day_touch(const app_write_t *write, const store_head_t *head,
                               const cd_record_t *all, int count, store_conn_t *conn,
                               apr_pool_t *pool);
void app_claim_row(app_claim_row_t *row, const store_head_t *head);
/** Seq of the set of parties that holds, 0: none. */
int app_party_set(const cd_claim_t *claim);
/** References in a party's `cases`; a count past CD_PARTY_CASES_MAX means that there are too many.
 * @owner pool */
const char **app_case_refs(int *count_out, const char *cases, apr_pool_t *pool);
/** A stored flag for pages. `out_of_date` is the caller's. */
cd_err_t *app_flag_from(app_flag_t **out, app_ctx_t *ctx, const store_flag_t *row);
app_decision_view_t *app_decision_from(const store_decision_t *row, apr_pool_t *pool);
/** A new version of the flag of each trust of the current set, or of one, as items of a write;
 * writes nothing. `facts`: the claim as it will stand with what the same write adds; NULL: as it
 * stands. */
cd_err_t *app_flags_make(app_item_t items[CD_PARTIES_MAX], int *count_out, app_ctx_t *ctx,
                         const store_head_t *head, const char *org_code,
                         const app_claim_facts_t *facts);
/** The claim as it will stand with one more record that moves no money. */
void app_claim_with(app_claim_facts_t *facts, const cd_record_t *added, apr_pool_t *pool);
/** 1 if something that the flag weighs changed since: a fact of the claim, a case, what was asked
 * of the trust and until when. `claim`: as it is today, or NULL: it is read. */
cd_err_t *app_flag_outdated(int *out, const store_head_t *head, const store_flag_t *flag,
                            const cd_claim_t *claim, store_conn_t *conn, apr_pool_t *pool);
/** Why the flag has to be computed again before anybody decides on it; NULL: it need not. `on`: the
 * day of the decision: today, or where one waits for its second person the day it was made.
 * Breaches are counted to that day. */
cd_err_t *app_flag_why_old(const char **why_out, const store_head_t *claim,
                           const store_flag_t *flag, cd_date_t on, store_conn_t *conn,
                           apr_pool_t *pool);
/** The same inside the transaction of a step that rests on the flag. It changes the row of each
 * case that the flag was computed from, so that a write in one of them cannot come between this
 * question and COMMIT, on no node of a cluster. */
cd_err_t *app_flag_weigh(const char **why_out, const store_head_t *claim, const store_flag_t *flag,
                         cd_date_t on, store_conn_t *conn, apr_pool_t *pool);

#endif

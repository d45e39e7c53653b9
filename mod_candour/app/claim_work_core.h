/* claim_work_core.h: making the rows of the claims' work list; for those who write claims.
 *
 * Requires: claim_core.h, claim_work.h, store/claim_work.h.   Provides: app_claim_work_make.   Used
 * by: app. */
#ifndef CD_APP_CLAIM_WORK_CORE_H
#define CD_APP_CLAIM_WORK_CORE_H

#include "app/claim_core.h"
#include "app/claim_work.h"
#include "domain/steps_round.h"
#include "store/claim_work.h"

/** What a claim's rows are made of. */
typedef struct app_claim_work_in_t {
    const store_head_t *head;
    int version;                         /* of the claim, as the rows are to say */
    const cd_record_t *all;
    int count;
    const store_claim_sum_t *sums;       /* of this claim: flags, then decisions */
    int sum_count;
} app_claim_work_in_t;
/** One row for each trust of the claim's current set; `out_of_date` is AS_WAS, the digest not set.
 * @owner pool */
cd_err_t *app_claim_work_make(store_claim_work_t **out, int *count_out, app_ctx_t *ctx,
                              const app_claim_work_in_t *in, apr_pool_t *pool);
/** Tells whether two flags say the same: of inputs and answer, the day of computing left out. */
void app_flag_digest(unsigned char out[32], const store_flag_t *flag, apr_pool_t *pool);
/** 1: settled with damages, or closed without. */
int app_claim_ended(int status);

#endif

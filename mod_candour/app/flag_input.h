/* flag_input.h: what a flag is computed from, read from the records.
 *
 * Requires: claim_core.h, round.h, liability.h.   Provides: app_flag_input, app_claim_then.   Used
 * by: app. */
#ifndef CD_APP_FLAG_INPUT_H
#define CD_APP_FLAG_INPUT_H

#include "app/claim_core.h"
#include "domain/round.h"

/** A moment: the day rules are asked for, and the instant up to which records count; 0: all that
 * there are. */
typedef struct app_moment_t { cd_date_t as_at; cd_instant_t until; } app_moment_t;

/** Records of one case that a flag can name: evidence and the person of each rule. */
#define CD_FLAG_CASE_RECORDS (32 * (CD_RESULT_EVIDENCE + 1))

/** The claim as it stood at a moment. Its head's version is today's. */
cd_err_t *app_claim_then(app_claim_facts_t *out, app_ctx_t *ctx, const store_head_t *head,
                         const app_moment_t *moment);
/** Fills all of `input` (zeroed) but the scheme, `breaches_before` and the contribution. `row`: of
 * the claim's parties. */
cd_err_t *app_flag_input(cd_flag_input_t *input, app_ctx_t *ctx, const app_claim_facts_t *facts,
                         const cd_org_t *org, int row, const app_moment_t *moment);
#endif

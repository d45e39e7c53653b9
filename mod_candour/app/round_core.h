/* round_core.h: what the use cases of the round share.
 *
 * Requires: claim_core.h, round.h.   Provides: app_deed_why, app_why_not_decide.   Used by: app. */
#ifndef CD_APP_ROUND_CORE_H
#define CD_APP_ROUND_CORE_H

#include "app/claim_core.h"
#include "app/round.h"

/** All records of the claim, also where the view is cut down: how far a round has come hangs on
 * steps that a trust does not see. Nothing of it may be shown as it is. */
cd_err_t *app_claim_whole(const cd_claim_t **out, app_ctx_t *ctx, const app_claim_view_t *view);
/** What the actor did before, in this claim and for this trust (cd_did_t bits): one round trip. */
cd_err_t *app_did(apr_uint32_t *out, app_ctx_t *ctx, const store_head_t *head,
                  const cd_claim_t *claim, const cd_org_t *org);
/** Why the actor may not do this, by role or by what they did before; NULL: may. `claim`: all of
 * it. */
cd_err_t *app_deed_why(const char **why_out, app_ctx_t *ctx, const store_head_t *head,
                       const cd_claim_t *claim, const cd_org_t *org, cd_deed_t deed);
/** The same for a decision on a flag version, with what the flag and the round say.
 * `*forbidden_out`: 1 if it is the person, 0 if it is the time. */
cd_err_t *app_why_not_decide(const char **why_out, int *forbidden_out, app_ctx_t *ctx,
                             const store_head_t *head, const cd_claim_t *claim, const cd_org_t *org,
                             const store_flag_t *flag, const app_round_t *round);
/** 1 if an earlier decision on the trust bars another on this flag version: it waits, or it was
 * made on this version. */
int app_decided_already(const app_round_t *round, int flag_seq);

#endif

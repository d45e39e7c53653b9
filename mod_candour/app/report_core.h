/* report_core.h: what the files of this noun share.
 *
 * Requires: claim_core.h, report.h.   Provides: app_report_facts.   Used by: app/report*.c. */
#ifndef CD_APP_REPORT_CORE_H
#define CD_APP_REPORT_CORE_H

#include "app/claim_core.h"
#include "app/report.h"

/** All that the report of a decision is made of. `telling`: about to be written by the actor, or
 * NULL.
 * @errors CD_E_NOT_FOUND: no such decision within reach */
cd_err_t *app_report_facts(cd_report_facts_t **out, const cd_org_t **org_out, app_ctx_t *ctx,
                           const char *org_code, int decision_seq, const cd_told_t *telling);
/** Claim, trust and, unless flag_seq is 0, flag: what the letters of a round are made of.
 * `known_at`: what was not recorded yet at that moment is left out; 0: nothing is. */
cd_err_t *app_report_begin(cd_report_facts_t **out, const cd_org_t **org_out,
                           app_claim_facts_t *claim, app_ctx_t *ctx, const char *org_code,
                           int flag_seq, cd_instant_t known_at);

#endif

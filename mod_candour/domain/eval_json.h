/* eval_json.h: evaluations and flags as JSON, the same on the command line and in storage.
 *
 * Requires: candour.h, liability.h, json.h.   Provides: cd_evaluation_write, cd_flag_write.
 * Used by: liability_json.c, app, cli. */
#ifndef CD_DOMAIN_EVAL_JSON_H
#define CD_DOMAIN_EVAL_JSON_H

#include "base/json.h"
#include "domain/candour.h"
#include "domain/liability.h"

/** {"policy", "policy_version", "as_at", "notifiable", "aware", "results": [...]} */
void cd_evaluation_write(cd_jsonw_t *w, const cd_evaluation_t *eval, apr_pool_t *pool);
/** {"rule", "name", "law", "status", "why", "dues": [...], "met", "days_late": ..., "sentence",
 * ...} */
void cd_result_write(cd_jsonw_t *w, const cd_result_t *result, apr_pool_t *pool);
void cd_flag_write(cd_jsonw_t *w, const cd_flag_t *flag, apr_pool_t *pool);

#endif

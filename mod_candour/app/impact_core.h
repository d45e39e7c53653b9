/* impact_core.h: runs of drafts over all claims, as app/ keeps them.
 *
 * Requires: impact.h, store/impact.h.   Provides: app_impact_from, app_impact_sums.   Used by:
 * app/impact*.c. */
#ifndef CD_APP_IMPACT_CORE_H
#define CD_APP_IMPACT_CORE_H

#include "app/core.h"
#include "app/impact.h"
#include "store/impact.h"

#define APP_IMPACT_QUIET apr_time_from_sec(60)

/** @errors CD_E_TAMPERED: the stored sums do not read   @owner the row's pool */
cd_err_t *app_impact_from(app_impact_t *out, const store_impact_t *run, const app_ctx_t *ctx);
/** Counts and sums as they are stored. @owner pool */
const char *app_impact_sums(const app_impact_t *run, apr_pool_t *pool);

#endif

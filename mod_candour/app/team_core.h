/* team_core.h: what the use cases of teams and calendars share.
 *
 * Requires: core.h, store.   Provides: app_own_trust, app_setting_write.   Used by: app/team.c,
 * app/feed.c. */
#ifndef CD_APP_TEAM_CORE_H
#define CD_APP_TEAM_CORE_H

#include "app/core.h"
#include "store/team.h"

/** The actor's own trust. @errors CD_E_FORBIDDEN: without the right, or staff of the scheme */
cd_err_t *app_own_trust(cd_org_id *org_out, const app_ctx_t *ctx, cd_right_t right);
/** A change of a person's own settings, entered in the system's chain. */
cd_err_t *app_setting_write(app_ctx_t *ctx, app_system_fn change, void *baton, int action,
                            const char *object, const char *content);

#endif

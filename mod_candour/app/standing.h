/* standing.h: the rows that say how each decision stands.
 *
 * Requires: core.h.   Provides: app_standing_touch.   Used by: write.c. */
#ifndef CD_APP_STANDING_H
#define CD_APP_STANDING_H

#include "app/core.h"

/** 1 if this write can change how a decision of the claim stands. */
int app_standing_asks(const app_write_t *write, const store_head_t *head);
/** Reckons and keeps the rows of the claim; inside its transaction, behind the rows it writes.
 * `all`: its records as they will stand. @errors CD_E_STALE: another decision on the trust was made
 * at the same moment */
cd_err_t *app_standing_touch(const app_write_t *write, const store_head_t *head,
                             const cd_record_t *all, int count, store_conn_t *conn,
                             apr_pool_t *pool);

#endif

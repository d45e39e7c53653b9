/* standing.h: how the decisions of a claim stand, reckoned from the decisions and the claim's
 * records.
 *
 * Requires: store/standing.h.   Provides: audit_standings.   Used by: app (which keeps the rows),
 * audit (which holds them against this). */
#ifndef CD_AUDIT_STANDING_H
#define CD_AUDIT_STANDING_H

#include "store/standing.h"

/** One row for each decision of the claim, rising. `all`: every record of the claim, the newest
 * too. `decided_out` (or NULL): the decisions as domain/round.h takes them, in the same order.
 * @owner pool */
cd_err_t *audit_standings(store_standing_t **out, cd_decided_t **decided_out, int *count_out,
                          const store_head_t *claim, const cd_record_t *all, int count,
                          store_conn_t *conn, apr_pool_t *pool);

#endif

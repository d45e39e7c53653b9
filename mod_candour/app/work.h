/* work.h: whose work a case is and what is due next in it: the work list.
 *
 * Requires: ctx.h, case.h.   Provides: app_work_*.   Used by: app, web, cli.
 * Each case has at most one row in `case_work`: its most urgent open task (cd_tasks), who has it and since when.
 * It is written in the transaction of every write in the case, so the list is never behind the record. It
 * is a summary: the records hold the truth, and `candourctl run work` makes all of it again. */
#ifndef CD_APP_WORK_H
#define CD_APP_WORK_H

#include "app/case.h"

struct store_conn_t;
/** Makes the case's row anew from its records as they will stand after this write. Called by every write in a
 * case, inside its transaction. `all` holds every record, the new ones too. */
cd_err_t *app_work_touch(app_ctx_t *ctx, const struct store_head_t *head, const cd_record_t *all, int count,
                         struct store_conn_t *conn, apr_pool_t *pool);

#endif

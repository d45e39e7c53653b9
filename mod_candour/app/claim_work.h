/* claim_work.h: whose work a claim is, how far each of its trusts has come, and lists of that.
 *
 * Requires: claim.h.   Provides: app_claim_work_*.   Used by: app, web, cli.
 * One row of `claim_work` for each trust of a claim: a summary of its records, newest flag and
 * decisions, written in the transaction of every write in the claim. Nothing of it names a person
 * in a case. `candourctl run claims` makes all of them again. */
#ifndef CD_APP_CLAIM_WORK_H
#define CD_APP_CLAIM_WORK_H

#include "app/claim.h"

struct store_conn_t;
struct store_head_t;
struct app_write_t;

/** Makes the rows of the claims that these writes change anew. Called once by app_write_all for all
 * writes of its transaction, after their rows are in and after app_standing_touch: no use case
 * calls it itself. A write in a case that a claim names makes the flags of that claim old. */
cd_err_t *app_claim_work_touch(app_ctx_t *ctx, struct app_write_t *const *writes,
                               const struct store_head_t *heads, int count,
                               struct store_conn_t *conn, apr_pool_t *pool);

#endif

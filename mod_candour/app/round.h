/* round.h: use cases of the round between the scheme and a trust, up to and with the second person.
 *
 * Requires: claim.h, steps_round.h.   Provides: app_round_*.   Used by: app, web, cli.
 * Every step is a record of the claim (app_round_record) but the decision itself (app_decision_make). */
#ifndef CD_APP_ROUND_H
#define CD_APP_ROUND_H

#include "app/claim.h"
#include "domain/steps_round.h"

struct store_head_t;
struct store_conn_t;

/** One trust's round in a claim, as it stands. */
typedef struct app_round_t {
    cd_round_in_t in;                  /* what it was reckoned from */
    const cd_round_now_t *now;
    const struct store_decision_t *decision;   /* newest, or NULL; reasons are sealed: not for a list */
} app_round_t;
/** Reads flags and decisions of the trust and reckons its stage. `claim`: as it was read today. Also inside a
 * transaction (VOLUME's work rows). `flag_old` is not looked into when `look_old` is 0. @owner pool */
cd_err_t *app_round_reckon(app_round_t *out, app_ctx_t *ctx, const struct store_head_t *head, const cd_claim_t *claim,
                           const cd_org_t *org, int look_old, struct store_conn_t *conn, apr_pool_t *pool);

#endif

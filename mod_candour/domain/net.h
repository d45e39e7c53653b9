/* net.h: what a claim costs the fund in the end.
 *
 * Requires: base.   Provides: cd_net.   Used by: app.
 * Takes sums as plain numbers and knows neither payments nor decisions: money that comes from a
 * trust is set against what the scheme paid here and nowhere else, and nothing leads from here back
 * to a payment (claim.h, invariant 1). */
#ifndef CD_DOMAIN_NET_H
#define CD_DOMAIN_NET_H

#include "base/err.h"
#include "base/money.h"

typedef enum cd_net_below_t {
    CD_NET_NOT_BELOW = 0,
    /* more came than was paid, under a scheme that may ask for more than its basis */
    CD_NET_BELOW_ALLOWED,
    CD_NET_BELOW_ODD               /* ... and none may: somebody should look at it */
} cd_net_below_t;

typedef struct cd_net_t {
    apr_int64_t outlay_p;          /* all that the scheme paid */
    apr_int64_t recovered_p;       /* received from trusts, less what went back to them */
    apr_int64_t net_p;             /* outlay_p - recovered_p */
    cd_net_below_t below;
} cd_net_t;

/** @unit pence, none negative   `may_exceed`: 1 if a decision of the claim was made under such a
 * scheme
 * @errors CD_E_RANGE: a sum below zero, or past 10^15   @owner allocates nothing but an error
 * 52,380.00 paid, 5,238.00 received, 238.00 paid back: 47,380.00. */
cd_err_t *cd_net(cd_net_t *out, apr_int64_t outlay_p, apr_int64_t received_p, apr_int64_t repaid_p,
                 int may_exceed, apr_pool_t *pool);

#endif

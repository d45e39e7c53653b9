/* claim_reserve.h: what the scheme sets aside for a claim, and what of it is left.
 *
 * Requires: claim.h, claim_money.h.   Provides: cd_reserves_t, cd_reserves.   Used by: app, tests.
 * A reserve is no payment: these sums are shown and enter none of claim_money.h. */
#ifndef CD_DOMAIN_CLAIM_RESERVE_H
#define CD_DOMAIN_CLAIM_RESERVE_H

#include "domain/claim_money.h"

typedef struct cd_reserve_head_t {
    int head;                          /* CD_RESERVE_ */
    const cd_record_t *record;         /* the newest that stands, NULL: none was ever set */
    apr_int64_t amount_p, probability_bp;
    apr_int64_t paid_p;                /* under this head, reversals taken off */
    apr_int64_t rest_p;                /* amount less paid, not below 0 */
    /* amount by probability, half up; the whole amount where none was said */
    apr_int64_t weighted_p;
} cd_reserve_head_t;

#define CD_RESERVE_HEADS 3
typedef struct cd_reserves_t {
    cd_reserve_head_t head[CD_RESERVE_HEADS];
    int any;                           /* 1: at least one head was set */
    apr_int64_t total_p, rest_p, weighted_p;
} cd_reserves_t;
/** Derived from the records, never typed. @errors CD_E_RANGE: a sum is too large */
cd_err_t *cd_reserves(cd_reserves_t *out, const cd_claim_t *claim, const cd_ledger_t *ledger,
                      apr_pool_t *pool);

#endif

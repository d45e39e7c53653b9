/* recover.h: what a trust was asked for under a decision, what came, what is left.
 *
 * Requires: round.h.   Provides: cd_instalments, cd_recovered_read.   Used by: app, web.
 * All of it is reckoned from the claim's records; nothing is stored by hand. Every sum is positive:
 * which way money went is said by cd_receipt_t.way. No function here takes or gives a payment to a
 * claimant. */
#ifndef CD_DOMAIN_RECOVER_H
#define CD_DOMAIN_RECOVER_H

#include "domain/round.h"

#define CD_INSTALMENTS_MAX 120
typedef enum cd_pace_t { CD_PACE_MONTH = 1, CD_PACE_QUARTER, CD_PACE_YEAR } cd_pace_t;
extern const cd_token_t cd_paces[];            /* MONTH QUARTER YEAR */

typedef struct cd_instalment_t { apr_int64_t amount_p; cd_date_t due; } cd_instalment_t;
/** `total_p` in `count` instalments, the first due on `first`, each next one a month (quarter,
 * year) after it: the same day of the month, or its last day where there is no such day. The parts
 * sum to the total exactly; where it cannot be divided, the first ones are larger by a penny.
 * @errors CD_E_RANGE: count outside 1..CD_INSTALMENTS_MAX, fewer pence than instalments, or past
 * 10^12 pence 100.00 in 3 from 31 January 2027: 33.34 on 31 January, 33.33 on 28 February, 33.33 on
 * 31 March. */
cd_err_t *cd_instalments(cd_instalment_t *out, apr_int64_t total_p, int count, cd_date_t first,
                         int pace, apr_pool_t *pool);

/** One instalment, as at the claim's day. */
typedef struct cd_asked_t {
    const cd_record_t *record;     /* CD_REC_RECOVERY */
    apr_int64_t amount_p;          /* as it was asked for */
    apr_int64_t holds_p;           /* of it, what the decision as it stands still asks for */
    apr_int64_t received_p;        /* of it, reversals taken off */
    apr_int64_t left_p;            /* holds_p - received_p, or 0 */
    int overdue;                   /* something is left, and its day is past */
} cd_asked_t;

/** A decision's recovery. Where a review lowered the sum, what was received keeps its place first;
 * then the oldest instalments are asked for as far as the decision as it stands goes, and the rest
 * is asked for no longer. */
typedef struct cd_recovered_t {
    apr_int64_t stands_p;          /* the decision as it stands */
    cd_asked_t *asked;             /* in the order in which they were entered */
    int count;
    apr_int64_t asked_p;           /* sum of holds_p: never more than stands_p */
    apr_int64_t received_p, repaid_p;
    apr_int64_t left_p, overdue_p; /* of what is asked for */
    apr_int64_t to_ask_p;          /* stands_p - asked_p */
    apr_int64_t to_repay_p;        /* received and not paid back, beyond stands_p */
} cd_recovered_t;
/** @errors CD_E_RANGE: sums past 10^15   @owner pool; records are borrowed */
cd_err_t *cd_recovered_read(cd_recovered_t **out, const cd_claim_t *claim, int decision_seq,
                            apr_int64_t stands_p, apr_pool_t *pool);
/** The receipt that takes `seq` back, or NULL. */
const cd_record_t *cd_receipt_reversal(const cd_claim_t *claim, int seq);
/** 1 while the trust's wish for a review of the decision has no answer: nothing is asked for in
 * that time. */
int cd_recovery_held(const cd_stand_t *stand);

#endif

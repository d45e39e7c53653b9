/* breach.h: which of a trust's breaches a decision was, as the others stand now.
 *
 * Requires: base, round.h.   Provides: cd_breach_number.   Used by: app.
 * Where a scheme rises with the number of breaches, a decision that falls away on review may stand
 * in the number of later ones. What follows from that is for a person: this only counts. */
#ifndef CD_DOMAIN_BREACH_H
#define CD_DOMAIN_BREACH_H

#include "domain/round.h"

/** One decision on the trust, of any claim. */
typedef struct cd_breach_t {
    apr_int64_t claim_id;
    int seq;                       /* of the decision in its claim */
    int outcome;                   /* cd_decision_outcome_t */
    int standing;                  /* cd_standing_t as it is now */
    apr_int64_t amount_p;          /* as it stands */
    /* breaches that it counts for, by its scheme's breach_unit; 0 is 1 */
    int units;
    cd_instant_t decided_at;
} cd_breach_t;

/** 1 if it counts as a breach: part or all was asked for, and it stands; on review not with nothing
 * to pay. */
int cd_breach_counts(const cd_breach_t *one);
/** n of `all[which]` as the others stand now: its own units, and those of decisions in other claims
 * that count, were made before it (decided_at, then claim and number) and lie in the window that
 * begins on `from` (0: ever). */
int cd_breach_number(const cd_breach_t *all, int count, int which, cd_date_t from);

#endif

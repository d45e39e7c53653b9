/* impact.h: what another scheme would make of a claim, beside what holds, and why in a few words.
 *
 * Requires: flag_brief.h.   Provides: cd_impact_*.   Used by: app. */
#ifndef CD_DOMAIN_IMPACT_H
#define CD_DOMAIN_IMPACT_H

#include "domain/flag_brief.h"

#define CD_IMPACT_BINS 9
#define CD_IMPACT_SAME 4               /* in the middle: the state changes, the sum does not */
/** "Falls by more than £100,000" to "Rises by more than £100,000". */
extern const char *const cd_impact_bins[CD_IMPACT_BINS];
/** Which bin the step from one sum to another falls in. @unit pence */
int cd_impact_bin(apr_int64_t old_p, apr_int64_t new_p);

#define CD_IMPACT_REASONS 24
/** One setting that differs between two versions, and for which claims that matters. */
typedef struct cd_impact_reason_t {
    int matters;                       /* how it is told, see impact.c */
    const char *text;                  /* "Cap falls to £75,000.00" */
    /* line of the working that tells if a limit took hold; NULL: none */
    const char *old_line, *new_line;
} cd_impact_reason_t;
typedef struct cd_impact_t {
    const cd_scheme_t *before, *after;
    cd_impact_reason_t reasons[CD_IMPACT_REASONS];
    int count;
} cd_impact_t;

/** Settings that differ and can move a sum or a state, in the order of the file. Made once for many
 * claims. */
void cd_impact_make(cd_impact_t *out, const cd_scheme_t *before, const cd_scheme_t *after,
                    apr_pool_t *pool);
/** 1 if state or sum differ. */
int cd_impact_differs(const cd_flag_outcome_t *before, const cd_flag_outcome_t *after);
/** Why the two differ: "Percentage rises to 12.50%, cap falls to £75,000.00". 280 bytes at most.
 * @owner pool */
const char *cd_impact_why(const cd_impact_t *impact, const cd_flag_outcome_t *before,
                          const cd_flag_outcome_t *after, apr_pool_t *pool);

#endif

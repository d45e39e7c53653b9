/* claim_clock.h: what is due in a claim by the day, and how it went.
 *
 * Requires: claim.h.   Provides: cd_clock_t, cd_claim_clocks.   Used by: app, web, tests.
 * Pure: the day comes in. Dates known in part stay spans: a clock is in time or late only if it is
 * for every day that may be meant. The days asked of a trust (request, indication) are rows of the
 * round, not of this file. */
#ifndef CD_DOMAIN_CLAIM_CLOCK_H
#define CD_DOMAIN_CLAIM_CLOCK_H

#include "domain/claim.h"

/* Of a letter of notification or of claim; day 0 is the day it came. */
#define CD_ACK_DAYS 14
#define CD_RESPONSE_MONTHS 4        /* the same day of the later month, or its last */
#define CD_EN_LEGAL_DAYS 14         /* Early Notification, from the incident */
#define CD_EN_SCHEME_DAYS 30
#define CD_PFD_DAYS 56              /* only where no day was given: shown as a setting to check */

typedef enum cd_clock_result_t {
    CD_CLOCK_OPEN = 1,              /* not done, and its last day has not passed */
    CD_CLOCK_IN_TIME,
    CD_CLOCK_LATE,                  /* done late, or not done and its last day has passed */
    CD_CLOCK_UNSURE,                /* the days are not known well enough to tell */
    CD_CLOCK_ENDED                  /* the claim ended before the last day: no longer asked for */
} cd_clock_result_t;
extern const cd_token_t cd_clock_results[];

typedef struct cd_clock_t {
    const char *title;              /* "Acknowledge the letter of claim" */
    const char *source;             /* "Court protocol" */
    /* protocol, scheme, coroner, request: names a frame of the label */
    const char *source_word;
    const char *counted;            /* "14 days from 2 March 2026, when the letter of claim came" */
    cd_when_t due, done;            /* done: none while it is not */
    cd_clock_result_t result;
    /* calendar days late, or left while open; equal where the days are known */
    int days_least, days_most;
    const char *words;              /* "Late by 3 days", "Open, 5 days left" */
} cd_clock_t;

/** Fills result, days and words from due and done. `ended`: when the claim ended (none: it runs).
 * For clocks that are made elsewhere. */
void cd_clock_settle(cd_clock_t *clock, cd_when_t ended, cd_date_t as_at, apr_pool_t *pool);
/** The clocks that run or ran in the claim as it was read (claim->as_at), the one due last first.
 * @owner pool */
cd_clock_t *cd_claim_clocks(int *count_out, const cd_claim_t *claim, apr_pool_t *pool);

#endif

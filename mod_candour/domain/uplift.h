/* uplift.h: what a scheme that adds to the yearly contribution (L7) made of one trust's decisions
 * of one financial year.
 *
 * Requires: scheme.h, breach.h.   Provides: cd_uplift_year.   Used by: app, web.
 * R_year = pct(contribution, bp * min(n, most_breaches)), asked for once a year; each decision adds
 * the difference that its breaches made. A decision belongs to the year in which it was made
 * (London, from 1 April), whenever it is reviewed. This only sets out what stands: nothing is
 * decided, and no sum of a decision is changed by it. */
#ifndef CD_DOMAIN_UPLIFT_H
#define CD_DOMAIN_UPLIFT_H

#include "domain/breach.h"
#include "domain/scheme.h"

/** One decision on the trust. The first part comes in, the second goes out. */
typedef struct cd_uplift_row_t {
    cd_breach_t breach;            /* as it stands now */
    const char *reference;         /* of its claim; only carried along */
    const cd_scheme_t *scheme;     /* version that it was made under; NULL: cannot be read */
    int n_then;                    /* number of breaches that its sum was reckoned with */
    apr_int64_t contribution_p;    /* that it was reckoned with */
    apr_int64_t most_p;            /* what its scheme gave: the most that could be asked */
    apr_int64_t decided_p;         /* what was decided, before any review */

    int is_uplift;                 /* made under L7; the others only count as breaches */
    int counts;                    /* it counts as a breach now */
    int n_now;                     /* its number as the others stand now; 0: it does not count */
    apr_int64_t now_p;             /* what its breaches would add now; advice, not a change */
    /* 0: no contribution is recorded, or the version cannot be read */
    int now_known;
    apr_int64_t asks_p;            /* what it adds to the contribution as it stands */
    /* what a review took away from `decided_p`; negative: it raised the sum */
    apr_int64_t taken_p;
    apr_int64_t running_p;         /* sum of asks_p up to this row */
} cd_uplift_row_t;

#define CD_UPLIFT_LINES 8
/** One line of the working; `authority` may be NULL. `has_sum` 0: there is nothing to put behind
 * it. */
typedef struct cd_uplift_line_t {
    const char *text, *authority;
    apr_int64_t amount_p;
    int has_sum;
} cd_uplift_line_t;

typedef struct cd_uplift_t {
    int year;                      /* the one that the financial year begins in */
    apr_int64_t contribution_p;    /* that holds for the year; 0: none is recorded */
    cd_uplift_row_t *rows;         /* of the year, in the order in which they were made */
    int count;
    /* version of the newest decision under L7; NULL: there was none */
    const cd_scheme_t *scheme;
    int breaches;                  /* units that count now, under whatever scheme */
    int uplifts;                   /* decisions under L7 */
    int known;                     /* year_p and cap_p could be reckoned */
    apr_int64_t year_p;            /* R_year for `breaches` */
    apr_int64_t cap_p;             /* R_year for most_breaches; 0: the scheme has no limit */
    apr_int64_t asks_p;            /* what the decisions add as they stand */
    apr_int64_t taken_p;           /* what reviews took away */
    apr_int64_t left_p;            /* of the cap */
    cd_uplift_line_t lines[CD_UPLIFT_LINES];
    int line_count;
} cd_uplift_t;

/** Financial year that the day lies in: 31 March 2027 is 2026. */
int cd_financial_year(cd_date_t on);
/** First and last day of it. */
void cd_financial_days(cd_date_t *first_out, cd_date_t *last_out, int year);
/** `all`: decisions on the trust, in any order; those of other years are left out.
 * @unit    pence; `contribution_p` 0: not recorded
 * @source  domain reference (c), L7; SI 2015/559 reg 11 for the contribution
 * @errors  CD_E_RANGE: a sum too large to reckon with   @owner pool */
cd_err_t *cd_uplift_year(cd_uplift_t **out, int year, apr_int64_t contribution_p,
                         const cd_uplift_row_t *all, int count, apr_pool_t *pool);

#endif

/* money.h: pence and basis points in exact integers.
 *
 * Requires: APR.   Provides: cd_pct, cd_pence_*.   Used by: domain, app, web, cli.
 * Money is apr_int64_t pence; a rate is basis points (10,000 = 100 %). Nothing is a float.
 * Safe to 10^12 pence x 10^4 basis points; past that CD_E_RANGE. */
#ifndef CD_BASE_MONEY_H
#define CD_BASE_MONEY_H

#include <apr_pools.h>
#include "base/err.h"

#define CD_BP_WHOLE 10000
#define CD_PENCE_MAX APR_INT64_C(1000000000000)

/** amount_p x bp / 10000, half up (away from zero for negative sums).
 * @unit pence, basis points   @errors CD_E_RANGE: |amount_p| > 10^12 or bp outside 0..1000000
 * 12.5 % of 333335 is 41667. */
cd_err_t *cd_pct(apr_int64_t *out_p, apr_int64_t amount_p, apr_int64_t bp, apr_pool_t *pool);
/** a + b. @errors CD_E_RANGE: the sum would pass 10^15 */
cd_err_t *cd_pence_add(apr_int64_t *out_p, apr_int64_t a_p, apr_int64_t b_p, apr_pool_t *pool);
/** Reads what a person types: "1,234.50", "£1234.5", "1234". 1 if it could, exactly. Not negative.
 */
int cd_pence_parse(apr_int64_t *out_p, const char *typed);
/** "£1,234.50"; a minus sign (U+2212) leads a negative sum. @owner pool */
const char *cd_pence_words(apr_int64_t amount_p, apr_pool_t *pool);
/** "1234.50", what an input shows again. @owner pool */
const char *cd_pence_plain(apr_int64_t amount_p, apr_pool_t *pool);
/** Reads "70", "70.5", "70.25 %" to basis points. 1 if it could, exactly. */
int cd_bp_parse(apr_int64_t *out_bp, const char *typed);
/** "70.00%" @owner pool */
const char *cd_bp_words(apr_int64_t bp, apr_pool_t *pool);

#endif

/* ahead.h: many claims read in few statements, with all that their flags are computed from.
 *
 * Requires: standing.h.   Provides: store_ahead_*.   Used by: app's jobs over all claims.
 * While a connection uses what was read ahead, store_head_get (cases), store_records,
 * store_flags_latest and store_breach_units answer from it, and only outside transactions; what is
 * not there is read as always. So one claim of a hundred thousand is computed by the same functions
 * as one on a page. */
#ifndef CD_STORE_AHEAD_H
#define CD_STORE_AHEAD_H

#include "store/standing.h"

typedef struct store_ahead_t store_ahead_t;

typedef struct store_ahead_ask_t {
    apr_int64_t after, last;           /* claims above `after`, up to `last` */
    int all;                           /* 0: neither settled nor closed ones */
} store_ahead_ask_t;
/** Last claim of the next `limit` above ask->after, and how many there are; 0: none. Claims without
 * a trust are left out. */
cd_err_t *store_ahead_bound(apr_int64_t *last_out, int *count_out, const store_ahead_ask_t *ask,
                            int limit, store_conn_t *conn, apr_pool_t *pool);
/** How many there are above ask->after. */
cd_err_t *store_ahead_count(apr_int64_t *out, const store_ahead_ask_t *ask, store_conn_t *conn,
                            apr_pool_t *pool);

/** Claims of the range with their records; a claim that does not open is `damaged`. Seven
 * statements. @owner pool */
cd_err_t *store_ahead_read(store_ahead_t **out, store_head_t **claims_out, int *count_out,
                           const store_ahead_ask_t *ask, store_conn_t *conn, apr_pool_t *pool);
/** Newest flags of a claim, without what is long (inputs, answer). */
const store_flag_t *store_ahead_flags(int *count_out, const store_ahead_t *ahead,
                                      apr_int64_t claim_id);
/** How its decisions stand, rising. */
const store_standing_t *store_ahead_standings(int *count_out, const store_ahead_t *ahead,
                                              apr_int64_t claim_id);
/** The connection answers from it from now on; NULL: no more. It must live as long. */
void store_ahead_use(store_conn_t *conn, store_ahead_t *ahead);

/** For the readers that look here first: 1 and a copy, or 0. */
int store_ahead_case(store_head_t **out, const store_conn_t *conn, const char *reference,
                     cd_org_id org_id, apr_pool_t *pool);
int store_ahead_latest(store_flag_t **out, int *count_out, const store_conn_t *conn,
                       apr_int64_t claim_id, cd_org_id org_id, apr_pool_t *pool);

/** Breaches of a trust since a day, where they were counted before in this batch. @return 1 if
 * known */
int store_ahead_breaches(int *out, const store_conn_t *conn, cd_org_id org_id, cd_date_t from,
                         apr_int64_t not_claim_id);
/** Which claim must be left out when they are counted: none, where it has no decision on that
 * trust. */
apr_int64_t store_ahead_without(const store_conn_t *conn, cd_org_id org_id,
                                apr_int64_t not_claim_id);
void store_ahead_breaches_keep(store_conn_t *conn, cd_org_id org_id, cd_date_t from, int count);

#endif

/* standing.h: how each decision stands today, as rows: for counting breaches, for lists and for
 * sums over many claims.
 *
 * Requires: flag.h.   Provides: store_standing_*.   Used by: app, audit, cli.
 * A row is a summary of a decision and the records about it (cd_decision_stand), renewed in the
 * transaction of every write that can change it, under the claim's compare-and-set. It leads to no
 * payment of the claim, and none to it. */
#ifndef CD_STORE_STANDING_H
#define CD_STORE_STANDING_H

#include "domain/round.h"
#include "store/flag.h"

typedef struct store_standing_t {
    apr_int64_t claim_id;
    const char *reference;             /* read back */
    int seq;                           /* of the decision */
    cd_org_id org_id;
    int flag_seq, outcome, standing;   /* cd_standing_t */
    apr_int64_t amount_p;              /* what the trust is to pay as it stands */
    /* breaches that it counts for, by its scheme's breach_unit */
    int units;
    /* n that its sum was reckoned with; 0: its scheme counts none */
    int counted;
    cd_instant_t decided_at;
    apr_int64_t asked_p, received_p;   /* of recoveries */
    int told_standing; /* as the trust was told (cd_decision_stand_told), 0: it was not; read by
                        * store_standings and store_org_standings alone */
    apr_int64_t told_p;
} store_standing_t;

/** What a decision was made on. */
typedef struct store_decided_t {
    int seq, flag_seq, outcome;
    cd_org_id org_id;
    const char *org_code;
    apr_int64_t amount_p;
    cd_instant_t decided_at;
    const char *inputs, *answer;       /* of the flag; canonical JSON */
} store_decided_t;
/** All decisions of a claim, rising. */
cd_err_t *store_decided(store_decided_t **out, int *count_out, apr_int64_t claim_id,
                        store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_standing_keep(const store_standing_t *standing, store_conn_t *conn,
                              apr_pool_t *pool);
cd_err_t *store_standings(store_standing_t **out, int *count_out, apr_int64_t claim_id,
                          cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
/** Sum of `units` of decisions on the trust that stand (STANDS, VARIED but not to nothing) with an
 * outcome of PART or FULL, decided on or after `from` (0: ever), other claims than this one. */
cd_err_t *store_breach_units(int *out, cd_org_id org_id, cd_date_t from, apr_int64_t not_claim_id,
                             store_conn_t *conn, apr_pool_t *pool);
/** Decisions on the trust in other claims, made after `decided_at`, that counted breaches: a
 * quashed or changed one may stand in their number. Newest first, at most `limit`. */
cd_err_t *store_standings_after(store_standing_t **out, int *count_out, cd_org_id org_id,
                                cd_instant_t decided_at, apr_int64_t not_claim_id, int limit,
                                store_conn_t *conn, apr_pool_t *pool);

#endif

/* impact.h: drafts of liability schemes tried on all claims, as rows.
 *
 * Requires: tx.h.   Provides: store_impact_*.   Used by: app. */
#ifndef CD_STORE_IMPACT_H
#define CD_STORE_IMPACT_H

#include "base/date.h"
#include "domain/actor.h"
#include "store/tx.h"

typedef struct store_impact_t {
    apr_int64_t id;
    int state;                         /* app_run_state_t */
    const char *old_code, *new_code;
    int old_version, new_version;
    cd_user_id asked_by;
    const char *asked_name;            /* read back */
    cd_instant_t asked_at, beat_at, done_at;
    apr_int64_t after_id;              /* every claim up to it is done */
    const char *sums;                  /* counts and sums, as app/ writes them */
} store_impact_t;

/** `*out` NULL: there is none. */
cd_err_t *store_impact_get(store_impact_t **out, apr_int64_t id, store_conn_t *conn,
                           apr_pool_t *pool);
cd_err_t *store_impact_newest(store_impact_t **out, const char *code, int version,
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_impact_next(store_impact_t **out, int waiting, int running,
                            cd_instant_t quiet_since, store_conn_t *conn, apr_pool_t *pool);
/** run->id is filled in. */
cd_err_t *store_impact_insert(store_impact_t *run, store_conn_t *conn, apr_pool_t *pool);
/** Takes the run over, under the scheme in force and with `sums`. @errors CD_E_STALE: another took
 * it */
cd_err_t *store_impact_take(const store_impact_t *seen, const store_impact_t *run,
                            store_conn_t *conn, apr_pool_t *pool);
/** state, beat_at, done_at, after_id and sums. */
cd_err_t *store_impact_keep(const store_impact_t *run, store_conn_t *conn, apr_pool_t *pool);

typedef struct store_impact_row_t {
    apr_int64_t run_id, claim_id;
    cd_org_id org_id;
    const char *reference, *org_code;  /* read back */
    int open, old_state, new_state;
    apr_int64_t old_p, new_p;
    const char *why;
    apr_int64_t skey;                  /* read back: order of lists */
    /* of the trust in the batch of its claim, for a unique key */
    int place;
} store_impact_row_t;
/** Eight in one round trip. */
cd_err_t *store_impact_rows_keep(const store_impact_row_t *rows, int count, store_conn_t *conn,
                                 apr_pool_t *pool);
/** Largest difference first. `open`: 0 closed, 1 open, 2 both. */
cd_err_t *store_impact_rows(store_impact_row_t **out, int *count_out, apr_int64_t run_id, int open,
                            apr_int64_t after, int limit, store_conn_t *conn, apr_pool_t *pool);

/** One trust's part of one claim, with what its newest flag was reckoned from. */
typedef struct store_impact_part_t {
    apr_int64_t claim_id;
    cd_org_id org_id;
    int open, old;                     /* old: what the flag rests on has changed since */
    int decided;                       /* there is a decision on the trust in this claim */
    const char *brief;                 /* NULL: no flag */
} store_impact_part_t;
/** Those of the claims above `after` up to `last`, by claim and trust. One statement. */
cd_err_t *store_impact_parts(store_impact_part_t **out, int *count_out, apr_int64_t after,
                             apr_int64_t last, store_conn_t *conn, apr_pool_t *pool);
/** How many there are above `after`. */
cd_err_t *store_impact_count(apr_int64_t *out, apr_int64_t after, store_conn_t *conn,
                             apr_pool_t *pool);

#endif

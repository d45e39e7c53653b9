/* claim_job.h: jobs over all claims, how far each has come and what it changed, as rows.
 *
 * Requires: tx.h.   Provides: store_claim_job_*.   Used by: app.
 * A job is asked for by an entry of the system's chain; how far it has come is bookkeeping of the
 * command line's. */
#ifndef CD_STORE_CLAIM_JOB_H
#define CD_STORE_CLAIM_JOB_H

#include "base/date.h"
#include "domain/actor.h"
#include "store/tx.h"

typedef struct store_claim_job_t {
    apr_int64_t id;
    int state;                         /* app_run_state_t */
    int all, decided;
    cd_user_id asked_by;
    const char *asked_name;            /* read back */
    cd_instant_t asked_at, started_at, beat_at, done_at;
    apr_int64_t after_id;              /* every claim up to it is done */
    apr_int64_t total, seen, made, same, held, failed;
} store_claim_job_t;

/** `*out` NULL: there is none. */
cd_err_t *store_claim_job_get(store_claim_job_t **out, apr_int64_t id, store_conn_t *conn,
                              apr_pool_t *pool);
/** Newest first, those before `before` (0: all). */
cd_err_t *store_claim_jobs(store_claim_job_t **out, int *count_out, apr_int64_t before, int limit,
                           store_conn_t *conn, apr_pool_t *pool);
/** The first in state `waiting`, or in state `running` that said nothing since `quiet_since`. */
cd_err_t *store_claim_job_next(store_claim_job_t **out, int waiting, int running,
                               cd_instant_t quiet_since, store_conn_t *conn, apr_pool_t *pool);
/** One that waits or runs. */
cd_err_t *store_claim_job_live(store_claim_job_t **out, int waiting, int running,
                               store_conn_t *conn, apr_pool_t *pool);
/** job->id is filled in. */
cd_err_t *store_claim_job_insert(store_claim_job_t *job, store_conn_t *conn, apr_pool_t *pool);
/** Takes the job over: its state and the instant it spoke last must be as `seen` says. @errors
 * CD_E_STALE */
cd_err_t *store_claim_job_take(const store_claim_job_t *seen, int state, apr_int64_t total,
                               cd_instant_t at, store_conn_t *conn, apr_pool_t *pool);
/** state, beat_at, done_at, after_id and the counts. */
cd_err_t *store_claim_job_keep(const store_claim_job_t *job, store_conn_t *conn, apr_pool_t *pool);

typedef struct store_claim_job_row_t {
    apr_int64_t job_id, claim_id;
    cd_org_id org_id;
    const char *reference, *org_code;  /* read back */
    int old_seq, new_seq, old_state, new_state;
    apr_int64_t old_p, new_p;
} store_claim_job_row_t;
/** Eight in one round trip. */
cd_err_t *store_claim_job_rows_keep(const store_claim_job_row_t *rows, int count,
                                    store_conn_t *conn, apr_pool_t *pool);
/** By claim and trust, those behind the two given. */
cd_err_t *store_claim_job_rows(store_claim_job_row_t **out, int *count_out, apr_int64_t job_id,
                               apr_int64_t after_claim, cd_org_id after_org, int limit,
                               store_conn_t *conn, apr_pool_t *pool);

#endif

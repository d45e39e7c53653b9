/* recompute.h: the flags of all claims computed again, after a policy or a calendar changed.
 *
 * Requires: ctx.h, impact.h (the states of a run).   Provides: app_recompute_*.   Used by: web,
 * cli. A job is asked for on a page or by the command line, which alone runs it: two workers, each
 * with a connection, take batch after batch; each batch is read in a few statements, and one
 * transaction holds at most APP_RECOMPUTE_AT_ONCE claims, so pages wait for none of it. A new flag
 * version is written only where what it says differs from the newest (state, verdict, sum, working,
 * reasons, records), or where it rests on other things (scheme version, engine, number of breaches,
 * versions of claim and cases): so the same set twice writes nothing. Where it says the same and
 * has no brief (an older program wrote it), the brief alone is put beside it. A trust on which a
 * decision stands is left alone unless the job says otherwise. */
#ifndef CD_APP_RECOMPUTE_H
#define CD_APP_RECOMPUTE_H

#include "app/impact.h"

#define APP_RECOMPUTE_AT_ONCE 32
typedef struct app_recompute_t {
    apr_int64_t id;
    int state;                           /* app_run_state_t */
    int stalled;                         /* running, but its job has said nothing for a minute */
    /* settled and closed claims, too; trusts on which a decision stands, too */
    int all, decided;
    const char *asked_by;
    cd_instant_t asked_at, started_at, done_at;
    apr_int64_t total, seen;             /* claims */
    apr_int64_t made, same, held;        /* flags written, as they were, left alone */
    apr_int64_t failed;                  /* claims that could not be computed */
} app_recompute_t;

/** Asks for a job. One that waits or runs is given back instead. right FLAG_COMPUTE or SCHEME_WRITE
 */
cd_err_t *app_recompute_ask(apr_int64_t *id_out, app_ctx_t *ctx, int all, int decided);
/** The newest jobs, newest first. right FLAG_COMPUTE or SCHEME_WRITE */
cd_err_t *app_recompute_list(app_recompute_t **out, int *count_out, app_ctx_t *ctx);
/** @errors CD_E_NOT_FOUND */
cd_err_t *app_recompute_get(app_recompute_t **out, app_ctx_t *ctx, apr_int64_t id);

typedef struct app_recompute_row_t {
    const char *reference, *org_code;
    int old_seq, new_seq, old_state, new_state;
    apr_int64_t old_p, new_p;
} app_recompute_row_t;
#define APP_RECOMPUTE_PAGE 50
typedef struct app_recompute_rows_t {
    app_recompute_row_t *rows;
    int count;
    apr_int64_t next;
} app_recompute_rows_t;
/** What the job wrote, by claim. `after`: `next` of the page before, 0 for the first. */
cd_err_t *app_recompute_rows(app_recompute_rows_t *out, app_ctx_t *ctx, apr_int64_t id,
                             apr_int64_t after, int limit);

/** The command line's: runs every job that waits, and goes on with one whose worker died: that said
 * nothing for a minute, or, with `resume`, whatever it said. `tell` may be NULL; it is called from
 * one thread at a time. */
typedef void (*app_recompute_tell_fn)(void *baton, const app_recompute_t *so_far);
cd_err_t *app_recompute_work(int *jobs_out, app_ctx_t *ctx, int resume, app_recompute_tell_fn tell,
                             void *baton);

/** The rows of the claims' work list made again, all of them. The command line's. */
typedef struct app_claims_made_t { apr_int64_t claims, rows, unreadable; } app_claims_made_t;
typedef void (*app_claims_tell_fn)(void *baton, const app_claims_made_t *so_far);
cd_err_t *app_claim_work_remake(app_claims_made_t *out, app_ctx_t *ctx, app_claims_tell_fn tell,
                                void *baton);

#endif

/* impact.h: what a draft of a liability scheme would change, tried on every claim before it counts.
 *
 * Requires: ctx.h, domain/impact.h.   Provides: app_impact_*.   Used by: web, cli.
 * A run reckons each newest flag from its brief (all that a flag is reckoned from) under the
 * version in force and under the draft, and keeps totals and the rows that differ. It writes no
 * flag and changes no claim. A run is asked for on a page and done by `candourctl run impact`; both
 * leave an entry in the system's record. */
#ifndef CD_APP_IMPACT_H
#define CD_APP_IMPACT_H

#include "app/ctx.h"
#include "domain/impact.h"

typedef enum app_run_state_t {
    APP_RUN_WAITING = 1,
    APP_RUN_RUNNING,
    APP_RUN_DONE,
    APP_RUN_FAILED
} app_run_state_t;
extern const cd_token_t app_run_states[];       /* waiting running done failed */

typedef struct app_impact_t {
    apr_int64_t id;
    int state;                           /* app_run_state_t */
    int stalled;                         /* running, but its job has said nothing for a minute */
    /* scheme in force when it began ("": not begun), and the draft */
    const char *old_code, *new_code;
    int old_version, new_version;
    cd_instant_t asked_at, changed_at, done_at;
    const char *asked_by;                /* a person's name */
    /* trusts' parts of claims: to be reckoned, reckoned so far */
    apr_int64_t total, seen;
    apr_int64_t open_seen, closed_seen;  /* claims */
    apr_int64_t open_changed, closed_changed;    /* claims in which a trust's part differs */
    apr_int64_t unchanged;               /* parts */
    /* parts without a flag; with a flag that is older than what it rests on */
    apr_int64_t missing, old;
    apr_int64_t failed;                  /* parts that could not be reckoned under one of the two */
    /* of the parts that differ, before and after */
    apr_int64_t open_old_p, open_new_p, closed_old_p, closed_new_p;
    /* open claims: how many parts differ by how much, see cd_impact_bins */
    apr_int64_t bins[CD_IMPACT_BINS];
} app_impact_t;

/** Asks for a run of this version over all claims. A run of the same version that waits or runs is
 * given back instead. right SCHEME_WRITE or SCHEME_ACTIVATE
 * @errors CD_E_NOT_FOUND: no such version */
cd_err_t *app_impact_ask(apr_int64_t *id_out, app_ctx_t *ctx, const char *code, int version);
/** The newest run of a version since it was drafted; `*out` NULL: it was not tried. right
 * POLICY_READ, as it is sums alone */
cd_err_t *app_impact_latest(app_impact_t **out, app_ctx_t *ctx, const char *code, int version);
/** right CLAIM_READ over all trusts, as the rows name claims. @errors CD_E_NOT_FOUND */
cd_err_t *app_impact_get(app_impact_t **out, app_ctx_t *ctx, apr_int64_t id);

typedef struct app_impact_row_t {
    apr_int64_t skey;
    const char *reference, *org_code;
    int open;                            /* 0: the claim was settled or closed */
    int old_state, new_state;            /* cd_flag_state_t */
    apr_int64_t old_p, new_p;
    const char *why;                     /* "Cap falls to £75,000.00" */
} app_impact_row_t;
#define APP_IMPACT_PAGE 50
typedef struct app_impact_list_t {
    app_impact_row_t *rows;
    int count;
    apr_int64_t next;
} app_impact_list_t;
/** Rows that differ, largest difference first. `open`: 1 open, 2 closed, 0 both. right CLAIM_READ
 * over all trusts */
cd_err_t *app_impact_rows(app_impact_list_t *out, app_ctx_t *ctx, apr_int64_t id, int open,
                          apr_int64_t after, int limit);

/** The command line's: does every run that waits, and goes on with one whose job died: after a
 * minute, with `resume` at once. `tell` may be NULL. */
typedef void (*app_impact_tell_fn)(void *baton, const app_impact_t *so_far);
cd_err_t *app_impact_work(int *runs_out, app_ctx_t *ctx, int resume, app_impact_tell_fn tell,
                          void *baton);

#endif

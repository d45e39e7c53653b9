/* bring.h: bringing records in from another system's export.
 *
 * Requires: ctx.h, domain/mapping.h.   Provides: app_bring_*.   Used by: cli, web.
 * A file is read twice: first only checked, which changes nothing; then, if it is good or bad rows
 * may be left out, written in batches. What came in stays known by trust and local reference: the
 * same row again changes nothing, a changed one corrects what is there, and what somebody corrected
 * here since is left alone unless the other system changed that answer too. It is history: what the
 * workflow would have refused at the desk may still have happened, so the field tables and the
 * cross-checks hold and no more. */
#ifndef CD_APP_BRING_H
#define CD_APP_BRING_H

#include "app/ctx.h"
#include "domain/mapping.h"

/** One mistake: `line` is where the row begins; 1 is the headings. */
typedef cd_err_t *(*app_bring_problem_fn)(void *baton, int line, const cd_map_problem_t *problem);

typedef struct app_bring_totals_t {
    int rows, bad;                       /* without headings */
    int problems;
    int kinds[CD_MAP_BAD_CASE + 1];      /* how many of each kind */
    /* good rows by whether the trust's reference is known (check alone) */
    int fresh, known;
    /* cases written; rows that said nothing new (applying alone) */
    int made, changed, same;
    int last_line;                       /* committed */
} app_bring_totals_t;
typedef void (*app_bring_progress_fn)(void *baton, const app_bring_totals_t *totals);

typedef struct app_bring_ask_t {
    const cd_mapping_t *mapping;
    /* what it was read from: a run is one file by one mapping */
    const char *mapping_bytes;
    apr_size_t mapping_len;
    /* whose records; NULL: the mapping's, or the actor's own trust */
    const char *org_code;
    const char *file_name;               /* for the reason of corrections */
    app_bring_problem_fn problem;        /* or NULL */
    app_bring_progress_fn progress;      /* after each batch, or NULL */
    void *baton;
    int skip_bad;                        /* bad rows are left out when applying */
    int at_most, seconds; /* applying stops behind the batch that writes as many cases, or lasts as
                           * long; the next call goes on there. 0: no such end */
} app_bring_ask_t;

typedef struct app_bring_t app_bring_t;
/** Begins to check. @errors CD_E_FORBIDDEN; CD_E_INVALID: no such trust, or not the mapping's
 * (public text) */
cd_err_t *app_bring_check(app_bring_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask);
/** Begins to write what was checked, or goes on where that stopped. The run is on record from here.
 * @errors CD_E_INVALID: bad rows and no `skip_bad`; CD_E_STALE: somebody else is at it */
cd_err_t *app_bring_apply(app_bring_t **out, app_ctx_t *ctx, const app_bring_ask_t *ask,
                          const app_bring_t *checked);
/** The file's bytes. @errors CD_E_BAD_REQUEST: not CSV; CD_E_INVALID: the headings do not fit (each
 * was told) */
cd_err_t *app_bring_feed(app_bring_t *bring, const char *bytes, apr_size_t len);
/** Its end. After applying, the run is done, unless it was stopped before.
 * @errors CD_E_STALE: not the file that was checked */
cd_err_t *app_bring_end(app_bring_t *bring);
const app_bring_totals_t *app_bring_totals(const app_bring_t *bring);

/* ---- runs from the web: the file is kept, sealed, until it is in */

#define APP_BRING_WEB_BYTES (5 * 1024 * 1024)
#define APP_BRING_WEB_ROWS 5000

typedef enum app_bring_state_t {
    APP_BRING_CHECKED = 1, APP_BRING_APPLYING, APP_BRING_DONE, APP_BRING_DROPPED
} app_bring_state_t;
extern const cd_token_t app_bring_states[];
typedef struct app_bring_run_t {
    apr_int64_t id;
    const char *org_code;
    int state;                           /* app_bring_state_t */
    int skip_bad, last_line, total_rows, bad_rows, made, changed, same;
    cd_instant_t started_at, changed_at;
    int has_copy;
} app_bring_run_t;
typedef struct app_bring_copy_t {
    const char *mapping, *file, *name;
    apr_size_t mapping_len, file_len;
} app_bring_copy_t;

/** Keeps file and mapping under a key of their own. `checked`: they were checked to the end.
 * A file that is kept already gives its run. @errors CD_E_TOO_LARGE */
cd_err_t *app_bring_keep(apr_int64_t *id_out, app_ctx_t *ctx, const app_bring_ask_t *ask,
                         const app_bring_t *checked, const char *file, apr_size_t len);
/** The newest runs of the actor's trust. */
cd_err_t *app_bring_runs(app_bring_run_t **out, int *count_out, app_ctx_t *ctx);
/** One of them, with its copy if `copy` is given. @errors CD_E_NOT_FOUND; CD_E_KEY: the copy is
 * gone */
cd_err_t *app_bring_run(app_bring_run_t **out, app_bring_copy_t *copy, app_ctx_t *ctx,
                        apr_int64_t id);
/** Gives a run up: its copy can no longer be opened; what is in stays. */
cd_err_t *app_bring_drop(app_ctx_t *ctx, apr_int64_t id);
/** Gives up the checks that nobody decided for `hours`, and removes what is stored of runs that are
 * over.
 * @errors CD_E_FORBIDDEN */
cd_err_t *app_bring_sweep(int *checks_out, int *pieces_out, app_ctx_t *ctx, int hours);

#endif

/* work.h: whose work a case is and what is due next in it: the work list.
 *
 * Requires: ctx.h, case.h.   Provides: app_work_*.   Used by: app, web, cli.
 * Each case has one row in `case_work`: its most urgent open task (cd_tasks), who has it and since
 * when. It is written in the transaction of every write in the case, so the list is never behind
 * the record. It is a summary: the records hold the truth, and `candourctl run work` makes all of
 * it again. */
#ifndef CD_APP_WORK_H
#define CD_APP_WORK_H

#include "app/case.h"

struct store_conn_t;
/** Makes the case's row anew from its records as they will stand after this write. Called by
 * app_write for every write in a case, inside its transaction: no use case calls it itself. `all`
 * holds every record, the new ones too; head->version is the one that this write leads to. One
 * round trip, none where the row says all of it already. */
cd_err_t *app_work_touch(app_ctx_t *ctx, const struct store_head_t *head, const cd_record_t *all,
                         int count, struct store_conn_t *conn, apr_pool_t *pool);
/** What stands in the way of an assignment: a person who is no active user of the case's trust (of
 * another trust or unknown: the same), a team that has nobody in it. */
cd_err_t *app_work_assignment_check(app_ctx_t *ctx, const struct store_head_t *head,
                                    const cd_assignment_t *assignment, cd_problems_t *problems);
/** Tells the person a case was given to, unless they gave it themselves. Inside the transaction. */
cd_err_t *app_work_tell(app_ctx_t *ctx, const struct store_head_t *head,
                        const cd_assignment_t *assignment, struct store_conn_t *conn,
                        apr_pool_t *pool);
/** The assignment that holds: the newest that stands and is not over; NULL: nobody's. */
const cd_assignment_t *app_work_assignment(const cd_case_t *file);

/** Makes every row again, in batches; only what differs is written. For a nightly timer: what is
 * due depends on the day. The command line's alone. `tell` (may be NULL) is called after each
 * batch. */
typedef struct app_work_made_t { apr_int64_t cases, changed, unreadable; } app_work_made_t;
typedef void (*app_work_tell_fn)(void *baton, const app_work_made_t *so_far);
cd_err_t *app_work_remake(app_work_made_t *out, app_ctx_t *ctx, app_work_tell_fn tell, void *baton);

/* ---- lists ------------------------------------------------------------------- */

typedef enum app_work_whose_t {          /* numbers as in the store */
    APP_WORK_MINE = 1, APP_WORK_TEAMS, APP_WORK_NOBODY, APP_WORK_ALL, APP_WORK_PERSON
} app_work_whose_t;
extern const cd_token_t app_work_whose[];
typedef enum app_work_due_t {
    APP_WORK_ANY = 0,
    APP_WORK_OVERDUE = 1,
    APP_WORK_WEEK,
    APP_WORK_FORTNIGHT,
    APP_WORK_UNDATED
} app_work_due_t;
extern const cd_token_t app_work_dues[];

/** What of the work is asked for: what addresses, saved filters and forms say. */
typedef struct app_work_filter_t {
    /* app_work_whose_t; 0: the actor's usual: mine, or all of a trust */
    int whose;
    int due;                             /* app_work_due_t */
    int rule;                            /* cd_rule_codes value, 0: any */
    const char *person;                  /* subject, for APP_WORK_PERSON */
    const char *org_code;                /* for those who see every trust; else NULL */
} app_work_filter_t;

typedef struct app_work_row_t {
    app_case_row_t row;
    cd_date_t due_on, cover_until;
    int due_kind, tasks;
    int days_late;                       /* 0: not late */
    int late_wd;                         /* the same in working days of the trust's division */
    const char *rule, *step, *team;      /* "" for none */
    const char *assignee, *assignee_name;/* NULL: nobody */
    int is_mine, is_cover;               /* cover: of somebody whom the actor covers for */
} app_work_row_t;
typedef struct app_work_list_t {
    app_work_row_t *rows;
    int count;
    apr_int64_t next;                    /* cursor of the next page, 0: this is the last */
    const cd_org_t *org;                 /* whose list it is; NULL: no trust was chosen yet */
    int whose;                           /* as it was answered */
} app_work_list_t;
/** One round trip. Own trust; those who see all trusts name one. right CASE_READ.
 * @errors CD_E_BAD_REQUEST: no such person or trust */
cd_err_t *app_work_list(app_work_list_t *out, app_ctx_t *ctx, const app_work_filter_t *filter,
                        apr_int64_t after);

#define APP_WORK_COUNTED 500             /* counts end here: 500 means "500 or more" */
#define APP_WORK_SOON 7                  /* days of "due soon", today among them */
typedef struct app_work_counts_t { int overdue, soon, all; } app_work_counts_t;
/** By app_work_whose_t, the first four. `org`: as app_work_list gave it. One round trip. */
cd_err_t *app_work_counts(app_work_counts_t out[APP_WORK_ALL + 1], app_ctx_t *ctx,
                          const cd_org_t *org);

/* ---- several at once ---------------------------------------------------------- */

#define APP_ASSIGN_MOST 50               /* as many as a page of the list has */
typedef struct app_assign_t {
    const char *reference;
    int version;                         /* as the user saw it */
    int done;
    const char *told;                    /* what is in the way of this case, or NULL */
    /* filled in: what it is, whose it is now; NULL: nobody, or out of reach */
    const char *title;
    const char *assignee, *team;
} app_assign_t;
/** What giving these cases away would change, and what is in the way. Problems are those of the
 * assignment itself. Writes nothing. right CASE_WRITE */
cd_err_t *app_work_assign_look(app_ctx_t *ctx, app_assign_t *list, int count,
                               const cd_assignment_t *assignment, cd_problems_t *problems);
/** Gives each case by a write of its own; one that is stale, out of reach or refused says so in
 * `told`, and the others go on. The request's idempotency key covers each. Leaves ctx naming the
 * last case. right CASE_WRITE
 * @errors what concerns all of them (CD_E_BUSY, CD_E_UNKNOWN): those before are done, and sending
 * it again does the rest */
cd_err_t *app_work_assign(app_ctx_t *ctx, app_assign_t *list, int count,
                          const cd_assignment_t *assignment);

#endif

/* work.h: what is due next in each case and whose work it is, as rows.
 *
 * Requires: file.h.   Provides: store_work_*.   Used by: app, cli.
 * A row is a summary made from a case's records by app/; here it is only kept and listed. Lists
 * give the row with the case's head, whose title and initials are unsealed. */
#ifndef CD_STORE_WORK_H
#define CD_STORE_WORK_H

#include "store/file.h"

typedef struct store_work_t {
    cd_case_id case_id;
    cd_org_id org_id;
    int state;                     /* cd_case_state_t */
    const char *policy;            /* or NULL */
    int version;                   /* of the case, when this row changed last */
    cd_date_t due_on;              /* of the most urgent task, 0: none */
    int due_kind;                  /* cd_due_kind_t, 0: none */
    const char *rule, *step;       /* "" for none */
    int tasks;
    const char *assignee;          /* subject of an active user of the case's trust, or NULL */
    const char *assignee_name;     /* read back: that user's name, or NULL */
    const char *team;              /* "" for none */
    cd_date_t cover_until;         /* 0: the assignment has no end */
    cd_instant_t changed_at;
    cd_user_id assignee_id;        /* read back; 0: nobody */
} store_work_t;

/** Keeps the row, new or renewed; one of an earlier version of the case than stands there is passed
 * over. Part of the transaction of what it sums up. */
cd_err_t *store_work_keep(const store_work_t *work, store_conn_t *conn, apr_pool_t *pool);
/** `*out` NULL: the case has no row. */
cd_err_t *store_work_get(store_work_t **out, cd_case_id case_id, store_conn_t *conn,
                         apr_pool_t *pool);
/** Rows of the cases above `after` up to `last`, by number; a case without a row has step NULL. */
cd_err_t *store_work_walk(store_work_t **out, int *count_out, cd_case_id after, cd_case_id last,
                          store_conn_t *conn, apr_pool_t *pool);
/** 1 if the row that stands says what was made now, whenever it was written. */
int store_work_same(const store_work_t *made, const store_work_t *old);

/* Whose work a list holds. */
typedef enum store_work_whose_t {
    STORE_WORK_MINE = 1,           /* the person's, and of those they cover for today */
    STORE_WORK_TEAMS,              /* given to a team that the person is in, or to somebody in it */
    STORE_WORK_NOBODY,
    STORE_WORK_ORG,
    STORE_WORK_PERSON              /* a named person's alone */
} store_work_whose_t;

typedef struct store_work_ask_t {
    store_work_whose_t whose;
    cd_org_id org_id;
    cd_user_id user_id;            /* who asks */
    /* subject, for STORE_WORK_PERSON; one of another trust has nothing */
    const char *person;
    cd_date_t today;
    const char *rule;              /* only this rule's; NULL: any */
    /* days, both counted; 0: no bound. A bound leaves out what has no date */
    cd_date_t due_from, due_to;
#define STORE_WORK_NO_DAY 999999999 /* as due_from: only what has no date */
    /* cursor: rows with a greater sort key; 0: from the most urgent */
    apr_int64_t after;
    int limit;                     /* at most 50; one more is fetched to see a next page */
} store_work_ask_t;
typedef struct store_work_row_t {
    store_head_t head;             /* as in lists of cases */
    cd_date_t due_on, cover_until;
    int due_kind, tasks;
    const char *rule, *step, *team;
    cd_user_id assignee_id;
    const char *assignee, *assignee_name;
    apr_int64_t skey;
} store_work_row_t;
typedef struct store_work_page_t {
    store_work_row_t *rows;
    int count;
    apr_int64_t next;
} store_work_page_t;
cd_err_t *store_work_list(store_work_page_t *out, const store_work_ask_t *ask, store_conn_t *conn,
                          apr_pool_t *pool);

#define STORE_WORK_COUNTED 500     /* further than this nobody counts */
typedef struct store_work_count_t { int overdue, soon, all; } store_work_count_t;
/** Counts for the first four lists, by store_work_whose_t; `soon`: from today to `soon_to`. */
cd_err_t *store_work_counts(store_work_count_t out[STORE_WORK_ORG + 1], cd_org_id org_id,
                            cd_user_id user_id, cd_date_t today, cd_date_t soon_to,
                            store_conn_t *conn, apr_pool_t *pool);

#endif

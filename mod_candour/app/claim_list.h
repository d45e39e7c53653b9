/* claim_list.h: the work list of claims, several claims given away at once, teams of claims
 * handlers.
 *
 * Requires: claim_work.h.   Provides: app_claim_work_list and what goes with it.   Used by: web.
 * Staff of the scheme see every trust's rows; a trust's user those of its own trust, without
 * handler and team. */
#ifndef CD_APP_CLAIM_LIST_H
#define CD_APP_CLAIM_LIST_H

#include "app/claim_work.h"
#include "domain/round.h"
#include "domain/steps_round.h"

typedef enum app_claim_whose_t {
    APP_CLAIM_MINE = 1, APP_CLAIM_TEAMS, APP_CLAIM_NOBODY, APP_CLAIM_ALL
} app_claim_whose_t;
extern const cd_token_t app_claim_whose[];
typedef enum app_claim_sort_t {
    APP_CLAIM_BY_DUE = 1, APP_CLAIM_BY_AGE, APP_CLAIM_BY_SUM, APP_CLAIM_BY_CHANGED
} app_claim_sort_t;
extern const cd_token_t app_claim_sorts[];
typedef enum app_claim_open_t {
    APP_CLAIM_OPEN = 1,
    APP_CLAIM_ENDED,
    APP_CLAIM_EITHER
} app_claim_open_t;
extern const cd_token_t app_claim_opens[];
extern const cd_token_t app_claim_ages[];      /* months since notification: 4, 12, 36 */
extern const cd_token_t app_claim_sums[]; /* thousands of pounds indicated at least: 1, 10, 100 */
extern const cd_token_t app_claim_marks[];     /* overdue, old flag */
enum { APP_CLAIM_OVERDUE = 1, APP_CLAIM_OLD };

/** What of the work is asked for: what addresses, saved filters and forms say. 0, NULL: any. */
typedef struct app_claim_filter_t {
    int whose, sort, open;
    int stage, state, scheme;            /* cd_stage_t, cd_flag_state_t, indemnity scheme */
    int age, sum, mark;                  /* values of the lists above */
    int turn;                            /* cd_side_t: what waits for that side */
    const char *org_code, *handler, *team;
} app_claim_filter_t;

typedef struct app_claim_work_row_t {
    app_claim_row_t row;
    /* NULL: nobody's, or not this actor's to see */
    const char *org_code, *handler, *handler_name, *team;
    const char *org_name;                /* short (cd_org_short), or NULL */
    int is_mine, stage, flag_seq, flag_state, out_of_date;
    apr_int64_t indicated_p, decided_p, asked_p, received_p;
    cd_date_t due_on;
    int is_late;
} app_claim_work_row_t;
typedef struct app_claim_work_list_t {
    app_claim_work_row_t *rows;
    int count, whose, national;
    /* cursor of the next page in this order, 0: this is the last */
    apr_int64_t next;
} app_claim_work_list_t;
/** One round trip. right CLAIM_READ. @errors CD_E_BAD_REQUEST: no such trust or person */
cd_err_t *app_claim_work_list(app_claim_work_list_t *out, app_ctx_t *ctx,
                              const app_claim_filter_t *filter, apr_int64_t after);
#define APP_CLAIMS_COUNTED 500           /* counts end here */
typedef struct app_claim_counts_t { int of[APP_CLAIM_ALL + 1]; } app_claim_counts_t;
cd_err_t *app_claim_work_counts(app_claim_counts_t *out, app_ctx_t *ctx);

typedef struct app_claim_person_t { const char *subject, *name; cd_user_id id; } app_claim_person_t;
/** Active claims handlers, by name. For staff of the scheme. */
cd_err_t *app_claim_handlers(app_claim_person_t **out, int *count_out, app_ctx_t *ctx);
typedef struct app_claim_member_t { const char *team, *subject, *name; } app_claim_member_t;
cd_err_t *app_claim_team_members(app_claim_member_t **out, int *count_out, app_ctx_t *ctx);
/** Adds a handler to a team, or takes one off it. A team is there while somebody is in it. right
 * CLAIM_WRITE
 * @errors CD_E_INVALID with problems `team`, `person` */
cd_err_t *app_claim_team_put(app_ctx_t *ctx, const char *team, const char *subject, int active,
                             cd_problems_t *problems);

/* ---- several at once ---------------------------------------------------------- */

#define APP_CLAIMS_MOST 50               /* as many as a page of the list has */
typedef enum app_claim_deed_t {
    APP_CLAIM_GIVE = 1,
    APP_CLAIM_COMPUTE,
    APP_CLAIM_ASK
} app_claim_deed_t;
typedef struct app_claim_order_t {
    cd_allocation_t allocation;          /* GIVE */
    /* ASK: what, why and due; each trust of a claim is asked about its own open rules */
    cd_request_t request;
} app_claim_order_t;
typedef struct app_claim_pick_t {
    const char *reference;
    int version;                         /* as the user saw it */
    int done;
    /* what is in the way of this claim, or what became of it; NULL */
    const char *told;
    const char *title;                   /* filled in; NULL: out of reach */
} app_claim_pick_t;
/** What would be done and what is in the way, row by row; writes nothing. right of the deed */
cd_err_t *app_claims_look(app_ctx_t *ctx, app_claim_pick_t *list, int count, int deed,
                          const app_claim_order_t *order, cd_problems_t *problems);
/** Each claim by a write of its own, under a key made of the form's and its reference: one that is
 * stale, out of reach or refused says so, and the others go on; sending it again does the rest and
 * repeats nothing. */
cd_err_t *app_claims_do(app_ctx_t *ctx, app_claim_pick_t *list, int count, int deed,
                        const app_claim_order_t *order);

#endif

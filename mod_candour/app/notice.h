/* notice.h: what is sent to people: put into the outbox in the transaction of what it is about.
 *
 * Requires: ctx.h.   Provides: app_notice_t, app_notice_put.   Used by: app, cli.
 * A notice names a user, a file's reference and a day, and nothing of a person in a case. The words
 * are made from its kind when it is sent. */
#ifndef CD_APP_NOTICE_H
#define CD_APP_NOTICE_H

#include "app/ctx.h"

typedef enum app_notice_kind_t {
    APP_NOTICE_ASSIGNED = 1,       /* a case was given to you */
    APP_NOTICE_AHEAD,              /* something is due soon */
    APP_NOTICE_PAST,               /* something is past its date */
    APP_NOTICE_ESCALATED,          /* past its date for so long that it comes to you */
    APP_NOTICE_TO_SIGN,            /* a letter waits for your check */
    APP_NOTICE_RETURNED,           /* a letter came back to you */
    APP_NOTICE_HANDED_OVER,        /* another trust handed you a case */
    APP_NOTICE_FAILED,             /* to administrators: messages could not be sent */
    /* in a claim, to the trust: evidence is asked for, or no longer */
    APP_NOTICE_EVIDENCE_ASKED,
    APP_NOTICE_INDICATED,          /* ... : something is indicated */
    APP_NOTICE_ANSWERED,           /* to the handler who asked: the trust has answered */
    APP_NOTICE_TO_CONFIRM,         /* to decision-makers: a decision waits for a second person */
    APP_NOTICE_DECISION_RETURNED,  /* to who decided: it came back */
    APP_NOTICE_DECIDED = 20,       /* a trust is told of a decision, or of its review */
    APP_NOTICE_REVIEW_ASKED,       /* to reviewers: a trust asks for a review */
    APP_NOTICE_SUM_ASKED           /* a trust is asked for a decided sum */
} app_notice_kind_t;

typedef struct app_notice_t {
    int kind;                      /* app_notice_kind_t */
    cd_user_id to;
    cd_org_id org;
    const char *reference;         /* "CM-2026-0412" */
    /* what is due, in words of the program: "Send the written notification"; or NULL */
    const char *step;
    cd_date_t due_on;              /* or 0 */
    /* key: a second notice with the same key is not put; NULL: always */
    const char *once;
} app_notice_t;

/** Inside a transaction (app_write_t.inside, or a system write). A key that is taken is no error.
 */
struct store_conn_t;
cd_err_t *app_notice_put(struct store_conn_t *conn, const app_notice_t *notice, cd_instant_t now,
                         apr_pool_t *pool);

#endif

/* reminder.h: how organisations want to be reminded, and what may need a reminder, as rows.
 *
 * Requires: tx.h, domain.   Provides: store_reminder_*, store_dues, store_trust_users.   Used by:
 * app. */
#ifndef CD_STORE_REMINDER_H
#define CD_STORE_REMINDER_H

#include "base/date.h"
#include "domain/actor.h"
#include "store/tx.h"

typedef struct store_reminder_t {
    cd_org_id org;
    const char *ahead, *past;            /* "7 1": calendar days before and after the due date */
    int escalate_after;                  /* days after the due date, 0: never */
    int escalate_role;                   /* cd_role_t, 0: none */
    cd_user_id escalate_to;              /* 0: none */
    const char *escalate_subject;        /* of that user; read back */
    int quiet;                           /* 1: nothing is put */
    int version;
} store_reminder_t;
/** The setting of one organisation (0: of all that have one). */
cd_err_t *store_reminders(store_reminder_t **out, int *count_out, cd_org_id org, store_conn_t *conn,
                          apr_pool_t *pool);
/** version 0: a new row. @errors CD_E_STALE */
cd_err_t *store_reminder_put(const store_reminder_t *reminder, store_conn_t *conn,
                             apr_pool_t *pool);
const char *store_reminder_content(const store_reminder_t *reminder, apr_pool_t *pool);

/** The most urgent open step of a case. */
typedef struct store_due_t {
    cd_case_id case_id;
    cd_org_id org;
    const char *reference, *rule, *step, *team;   /* rule, team: "" for none */
    cd_date_t due_on, cover_until;       /* cover_until: last day of the assignment, 0: no end */
    cd_user_id assignee;
} store_due_t;
/** Steps due from `first` to `last` of the cases above `after`, by case. */
cd_err_t *store_dues(store_due_t **out, int *count_out, cd_case_id after, cd_date_t first,
                     cd_date_t last, int limit, store_conn_t *conn, apr_pool_t *pool);

/** An active user of a trust. */
typedef struct store_trust_user_t {
    cd_user_id id;
    cd_org_id org;
    apr_uint32_t roles;
    cd_user_id covered_by;               /* away today: who sees to the work; 0: here */
} store_trust_user_t;
cd_err_t *store_trust_users(store_trust_user_t **out, int *count_out, cd_date_t today,
                            store_conn_t *conn, apr_pool_t *pool);
typedef struct store_in_team_t {
    cd_org_id org;
    const char *team;
    cd_user_id user;
} store_in_team_t;
/** Every member of every team. */
cd_err_t *store_in_teams(store_in_team_t **out, int *count_out, store_conn_t *conn,
                         apr_pool_t *pool);

#endif

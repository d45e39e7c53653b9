/* reminder.h: who is reminded of what is due, and when it is passed on.
 *
 * Requires: ctx.h.   Provides: app_reminders_*.   Used by: web, cli.
 * Each organisation says how many days ahead and after a due date people are reminded, and after
 * how many it goes to a role or a named person. `candourctl run reminders` reads the work list and
 * puts notices whose keys name case, rule, due date, threshold and person, so that it may run at
 * any time, twice, or two at once. */
#ifndef CD_APP_REMINDER_H
#define CD_APP_REMINDER_H

#include "app/notice.h"

typedef struct app_reminders_t {         /* form fields: app_reminder_fields */
    const char *ahead, *past;            /* "7, 1": calendar days */
    apr_int64_t escalate_after;          /* days after the due date; 0: never */
    int escalate_role;                   /* cd_role_t */
    /* a user of the organisation, instead of the role; or NULL */
    const char *escalate_to;
    int quiet;                           /* cd_yesno_t: no reminders */
    int version;                         /* 0: the defaults, never changed */
} app_reminders_t;
extern const cd_field_t app_reminder_fields[];
extern const int app_reminder_field_count;
/** What holds where an organisation has set nothing. */
extern const app_reminders_t app_reminders_default;

/** @errors CD_E_FORBIDDEN, CD_E_NOT_FOUND */
cd_err_t *app_reminders_get(app_reminders_t **out, app_ctx_t *ctx, const char *org_code);
cd_err_t *app_reminders_save(app_ctx_t *ctx, const char *org_code, const app_reminders_t *reminders,
                             cd_problems_t *problems);

#define APP_REMINDER_DAYS 8              /* in one list */
typedef struct app_reminder_days_t {
    int ahead[APP_REMINDER_DAYS], past[APP_REMINDER_DAYS];
    int ahead_count, past_count, escalate_after;
} app_reminder_days_t;
/** Reads "7, 1" or "7 1": whole days of 0 to 365. 0: it is no such list. */
int app_reminder_list(int days_out[APP_REMINDER_DAYS], int *count_out, const char *text);

typedef struct app_reminder_hit_t {
    int kind;
    int days;
} app_reminder_hit_t; /* app_notice_kind_t, threshold */
/** What a step due on `due_on` calls for today: the threshold passed last, if that was in the last
 * 30 days (older than that are cases brought in, or the job stood still: nobody is flooded), and
 * the passing on. Gives how many. */
int app_reminder_hits(app_reminder_hit_t out[2], const app_reminder_days_t *days, cd_date_t due_on,
                      cd_date_t today);

typedef struct app_reminder_sum_t { int cases, put; } app_reminder_sum_t;
cd_err_t *app_reminders_run(app_reminder_sum_t *out, app_ctx_t *ctx);

#endif

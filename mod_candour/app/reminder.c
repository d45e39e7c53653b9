/* reminder.c: settings of reminders, and the thresholds that they mean. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "app/core.h"
#include "app/reminder.h"
#include "store/reminder.h"

#define DAYS_MAX 365
#define FLOOD_DAYS 30

static const cd_token_t trust_roles[] = {
    { CD_ROLE_TRUST_LEGAL, "trust-legal", "Trust legal" },
    { CD_ROLE_TRUST_READER, "trust-reader", "Trust board reader" },
    { CD_ROLE_APPROVER, "approver", "Executive approver" },
    { 0, NULL, NULL }
};

const cd_field_t app_reminder_fields[] = {
    { .name = "ahead", .type = CD_FT_TEXT, .offset = offsetof(app_reminders_t, ahead), .max = 60,
      .section = "When people are reminded", .label = "Days before the due date (optional)",
      .noun = "the days before the due date", .hint = "Calendar days, for example 7, 1.",
      .shown = "Before" },
    { .name = "past", .type = CD_FT_TEXT, .offset = offsetof(app_reminders_t, past), .max = 60,
      .label = "Days after the due date (optional)", .noun = "the days after the due date",
      .hint = "Calendar days, for example 1, 7, 14.", .shown = "After" },
    { .name = "escalate_after", .type = CD_FT_INT, .offset = offsetof(app_reminders_t,
      escalate_after), .min = 0,
      .max = DAYS_MAX, .section = "When it is passed on",
      .label = "Days after the due date to pass it on (optional)",
      .noun = "the days to pass it on", .hint = "0 or empty: it is never passed on.",
      .shown = "Passed on after" },
    { .name = "escalate_role", .type = CD_FT_TOKEN, .offset = offsetof(app_reminders_t,
      escalate_role),
      .tokens = trust_roles, .label = "Pass it on to everyone in this role (optional)",
      .noun = "the role",
      .shown = "Passed on to the role" },
    { .name = "escalate_to", .type = CD_FT_TEXT, .offset = offsetof(app_reminders_t, escalate_to),
      .max = 120,
      .label = "Or to one person: their sign-in name (optional)", .noun = "the sign-in name",
      .hint = "If you enter one, it goes to this person and not to the role.",
      .shown = "Passed on to the person" },
    { .name = "quiet", .type = CD_FT_YESNO, .offset = offsetof(app_reminders_t, quiet),
      .flags = CD_FF_REQUIRED,
      .section = "Pause", .label = "Stop all reminders of this organisation?",
      .noun = "if all reminders stop",
      .shown = "Stopped" }
};
const int app_reminder_field_count =
    (int)(sizeof(app_reminder_fields) / sizeof(app_reminder_fields[0]));

const app_reminders_t app_reminders_default = {
    .ahead = "7, 1", .past = "1, 7, 14", .escalate_after = 14, .escalate_role = CD_ROLE_TRUST_LEGAL,
    .quiet = CD_NO
};

int app_reminder_list(int days_out[APP_REMINDER_DAYS], int *count_out, const char *text)
{
    char *end;

    *count_out = 0;
    for (text = text ? text : "";; text = end) {
        long days;

        text += strspn(text, ", ");
        if (!*text)
            return 1;
        if (!apr_isdigit(*text) || *count_out == APP_REMINDER_DAYS)
            return 0;
        days = strtol(text, &end, 10);
        if (days > DAYS_MAX || (*end && !strchr(", ", *end)))
            return 0;
        days_out[(*count_out)++] = (int)days;
    }
}

/* The list as it is kept: "7 1". */
static const char *list_words(const int *days, int count, const char *between, apr_pool_t *pool)
{
    const char *words = "";
    int i;

    for (i = 0; i < count; i++)
        words = apr_pstrcat(pool, words, i ? between : "", apr_itoa(pool, days[i]), NULL);
    return words;
}

int app_reminder_hits(app_reminder_hit_t out[2], const app_reminder_days_t *days, cd_date_t due_on,
                      cd_date_t today)
{
    int left = due_on - today, past = -left, best = -1, count = 0, i;

    for (i = 0; left >= 0 && i < days->ahead_count; i++)
        if (days->ahead[i] >= left && (best < 0 || days->ahead[i] < best))
            best = days->ahead[i];
    if (best >= 0)
        out[count++] = (app_reminder_hit_t){ APP_NOTICE_AHEAD, best };
    for (best = -1, i = 0; past > 0 && i < days->past_count; i++)
        if (days->past[i] <= past && days->past[i] > best)
            best = days->past[i];
    if (best >= 0 && past - best <= FLOOD_DAYS)
        out[count++] = (app_reminder_hit_t){ APP_NOTICE_PAST, best };
    if (days->escalate_after && past >= days->escalate_after
        && past - days->escalate_after <= FLOOD_DAYS)
        out[count++] = (app_reminder_hit_t){ APP_NOTICE_ESCALATED, days->escalate_after };
    return count;
}

/* ---- settings ------------------------------------------------------------ */

static const char *shown_list(const char *kept, apr_pool_t *pool)
{
    int days[APP_REMINDER_DAYS], count;

    return app_reminder_list(days, &count, kept) ? list_words(days, count, ", ", pool) : "";
}

cd_err_t *app_reminders_get(app_reminders_t **out, app_ctx_t *ctx, const char *org_code)
{
    store_reminder_t *rows;
    const cd_org_t *org;
    int count;

    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(app_org(&org, ctx, org_code));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_reminders(&rows, &count, org->id, ctx->conn, ctx->pool));
    *out = apr_pmemdup(ctx->pool, &app_reminders_default, sizeof(**out));
    if (!count)
        return NULL;
    (*out)->ahead = shown_list(rows->ahead, ctx->pool);
    (*out)->past = shown_list(rows->past, ctx->pool);
    (*out)->escalate_after = rows->escalate_after;
    (*out)->escalate_role = rows->escalate_role;
    (*out)->escalate_to = rows->escalate_subject;
    (*out)->quiet = rows->quiet ? CD_YES : CD_NO;
    (*out)->version = rows->version;
    return NULL;
}

static void list_check(const char **kept_out, const char *field, const char *text,
                       const char *label, cd_problems_t *problems)
{
    int days[APP_REMINDER_DAYS], count;

    if (app_reminder_list(days, &count, text))
        *kept_out = list_words(days, count, " ", problems->pool);
    else
        cd_problem_add(problems, field, NULL,
                       "%s must be whole numbers from 0 to %d, %d at most, like 7, 1", label,
                       DAYS_MAX, APP_REMINDER_DAYS);
}

/* Whoever it is passed on to must be able to open the case. */
static cd_err_t *person_check(store_reminder_t *row, app_ctx_t *ctx, const cd_org_t *org,
                              const app_reminders_t *reminders, cd_problems_t *problems)
{
    store_user_t *user = NULL;

    if (reminders->escalate_after && !reminders->escalate_role && !reminders->escalate_to)
        cd_problem_add(problems, "escalate_role", NULL,
                       "Select the role, or enter one person’s sign-in name");
    if (!reminders->escalate_to)
        return NULL;
    CD_ERR(store_user_get(&user, reminders->escalate_to, ctx->conn, ctx->pool));
    if (user && user->active && user->org_code && !strcmp(user->org_code, org->code))
        row->escalate_to = user->id;
    else
        cd_problem_add(problems, "escalate_to", NULL,
                       "Sign-in name must be that of a user of this organisation");
    return NULL;
}

static cd_err_t *reminder_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_reminder_put(baton, conn, pool);
}

cd_err_t *app_reminders_save(app_ctx_t *ctx, const char *org_code, const app_reminders_t *reminders,
                             cd_problems_t *problems)
{
    store_reminder_t row = { .escalate_after = (int)reminders->escalate_after,
                             .quiet = reminders->quiet == CD_YES,
                             .escalate_role = reminders->escalate_role,
                             .version = reminders->version };
    app_system_write_t write = { .change = reminder_change,
                                 .baton = &row,
                                 .action = CD_ACT_SETTINGS_CHANGED,
                                 .version_before = reminders->version,
                                 .version_after = reminders->version + 1 };
    store_reminder_t *rows;
    const cd_org_t *org;
    int count;

    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(app_org(&org, ctx, org_code));
    CD_ERR(app_conn(ctx));
    app_required(app_reminder_fields, app_reminder_field_count, reminders, problems);
    list_check(&row.ahead, "ahead", reminders->ahead, "Days before the due date", problems);
    list_check(&row.past, "past", reminders->past, "Days after the due date", problems);
    CD_ERR(person_check(&row, ctx, org, reminders, problems));
    CD_ERR(app_problems(problems));
    CD_ERR(store_reminders(&rows, &count, org->id, ctx->conn, ctx->pool));
    CD_ERR(app_seen_version(ctx, count ? rows->version : 0, reminders->version));
    if (ctx->replayed)
        return NULL;
    row.org = org->id;
    write.object = apr_pstrcat(ctx->pool, "reminders ", org->code, NULL);
    write.answer = org->code;
    write.content = store_reminder_content(&row, ctx->pool);
    return app_system_write(ctx, &write);
}

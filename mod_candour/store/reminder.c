/* reminder.c: settings of reminders, and what may need one, as rows. Judges nothing. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/reminder.h"

cd_err_t *store_reminders(store_reminder_t **out, int *count_out, cd_org_id org, store_conn_t *conn,
                          apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_reminder_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_REMINDERS, pool, "LL", org, org));
    while (row) {
        store_reminder_t *reminder;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        reminder = apr_array_push(list);
        reminder->org = store_col_long(rows);
        reminder->ahead = store_col_text(rows, pool);
        reminder->past = store_col_text(rows, pool);
        reminder->escalate_after = store_col_int(rows);
        reminder->escalate_role = store_col_int(rows);
        reminder->escalate_to = store_col_long(rows);
        reminder->escalate_subject = store_col_text(rows, pool);
        reminder->quiet = store_col_int(rows);
        reminder->version = store_col_int(rows);
    }
    *out = (store_reminder_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_reminder_put(const store_reminder_t *reminder, store_conn_t *conn, apr_pool_t *pool)
{
    /* 0 is nobody, and NULL in the row: the column names a user. */
    const char *to = reminder->escalate_to
                         ? apr_psprintf(pool, "%" APR_INT64_T_FMT, reminder->escalate_to)
                         : NULL;
    int rows;

    if (!reminder->version)
        return store_change(NULL, NULL, conn, STMT_INSERT_REMINDER, pool, "Lssiisi", reminder->org,
                            reminder->ahead, reminder->past, reminder->escalate_after,
                            reminder->escalate_role, to, reminder->quiet);
    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_REMINDER, pool, "ssiisiLi", reminder->ahead,
                        reminder->past, reminder->escalate_after, reminder->escalate_role, to,
                        reminder->quiet, reminder->org, reminder->version));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "the reminders are no longer at version %d",
                      reminder->version);
    return NULL;
}

const char *store_reminder_content(const store_reminder_t *reminder, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s\n%s\n%d\n%d\n%" APR_INT64_T_FMT "\n%d", reminder->ahead,
                        reminder->past, reminder->escalate_after, reminder->escalate_role,
                        reminder->escalate_to, reminder->quiet);
}

cd_err_t *store_dues(store_due_t **out, int *count_out, cd_case_id after, cd_date_t first,
                     cd_date_t last, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, limit, sizeof(store_due_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_DUES, pool, "Lddi", after, first, last, limit));
    while (row) {
        store_due_t *due;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        due = apr_array_push(list);
        due->case_id = store_col_long(rows);
        due->org = store_col_long(rows);
        due->reference = store_col_text(rows, pool);
        due->rule = store_col_text(rows, pool);
        due->step = store_col_text(rows, pool);
        due->team = store_col_text(rows, pool);
        due->due_on = store_col_int(rows);
        due->cover_until = store_col_int(rows);
        due->assignee = store_col_long(rows);
    }
    *out = (store_due_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_trust_users(store_trust_user_t **out, int *count_out, cd_date_t today,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_trust_user_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_TRUST_USERS, pool, "dd", today, today));
    while (row) {
        store_trust_user_t *user;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        user = apr_array_push(list);
        user->id = store_col_long(rows);
        user->org = store_col_long(rows);
        user->roles = (apr_uint32_t)store_col_long(rows);
        user->covered_by = store_col_long(rows);
    }
    *out = (store_trust_user_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_in_teams(store_in_team_t **out, int *count_out, store_conn_t *conn,
                         apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_in_team_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_IN_TEAMS, pool, ""));
    while (row) {
        store_in_team_t *member;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        member = apr_array_push(list);
        member->org = store_col_long(rows);
        member->team = store_col_text(rows, pool);
        member->user = store_col_long(rows);
    }
    *out = (store_in_team_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

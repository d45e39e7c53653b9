/* user.c: people who may sign in, and what they may do. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "app/core.h"
#include "app/outbox.h"

#define TRUST_ROLES ((1u << CD_ROLE_WARD) | (1u << CD_ROLE_TRUST_LEGAL) | \
                     (1u << CD_ROLE_TRUST_READER) | (1u << CD_ROLE_APPROVER))

/* subject: what httpd's login gives; it is part of entries of the system's chain (160 characters).
 */
const cd_field_t app_user_fields[] = {
    { .name = "subject", .type = CD_FT_TEXT, .offset = offsetof(app_user_t, subject),
      .flags = CD_FF_REQUIRED,
      .min = 1, .max = 120, .section = "The person", .label = "Sign-in name",
      .noun = "the sign-in name",
      .hint = "As the sign-in service gives it. It cannot be changed later.",
      .shown = "Sign-in name" },
    { .name = "name", .type = CD_FT_TEXT, .offset = offsetof(app_user_t, name),
      .flags = CD_FF_REQUIRED,
      .min = 2, .max = 120, .label = "Name to show", .noun = "the name to show",
      .hint = "For example, J. Okafor.", .shown = "Name" },
    { .name = "org_code", .type = CD_FT_ODS, .offset = offsetof(app_user_t, org_code),
      .section = "What they may do", .label = "Organisation code (for a trust’s roles)",
      .noun = "the organisation code", .hint = "For example, RZ1. Leave it empty for staff of the "
      "scheme.",
      .shown = "Organisation" },
    { .name = "roles", .type = CD_FT_SET, .offset = offsetof(app_user_t, roles),
      .flags = CD_FF_REQUIRED,
      .tokens = cd_roles, .label = "Roles", .noun = "the roles", .shown = "Roles" },
    { .name = "active", .type = CD_FT_YESNO, .offset = offsetof(app_user_t, active),
      .flags = CD_FF_REQUIRED,
      .label = "May they sign in?", .noun = "if they may sign in", .shown = "May sign in" },
    { .name = "email", .type = CD_FT_TEXT, .offset = offsetof(app_user_t, email), .min = 3,
      .max = 254,
      .section = "Messages", .label = "E-mail address for messages", .noun = "the e-mail address",
      .hint = "Reminders go there. They hold no patient’s details. Without one, messages are "
      "shown here only.",
      .shown = "E-mail address" }
};
const int app_user_field_count = (int)(sizeof(app_user_fields) / sizeof(app_user_fields[0]));

static void user_from(app_user_t *user, const store_user_t *row)
{
    user->subject = row->subject;
    user->name = row->name;
    user->org_code = row->org_code;
    user->org_name = row->org_name;
    user->roles = row->roles;
    user->active = row->active ? CD_YES : CD_NO;
    user->version = row->version;
    user->email = row->email;
}

cd_err_t *app_users(app_user_t **out, int *count_out, app_ctx_t *ctx, const char *after_subject)
{
    store_user_t *rows;
    int i;

    CD_ERR(app_need(ctx, CD_RIGHT_USER_ADMIN));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_users(&rows, count_out, after_subject ? after_subject : "", APP_USER_ROWS,
                       ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        user_from(&(*out)[i], &rows[i]);
    return NULL;
}

cd_err_t *app_user_get(app_user_t **out, app_ctx_t *ctx, const char *subject)
{
    store_user_t *row = NULL;

    CD_ERR(app_need(ctx, CD_RIGHT_USER_ADMIN));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_user_get(&row, subject, ctx->conn, ctx->pool));
    if (!row)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such user");
    *out = apr_pcalloc(ctx->pool, sizeof(**out));
    user_from(*out, row);
    return NULL;
}

/* One person is either of a trust or of the scheme: with both, the reach of one role would widen
 * what the look-ups of the other give. */
static void roles_check(const app_user_t *user, const cd_org_t *org, cd_problems_t *problems)
{
    int of_trust = (user->roles & TRUST_ROLES) != 0, of_scheme = (user->roles & ~TRUST_ROLES) != 0;

    if (of_trust && of_scheme)
        cd_problem_add(problems, "roles", NULL,
                       "Roles must be either a trust’s or the scheme’s, not both");
    else if (of_trust && !user->org_code)
        cd_problem_add(problems, "org_code", NULL, "Enter the organisation code");
    else if (of_scheme && user->org_code)
        cd_problem_add(problems, "org_code", NULL,
                       "Organisation code must be empty for staff of the scheme");
    else if (user->org_code && !org)
        cd_problem_add(problems, "org_code", NULL,
                       "Organisation code must be one that is registered here");
}

static void own_check(const app_ctx_t *ctx, const app_user_t *user, const store_user_t *old,
                      cd_problems_t *problems)
{
    if (ctx->is_system || !old || old->id != ctx->actor->id)
        return;
    if (old->roles != user->roles)
        cd_problem_add(problems, "roles", NULL, "Another administrator must change your own roles");
    if (user->active != CD_YES)
        cd_problem_add(problems, "active", NULL, "Another administrator must end your own access");
}

typedef struct save_t {
    app_ctx_t *ctx;
    store_user_t row;
    cd_org_id org_id;
} save_t;

static cd_err_t *user_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    save_t *save = baton;

    if (!save->row.version)
        return store_user_insert(&save->row, save->org_id, save->ctx->now, conn, pool);
    return store_user_update(&save->row, save->org_id, conn, pool);
}

cd_err_t *app_user_save(app_ctx_t *ctx, const app_user_t *user, cd_problems_t *problems)
{
    const cd_org_t *org = app_org_cached(ctx, user->org_code);
    save_t save = { .ctx = ctx, .org_id = org ? org->id : 0 };
    app_system_write_t write = { .change = user_change,
                                 .baton = &save,
                                 .version_before = user->version,
                                 .version_after = user->version + 1 };
    store_user_t *old = NULL;
    cd_err_t *err;

    CD_ERR(app_need(ctx, CD_RIGHT_USER_ADMIN));
    app_required(app_user_fields, app_user_field_count, user, problems);
    roles_check(user, org, problems);
    if (user->email && !app_mail_address_ok(user->email))
        cd_problem_add(problems, "email", NULL,
                       "Enter an e-mail address in the correct form, like name@example.nhs.uk");
    CD_ERR(app_problems(problems));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_user_get(&old, user->subject, ctx->conn, ctx->pool));
    if (user->version && !old)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such user");
    err = app_seen_version(ctx, old ? old->version : 0, user->version);
    if (ctx->replayed)
        return NULL;
    if (err && (user->version || err->code != CD_E_STALE))
        return err;
    if (err)
        cd_problem_add(problems, "subject", NULL,
                       "Sign-in name must be new: there is a user of that name");
    own_check(ctx, user, old, problems);
    CD_ERR(app_problems(problems));
    save.row.id = old ? old->id : 0;
    save.row.subject = user->subject;
    save.row.name = user->name;
    save.row.org_code = user->org_code;
    save.row.roles = user->roles;
    save.row.active = user->active == CD_YES;
    save.row.version = user->version;
    save.row.created_at = ctx->now;
    save.row.email = user->email;
    write.action = user->version ? CD_ACT_USER_CHANGED : CD_ACT_USER_ADDED;
    write.object = apr_pstrcat(ctx->pool, "user ", user->subject, NULL);
    write.answer = user->subject;
    write.content = store_user_content(&save.row, ctx->pool);
    return app_system_write(ctx, &write);
}

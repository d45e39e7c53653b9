/* team.c: colleagues, teams, cover for an absence, saved filters. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/team.h"
#include "app/team_core.h"
#include "base/text.h"

#define TEAM_MAX 60
#define FILTER_NAME_MAX 60
#define QUERY_MAX 250
#define MEMBERS_MAX 500
#define COVERS_MAX 50
#define ABSENCE_MAX 366

cd_err_t *app_own_trust(cd_org_id *org_out, const app_ctx_t *ctx, cd_right_t right)
{
    CD_ERR(app_reach(org_out, ctx, right));
    *org_out = ctx->actor->org_id;
    if (!*org_out)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, "this is for people who work at a trust",
                      "no trust of their own");
    return NULL;
}

cd_err_t *app_trust_need(const app_ctx_t *ctx)
{
    cd_org_id org_id;

    return app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ);
}

cd_err_t *app_setting_write(app_ctx_t *ctx, app_system_fn change, void *baton, int action,
                            const char *object, const char *content)
{
    app_system_write_t write = { .change = change,
                                 .baton = baton,
                                 .action = action,
                                 .object = object,
                                 .content = content,
                                 .version_after = 1,
                                 .answer = object };

    write.role = app_role_used(ctx, CD_RIGHT_CASE_READ);
    return app_system_write(ctx, &write);
}

cd_err_t *app_colleagues(app_colleague_t **out, int *count_out, app_ctx_t *ctx)
{
    store_colleague_t *rows;
    cd_org_id org_id;
    int i;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_colleagues(&rows, count_out, org_id, ctx->today, "", APP_COLLEAGUES, ctx->conn,
                            ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_colleague_t){ rows[i].subject, rows[i].name, rows[i].away_to,
                                       rows[i].id == ctx->actor->id };
    return NULL;
}

/* NULL with a problem: nobody of that name is active here. */
static cd_err_t *colleague(store_colleague_t **out, app_ctx_t *ctx, const char *subject,
                           const char *field, cd_problems_t *problems)
{
    *out = NULL;
    CD_ERR(app_conn(ctx));
    if (subject && *subject)
        CD_ERR(store_colleague_get(out, ctx->actor->org_id, subject, ctx->conn, ctx->pool));
    if (!*out)
        cd_problem_add(problems, field, NULL, "Choose somebody who may sign in at your trust");
    return NULL;
}

/* ---- teams ------------------------------------------------------------------------ */

cd_err_t *app_team_members(app_member_t **out, int *count_out, app_ctx_t *ctx)
{
    store_member_t *rows;
    cd_org_id org_id;
    int i;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_team_members(&rows, count_out, org_id, MEMBERS_MAX, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_member_t){ rows[i].team, rows[i].subject, rows[i].name };
    return NULL;
}

typedef struct team_put_t {
    const app_ctx_t *ctx;
    const char *team;
    cd_user_id user_id;
    int active;
} team_put_t;

static cd_err_t *team_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const team_put_t *put = baton;

    return store_team_put(put->ctx->actor->org_id, put->team, put->user_id, put->active,
                          put->ctx->now, conn, pool);
}

cd_err_t *app_team_put(app_ctx_t *ctx, const char *team, const char *subject, int active,
                       cd_problems_t *problems)
{
    team_put_t put = { .ctx = ctx, .active = active };
    store_colleague_t *person;
    const char *object;
    cd_org_id org_id;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_WRITE));
    put.team = team ? cd_text_tidy(team, ctx->pool) : "";
    if (!*put.team)
        cd_problem_add(problems, "team", NULL, "Enter the name of the team");
    else if (cd_text_chars(put.team) > TEAM_MAX)
        cd_problem_add(problems, "team", NULL, "Name of the team must be %d characters or fewer",
                       TEAM_MAX);
    CD_ERR(colleague(&person, ctx, subject, "person", problems));
    CD_ERR(app_problems(problems));
    put.user_id = person->id;
    object = apr_psprintf(ctx->pool, "team of %s, user %" APR_INT64_T_FMT, ctx->actor->org_code,
                          person->id);
    return app_setting_write(
        ctx, team_change, &put, CD_ACT_SETTINGS_CHANGED, object,
        apr_psprintf(ctx->pool, "%s\n%s\n%d", put.team, person->subject, active != 0));
}

/* ---- cover ------------------------------------------------------------------------ */

cd_err_t *app_covers(app_cover_t **out, int *count_out, app_ctx_t *ctx)
{
    store_cover_t *rows;
    cd_org_id org_id;
    int i;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_covers(&rows, count_out, ctx->actor->id, ctx->today, COVERS_MAX, ctx->conn,
                        ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_cover_t){ .first_on = rows[i].first_on, .last_on = rows[i].last_on,
                                   .covered_by = rows[i].cover_subject, .name = rows[i].name,
                                   .cover_name = rows[i].cover_name,
                                   .is_mine = rows[i].user_id == ctx->actor->id };
    return NULL;
}

typedef struct cover_put_t { const app_ctx_t *ctx; store_cover_t row; } cover_put_t;

static cd_err_t *cover_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const cover_put_t *put = baton;

    return store_cover_put(&put->row, put->ctx->now, conn, pool);
}

static void cover_days_check(const app_ctx_t *ctx, const app_cover_t *cover,
                             cd_problems_t *problems)
{
    if (!cover->first_on)
        cd_problem_add(problems, "first_on", "day", "Enter the first day away");
    else if (cover->first_on < ctx->today)
        cd_problem_add(problems, "first_on", "day", "First day away must be today or later");
    if (!cover->last_on)
        cd_problem_add(problems, "last_on", "day", "Enter the last day away");
    else if (cover->last_on < cover->first_on)
        cd_problem_add(problems, "last_on", "day",
                       "Last day away must be the same as or after the first day");
    else if (cover->first_on && cover->last_on - cover->first_on > ABSENCE_MAX)
        cd_problem_add(problems, "last_on", "day",
                       "Last day away must be within a year of the first day");
}

/* Who is away: the actor, or a colleague, whom another trust's and an unknown one are refused
 * alike. 0: a problem. */
static cd_err_t *cover_whose(cd_user_id *out, app_ctx_t *ctx, const char *subject,
                             cd_problems_t *problems)
{
    const int own = !subject || !strcmp(subject, ctx->actor->subject);
    store_colleague_t *person;
    cd_org_id org_id;

    *out = ctx->actor->id;
    CD_ERR(app_own_trust(&org_id, ctx, own ? CD_RIGHT_CASE_READ : CD_RIGHT_CASE_WRITE));
    if (own)
        return NULL;
    CD_ERR(colleague(&person, ctx, subject, "away", problems));
    *out = person ? person->id : 0;
    return NULL;
}

static const char *cover_object(const app_ctx_t *ctx, cd_user_id user_id)
{
    if (user_id == ctx->actor->id)
        return apr_psprintf(ctx->pool, "cover for user %" APR_INT64_T_FMT, user_id);
    return apr_psprintf(ctx->pool,
                        "cover for user %" APR_INT64_T_FMT ", entered by user %" APR_INT64_T_FMT,
                        user_id, ctx->actor->id);
}

cd_err_t *app_cover_put(app_ctx_t *ctx, const app_cover_t *cover, cd_problems_t *problems)
{
    cover_put_t put = { .ctx = ctx,
                        .row = { .first_on = cover->first_on, .last_on = cover->last_on } };
    store_colleague_t *person;

    CD_ERR(cover_whose(&put.row.user_id, ctx, cover->subject, problems));
    cover_days_check(ctx, cover, problems);
    CD_ERR(colleague(&person, ctx, cover->covered_by, "covered_by", problems));
    if (person && person->id == put.row.user_id)
        cd_problem_add(problems, "covered_by", NULL,
                       "Choose somebody else: this person is the one who is away");
    CD_ERR(app_problems(problems));
    put.row.covered_by = person->id;
    return app_setting_write(
        ctx, cover_change, &put, CD_ACT_SETTINGS_CHANGED, cover_object(ctx, put.row.user_id),
        apr_psprintf(ctx->pool, "%d\n%d\n%s", cover->first_on, cover->last_on, person->subject));
}

static cd_err_t *cover_end(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const cover_put_t *put = baton;

    return store_cover_end(put->row.user_id, put->row.first_on, put->ctx->now, conn, pool);
}

cd_err_t *app_cover_end(app_ctx_t *ctx, cd_date_t first_on)
{
    cover_put_t put = { .ctx = ctx, .row = { .user_id = ctx->actor->id, .first_on = first_on } };
    cd_org_id org_id;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    return app_setting_write(
        ctx, cover_end, &put, CD_ACT_SETTINGS_CHANGED,
        apr_psprintf(ctx->pool, "cover for user %" APR_INT64_T_FMT, ctx->actor->id),
        apr_psprintf(ctx->pool, "%d\nended", first_on));
}

/* ---- saved filters ---------------------------------------------------------------- */

cd_err_t *app_filters(app_filter_t **out, int *count_out, app_ctx_t *ctx)
{
    store_filter_t *rows;
    int i;

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_filters(&rows, count_out, ctx->actor->id, APP_FILTERS, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_filter_t){ rows[i].name, rows[i].query };
    return NULL;
}

typedef struct filter_put_t { const app_ctx_t *ctx; store_filter_t row; } filter_put_t;

static cd_err_t *filter_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const filter_put_t *put = baton;

    if (put->row.query)
        return store_filter_put(put->ctx->actor->id, &put->row, put->ctx->now, conn, pool);
    return store_filter_end(put->ctx->actor->id, put->row.name, put->ctx->now, conn, pool);
}

static cd_err_t *filter_write(app_ctx_t *ctx, filter_put_t *put)
{
    return app_setting_write(
        ctx, filter_change, put, CD_ACT_SETTINGS_CHANGED,
        apr_psprintf(ctx->pool, "filters of user %" APR_INT64_T_FMT, ctx->actor->id),
        apr_psprintf(ctx->pool, "%s\n%s", put->row.name,
                     put->row.query ? put->row.query : "ended"));
}

cd_err_t *app_filter_put(app_ctx_t *ctx, const char *name, const char *query,
                         cd_problems_t *problems)
{
    filter_put_t put = { .ctx = ctx };
    app_filter_t *there;
    int count, i;

    put.row.name = name ? cd_text_tidy(name, ctx->pool) : "";
    put.row.query = query;
    CD_ERR(app_filters(&there, &count, ctx));
    for (i = 0; i < count && strcmp(there[i].name, put.row.name); i++)
        ;
    if (!*put.row.name)
        cd_problem_add(problems, "name", NULL, "Enter a name for this view");
    else if (cd_text_chars(put.row.name) > FILTER_NAME_MAX)
        cd_problem_add(problems, "name", NULL, "Name for this view must be %d characters or fewer",
                       FILTER_NAME_MAX);
    else if (i == count && count >= APP_FILTERS)
        cd_problem_add(problems, "name", NULL, "You have %d saved views. Take one off first",
                       APP_FILTERS);
    if (strlen(query) > QUERY_MAX)
        cd_problem_add(problems, "name", NULL, "This filter is too long to be saved");
    CD_ERR(app_problems(problems));
    return filter_write(ctx, &put);
}

cd_err_t *app_filter_end(app_ctx_t *ctx, const char *name)
{
    filter_put_t put = { .ctx = ctx, .row = { .name = name } };

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_READ));
    return filter_write(ctx, &put);
}

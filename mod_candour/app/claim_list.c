/* claim_list.c: reading the work list of claims: whose, what of it, how much. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_list.h"
#include "app/claim_work_core.h"
#include "base/text.h"
#include "domain/turn.h"

#define LIST_ROWS 50
#define STAFF 300
#define MEMBERS 500
#define TEAM_MAX 60

const cd_token_t app_claim_whose[] = {
    { APP_CLAIM_MINE, "mine", "My claims" },
    { APP_CLAIM_TEAMS, "team", "My teams" },
    { APP_CLAIM_NOBODY, "nobody", "No handler" },
    { APP_CLAIM_ALL, "all", "All claims" },
    { 0, NULL, NULL }
};
const cd_token_t app_claim_sorts[] = {
    { APP_CLAIM_BY_DUE, "due", "Due first" },
    { APP_CLAIM_BY_AGE, "age", "Oldest first" },
    { APP_CLAIM_BY_SUM, "sum", "Largest sum first" },
    { APP_CLAIM_BY_CHANGED, "changed", "Changed last first" },
    { 0, NULL, NULL }
};
const cd_token_t app_claim_opens[] = {
    { APP_CLAIM_OPEN, "open", "Open" },
    { APP_CLAIM_ENDED, "ended", "Settled or closed" },
    { APP_CLAIM_EITHER, "either", "Open, settled and closed" },
    { 0, NULL, NULL }
};
const cd_token_t app_claim_ages[] = {
    { 4, "4", "4 months or more" },
    { 12, "12", "1 year or more" },
    { 36, "36", "3 years or more" },
    { 0, NULL, NULL }
};
const cd_token_t app_claim_sums[] = {
    { 1, "1", "£1,000 or more" },
    { 10, "10", "£10,000 or more" },
    { 100, "100", "£100,000 or more" },
    { 0, NULL, NULL }
};
const cd_token_t app_claim_marks[] = {
    { APP_CLAIM_OVERDUE, "overdue", "Overdue" },
    { APP_CLAIM_OLD, "old", "Flag out of date" },
    { 0, NULL, NULL }
};

static cd_err_t *no_such(app_ctx_t *ctx, const char *what)
{
    return cd_err(ctx->pool, CD_E_BAD_REQUEST,
                  apr_psprintf(ctx->pool, "there is no such %s here", what), "%s",
                  "a filter that names nobody");
}

static cd_err_t *handler_id(cd_user_id *out, app_ctx_t *ctx, const char *subject)
{
    app_claim_person_t *people;
    int count, i;

    CD_ERR(app_claim_handlers(&people, &count, ctx));
    for (i = 0; i < count; i++)
        if (!strcmp(people[i].subject, subject)) {
            *out = people[i].id;
            return NULL;
        }
    return no_such(ctx, "handler");
}

/* A trust's user asks for the own trust's rows, whatever the filter says. */
static cd_err_t *whose_fill(store_claim_ask_t *ask, app_ctx_t *ctx,
                            const app_claim_filter_t *filter, int whose, cd_org_id own)
{
    const cd_org_t *org = !own && filter->org_code ? app_org_cached(ctx, filter->org_code) : NULL;

    if (own) {
        ask->view = STORE_CLAIM_VIEW_ORG;
        ask->org_id = own;
        return NULL;
    }
    if (filter->org_code && !org)
        return no_such(ctx, "trust");
    ask->org_id = org ? org->id : 0;
    ask->team = filter->team;
    if (filter->handler)
        CD_ERR(handler_id(&ask->handler, ctx, filter->handler));
    if (whose == APP_CLAIM_MINE || whose == APP_CLAIM_NOBODY) {
        ask->view = STORE_CLAIM_VIEW_HANDLER;
        ask->user_id = whose == APP_CLAIM_MINE ? ctx->actor->id : 0;
    } else if (whose == APP_CLAIM_TEAMS) {
        ask->view = STORE_CLAIM_VIEW_TEAMS;
        ask->user_id = ctx->actor->id;
    } else if (ask->handler) {
        ask->view = STORE_CLAIM_VIEW_HANDLER;
        ask->user_id = ask->handler;
    } else if (org) {
        ask->view = STORE_CLAIM_VIEW_ORG;
    }
    return NULL;
}

static void filters_fill(store_claim_ask_t *ask, const app_ctx_t *ctx,
                         const app_claim_filter_t *filter)
{
    ask->sort = filter->sort ? (store_claim_sort_t)(filter->sort - 1) : STORE_CLAIM_BY_DUE;
    ask->open = filter->open == APP_CLAIM_ENDED ? 0 : filter->open == APP_CLAIM_OPEN ? 1 : 2;
    ask->old = filter->mark == APP_CLAIM_OLD ? 1 : 2;
    ask->flag_state = filter->state;
    ask->scheme = filter->scheme;
    ask->least_p = (apr_int64_t)filter->sum * 100000;
    if (filter->age)
        ask->notified_to = ctx->today - filter->age * 365 / 12;
    if (filter->mark == APP_CLAIM_OVERDUE)
        ask->due_before = ctx->today;
    if (filter->turn) {
        const cd_turn_set_t set = cd_turn_set((cd_side_t)filter->turn);

        ask->of_turn = 1;
        ask->turn_fresh = set.fresh;
        ask->turn_old = set.old;
        ask->today = ctx->today;
    }
}

/* What waits for whoever decides, confirms or reviews is little beside all that is due. */
static void turn_stages_fill(store_claim_ask_t *ask, const app_claim_filter_t *filter)
{
    if (filter->stage || !filter->turn || filter->turn == CD_SIDE_HANDLER
        || filter->turn == CD_SIDE_TRUST)
        return;
    cd_turn_stages(&ask->stage_from, &ask->stage_to, (cd_side_t)filter->turn);
    ask->few = 1;
}

/* A trust asks by the stages that it reads: all between sending and telling is one. */
static void stage_fill(store_claim_ask_t *ask, int stage, int own)
{
    ask->stage_from = ask->stage_to = stage;
    if (!stage)
        ask->stage_to = CD_STAGE_NOT_APPLICABLE;
    else if (own && cd_stage_for_trust((cd_stage_t)stage) == CD_STAGE_FOR_DECISION) {
        ask->stage_from = CD_STAGE_FOR_DECISION;
        ask->stage_to = CD_STAGE_DECIDED;
    }
}

/* What a trust was not told of, its list does not show. */
static void row_for_trust(app_claim_work_row_t *row)
{
    row->stage = (int)cd_stage_for_trust((cd_stage_t)row->stage);
    if (row->stage == CD_STAGE_FOR_DECISION) {
        row->decided_p = 0;
        row->due_on = CD_NO_DATE;
    }
}

static void row_from(app_claim_work_row_t *out, const store_claim_row_t *row, app_ctx_t *ctx,
                     int national)
{
    const cd_org_t *org = row->org_code ? app_org_cached(ctx, row->org_code) : NULL;

    memset(out, 0, sizeof(*out));
    app_claim_row(&out->row, &row->head);
    out->org_code = row->org_code;
    out->org_name = org ? cd_org_short(org, ctx->pool) : NULL;
    if (national) {
        out->handler = row->work.handler;
        out->handler_name = row->handler_name;
        out->team = *row->work.team ? row->work.team : NULL;
        out->is_mine = row->work.handler_id == ctx->actor->id;
    }
    out->stage = row->work.stage;
    out->flag_seq = row->work.flag_seq;
    out->flag_state = row->work.flag_state;
    out->out_of_date = row->work.out_of_date;
    out->indicated_p = row->work.indicated_p;
    out->decided_p = row->work.decided_p;
    out->asked_p = row->work.asked_p;
    out->received_p = row->work.received_p;
    out->due_on = row->work.due_on;
    if (!national)
        row_for_trust(out);
    out->is_late = out->due_on && out->due_on < ctx->today;
}

cd_err_t *app_claim_work_list(app_claim_work_list_t *out, app_ctx_t *ctx,
                              const app_claim_filter_t *filter, apr_int64_t after)
{
    store_claim_ask_t ask = { .after = after, .limit = LIST_ROWS };
    store_claim_page_t page = { 0 };
    cd_org_id own;
    int i;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    out->national = !own;
    out->whose = own ? APP_CLAIM_ALL : filter->whose ? filter->whose : APP_CLAIM_ALL;
    CD_ERR(app_conn(ctx));
    CD_ERR(whose_fill(&ask, ctx, filter, out->whose, own));
    if (own && filter->turn && filter->turn != CD_SIDE_TRUST)
        return no_such(ctx, "turn");
    filters_fill(&ask, ctx, filter);
    stage_fill(&ask, filter->stage, own != 0);
    turn_stages_fill(&ask, filter);
    CD_ERR(store_claim_work_list(&page, &ask, ctx->conn, ctx->pool));
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(page.count + 1));
    out->count = page.count;
    out->next = page.next;
    for (i = 0; i < page.count; i++)
        row_from(&out->rows[i], &page.rows[i], ctx, out->national);
    return NULL;
}

cd_err_t *app_claim_work_counts(app_claim_counts_t *out, app_ctx_t *ctx)
{
    store_claim_counts_t counts;
    cd_org_id own;

    memset(out, 0, sizeof(*out));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_work_counts(&counts, ctx->actor->id, own, APP_CLAIMS_COUNTED, ctx->conn,
                                   ctx->pool));
    out->of[APP_CLAIM_ALL] = counts.all;
    if (own)
        return NULL;
    out->of[APP_CLAIM_MINE] = counts.mine;
    out->of[APP_CLAIM_TEAMS] = counts.teams;
    out->of[APP_CLAIM_NOBODY] = counts.nobody;
    return NULL;
}

/* ---- people ---------------------------------------------------------------------- */

static cd_err_t *national(const app_ctx_t *ctx, cd_right_t right)
{
    cd_org_id own;

    CD_ERR(app_reach(&own, ctx, right));
    return own ? cd_err(ctx->pool, CD_E_FORBIDDEN, "this is for staff of the scheme",
                        "a trust's user")
               : NULL;
}

cd_err_t *app_claim_handlers(app_claim_person_t **out, int *count_out, app_ctx_t *ctx)
{
    store_colleague_t *rows;
    int i;

    CD_ERR(national(ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_staff(&rows, count_out, 1u << CD_ROLE_HANDLER, STAFF, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_claim_person_t){ rows[i].subject, rows[i].name, rows[i].id };
    return NULL;
}

cd_err_t *app_claim_team_members(app_claim_member_t **out, int *count_out, app_ctx_t *ctx)
{
    store_member_t *rows;
    int i;

    CD_ERR(national(ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_team_members(&rows, count_out, MEMBERS, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_claim_member_t){ rows[i].team, rows[i].subject, rows[i].name };
    return NULL;
}

typedef struct team_put_t {
    const char *team;
    cd_user_id user_id;
    int active;
    cd_instant_t at;
} team_put_t;

static cd_err_t *team_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const team_put_t *put = baton;

    return store_claim_team_put(put->team, put->user_id, put->active, put->at, conn, pool);
}

/* 0: nobody of that name may be in a team. */
static cd_err_t *handler_find(cd_user_id *out, app_ctx_t *ctx, const char *subject)
{
    app_claim_person_t *people;
    int count, i;

    *out = 0;
    CD_ERR(app_claim_handlers(&people, &count, ctx));
    for (i = 0; i < count && subject; i++)
        if (!strcmp(people[i].subject, subject))
            *out = people[i].id;
    return NULL;
}

/* Who is in a team may be taken off it, also if they are no claims handler any more. */
static cd_err_t *member_find(cd_user_id *out, app_ctx_t *ctx, const char *team, const char *subject)
{
    store_member_t *rows;
    int count, i;

    *out = 0;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_claim_team_members(&rows, &count, MEMBERS, ctx->conn, ctx->pool));
    for (i = 0; i < count && subject; i++)
        if (!strcmp(rows[i].team, team) && !strcmp(rows[i].subject, subject))
            *out = rows[i].user_id;
    return NULL;
}

cd_err_t *app_claim_team_put(app_ctx_t *ctx, const char *team, const char *subject, int active,
                             cd_problems_t *problems)
{
    team_put_t put = { .team = team ? cd_text_tidy(team, ctx->pool) : "",
                       .active = active != 0,
                       .at = ctx->now };
    app_system_write_t write = { .change = team_change,
                                 .baton = &put,
                                 .action = CD_ACT_CLAIM_TEAM_CHANGED,
                                 .version_after = 1 };

    CD_ERR(national(ctx, CD_RIGHT_CLAIM_WRITE));
    if (!*put.team)
        cd_problem_add(problems, "team", NULL, "Enter the name of the team");
    else if (cd_text_chars(put.team) > TEAM_MAX)
        cd_problem_add(problems, "team", NULL, "Name of the team must be %d characters or fewer",
                       TEAM_MAX);
    if (active)
        CD_ERR(handler_find(&put.user_id, ctx, subject));
    else
        CD_ERR(member_find(&put.user_id, ctx, put.team, subject));
    if (!put.user_id)
        cd_problem_add(problems, "person", NULL,
                       active ? "Choose a claims handler who may sign in"
                              : "Person must be somebody who is in this team");
    CD_ERR(app_problems(problems));
    write.role = app_role_used(ctx, CD_RIGHT_CLAIM_WRITE);
    write.object = apr_psprintf(ctx->pool, "team of handlers, user %" APR_INT64_T_FMT, put.user_id);
    write.answer = write.object;
    write.content = apr_psprintf(ctx->pool, "%s\n%s\n%d", put.team, subject, put.active);
    return app_system_write(ctx, &write);
}

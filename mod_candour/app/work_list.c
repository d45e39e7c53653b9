/* work_list.c: reading the work list: whose, what of it, how much. Writes nothing. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/work.h"
#include "domain/lists.h"
#include "store/work.h"

#define LIST_ROWS 50
#define WEEK 7
#define FORTNIGHT 14

const cd_token_t app_work_whose[] = {
    { APP_WORK_MINE, "mine", "My work" },
    { APP_WORK_TEAMS, "team", "My teams" },
    { APP_WORK_NOBODY, "nobody", "No owner" },
    { APP_WORK_ALL, "all", "Whole trust" },
    { APP_WORK_PERSON, "person", "One person" },
    { 0, NULL, NULL }
};

const cd_token_t app_work_dues[] = {
    { APP_WORK_OVERDUE, "overdue", "Overdue" },
    { APP_WORK_WEEK, "week", "Due in 7 days" },
    { APP_WORK_FORTNIGHT, "fortnight", "Due in 14 days" },
    { APP_WORK_UNDATED, "undated", "Without a date" },
    { 0, NULL, NULL }
};

/* The trust whose work is asked for. A trust's user has their own and is told of no other. */
static cd_err_t *org_for(const cd_org_t **out, app_ctx_t *ctx, const char *org_code)
{
    cd_org_id own;

    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CASE_READ));
    *out = NULL;
    if (own && (!org_code || !strcmp(org_code, ctx->actor->org_code)))
        return app_org(out, ctx, ctx->actor->org_code);
    if (!own && !org_code)
        return NULL;
    if (!own)
        *out = app_org_cached(ctx, org_code);
    return *out ? NULL
                : cd_err(ctx->pool, CD_E_BAD_REQUEST, "there is no such trust here",
                         "no trust within reach");
}

static void due_bounds(store_work_ask_t *ask, int due)
{
    if (due == APP_WORK_OVERDUE)
        ask->due_to = ask->today - 1;
    if (due == APP_WORK_WEEK || due == APP_WORK_FORTNIGHT) {
        ask->due_from = ask->today;
        ask->due_to = ask->today + (due == APP_WORK_WEEK ? WEEK : FORTNIGHT);
    }
    if (due == APP_WORK_UNDATED)
        ask->due_from = STORE_WORK_NO_DAY;
}

/* Where the calendar does not reach, no working day is counted. */
static int late_wd(const app_work_row_t *row, const app_ctx_t *ctx, const cd_calendar_t *cal)
{
    int days = 0;

    if (row->days_late && cd_working_days_between(&days, row->due_on, ctx->today, cal, ctx->pool))
        return 0;
    return days;
}

static void row_from(app_work_row_t *out, const store_work_row_t *row, const app_ctx_t *ctx,
                     int whose, const cd_calendar_t *cal)
{
    memset(out, 0, sizeof(*out));
    app_case_row(&out->row, &row->head);
    out->due_on = row->due_on;
    out->due_kind = row->due_kind;
    out->cover_until = row->cover_until;
    out->tasks = row->tasks;
    out->rule = row->rule;
    out->step = row->step;
    out->team = row->team;
    out->assignee = row->assignee;
    out->assignee_name = row->assignee_name;
    out->days_late = row->due_on && row->due_on < ctx->today ? ctx->today - row->due_on : 0;
    out->late_wd = late_wd(out, ctx, cal);
    out->is_mine = row->assignee_id && row->assignee_id == ctx->actor->id;
    out->is_cover = whose == APP_WORK_MINE && row->assignee_id != ctx->actor->id;
}

cd_err_t *app_work_list(app_work_list_t *out, app_ctx_t *ctx, const app_work_filter_t *filter,
                        apr_int64_t after)
{
    store_work_ask_t ask = { .today = ctx->today,
                             .user_id = ctx->actor->id,
                             .after = after,
                             .limit = LIST_ROWS,
                             .person = filter->person };
    store_work_page_t page = { 0 };
    const cd_calendar_t *cal;
    int i;

    memset(out, 0, sizeof(*out));
    CD_ERR(org_for(&out->org, ctx, filter->org_code));
    out->whose = filter->whose ? filter->whose
                 : app_may(ctx, CD_RIGHT_CASE_READ) == CD_REACH_ALL ? APP_WORK_ALL : APP_WORK_MINE;
    if (!out->org)
        return NULL;
    ask.org_id = out->org->id;
    ask.whose = (store_work_whose_t)(out->whose == APP_WORK_ALL      ? STORE_WORK_ORG
                                     : out->whose == APP_WORK_PERSON ? STORE_WORK_PERSON
                                                                     : out->whose);
    ask.rule = filter->rule ? cd_token_word(cd_rule_codes, filter->rule) : NULL;
    due_bounds(&ask, filter->due);
    CD_ERR(app_calendar(&cal, ctx, cd_org_division(out->org)));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_work_list(&page, &ask, ctx->conn, ctx->pool));
    out->rows = apr_palloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(page.count + 1));
    out->count = page.count;
    out->next = page.next;
    for (i = 0; i < page.count; i++)
        row_from(&out->rows[i], &page.rows[i], ctx, out->whose, cal);
    return NULL;
}

cd_err_t *app_work_counts(app_work_counts_t out[APP_WORK_ALL + 1], app_ctx_t *ctx,
                          const cd_org_t *org)
{
    store_work_count_t counts[STORE_WORK_ORG + 1];
    cd_org_id own;
    int i;

    memset(out, 0, sizeof(*out) * (APP_WORK_ALL + 1));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CASE_READ));
    if (!org)
        return NULL;
    if (own && org->id != own)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "counts of another trust");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_work_counts(counts, org->id, ctx->actor->id, ctx->today,
                             ctx->today + APP_WORK_SOON, ctx->conn, ctx->pool));
    for (i = APP_WORK_MINE; i <= APP_WORK_ALL; i++)
        out[i] = (app_work_counts_t){ counts[i].overdue, counts[i].soon, counts[i].all };
    return NULL;
}

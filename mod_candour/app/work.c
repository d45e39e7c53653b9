/* work.c: the row of a case in the work list, made from its records.
 *
 * What is due next is the law's and the house's (cd_tasks); here it is only summed up. Nothing
 * about a person in a case goes into the row: its words are the program's own. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/notice.h"
#include "app/work.h"
#include "store/team.h"
#include "store/work.h"

#define STEP_MAX 120

const cd_assignment_t *app_work_assignment(const cd_case_t *file)
{
    const cd_assignment_t *holds = NULL;
    const cd_record_t *record;

    for (record = cd_case_next(file, CD_REC_ASSIGNMENT, NULL); record;
         record = cd_case_next(file, CD_REC_ASSIGNMENT, record)) {
        const cd_assignment_t *one = record->body;

        if (!one->until || one->until >= file->as_at)
            holds = one;
    }
    return holds;
}

/* What is done next in a case that is not open yet is no task of the duty: the case page says it,
 * too. */
static const char *state_step(const cd_case_t *file, const cd_evaluation_t *eval)
{
    if (file->state != CD_CASE_RECORDED || !eval)
        return NULL;
    return eval->notifiable == CD_YES  ? "Open the candour case"
           : eval->notifiable == CD_NO ? "Close the case"
                                       : NULL;
}

/* The evaluation as at today; `*out` NULL: no duty applies, or the calendar does not reach. */
static cd_err_t *evaluate(cd_evaluation_t **out, const cd_policy_t **policy_out, app_ctx_t *ctx,
                          const cd_case_t *file, const cd_org_t *org, apr_pool_t *pool)
{
    const cd_calendar_t *cal;
    cd_err_t *err;

    *out = NULL;
    *policy_out = app_case_policy(file, org);
    if (!*policy_out || file->state == CD_CASE_CLOSED)
        return NULL;
    CD_ERR(app_calendar(&cal, ctx, cd_org_division(org)));
    err = cd_evaluate(out, file, *policy_out, cal, file->as_at, pool);
    if (err && err->code == CD_E_RANGE) {
        *out = NULL;
        return NULL;
    }
    return err;
}

static void task_take(store_work_t *work, const cd_case_t *file, const cd_evaluation_t *eval,
                      apr_pool_t *pool)
{
    const char *step = state_step(file, eval);
    const cd_task_t *tasks = NULL;

    if (eval)
        tasks = cd_tasks(&work->tasks, eval, file, pool);
    if (work->tasks) {
        work->due_on = tasks[0].due_on;
        work->due_kind = tasks[0].due_on ? tasks[0].due_kind : 0;
        work->rule = tasks[0].rule_code ? tasks[0].rule_code : "";
    }
    work->step = step          ? step
                 : work->tasks ? tasks[0].text
                 : eval        ? "See if the case can be closed"
                               : "Look at the case";
    if (strlen(work->step) > STEP_MAX)
        work->step = "Look at the case";
}

static cd_err_t *sum_up(store_work_t *work, app_ctx_t *ctx, const store_head_t *head,
                        const cd_record_t *all, int count, apr_pool_t *pool)
{
    const cd_assignment_t *assignment;
    const cd_policy_t *policy;
    cd_evaluation_t *eval;
    const cd_org_t *org;
    cd_case_t *file;

    CD_ERR(app_org(&org, ctx, head->org_code));
    file = cd_case_read(all, count, org, ctx->today, pool);
    assignment = app_work_assignment(file);
    CD_ERR(evaluate(&eval, &policy, ctx, file, org, pool));
    *work = (store_work_t){
        .case_id = head->id, .org_id = head->org_id, .state = file->state,
        .policy = policy ? policy->code : NULL,
        .version = head->version, .rule = "", .step = "", .team = "", .changed_at = ctx->now
    };
    if (file->state != CD_CASE_CLOSED)
        task_take(work, file, eval, pool);
    if (assignment) {
        work->assignee = assignment->assignee;
        work->team = assignment->team ? assignment->team : "";
        work->cover_until = assignment->until;
    }
    return NULL;
}

cd_err_t *app_work_touch(app_ctx_t *ctx, const store_head_t *head, const cd_record_t *all,
                         int count, store_conn_t *conn, apr_pool_t *pool)
{
    store_work_t work;

    CD_ERR(sum_up(&work, ctx, head, all, count, pool));
    /* Most writes leave the next step as it is. Nobody else has changed the row but for the job
     * that makes it again: the head went from the version it was read with. */
    if (head->work && store_work_same(&work, head->work))
        return NULL;
    return store_work_keep(&work, conn, pool);
}

/* ---- assignments ------------------------------------------------------------------ */

static cd_err_t *team_check(app_ctx_t *ctx, const store_head_t *head, const char *team,
                            cd_problems_t *problems)
{
    store_member_t *members;
    int count, i;

    CD_ERR(
        store_team_members(&members, &count, head->org_id, APP_WORK_COUNTED, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (!strcmp(members[i].team, team))
            return NULL;
    cd_problem_add(problems, "team", NULL, "Team must be one of your trust’s teams");
    return NULL;
}

cd_err_t *app_work_assignment_check(app_ctx_t *ctx, const store_head_t *head,
                                    const cd_assignment_t *assignment, cd_problems_t *problems)
{
    store_colleague_t *colleague = NULL;

    CD_ERR(app_conn(ctx));
    if (assignment->until && assignment->until < ctx->today)
        cd_problem_add(problems, "until", "day", "Last day must be today or later");
    if (assignment->until && !assignment->assignee)
        cd_problem_add(problems, "assignee", NULL, "Choose the person who covers until that day");
    if (assignment->assignee) {
        CD_ERR(store_colleague_get(&colleague, head->org_id, assignment->assignee, ctx->conn,
                                   ctx->pool));
        if (!colleague)
            cd_problem_add(problems, "assignee", NULL,
                           "Person must be somebody who may sign in at your trust");
    }
    return assignment->team ? team_check(ctx, head, assignment->team, problems) : NULL;
}

cd_err_t *app_work_tell(app_ctx_t *ctx, const store_head_t *head, const cd_assignment_t *assignment,
                        store_conn_t *conn, apr_pool_t *pool)
{
    app_notice_t notice = { .kind = APP_NOTICE_ASSIGNED,
                            .org = head->org_id,
                            .reference = head->reference };
    store_colleague_t *colleague = NULL;
    store_work_t *work = NULL;

    if (!assignment->assignee)
        return NULL;
    CD_ERR(store_colleague_get(&colleague, head->org_id, assignment->assignee, conn, pool));
    if (!colleague || colleague->id == ctx->actor->id)
        return NULL;
    CD_ERR(store_work_get(&work, head->id, conn, pool));
    notice.to = colleague->id;
    notice.step = work && *work->step ? work->step : NULL;
    notice.due_on = work ? work->due_on : CD_NO_DATE;
    return app_notice_put(conn, &notice, ctx->now, pool);
}

/* ---- all again -------------------------------------------------------------------- */

#define BATCH 50

typedef struct batch_t {
    store_work_t *rows;
    int count;
} batch_t;

static cd_err_t *batch_keep(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const batch_t *batch = baton;
    int i;

    for (i = 0; i < batch->count; i++)
        CD_ERR(store_work_keep(&batch->rows[i], conn, pool));
    return NULL;
}

static const store_work_t *there_already(const store_work_t *rows, int count, cd_case_id id)
{
    int i;

    for (i = 0; i < count; i++)
        if (rows[i].case_id == id)
            return &rows[i];
    return NULL;
}

/* An assignee who may no longer be named is nobody in the row: then both say the same. */
static cd_err_t *assignee_settle(store_work_t *made, const store_work_t *old, app_ctx_t *ctx,
                                 apr_pool_t *pool)
{
    store_colleague_t *colleague = NULL;

    if (!made->assignee || (old && old->assignee && !strcmp(old->assignee, made->assignee)))
        return NULL;
    CD_ERR(store_colleague_get(&colleague, made->org_id, made->assignee, ctx->conn, pool));
    if (!colleague)
        made->assignee = NULL;
    return NULL;
}

static cd_err_t *case_again(batch_t *batch, app_work_made_t *made, app_ctx_t *ctx,
                            const store_head_t *head, const store_work_t *old, apr_pool_t *pool)
{
    store_work_t *work = &batch->rows[batch->count];
    cd_record_t *all;
    int count;

    made->cases++;
    if (!head->has_key || head->damaged) {
        made->unreadable++;              /* erased: nothing of it can be due */
        return NULL;
    }
    CD_ERR(store_records(&all, &count, head, ctx->conn, pool));
    CD_ERR(sum_up(work, ctx, head, all, count, pool));
    CD_ERR(assignee_settle(work, old, ctx, pool));
    batch->count += !old || !store_work_same(work, old);
    return NULL;
}

/* A write in a case between our reading and our writing renews the row itself: ours is of an
 * earlier version then, and passed over. */
static cd_err_t *one_batch(cd_case_id *after, app_work_made_t *made, app_ctx_t *ctx,
                           apr_pool_t *pool)
{
    store_list_page_t page;
    batch_t batch = { 0 };
    store_tx_t tx = { batch_keep, &batch, 0, 0 };
    store_work_t *rows;
    int count, i;

    CD_ERR(store_heads_after(&page, CD_FILE_CASE, *after, BATCH, ctx->conn, pool));
    if (!page.count) {
        *after = 0;
        return NULL;
    }
    CD_ERR(store_work_walk(&rows, &count, *after, page.rows[page.count - 1].id, ctx->conn, pool));
    batch.rows = apr_palloc(pool, sizeof(*batch.rows) * (apr_size_t)page.count);
    for (i = 0; i < page.count; i++)
        CD_ERR(case_again(&batch, made, ctx, &page.rows[i],
                          there_already(rows, count, page.rows[i].id), pool));
    *after = page.next;
    made->changed += batch.count;
    return batch.count ? store_tx_run(&ctx->conn, ctx->app->store, &tx, pool) : NULL;
}

cd_err_t *app_work_remake(app_work_made_t *out, app_ctx_t *ctx, app_work_tell_fn tell, void *baton)
{
    cd_case_id after = 0;
    apr_pool_t *pool;

    memset(out, 0, sizeof(*out));
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "the work list is made again by the command line");
    CD_ERR(app_conn(ctx));
    apr_pool_create(&pool, ctx->pool);
    do {
        apr_pool_clear(pool);
        store_read_end(ctx->conn);
        CD_ERR(one_batch(&after, out, ctx, pool));
        if (tell)
            tell(baton, out);
    } while (after);
    apr_pool_destroy(pool);
    return NULL;
}

/* case_view.c: reading cases: the page of one, lists and searches. */
#include <apr_strings.h>

#include "app/core.h"
#include "base/text.h"
#include "store/work.h"

#define LIST_ROWS 50

static cd_err_t *claims_of(app_case_view_t *view, app_ctx_t *ctx)
{
    const char **refs;

    if (app_may(ctx, CD_RIGHT_CLAIM_READ) == CD_REACH_NONE)
        return NULL;
    CD_ERR(
        store_claims_of_case(&refs, &view->claim_count, view->row.reference, ctx->conn, ctx->pool));
    view->claims = refs;
    return NULL;
}

static const void *body_of(const cd_record_t *record)
{
    return record ? record->body : NULL;
}

/* Today's: the row of the work list came with the head. */
static const char *owner_of(const app_case_view_t *view, const store_head_t *head)
{
    const store_work_t *work = head->work;

    if (!work || view->looking_back || view->file->state == CD_CASE_CLOSED)
        return NULL;
    if (work->assignee_name)
        return work->assignee_name;
    return work->team && *work->team ? work->team : NULL;
}

cd_err_t *app_case_view(app_case_view_t **out, app_ctx_t *ctx, cd_date_t as_at)
{
    app_case_view_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    store_head_t *head;
    app_judged_t judged;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CASE_READ));
    view->as_at = as_at ? as_at : ctx->today;
    view->looking_back = view->as_at < ctx->today;
    CD_ERR(app_case_judge(&judged, ctx, head, view->as_at));
    app_case_row(&view->row, head);
    view->org = judged.org;
    view->file = judged.file;
    view->policy = judged.policy;
    view->eval = judged.eval;
    view->gap = judged.gap;
    view->incident = body_of(cd_case_last(judged.file, CD_REC_INCIDENT));
    view->patient = body_of(cd_case_last(judged.file, CD_REC_PATIENT));
    if (view->eval)
        view->tasks = cd_tasks(&view->task_count, view->eval, view->file, ctx->pool);
    view->owner = owner_of(view, head);
    view->audit_seq = head->audit_seq;
    CD_ERR(claims_of(view, ctx));
    *out = view;
    return NULL;
}

static void list_from_page(app_case_list_t *out, const store_list_page_t *page, apr_pool_t *pool)
{
    int i;

    out->rows = apr_pcalloc(pool, sizeof(*out->rows) * (apr_size_t)(page->count + 1));
    out->count = page->count;
    out->next = page->next;
    for (i = 0; i < page->count; i++)
        app_case_row(&out->rows[i], &page->rows[i]);
}

cd_err_t *app_case_list(app_case_list_t *out, app_ctx_t *ctx, int state, apr_int64_t before)
{
    store_list_ask_t ask = { STORE_LIST_CASES_NEWEST, 0, state, before, LIST_ROWS };
    store_list_page_t page = { 0 };

    if (state)
        ask.list = STORE_LIST_CASES_STATE;
    CD_ERR(app_reach(&ask.org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_list(&page, &ask, ctx->conn, ctx->pool));
    list_from_page(out, &page, ctx->pool);
    return NULL;
}

cd_err_t *app_case_search(app_case_list_t *out, app_ctx_t *ctx, const char *query)
{
    const char *nhs_number = cd_nhs_read(query, ctx->pool);
    store_list_page_t page = { 0 };
    cd_org_id org_id;

    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_find(&page, CD_FILE_CASE, nhs_number ? NULL : query, nhs_number, org_id, ctx->conn,
                      ctx->pool));
    list_from_page(out, &page, ctx->pool);
    return NULL;
}

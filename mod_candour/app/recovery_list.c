/* recovery_list.c: recoveries, breaches and allegations over all claims. Reads; writes nothing. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "domain/breach.h"

#define LIST_ROWS 50

const cd_token_t app_recovery_lists[] = {
    { APP_RECOVERIES_OPEN, "open", "Open" },
    { APP_RECOVERIES_OVERDUE, "overdue", "Overdue" },
    { APP_RECOVERIES_SETTLED, "settled", "Paid" },
    { APP_RECOVERIES_ENDED, "ended", "Asked for no longer" },
    { 0, NULL, NULL }
};
const cd_token_t *const app_recovery_states = store_recovery_states;

cd_err_t *app_org_reach(const cd_org_t **org_out, cd_org_id *id_out, int *own_out, app_ctx_t *ctx,
                        const char *org_code)
{
    cd_org_id own;

    *org_out = NULL;
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    *own_out = own != 0;
    if (own && !org_code)
        org_code = ctx->actor->org_code;
    if (org_code) {
        *org_out = app_org_cached(ctx, org_code);
        if (!*org_out || (own && (*org_out)->id != own))
            return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such trust within reach");
    }
    *id_out = *org_out ? (*org_out)->id : 0;
    return app_conn(ctx);
}

static void row_from(app_recovery_row_t *out, const store_recovery_t *row, cd_date_t today)
{
    *out = (app_recovery_row_t){ .reference = row->reference,
                                 .org_code = row->org_code,
                                 .org_name = row->org_name,
                                 .invoice = row->invoice,
                                 .seq = row->seq,
                                 .decision_seq = row->decision_seq,
                                 .method = row->method,
                                 .instalment = row->instalment,
                                 .instalments = row->instalments,
                                 .year = row->year,
                                 .due = row->due,
                                 .amount_p = row->amount_p,
                                 .holds_p = row->holds_p,
                                 .received_p = row->received_p,
                                 .state = row->state,
                                 .held = row->held };
    out->left_p = row->holds_p > row->received_p ? row->holds_p - row->received_p : 0;
    out->overdue = out->left_p && row->due < today;
}

cd_err_t *app_recoveries(app_recovery_list_t *out, app_ctx_t *ctx, int list, const char *org_code,
                         apr_int64_t after)
{
    store_recovery_ask_t ask = { .state = STORE_RECOVERY_OPEN, .after = after, .limit = LIST_ROWS };
    store_recovery_page_t page = { 0 };
    const cd_org_t *org;
    int i, own;

    CD_ERR(app_org_reach(&org, &ask.org_id, &own, ctx, org_code));
    ask.told = own;
    if (list == APP_RECOVERIES_SETTLED)
        ask.state = STORE_RECOVERY_SETTLED;
    if (list == APP_RECOVERIES_ENDED)
        ask.state = STORE_RECOVERY_ENDED;
    if (list == APP_RECOVERIES_OVERDUE)
        ask.due_before = ctx->today;
    CD_ERR(store_recoveries(&page, &ask, ctx->conn, ctx->pool));
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(page.count + 1));
    out->count = page.count;
    out->next = page.next;
    for (i = 0; i < page.count; i++)
        row_from(&out->rows[i], &page.rows[i], ctx->today);
    return NULL;
}

cd_err_t *app_recovery_totals(app_recovery_total_t **out, int *count_out, app_ctx_t *ctx, int year)
{
    store_recovery_total_t *rows;
    const cd_org_t *org;
    cd_org_id org_id;
    int i, own;

    CD_ERR(app_org_reach(&org, &org_id, &own, ctx, NULL));
    CD_ERR((own ? store_recovery_totals_told
                : store_recovery_totals)(&rows, count_out, org_id, cd_date_make(year, 4, 1),
                                         cd_date_make(year + 1, 3, 31), ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] = (app_recovery_total_t){ rows[i].org_code,  rows[i].org_name, rows[i].decisions,
                                            rows[i].decided_p, rows[i].asked_p,  rows[i].received_p,
                                            rows[i].left_p };
    return NULL;
}

/* ---- breaches of a trust ------------------------------------------------- */

static cd_date_t year_start(cd_date_t on)
{
    return cd_window_start(CD_WIN_FINANCIAL_YEAR, on);
}

static void breach_from(app_breach_t *out, const store_standing_t *row)
{
    const cd_breach_t one = { .outcome = row->outcome,
                              .standing = row->standing,
                              .amount_p = row->amount_p };

    *out = (app_breach_t){ .reference = row->reference, .seq = row->seq, .flag_seq = row->flag_seq,
                           .outcome = row->outcome, .standing = row->standing,
                           .units = row->units ? row->units : 1, .counted = row->counted,
                           .amount_p = row->amount_p,
                           .asked_p = row->asked_p, .received_p = row->received_p,
                           .decided_at = row->decided_at };
    out->counts = cd_breach_counts(&one);
}

#define COUNTED_ROWS 5000

static void count_breaches(app_breaches_t *view, const store_standing_t *rows, int count,
                           cd_date_t today)
{
    int i;

    for (i = 0; i < count; i++) {
        const cd_date_t on = cd_london_date(rows[i].decided_at);
        app_breach_t one;

        breach_from(&one, &rows[i]);
        if (one.counts && (!view->from || on >= view->from))
            view->units += one.units;
        if (on < year_start(today))
            continue;
        view->year_p += one.amount_p;
        if (one.counts)
            view->year_units += one.units;
    }
}

/* Drops what the trust was not told of; the rest stands as it was told. */
static int told_only(store_standing_t *rows, int count)
{
    int i, kept = 0;

    for (i = 0; i < count; i++) {
        if (!rows[i].told_standing)
            continue;
        rows[kept] = rows[i];
        rows[kept].standing = rows[i].told_standing;
        rows[kept++].amount_p = rows[i].told_p;
    }
    return kept;
}

cd_err_t *app_breaches(app_breaches_t **out, app_ctx_t *ctx, const char *org_code,
                       cd_instant_t before)
{
    app_breaches_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    store_standing_t *rows;
    cd_org_id org_id;
    cd_err_t *err;
    int count, i, own, month, day_of_month;

    CD_ERR(app_org_reach(&view->org, &org_id, &own, ctx, org_code));
    if (!view->org)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no trust is named");
    err = app_scheme_active(&view->scheme, ctx);
    if (err && err->code != CD_E_CONFIG)
        return err;
    view->from = view->scheme ? cd_window_start(view->scheme->window, ctx->today) : CD_NO_DATE;
    cd_date_split(year_start(ctx->today), &view->year, &month, &day_of_month);
    CD_ERR(store_org_standings(&rows, &count, org_id, 0, COUNTED_ROWS, ctx->conn, ctx->pool));
    if (own)
        count = told_only(rows, count);
    count_breaches(view, rows, count, ctx->today);
    view->rows = apr_pcalloc(ctx->pool, sizeof(*view->rows) * (LIST_ROWS + 1));
    for (i = 0; i < count && view->count < LIST_ROWS; i++)
        if (!before || rows[i].decided_at < before)
            breach_from(&view->rows[view->count++], &rows[i]);
    if (i < count && view->count)
        view->next = view->rows[view->count - 1].decided_at;
    *out = view;
    return NULL;
}

/* ---- allegations --------------------------------------------------------- */

cd_err_t *app_allegations(app_allegation_list_t *out, app_ctx_t *ctx, const char *org_code,
                          apr_int64_t before)
{
    store_allegation_page_t page = { 0 };
    const cd_org_t *org;
    cd_org_id org_id;
    int i, own;

    if (app_may(ctx, CD_RIGHT_CLAIM_READ) != CD_REACH_ALL)
        return cd_err(ctx->pool, CD_E_FORBIDDEN,
                      "allegations are for the scheme, the regulator and auditors",
                      "a trust's user asks for allegations");
    CD_ERR(app_org_reach(&org, &org_id, &own, ctx, org_code));
    CD_ERR(store_allegations(&page, org_id, before, LIST_ROWS, ctx->conn, ctx->pool));
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(page.count + 1));
    out->count = page.count;
    out->next = page.next;
    for (i = 0; i < page.count; i++) {
        const store_allegation_t *row = &page.rows[i];
        out->rows[i] = (app_allegation_row_t){
            row->reference, row->org_code, row->org_name, row->seq, row->kind == CD_REC_REGULATORY,
            row->source,    row->outcome,  row->breaches, row->on,  row->memo_p
        };
    }
    return NULL;
}

/* flag_view.c: reading flags and decisions, and why a person may not decide. */
#include <string.h>

#include <apr_strings.h>

#include "app/round_core.h"
#include "base/text.h"
#include "store/standing.h"

cd_err_t *app_flag_from(app_flag_t **out, app_ctx_t *ctx, const store_flag_t *row)
{
    app_flag_t *flag = apr_pcalloc(ctx->pool, sizeof(*flag));
    const store_scheme_row_t *scheme =
        app_scheme_cached(ctx, row->scheme_code, row->scheme_version);

    flag->seq = row->seq;
    flag->org_code = row->org_code;
    flag->org_name = row->org_name;
    flag->computed_at = row->computed_at;
    flag->computed_by = row->computed_by_name;
    flag->scheme_code = row->scheme_code;
    flag->scheme_title = scheme ? scheme->scheme->title : row->scheme_code;
    flag->scheme_version = row->scheme_version;
    flag->engine = row->engine;
    flag->inputs_hash = cd_hex(row->inputs_hash, sizeof(row->inputs_hash), ctx->pool);
    CD_ERR(cd_flag_read(&flag->flag, row->answer, ctx->pool));
    *out = flag;
    return NULL;
}

app_decision_view_t *app_decision_from(const store_decision_t *row, apr_pool_t *pool)
{
    app_decision_view_t *view = apr_pcalloc(pool, sizeof(*view));

    view->seq = row->seq;
    view->flag_seq = row->flag_seq;
    view->outcome = row->outcome;
    view->amount_p = view->stands_p = row->amount_p;
    view->reasons = row->reasons;
    view->evidence_seen = row->evidence_seen;
    view->facts = row->facts;
    view->facts_not = row->facts_not;
    view->decider = row->decided_by;
    view->decided_by = row->decided_by_name;
    view->decided_at = row->decided_at;
    return view;
}

static const store_decision_t *decision_on(const store_decision_t *all, int count, int flag_seq)
{
    int i;

    for (i = count - 1; i >= 0; i--)      /* one that was sent back may be followed by another */
        if (all[i].flag_seq == flag_seq)
            return &all[i];
    return NULL;
}

/* All versions of the trust's flag, newest first, and the one asked for (0: the newest). */
static cd_err_t *versions_fill(app_flag_view_t *view, const store_flag_t **row_out,
                               store_flag_t *rows, int count, app_ctx_t *ctx, int seq)
{
    const app_flag_t **versions =
        apr_pcalloc(ctx->pool, sizeof(*versions) * (apr_size_t)(count + 1));
    int i, j;

    *row_out = NULL;
    for (i = 0; i < count; i++) {
        app_flag_t *flag;

        CD_ERR(app_flag_from(&flag, ctx, &rows[i]));
        for (j = i; j > 0 && versions[j - 1]->seq < flag->seq; j--)
            versions[j] = versions[j - 1];
        versions[j] = flag;
    }
    view->versions = versions;
    view->version_count = count;
    for (i = 0; i < count; i++)
        if (versions[i]->seq == seq || (!seq && !i))
            view->flag = versions[i];
    for (i = 0; view->flag && i < count; i++)
        if (rows[i].seq == view->flag->seq)
            *row_out = &rows[i];
    if (!*row_out)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such version of the flag");
    return NULL;
}

static const app_party_t *party_by_code(const app_claim_view_t *claim, const char *org_code)
{
    int i;

    for (i = 0; i < claim->party_count; i++)
        if (!strcmp(claim->parties[i].org->code, org_code))
            return &claim->parties[i];
    return NULL;
}

/* A trust reads a decision once it was told of it, and as it was told. */
static cd_err_t *standing_fill(app_flag_view_t *view, app_ctx_t *ctx)
{
    app_decision_view_t *decision = (app_decision_view_t *)view->decision;
    store_standing_t *rows;
    int count, i;

    if (!decision)
        return NULL;
    CD_ERR(
        store_standings(&rows, &count, ctx->head->id, view->party->org->id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (rows[i].seq == decision->seq) {
            decision->standing = view->claim->partial ? rows[i].told_standing : rows[i].standing;
            decision->stands_p = view->claim->partial ? rows[i].told_p : rows[i].amount_p;
        }
    if (view->claim->partial && !decision->standing)
        view->decision = NULL;
    return NULL;
}

cd_err_t *app_flag_view(app_flag_view_t **out, app_ctx_t *ctx, const char *org_code, int seq)
{
    app_flag_view_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    const store_scheme_row_t *scheme;
    const store_decision_t *decided;
    const store_flag_t *row;
    store_decision_t *decisions;
    store_flag_t *rows;
    const cd_claim_t *claim;
    int count;

    CD_ERR(app_claim_view(&view->claim, ctx, CD_NO_DATE));
    view->party = party_by_code(view->claim, org_code);
    if (!view->party)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no party within reach");
    CD_ERR(
        store_flags_of_org(&rows, &count, ctx->head, view->party->org->id, ctx->conn, ctx->pool));
    CD_ERR(versions_fill(view, &row, rows, count, ctx, seq));
    scheme = app_scheme_cached(ctx, row->scheme_code, row->scheme_version);
    view->scheme = scheme ? scheme->scheme : NULL;
    CD_ERR(
        store_decisions(&decisions, &count, ctx->head, view->party->org->id, ctx->conn, ctx->pool));
    decided = decision_on(decisions, count, row->seq);
    view->decision = decided ? app_decision_from(decided, ctx->pool) : NULL;
    if (view->party->flag && view->flag->seq == view->party->flag->seq)
        ((app_flag_t *)view->flag)->out_of_date = view->party->flag->out_of_date;
    CD_ERR(app_claim_whole(&claim, ctx, view->claim));
    view->round = view->party->round;
    CD_ERR(standing_fill(view, ctx));
    CD_ERR(app_why_not_decide(&view->why_not, &view->forbidden, ctx, ctx->head, claim,
                              view->party->org, row, view->round));
    *out = view;
    return NULL;
}

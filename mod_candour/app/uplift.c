/* uplift.c: reads the decisions of a trust's financial year and sets out what they add to its
 * contribution. */
#include <string.h>

#include "app/decided_core.h"
#include "app/scheme.h"
#include "app/uplift.h"

#define YEAR_ROWS 500

/* With the authority of each setting, where the version is still kept. */
static const cd_scheme_t *scheme_of(const app_ctx_t *ctx, const cd_scheme_t *asked)
{
    const store_scheme_row_t *row = app_scheme_cached(ctx, asked->code, asked->version);

    return row ? row->scheme : asked;
}

/* `own`: as the trust was told. */
static void row_from(cd_uplift_row_t *out, const app_ctx_t *ctx, const store_year_row_t *row,
                     int own)
{
    const store_standing_t *now = &row->standing;
    cd_scheme_input_t sums;
    cd_scheme_t *scheme;

    *out = (cd_uplift_row_t){ .breach = { .claim_id = now->claim_id,
                                          .seq = now->seq,
                                          .outcome = now->outcome,
                                          .standing = own ? now->told_standing : now->standing,
                                          .amount_p = own ? now->told_p : now->amount_p,
                                          .units = now->units,
                                          .decided_at = now->decided_at },
                              .reference = now->reference,
                              .n_then = now->counted,
                              .most_p = row->indicated_p,
                              .decided_p = row->decided_p };
    if (cd_flag_asked(&sums, &scheme, row->inputs, row->answer, ctx->pool))
        /* made by another version of the program: it counts as a breach alone */
        return;
    out->scheme = scheme_of(ctx, scheme);
    out->contribution_p = sums.contribution_p;
}

cd_err_t *app_uplift_year(app_uplift_t **out, app_ctx_t *ctx, const char *org_code, int year)
{
    app_uplift_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    apr_int64_t contribution_p;
    cd_uplift_row_t *rows;
    store_year_row_t *found;
    cd_date_t first, last;
    cd_org_id org_id;
    int i, own, count, shown = 0;

    CD_ERR(app_org_reach(&view->org, &org_id, &own, ctx, org_code));
    if (!view->org)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no trust is named");
    cd_financial_days(&first, &last, year);
    CD_ERR(app_contribution_of(&contribution_p, ctx, org_id, first));
    CD_ERR(store_org_decided(&found, &count, org_id, first, last, YEAR_ROWS, ctx->conn, ctx->pool));
    rows = apr_pcalloc(ctx->pool, sizeof(*rows) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        if (!own || found[i].standing.told_standing)
            row_from(&rows[shown++], ctx, &found[i], own);
    view->cut = count == YEAR_ROWS;
    CD_ERR(cd_uplift_year(&view->sheet, year, contribution_p, rows, shown, ctx->pool));
    *out = view;
    return NULL;
}

/* contribution.c: what a trust contributes in a financial year, as people record it. */
#include <apr_strings.h>

#include "app/core.h"
#include "app/scheme.h"
#include "domain/uplift.h"
#include "store/flag.h"

#define ROWS_MAX 200
#define FIRST_YEAR 1995                  /* the clinical scheme began on 1 April 1995 */

int app_financial_year(cd_date_t on)
{
    return cd_financial_year(on);
}

static int may(const app_ctx_t *ctx)
{
    return app_may(ctx, CD_RIGHT_ORG_ADMIN) == CD_REACH_ALL
           || app_may(ctx, CD_RIGHT_CLAIM_WRITE) == CD_REACH_ALL;
}

static cd_err_t *need(const app_ctx_t *ctx)
{
    return may(ctx) ? NULL
                    : cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "contributions are the scheme's");
}

cd_err_t *app_contributions(app_contribution_t **out, int *count_out, app_ctx_t *ctx,
                            const char *org_code)
{
    store_contribution_t *rows;
    const cd_org_t *org;
    int i;

    CD_ERR(need(ctx));
    CD_ERR(app_org(&org, ctx, org_code));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_contributions(&rows, count_out, org->id, ROWS_MAX, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] =
            (app_contribution_t){ rows[i].year, rows[i].seq, rows[i].amount_p, rows[i].set_at,
                                  rows[i].set_by ? rows[i].set_by : "the command line" };
    return NULL;
}

cd_err_t *app_contribution_of(apr_int64_t *out, app_ctx_t *ctx, cd_org_id org, cd_date_t on)
{
    int i, count, year = app_financial_year(on);
    const cd_org_t *orgs;

    *out = 0;
    CD_ERR(app_orgs(&orgs, &count, ctx));      /* the cache: no look-up for each flag of many */
    for (i = 0; i < ctx->cache->contributed_count; i++)
        if (ctx->cache->contributed[i].org == org && ctx->cache->contributed[i].year == year)
            *out = ctx->cache->contributed[i].amount_p;
    return NULL;
}

typedef struct set_t {
    const app_ctx_t *ctx;
    cd_org_id org;
    store_contribution_t row;
} set_t;

static cd_err_t *set_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const set_t *set = baton;

    /* A decision that rests on the contribution changes the same row, so neither can miss the
     * other. */
    CD_ERR(store_org_decision_bump(set->org, conn, pool));
    return store_contribution_insert(set->org, &set->row, set->ctx->actor->id, conn, pool);
}

static void check(const app_ctx_t *ctx, int year, apr_int64_t amount_p, cd_problems_t *problems)
{
    int last = app_financial_year(ctx->today) + 1;

    if (year < FIRST_YEAR || year > last)
        cd_problem_add(problems, "year", NULL,
                       "Year must be between %d and %d: the year that the financial year begins in",
                       FIRST_YEAR, last);
    if (amount_p <= 0 || amount_p > CD_PENCE_MAX)
        cd_problem_add(problems, "amount_p", NULL,
                       "Contribution must be more than £0.00 and no more than %s",
                       cd_pence_words(CD_PENCE_MAX, problems->pool));
}

cd_err_t *app_contribution_set(app_ctx_t *ctx, const char *org_code, int year, apr_int64_t amount_p,
                               cd_problems_t *problems)
{
    set_t set = { ctx, 0, { 0 } };
    app_system_write_t write = { .change = set_change,
                                 .baton = &set,
                                 .action = CD_ACT_CONTRIBUTION_SET };
    const cd_org_t *org;
    apr_int64_t there;
    int seq;

    CD_ERR(need(ctx));
    CD_ERR(app_org(&org, ctx, org_code));
    check(ctx, year, amount_p, problems);
    CD_ERR(app_problems(problems));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_contribution(&there, &seq, org->id, year, ctx->conn, ctx->pool));
    if (there == amount_p)
        return NULL;
    set.org = org->id;
    set.row = (store_contribution_t){
        .year = year, .seq = seq + 1, .amount_p = amount_p, .set_at = ctx->now
    };
    write.role = app_role_used(ctx, app_may(ctx, CD_RIGHT_ORG_ADMIN) ? CD_RIGHT_ORG_ADMIN
                                                                     : CD_RIGHT_CLAIM_WRITE);
    write.version_before = seq;
    write.version_after = seq + 1;
    write.object = apr_psprintf(ctx->pool, "contribution %s %d", org->code, year);
    write.content = store_contribution_content(year, seq + 1, amount_p, ctx->pool);
    write.answer = org->code;
    return app_system_write(ctx, &write);
}

/* impact.c: asking that a draft of a scheme be tried on all claims, and looking at what came out.
 */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/impact_core.h"
#include "app/scheme.h"

/* ---- as it is stored -------------------------------------------------------- */

#define AT(member_) offsetof(app_impact_t, member_)
/* The order is that of the stored text: a new one goes to the end. */
static const apr_size_t sums[] = {
    AT(total), AT(seen), AT(open_seen), AT(closed_seen), AT(open_changed), AT(closed_changed),
       AT(unchanged), AT(missing),
    AT(old), AT(failed), AT(open_old_p), AT(open_new_p), AT(closed_old_p), AT(closed_new_p),
       AT(bins[0]), AT(bins[1]),
    AT(bins[2]), AT(bins[3]), AT(bins[4]), AT(bins[5]), AT(bins[6]), AT(bins[7]), AT(bins[8])
};
#define SUMS ((int)(sizeof(sums) / sizeof(*sums)))

const char *app_impact_sums(const app_impact_t *run, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);
    int i;

    for (i = 0; i < SUMS; i++)
        cd_buf_fmt(buf, "%s%" APR_INT64_T_FMT, i ? " " : "",
                   *(const apr_int64_t *)(const void *)((const char *)run + sums[i]));
    return buf->data;
}

static cd_err_t *sums_read(app_impact_t *out, const char *text, apr_pool_t *pool)
{
    int i;

    for (i = 0; *text && i < SUMS; i++) {
        char *end;

        *(apr_int64_t *)(void *)((char *)out + sums[i]) = apr_strtoi64(text, &end, 10);
        if (end == text || (*end && *end != ' '))
            return cd_err(pool, CD_E_TAMPERED, NULL, "sums of a tried scheme do not read");
        text = *end ? end + 1 : end;
    }
    return NULL;
}

cd_err_t *app_impact_from(app_impact_t *out, const store_impact_t *run, const app_ctx_t *ctx)
{
    memset(out, 0, sizeof(*out));
    out->id = run->id;
    out->state = run->state;
    out->stalled = run->state == APP_RUN_RUNNING && run->beat_at < ctx->now - APP_IMPACT_QUIET;
    out->old_code = run->old_code;
    out->old_version = run->old_version;
    out->new_code = run->new_code;
    out->new_version = run->new_version;
    out->asked_by = run->asked_name ? run->asked_name : "the command line";
    out->asked_at = run->asked_at;
    out->changed_at = run->beat_at;
    out->done_at = run->done_at;
    return sums_read(out, run->sums, ctx->pool);
}

/* ---- asking ------------------------------------------------------------------ */

static int may_ask(const app_ctx_t *ctx)
{
    return app_may(ctx, CD_RIGHT_SCHEME_WRITE) == CD_REACH_ALL
           || app_may(ctx, CD_RIGHT_SCHEME_ACTIVATE) == CD_REACH_ALL;
}

static cd_err_t *need_claims(const app_ctx_t *ctx)
{
    return app_may(ctx, CD_RIGHT_CLAIM_READ) == CD_REACH_ALL ? NULL
         : cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "no right to read the claims of all trusts");
}

/* The newest run since the version was drafted: one of a draft that was replaced says nothing of
 * this one. */
static cd_err_t *newest(store_impact_t **out, app_ctx_t *ctx, const char *code, int version)
{
    const store_scheme_row_t *row;
    const cd_org_t *orgs;
    int count;

    CD_ERR(app_orgs(&orgs, &count, ctx));      /* the cache */
    row = app_scheme_cached(ctx, code, version);
    if (!row)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such scheme version");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_impact_newest(out, code, version, ctx->conn, ctx->pool));
    if (*out && (*out)->asked_at < row->drafted_at)
        *out = NULL;
    return NULL;
}

static cd_err_t *ask_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_impact_insert(baton, conn, pool);
}

cd_err_t *app_impact_ask(apr_int64_t *id_out, app_ctx_t *ctx, const char *code, int version)
{
    store_impact_t run = { .state = APP_RUN_WAITING, .new_code = code, .new_version = version,
                           .asked_by = ctx->actor->id, .asked_at = ctx->now, .beat_at = ctx->now };
    app_system_write_t write = { .change = ask_change, .baton = &run, .action = CD_ACT_SCHEME_TRIED,
                                 .version_after = version, .answer = "impact" };
    store_impact_t *live;

    if (!may_ask(ctx))
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "no right to try a scheme");
    CD_ERR(newest(&live, ctx, code, version));
    if (live && (live->state == APP_RUN_WAITING || live->state == APP_RUN_RUNNING)) {
        *id_out = live->id;
        return NULL;
    }
    write.role = app_role_used(ctx, CD_RIGHT_SCHEME_WRITE);
    if (!write.role)
        write.role = app_role_used(ctx, CD_RIGHT_SCHEME_ACTIVATE);
    write.object = apr_psprintf(ctx->pool, "trial of scheme %s version %d", code, version);
    write.content = "asked for";
    CD_ERR(app_system_write(ctx, &write));
    *id_out = run.id;
    return NULL;
}

/* ---- looking ------------------------------------------------------------------- */

cd_err_t *app_impact_latest(app_impact_t **out, app_ctx_t *ctx, const char *code, int version)
{
    store_impact_t *run;

    *out = NULL;
    CD_ERR(app_need(ctx, CD_RIGHT_POLICY_READ));
    CD_ERR(newest(&run, ctx, code, version));
    if (!run)
        return NULL;
    *out = apr_palloc(ctx->pool, sizeof(**out));
    return app_impact_from(*out, run, ctx);
}

cd_err_t *app_impact_get(app_impact_t **out, app_ctx_t *ctx, apr_int64_t id)
{
    store_impact_t *run;

    CD_ERR(need_claims(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_impact_get(&run, id, ctx->conn, ctx->pool));
    if (!run)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such run");
    *out = apr_palloc(ctx->pool, sizeof(**out));
    return app_impact_from(*out, run, ctx);
}

cd_err_t *app_impact_rows(app_impact_list_t *out, app_ctx_t *ctx, apr_int64_t id, int open,
                          apr_int64_t after, int limit)
{
    static const int kept[] = { 2, 1, 0 };     /* as the store counts: both, open, closed */
    store_impact_row_t *rows;
    int count, i;

    CD_ERR(need_claims(ctx));
    CD_ERR(app_conn(ctx));
    CD_ERR(
        store_impact_rows(&rows, &count, id, kept[open], after, limit + 1, ctx->conn, ctx->pool));
    out->count = count > limit ? limit : count;
    out->next = count > limit ? rows[limit - 1].skey : 0;
    out->rows = apr_pcalloc(ctx->pool, sizeof(*out->rows) * (apr_size_t)(out->count + 1));
    for (i = 0; i < out->count; i++)
        out->rows[i] = (app_impact_row_t){ rows[i].skey,  rows[i].reference, rows[i].org_code,
                                           rows[i].open,  rows[i].old_state, rows[i].new_state,
                                           rows[i].old_p, rows[i].new_p,     rows[i].why };
    return NULL;
}

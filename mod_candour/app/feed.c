/* feed.c: the calendar address of a person: made, ended, and read without signing in.
 *
 * Whoever has the address reads the steps: so it is long and random, told once, and only its keyed
 * hash is kept. It ends with the account, and a step names no person. */
#include <string.h>

#include <apr_strings.h>

#include "app/team.h"
#include "app/team_core.h"
#include "base/text.h"

typedef struct feed_put_t {
    const app_ctx_t *ctx;
    unsigned char hash[STORE_FEED_HASH];
} feed_put_t;

static void token_hash(unsigned char out[STORE_FEED_HASH], const app_ctx_t *ctx, const char *token)
{
    store_lookup_hash(out, ctx->app->keys, "feed", token);
}

cd_err_t *app_feed_made(cd_instant_t *made_out, app_ctx_t *ctx)
{
    cd_org_id org_id;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    return store_feed_made(made_out, ctx->actor->id, ctx->conn, ctx->pool);
}

static cd_err_t *feed_make(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const feed_put_t *put = baton;

    return store_feed_put(put->ctx->actor->id, put->hash, put->ctx->now, conn, pool);
}

static cd_err_t *feed_end(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const feed_put_t *put = baton;

    return store_feed_end(put->ctx->actor->id, put->ctx->now, conn, pool);
}

static cd_err_t *feed_write(app_ctx_t *ctx, app_system_fn change, feed_put_t *put,
                            const char *content)
{
    return app_setting_write(
        ctx, change, put, CD_ACT_FEED_CHANGED,
        apr_psprintf(ctx->pool, "calendar of user %" APR_INT64_T_FMT, ctx->actor->id), content);
}

cd_err_t *app_feed_make(const char **token_out, app_ctx_t *ctx)
{
    unsigned char bytes[APP_FEED_TOKEN / 2];
    feed_put_t put = { .ctx = ctx };
    const char *token;
    cd_org_id org_id;

    *token_out = NULL;
    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(store_random(bytes, sizeof(bytes), ctx->pool));
    token = cd_hex(bytes, sizeof(bytes), ctx->pool);
    token_hash(put.hash, ctx, token);
    CD_ERR(feed_write(ctx, feed_make, &put, cd_hex(put.hash, sizeof(put.hash), ctx->pool)));
    if (!ctx->replayed)
        *token_out = token;
    return NULL;
}

cd_err_t *app_feed_end(app_ctx_t *ctx)
{
    feed_put_t put = { .ctx = ctx };
    cd_org_id org_id;

    CD_ERR(app_own_trust(&org_id, ctx, CD_RIGHT_CASE_READ));
    return feed_write(ctx, feed_end, &put, "ended");
}

cd_err_t *app_feed_read(app_event_t **out, int *count_out, app_ctx_t *ctx, const char *token)
{
    unsigned char hash[STORE_FEED_HASH];
    cd_instant_t gone_since = ctx->now - apr_time_from_sec((apr_int64_t)APP_FEED_GONE_DAYS * 86400);
    cd_actor_t *person = NULL;
    store_event_t *rows;
    int i;

    if (strlen(token) != APP_FEED_TOKEN)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no calendar address has that length");
    token_hash(hash, ctx, token);
    CD_ERR(app_conn(ctx));
    CD_ERR(store_feed_find(&person, hash, ctx->conn, ctx->pool));
    if (cd_may(person, CD_RIGHT_CASE_READ) == CD_REACH_NONE)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL,
                      "no calendar address, or its person has no right any more");
    CD_ERR(store_feed_events(&rows, count_out, person, ctx->today, gone_since, APP_FEED_EVENTS,
                             ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++)
        (*out)[i] =
            (app_event_t){ rows[i].reference, rows[i].rule,       rows[i].step,     rows[i].due_on,
                           rows[i].version,   rows[i].changed_at, rows[i].cancelled };
    return NULL;
}

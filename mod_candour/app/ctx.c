/* ctx.c: who asks, what a child remembers, and the one place where rights are asked.
 *
 * Does not read or write files' records. A cache is never changed once others can see it: a new one
 * is made when the stamp that came with the actor has moved, and the old one goes with its last
 * request. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"

static void cache_drop(app_t *app, app_cache_t *cache)
{
    int last;

    apr_thread_mutex_lock(app->lock);
    last = --cache->users == 0;
    apr_thread_mutex_unlock(app->lock);
    if (last)
        apr_pool_destroy(cache->pool);
}

/* The app's own pool goes with the child, when no request is left. */
static apr_status_t app_cleanup(void *data)
{
    app_t *app = data;

    if (app->cache)
        cache_drop(app, app->cache);
    return APR_SUCCESS;
}

cd_err_t *app_make(app_t **out, const app_options_t *options, apr_pool_t *pool)
{
    app_t *app = apr_pcalloc(pool, sizeof(*app));

    app->store = options->store;
    app->keys = options->keys;
    app->clock = options->clock;
    app->log = options->log;
    app->scanner = options->scanner;
    app->claim_ref = options->claim_ref;
    app->pool = pool;
    if (apr_thread_mutex_create(&app->lock, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS)
        return cd_err(pool, CD_E_FAILED, NULL, "no mutex for the cache");
    apr_pool_cleanup_register(pool, app, app_cleanup, apr_pool_cleanup_null);
    *out = app;
    return NULL;
}

app_ctx_t *app_ctx_make(app_t *app, apr_pool_t *pool)
{
    app_ctx_t *ctx = apr_pcalloc(pool, sizeof(*ctx));

    ctx->app = app;
    ctx->pool = pool;
    ctx->now = app->clock();
    ctx->today = cd_london_date(ctx->now);
    return ctx;
}

cd_err_t *app_conn(app_ctx_t *ctx)
{
    if (ctx->conn)
        return NULL;
    if (ctx->to_write || ctx->has_idem)
        return store_acquire_to_write(&ctx->conn, ctx->app->store, ctx->pool);
    return store_acquire(&ctx->conn, ctx->app->store, ctx->pool);
}

void app_end(app_ctx_t *ctx)
{
    if (!ctx)
        return;
    store_release(ctx->conn);
    ctx->conn = NULL;
}

static apr_status_t ctx_cleanup(void *data)
{
    app_ctx_t *ctx = data;

    cache_drop(ctx->app, (app_cache_t *)ctx->cache);
    return APR_SUCCESS;
}

/* Holds the newest cache for the request, if it is as new as `stamp`; stamps only rise. */
static int cache_hold(app_ctx_t *ctx, const store_stamp_t *stamp)
{
    app_cache_t *cache;

    apr_thread_mutex_lock(ctx->app->lock);
    cache = ctx->app->cache;
    if (cache && (cache->stamp.orgs < stamp->orgs || cache->stamp.holidays < stamp->holidays
                  || cache->stamp.schemes < stamp->schemes))
        cache = NULL;
    if (cache)
        cache->users++;
    apr_thread_mutex_unlock(ctx->app->lock);
    if (!cache)
        return 0;
    ctx->cache = cache;
    apr_pool_cleanup_register(ctx->pool, ctx, ctx_cleanup, apr_pool_cleanup_null);
    return 1;
}

static cd_err_t *cache_read(app_cache_t *cache, store_conn_t *conn)
{
    int division;

    CD_ERR(store_orgs(&cache->orgs, &cache->org_count, conn, cache->pool));
    CD_ERR(store_holidays(&cache->holidays, &cache->holiday_count, conn, cache->pool));
    CD_ERR(store_schemes(&cache->schemes, &cache->scheme_count, conn, cache->pool));
    CD_ERR(app_scheme_shadow(&cache->schemes, &cache->scheme_count, cache->pool));
    CD_ERR(store_contributed(&cache->contributed, &cache->contributed_count, conn, cache->pool));
    for (division = CD_DIV_ENGLAND_AND_WALES; division <= CD_DIV_NORTHERN_IRELAND; division++)
        cache->calendars[division] = cd_calendar_make((cd_division_t)division, cache->holidays,
                                                      cache->holiday_count, cache->pool);
    return NULL;
}

/* Without the lock: a slow database must not stop requests whose cache is good enough. Two threads
 * may read at once; the later one's result stays. */
static cd_err_t *cache_renew(app_ctx_t *ctx, const store_stamp_t *stamp)
{
    apr_pool_t *pool;
    app_cache_t *cache, *old;
    cd_err_t *err;

    if (apr_pool_create_unmanaged(&pool) != APR_SUCCESS)
        return cd_err(ctx->pool, CD_E_FAILED, NULL, "no pool for the cache");
    cache = apr_pcalloc(pool, sizeof(*cache));
    cache->pool = pool;
    cache->users = 2;
    cache->stamp = *stamp;
    err = cache_read(cache, ctx->conn);
    if (err) {
        err = cd_err(ctx->pool, err->code, err->public_text,
                     "reading trusts, holidays and schemes: %s", cd_err_line(err, ctx->pool));
        apr_pool_destroy(pool);
        return err;
    }
    apr_thread_mutex_lock(ctx->app->lock);
    old = ctx->app->cache;
    ctx->app->cache = cache;
    apr_thread_mutex_unlock(ctx->app->lock);
    if (old)
        cache_drop(ctx->app, old);
    ctx->cache = cache;
    apr_pool_cleanup_register(ctx->pool, ctx, ctx_cleanup, apr_pool_cleanup_null);
    return NULL;
}

static cd_err_t *cache_for(app_ctx_t *ctx, const store_stamp_t *stamp)
{
    if (ctx->cache || cache_hold(ctx, stamp))
        return NULL;
    return cache_renew(ctx, stamp);
}

/* Pages that nobody is signed in for may need the cache, too. */
static cd_err_t *cache_need(app_ctx_t *ctx)
{
    cd_actor_t *actor;
    store_head_t *head;
    store_stamp_t stamp;

    if (ctx->cache)
        return NULL;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_actor_head(&actor, &head, &stamp, "", CD_FILE_CASE, NULL, ctx->conn, ctx->pool));
    return cache_for(ctx, &stamp);
}

cd_err_t *app_begin(app_ctx_t *ctx, const char *subject, int file_kind, const char *reference)
{
    store_stamp_t stamp;
    cd_actor_t *actor = NULL;

    ctx->actor = apr_pcalloc(ctx->pool, sizeof(*ctx->actor));
    ctx->actor->subject = subject;
    ctx->head = NULL;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_actor_head(&actor, &ctx->head, &stamp, subject ? subject : "",
                            (cd_file_kind_t)(file_kind ? file_kind : CD_FILE_CASE), reference,
                            ctx->conn, ctx->pool));
    CD_ERR(cache_for(ctx, &stamp));
    if (!actor)
        return cd_err(ctx->pool, CD_E_NO_USER, NULL, "no active account");
    ctx->actor = actor;
    return NULL;
}

cd_err_t *app_begin_system(app_ctx_t *ctx, const char *as_subject)
{
    store_user_t *user = NULL;

    ctx->actor = apr_pcalloc(ctx->pool, sizeof(*ctx->actor));
    CD_ERR(cache_need(ctx));
    if (as_subject)
        CD_ERR(store_user_get(&user, as_subject, ctx->conn, ctx->pool));
    if (as_subject && (!user || user->active != CD_YES))
        return cd_err(ctx->pool, CD_E_NO_USER, "there is no active user of that name",
                      "acting for a user who is not there");
    ctx->is_system = 1;
    ctx->actor->id = user ? user->id : 0;
    ctx->actor->subject = user ? as_subject : "system";
    ctx->actor->name = user ? user->name : "system";
    ctx->actor->roles = user ? user->roles : 0;
    return NULL;
}

cd_err_t *app_name_file(app_ctx_t *ctx, int file_kind, const char *reference)
{
    cd_org_id org_id;

    CD_ERR(app_reach(&org_id, ctx,
                     file_kind == CD_FILE_CASE ? CD_RIGHT_CASE_READ : CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_head_get(&ctx->head, (cd_file_kind_t)file_kind, reference, org_id, ctx->conn,
                          ctx->pool));
    if (!ctx->head)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such file");
    return NULL;
}

/* The command line acts for whoever holds the key file and the database's password: all rights. */
cd_reach_t app_may(const app_ctx_t *ctx, cd_right_t right)
{
    return ctx->is_system ? CD_REACH_ALL : cd_may(ctx->actor, right);
}

cd_err_t *app_need(const app_ctx_t *ctx, cd_right_t right)
{
    if (!ctx->actor || (!ctx->actor->id && !ctx->is_system))
        return cd_err(ctx->pool, CD_E_NO_USER, NULL, "nobody asks for %s", cd_right_word(right));
    if (app_may(ctx, right) == CD_REACH_NONE)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL, "no role of the actor has %s",
                      cd_right_word(right));
    return NULL;
}

cd_err_t *app_reach(cd_org_id *org_out, const app_ctx_t *ctx, cd_right_t right)
{
    CD_ERR(app_need(ctx, right));
    *org_out = 0;
    if (app_may(ctx, right) != CD_REACH_ALL)
        /* never 0: cd_may() gives reach OWN only to those with a trust */
        *org_out = ctx->actor->org_id;
    return NULL;
}

cd_err_t *app_file(struct store_head_t **out, const app_ctx_t *ctx, cd_right_t right)
{
    cd_org_id org_id;

    *out = NULL;
    CD_ERR(app_reach(&org_id, ctx, right));
    /* The look-up was bounded by the actor's furthest role; this right may reach less far. */
    if (!ctx->head || (org_id && ctx->head->kind == CD_FILE_CASE && ctx->head->org_id != org_id))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such file within reach");
    *out = ctx->head;
    return NULL;
}

int app_role_used(const app_ctx_t *ctx, cd_right_t right)
{
    int role;

    for (role = CD_ROLE_WARD; role <= CD_ROLE_APPROVER; role++)
        if ((ctx->actor->roles & (1u << role))
            && cd_role_reach((cd_role_t)role, right) != CD_REACH_NONE)
            return role;
    return 0;
}

cd_err_t *app_calendar(const cd_calendar_t **out, app_ctx_t *ctx, cd_division_t division)
{
    CD_ERR(cache_need(ctx));
    *out = ctx->cache->calendars[division];
    return NULL;
}

const cd_org_t *app_org_cached(const app_ctx_t *ctx, const char *code)
{
    int i;

    for (i = 0; code && ctx->cache && i < ctx->cache->org_count; i++)
        if (!strcmp(ctx->cache->orgs[i].code, code))
            return &ctx->cache->orgs[i];
    return NULL;
}

cd_err_t *app_org(const cd_org_t **out, app_ctx_t *ctx, const char *code)
{
    CD_ERR(cache_need(ctx));
    *out = app_org_cached(ctx, code);
    if (!*out)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such organisation");
    return NULL;
}

cd_err_t *app_orgs(const cd_org_t **out, int *count_out, app_ctx_t *ctx)
{
    CD_ERR(cache_need(ctx));
    *out = ctx->cache->orgs;
    *count_out = ctx->cache->org_count;
    return NULL;
}

const store_scheme_row_t *app_scheme_cached(const app_ctx_t *ctx, const char *code, int version)
{
    int i;

    for (i = 0; ctx->cache && i < ctx->cache->scheme_count; i++)
        if (ctx->cache->schemes[i].scheme->version == version
            && !strcmp(ctx->cache->schemes[i].scheme->code, code))
            return &ctx->cache->schemes[i];
    return NULL;
}

void app_secret(unsigned char out[32], const app_t *app, const char *purpose)
{
    store_keys_derive(out, app->keys, purpose);
}

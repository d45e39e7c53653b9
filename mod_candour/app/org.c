/* org.c: organisations and bank holidays: what changes slowly and every child caches. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "app/core.h"

typedef struct org_save_t {
    app_ctx_t *ctx;
    cd_org_t org;
} org_save_t;

static cd_err_t *org_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    org_save_t *save = baton;

    if (!save->org.version)
        return store_org_insert(&save->org, save->ctx->now, conn, pool);
    return store_org_update(&save->org, conn, pool);
}

static void org_check(const app_ctx_t *ctx, const cd_org_t *org, cd_problems_t *problems)
{
    app_required(cd_org_fields, cd_org_field_count, org, problems);
    if (org->closed_on && org->opened_on && org->closed_on < org->opened_on)
        cd_problem_add(problems, "closed_on", NULL,
                       "Date it closed must be the date it opened or later");
    if (org->member_to && org->member_from && org->member_to < org->member_from)
        cd_problem_add(problems, "member_to", NULL,
                       "Date membership ended must be the date it began or later");
    if (org->successor_code && (!app_org_cached(ctx, org->successor_code)
                                || !strcmp(org->successor_code, org->code)))
        cd_problem_add(
            problems, "successor_code", NULL,
            "Code of its successor must be another organisation that is registered here");
}

cd_err_t *app_org_save(app_ctx_t *ctx, const cd_org_t *org, cd_problems_t *problems)
{
    org_save_t save = { ctx, *org };
    app_system_write_t write = { .change = org_change,
                                 .baton = &save,
                                 .version_before = org->version,
                                 .version_after = org->version + 1,
                                 .answer = org->code };
    cd_org_t *old = NULL;
    cd_err_t *err;

    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    org_check(ctx, org, problems);
    CD_ERR(app_problems(problems));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_org_get(&old, org->code, ctx->conn, ctx->pool));
    if (org->version && !old)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such organisation");
    err = app_seen_version(ctx, old ? old->version : 0, org->version);
    if (ctx->replayed)
        return NULL;
    if (err && (org->version || err->code != CD_E_STALE))
        return err;
    if (err)
        cd_problem_add(problems, "code", NULL,
                       "Organisation code must be new: it is registered already");
    CD_ERR(app_problems(problems));
    save.org.id = old ? old->id : 0;
    write.action = org->version ? CD_ACT_ORG_CHANGED : CD_ACT_ORG_ADDED;
    write.object = apr_pstrcat(ctx->pool, "org ", org->code, NULL);
    write.content = store_org_content(org, ctx->pool);
    return app_system_write(ctx, &write);
}

typedef struct holidays_t {
    const cd_holiday_t *list;
    int count;
} holidays_t;

static cd_err_t *holidays_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const holidays_t *holidays = baton;

    return store_holidays_replace(holidays->list, holidays->count, conn, pool);
}

static int holidays_have(const cd_holiday_t *list, int count, const cd_holiday_t *one)
{
    int i;

    for (i = 0; i < count; i++)
        if (list[i].division == one->division && list[i].on == one->on
            && !strcmp(list[i].title, one->title))
            return 1;
    return 0;
}

static int holidays_same(const app_cache_t *cache, const cd_holiday_t *list, int count)
{
    int i;

    if (cache->holiday_count != count)
        return 0;
    for (i = 0; i < count; i++)
        if (!holidays_have(cache->holidays, cache->holiday_count, &list[i]))
            return 0;
    return 1;
}

/* A list without one of the divisions would retire all its holidays: that is never what is meant.
 */
static cd_err_t *holidays_check(app_ctx_t *ctx, const cd_holiday_t *list, int count)
{
    int division, i;

    for (division = CD_DIV_ENGLAND_AND_WALES; division <= CD_DIV_NORTHERN_IRELAND; division++) {
        for (i = 0; i < count && list[i].division != (cd_division_t)division; i++)
            ;
        if (i == count)
            return cd_err(ctx->pool, CD_E_INVALID,
                          apr_pstrcat(ctx->pool, "the list has no holiday of ",
                                      cd_token_word(cd_divisions, division), NULL),
                          "a list without division %d", division);
    }
    return NULL;
}

cd_err_t *app_holidays_import(app_ctx_t *ctx, const cd_holiday_t *list, int count)
{
    holidays_t holidays = { list, count };
    app_system_write_t write = { .change = holidays_change,
                                 .baton = &holidays,
                                 .object = "holidays",
                                 .action = CD_ACT_HOLIDAYS_IMPORTED,
                                 .answer = "holidays" };
    cd_buf_t *content = cd_buf_make(ctx->pool, 16384);
    int i;

    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(holidays_check(ctx, list, count));
    if (ctx->cache && holidays_same(ctx->cache, list, count))
        return NULL;
    for (i = 0; i < count; i++)
        cd_buf_fmt(content, "%d %d %s\n", (int)list[i].division, (int)list[i].on, list[i].title);
    write.version_before = ctx->cache ? ctx->cache->stamp.holidays : 0;
    write.version_after = write.version_before + 1;
    write.content = content->data;
    return app_system_write(ctx, &write);
}

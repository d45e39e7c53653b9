/* scheme.c: which versions of schemes there are, which is in force today, and adding one at set-up.
 */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/scheme.h"
#include "base/text.h"

static cd_scheme_life_t *lives_of(const app_ctx_t *ctx)
{
    int i, count = ctx->cache->scheme_count;
    cd_scheme_life_t *lives = apr_pcalloc(ctx->pool, sizeof(*lives) * (apr_size_t)(count + 1));

    for (i = 0; i < count; i++)
        lives[i] = ctx->cache->schemes[i].life;
    return lives;
}

/* By the day each time: the cache is of versions, not of which one holds. */
cd_err_t *app_scheme_active(const cd_scheme_t **out, app_ctx_t *ctx)
{
    const cd_org_t *orgs;
    int at, count;

    *out = NULL;
    CD_ERR(app_orgs(&orgs, &count, ctx));      /* the cache */
    at = cd_scheme_in_force(lives_of(ctx), ctx->cache->scheme_count, ctx->today);
    if (at < 0)
        return cd_err(ctx->pool, CD_E_CONFIG, "no liability scheme is active", "no active scheme");
    *out = ctx->cache->schemes[at].scheme;
    return NULL;
}

static const char *name_of(const char *name)
{
    return name ? name : "the command line";
}

cd_err_t *app_schemes(app_scheme_t **out, int *count_out, app_ctx_t *ctx)
{
    cd_scheme_life_t *lives;
    int i, at;

    CD_ERR(app_need(ctx, CD_RIGHT_POLICY_READ));
    lives = lives_of(ctx);
    *count_out = ctx->cache->scheme_count;
    at = cd_scheme_in_force(lives, *count_out, ctx->today);
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {
        const store_scheme_row_t *row = &ctx->cache->schemes[i];
        app_scheme_t *one = &(*out)[i];

        one->scheme = row->scheme;
        one->active = i == at;
        one->state = cd_scheme_state(lives, i, at, ctx->today);
        one->row_version = row->row_version;
        one->from = row->life.from;
        one->drafted_by = name_of(row->drafted_name);
        one->drafted_at = row->drafted_at ? row->drafted_at : row->added_at;
        one->acted_by = row->life.acted_at ? name_of(row->acted_name) : NULL;
        one->acted_at = row->life.acted_at;
        one->note = row->note && *row->note ? row->note : NULL;
        one->drafted_by_me = ctx->actor->id && ctx->actor->id == row->drafted_by;
    }
    return NULL;
}

/* ---- set-up -------------------------------------------------------------- */

typedef struct scheme_save_t {
    store_scheme_row_t row;
    const char *text;
} scheme_save_t;

static cd_err_t *scheme_insert(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    scheme_save_t *save = baton;

    return store_scheme_draft(&save->row, save->text, 0, conn, pool);
}

static cd_err_t *scheme_put_in_force(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    scheme_save_t *save = baton;
    store_scheme_row_t row = save->row;

    /* the one that is there; the entry is about the next */
    row.row_version--;
    return store_scheme_settle(&row, conn, pool);
}

static int scheme_newest(const app_ctx_t *ctx, const char *code)
{
    int i, newest = 0;

    for (i = 0; i < ctx->cache->scheme_count; i++)
        if (!strcmp(ctx->cache->schemes[i].scheme->code, code)
            && ctx->cache->schemes[i].scheme->version > newest)
            newest = ctx->cache->schemes[i].scheme->version;
    return newest;
}

/* A version once added never changes: the same again is no change, other settings need a new
 * number. */
static void scheme_check(const app_ctx_t *ctx, const cd_scheme_t *scheme,
                         const store_scheme_row_t *there, cd_problems_t *problems)
{
    int newest = scheme_newest(ctx, scheme->code);

    if (there
        && strcmp(store_scheme_content(there->scheme, ctx->pool),
                  store_scheme_content(scheme, ctx->pool)))
        cd_problem_add(problems, "version", NULL,
                       "Version %d of %s is here with other settings: use %d", scheme->version,
                       scheme->code, newest + 1);
    else if (!there && scheme->version <= newest)
        cd_problem_add(problems, "version", NULL,
                       "Version must be higher than %d, the newest of %s", newest, scheme->code);
}

/* The scheme as it will be read back: what was left unsaid has its default, what contradicts itself
 * is refused by the same reader that reads files. */
static cd_err_t *scheme_settled(cd_scheme_t **out, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    const char *content = store_scheme_content(scheme, pool);
    json_t *json;

    CD_ERR(cd_json_read(&json, content, strlen(content), pool));
    return cd_scheme_read(out, json, pool);
}

cd_err_t *app_scheme_add(app_ctx_t *ctx, const cd_scheme_t *scheme, int activate,
                         cd_problems_t *problems)
{
    return app_scheme_add_file(ctx, scheme, NULL, activate, problems);
}

cd_err_t *app_scheme_add_file(app_ctx_t *ctx, const cd_scheme_t *asked, const char *text,
                              int activate, cd_problems_t *problems)
{
    scheme_save_t save = { .text = text ? text : "" };
    app_system_write_t write = { .baton = &save, .version_after = asked->version };
    const store_scheme_row_t *there;
    cd_scheme_t *scheme;

    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    CD_ERR(scheme_settled(&scheme, asked, ctx->pool));
    there = app_scheme_cached(ctx, scheme->code, scheme->version);
    scheme_check(ctx, scheme, there, problems);
    CD_ERR(app_problems(problems));
    write.object = write.answer =
        apr_psprintf(ctx->pool, "scheme %s version %d", scheme->code, scheme->version);
    if (there)
        save.row = *there;
    save.row.scheme = scheme;
    if (!there) {
        unsigned char hash[32];

        store_sha256(hash, save.text, strlen(save.text));
        save.row.file_hash = cd_hex(hash, sizeof(hash), ctx->pool);
        save.row.life.step = CD_SCHEME_DRAFT;
        save.row.row_version = 1;
        save.row.drafted_by = ctx->actor->id;
        save.row.drafted_at = ctx->now;
        write.change = scheme_insert;
        write.action = CD_ACT_SCHEME_ADDED;
        write.content = store_scheme_row_content(&save.row, ctx->pool);
        CD_ERR(app_system_write(ctx, &write));
    }
    if (!activate || (there && there->active && there->life.from <= ctx->today))
        return NULL;
    save.row.life = (cd_scheme_life_t){ CD_SCHEME_ACTIVATED, ctx->today, ctx->now };
    save.row.acted_by = ctx->actor->id;
    save.row.row_version++;
    write.change = scheme_put_in_force;
    write.action = CD_ACT_SCHEME_ACTIVATED;
    write.content = store_scheme_row_content(&save.row, ctx->pool);
    return app_system_write(ctx, &write);
}

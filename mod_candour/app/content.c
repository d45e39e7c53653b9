/* content.c: bytes of documents and letters, on their way in and out.
 *
 * Between two chunks no connection is held: the client sets the pace of an upload, the reader that
 * of a download. Which types are taken is said in file_type.c, the scanner is run by scan.c. */
#include <string.h>

#include <apr_strings.h>

#include "app/content.h"
#include "app/core.h"
#include "app/file_type.h"
#include "app/scan.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/content.h"

#if APP_CONTENT_STEP != STORE_CHUNK_BYTES
#error "a step of reading is a chunk"
#endif

struct app_staging_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const app_file_type_t *type;         /* NULL: the program's own bytes */
    store_content_t content;
    cd_sha256_t *sum;
    /* STORE_CHUNK_BYTES; the only copy of what is not stored yet */
    char *chunk;
    apr_size_t have;
    apr_pool_t *scratch;                 /* cleared after each chunk */
};

/* ---- in ---- */

static cd_err_t *staging_make(app_staging_t **out, app_ctx_t *ctx, const app_file_type_t *type,
                              const char *media_type, cd_right_t right)
{
    app_staging_t *staging = apr_pcalloc(ctx->pool, sizeof(*staging));
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, right));
    staging->ctx = ctx;
    staging->head = head;
    staging->type = type;
    staging->content.media_type = media_type;
    staging->sum = cd_sha256_begin(ctx->pool);
    staging->chunk = apr_palloc(ctx->pool, STORE_CHUNK_BYTES);
    apr_pool_create(&staging->scratch, ctx->pool);
    *out = staging;
    return NULL;
}

static cd_err_t *room_check(app_ctx_t *ctx, const store_head_t *head)
{
    cd_err_t *err;
    int count;

    CD_ERR(app_conn(ctx));
    err = store_content_staged(&count, head, ctx->conn, ctx->pool);
    app_end(ctx);
    CD_ERR(err);
    if (count >= APP_STAGED_MAX)
        return cd_err(
            ctx->pool, CD_E_INVALID,
            apr_psprintf(ctx->pool,
                         "%d files were sent for this case and not"
                         " saved with it: they are removed every night, so send this one tomorrow",
                         APP_STAGED_MAX),
            "%s: %d staged", head->reference, count);
    return NULL;
}

cd_err_t *app_staging_begin(app_staging_t **out, app_ctx_t *ctx, const char *filename)
{
    const app_file_type_t *type = app_file_type(filename);
    app_staging_t *staging;

    *out = NULL;
    if (!type)
        return cd_err(ctx->pool, CD_E_INVALID, app_file_types_words(),
                      "a type of file that is not taken");
    CD_ERR(staging_make(&staging, ctx, type, type->media_type, CD_RIGHT_CASE_WRITE));
    CD_ERR(room_check(ctx, staging->head));
    *out = staging;
    return NULL;
}

static cd_err_t *not_what_it_says(const app_staging_t *staging)
{
    return cd_err(staging->ctx->pool, CD_E_INVALID,
                  apr_psprintf(staging->ctx->pool,
                               "The file’s name ends in .%s, but what is in it is something"
                               " else: save it again in its own program, or choose another file",
                               staging->type->extension),
                  "the content is not %s", staging->type->media_type);
}

/* Nothing is stored of a file that is not what its name says. */
static cd_err_t *chunk_check(const app_staging_t *staging)
{
    if (!staging->type)
        return NULL;
    if (!staging->content.chunks && !app_file_begins(staging->type, staging->chunk, staging->have))
        return not_what_it_says(staging);
    if (staging->type->is_text && !app_file_is_text(staging->chunk, staging->have))
        return not_what_it_says(staging);
    return NULL;
}

static cd_err_t *chunk_store(app_staging_t *staging)
{
    app_ctx_t *ctx = staging->ctx;
    store_content_t *content = &staging->content;

    CD_ERR(app_conn(ctx));
    if (!content->id)
        CD_ERR(store_content_begin(&content->id, staging->head, ctx->now, ctx->conn,
                                   staging->scratch));
    return store_content_add(staging->head, content->id, content->chunks + 1, staging->chunk,
                             staging->have, ctx->conn, staging->scratch);
}

/* An error outlives the scratch pool that it was made in. */
static cd_err_t *carry(const app_staging_t *staging, cd_err_t *err)
{
    apr_pool_t *pool = staging->ctx->pool;

    if (!err)
        return NULL;
    return cd_err(pool, err->code, apr_pstrdup(pool, err->public_text), "%s",
                  cd_err_line(err, pool));
}

static cd_err_t *flush(app_staging_t *staging)
{
    cd_err_t *err;

    if (!staging->have)
        return NULL;
    CD_ERR(chunk_check(staging));
    err = carry(staging, chunk_store(staging));
    app_end(staging->ctx);
    apr_pool_clear(staging->scratch);
    CD_ERR(err);
    cd_sha256_add(staging->sum, staging->chunk, staging->have);
    staging->content.chunks++;
    staging->content.size += (apr_int64_t)staging->have;
    staging->have = 0;
    return NULL;
}

cd_err_t *app_staging_add(app_staging_t *staging, const char *bytes, apr_size_t len)
{
    while (len) {
        apr_size_t step = STORE_CHUNK_BYTES - staging->have;

        if (step > len)
            step = len;
        memcpy(staging->chunk + staging->have, bytes, step);
        staging->have += step;
        bytes += step;
        len -= step;
        if (staging->have == STORE_CHUNK_BYTES)
            CD_ERR(flush(staging));
    }
    return NULL;
}

/* ---- the scanner ---- */

typedef struct scan_t {
    app_staging_t *staging;
    int next;                            /* chunk to come */
} scan_t;

/* Reads back what was stored: so the scanner sees what a download will give. */
static cd_err_t *scan_next(void *baton, const char **bytes_out, apr_size_t *len_out)
{
    scan_t *scan = baton;
    app_staging_t *staging = scan->staging;
    app_ctx_t *ctx = staging->ctx;
    cd_err_t *err;

    *len_out = 0;
    if (scan->next > staging->content.chunks)
        return NULL;
    apr_pool_clear(staging->scratch);
    CD_ERR(app_conn(ctx));
    err = store_content_chunk(bytes_out, len_out, staging->head, &staging->content, scan->next++,
                              ctx->conn, staging->scratch);
    app_end(ctx);
    return err;
}

static cd_err_t *scan(app_staging_t *staging)
{
    scan_t baton = { staging, 1 };
    cd_err_t *err;

    if (!staging->type || !staging->ctx->app->scanner)
        return NULL;
    err = app_scan(staging->ctx->app->scanner, scan_next, &baton, staging->ctx->pool);
    apr_pool_clear(staging->scratch);
    return err;
}

/* ---- the whole ---- */

static void describe(app_content_t *out, const store_content_t *content, apr_pool_t *pool)
{
    out->id = content->id;
    out->size = content->size;
    out->sha256 = cd_hex(content->sha256, sizeof(content->sha256), pool);
    out->media_type = content->media_type;
}

/* Chunk 0 comes last, after the scanner: before it nobody can keep the content. */
static cd_err_t *finish(app_content_t *out, app_staging_t *staging)
{
    app_ctx_t *ctx = staging->ctx;
    cd_err_t *err;

    CD_ERR(flush(staging));
    cd_sha256_end(staging->content.sha256, staging->sum);
    if (!staging->content.chunks)
        return cd_err(ctx->pool, CD_E_INVALID, "The file is empty", "an empty file");
    CD_ERR(scan(staging));
    CD_ERR(app_conn(ctx));
    err = carry(staging,
                store_content_end(staging->head, &staging->content, ctx->conn, staging->scratch));
    app_end(ctx);
    CD_ERR(err);
    describe(out, &staging->content, ctx->pool);
    return NULL;
}

cd_err_t *app_staging_end(app_content_t *out, app_staging_t *staging)
{
    cd_err_t *err = finish(out, staging);

    apr_pool_destroy(staging->scratch);
    return err;
}

cd_err_t *app_content_stage(app_content_t *out, app_ctx_t *ctx, const char *bytes, apr_size_t len,
                            const char *media_type)
{
    app_staging_t *staging;

    CD_ERR(staging_make(&staging, ctx, NULL, media_type, CD_RIGHT_CASE_READ));
    CD_ERR(app_staging_add(staging, bytes, len));
    return app_staging_end(out, staging);
}

cd_err_t *app_content_staged(app_content_t **out, app_ctx_t *ctx, apr_int64_t id)
{
    store_content_t *content = NULL;
    store_head_t *head;

    *out = NULL;
    CD_ERR(app_file(&head, ctx, CD_RIGHT_CASE_WRITE));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_content_get(&content, head, id, ctx->conn, ctx->pool));
    if (!content || content->kept)
        return NULL;
    *out = apr_pcalloc(ctx->pool, sizeof(**out));
    describe(*out, content, ctx->pool);
    return NULL;
}

cd_err_t *app_content_keep(apr_int64_t content, const struct store_head_t *head,
                           struct store_conn_t *conn, apr_pool_t *pool)
{
    return store_content_keep(head, content, conn, pool);
}

/* ---- out ---- */

/* The part of one chunk that was asked for. */
static cd_err_t *chunk_give(const store_content_t *content, int number, apr_int64_t from,
                            apr_int64_t end, app_content_fn sink, void *baton, const char *bytes,
                            apr_size_t len)
{
    const apr_int64_t start = (apr_int64_t)(number - 1) * STORE_CHUNK_BYTES;
    const apr_int64_t first = from > start ? from - start : 0;
    const apr_int64_t last = end - start < (apr_int64_t)len ? end - start : (apr_int64_t)len;

    (void)content;
    return last > first ? sink(baton, bytes + first, (apr_size_t)(last - first)) : NULL;
}

static cd_err_t *read_chunks(app_ctx_t *ctx, const store_head_t *head,
                             const store_content_t *content, apr_int64_t from, apr_int64_t end,
                             app_content_fn sink, void *baton)
{
    int number = (int)(from / STORE_CHUNK_BYTES) + 1;
    apr_pool_t *scratch;
    cd_err_t *err = NULL;

    apr_pool_create(&scratch, ctx->pool);
    for (; !err && (apr_int64_t)(number - 1) * STORE_CHUNK_BYTES < end; number++) {
        const char *bytes;
        apr_size_t len;

        apr_pool_clear(scratch);
        err = app_conn(ctx);
        if (err)
            break;
        err = store_content_chunk(&bytes, &len, head, content, number, ctx->conn, scratch);
        app_end(ctx);
        if (!err)
            err = chunk_give(content, number, from, end, sink, baton, bytes, len);
    }
    if (err)
        err = cd_err(ctx->pool, err->code, apr_pstrdup(ctx->pool, err->public_text), "%s",
                     cd_err_line(err, ctx->pool));
    apr_pool_destroy(scratch);
    return err;
}

cd_err_t *app_content_read(app_ctx_t *ctx, apr_int64_t id, apr_int64_t from, apr_int64_t len,
                           app_content_fn sink, void *baton)
{
    store_content_t *content = NULL;
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_content_get(&content, head, id, ctx->conn, ctx->pool));
    if (!content || !content->kept)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such content in this case");
    if (from < 0 || len < 0 || from > content->size || len > content->size - from)
        return cd_err(ctx->pool, CD_E_RANGE, NULL, "bytes outside the content");
    return read_chunks(ctx, head, content, from, from + len, sink, baton);
}

/* ---- sweeping ---- */

#define SWEEP_AT_ONCE 50

typedef struct sweep_t {
    cd_instant_t before;
    int removed;
} sweep_t;

static cd_err_t *sweep_change(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    sweep_t *sweep = baton;

    CD_ERR(store_content_sweep(&sweep->removed, sweep->before, SWEEP_AT_ONCE, conn, pool));
    if (!sweep->removed)
        return cd_err(pool, CD_E_STALE, NULL, "another sweep was first");
    return NULL;
}

cd_err_t *app_content_sweep(apr_int64_t *removed_out, app_ctx_t *ctx, int older_than_minutes)
{
    sweep_t sweep = { ctx->now - apr_time_from_sec((apr_int64_t)older_than_minutes * 60), 0 };
    app_system_write_t write = { .change = sweep_change,
                                 .baton = &sweep,
                                 .action = CD_ACT_CONTENT_SWEPT,
                                 .object = "content",
                                 .answer = "content" };
    apr_int64_t left = 0;

    *removed_out = 0;
    CD_ERR(app_need(ctx, CD_RIGHT_ORG_ADMIN));
    for (;;) {
        cd_err_t *err;

        CD_ERR(app_conn(ctx));
        store_read_end(ctx->conn);
        CD_ERR(store_content_left(&left, sweep.before, ctx->conn, ctx->pool));
        if (!left)
            return NULL;
        write.content = apr_psprintf(ctx->pool, "%" APR_INT64_T_FMT " left", left);
        err = app_system_write(ctx, &write);
        if (err && err->code == CD_E_STALE)
            return NULL;
        CD_ERR(err);
        *removed_out += sweep.removed;
    }
}

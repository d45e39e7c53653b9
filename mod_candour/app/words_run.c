/* words_run.c: the job that makes the word index again from the records.
 *
 * A batch is: heads, their records, the rows there are, then one transaction with what differs.
 * Nothing is kept of how far it came: begun again it reads what it did before and has nothing to
 * write there. */
#include <stdlib.h>
#include <string.h>

#include <apr_tables.h>

#include "app/words.h"
#include "store/bring.h"

#define BATCH 48

typedef struct batch_t {
    apr_array_header_t *add;           /* store_word_t */
    const store_head_t *heads;
    apr_array_header_t **gone;         /* of each head: store_word_t */
    int count;
} batch_t;

static int by_hash(const void *a, const void *b)
{
    return memcmp(((const store_word_t *)a)->hash, ((const store_word_t *)b)->hash,
                  STORE_WORD_BYTES);
}

static cd_err_t *batch_write(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const batch_t *batch = baton;
    int i;

    CD_ERR(store_words_put((const store_word_t *)batch->add->elts, batch->add->nelts, conn, pool));
    for (i = 0; i < batch->count; i++) {
        if (!batch->heads[i].has_key && batch->gone[i]->nelts)
            CD_ERR(store_words_drop(NULL, batch->heads[i].kind, batch->heads[i].id, conn, pool));
        else
            CD_ERR(store_words_remove(&batch->heads[i], (const store_word_t *)batch->gone[i]->elts,
                                      batch->gone[i]->nelts, conn, pool));
    }
    return NULL;
}

/* What should be there for one file. A head that does not open, or whose key is gone, has no words.
 */
static cd_err_t *wanted(apr_array_header_t *rows, app_ctx_t *ctx, const store_bundle_t *bundle,
                        apr_pool_t *pool)
{
    const store_head_t *head = bundle->head;
    const cd_record_t **standing;
    const cd_parties_t *parties = NULL;
    int count;

    if (head->kind == CD_FILE_CASE) {
        const cd_org_t *org;
        cd_case_t *file;

        CD_ERR(app_org(&org, ctx, head->org_code));
        file = cd_case_read(bundle->records, bundle->count, org, ctx->today, pool);
        standing = app_words_standing(&count, file->records, file->count, pool);
    } else {
        cd_claim_t *claim = cd_claim_read(bundle->records, bundle->count, ctx->today, pool);

        standing = app_words_standing(&count, claim->records, claim->count, pool);
        parties = claim->parties;
    }
    app_words_rows(rows, ctx->app->keys, head, (const cd_record_t *const *)standing, count, parties,
                   pool);
    qsort(rows->elts, (size_t)rows->nelts, sizeof(store_word_t), by_hash);
    return NULL;
}

/* Both sorted by hash: what only the first has is added, what only the second has is gone. */
static void compare(apr_array_header_t *add, apr_array_header_t *gone,
                    const apr_array_header_t *want, const store_word_t *there, int there_count)
{
    const store_word_t *row = (const store_word_t *)want->elts;
    int i = 0, j = 0;

    while (i < want->nelts || j < there_count) {
        int order = i == want->nelts ? 1 : j == there_count ? -1 : by_hash(&row[i], &there[j]);

        if (order < 0)
            APR_ARRAY_PUSH(add, store_word_t) = row[i];
        if (order > 0)
            APR_ARRAY_PUSH(gone, store_word_t) = there[j];
        i += order <= 0;
        j += order >= 0;
    }
}

static cd_err_t *batch_compare(batch_t *batch, app_words_made_t *made, app_ctx_t *ctx,
                               const store_bundle_t *bundles, int open, store_word_t *there,
                               int there_count, apr_pool_t *pool)
{
    int i, at = 0, first = 0, bundle = 0;

    for (i = 0; i < batch->count; i++) {
        apr_array_header_t *want = apr_array_make(pool, 64, sizeof(store_word_t));
        const store_head_t *head = &batch->heads[i];

        for (first = at; at < there_count && there[at].id == head->id; at++)
            ;
        qsort(there + first, (size_t)(at - first), sizeof(*there), by_hash);
        batch->gone[i] = apr_array_make(pool, 4, sizeof(store_word_t));
        made->files++;
        if (bundle < open && bundles[bundle].head == head) {
            CD_ERR(wanted(want, ctx, &bundles[bundle++], pool));
        } else {
            made->unreadable++;
            if (head->has_key)
                /* damaged: nothing is known of it, so nothing is taken away */
                continue;
        }
        compare(batch->add, batch->gone[i], want, there + first, at - first);
        made->removed += batch->gone[i]->nelts;
    }
    made->added += batch->add->nelts;
    return NULL;
}

static int something(const batch_t *batch)
{
    int i, rows = batch->add->nelts;

    for (i = 0; i < batch->count; i++)
        rows += batch->gone[i]->nelts;
    return rows > 0;
}

static cd_err_t *one_batch(apr_int64_t *after, cd_file_kind_t kind, app_words_made_t *made,
                           app_ctx_t *ctx, apr_pool_t *pool)
{
    store_bundle_t bundles[BATCH];
    store_list_page_t page;
    store_word_t *there;
    batch_t batch = { apr_array_make(pool, 512, sizeof(store_word_t)), NULL, NULL, 0 };
    store_tx_t tx = { batch_write, &batch, 0, 0 };
    int there_count, i, open = 0;

    CD_ERR(store_heads_after(&page, kind, *after, BATCH, ctx->conn, pool));
    if (!page.count) {
        *after = 0;
        return NULL;
    }
    memset(bundles, 0, sizeof(bundles));
    for (i = 0; i < page.count; i++)
        if (page.rows[i].has_key && !page.rows[i].damaged)
            bundles[open++].head = &page.rows[i];
    CD_ERR(store_records_of(bundles, open, ctx->conn, pool));
    CD_ERR(store_words_walk(&there, &there_count, kind, *after, page.rows[page.count - 1].id,
                            ctx->conn, pool));
    batch.heads = page.rows;
    batch.count = page.count;
    batch.gone = apr_palloc(pool, sizeof(*batch.gone) * (apr_size_t)page.count);
    CD_ERR(batch_compare(&batch, made, ctx, bundles, open, there, there_count, pool));
    *after = page.next;
    return something(&batch) ? store_tx_run(&ctx->conn, ctx->app->store, &tx, pool) : NULL;
}

cd_err_t *app_words_remake(app_words_made_t *out, app_ctx_t *ctx, app_words_tell_fn tell,
                           void *baton)
{
    static const cd_file_kind_t kinds[] = { CD_FILE_CASE, CD_FILE_CLAIM };
    apr_pool_t *pool;
    int i;

    memset(out, 0, sizeof(*out));
    if (!ctx->is_system)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, NULL,
                      "the word index is made again by the command line");
    if (!ctx->app->keys)
        return cd_err(ctx->pool, CD_E_KEY, NULL, "no key file: no words can be read");
    CD_ERR(app_conn(ctx));
    apr_pool_create(&pool, ctx->pool);
    for (i = 0; i < 2; i++) {
        apr_int64_t after = 0;

        do {
            apr_pool_clear(pool);
            store_read_end(ctx->conn);
            CD_ERR(one_batch(&after, kinds[i], out, ctx, pool));
            if (tell)
                tell(baton, out);
        } while (after);
    }
    apr_pool_destroy(pool);
    return NULL;
}

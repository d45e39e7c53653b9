/* words.c: the words of records as rows of the index, written with them. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "app/words.h"
#include "domain/round.h"
#include "domain/series.h"

/* Free text: not codes, not what the program sets, not whose work it is. */
static int is_text(const cd_record_t *record, const cd_field_t *field)
{
    return (field->type == CD_FT_TEXT || field->type == CD_FT_LONG) && !(field->flags & CD_FF_APP)
           && !field->tokens && record->kind != CD_REC_ASSIGNMENT
           && record->kind != CD_REC_ALLOCATION;
}

int app_words_seen(const cd_record_t *record, const cd_field_t *field, const char *whose)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const char *org;

    if (!is_text(record, field))
        return 0;
    if (def->file == CD_FILE_CASE || !*whose)
        return 1;
    if (record->kind == CD_REC_CLAIM)
        return !strcmp(field->name, "title");
    org = cd_record_org(record);
    return org && !strcmp(org, whose) && cd_record_for_trust(record->kind);
}

/* The words of all records for one searcher, each record up to its limit. */
static cd_words_t *words_for(const cd_record_t *const *records, int count, const char *whose,
                             apr_pool_t *pool)
{
    cd_words_t *words = cd_words_make(0, pool);
    int i, j;

    for (i = 0; i < count; i++) {
        const cd_record_def_t *def = cd_record_def(records[i]->kind);

        words->most = words->list->nelts + CD_WORDS_OF_RECORD;
        for (j = 0; j < def->field_count; j++)
            if (app_words_seen(records[i], &def->fields[j], whose))
                cd_words_add(words, CD_FIELD_GET(const char *, records[i]->body, &def->fields[j]));
    }
    return words;
}

static void rows_for(apr_array_header_t *rows, const store_keys_t *keys, const store_head_t *head,
                     const cd_record_t *const *records, int count, const char *whose,
                     apr_pool_t *pool)
{
    cd_words_t *words = words_for(records, count, whose, pool);
    store_data_key_t key;
    int i;

    if (!words->list->nelts)
        return;
    store_word_key(&key, keys, whose);
    for (i = 0; i < words->list->nelts; i++) {
        store_word_t *row = apr_array_push(rows);

        store_word_hash(row->hash, &key, APR_ARRAY_IDX(words->list, i, const char *));
        row->kind = head->kind;
        row->id = head->id;
    }
    memset(&key, 0, sizeof(key));
}

void app_words_rows(apr_array_header_t *rows, const store_keys_t *keys, const store_head_t *head,
                    const cd_record_t *const *records, int count, const cd_parties_t *parties,
                    apr_pool_t *scratch)
{
    apr_hash_t *done = apr_hash_make(scratch);
    int i;

    if (head->kind == CD_FILE_CASE) {
        rows_for(rows, keys, head, records, count, head->org_code, scratch);
        return;
    }
    rows_for(rows, keys, head, records, count, APP_WORDS_SCHEME, scratch);
    for (i = 0; i < count + CD_PARTIES_MAX; i++) {
        const char *org = i < count ? cd_record_org(records[i])
                          : parties ? parties->party[i - count].org_code
                                    : NULL;

        if (!org || apr_hash_get(done, org, APR_HASH_KEY_STRING))
            continue;
        apr_hash_set(done, org, APR_HASH_KEY_STRING, org);
        rows_for(rows, keys, head, records, count, org, scratch);
    }
}

/* ---- with a write ------------------------------------------------------------------ */

/* New trusts find the title that stands, a new title is found by the trusts that stand: then both
 * are looked up. */
static cd_err_t *claim_beside(apr_array_header_t *records, const cd_parties_t **parties_out,
                              const app_write_t *write, app_ctx_t *ctx, store_conn_t *conn,
                              apr_pool_t *pool)
{
    cd_record_t *stood = NULL;
    const cd_record_t *facts;
    int i, count = 0, has_facts = 0, has_parties = 0;
    cd_claim_t *claim;

    *parties_out = NULL;
    for (i = 0; i < write->count; i++) {
        const cd_record_t *record = write->items[i].record;

        has_facts |= record && record->kind == CD_REC_CLAIM;
        if (record && record->kind == CD_REC_PARTIES) {
            has_parties = 1;
            *parties_out = record->body;
        }
    }
    if (!write->before || has_facts == has_parties)
        return NULL;
    CD_ERR(store_records(&stood, &count, write->before, conn, pool));
    claim = cd_claim_read(stood, count, ctx->today, pool);
    if (has_facts) {
        *parties_out = claim->parties;
        return NULL;
    }
    facts = cd_series_last(claim->records, claim->count, CD_REC_CLAIM);
    if (facts)
        APR_ARRAY_PUSH(records, const cd_record_t *) = facts;
    return NULL;
}

static cd_err_t *write_rows(apr_array_header_t *rows, app_ctx_t *ctx, const app_write_t *write,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *records =
        apr_array_make(pool, write->count + 1, sizeof(const cd_record_t *));
    const cd_parties_t *parties = NULL;
    int i;

    for (i = 0; i < write->count; i++)
        if (write->items[i].record)
            APR_ARRAY_PUSH(records, const cd_record_t *) = write->items[i].record;
    if (!records->nelts)
        return NULL;
    if (write->after->kind == CD_FILE_CLAIM)
        CD_ERR(claim_beside(records, &parties, write, ctx, conn, pool));
    app_words_rows(rows, ctx->app->keys, write->after, (const cd_record_t *const *)records->elts,
                   records->nelts, parties, pool);
    return NULL;
}

/* One order for every writer: two that lock the same pages do not wait for one another in a ring.
 */
static int by_hash(const void *a, const void *b)
{
    const store_word_t *one = a, *two = b;
    int order = memcmp(one->hash, two->hash, sizeof(one->hash));

    return order ? order : one->id < two->id ? -1 : one->id > two->id;
}

cd_err_t *app_words_put(app_ctx_t *ctx, app_write_t *const *writes, int count, store_conn_t *conn,
                        apr_pool_t *pool)
{
    apr_array_header_t *rows = apr_array_make(pool, 128, sizeof(store_word_t));
    int i;

    if (!ctx->app->keys)
        /* nothing sensitive can be written then, the store says so */
        return NULL;
    for (i = 0; i < count; i++)
        CD_ERR(write_rows(rows, ctx, writes[i], conn, pool));
    if (!rows->nelts)
        return NULL;
    qsort(rows->elts, (size_t)rows->nelts, sizeof(store_word_t), by_hash);
    return store_words_put((const store_word_t *)rows->elts, rows->nelts, conn, pool);
}

const cd_record_t **app_words_standing(int *count_out, const cd_record_t *records, int count,
                                       apr_pool_t *pool)
{
    const cd_record_t **list = apr_palloc(pool, sizeof(*list) * ((apr_size_t)count + 1));
    int i, kept = 0;

    for (i = 0; i < count; i++)
        if (!records[i].superseded_by)
            list[kept++] = &records[i];
    *count_out = kept;
    return list;
}

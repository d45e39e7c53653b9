/* content.c: bytes of documents and letters as rows.
 *
 * Knows neither types of files nor records: who keeps what, and why, is the app's. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/buf.h"
#include "store/content.h"
#include "store/gcm.h"
#include "store/row.h"

#define ID_MAX APR_INT64_C(1000000000000000) /* a number that JSON and the record's field take */
#define PACKET_EXTRA 4096                    /* what stands about a chunk on its way there */

static const char *place_of(const store_head_t *head, apr_int64_t id, int number, apr_pool_t *pool)
{
    return apr_psprintf(pool, "case/%s/content/%" APR_INT64_T_FMT "/%d", head->reference, id,
                        number);
}

static cd_err_t *need_key(const store_head_t *head, apr_pool_t *pool)
{
    if (head->kind != CD_FILE_CASE)
        return cd_err(pool, CD_E_FAILED, NULL, "%s: content belongs to cases", head->reference);
    if (!head->has_key)
        return cd_err(pool, CD_E_KEY, NULL, "%s: its key is gone", head->reference);
    return NULL;
}

/* ---- staging ------------------------------------------------------------ */

/* A packet that is too large costs the connection, so it is asked for beforehand. */
static cd_err_t *packet_check(store_conn_t *conn, apr_pool_t *pool)
{
    apr_int64_t most = 0;
    store_stmt_t *rows;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SHOW_PACKET, pool, ""));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        store_col_skip(rows, 1);
        most = apr_atoi64(store_col_text(rows, pool));
    }
    store_finish(rows);
    if (most < STORE_CHUNK_BYTES + PACKET_EXTRA)
        return cd_err(pool, CD_E_FULL, NULL,
                      "max_allowed_packet is %" APR_INT64_T_FMT ": set it to 1M or more", most);
    return NULL;
}

cd_err_t *store_content_begin(apr_int64_t *id_out, const store_head_t *head, cd_instant_t now,
                              store_conn_t *conn, apr_pool_t *pool)
{
    apr_uint64_t drawn = 0;

    CD_ERR(need_key(head, pool));
    CD_ERR(packet_check(conn, pool));
    CD_ERR(store_random(&drawn, sizeof(drawn), pool));
    *id_out = (apr_int64_t)(drawn % (apr_uint64_t)ID_MAX);
    *id_out += *id_out == 0; /* 0 stands for none */
    return store_stage(conn, STMT_STAGE_CONTENT, pool, "LLL", *id_out, head->id, now);
}

static cd_err_t *chunk_insert(const store_head_t *head, apr_int64_t id, int number,
                              const char *bytes, apr_size_t len, store_conn_t *conn,
                              apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t sealed_len;

    CD_ERR(store_seal(&sealed, &sealed_len, &head->key, place_of(head, id, number, pool), bytes,
                      len, pool));
    return store_stage(conn, STMT_STAGE_CHUNK, pool, "Lib", id, number, sealed, sealed_len);
}

cd_err_t *store_content_add(const store_head_t *head, apr_int64_t id, int number, const char *bytes,
                            apr_size_t len, store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(need_key(head, pool));
    if (number < 1 || len > STORE_CHUNK_BYTES)
        return cd_err(pool, CD_E_FAILED, NULL, "chunk %d of %" APR_SIZE_T_FMT " bytes", number,
                      len);
    return chunk_insert(head, id, number, bytes, len, conn, pool);
}

static void put_what(cd_buf_t *buf, const store_content_t *content)
{
    store_put_text(buf, "candour content 1");
    store_put_long(buf, content->size);
    store_put_long(buf, content->chunks);
    store_put_bytes(buf, content->sha256, sizeof(content->sha256));
    store_put_text(buf, content->media_type);
}

cd_err_t *store_content_end(const store_head_t *head, const store_content_t *content,
                            store_conn_t *conn, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);

    CD_ERR(need_key(head, pool));
    put_what(buf, content);
    return chunk_insert(head, content->id, 0, buf->data, buf->len, conn, pool);
}

/* ---- reading ------------------------------------------------------------ */

static int take_long(apr_int64_t *out, const char *bytes, apr_size_t len, apr_size_t *at)
{
    apr_uint64_t value = 0;
    int i;

    if (len - *at < 8)
        return 0;
    for (i = 0; i < 8; i++)
        value = value << 8 | (unsigned char)bytes[(*at)++];
    *out = (apr_int64_t)value;
    return 1;
}

/* What put_what wrote, read by writing it again: whatever else stands there is not ours. */
static int take_what(store_content_t *content, const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    cd_buf_t *again = cd_buf_make(pool, len + 1);
    const char *version, *sha256;
    apr_int64_t chunks;
    apr_size_t at = 0;

    if (!store_take_text(&version, bytes, len, &at, pool)
        || !take_long(&content->size, bytes, len, &at) || !take_long(&chunks, bytes, len, &at)
        || chunks < 0 || chunks > APR_INT32_MAX || len - at < 8 + sizeof(content->sha256)
        || !store_take_text(&sha256, bytes, len, &at, pool) || !sha256
        || !store_take_text(&content->media_type, bytes, len, &at, pool) || !content->media_type)
        return 0;
    content->chunks = (int)chunks;
    memcpy(content->sha256, bytes + at - 8 - strlen(content->media_type) - sizeof(content->sha256),
           sizeof(content->sha256));
    put_what(again, content);
    return again->len == len && memcmp(again->data, bytes, len) == 0;
}

static cd_err_t *open_what(store_content_t *content, const store_head_t *head, const char *sealed,
                           apr_size_t sealed_len, apr_pool_t *pool)
{
    const char *plain;
    apr_size_t len;

    CD_ERR(store_unseal(&plain, &len, &head->key, place_of(head, content->id, 0, pool), sealed,
                        sealed_len, pool));
    if (!take_what(content, plain, len, pool) ||
        content->chunks != (content->size + STORE_CHUNK_BYTES - 1) / STORE_CHUNK_BYTES)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "%s: content %" APR_INT64_T_FMT " has no known form", head->reference,
                      content->id);
    return NULL;
}

cd_err_t *store_content_get(store_content_t **out, const store_head_t *head, apr_int64_t id,
                            store_conn_t *conn, apr_pool_t *pool)
{
    store_content_t *content = apr_pcalloc(pool, sizeof(*content));
    const char *sealed = NULL;
    apr_size_t len = 0;
    store_stmt_t *rows;
    int row, state = 0;

    *out = NULL;
    CD_ERR(need_key(head, pool));
    CD_ERR(store_select(&rows, conn, STMT_SELECT_CONTENT, pool, "LL", id, head->id));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        state = store_col_int(rows);
        content->created_at = store_col_long(rows);
        sealed = store_col_bytes(&len, rows, pool);
    }
    store_finish(rows);
    content->id = id;
    content->kept = state == 2;
    if (content->kept && !sealed)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "%s: content %" APR_INT64_T_FMT " has lost chunk 0", head->reference, id);
    if ((state != 1 && state != 2) || !sealed)
        return NULL;
    CD_ERR(open_what(content, head, sealed, len, pool));
    *out = content;
    return NULL;
}

static apr_size_t chunk_size(const store_content_t *content, int number)
{
    const apr_int64_t before = (apr_int64_t)(number - 1) * STORE_CHUNK_BYTES;
    const apr_int64_t left = content->size - before;

    return (apr_size_t)(left < STORE_CHUNK_BYTES ? left : STORE_CHUNK_BYTES);
}

cd_err_t *store_content_chunk(const char **out, apr_size_t *len_out, const store_head_t *head,
                              const store_content_t *content, int number, store_conn_t *conn,
                              apr_pool_t *pool)
{
    const char *sealed = NULL;
    apr_size_t len = 0;
    store_stmt_t *rows;
    int row;

    if (number < 1 || number > content->chunks)
        return cd_err(pool, CD_E_FAILED, NULL, "chunk %d of %d", number, content->chunks);
    CD_ERR(store_select(&rows, conn, STMT_SELECT_CHUNK, pool, "Li", content->id, number));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        sealed = store_col_bytes(&len, rows, pool);
    store_finish(rows);
    if (!sealed)
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "%s: chunk %d of content %" APR_INT64_T_FMT " is gone", head->reference,
                      number, content->id);
    CD_ERR(store_unseal(out, len_out, &head->key, place_of(head, content->id, number, pool), sealed,
                        len, pool));
    if (*len_out != chunk_size(content, number))
        return cd_err(pool, CD_E_TAMPERED, NULL,
                      "%s: chunk %d of content %" APR_INT64_T_FMT " has %" APR_SIZE_T_FMT " bytes",
                      head->reference, number, content->id, *len_out);
    return NULL;
}

cd_err_t *store_content_ids(apr_int64_t **out, int *count_out, const store_head_t *head,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *ids = apr_array_make(pool, 16, sizeof(apr_int64_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CONTENT_KEPT, pool, "L", head->id));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            APR_ARRAY_PUSH(ids, apr_int64_t) = store_col_long(rows);
    }
    *out = (apr_int64_t *)(void *)ids->elts;
    *count_out = ids->nelts;
    return NULL;
}

/* ---- keeping and sweeping ----------------------------------------------- */

cd_err_t *store_content_keep(const store_head_t *head, apr_int64_t id, store_conn_t *conn,
                             apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_CONTENT_KEPT, pool, "LL", id, head->id));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "content %" APR_INT64_T_FMT " is not staged any more",
                      id);
    return NULL;
}

cd_err_t *store_content_staged(int *count_out, const store_head_t *head, store_conn_t *conn,
                               apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *count_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_COUNT_CONTENT_STAGED, pool, "L", head->id));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        *count_out = (int)store_col_long(rows);
    store_finish(rows);
    return NULL;
}

cd_err_t *store_content_left(apr_int64_t *count_out, cd_instant_t before, store_conn_t *conn,
                             apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *count_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_COUNT_CONTENT_LEFT, pool, "L", before));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        *count_out = store_col_long(rows);
    store_finish(rows);
    return NULL;
}

cd_err_t *store_content_sweep(int *removed_out, cd_instant_t before, int limit, store_conn_t *conn,
                              apr_pool_t *pool)
{
    CD_ERR(
        store_change(removed_out, NULL, conn, STMT_MARK_CONTENT_LEFT, pool, "Li", before, limit));
    CD_ERR(store_change(NULL, NULL, conn, STMT_DELETE_CHUNKS_LEFT, pool, ""));
    return store_change(NULL, NULL, conn, STMT_DELETE_CONTENT_LEFT, pool, "");
}

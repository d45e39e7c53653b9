/* content.h: the bytes of documents and letters, in sealed chunks.
 *
 * Requires: file.h.   Provides: store_content_*.   Used by: app, audit.
 * Begun, filled and ended outside transactions (store_stage); from then on staged. A transaction
 * that records it keeps it; what nobody kept is swept by the migrator's account. Chunks are sealed
 * under the case's key with the case, the content's number and their own as associated data; chunk
 * 0 says what the whole is, and is written last. So a chunk that is moved, missing or changed does
 * not open or does not add up, and with the key the content is gone. */
#ifndef CD_STORE_CONTENT_H
#define CD_STORE_CONTENT_H

#include "store/file.h"

#define STORE_CHUNK_BYTES (512 * 1024)

typedef struct store_content_t {
    apr_int64_t id;
    int kept;                      /* 0: staged */
    apr_int64_t size;              /* bytes */
    int chunks;                    /* without chunk 0 */
    unsigned char sha256[32];      /* of the plain bytes */
    const char *media_type;
    cd_instant_t created_at;
} store_content_t;

/** A fresh number for content of the case. @errors CD_E_FULL: the server takes no packet of a
 * chunk's size, or has no room; CD_E_KEY */
cd_err_t *store_content_begin(apr_int64_t *id_out, const store_head_t *head, cd_instant_t now,
                              store_conn_t *conn, apr_pool_t *pool);
/** Chunk `number` (from 1) of at most STORE_CHUNK_BYTES; all but the last are full. @errors
 * CD_E_FULL */
cd_err_t *store_content_add(const store_head_t *head, apr_int64_t id, int number, const char *bytes,
                            apr_size_t len, store_conn_t *conn, apr_pool_t *pool);
/** Writes chunk 0: the content is whole. */
cd_err_t *store_content_end(const store_head_t *head, const store_content_t *content,
                            store_conn_t *conn, apr_pool_t *pool);
/** Whole content of this case, kept or staged; `*out` NULL: there is none. @errors CD_E_TAMPERED;
 * CD_E_KEY */
cd_err_t *store_content_get(store_content_t **out, const store_head_t *head, apr_int64_t id,
                            store_conn_t *conn, apr_pool_t *pool);
/** One chunk's bytes. @errors CD_E_TAMPERED: it is not there, or does not open   @owner pool */
cd_err_t *store_content_chunk(const char **out, apr_size_t *len_out, const store_head_t *head,
                              const store_content_t *content, int number, store_conn_t *conn,
                              apr_pool_t *pool);
/** Inside a transaction: staged becomes kept. @errors CD_E_STALE: swept, or not staged for this
 * case */
cd_err_t *store_content_keep(const store_head_t *head, apr_int64_t id, store_conn_t *conn,
                             apr_pool_t *pool);
/** Numbers of what the case keeps. @owner pool */
cd_err_t *store_content_ids(apr_int64_t **out, int *count_out, const store_head_t *head,
                            store_conn_t *conn, apr_pool_t *pool);
/** How much is staged for the case and not kept, whole or not. */
cd_err_t *store_content_staged(int *count_out, const store_head_t *head, store_conn_t *conn,
                               apr_pool_t *pool);
/** How much was staged before `before` and not kept. */
cd_err_t *store_content_left(apr_int64_t *count_out, cd_instant_t before, store_conn_t *conn,
                             apr_pool_t *pool);
/** Inside a transaction of the migrator's account: removes at most `limit` of them; `*removed_out`
 * how many. */
cd_err_t *store_content_sweep(int *removed_out, cd_instant_t before, int limit, store_conn_t *conn,
                              apr_pool_t *pool);

#endif

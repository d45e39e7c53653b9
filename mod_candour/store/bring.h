/* bring.h: what bringing in needs of the database: cases by a trust's own reference, runs and their
 * copies.
 *
 * Requires: file.h.   Provides: store_local_ref_*, store_bring_*.   Used by: app. */
#ifndef CD_STORE_BRING_H
#define CD_STORE_BRING_H

#include "store/file.h"

#define STORE_REF_BYTES 32
/** What a reference of a trust is found by. */
void store_local_ref_hash(unsigned char out[STORE_REF_BYTES], const store_keys_t *keys,
                          cd_org_id org_id, const char *local_ref);

typedef struct store_known_t {
    unsigned char hash[STORE_REF_BYTES];
    store_head_t head;                 /* of its case */
    const char *memory;                /* what was brought in last, unsealed; NULL: nothing was */
    apr_size_t memory_len;
} store_known_t;
/** Those of `count` references that are known in this trust, in no order. One round trip for each
 * sixteen.
 * @errors CD_E_TAMPERED: what is remembered was moved or changed   @owner pool */
cd_err_t *store_local_refs_find(store_known_t **out, int *count_out, cd_org_id org_id,
                                const unsigned char (*hashes)[STORE_REF_BYTES], int count,
                                store_conn_t *conn, apr_pool_t *pool);
typedef struct store_bundle_t {
    const store_head_t *head;
    cd_record_t *records;
    int count;
} store_bundle_t;
/** Records of several cases, or of several claims: `bundles[i].head` says which, the rest is
 * filled. As above. */
cd_err_t *store_records_of(store_bundle_t *bundles, int count, store_conn_t *conn,
                           apr_pool_t *pool);
/** Names a case by a reference, unless it names another already. */
cd_err_t *store_local_ref_put(const store_head_t *head, const char *local_ref, store_conn_t *conn,
                              apr_pool_t *pool);
/** The same with what is remembered. `fresh`: the reference must be new. @errors CD_E_STALE: it is
 * not, or (not fresh) it is gone */
cd_err_t *store_local_ref_keep(const store_head_t *head, const unsigned char hash[STORE_REF_BYTES],
                               int fresh, const char *memory, apr_size_t len, store_conn_t *conn,
                               apr_pool_t *pool);

typedef enum store_bring_state_t {
    STORE_BRING_CHECKED = 1, STORE_BRING_APPLYING, STORE_BRING_DONE, STORE_BRING_DROPPED
} store_bring_state_t;

typedef struct store_bring_run_t {
    apr_int64_t id;
    cd_org_id org_id;
    unsigned char file_hash[32];       /* keyed hash of file and mapping */
    int state, skip_bad, last_line, total_rows, bad_rows, made, changed, same;
    cd_user_id user_id;
    cd_instant_t started_at, changed_at;
    const char *wrapped;               /* the key of its copy, or NULL */
    apr_size_t wrapped_len;
} store_bring_run_t;
/** NULL: no such run of this trust (0: of any). */
cd_err_t *store_bring_run_get(store_bring_run_t **out, apr_int64_t id, cd_org_id org_id,
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_bring_run_of(store_bring_run_t **out, cd_org_id org_id,
                             const unsigned char file_hash[32], store_conn_t *conn,
                             apr_pool_t *pool);
/** The newest twenty. */
cd_err_t *store_bring_runs(store_bring_run_t **out, int *count_out, cd_org_id org_id,
                           store_conn_t *conn, apr_pool_t *pool);
/** Fills the id. @errors CD_E_STALE: there is one for this file */
cd_err_t *store_bring_run_insert(store_bring_run_t *run, store_conn_t *conn, apr_pool_t *pool);
/** Changes a run that stands where `before` says. @errors CD_E_STALE */
cd_err_t *store_bring_run_update(const store_bring_run_t *run, const store_bring_run_t *before,
                                 store_conn_t *conn, apr_pool_t *pool);

typedef enum store_bring_part_t {
    STORE_BRING_MAPPING = 1,
    STORE_BRING_FILE,
    STORE_BRING_NAME
} store_bring_part_t;
/** A key for a run's copy, and its wrapping. */
cd_err_t *store_bring_key_make(store_data_key_t *key, store_bring_run_t *run, store_conn_t *conn,
                               apr_pool_t *pool);
cd_err_t *store_bring_chunk_insert(const store_bring_run_t *run, store_bring_part_t part, int seq,
                                   const store_data_key_t *key, const char *bytes, apr_size_t len,
                                   store_conn_t *conn, apr_pool_t *pool);
/** One part whole. @errors CD_E_KEY: the copy is gone; CD_E_TAMPERED   @owner pool */
cd_err_t *store_bring_part(const char **out, apr_size_t *len_out, const store_bring_run_t *run,
                           store_bring_part_t part, store_conn_t *conn, apr_pool_t *pool);
/** Checks that nobody decided since `before`, and pieces of copies whose key is gone. */
cd_err_t *store_bring_left(apr_int64_t *checks_out, apr_int64_t *pieces_out, cd_instant_t before,
                           store_conn_t *conn, apr_pool_t *pool);
/** Gives those checks up, destroying the keys of their copies, and removes all pieces without a
 * key. */
cd_err_t *store_bring_sweep(int *checks_out, int *pieces_out, cd_instant_t before, cd_instant_t now,
                            store_conn_t *conn, apr_pool_t *pool);

#endif

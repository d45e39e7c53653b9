/* bring.c: cases by a trust's own reference, and the runs that bring them in. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/bring.h"
#include "store/row.h"

#define AT_ONCE 16
#define MEMORY "local ref"

void store_local_ref_hash(unsigned char out[STORE_REF_BYTES], const store_keys_t *keys,
                          cd_org_id org_id, const char *local_ref)
{
    char value[256];

    apr_snprintf(value, sizeof(value), "%" APR_INT64_T_FMT "\n%s", (apr_int64_t)org_id, local_ref);
    store_lookup_hash(out, keys, "local reference", value);
}

/* ---- cases by reference -------------------------------------------------- */

static cd_err_t *read_known(store_known_t *known, store_stmt_t *rows, store_conn_t *conn,
                            apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    CD_ERR(store_head_read(&known->head, CD_FILE_CASE, rows, conn, pool));
    store_col_fixed(known->hash, sizeof(known->hash), rows, pool);
    sealed = store_col_bytes(&len, rows, pool);
    known->memory = NULL;
    known->memory_len = 0;
    if (!sealed || !known->head.has_key)
        return NULL;
    return store_unseal(&known->memory, &known->memory_len, &known->head.key,
                        store_place(&known->head, 0, MEMORY, pool), sealed, len, pool);
}

#define H(n) at[n], (apr_size_t)STORE_REF_BYTES

static cd_err_t *find_some(apr_array_header_t *list, cd_org_id org_id,
                           const unsigned char (*hashes)[STORE_REF_BYTES], int count,
                           store_conn_t *conn, apr_pool_t *pool)
{
    const unsigned char *at[AT_ONCE];
    store_stmt_t *rows;
    int i, row = 1;

    for (i = 0; i < AT_ONCE; i++)
        at[i] = hashes[i < count ? i : 0];
    CD_ERR(store_select(&rows, conn, STMT_FIND_LOCAL_REFS, pool, "Lbbbbbbbbbbbbbbbb",
                        (apr_int64_t)org_id, H(0), H(1), H(2), H(3), H(4), H(5), H(6), H(7), H(8),
                        H(9), H(10), H(11), H(12), H(13), H(14), H(15)));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            CD_ERR(read_known(apr_array_push(list), rows, conn, pool));
    }
    return NULL;
}

cd_err_t *store_local_refs_find(store_known_t **out, int *count_out, cd_org_id org_id,
                                const unsigned char (*hashes)[STORE_REF_BYTES], int count,
                                store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, count + 1, sizeof(store_known_t));
    int at;

    for (at = 0; at < count; at += AT_ONCE)
        CD_ERR(find_some(list, org_id, hashes + at, count - at < AT_ONCE ? count - at : AT_ONCE,
                         conn, pool));
    *out = (store_known_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

static cd_err_t *take_record(store_bundle_t *bundles, int count, store_stmt_t *rows,
                             apr_pool_t *pool)
{
    apr_int64_t id = store_col_long(rows);
    int i;

    for (i = 0; i < count && bundles[i].head->id != id; i++)
        ;
    if (i == count || bundles[i].count == bundles[i].head->last_seq)
        return NULL;                   /* written after the head was read */
    return store_record_read(&bundles[i].records[bundles[i].count++], bundles[i].head, rows, pool);
}

static cd_err_t *records_of_some(store_bundle_t *bundles, int count, store_conn_t *conn,
                                 apr_pool_t *pool)
{
    store_arg_t at[AT_ONCE] = { { NULL, 0, 0 } };
    store_args_t list = { at, AT_ONCE };
    store_stmt_t *rows;
    cd_err_t *err;
    int i, row;

    for (i = 0; i < AT_ONCE; i++)
        at[i].number = bundles[i < count ? i : 0].head->id;
    for (i = 0; i < count; i++) {
        bundles[i].records =
            apr_pcalloc(pool, ((apr_size_t)bundles[i].head->last_seq + 1) * sizeof(cd_record_t));
        bundles[i].count = 0;
    }
    CD_ERR(store_select(&rows, conn,
                        bundles[0].head->kind == CD_FILE_CLAIM ? STMT_SELECT_RECORDS_OF_CLAIMS
                                                               : STMT_SELECT_RECORDS_OF_CASES,
                        pool, "A", &list));
    err = store_step(&row, rows, pool);
    while (!err && row) {
        err = take_record(bundles, count, rows, pool);
        if (!err)
            err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    return err;
}

cd_err_t *store_records_of(store_bundle_t *bundles, int count, store_conn_t *conn, apr_pool_t *pool)
{
    int at;

    for (at = 0; at < count; at += AT_ONCE)
        CD_ERR(
            records_of_some(bundles + at, count - at < AT_ONCE ? count - at : AT_ONCE, conn, pool));
    return NULL;
}

cd_err_t *store_local_ref_put(const store_head_t *head, const char *local_ref, store_conn_t *conn,
                              apr_pool_t *pool)
{
    unsigned char hash[STORE_REF_BYTES];

    store_local_ref_hash(hash, conn->options->keys, head->org_id, local_ref);
    return store_change(NULL, NULL, conn, STMT_PUT_LOCAL_REF, pool, "LbL",
                        (apr_int64_t)head->org_id, hash, sizeof(hash), head->id);
}

cd_err_t *store_local_ref_keep(const store_head_t *head, const unsigned char hash[STORE_REF_BYTES],
                               int fresh, const char *memory, apr_size_t len, store_conn_t *conn,
                               apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t sealed_len;
    int rows;

    CD_ERR(store_seal(&sealed, &sealed_len, &head->key, store_place(head, 0, MEMORY, pool), memory,
                      len, pool));
    if (fresh)
        return store_change(NULL, NULL, conn, STMT_INSERT_LOCAL_REF, pool, "LbLb",
                            (apr_int64_t)head->org_id, hash, (apr_size_t)STORE_REF_BYTES, head->id,
                            sealed, sealed_len);
    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_LOCAL_REF, pool, "bLbL", sealed, sealed_len,
                        (apr_int64_t)head->org_id, hash, (apr_size_t)STORE_REF_BYTES, head->id));
    return rows == 1 ? NULL
                     : cd_err(pool, CD_E_STALE, NULL, "%s is no longer known by this reference",
                              head->reference);
}

/* ---- runs ---------------------------------------------------------------- */

static void read_run(store_bring_run_t *run, store_stmt_t *rows, apr_pool_t *pool)
{
    run->id = store_col_long(rows);
    run->org_id = store_col_long(rows);
    store_col_fixed(run->file_hash, sizeof(run->file_hash), rows, pool);
    run->state = store_col_int(rows);
    run->skip_bad = store_col_int(rows);
    run->last_line = store_col_int(rows);
    run->total_rows = store_col_int(rows);
    run->bad_rows = store_col_int(rows);
    run->made = store_col_int(rows);
    run->changed = store_col_int(rows);
    run->same = store_col_int(rows);
    run->user_id = store_col_long(rows);
    run->started_at = store_col_long(rows);
    run->changed_at = store_col_long(rows);
    run->wrapped = store_col_bytes(&run->wrapped_len, rows, pool);
}

static cd_err_t *one_run(store_bring_run_t **out, store_stmt_t *rows, apr_pool_t *pool)
{
    int row;

    *out = NULL;
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_pcalloc(pool, sizeof(**out));
        read_run(*out, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_bring_run_get(store_bring_run_t **out, apr_int64_t id, cd_org_id org_id,
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_BRING_RUN, pool, "LLL", id, (apr_int64_t)org_id,
                        (apr_int64_t)org_id));
    return one_run(out, rows, pool);
}

cd_err_t *store_bring_run_of(store_bring_run_t **out, cd_org_id org_id,
                             const unsigned char file_hash[32], store_conn_t *conn,
                             apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_FIND_BRING_RUN, pool, "Lb", (apr_int64_t)org_id,
                        file_hash, (apr_size_t)32));
    return one_run(out, rows, pool);
}

cd_err_t *store_bring_runs(store_bring_run_t **out, int *count_out, cd_org_id org_id,
                           store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 20, sizeof(store_bring_run_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_BRING_RUNS, pool, "L", (apr_int64_t)org_id));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read_run(apr_array_push(list), rows, pool);
    }
    *out = (store_bring_run_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_bring_run_insert(store_bring_run_t *run, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, &run->id, conn, STMT_INSERT_BRING_RUN, pool, "LbiiiiiiiiLLLb",
                        (apr_int64_t)run->org_id, run->file_hash, sizeof(run->file_hash),
                        run->state, run->skip_bad, run->last_line, run->total_rows, run->bad_rows,
                        run->made, run->changed, run->same, (apr_int64_t)run->user_id,
                        run->started_at, run->changed_at, run->wrapped, run->wrapped_len);
}

cd_err_t *store_bring_run_update(const store_bring_run_t *run, const store_bring_run_t *before,
                                 store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_BRING_RUN, pool, "iiiiiiiiLbLii", run->state,
                        run->skip_bad, run->last_line, run->total_rows, run->bad_rows, run->made,
                        run->changed, run->same, run->changed_at, run->wrapped, run->wrapped_len,
                        run->id, before->state, before->last_line));
    return rows == 1
               ? NULL
               : cd_err(pool, CD_E_STALE, NULL, "run %" APR_INT64_T_FMT " is no longer at line %d",
                        run->id, before->last_line);
}

/* ---- the copy a run keeps ------------------------------------------------ */

#define KIND_OF_RUN 8                  /* for the wrapping, beside files and the system's chain */

static const char *run_name(const store_bring_run_t *run, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "bring/", cd_hex(run->file_hash, sizeof(run->file_hash), pool), NULL);
}

static const char *chunk_place(const store_bring_run_t *run, int part, int seq, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s/%d/%d", run_name(run, pool), part, seq);
}

cd_err_t *store_bring_key_make(store_data_key_t *key, store_bring_run_t *run, store_conn_t *conn,
                               apr_pool_t *pool)
{
    return store_data_key_make(key, &run->wrapped, &run->wrapped_len, conn->options->keys,
                               KIND_OF_RUN, run_name(run, pool), pool);
}

cd_err_t *store_bring_chunk_insert(const store_bring_run_t *run, store_bring_part_t part, int seq,
                                   const store_data_key_t *key, const char *bytes, apr_size_t len,
                                   store_conn_t *conn, apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t sealed_len;

    CD_ERR(store_seal(&sealed, &sealed_len, key, chunk_place(run, (int)part, seq, pool), bytes, len,
                      pool));
    return store_change(NULL, NULL, conn, STMT_INSERT_BRING_CHUNK, pool, "Liib", run->id, (int)part,
                        seq, sealed, sealed_len);
}

cd_err_t *store_bring_part(const char **out, apr_size_t *len_out, const store_bring_run_t *run,
                           store_bring_part_t part, store_conn_t *conn, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 65536);
    store_data_key_t key;
    store_stmt_t *rows;
    int row = 1, count;

    CD_ERR(store_data_key_unwrap(&key, conn->options->keys, run->wrapped, run->wrapped_len,
                                 KIND_OF_RUN, run_name(run, pool), pool));
    CD_ERR(store_select(&rows, conn, STMT_SELECT_BRING_CHUNKS, pool, "Li", run->id, (int)part));
    for (count = 0; row; count++) {
        const char *sealed, *plain;
        apr_size_t len;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        if (store_col_int(rows) != count)
            return cd_err(pool, CD_E_TAMPERED, NULL, "%s: a piece is missing", run_name(run, pool));
        sealed = store_col_bytes(&len, rows, pool);
        CD_ERR(store_unseal(&plain, &len, &key, chunk_place(run, (int)part, count, pool), sealed,
                            len, pool));
        cd_buf_add(buf, plain, len);
    }
    *out = buf->data;
    *len_out = buf->len;
    return NULL;
}

/* ---- what is left of them ------------------------------------------------ */

cd_err_t *store_bring_left(apr_int64_t *checks_out, apr_int64_t *pieces_out, cd_instant_t before,
                           store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *checks_out = *pieces_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_COUNT_BRING_LEFT, pool, "L", before));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *checks_out = store_col_long(rows);
        *pieces_out = store_col_long(rows);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_bring_sweep(int *checks_out, int *pieces_out, cd_instant_t before, cd_instant_t now,
                            store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(store_change(checks_out, NULL, conn, STMT_DROP_BRING_LEFT, pool, "LL", now, before));
    return store_change(pieces_out, NULL, conn, STMT_DELETE_BRING_CHUNKS_LEFT, pool, "");
}

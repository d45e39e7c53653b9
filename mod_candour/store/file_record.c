/* file_record.c: records of a file, sealed and opened.
 *
 * Append and read; there is no statement that changes or deletes one. Which fields are sensitive
 * is said by the field tables, not here. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "store/row.h"

/* What a record commits to: the whole row and where it stands, with every field of its body. */
static void put_record(cd_buf_t *buf, const store_head_t *head, const cd_record_t *record,
                       const char *body, apr_size_t len)
{
    store_put_text(buf, "candour record 1");
    store_put_long(buf, head->kind);
    store_put_text(buf, head->reference);
    store_put_long(buf, head->org_id);
    store_put_long(buf, record->seq);
    store_put_long(buf, record->kind);
    store_put_long(buf, record->happened.first);
    store_put_long(buf, record->happened.last);
    store_put_long(buf, record->recorded_at);
    store_put_long(buf, record->recorded_by);
    store_put_long(buf, record->role);
    store_put_long(buf, record->supersedes);
    store_put_text(buf, record->reason);
    store_put_bytes(buf, body, len);
}

static cd_err_t *find_def(const cd_record_def_t **out, const store_head_t *head,
                          cd_record_kind_t kind, apr_pool_t *pool)
{
    *out = cd_record_def(kind);
    if (!*out || (*out)->file != head->kind)
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: a record of kind %d", head->reference,
                      (int)kind);
    return NULL;
}

cd_err_t *store_record_payload(const char **out, apr_size_t *len_out, const store_head_t *head,
                               const cd_record_t *record, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 1024);
    const cd_record_def_t *def;
    const char *body;
    apr_size_t len;

    CD_ERR(find_def(&def, head, record->kind, pool));
    cd_body_encode(&body, &len, def, record->body, CD_ALL_FIELDS, pool);
    put_record(buf, head, record, body, len);
    *out = buf->data;
    *len_out = buf->len;
    return NULL;
}

/* ---- writing ------------------------------------------------------------ */

/* Sealed: the reason of the correction, then the sensitive fields. Nothing to hide, nothing
 * sealed. */
static cd_err_t *seal_record(const char **out, apr_size_t *len_out, const store_head_t *head,
                             const cd_record_def_t *def, const cd_record_t *record,
                             apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);
    const char *body;
    apr_size_t len;

    cd_body_encode(&body, &len, def, record->body, CD_SENSITIVE_FIELDS, pool);
    *out = NULL;
    *len_out = 0;
    if (!record->reason && len == 0)
        return NULL;
    store_put_text(buf, record->reason);
    store_put_bytes(buf, body, len);
    return store_seal(out, len_out, &head->key, store_place(head, record->seq, def->word, pool),
                      buf->data, buf->len, pool);
}

cd_err_t *store_record_row(store_record_row_t *out, const store_head_t *head,
                           const cd_record_t *record, apr_pool_t *pool)
{
    const cd_record_def_t *def;

    if (!head->has_key)
        return cd_err(pool, CD_E_KEY, NULL, "%s: its key is gone, so nothing is added to it",
                      head->reference);
    out->file_id = head->id;
    out->record = record;
    CD_ERR(find_def(&def, head, record->kind, pool));
    cd_body_encode(&out->open_fields, &out->open_len, def, record->body, CD_OPEN_FIELDS, pool);
    if (!out->open_len)
        out->open_fields = "";
    return seal_record(&out->sealed, &out->sealed_len, head, def, record, pool);
}

#define AT_ONCE 8
#define LETTERS "LiiwLLiibb"
#define R(n) \
    row[n].file_id, row[n].record->seq, (int)row[n].record->kind, row[n].record->happened, \
    row[n].record->recorded_at, row[n].record->recorded_by, row[n].record->role, \
    row[n].record->supersedes, row[n].open_fields, row[n].open_len, row[n].sealed, \
    row[n].sealed_len

cd_err_t *store_record_rows_insert(const store_record_row_t *row, int count, store_conn_t *conn,
                                   apr_pool_t *pool)
{
    for (; count >= AT_ONCE; count -= AT_ONCE, row += AT_ONCE)
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_CASE_RECORDS, pool,
                            LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS, R(0),
                            R(1), R(2), R(3), R(4), R(5), R(6), R(7)));
    for (; count; count--, row++)
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_CASE_RECORD, pool, LETTERS, R(0)));
    return NULL;
}

cd_err_t *store_record_insert(const char **payload_out, apr_size_t *payload_len_out,
                              const store_head_t *head, const cd_record_t *record,
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_record_row_t row[1];

    CD_ERR(store_record_row(row, head, record, pool));
    CD_ERR(store_record_payload(payload_out, payload_len_out, head, record, pool));
    return store_change(NULL, NULL, conn,
                        head->kind == CD_FILE_CLAIM ? STMT_INSERT_CLAIM_RECORD
                                                    : STMT_INSERT_CASE_RECORD,
                        pool, LETTERS, R(0));
}

/* ---- reading ------------------------------------------------------------ */

static cd_err_t *open_record(cd_record_t *record, void *body, const store_head_t *head,
                             const cd_record_def_t *def, const char *sealed, apr_size_t sealed_len,
                             apr_pool_t *pool)
{
    const char *plain, *fields;
    apr_size_t len, at = 0;

    if (!sealed || !head->has_key)
        return NULL;
    CD_ERR(store_unseal(&plain, &len, &head->key, store_place(head, record->seq, def->word, pool),
                        sealed, sealed_len, pool));
    if (!store_take_text(&record->reason, plain, len, &at, pool) || len - at < 8)
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: record %d has no known form", head->reference,
                      record->seq);
    fields = plain + at + 8; /* the length is the rest's: store_put_bytes wrote it last */
    return cd_body_decode(body, def, fields, len - at - 8, pool);
}

cd_err_t *store_record_read(cd_record_t *record, const store_head_t *head, store_stmt_t *rows,
                            apr_pool_t *pool)
{
    const cd_record_def_t *def;
    const char *open_fields, *sealed;
    apr_size_t open_len, sealed_len;
    void *body;

    memset(record, 0, sizeof(*record));
    record->seq = store_col_int(rows);
    record->kind = (cd_record_kind_t)store_col_int(rows);
    record->happened = store_col_when(rows);
    record->recorded_at = store_col_long(rows);
    record->recorded_by = store_col_long(rows);
    record->recorded_by_name = store_col_text(rows, pool);
    record->role = store_col_int(rows);
    record->supersedes = store_col_int(rows);
    open_fields = store_col_bytes(&open_len, rows, pool);
    sealed = store_col_bytes(&sealed_len, rows, pool);
    if (!record->recorded_by_name)
        record->recorded_by_name = "system";
    CD_ERR(find_def(&def, head, record->kind, pool));
    body = apr_pcalloc(pool, def->size);
    record->body = body;
    if (open_len)
        CD_ERR(cd_body_decode(body, def, open_fields, open_len, pool));
    return open_record(record, body, head, def, sealed, sealed_len, pool);
}

cd_err_t *store_records_read(cd_record_t **out, int *count_out, const store_head_t *head,
                             store_stmt_t *rows, int skip, apr_pool_t *pool)
{
    cd_record_t *list = apr_palloc(pool, ((apr_size_t)head->last_seq + 1) * sizeof(*list));
    cd_err_t *err = NULL;
    int row = 1, count = 0;

    while (!err && row && count < head->last_seq) {
        store_col_skip(rows, skip);
        err = store_record_read(&list[count], head, rows, pool);
        if (err)
            err = cd_err_wrap(pool, err, "reading record %d of %s", list[count].seq,
                              head->reference);
        else
            err = store_step(&row, rows, pool);
        count++;
    }
    *out = list;
    *count_out = count;
    return err;
}

cd_err_t *store_records(cd_record_t **out, int *count_out, const store_head_t *head,
                        store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    *out = head->records;
    *count_out = head->record_count;
    if (head->records && head->record_count == head->last_seq)
        return NULL;
    CD_ERR(store_select(&rows, conn,
                        head->kind == CD_FILE_CLAIM ? STMT_SELECT_CLAIM_RECORDS
                                                    : STMT_SELECT_CASE_RECORDS,
                        pool, "Li", head->id, head->last_seq));
    *out = apr_palloc(pool, sizeof(**out));
    *count_out = 0;
    err = store_step(&row, rows, pool);
    if (!err && row)
        err = store_records_read(out, count_out, head, rows, 0, pool);
    store_finish(rows);
    return err;
}

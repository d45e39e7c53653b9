/* report.c: kept decision reports as rows. Knows neither what they say nor who may read them. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/buf.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/content.h"
#include "store/db.h"
#include "store/report.h"
#include "store/row.h"

enum { WAITING = 1, DONE };
#define PIECES_MAX 64              /* 32 MiB */

static const char *place_of(const store_head_t *claim, const store_report_t *report, int number,
                            apr_pool_t *pool)
{
    return apr_psprintf(pool, "claim/%s/report/%s/%d/%d", claim->reference,
                        cd_hex(report->sha, sizeof(report->sha), pool), (int)report->part, number);
}

static cd_err_t *need_key(const store_head_t *claim, apr_pool_t *pool)
{
    if (claim->kind != CD_FILE_CLAIM)
        return cd_err(pool, CD_E_FAILED, NULL, "%s: a report belongs to a claim", claim->reference);
    return claim->has_key ? NULL
                          : cd_err(pool, CD_E_KEY, NULL, "%s: its key is gone", claim->reference);
}

/* ---- keeping ---- */

static void put_what(cd_buf_t *buf, const store_report_t *report)
{
    unsigned char sha[32];

    store_sha256(sha, report->bytes, report->len);
    store_put_text(buf, "candour report 1");
    store_put_long(buf, (apr_int64_t)report->len);
    store_put_long(buf, report->kept_at);
    store_put_bytes(buf, sha, sizeof(sha));
}

static cd_err_t *piece_insert(store_statement_t statement, const store_head_t *claim,
                              const store_report_t *report, int number, const char *bytes,
                              apr_size_t len, store_conn_t *conn, apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t sealed_len;

    CD_ERR(store_seal(&sealed, &sealed_len, &claim->key, place_of(claim, report, number, pool),
                      bytes, len, pool));
    return store_change(NULL, NULL, conn, statement, pool, "Lbiib", claim->id, report->sha,
                        sizeof(report->sha), (int)report->part, number, sealed, sealed_len);
}

static cd_err_t *keep(store_statement_t statement, const store_head_t *claim,
                      const store_report_t *report, store_conn_t *conn, apr_pool_t *pool)
{
    cd_buf_t *what = cd_buf_make(pool, 256);
    unsigned parts = 0;
    apr_size_t at;
    int number = 0;

    CD_ERR(need_key(claim, pool));
    CD_ERR(store_report_parts(&parts, claim, report->sha, conn, pool));
    if (parts & (1u << report->part))
        return NULL;
    if (report->len > (apr_size_t)PIECES_MAX * STORE_CHUNK_BYTES)
        return cd_err(pool, CD_E_TOO_LARGE, NULL, "%s: a report of %" APR_SIZE_T_FMT " bytes",
                      claim->reference, report->len);
    put_what(what, report);
    CD_ERR(piece_insert(statement, claim, report, 0, what->data, what->len, conn, pool));
    for (at = 0; at < report->len; at += STORE_CHUNK_BYTES) {
        const apr_size_t left = report->len - at;

        CD_ERR(piece_insert(statement, claim, report, ++number, report->bytes + at,
                            left < STORE_CHUNK_BYTES ? left : STORE_CHUNK_BYTES, conn, pool));
    }
    return NULL;
}

cd_err_t *store_report_keep(const store_head_t *claim, const store_report_t *report,
                            store_conn_t *conn, apr_pool_t *pool)
{
    return keep(STMT_INSERT_REPORT_PIECE, claim, report, conn, pool);
}

cd_err_t *store_report_keep_pdf(const store_head_t *claim, const store_report_t *report,
                                store_conn_t *conn, apr_pool_t *pool)
{
    return keep(STMT_KEEP_REPORT_PIECE, claim, report, conn, pool);
}

/* ---- reading ---- */

static cd_err_t *unlike(const store_head_t *claim, const store_report_t *report, apr_pool_t *pool)
{
    return cd_err(pool, CD_E_TAMPERED, NULL, "%s: part %d of report %.12s is not what was kept",
                  claim->reference, (int)report->part,
                  cd_hex(report->sha, sizeof(report->sha), pool));
}

/* Piece 0 is compared with what it would be for the bytes that were found: nothing of it is
 * believed but the day. */
static int day_of(cd_instant_t *out, const char *what, apr_size_t len)
{
    apr_uint64_t value = 0;
    const apr_size_t at = len - 8 - 32 - 8;

    if (len < 8 + 32 + 8 + 8)
        return 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | (unsigned char)what[at + (apr_size_t)i];
    *out = (cd_instant_t)value;
    return 1;
}

static cd_err_t *whole_check(store_report_t *report, const char *what, apr_size_t what_len,
                             const store_head_t *claim, apr_pool_t *pool)
{
    cd_buf_t *again = cd_buf_make(pool, 256);
    unsigned char sha[32];

    if (!what || !day_of(&report->kept_at, what, what_len))
        return unlike(claim, report, pool);
    put_what(again, report);
    if (again->len != what_len || memcmp(again->data, what, what_len))
        return unlike(claim, report, pool);
    store_sha256(sha, report->bytes, report->len);
    if (report->part == STORE_REPORT_JSON && memcmp(sha, report->sha, sizeof(sha)))
        return unlike(claim, report, pool);
    return NULL;
}

typedef struct piece_t { int number; const char *sealed; apr_size_t len; } piece_t;

static cd_err_t *pieces_read(apr_array_header_t **out, const store_head_t *claim,
                             const store_report_t *report, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 4, sizeof(piece_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_REPORT_PIECES, pool, "Lbi", claim->id, report->sha,
                        sizeof(report->sha), (int)report->part));
    while (row) {
        piece_t *piece;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        piece = apr_array_push(list);
        piece->number = store_col_int(rows);
        piece->sealed = store_col_bytes(&piece->len, rows, pool);
    }
    *out = list;
    return NULL;
}

cd_err_t *store_report_get(store_report_t **out, const store_head_t *claim,
                           const unsigned char sha[32], store_report_part_t part,
                           store_conn_t *conn, apr_pool_t *pool)
{
    store_report_t *report = apr_pcalloc(pool, sizeof(*report));
    cd_buf_t *bytes = cd_buf_make(pool, 65536);
    apr_array_header_t *list;
    const char *what = NULL;
    apr_size_t what_len = 0;
    int i;

    *out = NULL;
    CD_ERR(need_key(claim, pool));
    memcpy(report->sha, sha, sizeof(report->sha));
    report->part = part;
    CD_ERR(pieces_read(&list, claim, report, conn, pool));
    if (!list->nelts)
        return NULL;
    for (i = 0; i < list->nelts; i++) {
        const piece_t *piece = &APR_ARRAY_IDX(list, i, piece_t);
        const char *plain;
        apr_size_t len;

        if (piece->number != i || !piece->sealed)
            return unlike(claim, report, pool);
        CD_ERR(store_unseal(&plain, &len, &claim->key, place_of(claim, report, i, pool),
                            piece->sealed, piece->len, pool));
        if (i) {
            cd_buf_add(bytes, plain, len);
        } else {
            what = plain;
            what_len = len;
        }
    }
    report->bytes = bytes->data;
    report->len = bytes->len;
    CD_ERR(whole_check(report, what, what_len, claim, pool));
    *out = report;
    return NULL;
}

cd_err_t *store_report_parts(unsigned *parts_out, const store_head_t *claim,
                             const unsigned char sha[32], store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    *parts_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_REPORT_PARTS, pool, "Lb", claim->id, sha,
                        (apr_size_t)32));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            *parts_out |= 1u << (store_col_int(rows) & 15);
    }
    return NULL;
}

cd_err_t *store_reports_kept(store_report_t **out, int *count_out, const store_head_t *claim,
                             store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(store_report_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_REPORT_KEPT, pool, "L", claim->id));
    while (row) {
        store_report_t *report;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        report = apr_array_push(list);
        memset(report, 0, sizeof(*report));
        store_col_fixed(report->sha, sizeof(report->sha), rows, pool);
        report->part = (store_report_part_t)store_col_int(rows);
    }
    *out = (store_report_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* ---- the queue ---- */

cd_err_t *store_report_is_done(int *out, const store_head_t *claim, const unsigned char sha[32],
                               store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 0;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_REPORT_PDF, pool, "Lb", claim->id, sha,
                        (apr_size_t)32));
    CD_ERR(store_step(&row, rows, pool));
    *out = row && store_col_int(rows) == DONE;
    store_finish(rows);
    return NULL;
}

cd_err_t *store_report_wait(const store_head_t *claim, const unsigned char sha[32],
                            cd_instant_t now, store_conn_t *conn, apr_pool_t *pool)
{
    int there = 0;
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_REPORT_PDF, pool, "Lb", claim->id, sha,
                        (apr_size_t)32));
    CD_ERR(store_step(&there, rows, pool));
    store_finish(rows);
    if (there)
        return NULL;
    return store_change(NULL, NULL, conn, STMT_INSERT_REPORT_PDF, pool, "LbiL", claim->id, sha,
                        (apr_size_t)32, (int)WAITING, now);
}

cd_err_t *store_report_done(const store_head_t *claim, const unsigned char sha[32],
                            store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_REPORT_PDF, pool, "iLb", (int)DONE, claim->id,
                        sha, (apr_size_t)32);
}

cd_err_t *store_reports_waiting(store_report_wait_t **out, int *count_out,
                                const store_report_wait_t *after, int limit, store_conn_t *conn,
                                apr_pool_t *pool)
{
    const store_report_wait_t from = after ? *after : (store_report_wait_t){ 0 };
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_report_wait_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_LIST_REPORT_PDF, pool, "iLLLLbi", (int)WAITING,
                        from.put_at, from.put_at, from.claim_id, from.claim_id, from.sha,
                        sizeof(from.sha), limit));
    while (row) {
        store_report_wait_t *wait;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        wait = apr_array_push(list);
        wait->claim_id = store_col_long(rows);
        store_col_fixed(wait->sha, sizeof(wait->sha), rows, pool);
        wait->put_at = store_col_long(rows);
        wait->reference = store_col_text(rows, pool);
    }
    *out = (store_report_wait_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_decision_entry(int *seq_out, int *role_out, unsigned char hash_out[32],
                               const store_head_t *claim, int decision_seq, store_conn_t *conn,
                               apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *seq_out = *role_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_ENTRY_OF, pool, "iLs", (int)CD_FILE_CLAIM,
                        claim->id, apr_psprintf(pool, "decision %d", decision_seq)));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *seq_out = store_col_int(rows);
        *role_out = store_col_int(rows);
        store_col_fixed(hash_out, 32, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

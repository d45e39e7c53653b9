/* report.h: decision reports as they were kept, their letters and PDFs; and which wait for a PDF.
 *
 * Requires: file.h.   Provides: store_report_*.   Used by: app, audit.
 * Kept by the fingerprint that the record of telling names. Sealed under the claim's key with
 * claim, fingerprint, part and place as associated data: with the key they are gone, and a piece
 * that is moved or missing does not add up. */
#ifndef CD_STORE_REPORT_H
#define CD_STORE_REPORT_H

#include "store/file.h"

typedef enum store_report_part_t {
    STORE_REPORT_JSON = 1, STORE_REPORT_LETTER, STORE_REPORT_PDF, STORE_REPORT_LETTER_PDF
} store_report_part_t;

typedef struct store_report_t {
    unsigned char sha[32];         /* of the report as JSON: names all its parts */
    store_report_part_t part;
    const char *bytes;
    apr_size_t len;
    cd_instant_t kept_at;
} store_report_t;

/** Inside a transaction with an entry of its own: keeps a part; does nothing if it is kept already.
 */
cd_err_t *store_report_keep(const store_head_t *claim, const store_report_t *report,
                            store_conn_t *conn, apr_pool_t *pool);
/** The same for a PDF: made from what is kept, so that it is bookkeeping and owes no entry. */
cd_err_t *store_report_keep_pdf(const store_head_t *claim, const store_report_t *report,
                                store_conn_t *conn, apr_pool_t *pool);
/** A part, whole and held against its fingerprints; `*out` NULL: it is not kept. @errors
 * CD_E_TAMPERED; CD_E_KEY
 * @owner pool */
cd_err_t *store_report_get(store_report_t **out, const store_head_t *claim,
                           const unsigned char sha[32], store_report_part_t part,
                           store_conn_t *conn, apr_pool_t *pool);
/** Bits of the parts that are kept, 1 << part. */
cd_err_t *store_report_parts(unsigned *parts_out, const store_head_t *claim,
                             const unsigned char sha[32], store_conn_t *conn, apr_pool_t *pool);

/** What is kept of a claim, fingerprint and part alone, by fingerprint. @owner pool */
cd_err_t *store_reports_kept(store_report_t **out, int *count_out, const store_head_t *claim,
                             store_conn_t *conn, apr_pool_t *pool);
/** 1: the job has said that its PDFs are made. */
cd_err_t *store_report_is_done(int *out, const store_head_t *claim, const unsigned char sha[32],
                               store_conn_t *conn, apr_pool_t *pool);

typedef struct store_report_wait_t {
    apr_int64_t claim_id;
    unsigned char sha[32];
    cd_instant_t put_at;
    const char *reference;         /* of the claim */
} store_report_wait_t;

/** Inside the transaction that keeps it: its PDFs are to be made. */
cd_err_t *store_report_wait(const store_head_t *claim, const unsigned char sha[32],
                            cd_instant_t now, store_conn_t *conn, apr_pool_t *pool);
/** Bookkeeping: they are made. */
cd_err_t *store_report_done(const store_head_t *claim, const unsigned char sha[32],
                            store_conn_t *conn, apr_pool_t *pool);
/** The next `limit` that wait behind `after` (NULL: from the oldest on), oldest first; none of a
 * claim whose key is gone. @owner pool */
cd_err_t *store_reports_waiting(store_report_wait_t **out, int *count_out,
                                const store_report_wait_t *after, int limit, store_conn_t *conn,
                                apr_pool_t *pool);
/** The entry of a decision in the claim's chain; `*seq_out` 0: there is none. */
cd_err_t *store_decision_entry(int *seq_out, int *role_out, unsigned char hash_out[32],
                               const store_head_t *claim, int decision_seq, store_conn_t *conn,
                               apr_pool_t *pool);

#endif

/* report.h: the decision report of a trust, kept as it was when the trust was told; and its PDF.
 *
 * Requires: claim.h, domain/report.h.   Provides: app_report, app_report_hash, app_report_keep.
 * Used by: app, web, cli. A trust's user reads the report of a decision on the own trust alone. */
#ifndef CD_APP_REPORT_H
#define CD_APP_REPORT_H

#include "app/claim.h"
#include "domain/report.h"

struct store_conn_t;

typedef struct app_report_t {
    const cd_report_t *report;       /* of the bytes below */
    const char *json;                /* canonical JSON */
    apr_size_t len;
    const char *sha256;              /* hex, of `json` */
    /* 0: made now; else the day on which it was kept for the trust */
    cd_date_t kept_on;
    int differs;                     /* kept, and the report would say something else now */
    /* the trust was told, but what it was told is not kept: made now */
    int lost;
    int has_pdf, has_letter_pdf;     /* the job has made them */
    const cd_org_t *org;
    const cd_told_t *told;           /* NULL: the trust is not told yet */
    const cd_report_facts_t *facts;  /* as they are now */
    app_ctx_t *ctx;
} app_report_t;

/** The report as kept when the trust was told; before that, as it would be now.
 * @errors CD_E_NOT_FOUND: no such decision within reach; CD_E_TAMPERED: what was kept is not what
 * the record names */
cd_err_t *app_report(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq);
/** As it is now, kept or not. */
cd_err_t *app_report_now(app_report_t **out, app_ctx_t *ctx, const char *org_code,
                         int decision_seq);
/** The letter that tells the trust, as HTML: as kept, or as it would be now. */
cd_err_t *app_report_letter(cd_buf_t **out, app_ctx_t *ctx, const app_report_t *report);
/** A PDF of a kept report, or of its letter. @errors CD_E_NOT_FOUND: not made yet */
cd_err_t *app_report_pdf(cd_buf_t **out, app_ctx_t *ctx, const app_report_t *report, int of_letter);
/** The letter to a record of kind REQUEST or INDICATION of the trust, made now. @errors
 * CD_E_NOT_FOUND */
cd_err_t *app_round_letter(cd_buf_t **out, app_ctx_t *ctx, const char *org_code,
                           cd_record_kind_t kind, int seq);

/** For the use case that tells the trust: the report as it stands with `telling` (on, review_by,
 * mode set) written by the actor. `telling->report_sha` is to be set to `(*out)->sha256`. */
cd_err_t *app_report_hash(app_report_t **out, app_ctx_t *ctx, const char *org_code,
                          int decision_seq, const cd_told_t *telling);
/** An app_inside_fn; `baton` is what app_report_hash gave. Inside the transaction that writes the
 * TOLD record: keeps the report's bytes and the letter's, sealed under the claim's key, and puts
 * both to the job that makes PDFs. */
cd_err_t *app_report_keep(void *baton, struct store_conn_t *conn, apr_pool_t *pool);

/** What the job that makes PDFs asks for and gives back; it renders nothing. */
typedef struct app_report_wait_t {
    const char *reference;               /* first: the job keeps it for rows of each kind */
    unsigned char sha[32];
    apr_int64_t claim_id;
    cd_instant_t put_at;
} app_report_wait_t;
/** @owner ctx->pool */
cd_err_t *app_reports_waiting(app_report_wait_t **out, int *count_out, app_ctx_t *ctx,
                              const app_report_wait_t *after, int limit);
/** The two documents as HTML, of the claim that ctx names; `*at_out`: when they were kept. */
cd_err_t *app_report_kept_html(cd_buf_t **report_out, cd_buf_t **letter_out, cd_instant_t *at_out,
                               app_ctx_t *ctx, const unsigned char sha[32]);
cd_err_t *app_report_pdfs_keep(app_ctx_t *ctx, const unsigned char sha[32],
                               const cd_buf_t *report_pdf, const cd_buf_t *letter_pdf);

#endif

/* report.h: the decision report of a trust, kept as it was when the trust was told; and its PDF.
 *
 * Requires: claim.h, domain/report.h.   Provides: app_report, app_report_hash, app_report_keep.   Used by: app, web, cli.
 * A trust's user reads the report of a decision on the own trust alone. */
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
    const char *kept_on;             /* NULL: made now; else the day, ISO, on which it was kept for the trust */
    int differs;                     /* kept, and the report would say something else now */
    int has_pdf, has_letter_pdf;     /* the job has made them */
    const cd_org_t *org;
    const cd_told_t *told;           /* NULL: the trust is not told yet */
} app_report_t;

/** The report as kept when the trust was told; before that, as it would be now.
 * @errors CD_E_NOT_FOUND: no such decision within reach; CD_E_TAMPERED: what was kept is not what the record names */
cd_err_t *app_report(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq);
/** As it is now, kept or not. */
cd_err_t *app_report_now(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq);

/** For the use case that tells the trust: the report as it stands with `telling` (on, review_by, mode set) written by
 * the actor. `telling->report_sha` is to be set to `(*out)->sha256`. */
cd_err_t *app_report_hash(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq,
                          const cd_told_t *telling);
/** An app_inside_fn; `baton` is what app_report_hash gave. Inside the transaction that writes the TOLD record: keeps
 * the report's bytes and the letter's, sealed under the claim's key, and puts both to the job that makes PDFs. */
cd_err_t *app_report_keep(void *baton, struct store_conn_t *conn, apr_pool_t *pool);

#endif

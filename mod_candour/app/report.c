/* report.c: decision reports: made, kept when a trust is told, shown as kept, and their PDFs. */
#include <string.h>

#include <apr_strings.h>

#include "app/report_core.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/report.h"

static cd_err_t *made(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq,
                      const cd_told_t *telling)
{
    app_report_t *report = apr_pcalloc(ctx->pool, sizeof(*report));
    unsigned char sha[32];
    cd_report_facts_t *facts;
    cd_report_t *document;

    CD_ERR(app_report_facts(&facts, &report->org, ctx, org_code, decision_seq, telling));
    CD_ERR(cd_report_make(&document, facts, ctx->pool));
    report->report = document;
    report->json = cd_report_json(document, facts, ctx->pool);
    report->len = strlen(report->json);
    cd_sha256(sha, report->json, report->len);
    report->sha256 = cd_hex(sha, sizeof(sha), ctx->pool);
    report->told = facts->told ? facts->told->body : NULL;
    report->facts = facts;
    report->ctx = ctx;
    *out = report;
    return NULL;
}

cd_err_t *app_report_now(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq)
{
    return made(out, ctx, org_code, decision_seq, NULL);
}

cd_err_t *app_report_hash(app_report_t **out, app_ctx_t *ctx, const char *org_code,
                          int decision_seq, const cd_told_t *telling)
{
    return made(out, ctx, org_code, decision_seq, telling);
}

/* The fingerprint that the record of telling names; 0: the trust is not told, or it names none. */
static int sha_of(unsigned char out[32], const app_report_t *report)
{
    return report->told && report->told->report_sha && cd_unhex(out, 32, report->told->report_sha);
}

cd_err_t *app_report(app_report_t **out, app_ctx_t *ctx, const char *org_code, int decision_seq)
{
    store_report_t *kept = NULL;
    unsigned char sha[32];
    app_report_t *report;
    cd_report_t *document;
    unsigned parts = 0;

    CD_ERR(made(&report, ctx, org_code, decision_seq, NULL));
    *out = report;
    if (!sha_of(sha, report))
        return NULL;
    CD_ERR(store_report_get(&kept, ctx->head, sha, STORE_REPORT_JSON, ctx->conn, ctx->pool));
    if (!kept) {
        report->lost = 1;
        return NULL;
    }
    CD_ERR(store_report_parts(&parts, ctx->head, sha, ctx->conn, ctx->pool));
    report->differs = strcmp(report->sha256, report->told->report_sha) != 0;
    CD_ERR(cd_report_read(&document, kept->bytes, kept->len, ctx->pool));
    report->report = document;
    report->json = kept->bytes;
    report->len = kept->len;
    report->sha256 = report->told->report_sha;
    report->kept_on = cd_london_date(kept->kept_at);
    report->has_pdf = (parts & (1u << STORE_REPORT_PDF)) != 0;
    report->has_letter_pdf = (parts & (1u << STORE_REPORT_LETTER_PDF)) != 0;
    return NULL;
}

static cd_err_t *kept_part(cd_buf_t **out, app_ctx_t *ctx, const unsigned char sha[32],
                           store_report_part_t part)
{
    store_report_t *kept;

    *out = NULL;
    CD_ERR(app_conn(ctx));
    CD_ERR(store_report_get(&kept, ctx->head, sha, part, ctx->conn, ctx->pool));
    if (!kept)
        return NULL;
    *out = cd_buf_make(ctx->pool, kept->len + 1);
    cd_buf_add(*out, kept->bytes, kept->len);
    return NULL;
}

cd_err_t *app_report_letter(cd_buf_t **out, app_ctx_t *ctx, const app_report_t *report)
{
    unsigned char sha[32];

    *out = NULL;
    if (report->kept_on && sha_of(sha, report))
        CD_ERR(kept_part(out, ctx, sha, STORE_REPORT_LETTER));
    if (*out)
        return NULL;
    *out = cd_buf_make(ctx->pool, 8192);
    cd_report_letter(*out, report->facts);
    return NULL;
}

cd_err_t *app_report_pdf(cd_buf_t **out, app_ctx_t *ctx, const app_report_t *report, int of_letter)
{
    unsigned char sha[32];

    *out = NULL;
    if (report->kept_on && sha_of(sha, report))
        CD_ERR(kept_part(out, ctx, sha, of_letter ? STORE_REPORT_LETTER_PDF : STORE_REPORT_PDF));
    return *out ? NULL : cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no PDF of it yet");
}

cd_err_t *app_round_letter(cd_buf_t **out, app_ctx_t *ctx, const char *org_code,
                           cd_record_kind_t kind, int seq)
{
    const cd_record_t *record = NULL;
    const cd_org_t *org;
    cd_report_facts_t *facts;
    app_claim_facts_t claim;
    int i;

    CD_ERR(app_report_begin(&facts, &org, &claim, ctx, org_code, 0, 0));
    for (i = 0; i < claim.claim->count; i++)
        if (claim.claim->records[i].seq == seq && claim.claim->records[i].kind == kind)
            record = &claim.claim->records[i];
    if (!record || !cd_record_org(record) || strcmp(cd_record_org(record), org->code))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such entry of the trust");
    *out = cd_buf_make(ctx->pool, 8192);
    if (kind == CD_REC_REQUEST) {
        cd_report_request_letter(*out, facts, record);
        return NULL;
    }
    CD_ERR(app_report_begin(&facts, &org, &claim, ctx, org_code,
                            ((const cd_indication_t *)record->body)->flag_seq,
                            record->recorded_at));
    if (!facts->flag)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "the entry names no flag");
    cd_report_indication_letter(*out, facts, record);
    return NULL;
}

/* ---- keeping ---- */

cd_err_t *app_report_keep(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const app_report_t *report = baton;
    const store_head_t *head = report->ctx->head;
    store_report_t kept = { .part = STORE_REPORT_JSON, .bytes = report->json, .len = report->len,
                            .kept_at = report->ctx->now };
    cd_buf_t *letter = cd_buf_make(pool, 8192);

    if (!cd_unhex(kept.sha, sizeof(kept.sha), report->sha256))
        return cd_err(pool, CD_E_FAILED, NULL, "a report without its fingerprint");
    CD_ERR(store_report_keep(head, &kept, conn, pool));
    cd_report_letter(letter, report->facts);
    kept.part = STORE_REPORT_LETTER;
    kept.bytes = letter->data;
    kept.len = letter->len;
    CD_ERR(store_report_keep(head, &kept, conn, pool));
    return store_report_wait(head, kept.sha, report->ctx->now, conn, pool);
}

/* ---- the job ---- */

cd_err_t *app_reports_waiting(app_report_wait_t **out, int *count_out, app_ctx_t *ctx,
                              const app_report_wait_t *after, int limit)
{
    store_report_wait_t *rows, from = { 0 };
    int i;

    CD_ERR(app_need(ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    if (after) {
        from.claim_id = after->claim_id;
        from.put_at = after->put_at;
        memcpy(from.sha, after->sha, sizeof(from.sha));
    }
    CD_ERR(store_reports_waiting(&rows, count_out, &from, limit, ctx->conn, ctx->pool));
    *out = apr_pcalloc(ctx->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {
        (*out)[i].reference = rows[i].reference;
        memcpy((*out)[i].sha, rows[i].sha, sizeof(rows[i].sha));
        (*out)[i].claim_id = rows[i].claim_id;
        (*out)[i].put_at = rows[i].put_at;
    }
    return NULL;
}

cd_err_t *app_report_kept_html(cd_buf_t **report_out, cd_buf_t **letter_out, cd_instant_t *at_out,
                               app_ctx_t *ctx, const unsigned char sha[32])
{
    cd_report_t *document;
    store_report_t *kept;
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_report_get(&kept, head, sha, STORE_REPORT_JSON, ctx->conn, ctx->pool));
    CD_ERR(kept_part(letter_out, ctx, sha, STORE_REPORT_LETTER));
    if (!kept || !*letter_out)
        return cd_err(ctx->pool, CD_E_TAMPERED, NULL,
                      "%s: a report that waits for its PDF is not kept", head->reference);
    CD_ERR(cd_report_read(&document, kept->bytes, kept->len, ctx->pool));
    *report_out = cd_buf_make(ctx->pool, 65536);
    cd_report_html(*report_out, document);
    *at_out = kept->kept_at;
    return NULL;
}

typedef struct pdfs_t { app_ctx_t *ctx; store_report_t report, letter; } pdfs_t;

static cd_err_t *pdfs_body(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const pdfs_t *pdfs = baton;

    CD_ERR(store_report_keep_pdf(pdfs->ctx->head, &pdfs->report, conn, pool));
    CD_ERR(store_report_keep_pdf(pdfs->ctx->head, &pdfs->letter, conn, pool));
    return store_report_done(pdfs->ctx->head, pdfs->report.sha, conn, pool);
}

cd_err_t *app_report_pdfs_keep(app_ctx_t *ctx, const unsigned char sha[32],
                               const cd_buf_t *report_pdf, const cd_buf_t *letter_pdf)
{
    pdfs_t pdfs = { .ctx = ctx };
    store_tx_t tx = { .body = pdfs_body, .baton = &pdfs };

    CD_ERR(app_need(ctx, CD_RIGHT_CLAIM_READ));
    memcpy(pdfs.report.sha, sha, 32);
    pdfs.report.part = STORE_REPORT_PDF;
    pdfs.report.bytes = report_pdf->data;
    pdfs.report.len = report_pdf->len;
    pdfs.report.kept_at = ctx->now;
    pdfs.letter = pdfs.report;
    pdfs.letter.part = STORE_REPORT_LETTER_PDF;
    pdfs.letter.bytes = letter_pdf->data;
    pdfs.letter.len = letter_pdf->len;
    CD_ERR(app_conn(ctx));
    return store_tx_run(&ctx->conn, ctx->app->store, &tx, ctx->pool);
}

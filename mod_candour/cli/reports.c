/* reports.c: the job that makes PDFs of decision reports that were kept for a trust, and of the
 * letters with them. How a PDF is made is said in pdf.c. */
#include <apr_strings.h>

#include "app/report.h"
#include "cli/pdf.h"

static cd_err_t *waiting(const void **rows_out, int *count_out, app_ctx_t *ctx, const void *after,
                         int limit)
{
    app_report_wait_t *rows;

    CD_ERR(app_reports_waiting(&rows, count_out, ctx, after, limit));
    *rows_out = rows;
    return NULL;
}

static cd_err_t *make(const cli_pdf_t *maker, app_ctx_t *ctx, const void *row)
{
    const app_report_wait_t *wait = row;
    cd_buf_t *report, *letter, *report_pdf, *letter_pdf;
    cd_instant_t at;

    CD_ERR(app_report_kept_html(&report, &letter, &at, ctx, wait->sha));
    app_end(ctx);                        /* no connection waits for the command */
    CD_ERR(cli_pdf_make(&report_pdf, maker, report, at, ctx->pool));
    CD_ERR(cli_pdf_make(&letter_pdf, maker, letter, at, ctx->pool));
    return app_report_pdfs_keep(ctx, wait->sha, report_pdf, letter_pdf);
}

static const char *name(const void *row, apr_pool_t *pool)
{
    const app_report_wait_t *wait = row;

    return apr_pstrcat(pool, wait->reference, ", a decision report", NULL);
}

int cli_run_reports(cli_t *cli)
{
    static const cli_pdf_queue_t queue = {
        "reports", 1, CD_FILE_CLAIM, sizeof(app_report_wait_t), waiting, make, name
    };

    return cli_pdf_job(cli, &queue);
}

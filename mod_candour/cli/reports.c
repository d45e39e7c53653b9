/* reports.c: the job that makes PDFs of decision reports that were kept for a trust, and of the
 * letters with them. How a PDF is made is said in pdf.c. */
#include <apr_strings.h>

#include "app/report.h"
#include "cli/pdf.h"

#define AT_ONCE 100

typedef struct waiting_t { app_report_wait_t *list; int count; } waiting_t;

static cd_err_t *page(int *count_out, cli_t *cli, void *baton)
{
    waiting_t *now = baton;
    const app_report_wait_t *after = now->count ? &now->list[now->count - 1] : NULL;
    app_report_wait_t *list;
    int i;

    CD_ERR(app_reports_waiting(&list, &now->count, cli->ctx, after, AT_ONCE));
    now->list = apr_pcalloc(cli->pool, sizeof(*list) * (apr_size_t)(now->count + 1));
    /* each report is a request of its own, whose pool goes with it */
    for (i = 0; i < now->count; i++) {
        now->list[i] = list[i];
        now->list[i].reference = apr_pstrdup(cli->pool, list[i].reference);
    }
    *count_out = now->count;
    return NULL;
}

static cd_err_t *make(const cli_pdf_t *maker, cli_t *cli, int place, void *baton)
{
    const app_report_wait_t *wait = &((waiting_t *)baton)->list[place];
    cd_buf_t *report, *letter, *report_pdf, *letter_pdf;
    cd_instant_t at;

    CD_ERR(cli_again(cli));
    CD_ERR(app_name_file(cli->ctx, CD_FILE_CLAIM, wait->reference));
    CD_ERR(app_report_kept_html(&report, &letter, &at, cli->ctx, wait->sha));
    app_end(cli->ctx);                   /* no connection waits for the command */
    CD_ERR(cli_pdf_make(&report_pdf, maker, report, at, cli->ctx->pool));
    CD_ERR(cli_pdf_make(&letter_pdf, maker, letter, at, cli->ctx->pool));
    return app_report_pdfs_keep(cli->ctx, wait->sha, report_pdf, letter_pdf);
}

static const char *name(int place, void *baton, apr_pool_t *pool)
{
    return apr_pstrcat(pool, ((waiting_t *)baton)->list[place].reference, ", a decision report",
                       NULL);
}

int cli_run_reports(cli_t *cli)
{
    static const cli_pdf_queue_t queue = { "reports", 1, page, make, name };
    waiting_t now = { 0 };

    return cli_pdf_job(cli, &queue, &now);
}

/* reports.c: the job that makes PDFs of decision reports that were kept for a trust, and of the letters with them. How a
 * PDF is made is said in pdf.c. */
#include <signal.h>
#include <string.h>

#include <apr_strings.h>

#include "app/report.h"
#include "cli/pdf.h"

#define AT_ONCE 100

static cd_err_t *one(const cli_pdf_t *maker, cli_t *cli, const app_report_wait_t *wait)
{
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

static cd_err_t *waiting(app_report_wait_t **out, int *count_out, cli_t *cli, const app_report_wait_t *after)
{
    app_report_wait_t *list;
    int i;

    CD_ERR(app_reports_waiting(&list, count_out, cli->ctx, after, AT_ONCE));
    *out = apr_pcalloc(cli->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {   /* each report is a request of its own, whose pool goes with it */
        (*out)[i] = list[i];
        (*out)[i].reference = apr_pstrdup(cli->pool, list[i].reference);
    }
    return NULL;
}

/* Exit statuses: 0 all that waited has its PDFs, 1 some still wait, 3 the settings or the database. */
int cli_run_reports(cli_t *cli)
{
    cli_pdf_t maker = { 0 };
    app_report_wait_t *list = NULL;
    int count = 0, all = 0, made = 0, i;
    cd_err_t *err = waiting(&list, &count, cli, NULL);

    signal(SIGPIPE, SIG_IGN);
    if (!err && count)
        err = cli_pdf_prepare(&maker, cli, 1);
    while (!err && count) {              /* page after page: what cannot be made keeps nobody behind it waiting */
        for (i = 0; i < count; i++) {
            cd_err_t *failed = one(&maker, cli, &list[i]);

            if (failed)
                fprintf(cli->err, "candourctl: %s, a decision report: %s\n", list[i].reference, failed->public_text);
            made += !failed;
        }
        all += count;
        err = cli_again(cli);
        if (!err)
            err = waiting(&list, &count, cli, &list[count - 1]);
    }
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "reports: %d made, %d still without a PDF\n", made, all - made);
    return made == all ? CLI_OK : CLI_NO;
}

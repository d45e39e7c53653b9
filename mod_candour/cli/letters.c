/* letters.c: the job that makes PDFs of letters that were let out. How a PDF is made is said in pdf.c. */
#include <signal.h>
#include <string.h>

#include <apr_strings.h>

#include "app/letter.h"
#include "cli/pdf.h"

#define AT_ONCE 100

static cd_err_t *one(const cli_pdf_t *maker, cli_t *cli, const app_letter_wait_t *wait)
{
    cd_buf_t *html, *pdf;
    cd_instant_t at;

    CD_ERR(cli_again(cli));
    CD_ERR(app_name_file(cli->ctx, CD_FILE_CASE, wait->reference));
    CD_ERR(app_letter_frozen(&html, &at, cli->ctx, wait->signoff_seq));
    CD_ERR(cli_pdf_make(&pdf, maker, html, at, cli->ctx->pool));
    return app_letter_pdf_keep(cli->ctx, wait->signoff_seq, pdf->data, pdf->len);
}

static cd_err_t *waiting(app_letter_wait_t **out, int *count_out, cli_t *cli, const app_letter_wait_t *after)
{
    app_letter_wait_t *list;
    int i;

    CD_ERR(app_letters_waiting(&list, count_out, cli->ctx, after, AT_ONCE));
    *out = apr_pcalloc(cli->pool, sizeof(**out) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {   /* each letter is a request of its own, whose pool goes with it */
        (*out)[i] = list[i];
        (*out)[i].reference = apr_pstrdup(cli->pool, list[i].reference);
    }
    return NULL;
}

/* One page of what waits; `*made_out` grows. */
static void page(int *made_out, const cli_pdf_t *maker, cli_t *cli, const app_letter_wait_t *list, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        cd_err_t *err = one(maker, cli, &list[i]);

        if (err)
            fprintf(cli->err, "candourctl: %s, letter of entry %d: %s\n", list[i].reference, list[i].signoff_seq,
                    err->public_text);
        *made_out += !err;
    }
}

/* Exit statuses: 0 all that waited has its PDF, 1 some still wait, 3 the settings or the database. */
int cli_run_letters(cli_t *cli)
{
    cli_pdf_t maker = { 0 };
    app_letter_wait_t *list = NULL;
    int count = 0, all = 0, made = 0;
    cd_err_t *err = waiting(&list, &count, cli, NULL);

    signal(SIGPIPE, SIG_IGN);
    if (!err && count)
        err = cli_pdf_prepare(&maker, cli, 0);
    while (!err && count) {              /* page after page: what cannot be made keeps nobody behind it waiting */
        page(&made, &maker, cli, list, count);
        all += count;
        err = cli_again(cli);
        if (!err)
            err = waiting(&list, &count, cli, &list[count - 1]);
    }
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "letters: %d made, %d still without a PDF\n", made, all - made);
    return made == all ? CLI_OK : CLI_NO;
}

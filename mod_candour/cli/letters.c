/* letters.c: the job that makes PDFs of letters that were let out. How a PDF is made is said in
 * pdf.c. */
#include <apr_strings.h>

#include "app/letter.h"
#include "cli/pdf.h"

static cd_err_t *waiting(const void **rows_out, int *count_out, app_ctx_t *ctx, const void *after,
                         int limit)
{
    app_letter_wait_t *rows;

    CD_ERR(app_letters_waiting(&rows, count_out, ctx, after, limit));
    *rows_out = rows;
    return NULL;
}

static cd_err_t *make(const cli_pdf_t *maker, app_ctx_t *ctx, const void *row)
{
    const app_letter_wait_t *wait = row;
    cd_buf_t *html, *pdf;
    cd_instant_t at;

    CD_ERR(app_letter_frozen(&html, &at, ctx, wait->signoff_seq));
    CD_ERR(cli_pdf_make(&pdf, maker, html, at, ctx->pool));
    return app_letter_pdf_keep(ctx, wait->signoff_seq, pdf->data, pdf->len);
}

static const char *name(const void *row, apr_pool_t *pool)
{
    const app_letter_wait_t *wait = row;

    return apr_psprintf(pool, "%s, letter of entry %d", wait->reference, wait->signoff_seq);
}

int cli_run_letters(cli_t *cli)
{
    static const cli_pdf_queue_t queue = {
        "letters", 0, CD_FILE_CASE, sizeof(app_letter_wait_t), waiting, make, name
    };

    return cli_pdf_job(cli, &queue);
}

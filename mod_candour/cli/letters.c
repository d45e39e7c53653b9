/* letters.c: the job that makes PDFs of letters that were let out. How a PDF is made is said in
 * pdf.c. */
#include <apr_strings.h>

#include "app/letter.h"
#include "cli/pdf.h"

#define AT_ONCE 100

typedef struct waiting_t { app_letter_wait_t *list; int count; } waiting_t;

static cd_err_t *page(int *count_out, cli_t *cli, void *baton)
{
    waiting_t *now = baton;
    const app_letter_wait_t *after = now->count ? &now->list[now->count - 1] : NULL;
    app_letter_wait_t *list;
    int i;

    CD_ERR(app_letters_waiting(&list, &now->count, cli->ctx, after, AT_ONCE));
    now->list = apr_pcalloc(cli->pool, sizeof(*list) * (apr_size_t)(now->count + 1));
    /* each letter is a request of its own, whose pool goes with it */
    for (i = 0; i < now->count; i++) {
        now->list[i] = list[i];
        now->list[i].reference = apr_pstrdup(cli->pool, list[i].reference);
    }
    *count_out = now->count;
    return NULL;
}

static cd_err_t *make(const cli_pdf_t *maker, cli_t *cli, int place, void *baton)
{
    const app_letter_wait_t *wait = &((waiting_t *)baton)->list[place];
    cd_buf_t *html, *pdf;
    cd_instant_t at;

    CD_ERR(cli_again(cli));
    CD_ERR(app_name_file(cli->ctx, CD_FILE_CASE, wait->reference));
    CD_ERR(app_letter_frozen(&html, &at, cli->ctx, wait->signoff_seq));
    CD_ERR(cli_pdf_make(&pdf, maker, html, at, cli->ctx->pool));
    return app_letter_pdf_keep(cli->ctx, wait->signoff_seq, pdf->data, pdf->len);
}

static const char *name(int place, void *baton, apr_pool_t *pool)
{
    const app_letter_wait_t *wait = &((waiting_t *)baton)->list[place];

    return apr_psprintf(pool, "%s, letter of entry %d", wait->reference, wait->signoff_seq);
}

int cli_run_letters(cli_t *cli)
{
    static const cli_pdf_queue_t queue = { "letters", 0, page, make, name };
    waiting_t now = { 0 };

    return cli_pdf_job(cli, &queue, &now);
}

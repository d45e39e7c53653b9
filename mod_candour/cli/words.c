/* words.c: `candourctl run words`: the word index made again from the records. */
#include "app/words.h"
#include "cli/cli.h"

#define FILES_A_LINE 5000

static void tell(void *baton, const app_words_made_t *so_far)
{
    const cli_t *cli = baton;

    if (so_far->files && so_far->files / FILES_A_LINE != (so_far->files - 48) / FILES_A_LINE)
        fprintf(cli->err, "candourctl: words: %" APR_INT64_T_FMT " files so far\n", so_far->files);
}

int cli_job_words(cli_t *cli)
{
    app_words_made_t made;
    cd_err_t *err = app_words_remake(&made, cli->ctx, tell, cli);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out,
            "words: %" APR_INT64_T_FMT " files, %" APR_INT64_T_FMT " rows added, %" APR_INT64_T_FMT
            " taken away",
            made.files, made.added, made.removed);
    if (made.unreadable)
        fprintf(cli->out, ", %" APR_INT64_T_FMT " cannot be read", made.unreadable);
    fputc('\n', cli->out);
    return CLI_OK;
}

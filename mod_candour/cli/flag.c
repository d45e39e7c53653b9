/* flag.c: computes liability flags. */
#include "app/claim.h"
#include "cli/cli.h"

int cli_flag_compute(cli_t *cli)
{
    app_claim_view_t *view;
    int count = 0, i;
    cd_err_t *err = app_name_file(cli->ctx, CD_FILE_CLAIM, cli->args.word[0]);

    if (!err)
        err = app_claim_view(&view, cli->ctx, CD_NO_DATE);
    if (!err)
        err = app_flag_compute(&count, cli->ctx, cli_value(&cli->args, "--org"), view->row.version);
    if (!err)
        err = app_name_file(cli->ctx, CD_FILE_CLAIM, cli->args.word[0]);
    if (!err)
        err = app_claim_view(&view, cli->ctx, CD_NO_DATE);
    if (err)
        return cli_fail(cli, err);
    for (i = 0; i < view->party_count; i++)
        if (view->parties[i].flag)
            fprintf(cli->out, "%s %s %s %s\n", cli->args.word[0], view->parties[i].org->code,
                    cd_token_word(cd_flag_states, (int)view->parties[i].flag->flag->state),
                    cd_pence_words(view->parties[i].flag->flag->indicated_p, cli->pool));
    return CLI_OK;
}

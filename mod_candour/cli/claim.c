/* claim.c: `candourctl run claim-history`: the status history of claims that were made before there
 * was one. */
#include "app/claim.h"
#include "cli/cli.h"

int cli_job_claim_history(cli_t *cli)
{
    int count = 1, total = 0;
    cd_err_t *err = NULL;

    while (!err && count) {
        err = app_claim_history(&count, cli->ctx);
        total += count;
    }
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "claim-history: %d claims\n", total);
    return CLI_OK;
}

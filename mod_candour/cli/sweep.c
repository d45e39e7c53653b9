/* sweep.c: the job that removes what was uploaded and never kept, and what was checked and never
 * decided. */
#include <apr_strings.h>

#include "app/bring.h"
#include "app/content.h"
#include "cli/cli.h"

#define MINUTES 60
#define UNDECIDED_HOURS 24
#define MINUTES_MAX 525600 /* a year */

/* A form may stand open for a while before it is sent again, so not all that is not kept is left
 * over. */
static int minutes_read(int *out, const char *text)
{
    int minutes = 0;

    *out = MINUTES;
    for (; text && *text; text++) {
        if (*text < '0' || *text > '9' || minutes > MINUTES_MAX)
            return 0;
        minutes = minutes * 10 + (*text - '0');
        *out = minutes;
    }
    return *out <= MINUTES_MAX;
}

int cli_run_sweep(cli_t *cli)
{
    apr_int64_t removed;
    int minutes, checks, pieces;
    cd_err_t *err;

    if (!minutes_read(&minutes, cli_value(&cli->args, "--older-than")))
        return cli_say(cli, CLI_USAGE, "--older-than takes a whole number of minutes up to %d",
                       MINUTES_MAX);
    err = app_content_sweep(&removed, cli->ctx, minutes);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%" APR_INT64_T_FMT " left-over uploads removed\n", removed);
    err = app_bring_sweep(&checks, &pieces, cli->ctx, UNDECIDED_HOURS);
    if (err)
        return cli_fail(cli, err);
    if (checks || pieces)
        fprintf(cli->out,
                "%d files given up that nobody decided to bring in, %d pieces of files removed\n",
                checks, pieces);
    return CLI_OK;
}

/* work.c: `candourctl run work`: the work list made again from the records, for a nightly timer. */
#include "app/work.h"
#include "cli/cli.h"

#define CASES_A_LINE 5000

/* A line now and then: a hundred thousand cases take minutes. */
static void tell(void *baton, const app_work_made_t *so_far)
{
    const cli_t *cli = baton;

    if (so_far->cases && so_far->cases % CASES_A_LINE == 0)
        fprintf(cli->err, "candourctl: work: %" APR_INT64_T_FMT " cases so far\n", so_far->cases);
}

int cli_job_work(cli_t *cli)
{
    app_work_made_t made;
    cd_err_t *err = app_work_remake(&made, cli->ctx, tell, cli);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "work: %" APR_INT64_T_FMT " cases, %" APR_INT64_T_FMT " rows changed",
            made.cases, made.changed);
    if (made.unreadable)
        fprintf(cli->out, ", %" APR_INT64_T_FMT " cannot be read", made.unreadable);
    fputc('\n', cli->out);
    return CLI_OK;
}

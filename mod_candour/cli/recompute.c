/* recompute.c: `candourctl run recompute` and `run claims`: jobs over all claims. */
#include "app/recompute.h"
#include "cli/cli.h"

#define CLAIMS_A_LINE 10000

typedef struct told_t { const cli_t *cli; apr_int64_t next; app_recompute_t last; } told_t;

static void tell(void *baton, const app_recompute_t *so_far)
{
    told_t *told = baton;

    told->last = *so_far;
    if (so_far->seen < told->next)
        return;
    told->next = so_far->seen + CLAIMS_A_LINE;
    fprintf(told->cli->err,
            "candourctl: recompute: %" APR_INT64_T_FMT " of %" APR_INT64_T_FMT " claims\n",
            so_far->seen, so_far->total);
}

/* Without --resume or --waiting a new job is asked for; either way all that waits is done, and what
 * broke off. */
int cli_run_recompute(cli_t *cli)
{
    told_t told = { cli, CLAIMS_A_LINE, { 0 } };
    apr_int64_t id;
    cd_err_t *err = NULL;
    int jobs;

    if (!cli_value(&cli->args, "--resume") && !cli_value(&cli->args, "--waiting"))
        err = app_recompute_ask(&id, cli->ctx, cli_value(&cli->args, "--all") != NULL,
                                cli_value(&cli->args, "--decided") != NULL);
    if (!err)
        err = app_recompute_work(&jobs, cli->ctx, cli_value(&cli->args, "--resume") != NULL, tell,
                                 &told);
    if (err)
        return cli_fail(cli, err);
    if (jobs)
        fprintf(cli->out,
                "recompute: %" APR_INT64_T_FMT " claims, %" APR_INT64_T_FMT
                " flags changed, %" APR_INT64_T_FMT " the same, %" APR_INT64_T_FMT
                " left alone as a decision stands, %" APR_INT64_T_FMT
                " claims could not be computed\n",
                told.last.seen, told.last.made, told.last.same, told.last.held, told.last.failed);
    else
        fputs("recompute: nothing waits\n", cli->out);
    return CLI_OK;
}

static void claims_tell(void *baton, const app_claims_made_t *so_far)
{
    const cli_t *cli = baton;

    if (so_far->claims % CLAIMS_A_LINE == 0)
        fprintf(cli->err, "candourctl: claims: %" APR_INT64_T_FMT " so far\n", so_far->claims);
}

int cli_job_claims(cli_t *cli)
{
    app_claims_made_t made;
    cd_err_t *err = app_claim_work_remake(&made, cli->ctx, claims_tell, cli);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "claims: %" APR_INT64_T_FMT " claims, %" APR_INT64_T_FMT " rows", made.claims,
            made.rows);
    if (made.unreadable)
        fprintf(cli->out, ", %" APR_INT64_T_FMT " cannot be read", made.unreadable);
    fputc('\n', cli->out);
    return CLI_OK;
}

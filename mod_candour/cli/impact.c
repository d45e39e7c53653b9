/* impact.c: `candourctl run impact`: drafts of schemes tried on all claims. */
#include <string.h>

#include <apr_strings.h>

#include "app/impact.h"
#include "cli/cli.h"

#define PARTS_A_LINE 20000

typedef struct told_t { const cli_t *cli; apr_int64_t next; app_impact_t last; } told_t;

static void tell(void *baton, const app_impact_t *so_far)
{
    told_t *told = baton;

    told->last = *so_far;
    if (so_far->seen < told->next || so_far->state == APP_RUN_DONE)
        return;
    told->next = so_far->seen + PARTS_A_LINE;
    fprintf(told->cli->err,
            "candourctl: impact: %" APR_INT64_T_FMT " of %" APR_INT64_T_FMT " looked at\n",
            so_far->seen, so_far->total);
}

/* "L4-2": code and version of a scheme. */
static cd_err_t *ask(cli_t *cli, const char *name)
{
    const char *dash = strrchr(name, '-');
    apr_int64_t id, version = dash ? apr_atoi64(dash + 1) : 0;

    if (version < 1 || version > 1000000)
        return cd_err(cli->pool, CD_E_INVALID, "a version is named like L4-2", "scheme \"%s\"",
                      name);
    return app_impact_ask(&id, cli->ctx, apr_pstrmemdup(cli->pool, name, (apr_size_t)(dash - name)),
                          (int)version);
}

/* With a version it is asked for first; either way all that waits is done. */
int cli_run_impact(cli_t *cli)
{
    told_t told = { cli, PARTS_A_LINE, { 0 } };
    cd_err_t *err = NULL;
    int runs;

    if (cli->args.words > 1)
        err = ask(cli, cli->args.word[1]);
    if (!err)
        err = app_impact_work(&runs, cli->ctx, cli_value(&cli->args, "--resume") != NULL, tell,
                              &told);
    if (err)
        return cli_fail(cli, err);
    if (!runs)
        fputs("impact: nothing waits\n", cli->out);
    else
        fprintf(cli->out,
                "impact: %s version %d beside %s version %d: %" APR_INT64_T_FMT
                " open and %" APR_INT64_T_FMT " closed claims would change, %" APR_INT64_T_FMT
                " parts the same, %" APR_INT64_T_FMT " without a flag, %" APR_INT64_T_FMT
                " with an old flag, %" APR_INT64_T_FMT " could not be reckoned\n",
                told.last.new_code, told.last.new_version, told.last.old_code,
                told.last.old_version, told.last.open_changed, told.last.closed_changed,
                told.last.unchanged, told.last.missing, told.last.old, told.last.failed);
    return CLI_OK;
}

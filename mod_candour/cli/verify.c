/* verify.c: walks the audit chains and holds them against the tables. */
#include <apr_strings.h>

#include "audit/verify.h"
#include "cli/cli.h"

static void tell(void *baton, apr_int64_t files_done)
{
    const cli_t *cli = baton;

    if (files_done % 1000 == 0)
        fprintf(cli->err, "candourctl: %" APR_INT64_T_FMT " files checked\n", files_done);
}

int cli_verify(cli_t *cli)
{
    const char *reference = cli->args.words ? cli->args.word[0] : NULL;
    audit_verdict_t verdict = { 0 };
    cd_err_t *err = audit_verify(&verdict, reference, cli->ctx->conn, tell, cli, cli->ctx->pool);

    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%" APR_INT64_T_FMT " files, %" APR_INT64_T_FMT " entries", verdict.files,
            verdict.entries);
    if (verdict.unchecked)
        fprintf(cli->out, ", contents of %" APR_INT64_T_FMT " not checked (no key)",
                verdict.unchecked);
    if (verdict.tampered)
        fprintf(cli->out, ": TAMPERED\n%s\n", verdict.first_bad ? verdict.first_bad : "");
    else
        fprintf(cli->out, ": good\n");
    if (verdict.clock_back)
        fprintf(cli->out,
                "Notice: %d times a clock was set back by more than 5 minutes, first at %s\n",
                verdict.clock_back, verdict.first_back);
    return verdict.tampered ? CLI_NO : CLI_OK;
}

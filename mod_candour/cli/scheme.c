/* scheme.c: versions of liability schemes: files checked, added and listed. */
#include <string.h>

#include <apr_strings.h>

#include "cli/cli.h"
#include "cli/pure.h"

int cli_scheme_problems(cli_t *cli, const char *path, const cd_problems_t *problems)
{
    int i;

    for (i = 0; i < problems->count; i++)
        fprintf(cli->err, "candourctl: %s: %s\n", path, problems->list[i].text);
    return CLI_USAGE;
}

/* The file read whole; 0, or the exit status once its problems are said. */
static int file_read(cd_scheme_file_t **out, const char **bytes_out, apr_size_t *len_out,
                     cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    const char *path = cli->args.word[0];
    cd_err_t *err = cli_file_read(bytes_out, len_out, path, CD_SCHEME_FILE_MAX, cli->pool);

    if (!err)
        err = cd_scheme_file_read(out, *bytes_out, *len_out, &problems, cli->pool);
    if (err)
        return cli_fail(cli, cd_err(cli->pool, err->code,
                                    apr_pstrcat(cli->pool, path, ": ", err->public_text, NULL),
                                    "scheme file"));
    return problems.count ? cli_scheme_problems(cli, path, &problems) : CLI_OK;
}

int cli_scheme_check(cli_t *cli)
{
    cd_scheme_file_t *file;
    const char *bytes;
    apr_size_t len;
    int i, status = file_read(&file, &bytes, &len, cli);

    if (status)
        return status;
    for (i = 0; i < file->test_count; i++)
        fprintf(cli->out, "as expected\t%s\t%s\n",
                cd_pence_plain(file->tests[i].result.indicated_p, cli->pool), file->tests[i].name);
    fprintf(cli->out, "scheme %s version %d: no fault, %d test claim%s as expected\n",
            file->scheme->code, file->scheme->version, file->test_count,
            file->test_count == 1 ? "" : "s");
    return CLI_OK;
}

int cli_scheme_add(cli_t *cli)
{
    int activate = cli_value(&cli->args, "--activate") != NULL, status;
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    cd_scheme_file_t *file;
    const char *bytes;
    apr_size_t len;
    cd_err_t *err;

    status = file_read(&file, &bytes, &len, cli);
    if (status)
        return status;
    err = app_scheme_add_file(cli->ctx, file->scheme, apr_pstrmemdup(cli->pool, bytes, len),
                              activate, &problems);
    if (problems.count)
        return cli_problems(cli, cli->args.word[0], &problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "scheme %s version %d%s\n", file->scheme->code, file->scheme->version,
            activate ? " active" : "");
    return CLI_OK;
}

int cli_scheme_list(cli_t *cli)
{
    app_scheme_t *schemes;
    int count, i;
    cd_err_t *err = app_schemes(&schemes, &count, cli->ctx);

    if (err)
        return cli_fail(cli, err);
    for (i = 0; i < count; i++)
        fprintf(cli->out, "%s\t%d\t%s\t%s\n", schemes[i].scheme->code, schemes[i].scheme->version,
                schemes[i].scheme->title, schemes[i].active ? "active" : "-");
    return CLI_OK;
}

/* A person's own word on a draft: what the page of its check asks three ticks for is said by using
 * the command. */
int cli_scheme_activate(cli_t *cli)
{
    const char *from = cli_value(&cli->args, "--from"), *code = cli->args.word[0];
    app_scheme_check_t check = { cli->ctx->today, CD_YES, CD_YES, CD_YES, NULL };
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    apr_int64_t version = apr_atoi64(cli->args.word[1]);
    app_scheme_page_t *page;
    cd_err_t *err;

    if (from && !(check.from = cd_date_parse(from)))
        return cli_say(cli, CLI_USAGE, "--from must be a day like 2027-04-01");
    if (version < 1 || version > 1000000)
        return cli_say(cli, CLI_USAGE, "VERSION must be a number from 1");
    check.note = cli_value(&cli->args, "--note");
    err = app_scheme_get(&page, cli->ctx, code, (int)version);
    if (!err)
        err = app_scheme_activate(cli->ctx, code, (int)version, page->row.row_version, &check,
                                  &problems);
    if (problems.count)
        return cli_problems(cli, NULL, &problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "scheme %s version %d in force from %s\n", code, (int)version,
            cd_date_iso(check.from, cli->pool));
    return CLI_OK;
}

int cli_contribution_set(cli_t *cli)
{
    cd_problems_t problems = { NULL, 0, 0, cli->pool };
    apr_int64_t year = apr_atoi64(cli->args.word[1]), amount_p;
    cd_err_t *err;

    if (!cd_pence_parse(&amount_p, cli->args.word[2]))
        return cli_say(cli, CLI_USAGE, "POUNDS must be a sum like 2000000 or 1,234.50");
    err = app_contribution_set(cli->ctx, cli->args.word[0], year < 0 || year > 9999 ? 0 : (int)year,
                               amount_p, &problems);
    if (problems.count)
        return cli_problems(cli, NULL, &problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "contribution %s %d: %s\n", cli->args.word[0], (int)year,
            cd_pence_plain(amount_p, cli->pool));
    return CLI_OK;
}

/* transfer.c: case files into the database and out of it. */
#include <string.h>

#include <apr_file_io.h>
#include <apr_strings.h>

#include "app/transfer.h"
#include "cli/cli.h"

#define FILE_MAX_BYTES (16 * 1024 * 1024)

/* An organisation that a file brings along and that is not here yet. */
static cd_err_t *org_add(cli_t *cli, const cd_org_t *org, cd_problems_t *problems)
{
    const cd_org_t *there;
    cd_err_t *err;

    if (!org || !cli_value(&cli->args, "--add-orgs"))
        return NULL;
    err = app_org(&there, cli->ctx, org->code);
    if (!err || err->code != CD_E_NOT_FOUND)
        return err;
    err = app_org_save(cli->ctx, org, problems);
    if (!err) {
        fprintf(cli->out, "organisation %s added\n", org->code);
        err = cli_again(cli);   /* the cache of this context does not have it */
    }
    return err;
}

static cd_err_t *file_read(app_casefile_t **out, cli_t *cli, const char *path,
                           cd_problems_t *problems)
{
    const char *bytes, *org = cli_value(&cli->args, "--org");
    apr_size_t len;
    cd_err_t *err;

    CD_ERR(cli_file_read(&bytes, &len, path, FILE_MAX_BYTES, problems->pool));
    err = app_casefile_read(out, bytes, len, cli->ctx->today, problems, problems->pool);
    if (err)
        return cd_err(problems->pool, err->code,
                      apr_pstrcat(problems->pool, path, ": ", err->public_text, NULL), "case file");
    if (org && !(*out)->org) {
        (*out)->org = apr_pcalloc(problems->pool, sizeof(*(*out)->org));
        (*out)->org->code = org;
    }
    return NULL;
}

/* A file that is here already is an error, unless --skip-known says otherwise. */
static int known(cli_t *cli, const char *path, const char *reference, const cd_problems_t *problems)
{
    if (cli_value(&cli->args, "--skip-known") && problems->count == 1) {
        fprintf(cli->out, "%s: known as %s\n", path, reference);
        return CLI_OK;
    }
    cli_problems(cli, path, problems);
    return CLI_REFUSED;
}

static int import_one(cli_t *cli, const char *path, apr_pool_t *pool)
{
    int dry = cli_value(&cli->args, "--dry-run") != NULL;
    cd_problems_t problems = { NULL, 0, 0, pool };
    const char *reference = NULL;
    app_casefile_t *file;
    cd_err_t *err = file_read(&file, cli, path, &problems);

    if (!err && !problems.count && !dry)
        err = org_add(cli, file->org, &problems);
    if (!err && !problems.count)
        err = app_import(&reference, cli->ctx, file, dry, &problems);
    if (problems.count && !strcmp(problems.list[0].field, "double"))
        return known(cli, path, reference, &problems);
    if (problems.count)
        return cli_problems(cli, path, &problems);
    if (err)
        return cli_fail(cli, err);
    fprintf(cli->out, "%s: %s\n", path, dry ? "good" : reference);
    return CLI_OK;
}

int cli_import(cli_t *cli)
{
    int i, status, worst = CLI_OK;
    apr_pool_t *pool;

    apr_pool_create(&pool, cli->pool);
    for (i = 0; i < cli->args.words; i++) {
        apr_pool_clear(pool);
        status = import_one(cli, cli->args.word[i], pool);
        if (status > worst)
            worst = status;
        if (i + 1 < cli->args.words) {
            cd_err_t *err = cli_again(cli);

            if (err)
                return cli_fail(cli, err);
        }
    }
    return worst;
}

/* Written beside and renamed, so that a full disk leaves no half of a file. */
static cd_err_t *file_write(const char *path, const cd_buf_t *buf, apr_pool_t *pool)
{
    const char *beside = apr_pstrcat(pool, path, ".new", NULL);
    apr_file_t *file;
    char reason[120];
    apr_status_t rv =
        apr_file_open(&file, beside, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                      APR_FPROT_UREAD | APR_FPROT_UWRITE, pool);

    if (rv == APR_SUCCESS) {
        rv = apr_file_write_full(file, buf->data, buf->len, NULL);
        if (rv == APR_SUCCESS)
            rv = apr_file_close(file);
        if (rv == APR_SUCCESS)
            rv = apr_file_rename(beside, path, pool);
    }
    if (rv == APR_SUCCESS)
        return NULL;
    return cd_err(pool, CD_E_CONFIG,
                  apr_psprintf(pool, "%s cannot be written: %s", path,
                               apr_strerror(rv, reason, sizeof(reason))),
                  "%s", "");
}

int cli_export(cli_t *cli)
{
    const char *reference = cli->args.word[0], *path = cli_value(&cli->args, "--out");
    cd_buf_t *buf = cd_buf_make(cli->pool, 65536);
    app_casefile_t *file;
    cd_err_t *err = app_name_file(cli->ctx, CD_FILE_CASE, reference);

    if (err && err->code == CD_E_NOT_FOUND)
        err = app_name_file(cli->ctx, CD_FILE_CLAIM, reference);
    if (!err)
        err = app_export(&file, cli->ctx);
    if (err)
        return cli_fail(cli, err);
    app_casefile_write(buf, file);
    if (path)
        err = file_write(path, buf, cli->pool);
    else
        fwrite(buf->data, 1, buf->len, cli->out);
    return err ? cli_fail(cli, err) : CLI_OK;
}

/* session.c: opens what a command needs, and says what went wrong in one line with a remedy. */
#include <stdarg.h>
#include <string.h>

#include <apr_file_info.h>
#include <apr_strings.h>

#include "base/buf.h"
#include "cli/cli.h"

#define PASSWORD_MAX 4096

/* A password that others can read is no password. */
cd_err_t *cli_password_read(const char **out, const char *path, apr_pool_t *pool)
{
    apr_finfo_t info;
    apr_size_t len;
    const char *text;

    *out = NULL;
    if (!path)
        return NULL;
    CD_ERR(cli_file_read(&text, &len, path, PASSWORD_MAX, pool));
    if (apr_stat(&info, path, APR_FINFO_PROT, pool) == APR_SUCCESS
        && (info.protection
            & (APR_FPROT_GREAD | APR_FPROT_WREAD | APR_FPROT_WWRITE | APR_FPROT_GWRITE)))
        return cd_err(pool, CD_E_CONFIG,
                      apr_psprintf(pool, "%s can be read or changed by others: chmod 600 it", path),
                      "%s", "");
    *out = apr_pstrmemdup(pool, text, strcspn(text, "\r\n"));
    return NULL;
}

static void log_line(void *baton, cd_log_level_t level, const char *line)
{
    const cli_t *cli = baton;

    if (level <= CD_LOG_WARN)
        fprintf(cli->err, "candourctl: %s\n", line);
}

static cd_err_t *app_open(cli_t *cli)
{
    app_options_t options = {
        cli->store, cli->keys, apr_time_now, &cli->log, NULL, cli->claim_ref
    };

    CD_ERR(app_make(&cli->app, &options, cli->pool));
    return cli_again(cli);
}

cd_err_t *cli_open(cli_t *cli, cli_need_t need)
{
    store_options_t options = { 0 };
    cli_config_t config;

    cli->log.fn = log_line;
    cli->log.baton = cli;
    if (need == CLI_NOTHING)
        return NULL;
    CD_ERR(cli_config_find(&config, &cli->args, cli->pool));
    if (!config.socket && !config.host)
        return cd_err(cli->pool, CD_E_CONFIG,
                      "where the database is was not said: give --socket or --host, or "
                      "a settings file by --config or CANDOUR_CONFIG",
                      "%s", "");
    if (config.key_file)
        CD_ERR(store_keys_read(&cli->keys, config.key_file, cli->pool));
    else if (need == CLI_STORE)
        return cd_err(cli->pool, CD_E_CONFIG,
                      "no key file was named: give --key-file, or key_file in the settings "
                      "file",
                      "%s", "");
    if (config.claim_reference_pattern)
        CD_ERR(app_ref_pattern_make(
            &cli->claim_ref, config.claim_reference_pattern,
            config.claim_reference_example ? config.claim_reference_example : "", cli->pool));
    options.socket = config.socket;
    options.host = config.host;
    options.port = config.port;
    options.database = config.database;
    options.user = config.user;
    options.tls_ca = config.tls_ca;
    CD_ERR(cli_password_read(&options.password, config.password_file, cli->pool));
    options.slots = 3;                   /* jobs with two workers besides */
    options.any_schema = need == CLI_MIGRATOR;
    options.keys = cli->keys;
    options.log = &cli->log;
    CD_ERR(store_open(&cli->store, &options, cli->pool));
    return need == CLI_STORE ? app_open(cli) : NULL;
}

cd_err_t *cli_again(cli_t *cli)
{
    apr_pool_t *pool;

    if (cli->ctx)
        apr_pool_destroy(cli->ctx->pool);
    cli->ctx = NULL;
    apr_pool_create(&pool, cli->pool);
    cli->ctx = app_ctx_make(cli->app, pool);
    return app_begin_system(cli->ctx, cli_value(&cli->args, "--as"));
}

typedef struct remedy_t {
    cd_code_t code;
    int status;
    const char *remedy;
} remedy_t;

static const remedy_t remedies[] = {
    { CD_E_NOT_FOUND, CLI_USAGE, "check the reference" },
    { CD_E_INVALID, CLI_USAGE, NULL },
    { CD_E_BAD_REQUEST, CLI_USAGE, NULL },
    { CD_E_RANGE, CLI_USAGE, NULL },
    { CD_E_TOO_LARGE, CLI_USAGE, NULL },
    { CD_E_CONFIG, CLI_AWAY, NULL },
    { CD_E_BUSY, CLI_AWAY, "check that the database runs, and the settings of the connection" },
    { CD_E_UNKNOWN, CLI_AWAY, "look whether the change is there before you try again" },
    { CD_E_SCHEMA, CLI_AWAY, "run candourctl migrate" },
    { CD_E_KEY, CLI_AWAY, "check that the key file is the one the data were sealed with" },
    { CD_E_TAMPERED, CLI_NO, "run candourctl verify" },
    { CD_E_FORBIDDEN, CLI_REFUSED, NULL },
    { CD_E_NO_USER, CLI_REFUSED, NULL },
    { CD_E_STALE, CLI_REFUSED, "try again" },
    { CD_E_KEY_REUSED, CLI_REFUSED, NULL },
};

int cli_fail(cli_t *cli, const cd_err_t *err)
{
    const cd_err_t *root = err;
    apr_size_t i;

    while (root->cause)
        root = root->cause;
    for (i = 0; i < sizeof(remedies) / sizeof(remedies[0]) - 1 && remedies[i].code != err->code;
         i++)
        ;
    if (remedies[i].code != err->code) {
        fprintf(cli->err, "candourctl: %s: %s\n", err->public_text, cd_err_line(err, cli->pool));
        return CLI_AWAY;
    }
    fprintf(cli->err, "candourctl: %s", err->public_text);
    /* The detail helps only where the machine, not the input, is at fault. */
    if (remedies[i].status == CLI_AWAY && *root->detail)
        fprintf(cli->err, " (%s)", root->detail);
    if (remedies[i].remedy)
        fprintf(cli->err, ": %s", remedies[i].remedy);
    fputc('\n', cli->err);
    return remedies[i].status;
}

int cli_problems(cli_t *cli, const char *prefix, const cd_problems_t *problems)
{
    int i;

    for (i = 0; i < problems->count; i++)
        fprintf(cli->err, "candourctl: %s%s%s%s%s\n", prefix ? prefix : "", prefix ? ": " : "",
                problems->list[i].field, *problems->list[i].field ? ": " : "",
                problems->list[i].text);
    return CLI_USAGE;
}

int cli_say(cli_t *cli, int status, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fprintf(cli->err, "candourctl: %s\n", cd_vfmt(cli->pool, fmt, args));
    va_end(args);
    return status;
}

void cli_fields_read(cli_t *cli, const cd_field_t *fields, int count, void *base,
                     cd_problems_t *problems)
{
    char *name, *p;
    const char *value;
    int i;

    for (i = 0; i < count; i++) {
        name = apr_pstrcat(cli->pool, "--", fields[i].name, NULL);
        for (p = name; *p; p++)
            if (*p == '_')
                *p = '-';
        value = cli_value(&cli->args, name);
        if (value)
            cd_field_read(&fields[i], base, value, cli->ctx->today, problems);
    }
}

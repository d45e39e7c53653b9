/* config.c: where the database and the key file are, and how messages leave the house.
 *
 * A password is never an option: it would stand in the list of processes. It has a file of its own.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_env.h>
#include <apr_file_io.h>
#include <apr_strings.h>

#include "base/text.h"
#include "cli/cli.h"

const cli_option_t cli_connection_options[] = {
    { "--config", "FILE", "settings file (key = value); also CANDOUR_CONFIG in the environment" },
    { "--socket", "PATH", "unix socket of the database" },
    { "--host", "NAME", "host of the database" },
    { "--port", "NUMBER", "port of the database" },
    { "--database", "NAME", "database" },
    { "--user", "NAME", "account at the database" },
    { "--password-file", "FILE", "file with its password, readable by you alone" },
    { "--key-file", "FILE", "key file (candourctl keygen)" },
    { "--tls-ca", "FILE", "authority that signed the database's certificate" },
    { NULL, NULL, NULL }
};

typedef struct setting_t {
    const char *key;
    apr_size_t offset;
} setting_t;

#define SETTING(member) { #member, offsetof(cli_config_t, member) }
static const setting_t settings[] = {
    SETTING(socket), SETTING(host), SETTING(database), SETTING(user), SETTING(password_file),
    SETTING(key_file), SETTING(tls_ca), SETTING(mail_transport), SETTING(mail_command),
            SETTING(mail_from),
    SETTING(public_url), SETTING(smtp_url), SETTING(smtp_user), SETTING(smtp_password_file),
            SETTING(smtp_ca),
    SETTING(smtp_plain), SETTING(pdf_command), SETTING(letter_style), SETTING(report_style),
    SETTING(claim_reference_pattern), SETTING(claim_reference_example)
};

/* 1 if `key` is known and its value could be taken. */
static int setting_take(cli_config_t *config, const char *key, const char *value)
{
    apr_size_t i;
    char *end;
    long port;

    for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (!strcmp(settings[i].key, key)) {
            *(const char **)((char *)config + settings[i].offset) = value;
            return 1;
        }
    if (strcmp(key, "port") || !isdigit((unsigned char)*value))
        return 0;
    port = strtol(value, &end, 10);
    if (*end || port < 1 || port > 65535)
        return 0;
    config->port = (int)port;
    return 1;
}

static cd_err_t *line_take(cli_config_t *config, char *line, const char *path, int number,
                           apr_pool_t *pool)
{
    char *equals;
    const char *key, *value;

    key = cd_text_tidy(line, pool);
    if (!key || *key == '#')
        return NULL;
    equals = strchr(line, '=');
    if (equals)
        *equals = '\0';
    key = equals ? cd_text_tidy(line, pool) : NULL;
    value = equals ? cd_text_tidy(equals + 1, pool) : NULL;
    if (key && value && setting_take(config, key, value))
        return NULL;
    return cd_err(pool, CD_E_CONFIG,
                  apr_psprintf(pool,
                               "%s line %d: write a setting as: socket, host, port, "
                               "database, user, password_file, key_file, tls_ca, "
                               "mail_transport, mail_command, mail_from, public_url, smtp_url, "
                               "smtp_user, smtp_password_file, smtp_ca, smtp_plain, pdf_command, "
                               "letter_style, report_style, claim_reference_pattern or "
                               "claim_reference_example, then = and "
                               "its value",
                               path, number),
                  "%s", "");
}

cd_err_t *cli_config_read(cli_config_t *config, const char *path, const char *text,
                          apr_pool_t *pool)
{
    char *line = apr_pstrdup(pool, text), *end;
    int number;

    for (number = 1; line; number++) {
        end = strchr(line, '\n');
        if (end)
            *end = '\0';
        CD_ERR(line_take(config, line, path, number, pool));
        line = end ? end + 1 : NULL;
    }
    return NULL;
}

#define CONFIG_MAX 65536

cd_err_t *cli_config_find(cli_config_t *config, const cli_args_t *args, apr_pool_t *pool)
{
    const char *path = cli_value(args, "--config"), *text;
    char *from_env = NULL;
    apr_size_t len;
    int i;

    memset(config, 0, sizeof(*config));
    if (!path && apr_env_get(&from_env, "CANDOUR_CONFIG", pool) == APR_SUCCESS && from_env
        && *from_env)
        path = from_env;
    if (path) {
        CD_ERR(cli_file_read(&text, &len, path, CONFIG_MAX, pool));
        CD_ERR(cli_config_read(config, path, text, pool));
    }
    for (i = 0; cli_connection_options[i].name; i++) {
        const char *name = cli_connection_options[i].name, *value = cli_value(args, name);
        char *key = apr_pstrdup(pool, name + 2), *dash;

        if (!value || !strcmp(name, "--config"))
            continue;
        for (dash = strchr(key, '-'); dash; dash = strchr(dash, '-'))
            *dash = '_';
        if (!setting_take(config, key, value))
            return cd_err(pool, CD_E_CONFIG,
                          apr_psprintf(pool, "%s: a number from 1 to 65535 is needed", name), "%s",
                          "");
    }
    return NULL;
}

cd_err_t *cli_file_read(const char **out, apr_size_t *len_out, const char *path, apr_size_t max,
                        apr_pool_t *pool)
{
    apr_file_t *file;
    apr_finfo_t info;
    char reason[120], *bytes;
    apr_status_t rv = apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, pool);

    if (rv == APR_SUCCESS)
        rv = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
    if (rv != APR_SUCCESS)
        return cd_err(pool, CD_E_CONFIG,
                      apr_psprintf(pool, "%s cannot be read: %s", path,
                                   apr_strerror(rv, reason, sizeof(reason))),
                      "%s", "");
    if (info.filetype == APR_DIR || info.size > (apr_off_t)max)
        return cd_err(pool, CD_E_CONFIG,
                      apr_psprintf(pool, "%s is %s", path,
                                   info.filetype == APR_DIR ? "a folder" : "too large"),
                      "%s", "");
    bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
    rv = apr_file_read_full(file, bytes, (apr_size_t)info.size, len_out);
    apr_file_close(file);
    if (rv != APR_SUCCESS && !(rv == APR_EOF && !info.size))
        return cd_err(pool, CD_E_CONFIG,
                      apr_psprintf(pool, "%s cannot be read: %s", path,
                                   apr_strerror(rv, reason, sizeof(reason))),
                      "%s", "");
    bytes[*len_out] = '\0';
    *out = bytes;
    return NULL;
}

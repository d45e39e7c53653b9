/* config.c: settings: made, read from directives, merged.
 *
 * Each directive is one row; its row says what it takes, and a message says so again. Settings
 * belong to a server; a virtual host takes from the main server what it does not say itself. */
#include "mod/glue.h"

#include <apr_strings.h>

#include "mod/directives.h"
#include "mod/parse.h"

typedef enum kind_t {
    TAKES_FILE,
    TAKES_NAME,
    TAKES_PATH,
    TAKES_ORIGIN,
    TAKES_SHOWN,
    TAKES_NUMBER,
    TAKES_SIZE,
    TAKES_FLAG
} kind_t;

typedef struct setting_t {
    const char *directive;
    kind_t kind;
    /* in mod_server_t: const char *, or int for numbers, sizes and flags */
    apr_size_t offset;
    int min, max;
    const char *takes;
} setting_t;

#define AT(member) offsetof(mod_server_t, member)
static const setting_t settings[] = {
    { D_DATABASE_SOCKET, TAKES_FILE, AT(socket), 0, 0, "a file name" },
    { D_DATABASE_NAME, TAKES_NAME, AT(database), 0, 0, "1 to 64 letters, digits, '_', '-', '.' or "
      "'$'" },
    { D_DATABASE_USER, TAKES_NAME, AT(user), 0, 0, "1 to 64 letters, digits, '_', '-', '.' or "
      "'$'" },
    { D_PASSWORD_FILE, TAKES_FILE, AT(password_file), 0, 0, "a file name" },
    { D_DATABASE_CA, TAKES_FILE, AT(ca), 0, 0, "a file name" },
    { D_KEY_FILE, TAKES_FILE, AT(key_file), 0, 0, "a file name" },
    { D_TEMPLATES, TAKES_FILE, AT(templates), 0, 0, "the name of a folder" },
    { D_ASSETS, TAKES_PATH, AT(assets), 0, 0, "the path of an address, such as /candour/assets" },
    { D_PUBLIC_URL, TAKES_ORIGIN, AT(public_url), 0, 0,
      "https://host or http://host, in lower case, with a port if need be and no path" },
    { D_SERVICE_NAME, TAKES_SHOWN, AT(service_name), 0, 0, "1 to 200 bytes of text" },
    { D_BANNER, TAKES_SHOWN, AT(banner), 0, 0, "1 to 200 bytes of text" },
    { D_POOL_SIZE, TAKES_NUMBER, AT(pool_size), 1, 100, "a whole number from 1 to 100" },
    { D_ACQUIRE_TIMEOUT, TAKES_NUMBER, AT(acquire_ms), 50, 10000,
      "a whole number of milliseconds from 50 to 10000" },
    { D_CONNECT_TIMEOUT, TAKES_NUMBER, AT(connect_s), 1, 30,
      "a whole number of seconds from 1 to 30" },
    { D_MAX_BODY, TAKES_NUMBER, AT(max_body), 4096, 16777216,
      "a whole number of bytes from 4096 to 16777216" },
    { D_UPLOAD_LIMIT, TAKES_SIZE, AT(upload_limit), 1024, 1073741824,
      "a whole number of bytes, or of K or M (50M), from 1K to 1024M" },
    { D_SCANNER_TIMEOUT, TAKES_NUMBER, AT(scanner_s), 1, 600,
      "a whole number of seconds from 1 to 600" },
    { D_ALLOW_UNSAFE, TAKES_FLAG, AT(allow_unsafe), 0, 1, "On or Off" },
    { D_COOKIE_PLAIN, TAKES_FLAG, AT(cookie_plain), 0, 1, "On or Off" },
};
#define SETTING_COUNT (sizeof(settings) / sizeof(settings[0]))
#define TEXT_AT(config, setting) ((const char **)(void *)((char *)(config) + (setting)->offset))
#define INT_AT(config, setting) ((int *)(void *)((char *)(config) + (setting)->offset))

static int is_int(const setting_t *setting)
{
    return setting->kind == TAKES_NUMBER || setting->kind == TAKES_SIZE
           || setting->kind == TAKES_FLAG;
}

mod_server_t *mod_server_of(const server_rec *server)
{
    return ap_get_module_config(server->module_config, &candour_module);
}

int mod_number(int value, int otherwise)
{
    return value == MOD_UNSET ? otherwise : value;
}

void *mod_server_make(apr_pool_t *pool, server_rec *server)
{
    mod_server_t *made = apr_pcalloc(pool, sizeof(*made));
    apr_size_t i;

    (void)server;
    for (i = 0; i < SETTING_COUNT; i++)
        if (is_int(&settings[i]))
            *INT_AT(made, &settings[i]) = MOD_UNSET;
    made->mounts = apr_array_make(pool, 2, sizeof(mod_mount_t *));
    return made;
}

/* Socket, host and port are one setting: a virtual host that names one of them means no other. */
static void merge_address(mod_server_t *made, const mod_server_t *base, const mod_server_t *own)
{
    const mod_server_t *from = own->socket || own->host ? own : base;

    made->socket = from->socket;
    made->host = from->host;
    made->port = from->port;
}

void *mod_server_merge(apr_pool_t *pool, void *base_config, void *own_config)
{
    const mod_server_t *base = base_config, *own = own_config;
    mod_server_t *made = apr_pmemdup(pool, own, sizeof(*made));
    apr_size_t i;

    for (i = 0; i < SETTING_COUNT; i++) {
        const setting_t *setting = &settings[i];

        if (is_int(setting) && *INT_AT(made, setting) == MOD_UNSET)
            *INT_AT(made, setting) = *INT_AT(base, setting);
        else if (!is_int(setting) && !*TEXT_AT(made, setting))
            *TEXT_AT(made, setting) = *TEXT_AT(base, setting);
    }
    merge_address(made, base, own);
    if (!own->scanner)
        made->scanner = base->scanner;
    if (!own->claim_ref)
        made->claim_ref = base->claim_ref;
    if (!own->sign_in) {
        made->sign_in = base->sign_in;
        made->sign_out = base->sign_out;
    }
    made->mounts = apr_array_append(pool, own->mounts, base->mounts);
    return made;
}

void *mod_dir_make(apr_pool_t *pool, char *path)
{
    mod_dir_t *made = apr_pcalloc(pool, sizeof(*made));

    (void)path;
    made->enabled = MOD_UNSET;
    return made;
}

void *mod_dir_merge(apr_pool_t *pool, void *outer, void *inner)
{
    const mod_dir_t *own = inner;

    (void)pool;
    return own->enabled == MOD_UNSET ? outer : inner;
}

static const char *set_text(const setting_t *setting, mod_server_t *config, const char *text,
                            apr_pool_t *pool)
{
    const char **out = TEXT_AT(config, setting);
    int good = 0;

    if (setting->kind == TAKES_FILE)
        good = *text && (*out = ap_server_root_relative(pool, text)) != NULL;
    else if (setting->kind == TAKES_PATH)
        good = mod_parse_url_path(out, text, pool) && **out;
    else if (setting->kind == TAKES_ORIGIN)
        good = mod_parse_origin(out, text, pool);
    else
        good = setting->kind == TAKES_NAME ? mod_parse_name(text) : mod_parse_shown(text);
    if (!good)
        return apr_psprintf(pool, "%s takes %s, not '%s'", setting->directive, setting->takes,
                            text);
    if (setting->kind == TAKES_NAME || setting->kind == TAKES_SHOWN)
        *out = text;
    return NULL;
}

static int set_int(const setting_t *setting, int *out, const char *text)
{
    if (setting->kind == TAKES_FLAG)
        return mod_parse_flag(out, text);
    return setting->kind == TAKES_SIZE ? mod_parse_size(out, text, setting->min, setting->max)
                                       : mod_parse_number(out, text, setting->min, setting->max);
}

static const char *set_one(cmd_parms *cmd, void *unused, const char *text)
{
    const setting_t *setting;
    mod_server_t *config = mod_server_of(cmd->server);

    (void)unused;
    for (setting = settings; strcasecmp(setting->directive, cmd->cmd->name);)
        setting++;
    if (!is_int(setting))
        return set_text(setting, config, text, cmd->pool);
    if (set_int(setting, INT_AT(config, setting), text))
        return NULL;
    return apr_psprintf(cmd->pool, "%s takes %s, not '%s'", setting->directive, setting->takes,
                        text);
}

static const char *set_host(cmd_parms *cmd, void *unused, const char *host, const char *port)
{
    mod_server_t *config = mod_server_of(cmd->server);

    (void)unused;
    if (!mod_parse_host(host))
        return apr_psprintf(cmd->pool,
                            D_DATABASE_HOST " takes the name or address of a host, not '%s'", host);
    config->port = 3306;
    if (port && !mod_parse_number(&config->port, port, 1, 65535))
        return apr_psprintf(cmd->pool, D_DATABASE_HOST " takes a port from 1 to 65535, not '%s'",
                            port);
    config->host = host;
    return NULL;
}

static const char *set_login(cmd_parms *cmd, void *unused, const char *sign_in,
                             const char *sign_out)
{
    mod_server_t *config = mod_server_of(cmd->server);

    (void)unused;
    if (!mod_parse_url_path(&config->sign_in, sign_in, cmd->pool) || !*config->sign_in
        || !mod_parse_url_path(&config->sign_out, sign_out, cmd->pool) || !*config->sign_out)
        return D_LOGIN
            " takes two paths of addresses, such as /candour/do-sign-in /candour/do-sign-out";
    return NULL;
}

/* No shell reads it, so the program is named by its whole path and each argument is given as it is.
 */
static const char *set_scanner(cmd_parms *cmd, void *unused, int argc, char *const argv[])
{
    const char **words = apr_pcalloc(cmd->pool, sizeof(*words) * (apr_size_t)(argc + 1));
    int i;

    (void)unused;
    if (argc == 1 && !strcasecmp(argv[0], "none"))
        argc = 0;
    else if (argc < 1 || argv[0][0] != '/')
        return D_SCANNER " takes the full path of a program and its arguments, or none";
    for (i = 0; i < argc; i++)
        words[i] = argv[i];
    mod_server_of(cmd->server)->scanner = words;
    return NULL;
}

static const char *set_claim_reference(cmd_parms *cmd, void *unused, const char *pattern,
                                       const char *example)
{
    cd_err_t *err =
        app_ref_pattern_make(&mod_server_of(cmd->server)->claim_ref, pattern, example, cmd->pool);

    (void)unused;
    return err ? apr_psprintf(cmd->pool,
                              D_CLAIM_REFERENCE
                              " takes a regular expression (PCRE2) and an example that it "
                              "matches as a whole: %s",
                              err->public_text ? err->public_text : err->detail)
               : NULL;
}

static const char *set_enabled(cmd_parms *cmd, void *dir_config, int on)
{
    mod_dir_t *dir = dir_config;
    const ap_directive_t *section = cmd->directive->parent;
    const char *path;

    if (!section
        || (strcasecmp(section->directive, "<Location")
            && (on || strcasecmp(section->directive, "<LocationMatch"))))
        return D_ENABLE
            " On stands in a <Location> section, whose path is where the application begins;"
            " Off in a <Location> or <LocationMatch> inside it";
    dir->enabled = on;
    dir->mount = NULL;
    if (!on)
        return NULL;
    if (!cmd->path || !mod_parse_url_path(&path, cmd->path, cmd->pool))
        return apr_psprintf(cmd->pool,
                            D_ENABLE
                            " On needs a <Location> with a plain path such as /candour, not '%s'",
                            cmd->path ? cmd->path : "");
    dir->mount = apr_pcalloc(cmd->pool, sizeof(*dir->mount));
    dir->mount->path = path;
    dir->mount->server = cmd->server;
    APR_ARRAY_PUSH(mod_server_of(cmd->server)->mounts, mod_mount_t *) = dir->mount;
    return NULL;
}

#define TAKE1(name, words) AP_INIT_TAKE1(name, set_one, NULL, RSRC_CONF, words)
const command_rec mod_directives[] = {
    AP_INIT_FLAG(D_ENABLE, set_enabled, NULL, ACCESS_CONF, "On: the application answers below "
                 "this <Location>"),
    TAKE1(D_DATABASE_SOCKET, "unix socket of the database"),
    AP_INIT_TAKE12(D_DATABASE_HOST, set_host, NULL, RSRC_CONF,
    "host of the database, and its port [3306]"),
    TAKE1(D_DATABASE_NAME, "name of the database"),
    TAKE1(D_DATABASE_USER, "the server's account in the database"),
    TAKE1(D_PASSWORD_FILE, "file that holds that account's password"),
    TAKE1(D_DATABASE_CA, "certificates that the database's own must come from; needed with a host"),
    TAKE1(D_KEY_FILE, "file with the keys that personal data is kept under"),
    TAKE1(D_TEMPLATES, "folder of the page templates"),
    TAKE1(D_ASSETS, "address of style sheets and scripts [the mount's own /assets]"),
    TAKE1(D_POOL_SIZE, "connections to the database per httpd child [6]"),
    TAKE1(D_PUBLIC_URL, "scheme and host that browsers use [taken from each request]"),
    TAKE1(D_ACQUIRE_TIMEOUT, "milliseconds to wait for a connection before 503 [900]"),
    TAKE1(D_CONNECT_TIMEOUT, "seconds to wait for the database to take a connection [1]"),
    TAKE1(D_MAX_BODY, "largest body taken, in bytes [262144]"),
    TAKE1(D_UPLOAD_LIMIT, "largest file taken, such as 20M [50M]"),
    AP_INIT_TAKE_ARGV(D_SCANNER, set_scanner, NULL, RSRC_CONF,
                      "program that looks at uploads, and its arguments [none]"),
    TAKE1(D_SCANNER_TIMEOUT, "seconds that it may take for one file [60]"),
    AP_INIT_TAKE2(D_CLAIM_REFERENCE, set_claim_reference, NULL, RSRC_CONF,
                  "pattern of the scheme's own numbers of claims, and an example [any text]"),
    TAKE1(D_SERVICE_NAME, "name of the service in the head of each page [Candour casework]"),
    TAKE1(D_BANNER, "a line at the foot of each page"),
    AP_INIT_TAKE2(D_LOGIN, set_login, NULL, RSRC_CONF, "addresses of httpd's own login that take "
    "sign-in and sign-out"),
    TAKE1(D_ALLOW_UNSAFE, "On: write although the database may lose acknowledged writes [Off]"),
    TAKE1(D_COOKIE_PLAIN, "On: cookies without Secure, for plain http in tests [Off]"),
    { NULL, { NULL }, NULL, 0, RAW_ARGS, NULL }
};

/* start.c: from settings to a site that answers: checks, secrets, and what each child makes.
 *
 * The check opens nothing and changes nothing, so that configtest may run anywhere. Secrets are
 * read once, while httpd may still be root, and handed to the children by the fork. The database is
 * met in the children alone, and a start while it is away does not fail. */
#include "mod/glue.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>

#include "mod/directives.h"
#include "mod/parse.h"
#include "web/route.h"
#include "web/template.h"

#define SECRET_FILE_MAX 1024

/* The next mount of the server that it stands in, all servers in turn; NULL at the end. */
typedef struct walk_t { server_rec *server; int next; } walk_t;

static mod_mount_t *walk_on(walk_t *walk)
{
    for (; walk->server; walk->server = walk->server->next, walk->next = 0) {
        const apr_array_header_t *mounts = mod_server_of(walk->server)->mounts;

        while (walk->next < mounts->nelts) {
            mod_mount_t *mount = APR_ARRAY_IDX(mounts, walk->next++, mod_mount_t *);

            if (mount->server == walk->server)
                return mount;
        }
    }
    return NULL;
}

static const char *server_name(const server_rec *server)
{
    return server->server_hostname ? server->server_hostname : "the main server";
}

/* The first setting that is missing or contradicts another, in a sentence; NULL: none. */
static const char *incomplete(const mod_server_t *config)
{
    static const char needs[] = " is needed where " D_ENABLE " is On";

    if (!config->socket && !config->host)
        return D_DATABASE_SOCKET " or " D_DATABASE_HOST " is needed where " D_ENABLE " is On";
    if (config->socket && config->host)
        return D_DATABASE_SOCKET " and " D_DATABASE_HOST " exclude each other: say one";
    if (config->host && !config->ca)
        return D_DATABASE_HOST " needs " D_DATABASE_CA
                               ": without it the database could be anybody's";
    if (!config->database)
        return apr_pstrcat(config->mounts->pool, D_DATABASE_NAME, needs, NULL);
    if (!config->user)
        return apr_pstrcat(config->mounts->pool, D_DATABASE_USER, needs, NULL);
    if (!config->key_file)
        return apr_pstrcat(config->mounts->pool, D_KEY_FILE, needs, NULL);
    if (!config->templates)
        return apr_pstrcat(config->mounts->pool, D_TEMPLATES, needs, NULL);
    return NULL;
}

/* One line of the log for each problem of the templates; each names file and line. */
static void log_lines(server_rec *server, const char *folder, const char *lines, apr_pool_t *pool)
{
    char *rest, *line = apr_strtok(apr_pstrdup(pool, lines), "\n", &rest);

    for (; line; line = apr_strtok(NULL, "\n", &rest))
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, CDLOGNO(0005) "%s: " D_TEMPLATES " %s: %s",
                     server_name(server), folder, line);
}

int mod_start_check(apr_pool_t *pool, server_rec *main_server)
{
    walk_t walk = { main_server, 0 };
    mod_mount_t *mount;

    while ((mount = walk_on(&walk)) != NULL) {
        mod_server_t *config = mod_server_of(mount->server);
        const char *fault = incomplete(config);
        web_templates_t *compiled = NULL;
        cd_err_t *err;

        if (fault) {
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, mount->server, CDLOGNO(0004) "%s: %s",
                         server_name(mount->server), fault);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        if (config->compiled)
            continue;
        err = web_templates_load(&compiled, config->templates, pool);
        if (err) {
            log_lines(mount->server, config->templates, err->detail, pool);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        config->compiled = compiled;
    }
    return OK;
}

static cd_err_t *read_password(const char **out, const char *path, apr_pool_t *pool)
{
    apr_size_t len = SECRET_FILE_MAX;
    char *bytes = apr_palloc(pool, len);
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status = apr_file_open(&file, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool);

    if (status == APR_SUCCESS)
        status = apr_file_info_get(&info, APR_FINFO_PROT, file);
    if (status == APR_SUCCESS && (info.protection & (APR_FPROT_WREAD | APR_FPROT_WWRITE)))
        return cd_err(pool, CD_E_CONFIG, NULL,
                      "%s may be read or written by anybody: chmod o-rw it", path);
    if (status == APR_SUCCESS) {
        status = apr_file_read_full(file, bytes, len, &len);
        status = APR_STATUS_IS_EOF(status) ? APR_SUCCESS : status;
        apr_file_close(file);
    }
    if (status != APR_SUCCESS) {
        char words[120];

        return cd_err(pool, CD_E_CONFIG, NULL, "%s: %s", path,
                      apr_strerror(status, words, sizeof(words)));
    }
    if (!mod_parse_secret(out, bytes, len, pool))
        return cd_err(pool, CD_E_CONFIG, NULL,
                      "%s: one line of 1 to 512 printable characters is needed", path);
    return NULL;
}

int mod_start_read(apr_pool_t *pool, server_rec *main_server)
{
    walk_t walk = { main_server, 0 };
    mod_mount_t *mount;

    while ((mount = walk_on(&walk)) != NULL) {
        mod_server_t *config = mod_server_of(mount->server);
        cd_err_t *err = NULL;

        if (config->keys)
            continue;
        if (config->password_file)
            err = read_password(&config->password, config->password_file, pool);
        if (!err)
            err = store_keys_read(&config->keys, config->key_file, pool);
        if (err) {
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, mount->server, CDLOGNO(0006) "%s: %s",
                         server_name(mount->server), cd_err_line(err, pool));
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

static store_options_t store_options(const mod_server_t *config, const cd_log_t *log)
{
    return (store_options_t){
        .socket = config->socket,
        .host = config->host,
        .port = config->port,
        .database = config->database,
        .user = config->user,
        .password = config->password,
        .tls_ca = config->ca,
        .slots = mod_number(config->pool_size, MOD_POOL_SIZE),
        .acquire_ms = mod_number(config->acquire_ms, MOD_ACQUIRE_MS),
        .connect_s = mod_number(config->connect_s, MOD_CONNECT_S),
        .read_s = 20,
        .write_s = 20,
        .allow_unsafe = mod_number(config->allow_unsafe, 0),
        .keys = config->keys,
        .log = log,
    };
}

static cd_err_t *app_start(app_t **out, const mod_server_t *config, const cd_log_t *log,
                           apr_pool_t *pool)
{
    store_options_t options = store_options(config, log);
    app_options_t app = { NULL, config->keys, apr_time_now, log, NULL, config->claim_ref };
    app_scanner_t *scanner;

    if (config->scanner && config->scanner[0]) {
        scanner = apr_palloc(pool, sizeof(*scanner));
        scanner->argv = config->scanner;
        scanner->seconds = mod_number(config->scanner_s, MOD_SCANNER_S);
        app.scanner = scanner;
    }

    CD_ERR(store_open(&app.store, &options, pool));
    return app_make(out, &app, pool);
}

static cd_err_t *site_make(mod_mount_t *mount, app_t *app, const cd_log_t *log, apr_pool_t *pool)
{
    const mod_server_t *config = mod_server_of(mount->server);
    web_site_t *site = apr_pcalloc(pool, sizeof(*site));
    web_router_t *router;

    CD_ERR(web_router_make(&router, pool));
    site->app = app;
    site->mount = mount->path;
    site->assets =
        config->assets ? config->assets : apr_pstrcat(pool, mount->path, "/assets", NULL);
    site->public_url = config->public_url;
    site->service_name = config->service_name ? config->service_name : "Candour casework";
    site->banner = config->banner;
    site->sign_in_post = config->sign_in;
    site->sign_out_post = config->sign_out;
    site->max_body = (apr_size_t)mod_number(config->max_body, MOD_MAX_BODY);
    site->max_upload = (apr_uint64_t)mod_number(config->upload_limit, MOD_UPLOAD_LIMIT);
    site->cookie_plain = mod_number(config->cookie_plain, 0);
    site->router = router;
    site->templates = config->compiled;
    site->log = log;
    app_secret(site->secret, app, "csrf");
    mount->site = site;
    return NULL;
}

void mod_start_child(apr_pool_t *pool, server_rec *main_server)
{
    walk_t walk = { main_server, 0 };
    const server_rec *had = NULL;
    mod_mount_t *mount;
    app_t *app = NULL;

    while ((mount = walk_on(&walk)) != NULL) {
        const cd_log_t *log = mod_log_make(mount->server, pool);
        cd_err_t *err = NULL;

        /* Mounts of one server share its connections. */
        if (mount->server != had)
            err = app_start(&app, mod_server_of(mount->server), log, pool);
        if (!err)
            err = site_make(mount, app, log, pool);
        had = err ? NULL : mount->server;
        if (err)
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, mount->server,
                         CDLOGNO(0007) "%s: %s: answers 503: %s", server_name(mount->server),
                         *mount->path ? mount->path : "/", cd_err_line(err, pool));
    }
}

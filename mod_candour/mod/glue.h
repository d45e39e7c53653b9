/* glue.h: what the files of this ring share.
 *
 * Requires: httpd, web/request.h, store/pool.h.   Provides: mod_server_t, mod_mount_t.   Used by:
 * mod. A mount is a <Location> with CandourEnable On. Its settings are those of the server (main or
 * virtual host) that the section stands in. Everything here is written while httpd starts, before
 * there are threads, and only read afterwards. */
#ifndef CD_MOD_GLUE_H
#define CD_MOD_GLUE_H

#include <stddef.h>

#include <httpd.h>
#include <http_config.h>

#include "app/ctx.h"
#include "store/pool.h"
#include "web/request.h"

extern module AP_MODULE_DECLARE_DATA candour_module;
#ifndef MOD_RECORD_IS_HERE
APLOG_USE_MODULE(candour);
#endif

/* APR reckons it from a null pointer, which clang warns of. */
#undef APR_OFFSETOF
#define APR_OFFSETOF(type, field) offsetof(type, field)

#define MOD_HANDLER "candour"
#define MOD_UNSET (-1)

typedef struct mod_mount_t {
    const char *path;              /* "/candour", no slash at the end; "" is the whole server */
    server_rec *server;            /* whose settings it has */
    web_site_t *site;              /* made in the child; NULL: it could not be made, answer 503 */
} mod_mount_t;

/* Settings by server: NULL or MOD_UNSET is "not said here", and takes the main server's or the
 * default. */
typedef struct mod_server_t {
    const char *socket, *host, *database, *user, *password_file, *ca, *key_file;
    const char *templates, *assets, *public_url, *service_name, *banner, *sign_in, *sign_out;
    int port, pool_size, acquire_ms, connect_s, max_body, upload_limit, allow_unsafe, cookie_plain;
    int scanner_s;
    const struct app_ref_pattern_t *claim_ref;   /* NULL: not said */
    /* program and arguments, ended by NULL; NULL: not said, "": none */
    const char *const *scanner;
    apr_array_header_t *mounts;    /* of mod_mount_t *: own ones, and those of the main server */
    /* read while httpd starts, as root: */
    const struct web_templates_t *compiled;
    const char *password;
    store_keys_t *keys;
} mod_server_t;

typedef struct mod_dir_t {
    int enabled;                   /* 1, 0, MOD_UNSET */
    mod_mount_t *mount;            /* with enabled 1 */
} mod_dir_t;

/* config.c */
void *mod_server_make(apr_pool_t *pool, server_rec *server);
void *mod_server_merge(apr_pool_t *pool, void *base, void *own);
void *mod_dir_make(apr_pool_t *pool, char *path);
void *mod_dir_merge(apr_pool_t *pool, void *outer, void *inner);
extern const command_rec mod_directives[];
mod_server_t *mod_server_of(const server_rec *server);
/** Value of a number setting, or its default. */
int mod_number(int value, int otherwise);
#define MOD_POOL_SIZE 6
#define MOD_ACQUIRE_MS 900
#define MOD_CONNECT_S 1
#define MOD_MAX_BODY 262144
#define MOD_UPLOAD_LIMIT 52428800
#define MOD_SCANNER_S 60

/* start.c */
/** Whether the settings of every mount are complete; compiles the templates into `pool`. Opens
 * nothing.
 * @return OK, or 500 with the reason in the log */
int mod_start_check(apr_pool_t *pool, server_rec *main_server);
/** Reads keys and passwords, while httpd still may. */
int mod_start_read(apr_pool_t *pool, server_rec *main_server);
/** In the child: store, application and site of each mount. What cannot be made is logged and
 * answers 503. */
void mod_start_child(apr_pool_t *pool, server_rec *main_server);

/* request.c */
/** The mount that this request is handled by, NULL: not ours. */
mod_mount_t *mod_mount_of(const request_rec *r);
/** The mount that the address lies under, whoever answers it (httpd's login, a file, an early
 * error). */
mod_mount_t *mod_mount_above(const request_rec *r);
/** 1 if the address is one of the style sheets, scripts or pictures under the mount. */
int mod_is_asset(const request_rec *r, const mod_mount_t *mount);
web_request_t *mod_request_make(request_rec *r, const mod_mount_t *mount);
/** Reads the whole body, `limit` bytes at most. @return 0, an HTTP status, or AP_FILTER_ERROR (then
 * the answer is on its way already and nothing may be written) */
int mod_request_body(web_request_t *req, request_rec *r, apr_size_t limit);

/** A body that is read while it is handled. */
typedef struct mod_upload_t mod_upload_t;
/** Sets req->read_body; of the body no more than one step is ever in memory.
 * @return 0, or 413 if the body says that it is over `limit` */
int mod_upload_begin(mod_upload_t **out, web_request_t *req, request_rec *r, apr_uint64_t limit);
/** After the answer was made: what was not read must not be taken for the next request, so then the
 * connection is closed. NULL: nothing. @return 0, or AP_FILTER_ERROR (the answer is on its way
 * already) */
int mod_upload_end(const mod_upload_t *upload);

/* respond.c */
/** Security headers of reliability.md 3.2's table, on an answer that holds people's data. */
void mod_headers_page(request_rec *r, const mod_mount_t *mount);
/** Those of a style sheet, script or picture. */
void mod_headers_asset(request_rec *r, const mod_mount_t *mount);
/** Sends `resp`; logs `err` (may be NULL). @return OK */
int mod_respond(request_rec *r, const mod_mount_t *mount, const web_request_t *req,
                const web_response_t *resp, const cd_err_t *err);
/** Has the headers put on what httpd says of an error or a redirect, and our own page in place of
 * its words. */
void mod_error_page_add(request_rec *r, const mod_mount_t *mount);
void mod_error_page_register(void);

/* log.c */
/** Sink of the other rings' lines: the server's error log. @owner pool */
const cd_log_t *mod_log_make(server_rec *server, apr_pool_t *pool);
/** One line for an error met while serving `r`, at the level of its code. */
void mod_log_err(request_rec *r, const char *id, const cd_err_t *err);

#endif

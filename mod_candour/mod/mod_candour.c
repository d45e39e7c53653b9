/* mod_candour.c: the module record, its hooks and the reason for each one's place.
 *
 * The handler is steps that can be counted: ours? - an outer request? - read - serve - send. No
 * rule, no SQL and no text of a page is here. */
#define MOD_RECORD_IS_HERE
#include "mod/glue.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>

#include "mod/directives.h"
#include "web/upload.h"

static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *server)
{
    (void)plog;
    (void)ptemp;
    return mod_start_check(pconf, server);
}

static int post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *server)
{
    (void)plog;
    (void)ptemp;
    /* httpd reads its configuration twice and throws the first reading away. */
    if (ap_state_query(AP_SQ_RUN_MODE) != AP_SQ_RM_NORMAL
        || ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    return mod_start_read(pconf, server);
}

static int translate_name(request_rec *r)
{
    const mod_mount_t *mount = mod_mount_of(r);

    if (!mount)
        return DECLINED;
    ap_set_module_config(r->request_config, &candour_module, (void *)mount);
    /* No file stands behind our addresses; a name keeps other modules from asking for one. */
    r->filename = apr_pstrcat(r->pool, "candour:", r->uri, NULL);
    return OK;
}

/* httpd takes the configuration of <Location> away for this hook, so the last one left word. */
static int map_to_storage(request_rec *r)
{
    return ap_get_module_config(r->request_config, &candour_module) ? OK : DECLINED;
}

static int type_checker(request_rec *r)
{
    if (!mod_mount_of(r))
        return DECLINED;
    r->handler = MOD_HANDLER;
    return OK;
}

static int fixups(request_rec *r)
{
    const mod_mount_t *mount = ap_is_initial_req(r) ? mod_mount_above(r) : NULL;

    if (mount && mod_is_asset(r, mount))
        mod_headers_asset(r, mount);
    return DECLINED;
}

static void insert_error_filter(request_rec *r)
{
    const mod_mount_t *mount = mod_mount_above(r);

    if (mount)
        mod_error_page_add(r, mount);
}

static int handler(request_rec *r)
{
    const mod_mount_t *mount;
    web_request_t *req;
    web_response_t resp;
    mod_upload_t *upload = NULL;
    cd_err_t *err = NULL;
    int status = 0;

    if (!r->handler || strcmp(r->handler, MOD_HANDLER))
        return DECLINED;
    mount = mod_mount_of(r);
    if (!mount) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r,
                      CDLOGNO(0009) "SetHandler " MOD_HANDLER " without " D_ENABLE
                                    " On in the <Location>: no address is the application's");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    /* Requests inside requests would take connections from under the one that waits for them. */
    if (!ap_is_initial_req(r))
        return HTTP_NOT_FOUND;
    if (!mount->site)
        return HTTP_SERVICE_UNAVAILABLE;
    req = mod_request_make(r, mount);
    if (web_takes_upload(mount->site, req->method, req->path, r->pool))
        status = mod_upload_begin(&upload, req, r, web_upload_total(mount->site));
    else if (req->method == WEB_POST)
        status = mod_request_body(req, r, mount->site->max_body);
    if (status == AP_FILTER_ERROR)
        return status;
    if (status)
        web_error_page(&resp, mount->site, req, NULL, status, r->pool);
    else
        err = web_serve(&resp, mount->site, req, r->pool);
    status = mod_upload_end(upload);
    return status ? status : mod_respond(r, mount, req, &resp, err);
}

static void register_hooks(apr_pool_t *pool)
{
    (void)pool;
    /* Templates and settings, in both readings and in configtest: what is wrong is said at the
     * terminal, before httpd leaves it. */
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    /* Keys and passwords while httpd may still be root; at the real start only. */
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    /* The database is met in the children alone: a connection cannot be shared over a fork. */
    ap_hook_child_init(mod_start_child, NULL, NULL, APR_HOOK_MIDDLE);
    /* First: no look for a file, which would cost six stat calls a request. */
    ap_hook_translate_name(translate_name, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_map_to_storage(map_to_storage, NULL, NULL, APR_HOOK_FIRST);
    /* Before mod_mime: an address that ends in ".php" or ".gz" is still ours, and no archive. A
     * SetHandler in a section inside the mount (httpd's own login) comes later and wins. */
    ap_hook_type_checker(type_checker, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_fixups(fixups, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(handler, NULL, NULL, APR_HOOK_MIDDLE);
    /* Last, so that errors made by other modules pass through as well. */
    ap_hook_insert_error_filter(insert_error_filter, NULL, NULL, APR_HOOK_LAST);
    mod_error_page_register();
}

AP_DECLARE_MODULE(candour) = {
    STANDARD20_MODULE_STUFF,
    mod_dir_make,
    mod_dir_merge,
    mod_server_make,
    mod_server_merge,
    mod_directives,
    register_hooks,
    0
};

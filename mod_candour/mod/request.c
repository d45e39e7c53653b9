/* request.c: whose request it is, and a request_rec as a web_request_t. */
#include "mod/glue.h"

#include <string.h>

#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>

#define BODY_STEP 65536

/* 1 if `path` is `base` or lies below it. */
static int below(const char *path, const char *base)
{
    apr_size_t len = strlen(base);

    return !strncmp(path, base, len) && (!path[len] || path[len] == '/');
}

int mod_is_asset(const request_rec *r, const mod_mount_t *mount)
{
    const char *assets = mod_server_of(mount->server)->assets;

    if (assets)
        return below(r->uri, assets);
    return below(r->uri, mount->path) && below(r->uri + strlen(mount->path), "/assets");
}

mod_mount_t *mod_mount_of(const request_rec *r)
{
    const mod_dir_t *dir = ap_get_module_config(r->per_dir_config, &candour_module);

    if (!dir || dir->enabled != 1 || !r->uri || mod_is_asset(r, dir->mount))
        return NULL;
    return dir->mount;
}

mod_mount_t *mod_mount_above(const request_rec *r)
{
    const apr_array_header_t *mounts = mod_server_of(r->server)->mounts;
    mod_mount_t *best = NULL;
    int i;

    for (i = 0; i < mounts->nelts; i++) {
        mod_mount_t *mount = APR_ARRAY_IDX(mounts, i, mod_mount_t *);

        /* An address that httpd could not even read is nobody's: take the first. */
        if (r->uri && !below(r->uri, mount->path))
            continue;
        if (!best || strlen(mount->path) > strlen(best->path))
            best = mount;
    }
    return best;
}

static web_method_t method_of(const request_rec *r)
{
    if (r->method_number == M_GET)
        return WEB_GET;
    return r->method_number == M_POST ? WEB_POST : WEB_OTHER_METHOD;
}

/* A number for a person to name when asking for help; it need not be secret, only rare. */
static const char *number_of(const request_rec *r)
{
    apr_uint64_t mixed = (apr_uint64_t)r->request_time * 0x9e3779b97f4a7c15u
                         ^ (apr_uint64_t)r->connection->id * 0xff51afd7u;

    mixed ^= mixed >> 32;
    return apr_psprintf(r->pool, "%08x", (unsigned)(mixed & 0xffffffffu));
}

web_request_t *mod_request_make(request_rec *r, const mod_mount_t *mount)
{
    web_request_t *req = apr_pcalloc(r->pool, sizeof(*req));
    const char *path = r->uri && below(r->uri, mount->path) ? r->uri + strlen(mount->path) : "/";

    req->method = method_of(r);
    req->path = *path ? path : "/";
    req->query = r->args;
    req->user = r->user;
    req->content_type = apr_table_get(r->headers_in, "Content-Type");
    req->accept = apr_table_get(r->headers_in, "Accept");
    req->cookie = apr_table_get(r->headers_in, "Cookie");
    req->origin = apr_table_get(r->headers_in, "Origin");
    req->referer = apr_table_get(r->headers_in, "Referer");
    req->fetch_site = apr_table_get(r->headers_in, "Sec-Fetch-Site");
    req->host = apr_table_get(r->headers_in, "Host");
    req->idempotency_key = apr_table_get(r->headers_in, "Idempotency-Key");
    req->range = apr_table_get(r->headers_in, "Range");
    req->if_match = apr_table_get(r->headers_in, "If-Match");
    req->scheme = ap_http_scheme(r);
    req->id = number_of(r);
    return req;
}

/* The data of one brigade to the end of `body`. */
static int take(cd_buf_t *body, int *ended, apr_bucket_brigade *bb, apr_size_t limit)
{
    apr_bucket *bucket;

    for (bucket = APR_BRIGADE_FIRST(bb); bucket != APR_BRIGADE_SENTINEL(bb);
         bucket = APR_BUCKET_NEXT(bucket)) {
        const char *data;
        apr_size_t len;
        apr_status_t status;

        if (APR_BUCKET_IS_EOS(bucket))
            *ended = 1;
        if (*ended)
            break;
        if (APR_BUCKET_IS_METADATA(bucket))
            continue;
        status = apr_bucket_read(bucket, &data, &len, APR_BLOCK_READ);
        if (status != APR_SUCCESS)
            return ap_map_http_request_error(status, HTTP_BAD_REQUEST);
        if (len > limit - body->len)
            return HTTP_REQUEST_ENTITY_TOO_LARGE;
        cd_buf_add(body, data, len);
    }
    return 0;
}

/* 1 if Content-Length alone says that the body is over `limit`. */
static int says_too_large(const request_rec *r, apr_uint64_t limit)
{
    const char *said = apr_table_get(r->headers_in, "Content-Length");
    apr_off_t length;
    char *end;

    return said && (apr_strtoff(&length, said, &end, 10) != APR_SUCCESS || *end || length < 0
                    || (apr_uint64_t)length > limit);
}

/* The status of a read that failed; AP_FILTER_ERROR: the answer is on its way already. */
static int status_of(apr_status_t got)
{
    return ap_map_http_request_error(got, HTTP_BAD_REQUEST);
}

int mod_request_body(web_request_t *req, request_rec *r, apr_size_t limit)
{
    apr_bucket_brigade *bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    cd_buf_t *body = cd_buf_make(r->pool, 2048);
    int ended = 0, status = 0;

    if (says_too_large(r, limit))
        status = HTTP_REQUEST_ENTITY_TOO_LARGE;
    while (!ended && !status) {
        apr_status_t got =
            ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES, APR_BLOCK_READ, BODY_STEP);

        status = got == APR_SUCCESS ? take(body, &ended, bb, limit) : status_of(got);
        /* Each round, or memory would grow with the body. */
        apr_brigade_cleanup(bb);
    }
    /* What was not read must not be taken for the next request. */
    if (status)
        r->connection->keepalive = AP_CONN_CLOSE;
    req->body = body->data;
    req->body_len = body->len;
    return status;
}

struct mod_upload_t {
    request_rec *r;
    /* what was read of the body and not taken yet: at most one step */
    apr_bucket_brigade *bb;
    apr_uint64_t taken, limit;
    int ended;
    int status;                    /* of the read that failed */
};

static cd_err_t *read_failed(mod_upload_t *upload, int status)
{
    apr_pool_t *pool = upload->r->pool;

    upload->status = status;
    if (status == HTTP_REQUEST_ENTITY_TOO_LARGE)
        return cd_err(pool, CD_E_TOO_LARGE, NULL, "the body is over its limit");
    if (status == HTTP_REQUEST_TIME_OUT)
        return cd_err(pool, CD_E_BAD_REQUEST, "what was sent came too slowly",
                      "the body came too slowly");
    return cd_err(pool, CD_E_BAD_REQUEST, "what was sent broke off before its end",
                  "the body could not be read: %d", status);
}

/* The first bucket's bytes, `cap` at most; what is left of it stays first. */
static cd_err_t *take_bucket(mod_upload_t *upload, char *into, apr_size_t cap, apr_size_t *got)
{
    apr_bucket *bucket = APR_BRIGADE_FIRST(upload->bb);
    const char *data;
    apr_size_t len;
    apr_status_t status;

    if (APR_BUCKET_IS_EOS(bucket)) {
        upload->ended = 1;
        return NULL;
    }
    if (!APR_BUCKET_IS_METADATA(bucket)) {
        status = apr_bucket_read(bucket, &data, &len, APR_BLOCK_READ);
        if (status != APR_SUCCESS)
            return read_failed(upload, status_of(status));
        if (len > cap) {
            apr_bucket_split(bucket, cap);
            len = cap;
        }
        if (len > upload->limit - upload->taken)
            return read_failed(upload, HTTP_REQUEST_ENTITY_TOO_LARGE);
        memcpy(into, data, len);
        upload->taken += len;
        *got = len;
    }
    apr_bucket_delete(bucket);
    return NULL;
}

static cd_err_t *read_body(void *baton, char *into, apr_size_t cap, apr_size_t *got)
{
    mod_upload_t *upload = baton;

    *got = 0;
    while (!*got && !upload->ended) {
        if (APR_BRIGADE_EMPTY(upload->bb)) {
            apr_status_t status = ap_get_brigade(upload->r->input_filters, upload->bb,
                                                 AP_MODE_READBYTES, APR_BLOCK_READ, BODY_STEP);

            if (status != APR_SUCCESS)
                return read_failed(upload, status_of(status));
            /* A filter that gives nothing and no error would be asked for ever. */
            if (APR_BRIGADE_EMPTY(upload->bb))
                return read_failed(upload, HTTP_BAD_REQUEST);
        }
        CD_ERR(take_bucket(upload, into, cap, got));
    }
    return NULL;
}

int mod_upload_begin(mod_upload_t **out, web_request_t *req, request_rec *r, apr_uint64_t limit)
{
    mod_upload_t *upload = apr_pcalloc(r->pool, sizeof(*upload));

    upload->r = r;
    upload->bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    upload->limit = limit;
    req->read_body = read_body;
    req->read_baton = upload;
    *out = upload;
    return says_too_large(r, limit) ? HTTP_REQUEST_ENTITY_TOO_LARGE : 0;
}

int mod_upload_end(const mod_upload_t *upload)
{
    if (!upload)
        return 0;
    apr_brigade_cleanup(upload->bb);
    if (!upload->ended)
        upload->r->connection->keepalive = AP_CONN_CLOSE;
    return upload->status == AP_FILTER_ERROR ? AP_FILTER_ERROR : 0;
}

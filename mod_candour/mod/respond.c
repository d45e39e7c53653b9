/* respond.c: answers out: headers, body, and our own page in place of httpd's words for an error.
 *
 * The headers are in err_headers_out, so that they stand on errors, too. The HTTP status of an
 * error is chosen by web_status() alone, its log level by mod_log_err() alone. */
#include "mod/glue.h"

#include <string.h>

#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <util_filter.h>

#define PAGE_FILTER "CANDOUR_ERROR_PAGE"

#define CSP_PAGE "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " \
                 "font-src 'self'; connect-src 'self'; form-action 'self'; " \
                 "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; " \
                 "require-trusted-types-for 'script'; trusted-types 'none'"
#define CSP_FILE "default-src 'none'; sandbox; frame-ancestors 'none'"

typedef struct header_t { const char *name, *value; } header_t;

/* On every answer under a mount. */
static const header_t always[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Cross-Origin-Embedder-Policy", "require-corp" },
    { "Permissions-Policy", "accelerometer=(), autoplay=(), camera=(), display-capture=(), "
      "encrypted-media=(),"
                            " fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), "
                            "microphone=(), midi=(),"
                            " payment=(), picture-in-picture=(), publickey-credentials-get=(), "
                            "screen-wake-lock=(),"
                            " usb=(), xr-spatial-tracking=()" },
    { NULL, NULL }
};

/* Once: what fixups said of a file may be there still when httpd makes an error of it. */
static void put(request_rec *r, const char *name, const char *value)
{
    apr_table_unset(r->headers_out, name);
    apr_table_setn(r->err_headers_out, name, value);
}

static void put_always(request_rec *r, const mod_mount_t *mount)
{
    const char *url = mod_server_of(mount->server)->public_url;
    const header_t *header;

    for (header = always; header->name; header++)
        put(r, header->name, header->value);
    /* RFC 6797 7.2: not over plain http. */
    if ((url && !strncmp(url, "https:", 6)) || !strcmp(ap_http_scheme(r), "https"))
        put(r, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

void mod_headers_page(request_rec *r, const mod_mount_t *mount)
{
    put_always(r, mount);
    put(r, "Content-Security-Policy", CSP_PAGE);
    put(r, "Cache-Control", "no-store");
    put(r, "Vary", "Accept, Cookie");
}

void mod_headers_asset(request_rec *r, const mod_mount_t *mount)
{
    put_always(r, mount);
    put(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    /* Asked again each time, answered with 304: a new style sheet is seen at once. In headers_out,
     * so that an error page in its place says no-store instead. */
    apr_table_setn(r->headers_out, "Cache-Control", "public, no-cache");
}

/* Puts a header whose value was made from data; one that would end the header early is left out. */
static void put_made(request_rec *r, const char *name, const char *value)
{
    const char *at;

    if (!value)
        return;
    for (at = value; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r,
                          CDLOGNO(0008) "header %s left out: it holds a control character", name);
            return;
        }
    apr_table_set(r->err_headers_out, name, value);
}

/* RFC 6266: a name in ASCII for readers that know no other, and the whole name beside it. What a
 * quoted string cannot hold, and what systems take for a path, is "_" in the first and escaped in
 * the second. */
static const char *disposition(const char *name, apr_pool_t *pool)
{
    char *plain = apr_pstrdup(pool, name), *at;
    cd_buf_t *whole = cd_buf_make(pool, 256);

    for (at = plain; *at; at++)
        if (*at < ' ' || *at == 0x7f || strchr("\"\\/%", *at))
            *at = '_';
    if (!strcmp(plain, name))
        return apr_pstrcat(pool, "attachment; filename=\"", plain, "\"", NULL);
    cd_esc_url(whole, name);
    return apr_pstrcat(pool, "attachment; filename=\"", plain, "\"; filename*=UTF-8''", whole->data,
                       NULL);
}

static void put_file_name(request_rec *r, const char *name)
{
    if (!name)
        return;
    put(r, "Content-Security-Policy", CSP_FILE);
    put_made(r, "Content-Disposition", disposition(name, r->pool));
}

static apr_off_t length_of(const web_response_t *resp)
{
    if (resp->stream)
        return (apr_off_t)resp->length;
    return resp->body ? (apr_off_t)resp->body->len : 0;
}

static void put_answer(request_rec *r, const web_response_t *resp)
{
    put_made(r, "Location", resp->location);
    put_made(r, "Set-Cookie", resp->set_cookie);
    put_made(r, "Allow", resp->allow);
    put_made(r, "Content-Range", resp->content_range);
    put_made(r, "Accept-Ranges", resp->accept_ranges);
    put_file_name(r, resp->filename);
    put_made(r, "Cache-Control", resp->cache_control);
    if (resp->retry_after)
        put_made(r, "Retry-After", apr_itoa(r->pool, resp->retry_after));
    if (resp->refresh)
        put_made(r, "Refresh", apr_itoa(r->pool, resp->refresh));
    if (resp->clear_site_data)
        put_made(r, "Clear-Site-Data", "\"cache\", \"storage\"");
    ap_set_content_length(r, length_of(resp));
    if (resp->content_type)
        ap_set_content_type(r, resp->content_type);
}

/* The body as one bucket. Its memory is the request's, which outlives the sending. */
static void add_body(apr_bucket_brigade *bb, request_rec *r, const web_response_t *resp)
{
    if (resp->body && resp->body->len)
        APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_pool_create(resp->body->data, resp->body->len,
                                                           r->pool, bb->bucket_alloc));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(bb->bucket_alloc));
}

static void put_log(request_rec *r, const char *id, const cd_err_t *err)
{
    if (!err)
        return;
    mod_log_err(r, id, err);
    apr_table_setn(r->notes, "candour-error", cd_code_word(err->code));
}

static void send_whole(request_rec *r, const mod_mount_t *mount, const web_response_t *resp)
{
    apr_bucket_brigade *bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);

    r->status = resp->status;
    mod_headers_page(r, mount);
    put_answer(r, resp);
    add_body(bb, r, resp);
    ap_pass_brigade(r->output_filters, bb);
}

/* A piece, sent before the next is made: the bucket only borrows the buffer, and the flush makes
 * the filters wait for the reader instead of keeping what he has not read. */
static apr_status_t send_piece(request_rec *r, apr_bucket_brigade *bb, const cd_buf_t *piece)
{
    apr_status_t status;

    if (piece->len)
        APR_BRIGADE_INSERT_TAIL(
            bb, apr_bucket_transient_create(piece->data, piece->len, bb->bucket_alloc));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_flush_create(bb->bucket_alloc));
    status = ap_pass_brigade(r->output_filters, bb);
    apr_brigade_cleanup(bb);
    return r->connection->aborted ? APR_ECONNABORTED : status;
}

typedef struct sending_t {
    request_rec *r;
    const web_response_t *resp;
    cd_buf_t *piece;
    apr_int64_t made;
    int more;
} sending_t;

/* What is sent must be as long as was said. */
static cd_err_t *make_piece(sending_t *sending)
{
    const web_response_t *resp = sending->resp;

    sending->piece->len = 0;
    sending->more = 0;
    CD_ERR(resp->stream(resp->stream_baton, sending->piece, &sending->more));
    sending->made += (apr_int64_t)sending->piece->len;
    if (sending->made > resp->length || (!sending->more && sending->made < resp->length))
        return cd_err(sending->r->pool, CD_E_FAILED, NULL,
                      "%" APR_INT64_T_FMT " bytes made, not %" APR_INT64_T_FMT, sending->made,
                      resp->length);
    return NULL;
}

/* From the first piece on, which is made. After an error the connection is cut, so that nobody
 * takes the part for the whole. */
static cd_err_t *send_pieces(sending_t *sending)
{
    request_rec *r = sending->r;
    apr_bucket_brigade *bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    apr_status_t status = send_piece(r, bb, sending->piece);
    cd_err_t *err = NULL;

    while (status == APR_SUCCESS && sending->more && !err) {
        err = make_piece(sending);
        if (!err)
            status = send_piece(r, bb, sending->piece);
    }
    if (err || status != APR_SUCCESS)
        r->connection->keepalive = AP_CONN_CLOSE;
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(bb->bucket_alloc));
    ap_pass_brigade(r->output_filters, bb);
    return err;
}

static void send_stream(request_rec *r, const mod_mount_t *mount, const web_request_t *req,
                        const web_response_t *resp)
{
    sending_t sending = { r, resp, cd_buf_make(r->pool, 65536), 0, 0 };
    web_response_t failed;
    cd_err_t *err;

    /* Ranges are the handler's matter: httpd would cut the answer once more. */
    apr_table_unset(r->headers_in, "Range");
    if (r->header_only) {
        send_whole(r, mount, resp);
        return;
    }
    /* Before the headers: an error now is still an answer. */
    err = make_piece(&sending);
    if (err) {
        put_log(r, req->id, err);
        web_error_page(&failed, mount->site, req, err, 0, r->pool);
        send_whole(r, mount, &failed);
        return;
    }
    r->status = resp->status;
    mod_headers_page(r, mount);
    put_answer(r, resp);
    put_log(r, req->id, send_pieces(&sending));
}

int mod_respond(request_rec *r, const mod_mount_t *mount, const web_request_t *req,
                const web_response_t *resp, const cd_err_t *err)
{
    put_log(r, req->id, err);
    apr_table_setn(r->notes, "candour-request", req->id);
    if (resp->stream)
        send_stream(r, mount, req, resp);
    else
        send_whole(r, mount, resp);
    return OK;
}

/* On an answer that httpd makes of an error or a redirect. Headers first: by now httpd has thrown
 * away those of the request that failed, and the administrator's own (Header always) still come
 * after. Then httpd's words are dropped as they come, and our page is put at their end. */
static apr_status_t error_page(ap_filter_t *f, apr_bucket_brigade *bb)
{
    const mod_mount_t *mount = f->ctx;
    apr_bucket *last = APR_BRIGADE_EMPTY(bb) ? NULL : APR_BRIGADE_LAST(bb);
    request_rec *r = f->r;
    web_response_t resp;

    mod_headers_page(r, mount);
    if (r->status < 400 || !mount->site) {
        ap_remove_output_filter(f);
        return ap_pass_brigade(f->next, bb);
    }
    if (!last || !APR_BUCKET_IS_EOS(last)) {
        apr_brigade_cleanup(bb);
        return APR_SUCCESS;
    }
    apr_brigade_cleanup(bb);
    ap_remove_output_filter(f);
    web_error_page(&resp, mount->site, mod_request_make(r, mount), NULL, r->status, r->pool);
    put_answer(r, &resp);
    add_body(bb, r, &resp);
    return ap_pass_brigade(f->next, bb);
}

void mod_error_page_add(request_rec *r, const mod_mount_t *mount)
{
    ap_add_output_filter(PAGE_FILTER, (void *)mount, r, r->connection);
}

void mod_error_page_register(void)
{
    ap_register_output_filter(PAGE_FILTER, error_page, NULL, AP_FTYPE_RESOURCE);
}

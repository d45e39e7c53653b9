/* serve.c: one request from its address to its answer, as steps that can be counted.
 *
 * route - kind of answer - signed in? - sender (CSRF) - actor and file - rights - handler - page.
 * Nothing of a request reaches a handler before all of them have passed. */
#include <string.h>

#include <apr_strings.h>

#include "app/case.h"
#include "base/text.h"
#include "domain/record.h"
#include "web/form.h"
#include "web/media.h"
#include "web/route.h"
#include "web/session.h"
#include "web/shell.h"
#include "web/upload.h"

#define FORM_TYPE "application/x-www-form-urlencoded"

static web_exchange_t *exchange_make(web_response_t *resp, const web_site_t *site,
                                     const web_request_t *req, apr_pool_t *pool)
{
    web_exchange_t *x = apr_pcalloc(pool, sizeof(*x));

    *resp = (web_response_t){ .status = 200 };
    x->site = site;
    x->req = req;
    x->resp = resp;
    x->pool = pool;
    x->view = web_view_make(pool);
    x->media =
        web_media_choose(req->accept, req->content_type, NULL, (1u << WEB_HTML) | (1u << WEB_JSON));
    return x;
}

static cd_err_t *find_route(web_exchange_t *x)
{
    int wrong_method;

    if (!cd_text_valid(x->req->path, strlen(x->req->path)))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "the address is not UTF-8");
    x->route = web_router_find(x->site->router, x->req->method, x->req->path, x->param,
                               &wrong_method, x->pool);
    if (!x->route && wrong_method) {
        x->resp->allow = wrong_method == 1 << WEB_GET ? "GET, HEAD"
                         : wrong_method == 1 << WEB_POST ? "POST" : "GET, HEAD, POST";
        return cd_err(x->pool, CD_E_METHOD, NULL, "no such method for this address");
    }
    if (!x->route)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such address");
    x->template_name = x->route->template_name;
    return NULL;
}

static cd_err_t *choose_media(web_exchange_t *x)
{
    const char *format;

    CD_ERR(web_query(&format, x, "format"));
    if (format && !strcmp(format, "json") && (x->route->media & (1u << WEB_JSON))) {
        x->media = WEB_JSON;
        return NULL;
    }
    if (format && strcmp(format, "csv"))
        return cd_err(x->pool, CD_E_BAD_REQUEST,
                      "the formats that an address may ask for are csv and json", "unknown format");
    if (format && !(x->route->media & (1u << WEB_CSV)))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no CSV of this page");
    x->media = web_media_choose(x->req->accept, x->req->content_type, format, x->route->media);
    return NULL;
}

/* httpd grants a request without any Require, and then says no user: refuse, and say so in the log.
 */
static cd_err_t *check_signed_in(web_exchange_t *x)
{
    if (x->route->open_to_all == 1 || (x->req->user && *x->req->user))
        return NULL;
    cd_log(x->site->log, CD_LOG_ERROR,
           CDLOGNO(0010) "httpd names no user for %s%s (route %s): refused."
                         " Is there an AuthType and a Require for this address?",
           x->site->mount, x->route->pattern, x->route->name);
    return cd_err(x->pool, CD_E_NO_USER, NULL, "httpd names no user");
}

/* The cookie that binds forms to this browser, and the token of this answer's forms. */
static cd_err_t *bind_browser(web_exchange_t *x)
{
    if (x->route->open_to_all == 1)
        return NULL;
    x->binding = web_binding_read(x->req->cookie, x->site->cookie_plain, x->pool);
    if (!x->binding && x->req->method == WEB_GET && x->media == WEB_HTML)
        CD_ERR(web_binding_make(&x->binding, &x->resp->set_cookie, x->site->cookie_plain, x->pool));
    if (x->binding)
        x->csrf_token =
            web_token_make(x->site->secret, x->binding, x->req->user, x->ctx->today, x->pool);
    return NULL;
}

static int is_form(const char *content_type)
{
    apr_size_t len = sizeof(FORM_TYPE) - 1;

    return content_type && !strncasecmp(content_type, FORM_TYPE, len)
           && strchr("; \t", content_type[len]) != NULL;
}

/* The token among the form's values; NULL if it is not there. */
static cd_err_t *posted_token(const char **out, web_exchange_t *x)
{
    web_pair_t *pairs;
    int count, i;

    *out = NULL;
    CD_ERR(web_pairs_read(&pairs, &count, x->req->body ? x->req->body : "", x->req->body_len, 200,
                          x->pool));
    for (i = 0; i < count; i++) {
        if (strcmp(pairs[i].name, "token"))
            continue;
        if (*out)
            return cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "the token is there twice");
        *out = pairs[i].value;
    }
    return NULL;
}

/* A write needs three things: it comes from this site's own pages, it is a POST (the route table
 * holds that), and it carries the token; JSON needs no token, because no form of another site can
 * send it. The token of a form with a file is in a body that is not read yet: web_upload_read
 * checks it, and takes no other kind of body. */
static cd_err_t *check_sender(web_exchange_t *x)
{
    const char *own = x->site->public_url ? x->site->public_url
                                          : apr_pstrcat(x->pool, x->req->scheme, "://",
                                                        x->req->host ? x->req->host : "", NULL);
    const char *token;

    if (x->route->csrf == WEB_CSRF_NONE)
        return NULL;
    if (!web_same_origin(x->req->fetch_site, x->req->origin, x->req->referer, own))
        return cd_err(x->pool, CD_E_TOKEN, NULL, "the sender is not %s", own);
    if (x->route->csrf != WEB_CSRF_TOKEN || x->route->upload || web_sent_json(x->req->content_type))
        return NULL;
    if (!is_form(x->req->content_type))
        return cd_err(x->pool, CD_E_TYPE, NULL, "neither a form nor JSON");
    CD_ERR(posted_token(&token, x));
    if (!x->binding || !token
        || !web_token_check(x->site->secret, token, x->binding, x->req->user, x->ctx->today,
                            x->pool))
        return cd_err(x->pool, CD_E_TOKEN, NULL, "%s",
                      x->binding ? "wrong token" : "no binding cookie");
    return NULL;
}

/* Actor and file in one round trip. A file out of reach is not told from an absent one. */
static cd_err_t *begin(web_exchange_t *x)
{
    if (x->route->open_to_all == 1)
        return NULL;
    if (!x->site->app)
        return cd_err(x->pool, CD_E_CONFIG, NULL, "the application is not set up");
    x->ctx->to_write = x->route->method == WEB_POST && !x->route->only_reads;
    return app_begin(x->ctx, x->req->user, x->route->file, x->route->file ? x->param[0] : NULL);
}

/* The right of the record kind that the address names. */
static cd_err_t *check_kind(web_exchange_t *x)
{
    const cd_record_def_t *def;

    if (!x->route->kind_group)
        return NULL;
    def = cd_record_def_by_word((cd_file_kind_t)x->route->file, x->param[x->route->kind_group - 1]);
    if (!def)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such kind of record");
    return app_need_kind(x->ctx, def);
}

static cd_err_t *check_rights(web_exchange_t *x)
{
    struct store_head_t *head;

    if (x->route->open_to_all)
        return NULL;
    if (x->route->file)
        CD_ERR(app_file(&head, x->ctx, x->route->right));
    else
        CD_ERR(app_need(x->ctx, x->route->right));
    return check_kind(x);
}

static cd_err_t *write_page(web_exchange_t *x)
{
    app_end(x->ctx);   /* all is read: others may have the connection while the page is written */
    if (x->resp->body || x->resp->stream)
        return NULL;
    if (x->media == WEB_CSV)
        return cd_err(x->pool, CD_E_FAILED, NULL, "%s wrote no CSV", x->route->name);
    web_shell_close(x);
    return web_page_write(x);
}

static cd_err_t *serve(web_exchange_t *x)
{
    CD_ERR(find_route(x));
    CD_ERR(choose_media(x));
    CD_ERR(check_signed_in(x));
    if (x->site->app)
        x->ctx = app_ctx_make(x->site->app, x->pool);
    else
        x->ctx = apr_pcalloc(x->pool, sizeof(*x->ctx));
    CD_ERR(bind_browser(x));
    CD_ERR(check_sender(x));
    CD_ERR(begin(x));
    CD_ERR(check_rights(x));
    CD_ERR(web_query_check(x));
    web_shell_open(x);
    CD_ERR(x->route->handler(x));
    return write_page(x);
}

int web_takes_upload(const web_site_t *site, web_method_t method, const char *path,
                     apr_pool_t *pool)
{
    const char *param[WEB_PARAMS];
    const web_route_t *route = NULL;
    int wrong_method;

    if (method == WEB_POST && cd_text_valid(path, strlen(path)))
        route = web_router_find(site->router, method, path, param, &wrong_method, pool);
    return route && route->upload;
}

/* A body made while it is sent: its maker takes a connection for each piece, and gives it back
 * here, because the reader sets the pace. */
typedef struct stream_t {
    cd_err_t *(*make)(void *baton, cd_buf_t *into, int *more);
    void *baton;
    app_ctx_t *ctx;
} stream_t;

static cd_err_t *stream_piece(void *baton, cd_buf_t *into, int *more)
{
    const stream_t *stream = baton;
    cd_err_t *err = stream->make(stream->baton, into, more);

    app_end(stream->ctx);
    return err;
}

static void wrap_stream(web_exchange_t *x)
{
    stream_t *stream = apr_palloc(x->pool, sizeof(*stream));

    stream->make = x->resp->stream;
    stream->baton = x->resp->stream_baton;
    stream->ctx = x->ctx;
    x->resp->stream = stream_piece;
    x->resp->stream_baton = stream;
}

cd_err_t *web_serve(web_response_t *resp, const web_site_t *site, const web_request_t *req,
                    apr_pool_t *pool)
{
    web_exchange_t *x = exchange_make(resp, site, req, pool);
    cd_err_t *err = serve(x);

    if (err)
        web_problem(x, err, web_status(err->code));
    else if (resp->stream)
        wrap_stream(x);
    /* The request's pool lives until the last byte is sent, and the reader sets the pace of that.
     */
    app_end(x->ctx);
    return err;
}

void web_error_page(web_response_t *resp, const web_site_t *site, const web_request_t *req,
                    const cd_err_t *err, int status, apr_pool_t *pool)
{
    web_exchange_t *x = exchange_make(resp, site, req, pool);

    web_problem(x, err, status || !err ? status : web_status(err->code));
}

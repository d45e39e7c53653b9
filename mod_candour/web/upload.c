/* upload.c: a form with a file: fields become an urlencoded body, the file's bytes go to the sink.
 *
 * Nothing of the file is kept here. The parser's limits come from the site's; a piece is 16 KiB.
 * Between the pieces no connection to the database is held, because the sender sets the pace. */
#include "web/upload.h"

#include <string.h>

#include <apr_strings.h>

#include "web/route.h"
#include "web/session.h"

#define PIECE 16384
#define BESIDES_THE_FILE ((apr_uint64_t)1 << 20)

typedef struct upload_t {
    web_exchange_t *x;
    const web_upload_sink_t *sink;
    cd_buf_t *body;
    int has_token;                 /* and it is right */
    int has_file;                  /* a file is being taken, or was */
} upload_t;

static cd_err_t *refused(const web_exchange_t *x, const char *why)
{
    return cd_err(x->pool, CD_E_BAD_REQUEST, why, "form with a file: %s", why);
}

static cd_err_t *take_token(upload_t *u, const char *token)
{
    const web_exchange_t *x = u->x;

    if (u->has_token)
        return refused(x, "the token is there twice");
    if (!x->binding
        || !web_token_check(x->site->secret, token, x->binding, x->req->user, x->ctx->today,
                            x->pool))
        return cd_err(x->pool, CD_E_TOKEN, NULL, "%s",
                      x->binding ? "wrong token" : "no binding cookie");
    u->has_token = 1;
    return NULL;
}

static cd_err_t *on_field(void *baton, const char *name, const char *value, apr_size_t len)
{
    upload_t *u = baton;

    (void)len;
    if (!strcmp(name, "token"))
        return take_token(u, value);
    if (!strcmp(name, u->sink->name))
        return refused(u->x, "the file's field came without a file");
    cd_buf_str(u->body, u->body->len ? "&" : "");
    cd_esc_url(u->body, name);
    cd_buf_lit(u->body, "=");
    cd_esc_url(u->body, value);
    return NULL;
}

/* A browser sends an empty name and nothing else where no file was chosen. */
static cd_err_t *on_file(void *baton, const char *name, const char *filename,
                         const char *media_type)
{
    upload_t *u = baton;

    if (!u->has_token)
        return cd_err(u->x->pool, CD_E_TOKEN, NULL, "no token before the file");
    if (strcmp(name, u->sink->name))
        return refused(u->x, "a file came for a field that takes none");
    u->has_file = *filename != '\0';
    return u->has_file ? u->sink->begin(u->sink->baton, filename, media_type) : NULL;
}

static cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    upload_t *u = baton;

    if (!u->has_file)
        return refused(u->x, "a file came without a name");
    return u->sink->data(u->sink->baton, bytes, len);
}

static cd_err_t *on_end(void *baton)
{
    upload_t *u = baton;

    return u->has_file ? u->sink->end(u->sink->baton) : NULL;
}

static cd_err_t *read_all(cd_multipart_t *parser, const web_exchange_t *x)
{
    char *piece = apr_palloc(x->pool, PIECE);
    apr_size_t got;

    for (;;) {
        app_end(x->ctx);
        CD_ERR(x->req->read_body(x->req->read_baton, piece, PIECE, &got));
        if (!got)
            return cd_multipart_end(parser);
        CD_ERR(cd_multipart_feed(parser, piece, got));
    }
}

/* The request as if its fields had come alone. */
static void put_body(web_exchange_t *x, const cd_buf_t *body)
{
    web_request_t *req = apr_pmemdup(x->pool, x->req, sizeof(*req));

    req->content_type = "application/x-www-form-urlencoded";
    req->body = body->data;
    req->body_len = body->len;
    req->read_body = NULL;
    x->req = req;
}

apr_uint64_t web_upload_total(const web_site_t *site)
{
    return site->max_upload + BESIDES_THE_FILE;
}

cd_err_t *web_upload_read(web_exchange_t *x, const web_upload_sink_t *sink)
{
    upload_t u = { x, sink, cd_buf_make(x->pool, 1024), 0, 0 };
    cd_multipart_events_t events = { &u, on_field, on_file, on_data, on_end };
    cd_multipart_limits_t limits = { .total = web_upload_total(x->site),
                                     .file = x->site->max_upload,
                                     .values = x->site->max_body };
    cd_multipart_t *parser;
    const char *boundary;

    CD_ERR(cd_multipart_boundary(&boundary, x->req->content_type, x->pool));
    if (!x->req->read_body)
        return cd_err(x->pool, CD_E_FAILED, NULL, "%s: the body was read before", x->route->name);
    CD_ERR(cd_multipart_make(&parser, boundary, &limits, &events, x->pool));
    CD_ERR(read_all(parser, x));
    if (!u.has_token)
        return cd_err(x->pool, CD_E_TOKEN, NULL, "no token");
    put_body(x, u.body);
    return NULL;
}

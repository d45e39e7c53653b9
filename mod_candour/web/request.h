/* request.h: a request and its answer, without httpd.
 *
 * Requires: base, app/ctx.h.   Provides: web_site_t, web_request_t, web_response_t, web_exchange_t.
 * Used by: web (handlers), mod (fills and writes them), tests.
 * mod/request.c fills a web_request_t, web_serve() does the rest, mod/respond.c sends the answer.
 */
#ifndef CD_WEB_REQUEST_H
#define CD_WEB_REQUEST_H

#include <apr_tables.h>
#include "app/ctx.h"
#include "base/buf.h"
#include "web/view.h"

typedef enum web_method_t {
    WEB_GET = 1,
    WEB_POST,
    WEB_OTHER_METHOD
} web_method_t; /* HEAD is GET here */
typedef enum web_media_t { WEB_HTML = 1, WEB_JSON, WEB_CSV } web_media_t;

typedef struct web_request_t {
    web_method_t method;
    const char *path;             /* decoded, below the mount point, begins with "/" */
    const char *query;            /* raw, may be NULL */
    const char *user;             /* what httpd's login says (r->user), NULL: not signed in */
    const char *content_type, *accept, *cookie, *origin, *referer, *fetch_site, *host;
    const char *idempotency_key;  /* header of API writes */
    const char *range;            /* header of downloads, or NULL */
    const char *if_match;         /* header of API writes: the version, quoted */
    const char *scheme;           /* "https" or "http" */
    /* number of this request in the log, for a person who asks for help; NULL: none */
    const char *id;
    /* whole body, within the limit; NULL where the route takes uploads */
    const char *body;
    apr_size_t body_len;
    /** The next bytes of an upload's body: at most `cap`, *got 0 at its end. Set where the body was
     * not read.
     * @errors CD_E_BAD_REQUEST: the client is gone or too slow; CD_E_TOO_LARGE */
    cd_err_t *(*read_body)(void *baton, char *into, apr_size_t cap, apr_size_t *got);
    void *read_baton;
} web_request_t;

typedef struct web_response_t {
    int status;                   /* HTTP */
    const char *content_type;
    const char *location;         /* for 303: made by url.c */
    const char *set_cookie;       /* or NULL */
    const char *filename;         /* CSV and JSON files: sent as an attachment */
    int retry_after;              /* seconds, 0: none */
    int refresh;                  /* seconds until the page asks for itself again, 0: never */
    const char *allow;            /* for 405: "GET, HEAD" */
    int clear_site_data;          /* after log-out */
    const char *cache_control;    /* in the place of "no-store", or NULL */
    cd_buf_t *body;
    /** A body that is made while it is sent: called until *more is 0; each call appends to `into`
     * (emptied before). `length` is its whole length. An error cuts the connection. NULL: `body`.
     */
    cd_err_t *(*stream)(void *baton, cd_buf_t *into, int *more);
    void *stream_baton;
    apr_int64_t length;
    const char *content_range, *accept_ranges;   /* for 206 and 416; "bytes" */
} web_response_t;

struct web_router_t;
struct web_templates_t;

/** Set up once in a child (or at configtest), read-only afterwards. */
typedef struct web_site_t {
    app_t *app;                   /* NULL only in tests of pages that need none */
    const char *mount;            /* "/candour", no slash at the end */
    const char *assets;           /* "/candour/assets", no slash at the end */
    /* "https://host": for absolute links and the origin check; NULL: from Host */
    const char *public_url;
    const char *service_name;     /* "Candour casework" */
    /* e.g. "Demonstration. Every person, trust, case and claim here is made up."; NULL none */
    const char *banner;
    /* where httpd's own login takes the forms; NULL: login is elsewhere */
    const char *sign_in_post, *sign_out_post;
    apr_size_t max_body;
    apr_uint64_t max_upload;      /* bytes of one file */
    int cookie_plain;             /* 1: no Secure and no __Host- prefix (tests over plain http) */
    const struct web_router_t *router;
    const struct web_templates_t *templates;
    unsigned char secret[32];     /* for the CSRF token */
    const cd_log_t *log;
} web_site_t;

struct web_route_t;
#define WEB_PARAMS 4
/** All of one request while it is handled. */
typedef struct web_exchange_t {
    const web_site_t *site;
    const web_request_t *req;
    web_response_t *resp;
    const struct web_route_t *route;
    const char *param[WEB_PARAMS];   /* what the pattern's groups caught: "CM-2026-0412" */
    web_media_t media;               /* what the client asked for and this route can give */
    app_ctx_t *ctx;
    /* the page's root map; the shell fills common names before and after the handler */
    web_view_t *view;
    const char *template_name;       /* the route's; a handler may choose another */
    const char *csrf_token, *binding;/* for forms of this answer */
    apr_pool_t *pool;
} web_exchange_t;

/** Query value by name: decoded, checked UTF-8; NULL if absent, CD_E_BAD_REQUEST if repeated or
 * bad. */
cd_err_t *web_query(const char **out, web_exchange_t *x, const char *name);
/** Refuses names that the route does not declare, and any name that comes twice. @errors
 * CD_E_BAD_REQUEST */
cd_err_t *web_query_check(web_exchange_t *x);
/** "?before=": the sort key of the last row seen, 0 if absent. @errors CD_E_BAD_REQUEST: not one of
 * ours */
cd_err_t *web_query_cursor(apr_int64_t *out, web_exchange_t *x, const char *name);
/** "?corrects=12": the number of a record or an entry, 0 if absent. @errors CD_E_BAD_REQUEST: 0, or
 * no number */
cd_err_t *web_query_seq(int *out, web_exchange_t *x, const char *name);
/** "?as_at=YYYY-MM-DD" (or as_at-day, -month, -year parts); 0 if absent. */
cd_err_t *web_query_date(cd_date_t *out, web_exchange_t *x, const char *name);

/** Serves one request: route, media type, sign-in, sender (CSRF), actor, rights, handler, page.
 * Every failure becomes a page or problem+json of its own here; the error comes back too, so that
 * mod/ can log it. NULL: nothing to log. */
cd_err_t *web_serve(web_response_t *resp, const web_site_t *site, const web_request_t *req,
                    apr_pool_t *pool);
/** Fills `resp` with the page (or problem+json) for an error outside any route (httpd's own 4xx/5xx
 * too). `err` NULL: only the status is known; `status` 0: the error's own. */
void web_error_page(web_response_t *resp, const web_site_t *site, const web_request_t *req,
                    const cd_err_t *err, int status, apr_pool_t *pool);

/** One table: what HTTP status an error has. */
int web_status(cd_code_t code);

/** Common end of handlers: 303 to an address made by url.c. */
cd_err_t *web_redirect(web_exchange_t *x, const char *location);

#endif

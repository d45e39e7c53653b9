/* url.c: every link the application makes, from route names and escaped parts. */
#include <assert.h>
#include <string.h>

#include <apr_strings.h>

#include "web/route.h"
#include "web/url.h"

const char *web_url(const web_exchange_t *x, const char *route_name, ...)
{
    const web_route_t *route = web_router_named(x->site->router, route_name);
    cd_buf_t *buf = cd_buf_make(x->pool, 96);
    const char *at, *brace;
    va_list args;

    assert(route);
    cd_buf_str(buf, x->site->mount);
    va_start(args, route_name);
    for (at = route->pattern; (brace = strchr(at, '{')) != NULL; at = strchr(brace, '}') + 1) {
        const char *part = va_arg(args, const char *);

        assert(part && *part);
        cd_buf_add(buf, at, (apr_size_t)(brace - at));
        cd_esc_url(buf, part);
    }
    assert(!va_arg(args, const char *));
    va_end(args);
    cd_buf_str(buf, at);
    return buf->data;
}

const char *web_url_query(const web_exchange_t *x, const char *url, const char *name,
                          const char *value)
{
    cd_buf_t *buf = cd_buf_make(x->pool, strlen(url) + strlen(value) + 32);

    cd_buf_str(buf, url);
    cd_buf_str(buf, strchr(url, '?') ? "&" : "?");
    cd_esc_url(buf, name);
    cd_buf_lit(buf, "=");
    cd_esc_url(buf, value);
    return buf->data;
}

const char *web_url_asset(const web_exchange_t *x, const char *file)
{
    return apr_pstrcat(x->pool, x->site->assets, "/", file, NULL);
}

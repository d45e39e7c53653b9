/* session.h: the cookie that binds forms to a browser, and the token made from it.
 *
 * Requires: base, OpenSSL.   Provides: web_csrf_*.   Used by: web.
 * Login is httpd's. The cookie holds 16 random bytes and nothing else; the token is
 * HMAC-SHA256(secret, binding || user || day) cut to 16 bytes, compared in constant time; today's
 * and yesterday's hold. A write needs all three: same origin (Sec-Fetch-Site, else Origin, else
 * Referer), method POST, and the token (or, for JSON, a content type a form cannot send and the
 * origin check). */
#ifndef CD_WEB_SESSION_H
#define CD_WEB_SESSION_H

#include "base/err.h"

/** Value of the binding cookie in a Cookie header; NULL if absent, malformed or there twice. @owner
 * pool */
const char *web_binding_read(const char *cookie_header, int plain, apr_pool_t *pool);
/** A fresh binding and its Set-Cookie value. */
cd_err_t *web_binding_make(const char **binding_out, const char **set_cookie_out, int plain,
                           apr_pool_t *pool);
const char *web_token_make(const unsigned char secret[32], const char *binding, const char *user,
                           apr_int64_t day, apr_pool_t *pool);
int web_token_check(const unsigned char secret[32], const char *token, const char *binding,
                    const char *user, apr_int64_t day, apr_pool_t *pool);
/** 1 if the request came from this site's own pages. `own` is "https://host[:port]". */
int web_same_origin(const char *fetch_site, const char *origin, const char *referer,
                    const char *own);

#endif

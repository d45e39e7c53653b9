/* session.c: the cookie that binds forms to a browser, and the token made from it.
 *
 * Whatever fails here refuses: an absent secret, binding or user never gives a token that holds. */
#include <string.h>
#include <strings.h>

#include <apr_strings.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/text.h"
#include "web/session.h"

#define BINDING_BYTES 16
#define TOKEN_BYTES 16
#define COOKIES_MAX 8192               /* bytes of a Cookie header that are looked at */

static const char *cookie_name(int plain)
{
    return plain ? "candour" : "__Host-candour";
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

const char *web_binding_read(const char *cookie_header, int plain, apr_pool_t *pool)
{
    const char *name = cookie_name(plain), *at = cookie_header, *found = NULL;
    apr_size_t name_len = strlen(name);
    unsigned char bytes[BINDING_BYTES];

    if (!at || strlen(at) > COOKIES_MAX)
        return NULL;
    while (*(at = skip_blanks(at))) {
        apr_size_t len = strcspn(at, ";");

        if (len > name_len && !strncmp(at, name, name_len) && at[name_len] == '=') {
            if (found)
                return NULL;            /* which of the two is ours cannot be known */
            found = apr_pstrmemdup(pool, at + name_len + 1, len - name_len - 1);
        }
        at += len + (at[len] == ';');
    }
    return found && cd_unb64url(bytes, sizeof(bytes), found) ? found : NULL;
}

cd_err_t *web_binding_make(const char **binding_out, const char **set_cookie_out, int plain,
                           apr_pool_t *pool)
{
    unsigned char bytes[BINDING_BYTES];

    *binding_out = *set_cookie_out = NULL;
    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return cd_err(pool, CD_E_FAILED, NULL, "no random bytes for the binding cookie");
    *binding_out = cd_b64url(bytes, sizeof(bytes), pool);
    *set_cookie_out =
        apr_pstrcat(pool, cookie_name(plain), "=", *binding_out,
                    "; Path=/; HttpOnly; SameSite=Strict", plain ? "" : "; Secure", NULL);
    return NULL;
}

/* What is signed: lengths first, so that no two triples give the same bytes. 0: no such token. */
static int token_bytes(unsigned char out[TOKEN_BYTES], const unsigned char secret[32],
                       const char *binding, const char *user, apr_int64_t day, apr_pool_t *pool)
{
    unsigned char full[32];
    cd_buf_t *text;

    if (!binding || !*binding || !user || !*user)
        return 0;
    text = cd_buf_make(pool, 128);
    cd_buf_fmt(text, "candour-form 1 %lu:%s %lu:%s %" APR_INT64_T_FMT,
               (unsigned long)strlen(binding), binding, (unsigned long)strlen(user), user, day);
    cd_hmac(full, secret, text->data, text->len);
    memcpy(out, full, TOKEN_BYTES);
    OPENSSL_cleanse(full, sizeof(full));
    return 1;
}

const char *web_token_make(const unsigned char secret[32], const char *binding, const char *user,
                           apr_int64_t day, apr_pool_t *pool)
{
    unsigned char bytes[TOKEN_BYTES];

    return token_bytes(bytes, secret, binding, user, day, pool)
               ? cd_b64url(bytes, sizeof(bytes), pool)
               : NULL;
}

int web_token_check(const unsigned char secret[32], const char *token, const char *binding,
                    const char *user, apr_int64_t day, apr_pool_t *pool)
{
    unsigned char sent[TOKEN_BYTES], want[TOKEN_BYTES];
    int back, holds = 0;

    if (!cd_unb64url(sent, sizeof(sent), token))
        return 0;
    for (back = 0; back < 2; back++) {
        if (token_bytes(want, secret, binding, user, day - back, pool))
            holds |= CRYPTO_memcmp(sent, want, sizeof(want)) == 0;
    }
    return holds;
}

/* Does the address `url` lie on `own`? The end of `own` must be the end of the host and port. */
static int lies_on(const char *url, const char *own)
{
    apr_size_t len = strlen(own);

    return !strncasecmp(url, own, len) && (!url[len] || strchr("/?#", url[len]));
}

int web_same_origin(const char *fetch_site, const char *origin, const char *referer,
                    const char *own)
{
    int opaque = origin && !strcmp(origin, "null"); /* a browser's answer to our own no-referrer */

    if (!own || !*own)
        return 0;
    if (origin && !opaque && strcasecmp(origin, own))
        return 0;
    if (fetch_site)
        return !strcmp(fetch_site, "same-origin");
    if (origin)
        return !opaque;
    return referer && lies_on(referer, own);
}

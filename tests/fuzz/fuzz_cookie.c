/* fuzz_cookie.c: any text as a Cookie header, as a token and as the headers that say where a
 * request came from. A binding that is found is one that we could have made, and stands in the
 * header once; a token holds for nobody but the one it was made for; an origin that is let in is
 * ours to the letter. */
#include "fuzz.h"

#include "base/text.h"
#include "web/session.h"

static const unsigned char secret[32] = "0123456789abcdef0123456789abcdef";
static const char own[] = "https://candour.example";

static void check_binding(const char *text, int plain, apr_pool_t *pool)
{
    const char *found = web_binding_read(text, plain, pool);
    const char *name = plain ? "candour=" : "__Host-candour=";
    unsigned char bytes[16];
    const char *at;

    if (!found)
        return;
    FUZZ_CHECK(strlen(found) == 22 && cd_unb64url(bytes, sizeof(bytes), found));
    FUZZ_CHECK(!strcmp(cd_b64url(bytes, sizeof(bytes), pool), found));
    at = strstr(text, apr_pstrcat(pool, name, found, NULL));
    FUZZ_CHECK(at && (at == text || strchr("; \t", at[-1]) || plain));
    FUZZ_CHECK(web_binding_read(apr_pstrcat(pool, name, found, NULL), plain, pool));
    FUZZ_CHECK(!web_binding_read(apr_pstrcat(pool, text, ";", name, found, NULL), plain, pool));
    FUZZ_CHECK(strpbrk(found, ";\r\n ,\"") == NULL);
}

static void check_token(const char *text, apr_pool_t *pool)
{
    static const char binding[] = "AAECAwQFBgcICQoLDA0ODw";
    const char *real = web_token_make(secret, binding, "ann", 20000, pool);
    const char *theirs = web_token_make(secret, binding, text, 20000, pool);

    FUZZ_CHECK(web_token_check(secret, text, binding, "ann", 20000, pool) == !strcmp(text, real));
    if (*text) {
        FUZZ_CHECK(theirs && web_token_check(secret, theirs, binding, text, 20001, pool));
        FUZZ_CHECK(web_token_check(secret, theirs, binding, "ann", 20000, pool)
                   == !strcmp(text, "ann"));
        FUZZ_CHECK(!web_token_check(secret, real, text, "ann", 20000, pool)
                   || !strcmp(text, binding));
    } else {
        FUZZ_CHECK(!theirs);
    }
}

static void check_origin(const char *text)
{
    apr_size_t len = sizeof(own) - 1;

    if (web_same_origin(NULL, text, NULL, own))
        FUZZ_CHECK(!strcasecmp(text, own));
    if (web_same_origin(NULL, NULL, text, own))
        FUZZ_CHECK(!strncasecmp(text, own, len) && (!text[len] || strchr("/?#", text[len])));
    FUZZ_CHECK(web_same_origin(text, NULL, NULL, own) == !strcmp(text, "same-origin"));
    FUZZ_CHECK(!web_same_origin(text, "https://evil.example", NULL, own));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = fuzz_text(data, size, pool);

    check_binding(text, 0, pool);
    check_binding(text, 1, pool);
    check_token(text, pool);
    check_origin(text);
    apr_pool_destroy(pool);
    return 0;
}

/* hash.c: SHA-256 and HMAC-SHA-256, over OpenSSL. Knows no purposes and no keys but the one it is
 * given. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/hash.h"

#define BLOCK_BYTES 64   /* of SHA-256 */

static pthread_once_t fetched = PTHREAD_ONCE_INIT;
static const EVP_MD *sha256;

static void fetch(void)
{
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
#endif
    if (!sha256)
        sha256 = EVP_sha256();
}

static void insist(int done)
{
    if (!done)
        abort();
}

static EVP_MD_CTX *context(void)
{
    EVP_MD_CTX *ctx;

    pthread_once(&fetched, fetch);
    ctx = EVP_MD_CTX_new();
    insist(ctx != NULL);
    return ctx;
}

/* The hash of two pieces, the first of which may be empty. */
static void hash_two(unsigned char out[32], EVP_MD_CTX *ctx, const void *first,
                     apr_size_t first_len, const void *second, apr_size_t second_len)
{
    insist(EVP_DigestInit_ex(ctx, sha256, NULL) == 1);
    insist(!first_len || EVP_DigestUpdate(ctx, first, first_len) == 1);
    insist(!second_len || EVP_DigestUpdate(ctx, second, second_len) == 1);
    insist(EVP_DigestFinal_ex(ctx, out, NULL) == 1);
}

void cd_sha256(unsigned char out[32], const void *bytes, apr_size_t len)
{
    EVP_MD_CTX *ctx = context();

    hash_two(out, ctx, NULL, 0, bytes, len);
    EVP_MD_CTX_free(ctx);
}

struct cd_sha256_t {
    EVP_MD_CTX *ctx;
};

static apr_status_t drop_context(void *data)
{
    EVP_MD_CTX_free(((cd_sha256_t *)data)->ctx);
    return APR_SUCCESS;
}

cd_sha256_t *cd_sha256_begin(apr_pool_t *pool)
{
    cd_sha256_t *sum = apr_palloc(pool, sizeof(*sum));

    sum->ctx = context();
    apr_pool_cleanup_register(pool, sum, drop_context, apr_pool_cleanup_null);
    insist(EVP_DigestInit_ex(sum->ctx, sha256, NULL) == 1);
    return sum;
}

void cd_sha256_add(cd_sha256_t *sum, const void *bytes, apr_size_t len)
{
    insist(!len || EVP_DigestUpdate(sum->ctx, bytes, len) == 1);
}

void cd_sha256_end(unsigned char out[32], cd_sha256_t *sum)
{
    insist(EVP_DigestFinal_ex(sum->ctx, out, NULL) == 1);
}

void cd_hmac(unsigned char out[32], const unsigned char key[32], const void *bytes, apr_size_t len)
{
    unsigned char inner_pad[BLOCK_BYTES], outer_pad[BLOCK_BYTES], inner[32];
    EVP_MD_CTX *ctx = context();
    int i;

    memset(inner_pad, 0x36, sizeof(inner_pad));
    memset(outer_pad, 0x5c, sizeof(outer_pad));
    for (i = 0; i < 32; i++) {
        inner_pad[i] ^= key[i];
        outer_pad[i] ^= key[i];
    }
    hash_two(inner, ctx, inner_pad, sizeof(inner_pad), bytes, len);
    hash_two(out, ctx, outer_pad, sizeof(outer_pad), inner, sizeof(inner));
    EVP_MD_CTX_free(ctx);
    OPENSSL_cleanse(inner_pad, sizeof(inner_pad));
    OPENSSL_cleanse(outer_pad, sizeof(outer_pad));
    OPENSSL_cleanse(inner, sizeof(inner));
}

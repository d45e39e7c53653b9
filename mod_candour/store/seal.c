/* seal.c: sealing of personal data, keyed hashes and randomness, over OpenSSL.
 *
 * Knows nothing of files of keys (key.c) and nothing of rows. Sealed form: one byte of version,
 * nonce, cipher text, tag. */
#include <limits.h>
#include <pthread.h>
#include <string.h>

#include <apr_strings.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/hash.h"
#include "store/gcm.h"
#include "store/key.h"

#define SEAL_VERSION 1
#define SEAL_PLACE "candour seal 1/"

static pthread_once_t fetched = PTHREAD_ONCE_INIT;
static const EVP_CIPHER *aes_gcm;

/* OpenSSL 3 looks an algorithm up by name at each use, which costs more than sealing a short
 * text; so it is fetched once for the life of the process. */
static void fetch(void)
{
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
    aes_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
#endif
    if (!aes_gcm)
        aes_gcm = EVP_aes_256_gcm();
}

static cd_err_t *gcm_failed(apr_pool_t *pool, const char *doing)
{
    return cd_err(pool, CD_E_FAILED, NULL, "the cipher library could not %s", doing);
}

cd_err_t *store_random(void *out, apr_size_t len, apr_pool_t *pool)
{
    if (len > INT_MAX || RAND_bytes(out, (int)len) != 1)
        return cd_err(pool, CD_E_FAILED, NULL, "no randomness from the cipher library");
    return NULL;
}

static int encrypt(EVP_CIPHER_CTX *ctx, unsigned char *out, const unsigned char *key,
                   const char *place, const void *bytes, int len)
{
    int got = 0;

    return EVP_EncryptInit_ex(ctx, aes_gcm, NULL, key, out) == 1 &&
           EVP_EncryptUpdate(ctx, NULL, &got, (const unsigned char *)place, (int)strlen(place)) ==
               1 &&
           EVP_EncryptUpdate(ctx, out + STORE_GCM_NONCE, &got, bytes, len) == 1 && got == len &&
           EVP_EncryptFinal_ex(ctx, out + STORE_GCM_NONCE + len, &got) == 1 && got == 0 &&
           EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, STORE_GCM_TAG,
                               out + STORE_GCM_NONCE + len) == 1;
}

cd_err_t *store_gcm_close(unsigned char *out, const unsigned char key[32], const char *place,
                          const void *bytes, apr_size_t len, apr_pool_t *pool)
{
    EVP_CIPHER_CTX *ctx;
    int done;

    pthread_once(&fetched, fetch);
    if (len > INT_MAX - STORE_GCM_EXTRA)
        return cd_err(pool, CD_E_TOO_LARGE, NULL,
                      "a text of %" APR_SIZE_T_FMT " bytes is not sealed", len);
    CD_ERR(store_random(out, STORE_GCM_NONCE, pool));
    ctx = EVP_CIPHER_CTX_new();
    done = ctx && encrypt(ctx, out, key, place, bytes, (int)len);
    EVP_CIPHER_CTX_free(ctx);
    return done ? NULL : gcm_failed(pool, "seal");
}

/* EVP_DecryptFinal_ex is what checks the tag: nothing may be used before it. */
static int decrypt(EVP_CIPHER_CTX *ctx, unsigned char *out, const unsigned char *key,
                   const char *place, const unsigned char *sealed, int len)
{
    unsigned char tag[STORE_GCM_TAG];
    int got = 0;

    memcpy(tag, sealed + STORE_GCM_NONCE + len, sizeof(tag));
    return EVP_DecryptInit_ex(ctx, aes_gcm, NULL, key, sealed) == 1 &&
           EVP_DecryptUpdate(ctx, NULL, &got, (const unsigned char *)place, (int)strlen(place)) ==
               1 &&
           EVP_DecryptUpdate(ctx, out, &got, sealed + STORE_GCM_NONCE, len) == 1 && got == len &&
           EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, STORE_GCM_TAG, tag) == 1 &&
           EVP_DecryptFinal_ex(ctx, out + len, &got) == 1;
}

cd_err_t *store_gcm_open(unsigned char *out, const unsigned char key[32], const char *place,
                         const void *sealed, apr_size_t len, apr_pool_t *pool)
{
    EVP_CIPHER_CTX *ctx;
    int done;

    pthread_once(&fetched, fetch);
    if (len < STORE_GCM_EXTRA || len > INT_MAX)
        return cd_err(pool, CD_E_TAMPERED, NULL, "a sealed text of %" APR_SIZE_T_FMT " bytes", len);
    ctx = EVP_CIPHER_CTX_new();
    if (!ctx)
        return gcm_failed(pool, "open");
    done = decrypt(ctx, out, key, place, sealed, (int)(len - STORE_GCM_EXTRA));
    EVP_CIPHER_CTX_free(ctx);
    if (!done) {
        OPENSSL_cleanse(out, len - STORE_GCM_EXTRA);
        return cd_err(pool, CD_E_TAMPERED, NULL, "a sealed text does not open at \"%s\"", place);
    }
    return NULL;
}

cd_err_t *store_seal(const char **out, apr_size_t *out_len, const store_data_key_t *key,
                     const char *place, const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    unsigned char *sealed = apr_palloc(pool, len + STORE_GCM_EXTRA + 1);

    sealed[0] = SEAL_VERSION;
    CD_ERR(store_gcm_close(sealed + 1, key->bytes, apr_pstrcat(pool, SEAL_PLACE, place, NULL),
                           bytes, len, pool));
    *out = (const char *)sealed;
    *out_len = len + STORE_GCM_EXTRA + 1;
    return NULL;
}

cd_err_t *store_unseal(const char **out, apr_size_t *out_len, const store_data_key_t *key,
                       const char *place, const char *sealed, apr_size_t len, apr_pool_t *pool)
{
    unsigned char *bytes;

    if (len < STORE_GCM_EXTRA + 1 || sealed[0] != SEAL_VERSION)
        return cd_err(pool, CD_E_TAMPERED, NULL, "a sealed text at \"%s\" has no known form",
                      place);
    bytes = apr_palloc(pool, len - STORE_GCM_EXTRA);
    CD_ERR(store_gcm_open(bytes, key->bytes, apr_pstrcat(pool, SEAL_PLACE, place, NULL), sealed + 1,
                          len - 1, pool));
    bytes[len - STORE_GCM_EXTRA - 1] = '\0';
    *out = (const char *)bytes;
    *out_len = len - STORE_GCM_EXTRA - 1;
    return NULL;
}

void store_hmac(unsigned char out[32], const unsigned char key[32], const void *bytes,
                apr_size_t len)
{
    cd_hmac(out, key, bytes, len);
}

void store_commitment(unsigned char out[32], const store_data_key_t *key, const char *bytes,
                      apr_size_t len)
{
    cd_hmac(out, key->bytes, bytes, len);
}

void store_sha256(unsigned char out[32], const void *bytes, apr_size_t len)
{
    cd_sha256(out, bytes, len);
}

/* gcm.h: AES-256-GCM as one call each way; the store's own, seen by key.c and seal.c.
 *
 * Requires: APR, OpenSSL (in seal.c).   Provides: store_gcm_*.   Used by: store. Out: nonce (12
 * random bytes), cipher text, tag (16). A nonce is never reused: it is drawn at random, and one
 * key seals far fewer than 2^32 texts. */
#ifndef CD_STORE_GCM_H
#define CD_STORE_GCM_H

#include "base/err.h"

#define STORE_GCM_NONCE 12
#define STORE_GCM_TAG 16
#define STORE_GCM_EXTRA (STORE_GCM_NONCE + STORE_GCM_TAG)

/** Writes len + STORE_GCM_EXTRA bytes to `out`. @errors CD_E_FAILED: no randomness, or the
 * library failed */
cd_err_t *store_gcm_close(unsigned char *out, const unsigned char key[32], const char *place,
                          const void *bytes, apr_size_t len, apr_pool_t *pool);
/** Writes len - STORE_GCM_EXTRA bytes to `out`. @errors CD_E_TAMPERED: key, place or bytes are
 * not those */
cd_err_t *store_gcm_open(unsigned char *out, const unsigned char key[32], const char *place,
                         const void *sealed, apr_size_t len, apr_pool_t *pool);
/** HMAC-SHA256. */
void store_hmac(unsigned char out[32], const unsigned char key[32], const void *bytes,
                apr_size_t len);

#endif

/* hash.h: SHA-256 and HMAC-SHA-256 in one call each.
 *
 * Requires: APR, OpenSSL (in hash.c).   Provides: cd_sha256, cd_hmac.   Used by: store, web.
 * The library's own one-call functions look the algorithm up by its name each time, which costs
 * more than hashing a short text; here it is looked up once in the life of the process. */
#ifndef CD_BASE_HASH_H
#define CD_BASE_HASH_H

#include <apr_pools.h>

/** Without memory the process ends, as APR's pools do: a fingerprint that could not be made must
 * not pass for one. */
void cd_sha256(unsigned char out[32], const void *bytes, apr_size_t len);
/** The same of bytes that come in pieces. cd_sha256_end may be called once. @owner pool */
typedef struct cd_sha256_t cd_sha256_t;
cd_sha256_t *cd_sha256_begin(apr_pool_t *pool);
void cd_sha256_add(cd_sha256_t *sum, const void *bytes, apr_size_t len);
void cd_sha256_end(unsigned char out[32], cd_sha256_t *sum);
/** @source RFC 2104, with keys of 32 bytes */
void cd_hmac(unsigned char out[32], const unsigned char key[32], const void *bytes, apr_size_t len);

#endif

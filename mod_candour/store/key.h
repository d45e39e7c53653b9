/* key.h: the key file, keys derived from it, and sealing of personal data.
 *
 * Requires: base, OpenSSL (in key.c and seal.c only).   Provides: store_keys_t.   Used by:
 * store, audit, app, mod, cli. Each file (case or claim) has a random 32-byte data key, kept in
 * its head row wrapped by the key file's key (AES-256-GCM, the file's kind and id as associated
 * data). Sensitive fields are sealed with the data key (AES-256-GCM, random 96-bit nonce;
 * associated data: file, seq, kind), so a row moved to another place does not open. Destroying
 * one wrapped key erases one file's persons. */
#ifndef CD_STORE_KEY_H
#define CD_STORE_KEY_H

#include "base/err.h"

#define STORE_KEY_BYTES 32
typedef struct store_keys_t store_keys_t;
typedef struct store_data_key_t { unsigned char bytes[STORE_KEY_BYTES]; } store_data_key_t;

/** Writes a new key file, mode 0600; refuses to overwrite. */
cd_err_t *store_key_file_make(const char *path, apr_pool_t *pool);
/** Reads a key file: first key wraps and signs, all unwrap (rotation). Refuses one that others can
 * read. @errors CD_E_CONFIG   @owner pool; wiped when it is cleared */
cd_err_t *store_keys_read(store_keys_t **out, const char *path, apr_pool_t *pool);
/** Derived secret for another purpose ("csrf"), 32 bytes. */
void store_keys_derive(unsigned char out[STORE_KEY_BYTES], const store_keys_t *keys,
                       const char *purpose);

/** Fresh data key and its wrapping, bound to (file_kind, reference). @owner pool */
cd_err_t *store_data_key_make(store_data_key_t *key_out, const char **wrapped_out,
                              apr_size_t *len_out, const store_keys_t *keys, int file_kind,
                              const char *reference, apr_pool_t *pool);
/** @errors CD_E_KEY: no such key, or destroyed; CD_E_TAMPERED */
cd_err_t *store_data_key_unwrap(store_data_key_t *key_out, const store_keys_t *keys,
                                const char *wrapped, apr_size_t len, int file_kind,
                                const char *reference, apr_pool_t *pool);
/** Seals `len` bytes; `place` is the associated data ("case/CM-2026-0412/5/talk"). @owner pool */
cd_err_t *store_seal(const char **out, apr_size_t *out_len, const store_data_key_t *key,
                     const char *place, const char *bytes, apr_size_t len, apr_pool_t *pool);
cd_err_t *store_unseal(const char **out, apr_size_t *out_len, const store_data_key_t *key,
                       const char *place, const char *sealed, apr_size_t len, apr_pool_t *pool);
/** Keyed hash of an NHS number (or other exact look-up value) under the key file, 32 bytes. */
void store_lookup_hash(unsigned char out[32], const store_keys_t *keys, const char *purpose,
                       const char *value);
/** Key of one trust's words ("RZ1"), or of the scheme's (""): from the look-up secret, so that it
 * outlives a rotation. A word hashed under one trust's key says nothing about another's. */
void store_word_key(store_data_key_t *out, const store_keys_t *keys, const char *whose);
/** What an entry of the system's chain commits to, and the fingerprint of the chain's head: keyed
 * by the look-up secret, which stays when keys are rotated. */
void store_system_commitment(unsigned char out[32], const store_keys_t *keys, const char *content);
void store_system_mac(unsigned char out[32], const store_keys_t *keys, int seq,
                      const unsigned char head[32]);
/** HMAC-SHA256 under the file's data key: the audit log's commitment to a payload. */
void store_commitment(unsigned char out[32], const store_data_key_t *key, const char *bytes,
                      apr_size_t len);
void store_sha256(unsigned char out[32], const void *bytes, apr_size_t len);
/** `len` random bytes; fails closed. @errors CD_E_FAILED */
cd_err_t *store_random(void *out, apr_size_t len, apr_pool_t *pool);

#endif

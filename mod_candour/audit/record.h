/* record.h: appends an audit entry in the caller's transaction.
 *
 * Requires: store.   Provides: audit_link, audit_append.   Used by: app. Each file has its own
 * hash chain (no hot row); users, trusts, holidays and schemes share the system's. entry hash =
 * SHA-256 over a versioned, length-prefixed form of every member; prev is the hash of the one
 * before (32 zero bytes at the start). Personal data never enters: payloads are committed to by
 * HMAC under the file's own key. One entry for each row added to a file: object "record 5",
 * "flag 2", "decision 1" names the row and the commitment is store_commitment() of its payload
 * (store_record_insert, store_flag_payload, store_decision_payload). audit_verify holds each row
 * against the entry that names it. */
#ifndef CD_AUDIT_RECORD_H
#define CD_AUDIT_RECORD_H

#include "store/audit.h"

/** Fills seq, prev and hash of `entry` from the chain's state, so that the head row can be
 * written first. */
void audit_link(store_entry_t *entry, int last_seq, const unsigned char last_hash[32],
                apr_pool_t *pool);
/** Inserts the linked entry and tells the transaction runner. */
cd_err_t *audit_append(const store_entry_t *entry, store_conn_t *conn, apr_pool_t *pool);
/** The same for many, in their order. */
cd_err_t *audit_append_all(const store_entry_t *entries, int count, store_conn_t *conn,
                           apr_pool_t *pool);
/** The canonical bytes that are hashed. @owner pool */
void audit_canonical(const char **out, apr_size_t *len_out, const store_entry_t *entry,
                     apr_pool_t *pool);

#endif

/* audit.h: audit entries as rows. INSERT and SELECT only: the server's account has no other right.
 *
 * Requires: file.h.   Provides: store_entry_*.   Used by: audit, app (reading). */
#ifndef CD_STORE_AUDIT_H
#define CD_STORE_AUDIT_H

#include "store/file.h"

/** Beside cd_file_kind_t: users, trusts, holidays, schemes; its chain id is 0. */
#define STORE_CHAIN_SYSTEM 9
#define STORE_IDEM_BYTES 16

typedef struct store_entry_t {
    int chain;                           /* cd_file_kind_t or STORE_CHAIN_SYSTEM */
    apr_int64_t chain_id;
    int seq;
    cd_instant_t at;
    cd_user_id actor;
    const char *actor_name;              /* joined, not stored */
    int role;
    int action;                          /* cd_action_t */
    const char *object;                  /* "record 5", "user jokafor": ids only */
    int version_before, version_after;
    unsigned char commitment[32];
    unsigned char prev[32], hash[32];
    int has_idem;
    unsigned char idem[STORE_IDEM_BYTES];
    unsigned char fingerprint[32];       /* of the request that carried the key */
    const char *answer;                  /* where the answer is: "CM-2026-0412#5" */
} store_entry_t;

/** @errors CD_E_KEY_REUSED via app: a double idempotency key surfaces as CD_E_STALE here */
cd_err_t *store_entry_insert(const store_entry_t *entry, store_conn_t *conn, apr_pool_t *pool);
/** Many, eight in one round trip. */
cd_err_t *store_entries_insert(const store_entry_t *entries, int count, store_conn_t *conn,
                               apr_pool_t *pool);
/** The entry that carries this idempotency key; NULL: none. */
cd_err_t *store_entry_by_idem(store_entry_t **out, const unsigned char idem[STORE_IDEM_BYTES],
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_entries(store_entry_t **out, int *count_out, int chain, apr_int64_t chain_id,
                        int after_seq, int limit, store_conn_t *conn, apr_pool_t *pool);
/** A page of a chain: numbers above `after_seq` and below `before_seq`, neither itself; 0: no
 * bound. */
typedef struct store_entry_ask_t {
    int chain;
    apr_int64_t chain_id;
    int after_seq, before_seq;
    int limit;
} store_entry_ask_t;
/** The newest of them, newest first. */
cd_err_t *store_entries_newest(store_entry_t **out, int *count_out, const store_entry_ask_t *ask,
                               store_conn_t *conn, apr_pool_t *pool);
/** Head of the system chain (app_state row), read for update by compare-and-set and held against
 * its fingerprint. @errors CD_E_TAMPERED: not what was recorded; both are filled all the same;
 * CD_E_KEY: no key file */
cd_err_t *store_system_head(int *seq_out, unsigned char head_out[32], store_conn_t *conn,
                            apr_pool_t *pool);
/** @errors CD_E_STALE */
cd_err_t *store_system_bump(int seq_before, const unsigned char head_after[32], store_conn_t *conn,
                            apr_pool_t *pool);

#endif

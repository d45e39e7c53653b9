/* verify.h: walks the chains and holds them against the tables.
 *
 * Requires: store, record.h.   Provides: audit_verify.   Used by: cli, app (health). Checks per
 * file: no gap, prev and hash, head row equals last entry, versions rise, each record's payload
 * against its entry's commitment, no record without entry and none missing. Memory bounded. */
#ifndef CD_AUDIT_VERIFY_H
#define CD_AUDIT_VERIFY_H

#include "audit/record.h"

typedef struct audit_verdict_t {
    apr_int64_t files, entries, unchecked;   /* unchecked: no key, or none in the key file */
    /* entries over 5 minutes older than the one before: no tampering */
    int clock_back;
    const char *first_back;                  /* where the first of them stands, or NULL */
    int tampered;
    const char *first_bad;                   /* "case CM-2026-0412, entry 5: hash" or NULL */
} audit_verdict_t;

typedef void (*audit_tell_fn)(void *baton, apr_int64_t files_done);
/** `reference` NULL: all files of both kinds and the system chain.
 * @errors CD_E_KEY: nothing was found, but some files' keys are not in the key file;
 * CD_E_NOT_FOUND: no such file; CD_E_BUSY and others: not all could be read. `out` holds what was
 * seen until then. */
cd_err_t *audit_verify(audit_verdict_t *out, const char *reference, store_conn_t *conn,
                       audit_tell_fn tell, void *baton, apr_pool_t *pool);

#endif

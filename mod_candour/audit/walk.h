/* walk.h: the inside of verify, for the files it is made of.
 *
 * Requires: verify.h.   Provides: audit_walk_t, audit_bad.   Used by: verify*.c. */
#ifndef CD_AUDIT_WALK_H
#define CD_AUDIT_WALK_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "audit/verify.h"

typedef struct audit_walk_t {
    audit_verdict_t *out;
    store_conn_t *conn;
    const char *what;   /* "case CM-2026-0412" */
    const char *no_key; /* the first file whose key is not at hand, or NULL */
    apr_array_header_t *named;
    apr_hash_t *latest; /* of the system's chain: object -> its newest entry */
    const char *active; /* object of the newest entry that put a scheme in force, or NULL */
    apr_pool_t *pool;   /* of the verdict */
    apr_pool_t *file_pool;
} audit_walk_t;

/** Counts a finding; the first is told. */
void audit_bad(audit_walk_t *walk, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** Holds the content that a case keeps against its records: number, size, SHA-256, every chunk. */
cd_err_t *audit_check_content(audit_walk_t *walk, const store_head_t *head,
                              const cd_record_t *records, int count);

/** Holds the decision reports that a claim keeps against its records of telling a trust: there,
 * whole, and none more. */
cd_err_t *audit_check_reports(audit_walk_t *walk, const store_head_t *claim,
                              const cd_record_t *records, int count);

/** Remembers what an entry of the system's chain says of its object. */
void audit_system_entry(audit_walk_t *walk, const store_entry_t *entry);
/** Holds users, trusts and schemes against the newest entry that names each. */
cd_err_t *audit_system_rows(audit_walk_t *walk);

#endif

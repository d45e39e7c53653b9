/* bulk.h: the store's calls to a database, answered by files that LOAD DATA reads.
 *
 * Requires: store/db.h.   Provides: bulk_*; stands in for store/db.c in the program that links it.
 * The rings above are the real ones: they seal, encode, link and fingerprint as they do in httpd,
 * and hand their rows to store_change(). Nothing can be read back, so a SELECT is an error. */
#ifndef CD_BENCH_BULK_H
#define CD_BENCH_BULK_H

#include "domain/actor.h"
#include "store/db.h"

/** A connection whose rows go to files in `folder`; `keys` seal them. @owner pool */
cd_err_t *bulk_open(store_conn_t **out, const char *folder, const store_keys_t *keys,
                    apr_pool_t *pool);
/** Tells the id of an organisation, which some statements look up by its code. */
void bulk_org(store_conn_t *conn, const char *code, cd_org_id id);
/** Writes the counters and one load-N.sql for each table, closes all. */
cd_err_t *bulk_close(store_conn_t *conn, apr_pool_t *pool);

#endif

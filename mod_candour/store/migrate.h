/* migrate.h: applies schema/NNNN-name.sql under the migrator's account, one DDL step a file.
 *
 * Requires: pool.h.   Provides: store_migrate.   Used by: cli. */
#ifndef CD_STORE_MIGRATE_H
#define CD_STORE_MIGRATE_H

#include "store/pool.h"

typedef void (*store_migrate_fn)(void *baton, const char *file, int done_before);
#define STORE_SCHEMA_VERSION_FILE "schema"
/** Applies what is missing, in order; each done file is recorded with its SHA-256. A file changed
 * after it was applied stops it. `server_user` not NULL: (re)grants that account the server's
 * rights. */
cd_err_t *store_migrate(int *applied_out, store_conn_t *migrator, const char *schema_dir,
                        const char *server_user, store_migrate_fn tell, void *baton,
                        apr_pool_t *pool);
/** The schema this program needs (number of the last file it knows). */
int store_schema_wanted(void);
/** How many steps there are: numbers of steps have gaps. */
int store_schema_steps(void);

#endif

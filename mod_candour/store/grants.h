/* grants.h: the rights of the server's account on each table.
 *
 * Requires: pool.h.   Provides: store_grant.   Used by: store (migrate.c, health.c). */
#ifndef CD_STORE_GRANTS_H
#define CD_STORE_GRANTS_H

#include "store/conn.h"

/** Gives `account` ("candour" or "candour@localhost", which must exist: the administrator or the
 * bootstrap makes it with its password) exactly the rights of the table in grants.c, and takes
 * any other on our tables.
 * @errors CD_E_CONFIG: a name of other letters, or the migrator may not grant */
cd_err_t *store_grant(store_conn_t *migrator, const char *account, apr_pool_t *pool);
/** Reads SHOW GRANTS of the connection's own account: NULL if it has no more than it should, else
 * what it has too much. */
cd_err_t *store_too_much(const char **out, store_conn_t *conn, apr_pool_t *pool);

#endif

/* pool.h: connections to the database, with limits, a deadline and a circuit breaker.
 *
 * Requires: base.   Provides: store_t, store_conn_t (opaque).   Used by: store, audit, app, cli; mod opens one per child.
 * Nothing connects in store_open: a start with the database down must not fail. A slot connects
 * outside the list's lock; acquire has a deadline, then CD_E_BUSY within it; after three failed
 * connects the breaker is open and one caller at a time probes. A connection that met 2006, 2013 or
 * 1047 is dropped, never mended underneath. mysql.h is seen by db.c alone. */
#ifndef CD_STORE_POOL_H
#define CD_STORE_POOL_H

#include "base/err.h"
#include "base/log.h"
#include "store/key.h"

typedef struct store_t store_t;
typedef struct store_conn_t store_conn_t;

typedef struct store_options_t {
    const char *socket;                 /* or host and port */
    const char *host;
    int port;
    const char *database, *user, *password;
    const char *tls_ca;                 /* verify the server against this file; NULL on a socket */
    int slots;                          /* default 6 */
    int acquire_ms;                     /* default 900: pages answer 503 within 1 s */
    int connect_s, read_s, write_s;     /* defaults 1, 20, 20 */
    int allow_unsafe;                   /* 1: serve writes though durability settings are unsafe */
    const store_keys_t *keys;           /* NULL: nothing sensitive can be read or written */
    const cd_log_t *log;
} store_options_t;

/** Makes the pool of slots; opens nothing. May be used by all threads of a child. @owner pool */
cd_err_t *store_open(store_t **out, const store_options_t *options, apr_pool_t *pool);
/** A connection for one request; given back when `pool` is cleared or by store_release.
 * Session settings were sent and read back (R7). @errors CD_E_BUSY, CD_E_SCHEMA, CD_E_CONFIG */
cd_err_t *store_acquire(store_conn_t **out, store_t *store, apr_pool_t *pool);
void store_release(store_conn_t *conn);

typedef struct store_stats_t {
    int slots, busy, connected, breaker_open;
    apr_uint64_t acquired, connects, connect_failures, timeouts, retries, round_trips;
} store_stats_t;
void store_stats(store_stats_t *out, store_t *store);

/** What the server says of itself, for the health page: settings read back, versions, schema. */
typedef struct store_check_t { const char *name, *wanted, *found; int ok; int warn_only; } store_check_t;
cd_err_t *store_health(store_check_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool);

#endif

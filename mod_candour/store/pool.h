/* pool.h: connections to the database, with limits, a deadline and a circuit breaker.
 *
 * Requires: base.   Provides: store_t, store_conn_t (opaque).   Used by: store, audit, app, cli;
 * mod opens one per child. Nothing connects in store_open: a start with the database down must
 * not fail. A slot connects outside the list's lock; acquire has a deadline, then CD_E_BUSY
 * within it; after three failed connects the breaker is open and one caller at a time probes. A
 * connection that met 2006, 2013 or 1047 is dropped, never mended underneath. mysql.h is seen by
 * db.c alone. */
#ifndef CD_STORE_POOL_H
#define CD_STORE_POOL_H

#include "base/err.h"
#include "base/log.h"
#include "store/key.h"

typedef struct store_t store_t;
typedef struct store_conn_t store_conn_t;

/** Kinds of calls that leave the process; what a test may fail. */
typedef enum store_call_t {
    STORE_CALL_CONNECT = 1, STORE_CALL_BEGIN, STORE_CALL_PREPARE, STORE_CALL_EXECUTE,
    STORE_CALL_FETCH, STORE_CALL_COMMIT, STORE_CALL_ROLLBACK, STORE_CALL_SETTINGS,
    STORE_CALL_COLUMN                   /* a value too long for its first place, asked for again */
} store_call_t;
/** Asked before (the call is not made) and after (it was made, its answer is lost) each call; an
 * error number of the client library or the server stands for that failure, 0 lets it be. */
typedef struct store_calls_t {
    unsigned (*before)(void *baton, store_call_t call, int statement);
    unsigned (*after)(void *baton, store_call_t call, int statement);
    void *baton;
} store_calls_t;

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
    int any_schema;                     /* 1: the migrator, which meets a database of any version */
    const store_keys_t *keys;           /* NULL: nothing sensitive can be read or written */
    const cd_log_t *log;
    const store_calls_t *calls;         /* tests only: fails chosen calls; NULL in production */
} store_options_t;

/** Makes the pool of slots; opens nothing. May be used by all threads of a child. @owner pool */
cd_err_t *store_open(store_t **out, const store_options_t *options, apr_pool_t *pool);
/** A connection for one request; given back when `pool` is cleared or by store_release.
 * Session settings were sent and read back (R7). @errors CD_E_BUSY, CD_E_SCHEMA, CD_E_CONFIG */
cd_err_t *store_acquire(store_conn_t **out, store_t *store, apr_pool_t *pool);
/** The same for a request that is likely to write (any unsafe method): prefers a connection whose
 * autocommit is off already, which saves a write the round trip of START TRANSACTION: look-up of
 * the actor and head, change of the head, record, entry, COMMIT are five. Correct without it,
 * too. */
cd_err_t *store_acquire_to_write(store_conn_t **out, store_t *store, apr_pool_t *pool);
void store_release(store_conn_t *conn);
/** The keys that its store was opened with, or NULL. */
const store_keys_t *store_conn_keys(const store_conn_t *conn);

typedef struct store_stats_t {
    int slots, busy, connected, breaker_open;
    apr_uint64_t acquired, connects, connect_failures, timeouts, retries, round_trips;
} store_stats_t;
void store_stats(store_stats_t *out, store_t *store);

/** What the server says of itself, for the health page: settings read back, versions, schema. */
typedef struct store_check_t {
    const char *name, *wanted, *found;
    int ok, warn_only;
} store_check_t;
cd_err_t *store_health(store_check_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool);

#endif

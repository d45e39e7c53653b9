/* pool.c: the slots of a child: who has a connection, who may connect, when to give up at once.
 *
 * An own pool instead of apr_reslist, whose constructor runs under its lock: with a dead
 * database each attempt would hold up every other caller, releases too. Here the lock guards
 * lists and counters only; connecting, settings and closing happen outside it. Two lists of idle
 * connections, by mode (tx.h), last in first out, so that few stay warm. Does not know SQL. */
#include <string.h>

#include <apr_strings.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_time.h>

#include "store/db.h"

#define SLOTS_DEFAULT 6
#define SLOTS_MAX 256
#define BREAKER_AFTER 3 /* failed connects in a row */
#define PROBE_EVERY apr_time_from_msec(250)
#define AGE_MAX apr_time_from_sec(1800)

enum { LIST_EMPTY, LIST_READING, LIST_WRITING, LIST__COUNT };

struct store_t {
    store_options_t options;
    const cd_log_t *log;
    apr_thread_mutex_t *lock;
    apr_thread_cond_t *freed;
    store_conn_t *conns;
    store_conn_t *idle[LIST__COUNT];
    int slots, busy, connected;
    int epoch;           /* moves when a connection was found dead */
    int failures;        /* connects failed in a row */
    int probing;         /* one caller tries while the breaker is open */
    apr_time_t probe_at; /* not before */
    int told_unsafe;
    int closing;
    store_stats_t stats; /* counters only */
    apr_uint64_t round_trips;
};

/* ---- opening ------------------------------------------------------------ */

static int or_default(int value, int fallback)
{
    return value > 0 ? value : fallback;
}

static int is_near(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 ||
           strcmp(host, "::1") == 0;
}

static cd_err_t *check_options(const store_options_t *options, apr_pool_t *pool)
{
    if (!options->database || !options->user)
        return cd_err(pool, CD_E_CONFIG, NULL, "the database and the account to use must be named");
    if (!options->socket && !options->host)
        return cd_err(pool, CD_E_CONFIG, NULL, "the database's socket or host must be named");
    if (!options->socket && !options->tls_ca && !is_near(options->host))
        return cd_err(pool, CD_E_CONFIG, NULL,
                      "the database is on another host: a file of authorities is needed for TLS");
    if (options->slots > SLOTS_MAX)
        return cd_err(pool, CD_E_CONFIG, NULL, "at most %d connections", SLOTS_MAX);
    return NULL;
}

static void copy_options(store_t *store, const store_options_t *options, apr_pool_t *pool)
{
    store_options_t *own = &store->options;

    *own = *options;
    own->socket = apr_pstrdup(pool, options->socket);
    own->host = apr_pstrdup(pool, options->host);
    own->database = apr_pstrdup(pool, options->database);
    own->user = apr_pstrdup(pool, options->user);
    own->password = apr_pstrdup(pool, options->password);
    own->tls_ca = apr_pstrdup(pool, options->tls_ca);
    own->port = own->socket ? 0 : or_default(options->port, 3306);
    own->slots = or_default(options->slots, SLOTS_DEFAULT);
    own->acquire_ms = or_default(options->acquire_ms, 900);
    own->connect_s = or_default(options->connect_s, 1);
    own->read_s = or_default(options->read_s, 20);
    own->write_s = or_default(options->write_s, 20);
}

/* The store's pool goes: idle connections are closed; one that a thread still has is left to the
 * process's end, for closing it under that thread's hands would be worse. */
static apr_status_t store_cleanup(void *data)
{
    store_t *store = data;
    int i;

    apr_thread_mutex_lock(store->lock);
    store->closing = 1;
    apr_thread_mutex_unlock(store->lock);
    for (i = 0; i < store->slots; i++) {
        store_conn_t *conn = &store->conns[i];

        if (conn->holder)
            continue;
        store_unlink(conn);
        apr_pool_destroy(conn->pool);
    }
    return APR_SUCCESS;
}

/* A slot's pool has its own allocator: whoever has the slot uses it without a lock. */
static cd_err_t *slot_make(store_t *store, int index, apr_pool_t *pool)
{
    store_conn_t *conn = &store->conns[index];
    apr_allocator_t *allocator;

    if (apr_allocator_create(&allocator) != APR_SUCCESS ||
        apr_pool_create_unmanaged_ex(&conn->pool, NULL, allocator) != APR_SUCCESS)
        return cd_err(pool, CD_E_FAILED, NULL, "no memory for connection %d", index);
    apr_allocator_owner_set(allocator, conn->pool);
    apr_allocator_max_free_set(allocator, 256 * 1024);
    conn->store = store;
    conn->options = &store->options;
    conn->next = store->idle[LIST_EMPTY];
    store->idle[LIST_EMPTY] = conn;
    return NULL;
}

cd_err_t *store_open(store_t **out, const store_options_t *options, apr_pool_t *pool)
{
    store_t *store = apr_pcalloc(pool, sizeof(*store));
    int i;

    CD_ERR(check_options(options, pool));
    store_library_init();
    copy_options(store, options, pool);
    store->log = options->log;
    store->slots = store->options.slots;
    store->conns = apr_pcalloc(pool, (apr_size_t)store->slots * sizeof(*store->conns));
    if (apr_thread_mutex_create(&store->lock, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        apr_thread_cond_create(&store->freed, pool) != APR_SUCCESS)
        return cd_err(pool, CD_E_FAILED, NULL, "no lock for the connections");
    for (i = 0; i < store->slots; i++)
        CD_ERR(slot_make(store, i, pool));
    /* After the pool's children have gone: requests' pools among them give their connections
     * back first. */
    apr_pool_cleanup_register(pool, store, store_cleanup, apr_pool_cleanup_null);
    *out = store;
    return NULL;
}

/* ---- lists and the breaker, all under the lock -------------------------- */

static store_conn_t *take(store_t *store, int list)
{
    store_conn_t *conn = store->idle[list];

    if (conn) {
        store->idle[list] = conn->next;
        conn->next = NULL;
        conn->suspect = conn->epoch != store->epoch;
        store->busy++;
    }
    return conn;
}

static store_conn_t *take_any(store_t *store, int to_write)
{
    static const int order[2][LIST__COUNT] = {
        { LIST_READING, LIST_EMPTY, LIST_WRITING },
        { LIST_WRITING, LIST_EMPTY, LIST_READING },
    };
    store_conn_t *conn = NULL;
    int i;

    for (i = 0; i < LIST__COUNT && !conn; i++)
        conn = take(store, order[to_write][i]);
    return conn;
}

static void give(store_t *store, store_conn_t *conn)
{
    int list = !conn->mysql ? LIST_EMPTY : conn->writing ? LIST_WRITING : LIST_READING;

    apr_thread_mutex_lock(store->lock);
    conn->holder = NULL;
    conn->next = store->idle[list];
    store->idle[list] = conn;
    store->busy--;
    store->round_trips += conn->round_trips;
    apr_thread_cond_signal(store->freed);
    apr_thread_mutex_unlock(store->lock);
}

/* May this caller try to connect? While the breaker is open one at a time may, and not in a
 * hurry. */
static int may_connect(store_conn_t *conn)
{
    store_t *store = conn->store;
    int may = 1;

    apr_thread_mutex_lock(store->lock);
    conn->epoch = store->epoch;
    if (store->failures >= BREAKER_AFTER) {
        may = !store->probing && apr_time_now() >= store->probe_at;
        store->probing |= may;
    }
    apr_thread_mutex_unlock(store->lock);
    return may;
}

static void connected(store_t *store, int worked)
{
    int first_open, first_closed;

    apr_thread_mutex_lock(store->lock);
    first_closed = worked && store->failures >= BREAKER_AFTER;
    store->failures = worked ? 0 : store->failures + 1;
    first_open = store->failures == BREAKER_AFTER;
    store->probing = 0;
    store->probe_at = apr_time_now() + PROBE_EVERY;
    store->stats.connects += worked ? 1 : 0;
    store->stats.connect_failures += worked ? 0 : 1;
    store->connected += worked ? 1 : 0;
    apr_thread_mutex_unlock(store->lock);
    if (first_open)
        cd_log(store->log, CD_LOG_ERROR,
               CDLOGNO(0014) "the database cannot be reached: requests are turned"
                             " away at once until a probe gets through");
    if (first_closed)
        cd_log(store->log, CD_LOG_NOTICE, "the database can be reached again");
}

/* ---- connecting, outside the lock --------------------------------------- */

static void drop(store_conn_t *conn)
{
    store_t *store = conn->store;

    if (!conn->mysql)
        return;
    store_unlink(conn);
    apr_thread_mutex_lock(store->lock);
    store->connected--;
    apr_thread_mutex_unlock(store->lock);
}

cd_err_t *store_conn_renew(store_conn_t *conn, apr_pool_t *pool)
{
    store_t *store = conn->store;
    cd_err_t *err;

    drop(conn);
    if (!may_connect(conn))
        return cd_err(pool, CD_E_BUSY, NULL, "the database could not be reached a moment ago");
    conn->connected_at = apr_time_now();
    err = store_link(conn, pool);
    connected(store, !err);
    if (err)
        return cd_err_wrap(pool, err, "connecting to the database");
    err = store_session_begin(conn, pool);
    if (err)
        drop(conn);
    return cd_err_wrap(pool, err, "beginning a session");
}

void store_conn_suspect(store_conn_t *conn)
{
    store_t *store = conn->store;

    apr_thread_mutex_lock(store->lock);
    if (conn->epoch == store->epoch)
        store->epoch++;
    apr_thread_mutex_unlock(store->lock);
}

static cd_err_t *ready(store_conn_t *conn, int to_write, apr_pool_t *pool)
{
    if (!conn->mysql || conn->lost || conn->suspect ||
        apr_time_now() - conn->connected_at > AGE_MAX)
        CD_ERR(store_conn_renew(conn, pool));
    conn->suspect = 0;
    if (conn->writing == to_write)
        return NULL;
    /* The mode stays with the connection, so this is paid when the mix of requests shifts. */
    CD_ERR(store_command(conn, STORE_CALL_SETTINGS,
                         to_write ? "SET SESSION autocommit = 0" : "SET SESSION autocommit = 1",
                         pool));
    conn->writing = to_write;
    return NULL;
}

/* ---- taking and giving back --------------------------------------------- */

static cd_err_t *wait_for_slot(store_conn_t **out, store_t *store, int to_write, apr_pool_t *pool)
{
    apr_time_t until = apr_time_now() + apr_time_from_msec(store->options.acquire_ms);
    store_conn_t *conn;

    apr_thread_mutex_lock(store->lock);
    while (!(conn = take_any(store, to_write)) && !store->closing) {
        apr_interval_time_t left = until - apr_time_now();

        if (left <= 0)
            break;
        apr_thread_cond_timedwait(store->freed, store->lock, left);
    }
    if (conn)
        store->stats.acquired++;
    else
        store->stats.timeouts++;
    apr_thread_mutex_unlock(store->lock);
    *out = conn;
    if (!conn)
        return cd_err(pool, CD_E_BUSY, NULL, "no connection was free within %d ms",
                      store->options.acquire_ms);
    return NULL;
}

static apr_status_t release_cleanup(void *data)
{
    store_release(data);
    return APR_SUCCESS;
}

static cd_err_t *acquire(store_conn_t **out, store_t *store, int to_write, apr_pool_t *pool)
{
    store_conn_t *conn;
    cd_err_t *err;

    CD_ERR(wait_for_slot(&conn, store, to_write, pool));
    conn->holder = pool;
    conn->round_trips = 0;
    conn->in_tx = conn->writes = conn->entries = 0;
    conn->fail = STORE_FAIL_NONE;
    err = ready(conn, to_write, pool);
    if (err && conn->lost && conn->mysql)
        err = ready(conn, to_write, pool);
    if (err) {
        if (conn->lost)
            drop(conn);
        give(store, conn);
        return err;
    }
    apr_pool_cleanup_register(pool, conn, release_cleanup, apr_pool_cleanup_null);
    *out = conn;
    return NULL;
}

cd_err_t *store_acquire(store_conn_t **out, store_t *store, apr_pool_t *pool)
{
    return acquire(out, store, 0, pool);
}

cd_err_t *store_acquire_to_write(store_conn_t **out, store_t *store, apr_pool_t *pool)
{
    return acquire(out, store, 1, pool);
}

void store_release(store_conn_t *conn)
{
    if (!conn || !conn->holder)
        return;
    apr_pool_cleanup_kill(conn->holder, conn, release_cleanup);
    if (conn->active)
        store_finish(conn->active);
    conn->ahead = NULL;
    store_read_end(conn);
    if (conn->lost)
        drop(conn);
    give(conn->store, conn);
}

const store_keys_t *store_conn_keys(const store_conn_t *conn)
{
    return conn->options->keys;
}

/* ---- counters ----------------------------------------------------------- */

void store_count_retry(store_t *store)
{
    apr_thread_mutex_lock(store->lock);
    store->stats.retries++;
    apr_thread_mutex_unlock(store->lock);
}

void store_count_round_trip(store_conn_t *conn)
{
    conn->round_trips++;
}

int store_first_time(store_t *store)
{
    int first;

    apr_thread_mutex_lock(store->lock);
    first = !store->told_unsafe;
    store->told_unsafe = 1;
    apr_thread_mutex_unlock(store->lock);
    return first;
}

void store_stats(store_stats_t *out, store_t *store)
{
    apr_thread_mutex_lock(store->lock);
    *out = store->stats;
    out->slots = store->slots;
    out->busy = store->busy;
    out->connected = store->connected;
    out->breaker_open = store->failures >= BREAKER_AFTER;
    out->round_trips = store->round_trips;
    apr_thread_mutex_unlock(store->lock);
}

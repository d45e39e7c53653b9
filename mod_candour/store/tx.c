/* tx.c: runs transactions: begin, body, COMMIT; on any error ROLLBACK, classify, run again or
 * give up.
 *
 * The one place that sends COMMIT. Does not know what a body does, and trusts no body: after any
 * error of the database there is no COMMIT, whatever the body returned. */
#include <string.h>

#include <apr_time.h>

#include "store/db.h"

#define RETRIES_MAX 4
#define TIME_DEFAULT apr_time_from_sec(15)
#define PAUSE_FIRST_MS 5
#define PAUSE_MAX_MS 80

void store_note_entry(store_conn_t *conn)
{
    conn->entries++;
}

/* A connection whose ROLLBACK fails is dropped, and the server rolls back by itself. */
static void roll_back(store_conn_t *conn, apr_pool_t *pool)
{
    if (!conn->open)
        return;
    if (!conn->lost && store_command(conn, STORE_CALL_ROLLBACK, "ROLLBACK", pool) != NULL)
        conn->lost = 1;
    conn->open = 0;
}

void store_read_end(store_conn_t *conn)
{
    if (conn->open && !conn->in_tx)
        roll_back(conn, conn->pool);
}

cd_err_t *store_read_begin(store_conn_t *conn, apr_pool_t *pool)
{
    if (conn->in_tx)
        return cd_err(pool, CD_E_FAILED, NULL, "a read was begun inside a transaction");
    store_read_end(conn);
    conn->fail = STORE_FAIL_NONE;
    if (conn->lost || !conn->mysql)
        CD_ERR(store_conn_renew(conn, pool));
    CD_ERR(
        store_command(conn, STORE_CALL_BEGIN, "START TRANSACTION WITH CONSISTENT SNAPSHOT", pool));
    conn->open = 1;
    return NULL;
}

static cd_err_t *begin(store_conn_t *conn, apr_pool_t *pool)
{
    conn->fail = STORE_FAIL_NONE;
    conn->writes = conn->entries = 0;
    if (conn->lost || !conn->mysql)
        CD_ERR(store_conn_renew(conn, pool));
    if (conn->unsafe && !conn->options->allow_unsafe)
        return cd_err(pool, CD_E_CONFIG,
                      "changes are refused: the database may lose them in a crash",
                      "the server's durability settings are unsafe");
    if (!conn->writing)
        CD_ERR(store_command(conn, STORE_CALL_BEGIN, "START TRANSACTION", pool));
    conn->open = 1;
    return NULL;
}

/* The connection of a writing request has autocommit off: what it has read so far is ended, so that
 * the one statement is all there is to commit. */
cd_err_t *store_stage_begin(store_conn_t *conn, apr_pool_t *pool)
{
    store_read_end(conn);
    conn->fail = STORE_FAIL_NONE;
    return conn->lost || !conn->mysql ? store_conn_renew(conn, pool) : NULL;
}

cd_err_t *store_stage_end(store_conn_t *conn, cd_err_t *err, apr_pool_t *pool)
{
    if (!err && conn->writing)
        err = store_command(conn, STORE_CALL_COMMIT, "COMMIT", pool);
    conn->open = err && conn->writing;
    store_read_end(conn);
    return err;
}

/* No change without a reason, and no reason without a change. */
static cd_err_t *check_entries(const store_conn_t *conn, apr_pool_t *pool)
{
    int changed = conn->writes - conn->entries;

    if (changed > 0 && conn->entries == 0)
        return cd_err(pool, CD_E_FAILED, NULL,
                      "%d statements changed rows and no audit entry says why", changed);
    if (changed <= 0 && conn->entries > 0)
        return cd_err(pool, CD_E_FAILED, NULL,
                      "an audit entry was written and nothing was changed");
    return NULL;
}

static cd_err_t *attempt(store_conn_t *conn, const store_tx_t *tx, apr_pool_t *pool)
{
    cd_err_t *err = begin(conn, pool);

    if (!err) {
        conn->in_tx = 1;
        err = tx->body(tx->baton, conn, pool);
        if (conn->active)
            store_finish(conn->active);
        conn->in_tx = 0;
    }
    if (!err && conn->fail != STORE_FAIL_NONE)
        err = cd_err(pool, CD_E_FAILED, NULL, "a body went on after an error of the database");
    if (!err)
        err = check_entries(conn, pool);
    if (!err)
        err = store_command(conn, STORE_CALL_COMMIT, "COMMIT", pool);
    if (!err)
        conn->open = 0;
    else
        roll_back(conn, pool);
    return err;
}

/* Full jitter: any pause up to the bound, which doubles. */
static void pause_before(int retry, apr_pool_t *pool)
{
    unsigned bound_ms = PAUSE_FIRST_MS << retry, draw = 0;

    if (bound_ms > PAUSE_MAX_MS)
        bound_ms = PAUSE_MAX_MS;
    if (store_random(&draw, sizeof(draw), pool) != NULL)
        draw = bound_ms / 2;
    apr_sleep(apr_time_from_msec(draw % (bound_ms + 1)));
}

/* What the caller hears when no further attempt is made. After an unclear COMMIT only an answer
 * that the body itself gives about its key (a double key or version) may replace "unknown". */
static cd_err_t *last_word(cd_err_t *err, int unclear, apr_pool_t *pool)
{
    if (!unclear || err->code == CD_E_STALE || err->code == CD_E_KEY_REUSED ||
        err->code == CD_E_UNKNOWN)
        return err;
    return cd_err(pool, CD_E_UNKNOWN, NULL, "COMMIT was not answered, and then: %s",
                  cd_err_line(err, pool));
}

cd_err_t *store_tx_run(store_conn_t **conn, store_t *store, const store_tx_t *tx, apr_pool_t *pool)
{
    apr_time_t deadline = tx->deadline ? tx->deadline : apr_time_now() + TIME_DEFAULT;
    apr_pool_t *body_pool;
    cd_err_t *err;
    int retry, unclear = 0, again;

    if (!*conn)
        CD_ERR(store_acquire_to_write(conn, store, pool));
    if ((*conn)->in_tx)
        return cd_err(pool, CD_E_FAILED, NULL, "a transaction was begun inside another");
    apr_pool_create(&body_pool, pool);
    for (retry = 0;; retry++) {
        err = attempt(*conn, tx, body_pool);
        if (!err)
            return NULL;
        unclear |= (*conn)->fail == STORE_FAIL_UNCLEAR;
        again = (*conn)->fail == STORE_FAIL_RETRY || (*conn)->fail == STORE_FAIL_LOST ||
                ((*conn)->fail == STORE_FAIL_UNCLEAR && tx->idempotent);
        if (!again || retry == RETRIES_MAX || apr_time_now() >= deadline)
            return last_word(err, unclear, pool);
        store_count_retry(store);
        pause_before(retry, pool);
        apr_pool_clear(body_pool);
    }
}

/* tx.h: the one place that runs transactions (R3, R4, R6).
 *
 * Requires: pool.h.   Provides: store_tx_run.   Used by: app, cli. body() runs between the start
 * of a transaction and COMMIT. Connections come in two modes. Reading: autocommit is on, each
 * SELECT sees the newest committed rows, nothing is left open, a page costs its own SELECTs and
 * no more; several SELECTs agree because records are never changed and a file is read up to its
 * head's last_seq. Writing (store_acquire_to_write): autocommit is off, the first SELECT begins
 * the transaction that COMMIT ends, and a released connection is rolled back if one is open.
 * store_tx_run works on both: on a reading connection it sends START TRANSACTION. On any error:
 * ROLLBACK, then classify. "Certainly not committed" (1213, 1020, 1205, 1047 before a write, a
 * lost connection before COMMIT was sent) runs the whole body again on a clean sub-pool, at most
 * 4 times, full jitter 5-80 ms, inside the deadline. "Unknown" (the answer to COMMIT was lost)
 * is retried only if the body carries an idempotency key; else CD_E_UNKNOWN. Everything else is
 * given back. Bodies have no outside effects. A body that wrote but appended no audit entry, or
 * appended an entry without a write, does not commit (CD_E_FAILED): see store_note_entry. A
 * writing statement outside store_tx_run is refused. Statements named STMT_KEEP_... are bookkeeping
 * (how far a message has come): they owe no entry and count as no write.
 * The one exception is staging: statements named STMT_STAGE_... run outside store_tx_run, and
 * store_stage alone runs, one at a time and committed at once: uploads would else hold a
 * transaction open for as long as a client cares to send. What is staged is nobody's and seen by
 * nobody until a transaction with its entry keeps it; what none kept is swept. So a change of the
 * record still needs its reason, and a staging statement may only add rows to staging tables. */
#ifndef CD_STORE_TX_H
#define CD_STORE_TX_H

#include "store/pool.h"

typedef cd_err_t *(*store_body_fn)(void *baton, store_conn_t *conn, apr_pool_t *pool);

typedef struct store_tx_t {
    store_body_fn body;
    void *baton;
    int idempotent;              /* the body inserts an idempotency key: "unknown" may be retried */
    apr_time_t deadline;         /* 0: 15 s from the start */
} store_tx_t;

/** `conn` is connected anew if it was lost. @errors what the body returns; CD_E_BUSY: retries or
 * time ran out, nothing was written; CD_E_UNKNOWN; CD_E_CONFIG: the server's durability settings
 * are unsafe. A body with an idempotency key that meets itself ends with CD_E_STALE: look the
 * key up. */
cd_err_t *store_tx_run(store_conn_t **conn, store_t *store, const store_tx_t *tx, apr_pool_t *pool);
/** Ends a read that began implicitly on a writing connection, so that the next read sees fresh
 * rows. Costs a round trip only if a read is open; called by store_release. */
void store_read_end(store_conn_t *conn);
/** Begins a read whose SELECTs see one moment; store_read_end ends it. For verify and export: a
 * page needs none. */
cd_err_t *store_read_begin(store_conn_t *conn, apr_pool_t *pool);
/** Told by audit/record.c: an entry was appended in this transaction. */
void store_note_entry(store_conn_t *conn);

#endif

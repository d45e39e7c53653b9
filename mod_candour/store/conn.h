/* conn.h: what a connection is, inside the store.
 *
 * Requires: pool.h, tx.h, statements.h.   Provides: store_conn_t's members, store_fail_t.   Used
 * by: store alone. */
#ifndef CD_STORE_CONN_H
#define CD_STORE_CONN_H

#include "store/pool.h"
#include "store/statements.h"
#include "store/tx.h"

/** What an error means for the transaction it met (R4); worse is greater. */
typedef enum store_fail_t {
    STORE_FAIL_NONE = 0,
    STORE_FAIL_FINAL,     /* certainly not committed, and would fail again */
    STORE_FAIL_DOUBLE,    /* a unique key stood there already */
    STORE_FAIL_RETRY,     /* certainly not committed once rolled back; may work now */
    STORE_FAIL_LOST,      /* the connection is gone; not committed, for COMMIT was not sent */
    STORE_FAIL_UNCLEAR    /* the answer to COMMIT is missing */
} store_fail_t;

typedef struct store_stmt_t store_stmt_t;   /* db.c's own */
struct st_mysql;

struct store_conn_t {
    store_t *store;
    const store_options_t *options;
    /* own allocator, one thread at a time; cleared at a disconnect */
    apr_pool_t *pool;
    apr_pool_t *holder;            /* pool of the request that has it, or NULL */
    struct st_mysql *mysql;        /* NULL: not connected */
    store_stmt_t *stmts[STMT__COUNT];
    store_stmt_t *active;          /* has rows that were not read yet */
    apr_time_t connected_at;
    int epoch;                     /* of the pool when it connected */
    int suspect;                   /* another of its age was found dead */
    int writing;                   /* autocommit is off */
    int open;                      /* a transaction may be open on the server */
    int in_tx;                     /* store_tx_run is running a body */
    int lost;                      /* to be dropped: nothing more is sent on it */
    int unsafe;                    /* the server may lose an acknowledged write in a crash */
    store_fail_t fail;             /* worst of the transaction so far */
    int writes, entries;           /* of the transaction: statements that changed rows; entries */
    apr_uint64_t round_trips;      /* since it was taken */
    struct store_ahead_t *ahead;   /* rows that its holder read ahead (ahead.h), or NULL */
    store_conn_t *next;            /* in a list of idle ones */
};

/* pool.c, for db.c and tx.c */
/** Drops what there is and connects anew, as the breaker allows. @errors CD_E_BUSY, CD_E_SCHEMA,
 * CD_E_CONFIG */
cd_err_t *store_conn_renew(store_conn_t *conn, apr_pool_t *pool);
/** The server went away under one connection: the idle ones of the same age are not to be
 * trusted. */
void store_conn_suspect(store_conn_t *conn);
void store_count_retry(store_t *store);
void store_count_round_trip(store_conn_t *conn);
/** 1 the first time it is asked, so that a standing fault is logged once a child. */
int store_first_time(store_t *store);

#endif

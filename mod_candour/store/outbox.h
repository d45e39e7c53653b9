/* outbox.h: messages to people, as rows.
 *
 * Requires: tx.h, domain.   Provides: store_notice_*.   Used by: app, cli.
 * A notice waits, is claimed by one sender (compare-and-set on its state and tries), and is sent,
 * waits again, fails for good or is dropped. Who reads them, and in what words, is app's. */
#ifndef CD_STORE_OUTBOX_H
#define CD_STORE_OUTBOX_H

#include "base/date.h"
#include "domain/actor.h"
#include "store/tx.h"

/* Numbers stand in rows. */
typedef enum store_notice_state_t {
    STORE_NOTICE_WAITING = 1, STORE_NOTICE_SENDING, STORE_NOTICE_SENT, STORE_NOTICE_FAILED,
    STORE_NOTICE_DROPPED
} store_notice_state_t;

typedef struct store_notice_t {
    apr_int64_t id;
    const char *once;                    /* key, or NULL; written, never read back */
    int kind;
    cd_user_id to;
    cd_org_id org;
    const char *reference, *step;
    cd_date_t due_on;
    cd_instant_t put_at;
    int state;                           /* store_notice_state_t */
    int tries;
    cd_instant_t next_try_at, sent_at;
    const char *last_error;              /* a word of app's list, or NULL */
    const char *org_name;                /* joined, and what follows */
    int active;                          /* may the user sign in? */
    const char *email;                   /* or NULL */
} store_notice_t;

/** `*put_out` 0: the key is taken. state, next_try_at and last_error are taken from `notice`. */
cd_err_t *store_notice_insert(int *put_out, const store_notice_t *notice, store_conn_t *conn,
                              apr_pool_t *pool);
/** Notices in `state` whose time has come, the oldest first. */
cd_err_t *store_notices_due(store_notice_t **out, int *count_out, store_notice_state_t state,
                            cd_instant_t now, int limit, store_conn_t *conn, apr_pool_t *pool);
/** Notices that came to `state`, the newest first. */
cd_err_t *store_notices_ended(store_notice_t **out, int *count_out, store_notice_state_t state,
                              int limit, store_conn_t *conn, apr_pool_t *pool);
/** A user's own, newest first, below `before_id`. */
cd_err_t *store_notices_of(store_notice_t **out, int *count_out, cd_user_id user,
                           apr_int64_t before_id, int limit, store_conn_t *conn, apr_pool_t *pool);
typedef struct store_notice_counts_t {
    int waiting, sending, failed;
    cd_instant_t oldest_waiting;         /* put at; 0: none waits */
} store_notice_counts_t;
cd_err_t *store_notice_counts(store_notice_counts_t *out, store_conn_t *conn, apr_pool_t *pool);
/** Once-keys from `from` up to, and without, `below`. */
cd_err_t *store_notice_keys(const char ***out, int *count_out, const char *from, const char *below,
                            store_conn_t *conn, apr_pool_t *pool);

/** Takes a notice as it was read; its row is then in STORE_NOTICE_SENDING, with one try more.
 * `*mine_out` 0: another sender has it. */
cd_err_t *store_notice_claim(int *mine_out, const store_notice_t *notice, cd_instant_t until,
                             store_conn_t *conn, apr_pool_t *pool);
/** Ends a claim with notice's state, next_try_at, sent_at and last_error. `*mine_out` 0: the claim
 * was lost. */
cd_err_t *store_notice_end(int *mine_out, const store_notice_t *notice, store_conn_t *conn,
                           apr_pool_t *pool);
/** All that failed wait again. */
cd_err_t *store_notices_retry(int *count_out, cd_instant_t now, store_conn_t *conn,
                              apr_pool_t *pool);

#endif

/* recovery.h: what trusts were asked for, decisions to be looked at again, and allegations, as rows
 * of lists.
 *
 * Requires: standing.h.   Provides: store_recovery_*, store_look_*, store_allegation_*,
 * store_org_standings. Used by: app, cli. Rows are summaries of records, renewed in the transaction
 * of each write that changes them (STMT_KEEP_). None of the tables refers to a payment of a claim,
 * and nothing here reads one. */
#ifndef CD_STORE_RECOVERY_H
#define CD_STORE_RECOVERY_H

#include "store/standing.h"

enum { STORE_RECOVERY_OPEN = 1, STORE_RECOVERY_SETTLED, STORE_RECOVERY_ENDED };
extern const cd_token_t store_recovery_states[];   /* OPEN SETTLED ENDED */

typedef struct store_recovery_t {
    apr_int64_t claim_id;
    const char *reference;             /* read back */
    int seq;
    cd_org_id org_id;
    const char *org_code, *org_name;   /* read back */
    int decision_seq, method;
    const char *invoice;               /* or NULL */
    int instalment, instalments, year;
    cd_date_t due;
    apr_int64_t amount_p, holds_p, received_p;
    int state, held;
    /* not read back: as the trust was told; 0: it was not */
    int told_state;
    apr_int64_t told_holds_p;
    apr_int64_t skey;                  /* read back */
} store_recovery_t;

cd_err_t *store_recovery_keep(const store_recovery_t *row, store_conn_t *conn, apr_pool_t *pool);
typedef struct store_recovery_ask_t {
    int state;
    cd_org_id org_id;                  /* 0: all */
    int told;                          /* 1: `state` and what is held as the trust was told */
    cd_date_t due_before;              /* 0: any */
    apr_int64_t after;                 /* cursor */
    int limit;                         /* one more is fetched to see a next page */
} store_recovery_ask_t;
typedef struct store_recovery_page_t {
    store_recovery_t *rows;
    int count;
    apr_int64_t next;
} store_recovery_page_t;
/** By day, the earliest first. */
cd_err_t *store_recoveries(store_recovery_page_t *out, const store_recovery_ask_t *ask,
                           store_conn_t *conn, apr_pool_t *pool);

/** Sums over the decisions on a trust that were made in a span of days. @unit pence */
typedef struct store_recovery_total_t {
    cd_org_id org_id;
    const char *org_code, *org_name;
    int decisions;                     /* that stand */
    apr_int64_t decided_p, asked_p, received_p;
    /* what too much came under one decision pays nothing of another */
    apr_int64_t left_p;
} store_recovery_total_t;
/** org_id 0: every trust with a decision in the span. */
cd_err_t *store_recovery_totals(store_recovery_total_t **out, int *count_out, cd_org_id org_id,
                                cd_date_t from, cd_date_t to, store_conn_t *conn, apr_pool_t *pool);
/** The same for the people of a trust: of decisions that it was told of, as it was told. */
cd_err_t *store_recovery_totals_told(store_recovery_total_t **out, int *count_out, cd_org_id org_id,
                                     cd_date_t from, cd_date_t to, store_conn_t *conn,
                                     apr_pool_t *pool);
/** Decisions on a trust in every claim, newest first, at most `limit`, made before `before` (0:
 * all). */
cd_err_t *store_org_standings(store_standing_t **out, int *count_out, cd_org_id org_id,
                              cd_instant_t before, int limit, store_conn_t *conn, apr_pool_t *pool);

typedef struct store_counted_t {
    store_standing_t standing;
    const char *inputs, *answer;       /* of its flag; canonical JSON */
} store_counted_t;
/** Decisions on the trust in other claims, made at `from` or later, that counted breaches: with the
 * inputs of their flags, oldest first, at most `limit`. */
cd_err_t *store_counted(store_counted_t **out, int *count_out, cd_org_id org_id, cd_instant_t from,
                        apr_int64_t not_claim_id, int limit, store_conn_t *conn, apr_pool_t *pool);

/** A decision with what it was made on. */
typedef struct store_year_row_t {
    store_standing_t standing;
    apr_int64_t decided_p, indicated_p;
    const char *inputs, *answer;       /* canonical JSON of its flag */
} store_year_row_t;
/** Decisions on the trust made from the first to the last day, in London's time, oldest first, at
 * most `limit`. */
cd_err_t *store_org_decided(store_year_row_t **out, int *count_out, cd_org_id org_id,
                            cd_date_t from, cd_date_t to, int limit, store_conn_t *conn,
                            apr_pool_t *pool);

/** A decision that somebody is to look at, because another one that it had counted fell away. */
typedef struct store_look_t {
    apr_int64_t claim_id;
    const char *reference;             /* read back */
    int decision_seq;
    apr_int64_t cause_claim_id;
    const char *cause_reference;       /* read back */
    int cause_seq;
    cd_org_id org_id;
    int n_then, n_now;
    cd_instant_t put_at;
    int looked_seq;                    /* 0: open */
    /* read back: of the decision to be looked at, as the rest here */
    cd_instant_t decided_at;
    apr_int64_t indicated_p;
    const char *inputs, *answer;               /* canonical JSON of its flag */
} store_look_t;
cd_err_t *store_look_put(const store_look_t *look, store_conn_t *conn, apr_pool_t *pool);
/** Those of one claim's decisions (`of_cause` 0) or those that follow from one (1), with `seq` 0:
 * any decision. */
cd_err_t *store_looks(store_look_t **out, int *count_out, apr_int64_t claim_id, int seq,
                      int of_cause, store_conn_t *conn, apr_pool_t *pool);
/** Ends this one look by record `looked_seq`: what was put meanwhile for another cause stays
 * open. */
cd_err_t *store_look_end(const store_look_t *look, int looked_seq, store_conn_t *conn,
                         apr_pool_t *pool);

typedef struct store_allegation_t {
    apr_int64_t claim_id;
    const char *reference;             /* read back */
    int seq;
    cd_org_id org_id;
    const char *org_code, *org_name;   /* read back */
    int kind, source, outcome;
    cd_when_t on;
    apr_int64_t memo_p;
    int breaches, stands;
    apr_int64_t skey;                  /* read back */
} store_allegation_t;
cd_err_t *store_allegation_keep(const store_allegation_t *row, store_conn_t *conn,
                                apr_pool_t *pool);
typedef struct store_allegation_page_t {
    store_allegation_t *rows;
    int count;
    apr_int64_t next;
} store_allegation_page_t;
/** Newest first; org_id 0: all. `before`: cursor, 0: from the newest. */
cd_err_t *store_allegations(store_allegation_page_t *out, cd_org_id org_id, apr_int64_t before,
                            int limit, store_conn_t *conn, apr_pool_t *pool);

#endif

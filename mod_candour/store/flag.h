/* flag.h: flags and decisions as rows; computed or made once, never edited.
 *
 * Requires: file.h.   Provides: store_flag_*, store_decision_*.   Used by: app.
 * No statement here reads or writes a payment, and no payment statement reads these tables. */
#ifndef CD_STORE_FLAG_H
#define CD_STORE_FLAG_H

#include "store/file.h"

typedef struct store_flag_t {
    apr_int64_t claim_id;
    int seq;                         /* rising over all flags of the claim */
    cd_org_id org_id;
    const char *org_code, *org_name;
    cd_instant_t computed_at;
    cd_user_id computed_by;
    const char *computed_by_name;
    const char *scheme_code;
    int scheme_version;
    const char *engine;
    int state;                       /* cd_flag_state_t */
    apr_int64_t indicated_p;
    cd_date_t requested_on;          /* evidence first asked for */
    const char *inputs, *answer;     /* canonical JSON, no person's data */
    unsigned char inputs_hash[32];
    int claim_version;               /* of the claim when computed */
    /* to be kept beside it: what it is reckoned from, short; NULL where it is read */
    const char *brief;
} store_flag_t;

typedef struct store_decision_t {
    apr_int64_t claim_id;
    int seq;
    int flag_seq;
    cd_org_id org_id;
    int outcome;
    apr_int64_t amount_p;
    const char *reasons, *evidence_seen;   /* sealed under the claim's key */
    const char *facts, *facts_not;   /* sealed too; both NULL in decisions of the first form */
    cd_instant_t decided_at;
    cd_user_id decided_by;
    const char *decided_by_name;
} store_decision_t;

/** Newest flag of each trust of the claim, and all decisions; org_id 0: all trusts. */
cd_err_t *store_flags_latest(store_flag_t **out, int *count_out, const store_head_t *claim,
                             cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_flag_get(store_flag_t **out, const store_head_t *claim, cd_org_id org_id, int seq,
                         store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_flags_of_org(store_flag_t **out, int *count_out, const store_head_t *claim,
                             cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
/** With its brief, which takes the place of that of the trust's flag before. */
cd_err_t *store_flag_insert(store_flag_t *flag, store_conn_t *conn, apr_pool_t *pool);
/** Flags of any claims with their briefs, eight in one round trip. */
cd_err_t *store_flags_insert(store_flag_t *const *flags, int count, store_conn_t *conn,
                             apr_pool_t *pool);
/** Their briefs alone, eight in one round trip: of flags that are kept already (claim, trust,
 * number, scheme, state, sum and brief are read). One that is older than the brief that stands
 * changes nothing. */
cd_err_t *store_briefs_keep(store_flag_t *const *flags, int count, store_conn_t *conn,
                            apr_pool_t *pool);
cd_err_t *store_decisions(store_decision_t **out, int *count_out, const store_head_t *claim,
                          cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_decision_insert(const store_decision_t *decision, const store_head_t *claim,
                                store_conn_t *conn, apr_pool_t *pool);
/** Counts one more decision on the trust; inside the transaction of the decision and before its
 * breaches are counted again: of two at once the second runs again and counts the first. Where one
 * was made since this transaction's moment, store_tx_run runs the whole body again; CD_E_BUSY if
 * that did not help. */
cd_err_t *store_org_decision_bump(cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
/** What a user did that no record of the claim says, in one round trip. */
typedef struct store_did_t {
    int entered;                     /* a record in a case that was ever linked to the claim */
    int computed, decided;           /* a flag of the trust in this claim; a decision on it */
} store_did_t;
cd_err_t *store_did(store_did_t *out, const store_head_t *claim, cd_org_id org_id, cd_user_id user,
                    store_conn_t *conn, apr_pool_t *pool);

/** Canonical bytes for the audit commitment, of every stored column but the names. @owner pool */
void store_flag_payload(const char **out, apr_size_t *len_out, const store_flag_t *flag,
                        apr_pool_t *pool);
void store_decision_payload(const char **out, apr_size_t *len_out, const store_decision_t *decision,
                            apr_pool_t *pool);

#endif

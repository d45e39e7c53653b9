/* claim_work.h: whose work each claim is and how far it is with each trust, as rows; teams of
 * claims handlers.
 *
 * Requires: file.h.   Provides: store_claim_work_*, store_claim_team_*.   Used by: app.
 * A row is a summary made by app/; here it is only kept and listed. It leads to no payment. */
#ifndef CD_STORE_CLAIM_WORK_H
#define CD_STORE_CLAIM_WORK_H

#include "store/file.h"
#include "store/team.h"

typedef struct store_claim_work_t {
    apr_int64_t claim_id;
    cd_org_id org_id;
    int party_set, place;          /* the set that names the trust, and its place there from 0 */
    const char *handler;           /* subject of an active user of the scheme, or NULL */
    const char *team;              /* "" for none */
    int status, scheme, is_open;
    int stage;
    int flag_seq, flag_state;      /* newest flag; 0: none */
    /* STORE_CLAIM_WORK_AS_WAS: what is known of it stays, with the digest */
    int out_of_date;
    unsigned char digest[32];
    apr_int64_t indicated_p, decided_p, asked_p, received_p;
    cd_date_t due_on, notified_on;
    int version;                   /* of the claim */
    cd_instant_t changed_at;
    int weighed_seq;               /* not kept: the claim's last record that a flag looks at */
    cd_user_id handler_id;         /* read back */
    int briefed;                   /* read back by ..._range: there is a brief of that flag */
} store_claim_work_t;
#define STORE_CLAIM_WORK_AS_WAS 2

/** Keeps the rows, new or renewed, four in a round trip. Part of the transaction of what they sum
 * up. */
cd_err_t *store_claim_work_keep(const store_claim_work_t *rows, int count, store_conn_t *conn,
                                apr_pool_t *pool);
/** Trusts that sets before `party_set` named and this one does not leave the lists. */
cd_err_t *store_claim_work_drop(apr_int64_t claim_id, int party_set, int version,
                                store_conn_t *conn, apr_pool_t *pool);
/** A case changed: flags that rest on it are old. */
cd_err_t *store_claim_work_old(cd_case_id case_id, store_conn_t *conn, apr_pool_t *pool);
/** Computed again, and it says the same: no longer old. */
cd_err_t *store_claim_work_fresh(apr_int64_t claim_id, cd_org_id org_id, int flag_seq, int version,
                                 store_conn_t *conn, apr_pool_t *pool);
/** Short rows of the claims above `after` up to `last`, by claim and trust: claim, trust, flag_seq,
 * digest, out_of_date, handler, team, stage, version, and whether the flag has its brief. */
cd_err_t *store_claim_work_range(store_claim_work_t **out, int *count_out, apr_int64_t after,
                                 apr_int64_t last, store_conn_t *conn, apr_pool_t *pool);

/** What stands in a claim besides its records: newest flag of each trust, and how every decision
 * stands. */
typedef struct store_claim_sum_t {
    int is_decision;
    apr_int64_t claim_id;
    cd_org_id org_id;
    int seq;
    int code;                      /* state of the flag; how the decision stands */
    apr_int64_t amount_p;          /* indicated, or decided as it stands */
    int flag_seq;                  /* of a decision */
    apr_int64_t asked_p, received_p;
    cd_instant_t computed_at;      /* of a flag */
} store_claim_sum_t;
/** By claim, flags before decisions. */
cd_err_t *store_claim_sums(store_claim_sum_t **out, int *count_out, const apr_int64_t *claim_ids,
                           int count, store_conn_t *conn, apr_pool_t *pool);

/** Claims of these references, ten in a round trip, in no order. */
cd_err_t *store_claims_named(store_head_t **out, int *count_out, const char *const *references,
                             int count, store_conn_t *conn, apr_pool_t *pool);

typedef enum store_claim_view_t {
    STORE_CLAIM_VIEW_ALL = 0, STORE_CLAIM_VIEW_ORG, STORE_CLAIM_VIEW_HANDLER, STORE_CLAIM_VIEW_TEAMS
} store_claim_view_t;
typedef enum store_claim_sort_t {
    STORE_CLAIM_BY_DUE = 0, STORE_CLAIM_BY_AGE, STORE_CLAIM_BY_SUM, STORE_CLAIM_BY_CHANGED
} store_claim_sort_t;
typedef struct store_claim_ask_t {
    store_claim_view_t view;
    store_claim_sort_t sort;
    cd_org_id org_id;              /* VIEW_ORG: its rows alone; else a filter, 0: any */
    /* VIEW_HANDLER: whose, 0 and no team: nobody's; VIEW_TEAMS: in whose teams */
    cd_user_id user_id;
    cd_user_id handler;            /* filters: 0, NULL or what is said below: any */
    const char *team;
    int open;                      /* 0 closed, 1 open, 2 both */
    int old;                       /* 0 not, 1 out of date, 2 both */
    int stage_from, stage_to;      /* both count */
    int few;                       /* 1: rows in these stages are few: read them all and sort */
    int flag_state, scheme;
    int of_turn;                   /* 1: only rows in these sets of cd_turn_set */
    apr_int64_t turn_fresh, turn_old;
    cd_date_t today;
    cd_date_t notified_to;         /* notified on or before */
    apr_int64_t least_p;           /* indicated at least */
    cd_date_t due_before;
    apr_int64_t after;             /* cursor */
    int limit;                     /* at most 50; one more is fetched to see a next page */
} store_claim_ask_t;
typedef struct store_claim_row_t {
    store_claim_work_t work;
    store_head_t head;             /* title and person unsealed */
    const char *org_code, *handler_name;
    apr_int64_t skey;
} store_claim_row_t;
typedef struct store_claim_page_t {
    store_claim_row_t *rows;
    int count;
    apr_int64_t next;
} store_claim_page_t;
cd_err_t *store_claim_work_list(store_claim_page_t *out, const store_claim_ask_t *ask,
                                store_conn_t *conn, apr_pool_t *pool);
typedef struct store_claim_counts_t { int mine, teams, nobody, all; } store_claim_counts_t;
/** Open claims' rows, each counted to `most`. org_id 0: all trusts. */
cd_err_t *store_claim_work_counts(store_claim_counts_t *out, cd_user_id user_id, cd_org_id org_id,
                                  int most, store_conn_t *conn, apr_pool_t *pool);

/** Members of all teams of claims handlers, by team and name. */
cd_err_t *store_claim_team_members(store_member_t **out, int *count_out, int limit,
                                   store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_claim_team_put(const char *team, cd_user_id user_id, int active, cd_instant_t at,
                               store_conn_t *conn, apr_pool_t *pool);
/** Active users of the scheme with one of the roles (bits), by name. */
cd_err_t *store_claim_staff(store_colleague_t **out, int *count_out, apr_uint32_t roles, int limit,
                            store_conn_t *conn, apr_pool_t *pool);

#endif

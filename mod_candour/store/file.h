/* file.h: files (candour cases and claims) and their records, as rows.
 *
 * Requires: pool.h, domain.   Provides: store_head_t, store_case_*, store_claim_*,
 * store_record_*.   Used by: audit, app. Rights are not asked here; but every look-up by a
 * request's word takes the actor's reach as data (org_id 0: all), so that a foreign row is
 * simply not found. */
#ifndef CD_STORE_FILE_H
#define CD_STORE_FILE_H

#include "domain/case.h"
#include "domain/claim.h"
#include "store/tx.h"
#include "store/user.h"

/** Head row of a case or a claim. Every write inside the file bumps `version` by compare-and-set
 * (R1, R2). */
typedef struct store_head_t {
    cd_file_kind_t kind;
    apr_int64_t id;
    const char *reference;
    int version;
    int last_seq;                  /* of its records */
    int audit_seq;                 /* of its audit chain */
    unsigned char audit_head[32];
    store_data_key_t key;          /* unwrapped */
    int has_key;                   /* 0: destroyed, or not in the key file */
    int erased;                    /* 1: destroyed on purpose: there is no wrapped key any more */
    cd_instant_t created_at, changed_at;
    /* case */
    cd_org_id org_id;
    const char *org_code, *org_name;
    int state;                     /* cd_case_state_t */
    cd_when_t occurred;
    cd_date_t reported_on, aware_on;
    int incident_seq;              /* newest version of the facts */
    int outcome;                   /* newest reg 20 grading, 0 none */
    int opinion;                   /* newest opinion, 0 none */
    cd_when_t told;                /* first talk */
    const char *policy;            /* code, once opened */
    /* claim */
    int status, scheme;
    int party_set;                 /* seq of the PARTIES record that holds, 0: none */
    cd_date_t notified_on;
    const char *title;             /* unsealed */
    const char *person;            /* initials, unsealed */
    int unreadable;                /* 1: key destroyed, title and person are NULL */
    int damaged;                   /* 1: does not open; lists give such a head, others an error */
    int has_nhs;
    unsigned char nhs_hash[32];    /* keyed hash of the NHS number, if has_nhs */
    /* 1, for a write: nhs_number is the one that stands, NULL for none */
    int nhs_known;
    const char *nhs_number;        /* never read back */
    unsigned char mac[32];         /* as stored; store_head_genuine holds the row against it */
    apr_int64_t skey;              /* place in lists; made by the store */
    /* a case's, up to last_seq, where they came with the head; else NULL */
    cd_record_t *records;
    int record_count;
    /* 0: not asked; whether a claim names the case or did: only from store_actor_head */
    int linked;
#define STORE_LINKED 1
#define STORE_LINKED_NOT 2
    /* its row in the work list as it stood; only from store_actor_head, or NULL */
    const struct store_work_t *work;
} store_head_t;

/** Columns of the head that a write may change besides version, seq and chain; set what changed. */
typedef struct store_head_change_t {
    int version;                   /* the one the user saw: compare-and-set */
    int last_seq;
    int audit_seq;
    unsigned char audit_head[32];
    cd_instant_t at;
    const store_head_t *head;      /* new values of all other columns; title, person sealed again;
                                      the hash of the number is left unless nhs_known */
} store_head_change_t;

/** One round trip: the actor of `subject` and, if `reference` is given and within reach, the
 * head, a case's with its records. The reach: the actor's own organisation unless one of its roles
 * is national. `*head_out` NULL: no such file for this actor, for whatever reason. For a claim,
 * reach is "a party of the claim's current set". `*actor_out` NULL: no active account. `stamp_out`:
 * app_state versions, for caches. */
cd_err_t *store_actor_head(cd_actor_t **actor_out, store_head_t **head_out,
                           store_stamp_t *stamp_out, const char *subject, cd_file_kind_t kind,
                           const char *reference, store_conn_t *conn, apr_pool_t *pool);
/** By reference, without an actor: for the command line and linked cases. org_id 0: any. */
cd_err_t *store_head_get(store_head_t **out, cd_file_kind_t kind, const char *reference,
                         cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);
/** 1 if the row's own fingerprint (HMAC of every column under the file's key) matches; a head
 * whose key is destroyed cannot be told and gives 1. */
int store_head_genuine(const store_head_t *head, apr_pool_t *pool);
/** All records of a file up to head->last_seq, rising; decoded and unsealed. Those that came with
 * the head, or one range read on PRIMARY KEY (file, seq), joined with names. */
cd_err_t *store_records(cd_record_t **out, int *count_out, const store_head_t *head,
                        store_conn_t *conn, apr_pool_t *pool);
/** Bumps and changes the head. @errors CD_E_STALE: the version was another */
cd_err_t *store_head_change(const store_head_t *head, const store_head_change_t *change,
                            store_conn_t *conn, apr_pool_t *pool);
typedef struct store_weighed_t { const char *reference; int version; } store_weighed_t;
/** Changes each of at most CD_PARTY_CASES_MAX cases of `org_id` that is still at its version,
 * without a new version: a step that rests on them and a write in one of them then touch the same
 * row, so that of the two the later fails, on one node or on two. `*all_out` 0: one of them is not
 * there, or no longer at that version. None: no round trip. One statement. */
cd_err_t *store_cases_weigh(int *all_out, cd_org_id org_id, const store_weighed_t *cases, int count,
                            store_conn_t *conn, apr_pool_t *pool);
/** New file: takes the next number of the year and inserts the head as `head` gives it;
 * id (year x 1,000,000 + number), reference and key are filled in. Give version 0: once the records
 * are in and the entries linked, a store_head_change in the same transaction sets seq and chain and
 * makes it 1. `nhs_number`: NULL for none, or for what the head itself knows.
 * @errors CD_E_RANGE: a million files in the year   @owner pool */
cd_err_t *store_head_insert(store_head_t *head, int year, const char *nhs_number,
                            store_conn_t *conn, apr_pool_t *pool);
/** Appends a record (seq, recorded_at etc. set by the caller); seals its sensitive fields.
 * `*payload_out`: canonical bytes of all fields, for the audit commitment. */
cd_err_t *store_record_insert(const char **payload_out, apr_size_t *payload_len_out,
                              const store_head_t *head, const cd_record_t *record,
                              store_conn_t *conn, apr_pool_t *pool);
/** A case's record as its row, sealed; `record` is borrowed. @owner pool */
typedef struct store_record_row_t {
    apr_int64_t file_id;
    const cd_record_t *record;
    const char *open_fields, *sealed;
    apr_size_t open_len, sealed_len;
} store_record_row_t;
cd_err_t *store_record_row(store_record_row_t *out, const store_head_t *head,
                           const cd_record_t *record, apr_pool_t *pool);
/** Appends such rows of any cases, eight in one round trip. */
cd_err_t *store_record_rows_insert(const store_record_row_t *rows, int count, store_conn_t *conn,
                                   apr_pool_t *pool);
/** The same bytes again, for verify: of every column of the row and all fields, with the file's
 * reference and organisation, so that a row changed or moved no longer matches. @owner pool */
cd_err_t *store_record_payload(const char **out, apr_size_t *len_out, const store_head_t *head,
                               const cd_record_t *record, apr_pool_t *pool);
/** Replaces the party set of a claim: rows (claim, set_seq, org, share, cases); old sets stay. */
cd_err_t *store_parties_insert(const store_head_t *claim, int set_seq, const cd_parties_t *parties,
                               store_conn_t *conn, apr_pool_t *pool);

/** Lists. One stored integer sort key; keyset; each filter/order combination has its own prepared
 * text. */
typedef enum store_list_t {
    STORE_LIST_CASES_NEWEST = 1, STORE_LIST_CASES_STATE,
    STORE_LIST_CLAIMS_NEWEST, STORE_LIST_CLAIMS_STATUS
} store_list_t;
typedef struct store_list_ask_t {
    store_list_t list;
    cd_org_id org_id;              /* 0: all trusts */
    int state;                     /* for the _STATE/_STATUS lists */
    apr_int64_t before;            /* cursor: rows with a smaller sort key; 0: from the newest */
    int limit;                     /* at most 50; one more is fetched to see a next page */
} store_list_ask_t;
typedef struct store_list_page_t {
    store_head_t *rows;            /* key not kept: title and person are unsealed */
    int count;
    apr_int64_t next;              /* cursor of the next page, 0: this is the last */
} store_list_page_t;
cd_err_t *store_list(store_list_page_t *out, const store_list_ask_t *ask, store_conn_t *conn,
                     apr_pool_t *pool);
/** Exact look-ups within reach: by reference, or by NHS number (keyed hash). Newest first, at
 * most 50. */
cd_err_t *store_find(store_list_page_t *out, cd_file_kind_t kind, const char *reference,
                     const char *nhs_number, cd_org_id org_id, store_conn_t *conn,
                     apr_pool_t *pool);
/** Claims whose current set names this case (references). */
cd_err_t *store_claims_of_case(const char ***refs_out, int *count_out, const char *case_reference,
                               store_conn_t *conn, apr_pool_t *pool);
/** Files of a whole kind for verify and export, rising id, `after` exclusive. */
cd_err_t *store_heads_after(store_list_page_t *out, cd_file_kind_t kind, apr_int64_t after,
                            int limit, store_conn_t *conn, apr_pool_t *pool);

/** How many rows stand in a file, whatever its head says. */
typedef struct store_counts_t { apr_int64_t records, entries, flags, decisions; } store_counts_t;
cd_err_t *store_counts(store_counts_t *out, const store_head_t *head, store_conn_t *conn,
                       apr_pool_t *pool);
/** Party sets of a claim as text lines, sorted: "5 RX1 7000" (set, trust, share) and "5 RX1
 * CM-2026-0412" (set, trust, case). @owner pool */
cd_err_t *store_party_lines(const char ***out, int *count_out, const store_head_t *claim,
                            store_conn_t *conn, apr_pool_t *pool);
/** The same lines made from one PARTIES record; added to a list of `const char *`. */
struct apr_array_header_t;
void store_party_lines_of(struct apr_array_header_t *list, int set_seq, const cd_parties_t *parties,
                          apr_pool_t *pool);
/** Numbers given in a year against files that stand there; for verify. */
typedef struct store_tally_t { int kind, year; apr_int64_t given, there; } store_tally_t;
cd_err_t *store_tallies(store_tally_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool);

#endif

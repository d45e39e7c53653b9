/* round.h: use cases of the round between the scheme and a trust, up to and with the second person.
 *
 * Requires: claim.h, steps_round.h.   Provides: app_round_*.   Used by: app, web, cli.
 * Every step is a record of the claim (app_round_record) but the decision itself
 * (app_decision_make). */
#ifndef CD_APP_ROUND_H
#define CD_APP_ROUND_H

#include "app/claim.h"
#include "domain/steps_round.h"

struct store_head_t;
struct store_conn_t;

/** One trust's round in a claim, as it stands. */
typedef struct app_round_t {
    cd_round_in_t in;                  /* what it was reckoned from */
    const cd_round_now_t *now;
} app_round_t;
/** Reads flags and decisions of the trust and reckons its stage. `claim`: as it was read today.
 * Also inside a transaction (VOLUME's work rows). `flag_old` is not looked into when `look_old` is
 * 0. @owner pool */
cd_err_t *app_round_reckon(app_round_t *out, app_ctx_t *ctx, const struct store_head_t *head,
                           const cd_claim_t *claim, const cd_org_t *org, int look_old,
                           struct store_conn_t *conn, apr_pool_t *pool);

/** An entry of one of the trust's cases that may show what was done. */
typedef struct app_round_entry_t {
    const char *reference;
    int seq;
    const char *title;
    cd_when_t happened;
    cd_date_t recorded_on;
} app_round_entry_t;
#define APP_ROUND_ENTRIES 31             /* values of a set: newest first within a case */
typedef struct app_round_view_t {
    app_claim_view_t *claim;
    const app_party_t *party;
    app_round_t round;
    const cd_scheme_t *scheme;           /* the version of the newest flag, or NULL */
    const app_decision_view_t *decision; /* newest, with its standing; or NULL */
    /* all of the trust, rising; for its own user the one that stands */
    const app_decision_view_t *const *decisions;
    int decision_count;
    /* cd_flag_rules bits: material ones not met or without proof; those without */
    apr_uint32_t open_rules, missing_rules;
    cd_date_t due_suggested, answer_by_suggested;
    apr_uint32_t did;                    /* what this actor did before, cd_did_t bits */
    app_round_entry_t *entries;          /* none without a right to read cases */
    int entry_count;
} app_round_view_t;
/** @errors CD_E_NOT_FOUND: no such trust in the claim, or out of reach */
cd_err_t *app_round_view(app_round_view_t **out, app_ctx_t *ctx, const char *org_code);
/** Why the actor may not do this, by role or by what they did before; NULL: may. */
const char *app_round_why_not(const app_round_view_t *view, app_ctx_t *ctx, cd_deed_t deed);

/** One step of the round. Kinds: REQUEST, ANSWER, INDICATION, REPRESENTATION, FOR_DECISION,
 * CONFIRMATION. */
typedef struct app_round_ask_t {
    cd_record_kind_t kind;
    const char *org_code;
    void *body;                          /* the kind's struct; what no form has is filled here */
    int version;                         /* of the claim, as the user saw it */
    int supersedes;                      /* REQUEST, INDICATION: the one that is corrected, or 0 */
    const char *reason;                  /* needed with supersedes */
    int early;                           /* FOR_DECISION: sent though the trust's time still runs */
    int decision_seq;                    /* CONFIRMATION: the decision that the address names */
} app_round_ask_t;
/** Checks rights, conflicts and the state of the round, writes the record and tells whom it
 * concerns.
 * @errors CD_E_INVALID with problems; CD_E_FORBIDDEN with the reason; CD_E_STALE: the claim, the
 * flag or a case changed */
cd_err_t *app_round_record(int *seq_out, app_ctx_t *ctx, const app_round_ask_t *ask,
                           cd_problems_t *problems);
/** Takes back a request, an indication or a sending that was made in error; the trust is told.
 * `reason`: for the trust. */
cd_err_t *app_round_take_back(int *seq_out, app_ctx_t *ctx, const char *org_code, int seq,
                              const char *reason, int version, cd_problems_t *problems);

#endif

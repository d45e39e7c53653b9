/* claim.h: use cases of the claim, its flags and decisions.
 *
 * Requires: ctx.h, domain.   Provides: app_claim_*, app_flag_*, app_decision_*.   Used by: web,
 * cli. A trust's user sees the parts that concern the own trust: own share, own flag, own cases;
 * the claim's identity; no other trust's name or sum; and of payments only the own share's sums:
 * `partial` is set, `ledger`, payable.paid_p and payable.left_p are empty, and records hold no
 * note, reason or other share. */
#ifndef CD_APP_CLAIM_H
#define CD_APP_CLAIM_H

#include "app/ctx.h"
#include "app/case.h"
#include "domain/claim_clock.h"
#include "domain/claim_reserve.h"
#include "domain/liability.h"

typedef struct app_claim_row_t {
    const char *reference, *title, *person;
    int status, scheme, version;
    cd_date_t notified_on;
    cd_instant_t changed_at;
    int unreadable;
} app_claim_row_t;
typedef struct app_claim_list_t {
    app_claim_row_t *rows;
    int count;
    apr_int64_t next;
} app_claim_list_t;
cd_err_t *app_claim_list(app_claim_list_t *out, app_ctx_t *ctx, int status, apr_int64_t before);
cd_err_t *app_claim_search(app_claim_list_t *out, app_ctx_t *ctx, const char *query);

typedef struct app_flag_t {
    int seq;
    const char *org_code, *org_name;
    cd_instant_t computed_at;
    const char *computed_by;
    const char *scheme_code, *scheme_title;
    int scheme_version;
    const char *engine;
    cd_flag_t *flag;                     /* read back from the stored answer */
    const char *inputs_hash;             /* hex */
    int out_of_date;                     /* 1: the claim or a case changed since */
} app_flag_t;

typedef struct app_decision_view_t {
    int seq, flag_seq;
    const char *org_code;
    int outcome;
    apr_int64_t amount_p;
    const char *reasons, *evidence_seen, *decided_by;
    const char *facts, *facts_not;       /* a sentence a line; NULL in old decisions */
    cd_user_id decider;
    cd_instant_t decided_at;
    int standing;                        /* cd_standing_t; 0: not looked up */
    /* what the trust is to pay as it stands; `amount_p` where not looked up */
    apr_int64_t stands_p;
} app_decision_view_t;

typedef struct app_party_t {
    const cd_org_t *org;
    apr_int64_t share_bp;
    const char *const *cases;            /* references */
    int case_count;
    /* the trust's share of what was paid */
    apr_int64_t damages_p, claimant_costs_p, defence_costs_p;
    const app_flag_t *flag;              /* newest, or NULL */
    const app_decision_view_t *decision; /* newest, or NULL */
    const struct app_round_t *round;     /* as it stands today; NULL: we look back */
} app_party_t;

/** How many claims stood in each status at the end of a day. From the status history alone: what is
 * entered later, even about earlier days, changes nothing of an earlier day's report. */
typedef struct app_claim_report_t {
    cd_date_t as_at;
    /* 1: a day that is over, so the answer stays; 0: today, the latest position */
    int snapshot;
    apr_int64_t count[CD_CLAIM_REOPENED + 1];   /* by status */
    apr_int64_t total;
} app_claim_report_t;
/** @errors CD_E_FORBIDDEN: the actor sees a part of the claims only; CD_E_RANGE: after today */
cd_err_t *app_claim_report(app_claim_report_t *out, app_ctx_t *ctx, cd_date_t as_at);
/** Makes the status history of claims that have none, 1000 at a time. For the command line. */
cd_err_t *app_claim_history(int *count_out, app_ctx_t *ctx);
/** Active users who handle claims: sign-in name and name, ended by an empty one. @owner request */
cd_err_t *app_handlers(const cd_token_t **out, app_ctx_t *ctx);

typedef struct app_claim_view_t {
    app_claim_row_t row;
    const cd_claim_t *claim;
    cd_payable_t payable;
    cd_ledger_t ledger;
    app_party_t *parties;                /* only the own trust's for a trust's user */
    int party_count;
    int partial;                         /* 1: the actor sees only a part */
    apr_int64_t indicated_p, decided_p;  /* over the parties shown */
    const cd_scheme_t *scheme;           /* the active liability scheme */
    int audit_seq;
    /* not in a partial view */
    cd_reserves_t reserves;
    const cd_clock_t *clocks;            /* the claim's own; not those of a round */
    int clock_count;
    const cd_allocation_t *allocation;   /* newest that stands, or NULL */
    const char *handler_name;            /* of the handler it names, or NULL */
} app_claim_view_t;
cd_err_t *app_claim_view(app_claim_view_t **out, app_ctx_t *ctx, cd_date_t as_at);

cd_err_t *app_claim_create(const char **reference_out, app_ctx_t *ctx,
                           const cd_claim_facts_t *facts, cd_problems_t *problems);
/** CLAIM (correct), CLAIM_STATUS, PAYMENT and PARTIES alike; checks references and shares. */
cd_err_t *app_claim_record(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask,
                           cd_problems_t *problems);

/** A person says what it means that no case is linked for a trust. @errors CD_E_NOT_FOUND: no such
 * trust in the claim within reach; CD_E_INVALID: a case is linked */
struct cd_no_incident_t;
cd_err_t *app_no_incident(int *seq_out, app_ctx_t *ctx, const char *org_code,
                          struct cd_no_incident_t *body, int version, cd_problems_t *problems);
/** Computes a new flag version for each trust of the current set, or for one (org_code not NULL).
 */
cd_err_t *app_flag_compute(int *count_out, app_ctx_t *ctx, const char *org_code, int version);
typedef struct app_flag_view_t {
    app_claim_view_t *claim;
    const app_party_t *party;
    const app_flag_t *flag;              /* the version asked for */
    const app_flag_t *const *versions;   /* newest first */
    int version_count;
    const cd_scheme_t *scheme;           /* the version it was computed under */
    const app_decision_view_t *decision; /* made on this flag, or NULL */
    const struct app_round_t *round;
    const char *why_not;                 /* why this actor may not decide; NULL: may */
    int forbidden;                       /* 1: because of who they are; 0: because of the time */
} app_flag_view_t;
cd_err_t *app_flag_view(app_flag_view_t **out, app_ctx_t *ctx, const char *org_code, int seq);
/** Records a decision on a flag version: four-eyes, limits, newest flag only. */
cd_err_t *app_decision_make(int *seq_out, app_ctx_t *ctx, const char *org_code, int flag_seq,
                            const cd_decision_t *decision, int version, cd_problems_t *problems);

#endif

/* decided.h: use cases after a decision: the trust is told, asks for a review, is asked for the
 * sum; money comes.
 *
 * Requires: claim.h, domain/recover.h.   Provides: app_decided_*, app_recover_*, app_breaches. Used
 * by: web, cli. A trust's user sees a decision on the own trust once the trust was told of it, and
 * no decision on another. Nothing here writes or reads a payment of the claim. */
#ifndef CD_APP_DECIDED_H
#define CD_APP_DECIDED_H

#include "app/claim.h"
#include "domain/net.h"
#include "domain/recover.h"

typedef enum app_step_t {
    APP_STEP_TELL = 0,                   /* tell the trust */
    APP_STEP_ASK_REVIEW,                 /* the trust asks for a review */
    APP_STEP_REVIEW,
    APP_STEP_RECOVER,                    /* ask the trust for (a part of) the sum */
    APP_STEP_RECEIVE,                    /* money came */
    APP_STEP_REPAY,                      /* money goes back to the trust */
    APP_STEP_TAKE_BACK,                  /* an instalment or a receipt was entered in error */
    APP_STEP_LOOK,                       /* say that it was looked at after a review elsewhere */
    APP_STEP__COUNT
} app_step_t;

/** Another decision that had counted this one (or is counted by this one), and what somebody found.
 */
typedef struct app_look_t {
    const char *reference; int seq;      /* the decision to be looked at */
    const char *cause; int cause_seq;    /* the decision that fell away */
    cd_instant_t decided_at;
    int n_then, n_now;
    /* what its scheme gave, and would give now; advice, not a change */
    apr_int64_t most_then_p, most_now_p;
    int known;                           /* 0: what it would give now could not be reckoned */
    int looked_seq;                      /* 0: nobody has looked yet */
} app_look_t;

typedef struct app_decided_t {
    app_claim_view_t *claim;             /* cut down for a trust's user */
    const cd_org_t *org;
    const app_decision_view_t *decision;
    const app_flag_t *flag;
    const cd_scheme_t *scheme;           /* version that the flag was computed under, or NULL */
    cd_stand_t stand;
    /* as read; only those of this decision are for this page */
    const cd_claim_t *records;
    const cd_recovered_t *recovered;
    cd_date_t review_by;                 /* 0: none was set */
    /* it was asked for after that day, and taken all the same */
    int review_late;
    const char *why_not[APP_STEP__COUNT];/* NULL: this actor may do it now */
    int forbidden[APP_STEP__COUNT];      /* 1: never this actor; 0: not as things stand */
    /* this one is to be looked at because of ... */
    const app_look_t *looks; int look_count;
    const app_look_t *next_look;         /* the one that a step of looking is about, or NULL */
    const app_look_t *counted_by; int counted_count;  /* fell away: these had counted it */
} app_decided_t;
/** @errors CD_E_NOT_FOUND: no such decision on that trust within reach */
cd_err_t *app_decided(app_decided_t **out, app_ctx_t *ctx, const char *org_code, int seq);
/** Seq of the newest decision on the trust that this actor may see; 0: none. */
cd_err_t *app_decided_newest(int *seq_out, app_ctx_t *ctx, const char *org_code);

/** What a step names: a decision, and the version of the claim that the person saw. */
typedef struct app_decided_ask_t {
    const char *org_code;
    int decision_seq, version;
} app_decided_ask_t;

/** All of these: @errors CD_E_INVALID with problems; CD_E_STALE, CD_E_FORBIDDEN: `why_not` of the
 * step says why. Bodies are filled up by the program (CD_FF_APP). */
cd_err_t *app_decided_tell(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                           cd_told_t *body, cd_problems_t *problems);
cd_err_t *app_decided_ask_review(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                                 cd_review_asked_t *body, cd_problems_t *problems);
/** Puts a look for each later decision that had counted this one, where it falls away. */
cd_err_t *app_decided_review(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                             cd_review_t *body, cd_problems_t *problems);
cd_err_t *app_decided_look(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                           cd_looked_t *body, cd_problems_t *problems);

/** How the trust is asked: in one sum, or in instalments that make it up exactly. */
typedef struct app_recover_t {
    int method;                          /* cd_recovery_methods */
    const char *invoice;                 /* or NULL; instalments get "-1", "-2" ... behind it */
    apr_int64_t amount_p;
    apr_int64_t count;                   /* instalments; 0 or 1: one sum */
    int pace;                            /* cd_paces; needed where there are more */
    cd_date_t first;
    /* CONTRIBUTION: of the first; each further year for yearly ones */
    apr_int64_t year;
} app_recover_t;
extern const cd_field_t app_recover_fields[];
extern const int app_recover_field_count;
/** All instalments in one transaction. */
cd_err_t *app_recover(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                      const app_recover_t *body, cd_problems_t *problems);
/** `body->recovery_seq` names the instalment. More than is left of it is refused. */
cd_err_t *app_recover_receive(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                              cd_receipt_t *body, cd_problems_t *problems);
/** Money that goes back: as much as came beyond the decision as it stands. */
cd_err_t *app_recover_repay(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                            cd_receipt_t *body, cd_problems_t *problems);
/** Takes back an instalment without receipts (a TAKEN_BACK record), or a receipt (one that reverses
 * it). */
cd_err_t *app_recover_take_back(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask, int seq,
                                const cd_taken_back_t *body, cd_problems_t *problems);

/** What the claim costs the fund. Not for a trust's user: CD_E_NOT_FOUND. */
cd_err_t *app_claim_net(cd_net_t *out, app_ctx_t *ctx, const app_claim_view_t *claim);

/* ---- over all claims ----------------------------------------------------- */

extern const cd_token_t app_recovery_lists[];        /* open overdue settled ended */
enum {
    APP_RECOVERIES_OPEN = 1,
    APP_RECOVERIES_OVERDUE,
    APP_RECOVERIES_SETTLED,
    APP_RECOVERIES_ENDED
};
typedef struct app_recovery_row_t {
    const char *reference, *org_code, *org_name, *invoice;
    int seq, decision_seq, method, instalment, instalments, year;
    cd_date_t due;
    apr_int64_t amount_p, holds_p, received_p, left_p;
    int state, held, overdue;
} app_recovery_row_t;
typedef struct app_recovery_list_t {
    app_recovery_row_t *rows;
    int count;
    apr_int64_t next;
} app_recovery_list_t;
extern const cd_token_t *const app_recovery_states;
/** By the day it is due. A trust's user has the own trust's alone. org_code NULL: every trust. */
cd_err_t *app_recoveries(app_recovery_list_t *out, app_ctx_t *ctx, int list, const char *org_code,
                         apr_int64_t after);

typedef struct app_recovery_total_t {
    const char *org_code, *org_name;
    int decisions;
    apr_int64_t decided_p, asked_p, received_p, left_p;
} app_recovery_total_t;
/** By trust, of decisions made in the financial year that begins in `year`. */
cd_err_t *app_recovery_totals(app_recovery_total_t **out, int *count_out, app_ctx_t *ctx, int year);

/** A decision on the trust, of any claim. */
typedef struct app_breach_t {
    const char *reference;
    int seq, flag_seq, outcome, standing, units, counted, counts;
    apr_int64_t amount_p, asked_p, received_p;
    cd_instant_t decided_at;
} app_breach_t;
typedef struct app_breaches_t {
    const cd_org_t *org;
    app_breach_t *rows; int count;       /* newest first */
    cd_instant_t next;                   /* cursor: older than this; 0: no more */
    const cd_scheme_t *scheme;           /* in force, or NULL */
    cd_date_t from;                      /* its window begins, 0: ever */
    int units;                           /* breaches that count in that window today */
    int year;                            /* financial year of today */
    int year_units;                      /* breaches of that year that count */
    apr_int64_t year_p;                  /* what the decisions of that year ask for */
} app_breaches_t;
cd_err_t *app_breaches(app_breaches_t **out, app_ctx_t *ctx, const char *org_code,
                       cd_instant_t before);

typedef struct app_allegation_row_t {
    const char *reference, *org_code, *org_name;
    int seq, is_regulatory, source, outcome, breaches;
    cd_when_t on;
    apr_int64_t memo_p;                  /* memo: enters no other sum */
} app_allegation_row_t;
typedef struct app_allegation_list_t {
    app_allegation_row_t *rows;
    int count;
    apr_int64_t next;
} app_allegation_list_t;
/** Newest first. For the scheme, the regulator and auditors: no trust's user. */
cd_err_t *app_allegations(app_allegation_list_t *out, app_ctx_t *ctx, const char *org_code,
                          apr_int64_t before);

/* ---- information given to another body (shared.c) ------------------------ */

enum { APP_SHARE_DECISION = 1, APP_SHARE_NO_EVIDENCE };
extern const cd_token_t app_share_parts[];           /* decision no-evidence */
/** What would be given: exactly these bytes (JSON), and their SHA-256. @owner ctx->pool */
typedef struct app_share_t {
    int part;
    const char *content, *sha256;
    const cd_org_t *org;
    app_claim_view_t *claim;
} app_share_t;
cd_err_t *app_share_made(app_share_t **out, app_ctx_t *ctx, const char *org_code, int part);
/** Records that it was given; refused (CD_E_STALE) if it is no longer what the person saw
 * (`seen_sha`). */
cd_err_t *app_share(int *seq_out, app_ctx_t *ctx, const char *org_code, int part, cd_shared_t *body,
                    const char *seen_sha, int version, cd_problems_t *problems);

#endif

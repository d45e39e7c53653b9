/* claim.h: claims, shares and payments.
 *
 * Requires: base, record.h.   Provides: cd_claim_t, cd_claim_read, cd_share_split.   Used by:
 * domain, app, web, cli. Invariant 1: what the claimant is paid is a function of the claim alone
 * (claim_money.h). This header includes neither scheme.h, liability.h nor round.h, and must not. */
#ifndef CD_DOMAIN_CLAIM_H
#define CD_DOMAIN_CLAIM_H

#include "base/money.h"
#include "domain/lists.h"
#include "domain/record.h"

extern const cd_token_t cd_claim_schemes[];    /* CNST EX_RHAS ELS DHSC CNSGP ELSGP CNSC */
extern const cd_token_t
    cd_claim_statuses[]; /* NOTIFIED LETTER_OF_CLAIM INVESTIGATING RESPONDED NEGOTIATING LITIGATED
                            SETTLED_DAMAGES CLOSED_NIL REOPENED */
extern const cd_token_t cd_payment_kinds[]; /* DAMAGES_LUMP DAMAGES_INTERIM PPO_INSTALMENT
                                               PPO_CAPITALISED CLAIMANT_COSTS DEFENCE_COSTS CRU */
extern const cd_token_t cd_claim_events[];
extern const cd_token_t cd_reserve_heads[];    /* DAMAGES CLAIMANT_COSTS DEFENCE_COSTS */
extern const cd_token_t
    cd_payee_classes[]; /* CLAIMANT CLAIMANT_SOLICITOR PANEL_SOLICITOR COURT OTHER */

typedef struct cd_claim_facts_t {     /* CD_REC_CLAIM */
    const char *title;                /* sensitive */
    const char *claimant_name;        /* sensitive */
    const char *nhs_number;           /* sensitive */
    int scheme;
    cd_when_t incident;               /* when the events happened, as far as known */
    cd_when_t notified;               /* HAPPENED */
    const char *solicitors, *limitation_note;
    int litigated;                    /* cd_yesno_t */
    /* what was agreed or ordered to be paid to the claimant */
    apr_int64_t agreed_damages_p, agreed_costs_p;
    const char *scheme_ref;           /* the scheme's own number: free text, known once, or NULL */
    int early_notification;           /* cd_yesno_t: a maternity claim under Early Notification */
} cd_claim_facts_t;
typedef struct cd_claim_status_t { int status; cd_when_t on; const char *note; } cd_claim_status_t;
typedef struct cd_payment_t {
    int kind; apr_int64_t amount_p; cd_when_t paid; int payee; const char *note;
    /* CD_FT_SEQ: payment taken back by this one (same kind and sum), or 0 */
    int reverses;
} cd_payment_t;

enum {
    CD_EV_RECORDS_ASKED = 1,
    CD_EV_NOTIFICATION,
    CD_EV_NOTIFICATION_ACK,
    CD_EV_LETTER_OF_CLAIM,
    CD_EV_CLAIM_ACK,
    CD_EV_RESPONSE,
    CD_EV_PART_36,
    CD_EV_NEGOTIATION,
    CD_EV_MEDIATION,
    CD_EV_ISSUED,
    CD_EV_DEFENCE,
    CD_EV_DIRECTIONS,
    CD_EV_TRIAL,
    CD_EV_JUDGMENT,
    CD_EV_SETTLEMENT,
    CD_EV_EN_TOLD_LEGAL,
    CD_EV_EN_REPORTED,
    CD_EV_OTHER
};
typedef struct cd_claim_event_t { int type; cd_when_t on; const char *note; } cd_claim_event_t;
enum { CD_RESERVE_DAMAGES = 1, CD_RESERVE_CLAIMANT_COSTS, CD_RESERVE_DEFENCE_COSTS };
/** Not a payment. `probability_bp`: how likely it is that the claim succeeds. */
typedef struct cd_reserve_t {
    int head; apr_int64_t amount_p, probability_bp; cd_when_t on; const char *note;
} cd_reserve_t;
/** `handler`: sign-in name of an active user of the scheme. */
typedef struct cd_allocation_t { const char *handler, *team, *note; } cd_allocation_t;
typedef struct cd_inquest_t {
    /* cd_yesno_t */
    cd_when_t opened; cd_date_t held; const char *conclusion; int report_disclosed;
    /* prevention of future deaths: report, and when the answer to it is due */
    cd_date_t pfd_on, pfd_due;
    cd_date_t pfd_answered;
} cd_inquest_t;
typedef struct cd_taken_back_t {
    const char *reason;
} cd_taken_back_t; /* record.supersedes names what it takes back */

#define CD_PARTIES_MAX 8
#define CD_PARTY_CASES_MAX 8
typedef struct cd_party_t {           /* one trust in a claim */
    const char *org_code;
    apr_int64_t share_bp;
    const char *cases;                /* references, separated by ", "; NULL: no incident linked */
} cd_party_t;
typedef struct cd_parties_t { /* CD_REC_PARTIES; fields trust_1, share_1, cases_1 ... trust_8 */
    cd_party_t party[CD_PARTIES_MAX]; /* rows without org_code are not used */
} cd_parties_t;

typedef struct cd_claim_t {
    cd_claim_id id;
    const char *reference;
    int version;
    cd_date_t as_at;
    cd_record_t *records;
    int count, later;
    const cd_claim_facts_t *facts;    /* never NULL in a stored claim */
    int status;                       /* cd_claim_statuses value */
    const cd_record_t *status_record;
    const cd_parties_t *parties;      /* NULL: none linked yet */
} cd_claim_t;

cd_claim_t *cd_claim_read(const cd_record_t *all, int count, cd_date_t as_at, apr_pool_t *pool);

/** 1 if the shares of all used rows sum to 10,000 and no trust stands twice; else adds problems. */
int cd_parties_check(const cd_parties_t *parties, cd_problems_t *problems);
/** `total_p` by share, the parts summing to the total exactly (largest remainder, ties by order).
 */
cd_err_t *cd_share_split(apr_int64_t *parts_out, const cd_parties_t *parties, apr_int64_t total_p,
                         apr_pool_t *pool);
/** 1 if the claim ended with damages: its status is SETTLED_DAMAGES. An interim payment ends no
 * claim. */
int cd_claim_succeeded(const cd_claim_t *claim);

#endif

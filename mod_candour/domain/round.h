/* round.h: what is done in a claim between its scheme and one of its trusts: evidence, indication,
 * decision, review, recovery.
 *
 * Requires: claim.h.   Provides: the bodies of these records, cd_round_t, cd_round_read.   Used by:
 * domain, app, web, cli. Every one is a record of the claim. `org` names the one trust that it is
 * about: that trust sees it, no other does. Nothing here is looked at when the claimant's sums are
 * reckoned (claim.h, invariant 1). Numbers named decision_seq and flag_seq are of
 * liability_decision and liability_flag; the other _seq of this file. */
#ifndef CD_DOMAIN_ROUND_H
#define CD_DOMAIN_ROUND_H

#include "domain/claim.h"

extern const cd_token_t cd_flag_rules[];            /* E01-E12 C01 C02, values of cd_rule_codes */
extern const cd_token_t
    cd_no_incident_findings[]; /* SHOULD_HAVE_BEEN_RECORDED NO_DUTY STILL_LOOKING */
extern const cd_token_t cd_answers[];               /* PROVIDED PART NONE_EXISTS */
extern const cd_token_t cd_stances[];               /* AGREE DISPUTE_FACTS DISPUTE_SUM NO_COMMENT */
extern const cd_token_t cd_confirmations[];         /* CONFIRMED RETURNED */
extern const cd_token_t cd_review_grounds[];        /* FACTS LAW NEW_EVIDENCE PROCEDURE AMOUNT */
extern const cd_token_t cd_review_outcomes[];       /* UPHELD VARIED QUASHED */
extern const cd_token_t cd_recovery_methods[];      /* INVOICE CONTRIBUTION */
extern const cd_token_t cd_money_ways[];            /* FROM_TRUST TO_TRUST */
extern const cd_token_t cd_look_findings[];         /* NO_CHANGE DECIDE_AGAIN */
extern const cd_token_t cd_shared_bodies[];         /* CQC NHS_ENGLAND COMMISSIONER CORONER OTHER */
extern const cd_token_t cd_allegation_sources[]; /* CLAIMANT PATIENT STAFF TRUST REGULATOR OTHER */
extern const cd_token_t cd_allegation_outcomes[];   /* OPEN SUPPORTED NOT_SUPPORTED PASSED_ON */
extern const cd_token_t cd_regulatory_bodies[];     /* CQC GMC NMC COURT OTHER */
extern const cd_token_t cd_regulatory_types[];      /* FPN WARNING PROSECUTION CONTRACT OTHER */
enum { CD_NOINC_SHOULD_HAVE = 1, CD_NOINC_NO_DUTY, CD_NOINC_STILL_LOOKING };
enum { CD_ANSWER_PROVIDED = 1, CD_ANSWER_PART, CD_ANSWER_NONE_EXISTS };
enum { CD_STANCE_AGREE = 1, CD_STANCE_FACTS, CD_STANCE_SUM, CD_STANCE_NO_COMMENT };
enum { CD_CONFIRM_YES = 1, CD_CONFIRM_RETURNED };
enum {
    CD_GROUND_FACTS = 1,
    CD_GROUND_LAW,
    CD_GROUND_NEW_EVIDENCE,
    CD_GROUND_PROCEDURE,
    CD_GROUND_AMOUNT
};
enum { CD_REVIEW_UPHELD = 1, CD_REVIEW_VARIED, CD_REVIEW_QUASHED };
enum { CD_RECOVER_INVOICE = 1, CD_RECOVER_CONTRIBUTION };
enum { CD_MONEY_FROM_TRUST = 1, CD_MONEY_TO_TRUST };
enum { CD_LOOK_NO_CHANGE = 1, CD_LOOK_DECIDE_AGAIN };
enum { CD_BODY_CQC = 1, CD_BODY_NHS_ENGLAND, CD_BODY_COMMISSIONER, CD_BODY_CORONER, CD_BODY_OTHER };

/** CD_REC_NO_INCIDENT: no incident was ever recorded for this trust's part: a person says what that
 * means. */
typedef struct cd_no_incident_t {
    const char *org;
    int finding;
    const char *reasons;
} cd_no_incident_t;
/** CD_REC_REQUEST: evidence is asked for. `rules`: bits of CD_RULE_ values, E01-E12, C01, C02. */
typedef struct cd_request_t {
    const char *org; apr_uint32_t rules; const char *what, *why; cd_date_t due; int flag_seq;
} cd_request_t;
/** CD_REC_ANSWER: the trust's answer. `cited`: entries of its cases, "CM-2026-0412 7, CM-2026-0412
 * 9". */
typedef struct cd_answer_t {
    const char *org; int request_seq; int answer; const char *text, *cited;
} cd_answer_t;
/** CD_REC_INDICATION: the trust is told what is indicated, and until when it may say what it thinks
 * of it. What the flag said on that day is kept with it, so that whoever asks later if it still
 * holds needs no earlier flag. */
typedef struct cd_indication_t {
    const char *org; int flag_seq; const char *message; cd_date_t answer_by;
    int flag_state;                /* cd_flag_states */
    apr_int64_t indicated_p;
} cd_indication_t;
/** CD_REC_REPRESENTATION: what the trust says to it. */
typedef struct cd_representation_t {
    const char *org; int indication_seq, flag_seq; int stance; const char *text, *cited;
} cd_representation_t;
/** CD_REC_FOR_DECISION: a handler sends the flag to the decision-makers. */
typedef struct cd_for_decision_t {
    const char *org;
    int flag_seq;
    const char *note;
} cd_for_decision_t;
/** CD_REC_CONFIRMATION: a second person on a decision that needs one. */
typedef struct cd_confirmation_t {
    const char *org;
    int decision_seq;
    int verdict;
    const char *reasons;
} cd_confirmation_t;
/** CD_REC_TOLD: the trust is told of a decision that stands. `report_sha`: hex SHA-256 of the
 * decision report's canonical JSON as it was that day. */
typedef struct cd_told_t {
    const char *org;
    int decision_seq;
    cd_when_t on;
    int mode;
    cd_date_t review_by;
    const char *report_sha;
} cd_told_t;
/** CD_REC_REVIEW_ASKED: the trust asks for a review. `grounds`: bits of CD_GROUND_. */
typedef struct cd_review_asked_t {
    const char *org; int decision_seq; apr_uint32_t grounds; const char *text;
} cd_review_asked_t;
/** CD_REC_REVIEW: another person's answer. `amount_p`: VARIED only, below or above, never over the
 * flag's sum. */
typedef struct cd_review_t {
    const char *org;
    int decision_seq, asked_seq;
    int outcome;
    apr_int64_t amount_p;
    const char *reasons;
} cd_review_t;
/** CD_REC_RECOVERY: one instalment that the trust is asked for. Never named together with a payment
 * to a claimant. */
typedef struct cd_recovery_t {
    const char *org; int decision_seq; int method; const char *invoice; apr_int64_t amount_p;
    apr_int64_t instalment, instalments;   /* 1 of 1 for a whole sum */
    /* CONTRIBUTION: financial year that begins in it, e.g. 2027 */
    cd_date_t due; apr_int64_t year;
} cd_recovery_t;
/** CD_REC_RECEIPT: money that came from the trust or, after a review, went back to it. `reverses`:
 * a receipt entered in error, of the same sum and way, or 0. */
typedef struct cd_receipt_t {
    const char *org;
    int recovery_seq;
    int way;
    apr_int64_t amount_p;
    cd_when_t on;
    int reverses;
    const char *note;
} cd_receipt_t;
/** CD_REC_SHARED: information given to another body. `content_sha`: hex SHA-256 of what was given.
 */
typedef struct cd_shared_t {
    const char *org; int to; cd_when_t on; const char *about, *legal_basis, *content_sha;
} cd_shared_t;
/** CD_REC_ALLEGATION: somebody says that the trust was not open. Kept with its outcome. */
typedef struct cd_allegation_t {
    const char *org;
    int source;
    cd_when_t received;
    const char *about;
    int outcome;
    const char *outcome_note;
} cd_allegation_t;
/** CD_REC_REGULATORY: what a regulator or a contract did. A memo: its sum enters no other sum. */
typedef struct cd_regulatory_t {
    const char *org;
    int body, type;
    cd_when_t on;
    apr_int64_t amount_p, breach_count;
    const char *note;
} cd_regulatory_t;

/** CD_REC_LOOKED: a person looked at a decision that had counted a breach which fell away on
 * review. `cause`: the decision that fell away, "CL-2026-0412 1". */
typedef struct cd_looked_t {
    const char *org;
    int decision_seq;
    const char *cause;
    int finding;
    const char *note;
} cd_looked_t;

/** How a decision stands: reckoned from the decision and the records about it, never stored by
 * hand. */
typedef enum cd_standing_t {
    CD_STAND_PROPOSED = 1, /* waits for a second person */
    CD_STAND_RETURNED,     /* the second person sent it back: it counts for nothing */
    CD_STAND_STANDS,
    CD_STAND_VARIED,  /* by review: `amount_p` is the review's */
    CD_STAND_QUASHED, /* by review: it counts for nothing */
    CD_STAND_REPLACED /* a later decision on the same trust took its place, also where that fell
                         away since */
} cd_standing_t;
extern const cd_token_t cd_standings[];
/** A decision as it was made; those of one claim in rising order. */
typedef struct cd_decided_t {
    int seq, flag_seq;
    const char *org;
    int outcome;                   /* cd_decision_outcome_t of liability.h */
    apr_int64_t amount_p;
    int needs_second;              /* over the sum that its scheme version sets */
} cd_decided_t;
typedef struct cd_stand_t {
    cd_standing_t standing;
    apr_int64_t amount_p;          /* what the trust is to pay: 0 unless STANDS or VARIED */
    /* about this decision, newest that stand */
    const cd_record_t *confirmation, *told, *review_asked, *review;
} cd_stand_t;
/** How decision `which` (index) of `all` stands in the claim as it was read. */
cd_stand_t cd_decision_stand(const cd_decided_t *all, int count, int which,
                             const cd_claim_t *claim);
/** 1 if a trust may read of this decision on it: once the trust was told of it, and not before. The
 * one rule for every page, list, total and format; it is asked of the claim as it was read, so a
 * look back asks what was told by then. */
int cd_decision_for_trust(const cd_claim_t *claim, int decision_seq);
/** How such a decision stands for the trust that reads it: a later one that it was not told of
 * replaces nothing yet. */
cd_stand_t cd_decision_stand_told(const cd_decided_t *all, int count, int which,
                                  const cd_claim_t *claim);

/** One trust's round as at a day: the newest record of each kind that stands, NULL where there is
 * none. The newest answer counts only for the newest request, the newest representation for the
 * newest indication, and so on. */
typedef struct cd_round_t {
    const char *org;
    const cd_record_t *no_incident, *request, *answer, *indication, *representation, *for_decision,
                      *confirmation, *told, *review_asked, *review;
    /* day of the first request since the last one answered in full; 0: none open or made */
    cd_date_t asked_on;
    /* newest record that a flag looks at: facts, status, trusts, payments, no incident */
    int weighed_seq;
} cd_round_t;
cd_round_t *cd_round_read(const cd_claim_t *claim, const char *org, apr_pool_t *pool);
/** 1 if the newest answer or representation of the trust was recorded after that moment. */
int cd_round_written_since(const cd_round_t *round, cd_instant_t at);
/** Trust that a record is about, if it is of one trust alone; NULL: of the whole claim. */
const char *cd_record_org(const cd_record_t *record);
/** 1 if that trust may see such a record: requests, answers ... yes; reserves, allegations,
 * allocation no. */
int cd_record_for_trust(cd_record_kind_t kind);

#endif

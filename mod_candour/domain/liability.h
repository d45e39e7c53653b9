/* liability.h: the flag of a trust in a claim, and the limits of a decision.
 *
 * Requires: candour.h, claim.h, scheme.h.   Provides: cd_flag_compute, cd_decision_check.   Used by: app, web, cli.
 * A flag is advice with its reasons; a computed flag never creates liability: a named person decides. */
#ifndef CD_DOMAIN_LIABILITY_H
#define CD_DOMAIN_LIABILITY_H

#include "domain/candour.h"
#include "domain/claim.h"
#include "domain/scheme.h"

typedef enum cd_flag_state_t {
    CD_FLAG_NOT_APPLICABLE = 1, CD_FLAG_EVIDENCE_REQUESTED, CD_FLAG_EVIDENCE_NOT_PROVIDED,
    CD_FLAG_EXCUSED, CD_FLAG_CANDOUR_SHOWN, CD_FLAG_BREACH_INDICATED,
    CD_FLAG_NO_INCIDENT            /* England, CNST, and no case is linked for the trust: a person says what that means */
} cd_flag_state_t;
extern const cd_token_t cd_flag_states[];

/** One linked case of the trust, already evaluated. */
typedef struct cd_flag_case_t { const char *reference; const cd_evaluation_t *eval; } cd_flag_case_t;

/** A linked case as it was read, also one that no duty applies to. */
typedef struct cd_flag_seen_t { const char *reference; int version; } cd_flag_seen_t;

typedef struct cd_flag_input_t {
    const char *org_code;
    int jurisdiction;                  /* flags concern England only */
    int claim_scheme;                  /* cd_claim_schemes value: flags concern CNST only */
    const cd_flag_case_t *cases;
    int case_count;
    const cd_scheme_t *scheme;
    cd_scheme_input_t sums;
    cd_date_t requested_on;            /* first day evidence was asked for; 0: not yet */
    const cd_calendar_t *cal;
    cd_date_t as_at;
    /* what was read, so that a later change can be told without a clock: no rule looks at it */
    const cd_flag_seen_t *seen;
    int seen_count;
    int claim_record;                  /* number of the claim's last record; parties and payments are records */
} cd_flag_input_t;

typedef enum cd_reason_part_t { CD_DECIDED = 1, CD_NEARLY, CD_LATE_NOT_COUNTED, CD_REST } cd_reason_part_t;
typedef struct cd_reason_t {
    cd_reason_part_t part;
    const char *case_reference;
    const cd_result_t *result;         /* rule, status, sentence, authority, evidence */
    int material;
} cd_reason_t;

/** What a record that a reason rests on was, when the flag was computed: no text of it. */
typedef struct cd_flag_record_t {
    const char *case_reference;
    int seq;
    cd_record_kind_t kind;
    cd_when_t happened;
} cd_flag_record_t;

typedef struct cd_flag_t {
    cd_flag_state_t state;
    const char *verdict;               /* one sentence */
    apr_int64_t indicated_p;           /* 0 unless BREACH_INDICATED */
    cd_scheme_result_t sum;            /* BREACH_INDICATED: with its working; else the basis and one line */
    cd_reason_t *reasons;              /* by part, then case, then rule */
    int reason_count;
    cd_flag_record_t *records;         /* those that the reasons name; filled by who knows the cases */
    int record_count;
    int missing;                       /* material rules that lack evidence */
    cd_date_t answer_by;               /* EVIDENCE_REQUESTED: last day for the trust's answer */
} cd_flag_t;

cd_err_t *cd_flag_compute(cd_flag_t **out, const cd_flag_input_t *input, apr_pool_t *pool);
/** Canonical JSON of inputs and of the answer: what is stored, hashed and replayed. @owner pool */
const char *cd_flag_inputs_json(const cd_flag_input_t *input, apr_pool_t *pool);
const char *cd_flag_json(const cd_flag_t *flag, apr_pool_t *pool);

typedef enum cd_decision_outcome_t { CD_DEC_NONE = 1, CD_DEC_PART, CD_DEC_FULL } cd_decision_outcome_t;
extern const cd_token_t cd_decision_outcomes[];
typedef struct cd_decision_t {
    int outcome;                       /* cd_decision_outcome_t */
    apr_int64_t amount_p;              /* 0 <= amount <= indicated of the flag version */
    const char *reasons;
    const char *evidence_seen;
    const char *facts, *facts_not;     /* relied on, and shown but not relied on: a sentence a line; no form's fields */
} cd_decision_t;
extern const cd_field_t cd_decision_fields[];
extern const int cd_decision_field_count;
/** What the four-eyes check needs to know of the decider. */
typedef struct cd_decider_t { int entered_evidence, of_the_trust; } cd_decider_t;
/** Checks limits and who decides; NONE must be 0, FULL must be the indicated sum, PART strictly between. */
void cd_decision_check(const cd_decision_t *decision, apr_int64_t indicated_p, int state,
                       const cd_decider_t *decider, cd_problems_t *problems);

#endif

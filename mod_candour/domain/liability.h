/* liability.h: the flag of a trust in a claim, and the limits of a decision.
 *
 * Requires: candour.h, claim.h, scheme.h.   Provides: cd_flag_compute, cd_decision_check.   Used
 * by: app, web, cli. A flag is advice with its reasons; a computed flag never creates liability: a
 * named person decides. */
#ifndef CD_DOMAIN_LIABILITY_H
#define CD_DOMAIN_LIABILITY_H

#include "domain/candour.h"
#include "domain/claim.h"
#include "domain/scheme.h"

typedef enum cd_flag_state_t {
    CD_FLAG_NOT_APPLICABLE = 1,
    CD_FLAG_EVIDENCE_REQUESTED,
    CD_FLAG_EVIDENCE_NOT_PROVIDED,
    CD_FLAG_EXCUSED,
    CD_FLAG_CANDOUR_SHOWN,
    CD_FLAG_BREACH_INDICATED,
    CD_FLAG_NO_INCIDENT /* England, CNST, and no case is linked for the trust: a person says what
                           that means */
} cd_flag_state_t;
extern const cd_token_t cd_flag_states[];

/** One linked case of the trust, already evaluated. */
typedef struct cd_flag_case_t {
    const char *reference;
    const cd_evaluation_t *eval;
} cd_flag_case_t;

/** A linked case as it was read, also one that no duty applies to. */
typedef struct cd_flag_seen_t { const char *reference; int version; } cd_flag_seen_t;

/** What a record that a reason rests on was, when the flag was computed: no text of it. */
typedef struct cd_flag_record_t {
    const char *case_reference;
    int seq;
    cd_record_kind_t kind;
    cd_when_t happened;
} cd_flag_record_t;

/** What a person found of a trust's part for which no incident was ever recorded
 * (CD_REC_NO_INCIDENT). */
typedef struct cd_found_none_t {
    int finding;                       /* CD_NOINC_ of round.h; 0: nobody has said */
    cd_date_t on;
    int role;                          /* cd_role_t in which it was recorded */
} cd_found_none_t;

typedef struct cd_flag_input_t {
    const char *org_code;
    int jurisdiction;                  /* flags concern England only */
    int claim_scheme;                  /* cd_claim_schemes value: flags concern CNST only */
    const cd_flag_case_t *cases;
    int case_count;
    const cd_scheme_t *scheme;
    /* of the claim; what follows from the rules (units ... extent) is worked out here */
    cd_scheme_input_t sums;
    /* the trust's confirmed breaches in the scheme's window, this claim's left out */
    int breaches_before;
    /* first day of the open request for evidence; 0: none is open */
    cd_date_t requested_on;
    cd_date_t due;                     /* last day of the newest request, 0: none */
    int none_exists;                   /* the trust answered it: no evidence exists */
    apr_uint32_t asked_rules;          /* bits of CD_RULE_ that the open requests named; 0: all */
    cd_found_none_t no_incident;       /* what a person found where no case is linked */
    /* kind and day of every record that an evaluation rests on */
    const cd_flag_record_t *records;
    int record_count;
    /* told in the inputs, for who asks why dates differ; no rule here reads it */
    const cd_calendar_t *cal;
    cd_date_t as_at;
    /* what was read, so that a later change can be told without a clock: no rule looks at it */
    const cd_flag_seen_t *seen;
    int seen_count;
    /* number of the claim's last record; parties and payments are records */
    int claim_record;
} cd_flag_input_t;

typedef enum cd_reason_part_t {
    CD_DECIDED = 1,
    CD_NEARLY,
    CD_LATE_NOT_COUNTED,
    CD_REST
} cd_reason_part_t;
typedef struct cd_reason_t {
    cd_reason_part_t part;
    const char *case_reference;
    const cd_result_t *result;         /* rule, status, sentence, authority, evidence */
    int material;
} cd_reason_t;

/** What would change a flag: it is reckoned anew with one thing otherwise, nothing is guessed. */
typedef enum cd_if_t {
    CD_IF_MET = 1,                     /* one broken or open rule were met */
    CD_IF_ALL_MET,                     /* all of them */
    CD_IF_NOT_MET,                     /* one open rule, or all open rules, were broken */
    CD_IF_NO_DUTY,                     /* the duty did not apply */
    CD_IF_SHOULD_HAVE                  /* no incident is recorded, and one should have been */
} cd_if_t;
extern const cd_token_t cd_ifs[];
typedef struct cd_whatif_t {
    cd_if_t kind;
    const char *rules;                 /* "E09", "E02 and E09"; NULL: no rule */
    const char *lead;                  /* "With proof that the letter of 3 March 2026 was sent" */
    cd_flag_state_t state;             /* what it becomes */
    apr_int64_t indicated_p, would_be_p;
    const char *sentence;              /* all of it, to be read alone */
} cd_whatif_t;

typedef struct cd_flag_t {
    cd_flag_state_t state;
    const char *verdict;               /* one sentence */
    apr_int64_t indicated_p;           /* 0 unless BREACH_INDICATED */
    /* BREACH_INDICATED: with its working; else the basis and one line */
    cd_scheme_result_t sum;
    cd_reason_t *reasons;              /* by part, then case, then rule */
    int reason_count;
    cd_flag_record_t *records;         /* those that the reasons name */
    int record_count;
    int missing;                       /* material rules that lack evidence */
    /* last day of an open request, in the two EVIDENCE states; 0: nothing is asked */
    cd_date_t answer_by;
    /* what the scheme was asked with: breach number, units, severity ... */
    cd_scheme_input_t counted;
    cd_whatif_t *whatifs;
    int whatif_count;
} cd_flag_t;

cd_err_t *cd_flag_compute(cd_flag_t **out, const cd_flag_input_t *input, apr_pool_t *pool);
/** Canonical JSON of inputs and of the answer: what is stored, hashed and replayed. @owner pool */
const char *cd_flag_inputs_json(const cd_flag_input_t *input, apr_pool_t *pool);
const char *cd_flag_json(const cd_flag_t *flag, apr_pool_t *pool);
/** Reads what cd_flag_json wrote, of every version of the engine, all of it.
 * @errors CD_E_TAMPERED: not what the program writes */
cd_err_t *cd_flag_read(cd_flag_t **out, const char *json, apr_pool_t *pool);
/** Reads what cd_flag_inputs_json of this version writes, byte for byte; the calendar without its
 * days.
 * @errors CD_E_TAMPERED: anything else, also what an older engine wrote; CD_E_BAD_REQUEST: no JSON
 */
cd_err_t *cd_flag_inputs_read(cd_flag_input_t **out, const char *json, apr_pool_t *pool);
/** What the scheme of a stored flag was asked with: the claim's sums of `inputs`, and what followed
 * from the rules, which stands in `answer` (engines before 1.2 wrote it into `inputs`).
 * `scheme_out` NULL: not wanted.
 * @errors CD_E_TAMPERED, CD_E_BAD_REQUEST: not what the program writes; CD_E_INVALID: settings of
 * another version */
cd_err_t *cd_flag_asked(cd_scheme_input_t *out, cd_scheme_t **scheme_out, const char *inputs,
                        const char *answer, apr_pool_t *pool);
/** Fills what the claim's round with the trust gives a flag: what was asked, until when, that
 * nothing exists, that no incident was recorded; and the number of the last record that a flag
 * weighs. */
void cd_flag_round(cd_flag_input_t *input, const cd_claim_t *claim, const char *org,
                   apr_pool_t *pool);

typedef enum cd_decision_outcome_t {
    CD_DEC_NONE = 1,
    CD_DEC_PART,
    CD_DEC_FULL
} cd_decision_outcome_t;
extern const cd_token_t cd_decision_outcomes[];
typedef struct cd_decision_t {
    int outcome;                       /* cd_decision_outcome_t */
    apr_int64_t amount_p;              /* 0 <= amount <= indicated of the flag version */
    const char *reasons;
    const char *evidence_seen;
    /* relied on, and shown but not relied on: a sentence a line; no form's fields */
    const char *facts, *facts_not;
} cd_decision_t;
extern const cd_field_t cd_decision_fields[];
extern const int cd_decision_field_count;
/** What the four-eyes check needs to know of the decider. */
typedef struct cd_decider_t { int entered_evidence, of_the_trust; } cd_decider_t;
/** Checks limits and who decides; NONE must be 0, FULL must be the indicated sum, PART strictly
 * between. */
void cd_decision_check(const cd_decision_t *decision, apr_int64_t indicated_p, int state,
                       const cd_decider_t *decider, cd_problems_t *problems);

#endif

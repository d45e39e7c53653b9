/* candour.h: what the law asks of a case, evaluated as at a day.
 *
 * Requires: base, case.h, calendar.h.   Provides: cd_evaluate.   Used by: app, web, cli,
 * liability.c. Law is tables (policy.c, rules_eng.c, rules_wal.c, rules_sco.c, rules_ni.c): a row
 * has code, name, citation, offence or duty, group, its part in the whole, and one small function.
 * Pure: same case, policy, calendar and as_at give the same answer for ever. Rules that say "as
 * soon as reasonably practicable" never fail by the calendar: only a person's judgement or a
 * finding can make them NOT_MET. Words of an apology are read by no rule. */
#ifndef CD_DOMAIN_CANDOUR_H
#define CD_DOMAIN_CANDOUR_H

#include "domain/calendar.h"
#include "domain/case.h"

#define CD_ENGINE_VERSION "1.2"

typedef enum cd_status_t {
    CD_ST_MET = 1, CD_ST_MET_LATE, CD_ST_NOT_MET, CD_ST_PENDING, CD_ST_EXCUSED,
    CD_ST_NOT_APPLICABLE, CD_ST_UNDETERMINED
} cd_status_t;
extern const cd_token_t cd_statuses[];

/** Why a rule is UNDETERMINED or PENDING: picks the word on the screen. */
typedef enum cd_why_t {
    CD_WHY_NONE = 0,
    CD_WHY_NOT_DONE,        /* "Not done": no act on record, target passed */
    CD_WHY_NO_PROOF,        /* "No proof yet": an act without its evidence */
    CD_WHY_JUDGE,           /* "Needs judgement": done late against a target */
    CD_WHY_NOT_KNOWN        /* "Not known": what decides it is not on record */
} cd_why_t;

/** What must be settled before a rule is looked at at all. */
typedef enum cd_gate_t {
    CD_GATE_NONE = 0,
    /* no professional's opinion decides whether the incident is notifiable */
    CD_GATE_OPINION,
    CD_GATE_OPINIONS,       /* two opinions differ */
    CD_GATE_BEGINNING       /* the duty may have begun before or after the trust became aware */
} cd_gate_t;

typedef enum cd_due_kind_t { CD_DUE_LAW = 1, CD_DUE_CONTRACT, CD_DUE_TARGET } cd_due_kind_t;
extern const cd_token_t cd_due_kinds[];   /* labels "Law", "Contract", "Our target" */

typedef struct cd_due_t {
    cd_due_kind_t kind;
    cd_date_t on;              /* 0: no fixed date (the law) or the clock has not started */
    const char *how;           /* "10 working days from 28 October 2026, when it was reported" */
    cd_date_t from;            /* what it was counted from, 0 if none */
} cd_due_t;

typedef enum cd_group_t {
    CD_GROUP_DECIDING = 1,
    CD_GROUP_TELLING,
    CD_GROUP_WRITING,
    CD_GROUP_RESULTS,
    CD_GROUP_EXCUSE,
    CD_GROUP_REPORT
} cd_group_t;
extern const cd_token_t cd_groups[];      /* labels "Deciding", "Telling the person", ... */
typedef enum cd_weight_t {
    CD_WEIGHT_OFFENCE = 1,
    CD_WEIGHT_DUTY,
    CD_WEIGHT_CONTRACT,
    CD_WEIGHT_NONE
} cd_weight_t;
extern const cd_token_t cd_weights[];

/** What a rule does among the others; a rule may be several. Here a new jurisdiction says what it
 * is like. */
typedef enum cd_part_t {
    /* decides whether the duty reaches the case; its judgement says which opinion holds */
    CD_PART_OPINION = 1,
    /* the notice itself: a first attempt past the target is weighed here */
    CD_PART_TELLING = 2,
    CD_PART_NOTICE = 4,      /* falls away while the person cannot be reached or has said no */
    /* the attempts or the refusal; its judgement says whether they were enough */
    CD_PART_EXCUSE = 8,
    CD_PART_BY_DATE = 16,    /* the date of a law or contract decides, no judgement moves it */
    CD_PART_STEP = 32,       /* a step that is logged: no duty in law, never met, never broken */
    CD_PART_COPIES = 64      /* only keeps what others made: settles no case by itself */
} cd_part_t;

typedef struct cd_eval_t cd_eval_t;
typedef struct cd_result_t cd_result_t;
typedef struct cd_rule_t {
    const char *code;          /* "E02" */
    int number;                /* its value in cd_rule_codes */
    const char *name;          /* "The person was told" */
    const char *citation;      /* "Regulation 20(2)(a)" */
    const char *instrument;    /* "SI 2014/2936" */
    cd_weight_t weight;
    cd_group_t group;
    cd_err_t *(*judge)(cd_result_t *out, cd_eval_t *eval);
    unsigned parts;            /* cd_part_t, or-ed; 0: none of them */
} cd_rule_t;

#define CD_RESULT_DUES 3
#define CD_RESULT_EVIDENCE 8
struct cd_result_t {
    const cd_rule_t *rule;
    cd_status_t status;
    cd_why_t why;
    cd_due_t dues[CD_RESULT_DUES];
    int due_count;
    cd_when_t met_on;
    /* working days past the nearest due date of kind contract, else target */
    int late_wd_min, late_wd_max;
    /* cd_due_kind_t that the lateness is measured against, 0 if none */
    int late_against;
    /* a few words beside the status: "4 November 2026", "Face to face" */
    const char *words;
    const char *sentence;              /* whole sentences, to be read alone */
    /* what is on record, without what a person must still judge; or NULL */
    const char *fact;
    int evidence[CD_RESULT_EVIDENCE];  /* seq of records relied on */
    int evidence_count;
    int by_person;                     /* seq of the judgement or finding that decided it, or 0 */
    int by_kind;                       /* CD_REC_JUDGEMENT or CD_REC_FINDING, or 0 */
    int by_finder;                     /* cd_finders value of that finding, or 0 */
    int by_role;                       /* cd_role_t in which that judgement was recorded, or 0 */
    cd_gate_t gate;
};

typedef struct cd_policy_t {
    const char *code;                  /* "ENG-20-NHS" */
    const char *name;                  /* "England, NHS body" */
    int version;
    int jurisdiction;                  /* cd_jurisdiction_t; 0: binds nobody, reserved */
    int kind;                          /* cd_person_kind_t, 0: any */
    cd_date_t in_force_from;           /* commencement of the duty */
    cd_date_t in_force_to;             /* 0: still */
    /* default house limits, working days */
    int opinion_wd, talk_wd, note_wd, letter_wd, results_wd, contract_talk_wd, contract_report_wd;
    int excuse_attempts, excuse_methods;
    const cd_rule_t *rules;
    int rule_count;
    /* limits that the law itself sets; 0: none */
    int law_talk_wd;                   /* a notice after this must give its reason */
    int law_letter_wd;                 /* the written notification, after the talk */
    /* "within N months beginning with" the start of the procedure */
    int law_notice_months, law_review_months;
    /* house period for the annual report after its year has ended */
    int annual_months;
    /* which opinion counts */
    int independent;                   /* 1: only that of a professional who was not involved */
    int letter_tells;                  /* 1: the notice may be a letter */
    /* 1: a professional's grade below the threshold ends the question */
    int grading_settles;
    /* how the law says when to tell: "as soon as reasonably practicable" */
    const char *promptly;
} cd_policy_t;

struct cd_eval_t {                     /* what a rule function sees */
    const cd_case_t *file;
    const cd_policy_t *policy;
    const cd_calendar_t *cal;
    cd_date_t as_at;
    int notifiable;                    /* cd_yesno_t; CD_UNSAID: not decided by a professional */
    /* first NOTIFIABLE opinion or an earlier recorded awareness */
    cd_when_t aware;
    const cd_record_t *talk;           /* the first talk that stands, or NULL */
    /* what told the person first: the talk or, where the law takes it, a letter */
    const cd_record_t *notice;
    cd_when_t told;                    /* the day of that; none if nobody was told */
    const cd_record_t *opinion;        /* the opinion that holds, or NULL */
    /* an earlier one that differs, while nobody judged which holds; or NULL */
    const cd_record_t *other_opinion;
    /* the judgement that says which of two opinions holds, or NULL */
    const cd_record_t *opinion_judged;
    const char *outside;               /* why the duty does not reach the case; NULL if it does */
    const char *astride;               /* why it is not known whether it does; NULL if it is */
    const struct cd_excuse_t *excuse;  /* the person could not be reached, or said no */
    const cd_record_t *returned;       /* the coming back that ended an earlier excuse, or NULL */
    /* what limits for telling count from: awareness, or the day of coming back */
    cd_when_t since;
    /* the day the procedure began: the opinion that counts, else awareness */
    cd_when_t start;
    const cd_result_t *results;        /* rules already evaluated, in table order */
    int result_count;
    apr_pool_t *pool;
};

typedef struct cd_evaluation_t {
    const cd_policy_t *policy;
    cd_date_t as_at;
    cd_result_t *results;              /* one per rule of the policy, in its order */
    int count;
    int notifiable;                    /* cd_yesno_t */
    cd_when_t aware;
    int tally[CD_ST_UNDETERMINED + 1]; /* how many of each status */
    cd_when_t start;                   /* the day the procedure began; none if not known */
} cd_evaluation_t;

/** The newest version of a policy, a reserved one too (it has no rules); NULL if there is none. */
const cd_policy_t *cd_policy_by_code(const char *code);
/** One version of a policy; NULL if there is none. */
const cd_policy_t *cd_policy_version(const char *code, int version);
/** Every version of every policy that binds somebody, oldest version first. @owner static */
const cd_policy_t *cd_policies(int *count_out);
/** The row of a table for an organisation and a day; the newest version where the day is not known.
 */
const cd_policy_t *cd_policy_pick(const cd_policy_t *table, int count, const cd_org_t *org,
                                  cd_date_t aware_on);
/** Policy for an organisation and the day it became aware; NULL if no duty applied then. */
const cd_policy_t *cd_policy_for(const cd_org_t *org, cd_date_t aware_on);
/** First day on which a policy bound such an organisation; 0: none ever did. */
cd_date_t cd_policy_began(const cd_org_t *org);
/** @errors CD_E_RANGE: the calendar does not reach   @owner pool */
cd_err_t *cd_evaluate(cd_evaluation_t **out, const cd_case_t *file, const cd_policy_t *policy,
                      const cd_calendar_t *cal, cd_date_t as_at, apr_pool_t *pool);
const cd_result_t *cd_evaluation_rule(const cd_evaluation_t *eval, const char *code);
/** The rule of a policy that plays a part; NULL if none does. */
const cd_rule_t *cd_policy_rule(const cd_policy_t *policy, unsigned part);
/** 1 if a judgement or a finding (`finding`) on a rule can count under the policy: one of its
 * rules, or, for a finding, the duty as a whole. Where nothing is law, none does. */
int cd_policy_weighs(const cd_policy_t *policy, int rule, int finding);
/** A rule by its code, in whichever policy it stands; NULL if there is none. @owner static */
const cd_rule_t *cd_rule_by_code(const char *code);

/** What to do next: open tasks, most urgent first, from an evaluation. @owner pool */
typedef struct cd_task_t {
    const char *text;                  /* "Send the written notification" */
    const char *why;                   /* a sentence */
    const char *late;                  /* "4 working days past our target", or NULL */
    cd_date_t due_on;                  /* 0: none */
    int due_kind;                      /* cd_due_kind_t or 0 */
    cd_record_kind_t does;             /* the record that would do it; 0: none */
    const char *rule_code;
} cd_task_t;
cd_task_t *cd_tasks(int *count_out, const cd_evaluation_t *eval, const cd_case_t *file,
                    apr_pool_t *pool);

#endif

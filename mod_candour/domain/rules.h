/* rules.h: what the rule functions share: clocks, words and the excuse.
 *
 * Requires: candour.h.   Provides: cd_clock_t, cd_rule_*.   Used by: rules_*.c, candour.c.
 * A clock is a limit in working days from a day that may be known in part only. What is concluded
 * from it holds for every day of the span, or is left open. */
#ifndef CD_DOMAIN_RULES_H
#define CD_DOMAIN_RULES_H

#include "domain/candour.h"

/** A limit reckoned from a span: the day it runs out at the earliest and at the latest. */
typedef struct cd_clock_t {
    cd_date_t early, late;         /* 0: what it counts from is not known */
} cd_clock_t;

typedef enum cd_timing_t {
    CD_IN_TIME = 1,                /* on every reading of the dates */
    CD_TOO_LATE,                   /* on every reading */
    CD_UNCLEAR                     /* depends on days that are not on record */
} cd_timing_t;

/** Adds "law sets no date" to the result's dues. */
void cd_rule_law(cd_result_t *out, const char *how);
/** Adds a limit of `days_wd` from `from`; `since` ends the sentence "..., when it was reported".
 * `from` unknown: the due has no date and the clock is all 0. */
cd_err_t *cd_rule_clock(cd_clock_t *clock_out, cd_result_t *out, const cd_eval_t *eval,
                        cd_due_kind_t kind, int days_wd, cd_when_t from, const char *since);
/** Same for "within `months` months beginning with" a day: a limit of the law. */
void cd_rule_months(cd_clock_t *clock_out, cd_result_t *out, const cd_eval_t *eval, int months,
                    cd_when_t from, const char *since);
/** "the trust’s target", "the contract date", "the law’s date". @owner static */
const char *cd_rule_limit_words(int kind);
/** The answer where a date decides: met, met late, not met, or not due yet; out->met_on holds the
 * act, if any. */
cd_err_t *cd_rule_by_date(cd_result_t *out, cd_eval_t *eval, cd_clock_t clock, cd_due_kind_t kind,
                          const char *done, const char *undone);
/** An act against a clock. */
cd_timing_t cd_rule_timing(cd_clock_t clock, cd_when_t act);
/** No act by as_at against a clock: IN_TIME is "not due yet". */
cd_timing_t cd_rule_waiting(cd_clock_t clock, cd_date_t as_at);
/** Fills late_wd_min and late_wd_max of `out` for an act (or as_at) past the clock. */
cd_err_t *cd_rule_late(cd_result_t *out, const cd_eval_t *eval, cd_clock_t clock, cd_when_t act,
                       cd_due_kind_t against);
/** "4 working days past the trust's target"; "" if not late. @owner pool */
const char *cd_rule_late_words(const cd_result_t *out, apr_pool_t *pool);
/** Same for an act or a wait that is past its date: "past the trust’s target" where the date was
 * passed at a weekend, so that no working day lies between. Never empty. @owner pool */
const char *cd_rule_past_words(const cd_result_t *out, cd_due_kind_t kind, apr_pool_t *pool);

void cd_rule_evidence(cd_result_t *out, const cd_record_t *record);
/** Sets the answer; `words` beside the status, `fmt` the whole sentence. */
void cd_rule_say(cd_result_t *out, const cd_eval_t *eval, cd_status_t status, cd_why_t why,
                 const char *words, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/** The answer where nothing was done: not due yet, not done, or not known. */
cd_err_t *cd_rule_undone(cd_result_t *out, const cd_eval_t *eval, cd_clock_t clock,
                         const char *what, cd_due_kind_t kind);

/** The reason for being late that a talk or letter gave, or NULL. */
const char *cd_rule_reason(const cd_record_t *record);
/** The first talk or letter that gave a reason for being late, or NULL. */
const cd_record_t *cd_rule_late_reason(const cd_eval_t *eval);
/** 1 if `a` came before `b`. */
int cd_rule_sooner(cd_when_t a, cd_when_t b);
/** A date of a body as it counts at as_at: none if it lies after, cut off at as_at if it goes past.
 */
cd_when_t cd_rule_by(cd_when_t when, cd_date_t as_at);
/** "on 5 May 2019", "in May 2019", "in 2019", "between 3 May 2019 and 9 June 2019". @owner pool */
const char *cd_rule_on(cd_when_t when, apr_pool_t *pool);
/** Same, after "from": "5 May 2019", "a day in May 2019". @owner pool */
const char *cd_rule_from(cd_when_t when, apr_pool_t *pool);
/** "The patient", or "The person acting for the patient". @owner static */
const char *cd_rule_who(const cd_eval_t *eval);
/** The same in the middle of a sentence. @owner static */
const char *cd_rule_whom(const cd_eval_t *eval);
/** "A healthcare professional", or "The trust" where a record does not say so. @owner static */
const char *cd_rule_giver(const cd_record_t *opinion);
/** House limit of the organisation, or the policy's own. */
int cd_rule_limit(apr_int64_t house_wd, int policy_wd);

/** Attempts or a refusal. What came before the trust became aware, or before the person came back,
 * does not count. */
typedef struct cd_excuse_t {
    /* attempts that did not reach the person, and by how many means */
    int attempts, methods;
    const cd_record_t *refusal;    /* or NULL */
    const cd_record_t *last;       /* the last attempt, or NULL */
    /* the first of the attempts and refusals that has a date, or NULL */
    const cd_record_t *first;
    const cd_record_t *judged;     /* the judgement that the excuse rests on, or NULL */
    int holds;                     /* the notice duties are excused */
    /* the first came past the target of the talk, and nobody has judged that */
    int late;
} cd_excuse_t;
cd_err_t *cd_rule_excuse(cd_excuse_t *out, const cd_eval_t *eval);
/** Fills `returned` and `since`: a person who came back ends the excuse that stood till then, and
 * what is to be told is due anew from that day. Without such an excuse, or once the person was
 * told, coming back changes nothing. */
void cd_rule_return(cd_eval_t *eval);
/** "3 attempts by 2 methods". @owner pool */
const char *cd_rule_tries(const cd_excuse_t *excuse, apr_pool_t *pool);
/** 1 if the case is closed as one in which everything was done. */
int cd_rule_closed_as_done(const cd_case_t *file);
/** "The first attempt to reach the patient was made on 20 November 2026, past the trust’s target."
 * @owner pool */
const char *cd_rule_first_try(const cd_eval_t *eval);
/** The target of the talk: what E02, E11 and the parts of the talk are held against. */
cd_err_t *cd_rule_talk_clock(cd_clock_t *clock, cd_result_t *out, const cd_eval_t *eval);
/** The limit that a first attempt is held against: the law's month where the law sets one, else the
 * target. */
cd_err_t *cd_rule_telling_clock(cd_clock_t *clock, cd_result_t *out, const cd_eval_t *eval);
/** "The patient was told on 6 June 2023, 56 working days after the trust became aware on ..." */
cd_err_t *cd_rule_told(const char **words_out, const cd_eval_t *eval, cd_when_t told);
/** The earliest sign of a written record of the talk, a note on file or the day it was written up;
 * 1 if any. */
int cd_rule_note(cd_when_t *on, cd_result_t *out, const cd_eval_t *eval);
/** Whether support was offered, in a talk or beside it: CD_YES, CD_NO, or CD_UNSAID. `on`: the day,
 * if CD_YES. */
int cd_rule_support(cd_when_t *on, cd_result_t *out, const cd_eval_t *eval);

/** The best answer that a letter on file gives against the clock; 0 in `found_out` if there is no
 * letter. */
cd_err_t *cd_rule_letter(int *found_out, cd_result_t *out, cd_eval_t *eval, cd_clock_t clock,
                         cd_due_kind_t kind);
/** The enquiry whose sign-off came last, or, while none is signed off, the newest; NULL if none. */
const cd_record_t *cd_rule_enquiry(cd_when_t *signed_off, const cd_eval_t *eval);
/** Letters and results on record, and how many of them have no copy. */
void cd_rule_copies(int *letters, int *without, cd_result_t *out, const cd_eval_t *eval);
/** The annual report of the year in which the duty arose. `nobody`: it must say that nobody can be
 * recognised. */
cd_err_t *cd_rule_annual(cd_result_t *out, cd_eval_t *eval, int nobody);

/** The judgement that counts for a rule: the latest of the scheme's own people, else of the trust.
 * One recorded in a role that may not judge never counts. */
const cd_record_t *cd_rule_judgement(const cd_case_t *file, int rule);
/** Says that the answer rests on a judgement: "... A claims handler judged on 4 May 2026 that
 * <what>." `judged` NULL changes nothing. */
void cd_rule_rests_on(cd_result_t *out, const cd_eval_t *eval, const cd_record_t *judged,
                      const char *what);
/** What a person judged of the rule, applied to its answer; a second time it changes nothing. */
void cd_rule_judged(cd_result_t *out, const cd_eval_t *eval);
/** The finding that counts: the weightiest finder's, then the latest. That a rule was met counts
 * only as the scheme or the regulator recorded it. */
const cd_record_t *cd_rule_finding(const cd_case_t *file, int rule);
/** 1 if a professional graded the harm below the law's threshold, for sure. */
int cd_rule_below_threshold(const cd_case_t *file);

/* Rule functions of the English policies. */
cd_err_t *cd_e01(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e02(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e03(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e04(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e05(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e06(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e07(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e08(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e09(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e10(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e11(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_e12(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_c01(cd_result_t *out, cd_eval_t *eval);
cd_err_t *cd_c02(cd_result_t *out, cd_eval_t *eval);
extern const cd_rule_t cd_rules_eng_nhs[], cd_rules_eng_other[];
extern const int cd_rules_eng_count;

enum { CD_RULES_WAL = 7, CD_RULES_SCO = 11, CD_RULES_NI = 7 };
extern const cd_rule_t cd_rules_wal[], cd_rules_sco[], cd_rules_ni[];

#endif

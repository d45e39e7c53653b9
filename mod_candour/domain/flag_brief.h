/* flag_brief.h: what a flag is reckoned from, so small that 100,000 of them can be weighed under
 * another scheme.
 *
 * Requires: candour.h, scheme.h, liability.h.   Provides: cd_flag_brief_t and its text,
 * cd_flag_brief_compute. Used by: liability.c, whatif.c, app. A full flag is computed through its
 * brief (cd_flag_compute calls these functions), so the two cannot disagree. A brief holds codes,
 * sums and days: nothing about a person, no reference, no sentence. */
#ifndef CD_DOMAIN_FLAG_BRIEF_H
#define CD_DOMAIN_FLAG_BRIEF_H

#include "domain/liability.h"

/** One rule of one linked case as a flag weighs it: what only the trust itself judged right is open
 * here. */
typedef struct cd_brief_rule_t {
    const cd_rule_t *rule;
    int of_case;                   /* 1 for the first case, and so on; rising */
    cd_status_t status;
    cd_why_t why;
    cd_gate_t gate;
    int by_kind, by_role, by_finder;   /* as in cd_result_t */
} cd_brief_rule_t;

typedef struct cd_flag_brief_t {
    int jurisdiction, claim_scheme;
    /* cases linked for the trust, those to which no duty applied too */
    int linked;
    cd_found_none_t no_incident;
    /* first day of the open request, last day of the newest; 0: none is open */
    cd_date_t requested_on, due;
    /* the trust answered the newest request that no evidence exists */
    int none_exists;
    apr_uint32_t asked_rules;      /* bits of CD_RULE_ that requests named; 0: all */
    /* breach_number, units, incidents, severity, extent: 0, they follow from a scheme */
    cd_scheme_input_t sums;
    cd_brief_rule_t *rules;        /* England only: elsewhere no rule is weighed */
    int rule_count;
} cd_flag_brief_t;

/** What a scheme makes of a brief. */
typedef struct cd_flag_outcome_t {
    cd_flag_state_t state;
    apr_int64_t indicated_p, would_be_p;   /* 0 unless BREACH_INDICATED */
    cd_scheme_result_t sum;
    /* the sums with what followed: breach number, units, incidents, severity, extent */
    cd_scheme_input_t counted;
    int missing;                   /* material rules that lack evidence */
    /* a breach, and no sum: the scheme needs the trust's contribution, which is not known */
    int unknown;
    /* last day of an open request, in the two EVIDENCE states; else 0 */
    cd_date_t answer_by;
    const char *why;               /* one sentence: the flag's verdict */
} cd_flag_outcome_t;

/** @owner pool; rules point into the input's evaluations */
cd_flag_brief_t *cd_flag_brief_of(const cd_flag_input_t *input, apr_pool_t *pool);
/** The same under any scheme. `breaches_before`: the trust's confirmed breaches in the scheme's
 * window and by its unit, those of this claim left out. `as_at`: the day, which only says whether a
 * request's last day has passed.
 * @errors as cd_scheme_compute   @owner pool */
cd_err_t *cd_flag_brief_compute(cd_flag_outcome_t *out, const cd_flag_brief_t *brief,
                                const cd_scheme_t *scheme, int breaches_before, cd_date_t as_at,
                                apr_pool_t *pool);
/** Canonical text, ASCII, one line; some 150 bytes for one case. @owner pool */
const char *cd_flag_brief_encode(const cd_flag_brief_t *brief, apr_pool_t *pool);
/** Reads what cd_flag_brief_encode writes and nothing else. @errors CD_E_TAMPERED   @owner pool;
 * rules are static */
cd_err_t *cd_flag_brief_decode(cd_flag_brief_t **out, const char *text, apr_pool_t *pool);

/** 1 if the rule is broken: not met, or met past a date that a contract or a finding sets. */
int cd_brief_broken(cd_status_t status);
/** 1 if the rule is open. */
int cd_brief_open(cd_status_t status);

#endif

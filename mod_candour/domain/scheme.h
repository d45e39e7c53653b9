/* scheme.h: liability schemes: the most that may be asked of a trust.
 *
 * Requires: base, record.h (problems).   Provides: cd_scheme_t, cd_scheme_compute,
 * cd_scheme_file_t. Used by: liability.c, app, web, cli. A scheme is a row (code, origin, one small
 * function) and a version of its settings (data). Amounts are settings, never constants of law: the
 * consultation's own figures are not known. In: scheme_lists.c (words, windows, material rules),
 * scheme.c (formulas), scheme_check.c (what cannot stand together), scheme_members.c (the one table
 * of settings), scheme_json.c (stored form), scheme_file.c (files), scheme_schema.c. */
#ifndef CD_DOMAIN_SCHEME_H
#define CD_DOMAIN_SCHEME_H

#include "base/date.h"
#include "base/err.h"
#include "base/json.h"
#include "base/money.h"
#include "base/token.h"
#include "domain/record.h"

typedef enum cd_formula_t {
    CD_L0_SHADOW = 1, CD_L1_FIXED_CAPPED_BY_DAMAGES, CD_L2_FIXED_IRRESPECTIVE, CD_L3_FIXED_RISING,
    CD_L3B_FIXED_STEPS, CD_L4_PERCENT_OF_DAMAGES, CD_L5_PERCENT_OF_TOTAL, CD_L6_COVER_REMOVED,
    CD_L7_CONTRIBUTION_UPLIFT, CD_L8_EXCESS, CD_L8B_COINSURANCE, CD_L9_MATRIX
} cd_formula_t;
extern const cd_token_t cd_formulas[];         /* words L0 ... L9, L3B, L8B; labels for people */
typedef enum cd_basis_t { CD_BASIS_D = 1, CD_BASIS_DC, CD_BASIS_T } cd_basis_t;
extern const cd_token_t cd_bases[];            /* D, D_C, T */
typedef enum cd_material_t { CD_MAT_OFFENCES = 1, CD_MAT_FULL, CD_MAT_FULL_CONTRACT } cd_material_t;
extern const cd_token_t cd_materials[]; /* OFFENCES (E02-E07), FULL (E02-E12), FULL_CONTRACT */
typedef enum cd_window_t { CD_WIN_ALL = 1, CD_WIN_FINANCIAL_YEAR, CD_WIN_ROLLING_12 } cd_window_t;
extern const cd_token_t cd_windows[];
typedef enum cd_unit_t { CD_UNIT_CLAIM = 1, CD_UNIT_INCIDENT, CD_UNIT_RULE } cd_unit_t;
extern const cd_token_t cd_breach_units[];     /* CLAIM INCIDENT RULE */

typedef enum cd_rounding_t { CD_ROUND_HALF_UP = 1, CD_ROUND_DOWN } cd_rounding_t;
extern const cd_token_t cd_roundings[];        /* HALF_UP (default), DOWN */
/** L9: how grave a broken rule is, and how far it was broken. The gravest of a claim counts. */
typedef enum cd_severity_t { CD_SEV_CONTRACT = 1, CD_SEV_DUTY, CD_SEV_OFFENCE } cd_severity_t;
typedef enum cd_extent_t { CD_EXT_LATE = 1, CD_EXT_PARTIAL, CD_EXT_NONE } cd_extent_t;
extern const cd_token_t cd_severities[], cd_extents[];

#define CD_SCHEME_STEPS 8
#define CD_SCHEME_AUTHORITIES 40
typedef struct cd_authority_t {
    const char *setting, *text;
} cd_authority_t; /* member of the file, where it comes from */
typedef struct cd_scheme_t {
    const char *code;              /* "L1": formula's word, or a name of its own */
    int version;
    const char *title;
    int formula;                   /* cd_formula_t */
    /* L0: the formula whose sum is shown as "would have been"; else 0 */
    int shadow_of;
    int basis;                     /* cd_basis_t */
    int requires_damages;          /* cd_yesno_t; default yes */
    int include_ppo;               /* cd_yesno_t: PPO capital value counts as damages */
    int may_exceed_basis;          /* cd_yesno_t */
    int capped_by_damages;         /* cd_yesno_t: L3's variant */
    apr_int64_t fixed_p;           /* L1, L2 */
    apr_int64_t steps_p[CD_SCHEME_STEPS];
    /* L3: sum for the 1st, 2nd ... breach; the last holds for all later */
    int step_count;
    apr_int64_t cap_p, floor_p;    /* 0: none */
    int material;                  /* cd_material_t */
    int window;                    /* cd_window_t */
    int breach_unit;
    int evidence_days_wd;          /* days the trust has to answer a request; default 20 */
    int needs_finding;             /* cd_yesno_t: only after a regulator's finding; default no */
    apr_int64_t step_p;            /* L3b: more for each further breach */
    /* L4, L5, L8B: of the basis; L7: of the contribution, for each breach */
    apr_int64_t bp;
    apr_int64_t excess_p;          /* L8 */
    int most_breaches;             /* L7: more than these add nothing; 0: no limit */
    apr_int64_t matrix_bp[3][3];   /* L9: [severity - 1][extent - 1] */
    int rounding;                  /* cd_rounding_t; 0: half up */
    /* cd_unit_t: CLAIM (0 or 1), or INCIDENT: as often as incidents were broken */
    int one_sum_per;
    /* a decision over this sum needs a second person; 0: none does */
    apr_int64_t confirm_above_p;
    int review_days;               /* days after the trust was told to ask for a review; 0: 28 */
    /* working days for the trust to say what it thinks of an indication; 0: 10 */
    int answer_days_wd;
    cd_date_t from, to;            /* in force */
    const char *authority;         /* where the version as a whole comes from, in words */
    cd_authority_t authorities[CD_SCHEME_AUTHORITIES];   /* of each setting */
    int authority_count;
} cd_scheme_t;

/** Per claim and trust, after shares. @unit pence */
typedef struct cd_scheme_input_t {
    apr_int64_t damages_p, ppo_capital_p, claimant_costs_p, defence_costs_p;
    int succeeded;                 /* the claim ended with damages */
    /* n: this trust's confirmed breaches in the window, this one included; >= 1 */
    int breach_number;
    int units;                     /* how many of them are of this claim, by breach_unit; 0: 1 */
    int incidents;                 /* linked incidents with a broken material rule; 0: 1 */
    int severity, extent;          /* L9: of the gravest broken rule */
    /* L7: of the trust, for the financial year; 0: not known, which is an error there */
    apr_int64_t contribution_p;
} cd_scheme_input_t;

#define CD_WORKING_LINES 16
/** One line of the working: a sentence and the amount it leaves. An amount of another kind (a rate)
 * is in the words. */
typedef struct cd_working_t { const char *text; apr_int64_t amount_p; int no_change; } cd_working_t;
typedef struct cd_scheme_result_t {
    apr_int64_t indicated_p;       /* R: the most that may be asked; 0 under L0 */
    apr_int64_t would_be_p;        /* L0: what it would have been; else equal to indicated_p */
    apr_int64_t basis_p;
    int exceeds_basis;
    cd_working_t lines[CD_WORKING_LINES];
    int line_count;
} cd_scheme_result_t;

/** The most that may be asked, with its working. Exact for inputs up to 10^12 pence each and rates
 * up to 10,000 %. L7 gives what this claim's breaches add to the year: the sums of a year's
 * decisions add up to pct(contribution, bp * min(n, most_breaches)) exactly. L9 without a broken
 * rule (severity and extent 0) gives 0.
 * @errors CD_E_RANGE: overflow, an input out of range, n below 1 or below `units`;
 * CD_E_CONFIG: settings that contradict each other, or L7 and the trust's contribution is not known
 * @owner pool */
cd_err_t *cd_scheme_compute(cd_scheme_result_t *out, const cd_scheme_t *scheme,
                            const cd_scheme_input_t *input, apr_pool_t *pool);
/** L7: what `breaches` breaches of a financial year make of the contribution, by the scheme's
 * rounding and limit.
 * @unit pence   @errors CD_E_RANGE: too large to reckon with */
cd_err_t *cd_scheme_year_sum(apr_int64_t *out, const cd_scheme_t *scheme,
                             apr_int64_t contribution_p, int breaches, apr_pool_t *pool);
/** The formula that is reckoned with: under L0 the one it shadows, 0 if it shadows none. */
int cd_scheme_formula(const cd_scheme_t *scheme);
/** Is the sum the larger, the more breaches the trust had before (L3, L3B, L7)? Then n must be
 * counted afresh. */
int cd_scheme_counts(const cd_scheme_t *scheme);
/** Settings that make reckoning impossible; the first is what cd_scheme_compute refuses with.
 * `field` names the member. */
void cd_scheme_check(const cd_scheme_t *scheme, cd_problems_t *problems);
/** 1 if `rule_code` is material under the preset. */
int cd_material_rule(int material, const char *rule_code);
/** First day of the window that `on` lies in; 0 for all time. */
cd_date_t cd_window_start(int window, cd_date_t on);

/** Reads settings as they are stored: members of a known name and range; what a new file must have
 * besides is cd_scheme_file_read's. Every problem names its member. @owner pool */
cd_err_t *cd_scheme_read(cd_scheme_t **out, const json_t *json, apr_pool_t *pool);
/** Settings with their authorities, in one order: the same scheme gives the same bytes. */
void cd_scheme_write(cd_jsonw_t *w, const cd_scheme_t *scheme);
/** The same without any authority: what a computed sum depends on. */
void cd_scheme_write_settings(cd_jsonw_t *w, const cd_scheme_t *scheme);

/** One setting of a scheme for people. */
typedef struct cd_setting_t {
    const char *name, *label, *value, *authority;
    int given;
} cd_setting_t;
#define CD_SCHEME_SETTINGS 32
/** Every setting that the scheme's formula reads, in the order of the file; defaults are said as
 * such. `list` has room for CD_SCHEME_SETTINGS; the count is returned. @owner pool */
int cd_scheme_settings(cd_setting_t *list, const cd_scheme_t *scheme, apr_pool_t *pool);

/** One setting of two versions; `old` or `now` NULL: that version's formula does not read it. */
typedef struct cd_scheme_change_t {
    /* authority: as the newer version gives it, or NULL */
    const char *name, *label, *old, *now, *authority;
    const char *old_authority;     /* as the older one does */
    int changed;                   /* the value */
    int resourced;                 /* 1: the same value, but it rests on another authority */
} cd_scheme_change_t;
#define CD_SCHEME_CHANGES 40
/** Every setting that one of the two reads, in the order of the file. `list` has room for
 * CD_SCHEME_CHANGES; the count is returned. @owner pool */
int cd_scheme_changes(cd_scheme_change_t *list, int *changed_out, const cd_scheme_t *old,
                      const cd_scheme_t *now, apr_pool_t *pool);

/** What was last done with a version. These numbers are stored. */
typedef enum cd_scheme_step_t {
    CD_SCHEME_DRAFT = 1,
    CD_SCHEME_SENT_BACK,
    CD_SCHEME_ACTIVATED
} cd_scheme_step_t;
typedef struct cd_scheme_life_t {
    int step;
    cd_date_t from;                    /* CD_SCHEME_ACTIVATED: first day in force */
    cd_instant_t acted_at;
} cd_scheme_life_t;
/** How a version stands on a day. */
typedef enum cd_scheme_state_t {
    CD_SS_DRAFT = 1, CD_SS_SENT_BACK, CD_SS_WAITS, CD_SS_IN_FORCE, CD_SS_RETIRED
} cd_scheme_state_t;
extern const cd_token_t cd_scheme_states[];    /* DRAFT SENT_BACK WAITS IN_FORCE RETIRED */
/** Of all versions of all schemes the one in force on `today`: of those activated from that day or
 * before the one with the latest first day, of these the one activated last. @return its index, -1:
 * none */
int cd_scheme_in_force(const cd_scheme_life_t *lives, int count, cd_date_t today);
/** How the version stands, where `in_force` is the index of the one that holds today. */
int cd_scheme_state(const cd_scheme_life_t *lives, int index, int in_force, cd_date_t today);

#define CD_SCHEME_TESTS 60
#define CD_SCHEME_FILE_MAX 131072
/** A test claim attached to a version: what goes in, what must come out. */
typedef struct cd_scheme_test_t {
    const char *name;
    cd_scheme_input_t input;
    apr_int64_t expect_p, expect_would_p;
    int expect_exceeds;                /* cd_yesno_t; CD_UNSAID: not looked at */
    int has_would;
    cd_scheme_result_t result;
    const char *failed;                /* why it is not as expected, or NULL */
} cd_scheme_test_t;

/** A version's file: settings, the authority of each, test claims with what they gave. */
typedef struct cd_scheme_file_t {
    cd_scheme_t *scheme;               /* usable only if there were no problems */
    cd_scheme_test_t *tests;
    int test_count, test_failed;
} cd_scheme_file_t;

/** Reads and checks a file whole and runs its test claims. Each problem's `field` is the member
 * ("cap_p", "authorities/cap_p", "tests/2") and its text says line, member and remedy. A test that
 * is not as expected is a problem. @errors CD_E_BAD_REQUEST: no JSON, with line and column;
 * CD_E_TOO_LARGE   @owner pool */
cd_err_t *cd_scheme_file_read(cd_scheme_file_t **out, const char *bytes, apr_size_t len,
                              cd_problems_t *problems, apr_pool_t *pool);
/** A problem of cd_scheme_file_read in its three parts, for a table. @owner pool, else as long as
 * the problem */
typedef struct cd_scheme_fault_t {
    const char *line;                    /* "7"; NULL: the member is not there */
    const char *member;                  /* "cap_p", "authorities/cap_p" */
    const char *text;                    /* what is wrong, and what to do */
} cd_scheme_fault_t;
cd_scheme_fault_t cd_scheme_fault(const cd_problem_t *problem, apr_pool_t *pool);
/** Runs the test claims again and counts those that are not as expected. */
void cd_scheme_tests_run(cd_scheme_file_t *file, apr_pool_t *pool);
/** The JSON Schema of scheme files; docs/scheme.schema.json is this. */
void cd_scheme_schema(cd_buf_t *buf);

#endif

/* scheme.h: liability schemes: the most that may be asked of a trust.
 *
 * Requires: base.   Provides: cd_scheme_t, cd_scheme_compute.   Used by: liability.c, app, web, cli.
 * A scheme is a row (code, origin, one small function) and a version of its settings (data).
 * Amounts are settings, never constants of law: the consultation's own figures are not known. */
#ifndef CD_DOMAIN_SCHEME_H
#define CD_DOMAIN_SCHEME_H

#include "base/date.h"
#include "base/err.h"
#include "base/json.h"
#include "base/money.h"
#include "base/token.h"

typedef enum cd_formula_t {
    CD_L0_SHADOW = 1, CD_L1_FIXED_CAPPED_BY_DAMAGES, CD_L2_FIXED_IRRESPECTIVE, CD_L3_FIXED_RISING,
    CD_L3B_FIXED_STEPS, CD_L4_PERCENT_OF_DAMAGES, CD_L5_PERCENT_OF_TOTAL, CD_L6_COVER_REMOVED,
    CD_L7_CONTRIBUTION_UPLIFT, CD_L8_EXCESS, CD_L8B_COINSURANCE, CD_L9_MATRIX
} cd_formula_t;
extern const cd_token_t cd_formulas[];         /* words L0 L1 L2 L3; labels for people */
typedef enum cd_basis_t { CD_BASIS_D = 1, CD_BASIS_DC, CD_BASIS_T } cd_basis_t;
extern const cd_token_t cd_bases[];            /* D, D_C, T */
typedef enum cd_material_t { CD_MAT_OFFENCES = 1, CD_MAT_FULL, CD_MAT_FULL_CONTRACT } cd_material_t;
extern const cd_token_t cd_materials[];        /* OFFENCES (E02-E07), FULL (E02-E12), FULL_CONTRACT */
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
typedef struct cd_authority_t { const char *setting, *text; } cd_authority_t;   /* member of the file, where it comes from */
typedef struct cd_scheme_t {
    const char *code;              /* "L1": formula's word, or a name of its own */
    int version;
    const char *title;
    int formula;                   /* cd_formula_t */
    int shadow_of;                 /* L0: the formula whose sum is shown as "would have been"; else 0 */
    int basis;                     /* cd_basis_t */
    int requires_damages;          /* cd_yesno_t; default yes */
    int include_ppo;               /* cd_yesno_t: PPO capital value counts as damages */
    int may_exceed_basis;          /* cd_yesno_t */
    int capped_by_damages;         /* cd_yesno_t: L3's variant */
    apr_int64_t fixed_p;           /* L1, L2 */
    apr_int64_t steps_p[CD_SCHEME_STEPS];
    int step_count;                /* L3: sum for the 1st, 2nd ... breach; the last holds for all later */
    apr_int64_t cap_p, floor_p;    /* 0: none */
    int material;                  /* cd_material_t */
    int window;                    /* cd_window_t */
    int breach_unit;
    int evidence_days_wd;          /* days the trust has to answer a request; default 20 */
    int needs_finding;             /* cd_yesno_t: only after a regulator's finding; default no */
    apr_int64_t step_p;            /* L3b: more for each further breach */
    apr_int64_t bp;                /* L4, L5, L8B: of the basis; L7: of the contribution, for each breach */
    apr_int64_t excess_p;          /* L8 */
    int most_breaches;             /* L7: more than these add nothing; 0: no limit */
    apr_int64_t matrix_bp[3][3];   /* L9: [severity - 1][extent - 1] */
    int rounding;                  /* cd_rounding_t; 0: half up */
    int one_sum_per;               /* cd_unit_t: CLAIM (0 or 1), or INCIDENT: as often as incidents were broken */
    apr_int64_t confirm_above_p;   /* a decision over this sum needs a second person; 0: none does */
    int review_days;               /* days after the trust was told to ask for a review; 0: 28 */
    int answer_days_wd;            /* working days for the trust to say what it thinks of an indication; 0: 10 */
    cd_date_t from, to;            /* in force */
    const char *authority;         /* where the version as a whole comes from, in words */
    cd_authority_t authorities[CD_SCHEME_AUTHORITIES];   /* of each setting */
    int authority_count;
} cd_scheme_t;

/** Per claim and trust, after shares. @unit pence */
typedef struct cd_scheme_input_t {
    apr_int64_t damages_p, ppo_capital_p, claimant_costs_p, defence_costs_p;
    int succeeded;                 /* the claim ended with damages */
    int breach_number;             /* n: this trust's confirmed breaches in the window, this one included; >= 1 */
    int units;                     /* how many of them are of this claim, by breach_unit; 0: 1 */
    int incidents;                 /* linked incidents with a broken material rule; 0: 1 */
    int severity, extent;          /* L9: of the gravest broken rule */
    apr_int64_t contribution_p;    /* L7: of the trust, for the financial year; 0: not known, which is an error there */
} cd_scheme_input_t;

#define CD_WORKING_LINES 12
typedef struct cd_working_t { const char *text; apr_int64_t amount_p; int no_change; } cd_working_t;
typedef struct cd_scheme_result_t {
    apr_int64_t indicated_p;       /* R: the most that may be asked; 0 under L0 */
    apr_int64_t would_be_p;        /* L0: what it would have been; else equal to indicated_p */
    apr_int64_t basis_p;
    int exceeds_basis;
    cd_working_t lines[CD_WORKING_LINES];
    int line_count;
} cd_scheme_result_t;

/** @errors CD_E_RANGE: overflow; CD_E_CONFIG: settings that contradict each other   @owner pool */
cd_err_t *cd_scheme_compute(cd_scheme_result_t *out, const cd_scheme_t *scheme,
                            const cd_scheme_input_t *input, apr_pool_t *pool);
/** Reads a scheme file; every problem names its member. Unknown members are refused. @owner pool */
cd_err_t *cd_scheme_read(cd_scheme_t **out, const json_t *json, apr_pool_t *pool);
void cd_scheme_write(cd_jsonw_t *w, const cd_scheme_t *scheme);
/** 1 if `rule_code` is material under the preset. */
int cd_material_rule(int material, const char *rule_code);
/** First day of the window that `on` lies in; 0 for all time. */
cd_date_t cd_window_start(int window, cd_date_t on);

#endif

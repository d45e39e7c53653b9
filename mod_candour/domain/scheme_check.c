/* scheme_check.c: settings with which no sum can be reckoned. One row a contradiction: what must be
 * so, for which formulas, and what to do about it. What a new file must have besides is in
 * scheme_file.c. */
#include <apr_strings.h>

#include "base/field.h"
#include "domain/scheme.h"

int cd_scheme_formula(const cd_scheme_t *scheme)
{
    return scheme->formula == CD_L0_SHADOW ? scheme->shadow_of : scheme->formula;
}

int cd_scheme_counts(const cd_scheme_t *scheme)
{
    int formula = cd_scheme_formula(scheme);
    return formula == CD_L3_FIXED_RISING || formula == CD_L3B_FIXED_STEPS
           || formula == CD_L7_CONTRIBUTION_UPLIFT;
}

#define OF(formula_) (1u << (formula_))
#define FIXED (OF(CD_L1_FIXED_CAPPED_BY_DAMAGES) | OF(CD_L2_FIXED_IRRESPECTIVE) \
               | OF(CD_L3B_FIXED_STEPS))
#define RATED (OF(CD_L4_PERCENT_OF_DAMAGES) | OF(CD_L5_PERCENT_OF_TOTAL) \
               | OF(CD_L7_CONTRIBUTION_UPLIFT) | OF(CD_L8B_COINSURANCE))
#define PER_INCIDENT (FIXED | OF(CD_L3_FIXED_RISING) | OF(CD_L8_EXCESS))
#define ALL_OF_THEM 0xffffffffu

static int out_of_range(apr_int64_t amount_p)
{
    return amount_p < 0 || amount_p > CD_PENCE_MAX;
}

static int no_fixed(const cd_scheme_t *s) { return s->fixed_p <= 0; }
static int no_steps(const cd_scheme_t *s)
{
    return s->step_count < 1 || s->step_count > CD_SCHEME_STEPS;
}
static int no_step(const cd_scheme_t *s) { return s->step_p <= 0; }
static int no_rate(const cd_scheme_t *s) { return s->bp <= 0; }
static int no_excess(const cd_scheme_t *s) { return s->excess_p <= 0; }
static int floor_high(const cd_scheme_t *s) { return s->cap_p && s->floor_p > s->cap_p; }
static int not_a_year(const cd_scheme_t *s) { return s->window != CD_WIN_FINANCIAL_YEAR; }
static int not_total(const cd_scheme_t *s) { return s->basis != CD_BASIS_T; }
static int limited(const cd_scheme_t *s) { return s->cap_p || s->floor_p; }
static int held(const cd_scheme_t *s) { return s->may_exceed_basis != CD_YES; }
static int per_incident(const cd_scheme_t *s) { return s->one_sum_per == CD_UNIT_INCIDENT; }
static int per_rule(const cd_scheme_t *s) { return s->one_sum_per == CD_UNIT_RULE; }

static int no_matrix(const cd_scheme_t *s)
{
    for (int i = 0; i < 9; i++)
        if (s->matrix_bp[i / 3][i % 3] > 0)
            return 0;
    return 1;
}

static int sums_wild(const cd_scheme_t *s)
{
    int wild = out_of_range(s->fixed_p) || out_of_range(s->step_p) || out_of_range(s->excess_p);
    for (int i = 0; i < s->step_count && i < CD_SCHEME_STEPS; i++)
        wild |= out_of_range(s->steps_p[i]);
    return wild;
}

static int limits_wild(const cd_scheme_t *s)
{
    return out_of_range(s->cap_p) || out_of_range(s->floor_p);
}

static int rate_wild(const cd_scheme_t *s)
{
    int wild = s->bp < 0 || s->bp > 1000000;
    for (int i = 0; i < 9; i++)
        wild |= s->matrix_bp[i / 3][i % 3] < 0 || s->matrix_bp[i / 3][i % 3] > 1000000;
    return wild;
}

static const struct {
    const char *member;
    unsigned formulas;
    int (*wrong)(const cd_scheme_t *s);
    const char *text;
} rows[] = {
    { "fixed_p", FIXED, no_fixed, "must be given for this formula: the fixed sum, in pence" },
    { "steps_p", OF(CD_L3_FIXED_RISING), no_steps,
      "must be given for this formula: the sums for the first, second and later breaches" },
    { "step_p", OF(CD_L3B_FIXED_STEPS), no_step,
      "must be given for this formula: what each "
      "further breach adds" },
    { "bp", RATED, no_rate,
      "must be given for this formula: the rate in basis points, 100 for "
      "1%" },
    { "excess_p", OF(CD_L8_EXCESS), no_excess,
      "must be given for this formula: the excess, in "
      "pence" },
    { "matrix_bp", OF(CD_L9_MATRIX), no_matrix,
      "must be given for this formula: a rate for each "
      "severity and extent" },
    { "basis", OF(CD_L5_PERCENT_OF_TOTAL), not_total,
      "must be T: this formula is a percentage of "
      "all of it" },
    { "window", OF(CD_L7_CONTRIBUTION_UPLIFT), not_a_year,
      "must be FINANCIAL_YEAR: a contribution is set for a financial year" },
    { "cap_p", OF(CD_L7_CONTRIBUTION_UPLIFT), limited,
      "and floor_p cannot be kept while the decisions of a year must add up: take both out and "
      "limit with most_breaches" },
    { "may_exceed_basis", OF(CD_L7_CONTRIBUTION_UPLIFT), held,
      "must be true: the sum is a part of the contribution, not of the claim" },
    { "one_sum_per", ~PER_INCIDENT, per_incident,
      "must be CLAIM: only a fixed sum or an excess can be asked once for each incident" },
    { "one_sum_per", ALL_OF_THEM, per_rule, "must be CLAIM or INCIDENT" },
    { "floor_p", ALL_OF_THEM, floor_high, "must not be above cap_p" },
    { "fixed_p", ALL_OF_THEM, sums_wild,
      "and the other sums must be whole pence from 0 to "
      "1000000000000" },
    { "cap_p", ALL_OF_THEM, limits_wild,
      "and floor_p must be whole pence from 0 to "
      "1000000000000" },
    { "bp", ALL_OF_THEM, rate_wild, "and matrix_bp must be basis points from 0 to 1000000" },
};

void cd_scheme_check(const cd_scheme_t *scheme, cd_problems_t *problems)
{
    int formula = cd_scheme_formula(scheme);
    if (scheme->shadow_of && (scheme->formula != CD_L0_SHADOW || scheme->shadow_of == CD_L0_SHADOW))
        cd_problem_add(problems, "shadow_of", NULL, "is for formula L0, and names another formula");
    if (formula < 0 || formula > CD_L9_MATRIX)
        cd_problem_add(problems, "formula", NULL, "must be one of the words of its list");
    else
        for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
            if ((rows[i].formulas & OF(formula)) && rows[i].wrong(scheme))
                cd_problem_add(problems, rows[i].member, NULL, "%s", rows[i].text);
}

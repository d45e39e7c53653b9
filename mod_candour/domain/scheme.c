/* scheme.c: the most that may be asked of a trust, with every line of the working.
 *
 * A formula is a row here. The consultation's own amounts are not known: each sum is a setting.
 * The order after the formula is always floor, cap, basis; the working says "no change" where a
 * step changes nothing, so that a reader can follow every one. */
#include <apr_strings.h>
#include <string.h>

#include "base/field.h"
#include "domain/scheme.h"

const cd_token_t cd_formulas[] = {
    { CD_L0_SHADOW, "L0", "L0 Shadow: nothing is asked" },
    { CD_L1_FIXED_CAPPED_BY_DAMAGES, "L1", "L1 Fixed sum, at most the damages" },
    { CD_L2_FIXED_IRRESPECTIVE, "L2", "L2 Fixed sum, whatever the damages" },
    { CD_L3_FIXED_RISING, "L3", "L3 Fixed sum, rising with each breach" },
    { 0, NULL, NULL }
};

const cd_token_t cd_bases[] = {
    { CD_BASIS_D, "D", "Damages" },
    { CD_BASIS_DC, "D_C", "Damages and claimant’s costs" },
    { CD_BASIS_T, "T", "Damages and all legal costs" },
    { 0, NULL, NULL }
};

const cd_token_t cd_materials[] = {
    { CD_MAT_OFFENCES, "OFFENCES", "Only what is an offence, E02 to E07" },
    { CD_MAT_FULL, "FULL", "The full duty, E02 to E12" },
    { CD_MAT_FULL_CONTRACT, "FULL_CONTRACT", "The full duty and the contract, E02 to E12, C01, C02" },
    { 0, NULL, NULL }
};

const cd_token_t cd_windows[] = {
    { CD_WIN_ALL, "ALL", "All time" },
    { CD_WIN_FINANCIAL_YEAR, "FINANCIAL_YEAR", "The financial year, from 1 April" },
    { CD_WIN_ROLLING_12, "ROLLING_12", "The last 12 months" },
    { 0, NULL, NULL }
};

const cd_token_t cd_breach_units[] = {
    { CD_UNIT_CLAIM, "CLAIM", "Each claim" },
    { CD_UNIT_INCIDENT, "INCIDENT", "Each incident" },
    { CD_UNIT_RULE, "RULE", "Each rule" },
    { 0, NULL, NULL }
};

static void line(cd_scheme_result_t *out, const char *text, apr_int64_t amount_p, int no_change)
{
    if (out->line_count < CD_WORKING_LINES)
        out->lines[out->line_count++] = (cd_working_t){ text, amount_p, no_change };
}

/* Replaces `sum` by `limit` if `takes`, and writes the line either way. */
static apr_int64_t limit(cd_scheme_result_t *out, const char *text, apr_int64_t sum,
                         apr_int64_t limit_p, int takes)
{
    line(out, text, takes ? limit_p : sum, !takes);
    return takes ? limit_p : sum;
}

typedef struct run_t {
    const cd_scheme_t *scheme;
    const cd_scheme_input_t *input;
    cd_scheme_result_t *out;
    apr_int64_t damages_p;             /* D, with the capital value if the scheme counts it */
    apr_pool_t *pool;
} run_t;

static apr_int64_t fixed_capped(run_t *run)
{
    line(run->out, "Fixed sum of the scheme", run->scheme->fixed_p, 0);
    return limit(run->out, "At most the trust’s share of damages", run->scheme->fixed_p,
                 run->damages_p, run->scheme->fixed_p > run->damages_p);
}

static apr_int64_t fixed_any(run_t *run)
{
    line(run->out, "Fixed sum of the scheme, whatever the damages", run->scheme->fixed_p, 0);
    return run->scheme->fixed_p;
}

static apr_int64_t fixed_rising(run_t *run)
{
    int n = run->input->breach_number, k = run->scheme->step_count;
    apr_int64_t sum = run->scheme->steps_p[(n < k ? n : k) - 1];
    line(run->out, apr_psprintf(run->pool, "Fixed sum for breach number %d%s", n,
         n > k ? apr_psprintf(run->pool, ", the same as for number %d", k) : ""), sum, 0);
    if (run->scheme->capped_by_damages == CD_YES)
        sum = limit(run->out, "At most the trust’s share of damages", sum, run->damages_p,
                    sum > run->damages_p);
    return sum;
}

static const struct { int formula; apr_int64_t (*sum)(run_t *run); } formulas[] = {
    { CD_L1_FIXED_CAPPED_BY_DAMAGES, fixed_capped },
    { CD_L2_FIXED_IRRESPECTIVE, fixed_any },
    { CD_L3_FIXED_RISING, fixed_rising }
};

static cd_err_t *check_settings(const cd_scheme_t *s, int formula, apr_pool_t *pool)
{
    const char *what = NULL;
    if ((formula == CD_L1_FIXED_CAPPED_BY_DAMAGES || formula == CD_L2_FIXED_IRRESPECTIVE)
        && s->fixed_p <= 0)
        what = "it has no fixed sum (fixed_p)";
    else if (formula == CD_L3_FIXED_RISING && (s->step_count < 1 || s->step_count > CD_SCHEME_STEPS))
        what = "it has no sums for the first, second and later breaches (steps_p)";
    else if (s->cap_p && s->floor_p > s->cap_p)
        what = "its floor is above its cap";
    else if (s->fixed_p < 0 || s->cap_p < 0 || s->floor_p < 0 || s->fixed_p > CD_PENCE_MAX)
        what = "one of its sums is out of range";
    for (int i = 0; !what && i < s->step_count; i++)
        if (s->steps_p[i] < 0 || s->steps_p[i] > CD_PENCE_MAX)
            what = "one of its steps is out of range";
    return what ? cd_err(pool, CD_E_CONFIG,
                         apr_psprintf(pool, "scheme %s cannot be reckoned with: %s", s->code, what),
                         "version %d", s->version) : NULL;
}

static int out_of_range(apr_int64_t amount_p)
{
    return amount_p < 0 || amount_p > CD_PENCE_MAX;
}

static cd_err_t *basis_of(run_t *run)
{
    const cd_scheme_input_t *in = run->input;
    int basis = run->scheme->basis ? run->scheme->basis : CD_BASIS_D;
    int with_ppo = run->scheme->include_ppo == CD_YES;
    if (out_of_range(in->damages_p) || out_of_range(in->ppo_capital_p)
        || out_of_range(in->claimant_costs_p) || out_of_range(in->defence_costs_p)
        || in->breach_number < 1)
        return cd_err(run->pool, CD_E_RANGE, NULL, "an input of scheme %s is out of range",
                      run->scheme->code);
    line(run->out, "Trust’s share of damages finally payable", in->damages_p, 0);
    run->damages_p = in->damages_p;
    if (in->ppo_capital_p)
        run->damages_p = limit(run->out, with_ppo ? "With the capital value of periodical payments"
                               : "Capital value of periodical payments is not counted",
                               in->damages_p, in->damages_p + in->ppo_capital_p, with_ppo);
    run->out->basis_p = run->damages_p + (basis != CD_BASIS_D ? in->claimant_costs_p : 0)
                      + (basis == CD_BASIS_T ? in->defence_costs_p : 0);
    if (basis != CD_BASIS_D)
        line(run->out, basis == CD_BASIS_T ? "Basis: damages and all legal costs"
                                           : "Basis: damages and claimant’s costs",
             run->out->basis_p, run->out->basis_p == run->damages_p);
    return NULL;
}

static apr_int64_t apply_limits(run_t *run, apr_int64_t sum)
{
    const cd_scheme_t *s = run->scheme;
    apr_pool_t *pool = run->pool;
    if (s->floor_p)
        sum = limit(run->out, apr_psprintf(pool, "At least the floor, %s",
                    cd_pence_words(s->floor_p, pool)), sum, s->floor_p, sum < s->floor_p);
    if (s->cap_p)
        sum = limit(run->out, apr_psprintf(pool, "At most the cap, %s",
                    cd_pence_words(s->cap_p, pool)), sum, s->cap_p, sum > s->cap_p);
    if (s->may_exceed_basis == CD_YES)
        line(run->out, "May be more than the basis under this scheme", sum, 1);
    else
        sum = limit(run->out, "At most the basis", sum, run->out->basis_p, sum > run->out->basis_p);
    return sum;
}

static cd_err_t *reckon(run_t *run, int formula)
{
    const cd_scheme_t *s = run->scheme;
    apr_int64_t sum = 0;
    CD_ERR(check_settings(s, formula, run->pool));
    CD_ERR(basis_of(run));
    if (s->requires_damages != CD_NO && (!run->input->succeeded || !run->damages_p)) {
        line(run->out, "The claim did not end with damages of this trust, so nothing is asked", 0, 0);
    } else {
        for (unsigned i = 0; i < sizeof(formulas) / sizeof(*formulas); i++)
            if (formulas[i].formula == formula)
                sum = formulas[i].sum(run);
        sum = apply_limits(run, sum);
    }
    run->out->would_be_p = sum;
    run->out->exceeds_basis = sum > run->out->basis_p;
    return NULL;
}

cd_err_t *cd_scheme_compute(cd_scheme_result_t *out, const cd_scheme_t *scheme,
                            const cd_scheme_input_t *input, apr_pool_t *pool)
{
    cd_scheme_result_t result = { 0 };
    run_t run = { scheme, input, &result, 0, pool };
    int shadow = scheme->formula == CD_L0_SHADOW;
    int formula = shadow ? scheme->shadow_of : scheme->formula;
    if (shadow && (formula == CD_L0_SHADOW || !formula)) {
        CD_ERR(basis_of(&run));
    } else if (formula < CD_L1_FIXED_CAPPED_BY_DAMAGES || formula > CD_L3_FIXED_RISING) {
        return cd_err(pool, CD_E_CONFIG, "the scheme has no formula", "scheme %s", scheme->code);
    } else {
        CD_ERR(reckon(&run, formula));
    }
    result.indicated_p = shadow ? 0 : result.would_be_p;
    if (shadow)
        line(&result, "Shadow scheme: nothing is asked", 0, 0);
    *out = result;
    return NULL;
}

int cd_material_rule(int material, const char *rule_code)
{
    int law = rule_code && rule_code[0] == 'E' && strlen(rule_code) == 3;
    int number = law ? (rule_code[1] - '0') * 10 + (rule_code[2] - '0') : 0;
    switch (material) {
    case CD_MAT_OFFENCES:
        return number >= 2 && number <= 7;
    case CD_MAT_FULL:
        return number >= 2 && number <= 12;
    case CD_MAT_FULL_CONTRACT:
        return (number >= 2 && number <= 12)
            || (rule_code && (!strcmp(rule_code, "C01") || !strcmp(rule_code, "C02")));
    default:
        return 0;
    }
}

/* The rolling window holds the 12 months that end with `on`. */
cd_date_t cd_window_start(int window, cd_date_t on)
{
    int year, month, day;
    if (window == CD_WIN_ALL || !window)
        return CD_NO_DATE;
    cd_date_split(on, &year, &month, &day);
    if (window == CD_WIN_FINANCIAL_YEAR)
        return cd_date_make(month < 4 ? year - 1 : year, 4, 1);
    cd_date_t same = cd_date_make(year - 1, month, day);
    return same ? same + 1 : cd_date_make(year - 1, 3, 1);     /* 29 February */
}

/* scheme.c: the most that may be asked of a trust, with every line of the working.
 *
 * A formula is a row here and one small function. The consultation's own amounts are not known:
 * each sum is a setting. The order after the formula is always floor, cap, basis; the working says
 * "no change" where a step changes nothing, so that a reader can follow every one.
 *
 * Sizes: an input is at most 10^12 pence, so a basis is at most 4 x 10^12 and times 10^6 basis
 * points 4 x 10^18, which an apr_int64_t holds. Whatever multiplies without such a bound is
 * checked. */
#include <apr_strings.h>

#include "base/field.h"
#include "domain/scheme.h"

#define BASIS_MAX (4 * CD_PENCE_MAX)
#define RATE_MAX 1000000
#define INCIDENTS_MAX 1000
#define BREACHES_MAX 1000000

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
    int n, units, incidents;           /* as given, 1 where nothing was said */
    apr_pool_t *pool;
} run_t;

static cd_err_t *too_large(const run_t *run)
{
    return cd_err(run->pool, CD_E_RANGE, "a sum of the scheme is too large to reckon with",
                  "scheme %s version %d", run->scheme->code, run->scheme->version);
}

/* amount x bp / 10000 by the scheme's rounding; amount is never negative. */
static cd_err_t *pct(apr_int64_t *out, const run_t *run, apr_int64_t amount_p, apr_int64_t bp)
{
    int down = run->scheme->rounding == CD_ROUND_DOWN;
    if (amount_p < 0 || amount_p > BASIS_MAX || bp < 0 || bp > RATE_MAX)
        return too_large(run);
    *out = (amount_p * bp + (down ? 0 : CD_BP_WHOLE / 2)) / CD_BP_WHOLE;
    return NULL;
}

/* "10.00% of damages", and how a part of a penny was dealt with if there was one. */
static cd_err_t *pct_line(apr_int64_t *out, run_t *run, apr_int64_t amount_p, apr_int64_t bp,
                          const char *of)
{
    const char *rounded = "";
    CD_ERR(pct(out, run, amount_p, bp));
    if (amount_p * bp % CD_BP_WHOLE)
        rounded = run->scheme->rounding == CD_ROUND_DOWN
                      ? ", rounded down to a whole penny"
                      : ", rounded to the nearest penny, half a penny up";
    line(run->out, apr_pstrcat(run->pool, cd_bp_words(bp, run->pool), " of ", of, rounded, NULL),
         *out, 0);
    return NULL;
}

/* Asked once for each incident, if the scheme says so. */
static cd_err_t *per_incident(apr_int64_t *sum, run_t *run)
{
    if (run->scheme->one_sum_per != CD_UNIT_INCIDENT || run->incidents == 1)
        return NULL;
    if (__builtin_mul_overflow(*sum, (apr_int64_t)run->incidents, sum))
        return too_large(run);
    line(run->out, apr_psprintf(run->pool, "Once for each of %d incidents", run->incidents), *sum,
         0);
    return NULL;
}

static cd_err_t *fixed_capped(apr_int64_t *sum, run_t *run)
{
    line(run->out, "Fixed sum of the scheme", *sum = run->scheme->fixed_p, 0);
    CD_ERR(per_incident(sum, run));
    *sum = limit(run->out, "At most the trust’s share of damages", *sum, run->damages_p,
                 *sum > run->damages_p);
    return NULL;
}

static cd_err_t *fixed_any(apr_int64_t *sum, run_t *run)
{
    line(run->out, "Fixed sum of the scheme, whatever the damages", *sum = run->scheme->fixed_p, 0);
    return per_incident(sum, run);
}

/* L3: the sum for breach number n. */
static cd_err_t *sum_rising(apr_int64_t *sum, const run_t *run, int n)
{
    int k = run->scheme->step_count;
    *sum = run->scheme->steps_p[(n < k ? n : k) - 1];
    line(run->out, apr_psprintf(run->pool, "Fixed sum for breach number %d%s", n,
         n > k ? apr_psprintf(run->pool, ", the same as for number %d", k) : ""), *sum, 0);
    return NULL;
}

/* L3B: a first sum, and a step more for each breach before this one. */
static cd_err_t *sum_stepped(apr_int64_t *sum, const run_t *run, int n)
{
    const cd_scheme_t *s = run->scheme;
    *sum = s->fixed_p + (n - 1) * s->step_p;       /* n <= 10^6: at most 10^18 + 10^12 */
    line(run->out,
         n == 1 ? "Fixed sum for the first breach"
                : apr_psprintf(run->pool, "Breach number %d: %s, and %s for each of %d before", n,
                               cd_pence_words(s->fixed_p, run->pool),
                               cd_pence_words(s->step_p, run->pool), n - 1),
         *sum, 0);
    return NULL;
}

/* Where each incident is a breach of its own and asked for by itself, the incidents of this claim
 * have numbers of their own: with n = 4 and two incidents, the sums for numbers 3 and 4. */
static cd_err_t *by_number(apr_int64_t *sum, run_t *run,
                           cd_err_t *(*one)(apr_int64_t *, const run_t *, int))
{
    int own = run->scheme->one_sum_per == CD_UNIT_INCIDENT
              && run->scheme->breach_unit == CD_UNIT_INCIDENT;
    int count = own && run->incidents < run->n ? run->incidents : own ? run->n : 1;
    apr_int64_t part;
    *sum = 0;
    for (int n = run->n - count + 1; n <= run->n; n++) {
        int shown = run->out->line_count;
        CD_ERR(one(&part, run, n));
        if (__builtin_add_overflow(*sum, part, sum))
            return too_large(run);
        if (count > 4)
            run->out->line_count = shown;          /* the line below says it for all of them */
    }
    if (count > 1)
        line(run->out,
             apr_psprintf(run->pool, "Together, for breaches number %d to %d", run->n - count + 1,
                          run->n),
             *sum, 0);
    if (!own)
        CD_ERR(per_incident(sum, run));
    if (run->scheme->capped_by_damages == CD_YES)
        *sum = limit(run->out, "At most the trust’s share of damages", *sum, run->damages_p,
                     *sum > run->damages_p);
    return NULL;
}

static cd_err_t *fixed_rising(apr_int64_t *sum, run_t *run)
{
    return by_number(sum, run, sum_rising);
}

static cd_err_t *fixed_steps(apr_int64_t *sum, run_t *run)
{
    return by_number(sum, run, sum_stepped);
}

static cd_err_t *percent_of_damages(apr_int64_t *sum, run_t *run)
{
    return pct_line(sum, run, run->damages_p, run->scheme->bp, "damages");
}

static const char *basis_words(int basis)
{
    return basis == CD_BASIS_T ? "damages and all legal costs"
         : basis == CD_BASIS_DC ? "damages and claimant’s costs" : "damages";
}

static cd_err_t *percent_of_basis(apr_int64_t *sum, run_t *run)
{
    return pct_line(sum, run, run->out->basis_p, run->scheme->bp, basis_words(run->scheme->basis));
}

static cd_err_t *cover_removed(apr_int64_t *sum, run_t *run)
{
    *sum = run->out->basis_p;
    line(run->out,
         apr_pstrcat(run->pool, "Cover removed: the whole of ", basis_words(run->scheme->basis),
                     NULL),
         *sum, 0);
    return NULL;
}

static cd_err_t *excess(apr_int64_t *sum, run_t *run)
{
    line(run->out, "Excess of the scheme", *sum = run->scheme->excess_p, 0);
    CD_ERR(per_incident(sum, run));
    *sum =
        limit(run->out, apr_pstrcat(run->pool, "At most ", basis_words(run->scheme->basis), NULL),
              *sum, run->out->basis_p, *sum > run->out->basis_p);
    return NULL;
}

/* L9: the gravest rule that was broken, and how far. */
static cd_err_t *by_matrix(apr_int64_t *sum, run_t *run)
{
    int severity = run->input->severity, extent = run->input->extent;
    const char *how = cd_token_label(cd_severities, severity),
               *far = cd_token_label(cd_extents, extent);
    *sum = 0;
    if (!severity && !extent) {
        line(run->out, "No rule that counts was broken, so the table gives nothing", 0, 0);
        return NULL;
    }
    if (!how || !far)
        return cd_err(run->pool, CD_E_RANGE, NULL, "severity %d, extent %d", severity, extent);
    line(run->out, apr_pstrcat(run->pool, "Gravest broken rule: ", how, ", ", far, NULL),
         run->damages_p, 1);
    return pct_line(sum, run, run->damages_p, run->scheme->matrix_bp[severity - 1][extent - 1],
                    "damages");
}

static apr_int64_t year_rate(const run_t *run, int n)
{
    int most = run->scheme->most_breaches;
    return run->scheme->bp * (most > 0 && n > most ? most : n);
}

/* What `n` breaches make for the year, with its line. */
static cd_err_t *year_sum(apr_int64_t *sum, run_t *run, int n, const char *of)
{
    const cd_scheme_t *s = run->scheme;
    CD_ERR(pct(sum, run, run->input->contribution_p, year_rate(run, n)));
    line(run->out,
         apr_psprintf(run->pool, "%s: %s for each of %d%s, %s", of, cd_bp_words(s->bp, run->pool),
                      n,
                      s->most_breaches > 0 && n > s->most_breaches
                          ? apr_psprintf(run->pool, ", of which %d count", s->most_breaches)
                          : "",
                      cd_bp_words(year_rate(run, n), run->pool)),
         *sum, 0);
    return NULL;
}

cd_err_t *cd_scheme_year_sum(apr_int64_t *out, const cd_scheme_t *scheme,
                             apr_int64_t contribution_p, int breaches, apr_pool_t *pool)
{
    const run_t run = { .scheme = scheme, .pool = pool };
    if (breaches < 0 || breaches > BREACHES_MAX)
        return too_large(&run);
    return pct(out, &run, contribution_p, year_rate(&run, breaches));
}

/* L7: billed once a year. A decision adds the difference that its breaches make, so that the
 * decisions of a year add up to the year's sum to the penny, whatever each rounding was. */
static cd_err_t *contribution_uplift(apr_int64_t *sum, run_t *run)
{
    apr_int64_t year_p, earlier_p = 0;
    if (run->input->contribution_p <= 0)
        return cd_err(run->pool, CD_E_CONFIG,
                      apr_psprintf(run->pool,
                                   "the trust’s contribution for the financial "
                                   "year is not known: enter it first, scheme %s is a part of it",
                                   run->scheme->code),
                      "scheme %s", run->scheme->code);
    line(run->out, "Trust’s contribution for the financial year", run->input->contribution_p, 0);
    CD_ERR(year_sum(&year_p, run, run->n, "Breaches of the year, with this claim"));
    if (run->n > run->units)
        CD_ERR(year_sum(&earlier_p, run, run->n - run->units, "Earlier breaches of the year made"));
    else
        line(run->out, "No earlier breach of the year", 0, 0);
    line(run->out, "What this claim adds for the year", *sum = year_p - earlier_p, 0);
    return NULL;
}

static const struct { int formula; cd_err_t *(*sum)(apr_int64_t *sum, run_t *run); } formulas[] = {
    { CD_L1_FIXED_CAPPED_BY_DAMAGES, fixed_capped },
    { CD_L2_FIXED_IRRESPECTIVE, fixed_any },
    { CD_L3_FIXED_RISING, fixed_rising },
    { CD_L3B_FIXED_STEPS, fixed_steps },
    { CD_L4_PERCENT_OF_DAMAGES, percent_of_damages },
    { CD_L5_PERCENT_OF_TOTAL, percent_of_basis },
    { CD_L6_COVER_REMOVED, cover_removed },
    { CD_L7_CONTRIBUTION_UPLIFT, contribution_uplift },
    { CD_L8_EXCESS, excess },
    { CD_L8B_COINSURANCE, percent_of_basis },
    { CD_L9_MATRIX, by_matrix }
};
#define FORMULAS ((int)(sizeof(formulas) / sizeof(*formulas)))

static int out_of_range(apr_int64_t amount_p)
{
    return amount_p < 0 || amount_p > CD_PENCE_MAX;
}

static cd_err_t *check_input(run_t *run)
{
    const cd_scheme_input_t *in = run->input;
    run->n = in->breach_number;
    run->units = in->units ? in->units : 1;
    run->incidents = in->incidents ? in->incidents : 1;
    if (out_of_range(in->damages_p) || out_of_range(in->ppo_capital_p)
        || out_of_range(in->claimant_costs_p) || out_of_range(in->defence_costs_p)
        || out_of_range(in->contribution_p))
        return cd_err(run->pool, CD_E_RANGE, NULL, "a sum given to scheme %s is out of range",
                      run->scheme->code);
    if (run->units < 1 || run->n < run->units || run->n > BREACHES_MAX || run->incidents < 1
        || run->incidents > INCIDENTS_MAX)
        return cd_err(run->pool, CD_E_RANGE, NULL,
                      "scheme %s: breach number %d, %d of this claim, %d incidents",
                      run->scheme->code, run->n, run->units, run->incidents);
    return NULL;
}

static cd_err_t *basis_of(run_t *run)
{
    const cd_scheme_input_t *in = run->input;
    int basis = run->scheme->basis ? run->scheme->basis : CD_BASIS_D;
    int with_ppo = run->scheme->include_ppo == CD_YES;
    CD_ERR(check_input(run));
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

static cd_err_t *check_settings(const run_t *run)
{
    cd_problems_t problems = { .pool = run->pool };
    cd_scheme_check(run->scheme, &problems);
    return problems.count ? cd_err(
               run->pool, CD_E_CONFIG,
               apr_psprintf(run->pool, "scheme %s cannot be reckoned with: %s %s",
                            run->scheme->code, problems.list[0].field, problems.list[0].text),
               "version %d", run->scheme->version)
                          : NULL;
}

static cd_err_t *reckon(run_t *run, int formula)
{
    const cd_scheme_t *s = run->scheme;
    apr_int64_t sum = 0;
    CD_ERR(check_settings(run));
    CD_ERR(basis_of(run));
    if (s->requires_damages != CD_NO && (!run->input->succeeded || !run->damages_p)) {
        line(run->out, "The claim did not end with damages of this trust, so nothing is asked", 0,
             0);
    } else {
        for (int i = 0; i < FORMULAS; i++)
            if (formulas[i].formula == formula)
                CD_ERR(formulas[i].sum(&sum, run));
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
    run_t run = { .scheme = scheme, .input = input, .out = &result, .pool = pool };
    int shadow = scheme->formula == CD_L0_SHADOW;
    int formula = cd_scheme_formula(scheme);
    if (shadow && (formula == CD_L0_SHADOW || !formula)) {
        CD_ERR(basis_of(&run));
    } else if (formula < CD_L1_FIXED_CAPPED_BY_DAMAGES || formula > CD_L9_MATRIX) {
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

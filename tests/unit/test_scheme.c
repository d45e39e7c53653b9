/* test_scheme.c: L0 to L9 with the worked examples of the domain reference (c), every line of the
 * working, and the stored form. Sums are test data. */
#include "unit.h"

#include "base/field.h"
#include "domain/scheme.h"

#define K 100000                    /* a thousand pounds, in pence */
#define M APR_INT64_C(100000000)    /* a million */

static cd_scheme_t scheme_of(int formula)
{
    cd_scheme_t s = { .code = "T",
                      .version = 1,
                      .title = "Test",
                      .formula = formula,
                      .basis = CD_BASIS_D,
                      .requires_damages = CD_YES,
                      .fixed_p = 10 * K,
                      .steps_p = { 10 * K, 20 * K, 30 * K },
                      .step_count = 3,
                      .material = CD_MAT_FULL,
                      .window = CD_WIN_ALL,
                      .breach_unit = CD_UNIT_CLAIM,
                      .authority = "Test" };

    if (formula == CD_L2_FIXED_IRRESPECTIVE || formula == CD_L3_FIXED_RISING)
        s.may_exceed_basis = CD_YES;
    return s;
}

static void worked_examples(void **state)
{
    static const struct {
        int formula, capped, n;
        apr_int64_t damages, want;
        int exceeds;
        const char *why;
    } rows[] = {
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 650000, 650000, 0,
          "L1: F 10,000, D 6,500 -> 6,500" },
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 25 * K, 10 * K, 0, "L1: D 25,000 -> 10,000" },
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 12 * M / 10, 10 * K, 0, "L1: D 1.2 m -> 10,000" },
        { CD_L2_FIXED_IRRESPECTIVE, 0, 1, 650000, 10 * K, 1,
          "L2: D 6,500 -> 10,000, more than the damages" },
        { CD_L2_FIXED_IRRESPECTIVE, 0, 1, 0, 0, 0, "L2: D 0 -> 0, damages are required" },
        { CD_L3_FIXED_RISING, 0, 1, M, 10 * K, 0, "L3: n = 1" },
        { CD_L3_FIXED_RISING, 0, 2, M, 20 * K, 0, "L3: n = 2" },
        { CD_L3_FIXED_RISING, 0, 3, M, 30 * K, 0, "L3: n = 3" },
        { CD_L3_FIXED_RISING, 0, 7, M, 30 * K, 0, "L3: n = 7" },
        { CD_L3_FIXED_RISING, 1, 3, 650000, 650000, 0, "L3 capped: D 6,500, n = 3 -> 6,500" },
        { CD_L3_FIXED_RISING, 0, 3, 650000, 30 * K, 1, "L3 uncapped: more than the damages" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_scheme_t s = scheme_of(rows[i].formula);
        cd_scheme_input_t in = { .damages_p = rows[i].damages, .succeeded = rows[i].damages > 0,
                                 .breach_number = rows[i].n };
        cd_scheme_result_t out;
        s.capped_by_damages = rows[i].capped ? CD_YES : CD_NO;
        assert_null(cd_scheme_compute(&out, &s, &in, *state));
        ROW_CHECK(out.indicated_p == rows[i].want && out.exceeds_basis == rows[i].exceeds, i,
                  rows[i].why);
        assert_int_equal(out.would_be_p, out.indicated_p);
        /* the same under L0 asks for nothing, and says what it would have been */
        cd_scheme_t shadow = s;
        shadow.formula = CD_L0_SHADOW;
        shadow.shadow_of = s.formula;
        assert_null(cd_scheme_compute(&out, &shadow, &in, *state));
        ROW_CHECK(out.indicated_p == 0 && out.would_be_p == rows[i].want, i, "L0");
    }
}

/* Every other example of the domain reference (c), and what each formula does at its edges. */
typedef struct one_t {
    const char *why;
    cd_scheme_t scheme;
    cd_scheme_input_t in;
    apr_int64_t want;
    int exceeds;
} one_t;

#define BARE .code = "T", .version = 1, .material = CD_MAT_FULL, .window = CD_WIN_ALL
#define PLAIN BARE, .basis = CD_BASIS_D
#define OK .succeeded = 1, .breach_number = 1
#define NTH(n_) .succeeded = 1, .breach_number = (n_)
#define L3B_OF(...) { PLAIN, .formula = CD_L3B_FIXED_STEPS, __VA_ARGS__ }
#define STEPS .fixed_p = 10 * K, .step_p = 5 * K
#define L4_OF(...) { PLAIN, .formula = CD_L4_PERCENT_OF_DAMAGES, __VA_ARGS__ }
#define L5_OF(...) { BARE, .formula = CD_L5_PERCENT_OF_TOTAL, .basis = CD_BASIS_T, __VA_ARGS__ }
#define L8_OF(...) { PLAIN, .formula = CD_L8_EXCESS, .excess_p = 25 * K, __VA_ARGS__ }
#define L9_OF { PLAIN, .formula = CD_L9_MATRIX, \
                .matrix_bp = { { 100, 200, 300 }, { 400, 500, 600 }, { 700, 800, 2000 } } }
#define MOST CD_PENCE_MAX

static const one_t ones[] = {
    { "L3b: n = 4 -> 25k", L3B_OF(STEPS, .cap_p = 40 * K), { .damages_p = M, NTH(4) }, 25 * K, 0 },
    { "L3b: n = 10 -> 40k, the cap", L3B_OF(STEPS, .cap_p = 40 * K), { .damages_p = M, NTH(10) },
      40 * K, 0 },
    { "L3b: n = 1", L3B_OF(STEPS, .cap_p = 40 * K), { .damages_p = M, NTH(1) }, 10 * K, 0 },
    { "L3b: held to the damages", L3B_OF(STEPS, .capped_by_damages = CD_YES), { .damages_p = 7 * K,
      NTH(4) }, 7 * K, 0 },
    { "L3b: the largest", L3B_OF(.fixed_p = MOST, .step_p = MOST, .cap_p = MOST),
      { .damages_p = MOST, NTH(1000000) }, MOST, 0 },
    { "L4: 10 % of 25,000 -> 2,500", L4_OF(.bp = 1000), { .damages_p = 25 * K, OK }, 250000, 0 },
    { "L4: 10 % of 1.2 m, cap 100k -> 100,000", L4_OF(.bp = 1000, .cap_p = 100 * K),
      { .damages_p = 12 * M / 10, OK }, 100 * K, 0 },
    { "L4: 12.5 % of 3,333.35 -> 416.67", L4_OF(.bp = 1250), { .damages_p = 333335, OK }, 41667,
      0 },
    { "L4: the same, down", L4_OF(.bp = 1250, .rounding = CD_ROUND_DOWN), { .damages_p = 333335,
      OK }, 41666, 0 },
    { "L4: half a penny goes up", L4_OF(.bp = 5000), { .damages_p = 1, OK }, 1, 0 },
    { "L4: half a penny goes down", L4_OF(.bp = 5000, .rounding = CD_ROUND_DOWN), { .damages_p = 1,
      OK }, 0, 0 },
    { "L4: just under half", L4_OF(.bp = 4999), { .damages_p = 1, OK }, 0, 0 },
    { "L4: no damages, none required", L4_OF(.bp = 1000, .requires_damages = CD_NO),
      { .damages_p = 0, OK }, 0, 0 },
    { "L4: the largest", L4_OF(.bp = 10000), { .damages_p = MOST, OK }, MOST, 0 },
    { "L4: past the whole, held", L4_OF(.bp = 20000), { .damages_p = 25 * K, OK }, 25 * K, 0 },
    { "L4: past the whole, allowed", L4_OF(.bp = 20000, .may_exceed_basis = CD_YES),
      { .damages_p = 25 * K, OK }, 50 * K, 1 },
    { "L4: a floor above the damages", L4_OF(.bp = 1000, .floor_p = 30 * K), { .damages_p = 25 * K,
      OK }, 25 * K, 0 },
    { "L4: costs do not count", L4_OF(.bp = 1000), { .damages_p = 25 * K, .claimant_costs_p = M,
      OK }, 250000, 0 },
    { "L4: with periodical payments", L4_OF(.bp = 1000, .include_ppo = CD_YES),
      { .damages_p = 25 * K, .ppo_capital_p = M, OK },
      250000 + M / 10, 0 },
    { "L5: 10 %, D 20,000 C 27,380 X 5,000 -> 5,238", L5_OF(.bp = 1000),
      { .damages_p = 20 * K, .claimant_costs_p = 2738000, .defence_costs_p = 5 * K, OK }, 523800,
        0 },
    { "L5: the largest", L5_OF(.bp = 10000, .include_ppo = CD_YES),
      { .damages_p = MOST, .ppo_capital_p = MOST, .claimant_costs_p = MOST, .defence_costs_p = MOST,
        OK }, 4 * MOST, 0 },
    { "L6: D 25,000 -> 25,000", { PLAIN, .formula = CD_L6_COVER_REMOVED }, { .damages_p = 25 * K,
      OK }, 25 * K, 0 },
    { "L6: of all", { BARE, .formula = CD_L6_COVER_REMOVED, .basis = CD_BASIS_T },
      { .damages_p = 25 * K, .claimant_costs_p = K, .defence_costs_p = K, OK }, 27 * K, 0 },
    { "L8: E 25k, D 6,500 -> 6,500", L8_OF(.cap_p = 0), { .damages_p = 650000, OK }, 650000, 0 },
    { "L8: E 25k, D 1 m -> 25,000", L8_OF(.cap_p = 0), { .damages_p = M, OK }, 25 * K, 0 },
    { "L8: once for each of two incidents", L8_OF(.one_sum_per = CD_UNIT_INCIDENT),
      { .damages_p = M, .incidents = 2, OK }, 50 * K, 0 },
    { "L8b: 20 % of the basis", { BARE, .formula = CD_L8B_COINSURANCE, .basis = CD_BASIS_DC,
      .bp = 2000 },
      { .damages_p = 20 * K, .claimant_costs_p = 10 * K, OK }, 6 * K, 0 },
    { "L9: OFFENCE and none, 20 %, D 50,000 -> 10,000", L9_OF,
      { .damages_p = 50 * K, .severity = CD_SEV_OFFENCE, .extent = CD_EXT_NONE, OK }, 10 * K, 0 },
    { "L9: CONTRACT and late, 1 %", L9_OF, { .damages_p = 50 * K, .severity = CD_SEV_CONTRACT,
      .extent = CD_EXT_LATE, OK }, 50000, 0 },
    { "L9: DUTY and partial, 5 %", L9_OF, { .damages_p = 50 * K, .severity = CD_SEV_DUTY,
      .extent = CD_EXT_PARTIAL, OK }, 250000, 0 },
    { "L9: nothing broken", L9_OF, { .damages_p = 50 * K, OK }, 0, 0 },
    { "L1: once for each of three incidents, held to the damages",
      { PLAIN, .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES, .fixed_p = 10 * K,
        .one_sum_per = CD_UNIT_INCIDENT },
      { .damages_p = 25 * K, .incidents = 3, OK }, 25 * K, 0 },
    { "L1: one sum though three incidents", { PLAIN, .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
      .fixed_p = 10 * K },
      { .damages_p = 25 * K, .incidents = 3, OK }, 10 * K, 0 },
    { "L3: two incidents are breaches 2 and 3, one sum", { PLAIN, .formula = CD_L3_FIXED_RISING,
      .steps_p = { 10 * K, 20 * K, 30 * K },
      .step_count = 3, .breach_unit = CD_UNIT_INCIDENT }, { .damages_p = M, .units = 2,
      .incidents = 2, NTH(3) }, 30 * K, 0 },
    { "L3: ... and a sum for each", { PLAIN, .formula = CD_L3_FIXED_RISING, .steps_p = { 10 * K,
      20 * K, 30 * K }, .step_count = 3,
      .breach_unit = CD_UNIT_INCIDENT, .one_sum_per = CD_UNIT_INCIDENT }, { .damages_p = M,
      .units = 2, .incidents = 2, NTH(3) },
      50 * K, 0 },
    { "L3: six rules of one claim", { PLAIN, .formula = CD_L3_FIXED_RISING, .steps_p = { 10 * K,
      20 * K, 30 * K }, .step_count = 3,
      .breach_unit = CD_UNIT_RULE }, { .damages_p = M, .units = 6, NTH(6) }, 30 * K, 0 },
};

static void every_formula(void **state)
{
    for (size_t i = 0; i < COUNT_OF(ones); i++) {
        cd_scheme_result_t out = { 0 };
        cd_err_t *err = cd_scheme_compute(&out, &ones[i].scheme, &ones[i].in, *state);
        if (err)
            fail_msg("%s: %s", ones[i].why, cd_err_line(err, *state));
        if (out.indicated_p != ones[i].want)
            fail_msg("%s: %" APR_INT64_T_FMT, ones[i].why, out.indicated_p);
        ROW_CHECK(out.exceeds_basis == ones[i].exceeds && out.would_be_p == ones[i].want, i,
                  ones[i].why);
        /* the working ends with the sum */
        assert_true(out.line_count > 0 && out.line_count < CD_WORKING_LINES);
        ROW_CHECK(out.lines[out.line_count - 1].amount_p == ones[i].want, i, ones[i].why);
        cd_scheme_t shadow = ones[i].scheme;
        shadow.shadow_of = shadow.formula;
        shadow.formula = CD_L0_SHADOW;
        assert_null(cd_scheme_compute(&out, &shadow, &ones[i].in, *state));
        ROW_CHECK(!out.indicated_p && out.would_be_p == ones[i].want, i, ones[i].why);
        /* without success nothing is asked, unless the scheme does without */
        cd_scheme_input_t lost = ones[i].in;
        lost.succeeded = 0;
        assert_null(cd_scheme_compute(&out, &ones[i].scheme, &lost, *state));
        ROW_CHECK(!out.indicated_p, i, ones[i].why);
    }
}

static cd_scheme_t uplift(void)
{
    cd_scheme_t s = { PLAIN, .formula = CD_L7_CONTRIBUTION_UPLIFT, .bp = 25, .most_breaches = 4,
                      .may_exceed_basis = CD_YES };

    s.window = CD_WIN_FINANCIAL_YEAR;
    return s;
}

/* contribution 20 m, 0.25 % each, n = 3, nmax 4 -> 150,000 for the year, and the decisions of the
 * year add up to it. */
static void contribution(void **state)
{
    cd_scheme_t s = uplift();
    cd_scheme_input_t in = { .damages_p = 650000, .contribution_p = 20 * M, .succeeded = 1 };
    cd_scheme_result_t out;
    apr_int64_t year = 0;

    in.breach_number = in.units = 3;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.indicated_p, 150 * K);
    assert_int_equal(out.exceeds_basis, 1);
    in.units = 0;
    for (in.breach_number = 1; in.breach_number <= 6; in.breach_number++) {
        assert_null(cd_scheme_compute(&out, &s, &in, *state));
        assert_int_equal(out.indicated_p, in.breach_number <= 4 ? 50 * K : 0);
        year += out.indicated_p;
    }
    assert_int_equal(year, 200 * K);
    /* whatever the rounding of each, and however many breaches a claim adds */
    for (int odd = 1; odd < 4000; odd += 37) {
        s.bp = 1 + odd % 301;
        s.most_breaches = odd % 5;
        s.rounding = odd % 2 ? CD_ROUND_DOWN : CD_ROUND_HALF_UP;
        in.contribution_p = 333331 * odd + 7;
        year = 0;
        for (int n = 0; n < 12; ) {
            apr_int64_t whole;
            in.units = 1 + (n + odd) % 3;
            in.breach_number = n += in.units;
            assert_null(cd_scheme_compute(&out, &s, &in, *state));
            year += out.indicated_p;
            whole = in.contribution_p * s.bp
                    * (s.most_breaches && n > s.most_breaches ? s.most_breaches : n);
            assert_int_equal(year, (whole + (odd % 2 ? 0 : 5000)) / 10000);
        }
    }
}

static void contribution_words(void **state)
{
    cd_scheme_t s = uplift();
    cd_scheme_input_t in = { .damages_p = 650000,
                             .contribution_p = 20 * M,
                             .succeeded = 1,
                             .breach_number = 5,
                             .units = 2 };
    static const struct { const char *text; apr_int64_t amount; } rows[] = {
        { "Trust’s share of damages finally payable", 650000 },
        { "Trust’s contribution for the financial year", 20 * M },
        { "Breaches of the year, with this claim: 0.25% for each of 5, of which 4 count, 1.00%",
          200 * K },
        { "Earlier breaches of the year made: 0.25% for each of 3, 0.75%", 150 * K },
        { "What this claim adds for the year", 50 * K },
        { "May be more than the basis under this scheme", 50 * K },
    };
    cd_scheme_result_t out;
    cd_err_t *err;

    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.line_count, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(out.lines[i].text, rows[i].text);
        assert_int_equal(out.lines[i].amount_p, rows[i].amount);
    }
    in.contribution_p = 0;
    err = cd_scheme_compute(&out, &s, &in, *state);
    assert_int_equal(err->code, CD_E_CONFIG);
    assert_non_null(strstr(err->public_text, "contribution for the financial year is not known"));
    in.succeeded = 0;                                  /* then it is not needed */
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.indicated_p, 0);
    in.succeeded = 1;
    in.contribution_p = MOST;
    in.breach_number = 1000000;
    s.most_breaches = 0;                               /* 250,000 % of it */
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
}

static void limits(void **state)
{
    static const struct {
        apr_int64_t floor, cap, damages;
        int may_exceed;
        apr_int64_t want;
        const char *why;
    } rows[] = {
        { 12 * K, 0, 25 * K, CD_NO, 12 * K, "floor lifts" },
        { 12 * K, 0, 11 * K, CD_NO, 11 * K, "and the basis holds it" },
        { 12 * K, 0, 11 * K, CD_YES, 12 * K, "unless it may exceed" },
        { 0, 9 * K, 25 * K, CD_NO, 9 * K, "cap" },
        { 9 * K, 9 * K, 25 * K, CD_NO, 9 * K, "floor and cap alike" },
        { 1, 20 * K, 25 * K, CD_NO, 10 * K, "no change" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_scheme_t s = scheme_of(CD_L1_FIXED_CAPPED_BY_DAMAGES);
        cd_scheme_input_t in = { .damages_p = rows[i].damages, .succeeded = 1, .breach_number = 1 };
        cd_scheme_result_t out;
        s.floor_p = rows[i].floor;
        s.cap_p = rows[i].cap;
        s.may_exceed_basis = rows[i].may_exceed;
        assert_null(cd_scheme_compute(&out, &s, &in, *state));
        ROW_CHECK(out.indicated_p == rows[i].want, i, rows[i].why);
    }
}

static void bases(void **state)
{
    static const struct { int basis, ppo; apr_int64_t want; } rows[] = {
        { CD_BASIS_D, CD_NO, 20 * K }, { CD_BASIS_DC, CD_NO, 47 * K + 38000 }, { CD_BASIS_T, CD_NO,
          52 * K + 38000 },
        { CD_BASIS_D, CD_YES, 120 * K }, { CD_BASIS_T, CD_YES, 152 * K + 38000 }, { 0, CD_UNSAID,
          20 * K },
    };
    cd_scheme_input_t in = { .damages_p = 20 * K,
                             .ppo_capital_p = 100 * K,
                             .claimant_costs_p = 27 * K + 38000,
                             .defence_costs_p = 5 * K,
                             .succeeded = 1,
                             .breach_number = 1 };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_scheme_t s = scheme_of(CD_L1_FIXED_CAPPED_BY_DAMAGES);
        cd_scheme_result_t out;
        s.basis = rows[i].basis;
        s.include_ppo = rows[i].ppo;
        assert_null(cd_scheme_compute(&out, &s, &in, *state));
        ROW_CHECK(out.basis_p == rows[i].want, i, "T 52,380: D 20,000 C 27,380 X 5,000");
    }
}

/* Each step has its line; the last amount that changed is the sum. */
static void working(void **state)
{
    cd_scheme_t s = scheme_of(CD_L1_FIXED_CAPPED_BY_DAMAGES);
    cd_scheme_input_t in = { .damages_p = 650000, .succeeded = 1, .breach_number = 1 };
    cd_scheme_result_t out;
    static const struct { const char *text; apr_int64_t amount; int no_change; } rows[] = {
        { "Trust’s share of damages finally payable", 650000, 0 }, { "Fixed sum of the scheme",
          10 * K, 0 },
        { "At most the trust’s share of damages", 650000, 0 }, { "At least the floor, £1,000.00",
          650000, 1 },
        { "At most the cap, £100,000.00", 650000, 1 }, { "At most the basis", 650000, 1 },
    };

    s.floor_p = 1 * K;
    s.cap_p = 100 * K;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.line_count, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(out.lines[i].text, rows[i].text);
        ROW_CHECK(out.lines[i].amount_p == rows[i].amount
                      && out.lines[i].no_change == rows[i].no_change,
                  i, rows[i].text);
    }
    in.succeeded = 0;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.indicated_p, 0);
    s.requires_damages = CD_NO;
    s.may_exceed_basis = CD_YES;
    in.damages_p = 0;
    s.formula = CD_L2_FIXED_IRRESPECTIVE;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.indicated_p, 10 * K);
}

static void refused(void **state)
{
    cd_scheme_input_t in = { .damages_p = 650000, .succeeded = 1, .breach_number = 1 };
    cd_scheme_result_t out = { .indicated_p = 77 };
    cd_scheme_t s = scheme_of(CD_L1_FIXED_CAPPED_BY_DAMAGES);

    s.fixed_p = 0;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    s = scheme_of(CD_L3_FIXED_RISING);
    s.step_count = 0;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    s = scheme_of(CD_L1_FIXED_CAPPED_BY_DAMAGES);
    s.floor_p = 2 * K;
    s.cap_p = 1 * K;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    s = scheme_of(99);
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    s = scheme_of(CD_L3_FIXED_RISING);
    in.breach_number = 0;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
    in.breach_number = 1;
    in.damages_p = -1;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
    in.damages_p = CD_PENCE_MAX + 1;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
    in.damages_p = CD_PENCE_MAX;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    /* more breaches of this claim than there are */
    in.units = 2;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
    in.units = 0;
    in.incidents = 1001;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
    in.incidents = 0;
    in.contribution_p = -1;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_RANGE);
}

/* Settings that contradict each other: no sum, and the message names the member. */
static void contradictions(void **state)
{
    static const struct { cd_scheme_t scheme; const char *member; } rows[] = {
        { { PLAIN, .formula = CD_L3B_FIXED_STEPS, .fixed_p = 1 }, "step_p" },
        { { PLAIN, .formula = CD_L4_PERCENT_OF_DAMAGES }, "bp" },
        { { PLAIN, .formula = CD_L5_PERCENT_OF_TOTAL, .bp = 1 }, "basis" },
        { { PLAIN, .formula = CD_L7_CONTRIBUTION_UPLIFT, .may_exceed_basis = CD_YES, .bp = 1 },
          "window" },
        { { PLAIN, .formula = CD_L8_EXCESS }, "excess_p" }, { { PLAIN,
          .formula = CD_L8B_COINSURANCE }, "bp" },
        { { PLAIN, .formula = CD_L9_MATRIX }, "matrix_bp" }, { L4_OF(.bp = 1000001), "bp" },
          { L4_OF(.bp = 1, .one_sum_per = CD_UNIT_INCIDENT), "one_sum_per" },
        { L4_OF(.bp = 1, .floor_p = 2, .cap_p = 1), "floor_p" },
    };
    cd_scheme_input_t in = { .damages_p = 650000, OK };
    cd_scheme_result_t out;
    cd_scheme_t s = uplift();

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_err_t *err = cd_scheme_compute(&out, &rows[i].scheme, &in, *state);
        ROW_CHECK(err && err->code == CD_E_CONFIG, i, "refused");
        ROW_CHECK(strstr(err->public_text, rows[i].member) != NULL, i, err->public_text);
    }
    s.cap_p = 5;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    s = uplift();
    s.may_exceed_basis = CD_NO;
    assert_int_equal(cd_scheme_compute(&out, &s, &in, *state)->code, CD_E_CONFIG);
    in.severity = 4;
    assert_int_equal(cd_scheme_compute(&out, &(cd_scheme_t)L9_OF, &in, *state)->code, CD_E_RANGE);
}

static void material(void **state)
{
    static const struct { const char *code; int offences, full, contract; } rows[] = {
        { "E01", 0, 0, 0 }, { "E02", 1, 1, 1 }, { "E06", 1, 1, 1 }, { "E07", 1, 1, 1 }, { "E08", 0,
          1, 1 },
        { "E12", 0, 1, 1 }, { "E13", 0, 0, 0 }, { "C01", 0, 0, 1 }, { "C02", 0, 0, 1 }, { "C03", 0,
          0, 0 },
        { "E2", 0, 0, 0 }, { "", 0, 0, 0 }, { NULL, 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ROW_CHECK(cd_material_rule(CD_MAT_OFFENCES, rows[i].code) == rows[i].offences, i,
                  "offences");
        ROW_CHECK(cd_material_rule(CD_MAT_FULL, rows[i].code) == rows[i].full, i, "full");
        ROW_CHECK(cd_material_rule(CD_MAT_FULL_CONTRACT, rows[i].code) == rows[i].contract, i,
                  "contract");
    }
}

static void windows(void **state)
{
    static const struct { int window; const char *on, *want; } rows[] = {
        { CD_WIN_FINANCIAL_YEAR, "2024-02-29", "2023-04-01" }, { CD_WIN_FINANCIAL_YEAR,
          "2026-12-31", "2026-04-01" },
        { CD_WIN_ROLLING_12, "2026-03-31", "2025-04-01" }, { CD_WIN_ROLLING_12, "2024-03-01",
          "2023-03-02" },
        { CD_WIN_ROLLING_12, "2025-03-01", "2024-03-02" }, { CD_WIN_FINANCIAL_YEAR, "2026-03-31",
          "2025-04-01" }, { CD_WIN_FINANCIAL_YEAR, "2026-04-01", "2026-04-01" },
        { CD_WIN_ROLLING_12, "2026-11-24", "2025-11-25" }, { CD_WIN_ROLLING_12, "2024-02-29",
          "2023-03-01" },
        { CD_WIN_ROLLING_12, "2025-02-28", "2024-02-29" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_window_start(rows[i].window, cd_date_parse(rows[i].on))
                      == cd_date_parse(rows[i].want),
                  i, rows[i].on);
    assert_int_equal(cd_window_start(CD_WIN_ALL, cd_date_parse("2026-11-24")), CD_NO_DATE);
}

static cd_err_t *read_text(cd_scheme_t **out, const char *text, apr_pool_t *pool)
{
    json_t *json;

    assert_null(cd_json_read(&json, text, strlen(text), pool));
    return cd_scheme_read(out, json, pool);
}

#define NO_UNIT "\"code\":\"L1\",\"version\":1,\"title\":\"T\",\"basis\":\"D\"," \
    "\"material\":\"FULL\",\"window\":\"ALL\",\"authority\":\"A\""
#define HEAD NO_UNIT ",\"breach_unit\":\"CLAIM\""

static void files(void **state)
{
    static const struct { const char *text, *problem; } rows[] = {
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1000000}", NULL },
        { "{" HEAD ",\"formula\":\"L1\"}", "fixed_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3\"}", "steps_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3\",\"steps_p\":[]}", "steps_p must be a list of 1 to 8 sums "
          "in whole pence" },
        { "{" HEAD ",\"formula\":\"L3\",\"steps_p\":[1,2,3,4,5,6,7,8,9]}",
          "steps_p must be a list of 1 to 8 sums in whole pence" },
        { "{" HEAD ",\"formula\":\"L44\"}", "formula must be one of the words of its list" },
        { "{" HEAD ",\"formula\":\"L4\"}", "bp must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3B\"}", "fixed_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3B\",\"fixed_p\":1}", "step_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L5\",\"bp\":1}", "basis must be T" },
        { "{" HEAD ",\"formula\":\"L7\"}", "bp must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L7\",\"bp\":1}", "window must be FINANCIAL_YEAR" },
        { "{" HEAD ",\"formula\":\"L7\",\"bp\":1}", "may_exceed_basis must be true" },
        { "{" HEAD ",\"formula\":\"L8\"}", "excess_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L8B\"}", "bp must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L9\"}", "matrix_bp must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L9\",\"matrix_bp\":{\"OFFENCE\":{},\"DUTY\":{},"
                   "\"CONTRACT\":{}}}",
          "matrix_bp must be complete: CONTRACT must have LATE, PARTIAL and NONE" },
        { "{" HEAD ",\"formula\":\"L4\",\"bp\":1000,\"one_sum_per\":\"INCIDENT\"}",
          "one_sum_per must be CLAIM" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"one_sum_per\":\"RULE\"}",
          "one_sum_per must be CLAIM or INCIDENT" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"authorities\":{\"basis\":\"\"}}",
          "that of basis is none, or empty" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1.5}", "fixed_p must be whole pence from 0 to "
          "1000000000000" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":-1}", "fixed_p must be whole pence from 0 to "
          "1000000000000" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"fine_p\":5}",
          "fine_p is not a setting of a scheme: take it out" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"requires_damages\":\"yes\"}",
          "requires_damages must be true or false" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"from\":\"2026-02-30\"}",
          "from must be a date like 2026-04-01" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"floor_p\":2,\"cap_p\":1}",
          "floor_p must not be above cap_p" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"shadow_of\":\"L2\"}",
          "shadow_of is for formula L0, and names another formula" },
        { "{" NO_UNIT ",\"breach_unit\":\"INCIDENT\",\"formula\":\"L1\",\"fixed_p\":1}", NULL },
        { "{" NO_UNIT ",\"breach_unit\":\"RULE\",\"formula\":\"L3\",\"steps_p\":[1]}", NULL },
        { "{\"formula\":\"L2\",\"fixed_p\":1}", "code must be given; version must be given" },
        { "[]", "a scheme file is one JSON object" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_scheme_t *scheme = NULL;
        cd_err_t *err = read_text(&scheme, rows[i].text, *state);
        ROW_CHECK(!err == !rows[i].problem, i, rows[i].text);
        if (err && !strstr(err->public_text, rows[i].problem))
            fail_msg("row %d: %s", (int)i, err->public_text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(worked_examples), POOL_TEST(every_formula), POOL_TEST(contribution),
        POOL_TEST(contribution_words), POOL_TEST(contradictions), POOL_TEST(limits),
                  POOL_TEST(bases), POOL_TEST(working), POOL_TEST(refused),
        POOL_TEST(material), POOL_TEST(windows), POOL_TEST(files),
    };

    return cmocka_run_group_tests_name("scheme", tests, NULL, NULL);
}

/* test_scheme.c: L0 to L3 with the worked examples of the domain reference (c), every line of the working, and the
 * scheme file. Sums are test data. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/field.h"
#include "domain/scheme.h"

#define K 100000                    /* a thousand pounds, in pence */
#define M APR_INT64_C(100000000)    /* a million */

static cd_scheme_t scheme_of(int formula)
{
    cd_scheme_t s = { .code = "T", .version = 1, .title = "Test", .formula = formula, .basis = CD_BASIS_D,
        .requires_damages = CD_YES, .fixed_p = 10 * K, .steps_p = { 10 * K, 20 * K, 30 * K }, .step_count = 3,
        .material = CD_MAT_FULL, .window = CD_WIN_ALL, .breach_unit = CD_UNIT_CLAIM, .authority = "Test" };

    if (formula == CD_L2_FIXED_IRRESPECTIVE || formula == CD_L3_FIXED_RISING)
        s.may_exceed_basis = CD_YES;
    return s;
}

static void worked_examples(void **state)
{
    static const struct { int formula, capped, n; apr_int64_t damages, want; int exceeds; const char *why; } rows[] = {
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 650000, 650000, 0, "L1: F 10,000, D 6,500 -> 6,500" },
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 25 * K, 10 * K, 0, "L1: D 25,000 -> 10,000" },
        { CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, 1, 12 * M / 10, 10 * K, 0, "L1: D 1.2 m -> 10,000" },
        { CD_L2_FIXED_IRRESPECTIVE, 0, 1, 650000, 10 * K, 1, "L2: D 6,500 -> 10,000, more than the damages" },
        { CD_L2_FIXED_IRRESPECTIVE, 0, 1, 0, 0, 0, "L2: D 0 -> 0, damages are required" },
        { CD_L3_FIXED_RISING, 0, 1, M, 10 * K, 0, "L3: n = 1" }, { CD_L3_FIXED_RISING, 0, 2, M, 20 * K, 0, "L3: n = 2" },
        { CD_L3_FIXED_RISING, 0, 3, M, 30 * K, 0, "L3: n = 3" }, { CD_L3_FIXED_RISING, 0, 7, M, 30 * K, 0, "L3: n = 7" },
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
        ROW_CHECK(out.indicated_p == rows[i].want && out.exceeds_basis == rows[i].exceeds, i, rows[i].why);
        assert_int_equal(out.would_be_p, out.indicated_p);
        /* the same under L0 asks for nothing, and says what it would have been */
        cd_scheme_t shadow = s;
        shadow.formula = CD_L0_SHADOW;
        shadow.shadow_of = s.formula;
        assert_null(cd_scheme_compute(&out, &shadow, &in, *state));
        ROW_CHECK(out.indicated_p == 0 && out.would_be_p == rows[i].want, i, "L0");
    }
}

static void limits(void **state)
{
    static const struct { apr_int64_t floor, cap, damages; int may_exceed; apr_int64_t want; const char *why; } rows[] = {
        { 12 * K, 0, 25 * K, CD_NO, 12 * K, "floor lifts" }, { 12 * K, 0, 11 * K, CD_NO, 11 * K, "and the basis holds it" },
        { 12 * K, 0, 11 * K, CD_YES, 12 * K, "unless it may exceed" }, { 0, 9 * K, 25 * K, CD_NO, 9 * K, "cap" },
        { 9 * K, 9 * K, 25 * K, CD_NO, 9 * K, "floor and cap alike" }, { 1, 20 * K, 25 * K, CD_NO, 10 * K, "no change" },
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
        { CD_BASIS_D, CD_NO, 20 * K }, { CD_BASIS_DC, CD_NO, 47 * K + 38000 }, { CD_BASIS_T, CD_NO, 52 * K + 38000 },
        { CD_BASIS_D, CD_YES, 120 * K }, { CD_BASIS_T, CD_YES, 152 * K + 38000 }, { 0, CD_UNSAID, 20 * K },
    };
    cd_scheme_input_t in = { .damages_p = 20 * K, .ppo_capital_p = 100 * K, .claimant_costs_p = 27 * K + 38000,
                             .defence_costs_p = 5 * K, .succeeded = 1, .breach_number = 1 };

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
        { "Trust’s share of damages finally payable", 650000, 0 }, { "Fixed sum of the scheme", 10 * K, 0 },
        { "At most the trust’s share of damages", 650000, 0 }, { "At least the floor, £1,000.00", 650000, 1 },
        { "At most the cap, £100,000.00", 650000, 1 }, { "At most the basis", 650000, 1 },
    };

    s.floor_p = 1 * K;
    s.cap_p = 100 * K;
    assert_null(cd_scheme_compute(&out, &s, &in, *state));
    assert_int_equal(out.line_count, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(out.lines[i].text, rows[i].text);
        ROW_CHECK(out.lines[i].amount_p == rows[i].amount && out.lines[i].no_change == rows[i].no_change, i, rows[i].text);
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
}

static void material(void **state)
{
    static const struct { const char *code; int offences, full, contract; } rows[] = {
        { "E01", 0, 0, 0 }, { "E02", 1, 1, 1 }, { "E06", 1, 1, 1 }, { "E07", 1, 1, 1 }, { "E08", 0, 1, 1 },
        { "E12", 0, 1, 1 }, { "E13", 0, 0, 0 }, { "C01", 0, 0, 1 }, { "C02", 0, 0, 1 }, { "C03", 0, 0, 0 },
        { "E2", 0, 0, 0 }, { "", 0, 0, 0 }, { NULL, 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ROW_CHECK(cd_material_rule(CD_MAT_OFFENCES, rows[i].code) == rows[i].offences, i, "offences");
        ROW_CHECK(cd_material_rule(CD_MAT_FULL, rows[i].code) == rows[i].full, i, "full");
        ROW_CHECK(cd_material_rule(CD_MAT_FULL_CONTRACT, rows[i].code) == rows[i].contract, i, "contract");
    }
}

static void windows(void **state)
{
    static const struct { int window; const char *on, *want; } rows[] = {
        { CD_WIN_FINANCIAL_YEAR, "2026-03-31", "2025-04-01" }, { CD_WIN_FINANCIAL_YEAR, "2026-04-01", "2026-04-01" },
        { CD_WIN_ROLLING_12, "2026-11-24", "2025-11-25" }, { CD_WIN_ROLLING_12, "2024-02-29", "2023-03-01" },
        { CD_WIN_ROLLING_12, "2025-02-28", "2024-02-29" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_window_start(rows[i].window, cd_date_parse(rows[i].on)) == cd_date_parse(rows[i].want), i, rows[i].on);
    assert_int_equal(cd_window_start(CD_WIN_ALL, cd_date_parse("2026-11-24")), CD_NO_DATE);
}

static cd_err_t *read_text(cd_scheme_t **out, const char *text, apr_pool_t *pool)
{
    json_t *json;

    assert_null(cd_json_read(&json, text, strlen(text), pool));
    return cd_scheme_read(out, json, pool);
}

#define NO_UNIT "\"code\":\"L1\",\"version\":1,\"title\":\"T\",\"basis\":\"D\",\"material\":\"FULL\",\"window\":\"ALL\"," \
    "\"authority\":\"A\""
#define HEAD NO_UNIT ",\"breach_unit\":\"CLAIM\""
#define UNIT_PROBLEM "breach_unit must be CLAIM: only CLAIM is counted in this version"

static void files(void **state)
{
    static const struct { const char *text, *problem; } rows[] = {
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1000000}", NULL },
        { "{" HEAD ",\"formula\":\"L1\"}", "fixed_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3\"}", "steps_p must be given for this formula" },
        { "{" HEAD ",\"formula\":\"L3\",\"steps_p\":[]}", "steps_p must be a list of 1 to 8 sums in whole pence" },
        { "{" HEAD ",\"formula\":\"L3\",\"steps_p\":[1,2,3,4,5,6,7,8,9]}",
          "steps_p must be a list of 1 to 8 sums in whole pence" },
        { "{" HEAD ",\"formula\":\"L4\"}", "formula must be one of the words of its list" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1.5}", "fixed_p must be whole pence from 0 to 1000000000000" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":-1}", "fixed_p must be whole pence from 0 to 1000000000000" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"fine_p\":5}",
          "fine_p is not a setting of a scheme: take it out" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"requires_damages\":\"yes\"}",
          "requires_damages must be true or false" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"from\":\"2026-02-30\"}", "from must be a date like 2026-04-01" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"floor_p\":2,\"cap_p\":1}", "floor_p must not be above cap_p" },
        { "{" HEAD ",\"formula\":\"L1\",\"fixed_p\":1,\"shadow_of\":\"L2\"}",
          "shadow_of is for formula L0, and names another formula" },
        { "{" NO_UNIT ",\"breach_unit\":\"INCIDENT\",\"formula\":\"L1\",\"fixed_p\":1}", UNIT_PROBLEM },
        { "{" NO_UNIT ",\"breach_unit\":\"RULE\",\"formula\":\"L1\",\"fixed_p\":1}", UNIT_PROBLEM },
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

/* The example schemes that are shipped: read, written and read again give the same bytes. */
static void shipped(void **state)
{
    static const char *const names[] = { "L0", "L1", "L2", "L3" };

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *path = apr_pstrcat(*state, getenv("CANDOUR_SRCDIR"), "/conf/schemes/", names[i], ".json", NULL);
        char *text = apr_pcalloc(*state, 16384);
        FILE *file = fopen(path, "rb");
        cd_scheme_t *one, *two;
        cd_jsonw_t w;
        if (!file)
            fail_msg("%s is not there", path);
        assert_true(fread(text, 1, 16383, file) > 0);
        fclose(file);
        assert_null(read_text(&one, text, *state));
        assert_string_equal(one->code, names[i]);
        assert_string_equal(cd_token_word(cd_formulas, one->formula), names[i]);
        assert_true(strlen(one->authority) > 40);
        cd_buf_t *first = cd_buf_make(*state, 1024), *second = cd_buf_make(*state, 1024);
        cd_jsonw_init(&w, first, 0);
        cd_scheme_write(&w, one);
        assert_null(read_text(&two, first->data, *state));
        cd_jsonw_init(&w, second, 0);
        cd_scheme_write(&w, two);
        assert_string_equal(first->data, second->data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(worked_examples), POOL_TEST(limits), POOL_TEST(bases), POOL_TEST(working), POOL_TEST(refused),
        POOL_TEST(material), POOL_TEST(windows), POOL_TEST(files), POOL_TEST(shipped),
    };

    return cmocka_run_group_tests_name("scheme", tests, NULL, NULL);
}

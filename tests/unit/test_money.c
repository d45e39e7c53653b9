/* test_money.c: percentages, sums, and money as people type and read it. */
#include "unit.h"

#include "base/money.h"

#define MAX_P CD_PENCE_MAX

static void percentages(void **state)
{
    static const struct { apr_int64_t amount_p, bp, want; int ok; const char *why; } rows[] = {
        { 333335, 1250, 41667, 1, "12.5 % of 333335 is 41666.875" },
        { 1, 5000, 1, 1, "a half goes up" }, { 1, 4999, 0, 1, "under a half goes down" },
        { 3, 5000, 2, 1, "1.5 goes up" }, { -1, 5000, -1, 1, "away from zero" },
        { -1, 4999, 0, 1, "towards zero" }, { -3, 5000, -2, 1, "-1.5" },
        { 0, 10000, 0, 1, "nothing" }, { 12345, 10000, 12345, 1, "the whole" },
        { 12345, 0, 0, 1, "none of it" },
        { MAX_P, 10000, MAX_P, 1, "10^12 x 10^4" },
        { -MAX_P, 10000, -MAX_P, 1, "its negative" },
        { MAX_P, 1000000, MAX_P * 100, 1, "10^12 x 10^6" },
        { MAX_P + 1, 1, 0, 0, "past 10^12" }, { -MAX_P - 1, 1, 0, 0, "past -10^12" },
        { APR_INT64_MAX, 10000, 0, 0, "largest" }, { APR_INT64_MIN, 10000, 0, 0, "smallest" },
        { 1, -1, 0, 0, "negative rate" }, { 1, 1000001, 0, 0, "past 10,000 %" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        apr_int64_t got = 77;
        cd_err_t *err = cd_pct(&got, rows[i].amount_p, rows[i].bp, *state);

        ROW_CHECK((!err) == (rows[i].ok), i, rows[i].why);
        ROW_CHECK(!err || err->code == CD_E_RANGE, i, rows[i].why);
        ROW_CHECK(got == rows[i].want, i, rows[i].why);
    }
}

static void sums(void **state)
{
    const apr_int64_t most = APR_INT64_C(1000000000000000);
    apr_int64_t got;

    assert_null(cd_pence_add(&got, 2, -5, *state));
    assert_true(got == -3);
    assert_null(cd_pence_add(&got, most - 1, 1, *state));
    assert_true(got == most);
    assert_int_equal(cd_pence_add(&got, most, 1, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_pence_add(&got, -most, -1, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_pence_add(&got, APR_INT64_MAX, 1, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_pence_add(&got, APR_INT64_MIN, -1, *state)->code, CD_E_RANGE);
}

static void money_as_typed(void **state)
{
    static const struct { const char *typed; apr_int64_t want; const char *why; } rows[] = {
        { "1,234.50", 123450, "commas and pence" }, { "\xc2\xa3" "1234.5", 123450, "pound sign" },
        { "1234", 123400, "whole pounds" }, { " \xc2\xa3 12 ", 1200, "blanks" },
        { "0", 0, "nothing" }, { "0.01", 1, "a penny" }, { "1,234,567.89", 123456789, "millions" },
        { "10000000000", MAX_P, "the most" }, { "10,000,000,000.00", MAX_P, "the most, spelt out" },
        { "10000000000.01", -1, "a penny more" }, { "10000000001", -1, "a pound more" },
        { "99999999999999999999999999", -1, "far too many digits" },
        { "1,23", -1, "group of two" }, { "1234,567", -1, "first group of four" },
        { ",123", -1, "nothing before the comma" }, { "1,,234", -1, "two commas" },
        { "1,234,", -1, "comma last" }, { "1,2345", -1, "group of four" },
        { "1.234", -1, "three decimals" }, { "1.", -1, "dot last" }, { ".5", -1, "dot first" },
        { "1.2.3", -1, "two dots" }, { "-1", -1, "negative" }, { "+1", -1, "sign" },
        { "1e3", -1, "exponent" }, { "0x10", -1, "hexadecimal" }, { "", -1, "empty" },
        { "\xc2\xa3", -1, "only the sign" }, { "\xc2", -1, "half a sign" }, { NULL, -1, "absent" },
        { "12 34", -1, "two numbers" }, { "\xe2\x82\xac" "5", -1, "euros" }, { "5p", -1, "a unit" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        apr_int64_t got = 77;
        int ok = cd_pence_parse(&got, rows[i].typed);

        ROW_CHECK(ok == (rows[i].want >= 0), i, rows[i].why);
        ROW_CHECK(got == (ok ? rows[i].want : 0), i, rows[i].why);
    }
}

static void money_in_words(void **state)
{
    static const struct { apr_int64_t p; const char *words, *plain; } rows[] = {
        { 0, "\xc2\xa3" "0.00", "0.00" }, { 5, "\xc2\xa3" "0.05", "0.05" },
        { 99999, "\xc2\xa3" "999.99", "999.99" }, { 100000, "\xc2\xa3" "1,000.00", "1000.00" },
        { 123450, "\xc2\xa3" "1,234.50", "1234.50" },
        { -123456789, "\xe2\x88\x92\xc2\xa3" "1,234,567.89", "-1234567.89" },
        { -1, "\xe2\x88\x92\xc2\xa3" "0.01", "-0.01" },
        { APR_INT64_MIN, "\xe2\x88\x92\xc2\xa3" "92,233,720,368,547,758.08",
          "-92233720368547758.08" },
    };
    apr_int64_t again;
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(cd_pence_words(rows[i].p, *state), rows[i].words);
        assert_string_equal(cd_pence_plain(rows[i].p, *state), rows[i].plain);
        if (rows[i].p >= 0) {
            assert_true(cd_pence_parse(&again, rows[i].words) && again == rows[i].p);
            assert_true(cd_pence_parse(&again, rows[i].plain) && again == rows[i].p);
        }
    }
}

static void rates(void **state)
{
    static const struct { const char *typed; apr_int64_t want; } rows[] = {
        { "70", 7000 }, { "70.5", 7050 }, { "70.25 %", 7025 }, { "70.25%", 7025 }, { "0", 0 },
        { "33.33", 3333 }, { " 100 % ", 10000 }, { "10000", 1000000 }, { "10000.01", -1 },
        { "70.255", -1 }, { "%", -1 }, { "70%%", -1 }, { "-5", -1 }, { "", -1 }, { NULL, -1 },
        { "7o", -1 }, { "99999999999999999999", -1 },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        apr_int64_t got;
        int ok = cd_bp_parse(&got, rows[i].typed);

        ROW_CHECK(ok == (rows[i].want >= 0), i, rows[i].typed ? rows[i].typed : "NULL");
        ROW_CHECK(got == (ok ? rows[i].want : 0), i, rows[i].typed ? rows[i].typed : "NULL");
    }
    assert_string_equal(cd_bp_words(7000, *state), "70.00%");
    assert_string_equal(cd_bp_words(5, *state), "0.05%");
    assert_string_equal(cd_bp_words(-1250, *state), "\xe2\x88\x92" "12.50%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(percentages), POOL_TEST(sums), POOL_TEST(money_as_typed),
        POOL_TEST(money_in_words), POOL_TEST(rates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

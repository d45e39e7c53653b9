/* test_impact.c: why another version of a scheme gives another sum, in words; and bins of the
 * histogram. */
#include "unit.h"

#include "domain/impact.h"
#include "flag_dice.h"

static cd_scheme_t l4(int bp, apr_int64_t cap_p, apr_int64_t floor_p)
{
    return (cd_scheme_t){ .code = "L4",
                          .version = 1,
                          .formula = CD_L4_PERCENT_OF_DAMAGES,
                          .basis = CD_BASIS_D,
                          .bp = bp,
                          .cap_p = cap_p,
                          .floor_p = floor_p,
                          .material = CD_MAT_FULL,
                          .window = CD_WIN_ALL,
                          .breach_unit = CD_UNIT_CLAIM };
}

/* A claim with a breach, under both. */
static const char *why(cd_scheme_t before, cd_scheme_t after, apr_int64_t damages_p,
                       apr_pool_t *pool)
{
    const cd_scheme_input_t in = { .damages_p = damages_p, .succeeded = 1, .breach_number = 2 };
    cd_flag_outcome_t old = { .state = CD_FLAG_BREACH_INDICATED },
                      new = { .state = CD_FLAG_BREACH_INDICATED };
    cd_impact_t impact;

    assert_null(cd_scheme_compute(&old.sum, &before, &in, pool));
    assert_null(cd_scheme_compute(&new.sum, &after, &in, pool));
    old.indicated_p = old.sum.indicated_p;
    new.indicated_p = new.sum.indicated_p;
    cd_impact_make(&impact, &before, &after, pool);
    assert_int_equal(cd_impact_differs(&old, &new), old.indicated_p != new.indicated_p);
    return cd_impact_why(&impact, &old, &new, pool);
}

static void in_words(void **state)
{
    apr_pool_t *pool = *state;
    const cd_scheme_t old = l4(1000, 10000000, 100000), new = l4(1250, 7500000, 50000);
    cd_scheme_t fixed = l4(0, 0, 0), rising;

    assert_string_equal(why(old, new, 100000000, pool),
                        "Percentage rises to 12.50%, cap falls to £75,000.00");
    assert_string_equal(why(old, new, 40000000, pool), "Percentage rises to 12.50%");
    assert_string_equal(why(old, new, 487600, pool),
                        "Percentage rises to 12.50%, floor falls to £500.00");
    assert_string_equal(why(old, l4(1000, 7500000, 100000), 100000000, pool),
                        "Cap falls to £75,000.00");
    assert_string_equal(why(l4(1000, 0, 0), l4(1000, 7500000, 0), 100000000, pool),
                        "New cap of £75,000.00");
    assert_string_equal(why(l4(1000, 7500000, 0), l4(1000, 0, 0), 100000000, pool),
                        "Cap falls away");
    fixed.formula = CD_L2_FIXED_IRRESPECTIVE;
    fixed.fixed_p = 500000;
    assert_non_null(strstr(why(old, fixed, 100000000, pool), "Formula: "));
    rising = fixed;
    rising.fixed_p = 700000;
    assert_string_equal(why(fixed, rising, 100000000, pool), "Fixed amount rises to £7,000.00");
}

/* Limits that take hold under neither, days and second persons, say nothing. */
static void not_told(void **state)
{
    apr_pool_t *pool = *state;
    cd_scheme_t old = l4(1000, 10000000, 0), new = l4(2000, 9000000, 0);

    new.evidence_days_wd = 5;
    new.confirm_above_p = 100;
    assert_string_equal(why(old, new, 1000000, pool), "Percentage rises to 20.00%");
}

/* Whatever differs, something is said of it, and it fits its column. */
static void always_said(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    apr_pool_t *pool;
    int told = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < 300; number++) {
        apr_pool_clear(pool);
        int count = every_scheme(schemes, number);
        cd_flag_input_t in = random_input(number, &schemes[0], pool);
        const cd_flag_brief_t *brief = cd_flag_brief_of(&in, pool);
        for (int i = 0; i + 1 < count; i++) {
            cd_flag_outcome_t old, new;
            cd_impact_t impact;
            assert_null(cd_flag_brief_compute(&old, brief, &schemes[i], 1, in.as_at, pool));
            assert_null(cd_flag_brief_compute(&new, brief, &schemes[i + 1], 1, in.as_at, pool));
            cd_impact_make(&impact, &schemes[i], &schemes[i + 1], pool);
            if (!cd_impact_differs(&old, &new))
                continue;
            const char *text = cd_impact_why(&impact, &old, &new, pool);
            assert_true(strlen(text) > 5 && strlen(text) <= 280);
            told++;
        }
    }
    apr_pool_destroy(pool);
    assert_true(told > 100);
}

static void bins(void **state)
{
    static const struct { apr_int64_t by; int bin; } rows[] = {
        { 0, 4 }, { 1, 5 }, { 100000, 5 }, { 100001, 6 }, { 1000000, 6 }, { 1000001, 7 },
          { 10000000, 7 }, { 10000001, 8 },
        { APR_INT64_C(1000000000000), 8 }
    };

    (void)state;
    for (apr_size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(cd_impact_bin(0, rows[i].by), rows[i].bin);
        assert_int_equal(cd_impact_bin(rows[i].by, 0), 8 - rows[i].bin);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(in_words), POOL_TEST(not_told), POOL_TEST(always_said), POOL_TEST(bins)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_breach.c: which breach a decision was, as the others stand now. */
#include "unit/unit.h"

#include "domain/breach.h"
#include "domain/liability.h"

static cd_instant_t at(int year, int month, int day)
{
    return (cd_instant_t)(cd_date_make(year, month, day) - cd_date_make(1970, 1, 1))
               * apr_time_from_sec(86400)
           + apr_time_from_sec(43200);
}

static cd_breach_t breach(apr_int64_t claim_id, cd_instant_t decided_at)
{
    cd_breach_t one = { .claim_id = claim_id,
                        .seq = 1,
                        .outcome = CD_DEC_PART,
                        .standing = CD_STAND_STANDS,
                        .amount_p = 100,
                        .units = 1,
                        .decided_at = decided_at };
    return one;
}

static void quashed_ones_leave_the_count(void **state)
{
    cd_breach_t all[] = { breach(1, at(2026, 5, 1)), breach(2, at(2026, 6, 1)),
                          breach(3, at(2026, 7, 1)) };

    (void)state;
    assert_int_equal(cd_breach_number(all, 3, 0, 0), 1);
    assert_int_equal(cd_breach_number(all, 3, 2, 0), 3);
    all[0].standing = CD_STAND_QUASHED;
    assert_int_equal(cd_breach_number(all, 3, 1, 0), 1);
    assert_int_equal(cd_breach_number(all, 3, 2, 0), 2);
    all[0].standing = CD_STAND_VARIED;
    assert_int_equal(cd_breach_number(all, 3, 2, 0), 3);
    all[0].amount_p = 0;
    assert_int_equal(cd_breach_number(all, 3, 2, 0), 2);
}

static void what_counts(void **state)
{
    static const struct { int outcome, standing, counts; apr_int64_t amount_p; } table[] = {
        { CD_DEC_NONE, CD_STAND_STANDS, 0, 0 },     { CD_DEC_PART, CD_STAND_STANDS, 1, 100 },
        { CD_DEC_FULL, CD_STAND_STANDS, 1, 100 },   { CD_DEC_FULL, CD_STAND_PROPOSED, 0, 100 },
        { CD_DEC_FULL, CD_STAND_RETURNED, 0, 100 }, { CD_DEC_FULL, CD_STAND_REPLACED, 0, 100 },
        { CD_DEC_FULL, CD_STAND_QUASHED, 0, 0 },    { CD_DEC_FULL, CD_STAND_VARIED, 1, 1 },
        { CD_DEC_FULL, CD_STAND_VARIED, 0, 0 },     { CD_DEC_NONE, CD_STAND_VARIED, 1, 250000 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        cd_breach_t one = breach(1, 1);
        one.outcome = table[i].outcome;
        one.standing = table[i].standing;
        one.amount_p = table[i].amount_p;
        ROW_CHECK(cd_breach_counts(&one) == table[i].counts, i, "counts");
    }
}

/* Windows: 1 April, and twelve months that begin on 29 February. */
static void windows(void **state)
{
    cd_breach_t all[] = { breach(1, at(2028, 2, 28)), breach(2, at(2028, 2, 29)),
                          breach(3, at(2028, 3, 31)), breach(4, at(2028, 4, 1)),
                          breach(5, at(2029, 2, 1)) };

    (void)state;
    assert_int_equal(cd_breach_number(all, 5, 4, cd_date_make(2028, 4, 1)), 2);
    assert_int_equal(cd_breach_number(all, 5, 4, cd_date_make(2028, 2, 29)), 4);
    assert_int_equal(cd_breach_number(all, 5, 3, cd_date_make(2028, 4, 1)), 1);
}

static void ties_and_units(void **state)
{
    cd_breach_t all[] = { breach(7, at(2026, 5, 1)), breach(3, at(2026, 5, 1)),
                          breach(3, at(2026, 5, 2)) };

    (void)state;
    all[0].units = 4;
    all[1].units = 2;
    assert_int_equal(cd_breach_number(all, 3, 0, 0), 6);     /* claim 3 comes before claim 7 */
    assert_int_equal(cd_breach_number(all, 3, 1, 0), 2);
    /* its own claim's earlier one is not another breach */
    all[2].seq = 2;
    assert_int_equal(cd_breach_number(all, 3, 2, 0), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quashed_ones_leave_the_count), cmocka_unit_test(what_counts),
        cmocka_unit_test(windows),
        cmocka_unit_test(ties_and_units)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

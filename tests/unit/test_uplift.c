/* test_uplift.c: the sheet of a financial year under L7: which decisions are of the year, what each
 * added, the limit, what a review took away, and a year without a contribution. */
#include "unit/unit.h"

#include "domain/liability.h"
#include "domain/uplift.h"

static cd_scheme_t l7 = { .code = "L7",
                          .formula = CD_L7_CONTRIBUTION_UPLIFT,
                          .bp = 25,
                          .most_breaches = 4,
                          .authorities = { { "bp", "Consultation 2015, option 4" } },
                          .authority_count = 1 };
static cd_scheme_t l1 = { .code = "L1", .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES };
#define CONTRIBUTION APR_INT64_C(2000000000)          /* 20 million pounds */
#define EACH APR_INT64_C(5000000)

/* An instant in UTC. */
static cd_instant_t at(int year, int month, int day, int hour, int minute)
{
    return (cd_instant_t)(cd_date_make(year, month, day) - cd_date_make(1970, 1, 1))
               * apr_time_from_sec(86400)
           + apr_time_from_sec(hour * 3600 + minute * 60);
}

static cd_uplift_row_t row(apr_int64_t claim_id, cd_instant_t decided_at)
{
    cd_uplift_row_t one = { .breach = { .claim_id = claim_id,
                                        .seq = 1,
                                        .outcome = CD_DEC_FULL,
                                        .standing = CD_STAND_STANDS,
                                        .amount_p = EACH,
                                        .units = 1,
                                        .decided_at = decided_at },
                            .scheme = &l7,
                            .most_p = EACH,
                            .decided_p = EACH,
                            .contribution_p = CONTRIBUTION };
    return one;
}

/* The worked example of the scheme: 20 million, 0.25 % each, n = 3, at most 4: 150,000. */
static void three_of_a_year(void **state)
{
    cd_uplift_row_t rows[] = { row(3, at(2026, 9, 1, 12, 0)), row(1, at(2026, 5, 1, 12, 0)),
                               row(2, at(2026, 6, 1, 12, 0)) };
    cd_uplift_t *sheet;
    int i;

    assert_null(cd_uplift_year(&sheet, 2026, CONTRIBUTION, rows, 3, *state));
    assert_int_equal(sheet->count, 3);
    assert_int_equal(sheet->breaches, 3);
    assert_int_equal(sheet->year_p, 15000000);
    assert_int_equal(sheet->cap_p, 20000000);
    assert_int_equal(sheet->asks_p, 15000000);
    assert_int_equal(sheet->left_p, 5000000);
    for (i = 0; i < 3; i++) {
        assert_int_equal(sheet->rows[i].breach.claim_id, i + 1);
        assert_int_equal(sheet->rows[i].n_now, i + 1);
        assert_int_equal(sheet->rows[i].now_p, EACH);
        assert_int_equal(sheet->rows[i].running_p, (i + 1) * EACH);
    }
    assert_string_equal(sheet->lines[0].text, "Trust’s contribution for the financial year");
    assert_string_equal(sheet->lines[2].text, "0.25% for each of 3, 0.75% of the contribution");
    assert_string_equal(sheet->lines[2].authority, "Consultation 2015, option 4");
    assert_int_equal(sheet->lines[2].amount_p, 15000000);
    assert_string_equal(sheet->lines[sheet->line_count - 1].text, "Left up to the limit");
}

/* 1 April begins a year, in London's time; 29 February is in the year before. */
static void days_of_a_year(void **state)
{
    static const struct { int year, month, day, hour, minute, financial; } days[] = {
        { 2026, 4, 1, 0, 0, 2026 }, { 2027, 3, 31, 12, 0, 2026 }, { 2027, 4, 1, 0, 0, 2027 },
        { 2026, 3, 31, 22, 59, 2025 },                       /* 23:59 in summer time */
        /* midnight of 1 April in summer time */
        { 2026, 3, 31, 23, 0, 2026 },
        { 2024, 3, 30, 23, 59, 2023 },                       /* the day before clocks go forward */
        { 2028, 2, 29, 12, 0, 2027 }, { 2027, 12, 31, 23, 59, 2027 }, { 2028, 1, 1, 0, 0, 2027 }
    };
    cd_date_t first, last;
    cd_uplift_t *sheet;
    unsigned i;

    for (i = 0; i < COUNT_OF(days); i++) {
        const cd_uplift_row_t one =
            row(1, at(days[i].year, days[i].month, days[i].day, days[i].hour, days[i].minute));

        assert_null(cd_uplift_year(&sheet, days[i].financial, CONTRIBUTION, &one, 1, *state));
        ROW_CHECK(sheet->count == 1, i, "in its year");
        assert_null(cd_uplift_year(&sheet, days[i].financial - 1, CONTRIBUTION, &one, 1, *state));
        ROW_CHECK(sheet->count == 0, i, "not in the one before");
        assert_null(cd_uplift_year(&sheet, days[i].financial + 1, CONTRIBUTION, &one, 1, *state));
        ROW_CHECK(sheet->count == 0, i, "not in the one after");
    }
    cd_financial_days(&first, &last, 2027);
    assert_int_equal(first, cd_date_make(2027, 4, 1));
    assert_int_equal(last, cd_date_make(2028, 3, 31));
    assert_int_equal(last - first + 1, 366);                 /* with 29 February 2028 */
}

/* A review, also one after the year's end, takes away from the year of the decision; the later
 * decision keeps its sum, and what it would add now is only said. */
static void taken_away_by_a_review(void **state)
{
    cd_uplift_row_t rows[] = { row(1, at(2026, 5, 1, 12, 0)), row(2, at(2027, 3, 31, 12, 0)),
                               row(3, at(2027, 4, 1, 12, 0)) };
    cd_uplift_t *sheet;

    /* in June 2027, say: the sheet knows no day of it */
    rows[0].breach.standing = CD_STAND_QUASHED;
    rows[0].breach.amount_p = 0;
    assert_null(cd_uplift_year(&sheet, 2026, CONTRIBUTION, rows, 3, *state));
    assert_int_equal(sheet->count, 2);
    assert_int_equal(sheet->breaches, 1);
    assert_int_equal(sheet->rows[0].counts, 0);
    assert_int_equal(sheet->rows[0].taken_p, EACH);
    assert_int_equal(sheet->rows[0].running_p, 0);
    assert_int_equal(sheet->rows[1].n_now, 1);
    assert_int_equal(sheet->rows[1].asks_p, EACH);
    assert_int_equal(sheet->taken_p, EACH);
    assert_int_equal(sheet->asks_p, EACH);
    assert_int_equal(sheet->year_p, EACH);
    assert_null(cd_uplift_year(&sheet, 2027, CONTRIBUTION, rows, 3, *state));
    assert_int_equal(sheet->count, 1);
    assert_int_equal(sheet->taken_p, 0);

    rows[0].breach.standing = CD_STAND_VARIED;               /* lowered: still a breach */
    rows[0].breach.amount_p = 2000000;
    assert_null(cd_uplift_year(&sheet, 2026, CONTRIBUTION, rows, 3, *state));
    assert_int_equal(sheet->taken_p, 3000000);
    assert_int_equal(sheet->asks_p, 7000000);
    assert_int_equal(sheet->breaches, 2);
    rows[0].breach.amount_p = 6000000;                       /* raised */
    assert_null(cd_uplift_year(&sheet, 2026, CONTRIBUTION, rows, 3, *state));
    assert_int_equal(sheet->taken_p, -1000000);
}

/* More breaches than count add nothing; what is proposed, sent back or replaced neither counts nor
 * asks; a decision under another scheme counts as a breach and adds nothing. */
static void limit_and_others(void **state)
{
    cd_uplift_row_t rows[8];
    cd_uplift_t *sheet;
    int i;

    for (i = 0; i < 8; i++)
        rows[i] = row(i + 1, at(2026, 5, i + 1, 12, 0));
    rows[4].breach.amount_p = rows[4].decided_p = rows[4].most_p = 0;
    rows[4].breach.outcome = CD_DEC_FULL;
    rows[5].breach.standing = CD_STAND_PROPOSED;
    rows[6].breach.standing = CD_STAND_REPLACED;
    rows[7].scheme = &l1;
    assert_null(cd_uplift_year(&sheet, 2026, CONTRIBUTION, rows, 8, *state));
    assert_int_equal(sheet->uplifts, 7);
    assert_int_equal(sheet->breaches, 6);
    assert_int_equal(sheet->year_p, 20000000);
    assert_int_equal(sheet->asks_p, 20000000);
    assert_int_equal(sheet->left_p, 0);
    assert_int_equal(sheet->rows[4].now_p, 0);               /* the fifth: four count */
    assert_int_equal(sheet->rows[4].n_now, 5);
    assert_int_equal(sheet->rows[5].counts + sheet->rows[6].counts, 0);
    assert_int_equal(sheet->rows[5].asks_p + sheet->rows[6].asks_p + sheet->rows[7].asks_p, 0);
    assert_int_equal(sheet->rows[6].taken_p, 0);             /* no review did that */
    assert_int_equal(sheet->rows[7].is_uplift, 0);
    assert_int_equal(sheet->rows[7].n_now, 6);
}

/* Sums of single decisions add up to the year's to the penny, whatever each rounding was. */
static void to_the_penny(void **state)
{
    cd_scheme_t odd = { .code = "L7", .formula = CD_L7_CONTRIBUTION_UPLIFT, .bp = 33 };
    cd_uplift_row_t rows[7];
    apr_int64_t sum_p = 0;
    cd_uplift_t *sheet;
    int i;

    for (i = 0; i < 7; i++) {
        rows[i] = row(i + 1, at(2026, 5, i + 1, 12, 0));
        rows[i].scheme = &odd;
    }
    assert_null(cd_uplift_year(&sheet, 2026, 1234567, rows, 7, *state));
    for (i = 0; i < 7; i++)
        sum_p += sheet->rows[i].now_p;
    assert_int_equal(sum_p, (1234567 * 33 * 7 + 5000) / 10000);
    assert_int_equal(sheet->year_p, sum_p);
    assert_int_equal(sheet->cap_p, 0);
    assert_int_equal(cd_uplift_year(&sheet, 2026, APR_INT64_C(1) << 60, rows, 7, *state)->code,
                     CD_E_RANGE);
}

static void no_contribution(void **state)
{
    const cd_uplift_row_t one = row(1, at(2026, 5, 1, 12, 0));
    cd_uplift_t *sheet;

    assert_null(cd_uplift_year(&sheet, 2026, 0, &one, 1, *state));
    assert_int_equal(sheet->known, 0);
    assert_int_equal(sheet->rows[0].now_known, 0);
    assert_int_equal(sheet->asks_p, EACH);
    assert_non_null(strstr(sheet->lines[0].text, "is not recorded"));
    assert_int_equal(sheet->lines[0].has_sum, 0);
    assert_null(cd_uplift_year(&sheet, 2025, 0, &one, 1, *state));
    assert_int_equal(sheet->line_count, 0);
    assert_null(sheet->scheme);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(three_of_a_year), POOL_TEST(days_of_a_year),
                                        POOL_TEST(taken_away_by_a_review),
                                                  POOL_TEST(limit_and_others),
                                        POOL_TEST(to_the_penny), POOL_TEST(no_contribution) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

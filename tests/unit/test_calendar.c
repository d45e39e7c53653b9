/* test_calendar.c: the shipped bank holidays, working days, and "within N months beginning with".
 */
#include "unit.h"

#include "domain/calendar.h"

static cd_calendar_t *calendar(cd_division_t division, apr_pool_t *pool)
{
    int count;
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    return cd_calendar_make(division, list, count, pool);
}

static void shipped_list(void **state)
{
    int count, per_division[4] = { 0 };
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    assert_true(count > 400);
    for (int i = 0; i < count; i++) {
        int year, month, day;
        cd_date_split(list[i].on, &year, &month, &day);
        /* the constant in the table is the day number that date.c gives */
        assert_int_equal(cd_date_make(year, month, day), list[i].on);
        assert_in_range(year, 2013, 2028);
        ROW_CHECK(cd_date_weekday(list[i].on) <= 5, i, cd_date_iso(list[i].on, *state));
        assert_non_null(list[i].title);
        per_division[list[i].division]++;
        if (i && list[i].division == list[i - 1].division)
            ROW_CHECK(list[i].on > list[i - 1].on, i, "rising, no doubles");
    }
    for (int division = 1; division <= 3; division++)
        assert_true(per_division[division] >= 16 * 8);
}

static void holidays(void **state)
{
    static const struct {
        cd_division_t division;
        const char *on;
        int holiday;
        const char *why;
    } rows[] = {
        { CD_DIV_ENGLAND_AND_WALES, "2013-01-01", 1, "first of the list" },
        { CD_DIV_ENGLAND_AND_WALES, "2020-05-04", 0, "moved in 2020" },
        { CD_DIV_ENGLAND_AND_WALES, "2020-05-08", 1, "moved to VE day" },
        { CD_DIV_SCOTLAND, "2020-05-08", 1, "in Scotland too" },
        { CD_DIV_NORTHERN_IRELAND, "2020-05-08", 1, "in Northern Ireland too" },
        { CD_DIV_ENGLAND_AND_WALES, "2022-05-30", 0, "spring holiday moved" },
        { CD_DIV_ENGLAND_AND_WALES, "2022-06-02", 1, "moved spring holiday" },
        { CD_DIV_ENGLAND_AND_WALES, "2022-06-03", 1, "Platinum Jubilee" },
        { CD_DIV_ENGLAND_AND_WALES, "2022-09-19", 1, "State Funeral" },
        { CD_DIV_SCOTLAND, "2022-09-19", 1, "State Funeral" },
        { CD_DIV_ENGLAND_AND_WALES, "2023-05-08", 1, "coronation" },
        { CD_DIV_SCOTLAND, "2026-06-15", 1, "World Cup, Scotland alone" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-06-15", 0, "not in England and Wales" },
        { CD_DIV_ENGLAND_AND_WALES, "2021-12-27", 1, "substitute for Christmas Day" },
        { CD_DIV_ENGLAND_AND_WALES, "2021-12-28", 1, "substitute for Boxing Day" },
        { CD_DIV_SCOTLAND, "2022-01-04", 1, "substitute for 2 January" },
        { CD_DIV_SCOTLAND, "2026-04-06", 0, "Easter Monday is none in Scotland" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-04-06", 1, "Easter Monday" },
        { CD_DIV_SCOTLAND, "2025-12-01", 1, "substitute for St Andrew's Day" },
        { CD_DIV_NORTHERN_IRELAND, "2025-07-14", 1, "substitute for 12 July" },
        { CD_DIV_NORTHERN_IRELAND, "2024-03-18", 1, "substitute for St Patrick's Day" },
        { CD_DIV_ENGLAND_AND_WALES, "2024-03-18", 0, "an ordinary Monday" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_working_day(calendar(rows[i].division, *state), cd_date_parse(rows[i].on))
                      == !rows[i].holiday,
                  i, rows[i].why);
}

static void added(void **state)
{
    static const struct {
        cd_division_t division;
        const char *from;
        int days;
        const char *want, *why;
    } rows[] = {
        { CD_DIV_ENGLAND_AND_WALES, "2026-03-27", 10, "2026-04-14",
          "domain reference 5.4: over Easter" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-03-28", 10, "2026-04-14",
          "domain reference 5.4: from a Saturday" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-04-01", 5, "2026-04-10", "domain reference 5.4" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-03-02", 30, "2026-04-15", "domain reference 5.4" },
        { CD_DIV_ENGLAND_AND_WALES, "2023-03-13", 10, "2023-03-27", "two plain weeks" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-10-28", 10, "2026-11-11",
          "contract date of the case screen" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-04-04", 0, "2026-04-04",
          "0 days gives the day, whatever it is" },
        { CD_DIV_ENGLAND_AND_WALES, "2026-12-24", 1, "2026-12-29",
          "Christmas, weekend, substitute" },
        { CD_DIV_SCOTLAND, "2026-03-27", 10, "2026-04-13", "no Easter Monday" },
        { CD_DIV_NORTHERN_IRELAND, "2026-03-16", 1, "2026-03-18", "St Patrick's Day" },
        { CD_DIV_ENGLAND_AND_WALES, "2028-12-20", 3, "2028-12-27", "to the end of the list" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_date_t got = 0;
        assert_null(cd_working_days_add(&got, cd_date_parse(rows[i].from), rows[i].days,
                                        calendar(rows[i].division, *state), *state));
        ROW_CHECK(got == cd_date_parse(rows[i].want), i, rows[i].why);
    }
}

static void past_the_list(void **state)
{
    const cd_calendar_t *cal = calendar(CD_DIV_ENGLAND_AND_WALES, *state);
    cd_date_t got = 77;
    int days = 77;
    cd_err_t *err = cd_working_days_add(&got, cd_date_parse("2028-12-20"), 30, cal, *state);

    assert_non_null(err);
    assert_int_equal(err->code, CD_E_RANGE);
    assert_non_null(strstr(err->public_text, "2029"));
    assert_int_equal(cd_working_days_add(&got, cd_date_parse("2012-12-20"), 3, cal, *state)->code,
                     CD_E_RANGE);
    assert_int_equal(cd_working_days_add(&got, cd_date_parse("2026-12-20"), -1, cal, *state)->code,
                     CD_E_RANGE);
    assert_int_equal(cd_working_days_add(&got, CD_NO_DATE, 1, cal, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_working_days_between(&days, cd_date_parse("2028-12-20"),
                                             cd_date_parse("2029-01-05"), cal, *state)
                         ->code,
                     CD_E_RANGE);
    assert_int_equal(got, 77);
    assert_int_equal(days, 77);
}

static void between(void **state)
{
    static const struct { const char *from, *to; int want; const char *why; } rows[] = {
        { "2023-03-13", "2023-06-06", 56, "the flag screen: aware to told" },
        { "2023-03-27", "2023-06-06", 46, "the flag screen: past the target" },
        { "2023-03-24", "2023-06-06", 47, "the flag screen: past the contract date" },
        { "2023-06-08", "2023-06-19", 7, "the flag screen: the note" },
        { "2016-07-31", "2016-10-01", 44, "published case, least" },
        { "2016-07-01", "2016-10-31", 85, "published case, most" },
        { "2015-04-17", "2015-12-09", 165, "published case, exact days" },
        { "2026-04-14", "2026-04-14", 0, "same day" }, { "2026-04-14", "2026-04-13", 0,
          "backwards" },
        { "2026-04-02", "2026-04-07", 1, "Good Friday, weekend, Easter Monday" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int got = -1;
        assert_null(cd_working_days_between(&got, cd_date_parse(rows[i].from),
                                            cd_date_parse(rows[i].to),
                                            calendar(CD_DIV_ENGLAND_AND_WALES, *state), *state));
        ROW_CHECK(got == rows[i].want, i, rows[i].why);
    }
}

/* Adding and counting are each other's inverse: for every start in two years and up to 40 days. */
static void inverse(void **state)
{
    const cd_calendar_t *cal = calendar(CD_DIV_ENGLAND_AND_WALES, *state);

    for (cd_date_t from = cd_date_parse("2021-11-01"); from <= cd_date_parse("2023-06-30"); from++)
        for (int days = 1; days <= 40; days += 3) {
            cd_date_t to = 0;
            int back = 0;
            assert_null(cd_working_days_add(&to, from, days, cal, *state));
            assert_true(cd_working_day(cal, to));
            assert_null(cd_working_days_between(&back, from, to, cal, *state));
            assert_int_equal(back, days);
        }
}

static void months(void **state)
{
    static const struct { const char *start; int months; const char *want, *why; } rows[] = {
        { "2026-01-15", 3, "2026-04-14", "domain reference 5.4" },
        { "2026-03-01", 3, "2026-05-31", "domain reference 5.4" },
        { "2026-11-30", 3, "2027-02-28", "domain reference 5.4: February has no 30th" },
        { "2023-11-30", 3, "2024-02-29", "in a leap year" }, { "2024-02-29", 12, "2025-02-28",
          "no 29 February" },
        { "2026-12-31", 1, "2027-01-30", "over the year" }, { "2026-12-31", 2, "2027-02-28",
          "no 31 February" },
        { "2026-01-31", 1, "2026-02-28", "end of January" }, { "2026-01-01", 12, "2026-12-31",
          "a year" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_months_last_day(cd_date_parse(rows[i].start), rows[i].months)
                      == cd_date_parse(rows[i].want),
                  i, rows[i].why);
}

static void any_order(void **state)
{
    static const cd_holiday_t list[] = {
        { CD_DIV_SCOTLAND, 739000, "c" }, { CD_DIV_ENGLAND_AND_WALES, 738900, "other" },
        { CD_DIV_SCOTLAND, 738000, "a" }, { CD_DIV_SCOTLAND, 739000, "twice" }, { CD_DIV_SCOTLAND,
          738500, "b" },
    };
    const cd_calendar_t *cal = cd_calendar_make(CD_DIV_SCOTLAND, list, (int)COUNT_OF(list), *state);

    assert_int_equal(cal->count, 3);
    assert_int_equal(cal->holidays[0], 738000);
    assert_int_equal(cal->holidays[1], 738500);
    assert_int_equal(cal->holidays[2], 739000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(shipped_list), POOL_TEST(holidays), POOL_TEST(added), POOL_TEST(past_the_list),
                  POOL_TEST(between),
        POOL_TEST(inverse), POOL_TEST(months), POOL_TEST(any_order),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}

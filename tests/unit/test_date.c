/* test_date.c: civil dates, dates known in part, instants and London's clock. */
#include "unit.h"

#include "base/date.h"

static void days_that_exist(void **state)
{
    static const struct { int y, m, d, exists; const char *why; } rows[] = {
        { 2000, 2, 29, 1, "2000 is a leap year: divisible by 400" },
        { 1900, 2, 29, 0, "1900 is not: divisible by 100" },
        { 2100, 2, 29, 0, "nor 2100" }, { 2024, 2, 29, 1, "divisible by 4" },
        { 2023, 2, 29, 0, "common year" }, { 2024, 2, 30, 0, "never" },
        { 1900, 1, 1, 1, "first day" }, { 1899, 12, 31, 0, "the day before the first" },
        { 2200, 12, 31, 1, "last day" }, { 2201, 1, 1, 0, "the day after the last" },
        { 2026, 4, 31, 0, "April has 30" }, { 2026, 0, 1, 0, "month 0" },
        { 2026, 13, 1, 0, "month 13" }, { 2026, 1, 0, 0, "day 0" }, { 2026, 1, 32, 0, "day 32" },
        { 2026, 1, -1, 0, "negative" }, { -2026, 1, 1, 0, "negative year" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_date_t date = cd_date_make(rows[i].y, rows[i].m, rows[i].d);

        ROW_CHECK((date != CD_NO_DATE) == rows[i].exists, i, rows[i].why);
    }
}

/* The counter here knows only how long the months are, so it shares no arithmetic with the code. */
static void every_day_round_trips(void **state)
{
    int y, m, d, weekday = 1;                       /* 1 January 1900 was a Monday */
    cd_date_t expected = cd_date_make(1900, 1, 1);
    apr_pool_t *pool = *state;

    assert_int_equal(expected, 693596);
    for (y = 1900; y <= 2200; y++) {
        int leap = (y % 4 == 0) - (y % 100 == 0) + (y % 400 == 0);
        int lengths[] = { 31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

        apr_pool_clear(pool);
        for (m = 1; m <= 12; m++) {
            for (d = 1; d <= lengths[m - 1]; d++, expected++, weekday = weekday % 7 + 1) {
                int y2, m2, d2;
                cd_date_t date = cd_date_make(y, m, d);

                assert_int_equal(date, expected);
                cd_date_split(date, &y2, &m2, &d2);
                assert_true(y2 == y && m2 == m && d2 == d);
                assert_int_equal(cd_date_weekday(date), weekday);
                assert_int_equal(cd_date_month_end(date), date + lengths[m - 1] - d);
                assert_int_equal(cd_date_parse(cd_date_iso(date, pool)), date);
            }
        }
    }
}

static void split_of_early_days(void **state)
{
    int y, m, d;

    (void)state;
    cd_date_split(1, &y, &m, &d);
    assert_true(y == 1 && m == 1 && d == 1);
    cd_date_split(366, &y, &m, &d);
    assert_true(y == 2 && m == 1 && d == 1);
    cd_date_split(146097, &y, &m, &d);              /* 400 years to the day */
    assert_true(y == 400 && m == 12 && d == 31);
    cd_date_split(CD_NO_DATE, &y, &m, &d);
    assert_true(y == 0 && m == 0 && d == 0);
    assert_int_equal(cd_date_month_end(CD_NO_DATE), CD_NO_DATE);
}

static void text_of_a_day(void **state)
{
    static const struct { const char *text; int y, m, d; const char *why; } rows[] = {
        { "2026-11-04", 2026, 11, 4, "plain" }, { "2024-02-29", 2024, 2, 29, "leap day" },
        { "2023-02-29", 0, 0, 0, "no such day" }, { "2026-11-4", 0, 0, 0, "one digit" },
        { "2026-11-04 ", 0, 0, 0, "text after it" }, { " 2026-11-04", 0, 0, 0, "text before it" },
        { "2026/11/04", 0, 0, 0, "other separators" }, { "20261104", 0, 0, 0, "none" },
        { "+026-11-04", 0, 0, 0, "a sign" }, { "2026-11", 0, 0, 0, "a month" },
        { "", 0, 0, 0, "empty" }, { NULL, 0, 0, 0, "absent" }, { "1899-12-31", 0, 0, 0, "early" },
        { "\xef\xbc\x92" "026-11-04", 0, 0, 0, "full-width digit" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_date_t want = rows[i].y ? cd_date_make(rows[i].y, rows[i].m, rows[i].d) : CD_NO_DATE;

        ROW_CHECK(cd_date_parse(rows[i].text) == want, i, rows[i].why);
    }
    assert_string_equal(cd_date_words(cd_date_make(2026, 11, 4), *state), "4 November 2026");
    assert_string_equal(cd_date_words(CD_NO_DATE, *state), "");
    assert_string_equal(cd_date_iso(CD_NO_DATE, *state), "");
}

static void dates_known_in_part(void **state)
{
    static const struct {
        const char *text, *first, *last, *iso;
        cd_precision_t precision;
        const char *words;
    } rows[] = {
        { "2026-11-04", "2026-11-04", "2026-11-04", "2026-11-04", CD_PRECISION_DAY,
          "4 November 2026" },
        { "2026-11", "2026-11-01", "2026-11-30", "2026-11", CD_PRECISION_MONTH, "November 2026" },
        { "2024-02", "2024-02-01", "2024-02-29", "2024-02", CD_PRECISION_MONTH, "February 2024" },
        { "2026", "2026-01-01", "2026-12-31", "2026", CD_PRECISION_YEAR, "2026" },
        { "2026-05-03/2026-06-09", "2026-05-03", "2026-06-09", "2026-05-03/2026-06-09",
          CD_PRECISION_SPAN, "between 3 May 2026 and 9 June 2026" },
        { "2026-11-01/2026-11-21", "2026-11-01", "2026-11-21", "2026-11/2026-11-21",
          CD_PRECISION_SPAN, "between 1 and 21 November 2026" },
        { "2026-05-01/2026-06-30", "2026-05-01", "2026-06-30", "2026-05/2026-06",
          CD_PRECISION_SPAN, "between 1 May 2026 and 30 June 2026" },
        { "2025/2026", "2025-01-01", "2026-12-31", "2025/2026", CD_PRECISION_SPAN,
          "between 1 January 2025 and 31 December 2026" },
        { "2026-11/2026-11", "2026-11-01", "2026-11-30", "2026-11", CD_PRECISION_MONTH,
          "November 2026" },
        { "2026-03/2026-04-15", "2026-03-01", "2026-04-15", "2026-03/2026-04-15",
          CD_PRECISION_SPAN, "between 1 March 2026 and 15 April 2026" },
        { "2026-01/2026-12", "2026-01-01", "2026-12-31", "2026", CD_PRECISION_YEAR, "2026" },
        { "2026-01-15/2026-01-15", "2026-01-15", "2026-01-15", "2026-01-15", CD_PRECISION_DAY,
          "15 January 2026" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_when_t when, again;

        ROW_CHECK(cd_when_parse(&when, rows[i].text), i, rows[i].text);
        ROW_CHECK(when.first == cd_date_parse(rows[i].first), i, rows[i].text);
        ROW_CHECK(when.last == cd_date_parse(rows[i].last), i, rows[i].text);
        ROW_CHECK(cd_when_precision(when) == rows[i].precision, i, rows[i].text);
        assert_string_equal(cd_when_iso(when, *state), rows[i].iso);
        assert_string_equal(cd_when_words(when, *state), rows[i].words);
        ROW_CHECK(cd_when_parse(&again, rows[i].iso), i, rows[i].text);
        ROW_CHECK(again.first == when.first && again.last == when.last, i, rows[i].text);
    }
}

static void not_dates_in_part(void **state)
{
    static const char *const rows[] = {
        "", "/", "2026/", "/2026", "26", "2026-13", "2026-00", "2026-1", "2026-11-31", "2026-",
        "2026-06-09/2026-05-03", "2027/2026", "2026/2026/2026", "1899", "2201", "2026 ", "abcd",
        "2026-11-04T", "2026-11-04/", "2026-11-04/2026-1", NULL
    };
    cd_when_t when;
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        when.first = 5;
        ROW_CHECK(!cd_when_parse(&when, rows[i]), i, rows[i] ? rows[i] : "NULL");
        ROW_CHECK(!cd_when_known(when), i, "nothing is left behind");
    }
    assert_string_equal(cd_when_iso(when, *state), "");
    assert_string_equal(cd_when_words(when, *state), "");
    assert_int_equal(cd_when_precision(when), CD_PRECISION_NONE);
    when = cd_when_day(cd_date_make(2026, 1, 2));
    assert_true(cd_when_known(when) && when.first == when.last);
    when.last--;
    assert_false(cd_when_known(when));
}

/* Every span inside two years, one of them a leap year, reads back. Step 7 keeps it quick. */
static void spans_round_trip(void **state)
{
    cd_date_t from = cd_date_make(2023, 12, 1), to = cd_date_make(2025, 2, 1), a, b;
    apr_pool_t *pool = *state;

    for (a = from; a <= to; a++) {
        apr_pool_clear(pool);
        for (b = a; b <= to; b += b - a < 32 ? 1 : 7) {
            cd_when_t when = { a, b }, again;

            assert_true(cd_when_parse(&again, cd_when_iso(when, pool)));
            assert_true(again.first == a && again.last == b);
        }
    }
}

static void london(void **state)
{
    static const struct { const char *utc, *date; int minutes; const char *why; } rows[] = {
        { "2026-03-29T00:59:59.999Z", "2026-03-29", 59, "last moment of winter time" },
        { "2026-03-29T01:00:00Z", "2026-03-29", 120, "01:00 becomes 02:00" },
        { "2026-10-25T00:59:59Z", "2026-10-25", 119, "last moment of summer time" },
        { "2026-10-25T01:00:00Z", "2026-10-25", 60, "02:00 becomes 01:00" },
        { "2026-06-30T23:00:00Z", "2026-07-01", 0, "summer: the date changes at 23:00 UTC" },
        { "2026-06-30T22:59:59Z", "2026-06-30", 1439, "a second before" },
        { "2026-12-31T23:59:59Z", "2026-12-31", 1439, "winter: at midnight UTC" },
        { "2027-01-01T00:00:00Z", "2027-01-01", 0, "new year" },
        { "2024-03-31T01:00:00Z", "2024-03-31", 120, "31 March is itself the Sunday" },
        { "2025-10-26T00:59:59Z", "2025-10-26", 119, "26 October 2025" },
        { "2027-10-31T00:59:59Z", "2027-10-31", 119, "31 October is itself the Sunday" },
        { "2027-10-31T01:00:00Z", "2027-10-31", 60, "an hour again" },
        { "2027-03-28T00:59:59Z", "2027-03-28", 59, "28 March 2027" },
        { "2038-01-19T03:14:08Z", "2038-01-19", 194, "past 2^31 seconds" },
        { "1969-12-31T23:59:59Z", "1969-12-31", 1439, "before the epoch" },
        { "1900-01-01T00:00:00Z", "1900-01-01", 0, "first" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_instant_t at = cd_instant_parse(rows[i].utc);

        ROW_CHECK(at != 0, i, rows[i].why);
        ROW_CHECK(cd_london_date(at) == cd_date_parse(rows[i].date), i, rows[i].why);
        ROW_CHECK(cd_london_minutes(at) == rows[i].minutes, i, rows[i].why);
    }
    assert_int_equal(cd_london_date(0), CD_NO_DATE);
    assert_int_equal(cd_london_date(APR_INT64_MAX), CD_NO_DATE);
    assert_int_equal(cd_london_date(APR_INT64_MIN), CD_NO_DATE);
}

static void instants(void **state)
{
    static const char *const bad[] = { "",
                                       "2026-11-04",
                                       "2026-11-04T14:30:00",
                                       "2026-11-04T14:30:00z",
                                       "2026-11-04 14:30:00Z",
                                       "2026-11-04T24:00:00Z",
                                       "2026-11-04T14:60:00Z",
                                       "2026-11-04T14:30:60Z",
                                       "2026-11-04T14:30:00.1Z",
                                       "2026-11-04T14:30:00.1234Z",
                                       "2026-11-04T14:30:00+00:00",
                                       "2026-11-31T14:30:00Z",
                                       "2026-11-04T14:30Z",
                                       "2026-11-04T14:30:00.Z",
                                       "1970-01-01T00:00:00Z",
                                       "2026-11-04T14:30:00Z ",
                                       NULL };
    cd_instant_t at = cd_instant_parse("2026-11-04T14:30:00.123Z");
    size_t i;

    assert_true(at == APR_INT64_C(1793802600123000));
    assert_string_equal(cd_instant_iso(at, *state), "2026-11-04T14:30:00.123Z");
    assert_string_equal(cd_instant_iso(at + 999, *state), "2026-11-04T14:30:00.123Z");
    assert_string_equal(cd_instant_iso(0, *state), "");
    assert_string_equal(cd_instant_iso(-1, *state), "1969-12-31T23:59:59.999Z");
    assert_string_equal(cd_instant_iso(APR_INT64_MAX, *state), "");
    assert_string_equal(cd_instant_words(at, *state), "4 November 2026 at 2:30pm");
    assert_string_equal(cd_instant_words(cd_instant_parse("2026-06-30T23:00:00Z"), *state),
                        "1 July 2026 at midnight");
    assert_string_equal(cd_instant_words(0, *state), "");
    for (i = 0; i < COUNT_OF(bad); i++)
        ROW_CHECK(cd_instant_parse(bad[i]) == 0, i, bad[i] ? bad[i] : "NULL");
}

static void clock_words(void **state)
{
    static const struct { int minutes; const char *words; } rows[] = {
        { 0, "midnight" }, { 1, "12:01am" }, { 59, "12:59am" }, { 60, "1am" }, { 614, "10:14am" },
        { 719, "11:59am" }, { 720, "midday" }, { 721, "12:01pm" }, { 780, "1pm" },
        { 870, "2:30pm" }, { 1439, "11:59pm" }, { 1440, "" }, { -1, "" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(cd_minutes_words(rows[i].minutes, *state), rows[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(days_that_exist), POOL_TEST(every_day_round_trips),
        POOL_TEST(split_of_early_days), POOL_TEST(text_of_a_day), POOL_TEST(dates_known_in_part),
        POOL_TEST(not_dates_in_part), POOL_TEST(spans_round_trip), POOL_TEST(london),
        POOL_TEST(instants), POOL_TEST(clock_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

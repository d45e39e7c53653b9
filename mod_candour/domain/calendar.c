/* calendar.c: working days, and "within N months beginning with".
 *
 * Days are stepped one by one: a deadline is a few weeks off and a lag a few years, and a loop that
 * looks at each day cannot be wrong about a holiday. Nothing here knows when Easter is. */
#include <apr_strings.h>
#include <stdlib.h>

#include "domain/calendar.h"

const cd_token_t cd_divisions[] = {
    { CD_DIV_ENGLAND_AND_WALES, "england-and-wales", "England and Wales" },
    { CD_DIV_SCOTLAND, "scotland", "Scotland" },
    { CD_DIV_NORTHERN_IRELAND, "northern-ireland", "Northern Ireland" },
    { 0, NULL, NULL }
};

static int by_date(const void *a, const void *b)
{
    cd_date_t x = *(const cd_date_t *)a, y = *(const cd_date_t *)b;
    return (x > y) - (x < y);
}

cd_calendar_t *cd_calendar_make(cd_division_t division, const cd_holiday_t *list, int count,
                                apr_pool_t *pool)
{
    cd_calendar_t *cal = apr_pcalloc(pool, sizeof(*cal));
    cd_date_t *days = apr_palloc(pool, (apr_size_t)(count + 1) * sizeof(*days));
    int n = 0, kept = 0;
    for (int i = 0; i < count; i++)
        if (list[i].division == division)
            days[n++] = list[i].on;
    qsort(days, (size_t)n, sizeof(*days), by_date);
    for (int i = 0; i < n; i++)
        if (!i || days[i] != days[i - 1])
            days[kept++] = days[i];
    cal->division = division;
    cal->holidays = days;
    cal->count = kept;
    return cal;
}

/* Index of the first holiday on or after `day`. */
static int first_from(const cd_calendar_t *cal, cd_date_t day)
{
    int low = 0, high = cal->count;
    while (low < high) {
        int mid = (low + high) / 2;
        if (cal->holidays[mid] < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

int cd_working_day(const cd_calendar_t *cal, cd_date_t day)
{
    int at = first_from(cal, day);
    return cd_date_weekday(day) <= 5 && (at == cal->count || cal->holidays[at] != day);
}

static cd_err_t *covered(const cd_calendar_t *cal, int year, apr_pool_t *pool)
{
    int at = first_from(cal, cd_date_make(year, 1, 1));
    if (at < cal->count && cal->holidays[at] <= cd_date_make(year, 12, 31))
        return NULL;
    return cd_err(pool, CD_E_RANGE,
                  apr_psprintf(pool, "the list of bank holidays has none for %d", year),
                  "division %s", cd_token_word(cd_divisions, (int)cal->division));
}

static int year_of(cd_date_t day)
{
    int year, month, mday;
    cd_date_split(day, &year, &month, &mday);
    return year;
}

cd_err_t *cd_working_days_add(cd_date_t *out, cd_date_t from, int days_wd,
                              const cd_calendar_t *cal, apr_pool_t *pool)
{
    cd_date_t day = from;
    int checked = 0;
    if (days_wd < 0 || from == CD_NO_DATE)
        return cd_err(pool, CD_E_RANGE, "working days are counted forward from a real date", "%d",
                      days_wd);
    while (days_wd > 0) {
        int year = year_of(++day);
        if (year != checked)
            CD_ERR(covered(cal, checked = year, pool));
        days_wd -= cd_working_day(cal, day);
    }
    *out = day;
    return NULL;
}

cd_err_t *cd_working_days_between(int *out, cd_date_t from, cd_date_t to,
                                  const cd_calendar_t *cal, apr_pool_t *pool)
{
    int days = 0, checked = 0;
    for (cd_date_t day = from + 1; day <= to; day++) {
        int year = year_of(day);
        if (year != checked)
            CD_ERR(covered(cal, checked = year, pool));
        days += cd_working_day(cal, day);
    }
    *out = days;
    return NULL;
}

cd_date_t cd_months_last_day(cd_date_t start, int months)
{
    int year, month, mday;
    cd_date_split(start, &year, &month, &mday);
    int total = year * 12 + (month - 1) + months;
    cd_date_t same = cd_date_make(total / 12, total % 12 + 1, mday);
    if (same)
        return same - 1;
    return cd_date_month_end(cd_date_make(total / 12, total % 12 + 1, 1));
}

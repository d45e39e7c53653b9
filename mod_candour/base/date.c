/* date.c: civil dates, dates known in part, and instants.
 *
 * Pure arithmetic on the proleptic Gregorian calendar. Never reads the clock, the environment or
 * the zone files: London's summer time is the rule in force since 1996 (last Sundays of March and
 * October, 01:00 UTC). */
#include <string.h>

#include <apr_strings.h>

#include "base/date.h"

#define DAY_OF_1970 719163              /* 1970-01-01 as a day number */
#define US_PER_SECOND APR_INT64_C(1000000)
#define US_PER_DAY (APR_INT64_C(86400) * US_PER_SECOND)

static const char *const month_names[] = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"
};

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before 1 January of `year`. */
static int days_before_year(int year)
{
    int y = year - 1;

    return y * 365 + y / 4 - y / 100 + y / 400;
}

cd_date_t cd_date_make(int year, int month, int day)
{
    int m, n = day;

    if (year < CD_DATE_MIN_YEAR || year > CD_DATE_MAX_YEAR || month < 1 || month > 12)
        return CD_NO_DATE;
    if (day < 1 || day > month_days(year, month))
        return CD_NO_DATE;
    for (m = 1; m < month; m++)
        n += month_days(year, m);
    return days_before_year(year) + n;
}

/* Years are counted from 1 March, so that the leap day is the last of its year and the months
 * before it have the same lengths in each: the arithmetic has no loop. */
void cd_date_split(cd_date_t date, int *year_out, int *month_out, int *day_out)
{
    int n, era, day, year, month;

    *year_out = *month_out = *day_out = 0;
    if (date <= 0)
        return;
    n = date - 1 + 306;                 /* days since 1 March of year 0 */
    era = n / 146097;                   /* of 400 years */
    n -= era * 146097;
    year = (n - n / 1460 + n / 36524 - n / 146096) / 365;
    day = n - (365 * year + year / 4 - year / 100);
    month = (5 * day + 2) / 153;        /* 0 March ... 11 February */
    *day_out = day - (153 * month + 2) / 5 + 1;
    *month_out = month < 10 ? month + 3 : month - 9;
    *year_out = year + era * 400 + (month >= 10);
}

int cd_date_weekday(cd_date_t date)
{
    return (date - 1) % 7 + 1;
}

cd_date_t cd_date_month_end(cd_date_t date)
{
    int year, month, day;

    if (date <= 0)
        return CD_NO_DATE;
    cd_date_split(date, &year, &month, &day);
    return date + month_days(year, month) - day;
}

/* Exactly `count` digits; -1 if any is something else (the NUL at the end among them). */
static int read_digits(const char *text, int count)
{
    int i, n = 0;

    for (i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        n = n * 10 + (text[i] - '0');
    }
    return n;
}

/* YYYY-MM-DD at the start of `text`; what follows is the caller's to judge. */
static cd_date_t read_date(const char *text)
{
    int year, month, day;

    if ((year = read_digits(text, 4)) < 0 || text[4] != '-')
        return CD_NO_DATE;
    if ((month = read_digits(text + 5, 2)) < 0 || text[7] != '-')
        return CD_NO_DATE;
    if ((day = read_digits(text + 8, 2)) < 0)
        return CD_NO_DATE;
    return cd_date_make(year, month, day);
}

cd_date_t cd_date_parse(const char *text)
{
    cd_date_t date = text ? read_date(text) : CD_NO_DATE;

    return date && text[10] == '\0' ? date : CD_NO_DATE;
}

/* By hand, for a page writes dates a hundred times. */
static void put_digits(char *at, int count, int number)
{
    while (count > 0) {
        at[--count] = (char)('0' + number % 10);
        number /= 10;
    }
}

const char *cd_date_iso(cd_date_t date, apr_pool_t *pool)
{
    int year, month, day;
    char *text;

    if (date <= 0)
        return "";
    cd_date_split(date, &year, &month, &day);
    text = apr_palloc(pool, sizeof("0000-00-00"));
    put_digits(text, 4, year);
    text[4] = '-';
    put_digits(text + 5, 2, month);
    text[7] = '-';
    put_digits(text + 8, 2, day);
    text[10] = '\0';
    return text;
}

const char *cd_date_words(cd_date_t date, apr_pool_t *pool)
{
    int year, month, day;
    apr_size_t name_len;
    char *text, *at;

    if (date <= 0)
        return "";
    cd_date_split(date, &year, &month, &day);
    name_len = strlen(month_names[month - 1]);
    at = text = apr_palloc(pool, name_len + sizeof("00  0000"));
    if (day >= 10)
        *at++ = (char)('0' + day / 10);
    *at++ = (char)('0' + day % 10);
    *at++ = ' ';
    memcpy(at, month_names[month - 1], name_len);
    at += name_len;
    *at++ = ' ';
    put_digits(at, 4, year);
    at[4] = '\0';
    return text;
}

cd_when_t cd_when_day(cd_date_t date)
{
    cd_when_t when = { date, date };

    return when;
}

int cd_when_known(cd_when_t when)
{
    return when.first > 0 && when.last >= when.first;
}

static int is_year_start(cd_date_t date)
{
    int year, month, day;

    cd_date_split(date, &year, &month, &day);
    return month == 1 && day == 1;
}

static int is_year_end(cd_date_t date)
{
    return is_year_start(date + 1);
}

static int is_month_start(cd_date_t date)
{
    int year, month, day;

    cd_date_split(date, &year, &month, &day);
    return day == 1;
}

cd_precision_t cd_when_precision(cd_when_t when)
{
    if (!cd_when_known(when))
        return CD_PRECISION_NONE;
    if (when.first == when.last)
        return CD_PRECISION_DAY;
    if (is_month_start(when.first) && when.last == cd_date_month_end(when.first))
        return CD_PRECISION_MONTH;
    if (is_year_start(when.first) && is_year_end(when.last) && when.last - when.first < 366)
        return CD_PRECISION_YEAR;
    return CD_PRECISION_SPAN;
}

/* One side of a span, `len` bytes long. */
static int when_parse_one(cd_when_t *out, const char *text, apr_size_t len)
{
    int year, month;

    if (len == 10) {
        out->first = out->last = read_date(text);
        return out->first != CD_NO_DATE;
    }
    if (len != 4 && len != 7)
        return 0;
    year = read_digits(text, 4);
    if (len == 4) {
        out->first = cd_date_make(year, 1, 1);
        out->last = cd_date_make(year, 12, 31);
        return out->first != CD_NO_DATE;
    }
    if (text[4] != '-' || (month = read_digits(text + 5, 2)) < 0)
        return 0;
    out->first = cd_date_make(year, month, 1);
    out->last = cd_date_month_end(out->first);
    return out->first != CD_NO_DATE;
}

int cd_when_parse(cd_when_t *out, const char *text)
{
    const char *slash;
    cd_when_t left, right;

    out->first = out->last = CD_NO_DATE;
    if (!text)
        return 0;
    slash = strchr(text, '/');
    if (!slash) {
        if (!when_parse_one(&left, text, strlen(text)))
            return 0;
        *out = left;
        return 1;
    }
    if (!when_parse_one(&left, text, (apr_size_t)(slash - text))
        || !when_parse_one(&right, slash + 1, strlen(slash + 1)) || left.first > right.last)
        return 0;
    out->first = left.first;
    out->last = right.last;
    return 1;
}

/* Shortest text whose first (or last) day is `date`. */
static const char *span_end_iso(cd_date_t date, int whole_year, int whole_month, apr_pool_t *pool)
{
    const char *iso = cd_date_iso(date, pool);

    if (whole_year)
        return apr_pstrmemdup(pool, iso, 4);
    return whole_month ? apr_pstrmemdup(pool, iso, 7) : iso;
}

const char *cd_when_iso(cd_when_t when, apr_pool_t *pool)
{
    const char *iso;

    switch (cd_when_precision(when)) {
    case CD_PRECISION_NONE:
        return "";
    case CD_PRECISION_DAY:
        return cd_date_iso(when.first, pool);
    case CD_PRECISION_MONTH:
        return span_end_iso(when.first, 0, 1, pool);
    case CD_PRECISION_YEAR:
        return span_end_iso(when.first, 1, 0, pool);
    case CD_PRECISION_SPAN:
        break;
    }
    iso = span_end_iso(when.first, is_year_start(when.first), is_month_start(when.first), pool);
    return apr_pstrcat(pool, iso, "/",
                       span_end_iso(when.last, is_year_end(when.last),
                                    is_month_start(when.last + 1), pool), NULL);
}

const char *cd_when_words(cd_when_t when, apr_pool_t *pool)
{
    int year, month, day;

    if (when.first == when.last)
        return cd_date_words(when.first, pool);
    cd_date_split(when.first, &year, &month, &day);
    switch (cd_when_precision(when)) {
    case CD_PRECISION_NONE:
        return "";
    case CD_PRECISION_DAY:
        return cd_date_words(when.first, pool);
    case CD_PRECISION_MONTH:
        return apr_psprintf(pool, "%s %d", month_names[month - 1], year);
    case CD_PRECISION_YEAR:
        return apr_psprintf(pool, "%d", year);
    case CD_PRECISION_SPAN:
        break;
    }
    if (cd_date_month_end(when.first) == cd_date_month_end(when.last))
        return apr_psprintf(pool, "between %d and %s", day, cd_date_words(when.last, pool));
    return apr_psprintf(pool, "between %s and %s", cd_date_words(when.first, pool),
                        cd_date_words(when.last, pool));
}

/* Civil date of a count of microseconds; CD_NO_DATE outside 1900..2200. */
static cd_date_t utc_date(apr_int64_t us, apr_int64_t *within_day_out)
{
    apr_int64_t day = us / US_PER_DAY, rest = us % US_PER_DAY;

    if (rest < 0) {                     /* before 1970: C rounds towards zero, a day does not */
        rest += US_PER_DAY;
        day--;
    }
    *within_day_out = rest;
    day += DAY_OF_1970;
    if (day < cd_date_make(CD_DATE_MIN_YEAR, 1, 1) || day > cd_date_make(CD_DATE_MAX_YEAR, 12, 31))
        return CD_NO_DATE;
    return (cd_date_t)day;
}

/* 01:00 UTC on the last Sunday of a month with 31 days. */
static apr_int64_t clock_change(int year, int month)
{
    cd_date_t last = cd_date_make(year, month, 31);

    last -= cd_date_weekday(last) % 7;
    return (last - DAY_OF_1970) * US_PER_DAY + 3600 * US_PER_SECOND;
}

/* The instant on London's clock, as if that were UTC. */
static apr_int64_t london_clock(cd_instant_t instant)
{
    apr_int64_t rest;
    int year, month, day;

    cd_date_split(utc_date(instant, &rest), &year, &month, &day);
    if (year && instant >= clock_change(year, 3) && instant < clock_change(year, 10))
        return instant + 3600 * US_PER_SECOND;
    return instant;
}

cd_date_t cd_london_date(cd_instant_t instant)
{
    apr_int64_t rest;

    return instant ? utc_date(london_clock(instant), &rest) : CD_NO_DATE;
}

int cd_london_minutes(cd_instant_t instant)
{
    apr_int64_t rest;

    utc_date(london_clock(instant), &rest);
    return (int)(rest / (60 * US_PER_SECOND));
}

const char *cd_instant_iso(cd_instant_t instant, apr_pool_t *pool)
{
    apr_int64_t rest;
    cd_date_t date = instant ? utc_date(instant, &rest) : CD_NO_DATE;
    int seconds;

    if (!date)
        return "";
    seconds = (int)(rest / US_PER_SECOND);
    return apr_psprintf(pool, "%sT%02d:%02d:%02d.%03dZ", cd_date_iso(date, pool), seconds / 3600,
                        seconds / 60 % 60, seconds % 60, (int)(rest % US_PER_SECOND / 1000));
}

/* "HH:MM:SS" to seconds after midnight; -1 if it is not one. */
static int read_clock(const char *text)
{
    int h, m, s;

    if ((h = read_digits(text, 2)) < 0 || text[2] != ':')
        return -1;
    if ((m = read_digits(text + 3, 2)) < 0 || text[5] != ':')
        return -1;
    if ((s = read_digits(text + 6, 2)) < 0)
        return -1;
    return h > 23 || m > 59 || s > 59 ? -1 : h * 3600 + m * 60 + s;
}

cd_instant_t cd_instant_parse(const char *text)
{
    cd_date_t date;
    int seconds, ms = 0;

    if (!text || !(date = read_date(text)) || text[10] != 'T')
        return 0;
    if ((seconds = read_clock(text + 11)) < 0)
        return 0;
    text += 19;
    if (*text == '.') {
        if ((ms = read_digits(text + 1, 3)) < 0)
            return 0;
        text += 4;
    }
    if (strcmp(text, "Z"))
        return 0;
    return (date - DAY_OF_1970) * US_PER_DAY + seconds * US_PER_SECOND + ms * APR_INT64_C(1000);
}

const char *cd_minutes_words(int minutes, apr_pool_t *pool)
{
    int hour = minutes / 60, min = minutes % 60;
    const char *half = hour < 12 ? "am" : "pm";

    if (minutes < 0 || minutes >= 24 * 60)
        return "";
    if (min == 0 && hour % 12 == 0)
        return hour ? "midday" : "midnight";
    hour = hour % 12 ? hour % 12 : 12;
    if (min == 0)
        return apr_psprintf(pool, "%d%s", hour, half);
    return apr_psprintf(pool, "%d:%02d%s", hour, min, half);
}

const char *cd_instant_words(cd_instant_t instant, apr_pool_t *pool)
{
    cd_date_t date = cd_london_date(instant);

    if (!date)
        return "";
    return apr_psprintf(pool, "%s at %s", cd_date_words(date, pool),
                        cd_minutes_words(cd_london_minutes(instant), pool));
}

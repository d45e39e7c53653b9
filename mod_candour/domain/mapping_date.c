/* mapping_date.c: dates as other systems write them, by a form that the mapping names. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "domain/mapping.h"

static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };

typedef enum part_t {
    NO_PART,
    YEAR4,
    YEAR2,
    MONTH_NAME,
    MONTH_SHORT,
    MONTH2,
    MONTH1,
    DAY2,
    DAY1,
    HOUR,
    MINUTE,
    SECOND
} part_t;

/* Longer words first. */
static const struct { const char *word; part_t part; } parts[] = {
    { "yyyy", YEAR4 }, { "yy", YEAR2 }, { "MMMM", MONTH_NAME }, { "MMM", MONTH_SHORT }, { "mi",
      MINUTE },
    { "mm", MONTH2 }, { "m", MONTH1 }, { "dd", DAY2 }, { "d", DAY1 }, { "hh", HOUR }, { "ss",
      SECOND }
};

static part_t part_at(const char **form)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t len = strlen(parts[i].word);
        if (!strncmp(*form, parts[i].word, len)) {
            *form += len;
            return parts[i].part;
        }
    }
    return NO_PART;
}

typedef struct read_t { int year, month, day, hour, minute, second; } read_t;

/* `least` to `most` digits; -1 if they are not there. */
static int digits(const char **text, int least, int most)
{
    int value = 0, n = 0;
    for (; n < most && apr_isdigit(**text); n++, (*text)++)
        value = value * 10 + (**text - '0');
    return n < least ? -1 : value;
}

static int month_name(const char **text, int whole)
{
    for (int i = 0; i < 12; i++) {
        size_t len = whole ? strlen(months[i]) : 3;
        if (!strncasecmp(*text, months[i], len)) {
            *text += len;
            return i + 1;
        }
    }
    return -1;
}

static int read_part(read_t *out, part_t part, const char **text, int century)
{
    int year;
    switch (part) {
    case YEAR4: return (out->year = digits(text, 4, 4)) >= 0;
    case YEAR2:
        year = digits(text, 2, 2);
        out->year = year <= century ? 2000 + year : 1900 + year;
        return year >= 0 && century >= 0;
    case MONTH_NAME: return (out->month = month_name(text, 1)) > 0;
    case MONTH_SHORT: return (out->month = month_name(text, 0)) > 0;
    case MONTH2: return (out->month = digits(text, 2, 2)) > 0;
    case MONTH1: return (out->month = digits(text, 1, 2)) > 0;
    case DAY2: return (out->day = digits(text, 2, 2)) > 0;
    case DAY1: return (out->day = digits(text, 1, 2)) > 0;
    case HOUR: return (out->hour = digits(text, 2, 2)) >= 0 && out->hour < 24;
    case MINUTE: return (out->minute = digits(text, 2, 2)) >= 0 && out->minute < 60;
    case SECOND: return (out->second = digits(text, 2, 2)) >= 0 && out->second < 60;
    case NO_PART: break;
    }
    return 0;
}

int cd_map_date(const char **iso_out, int *minutes_out, const char *text, const char *form,
                int century, apr_pool_t *pool)
{
    read_t got = { 0, 0, 0, -1, 0, 0 };
    *iso_out = NULL;
    *minutes_out = -1;
    while (*form) {
        part_t part = part_at(&form);
        if (part == NO_PART ? *text++ != *form++ : !read_part(&got, part, &text, century))
            return 0;
    }
    if (*text || got.year < CD_DATE_MIN_YEAR || got.year > CD_DATE_MAX_YEAR)
        return got.hour >= 0 && !got.year && !*text ? (*minutes_out = got.hour * 60 + got.minute, 1)
                                                    : 0;
    if (got.month > 12 || (got.day && !cd_date_make(got.year, got.month, got.day)))
        return 0;
    *iso_out = got.day ? apr_psprintf(pool, "%04d-%02d-%02d", got.year, got.month, got.day)
             : got.month ? apr_psprintf(pool, "%04d-%02d", got.year, got.month)
             : apr_psprintf(pool, "%04d", got.year);
    if (got.hour >= 0)
        *minutes_out = got.hour * 60 + got.minute;
    return 1;
}

const char *cd_map_form_problem(int *short_year_out, int *time_out, const char *form)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, any = 0;
    *short_year_out = *time_out = 0;
    while (*form) {
        part_t part = part_at(&form);
        if (part == NO_PART && apr_isalnum(*form) && *form != 'T' && *form != 'Z')
            return "has a letter or digit that stands for nothing: use yyyy, yy, MMMM, MMM, mm, m, "
                   "dd, d, hh, mi "
                   "and ss";
        if (part == NO_PART)
            form++;
        any |= part != NO_PART;
        year += part == YEAR4 || part == YEAR2;
        month += part >= MONTH_NAME && part <= MONTH1;
        day += part == DAY2 || part == DAY1;
        hour += part == HOUR;
        minute += part == MINUTE;
        second += part == SECOND;
        *short_year_out |= part == YEAR2;
    }
    *time_out = hour;
    if (!any || year > 1 || month > 1 || day > 1 || hour > 1 || minute > 1 || second > 1)
        return "must name each part once";
    if ((day && !month) || (month && !year) || (!year && !hour))
        return "must have a year; a month if it has a day; or hours and minutes alone";
    if (hour != minute || second > minute)
        return "must have hh and mi together";
    return NULL;
}

/* date.h: civil dates, dates that are only known in part, and instants.
 *
 * Requires: APR.   Provides: cd_date_t, cd_when_t.   Used by: every ring.
 * A civil date has no time of day and no zone. An instant (cd_instant_t, apr_time_t, UTC) has
 * both. They are never mixed: cd_london_date() is the one bridge. No function here reads the clock.
 */
#ifndef CD_BASE_DATE_H
#define CD_BASE_DATE_H

#include <apr_pools.h>
#include <apr_time.h>

/** Civil date as a day number: 1 is 1 January of year 1 (proleptic Gregorian), 0 is "no date". */
typedef apr_int32_t cd_date_t;
/** Microseconds since 1970-01-01T00:00:00Z; 0 is "no instant". */
typedef apr_time_t cd_instant_t;

#define CD_NO_DATE 0
#define CD_DATE_MIN_YEAR 1900
#define CD_DATE_MAX_YEAR 2200

/** A date as far as it is known: some day from `first` to `last`, both included.
 * first == last: the day is known. Both 0: nothing is known. A rule may only conclude what holds
 * for every day of the span; nobody fills in the first of the month. */
typedef struct cd_when_t {
    cd_date_t first;
    cd_date_t last;
} cd_when_t;

typedef enum cd_precision_t {
    CD_PRECISION_NONE, CD_PRECISION_DAY, CD_PRECISION_MONTH, CD_PRECISION_YEAR, CD_PRECISION_SPAN
} cd_precision_t;

/** Day number of a real date; 0 if there is no such day or the year is out of 1900..2200. */
cd_date_t cd_date_make(int year, int month, int day);
void cd_date_split(cd_date_t date, int *year_out, int *month_out, int *day_out);
/** 1 Monday ... 7 Sunday. */
int cd_date_weekday(cd_date_t date);
/** Last day of the month that `date` lies in. */
cd_date_t cd_date_month_end(cd_date_t date);
/** Reads exactly YYYY-MM-DD; 0 for anything else. */
cd_date_t cd_date_parse(const char *text);
/** "2026-11-04" @owner pool */
const char *cd_date_iso(cd_date_t date, apr_pool_t *pool);
/** "4 November 2026" @owner pool */
const char *cd_date_words(cd_date_t date, apr_pool_t *pool);

cd_when_t cd_when_day(cd_date_t date);
int cd_when_known(cd_when_t when);                 /* 1 if anything is known */
cd_precision_t cd_when_precision(cd_when_t when);
/** Reads YYYY-MM-DD, YYYY-MM, YYYY, or two of them joined by "/" (a span); 1 if it could. */
int cd_when_parse(cd_when_t *out, const char *text);
/** The shortest text that cd_when_parse reads back to the same span. "" for none. @owner pool */
const char *cd_when_iso(cd_when_t when, apr_pool_t *pool);
/** "4 November 2026", "November 2026", "2026", "between 3 May 2026 and 9 June 2026". @owner pool */
const char *cd_when_words(cd_when_t when, apr_pool_t *pool);

/** Civil date in London of an instant (summer time by the rule in force since 1996). */
cd_date_t cd_london_date(cd_instant_t instant);
/** Minutes after midnight in London, 0..1439. */
int cd_london_minutes(cd_instant_t instant);
/** "2026-11-04T14:30:00.123Z" @owner pool */
const char *cd_instant_iso(cd_instant_t instant, apr_pool_t *pool);
/** Reads what cd_instant_iso writes (the milliseconds may be missing); 0 if it cannot. */
cd_instant_t cd_instant_parse(const char *text);
/** "4 November 2026 at 2:30pm" in London time; midday and midnight by name. @owner pool */
const char *cd_instant_words(cd_instant_t instant, apr_pool_t *pool);
/** "2:30pm", "midday", "midnight"; minutes after midnight. @owner pool */
const char *cd_minutes_words(int minutes, apr_pool_t *pool);

#endif

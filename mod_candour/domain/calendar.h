/* calendar.h: working days and "within N months beginning with".
 *
 * Requires: base.   Provides: cd_calendar_t.   Used by: domain, app, cli.
 * Bank holidays are data: shipped (holidays_data.c, 2013 to 2028, three divisions), imported and
 * kept in the database; never computed. A day is a working day if it is Monday to Friday and not
 * in the list of the division. A year without any holiday in the list cannot be reckoned with. */
#ifndef CD_DOMAIN_CALENDAR_H
#define CD_DOMAIN_CALENDAR_H

#include "base/date.h"
#include "base/err.h"
#include "base/token.h"

typedef enum cd_division_t {
    CD_DIV_ENGLAND_AND_WALES = 1, CD_DIV_SCOTLAND, CD_DIV_NORTHERN_IRELAND
} cd_division_t;
extern const cd_token_t cd_divisions[];   /* "england-and-wales", "scotland", "northern-ireland" */

typedef struct cd_holiday_t {
    cd_division_t division;
    cd_date_t on;
    const char *title;
} cd_holiday_t;

typedef struct cd_calendar_t {
    cd_division_t division;
    const cd_date_t *holidays;            /* rising, no doubles */
    int count;
} cd_calendar_t;

/** The shipped list, all divisions, rising by division and day. @owner static */
const cd_holiday_t *cd_holidays_shipped(int *count_out);
/** Makes the calendar of one division from any list (order does not matter). @owner pool */
cd_calendar_t *cd_calendar_make(cd_division_t division, const cd_holiday_t *list, int count,
                                apr_pool_t *pool);
int cd_working_day(const cd_calendar_t *cal, cd_date_t day);
/** The `days_wd`-th working day after `from`; `from` is day 0 and not counted. days_wd >= 0; 0
 * gives `from`.
 * @errors CD_E_RANGE: the list has no holidays for a year that is reached
 * 10 from Fri 27 Mar 2026 is Tue 14 Apr 2026 (England and Wales). */
cd_err_t *cd_working_days_add(cd_date_t *out, cd_date_t from, int days_wd,
                              const cd_calendar_t *cal, apr_pool_t *pool);
/** Working days after `from` up to and including `to`; 0 if to <= from. @errors as above */
cd_err_t *cd_working_days_between(int *out, cd_date_t from, cd_date_t to,
                                  const cd_calendar_t *cal, apr_pool_t *pool);
/** Last day of "within `months` months beginning with `start`": the day before the same day of the
 * later month; if that month has no such day, its last day. 30 Nov 2026 + 3 is 28 Feb 2027. */
cd_date_t cd_months_last_day(cd_date_t start, int months);

#endif

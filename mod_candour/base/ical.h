/* ical.h: a calendar as other programs read it (RFC 5545), with whole-day events only.
 *
 * Requires: buf.h, date.h.   Provides: cd_ical_*.   Used by: web.
 * Lines end with CRLF and are folded at 75 octets, never inside a character. What is not said here
 * is in no calendar: no person, no alarm, no place. */
#ifndef CD_BASE_ICAL_H
#define CD_BASE_ICAL_H

#include "base/buf.h"
#include "base/date.h"

typedef struct cd_ical_event_t {
    const char *uid;               /* the same for the same step for ever */
    int sequence;                  /* rises with each change */
    cd_instant_t stamp;            /* when it came to this */
    cd_date_t on;                  /* the whole of this day */
    const char *summary;
    const char *url;               /* or NULL */
    int cancelled;
} cd_ical_event_t;

/** Begins a calendar; `name` is shown by programs that know of names. */
void cd_ical_open(cd_buf_t *buf, const char *name);
void cd_ical_event(cd_buf_t *buf, const cd_ical_event_t *event);
void cd_ical_close(cd_buf_t *buf);
/** One content line "NAME:value", folded; `value` as it is to stand there. */
void cd_ical_line(cd_buf_t *buf, const char *name, const char *value);
/** A value of type TEXT: backslash, semicolon, comma and line ends escaped; other control
 * characters left out. @owner pool */
const char *cd_ical_text(const char *text, apr_pool_t *pool);

#endif

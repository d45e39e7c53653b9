/* ical.c: calendars by RFC 5545: content lines, folding, whole-day events. */
#include <string.h>

#include <apr_strings.h>

#include "base/ical.h"
#include "base/text.h"

#define LINE_OCTETS 75                /* octets without the line end (RFC 5545, 3.1) */

/* A character is never split: a reader that unfolds bytes and one that unfolds text see the same.
 */
void cd_ical_line(cd_buf_t *buf, const char *name, const char *value)
{
    const char *line = apr_pstrcat(buf->pool, name, ":", value, NULL);
    apr_size_t len = strlen(line), at = 0, used = 0;

    while (at < len) {
        int one = cd_utf8_next(line + at, len - at, NULL);
        apr_size_t step = one > 0 ? (apr_size_t)one : 1;

        if (used + step > LINE_OCTETS) {
            cd_buf_lit(buf, "\r\n ");
            used = 1;              /* the space counts */
        }
        cd_buf_add(buf, line + at, step);
        used += step;
        at += step;
    }
    cd_buf_lit(buf, "\r\n");
}

const char *cd_ical_text(const char *text, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, strlen(text) + 16);

    for (; *text; text++) {
        if (*text == '\\' || *text == ';' || *text == ',')
            cd_buf_fmt(buf, "\\%c", *text);
        else if (*text == '\n')
            cd_buf_lit(buf, "\\n");
        else if ((unsigned char)*text >= ' ' && *text != 0x7f)
            cd_buf_add(buf, text, 1);
    }
    return buf->data;
}

void cd_ical_open(cd_buf_t *buf, const char *name)
{
    cd_ical_line(buf, "BEGIN", "VCALENDAR");
    cd_ical_line(buf, "VERSION", "2.0");
    cd_ical_line(buf, "PRODID", "-//mod_candour//work list//EN");
    cd_ical_line(buf, "CALSCALE", "GREGORIAN");
    cd_ical_line(buf, "METHOD", "PUBLISH");
    cd_ical_line(buf, "X-WR-CALNAME", cd_ical_text(name, buf->pool));
    cd_ical_line(buf, "REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
}

static const char *date_value(cd_date_t date, apr_pool_t *pool)
{
    int year, month, day;

    cd_date_split(date, &year, &month, &day);
    return apr_psprintf(pool, "%04d%02d%02d", year, month, day);
}

/* UTC: "20261121T101400Z". The instant's own text is "2026-11-21T10:14:00.000Z". */
static const char *stamp_value(cd_instant_t at, apr_pool_t *pool)
{
    const char *iso = cd_instant_iso(at, pool);
    char *out = apr_palloc(pool, strlen(iso) + 2), *to = out;

    for (; *iso && *iso != '.' && *iso != 'Z'; iso++)
        if (*iso != '-' && *iso != ':')
            *to++ = *iso;
    *to++ = 'Z';
    *to = '\0';
    return out;
}

void cd_ical_event(cd_buf_t *buf, const cd_ical_event_t *event)
{
    apr_pool_t *pool = buf->pool;

    cd_ical_line(buf, "BEGIN", "VEVENT");
    cd_ical_line(buf, "UID", cd_ical_text(event->uid, pool));
    cd_ical_line(buf, "DTSTAMP", stamp_value(event->stamp, pool));
    cd_ical_line(buf, "LAST-MODIFIED", stamp_value(event->stamp, pool));
    cd_ical_line(buf, "SEQUENCE", apr_itoa(pool, event->sequence));
    cd_ical_line(buf, "DTSTART;VALUE=DATE", date_value(event->on, pool));
    cd_ical_line(buf, "DTEND;VALUE=DATE", date_value(event->on + 1, pool));   /* exclusive */
    cd_ical_line(buf, "SUMMARY", cd_ical_text(event->summary, pool));
    if (event->url)
        cd_ical_line(buf, "URL", event->url);
    cd_ical_line(buf, "CLASS", "PRIVATE");
    cd_ical_line(buf, "TRANSP", "TRANSPARENT");
    cd_ical_line(buf, "STATUS", event->cancelled ? "CANCELLED" : "CONFIRMED");
    cd_ical_line(buf, "END", "VEVENT");
}

void cd_ical_close(cd_buf_t *buf)
{
    cd_ical_line(buf, "END", "VCALENDAR");
}

/* duty.h: the duty line as rows of facts, for the two drawings.
 *
 * Requires: case_view.h.   Provides: web_duty_line_t.   Used by: duty.c (fills), duty_draw.c
 * (draws). */
#ifndef CD_WEB_DUTY_H
#define CD_WEB_DUTY_H

#include "web/case_view.h"

#define WEB_DUTY_ROWS 5
typedef struct web_duty_row_t {
    const char *label, *sub;      /* "Send the letter", "E09, written notification" */
    const char *out, *out_sub;    /* "Not sent", "4 working days past our target" */
    int out_late;                 /* 1: in the colour of lateness */
    cd_date_t start;              /* the clock's start, 0: it has not started */
    const char *start_note;       /* words at an expected start, or NULL */
    cd_date_t expected;           /* expected start of a clock that waits, or 0 */
    cd_date_t contract, target;   /* due dates, 0: none; `contract` is the law's where `by_law` */
    int by_law;
    cd_when_t done;               /* the act, as far as its day is known */
    cd_date_t late_from;          /* lateness is measured from here, 0: not late */
} web_duty_row_t;

typedef struct web_duty_line_t {
    web_duty_row_t rows[WEB_DUTY_ROWS];
    int count;
    cd_date_t aware;              /* the first day the trust may have been aware, 0: not known */
    cd_date_t today;
    int looking_back;
    cd_date_t first, last;        /* days at both ends of the drawing */
    const char *title, *desc, *heading;
    const char *target, *target_label;   /* "our target", "Our target" */
} web_duty_line_t;

/** The shapes of the two drawings, as lists of view maps. */
void web_duty_draw_wide(web_view_t *map, const web_duty_line_t *line, apr_pool_t *pool);
void web_duty_draw_narrow(web_view_t *map, const web_duty_line_t *line, apr_pool_t *pool);

#endif

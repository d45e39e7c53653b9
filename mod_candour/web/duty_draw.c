/* duty_draw.c: the two drawings of the duty line, as lists of shapes with numbers.
 *
 * The wide one has the rows beside each other under one axis; the narrow one gives each row a strip
 * of its own, words first. Colours and strokes are the style sheet's; a template writes the
 * elements. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "web/duty.h"

typedef struct canvas_t {
    web_view_t *shapes;
    const web_duty_line_t *line;
    double left, right;           /* x of the first and the last day */
    const char *late_fill;        /* "url(#duty-late)" */
    apr_pool_t *pool;
} canvas_t;

/* "123.4": one decimal place. By hand: a drawing has hundreds, and printing them was an eighth of
 * the time of a page. */
static const char *tenths(double value, apr_pool_t *pool)
{
    char text[16], *at = text + sizeof(text);
    const int negative = value < 0;
    unsigned n = (unsigned)((negative ? -value : value) * 10 + 0.5);

    *--at = '\0';
    *--at = (char)('0' + n % 10);
    *--at = '.';
    do {
        n /= 10;
        *--at = (char)('0' + n % 10);
    } while (n >= 10);
    if (negative)
        *--at = '-';
    return apr_pmemdup(pool, at, (apr_size_t)(text + sizeof(text) - at));
}

static void number(web_view_t *map, web_name_t name, double value, apr_pool_t *pool)
{
    web_page_text(map, name, tenths(value, pool));
}

static double x_of(const canvas_t *c, cd_date_t day)
{
    const double span = c->line->last - c->line->first;

    return c->left + (c->right - c->left) * (double)(day - c->line->first) / span;
}

static web_view_t *shape(canvas_t *c, web_name_t kind, const char *css)
{
    web_view_t *map = web_add(c->shapes);

    web_page_flag(map, kind, 1);
    web_page_text(map, WN_classes, css);
    return map;
}

static void stroke(canvas_t *c, const char *css, double x1, double y1, double x2, double y2)
{
    web_view_t *map = shape(c, WN_is_line, css);

    number(map, WN_x1, x1, c->pool);
    number(map, WN_x2, x2, c->pool);
    number(map, WN_y1, y1, c->pool);
    number(map, WN_y2, y2, c->pool);
}

static void bar(canvas_t *c, const char *css, cd_date_t from, cd_date_t to, double y, double height,
                const char *fill)
{
    web_view_t *map;
    const double x = x_of(c, from), width = x_of(c, to) - x;

    if (width <= 0)
        return;
    map = shape(c, WN_is_rect, css);
    number(map, WN_x1, x, c->pool);
    number(map, WN_y1, y, c->pool);
    number(map, WN_width, width, c->pool);
    number(map, WN_height, height, c->pool);
    web_page_text(map, WN_fill, fill);
}

static void words(canvas_t *c, const char *css, double x, double y, const char *anchor,
                  const char *text)
{
    web_view_t *map;

    if (!text || !*text)
        return;
    map = shape(c, WN_is_text, css);
    number(map, WN_x1, x, c->pool);
    number(map, WN_y1, y, c->pool);
    web_page_text(map, WN_anchor, anchor);
    web_page_text(map, WN_text, text);
}

static void tick_mark(canvas_t *c, int late, double x, double y, double r)
{
    web_view_t *map = shape(c, WN_is_circle, late ? "cd-duty__late" : "cd-duty__done");

    number(map, WN_x1, x, c->pool);
    number(map, WN_y1, y, c->pool);
    number(map, WN_radius, r, c->pool);
    map = shape(c, WN_is_path, "cd-duty__done-tick");
    web_page_text(map, WN_d,
                  apr_pstrcat(c->pool, "M", tenths(x - 0.46 * r, c->pool), " ", tenths(y, c->pool),
                              "l", tenths(0.33 * r, c->pool), " ", tenths(0.35 * r, c->pool), " ",
                              tenths(0.6 * r, c->pool), " ", tenths(-0.66 * r, c->pool), NULL));
}

static const char *day_month(cd_date_t day, int year_too, apr_pool_t *pool)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int y, m, d;

    cd_date_split(day, &y, &m, &d);
    return apr_pstrcat(pool, apr_itoa(pool, d), " ", months[m - 1], year_too ? " " : NULL,
                       year_too ? apr_itoa(pool, y) : NULL, NULL);
}

/* A long word near an end is anchored there, so that it stays in the drawing; `half` is half its
 * width. */
static void note(canvas_t *c, cd_date_t day, double y, const char *text, double half)
{
    const double x = x_of(c, day);

    if (x - half < c->left)
        words(c, "cd-duty__note", c->left, y, "start", text);
    else if (x + half > c->right)
        words(c, "cd-duty__note", c->right, y, "end", text);
    else
        words(c, "cd-duty__note", x, y, "middle", text);
}

static int crosses_years(const web_duty_line_t *line)
{
    int y1, y2, m, d;

    cd_date_split(line->first, &y1, &m, &d);
    cd_date_split(line->last, &y2, &m, &d);
    return y1 != y2;
}

static cd_date_t late_end(const web_duty_row_t *row, const web_duty_line_t *line)
{
    cd_date_t end = cd_when_known(row->done) ? row->done.last : line->today;

    if (end > line->last)
        end = line->last;
    return row->late_from && end > row->late_from ? end : CD_NO_DATE;
}

/* Bars, dates and marks of one row around the height `y`; bars are `h` high, marks have radius `r`.
 */
static void row_marks(canvas_t *c, const web_duty_row_t *row, double y, double h, double r)
{
    const cd_date_t due = row->contract > row->target ? row->contract : row->target;
    const cd_date_t late = late_end(row, c->line);
    const int year_too = crosses_years(c->line);
    const double half = year_too ? 72 : 56;

    if (row->start && due)
        bar(c, "cd-duty__bar cd-duty__bar--allowed", row->start, due, y - h / 2, h, NULL);
    if (row->start && cd_when_known(row->done) && !late)
        bar(c, "cd-duty__bar cd-duty__bar--used", row->start, row->done.first, y - h / 2, h, NULL);
    if (late)
        bar(c, "cd-duty__bar cd-duty__bar--late", row->late_from, late, y - h / 2, h, c->late_fill);
    if (row->contract) {
        stroke(c, "cd-duty__due cd-duty__due--contract", x_of(c, row->contract), y - h / 2 - 4,
               x_of(c, row->contract), y + h / 2 + 8);
        note(c, row->contract, y + h / 2 + 22,
             apr_pstrcat(c->pool, row->by_law ? "Law " : "Contract ",
                         day_month(row->contract, year_too, c->pool), NULL),
             half);
    }
    if (row->target) {
        stroke(c, "cd-duty__due cd-duty__due--target", x_of(c, row->target), y - h / 2 - 8,
               x_of(c, row->target), y + h / 2 + 4);
        note(c, row->target, y - h / 2 - 12,
             apr_pstrcat(c->pool, c->line->target_label, " ",
                         day_month(row->target, year_too, c->pool), NULL),
             half + 6);
    }
    if (row->start && !cd_when_known(row->done))
        stroke(c, "cd-duty__start", x_of(c, row->start), y - h / 2 - 5, x_of(c, row->start),
               y + h / 2 + 5);
    if (row->expected) {
        stroke(c, "cd-duty__start", x_of(c, row->expected), y - h / 2 - 5, x_of(c, row->expected),
               y + h / 2 + 5);
        if (row->expected > c->line->today)
            stroke(c, "cd-duty__wait", x_of(c, c->line->today), y, x_of(c, row->expected), y);
        note(c, row->expected, y + h / 2 + 22,
             apr_pstrcat(c->pool, row->start_note, " ", day_month(row->expected, year_too, c->pool),
                         NULL),
             half + 30);
    }
    if (!cd_when_known(row->done))
        return;
    if (row->done.first != row->done.last)
        stroke(c, "cd-duty__wait", x_of(c, row->done.first), y, x_of(c, row->done.last), y);
    tick_mark(c, late != CD_NO_DATE, (x_of(c, row->done.first) + x_of(c, row->done.last)) / 2, y,
              r);
}

/* ---- wide ---- */

#define WIDE 1152
#define WIDE_LEFT 262
#define WIDE_RIGHT 912
#define WIDE_OUT 926
#define WIDE_TOP 58
#define WIDE_ROW 76

/* First day of the next step of the axis, from the day after `day`. */
static cd_date_t next_tick(cd_date_t day, int span)
{
    int y, m, d;

    if (span <= 120)
        return day + 8 - cd_date_weekday(day);   /* the next Monday */
    cd_date_split(day, &y, &m, &d);
    if (span <= 900)
        return cd_date_month_end(day) + 1;
    return cd_date_make(y + 1, 1, 1);
}

static const char *tick_label(cd_date_t day, int span, apr_pool_t *pool)
{
    int y, m, d;

    if (span <= 120)
        return day_month(day, 0, pool);
    cd_date_split(day, &y, &m, &d);
    if (span > 900)
        return apr_itoa(pool, y);
    return m == 1 ? apr_itoa(pool, y) : day_month(day, 0, pool) + 2;   /* "1 Feb" without its day */
}

/* Does a line with a label of its own run through the words that would stand at `x`? */
static int is_crossed(const canvas_t *c, double x)
{
    const double aware = c->line->aware ? x_of(c, c->line->aware) : -100,
                 today = x_of(c, c->line->today);

    return (aware > x && aware < x + 60) || (today > x && today < x + 60);
}

static void axis(canvas_t *c, double bottom)
{
    const int span = c->line->last - c->line->first;
    double free_from = 0, x;
    cd_date_t day;

    for (day = next_tick(c->line->first, span); day && day < c->line->last;
         day = next_tick(day, span)) {
        x = x_of(c, day);
        stroke(c, "cd-duty__tick", x, 48, x, bottom);
        if (x < free_from || x > c->right - 30 || is_crossed(c, x))
            continue;
        words(c, "cd-duty__axis", x + 4, 42, NULL, tick_label(day, span, c->pool));
        free_from = x + 66;
    }
}

static void top_label(canvas_t *c, const char *css, cd_date_t day, double y, const char *text,
                      double width)
{
    const double x = x_of(c, day);

    if (x + width > WIDE)
        words(c, css, x - 6, y, "end", text);
    else
        words(c, css, x + 6, y, "start", text);
}

static void wide_lines(canvas_t *c, double bottom)
{
    const web_duty_line_t *line = c->line;
    const int near = line->aware && line->today > line->aware
        && x_of(c, line->today) - x_of(c, line->aware) < 190;

    if (line->aware && line->aware >= line->first) {
        stroke(c, "cd-duty__event", x_of(c, line->aware), 24, x_of(c, line->aware), bottom);
        /* Where the two labels would touch, this one stands to the left of its line. */
        words(c, "cd-duty__event-label", x_of(c, line->aware) + (near ? -6 : 6), 18,
              near ? "end" : "start",
              apr_psprintf(c->pool, "Trust aware, %s", day_month(line->aware, 1, c->pool)));
    }
    if (line->today > line->last)
        return;
    stroke(c, "cd-duty__today", x_of(c, line->today), 6, x_of(c, line->today), bottom);
    top_label(c, "cd-duty__today-label", line->today, 18,
              apr_psprintf(c->pool, "%s %s", line->looking_back ? "As at" : "Today,",
                           day_month(line->today, 1, c->pool)), 160);
}

#define WIDE_OUT_CHARS 32
#define WIDE_LABEL_CHARS 30

/* A rule's name may be wider than its column: then it takes two lines. */
static void wide_label(canvas_t *c, const web_duty_row_t *row, double top)
{
    const char *space = NULL, *at;

    if (strlen(row->label) > WIDE_LABEL_CHARS)
        for (at = strchr(row->label, ' '); at && at - row->label <= WIDE_LABEL_CHARS;
             at = strchr(at + 1, ' '))
            space = at;
    if (!space) {
        words(c, "cd-duty__label", 0, top + 32, NULL, row->label);
        words(c, "cd-duty__sub", 0, top + 52, NULL, row->sub);
        return;
    }
    words(c, "cd-duty__label", 0, top + 22, NULL,
          apr_pstrmemdup(c->pool, row->label, (apr_size_t)(space - row->label)));
    words(c, "cd-duty__label", 0, top + 42, NULL, space + 1);
    words(c, "cd-duty__sub", 0, top + 62, NULL, row->sub);
}

/* "46 working days past the trust's target" is wider than its column: it goes on in a second line.
 */
static void wide_out(canvas_t *c, const web_duty_row_t *row, double top)
{
    const char *css =
        row->out_late ? "cd-duty__out cd-duty__out--late" : "cd-duty__out cd-duty__out--plain";
    const char *rest = row->out_sub && strlen(row->out_sub) > WIDE_OUT_CHARS
                           ? strstr(row->out_sub, " past ")
                           : NULL;
    const double y = top + (rest ? 24 : 32);

    words(c, css, WIDE_OUT, y, NULL, row->out);
    if (!rest) {
        words(c, "cd-duty__sub", WIDE_OUT, y + 20, NULL, row->out_sub);
        return;
    }
    words(c, "cd-duty__sub", WIDE_OUT, y + 20, NULL,
          apr_pstrmemdup(c->pool, row->out_sub, (apr_size_t)(rest - row->out_sub)));
    words(c, "cd-duty__sub", WIDE_OUT, y + 38, NULL, rest + 1);
}

void web_duty_draw_wide(web_view_t *map, const web_duty_line_t *line, apr_pool_t *pool)
{
    canvas_t c = {
        web_page_list(map, WN_shapes), line, WIDE_LEFT, WIDE_RIGHT, "url(#duty-late)", pool
    };
    const int height = WIDE_TOP + line->count * WIDE_ROW + 8;
    const double bottom = height - 8;
    int i;

    web_page_text(map, WN_box, apr_psprintf(pool, "0 0 %d %d", WIDE, height));
    web_page_text(map, WN_width, apr_itoa(pool, WIDE));
    web_page_text(map, WN_height, apr_itoa(pool, height));
    axis(&c, bottom);
    wide_lines(&c, bottom);
    for (i = 0; i < line->count; i++) {
        const web_duty_row_t *row = &line->rows[i];
        const double top = WIDE_TOP + i * WIDE_ROW;

        stroke(&c, "cd-duty__rule", 0, top, WIDE, top);
        wide_label(&c, row, top);
        row_marks(&c, row, top + 38, 16, 11);
        wide_out(&c, row, top);
    }
    stroke(&c, "cd-duty__rule", 0, bottom, WIDE, bottom);
}

/* ---- narrow ---- */

#define NARROW 328
#define NARROW_TOP 58
#define NARROW_ROW 146

static void narrow_label(canvas_t *c, const char *css, cd_date_t day, double y, const char *text,
                         double width)
{
    double x = x_of(c, day);

    if (x + width > NARROW)
        x = NARROW - width > 0 ? NARROW - width : 0;
    words(c, css, x, y, NULL, text);
}

static void narrow_row(canvas_t *c, const web_duty_row_t *row, double top)
{
    const web_duty_line_t *line = c->line;
    const double y = top + 101;

    stroke(c, "cd-duty__rule", 0, top, NARROW, top);
    words(c, "cd-duty__label", 0, top + 22, NULL, row->label);
    words(c, row->out_late ? "cd-duty__out cd-duty__out--late cd-duty__out--narrow"
                           : "cd-duty__out cd-duty__out--plain cd-duty__out--narrow",
          0, top + 42, NULL, row->out);
    words(c, "cd-duty__sub", 0, top + 60, NULL, row->out_sub);
    stroke(c, "cd-duty__tick", 0, y, NARROW, y);
    if (line->aware && line->aware >= line->first)
        stroke(c, "cd-duty__event", x_of(c, line->aware), y - 15, x_of(c, line->aware), y + 15);
    if (line->today <= line->last)
        stroke(c, "cd-duty__today", x_of(c, line->today), y - 15, x_of(c, line->today), y + 15);
    row_marks(c, row, y, 14, 10);
}

void web_duty_draw_narrow(web_view_t *map, const web_duty_line_t *line, apr_pool_t *pool)
{
    canvas_t c = { web_page_list(map, WN_shapes), line, 0, NARROW, "url(#duty-n-late)", pool };
    const int height = NARROW_TOP + line->count * NARROW_ROW + 4;
    int i;

    web_page_text(map, WN_box, apr_psprintf(pool, "0 0 %d %d", NARROW, height));
    web_page_text(map, WN_width, apr_itoa(pool, NARROW));
    web_page_text(map, WN_height, apr_itoa(pool, height));
    if (line->aware && line->aware >= line->first)
        narrow_label(&c, "cd-duty__event-label", line->aware, 16,
                     apr_psprintf(pool, "Trust aware, %s", day_month(line->aware, 1, pool)), 170);
    if (line->today <= line->last)
        narrow_label(&c, "cd-duty__today-label", line->today, 38,
                     apr_psprintf(pool, "%s %s", line->looking_back ? "As at" : "Today,",
                                  day_month(line->today, 1, pool)), 150);
    for (i = 0; i < line->count; i++)
        narrow_row(&c, &line->rows[i], NARROW_TOP + i * NARROW_ROW);
}

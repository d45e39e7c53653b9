/* uplift.c: the sheet of a year under L7. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "domain/liability.h"
#include "domain/uplift.h"

int cd_financial_year(cd_date_t on)
{
    int year, month, day;

    cd_date_split(on, &year, &month, &day);
    return month < 4 ? year - 1 : year;
}

void cd_financial_days(cd_date_t *first_out, cd_date_t *last_out, int year)
{
    *first_out = cd_date_make(year, 4, 1);
    *last_out = cd_date_make(year + 1, 3, 31);
}

static int by_time(const void *a, const void *b)
{
    const cd_breach_t *one = &((const cd_uplift_row_t *)a)->breach,
                      *other = &((const cd_uplift_row_t *)b)->breach;

    if (one->decided_at != other->decided_at)
        return one->decided_at < other->decided_at ? -1 : 1;
    if (one->claim_id != other->claim_id)
        return one->claim_id < other->claim_id ? -1 : 1;
    return one->seq - other->seq;
}

static int units_of(const cd_breach_t *one)
{
    return one->units > 0 ? one->units : 1;
}

/* What a decision asks for as it stands: one that is only proposed, sent back or replaced asks for
 * nothing. */
static int asks(const cd_breach_t *one)
{
    return one->standing == CD_STAND_STANDS || one->standing == CD_STAND_VARIED;
}

static int reviewed(const cd_breach_t *one)
{
    return one->standing == CD_STAND_VARIED || one->standing == CD_STAND_QUASHED;
}

static cd_err_t *now_fill(cd_uplift_row_t *row, const cd_uplift_t *sheet, apr_pool_t *pool)
{
    apr_int64_t with_p, without_p = 0;
    const int units = units_of(&row->breach);

    if (!sheet->contribution_p || !row->is_uplift)
        return NULL;
    row->now_known = 1;
    if (!row->counts)
        return NULL;
    CD_ERR(cd_scheme_year_sum(&with_p, row->scheme, sheet->contribution_p, row->n_now, pool));
    if (row->n_now > units)
        CD_ERR(cd_scheme_year_sum(&without_p, row->scheme, sheet->contribution_p,
                                  row->n_now - units, pool));
    row->now_p = with_p - without_p;
    return NULL;
}

static cd_err_t *rows_fill(cd_uplift_t *sheet, apr_pool_t *pool)
{
    cd_breach_t *breaches = apr_pcalloc(pool, sizeof(*breaches) * (apr_size_t)(sheet->count + 1));
    int i;

    for (i = 0; i < sheet->count; i++)
        breaches[i] = sheet->rows[i].breach;
    for (i = 0; i < sheet->count; i++) {
        cd_uplift_row_t *row = &sheet->rows[i];

        row->is_uplift = row->scheme && row->scheme->formula == CD_L7_CONTRIBUTION_UPLIFT;
        row->counts = cd_breach_counts(&row->breach);
        if (row->counts) {
            row->n_now = cd_breach_number(breaches, sheet->count, i, CD_NO_DATE);
            sheet->breaches += units_of(&row->breach);
        }
        CD_ERR(now_fill(row, sheet, pool));
        if (row->is_uplift) {
            sheet->uplifts++;
            sheet->scheme = row->scheme;
            row->asks_p = asks(&row->breach) ? row->breach.amount_p : 0;
            row->taken_p = reviewed(&row->breach) ? row->decided_p - row->asks_p : 0;
        }
        sheet->asks_p += row->asks_p;
        sheet->taken_p += row->taken_p;
        row->running_p = sheet->asks_p;
    }
    return NULL;
}

static void line(cd_uplift_t *sheet, const char *setting, const char *text, apr_int64_t amount_p,
                 int has_sum)
{
    const cd_scheme_t *s = sheet->scheme;
    const char *authority = NULL;
    int i;

    for (i = 0; setting && i < s->authority_count; i++)
        if (!strcmp(s->authorities[i].setting, setting))
            authority = s->authorities[i].text;
    if (sheet->line_count < CD_UPLIFT_LINES)
        sheet->lines[sheet->line_count++] =
            (cd_uplift_line_t){ text, authority, amount_p, has_sum };
}

static void formula_lines(cd_uplift_t *sheet, apr_pool_t *pool)
{
    const cd_scheme_t *s = sheet->scheme;
    const int counted =
        s->most_breaches && sheet->breaches > s->most_breaches ? s->most_breaches : sheet->breaches;

    line(sheet, "formula", "Trust’s contribution for the financial year", sheet->contribution_p, 1);
    line(sheet, "window",
         apr_psprintf(pool, "Breaches of the year that count today: %d", sheet->breaches), 0, 0);
    line(sheet, "bp",
         apr_psprintf(pool, "%s for each of %d, %s of the contribution%s", cd_bp_words(s->bp, pool),
                      counted, cd_bp_words(s->bp * counted, pool),
                      s->rounding == CD_ROUND_DOWN ? ", rounded down to a whole penny" : ""),
         sheet->year_p, 1);
    if (s->most_breaches)
        line(sheet, "most_breaches",
             apr_psprintf(pool, "Limit of the year: no more than %d count, %s of the contribution",
                          s->most_breaches, cd_bp_words(s->bp * s->most_breaches, pool)),
             sheet->cap_p, 1);
    else
        line(sheet, "most_breaches", "The scheme sets no limit for the year", 0, 0);
}

static void asked_lines(cd_uplift_t *sheet)
{
    if (sheet->taken_p)
        line(sheet, NULL, sheet->taken_p > 0 ? "Taken away by reviews" : "Added by reviews",
             sheet->taken_p > 0 ? sheet->taken_p : -sheet->taken_p, 1);
    line(sheet, NULL, "What the decisions of the year add, as they stand", sheet->asks_p, 1);
    if (sheet->known && sheet->cap_p)
        line(sheet, NULL, "Left up to the limit", sheet->left_p, 1);
}

cd_err_t *cd_uplift_year(cd_uplift_t **out, int year, apr_int64_t contribution_p,
                         const cd_uplift_row_t *all, int count, apr_pool_t *pool)
{
    cd_uplift_t *sheet = apr_pcalloc(pool, sizeof(*sheet));
    int i;

    sheet->year = year;
    sheet->contribution_p = contribution_p;
    sheet->rows = apr_pcalloc(pool, sizeof(*sheet->rows) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        if (cd_financial_year(cd_london_date(all[i].breach.decided_at)) == year)
            sheet->rows[sheet->count++] = all[i];
    qsort(sheet->rows, (size_t)sheet->count, sizeof(*sheet->rows), by_time);
    CD_ERR(rows_fill(sheet, pool));
    *out = sheet;
    if (!sheet->scheme)
        return NULL;
    if (contribution_p) {
        sheet->known = 1;
        CD_ERR(cd_scheme_year_sum(&sheet->year_p, sheet->scheme, contribution_p, sheet->breaches,
                                  pool));
        if (sheet->scheme->most_breaches)
            CD_ERR(cd_scheme_year_sum(&sheet->cap_p, sheet->scheme, contribution_p,
                                      sheet->scheme->most_breaches, pool));
        sheet->left_p = sheet->cap_p > sheet->asks_p ? sheet->cap_p - sheet->asks_p : 0;
        formula_lines(sheet, pool);
    } else {
        line(sheet, NULL,
             "The trust’s contribution for the financial year is not recorded. Until it is, the "
             "sum and the "
             "limit of the year cannot be worked out",
             0, 0);
    }
    asked_lines(sheet);
    return NULL;
}

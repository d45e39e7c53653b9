/* form_date.c: a date that was typed as day, month and year.
 *
 * The words keep the order of priority of the design system: something is missing, then it is not a
 * real date; whether it may lie in the future is asked of the whole date later. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "base/text.h"
#include "web/form_body.h"

enum { DAY, MONTH, YEAR };
static const char *const part_names[] = { "day", "month", "year" };

/* "the date you told the patient" -> "Date you told the patient" */
static const char *subject(const cd_field_t *field, apr_pool_t *pool)
{
    const char *noun = field->noun ? field->noun : field->name;
    char *text = apr_pstrdup(pool, strncmp(noun, "the ", 4) ? noun : noun + 4);

    if (*text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
    return text;
}

/* Digits alone, at most four; -1 for anything else. */
static int read_number(const char *text)
{
    int n = 0;

    if (!*text || strlen(text) > 4)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        n = n * 10 + (*text - '0');
    }
    return n;
}

/* A month as a number or by its English name, whole or from three letters on. */
static int read_month(const char *text)
{
    static const char *const names[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };
    apr_size_t len = strlen(text), i;
    int m;

    for (m = 0; m < 12; m++) {
        for (i = 0; i < len && apr_tolower(text[i]) == names[m][i]; i++)
            continue;
        if (len >= 3 && i == len)
            return m + 1;
    }
    return read_number(text);
}

static const char *not_real(web_form_t *form, const cd_field_t *field, const char *part)
{
    cd_problem_add(&form->problems, field->name, part, "%s must be a real date",
                   subject(field, form->pool));
    return NULL;
}

/* Which parts must be there: all, or for a date that may be known in part, the larger ones. */
static int part_needed(int part, const cd_field_t *field, const char *const text[3])
{
    if (field->type == CD_FT_DATE || !(field->flags & CD_FF_PART_DATE) || part == YEAR)
        return 1;
    return part == MONTH && text[DAY] != NULL;
}

static int some_missing(web_form_t *form, const cd_field_t *field, const char *const text[3])
{
    const char *missing[3], *first = NULL;
    int i, count = 0;

    for (i = DAY; i <= YEAR; i++) {
        if (text[i] || !part_needed(i, field, text))
            continue;
        first = first ? first : part_names[i];
        missing[count++] = part_names[i];
    }
    if (!count)
        return 0;
    cd_problem_add(&form->problems, field->name, first, "%s must include a %s",
                   subject(field, form->pool), cd_text_list(missing, count, form->pool));
    return 1;
}

const char *web_form_join_date(web_form_t *form, const cd_field_t *field,
                               const char *const typed[3])
{
    const char *text[3];
    int n[3] = { 0, 0, 0 }, i;

    for (i = DAY; i <= YEAR; i++)
        text[i] = cd_text_tidy(typed[i], form->pool);
    if (!text[DAY] && !text[MONTH] && !text[YEAR])
        return "";
    if (some_missing(form, field, text))
        return NULL;
    for (i = YEAR; i >= DAY; i--) {
        n[i] = !text[i] ? 0 : i == MONTH ? read_month(text[i]) : read_number(text[i]);
        if (n[i] < 0 || (text[i] && !n[i]) || (i == DAY && n[i] > 31) || (i == MONTH && n[i] > 12))
            return not_real(form, field, part_names[i]);
    }
    if (!cd_date_make(n[YEAR], 1, 1))
        return not_real(form, field, "year");
    if (!text[MONTH])
        return apr_psprintf(form->pool, "%04d", n[YEAR]);
    if (!text[DAY])
        return apr_psprintf(form->pool, "%04d-%02d", n[YEAR], n[MONTH]);
    if (!cd_date_make(n[YEAR], n[MONTH], n[DAY]))
        return not_real(form, field, NULL);
    return apr_psprintf(form->pool, "%04d-%02d-%02d", n[YEAR], n[MONTH], n[DAY]);
}

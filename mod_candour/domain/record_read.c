/* record_read.c: one answer as a person gives it, into its member, or a sentence that says what to
 * mend.
 *
 * The sentences follow one pattern: what to enter when nothing was, and otherwise what the answer
 * must be. None says "invalid" or blames. */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "domain/value.h"

void cd_problem_add(cd_problems_t *problems, const char *field, const char *part,
                    const char *text_fmt, ...)
{
    if (problems->count == problems->cap) {
        int cap = problems->cap ? problems->cap * 2 : 8;
        cd_problem_t *list = apr_palloc(problems->pool, (apr_size_t)cap * sizeof(*list));
        if (problems->count)
            memcpy(list, problems->list, (apr_size_t)problems->count * sizeof(*list));
        problems->list = list;
        problems->cap = cap;
    }
    va_list args;
    va_start(args, text_fmt);
    const char *text = cd_vfmt(problems->pool, text_fmt, args);
    va_end(args);
    problems->list[problems->count++] = (cd_problem_t){
        apr_pstrdup(problems->pool, field ? field : ""), part, text
    };
}

/* "the date you told the patient" -> "Date you told the patient" */
static const char *subject(const cd_field_t *field, apr_pool_t *pool)
{
    const char *noun = field->noun ? field->noun : field->name;
    if (!strncmp(noun, "the ", 4))
        noun += 4;
    char *out = apr_pstrdup(pool, noun);
    out[0] = (char)apr_toupper(out[0]);
    return out;
}

/* Reports on the field, the subject leading: "Date you told the patient must be a real date". */
static void must(cd_problems_t *problems, const cd_field_t *field, const char *part,
                 const char *what)
{
    cd_problem_add(problems, field->name, part, "%s must %s", subject(field, problems->pool), what);
}

static void missing(cd_problems_t *problems, const cd_field_t *field)
{
    int choice = field->type == CD_FT_TOKEN || field->type == CD_FT_SET
              || field->type == CD_FT_YESNO;
    cd_problem_add(problems, field->name, NULL, "%s %s", choice ? "Select" : "Enter",
                   field->noun ? field->noun : field->name);
}

static void read_text(const cd_field_t *field, void *base, const char *text,
                      cd_problems_t *problems)
{
    if (field->type == CD_FT_TEXT && strpbrk(text, "\n\r")) {
        must(problems, field, NULL, "be on one line");
        return;
    }
    apr_int64_t chars = (apr_int64_t)cd_text_chars(text);
    if (field->max && chars > field->max)
        must(problems, field, NULL,
             apr_psprintf(problems->pool,
                          field->min == field->max ? "have %" APR_INT64_T_FMT " characters"
                                                   : "have %" APR_INT64_T_FMT
                                                     " characters or fewer",
                          field->max));
    else if (chars < field->min)
        must(problems, field, NULL,
             apr_psprintf(problems->pool,
                          field->min == field->max ? "have %" APR_INT64_T_FMT " characters"
                                                   : "have %" APR_INT64_T_FMT " characters or more",
                          field->min));
    else
        *CD_FIELD_AT(const char *, base, field) = apr_pstrdup(problems->pool, text);
}

static void read_token(const cd_field_t *field, void *base, const char *text,
                       cd_problems_t *problems)
{
    int value = cd_token_polite(field->tokens, text);
    if (value)
        *CD_FIELD_AT(int, base, field) = value;
    else
        cd_problem_add(problems, field->name, NULL, "Select %s from the list", field->noun);
}

static void read_set(const cd_field_t *field, void *base, const char *text,
                     cd_problems_t *problems)
{
    char *rest = apr_pstrdup(problems->pool, text), *comma;
    apr_uint32_t set = 0;
    do {
        comma = strchr(rest, ',');
        if (comma)
            *comma = '\0';
        const char *one = cd_text_tidy(rest, problems->pool);
        int value = one ? cd_token_polite(field->tokens, one) : 0;
        if (!value) {
            cd_problem_add(problems, field->name, NULL, "Select %s from the list", field->noun);
            return;
        }
        set |= 1u << value;
        rest = comma ? comma + 1 : rest;
    } while (comma);
    *CD_FIELD_AT(apr_uint32_t, base, field) = set;
}

static void read_yesno(const cd_field_t *field, void *base, const char *text,
                       cd_problems_t *problems)
{
    static const cd_token_t words[] = {
        { CD_YES, "YES", NULL }, { CD_YES, "TRUE", NULL }, { CD_NO, "NO", NULL },
        { CD_NO, "FALSE", NULL }, { 0, NULL, NULL }
    };
    int value = cd_token_polite(words, text);
    if (value)
        *CD_FIELD_AT(int, base, field) = value;
    else
        cd_problem_add(problems, field->name, NULL, "Select yes or no: %s", field->noun);
}

/* "2026" and "2026-11" where a whole day is asked for: says which part is missing. */
static int part_missing(const cd_field_t *field, cd_precision_t precision, cd_problems_t *problems)
{
    if (precision == CD_PRECISION_YEAR)
        must(problems, field, "day", "include a day and month");
    else if (precision == CD_PRECISION_MONTH)
        must(problems, field, "day", "include a day");
    else if (precision == CD_PRECISION_SPAN)
        must(problems, field, NULL, "be one day");
    return precision != CD_PRECISION_DAY;
}

static int read_dates(cd_when_t *out, const cd_field_t *field, const char *text, cd_date_t today,
                      cd_problems_t *problems)
{
    cd_when_t when;
    int whole_day = field->type == CD_FT_DATE || !(field->flags & CD_FF_PART_DATE);
    if (!cd_when_parse(&when, text) || !cd_when_known(when)) {
        must(problems, field, NULL, "be a real date");
        return 0;
    }
    if (whole_day && part_missing(field, cd_when_precision(when), problems))
        return 0;
    if ((field->flags & CD_FF_PAST) && today && when.first > today) {
        must(problems, field, NULL, "be today or in the past");
        return 0;
    }
    *out = when;
    return 1;
}

int cd_minutes_parse(const char *typed)
{
    int hour = 0, minute = 0, digits = 0;
    if (!strcmp(typed, "midday") || !strcmp(typed, "noon"))
        return 12 * 60;
    if (!strcmp(typed, "midnight"))
        return 0;
    for (; apr_isdigit(*typed) && digits < 2; typed++, digits++)
        hour = hour * 10 + (*typed - '0');
    if (!digits)
        return -1;
    if (*typed == ':' || *typed == '.') {
        if (!apr_isdigit(typed[1]) || !apr_isdigit(typed[2]))
            return -1;
        minute = (typed[1] - '0') * 10 + (typed[2] - '0');
        typed += 3;
    }
    while (*typed == ' ')
        typed++;
    int has_half = *typed != '\0';
    if (has_half) {
        int pm = apr_tolower(typed[0]) == 'p';
        if ((!pm && apr_tolower(typed[0]) != 'a') || apr_tolower(typed[1]) != 'm' || typed[2]
            || hour < 1 || hour > 12)
            return -1;
        hour = hour % 12 + (pm ? 12 : 0);
    }
    return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

static void read_money(const cd_field_t *field, void *base, const char *text,
                       cd_problems_t *problems)
{
    apr_int64_t value = 0;
    apr_pool_t *pool = problems->pool;
    int pence = field->type == CD_FT_PENCE;
    int read = pence ? cd_pence_parse(&value, text) : cd_bp_parse(&value, text);
    if (!read)
        must(problems, field, NULL, pence ? "be an amount of money, like 1,234.50"
                                          : "be a percentage, like 70 or 70.25");
    else if (value < field->min)
        must(problems, field, NULL, apr_psprintf(pool, "be %s or more",
             pence ? cd_pence_words(field->min, pool) : cd_bp_words(field->min, pool)));
    else if (field->max && value > field->max)
        must(problems, field, NULL, apr_psprintf(pool, "be %s or less",
             pence ? cd_pence_words(field->max, pool) : cd_bp_words(field->max, pool)));
    else
        *CD_FIELD_AT(apr_int64_t, base, field) = value;
}

static void read_whole(const cd_field_t *field, void *base, const char *text,
                       cd_problems_t *problems)
{
    apr_int64_t value = 0;
    apr_int64_t max = field->max ? field->max : 1000000000;
    const char *p = text;
    for (; apr_isdigit(*p) && value <= max; p++)
        value = value * 10 + (*p - '0');
    if (*p && !apr_isdigit(*p))
        must(problems, field, NULL, "be a whole number");
    else if (value < field->min || value > max)
        must(problems, field, NULL, apr_psprintf(problems->pool,
             "be between %" APR_INT64_T_FMT " and %" APR_INT64_T_FMT, field->min, max));
    else if (field->type == CD_FT_SEQ)
        *CD_FIELD_AT(int, base, field) = (int)value;
    else
        *CD_FIELD_AT(apr_int64_t, base, field) = value;
}

static void read_nhs(const cd_field_t *field, void *base, const char *text,
                     cd_problems_t *problems)
{
    const char *ten = cd_nhs_read(text, problems->pool);
    if (ten)
        *CD_FIELD_AT(const char *, base, field) = ten;
    else
        must(problems, field, NULL,
             "be 10 numbers that pass the NHS number check, like 999 000 0018");
}

static void read_ods(const cd_field_t *field, void *base, const char *text,
                     cd_problems_t *problems)
{
    char *upper = apr_pstrdup(problems->pool, text);
    for (char *p = upper; *p; p++)
        *p = (char)apr_toupper(*p);
    if (cd_ods_valid(upper))
        *CD_FIELD_AT(const char *, base, field) = upper;
    else
        must(problems, field, NULL, "be 3 to 8 letters and numbers, like RZ1");
}

void cd_field_read(const cd_field_t *field, void *base, const char *text, cd_date_t today,
                   cd_problems_t *problems)
{
    if (text && !cd_text_valid(text, strlen(text))) {
        must(problems, field, NULL, "be plain text without control characters");
        return;
    }
    const char *tidy = text ? cd_text_tidy(text, problems->pool) : NULL;
    if (!tidy) {
        if (field->flags & CD_FF_REQUIRED)
            missing(problems, field);
        return;
    }
    cd_when_t when;
    int minutes;
    switch (field->type) {
    case CD_FT_TEXT: case CD_FT_LONG: read_text(field, base, tidy, problems); break;
    case CD_FT_TOKEN: read_token(field, base, tidy, problems); break;
    case CD_FT_SET: read_set(field, base, tidy, problems); break;
    case CD_FT_YESNO: read_yesno(field, base, tidy, problems); break;
    case CD_FT_WHEN:
        if (read_dates(&when, field, tidy, today, problems))
            *CD_FIELD_AT(cd_when_t, base, field) = when;
        break;
    case CD_FT_DATE:
        if (read_dates(&when, field, tidy, today, problems))
            *CD_FIELD_AT(cd_date_t, base, field) = when.first;
        break;
    case CD_FT_MINUTES:
        minutes = cd_minutes_parse(tidy);
        if (minutes < 0)
            must(problems, field, NULL, "be a time, like 2:30pm");
        else
            *CD_FIELD_AT(int, base, field) = minutes + 1;
        break;
    case CD_FT_PENCE: case CD_FT_BP: read_money(field, base, tidy, problems); break;
    case CD_FT_INT: case CD_FT_SEQ: read_whole(field, base, tidy, problems); break;
    case CD_FT_NHS: read_nhs(field, base, tidy, problems); break;
    case CD_FT_ODS: read_ods(field, base, tidy, problems); break;
    }
}

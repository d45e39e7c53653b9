/* case_dice.h: records with random values, for properties that hold of every file. A seed makes the
 * same file again. */
#ifndef CD_TESTS_CASE_DICE_H
#define CD_TESTS_CASE_DICE_H

#include "case_text.h"

typedef struct dice_t {
    apr_uint64_t seed;
    cd_date_t from;                   /* first of the days that are drawn, and how many there are */
    unsigned days;
} dice_t;

static inline unsigned roll(dice_t *dice, unsigned sides)
{
    dice->seed = dice->seed * APR_UINT64_C(6364136223846793005) + APR_UINT64_C(1442695040888963407);
    return (unsigned)(dice->seed >> 33) % sides;
}

static inline cd_date_t day(dice_t *dice)
{
    return dice->from + (cd_date_t)roll(dice, dice->days);
}

static inline cd_when_t when(dice_t *dice)
{
    cd_date_t first = day(dice);
    return roll(dice, 5) ? cd_when_day(first)
                         : (cd_when_t){ first, first + (cd_date_t)roll(dice, 31) };
}

/* A random value of the field's type, or none. */
static inline void fill_field(const cd_field_t *f, void *body, dice_t *dice)
{
    int values = 0;
    if (roll(dice, 4) == 0 && !(f->flags & CD_FF_HAPPENED))
        return;
    for (const cd_token_t *t = f->tokens; t && t->word; t++)
        values++;
    switch (f->type) {
    case CD_FT_TEXT: case CD_FT_LONG: *CD_FIELD_AT(const char *, body, f) = "Some words"; break;
    case CD_FT_NHS: *CD_FIELD_AT(const char *, body, f) = "9990000018"; break;
    case CD_FT_ODS: *CD_FIELD_AT(const char *, body, f) = "RZ1"; break;
    case CD_FT_TOKEN:
        *CD_FIELD_AT(int, body, f) = f->tokens[roll(dice, (unsigned)values)].value;
        break;
    case CD_FT_SET:
        *CD_FIELD_AT(apr_uint32_t, body, f) = 1u << f->tokens[roll(dice, (unsigned)values)].value;
        break;
    case CD_FT_YESNO: *CD_FIELD_AT(int, body, f) = roll(dice, 3) ? CD_YES : CD_NO; break;
    case CD_FT_WHEN: *CD_FIELD_AT(cd_when_t, body, f) = when(dice); break;
    case CD_FT_DATE: *CD_FIELD_AT(cd_date_t, body, f) = day(dice); break;
    case CD_FT_MINUTES: *CD_FIELD_AT(int, body, f) = 1 + (int)roll(dice, 1440); break;
    case CD_FT_PENCE:
        *CD_FIELD_AT(apr_int64_t, body, f) = 1 + (apr_int64_t)roll(dice, 100000000);
        break;
    case CD_FT_BP: *CD_FIELD_AT(apr_int64_t, body, f) = 1 + (apr_int64_t)roll(dice, 10000); break;
    case CD_FT_INT: case CD_FT_SEQ: break;
    }
}

static inline void fill(cd_record_t *r, cd_record_kind_t kind, dice_t *dice, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(kind);
    void *body = apr_pcalloc(pool, def->size);

    for (int i = 0; i < def->field_count; i++)
        fill_field(&def->fields[i], body, dice);
    r->kind = kind;
    r->body = body;
    r->happened = cd_body_happened(def, body);
    r->role = 1 + (int)roll(dice, CD_ROLE_ADMIN);
    if (roll(dice, 2) && r->happened.last)
        r->recorded_at =
            (cd_instant_t)(r->happened.last - cd_date_parse("1970-01-01") + (int)roll(dice, 60))
                * APR_INT64_C(86400000000)
            + APR_INT64_C(43200000000);
}

static inline made_t *copy_of(const made_t *made, apr_pool_t *pool)
{
    made_t *copy = apr_pmemdup(pool, made, sizeof(*made));

    for (int i = 0; i < copy->count; i++)
        copy->list[i].body =
            apr_pmemdup(pool, made->list[i].body, cd_record_def(made->list[i].kind)->size);
    return copy;
}

#define BODY_OF(type_, r_) ((type_ *)(uintptr_t)(r_)->body)

#endif

/* case_text.h: records for tests, from one line each, through the same field tables as the program:
 *   "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=A; letter dated=2026-11-12 sent=2026-11-13"
 * Records are parted by ";", fields by a space; "_" stands for a space in a text. "@at=DAY" is the
 * day it was recorded (at noon), "@by=ROLE" the role, "@seq=N" its number, "@over=N" what it
 * supersedes. */
#ifndef CD_TESTS_CASE_TEXT_H
#define CD_TESTS_CASE_TEXT_H

#include <stdlib.h>

#include "domain/candour.h"
#include "domain/claim.h"
#include "domain/value.h"

#define RECORDS_MAX 64

typedef struct made_t {
    cd_record_t list[RECORDS_MAX];
    int count;
} made_t;

static const cd_org_t made_org = { .code = "RZ1", .name = "Northvale Hospitals",
    .jurisdiction = CD_JUR_ENG, .kind = CD_HEALTH_SERVICE_BODY, .nhs_contract = CD_YES };

static inline void made_meta(cd_record_t *r, const char *name, const char *value, apr_pool_t *pool)
{
    if (!strcmp(name, "@at"))
        r->recorded_at = cd_instant_parse(apr_pstrcat(pool, value, "T12:00:00Z", NULL));
    else if (!strcmp(name, "@by"))
        r->role = cd_token_strict(cd_roles, value);
    else if (!strcmp(name, "@seq"))
        r->seq = (int)strtoul(value, NULL, 10);
    else if (!strcmp(name, "@over"))
        r->supersedes = (int)strtoul(value, NULL, 10);
    else
        fail_msg("there is no %s", name);
}

static inline void made_field(cd_record_t *r, const cd_record_def_t *def, void *body,
                              const char *name, char *value, apr_pool_t *pool)
{
    const cd_field_t *field = cd_record_field(def, name);
    cd_problems_t problems = { .pool = pool };

    if (name[0] == '@') {
        made_meta(r, name, value, pool);
        return;
    }
    if (!field)
        fail_msg("%s has no field %s", def->word, name);
    if (field->type == CD_FT_TEXT || field->type == CD_FT_LONG)
        for (char *p = value; *p; p++)
            *p = *p == '_' ? ' ' : *p;
    cd_field_read(field, body, value, CD_NO_DATE, &problems);
    if (problems.count)
        fail_msg("%s %s: %s", def->word, name, problems.list[0].text);
}

static inline void made_one(made_t *made, char *text, cd_file_kind_t file, apr_pool_t *pool)
{
    char *last = NULL, *word = apr_strtok(text, " \n", &last), *pair;
    cd_record_t *r = &made->list[made->count];
    const cd_record_def_t *def;
    void *body;

    if (!word)
        return;
    def = cd_record_def_by_word(file, word);
    if (!def || made->count == RECORDS_MAX)
        fail_msg("there is no record %s, or too many", word);
    body = apr_pcalloc(pool, def->size);
    memset(r, 0, sizeof(*r));
    r->seq = made->count ? made->list[made->count - 1].seq + 1 : 1;
    while ((pair = apr_strtok(NULL, " \n", &last))) {
        char *equals = strchr(pair, '=');
        if (!equals)
            fail_msg("%s: \"%s\" has no value", word, pair);
        *equals = '\0';
        made_field(r, def, body, pair, equals + 1, pool);
    }
    r->kind = def->kind;
    r->body = body;
    r->happened = cd_body_happened(def, body);
    made->count++;
}

static inline made_t *made_records(const char *text, cd_file_kind_t file, apr_pool_t *pool)
{
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    char *last = NULL, *one;

    for (one = apr_strtok(apr_pstrdup(pool, text), ";", &last); one;
         one = apr_strtok(NULL, ";", &last))
        made_one(made, one, file, pool);
    return made;
}

static inline const cd_calendar_t *made_calendar_of(const cd_org_t *org, apr_pool_t *pool)
{
    int count;
    const cd_holiday_t *list = cd_holidays_shipped(&count);

    return cd_calendar_make(cd_org_division(org), list, count, pool);
}

static inline const cd_calendar_t *made_calendar(apr_pool_t *pool)
{
    return made_calendar_of(&made_org, pool);
}

static inline cd_case_t *made_case(const char *text, const cd_org_t *org, const char *as_at,
                                   apr_pool_t *pool)
{
    made_t *made = made_records(text, CD_FILE_CASE, pool);

    return cd_case_read(made->list, made->count, org, cd_date_parse(as_at), pool);
}

static inline cd_evaluation_t *made_evaluation(const char *text, const cd_org_t *org,
                                               const char *policy, const char *as_at,
                                               apr_pool_t *pool)
{
    cd_case_t *file = made_case(text, org, as_at, pool);
    cd_evaluation_t *eval = NULL;
    cd_err_t *err = cd_evaluate(&eval, file, cd_policy_by_code(policy), made_calendar_of(org, pool),
                                file->as_at, pool);

    if (err)
        fail_msg("%s", cd_err_line(err, pool));
    return eval;
}

#endif

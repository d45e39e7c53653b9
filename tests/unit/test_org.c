/* test_org.c: organisations: fields, and the division whose holidays count. */
#include "unit.h"

#include "domain/org.h"
#include "domain/record.h"

static void divisions(void **state)
{
    static const struct { int jurisdiction; cd_division_t want; } rows[] = {
        { CD_JUR_ENG, CD_DIV_ENGLAND_AND_WALES }, { CD_JUR_WAL, CD_DIV_ENGLAND_AND_WALES },
        { CD_JUR_SCO, CD_DIV_SCOTLAND }, { CD_JUR_NI, CD_DIV_NORTHERN_IRELAND },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_org_t org = { .jurisdiction = rows[i].jurisdiction };
        ROW_CHECK(cd_org_division(&org) == rows[i].want, i, "division");
    }
}

static void fields(void **state)
{
    for (int i = 0; i < cd_org_field_count; i++) {
        const cd_field_t *field = &cd_org_fields[i];
        ROW_CHECK(field->label && field->noun && field->shown, i, field->name);
        ROW_CHECK(!(field->flags & CD_FF_SENSITIVE), i, "nothing about a person");
        for (int k = 0; k < i; k++)
            ROW_CHECK(strcmp(cd_org_fields[k].name, field->name) != 0, i, "a name once");
    }
    cd_problems_t problems = { .pool = *state };
    cd_org_t org = { 0 };
    cd_field_read(&cd_org_fields[0], &org, "rz1", 0, &problems);
    assert_int_equal(problems.count, 0);
    assert_string_equal(org.code, "RZ1");
    cd_field_read(&cd_org_fields[0], &org, "r!", 0, &problems);
    assert_int_equal(problems.count, 1);
}

static void short_names(void **state)
{
    static const struct { const char *name, *want; } rows[] = {
        { "Northvale Hospitals NHS Foundation Trust", "Northvale Hospitals" },
        { "Eastmere NHS Trust", "Eastmere" },
        { "Llanfair University Health Board", "Llanfair University Health Board" },
        { "NHS Trust", "NHS Trust" }, { " NHS Trust", " NHS Trust" },
        { "The NHS Trust Library", "The NHS Trust Library" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_org_t org = { .name = rows[i].name };
        ROW_CHECK(!strcmp(cd_org_short(&org, *state), rows[i].want), i, rows[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(divisions), POOL_TEST(fields),
                                        POOL_TEST(short_names) };

    return cmocka_run_group_tests_name("org", tests, NULL, NULL);
}

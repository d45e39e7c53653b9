/* test_policy.c: which policy binds whom since when; the table of English rules. */
#include "unit.h"

#include "domain/candour.h"

static void chosen(void **state)
{
    static const struct { int jurisdiction, kind; const char *aware, *want, *why; } rows[] = {
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, "2014-11-26", NULL, "the day before SI 2014/2936 reg 20" },
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, "2014-11-27", "ENG-20-NHS", "first day for NHS bodies" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2014-11-27", NULL, "others come later" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2015-03-31", NULL, "the day before SI 2015/64 reg 10" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2015-04-01", "ENG-20-OTHER", "first day for others" },
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, NULL, "ENG-20-NHS", "day not known" },
        { CD_JUR_WAL, CD_HEALTH_SERVICE_BODY, "2024-01-01", NULL, "not in this version" },
        { CD_JUR_SCO, CD_HEALTH_SERVICE_BODY, "2024-01-01", NULL, "not in this version" },
        { CD_JUR_NI, CD_HEALTH_SERVICE_BODY, "2024-01-01", NULL, "no duty in statute" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_org_t org = { .jurisdiction = rows[i].jurisdiction, .kind = rows[i].kind };
        const cd_policy_t *got = cd_policy_for(&org, rows[i].aware ? cd_date_parse(rows[i].aware) : CD_NO_DATE);
        ROW_CHECK(!got == !rows[i].want, i, rows[i].why);
        if (got)
            assert_string_equal(got->code, rows[i].want);
    }
    assert_null(cd_policy_by_code("SCO-2018"));
    assert_null(cd_policy_by_code(NULL));
}

/* Code, citation and weight, said again: an offence is 20(2)(a) and 20(3) alone. @source SI 2014/2936 reg 22(3) */
static void rules(void **state)
{
    static const struct { const char *code, *citation; cd_weight_t weight; } rows[] = {
        { "E01", "Regulation 20(8)", CD_WEIGHT_NONE }, { "E02", "Regulation 20(2)(a)", CD_WEIGHT_OFFENCE },
        { "E03", "Regulation 20(3)(a)", CD_WEIGHT_OFFENCE }, { "E04", "Regulation 20(3)(b)", CD_WEIGHT_OFFENCE },
        { "E05", "Regulation 20(3)(c)", CD_WEIGHT_OFFENCE }, { "E06", "Regulation 20(3)(d)", CD_WEIGHT_OFFENCE },
        { "E07", "Regulation 20(3)(e)", CD_WEIGHT_OFFENCE }, { "E08", "Regulation 20(2)(b)", CD_WEIGHT_DUTY },
        { "E09", "Regulation 20(4)(a), (b) and (d)", CD_WEIGHT_DUTY }, { "E10", "Regulation 20(4)(c)", CD_WEIGHT_DUTY },
        { "E11", "Regulation 20(5)", CD_WEIGHT_DUTY }, { "E12", "Regulation 20(6)", CD_WEIGHT_DUTY },
        { "C01", "NHS Standard Contract, SC35", CD_WEIGHT_CONTRACT },
        { "C02", "Local agreement under the contract", CD_WEIGHT_CONTRACT },
    };
    int count;
    const cd_policy_t *policies = cd_policies(&count);

    (void)state;
    assert_int_equal(count, 2);
    for (int p = 0; p < count; p++) {
        assert_int_equal(policies[p].rule_count, COUNT_OF(rows));
        for (size_t i = 0; i < COUNT_OF(rows); i++) {
            const cd_rule_t *rule = &policies[p].rules[i];
            assert_string_equal(rule->code, rows[i].code);
            assert_string_equal(cd_token_word(cd_rule_codes, rule->number), rows[i].code);
            assert_string_equal(rule->citation, p && !i ? "Regulation 20(9)" : rows[i].citation);
            assert_int_equal(rule->weight, rows[i].weight);
            assert_non_null(rule->judge);
            assert_non_null(cd_token_label(cd_groups, (int)rule->group));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(chosen), POOL_TEST(rules) };

    return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}

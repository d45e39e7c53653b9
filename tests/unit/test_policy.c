/* test_policy.c: which policy binds whom since when; the table of English rules. */
#include "unit.h"

#include "domain/candour.h"

static void chosen(void **state)
{
    static const struct { int jurisdiction, kind; const char *aware, *want, *why; } rows[] = {
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, "2014-11-26", NULL,
          "the day before SI 2014/2936 reg 20" },
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, "2014-11-27", "ENG-20-NHS",
          "first day for NHS bodies" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2014-11-27", NULL, "others come later" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2015-03-31", NULL, "the day before SI 2015/64 reg 10" },
        { CD_JUR_ENG, CD_OTHER_PERSON, "2015-04-01", "ENG-20-OTHER", "first day for others" },
        { CD_JUR_ENG, CD_HEALTH_SERVICE_BODY, NULL, "ENG-20-NHS", "day not known" },
        { CD_JUR_WAL, CD_HEALTH_SERVICE_BODY, "2023-03-31", NULL, "the day before WSI 2023/274" },
        { CD_JUR_WAL, CD_HEALTH_SERVICE_BODY, "2023-04-01", "WAL-2023", "first day" },
        { CD_JUR_WAL, CD_OTHER_PERSON, "2024-01-01", NULL, "2020 Act s 3: NHS bodies alone" },
        { CD_JUR_SCO, CD_HEALTH_SERVICE_BODY, "2018-03-31", NULL, "the day before SSI 2018/57" },
        { CD_JUR_SCO, CD_HEALTH_SERVICE_BODY, "2018-04-01", "SCO-2018", "first day" },
        { CD_JUR_SCO, CD_OTHER_PERSON, "2018-04-01", "SCO-2018",
          "2016 Act s 25: every responsible person" },
        { CD_JUR_NI, CD_HEALTH_SERVICE_BODY, "2026-02-18", NULL,
          "no duty in statute, and no framework yet" },
        { CD_JUR_NI, CD_HEALTH_SERVICE_BODY, "2026-02-19", "NI-BOF", "the framework is launched" },
        { 0, CD_HEALTH_SERVICE_BODY, "2026-02-19", NULL, "a reserved policy binds nobody" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_org_t org = { .jurisdiction = rows[i].jurisdiction, .kind = rows[i].kind };
        const cd_policy_t *got =
            cd_policy_for(&org, rows[i].aware ? cd_date_parse(rows[i].aware) : CD_NO_DATE);
        ROW_CHECK(!got == !rows[i].want, i, rows[i].why);
        if (got)
            assert_string_equal(got->code, rows[i].want);
    }
    assert_int_equal(
        cd_policy_began(&(cd_org_t){ .jurisdiction = CD_JUR_ENG, .kind = CD_HEALTH_SERVICE_BODY }),
        cd_date_make(2014, 11, 27));
    assert_int_equal(
        cd_policy_began(&(cd_org_t){ .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON }),
        cd_date_make(2015, 4, 1));
    assert_int_equal(
        cd_policy_began(&(cd_org_t){ .jurisdiction = CD_JUR_WAL, .kind = CD_OTHER_PERSON }),
        CD_NO_DATE);
    assert_null(cd_policy_by_code("SCO-2019"));
    assert_null(cd_policy_by_code(NULL));
    assert_non_null(cd_policy_by_code("POA"));
    assert_int_equal(cd_policy_by_code("POA")->rule_count, 0);
    assert_null(cd_policy_version("SCO-2018", 2));
    assert_ptr_equal(cd_policy_version("SCO-2018", 1), cd_policy_by_code("SCO-2018"));
}

/* What can be judged or found under a policy: its own rules; the duty as a whole only by a finding.
 */
static void weighed(void **state)
{
    static const struct { const char *policy; int rule, finding, weighs; } rows[] = {
        { "ENG-20-NHS", CD_RULE_E02, 0, 1 }, { "ENG-20-NHS", CD_RULE_C01, 1, 1 }, { "ENG-20-NHS",
          CD_RULE_S03, 0, 0 },
        { "ENG-20-NHS", CD_RULE_DUTY, 1, 1 }, { "ENG-20-NHS", CD_RULE_DUTY, 0, 0 }, { "ENG-20-NHS",
          0, 1, 0 },
        { "WAL-2023", CD_RULE_W00, 0, 1 }, { "WAL-2023", CD_RULE_E02, 1, 0 }, { "SCO-2018",
          CD_RULE_S11, 0, 1 },
        { "NI-BOF", CD_RULE_E02, 1, 0 }, { "NI-BOF", CD_RULE_DUTY, 1, 0 }, { "NI-BOF", 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_policy_weighs(cd_policy_by_code(rows[i].policy), rows[i].rule, rows[i].finding)
                      == rows[i].weighs,
                  i, rows[i].policy);
}

/* A new version is a row: the old one keeps its days, the new one takes over on its first. */
static void versions(void **state)
{
    cd_policy_t table[] = {
        { .code = "X", .version = 1, .jurisdiction = CD_JUR_SCO, .in_force_from = cd_date_make(2018,
          4, 1),
          .in_force_to = cd_date_make(2024, 2, 28) },
        { .code = "X", .version = 2, .jurisdiction = CD_JUR_SCO, .in_force_from = cd_date_make(2024,
          2, 29),
          .in_force_to = cd_date_make(2026, 3, 31) },
        { .code = "X", .version = 3, .jurisdiction = CD_JUR_SCO, .in_force_from = cd_date_make(2026,
          4, 1) },
    };
    static const struct { const char *aware; int version; } rows[] = {
        { "2018-03-31", 0 }, { "2018-04-01", 1 }, { "2024-02-28", 1 }, { "2024-02-29", 2 },
          { "2026-03-31", 2 },
        { "2026-04-01", 3 }, { NULL, 3 },
    };
    cd_org_t org = { .jurisdiction = CD_JUR_SCO };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cd_policy_t *got =
            cd_policy_pick(table, COUNT_OF(table), &org,
                           rows[i].aware ? cd_date_parse(rows[i].aware) : CD_NO_DATE);
        ROW_CHECK((got ? got->version : 0) == rows[i].version, i,
                  rows[i].aware ? rows[i].aware : "not known");
    }
}

typedef struct said_t {
    const char *code, *citation;
    cd_weight_t weight;
    unsigned parts;
} said_t;

#define LAW CD_WEIGHT_DUTY
#define TOLD CD_PART_NOTICE
static const said_t england[] = {
    { "E01", "Regulation 20(8)", CD_WEIGHT_NONE, CD_PART_OPINION },
    { "E02", "Regulation 20(2)(a)", CD_WEIGHT_OFFENCE, CD_PART_TELLING | TOLD },
    { "E03", "Regulation 20(3)(a)", CD_WEIGHT_OFFENCE, TOLD }, { "E04", "Regulation 20(3)(b)",
      CD_WEIGHT_OFFENCE, TOLD },
    { "E05", "Regulation 20(3)(c)", CD_WEIGHT_OFFENCE, TOLD }, { "E06", "Regulation 20(3)(d)",
      CD_WEIGHT_OFFENCE, TOLD },
    { "E07", "Regulation 20(3)(e)", CD_WEIGHT_OFFENCE, TOLD }, { "E08", "Regulation 20(2)(b)", LAW,
      TOLD },
    { "E09", "Regulation 20(4)(a), (b) and (d)", LAW, TOLD }, { "E10", "Regulation 20(4)(c)", LAW,
      TOLD },
    { "E11", "Regulation 20(5)", LAW, CD_PART_EXCUSE }, { "E12", "Regulation 20(6)", LAW,
      CD_PART_COPIES },
    { "C01", "NHS Standard Contract, SC35", CD_WEIGHT_CONTRACT, TOLD | CD_PART_BY_DATE },
    { "C02", "Local agreement under the contract", CD_WEIGHT_CONTRACT, TOLD | CD_PART_BY_DATE },
};
static const said_t wales[] = {
    { "W00", "Section 3", CD_WEIGHT_NONE, CD_PART_OPINION },
    { "W01", "Regulation 4(1) and (3)", LAW, CD_PART_TELLING | TOLD },
    { "W02", "Regulation 4(3)(g)", LAW, TOLD | CD_PART_BY_DATE }, { "W03", "Regulation 5", LAW,
      TOLD | CD_PART_BY_DATE },
    { "W04", "Regulation 6", LAW, TOLD }, { "W05", "Regulation 9", LAW,
      CD_PART_EXCUSE | CD_PART_COPIES },
    { "W06", "Sections 5 to 8", LAW, 0 },
};
static const said_t scotland[] = {
    { "S01", "Section 21(2)(b) and (3)", CD_WEIGHT_NONE, CD_PART_OPINION },
    { "S02", "Regulation 1(2)", CD_WEIGHT_NONE, CD_PART_BY_DATE },
    { "S03", "Regulation 3", LAW, CD_PART_TELLING | TOLD }, { "S04", "Sections 22(2)(b) and 23",
      LAW, TOLD },
    { "S05", "Regulation 6", LAW, TOLD }, { "S06", "Regulation 7(1) and (2)", LAW,
      CD_PART_BY_DATE },
    { "S07", "Regulation 7(3)", LAW, TOLD }, { "S08", "Regulation 7(4)", LAW, 0 },
    { "S09", "Regulation 7(5)", LAW, TOLD }, { "S10", "Section 24", LAW, 0 },
    { "S11", "Regulations 2(1) and 9", LAW, CD_PART_EXCUSE },
};
#define FRAMEWORK "Being Open Framework, not law"
static const said_t northern_ireland[] = {
    { "N01", FRAMEWORK, CD_WEIGHT_NONE, CD_PART_STEP }, { "N02", FRAMEWORK, CD_WEIGHT_NONE,
      CD_PART_STEP },
    { "N03", FRAMEWORK, CD_WEIGHT_NONE, CD_PART_STEP }, { "N04", FRAMEWORK, CD_WEIGHT_NONE,
      CD_PART_STEP },
    { "N05", FRAMEWORK, CD_WEIGHT_NONE, CD_PART_STEP }, { "N06", FRAMEWORK, CD_WEIGHT_NONE,
      CD_PART_STEP },
    { "N07", FRAMEWORK, CD_WEIGHT_NONE, CD_PART_STEP },
};

/* Code, citation, weight and part, said again. In England an offence is 20(2)(a) and 20(3) alone
 * (SI 2014/2936 reg 22(3)); in Wales and Scotland a breach is none. */
static void rules(void **state)
{
    static const struct { const char *code; const said_t *rows; int count; } tables[] = {
        { "ENG-20-NHS", england, COUNT_OF(england) }, { "ENG-20-OTHER", england,
          COUNT_OF(england) },
        { "WAL-2023", wales, COUNT_OF(wales) }, { "SCO-2018", scotland, COUNT_OF(scotland) },
        { "NI-BOF", northern_ireland, COUNT_OF(northern_ireland) },
    };
    int count;
    const cd_policy_t *policies = cd_policies(&count);

    (void)state;
    assert_int_equal(count, COUNT_OF(tables));
    for (int p = 0; p < count; p++) {
        assert_string_equal(policies[p].code, tables[p].code);
        assert_int_equal(policies[p].rule_count, tables[p].count);
        for (int i = 0; i < policies[p].rule_count; i++) {
            const cd_rule_t *rule = &policies[p].rules[i];
            const said_t *said = &tables[p].rows[i];
            int step = rule->parts == CD_PART_STEP;
            assert_string_equal(rule->code, said->code);
            ROW_CHECK(step == !rule->number, i, rule->code);
            ROW_CHECK(step || !strcmp(cd_token_word(cd_rule_codes, rule->number), said->code), i,
                      rule->code);
            assert_string_equal(rule->citation, p == 1 && !i ? "Regulation 20(9)" : said->citation);
            assert_int_equal(rule->weight, said->weight);
            assert_int_equal(rule->parts, said->parts);
            assert_non_null(rule->judge);
            assert_non_null(cd_token_label(cd_groups, (int)rule->group));
            assert_string_equal(cd_rule_by_code(rule->code)->name, rule->name);
        }
    }
    assert_null(cd_rule_by_code("E99"));
    assert_null(cd_rule_by_code(NULL));
    assert_int_equal(cd_rule_by_code("DUTY")->number, CD_RULE_DUTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(chosen), POOL_TEST(versions), POOL_TEST(weighed),
                                        POOL_TEST(rules) };

    return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}

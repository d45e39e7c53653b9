/* test_flag_read.c: what the domain writes of a flag comes back whole; anything else is refused. */
#include "unit/unit.h"

#include "domain/liability.h"
#include "domain/lists.h"

static cd_flag_t *flag_of(cd_talk_t *talk, int with_finding, apr_pool_t *pool)
{
    static const cd_org_t org = { .code = "RZ1", .name = "Northvale", .jurisdiction = CD_JUR_ENG,
                                  .kind = CD_HEALTH_SERVICE_BODY, .nhs_contract = CD_YES };
    static cd_incident_t incident = { .title = "A fall",
                                      .regulated_activity = CD_YES,
                                      .unintended = CD_YES };
    static cd_opinion_t opinion = { .opinion = CD_OPINION_NOTIFIABLE, .given_by = "K. Brandt",
                                    .profession = CD_PROF_DOCTOR,
                                    .reasons = "Broken hip, operation" };
    static cd_opening_t opening;
    static cd_finding_t finding = { .rule = CD_RULE_E02,
                                    .outcome = CD_FOUND_NOT_MET,
                                    .finder = CD_FINDER_REGULATOR,
                                    .source = "letter" };
    static const cd_scheme_t scheme = { .code = "L1",
                                        .version = 1,
                                        .title = "Fixed",
                                        .fixed_p = 1000000,
                                        .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                        .basis = CD_BASIS_D,
                                        .requires_damages = CD_YES,
                                        .material = CD_MAT_FULL,
                                        .window = CD_WIN_ALL,
                                        .breach_unit = 1,
                                        .evidence_days_wd = 20,
                                        .authority = "test data" };
    cd_record_t records[5] = {
        { .seq = 1, .kind = CD_REC_INCIDENT, .body = &incident },
        { .seq = 2, .kind = CD_REC_OPINION, .happened = cd_when_day(cd_date_make(2023, 3, 13)),
          .body = &opinion },
        { .seq = 3, .kind = CD_REC_OPENING, .happened = cd_when_day(cd_date_make(2023, 3, 13)),
          .body = &opening },
        { .seq = 4, .kind = CD_REC_TALK, .happened = talk->told, .body = talk },
        { .seq = 5, .kind = CD_REC_FINDING, .happened = cd_when_day(cd_date_make(2024, 1, 9)),
          .body = &finding }
    };
    cd_date_t today = cd_date_make(2024, 6, 3);
    cd_flag_case_t linked = { "CM-2023-0188", NULL };
    cd_flag_input_t input = { .org_code = "RZ1",
                              .jurisdiction = CD_JUR_ENG,
                              .claim_scheme = CD_SCHEME_CNST,
                              .cases = &linked,
                              .case_count = 1,
                              .scheme = &scheme,
                              .sums = { .damages_p = 3220000, .succeeded = 1 },
                              .as_at = today };
    const cd_holiday_t *holidays;
    cd_evaluation_t *eval;
    cd_flag_t *flag;
    int count;

    incident.occurred = incident.occurred;
    incident.reported_on = cd_date_make(2023, 3, 10);
    opinion.given = records[1].happened;
    opening.aware = records[2].happened;
    finding.found = records[4].happened;
    holidays = cd_holidays_shipped(&count);
    input.cal = cd_calendar_make(CD_DIV_ENGLAND_AND_WALES, holidays, count, pool);
    assert_null(cd_evaluate(&eval, cd_case_read(records, with_finding ? 5 : 4, &org, today, pool),
                            cd_policy_by_code("ENG-20-NHS"), input.cal, today, pool));
    linked.eval = eval;
    assert_null(cd_flag_compute(&flag, &input, pool));
    return flag;
}

static void comes_back(void **state)
{
    cd_talk_t talk = { .mode = CD_MODE_FACE_TO_FACE,
                       .spoke_name = "L. Abara",
                       .facts_given = CD_YES,
                       .enquiries_told = CD_YES,
                       .apology_given = CD_YES,
                       .facts_words = "You fell." };
    cd_flag_t *flag, *again;
    const char *json;
    int finding;

    talk.told = cd_when_day(cd_date_make(2023, 6, 6));
    for (finding = 0; finding < 2; finding++) {
        flag = flag_of(&talk, finding, *state);
        assert_true(flag->reason_count > 5);
        flag->records = (cd_flag_record_t[]){ { "CM-2023-0188", 4, CD_REC_TALK, talk.told },
                                              { "CM-2023-0188", 5, CD_REC_FINDING, { 0 } } };
        flag->record_count = 2;
        json = cd_flag_json(flag, *state);
        assert_null(cd_flag_read(&again, json, *state));
        assert_string_equal(cd_flag_json(again, *state), json);
        assert_int_equal(again->records[0].kind, CD_REC_TALK);
        assert_int_equal(again->records[0].happened.first, cd_date_make(2023, 6, 6));
        assert_int_equal(again->reasons[0].result->rule->number,
                         flag->reasons[0].result->rule->number);
        assert_int_equal(again->reasons[0].result->rule->group,
                         flag->reasons[0].result->rule->group);
    }
}

typedef struct bad_t { const char *json; cd_code_t code; const char *why; } bad_t;

static void refused(void **state)
{
    static const bad_t bad[] = {
        { "", CD_E_BAD_REQUEST, "nothing" },
        { "{}", CD_E_TAMPERED, "empty object" },
        { "[]", CD_E_TAMPERED, "no object" },
        { "{\"state\":\"GUILTY\",\"verdict\":\"x\",\"indicated_p\":0,\"would_be_p\":0,"
          "\"basis_p\":0,\"exceeds_basis\":false,\"missing\":0,\"answer_by\":null,\"working\":[],"
          "\"reasons\":[]}",
          CD_E_TAMPERED,
          "no such state" },
        { "{\"state\":\"EXCUSED\",\"verdict\":\"x\",\"indicated_p\":\"0\",\"would_be_p\":0,"
          "\"basis_p\":0,\"exceeds_basis\":false,\"missing\":0,\"answer_by\":null,\"working\":[],"
          "\"reasons\":[]}",
          CD_E_TAMPERED,
          "a sum that is text" },
        { "{\"state\":\"EXCUSED\",\"verdict\":\"x\",\"indicated_p\":0,\"would_be_p\":0,"
          "\"basis_p\":0,\"exceeds_basis\":false,\"missing\":0,\"answer_by\":\"2026-02-30\","
          "\"working\":[],\"reasons\":[]}",
          CD_E_TAMPERED, "no such day" },
        { "{\"state\":\"EXCUSED\",\"verdict\":\"x\",\"indicated_p\":0,\"would_be_p\":0,"
          "\"basis_p\":0,\"exceeds_basis\":false,\"missing\":0,\"answer_by\":null,\"working\":[],"
          "\"reasons\":[{}]}",
          CD_E_TAMPERED, "an empty reason" },
        { "{\"state\":\"EXCUSED\",\"verdict\":\"x\",\"indicated_p\":0,\"would_be_p\":0,"
          "\"basis_p\":0,\"exceeds_basis\":false,\"missing\":0,\"answer_by\":null,\"working\":[],"
          "\"reasons\":[],\"records\":[{\"case\":\"CM-1\",\"seq\":1,\"kind\":\"gossip\","
          "\"happened\":null}]}",
          CD_E_TAMPERED, "a record of no kind" }
    };
    cd_flag_t *flag;
    unsigned i;

    for (i = 0; i < COUNT_OF(bad); i++) {
        cd_err_t *err = cd_flag_read(&flag, bad[i].json, *state);

        ROW_CHECK(err && err->code == bad[i].code, i, bad[i].why);
    }
}

/* What a scheme was asked with: from the answer, and of older engines from the inputs. */
static void asked(void **state)
{
    static const char sums[] =
        "\"damages_p\":700,\"ppo_capital_p\":1,\"claimant_costs_p\":2,\"defence_costs_p\":3,"
        "\"succeeded\":true,\"contribution_p\":9";
    const char *now = apr_psprintf(*state, "{\"sums\":{%s}}", sums);
    const char *old = apr_psprintf(*state, "{\"sums\":{%s,\"breach_number\":4,\"units\":2}}", sums);
    cd_scheme_input_t out;

    assert_null(cd_flag_asked(&out, NULL, now,
                              "{\"counted\":{\"breach_number\":5,\"units\":3,\"incidents\":2,"
                              "\"severity\":null,\"extent\":null}}",
                              *state));
    assert_int_equal(out.damages_p, 700);
    assert_int_equal(out.contribution_p, 9);
    assert_int_equal(out.breach_number, 5);
    assert_int_equal(out.units, 3);
    assert_int_equal(out.incidents, 2);
    assert_null(cd_flag_asked(&out, NULL, old, "{}", *state));
    assert_int_equal(out.breach_number, 4);
    assert_int_equal(out.units, 2);
    assert_int_equal(cd_flag_asked(&out, NULL, "{}", "{}", *state)->code, CD_E_TAMPERED);
    assert_int_equal(cd_flag_asked(&out, NULL, now, NULL, *state)->code, CD_E_TAMPERED);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(comes_back), POOL_TEST(asked),
                                        POOL_TEST(refused) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

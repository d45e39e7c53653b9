/* test_rules_ni.c: Northern Ireland logs and judges nothing.
 * @source written ministerial statement, 19 February 2026: no duty in statute */
#include "unit.h"

#include "rule_rows.h"

#define OPEN "incident title=Fall occurred=2026-10-14 reported_on=2026-10-28;" \
    "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "reasons=Severe_harm; opening note=Go;"
#define TALK "talk told=2026-11-04 apology_given=yes support=COUNSELLING;"
#define ALL TALK "letter dated=2026-11-10; enquiry type=OTHER signed_off=2026-12-01; " \
    "results sent=2026-12-10;attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;"
#define HARD "talk told=2028-01-04 apology_given=no facts_given=no;" \
    "finding rule=DUTY outcome=NOT_MET finder=COURT body_name=C found=2028-02-01 source=S;" \
    "finding rule=E02 outcome=NOT_MET finder=COURT body_name=C found=2028-02-01 source=S;" \
    "judgement rule=E02 judgement=NOT_REASONABLE judged=2028-02-01 reasons=A_person_looked " \
    "@by=handler;"

static const cd_org_t trust = { .code = "ZT1", .name = "A trust", .jurisdiction = CD_JUR_NI,
                                .kind = CD_HEALTH_SERVICE_BODY, .nhs_contract = CD_YES };

static void nothing_is_judged(void **state)
{
    static const struct { const char *text, *as_at; int logged; const char *why; } rows[] = {
        { OPEN, "2026-11-24", 1, "the opinion alone" },
        { OPEN, "2028-11-24", 1, "years later nothing is late" },
        { OPEN TALK, "2026-11-24", 4, "opinion, told, apology, support" },
        { OPEN ALL, "2026-12-24", 7, "every step" },
        { OPEN HARD, "2028-11-24", 2, "no finding and no judgement makes a duty" },
        { OPEN "closure closed=2026-12-01 reason=DUTY_DONE;", "2026-12-24", 1,
          "closed as done, and nothing logged" },
        { "incident title=Fall occurred=1995;", "2026-11-24", 0, "before the framework" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_evaluation_t *eval =
            made_evaluation(rows[i].text, &trust, "NI-BOF", rows[i].as_at, *state);
        int logged = 0;
        assert_int_equal(eval->count, 7);
        assert_int_equal(eval->tally[CD_ST_NOT_APPLICABLE], eval->count);
        for (int k = 0; k < eval->count; k++) {
            const cd_result_t *r = &eval->results[k];
            ROW_CHECK(r->status == CD_ST_NOT_APPLICABLE && !r->by_person && !r->due_count
                          && !r->late_wd_max,
                      i, rows[i].why);
            ROW_CHECK(r->rule->weight == CD_WEIGHT_NONE, i, rows[i].why);
            logged += r->evidence_count;
        }
        ROW_CHECK(logged == rows[i].logged, i, rows[i].why);
    }
}

static void sentences(void **state)
{
    cd_evaluation_t *eval = made_evaluation(OPEN TALK, &trust, "NI-BOF", "2026-11-24", *state);

    assert_string_equal(
        cd_evaluation_rule(eval, "N02")->sentence,
        "There is no statutory duty of candour in Northern "
        "Ireland, so nothing is met or broken. The patient was told on 4 November 2026.");
    assert_string_equal(cd_evaluation_rule(eval, "N02")->words, "Logged, 4 November 2026");
    assert_string_equal(cd_evaluation_rule(eval, "N05")->words, "Nothing logged");
}

static void tasks(void **state)
{
    int count;
    cd_evaluation_t *eval = made_evaluation(OPEN, &trust, "NI-BOF", "2026-11-24", *state);
    cd_task_t *list = cd_tasks(&count, eval, made_case(OPEN, &trust, "2026-11-24", *state), *state);

    assert_int_equal(count, 2);
    assert_string_equal(list[0].text, "Log what the patient was told");
    assert_int_equal(list[0].does, CD_REC_TALK);
    for (int i = 0; i < count; i++)
        assert_true(!list[i].due_on && !list[i].due_kind && !list[i].late);
    eval = made_evaluation(OPEN ALL, &trust, "NI-BOF", "2026-12-24", *state);
    cd_tasks(&count, eval, made_case(OPEN ALL, &trust, "2026-12-24", *state), *state);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(nothing_is_judged), POOL_TEST(sentences),
                                        POOL_TEST(tasks) };

    return cmocka_run_group_tests_name("rules_ni", tests, NULL, NULL);
}

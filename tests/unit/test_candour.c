/* test_candour.c: an evaluation as a whole: what is next to do, words of sentences, what they never
 * hold. */
#include "unit.h"

#include "case_text.h"
#include "domain/eval_json.h"

#define OPEN "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28;" \
    "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=Kay_Brandt profession=DOCTOR " \
    "reasons=Unplanned_surgery;"
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=Lena_Abara " \
    "who_told=Anna_Kowalski facts_given=yes enquiries_told=yes apology_given=yes " \
    "apology_words=SORRYWORDS support=NAMED_CONTACT noted_on=2026-11-04;"

static cd_task_t *tasks_of(int *count, const char *text, const char *as_at, apr_pool_t *pool)
{
    cd_evaluation_t *eval = made_evaluation(text, &made_org, "ENG-20-NHS", as_at, pool);

    return cd_tasks(count, eval, made_case(text, &made_org, as_at, pool), pool);
}

static void next_tasks(void **state)
{
    static const struct {
        const char *text, *as_at;
        int count;
        const char *first, *due, *late, *why;
    } rows[] = {
        { "incident title=Swab reported_on=2026-10-28;", "2026-10-29", 1,
          "Get a healthcare professional’s opinion", "2026-11-04", NULL, "nothing decided" },
        { OPEN, "2026-11-05", 1, "Tell the patient in person", "2026-11-11", NULL,
          "the contract date is nearer" },
        { OPEN, "2026-11-24", 1, "Tell the patient in person", "2026-11-11",
          "7 working days past the trust’s target", "late" },
        { OPEN TALK, "2026-11-24", 1, "Send the written notification", "2026-11-18",
          "4 working days past the trust’s target", "the case screen" },
        { OPEN TALK "letter dated=2026-11-23;", "2026-11-24", 2,
          "Complete the record of the letter and add proof that it was sent", "2026-11-18", NULL,
          "proof, and the copy" },
        { OPEN TALK "enquiry type=AAR started=2026-11-09 expected_on=2026-12-11;", "2026-11-10", 2,
          "Send the written notification", "2026-11-18", NULL, "by date" },
        { OPEN TALK "closure closed=2026-11-20 reason=OTHER;", "2026-11-24", 0, NULL, NULL, NULL,
          "closed" },
        { OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR "
               "reasons=New_scan_shows;",
          "2026-11-24", 1, "Have a person judge which opinion holds", NULL, NULL,
          "once, not for each rule" },
        { "incident title=Swab; finding rule=E01 outcome=MET finder=COURT body_name=C "
          "found=2026-11-20 source=S;",
          "2026-11-24", 1, "Get a healthcare professional’s opinion", NULL, NULL,
          "E01 is found, and nothing else decided" },
        { "incident title=Swab; opinion given=2014-11 opinion=NOTIFIABLE given_by=K "
          "profession=DOCTOR reasons=Severe_harm;",
          "2026-11-24", 1, "Write down the day the trust became aware", NULL, NULL,
          "before or after the duty began" },
        { "incident title=Swab reported_on=2026-10-28 unintended=no; opinion given=2026-10-30 "
          "opinion=NOTIFIABLE given_by=K "
          "profession=DOCTOR reasons=Unplanned_surgery;" TALK,
          "2026-11-10", 2, "Have a person judge whether the opinion holds", "2026-11-04", NULL,
          "and the rest is looked at all the same" },
        { "incident title=Swab; opinion given=2026-10-30 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Low_harm_only;",
          "2026-11-24", 0, NULL, NULL, NULL, "not notifiable" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int count;
        cd_task_t *tasks = tasks_of(&count, rows[i].text, rows[i].as_at, *state);
        if (count != rows[i].count)
            fail_msg("row %d (%s): %d tasks, the first: %s", (int)i, rows[i].why, count,
                     count ? tasks[0].text : "");
        if (!count)
            continue;
        assert_string_equal(tasks[0].text, rows[i].first);
        ROW_CHECK(tasks[0].due_on == (rows[i].due ? cd_date_parse(rows[i].due) : 0), i,
                  rows[i].why);
        ROW_CHECK(!tasks[0].late == !rows[i].late, i, rows[i].why);
        if (rows[i].late)
            assert_string_equal(tasks[0].late, rows[i].late);
        for (int k = 0; k < count; k++)
            ROW_CHECK(tasks[k].does && tasks[k].why && tasks[k].rule_code, i,
                      "a task says what does it, and why");
    }
    int count;
    cd_task_t *tasks =
        tasks_of(&count, OPEN TALK "enquiry type=AAR started=2026-11-09 expected_on=2026-12-11;",
                 "2026-11-10", *state);
    assert_string_equal(tasks[1].text, "Sign off the learning response");
    assert_int_equal(tasks[1].due_on, cd_date_parse("2026-12-11"));
    assert_int_equal(tasks[1].does, CD_REC_ENQUIRY);
}

/* An evaluation is stored with a flag, in clear: no name, no word of an apology, no reasons. */
static void no_names(void **state)
{
    cd_evaluation_t *eval = made_evaluation(
        OPEN TALK "judgement rule=E02 judgement=NOT_REASONABLE judged=2026-11-20 "
                  "reasons=SECRETREASON @by=handler; person basis=DECEASED name=Piotr_Kowalski;",
        &made_org, "ENG-20-NHS", "2026-11-24", *state);
    cd_buf_t *buf = cd_buf_make(*state, 1024);
    static const char *const never[] = { "Kowalski",     "Abara",     "Brandt", "SORRYWORDS",
                                         "SECRETREASON", "Unplanned", "Swab" };
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_evaluation_write(&w, eval, *state);
    for (size_t i = 0; i < COUNT_OF(never); i++)
        ROW_CHECK(!strstr(buf->data, never[i]), i, never[i]);
    assert_non_null(strstr(
        buf->data, "A claims handler judged on 20 November 2026 that this was not as soon as "
                   "reasonably practicable."));
    assert_non_null(
        strstr(buf->data, "The person acting for the patient was told on 4 November 2026"));
}

static void evidence(void **state)
{
    cd_evaluation_t *eval =
        made_evaluation("incident title=Swab; " OPEN TALK
                        "finding rule=E06 outcome=NOT_MET finder=COURT body_name=Court "
                        "found=2026-11-20 source=Judgment penalty_p=1250",
                        &made_org, "ENG-20-NHS", "2026-11-24", *state);
    const cd_result_t *e02 = cd_evaluation_rule(eval, "E02"),
                      *e06 = cd_evaluation_rule(eval, "E06");

    assert_int_equal(e02->evidence_count, 1);
    assert_int_equal(e02->evidence[0], 4);
    assert_int_equal(e06->status, CD_ST_NOT_MET);
    assert_int_equal(e06->by_person, 5);
    assert_int_equal(e06->by_kind, CD_REC_FINDING);
    assert_int_equal(e06->by_finder, CD_FINDER_COURT);
    assert_int_equal(e06->evidence[1], 5);
    assert_string_equal(e06->sentence, "Court found on 20 November 2026 that this was not met.");
    assert_null(cd_evaluation_rule(eval, "E99"));
    assert_null(cd_evaluation_rule(eval, NULL));
}

/* Past the list of bank holidays nothing is reckoned, and nothing is guessed. */
static void past_the_holidays(void **state)
{
    cd_case_t *file = made_case(OPEN TALK, &made_org, "2029-06-01", *state);
    cd_evaluation_t *eval = NULL;
    cd_err_t *err = cd_evaluate(&eval, file, cd_policy_by_code("ENG-20-NHS"), made_calendar(*state),
                                file->as_at, *state);

    assert_non_null(err);
    assert_int_equal(err->code, CD_E_RANGE);
    assert_non_null(strstr(err->public_text, "2029"));
    assert_null(eval);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(next_tasks), POOL_TEST(no_names), POOL_TEST(evidence),
                  POOL_TEST(past_the_holidays),
    };

    return cmocka_run_group_tests_name("candour", tests, NULL, NULL);
}

/* test_rules_eng_weigh.c: what weighs in the English rules: excuses, who came back, findings,
 * judgements and what contradicts an opinion; and how results and their dates are said. */
#include "unit.h"

#include "rule_rows_eng.h"

#define EARLIER "attempt tried=2026-10-27 mode=TELEPHONE outcome=NO_ANSWER; " \
    "attempt tried=2026-10-28 mode=LETTER outcome=RETURNED; " \
    "attempt tried=2026-10-29 mode=TELEPHONE outcome=NO_ANSWER;"
#define TOO_LATE "attempt tried=2026-11-18 mode=TELEPHONE outcome=NO_ANSWER; " \
    "attempt tried=2026-11-19 mode=LETTER outcome=RETURNED; " \
    "attempt tried=2026-11-20 mode=TELEPHONE outcome=NO_ANSWER;"

static void excuse(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "E11", NA, 0, "nobody claims it" },
        { OPEN TRIES, "2026-11-24", "E11", MET, 0, "3 attempts by 2 methods" },
        { OPEN TRIES, "2026-11-24", "E02", EXC, 0, "20(5)" }, { OPEN TRIES, "2026-11-24", "E09",
          EXC, 0, "20(5)" },
        { OPEN TRIES, "2026-11-24", "E10", EXC, 0, "20(5)" }, { OPEN TRIES, "2026-11-24", "C01",
          EXC, 0, "no talk to have" },
        { OPEN TRIES, "2026-11-24", "E12", NA, 0, "no letters to keep" },
        { OPEN TRIES, "2026-11-04", "E02", PEND, 0, "two attempts by then" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER; attempt "
          "tried=2026-11-03 mode=TELEPHONE "
          "outcome=NO_ANSWER; attempt tried=2026-11-04 mode=TELEPHONE outcome=NO_ANSWER;",
          "2026-11-24", "E11", OPEN_ST,
          CD_WHY_NO_PROOF, "one method only" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;", "2026-11-10", "E11",
          PEND, 0, "still trying" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=REACHED; attempt tried=2026-11-03 "
          "mode=LETTER "
          "outcome=REACHED; attempt tried=2026-11-04 mode=EMAIL outcome=REACHED;", "2026-11-24",
          "E02", OPEN_ST,
          CD_WHY_NOT_DONE, "reached is no failure to reach" },
        { OPEN REFUSAL, "2026-11-24", "E11", MET, 0, "a refusal" }, { OPEN REFUSAL, "2026-11-24",
          "E06", EXC, 0, "20(5)" },
        { OPEN REFUSAL "withdrawal reason=Wrong_person @over=3;", "2026-11-24", "E02", OPEN_ST,
          CD_WHY_NOT_DONE,
          "the refusal was taken back" },
        { OPEN EARLIER, "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "20(5): attempts before awareness" },
        { OPEN EARLIER, "2026-11-24", "E11", NA, 0, "do not count" },
        { "incident title=Swab;" EARLIER, "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "no opinion at all" },
        { OPEN "refusal refused=2026-10-29 mode=TELEPHONE told_to=L;", "2026-11-24", "E02", OPEN_ST,
          CD_WHY_NOT_DONE,
          "a refusal before awareness" },
        { OPEN "refusal refused=2026-10 mode=TELEPHONE told_to=L;", "2026-11-24", "E02", EXC, 0,
          "it may be of the day of awareness" },
        { OPEN TOO_LATE, "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "the first attempt past the target, 13 November" },
        { OPEN TOO_LATE, "2026-12-24", "E11", OPEN_ST, CD_WHY_JUDGE, "a person judges" },
        { OPEN TOO_LATE, "2026-12-24", "E06", EXC, 0, "the parts of the talk cannot be given" },
        { OPEN TOO_LATE JUDGED("E11", "REASONABLE"), "2026-12-24", "E02", EXC, 0, "judged" },
        { OPEN TOO_LATE JUDGED("E11", "REASONABLE"), "2026-12-24", "E11", MET, 0, "judged" },
        { OPEN TOO_LATE JUDGED("E11", "NOT_REASONABLE"), "2026-12-24", "E11", NOT, 0, "judged" },
        { OPEN TOO_LATE JUDGED("E02", "REASONABLE"), "2026-12-24", "E02", EXC, 0,
          "judged of the telling" },
        { OPEN TOO_LATE JUDGED("E02", "REASONABLE"), "2026-12-24", "E11", MET, 0,
          "judged of the telling" },
        { OPEN TOO_LATE JUDGED("E02", "NOT_REASONABLE"), "2026-12-24", "E02", NOT, 0,
          "judged of the telling" },
        { OPEN TOO_LATE JUDGED("E02", "NOT_REASONABLE"), "2026-12-24", "E11", MET, 0,
          "the attempts are on record" },
        { OPEN TOO_LATE "judgement rule=E11 judgement=REASONABLE judged=2026-11-17 "
          "reasons=Said_before_it @by=handler;",
          "2026-12-24", "E11", OPEN_ST, CD_WHY_JUDGE, "a word given before the attempt does not "
          "cover it" },
        { OPEN "refusal refused=2026-11-18 mode=TELEPHONE told_to=L;", "2026-12-24", "E02", OPEN_ST,
          CD_WHY_JUDGE,
          "asked only after the target" },
        { OPEN TRIES "refusal refused=2026-11-18 mode=TELEPHONE told_to=L;", "2026-12-24", "E02",
          EXC, 0, "tried in time" },
        { OPEN TRIES LATE, "2026-11-24", "E11", NA, 0, "told after all" },
        { OPEN TRIES LATE, "2026-11-24", "E02", OPEN_ST, CD_WHY_JUDGE, "told after all, and late" },
        { OPEN TRIES JUDGED("E11", "NOT_REASONABLE"), "2026-12-24", "E11", NOT, 0,
          "judged too little" },
        { OPEN TRIES JUDGED("E11", "NOT_REASONABLE"), "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "so not excused" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" JUDGED("E11",
          "REASONABLE"), "2026-12-24",
          "E02", EXC, 0, "judged enough" },
        { OPEN JUDGED("E11", "REASONABLE"), "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "invariant 7: without a record nothing is excused" },
        { OPEN TRIES FOUND("E11", "NOT_MET"), "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "found otherwise" },
        { OPEN "opening note=Go; closure closed=2026-12-01 reason=DUTY_DONE;", "2026-12-24", "E11",
          NOT, 0,
          "closed as done: claimed, and no record" },
        { OPEN "exemption given=2026-11-02 authoriser=D role=Director reason=The_family_is_abroad;",
          "2026-11-24", "E02",
          OPEN_ST, CD_WHY_NOT_DONE, "an exemption changes no rule of law" },
        { OPEN "exemption given=2026-11-02 authoriser=D role=Director reason=The_family_is_abroad;",
          "2026-11-24", "E11",
          NA, 0, "an exemption is no excuse" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

#define BACK "return returned=2026-11-23 mode=TELEPHONE;"

/* A person who came back: the excuse ends that day, and what is to be told is due anew, by 7
 * December. */
static void came_back(void **state)
{
    static const row_t rows[] = {
        { OPEN TRIES BACK, "2026-11-22", "E02", EXC, 0, "20(5): excused till the day before" },
        { OPEN TRIES BACK, "2026-11-23", "E02", PEND, 0, "the excuse ends that day" },
        { OPEN TRIES BACK, "2026-12-07", "E02", PEND, 0, "10 working days from coming back" },
        { OPEN TRIES BACK, "2026-12-08", "E02", OPEN_ST, CD_WHY_NOT_DONE, "and not told" },
        { OPEN TRIES BACK, "2026-12-08", "E11", NA, 0, "no excuse any more" },
        { OPEN TRIES BACK "talk told=2026-12-04;", "2026-12-24", "E02", MET, 0,
          "told in time, counted from then" },
        { OPEN TRIES BACK "talk told=2026-12-09;", "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "told late" },
        { OPEN REFUSAL BACK, "2026-11-24", "E02", PEND, 0, "a refusal ends in the same way" },
        { OPEN REFUSAL BACK "refusal refused=2026-11-30 mode=TELEPHONE told_to=L;", "2026-12-24",
          "E02", EXC, 0,
          "said no again" },
        { OPEN TRIES BACK "attempt tried=2026-11-25 mode=TELEPHONE outcome=NO_ANSWER;",
          "2026-12-24", "E02", OPEN_ST,
          CD_WHY_NOT_DONE, "old attempts do not count again" },
        { OPEN BACK, "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "coming back without an excuse buys no time" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" BACK, "2026-11-24",
          "E02", OPEN_ST,
          CD_WHY_NOT_DONE, "nor after one attempt, which was no excuse" },
        { OPEN TALK TRIES BACK, "2026-11-24", "E02", MET, 0, "told before: nothing begins anew" },
        { OPEN TRIES BACK "refusal refused=2026-11-30 mode=TELEPHONE told_to=L; return "
          "returned=2027-01-11;",
          "2027-01-25", "E02", PEND, 0, "back a second time: 10 working days from 11 January" },
        { OPEN TRIES "return returned=2026-11-23 @at=2026-12-01;", "2026-11-30", "E02", EXC, 0,
          "not known yet then" },
        { OPEN TRIES BACK "withdrawal reason=Wrong_person @over=6;", "2026-12-08", "E02", EXC, 0,
          "taken back" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

/* A finding that names no step is a row of its own, and no rule's answer. */
static void as_a_whole(void **state)
{
    static const char *const found = OPEN TALK "finding rule=DUTY outcome=NOT_MET finder=OMBUDSMAN "
                                               "body_name=SPSO found=2026-11-20 source=Site;";
    cd_evaluation_t *without =
        made_evaluation(OPEN TALK, &made_org, "ENG-20-NHS", "2026-11-24", *state);
    cd_evaluation_t *with = made_evaluation(found, &made_org, "ENG-20-NHS", "2026-11-24", *state);

    assert_null(cd_evaluation_rule(without, "DUTY"));
    assert_int_equal(with->count, without->count + 1);
    assert_int_equal(cd_evaluation_rule(with, "DUTY")->status, CD_ST_NOT_MET);
    assert_string_equal(cd_evaluation_rule(with, "DUTY")->sentence,
                        "SPSO found on 20 November 2026 that this was not met.");
    for (int i = 0; i < without->count; i++)
        assert_int_equal(with->results[i].status, without->results[i].status);
}

/* Who speaks of what weighs: scheme over trust, court over regulator over trust. */
static void whose_word(void **state)
{
    static const row_t rows[] = {
        { OPEN LATE "judgement rule=E02 judgement=REASONABLE judged=2026-12-20 "
          "reasons=We_think_so @by=trust-legal;",
          "2026-12-24", "E02", MET, 0, "the trust's own, unopposed" },
        { OPEN LATE JUDGED("E02", "NOT_REASONABLE") "judgement rule=E02 judgement=REASONABLE "
          "judged=2026-12-20 "
          "reasons=We_think_so @by=trust-legal;", "2026-12-24", "E02", NOT, 0,
          "does not stand against the scheme's" },
        { OPEN LATE JUDGED("E02", "NOT_REASONABLE") "judgement rule=E02 judgement=REASONABLE "
          "judged=2026-12-20 "
          "reasons=New_evidence @by=decider;", "2026-12-24", "E02", MET, 0,
          "the scheme's latest holds" },
        { OPEN LATE FOUND("E02", "NOT_MET") "finding rule=E02 outcome=MET finder=COURT "
          "body_name=Court found=2026-12-01 "
          "source=Judgment;", "2026-12-24", "E02", MET, 0, "a court weighs more, even if earlier" },
        { OPEN LATE "finding rule=E02 outcome=NOT_MET finder=TRUST found=2026-12-20 source=Letter;",
          "2026-12-24", "E02",
          NOT, 0, "own admission" },
        { OPEN LATE "finding rule=E02 outcome=NOT_MET finder=TRUST found=2026-12-20 source=Letter;"
          FOUND("E02", "MET"), "2026-12-24", "E02", MET, 0, "the regulator's weighs more" },
        { OPEN LATE "finding rule=E02 outcome=MET finder=REGULATOR body_name=CQC found=2026-12-10 "
          "source=S @by=trust-legal;",
          "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE, "a trust does not record that it was "
          "cleared" },
        { OPEN LATE "finding rule=E02 outcome=MET finder=COURT body_name=C found=2026-12-10 "
          "source=S @by=regulator;",
          "2026-12-24", "E02", MET, 0, "the regulator may" },
        { OPEN LATE "finding rule=E02 outcome=MET finder=COURT body_name=C found=2026-12-10 "
          "source=S @by=ward;"
          FOUND("E02", "NOT_MET"), "2026-12-24", "E02", NOT, 0, "and it does not outweigh" },
        { OPEN TALK "finding rule=E02 outcome=NOT_MET finder=COURT body_name=C found=2026-12-10 "
          "source=S @by=trust-legal;",
          "2026-12-24", "E02", NOT, 0, "what speaks against it, a trust may record" },
        { OPEN LATE "judgement rule=E02 judgement=REASONABLE judged=2026-12-20 "
          "reasons=We_say_so_here @by=ward;", "2026-12-24",
          "E02", OPEN_ST, CD_WHY_JUDGE, "a role without the right to judge" },
        { OPEN LATE "judgement rule=E02 judgement=NOT_REASONABLE judged=2026-12-20 "
          "reasons=We_say_so_here @by=auditor;",
          "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE, "a role without the right to judge" },
        { OPEN LATE "judgement rule=E02 judgement=REASONABLE judged=2026-12-20 "
          "reasons=Somebody_looked;", "2026-12-24", "E02",
          MET, 0, "a file that does not say in which role" },
        { OPEN TALK FOUND("E02", "NOT_MET") JUDGED("E02", "REASONABLE"), "2026-12-24", "E02", NOT,
          0,
          "a finding stands above a judgement" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

/* What speaks against an opinion "notifiable" is for a person. */
static void contradictions(void **state)
{
#define COULD "grading graded=2026-10-30 outcome=SEVERE certainty=COULD_RESULT profession=DOCTOR;"
#define MEANT "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28 unintended=no;"
#define OUTSIDE "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28 " \
    "regulated_activity=no;"
    static const row_t other[] = {
        { OPEN COULD, "2026-11-04", "E01", OPEN_ST, CD_WHY_JUDGE, "20(9): harm that has resulted" },
        { OPEN COULD JUDGED("E01", "REASONABLE"), "2026-12-24", "E01", MET, 0, "judged" },
        { OPEN COULD JUDGED("E01", "NOT_REASONABLE"), "2026-12-24", "E01", NOT, 0, "judged" },
        { REPORTED COULD "opinion given=2026-10-30 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Low_harm_only;",
          "2026-11-04", "E01", MET, 0, "no contradiction" },
    };
    static const row_t nhs[] = {
        { OPEN COULD, "2026-11-04", "E01", MET, 0, "20(8): could result" },
        { MEANT OPINION, "2026-11-04", "E01", OPEN_ST, CD_WHY_JUDGE,
          "neither unintended nor unexpected" },
        { MEANT OPINION JUDGED("E01", "REASONABLE"), "2026-12-24", "E01", MET, 0, "judged" },
        { OUTSIDE OPINION, "2026-11-04", "E01", OPEN_ST, CD_WHY_JUDGE, "no regulated activity" },
        { OUTSIDE OPINION TALK, "2026-11-24", "E02", MET, 0, "the rest is looked at all the same" },
        { OPEN JUDGED("E01", "NOT_REASONABLE"), "2026-12-24", "E01", MET, 0, "nothing to judge" },
        { REPORTED "opinion given=2026-10-30 opinion=UNSURE given_by=K profession=DOCTOR "
          "reasons=Waits_for_scan;"
          JUDGED("E01", "REASONABLE"), "2026-12-24", "E01", OPEN_ST, CD_WHY_NOT_KNOWN,
                 "no judgement is an opinion" },
    };

    hold(other, COUNT_OF(other), "ENG-20-OTHER", &made_org, *state);
    hold(nhs, COUNT_OF(nhs), "ENG-20-NHS", &made_org, *state);
}

/* Sentences for the ways in which a date, an excuse or an opinion may be known. */
static void sentences(void **state)
{
    static const struct { const char *records, *rule, *says; } rows[] = {
        { OPEN "talk told=2026-12;", "E02", "The patient was told in December 2026. " },
        { OPEN "talk told=2027;", "E02", "The patient was told in 2027. " },
        { OPEN "talk told=2026-11-20/2026-11-24 apology_given=yes;", "E06",
          "An apology was given in the talk between 20 and 24 November 2026." },
        { OPEN "talk told=2026-11;", "E07", "No written record of the talk is on file" },
        { OPEN "talk told=2026-11-04;" LETTER, "E09", "The written notification was sent on 13 "
          "November 2026, and" },
        { OPEN EARLY TALK, "E09", "The letter was sent on 3 November 2026, before the talk on 4 "
          "November 2026. " },
        { DIFFER, "E02", "Two opinions differ; a person must judge which holds: the one given on "
          "30 October 2026, "
          "notifiable, or the one given on 2 November 2026, not notifiable." },
        { DIFFER JUDGED("E01", "REASONABLE"), "E01", "A claims handler judged on 10 December 2026 "
          "that this opinion holds." },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;", "E11",
          "1 attempt by 1 method to reach the person is on record. The policy asks for at least 3 "
          "by 2 methods." },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER; attempt "
          "tried=2026-11-03 mode=TELEPHONE "
          "outcome=NO_ANSWER;", "E11", "2 attempts by 1 method to reach the person are on record. "
          "The policy asks" },
        { OPEN TOO_LATE, "E02", "The first attempt to reach the patient was made on 18 November "
          "2026, past the trust’s "
          "target. A person must judge" },
        { OPEN TALK "finding rule=E02 outcome=NOT_MET finder=COURT body_name=Court found=2026-12 "
          "source=S;", "E02",
          "Court found in December 2026 that this was not met." },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR;",
          "E01",
          "An opinion given on 30 October 2026 is on record without reasons." },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_evaluation_t *eval =
            made_evaluation(rows[i].records, &made_org, "ENG-20-NHS", "2028-01-14", *state);
        const cd_result_t *got = cd_evaluation_rule(eval, rows[i].rule);
        if (!strstr(got->sentence, rows[i].says))
            fail_msg("row %d: %s", (int)i, got->sentence);
        assert_null(strstr(got->sentence, "on between"));
        assert_null(strstr(got->sentence, "on December"));
    }
    cd_evaluation_t *eval =
        made_evaluation(REPORTED "opinion given=2026-10 opinion=NOTIFIABLE given_by=K "
                                 "profession=DOCTOR reasons=Unplanned_surgery;",
                        &made_org, "ENG-20-NHS", "2026-11-24", *state);
    assert_string_equal(cd_evaluation_rule(eval, "E02")->dues[1].how,
                        "10 working days from a day in October 2026, when the trust became aware");
    eval = made_evaluation(
        OPEN TALK FOUND("E02", "MET_LATE") "finding rule=E06 outcome=NOT_MET finder=TRUST "
                                           "found=2026-12-10 source=Letter;",
        &made_org, "ENG-20-NHS", "2026-12-24", *state);
    assert_string_equal(cd_evaluation_rule(eval, "E02")->words, "Found too late");
    assert_string_equal(cd_evaluation_rule(eval, "E06")->words, "Admitted");
}

/* The case screen: dates, how they were counted, and days late. */
static void dues(void **state)
{
    cd_evaluation_t *eval =
        made_evaluation(OPEN TALK, &made_org, "ENG-20-NHS", "2026-11-24", *state);
    const cd_result_t *e01 = cd_evaluation_rule(eval, "E01"),
                      *e02 = cd_evaluation_rule(eval, "E02");
    const cd_result_t *e09 = cd_evaluation_rule(eval, "E09"),
                      *c01 = cd_evaluation_rule(eval, "C01");

    assert_int_equal(e01->dues[0].on, cd_date_parse("2026-11-04"));
    assert_string_equal(e01->dues[0].how,
                        "5 working days from 28 October 2026, when it was reported");
    assert_int_equal(e02->due_count, 2);
    assert_int_equal(e02->dues[0].kind, CD_DUE_LAW);
    assert_int_equal(e02->dues[0].on, CD_NO_DATE);
    assert_string_equal(e02->dues[0].how, "As soon as reasonably practicable");
    assert_int_equal(e02->dues[1].on, cd_date_parse("2026-11-13"));
    assert_string_equal(e02->dues[1].how,
                        "10 working days from 30 October 2026, when the trust became aware");
    assert_int_equal(c01->dues[0].kind, CD_DUE_CONTRACT);
    assert_int_equal(c01->dues[0].on, cd_date_parse("2026-11-11"));
    assert_string_equal(e02->words, "4 November 2026");
    assert_int_equal(e09->late_wd_min, 4);
    assert_int_equal(e09->late_wd_max, 4);
    assert_int_equal(e09->late_against, CD_DUE_TARGET);
    assert_string_equal(e09->words, "4 working days past the trust’s target");
    assert_int_equal(eval->tally[CD_ST_MET] + eval->tally[CD_ST_PENDING]
                         + eval->tally[CD_ST_NOT_APPLICABLE] + eval->tally[CD_ST_UNDETERMINED],
                     14);
    assert_string_equal(
        e02->sentence,
        "The patient was told on 4 November 2026, 3 working days after the trust became aware on "
        "30 October 2026.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(excuse),
        POOL_TEST(came_back),
        POOL_TEST(as_a_whole),
        POOL_TEST(whose_word),
        POOL_TEST(contradictions),
        POOL_TEST(sentences),
        POOL_TEST(dues),
    };

    return cmocka_run_group_tests_name("rules_eng_weigh", tests, NULL, NULL);
}

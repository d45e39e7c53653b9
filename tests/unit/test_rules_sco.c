/* test_rules_sco.c: every Scottish rule, case by case: what is on record, and what follows.
 * @source 2016 asp 14 ss 21-24; SSI 2018/57 regs 1(2), 2, 3, 6, 7, 9 */
#include "unit.h"

#include "rule_rows.h"

/* Start Fri 30 Oct 2026: the law's month ends Sun 29 Nov 2026, its three months Fri 29 Jan 2027;
 * the target of the notice is 13 Nov. */
#define REPORTED "incident title=Delay occurred=2026-10-14 reported_on=2026-10-28;"
#define OPINION "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "was_involved=no reasons=Severe_harm;"
#define OPEN REPORTED OPINION
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L apology_given=yes " \
    "contact_named=yes;"
#define LATE_TALK "talk told=2026-12-03 mode=FACE_TO_FACE spoke_name=L apology_given=yes;"
#define LETTER "letter dated=2026-11-10 sent=2026-11-11 proof=Slip account_given=yes " \
    "apology_given=yes;"
#define OFFER "meeting step=MEETING_OFFER held=2026-11-12 questions=When_was_it_seen;"
#define MEETING "meeting step=MEETING held=2026-11-24 note_given=2026-11-27 contact=L_Abara;"
#define REVIEW "enquiry type=OTHER started=2026-11-02 signed_off=2027-01-15 " \
    "views_sought=2026-12-01 actions=New_checklist_by_1_May_2027 report_offered=2027-01-18;"
#define SLOW "enquiry type=OTHER started=2026-11-02;"
#define TRIES "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=MESSAGE_LEFT; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define REFUSAL "refusal refused=2026-11-05 mode=TELEPHONE told_to=L;"
#define JUDGED(rule, what) "judgement rule=" rule " judgement=" what " judged=2027-03-10 " \
    "reasons=A_person_looked @by=trust-legal;"
#define FOUND(rule, what) "finding rule=" rule " outcome=" what " finder=OMBUDSMAN " \
    "body_name=SPSO found=2027-03-10 source=Site;"
#define DIFFER OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR " \
    "was_involved=no reasons=New_scan_shows;"

static const cd_org_t board = { .code = "SN999", .name = "A board", .jurisdiction = CD_JUR_SCO,
                                .kind = CD_HEALTH_SERVICE_BODY };

static void opinions(void **state)
{
    static const row_t rows[] = {
        { REPORTED, "2026-11-04", "S01", PEND, 0, "s 21: last day of the target" },
        { REPORTED, "2026-11-05", "S01", OPEN_ST, CD_WHY_NOT_DONE, "s 21: nobody gave one" },
        { OPEN, "2026-11-24", "S01", MET, 0, "s 21(3): not involved" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "was_involved=yes "
          "reasons=Severe_harm;", "2026-11-24", "S01", OPEN_ST, CD_WHY_NO_PROOF,
          "s 21(3): involved" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "was_involved=yes "
          "reasons=Severe_harm;", "2026-11-24", "S03", OPEN_ST, CD_WHY_NOT_KNOWN,
          "and nothing started" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "reasons=Severe_harm;",
          "2026-11-24", "S01", OPEN_ST, CD_WHY_NO_PROOF, "s 21(3): not said" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K "
          "profession=NOT_HEALTHCARE was_involved=no "
          "reasons=A_managers_view;", "2026-11-24", "S01", OPEN_ST, CD_WHY_NO_PROOF,
          "s 21(3): a health professional" },
        { REPORTED "opinion given=2026-10-29 opinion=NOTIFIABLE given_by=M profession=DOCTOR "
          "was_involved=yes "
          "reasons=Severe_harm;" OPINION, "2026-11-24", "S01", MET, 0,
          "a second one, by somebody else" },
        { OPEN "opinion given=2026-11-02 opinion=NOT given_by=M profession=DOCTOR "
          "was_involved=yes reasons=I_think_not;",
          "2026-11-24", "S03", PEND, 0, "an involved doctor takes nothing back" },
        { DIFFER, "2026-11-24", "S03", OPEN_ST, CD_WHY_JUDGE, "two opinions differ" },
        { DIFFER JUDGED("S01", "REASONABLE"), "2027-03-24", "S03", NA, 0,
          "the later one holds: it ceased to be" },
        { DIFFER JUDGED("S01", "NOT_REASONABLE"), "2027-03-24", "S03", OPEN_ST, CD_WHY_NOT_DONE,
          "the earlier holds" },
        { REPORTED "opinion given=2026-10-29 opinion=NOT given_by=K profession=DOCTOR "
          "was_involved=no "
          "reasons=No_harm_seen;" OPINION, "2026-11-13", "S03", PEND, 0,
          "it became notifiable later" },
        { OPEN, "2026-11-24", "S02", MET, 0, "reg 1(2): the day of the opinion" },
        { REPORTED "opinion given=2026-10 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "was_involved=no "
          "reasons=Severe_harm;", "2026-11-24", "S02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "the law counts from a day" },
        { "incident title=Old occurred=2017; opinion given=2018-03-31 opinion=NOTIFIABLE "
          "given_by=K profession=DOCTOR "
          "was_involved=no reasons=Severe_harm;", "2018-06-01", "S03", NA, 0,
          "the day before 1 April 2018" },
        { "incident title=Old occurred=2017; opinion given=2018-04-01 opinion=NOTIFIABLE "
          "given_by=K profession=DOCTOR "
          "was_involved=no reasons=Severe_harm;", "2018-04-30", "S03", PEND, 0, "the first day" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

#define STARTED(day) "incident title=Delay; opinion given=" day " opinion=NOTIFIABLE given_by=K " \
    "profession=DOCTOR was_involved=no reasons=Severe_harm;"

static void notice(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-29", "S03", PEND, 0, "reg 3: the last day of one month beginning with 30 "
          "October" },
        { OPEN, "2026-11-30", "S03", OPEN_ST, CD_WHY_NOT_DONE,
          "the day after: the notice is still to come" },
        { OPEN TALK, "2026-12-24", "S03", MET, 0, "in time" },
        { OPEN "talk told=2026-11-29;", "2026-12-24", "S03", MET, 0,
          "on the last day, past the house target" },
        { OPEN "talk told=2026-11-30;", "2026-12-24", "S03", NOT, 0,
          "a late notice without a reason" },
        { OPEN "talk told=2026-11-30 reason_if_late=She_was_abroad;", "2026-12-24", "S03", MET, 0,
          "late, and explained" },
        { OPEN LATE_TALK "letter dated=2026-12-10 reason_if_late=She_was_abroad;", "2026-12-24",
          "S03", OPEN_ST,
          CD_WHY_JUDGE, "explained only in a letter" },
        { OPEN LATE_TALK "letter dated=2026-12-10 reason_if_late=She_was_abroad;" JUDGED("S03",
          "REASONABLE"),
          "2027-03-24", "S03", MET, 0, "judged" },
        { OPEN TALK JUDGED("S03", "NOT_REASONABLE"), "2027-03-24", "S03", NOT, 0,
          "not as soon as practicable" },
        { OPEN LETTER, "2026-12-24", "S03", MET, 0, "a letter is a notice" },
        { OPEN "letter dated=2026-11-10 sent=2026-11-11 account_given=yes;", "2026-11-24", "S03",
          PEND, 0,
          "a letter without proof is none" },
        { OPEN "letter dated=2026-11-10 sent=2026-11-11 proof=Slip apology_given=yes;",
          "2026-11-24", "S03", PEND, 0,
          "nor one without the account" },
        { OPEN LETTER "refusal refused=2027-01-05 mode=TELEPHONE told_to=L;", "2027-01-24", "S03",
          MET, 0,
          "told by letter, and then a refusal" },
        { OPEN "talk told=2026-11;", "2026-12-24", "S03", OPEN_ST, CD_WHY_NOT_KNOWN,
          "30 November is a day too late" },
        { OPEN LATE_TALK FOUND("S03", "MET_LATE"), "2027-03-24", "S03", LATE_ST, 0, "found late" },
        { STARTED("2026-01-31"), "2026-02-28", "S03", PEND, 0,
          "31 January and one month: the last of February" },
        { STARTED("2026-01-31"), "2026-03-01", "S03", OPEN_ST, CD_WHY_NOT_DONE, "the day after" },
        { STARTED("2028-01-30"), "2028-02-29", "S03", PEND, 0, "a leap year" },
        { STARTED("2028-01-30"), "2028-03-01", "S03", OPEN_ST, CD_WHY_NOT_DONE,
          "a leap year, the day after" },
        { OPEN TALK, "2026-12-24", "S04", OPEN_ST, CD_WHY_NO_PROOF,
          "s 23: said, and none in writing" },
        { OPEN TALK LETTER, "2026-12-24", "S04", MET, 0, "in writing" },
        { OPEN "talk told=2026-11-04 apology_given=no;", "2026-12-24", "S04", OPEN_ST,
          CD_WHY_NOT_DONE, "none yet" },
        { OPEN, "2026-12-24", "S04", PEND, 0, "waits for the notice" },
        { OPEN TALK "results sent=2027-01-20 apology_given=yes;", "2027-01-24", "S04", MET, 0,
          "with the results" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

static void meetings(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "S05", PEND, 0, "reg 6: after the notice" },
        { OPEN TALK, "2026-11-18", "S05", PEND, 0, "within the house target" },
        { OPEN TALK, "2026-11-19", "S05", OPEN_ST, CD_WHY_NOT_DONE, "6(1): not invited" },
        { OPEN TALK OFFER, "2026-11-26", "S05", PEND, 0, "invited" },
        { OPEN TALK OFFER, "2026-12-24", "S05", OPEN_ST, CD_WHY_JUDGE,
          "6(4): invited, and no meeting" },
        { OPEN TALK OFFER JUDGED("S05", "REASONABLE"), "2027-03-24", "S05", MET, 0, "judged" },
        { OPEN "talk told=2026-11-04 more_wanted=no;" OFFER, "2026-12-24", "S05", MET, 0,
          "6(4): wants no more" },
        { OPEN TALK OFFER MEETING, "2026-12-24", "S05", MET, 0, "questions, note and contact" },
        { OPEN TALK MEETING, "2026-12-24", "S05", OPEN_ST, CD_WHY_NO_PROOF,
          "6(1): questions in advance" },
        { OPEN "talk told=2026-11-04;" OFFER "meeting step=MEETING held=2026-11-24 contact=L;",
          "2026-12-24", "S05",
          OPEN_ST, CD_WHY_NO_PROOF, "6(3)(a): no note" },
        { OPEN "talk told=2026-11-04;" OFFER "meeting step=MEETING held=2026-11-24 "
          "note_given=2026-11-27;", "2026-12-24",
          "S05", OPEN_ST, CD_WHY_NO_PROOF, "6(3)(b): no contact" },
        { OPEN TALK OFFER MEETING, "2026-11-25", "S05", OPEN_ST, CD_WHY_NO_PROOF,
          "the note was not given by then" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

static void review(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2027-01-29", "S06", PEND, 0, "7(2): the last day of 3 months beginning with 30 "
          "October" },
        { OPEN, "2027-01-30", "S06", NOT, 0, "neither completed nor explained" },
        { OPEN REVIEW, "2027-02-24", "S06", MET, 0, "completed in time" },
        { OPEN SLOW, "2027-01-29", "S06", PEND, 0, "under way" },
        { OPEN SLOW, "2027-01-30", "S06", NOT, 0, "under way, late, and not explained" },
        { OPEN SLOW JUDGED("S06", "REASONABLE"), "2027-03-24", "S06", NOT, 0,
          "no judgement moves a date of law" },
        { OPEN "enquiry type=OTHER started=2026-11-02 late_reason=Tests_abroad "
          "late_told=2027-01-28;", "2027-01-30",
          "S06", MET, 0, "explained" },
        { OPEN "enquiry type=OTHER started=2026-11-02 late_reason=Tests_abroad "
          "late_told=2027-02-10;", "2027-02-09",
          "S06", OPEN_ST, CD_WHY_NO_PROOF, "the reason, not yet given" },
        { OPEN "enquiry type=OTHER started=2026-11-02 late_reason=Tests_abroad "
          "late_told=2027-02-10;", "2027-02-10",
          "S06", MET, 0, "given" },
        { OPEN "enquiry type=OTHER signed_off=2027-02-15;", "2027-02-24", "S06", NOT, 0,
          "completed late, not explained" },
        { OPEN "enquiry type=OTHER signed_off=2027-02-15 late_reason=Tests_abroad "
          "late_told=2027-01-28;", "2027-02-24",
          "S06", MET, 0, "completed late, and explained" },
        { OPEN TRIES SLOW, "2027-02-24", "S06", EXC, 0, "2(1): nobody to explain it to" },
        { STARTED("2026-11-30"), "2027-02-28", "S06", PEND, 0,
          "30 November and 3 months: 28 February" },
        { STARTED("2026-11-30"), "2027-03-01", "S06", NOT, 0, "the day after" },
        { STARTED("2026-01-15"), "2026-04-14", "S06", PEND, 0, "over the change of the clocks" },
        { STARTED("2026-01-15"), "2026-04-15", "S06", NOT, 0, "the day after" },
        { STARTED("2023-11-30"), "2024-02-29", "S06", PEND, 0, "a leap year" },
        { STARTED("2023-11-30"), "2024-03-01", "S06", NOT, 0, "a leap year, the day after" },
        { OPEN REVIEW, "2027-02-24", "S07", MET, 0, "7(3)" },
        { OPEN SLOW, "2027-02-24", "S07", PEND, 0, "while the review goes on" },
        { OPEN, "2027-02-24", "S07", OPEN_ST, CD_WHY_NOT_DONE, "no review" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15;", "2027-02-24", "S07", OPEN_ST,
          CD_WHY_NO_PROOF, "7(3): not asked" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15 views_sought=2027-01-20;", "2027-02-24",
          "S07", OPEN_ST,
          CD_WHY_JUDGE, "asked when it was over" },
        { OPEN REVIEW, "2027-02-24", "S08", MET, 0, "7(4)(c)" },
        { OPEN SLOW, "2027-02-24", "S08", PEND, 0, "not completed" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15;", "2027-02-24", "S08", OPEN_ST,
          CD_WHY_NO_PROOF, "no actions" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15 actions=New_checklist;", "2027-02-24",
          "S08", OPEN_ST,
          CD_WHY_NO_PROOF, "an action without its date" },
        { OPEN REVIEW, "2027-02-24", "S09", MET, 0, "7(5)(a)" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15;", "2027-01-29", "S09", PEND, 0,
          "within the house target" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15;", "2027-02-24", "S09", OPEN_ST,
          CD_WHY_NOT_DONE, "not offered" },
        { OPEN "enquiry type=OTHER signed_off=2027-01-15 shared=2027-01-20;", "2027-02-24", "S09",
          MET, 0, "given" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

static void reports(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "S10", PEND, 0, "s 24: the year has not ended" },
        { OPEN, "2027-09-30", "S10", PEND, 0, "the house period" },
        { OPEN, "2027-10-01", "S10", OPEN_ST, CD_WHY_NOT_DONE, "no law sets a day" },
        { OPEN "annual year_end=2027-03-31 published=2027-08-02 names_nobody=yes source=Site;",
          "2027-10-01", "S10", MET, 0,
          "counted, and nobody can be recognised" },
        { OPEN "annual year_end=2027-03-31 published=2027-08-02 source=Site;", "2027-10-01", "S10",
          OPEN_ST,
          CD_WHY_NO_PROOF, "s 24(4): not said" },
        { OPEN "annual year_end=2027-03-31 published=2027-08-02 names_nobody=no source=Site;",
          "2027-10-01", "S10", NOT, 0,
          "s 24(4): somebody can be recognised" },
        { OPEN "annual year_end=2026-03-31 published=2026-08-02 names_nobody=yes source=Site;",
          "2027-10-01", "S10",
          OPEN_ST, CD_WHY_NOT_DONE, "another year" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

static void excuse(void **state)
{
    static const row_t rows[] = {
        { OPEN TRIES, "2026-11-24", "S11", MET, 0, "reg 2(1), 9: attempts on record" },
        { OPEN TRIES, "2026-12-24", "S03", EXC, 0, "could not be reached" },
        { OPEN TRIES, "2026-12-24", "S04", EXC, 0, "could not be reached" },
        { OPEN TRIES, "2026-12-24", "S05", EXC, 0, "could not be reached" },
        { OPEN TRIES REVIEW, "2027-02-24", "S06", MET, 0, "s 22(2)(i): the review is made all the "
          "same" },
        { OPEN TRIES REVIEW, "2027-02-24", "S08", MET, 0, "and its report" },
        { OPEN TRIES, "2027-02-24", "S08", OPEN_ST, CD_WHY_NOT_DONE, "and owed" },
        { OPEN REFUSAL, "2026-12-24", "S03", EXC, 0, "declines to communicate" },
        { OPEN, "2026-12-24", "S11", NA, 0, "nobody claims it" },
        { OPEN TRIES JUDGED("S11", "NOT_REASONABLE"), "2027-03-24", "S03", OPEN_ST, CD_WHY_NOT_DONE,
          "judged too little" },
        { OPEN REFUSAL "return returned=2027-01-11;", "2027-01-20", "S03", PEND, 0,
          "came back: a month from then" },
        { OPEN REFUSAL "return returned=2027-01-11; talk told=2027-02-10;", "2027-02-24", "S03",
          MET, 0, "the last day" },
        { OPEN REFUSAL "return returned=2027-01-11; talk told=2027-02-11;", "2027-02-24", "S03",
          NOT, 0, "the day after" },
        { OPEN "exemption given=2026-11-02 authoriser=D role=Director reason=The_family_is_abroad;",
          "2026-12-24", "S03",
          OPEN_ST, CD_WHY_NOT_DONE, "an exemption changes no rule of law" },
    };

    hold(rows, COUNT_OF(rows), "SCO-2018", &board, *state);
}

/* Scotland keeps its own holidays: St Andrew's Day, Mon 30 Nov 2026; 2 January, not Easter Monday.
 */
static void dues(void **state)
{
    cd_evaluation_t *eval =
        made_evaluation(STARTED("2026-11-20"), &board, "SCO-2018", "2026-11-24", *state);
    const cd_result_t *told = cd_evaluation_rule(eval, "S03"),
                      *made = cd_evaluation_rule(eval, "S06");

    assert_int_equal(told->dues[0].kind, CD_DUE_LAW);
    assert_int_equal(told->dues[0].on, cd_date_parse("2026-12-19"));
    assert_string_equal(told->dues[0].how,
                        "one month beginning with 20 November 2026, when the procedure started");
    assert_int_equal(told->dues[1].kind, CD_DUE_TARGET);
    assert_int_equal(told->dues[1].on, cd_date_parse("2026-12-07"));
    assert_int_equal(made->dues[0].kind, CD_DUE_LAW);
    assert_int_equal(made->dues[0].on, cd_date_parse("2027-02-19"));
    assert_int_equal(cd_date_parse("2026-11-20"), eval->start.first);
}

static void tasks(void **state)
{
    static const struct {
        const char *text, *as_at;
        int count;
        const char *first;
        cd_record_kind_t does;
    } rows[] = {
        { REPORTED, "2026-10-29", 1, "Get the opinion of a professional who was not involved",
          CD_REC_OPINION },
        { OPEN, "2026-11-05", 2, "Tell the patient", CD_REC_TALK },
        { OPEN TALK, "2026-11-05", 3, "Invite the patient to a meeting", CD_REC_MEETING },
        { OPEN TALK LETTER OFFER, "2026-11-20", 2, "Complete the review", CD_REC_ENQUIRY },
        { OPEN TALK LETTER OFFER MEETING SLOW, "2026-12-20", 2, "Complete the review",
          CD_REC_ENQUIRY },
        { OPEN TALK LETTER OFFER MEETING SLOW, "2027-02-20", 2, "Complete the review",
          CD_REC_ENQUIRY },
        { OPEN TALK LETTER OFFER MEETING REVIEW, "2027-02-20", 0, NULL, 0 },
        { OPEN TALK LETTER OFFER MEETING REVIEW, "2027-05-20", 1,
          "Count the case in the annual report", CD_REC_ANNUAL },
        { DIFFER, "2026-11-24", 1, "Have a person judge which opinion holds", CD_REC_JUDGEMENT },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int count;
        cd_evaluation_t *eval =
            made_evaluation(rows[i].text, &board, "SCO-2018", rows[i].as_at, *state);
        cd_task_t *list =
            cd_tasks(&count, eval, made_case(rows[i].text, &board, rows[i].as_at, *state), *state);
        if (count != rows[i].count)
            for (int k = 0; k < count; k++)
                print_message("%s %s\n", list[k].rule_code, list[k].text);
        ROW_CHECK(count == rows[i].count, i, count ? list[0].text : "none");
        if (!count)
            continue;
        assert_string_equal(list[0].text, rows[i].first);
        ROW_CHECK(list[0].does == rows[i].does, i, rows[i].first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(opinions), POOL_TEST(notice), POOL_TEST(meetings), POOL_TEST(review),
                  POOL_TEST(reports),
        POOL_TEST(excuse), POOL_TEST(dues), POOL_TEST(tasks),
    };

    return cmocka_run_group_tests_name("rules_sco", tests, NULL, NULL);
}

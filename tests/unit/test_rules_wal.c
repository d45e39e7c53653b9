/* test_rules_wal.c: every Welsh rule, case by case: what is on record, and what follows.
 * @source 2020 asc 1 ss 3, 5-8; WSI 2023/274 regs 4, 5, 6, 9 */
#include "unit.h"

#include "rule_rows.h"

/* Reported Wed 28 Oct 2026, aware Fri 30 Oct: target of the notice 13 Nov, the law's 30 working
 * days 11 Dec. */
#define REPORTED "incident title=Fall occurred=2026-10-14 reported_on=2026-10-28;"
#define OPINION "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=NURSE " \
    "reasons=More_than_minimal;"
#define OPEN REPORTED OPINION
#define WHOLE "mode=TELEPHONE facts_given=yes conditions_told=yes apology_given=yes " \
    "contact_named=yes enquiries_told=yes support=ADVOCATE"
#define TALK "talk told=2026-11-04 " WHOLE " noted_on=2026-11-04;"
#define LATE_TALK "talk told=2026-12-14 " WHOLE ";"
#define HOLDS "account_given=yes enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define LETTER "letter dated=2026-11-10 sent=2026-11-11 proof=Slip " HOLDS
#define TRIES "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=MESSAGE_LEFT; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define REFUSAL "refusal refused=2026-11-05 mode=TELEPHONE told_to=L;"
#define JUDGED(rule, what) "judgement rule=" rule " judgement=" what " judged=2027-01-10 " \
    "reasons=A_person_looked @by=trust-legal;"
#define FOUND(rule, what) "finding rule=" rule " outcome=" what " finder=OMBUDSMAN " \
    "body_name=PSOW found=2027-01-10 source=Site;"
#define DIFFER OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR " \
    "reasons=Minimal_harm;"

static const cd_org_t board = { .code = "7A1", .name = "A health board", .jurisdiction = CD_JUR_WAL,
                                .kind = CD_HEALTH_SERVICE_BODY };

static void deciding(void **state)
{
    static const row_t rows[] = {
        { REPORTED, "2026-11-04", "W00", PEND, 0, "s 3: last day of the target" },
        { REPORTED, "2026-11-05", "W00", OPEN_ST, CD_WHY_NOT_DONE, "s 3: nobody decided" },
        { OPEN, "2026-11-24", "W00", MET, 0, "s 3" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=M "
          "profession=NOT_HEALTHCARE reasons=Boards_view;",
          "2026-11-24", "W00", MET, 0, "s 3 names no profession: the body decides" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=NURSE;",
          "2026-11-24", "W00",
          OPEN_ST, CD_WHY_NO_PROOF, "without reasons" },
        { REPORTED, "2026-11-24", "W01", OPEN_ST, CD_WHY_NOT_KNOWN, "not decided" },
        { REPORTED "grading graded=2026-10-30 outcome=NONE certainty=ACTUAL profession=DOCTOR;",
          "2026-11-24", "W01",
          OPEN_ST, CD_WHY_NOT_KNOWN, "s 3(3): more than minimal harm is not the English "
          "threshold" },
        { REPORTED "opinion given=2026-10-30 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Minimal_harm;",
          "2026-11-24", "W01", NA, 0, "s 3: minimal" },
        { DIFFER, "2026-11-24", "W01", OPEN_ST, CD_WHY_JUDGE, "two opinions differ" },
        { DIFFER JUDGED("W00", "REASONABLE"), "2027-01-24", "W01", NA, 0,
          "the later one holds: it ceased to be" },
        { DIFFER JUDGED("W00", "NOT_REASONABLE"), "2027-01-24", "W01", OPEN_ST, CD_WHY_NOT_DONE,
          "the earlier holds" },
        { DIFFER JUDGED("W01", "REASONABLE"), "2027-01-24", "W01", OPEN_ST, CD_WHY_JUDGE,
          "W01 is not the question" },
        { REPORTED "opinion given=2026-10-29 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Minimal_harm;" OPINION,
          "2026-11-13", "W01", PEND, 0, "it became notifiable later" },
        { "incident title=Old occurred=2022-06; opinion given=2023-03-31 opinion=NOTIFIABLE "
          "given_by=K profession=DOCTOR "
          "reasons=More_than_minimal;", "2024-01-01", "W01", NA, 0,
          "aware the day before 1 April 2023" },
        { "incident title=Old occurred=2022-06; opinion given=2023-04-01 opinion=NOTIFIABLE "
          "given_by=K profession=DOCTOR "
          "reasons=More_than_minimal;", "2023-04-03", "W01", PEND, 0, "aware on the first day" },
    };

    hold(rows, COUNT_OF(rows), "WAL-2023", &board, *state);
}

#define WITHOUT(left_out) "talk told=2026-11-04 " left_out ";"

static void notice(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-13", "W01", PEND, 0, "last day of the target" },
        { OPEN, "2026-11-16", "W01", OPEN_ST, CD_WHY_NOT_DONE,
          "reg 4(1) sets no days: never NOT_MET by the calendar" },
        { OPEN, "2028-11-16", "W01", OPEN_ST, CD_WHY_NOT_DONE, "nor after two years" },
        { OPEN TALK, "2026-11-24", "W01", MET, 0, "by telephone, with the six contents" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", MET, 0,
                       "reg 4: video is in person" },
        { OPEN WITHOUT("mode=FACE_TO_FACE facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", MET, 0,
                       "face to face" },
        { OPEN WITHOUT("mode=LETTER facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", NOT, 0,
                       "a letter is not in person" },
        { OPEN WITHOUT("facts_given=yes conditions_told=yes apology_given=yes contact_named=yes "
          "enquiries_told=yes "
                       "support=ADVOCATE"), "2026-11-24", "W01", OPEN_ST, CD_WHY_NO_PROOF,
                       "how is not said" },
        { OPEN WITHOUT("mode=VIDEO facts_given=no conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", OPEN_ST,
                       CD_WHY_JUDGE,
          "4(3)(a): what was left out is for a person" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=no apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", NOT, 0,
                       "4(3)(b): the conditions" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=no "
          "contact_named=yes "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", NOT, 0,
                       "4(3): no apology" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=no "
                       "enquiries_told=yes support=ADVOCATE"), "2026-11-24", "W01", NOT, 0,
                       "4(3): no contact" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=no support=ADVOCATE"), "2026-11-24", "W01", NOT, 0,
                       "4(3): no enquiries" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=NONE"), "2026-11-24", "W01", NOT, 0,
                       "4(3): no support services" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes"), "2026-11-24", "W01", OPEN_ST, CD_WHY_NO_PROOF,
                       "support not said" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes") "support offered=2026-11-06 support=COUNSELLING;",
                       "2026-11-24", "W01", MET,
          0, "support offered beside the talk, within the target" },
        { OPEN WITHOUT("mode=VIDEO facts_given=yes conditions_told=yes apology_given=yes "
          "contact_named=yes "
                       "enquiries_told=yes support=NONE") "support offered=2026-11-20 "
                       "support=COUNSELLING;", "2026-11-24",
          "W01", OPEN_ST, CD_WHY_JUDGE, "support only later" },
        { OPEN WITHOUT("mode=VIDEO") "talk told=2026-11-06 " WHOLE ";", "2026-11-24", "W01", MET, 0,
          "made whole within the target" },
        { OPEN WITHOUT("mode=VIDEO") "talk told=2026-11-20 " WHOLE ";", "2026-11-24", "W01",
          OPEN_ST, CD_WHY_JUDGE,
          "made whole only later" },
        { OPEN LATE_TALK, "2026-12-24", "W01", OPEN_ST, CD_WHY_JUDGE,
          "past the target: a person judges" },
        { OPEN LATE_TALK JUDGED("W01", "REASONABLE"), "2027-01-24", "W01", MET, 0, "judged" },
        { OPEN LATE_TALK JUDGED("W01", "NOT_REASONABLE"), "2027-01-24", "W01", NOT, 0, "judged" },
        { OPEN "talk told=2026-11 " WHOLE ";", "2026-12-24", "W01", OPEN_ST, CD_WHY_NOT_KNOWN,
          "some day in November" },
        { OPEN TALK FOUND("W01", "NOT_MET"), "2027-01-24", "W01", NOT, 0,
          "the ombudsman found it" },
        { OPEN "exemption given=2026-11-02 authoriser=D role=Director reason=The_family_is_abroad;",
          "2026-11-24", "W01",
          OPEN_ST, CD_WHY_NOT_DONE, "an exemption changes no rule of law" },
    };

    hold(rows, COUNT_OF(rows), "WAL-2023", &board, *state);
}

static void late_notice(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-12-11", "W02", PEND, 0, "4(3)(g): 30 working days from 30 October" },
        { OPEN, "2026-12-14", "W02", PEND, 0, "past it: the notice is still to come, and lateness "
          "alone is no breach" },
        { OPEN TALK, "2026-12-24", "W02", NA, 0, "in time: no reason needed" },
        { OPEN "talk told=2026-12-11;", "2026-12-24", "W02", NA, 0, "on the last day" },
        { OPEN "talk told=2026-12-12;", "2026-12-24", "W02", NOT, 0,
          "the Saturday after it, without a reason" },
        { OPEN LATE_TALK, "2026-12-24", "W02", NOT, 0, "a late notice without a reason" },
        { OPEN LATE_TALK JUDGED("W02", "REASONABLE"), "2027-01-24", "W02", NOT, 0,
          "no judgement moves a date of law" },
        { OPEN "talk told=2026-12-14 reason_if_late=He_was_abroad;", "2026-12-24", "W02", MET, 0,
          "with its reason" },
        { OPEN LATE_TALK "talk told=2026-12-16 reason_if_late=He_was_abroad;", "2026-12-24", "W02",
          OPEN_ST,
          CD_WHY_JUDGE, "the reason came in a later talk" },
        { OPEN LATE_TALK "letter dated=2026-12-16 reason_if_late=He_was_abroad;", "2026-12-24",
          "W02", OPEN_ST,
          CD_WHY_JUDGE, "the reason came in the letter" },
        { OPEN "talk told=2026-12;", "2027-01-24", "W02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "some day in December" },
        { OPEN "talk told=2026-12 reason_if_late=He_was_abroad;", "2027-01-24", "W02", MET, 0,
          "whatever the day was" },
        /* Easter: 30 working days from Mon 2 Mar 2026 end on Wed 15 Apr;
         * the clocks change on 29 Mar. */
        { "incident title=Fall; opinion given=2026-03-02 opinion=NOTIFIABLE given_by=K "
          "profession=NURSE "
          "reasons=More_than_minimal; talk told=2026-04-15;", "2026-05-01", "W02", NA, 0,
          "Good Friday, Easter Monday" },
        { "incident title=Fall; opinion given=2026-03-02 opinion=NOTIFIABLE given_by=K "
          "profession=NURSE "
          "reasons=More_than_minimal; talk told=2026-04-16;", "2026-05-01", "W02", NOT, 0,
          "the day after" },
    };

    hold(rows, COUNT_OF(rows), "WAL-2023", &board, *state);
}

static void writing(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "W03", PEND, 0, "reg 5: follows the notice" },
        { OPEN TALK, "2026-11-11", "W03", PEND, 0, "5 working days from 4 November" },
        { OPEN TALK, "2026-11-12", "W03", NOT, 0, "reg 5: the law sets the days" },
        { OPEN TALK JUDGED("W03", "REASONABLE"), "2027-01-24", "W03", NOT, 0,
          "no judgement moves them" },
        { OPEN TALK LETTER, "2026-11-24", "W03", MET, 0, "on the last day" },
        { OPEN TALK "letter dated=2026-11-10 sent=2026-11-12 proof=Slip " HOLDS, "2026-11-24",
          "W03", LATE_ST, 0, "late" },
        { OPEN TALK "letter dated=2026-11-10 sent=2026-11-11 " HOLDS, "2026-11-24", "W03", OPEN_ST,
          CD_WHY_NO_PROOF,
          "without proof" },
        { OPEN TALK "letter dated=2026-11-10;", "2026-11-11", "W03", PEND, 0,
          "not sent yet, not due yet" },
        { OPEN TALK "letter dated=2026-11-10 sent=2026-11-11 proof=Slip account_given=yes "
          "enquiries_given=yes "
          "apology_given=no;", "2026-11-24", "W03", OPEN_ST, CD_WHY_JUDGE,
          "what 5(2) asks of a letter is not settled" },
        { OPEN "letter dated=2026-11-02 sent=2026-11-02 proof=Slip " HOLDS TALK, "2026-11-24",
          "W03", OPEN_ST,
          CD_WHY_JUDGE, "a letter before the notice" },
        { OPEN "letter dated=2026-11-02 sent=2026-11-02 proof=Slip " HOLDS TALK LETTER,
          "2026-11-24", "W03", MET, 0,
          "and one after it" },
        /* 5 working days from Wed 1 Apr 2026 end on Fri 10 Apr, over Easter. */
        { "incident title=Fall; opinion given=2026-03-30 opinion=NOTIFIABLE given_by=K "
          "profession=NURSE "
          "reasons=More_than_minimal; talk told=2026-04-01;", "2026-04-10", "W03", PEND, 0,
          "Easter" },
        { "incident title=Fall; opinion given=2026-03-30 opinion=NOTIFIABLE given_by=K "
          "profession=NURSE "
          "reasons=More_than_minimal; talk told=2026-04-01;", "2026-04-11", "W03", NOT, 0,
          "after Easter" },
        /* 25 Dec 2026 is a Friday; Monday 28 December is the substitute for Boxing Day. */
        { OPEN "talk told=2026-12-23;", "2026-12-31", "W03", PEND, 0,
          "24, 29, 30, 31 December, and 4 January" },
        { OPEN "talk told=2026-12-23;", "2027-01-04", "W03", PEND, 0, "the last day" },
        { OPEN "talk told=2026-12-23;", "2027-01-05", "W03", NOT, 0, "the day after" },
        { OPEN TALK, "2026-12-24", "W04", NA, 0, "reg 6: no enquiry" },
        { OPEN TALK "enquiry type=AAR started=2026-11-09;", "2026-12-24", "W04", PEND, 0,
          "not signed off" },
        { OPEN TALK "enquiry type=AAR signed_off=2026-12-01; results sent=2026-12-10 proof=Slip;",
          "2026-12-24", "W04",
          MET, 0, "results given" },
        { OPEN TALK "enquiry type=AAR signed_off=2026-12-01;", "2027-01-24", "W04", OPEN_ST,
          CD_WHY_NOT_DONE,
          "reg 6 sets no days" },
    };

    hold(rows, COUNT_OF(rows), "WAL-2023", &board, *state);
}

static void keeping(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "W05", PEND, 0, "reg 9: nothing to keep yet" },
        { OPEN TALK LETTER, "2026-11-24", "W05", MET, 0, "note and copy" },
        { OPEN "talk told=2026-11-04 " WHOLE ";", "2026-11-24", "W05", OPEN_ST, CD_WHY_NO_PROOF,
          "no note of the talk" },
        { OPEN TALK "letter dated=2026-11-10;", "2026-11-24", "W05", OPEN_ST, CD_WHY_NO_PROOF,
          "no copy" },
        { OPEN TALK "meeting step=MEETING held=2026-11-20;", "2026-11-24", "W05", OPEN_ST,
          CD_WHY_NO_PROOF, "no note of it" },
        { OPEN TRIES, "2026-11-24", "W05", MET, 0, "9(2)(b): attempts" },
        { OPEN TRIES, "2026-11-24", "W01", EXC, 0, "could not be reached" },
        { OPEN TRIES, "2026-12-24", "W02", EXC, 0, "could not be reached" },
        { OPEN TRIES, "2026-12-24", "W03", EXC, 0, "could not be reached" },
        { OPEN REFUSAL, "2026-11-24", "W05", MET, 0, "9(2)(c): a decision not to be contacted" },
        { OPEN REFUSAL, "2026-11-24", "W01", EXC, 0, "did not want to talk" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;", "2026-11-24", "W05",
          OPEN_ST,
          CD_WHY_NO_PROOF, "one attempt is little" },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" JUDGED("W05",
          "REASONABLE"), "2027-01-24",
          "W01", EXC, 0, "judged enough" },
        { OPEN TRIES JUDGED("W05", "NOT_REASONABLE"), "2027-01-24", "W01", OPEN_ST, CD_WHY_NOT_DONE,
          "judged too little" },
        { OPEN "opening note=Go; closure closed=2026-12-01 reason=DUTY_DONE;", "2026-12-24", "W05",
          NOT, 0,
          "closed as done, and no record" },
        { OPEN REFUSAL "return returned=2027-01-04;", "2027-01-11", "W01", PEND, 0,
          "came back: due anew" },
        { OPEN REFUSAL "return returned=2027-01-04;", "2027-01-24", "W02", PEND, 0,
          "30 working days from coming back" },
        { OPEN REFUSAL "return returned=2027-01-04; talk told=2027-01-20;", "2027-01-24", "W02", NA,
          0,
          "and so in time" },
        { OPEN, "2026-11-24", "W06", PEND, 0, "ss 5-8: the year to 31 March 2027 has not ended" },
        { OPEN, "2027-09-30", "W06", PEND, 0, "the house period" },
        { OPEN, "2027-10-01", "W06", OPEN_ST, CD_WHY_NOT_DONE,
          "no law sets a day: never a breach by the calendar" },
        { OPEN "annual year_end=2027-03-31 published=2027-08 source=Site;", "2027-10-01", "W06",
          MET, 0, "counted" },
        { OPEN "annual year_end=2026-03-31 published=2026-08 source=Site;", "2027-10-01", "W06",
          OPEN_ST,
          CD_WHY_NOT_DONE, "the report of another year" },
        { "incident title=Fall; opinion given=2027-03/2027-04 opinion=NOTIFIABLE given_by=K "
          "profession=NURSE "
          "reasons=More_than_minimal;", "2027-10-01", "W06", OPEN_ST, CD_WHY_NOT_KNOWN,
          "the year is not known" },
    };

    hold(rows, COUNT_OF(rows), "WAL-2023", &board, *state);
}

/* The law's dates are said to be the law's, with what they count from. */
static void dues(void **state)
{
    cd_evaluation_t *eval = made_evaluation(OPEN TALK, &board, "WAL-2023", "2026-11-24", *state);
    const cd_result_t *letter = cd_evaluation_rule(eval, "W03"),
                      *told = cd_evaluation_rule(eval, "W01");

    assert_int_equal(letter->due_count, 1);
    assert_int_equal(letter->dues[0].kind, CD_DUE_LAW);
    assert_int_equal(letter->dues[0].on, cd_date_parse("2026-11-11"));
    assert_string_equal(letter->dues[0].how,
                        "5 working days from 4 November 2026, when the notice was given in person");
    assert_int_equal(letter->late_wd_min, 9);
    assert_int_equal(letter->late_against, CD_DUE_LAW);
    assert_string_equal(letter->sentence,
                        "The written notification has not been sent. It is 9 working days past the "
                        "law’s date, 11 November 2026.");
    assert_int_equal(told->dues[0].kind, CD_DUE_LAW);
    assert_int_equal(told->dues[0].on, 0);
    assert_int_equal(told->dues[1].kind, CD_DUE_TARGET);
    assert_int_equal(cd_evaluation_rule(eval, "W02")->dues[0].on, cd_date_parse("2026-12-11"));
}

static void tasks(void **state)
{
    static const struct {
        const char *text, *as_at;
        int count;
        const char *first;
        cd_record_kind_t does;
        int kind;
    } rows[] = {
        { REPORTED, "2026-10-29", 1, "Write down whether the duty applies", CD_REC_OPINION,
          CD_DUE_TARGET },
        { OPEN, "2026-11-05", 1, "Tell the patient face to face, by video or by telephone",
          CD_REC_TALK, CD_DUE_TARGET },
        { OPEN TALK, "2026-11-05", 1, "Send the written notification", CD_REC_LETTER, CD_DUE_LAW },
        { OPEN TALK, "2026-11-24", 1, "Send the written notification", CD_REC_LETTER, CD_DUE_LAW },
        { OPEN TALK LETTER, "2026-11-24", 0, NULL, 0, 0 },
        { OPEN TALK LETTER, "2027-04-24", 1, "Count the case in the annual report", CD_REC_ANNUAL,
          CD_DUE_TARGET },
        { OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;", "2026-11-24", 2,
          "Tell the patient face to face, by video or by telephone", CD_REC_TALK, CD_DUE_TARGET },
        { DIFFER, "2026-11-24", 1, "Have a person judge which opinion holds", CD_REC_JUDGEMENT, 0 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int count;
        cd_evaluation_t *eval =
            made_evaluation(rows[i].text, &board, "WAL-2023", rows[i].as_at, *state);
        cd_task_t *list =
            cd_tasks(&count, eval, made_case(rows[i].text, &board, rows[i].as_at, *state), *state);
        if (count != rows[i].count)
            fail_msg("row %d: %d tasks, the first: %s", (int)i, count, count ? list[0].text : "");
        if (!count)
            continue;
        assert_string_equal(list[0].text, rows[i].first);
        ROW_CHECK(list[0].does == rows[i].does && list[0].due_kind == rows[i].kind, i,
                  rows[i].first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(deciding), POOL_TEST(notice), POOL_TEST(late_notice), POOL_TEST(writing),
                  POOL_TEST(keeping),
        POOL_TEST(dues), POOL_TEST(tasks),
    };

    return cmocka_run_group_tests_name("rules_wal", tests, NULL, NULL);
}

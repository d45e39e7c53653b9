/* test_rules_eng.c: every English rule, case by case: what is on record, and what follows. */
#include "unit.h"

#include "rule_rows.h"

/* Reported Wed 28 Oct 2026, notifiable and aware Fri 30 Oct: E01's target 4 Nov, contract date 11
 * Nov, E02's target 13 Nov. */
#define REPORTED "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28;"
#define OPINION "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "reasons=Unplanned_surgery;"
#define OPEN REPORTED OPINION
#define DIFFER OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR " \
    "reasons=New_scan_shows;"
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-04;"
#define LATE "talk told=2026-11-20 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-20;"
#define LETTER "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define ENQUIRY "enquiry type=AAR started=2026-11-09 signed_off=2026-12-01;"
#define TRIES "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=MESSAGE_LEFT; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define REFUSAL "refusal refused=2026-11-05 mode=TELEPHONE told_to=L;"
#define JUDGED(rule, what) "judgement rule=" rule " judgement=" what " judged=2026-12-10 " \
    "reasons=A_person_looked @by=handler;"
#define FOUND(rule, what) "finding rule=" rule " outcome=" what " finder=REGULATOR " \
    "body_name=CQC found=2026-12-10 source=Site;"

static void deciding(void **state)
{
    static const row_t rows[] = {
        { REPORTED, "2026-11-04", "E01", PEND, 0, "last day of the target" },
        { REPORTED, "2026-11-05", "E01", OPEN_ST, CD_WHY_NOT_DONE,
          "past the target is never a failure by itself" },
        { "incident title=Swab", "2026-11-05", "E01", OPEN_ST, CD_WHY_NOT_DONE,
          "day of the report not known" },
        { OPEN, "2026-11-24", "E01", MET, 0, "given on 30 October" },
        { REPORTED "opinion given=2026-11-20 opinion=NOTIFIABLE given_by=K profession=NURSE "
          "reasons=Late_opinion;",
          "2026-11-24", "E01", MET, 0, "late against a house target only" },
        { REPORTED "opinion given=2026-10-30 opinion=UNSURE given_by=K profession=DOCTOR "
          "reasons=Waits_for_scan;",
          "2026-11-24", "E01", OPEN_ST, CD_WHY_NOT_KNOWN, "not sure" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR;",
          "2026-11-24", "E01",
          OPEN_ST, CD_WHY_NO_PROOF, "20(8): with reasons" },
        { REPORTED "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K "
          "profession=NOT_HEALTHCARE reasons=A_managers_view;",
          "2026-11-24", "E01", OPEN_ST, CD_WHY_NO_PROOF, "20(8): a health care professional" },
        { REPORTED "grading graded=2026-10-30 outcome=NONE certainty=ACTUAL profession=DOCTOR;",
          "2026-11-24", "E01", NA,
          0, "a professional graded it below the threshold" },
        { REPORTED "grading graded=2026-10-30 physical=NONE psychological=NONE;", "2026-11-24",
          "E01", OPEN_ST,
          CD_WHY_NOT_DONE, "invariant 8: the LFPSE grade alone decides nothing" },
        { REPORTED "grading graded=2026-10-30 outcome=NONE certainty=COULD_RESULT "
          "profession=DOCTOR;", "2026-11-24",
          "E01", OPEN_ST, CD_WHY_NOT_DONE, "uncertain harm: act as if" },
        { REPORTED "grading graded=2026-10-30 outcome=NONE certainty=ACTUAL "
          "profession=NOT_HEALTHCARE;", "2026-11-24",
          "E01", OPEN_ST, CD_WHY_NOT_DONE, "not a professional's grade" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

static void notifiability(void **state)
{
    static const row_t rows[] = {
        { REPORTED TALK, "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "no opinion: not known, whatever was done" },
        { REPORTED TALK, "2026-11-24", "C01", OPEN_ST, CD_WHY_NOT_KNOWN, "the contract too" },
        { REPORTED "opinion given=2026-10-30 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Low_harm_only;",
          "2026-11-24", "E02", NA, 0, "found not notifiable" },
        { OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=New_scan_shows;", "2026-11-24",
          "E02", OPEN_ST, CD_WHY_JUDGE, "the latest opinion does not take an earlier one back by "
          "itself" },
        { DIFFER, "2026-11-24", "E01", OPEN_ST, CD_WHY_JUDGE, "two opinions differ" },
        { DIFFER, "2026-11-24", "C01", OPEN_ST, CD_WHY_JUDGE, "the contract waits for it, too" },
        { DIFFER JUDGED("E01", "REASONABLE"), "2026-12-24", "E02", NA, 0, "the later one holds" },
        { DIFFER JUDGED("E01", "REASONABLE"), "2026-12-24", "E01", MET, 0, "and is the opinion" },
        { DIFFER JUDGED("E01", "NOT_REASONABLE"), "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "the earlier holds" },
        { DIFFER JUDGED("E01", "NOT_REASONABLE"), "2026-12-24", "E01", MET, 0,
          "and is the opinion" },
        { DIFFER JUDGED("E02", "REASONABLE"), "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "E02 is not the question" },
        { DIFFER "judgement rule=E01 judgement=REASONABLE judged=2026-11-01 "
          "reasons=Said_before_it @by=handler;",
          "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE, "a word given before the opinion does not "
          "cover it" },
        { DIFFER FOUND("E02", "NOT_MET"), "2026-12-24", "E02", NOT, 0,
          "a finding decides its own rule" },
        { DIFFER FOUND("E02", "NOT_MET"), "2026-12-24", "E06", OPEN_ST, CD_WHY_JUDGE,
          "and no other" },
        { OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=New_scan_shows @over=2;",
          "2026-11-24", "E02", NA, 0, "an opinion that was corrected does not stand" },
        { REPORTED "opinion given=2026-10-29 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=Low_harm_only;" OPINION,
          "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_DONE, "a later notifiable holds by itself" },
        { OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR "
          "reasons=New_scan_shows @at=2026-11-20;",
          "2026-11-18", "E02", OPEN_ST, CD_WHY_NOT_DONE, "but not before it was recorded" },
        { REPORTED "grading graded=2026-10-30 outcome=NONE certainty=ACTUAL profession=DOCTOR;",
          "2026-11-24", "E02", NA,
          0, "below the threshold" },
        { REPORTED "grading graded=2026-10-30 outcome=MODERATE certainty=ACTUAL profession=DOCTOR;",
          "2026-11-24", "E02",
          OPEN_ST, CD_WHY_NOT_KNOWN, "a grade is no opinion" },
        { REPORTED FOUND("E02", "NOT_MET"), "2026-12-24", "E02", NOT, 0,
          "a finding decides whatever else" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

#define ASTRIDE "incident title=Old occurred=2014-10-01; " \
    "opinion given=2014-11 opinion=NOTIFIABLE given_by=K profession=DOCTOR reasons=Severe_harm;"

static void commencement(void **state)
{
    static const row_t nhs[] = {
        { "incident title=Old occurred=2014-10-01; opinion given=2014-11-26 opinion=NOTIFIABLE "
          "given_by=K "
          "profession=DOCTOR reasons=Severe_harm;", "2026-11-24", "E02", NA, 0,
          "aware the day before" },
        { "incident title=Old occurred=2014-10-01; opinion given=2014-11-27 opinion=NOTIFIABLE "
          "given_by=K "
          "profession=DOCTOR reasons=Severe_harm;", "2014-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "by the day of awareness, not of the incident" },
        { "incident title=Old occurred=2014;", "2014-12-30", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "may lie on either side" },
        { ASTRIDE, "2015-12-24", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "aware on some day of November 2014" },
        { ASTRIDE, "2015-12-24", "E01", OPEN_ST, CD_WHY_NOT_KNOWN, "E01 as well" },
        { ASTRIDE FOUND("E02", "NOT_MET"), "2026-12-24", "E02", NOT, 0, "a court would know" },
        { "incident title=Old occurred=1995;" FOUND("E02", "NOT_MET"), "2026-12-24", "E02", NA, 0,
          "a finding makes no duty where there was none" },
        { "incident title=Old occurred=1995;", "2014-12-30", "E02", NA, 0,
          "happened before, awareness not known" },
        { "incident title=Old occurred=1995;", "2014-12-30", "E01", NA, 0, "E01 as well" },
    };
    static const row_t other[] = {
        { "incident title=Old occurred=2014-10-01; opinion given=2015-03-31 opinion=NOTIFIABLE "
          "given_by=K "
          "profession=DOCTOR reasons=Severe_harm;", "2015-12-24", "E02", NA, 0,
          "SI 2015/64: from 1 April 2015" },
        { "incident title=Old occurred=2014-10-01; opinion given=2015-04-01 opinion=NOTIFIABLE "
          "given_by=K "
          "profession=DOCTOR reasons=Severe_harm;", "2015-12-24", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "first day" },
    };

    hold(nhs, COUNT_OF(nhs), "ENG-20-NHS", &made_org, *state);
    hold(other, COUNT_OF(other), "ENG-20-OTHER", &made_org, *state);
}

static void told(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-13", "E02", PEND, 0, "last day of the target" },
        { OPEN, "2026-11-16", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "20(2)(a) sets no days: never NOT_MET by the calendar" },
        { OPEN, "2026-11-14", "E02", OPEN_ST, CD_WHY_NOT_DONE,
          "Saturday after it: past, but no working day late" },
        { "incident title=Swab occurred=2026-10-14 reported_on=2026-10-30;" OPINION, "2026-11-14",
          "C01", NOT, 0,
          "Saturday after the contract date, Fri 13 Nov" },
        { "incident title=Swab occurred=2026-10-14 reported_on=2026-10-30;" OPINION "talk "
          "told=2026-11-14;",
          "2026-11-24", "C01", LATE_ST, 0, "told that Saturday" },
        { OPEN "talk told=2026-11-14;", "2026-11-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "told on the Saturday after it" },
        { OPEN, "2028-11-16", "E02", OPEN_ST, CD_WHY_NOT_DONE, "not after two years either" },
        { OPEN TALK, "2026-11-24", "E02", MET, 0, "within the target" },
        { OPEN "talk told=2026-11 @at=2026-11-11;", "2026-12-24", "E02", MET, 0,
          "a day in November, entered on the 11th: by then" },
        { OPEN "talk told=2026-11 @at=2026-11-11;", "2026-12-24", "C01", MET, 0,
          "and by the contract date" },
        { OPEN "talk told=2026-11 @at=2026-11-20;", "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "entered on the 20th: before or after the target" },
        { OPEN "talk told=2026-11;", "2026-11-13", "E02", MET, 0,
          "as at the last day of the target: by then" },
        { OPEN "talk told=2026-11-13;", "2026-11-24", "E02", MET, 0, "on the last day" },
        { OPEN LATE, "2026-11-24", "E02", OPEN_ST, CD_WHY_JUDGE, "done late: a person judges" },
        { OPEN LATE JUDGED("E02", "REASONABLE"), "2026-12-24", "E02", MET, 0, "judged reasonable" },
        { OPEN LATE JUDGED("E02", "NOT_REASONABLE"), "2026-12-24", "E02", NOT, 0,
          "judged not reasonable" },
        { OPEN LATE JUDGED("E02", "NOT_REASONABLE"), "2026-12-09", "E02", OPEN_ST, CD_WHY_JUDGE,
          "not yet judged then" },
        { OPEN TALK JUDGED("E02", "NOT_REASONABLE"), "2026-12-24", "E02", NOT, 0,
          "a person may find ten days too long" },
        { OPEN JUDGED("E02", "NOT_REASONABLE"), "2026-12-24", "E02", NOT, 0,
          "nothing done, judged" },
        { OPEN JUDGED("E02", "REASONABLE"), "2026-12-24", "E02", PEND, 0,
          "no act: waiting so far was reasonable" },
        { OPEN "talk told=2027-03-01;" JUDGED("E02", "REASONABLE"), "2027-03-24", "E02", OPEN_ST,
          CD_WHY_JUDGE,
          "a word given before the act does not cover it" },
        { OPEN "talk told=2026-11;", "2026-12-24", "E02", OPEN_ST, CD_WHY_NOT_KNOWN,
          "some day in November" },
        { OPEN "talk told=2026-12;", "2026-12-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "late on every day of December" },
        { REPORTED "opinion given=2026-10 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "reasons=Unplanned_surgery;",
          "2026-10-14", "E02", PEND, 0, "in time on every reading" },
        { REPORTED "opinion given=2026-10 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "reasons=Unplanned_surgery;",
          "2026-11-02", "E02", OPEN_ST, CD_WHY_NOT_KNOWN, "on some readings" },
        { REPORTED "opinion given=2026-10 opinion=NOTIFIABLE given_by=K profession=DOCTOR "
          "reasons=Unplanned_surgery;",
          "2026-11-24", "E02", OPEN_ST, CD_WHY_NOT_DONE, "past on every reading" },
        { OPEN "opening aware=2026-10-28;" "talk told=2026-11-12;", "2026-11-24", "E02", OPEN_ST,
          CD_WHY_JUDGE,
          "an earlier day recorded as awareness starts the clock" },
        { OPEN "opening aware=2026-11-05;" "talk told=2026-11-18;", "2026-11-24", "E02", OPEN_ST,
          CD_WHY_JUDGE,
          "never later than the opinion" },
        { OPEN "talk told=2026-10-29;", "2026-11-24", "E02", MET, 0, "told before the opinion" },
        { OPEN LATE TALK, "2026-11-24", "E02", MET, 0, "the first talk counts, in whatever order "
          "it was entered" },
        { OPEN LATE FOUND("E02", "MET"), "2026-12-24", "E02", MET, 0, "found met" },
        { OPEN TALK FOUND("E02", "MET_LATE"), "2026-12-24", "E02", LATE_ST, 0, "found late" },
        { OPEN TALK FOUND("E02", "NOT_MET"), "2026-12-09", "E02", MET, 0, "not yet found then" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

static void parts_of_the_talk(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-13", "E03", PEND, 0, "with E02" }, { OPEN, "2026-11-16", "E06", OPEN_ST,
          CD_WHY_NOT_DONE, "no talk" },
        { OPEN TALK, "2026-11-24", "E03", MET, 0, "face to face, named" },
        { OPEN "talk told=2026-11-04 mode=FACE_TO_FACE;", "2026-11-24", "E03", OPEN_ST,
          CD_WHY_NO_PROOF, "nobody named" },
        { OPEN "talk told=2026-11-04 spoke_name=L;", "2026-11-24", "E03", OPEN_ST, CD_WHY_NO_PROOF,
          "mode not said" },
        { OPEN "talk told=2026-11-04 mode=TELEPHONE why_not_in_person=Abroad spoke_name=L;",
          "2026-11-24", "E03", OPEN_ST,
          CD_WHY_JUDGE, "open question: is a call in person" },
        { OPEN "talk told=2026-11-04 mode=VIDEO spoke_name=L;" JUDGED("E03", "REASONABLE"),
          "2026-12-24", "E03", MET, 0,
          "a person answered it" },
        { OPEN "talk told=2026-11-04 mode=LETTER;", "2026-11-24", "E03", NOT, 0,
          "a letter is not in person" },
        { OPEN "talk told=2026-11-04 mode=TELEPHONE spoke_name=L; talk told=2026-11-06 "
          "mode=FACE_TO_FACE spoke_name=L;",
          "2026-11-24", "E03", MET, 0, "met in person within the target" },
        { OPEN "talk told=2026-11-04 mode=TELEPHONE spoke_name=L; talk told=2026-11-20 "
          "mode=FACE_TO_FACE spoke_name=L;",
          "2026-11-24", "E03", OPEN_ST, CD_WHY_JUDGE, "in person only later" },
        { OPEN TALK, "2026-11-24", "E04", MET, 0, "all facts known that day" },
        { OPEN "talk told=2026-11-04 facts_given=no;", "2026-11-24", "E04", OPEN_ST, CD_WHY_JUDGE,
          "what was left out is for a person" },
        { OPEN "talk told=2026-11-04;", "2026-11-24", "E04", OPEN_ST, CD_WHY_NO_PROOF, "not said" },
        { OPEN "talk told=2026-11-04 facts_given=no;" FOUND("E04", "NOT_MET"), "2026-12-24", "E04",
          NOT, 0, "found" },
        { OPEN TALK, "2026-11-24", "E05", MET, 0, "enquiries told" },
        { OPEN "talk told=2026-11-04 enquiries_told=no;", "2026-11-24", "E05", NOT, 0,
          "20(3)(c): not told" },
        { OPEN TALK, "2026-11-24", "E06", MET, 0, "apology" },
        { OPEN "talk told=2026-11-04 apology_given=no;", "2026-11-24", "E06", NOT, 0,
          "20(3)(d): no apology" },
        { OPEN "talk told=2026-11-04;", "2026-11-24", "E06", OPEN_ST, CD_WHY_NO_PROOF, "not said" },
        { OPEN "talk told=2026-11-04 apology_given=no; talk told=2026-11-06 apology_given=yes;",
          "2026-11-24", "E06",
          MET, 0, "within the target" },
        { OPEN "talk told=2026-11-04 apology_given=no; talk told=2026-11-20 apology_given=yes;",
          "2026-11-24", "E06",
          OPEN_ST, CD_WHY_JUDGE, "a late apology" },
        { OPEN LATE, "2026-11-24", "E06", MET, 0, "lateness is E02's matter" },
        { OPEN TALK, "2026-11-24", "E07", MET, 0, "noted the same day" },
        { OPEN "talk told=2026-11-04;", "2026-11-06", "E07", PEND, 0, "2 working days" },
        { OPEN "talk told=2026-11-04;", "2026-11-09", "E07", OPEN_ST, CD_WHY_NOT_DONE, "no note" },
        { OPEN "talk told=2026-11-04 noted_on=2026-11-20;", "2026-11-24", "E07", MET, 0,
          "20(3)(e) sets no days: a late note is kept" },
        { OPEN "talk told=2026-11-04 noted_on=2026-11-20;", "2026-11-18", "E07", OPEN_ST,
          CD_WHY_NOT_DONE,
          "not noted by then" },
        { OPEN "talk told=2026-11-04; document kind=VERBAL_NOTE dated=2026-11-03 name=Note;",
          "2026-11-24", "E07",
          OPEN_ST, CD_WHY_NOT_DONE, "a note made before the talk is no record of it" },
        { OPEN "talk told=2026-11-04 noted_on=2026-11-03;", "2026-11-24", "E07", OPEN_ST,
          CD_WHY_NOT_DONE, "nor here" },
        { OPEN "talk told=2026-11-04; document kind=VERBAL_NOTE dated=2026-11 name=Note;",
          "2026-12-24", "E07", MET, 0,
          "it may be of the day of the talk" },
        { OPEN "talk told=2026-11-04; document kind=VERBAL_NOTE dated=2026-11-05 name=Note;",
          "2026-11-24", "E07", MET,
          0, "a note on file" },
        { OPEN "talk told=2026-11-04 support=NONE;", "2026-11-24", "E08", OPEN_ST, CD_WHY_JUDGE,
          "none offered" },
        { OPEN "talk told=2026-11-04;", "2026-11-24", "E08", OPEN_ST, CD_WHY_NO_PROOF, "not said" },
        { OPEN "talk told=2026-11-04; support offered=2026-11-10 support=COUNSELLING;",
          "2026-11-24", "E08", MET, 0,
          "offered after" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

#define EARLY "letter dated=2026-11-02 sent=2026-11-03 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"

static void writing(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-24", "E09", PEND, 0, "follows the talk" },
        { OPEN TALK, "2026-11-18", "E09", PEND, 0, "10 working days" },
        { OPEN TALK, "2026-11-24", "E09", OPEN_ST, CD_WHY_NOT_DONE,
          "the case screen: 4 working days past" },
        { OPEN TALK LETTER, "2026-11-24", "E09", MET, 0, "sent, proved, whole" },
        { OPEN TALK "letter dated=2026-11-12;", "2026-11-24", "E09", OPEN_ST, CD_WHY_NO_PROOF,
          "the flag screen" },
        { OPEN TALK "letter dated=2026-11-12;", "2026-11-16", "E09", PEND, 0,
          "not sent yet, not due yet" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-13 account_given=yes "
          "enquiries_given=yes apology_given=yes;",
          "2026-11-24", "E09", OPEN_ST, CD_WHY_NO_PROOF, "sent without proof" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-13 account_given=yes "
          "enquiries_given=yes apology_given=yes;"
          "document kind=EVIDENCE_OF_SENDING dated=2026-11-13 name=Slip;", "2026-11-24", "E09", MET,
          0, "proof on file" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes "
          "enquiries_given=yes "
          "apology_given=no;", "2026-11-24", "E09", NOT, 0, "20(4)(d): no apology in the letter" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes "
          "apology_given=yes;",
          "2026-11-24", "E09", OPEN_ST, CD_WHY_NO_PROOF, "not said whether the enquiries are in "
          "it" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-23 proof=Slip account_given=yes "
          "enquiries_given=yes "
          "apology_given=yes;", "2026-11-24", "E09", OPEN_ST, CD_WHY_JUDGE,
          "late: the law sets no days" },
        { OPEN TALK "letter dated=2026-11-12 sent=2026-11-23 proof=Slip account_given=yes "
          "enquiries_given=yes "
          "apology_given=yes;" JUDGED("E09", "REASONABLE"), "2026-12-24", "E09", MET, 0, "judged" },
        { OPEN TALK "letter dated=2026-11-05 sent=2026-11-05 proof=Slip account_given=no;" LETTER,
          "2026-11-24", "E09",
          MET, 0, "the better of two letters" },
        { OPEN EARLY TALK, "2026-11-24", "E09", OPEN_ST, CD_WHY_JUDGE,
          "20(4): a letter before the talk" },
        { OPEN EARLY TALK JUDGED("E09", "REASONABLE"), "2026-12-24", "E09", MET, 0, "judged" },
        { OPEN EARLY TALK JUDGED("E09", "NOT_REASONABLE"), "2026-12-24", "E09", NOT, 0, "judged" },
        { OPEN EARLY TALK LETTER, "2026-11-24", "E09", MET, 0, "and a second one after it" },
        { OPEN TALK LETTER, "2026-11-24", "E12", MET, 0, "copy kept" },
        { OPEN TALK, "2026-11-24", "E12", PEND, 0, "nothing sent yet" },
        { OPEN TALK "letter dated=2026-11-12;", "2026-11-24", "E12", OPEN_ST, CD_WHY_NO_PROOF,
          "where is the copy" },
        { OPEN TALK "letter dated=2026-11-12; document kind=LETTER_1 name=Letter;", "2026-11-24",
          "E12", MET, 0, "stored" },
        { OPEN TALK "letter dated=2026-11-12; document kind=LETTER_1 name=Letter signoff_seq=9;",
          "2026-11-24", "E12", OPEN_ST,
          CD_WHY_NO_PROOF, "the PDF of another letter" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

static void results(void **state)
{
    static const row_t rows[] = {
        { OPEN TALK, "2026-12-24", "E10", NA, 0, "no enquiry" },
        { OPEN TALK "enquiry type=AAR started=2026-11-09;", "2026-12-24", "E10", PEND, 0,
          "PENDING until sign-off" },
        { OPEN TALK ENQUIRY, "2026-11-24", "E10", PEND, 0, "not signed off by then" },
        { OPEN TALK ENQUIRY, "2026-12-15", "E10", PEND, 0, "10 working days from 1 December" },
        { OPEN TALK ENQUIRY, "2026-12-16", "E10", OPEN_ST, CD_WHY_NOT_DONE, "past the target" },
        { OPEN TALK ENQUIRY "results sent=2026-12-10 proof=Slip;", "2026-12-24", "E10", MET, 0,
          "in time" },
        { OPEN TALK ENQUIRY "results sent=2026-12-10;", "2026-12-24", "E10", OPEN_ST,
          CD_WHY_NO_PROOF, "no proof" },
        { OPEN TALK ENQUIRY "results sent=2026-12-18 proof=Slip;", "2026-12-24", "E10", OPEN_ST,
          CD_WHY_JUDGE, "late" },
        { OPEN TALK ENQUIRY "results sent=2026-12-18 proof=Slip;" JUDGED("E10", "NOT_REASONABLE"),
          "2026-12-24", "E10",
          NOT, 0, "judged" },
    };

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
}

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

static void contract(void **state)
{
    static const row_t rows[] = {
        { OPEN, "2026-11-11", "C01", PEND, 0, "10 working days from 28 October" },
        { OPEN, "2026-11-12", "C01", NOT, 0, "objective: not told by the contract date" },
        { OPEN TALK, "2026-11-24", "C01", MET, 0, "told on 4 November" },
        { OPEN LATE, "2026-11-24", "C01", LATE_ST, 0, "told on 20 November" },
        { OPEN LATE, "2026-11-18", "C01", NOT, 0, "as at 18 November it was not met" },
        { OPEN LATE JUDGED("C01", "REASONABLE"), "2026-12-24", "C01", LATE_ST, 0,
          "no judgement moves a contract date" },
        { OPEN "talk told=2026-11;", "2026-12-24", "C01", OPEN_ST, CD_WHY_NOT_KNOWN,
          "some day in November" },
        { "incident title=Swab;" OPINION TALK, "2026-11-24", "C01", OPEN_ST, CD_WHY_NOT_KNOWN,
          "report not on record" },
        { OPEN TALK, "2026-12-24", "C02", NA, 0, "no enquiry" },
        { OPEN TALK "enquiry type=AAR started=2026-11-09;", "2026-12-24", "C02", PEND, 0,
          "not signed off" },
        { OPEN TALK ENQUIRY, "2026-12-15", "C02", PEND, 0, "10 working days from 1 December" },
        { OPEN TALK ENQUIRY, "2026-12-16", "C02", NOT, 0, "objective" },
        { OPEN TALK "enquiry type=AAR signed_off=2026-12-01 shared=2026-12-15;", "2026-12-24",
          "C02", MET, 0, "last day" },
        { OPEN TALK "enquiry type=AAR signed_off=2026-12-01 shared=2026-12-16;", "2026-12-24",
          "C02", LATE_ST, 0, "late" },
        { OPEN TALK ENQUIRY "results sent=2026-12-10;", "2026-12-24", "C02", MET, 0,
          "the letter with the results" },
    };
    static const row_t none[] = { { OPEN, "2026-11-24", "C01", NA, 0, "no NHS contract" },
                                  { OPEN TALK ENQUIRY, "2026-12-24", "C02", NA, 0,
                                    "no NHS contract" } };
    static const row_t unsaid[] = { { OPEN, "2026-11-24", "C01", OPEN_ST, CD_WHY_NOT_KNOWN,
                                      "not on record" } };
    cd_org_t org = made_org;

    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &made_org, *state);
    org.nhs_contract = CD_NO;
    hold(none, COUNT_OF(none), "ENG-20-NHS", &org, *state);
    org.nhs_contract = CD_UNSAID;
    hold(unsaid, COUNT_OF(unsaid), "ENG-20-NHS", &org, *state);
}

/* A house limit of the trust takes the place of the policy's own. */
static void house_limits(void **state)
{
    cd_org_t org = made_org;
    static const row_t rows[] = {
        { OPEN, "2026-11-04", "E02", OPEN_ST, CD_WHY_NOT_DONE, "target of 2 days: 3 November" },
        { OPEN, "2026-11-03", "E02", PEND, 0, "target of 2 days" },
        { OPEN "talk told=2026-11-04;", "2026-11-24", "E02", OPEN_ST, CD_WHY_JUDGE,
          "late against the trust's own" },
    };

    org.target_talk_wd = 2;
    hold(rows, COUNT_OF(rows), "ENG-20-NHS", &org, *state);
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
        POOL_TEST(deciding), POOL_TEST(notifiability), POOL_TEST(commencement), POOL_TEST(told),
        POOL_TEST(parts_of_the_talk), POOL_TEST(writing), POOL_TEST(results), POOL_TEST(excuse),
        POOL_TEST(came_back), POOL_TEST(as_a_whole), POOL_TEST(contract),
        POOL_TEST(house_limits), POOL_TEST(whose_word), POOL_TEST(contradictions),
                  POOL_TEST(sentences),
        POOL_TEST(dues),
    };

    return cmocka_run_group_tests_name("rules_eng", tests, NULL, NULL);
}

/* test_rules_eng.c: the English rules, case by case: what is on record, and what follows. */
#include "unit.h"

#include "rule_rows_eng.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(deciding),
        POOL_TEST(notifiability),
        POOL_TEST(commencement),
        POOL_TEST(told),
        POOL_TEST(parts_of_the_talk),
        POOL_TEST(writing),
        POOL_TEST(results),
        POOL_TEST(contract),
        POOL_TEST(house_limits),
    };

    return cmocka_run_group_tests_name("rules_eng", tests, NULL, NULL);
}

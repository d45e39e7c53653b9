/* rule_rows_eng.h: what the rows of tests of the English rules have on record. */
#ifndef CD_TESTS_RULE_ROWS_ENG_H
#define CD_TESTS_RULE_ROWS_ENG_H

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
#define EARLY "letter dated=2026-11-02 sent=2026-11-03 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"

#endif

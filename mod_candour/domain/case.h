/* case.h: the candour case and the bodies of its records.
 *
 * Requires: base, record.h, org.h.   Provides: cd_case_t, cd_*_t bodies, cd_case_read.
 * Used by: domain rules, app, web, cli. Field tables are in fields.c. */
#ifndef CD_DOMAIN_CASE_H
#define CD_DOMAIN_CASE_H

#include "domain/lists.h"
#include "domain/org.h"
#include "domain/record.h"

extern const cd_token_t cd_harm_physical[];      /* NONE LOW MODERATE SEVERE FATAL (LFPSE scale) */
extern const cd_token_t cd_harm_psychological[]; /* NONE LOW MODERATE SEVERE */
extern const cd_token_t
    cd_reg20_outcomes[]; /* DEATH ... TREATMENT_TO_PREVENT NONE: reg 20(8), (9) */
extern const cd_token_t cd_certainties[];        /* ACTUAL COULD_RESULT UNKNOWN */
extern const cd_token_t cd_opinions[];           /* NOTIFIABLE NOT UNSURE */
extern const cd_token_t
    cd_professions[];               /* DOCTOR NURSE MIDWIFE ... : a health care professional */
extern const cd_token_t cd_modes[]; /* FACE_TO_FACE VIDEO TELEPHONE LETTER EMAIL PORTAL */
extern const cd_token_t
    cd_supports[]; /* NAMED_CONTACT COUNSELLING ADVOCATE INTERPRETER BEREAVEMENT OTHER NONE */
extern const cd_token_t
    cd_person_bases[]; /* SELF DECEASED UNDER_16_NOT_COMPETENT LACKS_CAPACITY (labels say "died") */
extern const cd_token_t
    cd_attempt_outcomes[]; /* NO_ANSWER MESSAGE_LEFT RETURNED WRONG_ADDRESS REACHED */
extern const cd_token_t cd_meeting_steps[];      /* MEETING_OFFER MEETING INTERIM_UPDATE */
extern const cd_token_t cd_enquiry_types[];      /* PSII AAR MDT SWARM PMRT MNSI SI_LEGACY OTHER */
extern const cd_token_t cd_document_kinds[]; /* VERBAL_NOTE LETTER_1 LETTER_2 REPORT MEETING_NOTE
                                                EVIDENCE_OF_SENDING CONTACT_LOG OTHER */
extern const cd_token_t
    cd_rule_codes[]; /* E01..E12 C01 C02 W01..W06 S01..S10: for judgements and findings */
extern const cd_token_t cd_judgements[];         /* REASONABLE NOT_REASONABLE */
extern const cd_token_t cd_finders[]; /* COURT REGULATOR OMBUDSMAN REVIEW TRUST (own admission) */
extern const cd_token_t cd_finding_outcomes[];   /* NOT_MET MET_LATE MET */
extern const cd_token_t
    cd_closure_reasons[]; /* DUTY_DONE NOT_NOTIFIABLE DUPLICATE OPENED_IN_ERROR OTHER */
extern const cd_token_t
    cd_directions[]; /* GIVEN RECEIVED: a hand-over or a join, seen from this file */
extern const cd_token_t cd_letters[]; /* FIRST INVITATION INTERIM RESULTS COULD_NOT_REACH */
extern const cd_token_t cd_letter_languages[];   /* EN CY */
extern const cd_token_t cd_letter_prints[];      /* NORMAL LARGE */
extern const cd_token_t cd_verdicts[];           /* APPROVED RETURNED */
extern const cd_token_t cd_case_states[];        /* RECORDED OPEN CLOSED */

typedef struct cd_incident_t {        /* CD_REC_INCIDENT: the facts, as known when recorded */
    const char *title;                /* short heading; sensitive */
    cd_when_t occurred;               /* HAPPENED; part date allowed */
    /* day it was reported inside the trust; starts C01 and E01's target */
    cd_date_t reported_on;
    const char *local_ref, *lfpse_ref;
    const char *service, *location;
    const char *description;          /* what happened; sensitive */
    const char *facts;                /* what is known, one fact a line; sensitive */
    const char *not_known;            /* what is not known yet; sensitive */
    int regulated_activity;           /* cd_yesno_t */
    int unintended;                   /* cd_yesno_t: unintended or unexpected */
} cd_incident_t;

typedef struct cd_patient_t {         /* CD_REC_PATIENT: all sensitive */
    const char *name, *nhs_number;
    cd_date_t born_on;
    cd_when_t died;                   /* "Died on", part date allowed */
} cd_patient_t;

typedef struct cd_grading_t {
    cd_when_t graded;                 /* HAPPENED */
    int physical, psychological;      /* LFPSE scale: suggests, never decides */
    int outcome;                      /* reg 20 outcome */
    int certainty;
    const char *graded_by;
    int profession;
    const char *reason;               /* sensitive */
} cd_grading_t;

typedef struct cd_opinion_t {
    cd_when_t given;                  /* HAPPENED */
    int opinion;
    const char *given_by;
    int profession;
    int was_involved;                 /* cd_yesno_t */
    const char *reasons;              /* sensitive */
} cd_opinion_t;

typedef struct cd_opening_t {
    /* HAPPENED: day the body became aware; never later than the opinion */
    cd_when_t aware;
    const char *lead, *contact_point;
    const char *note;                 /* sensitive */
} cd_opening_t;

typedef struct cd_person_t {          /* relevant person: all sensitive but basis */
    int basis;
    const char *name, *relation, *contact, *wishes, *language, *format;
    const char *may_be_told;
} cd_person_t;

typedef struct cd_talk_t {
    cd_when_t told;                   /* HAPPENED */
    int at;                           /* CD_FT_MINUTES */
    int mode;
    const char *why_not_in_person;    /* needed for video and telephone */
    const char *who_told;             /* sensitive */
    const char *spoke_name, *spoke_role, *spoke2_name, *spoke2_role;
    int facts_given;                  /* cd_yesno_t: all facts known that day */
    const char *facts_words;          /* sensitive */
    const char *not_known;            /* sensitive */
    int enquiries_told;               /* cd_yesno_t */
    const char *enquiries;            /* which */
    int apology_given;                /* cd_yesno_t */
    const char *apology_words;        /* sensitive; no rule may read it */
    apr_uint32_t support;             /* cd_supports */
    cd_date_t noted_on;               /* day the written record of the talk was made (E07) */
    const char *reason_if_late;       /* sensitive */
    /* cd_yesno_t: why the duty applies was explained (Wales, reg 4) */
    int conditions_told;
    /* cd_yesno_t: a named contact and how to reach them were given */
    int contact_named;
    /* cd_yesno_t: does the person want more information (Scotland) */
    int more_wanted;
    /* CD_FT_SEQ: version of the facts as they stood; set by app, in no form */
    int incident_seq;
} cd_talk_t;

typedef struct cd_letter_t {
    cd_when_t dated;                  /* HAPPENED: date of the letter */
    cd_when_t sent;                   /* day given or sent; none: not sent yet */
    const char *proof;                /* proof of giving or sending: what and where */
    int account_given, enquiries_given, apology_given;   /* cd_yesno_t, ticked one by one */
    const char *copy_kept;            /* where the copy is kept (E12) */
    const char *reason_if_late;       /* sensitive */
    /* CD_FT_SEQ: the letter written here that was sent; set by app, in no form */
    int signoff_seq;
} cd_letter_t;

typedef struct cd_attempt_t {
    cd_when_t tried; int at; int mode; const char *tried_by; int outcome; const char *note;
    /* CD_FT_SEQ: the letter written here that was sent; set by app */
    int signoff_seq;
} cd_attempt_t;
typedef struct cd_refusal_t {
    cd_when_t refused;
    int mode;
    const char *told_to;
    const char *words;
    int may_return;
} cd_refusal_t;
typedef struct cd_support_t {
    cd_when_t offered;
    apr_uint32_t support;
    int accepted;
    const char *note;
} cd_support_t;
typedef struct cd_meeting_t {
    int step; cd_when_t held; int mode; const char *present;
    const char *questions;            /* asked in advance; sensitive */
    const char *note;                 /* sensitive */
    /* the note of the meeting was given to the person (Scotland, reg 6) */
    cd_when_t note_given;
    const char *contact;              /* member of staff named as contact */
    /* CD_FT_SEQ: the invitation or update written here; set by app */
    int signoff_seq;
} cd_meeting_t;
typedef struct cd_enquiry_t {
    int type; cd_when_t started; const char *led_by; cd_date_t expected_on;
    cd_when_t signed_off; cd_when_t shared;   /* shared: report given to the person (C02) */
    /* why it is not finished in time, as told to the person; sensitive */
    const char *late_reason;
    cd_when_t late_told;              /* when the person was told why */
    cd_when_t views_sought;           /* the person's views were asked for (Scotland, reg 7) */
    const char *actions;              /* actions and their dates, one a line */
    cd_when_t report_offered;         /* a copy of the report was offered */
    const char *note;
} cd_enquiry_t;
typedef struct cd_results_t {
    cd_when_t sent; const char *proof; int apology_given; const char *copy_kept; const char *note;
    /* CD_FT_SEQ: the letter written here that was sent; set by app */
    int signoff_seq;
} cd_results_t;
typedef struct cd_document_t {
    int kind; cd_when_t dated; const char *name; const char *kept_at;
    const char *sha256;               /* 64 hex digits, or NULL */
    int withheld;                     /* cd_yesno_t */
    const char *withheld_reason;
    /* cd_yesno_t: may be given to the person or the claimant's side */
    int disclosable;
    /* what follows is set by app from the upload, in no form; 0: not kept here */
    const char *media_type;
    apr_int64_t size;                 /* bytes */
    apr_int64_t content;              /* number of the stored content */
    /* CD_FT_SEQ: the letter written here whose PDF this is; set by app */
    int signoff_seq;
} cd_document_t;
typedef struct cd_judgement_t {
    int rule;
    int judgement;
    cd_when_t judged;
    const char *reasons;
} cd_judgement_t;
typedef struct cd_finding_t {
    int rule; int outcome; int finder; const char *body_name; cd_when_t found;
    const char *source;               /* where it can be read */
    const char *words;
    apr_int64_t penalty_p;            /* memo only: never an input to a sum (invariant 10) */
} cd_finding_t;
typedef struct cd_exemption_t {
    cd_when_t given;
    const char *authoriser, *role, *reason;
} cd_exemption_t;
typedef struct cd_closure_t { cd_when_t closed; int reason; const char *note; } cd_closure_t;
typedef struct cd_withdrawal_t {
    const char *reason;
} cd_withdrawal_t; /* record.supersedes names what it takes back */
typedef struct cd_handover_t {
    cd_when_t handed; int direction;  /* cd_directions */
    const char *org_code;             /* the other trust */
    /* its case; set by app where it is in this system, else typed */
    const char *other_ref;
    const char *reason;               /* sensitive */
} cd_handover_t;
typedef struct cd_join_t {
    cd_when_t joined;
    int direction;
    const char *other_ref;
    const char *reason;
} cd_join_t;
typedef struct cd_return_t { cd_when_t returned; int mode; const char *words; } cd_return_t;
typedef struct cd_annual_t {
    cd_date_t year_end;               /* last day of the year reported on */
    cd_when_t published;              /* HAPPENED */
    int names_nobody;                 /* cd_yesno_t: identifies nobody (Scotland, section 24) */
    const char *source;               /* where it can be read */
} cd_annual_t;
typedef struct cd_rule_reason_t { int rule; const char *reason; } cd_rule_reason_t;
typedef struct cd_reopening_t { cd_when_t reopened; const char *reason; } cd_reopening_t;
typedef struct cd_assignment_t {
    /* subject of a user of the same trust; NULL: nobody in person */
    const char *assignee;
    const char *team;                 /* name of a team, or NULL */
    cd_date_t until;                  /* last day, where it is cover for an absence */
    const char *note;                 /* sensitive */
} cd_assignment_t;
typedef struct cd_draft_t { /* the free paragraphs; all else of a letter is bound to the record */
    int letter;                       /* cd_letters */
    int language, print;              /* cd_letter_languages, cd_letter_prints */
    cd_date_t dated;                  /* the date it will bear; 0: the day it is let out */
    /* CD_FT_SEQ: the PERSON it is to; 0: the patient; set by app */
    int person_seq;
    /* sensitive */
    const char *opening, *account, *not_known, *enquiries, *apology, *support, *meeting, *closing;
    const char *signed_by, *signed_role, *contact;
    /* cd_yesno_t: a second person was asked to check this version; set by app */
    int asked;
} cd_draft_t;
typedef struct cd_signoff_t {
    int verdict;                      /* cd_verdicts */
    int draft_seq;                    /* CD_FT_SEQ: set by app */
    const char *reason;               /* why it was given back; sensitive */
    const char *overruled;            /* warnings overruled, "CODE: reason" a line; sensitive */
    /* of the frozen bytes; this and what follows are set by app */
    const char *sha256;
    apr_int64_t size, content;
} cd_signoff_t;

typedef enum cd_case_state_t { CD_CASE_RECORDED = 1, CD_CASE_OPEN, CD_CASE_CLOSED } cd_case_state_t;

/** A case as it is known at the end of `as_at`: what stands, newest last, per kind by cd_case_next.
 */
typedef struct cd_case_t {
    cd_case_id id;
    const char *reference;            /* CM-2026-0412; NULL in a file not yet imported */
    const cd_org_t *org;
    int state;                        /* cd_case_state_t as at the day */
    int version;
    cd_date_t as_at;
    /* all that were recorded by then, rising seq, superseded ones marked */
    cd_record_t *records;
    int count;
    int later;                        /* how many records of the file came after as_at */
} cd_case_t;

/** Picks what was known at the end of `as_at` from all records of a file and marks what is
 * superseded or withdrawn. A record without recorded_at counts as known; an act that happened after
 * as_at does not.
 * @owner pool; the records' bodies are borrowed */
cd_case_t *cd_case_read(const cd_record_t *all, int count, const cd_org_t *org, cd_date_t as_at,
                        apr_pool_t *pool);
/** The case with what its records imply about their own dates: what had happened when it was
 * entered cannot lie after that day, nor after as_at. "November 2026", entered on the 21st, is a
 * day from the 1st to the 21st. For rules; pages show the date as it was given. @owner pool; bodies
 * without such a date are borrowed */
cd_case_t *cd_case_bounded(const cd_case_t *file, apr_pool_t *pool);
/** Next record of `kind` that stands, after `after` (NULL: the first); NULL at the end. */
const cd_record_t *cd_case_next(const cd_case_t *file, cd_record_kind_t kind,
                                const cd_record_t *after);
/** The newest record of `kind` that stands, by the day it is about, then seq; NULL if none. */
const cd_record_t *cd_case_last(const cd_case_t *file, cd_record_kind_t kind);
/** Record by seq, standing or not; NULL if not known at as_at. */
const cd_record_t *cd_case_seq(const cd_case_t *file, int seq);
/** "A.K." from a patient's name; "No name" if none. @owner pool */
const char *cd_initials(const char *name, apr_pool_t *pool);

#endif

/* record.h: the records a file is made of.
 *
 * Requires: base, actor.h.   Provides: cd_record_t, cd_record_def_t.   Used by: every ring above.
 * A candour case and a claim are files: a head row and a rising series of records, 1, 2, 3 ...
 * A record is never changed. A mistake is corrected by a record of the same kind that names the one
 * it supersedes and says why; something entered in error is taken back by a WITHDRAWAL. What holds
 * is therefore a question with a date: cd_case_read() in case.h answers it.
 * Each kind is described once, in a table here (fields.c): its struct, fields, words and rights. */
#ifndef CD_DOMAIN_RECORD_H
#define CD_DOMAIN_RECORD_H

#include "base/date.h"
#include "base/err.h"
#include "base/field.h"
#include "domain/actor.h"

typedef enum cd_file_kind_t { CD_FILE_CASE = 1, CD_FILE_CLAIM = 2 } cd_file_kind_t;

typedef enum cd_record_kind_t {
    /* in a candour case */
    /* what happened (cd_incident_t); each correction is a new version of the facts */
    CD_REC_INCIDENT = 1,
    CD_REC_PATIENT, /* cd_patient_t */
    CD_REC_GRADING, /* cd_grading_t */
    CD_REC_OPINION, /* cd_opinion_t */
    CD_REC_OPENING, /* cd_opening_t: the candour case is opened */
    CD_REC_PERSON,  /* cd_person_t: a relevant person and their wishes */
    CD_REC_TALK,    /* cd_talk_t: NOTIFY_IN_PERSON */
    CD_REC_LETTER,  /* cd_letter_t: WRITTEN_NOTIFICATION */
    CD_REC_ATTEMPT, /* cd_attempt_t */
    CD_REC_REFUSAL, /* cd_refusal_t */
    CD_REC_SUPPORT, /* cd_support_t: SUPPORT_OFFER */
    /* cd_meeting_t: MEETING_OFFER, MEETING or INTERIM_UPDATE by its `step` */
    CD_REC_MEETING,
    CD_REC_ENQUIRY, /* cd_enquiry_t; sign-off is a new version of it */
    CD_REC_RESULTS, /* cd_results_t: RESULTS_WRITTEN */
    /* cd_document_t: what is kept and where; upload comes with a later issue */
    CD_REC_DOCUMENT,
    CD_REC_JUDGEMENT,  /* cd_judgement_t: a person judges a rule, with reasons */
    CD_REC_FINDING,    /* cd_finding_t: a regulator, court or ombudsman found */
    CD_REC_EXEMPTION,  /* cd_exemption_t: visible, never changes a law-based rule */
    CD_REC_CLOSURE,    /* cd_closure_t */
    CD_REC_WITHDRAWAL, /* cd_withdrawal_t: takes back a record entered in error */
    /* cd_handover_t: found at one trust, happened at another; both keep their trail */
    CD_REC_HANDOVER,
    CD_REC_JOIN, /* cd_join_t: two files of one incident */
    /* cd_return_t: a person who could not be reached or said no comes back */
    CD_REC_RETURN,
    CD_REC_ANNUAL,      /* cd_annual_t: counted in the body's published annual report */
    CD_REC_RULE_REASON, /* cd_rule_reason_t: why a rule has no outcome when the case closes */
    CD_REC_REOPENING,   /* cd_reopening_t: a closed case is opened again */
    CD_REC_ASSIGNMENT,  /* cd_assignment_t: whose work the case is */
    CD_REC_DRAFT,       /* cd_draft_t: a letter being written; each saving is a new version */
    CD_REC_SIGNOFF,     /* cd_signoff_t: a second person lets a letter out, or gives it back */
    /* in a claim */
    CD_REC_CLAIM = 40,   /* cd_claim_facts_t */
    CD_REC_CLAIM_STATUS, /* cd_claim_status_t */
    CD_REC_PARTIES,      /* cd_parties_t: trusts, shares, linked cases; the newest set holds */
    /* cd_payment_t; a reversal supersedes nothing: it is a payment of its own */
    CD_REC_PAYMENT,
    CD_REC_CLAIM_EVENT, /* cd_claim_event_t: letters, offers, court steps, with their clocks */
    /* cd_reserve_t: what is set aside under one head; the newest of each head holds */
    CD_REC_RESERVE,
    CD_REC_ALLOCATION, /* cd_allocation_t: whose work the claim is */
    CD_REC_INQUEST,    /* cd_inquest_t */
    CD_REC_TAKEN_BACK, /* cd_taken_back_t: takes back a record of the claim entered in error */
    /* ... and between the scheme and one trust (round.h) */
    CD_REC_NO_INCIDENT = 60,
    CD_REC_REQUEST,
    CD_REC_ANSWER,
    CD_REC_INDICATION,
    CD_REC_REPRESENTATION,
    CD_REC_FOR_DECISION,
    CD_REC_CONFIRMATION,
    CD_REC_TOLD,
    CD_REC_REVIEW_ASKED,
    CD_REC_REVIEW,
    CD_REC_RECOVERY,
    CD_REC_RECEIPT,
    CD_REC_SHARED,
    CD_REC_ALLEGATION,
    CD_REC_REGULATORY,
    CD_REC_LOOKED
} cd_record_kind_t;

typedef struct cd_record_t {
    int seq;                       /* 1, 2, 3 ... in its file */
    cd_record_kind_t kind;
    /* from the field marked CD_FF_HAPPENED; none if the kind has none */
    cd_when_t happened;
    cd_instant_t recorded_at;      /* 0 in a case file read from disk that does not say */
    cd_user_id recorded_by;
    const char *recorded_by_name;
    int role;                      /* cd_role_t used */
    int supersedes;                /* seq of the record corrected or withdrawn, or 0 */
    const char *reason;            /* why it was corrected, or NULL */
    const void *body;              /* the kind's struct */
    int superseded_by;             /* filled by cd_case_read / cd_claim_read: seq, or 0 */
} cd_record_t;

typedef struct cd_record_def_t {
    cd_record_kind_t kind;
    cd_file_kind_t file;
    const char *word;              /* "talk": in addresses and JSON */
    const char *title;             /* "Patient told in person": heading in the time line */
    const char *form_title;        /* "Log what you told the patient" */
    const char *lead;              /* one plain sentence under the form's heading, or NULL */
    apr_size_t size;               /* of the struct */
    const cd_field_t *fields;
    int field_count;
    cd_right_t right;              /* needed to add or correct one */
    int many;                      /* 1: a file may hold several that stand side by side */
    int act;                       /* 1: an act of the duty (filled mark in the time line) */
} cd_record_def_t;

/** Definition of a kind; NULL if there is none. @owner static */
const cd_record_def_t *cd_record_def(cd_record_kind_t kind);
const cd_record_def_t *cd_record_def_by_word(cd_file_kind_t file, const char *word);
/** All definitions, in the order of the enum. @owner static */
const cd_record_def_t *cd_record_defs(int *count_out);
const cd_field_t *cd_record_field(const cd_record_def_t *def, const char *name);

/** Canonical bytes of a body: for storage and for the audit commitment. Fields in table order, each
 * name length-prefixed, absent ones left out; `which` picks the open fields, the sensitive ones or
 * all. The same body gives the same bytes for ever; unknown names in stored bytes are an error.
 * @owner pool */
typedef enum cd_which_t {
    CD_OPEN_FIELDS = 1,
    CD_SENSITIVE_FIELDS = 2,
    CD_ALL_FIELDS = 3
} cd_which_t;
void cd_body_encode(const char **bytes_out, apr_size_t *len_out, const cd_record_def_t *def,
                    const void *body, cd_which_t which, apr_pool_t *pool);
/** Adds the fields found in `bytes` to `body` (zeroed or already partly filled).
 * @errors CD_E_TAMPERED: malformed, unknown field, wrong type */
cd_err_t *cd_body_decode(void *body, const cd_record_def_t *def, const char *bytes,
                         apr_size_t len, apr_pool_t *pool);
/** The day a body is about (its CD_FF_HAPPENED field). */
cd_when_t cd_body_happened(const cd_record_def_t *def, const void *body);
/** A field's value in words for a page, a sentence or CSV; NULL if not given. @owner pool */
const char *cd_field_words(const cd_field_t *field, const void *base, apr_pool_t *pool);
/** A field's value as JSON and the database write it; NULL if not given. @owner pool */
const char *cd_field_plain(const cd_field_t *field, const void *base, apr_pool_t *pool);

/** Problems found with a list of them growing in a pool. */
typedef struct cd_problems_t {
    cd_problem_t *list;
    int count, cap;
    apr_pool_t *pool;
} cd_problems_t;
void cd_problem_add(cd_problems_t *problems, const char *field, const char *part,
                    const char *text_fmt, ...) __attribute__((format(printf, 4, 5)));
/** Sets one member from text as a person or JSON gives it, with the words of the error message on
 * failure (missing, too long, not a real date, future when CD_FF_PAST, out of range, unknown
 * choice). Dates: ISO text (parts are joined by the form reader). `today` bounds CD_FF_PAST. An
 * empty text is "not given" and a problem only if CD_FF_REQUIRED. Sets: words joined by a comma. */
void cd_field_read(const cd_field_t *field, void *base, const char *text, cd_date_t today,
                   cd_problems_t *problems);
/** Checks across the fields of one body, and against dates of the file's head (0: not known).
 * E.g. told before it happened; not face to face without a reason; part of a refusal missing. */
typedef struct cd_head_dates_t {
    cd_when_t occurred;
    cd_date_t reported_on, aware_on;
} cd_head_dates_t;
void cd_record_check(cd_record_kind_t kind, const void *body, const cd_head_dates_t *head,
                     cd_date_t today, cd_problems_t *problems);

#endif

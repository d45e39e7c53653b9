/* record.c: the table of record kinds. What a kind's fields are is in fields_*.c. */
#include <stddef.h>
#include <string.h>

#include "domain/case.h"
#include "domain/claim.h"
#include "domain/fields.h"
#include "domain/record.h"
#include "domain/round.h"

enum { KINDS = 54 };

#define BODY(struct_, kind_) sizeof(struct_), cd_fields_##kind_

/* The field counts are not constant expressions in C99, so they are kept beside and looked up. */
typedef struct kind_row_t {
    cd_record_def_t def;
    const int *field_count;
} kind_row_t;

#define ROW(kind_, file_, word_, title_, form_, lead_, struct_, fields_, right_, many_, act_) \
    { { kind_, file_, word_, title_, form_, lead_, BODY(struct_, fields_), 0, CD_RIGHT_##right_, \
        many_, act_ }, &cd_fields_##fields_##_count }

static const kind_row_t kinds[KINDS] = {
    ROW(CD_REC_INCIDENT, CD_FILE_CASE, "incident", "Incident recorded", "Record an incident",
        "Write what is known today. What is learned later is added as a new version.",
        cd_incident_t, incident, INCIDENT_RECORD, 0, 0),
    ROW(CD_REC_PATIENT, CD_FILE_CASE, "patient", "Patient", "Record the patient", NULL,
        cd_patient_t, patient, INCIDENT_RECORD, 0, 0),
    ROW(CD_REC_GRADING, CD_FILE_CASE, "grading", "Harm graded", "Grade the harm",
        "Grades are a dated series. A new grade does not replace an old one.",
        cd_grading_t, grading, INCIDENT_RECORD, 1, 0),
    ROW(CD_REC_OPINION, CD_FILE_CASE, "opinion", "Professional’s opinion",
        "Record a professional’s opinion",
        "The law leaves it to a doctor, nurse or other healthcare professional to say whether "
        "an incident is notifiable.", cd_opinion_t, opinion, INCIDENT_RECORD, 1, 0),
    ROW(CD_REC_OPENING, CD_FILE_CASE, "opening", "Candour case opened", "Open the candour case",
        NULL, cd_opening_t, opening, CASE_WRITE, 0, 0),
    ROW(CD_REC_PERSON, CD_FILE_CASE, "person", "Person to be told", "Add a person who must be told",
        "The patient, or a person lawfully acting for them.", cd_person_t, person, CASE_WRITE, 1,
        0),
    ROW(CD_REC_TALK, CD_FILE_CASE, "talk", "Patient told in person",
        "Log what you told the patient in person", NULL, cd_talk_t, talk, CASE_WRITE, 1, 1),
    ROW(CD_REC_LETTER, CD_FILE_CASE, "letter", "Written notification",
        "Log the written notification",
        NULL, cd_letter_t, letter, CASE_WRITE, 1, 1),
    ROW(CD_REC_ATTEMPT, CD_FILE_CASE, "attempt", "Attempt to contact", "Log an attempt to contact",
        "If the person cannot be reached, the law asks for a written record of the attempts.",
        cd_attempt_t, attempt, CASE_WRITE, 1, 1),
    ROW(CD_REC_REFUSAL, CD_FILE_CASE, "refusal", "Did not want to talk",
        "Log that they did not want to talk", NULL, cd_refusal_t, refusal, CASE_WRITE, 1, 1),
    ROW(CD_REC_SUPPORT, CD_FILE_CASE, "support", "Support offered", "Log support that was offered",
        NULL, cd_support_t, support, CASE_WRITE, 1, 1),
    ROW(CD_REC_MEETING, CD_FILE_CASE, "meeting", "Meeting or update", "Log a meeting or an update",
        NULL, cd_meeting_t, meeting, CASE_WRITE, 1, 1),
    ROW(CD_REC_ENQUIRY, CD_FILE_CASE, "enquiry", "Learning response", "Log a learning response",
        "When it is signed off, correct this entry and add the date.", cd_enquiry_t, enquiry,
        CASE_WRITE, 1, 0),
    ROW(CD_REC_RESULTS, CD_FILE_CASE, "results", "Results shared in writing",
        "Log that the results were shared in writing", NULL, cd_results_t, results, CASE_WRITE, 1,
        1),
    ROW(CD_REC_DOCUMENT, CD_FILE_CASE, "document", "Document", "Add a document",
        "Say what the document is and where it is kept.", cd_document_t, document, CASE_WRITE, 1,
        0),
    ROW(CD_REC_JUDGEMENT, CD_FILE_CASE, "judgement", "Judgement", "Judge a rule",
        "The law often sets no number of days. Then a person judges, and says why.",
        cd_judgement_t, judgement, CASE_JUDGE, 1, 0),
    ROW(CD_REC_FINDING, CD_FILE_CASE, "finding", "Finding", "Record a finding",
        "What a court, regulator, ombudsman or review found, or the trust admitted.",
        cd_finding_t, finding, FINDING_RECORD, 1, 0),
    ROW(CD_REC_EXEMPTION, CD_FILE_CASE, "exemption", "House exemption", "Record a house exemption",
        "An exemption is shown. It never changes what the law asks.", cd_exemption_t, exemption,
        CASE_WRITE, 1, 0),
    ROW(CD_REC_CLOSURE, CD_FILE_CASE, "closure", "Case closed", "Close the case", NULL,
        cd_closure_t, closure, CASE_WRITE, 0, 0),
    ROW(CD_REC_WITHDRAWAL, CD_FILE_CASE, "withdrawal", "Entry taken back", "Take an entry back",
        "Only for something entered in error. To mend an entry, correct it.", cd_withdrawal_t,
        withdrawal, CASE_WRITE, 1, 0),
    ROW(CD_REC_HANDOVER, CD_FILE_CASE, "handover", "Handed over",
        "Hand the case over to another trust",
        "For an incident found here that happened at another trust. Both keep what they have.",
        cd_handover_t, handover, CASE_WRITE, 1, 0),
    ROW(CD_REC_JOIN, CD_FILE_CASE, "join", "Joined with another case", "Join a duplicate",
        "Two cases of one incident. The other one goes on; this one closes and stays readable.",
        cd_join_t, join, CASE_WRITE, 1, 0),
    ROW(CD_REC_RETURN, CD_FILE_CASE, "return", "Came back", "Log that the person came back",
        "From that day the duty runs again.", cd_return_t, return, CASE_WRITE, 1, 1),
    ROW(CD_REC_ANNUAL, CD_FILE_CASE, "annual", "In the annual report",
        "Log that the case is counted in the annual report", NULL, cd_annual_t, annual, CASE_WRITE,
        1, 0),
    ROW(CD_REC_RULE_REASON, CD_FILE_CASE, "rule-reason", "Reason for an open rule",
        "Say why a rule has no outcome", "A case can close when each rule has an outcome or a "
        "reason.",
        cd_rule_reason_t, rule_reason, CASE_WRITE, 1, 0),
    ROW(CD_REC_REOPENING, CD_FILE_CASE, "reopening", "Case opened again", "Open the case again",
        NULL,
        cd_reopening_t, reopening, CASE_WRITE, 1, 0),
    ROW(CD_REC_ASSIGNMENT, CD_FILE_CASE, "assignment", "Given to a person or team",
        "Give the case to somebody",
        NULL, cd_assignment_t, assignment, CASE_WRITE, 1, 0),
    ROW(CD_REC_DRAFT, CD_FILE_CASE, "draft", "Letter drafted", "Write a letter", NULL, cd_draft_t,
        draft,
        CASE_WRITE, 1, 0),
    ROW(CD_REC_SIGNOFF, CD_FILE_CASE, "signoff", "Letter checked", "Check a letter", NULL,
        cd_signoff_t,
        signoff, LETTER_SIGN, 1, 0),
    ROW(CD_REC_CLAIM, CD_FILE_CLAIM, "claim", "Claim registered", "Register a claim", NULL,
        cd_claim_facts_t, claim, CLAIM_WRITE, 0, 0),
    ROW(CD_REC_CLAIM_STATUS, CD_FILE_CLAIM, "status", "Status", "Change the status of the claim",
        NULL, cd_claim_status_t, claim_status, CLAIM_WRITE, 1, 0),
    ROW(CD_REC_PARTIES, CD_FILE_CLAIM, "parties", "Trusts and shares", "Link trusts and cases",
        "Every trust that answers for the claim, with its share and its candour cases.",
        cd_parties_t, parties, CLAIM_WRITE, 0, 0),
    ROW(CD_REC_PAYMENT, CD_FILE_CLAIM, "payment", "Payment", "Record a payment", NULL,
        cd_payment_t, payment, CLAIM_WRITE, 1, 0),
    ROW(CD_REC_CLAIM_EVENT, CD_FILE_CLAIM, "event", "Step of the claim", "Log a step of the claim",
        "Letters, offers and steps in court. Clocks are counted from these.", cd_claim_event_t,
        claim_event,
        CLAIM_WRITE, 1, 1),
    ROW(CD_REC_RESERVE, CD_FILE_CLAIM, "reserve", "Reserve", "Set a reserve",
        "What the scheme sets aside. It is no payment.", cd_reserve_t, reserve, CLAIM_WRITE, 1, 0),
    ROW(CD_REC_ALLOCATION, CD_FILE_CLAIM, "allocation", "Given to a handler",
        "Give the claim to a handler", NULL,
        cd_allocation_t, allocation, CLAIM_WRITE, 1, 0),
    ROW(CD_REC_INQUEST, CD_FILE_CLAIM, "inquest", "Inquest", "Log an inquest", NULL, cd_inquest_t,
        inquest,
        CLAIM_WRITE, 1, 0),
    ROW(CD_REC_TAKEN_BACK, CD_FILE_CLAIM, "taken-back", "Entry taken back", "Take an entry back",
        "Only for something entered in error. To mend an entry, correct it.", cd_taken_back_t,
        taken_back,
        CLAIM_READ, 1, 0),
    ROW(CD_REC_NO_INCIDENT, CD_FILE_CLAIM, "no-incident", "No incident was recorded",
        "Say what it means that no incident was recorded", NULL, cd_no_incident_t, no_incident,
        CLAIM_WRITE, 1, 0),
    ROW(CD_REC_REQUEST, CD_FILE_CLAIM, "request", "Evidence asked for",
        "Ask the trust for evidence",
        "The trust will read this.", cd_request_t, request, CLAIM_WRITE, 1, 1),
    ROW(CD_REC_ANSWER, CD_FILE_CLAIM, "answer", "Answer of the trust",
        "Answer the request for evidence", NULL,
        cd_answer_t, answer, CLAIM_ANSWER, 1, 1),
    ROW(CD_REC_INDICATION, CD_FILE_CLAIM, "indication", "Trust told what is indicated",
        "Tell the trust what is indicated", "The trust will read this. It is no decision.",
        cd_indication_t,
        indication, CLAIM_WRITE, 1, 1),
    ROW(CD_REC_REPRESENTATION, CD_FILE_CLAIM, "representation", "What the trust says to it",
        "Say what your trust thinks of it", NULL, cd_representation_t, representation, CLAIM_ANSWER,
        1, 1),
    ROW(CD_REC_FOR_DECISION, CD_FILE_CLAIM, "for-decision", "Sent for decision",
        "Send the flag for decision", NULL,
        cd_for_decision_t, for_decision, CLAIM_WRITE, 1, 1),
    ROW(CD_REC_CONFIRMATION, CD_FILE_CLAIM, "confirmation", "Second person",
        "Confirm a decision as second person",
        NULL, cd_confirmation_t, confirmation, DECISION_WRITE, 1, 1),
    ROW(CD_REC_TOLD, CD_FILE_CLAIM, "told", "Trust told of the decision",
        "Tell the trust of the decision", NULL,
        cd_told_t, told, CLAIM_WRITE, 1, 1),
    ROW(CD_REC_REVIEW_ASKED, CD_FILE_CLAIM, "review-asked", "Review asked for", "Ask for a review",
        NULL,
        cd_review_asked_t, review_asked, CLAIM_ANSWER, 1, 1),
    ROW(CD_REC_REVIEW, CD_FILE_CLAIM, "review", "Review", "Review a decision", NULL, cd_review_t,
        review,
        REVIEW_WRITE, 1, 1),
    ROW(CD_REC_RECOVERY, CD_FILE_CLAIM, "recovery", "Recovery from the trust",
        "Ask the trust for the sum", NULL,
        cd_recovery_t, recovery, RECOVERY_WRITE, 1, 0),
    ROW(CD_REC_RECEIPT, CD_FILE_CLAIM, "receipt", "Money from the trust",
        "Record money from the trust", NULL,
        cd_receipt_t, receipt, RECOVERY_WRITE, 1, 0),
    ROW(CD_REC_SHARED, CD_FILE_CLAIM, "shared", "Information given to another body",
        "Log information given to another body", NULL, cd_shared_t, shared, CLAIM_WRITE, 1, 1),
    ROW(CD_REC_ALLEGATION, CD_FILE_CLAIM, "allegation", "Allegation", "Log an allegation",
        "Somebody says that the trust was not open. It is kept, with what came of it.",
        cd_allegation_t, allegation,
        CLAIM_WRITE, 1, 0),
    ROW(CD_REC_REGULATORY, CD_FILE_CLAIM, "regulatory", "Action by a regulator",
        "Log action by a regulator",
        "A fine or a penalty is a memo. It enters no sum.", cd_regulatory_t, regulatory,
        CLAIM_WRITE, 1, 0),
    ROW(CD_REC_LOOKED, CD_FILE_CLAIM, "looked", "Looked at after a review elsewhere",
        "Say that you have looked at it",
        "A breach that this decision counted has fallen away. Nothing changes by itself.",
        cd_looked_t, looked,
        CLAIM_WRITE, 1, 0)
};

/* Copies of the rows with their counts, made before main() so that no thread sees a half-made
 * table. */
static cd_record_def_t defs[KINDS];

__attribute__((constructor)) static void fill_defs(void)
{
    for (int i = 0; i < KINDS; i++) {
        defs[i] = kinds[i].def;
        defs[i].field_count = *kinds[i].field_count;
    }
}

const cd_record_def_t *cd_record_defs(int *count_out)
{
    *count_out = KINDS;
    return defs;
}

const cd_record_def_t *cd_record_def(cd_record_kind_t kind)
{
    for (int i = 0; i < KINDS; i++)
        if (defs[i].kind == kind)
            return &defs[i];
    return NULL;
}

const cd_record_def_t *cd_record_def_by_word(cd_file_kind_t file, const char *word)
{
    for (int i = 0; word && i < KINDS; i++)
        if (defs[i].file == file && !strcmp(defs[i].word, word))
            return &defs[i];
    return NULL;
}

const cd_field_t *cd_record_field(const cd_record_def_t *def, const char *name)
{
    for (int i = 0; name && i < def->field_count; i++)
        if (!strcmp(def->fields[i].name, name))
            return &def->fields[i];
    return NULL;
}

cd_when_t cd_body_happened(const cd_record_def_t *def, const void *body)
{
    for (int i = 0; i < def->field_count; i++)
        if (def->fields[i].flags & CD_FF_HAPPENED)
            return CD_FIELD_GET(cd_when_t, body, &def->fields[i]);
    return (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
}

/* lists.c: words and labels of the code lists of candour cases.
 *
 * Words are for ever: they are in the database, in case files and under the audit log's hashes.
 * Labels are plain English for the screen: "died", never "deceased". */
#include <stddef.h>

#include "domain/case.h"

#define CD_END { 0, NULL, NULL }

const cd_token_t cd_harm_physical[] = {
    { CD_HARM_NONE, "NONE", "No physical harm" },
    { CD_HARM_LOW, "LOW", "Low" },
    { CD_HARM_MODERATE, "MODERATE", "Moderate" },
    { CD_HARM_SEVERE, "SEVERE", "Severe" },
    { CD_HARM_FATAL, "FATAL", "Fatal" },
    CD_END
};

const cd_token_t cd_harm_psychological[] = {
    { CD_HARM_NONE, "NONE", "No psychological harm" },
    { CD_HARM_LOW, "LOW", "Low" },
    { CD_HARM_MODERATE, "MODERATE", "Moderate" },
    { CD_HARM_SEVERE, "SEVERE", "Severe" },
    CD_END
};

const cd_token_t cd_reg20_outcomes[] = {
    { CD_OUTCOME_DEATH, "DEATH", "Death" },
    { CD_OUTCOME_SEVERE, "SEVERE", "Severe harm" },
    { CD_OUTCOME_MODERATE, "MODERATE", "Moderate harm" },
    { CD_OUTCOME_PROLONGED_PSYCH, "PROLONGED_PSYCH", "Psychological harm for 28 days or more" },
    { CD_OUTCOME_PROLONGED_PAIN, "PROLONGED_PAIN", "Pain for 28 days or more" },
    { CD_OUTCOME_IMPAIRMENT_28D, "IMPAIRMENT_28D",
      "Loss of movement, sense or understanding for 28 days or more" },
    { CD_OUTCOME_STRUCTURE_CHANGE, "STRUCTURE_CHANGE", "A change to the structure of the body" },
    { CD_OUTCOME_LIFE_SHORTENED, "LIFE_SHORTENED", "A shorter life expectancy" },
    { CD_OUTCOME_TREATMENT_TO_PREVENT, "TREATMENT_TO_PREVENT",
      "Treatment needed to prevent death or such an injury" },
    { CD_OUTCOME_NONE, "NONE", "None of these" },
    CD_END
};

const cd_token_t cd_certainties[] = {
    { CD_CERTAINTY_ACTUAL, "ACTUAL", "It happened" },
    { CD_CERTAINTY_COULD_RESULT, "COULD_RESULT", "It could result" },
    { CD_CERTAINTY_UNKNOWN, "UNKNOWN", "Not known yet" },
    CD_END
};

const cd_token_t cd_opinions[] = {
    { CD_OPINION_NOTIFIABLE, "NOTIFIABLE", "Notifiable" },
    { CD_OPINION_NOT, "NOT", "Not notifiable" },
    { CD_OPINION_UNSURE, "UNSURE", "Not sure yet" },
    CD_END
};

const cd_token_t cd_professions[] = {
    { CD_PROF_DOCTOR, "DOCTOR", "Doctor" },
    { CD_PROF_NURSE, "NURSE", "Nurse" },
    { CD_PROF_MIDWIFE, "MIDWIFE", "Midwife" },
    { CD_PROF_PHARMACIST, "PHARMACIST", "Pharmacist" },
    { CD_PROF_PARAMEDIC, "PARAMEDIC", "Paramedic" },
    { CD_PROF_DENTIST, "DENTIST", "Dentist" },
    { CD_PROF_ALLIED_HEALTH, "ALLIED_HEALTH", "Allied health professional" },
    { CD_PROF_PSYCHOLOGIST, "PSYCHOLOGIST", "Psychologist" },
    { CD_PROF_OTHER_HEALTHCARE, "OTHER_HEALTHCARE", "Another healthcare professional" },
    { CD_PROF_NOT_HEALTHCARE, "NOT_HEALTHCARE", "Not a healthcare professional" },
    CD_END
};

const cd_token_t cd_modes[] = {
    { CD_MODE_FACE_TO_FACE, "FACE_TO_FACE", "Face to face" },
    { CD_MODE_VIDEO, "VIDEO", "Video call" },
    { CD_MODE_TELEPHONE, "TELEPHONE", "Telephone" },
    { CD_MODE_LETTER, "LETTER", "Letter" },
    { CD_MODE_EMAIL, "EMAIL", "Email" },
    { CD_MODE_PORTAL, "PORTAL", "Patient portal" },
    CD_END
};

const cd_token_t cd_supports[] = {
    { CD_SUPPORT_NAMED_CONTACT, "NAMED_CONTACT", "A named person to contact" },
    { CD_SUPPORT_COUNSELLING, "COUNSELLING", "Counselling" },
    { CD_SUPPORT_ADVOCATE, "ADVOCATE", "A patient advocate" },
    { CD_SUPPORT_INTERPRETER, "INTERPRETER", "An interpreter or other format" },
    { CD_SUPPORT_BEREAVEMENT, "BEREAVEMENT", "Bereavement support" },
    { CD_SUPPORT_OTHER, "OTHER", "Other support, said in the note" },
    { CD_SUPPORT_NONE, "NONE", "None" },
    CD_END
};

const cd_token_t cd_person_bases[] = {
    { CD_PERSON_SELF, "SELF", "The patient" },
    { CD_PERSON_DECEASED, "DECEASED", "Acts for the patient, who died" },
    { CD_PERSON_UNDER_16_NOT_COMPETENT, "UNDER_16_NOT_COMPETENT",
      "Acts for a child under 16 who cannot decide about their care" },
    { CD_PERSON_LACKS_CAPACITY, "LACKS_CAPACITY", "Acts for a patient who lacks capacity" },
    CD_END
};

const cd_token_t cd_attempt_outcomes[] = {
    { CD_ATTEMPT_NO_ANSWER, "NO_ANSWER", "No answer" },
    { CD_ATTEMPT_MESSAGE_LEFT, "MESSAGE_LEFT", "Asked to call back, no details left" },
    { CD_ATTEMPT_RETURNED, "RETURNED", "Came back undelivered" },
    { CD_ATTEMPT_WRONG_ADDRESS, "WRONG_ADDRESS", "Wrong number or address" },
    { CD_ATTEMPT_REACHED, "REACHED", "Reached them" },
    CD_END
};

const cd_token_t cd_meeting_steps[] = {
    { CD_MEETING_OFFER, "MEETING_OFFER", "A meeting was offered" },
    { CD_MEETING_HELD, "MEETING", "A meeting was held" },
    { CD_MEETING_INTERIM_UPDATE, "INTERIM_UPDATE", "An update was given" },
    CD_END
};

const cd_token_t cd_enquiry_types[] = {
    { CD_ENQUIRY_PSII, "PSII", "Patient safety incident investigation" },
    { CD_ENQUIRY_AAR, "AAR", "After-action review" },
    { CD_ENQUIRY_MDT, "MDT", "Multidisciplinary team review" },
    { CD_ENQUIRY_SWARM, "SWARM", "Swarm huddle" },
    { CD_ENQUIRY_PMRT, "PMRT", "Perinatal mortality review" },
    { CD_ENQUIRY_MNSI, "MNSI", "Maternity and newborn safety investigation" },
    { CD_ENQUIRY_SI_LEGACY, "SI_LEGACY", "Serious incident investigation (before 2023)" },
    { CD_ENQUIRY_OTHER, "OTHER", "Another kind of enquiry" },
    CD_END
};

const cd_token_t cd_document_kinds[] = {
    { CD_DOC_VERBAL_NOTE, "VERBAL_NOTE", "Note of the talk" },
    { CD_DOC_LETTER_1, "LETTER_1", "Written notification" },
    { CD_DOC_LETTER_2, "LETTER_2", "Letter with the results" },
    { CD_DOC_REPORT, "REPORT", "Report of an enquiry" },
    { CD_DOC_MEETING_NOTE, "MEETING_NOTE", "Note of a meeting" },
    { CD_DOC_EVIDENCE_OF_SENDING, "EVIDENCE_OF_SENDING", "Proof of sending" },
    { CD_DOC_CONTACT_LOG, "CONTACT_LOG", "Log of attempts to contact" },
    { CD_DOC_OTHER, "OTHER", "Another document" },
    CD_END
};

const cd_token_t cd_rule_codes[] = {
    { CD_RULE_E01, "E01", "E01 Professional’s opinion" },
    { CD_RULE_E02, "E02", "E02 The person was told" },
    { CD_RULE_E03, "E03", "E03 In person" },
    { CD_RULE_E04, "E04", "E04 All facts known" },
    { CD_RULE_E05, "E05", "E05 Enquiries told" },
    { CD_RULE_E06, "E06", "E06 An apology" },
    { CD_RULE_E07, "E07", "E07 A written record" },
    { CD_RULE_E08, "E08", "E08 Support" },
    { CD_RULE_E09, "E09", "E09 Written notification" },
    { CD_RULE_E10, "E10", "E10 Results in writing" },
    { CD_RULE_E11, "E11", "E11 Not reached or refused" },
    { CD_RULE_E12, "E12", "E12 Copies kept" },
    { CD_RULE_C01, "C01", "C01 Told within the contract’s time" },
    { CD_RULE_C02, "C02", "C02 Report within the contract’s time" },
    { CD_RULE_W00, "W00", "W00 Whether the duty applies" },
    { CD_RULE_W01, "W01", "W01 Told in person" },
    { CD_RULE_W02, "W02", "W02 Reason for a late notice" },
    { CD_RULE_W03, "W03", "W03 Written notification" },
    { CD_RULE_W04, "W04", "W04 Results of enquiries" },
    { CD_RULE_W05, "W05", "W05 Everything recorded" },
    { CD_RULE_W06, "W06", "W06 Annual report" },
    { CD_RULE_S01, "S01", "S01 Independent opinion" },
    { CD_RULE_S02, "S02", "S02 Start date" },
    { CD_RULE_S03, "S03", "S03 Told within a month" },
    { CD_RULE_S04, "S04", "S04 An apology" },
    { CD_RULE_S05, "S05", "S05 Meeting, note and contact" },
    { CD_RULE_S06, "S06", "S06 Review in three months" },
    { CD_RULE_S07, "S07", "S07 Views sought" },
    { CD_RULE_S08, "S08", "S08 Report with actions" },
    { CD_RULE_S09, "S09", "S09 Report offered" },
    { CD_RULE_S10, "S10", "S10 Annual report" },
    { CD_RULE_S11, "S11", "S11 Not reached or refused" },
    { CD_RULE_DUTY, "DUTY", "The duty as a whole, no step named" },
    CD_END
};

const cd_token_t cd_judgements[] = {
    { CD_JUDGED_REASONABLE, "REASONABLE", "It was reasonable" },
    { CD_JUDGED_NOT_REASONABLE, "NOT_REASONABLE", "It was not reasonable" },
    CD_END
};

const cd_token_t cd_finders[] = {
    { CD_FINDER_COURT, "COURT", "A court" },
    { CD_FINDER_REGULATOR, "REGULATOR", "The regulator" },
    { CD_FINDER_OMBUDSMAN, "OMBUDSMAN", "An ombudsman" },
    { CD_FINDER_REVIEW, "REVIEW", "An independent review" },
    { CD_FINDER_TRUST, "TRUST", "The trust itself (own admission)" },
    CD_END
};

const cd_token_t cd_finding_outcomes[] = {
    { CD_FOUND_NOT_MET, "NOT_MET", "Not met" },
    { CD_FOUND_MET_LATE, "MET_LATE", "Done, but too late" },
    { CD_FOUND_MET, "MET", "Met" },
    CD_END
};

const cd_token_t cd_closure_reasons[] = {
    { CD_CLOSED_DUTY_DONE, "DUTY_DONE", "Everything the duty asks was done" },
    { CD_CLOSED_NOT_NOTIFIABLE, "NOT_NOTIFIABLE", "It was found not to be notifiable" },
    { CD_CLOSED_DUPLICATE, "DUPLICATE", "It is in another case" },
    { CD_CLOSED_OPENED_IN_ERROR, "OPENED_IN_ERROR", "It was opened by mistake" },
    { CD_CLOSED_OTHER, "OTHER", "Another reason, said in the note" },
    { CD_CLOSED_HANDED_OVER, "HANDED_OVER", "Handed over to another trust" },
    CD_END
};

const cd_token_t cd_case_states[] = {
    { CD_CASE_RECORDED, "RECORDED", "Recorded" },
    { CD_CASE_OPEN, "OPEN", "Open" },
    { CD_CASE_CLOSED, "CLOSED", "Closed" },
    CD_END
};

const cd_token_t cd_directions[] = {
    { CD_DIRECTION_GIVEN, "GIVEN", "From here" },
    { CD_DIRECTION_RECEIVED, "RECEIVED", "To here" },
    CD_END
};

const cd_token_t cd_letters[] = {
    { CD_LETTER_FIRST, "FIRST", "First notification" },
    { CD_LETTER_INVITATION, "INVITATION", "Invitation to a meeting" },
    { CD_LETTER_INTERIM, "INTERIM", "Update" },
    { CD_LETTER_RESULTS, "RESULTS", "Results of the enquiries" },
    { CD_LETTER_COULD_NOT_REACH, "COULD_NOT_REACH", "We could not reach you" },
    CD_END
};

const cd_token_t cd_letter_languages[] = {
    { CD_LANGUAGE_EN, "EN", "English" },
    { CD_LANGUAGE_CY, "CY", "Welsh" },
    CD_END
};

const cd_token_t cd_letter_prints[] = {
    { CD_PRINT_NORMAL, "NORMAL", "Normal print" },
    { CD_PRINT_LARGE, "LARGE", "Large print" },
    CD_END
};

const cd_token_t cd_verdicts[] = {
    { CD_VERDICT_APPROVED, "APPROVED", "It may go out" },
    { CD_VERDICT_RETURNED, "RETURNED", "Back to the author" },
    CD_END
};

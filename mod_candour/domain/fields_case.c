/* fields_case.c: what is written down of an incident, a patient, the harm and the decision.
 *
 * Everything about the patient and the people who act for them, and free text about them, is
 * sensitive: the store keeps it only under the case's key. Staff named in their work are not. */
#include "domain/case.h"
#include "domain/fields.h"

const cd_field_t cd_fields_incident[] = {
    { CD_FIELD(cd_incident_t, title, CD_FT_TEXT), .flags = CD_REQ | CD_SENS, .min = 3, .max = 120,
      .section = "What happened", .label = "What is this incident, in a few words?",
      .noun = "what the incident is", .hint = "For example, retained swab after bowel surgery. No "
      "names.",
      .shown = "Incident" },
    { CD_FIELD(cd_incident_t, occurred, CD_FT_WHEN), .flags = CD_ABOUT,
      .label = "Date it happened", .noun = "the date it happened",
      .hint = "For example, 14 10 2026. If you do not know the day, leave it empty.",
      .shown = "Happened" },
    { CD_FIELD(cd_incident_t, reported_on, CD_FT_DATE), .flags = CD_FF_PAST,
      .label = "Date it was reported in the trust", .noun = "the date it was reported",
      .hint = "The contract’s clock starts on this day.", .rules = "E01, C01",
      .shown = "Reported" },
    { CD_FIELD(cd_incident_t, local_ref, CD_FT_TEXT), .max = 40,
      .label = "Local reference (optional)", .noun = "the local reference",
      .shown = "Local reference" },
    { CD_FIELD(cd_incident_t, lfpse_ref, CD_FT_TEXT), .max = 60,
      .label = "LFPSE reference (optional)", .noun = "the LFPSE reference",
      .hint = "From the national system for recording patient safety events.",
      .shown = "LFPSE reference" },
    { CD_FIELD(cd_incident_t, service, CD_FT_TEXT), .max = 80, .label = "Service (optional)",
      .noun = "the service", .hint = "For example, general surgery.", .shown = "Service" },
    { CD_FIELD(cd_incident_t, location, CD_FT_TEXT), .max = 80, .label = "Place (optional)",
      .noun = "the place", .hint = "For example, main theatres.", .shown = "Place" },
    { CD_FIELD(cd_incident_t, description, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What happened? (optional)", .noun = "what happened",
      .hint = "Facts only. The patient and their family may read this.", .shown = "What happened" },
    { CD_FIELD(cd_incident_t, facts, CD_FT_LONG), .flags = CD_SENS, .max = 4000,
      .section = "What is known", .label = "Which facts are known today? (optional)",
      .noun = "the facts that are known",
      .hint = "One fact a line. These are the facts that the patient must be told.",
      .rules = "E04", .shown = "Facts known" },
    { CD_FIELD(cd_incident_t, not_known, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What is not known yet? (optional)", .noun = "what is not known yet",
      .shown = "Not known yet" },
    { CD_FIELD(cd_incident_t, regulated_activity, CD_FT_YESNO),
      .section = "Does the duty cover it?",
      .label = "Did it happen during care or treatment that the regulator registers? (optional)",
      .noun = "if it happened during registered care", .rules = "E01", .shown = "Registered care" },
    { CD_FIELD(cd_incident_t, unintended, CD_FT_YESNO),
      .label = "Was it unintended or unexpected? (optional)",
      .noun = "if it was unintended or unexpected",
      .hint = "A known complication can be unintended too.", .rules = "E01",
      .shown = "Unintended or unexpected" }
};
CD_FIELDS_COUNT(incident);

const cd_field_t cd_fields_patient[] = {
    { CD_FIELD(cd_patient_t, name, CD_FT_TEXT), .flags = CD_REQ | CD_SENS, .max = 120,
      .section = "Patient", .label = "Patient’s name", .noun = "the patient’s name",
      .shown = "Name" },
    { CD_FIELD(cd_patient_t, nhs_number, CD_FT_NHS), .flags = CD_SENS,
      .label = "NHS number (optional)", .noun = "the NHS number",
      .hint = "For example, 999 000 0018.",
      .shown = "NHS number" },
    { CD_FIELD(cd_patient_t, born_on, CD_FT_DATE), .flags = CD_SENS | CD_FF_PAST,
      .label = "Date of birth (optional)", .noun = "the date of birth",
      .hint = "For example, 31 3 1972.", .shown = "Born" },
    { CD_FIELD(cd_patient_t, died, CD_FT_WHEN), .flags = CD_SENS | CD_FF_PAST | CD_FF_PART_DATE,
      .label = "Died on (if the patient died)", .noun = "the date the patient died",
      .hint = "If you do not know the day, leave it empty.", .shown = "Died" }
};
CD_FIELDS_COUNT(patient);

const cd_field_t cd_fields_grading[] = {
    { CD_FIELD(cd_grading_t, graded, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .section = "The harm", .label = "Date the harm was graded",
      .noun = "the date the harm was graded", .hint = "For example, 30 10 2026.",
      .shown = "Graded" },
    { CD_FIELD(cd_grading_t, physical, CD_FT_TOKEN), .tokens = cd_harm_physical,
      .label = "Physical harm, as recorded in LFPSE (optional)", .noun = "the physical harm",
      .hint = "This suggests, and never decides, whether the law applies.",
      .shown = "Physical harm" },
    { CD_FIELD(cd_grading_t, psychological, CD_FT_TOKEN), .tokens = cd_harm_psychological,
      .label = "Psychological harm, as recorded in LFPSE (optional)",
      .noun = "the psychological harm", .shown = "Psychological harm" },
    { CD_FIELD(cd_grading_t, outcome, CD_FT_TOKEN), .tokens = cd_reg20_outcomes,
      .label = "Which harm that the law names is it? (optional)",
      .noun = "the harm that the law names",
      .hint = "Leave this unanswered if nobody has judged it yet.", .rules = "E01",
      .shown = "Harm in law" },
    { CD_FIELD(cd_grading_t, certainty, CD_FT_TOKEN), .tokens = cd_certainties,
      .label = "Has the harm happened? (optional)", .noun = "if the harm has happened",
      .rules = "E01",
      .shown = "Has it happened" },
    { CD_FIELD(cd_grading_t, graded_by, CD_FT_TEXT), .max = 120, .section = "Who graded it",
      .label = "Name (optional)", .noun = "the name of who graded it", .shown = "Graded by" },
    { CD_FIELD(cd_grading_t, profession, CD_FT_TOKEN), .tokens = cd_professions,
      .label = "Profession (optional)", .noun = "the profession of who graded it",
      .shown = "Profession" },
    { CD_FIELD(cd_grading_t, reason, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Why this grade? (optional)", .noun = "why this grade", .shown = "Reason" }
};
CD_FIELDS_COUNT(grading);

const cd_field_t cd_fields_opinion[] = {
    { CD_FIELD(cd_opinion_t, given, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .section = "The opinion", .label = "Date the opinion was given",
      .noun = "the date the opinion was given", .hint = "For example, 30 10 2026.",
      .rules = "E01, E02",
      .shown = "Given" },
    { CD_FIELD(cd_opinion_t, opinion, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_opinions,
      .label = "Is it a notifiable safety incident?",
      .noun = "if it is a notifiable safety incident",
      .hint = "Unintended or unexpected, during care, and harm at or above the law’s threshold.",
      .rules = "E01", .shown = "Opinion" },
    { CD_FIELD(cd_opinion_t, given_by, CD_FT_TEXT), .flags = CD_REQ, .max = 120,
      .section = "Who gave it", .label = "Name and post",
      .noun = "the name of who gave the opinion",
      .hint = "For example, K. Brandt, consultant anaesthetist.", .shown = "Given by" },
    { CD_FIELD(cd_opinion_t, profession, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_professions,
      .label = "Profession", .noun = "the profession of who gave the opinion",
      .hint = "The law asks for a doctor, nurse or other healthcare professional.", .rules = "E01",
      .shown = "Profession" },
    { CD_FIELD(cd_opinion_t, was_involved, CD_FT_YESNO),
      .label = "Were they involved in the incident? (optional)",
      .noun = "if they were involved in the incident",
      .hint = "Scotland asks for somebody who was not.", .shown = "Involved in the incident" },
    { CD_FIELD(cd_opinion_t, reasons, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 2000,
      .label = "Reasons", .noun = "the reasons for the opinion",
      .hint = "Which harm, and why it does or does not reach the threshold.", .rules = "E01",
      .shown = "Reasons" }
};
CD_FIELDS_COUNT(opinion);

const cd_field_t cd_fields_opening[] = {
    { CD_FIELD(cd_opening_t, aware, CD_FT_WHEN), .flags = CD_ABOUT, .section = "The clock",
      .label = "Date the trust became aware that it is notifiable",
      .noun = "the date the trust became aware",
      .hint = "Leave this empty to use the day of the opinion. It cannot be later than the "
      "opinion.",
      .rules = "E02", .shown = "Trust became aware" },
    { CD_FIELD(cd_opening_t, lead, CD_FT_TEXT), .max = 120, .section = "Who leads",
      .label = "Case lead (optional)", .noun = "the case lead", .shown = "Case lead" },
    { CD_FIELD(cd_opening_t, contact_point, CD_FT_TEXT), .max = 120,
      .label = "Named contact for the family (optional)", .noun = "the named contact",
      .shown = "Named contact" },
    { CD_FIELD(cd_opening_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(opening);

const cd_field_t cd_fields_person[] = {
    { CD_FIELD(cd_person_t, basis, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_person_bases,
      .section = "Who must be told", .label = "Who is this person in law?",
      .noun = "who this person is in law", .shown = "Stands in law as" },
    { CD_FIELD(cd_person_t, name, CD_FT_TEXT), .flags = CD_REQ | CD_SENS, .max = 120,
      .label = "Name",
      .noun = "the name", .shown = "Name" },
    { CD_FIELD(cd_person_t, relation, CD_FT_TEXT), .flags = CD_SENS, .max = 80,
      .label = "Relation to the patient (optional)", .noun = "the relation to the patient",
      .hint = "For example, daughter.", .shown = "Relation" },
    { CD_FIELD(cd_person_t, contact, CD_FT_LONG), .flags = CD_SENS, .max = 400,
      .section = "How to reach them", .label = "Telephone, email or address (optional)",
      .noun = "how to reach them", .shown = "How to reach them" },
    { CD_FIELD(cd_person_t, wishes, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "How and when do they want to be contacted? (optional)",
      .noun = "how they want to be contacted",
      .hint = "For example, phone after 5pm and leave no details in a message.",
      .shown = "Wishes" },
    { CD_FIELD(cd_person_t, language, CD_FT_TEXT), .flags = CD_SENS, .max = 60,
      .label = "Language (optional)", .noun = "the language", .shown = "Language" },
    { CD_FIELD(cd_person_t, format, CD_FT_TEXT), .flags = CD_SENS, .max = 60,
      .label = "Format of letters (optional)", .noun = "the format of letters",
      .hint = "For example, large print.", .shown = "Format" },
    { CD_FIELD(cd_person_t, may_be_told, CD_FT_LONG), .flags = CD_SENS, .max = 400,
      .label = "Who else may be told, and what? (optional)", .noun = "who else may be told",
      .shown = "Who else may be told" }
};
CD_FIELDS_COUNT(person);

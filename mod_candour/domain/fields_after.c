/* fields_after.c: what is written down of enquiries, results, documents, and what people found. */
#include "domain/case.h"
#include "domain/fields.h"

const cd_field_t cd_fields_enquiry[] = {
    { CD_FIELD(cd_enquiry_t, type, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_enquiry_types,
      .section = "The enquiry", .label = "What kind of enquiry is it?",
      .noun = "the kind of enquiry", .shown = "Kind" },
    { CD_FIELD(cd_enquiry_t, started, CD_FT_WHEN), .flags = CD_ABOUT, .label = "Date it started",
      .noun = "the date it started", .hint = "For example, 9 11 2026.", .shown = "Started" },
    { CD_FIELD(cd_enquiry_t, led_by, CD_FT_TEXT), .max = 120, .label = "Who leads it? (optional)",
      .noun = "who leads it", .shown = "Led by" },
    { CD_FIELD(cd_enquiry_t, expected_on, CD_FT_DATE), .label = "Sign-off expected on (optional)",
      .noun = "the date sign-off is expected", .shown = "Sign-off expected" },
    { CD_FIELD(cd_enquiry_t, signed_off, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .section = "When it is finished", .label = "Date it was signed off (leave empty if not yet)",
      .noun = "the date it was signed off", .rules = "E10, C02", .shown = "Signed off" },
    { CD_FIELD(cd_enquiry_t, shared, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .label = "Date the report was given to the person (leave empty if not yet)",
      .noun = "the date the report was given", .rules = "C02", .shown = "Report given" },
    { CD_FIELD(cd_enquiry_t, late_reason, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .section = "If it takes longer", .label = "Why is it not finished in time? (optional)",
      .noun = "why it is not finished in time", .rules = "S06", .shown = "Why it takes longer" },
    { CD_FIELD(cd_enquiry_t, late_told, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .label = "Date the person was told why (leave empty if not yet)",
      .noun = "the date the person was told why", .rules = "S06",
      .shown = "Told why it takes longer" },
    { CD_FIELD(cd_enquiry_t, views_sought, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .section = "The person and the report", .label = "Date the person was asked for their views "
      "(leave empty if not yet)",
      .noun = "the date the person was asked for their views", .rules = "S07",
      .shown = "Views asked for" },
    { CD_FIELD(cd_enquiry_t, actions, CD_FT_LONG), .max = 2000,
      .label = "Which actions does the report set, and by when? (optional)", .noun = "the actions",
      .hint = "One action a line, with its date. No names.", .rules = "S08", .shown = "Actions" },
    { CD_FIELD(cd_enquiry_t, report_offered, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .label = "Date a copy of the report was offered (leave empty if not yet)",
      .noun = "the date a copy was offered", .rules = "S09", .shown = "Copy offered" },
    { CD_FIELD(cd_enquiry_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(enquiry);

const cd_field_t cd_fields_results[] = {
    { CD_FIELD(cd_results_t, sent, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date the results were given or sent in writing",
      .noun = "the date the results were sent", .hint = "For example, 21 8 2026.", .rules = "E10",
      .shown = "Sent" },
    { CD_FIELD(cd_results_t, proof, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "What proves that they were given or sent? (optional)",
      .noun = "what proves that they were sent", .rules = "E10", .shown = "Proof of sending" },
    { CD_FIELD(cd_results_t, apology_given, CD_FT_YESNO),
      .label = "Does the letter say sorry? (optional)",
      .noun = "if the letter says sorry", .shown = "Apology" },
    { CD_FIELD(cd_results_t, copy_kept, CD_FT_TEXT), .max = 200,
      .label = "Where is the copy kept? (optional)", .noun = "where the copy is kept",
      .rules = "E12",
      .shown = "Copy kept" },
    { CD_FIELD(cd_results_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" },
    { CD_FIELD(cd_results_t, signoff_seq, CD_FT_SEQ), .flags = CD_FF_APP,
      .label = "Letter written here",
      .noun = "the letter written here", .shown = "Letter" }
};
CD_FIELDS_COUNT(results);

const cd_field_t cd_fields_document[] = {
    { CD_FIELD(cd_document_t, kind, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_document_kinds,
      .label = "What kind of document is it?", .noun = "the kind of document", .shown = "Kind" },
    { CD_FIELD(cd_document_t, dated, CD_FT_WHEN), .flags = CD_ABOUT,
      .label = "Date of the document", .noun = "the date of the document",
      .hint = "For example, 4 11 2026.", .shown = "Dated" },
    { CD_FIELD(cd_document_t, name, CD_FT_TEXT), .flags = CD_REQ | CD_SENS, .max = 200,
      .label = "What is it called?", .noun = "what the document is called", .shown = "Name" },
    { CD_FIELD(cd_document_t, kept_at, CD_FT_TEXT), .max = 200,
      .label = "Where is it kept? (optional)", .noun = "where the document is kept",
      .rules = "E07, E12", .shown = "Kept at" },
    { CD_FIELD(cd_document_t, sha256, CD_FT_TEXT), .min = 64, .max = 64,
      .label = "SHA-256 fingerprint (optional)", .noun = "the fingerprint",
      .hint = "64 digits and letters a to f.", .shown = "Fingerprint" },
    { CD_FIELD(cd_document_t, withheld, CD_FT_YESNO),
      .label = "Is it withheld from the person? (optional)", .noun = "if it is withheld",
      .shown = "Withheld" },
    { CD_FIELD(cd_document_t, withheld_reason, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "If it is withheld, why?", .noun = "why it is withheld", .shown = "Why withheld" },
    { CD_FIELD(cd_document_t, disclosable, CD_FT_YESNO),
      .label = "May it be given to the person or the claimant’s side? (optional)",
      .noun = "if it may be given out", .shown = "May be given out" },
    { CD_FIELD(cd_document_t, media_type, CD_FT_TEXT), .flags = CD_FF_APP, .max = 100,
      .label = "Type",
      .noun = "the type", .shown = "Type" },
    { CD_FIELD(cd_document_t, size, CD_FT_INT), .flags = CD_FF_APP, .min = 0,
      .max = APR_INT64_C(1000000000000),
      .label = "Size in bytes", .noun = "the size", .shown = "Size in bytes" },
    { CD_FIELD(cd_document_t, content, CD_FT_INT), .flags = CD_FF_APP, .min = 0,
      .max = APR_INT64_C(1000000000000000),
      .label = "Stored content", .noun = "the stored content", .shown = "Stored content" },
    { CD_FIELD(cd_document_t, signoff_seq, CD_FT_SEQ), .flags = CD_FF_APP,
      .label = "Letter written here",
      .noun = "the letter written here", .shown = "Letter" }
};
CD_FIELDS_COUNT(document);

const cd_field_t cd_fields_judgement[] = {
    { CD_FIELD(cd_judgement_t, rule, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_rule_codes,
      .label = "Which rule do you judge?", .noun = "the rule you judge", .shown = "Rule" },
    { CD_FIELD(cd_judgement_t, judgement, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_judgements,
      .label = "Was it reasonable, or as soon as reasonably practicable?",
      .noun = "if it was reasonable", .shown = "Judgement" },
    { CD_FIELD(cd_judgement_t, judged, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date of the judgement", .noun = "the date of the judgement",
      .hint = "For example, 20 10 2026.", .shown = "Judged" },
    { CD_FIELD(cd_judgement_t, reasons, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 2000, .label = "Reasons", .noun = "the reasons for the judgement",
      .hint = "What you looked at, and why it was or was not reasonable.", .shown = "Reasons" }
};
CD_FIELDS_COUNT(judgement);

const cd_field_t cd_fields_finding[] = {
    { CD_FIELD(cd_finding_t, rule, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_rule_codes,
      .label = "Which rule is the finding about?", .noun = "the rule the finding is about",
      .shown = "Rule" },
    { CD_FIELD(cd_finding_t, outcome, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_finding_outcomes,
      .label = "What was found?", .noun = "what was found", .shown = "Found" },
    { CD_FIELD(cd_finding_t, finder, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_finders,
      .label = "Who found it?", .noun = "who found it", .shown = "By" },
    { CD_FIELD(cd_finding_t, body_name, CD_FT_TEXT), .max = 120,
      .label = "Name of the court or body (optional)", .noun = "the name of the court or body",
      .shown = "Body" },
    { CD_FIELD(cd_finding_t, found, CD_FT_WHEN), .flags = CD_ABOUT, .label = "Date of the finding",
      .noun = "the date of the finding", .hint = "For example, 17 1 2019.", .shown = "Found on" },
    { CD_FIELD(cd_finding_t, source, CD_FT_TEXT), .flags = CD_REQ, .max = 400,
      .label = "Where can it be read?", .noun = "where it can be read", .shown = "Source" },
    { CD_FIELD(cd_finding_t, words, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What does it say? (optional)", .noun = "what it says", .shown = "What it says" },
    { CD_FIELD(cd_finding_t, penalty_p, CD_FT_PENCE), .min = 0, .max = APR_INT64_C(1000000000000),
      .label = "Fine or penalty, in pounds (optional)", .noun = "the fine or penalty",
      .hint = "For the record only. It enters no sum.", .shown = "Fine or penalty" }
};
CD_FIELDS_COUNT(finding);

const cd_field_t cd_fields_exemption[] = {
    { CD_FIELD(cd_exemption_t, given, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date it was given", .noun = "the date it was given", .shown = "When" },
    { CD_FIELD(cd_exemption_t, authoriser, CD_FT_TEXT), .flags = CD_REQ, .max = 120,
      .label = "Who gave it?", .noun = "who gave it",
      .hint = "By house rule: the director of nursing, the medical director or a deputy.",
      .shown = "Given by" },
    { CD_FIELD(cd_exemption_t, role, CD_FT_TEXT), .flags = CD_REQ, .max = 120,
      .label = "Their post",
      .noun = "their post", .shown = "Post" },
    { CD_FIELD(cd_exemption_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 1000,
      .label = "Reason", .noun = "the reason",
      .hint = "An exemption is seen by everybody who sees the case. It changes nothing that the "
      "law asks.",
      .shown = "Reason" }
};
CD_FIELDS_COUNT(exemption);

const cd_field_t cd_fields_closure[] = {
    { CD_FIELD(cd_closure_t, closed, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date the case is closed", .noun = "the date the case is closed", .shown = "When" },
    { CD_FIELD(cd_closure_t, reason, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_closure_reasons,
      .label = "Why is it closed?", .noun = "why it is closed", .shown = "Why" },
    { CD_FIELD(cd_closure_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(closure);

const cd_field_t cd_fields_withdrawal[] = {
    { CD_FIELD(cd_withdrawal_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 3,
      .max = 1000,
      .label = "Why was it entered in error?", .noun = "why it was entered in error",
      .hint = "The entry stays visible, marked as taken back.", .shown = "Why" }
};
CD_FIELDS_COUNT(withdrawal);

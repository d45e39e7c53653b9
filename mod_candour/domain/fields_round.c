/* fields_round.c: what is written down between the scheme and a trust. Numbers of other things are
 * set by the program. */
#include "domain/case.h"
#include "domain/fields.h"
#include "domain/liability.h"
#include "domain/round.h"

#define AMOUNT_MAX CD_PENCE_MAX
#define ORG(struct_) \
    { CD_FIELD(struct_, org, CD_FT_ODS), .flags = CD_REQ | CD_FF_APP, .label = "Trust", \
      .noun = "the trust", .shown = "Trust" }
#define LINK(struct_, member_, label_) \
    { CD_FIELD(struct_, member_, CD_FT_SEQ), .flags = CD_FF_APP, .label = label_, .noun = label_, \
      .shown = label_ }
#define WORDS(struct_, member_, flags_, label_, noun_, hint_, shown_) \
    { CD_FIELD(struct_, member_, CD_FT_LONG), .flags = CD_SENS | (flags_), .max = 4000, \
      .label = label_, .noun = noun_, .hint = hint_, .shown = shown_ }
#define CITED(struct_) \
    { CD_FIELD(struct_, cited, CD_FT_TEXT), .flags = CD_FF_APP, .max = 2000, \
      .label = "Entries named", .noun = "the entries named", .shown = "Entries named" }
#define READ_BY_TRUST "The trust will read this."
#define READ_BY_SCHEME "The scheme will read this."

const cd_field_t cd_fields_no_incident[] = {
    ORG(cd_no_incident_t),
    { CD_FIELD(cd_no_incident_t, finding, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_no_incident_findings,
      .label = "What does it mean that no incident was recorded?", .noun = "what it means",
      .shown = "Found" },
    WORDS(cd_no_incident_t, reasons, CD_REQ, "Reasons", "the reasons", READ_BY_TRUST, "Reasons")
};
CD_FIELDS_COUNT(no_incident);

const cd_field_t cd_fields_request[] = {
    ORG(cd_request_t),
    { CD_FIELD(cd_request_t, rules, CD_FT_SET), .flags = CD_REQ, .tokens = cd_flag_rules,
      .label = "Which rules is it about?", .noun = "the rules it is about", .shown = "Rules" },
    WORDS(cd_request_t, what, CD_REQ, "What do you ask for?", "what you ask for", READ_BY_TRUST,
          "What"),
    WORDS(cd_request_t, why, CD_REQ, "Why do you ask?", "why you ask", READ_BY_TRUST, "Why"),
    { CD_FIELD(cd_request_t, due, CD_FT_DATE), .flags = CD_REQ, .label = "By when?",
      .noun = "the last day for the answer",
      .hint = "For example, 3 12 2026.", .shown = "Answer by" },
    LINK(cd_request_t, flag_seq, "Flag")
};
CD_FIELDS_COUNT(request);

const cd_field_t cd_fields_answer[] = {
    ORG(cd_answer_t),
    LINK(cd_answer_t, request_seq, "Request"),
    { CD_FIELD(cd_answer_t, answer, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_answers,
      .label = "What is your answer?", .noun = "your answer", .shown = "Answer" },
    WORDS(cd_answer_t, text, CD_REQ, "Say what you send, or why there is none",
          "what you send, or why there is none",
          READ_BY_SCHEME, "In words"),
    CITED(cd_answer_t)
};
CD_FIELDS_COUNT(answer);

const cd_field_t cd_fields_indication[] = {
    ORG(cd_indication_t),
    LINK(cd_indication_t, flag_seq, "Flag"),
    WORDS(cd_indication_t, message, 0, "Message to the trust (optional)", "the message",
          READ_BY_TRUST, "Message"),
    { CD_FIELD(cd_indication_t, answer_by, CD_FT_DATE), .flags = CD_REQ,
      .label = "Until when may the trust answer?",
      .noun = "the last day for the trust’s answer", .hint = "For example, 3 12 2026.",
      .shown = "Answer by" },
    { CD_FIELD(cd_indication_t, flag_state, CD_FT_TOKEN), .flags = CD_FF_APP,
      .tokens = cd_flag_states,
      .label = "What the flag said", .noun = "what the flag said", .shown = "The flag said" },
    { CD_FIELD(cd_indication_t, indicated_p, CD_FT_PENCE), .flags = CD_FF_APP, .min = 0,
      .max = AMOUNT_MAX,
      .label = "Sum indicated, at most", .noun = "the sum indicated",
      .shown = "Indicated, at most" }
};
CD_FIELDS_COUNT(indication);

const cd_field_t cd_fields_representation[] = {
    ORG(cd_representation_t),
    LINK(cd_representation_t, indication_seq, "Indication"),
    LINK(cd_representation_t, flag_seq, "Flag"),
    { CD_FIELD(cd_representation_t, stance, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_stances,
      .label = "What does your trust say?", .noun = "what your trust says",
      .shown = "The trust says" },
    WORDS(cd_representation_t, text, 0, "In your words (optional if you agree)", "it in your words",
          READ_BY_SCHEME,
          "In words"),
    CITED(cd_representation_t)
};
CD_FIELDS_COUNT(representation);

const cd_field_t cd_fields_for_decision[] = {
    ORG(cd_for_decision_t),
    LINK(cd_for_decision_t, flag_seq, "Flag"),
    WORDS(cd_for_decision_t, note, 0, "Note for the decision-maker (optional)", "the note",
          "The trust does not see this.", "Note")
};
CD_FIELDS_COUNT(for_decision);

const cd_field_t cd_fields_confirmation[] = {
    ORG(cd_confirmation_t),
    LINK(cd_confirmation_t, decision_seq, "Decision"),
    { CD_FIELD(cd_confirmation_t, verdict, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_confirmations,
      .label = "Do you confirm this decision?", .noun = "if you confirm this decision",
      .hint = "You cannot change the sum. If it should be different, send it back.",
      .shown = "Second person" },
    WORDS(cd_confirmation_t, reasons, 0, "If you send it back, say why", "why you send it back",
          NULL, "Why")
};
CD_FIELDS_COUNT(confirmation);

const cd_field_t cd_fields_told[] = {
    ORG(cd_told_t),
    LINK(cd_told_t, decision_seq, "Decision"),
    { CD_FIELD(cd_told_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_FF_PAST | CD_FF_HAPPENED,
      .label = "When was the trust told?", .noun = "the date the trust was told",
      .hint = "For example, 3 11 2026.",
      .shown = "Told" },
    { CD_FIELD(cd_told_t, mode, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_modes, .label = "How?",
      .noun = "how the trust was told", .shown = "How" },
    { CD_FIELD(cd_told_t, review_by, CD_FT_DATE), .flags = CD_FF_APP,
      .label = "Last day to ask for a review",
      .noun = "the last day to ask for a review", .shown = "Review until" },
    { CD_FIELD(cd_told_t, report_sha, CD_FT_TEXT), .flags = CD_FF_APP, .min = 64, .max = 64,
      .label = "Fingerprint of the decision report", .noun = "the fingerprint", .shown = "Report" }
};
CD_FIELDS_COUNT(told);

const cd_field_t cd_fields_review_asked[] = {
    ORG(cd_review_asked_t),
    LINK(cd_review_asked_t, decision_seq, "Decision"),
    { CD_FIELD(cd_review_asked_t, grounds, CD_FT_SET), .flags = CD_REQ, .tokens = cd_review_grounds,
      .label = "On which grounds?", .noun = "the grounds", .shown = "Grounds" },
    WORDS(cd_review_asked_t, text, CD_REQ, "Say what is wrong", "what is wrong",
          "Somebody who did not decide will read this.", "In words")
};
CD_FIELDS_COUNT(review_asked);

const cd_field_t cd_fields_review[] = {
    ORG(cd_review_t),
    LINK(cd_review_t, decision_seq, "Decision"),
    LINK(cd_review_t, asked_seq, "Asked for in"),
    { CD_FIELD(cd_review_t, outcome, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_review_outcomes,
      .label = "What is your answer?", .noun = "your answer", .shown = "Review" },
    { CD_FIELD(cd_review_t, amount_p, CD_FT_PENCE), .min = 0, .max = AMOUNT_MAX,
      .label = "If you change the sum: new sum, in pounds", .noun = "the new sum",
      .shown = "New sum" },
    WORDS(cd_review_t, reasons, CD_REQ, "Reasons", "the reasons", READ_BY_TRUST, "Reasons")
};
CD_FIELDS_COUNT(review);

const cd_field_t cd_fields_recovery[] = {
    ORG(cd_recovery_t),
    LINK(cd_recovery_t, decision_seq, "Decision"),
    { CD_FIELD(cd_recovery_t, method, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_recovery_methods,
      .label = "How is the trust asked?", .noun = "how the trust is asked", .shown = "How" },
    { CD_FIELD(cd_recovery_t, invoice, CD_FT_TEXT), .max = 40, .label = "Invoice number (optional)",
      .noun = "the invoice number", .shown = "Invoice" },
    { CD_FIELD(cd_recovery_t, amount_p, CD_FT_PENCE), .flags = CD_REQ, .min = 1, .max = AMOUNT_MAX,
      .label = "Sum, in pounds", .noun = "the sum", .shown = "Sum" },
    { CD_FIELD(cd_recovery_t, instalment, CD_FT_INT), .flags = CD_FF_APP, .min = 1, .max = 120,
      .label = "Instalment",
      .noun = "the instalment", .shown = "Instalment" },
    { CD_FIELD(cd_recovery_t, instalments, CD_FT_INT), .flags = CD_FF_APP, .min = 1, .max = 120,
      .label = "of",
      .noun = "the number of instalments", .shown = "of" },
    { CD_FIELD(cd_recovery_t, due, CD_FT_DATE), .flags = CD_REQ, .label = "Due on",
      .noun = "the day it is due",
      .hint = "For example, 3 12 2026.", .shown = "Due" },
    { CD_FIELD(cd_recovery_t, year, CD_FT_INT), .min = 2013, .max = 2200,
      .label = "Contribution of the year that begins in April (optional)", .noun = "the year",
      .hint = "For example, 2027.", .shown = "Year" }
};
CD_FIELDS_COUNT(recovery);

const cd_field_t cd_fields_receipt[] = {
    ORG(cd_receipt_t),
    LINK(cd_receipt_t, recovery_seq, "Asked for in"),
    { CD_FIELD(cd_receipt_t, way, CD_FT_TOKEN), .flags = CD_FF_APP, .tokens = cd_money_ways,
      .label = "Which way?",
      .noun = "which way", .shown = "Way" },
    { CD_FIELD(cd_receipt_t, amount_p, CD_FT_PENCE), .flags = CD_REQ, .min = 1, .max = AMOUNT_MAX,
      .label = "Sum received, in pounds", .noun = "the sum received", .shown = "Received" },
    { CD_FIELD(cd_receipt_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_FF_PAST | CD_FF_HAPPENED,
      .label = "When did it come?", .noun = "the date it came", .hint = "For example, 3 11 2026.",
      .shown = "On" },
    LINK(cd_receipt_t, reverses, "Takes back entry"),
    WORDS(cd_receipt_t, note, 0, "Note (optional)", "the note", NULL, "Note")
};
CD_FIELDS_COUNT(receipt);

#define ABOUT_ORG(struct_) \
    { CD_FIELD(struct_, org, CD_FT_ODS), .flags = CD_REQ, \
      .label = "Organisation code of the trust", .noun = "the organisation code", \
      .hint = "For example, RZ1.", .shown = "Trust" }

const cd_field_t cd_fields_shared[] = {
    ABOUT_ORG(cd_shared_t),
    { CD_FIELD(cd_shared_t, to, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_shared_bodies,
      .label = "To whom?",
      .noun = "to whom", .shown = "To" },
    { CD_FIELD(cd_shared_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_FF_PAST | CD_FF_HAPPENED,
      .label = "When?",
      .noun = "the date", .hint = "For example, 3 11 2026.", .shown = "On" },
    WORDS(cd_shared_t, about, CD_REQ, "What was given?", "what was given", NULL, "What"),
    { CD_FIELD(cd_shared_t, legal_basis, CD_FT_TEXT), .flags = CD_REQ, .min = 3, .max = 300,
      .label = "What lets you give it?", .noun = "what lets you give it",
      .hint = "The law or agreement, with its section.", .shown = "Legal basis" },
    { CD_FIELD(cd_shared_t, content_sha, CD_FT_TEXT), .flags = CD_FF_APP, .min = 64, .max = 64,
      .label = "Fingerprint of what was given", .noun = "the fingerprint", .shown = "Fingerprint" }
};
CD_FIELDS_COUNT(shared);

const cd_field_t cd_fields_allegation[] = {
    ABOUT_ORG(cd_allegation_t),
    { CD_FIELD(cd_allegation_t, source, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_allegation_sources,
      .label = "Who says so?", .noun = "who says so", .shown = "From" },
    { CD_FIELD(cd_allegation_t, received, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "When did it come?",
      .noun = "the date it came", .hint = "For example, 3 11 2026.", .shown = "Received" },
    WORDS(cd_allegation_t, about, CD_REQ, "What is said?", "what is said", NULL, "About"),
    { CD_FIELD(cd_allegation_t, outcome, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_allegation_outcomes,
      .label = "What came of it?", .noun = "what came of it", .shown = "Outcome" },
    WORDS(cd_allegation_t, outcome_note, 0, "More about the outcome (optional)",
          "more about the outcome", NULL,
          "More")
};
CD_FIELDS_COUNT(allegation);

const cd_field_t cd_fields_regulatory[] = {
    ABOUT_ORG(cd_regulatory_t),
    { CD_FIELD(cd_regulatory_t, body, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_regulatory_bodies,
      .label = "Who acted?",
      .noun = "who acted", .shown = "Body" },
    { CD_FIELD(cd_regulatory_t, type, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_regulatory_types,
      .label = "What was it?", .noun = "what it was", .shown = "Action" },
    { CD_FIELD(cd_regulatory_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .label = "When?",
      .noun = "the date",
      .hint = "For example, 3 11 2026.", .shown = "On" },
    { CD_FIELD(cd_regulatory_t, amount_p, CD_FT_PENCE), .min = 0, .max = AMOUNT_MAX,
      .label = "Sum, in pounds (optional)", .noun = "the sum",
      .hint = "For the record only. It enters no other sum.",
      .shown = "Sum (memo)" },
    { CD_FIELD(cd_regulatory_t, breach_count, CD_FT_INT), .min = 0, .max = 10000,
      .label = "How many breaches? (optional)",
      .noun = "how many breaches", .shown = "Breaches" },
    WORDS(cd_regulatory_t, note, 0, "Note (optional)", "the note", NULL, "Note")
};
CD_FIELDS_COUNT(regulatory);

const cd_field_t cd_fields_looked[] = {
    ORG(cd_looked_t),
    LINK(cd_looked_t, decision_seq, "Decision"),
    { CD_FIELD(cd_looked_t, cause, CD_FT_TEXT), .flags = CD_FF_APP, .max = 40,
      .label = "Decision that fell away",
      .noun = "the decision that fell away", .shown = "Because of" },
    { CD_FIELD(cd_looked_t, finding, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_look_findings,
      .label = "What should happen with this decision?", .noun = "what should happen with it",
      .shown = "Found" },
    WORDS(cd_looked_t, note, 0, "Note (optional)", "the note", NULL, "Note")
};
CD_FIELDS_COUNT(looked);

/* fields_claim.c: what is written down of a claim, its status, its trusts and its payments. */
#include "domain/claim.h"
#include "domain/fields.h"

#define POUNDS_MAX CD_PENCE_MAX

const cd_field_t cd_fields_claim[] = {
    { CD_FIELD(cd_claim_facts_t, title, CD_FT_TEXT), .flags = CD_REQ | CD_SENS, .min = 3,
      .max = 120,
      .section = "The claim", .label = "What is the claim about, in a few words?",
      .noun = "what the claim is about", .hint = "For example, late diagnosis of sepsis. No names.",
      .shown = "Claim" },
    { CD_FIELD(cd_claim_facts_t, scheme, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_claim_schemes,
      .label = "Which scheme pays?", .noun = "the scheme that pays", .shown = "Indemnity scheme" },
    { CD_FIELD(cd_claim_facts_t, scheme_ref, CD_FT_TEXT), .max = 40,
      .label = "The scheme’s own number (optional)", .noun = "the scheme’s own number",
      .shown = "Scheme’s number" },
    { CD_FIELD(cd_claim_facts_t, early_notification, CD_FT_YESNO),
      .label = "Is it a maternity claim under Early Notification? (optional)",
      .noun = "if it is under Early Notification", .shown = "Early Notification" },
    { CD_FIELD(cd_claim_facts_t, notified, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date the claim was notified", .noun = "the date the claim was notified",
      .hint = "For example, 3 11 2026.", .shown = "Notified" },
    { CD_FIELD(cd_claim_facts_t, incident, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .label = "When did the events happen? (optional)", .noun = "when the events happened",
      .hint = "A month or a year will do.", .shown = "Events happened" },
    { CD_FIELD(cd_claim_facts_t, claimant_name, CD_FT_TEXT), .flags = CD_SENS, .max = 120,
      .section = "The claimant", .label = "Claimant’s name (optional)",
      .noun = "the claimant’s name", .shown = "Claimant" },
    { CD_FIELD(cd_claim_facts_t, nhs_number, CD_FT_NHS), .flags = CD_SENS,
      .label = "Patient’s NHS number (optional)", .noun = "the NHS number",
      .hint = "For example, 999 000 0018.", .shown = "NHS number" },
    { CD_FIELD(cd_claim_facts_t, solicitors, CD_FT_TEXT), .max = 120,
      .label = "Claimant’s solicitors (optional)", .noun = "the claimant’s solicitors",
      .shown = "Solicitors" },
    { CD_FIELD(cd_claim_facts_t, limitation_note, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "Limitation (optional)", .noun = "the note on limitation", .shown = "Limitation" },
    { CD_FIELD(cd_claim_facts_t, litigated, CD_FT_YESNO),
      .label = "Have court proceedings been issued? (optional)",
      .noun = "if court proceedings have been issued", .shown = "Proceedings issued" },
    { CD_FIELD(cd_claim_facts_t, agreed_damages_p, CD_FT_PENCE), .max = POUNDS_MAX,
      .section = "What was agreed or ordered",
      .label = "Damages, in pounds (leave empty if not agreed)", .noun = "the damages agreed",
      .hint = "Paid to the claimant in full, whatever any flag or decision says.",
      .shown = "Damages agreed" },
    { CD_FIELD(cd_claim_facts_t, agreed_costs_p, CD_FT_PENCE), .max = POUNDS_MAX,
      .label = "Claimant’s costs, in pounds (leave empty if not agreed)",
      .noun = "the costs agreed", .shown = "Costs agreed" }
};
CD_FIELDS_COUNT(claim);

const cd_field_t cd_fields_claim_status[] = {
    { CD_FIELD(cd_claim_status_t, status, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_claim_statuses,
      .label = "What is the status now?", .noun = "the status", .shown = "Status" },
    { CD_FIELD(cd_claim_status_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Since when?",
      .noun = "the date of the status", .hint = "For example, 3 11 2026.", .shown = "Since" },
    { CD_FIELD(cd_claim_status_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(claim_status);

#define PARTY_AT(n_, member_) \
    offsetof(cd_parties_t, party) + (n_ - 1) * sizeof(cd_party_t) + offsetof(cd_party_t, member_)
#define PARTY(n_, flags_, section_) \
    { .name = "trust_" #n_, .type = CD_FT_ODS, .offset = PARTY_AT(n_, org_code), .flags = flags_, \
      .section = section_, .label = "Organisation code", .noun = "the organisation code", \
      .hint = "For example, RZ1.", .shown = "Trust" }, \
    { .name = "share_" #n_, .type = CD_FT_BP, .offset = PARTY_AT(n_, share_bp), .flags = flags_, \
      .min = 0, .max = CD_BP_WHOLE, .label = "Share, in percent", .noun = "the share", \
      .hint = "The shares of all trusts add up to 100%.", .shown = "Share" }, \
    { .name = "cases_" #n_, .type = CD_FT_TEXT, .offset = PARTY_AT(n_, cases), .max = 200, \
      .label = "References of the candour cases (optional)", \
      .noun = "the references of the cases", \
      .hint = "Separate several with a comma. For example, CM-2026-0412.", .shown = "Cases" }

const cd_field_t cd_fields_parties[] = {
    PARTY(1, CD_REQ, "First trust"), PARTY(2, 0, "Second trust (optional)"),
    PARTY(3, 0, "Third trust (optional)"), PARTY(4, 0, "Fourth trust (optional)"),
    PARTY(5, 0, "Fifth trust (optional)"), PARTY(6, 0, "Sixth trust (optional)"),
    PARTY(7, 0, "Seventh trust (optional)"), PARTY(8, 0, "Eighth trust (optional)")
};
CD_FIELDS_COUNT(parties);

const cd_field_t cd_fields_payment[] = {
    { CD_FIELD(cd_payment_t, kind, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_payment_kinds,
      .label = "What is paid?", .noun = "what is paid", .shown = "Payment" },
    { CD_FIELD(cd_payment_t, amount_p, CD_FT_PENCE), .flags = CD_REQ, .min = 1, .max = POUNDS_MAX,
      .label = "Amount, in pounds", .noun = "the amount", .hint = "For example, 1,234.50.",
      .shown = "Amount" },
    { CD_FIELD(cd_payment_t, paid, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date it was paid",
      .noun = "the date it was paid", .hint = "For example, 3 11 2026.", .shown = "Paid" },
    { CD_FIELD(cd_payment_t, payee, CD_FT_TOKEN), .tokens = cd_payee_classes,
      .label = "Who was paid? (optional)", .noun = "who was paid", .shown = "Paid to" },
    { CD_FIELD(cd_payment_t, note, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" },
    { CD_FIELD(cd_payment_t, reverses, CD_FT_SEQ),
      .label = "Entry number of the payment this takes back (optional)",
      .noun = "the payment this takes back", .hint = "The kind and the amount must be the same.",
      .shown = "Takes back entry" }
};
CD_FIELDS_COUNT(payment);

const cd_field_t cd_fields_claim_event[] = {
    { CD_FIELD(cd_claim_event_t, type, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_claim_events,
      .label = "What happened?", .noun = "what happened", .shown = "Step" },
    { CD_FIELD(cd_claim_event_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .label = "When?",
      .noun = "the date", .hint = "For example, 3 11 2026. A month or a year will do.",
      .shown = "On" },
    { CD_FIELD(cd_claim_event_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)",
      .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(claim_event);

const cd_field_t cd_fields_reserve[] = {
    { CD_FIELD(cd_reserve_t, head, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_reserve_heads,
      .label = "What is it set aside for?", .noun = "what it is set aside for", .shown = "For" },
    { CD_FIELD(cd_reserve_t, amount_p, CD_FT_PENCE), .min = 0, .max = POUNDS_MAX,
      .label = "Amount, in pounds",
      .noun = "the amount", .hint = "Empty or 0 if nothing is set aside any more.",
      .shown = "Amount" },
    { CD_FIELD(cd_reserve_t, probability_bp, CD_FT_BP), .min = 0, .max = CD_BP_WHOLE,
      .label = "How likely is it, in percent? (optional)", .noun = "how likely it is",
      .shown = "Likelihood" },
    { CD_FIELD(cd_reserve_t, on, CD_FT_WHEN), .flags = CD_REQ | CD_FF_PAST | CD_FF_HAPPENED,
      .label = "From which day?",
      .noun = "the date", .hint = "For example, 3 11 2026.", .shown = "From" },
    { CD_FIELD(cd_reserve_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Why? (optional)",
      .noun = "why", .shown = "Why" }
};
CD_FIELDS_COUNT(reserve);

const cd_field_t cd_fields_allocation[] = {
    { CD_FIELD(cd_allocation_t, handler, CD_FT_TEXT), .max = 120,
      .label = "Handler’s sign-in name (optional)",
      .noun = "the handler’s sign-in name", .shown = "Handler" },
    { CD_FIELD(cd_allocation_t, team, CD_FT_TEXT), .max = 60, .label = "Team (optional)",
      .noun = "the team",
      .shown = "Team" },
    { CD_FIELD(cd_allocation_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "Note (optional)",
      .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(allocation);

const cd_field_t cd_fields_inquest[] = {
    { CD_FIELD(cd_inquest_t, opened, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "When was it opened?",
      .noun = "the date it was opened", .hint = "For example, 3 11 2026.", .shown = "Opened" },
    { CD_FIELD(cd_inquest_t, held, CD_FT_DATE), .label = "When was it held? (optional)",
      .noun = "the date it was held",
      .shown = "Held" },
    { CD_FIELD(cd_inquest_t, conclusion, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What did it conclude? (optional)", .noun = "what it concluded",
      .shown = "Conclusion" },
    { CD_FIELD(cd_inquest_t, report_disclosed, CD_FT_YESNO),
      .label = "Did the coroner get the report of the learning response? (optional)",
      .noun = "if the coroner got the report", .shown = "Report given to the coroner" },
    { CD_FIELD(cd_inquest_t, pfd_on, CD_FT_DATE), .flags = CD_FF_PAST,
      .label = "Report to prevent future deaths: its date (optional)",
      .noun = "the date of the report",
      .shown = "Report to prevent future deaths" },
    { CD_FIELD(cd_inquest_t, pfd_due, CD_FT_DATE), .label = "Answer to it is due on (optional)",
      .hint = "As the coroner says. If it is empty, 56 days are counted from the report: a "
      "setting to check.",
      .noun = "the day the answer is due", .shown = "Answer due" },
    { CD_FIELD(cd_inquest_t, pfd_answered, CD_FT_DATE), .flags = CD_FF_PAST,
      .label = "Answer to it was sent on (optional)", .noun = "the day the answer was sent",
      .shown = "Answered" }
};
CD_FIELDS_COUNT(inquest);

const cd_field_t cd_fields_taken_back[] = {
    { CD_FIELD(cd_taken_back_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 3,
      .max = 1000,
      .label = "Why is it taken back?", .noun = "why it is taken back", .shown = "Why" }
};
CD_FIELDS_COUNT(taken_back);

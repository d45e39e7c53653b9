/* fields_letter.c: what is written down of a letter before it goes out: its free paragraphs and its check. */
#include "domain/case.h"
#include "domain/fields.h"

const cd_field_t cd_fields_draft[] = {
    { CD_FIELD(cd_draft_t, letter, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_letters,
      .label = "Which letter is it?", .noun = "which letter it is", .shown = "Letter" },
    { CD_FIELD(cd_draft_t, language, CD_FT_TOKEN), .tokens = cd_letter_languages,
      .label = "Language (optional)", .noun = "the language", .shown = "Language" },
    { CD_FIELD(cd_draft_t, print, CD_FT_TOKEN), .tokens = cd_letter_prints, .label = "Print (optional)",
      .noun = "the print", .shown = "Print" },
    { CD_FIELD(cd_draft_t, dated, CD_FT_DATE), .label = "Date of the letter (optional)",
      .noun = "the date of the letter", .hint = "For example, 5 11 2026.", .shown = "Date of the letter" },
    { CD_FIELD(cd_draft_t, person_seq, CD_FT_SEQ), .flags = CD_FF_APP, .label = "To", .noun = "who it is to",
      .shown = "To" },
    { CD_FIELD(cd_draft_t, opening, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "Opening (optional)",
      .noun = "the part “Opening”", .shown = "Opening" },
    { CD_FIELD(cd_draft_t, account, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "What happened (optional)",
      .noun = "the part “What happened”", .shown = "What happened" },
    { CD_FIELD(cd_draft_t, not_known, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "What is not known yet (optional)",
      .noun = "the part “What is not known yet”", .shown = "What is not known yet" },
    { CD_FIELD(cd_draft_t, enquiries, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "What we are looking into (optional)",
      .noun = "the part “What we are looking into”", .shown = "What we are looking into" },
    { CD_FIELD(cd_draft_t, apology, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "Apology",
      .noun = "the part “Apology”", .shown = "Apology" },
    { CD_FIELD(cd_draft_t, support, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "Support (optional)",
      .noun = "the part “Support”", .shown = "Support" },
    { CD_FIELD(cd_draft_t, meeting, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "Meeting (optional)",
      .noun = "the part “Meeting”", .shown = "Meeting" },
    { CD_FIELD(cd_draft_t, closing, CD_FT_LONG), .flags = CD_SENS, .max = 4000, .label = "Closing (optional)",
      .noun = "the part “Closing”", .shown = "Closing" },
    { CD_FIELD(cd_draft_t, signed_by, CD_FT_TEXT), .max = 120, .label = "Signed by (optional)",
      .noun = "who signs it", .shown = "Signed by" },
    { CD_FIELD(cd_draft_t, signed_role, CD_FT_TEXT), .max = 120, .label = "Their post (optional)",
      .noun = "their post", .shown = "Post" },
    { CD_FIELD(cd_draft_t, contact, CD_FT_TEXT), .max = 300,
      .label = "Contact: name, telephone and times (optional)", .noun = "the contact", .shown = "Contact" },
    { CD_FIELD(cd_draft_t, asked, CD_FT_YESNO), .flags = CD_FF_APP, .label = "Given to a second person to check",
      .noun = "if it was given to a second person", .shown = "Given to be checked" }
};
CD_FIELDS_COUNT(draft);

const cd_field_t cd_fields_signoff[] = {
    { CD_FIELD(cd_signoff_t, verdict, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_verdicts,
      .label = "May it go out?", .noun = "if it may go out", .shown = "Verdict" },
    { CD_FIELD(cd_signoff_t, draft_seq, CD_FT_SEQ), .flags = CD_FF_APP, .label = "Draft", .noun = "the draft",
      .shown = "Draft" },
    { CD_FIELD(cd_signoff_t, reason, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "If it goes back, why?", .noun = "why it goes back", .shown = "Why" },
    { CD_FIELD(cd_signoff_t, overruled, CD_FT_LONG), .flags = CD_SENS | CD_FF_APP, .max = 4000,
      .label = "Warnings overruled", .noun = "the warnings overruled", .shown = "Warnings overruled" },
    { CD_FIELD(cd_signoff_t, sha256, CD_FT_TEXT), .flags = CD_FF_APP, .min = 64, .max = 64,
      .label = "SHA-256 fingerprint", .noun = "the fingerprint", .shown = "Fingerprint" },
    { CD_FIELD(cd_signoff_t, size, CD_FT_INT), .flags = CD_FF_APP, .min = 0, .max = APR_INT64_C(1000000000000),
      .label = "Size in bytes", .noun = "the size", .shown = "Size in bytes" },
    { CD_FIELD(cd_signoff_t, content, CD_FT_INT), .flags = CD_FF_APP, .min = 0, .max = APR_INT64_C(1000000000000000),
      .label = "Stored content", .noun = "the stored content", .shown = "Stored content" }
};
CD_FIELDS_COUNT(signoff);

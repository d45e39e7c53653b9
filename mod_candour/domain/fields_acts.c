/* fields_acts.c: what is written down of telling the person: talk, letter, attempts, support. */
#include "domain/case.h"
#include "domain/fields.h"

const cd_field_t cd_fields_talk[] = {
    { CD_FIELD(cd_talk_t, told, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .section = "When and how",
      .label = "Date you told the patient", .noun = "the date you told the patient",
      .hint = "For example, 23 11 2026. If you do not know the day, leave it empty.",
      .rules = "E02, C01", .shown = "When" },
    { CD_FIELD(cd_talk_t, at, CD_FT_MINUTES), .label = "Time (optional)", .noun = "the time",
      .hint = "For example, 2:30pm.", .shown = "Time" },
    { CD_FIELD(cd_talk_t, mode, CD_FT_TOKEN), .tokens = cd_modes,
      .label = "How did you tell the patient?", .noun = "how you told the patient", .rules = "E03",
      .shown = "How" },
    { CD_FIELD(cd_talk_t, why_not_in_person, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "If not face to face, why not?", .noun = "why it was not face to face",
      .hint = "The law asks for in person. A regulator may ask for this reason.", .rules = "E03",
      .shown = "Why not face to face" },
    { CD_FIELD(cd_talk_t, who_told, CD_FT_TEXT), .flags = CD_SENS, .max = 200,
      .section = "Who was there", .label = "Who was told?", .noun = "who was told",
      .hint = "The patient, or a person lawfully acting for them, and who was with them.",
      .rules = "E02", .shown = "Who was told" },
    { CD_FIELD(cd_talk_t, spoke_name, CD_FT_TEXT), .max = 80,
      .label = "Who spoke for the trust? Name", .noun = "the name of who spoke for the trust",
      .rules = "E03", .shown = "Who spoke" },
    { CD_FIELD(cd_talk_t, spoke_role, CD_FT_TEXT), .max = 80, .label = "Role",
      .noun = "the role of who spoke", .shown = "Role" },
    { CD_FIELD(cd_talk_t, spoke2_name, CD_FT_TEXT), .max = 80, .label = "Second name (optional)",
      .noun = "the second name", .shown = "And" },
    { CD_FIELD(cd_talk_t, spoke2_role, CD_FT_TEXT), .max = 80, .label = "Second role (optional)",
      .noun = "the second role", .shown = "Role" },
    { CD_FIELD(cd_talk_t, facts_given, CD_FT_YESNO), .section = "What was said",
      .label = "Did you give all the facts known that day?",
      .noun = "if you gave all the facts known", .rules = "E04", .shown = "All known facts given" },
    { CD_FIELD(cd_talk_t, facts_words, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What did you say happened? (optional)", .noun = "what you said happened",
      .hint = "Facts only. The patient and their family may read this.", .rules = "E04",
      .shown = "Facts given" },
    { CD_FIELD(cd_talk_t, not_known, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "What did you say is not known yet? (optional)",
      .noun = "what you said is not known yet", .shown = "Not known yet" },
    { CD_FIELD(cd_talk_t, enquiries_told, CD_FT_YESNO),
      .label = "Did you say what further enquiries will follow, or that none will?",
      .noun = "if you said what enquiries will follow", .rules = "E05", .shown = "Enquiries told" },
    { CD_FIELD(cd_talk_t, enquiries, CD_FT_TEXT), .max = 300,
      .label = "Which enquiries did you name? (optional)", .noun = "the enquiries you named",
      .hint = "For example, after-action review. Or say that none is planned.", .rules = "E05",
      .shown = "Enquiries" },
    { CD_FIELD(cd_talk_t, apology_given, CD_FT_YESNO), .label = "Did you say sorry?",
      .noun = "if you said sorry",
      .hint = "Saying sorry is not an admission. No rule or sum here counts it against the trust.",
      .rules = "E06", .shown = "Apology" },
    { CD_FIELD(cd_talk_t, apology_words, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "In what words? (optional)", .noun = "the words of the apology",
      .shown = "Words of the apology" },
    { CD_FIELD(cd_talk_t, support, CD_FT_SET), .tokens = cd_supports,
      .label = "What support did you offer?", .noun = "the support you offered", .rules = "E08",
      .shown = "Support offered" },
    { CD_FIELD(cd_talk_t, noted_on, CD_FT_DATE), .flags = CD_FF_PAST, .section = "The written note",
      .label = "Date the talk was written up (optional)",
      .noun = "the date the talk was written up", .hint = "You can add this later.", .rules = "E07",
      .shown = "Written up" },
    { CD_FIELD(cd_talk_t, reason_if_late, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "If it was late, why? (optional)", .noun = "why it was late", .rules = "E02",
      .shown = "Reason if late" },
    { CD_FIELD(cd_talk_t, incident_seq, CD_FT_SEQ), .label = "Version of the facts",
      .noun = "the version of the facts", .rules = "E04", .shown = "Facts as they stood" }
};
CD_FIELDS_COUNT(talk);

const cd_field_t cd_fields_letter[] = {
    { CD_FIELD(cd_letter_t, dated, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .section = "The letter",
      .label = "Date of the letter", .noun = "the date of the letter",
      .hint = "For example, 12 11 2026.", .rules = "E09", .shown = "Dated" },
    { CD_FIELD(cd_letter_t, sent, CD_FT_WHEN), .flags = CD_FF_PAST | CD_FF_PART_DATE,
      .label = "Date it was given or sent (leave empty if not yet)",
      .noun = "the date it was given or sent", .rules = "E09", .shown = "Sent" },
    { CD_FIELD(cd_letter_t, proof, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "What proves that it was given or sent? (optional)",
      .noun = "what proves that it was sent",
      .hint = "For example, signed for at the post room, with where the slip is kept.",
      .rules = "E09", .shown = "Proof of sending" },
    { CD_FIELD(cd_letter_t, account_given, CD_FT_YESNO), .section = "What the letter holds",
      .label = "Does it give the account of the facts?", .noun = "if it gives the account of the facts",
      .rules = "E09", .shown = "Account of the facts" },
    { CD_FIELD(cd_letter_t, enquiries_given, CD_FT_YESNO),
      .label = "Does it give details of the enquiries?", .noun = "if it gives details of the enquiries",
      .rules = "E09", .shown = "Enquiries" },
    { CD_FIELD(cd_letter_t, apology_given, CD_FT_YESNO), .label = "Does it say sorry?",
      .noun = "if it says sorry",
      .hint = "Saying sorry is not an admission. No rule or sum here counts it against the trust.",
      .rules = "E09", .shown = "Apology" },
    { CD_FIELD(cd_letter_t, copy_kept, CD_FT_TEXT), .max = 200, .section = "The record",
      .label = "Where is the copy kept? (optional)", .noun = "where the copy is kept", .rules = "E12",
      .shown = "Copy kept" },
    { CD_FIELD(cd_letter_t, reason_if_late, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "If it was late, why? (optional)", .noun = "why it was late", .shown = "Reason if late" }
};
CD_FIELDS_COUNT(letter);

const cd_field_t cd_fields_attempt[] = {
    { CD_FIELD(cd_attempt_t, tried, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date you tried", .noun = "the date you tried", .hint = "For example, 3 11 2026.",
      .rules = "E11", .shown = "When" },
    { CD_FIELD(cd_attempt_t, at, CD_FT_MINUTES), .label = "Time (optional)", .noun = "the time",
      .hint = "For example, 11:20am.", .shown = "Time" },
    { CD_FIELD(cd_attempt_t, mode, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_modes,
      .label = "How did you try?", .noun = "how you tried", .rules = "E11", .shown = "How" },
    { CD_FIELD(cd_attempt_t, tried_by, CD_FT_TEXT), .max = 120, .label = "Who tried? (optional)",
      .noun = "who tried", .shown = "By" },
    { CD_FIELD(cd_attempt_t, outcome, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_attempt_outcomes,
      .label = "What came of it?", .noun = "what came of it", .rules = "E11", .shown = "Outcome" },
    { CD_FIELD(cd_attempt_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(attempt);

const cd_field_t cd_fields_refusal[] = {
    { CD_FIELD(cd_refusal_t, refused, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date they said no", .noun = "the date they said no", .hint = "For example, 5 11 2026.",
      .rules = "E11", .shown = "When" },
    { CD_FIELD(cd_refusal_t, mode, CD_FT_TOKEN), .tokens = cd_modes,
      .label = "How did they say so? (optional)", .noun = "how they said so", .shown = "How" },
    { CD_FIELD(cd_refusal_t, told_to, CD_FT_TEXT), .max = 120,
      .label = "Who did they say it to? (optional)", .noun = "who they said it to",
      .shown = "Said to" },
    { CD_FIELD(cd_refusal_t, words, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "What did they say? (optional)", .noun = "what they said", .shown = "Their words" },
    { CD_FIELD(cd_refusal_t, may_return, CD_FT_YESNO),
      .label = "Did you say that they can come back to it at any time? (optional)",
      .noun = "if you said that they can come back to it", .shown = "May come back" }
};
CD_FIELDS_COUNT(refusal);

const cd_field_t cd_fields_support[] = {
    { CD_FIELD(cd_support_t, offered, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date support was offered", .noun = "the date support was offered",
      .hint = "For example, 4 11 2026.", .rules = "E08", .shown = "When" },
    { CD_FIELD(cd_support_t, support, CD_FT_SET), .flags = CD_REQ, .tokens = cd_supports,
      .label = "What support was offered?", .noun = "the support that was offered", .rules = "E08",
      .shown = "Offered" },
    { CD_FIELD(cd_support_t, accepted, CD_FT_YESNO), .label = "Was any of it accepted? (optional)",
      .noun = "if any of it was accepted", .shown = "Accepted" },
    { CD_FIELD(cd_support_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(support);

const cd_field_t cd_fields_meeting[] = {
    { CD_FIELD(cd_meeting_t, step, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_meeting_steps,
      .label = "What was it?", .noun = "what it was", .shown = "What" },
    { CD_FIELD(cd_meeting_t, held, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .label = "Date",
      .noun = "the date", .hint = "For example, 9 11 2026.", .shown = "When" },
    { CD_FIELD(cd_meeting_t, mode, CD_FT_TOKEN), .tokens = cd_modes, .label = "How? (optional)",
      .noun = "how", .shown = "How" },
    { CD_FIELD(cd_meeting_t, present, CD_FT_TEXT), .flags = CD_SENS, .max = 300,
      .label = "Who was there? (optional)", .noun = "who was there", .shown = "Who was there" },
    { CD_FIELD(cd_meeting_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 2000,
      .label = "What was said? (optional)", .noun = "what was said", .shown = "What was said" }
};
CD_FIELDS_COUNT(meeting);

/* fields_procedure.c: what is written down of a case that moves: between trusts, files, people and
 * years. */
#include "domain/case.h"
#include "domain/fields.h"

const cd_field_t cd_fields_handover[] = {
    { CD_FIELD(cd_handover_t, handed, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date it was handed over", .noun = "the date it was handed over",
      .hint = "For example, 5 11 2026.", .shown = "When" },
    { CD_FIELD(cd_handover_t, direction, CD_FT_TOKEN), .flags = CD_FF_APP, .tokens = cd_directions,
      .label = "Which way?", .noun = "which way it went", .shown = "Direction" },
    { CD_FIELD(cd_handover_t, org_code, CD_FT_ODS), .flags = CD_REQ,
      .label = "Code of the trust where it happened", .noun = "the code of the trust",
      .hint = "For example, RZ2.", .shown = "Other trust" },
    { CD_FIELD(cd_handover_t, other_ref, CD_FT_TEXT), .flags = CD_FF_APP, .max = 40,
      .label = "Case of the other trust", .noun = "the case of the other trust",
      .shown = "Their case" },
    { CD_FIELD(cd_handover_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 1000,
      .label = "Why is it theirs?", .noun = "why it is theirs", .shown = "Why" }
};
CD_FIELDS_COUNT(handover);

const cd_field_t cd_fields_join[] = {
    { CD_FIELD(cd_join_t, joined, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .label = "Date",
      .noun = "the date", .hint = "For example, 5 11 2026.", .shown = "When" },
    { CD_FIELD(cd_join_t, direction, CD_FT_TOKEN), .flags = CD_FF_APP, .tokens = cd_directions,
      .label = "Which way?", .noun = "which way it went", .shown = "Direction" },
    { CD_FIELD(cd_join_t, other_ref, CD_FT_TEXT), .flags = CD_REQ, .max = 40,
      .label = "Reference of the case that goes on", .noun = "the reference of the other case",
      .hint = "For example, CM-2026-0412.", .shown = "Other case" },
    { CD_FIELD(cd_join_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 3, .max = 1000,
      .label = "How do you know that they are the same?",
      .noun = "how you know that they are the same",
      .shown = "Why" }
};
CD_FIELDS_COUNT(join);

const cd_field_t cd_fields_return[] = {
    { CD_FIELD(cd_return_t, returned, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date the person came back", .noun = "the date the person came back",
      .hint = "For example, 5 11 2026.", .rules = "E11", .shown = "When" },
    { CD_FIELD(cd_return_t, mode, CD_FT_TOKEN), .tokens = cd_modes, .label = "How? (optional)",
      .noun = "how they came back", .shown = "How" },
    { CD_FIELD(cd_return_t, words, CD_FT_LONG), .flags = CD_SENS, .max = 1000,
      .label = "What do they want? (optional)", .noun = "what they want",
      .shown = "What they want" }
};
CD_FIELDS_COUNT(return);

const cd_field_t cd_fields_annual[] = {
    { CD_FIELD(cd_annual_t, year_end, CD_FT_DATE), .flags = CD_REQ,
      .label = "Last day of the year reported on", .noun = "the last day of the year",
      .hint = "For example, 31 3 2027.", .rules = "W06, S10", .shown = "Year to" },
    { CD_FIELD(cd_annual_t, published, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT,
      .label = "Date it was published", .noun = "the date it was published",
      .hint = "For example, 30 9 2027.", .rules = "W06, S10", .shown = "Published" },
    { CD_FIELD(cd_annual_t, names_nobody, CD_FT_YESNO),
      .label = "Can nobody be recognised in it?", .noun = "if nobody can be recognised in it",
      .rules = "S10", .shown = "Nobody can be recognised" },
    { CD_FIELD(cd_annual_t, source, CD_FT_TEXT), .flags = CD_REQ, .max = 400,
      .label = "Where can it be read?", .noun = "where it can be read", .shown = "Source" }
};
CD_FIELDS_COUNT(annual);

const cd_field_t cd_fields_rule_reason[] = {
    { CD_FIELD(cd_rule_reason_t, rule, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_rule_codes,
      .label = "Which rule?", .noun = "the rule", .shown = "Rule" },
    { CD_FIELD(cd_rule_reason_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 1000,
      .label = "Why has it no outcome?", .noun = "why it has no outcome",
      .hint = "The rule itself stays as it is. This says why the case closes all the same.",
      .shown = "Why" }
};
CD_FIELDS_COUNT(rule_reason);

const cd_field_t cd_fields_reopening[] = {
    { CD_FIELD(cd_reopening_t, reopened, CD_FT_WHEN), .flags = CD_REQ | CD_ABOUT, .label = "Date",
      .noun = "the date", .hint = "For example, 5 11 2026.", .shown = "When" },
    { CD_FIELD(cd_reopening_t, reason, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 3,
      .max = 1000,
      .label = "Why is it opened again?", .noun = "why it is opened again", .shown = "Why" }
};
CD_FIELDS_COUNT(reopening);

const cd_field_t cd_fields_assignment[] = {
    { CD_FIELD(cd_assignment_t, assignee, CD_FT_TEXT), .max = 120, .label = "Person (optional)",
      .noun = "the person", .shown = "Person" },
    { CD_FIELD(cd_assignment_t, team, CD_FT_TEXT), .max = 60, .label = "Team (optional)",
      .noun = "the team", .shown = "Team" },
    { CD_FIELD(cd_assignment_t, until, CD_FT_DATE),
      .label = "Last day, if it is cover for somebody (optional)",
      .noun = "the last day", .hint = "For example, 5 11 2026.", .shown = "Until" },
    { CD_FIELD(cd_assignment_t, note, CD_FT_LONG), .flags = CD_SENS, .max = 600,
      .label = "Note (optional)", .noun = "the note", .shown = "Note" }
};
CD_FIELDS_COUNT(assignment);

/* org.c: the fields of an organisation. Nothing of it is about a person. */
#include <string.h>

#include <apr_strings.h>

#include "domain/fields.h"
#include "domain/org.h"

const cd_token_t cd_jurisdictions[] = {
    { CD_JUR_ENG, "ENG", "England" },
    { CD_JUR_SCO, "SCO", "Scotland" },
    { CD_JUR_WAL, "WAL", "Wales" },
    { CD_JUR_NI, "NI", "Northern Ireland" },
    { 0, NULL, NULL }
};

const cd_token_t cd_person_kinds[] = {
    { CD_HEALTH_SERVICE_BODY, "HEALTH_SERVICE_BODY", "NHS body" },
    { CD_OTHER_PERSON, "OTHER", "Another registered provider" },
    { 0, NULL, NULL }
};

#define TARGET(member_, label_, shown_, rule_) \
    { CD_FIELD(cd_org_t, member_, CD_FT_INT), .min = 0, .max = 260, .label = label_, \
      .noun = "the " shown_, \
      .hint = "Cases show it as our target. Leave it empty to use the policy’s own.", \
      .rules = rule_, .shown = shown_ }

const cd_field_t cd_org_fields[] = {
    { CD_FIELD(cd_org_t, code, CD_FT_ODS), .flags = CD_REQ, .section = "The organisation",
      .label = "Organisation code", .noun = "the organisation code", .hint = "For example, RZ1.",
      .shown = "Code" },
    { CD_FIELD(cd_org_t, name, CD_FT_TEXT), .flags = CD_REQ, .max = 160, .label = "Name",
      .noun = "the name", .shown = "Name" },
    { CD_FIELD(cd_org_t, jurisdiction, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_jurisdictions,
      .label = "Country", .noun = "the country", .shown = "Country" },
    { CD_FIELD(cd_org_t, kind, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_person_kinds,
      .label = "Kind of registered person", .noun = "the kind of registered person",
      .hint = "It decides which threshold of harm the law sets.", .shown = "Kind" },
    { CD_FIELD(cd_org_t, opened_on, CD_FT_DATE), .label = "Opened on (optional)",
      .noun = "the date it opened", .shown = "Opened" },
    { CD_FIELD(cd_org_t, closed_on, CD_FT_DATE), .label = "Closed on (optional)",
      .noun = "the date it closed", .shown = "Closed" },
    { CD_FIELD(cd_org_t, successor_code, CD_FT_ODS), .label = "Code of its successor (optional)",
      .noun = "the code of its successor", .shown = "Successor" },
    { CD_FIELD(cd_org_t, member_from, CD_FT_DATE), .section = "Scheme and contract",
      .label = "Member of the clinical scheme from (optional)",
      .noun = "the date membership began", .shown = "Member from" },
    { CD_FIELD(cd_org_t, member_to, CD_FT_DATE), .label = "Member until (optional)",
      .noun = "the date membership ended", .shown = "Member until" },
    { CD_FIELD(cd_org_t, nhs_contract, CD_FT_YESNO),
      .label = "Does it work under the NHS Standard Contract? (optional)",
      .noun = "if it works under the NHS Standard Contract", .rules = "C01, C02",
      .shown = "NHS Standard Contract" },
    TARGET(target_opinion_wd, "Working days to an opinion (optional)",
           "working days to an opinion", "E01"),
    TARGET(target_talk_wd, "Working days to the talk (optional)", "working days to the talk",
           "E02"),
    TARGET(target_note_wd, "Working days to the note of the talk (optional)",
           "working days to the note", "E07"),
    TARGET(target_letter_wd, "Working days to the letter (optional)",
           "working days to the letter", "E09"),
    TARGET(target_results_wd, "Working days to the results (optional)",
           "working days to the results", "E10")
};
const int cd_org_field_count = (int)(sizeof(cd_org_fields) / sizeof(cd_field_t));

cd_division_t cd_org_division(const cd_org_t *org)
{
    switch (org->jurisdiction) {
    case CD_JUR_SCO: return CD_DIV_SCOTLAND;
    case CD_JUR_NI: return CD_DIV_NORTHERN_IRELAND;
    default: return CD_DIV_ENGLAND_AND_WALES;
    }
}

const char *cd_org_short(const cd_org_t *org, apr_pool_t *pool)
{
    static const char *const ends[] = { " NHS Foundation Trust", " NHS Trust" };
    const apr_size_t len = strlen(org->name);
    unsigned i;

    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        const apr_size_t end = strlen(ends[i]);
        if (len > end && !strcmp(org->name + len - end, ends[i]))
            return apr_pstrmemdup(pool, org->name, len - end);
    }
    return org->name;
}

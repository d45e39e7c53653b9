/* decision.c: a decision on a flag: its fields, and the limits that no decision may pass. */
#include <apr_strings.h>

#include "domain/fields.h"
#include "domain/liability.h"

const cd_token_t cd_decision_outcomes[] = {
    { CD_DEC_NONE, "NONE", "Ask for nothing" },
    { CD_DEC_PART, "PART", "Ask for part of the sum" },
    { CD_DEC_FULL, "FULL", "Ask for the full sum" },
    { 0, NULL, NULL }
};

const cd_field_t cd_decision_fields[] = {
    { CD_FIELD(cd_decision_t, outcome, CD_FT_TOKEN), .flags = CD_REQ,
      .tokens = cd_decision_outcomes,
      .section = "The decision", .label = "What do you ask of the trust?",
      .noun = "what you ask of the trust", .shown = "Decision" },
    { CD_FIELD(cd_decision_t, amount_p, CD_FT_PENCE), .min = 0, .max = CD_PENCE_MAX,
      .label = "Amount, in pounds", .noun = "the amount",
      .hint = "Leave this empty if you ask for nothing.", .shown = "Amount" },
    { CD_FIELD(cd_decision_t, reasons, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10,
      .max = 4000,
      .section = "Why", .label = "Reasons", .noun = "the reasons for the decision",
      .hint = "The trust will read this.", .shown = "Reasons" },
    { CD_FIELD(cd_decision_t, evidence_seen, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 3,
      .max = 2000, .label = "Which evidence did you look at?", .noun = "the evidence you looked at",
      .shown = "Evidence seen" }
};
const int cd_decision_field_count = (int)(sizeof(cd_decision_fields) / sizeof(cd_field_t));

static void check_amount(const cd_decision_t *d, apr_int64_t indicated_p, cd_problems_t *problems)
{
    const char *most = cd_pence_words(indicated_p, problems->pool);
    if (d->outcome == CD_DEC_NONE && d->amount_p)
        cd_problem_add(problems, "amount_p", NULL, "Amount must be empty if you ask for nothing");
    else if (d->outcome != CD_DEC_NONE && !indicated_p)
        cd_problem_add(problems, "outcome", NULL,
                       "Select “Ask for nothing”: the flag indicates no sum");
    else if (d->outcome == CD_DEC_FULL && d->amount_p != indicated_p)
        cd_problem_add(problems, "amount_p", NULL, "Amount must be %s, the full sum", most);
    else if (d->outcome == CD_DEC_PART && (d->amount_p <= 0 || d->amount_p >= indicated_p))
        cd_problem_add(problems, "amount_p", NULL,
                       "Amount must be more than £0.00 and less than %s", most);
}

void cd_decision_check(const cd_decision_t *decision, apr_int64_t indicated_p, int state,
                       const cd_decider_t *decider, cd_problems_t *problems)
{
    if (decider->of_the_trust)
        cd_problem_add(problems, "", NULL, "You belong to this trust, so you cannot decide");
    if (decider->entered_evidence)
        cd_problem_add(
            problems, "", NULL,
            "You entered evidence in this claim or its cases, so somebody else must decide");
    if (!state)
        cd_problem_add(problems, "", NULL, "Compute the flag first: a decision needs one");
    if (!decision->outcome)
        cd_problem_add(problems, "outcome", NULL, "Select what you ask of the trust");
    else
        check_amount(decision, indicated_p, problems);
    if (!decision->reasons)
        cd_problem_add(problems, "reasons", NULL, "Enter the reasons for the decision");
    if (!decision->evidence_seen)
        cd_problem_add(problems, "evidence_seen", NULL, "Enter the evidence you looked at");
}

/* liability.c: the flag of a trust in a claim, with its reasons, and the limits of a decision.
 *
 * A flag weighs the material rules of the trust's own linked cases, never the LFPSE grade, never the
 * words of an apology, never a fine. It advises; a decision by a named person alone creates liability.
 * A material rule counts as broken if it is NOT_MET, or MET_LATE: late past a contract date, or found
 * late by a court, regulator or ombudsman. Late against a house target alone is MET. */
#include <apr_strings.h>
#include <string.h>

#include "base/text.h"
#include "domain/fields.h"
#include "domain/liability.h"

const cd_token_t cd_flag_states[] = {
    { CD_FLAG_NOT_APPLICABLE, "NOT_APPLICABLE", "Does not apply" },
    { CD_FLAG_EVIDENCE_REQUESTED, "EVIDENCE_REQUESTED", "Evidence requested" },
    { CD_FLAG_EVIDENCE_NOT_PROVIDED, "EVIDENCE_NOT_PROVIDED", "Evidence not provided" },
    { CD_FLAG_EXCUSED, "EXCUSED", "Excused" },
    { CD_FLAG_CANDOUR_SHOWN, "CANDOUR_SHOWN", "Candour shown" },
    { CD_FLAG_BREACH_INDICATED, "BREACH_INDICATED", "Breach indicated" },
    { CD_FLAG_NO_INCIDENT, "NO_INCIDENT", "No incident recorded" },
    { 0, NULL, NULL }
};

const cd_token_t cd_decision_outcomes[] = {
    { CD_DEC_NONE, "NONE", "Ask for nothing" },
    { CD_DEC_PART, "PART", "Ask for part of the sum" },
    { CD_DEC_FULL, "FULL", "Ask for the full sum" },
    { 0, NULL, NULL }
};

enum { DEFAULT_EVIDENCE_WD = 20, CODES_MAX = 64 };
#define NAMED_MAX 3          /* rules that a verdict names in words */

/* What the material rules add up to. */
typedef struct count_t {
    int broken, open, to_judge, missing, excused, other, applies;
    int late;                          /* broken by being late alone */
    int found;                         /* broken by a court's or regulator's finding */
    int own;                           /* open because only the trust itself judged it */
    int opinions;                      /* open because two opinions differ */
} count_t;

static int broken(const cd_result_t *r)
{
    return r->status == CD_ST_NOT_MET || r->status == CD_ST_MET_LATE;
}

static int undecided(const cd_result_t *r)
{
    return r->status == CD_ST_UNDETERMINED || r->status == CD_ST_PENDING;
}

/* A trust may own up, but its own word that it did right decides no flag. */
static int own_word(const cd_result_t *r)
{
    return r->by_kind == CD_REC_JUDGEMENT
        && (r->by_role == CD_ROLE_WARD || r->by_role == CD_ROLE_TRUST_LEGAL
            || r->by_role == CD_ROLE_TRUST_READER);
}

static const cd_evaluation_t *weigh_case(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    const cd_rule_t *opinion = cd_policy_rule(eval->policy, CD_PART_OPINION);
    cd_evaluation_t *weighed = apr_pmemdup(pool, eval, sizeof(*eval));
    weighed->results = apr_pmemdup(pool, eval->results, (apr_size_t)eval->count * sizeof(*eval->results));
    for (int i = 0; i < weighed->count; i++) {
        cd_result_t *r = &weighed->results[i];
        if (!own_word(r) || (r->status != CD_ST_MET && r->status != CD_ST_EXCUSED
                             && r->status != CD_ST_NOT_APPLICABLE))
            continue;
        r->sentence = apr_psprintf(pool, "%s For the flag a person of the scheme must judge %s.", r->sentence,
                                   r->status == CD_ST_NOT_APPLICABLE && opinion ? opinion->code : r->rule->code);
        r->gate = r->status == CD_ST_NOT_APPLICABLE ? CD_GATE_OPINIONS : CD_GATE_NONE;
        r->status = CD_ST_UNDETERMINED;
        r->why = CD_WHY_JUDGE;
    }
    return weighed;
}

/* The cases as a flag sees them. Outside England no flag weighs anything, so nothing is asked of anybody. */
static cd_flag_input_t weigh(const cd_flag_input_t *in, apr_pool_t *pool)
{
    cd_flag_input_t weighed = *in;
    cd_flag_case_t *cases = apr_pcalloc(pool, (apr_size_t)(in->case_count + 1) * sizeof(*cases));
    for (int c = 0; c < in->case_count; c++) {
        cases[c] = in->cases[c];
        if (in->jurisdiction == CD_JUR_ENG)
            cases[c].eval = weigh_case(in->cases[c].eval, pool);
    }
    weighed.cases = cases;
    return weighed;
}

static void count_one(count_t *n, const cd_result_t *r)
{
    if (r->status == CD_ST_NOT_APPLICABLE)
        return;
    n->applies++;
    if (broken(r)) {
        n->broken++;
        n->late += r->status == CD_ST_MET_LATE;
        n->found += r->by_finder == CD_FINDER_COURT || r->by_finder == CD_FINDER_REGULATOR;
    } else if (undecided(r)) {
        n->open++;
        n->to_judge += r->why == CD_WHY_JUDGE;
        n->opinions += r->gate == CD_GATE_OPINIONS;
        n->own += r->why == CD_WHY_JUDGE && own_word(r);
        n->missing += r->status == CD_ST_UNDETERMINED && r->why != CD_WHY_JUDGE;
    } else if (r->status == CD_ST_EXCUSED) {
        n->excused++;
    } else if (!(r->rule->parts & (CD_PART_EXCUSE | CD_PART_COPIES))) {
        n->other++;
    }
}

static count_t count_all(const cd_flag_input_t *in)
{
    count_t n = { 0 };
    for (int c = 0; c < in->case_count; c++)
        for (int i = 0; i < in->cases[c].eval->count; i++) {
            const cd_result_t *r = &in->cases[c].eval->results[i];
            if (cd_material_rule(in->scheme->material, r->rule->code))
                count_one(&n, r);
        }
    return n;
}

static cd_flag_state_t state_of(const cd_flag_input_t *in, const count_t *n, cd_date_t answer_by)
{
    if (in->jurisdiction != CD_JUR_ENG || in->claim_scheme != CD_SCHEME_CNST || !n->applies)
        return CD_FLAG_NOT_APPLICABLE;
    if (n->broken)
        return CD_FLAG_BREACH_INDICATED;
    if (n->open)
        return n->missing && in->requested_on && in->as_at > answer_by
             ? CD_FLAG_EVIDENCE_NOT_PROVIDED : CD_FLAG_EVIDENCE_REQUESTED;
    return n->excused && !n->other ? CD_FLAG_EXCUSED : CD_FLAG_CANDOUR_SHOWN;
}

static int decides(cd_flag_state_t state, const cd_result_t *r)
{
    switch (state) {
    case CD_FLAG_BREACH_INDICATED: return broken(r);
    case CD_FLAG_EVIDENCE_REQUESTED: case CD_FLAG_EVIDENCE_NOT_PROVIDED: return undecided(r);
    case CD_FLAG_EXCUSED: return r->status == CD_ST_EXCUSED;
    default: return 0;
    }
}

static cd_reason_part_t part_of(const cd_flag_t *flag, const cd_result_t *r, int material)
{
    if (material && decides(flag->state, r))
        return CD_DECIDED;
    if (material && flag->state == CD_FLAG_BREACH_INDICATED && undecided(r))
        return CD_NEARLY;
    if ((r->status == CD_ST_MET && r->late_wd_min > 0) || (!material && broken(r)))
        return CD_LATE_NOT_COUNTED;
    return CD_REST;
}

static void add_reasons(cd_flag_t *flag, const cd_flag_input_t *in, cd_reason_part_t part)
{
    for (int c = 0; c < in->case_count; c++)
        for (int i = 0; i < in->cases[c].eval->count; i++) {
            const cd_result_t *r = &in->cases[c].eval->results[i];
            int material = cd_material_rule(in->scheme->material, r->rule->code);
            if (part_of(flag, r, material) == part)
                flag->reasons[flag->reason_count++] =
                    (cd_reason_t){ part, in->cases[c].reference, r, material };
        }
}

/* "E02 (The person was told) and E06 (An apology)": the rules of one part, each once; of a long list the
 * codes alone. */
static const char *codes(const cd_flag_t *flag, cd_reason_part_t part, int *count_out,
                         apr_pool_t *pool)
{
    const cd_rule_t *rules[CODES_MAX];
    const char *names[CODES_MAX];
    int count = 0;
    for (int i = 0; i < flag->reason_count; i++) {
        const cd_rule_t *rule = flag->reasons[i].result->rule;
        int seen = flag->reasons[i].part != part || count == CODES_MAX;
        for (int k = 0; k < count && !seen; k++)
            seen = !strcmp(rules[k]->code, rule->code);
        if (!seen)
            rules[count++] = rule;
    }
    for (int k = 0; k < count; k++)
        names[k] = count > NAMED_MAX ? rules[k]->code
                                     : apr_psprintf(pool, "%s (%s)", rules[k]->code, rules[k]->name);
    *count_out = count;
    return cd_text_list(names, count, pool);
}

static const char *verdict(const cd_flag_t *flag, const cd_flag_input_t *in, const count_t *n,
                           apr_pool_t *pool)
{
    int count;
    const char *which = codes(flag, CD_DECIDED, &count, pool);
    const char *by = flag->answer_by ? cd_date_words(flag->answer_by, pool) : "";
    switch (flag->state) {
    case CD_FLAG_NOT_APPLICABLE:
        return in->jurisdiction != CD_JUR_ENG
             ? apr_psprintf(pool, "This trust is in %s. The policy and the Clinical Negligence Scheme for Trusts "
                            "are England’s.", cd_token_label(cd_jurisdictions, in->jurisdiction))
             : in->claim_scheme != CD_SCHEME_CNST
             ? "This claim is not under the Clinical Negligence Scheme for Trusts."
             : !in->case_count ? "No incident is linked to this trust’s part of the claim."
             : "The duty does not apply to the linked incident.";
    case CD_FLAG_BREACH_INDICATED:
        return apr_psprintf(pool, "%s %s %s.%s", which, count == 1 ? "was" : "were",
                            !n->late ? "not met" : n->late == n->broken ? "met too late"
                                                                        : "not met, or met too late",
                            in->scheme->needs_finding == CD_YES && !n->found
                            ? " This scheme waits for a finding by a court or the regulator." : "");
    case CD_FLAG_EVIDENCE_NOT_PROVIDED:
        return apr_psprintf(pool, "The trust was asked for evidence by %s, and %s %s still open.", by,
                            which, count == 1 ? "is" : "are");
    case CD_FLAG_EVIDENCE_REQUESTED:
        return n->missing || !n->to_judge
             ? apr_psprintf(pool, "%s cannot be decided yet. Evidence is due by %s.", which, by)
             : apr_psprintf(pool, "A person%s must judge %s first.", n->own ? " of the scheme" : "",
                            n->opinions ? "which of two opinions holds" : which);
    case CD_FLAG_EXCUSED:
        return "The person could not be reached or said no, and this is on record.";
    case CD_FLAG_CANDOUR_SHOWN:
        return "Every rule that this scheme counts was met.";
    case CD_FLAG_NO_INCIDENT:
        return "No incident is linked to this trust’s part of the claim. A person must say what that means.";
    }
    return "";
}

/* Where no breach is indicated there is no sum: a working would only suggest one. */
static void nothing_asked(cd_scheme_result_t *sum)
{
    *sum = (cd_scheme_result_t){ .basis_p = sum->basis_p, .line_count = 1,
        .lines = { { "No breach is indicated, so nothing is asked", 0, 0 } } };
}

cd_err_t *cd_flag_compute(cd_flag_t **out, const cd_flag_input_t *given, apr_pool_t *pool)
{
    const cd_flag_input_t seen = weigh(given, pool), *input = &seen;
    cd_flag_t *flag = apr_pcalloc(pool, sizeof(*flag));
    count_t n = count_all(input);
    int rules = 0, days = input->scheme->evidence_days_wd;
    cd_date_t asked = input->requested_on ? input->requested_on : input->as_at;
    for (int c = 0; c < input->case_count; c++)
        rules += input->cases[c].eval->count;
    flag->reasons = apr_pcalloc(pool, (apr_size_t)(rules + 1) * sizeof(*flag->reasons));
    CD_ERR(cd_working_days_add(&flag->answer_by, asked, days > 0 ? days : DEFAULT_EVIDENCE_WD,
                               input->cal, pool));
    flag->state = state_of(input, &n, flag->answer_by);
    flag->missing = n.missing;
    if (flag->state != CD_FLAG_EVIDENCE_REQUESTED && flag->state != CD_FLAG_EVIDENCE_NOT_PROVIDED)
        flag->answer_by = CD_NO_DATE;
    for (int part = CD_DECIDED; part <= CD_REST; part++)
        add_reasons(flag, input, (cd_reason_part_t)part);
    flag->verdict = verdict(flag, input, &n, pool);
    CD_ERR(cd_scheme_compute(&flag->sum, input->scheme, &input->sums, pool));
    if (flag->state != CD_FLAG_BREACH_INDICATED)
        nothing_asked(&flag->sum);
    if (input->scheme->needs_finding != CD_YES || n.found)
        flag->indicated_p = flag->sum.indicated_p;
    *out = flag;
    return NULL;
}

const cd_field_t cd_decision_fields[] = {
    { CD_FIELD(cd_decision_t, outcome, CD_FT_TOKEN), .flags = CD_REQ, .tokens = cd_decision_outcomes,
      .section = "The decision", .label = "What do you ask of the trust?",
      .noun = "what you ask of the trust", .shown = "Decision" },
    { CD_FIELD(cd_decision_t, amount_p, CD_FT_PENCE), .min = 0, .max = CD_PENCE_MAX,
      .label = "Amount, in pounds", .noun = "the amount",
      .hint = "Leave this empty if you ask for nothing.", .shown = "Amount" },
    { CD_FIELD(cd_decision_t, reasons, CD_FT_LONG), .flags = CD_REQ | CD_SENS, .min = 10, .max = 4000,
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
        cd_problem_add(problems, "amount_p", NULL, "Amount must be more than £0.00 and less than %s",
                       most);
}

void cd_decision_check(const cd_decision_t *decision, apr_int64_t indicated_p, int state,
                       const cd_decider_t *decider, cd_problems_t *problems)
{
    if (decider->of_the_trust)
        cd_problem_add(problems, "", NULL, "You belong to this trust, so you cannot decide");
    if (decider->entered_evidence)
        cd_problem_add(problems, "", NULL,
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

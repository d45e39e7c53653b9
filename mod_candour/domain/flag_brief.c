/* flag_brief.c: what a flag is reckoned from, and what a scheme makes of it.
 *
 * A flag weighs the material rules of the trust's own linked cases, never the LFPSE grade, never
 * the words of an apology, never a fine. It advises; a decision by a named person alone creates
 * liability. A material rule counts as broken if it is NOT_MET, or MET_LATE: late past a contract
 * date, or found late by a court, regulator or ombudsman. Late against a house target alone is MET.
 */
#include <apr_strings.h>
#include <string.h>

#include "base/text.h"
#include "domain/flag_weigh.h"

enum { CODES_MAX = 64 };
#define NAMED_MAX 3          /* rules that a verdict names in words */

int cd_brief_broken(cd_status_t status)
{
    return status == CD_ST_NOT_MET || status == CD_ST_MET_LATE;
}

int cd_brief_open(cd_status_t status)
{
    return status == CD_ST_UNDETERMINED || status == CD_ST_PENDING;
}

int cd_flag_decides(cd_flag_state_t state, cd_status_t status)
{
    switch (state) {
    case CD_FLAG_BREACH_INDICATED: return cd_brief_broken(status);
    case CD_FLAG_EVIDENCE_REQUESTED:
    case CD_FLAG_EVIDENCE_NOT_PROVIDED:
        return cd_brief_open(status);
    case CD_FLAG_EXCUSED: return status == CD_ST_EXCUSED;
    default: return 0;
    }
}

/* ---- from the cases ----------------------------------------------------- */

/* A trust may own up, but its own word that it did right decides no flag. */
static int own_word(int by_kind, int by_role)
{
    return by_kind == CD_REC_JUDGEMENT
           && (by_role == CD_ROLE_WARD || by_role == CD_ROLE_TRUST_LEGAL
               || by_role == CD_ROLE_TRUST_READER);
}

static const cd_evaluation_t *weigh_case(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    const cd_rule_t *opinion = cd_policy_rule(eval->policy, CD_PART_OPINION);
    cd_evaluation_t *weighed = apr_pmemdup(pool, eval, sizeof(*eval));
    weighed->results =
        apr_pmemdup(pool, eval->results, (apr_size_t)eval->count * sizeof(*eval->results));
    for (int i = 0; i < weighed->count; i++) {
        cd_result_t *r = &weighed->results[i];
        if (!own_word(r->by_kind, r->by_role)
            || (r->status != CD_ST_MET && r->status != CD_ST_EXCUSED
                && r->status != CD_ST_NOT_APPLICABLE))
            continue;
        r->sentence = apr_psprintf(
            pool, "%s For the flag a person of the scheme must judge %s.", r->sentence,
            r->status == CD_ST_NOT_APPLICABLE && opinion ? opinion->code : r->rule->code);
        r->gate = r->status == CD_ST_NOT_APPLICABLE ? CD_GATE_OPINIONS : CD_GATE_NONE;
        r->status = CD_ST_UNDETERMINED;
        r->why = CD_WHY_JUDGE;
    }
    return weighed;
}

/* Outside England no flag weighs anything, so nothing is asked of anybody. */
cd_flag_input_t cd_flag_weigh(const cd_flag_input_t *in, apr_pool_t *pool)
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

static cd_scheme_input_t claim_sums(const cd_scheme_input_t *sums)
{
    cd_scheme_input_t own = *sums;
    own.breach_number = own.units = own.incidents = own.severity = own.extent = 0;
    return own;
}

cd_flag_brief_t *cd_flag_brief_weighed(const cd_flag_input_t *in, apr_pool_t *pool)
{
    cd_flag_brief_t *brief = apr_pcalloc(pool, sizeof(*brief));
    int rules = 0, cases = in->jurisdiction == CD_JUR_ENG ? in->case_count : 0;
    for (int c = 0; c < cases; c++)
        rules += in->cases[c].eval->count;
    brief->jurisdiction = in->jurisdiction;
    brief->claim_scheme = in->claim_scheme;
    brief->linked = in->seen_count > in->case_count ? in->seen_count : in->case_count;
    brief->no_incident = in->no_incident;
    brief->requested_on = in->requested_on;
    brief->due = in->due;
    brief->none_exists = in->none_exists;
    brief->asked_rules = in->asked_rules;
    brief->sums = claim_sums(&in->sums);
    brief->rules = apr_pcalloc(pool, (apr_size_t)(rules + 1) * sizeof(*brief->rules));
    for (int c = 0; c < cases; c++)
        for (int i = 0; i < in->cases[c].eval->count; i++) {
            const cd_result_t *r = &in->cases[c].eval->results[i];
            brief->rules[brief->rule_count++] =
                (cd_brief_rule_t){ r->rule, c + 1,      r->status,  r->why,
                                   r->gate, r->by_kind, r->by_role, r->by_finder };
        }
    return brief;
}

cd_flag_brief_t *cd_flag_brief_of(const cd_flag_input_t *input, apr_pool_t *pool)
{
    const cd_flag_input_t weighed = cd_flag_weigh(input, pool);
    return cd_flag_brief_weighed(&weighed, pool);
}

/* ---- what a scheme makes of it ------------------------------------------ */

/* What the material rules add up to. */
typedef struct count_t {
    int broken, open, to_judge, missing, excused, other, applies;
    int not_shown;                     /* missing, and asked for */
    int late;                          /* broken by being late alone */
    int found;                         /* broken by a court's or regulator's finding */
    int own;                           /* open because only the trust itself judged it */
    int opinions;                      /* open because two opinions differ */
} count_t;

static int asked(const cd_flag_brief_t *brief, const cd_rule_t *rule)
{
    return !brief->asked_rules || (brief->asked_rules & (1u << rule->number));
}

static void count_open(count_t *n, const cd_flag_brief_t *brief, const cd_brief_rule_t *r)
{
    int missing = r->status == CD_ST_UNDETERMINED && r->why != CD_WHY_JUDGE;
    n->open++;
    n->to_judge += r->why == CD_WHY_JUDGE;
    n->opinions += r->gate == CD_GATE_OPINIONS;
    n->own += r->why == CD_WHY_JUDGE && own_word(r->by_kind, r->by_role);
    n->missing += missing;
    n->not_shown += missing && asked(brief, r->rule);
}

static void count_one(count_t *n, const cd_flag_brief_t *brief, const cd_brief_rule_t *r)
{
    if (r->status == CD_ST_NOT_APPLICABLE)
        return;
    n->applies++;
    if (cd_brief_broken(r->status)) {
        n->broken++;
        n->late += r->status == CD_ST_MET_LATE;
        n->found += r->by_finder == CD_FINDER_COURT || r->by_finder == CD_FINDER_REGULATOR;
    } else if (cd_brief_open(r->status)) {
        count_open(n, brief, r);
    } else if (r->status == CD_ST_EXCUSED) {
        n->excused++;
    } else if (!(r->rule->parts & (CD_PART_EXCUSE | CD_PART_COPIES))) {
        n->other++;
    }
}

static count_t count_all(const cd_flag_brief_t *brief, const cd_scheme_t *scheme)
{
    count_t n = { 0 };
    for (int i = 0; i < brief->rule_count; i++)
        if (cd_material_rule(scheme->material, brief->rules[i].rule->code))
            count_one(&n, brief, &brief->rules[i]);
    return n;
}

static cd_flag_state_t state_unlinked(const cd_flag_brief_t *brief)
{
    switch (brief->no_incident.finding) {
    case CD_NOINC_SHOULD_HAVE: return CD_FLAG_BREACH_INDICATED;
    case CD_NOINC_NO_DUTY: return CD_FLAG_NOT_APPLICABLE;
    default: return CD_FLAG_NO_INCIDENT;
    }
}

static int overdue(const cd_flag_brief_t *brief, const count_t *n, cd_date_t as_at)
{
    return n->not_shown && brief->requested_on
           && (brief->none_exists || (brief->due && as_at > brief->due));
}

static cd_flag_state_t state_of(const cd_flag_brief_t *brief, const count_t *n, cd_date_t as_at)
{
    if (brief->jurisdiction != CD_JUR_ENG || brief->claim_scheme != CD_SCHEME_CNST)
        return CD_FLAG_NOT_APPLICABLE;
    if (!brief->linked)
        return state_unlinked(brief);
    if (!n->applies)
        return CD_FLAG_NOT_APPLICABLE;
    if (n->broken)
        return CD_FLAG_BREACH_INDICATED;
    if (n->open)
        return overdue(brief, n, as_at) ? CD_FLAG_EVIDENCE_NOT_PROVIDED
                                        : CD_FLAG_EVIDENCE_REQUESTED;
    return n->excused && !n->other ? CD_FLAG_EXCUSED : CD_FLAG_CANDOUR_SHOWN;
}

/* "E02 (The person was told) and E06 (An apology)": the rules that decided, each once; of a long
 * list the codes alone. */
static const char *codes(const cd_flag_brief_t *brief, const cd_scheme_t *scheme,
                         cd_flag_state_t state, int *count_out, apr_pool_t *pool)
{
    const cd_rule_t *rules[CODES_MAX];
    const char *names[CODES_MAX];
    int count = 0;
    for (int i = 0; i < brief->rule_count; i++) {
        const cd_rule_t *rule = brief->rules[i].rule;
        int seen = !cd_flag_decides(state, brief->rules[i].status) || count == CODES_MAX
                || !cd_material_rule(scheme->material, rule->code);
        for (int k = 0; k < count && !seen; k++)
            seen = !strcmp(rules[k]->code, rule->code);
        if (!seen)
            rules[count++] = rule;
    }
    for (int k = 0; k < count; k++)
        names[k] = count > NAMED_MAX
                       ? rules[k]->code
                       : apr_psprintf(pool, "%s (%s)", rules[k]->code, rules[k]->name);
    *count_out = count;
    return cd_text_list(names, count, pool);
}

static const char *found_none(const cd_flag_brief_t *brief, const char *what, apr_pool_t *pool)
{
    const char *role = cd_token_label(cd_roles, brief->no_incident.role);
    return apr_psprintf(
        pool, "No incident was recorded. A person of the scheme%s%s%s found%s%s that %s.",
        role ? " (" : "", role ? role : "", role ? ")" : "", brief->no_incident.on ? " on " : "",
        brief->no_incident.on ? cd_date_words(brief->no_incident.on, pool) : "", what);
}

static const char *why_not_applicable(const cd_flag_brief_t *brief, apr_pool_t *pool)
{
    if (brief->jurisdiction != CD_JUR_ENG)
        return apr_psprintf(
            pool,
            "This trust is in %s. The policy and the Clinical Negligence Scheme for Trusts "
            "are England’s.",
            cd_token_label(cd_jurisdictions, brief->jurisdiction));
    if (brief->claim_scheme != CD_SCHEME_CNST)
        return "This claim is not under the Clinical Negligence Scheme for Trusts.";
    return brief->linked ? "The duty does not apply to the linked incident."
                         : found_none(brief, "no duty arose", pool);
}

static const char *why_breach(const cd_flag_brief_t *brief, const cd_scheme_t *scheme,
                              const count_t *n, apr_pool_t *pool)
{
    const char *waits = scheme->needs_finding == CD_YES && !n->found
                      ? " This scheme waits for a finding by a court or the regulator." : "";
    int count;
    const char *which = codes(brief, scheme, CD_FLAG_BREACH_INDICATED, &count, pool);
    if (!brief->linked)
        return apr_pstrcat(
            pool, found_none(brief, "it should have been, and the person told", pool), waits, NULL);
    return apr_psprintf(pool, "%s %s %s.%s", which, count == 1 ? "was" : "were",
                        !n->late               ? "not met"
                        : n->late == n->broken ? "met too late"
                                               : "not met, or met too late",
                        waits);
}

static const char *why_open(const cd_flag_brief_t *brief, const cd_scheme_t *scheme,
                            cd_flag_state_t state, const count_t *n, apr_pool_t *pool)
{
    int count;
    const char *which = codes(brief, scheme, state, &count, pool);
    if (state == CD_FLAG_EVIDENCE_NOT_PROVIDED)
        return brief->none_exists
                   ? apr_psprintf(
                       pool, "The trust answered that no evidence exists, and %s %s still open.",
                       which, count == 1 ? "is" : "are")
                   : apr_psprintf(
                       pool, "The trust was asked for evidence by %s, and %s %s still open.",
                       cd_date_words(brief->due, pool), which, count == 1 ? "is" : "are");
    if (!n->missing && n->to_judge)
        return apr_psprintf(pool, "A person%s must judge %s first.", n->own ? " of the scheme" : "",
                            n->opinions ? "which of two opinions holds" : which);
    if (brief->requested_on && brief->due)
        return apr_psprintf(pool, "%s cannot be decided yet. Evidence is due by %s.", which,
                            cd_date_words(brief->due, pool));
    return apr_psprintf(
        pool, "%s cannot be decided yet. Evidence is needed, and no request for it is open.",
        which);
}

static const char *why_of(const cd_flag_brief_t *brief, const cd_scheme_t *scheme,
                          cd_flag_state_t state, const count_t *n, apr_pool_t *pool)
{
    switch (state) {
    case CD_FLAG_NOT_APPLICABLE: return why_not_applicable(brief, pool);
    case CD_FLAG_BREACH_INDICATED: return why_breach(brief, scheme, n, pool);
    case CD_FLAG_EVIDENCE_NOT_PROVIDED: case CD_FLAG_EVIDENCE_REQUESTED:
        return why_open(brief, scheme, state, n, pool);
    case CD_FLAG_EXCUSED:
        return "The person could not be reached or said no, and this is on record.";
    case CD_FLAG_CANDOUR_SHOWN: return "Every rule that this scheme counts was met.";
    case CD_FLAG_NO_INCIDENT:
        return brief->no_incident.finding == CD_NOINC_STILL_LOOKING
                   ? "No incident is linked to this trust’s part of the claim. It is still being "
                     "looked into."
                   : "No incident is linked to this trust’s part of the claim. A person must say "
                     "what that means.";
    }
    return "";
}

/* ---- severity, extent, units -------------------------------------------- */

/* Was some other part of the same act done? */
static int partly(const cd_flag_brief_t *brief, const cd_brief_rule_t *broken)
{
    for (int i = 0; i < brief->rule_count; i++) {
        const cd_brief_rule_t *r = &brief->rules[i];
        if (r != broken && r->of_case == broken->of_case && r->rule->group == broken->rule->group
            && cd_material_rule(CD_MAT_FULL, r->rule->code)
            && !(r->rule->parts & (CD_PART_EXCUSE | CD_PART_COPIES))
            && (r->status == CD_ST_MET || r->status == CD_ST_MET_LATE))
            return 1;
    }
    return 0;
}

static void weigh_broken(cd_scheme_input_t *sums, const cd_flag_brief_t *brief,
                         const cd_brief_rule_t *r)
{
    int severity = r->rule->weight == CD_WEIGHT_OFFENCE ? CD_SEV_OFFENCE
                 : r->rule->weight == CD_WEIGHT_DUTY ? CD_SEV_DUTY : CD_SEV_CONTRACT;
    int extent = r->status == CD_ST_MET_LATE ? CD_EXT_LATE
                 : partly(brief, r)          ? CD_EXT_PARTIAL
                                             : CD_EXT_NONE;
    if (severity > sums->severity || (severity == sums->severity && extent > sums->extent)) {
        sums->severity = severity;
        sums->extent = extent;
    }
}

/* How often, how gravely and how far the material rules were broken: what the breach counts as. */
static cd_scheme_input_t counted(const cd_flag_brief_t *brief, const cd_scheme_t *scheme,
                                 cd_flag_state_t state, const count_t *n, int breaches_before)
{
    cd_scheme_input_t sums = brief->sums;
    int last_case = 0;
    for (int i = 0; i < brief->rule_count; i++) {
        const cd_brief_rule_t *r = &brief->rules[i];
        if (!cd_brief_broken(r->status) || !cd_material_rule(scheme->material, r->rule->code))
            continue;
        weigh_broken(&sums, brief, r);
        sums.incidents += r->of_case != last_case;
        last_case = r->of_case;
    }
    if (state == CD_FLAG_BREACH_INDICATED && !brief->linked) {
        sums.severity = CD_SEV_OFFENCE;
        sums.extent = CD_EXT_NONE;
    }
    if (!sums.incidents)
        sums.incidents = 1;
    sums.units = scheme->breach_unit == CD_UNIT_INCIDENT ? sums.incidents
               : scheme->breach_unit == CD_UNIT_RULE && n->broken ? n->broken : 1;
    sums.breach_number = breaches_before + sums.units;
    return sums;
}

/* Where no breach is indicated there is no sum: a working would only suggest one. */
static void nothing_asked(cd_scheme_result_t *sum)
{
    *sum = (cd_scheme_result_t){ .basis_p = sum->basis_p, .line_count = 1,
        .lines = { { "No breach is indicated, so nothing is asked", 0, 0 } } };
}

static void not_known(cd_scheme_result_t *sum)
{
    *sum = (cd_scheme_result_t){ .basis_p = sum->basis_p, .line_count = 1,
        .lines = { { "The trust’s contribution for the financial year is not known. Until it is "
        "entered, no sum can be "
                     "worked out, and nothing can be asked", 0, 0 } } };
}

/* Of a trust whose contribution of the year nobody has entered no part can be reckoned: that is
 * said, nothing is asked, and the claim's other flags are made all the same. Where the scheme asks
 * for nothing anyway it says that instead. */
static cd_err_t *reckon(cd_flag_outcome_t *made, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    cd_scheme_input_t asked_with = made->counted;
    cd_err_t *err = cd_scheme_compute(&made->sum, scheme, &asked_with, pool);
    int unknown = err && err->code == CD_E_CONFIG && !asked_with.contribution_p
               && cd_scheme_formula(scheme) == CD_L7_CONTRIBUTION_UPLIFT;
    if (err && !unknown)
        return err;
    /* for the basis, and for a setting that is wrong whatever it is */
    asked_with.contribution_p = 1;
    if (unknown)
        CD_ERR(cd_scheme_compute(&made->sum, scheme, &asked_with, pool));
    made->unknown = unknown && made->state == CD_FLAG_BREACH_INDICATED;
    if (made->state != CD_FLAG_BREACH_INDICATED)
        nothing_asked(&made->sum);
    else if (unknown)
        not_known(&made->sum);
    return NULL;
}

cd_err_t *cd_flag_brief_compute(cd_flag_outcome_t *out, const cd_flag_brief_t *brief,
                                const cd_scheme_t *scheme, int breaches_before, cd_date_t as_at,
                                apr_pool_t *pool)
{
    const count_t n = count_all(brief, scheme);
    cd_flag_outcome_t made = { .state = state_of(brief, &n, as_at), .missing = n.missing };
    made.counted = counted(brief, scheme, made.state, &n, breaches_before);
    CD_ERR(reckon(&made, scheme, pool));
    made.would_be_p = made.sum.would_be_p;
    if (scheme->needs_finding != CD_YES || n.found)
        made.indicated_p = made.sum.indicated_p;
    if (brief->requested_on && (made.state == CD_FLAG_EVIDENCE_REQUESTED
                                || made.state == CD_FLAG_EVIDENCE_NOT_PROVIDED))
        made.answer_by = brief->due;
    made.why = why_of(brief, scheme, made.state, &n, pool);
    *out = made;
    return NULL;
}

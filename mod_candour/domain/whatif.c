/* whatif.c: what would change a flag.
 *
 * Nothing here is guessed: the brief is reckoned anew with one thing otherwise. The words name the
 * proof that would do it. That an apology was given may be such a proof; its words never are. */
#include <apr_strings.h>
#include <string.h>

#include "base/text.h"
#include "domain/flag_weigh.h"
#include "domain/whatif.h"

enum {
    NAMED_APART = 3,
    CODES_MAX = 64
}; /* more open rules than this are worsened together, in one line */

const cd_token_t cd_ifs[] = {
    { CD_IF_MET, "MET", "This rule were met" },
    { CD_IF_ALL_MET, "ALL_MET", "All of them were met" },
    { CD_IF_NOT_MET, "NOT_MET", "It was not done" },
    { CD_IF_NO_DUTY, "NO_DUTY", "The duty did not apply" },
    { CD_IF_SHOULD_HAVE, "SHOULD_HAVE_BEEN_RECORDED", "The incident should have been recorded" },
    { 0, NULL, NULL }
};

typedef struct run_t {
    cd_flag_t *flag;
    const cd_flag_input_t *input;
    const cd_flag_brief_t *brief;
    apr_pool_t *pool;
} run_t;

static int weighs(const run_t *run, const cd_brief_rule_t *r)
{
    return cd_material_rule(run->input->scheme->material, r->rule->code)
        && (cd_brief_broken(r->status) || cd_brief_open(r->status));
}

static const cd_flag_brief_t *copy_of(const run_t *run)
{
    cd_flag_brief_t *copy = apr_pmemdup(run->pool, run->brief, sizeof(*copy));
    copy->rules = apr_pmemdup(run->pool, copy->rules,
                              (apr_size_t)(copy->rule_count + 1) * sizeof(*copy->rules));
    return copy;
}

/* ---- words -------------------------------------------------------------- */

/* What a proof of each rule shows, and what is so if it was broken. */
static const struct { const char *code, *shows, *broken; } proofs[] = {
    { "E02", "the person was told as soon as was reasonably practicable",
      "the person was not told as soon as was reasonably practicable" },
    { "E03", "the person was told face to face, by a representative",
      "the person was not told face to face, by a representative" },
    { "E04", "a true account of all facts known that day was given",
      "no true account of all facts known that day was given" },
    { "E05", "the person was told what would be looked into",
      "the person was not told what would be looked into" },
    { "E06", "an apology was given", "no apology was given" },
    { "E07", "the talk was written down and the record kept",
      "the talk was not written down, or the record not kept" },
    { "E08", "support was offered", "no support was offered" },
    { "E09", "a written notification was sent", "no written notification was sent" },
    { "E10", "the results of the enquiries were given in writing",
      "the results of the enquiries were not given in writing" },
    { "E11", "the attempts to reach the person, or the refusal, were recorded",
      "the attempts to reach the person, or the refusal, were not recorded" },
    { "E12", "a copy of every letter is kept", "a copy of a letter was not kept" },
    { "C01", "the person was told within the contract’s time",
      "the person was not told within the contract’s time" },
    { "C02", "the report was shared within the contract’s time",
      "the report was not shared within the contract’s time" }
};

static const cd_result_t *result_of(const run_t *run, const cd_brief_rule_t *r)
{
    const cd_evaluation_t *eval = run->input->cases[r->of_case - 1].eval;
    return cd_evaluation_rule(eval, r->rule->code);
}

/* The day of the letter that the rule found on file; none if there is none. */
static cd_when_t letter_day(const run_t *run, const cd_brief_rule_t *r, const cd_result_t *result)
{
    const char *reference = run->input->cases[r->of_case - 1].reference;
    cd_when_t none = { CD_NO_DATE, CD_NO_DATE };
    for (int i = 0; result && i < result->evidence_count; i++) {
        const cd_flag_record_t *record = cd_flag_record(
            run->input->records, run->input->record_count, reference, result->evidence[i]);
        if (record && record->kind == CD_REC_LETTER && cd_when_known(record->happened))
            return record->happened;
    }
    return none;
}

static const char *shows(const run_t *run, const cd_brief_rule_t *r)
{
    if (!strcmp(r->rule->code, "E09")) {
        cd_when_t day = letter_day(run, r, result_of(run, r));
        if (cd_when_known(day))
            return apr_psprintf(run->pool, "the letter of %s was sent",
                                cd_when_words(day, run->pool));
    }
    for (unsigned i = 0; i < sizeof(proofs) / sizeof(proofs[0]); i++)
        if (!strcmp(proofs[i].code, r->rule->code))
            return proofs[i].shows;
    return r->rule->name;
}

static const char *broken(const run_t *run, const cd_brief_rule_t *r)
{
    if (!strcmp(r->rule->code, "E09")) {
        cd_when_t day = letter_day(run, r, result_of(run, r));
        if (cd_when_known(day))
            return apr_psprintf(run->pool, "the letter of %s was not sent",
                                cd_when_words(day, run->pool));
    }
    for (unsigned i = 0; i < sizeof(proofs) / sizeof(proofs[0]); i++)
        if (!strcmp(proofs[i].code, r->rule->code))
            return proofs[i].broken;
    return apr_psprintf(run->pool, "%s (%s) was broken", r->rule->code, r->rule->name);
}

static const char *of_case(const run_t *run, const cd_brief_rule_t *r)
{
    return run->input->case_count > 1
         ? apr_psprintf(run->pool, " in %s", run->input->cases[r->of_case - 1].reference) : "";
}

/* "With proof that the letter of 3 March 2026 was sent": what would have to be shown, found or
 * judged. */
static const char *lead_met(const run_t *run, const cd_brief_rule_t *r)
{
    const char *of = of_case(run, r);
    if (r->by_kind == CD_REC_FINDING)
        return apr_psprintf(run->pool, "If the finding on %s%s did not stand, and the rule was met",
                            r->rule->code, of);
    if (r->by_kind == CD_REC_JUDGEMENT || r->why == CD_WHY_JUDGE)
        return apr_psprintf(run->pool, "If a person of the scheme judged that %s (%s) was met%s",
                            r->rule->code, r->rule->name, of);
    return apr_psprintf(run->pool, "With proof%s that %s", of, shows(run, r));
}

/* "E09", "E02 and E09": each code once. */
static const char *code_list(const run_t *run, const cd_brief_rule_t *const *rules, int count)
{
    const char *codes[CODES_MAX];
    int used = 0;
    for (int i = 0; i < count; i++) {
        int seen = used == CODES_MAX;
        for (int k = 0; k < used && !seen; k++)
            seen = !strcmp(codes[k], rules[i]->rule->code);
        if (!seen)
            codes[used++] = rules[i]->rule->code;
    }
    return cd_text_list(codes, used, run->pool);
}

/* "the indicated sum would fall from £10,000.00 to £0.00" */
static const char *sum_words(const run_t *run, const cd_flag_outcome_t *then)
{
    int shadow = run->input->scheme->formula == CD_L0_SHADOW;
    apr_int64_t was = shadow ? run->flag->sum.would_be_p : run->flag->indicated_p;
    apr_int64_t is = shadow ? then->would_be_p : then->indicated_p;
    const char *what = shadow ? "the sum that would have been indicated" : "the indicated sum";
    if (then->unknown)
        return "no sum could be worked out, as the trust’s contribution for the year is not known";
    if (was == is)
        return apr_psprintf(run->pool, "%s would stay %s", what, cd_pence_words(is, run->pool));
    return apr_psprintf(run->pool, "%s would %s from %s to %s", what, is < was ? "fall" : "rise",
                        cd_pence_words(was, run->pool), cd_pence_words(is, run->pool));
}

static const char *sentence(const run_t *run, const cd_whatif_t *what, const char *rule_words,
                            const cd_flag_outcome_t *then)
{
    return apr_psprintf(run->pool, "%s, %s%s%s. The state would %s “%s”.", what->lead, rule_words,
                        *rule_words ? " and " : "", sum_words(run, then),
                        then->state == run->flag->state ? "stay" : "become",
                        cd_token_label(cd_flag_states, (int)then->state));
}

/* ---- one thing otherwise ------------------------------------------------ */

static cd_err_t *add(run_t *run, cd_if_t kind, const cd_flag_brief_t *otherwise, const char *rules,
                     const char *lead, const char *rule_words)
{
    cd_whatif_t *what = &run->flag->whatifs[run->flag->whatif_count];
    cd_flag_outcome_t then;
    CD_ERR(cd_flag_brief_compute(&then, otherwise, run->input->scheme, run->input->breaches_before,
                                 run->input->as_at, run->pool));
    *what = (cd_whatif_t){ kind, rules, lead, then.state, then.indicated_p, then.would_be_p, NULL };
    what->sentence = sentence(run, what, rule_words, &then);
    run->flag->whatif_count++;
    return NULL;
}

static void set(const cd_flag_brief_t *brief, int at, cd_status_t status)
{
    cd_brief_rule_t *r = &brief->rules[at];
    r->status = status;
    r->why = CD_WHY_NONE;
    r->gate = CD_GATE_NONE;
    r->by_kind = r->by_role = r->by_finder = 0;
}

static cd_err_t *one_met(run_t *run, int at)
{
    const cd_brief_rule_t *r = &run->brief->rules[at];
    const cd_flag_brief_t *met = copy_of(run);
    set(met, at, CD_ST_MET);
    return add(run, CD_IF_MET, met, r->rule->code, lead_met(run, r),
               apr_pstrcat(run->pool, r->rule->code, " would be met", NULL));
}

/* Every rule of the list to one status; `open`: only those that are open. */
static cd_err_t *many(run_t *run, cd_if_t kind, int open, cd_status_t status, const char *lead,
                      const char *would)
{
    const cd_brief_rule_t **rules =
        apr_pcalloc(run->pool, sizeof(*rules) * ((apr_size_t)run->brief->rule_count + 1));
    const cd_flag_brief_t *other = copy_of(run);
    int count = 0;
    for (int i = 0; i < run->brief->rule_count; i++) {
        const cd_brief_rule_t *r = &run->brief->rules[i];
        if (!weighs(run, r) || (open && !cd_brief_open(r->status)))
            continue;
        rules[count++] = r;
        set(other, i, status);
    }
    if (count < 2)
        return NULL;
    return add(run, kind, other, code_list(run, rules, count), lead,
               apr_pstrcat(run->pool, code_list(run, rules, count), would, NULL));
}

static cd_err_t *one_not_met(run_t *run, int at)
{
    const cd_brief_rule_t *r = &run->brief->rules[at];
    const cd_flag_brief_t *other = copy_of(run);
    set(other, at, CD_ST_NOT_MET);
    return add(run, CD_IF_NOT_MET, other, r->rule->code,
               apr_psprintf(run->pool, "If%s %s", of_case(run, r), broken(run, r)),
               apr_pstrcat(run->pool, r->rule->code, " would count as not met", NULL));
}

/* Two opinions, or none: the duty itself is still open. */
static cd_err_t *no_duty(run_t *run)
{
    const cd_flag_brief_t *none = copy_of(run);
    int found = 0;
    for (int i = 0; i < run->brief->rule_count; i++) {
        const cd_brief_rule_t *r = &run->brief->rules[i];
        int gated = 0;
        for (int k = 0; k < run->brief->rule_count && !gated; k++)
            gated = run->brief->rules[k].of_case == r->of_case && weighs(run, &run->brief->rules[k])
                    && (run->brief->rules[k].gate == CD_GATE_OPINION
                        || run->brief->rules[k].gate == CD_GATE_OPINIONS);
        if (gated && !cd_brief_broken(r->status))
            set(none, i, CD_ST_NOT_APPLICABLE);
        found |= gated;
    }
    return found ? add(run, CD_IF_NO_DUTY, none, NULL,
                       "If a healthcare professional’s opinion that counts were that the "
                       "incident is not notifiable",
                       "")
                 : NULL;
}

static cd_err_t *unlinked(run_t *run)
{
    cd_flag_brief_t *other = apr_pmemdup(run->pool, run->brief, sizeof(*other));
    if (run->flag->state == CD_FLAG_NO_INCIDENT) {
        other->no_incident.finding = CD_NOINC_SHOULD_HAVE;
        CD_ERR(add(run, CD_IF_SHOULD_HAVE, other, NULL,
                   "If a person found that it should have been recorded, and the person told", ""));
        other = apr_pmemdup(run->pool, run->brief, sizeof(*other));
    }
    other->no_incident.finding = CD_NOINC_NO_DUTY;
    return add(run, CD_IF_NO_DUTY, other, NULL, "If a person found that no duty arose", "");
}

static cd_err_t *worse(run_t *run)
{
    int open = 0;
    for (int i = 0; i < run->brief->rule_count; i++)
        open += weighs(run, &run->brief->rules[i]) && cd_brief_open(run->brief->rules[i].status);
    for (int i = 0; i < run->brief->rule_count && open <= NAMED_APART; i++)
        if (weighs(run, &run->brief->rules[i]) && cd_brief_open(run->brief->rules[i].status))
            CD_ERR(one_not_met(run, i));
    return open > NAMED_APART
               ? many(run, CD_IF_NOT_MET, 1, CD_ST_NOT_MET,
                      "If none of what is still open was done", " would count as not met")
               : NULL;
}

cd_err_t *cd_whatifs(cd_flag_t *flag, const cd_flag_input_t *input, const cd_flag_brief_t *brief,
                     apr_pool_t *pool)
{
    run_t run = { flag, input, brief, pool };
    flag->whatifs =
        apr_pcalloc(pool, sizeof(*flag->whatifs) * (apr_size_t)(2 * brief->rule_count + 4));
    if (flag->state == CD_FLAG_NO_INCIDENT
        || (flag->state == CD_FLAG_BREACH_INDICATED && !brief->linked))
        return unlinked(&run);
    if (flag->state != CD_FLAG_BREACH_INDICATED && flag->state != CD_FLAG_EVIDENCE_REQUESTED
        && flag->state != CD_FLAG_EVIDENCE_NOT_PROVIDED)
        return NULL;
    for (int i = 0; i < brief->rule_count; i++)
        if (weighs(&run, &brief->rules[i]))
            CD_ERR(one_met(&run, i));
    CD_ERR(many(&run, CD_IF_ALL_MET, 0, CD_ST_MET, "With all of that", " would be met"));
    CD_ERR(no_duty(&run));
    return worse(&run);
}

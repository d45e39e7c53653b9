/* rules.c: clocks, words and whose word counts; shared by the rules of every policy. */
#include <apr_strings.h>

#include "base/buf.h"
#include "domain/rules.h"

void cd_rule_law(cd_result_t *out, const char *how)
{
    if (out->due_count < CD_RESULT_DUES)
        out->dues[out->due_count++] = (cd_due_t){ CD_DUE_LAW, CD_NO_DATE, how, CD_NO_DATE };
}

static const char *wd_words(int days, apr_pool_t *pool)
{
    return apr_pstrcat(pool, apr_itoa(pool, days), days == 1 ? " working day" : " working days", NULL);
}

cd_err_t *cd_rule_clock(cd_clock_t *clock_out, cd_result_t *out, const cd_eval_t *eval,
                        cd_due_kind_t kind, int days_wd, cd_when_t from, const char *since)
{
    cd_clock_t clock = { CD_NO_DATE, CD_NO_DATE };
    cd_due_t due = { kind, CD_NO_DATE, NULL, CD_NO_DATE };
    const char *days = wd_words(days_wd, eval->pool);
    if (!cd_when_known(from)) {
        due.how = apr_psprintf(eval->pool, "%s from the day %s, which is not on record", days, since);
    } else {
        CD_ERR(cd_working_days_add(&clock.early, from.first, days_wd, eval->cal, eval->pool));
        CD_ERR(cd_working_days_add(&clock.late, from.last, days_wd, eval->cal, eval->pool));
        due.how = apr_pstrcat(eval->pool, days, " from ", cd_rule_from(from, eval->pool), ", when ", since, NULL);
        due.on = clock.early == clock.late ? clock.early : CD_NO_DATE;
        due.from = from.first == from.last ? from.first : CD_NO_DATE;
    }
    if (out->due_count < CD_RESULT_DUES)
        out->dues[out->due_count++] = due;
    *clock_out = clock;
    return NULL;
}

cd_timing_t cd_rule_timing(cd_clock_t clock, cd_when_t act)
{
    if (!clock.early || !cd_when_known(act))
        return CD_UNCLEAR;
    if (act.last <= clock.early)
        return CD_IN_TIME;
    return act.first > clock.late ? CD_TOO_LATE : CD_UNCLEAR;
}

cd_timing_t cd_rule_waiting(cd_clock_t clock, cd_date_t as_at)
{
    return cd_rule_timing(clock, cd_when_day(as_at));
}

cd_err_t *cd_rule_late(cd_result_t *out, const cd_eval_t *eval, cd_clock_t clock, cd_when_t act,
                       cd_due_kind_t against)
{
    int least = 0, most = 0;
    if (!clock.early || !cd_when_known(act))
        return NULL;
    if (act.first > clock.late)
        CD_ERR(cd_working_days_between(&least, clock.late, act.first, eval->cal, eval->pool));
    if (act.last > clock.early)
        CD_ERR(cd_working_days_between(&most, clock.early, act.last, eval->cal, eval->pool));
    out->late_wd_min = least;
    out->late_wd_max = most;
    out->late_against = most ? (int)against : 0;
    return NULL;
}

const char *cd_rule_late_words(const cd_result_t *out, apr_pool_t *pool)
{
    const char *what = out->late_against == CD_DUE_CONTRACT ? "past the contract date"
                                                            : "past the trust’s target";
    if (!out->late_wd_max)
        return "";
    if (out->late_wd_min == out->late_wd_max)
        return apr_psprintf(pool, "%s %s", wd_words(out->late_wd_max, pool), what);
    return apr_psprintf(pool, "between %d and %s %s", out->late_wd_min,
                        wd_words(out->late_wd_max, pool), what);
}

const char *cd_rule_past_words(const cd_result_t *out, cd_due_kind_t kind, apr_pool_t *pool)
{
    if (out->late_wd_max)
        return cd_rule_late_words(out, pool);
    return kind == CD_DUE_CONTRACT ? "past the contract date" : "past the trust’s target";
}

void cd_rule_evidence(cd_result_t *out, const cd_record_t *record)
{
    if (!record || out->evidence_count == CD_RESULT_EVIDENCE)
        return;
    for (int i = 0; i < out->evidence_count; i++)
        if (out->evidence[i] == record->seq)
            return;
    out->evidence[out->evidence_count++] = record->seq;
}

void cd_rule_say(cd_result_t *out, const cd_eval_t *eval, cd_status_t status, cd_why_t why,
                 const char *words, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    out->sentence = cd_vfmt(eval->pool, fmt, args);
    va_end(args);
    out->status = status;
    out->why = why;
    out->words = words;
}

cd_err_t *cd_rule_undone(cd_result_t *out, const cd_eval_t *eval, cd_clock_t clock,
                         const char *what, cd_due_kind_t kind)
{
    const char *limit = kind == CD_DUE_CONTRACT ? "the contract date" : "the trust’s target";
    apr_pool_t *pool = eval->pool;
    switch (cd_rule_waiting(clock, eval->as_at)) {
    case CD_IN_TIME:
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not due yet",
                    "%s, and %s, %s, has not passed.", what, limit,
                    clock.early == clock.late ? cd_date_words(clock.early, pool)
                                              : apr_psprintf(pool, "%s at the earliest",
                                                             cd_date_words(clock.early, pool)));
        break;
    case CD_TOO_LATE:
        CD_ERR(cd_rule_late(out, eval, clock, cd_when_day(eval->as_at), kind));
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_DONE,
                    cd_rule_past_words(out, kind, pool), "%s. It is %s.", what,
                    cd_rule_past_words(out, kind, pool));
        break;
    case CD_UNCLEAR:
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, clock.early ? CD_WHY_NOT_KNOWN : CD_WHY_NOT_DONE,
                    NULL, "%s. The dates on record do not show whether %s has passed.", what, limit);
        break;
    }
    return NULL;
}

const char *cd_rule_on(cd_when_t when, apr_pool_t *pool)
{
    const char *words = cd_when_words(when, pool);
    switch (cd_when_precision(when)) {
    case CD_PRECISION_NONE: return "on a day that is not on record";
    case CD_PRECISION_DAY: return apr_pstrcat(pool, "on ", words, NULL);
    case CD_PRECISION_MONTH: case CD_PRECISION_YEAR: return apr_pstrcat(pool, "in ", words, NULL);
    case CD_PRECISION_SPAN: break;
    }
    return words;
}

const char *cd_rule_from(cd_when_t when, apr_pool_t *pool)
{
    return when.first == when.last ? cd_when_words(when, pool)
                                   : apr_pstrcat(pool, "a day ", cd_rule_on(when, pool), NULL);
}

cd_when_t cd_rule_by(cd_when_t when, cd_date_t as_at)
{
    cd_when_t none = { CD_NO_DATE, CD_NO_DATE };
    if (!cd_when_known(when) || when.first > as_at)
        return none;
    if (when.last > as_at)
        when.last = as_at;
    return when;
}

static int patient_is_told(const cd_eval_t *eval)
{
    const cd_record_t *record = cd_case_last(eval->file, CD_REC_PERSON);
    const cd_person_t *person = record ? record->body : NULL;
    return !person || !person->basis || person->basis == CD_PERSON_SELF;
}

const char *cd_rule_who(const cd_eval_t *eval)
{
    return patient_is_told(eval) ? "The patient" : "The person acting for the patient";
}

const char *cd_rule_whom(const cd_eval_t *eval)
{
    return patient_is_told(eval) ? "the patient" : "the person acting for the patient";
}

int cd_rule_limit(apr_int64_t house_wd, int policy_wd)
{
    return house_wd > 0 && house_wd <= 2600 ? (int)house_wd : policy_wd;
}

static int scheme_side(int role)
{
    return role == CD_ROLE_HANDLER || role == CD_ROLE_DECIDER || role == CD_ROLE_REVIEWER
        || role == CD_ROLE_REGULATOR;
}

/* A file that does not say in which role an entry was made is taken at its word. */
static int may_judge(int role)
{
    return !role || cd_role_reach((cd_role_t)role, CD_RIGHT_CASE_JUDGE) != CD_REACH_NONE;
}

static int may_clear(int role)
{
    return !role || role == CD_ROLE_HANDLER || role == CD_ROLE_DECIDER || role == CD_ROLE_REGULATOR;
}

/* A trust may judge its own acts, but its word does not stand against the scheme's. */
const cd_record_t *cd_rule_judgement(const cd_case_t *file, int rule)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(file, CD_REC_JUDGEMENT, r))) {
        if (((const cd_judgement_t *)r->body)->rule != rule || !may_judge(r->role))
            continue;
        int heavier = best ? scheme_side(r->role) - scheme_side(best->role) : 1;
        if (heavier > 0 || (!heavier && r->happened.last >= best->happened.last))
            best = r;
    }
    return best;
}

const cd_record_t *cd_rule_finding(const cd_case_t *file, int rule)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(file, CD_REC_FINDING, r))) {
        const cd_finding_t *finding = r->body;
        if (finding->rule != rule || (finding->outcome == CD_FOUND_MET && !may_clear(r->role)))
            continue;
        int heavier = best ? finding->finder - ((const cd_finding_t *)best->body)->finder : 1;
        if (heavier > 0 || (!heavier && r->happened.last >= best->happened.last))
            best = r;
    }
    return best;
}

/* The LFPSE grade has no say here: only the harm that the law names, judged by a professional. */
int cd_rule_below_threshold(const cd_case_t *file)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_GRADING);
    const cd_grading_t *grading = record ? record->body : NULL;
    return grading && grading->outcome == CD_OUTCOME_NONE
        && grading->certainty == CD_CERTAINTY_ACTUAL && grading->profession
        && grading->profession != CD_PROF_NOT_HEALTHCARE;
}

static int tried_in_vain(const cd_attempt_t *attempt)
{
    return attempt->outcome && attempt->outcome != CD_ATTEMPT_REACHED;
}

/* Nobody can be told, or say no, before the trust knows what there is to tell. */
static int before_aware(const cd_record_t *r, const cd_eval_t *eval)
{
    return cd_when_known(eval->aware) && cd_when_known(r->happened) && r->happened.last < eval->aware.first;
}

static void first_of(cd_excuse_t *excuse, const cd_record_t *r)
{
    if (cd_when_known(r->happened)
        && (!excuse->first || r->happened.first < excuse->first->happened.first))
        excuse->first = r;
}

static void count_tries(cd_excuse_t *excuse, const cd_eval_t *eval)
{
    const cd_record_t *r = NULL;
    apr_uint32_t methods = 0;
    while ((r = cd_case_next(eval->file, CD_REC_ATTEMPT, r))) {
        const cd_attempt_t *attempt = r->body;
        if (!tried_in_vain(attempt) || before_aware(r, eval))
            continue;
        excuse->attempts++;
        excuse->last = r;
        first_of(excuse, r);
        if (attempt->mode && !(methods & (1u << attempt->mode))) {
            methods |= 1u << attempt->mode;
            excuse->methods++;
        }
    }
    while ((r = cd_case_next(eval->file, CD_REC_REFUSAL, r))) {
        if (before_aware(r, eval))
            continue;
        if (!excuse->refusal || r->happened.last >= excuse->refusal->happened.last)
            excuse->refusal = r;
        first_of(excuse, r);
    }
}

static int reasonable(const cd_record_t *judged)
{
    return judged && ((const cd_judgement_t *)judged->body)->judgement == CD_JUDGED_REASONABLE;
}

/* Of two judgements on a first attempt past the target, the one that settles it: that it was reasonable,
 * said no earlier than the attempt, or, of the telling, that it was not. */
static const cd_record_t *settles(const cd_excuse_t *excuse, const cd_record_t *tried, const cd_eval_t *eval)
{
    const cd_record_t *told = cd_rule_judgement(eval->file, CD_RULE_E02);
    cd_date_t first = excuse->first->happened.first;
    if (reasonable(tried) && tried->happened.last >= first)
        return tried;
    return told && (!reasonable(told) || told->happened.last >= first) ? told : NULL;
}

/* Enough attempts under the policy's setting, or a refusal; and nobody found or judged otherwise.
 * Without at least one attempt or a refusal on record nothing is excused, whoever says so. */
cd_err_t *cd_rule_excuse(cd_excuse_t *out, const cd_eval_t *eval)
{
    const cd_record_t *judged = cd_rule_judgement(eval->file, CD_RULE_E11);
    const cd_record_t *found = cd_rule_finding(eval->file, CD_RULE_E11);
    cd_result_t scratch = { 0 };
    cd_clock_t clock;
    *out = (cd_excuse_t){ 0 };
    count_tries(out, eval);
    int enough = out->refusal || (out->attempts >= eval->policy->excuse_attempts
                                  && out->methods >= eval->policy->excuse_methods);
    if (eval->talk || (judged && !reasonable(judged))
        || (found && ((const cd_finding_t *)found->body)->outcome == CD_FOUND_NOT_MET))
        return NULL;
    if (!enough && (!out->attempts || !judged))
        return NULL;
    out->holds = 1;
    out->judged = enough ? NULL : judged;
    if (!out->first)
        return NULL;
    CD_ERR(cd_rule_talk_clock(&clock, &scratch, eval));
    if (cd_rule_timing(clock, out->first->happened) != CD_TOO_LATE)
        return NULL;
    const cd_record_t *settled = settles(out, judged, eval);
    out->late = !settled;
    if (!out->judged || !reasonable(settled))
        out->judged = settled;
    return NULL;
}

const char *cd_rule_first_try(const cd_eval_t *eval)
{
    const cd_record_t *first = eval->excuse->first;
    const char *on = cd_rule_on(first->happened, eval->pool);
    if (first->kind == CD_REC_REFUSAL)
        return apr_psprintf(eval->pool, "%s did not want to talk, said %s, past the trust’s target, and no "
                            "attempt before that is on record.", cd_rule_who(eval), on);
    return apr_psprintf(eval->pool, "The first attempt to reach %s was made %s, past the trust’s target.",
                        cd_rule_whom(eval), on);
}

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
    return apr_pstrcat(pool, apr_itoa(pool, days), days == 1 ? " working day" : " working days",
                       NULL);
}

cd_err_t *cd_rule_clock(cd_clock_t *clock_out, cd_result_t *out, const cd_eval_t *eval,
                        cd_due_kind_t kind, int days_wd, cd_when_t from, const char *since)
{
    cd_clock_t clock = { CD_NO_DATE, CD_NO_DATE };
    cd_due_t due = { kind, CD_NO_DATE, NULL, CD_NO_DATE };
    const char *days = wd_words(days_wd, eval->pool);
    if (!cd_when_known(from)) {
        due.how =
            apr_psprintf(eval->pool, "%s from the day %s, which is not on record", days, since);
    } else {
        CD_ERR(cd_working_days_add(&clock.early, from.first, days_wd, eval->cal, eval->pool));
        CD_ERR(cd_working_days_add(&clock.late, from.last, days_wd, eval->cal, eval->pool));
        due.how = apr_pstrcat(eval->pool, days, " from ", cd_rule_from(from, eval->pool), ", when ",
                              since, NULL);
        due.on = clock.early == clock.late ? clock.early : CD_NO_DATE;
        due.from = from.first == from.last ? from.first : CD_NO_DATE;
    }
    if (out->due_count < CD_RESULT_DUES)
        out->dues[out->due_count++] = due;
    *clock_out = clock;
    return NULL;
}

void cd_rule_months(cd_clock_t *clock_out, cd_result_t *out, const cd_eval_t *eval, int months,
                    cd_when_t from, const char *since)
{
    cd_clock_t clock = { CD_NO_DATE, CD_NO_DATE };
    cd_due_t due = { CD_DUE_LAW, CD_NO_DATE, NULL, CD_NO_DATE };
    const char *span = months == 1
                           ? "one month"
                           : apr_pstrcat(eval->pool, apr_itoa(eval->pool, months), " months", NULL);
    if (!cd_when_known(from)) {
        due.how = apr_psprintf(eval->pool, "%s beginning with the day %s, which is not on record",
                               span, since);
    } else {
        clock.early = cd_months_last_day(from.first, months);
        clock.late = cd_months_last_day(from.last, months);
        due.how = apr_psprintf(eval->pool, "%s beginning with %s, when %s", span,
                               cd_rule_from(from, eval->pool), since);
        due.on = clock.early == clock.late ? clock.early : CD_NO_DATE;
        due.from = from.first == from.last ? from.first : CD_NO_DATE;
    }
    if (out->due_count < CD_RESULT_DUES)
        out->dues[out->due_count++] = due;
    *clock_out = clock;
}

const char *cd_rule_limit_words(int kind)
{
    return kind == CD_DUE_CONTRACT ? "the contract date"
           : kind == CD_DUE_LAW    ? "the law’s date"
                                   : "the trust’s target";
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
    const char *what = apr_pstrcat(pool, "past ", cd_rule_limit_words(out->late_against), NULL);
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
    return apr_pstrcat(pool, "past ", cd_rule_limit_words((int)kind), NULL);
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
    const char *limit = cd_rule_limit_words((int)kind);
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
                    NULL, "%s. The dates on record do not show whether %s has passed.", what,
                    limit);
        break;
    }
    return NULL;
}

cd_err_t *cd_rule_by_date(cd_result_t *out, cd_eval_t *eval, cd_clock_t clock, cd_due_kind_t kind,
                          const char *done, const char *undone)
{
    const char *due =
        clock.early == clock.late ? cd_date_words(clock.early, eval->pool) : "not certain";
    const char *limit = kind == CD_DUE_LAW ? "law’s" : "contract";
    cd_when_t against = cd_when_known(out->met_on) ? out->met_on : cd_when_day(eval->as_at);
    cd_timing_t timing = cd_rule_timing(clock, against);
    const char *words = cd_when_words(out->met_on, eval->pool),
               *on = cd_rule_on(out->met_on, eval->pool);
    CD_ERR(cd_rule_late(out, eval, clock, against, kind));
    if (timing == CD_UNCLEAR)
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
                    "The dates on record do not show whether the %s time was kept.",
                    kind == CD_DUE_LAW ? limit : "contract’s");
    else if (cd_when_known(out->met_on) && timing == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, words,
                    "%s %s. The %s date is %s.", done, on, limit, due);
    else if (cd_when_known(out->met_on))
        cd_rule_say(out, eval, CD_ST_MET_LATE, CD_WHY_NONE, words,
                    "%s %s, %s, %s.", done, on,
                    cd_rule_past_words(out, kind, eval->pool), due);
    else if (timing == CD_IN_TIME)
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Not due yet",
                    "%s. The %s date, %s, has not passed.", undone, limit, due);
    else
        cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE,
                    cd_rule_past_words(out, kind, eval->pool), "%s. It is %s, %s.", undone,
                    cd_rule_past_words(out, kind, eval->pool), due);
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

const char *cd_rule_reason(const cd_record_t *record)
{
    return record->kind == CD_REC_TALK ? ((const cd_talk_t *)record->body)->reason_if_late
                                       : ((const cd_letter_t *)record->body)->reason_if_late;
}

const cd_record_t *cd_rule_late_reason(const cd_eval_t *eval)
{
    static const cd_record_kind_t kinds[] = { CD_REC_TALK, CD_REC_LETTER };
    const cd_record_t *best = NULL, *r = NULL;
    for (int k = 0; k < 2; k++)
        while ((r = cd_case_next(eval->file, kinds[k], r)))
            if (cd_rule_reason(r) && (!best || cd_rule_sooner(r->happened, best->happened)))
                best = r;
    return best;
}

int cd_rule_sooner(cd_when_t a, cd_when_t b)
{
    return a.first < b.first || (a.first == b.first && a.last < b.last);
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

const char *cd_rule_giver(const cd_record_t *opinion)
{
    int profession = opinion ? ((const cd_opinion_t *)opinion->body)->profession : 0;
    return profession && profession != CD_PROF_NOT_HEALTHCARE ? "A healthcare professional"
                                                              : "The trust";
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

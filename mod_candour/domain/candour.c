/* candour.c: a case against a policy, as at a day.
 *
 * Each rule passes the same gates in the same order: does the duty reach this case at all, is the
 * incident notifiable, is the notice excused; then the rule's own function; then what a person
 * judged; then what a court, regulator or ombudsman found, which decides whatever came before. */
#include <apr_strings.h>
#include <string.h>

#include "domain/rules.h"

const cd_token_t cd_statuses[] = {
    { CD_ST_MET, "MET", "Met" },
    { CD_ST_MET_LATE, "MET_LATE", "Met late" },
    { CD_ST_NOT_MET, "NOT_MET", "Not met" },
    { CD_ST_PENDING, "PENDING", "Not due yet" },
    { CD_ST_EXCUSED, "EXCUSED", "Excused" },
    { CD_ST_NOT_APPLICABLE, "NOT_APPLICABLE", "Does not apply" },
    { CD_ST_UNDETERMINED, "UNDETERMINED", "Not decided" },
    { 0, NULL, NULL }
};

const cd_token_t cd_due_kinds[] = {
    { CD_DUE_LAW, "LAW", "Law" },
    { CD_DUE_CONTRACT, "CONTRACT", "Contract" },
    { CD_DUE_TARGET, "TARGET", "Our target" },
    { 0, NULL, NULL }
};

const cd_token_t cd_groups[] = {
    { CD_GROUP_DECIDING, "DECIDING", "Deciding" },
    { CD_GROUP_TELLING, "TELLING", "Telling the person" },
    { CD_GROUP_WRITING, "WRITING", "Writing to the person" },
    { CD_GROUP_RESULTS, "RESULTS", "Sharing the results" },
    { CD_GROUP_EXCUSE, "EXCUSE", "If the person cannot be reached, or says no" },
    { CD_GROUP_REPORT, "REPORT", "Reporting every year" },
    { 0, NULL, NULL }
};

const cd_token_t cd_weights[] = {
    { CD_WEIGHT_OFFENCE, "OFFENCE", "Breach is an offence" },
    { CD_WEIGHT_DUTY, "DUTY", "Duty in law" },
    { CD_WEIGHT_CONTRACT, "CONTRACT", "Contract term" },
    { CD_WEIGHT_NONE, "NONE", "No breach by itself" },
    { 0, NULL, NULL }
};

static cd_when_t earlier(cd_when_t a, cd_when_t b)
{
    if (!cd_when_known(a))
        return b;
    if (!cd_when_known(b))
        return a;
    return (cd_when_t){ a.first < b.first ? a.first : b.first, a.last < b.last ? a.last : b.last };
}

static int opinion_of(const cd_record_t *record)
{
    return record ? ((const cd_opinion_t *)record->body)->opinion : 0;
}

/* Where the law asks for somebody who was not involved, no other opinion decides anything. */
static int counts(const cd_policy_t *policy, const cd_record_t *record)
{
    const cd_opinion_t *opinion = record->body;
    return !policy->independent
        || (opinion->was_involved == CD_NO && opinion->profession
            && opinion->profession != CD_PROF_NOT_HEALTHCARE);
}

/* The latest opinion that counts, of one kind if `kind` is not 0; `but` is left out. */
static const cd_record_t *latest_opinion(const cd_eval_t *seen, int kind, const cd_record_t *but)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(seen->file, CD_REC_OPINION, r)))
        if (r != but && (!kind || opinion_of(r) == kind) && counts(seen->policy, r)
            && (!best || r->happened.last >= best->happened.last))
            best = r;
    return best;
}

static cd_when_t first_notifiable(const cd_eval_t *seen)
{
    cd_when_t first = { CD_NO_DATE, CD_NO_DATE };
    const cd_record_t *r = NULL;
    while ((r = cd_case_next(seen->file, CD_REC_OPINION, r)))
        if (opinion_of(r) == CD_OPINION_NOTIFIABLE && counts(seen->policy, r))
            first = earlier(first, r->happened);
    return first;
}

/* First NOTIFIABLE opinion, or an earlier day that was recorded as awareness; never later than the
 * opinion. */
static cd_when_t aware_of(const cd_eval_t *seen)
{
    const cd_record_t *opening = cd_case_last(seen->file, CD_REC_OPENING);
    cd_when_t aware = opening ? ((const cd_opening_t *)opening->body)->aware
                              : (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    return cd_rule_by(earlier(aware, first_notifiable(seen)), seen->file->as_at);
}

/* The latest opinion holds. Only where it takes back an earlier "notifiable" that stands must a
 * person say so, and no earlier than it was given: else a late word could end the duty by itself.
 */
static void weigh_opinions(cd_eval_t *seen)
{
    const cd_rule_t *rule = cd_policy_rule(seen->policy, CD_PART_OPINION);
    const cd_record_t *latest = latest_opinion(seen, 0, NULL);
    const cd_record_t *other = opinion_of(latest) == CD_OPINION_NOT
                             ? latest_opinion(seen, CD_OPINION_NOTIFIABLE, latest) : NULL;
    const cd_record_t *judged = other && rule ? cd_rule_judgement(seen->file, rule->number) : NULL;
    seen->opinion = latest;
    if (judged && judged->happened.last >= latest->happened.first) {
        seen->opinion_judged = judged;
        if (((const cd_judgement_t *)judged->body)->judgement == CD_JUDGED_NOT_REASONABLE)
            seen->opinion = other;
    } else {
        seen->other_opinion = other;
    }
    int opinion = opinion_of(seen->opinion);
    seen->notifiable = seen->other_opinion ? CD_UNSAID : opinion == CD_OPINION_NOTIFIABLE ? CD_YES
                     : opinion == CD_OPINION_NOT ? CD_NO : CD_UNSAID;
}

static const cd_record_t *first_talk(const cd_case_t *file)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(file, CD_REC_TALK, r)))
        if (!best || cd_rule_sooner(r->happened, best->happened))
            best = r;
    return best;
}

/* A letter is a notice if it gives the account of what happened and there is proof that it went
 * out. */
static void find_notice(cd_eval_t *seen)
{
    const cd_record_t *r = NULL;
    seen->notice = seen->talk;
    seen->told = seen->talk ? seen->talk->happened : (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
    while (seen->policy->letter_tells && (r = cd_case_next(seen->file, CD_REC_LETTER, r))) {
        const cd_letter_t *letter = r->body;
        cd_when_t sent = cd_rule_by(letter->sent, seen->as_at);
        if (cd_when_known(sent) && letter->proof && letter->account_given == CD_YES
            && (!seen->notice || cd_rule_sooner(sent, seen->told))) {
            seen->notice = r;
            seen->told = sent;
        }
    }
}

/* Whether the duty was in force: by the day of awareness, or, where that is not on record, by the
 * day the incident happened. */
static void place_in_time(cd_eval_t *seen)
{
    const cd_record_t *incident = cd_case_last(seen->file, CD_REC_INCIDENT);
    cd_date_t from = seen->policy->in_force_from, to = seen->policy->in_force_to;
    cd_when_t by = seen->aware;
    const char *what = "the trust became aware";
    if (!cd_when_known(by) && incident) {
        by = ((const cd_incident_t *)incident->body)->occurred;
        what = "the incident happened";
    }
    if (!cd_when_known(by))
        return;
    if (by.last < from)
        seen->outside = apr_psprintf(seen->pool, "The duty began on %s, and %s before that.",
                                     cd_date_words(from, seen->pool), what);
    else if (to && by.first > to)
        seen->outside = apr_psprintf(seen->pool, "The duty ended on %s, and %s after that.",
                                     cd_date_words(to, seen->pool), what);
    else if (cd_when_known(seen->aware) && (by.first < from || (to && by.last > to)))
        seen->astride = apr_psprintf(seen->pool,
                                     "The duty %s on %s. The trust became aware %s, and the record "
                                     "does not show whether that was before or after.",
                                     by.first < from ? "began" : "ended",
                                     cd_date_words(by.first < from ? from : to, seen->pool),
                                     cd_rule_on(by, seen->pool));
}

/* Excused, unless it is for a person to say whether the first attempt came soon enough. */
static void excused(cd_result_t *out, const cd_eval_t *eval)
{
    const cd_excuse_t *excuse = eval->excuse;
    int refused =
        excuse->judged
        && ((const cd_judgement_t *)excuse->judged->body)->judgement == CD_JUDGED_NOT_REASONABLE;
    if (!(out->rule->parts & CD_PART_TELLING) || (!excuse->late && !refused)) {
        cd_rule_say(out, eval, CD_ST_EXCUSED, CD_WHY_NONE, NULL,
                    "%s could not be reached or did not want to talk, so this does not apply.",
                    cd_rule_who(eval));
        cd_rule_rests_on(out, eval, refused ? NULL : excuse->judged, "this was reasonable");
        return;
    }
    cd_rule_evidence(out, excuse->first);
    out->fact = cd_rule_first_try(eval);
    cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, NULL,
                "%s A person must judge whether that was %s.", out->fact, eval->policy->promptly);
    if (refused)
        cd_rule_judged(out, eval);
}

/* What is not known before any rule can be looked at; 1 if that is the answer. */
static int waits(cd_result_t *out, const cd_eval_t *eval)
{
    if (eval->other_opinion) {
        out->gate = CD_GATE_OPINIONS;
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_JUDGE, NULL,
                    "Two opinions differ; a person must judge which holds: the one given %s, "
                    "notifiable, or "
                    "the one given %s, not notifiable.",
                    cd_rule_on(eval->other_opinion->happened, eval->pool),
                    cd_rule_on(eval->opinion->happened, eval->pool));
    } else if (eval->notifiable == CD_UNSAID && !(out->rule->parts & CD_PART_OPINION)) {
        out->gate = CD_GATE_OPINION;
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL,
                    "It is not known yet whether the incident is notifiable: no professional’s "
                    "opinion that decides it is on record.");
    }
    return out->gate != CD_GATE_NONE;
}

/* The gates before a rule's own function; 1 if they gave the answer. */
static int gated(cd_result_t *out, const cd_eval_t *eval)
{
    unsigned parts = out->rule->parts;
    if (eval->outside) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, NULL, "%s", eval->outside);
    } else if (parts & CD_PART_STEP) {
        return 0;
    } else if (eval->astride) {
        out->gate = CD_GATE_BEGINNING;
        cd_rule_say(out, eval, CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, NULL, "%s", eval->astride);
    } else if (!eval->opinion && eval->policy->grading_settles
               && cd_rule_below_threshold(eval->file)) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "Below the threshold",
                    "A healthcare professional graded the harm below the law’s threshold.");
    } else if (waits(out, eval)) {
        return 1;
    } else if (parts & CD_PART_OPINION) {
        return 0;
    } else if (eval->notifiable == CD_NO) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "Not notifiable",
                    "%s found that the incident is not notifiable.", cd_rule_giver(eval->opinion));
        cd_rule_rests_on(out, eval, eval->opinion_judged, "this opinion holds");
    } else if ((parts & CD_PART_NOTICE) && eval->excuse->holds) {
        excused(out, eval);
    } else {
        return 0;
    }
    return 1;
}

/* Names the office, never the person: a sentence is stored with the flag. */
static const char *judge_words(const cd_record_t *judged)
{
    switch (judged->role) {
    case CD_ROLE_WARD: case CD_ROLE_TRUST_LEGAL: case CD_ROLE_APPROVER: return "The trust itself";
    case CD_ROLE_HANDLER: return "A claims handler";
    case CD_ROLE_DECIDER: return "A decision-maker";
    case CD_ROLE_REGULATOR: return "The regulator";
    default: return "A person";
    }
}

static void decided_by(cd_result_t *out, const cd_record_t *judged)
{
    out->by_person = judged->seq;
    out->by_kind = CD_REC_JUDGEMENT;
    out->by_role = judged->role;
}

void cd_rule_rests_on(cd_result_t *out, const cd_eval_t *eval, const cd_record_t *judged,
                      const char *what)
{
    if (!judged)
        return;
    out->sentence =
        apr_psprintf(eval->pool, "%s %s judged %s that %s.", out->sentence, judge_words(judged),
                     cd_rule_on(judged->happened, eval->pool), what);
    decided_by(out, judged);
}

static const char *fact(const cd_result_t *out)
{
    return out->fact ? out->fact : out->sentence;
}

/* What "reasonable" can settle: an act whose timing or kind a person has to weigh. It cannot make
 * up for a missing act or missing proof, and a word given before the act does not cover the act. */
static void judged_reasonable(cd_result_t *out, const cd_eval_t *eval, const cd_record_t *judged)
{
    int done = cd_when_known(out->met_on) && judged->happened.last >= out->met_on.first;
    const char *on = cd_rule_on(judged->happened, eval->pool);
    if (out->status != CD_ST_UNDETERMINED)
        return;
    if ((out->why == CD_WHY_JUDGE || out->why == CD_WHY_NOT_KNOWN)
        && (done || !cd_when_known(out->met_on))) {
        cd_rule_say(out, eval, CD_ST_MET, CD_WHY_NONE, out->words, "%s %s judged %s that %s.",
                    fact(out), judge_words(judged), on,
                    out->rule->parts & CD_PART_OPINION ? "the opinion holds"
                                                       : "this was reasonable");
    } else if (out->why == CD_WHY_NOT_DONE) {
        cd_rule_say(out, eval, CD_ST_PENDING, CD_WHY_NONE, "Judged reasonable so far",
                    "%s %s judged %s that waiting so far was reasonable.", fact(out),
                    judge_words(judged), on);
    } else {
        return;
    }
    decided_by(out, judged);
}

static const char *not_words(const cd_result_t *out, const cd_eval_t *eval)
{
    return out->rule->parts & CD_PART_OPINION ? "the opinion does not hold"
           : out->rule->parts & CD_PART_TELLING
               ? apr_psprintf(eval->pool, "this was not %s", eval->policy->promptly)
               : "this was not reasonable";
}

void cd_rule_judged(cd_result_t *out, const cd_eval_t *eval)
{
    const cd_record_t *judged = cd_rule_judgement(eval->file, out->rule->number);
    if (!judged || (out->rule->parts & CD_PART_STEP))
        return;
    /* An opinion is a professional's to give; a date of law or contract is moved by nobody. */
    if ((out->rule->parts & (CD_PART_OPINION | CD_PART_BY_DATE)) && out->why != CD_WHY_JUDGE)
        return;
    if (((const cd_judgement_t *)judged->body)->judgement == CD_JUDGED_REASONABLE) {
        if (cd_when_known(out->met_on) || out->why == CD_WHY_NOT_DONE || out->why == CD_WHY_JUDGE)
            judged_reasonable(out, eval, judged);
        return;
    }
    if (out->status != CD_ST_MET && out->status != CD_ST_UNDETERMINED
        && out->status != CD_ST_PENDING)
        return;
    cd_rule_say(out, eval, CD_ST_NOT_MET, CD_WHY_NONE, out->words,
                "%s %s judged %s that %s.", fact(out), judge_words(judged),
                cd_rule_on(judged->happened, eval->pool), not_words(out, eval));
    decided_by(out, judged);
}

static const char *finder_words(const cd_finding_t *finding, apr_pool_t *pool)
{
    if (finding->finder == CD_FINDER_TRUST)
        return "The trust admitted";
    return apr_pstrcat(pool, finding->body_name ? finding->body_name
                                                : cd_token_label(cd_finders, finding->finder),
                       " found", NULL);
}

/* Decides whatever came before it, but makes no duty where there was none. */
static void by_finding(cd_result_t *out, const cd_eval_t *eval)
{
    static const struct { cd_status_t status; const char *words, *admitted, *sentence; } said[] = {
        [CD_FOUND_NOT_MET] = { CD_ST_NOT_MET, "Found not met", "Admitted",
                               "that this was not met" },
        [CD_FOUND_MET_LATE] = { CD_ST_MET_LATE, "Found too late", "Admitted",
                                "that this was done, but too late" },
        [CD_FOUND_MET] = { CD_ST_MET, "Found met", "Found met", "that this was met" }
    };
    const cd_record_t *record = eval->outside || (out->rule->parts & CD_PART_STEP)
                              ? NULL : cd_rule_finding(eval->file, out->rule->number);
    const cd_finding_t *finding = record ? record->body : NULL;
    if (!finding || finding->outcome < CD_FOUND_NOT_MET || finding->outcome > CD_FOUND_MET)
        return;
    const char *on = cd_when_known(record->happened)
        ? apr_pstrcat(eval->pool, " ", cd_rule_on(record->happened, eval->pool), NULL) : "";
    cd_rule_say(out, eval, said[finding->outcome].status, CD_WHY_NONE,
                finding->finder == CD_FINDER_TRUST ? said[finding->outcome].admitted
                                                   : said[finding->outcome].words,
                "%s%s %s.", finder_words(finding, eval->pool), on, said[finding->outcome].sentence);
    cd_rule_evidence(out, record);
    out->by_person = record->seq;
    out->by_kind = CD_REC_FINDING;
    out->by_finder = finding->finder;
    out->by_role = 0;
    out->gate = CD_GATE_NONE;
}

static cd_err_t *evaluate_rule(cd_result_t *out, cd_eval_t *eval)
{
    if (!gated(out, eval)) {
        CD_ERR(out->rule->judge(out, eval));
        cd_rule_judged(out, eval);
    }
    by_finding(out, eval);
    return NULL;
}

/* What the rules see of the case, before the first of them is asked. */
static cd_err_t *look(cd_eval_t *seen, cd_excuse_t *excuse)
{
    weigh_opinions(seen);
    seen->aware = aware_of(seen);
    seen->start =
        seen->policy->independent ? cd_rule_by(first_notifiable(seen), seen->as_at) : seen->aware;
    seen->talk = first_talk(seen->file);
    find_notice(seen);
    place_in_time(seen);
    cd_rule_return(seen);
    CD_ERR(cd_rule_excuse(excuse, seen));
    seen->excuse = excuse;
    return NULL;
}

/* A finding that names no step stands in a row of its own; there is none while there is no such
 * finding. */
static const cd_rule_t whole_duty = { "DUTY",
                                      CD_RULE_DUTY,
                                      "The duty as a whole",
                                      "The duty of candour",
                                      "The duty of candour",
                                      CD_WEIGHT_DUTY,
                                      CD_GROUP_DECIDING,
                                      NULL,
                                      0 };

static void as_a_whole(cd_evaluation_t *eval, const cd_eval_t *seen)
{
    cd_result_t *out = &eval->results[eval->count];
    *out = (cd_result_t){ .rule = &whole_duty };
    if (cd_policy_rule(seen->policy, CD_PART_STEP))
        return;
    by_finding(out, seen);
    if (!out->status)
        return;
    eval->tally[out->status]++;
    eval->count++;
}

cd_err_t *cd_evaluate(cd_evaluation_t **out, const cd_case_t *file, const cd_policy_t *policy,
                      const cd_calendar_t *cal, cd_date_t as_at, apr_pool_t *pool)
{
    cd_evaluation_t *eval = apr_pcalloc(pool, sizeof(*eval));
    cd_eval_t seen = { .policy = policy, .cal = cal, .as_at = as_at, .pool = pool,
                       .file = cd_case_bounded(file, pool) };
    cd_excuse_t excuse;
    CD_ERR(look(&seen, &excuse));
    eval->policy = policy;
    eval->as_at = as_at;
    eval->count = policy->rule_count;
    eval->notifiable = seen.notifiable;
    eval->aware = seen.aware;
    eval->start = seen.start;
    eval->results =
        apr_pcalloc(pool, (apr_size_t)(policy->rule_count + 1) * sizeof(*eval->results));
    seen.results = eval->results;
    for (int i = 0; i < policy->rule_count; i++) {
        eval->results[i].rule = &policy->rules[i];
        cd_err_t *err = evaluate_rule(&eval->results[i], &seen);
        if (err)
            return cd_err_wrap(pool, err, "evaluating rule %s of %s", policy->rules[i].code,
                               policy->code);
        seen.result_count = i + 1;
        eval->tally[eval->results[i].status]++;
    }
    as_a_whole(eval, &seen);
    *out = eval;
    return NULL;
}

const cd_result_t *cd_evaluation_rule(const cd_evaluation_t *eval, const char *code)
{
    for (int i = 0; code && i < eval->count; i++)
        if (!strcmp(eval->results[i].rule->code, code))
            return &eval->results[i];
    return NULL;
}

const cd_rule_t *cd_rule_by_code(const char *code)
{
    int count;
    const cd_policy_t *policies = cd_policies(&count);
    for (int p = 0; code && p < count; p++)
        for (int i = 0; i < policies[p].rule_count; i++)
            if (!strcmp(policies[p].rules[i].code, code))
                return &policies[p].rules[i];
    return code && !strcmp(code, whole_duty.code) ? &whole_duty : NULL;
}

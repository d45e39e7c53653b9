/* rules_excuse.c: a person who cannot be reached or says no, and one who comes back.
 *
 * @source England: SI 2014/2936 reg 20(5); Wales: WSI 2023/274 reg 9(2)(b), (c); Scotland: SSI
 * 2018/57 reg 2(1). How many attempts are enough is a house rule of the policy, and a person may
 * judge otherwise. */
#include <apr_strings.h>

#include "domain/rules.h"

static int tried_in_vain(const cd_attempt_t *attempt)
{
    return attempt->outcome && attempt->outcome != CD_ATTEMPT_REACHED;
}

/* Nobody can be told, or say no, before the trust knows what there is to tell; and what went before
 * a person came back is past. `until`: a day from which nothing counts any more, or 0. */
static int outside(const cd_record_t *r, const cd_eval_t *eval, cd_date_t until)
{
    cd_when_t from = cd_when_known(eval->since) ? eval->since : eval->aware;
    if (!cd_when_known(r->happened))
        return 0;
    return (cd_when_known(from) && r->happened.last < from.first)
           || (until && r->happened.first > until);
}

static void first_of(cd_excuse_t *excuse, const cd_record_t *r)
{
    if (cd_when_known(r->happened)
        && (!excuse->first || r->happened.first < excuse->first->happened.first))
        excuse->first = r;
}

static void count_tries(cd_excuse_t *excuse, const cd_eval_t *eval, cd_date_t until)
{
    const cd_record_t *r = NULL;
    apr_uint32_t methods = 0;
    while ((r = cd_case_next(eval->file, CD_REC_ATTEMPT, r))) {
        const cd_attempt_t *attempt = r->body;
        if (!tried_in_vain(attempt) || outside(r, eval, until))
            continue;
        excuse->attempts++;
        if (!excuse->last || r->happened.last >= excuse->last->happened.last)
            excuse->last = r;
        first_of(excuse, r);
        if (attempt->mode && !(methods & (1u << attempt->mode))) {
            methods |= 1u << attempt->mode;
            excuse->methods++;
        }
    }
    while ((r = cd_case_next(eval->file, CD_REC_REFUSAL, r))) {
        if (outside(r, eval, until))
            continue;
        if (!excuse->refusal || r->happened.last >= excuse->refusal->happened.last)
            excuse->refusal = r;
        first_of(excuse, r);
    }
}

static int enough_tries(const cd_excuse_t *excuse, const cd_policy_t *policy)
{
    return excuse->refusal
           || (excuse->attempts >= policy->excuse_attempts
               && excuse->methods >= policy->excuse_methods);
}

static const cd_record_t *judged_part(const cd_eval_t *eval, unsigned part)
{
    const cd_rule_t *rule = cd_policy_rule(eval->policy, part);
    return rule && rule->number ? cd_rule_judgement(eval->file, rule->number) : NULL;
}

static int reasonable(const cd_record_t *judged)
{
    return judged && ((const cd_judgement_t *)judged->body)->judgement == CD_JUDGED_REASONABLE;
}

/* Of two judgements on a first attempt past the target, the one that settles it: that it was
 * reasonable, said no earlier than the attempt, or, of the telling, that it was not. */
static const cd_record_t *settles(const cd_excuse_t *excuse, const cd_record_t *tried,
                                  const cd_eval_t *eval)
{
    const cd_record_t *told = judged_part(eval, CD_PART_TELLING);
    cd_date_t first = excuse->first->happened.first;
    if (reasonable(tried) && tried->happened.last >= first)
        return tried;
    return told && (!reasonable(told) || told->happened.last >= first) ? told : NULL;
}

/* Enough attempts under the policy's setting, or a refusal; and nobody found or judged otherwise.
 * Without at least one attempt or a refusal on record nothing is excused, whoever says so. */
cd_err_t *cd_rule_excuse(cd_excuse_t *out, const cd_eval_t *eval)
{
    const cd_rule_t *rule = cd_policy_rule(eval->policy, CD_PART_EXCUSE);
    const cd_record_t *judged = judged_part(eval, CD_PART_EXCUSE);
    const cd_record_t *found = rule ? cd_rule_finding(eval->file, rule->number) : NULL;
    cd_result_t scratch = { 0 };
    cd_clock_t clock;
    *out = (cd_excuse_t){ 0 };
    count_tries(out, eval, CD_NO_DATE);
    int enough = enough_tries(out, eval->policy);
    if (eval->notice || (judged && !reasonable(judged))
        || (found && ((const cd_finding_t *)found->body)->outcome == CD_FOUND_NOT_MET))
        return NULL;
    if (!enough && (!out->attempts || !judged))
        return NULL;
    out->holds = 1;
    out->judged = enough ? NULL : judged;
    if (!out->first)
        return NULL;
    CD_ERR(cd_rule_telling_clock(&clock, &scratch, eval));
    if (cd_rule_timing(clock, out->first->happened) != CD_TOO_LATE)
        return NULL;
    const cd_record_t *settled = settles(out, judged, eval);
    out->late = !settled;
    if (!out->judged || !reasonable(settled))
        out->judged = settled;
    return NULL;
}

cd_err_t *cd_rule_telling_clock(cd_clock_t *clock, cd_result_t *out, const cd_eval_t *eval)
{
    if (!eval->policy->law_notice_months)
        return cd_rule_talk_clock(clock, out, eval);
    cd_rule_months(clock, out, eval, eval->policy->law_notice_months,
                   eval->returned ? eval->since : eval->start, "");
    return NULL;
}

const char *cd_rule_first_try(const cd_eval_t *eval)
{
    const char *limit =
        cd_rule_limit_words(eval->policy->law_notice_months ? CD_DUE_LAW : CD_DUE_TARGET);
    const cd_record_t *first = eval->excuse->first;
    const char *on = cd_rule_on(first->happened, eval->pool);
    if (first->kind == CD_REC_REFUSAL)
        return apr_psprintf(
            eval->pool,
            "%s did not want to talk, said %s, past %s, and no attempt before that is on "
            "record.",
            cd_rule_who(eval), on, limit);
    return apr_psprintf(eval->pool, "The first attempt to reach %s was made %s, past %s.",
                        cd_rule_whom(eval), on, limit);
}

const char *cd_rule_tries(const cd_excuse_t *excuse, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%d attempt%s by %d method%s", excuse->attempts,
                        excuse->attempts == 1 ? "" : "s", excuse->methods,
                        excuse->methods == 1 ? "" : "s");
}

int cd_rule_closed_as_done(const cd_case_t *file)
{
    const cd_record_t *closure = cd_case_last(file, CD_REC_CLOSURE);
    return file->state == CD_CASE_CLOSED && closure
        && ((const cd_closure_t *)closure->body)->reason == CD_CLOSED_DUTY_DONE;
}

/* The first coming back after `since`, or NULL. */
static const cd_record_t *next_return(const cd_eval_t *eval, const cd_record_t *after)
{
    const cd_record_t *best = NULL, *r = NULL;
    while ((r = cd_case_next(eval->file, CD_REC_RETURN, r)))
        if (cd_when_known(r->happened) && (!after || r->happened.first > after->happened.first)
            && (!best || r->happened.first < best->happened.first
                || (r->happened.first == best->happened.first
                    && r->happened.last < best->happened.last)))
            best = r;
    return best;
}

/* Whether an excuse stood on the day the person came back: else a word entered would buy the trust
 * new time. */
static int excused_till(const cd_eval_t *eval, const cd_record_t *back)
{
    cd_excuse_t tries = { 0 };
    count_tries(&tries, eval, back->happened.first);
    return enough_tries(&tries, eval->policy)
        || (tries.attempts && reasonable(judged_part(eval, CD_PART_EXCUSE)));
}

void cd_rule_return(cd_eval_t *eval)
{
    const cd_record_t *back = NULL;
    eval->since = eval->aware;
    while ((back = next_return(eval, back))) {
        if (eval->notice && eval->told.first < back->happened.first)
            return;
        if (!excused_till(eval, back))
            continue;
        eval->returned = back;
        eval->since = back->happened;
    }
}

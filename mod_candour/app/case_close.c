/* case_close.c: what must be settled before a case closes, and what stands in the way of opening it
 * again.
 *
 * A case of which the duty asked something ends when each rule has an outcome, or when a person has
 * said why one has none. Only what needed no candour at all, or goes on elsewhere, closes without
 * that. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "domain/lists.h"

int app_rule_waits(const cd_result_t *result)
{
    return result->status == CD_ST_PENDING || result->status == CD_ST_UNDETERMINED;
}

const cd_record_t *app_rule_reason(const cd_case_t *file, int rule)
{
    const cd_record_t *record = NULL, *found = NULL;

    while ((record = cd_case_next(file, CD_REC_RULE_REASON, record)) != NULL)
        if (((const cd_rule_reason_t *)record->body)->rule == rule)
            found = record;
    return found;
}

/* Codes of the rules that have neither outcome nor reason, as "E02, E10"; NULL if there are none.
 */
static const char *open_rules(const cd_evaluation_t *eval, const cd_case_t *file, apr_pool_t *pool)
{
    const char *codes = NULL;
    int i;

    for (i = 0; i < eval->count; i++) {
        const cd_result_t *result = &eval->results[i];

        if (app_rule_waits(result) && !app_rule_reason(file, result->rule->number))
            codes = codes ? apr_pstrcat(pool, codes, ", ", result->rule->code, NULL)
                          : result->rule->code;
    }
    return codes;
}

/* Reasons that close a case without its rules: each says so much that the note, or another entry,
 * must bear it. */
static void elsewhere_check(const store_head_t *head, const cd_closure_t *closure,
                            const cd_case_t *file, cd_problems_t *problems)
{
    const cd_record_t *handed = cd_case_last(file, CD_REC_HANDOVER);

    if (closure->reason == CD_CLOSED_HANDED_OVER) {
        if (!handed || ((const cd_handover_t *)handed->body)->direction != CD_DIRECTION_GIVEN)
            cd_problem_add(
                problems, "reason", NULL,
                "Use “Hand the case over to another trust”. That closes the case by itself");
    } else if (!closure->note && closure->reason == CD_CLOSED_DUPLICATE) {
        cd_problem_add(problems, "note", NULL,
                       "Enter which other case it is in. If that case is here, use “Join a "
                       "duplicate” instead");
    } else if (!closure->note && closure->reason == CD_CLOSED_OPENED_IN_ERROR) {
        cd_problem_add(problems, "note", NULL, "Enter how it came to be opened by mistake");
    } else if (!closure->note && closure->reason == CD_CLOSED_OTHER) {
        cd_problem_add(problems, "note", NULL, "Enter the reason for closing the case");
    }
    if (head->state == CD_CASE_RECORDED && closure->reason == CD_CLOSED_DUTY_DONE)
        cd_problem_add(problems, "reason", NULL,
                       "The duty cannot be done in a case that was never opened");
    else if (head->state == CD_CASE_RECORDED && closure->reason == CD_CLOSED_OTHER)
        cd_problem_add(problems, "reason", NULL,
                       "The candour case was never opened. Select that it was found not to be "
                       "notifiable, is in "
                       "another case, or was opened by mistake");
}

static void not_notifiable_check(const cd_evaluation_t *eval, const cd_case_t *file,
                                 cd_problems_t *problems)
{
    if (!cd_case_last(file, CD_REC_OPINION))
        cd_problem_add(problems, "reason", NULL,
                       "Nobody has said whether it is notifiable. Record a healthcare "
                       "professional’s opinion first");
    else if (eval && eval->notifiable == CD_YES)
        cd_problem_add(problems, "reason", NULL,
                       "The opinion on record says that it is notifiable. If that has changed, "
                       "record the new opinion "
                       "first");
}

static void settled_check(const cd_evaluation_t *eval, const cd_case_t *file,
                          cd_problems_t *problems)
{
    const char *codes = open_rules(eval, file, problems->pool);

    if (codes)
        cd_problem_add(problems, "reason", NULL,
                       "Not everything the duty asks is settled: see %s. Record what is missing, "
                       "or give each of these "
                       "rules its reason",
                       codes);
}

cd_err_t *app_closure_check(app_ctx_t *ctx, const store_head_t *head, const cd_closure_t *closure,
                            const cd_case_t *file, cd_problems_t *problems)
{
    const cd_policy_t *policy = app_case_policy(file, file->org);
    const int by_rules =
        closure->reason == CD_CLOSED_DUTY_DONE || closure->reason == CD_CLOSED_OTHER;
    const cd_calendar_t *cal;
    cd_evaluation_t *eval = NULL;
    cd_err_t *err;

    elsewhere_check(head, closure, file, problems);
    if (head->state == CD_CASE_RECORDED && by_rules)
        return NULL;
    if (policy) {
        CD_ERR(app_calendar(&cal, ctx, cd_org_division(file->org)));
        err = cd_evaluate(&eval, file, policy, cal, ctx->today, ctx->pool);
        if (err && err->code == CD_E_RANGE && closure->reason == CD_CLOSED_DUTY_DONE)
            cd_problem_add(problems, "reason", NULL,
                           "Nobody can say that everything was done, because the rules cannot be "
                           "worked out: %s. "
                           "Choose another reason",
                           err->public_text);
        if (err && err->code != CD_E_RANGE)
            return err;
        if (err)
            eval = NULL;
    }
    if (closure->reason == CD_CLOSED_NOT_NOTIFIABLE)
        not_notifiable_check(eval, file, problems);
    else if (by_rules && eval)
        settled_check(eval, file, problems);
    return NULL;
}

void app_rule_reason_check(const cd_rule_reason_t *reason, const app_record_ask_t *ask,
                           const cd_case_t *file, cd_problems_t *problems)
{
    const cd_policy_t *policy = app_case_policy(file, file->org);
    const cd_record_t *there = app_rule_reason(file, reason->rule);
    int i, known = 0;

    for (i = 0; policy && i < policy->rule_count; i++)
        known |= policy->rules[i].number == reason->rule;
    if (!known && reason->rule)
        cd_problem_add(problems, "rule", NULL, "Select a rule that is held against this case");
    else if (there && there->seq != ask->supersedes)
        cd_problem_add(problems, "rule", NULL,
                       "There is a reason for this rule already. Correct that one");
}

/* The first record that shows that the person said no or was not reached; NULL: there is none. */
static const cd_record_t *first_closed_door(const cd_case_t *file)
{
    const cd_record_t *first = cd_case_next(file, CD_REC_REFUSAL, NULL), *record = NULL;

    while ((record = cd_case_next(file, CD_REC_ATTEMPT, record)) != NULL)
        if (((const cd_attempt_t *)record->body)->outcome != CD_ATTEMPT_REACHED
            && (!first || record->happened.last < first->happened.last))
            first = record;
    return first;
}

void app_return_check(const cd_return_t *back, const cd_case_t *file, cd_problems_t *problems)
{
    const cd_record_t *door = first_closed_door(file);

    if (!door)
        cd_problem_add(problems, "", NULL,
                       "Nobody has said no and no attempt to reach them has failed, so nobody can "
                       "have come back");
    else if (cd_when_known(back->returned) && back->returned.last < door->happened.first)
        cd_problem_add(problems, "returned", NULL,
                       "Date the person came back must be the same as or after %s",
                       cd_when_words(door->happened, problems->pool));
}

void app_reopening_check(const cd_reopening_t *reopening, const cd_case_t *file,
                         cd_problems_t *problems)
{
    const cd_record_t *closure = cd_case_last(file, CD_REC_CLOSURE);

    if (closure && cd_when_known(reopening->reopened)
        && reopening->reopened.last < closure->happened.first)
        cd_problem_add(problems, "reopened", NULL,
                       "Date must be the same as or after %s, when the case was closed",
                       cd_when_words(closure->happened, problems->pool));
}

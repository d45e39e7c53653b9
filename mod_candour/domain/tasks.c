/* tasks.c: what to do next in a case, from its evaluation. A task is a sentence to a colleague. */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "domain/rules.h"

typedef struct row_t {
    int rule;
    cd_record_kind_t does;
    const char *todo;              /* nothing was done yet */
    const char *prove;             /* done, and its record or proof is not whole */
    const char *twin;              /* contract rule with a date for the same act, or NULL */
} row_t;

static const row_t rows[] = {
    { CD_RULE_E01, CD_REC_OPINION, "Get a healthcare professional’s opinion",
      "Complete the record of the opinion", NULL },
    { CD_RULE_E02, CD_REC_TALK, "Tell the patient in person", NULL, "C01" },
    { CD_RULE_E03, CD_REC_TALK, NULL, "Write down how the patient was told, and who spoke", NULL },
    { CD_RULE_E04, CD_REC_TALK, NULL, "Write down whether all the facts known were given", NULL },
    { CD_RULE_E05, CD_REC_TALK, NULL, "Write down whether the enquiries were spoken of", NULL },
    { CD_RULE_E06, CD_REC_TALK, NULL, "Write down whether an apology was given", NULL },
    { CD_RULE_E07, CD_REC_DOCUMENT, "Write up the talk", NULL, NULL },
    { CD_RULE_E08, CD_REC_SUPPORT, NULL, "Write down what support was offered", NULL },
    { CD_RULE_E09, CD_REC_LETTER, "Send the written notification",
      "Complete the record of the letter and add proof that it was sent", NULL },
    { CD_RULE_E10, CD_REC_RESULTS, "Share the results in writing",
      "Add proof that the results were sent", "C02" },
    { CD_RULE_E11, CD_REC_ATTEMPT, "Try again to reach the person", "Log every attempt to reach the person",
      NULL },
    { CD_RULE_E12, CD_REC_LETTER, NULL, "Say where the copy of each letter is kept", NULL }
};

static const row_t *row_of(int rule)
{
    for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].rule == rule)
            return &rows[i];
    return NULL;
}

/* The nearest date that a rule's dues name. */
static void nearest(cd_task_t *task, const cd_result_t *result)
{
    for (int i = 0; result && i < result->due_count; i++) {
        const cd_due_t *due = &result->dues[i];
        if (due->on && (!task->due_on || due->on < task->due_on)) {
            task->due_on = due->on;
            task->due_kind = (int)due->kind;
        }
    }
}

static const char *text_of(const row_t *row, const cd_result_t *result, int waits)
{
    if (result->why == CD_WHY_JUDGE && row->rule == CD_RULE_E01)
        return "Have a person judge whether the opinion holds";
    if (result->why == CD_WHY_JUDGE)
        return "Have a person judge what the dates cannot settle";
    if (result->why == CD_WHY_NO_PROOF)
        return row->prove;
    return waits ? NULL : row->todo;
}

/* E10 before sign-off is another task: to sign the enquiry off. */
static int sign_off(cd_task_t *task, const cd_result_t *result, const cd_case_t *file)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_ENQUIRY);
    if (result->rule->number != CD_RULE_E10 || result->status != CD_ST_PENDING || !record
        || (result->due_count && result->dues[0].on))
        return 0;
    const cd_enquiry_t *enquiry = record->body;
    task->text = "Sign off the learning response";
    task->does = CD_REC_ENQUIRY;
    task->due_on = enquiry->expected_on;
    task->due_kind = enquiry->expected_on ? (int)CD_DUE_TARGET : 0;
    return 1;
}

/* What cannot be done before the talk was held, or a letter was sent. */
static int waits_for_another(const cd_result_t *result)
{
    switch (result->rule->number) {
    case CD_RULE_E12: return 1;
    case CD_RULE_E07: return result->due_count < 2;
    case CD_RULE_E09: return result->status == CD_ST_PENDING && !result->dues[1].from;
    default: return 0;
    }
}

static int make(cd_task_t *task, const cd_result_t *result, const cd_evaluation_t *eval,
                const cd_case_t *file, apr_pool_t *pool)
{
    const row_t *row = row_of(result->rule->number);
    int waits = waits_for_another(result);
    if (!row || (result->status != CD_ST_PENDING && result->status != CD_ST_UNDETERMINED))
        return 0;
    *task = (cd_task_t){ .why = result->sentence, .rule_code = result->rule->code };
    if (sign_off(task, result, file))
        return 1;
    task->text = text_of(row, result, waits);
    if (!task->text)
        return 0;
    task->does = result->why == CD_WHY_JUDGE ? CD_REC_JUDGEMENT : row->does;
    nearest(task, result);
    if (row->twin)
        nearest(task, cd_evaluation_rule(eval, row->twin));
    const char *late = cd_rule_late_words(result, pool);
    task->late = *late ? late : NULL;
    return 1;
}

/* What opens the gate that a rule waits at. An opinion is asked for by E01 itself, unless that was decided
 * otherwise. */
static int open_gate(cd_task_t *task, const cd_result_t *result, const cd_task_t *tasks, int count)
{
    static const struct { cd_gate_t gate; const char *text; cd_record_kind_t does; } gates[] = {
        { CD_GATE_OPINION, "Get a healthcare professional’s opinion", CD_REC_OPINION },
        { CD_GATE_OPINIONS, "Have a person judge which opinion holds", CD_REC_JUDGEMENT },
        { CD_GATE_BEGINNING, "Write down the day the trust became aware", CD_REC_OPENING }
    };
    for (int i = 0; i < count; i++)
        if (!strcmp(tasks[i].rule_code, "E01"))
            return 0;
    for (unsigned i = 0; i < sizeof(gates) / sizeof(*gates); i++)
        if (gates[i].gate == result->gate) {
            *task = (cd_task_t){ .text = gates[i].text, .why = result->sentence, .does = gates[i].does,
                                 .rule_code = "E01" };
            return 1;
        }
    return 0;
}

/* Dated tasks first, the nearest leading; the rest keep the order of the rules. */
static int by_due(const void *a, const void *b)
{
    const cd_task_t *x = a, *y = b;
    if (!x->due_on != !y->due_on)
        return x->due_on ? -1 : 1;
    if (x->due_on != y->due_on)
        return x->due_on < y->due_on ? -1 : 1;
    return strcmp(x->rule_code, y->rule_code);
}

cd_task_t *cd_tasks(int *count_out, const cd_evaluation_t *eval, const cd_case_t *file, apr_pool_t *pool)
{
    cd_task_t *tasks = apr_pcalloc(pool, (apr_size_t)(eval->count + 1) * sizeof(*tasks));
    int count = 0;
    for (int i = 0; i < eval->count && file->state != CD_CASE_CLOSED; i++)
        count += eval->results[i].gate ? open_gate(&tasks[count], &eval->results[i], tasks, count)
                                       : make(&tasks[count], &eval->results[i], eval, file, pool);
    qsort(tasks, (size_t)count, sizeof(*tasks), by_due);
    *count_out = count;
    return tasks;
}

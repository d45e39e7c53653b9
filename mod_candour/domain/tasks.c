/* tasks.c: what to do next in a case, from its evaluation. A task is a sentence to a colleague. */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "domain/rules.h"

typedef struct row_t {
    const char *code;
    cd_record_kind_t does;
    const char *todo;              /* nothing was done yet */
    const char *prove;             /* done, and its record or proof is not whole */
    const char *twin;              /* contract rule with a date for the same act, or NULL */
} row_t;

static const row_t rows[] = {
    { "E01", CD_REC_OPINION, "Get a healthcare professional’s opinion",
      "Complete the record of the opinion", NULL },
    { "E02", CD_REC_TALK, "Tell the patient in person", NULL, "C01" },
    { "E03", CD_REC_TALK, NULL, "Write down how the patient was told, and who spoke", NULL },
    { "E04", CD_REC_TALK, NULL, "Write down whether all the facts known were given", NULL },
    { "E05", CD_REC_TALK, NULL, "Write down whether the enquiries were spoken of", NULL },
    { "E06", CD_REC_TALK, NULL, "Write down whether an apology was given", NULL },
    { "E07", CD_REC_DOCUMENT, "Write up the talk", NULL, NULL },
    { "E08", CD_REC_SUPPORT, NULL, "Write down what support was offered", NULL },
    { "E09", CD_REC_LETTER, "Send the written notification",
      "Complete the record of the letter and add proof that it was sent", NULL },
    { "E10", CD_REC_RESULTS, "Share the results in writing", "Add proof that the results were sent",
      "C02" },
    { "E11", CD_REC_ATTEMPT, "Try again to reach the person",
      "Log every attempt to reach the person", NULL },
    { "E12", CD_REC_LETTER, NULL, "Say where the copy of each letter is kept", NULL },

    { "W00", CD_REC_OPINION, "Write down whether the duty applies",
      "Complete the record of the opinion", NULL },
    { "W01", CD_REC_TALK, "Tell the patient face to face, by video or by telephone",
      "Write down what the notice held", NULL },
    { "W02", CD_REC_TALK, NULL, NULL, NULL },
    { "W03", CD_REC_LETTER, "Send the written notification",
      "Complete the record of the letter and add proof that it was sent", NULL },
    { "W04", CD_REC_RESULTS, "Share the results", "Add proof that the results were sent", NULL },
    { "W05", CD_REC_DOCUMENT, NULL, "Complete the record of what was told and sent", NULL },
    { "W06", CD_REC_ANNUAL, "Count the case in the annual report", NULL, NULL },

    { "S01", CD_REC_OPINION, "Get the opinion of a professional who was not involved",
      "Get the opinion of a professional who was not involved", NULL },
    { "S02", CD_REC_OPINION, "Write down the day of the opinion", NULL, NULL },
    { "S03", CD_REC_TALK, "Tell the patient", NULL, NULL },
    { "S04", CD_REC_LETTER, "Offer an apology in writing", "Offer an apology in writing", NULL },
    { "S05", CD_REC_MEETING, "Invite the patient to a meeting",
      "Complete the record of the meeting", NULL },
    { "S06", CD_REC_ENQUIRY, "Complete the review", "Write down why the review takes longer, and "
      "when you said so",
      NULL },
    { "S07", CD_REC_ENQUIRY, "Ask the patient for their views",
      "Write down when you asked for views", NULL },
    { "S08", CD_REC_ENQUIRY, NULL, "List the actions of the review, each with its date", NULL },
    { "S09", CD_REC_ENQUIRY, "Offer a copy of the report", NULL, NULL },
    { "S10", CD_REC_ANNUAL, "Count the case in the annual report",
      "Write down whether anybody can be recognised in the annual report", NULL },
    { "S11", CD_REC_ATTEMPT, "Try again to reach the person",
      "Log every attempt to reach the person", NULL },

    { "N01", CD_REC_OPINION, "Log an opinion on the incident", NULL, NULL },
    { "N02", CD_REC_TALK, "Log what the patient was told", NULL, NULL },
    { "N05", CD_REC_LETTER, "Log the letter", NULL, NULL },
    { "N06", CD_REC_RESULTS, "Log the results that were shared", NULL, NULL }
};

static const row_t *row_of(const char *code)
{
    for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (!strcmp(rows[i].code, code))
            return &rows[i];
    return NULL;
}

/* Where one rule asks for the record of what was done and of the attempts, it is the attempts that
 * count while nobody was told. */
static const row_t *row_for(const cd_result_t *result, const cd_case_t *file)
{
    unsigned both = CD_PART_EXCUSE | CD_PART_COPIES;
    int attempts = (result->rule->parts & both) == both && !cd_case_last(file, CD_REC_TALK)
                && (cd_case_last(file, CD_REC_ATTEMPT) || cd_case_last(file, CD_REC_REFUSAL));
    return row_of(attempts ? "E11" : result->rule->code);
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
    if (result->why == CD_WHY_JUDGE && (result->rule->parts & CD_PART_OPINION))
        return "Have a person judge whether the opinion holds";
    if (result->why == CD_WHY_JUDGE)
        return "Have a person judge what the dates cannot settle";
    if (result->why == CD_WHY_NO_PROOF)
        return row->prove;
    if (result->rule->number == CD_RULE_S05 && result->evidence_count)
        return "Hold the meeting, or write down why there is none";
    return waits ? NULL : row->todo;
}

/* The results before sign-off are another task: to sign the enquiry off. */
static int sign_off(cd_task_t *task, const cd_result_t *result, const cd_case_t *file)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_ENQUIRY);
    if ((result->rule->number != CD_RULE_E10 && result->rule->number != CD_RULE_W04)
        || result->status != CD_ST_PENDING || !record || (result->due_count && result->dues[0].on))
        return 0;
    const cd_enquiry_t *enquiry = record->body;
    task->text = "Sign off the learning response";
    task->does = CD_REC_ENQUIRY;
    task->due_on = enquiry->expected_on;
    task->due_kind = enquiry->expected_on ? (int)CD_DUE_TARGET : 0;
    return 1;
}

/* What cannot be done yet: before the talk was held, a letter was sent, the review completed or the
 * year ended. */
static int waits_for_another(const cd_result_t *result, const cd_evaluation_t *eval,
                             const cd_case_t *file)
{
    int pending = result->status == CD_ST_PENDING;
    switch (result->rule->number) {
    case CD_RULE_E12: case CD_RULE_W05: return 1;
    case CD_RULE_E07: return result->due_count < 2;
    case CD_RULE_E09: return pending && !result->dues[1].from;
    case CD_RULE_W03: return pending && !result->dues[0].from;
    case CD_RULE_S05: case CD_RULE_S09: return pending && !result->dues[1].from;
    case CD_RULE_S04: return pending;
    case CD_RULE_S07: return pending && !cd_case_last(file, CD_REC_ENQUIRY);
    case CD_RULE_W06: case CD_RULE_S10: return pending && eval->as_at <= result->dues[1].from;
    default: return 0;
    }
}

/* Still to be done: open; or not done by the date of a law, which does not end the duty; or, of a
 * step that is only logged, not logged. */
static int to_do(const cd_result_t *result, const cd_case_t *file)
{
    unsigned parts = result->rule->parts;
    if (parts & CD_PART_STEP)
        return file->state == CD_CASE_OPEN && !result->evidence_count
            && (strcmp(result->rule->code, "N06") || cd_case_last(file, CD_REC_ENQUIRY));
    return result->status == CD_ST_PENDING || result->status == CD_ST_UNDETERMINED
        || (result->status == CD_ST_NOT_MET && (parts & CD_PART_BY_DATE) && !result->by_person
            && !cd_when_known(result->met_on));
}

static int make(cd_task_t *task, const cd_result_t *result, const cd_evaluation_t *eval,
                const cd_case_t *file, apr_pool_t *pool)
{
    const row_t *row = row_for(result, file);
    if (!row || !to_do(result, file))
        return 0;
    *task = (cd_task_t){ .why = result->sentence, .rule_code = result->rule->code };
    if (sign_off(task, result, file))
        return 1;
    task->text = text_of(row, result, waits_for_another(result, eval, file));
    if (!task->text)
        return 0;
    task->does = result->why == CD_WHY_JUDGE ? CD_REC_JUDGEMENT : row->does;
    if (result->rule->number != CD_RULE_S05
        || !result->evidence_count) /* that date is the invitation's */
        nearest(task, result);
    if (row->twin)
        nearest(task, cd_evaluation_rule(eval, row->twin));
    const char *late = cd_rule_late_words(result, pool);
    task->late = *late ? late : NULL;
    return 1;
}

/* What opens the gate that a rule waits at. An opinion is asked for by its own rule, unless that
 * was decided otherwise. */
static int open_gate(cd_task_t *task, const cd_result_t *result, const cd_policy_t *policy,
                     const cd_task_t *tasks, int count)
{
    const cd_rule_t *rule = cd_policy_rule(policy, CD_PART_OPINION);
    static const struct { cd_gate_t gate; const char *text; cd_record_kind_t does; } gates[] = {
        { CD_GATE_OPINION, "Get a healthcare professional’s opinion", CD_REC_OPINION },
        { CD_GATE_OPINIONS, "Have a person judge which opinion holds", CD_REC_JUDGEMENT },
        { CD_GATE_BEGINNING, "Write down the day the trust became aware", CD_REC_OPENING }
    };
    for (int i = 0; rule && i < count; i++)
        if (!strcmp(tasks[i].rule_code, rule->code))
            return 0;
    for (unsigned i = 0; i < sizeof(gates) / sizeof(*gates); i++)
        if (rule && gates[i].gate == result->gate) {
            *task = (cd_task_t){ .text = gates[i].text,
                                 .why = result->sentence,
                                 .does = gates[i].does,
                                 .rule_code = rule->code };
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

cd_task_t *cd_tasks(int *count_out, const cd_evaluation_t *eval, const cd_case_t *file,
                    apr_pool_t *pool)
{
    cd_task_t *tasks = apr_pcalloc(pool, (apr_size_t)(eval->count + 1) * sizeof(*tasks));
    int count = 0;
    for (int i = 0; i < eval->count && file->state != CD_CASE_CLOSED; i++)
        count += eval->results[i].gate
                     ? open_gate(&tasks[count], &eval->results[i], eval->policy, tasks, count)
                     : make(&tasks[count], &eval->results[i], eval, file, pool);
    qsort(tasks, (size_t)count, sizeof(*tasks), by_due);
    *count_out = count;
    return tasks;
}

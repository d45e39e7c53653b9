/* case_guard.c: what stands in the way of a record in a case.
 *
 * Each check adds problems in the words a person at the form can act on; none writes or fails.
 * Rights are asked by the use case, conditions inside one body by the domain (cd_record_check). */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "app/letter_core.h"
#include "app/workflow.h"
#include "base/text.h"
#include "domain/lists.h"

static int has_problem(const cd_problems_t *problems, const char *field)
{
    int i;

    for (i = 0; i < problems->count; i++)
        if (!strcmp(problems->list[i].field, field))
            return 1;
    return 0;
}

void app_required(const cd_field_t *fields, int count, const void *body, cd_problems_t *problems)
{
    int i;

    for (i = 0; i < count; i++) {
        const cd_field_t *field = &fields[i];

        if (!(field->flags & CD_FF_REQUIRED) || cd_field_plain(field, body, problems->pool))
            continue;
        if (!has_problem(problems, field->name))
            cd_field_read(field, (void *)body, "", CD_NO_DATE, problems);
    }
}

cd_err_t *app_problems(const cd_problems_t *problems)
{
    if (!problems->count)
        return NULL;
    return cd_err(problems->pool, CD_E_INVALID, NULL, "%d problems, first with field %s",
                  problems->count, problems->list[0].field);
}

#define REASON_MAX 500

/* Some kinds have a field of that name themselves; the form then calls the correction's by its
 * other name. */
static void reason_check(const char *reason, const cd_record_def_t *def, cd_problems_t *problems)
{
    const char *name = cd_record_field(def, "reason") ? "correction_reason" : "reason";

    if (!reason || !*reason)
        cd_problem_add(problems, name, NULL, "Enter why you are correcting this");
    else if (cd_text_chars(reason) > REASON_MAX)
        cd_problem_add(problems, name, NULL,
                       "Why you are correcting this must be %d characters or fewer", REASON_MAX);
}

static const cd_record_t *record_seq(const cd_record_t *records, int count, int seq)
{
    int i;

    for (i = 0; i < count; i++)
        if (records[i].seq == seq)
            return &records[i];
    return NULL;
}

void app_correction_check(const app_record_ask_t *ask, const cd_record_def_t *def,
                          const cd_record_t *records, int count, cd_problems_t *problems)
{
    const cd_record_t *old = record_seq(records, count, ask->supersedes);

    if (!old || (ask->kind != CD_REC_WITHDRAWAL && old->kind != def->kind))
        cd_problem_add(problems, "", NULL, "There is no such entry to correct");
    else if (old->superseded_by)
        cd_problem_add(problems, "", NULL,
                       "This entry was corrected already. Correct the newest one");
    else if (old->kind == CD_REC_WITHDRAWAL)
        cd_problem_add(problems, "", NULL, "What was taken back can be entered again, not changed");
    if (ask->kind != CD_REC_WITHDRAWAL)
        reason_check(ask->reason, def, problems);
}

static void workflow_check(const store_head_t *head, const app_record_ask_t *ask,
                           cd_problems_t *problems)
{
    int correcting = ask->supersedes && ask->kind != CD_REC_WITHDRAWAL;

    if (app_workflow_allows(ask->kind, head->state, correcting))
        return;
    if (ask->kind == CD_REC_INCIDENT)
        cd_problem_add(problems, "", NULL,
                       "A case has one incident. Correct the facts that are there");
    else if (head->state == CD_CASE_RECORDED && ask->kind != CD_REC_REOPENING)
        cd_problem_add(problems, "", NULL, "The candour case is not open yet. Open it first");
    else if (head->state == CD_CASE_CLOSED)
        cd_problem_add(
            problems, "", NULL,
            "The case is closed. Entries can be corrected, and findings, judgements and documents "
            "added. For anything else, open it again");
    else if (ask->kind == CD_REC_REOPENING)
        cd_problem_add(problems, "", NULL, "The case is not closed");
    else
        cd_problem_add(problems, "", NULL, "The candour case is open already");
}

/* The day an opinion says "notifiable" is the latest on which the trust can have become aware. The
 * domain has checked that where the day of the opinion is known exactly; here it may be a month or
 * a year. */
static void opening_check(app_ctx_t *ctx, const app_record_ask_t *ask, const cd_case_t *file,
                          cd_problems_t *problems)
{
    const cd_opening_t *opening = ask->body;
    const cd_record_t *opinion = cd_case_next(file, CD_REC_OPINION, NULL);
    cd_when_t day = opening->aware;

    if (!opinion) {
        cd_problem_add(problems, "", NULL,
                       "Record a healthcare professional’s opinion before you open the case");
        return;
    }
    if (has_problem(problems, "aware"))
        return;
    while (opinion && ((const cd_opinion_t *)opinion->body)->opinion != CD_OPINION_NOTIFIABLE)
        opinion = cd_case_next(file, CD_REC_OPINION, opinion);
    if (opinion && cd_when_known(opinion->happened) && cd_when_known(day)
        && day.first > opinion->happened.last)
        cd_problem_add(
            problems, "aware", NULL,
            "The date the trust became aware must be %s or earlier, when the opinion was given",
            cd_when_words(opinion->happened, ctx->pool));
    if (!cd_when_known(day) && opinion)
        day = opinion->happened;
    if (!cd_policy_for(file->org, cd_when_known(day) ? day.last : ctx->today))
        cd_problem_add(problems, "aware", NULL,
                       "No duty of candour was in force for this organisation on that date");
}

/* A hand-over or a join closed the case: its other half stands in a case elsewhere. */
static int by_move(const cd_closure_t *closure)
{
    return closure->reason == CD_CLOSED_HANDED_OVER || closure->reason == CD_CLOSED_DUPLICATE;
}

static void withdrawal_check(const app_record_ask_t *ask, const cd_case_t *file,
                             cd_problems_t *problems)
{
    const cd_record_t *old = cd_case_seq(file, ask->supersedes);

    if (!ask->supersedes)
        cd_problem_add(problems, "", NULL, "Say which entry is taken back");
    else if (old && old->kind == CD_REC_INCIDENT)
        cd_problem_add(problems, "", NULL,
                       "The incident cannot be taken back. Correct its facts, or close the case");
    else if (old && (old->kind == CD_REC_HANDOVER || old->kind == CD_REC_JOIN))
        cd_problem_add(problems, "", NULL,
                       "This entry stands in two cases, so it is not taken back. Open the case "
                       "again and say why");
    else if (old && old->kind == CD_REC_CLOSURE && by_move(old->body))
        cd_problem_add(problems, "", NULL,
                       "The case goes on in another one, so its closing is not taken back. Open "
                       "the case again and say "
                       "why");
    else if (old && (old->kind == CD_REC_DRAFT || old->kind == CD_REC_SIGNOFF))
        cd_problem_add(
            problems, "", NULL,
            "A letter and its check are not taken back. Save a new version of the letter");
    else if (old && old->kind == CD_REC_DOCUMENT && app_signoff_seq(old))
        cd_problem_add(
            problems, "", NULL,
            "This is the PDF of a letter that was let out. It stays as long as the letter does");
}

/* What a second person let out is what is printed and sent: marks and name may change, never the
 * bytes. */
static void frozen_check(const app_record_ask_t *ask, const cd_case_t *file,
                         cd_problems_t *problems)
{
    const cd_record_t *old = ask->supersedes ? cd_case_seq(file, ask->supersedes) : NULL;

    if (old && old->kind == CD_REC_DOCUMENT && app_signoff_seq(old)
        && ((const cd_document_t *)ask->body)->content
               != ((const cd_document_t *)old->body)->content)
        cd_problem_add(problems, "file", NULL,
                       "This is the PDF of a letter that was let out. Add another file as a "
                       "document of its own");
}

/* The other case holds the same entry: what names the two of them stays as it was. */
static void pair_check(const app_record_ask_t *ask, const cd_case_t *file, cd_problems_t *problems)
{
    const cd_record_t *old = ask->supersedes ? cd_case_seq(file, ask->supersedes) : NULL;

    if (!old || old->kind != ask->kind)
        return;
    if (ask->kind == CD_REC_HANDOVER
        && app_text_differs(((const cd_handover_t *)ask->body)->org_code,
                            ((const cd_handover_t *)old->body)->org_code))
        cd_problem_add(problems, "org_code", NULL,
                       "The trust cannot be changed. It can hand the case back");
    if (ask->kind == CD_REC_JOIN
        && app_text_differs(((const cd_join_t *)ask->body)->other_ref,
                            ((const cd_join_t *)old->body)->other_ref))
        cd_problem_add(problems, "other_ref", NULL,
                       "The other case cannot be changed. Open this one again instead");
}

static void single_check(const app_record_ask_t *ask, const cd_record_def_t *def,
                         const cd_case_t *file, cd_problems_t *problems)
{
    /* a case that was opened again is closed again */
    if (ask->kind == CD_REC_CLOSURE && file->state != CD_CASE_CLOSED)
        return;
    if (!def->many && !ask->supersedes && cd_case_last(file, ask->kind))
        cd_problem_add(problems, "", NULL, "There is one on record already. Correct that one");
}

/* A trust may admit; that it met the duty is for others to find. */
static void finding_check(const app_ctx_t *ctx, const cd_finding_t *finding,
                          cd_problems_t *problems)
{
    if (finding->outcome != CD_FOUND_MET
        || !app_role_is_trusts(app_role_used(ctx, CD_RIGHT_FINDING_RECORD)))
        return;
    cd_problem_add(problems, "outcome", NULL,
                   "Your trust can record a finding of not met, or done too late. A finding that "
                   "the rule was met "
                   "is recorded by the scheme or the regulator");
}

/* A judgement or finding on a rule of another country would be kept and never count. */
static void rule_check(const app_record_ask_t *ask, const cd_case_t *file, cd_problems_t *problems)
{
    const int finding = ask->kind == CD_REC_FINDING;
    const int rule = finding ? ((const cd_finding_t *)ask->body)->rule
                             : ((const cd_judgement_t *)ask->body)->rule;
    const cd_policy_t *policy = app_case_policy(file, file->org);

    if (!policy || !rule || has_problem(problems, "rule")
        || cd_policy_weighs(policy, rule, finding))
        return;
    if (cd_policy_rule(policy, CD_PART_STEP))
        cd_problem_add(problems, "rule", NULL,
                       "No rule can be judged here: there is no duty of candour in law");
    else
        cd_problem_add(problems, "rule", NULL,
                       "Select a rule that binds this organisation. %s does not",
                       cd_token_word(cd_rule_codes, rule));
}

cd_err_t *app_case_guard(app_ctx_t *ctx, const store_head_t *head, const app_record_ask_t *ask,
                         const cd_record_def_t *def, const cd_case_t *file, cd_problems_t *problems)
{
    cd_head_dates_t dates = { head->occurred, head->reported_on, head->aware_on };

    app_required(def->fields, def->field_count, ask->body, problems);
    cd_record_check(ask->kind, ask->body, &dates, ctx->today, problems);
    workflow_check(head, ask, problems);
    if (ask->kind == CD_REC_FINDING)
        finding_check(ctx, ask->body, problems);
    if (ask->supersedes && file)
        app_correction_check(ask, def, file->records, file->count, problems);
    if (!file)
        return NULL;
    single_check(ask, def, file, problems);
    if (ask->kind == CD_REC_FINDING || ask->kind == CD_REC_JUDGEMENT)
        rule_check(ask, file, problems);
    switch ((int)ask->kind) {
    case CD_REC_OPENING: opening_check(ctx, ask, file, problems); break;
    case CD_REC_WITHDRAWAL: withdrawal_check(ask, file, problems); break;
    case CD_REC_DOCUMENT: frozen_check(ask, file, problems); break;
    case CD_REC_HANDOVER: case CD_REC_JOIN: pair_check(ask, file, problems); break;
    case CD_REC_RETURN: app_return_check(ask->body, file, problems); break;
    case CD_REC_REOPENING: app_reopening_check(ask->body, file, problems); break;
    case CD_REC_RULE_REASON: app_rule_reason_check(ask->body, ask, file, problems); break;
    case CD_REC_CLOSURE: return app_closure_check(ctx, head, ask->body, file, problems);
    default: break;
    }
    return NULL;
}

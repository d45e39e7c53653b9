/* case_next.c: what to do next, and what to know before any contact. */
#include <string.h>

#include <apr_strings.h>

#include "app/workflow.h"
#include "web/case_view.h"
#include "web/page.h"
#include "web/url.h"

/* The record whose new version is the next step: a letter that is written but not sent, an enquiry
 * that is not signed off, an act whose record lacks its proof. NULL: the next step is a record of
 * its own. */
static const cd_record_t *unfinished(const app_case_view_t *view, const cd_task_t *task)
{
    const cd_record_t *record = cd_case_last(view->file, task->does);
    const cd_result_t *result =
        view->eval && task->rule_code ? cd_evaluation_rule(view->eval, task->rule_code) : NULL;

    if (!record)
        return NULL;
    if (task->does == CD_REC_LETTER && !cd_when_known(((const cd_letter_t *)record->body)->sent))
        return record;
    if (task->does == CD_REC_ENQUIRY
        && !cd_when_known(((const cd_enquiry_t *)record->body)->signed_off))
        return record;
    return result && result->why == CD_WHY_NO_PROOF && task->does != CD_REC_DOCUMENT ? record
                                                                                     : NULL;
}

static void action_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *map,
                       const cd_task_t *task)
{
    const cd_record_t *record = unfinished(view, task);
    const char *url;

    if (record && web_case_may_correct(x, view, record)) {
        url = web_url_query(x, web_case_add_url(x, view, task->does), "corrects",
                            apr_itoa(x->pool, record->seq));
        web_page_text(map, WN_url, url);
        web_page_text(map, WN_button,
                      task->does == CD_REC_ENQUIRY ? "Add the sign-off" : "Complete this entry");
    } else if (!record && web_case_may_add(x, view, task->does)) {
        url = web_case_add_url(x, view, task->does);
        if (task->does == CD_REC_JUDGEMENT && task->rule_code)
            url = web_url_query(x, url, "rule", task->rule_code);
        web_page_text(map, WN_url, url);
        web_page_text(map, WN_button, cd_record_def(task->does)->form_title);
    }
}

static void task_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *map,
                     const cd_task_t *task)
{
    web_put_text(map, WN_text, task->text);
    web_put_text(map, WN_why, web_own_words(x, task->why));
    web_put_text(map, WN_late, web_own_words(x, task->late));
    web_put_date(map, WN_on, task->due_on);
    web_put_text(map, WN_rule, task->rule_code);
    if (task->due_kind) {
        web_put_token(map, WN_kind, cd_due_kinds, task->due_kind);
        web_page_text(map, WN_due_word, web_due_word(task->due_kind));
        web_page_text(map, WN_due_label, web_due_label(x, task->due_kind));
    }
    web_page_flag(map, WN_has_date, task->due_on != 0);
    if (task->does)
        action_put(x, view, map, task);
}

/* Letters are written and checked, and cases given to people, on pages of their own. */
static int has_own_page(cd_record_kind_t kind)
{
    return kind == CD_REC_WITHDRAWAL || kind == CD_REC_DRAFT || kind == CD_REC_SIGNOFF
           || kind == CD_REC_ASSIGNMENT;
}

/* Every record that this actor may add now, as links. */
static void steps_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_page_list(x->view, WN_steps);
    const cd_record_def_t *defs;
    int i, count, added = 0;

    defs = cd_record_defs(&count);
    for (i = 0; i < count; i++) {
        web_view_t *item;

        if (defs[i].file != CD_FILE_CASE || has_own_page(defs[i].kind)
            || !web_case_may_add(x, view, defs[i].kind))
            continue;
        item = web_add(list);
        web_page_text(item, WN_label, defs[i].form_title);
        web_page_text(item, WN_url, web_case_add_url(x, view, defs[i].kind));
        added++;
    }
    web_page_flag(x->view, WN_has_steps, added > 0);
}

static void closed_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *next)
{
    const cd_record_t *record = cd_case_last(view->file, CD_REC_CLOSURE);
    const cd_closure_t *closure = record ? record->body : NULL;

    web_put_text(next, WN_text, "This case is closed");
    if (closure)
        web_put_text(
            next, WN_why,
            apr_psprintf(
                x->pool,
                "Closed: %s (%s). It can still be read, and mistakes can still be "
                "corrected. For anything else, open it again and say why.",
                web_lower_first(cd_token_label(cd_closure_reasons, closure->reason), x->pool),
                cd_when_words(closure->closed, x->pool)));
}

static void nothing_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *next)
{
    if (!view->policy) {
        web_put_text(next, WN_text, web_case_no_policy(x, view));
        web_put_text(
            next, WN_why,
            "What happened and what was done can be recorded. No rule is held against it.");
    } else if (view->gap) {
        web_put_text(next, WN_text, "The rules cannot be worked out");
        web_put_text(next, WN_why,
                     apr_psprintf(x->pool, "%s.", web_upper_first(view->gap, x->pool)));
    } else {
        web_put_text(next, WN_text, "Nothing is due in this case");
        if (view->eval && view->eval->count && web_result_is_step(&view->eval->results[0]))
            web_put_text(next, WN_why,
                         "There is no duty of candour in law here. Log each step of the framework "
                         "as you take it.");
    }
}

/* Steps of the duty are logged in an open case only; a case that is not notifiable can be closed.
 */
static const cd_task_t *state_task(const app_case_view_t *view)
{
    static const cd_task_t open = {
        .text = "Open the candour case", .does = CD_REC_OPENING,
        .why = "A healthcare professional found it to be notifiable. What is done next is logged "
        "in the open case."
    };
    static const cd_task_t shut = {
        .text = "Close the case", .does = CD_REC_CLOSURE,
        .why = "A healthcare professional found it not to be notifiable. A new opinion can still "
        "be recorded."
    };

    if (view->file->state != CD_CASE_RECORDED || !view->eval)
        return NULL;
    return view->eval->notifiable == CD_YES  ? &open
           : view->eval->notifiable == CD_NO ? &shut
                                             : NULL;
}

void web_case_next_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *next = web_put_map(x->view, WN_next);
    web_view_t *then = web_put_list(x->view, WN_then);
    const cd_task_t *first = state_task(view);
    const int open = view->file->state != CD_CASE_CLOSED;
    int i = 0, more;

    web_page_text(x->view, WN_next_heading,
                  view->looking_back ? "What was next on that day" : "What to do next");
    if (!first && open && view->task_count)
        first = &view->tasks[i++];
    if (!open)
        closed_put(x, view, next);
    else if (first)
        task_put(x, view, next, first);
    else
        nothing_put(x, view, next);
    for (more = 0; open && i < view->task_count; i++, more++)
        task_put(x, view, web_add(then), &view->tasks[i]);
    web_page_flag(x->view, WN_has_then, more > 0);
    steps_put(x, view);
}

/* One item for each line of a text. */
static int lines_put(web_view_t *list, const char *prefix, const char *text, apr_pool_t *pool)
{
    char *copy, *line, *state = NULL;
    int count = 0;

    if (!text)
        return 0;
    copy = apr_pstrdup(pool, text);
    for (line = apr_strtok(copy, "\n", &state); line; line = apr_strtok(NULL, "\n", &state)) {
        web_put_text(web_add(list), WN_text,
                     prefix ? apr_psprintf(pool, "%s%s", prefix, line) : line);
        count++;
    }
    return count;
}

void web_case_heed_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_heed);
    const cd_record_t *record = NULL;
    int count = 0;

    while ((record = cd_case_next(view->file, CD_REC_PERSON, record)) != NULL) {
        const cd_person_t *person = record->body;
        const int other = person->basis != CD_PERSON_SELF && person->name;
        const char *who =
            other ? apr_psprintf(x->pool, "%s: ", cd_initials(person->name, x->pool)) : NULL;

        count += lines_put(list, who, person->wishes, x->pool);
        count += lines_put(list, apr_pstrcat(x->pool, who ? who : "", "Letters: ", NULL),
                           person->format, x->pool);
        count += lines_put(list, apr_pstrcat(x->pool, who ? who : "", "Language: ", NULL),
                           person->language, x->pool);
        count += lines_put(list, apr_pstrcat(x->pool, who ? who : "", "May also be told: ", NULL),
                           person->may_be_told, x->pool);
    }
    web_page_flag(x->view, WN_has_heed, count > 0);
    web_page_text(x->view, WN_heed_heading,
                  apr_psprintf(x->pool, "Before you contact %s", web_case_person(view, x->pool)));
}

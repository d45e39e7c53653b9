/* case_rules.c: what the law asks, rule by rule, in the order of the law; and the tally.
 *
 * The order never changes with urgency, so that people learn places: what is urgent stands in
 * case_next.c. Late against a target is never called a breach. */
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/page.h"

#define TRUSTS_TARGET "the trust’s target"

static int is_own(const web_exchange_t *x)
{
    return x->ctx && x->ctx->actor && x->ctx->actor->org_id != 0;
}

const char *web_due_noun(const web_exchange_t *x, int due_kind)
{
    switch (due_kind) {
    case CD_DUE_LAW: return "the date that the law sets";
    case CD_DUE_CONTRACT: return "the contract date";
    default: return is_own(x) ? "our target" : TRUSTS_TARGET;
    }
}

const char *web_due_label(const web_exchange_t *x, int due_kind)
{
    return due_kind == CD_DUE_TARGET && !is_own(x) ? "Trust’s target"
                                                   : cd_token_label(cd_due_kinds, due_kind);
}

const char *web_own_words(const web_exchange_t *x, const char *text)
{
    const char *at = text && is_own(x) ? strstr(text, TRUSTS_TARGET) : NULL;

    if (!at)
        return text;
    return apr_pstrcat(x->pool, apr_pstrmemdup(x->pool, text, (apr_size_t)(at - text)),
                       "our target", web_own_words(x, at + sizeof(TRUSTS_TARGET) - 1), NULL);
}

const char *web_due_word(int due_kind)
{
    switch (due_kind) {
    case CD_DUE_LAW: return "law";
    case CD_DUE_CONTRACT: return "contract";
    default: return "target";
    }
}

const char *web_late_words(const web_exchange_t *x, const cd_result_t *result)
{
    apr_pool_t *pool = x->pool;
    const char *days;

    if (result->late_wd_max <= 0)
        return NULL;
    if (result->late_wd_min == result->late_wd_max)
        days = web_count(result->late_wd_max, "working day", "working days", pool);
    else if (result->late_wd_min <= 0)
        days = apr_psprintf(pool, "up to %s",
                            web_count(result->late_wd_max, "working day", "working days", pool));
    else
        days =
            apr_psprintf(pool, "%d to %d working days", result->late_wd_min, result->late_wd_max);
    return apr_psprintf(pool, "%s past %s", days, web_due_noun(x, result->late_against));
}

/* Each word on the screen with the colour of its tag, in the order of the tally. */
typedef struct cd_word_t { int status, why; const char *label, *css; } cd_word_t;
#define STEP_STATUS (-1)
static const cd_word_t words[] = {
    { CD_ST_MET, 0, "Met", "nhsuk-tag--green" },
    { CD_ST_MET_LATE, 0, "Met late", "nhsuk-tag--yellow" },
    { CD_ST_NOT_MET, 0, "Not met", "nhsuk-tag--red" },
    { CD_ST_UNDETERMINED, CD_WHY_NOT_DONE, "Not done", "nhsuk-tag--orange" },
    { CD_ST_UNDETERMINED, CD_WHY_NO_PROOF, "No proof yet", "nhsuk-tag--orange" },
    { CD_ST_UNDETERMINED, CD_WHY_JUDGE, "Needs judgement", "nhsuk-tag--orange" },
    { CD_ST_UNDETERMINED, CD_WHY_NOT_KNOWN, "Not known", "nhsuk-tag--orange" },
    { CD_ST_PENDING, 0, "Not due yet", "nhsuk-tag--grey" },
    { CD_ST_EXCUSED, 0, "Excused", "nhsuk-tag--blue" },
    { CD_ST_NOT_APPLICABLE, 0, "Does not apply",
      "nhsuk-tag--no-colour nhsuk-tag--no-border nhsuk-u-font-weight-normal" },
    /* of a framework that is not law: nothing is met, a step is logged or is not */
    { STEP_STATUS, 0, "Logged", "nhsuk-tag--blue" },
    { STEP_STATUS, 0, "Not logged", "nhsuk-tag--grey" }
};
#define WORDS ((int)(sizeof(words) / sizeof(words[0])))

int web_result_is_step(const cd_result_t *result)
{
    return (result->rule->parts & CD_PART_STEP) != 0;
}

static int word_of(const cd_result_t *result)
{
    int i;

    if (web_result_is_step(result))
        return result->evidence_count ? WORDS - 2 : WORDS - 1;
    for (i = 0; i < WORDS; i++) {
        if (words[i].status == (int)result->status
            && (!words[i].why || words[i].why == (int)result->why))
            return i;
    }
    return 6;   /* UNDETERMINED without a reason: not known */
}

const char *web_result_word(const cd_result_t *result, const char **css_out)
{
    const cd_word_t *word = &words[word_of(result)];

    *css_out = word->css;
    return word->label;
}

/* Why a rule has no outcome, where a person has said so. */
static void reason_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *row,
                       const cd_result_t *result)
{
    const cd_record_t *record =
        app_rule_waits(result) ? app_rule_reason(view->file, result->rule->number) : NULL;

    if (!record)
        return;
    web_put_text(row, WN_no_outcome, ((const cd_rule_reason_t *)record->body)->reason);
    web_page_text(row, WN_no_outcome_url, web_case_record_url(x, view, record->seq));
}

/* The law's "with the talk" is no date of its own: it is said in quiet words, or not beside another
 * date. */
static int is_companion(const cd_due_t *due)
{
    return due->kind == CD_DUE_LAW && !due->on && due->how
        && (!strncmp(due->how, "With ", 5) || !strncmp(due->how, "From ", 5));
}

static void due_put(web_exchange_t *x, web_view_t *list, const cd_due_t *due)
{
    web_view_t *item = web_add(list);

    web_put_token(item, WN_kind, cd_due_kinds, due->kind);
    web_put_date(item, WN_on, due->on);
    web_put_date(item, WN_counted_from, due->from);
    web_put_text(item, WN_how, due->how);
    web_page_text(item, WN_due_word, web_due_word(due->kind));
    web_page_text(item, WN_due_label, web_due_label(x, due->kind));
    if (due->on)
        web_page_text(item, WN_due_date, cd_date_words(due->on, x->pool));
    else
        web_page_text(item, WN_due_date, due->kind == CD_DUE_LAW ? "No fixed date" : "Not started");
}

static void dues_put(web_exchange_t *x, web_view_t *row, const cd_result_t *result)
{
    web_view_t *list = web_put_list(row, WN_dues);
    const char *companion = NULL;
    int i, count = 0;

    for (i = 0; i < result->due_count; i++) {
        if (is_companion(&result->dues[i]) && x->media == WEB_HTML) {
            companion = result->dues[i].how;
            continue;
        }
        due_put(x, list, &result->dues[i]);
        count++;
    }
    web_page_flag(row, WN_has_dues, count > 0);
    if (!count)
        web_page_text(row, WN_due_instead, companion);
}

static void evidence_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *row,
                         const cd_result_t *result)
{
    web_view_t *list = web_put_list(row, WN_evidence);
    int i, last = result->evidence_count - 1;

    for (i = 0; i <= last; i++) {
        const cd_record_t *record = cd_case_seq(view->file, result->evidence[i]);
        web_view_t *item;

        if (!record)
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_text(item, WN_text, web_record_line(record, x->pool));
        web_page_text(item, WN_url, web_case_record_url(x, view, record->seq));
        web_page_flag(item, WN_is_last, i == last);
    }
    web_page_flag(row, WN_has_evidence, last >= 0);
    if (result->by_person) {
        const cd_record_t *record = cd_case_seq(view->file, result->by_person);

        web_put_int(row, WN_by_person, result->by_person);
        if (record) {
            web_page_text(row, WN_link_url, web_case_record_url(x, view, record->seq));
            web_page_text(row, WN_link_text, web_record_title(record, x->pool));
        }
    }
}

static void rule_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *row,
                     const cd_result_t *result)
{
    const cd_rule_t *rule = result->rule;
    const cd_word_t *word = &words[word_of(result)];
    const char *late = web_late_words(x, result), *said = web_own_words(x, result->words);
    const int open = result->status == CD_ST_NOT_MET || result->status == CD_ST_UNDETERMINED;

    web_put_text(row, WN_code, rule->code);
    web_put_text(row, WN_name, rule->name);
    web_put_text(row, WN_citation, rule->citation);
    web_put_text(row, WN_instrument, rule->instrument);
    web_put_token(row, WN_weight, cd_weights, rule->weight);
    web_page_flag(row, WN_is_offence, rule->weight == CD_WEIGHT_OFFENCE);
    web_put_token(row, WN_status, cd_statuses, result->status);
    web_put_text(row, WN_status_words, word->label);
    web_page_text(row, WN_tag_text, word->label);
    web_page_text(row, WN_tag_class, word->css);
    web_put_when(row, WN_met_on, result->met_on);
    if (late && said && strstr(said, " past "))
        said = NULL;                     /* the rule's few words are the lateness itself */
    if (web_result_is_step(result))      /* the tag says the rest */
        said = cd_when_known(result->met_on) ? cd_when_words(result->met_on, x->pool) : NULL;
    web_put_text(row, WN_words, said);
    web_put_text(row, WN_late, open || result->status == CD_ST_MET_LATE ? late : NULL);
    web_page_flag(row, WN_is_late, (open && late) || result->status == CD_ST_NOT_MET);
    web_put_text(row, WN_sentence, web_own_words(x, result->sentence));
    dues_put(x, row, result);
    reason_put(x, view, row, result);
    evidence_put(x, view, row, result);
}

/* Before a professional has said whether it is notifiable, nothing is known of the other rules: a
 * page that repeats that for each of them hides the one that matters. JSON has them all. */
static int is_waiting(const web_exchange_t *x, const cd_evaluation_t *eval,
                      const cd_result_t *result)
{
    return x->media == WEB_HTML && eval->notifiable == CD_UNSAID
           && result->status == CD_ST_UNDETERMINED && result->why != CD_WHY_NOT_DONE
           && !result->evidence_count && !result->by_person;
}

/* A contract's rule stands right after the first rule of its group: C01 under E02, C02 under E10.
 */
static void group_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                      cd_group_t group)
{
    const cd_evaluation_t *eval = view->eval;
    web_view_t *rows = NULL;
    int i, pass, first = -1;

    for (i = 0; i < eval->count && first < 0; i++) {
        if (eval->results[i].rule->group == group)
            first = i;
    }
    if (first < 0)
        return;
    for (pass = 0; pass < 3; pass++) {
        for (i = 0; i < eval->count; i++) {
            const cd_rule_t *rule = eval->results[i].rule;
            const int wanted = i == first ? 0 : rule->weight == CD_WEIGHT_CONTRACT ? 1 : 2;

            if (rule->group != group || wanted != pass || is_waiting(x, eval, &eval->results[i]))
                continue;
            if (!rows) {
                web_view_t *map = web_add(list);

                web_put_token(map, WN_group, cd_groups, group);
                rows = web_put_list(map, WN_rules);
            }
            rule_put(x, view, web_add(rows), &eval->results[i]);
        }
    }
}

static void tally_put(web_exchange_t *x, const cd_evaluation_t *eval)
{
    web_view_t *list = web_put_list(x->view, WN_tally);
    int i, w, waiting = 0, counts[WORDS] = { 0 };

    for (i = 0; i < eval->count; i++) {
        if (is_waiting(x, eval, &eval->results[i]))
            waiting++;
        else
            counts[word_of(&eval->results[i])]++;
    }
    if (waiting)
        web_page_text(
            x->view, WN_waiting_words,
            apr_psprintf(
                x->pool,
                "%s once a healthcare professional has said if the incident is notifiable.",
                web_count(waiting, "more rule is looked at", "more rules are looked at", x->pool)));
    for (w = 0; w < WORDS; w++) {
        web_view_t *item;

        if (!counts[w])
            continue;
        item = web_add(list);
        web_put_int(item, WN_count, counts[w]);
        web_put_text(item, WN_words, web_lower_first(words[w].label, x->pool));
    }
}

void web_case_rules_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list;
    int group;

    web_page_flag(x->view, WN_has_rules, view->eval != NULL);
    if (!view->eval)
        return;
    web_page_text(x->view, WN_law_heading,
                  view->eval->count && web_result_is_step(&view->eval->results[0])
                      ? "The steps of the framework"
                      : "What the law asks");
    list = web_put_list(x->view, WN_rule_groups);
    for (group = CD_GROUP_DECIDING; group <= CD_GROUP_REPORT; group++)
        group_put(x, view, list, (cd_group_t)group);
    tally_put(x, view->eval);
}

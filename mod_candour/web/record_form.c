/* record_form.c: adding a record to a case, correcting one, taking one back.
 *
 * One pair of handlers for all kinds; the form comes from the kind's own description. The frame is
 * read from the database only when a page is shown: a record that is simply saved costs no more
 * than its own write. */
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/changed.h"
#include "web/document.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/work_view.h"

typedef struct ask_t {
    const cd_record_def_t *def;
    const char *reference;
    app_case_view_t *view;               /* NULL until a page has to be shown */
    web_form_t *form;
    cd_field_t *fields;                  /* the kind's, of which a page may offer fewer choices */
    void *body;
    int takes_back;                      /* entry that a withdrawal takes back, 0: not one */
} ask_t;

/* That a case was handed over is written by handing it over, and by nothing else. */
static void closings_offer(ask_t *ask, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < ask->def->field_count; i++)
        if (!strcmp(ask->fields[i].name, "reason"))
            ask->fields[i].tokens =
                cd_token_without(ask->fields[i].tokens, CD_CLOSED_HANDED_OVER, pool);
}

static cd_err_t *begin(ask_t *ask, web_exchange_t *x)
{
    ask->reference = x->param[0];
    ask->def = cd_record_def_by_word(CD_FILE_CASE, x->param[1]);
    /* Letters are written and checked on their own pages. */
    if (!ask->def || ask->def->kind == CD_REC_DRAFT || ask->def->kind == CD_REC_SIGNOFF)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such kind of record in a case");
    ask->body = apr_pcalloc(x->pool, ask->def->size);
    ask->fields = apr_pmemdup(x->pool, ask->def->fields,
                              sizeof(*ask->fields) * (apr_size_t)ask->def->field_count);
    if (ask->def->kind == CD_REC_CLOSURE)
        closings_offer(ask, x->pool);
    ask->form = web_form_make(ask->fields, ask->def->field_count, ask->body, x->pool);
    return NULL;
}

/* ---- beside the form ---- */

static int asks_of(const cd_record_def_t *def, const char *code)
{
    int i;

    for (i = 0; i < def->field_count; i++) {
        if (def->fields[i].rules && strstr(def->fields[i].rules, code))
            return 1;
    }
    return 0;
}

/* What the law asks of this step: the rules that the form's own fields answer. */
static int asks_put(web_exchange_t *x, const ask_t *ask)
{
    const cd_policy_t *policy = ask->view->policy;
    web_view_t *list = web_page_list(x->view, WN_asks);
    int i, count = 0;

    for (i = 0; policy && i < policy->rule_count; i++) {
        const cd_rule_t *rule = &policy->rules[i];
        web_view_t *item;

        if (!asks_of(ask->def, rule->code))
            continue;
        item = web_add(list);
        count++;
        web_page_text(item, WN_text, rule->name);
        web_page_text(
            item, WN_citation,
            apr_psprintf(x->pool, "%s, %s", rule->code, web_lower_first(rule->citation, x->pool)));
    }
    web_page_text(x->view, WN_asks_heading, "What the law asks of this");
    web_page_flag(x->view, WN_has_asks, count > 0);
    return count;
}

static void other_put(web_view_t *list, const char *label, const char *url)
{
    web_view_t *item = web_add(list);

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
}

static int kinds_put(web_exchange_t *x, const ask_t *ask, web_view_t *list,
                     const cd_record_kind_t *kinds, int of)
{
    int i, count = 0;

    for (i = 0; i < of; i++) {
        if (!web_case_may_add(x, ask->view, kinds[i]))
            continue;
        other_put(list, cd_record_def(kinds[i])->form_title,
                  web_case_add_url(x, ask->view, kinds[i]));
        count++;
    }
    return count;
}

/* Rules that keep the case from closing: each is a link to the form for its reason. */
static int open_rules_put(web_exchange_t *x, const ask_t *ask, web_view_t *list)
{
    const cd_evaluation_t *eval = ask->view->eval;
    const char *form = web_case_add_url(x, ask->view, CD_REC_RULE_REASON);
    int i, count = 0;

    for (i = 0; eval && i < eval->count; i++) {
        const cd_rule_t *rule = eval->results[i].rule;

        if (!app_rule_waits(&eval->results[i]) || app_rule_reason(ask->view->file, rule->number))
            continue;
        other_put(list, apr_psprintf(x->pool, "%s: %s", rule->code, rule->name),
                  web_url_query(x, form, "rule", rule->code));
        count++;
    }
    return count;
}

/* Other forms that this one may lead to. */
static int others_put(web_exchange_t *x, const ask_t *ask)
{
    static const cd_record_kind_t not_told[] = { CD_REC_ATTEMPT, CD_REC_REFUSAL };
    static const cd_record_kind_t moves[] = { CD_REC_HANDOVER, CD_REC_JOIN };
    web_view_t *list = web_page_list(x->view, WN_others);
    const char *heading = "If the person could not be told";
    int count = 0;

    if (ask->def->kind == CD_REC_TALK) {
        count = kinds_put(x, ask, list, not_told, 2);
    } else if (ask->def->kind == CD_REC_CLOSURE
               && web_case_may_add(x, ask->view, CD_REC_RULE_REASON)) {
        count = open_rules_put(x, ask, list);
        heading = "Rules without an outcome: give each its reason";
    } else if (ask->def->kind == CD_REC_CLOSURE) {
        count = kinds_put(x, ask, list, moves, 2);
        heading = "If it goes on elsewhere";
    }
    web_page_text(x->view, WN_others_heading, heading);
    web_page_flag(x->view, WN_has_others, count > 0);
    return count;
}

#define TRUSTS_SHOWN 40

/* Beside a hand-over: which trusts are here, by their codes. Too many would be no help. */
static int trusts_put(web_exchange_t *x, const ask_t *ask)
{
    web_view_t *list = web_page_list(x->view, WN_trusts_here);
    const cd_org_t *orgs;
    int i, count = 0, shown = 0;
    cd_err_t *err = ask->def->kind == CD_REC_HANDOVER ? app_orgs(&orgs, &count, x->ctx) : NULL;

    for (i = 0; !err && count <= TRUSTS_SHOWN && i < count; i++) {
        web_view_t *item;

        if (!strcmp(orgs[i].code, ask->view->row.org_code)
            || (orgs[i].closed_on && orgs[i].closed_on <= x->ctx->today))
            continue;
        item = web_add(list);
        web_page_text(item, WN_code, orgs[i].code);
        web_page_text(item, WN_text, orgs[i].name);
        shown++;
    }
    web_page_flag(x->view, WN_has_trusts_here, shown > 0);
    return shown;
}

static int facts_put(web_exchange_t *x, const ask_t *ask)
{
    const char *facts = ask->view->incident ? ask->view->incident->facts : NULL;
    web_view_t *list = web_page_list(x->view, WN_known_facts);
    char *line, *state = NULL;
    int count = 0;

    if (!facts || (ask->def->kind != CD_REC_TALK && ask->def->kind != CD_REC_LETTER))
        return 0;
    for (line = apr_strtok(apr_pstrdup(x->pool, facts), "\n", &state); line;
         line = apr_strtok(NULL, "\n", &state)) {
        web_page_text(web_add(list), WN_text, line);
        count++;
    }
    web_page_flag(x->view, WN_has_known_facts, count > 0);
    return count;
}

/* ---- the frame ---- */

static void correcting_put(web_exchange_t *x, const ask_t *ask)
{
    const int seq = ask->takes_back ? ask->takes_back : ask->form->supersedes;
    const cd_record_t *old = cd_case_seq(ask->view->file, seq);

    if (!old)
        return;
    web_page_flag(x->view, WN_correcting, 1);
    web_page_flag(x->view, WN_withdrawing, ask->def->kind == CD_REC_WITHDRAWAL);
    web_page_text(x->view, WN_corrects_url, web_case_record_url(x, ask->view, old->seq));
    web_page_text(x->view, WN_corrects_text, web_record_line(old, x->pool));
}

static const char *heading_of(const ask_t *ask, apr_pool_t *pool)
{
    if (!ask->form->supersedes || ask->def->kind == CD_REC_WITHDRAWAL)
        return ask->def->form_title;
    return apr_psprintf(pool, "Correct: %s", web_lower_first(ask->def->title, pool));
}

/* Of all countries' rules a page offers those that are held against this case. */
static void rules_offer(ask_t *ask, apr_pool_t *pool)
{
    const cd_policy_t *policy = ask->view->policy;
    int i, k, field;

    for (field = 0; policy && field < ask->def->field_count; field++) {
        cd_token_t *offered;
        int count = 0;

        if (ask->fields[field].tokens != cd_rule_codes)
            continue;
        offered = apr_pcalloc(pool, sizeof(*offered) * (apr_size_t)(policy->rule_count + 1));
        for (i = 0; cd_rule_codes[i].word; i++)
            for (k = 0; k < policy->rule_count; k++)
                if (policy->rules[k].number == cd_rule_codes[i].value)
                    offered[count++] = cd_rule_codes[i];
        if (count)
            ask->fields[field].tokens = offered;
    }
}

static cd_err_t *frame(ask_t *ask, web_exchange_t *x)
{
    int beside;

    if (!ask->view)
        CD_ERR(app_case_view(&ask->view, x->ctx, 0));
    rules_offer(ask, x->pool);
    if (ask->def->kind == CD_REC_ASSIGNMENT && x->media == WEB_HTML)
        CD_ERR(web_work_assignment_fields(ask->form, x));
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading_of(ask, x->pool), ask->reference),
                   heading_of(ask, x->pool));
    web_page_text(x->view, WN_caption, web_case_title(ask->view));
    web_case_identity(x, ask->view);
    web_crumb(x, ask->reference, web_url(x, "case.show", ask->reference, NULL));
    web_put_text(x->view, WN_lead,
                 ask->form->supersedes && !ask->takes_back ? NULL : ask->def->lead);
    web_page_text(x->view, WN_form_url,
                  web_url(x, "record.add", ask->reference, ask->def->word, NULL));
    web_page_text(x->view, WN_submit_label,
                  ask->def->kind == CD_REC_WITHDRAWAL ? "Take it back"
                  : ask->form->supersedes ? "Save the correction" : "Save");
    web_page_text(x->view, WN_cancel_url, web_url(x, "case.show", ask->reference, NULL));
    correcting_put(x, ask);
    beside = asks_put(x, ask) + others_put(x, ask) + facts_put(x, ask) + trusts_put(x, ask);
    web_page_flag(x->view, WN_has_aside, beside > 0);
    return NULL;
}

/* A withdrawal says why in its own field: the form must not ask for the reason of a correction
 * besides. So the form does not know of the entry; the page sends its number all the same. */
static void own_reason(ask_t *ask)
{
    cd_problems_t *problems = &ask->form->problems;
    int i, kept = 0;

    if (ask->def->kind != CD_REC_WITHDRAWAL)
        return;
    for (i = 0; i < problems->count; i++) {
        if (strcmp(problems->list[i].field, "correction_reason"))
            problems->list[kept++] = problems->list[i];
    }
    problems->count = kept;
    ask->takes_back = ask->form->supersedes;
    ask->form->supersedes = 0;
}

/* The form as the page sends it, with the number of the entry that is taken back. */
static void show(web_exchange_t *x, ask_t *ask)
{
    web_form_show(x->view, ask->form, x);
    if (ask->takes_back)
        web_page_text(x->view, WN_supersedes, apr_itoa(x->pool, ask->takes_back));
}

/* ---- a form to fill in ---- */

/* A correction opens with the answers as they stand. */
static cd_err_t *open_correction(ask_t *ask, web_exchange_t *x, int seq)
{
    const cd_record_t *old = cd_case_seq(ask->view->file, seq);

    if (!old || old->superseded_by
        || (ask->def->kind != CD_REC_WITHDRAWAL && old->kind != ask->def->kind))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "record %d is not there to be corrected", seq);
    if (!app_may_mend(x->ctx, old))
        return cd_err(x->pool, CD_E_FORBIDDEN,
                      "only somebody in the role that entered this may correct it or take it back",
                      "record %d was entered in role %d", seq, old->role);
    ask->form->supersedes = seq;
    if (ask->def->kind != CD_REC_WITHDRAWAL)
        memcpy(ask->body, old->body, ask->def->size);
    return NULL;
}

/* "?rule=E02": a judgement, or the reason for an open rule, opens with the rule that waits for it.
 */
static cd_err_t *preset_rule(ask_t *ask, web_exchange_t *x)
{
    const char *code;

    CD_ERR(web_query(&code, x, "rule"));
    if (code && ask->def->kind == CD_REC_JUDGEMENT)
        ((cd_judgement_t *)ask->body)->rule = cd_token_strict(cd_rule_codes, code);
    if (code && ask->def->kind == CD_REC_RULE_REASON)
        ((cd_rule_reason_t *)ask->body)->rule = cd_token_strict(cd_rule_codes, code);
    return NULL;
}

cd_err_t *web_record_new(web_exchange_t *x)
{
    ask_t ask = { 0 };
    const cd_record_t *there;
    int corrects;

    CD_ERR(begin(&ask, x));
    CD_ERR(web_query_seq(&corrects, x, "corrects"));
    if (ask.def->kind == CD_REC_DOCUMENT && x->media == WEB_HTML)
        return web_redirect(x, web_document_url(x, ask.reference, corrects));
    CD_ERR(preset_rule(&ask, x));
    CD_ERR(app_case_view(&ask.view, x->ctx, 0));
    there = ask.def->many ? NULL : cd_case_last(ask.view->file, ask.def->kind);
    if (ask.def->kind == CD_REC_CLOSURE && ask.view->file->state != CD_CASE_CLOSED)
        there = NULL;            /* it was opened again since */
    if (!corrects && there)      /* a case has one of these: a second one is a correction */
        corrects = there->seq;
    if (!corrects && ask.def->kind == CD_REC_WITHDRAWAL)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "nothing is named that could be taken back");
    if (corrects)
        CD_ERR(open_correction(&ask, x, corrects));
    ask.form->version = ask.view->row.version;
    CD_ERR(frame(&ask, x));
    own_reason(&ask);
    show(x, &ask);
    return NULL;
}

/* ---- saving ---- */

/* 409 with both versions. What is sent next counts from the version shown here. */
static cd_err_t *changed_meanwhile(ask_t *ask, web_exchange_t *x, const cd_err_t *stale)
{
    if (x->media != WEB_HTML)
        return cd_err_wrap(x->pool, stale, "saving a %s", ask->def->word);
    CD_ERR(app_case_view(&ask->view, x->ctx, 0));
    web_case_diff_put(x, ask->view, ask->form, ask->def->kind);
    CD_ERR(frame(ask, x));
    CD_ERR(web_case_changed(x, ask->view, ask->form, ask->def->form_title));
    if (ask->takes_back)
        web_page_text(x->view, WN_supersedes, apr_itoa(x->pool, ask->takes_back));
    return NULL;
}

static cd_err_t *again(ask_t *ask, web_exchange_t *x)
{
    CD_ERR(frame(ask, x));
    CD_ERR(web_form_again(x, ask->form));
    if (ask->takes_back)
        web_page_text(x->view, WN_supersedes, apr_itoa(x->pool, ask->takes_back));
    return NULL;
}

static const char *after_saving(web_exchange_t *x, const ask_t *ask, int seq)
{
    return apr_psprintf(x->pool, "%s#r%d", web_url(x, "case.show", ask->reference, NULL), seq);
}

cd_err_t *web_record_add(web_exchange_t *x)
{
    ask_t ask = { 0 };
    app_record_ask_t record = { 0 };
    cd_err_t *err;
    int seq = 0;

    CD_ERR(begin(&ask, x));
    CD_ERR(web_form_read(ask.form, x));
    own_reason(&ask);
    record.kind = ask.def->kind;
    record.body = ask.body;
    record.version = ask.form->version;
    record.supersedes = ask.takes_back ? ask.takes_back : ask.form->supersedes;
    record.reason = ask.form->reason;
    err = app_case_record(&seq, x->ctx, &record, &ask.form->problems);
    if (web_form_to_mend(x, ask.form, err))
        return again(&ask, x);
    if (err && err->code == CD_E_STALE)
        return changed_meanwhile(&ask, x, err);
    CD_ERR(err);
    return web_redirect(x, after_saving(x, &ask, seq));
}

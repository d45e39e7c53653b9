/* round_form.c: the forms of the round: ask, answer, tell, say, send for decision; and taking one
 * back.
 *
 * One pair of handlers; the fields are the kind's own, with two more: the entries that are named,
 * and that a flag is sent early. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"
#include "web/form.h"
#include "web/page.h"
#include "web/round_view.h"
#include "web/route.h"
#include "web/url.h"

typedef struct answers_t {
    union {
        cd_request_t request;
        cd_answer_t answer;
        cd_indication_t indication;
        cd_representation_t representation;
        cd_for_decision_t sending;
    } body;                              /* first: its fields keep their offsets */
    apr_uint32_t entries;
    int early;
} answers_t;

typedef struct page_t {
    app_round_view_t *view;
    const cd_record_def_t *def;
    cd_deed_t deed;
    answers_t *answers;
    web_form_t *form;
} page_t;

static cd_deed_t deed_of(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_REQUEST: return CD_DEED_ASK;
    case CD_REC_ANSWER: return CD_DEED_ANSWER;
    case CD_REC_INDICATION: return CD_DEED_INDICATE;
    case CD_REC_REPRESENTATION: return CD_DEED_REPRESENT;
    case CD_REC_FOR_DECISION: return CD_DEED_SEND;
    default: return (cd_deed_t)0;
    }
}

/** Only the rules that are open in the newest flag. */
static const cd_token_t *rules_open(const app_round_view_t *view, apr_pool_t *pool)
{
    cd_token_t *list = apr_pcalloc(pool, sizeof(*list) * 32);
    const cd_token_t *rule;
    int count = 0;

    for (rule = cd_flag_rules; rule->word; rule++)
        if (view->open_rules & (1u << rule->value))
            list[count++] = *rule;
    return list;
}

/** "CM_2026_0412_7", as the words of all code lists are. */
static const cd_token_t *entries_of(const app_round_view_t *view, apr_pool_t *pool)
{
    cd_token_t *list = apr_pcalloc(pool, sizeof(*list) * (APP_ROUND_ENTRIES + 1));
    int i;

    for (i = 0; i < view->entry_count; i++) {
        char *word = apr_psprintf(pool, "%s_%d", view->entries[i].reference, view->entries[i].seq),
             *at;

        for (at = word; *at; at++)
            if (*at == '-')
                *at = '_';
        list[i].value = i + 1;
        list[i].word = word;
        list[i].label = web_round_entry_words(&view->entries[i], pool);
    }
    return list;
}

static const cd_token_t early_words[] = {
    { 1, "EARLY", "The trust’s time still runs. I send it early." }, { 0, NULL, NULL }
};

static cd_field_t *fields_of(int *count_out, const page_t *page, apr_pool_t *pool)
{
    const cd_record_def_t *def = page->def;
    cd_field_t *list = apr_pcalloc(pool, sizeof(*list) * (apr_size_t)(def->field_count + 2));
    int count = def->field_count;

    memcpy(list, def->fields, sizeof(*list) * (apr_size_t)count);
    for (int i = 0; i < count; i++)
        if (!strcmp(list[i].name, "rules"))
            list[i].tokens = rules_open(page->view, pool);
    if ((def->kind == CD_REC_ANSWER || def->kind == CD_REC_REPRESENTATION)
        && page->view->entry_count)
        list[count++] = (cd_field_t){
            .name = "entries", .type = CD_FT_SET, .offset = offsetof(answers_t, entries),
            .tokens = entries_of(page->view, pool),
            .label = "Tick the entries of your cases that show it",
            .noun = "the entries that show it", .shown = "Entries",
            .hint = "Add documents and entries in the case first. They are listed here then, "
            "newest first." };
    if (def->kind == CD_REC_FOR_DECISION)
        list[count++] = (cd_field_t){
            .name = "early", .type = CD_FT_TOKEN, .offset = offsetof(answers_t, early),
            .tokens = early_words,
            .label = "Is it sent early?", .noun = "that you send it early", .shown = "Early" };
    *count_out = count;
    return list;
}

/** "CM-2026-0412 7, CM-2026-0412 9"; NULL: none is ticked. */
static const char *cited_of(const page_t *page, apr_pool_t *pool)
{
    const char *text = NULL;

    for (int i = 0; i < page->view->entry_count; i++) {
        const app_round_entry_t *entry = &page->view->entries[i];
        const char *one;

        if (!(page->answers->entries & (1u << (i + 1))))
            continue;
        one = apr_psprintf(pool, "%s %d", entry->reference, entry->seq);
        text = text ? apr_pstrcat(pool, text, ", ", one, NULL) : one;
    }
    return text;
}

/** Why there is no form now; NULL: there is one. The use case asks again, of all of it. */
static const char *why_none(const page_t *page)
{
    const app_round_view_t *view = page->view;
    const cd_round_t *round = view->round.in.round;

    switch (page->def->kind) {
    case CD_REC_REQUEST:
        return view->open_rules
                   ? NULL
                   : "nothing is open in the newest flag, so there is nothing to ask for";
    case CD_REC_ANSWER:
        return round->request ? NULL : "the scheme asks your trust for nothing now";
    case CD_REC_REPRESENTATION:
        return round->indication ? NULL : "nothing is indicated to your trust now";
    default:
        if (!view->party->flag)
            return "there is no flag yet: compute it first";
        if (!cd_flag_decidable(view->round.in.flag_state))
            return "this flag asks the trust for nothing";
        return view->round.in.flag_old
                   ? "the claim or a case has changed since: compute the flag again"
                   : NULL;
    }
}

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    const cd_field_t *fields;
    const char *why;
    int count;

    page->def = cd_record_def_by_word(CD_FILE_CLAIM, x->param[2]);
    page->deed = page->def ? deed_of(page->def->kind) : (cd_deed_t)0;
    CD_ERR(web_round_find(&page->view, x));
    if (!page->deed)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no step of a round is called so");
    why = app_round_why_not(page->view, x->ctx, page->deed);
    if (why)
        return cd_err(x->pool, CD_E_FORBIDDEN, why, "a right or a conflict of this actor");
    page->answers = apr_pcalloc(x->pool, sizeof(*page->answers));
    fields = fields_of(&count, page, x->pool);
    page->form = web_form_make(fields, count, page->answers, x->pool);
    return NULL;
}

static void put_asked(web_exchange_t *x, const page_t *page)
{
    const cd_round_t *round = page->view->round.in.round;
    const cd_record_t *asked = page->def->kind == CD_REC_ANSWER           ? round->request
                               : page->def->kind == CD_REC_REPRESENTATION ? round->indication
                                                                          : NULL;

    if (!asked)
        return;
    web_page_text(x->view, WN_asked_heading,
                  page->def->kind == CD_REC_ANSWER ? "What the scheme asks"
                                                   : "What the scheme told your trust");
    web_round_told(x->view, x, asked);
    if (page->def->kind == CD_REC_REPRESENTATION && page->view->party->flag
        && page->view->party->flag->flag) {
        const cd_flag_t *flag = page->view->party->flag->flag;

        web_told(web_put_list(x->view, WN_told), "Indicated",
                 apr_psprintf(x->pool, "%s, at most. %s",
                              cd_pence_words(flag->indicated_p, x->pool), flag->verdict));
    }
}

/** Where evidence is added: the trust's own cases. */
static void put_cases(web_exchange_t *x, const page_t *page)
{
    const app_party_t *party = page->view->party;
    web_view_t *list;

    if (!page->view->claim->partial || !party->case_count)
        return;
    list = web_page_list(x->view, WN_others);
    for (int i = 0; i < party->case_count; i++) {
        web_view_t *item = web_add(list);

        web_page_text(item, WN_label,
                      apr_psprintf(x->pool, "Add a document to %s", party->cases[i]));
        web_page_text(item, WN_url, web_url(x, "document.new", party->cases[i], NULL));
        item = web_add(list);
        web_page_text(item, WN_label,
                      apr_psprintf(x->pool, "Log something in %s", party->cases[i]));
        web_page_text(item, WN_url, web_url(x, "case.show", party->cases[i], NULL));
    }
    web_page_text(x->view, WN_others_heading, "Your trust’s cases");
    web_page_flag(x->view, WN_has_others, 1);
    web_page_flag(x->view, WN_has_aside, 1);
}

static void frame(web_exchange_t *x, const page_t *page)
{
    const char *heading = page->form->supersedes ? apr_psprintf(x->pool, "Correct: %s",
                              web_lower_first(page->def->title, x->pool)) : page->def->form_title;

    web_round_frame(x, page->view);
    web_crumb(x, "Evidence and decision", web_round_url(x, page->view, "round.show", NULL));
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, page->view->claim->row.reference),
                   heading);
    web_page_text(x->view, WN_caption, page->view->party->org->name);
    web_put_text(x->view, WN_lead, page->def->lead);
    web_page_text(x->view, WN_form_url, web_round_url(x, page->view, "round.add", page->def->word));
    web_page_text(x->view, WN_submit_label,
                  page->form->supersedes ? "Save the correction" : page->def->form_title);
    web_page_text(x->view, WN_cancel_url, web_round_url(x, page->view, "round.show", NULL));
    put_asked(x, page);
    put_cases(x, page);
    if (page->form->supersedes) {
        web_page_flag(x->view, WN_correcting, 1);
        web_page_text(x->view, WN_corrects_url, web_round_url(x, page->view, "round.show", NULL));
        web_page_text(
            x->view, WN_corrects_text,
            apr_psprintf(x->pool, "entry %d. The trust is told again", page->form->supersedes));
    }
}

static void suggest(page_t *page)
{
    if (page->def->kind == CD_REC_REQUEST) {
        page->answers->body.request.due = page->view->due_suggested;
        page->answers->body.request.rules = page->view->missing_rules;
    }
    if (page->def->kind == CD_REC_INDICATION)
        page->answers->body.indication.answer_by = page->view->answer_by_suggested;
}

static cd_err_t *open_correction(page_t *page, web_exchange_t *x, int seq)
{
    const cd_claim_t *claim = page->view->claim->claim;

    for (int i = 0; i < claim->count; i++)
        if (claim->records[i].seq == seq && claim->records[i].kind == page->def->kind
            && !claim->records[i].superseded_by
            && (page->def->kind == CD_REC_REQUEST || page->def->kind == CD_REC_INDICATION)
            && !strcmp(cd_record_org(&claim->records[i]), page->view->party->org->code)) {
            memcpy(&page->answers->body, claim->records[i].body, page->def->size);
            page->form->supersedes = seq;
            return NULL;
        }
    return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "record %d is not there to be corrected", seq);
}

static void show(web_exchange_t *x, page_t *page)
{
    if (!page->view->round.now->time_runs)
        web_form_skip(page->form, "early");
    web_form_show(x->view, page->form, x);
}

cd_err_t *web_round_new(web_exchange_t *x)
{
    page_t page = { 0 };
    const char *why;
    int corrects;

    CD_ERR(web_query_seq(&corrects, x, "corrects"));
    CD_ERR(begin(&page, x));
    why = why_none(&page);
    if (why)
        return cd_err(x->pool, CD_E_STALE, why, "no form now");
    page.form->version = page.view->claim->row.version;
    if (corrects)
        CD_ERR(open_correction(&page, x, corrects));
    else
        suggest(&page);
    frame(x, &page);
    show(x, &page);
    return NULL;
}

static cd_err_t *changed_meanwhile(web_exchange_t *x, page_t *page, const cd_err_t *stale)
{
    if (x->media != WEB_HTML || page->form->version == page->view->claim->row.version)
        return cd_err_wrap(x->pool, stale, "saving a %s", page->def->word);
    frame(x, page);
    web_page_title(x,
                   apr_psprintf(x->pool, "Changed meanwhile, %s", page->view->claim->row.reference),
                   "Somebody changed this claim while you were writing");
    if (!page->view->round.now->time_runs)
        web_form_skip(page->form, "early");
    return web_form_changed(x, page->form, page->view->claim->row.version, "claim");
}

static cd_err_t *again(web_exchange_t *x, page_t *page)
{
    frame(x, page);
    if (!page->view->round.now->time_runs)
        web_form_skip(page->form, "early");
    return web_form_again(x, page->form);
}

cd_err_t *web_round_add(web_exchange_t *x)
{
    page_t page = { 0 };
    app_round_ask_t ask = { 0 };
    cd_err_t *err;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    if (page.def->kind == CD_REC_ANSWER)
        page.answers->body.answer.cited = cited_of(&page, x->pool);
    if (page.def->kind == CD_REC_REPRESENTATION)
        page.answers->body.representation.cited = cited_of(&page, x->pool);
    ask.kind = page.def->kind;
    ask.org_code = page.view->party->org->code;
    ask.body = &page.answers->body;
    ask.version = page.form->version;
    ask.supersedes = page.form->supersedes;
    ask.reason = page.form->reason;
    ask.early = page.answers->early;
    err = app_round_record(&seq, x->ctx, &ask, &page.form->problems);
    if (web_form_to_mend(x, page.form, err) || page.form->problems.count)
        return again(x, &page);
    if (err && err->code == CD_E_STALE)
        return changed_meanwhile(x, &page, err);
    CD_ERR(err);
    return web_redirect(x, web_round_url(x, page.view, "round.show", NULL));
}

/* ---- taking back ---- */

typedef struct undo_t { const char *why; } undo_t;

static const cd_field_t undo_fields[] = {
    { .name = "why", .type = CD_FT_LONG, .offset = offsetof(undo_t, why), .flags = CD_FF_REQUIRED,
      .max = 1000,
      .label = "Why do you take it back?", .noun = "why you take it back",
      .hint = "It stays in the record, marked.",
      .shown = "Why" }
};

static int seq_of(const char *text)
{
    int seq = 0;

    for (; *text >= '0' && *text <= '9' && seq < 1000000; text++)
        seq = seq * 10 + (*text - '0');
    return *text ? 0 : seq;
}

static void undo_frame(web_exchange_t *x, const app_round_view_t *view)
{
    web_round_frame(x, view);
    web_crumb(x, "Evidence and decision", web_round_url(x, view, "round.show", NULL));
    web_page_title(x, apr_psprintf(x->pool, "Take it back, %s", view->claim->row.reference),
                   apr_psprintf(x->pool, "Take back entry %s", x->param[2]));
    web_page_text(x->view, WN_caption, view->party->org->name);
    web_page_text(x->view, WN_lead, "The trust is told that it was taken back.");
    web_page_text(x->view, WN_form_url, web_round_url(x, view, "round.take-back", x->param[2]));
    web_page_text(x->view, WN_submit_label, "Take it back");
    web_page_text(x->view, WN_cancel_url, web_round_url(x, view, "round.show", NULL));
}

static cd_err_t *undo_find(app_round_view_t **out, int *seq_out, web_exchange_t *x)
{
    const cd_claim_t *claim;
    int i;

    CD_ERR(web_round_find(out, x));
    claim = (*out)->claim->claim;
    *seq_out = seq_of(x->param[2]);
    for (i = 0; i < claim->count; i++)
        if (claim->records[i].seq == *seq_out && cd_record_org(&claim->records[i])
            && !strcmp(cd_record_org(&claim->records[i]), (*out)->party->org->code))
            return NULL;
    return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such entry of this round");
}

cd_err_t *web_round_undo(web_exchange_t *x)
{
    app_round_view_t *view;
    web_form_t *form = web_form_make(undo_fields, 1, apr_pcalloc(x->pool, sizeof(undo_t)), x->pool);
    int seq;

    CD_ERR(undo_find(&view, &seq, x));
    form->version = view->claim->row.version;
    undo_frame(x, view);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_round_take_back(web_exchange_t *x)
{
    app_round_view_t *view;
    undo_t *undo = apr_pcalloc(x->pool, sizeof(*undo));
    web_form_t *form = web_form_make(undo_fields, 1, undo, x->pool);
    cd_err_t *err = NULL;
    int seq, made;

    CD_ERR(undo_find(&view, &seq, x));
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_round_take_back(&made, x->ctx, view->party->org->code, seq, undo->why,
                                  form->version, &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        undo_frame(x, view);
        return web_form_again(x, form);
    }
    CD_ERR(err);
    return web_redirect(x, web_round_url(x, view, "round.show", NULL));
}

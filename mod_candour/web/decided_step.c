/* decided_step.c: the forms after a decision: tell, ask for a review, review, ask for the sum,
 * money, entered in error.
 *
 * One pair of handlers; a row of the table for each form. What a person may do now is said by app/
 * (why_not). */
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"
#include "web/decided_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct step_row_t {
    const char *name;                  /* of the routes, "told": told.new and told.add */
    app_step_t step;
    cd_record_kind_t kind;             /* whose fields the form has; 0: app_recover_fields */
    const char *heading, *lead, *submit;
} step_row_t;

static const step_row_t rows[] = {
    { "told", APP_STEP_TELL, CD_REC_TOLD, "Tell the trust of the decision",
      "Write down how the trust was told. Its legal team gets a message, and the report is kept "
      "as it is now.",
      "Record that the trust was told" },
    { "review-asked", APP_STEP_ASK_REVIEW, CD_REC_REVIEW_ASKED, "Ask for a review",
      "Another person than the one who decided will look at it. Until they answer, nothing is "
      "asked of your trust.",
      "Ask for the review" },
    { "review", APP_STEP_REVIEW, CD_REC_REVIEW, "Review the decision",
      "The trust will read your answer and your reasons. What the claimant is paid does not "
      "change.", "Record the review" },
    { "recover", APP_STEP_RECOVER, (cd_record_kind_t)0, "Ask the trust for the sum",
      "Nobody is paid by this, and nothing that the claimant is owed waits for it.", "Ask for it" },
    { "receipt", APP_STEP_RECEIVE, CD_REC_RECEIPT, "Record money from the trust", NULL,
      "Record it" },
    { "repay", APP_STEP_REPAY, CD_REC_RECEIPT, "Record money paid back to the trust",
      "More came from the trust than the decision asks for as it stands.", "Record it" },
    { "recovery.back", APP_STEP_TAKE_BACK, CD_REC_TAKEN_BACK, "Take an entry back",
      "Only for something entered in error. It stays in the record.", "Take it back" },
    { "look", APP_STEP_LOOK, CD_REC_LOOKED, "Say that you have looked at it",
      NULL,
      "Record it" }
};

typedef struct page_t {
    const step_row_t *row;
    app_decided_t *view;
    web_form_t *form;
    void *body;
    int entry;                         /* the fourth group: an instalment or a receipt; 0: none */
} page_t;

static int entry_of(const char *text)
{
    int number = 0;

    for (; text && *text; text++)
        number = number * 10 + (*text - '0');
    return number;
}

/* Money that goes back is asked about in other words than money that comes. */
static void repay_words(cd_field_t *field)
{
    if (!strcmp(field->name, "amount_p")) {
        field->label = "Sum paid back, in pounds";
        field->noun = "the sum paid back";
    } else if (!strcmp(field->name, "on")) {
        field->label = "When was it paid back?";
        field->noun = "the date it was paid back";
    }
}

static const cd_field_t *fields_of(const step_row_t *row, const cd_record_def_t *def,
                                   apr_pool_t *pool)
{
    cd_field_t *fields;
    int i;

    if (row->step != APP_STEP_REPAY && row->step != APP_STEP_TELL)
        return def ? def->fields : app_recover_fields;
    fields = apr_pmemdup(pool, def->fields, sizeof(*fields) * (apr_size_t)def->field_count);
    for (i = 0; i < def->field_count; i++)
        if (row->step == APP_STEP_REPAY)
            repay_words(&fields[i]);
        else if (!strcmp(fields[i].name, "mode"))    /* a trust has no patient portal */
            fields[i].tokens = cd_token_without(fields[i].tokens, CD_MODE_PORTAL, pool);
    return fields;
}

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    const cd_record_def_t *def;
    const apr_size_t len = strrchr(x->route->name, '.') - x->route->name;
    unsigned i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strlen(rows[i].name) == len && !strncmp(rows[i].name, x->route->name, len))
            page->row = &rows[i];
    page->entry = entry_of(x->param[3]);
    def = page->row->kind ? cd_record_def(page->row->kind) : NULL;
    page->body = apr_pcalloc(x->pool, def ? def->size : sizeof(app_recover_t));
    page->form =
        web_form_make(fields_of(page->row, def, x->pool),
                      def ? def->field_count : app_recover_field_count, page->body, x->pool);
    return web_decided_find(&page->view, x);
}

static const char *own_url(const page_t *page, const web_exchange_t *x)
{
    const char *route = apr_pstrcat(x->pool, page->row->name, ".new", NULL);

    return page->entry ? web_decided_entry_url(x, page->view, route, page->entry)
                       : web_decided_url(x, page->view, route);
}

/* The sums that bound the form, beside it. */
static void put_bounds(web_exchange_t *x, const page_t *page)
{
    const cd_recovered_t *all = page->view->recovered;
    web_view_t *list = web_page_list(x->view, WN_asks);
    const struct { app_step_t step; apr_int64_t sum_p; const char *what; } bounds[] = {
        { APP_STEP_REVIEW, page->view->decision->amount_p, "was decided" },
        { APP_STEP_REVIEW, page->view->flag ? page->view->flag->flag->indicated_p : 0,
          "is the most that the flag allows" },
        { APP_STEP_RECOVER, all->to_ask_p, "is not asked for yet" },
        { APP_STEP_RECEIVE, all->left_p, "is left to pay in all" },
        { APP_STEP_REPAY, all->to_repay_p, "is to be paid back" }
    };
    int count = 0;
    unsigned i;

    for (i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++)
        if (bounds[i].step == page->row->step) {
            web_view_t *item = web_add(list);
            web_page_text(item, WN_text, cd_pence_words(bounds[i].sum_p, x->pool));
            web_page_text(item, WN_citation, bounds[i].what);
            count++;
        }
    for (i = 0; page->row->step == APP_STEP_RECEIVE && i < (unsigned)all->count; i++)
        if (all->asked[i].record->seq == page->entry) {
            web_view_t *item = web_add(list);
            web_page_text(item, WN_text, cd_pence_words(all->asked[i].left_p, x->pool));
            web_page_text(item, WN_citation, "is left of this instalment");
        }
    web_page_text(x->view, WN_asks_heading, "Sums");
    web_page_flag(x->view, WN_has_asks, count > 0);
    web_page_flag(x->view, WN_has_aside, count > 0);
}

/* Which breach it is about: there may be more, and each is looked at by itself. */
static const char *look_lead(const app_look_t *look, apr_pool_t *pool)
{
    return look ? apr_psprintf(pool,
                               "%s, decision %d, no longer counts. This decision counted %d; it "
                               "would count %d now. Nothing changes by itself.",
                               look->cause, look->cause_seq, look->n_then, look->n_now)
                : NULL;
}

/* Before the trust is told: it may have written after somebody decided, and nobody has weighed
 * that. */
static const char *lead_of(const page_t *page, apr_pool_t *pool)
{
    const app_decided_t *view = page->view;

    if (page->row->step == APP_STEP_LOOK)
        return look_lead(view->next_look, pool);
    if (page->row->step == APP_STEP_TELL && !view->stand.told
        && cd_round_written_since(cd_round_read(view->records, view->org->code, pool),
                                  view->decision->decided_at))
        return apr_pstrcat(
            pool,
            "The trust has written since the decision was made. Read it first, under “Evidence and "
            "decision”. ",
            page->row->lead, NULL);
    return page->row->lead;
}

static void frame(const page_t *page, web_exchange_t *x)
{
    web_decided_frame(x, page->view, 1);
    web_page_title(
        x, apr_psprintf(x->pool, "%s, %s", page->row->heading, page->view->claim->row.reference),
        page->row->heading);
    web_put_text(x->view, WN_lead, lead_of(page, x->pool));
    web_page_text(x->view, WN_form_url, own_url(page, x));
    web_page_text(x->view, WN_submit_label, page->row->submit);
    web_page_text(x->view, WN_cancel_url, web_decided_url(x, page->view, "decided.show"));
    put_bounds(x, page);
}

static cd_err_t *may(const page_t *page, const web_exchange_t *x)
{
    const char *why = page->view->why_not[page->row->step];

    return why ? cd_err(x->pool,
                        page->view->forbidden[page->row->step] ? CD_E_FORBIDDEN : CD_E_STALE, why,
                        "not for this actor, now")
               : NULL;
}

cd_err_t *web_decided_step_new(web_exchange_t *x)
{
    page_t page = { 0 };

    CD_ERR(begin(&page, x));
    CD_ERR(may(&page, x));
    page.form->version = page.view->claim->row.version;
    frame(&page, x);
    web_form_show(x->view, page.form, x);
    return NULL;
}

/* A sum of nothing and no sum are the same in the record: on the form they are not. */
static void review_check(const page_t *page)
{
    const cd_review_t *body = page->body;
    int i;

    if (page->row->step != APP_STEP_REVIEW || body->outcome != CD_REVIEW_VARIED)
        return;
    for (i = 0; i < page->form->count; i++)
        if (!strcmp(page->form->fields[i].name, "amount_p")
            && (!page->form->raw[i] || !*page->form->raw[i]))
            cd_problem_add(&page->form->problems, "amount_p", NULL, "Enter the new sum");
}

static cd_err_t *step_send(int *seq_out, const page_t *page, web_exchange_t *x)
{
    const app_decided_ask_t ask = { x->param[1], page->view->decision->seq, page->form->version };
    cd_problems_t *problems = &page->form->problems;

    switch (page->row->step) {
    case APP_STEP_TELL: return app_decided_tell(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_ASK_REVIEW:
        return app_decided_ask_review(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_REVIEW: return app_decided_review(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_RECOVER: return app_recover(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_RECEIVE:
        ((cd_receipt_t *)page->body)->recovery_seq = page->entry;
        return app_recover_receive(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_REPAY: return app_recover_repay(seq_out, x->ctx, &ask, page->body, problems);
    case APP_STEP_TAKE_BACK:
        return app_recover_take_back(seq_out, x->ctx, &ask, page->entry, page->body, problems);
    default: return app_decided_look(seq_out, x->ctx, &ask, page->body, problems);
    }
}

static cd_err_t *again(const page_t *page, web_exchange_t *x)
{
    frame(page, x);
    return web_form_again(x, page->form);
}

cd_err_t *web_decided_step_add(web_exchange_t *x)
{
    page_t page = { 0 };
    cd_err_t *err;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    review_check(&page);
    err = step_send(&seq, &page, x);
    if (web_form_to_mend(x, page.form, err) || page.form->problems.count)
        return again(&page, x);
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML
        && page.form->version != page.view->claim->row.version
        && !page.view->why_not[page.row->step]) {
        frame(&page, x);
        web_page_title(x, "Changed meanwhile",
                       "Somebody changed this claim while you were writing");
        return web_form_changed(x, page.form, page.view->claim->row.version, "claim");
    }
    CD_ERR(err);
    return web_redirect(x, web_decided_url(x, page.view, "decided.show"));
}

/* claim_record.c: adding to a claim: a status, a payment or its reversal, the trusts, new facts.
 *
 * One pair of handlers for all kinds; the form comes from the kind's own description. Where a form
 * opens with something already in it (a correction, a reversal, the trusts as they stand), that is
 * read from the claim, never from the address alone. The claim is read only for a page. */
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct page_t {
    const cd_record_def_t *def;
    const char *reference;
    app_claim_view_t *claim;      /* NULL until a page has to be shown */
    web_form_t *form;
    void *body;
    int takes_back;               /* seq of the entry that is taken back, 0: none */
} page_t;

static const cd_record_t *find_record(const cd_claim_t *file, int seq, cd_record_kind_t kind)
{
    int i;

    for (i = 0; file && i < file->count; i++)
        if (file->records[i].seq == seq && file->records[i].kind == kind)
            return &file->records[i];
    return NULL;
}

/* 1 if the program sets a part of it, such as the trust it is about: then it has a page of its own.
 */
static int set_by_program(const cd_record_def_t *def)
{
    int i, own = 0;

    for (i = 0; i < def->field_count; i++)
        own |= (def->fields[i].flags & CD_FF_APP) != 0;
    return own;
}

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    page->reference = x->param[0];
    page->def = cd_record_def_by_word(CD_FILE_CLAIM, x->param[1]);
    if (!page->def || set_by_program(page->def))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL,
                      "no such kind of record in a claim, or one with a page of its own");
    page->body = apr_pcalloc(x->pool, page->def->size);
    page->form = web_form_make(page->def->fields, page->def->field_count, page->body, x->pool);
    return NULL;
}

static const char *heading_of(const page_t *page)
{
    const cd_payment_t *payment = page->body;

    if (page->form->supersedes && page->def->kind == CD_REC_CLAIM)
        return "Correct the facts of the claim";
    if (page->form->supersedes)
        return apr_psprintf(page->form->pool, "Correct: %s",
                            web_lower_first(page->def->title, page->form->pool));
    if (page->def->kind == CD_REC_PAYMENT && payment->reverses)
        return "Take back a payment";
    return page->def->form_title;
}

#define CODES_SHOWN 40
/** Beside the form for the trusts: which code is whose. A longer list would hide the form. */
static cd_err_t *put_codes(web_exchange_t *x)
{
    const cd_org_t *orgs;
    web_view_t *list;
    int i, count;

    CD_ERR(app_orgs(&orgs, &count, x->ctx));
    if (count > CODES_SHOWN)
        return NULL;
    list = web_page_list(x->view, WN_asks);
    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);
        web_page_text(item, WN_text, orgs[i].code);
        web_page_text(item, WN_citation, orgs[i].name);
    }
    web_page_text(x->view, WN_asks_heading, "Codes of the organisations");
    web_page_flag(x->view, WN_has_asks, count > 0);
    web_page_flag(x->view, WN_has_aside, count > 0);
    return NULL;
}

/* Who may be given the claim is chosen from a list; the use case checks who it is. */
static cd_err_t *offer_handlers(page_t *page, web_exchange_t *x)
{
    cd_field_t *fields = apr_pmemdup(x->pool, page->form->fields,
                                     sizeof(*fields) * (apr_size_t)page->def->field_count);

    CD_ERR(app_handlers(&fields[0].tokens, x->ctx));
    fields[0].label = "Handler (optional)";
    page->form->fields = fields;
    return NULL;
}

static void put_corrected(const page_t *page, web_exchange_t *x)
{
    const int seq = page->takes_back ? page->takes_back : page->form->supersedes;
    const cd_claim_t *file = page->claim->claim;
    const char *title = "entry";
    int i;

    if (!seq)
        return;
    for (i = 0; file && i < file->count; i++)
        if (file->records[i].seq == seq)
            title = cd_record_def(file->records[i].kind)->title;
    web_page_flag(x->view, WN_correcting, 1);
    web_page_flag(x->view, WN_withdrawing, page->takes_back != 0);
    web_page_text(x->view, WN_corrects_url, web_url(x, "claim.show", page->reference, NULL));
    web_page_text(x->view, WN_corrects_text,
                  apr_psprintf(x->pool, "entry %d of this claim, “%s”", seq, title));
}

/* Taking back says why in its own field: the form must not ask for the reason of a correction
 * besides, so it does not know of the entry; the page sends its number all the same. */
static void own_reason(page_t *page)
{
    cd_problems_t *problems = &page->form->problems;
    int i, kept = 0;

    if (page->def->kind != CD_REC_TAKEN_BACK)
        return;
    for (i = 0; i < problems->count; i++)
        if (strcmp(problems->list[i].field, "correction_reason"))
            problems->list[kept++] = problems->list[i];
    problems->count = kept;
    page->takes_back = page->form->supersedes;
    page->form->supersedes = 0;
}

static void keep_number(const page_t *page, web_exchange_t *x)
{
    if (page->takes_back)
        web_page_text(x->view, WN_supersedes, apr_itoa(x->pool, page->takes_back));
}

/** The frame around the form: where we are, what it is for, where it goes. */
static cd_err_t *frame(page_t *page, web_exchange_t *x)
{
    const char *heading = heading_of(page);

    if (!page->claim)
        CD_ERR(app_claim_view(&page->claim, x->ctx, 0));
    web_claim_crumbs(x, page->claim, 1);
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, page->reference), heading);
    web_page_text(x->view, WN_caption, page->claim->row.title);
    web_claim_strip(x, page->claim);
    web_claim_put(x->view, x, page->claim);
    web_payable_put(x->view, page->claim);
    web_put_text(x->view, WN_lead, page->form->supersedes ? NULL : page->def->lead);
    web_page_text(x->view, WN_form_url,
                  web_url(x, "claim.record.add", page->reference, page->def->word, NULL));
    web_page_text(x->view, WN_submit_label, page->def->kind == CD_REC_TAKEN_BACK ? "Take it back"
                  : page->form->supersedes ? "Save the correction" : "Save");
    web_page_text(x->view, WN_cancel_url, web_url(x, "claim.show", page->reference, NULL));
    if (page->def->kind == CD_REC_PARTIES)
        CD_ERR(put_codes(x));
    if (page->def->kind == CD_REC_ALLOCATION && x->media == WEB_HTML)
        CD_ERR(offer_handlers(page, x));
    put_corrected(page, x);
    return NULL;
}

/* Opens the taking back of an entry that the actor can see. */
static cd_err_t *open_taking_back(page_t *page, web_exchange_t *x, int seq)
{
    const cd_claim_t *file = page->claim->claim;
    int i;

    for (i = 0; file && i < file->count; i++)
        if (file->records[i].seq == seq && !file->records[i].superseded_by)
            page->form->supersedes = seq;
    return page->form->supersedes
               ? NULL
               : cd_err(x->pool, CD_E_NOT_FOUND, NULL, "nothing is named that could be taken back");
}

/** Opens a correction: the record's own answers and its number. */
static cd_err_t *open_correction(page_t *page, web_exchange_t *x, int seq)
{
    const cd_record_t *record = find_record(page->claim->claim, seq, page->def->kind);

    if (!record || record->superseded_by)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "record %d is not there to be corrected", seq);
    memcpy(page->body, record->body, page->def->size);
    page->form->supersedes = seq;
    return NULL;
}

/** Opens a reversal: same kind, same sum, same payee; the day is for the person to give. */
static cd_err_t *open_reversal(page_t *page, web_exchange_t *x, int seq)
{
    const cd_record_t *record = find_record(page->claim->claim, seq, CD_REC_PAYMENT);
    const cd_payment_t *old;
    cd_payment_t *body = page->body;

    if (!record || record->superseded_by)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "payment %d is not there to be taken back",
                      seq);
    old = record->body;
    body->kind = old->kind;
    body->amount_p = old->amount_p;
    body->payee = old->payee;
    body->reverses = seq;
    return NULL;
}

#define ROW_FIELDS 3
#define ROWS_AT_LEAST 3
/** As many rows of trusts as are used and two more; all eight are read. */
static void trim_parties(const page_t *page)
{
    const cd_parties_t *parties = page->body;
    int i, used = 0;

    if (page->def->kind != CD_REC_PARTIES)
        return;
    for (i = 0; i < CD_PARTIES_MAX; i++)
        if (parties->party[i].org_code || parties->party[i].share_bp || parties->party[i].cases)
            used = i + 1;
    for (i = used * ROW_FIELDS; i < page->form->count; i++)
        if (page->form->raw && page->form->raw[i])
            used = i / ROW_FIELDS + 1;
    used = used + 2 < ROWS_AT_LEAST ? ROWS_AT_LEAST : used + 2;
    if (used * ROW_FIELDS < page->form->count)
        page->form->count = used * ROW_FIELDS;
}

static void open_parties(const page_t *page)
{
    const cd_parties_t *now = page->claim->claim ? page->claim->claim->parties : NULL;

    if (page->def->kind == CD_REC_PARTIES && now)
        memcpy(page->body, now, sizeof(*now));
}

cd_err_t *web_claim_record_new(web_exchange_t *x)
{
    page_t page = { 0 };
    int corrects, reverses;

    CD_ERR(begin(&page, x));
    CD_ERR(web_query_seq(&corrects, x, "corrects"));
    CD_ERR(web_query_seq(&reverses, x, "reverses"));
    CD_ERR(app_claim_view(&page.claim, x->ctx, 0));
    if (page.def->kind == CD_REC_TAKEN_BACK)
        CD_ERR(open_taking_back(&page, x, corrects));
    else if (corrects)
        CD_ERR(open_correction(&page, x, corrects));
    else if (reverses && page.def->kind == CD_REC_PAYMENT)
        CD_ERR(open_reversal(&page, x, reverses));
    else
        open_parties(&page);
    page.form->version = page.claim->row.version;
    trim_parties(&page);
    own_reason(&page);
    CD_ERR(frame(&page, x));
    web_form_show(x->view, page.form, x);
    keep_number(&page, x);
    return NULL;
}

static const cd_record_t *newest(const cd_claim_t *file, const page_t *page)
{
    const cd_record_t *record = NULL;
    int i;

    for (i = 0; file && i < file->count; i++)
        if (file->records[i].kind == page->def->kind && !file->records[i].superseded_by)
            record = &file->records[i];
    return page->def->kind == CD_REC_PAYMENT ? NULL : record;
}

/** 409 with both versions. */
static cd_err_t *changed_meanwhile(page_t *page, web_exchange_t *x, const cd_err_t *stale)
{
    const cd_record_t *saved;

    if (x->media != WEB_HTML)
        return cd_err_wrap(x->pool, stale, "saving a %s", page->def->word);
    CD_ERR(frame(page, x));
    web_page_title(x, apr_psprintf(x->pool, "Changed meanwhile, %s", page->reference),
                   "Somebody changed this claim while you were writing");
    web_page_text(x->view, WN_caption, page->def->form_title);
    saved = newest(page->claim->claim, page);
    if (saved) {
        if (page->form->supersedes)
            page->form->supersedes = saved->seq;
        web_diff_put(x, page->form, saved->body, saved->recorded_by_name);
    }
    CD_ERR(web_form_changed(x, page->form, page->claim->row.version, "claim"));
    keep_number(page, x);
    return NULL;
}

static cd_err_t *again(page_t *page, web_exchange_t *x)
{
    trim_parties(page);
    CD_ERR(frame(page, x));
    CD_ERR(web_form_again(x, page->form));
    keep_number(page, x);
    return NULL;
}

cd_err_t *web_claim_record_add(web_exchange_t *x)
{
    page_t page = { 0 };
    app_record_ask_t ask = { 0 };
    cd_err_t *err;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    own_reason(&page);
    ask.kind = page.def->kind;
    ask.body = page.body;
    ask.version = page.form->version;
    ask.supersedes = page.takes_back ? page.takes_back : page.form->supersedes;
    ask.reason = page.form->reason;
    err = app_claim_record(&seq, x->ctx, &ask, &page.form->problems);
    if (web_form_to_mend(x, page.form, err))
        return again(&page, x);
    if (err && err->code == CD_E_STALE)
        return changed_meanwhile(&page, x, err);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.show", page.reference, NULL));
}

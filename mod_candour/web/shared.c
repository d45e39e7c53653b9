/* shared.c: giving information to another body: exactly what is given stands on the page before it
 * is recorded. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/decided_view.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct answers_t {
    cd_shared_t shared;
    const char *seen;                  /* SHA-256 of what the page showed */
} answers_t;

typedef struct page_t {
    app_share_t *share;
    web_form_t *form;
    answers_t *answers;
    int part;
} page_t;

/* The kind's fields without what the program sets, and the hash of what was seen. */
static web_form_t *form_make(answers_t *answers, const char *org_code, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_SHARED);
    cd_field_t *fields = apr_pcalloc(pool, sizeof(*fields) * (apr_size_t)(def->field_count + 1));
    web_form_t *form;

    memcpy(fields, def->fields, sizeof(*fields) * (apr_size_t)def->field_count);
    fields[def->field_count] = (cd_field_t){
        .name = "seen", .type = CD_FT_TEXT, .offset = offsetof(answers_t, seen),
        .flags = CD_FF_REQUIRED, .min = 64,
        .max = 64, .label = "Fingerprint of what is given", .noun = "the fingerprint",
        .shown = "Fingerprint" };
    form = web_form_make(fields, def->field_count + 1, answers, pool);
    web_form_skip(form, "org");
    answers->shared.org = org_code;
    return form;
}

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    page->part = cd_token_strict(app_share_parts, x->param[2]);
    if (!page->part)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such part to give");
    page->answers = apr_pcalloc(x->pool, sizeof(*page->answers));
    page->form = form_make(page->answers, x->param[1], x->pool);
    return app_share_made(&page->share, x->ctx, x->param[1], page->part);
}

static void frame(const page_t *page, web_exchange_t *x)
{
    const app_share_t *share = page->share;

    web_claim_crumbs(x, share->claim, 1);
    web_claim_strip(x, share->claim);
    web_page_title(x,
                   apr_psprintf(x->pool, "Give information about %s, %s", share->org->code,
                                share->claim->row.reference),
                   "Give information to another body");
    web_form_skip(page->form, "seen");           /* the page sends it along */
    web_put_text(x->view, WN_lead, cd_token_label(app_share_parts, page->part));
    web_put_text(x->view, WN_content, share->content);
    web_put_text(x->view, WN_content_sha, share->sha256);
    web_page_text(
        x->view, WN_form_url,
        web_url(x, "share.new", share->claim->row.reference, share->org->code, x->param[2], NULL));
    web_page_text(x->view, WN_submit_label, "Record that it was given");
    web_page_text(x->view, WN_cancel_url,
                  web_url(x, "claim.show", share->claim->row.reference, NULL));
}

cd_err_t *web_share_new(web_exchange_t *x)
{
    page_t page = { 0 };

    CD_ERR(begin(&page, x));
    page.answers->seen = page.share->sha256;
    page.form->version = page.share->claim->row.version;
    frame(&page, x);
    web_form_show(x->view, page.form, x);
    return NULL;
}

cd_err_t *web_share_add(web_exchange_t *x)
{
    page_t page = { 0 };
    cd_err_t *err;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    err = app_share(&seq, x->ctx, x->param[1], page.part, &page.answers->shared, page.answers->seen,
                    page.form->version, &page.form->problems);
    if (web_form_to_mend(x, page.form, err)) {
        frame(&page, x);
        return web_form_again(x, page.form);
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.show", page.share->claim->row.reference, NULL));
}

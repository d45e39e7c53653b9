/* letter.c: the letters of a case, and the page of one: preview, checks, and where its facts come
 * from. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/case_view.h"
#include "web/letter_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* "results", "could-not-reach": the word of a kind of letter in an address. */
static const char *address_word(const cd_token_t *kind, apr_pool_t *pool)
{
    char *word = apr_pstrdup(pool, kind->word), *p;

    for (p = word; *p; p++)
        *p = *p == '_' ? '-' : (char)(*p | 0x20);
    return word;
}

const char *web_letter_url(const web_exchange_t *x, const app_letter_view_t *view,
                           const char *route)
{
    return web_url(x, route, view->view->row.reference, apr_itoa(x->pool, view->letter->number),
                   NULL);
}

cd_err_t *web_letter_find(app_letter_view_t **out, web_exchange_t *x)
{
    return app_letter_view(out, x->ctx, (int)apr_atoi64(x->param[1]), NULL);
}

/* Who it goes to, by name. */
static const char *goes_to(const app_letter_view_t *view)
{
    const cd_letter_fact_t *fact = view->made->fact_count ? &view->made->facts[0] : NULL;

    return fact && fact->value ? fact->value : "nobody yet";
}

void web_letter_frame(web_exchange_t *x, const app_letter_view_t *view)
{
    const cd_patient_t *patient = view->view->patient;

    web_crumb(x, "Cases", web_url(x, "case.list", NULL));
    web_crumb(x, view->view->row.reference,
              web_url(x, "case.show", view->view->row.reference, NULL));
    web_crumb(x, "Letters", web_url(x, "letter.list", view->view->row.reference, NULL));
    web_page_text(x->view, WN_strip_label, "Letter");
    web_strip(x, "Case", view->view->row.reference, NULL);
    web_strip(x, "Patient", web_case_person(view->view, x->pool), NULL);
    if (patient && patient->nhs_number)
        web_strip_number(x, "NHS number", cd_nhs_words(patient->nhs_number, x->pool));
    web_strip(x, "Letter", cd_token_label(cd_letters, view->made->draft->letter), NULL);
    web_strip(x, "To", goes_to(view), NULL);
    web_strip(
        x, "Format", cd_token_label(cd_letter_prints, view->made->print),
        apr_psprintf(x->pool, "(%s)", cd_token_label(cd_letter_languages, view->made->language)));
    web_strip(x, "State", cd_token_label(app_letter_states, (int)view->letter->state), NULL);
    web_page_flag(x->view, WN_has_strip, 1);
    web_put_text(x->view, WN_reference, view->view->row.reference);
    web_put_int(x->view, WN_version, view->view->row.version);
}

static void letter_row(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                       const app_letter_t *letter)
{
    web_view_t *item = web_add(list);
    const char *number = apr_itoa(x->pool, letter->number);

    web_put_int(item, WN_number, letter->number);
    web_put_token(item, WN_letter, cd_letters, letter->draft->letter);
    web_put_token(item, WN_letter_state, app_letter_states, (int)letter->state);
    web_page_text(item, WN_url, web_url(x, "letter.show", view->row.reference, number, NULL));
    web_page_text(item, WN_link_text, cd_token_label(cd_letters, letter->draft->letter));
    web_put_text(item, WN_by, letter->record->recorded_by_name);
    web_put_instant(item, WN_recorded_at, letter->record->recorded_at);
    web_page_text(item, WN_quiet,
                  letter->sent ? apr_psprintf(x->pool, "Sent %s",
                                              cd_when_words(letter->sent->happened, x->pool))
                               : apr_psprintf(x->pool, "Version %d", letter->versions));
}

cd_err_t *web_letter_list(web_exchange_t *x)
{
    app_case_view_t *view;
    const cd_token_t *kind;
    web_view_t *list;
    app_letter_t *letters;
    int count, i;

    CD_ERR(app_case_view(&view, x->ctx, 0));
    app_end(x->ctx);
    letters = app_letters(&count, view->file, x->pool);
    web_case_identity(x, view);
    web_page_flag(x->view, WN_has_strip, 1);
    web_crumb(x, view->row.reference, web_url(x, "case.show", view->row.reference, NULL));
    web_page_title(x, apr_psprintf(x->pool, "Letters, %s", view->row.reference),
                   count ? apr_psprintf(x->pool, "Letters of this case: %d", count)
                         : "No letters in this case yet");
    list = web_put_list(x->view, WN_letters);
    for (i = 0; i < count; i++)
        letter_row(x, view, list, &letters[i]);
    web_page_flag(x->view, WN_has_letters, count > 0);
    list = web_page_list(x->view, WN_new_letters);
    for (kind = cd_letters; kind->word && web_case_may_add(x, view, CD_REC_DRAFT); kind++) {
        web_view_t *item = web_add(list);

        web_page_text(item, WN_label, kind->label);
        web_page_text(
            item, WN_url,
            web_url(x, "letter.new", view->row.reference, address_word(kind, x->pool), NULL));
    }
    web_page_flag(x->view, WN_may_ask, web_case_may_add(x, view, CD_REC_DRAFT));
    return NULL;
}

static void changed_put(web_exchange_t *x, const app_letter_view_t *view)
{
    if (!view->changed_count)
        return;
    web_page_text(x->view, WN_notice_title, "The record changed");
    web_page_text(x->view, WN_notice_heading, "Facts in this letter changed after it was let out");
    web_page_flag(x->view, WN_has_notice, 1);
    web_page_text(
        x->view, WN_notice_text,
        apr_psprintf(
            x->pool,
            "What is other now: %s. The frozen letter stays as it was. If it has not gone out, "
            "save a new version and ask for a new check.",
            cd_text_list((const char *const *)view->changed, view->changed_count, x->pool)));
}

static void links_put(web_exchange_t *x, const app_letter_view_t *view)
{
    const app_letter_t *letter = view->letter;
    const int out = letter->state == APP_LETTER_APPROVED || letter->state == APP_LETTER_SENT;

    web_page_flag(x->view, WN_may_ask, view->may_ask);
    web_page_text(x->view, WN_ask_url, web_letter_url(x, view, "letter.ask"));
    web_page_text(x->view, WN_check_url,
                  view->why_not_sign || letter->state != APP_LETTER_TO_CHECK
                      ? NULL
                      : web_letter_url(x, view, "letter.check"));
    if (letter->state == APP_LETTER_TO_CHECK)
        web_page_text(x->view, WN_why_not_sign,
                      view->why_not_sign ? apr_pstrcat(
                          x->pool, web_upper_first(view->why_not_sign, x->pool), ".", NULL)
                                         : NULL);
    web_page_text(x->view, WN_sending_url,
                  view->may_send ? web_letter_url(x, view, "letter.sending") : NULL);
    if (view->may_edit)
        web_tool(x,
                 out ? "Write a new version" : "Change who it goes to, language, print and contact",
                 web_letter_url(x, view, "letter.edit"));
    if (!out)
        return;
    web_page_text(x->view, WN_print_url, web_letter_url(x, view, "letter.print"));
    if (letter->pdf)
        web_page_text(x->view, WN_pdf_url, web_letter_url(x, view, "letter.pdf"));
    else
        web_page_text(x->view, WN_pdf_words,
                      "The PDF is not made yet. Until then, print the page.");
}

void web_letter_page(web_exchange_t *x, const app_letter_view_t *view, const char *open)
{
    const char *words = web_letter_finding_words(view->check, x->pool);
    const char *heading =
        apr_psprintf(x->pool, "Letter to %s: %s", goes_to(view),
                     view->letter->state == APP_LETTER_SENT       ? "sent"
                     : view->letter->state == APP_LETTER_APPROVED ? "let out, not sent yet"
                     : words                                      ? words
                                                                  : "nothing to fix");

    web_letter_frame(x, view);
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, view->view->row.reference), heading);
    web_put_int(x->view, WN_number, view->letter->number);
    web_put_token(x->view, WN_letter, cd_letters, view->made->draft->letter);
    web_put_token(x->view, WN_letter_state, app_letter_states, (int)view->letter->state);
    if (view->letter->signoff)
        web_put_text(x->view, WN_sha256,
                     ((const cd_signoff_t *)view->letter->signoff->body)->sha256);
    changed_put(x, view);
    links_put(x, view);
    web_letter_preview(x, view, open);
    web_letter_checks(x, view);
    web_letter_facts(x, view);
}

cd_err_t *web_letter_print(web_exchange_t *x)
{
    app_letter_view_t *view;

    CD_ERR(web_letter_find(&view, x));
    CD_ERR(app_letter_bytes(&x->resp->body, x->ctx, view->letter));
    x->resp->content_type = "text/html; charset=utf-8";
    return NULL;
}

cd_err_t *web_letter_pdf(web_exchange_t *x)
{
    app_letter_view_t *view;

    CD_ERR(web_letter_find(&view, x));
    CD_ERR(app_letter_pdf(&x->resp->body, x->ctx, view->letter));
    x->resp->content_type = "application/pdf";
    x->resp->filename =
        apr_psprintf(x->pool, "%s-letter-%d.pdf", view->view->row.reference, view->letter->number);
    return NULL;
}

/* letter_sign.c: asking for a check, the check itself, and marking a letter as sent. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/changed.h"
#include "web/letter_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* ---- to be checked ---- */

cd_err_t *web_letter_ask(web_exchange_t *x)
{
    app_letter_view_t *view;
    cd_draft_t *draft = apr_pcalloc(x->pool, sizeof(*draft));
    web_form_t *form = web_form_make(cd_record_def(CD_REC_DRAFT)->fields, 0, draft, x->pool);
    int number;
    cd_err_t *err = NULL;

    CD_ERR(web_letter_find(&view, x));
    CD_ERR(web_form_read(form, x));
    *draft = *view->letter->draft;
    draft->asked = CD_YES;
    number = view->letter->number;
    if (view->check->stops)
        cd_problem_add(&form->problems, "", NULL, "Fix what stops the letter first: %s",
                       web_letter_finding_words(view->check, x->pool));
    if (!form->problems.count)
        err = app_letter_save(&number, x->ctx, number, draft, form->version, &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        web_letter_page(x, view, NULL);
        return web_form_again(x, form);
    }
    CD_ERR(err);
    return web_redirect(x, web_letter_url(x, view, "letter.show"));
}

/* ---- the check ---- */

enum { OVERRULES_MAX = 40 };

typedef struct verdict_t {
    cd_signoff_t said;                   /* first: its fields keep their offsets */
    const char *overrule[OVERRULES_MAX];
} verdict_t;

static int met_before(const cd_letter_check_t *check, int index)
{
    int i;

    for (i = 0; i < index; i++)
        if (!strcmp(check->findings[i].code, check->findings[index].code))
            return 1;
    return 0;
}

/* One field per warning: the reason why it may stay. */
static int overrule_fields(cd_field_t *list, const app_letter_view_t *view, apr_pool_t *pool)
{
    int count = 0, i;

    for (i = 0; i < view->check->finding_count && count < OVERRULES_MAX; i++) {
        const cd_letter_finding_t *f = &view->check->findings[i];

        if (f->severity != CD_LETTER_WARN || met_before(view->check, i))
            continue;
        list[count] = (cd_field_t){
            .name = apr_pstrcat(pool, "overrule_", f->code, NULL),
            .type = CD_FT_TEXT,
            .max = 300,
            .offset = offsetof(verdict_t, overrule) + (apr_size_t)count * sizeof(const char *),
            .label = apr_psprintf(pool, "Why may this stay? %s%s%s", f->found ? "“" : "",
                                  f->found ? f->found : f->sentence, f->found ? "”" : ""),
            .hint = apr_pstrcat(pool, f->found ? f->sentence : "", f->found ? " " : "", f->remedy,
                                NULL),
            .noun = "why this may stay",
            .shown = f->code
        };
        if (!count)
            list[count].section = "Warnings: each needs a reason, or the letter goes back";
        count++;
    }
    return count;
}

static web_form_t *verdict_form(verdict_t *verdict, const app_letter_view_t *view, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_SIGNOFF);
    cd_field_t *list = apr_pcalloc(pool, sizeof(*list) * (OVERRULES_MAX + 2));
    int count = overrule_fields(list, view, pool);
    web_form_t *form;

    list[count] = *cd_record_field(def, "verdict");
    list[count++].section = "Your answer";
    list[count++] = *cd_record_field(def, "reason");
    form = web_form_make(list, count, verdict, pool);
    form->version = view->view->row.version;
    return form;
}

static void check_frame(web_exchange_t *x, const app_letter_view_t *view)
{
    const char *words = web_letter_finding_words(view->check, x->pool);

    web_letter_page(x, view, NULL);
    web_page_title(
        x, apr_psprintf(x->pool, "Check a letter, %s", view->view->row.reference),
        apr_pstrcat(x->pool, "Check the letter: ", words ? words : "nothing found", NULL));
    web_page_text(
        x->view, WN_lead,
        "You did not write it. Read it as the person who gets it will. When you let it out, it is "
        "frozen and goes into the record as it is.");
    web_page_text(x->view, WN_form_url, web_letter_url(x, view, "letter.sign"));
    web_page_text(x->view, WN_submit_label, "Record my check");
    web_page_text(x->view, WN_cancel_url, web_letter_url(x, view, "letter.show"));
}

/* Why there is no form, as an error: the page of the letter says it too. */
static cd_err_t *may_sign(const web_exchange_t *x, const app_letter_view_t *view)
{
    return view->why_not_sign ? cd_err(x->pool, CD_E_FORBIDDEN, view->why_not_sign, "letter %d",
                                       view->letter->number)
                              : NULL;
}

cd_err_t *web_letter_check(web_exchange_t *x)
{
    app_letter_view_t *view;
    verdict_t *verdict = apr_pcalloc(x->pool, sizeof(*verdict));

    CD_ERR(web_letter_find(&view, x));
    CD_ERR(may_sign(x, view));
    check_frame(x, view);
    web_form_show(x->view, verdict_form(verdict, view, x->pool), x);
    return NULL;
}

static void verdict_fill(app_verdict_t *out, const verdict_t *verdict,
                         const app_letter_view_t *view, apr_pool_t *pool)
{
    app_overrule_t *list = apr_pcalloc(pool, sizeof(*list) * OVERRULES_MAX);
    int count = 0, i;

    for (i = 0; i < view->check->finding_count && count < OVERRULES_MAX; i++)
        if (view->check->findings[i].severity == CD_LETTER_WARN && !met_before(view->check, i)) {
            list[count] =
                (app_overrule_t){ view->check->findings[i].code, verdict->overrule[count] };
            count++;
        }
    *out = (app_verdict_t){ verdict->said.verdict, verdict->said.reason, list, count };
}

cd_err_t *web_letter_sign(web_exchange_t *x)
{
    app_letter_view_t *view;
    verdict_t *verdict = apr_pcalloc(x->pool, sizeof(*verdict));
    app_verdict_t said;
    web_form_t *form;
    cd_err_t *err = NULL;

    CD_ERR(web_letter_find(&view, x));
    form = verdict_form(verdict, view, x->pool);
    CD_ERR(web_form_read(form, x));
    verdict_fill(&said, verdict, view, x->pool);
    if (!form->problems.count)
        err = app_letter_sign(x->ctx, view->letter->number, &said, form->version, &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        CD_ERR(may_sign(x, view));
        check_frame(x, view);
        return web_form_again(x, form);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML && !view->why_not_sign) {
        check_frame(x, view);
        web_page_title(x, "Changed meanwhile", "The case changed while you were reading");
        return web_form_changed(x, form, view->view->row.version, "case");
    }
    CD_ERR(err);
    return web_redirect(x, web_letter_url(x, view, "letter.show"));
}

/* ---- sent ---- */

static const cd_field_t sending_fields[] = {
    { .name = "sent", .type = CD_FT_WHEN, .offset = offsetof(app_sending_t, sent),
      .flags = CD_FF_REQUIRED | CD_FF_PAST,
      .label = "Date it was given or sent", .noun = "the date it was given or sent",
      .hint = "For example, 12 11 2026.",
      .shown = "Sent" },
    { .name = "proof", .type = CD_FT_TEXT, .offset = offsetof(app_sending_t, proof),
      .flags = CD_FF_REQUIRED, .max = 300,
      .label = "What proves that it was given or sent?",
      .noun = "what proves that it was given or sent",
      .hint = "For example, signed for at the post room, with where the slip is kept.",
      .shown = "Proof" },
    { .name = "mode", .type = CD_FT_TOKEN, .offset = offsetof(app_sending_t, mode),
      .tokens = cd_modes,
      .label = "How did it go? (optional)", .noun = "how it went", .shown = "How" },
    { .name = "reason_if_late", .type = CD_FT_LONG, .offset = offsetof(app_sending_t,
      reason_if_late), .max = 1000,
      .label = "If it was late, why? (optional)", .noun = "why it was late",
      .hint = "A letter that goes out after its due date needs its reason.",
      .shown = "Reason if late" }
};

static void sending_frame(web_exchange_t *x, const app_letter_view_t *view)
{
    web_letter_frame(x, view);
    web_page_title(x, apr_psprintf(x->pool, "Mark a letter as sent, %s", view->view->row.reference),
                   "Mark the letter as sent");
    web_page_text(x->view, WN_lead,
                  "This puts the letter into the record as what it is, so that the rules see it. A "
                  "wrong date "
                  "can be corrected there, like every entry.");
    web_page_text(x->view, WN_form_url, web_letter_url(x, view, "letter.send"));
    web_page_text(x->view, WN_submit_label, "Mark as sent");
    web_page_text(x->view, WN_cancel_url, web_letter_url(x, view, "letter.show"));
}

static web_form_t *sending_form(app_sending_t *sending, const app_letter_view_t *view,
                                apr_pool_t *pool)
{
    const int first = view->letter->draft->letter == CD_LETTER_FIRST;
    web_form_t *form = web_form_make(sending_fields, first ? 4 : 3, sending, pool);

    form->version = view->view->row.version;
    return form;
}

cd_err_t *web_letter_sending(web_exchange_t *x)
{
    app_letter_view_t *view;
    app_sending_t *sending = apr_pcalloc(x->pool, sizeof(*sending));

    CD_ERR(web_letter_find(&view, x));
    sending_frame(x, view);
    web_form_show(x->view, sending_form(sending, view, x->pool), x);
    return NULL;
}

cd_err_t *web_letter_send(web_exchange_t *x)
{
    app_letter_view_t *view;
    app_sending_t *sending = apr_pcalloc(x->pool, sizeof(*sending));
    web_form_t *form;
    cd_err_t *err = NULL;
    int seq;

    CD_ERR(web_letter_find(&view, x));
    form = sending_form(sending, view, x->pool);
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_letter_send(&seq, x->ctx, view->letter->number, sending, form->version,
                              &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err)) {
        sending_frame(x, view);
        return web_form_again(x, form);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML) {
        sending_frame(x, view);
        return web_form_changed(x, form, view->view->row.version, "case");
    }
    CD_ERR(err);
    return web_redirect(x, web_letter_url(x, view, "letter.show"));
}

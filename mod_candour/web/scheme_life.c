/* scheme_life.c: drafting a version of a scheme, and the second person's check of it. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

typedef struct draft_t { const char *file; } draft_t;
static const cd_field_t draft_fields[] = {
    { .name = "file", .type = CD_FT_LONG, .offset = offsetof(draft_t, file), .flags = CD_FF_REQUIRED,
      .section = "The version’s file", .label = "The file, as text", .noun = "the file",
      .hint = "Open the file, copy all of it and paste it here. Every setting needs its authority, and the file its test claims.",
      .shown = "File" }
};

static void draft_frame(web_exchange_t *x)
{
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_page_title(x, "Draft a version", "Draft a version of a liability scheme");
    web_page_text(x->view, WN_lead, "Nothing changes yet: another person must put the version in force.");
    web_page_text(x->view, WN_form_url, web_url(x, "scheme.new", NULL));
    web_page_text(x->view, WN_submit_label, "Check and keep the draft");
    web_page_text(x->view, WN_cancel_url, web_url(x, "policy.list", NULL));
}

cd_err_t *web_scheme_new(web_exchange_t *x)
{
    draft_frame(x);
    web_form_show(x->view, web_form_make(draft_fields, 1, apr_pcalloc(x->pool, sizeof(draft_t)), x->pool), x);
    return NULL;
}

cd_err_t *web_scheme_draft(web_exchange_t *x)
{
    draft_t *draft = apr_pcalloc(x->pool, sizeof(*draft));
    web_form_t *form = web_form_make(draft_fields, 1, draft, x->pool);
    cd_problems_t found = { .pool = x->pool };
    const cd_scheme_t *scheme = NULL;
    cd_err_t *err = NULL;
    int i;

    draft_frame(x);
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_scheme_draft(&scheme, x->ctx, draft->file, &found);
    for (i = 0; i < found.count; i++)
        cd_problem_add(&form->problems, "file", NULL, "%s", found.list[i].text);
    if (err && err->code == CD_E_BAD_REQUEST)
        cd_problem_add(&form->problems, "file", NULL, "The file cannot be read: %s", err->public_text);
    if (form->problems.count || web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_scheme_url(x, scheme->code, scheme->version));
}

enum { VERDICT_ACTIVATE = 1, VERDICT_BACK };
static const cd_token_t verdicts[] = {
    { VERDICT_ACTIVATE, "ACTIVATE", "Put it in force" },
    { VERDICT_BACK, "SEND_BACK", "Send it back to who drafted it" },
    { 0, NULL, NULL }
};
typedef struct verdict_t {
    int verdict;
    app_scheme_check_t check;
} verdict_t;
static const cd_field_t verdict_fields[] = {
    { .name = "verdict", .type = CD_FT_TOKEN, .offset = offsetof(verdict_t, verdict), .flags = CD_FF_REQUIRED,
      .tokens = verdicts, .section = "Your check", .label = "What should happen?", .noun = "what should happen",
      .shown = "Verdict" },
    { .name = "from", .type = CD_FT_DATE, .offset = offsetof(verdict_t, check.from), .label = "First day in force",
      .noun = "first day in force", .hint = "Today or later. For example, 1 4 2027", .shown = "From" },
    { .name = "settings_seen", .type = CD_FT_YESNO, .offset = offsetof(verdict_t, check.settings_seen),
      .section = "I have checked", .label = "The settings and their authority",
      .noun = "whether you checked the settings", .shown = "Settings" },
    { .name = "tests_seen", .type = CD_FT_YESNO, .offset = offsetof(verdict_t, check.tests_seen),
      .label = "The test claims", .noun = "whether you checked the test claims", .shown = "Test claims" },
    { .name = "effect_seen", .type = CD_FT_YESNO, .offset = offsetof(verdict_t, check.effect_seen),
      .label = "The effect on the claims", .noun = "whether you checked the effect", .shown = "Effect" },
    { .name = "note", .type = CD_FT_LONG, .offset = offsetof(verdict_t, check.note), .max = 1000, .section = "Note",
      .label = "Note for the record", .noun = "the note", .hint = "If you send it back, say why.", .shown = "Note" }
};
#define VERDICT_FIELDS ((int)(sizeof(verdict_fields) / sizeof(verdict_fields[0])))

static cd_err_t *check_frame(app_scheme_page_t **out, web_exchange_t *x)
{
    const cd_scheme_t *s;

    CD_ERR(web_scheme_find(out, x));
    s = (*out)->row.scheme;
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_crumb(x, s->title, web_scheme_url(x, s->code, s->version));
    web_page_title(x, "Check a version", apr_psprintf(x->pool, "Check %s version %d", s->code, s->version));
    web_scheme_strip(x, *out);
    web_page_flag(x->view, WN_has_strip, 1);
    web_page_text(x->view, WN_lead_words, (*out)->why_not);
    CD_ERR(web_impact_block(x, *out));
    web_page_text(x->view, WN_form_url, web_url(x, "scheme.check", x->param[0], NULL));
    web_page_text(x->view, WN_submit_label, "Continue");
    web_page_text(x->view, WN_cancel_url, web_scheme_url(x, s->code, s->version));
    return NULL;
}

cd_err_t *web_scheme_check(web_exchange_t *x)
{
    app_scheme_page_t *page;
    web_form_t *form = web_form_make(verdict_fields, VERDICT_FIELDS, apr_pcalloc(x->pool, sizeof(verdict_t)), x->pool);

    CD_ERR(check_frame(&page, x));
    form->version = page->row.row_version;
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_scheme_settle(web_exchange_t *x)
{
    verdict_t *said = apr_pcalloc(x->pool, sizeof(*said));
    web_form_t *form = web_form_make(verdict_fields, VERDICT_FIELDS, said, x->pool);
    app_scheme_page_t *page;
    const cd_scheme_t *s;
    cd_err_t *err = NULL;

    CD_ERR(check_frame(&page, x));
    s = page->row.scheme;
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count && said->verdict == VERDICT_ACTIVATE)
        err = app_scheme_activate(x->ctx, s->code, s->version, form->version, &said->check, &form->problems);
    else if (!form->problems.count)
        err = app_scheme_send_back(x->ctx, s->code, s->version, form->version, said->check.note, &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_scheme_url(x, s->code, s->version));
}

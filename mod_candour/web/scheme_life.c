/* scheme_life.c: drafting a version of a scheme, and the second person's check of it. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/upload.h"
#include "web/url.h"

typedef struct draft_t { const char *file; } draft_t;
static const cd_field_t draft_fields[] = {
    { .name = "file", .type = CD_FT_LONG, .offset = offsetof(draft_t, file),
      .flags = CD_FF_REQUIRED,
      .section = "The version’s file", .label = "The file, as text", .noun = "the file",
      .hint = "Open the file, copy all of it and paste it here. Every setting needs its "
      "authority, and the file its test claims.",
      .shown = "File" }
};

static void draft_frame(web_exchange_t *x)
{
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_page_title(x, "Draft a version", "Draft a version of a liability scheme");
    web_page_text(x->view, WN_lead,
                  "Nothing changes yet: another person must put the version in force.");
    web_page_text(x->view, WN_form_url, web_url(x, "scheme.new", NULL));
    web_page_text(x->view, WN_submit_label, "Check and keep the draft");
    web_page_text(x->view, WN_cancel_url, web_url(x, "policy.list", NULL));
}

cd_err_t *web_scheme_new(web_exchange_t *x)
{
    draft_frame(x);
    web_tool(x, "Choose a file instead", web_url(x, "scheme.choose", NULL));
    web_form_show(
        x->view, web_form_make(draft_fields, 1, apr_pcalloc(x->pool, sizeof(draft_t)), x->pool), x);
    return NULL;
}

/* A file may have many faults: all are said at once, in the order of the file. The form's own
 * summary has the first. */
static void faults_put(web_exchange_t *x, web_form_t *form, const cd_problems_t *found)
{
    web_view_t *list = web_page_list(x->view, WN_faults);
    int i;

    for (i = 0; i < found->count; i++) {
        const cd_scheme_fault_t fault = cd_scheme_fault(&found->list[i], x->pool);
        web_view_t *item = web_add(list);

        web_page_text(item, WN_fault_line, fault.line);
        web_page_text(item, WN_fault_member, fault.member);
        web_page_text(item, WN_text, fault.text);
        cd_problem_add(&form->problems, "file", NULL, "%s", found->list[i].text);
    }
    web_page_flag(x->view, WN_has_faults, found->count > 0);
    web_page_text(x->view, WN_fault_count, web_count(found->count, "fault", "faults", x->pool));
}

static cd_err_t *draft_keep(web_exchange_t *x, web_form_t *form, const draft_t *draft)
{
    cd_problems_t found = { .pool = x->pool };
    const cd_scheme_t *scheme = NULL;
    cd_err_t *err = NULL;

    if (!form->problems.count)
        err = app_scheme_draft(&scheme, x->ctx, draft->file, &found);
    faults_put(x, form, &found);
    if (err && err->code == CD_E_BAD_REQUEST)
        cd_problem_add(&form->problems, "file", NULL, "The file cannot be read: %s",
                       err->public_text);
    if (form->problems.count || web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_scheme_url(x, scheme->code, scheme->version));
}

cd_err_t *web_scheme_draft(web_exchange_t *x)
{
    draft_t *draft = apr_pcalloc(x->pool, sizeof(*draft));
    web_form_t *form = web_form_make(draft_fields, 1, draft, x->pool);

    draft_frame(x);
    CD_ERR(web_form_read(form, x));
    return draft_keep(x, form, draft);
}

/* ---- the same from a file of the person's own ------------------------------- */

static void choose_frame(web_exchange_t *x)
{
    draft_frame(x);
    web_page_text(x->view, WN_form_url, web_url(x, "scheme.choose", NULL));
    web_tool(x, "Paste the text instead", web_url(x, "scheme.new", NULL));
}

cd_err_t *web_scheme_choose(web_exchange_t *x)
{
    choose_frame(x);
    web_form_show(x->view, web_form_make(draft_fields, 0, NULL, x->pool), x);
    return NULL;
}

static cd_err_t *on_begin(void *baton, const char *filename, const char *media_type)
{
    /* its name and kind say nothing that the file does not */
    (void)baton; (void)filename; (void)media_type;
    return NULL;
}

static cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_t *buf = baton;

    if (buf->len + len > CD_SCHEME_FILE_MAX)
        return cd_err(buf->pool, CD_E_TOO_LARGE, "the file is larger than a scheme’s file may be",
                      "over %d bytes", CD_SCHEME_FILE_MAX);
    cd_buf_add(buf, bytes, len);
    return NULL;
}

static cd_err_t *on_end(void *baton)
{
    (void)baton;
    return NULL;
}

/* With faults the file comes back as text to mend in the page: a browser cannot offer a chosen file
 * again. */
cd_err_t *web_scheme_upload(web_exchange_t *x)
{
    draft_t *draft = apr_pcalloc(x->pool, sizeof(*draft));
    cd_buf_t *bytes = cd_buf_make(x->pool, 4096);
    const web_upload_sink_t sink = { bytes, "file", on_begin, on_data, on_end };
    web_form_t *form = web_form_make(draft_fields, 0, draft, x->pool);

    form->file = "file";
    CD_ERR(web_upload_read(x, &sink));
    CD_ERR(web_form_read(form, x));
    draft->file = apr_pstrmemdup(x->pool, bytes->data, bytes->len);
    if (!bytes->len || strlen(draft->file) != bytes->len
        || !cd_text_valid(draft->file, bytes->len)) {
        choose_frame(x);
        cd_problem_add(&form->problems, "file", NULL, "%s",
                       bytes->len ? "The file must be plain text (UTF-8)"
                                  : "Choose the version’s file");
        web_page_text(x->view, WN_file_error, form->problems.list[0].text);
        return web_form_again(x, form);
    }
    x->template_name = "admin/scheme-draft";
    draft_frame(x);
    form->file = NULL;
    form->fields = draft_fields;
    form->count = 1;
    form->raw = apr_pcalloc(x->pool, sizeof(*form->raw));
    form->raw_part = apr_pcalloc(x->pool, sizeof(*form->raw_part) * 3);
    form->raw[0] = draft->file;
    return draft_keep(x, form, draft);
}

/* ---- the second person's check ---------------------------------------------- */

enum { VERDICT_ACTIVATE = 1, VERDICT_BACK };
static const cd_token_t verdicts[] = {
    { VERDICT_ACTIVATE, "ACTIVATE", "Put it in force" },
    { VERDICT_BACK, "SEND_BACK", "Send it back to who drafted it" },
    { 0, NULL, NULL }
};
enum { SEEN_SETTINGS = 1, SEEN_TESTS, SEEN_EFFECT };
static const cd_token_t seen_words[] = {
    { SEEN_SETTINGS, "SETTINGS", "The settings and their authority" },
    { SEEN_TESTS, "TESTS", "The test claims" },
    { SEEN_EFFECT, "EFFECT", "The effect on open claims" },
    { 0, NULL, NULL }
};
typedef struct verdict_t {
    int verdict;
    cd_date_t from;
    apr_uint32_t seen;
    const char *note;
} verdict_t;
static const cd_field_t verdict_fields[] = {
    { .name = "verdict", .type = CD_FT_TOKEN, .offset = offsetof(verdict_t, verdict),
      .flags = CD_FF_REQUIRED,
      .tokens = verdicts, .label = "What should happen?", .noun = "what should happen",
      .shown = "Verdict" },
    { .name = "from", .type = CD_FT_DATE, .offset = offsetof(verdict_t, from),
      .section = "First day and checks",
      .label = "First day in force", .noun = "first day in force",
      .hint = "Today or later. For example, 1 4 2027",
      .shown = "From" },
    { .name = "seen", .type = CD_FT_SET, .offset = offsetof(verdict_t, seen), .tokens = seen_words,
      .label = "I have checked", .noun = "what you have checked", .shown = "Checked" },
    { .name = "note", .type = CD_FT_LONG, .offset = offsetof(verdict_t, note), .max = 1000,
      .label = "Note for the record", .noun = "the note", .hint = "If you send it back, say why.",
      .shown = "Note" }
};
#define VERDICT_FIELDS ((int)(sizeof(verdict_fields) / sizeof(verdict_fields[0])))

typedef enum acted_t { ACTED_DONE = 1, ACTED_NOW, ACTED_NOT_YET } acted_t;

static void acted_put(web_view_t *list, acted_t how, const char *label, const char *detail)
{
    web_view_t *item = web_add(list);

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_detail, detail);
    web_page_flag(item, WN_is_done, how == ACTED_DONE);
    web_page_flag(item, WN_is_now, how == ACTED_NOW);
}

static const char *now_words(const app_scheme_page_t *page)
{
    if (page->row.drafted_by_me)
        return "Another person. You drafted it.";
    return page->may_activate ? "You, now. You did not draft it." : page->why_not;
}

static void acted_list(web_exchange_t *x, const app_scheme_page_t *page)
{
    web_view_t *list = web_page_list(x->view, WN_acted);
    const app_scheme_t *row = &page->row;
    const cd_scheme_file_t *file = page->file;

    acted_put(list, ACTED_DONE, "Drafted",
              apr_pstrcat(x->pool, row->drafted_by, ", ",
                          cd_instant_words(row->drafted_at, x->pool), NULL));
    acted_put(list, file && !file->test_failed ? ACTED_DONE : ACTED_NOT_YET,
              "File and test claims checked",
              !file               ? "No file is kept"
              : file->test_failed ? "A test claim is not as expected any more"
                                  : "No faults, all as expected");
    acted_put(list, page->tried ? ACTED_DONE : ACTED_NOT_YET, "Tried on the claims",
              page->tried       ? "Since it was drafted"
              : page->no_claims ? "There are no claims yet"
                                : "Not yet");
    acted_put(list,
              row->state == CD_SS_DRAFT ? page->may_activate ? ACTED_NOW : ACTED_NOT_YET
                                        : ACTED_DONE,
              row->state == CD_SS_SENT_BACK ? "Sent back by a second person"
                                            : "Activated by a second person",
              row->state == CD_SS_DRAFT
                  ? now_words(page)
                  : apr_pstrcat(x->pool, row->acted_by ? row->acted_by : "Nobody", ", ",
                                cd_instant_words(row->acted_at, x->pool), NULL));
    acted_put(list,
              row->state == CD_SS_IN_FORCE || row->state == CD_SS_RETIRED ? ACTED_DONE
                                                                          : ACTED_NOT_YET,
              "In force", "Never edited after that");
}

/* What changes against the version that holds today. */
static cd_err_t *check_heading(web_exchange_t *x, const app_scheme_page_t *page)
{
    const cd_scheme_t *s = page->row.scheme, *active;
    int changed;

    CD_ERR(app_scheme_active(&active, x->ctx));
    changed = web_scheme_changes(x, active, s);
    web_page_title(x, apr_psprintf(x->pool, "Check %s version %d", s->code, s->version),
                   apr_psprintf(x->pool, "%s with %s version %d",
                                web_scheme_changes_words(changed, x->pool), s->code, s->version));
    return NULL;
}

static cd_err_t *check_frame(app_scheme_page_t **out, web_exchange_t *x)
{
    const cd_scheme_t *s;
    app_scheme_page_t *page;

    CD_ERR(web_scheme_find(out, x));
    page = *out;
    s = page->row.scheme;
    web_crumb(x, "Policies", web_url(x, "policy.list", NULL));
    web_crumb(x, s->title, web_scheme_url(x, s->code, s->version));
    CD_ERR(check_heading(x, page));
    web_scheme_strip(x, page);
    web_tool(x, "Compare with other versions", web_url(x, "scheme.diff", x->param[0], NULL));
    web_scheme_tests(x, page->file);
    CD_ERR(web_impact_block(x, page));
    acted_list(x, page);
    web_page_flag(x->view, WN_may_activate, page->may_activate);
    web_page_flag(x->view, WN_may_send_back, page->may_send_back);
    web_page_text(x->view, WN_why_not, page->why_not);
    web_page_text(x->view, WN_back_words,
                  apr_pstrcat(x->pool, "Send back to ", page->row.drafted_by, NULL));
    web_page_text(x->view, WN_form_url, web_url(x, "scheme.check", x->param[0], NULL));
    web_page_text(x->view, WN_submit_label,
                  apr_psprintf(x->pool, "Activate version %d", s->version));
    return NULL;
}

cd_err_t *web_scheme_check(web_exchange_t *x)
{
    app_scheme_page_t *page;
    web_form_t *form = web_form_make(verdict_fields, VERDICT_FIELDS,
                                     apr_pcalloc(x->pool, sizeof(verdict_t)), x->pool);

    CD_ERR(check_frame(&page, x));
    form->version = page->row.row_version;
    web_form_skip(form, "verdict");              /* the button says it */
    web_form_show(x->view, form, x);
    return NULL;
}

static int seen(const verdict_t *said, int what)
{
    return said->seen & (1u << what) ? CD_YES : CD_NO;
}

/* The three ticks are one question of this form. */
static void ticks_rename(cd_problems_t *problems)
{
    int i;

    for (i = 0; i < problems->count; i++)
        if (strstr(problems->list[i].field, "_seen"))
            problems->list[i].field = "seen";
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
    if (!form->problems.count && said->verdict == VERDICT_ACTIVATE) {
        const app_scheme_check_t check = { said->from, seen(said, SEEN_SETTINGS),
                                           seen(said, SEEN_TESTS), seen(said, SEEN_EFFECT),
                                           said->note };
        err = app_scheme_activate(x->ctx, s->code, s->version, form->version, &check,
                                  &form->problems);
    } else if (!form->problems.count)
        err = app_scheme_send_back(x->ctx, s->code, s->version, form->version, said->note,
                                   &form->problems);
    ticks_rename(&form->problems);
    web_form_skip(form, "verdict");
    if (form->problems.count || web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_scheme_url(x, s->code, s->version));
}

/* document.c: the form that adds a document with its file, or a new version of one.
 *
 * The file goes to the database as it comes; the record that keeps it is written once all answers
 * are right. A form that comes back offers the file again by its number, so that it need not be
 * sent twice. */
#include <string.h>

#include <apr_strings.h>

#include "app/document.h"
#include "app/file_type.h"
#include "base/hash.h"
#include "web/case_view.h"
#include "web/changed.h"
#include "web/document.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/upload.h"
#include "web/url.h"

typedef struct ask_t {
    web_exchange_t *x;
    const char *reference;
    app_case_view_t *view;               /* NULL until a page has to be shown */
    web_form_t *form;
    cd_document_t *document;
    const char *filename;                /* of the file that came, or NULL */
    app_staging_t *staging;
    const cd_err_t *refused;             /* why the file that came is not taken, or NULL */
    app_content_t content;               /* id 0: none */
} ask_t;

static void begin(ask_t *ask, web_exchange_t *x)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_DOCUMENT);

    memset(ask, 0, sizeof(*ask));
    ask->x = x;
    ask->reference = x->param[0];
    ask->document = apr_pcalloc(x->pool, sizeof(*ask->document));
    ask->form = web_form_make(def->fields, def->field_count, ask->document, x->pool);
    ask->form->file = "file";
    web_form_skip(ask->form, "sha256");
}

/* ---- the page ---- */

static void offered_put(const ask_t *ask)
{
    web_view_t *map = ask->x->view;

    web_page_flag(map, WN_has_staged, ask->content.id != 0);
    if (!ask->content.id)
        return;
    web_page_text(map, WN_staged, apr_psprintf(ask->x->pool, "%" APR_INT64_T_FMT, ask->content.id));
    web_page_text(map, WN_staged_words,
                  apr_psprintf(ask->x->pool,
                               "The file you chose (%s) is here and will be kept when you save.",
                               app_size_words(ask->content.size, ask->x->pool)));
}

static const char *file_problem(const ask_t *ask)
{
    int i;

    for (i = 0; i < ask->form->problems.count; i++)
        if (!strcmp(ask->form->problems.list[i].field, "file"))
            return ask->form->problems.list[i].text;
    return NULL;
}

static void file_put(const ask_t *ask)
{
    web_view_t *map = ask->x->view;
    const char *problem = file_problem(ask);

    web_page_flag(map, WN_takes_file, 1);
    web_page_text(map, WN_file_label,
                  ask->form->supersedes ? "Choose the new version’s file (optional)"
                                        : "Choose the file (optional)");
    web_page_text(
        map, WN_file_hint,
        apr_psprintf(ask->x->pool,
                     "%s, and smaller than %s. Leave it out if the document is kept"
                     " somewhere else.",
                     app_file_types_words(),
                     app_size_words((apr_int64_t)ask->x->site->max_upload, ask->x->pool)));
    web_page_text(map, WN_file_error, problem);
    web_page_text(map, WN_file_described, problem ? "file-hint file-error" : "file-hint");
    offered_put(ask);
}

static cd_err_t *frame(ask_t *ask)
{
    web_exchange_t *x = ask->x;
    const char *heading =
        ask->form->supersedes ? "Correct a document, or add a new version" : "Add a document";
    const cd_record_t *old;

    if (!ask->view)
        CD_ERR(app_case_view(&ask->view, x->ctx, 0));
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, ask->reference), heading);
    web_page_text(x->view, WN_caption, web_case_title(ask->view));
    web_case_identity(x, ask->view);
    web_crumb(x, ask->reference, web_url(x, "case.show", ask->reference, NULL));
    web_page_text(x->view, WN_form_url, web_url(x, "document.add", ask->reference, NULL));
    web_page_text(x->view, WN_submit_label,
                  ask->form->supersedes ? "Save the new version" : "Save");
    web_page_text(x->view, WN_cancel_url, web_url(x, "case.show", ask->reference, NULL));
    old = ask->form->supersedes ? cd_case_seq(ask->view->file, ask->form->supersedes) : NULL;
    if (old) {
        web_page_flag(x->view, WN_correcting, 1);
        web_page_text(x->view, WN_corrects_url, web_case_record_url(x, ask->view, old->seq));
        web_page_text(x->view, WN_corrects_text, web_record_line(old, x->pool));
    }
    file_put(ask);
    return NULL;
}

static cd_err_t *open_version(ask_t *ask, int seq)
{
    const cd_record_t *old = cd_case_seq(ask->view->file, seq);
    web_exchange_t *x = ask->x;

    if (!old || old->superseded_by || old->kind != CD_REC_DOCUMENT)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "record %d is no document to be corrected",
                      seq);
    if (!app_may_mend(x->ctx, old))
        return cd_err(x->pool, CD_E_FORBIDDEN, NULL, "record %d was entered in role %d", seq,
                      old->role);
    ask->form->supersedes = seq;
    *ask->document = *(const cd_document_t *)old->body;
    return NULL;
}

cd_err_t *web_document_new(web_exchange_t *x)
{
    ask_t ask;
    int corrects;

    begin(&ask, x);
    CD_ERR(web_query_seq(&corrects, x, "corrects"));
    CD_ERR(app_case_view(&ask.view, x->ctx, 0));
    if (corrects)
        CD_ERR(open_version(&ask, corrects));
    ask.form->version = ask.view->row.version;
    CD_ERR(frame(&ask));
    web_form_show(x->view, ask.form, x);
    return NULL;
}

/* ---- the file as it comes ---- */

/* A file that is not taken is a problem of the form, not of the request: what else was sent is
 * still read. */
static cd_err_t *or_refused(ask_t *ask, cd_err_t *err)
{
    if (!err || err->code != CD_E_INVALID)
        return err;
    ask->refused = err;
    return NULL;
}

static cd_err_t *file_begin(void *baton, const char *filename, const char *media_type)
{
    ask_t *ask = baton;

    (void)media_type;
    ask->filename = apr_pstrdup(ask->x->pool, filename);
    return or_refused(ask, app_staging_begin(&ask->staging, ask->x->ctx, filename));
}

static cd_err_t *file_data(void *baton, const char *bytes, apr_size_t len)
{
    ask_t *ask = baton;

    return ask->refused ? NULL : or_refused(ask, app_staging_add(ask->staging, bytes, len));
}

static cd_err_t *file_end(void *baton)
{
    ask_t *ask = baton;

    return ask->refused ? NULL : or_refused(ask, app_staging_end(&ask->content, ask->staging));
}

/* ---- saving ---- */

/* Without an answer the document is called as its file is. */
static void name_from_file(ask_t *ask)
{
    cd_problems_t *problems = &ask->form->problems;
    int i, kept = 0;

    if (!ask->filename || ask->document->name)
        return;
    for (i = 0; i < ask->form->count; i++)
        if (!strcmp(ask->form->fields[i].name, "name") && ask->form->raw[i])
            return;                      /* there is an answer, and something is wrong with it */
    for (i = 0; i < problems->count; i++)
        if (strcmp(problems->list[i].field, "name"))
            problems->list[kept++] = problems->list[i];
    problems->count = kept;
    for (i = 0; i < ask->form->count; i++)
        if (!strcmp(ask->form->fields[i].name, "name")) {
            ask->form->raw[i] = ask->filename;
            cd_field_read(&ask->form->fields[i], ask->document, ask->filename, ask->x->ctx->today,
                          problems);
        }
}

static const char too_late[] = "Choose the file again: it waited too long to be saved";

/* The file sent now, or the one that the page offered again. */
static cd_err_t *settle_file(ask_t *ask)
{
    app_content_t *offered = NULL;

    if (ask->refused)
        cd_problem_add(&ask->form->problems, "file", NULL, "%s", ask->refused->public_text);
    else if (!ask->content.id && ask->form->staged) {
        CD_ERR(app_content_staged(&offered, ask->x->ctx, ask->form->staged));
        if (offered)
            ask->content = *offered;
        else
            cd_problem_add(&ask->form->problems, "file", NULL, "%s", too_late);
    }
    if (ask->content.id)
        app_document_take(ask->document, &ask->content);
    return NULL;
}

/* The same answers with another file are another request. */
static void fingerprint_file(const ask_t *ask)
{
    unsigned char *print = ask->x->ctx->fingerprint;

    if (!ask->content.id)
        return;
    cd_hmac(print, print, ask->content.sha256, strlen(ask->content.sha256));
}

static cd_err_t *again(ask_t *ask)
{
    CD_ERR(frame(ask));
    return web_form_again(ask->x, ask->form);
}

/* The files beside each other, as far as a line can say it. */
static void files_compare(const ask_t *ask, const cd_document_t *saved)
{
    apr_pool_t *pool = ask->x->pool;
    const char *theirs = saved->content ? web_document_file_words(saved, pool) : NULL;
    const char *mine = theirs;

    if (ask->content.id)
        mine = apr_psprintf(pool, "%s, the file you chose",
                            web_document_file_words(ask->document, pool));
    if (theirs || mine)
        web_diff_row(ask->x, "File", theirs, mine);
}

/* Somebody saved first: nothing of the form is lost, and it counts from what is there now. */
static cd_err_t *changed_meanwhile(ask_t *ask, const cd_err_t *stale)
{
    web_exchange_t *x = ask->x;
    const cd_record_t *saved;

    if (x->media != WEB_HTML)
        return cd_err_wrap(x->pool, stale, "saving a document");
    CD_ERR(app_case_view(&ask->view, x->ctx, 0));
    if (ask->view->row.version == ask->form->version) {
        /* nobody changed the case: the file was swept away meanwhile */
        ask->content.id = 0;
        cd_problem_add(&ask->form->problems, "file", NULL, "%s", too_late);
        return again(ask);
    }
    saved = web_case_diff_put(x, ask->view, ask->form, CD_REC_DOCUMENT);
    if (saved)
        files_compare(ask, saved->body);
    CD_ERR(frame(ask));
    return web_case_changed(x, ask->view, ask->form, cd_record_def(CD_REC_DOCUMENT)->form_title);
}

static cd_err_t *save(ask_t *ask)
{
    web_exchange_t *x = ask->x;
    app_record_ask_t record = { CD_REC_DOCUMENT, ask->document, ask->form->version,
                                ask->form->supersedes, ask->form->reason };
    cd_err_t *err;
    int seq = 0;

    fingerprint_file(ask);
    err = app_case_record(&seq, x->ctx, &record, &ask->form->problems);
    if (web_form_to_mend(x, ask->form, err))
        return again(ask);
    if (err && err->code == CD_E_STALE)
        return changed_meanwhile(ask, err);
    CD_ERR(err);
    return web_redirect(
        x, apr_psprintf(x->pool, "%s#documents", web_url(x, "case.show", ask->reference, NULL)));
}

cd_err_t *web_document_add(web_exchange_t *x)
{
    ask_t ask;
    web_upload_sink_t sink = { &ask, "file", file_begin, file_data, file_end };

    begin(&ask, x);
    CD_ERR(web_upload_read(x, &sink));
    CD_ERR(web_form_read(ask.form, x));
    name_from_file(&ask);
    CD_ERR(settle_file(&ask));
    return ask.form->problems.count ? again(&ask) : save(&ask);
}

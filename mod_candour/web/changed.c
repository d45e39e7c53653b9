/* changed.c: 409, somebody saved first: both versions side by side, and the form once more. */
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"
#include "web/page.h"

static int is_skipped(const web_form_t *form, const cd_field_t *field)
{
    int i;

    for (i = 0; i < form->skipped; i++)
        if (form->skip[i] == field)
            return 1;
    return 0;
}

void web_diff_row(web_exchange_t *x, const char *label, const char *theirs, const char *mine)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_diff));

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_saved, theirs);
    web_page_text(item, WN_yours, mine);
    web_page_flag(item, WN_differs, !theirs || !mine || strcmp(theirs, mine) != 0);
}

void web_diff_put(web_exchange_t *x, const web_form_t *form, const void *saved, const char *by)
{
    int i;

    for (i = 0; i < form->count; i++) {
        const cd_field_t *field = &form->fields[i];
        const char *theirs = cd_field_words(field, saved, x->pool);
        const char *mine = cd_field_words(field, form->base, x->pool);

        if ((theirs || mine) && !(field->flags & CD_FF_APP) && field->type != CD_FT_SEQ
            && !is_skipped(form, field))
            web_diff_row(x, field->shown, theirs, mine);
    }
    web_page_text(x->view, WN_saved_label,
                  apr_pstrcat(x->pool, "Saved", by ? " by " : NULL, by, NULL));
    web_page_flag(x->view, WN_has_diff, 1);
}

cd_err_t *web_form_changed(web_exchange_t *x, web_form_t *form, int version, const char *what)
{
    web_page_text(x->view, WN_lead,
                  apr_psprintf(x->pool, "You opened version %d of the %s. It is now at version %d. "
                               "Look at what was saved, change your answers if you need to, and "
                               "save again.", form->version, what, version));
    form->version = version;
    web_form_show(x->view, form, x);
    x->template_name = "form/changed";
    x->resp->status = 409;
    return NULL;
}

/* ---- of a case ---- */

static const cd_record_t *newest_version(const cd_case_t *file, int seq)
{
    const cd_record_t *record = cd_case_seq(file, seq);

    while (record && record->superseded_by)
        record = cd_case_seq(file, record->superseded_by);
    return record;
}

const cd_record_t *web_case_diff_put(web_exchange_t *x, const app_case_view_t *view,
                                     web_form_t *form, cd_record_kind_t kind)
{
    const cd_record_t *saved =
        form->supersedes ? newest_version(view->file, form->supersedes) : NULL;

    if (!saved || saved->kind != kind)
        return NULL;
    form->supersedes = saved->seq;
    web_diff_put(x, form, saved->body, saved->recorded_by_name);
    return saved;
}

static const char *who_changed(const cd_case_t *file)
{
    const char *name = file->count ? file->records[file->count - 1].recorded_by_name : NULL;

    return name ? name : "Somebody";
}

cd_err_t *web_case_changed(web_exchange_t *x, const app_case_view_t *view, web_form_t *form,
                           const char *caption)
{
    const int writes = view->row.version - form->version;

    web_page_title(x, apr_psprintf(x->pool, "Changed meanwhile, %s", view->row.reference),
                   apr_psprintf(x->pool, "%s changed this case while you were writing",
                                who_changed(view->file)));
    web_page_text(x->view, WN_caption, caption);
    if (writes > 0)
        web_page_flag(x->view, WN_has_since,
                      web_timeline_since(x, view, view->file->count - writes) > 0);
    return web_form_changed(x, form, view->row.version, "case");
}

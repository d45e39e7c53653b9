/* changed.c: 409, somebody saved first: both versions side by side, and the form once more. */
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"

static int is_skipped(const web_form_t *form, const cd_field_t *field)
{
    int i;

    for (i = 0; i < form->skipped; i++)
        if (form->skip[i] == field)
            return 1;
    return 0;
}

void web_diff_put(web_exchange_t *x, const web_form_t *form, const void *saved, const char *by)
{
    web_view_t *list = web_page_list(x->view, WN_diff);
    int i;

    for (i = 0; i < form->count; i++) {
        const cd_field_t *field = &form->fields[i];
        const char *theirs = cd_field_words(field, saved, x->pool);
        const char *mine = cd_field_words(field, form->base, x->pool);
        web_view_t *item;

        if ((!theirs && !mine) || is_skipped(form, field))
            continue;
        item = web_add(list);
        web_page_text(item, WN_label, field->shown);
        web_page_text(item, WN_saved, theirs);
        web_page_text(item, WN_yours, mine);
        web_page_flag(item, WN_differs, !theirs || !mine || strcmp(theirs, mine) != 0);
    }
    web_page_text(x->view, WN_saved_label, apr_pstrcat(x->pool, "Saved", by ? " by " : NULL, by, NULL));
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

/* saved.c: views of a list that a person keeps: a name, and the filter as the list's address has
 * it. */
#include <stddef.h>

#include <apr_strings.h>

#include "app/team.h"
#include "web/form.h"
#include "web/page.h"
#include "web/saved.h"
#include "web/url.h"

enum { VIEW_END = 1 };
static const cd_token_t view_deeds[] = { { VIEW_END, "end", "Delete it" }, { 0, NULL, NULL } };
typedef struct view_form_t { const char *name, *query; int deed; } view_form_t;
static const cd_field_t view_fields[] = {
    { .name = "name", .type = CD_FT_TEXT, .offset = offsetof(view_form_t, name),
      .flags = CD_FF_REQUIRED, .min = 1, .max = 60, .label = "Name for this view",
      .noun = "a name for this view", .section = "The view", .shown = "Name" },
    { .name = "query", .type = CD_FT_TEXT, .offset = offsetof(view_form_t, query), .max = 250,
      .label = "Filter", .noun = "the filter", .shown = "Filter" },
    { .name = "deed", .type = CD_FT_TOKEN, .offset = offsetof(view_form_t, deed),
      .tokens = view_deeds, .label = "What should be done?", .noun = "what should be done",
      .shown = "Deed" }
};

static cd_err_t *form_again(web_exchange_t *x, const web_saved_list_t *list, web_form_t *form)
{
    const char *back = web_url(x, list->list, NULL);

    web_form_skip(form, "deed");
    web_crumb(x, list->title, back);
    web_page_title(x, "Save this view", "Save this view");
    web_page_text(x->view, WN_form_url, web_url(x, list->form, NULL));
    web_page_text(x->view, WN_submit_label, "Save");
    web_page_text(x->view, WN_cancel_url, back);
    return web_form_again(x, form);
}

static const char *marked(const web_saved_list_t *list, const char *query, apr_pool_t *pool)
{
    return list->mark ? apr_pstrcat(pool, list->mark, *query ? "&" : "", query, NULL) : query;
}

cd_err_t *web_saved_put(web_exchange_t *x, const web_saved_list_t *list)
{
    view_form_t body = { 0 };
    const int fields = (int)(sizeof(view_fields) / sizeof(view_fields[0]));
    web_form_t *form = web_form_make(view_fields, fields, &body, x->pool);
    const char *query = "", *url = web_url(x, list->list, NULL);
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (!form->problems.count && body.deed == VIEW_END) {
        err = app_filter_end(x->ctx, body.name);
    } else if (!form->problems.count) {
        CD_ERR(list->canonical(&query, body.query, x->pool));
        err = app_filter_put(x->ctx, body.name, marked(list, query, x->pool), &form->problems);
    }
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return form_again(x, list, form);
    CD_ERR(err);
    return web_redirect(x, *query ? apr_pstrcat(x->pool, url, "?", query, NULL) : url);
}

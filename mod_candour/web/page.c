/* page.c: title, breadcrumb, identity strip, tools. */
#include <apr_lib.h>
#include <apr_strings.h>

#include "web/page.h"

void web_page_title(web_exchange_t *x, const char *title, const char *heading)
{
    web_page_text(x->view, WN_title, title);
    web_put_text(x->view, WN_heading, heading);
}

void web_crumb(web_exchange_t *x, const char *text, const char *url)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_breadcrumbs));

    web_page_text(item, WN_label, text);
    web_page_text(item, WN_url, url);
}

static web_view_t *strip_add(web_exchange_t *x, const char *label, const char *value)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_strip));

    web_page_flag(x->view, WN_has_strip, 1);
    web_page_text(item, WN_label, label);
    web_page_text(item, WN_value, value);
    return item;
}

void web_strip(web_exchange_t *x, const char *label, const char *value, const char *quiet)
{
    web_page_text(strip_add(x, label, value), WN_quiet, quiet);
}

void web_strip_number(web_exchange_t *x, const char *label, const char *value)
{
    web_page_flag(strip_add(x, label, value), WN_nowrap, 1);
}

void web_tool(web_exchange_t *x, const char *label, const char *url)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_tools));

    web_page_flag(x->view, WN_has_tools, 1);
    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
}

web_view_t *web_told(web_view_t *list, const char *label, const char *value)
{
    web_view_t *item;

    if (!value)
        return NULL;
    item = web_add(list);
    web_put_text(item, WN_label, label);
    web_put_text(item, WN_value, value);
    return item;
}

const char *web_count(int count, const char *one, const char *many, apr_pool_t *pool)
{
    return apr_pstrcat(pool, apr_itoa(pool, count), " ", count == 1 ? one : many, NULL);
}

const char *web_lower_first(const char *text, apr_pool_t *pool)
{
    char *copy = apr_pstrdup(pool, text);

    /* "LFPSE ..." and the like keep their capitals. */
    if (copy[0] && !apr_isupper(copy[1]))
        copy[0] = (char)apr_tolower(copy[0]);
    return copy;
}

const char *web_upper_first(const char *text, apr_pool_t *pool)
{
    char *copy = apr_pstrdup(pool, text);

    copy[0] = (char)apr_toupper(copy[0]);
    return copy;
}

cd_reach_t web_reach(const web_exchange_t *x, cd_right_t right)
{
    return x->ctx && x->ctx->actor ? cd_may(x->ctx->actor, right) : CD_REACH_NONE;
}

/* The three fields of "View as at an earlier date", filled with the day that is shown. */
void web_as_at_form_put(web_exchange_t *x, const char *page, cd_date_t as_at)
{
    static const struct { const char *part, *label, *css; } parts[] = {
        { "day", "Day", "nhsuk-input--width-2" }, { "month", "Month", "nhsuk-input--width-2" },
        { "year", "Year", "nhsuk-input--width-4" }
    };
    web_view_t *form = web_page_map(x->view, WN_as_at_form), *list;
    int number[3] = { 0 }, i;

    if (as_at)
        cd_date_split(as_at, &number[2], &number[1], &number[0]);
    web_page_text(form, WN_form_url, page);
    web_page_text(form, WN_id, "as_at");
    web_page_text(form, WN_label, "Show what was known at the end of");
    web_page_text(form, WN_size, "s");
    web_page_text(form, WN_hint, "For example, 12 11 2026. Nothing is changed by looking.");
    web_page_text(form, WN_describedby, "as_at-hint");
    list = web_page_list(form, WN_parts);
    for (i = 0; i < 3; i++) {
        web_view_t *item = web_add(list);
        const char *name = apr_psprintf(x->pool, "as_at-%s", parts[i].part);

        web_page_text(item, WN_id, name);
        web_page_text(item, WN_name, name);
        web_page_text(item, WN_label, parts[i].label);
        web_page_text(item, WN_part_class, parts[i].css);
        if (as_at)
            web_page_text(item, WN_part_value, apr_itoa(x->pool, number[i]));
    }
}

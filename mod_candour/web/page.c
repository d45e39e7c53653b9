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

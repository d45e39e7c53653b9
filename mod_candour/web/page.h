/* page.h: small pieces that many pages set.
 *
 * Requires: request.h, view.h.   Provides: web_page_title, web_crumb, web_strip_*, web_tool.
 * Used by: handlers. The parts that show them are in htdocs/templates/parts. */
#ifndef CD_WEB_PAGE_H
#define CD_WEB_PAGE_H

#include "web/request.h"

/** Title of the window (without the service's name) and heading of the page. Both borrowed. */
void web_page_title(web_exchange_t *x, const char *title, const char *heading);
/** Adds a step to the breadcrumb; Home is the shell's. */
void web_crumb(web_exchange_t *x, const char *text, const char *url);
/** Adds a pair to the identity strip. `quiet`: the part in a lighter colour, or NULL. */
void web_strip(web_exchange_t *x, const char *label, const char *value, const char *quiet);
/** Same, with a value that does not break over lines (NHS numbers). */
void web_strip_number(web_exchange_t *x, const char *label, const char *value);
/** Adds a link beside the heading. */
void web_tool(web_exchange_t *x, const char *label, const char *url);
/** The form "View as at an earlier date" of the page at the address `page`, under `as_at_form`;
 * `as_at` is the day that it shows now, CD_NO_DATE: today. */
void web_as_at_form_put(web_exchange_t *x, const char *page, cd_date_t as_at);
/** Adds a pair to a list of pairs (parts/told.html); `value` NULL adds nothing. @return the pair or
 * NULL */
web_view_t *web_told(web_view_t *list, const char *label, const char *value);
/** "1 day", "3 days". @owner pool */
const char *web_count(int count, const char *one, const char *many, apr_pool_t *pool);
/** `text` with a small or a capital first letter. @owner pool */
const char *web_lower_first(const char *text, apr_pool_t *pool);
const char *web_upper_first(const char *text, apr_pool_t *pool);
/** The actor's reach for `right`; none for nobody. */
cd_reach_t web_reach(const web_exchange_t *x, cd_right_t right);

#endif

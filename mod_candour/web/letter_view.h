/* letter_view.h: the parts of the letters' pages.
 *
 * Requires: app/letter.h, form.h.   Provides: web_letter_*.   Used by: letter*.c. */
#ifndef CD_WEB_LETTER_VIEW_H
#define CD_WEB_LETTER_VIEW_H

#include "app/letter.h"
#include "web/form.h"

/** The letter that the address names, and the frame of its page: crumbs, strip, links. */
cd_err_t *web_letter_find(app_letter_view_t **out, web_exchange_t *x);
void web_letter_frame(web_exchange_t *x, const app_letter_view_t *view);
/** Address of one of a letter's pages: "letter.show". @owner pool */
const char *web_letter_url(const web_exchange_t *x, const app_letter_view_t *view,
                           const char *route);
/** The letter as its reader sees it; `open`: paragraph that is being written, or NULL. */
void web_letter_preview(web_exchange_t *x, const app_letter_view_t *view, const char *open);
/** What it must have, what it should not say, and how far it is. */
void web_letter_checks(web_exchange_t *x, const app_letter_view_t *view);
/** Where each bound fact comes from. */
void web_letter_facts(web_exchange_t *x, const app_letter_view_t *view);
/** "1 thing to fix, 2 warnings"; NULL: nothing. @owner pool */
const char *web_letter_finding_words(const cd_letter_check_t *check, apr_pool_t *pool);
/** The whole page of one letter (letter/show.html). */
void web_letter_page(web_exchange_t *x, const app_letter_view_t *view, const char *open);
/** Label of a draft's field without "(optional)". @owner pool */
const char *web_letter_part_label(const char *part, apr_pool_t *pool);

#endif

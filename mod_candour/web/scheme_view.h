/* scheme_view.h: a liability scheme as a row and as a page.
 *
 * Requires: app/admin.h, request.h.   Provides: web_scheme_*.   Used by: web/policy.c, scheme.c,
 * flag.c. */
#ifndef CD_WEB_SCHEME_VIEW_H
#define CD_WEB_SCHEME_VIEW_H

#include "app/admin.h"
#include "web/request.h"

/** Code, version, title, whether it is active, and its address. */
void web_scheme_row(web_view_t *map, web_exchange_t *x, const app_scheme_t *row);
/** Address of a scheme version: /policies/schemes/L1-2. @owner pool */
const char *web_scheme_url(const web_exchange_t *x, const char *code, int version);

/** The version that the address names ("L1-2"). @errors CD_E_NOT_FOUND */
cd_err_t *web_scheme_find(app_scheme_page_t **out, web_exchange_t *x);
/** The result of trying it on all claims, in short, with the way to ask for a run. */
cd_err_t *web_impact_block(web_exchange_t *x, const app_scheme_page_t *page);
int web_impact_may_ask(const web_exchange_t *x);
/** The version of a word like "L1-2". @errors CD_E_NOT_FOUND */
cd_err_t *web_scheme_by(app_scheme_page_t **out, web_exchange_t *x, const char *word);
/** Its test claims with what came out, and "14 of 14 as expected". */
void web_scheme_tests(web_exchange_t *x, const cd_scheme_file_t *file);
/** Every setting of two versions, the changed ones first; how many changed is returned. */
int web_scheme_changes(web_exchange_t *x, const cd_scheme_t *old, const cd_scheme_t *now);
/** "3 settings change" @owner pool or static */
const char *web_scheme_changes_words(int changed, apr_pool_t *pool);
/** Code, version, state, who drafted it and who acted since. */
void web_scheme_strip(web_exchange_t *x, const app_scheme_page_t *page);

#endif

/* claim_work_view.h: the filter of the claims' work list in addresses, and choices that its pages
 * share.
 *
 * Requires: request.h, app/claim_list.h.   Provides: web_claim_work_*.   Used by:
 * web/claim_work*.c, web/claim_bulk.c. */
#ifndef CD_WEB_CLAIM_WORK_VIEW_H
#define CD_WEB_CLAIM_WORK_VIEW_H

#include "app/claim_list.h"
#include "web/form.h"
#include "web/request.h"

/** Reads a query string; empty values are not given, other names are passed over.
 * @errors CD_E_BAD_REQUEST: a word that is no choice */
cd_err_t *web_claim_work_parse(app_claim_filter_t *out, const char *query, apr_pool_t *pool);
/** The one way to write a filter: names in a fixed order, values escaped, what is usual left out.
 * @owner pool */
const char *web_claim_work_query(const app_claim_filter_t *filter, apr_pool_t *pool);
/** Marks saved filters of this list among those of the work list of cases. */
#define WEB_CLAIM_WORK_MARK "list=claims"
/** Handlers and teams as words and labels, ended by a row without a word. @owner pool */
cd_err_t *web_claim_work_staff(const cd_token_t **handlers_out, const cd_token_t **teams_out,
                               web_exchange_t *x);

#endif

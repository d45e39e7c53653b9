/* work_view.h: the work list's filter in addresses, and its rows as view values.
 *
 * Requires: request.h, app/work.h.   Provides: web_work_*.   Used by: web/work*.c, web/home.c. */
#ifndef CD_WEB_WORK_VIEW_H
#define CD_WEB_WORK_VIEW_H

#include "app/work.h"
#include "web/form.h"
#include "web/request.h"

/** Reads a query string: whose, due, rule, person, org; empty values are not given, other names are
 * passed over. `person` names one: then whose is that. @errors CD_E_BAD_REQUEST: a word that is no
 * choice; a name twice */
cd_err_t *web_work_parse(app_work_filter_t *out, const char *query, apr_pool_t *pool);
/** The one way to write a filter: names in a fixed order, values escaped, what is usual left out.
 * @owner pool */
const char *web_work_query(const app_work_filter_t *filter, apr_pool_t *pool);
/** Address of the list with this filter. @owner pool */
const char *web_work_url(const web_exchange_t *x, const app_work_filter_t *filter);

/** The rows under `work`, flat, for the page, JSON and CSV; the first of each group names it. */
void web_work_rows(web_exchange_t *x, const app_work_list_t *list, int most);
/** "3 overdue, 5 due by 29 November". @owner pool */
const char *web_work_finding(const web_exchange_t *x, const app_work_counts_t *counts);
/** "23", or "500+". @owner pool */
const char *web_work_count(int count, apr_pool_t *pool);
/** Makes a select of a case's assignment form hold the trust's own people and teams. */
cd_err_t *web_work_assignment_fields(web_form_t *form, web_exchange_t *x);
/** The active users of the trust as words and labels, ended by a row without a word. @owner pool */
cd_err_t *web_work_people(const cd_token_t **out, web_exchange_t *x);

/** The teams of the trust, in the same way. @owner pool */
cd_err_t *web_work_teams(const cd_token_t **out, web_exchange_t *x);
/** Puts words and labels as the options of a select; the one that is `chosen` (may be NULL) is
 * marked. */
void web_work_options(web_exchange_t *x, web_name_t name, const cd_token_t *tokens,
                      const char *chosen);
/** Whom ticked rows may be given to: the two selects and where their form goes. */
cd_err_t *web_work_bulk(web_exchange_t *x, const char *assignee, const char *team);
/** Name of the tick box of the row at `place`, from 0. @owner pool */
const char *web_work_pick_name(int place, apr_pool_t *pool);

#endif

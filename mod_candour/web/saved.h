/* saved.h: the form by which a list's filter is saved under a name, or such a view is deleted.
 *
 * Requires: request.h, app/team.h.   Provides: web_saved_put.   Used by: web/work.c,
 * web/claim_work.c. */
#ifndef CD_WEB_SAVED_H
#define CD_WEB_SAVED_H

#include "web/request.h"

/** A list whose filters people save. */
typedef struct web_saved_list_t {
    const char *title;                   /* of the list: "Work list" */
    const char *list, *form;             /* routes: the list, and where this form goes */
    /* tells its filters from those of other lists; NULL: has none */
    const char *mark;
    /** The filter that `query` asks for, written in the one way. @errors CD_E_BAD_REQUEST */
    cd_err_t *(*canonical)(const char **out, const char *query, apr_pool_t *pool);
} web_saved_list_t;

/** Saves or deletes what the form says and goes back to the list, or shows the form again. */
cd_err_t *web_saved_put(web_exchange_t *x, const web_saved_list_t *list);

#endif

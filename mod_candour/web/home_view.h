/* home_view.h: parts of the first page.
 *
 * Requires: request.h.   Provides: web_home_claims.   Used by: web/home.c. */
#ifndef CD_WEB_HOME_VIEW_H
#define CD_WEB_HOME_VIEW_H

#include "web/request.h"

/** What the lists say together. */
typedef struct web_home_said_t {
    /* of the first list that is not empty, or the first; NULL: no list */
    const char *heading;
    web_view_t *first;                 /* the list of that heading, where it is the first */
    int waits, late;                   /* rows, as far as they were read */
} web_home_said_t;
/** A list under `waiting` for each side of the round that the actor stands on by a right; none: no
 * list. One round trip each. */
cd_err_t *web_home_claims(web_exchange_t *x, web_home_said_t *said_out);

#endif

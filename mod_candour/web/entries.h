/* entries.h: the record of who did what, for cases and claims alike.
 *
 * Requires: app/case.h, request.h.   Provides: web_entries_put.   Used by: case_show.c, claim.c. */
#ifndef CD_WEB_ENTRIES_H
#define CD_WEB_ENTRIES_H

#include "web/request.h"

/** Title, `entries` (newest first, those between ?after= and ?before=), `entry_count` of all and
 * `next_url`. `noun`: "case" or "claim"; `url`: the page's own address.
 * @errors CD_E_BAD_REQUEST: a bound is no number of an entry */
cd_err_t *web_entries_put(web_exchange_t *x, const char *reference, const char *noun,
                          const char *url);

#endif

/* csv.h: a list of the page as a file of comma separated values.
 *
 * Requires: request.h, view.h.   Provides: web_csv, web_csv_url.   Used by: handlers of lists. */
#ifndef CD_WEB_CSV_H
#define CD_WEB_CSV_H

#include "web/request.h"

/** Answers with the list `name` of the page's root, sent as the file `filename`. */
cd_err_t *web_csv(web_exchange_t *x, web_name_t name, const web_name_t *columns, int count,
                  const char *filename);
/** `url` of a page, asking for its CSV. @owner pool */
const char *web_csv_url(const web_exchange_t *x, const char *url);

#endif

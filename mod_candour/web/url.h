/* url.h: every link the application makes.
 *
 * Requires: request.h.   Provides: web_url_*.   Used by: web.
 * Addresses are made from route names and checked parts; nothing from a request becomes a target.
 */
#ifndef CD_WEB_URL_H
#define CD_WEB_URL_H

#include "web/request.h"

/** Address of a named route with its groups filled in (escaped), mount included:
 * web_url(x, "record.new", "CM-2026-0412", "talk", NULL). Asserts that the route exists. @owner
 * pool */
const char *web_url(const web_exchange_t *x, const char *route_name, ...) __attribute__((sentinel));
/** Adds ?name=value or &name=value. @owner pool */
const char *web_url_query(const web_exchange_t *x, const char *url, const char *name,
                          const char *value);
/** "/candour/assets/candour.css" @owner pool */
const char *web_url_asset(const web_exchange_t *x, const char *file);

#endif

/* shell.h: the frame around every page, and the page that says what went wrong.
 *
 * Requires: request.h, route.h.   Provides: web_shell_*, web_problem.   Used by: serve.c.
 * The frame's names are in names_common.def; all are for the page only and in no JSON. */
#ifndef CD_WEB_SHELL_H
#define CD_WEB_SHELL_H

#include "web/request.h"

/** Before the handler: breadcrumb of Home. */
void web_shell_open(web_exchange_t *x);
/** After the handler: service, addresses, who is signed in, menu by rights, way back. */
void web_shell_close(web_exchange_t *x);
/** Writes the page or problem+json of an error in place of whatever the answer held. `err` may be
 * NULL. */
void web_problem(web_exchange_t *x, const cd_err_t *err, int status);
/** Writes x->view as the answer's body: by the template, or as JSON.
 * @errors CD_E_CONFIG: no such template */
cd_err_t *web_page_write(web_exchange_t *x);

#endif

/* outbox.h: what the health page shows of messages.
 *
 * Requires: request.h.   Provides: web_outbox_put.   Used by: health.c. */
#ifndef CD_WEB_OUTBOX_H
#define CD_WEB_OUTBOX_H

#include "web/request.h"

/** Puts how many messages wait and failed, and the last failures with a form to try them again. */
cd_err_t *web_outbox_put(web_exchange_t *x);

#endif

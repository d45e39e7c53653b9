/* decided_view.h: parts of pages that a decision, its steps and its recovery share.
 *
 * Requires: app/decided.h, claim_view.h.   Provides: web_decided_*.   Used by: web/decided*.c,
 * recovery.c, shared.c. */
#ifndef CD_WEB_DECIDED_VIEW_H
#define CD_WEB_DECIDED_VIEW_H

#include "app/decided.h"
#include "web/claim_view.h"

/** The decision that the address names (/claims/{ref}/trusts/{code}/decisions/{seq}...). */
cd_err_t *web_decided_find(app_decided_t **out, web_exchange_t *x);
/** Breadcrumbs and identity strip. `with_self`: the decision's own page is a step, too. */
void web_decided_frame(web_exchange_t *x, const app_decided_t *view, int with_self);
/** Address of one of its pages: "told.new". @owner pool */
const char *web_decided_url(const web_exchange_t *x, const app_decided_t *view, const char *route);
const char *web_decided_entry_url(const web_exchange_t *x, const app_decided_t *view,
                                  const char *route, int seq);
/** Colour of the tag of a standing. @owner static */
const char *web_standing_colour(int standing);
/** The row of claim_slots.c. */
extern const web_claim_slot_t web_recovery_slot;

#endif

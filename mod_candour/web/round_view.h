/* round_view.h: what the pages of the round share.
 *
 * Requires: app/round.h, claim_view.h.   Provides: web_round_*.   Used by: web/round*.c,
 * decision.c. */
#ifndef CD_WEB_ROUND_VIEW_H
#define CD_WEB_ROUND_VIEW_H

#include "app/round.h"
#include "web/claim_view.h"

/** The round that the address names: /claims/{ref}/trusts/{code}... */
cd_err_t *web_round_find(app_round_view_t **out, web_exchange_t *x);
/** Crumbs, identity strip, the claimant's sum. */
void web_round_frame(web_exchange_t *x, const app_round_view_t *view);
/** The stage, whose turn it is and until when, in the words of whoever reads it. */
void web_round_stage_put(web_view_t *map, const cd_round_now_t *now, int partial);
/** The answers of a record as pairs under `told`; `shown` NULL: all that have words. */
void web_round_told(web_view_t *map, web_exchange_t *x, const cd_record_t *record);
const char *web_round_url(const web_exchange_t *x, const app_round_view_t *view, const char *route,
                          const char *group);
/** 1 if the answer came after the day that the request set. */
int web_round_late(const app_round_view_t *view, const cd_record_t *answer);
/** Where this side goes to do what is next, and what the button says; NULL: no page of ours. */
const char *web_round_step_url(const web_exchange_t *x, const app_claim_view_t *claim,
                               const app_party_t *party, const app_round_t *round, cd_side_t side,
                               const char **button_out);
/** 1 if the actor acts for that side in this claim, as far as roles go. */
int web_round_is_side(const web_exchange_t *x, cd_side_t side);
/** Entries that were named, as sentences, under `list`: "Written notification, 3 May 2026
 * (CM-2026-0412, entry 7)". */
const char *web_round_entry_words(const app_round_entry_t *entry, apr_pool_t *pool);

/** What the round adds to the page of a claim. */
extern const web_claim_slot_t web_round_slot;

#endif

/* claim_view.h: parts of pages that claims, flags and decisions share.
 *
 * Requires: app/claim.h, request.h, view.h.   Provides: web_claim_*, web_payable_put, web_flag_*.
 * Used by: web/claim*.c, ledger.c, flag*.c, decision*.c.
 * Each _put function fills one map, for page and JSON alike. A trust's user gets a claim that app/
 * has already cut down (`partial`); nothing here puts back what was left out. */
#ifndef CD_WEB_CLAIM_VIEW_H
#define CD_WEB_CLAIM_VIEW_H

#include "app/claim.h"
#include "web/request.h"

/** Row of claim_slots.c: the way to each case of a trust beside the claim. */
struct web_claim_slot_t;
extern const struct web_claim_slot_t web_beside_slot;
/** The same links in any map: `besides`, for whoever may read cases. */
void web_beside_links_put(web_view_t *map, const web_exchange_t *x, const char *reference,
                          const app_party_t *party);
/** The facts as pairs of words under `told` (pages alone) and each status that stands under
 * `statuses`. */
void web_claim_facts_put(web_exchange_t *x, const app_claim_view_t *claim);

/** Word and colour of a tag (parts/tag.html): "nhsuk-tag--red". */
void web_tag(web_view_t *map, const char *colour, const char *text);

/** Breadcrumbs: Claims, and the claim itself where `with_claim`. Home is the shell's. */
void web_claim_crumbs(web_exchange_t *x, const app_claim_view_t *claim, int with_claim);
/** Identity strip of the claim's own pages. */
void web_claim_strip(web_exchange_t *x, const app_claim_view_t *claim);
/** The claim's identity under `claim`: reference, title, claimant, scheme, status. */
void web_claim_put(web_view_t *root, const web_exchange_t *x, const app_claim_view_t *claim);
/** What the claimant is to be paid, under `claimant_payable`: it depends on the claim alone. What
 * was paid and what is left is the scheme's own business: not in a partial view. */
void web_payable_put(web_view_t *root, const app_claim_view_t *claim);
/** Rows of a list of claims, under `claims`. */
void web_claim_rows(web_exchange_t *x, const app_claim_list_t *claims);
/** Everything of the claim page but its ledger. */
void web_claim_fill(web_exchange_t *x, const app_claim_view_t *claim);
/** A step of what to do next. `url` NULL: nothing for this person to press. `post`: the button
 * sends a form. */
typedef struct web_step_t {
    const char *text, *why;
    const char *url, *button;
    int post;
} web_step_t;
typedef struct web_steps_t web_steps_t;
/** Adds a step behind those that are there; the caller sets url, button and post. Texts are
 * borrowed. */
web_step_t *web_step_add(web_steps_t *steps, const char *text, const char *why);
/** What to do next for this actor: `next`, and `later` for what follows it. */
void web_claim_next(web_exchange_t *x, const app_claim_view_t *claim);

/** What other parts of the program add to the page of a claim (claim_slots.c lists them; a member
 * may be NULL). Each has a partial of its own: claim/slot-*.html for `page`, claim/card-*.html for
 * `trust`. In a partial view the claim is cut down already, and a slot adds nothing that `claim`
 * does not hold. */
typedef struct web_claim_slot_t {
    cd_err_t *(*page)(web_exchange_t *x, const app_claim_view_t *claim);
    void (*trust)(web_view_t *card, web_exchange_t *x, const app_claim_view_t *claim,
                  const app_party_t *party);
    /* rows of `clocks` */
    void (*clocks)(web_view_t *list, web_exchange_t *x, const app_claim_view_t *claim);
    /* before the last words */
    void (*steps)(web_steps_t *steps, web_exchange_t *x, const app_claim_view_t *claim);
} web_claim_slot_t;
cd_err_t *web_claim_slot_pages(web_exchange_t *x, const app_claim_view_t *claim);
void web_claim_slot_trusts(web_view_t *card, web_exchange_t *x, const app_claim_view_t *claim,
                           const app_party_t *party);
void web_claim_slot_clocks(web_view_t *list, web_exchange_t *x, const app_claim_view_t *claim);
void web_claim_slot_steps(web_steps_t *steps, web_exchange_t *x, const app_claim_view_t *claim);

/** A row of `clocks`: title, due, how it was counted, source, result. For clocks of a round, too
 * (cd_clock_settle). */
void web_clock_put(web_view_t *list, web_exchange_t *x, const cd_clock_t *clock);
/** `correct_url` and `take_back_url` of an entry, for whoever may and where the page shows today.
 */
void web_claim_mend_put(web_view_t *item, const web_exchange_t *x, const app_claim_view_t *claim,
                        const cd_record_t *record);
/** Reserves by head with their totals, and as they were set. */
void web_reserves_put(web_exchange_t *x, const app_claim_view_t *claim);
/** Clocks, steps, inquests, reserves; only clocks of slots in a partial view. */
void web_life_put(web_exchange_t *x, const app_claim_view_t *claim);
/** Whose work the claim is, "Nobody yet" for none; `*quiet_out`: "(you)" or the team. @owner pool
 */
const char *web_claim_owner(const web_exchange_t *x, const app_claim_view_t *claim,
                            const char **quiet_out);

/** The ledger: `payments` with three columns of sums, `ledger` with the totals, and whether any row
 * stands outside the three (`has_other`). Never for a partial view. */
void web_ledger_put(web_exchange_t *x, const app_claim_view_t *claim);

/** State, sums and verdict of a computed flag, read on `today`: the trust has until the end of the
 * day it was given, whatever the day the flag was computed. */
void web_flag_put(web_view_t *map, const app_flag_t *flag, cd_date_t today);
/** Colour of a state's tag, and of the edge of its card ("breach", "shown" or ""). @owner static */
const char *web_flag_colour(int state);
const char *web_flag_edge(int state);
/** One reason: rule, status in words, sentence, authority, evidence as links into the case. */
void web_reason_put(web_view_t *map, const web_exchange_t *x, const cd_flag_t *flag,
                    const cd_reason_t *reason);
void web_decision_put(web_view_t *map, const app_decision_view_t *decision);
/** Identity strip of flag and decision pages: claim, trust, share, flag, claimant's payable. */
/** What would change the flag, what changed since the version before it, and where it can be
 * replayed. */
void web_whatifs_put(web_exchange_t *x, const cd_flag_t *flag);
void web_flag_before_put(web_exchange_t *x, const app_flag_view_t *view);
void web_flag_links_put(web_exchange_t *x, const app_flag_view_t *view);
void web_flag_identity(web_exchange_t *x, const app_flag_view_t *view);
/** The flag version that the address names (/claims/{ref}/flags/{code}/{seq}...).
 * @errors CD_E_NOT_FOUND: no such flag, or out of this actor's reach */
cd_err_t *web_flag_find(app_flag_view_t **out, web_exchange_t *x);
/** 1 if the flag in this state may lead to a sum that a person decides on. */
int web_flag_decidable(int state);

#endif

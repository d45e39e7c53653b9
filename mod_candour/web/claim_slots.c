/* claim_slots.c: what other parts of the program add to the page of a claim.
 *
 * The page of a claim knows none of them by what they do: each is a row here and a partial of its
 * own. Money paid to the claimant is not among the things that a slot can add to. */
#include "web/decided_view.h"
#include "web/round_view.h"

/* Each part adds its own row, above the last. */
static const web_claim_slot_t *const slots[] = {
    &web_round_slot,
    &web_recovery_slot,
    &web_beside_slot,
    NULL
};

cd_err_t *web_claim_slot_pages(web_exchange_t *x, const app_claim_view_t *claim)
{
    for (int i = 0; slots[i]; i++)
        if (slots[i]->page)
            CD_ERR(slots[i]->page(x, claim));
    return NULL;
}

void web_claim_slot_trusts(web_view_t *card, web_exchange_t *x, const app_claim_view_t *claim,
                           const app_party_t *party)
{
    for (int i = 0; slots[i]; i++)
        if (slots[i]->trust)
            slots[i]->trust(card, x, claim, party);
}

void web_claim_slot_clocks(web_view_t *list, web_exchange_t *x, const app_claim_view_t *claim)
{
    for (int i = 0; slots[i]; i++)
        if (slots[i]->clocks)
            slots[i]->clocks(list, x, claim);
}

void web_claim_slot_steps(web_steps_t *steps, web_exchange_t *x, const app_claim_view_t *claim)
{
    for (int i = 0; slots[i]; i++)
        if (slots[i]->steps)
            slots[i]->steps(steps, x, claim);
}

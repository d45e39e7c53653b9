/* round_slot.c: what the round adds to the page of a claim: its stage on each trust's card, the
 * next steps, and for a trust's people what is asked of their trust. */
#include <apr_strings.h>

#include "web/page.h"
#include "web/round_view.h"
#include "web/url.h"

static void stage_put(web_view_t *map, web_exchange_t *x, const app_claim_view_t *claim,
                      const app_party_t *party)
{
    const app_round_t *round = party->round;

    web_round_stage_put(map, round->now, claim->partial);
    web_page_text(map, WN_round_url,
                  web_url(x, "round.show", claim->row.reference, party->org->code, NULL));
}

static void card(web_view_t *map, web_exchange_t *x, const app_claim_view_t *claim,
                 const app_party_t *party)
{
    if (party->round && party->flag)
        stage_put(web_put_map(map, WN_round), x, claim, party);
}

/* One step for each side that this person stands on. The handler's computing is a button of the
 * claim itself. */
static void party_steps(web_steps_t *steps, web_exchange_t *x, const app_claim_view_t *claim,
                        const app_party_t *party)
{
    int side;

    for (side = 1; side <= CD_SIDE_LAST; side++) {
        const cd_round_step_t *next = &party->round->now->step[side];
        const char *button = NULL, *url;
        web_step_t *step;

        if (!next->deed || !web_round_is_side(x, (cd_side_t)side))
            continue;
        url = web_round_step_url(x, claim, party, party->round, (cd_side_t)side, &button);
        if (!url)
            continue;
        step = web_step_add(steps,
                            claim->partial
                                ? next->text
                                : apr_psprintf(x->pool, "%s: %s", party->org->name, next->text),
                            next->due ? apr_psprintf(x->pool, "%s Last day: %s.", next->why,
                                                     cd_date_words(next->due, x->pool))
                                      : next->why);
        step->url = url;
        step->button = button;
    }
}

static void steps(web_steps_t *list, web_exchange_t *x, const app_claim_view_t *claim)
{
    int i;

    for (i = 0; i < claim->party_count; i++)
        if (claim->parties[i].round)
            party_steps(list, x, claim, &claim->parties[i]);
}

static cd_err_t *page(web_exchange_t *x, const app_claim_view_t *claim)
{
    const app_party_t *party = claim->party_count ? &claim->parties[0] : NULL;
    const cd_round_step_t *next =
        party && party->round ? &party->round->now->step[CD_SIDE_TRUST] : NULL;
    web_view_t *map;

    if (!claim->partial || !next || !next->deed)
        return NULL;
    map = web_page_map(x->view, WN_trust_asks);
    stage_put(map, x, claim, party);
    web_put_text(map, WN_text, next->text);
    web_put_text(map, WN_why, next->why);
    return NULL;
}

const web_claim_slot_t web_round_slot = { page, card, NULL, steps };

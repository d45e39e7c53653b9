/* claim_next.c: what to do next in a claim, for the person who looks.
 *
 * A list of steps in order of weight; the first leads, the others follow. Paying the claimant comes
 * before everything between the scheme and the trusts, because nothing there may hold it up. */
#include <apr_strings.h>

#include "web/claim_view.h"
#include "web/page.h"
#include "web/url.h"

#define STEPS_MAX 64
struct web_steps_t {
    web_step_t list[STEPS_MAX];
    int count;
};

web_step_t *web_step_add(web_steps_t *steps, const char *text, const char *why)
{
    web_step_t *step = &steps->list[steps->count < STEPS_MAX ? steps->count++ : STEPS_MAX - 1];

    step->text = text;
    step->why = why;
    return step;
}

int web_flag_decidable(int state)
{
    return state == CD_FLAG_BREACH_INDICATED || state == CD_FLAG_EVIDENCE_NOT_PROVIDED;
}

/** 1 if the newest flag of the trust asks for a decision that nobody has made. */
static int undecided(const app_party_t *party)
{
    if (!party->flag || !party->flag->flag || !web_flag_decidable((int)party->flag->flag->state))
        return 0;
    return !party->decision || party->decision->flag_seq != party->flag->seq;
}

static const char *flag_url(const web_exchange_t *x, const app_claim_view_t *claim,
                            const app_party_t *party, const char *route)
{
    return web_url(x, route, claim->row.reference, party->org->code,
                   apr_itoa(x->pool, party->flag->seq), NULL);
}

static void add_parties_step(web_steps_t *steps, const web_exchange_t *x,
                             const app_claim_view_t *claim)
{
    web_step_t *step;

    if (claim->party_count || !web_reach(x, CD_RIGHT_CLAIM_WRITE))
        return;
    step = web_step_add(steps, "Link the trusts, their shares and their cases",
               "A share says what part of this claim concerns a trust. Shares add up to 100.00%.");
    step->url = web_url(x, "claim.record.new", claim->row.reference, "parties", NULL);
    step->button = "Link the trusts";
}

static void add_payment_step(web_steps_t *steps, const web_exchange_t *x,
                             const app_claim_view_t *claim)
{
    web_step_t *step;

    if (!claim->payable.agreed || claim->payable.left_p <= 0 || !web_reach(x, CD_RIGHT_CLAIM_WRITE))
        return;
    step = web_step_add(steps,
               apr_psprintf(x->pool, "Pay the claimant the rest, %s",
                            cd_pence_words(claim->payable.left_p, x->pool)),
               apr_psprintf(x->pool,
                            "%s is agreed and %s is paid. No flag or decision may hold this up.",
                            cd_pence_words(claim->payable.total_p, x->pool),
                            cd_pence_words(claim->payable.paid_p, x->pool)));
    step->url = web_url(x, "claim.record.new", claim->row.reference, "payment", NULL);
    step->button = "Record a payment";
}

static void add_compute_step(web_steps_t *steps, web_exchange_t *x, const app_claim_view_t *claim)
{
    int i, missing = 0, old = 0;
    web_step_t *step;

    for (i = 0; i < claim->party_count; i++) {
        missing += claim->parties[i].flag == NULL;
        old += claim->parties[i].flag && claim->parties[i].flag->out_of_date;
    }
    if (!claim->party_count || !web_reach(x, CD_RIGHT_FLAG_COMPUTE))
        return;
    if (!missing && !old) {          /* no need, but it may be done */
        web_page_text(x->view, WN_compute_url,
                      web_url(x, "flag.compute", claim->row.reference, NULL));
        return;
    }
    step = web_step_add(steps, missing ? "Compute the liability flags"
                              : "Compute the liability flags again, before anybody decides",
               missing ? "A flag reads the trust’s candour record and gives its reasons. "
                         "It decides nothing."
                       : "The claim or a case has changed since. "
                         "The earlier flags stay on record.");
    step->url = web_url(x, "flag.compute", claim->row.reference, NULL);
    step->button = missing ? "Compute flags" : "Compute flags again";
    step->post = 1;
}

static void add_decision_step(web_steps_t *steps, const web_exchange_t *x,
                              const app_claim_view_t *claim, const app_party_t *party)
{
    web_step_t *step;

    if (claim->partial
        || !undecided(
            party)) /* whether somebody has decided is not for the trust until it is told */
        return;
    if (party->flag->out_of_date) {
        if (web_reach(x, CD_RIGHT_FLAG_COMPUTE) || !web_reach(x, CD_RIGHT_DECISION_WRITE))
            return;                  /* who may compute it is told so; others wait for both */
        step = web_step_add(
            steps,
            apr_psprintf(x->pool, "Wait until the flag of %s is computed again", party->org->name),
            "The claim or a case has changed since. A claims handler computes the flag; "
            "until then nobody can decide on it.");
        step->url = flag_url(x, claim, party, "flag.show");
        step->button = "Read the flag";
        return;
    }
    step = web_step_add(steps, apr_psprintf(x->pool, "A decision-maker decides on the flag of %s",
                                   party->org->name),
               "Nothing is asked of the trust until a named person has decided, with reasons.");
    step->url = flag_url(x, claim, party, "flag.show");
    step->button = "Read the flag";
}

/** Last words for a trust's user: what is asked of the trust, if anything. */
static void add_trust_words(web_steps_t *steps, const web_exchange_t *x,
                            const app_claim_view_t *claim)
{
    const app_party_t *party = claim->party_count ? &claim->parties[0] : NULL;

    if (!claim->partial || !party || steps->count)
        return;
    if (party->decision && party->decision->stands_p > 0)
        web_step_add(steps, apr_psprintf(x->pool, "Your trust is asked to pay %s",
                                cd_pence_words(party->decision->stands_p, x->pool)),
            "The reasons of the decision are below.");
    else if (party->decision)
        web_step_add(steps, "Your trust is asked to pay nothing",
                     "The reasons of the decision are below.");
    else
        web_step_add(steps, "Nothing is asked of your trust now",
            party->flag ? "The flag and its reasons are below." : "No flag has been computed yet.");
}

static void add_status_step(web_steps_t *steps, const web_exchange_t *x,
                            const app_claim_view_t *claim)
{
    const int status = claim->row.status;
    web_step_t *step;

    if (steps->count || !web_reach(x, CD_RIGHT_CLAIM_WRITE))
        return;
    if (status == CD_CLAIM_SETTLED_DAMAGES || status == CD_CLAIM_CLOSED_NIL)
        return;
    step = web_step_add(steps, "Record the next step of the claim",
               "No payment, flag or decision is waiting. "
               "The status says how far the claim has come.");
    step->url = web_url(x, "claim.record.new", claim->row.reference, "status", NULL);
    step->button = "Record a status";
}

static void put_step(web_view_t *map, const web_step_t *step)
{
    web_put_text(map, WN_text, step->text);
    web_put_text(map, WN_why, step->why);
    web_page_text(map, WN_url, step->url);
    web_page_text(map, WN_button, step->button);
    web_page_flag(map, WN_post, step->post);
}

void web_claim_next(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_steps_t *steps = apr_pcalloc(x->pool, sizeof(*steps));
    web_view_t *later;
    int i;

    add_payment_step(steps, x, claim);
    add_parties_step(steps, x, claim);
    add_compute_step(steps, x, claim);
    web_claim_slot_steps(steps, x, claim);
    for (i = 0; i < claim->party_count; i++)
        add_decision_step(steps, x, claim, &claim->parties[i]);
    add_trust_words(steps, x, claim);
    add_status_step(steps, x, claim);
    if (!steps->count)
        web_step_add(steps, "Nothing in this claim waits for you",
            "What is paid, flagged and decided is below.");
    put_step(web_put_map(x->view, WN_next), &steps->list[0]);
    later = web_put_list(x->view, WN_later);
    web_page_flag(x->view, WN_has_later, steps->count > 1);
    for (i = 1; i < steps->count; i++)
        put_step(web_add(later), &steps->list[i]);
}

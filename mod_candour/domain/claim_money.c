/* claim_money.c: the ledger of a claim and what the claimant is due (invariant 1).
 *
 * This file includes neither scheme.h, liability.h nor round.h. What it reckons from is copied out
 * of the claim by one function, which knows two kinds of record: the facts of the claim and its
 * payments. */
#include <apr_strings.h>

#include "domain/claim_money.h"
#include "domain/series.h"

struct cd_claim_money_t {
    apr_int64_t agreed_damages_p, agreed_costs_p;
    const cd_payment_t *const *payments;      /* that stand, reversals among them */
    int count;
};

const cd_claim_money_t *cd_claim_money(const cd_claim_t *claim, apr_pool_t *pool)
{
    cd_claim_money_t *money = apr_pcalloc(pool, sizeof(*money));
    const cd_payment_t **payments =
        apr_palloc(pool, sizeof(*payments) * (apr_size_t)(claim->count + 1));
    const cd_record_t *r = NULL;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_PAYMENT, r)))
        payments[money->count++] = r->body;
    money->payments = payments;
    if (claim->facts) {
        money->agreed_damages_p = claim->facts->agreed_damages_p;
        money->agreed_costs_p = claim->facts->agreed_costs_p;
    }
    return money;
}

/* The sum of the ledger that a kind of payment belongs to; NULL for a kind unknown here. */
static apr_int64_t *head_of(cd_ledger_t *ledger, int kind)
{
    switch (kind) {
    case CD_PAY_DAMAGES_LUMP: case CD_PAY_DAMAGES_INTERIM: case CD_PAY_PPO_INSTALMENT:
        return &ledger->damages_p;
    case CD_PAY_PPO_CAPITALISED: return &ledger->ppo_capital_p;
    case CD_PAY_CLAIMANT_COSTS: return &ledger->claimant_costs_p;
    case CD_PAY_DEFENCE_COSTS: return &ledger->defence_costs_p;
    case CD_PAY_CRU: return &ledger->cru_p;
    default: return NULL;
    }
}

cd_err_t *cd_ledger(cd_ledger_t *out, const cd_claim_money_t *money, apr_pool_t *pool)
{
    cd_ledger_t sums = { 0 };
    for (int i = 0; i < money->count; i++) {
        const cd_payment_t *payment = money->payments[i];
        apr_int64_t *head = head_of(&sums, payment->kind);
        apr_int64_t amount_p = payment->reverses ? -payment->amount_p : payment->amount_p;
        if (!head)
            return cd_err(pool, CD_E_FAILED, NULL, "payment %d of the claim is of no known kind",
                          i + 1);
        CD_ERR(cd_pence_add(head, *head, amount_p, pool));
        if (payment->kind != CD_PAY_PPO_CAPITALISED)     /* a memo: nobody was paid */
            CD_ERR(cd_pence_add(&sums.outlay_p, sums.outlay_p, amount_p, pool));
    }
    *out = sums;
    return NULL;
}

cd_err_t *cd_payable(cd_payable_t *out, const cd_claim_money_t *money, apr_pool_t *pool)
{
    cd_ledger_t ledger;
    cd_payable_t due = { 0 };
    CD_ERR(cd_ledger(&ledger, money, pool));
    due.agreed = money->agreed_damages_p || money->agreed_costs_p;
    due.damages_p = money->agreed_damages_p ? money->agreed_damages_p : ledger.damages_p;
    due.costs_p = money->agreed_costs_p ? money->agreed_costs_p : ledger.claimant_costs_p;
    CD_ERR(cd_pence_add(&due.total_p, due.damages_p, due.costs_p, pool));
    CD_ERR(cd_pence_add(&due.paid_p, ledger.damages_p, ledger.claimant_costs_p, pool));
    CD_ERR(cd_pence_add(&due.left_p, due.total_p, -due.paid_p, pool));
    *out = due;
    return NULL;
}

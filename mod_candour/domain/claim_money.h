/* claim_money.h: what was paid in a claim, and what the claimant is due.
 *
 * Requires: base, claim.h.   Provides: cd_claim_money_t, cd_ledger, cd_payable.   Used by: domain,
 * app, cli. Invariant 1 in types: the two functions below take a cd_claim_money_t. Only
 * cd_claim_money() can make one, its inside is known in claim_money.c alone, and that holds the two
 * sums agreed and the payments. No record of a round, no reserve, flag, decision, review or
 * recovery fits into it. */
#ifndef CD_DOMAIN_CLAIM_MONEY_H
#define CD_DOMAIN_CLAIM_MONEY_H

#include "domain/claim.h"

typedef struct cd_claim_money_t cd_claim_money_t;
/** The money of a claim as it was read: facts agreed and payments that stand. @owner pool */
const cd_claim_money_t *cd_claim_money(const cd_claim_t *claim, apr_pool_t *pool);

/** Sums of the ledger, reversals taken off. @unit pence */
typedef struct cd_ledger_t {
    /* lump, interim and PPO instalments paid; never PPO_CAPITALISED */
    apr_int64_t damages_p;
    apr_int64_t ppo_capital_p;        /* memo */
    apr_int64_t claimant_costs_p, defence_costs_p, cru_p;
    apr_int64_t outlay_p;             /* all that the scheme paid */
} cd_ledger_t;
cd_err_t *cd_ledger(cd_ledger_t *out, const cd_claim_money_t *money, apr_pool_t *pool);

/** What the claimant is to be paid in full: agreed damages and costs, or, where none is agreed,
 * what was paid. Depends on the claim's own records only (invariant 1). */
typedef struct cd_payable_t {
    apr_int64_t damages_p, costs_p, total_p, paid_p, left_p;
    int agreed;
} cd_payable_t;
cd_err_t *cd_payable(cd_payable_t *out, const cd_claim_money_t *money, apr_pool_t *pool);

#endif

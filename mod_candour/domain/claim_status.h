/* claim_status.h: what status of a claim may follow what, and what of a claim can be taken back.
 *
 * Requires: claim.h.   Provides: cd_status_*, cd_take_back_why_not, cd_bank_details.   Used by:
 * app, tests. */
#ifndef CD_DOMAIN_CLAIM_STATUS_H
#define CD_DOMAIN_CLAIM_STATUS_H

#include "domain/claim.h"

/** 1 if `next` makes sense after `before`; `before` 0: none is on record yet. */
int cd_status_may_follow(int before, int next);
/** The labels of what may follow, “Opened again” and others. @owner pool */
const char *cd_status_followers(int before, apr_pool_t *pool);
/** Problems of the row of statuses as it would be with `body` (NULL: nothing new) and without entry
 * `without` (0: none): each pair that would stand side by side, does not today, and makes no sense.
 * Pairs that are wrong already are left, so that they can be mended one by one. */
void cd_status_check(const cd_claim_t *claim, const cd_claim_status_t *body, int without,
                     cd_problems_t *problems);

/** Why a record of this kind is not taken back; NULL: it may be, by whoever may add one. @owner
 * static */
const char *cd_take_back_why_not(cd_record_kind_t kind);

/** 1 if a text holds what looks like a sort code and an account number, or an IBAN: no payee's bank
 * details are kept. */
int cd_bank_details(const char *text);

#endif

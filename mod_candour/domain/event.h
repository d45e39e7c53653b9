/* event.h: what happened, for the audit log: one word for each kind of write.
 *
 * Requires: base.   Provides: cd_action_t.   Used by: audit, app, web, cli. */
#ifndef CD_DOMAIN_EVENT_H
#define CD_DOMAIN_EVENT_H

#include "base/token.h"

typedef enum cd_action_t {
    CD_ACT_CASE_CREATED = 1, CD_ACT_RECORD_ADDED, CD_ACT_RECORD_CORRECTED, CD_ACT_RECORD_WITHDRAWN,
    CD_ACT_CASE_OPENED, CD_ACT_CASE_CLOSED, CD_ACT_CLAIM_CREATED, CD_ACT_PAYMENT_RECORDED,
    CD_ACT_PARTIES_LINKED, CD_ACT_FLAG_COMPUTED, CD_ACT_DECIDED,
    CD_ACT_USER_ADDED, CD_ACT_USER_CHANGED, CD_ACT_ORG_ADDED, CD_ACT_ORG_CHANGED,
    CD_ACT_HOLIDAYS_IMPORTED, CD_ACT_SCHEME_ADDED, CD_ACT_SCHEME_ACTIVATED, CD_ACT_IMPORTED
} cd_action_t;
extern const cd_token_t cd_actions[];

#endif

/* event.c: the words of the audit log's actions. Words are for ever. */
#include <stddef.h>

#include "domain/event.h"

const cd_token_t cd_actions[] = {
    { CD_ACT_CASE_CREATED, "CASE_CREATED", "Incident recorded" },
    { CD_ACT_RECORD_ADDED, "RECORD_ADDED", "Entry added" },
    { CD_ACT_RECORD_CORRECTED, "RECORD_CORRECTED", "Entry corrected" },
    { CD_ACT_RECORD_WITHDRAWN, "RECORD_WITHDRAWN", "Entry taken back" },
    { CD_ACT_CASE_OPENED, "CASE_OPENED", "Candour case opened" },
    { CD_ACT_CASE_CLOSED, "CASE_CLOSED", "Candour case closed" },
    { CD_ACT_CLAIM_CREATED, "CLAIM_CREATED", "Claim registered" },
    { CD_ACT_PAYMENT_RECORDED, "PAYMENT_RECORDED", "Payment recorded" },
    { CD_ACT_PARTIES_LINKED, "PARTIES_LINKED", "Trusts and cases linked" },
    { CD_ACT_FLAG_COMPUTED, "FLAG_COMPUTED", "Liability flag computed" },
    { CD_ACT_DECIDED, "DECIDED", "Decision recorded" },
    { CD_ACT_USER_ADDED, "USER_ADDED", "User added" },
    { CD_ACT_USER_CHANGED, "USER_CHANGED", "User changed" },
    { CD_ACT_ORG_ADDED, "ORG_ADDED", "Organisation added" },
    { CD_ACT_ORG_CHANGED, "ORG_CHANGED", "Organisation changed" },
    { CD_ACT_HOLIDAYS_IMPORTED, "HOLIDAYS_IMPORTED", "Bank holidays imported" },
    { CD_ACT_SCHEME_ADDED, "SCHEME_ADDED", "Scheme version added" },
    { CD_ACT_SCHEME_ACTIVATED, "SCHEME_ACTIVATED", "Scheme version put in force" },
    { CD_ACT_IMPORTED, "IMPORTED", "Case file imported" },
    { CD_ACT_CASE_REOPENED, "CASE_REOPENED", "Candour case opened again" },
    { CD_ACT_LETTER_APPROVED, "LETTER_APPROVED", "Letter let out" },
    { CD_ACT_LETTER_RETURNED, "LETTER_RETURNED", "Letter given back" },
    { CD_ACT_ASSIGNED, "ASSIGNED", "Given to a person or team" },
    { CD_ACT_HANDED_OVER, "HANDED_OVER", "Handed over between trusts" },
    { CD_ACT_SETTINGS_CHANGED, "SETTINGS_CHANGED", "Settings changed" },
    { CD_ACT_FEED_CHANGED, "FEED_CHANGED", "Calendar feed made or ended" },
    { CD_ACT_BROUGHT_IN, "BROUGHT_IN", "Records brought in" },
    { CD_ACT_CONTENT_SWEPT, "CONTENT_SWEPT", "Left-over uploads removed" },
    { CD_ACT_REMINDED, "REMINDED", "Reminders put into the outbox" },
    { CD_ACT_MESSAGES_FAILED, "MESSAGES_FAILED", "Administrators told of messages that failed" },
    { CD_ACT_MESSAGES_RETRIED, "MESSAGES_RETRIED", "Failed messages put back to be sent" },
    { 0, NULL, NULL }
};

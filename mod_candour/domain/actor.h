/* actor.h: who asks, what roles there are, and the one table of rights.
 *
 * Requires: base.   Provides: cd_actor_t, cd_may.   Used by: app (checks), web (shows), tests
 * (walk). A right is asked for by name; the table says which role has it and how far it reaches:
 * its own trust or the whole scheme. The tenant is the actor's own, never a value from a request.
 */
#ifndef CD_DOMAIN_ACTOR_H
#define CD_DOMAIN_ACTOR_H

#include <apr_pools.h>
#include "base/token.h"

typedef apr_int64_t cd_user_id;
typedef apr_int64_t cd_org_id;
typedef apr_int64_t cd_case_id;
typedef apr_int64_t cd_claim_id;

typedef enum cd_role_t {
    CD_ROLE_WARD = 1,       /* ward recorder: records an incident at its own trust */
    CD_ROLE_TRUST_LEGAL,    /* the trust's legal team: the whole candour case of its own trust */
    CD_ROLE_TRUST_READER,   /* trust board reader */
    CD_ROLE_HANDLER,        /* scheme claims handler: all trusts */
    CD_ROLE_DECIDER,        /* scheme decision-maker */
    CD_ROLE_REVIEWER,       /* scheme reviewer (reads) */
    CD_ROLE_REGULATOR,      /* CQC reader */
    CD_ROLE_AUDITOR,        /* reads cases and every audit entry */
    CD_ROLE_ADMIN,          /* users, trusts, policies, health; no case content */
    CD_ROLE_APPROVER        /* executive approver: reads its own trust's cases, lets letters out */
} cd_role_t;
extern const cd_token_t cd_roles[];

/* X(NAME, "word", "what it lets a person do") */
#define CD_RIGHTS(X) \
    X(CASE_READ,       "case-read",       "read candour cases") \
    X(INCIDENT_RECORD, "incident-record", "record an incident, its harm and an opinion") \
    X(CASE_WRITE,      "case-write",      "open a candour case, log and correct what was done") \
    X(CASE_JUDGE,      "case-judge",      "judge whether an act was " \
                                          "as soon as reasonably practicable") \
    X(LETTER_SIGN,     "letter-sign",     "check a letter and let it out") \
    X(RECORDS_BRING,   "records-bring",   "bring in records from another system") \
    X(FINDING_RECORD,  "finding-record",  "record a regulator's or court's finding") \
    X(CLAIM_READ,      "claim-read",      "read claims, or the own trust's part of them") \
    X(CLAIM_WRITE,     "claim-write",     "register claims, link trusts and record payments") \
    X(CLAIM_ANSWER,    "claim-answer",    "answer for the own trust in a claim, " \
                                          "and ask for a review") \
    X(REVIEW_WRITE,    "review-write",    "review a decision") \
    X(RECOVERY_WRITE,  "recovery-write",  "ask a trust for a decided sum, and record what came") \
    X(SCHEME_WRITE,    "scheme-write",    "draft and try a version of a liability scheme") \
    X(SCHEME_ACTIVATE, "scheme-activate", "put a version of a liability scheme in force") \
    X(FLAG_COMPUTE,    "flag-compute",    "compute a liability flag") \
    X(DECISION_WRITE,  "decision-write",  "decide on a liability flag") \
    X(RECORD_AUDIT,    "record-audit",    "read the record of who did what") \
    X(USER_ADMIN,      "user-admin",      "add and change users") \
    X(ORG_ADMIN,       "org-admin",       "add and change trusts") \
    X(POLICY_READ,     "policy-read",     "read policies, schemes and holidays") \
    X(HEALTH_READ,     "health-read",     "read the health of the service")
typedef enum cd_right_t {
    CD_RIGHT_NONE = 0,
#define X(name, word, text) CD_RIGHT_##name,
    CD_RIGHTS(X)
#undef X
    CD_RIGHT__COUNT
} cd_right_t;

typedef enum cd_reach_t { CD_REACH_NONE = 0, CD_REACH_OWN, CD_REACH_ALL } cd_reach_t;

typedef struct cd_actor_t {
    cd_user_id id;              /* 0: nobody (public pages, or signed in without an account) */
    const char *subject;        /* what httpd says: r->user */
    const char *name;           /* to show */
    cd_org_id org_id;           /* the actor's own organisation; 0 for the scheme's own staff */
    const char *org_code, *org_name;
    apr_uint32_t roles;         /* bit (1u << cd_role_t) */
} cd_actor_t;

/** The furthest reach that any of the actor's roles gives for `right`. */
cd_reach_t cd_may(const cd_actor_t *actor, cd_right_t right);
/** Reach of one role alone: the table itself, for tests and the rights page. */
cd_reach_t cd_role_reach(cd_role_t role, cd_right_t right);
const char *cd_right_word(cd_right_t right);
const char *cd_right_text(cd_right_t right);
/** "Trust legal, Northvale Hospitals" @owner pool */
const char *cd_actor_words(const cd_actor_t *actor, apr_pool_t *pool);

#endif

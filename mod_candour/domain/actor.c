/* actor.c: roles, rights and the one table that joins them. */
#include <apr_strings.h>

#include "domain/actor.h"

const cd_token_t cd_roles[] = {
    { CD_ROLE_WARD, "ward", "Ward recorder" },
    { CD_ROLE_TRUST_LEGAL, "trust-legal", "Trust legal" },
    { CD_ROLE_TRUST_READER, "trust-reader", "Trust board reader" },
    { CD_ROLE_HANDLER, "handler", "Claims handler" },
    { CD_ROLE_DECIDER, "decider", "Decision-maker" },
    { CD_ROLE_REVIEWER, "reviewer", "Reviewer" },
    { CD_ROLE_REGULATOR, "regulator", "Regulator" },
    { CD_ROLE_AUDITOR, "auditor", "Auditor" },
    { CD_ROLE_ADMIN, "admin", "Administrator" },
    { CD_ROLE_APPROVER, "approver", "Executive approver" },
    { 0, NULL, NULL }
};

enum { NO = CD_REACH_NONE, OWN = CD_REACH_OWN, ALL = CD_REACH_ALL };

/* Rows are rights, columns roles in the order of the enum. A trust may judge its own acts and own
 * up to what it failed to do; the evaluation weighs who said it. An administrator sees no case. */
static const struct { cd_right_t right; unsigned char reach[CD_ROLE_APPROVER]; } table[] = {
    /*                            ward        reader      decider     regulator   admin
     *                                  legal       handler     reviewer    auditor     approver */
    { CD_RIGHT_CASE_READ,       { OWN,  OWN,  OWN,  ALL,  ALL,  ALL,  ALL,  ALL,  NO,   OWN } },
    { CD_RIGHT_INCIDENT_RECORD, { OWN,  OWN,  NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_CASE_WRITE,      { NO,   OWN,  NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_CASE_JUDGE,      { NO,   OWN,  NO,   ALL,  ALL,  NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_LETTER_SIGN,     { NO,   OWN,  NO,   NO,   NO,   NO,   NO,   NO,   NO,   OWN } },
    { CD_RIGHT_RECORDS_BRING,   { NO,   OWN,  NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_FINDING_RECORD,  { NO,   OWN,  NO,   ALL,  ALL,  NO,   ALL,  NO,   NO,   NO } },
    { CD_RIGHT_CLAIM_READ,      { NO,   OWN,  OWN,  ALL,  ALL,  ALL,  ALL,  ALL,  NO,   NO } },
    { CD_RIGHT_CLAIM_WRITE,     { NO,   NO,   NO,   ALL,  NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_CLAIM_ANSWER,    { NO,   OWN,  NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_REVIEW_WRITE,    { NO,   NO,   NO,   NO,   NO,   ALL,  NO,   NO,   NO,   NO } },
    { CD_RIGHT_RECOVERY_WRITE,  { NO,   NO,   NO,   ALL,  NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_SCHEME_WRITE,    { NO,   NO,   NO,   NO,   ALL,  NO,   NO,   NO,   ALL,  NO } },
    { CD_RIGHT_SCHEME_ACTIVATE, { NO,   NO,   NO,   NO,   ALL,  ALL,  NO,   NO,   NO,   NO } },
    { CD_RIGHT_FLAG_COMPUTE,    { NO,   NO,   NO,   ALL,  NO,   NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_DECISION_WRITE,  { NO,   NO,   NO,   NO,   ALL,  NO,   NO,   NO,   NO,   NO } },
    { CD_RIGHT_RECORD_AUDIT,    { NO,   OWN,  NO,   ALL,  NO,   NO,   NO,   ALL,  NO,   NO } },
    { CD_RIGHT_USER_ADMIN,      { NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   ALL,  NO } },
    { CD_RIGHT_ORG_ADMIN,       { NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   ALL,  NO } },
    { CD_RIGHT_POLICY_READ,     { ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL } },
    { CD_RIGHT_HEALTH_READ,     { NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   ALL,  NO } },
};

cd_reach_t cd_role_reach(cd_role_t role, cd_right_t right)
{
    if (role < CD_ROLE_WARD || role > CD_ROLE_APPROVER)
        return CD_REACH_NONE;
    for (unsigned i = 0; i < sizeof(table) / sizeof(*table); i++)
        if (table[i].right == right)
            return (cd_reach_t)table[i].reach[role - 1];
    return CD_REACH_NONE;
}

/* Reach OWN without an organisation reaches nothing: there is no "own" for the scheme's staff. */
cd_reach_t cd_may(const cd_actor_t *actor, cd_right_t right)
{
    cd_reach_t furthest = CD_REACH_NONE;
    if (!actor || !actor->id)
        return CD_REACH_NONE;
    for (int role = CD_ROLE_WARD; role <= CD_ROLE_APPROVER; role++) {
        cd_reach_t reach = actor->roles & (1u << role) ? cd_role_reach((cd_role_t)role, right)
                                                       : CD_REACH_NONE;
        if (reach == CD_REACH_OWN && !actor->org_id)
            reach = CD_REACH_NONE;
        if (reach > furthest)
            furthest = reach;
    }
    return furthest;
}

const char *cd_right_word(cd_right_t right)
{
    switch (right) {
#define X(name, word, text) case CD_RIGHT_##name: return word;
    CD_RIGHTS(X)
#undef X
    default: return NULL;
    }
}

const char *cd_right_text(cd_right_t right)
{
    switch (right) {
#define X(name, word, text) case CD_RIGHT_##name: return text;
    CD_RIGHTS(X)
#undef X
    default: return NULL;
    }
}

const char *cd_actor_words(const cd_actor_t *actor, apr_pool_t *pool)
{
    const char *words = "";
    for (const cd_token_t *role = cd_roles; role->word; role++)
        if (actor->roles & (1u << role->value))
            words = *words ? apr_pstrcat(pool, words, " and ",
                                         cd_token_label(cd_roles, role->value), NULL)
                           : role->label;
    if (!*words)
        words = "No role";
    return actor->org_name ? apr_pstrcat(pool, words, ", ", actor->org_name, NULL) : words;
}

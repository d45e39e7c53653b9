/* policy.c: which duty binds whom, and since when.
 *
 * A policy is immutable once used; a changed limit is a new version. The limits in working days are
 * house rules and contract terms: the regulation itself sets none.
 * @source 27 Nov 2014: SI 2014/2936 as to health service bodies; 1 Apr 2015: SI 2015/64 reg 10 */
#include <string.h>

#include "domain/rules.h"

enum { ENGLISH_RULES = 14, POLICIES = 2 };

static cd_policy_t policies[POLICIES] = {
    { .code = "ENG-20-NHS", .name = "England, NHS body", .version = 1,
      .jurisdiction = CD_JUR_ENG, .kind = CD_HEALTH_SERVICE_BODY,
      .opinion_wd = 5, .talk_wd = 10, .note_wd = 2, .letter_wd = 10, .results_wd = 10,
      .contract_talk_wd = 10, .contract_report_wd = 10, .excuse_attempts = 3, .excuse_methods = 2,
      .rules = cd_rules_eng_nhs, .rule_count = ENGLISH_RULES },
    { .code = "ENG-20-OTHER", .name = "England, other registered provider", .version = 1,
      .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON,
      .opinion_wd = 5, .talk_wd = 10, .note_wd = 2, .letter_wd = 10, .results_wd = 10,
      .contract_talk_wd = 10, .contract_report_wd = 10, .excuse_attempts = 3, .excuse_methods = 2,
      .rules = cd_rules_eng_other, .rule_count = ENGLISH_RULES }
};

/* A day number is no constant expression; filled before main(), read-only after. */
__attribute__((constructor)) static void fill_dates(void)
{
    policies[0].in_force_from = cd_date_make(2014, 11, 27);
    policies[1].in_force_from = cd_date_make(2015, 4, 1);
}

const cd_policy_t *cd_policies(int *count_out)
{
    *count_out = POLICIES;
    return policies;
}

const cd_policy_t *cd_policy_by_code(const char *code)
{
    for (int i = 0; code && i < POLICIES; i++)
        if (!strcmp(policies[i].code, code))
            return &policies[i];
    return NULL;
}

const cd_policy_t *cd_policy_for(const cd_org_t *org, cd_date_t aware_on)
{
    for (int i = 0; i < POLICIES; i++) {
        const cd_policy_t *policy = &policies[i];
        if (policy->jurisdiction == org->jurisdiction
            && (!policy->kind || policy->kind == org->kind)
            && (!aware_on || (aware_on >= policy->in_force_from
                              && (!policy->in_force_to || aware_on <= policy->in_force_to))))
            return policy;
    }
    return NULL;
}

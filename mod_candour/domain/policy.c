/* policy.c: which duty binds whom, and since when.
 *
 * A row is one version of a policy and is immutable once used: a changed limit or law is a new row
 * with the same code, the next version and the day it begins, and the old row gets the day before
 * as its last. Limits in working days are house rules and contract terms unless their name says
 * law.
 * @source England: 27 Nov 2014, SI 2014/2936 as to health service bodies; 1 Apr 2015, SI 2015/64
 * reg 10
 * @source Wales: 1 Apr 2023, WSI 2023/274 regs 4, 5; NHS bodies, primary care providers among them
 * @source Scotland: 1 Apr 2018, SSI 2018/57 reg 1(1), regs 3, 7(2); every responsible person
 * @source Northern Ireland: no duty in statute; the Being Open Framework was launched on 19 Feb
 * 2026 */
#include <string.h>

#include "domain/rules.h"

typedef struct day_t {
    int year, month, mday;
} day_t;

#define ENGLAND(code_, name_, kind_, rules_) \
    { .code = code_, .name = name_, .version = 1, .jurisdiction = CD_JUR_ENG, .kind = kind_, \
      .opinion_wd = 5, .talk_wd = 10, .note_wd = 2, .letter_wd = 10, .results_wd = 10, \
      .contract_talk_wd = 10, .contract_report_wd = 10, .excuse_attempts = 3, .excuse_methods = 2, \
      .grading_settles = 1, .promptly = "as soon as reasonably practicable", .rules = rules_, \
      .rule_count = 14 }

static cd_policy_t policies[] = {
    ENGLAND("ENG-20-NHS", "England, NHS body", CD_HEALTH_SERVICE_BODY, cd_rules_eng_nhs),
    ENGLAND("ENG-20-OTHER", "England, other registered provider", CD_OTHER_PERSON,
            cd_rules_eng_other),
    { .code = "WAL-2023", .name = "Wales, NHS body", .version = 1, .jurisdiction = CD_JUR_WAL,
      .kind = CD_HEALTH_SERVICE_BODY, .opinion_wd = 5, .talk_wd = 10, .note_wd = 2, .letter_wd = 10,
      .results_wd = 10, .excuse_attempts = 3, .excuse_methods = 2, .law_talk_wd = 30,
      .law_letter_wd = 5,
      .annual_months = 6, .promptly = "on first becoming aware", .rules = cd_rules_wal,
      .rule_count = CD_RULES_WAL },
    { .code = "SCO-2018", .name = "Scotland", .version = 1, .jurisdiction = CD_JUR_SCO,
      .opinion_wd = 5, .talk_wd = 10, .note_wd = 2, .letter_wd = 10, .results_wd = 10,
      .excuse_attempts = 3, .excuse_methods = 2, .law_notice_months = 1, .law_review_months = 3,
      .annual_months = 6, .independent = 1, .letter_tells = 1,
      .promptly = "as soon as reasonably practicable",
      .rules = cd_rules_sco, .rule_count = CD_RULES_SCO },
    { .code = "NI-BOF", .name = "Northern Ireland, Being Open Framework", .version = 1,
      .jurisdiction = CD_JUR_NI, .talk_wd = 10, .excuse_attempts = 3, .excuse_methods = 2,
      .promptly = "as soon as possible", .rules = cd_rules_ni, .rule_count = CD_RULES_NI },
    /* The duty towards inquiries of the Public Office (Accountability) Bill: a code, no rules. */
    { .code = "POA", .name = "Duty towards inquiries, reserved", .version = 0 }
};

enum { ALL = sizeof(policies) / sizeof(*policies), RESERVED = 1, POLICIES = ALL - RESERVED };

/* First and last day of each row above; year 0: none. */
static const struct { day_t from, to; } in_force[ALL] = {
    { { 2014, 11, 27 }, { 0, 0, 0 } },
    { { 2015, 4, 1 }, { 0, 0, 0 } },
    { { 2023, 4, 1 }, { 0, 0, 0 } },
    { { 2018, 4, 1 }, { 0, 0, 0 } },
    { { 2026, 2, 19 }, { 0, 0, 0 } },
    { { 0, 0, 0 }, { 0, 0, 0 } }
};

/* A day number is no constant expression; filled before main(), read-only after. */
__attribute__((constructor)) static void fill_dates(void)
{
    for (int i = 0; i < ALL; i++) {
        day_t from = in_force[i].from, to = in_force[i].to;
        policies[i].in_force_from =
            from.year ? cd_date_make(from.year, from.month, from.mday) : CD_NO_DATE;
        policies[i].in_force_to = to.year ? cd_date_make(to.year, to.month, to.mday) : CD_NO_DATE;
    }
}

const cd_policy_t *cd_policies(int *count_out)
{
    *count_out = POLICIES;
    return policies;
}

const cd_policy_t *cd_policy_version(const char *code, int version)
{
    for (int i = 0; code && i < ALL; i++)
        if (!strcmp(policies[i].code, code) && policies[i].version == version)
            return &policies[i];
    return NULL;
}

const cd_policy_t *cd_policy_by_code(const char *code)
{
    const cd_policy_t *newest = NULL;
    for (int i = 0; code && i < ALL; i++)
        if (!strcmp(policies[i].code, code) && (!newest || policies[i].version > newest->version))
            newest = &policies[i];
    return newest;
}

static int binds(const cd_policy_t *policy, const cd_org_t *org, cd_date_t on)
{
    return policy->jurisdiction && policy->jurisdiction == org->jurisdiction
           && (!policy->kind || policy->kind == org->kind)
           && (!on
               || (on >= policy->in_force_from
                   && (!policy->in_force_to || on <= policy->in_force_to)));
}

const cd_policy_t *cd_policy_pick(const cd_policy_t *table, int count, const cd_org_t *org,
                                  cd_date_t aware_on)
{
    const cd_policy_t *best = NULL;
    for (int i = 0; i < count; i++)
        if (binds(&table[i], org, aware_on) && (!best || table[i].version > best->version))
            best = &table[i];
    return best;
}

const cd_policy_t *cd_policy_for(const cd_org_t *org, cd_date_t aware_on)
{
    return cd_policy_pick(policies, POLICIES, org, aware_on);
}

cd_date_t cd_policy_began(const cd_org_t *org)
{
    cd_date_t began = CD_NO_DATE;
    for (int i = 0; i < POLICIES; i++)
        if (binds(&policies[i], org, CD_NO_DATE) && (!began || policies[i].in_force_from < began))
            began = policies[i].in_force_from;
    return began;
}

int cd_policy_weighs(const cd_policy_t *policy, int rule, int finding)
{
    int law = 0;
    for (int i = 0; i < policy->rule_count; i++) {
        law |= policy->rules[i].number != 0;
        if (rule && policy->rules[i].number == rule)
            return 1;
    }
    return law && finding && rule == CD_RULE_DUTY;
}

const cd_rule_t *cd_policy_rule(const cd_policy_t *policy, unsigned part)
{
    for (int i = 0; i < policy->rule_count; i++)
        if (policy->rules[i].parts & part)
            return &policy->rules[i];
    return NULL;
}

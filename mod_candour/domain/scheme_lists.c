/* scheme_lists.c: words of schemes, which rules count, and from which day breaches are counted. */
#include <string.h>

#include "domain/scheme.h"

const cd_token_t cd_formulas[] = {
    { CD_L0_SHADOW, "L0", "L0 Shadow: nothing is asked" },
    { CD_L1_FIXED_CAPPED_BY_DAMAGES, "L1", "L1 Fixed sum, at most the damages" },
    { CD_L2_FIXED_IRRESPECTIVE, "L2", "L2 Fixed sum, whatever the damages" },
    { CD_L3_FIXED_RISING, "L3", "L3 Fixed sum, rising with each breach" },
    { CD_L3B_FIXED_STEPS, "L3B", "L3B Fixed sum and a step more for each further breach" },
    { CD_L4_PERCENT_OF_DAMAGES, "L4", "L4 Percentage of damages" },
    { CD_L5_PERCENT_OF_TOTAL, "L5", "L5 Percentage of damages and all legal costs" },
    { CD_L6_COVER_REMOVED, "L6", "L6 Cover removed: the whole of what it counts on" },
    { CD_L7_CONTRIBUTION_UPLIFT, "L7", "L7 More contribution for the year" },
    { CD_L8_EXCESS, "L8", "L8 Excess: the first part of each claim" },
    { CD_L8B_COINSURANCE, "L8B", "L8B Coinsurance: a percentage of each claim" },
    { CD_L9_MATRIX, "L9", "L9 Percentage by how grave and how far" },
    { 0, NULL, NULL }
};

const cd_token_t cd_bases[] = {
    { CD_BASIS_D, "D", "Damages" },
    { CD_BASIS_DC, "D_C", "Damages and claimant’s costs" },
    { CD_BASIS_T, "T", "Damages and all legal costs" },
    { 0, NULL, NULL }
};

const cd_token_t cd_materials[] = {
    { CD_MAT_OFFENCES, "OFFENCES", "Only what is an offence, E02 to E07" },
    { CD_MAT_FULL, "FULL", "The full duty, E02 to E12" },
    { CD_MAT_FULL_CONTRACT, "FULL_CONTRACT", "The full duty and the contract, E02 to E12, C01, "
      "C02" },
    { 0, NULL, NULL }
};

const cd_token_t cd_windows[] = {
    { CD_WIN_ALL, "ALL", "All time" },
    { CD_WIN_FINANCIAL_YEAR, "FINANCIAL_YEAR", "The financial year, from 1 April" },
    { CD_WIN_ROLLING_12, "ROLLING_12", "The last 12 months" },
    { 0, NULL, NULL }
};

const cd_token_t cd_breach_units[] = {
    { CD_UNIT_CLAIM, "CLAIM", "Each claim" },
    { CD_UNIT_INCIDENT, "INCIDENT", "Each incident" },
    { CD_UNIT_RULE, "RULE", "Each rule" },
    { 0, NULL, NULL }
};

const cd_token_t cd_roundings[] = {
    { CD_ROUND_HALF_UP, "HALF_UP", "To the nearest penny, half a penny up" },
    { CD_ROUND_DOWN, "DOWN", "Down to a whole penny" },
    { 0, NULL, NULL }
};

const cd_token_t cd_severities[] = {
    { CD_SEV_CONTRACT, "CONTRACT", "A term of the contract" },
    { CD_SEV_DUTY, "DUTY", "A part of the duty that is no offence" },
    { CD_SEV_OFFENCE, "OFFENCE", "A part of the duty whose breach is an offence" },
    { 0, NULL, NULL }
};

const cd_token_t cd_extents[] = {
    { CD_EXT_LATE, "LATE", "done, but late" },
    { CD_EXT_PARTIAL, "PARTIAL", "done in part" },
    { CD_EXT_NONE, "NONE", "not done at all" },
    { 0, NULL, NULL }
};

int cd_material_rule(int material, const char *rule_code)
{
    int law = rule_code && rule_code[0] == 'E' && strlen(rule_code) == 3;
    int number = law ? (rule_code[1] - '0') * 10 + (rule_code[2] - '0') : 0;
    switch (material) {
    case CD_MAT_OFFENCES:
        return number >= 2 && number <= 7;
    case CD_MAT_FULL:
        return number >= 2 && number <= 12;
    case CD_MAT_FULL_CONTRACT:
        return (number >= 2 && number <= 12)
            || (rule_code && (!strcmp(rule_code, "C01") || !strcmp(rule_code, "C02")));
    default:
        return 0;
    }
}

/* The rolling window holds the 12 months that end with `on`. */
cd_date_t cd_window_start(int window, cd_date_t on)
{
    int year, month, day;
    if (window == CD_WIN_ALL || !window)
        return CD_NO_DATE;
    cd_date_split(on, &year, &month, &day);
    if (window == CD_WIN_FINANCIAL_YEAR)
        return cd_date_make(month < 4 ? year - 1 : year, 4, 1);
    cd_date_t same = cd_date_make(year - 1, month, day);
    return same ? same + 1 : cd_date_make(year - 1, 3, 1);     /* 29 February */
}

const cd_token_t cd_scheme_states[] = {
    { CD_SS_DRAFT, "DRAFT", "Draft" },
    { CD_SS_SENT_BACK, "SENT_BACK", "Sent back" },
    { CD_SS_WAITS, "WAITS", "Activated, in force later" },
    { CD_SS_IN_FORCE, "IN_FORCE", "In force" },
    { CD_SS_RETIRED, "RETIRED", "Retired" },
    { 0, NULL, NULL }
};

int cd_scheme_in_force(const cd_scheme_life_t *lives, int count, cd_date_t today)
{
    int best = -1;
    for (int i = 0; i < count; i++) {
        const cd_scheme_life_t *life = &lives[i];
        if (life->step != CD_SCHEME_ACTIVATED || life->from > today)
            continue;
        if (best < 0 || life->from > lives[best].from
            || (life->from == lives[best].from && life->acted_at >= lives[best].acted_at))
            best = i;
    }
    return best;
}

/* What was activated for a later day waits for it, also where something activated since would then
 * hold. */
int cd_scheme_state(const cd_scheme_life_t *lives, int index, int in_force, cd_date_t today)
{
    const cd_scheme_life_t *life = &lives[index];
    if (life->step == CD_SCHEME_DRAFT || life->step == CD_SCHEME_SENT_BACK)
        return life->step == CD_SCHEME_DRAFT ? CD_SS_DRAFT : CD_SS_SENT_BACK;
    if (life->from > today)
        return CD_SS_WAITS;
    return index == in_force ? CD_SS_IN_FORCE : CD_SS_RETIRED;
}

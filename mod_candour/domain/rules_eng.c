/* rules_eng.c: the English rules as a table: what each asks, where it says so, and what it weighs.
 *
 * @source SI 2014/2936 reg 20; offences: reg 22(3). Regulation 20(8) sets the threshold for health
 * service bodies, 20(9) (SI 2015/64 reg 10) for every other registered person. */
#include "domain/rules.h"

#define REG "SI 2014/2936"
#define ENGLISH(threshold_) \
    { "E01", CD_RULE_E01, "A healthcare professional gave an opinion", threshold_, REG, \
      CD_WEIGHT_NONE, CD_GROUP_DECIDING, cd_e01, CD_PART_OPINION }, \
    { "E02", CD_RULE_E02, "The person was told", "Regulation 20(2)(a)", REG, CD_WEIGHT_OFFENCE, \
      CD_GROUP_TELLING, cd_e02, CD_PART_TELLING | CD_PART_NOTICE }, \
    { "E03", CD_RULE_E03, "In person, by a representative", "Regulation 20(3)(a)", REG, \
      CD_WEIGHT_OFFENCE, CD_GROUP_TELLING, cd_e03, CD_PART_NOTICE }, \
    { "E04", CD_RULE_E04, "A true account of all facts known", "Regulation 20(3)(b)", REG, \
      CD_WEIGHT_OFFENCE, CD_GROUP_TELLING, cd_e04, CD_PART_NOTICE }, \
    { "E05", CD_RULE_E05, "Told what further enquiries follow", "Regulation 20(3)(c)", REG, \
      CD_WEIGHT_OFFENCE, CD_GROUP_TELLING, cd_e05, CD_PART_NOTICE }, \
    { "E06", CD_RULE_E06, "An apology", "Regulation 20(3)(d)", REG, CD_WEIGHT_OFFENCE, \
      CD_GROUP_TELLING, cd_e06, CD_PART_NOTICE }, \
    { "E07", CD_RULE_E07, "A written record, kept securely", "Regulation 20(3)(e)", REG, \
      CD_WEIGHT_OFFENCE, CD_GROUP_TELLING, cd_e07, CD_PART_NOTICE }, \
    { "E08", CD_RULE_E08, "Reasonable support", "Regulation 20(2)(b)", REG, CD_WEIGHT_DUTY, \
      CD_GROUP_TELLING, cd_e08, CD_PART_NOTICE }, \
    { "E09", CD_RULE_E09, "A written notification was sent", "Regulation 20(4)(a), (b) and (d)", \
      REG, CD_WEIGHT_DUTY, CD_GROUP_WRITING, cd_e09, CD_PART_NOTICE }, \
    { "E10", CD_RULE_E10, "Results of enquiries given in writing", "Regulation 20(4)(c)", REG, \
      CD_WEIGHT_DUTY, CD_GROUP_RESULTS, cd_e10, CD_PART_NOTICE }, \
    { "E11", CD_RULE_E11, "Attempts or refusal recorded", "Regulation 20(5)", REG, CD_WEIGHT_DUTY, \
      CD_GROUP_EXCUSE, cd_e11, CD_PART_EXCUSE }, \
    { "E12", CD_RULE_E12, "Copies of all correspondence kept", "Regulation 20(6)", REG, \
      CD_WEIGHT_DUTY, CD_GROUP_WRITING, cd_e12, CD_PART_COPIES }, \
    { "C01", CD_RULE_C01, "Told within the contract’s time", "NHS Standard Contract, SC35", \
      "NHS Standard Contract", CD_WEIGHT_CONTRACT, CD_GROUP_TELLING, cd_c01, \
      CD_PART_NOTICE | CD_PART_BY_DATE }, \
    { "C02", CD_RULE_C02, "Report shared within the contract’s time", \
      "Local agreement under the contract", "NHS Standard Contract", CD_WEIGHT_CONTRACT, \
      CD_GROUP_RESULTS, cd_c02, CD_PART_NOTICE | CD_PART_BY_DATE }

const cd_rule_t cd_rules_eng_nhs[] = { ENGLISH("Regulation 20(8)") };
const cd_rule_t cd_rules_eng_other[] = { ENGLISH("Regulation 20(9)") };
const int cd_rules_eng_count = (int)(sizeof(cd_rules_eng_nhs) / sizeof(*cd_rules_eng_nhs));

/* lists_round.c: words and labels of the code lists between the scheme and a trust, and of a
 * claim's own steps. */
#include <stddef.h>

#include "domain/case.h"
#include "domain/round.h"

#define CD_END { 0, NULL, NULL }

const cd_token_t cd_flag_rules[] = {
    { CD_RULE_E01, "E01", "E01 Professional’s opinion" },
    { CD_RULE_E02, "E02", "E02 The person was told" },
    { CD_RULE_E03, "E03", "E03 In person" },
    { CD_RULE_E04, "E04", "E04 A full and true account" },
    { CD_RULE_E05, "E05", "E05 Told what is looked into" },
    { CD_RULE_E06, "E06", "E06 An apology" },
    { CD_RULE_E07, "E07", "E07 A written record" },
    { CD_RULE_E08, "E08", "E08 Support" },
    { CD_RULE_E09, "E09", "E09 Written notification" },
    { CD_RULE_E10, "E10", "E10 Results in writing" },
    { CD_RULE_E11, "E11", "E11 Could not be reached, or said no" },
    { CD_RULE_E12, "E12", "E12 Copies kept" },
    { CD_RULE_C01, "C01", "C01 Told within the contract’s days" },
    { CD_RULE_C02, "C02", "C02 Report shared within the contract’s days" },
    CD_END
};

const cd_token_t cd_claim_events[] = {
    { CD_EV_RECORDS_ASKED, "RECORDS_REQUEST", "Records asked for" },
    { CD_EV_NOTIFICATION, "NOTIFICATION_LETTER", "Letter of notification came" },
    { CD_EV_NOTIFICATION_ACK, "NOTIFICATION_ACKNOWLEDGED", "Letter of notification acknowledged" },
    { CD_EV_LETTER_OF_CLAIM, "LETTER_OF_CLAIM", "Letter of claim came" },
    { CD_EV_CLAIM_ACK, "CLAIM_ACKNOWLEDGED", "Letter of claim acknowledged" },
    { CD_EV_RESPONSE, "LETTER_OF_RESPONSE", "Letter of response sent" },
    { CD_EV_PART_36, "PART_36_OFFER", "Part 36 offer" },
    { CD_EV_NEGOTIATION, "NEGOTIATION", "Negotiation" },
    { CD_EV_MEDIATION, "MEDIATION", "Mediation" },
    { CD_EV_ISSUED, "PROCEEDINGS_ISSUED", "Court proceedings issued" },
    { CD_EV_DEFENCE, "DEFENCE", "Defence filed" },
    { CD_EV_DIRECTIONS, "DIRECTIONS", "Directions of the court" },
    { CD_EV_TRIAL, "TRIAL", "Trial" },
    { CD_EV_JUDGMENT, "JUDGMENT", "Judgment" },
    { CD_EV_SETTLEMENT, "SETTLEMENT", "Settlement agreed" },
    { CD_EV_EN_TOLD_LEGAL, "EARLY_NOTIFICATION_LEGAL", "Early Notification: clinical team told "
      "the legal team" },
    { CD_EV_EN_REPORTED, "EARLY_NOTIFICATION_REPORTED", "Early Notification: reported to the "
      "scheme" },
    { CD_EV_OTHER, "OTHER", "Something else" },
    CD_END
};

const cd_token_t cd_reserve_heads[] = {
    { CD_RESERVE_DAMAGES, "DAMAGES", "Damages" },
    { CD_RESERVE_CLAIMANT_COSTS, "CLAIMANT_COSTS", "Claimant’s legal costs" },
    { CD_RESERVE_DEFENCE_COSTS, "DEFENCE_COSTS", "Defence costs" },
    CD_END
};

const cd_token_t cd_no_incident_findings[] = {
    { CD_NOINC_SHOULD_HAVE, "SHOULD_HAVE_BEEN_RECORDED", "It should have been recorded, and the "
      "person told" },
    { CD_NOINC_NO_DUTY, "NO_DUTY", "No duty arose" },
    { CD_NOINC_STILL_LOOKING, "STILL_LOOKING", "It is still being looked into" },
    CD_END
};

const cd_token_t cd_answers[] = {
    { CD_ANSWER_PROVIDED, "PROVIDED", "We send all of it" },
    { CD_ANSWER_PART, "PART", "We send part of it" },
    { CD_ANSWER_NONE_EXISTS, "NONE_EXISTS", "None exists" },
    CD_END
};

const cd_token_t cd_stances[] = {
    { CD_STANCE_AGREE, "AGREE", "We agree" },
    { CD_STANCE_FACTS, "DISPUTE_FACTS", "The facts are wrong" },
    { CD_STANCE_SUM, "DISPUTE_SUM", "The facts are right, the sum is not" },
    { CD_STANCE_NO_COMMENT, "NO_COMMENT", "We have nothing to say" },
    CD_END
};

const cd_token_t cd_confirmations[] = {
    { CD_CONFIRM_YES, "CONFIRMED", "Yes, I confirm it" },
    { CD_CONFIRM_RETURNED, "RETURNED", "No, I send it back" },
    CD_END
};

const cd_token_t cd_review_grounds[] = {
    { CD_GROUND_FACTS, "FACTS", "A fact is wrong" },
    { CD_GROUND_LAW, "LAW", "The law or the scheme was read wrongly" },
    { CD_GROUND_NEW_EVIDENCE, "NEW_EVIDENCE", "There is new evidence" },
    { CD_GROUND_PROCEDURE, "PROCEDURE", "We were not heard fairly" },
    { CD_GROUND_AMOUNT, "AMOUNT", "The sum is too high" },
    CD_END
};

const cd_token_t cd_review_outcomes[] = {
    { CD_REVIEW_UPHELD, "UPHELD", "The decision stays" },
    { CD_REVIEW_VARIED, "VARIED", "The sum is changed" },
    { CD_REVIEW_QUASHED, "QUASHED", "The decision falls away" },
    CD_END
};

const cd_token_t cd_recovery_methods[] = {
    { CD_RECOVER_INVOICE, "INVOICE", "By invoice" },
    { CD_RECOVER_CONTRIBUTION, "CONTRIBUTION", "With the yearly contribution" },
    CD_END
};

const cd_token_t cd_money_ways[] = {
    { CD_MONEY_FROM_TRUST, "FROM_TRUST", "From the trust" },
    { CD_MONEY_TO_TRUST, "TO_TRUST", "Back to the trust" },
    CD_END
};

const cd_token_t cd_look_findings[] = {
    { CD_LOOK_NO_CHANGE, "NO_CHANGE", "The decision can stay as it is" },
    { CD_LOOK_DECIDE_AGAIN, "DECIDE_AGAIN", "It should be decided again" },
    CD_END
};

const cd_token_t cd_shared_bodies[] = {
    { CD_BODY_CQC, "CQC", "Care Quality Commission" },
    { CD_BODY_NHS_ENGLAND, "NHS_ENGLAND", "NHS England" },
    { CD_BODY_COMMISSIONER, "COMMISSIONER", "The commissioner" },
    { CD_BODY_CORONER, "CORONER", "The coroner" },
    { CD_BODY_OTHER, "OTHER", "Another body" },
    CD_END
};

const cd_token_t cd_allegation_sources[] = {
    { 1, "CLAIMANT", "The claimant" },
    { 2, "PATIENT", "The patient or family" },
    { 3, "STAFF", "A member of staff" },
    { 4, "TRUST", "The trust itself" },
    { 5, "REGULATOR", "A regulator" },
    { 6, "OTHER", "Somebody else" },
    CD_END
};

const cd_token_t cd_allegation_outcomes[] = {
    { 1, "OPEN", "Still open" },
    { 2, "SUPPORTED", "The facts support it" },
    { 3, "NOT_SUPPORTED", "The facts do not support it" },
    { 4, "PASSED_ON", "Passed on to another body" },
    CD_END
};

const cd_token_t cd_regulatory_bodies[] = {
    { 1, "CQC", "Care Quality Commission" },
    { 2, "GMC", "General Medical Council" },
    { 3, "NMC", "Nursing and Midwifery Council" },
    { 4, "COURT", "A court" },
    { 5, "OTHER", "Another body" },
    CD_END
};

const cd_token_t cd_regulatory_types[] = {
    { 1, "FIXED_PENALTY", "Fixed penalty notice" },
    { 2, "WARNING", "Warning" },
    { 3, "PROSECUTION", "Prosecution" },
    { 4, "CONTRACT", "Deduction under the contract" },
    { 5, "OTHER", "Something else" },
    CD_END
};

const cd_token_t cd_standings[] = {
    { CD_STAND_PROPOSED, "PROPOSED", "Waits for a second person" },
    { CD_STAND_RETURNED, "RETURNED", "Sent back" },
    { CD_STAND_STANDS, "STANDS", "Stands" },
    { CD_STAND_VARIED, "VARIED", "Changed on review" },
    { CD_STAND_QUASHED, "QUASHED", "Quashed on review" },
    { CD_STAND_REPLACED, "REPLACED", "Replaced by a later decision" },
    CD_END
};

/* rules_ni.c: Northern Ireland: the steps of the Being Open Framework, logged and nothing more.
 *
 * There is no duty of candour in statute, so nothing here is met or broken, nothing is due, and no
 * judgement or finding changes it: each row says what is on record.
 * @source Department of Health, written ministerial statement, 19 February 2026 */
#include <apr_strings.h>

#include "domain/rules.h"

#define NONE_IN_LAW "There is no statutory duty of candour in Northern Ireland, " \
    "so nothing is met or broken."

static cd_err_t *logged(cd_result_t *out, cd_eval_t *eval, const cd_record_t *record,
                        const char *what)
{
    if (!record) {
        cd_rule_say(out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE, "Nothing logged",
                    "%s Nothing is logged here.", NONE_IN_LAW);
        return NULL;
    }
    cd_rule_evidence(out, record);
    out->met_on = record->happened;
    cd_rule_say(
        out, eval, CD_ST_NOT_APPLICABLE, CD_WHY_NONE,
        apr_pstrcat(eval->pool, "Logged, ", cd_when_words(record->happened, eval->pool), NULL),
        "%s %s %s.", NONE_IN_LAW, what, cd_rule_on(record->happened, eval->pool));
    return NULL;
}

static cd_err_t *n01(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, eval->opinion, "An opinion on the incident was given");
}

static cd_err_t *n02(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, eval->talk,
                  apr_pstrcat(eval->pool, cd_rule_who(eval), " was told", NULL));
}

static int sorry(const cd_record_t *r)
{
    return r->kind == CD_REC_TALK ? ((const cd_talk_t *)r->body)->apology_given == CD_YES
                                  : ((const cd_letter_t *)r->body)->apology_given == CD_YES;
}

static int supports(const cd_record_t *r)
{
    apr_uint32_t offered = r->kind == CD_REC_TALK ? ((const cd_talk_t *)r->body)->support
                                                  : ((const cd_support_t *)r->body)->support;
    return (offered & ~(1u << CD_SUPPORT_NONE)) != 0;
}

/* The first record of two kinds that holds what is looked for, or NULL. */
static const cd_record_t *first_with(const cd_eval_t *eval, cd_record_kind_t one,
                                     cd_record_kind_t other, int (*holds)(const cd_record_t *r))
{
    const cd_record_kind_t kinds[] = { one, other };
    const cd_record_t *best = NULL, *r = NULL;
    for (int k = 0; k < 2; k++)
        while ((r = cd_case_next(eval->file, kinds[k], r)))
            if (holds(r) && (!best || cd_rule_sooner(r->happened, best->happened)))
                best = r;
    return best;
}

static cd_err_t *n03(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, first_with(eval, CD_REC_TALK, CD_REC_LETTER, sorry),
                  "An apology was given");
}

static cd_err_t *n04(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, first_with(eval, CD_REC_TALK, CD_REC_SUPPORT, supports),
                  "Support was offered");
}

static cd_err_t *n05(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, cd_case_last(eval->file, CD_REC_LETTER), "A letter was written");
}

static cd_err_t *n06(cd_result_t *out, cd_eval_t *eval)
{
    return logged(out, eval, cd_case_last(eval->file, CD_REC_RESULTS),
                  "The results of enquiries were sent");
}

static cd_err_t *n07(cd_result_t *out, cd_eval_t *eval)
{
    const cd_record_t *refusal = cd_case_last(eval->file, CD_REC_REFUSAL);
    return refusal ? logged(out, eval, refusal, "The person did not want to talk")
                   : logged(out, eval, cd_case_last(eval->file, CD_REC_ATTEMPT),
                            "An attempt to reach the person was "
                            "made");
}

#define STEP(code_, name_, group_, judge_) \
    { code_, 0, name_, "Being Open Framework, not law", "Being Open Framework 2026", \
      CD_WEIGHT_NONE, group_, judge_, CD_PART_STEP }

const cd_rule_t cd_rules_ni[CD_RULES_NI] = {
    STEP("N01", "An opinion on the incident", CD_GROUP_DECIDING, n01),
    STEP("N02", "The person was told", CD_GROUP_TELLING, n02),
    STEP("N03", "An apology", CD_GROUP_TELLING, n03),
    STEP("N04", "Support", CD_GROUP_TELLING, n04),
    STEP("N05", "A letter", CD_GROUP_WRITING, n05),
    STEP("N06", "Results of enquiries", CD_GROUP_RESULTS, n06),
    STEP("N07", "Attempts or refusal", CD_GROUP_EXCUSE, n07)
};

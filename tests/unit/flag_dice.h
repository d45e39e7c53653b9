/* flag_dice.h: generated cases and claims, and one scheme of every formula: for properties that
 * hold of every flag. */
#ifndef CD_TESTS_FLAG_DICE_H
#define CD_TESTS_FLAG_DICE_H

#include "case_dice.h"
#include "domain/liability.h"

enum { CASE_RECORDS = 16, FORMULAS_MAX = 16 };

/* An incident, mostly an opinion, and then acts of every kind; some corrected, some taken back. */
static inline made_t *random_case(int number, apr_pool_t *pool)
{
    static const cd_record_kind_t kinds[] = {
        CD_REC_TALK, CD_REC_TALK, CD_REC_LETTER, CD_REC_LETTER, CD_REC_ATTEMPT, CD_REC_ATTEMPT,
        CD_REC_REFUSAL,
        CD_REC_SUPPORT, CD_REC_ENQUIRY, CD_REC_RESULTS, CD_REC_DOCUMENT, CD_REC_JUDGEMENT,
        CD_REC_JUDGEMENT,
        CD_REC_FINDING, CD_REC_EXEMPTION, CD_REC_GRADING, CD_REC_OPINION, CD_REC_OPENING,
        CD_REC_CLOSURE, CD_REC_PERSON,
    };
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    dice_t dice = { (apr_uint64_t)number * 7919 + 17, cd_date_parse("2026-01-01"), 330 };
    int count = 3 + (int)roll(&dice, CASE_RECORDS - 3);

    for (int i = 0; i < count; i++) {
        cd_record_t *r = &made->list[made->count++];
        r->seq = i + 1;
        if (i == 0)
            fill(r, CD_REC_INCIDENT, &dice, pool);
        else if (i == 1 && roll(&dice, 8))
            fill(r, CD_REC_OPINION, &dice, pool);
        else if (i > 2 && roll(&dice, 12) == 0)
            fill(r, CD_REC_WITHDRAWAL, &dice, pool);
        else
            fill(r, kinds[roll(&dice, COUNT_OF(kinds))], &dice, pool);
        if (r->kind == CD_REC_OPINION && roll(&dice, 4))
            ((cd_opinion_t *)(uintptr_t)r->body)->opinion = CD_OPINION_NOTIFIABLE;
        if (r->kind == CD_REC_WITHDRAWAL)
            r->supersedes = 2 + (int)roll(&dice, (unsigned)i - 1);
        else if (i > 1 && made->list[i - 1].kind == r->kind && roll(&dice, 3) == 0)
            r->supersedes = i;
    }
    return made;
}

static inline cd_org_t org_of(int number)
{
    cd_org_t org = made_org;
    org.nhs_contract = number % 3;
    return org;
}

static inline cd_evaluation_t *evaluate(const made_t *made, int number, cd_date_t as_at,
                                        apr_pool_t *pool)
{
    cd_org_t *org = apr_pmemdup(pool, &made_org, sizeof(made_org));
    cd_evaluation_t *eval;
    *org = org_of(number);
    cd_case_t *file = cd_case_read(made->list, made->count, org, as_at, pool);
    cd_err_t *err =
        cd_evaluate(&eval, file, cd_policy_by_code(number % 4 ? "ENG-20-NHS" : "ENG-20-OTHER"),
                    made_calendar(pool), as_at, pool);
    if (err)
        fail_msg("case %d: %s", number, cd_err_line(err, pool));
    return eval;
}

static inline cd_date_t as_at_of(int number)
{
    return cd_date_parse("2026-06-01") + number % 420;
}

static inline made_t *random_claim(int number, apr_pool_t *pool)
{
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    cd_parties_t *parties = apr_pcalloc(pool, sizeof(*parties));
    dice_t dice = { (apr_uint64_t)number * 104729 + 3, cd_date_parse("2026-01-01"), 330 };
    int count = 1 + (int)roll(&dice, CD_PARTIES_MAX), left = CD_BP_WHOLE;

    for (int i = 0; i < 2 + (int)roll(&dice, 10); i++) {
        cd_record_t *r = &made->list[made->count++];
        r->seq = made->count;
        fill(r, i == 0 ? CD_REC_CLAIM : i == 1 ? CD_REC_CLAIM_STATUS : CD_REC_PAYMENT, &dice, pool);
        r->recorded_at = 0;
        if (r->kind == CD_REC_PAYMENT)
            BODY_OF(cd_payment_t, r)->reverses = 0;
        if (r->kind == CD_REC_PAYMENT && !BODY_OF(cd_payment_t, r)->kind)
            BODY_OF(cd_payment_t, r)->kind = CD_PAY_DAMAGES_LUMP;
    }
    for (int i = 0; i < count; i++) {
        int share =
            i == count - 1 ? left : 1 + (int)roll(&dice, (unsigned)(left - (count - i) + 1));
        parties->party[i].org_code = apr_psprintf(pool, "RZ%d", i + 1);
        parties->party[i].share_bp = share;
        left -= share;
    }
    made->list[made->count] =
        (cd_record_t){ .seq = made->count + 1, .kind = CD_REC_PARTIES, .body = parties };
    made->count++;
    return made;
}

/* One scheme of every formula that the program knows, its settings drawn by the number; the count
 * is returned. */
static inline int every_scheme(cd_scheme_t *list, int number)
{
    int count = 0;

    for (const cd_token_t *t = cd_formulas; t->word; t++) {
        cd_scheme_t *s = &list[count++];
        *s = (cd_scheme_t){
            .code = t->word,
            .version = 1,
            .title = "T",
            .formula = t->value,
            .basis = 1 + number % 3,
            .requires_damages = number % 5 ? CD_YES : CD_NO,
            .include_ppo = number % 2 ? CD_YES : CD_NO,
            .may_exceed_basis = CD_NO,
            .capped_by_damages = number % 3 ? CD_NO : CD_YES,
            .fixed_p = 1000000 + number % 977,
            .steps_p = { 1000000, 2000000, 3000000 },
            .step_count = 3,
            .step_p = 500000,
            .bp = 1 + number % 9999,
            .excess_p = 2500000,
            .most_breaches = number % 5,
            .matrix_bp = { { 100, 200, 300 }, { 400, 500, 600 }, { 700, 1500, 2000 } },
            .cap_p = number % 11 ? 0 : 2500000,
            .floor_p = number % 13 ? 0 : 100000,
            .material = 1 + number % 3,
            .window = CD_WIN_ALL,
            .breach_unit = 1 + number / 3 % 3,
            .evidence_days_wd = 20,
            .needs_finding = number % 17 ? CD_NO : CD_YES,
            .authority = "T"
        };
        if (s->formula == CD_L5_PERCENT_OF_TOTAL)
            s->basis = CD_BASIS_T;
        if (s->formula == CD_L7_CONTRIBUTION_UPLIFT) {
            s->window = CD_WIN_FINANCIAL_YEAR;
            s->cap_p = s->floor_p = 0;
            s->may_exceed_basis = CD_YES;
        }
        if (s->formula == CD_L0_SHADOW)
            s->shadow_of = number % 2 ? CD_L1_FIXED_CAPPED_BY_DAMAGES : CD_L2_FIXED_IRRESPECTIVE;
    }
    return count;
}

/* The input of a trust's flag over one to three generated cases; everything beside them drawn by
 * the number. */
static inline cd_flag_input_t random_input(int number, const cd_scheme_t *scheme, apr_pool_t *pool)
{
    dice_t dice = { (apr_uint64_t)number * 31 + 5, cd_date_parse("2026-03-01"), 300 };
    int count = (int)roll(&dice, 8) ? 1 + (int)roll(&dice, 2) * (int)roll(&dice, 3) : 0;
    cd_flag_case_t *cases = apr_pcalloc(pool, sizeof(*cases) * 4);
    cd_flag_input_t in = { .org_code = "RZ1",
                           .jurisdiction = roll(&dice, 20) ? CD_JUR_ENG : CD_JUR_WAL,
                           .claim_scheme = roll(&dice, 15) ? CD_SCHEME_CNST : CD_SCHEME_ELS,
                           .cases = cases,
                           .scheme = scheme,
                           .sums = { .damages_p = (apr_int64_t)roll(&dice, 100000) * 1009,
                                     .ppo_capital_p = roll(&dice, 3) ? 0 : 777777,
                                     .claimant_costs_p = roll(&dice, 9000000),
                                     .defence_costs_p = roll(&dice, 500000),
                                     .succeeded = roll(&dice, 6) != 0,
                                     .contribution_p = 2000000000 },
                           .breaches_before = (int)roll(&dice, 5),
                           .cal = made_calendar(pool) };

    for (int i = 0; i < count; i++) {
        cases[i].reference = apr_psprintf(pool, "CM-%d", i + 1);
        cases[i].eval = evaluate(random_case(number * 3 + i, pool), number, as_at_of(number), pool);
    }
    in.case_count = count;
    in.as_at = as_at_of(number);
    if (roll(&dice, 2)) {
        in.requested_on = day(&dice);
        in.due = in.requested_on + 28;
        in.none_exists = roll(&dice, 5) == 0;
        in.asked_rules = roll(&dice, 3) ? 0 : 1u << (1 + roll(&dice, 14));
    }
    if (!count && roll(&dice, 3))
        in.no_incident = (cd_found_none_t){ 1 + (int)roll(&dice, 3), day(&dice), CD_ROLE_HANDLER };
    return in;
}

#endif

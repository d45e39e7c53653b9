/* test_invariants_claim.c: the invariants of the domain reference, section (d), on the side of the
 * trusts: over 10,000 generated claims, each under a scheme of every formula. README.md says where
 * each of the fourteen is held. */
#include "unit.h"

#include "flag_dice.h"
#include "domain/breach.h"
#include "domain/claim_money.h"
#include "domain/flag_brief.h"
#include "domain/net.h"
#include "domain/recover.h"
#include "domain/steps_round.h"

enum { CLAIMS = 10000 };

static cd_date_t today(void)
{
    return cd_date_parse("2027-06-01");
}

static cd_record_t *put(made_t *made, cd_record_kind_t kind, void *body)
{
    cd_record_t *r = &made->list[made->count];

    assert_true(made->count < RECORDS_MAX);
    *r = (cd_record_t){ .seq = ++made->count,
                        .kind = kind,
                        .body = body,
                        .happened = cd_body_happened(cd_record_def(kind), body) };
    return r;
}

/* A claim, and what stood between its scheme and RZ1: each sum is drawn, and money may come more
 * than once. */
static made_t *claim_with_round(int number, dice_t *dice, apr_pool_t *pool)
{
    made_t *made = random_claim(number, pool);
    int asked = 1 + (int)roll(dice, 3);

    put(made, CD_REC_REQUEST,
        apr_pmemdup(pool,
                    &(cd_request_t){ .org = "RZ1",
                                     .rules = 1u << CD_RULE_E02,
                                     .what = "w",
                                     .why = "w",
                                     .due = day(dice),
                                     .flag_seq = 1 },
                    sizeof(cd_request_t)));
    if (roll(dice, 2))
        put(made, CD_REC_ANSWER,
            apr_pmemdup(pool,
                        &(cd_answer_t){ .org = "RZ1",
                                        .request_seq = made->count,
                                        .answer = 1 + (int)roll(dice, 3),
                                        .text = "t" },
                        sizeof(cd_answer_t)));
    put(made, CD_REC_INDICATION,
        apr_pmemdup(pool, &(cd_indication_t){ .org = "RZ1", .flag_seq = 1, .answer_by = day(dice) },
                    sizeof(cd_indication_t)));
    put(made, CD_REC_FOR_DECISION,
        apr_pmemdup(pool, &(cd_for_decision_t){ .org = "RZ1", .flag_seq = 1 },
                    sizeof(cd_for_decision_t)));
    for (int i = 0; i < asked; i++) {
        apr_int64_t sum = 1 + (apr_int64_t)roll(dice, 500000);
        put(made, CD_REC_RECOVERY,
            apr_pmemdup(pool,
                        &(cd_recovery_t){ .org = "RZ1",
                                          .decision_seq = 1,
                                          .method = CD_RECOVER_INVOICE,
                                          .amount_p = sum,
                                          .instalment = i + 1,
                                          .instalments = asked,
                                          .due = day(dice) },
                        sizeof(cd_recovery_t)));
        if (roll(dice, 3))
            put(made, CD_REC_RECEIPT,
                apr_pmemdup(
                    pool,
                    &(cd_receipt_t){ .org = "RZ1",
                                     .recovery_seq = made->count,
                                     .way = roll(dice, 5) ? CD_MONEY_FROM_TRUST : CD_MONEY_TO_TRUST,
                                     .amount_p = 1 + (apr_int64_t)roll(dice, (unsigned)sum),
                                     .on = cd_when_day(day(dice)) },
                    sizeof(cd_receipt_t)));
    }
    return made;
}

/* Everything that is reckoned of a claim, but what names records by number. */
typedef struct sums_t {
    cd_payable_t payable;
    cd_ledger_t ledger;
    cd_flag_outcome_t flag[FORMULAS_MAX];
    cd_stand_t stand;
    cd_stage_t stage;
    apr_int64_t asked_p, received_p, repaid_p, left_p, overdue_p, to_ask_p, to_repay_p;
    cd_net_t net;
    int weighed_seq, requested_on, due, none_exists;
    apr_uint32_t asked_rules;
} sums_t;

static void sums_of(sums_t *out, made_t *made, int number, apr_int64_t decided_p, apr_pool_t *pool)
{
    const cd_claim_t *claim = cd_claim_read(made->list, made->count, today(), pool);
    const cd_claim_money_t *money = cd_claim_money(claim, pool);
    const cd_decided_t decided = {
        .seq = 1, .flag_seq = 1, .org = "RZ1", .outcome = CD_DEC_PART, .amount_p = decided_p
    };
    cd_scheme_t schemes[FORMULAS_MAX];
    int count = every_scheme(schemes, number);
    cd_flag_input_t in = random_input(number, &schemes[0], pool);
    cd_round_in_t round = { .round = cd_round_read(claim, "RZ1", pool),
                            .flag_seq = 1,
                            .as_at = today() };
    cd_recovered_t *recovered;

    memset(out, 0, sizeof(*out));
    assert_null(cd_payable(&out->payable, money, pool));
    assert_null(cd_ledger(&out->ledger, money, pool));
    cd_flag_round(&in, claim, "RZ1", pool);
    out->requested_on = in.requested_on;
    out->due = in.due;
    out->none_exists = in.none_exists;
    out->asked_rules = in.asked_rules;
    out->weighed_seq = round.round->weighed_seq;
    const cd_flag_brief_t *brief = cd_flag_brief_of(&in, pool);
    for (int i = 0; i < count; i++) {
        cd_err_t *err = cd_flag_brief_compute(&out->flag[i], brief, &schemes[i], in.breaches_before,
                                              in.as_at, pool);
        if (err)
            fail_msg("claim %d under %s: %s", number, schemes[i].code, cd_err_line(err, pool));
    }
    out->stand = cd_decision_stand(&decided, 1, 0, claim);
    round.stand = out->stand;
    round.decision_seq = round.decision_flag_seq = 1;
    out->stage = cd_round_now(&round, pool)->stage;
    assert_null(cd_recovered_read(&recovered, claim, 1, decided_p, pool));
    out->asked_p = recovered->asked_p;
    out->received_p = recovered->received_p;
    out->repaid_p = recovered->repaid_p;
    out->left_p = recovered->left_p;
    out->overdue_p = recovered->overdue_p;
    out->to_ask_p = recovered->to_ask_p;
    out->to_repay_p = recovered->to_repay_p;
    assert_null(cd_net(&out->net, out->ledger.outlay_p < 0 ? 0 : out->ledger.outlay_p,
                       out->received_p, out->repaid_p, 0, pool));
}

static int same_flag(const cd_flag_outcome_t *a, const cd_flag_outcome_t *b)
{
    return a->state == b->state && a->indicated_p == b->indicated_p
           && a->would_be_p == b->would_be_p && a->sum.basis_p == b->sum.basis_p
           && a->sum.line_count == b->sum.line_count;
}

/* 10: what a regulator, a court or a contract took, and what somebody alleged, is kept and enters
 * no sum: whatever it says, no flag, payable, ledger, recovery or net cost of any scheme is another
 * by it, nor is a flag older or a step further. */
static void fines_enter_no_sum(void **state)
{
    apr_pool_t *pool;
    int fined = 0, alleged = 0, received = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        apr_pool_clear(pool);
        dice_t dice = { (apr_uint64_t)number * 13 + 1, cd_date_parse("2026-03-01"), 300 };
        made_t *made = claim_with_round(number, &dice, pool);
        const apr_int64_t decided_p = 1 + (apr_int64_t)roll(&dice, 900000);
        sums_t *before = apr_palloc(pool, sizeof(*before)),
               *after = apr_palloc(pool, sizeof(*after));
        sums_of(before, made, number, decided_p, pool);
        for (int more = 1 + (int)roll(&dice, 3); more; more--) {
            if (roll(&dice, 3)) {
                cd_regulatory_t *fine = apr_pcalloc(pool, sizeof(*fine));
                *fine =
                    (cd_regulatory_t){ .org = roll(&dice, 4) ? "RZ1" : "RZ2",
                                       .body = 1 + (int)roll(&dice, 5),
                                       .type = 1 + (int)roll(&dice, 5),
                                       .on = cd_when_day(day(&dice)),
                                       .breach_count = 1 + (int)roll(&dice, 50),
                                       .amount_p = roll(&dice, 3)
                                                       ? 1 + (apr_int64_t)roll(&dice, 2000000000)
                                                       : CD_PENCE_MAX };
                put(made, CD_REC_REGULATORY, fine);
                fined++;
            } else {
                cd_allegation_t *allegation = apr_pcalloc(pool, sizeof(*allegation));
                *allegation = (cd_allegation_t){ .org = "RZ1", .source = 1 + (int)roll(&dice, 6),
                    .received = cd_when_day(day(&dice)), .about = "a",
                    .outcome = 1 + (int)roll(&dice, 4) };
                put(made, CD_REC_ALLEGATION, allegation);
                alleged++;
            }
        }
        sums_of(after, made, number, decided_p, pool);
        for (int i = 0; i < FORMULAS_MAX; i++) {
            ROW_CHECK(same_flag(&before->flag[i], &after->flag[i]), number, "flag");
            memset(&before->flag[i], 0, sizeof(before->flag[i]));
            memset(&after->flag[i], 0, sizeof(after->flag[i]));
        }
        received += before->received_p > 0;
        ROW_CHECK(!memcmp(before, after, sizeof(*before)), number, "a sum or a step");
    }
    apr_pool_destroy(pool);
    assert_true(fined > CLAIMS && alleged > CLAIMS / 4 && received > CLAIMS / 4);
}

/* 2: outlay less what came back is the net cost, under every scheme; below zero only where a scheme
 * may ask for more than what it counts on, and then it is said so. */
static void net_cost(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    apr_pool_t *pool;
    int below = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        apr_pool_clear(pool);
        dice_t dice = { (apr_uint64_t)number * 17 + 3, 0, 1 };
        int count = every_scheme(schemes, number);
        cd_scheme_input_t in = { .damages_p = 1 + (apr_int64_t)roll(&dice, 3000000),
                                 .claimant_costs_p = roll(&dice, 2000000),
                                 .defence_costs_p = roll(&dice, 500000),
                                 .succeeded = 1,
                                 .breach_number = 1 + (int)roll(&dice, 5),
                                 .severity = 1 + (int)roll(&dice, 3),
                                 .extent = 1 + (int)roll(&dice, 3),
                                 .contribution_p = 2000000000 };
        const apr_int64_t outlay_p = in.damages_p + in.claimant_costs_p + in.defence_costs_p;
        for (int i = 0; i < count; i++) {
            cd_scheme_result_t out;
            cd_net_t net;
            if (number % 3 == 0 && schemes[i].formula == CD_L2_FIXED_IRRESPECTIVE) {
                schemes[i].may_exceed_basis = CD_YES;
                schemes[i].capped_by_damages = CD_NO;
            }
            assert_null(cd_scheme_compute(&out, &schemes[i], &in, pool));
            const int may = schemes[i].may_exceed_basis == CD_YES;
            const apr_int64_t repaid_p = out.indicated_p && roll(&dice, 4) == 0
                                             ? roll(&dice, 1000) % (out.indicated_p + 1)
                                             : 0;
            assert_null(cd_net(&net, outlay_p, out.indicated_p, repaid_p, may, pool));
            ROW_CHECK(net.outlay_p == outlay_p && net.recovered_p == out.indicated_p - repaid_p,
                      number, "sums");
            ROW_CHECK(net.net_p == net.outlay_p - net.recovered_p, number, "net");
            ROW_CHECK(net.net_p >= 0 || may, number, schemes[i].code);
            ROW_CHECK((net.below == CD_NET_BELOW_ALLOWED) == (net.net_p < 0), number, "labelled");
            below += net.net_p < 0;
        }
    }
    apr_pool_destroy(pool);
    assert_true(below > 100);
}

/* 3: of every scheme's indicated sum a decision takes 0, a part, or all of it, and not a penny
 * more. */
static void decided_within(void **state)
{
    static const cd_decider_t fresh = { 0, 0 };
    cd_scheme_t schemes[FORMULAS_MAX];
    apr_pool_t *pool;
    int decidable = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        apr_pool_clear(pool);
        dice_t dice = { (apr_uint64_t)number * 19 + 7, 0, 1 };
        int count = every_scheme(schemes, number);
        cd_scheme_t *scheme = &schemes[roll(&dice, (unsigned)count)];
        cd_flag_input_t in = random_input(number, scheme, pool);
        cd_flag_outcome_t flag;
        assert_null(cd_flag_brief_compute(&flag, cd_flag_brief_of(&in, pool), scheme,
                                          in.breaches_before, in.as_at, pool));
        const apr_int64_t r = flag.indicated_p;
        const apr_int64_t tries[] = { -1, 0, 1, r / 2, r - 1, r, r + 1, CD_PENCE_MAX };
        for (size_t i = 0; i < COUNT_OF(tries); i++)
            for (int outcome = CD_DEC_NONE; outcome <= CD_DEC_FULL; outcome++) {
                cd_decision_t d = {
                    .outcome = outcome, .amount_p = tries[i], .reasons = "R", .evidence_seen = "E"
                };
                cd_problems_t problems = { .pool = pool };
                cd_decision_check(&d, r, (int)flag.state, &fresh, &problems);
                const int fits = outcome == CD_DEC_NONE   ? tries[i] == 0
                                 : outcome == CD_DEC_FULL ? r > 0 && tries[i] == r
                                                          : tries[i] > 0 && tries[i] < r;
                ROW_CHECK((problems.count == 0) == fits, number, scheme->code);
                ROW_CHECK(problems.count || (d.amount_p >= 0 && d.amount_p <= r), number,
                          "0 <= amount <= R");
            }
        decidable += r > 0;
    }
    apr_pool_destroy(pool);
    assert_true(decidable > 300);
}

/* 14: which breach a decision is: one more than those that count, were decided before it and lie in
 * the window, however they are ordered; and taking one away never makes another a later one. */
static void breaches_counted(void **state)
{
    int later = 0;

    (void)state;
    for (int number = 0; number < CLAIMS; number++) {
        dice_t dice = { (apr_uint64_t)number * 23 + 11, 0, 1 };
        cd_breach_t all[8];
        const int count = 1 + (int)roll(&dice, 8);
        const cd_date_t begin = cd_date_make(2024, 2, 29) - 40;
        for (int i = 0; i < count; i++) {
            const cd_date_t on = begin + (cd_date_t)roll(&dice, 900);
            all[i] = (cd_breach_t){
                .claim_id = i + 1,
                .seq = 1,
                .outcome = 1 + (int)roll(&dice, 3),
                .amount_p = roll(&dice, 3),
                .standing = CD_STAND_PROPOSED + (int)roll(&dice, CD_STAND_REPLACED),
                .units = 1,
                .decided_at =
                    (cd_instant_t)(on - cd_date_make(1970, 1, 1)) * apr_time_from_sec(86400) + i
            };
        }
        const int which = (int)roll(&dice, (unsigned)count);
        const cd_date_t from = roll(&dice, 4) ? cd_date_make(2024 + (int)roll(&dice, 3), 4, 1) : 0;
        int want = 1;
        for (int i = 0; i < count; i++)
            want += i != which && cd_breach_counts(&all[i])
                    && all[i].decided_at < all[which].decided_at
                    && (!from || cd_london_date(all[i].decided_at) >= from);
        const int got = cd_breach_number(all, count, which, from);
        ROW_CHECK(got == want, number, "breach number");
        for (int i = 0; i < count; i++)
            if (i != which) {
                const int standing = (int)all[i].standing;
                all[i].standing = CD_STAND_QUASHED;
                ROW_CHECK(cd_breach_number(all, count, which, from) <= got, number, "quashed");
                all[i].standing = standing;
            }
        later += got > 1;
    }
    assert_true(later > CLAIMS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(fines_enter_no_sum), POOL_TEST(net_cost), POOL_TEST(decided_within),
                  POOL_TEST(breaches_counted),
    };

    return cmocka_run_group_tests_name("invariants_claim", tests, NULL, NULL);
}

/* test_invariants.c: what must hold of every case and claim, whatever is in it: the invariants of
 * the domain reference, section (d), that this ring can break, over thousands of generated files.
 * The generator is deterministic: a failure names its number, and that number makes the same file
 * again.
 *
 * Those on the side of the trusts are in test_invariants_claim.c; tests/README.md says where each
 * of the fourteen is held. */
#include "unit.h"

#include "flag_dice.h"
#include "domain/eval_json.h"
#include "domain/claim_money.h"
#include "domain/liability.h"

enum { CASES = 10000, CLAIMS = 10000 };

static const char *text_of(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 8192);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_evaluation_write(&w, eval, pool);
    return buf->data;
}

static cd_scheme_t scheme_of(int number)
{
    cd_scheme_t s = { .code = "T",
                      .version = 1,
                      .title = "T",
                      .formula = 1 + number % 4,
                      .basis = 1 + number % 3,
                      .requires_damages = number % 5 ? CD_YES : CD_NO,
                      .include_ppo = number % 2 ? CD_YES : CD_NO,
                      .may_exceed_basis = number % 7 ? CD_NO : CD_YES,
                      .capped_by_damages = number % 3 ? CD_NO : CD_YES,
                      .fixed_p = 1000000 + number % 977,
                      .steps_p = { 1000000, 2000000, 3000000 },
                      .step_count = 3,
                      .cap_p = number % 11 ? 0 : 2500000,
                      .floor_p = number % 13 ? 0 : 100000,
                      .material = 1 + number % 3,
                      .window = CD_WIN_ALL,
                      .breach_unit = CD_UNIT_CLAIM,
                      .evidence_days_wd = 20,
                      .authority = "T" };

    if (s.formula == CD_L0_SHADOW)
        s.shadow_of = CD_L1_FIXED_CAPPED_BY_DAMAGES;
    return s;
}

static cd_flag_t *flag_of(const cd_evaluation_t *eval, const cd_scheme_t *scheme, int number,
                          apr_pool_t *pool)
{
    cd_flag_case_t one = { "CM-1", eval };
    cd_flag_input_t in = { .org_code = "RZ1",
                           .jurisdiction = CD_JUR_ENG,
                           .claim_scheme = CD_SCHEME_CNST,
                           .cases = &one,
                           .case_count = 1,
                           .scheme = scheme,
                           .sums = { .damages_p = (apr_int64_t)number * 1009,
                                     .claimant_costs_p = 5000,
                                     .defence_costs_p = 700,
                                     .contribution_p = 2000000000,
                                     .succeeded = number % 6 != 0 },
                           .breaches_before = number % 5,
                           .requested_on = number % 2 ? cd_date_parse("2026-05-01") : CD_NO_DATE,
                           .due = number % 2 ? cd_date_parse("2026-05-29") : CD_NO_DATE,
                           .cal = made_calendar(pool),
                           .as_at = eval->as_at };
    cd_flag_t *flag;
    cd_err_t *err = cd_flag_compute(&flag, &in, pool);

    if (err)
        fail_msg("flag %d: %s", number, cd_err_line(err, pool));
    return flag;
}

static int status_rank(const cd_result_t *r)
{
    switch (r->status) {
    case CD_ST_NOT_MET: return 4;
    case CD_ST_UNDETERMINED: return 3;
    case CD_ST_PENDING: return 2;
    case CD_ST_MET_LATE: return 1;
    default: return 0;
    }
}

static int flag_rank(const cd_flag_t *flag)
{
    switch (flag->state) {
    case CD_FLAG_BREACH_INDICATED: return 3;
    case CD_FLAG_EVIDENCE_NOT_PROVIDED: return 2;
    case CD_FLAG_EVIDENCE_REQUESTED: return 1;
    default: return 0;
    }
}

/* Changes what it wants in a copy; 1 if it changed anything. */
typedef int (*change_fn)(made_t *made, int number);

static int apologise(made_t *made, int number)
{
    int changed = 0;
    for (int i = 0; i < made->count; i++) {
        cd_record_t *r = &made->list[i];
        if ((i + number) % 2)
            continue;
        if (r->kind == CD_REC_TALK)
            BODY_OF(cd_talk_t, r)->apology_given = CD_YES;
        else if (r->kind == CD_REC_LETTER)
            BODY_OF(cd_letter_t, r)->apology_given = CD_YES;
        else if (r->kind == CD_REC_RESULTS)
            BODY_OF(cd_results_t, r)->apology_given = CD_YES;
        else
            continue;
        changed = 1;
    }
    return changed;
}

static int other_words(made_t *made, int number)
{
    static const char *const words[] = { NULL, "We are sorry", "We are sorry if you feel hurt",
                                         "It was our fault" };
    int changed = 0;
    for (int i = 0; i < made->count; i++)
        if (made->list[i].kind == CD_REC_TALK) {
            BODY_OF(cd_talk_t, &made->list[i])->apology_words = words[(i + number) % 4];
            changed = 1;
        }
    return changed;
}

static int more_on_record(made_t *made, int number)
{
    int changed = 0;
    for (int i = 0; i < made->count; i++) {
        cd_record_t *r = &made->list[i];
        if ((i + number) % 2)
            continue;
        if (r->kind == CD_REC_TALK) {
            BODY_OF(cd_talk_t, r)->facts_given = CD_YES;
            BODY_OF(cd_talk_t, r)->enquiries_told = CD_YES;
            BODY_OF(cd_talk_t, r)->spoke_name = "Somebody";
            BODY_OF(cd_talk_t, r)->support |= 1u << CD_SUPPORT_NAMED_CONTACT;
        } else if (r->kind == CD_REC_LETTER) {
            BODY_OF(cd_letter_t, r)->account_given = CD_YES;
            BODY_OF(cd_letter_t, r)->enquiries_given = CD_YES;
            BODY_OF(cd_letter_t, r)->copy_kept = "Folder";
            if (cd_when_known(BODY_OF(cd_letter_t, r)->sent))
                BODY_OF(cd_letter_t, r)->proof = "Slip";
        } else {
            continue;
        }
        changed = 1;
    }
    return changed;
}

static int lfpse_grades(made_t *made, int number)
{
    int changed = 0;
    for (int i = 0; i < made->count; i++)
        if (made->list[i].kind == CD_REC_GRADING) {
            BODY_OF(cd_grading_t, &made->list[i])->physical = (i + number) % 6;
            BODY_OF(cd_grading_t, &made->list[i])->psychological = (i + number) % 5;
            changed = 1;
        }
    return changed;
}

static int fines(made_t *made, int number)
{
    int changed = 0;
    for (int i = 0; i < made->count; i++)
        if (made->list[i].kind == CD_REC_FINDING) {
            BODY_OF(cd_finding_t, &made->list[i])->penalty_p = (apr_int64_t)(i + number) * 125000;
            changed = 1;
        }
    return changed;
}

static int exempt(made_t *made, int number)
{
    static cd_exemption_t body = { .authoriser = "D", .role = "Director", .reason = "Some reason" };
    (void)number;
    body.given = cd_when_day(cd_date_parse("2026-01-01"));
    made->list[made->count] = (cd_record_t){
        .seq = made->count + 1, .kind = CD_REC_EXEMPTION, .body = &body, .happened = body.given
    };
    made->count++;
    return 1;
}

/* Runs a change over every generated case; gives how many it changed. */
static int each(change_fn change, int same, void **state)
{
    apr_pool_t *pool;
    int changed = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *other = copy_of(made, pool);
        cd_scheme_t schemes[FORMULAS_MAX], scheme;
        scheme = schemes[number % every_scheme(schemes, number)];    /* each formula in turn */
        if (!change(other, number))
            continue;
        cd_evaluation_t *was = evaluate(made, number, as_at_of(number), pool);
        cd_evaluation_t *is = evaluate(other, number, as_at_of(number), pool);
        cd_flag_t *flag_was = flag_of(was, &scheme, number, pool),
                  *flag_is = flag_of(is, &scheme, number, pool);
        changed++;
        if (same && (strcmp(text_of(was, pool), text_of(is, pool))
                     || strcmp(cd_flag_json(flag_was, pool), cd_flag_json(flag_is, pool))))
            fail_msg("case %d: the answer changed", number);
        for (int i = 0; i < was->count; i++)
            if (status_rank(&is->results[i]) > status_rank(&was->results[i]))
                fail_msg("case %d, %s: was %s: %s: is %s: %s", number, was->results[i].rule->code,
                         cd_token_word(cd_statuses, (int)was->results[i].status),
                         was->results[i].sentence,
                         cd_token_word(cd_statuses, (int)is->results[i].status),
                         is->results[i].sentence);
        if (flag_rank(flag_is) > flag_rank(flag_was)
            || flag_is->indicated_p > flag_was->indicated_p)
            fail_msg("case %d: the flag went from %s to %s", number, flag_was->verdict,
                     flag_is->verdict);
    }
    apr_pool_destroy(pool);
    return changed;
}

/* 6: an apology, however worded, never worsens any status, flag or sum. */
static void apology_never_worsens(void **state)
{
    assert_true(each(apologise, 0, state) > CASES / 2);
    assert_true(each(other_words, 1, state) > CASES / 3);
}

/* Something more on record never worsens an answer. */
static void more_never_worsens(void **state)
{
    assert_true(each(more_on_record, 0, state) > CASES / 4);
}

/* 7, second half: an exemption changes no rule. 8: nothing depends on the LFPSE grade. 10: fines
 * are a memo. */
static void what_changes_nothing(void **state)
{
    assert_int_equal(each(exempt, 1, state), CASES);
    assert_true(each(lfpse_grades, 1, state) > CASES / 5);
    assert_true(each(fines, 1, state) > CASES / 5);
}

static int stands_in_vain(const cd_case_t *file)
{
    const cd_record_t *r = NULL;
    if (cd_case_next(file, CD_REC_REFUSAL, NULL))
        return 1;
    while ((r = cd_case_next(file, CD_REC_ATTEMPT, r)))
        if (((const cd_attempt_t *)r->body)->outcome != CD_ATTEMPT_REACHED)
            return 1;
    return 0;
}

/* 7: EXCUSED needs an attempt or a refusal on record, and no talk. */
static void excuse_needs_a_record(void **state)
{
    apr_pool_t *pool;
    int excused = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool);
        cd_evaluation_t *eval = evaluate(made, number, as_at_of(number), pool);
        cd_case_t *file = cd_case_read(made->list, made->count, &made_org, as_at_of(number), pool);
        if (!eval->tally[CD_ST_EXCUSED])
            continue;
        excused++;
        ROW_CHECK(stands_in_vain(file) && !cd_case_next(file, CD_REC_TALK, NULL), number,
                  "excused");
    }
    apr_pool_destroy(pool);
    assert_true(excused > CASES / 50);
}

/* 5: same inputs, same answer; and the order in which records are read does not matter. */
static void same_answer(void **state)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *turned = copy_of(made, pool);
        const char *first = text_of(evaluate(made, number, as_at_of(number), pool), pool);
        dice_t dice = { (apr_uint64_t)number + 5, 0, 0 };
        ROW_CHECK(!strcmp(first, text_of(evaluate(made, number, as_at_of(number), pool), pool)),
                  number, "again");
        for (int i = turned->count - 1; i > 0; i--) {
            int k = (int)roll(&dice, (unsigned)i + 1);
            cd_record_t held = turned->list[i];
            turned->list[i] = turned->list[k];
            turned->list[k] = held;
        }
        ROW_CHECK(!strcmp(first, text_of(evaluate(turned, number, as_at_of(number), pool), pool)),
                  number, "shuffled");
    }
    apr_pool_destroy(pool);
}

/* 9: what is recorded after a day does not change what was known at its end. */
static void yesterday_stays(void **state)
{
    apr_pool_t *pool;
    int late = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *then = apr_pcalloc(pool, sizeof(*then));
        cd_date_t as_at = cd_date_parse("2026-03-01") + number % 250;
        for (int i = 0; i < made->count; i++)
            if (!made->list[i].recorded_at || cd_london_date(made->list[i].recorded_at) <= as_at)
                then->list[then->count++] = made->list[i];
        late += then->count < made->count;
        ROW_CHECK(!strcmp(text_of(evaluate(made, number, as_at, pool), pool),
                          text_of(evaluate(then, number, as_at, pool), pool)), number, "as at");
    }
    apr_pool_destroy(pool);
    assert_true(late > CASES / 4);
}

/* No rule that the law leaves to judgement fails by the calendar alone: NOT_MET has a person behind
 * it, or what the record itself says. */
static void calendar_alone_fails_nothing(void **state)
{
    static const char *const by_date[] = { "E02", "E04", "E07", "E08", "E10", "E12" };
    apr_pool_t *pool;
    int seen = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        cd_evaluation_t *eval =
            evaluate(random_case(number, pool), number, cd_date_parse("2028-06-01"), pool);
        for (size_t i = 0; i < COUNT_OF(by_date); i++) {
            const cd_result_t *r = cd_evaluation_rule(eval, by_date[i]);
            ROW_CHECK(r->status != CD_ST_NOT_MET || r->by_person, number, by_date[i]);
            ROW_CHECK(r->status != CD_ST_MET_LATE || r->by_kind == CD_REC_FINDING, number,
                      by_date[i]);
            seen += r->status == CD_ST_UNDETERMINED;
        }
    }
    apr_pool_destroy(pool);
    assert_true(seen > CASES);
}

/* 1, 2, 3 and 14: the claimant's sum is the claim's alone; shares add up; 0 <= R <= basis; what
 * trusts may be asked for never passes what was paid out, unless the scheme says that it may. */
static void claims(void **state)
{
    apr_pool_t *pool;
    int asked = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        apr_pool_clear(pool);
        made_t *made = random_claim(number, pool);
        cd_claim_t *claim =
            cd_claim_read(made->list, made->count, cd_date_parse("2027-06-01"), pool);
        cd_problems_t problems = { .pool = pool };
        cd_payable_t before, after;
        cd_ledger_t ledger;
        apr_int64_t d[CD_PARTIES_MAX], sum = 0;
        assert_true(cd_parties_check(claim->parties, &problems));
        assert_null(cd_ledger(&ledger, cd_claim_money(claim, pool), pool));
        assert_null(cd_payable(&before, cd_claim_money(claim, pool), pool));
        assert_int_equal(before.total_p, before.damages_p + before.costs_p);
        assert_null(cd_share_split(d, claim->parties, before.damages_p, pool));
        for (int i = 0; i < CD_PARTIES_MAX; i++)
            sum += d[i];
        assert_int_equal(sum, before.damages_p);
        for (int formula = CD_L0_SHADOW; formula <= CD_L3_FIXED_RISING; formula++) {
            cd_scheme_t scheme = scheme_of(number);
            apr_int64_t total = 0;
            scheme.formula = formula;
            scheme.shadow_of = formula == CD_L0_SHADOW ? CD_L2_FIXED_IRRESPECTIVE : 0;
            scheme.basis = CD_BASIS_D;
            scheme.include_ppo = CD_NO;
            for (int i = 0; i < CD_PARTIES_MAX; i++) {
                cd_scheme_input_t in = { .damages_p = d[i], .succeeded = cd_claim_succeeded(claim),
                                         .breach_number = 1 + number % 4 };
                cd_scheme_result_t out;
                assert_null(cd_scheme_compute(&out, &scheme, &in, pool));
                ROW_CHECK(out.indicated_p >= 0, number, "R >= 0");
                ROW_CHECK(scheme.may_exceed_basis == CD_YES || out.indicated_p <= out.basis_p,
                          number, "R <= basis");
                ROW_CHECK(formula != CD_L0_SHADOW || !out.indicated_p, number,
                          "L0 asks for nothing");
                total += out.indicated_p;
                asked += out.indicated_p > 0;
            }
            /* 2: net cost of the fund is outlay less what it gets back, and not below zero */
            ROW_CHECK(scheme.may_exceed_basis == CD_YES || before.damages_p - total >= 0, number,
                      "net");
            assert_null(cd_payable(&after, cd_claim_money(claim, pool), pool));
            assert_memory_equal(&before, &after, sizeof(before));
        }
    }
    apr_pool_destroy(pool);
    assert_true(asked > CLAIMS);
}

/* 3 and 4: a decision takes 0 to R and nothing else, and needs a flag, reasons, evidence, and the
 * right person. */
static void decisions(void **state)
{
    apr_pool_t *pool;
    int taken = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        dice_t dice = { (apr_uint64_t)number + 99, 0, 0 };
        apr_int64_t most = roll(&dice, 4) ? (apr_int64_t)roll(&dice, 1000) : 0;
        cd_decision_t d = { .outcome = (int)roll(&dice, 4),
                            .amount_p = (apr_int64_t)roll(&dice, 1100) - 50,
                            .reasons = roll(&dice, 5) ? "Reasons" : NULL,
                            .evidence_seen = roll(&dice, 5) ? "All" : NULL };
        cd_decider_t decider = { roll(&dice, 5) == 0, roll(&dice, 5) == 0 };
        int state_now = roll(&dice, 5) ? (int)CD_FLAG_BREACH_INDICATED : 0;
        cd_problems_t problems = { .pool = pool };
        if (roll(&dice, 3) == 0)
            d.amount_p = d.outcome == CD_DEC_FULL ? most : 0;
        cd_decision_check(&d, most, state_now, &decider, &problems);
        int whole = d.reasons && d.evidence_seen && state_now && !decider.entered_evidence
                    && !decider.of_the_trust;
        int fits = (d.outcome == CD_DEC_NONE && d.amount_p == 0)
                || (d.outcome == CD_DEC_FULL && d.amount_p == most && most > 0)
                || (d.outcome == CD_DEC_PART && d.amount_p > 0 && d.amount_p < most);
        ROW_CHECK((problems.count == 0) == (whole && fits), number, "decision");
        taken += problems.count == 0;
    }
    apr_pool_destroy(pool);
    assert_true(taken > CASES / 20);
}

/* 14: sums near the most that can be reckoned with neither wrap nor lose a penny. */
static void large_sums(void **state)
{
    cd_parties_t parties = { .party = { { "RZ1", 3333, NULL }, { "RZ2", 6667, NULL } } };

    for (int i = 0; i < 2000; i++) {
        apr_int64_t total = CD_PENCE_MAX - (apr_int64_t)i * 7919, parts[CD_PARTIES_MAX];
        cd_scheme_t scheme = scheme_of(i);
        cd_scheme_input_t in = { .damages_p = total,
                                 .ppo_capital_p = total,
                                 .claimant_costs_p = total,
                                 .defence_costs_p = total,
                                 .succeeded = 1,
                                 .breach_number = 1 + i };
        cd_scheme_result_t out;
        assert_null(cd_share_split(parts, &parties, total, *state));
        assert_int_equal(parts[0] + parts[1], total);
        assert_true(parts[0] >= 0 && parts[1] >= 0);
        assert_null(cd_scheme_compute(&out, &scheme, &in, *state));
        assert_true(out.basis_p >= total && out.indicated_p >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(apology_never_worsens), POOL_TEST(more_never_worsens),
                  POOL_TEST(what_changes_nothing),
        POOL_TEST(excuse_needs_a_record), POOL_TEST(same_answer), POOL_TEST(yesterday_stays),
        POOL_TEST(calendar_alone_fails_nothing), POOL_TEST(claims), POOL_TEST(decisions),
                  POOL_TEST(large_sums),
    };

    return cmocka_run_group_tests_name("invariants", tests, NULL, NULL);
}

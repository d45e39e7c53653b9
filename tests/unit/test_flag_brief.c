/* test_flag_brief.c: the short form of a flag says what the full flag says, under every scheme, and
 * reads back only as it was written. */
#include "unit.h"

#include "domain/claim_money.h"
#include "domain/flag_brief.h"
#include "flag_dice.h"

enum { CLAIMS = 2000 };

static cd_flag_outcome_t outcome_of(const cd_flag_brief_t *brief, const cd_flag_input_t *in,
                                    int number, apr_pool_t *pool)
{
    cd_flag_outcome_t out;
    cd_err_t *err =
        cd_flag_brief_compute(&out, brief, in->scheme, in->breaches_before, in->as_at, pool);

    if (err)
        fail_msg("claim %d under %s: %s", number, in->scheme->code, cd_err_line(err, pool));
    return out;
}

/* The full flag and the flag of the brief's text, under each formula. */
static void agree(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    int seen[CD_FLAG_NO_INCIDENT + 1] = { 0 };
    apr_size_t longest = 0, all = 0;
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        apr_pool_clear(pool);
        int count = every_scheme(schemes, number);
        cd_flag_input_t in = random_input(number, &schemes[0], pool);
        const char *text = cd_flag_brief_encode(cd_flag_brief_of(&in, pool), pool);
        cd_flag_brief_t *brief;
        if (cd_flag_brief_decode(&brief, text, pool))
            fail_msg("claim %d does not read: %s", number, text);
        assert_string_equal(cd_flag_brief_encode(brief, pool), text);
        longest = strlen(text) > longest ? strlen(text) : longest;
        all += strlen(text);
        for (int i = 0; i < count; i++) {
            cd_flag_t *flag;
            in.scheme = &schemes[i];
            cd_flag_outcome_t out = outcome_of(brief, &in, number, pool);
            assert_null(cd_flag_compute(&flag, &in, pool));
            ROW_CHECK(out.state == flag->state, number, flag->verdict);
            ROW_CHECK(out.indicated_p == flag->indicated_p, number, schemes[i].code);
            ROW_CHECK(out.would_be_p == flag->sum.would_be_p, number, schemes[i].code);
            ROW_CHECK(out.missing == flag->missing && out.answer_by == flag->answer_by, number,
                      schemes[i].code);
            assert_memory_equal(&out.counted, &flag->counted, sizeof(out.counted));
            assert_string_equal(out.why, flag->verdict);
            seen[out.state]++;
        }
    }
    apr_pool_destroy(pool);
    for (int i = 1; i <= CD_FLAG_NO_INCIDENT; i++)
        ROW_CHECK(seen[i] > 0, i, "a state that no claim reached");
    assert_true(longest < 1000);
    assert_true(all / CLAIMS < 300);
}

/* Stored inputs come back whole and give the stored answer byte for byte, under every scheme; a
 * changed one is refused or gives another answer. */
static void replayed(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < 600; number++) {
        apr_pool_clear(pool);
        int count = every_scheme(schemes, number);
        cd_flag_input_t in = random_input(number, &schemes[number % count], pool), *back;
        const char *inputs = cd_flag_inputs_json(&in, pool);
        cd_flag_t *flag, *again;
        cd_err_t *err = cd_flag_inputs_read(&back, inputs, pool);
        if (err)
            fail_msg("claim %d: %s", number, cd_err_line(err, pool));
        assert_string_equal(cd_flag_inputs_json(back, pool), inputs);
        assert_null(cd_flag_compute(&flag, &in, pool));
        assert_null(cd_flag_compute(&again, back, pool));
        assert_string_equal(cd_flag_json(again, pool), cd_flag_json(flag, pool));
        assert_null(cd_flag_read(&again, cd_flag_json(flag, pool), pool));
        assert_string_equal(cd_flag_json(again, pool), cd_flag_json(flag, pool));
        assert_non_null(cd_flag_inputs_read(&back, apr_pstrcat(pool, inputs, " ", NULL), pool));
    }
    apr_pool_destroy(pool);
}

/* 1 and 3 over all schemes for each claim: the claimant's sum is the claim's alone whatever a flag
 * says, and R never passes the basis unless the scheme is marked. 10,000 claims. */
static void every_claim(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    apr_pool_t *pool;
    int asked = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < 10000; number++) {
        apr_pool_clear(pool);
        int count = every_scheme(schemes, number);
        cd_flag_input_t in = random_input(number, &schemes[0], pool);
        const cd_flag_brief_t *brief = cd_flag_brief_of(&in, pool);
        made_t *made = random_claim(number, pool);
        cd_claim_t *claim =
            cd_claim_read(made->list, made->count, cd_date_parse("2027-06-01"), pool);
        cd_payable_t before, after;
        assert_null(cd_payable(&before, cd_claim_money(claim, pool), pool));
        for (int i = 0; i < count; i++) {
            in.scheme = &schemes[i];
            cd_flag_outcome_t out = outcome_of(brief, &in, number, pool);
            ROW_CHECK(out.indicated_p >= 0 && out.indicated_p <= out.would_be_p, number, "0 <= R");
            ROW_CHECK(schemes[i].may_exceed_basis == CD_YES || out.would_be_p <= out.sum.basis_p,
                      number, "R <= basis");
            ROW_CHECK(schemes[i].formula != CD_L0_SHADOW || !out.indicated_p, number,
                      "L0 asks for nothing");
            ROW_CHECK(out.state == CD_FLAG_BREACH_INDICATED || !out.would_be_p, number,
                      "no breach, no sum");
            assert_null(cd_payable(&after, cd_claim_money(claim, pool), pool));
            assert_memory_equal(&before, &after, sizeof(before));
            asked += out.indicated_p > 0;
        }
    }
    apr_pool_destroy(pool);
    assert_true(asked > 1000);
}

/* 6: an apology never makes a flag worse: the same records with it and without, and with it the
 * flag is never the graver and never the dearer, under any scheme. 10,000 claims. */
static int gravity(cd_flag_state_t state)
{
    return state == CD_FLAG_BREACH_INDICATED ? 2
         : state == CD_FLAG_EVIDENCE_NOT_PROVIDED || state == CD_FLAG_EVIDENCE_REQUESTED ? 1 : 0;
}

static int without_apology(made_t *made, apr_pool_t *pool)
{
    int taken = 0;
    for (int i = 0; i < made->count; i++) {
        cd_record_t *r = &made->list[i];
        if (r->kind == CD_REC_TALK && ((const cd_talk_t *)r->body)->apology_given) {
            cd_talk_t *talk = apr_pmemdup(pool, r->body, sizeof(*talk));
            talk->apology_given = CD_NO;
            talk->apology_words = NULL;
            r->body = talk;
            taken++;
        }
        if (r->kind == CD_REC_LETTER && ((const cd_letter_t *)r->body)->apology_given) {
            cd_letter_t *letter = apr_pmemdup(pool, r->body, sizeof(*letter));
            letter->apology_given = CD_NO;
            r->body = letter;
            taken++;
        }
    }
    return taken;
}

static void with_apology(made_t *made)
{
    for (int i = 0; i < made->count; i++)
        if (made->list[i].kind == CD_REC_TALK)
            BODY_OF(cd_talk_t, &made->list[i])->apology_given = CD_YES;
        else if (made->list[i].kind == CD_REC_LETTER)
            BODY_OF(cd_letter_t, &made->list[i])->apology_given = CD_YES;
}

static void apology(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    int differed = 0, with = 0;
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < 10000; number++) {
        apr_pool_clear(pool);
        int count = every_scheme(schemes, number);
        cd_flag_input_t in = random_input(number, &schemes[0], pool), less = in;
        cd_flag_case_t said[1], unsaid[1];
        made_t *made = random_case(number * 3, pool);
        with_apology(made);
        said[0] = (cd_flag_case_t){ "CM-1", evaluate(made, number, as_at_of(number), pool) };
        with += without_apology(made, pool) > 0;
        unsaid[0] = (cd_flag_case_t){ "CM-1", evaluate(made, number, as_at_of(number), pool) };
        in.cases = said;
        less.cases = unsaid;
        in.case_count = less.case_count = 1;
        const cd_flag_brief_t *better = cd_flag_brief_of(&in, pool),
                              *worse = cd_flag_brief_of(&less, pool);
        for (int i = 0; i < count; i++) {
            in.scheme = &schemes[i];
            cd_flag_outcome_t a = outcome_of(better, &in, number, pool),
                              b = outcome_of(worse, &in, number, pool);
            ROW_CHECK(gravity(a.state) <= gravity(b.state), number, schemes[i].code);
            ROW_CHECK(a.would_be_p <= b.would_be_p, number, schemes[i].code);
            differed += a.state != b.state;
        }
    }
    apr_pool_destroy(pool);
    assert_true(with > 3000);
    assert_true(differed > 1000);
}

/* The largest sums that the program takes, under each formula: reckoned, or refused as too large,
 * never wrapped. */
static void largest(void **state)
{
    cd_scheme_t schemes[FORMULAS_MAX];
    cd_flag_brief_t *brief;
    int reckoned = 0;

    assert_null(cd_flag_brief_decode(
        &brief,
        apr_psprintf(*state,
                     "f1 1 1 1 0 0 0 0 0 0 0 %" APR_INT64_T_FMT " %" APR_INT64_T_FMT
                     " %" APR_INT64_T_FMT " %" APR_INT64_T_FMT " 1 %" APR_INT64_T_FMT
                     " | E02N E09N C01L",
                     CD_PENCE_MAX, CD_PENCE_MAX, CD_PENCE_MAX, CD_PENCE_MAX, CD_PENCE_MAX),
        *state));
    for (int number = 1; number < 200; number++) {
        int count = every_scheme(schemes, number);
        for (int i = 0; i < count; i++) {
            cd_scheme_t *s = &schemes[i];
            cd_flag_outcome_t out;
            s->fixed_p = s->fixed_p ? CD_PENCE_MAX : 0;
            s->step_p = s->step_p ? CD_PENCE_MAX : 0;
            s->excess_p = s->excess_p ? CD_PENCE_MAX : 0;
            s->steps_p[2] = s->step_count ? CD_PENCE_MAX : 0;
            cd_err_t *err =
                cd_flag_brief_compute(&out, brief, s, 900000, cd_date_parse("2026-06-01"), *state);
            if (err) {
                ROW_CHECK(err->code == CD_E_RANGE, number, cd_err_line(err, *state));
                continue;
            }
            reckoned++;
            ROW_CHECK(out.indicated_p >= 0 && out.indicated_p <= out.would_be_p, number, s->code);
            ROW_CHECK(s->may_exceed_basis == CD_YES || out.would_be_p <= 4 * CD_PENCE_MAX, number,
                      s->code);
            for (int k = 0; k < out.sum.line_count; k++)
                ROW_CHECK(out.sum.lines[k].amount_p >= 0, number, out.sum.lines[k].text);
        }
    }
    assert_true(reckoned > 1000);
}

/* First days of the windows that breaches are counted in, where the calendar turns. */
static void windows(void **state)
{
    static const struct { cd_window_t window; const char *on, *first; } rows[] = {
        { CD_WIN_FINANCIAL_YEAR, "2026-03-31", "2025-04-01" }, { CD_WIN_FINANCIAL_YEAR,
          "2026-04-01", "2026-04-01" },
        { CD_WIN_FINANCIAL_YEAR, "2024-02-29", "2023-04-01" }, { CD_WIN_FINANCIAL_YEAR,
          "2027-01-01", "2026-04-01" },
        { CD_WIN_ROLLING_12, "2026-03-31", "2025-04-01" }, { CD_WIN_ROLLING_12, "2026-04-01",
          "2025-04-02" },
        { CD_WIN_ROLLING_12, "2024-02-29", "2023-03-01" }, { CD_WIN_ROLLING_12, "2025-02-28",
          "2024-02-29" },
        { CD_WIN_ROLLING_12, "2024-03-01", "2023-03-02" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (cd_window_start(rows[i].window, cd_date_parse(rows[i].on))
            != cd_date_parse(rows[i].first))
            fail_msg(
                "row %d: %s, not %s", (int)i,
                cd_date_iso(cd_window_start(rows[i].window, cd_date_parse(rows[i].on)), *state),
                rows[i].first);
    assert_int_equal(cd_window_start(CD_WIN_ALL, cd_date_parse("2024-02-29")), 0);
}

static void refused(void **state)
{
    static const char *const bad[] = {
        "", "f1", "f2 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "f1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "f1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ",
        "f1 01 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "f1 -1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 E02M",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | E02", "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | "
        "E0233333333M",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | E02Q",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | E99M", "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | "
        "E02M.00000",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | E02U.9000", "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 | "
        "E02U.99000",
        "f1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 |", "f1 99999999999 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "f1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 99999999999999999999",
    };
    cd_flag_brief_t *brief;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        ROW_CHECK(cd_flag_brief_decode(&brief, bad[i], *state), i, bad[i]);
    assert_null(cd_flag_brief_decode(
        &brief, "f1 1 1 2 0 0 0 0 0 0 0 5 0 0 0 1 0 | E02U.20000 | E02N.00205", *state));
    assert_int_equal(brief->rule_count, 2);
    assert_int_equal(brief->rules[0].why, CD_WHY_NO_PROOF);
    assert_int_equal(brief->rules[1].of_case, 2);
    assert_int_equal(brief->rules[1].by_kind, CD_REC_FINDING);
    assert_int_equal(brief->rules[1].by_finder, CD_FINDER_COURT);
}

/* One text pinned: what stands in rows is read for ever. */
static void pinned(void **state)
{
    cd_flag_brief_t *brief;
    const char *text = "f1 1 1 1 0 0 0 739558 739586 0 512 3220000 0 4600000 90000 1 2000000000 | "
                       "E01M E02L E03N.00150 E04P "
                       "E05X E06A E07U.31000";
    static const cd_status_t want[] = { CD_ST_MET,         CD_ST_MET_LATE, CD_ST_NOT_MET,
                                        CD_ST_PENDING,     CD_ST_EXCUSED,  CD_ST_NOT_APPLICABLE,
                                        CD_ST_UNDETERMINED };

    assert_null(cd_flag_brief_decode(&brief, text, *state));
    assert_int_equal(brief->rule_count, 7);
    for (int i = 0; i < 7; i++)
        assert_int_equal(brief->rules[i].status, want[i]);
    assert_int_equal(brief->asked_rules, 1u << CD_RULE_E09);
    assert_int_equal(brief->sums.contribution_p, 2000000000);
    assert_int_equal(brief->rules[6].why, CD_WHY_JUDGE);
    assert_int_equal(brief->rules[6].gate, CD_GATE_OPINION);
    assert_int_equal(brief->rules[2].by_kind, CD_REC_JUDGEMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(agree),       POOL_TEST(replayed),
                                        POOL_TEST(every_claim), POOL_TEST(apology),
                                        POOL_TEST(largest),     POOL_TEST(windows),
                                        POOL_TEST(refused),     POOL_TEST(pinned) };

    return cmocka_run_group_tests_name("flag brief", tests, NULL, NULL);
}

/* test_claim_money.c: invariant 1 as a property: what the claimant is due is the same whatever the
 * scheme and the trusts do between them; and reserves, which are no payment. */
#include "unit.h"

#include "case_dice.h"
#include "domain/claim_reserve.h"
#include "domain/liability.h"

#define CLAIMS 10000
#define MORE 12

static apr_int64_t pence(dice_t *dice)
{
    return 1 + (apr_int64_t)roll(dice, 2000000) * 100 + (apr_int64_t)roll(dice, 100);
}

static void add(made_t *made, cd_record_kind_t kind, const void *body, int supersedes)
{
    cd_record_t *r = &made->list[made->count];

    assert_true(made->count < RECORDS_MAX);
    *r = (cd_record_t){ .seq = ++made->count, .kind = kind, .body = body, .supersedes = supersedes,
                        .happened = cd_body_happened(cd_record_def(kind), body) };
}

static made_t *claim_made(dice_t *dice, apr_pool_t *pool)
{
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    cd_claim_facts_t *facts = apr_pcalloc(pool, sizeof(*facts));
    int payments = (int)roll(dice, 8);

    facts->title = "Made up";
    facts->scheme = CD_SCHEME_CNST;
    facts->agreed_damages_p = roll(dice, 2) ? pence(dice) : 0;
    facts->agreed_costs_p = roll(dice, 2) ? pence(dice) : 0;
    add(made, CD_REC_CLAIM, facts, 0);
    for (int i = 0; i < payments; i++) {
        cd_payment_t *payment = apr_pcalloc(pool, sizeof(*payment));
        payment->kind = CD_PAY_DAMAGES_LUMP + (int)roll(dice, CD_PAY_CRU - CD_PAY_DAMAGES_LUMP + 1);
        payment->amount_p = pence(dice);
        add(made, CD_REC_PAYMENT, payment, 0);
        if (!roll(dice, 4)) {
            cd_payment_t *back = apr_pmemdup(pool, payment, sizeof(*back));
            back->reverses = made->count;
            add(made, CD_REC_PAYMENT, back, 0);
        }
    }
    return made;
}

/* Fills whatever fields a kind has with something, so that any sum, trust or number is there to be
 * misread. */
static void *body_made(dice_t *dice, const cd_record_def_t *def, apr_pool_t *pool)
{
    void *body = apr_pcalloc(pool, def->size);

    for (int i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];
        switch (field->type) {
        case CD_FT_PENCE: *CD_FIELD_AT(apr_int64_t, body, field) = pence(dice); break;
        case CD_FT_BP:
        case CD_FT_INT:
            *CD_FIELD_AT(apr_int64_t, body, field) = 1 + (apr_int64_t)roll(dice, 9);
            break;
        case CD_FT_SEQ: *CD_FIELD_AT(int, body, field) = 1 + (int)roll(dice, 9); break;
        case CD_FT_TOKEN: *CD_FIELD_AT(int, body, field) = field->tokens->value; break;
        case CD_FT_ODS: *CD_FIELD_AT(const char *, body, field) = "RZ1"; break;
        default: break;
        }
    }
    return body;
}

/* Any sequence of every kind that stands between the scheme and a trust, and of reserves, steps and
 * take-backs. */
static void round_adds(made_t *made, dice_t *dice, int *kinds, apr_pool_t *pool)
{
    int count, more = 1 + (int)roll(dice, MORE);
    const cd_record_def_t *defs = cd_record_defs(&count);

    while (more > 0) {
        const cd_record_def_t *def = &defs[roll(dice, (unsigned)count)];
        if (def->file != CD_FILE_CLAIM || def->kind == CD_REC_CLAIM || def->kind == CD_REC_PAYMENT
            || def->kind == CD_REC_TAKEN_BACK)
            continue;
        add(made, def->kind, body_made(dice, def, pool), 0);
        kinds[def->kind]++;
        if (!roll(dice, 5)) {
            add(made, CD_REC_TAKEN_BACK, apr_pcalloc(pool, sizeof(cd_taken_back_t)), made->count);
            kinds[CD_REC_TAKEN_BACK]++;
        }
        more--;
    }
}

static void same_whatever(void **state)
{
    int kinds[128] = { 0 }, count;
    const cd_record_def_t *defs = cd_record_defs(&count);
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        dice_t dice = { (apr_uint64_t)number + 1, 0, 1 };
        cd_payable_t before, after;
        cd_ledger_t paid, still;
        made_t *made;
        apr_pool_clear(pool);
        made = claim_made(&dice, pool);
        const cd_date_t today = cd_date_parse("2027-06-01");
        const cd_claim_money_t *money =
            cd_claim_money(cd_claim_read(made->list, made->count, today, pool), pool);
        assert_null(cd_payable(&before, money, pool));
        assert_null(cd_ledger(&paid, money, pool));
        round_adds(made, &dice, kinds, pool);
        money = cd_claim_money(cd_claim_read(made->list, made->count, today, pool), pool);
        assert_null(cd_payable(&after, money, pool));
        assert_null(cd_ledger(&still, money, pool));
        ROW_CHECK(!memcmp(&before, &after, sizeof(before)), number, "payable");
        ROW_CHECK(!memcmp(&paid, &still, sizeof(paid)), number, "ledger");
        ROW_CHECK(before.left_p == before.total_p - before.paid_p, number, "left");
    }
    apr_pool_destroy(pool);
    for (int i = 0; i < count; i++)          /* each kind took part */
        ROW_CHECK(defs[i].file != CD_FILE_CLAIM || defs[i].kind == CD_REC_CLAIM
                      || defs[i].kind == CD_REC_PAYMENT || kinds[defs[i].kind] > CLAIMS / 100,
                  i, defs[i].word);
}

/* ... and by every scheme: a flag and the most that may be decided on it leave the claim's own sum
 * as it was. */
static void same_by_every_scheme(void **state)
{
    apr_pool_t *pool;
    int asked = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CLAIMS; number++) {
        dice_t dice = { (apr_uint64_t)number + 7, 0, 1 };
        cd_payable_t before, after;
        made_t *made;
        apr_pool_clear(pool);
        made = claim_made(&dice, pool);
        cd_claim_t *claim =
            cd_claim_read(made->list, made->count, cd_date_parse("2027-06-01"), pool);
        assert_null(cd_payable(&before, cd_claim_money(claim, pool), pool));
        for (const cd_token_t *formula = cd_formulas; formula->word; formula++) {
            cd_scheme_t scheme = { .code = "LX",
                                   .version = 1,
                                   .title = "T",
                                   .formula = formula->value,
                                   .shadow_of = formula->value == CD_L0_SHADOW
                                                    ? CD_L2_FIXED_IRRESPECTIVE
                                                    : 0,
                                   .basis = CD_BASIS_D,
                                   .requires_damages = CD_NO,
                                   .may_exceed_basis = CD_YES,
                                   .fixed_p = 1000000,
                                   .material = CD_MAT_FULL,
                                   .window = CD_WIN_ALL,
                                   .breach_unit = CD_UNIT_CLAIM,
                                   .authority = "Test" };
            cd_scheme_input_t in = { .damages_p = before.damages_p,
                                     .succeeded = 1,
                                     .breach_number = 1 };
            cd_scheme_result_t out;
            cd_err_t *err = cd_scheme_compute(&out, &scheme, &in, pool);
            asked += !err && out.indicated_p > 0;
        }
        assert_null(cd_payable(&after, cd_claim_money(claim, pool), pool));
        ROW_CHECK(!memcmp(&before, &after, sizeof(before)), number, "payable");
    }
    apr_pool_destroy(pool);
    assert_true(asked > CLAIMS);
}

static void reserves(void **state)
{
    static const char text[] =
        "claim title=Sepsis scheme=CNST notified=2026-01-12;"
        "reserve head=DAMAGES amount_p=60000 probability_bp=70 on=2026-02-01 @at=2026-02-01;"
        "reserve head=CLAIMANT_COSTS amount_p=40000 on=2026-02-01 @at=2026-02-01;"
        "payment kind=DAMAGES_INTERIM amount_p=10000 paid=2026-03-01 @at=2026-03-01;"
        "payment kind=CLAIMANT_COSTS amount_p=45000 paid=2026-03-01 @at=2026-03-01;"
        "reserve head=DAMAGES amount_p=50000.01 probability_bp=55.5 on=2026-06-01 @at=2026-06-01;"
        "reserve head=DEFENCE_COSTS amount_p=0 on=2026-06-01 @at=2026-06-01;"
        "reserve head=CLAIMANT_COSTS amount_p=1 on=2026-07-01 @at=2026-07-01; taken-back "
        "reason=Wrong @over=8 @at=2026-07-02";
    static const struct { const char *as_at; apr_int64_t total, rest, weighted; } rows[] = {
        { "2026-01-31", 0, 0, 0 }, { "2026-02-01", 10000000, 10000000, 8200000 }, { "2026-03-01",
          10000000, 5000000, 8200000 },
        { "2026-06-01", 9000001, 4000001, 6775001 }, { "2026-07-01", 5000101, 4000001, 2775101 },
        { "2026-07-02", 9000001, 4000001, 6775001 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        made_t *made = made_records(text, CD_FILE_CLAIM, *state);
        cd_claim_t *claim =
            cd_claim_read(made->list, made->count, cd_date_parse(rows[i].as_at), *state);
        cd_reserves_t out;
        cd_ledger_t ledger;
        assert_null(cd_ledger(&ledger, cd_claim_money(claim, *state), *state));
        assert_null(cd_reserves(&out, claim, &ledger, *state));
        ROW_CHECK(out.total_p == rows[i].total, i, rows[i].as_at);
        ROW_CHECK(out.rest_p == rows[i].rest, i, rows[i].as_at);
        ROW_CHECK(out.weighted_p == rows[i].weighted, i,
                  apr_psprintf(*state, "%" APR_INT64_T_FMT, out.weighted_p));
        ROW_CHECK(out.any == (i > 0), i, rows[i].as_at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(same_whatever), POOL_TEST(same_by_every_scheme),
                                        POOL_TEST(reserves) };

    return cmocka_run_group_tests_name("claim money", tests, NULL, NULL);
}

/* test_claim.c: the ledger, what the claimant is due, and shares that add up to the penny. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "case_text.h"
#include "domain/claim_money.h"

#define CLAIM "claim title=Sepsis scheme=CNST notified=2026-05-05;"

static cd_claim_t *claim_of(const char *text, const char *as_at, apr_pool_t *pool)
{
    made_t *made = made_records(text, CD_FILE_CLAIM, pool);

    return cd_claim_read(made->list, made->count, cd_date_parse(as_at), pool);
}

static const cd_claim_money_t *money_of(const char *text, const char *as_at, apr_pool_t *pool)
{
    return cd_claim_money(claim_of(text, as_at, pool), pool);
}

static void ledger(void **state)
{
    static const char text[] =
        CLAIM "payment kind=DAMAGES_LUMP amount_p=46000 paid=2026-06-01; payment "
              "kind=DAMAGES_INTERIM amount_p=1000.50 "
              "paid=2026-06-02; payment kind=PPO_INSTALMENT amount_p=200 paid=2026-06-03; payment "
              "kind=PPO_CAPITALISED "
              "amount_p=900000 paid=2026-06-03; payment kind=CLAIMANT_COSTS amount_p=38500 "
              "paid=2026-06-04; payment "
              "kind=DEFENCE_COSTS amount_p=12000 paid=2026-06-05; payment kind=CRU amount_p=300 "
              "paid=2026-06-06;"
              "payment kind=DEFENCE_COSTS amount_p=12000 paid=2026-07-01 reverses=7";
    cd_ledger_t sums;

    assert_null(cd_ledger(&sums, money_of(text, "2026-06-30", *state), *state));
    assert_int_equal(sums.damages_p, 4720050);
    assert_int_equal(sums.ppo_capital_p, 90000000);
    assert_int_equal(sums.claimant_costs_p, 3850000);
    assert_int_equal(sums.defence_costs_p, 1200000);
    assert_int_equal(sums.cru_p, 30000);
    /* never the capital value */
    assert_int_equal(sums.outlay_p, 4720050 + 3850000 + 1200000 + 30000);
    assert_null(cd_ledger(&sums, money_of(text, "2026-07-01", *state), *state));
    assert_int_equal(sums.defence_costs_p, 0);
    assert_null(cd_ledger(&sums, money_of(text, "2026-05-31", *state), *state));
    assert_int_equal(sums.outlay_p, 0);
}

static void payable(void **state)
{
    static const struct {
        const char *text;
        apr_int64_t damages, costs, total, paid, left;
        int agreed;
    } rows[] = {
        { CLAIM, 0, 0, 0, 0, 0, 0 },
        { "claim title=Sepsis scheme=CNST notified=2026-05-05 agreed_damages_p=46000 "
          "agreed_costs_p=38500;",
          4600000, 3850000, 8450000, 0, 8450000, 1 },
        { "claim title=Sepsis scheme=CNST notified=2026-05-05 agreed_damages_p=46000;"
          "payment kind=DAMAGES_LUMP amount_p=6000 paid=2026-06-01; payment kind=CLAIMANT_COSTS "
          "amount_p=500 "
          "paid=2026-06-01",
          4600000, 50000, 4650000, 650000, 4000000, 1 },
        { CLAIM "payment kind=DAMAGES_LUMP amount_p=6500 paid=2026-06-01; payment "
                "kind=DEFENCE_COSTS amount_p=9 "
                "paid=2026-06-01; payment kind=CRU amount_p=9 paid=2026-06-01",
          650000, 0, 650000, 650000, 0, 0 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_payable_t due;
        assert_null(cd_payable(&due, money_of(rows[i].text, "2026-11-24", *state), *state));
        ROW_CHECK(due.damages_p == rows[i].damages && due.costs_p == rows[i].costs
                      && due.total_p == rows[i].total && due.paid_p == rows[i].paid
                      && due.left_p == rows[i].left && due.agreed == rows[i].agreed,
                  i, rows[i].text);
    }
}

static void overflow(void **state)
{
    made_t *made = made_records(CLAIM, CD_FILE_CLAIM, *state);
    cd_payment_t most = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = APR_INT64_C(900000000000000) };
    cd_ledger_t sums = { .outlay_p = 77 };

    for (int i = 0; i < 2; i++)
        made->list[made->count++] =
            (cd_record_t){ .seq = 2 + i, .kind = CD_REC_PAYMENT, .body = &most };
    cd_err_t *err = cd_ledger(
        &sums,
        cd_claim_money(cd_claim_read(made->list, made->count, cd_date_parse("2026-11-24"), *state),
                       *state),
        *state);
    assert_non_null(err);
    assert_int_equal(err->code, CD_E_RANGE);
    assert_int_equal(sums.outlay_p, 77);
}

static const cd_parties_t *parties_of(const char *text, apr_pool_t *pool)
{
    return made_records(text, CD_FILE_CLAIM, pool)->list[0].body;
}

static void parties(void **state)
{
    static const struct { const char *text; const char *problem; } rows[] = {
        { "parties trust_1=RZ1 share_1=100", NULL }, { "parties trust_1=RZ1 share_1=70 "
          "trust_2=RZ2 share_2=30", NULL },
        { "parties trust_1=RZ1 share_1=70 trust_2=RZ2 share_2=29.99",
          "Shares must add up to 100%. They add up to 99.99%" },
        { "parties trust_1=RZ1 share_1=50 trust_2=RZ1 share_2=50", "RZ1 is in the list already" },
        { "parties trust_1=RZ1 share_1=70 share_2=30", "Enter the organisation code" },
        { "parties trust_1=RZ1 share_1=100 trust_2=RZ2", "Enter the share of RZ2" },
        { "parties cases_1=CM-2026-0001", "Enter the organisation code" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems = { .pool = *state };
        int good = cd_parties_check(parties_of(rows[i].text, *state), &problems);
        ROW_CHECK(good == !rows[i].problem && !problems.count == !rows[i].problem, i, rows[i].text);
        if (rows[i].problem)
            assert_string_equal(problems.list[0].text, rows[i].problem);
    }
}

static void split(void **state)
{
    static const struct {
        const char *text;
        apr_int64_t total, parts[3];
        const char *why;
    } rows[] = {
        { "parties trust_1=RZ1 share_1=70 trust_2=RZ2 share_2=30",
          4600000,
          { 3220000, 1380000, 0 },
          "flag screen" },
        { "parties trust_1=RZ1 share_1=33.33 trust_2=RZ2 share_2=33.33 trust_3=RZ3 share_3=33.34",
          100,
          { 33, 33, 34 },
          "the largest remainder" },
        { "parties trust_1=RZ1 share_1=50 trust_2=RZ2 share_2=50",
          1,
          { 1, 0, 0 },
          "a tie goes to the first" },
        { "parties trust_1=RZ1 share_1=0.01 trust_2=RZ2 share_2=99.99", 1, { 0, 1, 0 }, "a penny" },
        { "parties trust_1=RZ1 share_1=100", CD_PENCE_MAX, { CD_PENCE_MAX, 0, 0 }, "the most" },
        { "parties trust_1=RZ1 share_1=100", 0, { 0, 0, 0 }, "nothing" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        apr_int64_t parts[CD_PARTIES_MAX];
        assert_null(cd_share_split(parts, parties_of(rows[i].text, *state), rows[i].total, *state));
        for (int k = 0; k < 3; k++)
            ROW_CHECK(parts[k] == rows[i].parts[k], i, rows[i].why);
    }
    apr_int64_t parts[CD_PARTIES_MAX];
    const cd_parties_t *half = parties_of("parties trust_1=RZ1 share_1=50", *state);
    assert_int_equal(cd_share_split(parts, half, 100, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_share_split(parts, half, CD_PENCE_MAX + 1, *state)->code, CD_E_RANGE);
    assert_int_equal(cd_share_split(parts, half, -1, *state)->code, CD_E_RANGE);
}

static void succeeded(void **state)
{
    static const struct { const char *text; int want; } rows[] = {
        { CLAIM, 0 }, { CLAIM "status status=SETTLED_DAMAGES on=2026-06-01", 1 },
        { CLAIM "payment kind=DAMAGES_LUMP amount_p=6500 paid=2026-06-01", 0 },
        { CLAIM "payment kind=DAMAGES_INTERIM amount_p=6500 paid=2026-06-01; status "
          "status=REOPENED on=2026-07-01", 0 },
        { CLAIM "payment kind=DEFENCE_COSTS amount_p=6500 paid=2026-06-01", 0 },
        { CLAIM "status status=SETTLED_DAMAGES on=2026-06-01; status status=CLOSED_NIL "
          "on=2026-07-01", 0 },
        { CLAIM "status status=CLOSED_NIL on=2026-06-01; status status=REOPENED on=2026-07-01", 0 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_claim_t *claim = claim_of(rows[i].text, "2026-11-24", *state);
        ROW_CHECK(cd_claim_succeeded(claim) == rows[i].want, i, rows[i].text);
    }
    assert_int_equal(claim_of(CLAIM, "2026-11-24", *state)->status, CD_CLAIM_NOTIFIED);
}

/* Invariant 1, in the source: what the claimant is paid cannot see a scheme, a flag or a decision.
 */
static void sees_no_scheme(void **state)
{
    static const char *const files[] = { "claim.c",         "claim.h",         "claim_money.c",
                                         "claim_money.h",   "claim_clock.c",   "claim_clock.h",
                                         "claim_reserve.c", "claim_reserve.h", "claim_status.c",
                                         "claim_status.h" };
    static const char *const never[] = { "scheme.h", "liability.h", "candour.h", "round.h" };

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const char *path =
            apr_pstrcat(*state, getenv("CANDOUR_SRCDIR"), "/mod_candour/domain/", files[i], NULL);
        FILE *file = fopen(path, "rb");
        char line[512];
        int includes = 0;
        if (!file)
            fail_msg("%s is not there", path);
        while (fgets(line, (int)sizeof(line), file)) {
            if (strncmp(line, "#include", 8))
                continue;
            includes++;
            for (size_t k = 0; k < COUNT_OF(never); k++)
                ROW_CHECK(!strstr(line, never[k]), i, line);
        }
        fclose(file);
        assert_true(includes > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(ledger), POOL_TEST(payable), POOL_TEST(overflow), POOL_TEST(parties),
                  POOL_TEST(split),
        POOL_TEST(succeeded), POOL_TEST(sees_no_scheme),
    };

    return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}

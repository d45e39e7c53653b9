/* test_net.c: what a claim costs the fund. */
#include "unit/unit.h"

#include "domain/net.h"

typedef struct net_row_t {
    apr_int64_t outlay_p, received_p, repaid_p;
    int may_exceed;
    apr_int64_t net_p;
    cd_net_below_t below;
    const char *why;
} net_row_t;

static void rows(void **state)
{
    static const net_row_t table[] = {
        { 5238000, 523800, 23800, 0, 4738000, CD_NET_NOT_BELOW, "the header's example" },
        { 0, 0, 0, 0, 0, CD_NET_NOT_BELOW, "nothing" },
        { 650000, 650000, 0, 0, 0, CD_NET_NOT_BELOW, "all of it" },
        { 650000, 1000000, 0, 1, -350000, CD_NET_BELOW_ALLOWED,
          "L2: 10,000 asked for, 6,500 paid" },
        { 650000, 1000000, 0, 0, -350000, CD_NET_BELOW_ODD, "more came than any scheme allows" },
        { 650000, 1000000, 350000, 0, 0, CD_NET_NOT_BELOW, "what was too much went back" },
        { 0, 0, 5000, 0, 5000, CD_NET_NOT_BELOW, "more went back than came" },
        { CD_PENCE_MAX, CD_PENCE_MAX, CD_PENCE_MAX, 0, CD_PENCE_MAX, CD_NET_NOT_BELOW,
          "10^12 pence" }
    };

    for (size_t i = 0; i < COUNT_OF(table); i++) {
        cd_net_t net = { 0 };
        cd_err_t *err = cd_net(&net, table[i].outlay_p, table[i].received_p, table[i].repaid_p,
                               table[i].may_exceed, *state);
        ROW_CHECK(!err && net.net_p == table[i].net_p && net.below == table[i].below, i,
                  table[i].why);
        ROW_CHECK(net.recovered_p == table[i].received_p - table[i].repaid_p, i, table[i].why);
    }
}

static void no_negative_sum(void **state)
{
    cd_net_t net;

    assert_true(cd_net(&net, -1, 0, 0, 0, *state)->code == CD_E_RANGE);
    assert_true(cd_net(&net, 0, -1, 0, 0, *state)->code == CD_E_RANGE);
    assert_true(cd_net(&net, 0, 0, -1, 0, *state)->code == CD_E_RANGE);
    assert_true(cd_net(&net, 0, APR_INT64_MAX, 0, 0, *state)->code == CD_E_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(rows), POOL_TEST(no_negative_sum) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

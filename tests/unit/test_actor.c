/* test_actor.c: the whole table of rights, said a second time and in words that can be read; and
 * its limits. */
#include "unit.h"

#include "domain/actor.h"

#define O CD_REACH_OWN
#define A CD_REACH_ALL
#define N CD_REACH_NONE

static void whole_table(void **state)
{
    static const struct { cd_role_t role; cd_reach_t reach[CD_RIGHT__COUNT - 1]; } rows[] = {
        /* Of a case: read, record, write, judge, sign, bring, find. Of a claim: read, write,
         * answer, review, recover, draft a scheme, activate one, flag, decide. Then audit; users,
         * organisations; policy, health. */
        { CD_ROLE_WARD,        { O, O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, A, N } },
        { CD_ROLE_TRUST_LEGAL, { O, O, O, O, O, O, O, O, N, O, N, N, N, N, N, N, O, N, N, A, N } },
        { CD_ROLE_TRUST_READER, { O, N, N, N, N, N, N, O, N, N, N, N, N, N, N, N, N, N, N, A, N } },
        { CD_ROLE_HANDLER,     { A, N, N, A, N, N, A, A, A, N, N, A, N, N, A, N, A, N, N, A, N } },
        { CD_ROLE_DECIDER,     { A, N, N, A, N, N, A, A, N, N, N, N, A, A, N, A, N, N, N, A, N } },
        { CD_ROLE_REVIEWER,    { A, N, N, N, N, N, N, A, N, N, A, N, N, A, N, N, N, N, N, A, N } },
        { CD_ROLE_REGULATOR,   { A, N, N, N, N, N, A, A, N, N, N, N, N, N, N, N, N, N, N, A, N } },
        { CD_ROLE_AUDITOR,     { A, N, N, N, N, N, N, A, N, N, N, N, N, N, N, N, A, N, N, A, N } },
        { CD_ROLE_ADMIN,       { N, N, N, N, N, N, N, N, N, N, N, N, A, N, N, N, N, A, A, A, A } },
        { CD_ROLE_APPROVER,    { O, N, N, N, O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, A, N } },
    };

    (void)state;
    assert_int_equal(COUNT_OF(rows), CD_ROLE_APPROVER);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (int right = 1; right < CD_RIGHT__COUNT; right++)
            ROW_CHECK(cd_role_reach(rows[i].role, (cd_right_t)right) == rows[i].reach[right - 1], i,
                      cd_right_word((cd_right_t)right));
}

static void nobody_and_unknown(void **state)
{
    cd_actor_t nobody = { .roles = ~0u }, scheme = { .id = 7, .roles = 1u << CD_ROLE_TRUST_LEGAL };

    (void)state;
    assert_int_equal(cd_may(NULL, CD_RIGHT_CASE_READ), N);
    assert_int_equal(cd_may(&nobody, CD_RIGHT_CASE_READ), N);
    /* "own" reaches nothing for somebody without an organisation */
    assert_int_equal(cd_may(&scheme, CD_RIGHT_CASE_READ), N);
    assert_int_equal(cd_role_reach((cd_role_t)0, CD_RIGHT_CASE_READ), N);
    assert_int_equal(cd_role_reach((cd_role_t)99, CD_RIGHT_CASE_READ), N);
    assert_int_equal(cd_role_reach(CD_ROLE_ADMIN, CD_RIGHT_NONE), N);
    assert_null(cd_right_word(CD_RIGHT_NONE));
}

static void furthest(void **state)
{
    cd_actor_t both = { .id = 7, .org_id = 3, .org_name = "Northvale Hospitals",
                        .roles = 1u << CD_ROLE_WARD | 1u << CD_ROLE_HANDLER };

    assert_int_equal(cd_may(&both, CD_RIGHT_CASE_READ), A);
    assert_int_equal(cd_may(&both, CD_RIGHT_INCIDENT_RECORD), O);
    assert_int_equal(cd_may(&both, CD_RIGHT_DECISION_WRITE), N);
    assert_string_equal(cd_actor_words(&both, *state),
                        "Ward recorder and Claims handler, Northvale Hospitals");
}

static void admin_sees_no_case(void **state)
{
    static const cd_right_t rights[] = { CD_RIGHT_CASE_READ,      CD_RIGHT_INCIDENT_RECORD,
                                         CD_RIGHT_CASE_WRITE,     CD_RIGHT_CLAIM_READ,
                                         CD_RIGHT_CLAIM_WRITE,    CD_RIGHT_FLAG_COMPUTE,
                                         CD_RIGHT_DECISION_WRITE, CD_RIGHT_RECORD_AUDIT };
    cd_actor_t admin = { .id = 7, .org_id = 3, .roles = 1u << CD_ROLE_ADMIN };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rights); i++)
        assert_int_equal(cd_may(&admin, rights[i]), N);
}

static void nobody_decides_and_enters(void **state)
{
    (void)state;
    for (int role = CD_ROLE_WARD; role <= CD_ROLE_APPROVER; role++) {
        int decides = cd_role_reach((cd_role_t)role, CD_RIGHT_DECISION_WRITE) != N;
        int enters = cd_role_reach((cd_role_t)role, CD_RIGHT_CASE_WRITE) != N
                  || cd_role_reach((cd_role_t)role, CD_RIGHT_CLAIM_WRITE) != N;
        ROW_CHECK(!(decides && enters), role, "four eyes");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(whole_table), POOL_TEST(nobody_and_unknown), POOL_TEST(furthest),
                  POOL_TEST(admin_sees_no_case),
        POOL_TEST(nobody_decides_and_enters),
    };

    return cmocka_run_group_tests_name("actor", tests, NULL, NULL);
}

/* test_conflict.c: the whole table of what may not be done by the same person, cell by cell. */
#include "unit/unit.h"

#include "domain/conflict.h"

/* A row for each deed, a letter for each thing done before, in the order of cd_did_t: x forbids, .
 * does not. Belong Enter Record Compute Ask aNswer Indicate Send rePresent Decide Confirm Tell
 * reView recOver Draft */
static const struct { cd_deed_t deed; const char *cells; } rows[] = {
    { CD_DEED_COMPUTE,    "x.............." },
    { CD_DEED_ASK,        "x.............." },
    { CD_DEED_ANSWER,     ".........xx.x.." },
    { CD_DEED_INDICATE,   "x.............." },
    { CD_DEED_REPRESENT,  ".........xx.x.." },
    { CD_DEED_SEND,       "x.............." },
    { CD_DEED_DECIDE,     "xxxxxxxxx...x.." },
    { CD_DEED_CONFIRM,    "xxxxxxxxxx..x.." },
    { CD_DEED_TELL,       "x.............." },
    { CD_DEED_ASK_REVIEW, ".........xx.x.." },
    { CD_DEED_REVIEW,     "xxxxxxxxxxxx..." },
    { CD_DEED_RECOVER,    "x........xx.x.." },
    { CD_DEED_RECEIVE,    "x........xx.x.." },
    { CD_DEED_ACTIVATE,   "..............x" }
};

static void whole_table(void **state)
{
    unsigned i;
    int did;

    (void)state;
    assert_int_equal(COUNT_OF(rows), CD_DEED_LAST);
    for (i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(rows[i].deed, i + 1);
        assert_int_equal(strlen(rows[i].cells), CD_DID_LAST);
        for (did = 1; did <= CD_DID_LAST; did++) {
            const char *why = cd_conflict(rows[i].deed, 1u << did);

            ROW_CHECK((why != NULL) == (rows[i].cells[did - 1] == 'x'), i,
                      cd_token_word(cd_dids, did));
            ROW_CHECK(!why || (!strncmp(why, "you ", 4) && strlen(why) > 8), i,
                      "a sentence about the person");
        }
        ROW_CHECK(cd_conflict(rows[i].deed, 0) == NULL, i, "who did nothing may");
    }
}

/* What the page lists is what the table asks: each ticked for who did nothing, one crossed for who
 * did one. */
static void checks_shown(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        int forbids = 0, shown = 0, ok, did;

        for (did = 0; did < CD_DID_LAST; did++)
            forbids += rows[i].cells[did] == 'x';
        while (cd_conflict_check(rows[i].deed, 0, shown, &ok)) {
            ROW_CHECK(ok, i, "nothing was done");
            shown++;
        }
        ROW_CHECK(shown == forbids, i, "a line for each cell that forbids");
    }
}

/* What was done is read from the records, for the trust that it was about. */
static void did_from_records(void **state)
{
    cd_request_t request = { .org = "RZ1" };
    cd_confirmation_t elsewhere = { .org = "RZ2" };
    cd_payment_t payment = { .amount_p = 1 };
    cd_record_t records[3] = {
        { .seq = 1, .kind = CD_REC_REQUEST, .recorded_by = 5, .body = &request },
        { .seq = 2, .kind = CD_REC_CONFIRMATION, .recorded_by = 6, .body = &elsewhere },
        { .seq = 3, .kind = CD_REC_PAYMENT, .recorded_by = 7, .body = &payment }
    };
    cd_claim_t claim = { .records = records, .count = 3 };

    (void)state;
    assert_int_equal(cd_did_records(&claim, "RZ1", 5), 1u << CD_DID_ASK);
    assert_int_equal(cd_did_records(&claim, "RZ2", 5), 0);
    assert_int_equal(cd_did_records(&claim, "RZ1", 6), 0);
    assert_int_equal(cd_did_records(&claim, "RZ2", 6), 1u << CD_DID_CONFIRM);
    assert_int_equal(cd_did_records(&claim, "RZ1", 7), 1u << CD_DID_RECORD);
    assert_int_equal(cd_did_records(&claim, "RZ1", 8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(whole_table), POOL_TEST(checks_shown),
                                        POOL_TEST(did_from_records) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

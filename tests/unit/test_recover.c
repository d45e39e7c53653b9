/* test_recover.c: instalments, and what is left of a decision's sum: examples, and properties over
 * made-up rows. */
#include "unit/unit.h"

#include "domain/recover.h"

static apr_uint64_t dice_state = 20261122;

static apr_int64_t dice(apr_int64_t from, apr_int64_t to)
{
    dice_state = dice_state * APR_UINT64_C(6364136223846793005) + APR_UINT64_C(1442695040888963407);
    return from + (apr_int64_t)((dice_state >> 33) % (apr_uint64_t)(to - from + 1));
}

static void instalments(void **state)
{
    cd_instalment_t out[CD_INSTALMENTS_MAX];

    assert_null(cd_instalments(out, 10000, 3, cd_date_make(2027, 1, 31), CD_PACE_MONTH, *state));
    assert_int_equal(out[0].amount_p, 3334);
    assert_int_equal(out[1].amount_p, 3333);
    assert_int_equal(out[2].amount_p, 3333);
    assert_int_equal(out[0].due, cd_date_make(2027, 1, 31));
    assert_int_equal(out[1].due, cd_date_make(2027, 2, 28));
    assert_int_equal(out[2].due, cd_date_make(2027, 3, 31));
    assert_null(cd_instalments(out, 500, 2, cd_date_make(2028, 2, 29), CD_PACE_YEAR, *state));
    assert_int_equal(out[1].due, cd_date_make(2029, 2, 28));
    assert_null(cd_instalments(out, 500, 2, cd_date_make(2026, 11, 30), CD_PACE_QUARTER, *state));
    assert_int_equal(out[1].due, cd_date_make(2027, 2, 28));
    assert_true(cd_instalments(out, 10, 11, cd_date_make(2027, 1, 1), CD_PACE_MONTH, *state)->code
                == CD_E_RANGE);
    assert_true(cd_instalments(out, 10, 0, cd_date_make(2027, 1, 1), CD_PACE_MONTH, *state)->code
                == CD_E_RANGE);
    assert_true(
        cd_instalments(out, 1000, 121, cd_date_make(2027, 1, 1), CD_PACE_MONTH, *state)->code
        == CD_E_RANGE);
    assert_true(cd_instalments(out, 1000, 2, cd_date_make(2027, 1, 1), 0, *state)->code
                == CD_E_RANGE);
}

/* Any sum and number: the parts sum to it, none is nothing, they differ by a penny at most and
 * never grow, and the days rise. */
static void instalments_sum(void **state)
{
    for (int round = 0; round < 10000; round++) {
        cd_instalment_t out[CD_INSTALMENTS_MAX];
        int count = (int)dice(1, CD_INSTALMENTS_MAX);
        apr_int64_t total_p = round % 3 ? dice(count, 5000000) : CD_PENCE_MAX - dice(0, 1000),
                    sum_p = 0;

        assert_null(cd_instalments(out, total_p, count,
                                   cd_date_make(2026, 1, 1) + (cd_date_t)dice(0, 1500),
                                   (int)dice(CD_PACE_MONTH, CD_PACE_YEAR), *state));
        for (int i = 0; i < count; i++) {
            sum_p += out[i].amount_p;
            assert_true(out[i].amount_p > 0 && out[0].amount_p - out[i].amount_p <= 1);
            assert_true(!i
                        || (out[i].amount_p <= out[i - 1].amount_p && out[i].due > out[i - 1].due));
        }
        assert_int_equal(sum_p, total_p);
    }
}

#define RECORDS 40
typedef struct book_t {
    cd_record_t records[RECORDS];
    cd_recovery_t recoveries[RECORDS];
    cd_receipt_t receipts[RECORDS];
    cd_claim_t claim;
} book_t;

static cd_record_t *push(book_t *book, cd_record_kind_t kind, void *body)
{
    cd_record_t *record = &book->records[book->claim.count++];

    record->kind = kind;
    record->seq = book->claim.count;
    record->body = body;
    book->claim.records = book->records;
    return record;
}

static int ask(book_t *book, int decision_seq, apr_int64_t amount_p, cd_date_t due)
{
    cd_recovery_t *body = &book->recoveries[book->claim.count];

    *body = (cd_recovery_t){
        .org = "RZ1", .decision_seq = decision_seq, .amount_p = amount_p, .due = due
    };
    return push(book, CD_REC_RECOVERY, body)->seq;
}

static int money(book_t *book, int recovery_seq, int way, apr_int64_t amount_p, int reverses)
{
    cd_receipt_t *body = &book->receipts[book->claim.count];

    *body = (cd_receipt_t){ .org = "RZ1",
                            .recovery_seq = recovery_seq,
                            .way = way,
                            .amount_p = amount_p,
                            .reverses = reverses };
    return push(book, CD_REC_RECEIPT, body)->seq;
}

static cd_recovered_t *read_book(book_t *book, apr_int64_t stands_p, apr_pool_t *pool)
{
    cd_recovered_t *out;

    assert_null(cd_recovered_read(&out, &book->claim, 1, stands_p, pool));
    return out;
}

static void paid_in_two(void **state)
{
    book_t book = { .claim = { .as_at = cd_date_make(2027, 2, 10) } };
    int first = ask(&book, 1, 5000, cd_date_make(2027, 2, 1)),
        second = ask(&book, 1, 5000, cd_date_make(2027, 3, 1)), in;
    cd_recovered_t *all;

    ask(&book, 2, 7000, cd_date_make(2027, 3, 1));            /* another decision's */
    in = money(&book, first, CD_MONEY_FROM_TRUST, 2000, 0);
    all = read_book(&book, 12000, *state);
    assert_int_equal(all->count, 2);
    assert_int_equal(all->asked_p, 10000);
    assert_int_equal(all->to_ask_p, 2000);
    assert_int_equal(all->received_p, 2000);
    assert_int_equal(all->left_p, 8000);
    assert_int_equal(all->overdue_p, 3000);
    assert_int_equal(all->asked[0].left_p, 3000);
    assert_int_equal(all->asked[1].overdue, 0);
    money(&book, first, CD_MONEY_FROM_TRUST, 2000, in);       /* entered in error */
    assert_int_equal(cd_receipt_reversal(&book.claim, in)->seq, in + 1);
    assert_int_equal(read_book(&book, 12000, *state)->received_p, 0);
    money(&book, second, CD_MONEY_FROM_TRUST, 5000, 0);
    all = read_book(&book, 12000, *state);
    assert_int_equal(all->asked[1].left_p, 0);
    assert_int_equal(all->left_p, 5000);
    book.records[first - 1].superseded_by = 99;               /* taken back */
    assert_int_equal(read_book(&book, 12000, *state)->asked_p, 5000);
}

/* Lowered on review: what came stays where it came, the rest is asked for as far as the decision
 * goes. */
static void lowered(void **state)
{
    book_t book = { .claim = { .as_at = cd_date_make(2027, 2, 10) } };
    int first = ask(&book, 1, 5000, cd_date_make(2027, 2, 1)),
        second = ask(&book, 1, 5000, cd_date_make(2027, 3, 1));
    cd_recovered_t *all;

    money(&book, second, CD_MONEY_FROM_TRUST, 5000, 0);
    all = read_book(&book, 6000, *state);
    assert_int_equal(all->asked[0].holds_p, 1000);
    assert_int_equal(all->left_p, 1000);
    assert_int_equal(all->to_repay_p, 0);
    all = read_book(&book, 0, *state);                        /* quashed */
    assert_int_equal(all->asked_p, 0);
    assert_int_equal(all->left_p, 0);
    assert_int_equal(all->to_repay_p, 5000);
    money(&book, first, CD_MONEY_TO_TRUST, 3000, 0);
    all = read_book(&book, 0, *state);
    assert_int_equal(all->repaid_p, 3000);
    assert_int_equal(all->to_repay_p, 2000);
}

/* Whatever was asked, received and decided: nothing is asked for beyond the decision, nothing is
 * lost. */
static void sums_agree(void **state)
{
    for (int round = 0; round < 10000; round++) {
        book_t book = { .claim = { .as_at = cd_date_make(2027, 2, 10) } };
        apr_int64_t stands_p = dice(0, 20000), left_p = 0, asked_p = 0;
        int count = (int)dice(1, 6);
        cd_recovered_t *all;

        for (int i = 0; i < count; i++)
            ask(&book, 1, dice(1, 5000), cd_date_make(2027, 1, 1) + (cd_date_t)dice(0, 80));
        for (int i = 0; i < count; i++)
            if (dice(0, 1))
                money(&book, i + 1, CD_MONEY_FROM_TRUST, dice(1, book.recoveries[i].amount_p), 0);
        all = read_book(&book, stands_p, *state);
        for (int i = 0; i < all->count; i++) {
            assert_true(all->asked[i].holds_p >= 0
                        && all->asked[i].holds_p <= all->asked[i].amount_p);
            left_p += all->asked[i].left_p;
            asked_p += all->asked[i].holds_p;
        }
        assert_int_equal(left_p, all->left_p);
        assert_int_equal(asked_p, all->asked_p);
        assert_true(all->asked_p <= stands_p && all->overdue_p <= all->left_p);
        assert_int_equal(all->to_ask_p, stands_p - all->asked_p);
        /* received + left = asked, but for what has to go back */
        assert_int_equal(all->received_p - all->to_repay_p + all->left_p, all->asked_p);
    }
}

static void held_while_a_review_is_open(void **state)
{
    cd_record_t asked = { .seq = 5 }, review = { .seq = 6 };
    cd_stand_t stand = { .standing = CD_STAND_STANDS };

    (void)state;
    assert_int_equal(cd_recovery_held(&stand), 0);
    stand.review_asked = &asked;
    assert_int_equal(cd_recovery_held(&stand), 1);
    stand.review = &review;
    assert_int_equal(cd_recovery_held(&stand), 0);
    asked.seq = 7;
    assert_int_equal(cd_recovery_held(&stand), 1);
}

/* Three decisions on one trust and one on another: which of them counts as each is confirmed, sent
 * back or reviewed. */
static void one_decision_at_a_time(void **state)
{
    cd_decided_t all[] = { { 1, 1, "RZ1", 2, 1000, 0 },
                           { 2, 1, "RZ2", 2, 700, 0 },
                           { 3, 2, "RZ1", 2, 2000, 1 } };
    cd_confirmation_t sent_back = { "RZ1", 3, CD_CONFIRM_RETURNED, "Look again" },
                      yes = { "RZ1", 3, CD_CONFIRM_YES, NULL };
    cd_review_t quashed = { "RZ1", 3, 0, CD_REVIEW_QUASHED, 0, "Nothing is left of it" };
    book_t book = { .claim = { .count = 0 } };
    cd_record_t *second;

    (void)state;
    book.claim.records = book.records;
    assert_int_equal(cd_decision_stand(all, 3, 2, &book.claim).standing, CD_STAND_PROPOSED);
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).standing, CD_STAND_STANDS);
    second = push(&book, CD_REC_CONFIRMATION, &sent_back);
    assert_int_equal(cd_decision_stand(all, 3, 2, &book.claim).standing, CD_STAND_RETURNED);
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).amount_p, 1000);
    second->body = &yes;
    assert_int_equal(cd_decision_stand(all, 3, 2, &book.claim).amount_p, 2000);
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).standing, CD_STAND_REPLACED);
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).amount_p, 0);
    assert_int_equal(cd_decision_stand(all, 3, 1, &book.claim).amount_p, 700);
    push(&book, CD_REC_REVIEW, &quashed);
    assert_int_equal(cd_decision_stand(all, 3, 2, &book.claim).standing, CD_STAND_QUASHED);
    /* it does not come back */
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).standing, CD_STAND_REPLACED);
    assert_int_equal(cd_decision_stand(all, 3, 0, &book.claim).amount_p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(instalments), POOL_TEST(instalments_sum), POOL_TEST(paid_in_two),
                  POOL_TEST(lowered),
        POOL_TEST(sums_agree), POOL_TEST(held_while_a_review_is_open),
                  POOL_TEST(one_decision_at_a_time)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_claim_status.c: which status may follow which, what can be taken back, and notes with bank
 * details. */
#include "unit.h"

#include "case_text.h"
#include "domain/claim_status.h"

#define CLAIM "claim title=Sepsis scheme=CNST notified=2026-01-12;"

/* The table as a lawyer would read it: a row per status, "1" where the column's may follow. Columns
 * in the order of the list: notified, letter, looked into, responded, negotiating, court, settled,
 * closed, opened again. */
static void follow(void **state)
{
    static const char *const rows[] = {
        /* none yet */      "111111110",
        /* notified */      "011111110",
        /* letter */        "001111110",
        /* looked into */   "010111110",
        /* responded */     "001011110",
        /* negotiating */   "011101110",
        /* court */         "000010110",
        /* settled */       "000000001",
        /* closed */        "000000001",
        /* opened again */  "011111110",
    };
    int wrong = 0;

    (void)state;
    for (int before = 0; before <= CD_CLAIM_REOPENED; before++)
        for (int next = 1; next <= CD_CLAIM_REOPENED; next++)
            if (cd_status_may_follow(before, next) != rows[before][next - 1] - '0') {
                print_message("%s after %s\n", cd_token_word(cd_claim_statuses, next),
                              before ? cd_token_word(cd_claim_statuses, before) : "nothing");
                wrong++;
            }
    assert_int_equal(wrong, 0);
    assert_false(cd_status_may_follow(CD_CLAIM_NOTIFIED, 0));
    assert_false(cd_status_may_follow(CD_CLAIM_NOTIFIED, 40));
}

static const cd_problems_t *checked(const char *text, int status, const char *on, int without,
                                    apr_pool_t *pool)
{
    made_t *made = made_records(text, CD_FILE_CLAIM, pool);
    cd_claim_status_t body = { .status = status };
    cd_problems_t *problems = apr_pcalloc(pool, sizeof(*problems));

    problems->pool = pool;
    assert_true(!status || cd_when_parse(&body.on, on));
    cd_status_check(cd_claim_read(made->list, made->count, cd_date_parse("2026-11-24"), pool),
                    status ? &body : NULL, without, problems);
    return problems;
}

#define SETTLED CLAIM "status status=NEGOTIATING on=2026-07-14; " \
    "status status=SETTLED_DAMAGES on=2026-09-28;"

static void in_words(void **state)
{
    const cd_problems_t *found = checked(SETTLED, CD_CLAIM_NEGOTIATING, "2026-10-01", 0, *state);

    assert_int_equal(found->count, 1);
    assert_string_equal(found->list[0].field, "status");
    assert_string_equal(
        found->list[0].text,
        "“Negotiating” cannot come after “Settled with damages”, 28 September 2026. "
        "After that can come: “Opened again”. If an entry is wrong, correct it first");
    found = checked(SETTLED, CD_CLAIM_SETTLED_DAMAGES, "2026-10-01", 0, *state);
    assert_string_equal(found->list[0].text,
                        "The status is “Settled with damages” since 28 September 2026 already. "
                        "Correct that entry if it is wrong");
    assert_int_equal(checked(SETTLED, CD_CLAIM_REOPENED, "2026-10-01", 0, *state)->count, 0);
    assert_int_equal(checked(CLAIM, CD_CLAIM_REOPENED, "2026-10-01", 0, *state)->count, 1);
}

/* One that is entered late is held against both neighbours of its day; a correction against those
 * without the old. */
static void places(void **state)
{
    assert_int_equal(checked(SETTLED, CD_CLAIM_RESPONDED, "2026-06-26", 0, *state)->count, 0);
    assert_int_equal(checked(SETTLED, CD_CLAIM_CLOSED_NIL, "2026-06-26", 0, *state)->count, 1);
    assert_int_equal(checked(SETTLED, CD_CLAIM_CLOSED_NIL, "2026-09-28", 3, *state)->count, 0);
    assert_int_equal(
        checked(SETTLED "status status=REOPENED on=2026-10-05;", 0, NULL, 3, *state)->count, 1);
    assert_int_equal(
        checked(SETTLED
                "status status=REOPENED on=2026-10-05; status status=SETTLED_DAMAGES on=2026-11-02",
                0, NULL, 4, *state)
            ->count,
        1);
    /* what is wrong already does not stop what is right */
    assert_int_equal(checked(SETTLED "status status=LITIGATED on=2026-10-05;", CD_CLAIM_CLOSED_NIL,
                             "2026-11-01", 0, *state)
                         ->count,
                     0);
}

/* A claim that is settled, opened again and settled again has ended with damages; while it is open
 * it has not. */
static void again(void **state)
{
    static const struct { const char *more; int succeeded; } rows[] = {
        { "", 1 }, { "status status=REOPENED on=2026-10-05", 0 },
        { "status status=REOPENED on=2026-10-05; status status=SETTLED_DAMAGES on=2026-11-02", 1 },
        { "status status=REOPENED on=2026-10-05; status status=CLOSED_NIL on=2026-11-02", 0 },
        { "status status=REOPENED on=2026-10-05; taken-back reason=Wrong_claim @over=4", 1 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        made_t *made =
            made_records(apr_pstrcat(*state, SETTLED, rows[i].more, NULL), CD_FILE_CLAIM, *state);
        cd_claim_t *claim =
            cd_claim_read(made->list, made->count, cd_date_parse("2026-11-24"), *state);
        ROW_CHECK(cd_claim_succeeded(claim) == rows[i].succeeded, i, rows[i].more);
    }
}

/* Every kind of a claim is decided on: taken back, or not with a reason. */
static void taken_back(void **state)
{
    static const cd_record_kind_t may[] = {
        CD_REC_CLAIM_STATUS, CD_REC_CLAIM_EVENT, CD_REC_RESERVE, CD_REC_ALLOCATION, CD_REC_INQUEST,
        CD_REC_NO_INCIDENT,
        CD_REC_ANSWER, CD_REC_REPRESENTATION, CD_REC_SHARED, CD_REC_ALLEGATION,
        CD_REC_REGULATORY, CD_REC_LOOKED
    };
    int count, found = 0;
    const cd_record_def_t *defs = cd_record_defs(&count);

    (void)state;
    for (int i = 0; i < count; i++) {
        int listed = 0;
        if (defs[i].file != CD_FILE_CLAIM)
            continue;
        for (size_t k = 0; k < COUNT_OF(may); k++)
            listed |= may[k] == defs[i].kind;
        ROW_CHECK(listed == !cd_take_back_why_not(defs[i].kind), i, defs[i].word);
        found += listed;
    }
    assert_int_equal(found, (int)COUNT_OF(may));
}

static void bank(void **state)
{
    static const struct { const char *text; int is; } rows[] = {
        { NULL, 0 }, { "", 0 }, { "Interim damages", 0 }, { "Bill of 02-11-26", 0 },
          { "Invoice 12345678", 0 },
        { "Paid 20-11-26 to 12-34-56 12345678", 1 }, { "12-34-56 / 12345678", 1 },
          { "sort 123456 acc 12345678", 1 },
        { "a/c 1234 5678, sort code 12 34 56", 1 }, { "12345612345678", 1 }, { "12-34-56-12345678",
          1 },
        { "GB29 NWBK 6016 1331 9268 19", 1 }, { "gb29nwbk60161331926819", 1 },
          { "NHS number 999 000 0018", 0 },
        { "Bill 123456 of 2026-11-02", 0 }, { "£12,345,678.00 in 12 34 56", 0 },
          { "Claim M17CT123/045", 0 },
        { "123456789 and 12-34-56", 0 }, { "tel 020 7946 0018", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_bank_details(rows[i].text) == rows[i].is, i, rows[i].text ? rows[i].text : "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follow), POOL_TEST(in_words), POOL_TEST(places), POOL_TEST(again),
        cmocka_unit_test(taken_back), cmocka_unit_test(bank)
    };

    return cmocka_run_group_tests_name("claim status", tests, NULL, NULL);
}

/* test_err.c: codes, wrapping, joining and the log line. */
#include "unit.h"

#include "base/err.h"

static void codes_have_words(void **state)
{
    int code;

    (void)state;
    for (code = 0; code < CD_E__COUNT; code++) {
        assert_true(strlen(cd_code_word((cd_code_t)code)) > 1);
        assert_true(strlen(cd_code_text((cd_code_t)code)) > 3);
    }
    assert_string_equal(cd_code_word(CD_E_OK), "ok");
    assert_string_equal(cd_code_word(CD_E_STALE), "stale");
    assert_string_equal(cd_code_word(CD_E_UNKNOWN), "outcome-unknown");
    assert_string_equal(cd_code_word((cd_code_t)-1), "failed");
    assert_string_equal(cd_code_word(CD_E__COUNT), "failed");
}

/* House rule for texts (short, lower case, no full stop). */
static void public_texts_keep_the_style(void **state)
{
    int code;

    (void)state;
    for (code = 0; code < CD_E__COUNT; code++) {
        const char *text = cd_code_text((cd_code_t)code);

        assert_true(text[0] >= 'a' && text[0] <= 'z');
        assert_true(text[strlen(text) - 1] != '.');
        assert_true(strlen(text) < 80);
    }
}

static void an_error_keeps_what_it_was_given(void **state)
{
    char mutable_text[] = "the claim is gone";
    cd_err_t *err = cd_err_at(*state, "/a/b/store.c", 12, CD_E_NOT_FOUND, mutable_text,
                              "claim %d of %zu", 7, (size_t)9);

    mutable_text[0] = 'X';
    assert_int_equal(err->code, CD_E_NOT_FOUND);
    assert_string_equal(err->public_text, "the claim is gone");
    assert_string_equal(err->detail, "claim 7 of 9");
    assert_null(err->cause);
    assert_string_equal(cd_err_line(err, *state), "claim 7 of 9 [not-found] (store.c:12)");
}

static void no_public_text_takes_the_codes_own(void **state)
{
    cd_err_t *err = cd_err_at(*state, "x.c", 1, CD_E_BUSY, NULL, "%s", "");

    assert_string_equal(err->public_text, cd_code_text(CD_E_BUSY));
    assert_string_equal(err->detail, "");
    assert_string_equal(cd_err_line(err, *state),
                        "the service could not answer just now [busy] (x.c:1)");
    assert_string_equal(cd_err_line(NULL, *state), "");
}

static void wrapping_adds_and_keeps(void **state)
{
    cd_err_t *low = cd_err_at(*state, "db.c", 3, CD_E_STALE, "someone was faster", "version 4");
    cd_err_t *mid = cd_err_wrap_at(*state, "claim.c", 5, low, "saving claim %d", 8);
    cd_err_t *top = cd_err_wrap_at(*state, "app.c", 6, mid, "settling");

    assert_null(cd_err_wrap_at(*state, "app.c", 1, NULL, "nothing"));
    assert_int_equal(top->code, CD_E_STALE);
    assert_string_equal(top->public_text, "someone was faster");
    assert_ptr_equal(top->cause, mid);
    assert_string_equal(cd_err_line(top, *state),
                        "settling: saving claim 8: version 4 [stale] (db.c:3)");
}

static void joining_lets_the_first_lead(void **state)
{
    cd_err_t *first = cd_err_at(*state, "db.c", 3, CD_E_STALE, NULL, "version 4");
    cd_err_t *second = cd_err_at(*state, "tx.c", 9, CD_E_BUSY, NULL, "rollback failed");
    cd_err_t *both = cd_err_join(*state, first, second);

    assert_ptr_equal(cd_err_join(*state, first, NULL), first);
    assert_ptr_equal(cd_err_join(*state, NULL, second), second);
    assert_null(cd_err_join(*state, NULL, NULL));
    assert_int_equal(both->code, CD_E_STALE);
    assert_string_equal(cd_err_line(both, *state),
                        "with a failed clean-up (rollback failed [busy] (tx.c:9)): "
                        "version 4 [stale] (db.c:3)");
}

static cd_err_t *returns_early(apr_pool_t *pool, int fails, int *reached)
{
    *reached = 0;
    CD_ERR(fails ? cd_err(pool, CD_E_FAILED, NULL, "%s", "on purpose") : NULL);
    *reached = 1;
    return NULL;
}

static void cd_err_returns_early(void **state)
{
    int reached;
    cd_err_t *err = returns_early(*state, 1, &reached);

    assert_non_null(err);
    assert_int_equal(reached, 0);
    assert_true(err->line > 0 && strstr(err->file, "test_err.c"));
    assert_null(returns_early(*state, 0, &reached));
    assert_int_equal(reached, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(codes_have_words), POOL_TEST(public_texts_keep_the_style),
        POOL_TEST(an_error_keeps_what_it_was_given),
        POOL_TEST(no_public_text_takes_the_codes_own), POOL_TEST(wrapping_adds_and_keeps),
        POOL_TEST(joining_lets_the_first_lead), POOL_TEST(cd_err_returns_early),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

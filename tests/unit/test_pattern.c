/* test_pattern.c: PCRE2 with limits. */
#include "unit.h"

#include "base/pattern.h"

static void counting(void *baton, cd_log_level_t level, const char *line)
{
    (void)level;
    assert_memory_equal(line, "CD000", 5);
    (*(int *)baton)++;
}

static cd_pattern_t *compiled(const char *text, apr_pool_t *pool)
{
    cd_pattern_t *pattern;

    assert_null(cd_pattern_compile(&pattern, text, pool));
    return pattern;
}

static void groups_and_marks(void **state)
{
    cd_pattern_t *pattern =
        compiled("^(?:/cases/(\\d+)(*MARK:case)|/claims/(\\d+)(*MARK:claim))$", *state);
    cd_match_t match;

    assert_int_equal(cd_pattern_match(pattern, "/claims/42", 10, &match, *state), 1);
    assert_string_equal(match.mark, "claim");
    assert_int_equal(match.count, 3);
    assert_true(match.start[0] == 0 && match.end[0] == 10);
    assert_true(match.start[1] == (apr_size_t)-1 && match.end[1] == (apr_size_t)-1);
    assert_true(match.start[2] == 8 && match.end[2] == 10);
    assert_true(match.start[7] == (apr_size_t)-1);
    assert_int_equal(cd_pattern_match(pattern, "/cases/7", 8, &match, *state), 1);
    assert_string_equal(match.mark, "case");
    assert_int_equal(match.count, 2);
    assert_int_equal(cd_pattern_match(pattern, "/cases/x", 8, &match, *state), 0);
    assert_int_equal(cd_pattern_match(pattern, "/cases/7", 8, NULL, *state), 1);
    assert_int_equal(cd_pattern_match(pattern, "", 0, NULL, *state), 0);
}

static void the_length_counts_not_the_nul(void **state)
{
    cd_pattern_t *pattern = compiled("^ab$", *state);

    assert_int_equal(cd_pattern_match(pattern, "abc", 2, NULL, *state), 1);
    assert_int_equal(cd_pattern_match(pattern, "ab\0c", 4, NULL, *state), 0);
}

static void more_groups_than_are_kept(void **state)
{
    cd_pattern_t *pattern = compiled("(a)(b)(c)(d)(e)(f)(g)(h)(i)", *state);
    cd_match_t match;

    assert_int_equal(cd_pattern_match(pattern, "abcdefghi", 9, &match, *state), 1);
    assert_int_equal(match.count, CD_PATTERN_GROUPS);
    assert_true(match.start[7] == 6 && match.end[7] == 7);
}

static void utf8(void **state)
{
    cd_pattern_t *pattern = compiled("^.$", *state);
    int logged = 0;
    cd_log_t log = { counting, &logged };

    cd_pattern_log_to(pattern, &log);
    assert_int_equal(cd_pattern_match(pattern, "\xc3\xa9", 2, NULL, *state), 1);
    assert_int_equal(logged, 0);
    assert_int_equal(cd_pattern_match(pattern, "\xc3", 1, NULL, *state), 0);
    assert_int_equal(logged, 1);
}

/* Without limits this pattern takes 2^n steps. */
static void a_runaway_pattern_is_no_match(void **state)
{
    cd_pattern_t *pattern = compiled("^(a|aa|b?a)+$", *state);
    char subject[101];
    int logged = 0;
    cd_log_t log = { counting, &logged };

    memset(subject, 'a', 100);
    subject[100] = '!';
    assert_int_equal(cd_pattern_match(pattern, subject, 101, NULL, *state), 0);
    cd_pattern_log_to(pattern, &log);
    assert_int_equal(cd_pattern_match(pattern, subject, 101, NULL, *state), 0);
    assert_int_equal(logged, 1);
}

static void a_long_subject_is_no_match(void **state)
{
    cd_pattern_t *pattern = compiled("^a", *state);
    char *subject = apr_palloc(*state, 65537);
    int logged = 0;
    cd_log_t log = { counting, &logged };

    memset(subject, 'a', 65537);
    cd_pattern_log_to(pattern, &log);
    assert_int_equal(cd_pattern_match(pattern, subject, 65536, NULL, *state), 1);
    assert_int_equal(logged, 0);
    assert_int_equal(cd_pattern_match(pattern, subject, 65537, NULL, *state), 0);
    assert_int_equal(logged, 1);
}

static void patterns_that_do_not_compile(void **state)
{
    static const char *const rows[] = { "(", "[a", "a{2,1}", "\\C", "(?<n>a)(?<n>b)", "\xff" };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_pattern_t *pattern;
        cd_err_t *err = cd_pattern_compile(&pattern, rows[i], *state);

        ROW_CHECK(err && err->code == CD_E_CONFIG, i, rows[i]);
        ROW_CHECK(strstr(err->detail, "offset "), i, rows[i]);
        assert_null(pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(groups_and_marks), POOL_TEST(the_length_counts_not_the_nul),
        POOL_TEST(more_groups_than_are_kept), POOL_TEST(utf8),
        POOL_TEST(a_runaway_pattern_is_no_match), POOL_TEST(a_long_subject_is_no_match),
        POOL_TEST(patterns_that_do_not_compile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

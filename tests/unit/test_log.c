/* test_log.c: log lines are one line, bounded, and numbered. */
#include "unit.h"

#include "base/log.h"
#include "base/text.h"

typedef struct seen_t {
    int count;
    cd_log_level_t level;
    char line[2000];
} seen_t;

static void keep(void *baton, cd_log_level_t level, const char *line)
{
    seen_t *seen = baton;

    seen->count++;
    seen->level = level;
    apr_cpystrn(seen->line, line, sizeof(seen->line));
}

static void lines(void **state)
{
    seen_t seen = { 0 };
    cd_log_t log = { keep, &seen };

    (void)state;
    cd_log(&log, CD_LOG_WARN, CDLOGNO(0007) "case %d", 5);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.level, CD_LOG_WARN);
    assert_string_equal(seen.line, "CD0007: case 5");
    cd_log(&log, CD_LOG_INFO, "%s", "a\r\nCD0001: forged\x1b[2J\x7f");
    assert_string_equal(seen.line, "a??CD0001: forged?[2J?");
}

static void silence(void **state)
{
    cd_log_t log = { NULL, NULL };

    (void)state;
    cd_log(NULL, CD_LOG_ERROR, "nobody %s", "listens");
    cd_log(&log, CD_LOG_ERROR, "nobody %s", "listens");
}

static void lines_are_bounded(void **state)
{
    seen_t seen = { 0 };
    cd_log_t log = { keep, &seen };
    char long_text[1400];
    size_t shift;

    (void)state;
    memset(long_text, 'x', sizeof(long_text));
    long_text[1000] = '\0';
    cd_log(&log, CD_LOG_INFO, "%s", long_text);
    assert_int_equal(strlen(seen.line), 1000);
    long_text[1000] = 'x';
    long_text[1001] = '\0';
    cd_log(&log, CD_LOG_INFO, "%s", long_text);
    assert_int_equal(strlen(seen.line), 1000);
    for (shift = 0; shift < 4; shift++) {            /* a character of four bytes across the cut */
        memset(long_text, 'x', 1100);
        memcpy(long_text + 997 + shift, "\xf0\x9f\x98\x80", 4);
        long_text[1100] = '\0';
        cd_log(&log, CD_LOG_INFO, "%s", long_text);
        assert_true(strlen(seen.line) >= 996 && strlen(seen.line) <= 1000);
        assert_true(cd_text_valid(seen.line, strlen(seen.line)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(lines), POOL_TEST(silence), POOL_TEST(lines_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

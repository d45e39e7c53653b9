/* test_escape.c: one escaper per context. */
#include "unit.h"

#include <jansson.h>

#include "base/buf.h"

typedef void (*escaper_fn)(cd_buf_t *buf, const char *text);
typedef struct row_t {
    const char *in, *out, *why;
} row_t;

static void check_rows(escaper_fn escape, const row_t *rows, size_t count, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < count; i++) {
        cd_buf_t *buf = cd_buf_make(pool, 0);

        escape(buf, rows[i].in);
        if (strcmp(buf->data, rows[i].out))
            fail_msg("row %d (%s): got %s", (int)i, rows[i].why, buf->data);
        ROW_CHECK(strlen(buf->data) == buf->len, i, rows[i].why);
    }
}

static void html(void **state)
{
    static const row_t rows[] = {
        { "plain", "plain", "nothing to do" }, { "", "", "empty" }, { NULL, "", "absent" },
        { "<script>", "&lt;script&gt;", "an element" },
        { "\" onclick=\"x", "&quot; onclick=&quot;x", "out of a double-quoted attribute" },
        { "' x='", "&#39; x=&#39;", "out of a single-quoted attribute" },
        { "&lt;", "&amp;lt;", "an entity is text too: never decoded twice" },
        { "a&", "a&amp;", "last byte" }, { "&&", "&amp;&amp;", "no run between" },
        { "\xc3\xa9 \xe2\x80\x99", "\xc3\xa9 \xe2\x80\x99", "UTF-8 passes" },
    };

    check_rows(cd_esc_html, rows, COUNT_OF(rows), *state);
}

static void url(void **state)
{
    static const row_t rows[] = {
        { "AZaz09-._~", "AZaz09-._~", "unreserved (RFC 3986 2.3)" },
        { "a b+c", "a%20b%2Bc", "blank and plus" },
        { "a/b?c#d&e=f", "a%2Fb%3Fc%23d%26e%3Df", "delimiters" },
        { "\xc3\xa9", "%C3%A9", "UTF-8 by bytes" },
        { "%41", "%2541", "per cent" },
        { "\r\n", "%0D%0A", "no header can be split" },
        { "javascript:x", "javascript%3Ax", "scheme" },
        { "", "", "empty" },
        { NULL, "", "absent" },
        { "\"<>", "%22%3C%3E", "HTML" },
    };

    check_rows(cd_esc_url, rows, COUNT_OF(rows), *state);
}

static void json(void **state)
{
    static const row_t rows[] = {
        { "plain", "plain", "nothing to do" },
        { "", "", "empty" },
        { NULL, "", "absent" },
        { "a\"b\\c", "a\\\"b\\\\c", "quote and backslash" },
        { "\t\n\r", "\\t\\n\\r", "short forms" },
        { "\x01\x1f", "\\u0001\\u001f", "controls" },
        { "\x7f", "\\u007f", "DEL" },
        { "\xc3\xa9\xf0\x9f\x98\x80", "\xc3\xa9\xf0\x9f\x98\x80", "UTF-8" },
        { "a\xff"
          "b",
          "a\xef\xbf\xbd"
          "b",
          "stray byte" },
        { "\xc3", "\xef\xbf\xbd", "cut short" },
        { "\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd", "overlong NUL" },
        { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", "surrogate" },
        { "\xf5\x80\x80\x80x", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx",
          "past U+10FFFF" },
        { "</script>", "</script>", "JSON is never put into a page" },
    };

    check_rows(cd_esc_json, rows, COUNT_OF(rows), *state);
}

/* Whatever bytes come in, what goes out is JSON that another reader takes. */
static void json_always_parses(void **state)
{
    unsigned a, b;

    for (a = 1; a < 256; a++) {
        apr_pool_clear(*state);
        for (b = 1; b < 256; b++) {
            char in[4] = { (char)a, (char)b, 'z', '\0' };
            cd_buf_t *buf = cd_buf_make(*state, 64);
            json_t *tree;

            cd_buf_lit(buf, "[\"");
            cd_esc_json(buf, in);
            cd_buf_lit(buf, "\"]");
            tree = json_loads(buf->data, 0, NULL);
            assert_non_null(tree);
            json_decref(tree);
        }
    }
}

static void csv(void **state)
{
    static const row_t rows[] = {
        { "plain", "\"plain\"", "always quoted" },
        { "", "\"\"", "empty" },
        { NULL, "\"\"", "absent" },
        { "a,b", "\"a,b\"", "separator" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"", "quotes double" },
        { "two\nlines", "\"two\nlines\"", "line inside the cell" },
        { "=1+1", "\"'=1+1\"", "formula" },
        { "+44 20", "\"'+44 20\"", "plus" },
        { "-2", "\"'-2\"", "minus" },
        { "@SUM(A1)", "\"'@SUM(A1)\"", "at" },
        { "\t=1", "\"'\t=1\"", "TAB" },
        { "\r=1", "\"'\r=1\"", "CR" },
        { "\n=1", "\"'\n=1\"", "LF" },
        { "\xef\xbc\x9d"
          "1",
          "\"'\xef\xbc\x9d"
          "1\"",
          "full-width equals" },
        { "\xef\xbc\xa0"
          "x",
          "\"'\xef\xbc\xa0"
          "x\"",
          "full-width at" },
        { "=\"\"", "\"'=\"\"\"\"\"", "formula with quotes" },
        { "a=1", "\"a=1\"", "not at the start" },
        { "\"", "\"\"\"\"", "a quote alone" },
    };

    check_rows(cd_esc_csv, rows, COUNT_OF(rows), *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(html), POOL_TEST(url), POOL_TEST(json), POOL_TEST(json_always_parses),
        POOL_TEST(csv),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

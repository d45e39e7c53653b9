/* Words of a MIME header. What forms make of them is in test_multipart.c. */
#include "unit.h"

#include "base/mime.h"

/* A copy without NUL, so that a sanitizer sees who reads past the end. */
static cd_mime_cursor_t over(const char *text, apr_pool_t *pool)
{
    apr_size_t len = strlen(text);
    const char *copy = apr_pmemdup(pool, text, len + !len);

    return (cd_mime_cursor_t){ copy, copy + len };
}

static void tokens(void **state)
{
    static const struct { const char *text; int len; const char *why; } rows[] = {
        { "", 0, "nothing" },        { "a", 1, "a letter" },
        { "a b", 1, "up to a blank" }, { "!#$%&'*+-.^_`|~09azAZ", 21, "all that a token has" },
        { "\"a\"", 0, "quotes" },    { "a/b", 1, "a slash" },
        { "\xc3\xa9", 0, "UTF-8" },  { "{", 0, "a brace" },
        { "@", 0, "at" },            { "[", 0, "a bracket" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        cd_mime_cursor_t in = over(rows[i].text, *state);
        const char *start = in.at;
        cd_mime_span_t span;

        ROW_CHECK(cd_mime_token(&span, &in) == (rows[i].len > 0), i, rows[i].why);
        ROW_CHECK((int)span.len == rows[i].len && in.at == start + rows[i].len, i, rows[i].why);
    }
}

/* NUL is no token character, though every string ends with it. */
static void no_nul(void **state)
{
    cd_mime_cursor_t in = { "a\0b", NULL };
    cd_mime_span_t span;

    (void)state;
    in.end = in.at + 3;
    assert_true(cd_mime_token(&span, &in));
    assert_int_equal(span.len, 1);
    assert_false(cd_mime_token(&span, &in));
}

static void parameters(void **state)
{
    static const struct {
        const char *text;
        int result;
        const char *name, *value;
        const char *why;
    } rows[] = {
        { "", 0, "", "", "the end" },
        { " \t ", 0, "", "", "blanks, then the end" },
        { ";a=b", 1, "a", "b", "plain" },
        { " ; \t a=b ", 1, "a", "b", "blanks" },
        { ";a=\"\"", 1, "a", "", "empty in quotes" },
        { ";a=\"b;c=d\"", 1, "a", "b;c=d", "quotes" },
        { ";", -1, "", "", "a separator alone" },
        { "a=b", -1, "", "", "no separator" },
        { ";=b", -1, "", "", "no name" },
        { ";a", -1, "", "", "no value" },
        { ";a =b", -1, "", "", "a blank before =" },
        { ";a= b", -1, "", "", "a blank after =" },
        { ";a=", -1, "", "", "nothing after =" },
        { ";a=\"b", -1, "", "", "open quotes" },
        { ";a=\"b\\\"", -1, "", "", "backslash" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        cd_mime_cursor_t in = over(rows[i].text, *state);
        cd_mime_span_t name, value;

        ROW_CHECK(cd_mime_parameter(&name, &value, &in) == rows[i].result, i, rows[i].why);
        if (rows[i].result > 0) {
            ROW_CHECK(cd_mime_is(name, rows[i].name), i, rows[i].why);
            ROW_CHECK(cd_mime_is(value, rows[i].value), i, rows[i].why);
        }
    }
}

static void types(void **state)
{
    static const struct { const char *text; int result; const char *why; } rows[] = {
        { "text/plain", 1, "plain" },  { "text/plain; a=b", 1, "with a parameter" }, { "text", 0,
          "half" },
        { "text/", 0, "no subtype" },  { "/plain", 0, "no type" },                    { "", 0,
          "nothing" },
        { "text /plain", 0, "a blank" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        cd_mime_cursor_t in = over(rows[i].text, *state);
        cd_mime_span_t span;

        ROW_CHECK(cd_mime_type(&span, &in) == rows[i].result, i, rows[i].why);
        ROW_CHECK(!rows[i].result || cd_mime_is(span, "TEXT/plain"), i, rows[i].why);
    }
}

static void words(void **state)
{
    cd_mime_span_t span = { "Boundary", 8 };

    (void)state;
    assert_true(cd_mime_is(span, "boundary"));
    assert_false(cd_mime_is(span, "boundar"));
    assert_false(cd_mime_is(span, "boundary2"));
    assert_false(cd_mime_is(span, "bOunders"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(tokens), POOL_TEST(no_nul), POOL_TEST(parameters), POOL_TEST(types),
                  POOL_TEST(words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

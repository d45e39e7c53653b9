/* test_multipart_limits.c: how much the parser of forms with a file takes of each thing. */
#include "unit.h"

#include "multipart_feed.h"

/* Rows at and over the limits of `small`. */
static const cd_multipart_limits_t small = { .total = 400,
                                             .file = 6,
                                             .value = 5,
                                             .values = 8,
                                             .parts = 3,
                                             .files = 2,
                                             .headers = 3,
                                             .header_line = 90,
                                             .name = 4,
                                             .filename = 7 };
static const row_t limits[] = {
    { FIELD("abcd", "12345") END, CD_E_OK, "abcd=12345;", "name and value at the limit" },
    { FIELD("abcde", "1") END, CD_E_TOO_LARGE, "the name of a part is too long", "name" },
    { FIELD("a", "123456") END, CD_E_TOO_LARGE, "one of the values is too long", "value" },
    { FIELD("a", "1234|--C") END, CD_E_TOO_LARGE,
      "one of the values is too long", "with what was almost a boundary" },
    { FIELD("a", "12345") FIELD("b", "123") END, CD_E_OK, "a=12345;b=123;", "values at the limit" },
    { FIELD("a", "12345") FIELD("b", "1234") END, CD_E_TOO_LARGE,
      "the values are too long together", "values" },
    { FIELD("a", "123") FIELD("b", "123456") END, CD_E_TOO_LARGE,
      "one of the values is too long", "both at once" },
    { FIELD("a", "12345") FIELD("b", "123456") END, CD_E_TOO_LARGE,
      "the values are too long together",
      "both at once, the values first" },
    { FIELD("a", "1") FIELD("b", "1") FIELD("c", "1") END, CD_E_OK, "a=1;b=1;c=1;",
      "parts at the limit" },
    { FIELD("a", "1") FIELD("b", "1") FIELD("c", "1") FIELD("d", "1") END, CD_E_TOO_LARGE,
      "the form has too many parts", "parts" },
    { UPLOAD("f", "abc.pdf", "123456") END, CD_E_OK,
      "f<abc.pdf application/pdf>123456;", "file at the limit" },
    { UPLOAD("f", "abcd.pdf", "1") END, CD_E_TOO_LARGE, "the name of the file is too long",
      "filename" },
    { UPLOAD("f", "x", "1234567") END, CD_E_TOO_LARGE, "the file is too large", "file" },
    { UPLOAD("f", "x", "12345|--C") END, CD_E_TOO_LARGE,
      "the file is too large", "with what was almost a boundary" },
    { UPLOAD("f", "x", "1") UPLOAD("g", "y", "2") END, CD_E_OK,
      "f<x application/pdf>1;g<y application/pdf>2;", "two files" },
    { UPLOAD("f", "x", "1") UPLOAD("g", "y", "2") UPLOAD("h", "z", "3") END, CD_E_TOO_LARGE,
      "the form has too many files",
      "files" },
    { PART(NAMED "|X: 1|Y: 2", "1") END, CD_E_OK, "a=1;", "headers at the limit" },
    { PART(NAMED "|X: 1|Y: 2|Z: 3", "1") END, CD_E_TOO_LARGE, "a part has too many headers",
      "headers" },
    { PART(NAMED "|X: 3456789012345678901234567890123456789"
           "01234567890123456789012345678901234567890123456789", "1") END,
      CD_E_OK, "a=1;", "line at the limit" },
    { PART(NAMED "|X: 3456789012345678901234567890123456789"
           "012345678901234567890123456789012345678901234567890", "1") END,
      CD_E_TOO_LARGE, "a header of a part is too long", "line" },
};

static void keeps_limits(void **state)
{
    int i;

    for (i = 0; i < (int)COUNT_OF(limits); i++)
        check_row(&limits[i], i, &small, *state);
}

static void keeps_total(void **state)
{
    cd_buf_t *body = spelled(FIELD("a", "1") END, *state);
    cd_multipart_limits_t at = { .total = body->len }, over = { .total = body->len - 1 };
    apr_size_t step;

    for (step = 1; step < body->len + 2; step++) {
        trace_t trace = { 0 };
        cd_err_t *err;

        assert_null(feed(&trace, "B", &at, body->data, body->len, step, *state));
        assert_string_equal(trace.text->data, "a=1;");
        err = feed(&trace, "B", &over, body->data, body->len, step, *state);
        assert_int_equal(err->code, CD_E_TOO_LARGE);
        assert_string_equal(err->public_text, "what was sent is too large");
        assert_string_equal(trace.text->data, "a=1;");   /* all but the last LF had come */
    }
}

/* The defaults, where a browser could meet them. */
static void keeps_default_limits(void **state)
{
    static const struct { apr_size_t value; int fields; const char *want; } rows[] = {
        { 65536, 1, NULL }, { 65537, 1, "one of the values is too long" },
        { 65536, 4, NULL }, { 65536, 5, "the values are too long together" },
        { 1, 100, NULL }, { 1, 101, "the form has too many parts" },
    };
    int i, field;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        cd_buf_t *body = cd_buf_make(*state, 1000);
        char *value = apr_palloc(*state, rows[i].value + 1);
        trace_t trace = { 0 };
        cd_err_t *err;

        memset(value, 'x', rows[i].value);
        value[rows[i].value] = '\0';
        for (field = 0; field < rows[i].fields; field++)
            cd_buf_fmt(body, "--B\r\n" NAMED "\r\n\r\n%s\r\n", value);
        cd_buf_lit(body, "--B--\r\n");
        err = feed(&trace, "B", NULL, body->data, body->len, 8192, *state);
        ROW_CHECK(!err == !rows[i].want, i, err ? err->public_text : "taken");
        ROW_CHECK(!err || !strcmp(err->public_text, rows[i].want), i, err->public_text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(keeps_limits),
        POOL_TEST(keeps_total),
        POOL_TEST(keeps_default_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_json.c: what the strict reader refuses, and what the writer writes. */
#include "unit.h"

#include "base/json.h"

static void refused(void **state)
{
    static const struct { const char *bytes; size_t len; const char *says, *why;
    } rows[] = {
        { "", 0, "line 1", "empty" },
        { "   ", 3, "", "only blanks" },
        { NULL, 0, "", "absent" },
        { "{", 1, "too early", "cut short" },
        { "{\"a\":1", 6, "too early", "cut short" },
        { "{\"a\":1,\"a\":2}", 13, "a name comes twice", "duplicate" },
        { "{\"a\":{\"b\":1,\"b\":1}}", 20, "a name comes twice", "duplicate below" },
        { "{}x", 3, "text after its end", "trailing text" },
        { "{}{}", 4, "text after", "two documents" },
        { "[1,]", 4, "not JSON", "comma too many" },
        { "[01]", 4, "not JSON", "leading zero" },
        { "{'a':1}", 7, "not JSON", "single quotes" },
        { "[NaN]", 5, "not JSON", "not a number" },
        { "// c\n[]", 7, "not JSON", "comment" },
        { "1", 1, "not JSON", "a bare number" },
        { "\"a\"", 3, "not JSON", "a bare string" },
        { "\xef\xbb\xbf[]", 5, "", "byte order mark" },
        { "[\"\xff\"]", 5, "not UTF-8", "stray byte" },
        { "[\"\xc0\x80\"]", 6, "not UTF-8", "overlong" },
        { "[\"\xed\xa0\x80\"]", 7, "not UTF-8", "surrogate bytes" },
        { "[\"\\u0000\"]", 10, "NUL", "NUL" },
        { "[\"a\0b\"]", 7, "", "raw NUL" },
        { "[\"\\ud800\"]", 10, "", "half a surrogate pair" },
        { "[\"a\nb\"]", 7, "", "raw line feed in a string" },
        { "[99999999999999999999]", 22, "too large", "past 64 bits" },
        { "[1e999]", 7, "too large", "real" },
        { "{\"a\":\n 1,\n  !}", 14, "line 3, column 3", "place" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        json_t *tree = (json_t *)state;
        cd_err_t *err = cd_json_read(&tree, rows[i].bytes, rows[i].len, *state);

        ROW_CHECK(err && err->code == CD_E_BAD_REQUEST, i, rows[i].why);
        ROW_CHECK(!tree, i, rows[i].why);
        if (!strstr(err->public_text, rows[i].says))
            fail_msg("row %d (%s): %s", (int)i, rows[i].why, err->public_text);
    }
}

/* A person's data must not travel into messages and logs. */
static void messages_do_not_quote_the_input(void **state)
{
    static const char *const rows[] = {
        "{\"name\": SECRET}", "{\"SECRET\":1,\"SECRET\":2}", "[\"SECRET\"", "[\"SECRET\xff\"]"
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        json_t *tree;
        cd_err_t *err = cd_json_read(&tree, rows[i], strlen(rows[i]), *state);

        assert_non_null(err);
        assert_null(strstr(err->public_text, "SECRET"));
        assert_null(strstr(cd_err_line(err, *state), "SECRET"));
    }
}

static cd_err_t *read_nested(json_t **tree, int levels, const char *middle, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 64);
    int i;

    for (i = 0; i < levels; i++)
        cd_buf_lit(buf, "[");
    cd_buf_str(buf, middle);
    for (i = 0; i < levels; i++)
        cd_buf_lit(buf, "]");
    return cd_json_read(tree, buf->data, buf->len, pool);
}

static void depth(void **state)
{
    json_t *tree;

    assert_null(read_nested(&tree, 32, "", *state));
    assert_non_null(read_nested(&tree, 33, "", *state));
    assert_non_null(strstr(read_nested(&tree, 33, "", *state)->public_text,
                           "line 1, column 33: it is nested too deeply"));
    assert_non_null(read_nested(&tree, 200000, "", *state));
    assert_null(read_nested(&tree, 31, "{\"a\":\"[[[[[{{{\\\"[[[[\"},[],{},[]", *state));
    assert_non_null(read_nested(&tree, 31, "{\"a\":[1]}", *state));
}

static void a_good_tree(void **state)
{
    static const char text[] = "{\"a\":[1,true,null,\"\xc3\xa9\\n\"],\"b\":-9223372036854775808}";
    json_t *tree;

    assert_null(cd_json_read(&tree, text, sizeof(text) - 1, *state));
    assert_int_equal(json_array_size(json_object_get(tree, "a")), 4);
    assert_string_equal(json_string_value(json_array_get(json_object_get(tree, "a"), 3)),
                        "\xc3\xa9\n");
    assert_true(json_integer_value(json_object_get(tree, "b")) == APR_INT64_MIN);
    assert_int_equal(tree->refcount, 1);             /* so that the pool's clean-up frees it */
}

static void write_sample(cd_jsonw_t *w)
{
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "text");
    cd_jsonw_text(w, "a\"\n");
    cd_jsonw_name(w, "list");
    cd_jsonw_open(w, '[');
    cd_jsonw_int(w, APR_INT64_MIN);
    cd_jsonw_bool(w, 1);
    cd_jsonw_bool(w, 0);
    cd_jsonw_null(w);
    cd_jsonw_text(w, NULL);
    cd_jsonw_open(w, '{');
    cd_jsonw_close(w, '}');
    cd_jsonw_open(w, '[');
    cd_jsonw_close(w, ']');
    cd_jsonw_close(w, ']');
    cd_jsonw_name(w, "n");
    cd_jsonw_int(w, 0);
    cd_jsonw_close(w, '}');
}

static void writer(void **state)
{
    cd_buf_t *flat = cd_buf_make(*state, 0), *tall = cd_buf_make(*state, 0);
    cd_jsonw_t w;
    json_t *a, *b;

    cd_jsonw_init(&w, flat, 0);
    write_sample(&w);
    assert_string_equal(flat->data,
                        "{\"text\":\"a\\\"\\n\",\"list\":[-9223372036854775808,true,false,"
                        "null,null,{},[]],\"n\":0}");
    cd_jsonw_init(&w, tall, 1);
    write_sample(&w);
    assert_string_equal(
        tall->data, "{\n  \"text\": \"a\\\"\\n\",\n  \"list\": [\n    "
                    "-9223372036854775808,\n    true,\n    false,\n    null,\n    null,\n    {},\n"
                    "    []\n  ],\n  \"n\": 0\n}");
    assert_null(cd_json_read(&a, flat->data, flat->len, *state));
    assert_null(cd_json_read(&b, tall->data, tall->len, *state));
    assert_true(json_equal(a, b));
}

static void first_difference(void **state)
{
    static const struct { const char *a, *b, *pointer, *was, *is; } rows[] = {
        { "{\"a\":1}", "{\"a\":1}", NULL, NULL, NULL },
        { "{\"a\":1,\"b\":[1,{\"c\":2}]}", "{\"a\":1,\"b\":[1,{\"c\":3}]}", "/b/1/c", "2", "3" },
        { "{\"a\":1}", "{\"a\":1,\"b\":true}", "/b", NULL, "true" },
        { "[1,2]", "[1]", "/1", "2", NULL },
        { "{\"a\":1}", "{\"a\": 1}", "/", NULL, NULL },
        { "1", "not json", "/", NULL, NULL },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_json_diff_t diff;
        assert_int_equal(cd_json_differ(&diff, rows[i].a, rows[i].b, *state),
                         rows[i].pointer != NULL);
        ROW_CHECK(!rows[i].pointer == !diff.pointer
                      && (!diff.pointer || !strcmp(diff.pointer, rows[i].pointer)),
                  i, rows[i].b);
        ROW_CHECK(!rows[i].was == !diff.was && (!diff.was || !strcmp(diff.was, rows[i].was)), i,
                  rows[i].b);
        ROW_CHECK(!rows[i].is == !diff.is && (!diff.is || !strcmp(diff.is, rows[i].is)), i,
                  rows[i].b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(refused), POOL_TEST(messages_do_not_quote_the_input), POOL_TEST(depth),
        POOL_TEST(a_good_tree), POOL_TEST(writer), POOL_TEST(first_difference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

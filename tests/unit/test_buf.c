/* test_buf.c: the growing buffer. */
#include "unit.h"

#include "base/buf.h"

static void grows_and_stays_terminated(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 0);
    int i;

    assert_string_equal(buf->data, "");
    for (i = 0; i < 1000; i++) {
        cd_buf_add(buf, "abc", 3);
        assert_int_equal(buf->len, (i + 1) * 3);
        assert_true(buf->len <= buf->cap);
        assert_int_equal(buf->data[buf->len], '\0');
    }
    for (i = 0; i < 3000; i++)
        assert_int_equal(buf->data[i], "abc"[i % 3]);
}

static void adds_what_it_is_given(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 4);

    cd_buf_str(buf, NULL);
    cd_buf_add(buf, NULL, 0);
    cd_buf_str(buf, "");
    assert_int_equal(buf->len, 0);
    cd_buf_add(buf, "a\0b", 3);
    assert_int_equal(buf->len, 3);
    cd_buf_lit(buf, "<p>");
    assert_memory_equal(buf->data, "a\0b<p>", 7);
}

/* The edge that a length off by one would miss: text that just fits, and one byte more. */
static void formats_at_the_edge(void **state)
{
    apr_size_t want;

    for (want = 28; want < 70; want++) {
        cd_buf_t *buf = cd_buf_make(*state, 32);

        cd_buf_fmt(buf, "%*d", (int)want, 7);
        assert_int_equal(buf->len, want);
        assert_int_equal(strlen(buf->data), want);
        assert_int_equal(buf->data[want - 1], '7');
        cd_buf_fmt(buf, "%s|%zu", "tail", (size_t)42);
        assert_string_equal(buf->data + want, "tail|42");
    }
}

static void room_can_be_filled_by_hand(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 32);
    char *at = cd_buf_room(buf, 5000);

    memset(at, 'x', 5000);
    at[5000] = '\0';
    buf->len += 5000;
    cd_buf_lit(buf, "y");
    assert_int_equal(buf->len, 5001);
    assert_int_equal(buf->data[5000], 'y');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(grows_and_stays_terminated), POOL_TEST(adds_what_it_is_given),
        POOL_TEST(formats_at_the_edge), POOL_TEST(room_can_be_filled_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

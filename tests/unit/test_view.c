/* test_view.c: the value tree and its three writers' two faces. */
#include "unit.h"

#include "web/view.h"

static const cd_token_t modes[] = { { 1, "FACE_TO_FACE", "Face to face" }, { 0, NULL, NULL } };

static void names(void **state)
{
    int i;

    (void)state;
    assert_string_equal(web_name(WN_title), "title");
    assert_string_equal(web_name(WN__NONE), "");
    assert_string_equal(web_name(WN__COUNT), "");
    assert_int_equal(web_name_find("title", 5), WN_title);
    assert_int_equal(web_name_find("titles", 6), WN__NONE);
    assert_int_equal(web_name_find("titlesque", 5), WN_title);
    assert_int_equal(web_name_find("titl", 4), WN__NONE);
    assert_int_equal(web_name_find("", 0), WN__NONE);
    for (i = 1; i < WN__COUNT; i++) /* a name in two lists would be found as the first */
        assert_int_equal(web_name_find(web_name((web_name_t)i), strlen(web_name((web_name_t)i))),
                         i);
}

static void fill(web_view_t *map)
{
    web_put_text(map, WN_title, "A <b> & \"c\"");
    web_put_int(map, WN_count, -12345);
    web_put_flag(map, WN_current, 1);
    web_put_date(map, WN_on, cd_date_make(2026, 11, 4));
    web_put_instant(map, WN_at, cd_instant_parse("2026-11-04T14:30:00Z"));
    web_put_pence(map, WN_amount, 123450);
    web_put_bp(map, WN_value, 7000);
    web_put_token(map, WN_how, modes, 1);
}

static void two_faces(void **state)
{
    web_view_t *map = web_view_make(*state);
    cd_buf_t *json = cd_buf_make(*state, 0);

    fill(map);
    assert_string_equal(web_get_text(map, WN_title), "A <b> & \"c\"");
    assert_string_equal(web_get_text(map, WN_count), "-12345");
    assert_string_equal(web_get_text(map, WN_on), "4 November 2026");
    assert_string_equal(web_get_text(map, WN_at), "4 November 2026 at 2:30pm");
    assert_string_equal(web_get_text(map, WN_amount), "\xc2\xa3" "1,234.50");
    assert_string_equal(web_get_text(map, WN_value), "70.00%");
    assert_string_equal(web_get_text(map, WN_how), "Face to face");
    assert_null(web_get_text(map, WN_detail));
    web_write_json(json, map);
    assert_string_equal(
        json->data, "{\"title\":\"A <b> & \\\"c\\\"\",\"count\":-12345,\"current\":true,"
                    "\"on\":\"2026-11-04\",\"at\":\"2026-11-04T14:30:00.000Z\",\"amount\":123450,"
                    "\"value\":7000,\"how\":\"FACE_TO_FACE\"}");
}

static void absent_values(void **state)
{
    web_view_t *map = web_view_make(*state);
    cd_when_t nothing = { 0, 0 };
    cd_buf_t *json = cd_buf_make(*state, 0);

    fill(map);
    web_put_text(map, WN_title, NULL);
    web_put_date(map, WN_on, CD_NO_DATE);
    web_put_instant(map, WN_at, 0);
    web_put_when(map, WN_who, nothing);
    web_put_token(map, WN_how, modes, 9);
    assert_null(web_get_text(map, WN_title));
    assert_null(web_get_text(map, WN_on));
    assert_null(web_get_text(map, WN_how));
    web_write_json(json, map);
    assert_string_equal(json->data,
                        "{\"count\":-12345,\"current\":true,\"amount\":123450,\"value\":7000}");
}

static void page_only_values_stay_on_the_page(void **state)
{
    web_view_t *map = web_view_make(*state);
    cd_buf_t *json = cd_buf_make(*state, 0);

    web_page_text(map, WN_token, "secret");
    web_page_flag(map, WN_banner, 1);
    web_put_text(web_add(web_page_list(map, WN_nav)), WN_url, "/x");
    web_put_text(web_page_map(map, WN_actor), WN_name, "N");
    web_put_text(map, WN_title, "T");
    assert_string_equal(web_get_text(map, WN_token), "secret");
    web_write_json(json, map);
    assert_string_equal(json->data, "{\"title\":\"T\"}");
    web_put_text(map, WN_token, "public now");
    web_page_text(map, WN_title, "T");
    json->len = 0;
    web_write_json(json, map);
    assert_string_equal(json->data, "{\"token\":\"public now\"}");
}

static void putting_twice_replaces(void **state)
{
    web_view_t *map = web_view_make(*state);

    web_put_text(map, WN_title, "one");
    web_put_int(map, WN_title, 2);
    assert_string_equal(web_get_text(map, WN_title), "2");
    assert_ptr_equal(web_put_map(map, WN_actor), web_put_map(map, WN_actor));
    assert_ptr_equal(web_put_list(map, WN_rows), web_put_list(map, WN_rows));
    web_put_text(map, WN_rows, "not a list any more");
    assert_null(web_get_map(map, WN_rows));
}

/* Names that share a bit of the mask, and one taken away again. */
static void many_values(void **state)
{
    web_view_t *map = web_view_make(*state);
    int i;

    for (i = 1; i < WN__COUNT; i++)
        web_put_int(map, (web_name_t)i, i);
    web_put_text(map, WN_title, NULL);
    for (i = 1; i < WN__COUNT; i++) {
        const char *text = web_get_text(map, (web_name_t)i);

        if (i == WN_title)
            assert_null(text);
        else
            assert_string_equal(text, apr_itoa(*state, i));
    }
}

static void lists(void **state)
{
    web_view_t *map = web_view_make(*state), *list = web_put_list(map, WN_rows);
    cd_buf_t *json = cd_buf_make(*state, 0);
    int i;

    for (i = 0; i < 20; i++)
        web_put_int(web_add(list), WN_count, i);
    assert_int_equal(web_list_count(list), 20);
    assert_string_equal(web_get_text(web_list_at(list, 19), WN_count), "19");
    assert_null(web_list_at(list, 20));
    assert_null(web_list_at(list, -1));
    assert_int_equal(web_list_count(map), 0);
    assert_int_equal(web_list_count(NULL), 0);
    web_put_list(map, WN_items);
    web_write_json(json, web_get_map(map, WN_items));
    assert_string_equal(json->data, "[]");
}

static void csv(void **state)
{
    static const web_name_t columns[] = { WN_title, WN_on, WN_amount, WN_how, WN_token };
    web_view_t *map = web_view_make(*state), *list = web_put_list(map, WN_rows), *row;
    cd_buf_t *buf = cd_buf_make(*state, 0);

    row = web_add(list);
    web_put_text(row, WN_title, "=cmd|' /C calc'!A0");
    web_put_date(row, WN_on, cd_date_make(2026, 11, 4));
    web_put_pence(row, WN_amount, -100);
    web_put_token(row, WN_how, modes, 1);
    web_page_text(row, WN_token, "secret");
    web_put_text(web_add(list), WN_title, "a \"b\", c");
    web_write_csv(buf, list, columns, 5);
    assert_string_equal(buf->data, "\"title\",\"on\",\"amount\",\"how\",\"token\"\r\n"
                        "\"'=cmd|' /C calc'!A0\",\"2026-11-04\",\"-100\",\"FACE_TO_FACE\",\"\"\r\n"
                        "\"a \"\"b\"\", c\",\"\",\"\",\"\",\"\"\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(names), POOL_TEST(two_faces), POOL_TEST(absent_values),
        POOL_TEST(page_only_values_stay_on_the_page), POOL_TEST(putting_twice_replaces),
        POOL_TEST(many_values), POOL_TEST(lists), POOL_TEST(csv),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

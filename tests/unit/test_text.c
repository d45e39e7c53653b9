/* test_text.c: UTF-8, tidying, hex, base64url, lists, NHS numbers, organisation codes. */
#include "unit.h"

#include "base/text.h"

static void well_formed_text(void **state)
{
    static const struct { const char *bytes; size_t len; int ok; const char *why;
    } rows[] = {
        { "", 0, 1, "empty" },
        { "abc", 3, 1, "ASCII" },
        { "a\tb\r\nc", 6, 1, "TAB, CR, LF" },
        { "a\0b", 3, 0, "NUL" },
        { "\x01", 1, 0, "control" },
        { "\x1b[0m", 4, 0, "escape" },
        { "\x7f", 1, 0, "DEL" },
        { "\xc2\x85", 2, 0, "U+0085, a C1 control" },
        { "\xc2\x9f", 2, 0, "U+009F" },
        { "\xc2\xa0", 2, 1, "U+00A0" },
        { "\xc3\xa9", 2, 1, "two bytes" },
        { "\xe2\x82\xac", 3, 1, "three bytes" },
        { "\xf0\x9f\x98\x80", 4, 1, "four bytes" },
        { "\xc3", 1, 0, "cut after one of two" },
        { "\xe2\x82", 2, 0, "cut after two of three" },
        { "\xf0\x9f\x98", 3, 0, "cut after three of four" },
        { "\x80", 1, 0, "continuation first" },
        { "\xc0\x80", 2, 0, "overlong NUL" },
        { "\xc1\xbf", 2, 0, "overlong" },
        { "\xe0\x9f\xbf", 3, 0, "overlong" },
        { "\xf0\x8f\xbf\xbf", 4, 0, "overlong" },
        { "\xed\x9f\xbf", 3, 1, "U+D7FF" },
        { "\xed\xa0\x80", 3, 0, "U+D800" },
        { "\xed\xbf\xbf", 3, 0, "U+DFFF" },
        { "\xee\x80\x80", 3, 1, "U+E000" },
        { "\xef\xbf\xbd", 3, 1, "U+FFFD" },
        { "\xef\xbf\xbe", 3, 0, "U+FFFE" },
        { "\xef\xbf\xbf", 3, 0, "U+FFFF" },
        { "\xf4\x8f\xbf\xbd", 4, 1, "near the end" },
        { "\xf4\x90\x80\x80", 4, 0, "U+110000" },
        { "\xf5\x80\x80\x80", 4, 0, "F5" },
        { "\xff", 1, 0, "FF" },
        { "\xc3"
          "a",
          2, 0, "no continuation" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_text_valid(rows[i].bytes, rows[i].len) == rows[i].ok, i, rows[i].why);
    assert_int_equal(cd_text_chars("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), 4);
    assert_int_equal(cd_text_chars(""), 0);
    assert_int_equal(cd_text_chars(NULL), 0);
}

static void characters_written(void **state)
{
    static const struct { unsigned code; const char *bytes; int len; } rows[] = {
        { 0, "", 1 },
        { 0x41, "A", 1 },
        { 0x7f, "\x7f", 1 },
        { 0x80, "\xc2\x80", 2 },
        { 0x7ff, "\xdf\xbf", 2 },
        { 0x800, "\xe0\xa0\x80", 3 },
        { 0xd7ff, "\xed\x9f\xbf", 3 },
        { 0xd800, "\xef\xbf\xbd", 3 },
        { 0xdbff, "\xef\xbf\xbd", 3 },
        { 0xdc00, "\xef\xbf\xbd", 3 },
        { 0xdfff, "\xef\xbf\xbd", 3 },
        { 0xe000, "\xee\x80\x80", 3 },
        { 0xfffd, "\xef\xbf\xbd", 3 },
        { 0xffff, "\xef\xbf\xbf", 3 },
        { 0x10000, "\xf0\x90\x80\x80", 4 },
        { 0x10ffff, "\xf4\x8f\xbf\xbf", 4 },
        { 0x110000, "\xef\xbf\xbd", 3 },
        { 0x1fffff, "\xef\xbf\xbd", 3 },
        { 0x7fffffff, "\xef\xbf\xbd", 3 },
        { 0xffffffff, "\xef\xbf\xbd", 3 },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        char bytes[5] = "\0\0\0\0\x7e"; /* the last stays as it is */
        int len = cd_utf8_put(bytes, rows[i].code);

        ROW_CHECK(len == rows[i].len && !memcmp(bytes, rows[i].bytes, (size_t)len)
                      && bytes[4] == 0x7e,
                  i, apr_psprintf(*state, "U+%04X", rows[i].code));
    }
}

/* What is written is read back as the same, for each code point there is, and no shorter piece of
 * it is a character. */
static void every_character_comes_back(void **state)
{
    unsigned code;

    (void)state;
    for (code = 0; code <= 0x10ffff; code++) {
        const int surrogate = code >= 0xd800 && code <= 0xdfff;
        unsigned back = 0xffffffff;
        char bytes[4];
        int len = cd_utf8_put(bytes, code);

        if (cd_utf8_next(bytes, (apr_size_t)len, &back) != len
            || back != (surrogate ? 0xfffd : code)
            || (len > 1 && cd_utf8_next(bytes, (apr_size_t)len - 1, NULL)))
            fail_msg("U+%04X: %d bytes, read back as U+%04X", code, len, back);
    }
}

static void tidying(void **state)
{
    static const struct { const char *in, *out; } rows[] = {
        { "a", "a" }, { "  a b \n", "a b" }, { "a\r\nb\rc\nd", "a\nb\nc\nd" }, { "", NULL },
        { " \t\r\n", NULL }, { NULL, NULL }, { "\xc2\xa0 a\xc2\xa0", "a" }, { "\xc2\xa0", NULL },
        { "\xc3\xa0", "\xc3\xa0" }, { "a\r", "a" }, { "a\r\r\nb", "a\n\nb" }, { "a  b", "a  b" },
        { "a\xc2\xa0 \xc2\xa0", "a" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *got = cd_text_tidy(rows[i].in, *state);

        if (rows[i].out)
            assert_string_equal(got, rows[i].out);
        else
            assert_null(got);
    }
}

static void hexadecimal(void **state)
{
    unsigned char out[4] = { 1, 2, 3, 4 };

    assert_string_equal(cd_hex("\x00\xff\x1a", 3, *state), "00ff1a");
    assert_string_equal(cd_hex("", 0, *state), "");
    assert_true(cd_unhex(out, 3, "00fF1A"));
    assert_memory_equal(out, "\x00\xff\x1a\x04", 4);
    assert_false(cd_unhex(out, 3, "00ff1"));
    assert_false(cd_unhex(out, 3, "00ff1a0"));
    assert_false(cd_unhex(out, 3, "00ff1g"));
    assert_false(cd_unhex(out, 3, ""));
    assert_false(cd_unhex(out, 3, NULL));
    assert_true(cd_unhex(out, 0, ""));
}

static void base64url(void **state)
{
    static const struct { const char *bytes; size_t len; const char *text;
    } rows[] = {
        { "", 0, "" },
        { "f", 1, "Zg" },
        { "fo", 2, "Zm8" },
        { "foo", 3, "Zm9v" }, /* RFC 4648 10 */
        { "foob", 4, "Zm9vYg" },
        { "fooba", 5, "Zm9vYmE" },
        { "foobar", 6, "Zm9vYmFy" },
        { "\xff\xff\xfe", 3, "___-" },
        { "\0\0", 2, "AAA" },
    };
    static const struct { const char *text; size_t len; const char *why;
    } bad[] = {
        { "Zh", 1, "bits left over are not zero: a second spelling" },
        { "Zm9", 2, "likewise" },
        { "Zg=", 1, "padding" },
        { "Zg==", 1, "padding" },
        { "Z", 1, "one digit" },
        { "Z", 0, "one digit of nothing" },
        { "Zm8", 1, "too long" },
        { "Zg", 2, "too short" },
        { "Zg\n", 1, "white space" },
        { "+/8", 2, "the other alphabet" },
        { "ZgA", 1, "one digit more" },
        { NULL, 1, "absent" },
    };
    unsigned char out[8];
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(cd_b64url(rows[i].bytes, rows[i].len, *state), rows[i].text);
        ROW_CHECK(cd_unb64url(out, rows[i].len, rows[i].text), i, rows[i].text);
        assert_memory_equal(out, rows[i].bytes, rows[i].len);
    }
    for (i = 0; i < COUNT_OF(bad); i++)
        ROW_CHECK(!cd_unb64url(out, bad[i].len, bad[i].text), i, bad[i].why);
}

static void lists(void **state)
{
    static const char *const words[] = { "a", "b", "c", "d" };

    assert_string_equal(cd_text_list(words, 0, *state), "");
    assert_string_equal(cd_text_list(words, 1, *state), "a");
    assert_string_equal(cd_text_list(words, 2, *state), "a and b");
    assert_string_equal(cd_text_list(words, 4, *state), "a, b, c and d");
}

static void nhs_numbers(void **state)
{
    static const struct { const char *typed, *want, *why; } rows[] = {
        { "9434765919", "9434765919", "the example of the data dictionary" },
        { "943 476 5919", "9434765919", "with spaces" },
        { " 943-476-5919 ", "9434765919", "with hyphens" },
        { "943\xc2\xa0" "476\xc2\xa0" "5919", "9434765919", "pasted no-break spaces" },
        { "9434765918", NULL, "wrong check digit" }, { "4010232137", "4010232137", "another" },
        { "1000000010", NULL, "remainder 1 gives check 10: no such number" },
        { "943476591", NULL, "nine digits" }, { "94347659190", NULL, "eleven digits" },
        { "943476591X", NULL, "a letter" }, { "", NULL, "empty" }, { NULL, NULL, "absent" },
        { "943.476.5919", NULL, "dots" }, { "4000000004", "4000000004", "first in use in England" },
        { "9434765919\xc2", NULL, "half a character" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *got = cd_nhs_read(rows[i].typed, *state);

        ROW_CHECK((!got) == (!rows[i].want), i, rows[i].why);
        if (got)
            assert_string_equal(got, rows[i].want);
    }
    assert_string_equal(cd_nhs_words("9434765919", *state), "943 476 5919");
    assert_string_equal(cd_nhs_words(NULL, *state), "");
}

/* Modulus 11 finds every single wrong digit and every swap of neighbours. */
static void nhs_slips_are_found(void **state)
{
    char number[] = "9434765919";
    int i, d;

    for (i = 0; i < 10; i++) {
        char kept = number[i];

        for (d = '0'; d <= '9'; d++) {
            number[i] = (char)d;
            assert_true((cd_nhs_read(number, *state) == NULL) == (d != kept));
        }
        number[i] = kept;
        if (i < 9 && number[i] != number[i + 1]) {
            number[i] = number[i + 1];
            number[i + 1] = kept;
            assert_null(cd_nhs_read(number, *state));
            number[i + 1] = number[i];
            number[i] = kept;
        }
    }
}

static void organisation_codes(void **state)
{
    static const struct { const char *text; int ok; } rows[] = {
        { "RXX", 1 }, { "RJ122", 1 }, { "8HK48ABC", 1 }, { "RX", 0 }, { "8HK48ABCD", 0 },
        { "rxx", 0 }, { "RX ", 0 }, { "R-X", 0 }, { "", 0 }, { NULL, 0 }, { "RXX\n", 0 },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(cd_ods_valid(rows[i].text) == rows[i].ok, i,
                  rows[i].text ? rows[i].text : "NULL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(well_formed_text), POOL_TEST(characters_written),
        POOL_TEST(every_character_comes_back), POOL_TEST(tidying), POOL_TEST(hexadecimal),
        POOL_TEST(base64url), POOL_TEST(lists), POOL_TEST(nhs_numbers),
        POOL_TEST(nhs_slips_are_found), POOL_TEST(organisation_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

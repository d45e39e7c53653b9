/* Arguments of directives: what is taken, and what is refused rather than guessed. The source is
 * taken in whole: the ring mod/ is no library, and this file of it needs no httpd. */
#include "unit.h"

#include "mod/parse.c"

static void numbers(void **state)
{
    static const struct { const char *text; int good, value; const char *why; } rows[] = {
        { "1", 1, 1, "least" }, { "100", 1, 100, "most" }, { "0", 0, 0, "below" }, { "101", 0, 0,
          "above" },
        { "6", 1, 6, "between" }, { "006", 1, 6, "leading noughts" }, { "", 0, 0, "empty" },
        { "300x", 0, 0, "a tail (mod_auth_openidc took it)" }, { "x3", 0, 0, "no digit" }, { " 6",
          0, 0, "space" },
        { "6 ", 0, 0, "space after" }, { "-6", 0, 0, "sign" }, { "+6", 0, 0, "sign" }, { "6.0", 0,
          0, "point" },
        { "0x6", 0, 0, "hexadecimal" }, { "4294967302", 0, 0, "6 in 32 bits" },
        { "18446744073709551622", 0, 0, "6 in 64 bits" },
    };
    int i;

    (void)state;
    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        int value = -7;
        int good = mod_parse_number(&value, rows[i].text, 1, 100);

        ROW_CHECK(good == rows[i].good, i, rows[i].why);
        ROW_CHECK(value == (good ? rows[i].value : -7), i, rows[i].why);
    }
}

static void sizes(void **state)
{
    static const struct { const char *text; int want; const char *why; } rows[] = {
        { "1024", 1024, "the least" },
        { "1K", 1024, "the same in K" },
        { "1k", 1024, "a small letter" },
        { "50M", 52428800, "the default" },
        { "1024m", 1073741824, "the most" },
        { "1073741824", 1073741824, "the most in bytes" },
        { "1073741825", -1, "one more" },
        { "1025M", -1, "one M more" },
        { "1048577K", -1, "one K more" },
        { "1023", -1, "too little" },
        { "0M", -1, "nothing" },
        { "", -1, "empty" },
        { "M", -1, "no number" },
        { "1G", -1, "another unit" },
        { "1MB", -1, "two letters" },
        { "1 M", -1, "a blank" },
        { "-1M", -1, "less than nothing" },
        { "1.5M", -1, "a fraction" },
        { "00000000001024", -1, "more digits than any number here has" },
    };
    int i;

    (void)state;
    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        int value = -1;
        int good = mod_parse_size(&value, rows[i].text, 1024, 1073741824);

        ROW_CHECK(good == (rows[i].want >= 0) && value == rows[i].want, i, rows[i].why);
    }
}

static void flags(void **state)
{
    int value = -7;

    (void)state;
    assert_true(mod_parse_flag(&value, "On") && value == 1);
    assert_true(mod_parse_flag(&value, "oFF") && value == 0);
    value = -7;
    assert_false(mod_parse_flag(&value, "yes"));
    assert_false(mod_parse_flag(&value, "1"));
    assert_false(mod_parse_flag(&value, ""));
    assert_int_equal(value, -7);
}

static void paths(void **state)
{
    static const struct { const char *text, *path, *why; } rows[] = {
        { "/candour", "/candour", "one part" }, { "/candour/", "/candour", "slash at the end" },
        { "/", "", "the whole server" }, { "/a/b-c/d.e~f_g", "/a/b-c/d.e~f_g", "every character" },
        { "", NULL, "empty" }, { "candour", NULL, "no slash" }, { "//", NULL, "an empty part" },
        { "/a//b", NULL, "an empty part" }, { "/a//", NULL, "two slashes at the end" }, { "/a/../b",
          NULL, "up" },
        { "/.", NULL, "dot" }, { "/...", "/...", "three dots are a name" }, { "/a b", NULL,
          "space" },
        { "/a?b", NULL, "query" }, { "/a%2f", NULL, "escape" }, { "/^a", NULL, "a pattern" },
          { "/a\"", NULL, "quote" },
        { "https://host/a", NULL, "a whole address" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        const char *out = NULL;

        ROW_CHECK(mod_parse_url_path(&out, rows[i].text, *state) == (rows[i].path != NULL), i,
                  rows[i].why);
        ROW_CHECK(!rows[i].path || !strcmp(out, rows[i].path), i, rows[i].why);
    }
}

static void origins(void **state)
{
    static const struct { const char *text, *origin, *why; } rows[] = {
        { "https://a.example", "https://a.example", "name" },
        { "https://a.example/", "https://a.example", "slash at the end" },
        { "http://127.0.0.1:8480", "http://127.0.0.1:8480", "address and port" },
        { "https://a:65535/", "https://a:65535", "last port" },
        { "https://a:65536", NULL, "no such port" }, { "https://a:0", NULL, "port 0" },
          { "https://a:", NULL, "no port" },
        { "https://a:/", NULL, "no port, slash" }, { "https://", NULL, "no host" }, { "https:///",
          NULL, "no host, slash" },
        { "https://a/b", NULL, "path" }, { "https://a//", NULL, "two slashes" }, { "https://A",
          NULL, "capital" },
        { "ftp://a", NULL, "scheme" }, { "a.example", NULL, "no scheme" }, { "https://u@a", NULL,
          "user" },
        { "https://a b", NULL, "space" }, { "https://a\r\nX: y", NULL, "line end" }, { "", NULL,
          "empty" }, { "/", NULL, "slash" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        const char *out = NULL;

        ROW_CHECK(mod_parse_origin(&out, rows[i].text, *state) == (rows[i].origin != NULL), i,
                  rows[i].why);
        ROW_CHECK(!rows[i].origin || !strcmp(out, rows[i].origin), i, rows[i].why);
    }
}

static void words(void **state)
{
    char long_name[66], long_shown[202];

    (void)state;
    memset(long_name, 'a', 65);
    long_name[65] = '\0';
    memset(long_shown, 'a', 201);
    long_shown[201] = '\0';
    assert_true(mod_parse_host("db1.example.nhs.uk") && mod_parse_host("::1")
                && mod_parse_host("10.0.0.1"));
    assert_false(mod_parse_host("") || mod_parse_host("a b") || mod_parse_host("-a")
                 || mod_parse_host("a."));
    assert_true(mod_parse_name("candour_server") && mod_parse_name(long_name + 1));
    assert_false(mod_parse_name("") || mod_parse_name("a b") || mod_parse_name("a;b")
                 || mod_parse_name(long_name));
    assert_true(mod_parse_shown("Candour casework") && mod_parse_shown("\xc3\xa9")
                && mod_parse_shown(long_shown + 1));
    assert_false(mod_parse_shown("") || mod_parse_shown("a\nb") || mod_parse_shown("\x7f")
                 || mod_parse_shown(long_shown));
}

static void secrets(void **state)
{
    static const struct { const char *bytes; apr_size_t len; const char *secret, *why; } rows[] = {
        { "abc", 3, "abc", "no line end" }, { "abc\n", 4, "abc", "line end" }, { "abc\r\n", 5,
          "abc", "CR LF" },
        { "a!~\"'\\b\n", 8, "a!~\"'\\b", "every kind of character" }, { "", 0, NULL, "empty" },
          { "\n", 1, NULL, "no secret" },
        { "abc\n\n", 5, NULL, "a second line end" }, { "abc\ndef\n", 8, NULL, "a second line" },
          { "a c\n", 4, NULL, "space" },
        { "abc ", 4, NULL, "space after" }, { "a\0c\n", 4, NULL, "NUL" }, { "\xc3\xa9\n", 3, NULL,
          "not ASCII" },
    };
    char long_bytes[513];
    const char *out;
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        out = NULL;
        ROW_CHECK(mod_parse_secret(&out, rows[i].bytes, rows[i].len, *state)
                      == (rows[i].secret != NULL),
                  i, rows[i].why);
        ROW_CHECK(!rows[i].secret || !strcmp(out, rows[i].secret), i, rows[i].why);
    }
    memset(long_bytes, 'a', sizeof(long_bytes));
    assert_true(mod_parse_secret(&out, long_bytes, 512, *state));
    assert_false(mod_parse_secret(&out, long_bytes, 513, *state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(numbers), POOL_TEST(sizes), POOL_TEST(flags), POOL_TEST(paths),
                  POOL_TEST(origins), POOL_TEST(words), POOL_TEST(secrets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_session.c: the binding cookie, the token and the origin check. */
#include "unit.h"

#include "web/session.h"

static const unsigned char secret[32] = "0123456789abcdef0123456789abcdef";
static const unsigned char other_secret[32] = "0123456789abcdef0123456789abcdeg";
#define B "AAECAwQFBgcICQoLDA0ODw"

static void cookies(void **state)
{
    static const struct { const char *header; int found; const char *why;
    } rows[] = {
        { "__Host-candour=" B, 1, "alone" },
        { "a=b; __Host-candour=" B, 1, "second" },
        { "__Host-candour=" B "; a=b", 1, "first" },
        { "a=b;__Host-candour=" B ";c", 1, "no blanks" },
        { "  __Host-candour=" B, 1, "blanks first" },
        { NULL, 0, "absent" },
        { "", 0, "empty" },
        { ";", 0, "a separator" },
        { ";;; ;", 0, "separators" },
        { "=", 0, "an equals sign" },
        { "__Host-candour", 0, "no value" },
        { "__Host-candour=", 0, "empty value" },
        { "__Host-candour=" B "A", 0, "too long" },
        { "__Host-candour=AAECAwQFBgcICQoLDA0OD", 0, "too short" },
        { "__Host-candour=AAECAwQFBgcICQoLDA0ODx", 0, "another spelling of the same bytes" },
        { "__Host-candour=" B "; __Host-candour=" B, 0, "twice" },
        { "candour=" B, 0, "without the prefix" },
        { "x__Host-candour=" B, 0, "end of another name" },
        { "__Host-candourx=" B, 0, "start of another name" },
        { "__host-candour=" B, 0, "names mind capitals" },
        { "__Host-candour=\"" B "\"", 0, "quotes" },
        { "__Host-candour=" B " ", 0, "blank after" },
        { "__Host-candour = " B, 0, "blanks round the sign" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *got = web_binding_read(rows[i].header, 0, *state);

        ROW_CHECK((got != NULL) == rows[i].found, i, rows[i].why);
        ROW_CHECK(!got || !strcmp(got, B), i, rows[i].why);
    }
    assert_string_equal(web_binding_read("candour=" B, 1, *state), B);
    assert_null(web_binding_read("__Host-candour=" B, 1, *state));
}

static void a_long_header_is_not_read(void **state)
{
    char *header = apr_palloc(*state, 9000);
    static const char cookie[] = "__Host-candour=" B ";";

    memset(header, ' ', 9000);
    memcpy(header, cookie, sizeof(cookie) - 1);
    header[8192] = '\0';
    assert_non_null(web_binding_read(header, 0, *state));
    header[8192] = ' ';
    header[8193] = '\0';
    assert_null(web_binding_read(header, 0, *state));
}

static void a_fresh_cookie(void **state)
{
    const char *one, *two, *set;

    assert_null(web_binding_make(&one, &set, 0, *state));
    assert_string_equal(
        set,
        apr_psprintf(*state, "__Host-candour=%s; Path=/; HttpOnly; SameSite=Strict; Secure", one));
    assert_string_equal(web_binding_read(apr_psprintf(*state, "__Host-candour=%s", one), 0, *state),
                        one);
    assert_null(web_binding_make(&two, &set, 1, *state));
    assert_string_equal(set,
                        apr_psprintf(*state, "candour=%s; Path=/; HttpOnly; SameSite=Strict", two));
    assert_string_not_equal(one, two);
}

static void tokens(void **state)
{
    apr_pool_t *pool = *state;
    const char *token = web_token_make(secret, B, "ann", 20000, pool);
    static const struct {
        const char *binding, *user;
        apr_int64_t day;
        int holds;
        const char *why;
    } rows[] = {
        { B, "ann", 20000, 1, "the same day" },
        { B, "ann", 20001, 1, "the day after" },
        { B, "ann", 20002, 0, "two days after" },
        { B, "ann", 19999, 0, "the day before" },
        { B, "anne", 20000, 0, "another user" },
        { B, "an", 20000, 0, "part of the user" },
        { B, "", 20000, 0, "no user" },
        { B, NULL, 20000, 0, "no user" },
        { NULL, "ann", 20000, 0, "no cookie" },
        { "", "ann", 20000, 0, "an empty cookie" },
        { "AAECAwQFBgcICQoLDA0ODA", "ann", 20000, 0, "another browser" },
        { B "a", "nn", 20000, 0, "the border moved" },
    };
    size_t i;

    assert_int_equal(strlen(token), 22);
    for (i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(web_token_check(secret, token, rows[i].binding, rows[i].user, rows[i].day, pool)
                      == rows[i].holds,
                  i, rows[i].why);
    assert_int_equal(web_token_check(other_secret, token, B, "ann", 20000, pool), 0);
    assert_null(web_token_make(secret, NULL, "ann", 20000, pool));
    assert_null(web_token_make(secret, B, NULL, 20000, pool));
}

/* No other spelling and no changed character holds. */
static void changed_tokens(void **state)
{
    apr_pool_t *pool = *state;
    const char *token = web_token_make(secret, B, "ann", 20000, pool);
    static const char *const bad[] = { NULL, "", "A", "AAAAAAAAAAAAAAAAAAAAAA" };
    char *changed;
    size_t i;

    for (i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(web_token_check(secret, bad[i], B, "ann", 20000, pool), 0);
    for (i = 0; i < 22; i++) {
        changed = apr_pstrdup(pool, token);
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        assert_int_equal(web_token_check(secret, changed, B, "ann", 20000, pool), 0);
    }
    assert_int_equal(
        web_token_check(secret, apr_pstrcat(pool, token, "A", NULL), B, "ann", 20000, pool), 0);
    assert_int_equal(
        web_token_check(secret, apr_pstrcat(pool, token, "=", NULL), B, "ann", 20000, pool), 0);
    assert_int_equal(
        web_token_check(secret, apr_pstrcat(pool, " ", token, NULL), B, "ann", 20000, pool), 0);
}

static void origins(void **state)
{
    static const char own[] = "https://candour.example";
    static const struct {
        const char *site, *origin, *referer;
        int same;
        const char *why;
    } rows[] = {
        { "same-origin", NULL, NULL, 1, "a browser of today" },
        { "same-origin", "https://candour.example", NULL, 1, "both say so" },
        { "same-origin", "null", NULL, 1, "our own no-referrer hides the origin" },
        { "same-origin", "https://evil.example", NULL, 0, "they disagree" },
        { "same-site", NULL, NULL, 0, "a neighbour" },
        { "cross-site", NULL, NULL, 0, "a stranger" },
        { "cross-site", "https://candour.example", NULL, 0, "they disagree" },
        { "none", NULL, NULL, 0, "no page of ours" },
        { "", NULL, NULL, 0, "empty" },
        { "Same-Origin", NULL, NULL, 0, "no such word" },
        { NULL, "https://candour.example", NULL, 1, "origin alone" },
        { NULL, "HTTPS://CANDOUR.EXAMPLE", NULL, 1, "capitals" },
        { NULL, "http://candour.example", NULL, 0, "another scheme" },
        { NULL, "https://candour.example:8443", NULL, 0, "another port" },
        { NULL, "https://candour.example.evil.example", NULL, 0, "longer" },
        { NULL, "null", NULL, 0, "opaque" },
        { NULL, "null", "https://candour.example/a", 0, "opaque wins over the referer" },
        { NULL, "", NULL, 0, "empty" },
        { NULL, NULL, "https://candour.example/a?b", 1, "referer alone" },
        { NULL, NULL, "https://candour.example", 1, "referer without a path" },
        { NULL, NULL, "https://candour.example.evil.example/", 0, "longer host" },
        { NULL, NULL, "https://candour.example@evil.example/", 0, "our name as a user" },
        { NULL, NULL, "https://candour.example:80/", 0, "another port" },
        { NULL, NULL, "https://evil.example/https://candour.example/", 0, "in the path" },
        { NULL, NULL, "", 0, "empty" },
        { NULL, NULL, NULL, 0, "nothing said" },
        { NULL, "https://evil.example", "https://candour.example/", 0, "origin wins" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(web_same_origin(rows[i].site, rows[i].origin, rows[i].referer, own)
                      == rows[i].same,
                  i, rows[i].why);
    assert_int_equal(web_same_origin("same-origin", NULL, NULL, NULL), 0);
    assert_int_equal(web_same_origin(NULL, "", NULL, ""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(cookies),        POOL_TEST(a_long_header_is_not_read),
        POOL_TEST(a_fresh_cookie), POOL_TEST(tokens),
        POOL_TEST(changed_tokens), POOL_TEST(origins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

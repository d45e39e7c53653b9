/* test_words.c: words of a text and what somebody looks for. */
#include "unit.h"

#include "base/words.h"

static apr_pool_t *words_pool;           /* of the test that runs */

static int setup(void **state)
{
    int bad = pool_setup(state);

    words_pool = *state;
    return bad;
}

#define WORDS_TEST(function) cmocka_unit_test_setup_teardown(function, setup, pool_teardown)

static const char *joined(const char *text)
{
    apr_pool_t *pool = words_pool;
    apr_size_t len = strlen(text), at = 0;
    const char *out = "";
    cd_word_t word;

    while (cd_word_next(&word, text, len, &at))
        out = apr_pstrcat(pool, out, *out ? " " : "", word.folded, cd_word_counts(&word) ? "" : "-",
                          NULL);
    return out;
}

static void folded(void **state)
{
    static const struct { const char *text, *words; } rows[] = {
        { "", "" },
        { "Sepsis, missed; (again)", "sepsis missed again" },
        { "the ward AND the patient", "the- ward and- the- patient" },
        { "Siân SIÂN sian Sia\xcc\x82n", "sian sian sian sian" },
        { "O’Brien O'Brien", "o- brien o- brien" },
        { "Straße Æsop œuvre Þór Łódź ŵyth ẃ", "strasse aesop oeuvre thor lodz wyth w-" },
        { "ŴYTH ŷ Ŷd Ẃy ẁy ïaith CYMRÂG", "wyth y- yd wy wy iaith cymrag" },
        { "Ștefan ştefan ȘTEFAN S\xcc\xa6tefan Ionuț ƏLİ əli",
          "stefan stefan stefan stefan ionut əli əli" },
        { "Nguyễn Trương ĐẶNG Ǿrsted Ɗangote GROẞ", "nguyen truong dang orsted dangote gross" },
        { "Нина ΑΘΗΝΑ", "нина αθηνα" },
        { "Андрей Андреи\xcc\x86 ФЁДОР Федор Αθήνα ΑΘΉΝΑ Αθη\xcc\x81να Γιώργος",
          "андреи андреи федор федор αθηνα αθηνα αθηνα γιωργοσ" },
        { "O\xca\xbc" "Brien O\xe2\x80\x98" "Brien O`Brien O\xc2\xb4" "Brien",
          "o- brien o- brien o- brien o- brien" },
        { "follow-up follow\xe2\x80\x90up follow\xe2\x80\x91up follow–up follow—up",
          "follow up follow up follow up follow up follow up" },
        { "haemor\xc2\xadrhage co\xe2\x80\x8dop co\xe2\x81\xa0op \xef\xbb\xbfward",
          "haemorrhage coop coop ward" },
        { "ﬁndings ﬂuid oﬃce", "findings fluid office" },
        { "\xcc\x81ward \xcc\x81 \xc2\xad", "ward" },
        { "943 476 5919 9434765919 943-476-5919", "943 476 5919 9434765919 943 476 5919" },
        { "10,000 3.5mg 2½ m²", "10- 000 3- 5mg 2- m-" },
        { "one\xc2\xa0two\xe2\x80\x8bthree\xe3\x80\x80" "four", "one two three four" },
        { "a 12 123 4,5 2026", "a- 12- 123 4- 5- 2026" },
        { "INC-2026/0412", "inc 2026 0412" },
        { "right\xc2\xa0knee…x", "right knee x-" },
        { "bad\xff\xfe" "bytes", "bad bytes" },
        { "ward\xf0\x9f\x98\x80" "ward", "ward ward" },
    };
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(joined(rows[i].text), rows[i].words))
            fail_msg("row %d: %s, not %s", (int)i, joined(rows[i].text), rows[i].words);
}

static void places(void **state)
{
    apr_size_t at = 0, len = strlen("«É\xcc\x81t» x");
    cd_word_t word;

    (void)state;
    assert_true(cd_word_next(&word, "«É\xcc\x81t» x", len, &at));
    assert_int_equal(word.at, 2);
    assert_int_equal(word.len, 5);
    assert_int_equal(word.chars, 2);
}

static void long_words_are_cut(void **state)
{
    char text[301];
    apr_size_t at = 0;
    cd_word_t word;

    (void)state;
    memset(text, 'x', 300);
    text[300] = '\0';
    assert_true(cd_word_next(&word, text, 300, &at));
    assert_int_equal(strlen(word.folded), CD_WORD_BYTES);
    assert_int_equal(word.len, 300);
    assert_false(cd_word_next(&word, text, 300, &at));
}

static void sets(void **state)
{
    cd_words_t *words = cd_words_make(3, words_pool);

    (void)state;
    cd_words_add(words, "Fall on the ward. Falls! FALL");
    assert_int_equal(words->list->nelts, 3);
    cd_words_add(words, "more");
    cd_words_add(words, NULL);
    assert_int_equal(words->list->nelts, 3);
    assert_string_equal(APR_ARRAY_IDX(words->list, 0, const char *), "fall");
    assert_string_equal(APR_ARRAY_IDX(words->list, 2, const char *), "falls");
}

/* Groups between bars, what is left out behind a slash. */
static const char *asked(const char *typed)
{
    apr_pool_t *pool = words_pool;
    cd_word_query_t *query = cd_word_query(typed, pool);
    const char *out = "";
    int i, j;

    for (i = 0; i < query->count; i++) {
        out = apr_pstrcat(pool, out, i ? "|" : "", NULL);
        for (j = 0; j < query->group[i].count; j++)
            out = apr_pstrcat(pool, out, j ? " " : "", query->group[i].word[j], NULL);
    }
    return query->left_out ? apr_pstrcat(pool, out, "/", query->left_out, NULL) : out;
}

static void queries(void **state)
{
    static const struct { const char *typed, *groups; } rows[] = {
        { NULL, "" }, { "", "" }, { "  \n", "" }, { "…!", "" }, { "\"\"", "" }, { "\"", "" },
        { "sepsis Ward", "sepsis|ward" },
        { "the sepsis", "sepsis/the" },
        { "the of", "/the of" },
        { "\"wrong site surgery\" knee", "wrong site surgery|knee" },
        { "“wrong  site” x", "wrong site/x" },
        { "\"left open", "left open" },
        { "\"on the ward\"", "on the ward" },
        { "INC-2026-17", "inc 2026 17" },
        { "O’Brien", "o brien" },
        { "ab\"cd ef\"gh", "ab|cd ef|gh" },
        { "swab SWAB \"swab\" left swab \"left swab\" \"Left Swab\"", "swab|left|left swab" },
        { "a1 b2 c3 d4 e5 f6 g7 h8 i9 j0", "a1|b2|c3|d4|e5|f6|g7|h8/i9 j0" },
    };
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(asked(rows[i].typed), rows[i].groups))
            fail_msg("row %d: %s, not %s", (int)i, asked(rows[i].typed), rows[i].groups);
}

static void keys_longest_first(void **state)
{
    cd_word_query_t *query =
        cd_word_query("knee \"the replacement of\" hip \"my knee\"", words_pool);

    (void)state;
    assert_int_equal(query->keys, 3);
    assert_string_equal(query->key[0], "replacement");
    assert_string_equal(query->key[1], "knee");
    assert_string_equal(query->key[2], "hip");
}

static void found_in_texts(void **state)
{
    static const struct { const char *typed, *text; int at, len; } rows[] = {
        { "ward", "The WARD was full", 4, 4 },
        { "ward", "Wards are full", -1, 0 },
        { "\"was full\"", "It was late, the ward was\nfull.", 22, 8 },
        { "\"was full\"", "was fully; full was", -1, 0 },
        { "\"a a b\"", "a a a b", 2, 5 },
        { "sian", "Mrs Siân.", 4, 5 },
    };
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_word_query_t *query = cd_word_query(rows[i].typed, words_pool);
        apr_size_t at = 0, len = 0;
        int is;

        if (!query->count) {             /* "a a b": nothing in it is worth an index */
            static const char *words[] = { "a", "a", "b" };
            query->group[0] = (cd_word_group_t){ words, 3 };
        }
        is = cd_word_group_find(&at, &len, &query->group[0], rows[i].text);
        ROW_CHECK(is == (rows[i].at >= 0), i, rows[i].text);
        if (is) {
            ROW_CHECK((int)at == rows[i].at, i, "where");
            ROW_CHECK((int)len == rows[i].len, i, "how long");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORDS_TEST(folded), WORDS_TEST(places), WORDS_TEST(long_words_are_cut), WORDS_TEST(sets),
                   WORDS_TEST(queries),
        WORDS_TEST(keys_longest_first), WORDS_TEST(found_in_texts)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

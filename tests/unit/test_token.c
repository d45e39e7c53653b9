/* test_token.c: code lists, read strictly and politely. */
#include "unit.h"

#include "base/token.h"

static const cd_token_t modes[] = {
    { 1, "FACE_TO_FACE", "Face to face" }, { 2, "VIDEO", "Video call" },
    { 7, "FACE", "Face" }, { 0, NULL, NULL }
};

static void readers(void **state)
{
    static const struct { const char *text; int strict, polite; const char *why; } rows[] = {
        { "FACE_TO_FACE", 1, 1, "the word itself" },
        { "FACE", 7, 7, "a word that another starts with" },
        { "FACE_TO_FAC", 0, 0, "cut short" },
        { "FACE_TO_FACES", 0, 0, "one letter more" },
        { "face_to_face", 0, 1, "lower case is for typing" },
        { "Face to face", 0, 1, "spaces" },
        { "face-to-face", 0, 1, "hyphens" },
        { "  video\t\r\n", 0, 2, "white space round a pasted word" },
        { "", 0, 0, "empty" }, { "   ", 0, 0, "only blanks" }, { NULL, 0, 0, "absent" },
        { "_", 0, 0, "a separator alone" }, { "V\xc3\x8d" "DEO", 0, 0, "no folding of accents" },
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        ROW_CHECK(cd_token_strict(modes, rows[i].text) == rows[i].strict, i, rows[i].why);
        ROW_CHECK(cd_token_polite(modes, rows[i].text) == rows[i].polite, i, rows[i].why);
    }
}

static void words_and_labels(void **state)
{
    (void)state;
    assert_string_equal(cd_token_word(modes, 1), "FACE_TO_FACE");
    assert_string_equal(cd_token_label(modes, 2), "Video call");
    assert_null(cd_token_word(modes, 0));
    assert_null(cd_token_label(modes, 0));
    assert_null(cd_token_word(modes, 3));
    assert_null(cd_token_label(modes, -1));
}

static void fewer(void **state)
{
    const cd_token_t *without = cd_token_without(modes, 1, *state);
    const cd_token_t *only = cd_token_only(modes, 2, *state);

    assert_int_equal(without[0].value, 2);
    assert_string_equal(without[1].word, "FACE");
    assert_null(without[2].word);
    assert_string_equal(only[0].word, "VIDEO");
    assert_null(only[1].word);
    assert_null(cd_token_only(modes, 3, *state)[0].word);
    assert_string_equal(cd_token_without(modes, 3, *state)[2].label, "Face");
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(readers), POOL_TEST(words_and_labels),
                                        POOL_TEST(fewer) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

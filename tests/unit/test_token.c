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

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(readers), POOL_TEST(words_and_labels) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* fuzz_words.c: any bytes. Words come in order and within the text, folded words fold to themselves, and what is typed
 * is found in itself. */
#include "fuzz.h"

#include "base/text.h"
#include "base/words.h"

static void check_words(const char *text, size_t len)
{
    apr_size_t at = 0, end = 0;
    cd_word_t word, again;

    while (cd_word_next(&word, text, len, &at)) {
        apr_size_t inner = 0;

        FUZZ_CHECK(word.at >= end && word.len > 0 && word.at + word.len <= len && at >= word.at + word.len);
        end = word.at + word.len;
        FUZZ_CHECK(word.chars > 0 && strlen(word.folded) <= CD_WORD_BYTES && *word.folded);
        FUZZ_CHECK(cd_text_valid(word.folded, strlen(word.folded)));
        FUZZ_CHECK(cd_word_next(&again, word.folded, strlen(word.folded), &inner));
        FUZZ_CHECK(!strcmp(again.folded, word.folded));
    }
    FUZZ_CHECK(at == len);
}

static void check_query(const char *text, apr_pool_t *pool)
{
    cd_word_query_t *query = cd_word_query(text, pool);
    int i;

    FUZZ_CHECK(query->count >= 0 && query->count <= CD_QUERY_GROUPS && query->keys <= query->count);
    FUZZ_CHECK(!query->count == !query->keys);
    for (i = 0; i < query->count; i++) {
        apr_size_t at, len;

        FUZZ_CHECK(query->group[i].count > 0);
        if (query->group[i].count == 1 || !strpbrk(text, "\"\xe2"))
            FUZZ_CHECK(cd_word_group_find(&at, &len, &query->group[i], text) && at + len <= strlen(text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = apr_pstrmemdup(pool, (const char *)data, size);
    cd_words_t *words = cd_words_make(20, pool);

    check_words((const char *)data, size);
    check_query(text, pool);
    cd_words_add(words, text);
    FUZZ_CHECK(words->list->nelts <= 20);
    apr_pool_destroy(pool);
    return 0;
}

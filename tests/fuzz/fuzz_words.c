/* fuzz_words.c: any bytes. Words come in order and within the text, folded words fold to
 * themselves, what is typed is found in itself, and what stands in a text is found by the index:
 * the first line is looked for in the rest. */
#include "fuzz.h"

#include "base/text.h"
#include "base/words.h"

static void check_words(const char *text, size_t len)
{
    apr_size_t at = 0, end = 0;
    cd_word_t word, again;

    while (cd_word_next(&word, text, len, &at)) {
        apr_size_t inner = 0;

        FUZZ_CHECK(word.at >= end && word.len > 0 && word.at + word.len <= len
                   && at >= word.at + word.len);
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
            FUZZ_CHECK(cd_word_group_find(&at, &len, &query->group[i], text)
                       && at + len <= strlen(text));
    }
}

/* A text that holds all groups has every key among its words: or the index would not name it. */
static void check_index(const char *typed, const char *text, apr_pool_t *pool)
{
    cd_word_query_t *query = cd_word_query(typed, pool);
    cd_words_t *words = cd_words_make(100000, pool);
    int i, all = 1;

    cd_words_add(words, text);
    for (i = 0; i < query->count; i++) {
        apr_size_t at, len;

        all &= cd_word_group_find(&at, &len, &query->group[i], text);
    }
    for (i = 0; all && i < query->keys; i++)
        FUZZ_CHECK(apr_hash_get(words->seen, query->key[i], APR_HASH_KEY_STRING));
    for (i = 0; i < words->list->nelts && i < 8; i++) {
        const char *word = APR_ARRAY_IDX(words->list, i, const char *);

        query = cd_word_query(word, pool);
        FUZZ_CHECK(query->count == 1 && query->keys == 1 && !query->left_out
                   && !strcmp(query->key[0], word));
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
    check_index(apr_pstrmemdup(pool, text, strcspn(text, "\n")), text + strcspn(text, "\n"), pool);
    apr_pool_destroy(pool);
    return 0;
}

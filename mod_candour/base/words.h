/* words.h: the words of a text, folded, so that what is typed and what is written meet.
 *
 * Requires: APR.   Provides: cd_word_next, cd_words_t, cd_word_query_t.   Used by: store, app.
 * A word is a run of letters and digits; apostrophes and hyphens of every shape part words
 * ("O'Brien" is "o", "brien"). Folding: small letters; Latin, Greek and Cyrillic letters without
 * their accents, composed or not ("Siân", "SIAN" and "sian" are one word; ß is ss, æ is ae); signs
 * that are not seen, as the soft hyphen, are not there; every other letter as it is. Scripts that
 * put no space between words give one word for a whole run. What is looked for later is made by the
 * same function, so a change of this file means `candourctl run words`. */
#ifndef CD_BASE_WORDS_H
#define CD_BASE_WORDS_H

#include <apr_hash.h>
#include <apr_pools.h>
#include <apr_tables.h>

#define CD_WORD_BYTES 64           /* of a folded word; what is longer is cut */

typedef struct cd_word_t {
    apr_size_t at, len;            /* where it stands in the text, in bytes */
    int chars;                     /* folded */
    int digits;                    /* 1: digits only */
    char folded[CD_WORD_BYTES + 1];
} cd_word_t;

/** The next word of `text` from byte `*at` on; 0 at the end. `*at` moves behind it. Bytes that are
 * no UTF-8 part words. */
int cd_word_next(cd_word_t *out, const char *text, apr_size_t len, apr_size_t *at);
/** 1 if a word is worth an index: two characters, numbers three, and none of the stop list ("the",
 * "and"). */
int cd_word_counts(const cd_word_t *word);

#define CD_WORDS_OF_RECORD 1000    /* one text of 8,000 characters has some 500 that differ */
/** Set of folded words worth an index, in the order in which they came. */
typedef struct cd_words_t {
    apr_array_header_t *list;      /* const char * */
    apr_hash_t *seen;
    int most;                      /* more are left out */
    apr_pool_t *pool;
} cd_words_t;
cd_words_t *cd_words_make(int most, apr_pool_t *pool);
void cd_words_add(cd_words_t *words, const char *text);

/* ---- what somebody looks for ------------------------------------------------- */

#define CD_QUERY_GROUPS 8
/** Words that must follow one another in one text; a single word is a group of one. */
typedef struct cd_word_group_t { const char **word; int count; } cd_word_group_t;
typedef struct cd_word_query_t {
    cd_word_group_t group[CD_QUERY_GROUPS];
    int count;                     /* 0: nothing to look for */
    /* different words to look up: each group's longest, the longest of all first */
    const char *key[CD_QUERY_GROUPS];
    int keys;
    /* what was too short, too common or too much, as typed; NULL: nothing */
    const char *left_out;
} cd_word_query_t;
/** Reads what was typed. Words in quotes, straight or curly, and words joined by other signs
 * ("INC-2026-17") are looked for in a row. @owner pool */
cd_word_query_t *cd_word_query(const char *typed, apr_pool_t *pool);
/** First place where `group` stands in `text`: bytes from `*at_out`, `*len_out` long; 0: nowhere.
 */
int cd_word_group_find(apr_size_t *at_out, apr_size_t *len_out, const cd_word_group_t *group,
                       const char *text);

#endif

/* words.h: the word index: which files hold a word, by keyed hashes of folded words.
 *
 * Requires: file.h.   Provides: store_words_*, store_heads_of.   Used by: app.
 * A hash is made under the key of one trust, or of the scheme (store_word_key), so that whoever
 * reads the table alone learns no word, and cannot even see that two trusts use the same one. Rows
 * are added in the transaction of the record; those whose word no longer stands are found and taken
 * away by the job. */
#ifndef CD_STORE_WORDS_H
#define CD_STORE_WORDS_H

#include "store/file.h"

#define STORE_WORD_BYTES 16
typedef struct store_word_t {
    unsigned char hash[STORE_WORD_BYTES];
    cd_file_kind_t kind;
    apr_int64_t id;
} store_word_t;

void store_word_hash(unsigned char out[STORE_WORD_BYTES], const store_data_key_t *key,
                     const char *word);
/** Adds rows that are not there yet: up to 256 in one round trip. */
cd_err_t *store_words_put(const store_word_t *rows, int count, store_conn_t *conn,
                          apr_pool_t *pool);

#define STORE_WORDS_MOST 8               /* of one question */
#define STORE_TRUSTS_AT_ONCE 32
typedef struct store_words_ask_t {
    cd_file_kind_t kind;
    /* of each trust in turn, its hash of each word */
    const unsigned char (*hashes)[STORE_WORD_BYTES];
    int trusts, words;                   /* at most as many as above */
    apr_int64_t below;                   /* only files with smaller ids */
} store_words_ask_t;
/** How many files have each word, counted no further than `most`. One round trip. */
cd_err_t *store_words_count(int counts_out[STORE_WORDS_MOST], const store_words_ask_t *ask,
                            int most, store_conn_t *conn, apr_pool_t *pool);
typedef struct store_word_file_t { apr_int64_t id; int has_all; } store_word_file_t;
/** The newest files that have the word numbered `rarest`, at most `limit`, and whether they have
 * all. Rows read: at most `limit` for each trust, and the words of `limit` files. One round trip.
 * @owner pool */
cd_err_t *store_words_find(store_word_file_t **out, int *count_out, const store_words_ask_t *ask,
                           int rarest, int limit, store_conn_t *conn, apr_pool_t *pool);
#define STORE_HEADS_OF 50
/** Heads by id, those within the reach of `org_id` (0: all), newest first; a damaged one is marked,
 * as in lists. */
cd_err_t *store_heads_of(store_list_page_t *out, cd_file_kind_t kind, const apr_int64_t *ids,
                         int count, cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);

/** Every row of files behind `after` up to `last`, by file. @owner pool */
cd_err_t *store_words_walk(store_word_t **out, int *count_out, cd_file_kind_t kind,
                           apr_int64_t after, apr_int64_t last, store_conn_t *conn,
                           apr_pool_t *pool);
/** Takes words of a file away, unless it moved on from head->version. The migrator's account alone
 * may. */
cd_err_t *store_words_remove(const store_head_t *head, const store_word_t *rows, int count,
                             store_conn_t *conn, apr_pool_t *pool);
/** Takes all words of a file away: belongs into the transaction that destroys its key. As above. */
cd_err_t *store_words_drop(int *rows_out, cd_file_kind_t kind, apr_int64_t id, store_conn_t *conn,
                           apr_pool_t *pool);

#endif

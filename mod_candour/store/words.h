/* words.h: the word index: which files hold a word, by keyed hashes of folded words.
 *
 * Requires: file.h.   Provides: store_words_*, store_heads_of.   Used by: app.
 * A hash is made under the key of one trust, or of the scheme (store_word_key), so that whoever reads the table alone
 * learns no word, and cannot even see that two trusts use the same one. Rows are added in the transaction of the
 * record; those whose word no longer stands are found and taken away by the job. */
#ifndef CD_STORE_WORDS_H
#define CD_STORE_WORDS_H

#include "store/file.h"

#define STORE_WORD_BYTES 16
typedef struct store_word_t {
    unsigned char hash[STORE_WORD_BYTES];
    cd_file_kind_t kind;
    apr_int64_t id;
} store_word_t;

void store_word_hash(unsigned char out[STORE_WORD_BYTES], const store_data_key_t *key, const char *word);
/** Adds rows that are not there yet: up to 256 in one round trip. */
cd_err_t *store_words_put(const store_word_t *rows, int count, store_conn_t *conn, apr_pool_t *pool);

#define STORE_WORDS_ASKED 256
/** Files that have `words` of `count` hashes (at most STORE_WORDS_ASKED), with ids between `above` and `below`, both
 * left out; newest first, at most `limit`. One round trip. @owner pool */
cd_err_t *store_words_find(apr_int64_t **ids_out, int *count_out, cd_file_kind_t kind,
                           const unsigned char (*hashes)[STORE_WORD_BYTES], int count, int words, apr_int64_t above,
                           apr_int64_t below, int limit, store_conn_t *conn, apr_pool_t *pool);
/** The highest numbers there are; 0: there is none. */
cd_err_t *store_newest_files(apr_int64_t *case_out, apr_int64_t *claim_out, store_conn_t *conn, apr_pool_t *pool);
#define STORE_HEADS_OF 50
/** Heads by id, those within the reach of `org_id` (0: all), newest first; a damaged one is marked, as in lists. */
cd_err_t *store_heads_of(store_list_page_t *out, cd_file_kind_t kind, const apr_int64_t *ids, int count,
                         cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool);

/** Every row of files behind `after` up to `last`, by file. @owner pool */
cd_err_t *store_words_walk(store_word_t **out, int *count_out, cd_file_kind_t kind, apr_int64_t after,
                           apr_int64_t last, store_conn_t *conn, apr_pool_t *pool);
/** Takes words of a file away, unless it moved on from head->version. The migrator's account alone may. */
cd_err_t *store_words_remove(const store_head_t *head, const store_word_t *rows, int count, store_conn_t *conn,
                             apr_pool_t *pool);
/** Takes all words of a file away: belongs into the transaction that destroys its key. As above. */
cd_err_t *store_words_drop(int *rows_out, cd_file_kind_t kind, apr_int64_t id, store_conn_t *conn, apr_pool_t *pool);

#endif

/* words.h: which words of which texts are found by whom.
 *
 * Requires: core.h, words.h of base and store.   Provides: app_words_*.   Used by: app.
 * A case's texts are found under its trust's key. A claim's are found under the scheme's own key
 * (""), its title under that of each of its trusts as well, and what stands between the scheme and
 * one trust under that trust's. The same function says who may see a text when a file that was
 * found is opened. */
#ifndef CD_APP_WORDS_H
#define CD_APP_WORDS_H

#include "app/core.h"
#include "base/words.h"
#include "store/words.h"

#define APP_WORDS_SCHEME ""

/** 1 if this text of a record counts for the searches of `whose`: a trust's code, or
 * APP_WORDS_SCHEME. */
int app_words_seen(const cd_record_t *record, const cd_field_t *field, const char *whose);
/** Adds the rows of records of one file, each row once. `parties`: the trusts of a claim as they
 * stand, or NULL.
 * @owner pool of `rows` */
void app_words_rows(apr_array_header_t *rows, const store_keys_t *keys, const store_head_t *head,
                    const cd_record_t *const *records, int count, const cd_parties_t *parties,
                    apr_pool_t *scratch);
/** Called by app_write_all inside its transaction: the words of all new records, in one round trip
 * for up to 256. */
cd_err_t *app_words_put(app_ctx_t *ctx, app_write_t *const *writes, int count, store_conn_t *conn,
                        apr_pool_t *pool);
/** The records that stand today, NULL-free; what is corrected or taken back is left out. @owner
 * pool */
const cd_record_t **app_words_standing(int *count_out, const cd_record_t *records, int count,
                                       apr_pool_t *pool);

/** Makes the index of every file again in batches: adds what is missing, takes away what no longer
 * stands and all of files whose key is gone. May be broken off and begun again. The command line's
 * alone. */
typedef struct app_words_made_t { apr_int64_t files, added, removed, unreadable; } app_words_made_t;
typedef void (*app_words_tell_fn)(void *baton, const app_words_made_t *so_far);
cd_err_t *app_words_remake(app_words_made_t *out, app_ctx_t *ctx, app_words_tell_fn tell,
                           void *baton);

#endif

/* words.c: rows of the word index. Statements take lists of a fixed length; what is left over is
 * filled with the first. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/gcm.h"
#include "store/row.h"
#include "store/words.h"

#define PUT_FEW 24
#define PUT_MANY 256
#define REMOVED_AT_ONCE 32

void store_word_hash(unsigned char out[STORE_WORD_BYTES], const store_data_key_t *key,
                     const char *word)
{
    unsigned char whole[32];

    store_hmac(whole, key->bytes, word, strlen(word));
    memcpy(out, whole, STORE_WORD_BYTES);
}

static store_arg_t arg_bytes(const unsigned char *hash)
{
    return (store_arg_t){ hash, STORE_WORD_BYTES, 0 };
}

static store_arg_t arg_number(apr_int64_t number)
{
    return (store_arg_t){ NULL, 0, number };
}

static cd_err_t *put_some(const store_word_t *rows, int count, int size, store_conn_t *conn,
                          apr_pool_t *pool)
{
    store_arg_t args[3 * PUT_MANY];
    store_args_t list = { args, 3 * size };
    int i;

    for (i = 0; i < size; i++) {
        const store_word_t *row = &rows[i < count ? i : 0];

        args[3 * i] = arg_bytes(row->hash);
        args[3 * i + 1] = arg_number((apr_int64_t)row->kind);
        args[3 * i + 2] = arg_number(row->id);
    }
    return store_change(NULL, NULL, conn, size == PUT_FEW ? STMT_KEEP_WORDS_FEW : STMT_KEEP_WORDS,
                        pool, "A", &list);
}

cd_err_t *store_words_put(const store_word_t *rows, int count, store_conn_t *conn, apr_pool_t *pool)
{
    for (; count > 0; count -= PUT_MANY, rows += PUT_MANY)
        CD_ERR(put_some(rows, count, count > PUT_FEW ? PUT_MANY : PUT_FEW, conn, pool));
    return NULL;
}

/* ---- looked up ------------------------------------------------------------------------ */

static const unsigned char
    no_word[STORE_WORD_BYTES]; /* fills what a statement has room for; no word's hash */

typedef struct args_t { store_arg_t *arg; int count; } args_t;

static void add_hash(args_t *args, const store_words_ask_t *ask, int trust, int word)
{
    args->arg[args->count++] =
        arg_bytes(trust < ask->trusts && word < ask->words ? ask->hashes[trust * ask->words + word]
                                                           : no_word);
}

static void add_number(args_t *args, apr_int64_t number)
{
    args->arg[args->count++] = arg_number(number);
}

static void add_place(args_t *args, const store_words_ask_t *ask)
{
    add_number(args, (apr_int64_t)ask->kind);
    add_number(args, ask->below);
}

cd_err_t *store_words_count(int counts_out[STORE_WORDS_MOST], const store_words_ask_t *ask,
                            int most, store_conn_t *conn, apr_pool_t *pool)
{
    store_arg_t room[STORE_WORDS_MOST * (STORE_TRUSTS_AT_ONCE + 3)];
    args_t args = { room, 0 };
    store_args_t list;
    store_stmt_t *rows;
    int word, trust, row = 1;

    memset(counts_out, 0, sizeof(*counts_out) * STORE_WORDS_MOST);
    for (word = 0; word < STORE_WORDS_MOST; word++) {
        if (ask->trusts == 1)
            add_hash(&args, ask, 0, word);
        add_place(&args, ask);
        for (trust = 0; ask->trusts > 1 && trust < STORE_TRUSTS_AT_ONCE; trust++)
            add_hash(&args, ask, trust, word);
        add_number(&args, most);
    }
    list = (store_args_t){ room, args.count };
    CD_ERR(store_select(&rows, conn, ask->trusts == 1 ? STMT_COUNT_WORDS_FEW : STMT_COUNT_WORDS,
                        pool, "A", &list));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            word = store_col_int(rows);
            counts_out[word] = store_col_int(rows);
        }
    }
    return NULL;
}

cd_err_t *store_words_find(store_word_file_t **out, int *count_out, const store_words_ask_t *ask,
                           int rarest, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    const int room_for = ask->trusts == 1 ? 1 : STORE_TRUSTS_AT_ONCE;
    store_arg_t room[STORE_TRUSTS_AT_ONCE * (STORE_WORDS_MOST + 4) + 4];
    args_t args = { room, 0 };
    apr_array_header_t *files = apr_array_make(pool, 64, sizeof(store_word_file_t));
    store_args_t list;
    store_stmt_t *rows;
    int word, trust, row = 1;

    add_number(&args, ask->words);
    add_number(&args, (apr_int64_t)ask->kind);
    for (trust = 0; trust < room_for; trust++)
        for (word = 0; word < STORE_WORDS_MOST; word++)
            add_hash(&args, ask, trust, word);
    add_number(&args, ask->words);
    for (trust = 0; trust < room_for; trust++) {
        add_hash(&args, ask, trust, rarest);
        add_place(&args, ask);
        add_number(&args, limit);
    }
    add_number(&args, limit);
    list = (store_args_t){ room, args.count };
    CD_ERR(store_select(&rows, conn, ask->trusts == 1 ? STMT_FIND_WORDS_FEW : STMT_FIND_WORDS, pool,
                        "A", &list));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            store_word_file_t *file = apr_array_push(files);

            file->id = store_col_long(rows);
            file->has_all = store_col_int(rows);
        }
    }
    *out = (store_word_file_t *)files->elts;
    *count_out = files->nelts;
    return NULL;
}

cd_err_t *store_heads_of(store_list_page_t *out, cd_file_kind_t kind, const apr_int64_t *ids,
                         int count, cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_arg_t args[STORE_HEADS_OF];
    store_args_t list = { args, STORE_HEADS_OF };
    store_stmt_t *rows;
    int i, row = 1;

    memset(out, 0, sizeof(*out));
    if (!count)
        return NULL;
    for (i = 0; i < STORE_HEADS_OF; i++)
        args[i] = arg_number(ids[i < count ? i : 0]);
    out->rows = apr_palloc(pool, STORE_HEADS_OF * sizeof(*out->rows));
    CD_ERR(store_select(&rows, conn,
                        kind == CD_FILE_CLAIM ? STMT_SELECT_CLAIMS_OF : STMT_SELECT_CASES_OF, pool,
                        "ALL", &list, (apr_int64_t)org_id, (apr_int64_t)org_id));
    while (row && out->count < STORE_HEADS_OF) {
        store_head_t *head = &out->rows[out->count];
        cd_err_t *err;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        err = store_head_read(head, kind, rows, conn, pool);
        if (err && err->code != CD_E_TAMPERED)
            return err;
        head->damaged = err != NULL;
        out->count++;
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_words_walk(store_word_t **out, int *count_out, cd_file_kind_t kind,
                           apr_int64_t after, apr_int64_t last, store_conn_t *conn,
                           apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 1024, sizeof(store_word_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_WALK_WORDS, pool, "iLL", (int)kind, after, last));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            store_word_t *word = apr_array_push(list);

            store_col_fixed(word->hash, sizeof(word->hash), rows, pool);
            word->kind = kind;
            word->id = store_col_long(rows);
        }
    }
    *out = (store_word_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_words_remove(const store_head_t *head, const store_word_t *rows, int count,
                             store_conn_t *conn, apr_pool_t *pool)
{
    store_arg_t args[REMOVED_AT_ONCE];
    store_args_t list = { args, REMOVED_AT_ONCE };
    int i;

    for (; count > 0; count -= REMOVED_AT_ONCE, rows += REMOVED_AT_ONCE) {
        for (i = 0; i < REMOVED_AT_ONCE; i++)
            args[i] = arg_bytes(rows[i < count ? i : 0].hash);
        CD_ERR(store_change(NULL, NULL, conn,
                            head->kind == CD_FILE_CLAIM ? STMT_KEEP_WORDS_GONE_CLAIM
                                                        : STMT_KEEP_WORDS_GONE_CASE,
                            pool, "iLA", head->version, head->id, &list));
    }
    return NULL;
}

cd_err_t *store_words_drop(int *rows_out, cd_file_kind_t kind, apr_int64_t id, store_conn_t *conn,
                           apr_pool_t *pool)
{
    return store_change(rows_out, NULL, conn, STMT_KEEP_WORDS_DROPPED, pool, "iL", (int)kind, id);
}

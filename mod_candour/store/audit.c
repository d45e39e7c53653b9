/* audit.c: audit entries as rows. Links nothing and checks nothing: that is the ring audit/. */
#include <limits.h>
#include <string.h>

#include <apr_strings.h>

#include "store/audit.h"
#include "store/db.h"

cd_err_t *store_entry_insert(const store_entry_t *entry, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(
        NULL, NULL, conn, STMT_INSERT_ENTRY, pool, "iLiLLiisiibbbbbs", entry->chain,
        entry->chain_id, entry->seq, entry->at, entry->actor, entry->role, entry->action,
        entry->object, entry->version_before, entry->version_after, entry->commitment,
        sizeof(entry->commitment), entry->prev, sizeof(entry->prev), entry->hash,
        sizeof(entry->hash), entry->has_idem ? entry->idem : NULL, sizeof(entry->idem),
        entry->has_idem ? entry->fingerprint : NULL, sizeof(entry->fingerprint), entry->answer);
}

#define AT_ONCE 8
#define LETTERS "iLiLLiisiibbbbbs"
#define E(n) \
    e[n].chain, e[n].chain_id, e[n].seq, e[n].at, e[n].actor, e[n].role, e[n].action, e[n].object, \
    e[n].version_before, e[n].version_after, e[n].commitment, sizeof(e[n].commitment), e[n].prev, \
    sizeof(e[n].prev), e[n].hash, sizeof(e[n].hash), e[n].has_idem ? e[n].idem : NULL, \
    sizeof(e[n].idem), e[n].has_idem ? e[n].fingerprint : NULL, sizeof(e[n].fingerprint), \
    e[n].answer

cd_err_t *store_entries_insert(const store_entry_t *e, int count, store_conn_t *conn,
                               apr_pool_t *pool)
{
    for (; count >= AT_ONCE; count -= AT_ONCE, e += AT_ONCE)
        CD_ERR(store_change(NULL, NULL, conn, STMT_INSERT_ENTRIES, pool,
                            LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS LETTERS, E(0),
                            E(1), E(2), E(3), E(4), E(5), E(6), E(7)));
    for (; count; count--, e++)
        CD_ERR(store_entry_insert(e, conn, pool));
    return NULL;
}

static void read_entry(store_entry_t *entry, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(entry, 0, sizeof(*entry));
    entry->chain = store_col_int(rows);
    entry->chain_id = store_col_long(rows);
    entry->seq = store_col_int(rows);
    entry->at = store_col_long(rows);
    entry->actor = store_col_long(rows);
    entry->actor_name = store_col_text(rows, pool);
    if (!entry->actor_name)
        entry->actor_name = "system";
    entry->role = store_col_int(rows);
    entry->action = store_col_int(rows);
    entry->object = store_col_text(rows, pool);
    entry->version_before = store_col_int(rows);
    entry->version_after = store_col_int(rows);
    store_col_fixed(entry->commitment, sizeof(entry->commitment), rows, pool);
    store_col_fixed(entry->prev, sizeof(entry->prev), rows, pool);
    store_col_fixed(entry->hash, sizeof(entry->hash), rows, pool);
    /* One without the other was never written: it counts as there, so that the hash no longer
     * fits. */
    entry->has_idem = !store_col_null(rows);
    store_col_fixed(entry->idem, sizeof(entry->idem), rows, pool);
    entry->has_idem |= !store_col_null(rows);
    store_col_fixed(entry->fingerprint, sizeof(entry->fingerprint), rows, pool);
    entry->answer = store_col_text(rows, pool);
}

cd_err_t *store_entry_by_idem(store_entry_t **out, const unsigned char idem[STORE_IDEM_BYTES],
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_ENTRY_BY_IDEM, pool, "b", idem,
                        (apr_size_t)STORE_IDEM_BYTES));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_palloc(pool, sizeof(**out));
        read_entry(*out, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

static cd_err_t *read_entries(store_entry_t **out, int *count_out, int limit, store_stmt_t *rows,
                              apr_pool_t *pool)
{
    store_entry_t *list = apr_palloc(pool, (apr_size_t)(limit > 0 ? limit : 1) * sizeof(*list));
    cd_err_t *err;
    int row, count = 0;

    err = store_step(&row, rows, pool);
    while (!err && row && count < limit) {
        read_entry(&list[count++], rows, pool);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *out = list;
    *count_out = count;
    return err;
}

cd_err_t *store_entries(store_entry_t **out, int *count_out, int chain, apr_int64_t chain_id,
                        int after_seq, int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ENTRIES, pool, "iLii", chain, chain_id, after_seq,
                        limit));
    return read_entries(out, count_out, limit, rows, pool);
}

cd_err_t *store_entries_newest(store_entry_t **out, int *count_out, const store_entry_ask_t *ask,
                               store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ENTRIES_NEWEST, pool, "iLiii", ask->chain,
                        ask->chain_id, ask->after_seq, ask->before_seq ? ask->before_seq : INT_MAX,
                        ask->limit));
    return read_entries(out, count_out, ask->limit, rows, pool);
}

/* A chain that was cut, or written anew, by somebody without the key file has no right mac. */
static cd_err_t *check_system_head(int seq, const unsigned char head[32], const unsigned char *mac,
                                   store_conn_t *conn, apr_pool_t *pool)
{
    static const unsigned char nothing[32];
    unsigned char right[32];

    if (!conn->options->keys)
        return cd_err(pool, CD_E_KEY, NULL, "no key file: the system's chain cannot be checked");
    store_system_mac(right, conn->options->keys, seq, head);
    if (mac ? memcmp(mac, right, sizeof(right)) == 0
            : seq == 0 && memcmp(head, nothing, sizeof(nothing)) == 0)
        return NULL;
    return cd_err(pool, CD_E_TAMPERED, NULL,
                  "the head of the system's chain is not what was recorded");
}

cd_err_t *store_system_head(int *seq_out, unsigned char head_out[32], store_conn_t *conn,
                            apr_pool_t *pool)
{
    unsigned char mac[32];
    store_stmt_t *rows;
    int row, has_mac;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_SYSTEM_HEAD, pool, ""));
    CD_ERR(store_step(&row, rows, pool));
    if (!row)
        return cd_err(pool, CD_E_SCHEMA, NULL, "app_state has no row");
    *seq_out = store_col_int(rows);
    store_col_fixed(head_out, 32, rows, pool);
    has_mac = store_col_fixed(mac, sizeof(mac), rows, pool);
    store_finish(rows);
    return check_system_head(*seq_out, head_out, has_mac ? mac : NULL, conn, pool);
}

cd_err_t *store_system_bump(int seq_before, const unsigned char head_after[32], store_conn_t *conn,
                            apr_pool_t *pool)
{
    unsigned char mac[32];
    int rows;

    if (!conn->options->keys)
        return cd_err(pool, CD_E_KEY, NULL, "no key file: the system's chain cannot be signed");
    store_system_mac(mac, conn->options->keys, seq_before + 1, head_after);
    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_SYSTEM_HEAD, pool, "bbi", head_after,
                        (apr_size_t)32, mac, sizeof(mac), seq_before));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "the system's chain is no longer at %d", seq_before);
    return NULL;
}

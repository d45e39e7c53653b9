/* ahead.c: many claims read in few statements. Knows no rule and no right. */
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "store/ahead.h"
#include "store/row.h"

typedef struct counted_t { cd_org_id org_id; cd_date_t from; int count; } counted_t;

struct store_ahead_t {
    apr_hash_t *cases;                 /* reference: store_head_t */
    apr_hash_t *flags;                 /* claim: apr_array_header_t of store_flag_t */
    apr_hash_t *decided;               /* claim: apr_array_header_t of store_standing_t */
    apr_array_header_t *counted;       /* breaches of a trust since a day, all claims */
};

/* The two that end a claim; bound, so that the text says no number twice. */
#define FILTER_LETTERS "iii"
#define FILTER(ask) (ask)->all ? 1 : 0, (int)CD_CLAIM_SETTLED_DAMAGES, (int)CD_CLAIM_CLOSED_NIL
#define RANGE(statement_) \
    store_select(&rows, conn, statement_, pool, "LL" FILTER_LETTERS, ask->after, ask->last, \
                 FILTER(ask))

cd_err_t *store_ahead_bound(apr_int64_t *last_out, int *count_out, const store_ahead_ask_t *ask,
                            int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *last_out = *count_out = 0;
    CD_ERR(store_select(&rows, conn, STMT_AHEAD_BOUND, pool, "L" FILTER_LETTERS "i", ask->after,
                        FILTER(ask), limit));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *last_out = store_col_long(rows);
        *count_out = store_col_int(rows);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_ahead_count(apr_int64_t *out, const store_ahead_ask_t *ask, store_conn_t *conn,
                            apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_AHEAD_COUNT, pool, "L" FILTER_LETTERS, ask->after,
                        FILTER(ask)));
    CD_ERR(store_step(&row, rows, pool));
    *out = row ? store_col_long(rows) : 0;
    store_finish(rows);
    return NULL;
}

/* ---- heads ------------------------------------------------------------------------ */

static cd_err_t *claims_read(apr_array_header_t *list, const store_ahead_ask_t *ask,
                             store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(RANGE(STMT_AHEAD_CLAIMS));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            CD_ERR(store_head_listed(apr_array_push(list), CD_FILE_CLAIM, rows, conn, pool));
    }
    return NULL;
}

/* A case may be named by several claims of the range: it is kept once. */
static cd_err_t *cases_read(store_ahead_t *ahead, apr_hash_t *by_id, const store_ahead_ask_t *ask,
                            store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(RANGE(STMT_AHEAD_CASES));
    while (row) {
        store_head_t *head;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        head = apr_palloc(pool, sizeof(*head));
        CD_ERR(store_head_listed(head, CD_FILE_CASE, rows, conn, pool));
        if (apr_hash_get(ahead->cases, head->reference, APR_HASH_KEY_STRING))
            continue;
        apr_hash_set(ahead->cases, head->reference, APR_HASH_KEY_STRING, head);
        apr_hash_set(by_id, &head->id, sizeof(head->id), head);
    }
    return NULL;
}

/* ---- records -------------------------------------------------------------------------- */

/* Rows come in the order of the primary key; a file whose rows did not is left to be read by
 * itself. */
static cd_err_t *record_take(apr_hash_t *by_id, store_stmt_t *rows, apr_pool_t *pool)
{
    const apr_int64_t id = store_col_long(rows);
    store_head_t *head = apr_hash_get(by_id, &id, sizeof(id));
    cd_err_t *err;

    if (!head || head->damaged || head->record_count == head->last_seq)
        return NULL;
    if (!head->records)
        head->records = apr_palloc(pool, ((apr_size_t)head->last_seq + 1) * sizeof(*head->records));
    err = store_record_read(&head->records[head->record_count], head, rows, pool);
    if (err && err->code == CD_E_TAMPERED) {
        head->damaged = 1;
        return NULL;
    }
    CD_ERR(err);
    head->record_count++;
    return NULL;
}

static void heads_settle(apr_hash_t *by_id, apr_pool_t *pool)
{
    apr_hash_index_t *at;
    int i;

    for (at = apr_hash_first(pool, by_id); at; at = apr_hash_next(at)) {
        store_head_t *head = apr_hash_this_val(at);

        for (i = 0; i < head->record_count && head->records[i].seq == i + 1; i++)
            ;
        if (i < head->last_seq)
            head->records = NULL;
        if (!head->records)
            head->record_count = 0;
    }
}

static cd_err_t *records_read(apr_hash_t *by_id, store_statement_t statement,
                              const store_ahead_ask_t *ask, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(RANGE(statement));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            CD_ERR(record_take(by_id, rows, pool));
    }
    heads_settle(by_id, pool);
    return NULL;
}

/* ---- flags and decisions ------------------------------------------------------------------ */

static void *push_for(apr_hash_t *hash, apr_int64_t claim_id, int size, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_hash_get(hash, &claim_id, sizeof(claim_id));

    if (!list) {
        list = apr_array_make(pool, 2, size);
        apr_hash_set(hash, apr_pmemdup(pool, &claim_id, sizeof(claim_id)), sizeof(claim_id), list);
    }
    return apr_array_push(list);
}

static cd_err_t *flags_read(store_ahead_t *ahead, const store_ahead_ask_t *ask, store_conn_t *conn,
                            apr_pool_t *pool)
{
    store_stmt_t *rows;
    store_flag_t flag;
    int row = 1;

    CD_ERR(RANGE(STMT_AHEAD_FLAGS));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        store_flag_row(&flag, rows, pool);
        *(store_flag_t *)push_for(ahead->flags, flag.claim_id, sizeof(flag), pool) = flag;
    }
    return NULL;
}

static cd_err_t *standings_read(store_ahead_t *ahead, const store_ahead_ask_t *ask,
                                store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    store_standing_t one;
    int row = 1;

    CD_ERR(RANGE(STMT_AHEAD_STANDINGS));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        store_standing_row(&one, rows, pool);
        *(store_standing_t *)push_for(ahead->decided, one.claim_id, sizeof(one), pool) = one;
    }
    return NULL;
}

cd_err_t *store_ahead_read(store_ahead_t **out, store_head_t **claims_out, int *count_out,
                           const store_ahead_ask_t *ask, store_conn_t *conn, apr_pool_t *pool)
{
    store_ahead_t *ahead = apr_pcalloc(pool, sizeof(*ahead));
    apr_array_header_t *list = apr_array_make(pool, 256, sizeof(store_head_t));
    apr_hash_t *by_id = apr_hash_make(pool), *cases = apr_hash_make(pool);
    store_head_t *claims;
    int i;

    ahead->cases = apr_hash_make(pool);
    ahead->flags = apr_hash_make(pool);
    ahead->decided = apr_hash_make(pool);
    ahead->counted = apr_array_make(pool, 64, sizeof(counted_t));
    CD_ERR(claims_read(list, ask, conn, pool));
    claims = (store_head_t *)list->elts;
    for (i = 0; i < list->nelts; i++)
        apr_hash_set(by_id, &claims[i].id, sizeof(claims[i].id), &claims[i]);
    CD_ERR(records_read(by_id, STMT_AHEAD_CLAIM_RECORDS, ask, conn, pool));
    CD_ERR(cases_read(ahead, cases, ask, conn, pool));
    CD_ERR(records_read(cases, STMT_AHEAD_CASE_RECORDS, ask, conn, pool));
    CD_ERR(flags_read(ahead, ask, conn, pool));
    CD_ERR(standings_read(ahead, ask, conn, pool));
    *out = ahead;
    *claims_out = claims;
    *count_out = list->nelts;
    return NULL;
}

/* ---- answers ------------------------------------------------------------- */

const store_flag_t *store_ahead_flags(int *count_out, const store_ahead_t *ahead,
                                      apr_int64_t claim_id)
{
    const apr_array_header_t *list = apr_hash_get(ahead->flags, &claim_id, sizeof(claim_id));

    *count_out = list ? list->nelts : 0;
    return list ? (const store_flag_t *)list->elts : NULL;
}

const store_standing_t *store_ahead_standings(int *count_out, const store_ahead_t *ahead,
                                              apr_int64_t claim_id)
{
    const apr_array_header_t *list = apr_hash_get(ahead->decided, &claim_id, sizeof(claim_id));

    *count_out = list ? list->nelts : 0;
    return list ? (const store_standing_t *)list->elts : NULL;
}

void store_ahead_use(store_conn_t *conn, store_ahead_t *ahead)
{
    if (conn)
        conn->ahead = ahead;
}

int store_ahead_case(store_head_t **out, const store_conn_t *conn, const char *reference,
                     cd_org_id org_id, apr_pool_t *pool)
{
    const store_head_t *head;

    if (!conn->ahead || conn->in_tx)
        return 0;
    head = apr_hash_get(conn->ahead->cases, reference, APR_HASH_KEY_STRING);
    if (!head || head->damaged || (org_id && head->org_id != org_id))
        return 0;
    *out = apr_pmemdup(pool, head, sizeof(*head));
    return 1;
}

int store_ahead_latest(store_flag_t **out, int *count_out, const store_conn_t *conn,
                       apr_int64_t claim_id, cd_org_id org_id, apr_pool_t *pool)
{
    const store_flag_t *flags;

    if (!conn->ahead || conn->in_tx || org_id)
        return 0;
    flags = store_ahead_flags(count_out, conn->ahead, claim_id);
    *out = flags ? apr_pmemdup(pool, flags, sizeof(*flags) * (apr_size_t)*count_out)
                 : apr_palloc(pool, 1);
    return 1;
}

apr_int64_t store_ahead_without(const store_conn_t *conn, cd_org_id org_id,
                                apr_int64_t not_claim_id)
{
    const store_standing_t *decided;
    int count, i;

    if (!conn->ahead || conn->in_tx)
        return not_claim_id;
    decided = store_ahead_standings(&count, conn->ahead, not_claim_id);
    for (i = 0; i < count; i++)
        if (decided[i].org_id == org_id)
            return not_claim_id;
    return 0;
}

int store_ahead_breaches(int *out, const store_conn_t *conn, cd_org_id org_id, cd_date_t from,
                         apr_int64_t not_claim_id)
{
    const counted_t *counted;
    int i;

    if (!conn->ahead || conn->in_tx || store_ahead_without(conn, org_id, not_claim_id))
        return 0;
    counted = (const counted_t *)conn->ahead->counted->elts;
    for (i = 0; i < conn->ahead->counted->nelts; i++)
        if (counted[i].org_id == org_id && counted[i].from == from) {
            *out = counted[i].count;
            return 1;
        }
    return 0;
}

void store_ahead_breaches_keep(store_conn_t *conn, cd_org_id org_id, cd_date_t from, int count)
{
    if (conn->ahead && !conn->in_tx)
        *(counted_t *)apr_array_push(conn->ahead->counted) = (counted_t){ org_id, from, count };
}

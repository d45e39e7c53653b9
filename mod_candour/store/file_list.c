/* file_list.c: lists and look-ups of heads.
 *
 * A const table says which lists are served; each has its own prepared text with its own forced
 * index, an equality prefix and one integer cursor, so that the first page and the thousandth
 * cost the same. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/row.h"

#define PAGE_MAX 50

typedef struct list_row_t {
    store_list_t list;
    cd_file_kind_t kind;
    int by_state;
    store_statement_t all, of_org;
} list_row_t;

static const list_row_t lists[] = {
    { STORE_LIST_CASES_NEWEST, CD_FILE_CASE, 0, STMT_LIST_CASES, STMT_LIST_CASES_OF_ORG },
    { STORE_LIST_CASES_STATE, CD_FILE_CASE, 1, STMT_LIST_CASES_BY_STATE,
      STMT_LIST_CASES_OF_ORG_BY_STATE },
    { STORE_LIST_CLAIMS_NEWEST, CD_FILE_CLAIM, 0, STMT_LIST_CLAIMS, STMT_LIST_CLAIMS_OF_ORG },
    { STORE_LIST_CLAIMS_STATUS, CD_FILE_CLAIM, 1, STMT_LIST_CLAIMS_BY_STATUS,
      STMT_LIST_CLAIMS_OF_ORG_BY_STATUS },
};

static const list_row_t *find_list(store_list_t list)
{
    apr_size_t i;

    for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (lists[i].list == list)
            return &lists[i];
    }
    return NULL;
}

static int page_limit(int limit)
{
    return limit < 1 || limit > PAGE_MAX ? PAGE_MAX : limit;
}

/* Reads at most `limit` heads; one row more says that there is a next page. A head that does not
 * open is no reason to withhold the others: it comes back unreadable. */
static cd_err_t *read_page(store_list_page_t *out, cd_file_kind_t kind, int limit,
                           store_stmt_t *rows, store_conn_t *conn, apr_pool_t *pool)
{
    store_head_t *list = apr_palloc(pool, (apr_size_t)limit * sizeof(*list));
    cd_err_t *err;
    int row, count = 0;

    out->next = 0;
    err = store_step(&row, rows, pool);
    while (!err && row && count < limit) {
        err = store_head_listed(&list[count++], kind, rows, conn, pool);
        if (!err)
            err = store_step(&row, rows, pool);
    }
    if (!err && row)
        out->next = list[count - 1].skey;
    store_finish(rows);
    out->rows = list;
    out->count = count;
    return err;
}

/* The organisation and the state stand in the statement only where the list has them. The status
 * of a trust's claims is the one bound before its organisation, for it is part of the join. */
static cd_err_t *ask(store_stmt_t **rows, const list_row_t *list, const store_list_ask_t *ask_for,
                     int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_statement_t statement = ask_for->org_id ? list->of_org : list->all;
    apr_int64_t before = ask_for->before ? ask_for->before : APR_INT64_MAX;

    if (!list->by_state)
        return ask_for->org_id ? store_select(rows, conn, statement, pool, "LLi", ask_for->org_id,
                                              before, limit + 1)
                               : store_select(rows, conn, statement, pool, "Li", before, limit + 1);
    if (!ask_for->org_id)
        return store_select(rows, conn, statement, pool, "iLi", ask_for->state, before, limit + 1);
    if (list->kind == CD_FILE_CLAIM)
        return store_select(rows, conn, statement, pool, "iLLi", ask_for->state, ask_for->org_id,
                            before, limit + 1);
    return store_select(rows, conn, statement, pool, "LiLi", ask_for->org_id, ask_for->state,
                        before, limit + 1);
}

cd_err_t *store_list(store_list_page_t *out, const store_list_ask_t *ask_for, store_conn_t *conn,
                     apr_pool_t *pool)
{
    const list_row_t *list = find_list(ask_for->list);
    int limit = page_limit(ask_for->limit);
    store_stmt_t *rows;

    memset(out, 0, sizeof(*out));
    if (!list)
        return cd_err(pool, CD_E_FAILED, NULL, "list %d is not served", (int)ask_for->list);
    CD_ERR(ask(&rows, list, ask_for, limit, conn, pool));
    return read_page(out, list->kind, limit, rows, conn, pool);
}

static cd_err_t *find_by_nhs(store_list_page_t *out, cd_file_kind_t kind, const char *nhs_number,
                             cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    unsigned char hash[32];
    store_stmt_t *rows;

    if (!conn->options->keys)
        return cd_err(pool, CD_E_KEY, NULL, "no key file: no look-up by NHS number");
    store_lookup_hash(hash, conn->options->keys, "nhs", nhs_number);
    CD_ERR(store_select(&rows, conn,
                        kind == CD_FILE_CLAIM ? STMT_FIND_CLAIMS_BY_NHS : STMT_FIND_CASES_BY_NHS,
                        pool, "bLLi", hash, sizeof(hash), org_id, org_id, PAGE_MAX));
    return read_page(out, kind, PAGE_MAX, rows, conn, pool);
}

cd_err_t *store_find(store_list_page_t *out, cd_file_kind_t kind, const char *reference,
                     const char *nhs_number, cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_head_t *head;

    memset(out, 0, sizeof(*out));
    if (!reference)
        return nhs_number ? find_by_nhs(out, kind, nhs_number, org_id, conn, pool) : NULL;
    CD_ERR(store_head_get(&head, kind, reference, org_id, conn, pool));
    out->rows = head;
    out->count = head ? 1 : 0;
    return NULL;
}

cd_err_t *store_claims_of_case(const char ***refs_out, int *count_out, const char *case_reference,
                               store_conn_t *conn, apr_pool_t *pool)
{
    const char **refs = apr_palloc(pool, PAGE_MAX * sizeof(*refs));
    store_stmt_t *rows;
    cd_err_t *err;
    int row, count = 0;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIMS_OF_CASE, pool, "s", case_reference));
    err = store_step(&row, rows, pool);
    while (!err && row && count < PAGE_MAX) {
        refs[count++] = store_col_text(rows, pool);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    *refs_out = refs;
    *count_out = count;
    return err;
}

cd_err_t *store_heads_after(store_list_page_t *out, cd_file_kind_t kind, apr_int64_t after,
                            int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    memset(out, 0, sizeof(*out));
    limit = page_limit(limit);
    CD_ERR(store_select(&rows, conn, kind == CD_FILE_CLAIM ? STMT_WALK_CLAIMS : STMT_WALK_CASES,
                        pool, "Li", after, limit + 1));
    CD_ERR(read_page(out, kind, limit, rows, conn, pool));
    if (out->next)
        out->next = out->rows[out->count - 1].id;
    return NULL;
}

/* ---- counts, for verify ------------------------------------------------- */

cd_err_t *store_counts(store_counts_t *out, const store_head_t *head, store_conn_t *conn,
                       apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    memset(out, 0, sizeof(*out));
    if (head->kind == CD_FILE_CLAIM)
        CD_ERR(store_select(&rows, conn, STMT_COUNT_CLAIM_ROWS, pool, "LiLLL", head->id,
                            (int)head->kind, head->id, head->id, head->id));
    else
        CD_ERR(store_select(&rows, conn, STMT_COUNT_CASE_ROWS, pool, "LiL", head->id,
                            (int)head->kind, head->id));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        out->records = store_col_long(rows);
        out->entries = store_col_long(rows);
        out->flags = store_col_long(rows);
        out->decisions = store_col_long(rows);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_tallies(store_tally_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(store_tally_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_COUNTERS, pool, ""));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            store_tally_t *tally = apr_array_push(list);

            tally->kind = store_col_int(rows);
            tally->year = store_col_int(rows);
            tally->given = store_col_long(rows);
            tally->there = store_col_long(rows);
        }
    }
    *out = (store_tally_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

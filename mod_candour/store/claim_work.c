/* claim_work.c: the work list of claims as rows.
 *
 * Four orders, each one unique number: what is sorted by in the high bits, then claim and place
 * among its trusts. All run upwards: what comes first has the smallest. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/claim_work.h"
#include "store/row.h"

#define PAGE_MAX 50
#define AT_ONCE 4
#define SUMS_AT_ONCE 8
#define ID_BITS 34                     /* claim * 8 + place: years to 2147 fit */
#define MOST ((APR_INT64_C(1) << 29) - 1)

static const char *text(const char *maybe)
{
    return maybe ? maybe : "";
}

static apr_int64_t key_of(apr_int64_t value, const store_claim_work_t *row)
{
    if (value < 0)
        value = 0;
    if (value > MOST)
        value = MOST;
    return (value << ID_BITS) + row->claim_id * CD_PARTIES_MAX + row->place;
}

typedef struct keys_t { apr_int64_t due, age, sum, changed; } keys_t;

/* Whole pounds and minutes: finer differences are no order that anybody works by. */
static keys_t keys_of(const store_claim_work_t *row)
{
    const apr_int64_t amount_p =
        row->decided_p > row->indicated_p ? row->decided_p : row->indicated_p;
    keys_t keys;

    keys.due = key_of(row->due_on > 0 ? row->due_on : MOST, row);
    keys.age = key_of(row->notified_on > 0 ? row->notified_on : MOST, row);
    keys.sum = key_of(MOST - amount_p / 100, row);
    keys.changed = key_of(MOST - row->changed_at / apr_time_from_sec(60), row);
    return keys;
}

/* ---- kept -------------------------------------------------------------------- */

#define LETTERS "LLissiiiiiiibLLLLddiLLLLL"
#define R(n) \
    row[n].claim_id, row[n].org_id, row[n].party_set, row[n].handler, text(row[n].team), \
    row[n].status, row[n].scheme, row[n].is_open, row[n].stage, row[n].flag_seq, \
    row[n].flag_state, row[n].out_of_date, row[n].digest, sizeof(row[n].digest), \
    row[n].indicated_p, row[n].decided_p, row[n].asked_p, row[n].received_p, row[n].due_on, \
    row[n].notified_on, row[n].version, row[n].changed_at, key[n].due, key[n].age, key[n].sum, \
    key[n].changed

cd_err_t *store_claim_work_keep(const store_claim_work_t *row, int count, store_conn_t *conn,
                                apr_pool_t *pool)
{
    keys_t key[AT_ONCE];
    int i;

    for (; count >= AT_ONCE; count -= AT_ONCE, row += AT_ONCE) {
        for (i = 0; i < AT_ONCE; i++)
            key[i] = keys_of(&row[i]);
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_WORKS, pool,
                            LETTERS LETTERS LETTERS LETTERS, R(0), R(1), R(2), R(3)));
    }
    for (; count; count--, row++) {
        key[0] = keys_of(row);
        CD_ERR(store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_WORK, pool, LETTERS, R(0)));
    }
    return NULL;
}

cd_err_t *store_claim_work_drop(apr_int64_t claim_id, int party_set, int version,
                                store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_WORK_GONE, pool, "iLii", version,
                        claim_id, party_set, version);
}

cd_err_t *store_claim_work_old(cd_case_id case_id, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_WORK_OLD, pool, "L", case_id);
}

cd_err_t *store_claim_work_fresh(apr_int64_t claim_id, cd_org_id org_id, int flag_seq, int version,
                                 store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_CLAIM_WORK_FRESH, pool, "LLii", claim_id,
                        org_id, flag_seq, version);
}

cd_err_t *store_claim_work_range(store_claim_work_t **out, int *count_out, apr_int64_t after,
                                 apr_int64_t last, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_claim_work_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIM_WORK, pool, "LL", after, last));
    while (row) {
        store_claim_work_t *work;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        work = apr_array_push(list);
        memset(work, 0, sizeof(*work));
        work->claim_id = store_col_long(rows);
        work->org_id = store_col_long(rows);
        work->flag_seq = store_col_int(rows);
        store_col_fixed(work->digest, sizeof(work->digest), rows, pool);
        work->out_of_date = store_col_int(rows);
        work->handler_id = store_col_long(rows);
        work->handler = store_col_text(rows, pool);
        work->team = store_col_text(rows, pool);
        work->stage = store_col_int(rows);
        work->version = store_col_int(rows);
        work->briefed = store_col_int(rows);
    }
    *out = (store_claim_work_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* ---- what rows are made of ------------------------------------------------------ */

static cd_err_t *sums_of_some(apr_array_header_t *list, const apr_int64_t *ids, int count,
                              store_conn_t *conn, apr_pool_t *pool)
{
    apr_int64_t at[SUMS_AT_ONCE];
    store_stmt_t *rows;
    int i, row = 1;

    for (i = 0; i < SUMS_AT_ONCE; i++)
        at[i] = ids[i < count ? i : 0];
    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIM_SUMS, pool, "LLLLLLLLLLLLLLLL", at[0], at[1],
                        at[2], at[3], at[4], at[5], at[6], at[7], at[0], at[1], at[2], at[3], at[4],
                        at[5], at[6], at[7]));
    while (row) {
        store_claim_sum_t *sum;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        sum = apr_array_push(list);
        sum->is_decision = store_col_int(rows) == 2;
        sum->claim_id = store_col_long(rows);
        sum->org_id = store_col_long(rows);
        sum->seq = store_col_int(rows);
        sum->code = store_col_int(rows);
        sum->amount_p = store_col_long(rows);
        sum->flag_seq = store_col_int(rows);
        sum->asked_p = store_col_long(rows);
        sum->received_p = store_col_long(rows);
        sum->computed_at = store_col_long(rows);
    }
    return NULL;
}

cd_err_t *store_claim_sums(store_claim_sum_t **out, int *count_out, const apr_int64_t *claim_ids,
                           int count, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, count * 2 + 1, sizeof(store_claim_sum_t));
    int at;

    for (at = 0; at < count; at += SUMS_AT_ONCE)
        CD_ERR(sums_of_some(list, claim_ids + at,
                            count - at < SUMS_AT_ONCE ? count - at : SUMS_AT_ONCE, conn, pool));
    *out = (store_claim_sum_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* ---- lists -------------------------------------------------------------------------- */

static const store_statement_t lists[4][4] = {
    { STMT_LIST_CLAIM_WORK_ALL_BY_DUE, STMT_LIST_CLAIM_WORK_ALL_BY_AGE,
      STMT_LIST_CLAIM_WORK_ALL_BY_SUM,
      STMT_LIST_CLAIM_WORK_ALL_BY_CHANGED },
    { STMT_LIST_CLAIM_WORK_ORG_BY_DUE, STMT_LIST_CLAIM_WORK_ORG_BY_AGE,
      STMT_LIST_CLAIM_WORK_ORG_BY_SUM,
      STMT_LIST_CLAIM_WORK_ORG_BY_CHANGED },
    { STMT_LIST_CLAIM_WORK_HANDLER_BY_DUE, STMT_LIST_CLAIM_WORK_HANDLER_BY_AGE,
      STMT_LIST_CLAIM_WORK_HANDLER_BY_SUM,
      STMT_LIST_CLAIM_WORK_HANDLER_BY_CHANGED },
    { STMT_LIST_CLAIM_WORK_TEAMS_BY_DUE, STMT_LIST_CLAIM_WORK_TEAMS_BY_AGE,
      STMT_LIST_CLAIM_WORK_TEAMS_BY_SUM,
      STMT_LIST_CLAIM_WORK_TEAMS_BY_CHANGED },
};

/* The filters behind the cursor, in the order of every list's text. */
#define FILTER_LETTERS "LiiiiiLdLdiiiiLLLLssddLddiii"
#define FILTERS(a) \
    (a)->after, (a)->open, (a)->open, (a)->stage_from, (a)->stage_to, (a)->of_turn, \
    (a)->turn_fresh, (a)->today, (a)->turn_old, (a)->today, (a)->flag_state, (a)->flag_state, \
    (a)->scheme, (a)->scheme, org, org, (a)->handler, (a)->handler, text((a)->team), \
    text((a)->team), (a)->notified_to, (a)->notified_to, (a)->least_p, (a)->due_before, \
    (a)->due_before, (a)->old, (a)->old, limit

static cd_err_t *ask_for(store_stmt_t **rows, const store_claim_ask_t *ask, int limit,
                         store_conn_t *conn, apr_pool_t *pool)
{
    const store_statement_t statement =
        ask->few && ask->view == STORE_CLAIM_VIEW_ALL && ask->sort == STORE_CLAIM_BY_DUE
            ? STMT_LIST_CLAIM_WORK_STAGES_BY_DUE
            : lists[ask->view][ask->sort];
    const cd_org_id org = ask->view == STORE_CLAIM_VIEW_ORG ? 0 : ask->org_id;

    switch (ask->view) {
    case STORE_CLAIM_VIEW_ORG:
        return store_select(rows, conn, statement, pool, "L" FILTER_LETTERS, ask->org_id,
                            FILTERS(ask));
    case STORE_CLAIM_VIEW_HANDLER:
        return store_select(rows, conn, statement, pool, "Li" FILTER_LETTERS, ask->user_id,
                            ask->user_id ? 0 : 1, FILTERS(ask));
    case STORE_CLAIM_VIEW_TEAMS:
        return store_select(rows, conn, statement, pool, "L" FILTER_LETTERS, ask->user_id,
                            FILTERS(ask));
    case STORE_CLAIM_VIEW_ALL:
        break;
    }
    return store_select(rows, conn, statement, pool, FILTER_LETTERS, FILTERS(ask));
}

static cd_err_t *read_row(store_claim_row_t *out, store_stmt_t *rows, store_conn_t *conn,
                          apr_pool_t *pool)
{
    store_claim_work_t *work = &out->work;

    memset(out, 0, sizeof(*out));
    work->claim_id = store_col_long(rows);
    work->org_id = store_col_long(rows);
    work->party_set = store_col_int(rows);
    work->handler_id = store_col_long(rows);
    work->team = store_col_text(rows, pool);
    work->status = store_col_int(rows);
    work->scheme = store_col_int(rows);
    work->is_open = store_col_int(rows);
    work->stage = store_col_int(rows);
    work->flag_seq = store_col_int(rows);
    work->flag_state = store_col_int(rows);
    work->out_of_date = store_col_int(rows);
    work->indicated_p = store_col_long(rows);
    work->decided_p = store_col_long(rows);
    work->asked_p = store_col_long(rows);
    work->received_p = store_col_long(rows);
    work->due_on = store_col_int(rows);
    work->notified_on = store_col_int(rows);
    work->version = store_col_int(rows);
    work->changed_at = store_col_long(rows);
    out->skey = store_col_long(rows);
    out->org_code = store_col_text(rows, pool);
    work->handler = store_col_text(rows, pool);
    out->handler_name = store_col_text(rows, pool);
    return store_head_listed(&out->head, CD_FILE_CLAIM, rows, conn, pool);
}

cd_err_t *store_claim_work_list(store_claim_page_t *out, const store_claim_ask_t *ask,
                                store_conn_t *conn, apr_pool_t *pool)
{
    int limit = ask->limit < 1 || ask->limit > PAGE_MAX ? PAGE_MAX : ask->limit, row;
    store_stmt_t *rows;
    cd_err_t *err;

    out->rows = apr_palloc(pool, (apr_size_t)limit * sizeof(*out->rows));
    out->count = 0;
    out->next = 0;
    CD_ERR(ask_for(&rows, ask, limit + 1, conn, pool));
    err = store_step(&row, rows, pool);
    while (!err && row && out->count < limit) {
        err = read_row(&out->rows[out->count++], rows, conn, pool);
        if (!err)
            err = store_step(&row, rows, pool);
    }
    if (!err && row)
        out->next = out->rows[out->count - 1].skey;
    store_finish(rows);
    return err;
}

cd_err_t *store_claim_work_counts(store_claim_counts_t *out, cd_user_id user_id, cd_org_id org_id,
                                  int most, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    memset(out, 0, sizeof(*out));
    CD_ERR(store_select(&rows, conn, STMT_COUNT_CLAIM_WORK, pool, "LiLiiLLi", user_id, most,
                        user_id, most, most, org_id, org_id, most));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        out->mine = store_col_int(rows);
        out->teams = store_col_int(rows);
        out->nobody = store_col_int(rows);
        out->all = store_col_int(rows);
    }
    store_finish(rows);
    return NULL;
}

#define NAMED_AT_ONCE 10

static cd_err_t *named_some(apr_array_header_t *list, const char *const *refs, int count,
                            store_conn_t *conn, apr_pool_t *pool)
{
    const char *at[NAMED_AT_ONCE];
    store_stmt_t *rows;
    int i, row = 1;

    for (i = 0; i < NAMED_AT_ONCE; i++)
        at[i] = refs[i < count ? i : 0];
    CD_ERR(store_select(&rows, conn, STMT_FIND_CLAIMS_NAMED, pool, "ssssssssss", at[0], at[1],
                        at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9]));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            CD_ERR(store_head_read(apr_array_push(list), CD_FILE_CLAIM, rows, conn, pool));
    }
    return NULL;
}

cd_err_t *store_claims_named(store_head_t **out, int *count_out, const char *const *references,
                             int count, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, count + 1, sizeof(store_head_t));
    int at;

    for (at = 0; at < count; at += NAMED_AT_ONCE)
        CD_ERR(named_some(list, references + at,
                          count - at < NAMED_AT_ONCE ? count - at : NAMED_AT_ONCE, conn, pool));
    *out = (store_head_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* ---- teams ------------------------------------------------------------------------------ */

cd_err_t *store_claim_team_members(store_member_t **out, int *count_out, int limit,
                                   store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_member_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIM_TEAMS, pool, "i", limit));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            store_member_t *member = apr_array_push(list);

            member->team = store_col_text(rows, pool);
            member->user_id = store_col_long(rows);
            member->subject = store_col_text(rows, pool);
            member->name = store_col_text(rows, pool);
        }
    }
    *out = (store_member_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_claim_team_put(const char *team, cd_user_id user_id, int active, cd_instant_t at,
                               store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_CLAIM_TEAM, pool, "sLiL", team, user_id, active,
                        at);
}

cd_err_t *store_claim_staff(store_colleague_t **out, int *count_out, apr_uint32_t roles, int limit,
                            store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_colleague_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(
        store_select(&rows, conn, STMT_SELECT_CLAIM_STAFF, pool, "Li", (apr_int64_t)roles, limit));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            store_colleague_t *person = apr_array_push(list);

            memset(person, 0, sizeof(*person));
            person->id = store_col_long(rows);
            person->subject = store_col_text(rows, pool);
            person->name = store_col_text(rows, pool);
        }
    }
    *out = (store_colleague_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

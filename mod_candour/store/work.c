/* work.c: the work list as rows.
 *
 * One integer sort key: the day something is due, then the case; what has no day comes last, and a
 * closed case has a negative key, which no list reads. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/row.h"
#include "store/work.h"

#define PAGE_MAX 50
#define KEY_OF(day) ((apr_int64_t)(day) << 32)

static apr_int64_t sort_key(const store_work_t *work)
{
    if (work->state == CD_CASE_CLOSED)
        return -work->case_id;
    return KEY_OF(work->due_on > 0 ? work->due_on : STORE_WORK_NO_DAY) + work->case_id;
}

static const char *text(const char *maybe)
{
    return maybe ? maybe : "";
}

cd_err_t *store_work_keep(const store_work_t *work, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_WORK, pool, "LLisidissisLsdLL", work->case_id,
                        work->org_id, work->state, work->policy, work->version, work->due_on,
                        work->due_kind, text(work->rule), text(work->step), work->tasks,
                        text(work->assignee), work->org_id, text(work->team), work->cover_until,
                        work->changed_at, sort_key(work));
}

static void read_work(store_work_t *work, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(work, 0, sizeof(*work));
    work->case_id = store_col_long(rows);
    work->org_id = store_col_long(rows);
    work->state = store_col_int(rows);
    work->policy = store_col_text(rows, pool);
    work->version = store_col_int(rows);
    work->due_on = store_col_int(rows);
    work->due_kind = store_col_int(rows);
    work->rule = store_col_text(rows, pool);
    work->step = store_col_text(rows, pool);
    work->tasks = store_col_int(rows);
    work->assignee_id = store_col_long(rows);
    work->assignee = store_col_text(rows, pool);
    work->assignee_name = store_col_text(rows, pool);
    work->team = store_col_text(rows, pool);
    work->cover_until = store_col_int(rows);
    work->changed_at = store_col_long(rows);
}

store_work_t *store_work_read(store_stmt_t *rows, apr_pool_t *pool)
{
    store_work_t *work;

    if (store_col_null(rows))
        return NULL;
    work = apr_palloc(pool, sizeof(*work));
    read_work(work, rows, pool);
    return work;
}

cd_err_t *store_work_get(store_work_t **out, cd_case_id case_id, store_conn_t *conn,
                         apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_WORK, pool, "L", case_id));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        *out = store_work_read(rows, pool);
    store_finish(rows);
    return NULL;
}

cd_err_t *store_work_walk(store_work_t **out, int *count_out, cd_case_id after, cd_case_id last,
                          store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(store_work_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_WALK_WORK, pool, "LL", after, last));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read_work(apr_array_push(list), rows, pool);
    }
    *out = (store_work_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

/* Whom `made` names, the row must name, too; a person who may no longer sign in is named by
 * neither. */
static int same_person(const store_work_t *made, const store_work_t *old)
{
    return made->assignee ? old->assignee && !strcmp(made->assignee, old->assignee)
                          : !old->assignee_id;
}

int store_work_same(const store_work_t *made, const store_work_t *old)
{
    return old->step && made->org_id == old->org_id && made->state == old->state
           && made->due_on == old->due_on && made->due_kind == old->due_kind
           && made->tasks == old->tasks && made->cover_until == old->cover_until
           && !strcmp(text(made->policy), text(old->policy))
           && !strcmp(text(made->rule), text(old->rule))
           && !strcmp(text(made->step), text(old->step))
           && !strcmp(text(made->team), text(old->team)) && same_person(made, old);
}

/* ---- lists ------------------------------------------------------------------- */

static cd_err_t *ask_for(store_stmt_t **rows, const store_work_ask_t *ask, int limit,
                         store_conn_t *conn, apr_pool_t *pool)
{
    apr_int64_t from = ask->due_from ? KEY_OF(ask->due_from) - 1 : 0;
    apr_int64_t to = ask->due_to ? KEY_OF(ask->due_to + 1) : APR_INT64_MAX;
    const char *rule = text(ask->rule);

    if (ask->after > from)
        from = ask->after;
    if (ask->due_from && !ask->due_to && ask->due_from != STORE_WORK_NO_DAY)
        to = KEY_OF(STORE_WORK_NO_DAY);
    switch (ask->whose) {
    case STORE_WORK_MINE:
        return store_select(rows, conn, STMT_LIST_WORK_MINE, pool, "LLddLLLssi", ask->user_id,
                            ask->user_id, ask->today, ask->today, ask->org_id, from, to, rule, rule,
                            limit);
    case STORE_WORK_TEAMS:
        return store_select(rows, conn, STMT_LIST_WORK_OF_TEAMS, pool, "LLLLLLLLssi", ask->org_id,
                            ask->user_id, from, to, ask->org_id, ask->user_id, from, to, rule, rule,
                            limit);
    case STORE_WORK_NOBODY:
        return store_select(rows, conn, STMT_LIST_WORK_OF_NOBODY, pool, "LLLssi", ask->org_id, from,
                            to, rule, rule, limit);
    case STORE_WORK_PERSON:
        return store_select(rows, conn, STMT_LIST_WORK_OF_PERSON, pool, "LsLLLssi", ask->org_id,
                            text(ask->person), ask->org_id, from, to, rule, rule, limit);
    case STORE_WORK_ORG:
        break;
    }
    return *rule ? store_select(rows, conn, STMT_LIST_WORK_OF_RULE, pool, "LsLLi", ask->org_id,
                                rule, from, to, limit)
                 : store_select(rows, conn, STMT_LIST_WORK_OF_ORG, pool, "LLLi", ask->org_id, from,
                                to, limit);
}

/* A head that does not open is no reason to withhold what is due in the case. */
static cd_err_t *read_row(store_work_row_t *out, store_stmt_t *rows, store_conn_t *conn,
                          apr_pool_t *pool)
{
    memset(out, 0, sizeof(*out));
    out->due_on = store_col_int(rows);
    out->due_kind = store_col_int(rows);
    out->rule = store_col_text(rows, pool);
    out->step = store_col_text(rows, pool);
    out->tasks = store_col_int(rows);
    out->assignee_id = store_col_long(rows);
    out->assignee = store_col_text(rows, pool);
    out->assignee_name = store_col_text(rows, pool);
    out->team = store_col_text(rows, pool);
    out->cover_until = store_col_int(rows);
    out->skey = store_col_long(rows);
    return store_head_listed(&out->head, CD_FILE_CASE, rows, conn, pool);
}

cd_err_t *store_work_list(store_work_page_t *out, const store_work_ask_t *ask, store_conn_t *conn,
                          apr_pool_t *pool)
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

cd_err_t *store_work_counts(store_work_count_t out[STORE_WORK_ORG + 1], cd_org_id org_id,
                            cd_user_id user_id, cd_date_t today, cd_date_t soon_to,
                            store_conn_t *conn, apr_pool_t *pool)
{
    const apr_int64_t now = KEY_OF(today), soon = KEY_OF(soon_to + 1);
    const int most = STORE_WORK_COUNTED;
    store_stmt_t *rows;
    int row = 1;

    memset(out, 0, sizeof(*out) * (STORE_WORK_ORG + 1));
    CD_ERR(store_select(&rows, conn, STMT_COUNT_WORK, pool, "LLLLLddLi" "LLLLLLLi" "LLLLi" "LLLLi",
                        now, now, soon, user_id, user_id, today, today, org_id, most,
                        now, now, soon, org_id, user_id, org_id, user_id, most,
                        now, now, soon, org_id, most,
                        now, now, soon, org_id, most));
    while (row) {
        int place;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        place = store_col_int(rows);
        out[place].overdue = store_col_int(rows);
        out[place].soon = store_col_int(rows);
        out[place].all = store_col_int(rows);
    }
    return NULL;
}

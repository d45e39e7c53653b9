/* team.c: colleagues, teams, cover, saved filters and calendar addresses as rows. Rights are asked
 * in app/. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/team.h"

/* Reads every row into a list of its kind. */
typedef void (*read_fn)(void *item, store_stmt_t *rows, apr_pool_t *pool);

static cd_err_t *read_all(void **out, int *count_out, apr_size_t size, read_fn read,
                          store_stmt_t *rows, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, (int)size);
    int row = 1;

    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            read(apr_array_push(list), rows, pool);
    }
    *out = list->elts;
    *count_out = list->nelts;
    return NULL;
}

static cd_err_t *ended(int rows, const char *what, apr_pool_t *pool)
{
    return rows ? NULL : cd_err(pool, CD_E_NOT_FOUND, NULL, "no %s stands there", what);
}

static void read_colleague(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_colleague_t *colleague = item;

    colleague->id = store_col_long(rows);
    colleague->subject = store_col_text(rows, pool);
    colleague->name = store_col_text(rows, pool);
    colleague->away_to = store_col_int(rows);
}

cd_err_t *store_colleagues(store_colleague_t **out, int *count_out, cd_org_id org_id,
                           cd_date_t today, const char *after, int limit, store_conn_t *conn,
                           apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_COLLEAGUES, pool, "ddLsi", today, today, org_id,
                        after, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_colleague, rows, pool);
}

cd_err_t *store_colleague_get(store_colleague_t **out, cd_org_id org_id, const char *subject,
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int count;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_COLLEAGUE, pool, "Ls", org_id, subject));
    CD_ERR(read_all((void **)out, &count, sizeof(**out), read_colleague, rows, pool));
    if (!count)
        *out = NULL;
    return NULL;
}

static void read_member(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_member_t *member = item;

    member->team = store_col_text(rows, pool);
    member->user_id = store_col_long(rows);
    member->subject = store_col_text(rows, pool);
    member->name = store_col_text(rows, pool);
}

cd_err_t *store_team_members(store_member_t **out, int *count_out, cd_org_id org_id, int limit,
                             store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_TEAMS, pool, "Li", org_id, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_member, rows, pool);
}

cd_err_t *store_team_put(cd_org_id org_id, const char *team, cd_user_id user_id, int active,
                         cd_instant_t at, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_TEAM_MEMBER, pool, "LsLiL", org_id, team,
                        user_id, active != 0, at);
}

static void read_cover(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_cover_t *cover = item;

    cover->user_id = store_col_long(rows);
    cover->first_on = store_col_int(rows);
    cover->last_on = store_col_int(rows);
    cover->covered_by = store_col_long(rows);
    cover->name = store_col_text(rows, pool);
    cover->cover_name = store_col_text(rows, pool);
    cover->cover_subject = store_col_text(rows, pool);
}

cd_err_t *store_covers(store_cover_t **out, int *count_out, cd_user_id user_id, cd_date_t today,
                       int limit, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_COVERS, pool, "dLLi", today, user_id, user_id,
                        limit));
    return read_all((void **)out, count_out, sizeof(**out), read_cover, rows, pool);
}

cd_err_t *store_cover_put(const store_cover_t *cover, cd_instant_t at, store_conn_t *conn,
                          apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_COVER, pool, "LddLL", cover->user_id,
                        cover->first_on, cover->last_on, cover->covered_by, at);
}

cd_err_t *store_cover_end(cd_user_id user_id, cd_date_t first_on, cd_instant_t at,
                          store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_END_COVER, pool, "LLd", at, user_id, first_on));
    return ended(rows, "absence", pool);
}

static void read_filter(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_filter_t *filter = item;

    filter->name = store_col_text(rows, pool);
    filter->query = store_col_text(rows, pool);
}

cd_err_t *store_filters(store_filter_t **out, int *count_out, cd_user_id user_id, int limit,
                        store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_FILTERS, pool, "Li", user_id, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_filter, rows, pool);
}

cd_err_t *store_filter_put(cd_user_id user_id, const store_filter_t *filter, cd_instant_t at,
                           store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_FILTER, pool, "LssL", user_id, filter->name,
                        filter->query, at);
}

cd_err_t *store_filter_end(cd_user_id user_id, const char *name, cd_instant_t at,
                           store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_END_FILTER, pool, "LLs", at, user_id, name));
    return ended(rows, "filter", pool);
}

/* ---- calendar addresses -------------------------------------------------------- */

cd_err_t *store_feed_made(cd_instant_t *made_out, cd_user_id user_id, store_conn_t *conn,
                          apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_FEED, pool, "L", user_id));
    CD_ERR(store_step(&row, rows, pool));
    *made_out = row ? store_col_long(rows) : 0;
    store_finish(rows);
    return NULL;
}

cd_err_t *store_feed_put(cd_user_id user_id, const unsigned char hash[STORE_FEED_HASH],
                         cd_instant_t at, store_conn_t *conn, apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_PUT_FEED, pool, "LbL", user_id, (const void *)hash,
                        (apr_size_t)STORE_FEED_HASH, at);
}

cd_err_t *store_feed_end(cd_user_id user_id, cd_instant_t at, store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_END_FEED, pool, "LL", at, user_id));
    return ended(rows, "calendar address", pool);
}

cd_err_t *store_feed_find(cd_actor_t **out, const unsigned char hash[STORE_FEED_HASH],
                          store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_FIND_FEED, pool, "b", (const void *)hash,
                        (apr_size_t)STORE_FEED_HASH));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_pcalloc(pool, sizeof(**out));
        (*out)->id = store_col_long(rows);
        (*out)->subject = store_col_text(rows, pool);
        (*out)->name = store_col_text(rows, pool);
        (*out)->roles = (apr_uint32_t)store_col_long(rows);
        (*out)->org_id = store_col_long(rows);
    }
    store_finish(rows);
    return NULL;
}

static void read_event(void *item, store_stmt_t *rows, apr_pool_t *pool)
{
    store_event_t *event = item;

    event->reference = store_col_text(rows, pool);
    event->rule = store_col_text(rows, pool);
    event->step = store_col_text(rows, pool);
    event->due_on = store_col_int(rows);
    event->version = store_col_int(rows);
    event->changed_at = store_col_long(rows);
    event->cancelled = store_col_int(rows);
}

cd_err_t *store_feed_events(store_event_t **out, int *count_out, const cd_actor_t *user,
                            cd_date_t today, cd_instant_t gone_since, int limit, store_conn_t *conn,
                            apr_pool_t *pool)
{
    store_stmt_t *rows;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_FEED_EVENTS, pool, "LLddLLLLi", user->id, user->id,
                        today, today, user->org_id, user->id, gone_since, user->org_id, limit));
    return read_all((void **)out, count_out, sizeof(**out), read_event, rows, pool);
}

/* holiday.c: bank holidays as rows. A day that leaves the list is retired, never deleted. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/db.h"
#include "store/user.h"

typedef struct kept_t {
    cd_holiday_t day;
    int retired;
} kept_t;

static cd_err_t *read_all(apr_array_header_t **out, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 512, sizeof(kept_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_HOLIDAYS, pool, ""));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row) {
            kept_t *kept = apr_array_push(list);

            kept->day.division = (cd_division_t)store_col_int(rows);
            kept->day.on = store_col_int(rows);
            kept->day.title = store_col_text(rows, pool);
            kept->retired = store_col_int(rows);
        }
    }
    *out = list;
    return NULL;
}

cd_err_t *store_holidays(cd_holiday_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *all;
    cd_holiday_t *list;
    int i, count = 0;

    CD_ERR(read_all(&all, conn, pool));
    list = apr_palloc(pool, (apr_size_t)(all->nelts + 1) * sizeof(*list));
    for (i = 0; i < all->nelts; i++) {
        const kept_t *kept = &((const kept_t *)all->elts)[i];

        if (!kept->retired)
            list[count++] = kept->day;
    }
    *out = list;
    *count_out = count;
    return NULL;
}

static const cd_holiday_t *find_day(const cd_holiday_t *list, int count, const cd_holiday_t *day)
{
    int i;

    for (i = 0; i < count; i++) {
        if (list[i].division == day->division && list[i].on == day->on)
            return &list[i];
    }
    return NULL;
}

static const kept_t *find_kept(const apr_array_header_t *all, const cd_holiday_t *day)
{
    int i;

    for (i = 0; i < all->nelts; i++) {
        const kept_t *kept = &((const kept_t *)all->elts)[i];

        if (kept->day.division == day->division && kept->day.on == day->on)
            return kept;
    }
    return NULL;
}

static cd_err_t *update_day(const cd_holiday_t *day, int retired, store_conn_t *conn,
                            apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_UPDATE_HOLIDAY, pool, "siid", day->title, retired,
                        (int)day->division, day->on);
}

cd_err_t *store_holidays_replace(const cd_holiday_t *list, int count, store_conn_t *conn,
                                 apr_pool_t *pool)
{
    apr_array_header_t *all;
    int i, changed = 0;

    CD_ERR(read_all(&all, conn, pool));
    for (i = 0; i < all->nelts; i++) {
        const kept_t *kept = &((const kept_t *)all->elts)[i];

        if (kept->retired || find_day(list, count, &kept->day))
            continue;
        CD_ERR(update_day(&kept->day, 1, conn, pool));
        changed = 1;
    }
    for (i = 0; i < count; i++) {
        const kept_t *kept = find_kept(all, &list[i]);

        if (kept && !kept->retired && strcmp(kept->day.title, list[i].title) == 0)
            continue;
        changed = 1;
        CD_ERR(kept ? update_day(&list[i], 0, conn, pool)
                    : store_change(NULL, NULL, conn, STMT_INSERT_HOLIDAY, pool, "ids",
                                   (int)list[i].division, list[i].on, list[i].title));
    }
    return changed ? store_change(NULL, NULL, conn, STMT_BUMP_HOLIDAYS, pool, "") : NULL;
}

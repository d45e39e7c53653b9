/* claim.c: the scheme's own numbers and the status history of claims, as rows. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "store/claim.h"
#include "store/db.h"

cd_err_t *store_scheme_ref_holder(const char **reference_out, const char *scheme_ref,
                                  store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *reference_out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_SCHEME_REF, pool, "s", scheme_ref));
    CD_ERR(store_step(&row, rows, pool));
    if (row)
        *reference_out = apr_pstrdup(pool, store_col_text(rows, pool));
    store_finish(rows);
    return NULL;
}

static cd_err_t *holds(int *out, apr_int64_t claim_id, const char *scheme_ref, store_conn_t *conn,
                       apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = 0;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_SCHEME_REF_OF, pool, "sL", scheme_ref, claim_id));
    CD_ERR(store_step(&row, rows, pool));
    *out = row;
    store_finish(rows);
    return NULL;
}

cd_err_t *store_scheme_ref_put(apr_int64_t claim_id, const char *scheme_ref, store_conn_t *conn,
                               apr_pool_t *pool)
{
    int mine;

    CD_ERR(store_change(NULL, NULL, conn, STMT_GIVE_UP_SCHEME_REF, pool, "Ls", claim_id,
                        scheme_ref ? scheme_ref : ""));
    if (!scheme_ref)
        return NULL;
    CD_ERR(store_change(NULL, NULL, conn, STMT_PUT_SCHEME_REF, pool, "sL", scheme_ref, claim_id));
    CD_ERR(holds(&mine, claim_id, scheme_ref, conn, pool));
    return mine
               ? NULL
               : cd_err(pool, CD_E_STALE, NULL, "another claim took the scheme's number meanwhile");
}

cd_err_t *store_status_day_put(apr_int64_t claim_id, cd_date_t day, int status, store_conn_t *conn,
                               apr_pool_t *pool)
{
    return store_change(NULL, NULL, conn, STMT_KEEP_STATUS_DAY, pool, "Ldi", claim_id, day, status);
}

cd_err_t *store_status_counts(apr_int64_t out[CD_CLAIM_REOPENED + 1], cd_date_t day,
                              store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row = 1;

    memset(out, 0, sizeof(*out) * (CD_CLAIM_REOPENED + 1));
    CD_ERR(store_select(&rows, conn, STMT_COUNT_STATUS_DAY, pool, "d", day));
    while (row) {
        int status;

        CD_ERR(store_step(&row, rows, pool));
        status = row ? store_col_int(rows) : 0;
        if (status > 0 && status <= CD_CLAIM_REOPENED)
            out[status] = store_col_long(rows);
    }
    return NULL;
}

cd_err_t *store_claims_without_history(const char ***refs_out, int *count_out, store_conn_t *conn,
                                       apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(const char *));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_CLAIMS_NO_HISTORY, pool, ""));
    while (row) {
        CD_ERR(store_step(&row, rows, pool));
        if (row)
            *(const char **)apr_array_push(list) = apr_pstrdup(pool, store_col_text(rows, pool));
    }
    *refs_out = (const char **)list->elts;
    *count_out = list->nelts;
    return NULL;
}

cd_err_t *store_people_in_role(store_person_t **out, int *count_out, apr_uint32_t roles,
                               store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 16, sizeof(store_person_t));
    store_stmt_t *rows;
    int row = 1;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_PEOPLE_IN_ROLE, pool, "L", (apr_int64_t)roles));
    while (row) {
        store_person_t *person;

        CD_ERR(store_step(&row, rows, pool));
        if (!row)
            break;
        person = apr_array_push(list);
        person->subject = apr_pstrdup(pool, store_col_text(rows, pool));
        person->name = apr_pstrdup(pool, store_col_text(rows, pool));
    }
    *out = (store_person_t *)list->elts;
    *count_out = list->nelts;
    return NULL;
}

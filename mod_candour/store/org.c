/* org.c: organisations as rows. A change moves the stamp, so that children renew what they keep. */
#include <string.h>

#include <apr_strings.h>
#include <apr_tables.h>

#include "base/buf.h"
#include "domain/record.h"
#include "store/db.h"
#include "store/user.h"

#define ORGS_MAX 4000

static void read_org(cd_org_t *org, store_stmt_t *rows, apr_pool_t *pool)
{
    memset(org, 0, sizeof(*org));
    org->id = store_col_long(rows);
    org->code = store_col_text(rows, pool);
    org->name = store_col_text(rows, pool);
    org->jurisdiction = store_col_int(rows);
    org->kind = store_col_int(rows);
    org->opened_on = store_col_int(rows);
    org->closed_on = store_col_int(rows);
    org->successor_code = store_col_text(rows, pool);
    org->member_from = store_col_int(rows);
    org->member_to = store_col_int(rows);
    org->nhs_contract = store_col_int(rows);
    org->target_opinion_wd = store_col_long(rows);
    org->target_talk_wd = store_col_long(rows);
    org->target_note_wd = store_col_long(rows);
    org->target_letter_wd = store_col_long(rows);
    org->target_results_wd = store_col_long(rows);
    org->version = store_col_int(rows);
}

cd_err_t *store_orgs(cd_org_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 32, sizeof(cd_org_t));
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    CD_ERR(store_select(&rows, conn, STMT_SELECT_ORGS, pool, ""));
    err = store_step(&row, rows, pool);
    while (!err && row && list->nelts < ORGS_MAX) {
        read_org(apr_array_push(list), rows, pool);
        err = store_step(&row, rows, pool);
    }
    store_finish(rows);
    if (!err && row)                     /* a list cut short would hide a trust from its people */
        err = cd_err(pool, CD_E_RANGE, NULL, "there are more than %d organisations", ORGS_MAX);
    *out = (cd_org_t *)list->elts;
    *count_out = list->nelts;
    return err;
}

cd_err_t *store_org_get(cd_org_t **out, const char *code, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    int row;

    *out = NULL;
    CD_ERR(store_select(&rows, conn, STMT_SELECT_ORG, pool, "s", code));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_palloc(pool, sizeof(**out));
        read_org(*out, rows, pool);
    }
    store_finish(rows);
    return NULL;
}

cd_err_t *store_org_insert(cd_org_t *org, cd_instant_t at, store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(store_change(NULL, &org->id, conn, STMT_INSERT_ORG, pool, "ssiiddsddiLLLLLL", org->code,
                        org->name, org->jurisdiction, org->kind, org->opened_on, org->closed_on,
                        org->successor_code, org->member_from, org->member_to, org->nhs_contract,
                        org->target_opinion_wd, org->target_talk_wd, org->target_note_wd,
                        org->target_letter_wd, org->target_results_wd, at));
    org->version = 1;
    return store_change(NULL, NULL, conn, STMT_BUMP_ORGS, pool, "");
}

cd_err_t *store_org_update(const cd_org_t *org, store_conn_t *conn, apr_pool_t *pool)
{
    int rows;

    CD_ERR(store_change(&rows, NULL, conn, STMT_UPDATE_ORG, pool, "siiddsddiLLLLLsi", org->name,
                        org->jurisdiction, org->kind, org->opened_on, org->closed_on,
                        org->successor_code, org->member_from, org->member_to, org->nhs_contract,
                        org->target_opinion_wd, org->target_talk_wd, org->target_note_wd,
                        org->target_letter_wd, org->target_results_wd, org->code, org->version));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "organisation %s is no longer at version %d",
                      org->code, org->version);
    return store_change(NULL, NULL, conn, STMT_BUMP_ORGS, pool, "");
}

/* Every field in the order of the table, as JSON and the database write it. */
const char *store_org_content(const cd_org_t *org, apr_pool_t *pool)
{
    cd_buf_t *content = cd_buf_make(pool, 512);
    int i;

    for (i = 0; i < cd_org_field_count; i++) {
        const char *value = cd_field_plain(&cd_org_fields[i], org, pool);

        cd_buf_str(content, cd_org_fields[i].name);
        cd_buf_str(content, "=");
        cd_buf_str(content, value ? value : "");
        cd_buf_str(content, "\n");
    }
    return content->data;
}

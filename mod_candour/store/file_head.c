/* file_head.c: heads of cases and claims: found, made, changed by compare-and-set.
 *
 * Every change writes all columns that may change and a fingerprint of the row under the file's
 * key, so that a row changed behind the program's back is found by verify. Lists are in
 * file_list.c. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "store/ahead.h"
#include "store/migrate.h"
#include "store/row.h"

#define NUMBERS_A_YEAR 1000000
#define ACTOR_CASE_COLUMNS 54   /* of STMT_SELECT_ACTOR_CASE before those of a record */

/* ---- the fingerprint of a row ------------------------------------------- */

static void put_columns(cd_buf_t *buf, const store_head_t *head)
{
    store_put_text(buf, "candour head 1");
    store_put_long(buf, head->kind);
    store_put_long(buf, head->id);
    store_put_text(buf, head->reference);
    store_put_long(buf, head->version);
    store_put_long(buf, head->last_seq);
    store_put_long(buf, head->audit_seq);
    store_put_bytes(buf, head->audit_head, sizeof(head->audit_head));
    store_put_long(buf, head->created_at);
    store_put_long(buf, head->changed_at);
    store_put_bytes(buf, head->has_nhs ? head->nhs_hash : NULL, sizeof(head->nhs_hash));
    store_put_text(buf, head->title);
    store_put_text(buf, head->person);
    store_put_long(buf, head->skey);
}

static void put_case(cd_buf_t *buf, const store_head_t *head)
{
    store_put_long(buf, head->org_id);
    store_put_long(buf, head->state);
    store_put_text(buf, head->policy);
    store_put_long(buf, head->occurred.first);
    store_put_long(buf, head->occurred.last);
    store_put_long(buf, head->reported_on);
    store_put_long(buf, head->aware_on);
    store_put_long(buf, head->incident_seq);
    store_put_long(buf, head->outcome);
    store_put_long(buf, head->opinion);
    store_put_long(buf, head->told.first);
    store_put_long(buf, head->told.last);
}

static void put_claim(cd_buf_t *buf, const store_head_t *head)
{
    store_put_long(buf, head->status);
    store_put_long(buf, head->scheme);
    store_put_long(buf, head->party_set);
    store_put_long(buf, head->notified_on);
}

static void head_mac(unsigned char out[32], const store_head_t *head, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);

    put_columns(buf, head);
    if (head->kind == CD_FILE_CLAIM)
        put_claim(buf, head);
    else
        put_case(buf, head);
    store_commitment(out, &head->key, buf->data, buf->len);
}

int store_head_genuine(const store_head_t *head, apr_pool_t *pool)
{
    unsigned char mac[32];

    if (!head->has_key)
        return 1;
    head_mac(mac, head, pool);
    return memcmp(mac, head->mac, sizeof(mac)) == 0;
}

/* ---- finding ------------------------------------------------------------ */

static cd_actor_t *read_actor(store_stmt_t *rows, const char *subject, apr_pool_t *pool)
{
    cd_actor_t *actor;

    if (store_col_null(rows)) {
        store_col_skip(rows, 6);
        return NULL;
    }
    actor = apr_pcalloc(pool, sizeof(*actor));
    actor->id = store_col_long(rows);
    actor->subject = apr_pstrdup(pool, subject);
    actor->name = store_col_text(rows, pool);
    actor->roles = (apr_uint32_t)store_col_long(rows);
    actor->org_id = store_col_long(rows);
    actor->org_code = store_col_text(rows, pool);
    actor->org_name = store_col_text(rows, pool);
    return actor;
}

static cd_err_t *read_stamp(store_stamp_t *stamp, store_stmt_t *rows, const store_conn_t *conn,
                            apr_pool_t *pool)
{
    stamp->schema = store_col_int(rows);
    stamp->orgs = store_col_int(rows);
    stamp->holidays = store_col_int(rows);
    stamp->schemes = store_col_int(rows);
    if (stamp->schema != store_schema_wanted() && !conn->options->any_schema)
        return cd_err(pool, CD_E_SCHEMA, NULL, "the database has schema %d, this program needs %d",
                      stamp->schema, store_schema_wanted());
    return NULL;
}

static cd_err_t *ask_actor(store_stmt_t **rows, const char *subject, cd_file_kind_t kind,
                           const char *reference, store_conn_t *conn, apr_pool_t *pool)
{
    const apr_int64_t wide = (apr_int64_t)store_wide_roles(kind);

    if (!reference)
        return store_select(rows, conn, STMT_SELECT_ACTOR, pool, "s", subject);
    if (kind == CD_FILE_CLAIM)
        return store_select(rows, conn, STMT_SELECT_ACTOR_CLAIM, pool, "ssL", subject, reference,
                            wide);
    return store_select(rows, conn, STMT_SELECT_ACTOR_CASE, pool, "ssLsLs", subject, reference,
                        wide, reference, wide, subject);
}

/* Behind a case's own columns: its row of the work list, then its records, a row each. */
static cd_err_t *read_rest(store_head_t *head, store_stmt_t *rows, apr_pool_t *pool)
{
    int row;

    head->linked = store_col_int(rows) ? STORE_LINKED : STORE_LINKED_NOT;
    head->work = store_work_read(rows, pool);
    CD_ERR(store_step(&row, rows, pool));
    if (!row)
        return NULL;
    return store_records_read(&head->records, &head->record_count, head, rows, ACTOR_CASE_COLUMNS,
                              pool);
}

cd_err_t *store_actor_head(cd_actor_t **actor_out, store_head_t **head_out,
                           store_stamp_t *stamp_out, const char *subject, cd_file_kind_t kind,
                           const char *reference, store_conn_t *conn, apr_pool_t *pool)
{
    store_stamp_t stamp;
    store_stmt_t *rows;
    cd_err_t *err;
    int row;

    *actor_out = NULL;
    if (head_out)
        *head_out = NULL;
    CD_ERR(ask_actor(&rows, subject, kind, reference, conn, pool));
    CD_ERR(store_step(&row, rows, pool));
    if (!row)
        return cd_err(pool, CD_E_SCHEMA, NULL, "app_state has no row");
    err = read_stamp(&stamp, rows, conn, pool);
    if (stamp_out)
        *stamp_out = stamp;
    if (!err) {
        *actor_out = read_actor(rows, subject, pool);
        if (reference && head_out && *actor_out && !store_col_null(rows)) {
            *head_out = apr_palloc(pool, sizeof(**head_out));
            err = store_head_read(*head_out, kind, rows, conn, pool);
            if (!err && kind == CD_FILE_CASE)
                err = read_rest(*head_out, rows, pool);
        }
    }
    store_finish(rows);
    return err;
}

cd_err_t *store_head_get(store_head_t **out, cd_file_kind_t kind, const char *reference,
                         cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_stmt_t *rows;
    cd_err_t *err = NULL;
    int row;

    *out = NULL;
    if (kind == CD_FILE_CASE && store_ahead_case(out, conn, reference, org_id, pool))
        return NULL;
    CD_ERR(store_select(&rows, conn, kind == CD_FILE_CLAIM ? STMT_SELECT_CLAIM : STMT_SELECT_CASE,
                        pool, "sLL", reference, org_id, org_id));
    CD_ERR(store_step(&row, rows, pool));
    if (row) {
        *out = apr_palloc(pool, sizeof(**out));
        err = store_head_read(*out, kind, rows, conn, pool);
    }
    store_finish(rows);
    return err;
}

/* ---- making and changing ------------------------------------------------ */

/* Lists of cases run by the day of the report, or what is known instead, then by id. */
static apr_int64_t sort_key(const store_head_t *head)
{
    cd_date_t day = head->reported_on;

    if (head->kind == CD_FILE_CLAIM)
        return head->id;
    if (!day)
        day = head->occurred.last;
    if (!day)
        day = cd_london_date(head->created_at);
    return ((apr_int64_t)day << 32) + head->id;
}

static cd_err_t *seal_names(const char **out, apr_size_t *len_out, const store_head_t *head,
                            apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 128);

    store_put_text(buf, head->title);
    store_put_text(buf, head->person);
    return store_seal(out, len_out, &head->key, store_place(head, 0, "head", pool), buf->data,
                      buf->len, pool);
}

/* A number that no longer stands must not be found by. */
static void set_nhs(store_head_t *head, const char *nhs_number, const store_conn_t *conn)
{
    memset(head->nhs_hash, 0, sizeof(head->nhs_hash));
    head->has_nhs = nhs_number != NULL;
    if (nhs_number)
        store_lookup_hash(head->nhs_hash, conn->options->keys, "nhs", nhs_number);
}

/* The row as it will stand: sort key and fingerprint are made of everything else. */
static void settle(store_head_t *row, apr_pool_t *pool)
{
    row->skey = sort_key(row);
    head_mac(row->mac, row, pool);
}

#define NHS_OF(row) (row)->has_nhs ? (row)->nhs_hash : NULL, sizeof((row)->nhs_hash)

static cd_err_t *insert_case(const store_head_t *row, const char *wrapped, apr_size_t wrapped_len,
                             store_conn_t *conn, apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    CD_ERR(seal_names(&sealed, &len, row, pool));
    return store_change(NULL, NULL, conn, STMT_INSERT_CASE, pool, "LsLLbbiiibLiswddiiiwLbb",
                        row->id, row->reference, row->org_id, row->created_at, wrapped, wrapped_len,
                        NHS_OF(row), row->version, row->last_seq, row->audit_seq, row->audit_head,
                        sizeof(row->audit_head), row->changed_at, row->state, row->policy,
                        row->occurred, row->reported_on, row->aware_on, row->incident_seq,
                        row->outcome, row->opinion, row->told, row->skey, sealed, len, row->mac,
                        sizeof(row->mac));
}

static cd_err_t *insert_claim(const store_head_t *row, const char *wrapped, apr_size_t wrapped_len,
                              store_conn_t *conn, apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    CD_ERR(seal_names(&sealed, &len, row, pool));
    return store_change(NULL, NULL, conn, STMT_INSERT_CLAIM, pool, "LsLbbiiibLiiidbb", row->id,
                        row->reference, row->created_at, wrapped, wrapped_len, NHS_OF(row),
                        row->version, row->last_seq, row->audit_seq, row->audit_head,
                        sizeof(row->audit_head), row->changed_at, row->status, row->scheme,
                        row->party_set, row->notified_on, sealed, len, row->mac, sizeof(row->mac));
}

cd_err_t *store_head_insert(store_head_t *head, int year, const char *nhs_number,
                            store_conn_t *conn, apr_pool_t *pool)
{
    int claim = head->kind == CD_FILE_CLAIM;
    apr_int64_t number;
    const char *wrapped;
    apr_size_t wrapped_len;

    CD_ERR(store_change(NULL, &number, conn, STMT_TAKE_NUMBER, pool, "ii", (int)head->kind, year));
    if (number < 1 || number >= NUMBERS_A_YEAR || year < 1 || year > 4000)
        return cd_err(pool, CD_E_RANGE, NULL, "file number %" APR_INT64_T_FMT " of %d", number,
                      year);
    head->id = (apr_int64_t)year * NUMBERS_A_YEAR + number;
    head->reference = apr_psprintf(pool, "%s-%d-%04d", claim ? "CL" : "CM", year, (int)number);
    CD_ERR(store_data_key_make(&head->key, &wrapped, &wrapped_len, conn->options->keys, head->kind,
                               head->reference, pool));
    head->has_key = 1;
    head->unreadable = 0;
    if (!head->changed_at)
        head->changed_at = head->created_at;
    set_nhs(head, head->nhs_known ? head->nhs_number : nhs_number, conn);
    settle(head, pool);
    return claim ? insert_claim(head, wrapped, wrapped_len, conn, pool)
                 : insert_case(head, wrapped, wrapped_len, conn, pool);
}

static cd_err_t *update_case(int *rows, const store_head_t *row, int version, store_conn_t *conn,
                             apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    CD_ERR(seal_names(&sealed, &len, row, pool));
    return store_change(rows, NULL, conn, STMT_UPDATE_CASE, pool, "biiibLiswddiiiwLbbLi",
                        NHS_OF(row), row->version, row->last_seq, row->audit_seq, row->audit_head,
                        sizeof(row->audit_head), row->changed_at, row->state, row->policy,
                        row->occurred, row->reported_on, row->aware_on, row->incident_seq,
                        row->outcome, row->opinion, row->told, row->skey, sealed, len, row->mac,
                        sizeof(row->mac), row->id, version);
}

static cd_err_t *update_claim(int *rows, const store_head_t *row, int version, store_conn_t *conn,
                              apr_pool_t *pool)
{
    const char *sealed;
    apr_size_t len;

    CD_ERR(seal_names(&sealed, &len, row, pool));
    return store_change(rows, NULL, conn, STMT_UPDATE_CLAIM, pool, "biiibLiiidbbLi", NHS_OF(row),
                        row->version, row->last_seq, row->audit_seq, row->audit_head,
                        sizeof(row->audit_head), row->changed_at, row->status, row->scheme,
                        row->party_set, row->notified_on, sealed, len, row->mac, sizeof(row->mac),
                        row->id, version);
}

cd_err_t *store_head_change(const store_head_t *head, const store_head_change_t *change,
                            store_conn_t *conn, apr_pool_t *pool)
{
    store_head_t row = *change->head;
    int rows = 0;

    if (!head->has_key)
        return cd_err(pool, CD_E_KEY, NULL, "%s: its key is gone, so nothing is added to it",
                      head->reference);
    row.kind = head->kind;
    row.id = head->id;
    row.reference = head->reference;
    row.key = head->key;
    row.has_key = 1;
    row.created_at = head->created_at;
    row.org_id = head->org_id; /* a case stays with its trust */
    row.has_nhs = head->has_nhs;
    memcpy(row.nhs_hash, head->nhs_hash, sizeof(row.nhs_hash));
    row.version = change->version + 1;
    row.last_seq = change->last_seq;
    row.audit_seq = change->audit_seq;
    memcpy(row.audit_head, change->audit_head, sizeof(row.audit_head));
    row.changed_at = change->at;
    if (row.nhs_known)
        set_nhs(&row, row.nhs_number, conn);
    settle(&row, pool);
    CD_ERR(row.kind == CD_FILE_CLAIM ? update_claim(&rows, &row, change->version, conn, pool)
                                     : update_case(&rows, &row, change->version, conn, pool));
    if (rows != 1)
        return cd_err(pool, CD_E_STALE, NULL, "%s is no longer at version %d", row.reference,
                      change->version);
    return NULL;
}

cd_err_t *store_cases_weigh(int *all_out, cd_org_id org_id, const store_weighed_t *cases, int count,
                            store_conn_t *conn, apr_pool_t *pool)
{
    const store_weighed_t *c[CD_PARTY_CASES_MAX];
    int i, rows;

    *all_out = count == 0;
    if (!count)
        return NULL;
    /* Places left over ask for the first case again. */
    for (i = 0; i < CD_PARTY_CASES_MAX; i++) {
        c[i] = &cases[i < count ? i : 0];
        if (!c[i]->reference)
            return NULL;
    }
    CD_ERR(store_change(&rows, NULL, conn, STMT_KEEP_CASES_WEIGHED, pool, "Lsisisisisisisisi",
                        org_id, c[0]->reference, c[0]->version, c[1]->reference, c[1]->version,
                        c[2]->reference, c[2]->version, c[3]->reference, c[3]->version,
                        c[4]->reference, c[4]->version, c[5]->reference, c[5]->version,
                        c[6]->reference, c[6]->version, c[7]->reference, c[7]->version));
    *all_out = rows == count;
    return NULL;
}

/* row.c: the head row as a struct, and the canonical bytes that fingerprints are made of.
 *
 * One reader for all statements that give heads. Runs no statement. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "store/row.h"

const char *store_place(const store_head_t *head, int seq, const char *what, apr_pool_t *pool)
{
    return apr_pstrcat(pool, head->kind == CD_FILE_CLAIM ? "claim/" : "case/", head->reference, "/",
                       apr_itoa(pool, seq), "/", what, NULL);
}

/* The table of rights says how far a role sees; nothing of that is said a second time in a row. */
apr_uint32_t store_wide_roles(cd_file_kind_t kind)
{
    cd_right_t right = kind == CD_FILE_CLAIM ? CD_RIGHT_CLAIM_READ : CD_RIGHT_CASE_READ;
    apr_uint32_t mask = 0;
    int i;

    for (i = 0; cd_roles[i].word; i++) {
        if (cd_role_reach((cd_role_t)cd_roles[i].value, right) == CD_REACH_ALL)
            mask |= 1u << cd_roles[i].value;
    }
    return mask;
}

/* ---- columns of two, or of a known length; the others are in db.c ------- */

cd_when_t store_col_when(store_stmt_t *stmt)
{
    cd_when_t when;

    when.first = (cd_date_t)store_col_long(stmt);
    when.last = (cd_date_t)store_col_long(stmt);
    return when;
}

int store_col_fixed(void *out, apr_size_t len, store_stmt_t *stmt, apr_pool_t *pool)
{
    apr_size_t got;
    const char *bytes = store_col_bytes(&got, stmt, pool);

    if (!bytes || got != len) {
        memset(out, 0, len);
        return 0;
    }
    memcpy(out, bytes, len);
    return 1;
}

/* ---- canonical bytes ---------------------------------------------------- */

int store_take_text(const char **out, const char *bytes, apr_size_t len, apr_size_t *at,
                    apr_pool_t *pool)
{
    apr_uint64_t size = 0;
    int i;

    *out = NULL;
    if (len - *at < 8)
        return 0;
    for (i = 0; i < 8; i++)
        size = size << 8 | (unsigned char)bytes[(*at)++];
    if (size == ~APR_UINT64_C(0))
        return 1;
    if (size > len - *at)
        return 0;
    *out = apr_pstrmemdup(pool, bytes + *at, (apr_size_t)size);
    *at += (apr_size_t)size;
    return 1;
}

/* ---- heads -------------------------------------------------------------- */

typedef struct locked_t {
    const char *wrapped, *sealed;
    apr_size_t wrapped_len, sealed_len;
} locked_t;

static void read_common(store_head_t *head, locked_t *locked, store_stmt_t *rows, apr_pool_t *pool)
{
    head->id = store_col_long(rows);
    head->reference = store_col_text(rows, pool);
    head->version = store_col_int(rows);
    head->last_seq = store_col_int(rows);
    head->audit_seq = store_col_int(rows);
    store_col_fixed(head->audit_head, sizeof(head->audit_head), rows, pool);
    locked->wrapped = store_col_bytes(&locked->wrapped_len, rows, pool);
    head->created_at = store_col_long(rows);
    head->changed_at = store_col_long(rows);
    head->has_nhs = store_col_fixed(head->nhs_hash, sizeof(head->nhs_hash), rows, pool);
    locked->sealed = store_col_bytes(&locked->sealed_len, rows, pool);
    store_col_fixed(head->mac, sizeof(head->mac), rows, pool);
}

static void read_case(store_head_t *head, store_stmt_t *rows, apr_pool_t *pool)
{
    head->org_id = store_col_long(rows);
    head->org_code = store_col_text(rows, pool);
    head->org_name = store_col_text(rows, pool);
    if (!head->org_code)
        head->org_code = head->org_name = "";
    head->state = store_col_int(rows);
    head->policy = store_col_text(rows, pool);
    head->occurred = store_col_when(rows);
    head->reported_on = store_col_int(rows);
    head->aware_on = store_col_int(rows);
    head->incident_seq = store_col_int(rows);
    head->outcome = store_col_int(rows);
    head->opinion = store_col_int(rows);
    head->told = store_col_when(rows);
    head->skey = store_col_long(rows);
}

static void read_claim(store_head_t *head, store_stmt_t *rows)
{
    head->status = store_col_int(rows);
    head->scheme = store_col_int(rows);
    head->party_set = store_col_int(rows);
    head->notified_on = store_col_int(rows);
    head->skey = head->id;
}

static cd_err_t *open_sealed(store_head_t *head, const locked_t *locked, apr_pool_t *pool)
{
    const char *plain;
    apr_size_t len, at = 0;

    if (!locked->sealed)
        return NULL;
    CD_ERR(store_unseal(&plain, &len, &head->key, store_place(head, 0, "head", pool),
                        locked->sealed, locked->sealed_len, pool));
    if (!store_take_text(&head->title, plain, len, &at, pool) ||
        !store_take_text(&head->person, plain, len, &at, pool))
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: title and person have no known form",
                      head->reference);
    return NULL;
}

cd_err_t *store_head_read(store_head_t *head, cd_file_kind_t kind, store_stmt_t *rows,
                          store_conn_t *conn, apr_pool_t *pool)
{
    locked_t locked;
    cd_err_t *err;

    memset(head, 0, sizeof(*head));
    head->kind = kind;
    read_common(head, &locked, rows, pool);
    if (kind == CD_FILE_CLAIM)
        read_claim(head, rows);
    else
        read_case(head, rows, pool);
    err = store_data_key_unwrap(&head->key, conn->options->keys, locked.wrapped, locked.wrapped_len,
                                kind, head->reference, pool);
    if (err && err->code == CD_E_KEY) {
        head->unreadable = 1;
        head->erased = !locked.wrapped;
        return NULL;
    }
    CD_ERR(err);
    head->has_key = 1;
    CD_ERR(open_sealed(head, &locked, pool));
    if (!store_head_genuine(head, pool))
        return cd_err(pool, CD_E_TAMPERED, NULL, "%s: the head is not what was recorded",
                      head->reference);
    return NULL;
}

cd_err_t *store_head_listed(store_head_t *head, cd_file_kind_t kind, store_stmt_t *rows,
                            store_conn_t *conn, apr_pool_t *pool)
{
    cd_err_t *err = store_head_read(head, kind, rows, conn, pool);

    if (!err || err->code != CD_E_TAMPERED)
        return err;
    head->unreadable = head->damaged = 1;
    head->title = head->person = NULL;
    return NULL;
}

/* record.c: appends a linked entry in the caller's transaction. */
#include "audit/record.h"

cd_err_t *audit_append(const store_entry_t *entry, store_conn_t *conn, apr_pool_t *pool)
{
    CD_ERR(cd_err_wrap(pool, store_entry_insert(entry, conn, pool), "appending audit entry %d",
                       entry->seq));
    store_note_entry(conn);
    return NULL;
}

cd_err_t *audit_append_all(const store_entry_t *entries, int count, store_conn_t *conn,
                           apr_pool_t *pool)
{
    int i;

    CD_ERR(cd_err_wrap(pool, store_entries_insert(entries, count, conn, pool),
                       "appending %d audit entries", count));
    for (i = 0; i < count; i++)
        store_note_entry(conn);
    return NULL;
}

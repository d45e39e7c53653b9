/* chain.c: the canonical bytes of an entry and the hash that links it. Reads and writes no row. */
#include <string.h>

#include "base/buf.h"
#include "audit/record.h"

/* Numbers as eight bytes, high first; texts and bytes with their length before them, -1 for
 * none. No two entries give the same bytes, and nothing is left to a library's taste. */
static void put_long(cd_buf_t *buf, apr_int64_t value)
{
    unsigned char bytes[8];
    int i;

    for (i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((apr_uint64_t)value >> (56 - 8 * i));
    cd_buf_add(buf, bytes, sizeof(bytes));
}

static void put_bytes(cd_buf_t *buf, const void *bytes, apr_size_t len)
{
    put_long(buf, bytes ? (apr_int64_t)len : -1);
    if (bytes)
        cd_buf_add(buf, bytes, len);
}

static void put_text(cd_buf_t *buf, const char *text)
{
    put_bytes(buf, text, text ? strlen(text) : 0);
}

void audit_canonical(const char **out, apr_size_t *len_out, const store_entry_t *entry,
                     apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);

    put_text(buf, "candour entry 1");
    put_long(buf, entry->chain);
    put_long(buf, entry->chain_id);
    put_long(buf, entry->seq);
    put_long(buf, entry->at);
    put_long(buf, entry->actor);
    put_long(buf, entry->role);
    put_long(buf, entry->action);
    put_text(buf, entry->object);
    put_long(buf, entry->version_before);
    put_long(buf, entry->version_after);
    put_bytes(buf, entry->commitment, sizeof(entry->commitment));
    put_bytes(buf, entry->prev, sizeof(entry->prev));
    put_bytes(buf, entry->has_idem ? entry->idem : NULL, sizeof(entry->idem));
    put_bytes(buf, entry->has_idem ? entry->fingerprint : NULL, sizeof(entry->fingerprint));
    put_text(buf, entry->answer);
    *out = buf->data;
    *len_out = buf->len;
}

void audit_link(store_entry_t *entry, int last_seq, const unsigned char last_hash[32],
                apr_pool_t *pool)
{
    const char *bytes;
    apr_size_t len;

    entry->seq = last_seq + 1;
    memcpy(entry->prev, last_hash, sizeof(entry->prev));
    audit_canonical(&bytes, &len, entry, pool);
    store_sha256(entry->hash, bytes, len);
}

/* chain.c: the canonical bytes of an entry and the hash that links it. Reads and writes no row. */
#include <string.h>

#include "base/buf.h"
#include "audit/record.h"
#include "store/canon.h"

void audit_canonical(const char **out, apr_size_t *len_out, const store_entry_t *entry,
                     apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 512);

    store_put_text(buf, "candour entry 1");
    store_put_long(buf, entry->chain);
    store_put_long(buf, entry->chain_id);
    store_put_long(buf, entry->seq);
    store_put_long(buf, entry->at);
    store_put_long(buf, entry->actor);
    store_put_long(buf, entry->role);
    store_put_long(buf, entry->action);
    store_put_text(buf, entry->object);
    store_put_long(buf, entry->version_before);
    store_put_long(buf, entry->version_after);
    store_put_bytes(buf, entry->commitment, sizeof(entry->commitment));
    store_put_bytes(buf, entry->prev, sizeof(entry->prev));
    store_put_bytes(buf, entry->has_idem ? entry->idem : NULL, sizeof(entry->idem));
    store_put_bytes(buf, entry->has_idem ? entry->fingerprint : NULL, sizeof(entry->fingerprint));
    store_put_text(buf, entry->answer);
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

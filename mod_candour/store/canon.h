/* canon.h: canonical bytes: numbers as eight bytes, high first; texts and bytes with their length
 * before them, -1 for none. No two values give the same bytes, and nothing is left to a library's
 * taste.
 *
 * Requires: base.   Provides: store_put_*.   Used by: store (rows, payloads), audit (entries).
 * What is hashed or stored in this form must stay readable for ever: a change here forks every
 * chain. */
#ifndef CD_STORE_CANON_H
#define CD_STORE_CANON_H

#include <apr_pools.h>

struct cd_buf_t;
void store_put_long(struct cd_buf_t *buf, apr_int64_t value);
/** NULL differs from empty */
void store_put_bytes(struct cd_buf_t *buf, const void *bytes, apr_size_t len);
void store_put_text(struct cd_buf_t *buf, const char *text);

#endif

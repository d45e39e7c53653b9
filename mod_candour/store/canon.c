/* canon.c: canonical bytes, for storage and for hashes. Knows no row and no connection. */
#include <string.h>

#include "base/buf.h"
#include "store/canon.h"

void store_put_long(cd_buf_t *buf, apr_int64_t value)
{
    unsigned char bytes[8];
    int i;

    for (i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((apr_uint64_t)value >> (56 - 8 * i));
    cd_buf_add(buf, bytes, sizeof(bytes));
}

void store_put_bytes(cd_buf_t *buf, const void *bytes, apr_size_t len)
{
    store_put_long(buf, bytes ? (apr_int64_t)len : -1);
    if (bytes)
        cd_buf_add(buf, bytes, len);
}

void store_put_text(cd_buf_t *buf, const char *text)
{
    store_put_bytes(buf, text, text ? strlen(text) : 0);
}

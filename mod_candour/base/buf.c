/* buf.c: a growing byte buffer in a pool. The escapers are in escape.c.
 *
 * An outgrown block stays in the pool until that is cleared: start with about the size you need. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

cd_buf_t *cd_buf_make(apr_pool_t *pool, apr_size_t first_cap)
{
    cd_buf_t *buf = apr_palloc(pool, sizeof(*buf));

    buf->cap = first_cap < 32 ? 32 : first_cap;
    buf->data = apr_palloc(pool, buf->cap + 1);
    buf->data[0] = '\0';
    buf->len = 0;
    buf->pool = pool;
    return buf;
}

char *cd_buf_room(cd_buf_t *buf, apr_size_t more)
{
    if (more > buf->cap - buf->len) {
        apr_size_t cap = buf->cap * 2;
        char *data;

        if (cap - buf->len < more)
            cap = buf->len + more;
        data = apr_palloc(buf->pool, cap + 1);
        memcpy(data, buf->data, buf->len + 1);
        buf->data = data;
        buf->cap = cap;
    }
    return buf->data + buf->len;
}

void cd_buf_str(cd_buf_t *buf, const char *text)
{
    if (text)
        cd_buf_add(buf, text, strlen(text));
}

void cd_buf_vfmt(cd_buf_t *buf, const char *fmt, va_list args)
{
    va_list again;
    int need;

    va_copy(again, args);
    need = vsnprintf(buf->data + buf->len, buf->cap - buf->len + 1, fmt, args);
    if (need > 0 && (apr_size_t)need > buf->cap - buf->len) {
        char *at = cd_buf_room(buf, (apr_size_t)need);

        vsnprintf(at, (apr_size_t)need + 1, fmt, again);
    }
    va_end(again);
    if (need > 0)
        buf->len += (apr_size_t)need;
    buf->data[buf->len] = '\0';
}

void cd_buf_fmt(cd_buf_t *buf, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    cd_buf_vfmt(buf, fmt, args);
    va_end(args);
}

const char *cd_vfmt(apr_pool_t *pool, const char *fmt, va_list args)
{
    cd_buf_t *buf = cd_buf_make(pool, 96);

    cd_buf_vfmt(buf, fmt, args);
    return buf->data;
}

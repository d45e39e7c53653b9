/* buf.h: a growing byte buffer in a pool, and the escapers that write into it.
 *
 * Requires: APR.   Provides: cd_buf_t, cd_esc_*.   Used by: store, audit, app, web, cli.
 * One escaper per context; there is no writer without a context but cd_buf_lit/cd_buf_add, which
 * are for text that the program itself wrote. A buffer always has room for a NUL that is not
 * counted. */
#ifndef CD_BASE_BUF_H
#define CD_BASE_BUF_H

#include <stdarg.h>
#include <string.h>

#include <apr_pools.h>

typedef struct cd_buf_t {
    char *data;            /* NUL-terminated at [len] */
    apr_size_t len;
    apr_size_t cap;
    apr_pool_t *pool;
} cd_buf_t;

cd_buf_t *cd_buf_make(apr_pool_t *pool, apr_size_t first_cap);
void cd_buf_str(cd_buf_t *buf, const char *text);                 /* NULL adds nothing */
void cd_buf_fmt(cd_buf_t *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cd_buf_vfmt(cd_buf_t *buf, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
/** Room for `more` bytes (and the NUL) at the end; the caller writes them and adds to `len`. */
char *cd_buf_room(cd_buf_t *buf, apr_size_t more);
/** Inline: pages are made of thousands of short pieces. */
static inline void cd_buf_add(cd_buf_t *buf, const void *bytes, apr_size_t len)
{
    if (!len)
        return;
    if (len > buf->cap - buf->len)
        cd_buf_room(buf, len);
    memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}
/** The C library's formatting into a pool: takes %zu and the rest, as the compiler checks it.
 * @owner pool */
const char *cd_vfmt(apr_pool_t *pool, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
#define cd_buf_lit(buf, lit) cd_buf_add((buf), "" lit, sizeof(lit) - 1)

void cd_esc_html(cd_buf_t *buf, const char *text);   /* text and double-quoted attribute values */
void cd_esc_url(cd_buf_t *buf, const char *part);    /* one path segment or one query value */
void cd_esc_json(cd_buf_t *buf,
                 const char *text); /* inside quotes; never writes them; bad UTF-8 becomes U+FFFD */
void cd_esc_csv(cd_buf_t *buf,
                const char *cell); /* a whole cell, quoted; leading = + - @ TAB CR made harmless */

#endif

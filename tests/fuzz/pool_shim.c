/* pool_shim.c: see pool_shim.h. The one place of the tests where memory does not come from a pool.
 */
#define CD_POOL_SHIM_SOURCE
#include "pool_shim.h"

#include <stdlib.h>
#include <string.h>

static apr_status_t block_release(void *block)
{
    free(block);
    return APR_SUCCESS;
}

void *shim_palloc(apr_pool_t *pool, apr_size_t size)
{
    void *block = malloc(size ? size : 1);

    if (!block)
        abort();
    apr_pool_cleanup_register(pool, block, block_release, apr_pool_cleanup_null);
    return block;
}

void *shim_pcalloc(apr_pool_t *pool, apr_size_t size)
{
    return memset(shim_palloc(pool, size), 0, size);
}

void *shim_pmemdup(apr_pool_t *pool, const void *bytes, apr_size_t size)
{
    void *block = bytes ? shim_palloc(pool, size) : NULL;

    if (size && block)
        memcpy(block, bytes, size);
    return block;
}

char *shim_pstrmemdup(apr_pool_t *pool, const char *text, apr_size_t size)
{
    char *block = text ? shim_palloc(pool, size + 1) : NULL;

    if (!block)
        return NULL;
    memcpy(block, text, size);
    block[size] = '\0';
    return block;
}

char *shim_pstrdup(apr_pool_t *pool, const char *text)
{
    return shim_pstrmemdup(pool, text, text ? strlen(text) : 0);
}

char *shim_pstrndup(apr_pool_t *pool, const char *text, apr_size_t size)
{
    return shim_pstrmemdup(pool, text, text ? strnlen(text, size) : 0);
}

char *shim_psprintf(apr_pool_t *pool, const char *fmt, ...)
{
    va_list args;
    char *text;

    va_start(args, fmt);
    text = apr_pvsprintf(pool, fmt, args);
    va_end(args);
    return shim_pstrdup(pool, text);
}

char *shim_pstrcat(apr_pool_t *pool, ...)
{
    va_list args;
    const char *part;
    char *out = shim_pstrdup(pool, "");

    va_start(args, pool);
    while ((part = va_arg(args, const char *)))
        out = apr_pstrcat(pool, out, part, NULL);
    va_end(args);
    return shim_pstrdup(pool, out);
}

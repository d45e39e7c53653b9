/* pool_shim.h: pool allocation that AddressSanitizer can see.
 *
 * A pool hands out pieces of one large block, so a byte past the end of a piece goes unseen.
 * Compile every source of a fuzzing run with `-include tests/fuzz/pool_shim.h` and add pool_shim.c:
 * each piece is then a block of its own, released with the pool. Not part of any build that is
 * installed. */
#ifndef CD_TESTS_POOL_SHIM_H
#define CD_TESTS_POOL_SHIM_H

#include <stdarg.h>

#include <apr_pools.h>
#include <apr_strings.h>

void *shim_palloc(apr_pool_t *pool, apr_size_t size);
void *shim_pcalloc(apr_pool_t *pool, apr_size_t size);
void *shim_pmemdup(apr_pool_t *pool, const void *bytes, apr_size_t size);
char *shim_pstrdup(apr_pool_t *pool, const char *text);
char *shim_pstrmemdup(apr_pool_t *pool, const char *text, apr_size_t size);
char *shim_pstrndup(apr_pool_t *pool, const char *text, apr_size_t size);
char *shim_psprintf(apr_pool_t *pool, const char *fmt, ...);
char *shim_pstrcat(apr_pool_t *pool, ...);

#ifndef CD_POOL_SHIM_SOURCE
#undef apr_pcalloc
#define apr_palloc shim_palloc
#define apr_pcalloc shim_pcalloc
#define apr_pmemdup shim_pmemdup
#define apr_pstrdup shim_pstrdup
#define apr_pstrmemdup shim_pstrmemdup
#define apr_pstrndup shim_pstrndup
#define apr_psprintf shim_psprintf
#define apr_pstrcat shim_pstrcat
#endif

#endif

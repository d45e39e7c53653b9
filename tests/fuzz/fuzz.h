/* fuzz.h: what every fuzz target here needs: a pool per input, the input as a string, and a check
 * that stops the program, so that both libFuzzer and the replay notice it. */
#ifndef CD_TESTS_FUZZ_H
#define CD_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <apr_general.h>
#include <apr_pools.h>
#include <apr_strings.h>

#define FUZZ_CHECK(cond) \
    do { \
        if (!(cond)) { \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #cond); \
            abort(); \
        } \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline apr_pool_t *fuzz_pool(void)
{
    static int ready;
    apr_pool_t *pool = NULL;

    if (!ready) {
        apr_initialize();
        ready = 1;
    }
    apr_pool_create(&pool, NULL);
    FUZZ_CHECK(pool != NULL);
    return pool;
}

/* The input as C text; ends at the first NUL as every string does. */
static inline const char *fuzz_text(const uint8_t *data, size_t size, apr_pool_t *pool)
{
    return apr_pstrmemdup(pool, size ? (const char *)data : "", size);
}

#endif

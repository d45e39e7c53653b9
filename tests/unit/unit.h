/* unit.h: what every cmocka program here needs: cmocka's includes in the order it asks for, and a
 * pool per test in *state. Include it first. */
#ifndef CD_TESTS_UNIT_H
#define CD_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <apr_general.h>
#include <apr_pools.h>
#include <apr_strings.h>

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))
/* Names the row of a table that failed; use before the assertion that may stop the test. */
#define ROW_CHECK(cond, row_index, why) \
    do { \
        if (!(cond)) \
            fail_msg("row %d (%s): %s", (int)(row_index), (why), #cond); \
    } while (0)
#define POOL_TEST(function) cmocka_unit_test_setup_teardown(function, pool_setup, pool_teardown)

static inline int pool_setup(void **state)
{
    apr_pool_t *pool = NULL;

    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return -1;
    *state = pool;
    return 0;
}

static inline int pool_teardown(void **state)
{
    apr_pool_destroy(*state);
    apr_terminate();
    return 0;
}

#endif

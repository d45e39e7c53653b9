/* assert_err.h: what a call answers, for tests with a database: done, or the error with this code.
 *
 * For app_site.h and store_site.h, whose `site` has the pool that the message is made in. */
#ifndef CD_TESTS_STORE_ASSERT_ERR_H
#define CD_TESTS_STORE_ASSERT_ERR_H

#include "base/err.h"

#define SITE_NOW (APR_INT64_C(1794992400) * 1000000) /* 2026-11-18T09:00:00Z */

#define assert_ok(expr) \
    do { \
        cd_err_t *err_ = (expr); \
        if (err_) \
            fail_msg("%s: %s", #expr, cd_err_line(err_, site.pool)); \
    } while (0)
#define assert_code(expr, code_) \
    do { \
        cd_err_t *err_ = (expr); \
        if (!err_ || err_->code != (code_)) \
            fail_msg("%s: %s, not %s", #expr, err_ ? cd_err_line(err_, site.pool) : "done", \
                     cd_code_word(code_)); \
    } while (0)

#endif

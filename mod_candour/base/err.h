/* err.h: errors as values.
 *
 * Requires: APR, codes.h.   Provides: cd_err_t, CD_ERR.   Used by: every ring.
 * A function that can fail returns cd_err_t *; NULL is success. An error lives in the pool it was
 * made in, normally the request's. It has two texts for two audiences: public_text (short, lower
 * case, no full stop) may be shown to anybody; detail goes to the log. Neither holds a person's
 * data. */
#ifndef CD_BASE_ERR_H
#define CD_BASE_ERR_H

#include <apr_pools.h>
#include "base/codes.h"

typedef struct cd_err_t cd_err_t;
struct cd_err_t {
    cd_code_t code;
    const char *public_text;   /* never NULL: the code's own text if none was given */
    const char *detail;        /* for the log; "" if there is nothing to add */
    const cd_err_t *cause;     /* what went wrong below, or NULL */
    const char *file;          /* where it was made */
    int line;
};

/** Makes an error. `public_text` NULL takes the code's own. @owner pool */
cd_err_t *cd_err_at(apr_pool_t *pool, const char *file, int line, cd_code_t code,
                    const char *public_text, const char *detail_fmt, ...)
    __attribute__((format(printf, 6, 7)));
/** Adds what we were doing to `cause`; keeps its code and public text. NULL stays NULL. @owner pool
 */
cd_err_t *cd_err_wrap_at(apr_pool_t *pool, const char *file, int line, const cd_err_t *cause,
                         const char *doing_fmt, ...) __attribute__((format(printf, 5, 6)));
/** Joins the failure of a clean-up to a first error: `first` leads, `second` follows. @owner pool
 */
cd_err_t *cd_err_join(apr_pool_t *pool, cd_err_t *first, cd_err_t *second);
/** One line for the log: "doing x: doing y: reason [word] (file:line)". @owner pool */
const char *cd_err_line(const cd_err_t *err, apr_pool_t *pool);

#define cd_err(pool, code, public_text, ...) \
    cd_err_at((pool), __FILE__, __LINE__, (code), (public_text), __VA_ARGS__)
#define cd_err_wrap(pool, cause, ...) \
    cd_err_wrap_at((pool), __FILE__, __LINE__, (cause), __VA_ARGS__)
/** Returns early from the calling function if `expr` is an error. */
#define CD_ERR(expr) \
    do { \
        cd_err_t *cd_err_tmp_ = (expr); \
        if (cd_err_tmp_) \
            return cd_err_tmp_; \
    } while (0)

#endif

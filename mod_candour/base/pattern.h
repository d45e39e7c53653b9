/* pattern.h: PCRE2 with limits.
 *
 * Requires: APR, PCRE2 (8 bit).   Provides: cd_pattern_t.   Used by: domain, web, app.
 * Patterns come from tables and configuration, never from a request. Limits: 100,000 match steps,
 * 2 MiB of heap, depth 1,000, a subject of 64 KiB. Reaching a limit is "no match", and is logged.
 */
#ifndef CD_BASE_PATTERN_H
#define CD_BASE_PATTERN_H

#include <apr_pools.h>
#include "base/err.h"
#include "base/log.h"

#define CD_PATTERN_GROUPS 8
typedef struct cd_pattern_t cd_pattern_t;

typedef struct cd_match_t {
    const char *mark;                             /* name of the (*MARK:) last passed, or NULL */
    int count;                                    /* groups set, group 0 included */
    apr_size_t start[CD_PATTERN_GROUPS]; /* byte offsets; (size_t)-1 if a group took no part */
    apr_size_t end[CD_PATTERN_GROUPS];
} cd_match_t;

/** Compiles (UTF, anchoring as written) and uses the JIT where there is one. The compiled pattern
 * is read-only afterwards and may be used by any thread. @errors CD_E_CONFIG with offset
 * @owner pool */
cd_err_t *cd_pattern_compile(cd_pattern_t **out, const char *pattern, apr_pool_t *pool);
/** Where this pattern says that it reached a limit. Call it before other threads know the pattern;
 * `log` must outlive it. Without it the limits hold in silence. */
void cd_pattern_log_to(cd_pattern_t *pattern, const cd_log_t *log);
/** 1 if `subject` matches; fills `match` if not NULL. Allocates match data from `pool`. */
int cd_pattern_match(const cd_pattern_t *pattern, const char *subject, apr_size_t len,
                     cd_match_t *match, apr_pool_t *pool);

#endif

/* log.h: log lines through a callback; mod/ sends them to httpd, cli/ to stderr.
 *
 * Requires: APR.   Provides: cd_log.   Used by: every ring.
 * Warnings and errors carry a number: CDLOGNO(0007) gives "CD0007: ". The next number is in
 * base/lognos.txt; a number is never used twice. No line holds a person's data: ids only. */
#ifndef CD_BASE_LOG_H
#define CD_BASE_LOG_H

#include <apr_pools.h>

#define CDLOGNO(n) "CD" #n ": "

typedef enum cd_log_level_t {
    CD_LOG_ERROR,
    CD_LOG_WARN,
    CD_LOG_NOTICE,
    CD_LOG_INFO,
    CD_LOG_DEBUG
} cd_log_level_t;
typedef void (*cd_log_fn)(void *baton, cd_log_level_t level, const char *line);
typedef struct cd_log_t { cd_log_fn fn; void *baton; } cd_log_t;

/** Writes one line; control characters become '?', at most 1,000 bytes. `log` NULL is silence. */
void cd_log(const cd_log_t *log, cd_log_level_t level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif

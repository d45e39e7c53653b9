/* scan.h: asks another program whether bytes are harmless.
 *
 * Requires: ctx.h.   Provides: app_scan.   Used by: app/content.c, tests. */
#ifndef CD_APP_SCAN_H
#define CD_APP_SCAN_H

#include "app/ctx.h"

/** Gives the next bytes; `*len_out` 0 at the end. They are used up before the next call. */
typedef cd_err_t *(*app_scan_next_fn)(void *baton, const char **bytes_out, apr_size_t *len_out);

/** Runs the scanner with the bytes on its standard input. Exit status 0: clean, 1: found, as
 * clamdscan has it.
 * @errors CD_E_INVALID: it found something; CD_E_BUSY: it is not there, failed or took too long;
 * those of `next` */
cd_err_t *app_scan(const app_scanner_t *scanner, app_scan_next_fn next, void *baton,
                   apr_pool_t *pool);

#endif

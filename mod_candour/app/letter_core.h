/* letter_core.h: what the files of this noun share.
 *
 * Requires: core.h, letter.h.   Provides: app_letter_find, app_letter_check.   Used by:
 * app/letter*.c. */
#ifndef CD_APP_LETTER_CORE_H
#define CD_APP_LETTER_CORE_H

#include "app/core.h"
#include "app/letter.h"

/** The letter of that number; NULL if there is none. @owner pool */
const app_letter_t *app_letter_find(const cd_case_t *file, int number, apr_pool_t *pool);
/** Why this person may not let it out; NULL: they may. @owner static */
const char *app_letter_why_not(const app_ctx_t *ctx, const cd_case_t *file,
                               const app_letter_t *letter);
cd_err_t *app_letter_check(cd_letter_check_t **out, app_ctx_t *ctx, const cd_letter_made_t *made);
cd_err_t *app_letter_check_signed(cd_letter_check_t **out, app_ctx_t *ctx, const cd_case_t *file,
                                  const app_letter_t *letter);
/** Number of the sign-off that a record of sending, or a PDF, belongs to; 0: none. */
int app_signoff_seq(const cd_record_t *record);
cd_err_t *app_signoff_bytes(cd_buf_t **out, app_ctx_t *ctx, const cd_record_t *signoff);

#endif

/* form_body.h: the inside of forms, for the files they are made of; handlers use form.h.
 *
 * Requires: form.h.   Provides: web_body_t, web_body_read, web_form_part.   Used by: form*.c. */
#ifndef CD_WEB_FORM_BODY_H
#define CD_WEB_FORM_BODY_H

#include "web/form.h"

#define WEB_BODY_NAMES 200

/** A body as names and values, whichever of the two kinds it came as. */
typedef struct web_body_t {
    web_pair_t *pairs;
    int count;
    int is_json;
} web_body_t;

/** Reads the body of `x` by its Content-Type. JSON values become the text that a person would type:
 * pence to pounds, true to yes, a list of a set's words to one text with commas; null is left out.
 * @errors CD_E_TYPE, CD_E_TOO_LARGE, CD_E_BAD_REQUEST */
cd_err_t *web_body_read(web_body_t *out, const web_form_t *form, web_exchange_t *x);
/** 1 if `name` is 1 to 64 of A-Z a-z 0-9 _ - . */
int web_pair_name_ok(const char *name);
/** A value within its limit, of plain text. @errors CD_E_TOO_LARGE, CD_E_BAD_REQUEST */
cd_err_t *web_pair_value_check(const char *value, apr_size_t len, apr_pool_t *pool);
/** The field of that name in the form, or NULL; `*index_out` its place. Skipped fields are not in
 * it. */
const cd_field_t *web_form_field(const web_form_t *form, const char *name, apr_size_t len,
                                 int *index_out);
/** Is this field left out? */
int web_form_skips(const web_form_t *form, const cd_field_t *field);
/** Name of the control field that holds the reason of a correction: "reason", or
 * "correction_reason" where the record has a "reason" of its own. */
const char *web_form_reason_name(const web_form_t *form);
/** Joins typed day, month and year to ISO text; "" if all are empty. NULL: a problem was added. */
const char *web_form_join_date(web_form_t *form, const cd_field_t *field,
                               const char *const typed[3]);

#endif

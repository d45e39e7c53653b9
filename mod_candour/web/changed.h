/* changed.h: 409, somebody saved first: both versions side by side, and the form once more.
 *
 * Requires: form.h.   Provides: web_diff_put, web_form_changed.   Used by: handlers of forms. */
#ifndef CD_WEB_CHANGED_H
#define CD_WEB_CHANGED_H

#include "web/form.h"

/** The saved answers beside the form's own, question by question (form/changed.html). `by`: who
 * saved, or NULL. */
void web_diff_put(web_exchange_t *x, const web_form_t *form, const void *saved, const char *by);
/** Shows the form again under 409. What is sent next counts from `version`, the saved one. */
cd_err_t *web_form_changed(web_exchange_t *x, web_form_t *form, int version, const char *what);

#endif

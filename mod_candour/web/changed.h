/* changed.h: 409, somebody saved first: both versions side by side, and the form once more.
 *
 * Requires: form.h, case_view.h.   Provides: web_diff_*, web_form_changed, web_case_*.   Used by:
 * handlers of forms. */
#ifndef CD_WEB_CHANGED_H
#define CD_WEB_CHANGED_H

#include "web/case_view.h"
#include "web/form.h"

/** The saved answers beside the form's own, question by question (form/changed.html). `by`: who
 * saved, or NULL. */
void web_diff_put(web_exchange_t *x, const web_form_t *form, const void *saved, const char *by);
/** One more row of it, for an answer that no field of the form holds. NULL: not given. */
void web_diff_row(web_exchange_t *x, const char *label, const char *theirs, const char *mine);
/** Shows the form again under 409. What is sent next counts from `version`, the saved one. */
cd_err_t *web_form_changed(web_exchange_t *x, web_form_t *form, int version, const char *what);

/** Beside the answers: the newest version of the entry of `kind` that the form corrects, which it
 * corrects from now on. @return it, or NULL: the form corrects nothing */
const cd_record_t *web_case_diff_put(web_exchange_t *x, const app_case_view_t *view,
                                     web_form_t *form, cd_record_kind_t kind);
/** web_form_changed of a case: who changed it, and what was saved since. `caption`: of the form;
 * borrowed. */
cd_err_t *web_case_changed(web_exchange_t *x, const app_case_view_t *view, web_form_t *form,
                           const char *caption);

#endif

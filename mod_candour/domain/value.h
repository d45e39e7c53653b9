/* value.h: one field's value: is it given, as an input shows it, from stored text.
 *
 * Requires: field.h, record.h.   Provides: cd_field_given, cd_field_typed, cd_field_store,
 * cd_minutes_parse.   Used by: domain, app, web.
 * A value has three texts: words for people (cd_field_words), plain for JSON and the database
 * (cd_field_plain: pence, basis points, ISO dates, true/false) and typed, which cd_field_read reads
 * back (pounds, percent, yes/no). */
#ifndef CD_DOMAIN_VALUE_H
#define CD_DOMAIN_VALUE_H

#include "domain/record.h"

/** 1 if the member holds an answer. */
int cd_field_given(const cd_field_t *field, const void *base);
/** The value as a form's input shows it again; NULL if not given. @owner pool */
const char *cd_field_typed(const cd_field_t *field, const void *base, apr_pool_t *pool);
/** Sets the member from exactly what cd_field_plain writes; 0 for anything else. Text is copied.
 * @owner pool */
int cd_field_store(const cd_field_t *field, void *base, const char *plain, apr_pool_t *pool);
/** Minutes after midnight from "2:30pm", "14:30", "2pm", "midday", "midnight"; -1 if it cannot. */
int cd_minutes_parse(const char *typed);

#endif

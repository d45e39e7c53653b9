/* token.h: code lists as maps between an enum value and its word.
 *
 * Requires: APR.   Provides: cd_token_t and its readers.   Used by: every ring.
 * A list ends with a row whose word is NULL. Value 0 always means "not given" and is in no list.
 * The word is what the database, JSON and the command line use; the label is for the screen. */
#ifndef CD_BASE_TOKEN_H
#define CD_BASE_TOKEN_H

#include <apr_pools.h>

typedef struct cd_token_t {
    int value;            /* never 0 */
    const char *word;     /* FACE_TO_FACE */
    const char *label;    /* "Face to face" */
} cd_token_t;

/** Value of exactly `word`, 0 if it is not in the list. For stored words. */
int cd_token_strict(const cd_token_t *list, const char *word);
/** Like the strict reader, but takes any case, spaces and hyphens for "_". For typed words. */
int cd_token_polite(const cd_token_t *list, const char *typed);
/** Word of `value`, NULL if it is not in the list. @owner static */
const char *cd_token_word(const cd_token_t *list, int value);
/** Label of `value`, NULL if it is not in the list. @owner static */
const char *cd_token_label(const cd_token_t *list, int value);
/** The list without one value, or that value alone: what a form offers where a record may hold
 * more. @owner pool */
const cd_token_t *cd_token_without(const cd_token_t *list, int value, apr_pool_t *pool);
const cd_token_t *cd_token_only(const cd_token_t *list, int value, apr_pool_t *pool);

#endif

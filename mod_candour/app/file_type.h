/* file_type.h: which files are taken, and how each is told from its bytes.
 *
 * Requires: APR.   Provides: app_file_type_t.   Used by: app/content.c, web (the form's hint),
 * tests. */
#ifndef CD_APP_FILE_TYPE_H
#define CD_APP_FILE_TYPE_H

#include <apr_pools.h>

#define APP_TYPE_PEEK 512           /* first bytes that tell a type */

typedef struct app_file_type_t {
    const char *extension;          /* "pdf" */
    const char *media_type;
    int (*begins)(const unsigned char *bytes, apr_size_t len, const struct app_file_type_t *type);
    const char *mark;               /* what the type begins with, where one text tells */
    apr_size_t mark_len;
    /* 1: no control character may be in it but ends of line and tabs */
    int is_text;
} app_file_type_t;

/** By the file name's extension, in any case; NULL: not taken. @owner static */
const app_file_type_t *app_file_type(const char *filename);
/** By the media type: for the extension of a download; NULL: unknown. @owner static */
const app_file_type_t *app_file_type_of_media(const char *media_type);
/** 1 if bytes that begin so may be of this type. `len`: at least APP_TYPE_PEEK, or all there is. */
int app_file_begins(const app_file_type_t *type, const char *bytes, apr_size_t len);
/** 1 if these bytes may be in a text. */
int app_file_is_text(const char *bytes, apr_size_t len);
/** Every type, ended by one without an extension. @owner static */
const app_file_type_t *app_file_types(void);
/** The sentence for a file that is not taken: it names all that are. @owner static */
const char *app_file_types_words(void);

#endif

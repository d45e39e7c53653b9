/* mime.h: words of a MIME header, taken one after another from bytes that need no NUL.
 *
 * Requires: APR.   Provides: cd_mime_*.   Used by: base/multipart.c.
 * Each gives 1 and moves the cursor on, or 0; a span borrows from the cursor's bytes. */
#ifndef CD_BASE_MIME_H
#define CD_BASE_MIME_H

#include <string.h>

#include <apr_pools.h>

typedef struct cd_mime_cursor_t { const char *at, *end; } cd_mime_cursor_t;
typedef struct cd_mime_span_t { const char *at; apr_size_t len; } cd_mime_span_t;

/** Unlike strchr, finds no NUL. */
#define CD_MIME_ONE_OF(c, set) (memchr("" set, (c), sizeof(set) - 1) != NULL)
/** 1 for a letter or a digit of ASCII. */
int cd_mime_alnum(char c);
/** Over blanks and TABs. */
void cd_mime_blanks(cd_mime_cursor_t *in);
int cd_mime_char(cd_mime_cursor_t *in, char wanted);
/** RFC 9110 5.6.2; never empty. */
int cd_mime_token(cd_mime_span_t *out, cd_mime_cursor_t *in);
/** "type/subtype". */
int cd_mime_type(cd_mime_span_t *out, cd_mime_cursor_t *in);
/** The next "; name=value"; the value may be in quotes, which hold no backslash. 1: there is one;
 * 0: the line ends here; -1: it is neither. */
int cd_mime_parameter(cd_mime_span_t *name, cd_mime_span_t *value, cd_mime_cursor_t *in);
/** 1 if the span is that word, in any case. */
int cd_mime_is(cd_mime_span_t span, const char *word);

#endif

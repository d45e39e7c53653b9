/* multipart.h: a push parser for multipart/form-data, strict and in bounded memory.
 *
 * Requires: err.h.   Provides: cd_multipart_t.   Used by: web/upload.c, fuzz.
 * Bytes go in by cd_multipart_feed in pieces of any size; events come out by callbacks. However the
 * bytes are cut, the events are the same but for where data is cut. Nothing is taken that RFC 7578
 * leaves open: a preamble, a folded line, a bare LF, a second name, an encoding other than 7bit,
 * 8bit or binary is an error.
 *
 *   body        = "--" boundary CRLF part *( CRLF "--" boundary CRLF part ) CRLF "--" boundary "--"
 * [ CRLF ] part        = 1*( header CRLF ) CRLF data          ; data holds no CRLF "--" boundary
 *   header      = disposition | type | encoding | other          ; the first exactly once, two at
 * most once disposition = "Content-Disposition:" "form-data" 1*( ";" parameter )   ; one name, at
 * most one filename type        = "Content-Type:" token "/" token *( ";" parameter )       ; of a
 * field: text/plain in UTF-8 encoding    = "Content-Transfer-Encoding:" ( "7bit" | "8bit" |
 * "binary" ) other       = token ":" text                       ; says nothing parameter   = token
 * "=" ( token | DQUOTE text DQUOTE ) text        = any byte but control characters, and in quotes
 * no DQUOTE and no backslash
 *
 * Blanks may stand after ":" and around ";". Words of headers are read in any case. A name is made
 * of letters, digits and _ - . ; a file's name is UTF-8 without "/", and without characters that
 * turn the text around it. */
#ifndef CD_BASE_MULTIPART_H
#define CD_BASE_MULTIPART_H

#include <apr_pools.h>

#include "base/err.h"

/** Limits, each with its own error; 0 takes the default in brackets. */
typedef struct cd_multipart_limits_t {
    apr_uint64_t total;            /* bytes of the whole body [51 MiB] */
    apr_uint64_t file;             /* bytes of one file [50 MiB] */
    apr_size_t value;              /* bytes of one field [65536] */
    apr_size_t values;             /* bytes of all fields together [262144] */
    int parts;                     /* [100] */
    int files;                     /* [1] */
    int headers;                   /* of one part [8] */
    apr_size_t header_line;        /* [512] */
    apr_size_t name, filename;     /* [64], [255] */
} cd_multipart_limits_t;

/** What comes out. A callback's error ends the parsing and is given back by feed. */
typedef struct cd_multipart_events_t {
    void *baton;
    /** A whole field: `value` is NUL-terminated UTF-8 without NUL. Both are valid until the next
     * call. */
    cd_err_t *(*field)(void *baton, const char *name, const char *value, apr_size_t len);
    /** A file begins. `filename` is checked UTF-8 for display, "" if the form sent none;
     * `media_type` as sent (lower case, without parameters), or "application/octet-stream". */
    cd_err_t *(*file_begin)(void *baton, const char *name, const char *filename,
                            const char *media_type);
    cd_err_t *(*file_data)(void *baton, const char *bytes, apr_size_t len);
    cd_err_t *(*file_end)(void *baton);
} cd_multipart_events_t;

typedef struct cd_multipart_t cd_multipart_t;

/** The boundary from a Content-Type; @errors CD_E_TYPE: not multipart/form-data; CD_E_BAD_REQUEST:
 * none, two, or one outside RFC 2046's set of 1 to 70 characters. @owner pool */
cd_err_t *cd_multipart_boundary(const char **out, const char *content_type, apr_pool_t *pool);
cd_err_t *cd_multipart_make(cd_multipart_t **out, const char *boundary,
                            const cd_multipart_limits_t *limits,
                            const cd_multipart_events_t *events, apr_pool_t *pool);
/** @errors CD_E_BAD_REQUEST: not what a browser sends; CD_E_TOO_LARGE: over a limit; a callback's
 * own. After an error every later call gives the same one. */
cd_err_t *cd_multipart_feed(cd_multipart_t *parser, const char *bytes, apr_size_t len);
/** All bytes were fed. @errors CD_E_BAD_REQUEST: cut off before the closing boundary */
cd_err_t *cd_multipart_end(cd_multipart_t *parser);

#endif

/* json.h: strict reading of JSON from outside (jansson), and a small writer.
 *
 * Requires: APR, jansson, buf.h.   Provides: cd_json_read, cd_json_w*.   Used by: app, web, cli.
 * The reader refuses duplicate names, more than 32 levels, NUL, invalid UTF-8 and trailing text;
 * the tree is freed with the pool. The writer is for text made by the program: it keeps track of
 * commas, so that a caller cannot write a document that does not parse. */
#ifndef CD_BASE_JSON_H
#define CD_BASE_JSON_H

#include <jansson.h>
#include "base/buf.h"
#include "base/err.h"

/** Parses `len` bytes. @errors CD_E_BAD_REQUEST with line and column in the public text
 * @owner tree: released when `pool` is cleared */
cd_err_t *cd_json_read(json_t **out, const char *bytes, apr_size_t len, apr_pool_t *pool);

#define CD_JSON_DEPTH 32
typedef struct cd_jsonw_t {
    cd_buf_t *buf;
    int depth;
    int pretty;                          /* 1: two spaces a level, for files people read */
    unsigned char filled[CD_JSON_DEPTH]; /* has this level an item yet? */
    int after_name;
} cd_jsonw_t;

void cd_jsonw_init(cd_jsonw_t *w, cd_buf_t *buf, int pretty);
void cd_jsonw_open(cd_jsonw_t *w, char bracket);      /* '{' or '[' */
void cd_jsonw_close(cd_jsonw_t *w, char bracket);     /* '}' or ']' */
void cd_jsonw_name(cd_jsonw_t *w, const char *name);
void cd_jsonw_text(cd_jsonw_t *w, const char *value); /* NULL writes null */
void cd_jsonw_int(cd_jsonw_t *w, apr_int64_t value);
void cd_jsonw_bool(cd_jsonw_t *w, int value);
void cd_jsonw_null(cd_jsonw_t *w);
/* A name and what stands behind it. */
void cd_jsonw_put_text(cd_jsonw_t *w, const char *name, const char *value);
void cd_jsonw_put_int(cd_jsonw_t *w, const char *name, apr_int64_t value);
void cd_jsonw_put_open(cd_jsonw_t *w, const char *name);                /* an object */

/** Where two texts part: a JSON pointer (RFC 6901, names of the program need no escape), and what
 * stands there in each, at most 300 bytes; NULL: nothing. */
typedef struct cd_json_diff_t { const char *pointer, *was, *is; } cd_json_diff_t;
/** 1 if the bytes differ; `out` says where first. @owner pool */
int cd_json_differ(cd_json_diff_t *out, const char *a, const char *b, apr_pool_t *pool);

#endif

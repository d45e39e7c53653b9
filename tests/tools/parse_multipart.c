/* parse_multipart.c: what the program's parser makes of a form with files, for comparison with
 * other parsers.
 *
 *   parse_multipart CONTENT_TYPE STEP <body
 *
 * The body is fed in pieces of STEP bytes. Answers one line of JSON: {"parts": [{"name", "value"}
 * or {"name", "filename", "type", "bytes" (in hexadecimal)}]} or {"error": the code's word,
 * "text"}. Exit status: 0, 1 if there is no input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "base/json.h"
#include "base/multipart.h"
#include "base/text.h"

#define INPUT_MAX (4 * 1024 * 1024)

typedef struct seen_t {
    cd_jsonw_t w;
    cd_buf_t *file;
    apr_pool_t *pool;
} seen_t;

static cd_err_t *on_field(void *baton, const char *name, const char *value, apr_size_t len)
{
    cd_jsonw_t *w = &((seen_t *)baton)->w;

    (void)len;
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "name");
    cd_jsonw_text(w, name);
    cd_jsonw_name(w, "value");
    cd_jsonw_text(w, value);
    cd_jsonw_close(w, '}');
    return NULL;
}

static cd_err_t *on_file(void *baton, const char *name, const char *filename,
                         const char *media_type)
{
    seen_t *seen = baton;
    cd_jsonw_t *w = &seen->w;

    seen->file->len = 0;
    cd_jsonw_open(w, '{');
    cd_jsonw_name(w, "name");
    cd_jsonw_text(w, name);
    cd_jsonw_name(w, "filename");
    cd_jsonw_text(w, filename);
    cd_jsonw_name(w, "type");
    cd_jsonw_text(w, media_type);
    return NULL;
}

static cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_add(((seen_t *)baton)->file, bytes, len);
    return NULL;
}

static cd_err_t *on_end(void *baton)
{
    seen_t *seen = baton;

    cd_jsonw_name(&seen->w, "bytes");
    cd_jsonw_text(&seen->w, cd_hex(seen->file->data, seen->file->len, seen->pool));
    cd_jsonw_close(&seen->w, '}');
    return NULL;
}

static cd_err_t *parse(seen_t *seen, const char *type, apr_size_t step, const char *body,
                       apr_size_t len)
{
    cd_multipart_events_t events = { seen, on_field, on_file, on_data, on_end };
    cd_multipart_limits_t limits = { .files = 100 };
    cd_multipart_t *parser;
    const char *boundary;
    apr_size_t at;

    CD_ERR(cd_multipart_boundary(&boundary, type, seen->pool));
    CD_ERR(cd_multipart_make(&parser, boundary, &limits, &events, seen->pool));
    for (at = 0; at < len; at += step)
        CD_ERR(cd_multipart_feed(parser, body + at, len - at < step ? len - at : step));
    return cd_multipart_end(parser);
}

static const char *answer(const char *type, apr_size_t step, const char *body, apr_size_t len,
                          apr_pool_t *pool)
{
    cd_buf_t *out = cd_buf_make(pool, 4096);
    seen_t seen = { .file = cd_buf_make(pool, 4096), .pool = pool };
    cd_err_t *err;

    cd_jsonw_init(&seen.w, out, 0);
    cd_jsonw_open(&seen.w, '{');
    cd_jsonw_name(&seen.w, "parts");
    cd_jsonw_open(&seen.w, '[');
    err = parse(&seen, type, step, body, len);
    if (err) {
        out->len = 0;
        cd_jsonw_init(&seen.w, out, 0);
        cd_jsonw_open(&seen.w, '{');
        cd_jsonw_name(&seen.w, "error");
        cd_jsonw_text(&seen.w, cd_code_word(err->code));
        cd_jsonw_name(&seen.w, "text");
        cd_jsonw_text(&seen.w, err->public_text);
    } else {
        cd_jsonw_close(&seen.w, ']');
    }
    cd_jsonw_close(&seen.w, '}');
    return out->data;
}

int main(int argc, char **argv)
{
    apr_pool_t *pool;
    char *body;
    size_t len;
    long step;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    step = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (step < 1) {
        fprintf(stderr, "usage: parse_multipart CONTENT_TYPE STEP <body\n");
        return 1;
    }
    body = apr_palloc(pool, INPUT_MAX);
    len = fread(body, 1, INPUT_MAX, stdin);
    puts(answer(argv[1], (apr_size_t)step, body, len, pool));
    apr_terminate();
    return 0;
}

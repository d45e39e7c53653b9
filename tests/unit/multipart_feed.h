/* multipart_feed.h: forms with files as rows, fed whole and in pieces, for tests of their parser.
 *
 * In the rows "|" stands for CR LF and "B" for the boundary; each is fed whole, byte by byte and in
 * pieces of every length up to 9, and the events are the same. */
#ifndef CD_TESTS_MULTIPART_FEED_H
#define CD_TESTS_MULTIPART_FEED_H

#include "base/buf.h"
#include "base/multipart.h"

#define FIELD(name, value) "--B|Content-Disposition: form-data; name=\"" name "\"||" value "|"
#define UPLOAD(name, filename, value) \
    "--B|Content-Disposition: form-data; name=\"" name "\"; filename=\"" filename "\"|" \
    "Content-Type: application/pdf||" value "|"
#define PART(headers, value) "--B|" headers "||" value "|"
#define NAMED "Content-Disposition: form-data; name=a"
#define END "--B--|"

typedef struct row_t {
    const char *body;
    cd_code_t code;
    const char *want;              /* events; of an error the beginning of its public text */
    const char *why;
} row_t;

typedef struct trace_t {
    apr_pool_t *pool;
    cd_buf_t *text;
    int fail_at;                   /* the callback of this number fails; 0: none */
    int calls;
} trace_t;

static inline cd_err_t *called(trace_t *trace)
{
    return ++trace->calls == trace->fail_at ? cd_err(trace->pool, CD_E_FULL, NULL, "as asked")
                                            : NULL;
}

static inline cd_err_t *on_field(void *baton, const char *name, const char *value, apr_size_t len)
{
    trace_t *trace = baton;

    assert_int_equal(strlen(value), len);
    cd_buf_fmt(trace->text, "%s=%s;", name, value);
    return called(trace);
}

static inline cd_err_t *on_file(void *baton, const char *name, const char *filename,
                                const char *media_type)
{
    trace_t *trace = baton;

    cd_buf_fmt(trace->text, "%s<%s %s>", name, filename, media_type);
    return called(trace);
}

static inline cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    trace_t *trace = baton;

    assert_true(len > 0);
    cd_buf_add(trace->text, bytes, len);
    return called(trace);
}

static inline cd_err_t *on_end(void *baton)
{
    trace_t *trace = baton;

    cd_buf_lit(trace->text, ";");
    return called(trace);
}

/* "|" to CR LF. */
static inline cd_buf_t *spelled(const char *text, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);

    for (; *text; text++)
        if (*text == '|')
            cd_buf_lit(buf, "\r\n");
        else
            cd_buf_add(buf, text, 1);
    return buf;
}

/* Feeds in pieces of `step` bytes; the trace is in `trace`. */
static inline cd_err_t *feed(trace_t *trace, const char *boundary,
                             const cd_multipart_limits_t *with, const char *bytes, apr_size_t len,
                             apr_size_t step, apr_pool_t *pool)
{
    cd_multipart_events_t events = { trace, on_field, on_file, on_data, on_end };
    cd_multipart_t *parser;
    cd_err_t *err;
    apr_size_t at;

    trace->pool = pool;
    trace->text = cd_buf_make(pool, 256);
    trace->calls = 0;
    assert_null(cd_multipart_make(&parser, boundary, with, &events, pool));
    for (at = 0; at < len; at += step) {
        /* A block of its own, so that a sanitizer sees who reads past a piece. */
        apr_size_t piece = len - at < step ? len - at : step;

        err = cd_multipart_feed(parser, apr_pmemdup(pool, bytes + at, piece), piece);
        if (err) {
            assert_ptr_equal(cd_multipart_feed(parser, "x", 1), err);
            assert_ptr_equal(cd_multipart_end(parser), err);
            return err;
        }
    }
    err = cd_multipart_end(parser);
    if (err)
        assert_ptr_equal(cd_multipart_feed(parser, "x", 1), err);
    return err;
}

static inline void check_row(const row_t *row, int i, const cd_multipart_limits_t *with,
                             apr_pool_t *pool)
{
    cd_buf_t *body = spelled(row->body, pool), *want = spelled(row->want, pool);
    trace_t whole = { 0 }, cut = { 0 };
    cd_err_t *err = feed(&whole, "B", with, body->data, body->len, body->len + 1, pool);
    apr_size_t step;

    ROW_CHECK((err ? err->code : CD_E_OK) == row->code, i, row->why);
    if (err)
        ROW_CHECK(!strncmp(err->public_text, row->want, strlen(row->want)), i, err->public_text);
    else
        ROW_CHECK(!strcmp(whole.text->data, want->data), i, whole.text->data);
    for (step = 1; step < 10; step++) {
        cd_err_t *other = feed(&cut, "B", with, body->data, body->len, step, pool);

        ROW_CHECK(!err == !other && (!err || !strcmp(err->public_text, other->public_text)), i,
                  "the same end, cut");
        ROW_CHECK(!strcmp(whole.text->data, cut.text->data), i, "the same events, cut");
    }
}

#endif

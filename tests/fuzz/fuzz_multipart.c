/* fuzz_multipart.c: any bytes as the body of a form with files, and as the Content-Type of one.
 *
 * Byte 0 chooses the boundary, the limits, or the Content-Type instead of a body; bytes 1 and 2 are
 * the seed of the cuts. Oracles: whole, byte by byte and in random pieces give the same events and
 * the same end; no piece of data is empty; what was understood, written down again, is understood
 * as the same; limits hold. */
#include "fuzz.h"

#include "base/multipart.h"

#define TRACE_MAX 65536

static const char *const boundaries[] = {
    "b", "----WebKitFormBoundaryAa01", "a--b",
    "1234567890123456789012345678901234567890123456789012345678901234567890",
};
static const cd_multipart_limits_t small = { .total = 400, .file = 40, .value = 20, .values = 30,
                                             .parts = 4, .files = 2, .headers = 3,
                                             .header_line = 80,
                                             .name = 6, .filename = 9 };
static const cd_multipart_limits_t large = { .value = 4096, .files = 3 };

/* Events as text: of each its kind, names and bytes, with their lengths, so that no two read the
 * same. */
typedef struct trace_t {
    char text[TRACE_MAX];
    size_t len, data_at, file_len, values_len;
    char *again;                   /* the form written down once more, or NULL */
    size_t again_len;
    const char *boundary;
    const cd_multipart_limits_t *limits;
    int parts, files, in_file;
} trace_t;

static trace_t whole, cut;
static char written[TRACE_MAX];

static void put(trace_t *t, const void *bytes, size_t len)
{
    FUZZ_CHECK(len <= TRACE_MAX - t->len);
    memcpy(t->text + t->len, bytes, len);
    t->len += len;
}

static void put_sized(trace_t *t, const char *text, size_t len)
{
    put(t, &len, sizeof(len));
    put(t, text, len);
}

static void put_again(trace_t *t, const char *text, size_t len)
{
    if (!t->again)
        return;
    FUZZ_CHECK(len <= TRACE_MAX - t->again_len);
    memcpy(t->again + t->again_len, text, len);
    t->again_len += len;
}

static void write_again(trace_t *t, const char *text)
{
    put_again(t, text, strlen(text));
}

static void head_again(trace_t *t, const char *name, const char *filename, const char *media_type)
{
    write_again(t, t->parts ? "\r\n--" : "--");
    write_again(t, t->boundary);
    write_again(t, "\r\nContent-Disposition: form-data; name=\"");
    write_again(t, name);
    if (filename) {
        write_again(t, "\"; filename=\"");
        write_again(t, filename);
        write_again(t, "\"\r\nContent-Type: ");
        write_again(t, media_type);
        write_again(t, "\r\n\r\n");
    } else {
        write_again(t, "\"\r\n\r\n");
    }
    t->parts++;
}

static cd_err_t *on_field(void *baton, const char *name, const char *value, apr_size_t len)
{
    trace_t *t = baton;

    FUZZ_CHECK(strlen(value) == len && !t->in_file && *name);
    FUZZ_CHECK(!t->limits->value || len <= t->limits->value);
    t->values_len += len;
    FUZZ_CHECK(!t->limits->values || t->values_len <= t->limits->values);
    put(t, "v", 1);
    put_sized(t, name, strlen(name));
    put_sized(t, value, len);
    head_again(t, name, NULL, NULL);
    put_again(t, value, len);
    return NULL;
}

static cd_err_t *on_file(void *baton, const char *name, const char *filename,
                         const char *media_type)
{
    trace_t *t = baton;

    FUZZ_CHECK(!t->in_file && *name && strchr(media_type, '/') && !strpbrk(filename, "/\\\"\r\n"));
    FUZZ_CHECK(++t->files <= t->limits->files);
    FUZZ_CHECK(!t->limits->filename || strlen(filename) <= t->limits->filename);
    t->in_file = 1;
    t->file_len = 0;
    put(t, "f", 1);
    put_sized(t, name, strlen(name));
    put_sized(t, filename, strlen(filename));
    put_sized(t, media_type, strlen(media_type));
    head_again(t, name, filename, media_type);
    return NULL;
}

static cd_err_t *on_data(void *baton, const char *bytes, apr_size_t len)
{
    trace_t *t = baton;

    FUZZ_CHECK(t->in_file && len > 0);
    t->file_len += len;
    FUZZ_CHECK(!t->limits->file || t->file_len <= t->limits->file);
    put(t, bytes, len);
    put_again(t, bytes, len);
    return NULL;
}

static cd_err_t *on_end(void *baton)
{
    trace_t *t = baton;

    FUZZ_CHECK(t->in_file);
    t->in_file = 0;
    put(t, "e", 1);
    put(t, &t->file_len, sizeof(t->file_len));
    return NULL;
}

/* `seed` 0: whole; 1: byte by byte; else: in pieces of random lengths, some of them empty. */
static cd_err_t *run(trace_t *t, const char *boundary, const cd_multipart_limits_t *limits,
                     const char *bytes, size_t len, uint32_t seed, apr_pool_t *pool)
{
    cd_multipart_events_t events = { t, on_field, on_file, on_data, on_end };
    cd_multipart_t *parser;
    cd_err_t *err = NULL;
    size_t at = 0;

    t->len = t->again_len = t->values_len = 0;
    t->parts = t->files = t->in_file = 0;
    t->boundary = boundary;
    t->limits = limits;
    FUZZ_CHECK(!cd_multipart_make(&parser, boundary, limits, &events, pool));
    while (at < len && !err) {
        size_t piece = seed == 0   ? len
                       : seed == 1 ? 1
                                   : (seed = seed * 1664525u + 1013904223u) >> 28;

        piece = piece < len - at ? piece : len - at;
        err = cd_multipart_feed(parser, bytes + at, piece);
        at += piece;
    }
    if (err)
        FUZZ_CHECK(cd_multipart_feed(parser, bytes, len) == err);
    else
        err = cd_multipart_end(parser);
    FUZZ_CHECK(err == cd_multipart_end(parser));
    FUZZ_CHECK(!err || err->code == CD_E_BAD_REQUEST || err->code == CD_E_TOO_LARGE);
    FUZZ_CHECK(err || !t->in_file);
    return err;
}

static void check_same(const cd_err_t *one, const cd_err_t *other)
{
    FUZZ_CHECK(!one == !other && (!one || !strcmp(one->public_text, other->public_text)));
    FUZZ_CHECK(whole.len == cut.len && !memcmp(whole.text, cut.text, whole.len));
}

static void check_body(const char *boundary, const cd_multipart_limits_t *limits, const char *bytes,
                       size_t len, uint32_t seed, apr_pool_t *pool)
{
    static const cd_multipart_limits_t roomy = { .total = TRACE_MAX, .files = 3 };
    cd_err_t *err;

    whole.again = written;
    err = run(&whole, boundary, limits, bytes, len, 0, pool);
    check_same(err, run(&cut, boundary, limits, bytes, len, 1, pool));
    check_same(err, run(&cut, boundary, limits, bytes, len, seed | 2, pool));
    if (err)
        return;
    write_again(&whole, "\r\n--");
    write_again(&whole, boundary);
    write_again(&whole, "--\r\n");
    check_same(NULL, run(&cut, boundary, &roomy, written, whole.again_len, seed | 2, pool));
}

static void check_type(const char *type, apr_pool_t *pool)
{
    static const cd_multipart_events_t none = { NULL, on_field, on_file, on_data, on_end };
    const char *boundary = "before";
    cd_err_t *err = cd_multipart_boundary(&boundary, type, pool);
    cd_multipart_t *parser;

    FUZZ_CHECK(!err == (boundary != NULL));
    if (err)
        FUZZ_CHECK(err->code == CD_E_TYPE || err->code == CD_E_BAD_REQUEST);
    else
        FUZZ_CHECK(!cd_multipart_make(&parser, boundary, &large, &none, pool)
                   && strstr(type, boundary) && !strncasecmp(type, "multipart/form-data", 19));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *pool;
    const char *bytes = (const char *)data + 3;

    if (size < 3 || size > TRACE_MAX / 8)
        return 0;
    if (!pool)
        pool = fuzz_pool();
    if (data[0] & 0x80)
        check_type(fuzz_text(data + 3, size - 3, pool), pool);
    else
        check_body(boundaries[data[0] & 3], data[0] & 4 ? &large : &small, bytes, size - 3,
                   (uint32_t)data[1] << 8 | data[2], pool);
    apr_pool_clear(pool);
    return 0;
}

/* multipart.c: multipart/form-data as browsers send it, taken in pieces of any size.
 *
 * The parser stands in one of the states below and looks at each byte once. Nothing that it keeps
 * grows with what is sent: the line, the name, the file's name and the value have buffers of their
 * limits' size, made with the parser. The delimiter needs none: what matched of it so far is known
 * without having been kept. */
#include "base/multipart.h"

#include <string.h>

#include <apr_strings.h>

#include "base/mime.h"
#include "base/text.h"

#define BOUNDARY_MAX 70
#define LINE_DEFAULT 512
#define MIB ((apr_uint64_t)1 << 20)

typedef enum state_t {
    AT_START,                      /* in the first delimiter, which has no line end before it */
    AFTER_DELIMITER,               /* CR: a part follows; "-": perhaps the end */
    AFTER_DELIMITER_CR,
    AFTER_DASH,
    IN_HEADER,                     /* in a header line, or before its first byte */
    IN_HEADER_CR,
    IN_DATA,
    /* the closing delimiter is complete: nothing or one CR LF follows */
    AFTER_END,
    AFTER_END_CR,
    AFTER_ALL
} state_t;

typedef enum part_kind_t { FIELD, FILE_PART } part_kind_t;

struct cd_multipart_t {
    cd_multipart_limits_t limits;
    cd_multipart_events_t events;
    apr_pool_t *pool;
    cd_err_t *err;                 /* the first one; then nothing is taken any more */
    state_t state;
    char delimiter[4 + BOUNDARY_MAX + 1];   /* CR LF "--" boundary */
    apr_size_t delimiter_len, matched;
    apr_uint64_t taken;
    int parts, files;
    apr_size_t values_len;
    /* the part being read */
    int headers, has_disposition, has_type, has_encoding;
    part_kind_t kind;
    char *line, *name, *filename, *type, *value;
    apr_size_t line_len, value_len;
    apr_uint64_t file_len;
};

/* ---- the boundary ---- */

/* RFC 2046 5.1.1: bchars; a space not at the end. */
static int is_boundary(cd_mime_span_t span)
{
    apr_size_t i;

    if (span.len < 1 || span.len > BOUNDARY_MAX || span.at[span.len - 1] == ' ')
        return 0;
    for (i = 0; i < span.len; i++)
        if (!cd_mime_alnum(span.at[i]) && !CD_MIME_ONE_OF(span.at[i], "'()+_,-./:=? "))
            return 0;
    return 1;
}

static cd_err_t *no_boundary(const char *why, apr_pool_t *pool)
{
    return cd_err(pool, CD_E_BAD_REQUEST, why, "Content-Type of a form with a file: %s", why);
}

cd_err_t *cd_multipart_boundary(const char **out, const char *content_type, apr_pool_t *pool)
{
    cd_mime_cursor_t in = { content_type,
                            content_type ? content_type + strlen(content_type) : NULL };
    cd_mime_span_t type, name, value;
    const char *found = NULL;
    int got;

    *out = NULL;
    if (!content_type || !cd_mime_type(&type, &in) || !cd_mime_is(type, "multipart/form-data"))
        return cd_err(pool, CD_E_TYPE, NULL, "not multipart/form-data");
    while ((got = cd_mime_parameter(&name, &value, &in)) > 0) {
        if (!cd_mime_is(name, "boundary"))
            return no_boundary("it says something other than the boundary", pool);
        if (found)
            return no_boundary("it names two boundaries", pool);
        if (!is_boundary(value))
            return no_boundary("the boundary is not 1 to 70 of the characters that one may have",
                               pool);
        found = apr_pstrmemdup(pool, value.at, value.len);
    }
    if (got < 0)
        return no_boundary("it cannot be read", pool);
    *out = found;
    return found ? NULL : no_boundary("it names no boundary", pool);
}

/* ---- the parser ---- */

static cd_err_t *fail(cd_multipart_t *p, cd_code_t code, const char *why)
{
    return cd_err(p->pool, code, why, "form with a file: %s", why);
}

static cd_err_t *bad(cd_multipart_t *p, const char *why)
{
    return fail(p, CD_E_BAD_REQUEST, why);
}

static cd_err_t *too_large(cd_multipart_t *p, const char *why)
{
    return fail(p, CD_E_TOO_LARGE, why);
}

#define LIMIT(member, otherwise) (limits->member = limits->member ? limits->member : (otherwise))
static void fill_limits(cd_multipart_limits_t *limits)
{
    LIMIT(total, 51 * MIB);
    LIMIT(file, 50 * MIB);
    LIMIT(value, 65536);
    LIMIT(values, 262144);
    LIMIT(parts, 100);
    LIMIT(files, 1);
    LIMIT(headers, 8);
    LIMIT(header_line, LINE_DEFAULT);
    LIMIT(name, 64);
    LIMIT(filename, 255);
}

cd_err_t *cd_multipart_make(cd_multipart_t **out, const char *boundary,
                            const cd_multipart_limits_t *limits,
                            const cd_multipart_events_t *events, apr_pool_t *pool)
{
    cd_multipart_t *p = apr_pcalloc(pool, sizeof(*p));
    cd_mime_span_t given = { boundary, strlen(boundary) };

    *out = NULL;
    if (!is_boundary(given))
        return no_boundary("the boundary is not 1 to 70 of the characters that one may have", pool);
    if (limits)
        p->limits = *limits;
    fill_limits(&p->limits);
    p->events = *events;
    p->pool = pool;
    memcpy(p->delimiter, "\r\n--", 4);
    memcpy(p->delimiter + 4, boundary, given.len);
    p->delimiter_len = 4 + given.len;
    p->matched = 2;
    p->line = apr_palloc(pool, p->limits.header_line + 1);
    p->name = apr_palloc(pool, p->limits.name + 1);
    p->filename = apr_palloc(pool, p->limits.filename + 1);
    p->type = apr_palloc(pool, p->limits.header_line + 1);
    p->value = apr_palloc(pool, p->limits.value + 1);
    *out = p;
    return NULL;
}

static void copy_span(char *into, cd_mime_span_t span)
{
    memcpy(into, span.at, span.len);
    into[span.len] = '\0';
}

static void lower(char *text)
{
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

/* ---- headers of a part ---- */

static cd_err_t *begin_part(cd_multipart_t *p)
{
    if (p->parts == p->limits.parts)
        return too_large(p, "the form has too many parts");
    p->parts++;
    p->headers = p->has_disposition = p->has_type = p->has_encoding = 0;
    p->kind = FIELD;
    p->name[0] = p->filename[0] = p->type[0] = '\0';
    p->line_len = p->value_len = 0;
    p->file_len = 0;
    p->state = IN_HEADER;
    return NULL;
}

static cd_err_t *set_name(cd_multipart_t *p, cd_mime_span_t value)
{
    apr_size_t i;

    if (p->name[0])
        return bad(p, "a part has two names");
    if (value.len > p->limits.name)
        return too_large(p, "the name of a part is too long");
    for (i = 0; i < value.len; i++)
        if (!cd_mime_alnum(value.at[i]) && !CD_MIME_ONE_OF(value.at[i], "_.-"))
            return bad(p, "a name is not made of letters, digits and _ - .");
    if (!value.len)
        return bad(p, "the name of a part is empty");
    copy_span(p->name, value);
    return NULL;
}

/* Characters that change how the text around them is shown, so that "fdp.exe" can be read as
 * "exe.pdf", and the two line ends that are none in ASCII. */
static int hides(unsigned code)
{
    return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/* A name for display alone: no storage is ever called by it. */
static int is_file_name(cd_mime_span_t value)
{
    apr_size_t i = 0;

    if (!cd_text_valid(value.at, value.len) || memchr(value.at, '/', value.len)
        || cd_mime_is(value, ".") || cd_mime_is(value, ".."))
        return 0;
    while (i < value.len) {
        unsigned code;
        int len = cd_utf8_next(value.at + i, value.len - i, &code);

        if (hides(code))
            return 0;
        i += (apr_size_t)len;
    }
    return 1;
}

static cd_err_t *set_file_name(cd_multipart_t *p, cd_mime_span_t value)
{
    if (p->kind == FILE_PART)
        return bad(p, "a part has two names of a file");
    if (value.len > p->limits.filename)
        return too_large(p, "the name of the file is too long");
    if (!is_file_name(value))
        return bad(p, "the name of the file has characters that a name cannot have");
    if (p->files == p->limits.files)
        return too_large(p, "the form has too many files");
    p->files++;
    p->kind = FILE_PART;
    copy_span(p->filename, value);
    return NULL;
}

static cd_err_t *read_disposition(cd_multipart_t *p, cd_mime_cursor_t *in)
{
    cd_mime_span_t kind, name, value;
    int got;

    if (p->has_disposition++)
        return bad(p, "a part has two Content-Disposition headers");
    if (!cd_mime_token(&kind, in) || !cd_mime_is(kind, "form-data"))
        return bad(p, "a part is not form-data");
    while ((got = cd_mime_parameter(&name, &value, in)) > 0) {
        if (cd_mime_is(name, "name"))
            CD_ERR(set_name(p, value));
        else if (cd_mime_is(name, "filename"))
            CD_ERR(set_file_name(p, value));
        else if (cd_mime_is(name, "filename*"))
            return bad(p, "a part has a filename*, which forms do not have");
        else
            return bad(p, "Content-Disposition of a part says something other than the names");
    }
    if (got < 0)
        return bad(p, "Content-Disposition of a part cannot be read");
    return p->name[0] ? NULL : bad(p, "a part has no name");
}

static cd_err_t *read_type(cd_multipart_t *p, cd_mime_cursor_t *in)
{
    cd_mime_span_t type, name, value;
    int got;

    if (p->has_type++)
        return bad(p, "a part has two Content-Type headers");
    if (!cd_mime_type(&type, in))
        return bad(p, "Content-Type of a part cannot be read");
    copy_span(p->type, type);
    lower(p->type);
    if (!strncmp(p->type, "multipart/", 10))
        return bad(p, "a part is made of parts itself");
    while ((got = cd_mime_parameter(&name, &value, in)) > 0)
        if (cd_mime_is(name, "charset") && !strcmp(p->type, "text/plain")
            && !cd_mime_is(value, "utf-8"))
            p->has_type = 2;       /* matters to a field only, and its kind may not be known yet */
    return got < 0 ? bad(p, "Content-Type of a part cannot be read") : NULL;
}

static cd_err_t *read_encoding(cd_multipart_t *p, cd_mime_cursor_t *in)
{
    cd_mime_span_t word;

    if (p->has_encoding++)
        return bad(p, "a part has two Content-Transfer-Encoding headers");
    if (!cd_mime_token(&word, in)
        || (!cd_mime_is(word, "binary") && !cd_mime_is(word, "8bit") && !cd_mime_is(word, "7bit")))
        return bad(p, "a part is encoded in a way that forms do not use");
    cd_mime_blanks(in);
    return in->at == in->end ? NULL : bad(p, "Content-Transfer-Encoding of a part cannot be read");
}

/* RFC 7578 4.8: other headers say nothing; they must still be headers. */
static cd_err_t *read_header(cd_multipart_t *p)
{
    cd_mime_cursor_t in = { p->line, p->line + p->line_len };
    cd_mime_span_t name;

    if (p->headers == p->limits.headers)
        return too_large(p, "a part has too many headers");
    p->headers++;
    p->line_len = 0;
    if (!cd_mime_token(&name, &in) || !cd_mime_char(&in, ':'))
        return bad(p, "a header of a part cannot be read");
    cd_mime_blanks(&in);
    if (cd_mime_is(name, "Content-Disposition"))
        return read_disposition(p, &in);
    if (cd_mime_is(name, "Content-Type"))
        return read_type(p, &in);
    if (cd_mime_is(name, "Content-Transfer-Encoding"))
        return read_encoding(p, &in);
    return NULL;
}

static cd_err_t *end_headers(cd_multipart_t *p)
{
    if (!p->has_disposition)
        return bad(p, "a part has no Content-Disposition");
    p->state = IN_DATA;
    p->matched = 0;
    if (p->kind == FIELD)
        return p->has_type == 2 || (p->has_type && strcmp(p->type, "text/plain"))
                   ? bad(p, "a field is not plain text in UTF-8")
                   : NULL;
    return p->events.file_begin(p->events.baton, p->name, p->filename,
                                p->has_type ? p->type : "application/octet-stream");
}

static cd_err_t *header_byte(cd_multipart_t *p, char c)
{
    if (c == '\r') {
        p->state = IN_HEADER_CR;
        return NULL;
    }
    if (!p->line_len && (c == ' ' || c == '\t'))
        return bad(p, "a header of a part is folded");
    if (c == '\n')
        return bad(p, "a line ends with LF alone");
    if ((unsigned char)c < ' ' || c == 0x7f)
        return bad(p, "a header of a part holds a control character");
    if (p->line_len == p->limits.header_line)
        return too_large(p, "a header of a part is too long");
    p->line[p->line_len++] = c;
    return NULL;
}

/* ---- data of a part ---- */

static cd_err_t *add_value(cd_multipart_t *p, const char *bytes, apr_size_t len)
{
    apr_size_t room = p->limits.value - p->value_len, room_all = p->limits.values - p->values_len;

    /* The same of both answers as if the bytes had come one by one. */
    if (len > room && room <= room_all)
        return too_large(p, "one of the values is too long");
    if (len > room_all)
        return too_large(p, "the values are too long together");
    memcpy(p->value + p->value_len, bytes, len);
    p->value_len += len;
    p->values_len += len;
    return NULL;
}

static cd_err_t *add_file(cd_multipart_t *p, const char *bytes, apr_size_t len)
{
    apr_uint64_t room = p->limits.file - p->file_len;
    apr_size_t fits = len > room ? (apr_size_t)room : len;

    p->file_len += fits;
    if (fits)
        CD_ERR(p->events.file_data(p->events.baton, bytes, fits));
    return fits < len ? too_large(p, "the file is too large") : NULL;
}

static cd_err_t *add_data(cd_multipart_t *p, const char *bytes, apr_size_t len)
{
    if (!len)
        return NULL;
    return p->kind == FIELD ? add_value(p, bytes, len) : add_file(p, bytes, len);
}

/* Data up to a delimiter, which has its only CR at its start: when a match fails, what matched is
 * data, and only the byte that failed can begin another. Of a match, `carried` bytes came with
 * earlier calls. */
static cd_err_t *take_data(cd_multipart_t *p, const char **at, const char *end)
{
    const char *from = *at, *now = *at;
    apr_size_t carried = p->matched;

    while (now < end && p->matched < p->delimiter_len) {
        if (p->matched && *now == p->delimiter[p->matched]) {
            p->matched++;
            now++;
        } else if (p->matched) {
            CD_ERR(add_data(p, p->delimiter, carried));
            carried = p->matched = 0;
        } else {
            now = memchr(now, '\r', (apr_size_t)(end - now));
            if (!now)
                now = end;
            else
                p->matched = 1, now++;
        }
    }
    *at = now;
    if (p->matched == p->delimiter_len)
        p->state = AFTER_DELIMITER;
    return add_data(p, from, (apr_size_t)(now - from) - (p->matched - carried));
}

static cd_err_t *end_part(cd_multipart_t *p)
{
    if (!p->parts)
        return NULL;
    if (p->kind == FILE_PART)
        return p->events.file_end(p->events.baton);
    p->value[p->value_len] = '\0';
    if (!cd_text_valid(p->value, p->value_len))
        return bad(p, "a value is not plain UTF-8 text");
    return p->events.field(p->events.baton, p->name, p->value, p->value_len);
}

/* ---- bytes ---- */

static cd_err_t *first_delimiter_byte(cd_multipart_t *p, char c)
{
    if (c != p->delimiter[p->matched])
        return bad(p, "the body does not begin with the boundary that it names");
    if (++p->matched == p->delimiter_len)
        p->state = AFTER_DELIMITER;
    return NULL;
}

static cd_err_t *after_delimiter_byte(cd_multipart_t *p, char c)
{
    if (c != '\r' && c != '-')
        return bad(p, "a boundary is followed by something else than a line end");
    p->state = c == '\r' ? AFTER_DELIMITER_CR : AFTER_DASH;
    return NULL;
}

static cd_err_t *after_delimiter_cr_byte(cd_multipart_t *p, char c)
{
    if (c != '\n')
        return bad(p, "a CR is not followed by LF");
    CD_ERR(end_part(p));
    return begin_part(p);
}

static cd_err_t *after_dash_byte(cd_multipart_t *p, char c)
{
    if (c != '-')
        return bad(p, "a boundary is followed by something else than a line end");
    if (!p->parts)
        return bad(p, "the form has no parts");
    p->state = AFTER_END;
    return end_part(p);
}

static cd_err_t *header_cr_byte(cd_multipart_t *p, char c)
{
    if (c != '\n')
        return bad(p, "a CR is not followed by LF");
    p->state = IN_HEADER;
    return p->line_len ? read_header(p) : end_headers(p);
}

static cd_err_t *end_byte(cd_multipart_t *p, char c)
{
    if (p->state == AFTER_ALL || c != (p->state == AFTER_END ? '\r' : '\n'))
        return bad(p, "something follows the end of the form");
    p->state = p->state == AFTER_END ? AFTER_END_CR : AFTER_ALL;
    return NULL;
}

/* One byte, or of data all that there are. */
static cd_err_t *step(cd_multipart_t *p, const char **at, const char *end)
{
    switch (p->state) {
    case IN_DATA:            return take_data(p, at, end);
    case AT_START:           return first_delimiter_byte(p, *(*at)++);
    case AFTER_DELIMITER:    return after_delimiter_byte(p, *(*at)++);
    case AFTER_DELIMITER_CR: return after_delimiter_cr_byte(p, *(*at)++);
    case AFTER_DASH:         return after_dash_byte(p, *(*at)++);
    case IN_HEADER:          return header_byte(p, *(*at)++);
    case IN_HEADER_CR:       return header_cr_byte(p, *(*at)++);
    default:                 return end_byte(p, *(*at)++);
    }
}

static cd_err_t *take_bytes(cd_multipart_t *p, const char *bytes, apr_size_t len)
{
    const char *at = bytes, *end = bytes + len;

    while (at < end)
        CD_ERR(step(p, &at, end));
    return NULL;
}

cd_err_t *cd_multipart_feed(cd_multipart_t *p, const char *bytes, apr_size_t len)
{
    apr_uint64_t room = p->limits.total - p->taken;
    apr_size_t fits = len > room ? (apr_size_t)room : len;

    if (p->err)
        return p->err;
    p->taken += fits;
    p->err = take_bytes(p, bytes, fits);
    if (!p->err && fits < len)
        p->err = too_large(p, "what was sent is too large");
    return p->err;
}

cd_err_t *cd_multipart_end(cd_multipart_t *p)
{
    if (!p->err && p->state != AFTER_END && p->state != AFTER_ALL)
        p->err = bad(p, "the form was cut off before its end");
    return p->err;
}

/* mime.c: words of a MIME header. Nothing is copied, and nothing past the cursor's end is read. */
#include "base/mime.h"

#include <string.h>
#include <strings.h>

int cd_mime_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 9110 5.6.2 */
static int is_token_char(char c)
{
    return cd_mime_alnum(c) || CD_MIME_ONE_OF(c, "!#$%&'*+-.^_`|~");
}

void cd_mime_blanks(cd_mime_cursor_t *in)
{
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t'))
        in->at++;
}

int cd_mime_char(cd_mime_cursor_t *in, char wanted)
{
    if (in->at == in->end || *in->at != wanted)
        return 0;
    in->at++;
    return 1;
}

int cd_mime_token(cd_mime_span_t *out, cd_mime_cursor_t *in)
{
    out->at = in->at;
    while (in->at < in->end && is_token_char(*in->at))
        in->at++;
    out->len = (apr_size_t)(in->at - out->at);
    return out->len > 0;
}

/* A token, or a quoted string. Browsers write a quote as %22 and escape nothing by backslash, which
 * stands for different things to different readers: it is refused. */
static int take_value(cd_mime_span_t *out, cd_mime_cursor_t *in)
{
    if (!cd_mime_char(in, '"'))
        return cd_mime_token(out, in);
    out->at = in->at;
    while (in->at < in->end && *in->at != '"') {
        if (*in->at == '\\')
            return 0;
        in->at++;
    }
    out->len = (apr_size_t)(in->at - out->at);
    return cd_mime_char(in, '"');
}

int cd_mime_parameter(cd_mime_span_t *name, cd_mime_span_t *value, cd_mime_cursor_t *in)
{
    cd_mime_blanks(in);
    if (in->at == in->end)
        return 0;
    if (!cd_mime_char(in, ';'))
        return -1;
    cd_mime_blanks(in);
    return cd_mime_token(name, in) && cd_mime_char(in, '=') && take_value(value, in) ? 1 : -1;
}

int cd_mime_is(cd_mime_span_t span, const char *word)
{
    return span.len == strlen(word) && !strncasecmp(span.at, word, span.len);
}

int cd_mime_type(cd_mime_span_t *out, cd_mime_cursor_t *in)
{
    cd_mime_span_t half;

    out->at = in->at;
    if (!cd_mime_token(&half, in) || !cd_mime_char(in, '/') || !cd_mime_token(&half, in))
        return 0;
    out->len = (apr_size_t)(in->at - out->at);
    return 1;
}

/* media.c: which kind of answer a client wants. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "web/media.h"

/* Length of the media type that `text` opens with: up to a parameter, a comma or white space. */
static apr_size_t type_len(const char *text)
{
    return strcspn(text, "; \t,");
}

static int is_type(const char *text, apr_size_t len, const char *type)
{
    return len == strlen(type) && !strncasecmp(text, type, len);
}

/* "0.8" in thousandths. */
static int read_weight(const char *at, const char *end)
{
    int value = 0, unit = 1000;

    for (; at < end && (apr_isdigit(*at) || *at == '.'); at++)
        if (*at != '.') {
            value += (*at - '0') * unit;
            unit /= 10;
        }
    return value > 1000 ? 1000 : value;
}

/* Weight of one element in thousandths: what follows "q=", 1000 without it. */
static int weight(const char *element, apr_size_t len)
{
    const char *end = element + len, *at = element;

    while ((at = memchr(at, ';', (apr_size_t)(end - at))) != NULL) {
        at++;
        at += strspn(at, " \t");
        if (at + 2 <= end && !strncasecmp(at, "q=", 2))
            return read_weight(at + 2, end);
        if (at >= end)
            break;
    }
    return 1000;
}

/* Weights that an Accept header gives to JSON and to HTML by their own names; -1: not named. */
static void weigh(int *json, int *html, const char *accept)
{
    const char *at = accept;

    *json = *html = -1;
    while (at && *at) {
        apr_size_t len, name;

        at += strspn(at, ", \t");
        len = strcspn(at, ",");
        name = type_len(at);
        if (is_type(at, name, "application/json") || is_type(at, name, "application/problem+json"))
            *json = *json < weight(at, len) ? weight(at, len) : *json;
        else if (is_type(at, name, "text/html") || is_type(at, name, "application/xhtml+xml"))
            *html = *html < weight(at, len) ? weight(at, len) : *html;
        at += len;
    }
}

int web_sent_json(const char *content_type)
{
    return content_type && is_type(content_type, type_len(content_type), "application/json");
}

static int can_do(unsigned can, web_media_t media)
{
    return (can & (1u << media)) != 0;
}

web_media_t web_media_choose(const char *accept, const char *content_type, const char *format,
                             unsigned can)
{
    int json, html;

    weigh(&json, &html, accept);
    if (format && !strcmp(format, "csv") && can_do(can, WEB_CSV))
        return WEB_CSV;
    if (json < 0 && html < 0 && web_sent_json(content_type))
        json = 1000;
    if (json > 0 && json >= html && can_do(can, WEB_JSON))
        return WEB_JSON;
    if (can_do(can, WEB_HTML))
        return WEB_HTML;
    return can_do(can, WEB_JSON) ? WEB_JSON : WEB_CSV;
}

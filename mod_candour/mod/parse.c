/* parse.c: strict readers of directive arguments. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "mod/parse.h"

#define NAME_MAX_BYTES 64
#define SHOWN_MAX_BYTES 200
#define SECRET_MAX_BYTES 512

int mod_parse_number(int *out, const char *text, int min, int max)
{
    apr_int64_t value = 0;
    const char *at;

    for (at = text; apr_isdigit(*at) && value <= max; at++)
        value = value * 10 + (*at - '0');
    if (at == text || *at || value < min || value > max)
        return 0;
    *out = (int)value;
    return 1;
}

int mod_parse_size(int *out, const char *text, int min, int max)
{
    char digits[12];
    apr_size_t len = strspn(text, "0123456789");
    int unit = !strcasecmp(text + len, "k")   ? 1024
               : !strcasecmp(text + len, "m") ? 1048576
                                              : 1,
        value;

    if (len >= sizeof(digits) || (text[len] && unit == 1))
        return 0;
    apr_cpystrn(digits, text, len + 1);
    if (!mod_parse_number(&value, digits, 0, max / unit) || value * unit < min)
        return 0;
    *out = value * unit;
    return 1;
}

int mod_parse_flag(int *out, const char *text)
{
    if (strcasecmp(text, "on") && strcasecmp(text, "off"))
        return 0;
    *out = !strcasecmp(text, "on");
    return 1;
}

/* One part of a path, up to the next slash: its length, 0 if it is empty or has another character.
 */
static apr_size_t part_len(const char *at)
{
    apr_size_t len = 0;

    while (apr_isalnum(at[len]) || (at[len] && strchr("_-.~", at[len])))
        len++;
    if ((at[len] && at[len] != '/') || (len == 1 && at[0] == '.')
        || (len == 2 && at[0] == '.' && at[1] == '.'))
        return 0;
    return len;
}

int mod_parse_url_path(const char **out, const char *text, apr_pool_t *pool)
{
    const char *at = text;

    if (*text != '/')
        return 0;
    while (*at == '/' && at[1]) {
        apr_size_t len = part_len(at + 1);

        if (!len)
            return 0;
        at += len + 1;
    }
    *out = apr_pstrmemdup(pool, text, (apr_size_t)(at - text));
    return 1;
}

int mod_parse_host(const char *text)
{
    const char *at;

    for (at = text; *at; at++)
        if (!apr_isalnum(*at) && !strchr(".-:", *at))
            return 0;
    return at > text && at - text <= 253 && apr_isalnum(at[-1]) && *text != '-' && *text != '.';
}

int mod_parse_origin(const char **out, const char *text, apr_pool_t *pool)
{
    apr_size_t len = strlen(text);
    const char *host = !strncmp(text, "https://", 8)  ? text + 8
                       : !strncmp(text, "http://", 7) ? text + 7
                                                      : NULL;
    const char *at;
    int port;

    if (len && text[len - 1] == '/')
        len--;
    if (!host || host >= text + len)
        return 0;
    for (at = host; at < text + len && *at != ':'; at++)
        if (!(apr_islower(*at) || apr_isdigit(*at) || *at == '.' || *at == '-'))
            return 0;
    if (at == host
        || (*at == ':' && at < text + len
            && !mod_parse_number(
                &port, apr_pstrmemdup(pool, at + 1, (apr_size_t)(text + len - at - 1)), 1, 65535)))
        return 0;
    *out = apr_pstrmemdup(pool, text, len);
    return 1;
}

int mod_parse_name(const char *text)
{
    const char *at;

    for (at = text; *at; at++)
        if (!apr_isalnum(*at) && !strchr("_-.$", *at))
            return 0;
    return at > text && at - text <= NAME_MAX_BYTES;
}

int mod_parse_shown(const char *text)
{
    const char *at;

    for (at = text; *at; at++)
        if (apr_iscntrl(*at))
            return 0;
    return at > text && at - text <= SHOWN_MAX_BYTES;
}

int mod_parse_secret(const char **out, const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    apr_size_t used = 0;

    while (used < len && used <= SECRET_MAX_BYTES && (unsigned char)bytes[used] > ' '
           && (unsigned char)bytes[used] < 0x7f)
        used++;
    if (!used || used > SECRET_MAX_BYTES)
        return 0;
    if (used < len && !(len - used == 1 && bytes[used] == '\n')
        && !(len - used == 2 && !memcmp(bytes + used, "\r\n", 2)))
        return 0;
    *out = apr_pstrmemdup(pool, bytes, used);
    return 1;
}

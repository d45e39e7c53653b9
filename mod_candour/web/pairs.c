/* pairs.c: urlencoded text to names and values: forms and query strings.
 *
 * Strict: a name is 1 to 64 of A-Z a-z 0-9 _ - ., a value is UTF-8 without NUL or other control
 * characters, a "%" is followed by two hex digits. Everything else is refused, not repaired. */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/form_body.h"

#define NAME_MAX_BYTES 64
#define VALUE_MAX_BYTES 65536

static cd_err_t *refused(const char *why, apr_pool_t *pool)
{
    return cd_err(pool, CD_E_BAD_REQUEST, why, "names and values: %s", why);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes `len` bytes; NULL if an escape is not one or gives NUL. */
static const char *decode(apr_size_t *len_out, const char *text, apr_size_t len, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, len + 1), *at = out;
    apr_size_t i;

    for (i = 0; i < len; i++) {
        char c = text[i];

        if (c == '%') {
            int high = len - i > 2 ? hex_digit(text[i + 1]) : -1;
            int low = high < 0 ? -1 : hex_digit(text[i + 2]);

            if (low < 0)
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        if (!c)
            return NULL;
        *at++ = c;
    }
    *at = '\0';
    *len_out = (apr_size_t)(at - out);
    return out;
}

int web_pair_name_ok(const char *name)
{
    apr_size_t len =
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    return len >= 1 && len <= NAME_MAX_BYTES && !name[len];
}

cd_err_t *web_pair_value_check(const char *value, apr_size_t len, apr_pool_t *pool)
{
    if (len > VALUE_MAX_BYTES)
        return cd_err(pool, CD_E_TOO_LARGE, "one of the values is too long", "a value of %lu bytes",
                      (unsigned long)len);
    if (!cd_text_valid(value, len))
        return refused("a value is not plain UTF-8 text", pool);
    return NULL;
}

/* One "name=value" of `len` bytes, not empty. */
static cd_err_t *read_pair(web_pair_t *out, const char *text, apr_size_t len, apr_pool_t *pool)
{
    const char *equals = memchr(text, '=', len);
    apr_size_t name_len = equals ? (apr_size_t)(equals - text) : len;
    apr_size_t raw_len = equals ? len - name_len - 1 : 0, value_len = 0;

    if (name_len > NAME_MAX_BYTES * 3)
        return refused("a name is too long", pool);
    if (raw_len > VALUE_MAX_BYTES * 3)
        return cd_err(pool, CD_E_TOO_LARGE, "one of the values is too long",
                      "urlencoded value too long");
    out->name = decode(&name_len, text, name_len, pool);
    out->value = equals ? decode(&value_len, equals + 1, raw_len, pool) : "";
    if (!out->name || !out->value)
        return refused("a percent sign is not followed by two hex digits, or stands for nothing",
                       pool);
    if (!web_pair_name_ok(out->name))
        return refused("a name is not made of letters, digits and _ - .", pool);
    return web_pair_value_check(out->value, value_len, pool);
}

cd_err_t *web_pairs_read(web_pair_t **out, int *count_out, const char *text, apr_size_t len,
                         int max_pairs, apr_pool_t *pool)
{
    web_pair_t *pairs = apr_palloc(pool, (apr_size_t)max_pairs * sizeof(*pairs));
    int count = 0;

    *out = pairs;
    *count_out = 0;
    while (len) {
        const char *and = memchr(text, '&', len);
        apr_size_t part = and ? (apr_size_t)(and - text) : len;

        if (part) {                     /* nothing between two separators says nothing */
            if (count == max_pairs)
                return refused("there are too many names", pool);
            CD_ERR(read_pair(&pairs[count++], text, part, pool));
        }
        text += part + (and != NULL);
        len -= part + (and != NULL);
    }
    *count_out = count;
    return NULL;
}

cd_err_t *web_pairs_once(web_pair_t **out, int *count_out, const char *query, int max_pairs,
                         apr_pool_t *pool)
{
    int i, j;

    CD_ERR(web_pairs_read(out, count_out, query ? query : "", query ? strlen(query) : 0, max_pairs,
                          pool));
    for (i = 0; i < *count_out; i++)
        for (j = 0; j < i; j++)
            if (!strcmp((*out)[i].name, (*out)[j].name))
                return cd_err(pool, CD_E_BAD_REQUEST, NULL, "a name stands twice in the query");
    return NULL;
}

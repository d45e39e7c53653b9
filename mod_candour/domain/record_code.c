/* record_code.c: canonical bytes of a record's body, out and in.
 *
 * A field is "<n>:<name><m>:<value>" with n and m the lengths in bytes as decimal digits. Fields
 * stand in table order, each at most once, absent ones left out, values in their plain form. There
 * is one way to write a body, so equal bodies have equal bytes and equal hashes. */
#include <apr_strings.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/value.h"

static int wanted(const cd_field_t *field, cd_which_t which)
{
    cd_which_t is = (field->flags & CD_FF_SENSITIVE) ? CD_SENSITIVE_FIELDS : CD_OPEN_FIELDS;
    return (which & is) != 0;
}

static void add_part(cd_buf_t *buf, const char *text)
{
    char digits[24], *at = digits + sizeof(digits);
    apr_size_t len = strlen(text), rest = len;
    *--at = ':';
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    cd_buf_add(buf, at, (apr_size_t)(digits + sizeof(digits) - at));
    cd_buf_add(buf, text, len);
}

void cd_body_encode(const char **bytes_out, apr_size_t *len_out, const cd_record_def_t *def,
                    const void *body, cd_which_t which, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);
    for (int i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];
        const char *plain = wanted(field, which) ? cd_field_plain(field, body, pool) : NULL;
        if (!plain)
            continue;
        add_part(buf, field->name);
        add_part(buf, plain);
    }
    *bytes_out = buf->data;
    *len_out = buf->len;
}

/* Decimal digits without sign, blanks or leading zero, up to `max`; 1 if it could. */
static int read_count(apr_int64_t *out, const char *text, apr_int64_t max)
{
    apr_int64_t value = 0;
    if (!*text || (text[0] == '0' && text[1]))
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || value > (max - (*text - '0')) / 10)
            return 0;
        value = value * 10 + (*text - '0');
    }
    *out = value;
    return 1;
}

static int store_set(apr_uint32_t *out, const cd_field_t *field, const char *plain,
                     apr_pool_t *pool)
{
    char *rest = apr_pstrdup(pool, plain), *comma;
    apr_uint32_t set = 0;
    do {
        comma = strchr(rest, ',');
        if (comma)
            *comma = '\0';
        int value = cd_token_strict(field->tokens, rest);
        if (!value)
            return 0;
        set |= 1u << value;
        rest = comma ? comma + 1 : rest;
    } while (comma);
    *out = set;
    return 1;
}

static int store_number(const cd_field_t *field, void *base, const char *plain)
{
    const apr_int64_t most = APR_INT64_C(1000000000000000);
    apr_int64_t value;
    int negative = plain[0] == '-';
    if (!read_count(&value, plain + negative, most) || !value)
        return 0;
    if (field->type == CD_FT_SEQ) {
        if (negative || value > 1000000000)
            return 0;
        *CD_FIELD_AT(int, base, field) = (int)value;
        return 1;
    }
    *CD_FIELD_AT(apr_int64_t, base, field) = negative ? -value : value;
    return 1;
}

/* `plain` is kept. */
static void store_plain(const cd_field_t *field, void *base, const char *plain, apr_pool_t *pool)
{
    switch (field->type) {
    case CD_FT_TEXT: case CD_FT_LONG: case CD_FT_NHS: case CD_FT_ODS:
        if (*plain && cd_text_valid(plain, strlen(plain)))
            *CD_FIELD_AT(const char *, base, field) = plain;
        break;
    case CD_FT_TOKEN:
        *CD_FIELD_AT(int, base, field) = cd_token_strict(field->tokens, plain);
        break;
    case CD_FT_SET:
        store_set(CD_FIELD_AT(apr_uint32_t, base, field), field, plain, pool);
        break;
    case CD_FT_YESNO:
        *CD_FIELD_AT(int, base, field) = !strcmp(plain, "true") ? CD_YES
                                       : !strcmp(plain, "false") ? CD_NO : CD_UNSAID;
        break;
    case CD_FT_WHEN:
        if (!cd_when_parse(CD_FIELD_AT(cd_when_t, base, field), plain))
            *CD_FIELD_AT(cd_when_t, base, field) = (cd_when_t){ CD_NO_DATE, CD_NO_DATE };
        break;
    case CD_FT_DATE:
        *CD_FIELD_AT(cd_date_t, base, field) = cd_date_parse(plain);
        break;
    case CD_FT_MINUTES:
        *CD_FIELD_AT(int, base, field) = cd_minutes_parse(plain) + 1;
        break;
    case CD_FT_PENCE: case CD_FT_BP: case CD_FT_INT: case CD_FT_SEQ:
        store_number(field, base, plain);
        break;
    }
}

/* One way to write a value, so nothing else will do; a text is its own plain form. */
static int store_kept(const cd_field_t *field, void *base, const char *plain, apr_pool_t *pool)
{
    store_plain(field, base, plain, pool);
    const char *back = cd_field_plain(field, base, pool);
    return back && (back == plain || !strcmp(back, plain));
}

int cd_field_store(const cd_field_t *field, void *base, const char *plain, apr_pool_t *pool)
{
    return store_kept(field, base, apr_pstrdup(pool, plain), pool);
}

static cd_err_t *bad(apr_pool_t *pool, const cd_record_def_t *def, const char *what)
{
    return cd_err(pool, CD_E_TAMPERED, NULL, "stored body of a record of kind %s: %s", def->word,
                  what);
}

/* One length-prefixed part from *at, in place; NULL if there is none. Its length has no leading
 * zero, so that there is one way to write it. */
static const char *next_part(apr_size_t *size_out, const char *bytes, apr_size_t len,
                             apr_size_t *at)
{
    apr_size_t i = *at, size = 0;
    for (; i < len && bytes[i] >= '0' && bytes[i] <= '9' && size <= len; i++)
        size = size * 10 + (apr_size_t)(bytes[i] - '0');
    if (i == *at || i >= len || bytes[i] != ':' || (bytes[*at] == '0' && i > *at + 1))
        return NULL;
    if (size > len - i - 1 || memchr(bytes + i + 1, '\0', size))
        return NULL;
    *size_out = size;
    *at = i + 1 + size;
    return bytes + i + 1;
}

static int is_named(const cd_field_t *field, const char *name, apr_size_t len)
{
    return !strncmp(field->name, name, len) && !field->name[len];
}

cd_err_t *cd_body_decode(void *body, const cd_record_def_t *def, const char *bytes,
                         apr_size_t len, apr_pool_t *pool)
{
    apr_size_t at = 0;
    int row = 0;                      /* rows before this one are done: order and no doubles */
    while (at < len) {
        apr_size_t name_len, value_len;
        const char *name = next_part(&name_len, bytes, len, &at);
        const char *value = name ? next_part(&value_len, bytes, len, &at) : NULL;
        if (!value)
            return bad(pool, def, "lengths do not add up");
        while (row < def->field_count && !is_named(&def->fields[row], name, name_len))
            row++;
        if (row == def->field_count)
            return bad(pool, def, "unknown, repeated or misplaced field");
        if (!store_kept(&def->fields[row], body, apr_pstrmemdup(pool, value, value_len), pool))
            return bad(pool, def, "a value is not of its type");
        row++;
    }
    return NULL;
}

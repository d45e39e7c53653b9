/* text.c: checks and small changes on text from outside. ASCII classes only: no locale. */
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "base/text.h"

/* Length that the first byte announces, 0 if no character starts with it. */
static int utf8_announced(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c < 0xe0)
        return 2;
    if (c >= 0xe0 && c < 0xf0)
        return 3;
    return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

int cd_utf8_next(const char *bytes, apr_size_t len, unsigned *code_out)
{
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *at = (const unsigned char *)bytes;
    int i, want = len ? utf8_announced(*at) : 0;
    unsigned code;

    if (!want || (apr_size_t)want > len)
        return 0;
    code = want == 1 ? *at : *at & (0xffu >> (want + 1));
    for (i = 1; i < want; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (at[i] & 0x3fu);
    }
    if (code < least[want] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 0;
    if (code_out)
        *code_out = code;
    return want;
}

int cd_utf8_put(char out[4], unsigned code)
{
    static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    int len, i;

    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        code = 0xfffd;
    len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (i = len - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(marks[len] | code);
    return len;
}

static int code_allowed(unsigned code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    if (code >= 0x7f && code <= 0x9f)
        return 0;
    return code != 0xfffe && code != 0xffff;
}

/* Bytes at the start that are printable ASCII, eight at a time: nearly all text is, and all that is
 * stored is looked at each time it is read. */
static apr_size_t plain_at(const char *bytes, apr_size_t len)
{
    const apr_uint64_t ones = APR_UINT64_C(0x0101010101010101), highs = ones * 0x80;
    apr_size_t n = 0;

    for (; len - n >= 8; n += 8) {
        apr_uint64_t eight;

        memcpy(&eight, bytes + n, 8);
        /* a high bit, less than a blank, or DEL, in any byte */
        if ((eight | (eight - ones * 0x20) | (eight + ones)) & highs)
            break;
    }
    return n;
}

int cd_text_valid(const char *bytes, apr_size_t len)
{
    while (len) {
        apr_size_t plain = plain_at(bytes, len);
        unsigned code;
        int wide;

        bytes += plain;
        len -= plain;
        if (!len)
            break;
        wide = cd_utf8_next(bytes, len, &code);
        if (!wide || !code_allowed(code))
            return 0;
        bytes += wide;
        len -= (apr_size_t)wide;
    }
    return 1;
}

apr_size_t cd_text_chars(const char *text)
{
    apr_size_t n = 0;

    for (; text && *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* Bytes of white space at the start; the no-break space comes with pasted text. */
static apr_size_t blank_at(const char *text, apr_size_t len)
{
    if (len && strchr(" \t\r\n", *text) && *text)
        return 1;
    return len >= 2 && !memcmp(text, "\xc2\xa0", 2) ? 2 : 0;
}

const char *cd_text_tidy(const char *text, apr_pool_t *pool)
{
    apr_size_t len = text ? strlen(text) : 0, n;
    char *out, *at;

    for (; (n = blank_at(text, len)); len -= n)
        text += n;
    for (;;) {
        if (len && blank_at(text + len - 1, 1))
            len--;
        else if (len >= 2 && blank_at(text + len - 2, 2) == 2)
            len -= 2;
        else
            break;
    }
    if (!len)
        return NULL;
    out = at = apr_palloc(pool, len + 1);
    for (n = 0; n < len; n++) {
        if (text[n] != '\r')
            *at++ = text[n];
        else if (n + 1 == len || text[n + 1] != '\n')
            *at++ = '\n';
    }
    *at = '\0';
    return out;
}

const char *cd_hex(const void *bytes, apr_size_t len, apr_pool_t *pool)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = bytes;
    char *out = apr_palloc(pool, len * 2 + 1);
    apr_size_t i;

    for (i = 0; i < len; i++) {
        out[i * 2] = digits[in[i] >> 4];
        out[i * 2 + 1] = digits[in[i] & 15];
    }
    out[len * 2] = '\0';
    return out;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int cd_unhex(void *out, apr_size_t len, const char *hex)
{
    unsigned char *at = out;
    apr_size_t i;

    if (!hex)
        return 0;
    for (i = 0; i < len; i++) {
        int high = hex_value(hex[i * 2]);
        int low = high < 0 ? -1 : hex_value(hex[i * 2 + 1]);

        if (low < 0)
            return 0;
        at[i] = (unsigned char)(high << 4 | low);
    }
    return hex[len * 2] == '\0';
}

static const char b64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const char *cd_b64url(const void *bytes, apr_size_t len, apr_pool_t *pool)
{
    const unsigned char *in = bytes;
    char *out = apr_palloc(pool, len / 3 * 4 + 5), *at = out;
    unsigned held = 0;
    int bits = 0;
    apr_size_t i;

    for (i = 0; i < len; i++) {
        held = (held << 8 | in[i]) & 0xffff;
        for (bits += 8; bits >= 6; bits -= 6)
            *at++ = b64_digits[held >> (bits - 6) & 63];
    }
    if (bits)
        *at++ = b64_digits[held << (6 - bits) & 63];
    *at = '\0';
    return out;
}

int cd_unb64url(void *out, apr_size_t len, const char *text)
{
    unsigned char *at = out;
    unsigned held = 0;
    int bits = 0;
    apr_size_t got = 0;

    if (!text)
        return 0;
    for (; *text; text++) {
        const char *digit = strchr(b64_digits, *text);

        if (!digit)
            return 0;
        held = (held << 6 | (unsigned)(digit - b64_digits)) & 0xfff;
        bits += 6;
        if (bits < 8)
            continue;
        if (got == len)
            return 0;
        bits -= 8;
        at[got++] = (unsigned char)(held >> bits & 0xff);
    }
    /* One spelling for one value: bits left over are zero, and there is no digit too many. */
    return got == len && bits < 6 && !(held & ((1u << bits) - 1));
}

const char *cd_text_list(const char *const *words, int count, apr_pool_t *pool)
{
    cd_buf_t *out = cd_buf_make(pool, 64);
    int i;

    for (i = 0; i < count; i++) {
        if (i)
            cd_buf_str(out, i == count - 1 ? " and " : ", ");
        cd_buf_str(out, words[i]);
    }
    return out->data;
}

/* Ten digits of `typed` without spaces and hyphens; 0 if there is anything else or another count.
 */
static int nhs_digits(char digits[11], const char *typed)
{
    int n = 0;

    for (; *typed; typed++) {
        apr_size_t blank = blank_at(typed, strlen(typed));

        if (blank || *typed == '-') {
            typed += blank == 2;
            continue;
        }
        if (*typed < '0' || *typed > '9' || n == 10)
            return 0;
        digits[n++] = *typed;
    }
    digits[n] = '\0';
    return n == 10;
}

const char *cd_nhs_read(const char *typed, apr_pool_t *pool)
{
    char digits[11];
    int i, sum = 0, check;

    if (!typed || !nhs_digits(digits, typed))
        return NULL;
    for (i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (10 - i);
    check = 11 - sum % 11;              /* 10 belongs to no number, 11 is written 0 */
    if (check == 11)
        check = 0;
    return check == digits[9] - '0' ? apr_pstrdup(pool, digits) : NULL;
}

const char *cd_nhs_words(const char *ten_digits, apr_pool_t *pool)
{
    if (!ten_digits || strlen(ten_digits) != 10)
        return ten_digits ? ten_digits : "";
    return apr_psprintf(pool, "%.3s %.3s %s", ten_digits, ten_digits + 3, ten_digits + 6);
}

int cd_ods_valid(const char *text)
{
    apr_size_t len = text ? strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") : 0;

    return len >= 3 && len <= 8 && !text[len];
}

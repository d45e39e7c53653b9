/* money.c: pence and basis points in exact integers. No floats, no locale. */
#include <string.h>

#include <apr_strings.h>

#include "base/money.h"

#define BP_MAX 1000000
#define SUM_MAX APR_INT64_C(1000000000000000)
#define POUND_SIGN "\xc2\xa3"
#define MINUS_SIGN "\xe2\x88\x92"

cd_err_t *cd_pct(apr_int64_t *out_p, apr_int64_t amount_p, apr_int64_t bp, apr_pool_t *pool)
{
    apr_int64_t product;

    *out_p = 0;
    if (amount_p > CD_PENCE_MAX || amount_p < -CD_PENCE_MAX)
        return cd_err(pool, CD_E_RANGE, NULL, "an amount is past 10^12 pence");
    if (bp < 0 || bp > BP_MAX)
        return cd_err(pool, CD_E_RANGE, NULL, "a rate is outside 0..%d basis points", BP_MAX);
    product = amount_p * bp;            /* at most 10^18, which fits */
    *out_p = (product + (product < 0 ? -CD_BP_WHOLE / 2 : CD_BP_WHOLE / 2)) / CD_BP_WHOLE;
    return NULL;
}

cd_err_t *cd_pence_add(apr_int64_t *out_p, apr_int64_t a_p, apr_int64_t b_p, apr_pool_t *pool)
{
    apr_int64_t sum;

    *out_p = 0;
    if (__builtin_add_overflow(a_p, b_p, &sum) || sum > SUM_MAX || sum < -SUM_MAX)
        return cd_err(pool, CD_E_RANGE, NULL, "a sum is past 10^15 pence");
    *out_p = sum;
    return NULL;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* Digits, with commas either nowhere or before each group of three. NULL if there is no digit,
 * a comma is out of place or the number passes `max`; else the first byte not read. */
static const char *read_whole(apr_int64_t *out, const char *text, apr_int64_t max)
{
    apr_int64_t n = 0;
    int run = 0, grouped = 0;

    for (;; text++) {
        if (*text >= '0' && *text <= '9') {
            n = n * 10 + (*text - '0');
            run++;
            if (n > max || (grouped && run > 3))
                return NULL;
        } else if (*text == ',') {
            if (grouped ? run != 3 : run < 1 || run > 3)
                return NULL;
            grouped = 1;
            run = 0;
        } else {
            break;
        }
    }
    if (grouped ? run != 3 : run < 1)
        return NULL;
    *out = n;
    return text;
}

/* A number with at most two decimals, in hundredths. NULL or the first byte not read. */
static const char *read_hundredths(apr_int64_t *out, const char *text, apr_int64_t max)
{
    apr_int64_t n;

    text = read_whole(&n, text, max / 100);
    if (!text)
        return NULL;
    n *= 100;
    if (*text == '.') {
        if (text[1] < '0' || text[1] > '9')
            return NULL;
        n += (text[1] - '0') * 10;
        text += 2;
        if (*text >= '0' && *text <= '9')
            n += *text++ - '0';
    }
    *out = n;
    return n <= max ? text : NULL;
}

int cd_pence_parse(apr_int64_t *out_p, const char *typed)
{
    apr_int64_t n;

    *out_p = 0;
    if (!typed)
        return 0;
    typed = skip_blanks(typed);
    if (!strncmp(typed, POUND_SIGN, 2))
        typed = skip_blanks(typed + 2);
    typed = read_hundredths(&n, typed, CD_PENCE_MAX);
    if (!typed || *skip_blanks(typed))
        return 0;
    *out_p = n;
    return 1;
}

int cd_bp_parse(apr_int64_t *out_bp, const char *typed)
{
    apr_int64_t n;

    *out_bp = 0;
    if (!typed)
        return 0;
    typed = read_hundredths(&n, skip_blanks(typed), BP_MAX);
    if (!typed)
        return 0;
    typed = skip_blanks(typed);
    if (*typed == '%')
        typed = skip_blanks(typed + 1);
    if (*typed)
        return 0;
    *out_bp = n;
    return 1;
}

/* Size of a number that may be the smallest there is, whose negative does not fit. */
static apr_uint64_t size_of(apr_int64_t n)
{
    return n < 0 ? (apr_uint64_t)0 - (apr_uint64_t)n : (apr_uint64_t)n;
}

static const char *with_commas(apr_uint64_t n, apr_pool_t *pool)
{
    const char *digits = apr_psprintf(pool, "%" APR_UINT64_T_FMT, n);
    apr_size_t len = strlen(digits);
    char *text = apr_palloc(pool, len + len / 3 + 1), *at = text;

    while (len) {
        *at++ = *digits++;
        if (--len && len % 3 == 0)
            *at++ = ',';
    }
    *at = '\0';
    return text;
}

const char *cd_pence_words(apr_int64_t amount_p, apr_pool_t *pool)
{
    apr_uint64_t size = size_of(amount_p);

    return apr_psprintf(pool, "%s" POUND_SIGN "%s.%02d", amount_p < 0 ? MINUS_SIGN : "",
                        with_commas(size / 100, pool), (int)(size % 100));
}

const char *cd_pence_plain(apr_int64_t amount_p, apr_pool_t *pool)
{
    apr_uint64_t size = size_of(amount_p);

    return apr_psprintf(pool, "%s%" APR_UINT64_T_FMT ".%02d", amount_p < 0 ? "-" : "", size / 100,
                        (int)(size % 100));
}

const char *cd_bp_words(apr_int64_t bp, apr_pool_t *pool)
{
    apr_uint64_t size = size_of(bp);

    return apr_psprintf(pool, "%s%" APR_UINT64_T_FMT ".%02d%%", bp < 0 ? MINUS_SIGN : "",
                        size / 100, (int)(size % 100));
}

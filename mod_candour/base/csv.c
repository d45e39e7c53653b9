/* csv.c: the push reader for CSV: bytes to characters, characters to fields, fields to rows.
 *
 * Every byte goes through one step whose result depends on the bytes before it alone, so that it
 * does not matter how a file is cut. Memory is taken once, for the longest row. */
#include <string.h>

#include <apr_strings.h>

#include "base/csv.h"
#include "base/text.h"

typedef enum state_t { AT_START, IN_PLAIN, IN_QUOTED, AFTER_QUOTE, AFTER_CR } state_t;

struct cd_csv_t {
    cd_csv_options_t options;
    cd_csv_row_fn row_fn;
    void *baton;
    apr_pool_t *pool;
    cd_err_t *err;
    state_t state;
    char *text;                      /* of the row: fields, each with its NUL */
    apr_size_t len;                  /* used of it */
    apr_size_t field_at;             /* where the field that is read begins */
    const char **fields;
    int count;                       /* fields that are whole */
    int dropping;                    /* 1: over a limit, so that the rest of the row is not kept */
    int row_open;                    /* 1: something of the row was seen */
    cd_csv_row_t row;
    int line, column;                /* of the character that comes */
    int quote_line;                  /* where the open quote is */
    unsigned char start[3];          /* first bytes, until it is known what they are */
    int started;                     /* how many; 4: past them */
    unsigned code;                   /* of a UTF-8 character that is half read */
    /* bytes that are still to come; smallest code that it may be */
    int more, lowest;
    int any;                         /* 1: the file has a byte */
};

#define NOTHING_YET 4

cd_csv_t *cd_csv_make(const cd_csv_options_t *options, cd_csv_row_fn row, void *baton,
                      apr_pool_t *pool)
{
    cd_csv_t *csv = apr_pcalloc(pool, sizeof(*csv));

    if (options)
        csv->options = *options;
    if (!csv->options.separator)
        csv->options.separator = ',';
    if (!csv->options.encoding)
        csv->options.encoding = CD_CSV_UTF8;
    if (!csv->options.field_max || csv->options.field_max > CD_CSV_FIELD_MAX)
        csv->options.field_max = CD_CSV_FIELD_MAX;
    if (!csv->options.row_max || csv->options.row_max > CD_CSV_ROW_MAX)
        csv->options.row_max = CD_CSV_ROW_MAX;
    if (csv->options.columns_max < 1 || csv->options.columns_max > CD_CSV_COLUMNS_MAX)
        csv->options.columns_max = CD_CSV_COLUMNS_MAX;
    csv->row_fn = row;
    csv->baton = baton;
    csv->pool = pool;
    csv->text = apr_palloc(pool, csv->options.row_max + (apr_size_t)csv->options.columns_max + 8);
    csv->fields = apr_palloc(pool, (apr_size_t)csv->options.columns_max * sizeof(*csv->fields));
    csv->line = csv->column = csv->row.line = 1;
    return csv;
}

const char *cd_csv_bad_words(cd_csv_bad_t bad)
{
    static const char *const words[] = {
        NULL,
        "a letter is not of the encoding that the mapping names: save the file in that encoding, "
        "or change the "
        "mapping",
        "there is a control character: take it out",
        "there is a quote inside a field that does not begin with one: put the field in quotes "
        "and write each "
        "quote in it twice",
        "text follows a closing quote: write each quote inside the field twice",
        "the field is longer than 64 KiB: shorten it",
        "the row is longer than 1 MiB: shorten it",
        "the row has more than 500 columns: take columns out"
    };

    return words[bad];
}

static void spoil(cd_csv_t *csv, cd_csv_bad_t bad)
{
    if (csv->row.bad)
        return;
    csv->row.bad = bad;
    csv->row.bad_line = csv->line;
    csv->row.bad_column = csv->column;
    csv->row.bad_field = csv->count + 1;
}

static void drop(cd_csv_t *csv, cd_csv_bad_t why)
{
    spoil(csv, why);
    csv->dropping = 1;
}

/* ---- fields and rows ----------------------------------------------------- */

static void keep(cd_csv_t *csv, const char *bytes, int len)
{
    apr_size_t size = (apr_size_t)len;

    if (csv->dropping)
        return;
    if (csv->len - csv->field_at + size > csv->options.field_max)
        drop(csv, CD_CSV_LONG_FIELD);
    else if (csv->len + size > csv->options.row_max + (apr_size_t)csv->count)
        drop(csv, CD_CSV_LONG_ROW);
    else {
        memcpy(csv->text + csv->len, bytes, size);
        csv->len += size;
    }
}

static void field_end(cd_csv_t *csv)
{
    if (csv->count == csv->options.columns_max) {
        drop(csv, CD_CSV_MANY_COLUMNS);
        return;
    }
    csv->text[csv->len++] = '\0';
    csv->fields[csv->count++] = csv->text + csv->field_at;
    csv->field_at = csv->len;
}

static cd_err_t *row_end(cd_csv_t *csv)
{
    cd_err_t *err;

    field_end(csv);
    csv->row.fields = csv->fields;
    csv->row.count = csv->count;
    err = csv->row_fn(csv->baton, &csv->row);
    memset(&csv->row, 0, sizeof(csv->row));
    csv->len = csv->field_at = 0;
    csv->count = csv->dropping = csv->row_open = 0;
    csv->state = AT_START;
    return err;
}

static void line_end(cd_csv_t *csv)
{
    csv->line++;
    csv->column = 0;                 /* the step adds one */
}

static cd_err_t *row_and_line_end(cd_csv_t *csv)
{
    cd_err_t *err = row_end(csv);

    line_end(csv);
    csv->row.line = csv->line;
    return err;
}

/* A character outside quotes, or the first after a closing one. */
static cd_err_t *plain(cd_csv_t *csv, unsigned code, const char *bytes, int len)
{
    if (code == (unsigned char)csv->options.separator) {
        field_end(csv);
        csv->state = AT_START;
        return NULL;
    }
    if (code == '\n')
        return row_and_line_end(csv);
    if (code == '\r') {
        csv->state = AFTER_CR;
        return NULL;
    }
    if (csv->state == AFTER_QUOTE)
        spoil(csv, CD_CSV_AFTER_QUOTE);
    else if (code == '"')
        spoil(csv, CD_CSV_STRAY_QUOTE);
    csv->state = IN_PLAIN;
    keep(csv, bytes, len);
    return NULL;
}

static cd_err_t *quoted(cd_csv_t *csv, unsigned code, const char *bytes, int len)
{
    if (code == '"') {
        csv->state = AFTER_QUOTE;
        return NULL;
    }
    keep(csv, bytes, len);
    if (code == '\n')
        line_end(csv);
    return NULL;
}

static cd_err_t *take(cd_csv_t *csv, unsigned code, const char *bytes, int len)
{
    csv->row_open = 1;
    if (csv->state == AFTER_CR) {
        if (code == '\n')
            return row_and_line_end(csv);
        spoil(csv, CD_CSV_BAD_CONTROL);
        csv->state = IN_PLAIN;
    }
    if (code < ' ' && code != '\t' && code != '\n' && code != '\r')
        spoil(csv, CD_CSV_BAD_CONTROL);
    if (csv->state == IN_QUOTED)
        return quoted(csv, code, bytes, len);
    if (code == '"' && csv->state == AT_START) {
        csv->state = IN_QUOTED;
        csv->quote_line = csv->line;
        return NULL;
    }
    /* the second of two: one quote of the text */
    if (code == '"' && csv->state == AFTER_QUOTE) {
        csv->state = IN_QUOTED;
        keep(csv, bytes, len);
        return NULL;
    }
    return plain(csv, code, bytes, len);
}

/* ---- characters ---------------------------------------------------------- */

static cd_err_t *character(cd_csv_t *csv, unsigned code)
{
    char bytes[4];
    int len = cd_utf8_put(bytes, code);
    cd_err_t *err;

    if (code == 0 || code == 0x7f || (code >= 0x80 && code < 0xa0) || code == 0xfffe
        || code == 0xffff) {
        spoil(csv, CD_CSV_BAD_CONTROL);
        bytes[0] = '?';
        len = 1;
        code = '?';
    }
    err = take(csv, code, bytes, len);
    csv->column++;
    return err;
}

/* Of the bytes 0x80 to 0x9f; 0: nothing is there. @source the index of windows-1252 in WHATWG's
 * Encoding, less the five places that stand for control characters there */
static const unsigned short western[32] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017d, 0,
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
    0x0153, 0, 0x017e, 0x0178
};

static cd_err_t *bad_byte(cd_csv_t *csv)
{
    spoil(csv, CD_CSV_BAD_BYTES);
    return character(csv, '?');
}

static cd_err_t *utf8_first(cd_csv_t *csv, unsigned char byte)
{
    if (byte < 0x80)
        return character(csv, byte);
    if (byte < 0xc2 || byte > 0xf4)
        return bad_byte(csv);
    csv->more = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    csv->lowest = byte < 0xe0 ? 0x80 : byte < 0xf0 ? 0x800 : 0x10000;
    csv->code = byte & (0x3fu >> csv->more);
    return NULL;
}

static cd_err_t *utf8(cd_csv_t *csv, unsigned char byte)
{
    if (!csv->more)
        return utf8_first(csv, byte);
    if ((byte & 0xc0) != 0x80) {
        csv->more = 0;
        CD_ERR(bad_byte(csv));
        return utf8_first(csv, byte);
    }
    csv->code = csv->code << 6 | (byte & 0x3fu);
    if (--csv->more)
        return NULL;
    if (csv->code < (unsigned)csv->lowest || csv->code > 0x10ffff
        || (csv->code >= 0xd800 && csv->code < 0xe000))
        return bad_byte(csv);
    return character(csv, csv->code);
}

static cd_err_t *byte_in(cd_csv_t *csv, unsigned char byte)
{
    if (csv->options.encoding == CD_CSV_UTF8)
        return utf8(csv, byte);
    if (byte < 0x80 || byte >= 0xa0)
        return character(csv, byte);
    return western[byte - 0x80] ? character(csv, western[byte - 0x80]) : bad_byte(csv);
}

/* ---- the file's first bytes ---------------------------------------------- */

static cd_err_t *not_of_encoding(cd_csv_t *csv, const char *is, const char *remedy)
{
    return cd_err(csv->pool, CD_E_BAD_REQUEST,
                  apr_psprintf(csv->pool, "line 1: the file is %s: %s", is, remedy),
                  "first bytes of the file");
}

static cd_err_t *replay(cd_csv_t *csv)
{
    int i, count = csv->started;

    csv->started = NOTHING_YET;
    for (i = 0; i < count; i++)
        CD_ERR(byte_in(csv, csv->start[i]));
    return NULL;
}

/* Holds bytes back while they may be a byte order mark. */
static cd_err_t *first_byte(cd_csv_t *csv, unsigned char byte)
{
    static const unsigned char mark[3] = { 0xef, 0xbb, 0xbf };

    csv->start[csv->started++] = byte;
    if (csv->started == 2
        && ((csv->start[0] == 0xff && byte == 0xfe) || (csv->start[0] == 0xfe && byte == 0xff)))
        return not_of_encoding(csv, "UTF-16", "save it as CSV UTF-8");
    if (csv->started == 1 && (byte == 0xff || byte == 0xfe))
        return NULL;
    if (memcmp(csv->start, mark, (apr_size_t)csv->started) != 0)
        return replay(csv);
    if (csv->started < 3)
        return NULL;
    csv->started = NOTHING_YET;
    if (csv->options.encoding != CD_CSV_UTF8)
        return not_of_encoding(csv, "UTF-8", "write \"encoding\": \"utf-8\" in the mapping");
    return NULL;
}

cd_err_t *cd_csv_feed(cd_csv_t *csv, const char *bytes, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len && !csv->err; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        csv->any = 1;
        csv->err = csv->started < NOTHING_YET ? first_byte(csv, byte) : byte_in(csv, byte);
    }
    return csv->err;
}

static cd_err_t *rest(cd_csv_t *csv)
{
    if (csv->started < NOTHING_YET)
        CD_ERR(replay(csv));
    if (csv->more) {
        csv->more = 0;
        CD_ERR(bad_byte(csv));
    }
    if (!csv->any)
        return cd_err(csv->pool, CD_E_BAD_REQUEST, "the file is empty", "no bytes");
    if (csv->state == IN_QUOTED)
        return cd_err(
            csv->pool, CD_E_BAD_REQUEST,
            apr_psprintf(csv->pool,
                         "line %d: a quote is opened and never closed: close it, and write "
                         "each quote inside a field twice",
                         csv->quote_line),
            "end inside quotes");
    if (csv->state == AFTER_CR)
        spoil(csv, CD_CSV_BAD_CONTROL);
    return csv->row_open ? row_end(csv) : NULL;
}

cd_err_t *cd_csv_end(cd_csv_t *csv)
{
    if (!csv->err)
        csv->err = rest(csv);
    return csv->err;
}

/* fuzz_csv.c: the first byte chooses separator, encoding and how small the limits are; the rest is
 * the file. Whole, byte by byte and in pieces the same rows come out; every field is well-formed
 * text; what is good is written and read again as the same row. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/csv.h"
#include "base/text.h"

typedef struct told_t {
    cd_buf_t *all;                   /* everything that came out */
    cd_buf_t *again;                 /* the good rows as CSV */
    int rows, line;
    const cd_csv_options_t *options;
} told_t;

static void write_field(cd_buf_t *buf, const char *field)
{
    cd_buf_lit(buf, "\"");
    for (; *field; field++) {
        if (*field == '"')
            cd_buf_lit(buf, "\"");
        cd_buf_add(buf, field, 1);
    }
    cd_buf_lit(buf, "\"");
}

static cd_err_t *on_row(void *baton, const cd_csv_row_t *row)
{
    told_t *told = baton;
    int i;

    FUZZ_CHECK(row->count >= 1 && row->count <= told->options->columns_max);
    FUZZ_CHECK(row->line > told->line);
    told->line = row->line;
    cd_buf_fmt(told->all, "%d %d %d %d %d %d:", row->line, row->count, row->bad, row->bad_line,
               row->bad_column, row->bad_field);
    for (i = 0; i < row->count; i++) {
        apr_size_t len = strlen(row->fields[i]);

        FUZZ_CHECK(len <= told->options->field_max);
        cd_buf_fmt(told->all, " %d=", (int)len);
        cd_buf_add(told->all, row->fields[i], len);
        if (!row->bad) {
            FUZZ_CHECK(cd_text_valid(row->fields[i], len));
            if (i)
                cd_buf_add(told->again, &told->options->separator, 1);
            write_field(told->again, row->fields[i]);
        }
    }
    if (!row->bad) {
        cd_buf_lit(told->again, "\r\n");
        told->rows++;
    }
    cd_buf_lit(told->all, "\n");
    return NULL;
}

static void read_all(told_t *told, const cd_csv_options_t *options, const char *bytes, size_t len,
                     size_t step, apr_pool_t *pool)
{
    cd_csv_t *csv;
    cd_err_t *err = NULL;
    size_t at;

    told->all = cd_buf_make(pool, len + 64);
    told->again = cd_buf_make(pool, len + 64);
    told->rows = told->line = 0;
    told->options = options;
    csv = cd_csv_make(options, on_row, told, pool);
    for (at = 0; at < len && !err; at += step)
        err = cd_csv_feed(csv, bytes + at, len - at < step ? len - at : step);
    if (!err)
        err = cd_csv_end(csv);
    FUZZ_CHECK(cd_csv_end(csv) == err);
    if (err)
        cd_buf_fmt(told->all, "error %d %s\n", err->code, err->public_text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    static const char separators[] = { ',', ';', '\t', ',' };
    cd_csv_options_t options = { 0 };
    told_t whole, bytes, pieces, again;
    const char *text;

    options.separator = size ? separators[data[0] & 3] : ',';
    options.encoding = size && (data[0] & 4) ? CD_CSV_WINDOWS_1252 : CD_CSV_UTF8;
    options.field_max = size && (data[0] & 8) ? 16 : 4096;
    options.row_max = size && (data[0] & 8) ? 64 : 16384;
    options.columns_max = size && (data[0] & 16) ? 4 : 100;
    text = size ? (const char *)data + 1 : "";
    size = size ? size - 1 : 0;
    read_all(&whole, &options, text, size, size ? size : 1, pool);
    read_all(&bytes, &options, text, size, 1, pool);
    read_all(&pieces, &options, text, size, 1 + size % 7, pool);
    FUZZ_CHECK(whole.all->len == bytes.all->len
               && !memcmp(whole.all->data, bytes.all->data, bytes.all->len));
    FUZZ_CHECK(whole.all->len == pieces.all->len
               && !memcmp(whole.all->data, pieces.all->data, pieces.all->len));
    options.encoding = CD_CSV_UTF8;
    if (whole.rows) {
        read_all(&again, &options, whole.again->data, whole.again->len, 5, pool);
        FUZZ_CHECK(again.rows == whole.rows);
        FUZZ_CHECK(again.again->len == whole.again->len);
        FUZZ_CHECK(!memcmp(again.again->data, whole.again->data, again.again->len));
    }
    apr_pool_destroy(pool);
    return 0;
}

/* test_csv.c: rows, mistakes and where they are, limits, encodings; cut anywhere, the same comes
 * out. */
#include "unit.h"

#include "base/buf.h"
#include "base/csv.h"

/* "1:a|b" a row with its line; "!4@2:7#2" a mistake by number, line, column and field. */
static cd_err_t *on_row(void *baton, const cd_csv_row_t *row)
{
    cd_buf_t *buf = baton;
    int i;

    cd_buf_fmt(buf, "%d:", row->line);
    if (row->bad) {
        cd_buf_fmt(buf, "!%d@%d:%d#%d", row->bad, row->bad_line, row->bad_column, row->bad_field);
    } else {
        for (i = 0; i < row->count; i++) {
            cd_buf_str(buf, i ? "|" : "");
            cd_buf_str(buf, row->fields[i]);
        }
    }
    cd_buf_lit(buf, "~");
    return NULL;
}

static const char *read_cut(const cd_csv_options_t *options, const char *text, size_t len,
                            size_t step, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);
    cd_csv_t *csv = cd_csv_make(options, on_row, buf, pool);
    cd_err_t *err = NULL;
    size_t at;

    for (at = 0; at < len && !err; at += step)
        err = cd_csv_feed(csv, text + at, len - at < step ? len - at : step);
    if (!err)
        err = cd_csv_end(csv);
    if (err)
        cd_buf_fmt(buf, "E%d %s", err->code, err->public_text);
    return buf->data;
}

#define ROW(text_) text_, sizeof(text_) - 1

static void rows_and_mistakes(void **state)
{
    static const struct {
        char separator;
        int encoding;
        const char *text;
        size_t len;
        const char *out, *why;
    } rows[] = {
        { ',', 1, ROW("a,b\r\n1,2\r\n"), "1:a|b~2:1|2~", "CRLF" },
        { ',', 1, ROW("a,b\n1,2"), "1:a|b~2:1|2~", "LF, none at the end" },
        { ';', 1, ROW("a,b;c\n"), "1:a,b|c~", "semicolons" },
        { '\t', 1, ROW("a\tb, c\n"), "1:a|b, c~", "tabs" },
        { ',', 1, ROW("\"a\"\"b\",\"c,d\"\n"), "1:a\"b|c,d~", "quotes" },
        { ',', 1, ROW("\"two\r\nlines\",x\ny,z\n"), "1:two\r\nlines|x~3:y|z~",
          "a line end inside quotes" },
        { ',', 1, ROW(",\n\n\"\"\n"), "1:|~2:~3:~", "nothing in them" },
        { ',', 1,
          ROW("\xef\xbb\xbf"
              "a,b\n"),
          "1:a|b~", "a byte order mark" },
        { ',', 1, ROW("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x99\x82\n"),
          "1:caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x99\x82~", "UTF-8 of each length" },
        { ',', 2, ROW("caf\xe9 \x80 \x92\n"), "1:caf\xc3\xa9 \xe2\x82\xac \xe2\x80\x99~",
          "windows-1252" },
        { ',', 2, ROW("a,x\x81y\n"), "1:!1@1:4#2~", "a place that windows-1252 leaves empty" },
        { ',', 1,
          ROW("a,b\nc,\xe9"
              "d\ne,f\n"),
          "1:a|b~2:!1@2:3#2~3:e|f~", "windows-1252 read as UTF-8" },
        { ',', 1, ROW("\xc0\xaf\n"), "1:!1@1:1#1~", "an overlong character" },
        { ',', 1, ROW("\xed\xa0\x80\n"), "1:!1@1:1#1~", "half a pair" },
        { ',', 1, ROW("a\xe2\x82"), "1:!1@1:2#1~", "cut off" },
        { ',', 1, ROW("a,b\0c\n"), "1:!2@1:4#2~", "NUL" },
        { ',', 1, ROW("a\rb\nc\n"), "1:!2@1:3#1~2:c~", "a bare CR" },
        { ',', 1, ROW("a\r"), "1:!2@1:3#1~", "a bare CR at the end" },
        { ',', 1, ROW("a,b\"c\nd\n"), "1:!3@1:4#2~2:d~", "a stray quote" },
        { ',', 1, ROW("\"a\"b,c\nd\n"), "1:!4@1:4#1~2:d~", "text after a quote" },
        { ',', 1, ROW("\"a\n\"b\nc\n"), "1:!4@2:2#1~3:c~", "... on a row's second line" },
        { ',', 1, ROW("aaaaaaaaaaa,b\nc\n"), "1:!5@1:11#1~2:c~", "a long field" },
        { ',', 1, ROW("aaaaaaaaa,bbbbbbbbb,ccccccccc\nd\n"), "1:!6@1:25#3~2:d~", "a long row" },
        { ',', 1, ROW("a,b,c,d,e,f\ng\n"), "1:!7@1:10#5~2:g~", "many columns" },
        { ',', 1, ROW("a\n\"b\nc"),
          "1:a~E4 line 2: a quote is opened and never closed: close it, "
          "and write each quote "
          "inside a field twice",
          "a quote never closed" },
        { ',', 1, ROW(""), "E4 the file is empty", "empty" },
        { ',', 1,
          ROW("\xff\xfe"
              "a\0"),
          "E4 line 1: the file is UTF-16: save it as CSV UTF-8", "UTF-16" },
        { ',', 2,
          ROW("\xef\xbb\xbf"
              "a"),
          "E4 line 1: the file is UTF-8: write \"encoding\": "
          "\"utf-8\" in the mapping",
          "a mark against the mapping" },
    };
    size_t i, step;

    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_csv_options_t options = { rows[i].separator, (cd_csv_encoding_t)rows[i].encoding, 10, 22,
                                     4 };
        char code[16];
        const char *want = rows[i].out, *e = strstr(want, "E4 ");

        apr_snprintf(code, sizeof(code), "E%d ", CD_E_BAD_REQUEST);
        if (e)
            want = apr_pstrcat(*state, apr_pstrndup(*state, want, (apr_size_t)(e - want)), code,
                               e + 3, NULL);
        if (strstr(rows[i].why, "UTF-8 of each") || strstr(rows[i].why, "line end inside")
            || !strcmp(rows[i].why, "windows-1252"))
            options.field_max = options.row_max = 100;
        for (step = 1; step <= rows[i].len + 1; step++) {
            const char *got = read_cut(&options, rows[i].text, rows[i].len, step, *state);

            if (strcmp(got, want))
                fail_msg("row %d (%s), in pieces of %d: %s", (int)i, rows[i].why, (int)step, got);
        }
    }
}

static cd_err_t *refuse(void *baton, const cd_csv_row_t *row)
{
    return row->line < 2 ? NULL : cd_err(baton, CD_E_STALE, NULL, "enough");
}

static void the_callbacks_error_stays(void **state)
{
    cd_csv_t *csv = cd_csv_make(NULL, refuse, *state, *state);

    assert_null(cd_csv_feed(csv, "a\n", 2));
    assert_int_equal(cd_csv_feed(csv, "b\nc\n", 4)->code, CD_E_STALE);
    assert_int_equal(cd_csv_feed(csv, "d\n", 2)->code, CD_E_STALE);
    assert_int_equal(cd_csv_end(csv)->code, CD_E_STALE);
}

static cd_err_t *measure(void *baton, const cd_csv_row_t *row)
{
    apr_size_t *longest = baton;

    if (!row->bad && strlen(row->fields[0]) > *longest)
        *longest = strlen(row->fields[0]);
    return NULL;
}

/* The limits of the header, and the bytes of a whole row that stays just below. */
static void limits_by_default(void **state)
{
    apr_size_t longest = 0;
    cd_csv_t *csv = cd_csv_make(NULL, measure, &longest, *state);
    char *field = apr_palloc(*state, CD_CSV_FIELD_MAX + 2);

    memset(field, 'x', CD_CSV_FIELD_MAX + 1);
    field[CD_CSV_FIELD_MAX] = '\n';
    assert_null(cd_csv_feed(csv, field, CD_CSV_FIELD_MAX + 1));
    assert_int_equal(longest, CD_CSV_FIELD_MAX);
    field[CD_CSV_FIELD_MAX] = 'x';
    field[CD_CSV_FIELD_MAX + 1] = '\n';
    longest = 0;
    assert_null(cd_csv_feed(csv, field, CD_CSV_FIELD_MAX + 2));
    assert_int_equal(longest, 0);
    assert_null(cd_csv_end(csv));
}

static void every_mistake_has_words(void **state)
{
    int bad;

    (void)state;
    assert_null(cd_csv_bad_words(CD_CSV_GOOD));
    for (bad = CD_CSV_BAD_BYTES; bad <= CD_CSV_MANY_COLUMNS; bad++)
        assert_non_null(strchr(cd_csv_bad_words((cd_csv_bad_t)bad), ':'));
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(rows_and_mistakes),
                                        POOL_TEST(the_callbacks_error_stays),
                                        POOL_TEST(limits_by_default),
                                        POOL_TEST(every_mistake_has_words) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

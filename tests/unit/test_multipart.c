/* test_multipart.c: the parser of forms with a file: what it takes, what it refuses, and the
 * boundary. multipart_feed.h says how the rows are read. */
#include "unit.h"

#include "multipart_feed.h"

static const row_t good[] = {
    { FIELD("a", "1") END, CD_E_OK, "a=1;", "one field" },
    { FIELD("a", "1") "--B--", CD_E_OK, "a=1;", "nothing after the end" },
    { FIELD("a", "") END, CD_E_OK, "a=;", "an empty value" },
    { FIELD("a", "1") FIELD("b", "2") FIELD("a", "3") END, CD_E_OK,
      "a=1;b=2;a=3;", "a name twice is the form's matter" },
    { FIELD("a-B_c.9", "x") END, CD_E_OK, "a-B_c.9=x;", "all that a name is made of" },
    { FIELD("a", "one|two||three") END, CD_E_OK, "a=one|two||three;", "line ends in a value" },
    { FIELD("a", "|") END, CD_E_OK, "a=|;", "a line end is the value" },
    { FIELD("a", "||--|--A|-- B|--|") END, CD_E_OK, "a=||--|--A|-- B|--|;", "almost boundaries" },
    { FIELD("a", "--B") END, CD_E_OK, "a=--B;", "a boundary without a line end before it" },
    { FIELD("a", "\r|\r\r|") END, CD_E_OK, "a=\r|\r\r|;", "CRs before line ends" },
    { FIELD("a", "\xc3\xa9") END, CD_E_OK, "a=\xc3\xa9;", "UTF-8" },
    { UPLOAD("f", "x.pdf", "%PDF") END, CD_E_OK, "f<x.pdf application/pdf>%PDF;", "a file" },
    { UPLOAD("f", "", "") END, CD_E_OK, "f< application/pdf>;", "no file chosen" },
    { UPLOAD("f", "\xc3\xa9t\xc3\xa9 %22 a.b.pdf", "") END, CD_E_OK,
      "f<\xc3\xa9t\xc3\xa9 %22 a.b.pdf application/pdf>;",
      "what browsers make of names" },
    { UPLOAD("f", "\xe2\x81\xb0\xf0\x9f\x98\x80\xe2\x80\xa7", "") END, CD_E_OK,
      "f<\xe2\x81\xb0\xf0\x9f\x98\x80\xe2\x80\xa7 application/pdf>;",
      "characters beside those that hide" },
    { UPLOAD("f", "..pdf", "a|--b|") END, CD_E_OK, "f<..pdf application/pdf>a|--b|;", "dots" },
    { FIELD("t", "tok") UPLOAD("f", "x", "1") FIELD("z", "2") END, CD_E_OK,
      "t=tok;f<x application/pdf>1;z=2;",
      "a file between fields" },
    { PART("content-disposition:FORM-DATA;NAME=a", "1") END, CD_E_OK,
      "a=1;", "words in any case, no blanks" },
    { PART("Content-Disposition:  form-data  ;  name=\"a\"  ", "1") END, CD_E_OK, "a=1;",
      "blanks" },
    { PART("Content-Disposition: form-data; filename=x.pdf; name=a", "1") END, CD_E_OK,
      "a<x.pdf application/octet-stream>1;", "the other order, no quotes, no type" },
    { PART(NAMED "; filename=x|Content-Type: Text/HTML; charset=latin1; x=\"y z\"", "1") END,
      CD_E_OK,
      "a<x text/html>1;", "type in lower case, without parameters" },
    { PART(NAMED "|Content-Type: text/plain", "1") END, CD_E_OK, "a=1;",
      "a field may say that it is text" },
    { PART(NAMED "|Content-Type: text/plain; charset=\"UTF-8\"", "1") END, CD_E_OK, "a=1;",
      "and which" },
    { PART(NAMED "|Content-Transfer-Encoding: binary", "1") END, CD_E_OK, "a=1;", "binary" },
    { PART(NAMED "|Content-Transfer-Encoding: 8BIT ", "1") END, CD_E_OK, "a=1;", "8bit" },
    { PART("Content-Transfer-Encoding: 7bit|" NAMED, "1") END, CD_E_OK, "a=1;", "7bit, first" },
    { PART(NAMED "|Content-Length: 1|X-Other:|X-Other: (\xc3\xa9)", "1") END, CD_E_OK,
      "a=1;", "headers that say nothing" },
};

static const row_t bad[] = {
    { "", CD_E_BAD_REQUEST, "the form was cut off", "nothing" },
    { "--B--|", CD_E_BAD_REQUEST, "the form has no parts", "no part" },
    { "|" FIELD("a", "1") END, CD_E_BAD_REQUEST, "the body does not begin", "a line end first" },
    { "x" FIELD("a", "1") END, CD_E_BAD_REQUEST, "the body does not begin", "a preamble" },
    { "--C|" NAMED "||1|--C--|", CD_E_BAD_REQUEST, "the body does not begin", "another boundary" },
    { "--BC|" NAMED "||1|--BC--|", CD_E_BAD_REQUEST, "a boundary is followed",
      "a longer boundary" },
    { "--B |" NAMED "||1|--B--|", CD_E_BAD_REQUEST, "a boundary is followed", "padding" },
    { "--B\n" NAMED "||1|--B--|", CD_E_BAD_REQUEST, "a boundary is followed",
      "LF alone after the boundary" },
    { "--B\rx" NAMED "||1|--B--|", CD_E_BAD_REQUEST, "a CR is not followed",
      "CR alone after the boundary" },
    { FIELD("a", "1") "--Bx", CD_E_BAD_REQUEST, "a boundary is followed",
      "a boundary inside data" },
    { FIELD("a", "1") "--B-x", CD_E_BAD_REQUEST, "a boundary is followed", "one dash" },
    { FIELD("a", "1") "--B-", CD_E_BAD_REQUEST, "the form was cut off", "one dash and no more" },
    { FIELD("a", "1") "--B", CD_E_BAD_REQUEST, "the form was cut off", "no dash" },
    { FIELD("a", "1") END "|", CD_E_BAD_REQUEST, "something follows", "two line ends at the end" },
    { FIELD("a", "1") END "x", CD_E_BAD_REQUEST, "something follows", "an epilogue" },
    { FIELD("a", "1") "--B--x", CD_E_BAD_REQUEST, "something follows", "at once" },
    { FIELD("a", "1") "--B--\n", CD_E_BAD_REQUEST, "something follows", "LF alone" },
    { FIELD("a", "1") "--B--\rx", CD_E_BAD_REQUEST, "something follows", "CR alone" },
    { FIELD("a", "1") "--B--\r", CD_E_BAD_REQUEST, "the form was cut off", "half a line end" },
    { FIELD("a", "1") END FIELD("b", "2") END, CD_E_BAD_REQUEST, "something follows",
      "a second form" },
    { FIELD("a", "1") "--B|", CD_E_BAD_REQUEST, "the form was cut off",
      "a part that does not come" },
    { UPLOAD("f", "x", "1") , CD_E_BAD_REQUEST, "the form was cut off",
      "a file that does not end" },
    { "--B||1|--B--|", CD_E_BAD_REQUEST, "a part has no Content-Disposition", "no headers" },
    { PART("Content-Type: text/plain", "1") END, CD_E_BAD_REQUEST,
      "a part has no Content-Disposition", "no name" },
    { PART("Content-Disposition: form-data", "1") END, CD_E_BAD_REQUEST,
      "a part has no name", "no parameters" },
    { PART("Content-Disposition: form-data; filename=x", "1") END, CD_E_BAD_REQUEST,
      "a part has no name", "a file alone" },
    { PART("Content-Disposition: form-data; name=\"\"", "1") END, CD_E_BAD_REQUEST,
      "the name of a part is empty", "empty" },
    { PART("Content-Disposition: form-data; name=", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "none" },
    { PART("Content-Disposition: attachment; name=a", "1") END, CD_E_BAD_REQUEST,
      "a part is not form-data", "attachment" },
    { PART("Content-Disposition: ;name=a", "1") END, CD_E_BAD_REQUEST, "a part is not form-data",
      "nothing" },
    { PART("Content-Disposition: form-data, name=a", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "comma" },
    { PART(NAMED ";", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "semicolon at the end" },
    { PART(NAMED "; x", "1") END, CD_E_BAD_REQUEST, "Content-Disposition of a part cannot",
      "no value" },
    { PART(NAMED "; filename=\"x", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "open quotes" },
    { PART(NAMED "; filename=\"x\"y", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "after quotes" },
    { PART(NAMED "; filename=\"a\\\"b\"", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "backslash" },
    { PART(NAMED "; size=1", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part says", "another parameter" },
    { PART(NAMED "; name=b", "1") END, CD_E_BAD_REQUEST, "a part has two names", "two names" },
    { PART(NAMED "; filename=x; filename=y", "1") END, CD_E_BAD_REQUEST,
      "a part has two names of a file", "two files" },
    { PART(NAMED "; filename=\"\"; filename=y", "1") END, CD_E_BAD_REQUEST,
      "a part has two names of a file", "one empty" },
    { PART(NAMED "; filename*=UTF-8''x", "1") END, CD_E_BAD_REQUEST,
      "a part has a filename*", "RFC 7578 4.2" },
    { PART(NAMED "; filename=x; filename*=UTF-8''y", "1") END, CD_E_BAD_REQUEST,
      "a part has a filename*", "CVE-2026-29076" },
    { PART("Content-Disposition: form-data; name=\"a b\"", "1") END, CD_E_BAD_REQUEST,
      "a name is not made of", "blank" },
    { PART("Content-Disposition: form-data; name=\"\xc3\xa9\"", "1") END, CD_E_BAD_REQUEST,
      "a name is not made of", "UTF-8" },
    { PART("Content-Disposition: form-data; name=\"a{b\"", "1") END, CD_E_BAD_REQUEST,
      "a name is not made of", "{" },
    { PART("Content-Disposition: form-data; name=\"a&b\"", "1") END, CD_E_BAD_REQUEST,
      "a name is not made of", "&" },
    { PART(NAMED "|" NAMED, "1") END, CD_E_BAD_REQUEST, "a part has two Content-Disposition",
      "two" },
    { PART(NAMED "|Content-Type: text/plain|Content-Type: text/plain", "1") END, CD_E_BAD_REQUEST,
      "a part has two Content-Type", "two types" },
    { PART(NAMED "|Content-Transfer-Encoding: 8bit|Content-Transfer-Encoding: 8bit", "1") END,
      CD_E_BAD_REQUEST,
      "a part has two Content-Transfer-Encoding", "two encodings" },
    { PART(NAMED "|Content-Transfer-Encoding: base64", "1") END, CD_E_BAD_REQUEST,
      "a part is encoded", "base64" },
    { PART(NAMED "|Content-Transfer-Encoding: quoted-printable", "1") END, CD_E_BAD_REQUEST,
      "a part is encoded", "the other" },
    { PART(NAMED "|Content-Transfer-Encoding:", "1") END, CD_E_BAD_REQUEST, "a part is encoded",
      "no word" },
    { PART(NAMED "|Content-Transfer-Encoding: 8bit, binary", "1") END, CD_E_BAD_REQUEST,
      "Content-Transfer-Encoding of a part cannot", "two words" },
    { PART(NAMED "|Content-Type: multipart/mixed; boundary=C", "1") END, CD_E_BAD_REQUEST,
      "a part is made of parts", "nested" },
    { PART(NAMED "; filename=x|Content-Type: Multipart/Form-Data; boundary=C", "1") END,
      CD_E_BAD_REQUEST,
      "a part is made of parts", "nested in a file" },
    { PART(NAMED "; filename=x|Content-Type:", "1") END, CD_E_BAD_REQUEST,
      "Content-Type of a part cannot", "empty" },
    { PART(NAMED "; filename=x|Content-Type: text", "1") END, CD_E_BAD_REQUEST,
      "Content-Type of a part cannot", "half" },
    { PART(NAMED "; filename=x|Content-Type: text/", "1") END, CD_E_BAD_REQUEST,
      "Content-Type of a part cannot", "half" },
    { PART(NAMED "; filename=x|Content-Type: text/plain text", "1") END, CD_E_BAD_REQUEST,
      "Content-Type of a part cannot", "more" },
    { PART(NAMED "|Content-Type: text/html", "1") END, CD_E_BAD_REQUEST,
      "a field is not plain text", "a field of HTML" },
    { PART(NAMED "|Content-Type: text/plain; charset=utf-16", "1") END, CD_E_BAD_REQUEST,
      "a field is not plain text", "UTF-16" },
    { PART("Content-Type: text/plain; charset=latin1|" NAMED, "1") END, CD_E_BAD_REQUEST,
      "a field is not plain text", "first" },
    { PART(NAMED "| folded", "1") END, CD_E_BAD_REQUEST, "a header of a part is folded", "folded" },
    { PART(NAMED "|\tfolded", "1") END, CD_E_BAD_REQUEST, "a header of a part is folded",
      "folded by TAB" },
    { "--B| " NAMED "||1|" END, CD_E_BAD_REQUEST, "a header of a part is folded", "a blank first" },
    { PART(NAMED "\nX: y", "1") END, CD_E_BAD_REQUEST, "a line ends with LF alone", "bare LF" },
    { PART(NAMED "\n", "1") END, CD_E_BAD_REQUEST, "a line ends with LF alone",
      "bare LF at the end" },
    { "--B|" NAMED "|\n1|" END, CD_E_BAD_REQUEST, "a line ends with LF alone",
      "bare LF after the headers" },
    { "--B|" NAMED "\rx||1|" END, CD_E_BAD_REQUEST, "a CR is not followed", "bare CR in a header" },
    { "--B|" NAMED "|\r1|" END, CD_E_BAD_REQUEST, "a CR is not followed",
      "bare CR after the headers" },
    { PART(NAMED "\x01", "1") END, CD_E_BAD_REQUEST,
      "a header of a part holds a control", "control character" },
    { PART("Content-Disposition:\tform-data; name=a", "1") END, CD_E_BAD_REQUEST,
      "a header of a part holds a control", "TAB" },
    { PART(NAMED "\x7f", "1") END, CD_E_BAD_REQUEST, "a header of a part holds a control", "DEL" },
    { PART(NAMED "|no header", "1") END, CD_E_BAD_REQUEST, "a header of a part cannot be read",
      "no colon" },
    { PART(NAMED "|: x", "1") END, CD_E_BAD_REQUEST, "a header of a part cannot be read",
      "no name" },
    { PART(NAMED "|X Y: x", "1") END, CD_E_BAD_REQUEST,
      "a header of a part cannot be read", "a name of two words" },
    { PART("Content-Disposition : form-data; name=a", "1") END, CD_E_BAD_REQUEST,
      "a header of a part cannot be read",
      "a blank before the colon" },
    { UPLOAD("f", "a/b.pdf", "1") END, CD_E_BAD_REQUEST, "the name of the file has", "a path" },
    { UPLOAD("f", ".", "1") END, CD_E_BAD_REQUEST, "the name of the file has", "this folder" },
    { UPLOAD("f", "..", "1") END, CD_E_BAD_REQUEST, "the name of the file has",
      "the folder above" },
    { UPLOAD("f", "C:\\b.pdf", "1") END, CD_E_BAD_REQUEST,
      "Content-Disposition of a part cannot", "a path of Windows" },
    { UPLOAD("f", "\xff.pdf", "1") END, CD_E_BAD_REQUEST, "the name of the file has", "not UTF-8" },
    { UPLOAD("f", "\xc2\x85.pdf", "1") END, CD_E_BAD_REQUEST,
      "the name of the file has", "a control character of two bytes" },
    { UPLOAD("f", "\xe2\x80\xae" "fdp.exe", "1") END, CD_E_BAD_REQUEST,
      "the name of the file has", "right to left" },
    { UPLOAD("f", "\xe2\x81\xa7" "fdp.exe", "1") END, CD_E_BAD_REQUEST,
      "the name of the file has", "isolate" },
    { UPLOAD("f", "a\xe2\x80\xa8" "b", "1") END, CD_E_BAD_REQUEST,
      "the name of the file has", "line separator" },
    { UPLOAD("f", "a\xe2\x80\xa9" "b", "1") END, CD_E_BAD_REQUEST,
      "the name of the file has", "paragraph separator" },
    { FIELD("a", "\xff") END, CD_E_BAD_REQUEST, "a value is not plain UTF-8", "not UTF-8" },
    { FIELD("a", "\x01") END, CD_E_BAD_REQUEST, "a value is not plain UTF-8", "control character" },
    { UPLOAD("f", "x", "1") UPLOAD("f", "y", "1") END, CD_E_TOO_LARGE,
      "the form has too many files", "two files" },
};

static void takes(void **state)
{
    int i;

    for (i = 0; i < (int)COUNT_OF(good); i++)
        check_row(&good[i], i, NULL, *state);
}

static void refuses(void **state)
{
    int i;

    for (i = 0; i < (int)COUNT_OF(bad); i++)
        check_row(&bad[i], i, NULL, *state);
}

/* NUL cannot be spelled in the tables. */
static void refuses_nul(void **state)
{
    static const char in_value[] = "--B\r\n" NAMED "\r\n\r\n1\0002\r\n--B--\r\n";
    static const char in_header[] = "--B\r\n" NAMED "\0b\r\n\r\n1\r\n--B--\r\n";
    static const char in_file[] = "--B\r\n" NAMED "; filename=x\r\n\r\n1\0002\r\n--B--\r\n";
    trace_t trace = { 0 };
    cd_err_t *err;

    err = feed(&trace, "B", NULL, in_value, sizeof(in_value) - 1, 1000, *state);
    assert_string_equal(err->public_text, "a value is not plain UTF-8 text");
    err = feed(&trace, "B", NULL, in_header, sizeof(in_header) - 1, 1000, *state);
    assert_string_equal(err->public_text, "a header of a part holds a control character");
    assert_null(feed(&trace, "B", NULL, in_file, sizeof(in_file) - 1, 1000, *state));
    assert_int_equal(trace.text->len, strlen("a<x application/octet-stream>") + 4);
}

/* 3 MiB that are mostly almost the boundary, with a boundary as long as one may be. */
static void long_boundary(void **state)
{
    static const char boundary[] =
        "1234567890123456789012345678901234567890123456789012345678901234567890";
    cd_buf_t *data = cd_buf_make(*state, 1 << 20), *body = cd_buf_make(*state, 1 << 20);
    cd_buf_t *want = cd_buf_make(*state, 1 << 20);
    trace_t trace = { 0 };
    int i;

    for (i = 0; i < 40000; i++)
        cd_buf_fmt(data, "\r\n--%.*s%s", i % 70, boundary, i % 3 ? "" : "x");
    cd_buf_fmt(body, "--%s\r\n" NAMED "; filename=x\r\n\r\n", boundary);
    cd_buf_add(body, data->data, data->len);
    cd_buf_fmt(body, "\r\n--%s--\r\n", boundary);
    cd_buf_fmt(want, "a<x application/octet-stream>%s;", data->data);
    for (i = 1; i < 4; i++) {
        assert_null(
            feed(&trace, boundary, NULL, body->data, body->len, (apr_size_t)i * 4099, *state));
        assert_int_equal(trace.text->len, want->len);
        assert_memory_equal(trace.text->data, want->data, want->len);
    }
}

/* Random cuts of a form with everything in it. */
static void random_cuts(void **state)
{
    static const char text[] =
        FIELD("t", "tok") UPLOAD("f", "x.pdf", "%PDF||--||--A-|--\r\r|") FIELD("z", "|2|") END;
    cd_buf_t *body = spelled(text, *state);
    trace_t whole = { 0 }, cut = { 0 };
    apr_uint32_t seed = 12345;
    apr_pool_t *pool;
    int round;

    apr_pool_create(&pool, *state);
    assert_null(feed(&whole, "B", NULL, body->data, body->len, body->len, *state));
    for (round = 0; round < 2000; round++) {
        cd_multipart_events_t events = { &cut, on_field, on_file, on_data, on_end };
        cd_multipart_t *parser;
        apr_size_t at = 0;

        cut.pool = pool;
        cut.text = cd_buf_make(pool, 256);
        assert_null(cd_multipart_make(&parser, "B", NULL, &events, pool));
        while (at < body->len) {
            apr_size_t piece;

            seed = seed * 1664525u + 1013904223u;
            piece = seed >> 27;                         /* 0 to 31: nothing may come, too */
            piece = piece < body->len - at ? piece : body->len - at;
            assert_null(cd_multipart_feed(parser, body->data + at, piece));
            at += piece;
        }
        assert_null(cd_multipart_end(parser));
        assert_string_equal(cut.text->data, whole.text->data);
        apr_pool_clear(pool);
    }
}

/* Whoever is called may end it, and is not called again. */
static void callbacks_fail(void **state)
{
    cd_buf_t *body = spelled(FIELD("t", "tok") UPLOAD("f", "x", "1|2") END, *state);
    int at;

    for (at = 1; at <= 4; at++) {
        trace_t trace = { .fail_at = at };
        cd_err_t *err = feed(&trace, "B", NULL, body->data, body->len, 4096, *state);

        assert_int_equal(err->code, CD_E_FULL);
        assert_int_equal(trace.calls, at);
    }
}

static void boundary_of(void **state)
{
    static const struct { const char *type, *want; cd_code_t code; const char *why; } rows[] = {
        { "multipart/form-data; boundary=abc", "abc", CD_E_OK, "plain" },
        { "multipart/form-data;boundary=abc", "abc", CD_E_OK, "no blank" },
        { "Multipart/Form-Data ; \t BOUNDARY=\"a b\" ", "a b", CD_E_OK,
          "any case, quotes, blanks" },
        { "multipart/form-data; boundary=----WebKitFormBoundary0aZ", "----WebKitFormBoundary0aZ",
          CD_E_OK, "Chromium" },
        { "multipart/form-data; boundary=\"'()+_,-./:=?\"", "'()+_,-./:=?", CD_E_OK,
          "all that RFC 2046 has" },
        { "multipart/form-data; "
          "boundary=1234567890123456789012345678901234567890123456789012345678901234567890",
          "1234567890123456789012345678901234567890123456789012345678901234567890", CD_E_OK, "70" },
        { "multipart/form-data; "
          "boundary=12345678901234567890123456789012345678901234567890123456789012345678901", NULL,
          CD_E_BAD_REQUEST, "71" },
        { "multipart/form-data", NULL, CD_E_BAD_REQUEST, "none" },
        { "multipart/form-data;", NULL, CD_E_BAD_REQUEST, "nothing after the semicolon" },
        { "multipart/form-data; boundary", NULL, CD_E_BAD_REQUEST, "no value" },
        { "multipart/form-data; boundary=", NULL, CD_E_BAD_REQUEST, "empty" },
        { "multipart/form-data; boundary=\"\"", NULL, CD_E_BAD_REQUEST, "empty in quotes" },
        { "multipart/form-data; boundary=\"a", NULL, CD_E_BAD_REQUEST, "open quotes" },
        { "multipart/form-data; boundary=\"a \"", NULL, CD_E_BAD_REQUEST, "a blank at the end" },
        { "multipart/form-data; boundary=\"a\\b\"", NULL, CD_E_BAD_REQUEST, "backslash" },
        { "multipart/form-data; boundary=a*b", NULL, CD_E_BAD_REQUEST,
          "a character outside the set" },
        { "multipart/form-data; boundary=\"a;b\"", NULL, CD_E_BAD_REQUEST,
          "a character outside the set, in quotes" },
        { "multipart/form-data; boundary=\"\xc3\xa9\"", NULL, CD_E_BAD_REQUEST, "UTF-8" },
        { "multipart/form-data; boundary=a; boundary=a", NULL, CD_E_BAD_REQUEST, "two" },
        { "multipart/form-data; boundary=a; boundary=b", NULL, CD_E_BAD_REQUEST,
          "two different ones" },
        { "multipart/form-data; boundary=a, multipart/form-data; boundary=b", NULL,
          CD_E_BAD_REQUEST, "two headers" },
        { "multipart/form-data; boundary=\"a\", text/plain", NULL, CD_E_BAD_REQUEST,
          "two headers, quotes" },
        { "multipart/form-data; charset=utf-8; boundary=a", NULL, CD_E_BAD_REQUEST,
          "something else besides" },
        { "multipart/form-data boundary=a", NULL, CD_E_BAD_REQUEST, "no semicolon" },
        { "multipart/mixed; boundary=a", NULL, CD_E_TYPE, "another kind" },
        { "multipart/form-dataset; boundary=a", NULL, CD_E_TYPE, "a longer word" },
        { "multipart; boundary=a", NULL, CD_E_TYPE, "half" },
        { "/form-data; boundary=a", NULL, CD_E_TYPE, "the other half" },
        { "multipart/; boundary=a", NULL, CD_E_TYPE, "nothing after the slash" },
        { "application/x-www-form-urlencoded", NULL, CD_E_TYPE, "a form without files" },
        { "", NULL, CD_E_TYPE, "empty" },
        { NULL, NULL, CD_E_TYPE, "none at all" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        const char *got = "before";
        cd_err_t *err = cd_multipart_boundary(&got, rows[i].type, *state);

        ROW_CHECK((err ? err->code : CD_E_OK) == rows[i].code, i, rows[i].why);
        ROW_CHECK(rows[i].want ? got && !strcmp(got, rows[i].want) : !got, i, rows[i].why);
    }
}

static void make_refuses_boundary(void **state)
{
    static const char *const rows[] = { "", "a*b", "a ",
        "12345678901234567890123456789012345678901234567890123456789012345678901" };
    cd_multipart_events_t events = { NULL, on_field, on_file, on_data, on_end };
    cd_multipart_t *parser;
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        cd_err_t *err = cd_multipart_make(&parser, rows[i], NULL, &events, *state);

        ROW_CHECK(err && err->code == CD_E_BAD_REQUEST && !parser, i, rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(takes),
        POOL_TEST(refuses),
        POOL_TEST(refuses_nul),
        POOL_TEST(long_boundary),
        POOL_TEST(random_cuts),
        POOL_TEST(callbacks_fail),
        POOL_TEST(boundary_of),
        POOL_TEST(make_refuses_boundary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

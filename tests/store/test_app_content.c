/* test_app_content.c: documents with files: which are taken, the scanner, keeping, versions,
 * ranges, sweeping. */
#include "unit/unit.h"

#include <signal.h>

#include <apr_file_io.h>

#include "app/core.h"
#include "app/document.h"
#include "app/file_type.h"
#include "store/app_site.h"
#include "store/content.h"

#define PDF "%PDF-1.7\n1 0 obj\n"

static const char *reference;

static app_ctx_t *ctx_of(const char *subject)
{
    return site_ctx(subject, CD_FILE_CASE, reference);
}

/* Stages in pieces of `step` bytes. */
static cd_err_t *stage(app_content_t *out, app_ctx_t *ctx, const char *filename, const char *bytes,
                       apr_size_t len, apr_size_t step)
{
    app_staging_t *staging;
    apr_size_t at;

    CD_ERR(app_staging_begin(&staging, ctx, filename));
    for (at = 0; at < len; at += step)
        CD_ERR(app_staging_add(staging, bytes + at, len - at < step ? len - at : step));
    return app_staging_end(out, staging);
}

static cd_err_t *stage_pdf(app_content_t *out)
{
    return stage(out, ctx_of("legal1"), "letter.pdf", PDF, sizeof(PDF) - 1, 7);
}

static apr_int64_t rows_staged(void)
{
    app_ctx_t *ctx = ctx_of("legal1");
    apr_int64_t count;

    assert_ok(app_conn(ctx));
    assert_ok(
        store_content_left(&count, site_clock_now + APR_INT64_C(1000000000), ctx->conn, site.pool));
    return count;
}

typedef struct type_row_t {
    const char *name, *bytes;
    apr_size_t len;
    const char *media;   /* NULL: refused */
} type_row_t;

#define B(bytes) bytes, sizeof(bytes) - 1
#define ZIP(name_len, rest) \
    "PK\003\004\024\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" name_len "\0\0\0" rest
static const type_row_t type_rows[] = {
    { "a.pdf", B("%PDF-1.4 x"), "application/pdf" },
    { "A.PDF", B("%PDF-1.4 x"), "application/pdf" },
    { "a.pdf", B("MZ\220\0"), NULL },
    { "a.pdf", B("%PDF"), NULL },
    { "a.png", B("\x89PNG\r\n\x1a\nxx"), "image/png" },
    { "a.jpeg", B("\xff\xd8\xff\xe0xx"), "image/jpeg" },
    { "a.png", B("\xff\xd8\xff\xe0xx"), NULL },
    { "a.gif", B("GIF89axx"), "image/gif" },
    { "a.tiff", B("II*\0xx"), "image/tiff" },
    { "a.docx", B(ZIP("\023", "[Content_Types].xmlxx")),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "a.xlsx", B(ZIP("\017", "xl/workbook.xmlxx")),
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "a.docx", B(ZIP("\017", "xl/workbook.xmlxx")), NULL },
    { "a.docx", B(ZIP("\010", "evil.exexx")), NULL },
    { "a.docx", B(ZIP("\377", "short")), NULL },
    { "a.odt", B(ZIP("\010", "mimetypeapplication/vnd.oasis.opendocument.text")),
      "application/vnd.oasis.opendocument.text" },
    { "a.ods", B(ZIP("\010", "mimetypeapplication/vnd.oasis.opendocument.text")), NULL },
    { "a.odt", B(ZIP("\010", "mimetype")), NULL },
    { "a.doc", B("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx"), "application/msword" },
    { "a.msg", B("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx"), "application/vnd.ms-outlook" },
    { "a.eml", B("Received: by x\r\n\r\nHello"), "message/rfc822" },
    { "a.eml", B("just words"), NULL },
    { "a.txt", B("Gr\xc3\xbc\xc3\x9f" "e\r\n\tand more"), "text/plain" },
    { "a.txt", B("caf\xe9"), "text/plain" },
    { "a.txt", B("\xff\xfe" "h\0i\0"), NULL },
    { "a.csv", B("a,b\n1,\0332"), NULL },
    { "a.rtf", B("{\\rtf1 x}"), "application/rtf" },
    { "a.rtf", B("plain"), NULL },
    { "a.exe", B("MZ"), NULL },
    { "a.pdf.exe", B("%PDF-1.4"), NULL },
    { "a.html", B("<html>"), NULL },
    { "a.svg", B("<svg>"), NULL },
    { "pdf", B("%PDF-1.4"), NULL },
    { "", B("%PDF-1.4"), NULL },
    { "a.txt", "", 0, NULL },
};

static void types(void **state)
{
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(type_rows); i++) {
        const type_row_t *row = &type_rows[i];
        const apr_int64_t before = rows_staged();
        app_content_t content = { 0 };
        cd_err_t *err = stage(&content, ctx_of("legal1"), row->name, row->bytes, row->len, 3);

        ROW_CHECK((err == NULL) == (row->media != NULL), i, row->name);
        if (err)
            ROW_CHECK(err->code == CD_E_INVALID && rows_staged() == before, i,
                      "a sentence, and nothing stored");
        else
            ROW_CHECK(!strcmp(content.media_type, row->media), i, content.media_type);
    }
}

/* A NUL far behind is found, and what was stored of the file cannot be kept. */
static void a_late_nul(void **state)
{
    const apr_size_t len = STORE_CHUNK_BYTES + 100;
    char *bytes = apr_palloc(site.pool, len);
    app_content_t content;
    cd_err_t *err;

    (void)state;
    memset(bytes, 'a', len);
    bytes[len - 1] = '\0';
    err = stage(&content, ctx_of("legal1"), "a.txt", bytes, len, 65536);
    assert_code(err, CD_E_INVALID);
    assert_non_null(strstr(err->public_text, ".txt"));
}

/* ---- keeping and reading ---- */

static cd_err_t *take(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_add(baton, bytes, len);
    return NULL;
}

static cd_buf_t *read_part(apr_int64_t content, apr_int64_t from, apr_int64_t len)
{
    cd_buf_t *got = cd_buf_make(site.pool, 1024);

    assert_ok(app_content_read(ctx_of("legal1"), content, from, len, take, got));
    return got;
}

static int add_document(const app_content_t *content)
{
    cd_document_t document = { .kind = CD_DOC_LETTER_1,
                               .name = "First letter",
                               .dated = on(11, 3) };

    app_document_take(&document, content);
    return site_add("legal1", reference, CD_REC_DOCUMENT, &document);
}

static const cd_document_t *document_of(int seq)
{
    app_case_view_t *view;

    assert_ok(app_case_view(&view, ctx_of("legal1"), 0));
    return cd_case_seq(view->file, seq)->body;
}

static void kept_and_read_in_ranges(void **state)
{
    const apr_size_t len = 2 * STORE_CHUNK_BYTES + 5000;
    char *bytes = apr_palloc(site.pool, len);
    app_content_t content, *staged;
    cd_buf_t *got;
    apr_size_t i;

    (void)state;
    for (i = 0; i < len; i++)
        bytes[i] = (char)('a' + i % 23);
    assert_ok(stage(&content, ctx_of("legal1"), "notes.txt", bytes, len, 100003));
    assert_int_equal(content.size, len);
    got = cd_buf_make(site.pool, 16);
    /* not yet */
    assert_code(app_content_read(ctx_of("legal1"), content.id, 0, 1, take, got), CD_E_NOT_FOUND);
    assert_ok(app_content_staged(&staged, ctx_of("legal1"), content.id));
    assert_string_equal(staged->sha256, content.sha256);
    assert_string_equal(document_of(add_document(&content))->media_type, "text/plain");
    assert_ok(app_content_staged(&staged, ctx_of("legal1"), content.id));
    assert_null(staged);
    got = read_part(content.id, 0, (apr_int64_t)len);
    assert_int_equal(got->len, len);
    assert_memory_equal(got->data, bytes, len);
    got = read_part(content.id, STORE_CHUNK_BYTES - 10, 20);
    assert_int_equal(got->len, 20);
    assert_memory_equal(got->data, bytes + STORE_CHUNK_BYTES - 10, 20);
    assert_int_equal(read_part(content.id, (apr_int64_t)len, 0)->len, 0);
    assert_code(app_content_read(ctx_of("legal1"), content.id, 1, (apr_int64_t)len, take, got),
                CD_E_RANGE);
    assert_code(app_content_read(ctx_of("legal2"), content.id, 0, 1, take, got), CD_E_NOT_FOUND);
    assert_ok(app_content_read(ctx_of("handler"), content.id, 0, 1, take, got));
}

/* A correction keeps the file, or brings another; both stay to be read. */
static void versions(void **state)
{
    app_content_t first, second;
    const cd_document_t *now;
    app_record_ask_t ask = { .kind = CD_REC_DOCUMENT, .reason = "The date was wrong" };
    cd_document_t document = {
        .kind = CD_DOC_LETTER_1,
        .name = "Letter of 3 November",
        .dated = on(11, 2),
        .sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
    };
    app_case_view_t *view;
    app_ctx_t *ctx;
    int seq;

    (void)state;
    assert_ok(stage_pdf(&first));
    seq = add_document(&first);
    ctx = ctx_of("legal1");
    assert_ok(app_case_view(&view, ctx, 0));
    ask.version = view->row.version;
    ask.body = &document;
    ask.supersedes = seq;
    assert_ok(app_case_record(&seq, ctx, &ask, site_problems()));
    now = document_of(seq);
    assert_int_equal(now->content, first.id);
    assert_string_equal(now->sha256, first.sha256);   /* whatever the form said */
    assert_ok(stage(&second, ctx_of("legal1"), "x.txt", "second", 6, 6));
    app_document_take(&document, &second);
    ask.supersedes = seq;
    ask.version++;
    assert_ok(app_case_record(&seq, ctx_of("legal1"), &ask, site_problems()));
    assert_int_equal(document_of(seq)->content, second.id);
    assert_memory_equal(read_part(first.id, 0, 4)->data, "%PDF", 4);
    assert_memory_equal(read_part(second.id, 0, 6)->data, "second", 6);
}

static void staged_for_another_case_is_not_kept(void **state)
{
    const char *mine = reference;
    cd_document_t document = { .kind = CD_DOC_OTHER, .name = "Not mine" };
    cd_problems_t *problems = site_problems();
    app_content_t content, *staged;
    int seq;

    (void)state;
    assert_ok(stage_pdf(&content));
    app_document_take(&document, &content);
    reference = site_case_of("legal1", "Jan Nowak", NULL);
    assert_ok(app_content_staged(&staged, ctx_of("legal1"), content.id));
    assert_null(staged);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_DOCUMENT, &document, problems),
                CD_E_STALE);
    reference = mine;
    assert_code(app_staging_begin((app_staging_t *[1]){ NULL }, ctx_of("reader1"), "a.pdf"),
                CD_E_FORBIDDEN);
    assert_code(app_staging_begin((app_staging_t *[1]){ NULL }, ctx_of("legal2"), "a.pdf"),
                CD_E_NOT_FOUND);
}

/* So many wait at most; one that is kept or swept makes room, and another case has its own. */
static void only_so_many_wait(void **state)
{
    const char *mine = reference;
    app_content_t content;
    app_ctx_t *ctx;
    cd_err_t *err;
    apr_int64_t before, removed;
    int i;

    (void)state;
    reference = site_case_of("legal1", "Ida Brook", NULL);
    site_open_case("legal1", reference);
    for (i = 0; i < APP_STAGED_MAX; i++)
        assert_ok(stage_pdf(&content));
    before = rows_staged();
    err = stage_pdf(&(app_content_t){ 0 });
    assert_code(err, CD_E_INVALID);
    assert_non_null(strstr(err->public_text, "20 files were sent for this case"));
    assert_int_equal(rows_staged(), before);
    add_document(&content);
    assert_ok(stage_pdf(&content));
    assert_code(stage_pdf(&(app_content_t){ 0 }), CD_E_INVALID);
    reference = mine;
    assert_ok(stage_pdf(&content));
    site_clock_now += APR_INT64_C(7200) * 1000000;
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_content_sweep(&removed, ctx, 60));
    assert_true(removed > APP_STAGED_MAX);
    assert_int_equal(rows_staged(), 0);
}

/* ---- the scanner ---- */

static const char *script(const char *name, const char *text)
{
    const char *path = apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/", name, NULL);
    apr_file_t *file;

    assert_int_equal(
        apr_file_open(&file, path, APR_WRITE | APR_CREATE | APR_TRUNCATE, 0x700, site.pool),
        APR_SUCCESS);
    apr_file_puts(apr_pstrcat(site.pool, "#!/bin/sh\n", text, "\n", NULL), file);
    apr_file_close(file);
    return path;
}

typedef struct scan_row_t {
    const char *name, *text;
    cd_code_t code;
} scan_row_t;

static const scan_row_t scan_rows[] = {
    { "clean", "test \"$1\" = --stdin && grep -q PDF && exit 0; exit 9", CD_E_OK },
    { "found", "cat >/dev/null; echo secret; exit 1", CD_E_INVALID },
    { "early", "exit 1", CD_E_INVALID },
    { "broken", "cat >/dev/null; exit 2", CD_E_BUSY },
    { "killed", "kill -9 $$", CD_E_BUSY },
    { "slow", "cat >/dev/null; exec sleep 20", CD_E_BUSY },
    { "deaf", "exec sleep 20", CD_E_BUSY },
};

static void the_scanner_is_asked(void **state)
{
    const apr_size_t len = STORE_CHUNK_BYTES + 99;
    char *bytes = apr_palloc(site.pool, len);
    app_scanner_t scanner = { NULL, 1 };
    apr_size_t i;

    (void)state;
    signal(SIGPIPE, SIG_IGN);   /* as httpd has it */
    memset(bytes, ' ', len);
    memcpy(bytes, PDF, sizeof(PDF) - 1);
    site.app->scanner = &scanner;
    for (i = 0; i < COUNT_OF(scan_rows); i++) {
        const char *argv[] = { script(scan_rows[i].name, scan_rows[i].text), "--stdin", NULL };
        app_content_t content = { 0 }, *staged;
        cd_err_t *err;

        scanner.argv = argv;
        err = stage(&content, ctx_of("legal1"), "letter.pdf", bytes, len, 65536);
        ROW_CHECK((err ? err->code : CD_E_OK) == scan_rows[i].code, i, scan_rows[i].name);
        assert_ok(app_content_staged(&staged, ctx_of("legal1"), content.id));
        ROW_CHECK((staged != NULL) == (err == NULL), i, scan_rows[i].name);
    }
    scanner.argv = (const char *const[]){ "/nowhere/scanner", NULL };
    assert_code(stage_pdf(&(app_content_t){ 0 }), CD_E_BUSY);
    site.app->scanner = NULL;
}

/* ---- the rest ---- */

static void the_sweep_has_an_entry(void **state)
{
    app_content_t content;
    app_ctx_t *ctx;
    apr_int64_t removed;

    (void)state;
    assert_true(rows_staged() > 0);
    ctx = site_ctx(NULL, 0, NULL);
    /* nothing is an hour old: no entry, no change */
    assert_ok(app_content_sweep(&removed, ctx, 60));
    assert_int_equal(removed, 0);
    site_clock_now += APR_INT64_C(7200) * 1000000;
    assert_ok(stage_pdf(&content));
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_content_sweep(&removed, ctx, 60));
    assert_true(removed > 0);
    assert_int_equal(rows_staged(), 1);
    assert_int_equal(document_of(add_document(&content))->content, content.id);
    assert_code(app_content_sweep(&removed, ctx_of("legal1"), 60), CD_E_FORBIDDEN);
}

static void names_and_sizes(void **state)
{
    static const struct { const char *name, *media, *shown; } rows[] = {
        { "First letter", "application/pdf", "First letter.pdf" },
        { "letter.pdf", "application/pdf", "letter.pdf" },
        { "photo.jpeg", "image/jpeg", "photo.jpeg" },
        { "letter.exe", "application/pdf", "letter.exe.pdf" },
        { "a/b\\c\"d\n", "text/plain", "a b c d .txt" },
        { NULL, NULL, "document" },
    };
    apr_size_t i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_document_t document = { .name = rows[i].name, .media_type = rows[i].media };

        ROW_CHECK(!strcmp(app_document_filename(&document, site.pool), rows[i].shown), i,
                  rows[i].shown);
    }
    assert_string_equal(app_size_words(999, site.pool), "999 bytes");
    assert_string_equal(app_size_words(1001, site.pool), "2 KB");
    assert_string_equal(app_size_words(3450000, site.pool), "3.4 MB");
}

static int content_open(void **state)
{
    int failed = site_open(state);

    if (!failed) {
        reference = site_case_of("legal1", "Anna Kowal", "9990000018");
        site_open_case("legal1", reference);
    }
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),
        cmocka_unit_test(a_late_nul),
        cmocka_unit_test(kept_and_read_in_ranges),
        cmocka_unit_test(versions),
        cmocka_unit_test(staged_for_another_case_is_not_kept),
        cmocka_unit_test(only_so_many_wait),
        cmocka_unit_test(the_scanner_is_asked),
        cmocka_unit_test(the_sweep_has_an_entry),
        cmocka_unit_test(names_and_sizes),
    };

    return cmocka_run_group_tests(tests, content_open, site_close);
}

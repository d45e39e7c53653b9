/* test_bring.c: exports of another system by candourctl bring: the worked example, applying, the
 * same file again, a changed one, and another trust. */
#include "unit/unit.h"

#include "app/bring.h"
#include "store/bring.h"
#include "store/bring_scene.h"
#include "tools/export_rows.h"

/* The case that a trust knows by this reference, with its records. */
static store_known_t *known(const char *org, const char *ref, cd_record_t **records, int *count)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    unsigned char hash[1][STORE_REF_BYTES];
    store_known_t *list;
    const cd_org_t *row;
    int found;

    assert_ok(app_org(&row, ctx, org));
    store_local_ref_hash(hash[0], site.keys, row->id, ref);
    assert_ok(store_local_refs_find(&list, &found, row->id,
                                    (const unsigned char(*)[STORE_REF_BYTES])hash, 1, ctx->conn,
                                    ctx->pool));
    if (found)
        assert_ok(store_records(records, count, &list[0].head, ctx->conn, ctx->pool));
    return found ? list : NULL;
}

static const char *example(cd_buf_t **report_out)
{
    cd_buf_t *csv = cd_buf_make(site.pool, 4 << 20);
    int line = 0;

    *report_out = cd_buf_make(site.pool, 65536);
    export_rows(csv, *report_out, 1, 5000, 25, 10, &line, site.pool);
    return write_bytes("example.csv", csv->data, csv->len);
}

/* 5,000 rows, 200 of them bad in twenty ways: each is told by line, field and remedy, and nothing
 * else is. */
static void each_bad_row_is_told(void **state)
{
    cd_buf_t *expected;
    const char *path = example(&expected), *line, *got;
    int lines = 0;

    (void)state;
    assert_int_equal(bring(path, "RZ1", NULL, NULL), CLI_NO);
    got = printed;
    for (line = expected->data; *line; lines++) {
        size_t len = strcspn(line, "\n") + 1;

        if (strncmp(got, path, strlen(path)) || strncmp(got + strlen(path), line, len))
            fail_msg("row %d: wanted %.*s got %.300s", lines, (int)len, line, got);
        line += len;
        got += strlen(path) + len;
    }
    assert_int_equal(lines, 200);
    assert_non_null(strstr(got, "5000 rows: 4800 good (4800 new, 0 known), 200 bad\n"));
    assert_ptr_equal(strstr(got, "5000 rows"), got);
    assert_null(strstr(printed, "Awful"));
    assert_int_equal(case_count(), 0);
    assert_int_equal(bring(path, "RZ1", "--show-values", NULL), CLI_NO);
    assert_non_null(strstr(printed, "column Physical harm (grading.physical) “Awful”: Use a word"));
}

static void bad_rows_stop_it_unless_left_out(void **state)
{
    cd_buf_t *expected;
    const char *path = example(&expected);

    (void)state;
    assert_int_equal(bring(path, "RZ1", "--apply", NULL), CLI_NO);
    assert_non_null(strstr(said, "nothing was changed"));
    assert_int_equal(case_count(), 0);
    assert_int_equal(bring(path, "RZ1", "--apply", "--skip-bad"), CLI_OK);
    assert_non_null(
        strstr(printed, "done: 4800 cases made, 0 changed, 0 rows the same, 200 left out"));
    assert_int_equal(case_count(), 4800);
}

static void the_same_file_changes_nothing(void **state)
{
    cd_buf_t *expected;
    const char *path = example(&expected);
    cd_record_t *records;
    int count;

    (void)state;
    assert_int_equal(bring(path, "RZ1", "--apply", "--skip-bad"), CLI_OK);
    assert_non_null(strstr(printed, "(0 new, 4800 known)"));
    assert_non_null(strstr(printed, "done: 0 cases made, 0 changed, 4800 rows the same"));
    assert_int_equal(case_count(), 4800);
    assert_non_null(known("RZ1", "W00000010", &records, &count));
    assert_true(count >= 7);
    assert_int_equal(records[0].superseded_by, 0);
}

/* One row of cells, with the headings. */
static const char *one_row(const char *const *cells)
{
    cd_buf_t *csv = cd_buf_make(site.pool, 4096);
    int i;

    for (i = 0; i < X_COLUMNS; i++) {
        cd_buf_str(csv, i ? "," : "");
        export_cell(csv, export_headings[i]);
    }
    cd_buf_lit(csv, "\r\n");
    for (i = 0; i < X_COLUMNS; i++) {
        cd_buf_str(csv, i ? "," : "");
        export_cell(csv, cells[i]);
    }
    cd_buf_lit(csv, "\r\n");
    return write_bytes("one.csv", csv->data, csv->len);
}

static const cd_record_t *last_of(cd_record_t *records, int count, cd_record_kind_t kind)
{
    const cd_record_t *found = NULL;
    int i;

    for (i = 0; i < count; i++)
        if (records[i].kind == kind)
            found = &records[i];
    return found;
}

/* Somebody corrects the place here; the other system then changes the title alone. */
static void mend_here(const char *reference)
{
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    app_case_view_t *view;
    cd_incident_t *body;
    app_record_ask_t ask = { .kind = CD_REC_INCIDENT, .supersedes = 1, .reason = "Wrong ward" };
    int seq;

    assert_ok(app_case_view(&view, ctx, 0));
    body = apr_pmemdup(ctx->pool, view->incident, sizeof(*body));
    body->location = "Ward 99";
    ask.body = body;
    ask.version = view->row.version;
    assert_ok(app_case_record(&seq, ctx, &ask, site_problems()));
    site_done(ctx);
}

static void what_changed_there_is_corrected_here(void **state)
{
    const char *cells[X_COLUMNS];
    cd_record_t *records;
    const cd_record_t *record;
    store_known_t *file;
    cd_date_t day_of;
    int count, before;

    (void)state;
    export_cells(cells, 10, 10, &day_of, site.pool);
    file = known("RZ1", "W00000010", &records, &before);
    mend_here(file->head.reference);
    cells[X_TITLE] = "Fall on the ward, hip broken";
    cells[X_TRIED] = export_day(day_of + 3, site.pool);
    cells[X_TRIED_HOW] = "Phone";
    cells[X_CAME] = "No answer";
    assert_int_equal(bring(one_row(cells), "RZ1", "--apply", NULL), CLI_OK);
    assert_non_null(strstr(printed, "done: 0 cases made, 1 changed, 0 rows the same"));
    assert_int_equal(case_count(), 4800);
    known("RZ1", "W00000010", &records, &count);
    assert_int_equal(count, before + 3);         /* mended here, corrected, one attempt more */
    record = last_of(records, count, CD_REC_INCIDENT);
    assert_string_equal(((const cd_incident_t *)record->body)->title,
                        "Fall on the ward, hip broken");
    assert_string_equal(((const cd_incident_t *)record->body)->location, "Ward 99");
    assert_string_equal(((const cd_incident_t *)record->body)->local_ref, "W00000010");
    assert_string_equal(record->reason, "Brought in again from one.csv");
    assert_int_equal(record->supersedes, before + 1);
    record = last_of(records, count, CD_REC_ATTEMPT);
    assert_non_null(record);
    assert_int_equal(record->supersedes, 0);
    assert_int_equal(bring(one_row(cells), "RZ1", "--apply", NULL), CLI_OK);
    assert_non_null(strstr(printed, "0 cases made, 0 changed, 1 rows the same"));
    cells[X_CAME] = "Reached";
    cells[X_TITLE] = "Fall on the ward";
    assert_int_equal(bring(one_row(cells), "RZ1", "--apply", NULL), CLI_OK);
    known("RZ1", "W00000010", &records, &count);
    assert_int_equal(count, before + 5);
    record = last_of(records, count, CD_REC_ATTEMPT);
    assert_int_equal(((const cd_attempt_t *)record->body)->outcome, CD_ATTEMPT_REACHED);
    assert_int_not_equal(record->supersedes, 0);
    record = last_of(records, count, CD_REC_INCIDENT);
    assert_string_equal(((const cd_incident_t *)record->body)->location, "Ward 99");
}

/* A case that was recorded at the desk is found by its reference too. */
static void a_case_of_the_desk_is_known(void **state)
{
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    cd_incident_t incident = { .title = "Fall on the ward",
                               .local_ref = "DESK-1",
                               .occurred = on(3, 2) };
    const char *reference, *cells[X_COLUMNS];
    cd_record_t *records;
    store_known_t *file;
    cd_date_t day_of;
    int count, cases;

    (void)state;
    assert_ok(app_case_create(&reference, ctx, NULL, &incident, NULL, site_problems()));
    cases = case_count();
    export_cells(cells, 11, 10, &day_of, site.pool);
    cells[X_REF] = "DESK-1";
    assert_int_equal(bring(one_row(cells), "RZ1", "--apply", NULL), CLI_OK);
    assert_non_null(strstr(printed, "0 cases made, 1 changed"));
    assert_int_equal(case_count(), cases);
    file = known("RZ1", "DESK-1", &records, &count);
    assert_string_equal(file->head.reference, reference);
    assert_int_equal(last_of(records, count, CD_REC_INCIDENT)->supersedes, 1);
    assert_non_null(last_of(records, count, CD_REC_PATIENT));
}

static void another_trusts_reference_is_its_own(void **state)
{
    const char *cells[X_COLUMNS];
    cd_record_t *records, *others;
    store_known_t *mine, *theirs;
    cd_date_t day_of;
    int before, after, count, cases = case_count();

    (void)state;
    mine = known("RZ1", "W00000012", &records, &before);
    export_cells(cells, 12, 10, &day_of, site.pool);
    cells[X_TRUST] = "RZ2";
    cells[X_TITLE] = "Another trust's event";
    assert_int_equal(bring(one_row(cells), "RZ1", "--apply", NULL), CLI_NO);
    assert_non_null(strstr(printed, "[TRUST]"));
    assert_int_equal(bring(one_row(cells), "RZ2", "--apply", NULL), CLI_OK);
    assert_int_equal(case_count(), cases + 1);
    theirs = known("RZ2", "W00000012", &others, &count);
    assert_string_not_equal(theirs->head.reference, mine->head.reference);
    known("RZ1", "W00000012", &records, &after);
    assert_int_equal(after, before);
}

static void headings_must_fit(void **state)
{
    static const char text[] = "Web ref,Trust,Colour\r\n1,RZ1,red\r\n";

    (void)state;
    assert_int_equal(bring(write_bytes("bad.csv", text, sizeof(text) - 1), "RZ1", NULL, NULL),
                     CLI_USAGE);
    assert_non_null(
        strstr(printed, ":1: column Colour: Say in the mapping what this column is for"));
    assert_non_null(strstr(printed, ":1: column Title: The mapping needs this column"));
    assert_non_null(strstr(said, "headings do not fit the mapping"));
}

static void only_who_may(void **state)
{
    cd_problems_t problems = { .pool = site.pool };
    app_bring_ask_t ask = { .org_code = "RZ1", .file_name = "x.csv" };
    app_bring_t *out;
    cd_mapping_t *mapping;

    (void)state;
    assert_ok(cd_mapping_read(&mapping, json, sizeof(json) - 1, &problems, site.pool));
    ask.mapping = mapping;
    ask.mapping_bytes = json;
    ask.mapping_len = sizeof(json) - 1;
    assert_code(app_bring_check(&out, site_ctx("ward1", 0, NULL), &ask), CD_E_FORBIDDEN);
    assert_code(app_bring_check(&out, site_ctx("handler", 0, NULL), &ask), CD_E_FORBIDDEN);
    assert_code(app_bring_check(&out, site_ctx("legal2", 0, NULL), &ask), CD_E_FORBIDDEN);
    assert_ok(app_bring_check(&out, site_ctx("legal1", 0, NULL), &ask));
    ask.org_code = "RZ9";
    assert_code(app_bring_check(&out, site_ctx(NULL, 0, NULL), &ask), CD_E_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_row_is_told),
        cmocka_unit_test(bad_rows_stop_it_unless_left_out),
        cmocka_unit_test(the_same_file_changes_nothing),
        cmocka_unit_test(what_changed_there_is_corrected_here),
        cmocka_unit_test(a_case_of_the_desk_is_known),
        cmocka_unit_test(another_trusts_reference_is_its_own),
        cmocka_unit_test(headings_must_fit),
        cmocka_unit_test(only_who_may),
        cmocka_unit_test(the_chains_hold),
    };

    return cmocka_run_group_tests(tests, bring_open, site_close);
}

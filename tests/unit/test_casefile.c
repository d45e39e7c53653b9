/* test_casefile.c: the case file: what is read is written again byte for byte; every problem is
 * found, with its place; the published schema is the one the tables give. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/casefile.h"

static const char *file_text(const char *path, apr_pool_t *pool)
{
    const char *whole = apr_pstrcat(pool, getenv("CANDOUR_SRCDIR"), "/", path, NULL);
    FILE *file = fopen(whole, "rb");
    char *text = apr_pcalloc(pool, 1 << 20);

    if (!file)
        fail_msg("%s is not there", whole);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static app_casefile_t *read_text(const char *text, cd_problems_t *problems, apr_pool_t *pool)
{
    app_casefile_t *file = NULL;
    cd_err_t *err;

    memset(problems, 0, sizeof(*problems));
    problems->pool = pool;
    err = app_casefile_read(&file, text, strlen(text), cd_date_parse("2026-11-24"), problems, pool);
    if (err)
        fail_msg("%s", cd_err_line(err, pool));
    return file;
}

static void round_trip(void **state)
{
    const char *text = file_text("tests/data/cases/late-notice.json", *state);
    cd_problems_t problems;
    app_casefile_t *file = read_text(text, &problems, *state);
    cd_buf_t *once = cd_buf_make(*state, 4096), *twice = cd_buf_make(*state, 4096);

    if (problems.count)
        fail_msg("%s: %s", problems.list[0].field, problems.list[0].text);
    assert_string_equal(file->org->code, "RZ1");
    assert_int_equal(file->candour.count, 9);
    assert_int_equal(file->claim.count, 5);
    assert_string_equal(file->candour.reference, "CM-2023-0188");
    assert_int_equal(file->candour.records[8].role, CD_ROLE_HANDLER);
    app_casefile_write(once, file);
    assert_int_equal(problems.count, 0);
    app_casefile_write(twice, read_text(once->data, &problems, *state));
    assert_string_equal(once->data, twice->data);
    /* the file in the tree is in the written form */
    assert_string_equal(once->data, text);
}

/* Every kind with every field: written, read, written. */
static void every_field(void **state)
{
    const char *text = file_text("tests/data/cases/every-field.json", *state);
    cd_problems_t problems;
    app_casefile_t *file = read_text(text, &problems, *state);
    cd_buf_t *buf = cd_buf_make(*state, 4096);
    int count, seen = 0;
    const cd_record_def_t *defs = cd_record_defs(&count);

    for (int i = 0; i < problems.count; i++)
        fail_msg("%s: %s", problems.list[i].field, problems.list[i].text);
    for (int i = 0; i < count; i++) {
        const app_casefile_part_t *part =
            defs[i].file == CD_FILE_CASE ? &file->candour : &file->claim;
        for (int k = 0; k < part->count; k++)
            if (part->records[k].kind == defs[i].kind) {
                seen++;
                break;
            }
    }
    assert_int_equal(seen, count);
    app_casefile_write(buf, file);
    assert_string_equal(buf->data, text);
}

#define HEAD "{\"format\":\"candour-case-file\",\"version\":1,"
#define ORG "\"organisation\":{\"code\":\"RZ1\",\"name\":\"N\",\"jurisdiction\":\"ENG\"," \
    "\"kind\":\"OTHER\"},"
#define CASE(records) HEAD ORG "\"case\":{\"records\":[{\"record\":\"incident\"," \
    "\"title\":\"Swab\",\"occurred\":\"2026-10-14\"}" records "]}}"

#define PAID HEAD "\"claim\":{\"records\":[{\"record\":\"claim\",\"title\":\"Sepsis\"," \
    "\"scheme\":\"CNST\",\"notified\":\"2026-05-05\"},{\"record\":\"payment\",\"kind\":\"CRU\"," \
    "\"amount_p\":5,\"paid\":\"2026-05-06\"},"
#define BACK(more) "{\"record\":\"payment\",\"kind\":\"CRU\",\"amount_p\":5," \
    "\"paid\":\"2026-05-07\",\"reverses\":2" more "}"

static void problems_found(void **state)
{
    static const struct { const char *text, *at, *says; } rows[] = {
        { "[]", "", "a case file is one JSON object" },
        { "{}", "/format", "must be \"candour-case-file\"" },
        { HEAD ORG "\"cases\":[]}", "/cases", "this name is not known here" },
        { HEAD ORG "\"case\":{}}", "/case/records", "must have a list of records" },
        { HEAD "\"organisation\":{\"code\":\"RZ1\"},"
               "\"case\":{\"records\":[{\"record\":\"incident\",\"title\":\"Swab\"}]}}",
          "/organisation/name", "Enter the name" },
        { CASE(",{\"record\":\"pigeon\"}"), "/case/records/1/record",
          "must be one of incident, patient" },
        { CASE(",{\"record\":\"payment\"}"), "/case/records/1/record", "must be one of" },
        { CASE(",{\"record\":\"talk\"}"), "/case/records/1/told",
          "Enter the date you told the patient" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-31\"}"), "/case/records/1/told",
          "\"2026-11-31\": Date you told the patient must be a real date" },
        { CASE(",{\"record\":\"talk\",\"told\":20261104}"), "/case/records/1/told",
          "20261104: must be a text" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"at\":null}"), "/case/records/1/at",
          "leave the name out if it is not known" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"mode\":\"face_to_face\"}"),
          "/case/records/1/mode",
          "must be one of FACE_TO_FACE, VIDEO" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"apology_given\":1}"),
          "/case/records/1/apology_given",
          "must be true or false, without quotes" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"support\":\"NONE\"}"),
          "/case/records/1/support",
          "must be a list of words" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"support\":[\"NONE\",\"HUG\"]}"),
          "/case/records/1/support/1", "\"HUG\": must be one of NAMED_CONTACT" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-25\"}"), "/case/records/1/told",
          "must be today or in the past" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-10-01\"}"), "/case/records/1/told",
          "must be the same as or after 14 October 2026" },
        { CASE(",{\"record\":\"opinion\",\"given\":\"2026-10-30\",\"opinion\":\"NOTIFIABLE\","
          "\"given_by\":\"K\",\"profession\":\"DOCTOR\",\"reasons\":\"Enough of "
          "them\"},{\"record\":\"opening\",\"aware\":\"2026-11-01\"}"),
          "/case/records/2/aware", "\"2026-11-01\": must be the same as or before 30 October "
          "2026" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"surprise\":1}"),
          "/case/records/1/surprise",
          "this name is not known here: take it out or mend its spelling" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"supersedes\":1,"
               "\"correction_reason\":\"x\"}"),
          "/case/records/1/supersedes", "must name an entry of the same kind" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"supersedes\":9,"
               "\"correction_reason\":\"x\"}"),
          "/case/records/1/supersedes", "must name an earlier entry" },
        { CASE(",{\"record\":\"incident\",\"title\":\"Swab\",\"supersedes\":1}"),
          "/case/records/1/correction_reason", "a correction must say why" },
        { CASE(",{\"record\":\"withdrawal\",\"reason\":\"Mistake\"}"), "/case/records/1/supersedes",
          "a withdrawal must name the entry" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"incident_seq\":7}"),
          "/case/records/1/incident_seq",
          "must name an earlier incident entry" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"seq\":1}"), "/case/records/1/seq",
          "entry numbers must rise" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"seq\":0}"), "/case/records/1/seq",
          "must be a whole number from 1" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"recorded_at\":\"yesterday\"}"),
          "/case/records/1/recorded_at", "must be an instant like" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\","
               "\"recorded_at\":\"2026-11-26T10:00:00.000Z\"}"),
          "/case/records/1/recorded_at", "must not be in the future" },
        { CASE(",{\"record\":\"talk\",\"told\":\"2026-11-04\",\"recorded_as\":\"king\"}"),
          "/case/records/1/recorded_as",
          "must be one of ward" },
        { CASE(",7"), "/case/records/1", "must be an object" },
        { HEAD ORG "\"case\":{\"records\":[{\"record\":\"talk\",\"told\":\"2026-11-04\"}]}}",
          "/case/records",
          "must hold an incident" },
        { HEAD "\"claim\":{\"records\":[{\"record\":\"claim\",\"title\":\"Sepsis\","
          "\"scheme\":\"CNST\",\"notified\":\"2026-05-05\",\"agreed_damages_p\":1.5}]}}",
          "/claim/records/0/agreed_damages_p",
          "must be whole pence, without quotes" },
        { HEAD "\"claim\":{\"records\":[{\"record\":\"claim\",\"title\":\"Sepsis\","
          "\"scheme\":\"CNST\",\"notified\":\"2026-05-05\"},{\"record\":\"parties\","
          "\"trust_1\":\"RZ1\",\"share_1\":9999}]}}",
          "/claim/records/1/share_1", "Shares must add up to 100%. They add up to 99.99%" },
        { HEAD "\"claim\":{\"records\":[{\"record\":\"claim\",\"title\":\"Sepsis\","
          "\"scheme\":\"CNST\",\"notified\":\"2026-05-05\"},{\"record\":\"payment\","
          "\"kind\":\"CRU\",\"amount_p\":5,\"paid\":\"2026-05-06\",\"reverses\":1}]}}",
          "/claim/records/1/reverses",
          "must name an earlier payment of the same kind and amount" },
        { PAID BACK("") "," BACK("") "]}}", "/claim/records/3/reverses",
          "must not take a payment back twice: entry 3 takes entry 2 back already" },
        { PAID BACK("") "," BACK(",\"supersedes\":3,"
                                 "\"correction_reason\":\"Day\"") "," BACK("") "]}}",
          "/claim/records/4/reverses", "entry 4 takes entry 2 back already" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems;
        int found = 0;
        read_text(rows[i].text, &problems, *state);
        for (int k = 0; k < problems.count; k++)
            found += !strcmp(problems.list[k].field, rows[i].at)
                     && strstr(problems.list[k].text, rows[i].says);
        if (!found)
            fail_msg("row %d: no problem at %s that says \"%s\"; the first: %s: %s", (int)i,
                     rows[i].at, rows[i].says, problems.count ? problems.list[0].field : "none",
                     problems.count ? problems.list[0].text : "");
    }
}

/* A payment may be taken back by the entry that corrects the one that took it back. */
static void taken_back_once(void **state)
{
    static const char *const rows[] = {
        PAID BACK(",\"correction_reason\":\"None\"") "]}}",
        PAID BACK("") "," BACK(",\"supersedes\":3,\"correction_reason\":\"Day\"") "]}}",
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems;
        read_text(rows[i], &problems, *state);
        for (int k = 0; k < problems.count; k++)
            ROW_CHECK(!strstr(problems.list[k].field, "reverses"), i, problems.list[k].text);
    }
}

/* All problems of a file come at once, each with the line it stands on. */
static void all_with_lines(void **state)
{
    static const char text[] =
        "{\n\"format\":\"candour-case-file\",\n\"version\":2,\n" ORG "\n\"case\":{\n\"records\":[\n"
        "{\"record\":\"incident\",\n\"title\":\"\"},\n{\"record\":\"talk\",\n "
        "\"told\":\"2026-02-30\"}\n]}\n}";
    cd_problems_t problems;

    read_text(text, &problems, *state);
    assert_int_equal(problems.count, 3);
    assert_non_null(strstr(problems.list[0].text, "line 3: 2: must be 1"));
    assert_non_null(
        strstr(problems.list[1].text, "line 8: \"\": must be a text that is not empty"));
    assert_non_null(strstr(problems.list[2].text, "line 10: \"2026-02-30\": "));
}

static void lines(void **state)
{
    static const char text[] =
        "{\"a\\\"b\": [1,\n {\"c\": \"}\\\\\"},\n[[]], \"x\"\n],\n\"d\":\n{}}";
    static const struct { const char *pointer; int line; } rows[] = {
        { "", 1 }, { "/a\\\"b", 1 }, { "/a\\\"b/0", 1 }, { "/a\\\"b/1", 2 }, { "/a\\\"b/1/c", 2 },
          { "/a\\\"b/2", 3 },
        { "/a\\\"b/3", 3 }, { "/a\\\"b/4", 0 }, { "/d", 6 }, { "/d/e", 0 }, { "/e", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(app_casefile_line(text, strlen(text), rows[i].pointer) == rows[i].line, i,
                  rows[i].pointer);
    /* it stops at the end, wherever the text is cut */
    for (size_t len = 0; len < strlen(text); len++)
        assert_in_range(app_casefile_line(apr_pstrmemdup(*state, text, len), len, "/a\\\"b/3"), 0,
                        6);
}

/* What every record has beside its fields is called as no field of any kind is. */
static void no_name_twice(void **state)
{
    static const char *const meta[] = { "record",           "seq",         "recorded_at",
                                        "recorded_by",      "recorded_as", "supersedes",
                                        "correction_reason" };
    int count;
    const cd_record_def_t *defs = cd_record_defs(&count);

    (void)state;
    for (int i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT_OF(meta); k++)
            ROW_CHECK(!cd_record_field(&defs[i], meta[k]), i, meta[k]);
}

static void not_json(void **state)
{
    static const char *const rows[] = { "", "{", "{\"format\":1,\"format\":2}", "{} {}", "\xFF" };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems = { .pool = *state };
        app_casefile_t *file = NULL;
        cd_err_t *err = app_casefile_read(&file, rows[i], strlen(rows[i]), 0, &problems, *state);
        ROW_CHECK(err && err->code == CD_E_BAD_REQUEST && !file, i, rows[i]);
    }
}

static void schema(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 65536);
    json_t *tree;

    app_casefile_schema(buf);
    cd_err_t *err = cd_json_read(&tree, buf->data, buf->len, *state);
    if (err)
        fail_msg("%s", cd_err_line(err, *state));
    assert_string_equal(buf->data, file_text("docs/case-file.schema.json", *state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(round_trip), POOL_TEST(every_field), POOL_TEST(problems_found),
                  POOL_TEST(taken_back_once), POOL_TEST(all_with_lines),
        POOL_TEST(lines), POOL_TEST(no_name_twice), POOL_TEST(not_json), POOL_TEST(schema),
    };

    return cmocka_run_group_tests_name("casefile", tests, NULL, NULL);
}

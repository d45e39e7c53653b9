/* test_mapping.c: date forms, the mapping file and its mistakes, headings, rows of two made-up
 * systems, and the published schema. */
#include "unit.h"

#include <stdlib.h>

#include <apr_file_io.h>

#include "domain/mapping.h"

static const cd_date_t TODAY = 739941;   /* 21 November 2026: checked in the first test */

static void date_forms(void **state)
{
    static const struct {
        const char *form, *text, *iso;
        int minutes, century;
        const char *why;
    } rows[] = {
        { "dd/mm/yyyy", "04/11/2026", "2026-11-04", -1, -1, "the usual one" },
        { "dd/mm/yyyy", "4/11/2026", NULL, -1, -1, "dd is two digits" },
        { "d/m/yyyy", "4/11/2026", "2026-11-04", -1, -1, "d is one or two" },
        { "d/m/yyyy", "14/1/2026", "2026-01-14", -1, -1, "d is one or two, again" },
        { "dd/mm/yyyy", "31/02/2026", NULL, -1, -1, "no such day" },
        { "dd/mm/yyyy", "29/02/2024", "2024-02-29", -1, -1, "a leap day" },
        { "dd/mm/yyyy", "29/02/2026", NULL, -1, -1, "no leap day" },
        { "dd/mm/yyyy", "04/13/2026", NULL, -1, -1, "no such month" },
        { "dd/mm/yyyy", "04/11/2026 ", NULL, -1, -1, "something behind" },
        { "mm/yyyy", "11/2026", "2026-11", -1, -1, "a month" },
        { "yyyy", "2026", "2026", -1, -1, "a year" },
        { "yyyy-mm-dd", "2026-11-04", "2026-11-04", -1, -1, "ISO" },
        { "dd-MMM-yy", "04-Nov-26", "2026-11-04", -1, 30, "this century" },
        { "dd-MMM-yy", "04-NOV-30", "2030-11-04", -1, 30, "the last year of it" },
        { "dd-MMM-yy", "04-nov-31", "1931-11-04", -1, 30, "the first of the other" },
        { "dd-MMM-yy", "04-Nov-26", NULL, -1, -1, "no century rule" },
        { "dd-MMM-yy", "04-Nvo-26", NULL, -1, 30, "no month of that name" },
        { "d MMMM yyyy", "4 September 2026", "2026-09-04", -1, -1, "a month's whole name" },
        { "dd/mm/yyyy hh:mi", "04/11/2026 14:05", "2026-11-04", 845, -1, "with a time" },
        { "dd/mm/yyyy hh:mi:ss", "04/11/2026 14:05:59", "2026-11-04", 845, -1, "with seconds" },
        { "dd/mm/yyyy hh:mi", "04/11/2026 24:00", NULL, -1, -1, "no such hour" },
        { "hh:mi", "09:30", NULL, 570, -1, "a time alone" },
        { "hh:mi", "9:30", NULL, -2, -1, "not two digits" },
        { "yyyy-mm-ddThh:mi:ssZ", "2026-11-04T00:00:00Z", "2026-11-04", 0, -1, "ISO with a time" },
        { "yyyy", "1899", NULL, -1, -1, "before our calendar" },
        { "dd/mm/yyyy", "00/11/2026", NULL, -1, -1, "day 0" },
    };
    size_t i;

    assert_string_equal(cd_date_iso(TODAY, *state), "2026-11-21");
    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *iso;
        int minutes,
            ok = cd_map_date(&iso, &minutes, rows[i].text, rows[i].form, rows[i].century, *state);

        ROW_CHECK(ok == (rows[i].iso || rows[i].minutes >= 0), i, rows[i].why);
        ROW_CHECK(!iso == !rows[i].iso && (!iso || !strcmp(iso, rows[i].iso)), i, rows[i].why);
        ROW_CHECK(!ok || minutes == rows[i].minutes, i, rows[i].why);
    }
}

static void forms_that_say_nothing(void **state)
{
    static const struct { const char *form; int good, short_year; } rows[] = {
        { "dd/mm/yyyy", 1, 0 }, { "dd-MMM-yy", 1, 1 }, { "mm/yyyy", 1, 0 }, { "yyyy", 1, 0 },
          { "hh:mi", 1, 0 },
        { "dd/mm", 0, 0 }, { "dd/yyyy", 0, 0 }, { "dd/mm/yyyy/yyyy", 0, 0 }, { "DD/MM/YYYY", 0, 0 },
          { "", 0, 0 },
        { "dd/mm/yyyy hh", 0, 0 }, { "mi", 0, 0 }, { "//", 0, 0 }, { "d mm yyyy dd", 0, 0 },
    };
    size_t i;
    int short_year, has_time;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        int good = cd_map_form_problem(&short_year, &has_time, rows[i].form) == NULL;

        ROW_CHECK(good == rows[i].good, i, rows[i].form);
        ROW_CHECK(!rows[i].good || short_year == rows[i].short_year, i, rows[i].form);
    }
}

/* ---- the mapping file ---------------------------------------------------- */

#define HEAD "{\"format\":\"candour-mapping\",\"version\":1,\"name\":\"T\"," \
    "\"local_reference\":\"Ref\","
#define INCIDENT "{\"record\":\"incident\",\"fields\":{\"title\":\"Title\"}}"

static void mistakes_of_mappings(void **state)
{
    static const struct { const char *json, *at, *words; } rows[] = {
        { "[]", "", "one JSON object" },
        { "{\"format\":\"x\",\"version\":1,\"name\":\"T\",\"local_reference\":\"Ref\","
          "\"records\":[" INCIDENT "]}",
          "/format", "must be" },
        { HEAD "\"colour\":1,\"records\":[" INCIDENT "]}", "/colour", "no name" },
        { HEAD "\"separator\":\"|\",\"records\":[" INCIDENT "]}", "/separator", "semicolon" },
        { HEAD "\"encoding\":\"latin-1\",\"records\":[" INCIDENT "]}", "/encoding",
          "windows-1252" },
        { HEAD "\"organisation\":\"rz1\",\"records\":[" INCIDENT "]}", "/organisation", "code" },
        { HEAD "\"records\":[]}", "/records", "1 to 60" },
        { HEAD "\"records\":[{\"record\":\"patient\",\"fields\":{\"name\":\"N\"}}]}", "/records",
          "incident" },
        { HEAD "\"records\":[{\"record\":\"incident\",\"fields\":{\"service\":\"S\"}}]}",
          "/records/0/fields", "title" },
        { HEAD "\"records\":[{\"record\":\"incident\",\"fields\":{\"title\":\"T\","
               "\"local_ref\":\"R\"}}]}",
          "/records/0/fields/local_ref", "local_reference" },
        { HEAD "\"records\":[" INCIDENT
          ",{\"record\":\"talk\",\"fields\":{\"told\":\"D\",\"incident_seq\":\"S\"}}]}",
          "/records/1/fields/incident_seq", "no field" },
        { HEAD "\"records\":[" INCIDENT
          ",{\"record\":\"withdrawal\",\"fields\":{\"reason\":\"D\"}}]}",
          "/records/1/record", "may not be “withdrawal”" },
        { HEAD "\"records\":[" INCIDENT ",{\"record\":\"closure\",\"fields\":{\"closed\":\"D\"}}]}",
          "/records/1/record", "may not be “closure”: that step has conditions" },
        { HEAD "\"records\":[" INCIDENT
          ",{\"record\":\"nonsense\",\"fields\":{\"closed\":\"D\"}}]}",
          "/records/1/record", "may be brought in" },
        { HEAD "\"records\":[" INCIDENT ",{\"record\":\"talk\",\"fields\":{\"told\":\"D\"}}]}",
          "/records/1/fields/told", "date form" },
        { HEAD "\"date_form\":\"dd-MMM-yy\",\"records\":[" INCIDENT
          ",{\"record\":\"talk\",\"fields\":{\"told\":\"D\"}}]}",
          "/records/1/fields/told/form", "century" },
        { HEAD "\"records\":[" INCIDENT "," INCIDENT "]}", "/records/1", "known as" },
        { HEAD "\"records\":[" INCIDENT
          ",{\"record\":\"incident\",\"key\":\"b\",\"fields\":{\"title\":\"T\"}}]}",
          "/records/1", "a case has one" },
        { HEAD "\"ignored\":[\"Title\"],\"records\":[" INCIDENT "]}", "/records/0/fields/title",
          "ignored" },
        { HEAD "\"records\":[{\"record\":\"incident\",\"fields\":{\"title\":{\"column\":\"T\","
               "\"value\":\"x\"}}}]}",
          "/records/0/fields/title", "one of" },
        { HEAD "\"records\":[{\"record\":\"incident\",\"fields\":{\"title\":{\"value\":\"x\"}}}]}",
          "/records/0/fields/title/value", "3 characters" },
        { HEAD "\"lists\":{\"l\":{\"a\":\"B\",\"A\":\"C\"}},\"records\":[" INCIDENT "]}",
          "/lists/l/A", "twice" },
        { HEAD "\"lists\":{\"l\":{\"a\":\"SHOUTED\"}},\"date_form\":\"yyyy\",\"records\":[" INCIDENT
          ",{\"record\":\"talk\",\"fields\":{\"told\":\"D\",\"mode\":{\"column\":\"M\","
          "\"list\":\"l\"}}}]}",
          "/records/1/fields/mode/list", "no word of mode" },
        { HEAD "\"date_form\":\"yyyy\",\"records\":[" INCIDENT
          ",{\"record\":\"talk\",\"fields\":{\"told\":\"D\",\"mode\":{\"column\":\"M\","
          "\"list\":\"gone\"}}}]}",
          "/records/1/fields/mode/list", "no list" },
        { HEAD "\"date_form\":\"yyyy\",\"records\":[" INCIDENT
          ",{\"record\":\"talk\",\"when\":{\"column\":\"D\"},\"fields\":{\"told\":\"D\"}}]}",
          "/records/1/when", "filled" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems = { .pool = *state };
        cd_mapping_t *mapping;
        int k, found = 0;

        ROW_CHECK(!cd_mapping_read(&mapping, rows[i].json, strlen(rows[i].json), &problems, *state),
                  i, rows[i].json);
        for (k = 0; k < problems.count; k++)
            found |= !strcmp(problems.list[k].field, rows[i].at)
                     && strstr(problems.list[k].text, rows[i].words);
        if (!found)
            fail_msg("row %d: %s: wanted at %s, first of %d at %s: %s", (int)i, rows[i].json,
                     rows[i].at, problems.count, problems.count ? problems.list[0].field : "-",
                     problems.count ? problems.list[0].text : "-");
    }
}

static void not_json(void **state)
{
    cd_problems_t problems = { .pool = *state };
    cd_mapping_t *mapping;

    assert_int_equal(cd_mapping_read(&mapping, "{", 1, &problems, *state)->code, CD_E_BAD_REQUEST);
}

static const char *file_text(const char *name, apr_size_t *len, apr_pool_t *pool)
{
    const char *top = getenv("CANDOUR_SRCDIR"),
               *path = apr_pstrcat(pool, top ? top : ".", "/", name, NULL);
    apr_file_t *file;
    apr_finfo_t info;
    char *text;

    if (apr_file_open(&file, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool) != APR_SUCCESS)
        fail_msg("%s cannot be read", path);
    assert_int_equal(apr_file_info_get(&info, APR_FINFO_SIZE, file), APR_SUCCESS);
    *len = (apr_size_t)info.size;
    text = apr_pcalloc(pool, *len + 1);
    assert_int_equal(apr_file_read_full(file, text, *len, NULL), APR_SUCCESS);
    apr_file_close(file);
    return text;
}

static cd_mapping_t *shipped(const char *name, apr_pool_t *pool)
{
    cd_problems_t problems = { .pool = pool };
    cd_mapping_t *mapping;
    apr_size_t len;
    const char *text = file_text(name, &len, pool);

    assert_null(cd_mapping_read(&mapping, text, len, &problems, pool));
    if (problems.count)
        fail_msg("%s: %s: %s", name, problems.list[0].field, problems.list[0].text);
    return mapping;
}

static void the_schema_is_the_published_one(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 65536);
    apr_size_t len;
    const char *text = file_text("docs/mapping.schema.json", &len, *state);

    cd_mapping_schema(buf);
    assert_string_equal(text, buf->data);
}

/* ---- headings and rows --------------------------------------------------- */

typedef struct reading_t {
    const cd_mapping_t *mapping;
    const int *places;
    const char *org_code;
    cd_problems_t header;
    cd_map_problems_t found;
    cd_mapped_t last;
    apr_pool_t *pool;
} reading_t;

static cd_err_t *on_row(void *baton, const cd_csv_row_t *row)
{
    reading_t *reading = baton;
    const char **copies = apr_palloc(reading->pool, (apr_size_t)row->count * sizeof(*copies));
    cd_csv_row_t copy = *row;
    int i;

    for (i = 0; i < row->count; i++)
        copies[i] = apr_pstrdup(reading->pool, row->fields[i]);
    copy.fields = copies;
    if (!reading->places)
        cd_mapping_header(&reading->places, reading->mapping, row, &reading->header, reading->pool);
    else
        cd_mapping_row(&reading->last, reading->mapping, reading->places, &copy, reading->org_code,
                       TODAY, &reading->found);
    return NULL;
}

static void read_text(reading_t *reading, const char *mapping, const char *csv, apr_pool_t *pool)
{
    cd_csv_t *reader;

    memset(reading, 0, sizeof(*reading));
    reading->mapping = shipped(mapping, pool);
    reading->org_code = "RZ1";
    reading->pool = reading->header.pool = reading->found.pool = pool;
    reader = cd_csv_make(&reading->mapping->csv, on_row, reading, pool);
    assert_null(cd_csv_feed(reader, csv, strlen(csv)));
    assert_null(cd_csv_end(reader));
}

#define B_HEAD "RefNo;Site;Summary;Happened;Logged;Building;Ward;Narrative;Patient;NHS;Born;" \
    "Told whom;Their name;Their contact;Spoke on;Spoke how;Reason if not F2F;Apology;" \
    "Try 1;Try 1 how;Try 1 result;Try 2;Try 2 how;Try 2 result;Severity code;Owner;Status\r\n"

static void a_row_of_system_b(void **state)
{
    reading_t got;
    const cd_incident_t *incident;
    const cd_patient_t *patient;
    const cd_talk_t *talk;
    const cd_attempt_t *attempt;

    read_text(&got, "conf/mappings/system-b.json",
              B_HEAD "77/12;North Infirmary;Fall with a broken hip;Oct-26;19-Oct-26 "
                     "09:15;Main;Ward 4;Caf\xe9 floor;Ann Lee;"
                     "999 000 0018;05-Mar-41;Patient;;;21-Oct-26 14:30;TEL;At "
                     "home;1;20-Oct-26;TEL;NA;21-Oct-26;TEL;OK;3;x;y\r\n",
              *state);
    assert_int_equal(got.header.count, 0);
    if (got.found.count)
        fail_msg("%s: %s", got.found.list[0].field, got.found.list[0].text);
    assert_int_equal(got.last.count, 5);
    assert_string_equal(got.last.local_ref, "77/12");
    incident = got.last.records[0].body;
    assert_string_equal(cd_when_iso(incident->occurred, *state), "2026-10");
    assert_string_equal(cd_date_iso(incident->reported_on, *state), "2026-10-19");
    assert_string_equal(incident->location, "Main, Ward 4");
    assert_string_equal(incident->description, "Caf\xc3\xa9 floor");
    assert_string_equal(incident->local_ref, "77/12");
    patient = got.last.records[1].body;
    assert_string_equal(patient->nhs_number, "9990000018");
    assert_string_equal(cd_date_iso(patient->born_on, *state), "1941-03-05");
    talk = got.last.records[2].body;
    assert_int_equal(talk->at, 14 * 60 + 30 + 1);
    assert_int_equal(talk->mode, CD_MODE_TELEPHONE);
    assert_int_equal(talk->apology_given, CD_YES);
    attempt = got.last.records[4].body;
    assert_string_equal(got.last.records[4].spec->key, "attempt-2");
    assert_int_equal(attempt->outcome, CD_ATTEMPT_REACHED);
}

static void conditions_and_trust(void **state)
{
    reading_t got;

    read_text(&got, "conf/mappings/system-b.json", B_HEAD
              "1;South General;Short;2026;;;;;Ann Lee;;;Parent;Bo Lee;-;;;;;;;;;;;;;\r\n", *state);
    assert_int_equal(got.found.count, 1);
    assert_int_equal(got.found.list[0].kind, CD_MAP_BAD_TRUST);
    assert_string_equal(got.found.list[0].value, "South General");
    assert_int_equal(got.last.count, 3);
    assert_string_equal(got.last.records[2].spec->def->word, "person");
    assert_null(((const cd_person_t *)got.last.records[2].body)->contact);
}

static void headings(void **state)
{
    reading_t got;
    int i, seen = 0;

    read_text(&got, "conf/mappings/system-b.json", "RefNo;Site;Summary;Summary;;Extra\r\n", *state);
    for (i = 0; i < got.header.count; i++) {
        const cd_problem_t *problem = &got.header.list[i];

        seen |= (!strcmp(problem->field, "Summary") && strstr(problem->text, "twice")) ? 1 : 0;
        seen |= (!strcmp(problem->field, "Extra") && strstr(problem->text, "ignored")) ? 2 : 0;
        seen |= (!*problem->field && strstr(problem->text, "column 5")) ? 4 : 0;
        seen |= (!strcmp(problem->field, "Patient") && strstr(problem->text, "does not have it"))
                    ? 8
                    : 0;
    }
    assert_int_equal(seen, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(date_forms), POOL_TEST(forms_that_say_nothing),
        POOL_TEST(mistakes_of_mappings), POOL_TEST(not_json),
                  POOL_TEST(the_schema_is_the_published_one),
        POOL_TEST(a_row_of_system_b), POOL_TEST(conditions_and_trust), POOL_TEST(headings) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

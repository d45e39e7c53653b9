/* test_scheme_file.c: a version of a scheme as a file: what it must have, where a problem stands,
 * its test claims, its settings in words, the shipped files, and the schema. */
#include "unit.h"

#include <apr_file_io.h>
#include <stdlib.h>

#include "base/field.h"
#include "domain/scheme.h"

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

#define HEAD "{\n\"code\":\"L1\",\n\"version\":1,\n\"title\":\"T\",\n"
#define COMMON "\"basis\":\"D\",\"material\":\"FULL\",\"window\":\"ALL\",\"breach_unit\":\"CLAIM\""
#define AUTH "\"basis\":\"a\",\"material\":\"a\",\"window\":\"a\",\"breach_unit\":\"a\"," \
    "\"formula\":\"a\""
#define NONE "\"tests\":[{\"name\":\"none\",\"damages_p\":0,\"expect\":{\"indicated_p\":0}}]}"
/* settings, their authorities, tests */
#define FILE_OF(settings_, authorities_, tests_) \
    HEAD settings_ ",\n" COMMON ",\n\"authorities\":{" AUTH authorities_ "},\n" tests_
#define L1_OF(settings_, authorities_) \
    FILE_OF("\"formula\":\"L1\",\"fixed_p\":1000000" settings_, \
            ",\"fixed_p\":\"a\"" authorities_, NONE)

static void problems(void **state)
{
    static const struct { const char *text, *field, *problem; } rows[] = {
        { L1_OF("", ""), NULL, NULL },
        { "[]", "file", "must be one JSON object" },
        { L1_OF(",\"cap_p\":5", ""), "cap_p", "Line 5, cap_p: has no authority: say in "
          "authorities/cap_p where it comes from" },
        { L1_OF(",\"cap_p\":0", ",\"cap_p\":\"a\""), "cap_p",
          "Line 5, cap_p: must be more than 0: leave it out if there is none" },
        { L1_OF(",\"cap_p\":1,\n\"floor_p\":2", ",\"cap_p\":\"a\",\"floor_p\":\"a\""), "floor_p",
          "Line 6, floor_p: must not be above cap_p" },
        { L1_OF("", ",\n\"floor_p\":\"a\""), "authorities/floor_p",
          "Line 8, authorities/floor_p: is the authority of a setting that is not given: take it "
          "out" },
        { L1_OF("", ",\"fine\":\"a\""), "authorities/fine",
          "is the authority of a setting that is not given" },
        { L1_OF(",\n\"fine_p\":5", ""), "fine_p", "Line 6, fine_p: is not a setting of a scheme: "
          "take it out" },
        { L1_OF(",\"bp\":5", ",\"bp\":\"a\""), "bp", "is not read by formula L1: take it out" },
        { L1_OF(",\"from\":\"2026-04-01\"", ""), "from", "are given when the version is "
          "activated: take them out" },
        { L1_OF(",\"may_exceed_basis\":\"yes\"", ",\"may_exceed_basis\":\"a\""), "may_exceed_basis",
          "must be true or false" },
        { L1_OF(",\"shadow_of\":\"L2\"", ",\"shadow_of\":\"a\""), "shadow_of",
          "is for formula L0" },
        { FILE_OF("\"formula\":\"L2\",\"fixed_p\":1", ",\"fixed_p\":\"a\"", NONE),
          "may_exceed_basis", "must be true for this formula" },
        { FILE_OF("\"formula\":\"L3\",\"steps_p\":[1,2]", ",\"steps_p\":\"a\"", NONE),
          "may_exceed_basis", "must be given" },
        { FILE_OF("\"formula\":\"L3\",\"steps_p\":[3,2],\"may_exceed_basis\":false",
          ",\"steps_p\":\"a\",\"may_exceed_basis\":\"a\"", NONE),
          "steps_p", "must not fall from one breach to the next" },
        { FILE_OF("\"formula\":\"L3\",\"steps_p\":[2],\"may_exceed_basis\":true,"
                  "\"capped_by_damages\":true",
                  ",\"steps_p\":\"a\",\"may_exceed_basis\":\"a\",\"capped_by_damages\":\"a\"",
                  NONE),
          "capped_by_damages", "cannot stand beside may_exceed_basis" },
        { FILE_OF("\"formula\":\"L4\",\"bp\":12000", ",\"bp\":\"a\"", NONE), "may_exceed_basis",
          "must be given" },
        { FILE_OF("\"formula\":\"L7\",\"bp\":25,\"may_exceed_basis\":true",
          ",\"bp\":\"a\",\"may_exceed_basis\":\"a\"", NONE),
          "window", "must be FINANCIAL_YEAR" },
        { FILE_OF("\"formula\":\"L7\"", "", NONE), "bp", "must be given for this formula" },
        { FILE_OF("\"formula\":\"L9\",\"matrix_bp\":{\"OFFENCE\":{\"LATE\":1,\"PARTIAL\":1,"
                  "\"NONE\":1},\"DUTY\":{\"LATE\":1,\"PARTIAL\":1,\"NONE\":1},"
                  "\"CONTRACT\":{\"LATE\":1,\"PARTIAL\":1}}", ",\"matrix_bp\":\"a\"",
                  NONE),
          "matrix_bp", "must be complete: CONTRACT must have LATE, PARTIAL and NONE" },
        { FILE_OF("\"formula\":\"L6\"", "", "\"tests\":[]}"), "tests",
          "must be a list of 1 to 60 test claims" },
        { FILE_OF("\"formula\":\"L6\"", "", "\"tests\":[{\"damages_p\":1}]}"), "tests/0",
          "must have a name" },
        { FILE_OF("\"formula\":\"L6\"", "", "\"tests\":[{\"name\":\"a\",\"expect\":{\"sum\":1}}]}"),
          "tests/0/expect/sum", "is not known here" },
        { FILE_OF("\"formula\":\"L6\"", "",
          "\"tests\":[{\"name\":\"a\",\"fun\":1,\"expect\":{\"indicated_p\":0}}]}"), "tests/0/fun",
          "is not known here" },
        { FILE_OF("\"formula\":\"L6\"", "",
          "\"tests\":[\n{\"name\":\"a\",\"expect\":{\"indicated_p\":0}},\n"
                  "{\"name\":\"b\",\"damages_p\":5,\"expect\":{\"indicated_p\":4}}]}"), "tests/1",
          "Line 10, tests/1: “b” is not as expected: £0.04 was expected and £0.05 came out. Mend "
          "the setting or the test" },
        { FILE_OF("\"formula\":\"L6\"", "",
          "\"tests\":[{\"name\":\"b\",\"damages_p\":5,\"expect\":{\"indicated_p\":5,"
          "\"exceeds_basis\":true}}]}"),
          "tests/0", "the sum is not more than the basis" },
        { FILE_OF("\"formula\":\"L6\"", "",
          "\"tests\":[{\"name\":\"b\",\"damages_p\":5,\"expect\":{\"indicated_p\":5,"
          "\"would_be_p\":6}}]}"),
          "tests/0", "it would have been £0.05, and £0.06 was expected" },
        { FILE_OF("\"formula\":\"L6\"", "",
          "\"tests\":[{\"name\":\"b\",\"damages_p\":5,\"breach_number\":2,\"units\":3,"
                  "\"expect\":{\"indicated_p\":5}}]}"), "tests/0", "it could not be reckoned" },
        { "{\"code\":\"l 1\",\n\"version\":1}", "code", "Line 1, code: must be 1 to 24 capital "
          "letters, digits and _" },
        { "{\"code\":\"A\\\"B\",\n\"version\":\"x\"}", "version",
          "Line 2, version: must be a whole number from 1" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t found = { .pool = *state };
        cd_scheme_file_t *file;
        int seen = 0;
        cd_err_t *err =
            cd_scheme_file_read(&file, rows[i].text, strlen(rows[i].text), &found, *state);
        if (err)
            fail_msg("row %d: %s", (int)i, cd_err_line(err, *state));
        if (!rows[i].field && found.count)
            fail_msg("row %d: %s", (int)i, found.list[0].text);
        for (int j = 0; rows[i].field && j < found.count; j++)
            seen |= !strcmp(found.list[j].field, rows[i].field)
                    && strstr(found.list[j].text, rows[i].problem);
        if (rows[i].field && !seen)
            fail_msg("row %d: %s is not said; %s", (int)i, rows[i].problem,
                     found.count ? found.list[0].text : "nothing is");
    }
}

/* A fault is said once, and in its three parts for a table. */
static void faults(void **state)
{
    static const char text[] =
        "{\"code\":\"H1\",\n\"version\":1,\n\"formula\":\"L1\",\n\"fixed_p\":\"many\"}";
    cd_problems_t found = { .pool = *state };
    cd_scheme_file_t *file;
    cd_scheme_fault_t fault;
    int i, of_fixed = 0;

    assert_null(cd_scheme_file_read(&file, text, sizeof(text) - 1, &found, *state));
    for (i = 0; i < found.count; i++)
        of_fixed += !strcmp(found.list[i].field, "fixed_p");
    assert_int_equal(of_fixed, 2);                  /* no number, and no authority */
    fault = cd_scheme_fault(&found.list[0], *state);
    assert_string_equal(fault.line, "4");
    assert_string_equal(fault.member, "fixed_p");
    assert_true(!strncmp(fault.text, "must be whole pence", 19));
    fault = cd_scheme_fault(&found.list[1], *state);
    assert_null(fault.line);
    assert_string_equal(fault.member, "title");
    assert_string_equal(fault.text, "must be given");
}

static void not_json(void **state)
{
    cd_problems_t found = { .pool = *state };
    cd_scheme_file_t *file;
    char *large = apr_palloc(*state, CD_SCHEME_FILE_MAX + 1);

    assert_int_equal(cd_scheme_file_read(&file, "{\"code\":", 8, &found, *state)->code,
                     CD_E_BAD_REQUEST);
    assert_int_equal(
        cd_scheme_file_read(&file, "{\"code\":\"a\",\"code\":\"b\"}", 23, &found, *state)->code,
        CD_E_BAD_REQUEST);
    memset(large, ' ', CD_SCHEME_FILE_MAX + 1);
    assert_int_equal(
        cd_scheme_file_read(&file, large, CD_SCHEME_FILE_MAX + 1, &found, *state)->code,
        CD_E_TOO_LARGE);
}

static const char *const names[] = { "L0", "L1", "L2", "L3", "L3B", "L4",
                                     "L5", "L6", "L7", "L8", "L8B", "L9" };

/* Each formula has a file that loads, whose tests hold; written and read again it is the same. */
static void shipped(void **state)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        cd_problems_t found = { .pool = *state };
        cd_buf_t *first = cd_buf_make(*state, 1024), *second = cd_buf_make(*state, 1024);
        cd_setting_t settings[CD_SCHEME_SETTINGS];
        cd_scheme_file_t *file;
        cd_scheme_t *again;
        apr_size_t len;
        json_t *json;
        cd_jsonw_t w;
        int count;
        const char *text =
            file_text(apr_pstrcat(*state, "conf/schemes/", names[i], ".json", NULL), &len, *state);

        assert_null(cd_scheme_file_read(&file, text, len, &found, *state));
        if (found.count)
            fail_msg("%s: %s", names[i], found.list[0].text);
        assert_string_equal(file->scheme->code, names[i]);
        assert_string_equal(cd_token_word(cd_formulas, file->scheme->formula), names[i]);
        assert_true(file->test_count >= 2 && !file->test_failed);
        cd_jsonw_init(&w, first, 0);
        cd_scheme_write(&w, file->scheme);
        assert_null(cd_json_read(&json, first->data, first->len, *state));
        assert_null(cd_scheme_read(&again, json, *state));
        cd_jsonw_init(&w, second, 0);
        cd_scheme_write(&w, again);
        assert_string_equal(first->data, second->data);
        /* on the page: every setting that is given has its authority beside it */
        count = cd_scheme_settings(settings, again, *state);
        assert_true(count > 12);
        for (int j = 0; j < count; j++) {
            assert_true(*settings[j].label && *settings[j].value);
            if (settings[j].given && strcmp(settings[j].value, "No") && !settings[j].authority)
                fail_msg("%s: %s has no authority", names[i], settings[j].name);
        }
    }
    for (int i = 0; cd_formulas[i].word; i++)
        assert_string_equal(cd_formulas[i].word, names[i]);
}

static const char *value_of(const cd_setting_t *list, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(list[i].name, name))
            return list[i].value;
    return "";
}

static void words(void **state)
{
    cd_scheme_t s = { .formula = CD_L3_FIXED_RISING,
                      .basis = CD_BASIS_T,
                      .steps_p = { 100, 200 },
                      .step_count = 2,
                      .review_days = 1,
                      .evidence_days_wd = 5,
                      .material = CD_MAT_FULL,
                      .confirm_above_p = 5000000 };
    cd_setting_t list[CD_SCHEME_SETTINGS];
    int count = cd_scheme_settings(list, &s, *state);

    assert_string_equal(value_of(list, count, "steps_p"),
                        "£1.00 and £2.00, the last for every later breach");
    assert_string_equal(value_of(list, count, "basis"), "Damages and all legal costs");
    assert_string_equal(value_of(list, count, "review_days"), "1 day");
    assert_string_equal(value_of(list, count, "evidence_days_wd"), "5 working days");
    assert_string_equal(value_of(list, count, "answer_days_wd"), "10 working days");
    assert_string_equal(value_of(list, count, "confirm_above_p"), "£50,000.00");
    assert_string_equal(value_of(list, count, "cap_p"), "None");
    assert_string_equal(value_of(list, count, "fixed_p"), "");
    s.formula = CD_L9_MATRIX;
    s.matrix_bp[2][2] = 2000;
    count = cd_scheme_settings(list, &s, *state);
    assert_non_null(strstr(value_of(list, count, "matrix_bp"),
                           "whose breach is an offence, not done at all: 20.00%\n"));
}

static void the_schema_is_the_published_one(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 65536);
    apr_size_t len;
    const char *text = file_text("docs/scheme.schema.json", &len, *state);

    cd_scheme_schema(buf);
    assert_string_equal(text, buf->data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(problems), POOL_TEST(faults), POOL_TEST(not_json), POOL_TEST(shipped),
                  POOL_TEST(words),
        POOL_TEST(the_schema_is_the_published_one),
    };

    return cmocka_run_group_tests_name("scheme_file", tests, NULL, NULL);
}

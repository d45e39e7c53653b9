/* test_import.c: case files in and out by candourctl: broken ones change nothing and say what to
 * mend. */
#include "unit/unit.h"

#include <apr_file_io.h>

#include "app/transfer.h"
#include "cli/cli.h"
#include "store/app_site.h"

static const char *config_path;
static char said[8192], printed[65536];

static const char *in_dir(const char *name)
{
    return apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/", name, NULL);
}

static const char *write_file(const char *name, const char *text)
{
    const char *path = in_dir(name);
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path,
                                   APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_UREAD | APR_FPROT_UWRITE, site.pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(file);
    return path;
}

static void read_back(FILE *file, char *text, size_t max)
{
    size_t len;

    rewind(file);
    len = fread(text, 1, max - 1, file);
    text[len] = '\0';
    fclose(file);
}

/* candourctl ARGUMENTS...; what it prints and says is kept. */
static int ctl(const char *a, const char *b, const char *c, const char *d)
{
    const char *argv[6] = { a }, *more[] = { b, c, d };
    FILE *out = tmpfile(), *err = tmpfile();
    int argc = 1, i, status;
    apr_pool_t *pool;

    for (i = 0; i < 3; i++)
        if (more[i])
            argv[argc++] = more[i];
    argv[argc++] = apr_pstrcat(site.pool, "--config=", config_path, NULL);
    apr_pool_create(&pool, site.pool);
    status = cli_run(argc, argv, out, err, pool);
    apr_pool_destroy(pool);
    read_back(out, printed, sizeof(printed));
    read_back(err, said, sizeof(said));
    return status;
}

static int import_open(void **state)
{
    site_clock_now = apr_time_now();     /* candourctl has the machine's own clock */
    if (site_open(state))
        return -1;
    write_file("password", getenv("CANDOUR_TEST_PASSWORD"));
    config_path = write_file(
        "candourctl.conf",
        apr_psprintf(site.pool,
                     "socket = %s\ndatabase = %s\nuser = %s\npassword_file = %s\nkey_file = %s\n",
                     getenv("CANDOUR_TEST_SOCKET"), getenv("CANDOUR_TEST_DATABASE"),
                     getenv("CANDOUR_TEST_USER"), in_dir("password"), in_dir("key")));
    return 0;
}

static int file_count(void)
{
    app_case_list_t cases;
    app_claim_list_t claims;

    assert_ok(app_case_list(&cases, site_ctx("handler", 0, NULL), 0, 0));
    assert_ok(app_claim_list(&claims, site_ctx("handler", 0, NULL), 0, 0));
    return cases.count + claims.count;
}

#define ORG "\"organisation\": {\"code\": \"RZ1\", " \
    "\"name\": \"Northvale Hospitals NHS Foundation Trust\",\n" \
    "  \"jurisdiction\": \"ENG\", \"kind\": \"HEALTH_SERVICE_BODY\", \"nhs_contract\": true},\n"
#define HEAD "{\"format\": \"candour-case-file\", \"version\": 1,\n" ORG \
    "\"case\": {\"records\": [\n"
#define INCIDENT(ref, title) "{\"record\": \"incident\", \"title\": \"" title "\", " \
    "\"local_ref\": \"" ref "\",\n" \
    "  \"occurred\": \"2026-10\", \"reported_on\": \"2026-10-28\"}"
#define TAIL "\n]}}\n"

typedef struct broken_t { const char *text, *message, *why; } broken_t;

/* Each message: the file, the place in it, the line, the value where it may be shown, and what to
 * do. */
static void broken(void **state)
{
    static const broken_t files[] = {
        { "", "broken.json: ", "empty" },
        { "{\"format\": ", "line 1, column", "cut off" },
        { "{\"a\": 1, \"a\": 2}", "a name comes twice", "twice" },
        { "[]", "a case file is one JSON object", "no object" },
        { HEAD INCIDENT("B1", "A fall") "]}", "broken.json: ", "brackets" },
        { HEAD INCIDENT("B2", "A fall") ",\n{\"record\": \"talk\", \"told\": \"2026-13-01\"}" TAIL,
          "/case/records/1/told: line 7: \"2026-13-01\": Date you told the patient must be a real "
          "date", "no such month" },
        { HEAD INCIDENT("B3", "A fall") ",\n{\"record\": \"talk\", \"told\": \"2026-11-04\", "
          "\"mode\": \"SHOUTED\"}" TAIL,
          "/case/records/1/mode: line 7: \"SHOUTED\": must be one of FACE_TO_FACE,",
          "unknown word" },
        { HEAD INCIDENT("B4", "A fall") ",\n{\"record\": \"talk\", \"told\": \"2026-11-04\", "
          "\"colour\": \"red\"}" TAIL,
          "/case/records/1/colour: line 7: \"red\": this name is not known here: take it out or "
          "mend its spelling",
          "unknown name" },
        { HEAD "{\"record\": \"incident\", \"occurred\": \"2026-10\"}" TAIL,
          "/case/records/0/title: line 5: Enter what",
          "title missing" },
        { HEAD INCIDENT("B5", "A fall") ",\n{\"record\": \"patient\", \"name\": \"A B\", "
          "\"nhs_number\": \"9990000019\"}" TAIL,
          "/case/records/1/nhs_number: line 7: ", "check digit" },
        { "{\"format\": \"candour-case-file\", \"version\": 1,\n\"case\": {\"records\": "
          "[\n" INCIDENT("B6", "A fall") TAIL,
          "/organisation: the file names no organisation: give --org CODE", "no organisation" },
        { "{\"format\": \"candour-case-file\", \"version\": 1,\n\"organisation\": {\"code\": "
          "\"RZ9\", \"name\": \"X Y\", "
          "\"jurisdiction\": \"ENG\", \"kind\": \"OTHER\"},\n\"case\": {\"records\": "
          "[\n" INCIDENT("B7", "A fall") TAIL,
          "/organisation/code: \"RZ9\": not registered here: run candourctl org add RZ9",
          "organisation not known" },
        { "{\"format\": \"candour-case-file\", \"version\": 2,\n\"case\": {\"records\": "
          "[\n" INCIDENT("B8", "A fall") TAIL,
          "/version: line 1: 2: must be 1", "version" },
        { HEAD INCIDENT("B9", "A fall") ",\n{\"record\": \"withdrawal\", \"reason\": \"an "
          "error\", \"supersedes\": 9}" TAIL,
          "/case/records/1/supersedes: line 7: must name an earlier entry of the same part",
          "no such entry" },
        { HEAD INCIDENT("B10", "A fall") "\n]},\n\"claim\": {\"records\": [{\"record\": "
          "\"claim\", \"title\": \"A fall\", "
          "\"scheme\": \"CNST\", \"notified\": \"2026-11-02\"},\n{\"record\": \"parties\", "
          "\"trust_1\": \"RZ1\", "
          "\"share_1\": 10000, \"cases_1\": \"CM-1999-0001\"}" TAIL,
          "/claim/records/1/cases_1: \"CM-1999-0001\": there is no such case of RZ1: import it "
          "first", "no such case" }
    };
    int before = file_count();
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(files); i++) {
        const char *path = write_file("broken.json", files[i].text);
        int status = ctl("import", path, NULL, NULL);

        ROW_CHECK(status == CLI_USAGE, i, files[i].why);
        ROW_CHECK(strstr(said, files[i].message) != NULL, i, said);
        ROW_CHECK(strstr(said, "broken.json") != NULL, i, said);
        ROW_CHECK(file_count() == before, i, files[i].why);
    }
    assert_int_equal(ctl("import", in_dir("nowhere.json"), NULL, NULL), CLI_AWAY);
    assert_non_null(strstr(said, "nowhere.json cannot be read: No such file or directory"));
}

static void dry_run(void **state)
{
    const char *path = write_file("dry.json", HEAD INCIDENT("D1", "A dry fall") TAIL);
    int before = file_count();

    (void)state;
    assert_int_equal(ctl("import", path, "--dry-run", NULL), CLI_OK);
    assert_non_null(strstr(printed, "dry.json: good"));
    assert_int_equal(file_count(), before);
}

static void doubles(void **state)
{
    const char *path = write_file("double.json", HEAD INCIDENT("X1", "A fall") TAIL);
    int before = file_count();

    (void)state;
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_OK);
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_REFUSED);
    assert_non_null(strstr(said, "double: this case is here already as CM-"));
    assert_int_equal(ctl("import", path, "--skip-known", NULL), CLI_OK);
    assert_non_null(strstr(printed, "known as CM-"));
    path = write_file("double.json",
                      HEAD INCIDENT("X1", "Another title, the same local reference") TAIL);
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_REFUSED);
    path = write_file("double.json", HEAD INCIDENT("X2", "A fall") TAIL);
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_OK);
    assert_int_equal(file_count(), before + 2);
}

/* Many files: the good ones are taken, the broken one is named, the worst status is given. */
static void several(void **state)
{
    const char *good = write_file("good.json", HEAD INCIDENT("S1", "A fall") TAIL);
    const char *bad = write_file("bad.json", HEAD TAIL),
               *last = write_file("last.json", HEAD INCIDENT("S2", "A fall") TAIL);
    int before = file_count();

    (void)state;
    assert_int_equal(ctl("import", good, bad, last), CLI_USAGE);
    assert_non_null(strstr(said, "bad.json"));
    assert_null(strstr(said, "good.json"));
    assert_int_equal(file_count(), before + 2);
}

/* The reference behind the last colon of what import printed. */
static const char *reference_printed(void)
{
    char *colon = strrchr(printed, ':');

    assert_non_null(colon);
    return apr_pstrndup(site.pool, colon + 2, strcspn(colon + 2, "\n,"));
}

/* The file without its reference: the one thing an import gives anew. */
static const char *without_reference(const char *text)
{
    const char *at = strstr(text, "    \"reference\": ");

    assert_non_null(at);
    return apr_pstrcat(site.pool, apr_pstrndup(site.pool, text, (apr_size_t)(at - text)),
                       strchr(at, '\n') + 1, NULL);
}

static const char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);

    assert_non_null(at);
    return apr_pstrcat(site.pool, apr_pstrndup(site.pool, text, (apr_size_t)(at - text)), to,
                       at + strlen(from), NULL);
}

/* export(import(x)) == x, for a file with corrections, a withdrawal, partial dates and every kind
 * of value. */
static void there_and_back(void **state)
{
    const char *reference = site_case_of("ward1", "Anna Kowal", "9990000018"), *first, *second,
               *path;
    cd_withdrawal_t withdrawal = { .reason = "Entered in the wrong case" };
    cd_attempt_t attempt = { .tried = { day(11, 1), day(11, 17) },
                             .at = 17 * 60 + 11,
                             .mode = CD_MODE_TELEPHONE,
                             .outcome = CD_ATTEMPT_NO_ANSWER,
                             .note = "No answer.\n\"Later\", said the machine; £5 & <b>" };
    cd_finding_t finding = { .rule = CD_RULE_E06,
                             .outcome = CD_FOUND_MET_LATE,
                             .finder = CD_FINDER_OMBUDSMAN,
                             .found = { day(1, 1), day(12, 31) },
                             .source = "Letter 17",
                             .body_name = "The ombudsman",
                             .penalty_p = 125000 };
    app_record_ask_t ask = { .kind = CD_REC_WITHDRAWAL, .body = &withdrawal };
    cd_talk_t *talk = site_talk();
    app_case_view_t *view;
    int seq;

    (void)state;
    finding.found.last = day(1, 31);
    attempt.tried.first = day(11, 17);
    site_open_case("legal1", reference);
    talk->support = 1u << CD_SUPPORT_NAMED_CONTACT | 1u << CD_SUPPORT_ADVOCATE;
    seq = site_add("legal1", reference, CD_REC_TALK, talk);
    site_add("legal1", reference, CD_REC_ATTEMPT, &attempt);
    site_add("regulator", reference, CD_REC_FINDING, &finding);
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    ask.version = view->row.version;
    ask.supersedes = seq;
    assert_ok(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()));
    assert_int_equal(ctl("export", reference, NULL, NULL), CLI_OK);
    first = apr_pstrdup(site.pool, printed);
    assert_non_null(strstr(first, reference));
    path = write_file("back.json", without_reference(first));
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_OK);
    assert_int_equal(ctl("export", reference_printed(), NULL, NULL), CLI_OK);
    second = apr_pstrdup(site.pool, printed);
    assert_string_equal(without_reference(first), without_reference(second));
    assert_int_equal(ctl("verify", NULL, NULL, NULL), CLI_OK);
}

/* An import is found by the number that stands in the file, not by the one first entered. */
static void found_by_the_standing_number(void **state)
{
    const char *reference = site_case_of("ward1", "Kit Moss", "9990000034");
    cd_patient_t patient = { .name = "Kit Moss", .nhs_number = "9990000050" };
    app_record_ask_t ask = {
        .kind = CD_REC_PATIENT, .body = &patient, .version = 1, .supersedes = 2, .reason = "misread"
    };
    app_case_list_t found;
    int seq;

    (void)state;
    assert_ok(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()));
    assert_int_equal(ctl("export", reference, NULL, NULL), CLI_OK);
    assert_int_equal(
        ctl("import", write_file("number.json", without_reference(printed)), NULL, NULL), CLI_OK);
    assert_ok(app_case_search(&found, site_ctx("legal1", 0, NULL), "9990000034"));
    assert_int_equal(found.count, 0);
    assert_ok(app_case_search(&found, site_ctx("legal1", 0, NULL), "9990000050"));
    assert_int_equal(found.count, 2);
}

/* A claim names its cases as the trust calls them, and the file's own case by its number in the
 * file. */
/* What another database's trust was told of a decision there says nothing of a decision here. */
static void no_word_on_a_decision_comes_in(void **state)
{
    static const char text[] = HEAD INCIDENT(
        "T1",
        "Told before") "]},\n\"claim\": {\"records\": [\n"
                       "{\"record\": \"claim\", \"title\": \"Told before\", \"scheme\": \"CNST\", "
                       "\"notified\": \"2026-10-02\"},\n"
                       "{\"record\": \"told\", \"org\": \"RZ1\", \"decision_seq\": 1, \"on\": "
                       "\"2026-11-02\", \"mode\": \"LETTER\", "
                       "\"report_sha\": "
                       "\"abababababababababababababababababababababababababababababababab\"},\n"
                       "{\"record\": \"confirmation\", \"org\": \"RZ1\", \"decision_seq\": 1, "
                       "\"verdict\": \"CONFIRMED\", "
                       "\"reasons\": \"Read.\"}" TAIL;
    const char *claim;

    (void)state;
    assert_int_equal(ctl("import", write_file("told.json", text), NULL, NULL), CLI_OK);
    claim = strstr(printed, "CL-");
    assert_non_null(claim);
    assert_int_equal(
        ctl("export", apr_pstrndup(site.pool, claim, strcspn(claim, "\n")), NULL, NULL), CLI_OK);
    assert_non_null(strstr(printed, "\"told\""));
    assert_non_null(strstr(printed, "\"confirmation\""));
    assert_null(strstr(printed, "decision_seq"));
    assert_null(strstr(printed, "report_sha"));
    assert_int_equal(ctl("verify", NULL, NULL, NULL), CLI_OK);
}

static void claim_with_case(void **state)
{
    static const char text[] = HEAD INCIDENT(
        "L1", "Told late") ",\n{\"record\": \"patient\", \"name\": \"Zed Young\"}\n"
                           "]},\n\"claim\": {\"records\": [\n{\"record\": \"claim\", \"title\": "
                           "\"Told late\", \"scheme\": \"CNST\", "
                           "\"notified\": \"2026-11-02\", \"claimant_name\": \"Zed Young\"},\n"
                           "{\"record\": \"payment\", \"kind\": \"DEFENCE_COSTS\", \"amount_p\": "
                           "282000, \"paid\": \"2026-11-02\"},\n"
                           "{\"record\": \"payment\", \"kind\": \"DEFENCE_COSTS\", \"amount_p\": "
                           "282000, \"paid\": \"2026-11-03\", "
                           "\"reverses\": 2},\n"
                           "{\"record\": \"parties\", \"trust_1\": \"RZ1\", \"share_1\": 10000, "
                           "\"cases_1\": \"L1\"}" TAIL;
    const char *path = write_file("both.json", text), *claim, *cases;
    app_claim_view_t *view;

    (void)state;
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_OK);
    cases = reference_printed();
    claim = strstr(printed, "CL-");
    assert_non_null(claim);
    claim = apr_pstrndup(site.pool, claim, strcspn(claim, "\n"));
    assert_ok(app_claim_view(&view, site_ctx("handler", CD_FILE_CLAIM, claim), 0));
    assert_int_equal(view->party_count, 1);
    assert_int_equal(view->parties[0].case_count, 1);
    assert_string_equal(view->parties[0].cases[0], cases);
    assert_int_equal(view->ledger.outlay_p, 0);
    assert_ok(app_claim_view(&view, site_ctx("legal1", CD_FILE_CLAIM, claim), 0));
    path = write_file("both.json",
                      replaced(replaced(text, "\"L1\"", "\"L2\""), "\"Told late\", \"scheme\"",
                               "\"Told late, again\", \"scheme\""));
    /* L1 is now another file's case: by local reference */
    assert_int_equal(ctl("import", path, NULL, NULL), CLI_OK);
    assert_int_equal(ctl("verify", NULL, NULL, NULL), CLI_OK);
}

static void recorded_by(void **state)
{
    const char *path = write_file(
        "by.json", HEAD
        "{\"record\": \"incident\", \"title\": \"A fall\", \"local_ref\": \"N1\", "
        "\"recorded_at\": \"2026-10-28T09:30:00.000Z\", \"recorded_by\": \"ward1\", "
        "\"recorded_as\": \"ward\"},\n"
        "{\"record\": \"patient\", \"name\": \"A B\", \"recorded_by\": \"Somebody Elsewhere\"},\n"
        "{\"record\": \"grading\", \"graded\": \"2026-10-29\", \"recorded_by\": \"legal2\"}" TAIL);
    app_case_view_t *view;
    app_entries_t entries = { 0 };
    const char *reference;

    (void)state;
    assert_int_equal(ctl("import", path, "--as", "admin"), CLI_OK);
    reference = reference_printed();
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, reference), 0));
    assert_string_equal(view->file->records[0].recorded_by_name, "ward1");
    assert_int_equal(view->file->records[0].role, CD_ROLE_WARD);
    assert_string_equal(view->file->records[1].recorded_by_name, "admin");
    /* legal2 is of another trust */
    assert_string_equal(view->file->records[2].recorded_by_name, "admin");
    assert_ok(app_entries(&entries, site_ctx("auditor", CD_FILE_CASE, reference), 0, 0));
    assert_string_equal(entries.rows[entries.count - 1].who, "admin");
    assert_string_equal(entries.rows[entries.count - 1].action, "Case file imported");
}

static void not_for_the_server(void **state)
{
    app_ctx_t *ctx = site_ctx("legal1", 0, NULL);
    app_casefile_t file = { 0 };
    const char *reference;

    (void)state;
    assert_code(app_import(&reference, ctx, &file, 0, site_problems()), CD_E_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(broken), POOL_TEST(dry_run), POOL_TEST(doubles), POOL_TEST(several),
                  POOL_TEST(there_and_back),
        cmocka_unit_test(found_by_the_standing_number),
        POOL_TEST(no_word_on_a_decision_comes_in), POOL_TEST(claim_with_case),
                  POOL_TEST(recorded_by), POOL_TEST(not_for_the_server)
    };

    return cmocka_run_group_tests(tests, import_open, site_close);
}

/* test_app_case.c: a case from the incident to its end, with corrections, and what it costs. */
#include "unit/unit.h"

#include "store/app_site.h"

static app_case_view_t *view_of(const char *subject, const char *reference, cd_date_t as_at)
{
    app_ctx_t *ctx = site_ctx(subject, CD_FILE_CASE, reference);
    app_case_view_t *view = NULL;

    assert_ok(app_case_view(&view, ctx, as_at));
    return view;
}

static void created(void **state)
{
    const char *reference = site_case_of("ward1", "Anna Kowal", "9990000018");
    app_case_view_t *view = view_of("legal1", reference, 0);

    (void)state;
    assert_string_equal(view->row.reference, reference);
    assert_string_equal(view->row.person, "A.K.");
    assert_string_equal(view->row.title, "Retained swab after bowel surgery");
    assert_string_equal(view->row.org_code, "RZ1");
    assert_int_equal(view->row.state, CD_CASE_RECORDED);
    assert_int_equal(view->row.version, 1);
    assert_int_equal(view->file->count, 2);
    assert_string_equal(view->patient->nhs_number, "9990000018");
    assert_non_null(view->policy);
    assert_string_equal(view->policy->code, "ENG-20-NHS");
    assert_non_null(view->eval);
    assert_int_equal(view->audit_seq, 2);
    assert_false(view->looking_back);
}

static void created_badly(void **state)
{
    cd_incident_t incident = { .title = "x", .occurred = on(10, 14) };
    cd_problems_t *problems = site_problems();
    app_ctx_t *ctx = site_ctx("ward1", 0, NULL);
    const char *reference;
    app_case_list_t before, after;
    app_ctx_t *reader = site_ctx("legal1", 0, NULL);

    (void)state;
    assert_ok(app_case_list(&before, reader, 0, 0));
    incident.title = NULL;
    assert_code(app_case_create(&reference, ctx, NULL, &incident, NULL, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "title"), "Enter what the incident is");
    assert_ok(app_case_list(&after, site_ctx("legal1", 0, NULL), 0, 0));
    assert_int_equal(before.count, after.count);
}

static void story(void **state)
{
    const char *reference = site_case_of("ward1", "Ben Marsh", NULL);
    cd_letter_t letter = { .dated = on(11, 9),
                           .sent = on(11, 9),
                           .proof = "Post book 17, recorded delivery",
                           .account_given = CD_YES,
                           .enquiries_given = CD_YES,
                           .apology_given = CD_YES,
                           .copy_kept = "Case folder" };
    cd_closure_t closure = { .closed = on(11, 18), .reason = CD_CLOSED_DUTY_DONE };
    app_case_view_t *view;

    (void)state;
    site_open_case("legal1", reference);
    view = view_of("legal1", reference, 0);
    assert_int_equal(view->row.state, CD_CASE_OPEN);
    assert_int_equal(view->row.aware_on, day(10, 30));
    assert_int_equal(view->row.opinion, CD_OPINION_NOTIFIABLE);
    assert_true(view->task_count > 0);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    site_add("legal1", reference, CD_REC_LETTER, &letter);
    view = view_of("legal1", reference, 0);
    assert_int_equal(view->row.told.first, day(11, 4));
    assert_int_equal(cd_evaluation_rule(view->eval, "E02")->status, CD_ST_MET);
    assert_int_equal(cd_evaluation_rule(view->eval, "E09")->status, CD_ST_MET);
    assert_int_equal(view->row.version, 5);
    closure.reason = CD_CLOSED_OPENED_IN_ERROR;
    closure.note = "The same incident as last week’s.";
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    assert_int_equal(view_of("legal1", reference, 0)->row.state, CD_CASE_CLOSED);
}

/* "Everything was done" cannot be said while a rule waits or nobody can say whether it was met. */
static void duty_done(void **state)
{
    const char *reference = site_case_of("ward1", "Ida Knox", NULL);
    cd_closure_t closure = { .closed = on(11, 18), .reason = CD_CLOSED_DUTY_DONE };
    cd_letter_t letter = { .dated = on(11, 9),
                           .sent = on(11, 9),
                           .proof = "Post book 17, recorded delivery",
                           .account_given = CD_YES,
                           .enquiries_given = CD_YES,
                           .apology_given = CD_YES,
                           .copy_kept = "Case folder" };
    cd_results_t results = { .sent = on(11, 16), .proof = "Post book 18", .apology_given = CD_YES,
                             .copy_kept = "Case folder" };
    cd_enquiry_t enquiry = { .type = CD_ENQUIRY_AAR, .started = on(11, 5), .signed_off = on(11, 12),
                             .shared = on(11, 16) };
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_CLOSURE, &closure, problems),
                CD_E_INVALID);
    assert_int_equal(problems->count, 1);
    assert_string_equal(
        site_problem_text(problems, "reason"),
        "Not everything the duty asks is settled: see E02, E03, E04, E05, E06, E07, E08, E09, E12. "
        "Record what is missing, or give each of these rules its reason");
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    site_add("legal1", reference, CD_REC_LETTER, &letter);
    site_add("legal1", reference, CD_REC_ENQUIRY, &enquiry);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_CLOSURE, &closure, problems),
                CD_E_INVALID);
    assert_null(strstr(site_problem_text(problems, "reason"), "E02"));
    assert_non_null(strstr(site_problem_text(problems, "reason"), "E10"));
    site_add("legal1", reference, CD_REC_RESULTS, &results);
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    assert_int_equal(view_of("legal1", reference, 0)->row.state, CD_CASE_CLOSED);
}

/* A trust may admit a breach; that it met the duty is for others to find. */
static void own_finding(void **state)
{
    static const struct { const char *who; int outcome; const char *told; } rows[] = {
        { "legal1",    CD_FOUND_MET,      "Your trust can record a finding of not met, or done "
          "too late. A finding "
                                          "that the rule was met is recorded by the scheme or the "
                                          "regulator" },
        { "legal1",    CD_FOUND_MET_LATE, "" },
        { "legal1",    CD_FOUND_NOT_MET,  "" },
        { "handler",   CD_FOUND_MET,      "" },
        { "decider",   CD_FOUND_MET,      "" },
        { "regulator", CD_FOUND_MET,      "" }
    };
    const char *reference = site_case_of("ward1", "Jon Lane", NULL);
    unsigned i;

    (void)state;
    site_open_case("legal1", reference);
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_finding_t finding = { .rule = CD_RULE_E02,
                                 .outcome = rows[i].outcome,
                                 .finder = CD_FINDER_REGULATOR,
                                 .body_name = "Care Quality Commission",
                                 .found = on(11, 17),
                                 .source = "Letter of 17 November 2026" };
        cd_problems_t *problems = site_problems();
        int seq;
        cd_err_t *err =
            site_record(&seq, rows[i].who, reference, CD_REC_FINDING, &finding, problems);

        ROW_CHECK(!strcmp(site_problem_text(problems, "outcome"), rows[i].told), i, rows[i].who);
        ROW_CHECK((err ? err->code : CD_E_OK) == (*rows[i].told ? CD_E_INVALID : CD_E_OK), i,
                  rows[i].who);
    }
}

/* The record of the talk knows which version of the facts the patient was told. */
static void facts_as_they_stood(void **state)
{
    const char *reference = site_case_of("ward1", "Carol Ody", NULL);
    app_case_view_t *view;
    const cd_record_t *talk;

    (void)state;
    site_open_case("legal1", reference);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    view = view_of("legal1", reference, 0);
    talk = cd_case_last(view->file, CD_REC_TALK);
    assert_int_equal(((const cd_talk_t *)talk->body)->incident_seq, 1);
}

static void workflow(void **state)
{
    const char *reference = site_case_of("ward1", "Dan Foe", NULL);
    cd_closure_t closure = { .closed = on(11, 17), .reason = CD_CLOSED_DUTY_DONE };
    cd_opening_t opening = { .aware = on(10, 30) };
    cd_opinion_t opinion = { .given = on(10, 29),
                             .opinion = CD_OPINION_NOTIFIABLE,
                             .given_by = "K. Brandt, consultant",
                             .profession = CD_PROF_DOCTOR,
                             .reasons = "Moderate harm, unintended." };
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    assert_code(site_record(&seq, "legal1", reference, CD_REC_TALK, site_talk(), problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, ""),
                        "The candour case is not open yet. Open it first");
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_OPENING, &opening, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, ""),
                        "Record a healthcare professional’s opinion before you open the case");
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_CLOSURE, &closure, problems),
                CD_E_INVALID);
    site_add("legal1", reference, CD_REC_OPINION, &opinion);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_OPENING, &opening, problems),
                CD_E_INVALID);
    assert_int_equal(problems->count, 1);
    assert_string_equal(problems->list[0].field, "aware");
    opening.aware = on(10, 29);
    site_add("legal1", reference, CD_REC_OPENING, &opening);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_OPENING, &opening, problems),
                CD_E_INVALID);
    assert_int_equal(view_of("legal1", reference, 0)->row.version, 3);
}

static cd_err_t *correct(int *seq, const char *reference, cd_record_kind_t kind, void *body,
                         int supersedes, const char *reason, cd_problems_t *problems)
{
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    app_record_ask_t ask = {
        .kind = kind, .body = body, .supersedes = supersedes, .reason = reason
    };

    ask.version = view_of("legal1", reference, 0)->row.version;
    return app_case_record(seq, ctx, &ask, problems);
}

static void corrected(void **state)
{
    const char *reference = site_case_of("ward1", "Eve Gray", NULL);
    cd_problems_t *problems = site_problems();
    cd_withdrawal_t withdrawal = { .reason = "Entered in the wrong case" };
    cd_talk_t *talk = site_talk();
    app_case_view_t *view;
    int first, second, third;

    (void)state;
    site_open_case("legal1", reference);
    first = site_add("legal1", reference, CD_REC_TALK, talk);
    talk->told = on(11, 3);
    talk->noted_on = day(11, 3);
    assert_code(correct(&second, reference, CD_REC_TALK, talk, first, NULL, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "reason"), "Enter why you are correcting this");
    assert_code(
        correct(&second, reference, CD_REC_LETTER, talk, first, "wrong kind", site_problems()),
        CD_E_INVALID);
    assert_code(correct(&second, reference, CD_REC_TALK, talk, 99, "no such", site_problems()),
                CD_E_INVALID);
    assert_ok(correct(&second, reference, CD_REC_TALK, talk, first, "The day was 3 November",
                      site_problems()));
    view = view_of("legal1", reference, 0);
    assert_int_equal(view->row.told.first, day(11, 3));
    assert_int_equal(cd_case_seq(view->file, first)->superseded_by, second);
    assert_string_equal(cd_case_seq(view->file, second)->reason, "The day was 3 November");
    problems = site_problems();
    assert_code(correct(&third, reference, CD_REC_TALK, talk, first, "again", problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, ""),
                        "This entry was corrected already. Correct the newest one");
    assert_ok(
        correct(&third, reference, CD_REC_WITHDRAWAL, &withdrawal, second, NULL, site_problems()));
    view = view_of("legal1", reference, 0);
    assert_null(cd_case_last(view->file, CD_REC_TALK));
    assert_int_equal(view->row.told.first, 0);
    assert_code(
        correct(&third, reference, CD_REC_WITHDRAWAL, &withdrawal, 1, NULL, site_problems()),
        CD_E_INVALID);
}

/* Taking the closing back opens the case again. */
static void reopened(void **state)
{
    const char *reference = site_case_of("ward1", "Fay Hill", NULL);
    cd_closure_t closure = { .closed = on(11, 18),
                             .reason = CD_CLOSED_OPENED_IN_ERROR,
                             .note = "Typed twice." };
    cd_withdrawal_t withdrawal = { .reason = "Closed too early" };
    int closed, seq;

    (void)state;
    site_open_case("legal1", reference);
    closed = site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    assert_ok(
        correct(&seq, reference, CD_REC_WITHDRAWAL, &withdrawal, closed, NULL, site_problems()));
    assert_int_equal(view_of("legal1", reference, 0)->row.state, CD_CASE_OPEN);
}

static void looked_back(void **state)
{
    const char *reference = site_case_of("ward1", "Gil Irons", NULL);
    app_case_view_t *view = view_of("legal1", reference, day(11, 17));
    app_ctx_t *ctx;

    (void)state;
    assert_true(view->looking_back);
    assert_int_equal(view->file->count, 0);
    assert_int_equal(view->file->later, 2);
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    assert_code(app_case_view(&view, ctx, day(11, 19)), CD_E_RANGE);
}

/* Round trips of all requests that have ended. */
static int trips(void)
{
    store_stats_t stats;
    int i;

    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
    store_stats(&stats, site.store);
    return (int)stats.round_trips;
}

/* The page as a GET asks for it. */
static app_case_view_t *page_of(const char *reference)
{
    apr_pool_t *pool;
    app_ctx_t *ctx;
    app_case_view_t *view;

    apr_pool_create(&pool, site.pool);
    ctx = app_ctx_make(site.app, pool);
    assert_ok(app_begin(ctx, "legal1", CD_FILE_CASE, reference));
    assert_ok(app_case_view(&view, ctx, 0));
    store_release(ctx->conn);
    return view;
}

static void talk_again(const char *reference, int version)
{
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk(), .version = version };
    int seq;

    assert_ok(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()));
}

/* The budget: a page in 2 round trips, a disclosure logged in 6, the look-up of the actor, the
 * records that the work list is made from and the words that search looks up among them; 7 where
 * the next step becomes another. A connection prepares each statement once: the first of each does
 * not count. */
static void round_trips(void **state)
{
    const char *reference = site_case_of("ward1", "Hal Jones", NULL);
    int before, version;

    (void)state;
    site_open_case("legal1", reference);
    trips();
    version = page_of(reference)->row.version;
    before = trips();
    page_of(reference);
    assert_int_equal(trips() - before, 2);
    talk_again(reference, version);
    before = trips();
    talk_again(reference, version + 1);
    assert_int_equal(trips() - before, 6);
}

static int found_by(const char *nhs_number)
{
    app_case_list_t found;

    assert_ok(app_case_search(&found, site_ctx("legal1", 0, NULL), nhs_number));
    return found.count;
}

/* A number that no longer stands finds nothing: somebody else's, entered by mistake. */
static void wrong_number_is_forgotten(void **state)
{
    static const char wrong[] = "9990000034", right[] = "9990000050";
    const char *reference = site_case_of("ward1", "Jo Lamb", wrong);
    cd_attempt_t attempt = { .tried = on(11, 1), .mode = CD_MODE_TELEPHONE,
                             .outcome = CD_ATTEMPT_NO_ANSWER };
    cd_patient_t patient = { .name = "Jo Lamb", .nhs_number = right };
    cd_withdrawal_t withdrawal = { .reason = "Another person" };
    int seq;

    (void)state;
    assert_int_equal(found_by(wrong), 1);
    assert_ok(correct(&seq, reference, CD_REC_PATIENT, &patient, 2, "misread", site_problems()));
    assert_int_equal(found_by(wrong), 0);
    assert_int_equal(found_by(right), 1);
    site_open_case("legal1", reference);
    site_add("legal1", reference, CD_REC_ATTEMPT, &attempt);
    assert_int_equal(found_by(right), 1); /* other records leave it */
    patient.nhs_number = NULL;
    assert_ok(
        correct(&seq, reference, CD_REC_PATIENT, &patient, seq, "not known", site_problems()));
    assert_int_equal(found_by(right), 0);
    patient.nhs_number = right;
    assert_ok(correct(&seq, reference, CD_REC_PATIENT, &patient, seq, "found", site_problems()));
    assert_int_equal(found_by(right), 1);
    assert_ok(correct(&seq, reference, CD_REC_WITHDRAWAL, &withdrawal, seq, NULL, site_problems()));
    assert_int_equal(found_by(right), 0);
}

static void listed(void **state)
{
    app_case_list_t list, found;
    const char *reference = site_case_of("legal2", "Ida King", "9990000026");

    (void)state;
    assert_ok(app_case_list(&list, site_ctx("legal2", 0, NULL), 0, 0));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].reference, reference);
    assert_ok(app_case_search(&found, site_ctx("legal2", 0, NULL), "999 000 0026"));
    assert_int_equal(found.count, 1);
    assert_ok(app_case_search(&found, site_ctx("legal2", 0, NULL), reference));
    assert_int_equal(found.count, 1);
    assert_ok(app_case_search(&found, site_ctx("legal1", 0, NULL), "999 000 0026"));
    assert_int_equal(found.count, 0);
    assert_ok(app_case_list(&list, site_ctx("handler", 0, NULL), CD_CASE_CLOSED, 0));
    assert_true(list.count >= 1);
}

static void entries(void **state)
{
    const char *reference = site_case_of("ward1", "Jo Lamb", NULL);
    app_entries_t page = { 0 };

    (void)state;
    assert_ok(app_entries(&page, site_ctx("auditor", CD_FILE_CASE, reference), 0, 0));
    assert_int_equal(page.count, 2);
    assert_int_equal(page.total, 2);
    assert_int_equal(page.next, 0);
    assert_int_equal(page.rows[0].seq, 2);   /* newest first */
    assert_string_equal(page.rows[1].action, "Incident recorded");
    assert_string_equal(page.rows[1].object, "record 1");
    assert_string_equal(page.rows[1].who, "ward1");
    assert_string_equal(page.rows[1].role, "Ward recorder");
    assert_int_equal(strlen(page.rows[1].hash), 64);
    assert_ok(app_entries(&page, site_ctx("auditor", CD_FILE_CASE, reference), 0, 2));
    assert_int_equal(page.count, 1);
    assert_int_equal(page.rows[0].seq, 1);
    assert_int_equal(page.total, 2);
    assert_ok(app_entries(&page, site_ctx("auditor", CD_FILE_CASE, reference), 1, 0));
    assert_int_equal(page.count, 1);
    assert_int_equal(page.rows[0].seq, 2);
    assert_int_equal(page.next, 0);
}

/* The newest are on the first page, and every entry is on one of the pages. */
static void entries_of_a_long_case(void **state)
{
    const char *reference = site_case_of("ward1", "Kay Long", NULL);
    app_entries_t page = { 0 };
    int i;

    (void)state;
    site_open_case("legal1", reference);
    for (i = 0; i < 210; i++)
        site_add("legal1", reference, CD_REC_TALK, site_talk());
    assert_ok(app_entries(&page, site_ctx("auditor", CD_FILE_CASE, reference), 0, 0));
    assert_int_equal(page.count, 200);
    assert_true(page.total > 210);
    assert_int_equal(page.rows[0].seq, page.total);
    assert_int_equal(page.next, page.total - 199);
    i = page.next;
    assert_ok(app_entries(&page, site_ctx("auditor", CD_FILE_CASE, reference), 0, i));
    assert_int_equal(page.rows[0].seq, i - 1);
    assert_int_equal(page.rows[page.count - 1].seq, 1);
    assert_int_equal(page.next, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(created), POOL_TEST(created_badly), POOL_TEST(story), POOL_TEST(duty_done),
                  POOL_TEST(own_finding),
        POOL_TEST(facts_as_they_stood), POOL_TEST(workflow), POOL_TEST(corrected),
        POOL_TEST(reopened), POOL_TEST(looked_back), POOL_TEST(round_trips),
        POOL_TEST(wrong_number_is_forgotten),
        POOL_TEST(listed), POOL_TEST(entries), POOL_TEST(entries_of_a_long_case)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

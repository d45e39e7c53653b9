/* test_app_work.c: the work list is never behind the records, and nobody sees another trust's. */
#include "unit/unit.h"

#include "app/team.h"
#include "app/work.h"
#include "store/app_site.h"
#include "store/team.h"
#include "store/work.h"

static store_work_t *row_of(const char *reference)
{
    app_ctx_t *ctx = site_ctx(NULL, CD_FILE_CASE, reference);
    store_work_t *work = NULL;

    assert_ok(store_work_get(&work, ctx->head->id, ctx->conn, site.pool));
    return work;
}

typedef struct put_t { const store_work_t *work; } put_t;

static cd_err_t *put_row(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    return store_work_keep(((put_t *)baton)->work, conn, pool);
}

/* As a fault elsewhere would leave it. */
static void row_spoil(const store_work_t *work)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    put_t put = { work };
    store_tx_t tx = { put_row, &put, 0, 0 };

    assert_ok(store_tx_run(&ctx->conn, site.store, &tx, ctx->pool));
}

static int trips(void)
{
    store_stats_t stats;
    int i;

    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
    store_stats(&stats, site.store);
    return (int)stats.round_trips;
}

static app_work_made_t remake(void)
{
    app_work_made_t made;

    assert_ok(app_work_remake(&made, site_ctx(NULL, 0, NULL), NULL, NULL));
    return made;
}

static void row_follows_the_records(void **state)
{
    const char *reference = site_case_of("ward1", "Anna Kowal", "9990000018");
    store_work_t *work = row_of(reference);

    (void)state;
    assert_non_null(work);
    assert_string_equal(work->step, "Get a healthcare professional’s opinion");
    assert_string_equal(work->rule, "E01");
    assert_int_equal(work->state, CD_CASE_RECORDED);
    assert_int_equal(work->version, 1);
    site_open_case("legal1", reference);
    work = row_of(reference);
    assert_string_equal(work->step, "Tell the patient in person");
    assert_int_equal(work->due_on, day(11, 11));   /* 10 working days from 28 October */
    assert_true(work->tasks >= 1);
    assert_int_equal(work->version, 3);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    work = row_of(reference);
    assert_string_not_equal(work->rule, "E02");
    assert_int_equal(work->version, 4);
    assert_int_equal(remake().changed, 0);
}

/* What was refused leaves the row as it was: it is of the same transaction. */
static void refused_write_leaves_the_row(void **state)
{
    const char *reference = site_case_of("ward1", "Ben Ito", "9990000026");
    store_work_t *before = row_of(reference), *after;
    cd_assignment_t assignment = { .assignee = "legal1" };
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    app_record_ask_t ask = { .kind = CD_REC_ASSIGNMENT, .body = &assignment, .version = 9 };
    int seq;

    (void)state;
    assert_code(app_case_record(&seq, ctx, &ask, site_problems()), CD_E_STALE);
    after = row_of(reference);
    assert_int_equal(after->version, before->version);
    assert_null(after->assignee);
}

static void assigned_within_the_trust_only(void **state)
{
    static const struct { const char *assignee, *team, *field; } rows[] = {
        { "legal2", NULL, "assignee" }, { "handler", NULL, "assignee" }, { "nobody", NULL,
          "assignee" },
        { NULL, "No such team", "team" }
    };
    const char *reference = site_case_of("ward1", "Cora Okoro", "9990000034"), *refused = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cd_assignment_t assignment = { .assignee = rows[i].assignee, .team = rows[i].team };
        cd_problems_t *problems = site_problems();
        int seq;

        assert_code(
            site_record(&seq, "legal1", reference, CD_REC_ASSIGNMENT, &assignment, problems),
            CD_E_INVALID);
        assert_int_equal(problems->count, 1);
        assert_string_equal(problems->list[0].field, rows[i].field);
        /* a person of another trust is refused in the words of one who is not there */
        if (i < 3 && refused)
            assert_string_equal(problems->list[0].text, refused);
        refused = problems->list[0].text;
    }
    assert_null(row_of(reference)->assignee);
}

static void add_to_team(const char *team, const char *subject)
{
    assert_ok(app_team_put(site_ctx("legal1", 0, NULL), team, subject, 1, site_problems()));
}

static int listed(const char *subject, app_work_whose_t whose, const char *person,
                  const char *reference)
{
    app_work_filter_t filter = { .whose = whose, .person = person };
    app_work_list_t list;
    apr_int64_t after = 0;
    int i, found = 0;

    do {
        assert_ok(app_work_list(&list, site_ctx(subject, 0, NULL), &filter, after));
        for (i = 0; i < list.count; i++)
            found += !strcmp(list.rows[i].row.reference, reference);
        after = list.next;
    } while (after);
    return found;
}

static void assigned_handed_over_and_given_up(void **state)
{
    const char *reference = site_case_of("ward1", "Dan Quist", "9990000042");
    cd_assignment_t to_reader = { .assignee = "reader1" },
                    to_legal = { .assignee = "legal1", .note = "On leave" },
                    to_team = { .team = "Patient safety" },
                    nobody = { .note = "No longer with us" };

    (void)state;
    assert_int_equal(listed("legal1", APP_WORK_NOBODY, NULL, reference), 1);
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &to_reader);
    assert_string_equal(row_of(reference)->assignee, "reader1");
    assert_int_equal(listed("legal1", APP_WORK_NOBODY, NULL, reference), 0);
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 1);
    assert_int_equal(listed("legal1", APP_WORK_PERSON, "reader1", reference), 1);
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &to_legal);
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    assert_int_equal(listed("legal1", APP_WORK_MINE, NULL, reference), 1);
    add_to_team("Patient safety", "ward1");
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &to_team);
    assert_int_equal(listed("ward1", APP_WORK_TEAMS, NULL, reference), 1);
    assert_int_equal(listed("legal1", APP_WORK_TEAMS, NULL, reference), 0);
    assert_int_equal(listed("legal1", APP_WORK_NOBODY, NULL, reference), 0);
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &nobody);
    assert_int_equal(listed("legal1", APP_WORK_NOBODY, NULL, reference), 1);
    assert_int_equal(listed("legal1", APP_WORK_ALL, NULL, reference), 1);
    assert_int_equal(remake().changed, 0);
}

/* Cover by an assignment that ends: then it goes back to whom it was given before. */
static void an_assignment_ends(void **state)
{
    const char *reference = site_case_of("ward1", "Eve Roy", "9990000050");
    cd_assignment_t mine = { .assignee = "legal1" },
                    cover = { .assignee = "reader1", .until = day(11, 20) };
    apr_time_t now = site_clock_now;

    (void)state;
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &mine);
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &cover);
    assert_string_equal(row_of(reference)->assignee, "reader1");
    site_clock_now += apr_time_from_sec(3 * 86400);
    assert_true(remake().changed >= 1);
    assert_string_equal(row_of(reference)->assignee, "legal1");
    assert_int_equal(remake().changed, 0);
    site_clock_now = now;
    remake();
    assert_string_equal(row_of(reference)->assignee, "reader1");
}

/* What is said of an absence of somebody who is not of the trust. */
static const char *refused_away(const char *subject)
{
    app_cover_t cover = { .first_on = day(11, 18), .last_on = day(11, 20), .covered_by = "reader1",
                          .subject = subject };
    cd_problems_t *problems = site_problems();

    assert_code(app_cover_put(site_ctx("legal1", 0, NULL), &cover, problems), CD_E_INVALID);
    assert_int_equal(problems->count, 1);
    assert_string_equal(problems->list[0].field, "away");
    return problems->list[0].text;
}

static void covered_while_it_lasts(void **state)
{
    const char *reference = site_case_of("ward1", "Fay Stone", "9990000069");
    cd_assignment_t to_legal = { .assignee = "legal1" }, to_ward = { .assignee = "ward1" };
    app_cover_t cover = { .first_on = day(11, 18),
                          .last_on = day(11, 20),
                          .covered_by = "reader1" };
    apr_time_t now = site_clock_now;

    (void)state;
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &to_legal);
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    assert_ok(app_cover_put(site_ctx("legal1", 0, NULL), &cover, site_problems()));
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 1);
    assert_int_equal(listed("legal1", APP_WORK_MINE, NULL, reference), 1);
    site_clock_now += apr_time_from_sec(3 * 86400);
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    site_clock_now = now;
    assert_ok(app_cover_end(site_ctx("legal1", 0, NULL), cover.first_on));
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    cover.subject = "ward1";                      /* went sick: somebody else enters it */
    assert_code(app_cover_put(site_ctx("reader1", 0, NULL), &cover, site_problems()),
                CD_E_FORBIDDEN);
    site_add("legal1", reference, CD_REC_ASSIGNMENT, &to_ward);
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    assert_ok(app_cover_put(site_ctx("legal1", 0, NULL), &cover, site_problems()));
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 1);
    assert_ok(app_cover_end(site_ctx("ward1", 0, NULL), cover.first_on));
    assert_int_equal(listed("reader1", APP_WORK_MINE, NULL, reference), 0);
    assert_string_equal(refused_away("legal2"), refused_away("no.such.person"));
    cover.subject = "ward1";
    cover.covered_by = "ward1";
    assert_code(app_cover_put(site_ctx("legal1", 0, NULL), &cover, site_problems()), CD_E_INVALID);
    cover.subject = NULL;
    cover.covered_by = "legal2";
    assert_code(app_cover_put(site_ctx("legal1", 0, NULL), &cover, site_problems()), CD_E_INVALID);
    cover.covered_by = "legal1";
    assert_code(app_cover_put(site_ctx("legal1", 0, NULL), &cover, site_problems()), CD_E_INVALID);
}

static void each_trust_sees_its_own(void **state)
{
    const char *reference = site_case_of("ward1", "Gus Trent", "9990000077");
    app_work_filter_t theirs = { .whose = APP_WORK_ALL, .org_code = "RZ1" },
                      person = { .whose = APP_WORK_PERSON, .person = "legal1" };
    app_work_list_t list;

    (void)state;
    assert_int_equal(listed("legal1", APP_WORK_ALL, NULL, reference), 1);
    assert_int_equal(listed("legal2", APP_WORK_ALL, NULL, reference), 0);
    assert_code(app_work_list(&list, site_ctx("legal2", 0, NULL), &theirs, 0), CD_E_BAD_REQUEST);
    assert_ok(app_work_list(&list, site_ctx("legal2", 0, NULL), &person, 0));
    assert_int_equal(list.count, 0);
    assert_code(app_work_list(&list, site_ctx("admin", 0, NULL), &theirs, 0), CD_E_FORBIDDEN);
    assert_ok(app_work_list(&list, site_ctx("handler", 0, NULL), &theirs, 0));
    assert_true(list.count > 0);
    assert_string_equal(list.org->code, "RZ1");
    theirs.org_code = NULL;
    assert_ok(app_work_list(&list, site_ctx("handler", 0, NULL), &theirs, 0));
    assert_null(list.org);
    assert_int_equal(list.count, 0);
}

static void closed_case_has_nothing_due(void **state)
{
    const char *reference = site_case_of("ward1", "Hal Ulm", "9990000085");
    cd_opinion_t opinion = { .given = on(10, 30),
                             .opinion = CD_OPINION_NOT,
                             .given_by = "K. Brandt, consultant",
                             .profession = CD_PROF_DOCTOR,
                             .was_involved = CD_NO,
                             .reasons = "No harm came of it." };
    cd_closure_t closure = { .closed = on(11, 18), .reason = CD_CLOSED_NOT_NOTIFIABLE };
    store_work_t *work;

    (void)state;
    site_add("legal1", reference, CD_REC_OPINION, &opinion);
    assert_string_equal(row_of(reference)->step, "Close the case");
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    work = row_of(reference);
    assert_int_equal(work->state, CD_CASE_CLOSED);
    assert_int_equal(work->due_on, 0);
    assert_int_equal(work->tasks, 0);
    assert_int_equal(listed("legal1", APP_WORK_ALL, NULL, reference), 0);
    assert_int_equal(remake().changed, 0);
}

/* Rows made wrong or lost are mended; what was right stays untouched. */
static void remade_rows_equal_touched_ones(void **state)
{
    const char *reference = site_case_of("ward1", "Ida Vane", "9990000093");
    store_work_t *before, *after;
    store_work_t wrong;
    app_work_made_t made;

    (void)state;
    site_open_case("legal1", reference);
    before = row_of(reference);
    wrong = *before;
    wrong.step = "Something else";
    wrong.due_on += 9;
    row_spoil(&wrong);
    made = remake();
    assert_int_equal(made.changed, 1);
    after = row_of(reference);
    assert_string_equal(after->step, before->step);
    assert_int_equal(after->due_on, before->due_on);
    assert_int_equal(after->tasks, before->tasks);
    assert_int_equal(remake().changed, 0);
}

static void talk(const char *reference, int version)
{
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk(), .version = version };
    int seq;

    assert_ok(
        app_case_record(&seq, site_ctx("legal1", CD_FILE_CASE, reference), &ask, site_problems()));
}

/* Round trips: actor with head and records, head, record, words, entry, COMMIT; and the row, where
 * the next step becomes another. Statements are prepared once a connection: a first case does that.
 */
static void writes_and_lists_stay_cheap(void **state)
{
    const char *first = site_case_of("ward1", "Joe West", NULL),
               *second = site_case_of("ward1", "Kim York", NULL);
    app_work_filter_t filter = { .whose = APP_WORK_MINE };
    app_work_list_t list;
    int before, turn;

    (void)state;
    site_open_case("legal1", first);
    site_open_case("legal1", second);
    trips();
    talk(first, 3);
    before = trips();
    talk(second, 3);
    assert_int_equal(trips() - before, 7);
    before = trips();
    talk(second, 4);
    assert_int_equal(trips() - before, 6);
    for (turn = 0; turn < 2; turn++) {
        app_ctx_t *ctx = app_ctx_make(site.app, site.pool);

        before = trips();
        assert_ok(app_begin(ctx, "legal1", 0, NULL));
        assert_ok(app_work_list(&list, ctx, &filter, 0));
        app_end(ctx);
    }
    assert_int_equal(trips() - before, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_follows_the_records),
        cmocka_unit_test(refused_write_leaves_the_row),
        cmocka_unit_test(assigned_within_the_trust_only),
        cmocka_unit_test(assigned_handed_over_and_given_up),
        cmocka_unit_test(an_assignment_ends),
        cmocka_unit_test(covered_while_it_lasts),
        cmocka_unit_test(each_trust_sees_its_own),
        cmocka_unit_test(closed_case_has_nothing_due),
        cmocka_unit_test(remade_rows_equal_touched_ones),
        cmocka_unit_test(writes_and_lists_stay_cheap)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

/* test_app_move.c: cases that are handed over, joined, closed and opened again: what each file says
 * afterwards, who may, and what stands in the way, under the duty of each country. */
#include "unit/unit.h"

#include "store/app_site.h"
#include "app/notice.h"
#include "store/outbox.h"

typedef struct land_t {
    const char *org, *ward, *legal;
    int jurisdiction;
} land_t;

static const land_t lands[] = {
    { "RZ1", "ward1", "legal1", CD_JUR_ENG },
    { "7Z1", "wardw", "legalw", CD_JUR_WAL },
    { "SZ1", "wards", "legals", CD_JUR_SCO },
    { "ZZ1", "wardn", "legaln", CD_JUR_NI },
};

static int lands_open(void **state)
{
    unsigned i;

    if (site_open(state))
        return -1;
    for (i = 1; i < COUNT_OF(lands); i++) {
        cd_org_t org = { .code = lands[i].org,
                         .name = lands[i].org,
                         .jurisdiction = lands[i].jurisdiction,
                         .kind = CD_HEALTH_SERVICE_BODY };
        app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

        assert_ok(app_org_save(ctx, &org, site_problems()));
        site_done(ctx);
        site_user(lands[i].ward, CD_ROLE_WARD, lands[i].org);
        site_user(lands[i].legal, CD_ROLE_TRUST_LEGAL, lands[i].org);
    }
    return 0;
}

static app_case_view_t *view_of(const char *subject, const char *reference)
{
    app_ctx_t *ctx = site_ctx(subject, CD_FILE_CASE, reference);
    app_case_view_t *view = NULL;

    assert_ok(app_case_view(&view, ctx, 0));
    return view;
}

static const void *last_of(const app_case_view_t *view, cd_record_kind_t kind)
{
    const cd_record_t *record = cd_case_last(view->file, kind);

    assert_non_null(record);
    return record->body;
}

static int standing(const app_case_view_t *view, cd_record_kind_t kind)
{
    const cd_record_t *record = NULL;
    int count = 0;

    while ((record = cd_case_next(view->file, kind, record)) != NULL)
        count++;
    return count;
}

static void out_of_reach(const char *subject, const char *reference)
{
    app_ctx_t *ctx = site_ctx(subject, CD_FILE_CASE, reference);
    app_case_view_t *view = NULL;

    assert_code(app_case_view(&view, ctx, 0), CD_E_NOT_FOUND);
}

static cd_handover_t given_to(const char *org_code)
{
    return (cd_handover_t){ .handed = on(11, 17), .org_code = org_code,
                            .reason = "The operation was at that trust." };
}

static void grade(const char *who, const char *reference, int outcome)
{
    cd_grading_t grading = { .graded = on(10, 29), .physical = CD_HARM_MODERATE, .outcome = outcome,
                             .certainty = CD_CERTAINTY_ACTUAL };

    site_add(who, reference, CD_REC_GRADING, &grading);
}

/* Hands a new case of `land` over to `org_code`; gives the reference of the other file. */
static const char *handed(const char **reference_out, const land_t *land, const char *org_code)
{
    const char *reference = site_case_of(land->ward, "Anna Kowal", "9990000018");
    cd_handover_t handover = given_to(org_code);

    grade(land->legal, reference, CD_OUTCOME_MODERATE);
    grade(land->legal, reference, CD_OUTCOME_SEVERE);
    site_open_case(land->legal, reference);
    site_add(land->legal, reference, CD_REC_HANDOVER, &handover);
    *reference_out = reference;
    return ((const cd_handover_t *)last_of(view_of(land->legal, reference), CD_REC_HANDOVER))
        ->other_ref;
}

static void handed_over(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(lands); i++) {
        const char *reference, *other = handed(&reference, &lands[i], "RZ2");
        app_case_view_t *here = view_of(lands[i].legal, reference),
                        *there = view_of("legal2", other);
        const cd_handover_t *given = last_of(here, CD_REC_HANDOVER),
                            *received = last_of(there, CD_REC_HANDOVER);

        assert_int_equal(here->row.state, CD_CASE_CLOSED);
        assert_int_equal(((const cd_closure_t *)last_of(here, CD_REC_CLOSURE))->reason,
                         CD_CLOSED_HANDED_OVER);
        assert_int_equal(given->direction, CD_DIRECTION_GIVEN);
        assert_string_equal(given->org_code, "RZ2");
        assert_int_equal(received->direction, CD_DIRECTION_RECEIVED);
        assert_string_equal(received->org_code, lands[i].org);
        assert_string_equal(received->other_ref, reference);
        assert_string_equal(received->reason, given->reason);
        assert_int_equal(there->row.state, CD_CASE_RECORDED);
        assert_string_equal(there->row.org_code, "RZ2");
        assert_string_equal(there->row.title, here->row.title);
        assert_string_equal(there->patient->nhs_number, "9990000018");
        assert_int_equal(there->incident->reported_on, day(11, 17));
        assert_null(there->incident->local_ref);
        assert_int_equal(standing(there, CD_REC_GRADING), 2);
        assert_int_equal(standing(there, CD_REC_OPINION), 0);
        assert_int_equal(there->file->count, 5);
        assert_int_equal(there->audit_seq, 5);
        out_of_reach("legal2", reference);
        out_of_reach(lands[i].legal, other);
    }
}

/* The other trust's legal team hears of it, by the number of their own case; nobody else does. */
static void they_are_told(void **state)
{
    const char *reference, *other = handed(&reference, &lands[0], "RZ2");
    app_ctx_t *ctx = site_ctx("legal2", 0, NULL), *mine = site_ctx("legal1", 0, NULL);
    store_notice_t *list;
    int count;

    (void)state;
    assert_non_null(ctx->conn);
    assert_ok(
        store_notices_of(&list, &count, ctx->actor->id, APR_INT64_MAX, 1, ctx->conn, ctx->pool));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].kind, APP_NOTICE_HANDED_OVER);
    assert_string_equal(list[0].reference, other);
    assert_ok(
        store_notices_of(&list, &count, mine->actor->id, APR_INT64_MAX, 1, ctx->conn, ctx->pool));
    assert_int_equal(count, 0);
}

static void handed_over_wrongly(void **state)
{
    static const struct { const char *org_code, *says; } rows[] = {
        { "QQQ", "Enter the code of a trust that is registered here" },
        { "RZ1", "Enter the code of another trust. RZ1 is the one that has the case" },
        { "RZ8", "That trust closed on 1 April 2025. Enter the code of its successor, RZ2" },
        { NULL, "Enter the code of the trust" },
    };
    static const struct { const char *who; cd_code_t code; } nobody[] = {
        { "ward1", CD_E_FORBIDDEN }, { "reader1", CD_E_FORBIDDEN }, { "handler", CD_E_FORBIDDEN },
        { "decider", CD_E_FORBIDDEN }, { "regulator", CD_E_FORBIDDEN }, { "auditor",
          CD_E_FORBIDDEN },
        { "legal2", CD_E_NOT_FOUND }, { "legals", CD_E_NOT_FOUND },
    };
    const char *reference = site_case_of("ward1", "Ben Marsh", NULL);
    cd_org_t gone = { .code = "RZ8",
                      .name = "Gone",
                      .jurisdiction = CD_JUR_ENG,
                      .kind = CD_HEALTH_SERVICE_BODY,
                      .closed_on = cd_date_make(2025, 4, 1),
                      .successor_code = "RZ2" };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    unsigned i;
    int seq;

    (void)state;
    assert_ok(app_org_save(ctx, &gone, site_problems()));
    site_done(ctx);
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_handover_t handover = given_to(rows[i].org_code);
        cd_problems_t *problems = site_problems();

        assert_code(site_record(&seq, "legal1", reference, CD_REC_HANDOVER, &handover, problems),
                    CD_E_INVALID);
        ROW_CHECK(!strcmp(site_problem_text(problems, "org_code"), rows[i].says), i,
                  site_problem_text(problems, "org_code"));
    }
    for (i = 0; i < COUNT_OF(nobody); i++) {
        cd_handover_t handover = given_to("RZ2");
        app_record_ask_t ask = { .kind = CD_REC_HANDOVER, .body = &handover, .version = 1 };
        cd_err_t *err;

        ctx = site_ctx(nobody[i].who, CD_FILE_CASE, reference);
        err = app_case_record(&seq, ctx, &ask, site_problems());
        ROW_CHECK(err && err->code == nobody[i].code, i, nobody[i].who);
    }
    assert_int_equal(view_of("legal1", reference)->row.version, 1);
}

/* The wrong trust was chosen: it hands the case back, and the first file goes on. */
static void handed_back(void **state)
{
    const char *reference, *other = handed(&reference, &lands[0], "RZ2");
    cd_handover_t handover = given_to("RZ1");
    app_case_list_t before, after;
    app_case_view_t *here, *there;

    (void)state;
    handover.reason = "It was never here: see our theatre list.";
    assert_ok(app_case_list(&before, site_ctx("legal1", 0, NULL), 0, 0));
    site_add("legal2", other, CD_REC_HANDOVER, &handover);
    here = view_of("legal1", reference);
    there = view_of("legal2", other);
    assert_int_equal(here->row.state, CD_CASE_OPEN);
    assert_int_equal(there->row.state, CD_CASE_CLOSED);
    assert_int_equal(standing(here, CD_REC_HANDOVER), 2);
    assert_string_equal(((const cd_handover_t *)last_of(here, CD_REC_HANDOVER))->other_ref, other);
    assert_string_equal(((const cd_reopening_t *)last_of(here, CD_REC_REOPENING))->reason,
                        "Handed back by Eastmere University Hospitals NHS Trust (RZ2).");
    assert_ok(app_case_list(&after, site_ctx("legal1", 0, NULL), 0, 0));
    assert_int_equal(before.count, after.count);
    /* and once more to the right one: the file there was closed by handing it back, so it goes on
     */
    handover = given_to("RZ2");
    site_add("legal1", reference, CD_REC_HANDOVER, &handover);
    assert_int_equal(view_of("legal2", other)->row.state, CD_CASE_RECORDED);
}

static void one_click_twice(void **state)
{
    const char *reference = site_case_of("ward1", "Carl Dunn", NULL);
    cd_handover_t handover = given_to("RZ2");
    app_record_ask_t ask = { .kind = CD_REC_HANDOVER, .body = &handover };
    app_case_list_t before, after;
    int first, second;
    app_ctx_t *ctx;

    (void)state;
    ask.version = view_of("legal1", reference)->row.version;
    assert_ok(app_case_list(&before, site_ctx("legal2", 0, NULL), 0, 0));
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 41, 1);
    assert_ok(app_case_record(&first, ctx, &ask, site_problems()));
    ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    site_key(ctx, 41, 1);
    assert_ok(app_case_record(&second, ctx, &ask, site_problems()));
    assert_int_equal(first, second);
    assert_ok(app_case_list(&after, site_ctx("legal2", 0, NULL), 0, 0));
    assert_int_equal(before.count + 1, after.count);
}

static cd_err_t *correct(const char *reference, cd_record_kind_t kind, void *body, int supersedes,
                         cd_problems_t *problems)
{
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    app_record_ask_t ask = {
        .kind = kind, .body = body, .supersedes = supersedes, .reason = "More is known"
    };
    int seq;

    ask.version = view_of("legal1", reference)->row.version;
    return app_case_record(&seq, ctx, &ask, problems);
}

/* The closing that a hand-over or a join made stays: opening the case again is the way back. */
static void not_taken_back(const char *reference)
{
    const int seq = cd_case_last(view_of("legal1", reference)->file, CD_REC_CLOSURE)->seq;
    cd_withdrawal_t withdrawal = { .reason = "Closed by mistake" };
    cd_problems_t *problems = site_problems();

    assert_code(correct(reference, CD_REC_WITHDRAWAL, &withdrawal, seq, problems), CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, ""), "Open the case again"));
    assert_int_equal(view_of("legal1", reference)->row.state, CD_CASE_CLOSED);
}

static void stays_paired(void **state)
{
    const char *reference, *other = handed(&reference, &lands[0], "RZ2");
    const int seq = cd_case_last(view_of("legal1", reference)->file, CD_REC_HANDOVER)->seq;
    cd_handover_t handover = given_to("SZ1");
    cd_withdrawal_t withdrawal = { .reason = "Wrong trust" };
    cd_problems_t *problems = site_problems();
    const cd_handover_t *now;

    (void)state;
    assert_code(correct(reference, CD_REC_WITHDRAWAL, &withdrawal, seq, problems), CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, ""), "stands in two cases"));
    not_taken_back(reference);
    problems = site_problems();
    assert_code(correct(reference, CD_REC_HANDOVER, &handover, seq, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "org_code"),
                        "The trust cannot be changed. It can hand the case back");
    handover = given_to("RZ2");
    handover.reason = "It was their theatre, not ours.";
    assert_ok(correct(reference, CD_REC_HANDOVER, &handover, seq, site_problems()));
    now = last_of(view_of("legal1", reference), CD_REC_HANDOVER);
    assert_string_equal(now->reason, "It was their theatre, not ours.");
    assert_string_equal(now->other_ref, other);
    assert_int_equal(now->direction, CD_DIRECTION_GIVEN);
    assert_int_equal(view_of("legal1", reference)->row.state, CD_CASE_CLOSED);
}

/* ---- joining ---- */

static void joined(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(lands); i++) {
        const char *twice = site_case_of(lands[i].ward, "Dora Vale", NULL);
        const char *goes_on = site_case_of(lands[i].ward, "Dora Vale", NULL);
        cd_join_t join = { .joined = on(11, 17),
                           .other_ref = goes_on,
                           .reason = "Same patient, same theatre list." };
        cd_reopening_t reopening = { .reopened = on(11, 18),
                                     .reason = "They are two incidents after all." };
        app_case_view_t *here, *there;

        site_open_case(lands[i].legal, goes_on);
        site_add(lands[i].legal, twice, CD_REC_JOIN, &join);
        here = view_of(lands[i].legal, twice);
        there = view_of(lands[i].legal, goes_on);
        assert_int_equal(here->row.state, CD_CASE_CLOSED);
        assert_int_equal(there->row.state, CD_CASE_OPEN);
        assert_int_equal(((const cd_closure_t *)last_of(here, CD_REC_CLOSURE))->reason,
                         CD_CLOSED_DUPLICATE);
        assert_string_equal(((const cd_join_t *)last_of(here, CD_REC_JOIN))->other_ref, goes_on);
        assert_int_equal(((const cd_join_t *)last_of(here, CD_REC_JOIN))->direction,
                         CD_DIRECTION_GIVEN);
        assert_string_equal(((const cd_join_t *)last_of(there, CD_REC_JOIN))->other_ref, twice);
        assert_int_equal(((const cd_join_t *)last_of(there, CD_REC_JOIN))->direction,
                         CD_DIRECTION_RECEIVED);
        if (!i)
            not_taken_back(twice);
        site_add(lands[i].legal, twice, CD_REC_REOPENING, &reopening);
        assert_int_equal(view_of(lands[i].legal, twice)->row.state, CD_CASE_RECORDED);
    }
}

static void joined_wrongly(void **state)
{
    static const char none[] = "Your trust has no case with this reference";
    const char *here = site_case_of("ward1", "Erik Moss", NULL);
    const char *closed = site_case_of("ward1", "Erik Moss", NULL);
    cd_closure_t closure = { .closed = on(11, 17),
                             .reason = CD_CLOSED_OPENED_IN_ERROR,
                             .note = "Typed twice." };
    const char *foreign, *other = handed(&foreign, &lands[2], "RZ2");
    struct { const char *reference, *says; } rows[] = {
        { "CM-1999-0001", none }, { "nonsense", none }, { other, none }, { foreign, none },
        { here, "Enter the reference of the other case, not of this one" },
        { closed, "That case is closed. Open it again first, or join it to this one from there" },
    };
    unsigned i;
    int seq;

    (void)state;
    site_add("legal1", closed, CD_REC_CLOSURE, &closure);
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_join_t join = { .joined = on(11, 17),
                           .other_ref = rows[i].reference,
                           .reason = "The same patient." };
        cd_problems_t *problems = site_problems();

        assert_code(site_record(&seq, "legal1", here, CD_REC_JOIN, &join, problems), CD_E_INVALID);
        ROW_CHECK(!strcmp(site_problem_text(problems, "other_ref"), rows[i].says), i,
                  site_problem_text(problems, "other_ref"));
    }
    assert_int_equal(view_of("legal1", here)->row.version, 1);
}

/* ---- closing and opening again ---- */

static void closed_for_a_reason(void **state)
{
    static const struct { int reason; const char *note, *field, *says; } rows[] = {
        { CD_CLOSED_HANDED_OVER, "Gone.", "reason",
          "Use “Hand the case over to another trust”. That closes the case by itself" },
        { CD_CLOSED_DUPLICATE, NULL, "note",
          "Enter which other case it is in. If that case is here, use “Join a duplicate” instead" },
        { CD_CLOSED_OPENED_IN_ERROR, NULL, "note", "Enter how it came to be opened by mistake" },
        { CD_CLOSED_NOT_NOTIFIABLE, NULL, "reason",
          "The opinion on record says that it is notifiable. If that has changed, record the new "
          "opinion first" },
        { CD_CLOSED_OTHER, NULL, "note", "Enter the reason for closing the case" },
    };
    const char *reference = site_case_of("ward1", "Fern Holt", NULL);
    cd_closure_t closure = { .closed = on(11, 18) };
    cd_opinion_t opinion = { .given = on(11, 16),
                             .opinion = CD_OPINION_NOT,
                             .given_by = "K. Brandt, consultant",
                             .profession = CD_PROF_DOCTOR,
                             .reasons = "The scan showed nothing after all." };
    cd_judgement_t judgement = { .rule = CD_RULE_E01,
                                 .judgement = CD_JUDGED_REASONABLE,
                                 .judged = on(11, 17),
                                 .reasons = "The later opinion rests on the scan." };
    unsigned i;
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t *problems = site_problems();

        closure.reason = rows[i].reason;
        closure.note = rows[i].note;
        assert_code(site_record(&seq, "legal1", reference, CD_REC_CLOSURE, &closure, problems),
                    CD_E_INVALID);
        ROW_CHECK(!strcmp(site_problem_text(problems, rows[i].field), rows[i].says), i,
                  site_problem_text(problems, rows[i].field));
    }
    /* a case may cease to be notifiable: the newer opinion says so, with its reasons */
    site_add("legal1", reference, CD_REC_OPINION, &opinion);
    site_add("legal1", reference, CD_REC_JUDGEMENT, &judgement);
    closure.reason = CD_CLOSED_NOT_NOTIFIABLE;
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    assert_int_equal(view_of("legal1", reference)->row.state, CD_CASE_CLOSED);
}

/* Each rule that waits is given its reason, one by one; then, and not before, the case closes. */
static void closed_with_reasons(void **state)
{
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(lands); i++) {
        const land_t *land = &lands[i];
        const char *reference = site_case_of(land->ward, "Gil Hart", NULL);
        cd_closure_t closure = { .closed = on(11, 18),
                                 .reason = CD_CLOSED_OTHER,
                                 .note = "The family moved abroad." };
        cd_rule_reason_t reason = { .reason =
                                        "The family moved abroad and asked to be left alone." };
        const cd_evaluation_t *eval;
        app_case_view_t *view;
        int k, seq, given = 0;

        site_open_case(land->legal, reference);
        view = view_of(land->legal, reference);
        assert_non_null(view->policy);
        eval = view->eval;
        assert_non_null(eval);
        for (k = 0; k < eval->count; k++) {
            cd_problems_t *problems = site_problems();

            if (!app_rule_waits(&eval->results[k]))
                continue;
            assert_code(
                site_record(&seq, land->legal, reference, CD_REC_CLOSURE, &closure, problems),
                CD_E_INVALID);
            ROW_CHECK(strstr(site_problem_text(problems, "reason"), eval->results[k].rule->code), i,
                      eval->results[k].rule->code);
            reason.rule = eval->results[k].rule->number;
            seq = site_add(land->legal, reference, CD_REC_RULE_REASON, &reason);
            assert_int_equal(
                app_rule_reason(view_of(land->legal, reference)->file, reason.rule)->seq, seq);
            given++;
        }
        site_add(land->legal, reference, CD_REC_CLOSURE, &closure);
        assert_int_equal(view_of(land->legal, reference)->row.state, CD_CASE_CLOSED);
        if (land->jurisdiction == CD_JUR_ENG)
            assert_true(given > 5);
    }
}

static void reason_of_a_foreign_rule(void **state)
{
    const char *reference = site_case_of("ward1", "Hal Ford", NULL);
    cd_rule_reason_t reason = { .rule = CD_RULE_W01, .reason = "Nobody knows any more." };
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_RULE_REASON, &reason, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "rule"),
                        "Select a rule that is held against this case");
    reason.rule = CD_RULE_E10;
    site_add("legal1", reference, CD_REC_RULE_REASON, &reason);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_RULE_REASON, &reason, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "rule"),
                        "There is a reason for this rule already. Correct that one");
}

static void opened_again(void **state)
{
    const char *reference = site_case_of("ward1", "Iris Cole", NULL);
    cd_closure_t closure = { .closed = on(11, 12),
                             .reason = CD_CLOSED_OPENED_IN_ERROR,
                             .note = "Typed twice." };
    cd_reopening_t reopening = { .reopened = on(11, 11), .reason = "New facts came in." };
    cd_problems_t *problems = site_problems();
    app_case_view_t *view;
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_REOPENING, &reopening, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, ""), "The case is not closed");
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_TALK, site_talk(), problems),
                CD_E_INVALID);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_REOPENING, &reopening, problems),
                CD_E_INVALID);
    assert_string_equal(
        site_problem_text(problems, "reopened"),
        "Date must be the same as or after 12 November 2026, when the case was closed");
    reopening.reopened = on(11, 17);
    site_add("legal1", reference, CD_REC_REOPENING, &reopening);
    assert_int_equal(view_of("legal1", reference)->row.state, CD_CASE_OPEN);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    closure.closed = on(11, 18);
    site_add("legal1", reference, CD_REC_CLOSURE, &closure);
    view = view_of("legal1", reference);
    assert_int_equal(view->row.state, CD_CASE_CLOSED);
    assert_int_equal(standing(view, CD_REC_CLOSURE), 2);
}

static void came_back(void **state)
{
    const char *reference = site_case_of("ward1", "Jo Nash", NULL);
    cd_return_t back = { .returned = on(11, 9),
                         .mode = CD_MODE_TELEPHONE,
                         .words = "I want to know now." };
    cd_refusal_t refusal = { .refused = on(11, 10), .words = "Not now." };
    cd_problems_t *problems = site_problems();
    int seq;

    (void)state;
    site_open_case("legal1", reference);
    assert_code(site_record(&seq, "legal1", reference, CD_REC_RETURN, &back, problems),
                CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, ""), "nobody can have come back"));
    site_add("legal1", reference, CD_REC_REFUSAL, &refusal);
    problems = site_problems();
    assert_code(site_record(&seq, "legal1", reference, CD_REC_RETURN, &back, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "returned"),
                        "Date the person came back must be the same as or after 10 November 2026");
    back.returned = on(11, 16);
    site_add("legal1", reference, CD_REC_RETURN, &back);
}

/* What was known on an earlier day knows nothing of what was entered since. */
static void looked_back(void **state)
{
    const char *reference, *other = handed(&reference, &lands[0], "RZ2");
    app_ctx_t *ctx = site_ctx("legal1", CD_FILE_CASE, reference);
    app_case_view_t *view = NULL;

    (void)state;
    (void)other;
    assert_ok(app_case_view(&view, ctx, day(11, 17)));
    assert_int_equal(view->file->count, 0);
    assert_int_equal(view->file->state, CD_CASE_RECORDED);
    assert_int_equal(view->file->later, view_of("legal1", reference)->file->count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handed_over), cmocka_unit_test(they_are_told),
        cmocka_unit_test(handed_over_wrongly), cmocka_unit_test(handed_back),
        cmocka_unit_test(one_click_twice), cmocka_unit_test(stays_paired), cmocka_unit_test(joined),
        cmocka_unit_test(joined_wrongly), cmocka_unit_test(closed_for_a_reason),
        cmocka_unit_test(closed_with_reasons), cmocka_unit_test(reason_of_a_foreign_rule),
        cmocka_unit_test(opened_again), cmocka_unit_test(came_back), cmocka_unit_test(looked_back),
    };

    return cmocka_run_group_tests_name("app_move", tests, lands_open, site_close);
}

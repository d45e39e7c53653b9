/* test_app_claim_life.c: statuses in order, entries taken back, the scheme's own number, handlers,
 * reports as at a day, and what of a claim a trust's user gets. */
#include "unit/unit.h"

#include "store/app_site.h"

#include "app/core.h"
#include "domain/round.h"

static const char *new_claim(const char *title)
{
    cd_claim_facts_t facts = {
        .title = title, .scheme = CD_SCHEME_CNST, .notified = on(1, 12), .incident = on(1, 2)
    };
    const char *reference;

    assert_ok(app_claim_create(&reference, site_ctx("handler", 0, NULL), &facts, site_problems()));
    return apr_pstrdup(site.pool, reference);
}

static app_claim_view_t *view_of(const char *subject, const char *reference)
{
    app_claim_view_t *view;

    assert_ok(app_claim_view(&view, site_ctx(subject, CD_FILE_CLAIM, reference), 0));
    return view;
}

static cd_err_t *add(int *seq, const char *subject, const char *reference, cd_record_kind_t kind,
                     void *body, int supersedes, cd_problems_t *problems)
{
    app_record_ask_t ask = { .kind = kind, .body = body, .supersedes = supersedes,
                             .reason = supersedes ? "it was wrong" : NULL };

    ask.version = view_of("handler", reference)->row.version;
    return app_claim_record(seq, site_ctx(subject, CD_FILE_CLAIM, reference), &ask, problems);
}

static int added(const char *reference, cd_record_kind_t kind, void *body)
{
    cd_problems_t *problems = site_problems();
    int seq = 0;
    cd_err_t *err = add(&seq, "handler", reference, kind, body, 0, problems);

    if (problems->count)
        fail_msg("%s: %s", problems->list[0].field, problems->list[0].text);
    assert_ok(err);
    return seq;
}

static int status(const char *reference, int which, cd_when_t since)
{
    cd_claim_status_t body = { .status = which, .on = since };

    return added(reference, CD_REC_CLAIM_STATUS, &body);
}

static void in_order(void **state)
{
    const char *reference = new_claim("Settled twice");
    cd_claim_status_t wrong = { .status = CD_CLAIM_NEGOTIATING, .on = on(10, 1) };
    cd_taken_back_t back = { "Another claim was meant" };
    cd_problems_t *problems = site_problems();
    int seq, reopened;

    (void)state;
    status(reference, CD_CLAIM_SETTLED_DAMAGES, on(9, 28));
    assert_code(add(&seq, "handler", reference, CD_REC_CLAIM_STATUS, &wrong, 0, problems),
                CD_E_INVALID);
    assert_non_null(
        strstr(site_problem_text(problems, "status"), "cannot come after “Settled with damages”"));
    reopened = status(reference, CD_CLAIM_REOPENED, on(10, 5));
    assert_int_equal(view_of("handler", reference)->row.status, CD_CLAIM_REOPENED);
    status(reference, CD_CLAIM_SETTLED_DAMAGES, on(11, 2));
    /* in the middle, it cannot go: two endings would stand side by side */
    problems = site_problems();
    assert_code(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, reopened, problems),
                CD_E_INVALID);
    assert_int_equal(view_of("handler", reference)->row.status, CD_CLAIM_SETTLED_DAMAGES);
}

static void taken_back(void **state)
{
    const char *reference = new_claim("An entry in error");
    cd_claim_event_t event = { .type = CD_EV_LETTER_OF_CLAIM, .on = on(3, 2) };
    cd_reserve_t reserve = { .head = CD_RESERVE_DAMAGES, .amount_p = 5000000, .on = on(3, 2) };
    cd_payment_t payment = { .kind = CD_PAY_DEFENCE_COSTS, .amount_p = 100, .paid = on(3, 2) };
    cd_taken_back_t back = { "It belongs to another claim" };
    cd_problems_t *problems = site_problems();
    int seq, letter = added(reference, CD_REC_CLAIM_EVENT, &event),
             set = added(reference, CD_REC_RESERVE, &reserve);
    int paid = added(reference, CD_REC_PAYMENT, &payment);

    (void)state;
    assert_int_equal(view_of("handler", reference)->clock_count, 2);
    assert_int_equal(view_of("handler", reference)->reserves.rest_p, 5000000);
    assert_code(add(&seq, "decider", reference, CD_REC_TAKEN_BACK, &back, letter, problems),
                CD_E_FORBIDDEN);
    assert_ok(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, letter, site_problems()));
    assert_ok(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, set, site_problems()));
    assert_int_equal(view_of("handler", reference)->clock_count, 0);
    assert_false(view_of("handler", reference)->reserves.any);
    problems = site_problems();
    assert_code(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, letter, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, ""),
                        "This entry no longer stands. Take back the newest one");
    problems = site_problems();
    assert_code(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, paid, problems),
                CD_E_INVALID);
    assert_non_null(
        strstr(site_problem_text(problems, ""), "A payment is not taken back like this"));
    problems = site_problems();
    assert_code(add(&seq, "handler", reference, CD_REC_TAKEN_BACK, &back, 99, problems),
                CD_E_INVALID);
    assert_int_equal(view_of("handler", reference)->ledger.outlay_p, 100);
}

static cd_err_t *registered(const char **reference, const char *number, cd_problems_t *problems)
{
    cd_claim_facts_t facts = { .title = "With a number",
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(1, 12),
                               .scheme_ref = number };

    return app_claim_create(reference, site_ctx("handler", 0, NULL), &facts, problems);
}

static void own_number(void **state)
{
    const app_ref_pattern_t *rule;
    cd_problems_t *problems = site_problems();
    cd_claim_facts_t facts;
    const char *first, *second, *third;
    int seq;

    (void)state;
    assert_code(app_ref_pattern_make(&rule, "M[0-9]{2}CT[0-9]{3}/[0-9]{3}", "M17", site.pool),
                CD_E_CONFIG);
    assert_code(app_ref_pattern_make(&rule, "M[0-9", "M17", site.pool), CD_E_CONFIG);
    assert_ok(
        app_ref_pattern_make(&rule, "M[0-9]{2}CT[0-9]{3}/[0-9]{3}", "M17CT123/045", site.pool));
    site.app->claim_ref = rule;
    assert_code(registered(&first, "M17CT123/0456", problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "scheme_ref"),
                        "The scheme’s own number must look like M17CT123/045");
    assert_ok(registered(&first, "M17CT123/045", site_problems()));
    first = apr_pstrdup(site.pool, first);
    problems = site_problems();
    assert_code(registered(&second, "M17CT123/045", problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "scheme_ref"),
                        apr_psprintf(site.pool, "Claim %s has this number already", first));
    assert_ok(registered(&second, "M17CT123/046", site_problems()));
    second = apr_pstrdup(site.pool, second);
    /* its own number is no other's; one given up is free */
    facts = *view_of("handler", first)->claim->facts;
    assert_ok(add(&seq, "handler", first, CD_REC_CLAIM, &facts, 1, site_problems()));
    facts.scheme_ref = NULL;
    assert_ok(add(&seq, "handler", first, CD_REC_CLAIM, &facts, seq, site_problems()));
    assert_ok(registered(&third, "M17CT123/045", site_problems()));
    site.app->claim_ref = NULL;
    assert_ok(registered(&third, "any text will do", site_problems()));
}

static void given(void **state)
{
    const char *reference = new_claim("Given to a handler");
    cd_allocation_t body = { .handler = "legal1" };
    cd_problems_t *problems = site_problems();
    const cd_token_t *people;
    int seq;

    (void)state;
    assert_code(add(&seq, "handler", reference, CD_REC_ALLOCATION, &body, 0, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "handler"),
                        "Handler must be somebody who may sign in and handle claims");
    body.handler = "handler";
    body.team = "Surgery";
    assert_ok(add(&seq, "handler", reference, CD_REC_ALLOCATION, &body, 0, site_problems()));
    assert_string_equal(view_of("handler", reference)->handler_name, "handler");
    assert_string_equal(view_of("handler", reference)->allocation->team, "Surgery");
    assert_ok(app_handlers(&people, site_ctx("handler", 0, NULL)));
    assert_string_equal(people[0].word, "handler");
    assert_null(people[1].word);
    assert_code(app_handlers(&people, site_ctx("legal1", 0, NULL)), CD_E_FORBIDDEN);
    problems = site_problems();
    body = (cd_allocation_t){ .note = "Sort code 12-34-56, account 12345678", .team = "Surgery" };
    assert_code(add(&seq, "handler", reference, CD_REC_ALLOCATION, &body, 0, problems),
                CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, "note"), "No bank details are kept here"));
}

static app_claim_report_t report_on(cd_date_t as_at)
{
    app_claim_report_t report;

    assert_ok(app_claim_report(&report, site_ctx("auditor", 0, NULL), as_at));
    return report;
}

/* A day that is over keeps its answer, whatever is entered afterwards about days before it. */
static void report_stays(void **state)
{
    const apr_time_t a_day = apr_time_from_sec(86400);
    const cd_date_t yesterday = cd_london_date(site_clock());
    app_claim_report_t before, after, today, none;
    const char *reference = new_claim("Counted");
    int made;

    (void)state;
    status(reference, CD_CLAIM_INVESTIGATING, on(2, 1));
    before = report_on(yesterday);
    assert_false(before.snapshot);
    __atomic_add_fetch(&site_clock_now, a_day, __ATOMIC_SEQ_CST);
    /* long ago, but known only from now on */
    status(reference, CD_CLAIM_SETTLED_DAMAGES, on(3, 1));
    new_claim("Counted from today");
    after = report_on(yesterday);
    today = report_on(0);
    assert_true(after.snapshot);
    assert_memory_equal(before.count, after.count, sizeof(before.count));
    assert_int_equal(today.total, before.total + 1);
    assert_int_equal(today.count[CD_CLAIM_SETTLED_DAMAGES],
                     before.count[CD_CLAIM_SETTLED_DAMAGES] + 1);
    assert_int_equal(today.count[CD_CLAIM_INVESTIGATING], before.count[CD_CLAIM_INVESTIGATING] - 1);
    none = report_on(day(1, 1));
    assert_int_equal(none.total, 0);
    assert_code(app_claim_report(&none, site_ctx("legal1", 0, NULL), 0), CD_E_FORBIDDEN);
    assert_code(app_claim_report(&none, site_ctx("handler", 0, NULL), yesterday + 9), CD_E_RANGE);
    /* each has one: written with the claim */
    assert_ok(app_claim_history(&made, site_ctx(NULL, 0, NULL)));
    assert_int_equal(made, 0);
}

/* Fills every text and number of a record, so that what leaks can be told. */
static void *filled(const cd_record_def_t *def, const char *org)
{
    void *body = apr_pcalloc(site.pool, def->size);
    int i;

    for (i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];

        switch (field->type) {
        case CD_FT_TEXT:
        case CD_FT_LONG:
            *CD_FIELD_AT(const char *, body, field) = "handler";
            break;
        case CD_FT_ODS: *CD_FIELD_AT(const char *, body, field) = org; break;
        case CD_FT_TOKEN: *CD_FIELD_AT(int, body, field) = field->tokens->value; break;
        case CD_FT_PENCE:
        case CD_FT_BP:
        case CD_FT_INT:
            *CD_FIELD_AT(apr_int64_t, body, field) = 1;
            break;
        case CD_FT_SEQ: *CD_FIELD_AT(int, body, field) = def->kind != CD_REC_PAYMENT; break;
        case CD_FT_WHEN: *CD_FIELD_AT(cd_when_t, body, field) = on(3, 2); break;
        case CD_FT_DATE: *CD_FIELD_AT(cd_date_t, body, field) = day(3, 2); break;
        default: break;
        }
    }
    return body;
}

/* Puts a record of any kind straight into the file: what a trust's user gets is asked here, not who
 * may write it. */
static void put(const char *reference, const cd_record_def_t *def, const char *org)
{
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, reference);
    store_head_t after = *ctx->head;
    app_item_t item = { .action = CD_ACT_RECORD_ADDED };
    app_write_t write = { .before = ctx->head,
                          .after = &after,
                          .version = ctx->head->version,
                          .items = &item,
                          .count = 1 };

    item.record = app_record_make(ctx, def->kind, ctx->head->last_seq + 1, filled(def, org));
    item.record->supersedes = def->kind == CD_REC_TAKEN_BACK ? 1000 : 0;
    item.role = item.record->role;
    after.last_seq = item.record->seq;
    after.changed_at = ctx->now;
    assert_ok(app_write(ctx, &write));
}

static int kept_of(const app_claim_view_t *view, cd_record_kind_t kind)
{
    int i, kept = 0;

    for (i = 0; i < view->claim->count; i++)
        kept += view->claim->records[i].kind == kind;
    return kept;
}

static void own_part(void **state)
{
    const char *reference = new_claim("Two trusts");
    cd_parties_t parties = { { { "RZ1", 7000, NULL }, { "RZ2", 3000, NULL } } };
    int count, i, walked = 0;
    const cd_record_def_t *defs = cd_record_defs(&count);
    app_claim_view_t *own, *whole;

    (void)state;
    added(reference, CD_REC_PARTIES, &parties);
    for (i = 0; i < count; i++)
        if (defs[i].file == CD_FILE_CLAIM && defs[i].kind != CD_REC_CLAIM
            && defs[i].kind != CD_REC_PARTIES && defs[i].kind != CD_REC_CLAIM_STATUS) {
            put(reference, &defs[i], "RZ1");
            put(reference, &defs[i], "RZ2");
            walked++;
        }
    assert_true(walked > 15);
    own = view_of("legal1", reference);
    whole = view_of("handler", reference);
    assert_true(own->partial);
    for (i = 0; i < count; i++) {
        const int seen = defs[i].file == CD_FILE_CLAIM ? kept_of(own, defs[i].kind) : 0;

        if (defs[i].file != CD_FILE_CLAIM || defs[i].kind == CD_REC_CLAIM
            || defs[i].kind == CD_REC_PARTIES || defs[i].kind == CD_REC_CLAIM_STATUS)
            continue;
        ROW_CHECK(kept_of(whole, defs[i].kind) == 2, i, defs[i].word);
        ROW_CHECK(seen == (cd_record_for_trust(defs[i].kind) ? 1 : 0), i, defs[i].word);
    }
    for (i = 0; i < own->claim->count; i++) {
        const char *of = cd_record_org(&own->claim->records[i]);

        ROW_CHECK(!of || !strcmp(of, "RZ1"), i, "another trust's record");
        assert_null(own->claim->records[i].reason);
    }
    assert_false(own->reserves.any);
    assert_int_equal(own->clock_count, 0);
    assert_null(own->allocation);
    assert_null(own->handler_name);
    assert_true(whole->reserves.any);
    assert_string_equal(whole->handler_name, "handler");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(in_order), POOL_TEST(taken_back), POOL_TEST(own_number), POOL_TEST(given),
        POOL_TEST(own_part), POOL_TEST(report_stays)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

/* test_app_claim.c: a claim with its trusts and ledger; and that nothing about liability touches a
 * payment. */
#include "unit/unit.h"

#include "app/flag_replay.h"
#include "domain/round.h"
#include "store/app_site.h"

static const char *new_claim(const char *title)
{
    cd_claim_facts_t facts = { .title = title,
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(1, 12),
                               .incident = on(1, 2),
                               .claimant_name = "Daniel Frost",
                               .nhs_number = "9990000085" };
    const char *reference;

    assert_ok(app_claim_create(&reference, site_ctx("handler", 0, NULL), &facts, site_problems()));
    return reference;
}

static app_claim_view_t *view_of(const char *reference)
{
    app_claim_view_t *view;

    assert_ok(app_claim_view(&view, site_ctx("handler", CD_FILE_CLAIM, reference), 0));
    return view;
}

static cd_err_t *record(int *seq, const char *reference, cd_record_kind_t kind, void *body,
                        int supersedes, cd_problems_t *problems)
{
    app_record_ask_t ask = { .kind = kind, .body = body, .supersedes = supersedes,
                             .reason = supersedes ? "it was wrong" : NULL };

    ask.version = view_of(reference)->row.version;
    return app_claim_record(seq, site_ctx("handler", CD_FILE_CLAIM, reference), &ask, problems);
}

static void wrong_number_is_forgotten(void **state)
{
    cd_claim_facts_t facts = { .title = "A number", .scheme = CD_SCHEME_CNST, .notified = on(1, 12),
                               .claimant_name = "Ed Gray", .nhs_number = "9990000050" };
    const char *reference;
    app_claim_list_t list;
    int seq;

    (void)state;
    assert_ok(app_claim_create(&reference, site_ctx("handler", 0, NULL), &facts, site_problems()));
    assert_ok(app_claim_search(&list, site_ctx("handler", 0, NULL), "9990000050"));
    assert_int_equal(list.count, 1);
    facts.nhs_number = NULL;
    assert_ok(record(&seq, reference, CD_REC_CLAIM, &facts, 1, site_problems()));
    assert_ok(app_claim_search(&list, site_ctx("handler", 0, NULL), "9990000050"));
    assert_int_equal(list.count, 0);
}

static int pay(const char *reference, int kind, apr_int64_t amount_p)
{
    cd_payment_t payment = { .kind = kind, .amount_p = amount_p, .paid = on(11, 6) };
    int seq;

    assert_ok(record(&seq, reference, CD_REC_PAYMENT, &payment, 0, site_problems()));
    return seq;
}

static void registered(void **state)
{
    const char *reference = new_claim("Appendicitis found late");
    app_claim_view_t *view = view_of(reference);
    app_claim_list_t list;

    (void)state;
    assert_string_equal(view->row.person, "D.F.");
    assert_int_equal(view->row.status, CD_CLAIM_NOTIFIED);
    assert_int_equal(view->row.notified_on, day(1, 12));
    assert_int_equal(view->party_count, 0);
    assert_false(view->payable.agreed);
    assert_ok(app_claim_search(&list, site_ctx("handler", 0, NULL), "999 000 0085"));
    assert_true(list.count >= 1);
    assert_ok(app_claim_list(&list, site_ctx("handler", 0, NULL), CD_CLAIM_NOTIFIED, 0));
    assert_true(list.count >= 1);
    assert_code(app_claim_create(&reference, site_ctx("legal1", 0, NULL), view->claim->facts,
                                 site_problems()),
                CD_E_FORBIDDEN);
}

static void corrected(void **state)
{
    const char *reference = new_claim("Appendicitis found late");
    cd_claim_facts_t facts = *view_of(reference)->claim->facts;
    cd_problems_t *problems = site_problems();
    app_claim_view_t *view;
    int seq;

    (void)state;
    facts.agreed_damages_p = 4600000;
    facts.agreed_costs_p = 3850000;
    assert_code(record(&seq, reference, CD_REC_CLAIM, &facts, 0, problems), CD_E_INVALID);
    assert_ok(record(&seq, reference, CD_REC_CLAIM, &facts, 1, site_problems()));
    view = view_of(reference);
    assert_true(view->payable.agreed);
    assert_int_equal(view->payable.total_p, 8450000);
    assert_int_equal(view->payable.left_p, 8450000);
}

static void parties_checked(void **state)
{
    const char *reference = new_claim("Two trusts"),
               *case1 = site_case_of("ward1", "Anna Kowal", NULL);
    cd_parties_t parties = { { { "RZ1", 7000, NULL }, { "RZ2", 2000, NULL } } };
    cd_problems_t *problems = site_problems();
    app_claim_view_t *view;
    int seq;

    (void)state;
    assert_code(record(&seq, reference, CD_REC_PARTIES, &parties, 0, problems), CD_E_INVALID);
    parties.party[1].share_bp = 3000;
    parties.party[1].cases = case1;                        /* a case of the other trust */
    problems = site_problems();
    assert_code(record(&seq, reference, CD_REC_PARTIES, &parties, 0, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "cases_2"),
                        apr_psprintf(site.pool, "There is no case %s of RZ2", case1));
    parties.party[1].cases = NULL;
    parties.party[0].cases = apr_psprintf(site.pool, "%s,%s", case1, case1);
    problems = site_problems();
    assert_code(record(&seq, reference, CD_REC_PARTIES, &parties, 0, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "cases_1"),
                        apr_psprintf(site.pool, "Case %s stands twice", case1));
    parties.party[0].cases = "CM-1999-0001";
    assert_code(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()),
                CD_E_INVALID);
    parties.party[0].cases = apr_pstrcat(site.pool, " ", case1, " ", NULL);
    parties.party[1].org_code = "RZ9";
    problems = site_problems();
    assert_code(record(&seq, reference, CD_REC_PARTIES, &parties, 0, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "trust_2"),
                        "Organisation code must be one that is registered here");
    parties.party[1].org_code = "RZ2";
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()));
    view = view_of(reference);
    assert_int_equal(view->party_count, 2);
    assert_string_equal(view->parties[0].cases[0], case1);
}

/* The newest set of trusts holds; whoever left it no longer sees the claim. */
static void parties_replaced(void **state)
{
    const char *reference = new_claim("Replaced");
    cd_parties_t first = { { { "RZ1", 5000, NULL }, { "RZ2", 5000, NULL } } };
    cd_parties_t second = { { { "RZ1", 10000, NULL } } };
    app_claim_view_t *view;
    int seq;

    (void)state;
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &first, 0, site_problems()));
    assert_ok(app_claim_view(&view, site_ctx("legal2", CD_FILE_CLAIM, reference), 0));
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &second, 0, site_problems()));
    assert_code(app_claim_view(&view, site_ctx("legal2", CD_FILE_CLAIM, reference), 0),
                CD_E_NOT_FOUND);
    assert_ok(app_claim_view(&view, site_ctx("legal1", CD_FILE_CLAIM, reference), 0));
    assert_int_equal(view->parties[0].share_bp, 10000);
}

static void ledger(void **state)
{
    const char *reference = new_claim("Ledger");
    cd_payment_t reversal = { .kind = CD_PAY_DEFENCE_COSTS, .amount_p = 282000, .paid = on(11, 6) };
    cd_problems_t *problems = site_problems();
    app_claim_view_t *view;
    int twice, seq;

    (void)state;
    pay(reference, CD_PAY_DAMAGES_LUMP, 3600000);
    pay(reference, CD_PAY_DEFENCE_COSTS, 282000);
    twice = pay(reference, CD_PAY_DEFENCE_COSTS, 282000);
    reversal.reverses = twice;
    reversal.amount_p = 282001;
    assert_code(record(&seq, reference, CD_REC_PAYMENT, &reversal, 0, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "reverses"),
                        "The payment this takes back must have the same kind and amount");
    reversal.amount_p = 282000;
    /* as at that day the ledger would hold less than nothing */
    reversal.paid = on(11, 5);
    problems = site_problems();
    assert_code(record(&seq, reference, CD_REC_PAYMENT, &reversal, 0, problems), CD_E_INVALID);
    assert_string_equal(
        site_problem_text(problems, "paid"),
        "The payment was made on 6 November 2026. It cannot be taken back before that");
    reversal.paid = on(11, 6);
    assert_ok(record(&seq, reference, CD_REC_PAYMENT, &reversal, 0, site_problems()));
    assert_code(record(&seq, reference, CD_REC_PAYMENT, &reversal, 0, site_problems()),
                CD_E_INVALID);
    reversal.reverses = 1;
    assert_code(record(&seq, reference, CD_REC_PAYMENT, &reversal, 0, site_problems()),
                CD_E_INVALID);
    reversal.reverses = 0;
    problems = site_problems();
    assert_code(record(&seq, reference, CD_REC_PAYMENT, &reversal, twice, problems), CD_E_INVALID);
    view = view_of(reference);
    assert_int_equal(view->ledger.damages_p, 3600000);
    assert_int_equal(view->ledger.defence_costs_p, 282000);
    assert_int_equal(view->ledger.outlay_p, 3882000);
}

/* Invariant 1: run every scheme, compute and decide: what the claimant is to be paid stays to the
 * penny. */
static void claimant_is_paid(void **state)
{
    static const cd_scheme_t schemes[] = {
        { .code = "T2", .version = 1, .title = "Fixed", .formula = CD_L2_FIXED_IRRESPECTIVE,
          .basis = CD_BASIS_T,
          .requires_damages = CD_NO, .may_exceed_basis = CD_YES, .fixed_p = 5000000,
          .material = CD_MAT_FULL_CONTRACT,
          .window = CD_WIN_ROLLING_12, .breach_unit = 1, .evidence_days_wd = 1,
          .authority = "test data" },
        { .code = "T3", .version = 1, .title = "Rising", .formula = CD_L3_FIXED_RISING,
          .basis = CD_BASIS_DC,
          .requires_damages = CD_YES, .may_exceed_basis = CD_YES, .steps_p = { 100, 200 },
          .step_count = 2,
          .material = CD_MAT_OFFENCES, .window = CD_WIN_FINANCIAL_YEAR, .breach_unit = 1,
          .evidence_days_wd = 20,
          .authority = "test data" },
        { .code = "T0", .version = 1, .title = "Shadow", .formula = CD_L0_SHADOW,
          .shadow_of = CD_L2_FIXED_IRRESPECTIVE,
          .basis = CD_BASIS_D, .requires_damages = CD_NO, .may_exceed_basis = CD_YES,
          .fixed_p = 700000,
          .material = CD_MAT_FULL, .window = CD_WIN_ALL, .breach_unit = 1, .evidence_days_wd = 20,
          .authority = "test data" }
    };
    const char *reference = new_claim("Protected"),
               *case1 = site_case_of("ward1", "Ben Marsh", NULL);
    cd_parties_t parties = { { { "RZ1", 10000, case1 } } };
    cd_payable_t before;
    cd_ledger_t ledger_before;
    app_claim_view_t *view;
    unsigned i;
    int seq, count;

    (void)state;
    site_open_case("legal1", case1);
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()));
    pay(reference, CD_PAY_DAMAGES_LUMP, 4600000);
    pay(reference, CD_PAY_CLAIMANT_COSTS, 2500000);
    before = view_of(reference)->payable;
    ledger_before = view_of(reference)->ledger;
    for (i = 0; i < COUNT_OF(schemes); i++) {
        assert_ok(app_scheme_add(site_ctx(NULL, 0, NULL), &schemes[i], 1, site_problems()));
        assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, reference), NULL,
                                   view_of(reference)->row.version));
        view = view_of(reference);
        assert_string_equal(view->parties[0].flag->scheme_code, schemes[i].code);
        assert_memory_equal(&view->payable, &before, sizeof(before));
        assert_memory_equal(&view->ledger, &ledger_before, sizeof(ledger_before));
    }
}

static void flag_out_of_date(void **state)
{
    const char *reference = new_claim("Out of date"),
               *case1 = site_case_of("ward1", "Carol Ody", NULL);
    cd_parties_t parties = { { { "RZ1", 10000, case1 } } };
    app_claim_view_t *own;
    int seq, count;

    (void)state;
    site_open_case("legal1", case1);
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()));
    /* weighed by the flag, and not shown to the trust */
    pay(reference, CD_PAY_DAMAGES_LUMP, 100);
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, reference), "RZ1",
                               view_of(reference)->row.version));
    assert_int_equal(count, 1);
    assert_false(view_of(reference)->parties[0].flag->out_of_date);
    assert_ok(app_claim_view(&own, site_ctx("legal1", CD_FILE_CLAIM, reference), 0));
    assert_false(own->parties[0].flag->out_of_date);
    site_add("legal1", case1, CD_REC_TALK, site_talk());
    assert_true(view_of(reference)->parties[0].flag->out_of_date);
    assert_code(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, reference), "RZ2",
                                 view_of(reference)->row.version), CD_E_NOT_FOUND);
    assert_code(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, reference), NULL, 1),
                CD_E_STALE);
}

static const app_flag_t *computed(const char *reference)
{
    int count;

    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, reference), NULL,
                               view_of(reference)->row.version));
    return view_of(reference)->parties[0].flag;
}

/* A flag says from when on evidence is due only once somebody asked; the request ages it, a step
 * that it does not look at does not. */
static void evidence_asked_for(void **state)
{
    const char *reference = new_claim("Evidence"), *case1 = site_case_of("ward1", "Dan Foe", NULL);
    cd_parties_t parties = { { { "RZ1", 10000, case1 } } };
    cd_request_t request = { .org = "RZ1",
                             .rules = 1u << CD_RULE_E02,
                             .what = "The note of the talk",
                             .why = "None is on file",
                             .due = day(12, 1),
                             .flag_seq = 1 };
    cd_allegation_t allegation = { .org = "RZ1", .source = 1, .received = cd_when_day(day(11, 10)),
                                   .about = "Somebody says so", .outcome = 1 };
    const app_flag_t *flag;
    int seq;

    (void)state;
    site_open_case("legal1", case1);
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()));
    flag = computed(reference);
    assert_int_equal(flag->flag->state, CD_FLAG_EVIDENCE_REQUESTED);
    assert_int_equal(flag->flag->answer_by, CD_NO_DATE);
    assert_non_null(strstr(flag->flag->verdict, "no request for it is open"));
    assert_ok(record(&seq, reference, CD_REC_ALLEGATION, &allegation, 0, site_problems()));
    assert_false(view_of(reference)->parties[0].flag->out_of_date);
    assert_ok(record(&seq, reference, CD_REC_REQUEST, &request, 0, site_problems()));
    assert_true(view_of(reference)->parties[0].flag->out_of_date);
    flag = computed(reference);
    assert_int_equal(flag->flag->answer_by, day(12, 1));
    assert_false(flag->out_of_date);
    site_clock_now += APR_INT64_C(30) * 86400 * 1000000;
    flag = computed(reference);
    assert_int_equal(flag->flag->state, CD_FLAG_EVIDENCE_NOT_PROVIDED);
    site_clock_now -= APR_INT64_C(30) * 86400 * 1000000;
}

/* The same inputs give the same flag, byte for byte, also after the case and the claim went on; and
 * the records as they stood then give the same inputs. */
static void replayed(void **state)
{
    const char *reference = new_claim("Replay"), *case1 = site_case_of("ward1", "Eve Goo", NULL);
    cd_parties_t parties = { { { "RZ1", 6000, case1 }, { "RZ2", 4000, NULL } } };
    cd_no_incident_t found = { .finding = CD_NOINC_SHOULD_HAVE,
                               .reasons = "The notes show that it was known" };
    app_replay_t *replay;
    cd_holiday_t *list;
    app_ctx_t *ctx;
    int seq, i, count;

    (void)state;
    site_open_case("legal1", case1);
    assert_ok(record(&seq, reference, CD_REC_PARTIES, &parties, 0, site_problems()));
    computed(reference);
    assert_int_equal(view_of(reference)->parties[1].flag->flag->state, CD_FLAG_NO_INCIDENT);
    assert_code(app_no_incident(&seq, site_ctx("handler", CD_FILE_CLAIM, reference), "RZ1", &found,
                                view_of(reference)->row.version, site_problems()), CD_E_INVALID);
    assert_code(app_no_incident(&seq, site_ctx("handler", CD_FILE_CLAIM, reference), "RZ9", &found,
                                view_of(reference)->row.version, site_problems()), CD_E_NOT_FOUND);
    assert_ok(app_no_incident(&seq, site_ctx("handler", CD_FILE_CLAIM, reference), "RZ2", &found,
                              view_of(reference)->row.version, site_problems()));
    assert_true(view_of(reference)->parties[1].flag->out_of_date);
    computed(reference);
    assert_int_equal(view_of(reference)->parties[1].flag->flag->state, CD_FLAG_BREACH_INDICATED);
    site_add("legal1", case1, CD_REC_TALK, site_talk());
    cd_holidays_shipped(&count);
    list = apr_pcalloc(site.pool, sizeof(*list) * (apr_size_t)(count + 1));
    memcpy(list, cd_holidays_shipped(&count), sizeof(*list) * (apr_size_t)count);
    list[count] = (cd_holiday_t){ CD_DIV_ENGLAND_AND_WALES, cd_date_make(2035, 1, 2),
                                  "Of a year that came since" };
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_holidays_import(ctx, list, count + 1));
    site_done(ctx);
    for (i = 1; i <= 4; i++) {
        assert_ok(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, reference), i, 0));
        ROW_CHECK(replay->same_engine && replay->fingerprint && !replay->why_not, i, "engine");
        ROW_CHECK(replay->answer_same, i, replay->answer.pointer);
        ROW_CHECK(replay->inputs_same, i, replay->inputs.pointer);
    }
    assert_code(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, reference), 9, 0),
                CD_E_NOT_FOUND);
    assert_code(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, reference), 0, 1),
                CD_E_NOT_FOUND);
    assert_code(app_replay(&replay, site_ctx("legal2", CD_FILE_CLAIM, reference), 1, 0),
                CD_E_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_number_is_forgotten),
        POOL_TEST(registered), POOL_TEST(corrected), POOL_TEST(parties_checked),
                  POOL_TEST(parties_replaced),
        POOL_TEST(ledger), POOL_TEST(flag_out_of_date), POOL_TEST(evidence_asked_for),
                  POOL_TEST(replayed), POOL_TEST(claimant_is_paid)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

/* test_app_rights.c: who reaches what: another trust's file answers exactly as one that is not there. */
#include "unit/unit.h"

#include "domain/record.h"
#include "store/app_site.h"

static const char *case1, *case2, *claim_both;

static int rights_open(void **state)
{
    cd_claim_facts_t facts = { .title = "Appendicitis found late", .scheme = CD_SCHEME_CNST, .notified = on(1, 12),
                               .claimant_name = "Daniel Frost", .solicitors = "Harcourt Vane LLP, against Eastmere",
                               .limitation_note = "Eastmere argues the date" };
    cd_parties_t parties = { { { "RZ1", 7000, NULL }, { "RZ2", 3000, NULL } } };
    cd_claim_status_t status = { .status = CD_CLAIM_INVESTIGATING, .on = on(2, 1), .note = "RZ2 has not answered" };
    cd_payment_t payment = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = 1000001, .paid = on(10, 1),
                             .note = "agreed with Eastmere" };
    app_record_ask_t ask = { .kind = CD_REC_PARTIES, .body = &parties, .version = 1 };
    app_ctx_t *ctx;
    int seq, count;

    if (site_open(state))
        return -1;
    case1 = site_case_of("ward1", "Anna Kowal", "9990000018");
    case2 = site_case_of("legal2", "Ben Marsh", "9990000026");
    site_open_case("legal1", case1);
    ctx = site_ctx("handler", 0, NULL);
    assert_ok(app_claim_create(&claim_both, ctx, &facts, site_problems()));
    parties.party[0].cases = case1;
    parties.party[1].cases = case2;
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask, site_problems()));
    ask.kind = CD_REC_CLAIM_STATUS;
    ask.body = &status;
    ask.version = 2;
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask, site_problems()));
    ask.kind = CD_REC_PAYMENT;
    ask.body = &payment;
    ask.version = 3;
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask, site_problems()));
    assert_ok(app_flag_compute(&count, site_ctx("handler", CD_FILE_CLAIM, claim_both), NULL, 4));
    assert_int_equal(count, 2);
    return 0;
}

/* What a person is told may not differ: not the code, not the words, not the detail in the log. */
static void same_answer(cd_err_t *foreign, cd_err_t *absent)
{
    assert_non_null(foreign);
    assert_non_null(absent);
    assert_int_equal(foreign->code, CD_E_NOT_FOUND);
    assert_int_equal(absent->code, CD_E_NOT_FOUND);
    assert_string_equal(foreign->public_text, absent->public_text);
    assert_string_equal(foreign->detail, absent->detail);
}

static void another_trusts_case(void **state)
{
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk(), .version = 3 };
    app_case_view_t *view;
    app_entry_t *entries;
    int seq, count;

    (void)state;
    same_answer(app_case_view(&view, site_ctx("legal2", CD_FILE_CASE, case1), 0),
                app_case_view(&view, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), 0));
    same_answer(app_case_record(&seq, site_ctx("legal2", CD_FILE_CASE, case1), &ask, site_problems()),
                app_case_record(&seq, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), &ask, site_problems()));
    same_answer(app_entries(&entries, &count, site_ctx("legal2", CD_FILE_CASE, case1), 0),
                app_entries(&entries, &count, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), 0));
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, case1), 0));
    assert_ok(app_case_view(&view, site_ctx("handler", CD_FILE_CASE, case1), 0));
}

typedef struct may_t { const char *subject; cd_code_t view, talk, create, claim, users; } may_t;

static void roles(void **state)
{
    /*                 sees a case      logs a talk      records an incident sees the claim   sees users */
    static const may_t table[] = {
        { "ward1",     CD_E_OK,        CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN },
        { "legal1",    CD_E_OK,        CD_E_OK,        CD_E_OK,        CD_E_OK,        CD_E_FORBIDDEN },
        { "reader1",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "legal2",    CD_E_NOT_FOUND, CD_E_NOT_FOUND, CD_E_OK,        CD_E_OK,        CD_E_FORBIDDEN },
        { "handler",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "decider",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "reviewer",  CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "regulator", CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "auditor",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN },
        { "admin",     CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK }
    };
    cd_incident_t incident = { .title = "A fall", .occurred = on(11, 1) };
    app_case_view_t *view;
    app_claim_view_t *claim;
    app_user_t *users;
    const char *reference;
    unsigned i;
    int seq, count, version = 3;

    (void)state;
    for (i = 0; i < COUNT_OF(table); i++) {
        const may_t *row = &table[i];
        app_record_ask_t ask = { .kind = CD_REC_TALK, .body = site_talk(), .version = version };
        cd_err_t *err = app_case_view(&view, site_ctx(row->subject, CD_FILE_CASE, case1), 0);

        ROW_CHECK((err ? err->code : CD_E_OK) == row->view, i, row->subject);
        err = app_case_record(&seq, site_ctx(row->subject, CD_FILE_CASE, case1), &ask, site_problems());
        ROW_CHECK((err ? err->code : CD_E_OK) == row->talk, i, row->subject);
        version += !err;
        err = app_case_create(&reference, site_ctx(row->subject, 0, NULL), NULL, &incident, NULL, site_problems());
        ROW_CHECK((err ? err->code : CD_E_OK) == row->create, i, row->subject);
        err = app_claim_view(&claim, site_ctx(row->subject, CD_FILE_CLAIM, claim_both), 0);
        ROW_CHECK((err ? err->code : CD_E_OK) == row->claim, i, row->subject);
        err = app_users(&users, &count, site_ctx(row->subject, 0, NULL), NULL);
        ROW_CHECK((err ? err->code : CD_E_OK) == row->users, i, row->subject);
    }
}

static void nobody(void **state)
{
    apr_pool_t *pool;
    app_ctx_t *ctx;
    app_case_list_t list;

    (void)state;
    apr_pool_create(&pool, site.pool);
    ctx = app_ctx_make(site.app, pool);
    assert_code(app_begin(ctx, "stranger", 0, NULL), CD_E_NO_USER);
    assert_non_null(ctx->actor);
    assert_int_equal(ctx->actor->id, 0);
    assert_code(app_case_list(&list, ctx, 0, 0), CD_E_NO_USER);
    apr_pool_destroy(pool);
}

static void tenant_is_the_actors(void **state)
{
    cd_incident_t incident = { .title = "A fall", .occurred = on(11, 1) };
    const char *reference;

    (void)state;
    assert_code(app_case_create(&reference, site_ctx("legal1", 0, NULL), "RZ2", &incident, NULL, site_problems()),
                CD_E_FORBIDDEN);
}

/* Everything that a trust's user gets of a claim, as text. */
static const char *all_words(const app_claim_view_t *view)
{
    const char *words = "", *bytes;
    apr_size_t len;
    int i, j;

    for (i = 0; i < view->claim->count; i++) {
        const cd_record_t *record = &view->claim->records[i];
        const cd_record_def_t *def = cd_record_def(record->kind);

        cd_body_encode(&bytes, &len, def, record->body, CD_ALL_FIELDS, site.pool);
        for (j = 0; j < def->field_count; j++) {
            const char *value = cd_field_plain(&def->fields[j], record->body, site.pool);

            words = apr_pstrcat(site.pool, words, def->word, ".", def->fields[j].name, "=", value ? value : "", "\n",
                                NULL);
        }
        words = apr_pstrcat(site.pool, words, record->reason ? record->reason : "", "\n", NULL);
    }
    for (i = 0; i < view->party_count; i++) {
        words = apr_pstrcat(site.pool, words, view->parties[i].org->code, view->parties[i].org->name, NULL);
        for (j = 0; j < view->parties[i].case_count; j++)
            words = apr_pstrcat(site.pool, words, view->parties[i].cases[j], NULL);
        if (view->parties[i].flag)
            words = apr_pstrcat(site.pool, words, cd_flag_json(view->parties[i].flag->flag, site.pool), NULL);
    }
    return words;
}

static void part_of_a_claim(void **state)
{
    app_claim_view_t *part, *whole;
    const char *words;

    (void)state;
    assert_ok(app_claim_view(&whole, site_ctx("handler", CD_FILE_CLAIM, claim_both), 0));
    assert_false(whole->partial);
    assert_int_equal(whole->party_count, 2);
    assert_int_equal(whole->parties[0].damages_p + whole->parties[1].damages_p, 1000001);
    assert_non_null(strstr(all_words(whole), "Eastmere"));
    assert_ok(app_claim_view(&part, site_ctx("legal1", CD_FILE_CLAIM, claim_both), 0));
    assert_true(part->partial);
    assert_int_equal(part->party_count, 1);
    assert_string_equal(part->parties[0].org->code, "RZ1");
    assert_int_equal(part->parties[0].damages_p, 700001);
    assert_non_null(part->parties[0].flag);
    assert_int_equal(part->ledger.outlay_p, 0);
    words = all_words(part);
    assert_null(strstr(words, "RZ2"));
    assert_null(strstr(words, "Eastmere"));
    assert_null(strstr(words, case2));
    assert_null(strstr(words, "3000"));
    assert_null(strstr(words, "payment."));
    assert_non_null(strstr(words, "RZ1"));
}

static void another_trusts_flag(void **state)
{
    app_flag_view_t *flag;
    app_claim_list_t list;

    (void)state;
    assert_ok(app_flag_view(&flag, site_ctx("legal1", CD_FILE_CLAIM, claim_both), "RZ1", 0));
    assert_string_equal(flag->why_not, "only a decision-maker of the scheme may decide");
    same_answer(app_flag_view(&flag, site_ctx("legal1", CD_FILE_CLAIM, claim_both), "RZ2", 0),
                app_flag_view(&flag, site_ctx("legal1", CD_FILE_CLAIM, claim_both), "RZ9", 0));
    assert_code(app_flag_view(&flag, site_ctx("legal1", CD_FILE_CLAIM, claim_both), "RZ1", 2), CD_E_NOT_FOUND);
    assert_ok(app_claim_list(&list, site_ctx("legal1", 0, NULL), 0, 0));
    assert_int_equal(list.count, 1);
}

static void roles_of_one_kind(void **state)
{
    app_user_t user = { .subject = "both", .name = "Both", .org_code = "RZ1", .active = CD_YES,
                        .roles = 1u << CD_ROLE_WARD | 1u << CD_ROLE_HANDLER };
    cd_problems_t *problems = site_problems();

    (void)state;
    assert_code(app_user_save(site_ctx("admin", 0, NULL), &user, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "roles"),
                        "Roles must be either a trust’s or the scheme’s, not both");
    user.roles = 1u << CD_ROLE_WARD;
    user.org_code = NULL;
    assert_code(app_user_save(site_ctx("admin", 0, NULL), &user, site_problems()), CD_E_INVALID);
    user.roles = 1u << CD_ROLE_ADMIN;
    user.org_code = "RZ1";
    assert_code(app_user_save(site_ctx("admin", 0, NULL), &user, site_problems()), CD_E_INVALID);
}

static void own_roles(void **state)
{
    cd_problems_t *problems = site_problems();
    app_user_t *admin;

    (void)state;
    assert_ok(app_user_get(&admin, site_ctx("admin", 0, NULL), "admin"));
    admin->roles |= 1u << CD_ROLE_DECIDER;
    assert_code(app_user_save(site_ctx("admin", 0, NULL), admin, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "roles"), "Another administrator must change your own roles");
}

/* A right ends with the account, at the next request. */
static void ended(void **state)
{
    apr_pool_t *pool;
    app_user_t *user;

    (void)state;
    assert_ok(app_user_get(&user, site_ctx("admin", 0, NULL), "reader1"));
    user->active = CD_NO;
    assert_ok(app_user_save(site_ctx("admin", 0, NULL), user, site_problems()));
    apr_pool_create(&pool, site.pool);
    assert_code(app_begin(app_ctx_make(site.app, pool), "reader1", 0, NULL), CD_E_NO_USER);
    apr_pool_destroy(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(another_trusts_case), POOL_TEST(roles), POOL_TEST(nobody), POOL_TEST(tenant_is_the_actors),
        POOL_TEST(part_of_a_claim), POOL_TEST(another_trusts_flag), POOL_TEST(roles_of_one_kind),
        POOL_TEST(own_roles), POOL_TEST(ended)
    };

    return cmocka_run_group_tests(tests, rights_open, site_close);
}

/* test_app_rights.c: who reaches what: another trust's file answers exactly as one that is not
 * there. */
#include "unit/unit.h"

#include "domain/record.h"
#include "store/app_site.h"

static const char *case1, *case2, *claim_both;

static int rights_open(void **state)
{
    cd_claim_facts_t facts = { .title = "Appendicitis found late",
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(1, 12),
                               .claimant_name = "Daniel Frost",
                               .solicitors = "Harcourt Vane LLP, against Eastmere",
                               .limitation_note = "Eastmere argues the date" };
    cd_parties_t parties = { { { "RZ1", 7000, NULL }, { "RZ2", 3000, NULL } } };
    cd_claim_status_t status = { .status = CD_CLAIM_INVESTIGATING,
                                 .on = on(2, 1),
                                 .note = "RZ2 has not answered" };
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
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask,
                               site_problems()));
    ask.kind = CD_REC_CLAIM_STATUS;
    ask.body = &status;
    ask.version = 2;
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask,
                               site_problems()));
    ask.kind = CD_REC_PAYMENT;
    ask.body = &payment;
    ask.version = 3;
    assert_ok(app_claim_record(&seq, site_ctx("handler", CD_FILE_CLAIM, claim_both), &ask,
                               site_problems()));
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
    app_entries_t entries = { 0 };
    int seq;

    (void)state;
    same_answer(app_case_view(&view, site_ctx("legal2", CD_FILE_CASE, case1), 0),
                app_case_view(&view, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), 0));
    same_answer(
        app_case_record(&seq, site_ctx("legal2", CD_FILE_CASE, case1), &ask, site_problems()),
        app_case_record(&seq, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), &ask,
                        site_problems()));
    same_answer(app_entries(&entries, site_ctx("legal2", CD_FILE_CASE, case1), 0, 0),
                app_entries(&entries, site_ctx("legal2", CD_FILE_CASE, "CM-2026-9999"), 0, 0));
    assert_ok(app_case_view(&view, site_ctx("legal1", CD_FILE_CASE, case1), 0));
    assert_ok(app_case_view(&view, site_ctx("handler", CD_FILE_CASE, case1), 0));
}

typedef struct may_t { const char *subject; cd_code_t view, talk, create, claim, users; } may_t;

static void roles(void **state)
{
    /*                 sees a case      logs a talk      records an incident sees the claim   sees
     * users */
    static const may_t table[] = {
        { "ward1",     CD_E_OK,        CD_E_FORBIDDEN, CD_E_OK,        CD_E_FORBIDDEN,
          CD_E_FORBIDDEN },
        { "legal1",    CD_E_OK,        CD_E_OK,        CD_E_OK,        CD_E_OK,
          CD_E_FORBIDDEN },
        { "reader1",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
        { "legal2",    CD_E_NOT_FOUND, CD_E_NOT_FOUND, CD_E_OK,        CD_E_OK,
          CD_E_FORBIDDEN },
        { "handler",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
        { "decider",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
        { "reviewer",  CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
        { "regulator", CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
        { "auditor",   CD_E_OK,        CD_E_FORBIDDEN, CD_E_FORBIDDEN, CD_E_OK,
          CD_E_FORBIDDEN },
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
        err = app_case_record(&seq, site_ctx(row->subject, CD_FILE_CASE, case1), &ask,
                              site_problems());
        ROW_CHECK((err ? err->code : CD_E_OK) == row->talk, i, row->subject);
        version += !err;
        err = app_case_create(&reference, site_ctx(row->subject, 0, NULL), NULL, &incident, NULL,
                              site_problems());
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
    assert_code(app_case_create(&reference, site_ctx("legal1", 0, NULL), "RZ2", &incident, NULL,
                                site_problems()),
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

            words = apr_pstrcat(site.pool, words, def->word, ".", def->fields[j].name, "=",
                                value ? value : "", "\n", NULL);
        }
        words = apr_pstrcat(site.pool, words, record->reason ? record->reason : "", "\n", NULL);
    }
    for (i = 0; i < view->party_count; i++) {
        words = apr_pstrcat(site.pool, words, view->parties[i].org->code,
                            view->parties[i].org->name, NULL);
        for (j = 0; j < view->parties[i].case_count; j++)
            words = apr_pstrcat(site.pool, words, view->parties[i].cases[j], NULL);
        if (view->parties[i].flag)
            words = apr_pstrcat(site.pool, words,
                                cd_flag_json(view->parties[i].flag->flag, site.pool), NULL);
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
    assert_code(app_flag_view(&flag, site_ctx("legal1", CD_FILE_CLAIM, claim_both), "RZ1", 2),
                CD_E_NOT_FOUND);
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
    assert_string_equal(site_problem_text(problems, "roles"),
                        "Another administrator must change your own roles");
}

/* Correcting or taking back what another said. Rows: who says it; columns: who would mend it.
 * "+" done; "-" refused. The command line stands for a file that does not say in which role it was
 * found. */
#define MENDERS 7
static const char *const menders[MENDERS] = { "ward1",   "reader1",   "legal1", "handler",
                                              "decider", "regulator", NULL };
typedef struct mend_row_t { cd_record_kind_t kind; const char *author, *may; } mend_row_t;
static const mend_row_t mend_rows[] = {
    /*                    author       ward reader legal handler decider regulator command line */
    { CD_REC_FINDING,     "legal1",    "--+++++" },
    { CD_REC_FINDING,     "handler",   "---+--+" },
    { CD_REC_FINDING,     "decider",   "----+-+" },
    { CD_REC_FINDING,     "regulator", "-----++" },
    { CD_REC_FINDING,     NULL,        "---++++" },
    { CD_REC_JUDGEMENT,   "legal1",    "--+++-+" },
    { CD_REC_JUDGEMENT,   "handler",   "---+--+" },
    { CD_REC_JUDGEMENT,   "decider",   "----+-+" },
    { CD_REC_JUDGEMENT,   NULL,        "---++-+" },
    { CD_REC_TALK,        "legal1",    "--+---+" },
    { CD_REC_OPINION,     "legal1",    "+-+---+" },
    { CD_REC_OPINION,     "ward1",     "+-+---+" }
};

static void *said_body(cd_record_kind_t kind)
{
    static cd_finding_t finding = { .rule = CD_RULE_E05,
                                    .outcome = CD_FOUND_NOT_MET,
                                    .finder = CD_FINDER_REVIEW,
                                    .body_name = "Dr Lea Sand",
                                    .source = "Report of 17 November 2026" };
    static cd_judgement_t judgement = { .rule = CD_RULE_E02, .judgement = CD_JUDGED_NOT_REASONABLE,
                                        .reasons = "Nothing on record explains the wait." };
    static cd_opinion_t opinion = { .opinion = CD_OPINION_NOTIFIABLE,
                                    .given_by = "K. Brandt, consultant",
                                    .profession = CD_PROF_DOCTOR,
                                    .reasons = "A swab had to be removed." };

    opinion.given = on(10, 30);
    judgement.judged = finding.found = on(11, 17);
    return kind == CD_REC_FINDING ? (void *)&finding : kind == CD_REC_JUDGEMENT ? (void *)&judgement
         : kind == CD_REC_OPINION ? (void *)&opinion : (void *)site_talk();
}

static cd_err_t *mend(int *seq_out, const char *subject, const char *reference,
                      cd_record_kind_t kind, int old, int withdraw)
{
    cd_withdrawal_t withdrawal = { .reason = "Entered in error" };
    app_ctx_t *ctx = site_ctx(subject, CD_FILE_CASE, reference);
    app_record_ask_t ask = {
        .kind = kind, .body = said_body(kind), .supersedes = old, .reason = "Looked at again"
    };
    app_case_view_t *view;

    if (withdraw) {
        ask.kind = CD_REC_WITHDRAWAL;
        ask.body = &withdrawal;
    }
    if (!old)
        ask.reason = NULL;
    assert_ok(app_case_view(&view, ctx, 0));
    ask.version = view->row.version;
    return app_case_record(seq_out, ctx, &ask, site_problems());
}

/* What stands in the way is the right alone, and the page asks the same question as the write. */
static void mend_one(const char *reference, const mend_row_t *row, int *old, int column,
                     int withdraw)
{
    const int may = row->may[column] == '+';
    app_case_view_t *view;
    app_ctx_t *ctx = site_ctx(menders[column], CD_FILE_CASE, reference);
    const char *name =
        apr_psprintf(site.pool, "%s of %s by %s", withdraw ? "withdrawal" : "correction",
                     row->author ? row->author : "a file",
                     menders[column] ? menders[column] : "the command line");
    cd_err_t *err;
    int seq;

    assert_ok(app_case_view(&view, ctx, 0));
    ROW_CHECK(app_may_mend(ctx, cd_case_seq(view->file, *old)) == may, column, name);
    err = mend(&seq, menders[column], reference, row->kind, *old, withdraw);
    ROW_CHECK((err ? err->code : CD_E_OK) == (may ? CD_E_OK : CD_E_FORBIDDEN), column, name);
    if (err)
        return;
    assert_ok(app_case_view(&view, site_ctx("auditor", CD_FILE_CASE, reference), 0));
    ROW_CHECK(!menders[column] || cd_case_seq(view->file, seq)->role != 0, column, name);
    assert_ok(mend(old, row->author, reference, row->kind, 0, 0));
}

static void who_may_mend(void **state)
{
    const char *reference = site_case_of("ward1", "Hal Jones", NULL);
    unsigned i;
    int column, old;

    (void)state;
    site_open_case("legal1", reference);
    for (i = 0; i < COUNT_OF(mend_rows); i++) {
        assert_ok(mend(&old, mend_rows[i].author, reference, mend_rows[i].kind, 0, 0));
        for (column = 0; column < MENDERS; column++) {
            mend_one(reference, &mend_rows[i], &old, column, 0);
            mend_one(reference, &mend_rows[i], &old, column, 1);
        }
    }
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
        POOL_TEST(another_trusts_case), POOL_TEST(roles), POOL_TEST(nobody),
                  POOL_TEST(tenant_is_the_actors),
        POOL_TEST(part_of_a_claim), POOL_TEST(another_trusts_flag), POOL_TEST(roles_of_one_kind),
        POOL_TEST(own_roles), POOL_TEST(who_may_mend), POOL_TEST(ended)
    };

    return cmocka_run_group_tests(tests, rights_open, site_close);
}

/* test_app_admin.c: users, organisations, holidays, schemes and health. */
#include "unit/unit.h"

#include "audit/verify.h"
#include "store/app_site.h"

static int system_entries(void)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    unsigned char head[32];
    int seq;

    assert_ok(store_system_head(&seq, head, ctx->conn, ctx->pool));
    return seq;
}

static void each_change_is_entered(void **state)
{
    int before = system_entries();

    (void)state;
    site_org("RZ5", "Westhaven Hospitals NHS Trust");
    site_user("legal5", CD_ROLE_TRUST_LEGAL, "RZ5");
    assert_int_equal(system_entries(), before + 2);
}

static void users_by_page(void **state)
{
    const char *after = NULL;
    app_user_t *users;
    int count, seen = 0, i;

    (void)state;
    for (i = 0; i < 55; i++)
        site_user(apr_psprintf(site.pool, "zz%02d", i), CD_ROLE_REVIEWER, NULL);
    do {
        assert_ok(app_users(&users, &count, site_ctx("admin", 0, NULL), after));
        for (i = 0; i < count; i++)
            seen += !strncmp(users[i].subject, "zz", 2);
        after = count ? users[count - 1].subject : after;
        assert_true(count <= 50);
    } while (count);
    assert_int_equal(seen, 55);
    assert_code(app_user_get(&users, site_ctx("admin", 0, NULL), "nobody"), CD_E_NOT_FOUND);
}

typedef struct org_row_t { cd_org_t org; const char *field, *why; } org_row_t;

static void orgs_checked(void **state)
{
    static const org_row_t rows[] = {
        { { .code = "RZ6", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON }, "name",
          "no name" },
        { { .code = "RZ6", .name = "X", .kind = CD_OTHER_PERSON }, "jurisdiction", "no country" },
        { { .code = "RZ6", .name = "X", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON,
          .opened_on = 700000,
            .closed_on = 699999 }, "closed_on", "closed before it opened" },
        { { .code = "RZ6", .name = "X", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON,
          .successor_code = "RZ6" },
          "successor_code", "its own successor" },
        { { .code = "RZ6", .name = "X", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON,
          .successor_code = "NIX" },
          "successor_code", "unknown successor" },
        { { .code = "RZ1", .name = "X", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON },
          "code", "there already" }
    };
    int before = system_entries();
    unsigned i;

    (void)state;
    for (i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t *problems = site_problems();
        cd_err_t *err = app_org_save(site_ctx("admin", 0, NULL), &rows[i].org, problems);

        ROW_CHECK(err && err->code == CD_E_INVALID, i, rows[i].why);
        ROW_CHECK(*site_problem_text(problems, rows[i].field), i, rows[i].why);
    }
    assert_int_equal(system_entries(), before);
}

static void holidays(void **state)
{
    int count, before = system_entries();
    const cd_holiday_t *shipped = cd_holidays_shipped(&count);
    const cd_calendar_t *cal;
    cd_holiday_t *list = apr_pmemdup(site.pool, shipped, sizeof(*list) * (apr_size_t)count);
    cd_err_t *err;

    (void)state;
    assert_ok(app_holidays_import(site_ctx("admin", 0, NULL), list, count));   /* the same again */
    assert_int_equal(system_entries(), before);
    /* only one division */
    err = app_holidays_import(site_ctx("admin", 0, NULL), list, 3);
    assert_code(err, CD_E_INVALID);
    assert_string_equal(err->public_text, "the list has no holiday of scotland");
    list[0].on = cd_date_make(2013, 1, 2);
    assert_ok(app_holidays_import(site_ctx("admin", 0, NULL), list, count));
    assert_int_equal(system_entries(), before + 1);
    assert_ok(app_calendar(&cal, site_ctx("admin", 0, NULL), CD_DIV_ENGLAND_AND_WALES));
    assert_false(cd_working_day(cal, cd_date_make(2013, 1, 2)));
    assert_true(cd_working_day(cal, cd_date_make(2013, 1, 1)));
    assert_ok(app_holidays_import(site_ctx("admin", 0, NULL), shipped, count));
}

static void schemes(void **state)
{
    cd_scheme_t scheme = { .code = "L9",
                           .version = 2,
                           .title = "Test",
                           .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                           .basis = CD_BASIS_D,
                           .requires_damages = CD_YES,
                           .fixed_p = 100,
                           .material = CD_MAT_FULL,
                           .window = CD_WIN_ALL,
                           .breach_unit = 1,
                           .evidence_days_wd = 20,
                           .authority = "test data" };
    const cd_scheme_t *active;
    cd_problems_t *problems = site_problems();
    app_scheme_t *list;
    int count, i, before, found = 0;

    (void)state;
    assert_ok(app_scheme_add(site_ctx("admin", 0, NULL), &scheme, 0, problems));
    before = system_entries();
    /* the same again */
    assert_ok(app_scheme_add(site_ctx("admin", 0, NULL), &scheme, 0, problems));
    assert_int_equal(system_entries(), before);
    scheme.fixed_p = 200;
    assert_code(app_scheme_add(site_ctx("admin", 0, NULL), &scheme, 0, problems), CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "version"),
                        "Version 2 of L9 is here with other settings: use 3");
    scheme.version = 1;
    assert_code(app_scheme_add(site_ctx("admin", 0, NULL), &scheme, 0, site_problems()),
                CD_E_INVALID);
    scheme.version = 3;
    assert_ok(app_scheme_add(site_ctx("admin", 0, NULL), &scheme, 1, site_problems()));
    assert_int_equal(system_entries(), before + 2);
    assert_ok(app_scheme_active(&active, site_ctx("handler", 0, NULL)));
    assert_string_equal(active->code, "L9");
    assert_int_equal(active->version, 3);
    assert_ok(app_schemes(&list, &count, site_ctx("legal1", 0, NULL)));
    for (i = 0; i < count; i++)
        found += list[i].active;
    assert_int_equal(found, 1);
    assert_code(app_scheme_add(site_ctx("handler", 0, NULL), &scheme, 1, site_problems()),
                CD_E_FORBIDDEN);
}

static const app_check_t *check_named(const app_check_t *checks, int count, const char *name)
{
    int i;

    for (i = 0; i < count; i++)
        if (!strcmp(checks[i].name, name))
            return &checks[i];
    fail_msg("no check %s", name);
    return NULL;
}

static void health(void **state)
{
    app_check_t *checks;
    int count;

    (void)state;
    assert_ok(app_health(&checks, &count, site_ctx("admin", 0, NULL)));
    assert_true(check_named(checks, count, "Database")->ok);
    assert_true(check_named(checks, count, "Bank holidays, Scotland")->ok);
    assert_true(check_named(checks, count, "Active liability scheme")->ok);
    assert_code(app_health(&checks, &count, site_ctx("legal1", 0, NULL)), CD_E_FORBIDDEN);
    /* in November 2028 the list ends */
    site_clock_now += APR_INT64_C(365) * 2 * 86400 * 1000000;
    assert_ok(app_health(&checks, &count, site_ctx("admin", 0, NULL)));
    assert_false(check_named(checks, count, "Bank holidays, Scotland")->ok);
    assert_true(check_named(checks, count, "Bank holidays, Scotland")->warn_only);
    site_clock_now -= APR_INT64_C(365) * 2 * 86400 * 1000000;
}

/* With the database away the one check says so, to anybody, and nothing else is told. */
static void health_without_database(void **state)
{
    store_options_t options = {
        .socket = "/nowhere/at/all", .database = "x", .user = "x", .slots = 1
    };
    app_options_t app_options = { .keys = site.keys, .clock = site_clock };
    app_check_t *checks;
    store_t *store;
    app_t *app;
    int count;

    (void)state;
    options.keys = site.keys;
    assert_ok(store_open(&store, &options, site.pool));
    app_options.store = store;
    assert_ok(app_make(&app, &app_options, site.pool));
    assert_ok(app_health(&checks, &count, app_ctx_make(app, site.pool)));
    assert_int_equal(count, 1);
    assert_string_equal(checks[0].name, "Database");
    assert_false(checks[0].ok);
}

static void chain_good(void **state)
{
    audit_verdict_t verdict;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    (void)state;
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, ctx->pool));
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(each_change_is_entered), POOL_TEST(users_by_page), POOL_TEST(orgs_checked),
                  POOL_TEST(holidays),
        POOL_TEST(schemes), POOL_TEST(health), POOL_TEST(health_without_database),
                  POOL_TEST(chain_good)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

/* test_app_scheme.c: the life of a scheme's version with four eyes, what is in force by the day,
 * and what trusts contribute in a year. */
#include "unit/unit.h"

#include "store/app_site.h"

#include "audit/verify.h"
#include "app/core.h"
#include "store/db.h"

static const char *file_of(const char *code, int version, int fixed_p)
{
    return apr_psprintf(
        site.pool,
        "{\"code\":\"%s\",\"version\":%d,\"title\":\"Made up\",\"formula\":\"L1\",\"basis\":\"D\","
        "\"fixed_p\":%d,\"material\":\"FULL\",\"window\":\"ALL\",\"breach_unit\":\"CLAIM\","
        "\n\"authorities\":{\"formula\":\"a\","
        "\"basis\":\"a\",\"fixed_p\":\"a\",\"material\":\"a\",\"window\":\"a\",\"breach_unit\":"
        "\"a\"},\n\"tests\":[{\"name\":\"none\","
        "\"damages_p\":0,\"expect\":{\"indicated_p\":0}}]}",
        code, version, fixed_p);
}

static app_scheme_page_t *page_of(const char *subject, const char *code, int version)
{
    app_scheme_page_t *page = NULL;

    assert_ok(app_scheme_get(&page, site_ctx(subject, 0, NULL), code, version));
    return page;
}

static const app_scheme_check_t seen_all = { .settings_seen = CD_YES,
                                             .tests_seen = CD_YES,
                                             .effect_seen = CD_YES };

static app_scheme_check_t from_day(cd_date_t from)
{
    app_scheme_check_t check = seen_all;

    check.from = from;
    return check;
}

static const char *active_on(apr_int64_t days_ahead)
{
    const cd_scheme_t *active;
    app_ctx_t *ctx = site_ctx("handler", 0, NULL);

    ctx->today += (cd_date_t)days_ahead;                /* the same cached rows on a later day */
    assert_ok(app_scheme_active(&active, ctx));
    return apr_psprintf(site.pool, "%s-%d", active->code, active->version);
}

/* With no version put in force by anybody, the built-in one holds: nothing is asked, and its page
 * and comparisons work. */
static void built_in(void **state)
{
    const cd_scheme_t *active;
    app_scheme_page_t *page;
    cd_scheme_result_t result;
    const cd_scheme_input_t input = {
        .damages_p = 250000, .succeeded = 1, .breach_number = 1, .units = 1
    };
    app_ctx_t *ctx = site_ctx("handler", 0, NULL);
    int i;

    (void)state;
    page = page_of("reviewer", "SHADOW", 1);
    assert_string_equal(page->row.drafted_by, "the program");
    assert_true(!page->row.active && !page->may_activate && !page->may_send_back
                && page->row.state == CD_SS_RETIRED);
    for (i = 0; i < ctx->cache->scheme_count; i++)       /* as if nobody had activated any */
        if (strcmp(ctx->cache->schemes[i].scheme->code, "SHADOW"))
            ctx->cache->schemes[i].life.step = CD_SCHEME_DRAFT;
    assert_ok(app_scheme_active(&active, ctx));
    assert_string_equal(active->code, "SHADOW");
    assert_ok(cd_scheme_compute(&result, active, &input, site.pool));
    assert_true(result.indicated_p == 0 && result.would_be_p == 0 && result.line_count > 0);
    for (i = 0; i < ctx->cache->scheme_count; i++)
        if (ctx->cache->schemes[i].active)
            ctx->cache->schemes[i].life.step = CD_SCHEME_ACTIVATED;
    assert_ok(app_scheme_active(&active, ctx));
    assert_string_not_equal(active->code, "SHADOW");
}

static void four_eyes(void **state)
{
    const cd_scheme_t *scheme;
    cd_problems_t *problems = site_problems();
    app_scheme_page_t *page;
    app_scheme_check_t check = from_day(day(11, 18));
    const char *before = active_on(0);

    (void)state;
    assert_code(app_scheme_draft(&scheme, site_ctx("handler", 0, NULL), file_of("D1", 1, 500),
                                 site_problems()),
                CD_E_FORBIDDEN);
    assert_code(app_scheme_draft(&scheme, site_ctx("reviewer", 0, NULL), file_of("D1", 1, 500),
                                 site_problems()),
                CD_E_FORBIDDEN);
    assert_code(
        app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), "{\"code\":\"D1\"}", problems),
        CD_E_INVALID);
    assert_true(problems->count > 5);
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D1", 1, 500),
                               site_problems()));
    page = page_of("decider", "D1", 1);
    assert_int_equal(page->row.state, CD_SS_DRAFT);
    assert_int_equal(page->file->test_count, 1);
    assert_true(page->may_replace && !page->may_activate && !page->may_send_back);
    assert_non_null(strstr(page->why_not, "You drafted this version"));
    /* the drafter has the right, and not for this one */
    assert_code(
        app_scheme_activate(site_ctx("decider", 0, NULL), "D1", 1, 1, &check, site_problems()),
        CD_E_FORBIDDEN);
    assert_code(
        app_scheme_send_back(site_ctx("decider", 0, NULL), "D1", 1, 1, "not good", site_problems()),
        CD_E_FORBIDDEN);
    assert_code(
        app_scheme_activate(site_ctx("admin", 0, NULL), "D1", 1, 1, &check, site_problems()),
        CD_E_FORBIDDEN);
    page = page_of("reviewer", "D1", 1);
    assert_true(!page->may_replace && page->may_activate && page->may_send_back && page->no_claims);
    /* replaced: what the reviewer saw is not there any more */
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D1", 1, 700),
                               site_problems()));
    assert_int_equal(page_of("reviewer", "D1", 1)->row.scheme->fixed_p, 700);
    assert_code(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "D1", 1, 1, &check, site_problems()),
        CD_E_STALE);
    /* another person's draft is not replaced */
    problems = site_problems();
    assert_code(
        app_scheme_draft(&scheme, site_ctx("admin", 0, NULL), file_of("D1", 1, 900), problems),
        CD_E_INVALID);
    assert_non_null(
        strstr(site_problem_text(problems, "version"), "is the draft of another person: use 2"));
    /* sent back with a reason, mended, put in force */
    problems = site_problems();
    assert_code(app_scheme_send_back(site_ctx("reviewer", 0, NULL), "D1", 1, 2, " ", problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "note"), "Enter why you send it back");
    assert_ok(app_scheme_send_back(site_ctx("reviewer", 0, NULL), "D1", 1, 2,
                                   "The sum has no paper behind it.", site_problems()));
    page = page_of("decider", "D1", 1);
    assert_int_equal(page->row.state, CD_SS_SENT_BACK);
    assert_string_equal(page->row.note, "The sum has no paper behind it.");
    assert_true(page->may_replace);
    assert_code(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "D1", 1, 3, &check, site_problems()),
        CD_E_STALE);
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D1", 1, 800),
                               site_problems()));
    assert_string_equal(active_on(0), before);
    assert_ok(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "D1", 1, 4, &check, site_problems()));
    assert_string_equal(active_on(0), "D1-1");
    page = page_of("reviewer", "D1", 1);
    assert_int_equal(page->row.state, CD_SS_IN_FORCE);
    assert_true(!page->may_replace && !page->may_activate && !page->may_send_back);
    assert_int_equal(page->row.scheme->fixed_p, 800);
    /* in use: never edited, a new version instead */
    problems = site_problems();
    assert_code(
        app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D1", 1, 1), problems),
        CD_E_INVALID);
    assert_non_null(strstr(site_problem_text(problems, "version"),
                           "was put in force and is never changed: use 2"));
    problems = site_problems();
    assert_code(app_scheme_activate(site_ctx("reviewer", 0, NULL), "D1", 1, 5, &check, problems),
                CD_E_STALE);
}

static void answers(void **state)
{
    const cd_scheme_t *scheme;
    cd_problems_t *problems = site_problems();
    app_scheme_check_t check = { .from = day(11, 17) };

    (void)state;
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D2", 1, 500),
                               site_problems()));
    assert_code(app_scheme_activate(site_ctx("reviewer", 0, NULL), "D2", 1, 1, &check, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "from"),
                        "First day in force must be today or later, within ten years");
    assert_string_equal(site_problem_text(problems, "tests_seen"),
                        "Tick that you have checked the test claims");
    assert_true(*site_problem_text(problems, "settings_seen")
                && *site_problem_text(problems, "effect_seen"));
    problems = site_problems();
    check.from = 0;
    assert_code(app_scheme_activate(site_ctx("reviewer", 0, NULL), "D2", 1, 1, &check, problems),
                CD_E_INVALID);
    assert_string_equal(site_problem_text(problems, "from"), "Enter the first day in force");
}

/* From a later day: by the day alone, whatever is cached; what was in force is retired that day. */
static void from_a_later_day(void **state)
{
    const cd_scheme_t *scheme;
    app_scheme_check_t check = from_day(day(12, 1)), sooner = from_day(day(11, 25));
    app_scheme_t *rows;
    app_ctx_t *ctx;
    int i, count;

    (void)state;
    assert_ok(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "D2", 1, 1, &check, site_problems()));
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL), file_of("D2", 2, 600),
                               site_problems()));
    assert_ok(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "D2", 2, 1, &sooner, site_problems()));
    assert_string_equal(active_on(0), "D1-1");
    assert_string_equal(active_on(6), "D1-1");          /* 24 November */
    assert_string_equal(active_on(7), "D2-2");
    assert_string_equal(active_on(12), "D2-2");
    assert_string_equal(active_on(13), "D2-1");         /* 1 December */
    assert_int_equal(page_of("reviewer", "D2", 1)->row.state, CD_SS_WAITS);
    ctx = site_ctx("reviewer", 0, NULL);
    ctx->today += 20;
    assert_ok(app_schemes(&rows, &count, ctx));
    for (i = 0; i < count; i++)
        assert_int_equal(rows[i].active,
                         !strcmp(rows[i].scheme->code, "D2") && rows[i].scheme->version == 1);
}

static void contributions(void **state)
{
    app_contribution_t *rows;
    cd_problems_t *problems = site_problems();
    const cd_org_t *org;
    apr_int64_t sum;
    int count;

    (void)state;
    assert_code(
        app_contribution_set(site_ctx("legal1", 0, NULL), "RZ1", 2026, 100, site_problems()),
        CD_E_FORBIDDEN);
    assert_code(
        app_contribution_set(site_ctx("handler", 0, NULL), "ZZZ", 2026, 100, site_problems()),
        CD_E_NOT_FOUND);
    assert_code(app_contribution_set(site_ctx("handler", 0, NULL), "RZ1", 1994, 0, problems),
                CD_E_INVALID);
    assert_int_equal(problems->count, 2);
    assert_ok(app_contribution_set(site_ctx("handler", 0, NULL), "RZ1", 2026, 2000000000,
                                   site_problems()));
    assert_ok(
        app_contribution_set(site_ctx("admin", 0, NULL), "RZ1", 2026, 2100000000, site_problems()));
    /* the same */
    assert_ok(
        app_contribution_set(site_ctx("admin", 0, NULL), "RZ1", 2026, 2100000000, site_problems()));
    assert_ok(app_contribution_set(site_ctx("admin", 0, NULL), "RZ1", 2025, 5, site_problems()));
    assert_ok(app_contributions(&rows, &count, site_ctx("handler", 0, NULL), "RZ1"));
    assert_int_equal(count, 3);
    assert_true(rows[0].year == 2026 && rows[0].seq == 2 && rows[0].amount_p == 2100000000);
    assert_true(rows[1].seq == 1 && rows[1].amount_p == 2000000000 && rows[2].year == 2025);
    assert_ok(app_org(&org, site_ctx("handler", 0, NULL), "RZ1"));
    assert_ok(app_contribution_of(&sum, site_ctx("handler", 0, NULL), org->id, day(4, 1)));
    assert_int_equal(sum, 2100000000);
    assert_ok(app_contribution_of(&sum, site_ctx("handler", 0, NULL), org->id, day(3, 31)));
    assert_int_equal(sum, 5);
    assert_ok(app_contribution_of(&sum, site_ctx("handler", 0, NULL), org->id,
                                  cd_date_make(2024, 2, 29)));
    assert_int_equal(sum, 0);
    assert_int_equal(app_financial_year(cd_date_make(2024, 2, 29)), 2023);
}

/* Drafts, replaced drafts, what was sent back and put in force: each row is what its newest entry
 * says. */
static void chain_good(void **state)
{
    audit_verdict_t verdict;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    (void)state;
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, site.pool));
    if (verdict.tampered)
        fail_msg("%s", verdict.first_bad);
    assert_true(verdict.entries > 10);
}

static void by_hand(app_ctx_t *ctx, const char *sql)
{
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS, sql, site.pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS, "COMMIT", site.pool));
}

/* A contribution changed by hand, the newest one or one before, is found; and one that is gone. */
static void contribution_tampered(void **state)
{
    audit_verdict_t verdict;
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    (void)state;
    by_hand(ctx,
            "UPDATE org_contribution SET amount_p = amount_p - 1 WHERE seq = 1 AND year = 2026");
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, site.pool));
    assert_int_equal(verdict.tampered, 1);
    assert_non_null(
        strstr(verdict.first_bad, "contribution RZ1 2026 version 1: not what was recorded"));
    by_hand(ctx,
            "UPDATE org_contribution SET amount_p = amount_p + 1 WHERE seq = 1 AND year = 2026");
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, site.pool));
    assert_int_equal(verdict.tampered, 0);
    by_hand(ctx, "DELETE FROM org_contribution WHERE seq = 2 AND year = 2026");
    assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, site.pool));
    assert_int_equal(verdict.tampered, 1);
    assert_non_null(strstr(verdict.first_bad, "contribution RZ1 2026 version 2: its row is gone"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(built_in), POOL_TEST(four_eyes), POOL_TEST(answers), POOL_TEST(from_a_later_day),
                  POOL_TEST(contributions),
        POOL_TEST(chain_good), POOL_TEST(contribution_tampered)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

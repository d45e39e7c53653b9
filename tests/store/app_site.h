/* app_site.h: a migrated database with two trusts and a person for each role, for tests of the use
 * cases.
 *
 * Include it after unit/unit.h. The clock stands at 18 November 2026, 9am, and goes on by a second
 * with each request, so that what came later can be told from what came before. */
#ifndef CD_TESTS_STORE_APP_SITE_H
#define CD_TESTS_STORE_APP_SITE_H

#include <stdio.h>
#include <stdlib.h>

#include "app/admin.h"
#include "app/case.h"
#include "app/claim.h"
#include "domain/lists.h"
#include "store/assert_err.h"
#include "store/flag.h"
#include "store/migrate.h"

typedef struct site_t {
    apr_pool_t *pool;
    store_t *store;
    store_keys_t *keys;
    app_t *app;
} site_t;

static site_t site;
static apr_time_t site_clock_now = SITE_NOW;

static apr_time_t site_clock(void)
{
    return __atomic_add_fetch(&site_clock_now, 1000000, __ATOMIC_SEQ_CST);
}

/* A day of 2026, for records. */
static inline cd_date_t day(int month, int day_of_month)
{
    return cd_date_make(2026, month, day_of_month);
}

static inline cd_when_t on(int month, int day_of_month)
{
    return cd_when_day(day(month, day_of_month));
}

static inline cd_problems_t *site_problems(void)
{
    cd_problems_t *problems = apr_pcalloc(site.pool, sizeof(*problems));

    problems->pool = site.pool;
    return problems;
}

static inline const char *site_problem_text(const cd_problems_t *problems, const char *field)
{
    int i;

    for (i = 0; i < problems->count; i++)
        if (!strcmp(problems->list[i].field, field))
            return problems->list[i].text;
    return "";
}

/* Requests of a test live as long as the program, their connections do not: the last few keep
 * theirs. */
#define SITE_OPEN 4
static app_ctx_t *site_open_ctx[SITE_OPEN];
static int site_next_ctx;

static inline void site_release(app_ctx_t **slot)
{
    if (*slot && (*slot)->conn)
        store_release((*slot)->conn);
    if (*slot)
        (*slot)->conn = NULL;
    *slot = NULL;
}

/* A request of `subject`; NULL: the command line. */
static inline app_ctx_t *site_ctx(const char *subject, int kind, const char *reference)
{
    app_ctx_t **slot = &site_open_ctx[site_next_ctx++ % SITE_OPEN], *ctx;
    apr_pool_t *pool;

    site_release(slot);
    apr_pool_create(&pool, site.pool);
    ctx = *slot = app_ctx_make(site.app, pool);
    ctx->to_write = 1;
    if (subject) {
        assert_ok(app_begin(ctx, subject, kind, reference));
        return ctx;
    }
    assert_ok(app_begin_system(ctx, NULL));
    if (reference)
        assert_ok(app_name_file(ctx, kind, reference));
    return ctx;
}

static inline void site_done(app_ctx_t *ctx)
{
    int i;

    for (i = 0; i < SITE_OPEN; i++)
        if (site_open_ctx[i] == ctx)
            site_release(&site_open_ctx[i]);
    apr_pool_destroy(ctx->pool);
}

/* Gives the request an idempotency key made of `byte`, and a body made of `body`. */
static inline void site_key(app_ctx_t *ctx, int byte, int body)
{
    ctx->has_idem = 1;
    memset(ctx->idem, byte, sizeof(ctx->idem));
    memset(ctx->fingerprint, body, sizeof(ctx->fingerprint));
}

static inline void site_org(const char *code, const char *name)
{
    cd_org_t org = { .code = code,
                     .name = name,
                     .jurisdiction = CD_JUR_ENG,
                     .kind = CD_HEALTH_SERVICE_BODY,
                     .nhs_contract = CD_YES };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    cd_problems_t *problems = site_problems();

    assert_ok(app_org_save(ctx, &org, problems));
    site_done(ctx);
}

static inline void site_user(const char *subject, cd_role_t role, const char *org_code)
{
    app_user_t user = { .subject = subject,
                        .name = subject,
                        .org_code = org_code,
                        .roles = 1u << role,
                        .active = CD_YES };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(app_user_save(ctx, &user, site_problems()));
    site_done(ctx);
}

static inline void site_people(void)
{
    site_org("RZ1", "Northvale Hospitals NHS Foundation Trust");
    site_org("RZ2", "Eastmere University Hospitals NHS Trust");
    site_user("ward1", CD_ROLE_WARD, "RZ1");
    site_user("legal1", CD_ROLE_TRUST_LEGAL, "RZ1");
    site_user("reader1", CD_ROLE_TRUST_READER, "RZ1");
    site_user("legal2", CD_ROLE_TRUST_LEGAL, "RZ2");
    site_user("handler", CD_ROLE_HANDLER, NULL);
    site_user("decider", CD_ROLE_DECIDER, NULL);
    site_user("reviewer", CD_ROLE_REVIEWER, NULL);
    site_user("regulator", CD_ROLE_REGULATOR, NULL);
    site_user("auditor", CD_ROLE_AUDITOR, NULL);
    site_user("admin", CD_ROLE_ADMIN, NULL);
}

static inline void site_policies(void)
{
    static const cd_scheme_t scheme = {
        .code = "L1", .version = 1, .title = "Fixed sum, at most the damages",
        .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES, .basis = CD_BASIS_D, .requires_damages = CD_YES,
        .include_ppo = CD_NO, .may_exceed_basis = CD_NO, .fixed_p = 1000000,
        .material = CD_MAT_FULL,
        .window = CD_WIN_ALL, .breach_unit = 1, .evidence_days_wd = 20, .needs_finding = CD_NO,
        .authority = "test data"
    };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    const cd_holiday_t *list;
    int count;

    list = cd_holidays_shipped(&count);
    assert_ok(app_holidays_import(ctx, list, count));
    assert_ok(app_scheme_add(ctx, &scheme, 1, site_problems()));
    site_done(ctx);
}

static inline cd_err_t *site_migrate(store_options_t *options)
{
    const char *schema = apr_pstrcat(site.pool, getenv("CANDOUR_SRCDIR"), "/schema", NULL);
    store_t *store;
    store_conn_t *conn;
    apr_pool_t *pool;
    int applied;
    cd_err_t *err;

    options->any_schema = 1;
    CD_ERR(store_open(&store, options, site.pool));
    apr_pool_create(&pool, site.pool);
    CD_ERR(store_acquire(&conn, store, pool));
    err = store_migrate(&applied, conn, schema, NULL, NULL, NULL, site.pool);
    options->any_schema = 0;
    if (!err)
        apr_pool_destroy(pool);
    return err;
}

/* Group set-up of every program: cmocka's state is not used. */
static int site_open(void **state)
{
    store_options_t options = { 0 };
    app_options_t app_options = { 0 };
    const char *key_file;

    (void)state;
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&site.pool, NULL) != APR_SUCCESS)
        return -1;
    key_file = apr_pstrcat(site.pool, getenv("CANDOUR_TEST_DIR"), "/key", NULL);
    assert_ok(store_key_file_make(key_file, site.pool));
    assert_ok(store_keys_read(&site.keys, key_file, site.pool));
    options.socket = getenv("CANDOUR_TEST_SOCKET");
    options.database = getenv("CANDOUR_TEST_DATABASE");
    options.user = getenv("CANDOUR_TEST_USER");
    options.password = getenv("CANDOUR_TEST_PASSWORD");
    options.slots = 6;
    options.keys = site.keys;
    assert_ok(site_migrate(&options));
    assert_ok(store_open(&site.store, &options, site.pool));
    app_options.store = site.store;
    app_options.keys = site.keys;
    app_options.clock = site_clock;
    assert_ok(app_make(&site.app, &app_options, site.pool));
    site_people();
    site_policies();
    return 0;
}

static int site_close(void **state)
{
    (void)state;
    apr_pool_destroy(site.pool);
    apr_terminate();
    return 0;
}

/* What the database's own client answers to statements, rows as lines and columns apart by tabs:
 * past the program, so what it says does not rest on what is tested. No quote ' may be in it. */
static inline const char *site_sql(const char *sql)
{
    const char *command =
        apr_pstrcat(site.pool, "MYSQL_PWD=", getenv("CANDOUR_TEST_PASSWORD"),
                    " mariadb --no-defaults"
                    " --socket=",
                    getenv("CANDOUR_TEST_SOCKET"), " --user=", getenv("CANDOUR_TEST_USER"),
                    " --batch"
                    " --skip-column-names --database=",
                    getenv("CANDOUR_TEST_DATABASE"), " -e '", sql, "'", NULL);
    FILE *answer = popen(command, "r");
    char piece[4096];
    const char *text = "";
    apr_size_t got;

    assert_non_null(answer);
    while ((got = fread(piece, 1, sizeof(piece), answer)) > 0)
        text = apr_pstrcat(site.pool, text, apr_pstrmemdup(site.pool, piece, got), NULL);
    if (pclose(answer))
        fail_msg("the database refused: %s", sql);
    return text;
}

static inline long site_number(const char *sql)
{
    return strtol(site_sql(sql), NULL, 10);
}

/* ---- the usual steps ------------------------------------------------------------------------- */

static inline const char *site_case_of(const char *subject, const char *patient_name,
                                       const char *nhs_number)
{
    cd_incident_t incident = { .title = "Retained swab after bowel surgery", .occurred = on(10, 14),
                               .reported_on = day(10, 28), .facts = "A swab was left behind.",
                               .regulated_activity = CD_YES, .unintended = CD_YES };
    cd_patient_t patient = { .name = patient_name,
                             .nhs_number = nhs_number,
                             .born_on = cd_date_make(1972, 3, 31) };
    app_ctx_t *ctx = site_ctx(subject, 0, NULL);
    const char *reference = NULL;

    assert_ok(app_case_create(&reference, ctx, NULL, &incident, &patient, site_problems()));
    reference = apr_pstrdup(site.pool, reference);
    site_done(ctx);
    return reference;
}

/* Adds one record as `subject` saw the file a moment ago. */
static inline cd_err_t *site_record(int *seq_out, const char *subject, const char *reference,
                                    cd_record_kind_t kind, void *body, cd_problems_t *problems)
{
    app_ctx_t *ctx = site_ctx(subject, CD_FILE_CASE, reference);
    app_record_ask_t ask = { .kind = kind, .body = body };
    app_case_view_t *view = NULL;
    cd_err_t *err = app_case_view(&view, ctx, 0);

    ask.version = view ? view->row.version : 0;
    if (!err)
        err = app_case_record(seq_out, ctx, &ask, problems);
    return err;
}

static inline int site_add(const char *subject, const char *reference, cd_record_kind_t kind,
                           void *body)
{
    cd_problems_t *problems = site_problems();
    int seq = 0;
    cd_err_t *err = site_record(&seq, subject, reference, kind, body, problems);

    if (problems->count)
        fail_msg("%s: %s", problems->list[0].field, problems->list[0].text);
    assert_ok(err);
    return seq;
}

/* An opinion that it is notifiable, and the opening. */
static inline void site_open_case(const char *subject, const char *reference)
{
    cd_opinion_t opinion = { .given = on(10, 30),
                             .opinion = CD_OPINION_NOTIFIABLE,
                             .given_by = "K. Brandt, consultant",
                             .profession = CD_PROF_DOCTOR,
                             .was_involved = CD_NO,
                             .reasons = "A swab was left and had to be removed." };
    cd_opening_t opening = { .aware = on(10, 30), .lead = "J. Okafor" };

    site_add(subject, reference, CD_REC_OPINION, &opinion);
    site_add(subject, reference, CD_REC_OPENING, &opening);
}

static inline cd_talk_t *site_talk(void)
{
    cd_talk_t *talk = apr_pcalloc(site.pool, sizeof(*talk));

    talk->told = on(11, 4);
    talk->mode = CD_MODE_FACE_TO_FACE;
    talk->who_told = "The patient";
    talk->spoke_name = "L. Abara";
    talk->spoke_role = "consultant surgeon";
    talk->facts_given = CD_YES;
    talk->facts_words = "A swab was left inside you.";
    talk->enquiries_told = CD_YES;
    talk->enquiries = "After-action review";
    talk->apology_given = CD_YES;
    talk->support = 1u << CD_SUPPORT_NAMED_CONTACT;
    talk->noted_on = day(11, 4);
    return talk;
}

/* A case of RZ1 whose talk `judge` found too late. */
static inline const char *site_judged_case(const char *patient, const char *judge)
{
    cd_judgement_t judgement = { .rule = CD_RULE_E02,
                                 .judgement = CD_JUDGED_NOT_REASONABLE,
                                 .judged = on(11, 17),
                                 .reasons = "Nothing on record explains the wait." };
    const char *reference = site_case_of("ward1", patient, NULL);

    site_open_case("legal1", reference);
    site_add("legal1", reference, CD_REC_TALK, site_talk());
    site_add(judge, reference, CD_REC_JUDGEMENT, &judgement);
    return reference;
}

#endif

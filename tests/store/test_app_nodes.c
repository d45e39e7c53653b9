/* test_app_nodes.c: two people at once, each at a node of the database of their own.
 *
 * With CANDOUR_TEST_SOCKET_2 the two nodes are those of a cluster (tests/databases); without it
 * both are the one server there is, where locks do what certification does on a cluster. "Between"
 * means: after all that a step asks inside its transaction, and before its COMMIT is sent. There
 * the other person's change is begun; if it is acknowledged before that COMMIT, the step must fail,
 * and if it has to wait, it must come behind. What must never be is both. */
#include "unit/unit.h"

#include <pthread.h>

#include "app/core.h"
#include "app/decided.h"
#include "app/scheme.h"
#include "audit/verify.h"
#include "store/claim_scene.h"
#include "store/db.h"

enum { ROUNDS = 3, WAIT_MS = 1500 };

typedef struct deed_t deed_t;
struct deed_t {
    int node;                            /* 0, 1 */
    const char *subject, *file;          /* who, and the file that the address names */
    cd_err_t *(*fn)(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems);
    const char *claim;
    int flag_seq, decision_seq, version;
    int key;                             /* byte of its idempotency key, 0: none */
    apr_int64_t amount_p;
    pthread_t thread;
    int started, done;
    int code, seq;
    char line[400];
};

typedef struct scene_t { const char *claim, *case1; int flag_seq; } scene_t;

static app_t *apps[2];

/* ---- what comes between -------------------------------------------------- */

static struct {
    deed_t *deed;                        /* NULL: nothing */
    store_call_t call;
    int statement;                       /* -1: any */
    int was_done;                        /* acknowledged before the call went out */
} between;

static void *deed_thread(void *data);

static unsigned before_call(void *baton, store_call_t call, int statement)
{
    deed_t *deed = between.deed;
    int waited;

    (void)baton;
    if (!deed || call != between.call || (between.statement >= 0 && statement != between.statement))
        return 0;
    between.deed = NULL;
    deed->started = pthread_create(&deed->thread, NULL, deed_thread, deed) == 0;
    for (waited = 0; waited < WAIT_MS && !__atomic_load_n(&deed->done, __ATOMIC_SEQ_CST);
         waited += 5)
        apr_sleep(apr_time_from_msec(5));
    between.was_done = __atomic_load_n(&deed->done, __ATOMIC_SEQ_CST);
    return 0;
}

static const store_calls_t calls = { before_call, NULL, NULL };

/* ---- people -------------------------------------------------------------- */

static void run_deed(deed_t *deed)
{
    cd_problems_t problems = { NULL, 0, 0, NULL };
    apr_pool_t *pool;
    app_ctx_t *ctx;
    cd_err_t *err;

    apr_pool_create_unmanaged(&pool);
    problems.pool = pool;
    ctx = app_ctx_make(apps[deed->node], pool);
    ctx->to_write = 1;
    if (deed->key)
        site_key(ctx, deed->key, deed->key);
    err = app_begin(ctx, deed->subject,
                    !deed->file            ? 0
                    : deed->file[1] == 'L' ? CD_FILE_CLAIM
                                           : CD_FILE_CASE,
                    deed->file);
    if (!err)
        err = deed->fn(deed, ctx, &problems);
    deed->code = err ? (int)err->code : 0;
    apr_cpystrn(deed->line, err ? cd_err_line(err, pool) : "done", sizeof(deed->line));
    if (problems.count)
        apr_cpystrn(deed->line, problems.list[0].text, sizeof(deed->line));
    apr_pool_destroy(pool);
    __atomic_store_n(&deed->done, 1, __ATOMIC_SEQ_CST);
}

static void *deed_thread(void *data)
{
    run_deed(data);
    return NULL;
}

static void both(deed_t deeds[2])
{
    int i;

    for (i = 0; i < 2; i++)
        deeds[i].started = pthread_create(&deeds[i].thread, NULL, deed_thread, &deeds[i]) == 0;
    for (i = 0; i < 2; i++)
        pthread_join(deeds[i].thread, NULL);
}

/* Connections that the steps of a test still have would wait for nobody, but take slots. */
static void let_go(void)
{
    int i;

    for (i = 0; i < SITE_OPEN; i++)
        site_release(&site_open_ctx[i]);
}

static void one_won(const deed_t deeds[2])
{
    const int won = !deeds[0].code + !deeds[1].code;

    if (won != 1 || deeds[0].code + deeds[1].code != CD_E_STALE)
        fail_msg("%d won: %s / %s", won, deeds[0].line, deeds[1].line);
}

/* A summary that both would change says already what the other would write into it: what is tried
 * is not to hang on that. */
static void work_says_old(void)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    assert_ok(app_conn(ctx));
    assert_ok(store_command(ctx->conn, STORE_CALL_SETTINGS, "UPDATE claim_work SET out_of_date = 1",
                            ctx->pool));
    assert_ok(store_command(ctx->conn, STORE_CALL_COMMIT, "COMMIT", ctx->pool));
    site_done(ctx);
}

/* `step`, with `other` between its last question and its COMMIT, or before the statement given. */
static void step_with(deed_t *step, deed_t *other, store_call_t call, int statement)
{
    work_says_old();
    let_go();
    between.call = call;
    between.statement = statement;
    between.was_done = 0;
    between.deed = other;
    run_deed(step);
    if (between.deed || !other->started)
        fail_msg("nothing came between: %s", step->line);
    pthread_join(other->thread, NULL);
    if (other->code)
        fail_msg("what came between failed: %s", other->line);
    if (between.was_done ? step->code != CD_E_STALE : step->code != 0)
        fail_msg("what came between was%s acknowledged before COMMIT, and the step: %s",
                 between.was_done ? "" : " not", step->line);
    /* On a cluster the other node does not wait: a run in which it did would prove nothing. */
    if (call == STORE_CALL_COMMIT)
        assert_int_equal(between.was_done, getenv("CANDOUR_TEST_SOCKET_2") != NULL);
}

/* ---- deeds --------------------------------------------------------------- */

static cd_err_t *decide(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_decision_t decision = { .outcome = CD_DEC_PART,
                               .amount_p = deed->amount_p ? deed->amount_p : 500000,
                               .reasons = "Part of the wait is explained.",
                               .evidence_seen = "The notes" };

    return app_decision_make(&deed->seq, ctx, "RZ1", deed->flag_seq, &decision, deed->version,
                             problems);
}

static cd_err_t *confirm(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_confirmation_t body = { .verdict = CD_CONFIRM_YES };
    app_round_ask_t ask = { .kind = CD_REC_CONFIRMATION,
                            .org_code = "RZ1",
                            .body = &body,
                            .version = deed->version,
                            .decision_seq = deed->decision_seq };

    return app_round_record(&deed->seq, ctx, &ask, problems);
}

static cd_err_t *indicate(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_indication_t body = { .message = "This is indicated.", .answer_by = day(12, 2) };
    app_round_ask_t ask = {
        .kind = CD_REC_INDICATION, .org_code = "RZ1", .body = &body, .version = deed->version
    };

    return app_round_record(&deed->seq, ctx, &ask, problems);
}

static cd_err_t *talk(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_talk_t body = { .told = on(11, 5), .mode = CD_MODE_FACE_TO_FACE, .who_told = "The patient",
                       .spoke_name = "L. Abara", .spoke_role = "consultant", .facts_given = CD_YES,
                       .facts_words = "More was found.", .enquiries_told = CD_YES,
                       .enquiries = "A review",
                       .apology_given = CD_YES, .support = 1u << CD_SUPPORT_NAMED_CONTACT,
                       .noted_on = day(11, 5) };
    app_record_ask_t ask = { .kind = CD_REC_TALK, .body = &body };
    app_case_view_t *view;

    CD_ERR(app_case_view(&view, ctx, 0));
    ask.version = view->row.version;
    return app_case_record(&deed->seq, ctx, &ask, problems);
}

static cd_err_t *contribute(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    return app_contribution_set(ctx, "RZ1", 2026, deed->amount_p, problems);
}

static cd_err_t *quash(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_review_t body = { .outcome = CD_REVIEW_QUASHED, .reasons = "The notes were overlooked." };
    app_decided_ask_t ask = { "RZ1", deed->decision_seq, deed->version };

    return app_decided_review(&deed->seq, ctx, &ask, &body, problems);
}

static cd_err_t *tell(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_told_t body = { .on = on(11, 18), .mode = CD_MODE_LETTER };
    app_decided_ask_t ask = { "RZ1", deed->decision_seq, deed->version };

    return app_decided_tell(&deed->seq, ctx, &ask, &body, problems);
}

static cd_err_t *ask_review(deed_t *deed, app_ctx_t *ctx, cd_problems_t *problems)
{
    cd_review_asked_t body = { .grounds = 1u << CD_GROUND_FACTS,
                               .text = "The notes of 5 November explain the wait." };
    app_decided_ask_t ask = { "RZ1", deed->decision_seq, deed->version };

    return app_decided_ask_review(&deed->seq, ctx, &ask, &body, problems);
}

/* ---- scenes -------------------------------------------------------------- */

static deed_t deed_of(int node, const char *subject, const scene_t *scene,
                      cd_err_t *(*fn)(deed_t *, app_ctx_t *, cd_problems_t *))
{
    deed_t deed = { .node = node,
                    .subject = subject,
                    .file = scene->claim,
                    .fn = fn,
                    .claim = scene->claim,
                    .flag_seq = scene->flag_seq,
                    .decision_seq = 1,
                    .version = version_of(scene->claim) };

    if (fn == talk)
        deed.file = scene->case1;
    return deed;
}

/* One step that has to work, on the first node. */
static void done(const char *subject, const scene_t *scene,
                 cd_err_t *(*fn)(deed_t *, app_ctx_t *, cd_problems_t *))
{
    deed_t deed = deed_of(0, subject, scene, fn);

    run_deed(&deed);
    if (deed.code)
        fail_msg("%s: %s", subject, deed.line);
}

static void flag(scene_t *scene)
{
    app_flag_view_t *view;

    compute_flags(scene->claim);
    assert_ok(app_flag_view(&view, site_ctx("handler", CD_FILE_CLAIM, scene->claim), "RZ1", 0));
    scene->flag_seq = view->flag->seq;
}

static scene_t flagged(const char *patient)
{
    scene_t scene = { .case1 = site_judged_case(patient, "handler") };

    scene.claim = claim_of_one(scene.case1);
    flag(&scene);
    return scene;
}

static scene_t sent(const char *patient)
{
    scene_t scene = flagged(patient);

    put_to_decision(scene.claim);
    return scene;
}

static void scheme_put(const char *code, int formula, apr_int64_t confirm_above_p)
{
    static int version = 10;
    cd_scheme_t scheme = { .code = code,
                           .version = ++version,
                           .title = code,
                           .formula = formula,
                           .basis = CD_BASIS_D,
                           .requires_damages = CD_YES,
                           .include_ppo = CD_NO,
                           .may_exceed_basis = CD_NO,
                           .material = CD_MAT_FULL,
                           .window = CD_WIN_ALL,
                           .breach_unit = CD_UNIT_CLAIM,
                           .evidence_days_wd = 20,
                           .needs_finding = CD_NO,
                           .authority = "test data",
                           .confirm_above_p = confirm_above_p };
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);

    switch (formula) {
    case CD_L3_FIXED_RISING:
        scheme.capped_by_damages = CD_YES;
        scheme.steps_p[0] = 1000000;
        scheme.steps_p[1] = 2000000;
        scheme.step_count = 2;
        break;
    case CD_L7_CONTRIBUTION_UPLIFT:
        scheme.bp = 100;
        scheme.window = CD_WIN_FINANCIAL_YEAR;
        scheme.may_exceed_basis = CD_YES;
        break;
    default:
        scheme.fixed_p = 1000000;
    }
    assert_ok(app_scheme_add(ctx, &scheme, 1, site_problems()));
    site_done(ctx);
}

/* How many decisions the second node knows in the claim. */
static int decisions_of(const scene_t *scene)
{
    apr_pool_t *pool;
    app_ctx_t *ctx;
    store_decision_t *rows;
    int count;

    apr_pool_create(&pool, site.pool);
    ctx = app_ctx_make(apps[1], pool);
    assert_ok(app_begin(ctx, "handler", CD_FILE_CLAIM, scene->claim));
    assert_ok(store_decisions(&rows, &count, ctx->head, 0, ctx->conn, pool));
    apr_pool_destroy(pool);
    return count;
}

/* ---- tests --------------------------------------------------------------- */

static void two_decisions(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < ROUNDS; i++) {
        scene_t scene = sent("Anna Kowal");
        deed_t deeds[2] = { deed_of(0, "decider", &scene, decide),
                            deed_of(1, "decider2", &scene, decide) };

        let_go();
        both(deeds);
        one_won(deeds);
        assert_int_equal(decisions_of(&scene), 1);
    }
}

static void double_click(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < ROUNDS; i++) {
        scene_t scene = sent("Ben Marsh");
        deed_t deeds[2] = { deed_of(0, "decider", &scene, decide),
                            deed_of(1, "decider", &scene, decide) };

        deeds[0].key = deeds[1].key = 40 + i;
        let_go();
        both(deeds);
        if (deeds[0].code || deeds[1].code || deeds[0].seq != deeds[1].seq)
            fail_msg("%s (%d) / %s (%d)", deeds[0].line, deeds[0].seq, deeds[1].line, deeds[1].seq);
        assert_int_equal(decisions_of(&scene), 1);
    }
}

/* The question itself: evidence that is there when the transaction asks, or that came after its
 * moment began. */
static void evidence_before_the_question(void **state)
{
    scene_t scene = sent("Carol Ody");
    deed_t step = deed_of(0, "decider", &scene, decide), other = deed_of(1, "legal1", &scene, talk);

    (void)state;
    step_with(&step, &other, STORE_CALL_EXECUTE, STMT_KEEP_CASES_WEIGHED);
    assert_int_equal(step.code, CD_E_STALE);
    assert_int_equal(decisions_of(&scene), 0);
}

static void evidence_before_commit(void **state)
{
    scene_t scene = sent("Dan Foe"), early = flagged("Eve Gray");
    deed_t step = deed_of(0, "decider", &scene, decide), other = deed_of(1, "legal1", &scene, talk);

    (void)state;
    step_with(&step, &other, STORE_CALL_COMMIT, -1);
    assert_int_equal(decisions_of(&scene), step.code ? 0 : 1);
    step = deed_of(0, "handler", &early, indicate);
    other = deed_of(1, "legal1", &early, talk);
    step_with(&step, &other, STORE_CALL_COMMIT, -1);
}

static void two_second_persons(void **state)
{
    int i;

    (void)state;
    scheme_put("L1", CD_L1_FIXED_CAPPED_BY_DAMAGES, 100000);
    for (i = 0; i < ROUNDS; i++) {
        scene_t scene = sent("Fay Hill");
        deed_t deeds[2];

        done("decider", &scene, decide);
        deeds[0] = deed_of(0, "decider2", &scene, confirm);
        deeds[1] = deed_of(1, "decider3", &scene, confirm);
        let_go();
        both(deeds);
        one_won(deeds);
    }
}

static void evidence_before_confirmation(void **state)
{
    scene_t scene = sent("Gil Irons");
    deed_t step, other;

    (void)state;
    done("decider", &scene, decide);
    step = deed_of(0, "decider2", &scene, confirm);
    other = deed_of(1, "legal1", &scene, talk);
    step_with(&step, &other, STORE_CALL_COMMIT, -1);
    scheme_put("L1", CD_L1_FIXED_CAPPED_BY_DAMAGES, 0);
}

/* Both flags count the same earlier breaches: one decision makes the other claim's flag old. */
static void one_trust_in_two_claims(void **state)
{
    int i;

    (void)state;
    scheme_put("L3", CD_L3_FIXED_RISING, 0);
    for (i = 0; i < ROUNDS; i++) {
        scene_t first = sent("Hal Jones"), second = sent("Ivy Kent");
        deed_t deeds[2] = { deed_of(0, "decider", &first, decide),
                            deed_of(1, "decider2", &second, decide) };

        let_go();
        both(deeds);
        one_won(deeds);
        assert_int_equal(decisions_of(&first) + decisions_of(&second), 1);
    }
}

/* A review that takes back a breach which the decision beside it counts. */
static void review_against_decision(void **state)
{
    scene_t first = sent("Jan Lund"), second;
    deed_t step, other, deeds[2];

    (void)state;
    done("decider", &first, decide);
    done("handler", &first, tell);
    done("legal1", &first, ask_review);
    second = sent("Kim Moss");
    step = deed_of(0, "decider", &second, decide);
    other = deed_of(1, "reviewer", &first, quash);
    step_with(&step, &other, STORE_CALL_COMMIT, -1);
    first = sent("Lil Nash");
    done("decider", &first, decide);
    done("handler", &first, tell);
    done("legal1", &first, ask_review);
    deeds[0] = deed_of(0, "reviewer", &first, quash);
    deeds[1] = deed_of(1, "reviewer2", &first, quash);
    let_go();
    both(deeds);
    one_won(deeds);
}

static void contribution_before_commit(void **state)
{
    scene_t scene;
    deed_t step, other;

    (void)state;
    scheme_put("L7", CD_L7_CONTRIBUTION_UPLIFT, 0);
    assert_ok(
        app_contribution_set(site_ctx("admin", 0, NULL), "RZ1", 2026, 200000000, site_problems()));
    scene = sent("Max Orr");
    step = deed_of(0, "decider", &scene, decide);
    other = deed_of(1, "admin", &scene, contribute);
    other.file = NULL;
    other.amount_p = 210000000;
    step_with(&step, &other, STORE_CALL_COMMIT, -1);
    assert_int_equal(decisions_of(&scene), step.code ? 0 : 1);
}

/* A decision leaves the version of the case alone: who has its form open loses nothing. */
static void case_is_not_made_stale(void **state)
{
    scene_t scene;
    app_case_view_t *before, *after;

    (void)state;
    scheme_put("L1", CD_L1_FIXED_CAPPED_BY_DAMAGES, 0);
    scene = sent("Ned Poole");
    assert_ok(app_case_view(&before, site_ctx("legal1", CD_FILE_CASE, scene.case1), 0));
    done("decider", &scene, decide);
    assert_ok(app_case_view(&after, site_ctx("legal1", CD_FILE_CASE, scene.case1), 0));
    assert_int_equal(before->row.version, after->row.version);
    assert_int_equal(before->row.changed_at, after->row.changed_at);
}

static void chains_good_on_both(void **state)
{
    audit_verdict_t verdict;
    int i;

    (void)state;
    for (i = 0; i < 2; i++) {
        apr_pool_t *pool;
        app_ctx_t *ctx;

        apr_pool_create(&pool, site.pool);
        ctx = app_ctx_make(apps[i], pool);
        assert_ok(app_begin_system(ctx, NULL));
        assert_ok(audit_verify(&verdict, NULL, ctx->conn, NULL, NULL, pool));
        if (verdict.tampered)
            fail_msg("node %d: %s", i, verdict.first_bad);
        apr_pool_destroy(pool);
    }
}

static int open_nodes(void **state)
{
    store_options_t options = { 0 };
    app_options_t app_options = { 0 };
    const char *sockets[2] = { getenv("CANDOUR_TEST_SOCKET"), getenv("CANDOUR_TEST_SOCKET_2") };
    int i, bad = site_open(state);

    if (bad)
        return bad;
    for (i = 0; i < 2; i++) {
        store_t *store;

        options.socket = sockets[i] ? sockets[i] : sockets[0];
        options.database = getenv("CANDOUR_TEST_DATABASE");
        options.user = getenv("CANDOUR_TEST_USER");
        options.password = getenv("CANDOUR_TEST_PASSWORD");
        options.keys = site.keys;
        options.calls = i ? NULL : &calls;
        assert_ok(store_open(&store, &options, site.pool));
        app_options.store = store;
        app_options.keys = site.keys;
        app_options.clock = site_clock;
        assert_ok(app_make(&apps[i], &app_options, site.pool));
    }
    site_user("decider2", CD_ROLE_DECIDER, NULL);
    site_user("decider3", CD_ROLE_DECIDER, NULL);
    site_user("reviewer2", CD_ROLE_REVIEWER, NULL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(two_decisions), POOL_TEST(double_click), POOL_TEST(evidence_before_the_question),
        POOL_TEST(evidence_before_commit), POOL_TEST(two_second_persons),
                  POOL_TEST(evidence_before_confirmation),
        POOL_TEST(one_trust_in_two_claims), POOL_TEST(review_against_decision),
                  POOL_TEST(contribution_before_commit),
        POOL_TEST(case_is_not_made_stale), POOL_TEST(chains_good_on_both)
    };

    return cmocka_run_group_tests(tests, open_nodes, site_close);
}

/* test_app_impact.c: a draft tried on a few hundred claims says of each what computing its flag
 * under the draft says; who may ask and look. */
#include "unit/unit.h"

#include "app/claim_core.h"
#include "app/impact.h"
#include "app/recompute.h"
#include "app/scheme.h"
#include "store/app_site.h"

enum { CLAIMS = 240 };

typedef struct part_t { const char *org; int state; apr_int64_t indicated_p; } part_t;
static const char *claims[CLAIMS];
static part_t before[CLAIMS][2];
static const char *broken_case;

static const char *draft_of(const char *code, const char *formula)
{
    return apr_psprintf(site.pool,
                        "{\"code\":\"%s\",\"version\":1,\"title\":\"Made up\",%s,\"basis\":\"D\","
                        "\"material\":\"FULL\",\"window\":\"ALL\",\"breach_unit\":\"CLAIM\","
                        "\n\"authorities\":{\"formula\":\"a\",\"bp\":\"a\","
                        "\"cap_p\":\"a\",\"basis\":\"a\",\"material\":\"a\",\"window\":\"a\","
                        "\"breach_unit\":\"a\"},\n\"tests\":[{\"name\":\"none\","
                        "\"damages_p\":0,\"expect\":{\"indicated_p\":0}}]}",
                        code, formula);
}

static int add(const char *reference, int version, cd_record_kind_t kind, void *body)
{
    app_record_ask_t ask = { .kind = kind, .body = body, .version = version };
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, reference);
    int seq;

    assert_ok(app_claim_record(&seq, ctx, &ask, site_problems()));
    site_done(ctx);
    return version + 1;
}

/* Damages from 100 to 240,000 pounds; a quarter open, a quarter with two trusts, a tenth without a
 * flag. */
static const char *claim_make(int number)
{
    const apr_int64_t sum = APR_INT64_C(10000) + number * APR_INT64_C(99991);
    cd_claim_facts_t facts = { .title = "Generated",
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(11, 10),
                               .agreed_damages_p = sum };
    cd_parties_t parties = { { { "RZ1", number % 4 == 2 ? 6500 : 10000,
                                 number % 3 ? broken_case : NULL } } };
    cd_payment_t payment = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = sum, .paid = on(11, 12) };
    cd_claim_status_t settled = { .status = CD_CLAIM_SETTLED_DAMAGES, .on = on(11, 12) };
    app_ctx_t *ctx = site_ctx("handler", 0, NULL);
    const char *reference;
    int version = 1, count;

    if (number % 4 == 2)
        parties.party[1] = (cd_party_t){ "RZ2", 3500, NULL };
    assert_ok(app_claim_create(&reference, ctx, &facts, site_problems()));
    reference = apr_pstrdup(site.pool, reference);
    site_done(ctx);
    version = add(reference, version, CD_REC_PARTIES, &parties);
    version = add(reference, version, CD_REC_PAYMENT, &payment);
    if (number % 4)
        version = add(reference, version, CD_REC_CLAIM_STATUS, &settled);
    if (number % 10 == 9)
        return reference;
    ctx = site_ctx("handler", CD_FILE_CLAIM, reference);
    assert_ok(app_flag_compute(&count, ctx, NULL, version));
    site_done(ctx);
    return reference;
}

static void flags_of(part_t parts[2], const char *reference)
{
    app_item_t items[CD_PARTIES_MAX];
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, reference);
    store_head_t *head;
    int count, i;

    assert_ok(app_file(&head, ctx, CD_RIGHT_FLAG_COMPUTE));
    assert_ok(app_flags_make(items, &count, ctx, head, NULL, NULL));
    for (i = 0; i < count && i < 2; i++)
        parts[i] = (part_t){ apr_pstrdup(site.pool, items[i].flag->org_code), items[i].flag->state,
                             items[i].flag->indicated_p };
    site_done(ctx);
}

static void made(void **state)
{
    const cd_scheme_t *scheme;
    int i;

    (void)state;
    broken_case = site_judged_case("A. Patient", "handler");
    for (i = 0; i < CLAIMS; i++) {
        claims[i] = claim_make(i);
        flags_of(before[i], claims[i]);
    }
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL),
                               draft_of("T4", "\"formula\":\"L4\",\"bp\":1000,\"cap_p\":1500000"),
                               site_problems()));
}

static void asked(void **state)
{
    app_scheme_page_t *page;
    app_impact_t *run;
    apr_int64_t id, again;

    (void)state;
    assert_code(app_impact_ask(&id, site_ctx("handler", 0, NULL), "T4", 1), CD_E_FORBIDDEN);
    assert_code(app_impact_ask(&id, site_ctx("decider", 0, NULL), "T4", 9), CD_E_NOT_FOUND);
    assert_ok(app_impact_ask(&id, site_ctx("decider", 0, NULL), "T4", 1));
    assert_ok(app_impact_ask(&again, site_ctx("reviewer", 0, NULL), "T4", 1));
    assert_int_equal(id, again);
    assert_ok(app_scheme_get(&page, site_ctx("reviewer", 0, NULL), "T4", 1));
    assert_true(!page->tried && !page->may_activate && strstr(page->why_not, "not been tried"));
    assert_ok(app_impact_latest(&run, site_ctx("reviewer", 0, NULL), "T4", 1));
    assert_int_equal(run->state, APP_RUN_WAITING);
    assert_code(app_impact_get(&run, site_ctx("legal1", 0, NULL), id), CD_E_FORBIDDEN);
}

/* By the command line alone; then nothing waits. */
static void worked(void **state)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    int runs;

    (void)state;
    assert_ok(app_impact_work(&runs, ctx, 0, NULL, NULL));
    assert_int_equal(runs, 1);
    assert_ok(app_impact_work(&runs, site_ctx(NULL, 0, NULL), 1, NULL, NULL));
    assert_int_equal(runs, 0);
    assert_code(app_impact_work(&runs, site_ctx("admin", 0, NULL), 1, NULL, NULL), CD_E_FORBIDDEN);
}

static const app_impact_row_t *row_of(const app_impact_list_t *rows, const char *reference,
                                      const char *org)
{
    int i;

    for (i = 0; i < rows->count; i++)
        if (!strcmp(rows->rows[i].reference, reference) && !strcmp(rows->rows[i].org_code, org))
            return &rows->rows[i];
    return NULL;
}

/* Everything that the run says of a part is what its flag says once the draft is in force. */
static void as_computed(void **state)
{
    app_scheme_check_t check = {
        .from = day(11, 18), .settings_seen = CD_YES, .tests_seen = CD_YES, .effect_seen = CD_YES
    };
    app_impact_list_t rows, open, closed;
    app_impact_t *run;
    part_t after[2];
    apr_int64_t bins = 0;
    int i, k, differing = 0, missing = 0, parts = 0;

    (void)state;
    assert_ok(app_impact_latest(&run, site_ctx("reviewer", 0, NULL), "T4", 1));
    assert_int_equal(run->state, APP_RUN_DONE);
    assert_ok(app_impact_rows(&rows, site_ctx("reviewer", 0, NULL), run->id, 0, 0, 1000));
    assert_ok(
        app_scheme_activate(site_ctx("reviewer", 0, NULL), "T4", 1, 1, &check, site_problems()));
    for (i = 0; i < CLAIMS; i++) {
        memset(after, 0, sizeof(after));
        flags_of(after, claims[i]);
        for (k = 0; k < 2 && after[k].org; k++) {
            const app_impact_row_t *row = row_of(&rows, claims[i], after[k].org);
            const part_t *old = &before[i][k];

            parts++;
            if (i % 10 == 9) {
                missing++;
                assert_null(row);
                continue;
            }
            assert_int_equal(row != NULL, old->state != after[k].state
                                              || old->indicated_p != after[k].indicated_p);
            if (!row)
                continue;
            differing++;
            assert_true(row->old_state == old->state && row->old_p == old->indicated_p);
            assert_true(row->new_state == after[k].state && row->new_p == after[k].indicated_p);
            assert_int_equal(row->open, i % 4 == 0);
            assert_true(strlen(row->why) > 5);
        }
    }
    assert_true(differing > 50 && missing > 20);
    assert_int_equal(rows.count, differing);
    assert_true(run->total == parts && run->seen == parts && run->missing == missing
                && run->failed == 0);
    assert_int_equal(run->unchanged, parts - missing - differing);
    assert_int_equal(run->open_seen + run->closed_seen, CLAIMS);
    assert_ok(app_impact_rows(&open, site_ctx("reviewer", 0, NULL), run->id, 1, 0, 1000));
    assert_ok(app_impact_rows(&closed, site_ctx("reviewer", 0, NULL), run->id, 2, 0, 1000));
    assert_int_equal(open.count + closed.count, rows.count);
    for (i = 0; i < CD_IMPACT_BINS; i++)
        bins += run->bins[i];
    assert_int_equal(bins, open.count);
}

/* Pages by keyset hold each row once, the largest difference first. */
static void paged(void **state)
{
    app_impact_list_t rows, all;
    app_impact_t *run;
    apr_int64_t after = 0, last = APR_INT64_MAX;
    int seen = 0, i;

    (void)state;
    assert_ok(app_impact_latest(&run, site_ctx("reviewer", 0, NULL), "T4", 1));
    assert_ok(app_impact_rows(&all, site_ctx("reviewer", 0, NULL), run->id, 0, 0, 1000));
    do {
        assert_ok(app_impact_rows(&rows, site_ctx("reviewer", 0, NULL), run->id, 0, after, 7));
        for (i = 0; i < rows.count; i++, seen++) {
            const apr_int64_t by = llabs(rows.rows[i].new_p - rows.rows[i].old_p) / 100;

            assert_true(by <= last);
            last = by;
        }
        after = rows.next;
    } while (after);
    assert_int_equal(seen, all.count);
}

#define FLAGGED "SELECT COUNT(*) FROM claim_work WHERE flag_seq > 0 AND due_key >= 0"
#define BRIEFED "SELECT COUNT(*) FROM claim_work w JOIN liability_brief b" \
    " ON b.claim_id = w.claim_id AND b.org_id = w.org_id AND b.flag_seq = w.flag_seq"
#define BRIEFS "SELECT * FROM liability_brief ORDER BY claim_id, org_id"

static void note(void *baton, const app_recompute_t *so_far)
{
    *(app_recompute_t *)baton = *so_far;
}

static app_recompute_t recomputed(void)
{
    app_ctx_t *ctx = site_ctx(NULL, 0, NULL);
    app_recompute_t last = { 0 };
    apr_int64_t id;
    int jobs;

    assert_ok(app_recompute_ask(&id, ctx, 1, 0));
    assert_ok(app_recompute_work(&jobs, ctx, 0, note, &last));
    assert_int_equal(jobs, 1);
    site_done(ctx);
    return last;
}

/* Flags that an older program wrote have no brief: computing all again puts it beside them though
 * nothing differs, and writes no version. What was not made again is not passed over by a draft
 * that is tried: it is counted as without a flag. */
static void briefs_come_back(void **state)
{
    const cd_scheme_t *scheme;
    const char *briefs, *flags;
    app_recompute_t first, again;
    app_impact_t *run;
    apr_int64_t id;
    int runs;

    (void)state;
    first = recomputed();
    assert_true(first.made > CLAIMS && first.failed == 0);
    briefs = site_sql(BRIEFS);
    flags = site_sql("SELECT COUNT(*), MAX(seq) FROM liability_flag");
    assert_int_equal(site_number(FLAGGED), site_number(BRIEFED));
    site_sql("DELETE FROM liability_brief WHERE claim_id % 3 > 0");
    site_sql("UPDATE liability_brief b JOIN (SELECT claim_id, MIN(seq) AS seq FROM liability_flag "
             "GROUP BY claim_id) f"
             " ON f.claim_id = b.claim_id SET b.flag_seq = f.seq");
    assert_true(site_number(BRIEFED) < site_number(FLAGGED) / 2);
    again = recomputed();
    assert_int_equal(again.made, 0);
    assert_int_equal(again.same, first.made + first.same);
    assert_string_equal(site_sql(BRIEFS), briefs);
    assert_string_equal(site_sql("SELECT COUNT(*), MAX(seq) FROM liability_flag"), flags);
    assert_ok(app_scheme_draft(&scheme, site_ctx("decider", 0, NULL),
                               draft_of("T5", "\"formula\":\"L4\",\"bp\":500,\"cap_p\":900000"),
                               site_problems()));
    assert_ok(app_impact_ask(&id, site_ctx("decider", 0, NULL), "T5", 1));
    assert_ok(app_impact_work(&runs, site_ctx(NULL, 0, NULL), 0, NULL, NULL));
    assert_ok(app_impact_latest(&run, site_ctx("reviewer", 0, NULL), "T5", 1));
    assert_int_equal(run->missing, 0);
    assert_true(run->seen > CLAIMS && run->unchanged < run->seen);
}

/* A Sunday after a Saturday, and a holiday more in the list: no flag says anything else, so none is
 * written and no round begins again. */
static void same_the_next_day(void **state)
{
    const cd_holiday_t *shipped;
    cd_holiday_t *list;
    app_recompute_t first, again;
    app_ctx_t *ctx;
    int count;

    (void)state;
    site_clock_now += apr_time_from_sec(3 * 86400);        /* Saturday, 21 November 2026 */
    first = recomputed();
    site_clock_now += apr_time_from_sec(86400);
    shipped = cd_holidays_shipped(&count);
    list = apr_pcalloc(site.pool, sizeof(*list) * (apr_size_t)(count + 1));
    memcpy(list, shipped, sizeof(*list) * (apr_size_t)count);
    list[count] =
        (cd_holiday_t){ CD_DIV_ENGLAND_AND_WALES, cd_date_make(2035, 1, 2), "A day more" };
    ctx = site_ctx(NULL, 0, NULL);
    assert_ok(app_holidays_import(ctx, list, count + 1));
    site_done(ctx);
    again = recomputed();
    assert_int_equal(again.made, 0);
    assert_int_equal(again.same, first.made + first.same);
}

/* What is not done is a day later each day; that alone is no new flag. */
static void same_the_next_working_day(void **state)
{
    app_recompute_t first, again;

    (void)state;
    /* Tuesday, 22 December 2026 */
    site_clock_now += apr_time_from_sec(APR_INT64_C(30) * 86400);
    first = recomputed();
    assert_true(
        site_number("SELECT COUNT(*) FROM liability_flag WHERE answer LIKE \"%working day%\"") > 0);
    site_clock_now += apr_time_from_sec(86400);
    again = recomputed();
    assert_int_equal(again.made, 0);
    assert_int_equal(again.same, first.made + first.same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(made), POOL_TEST(asked), POOL_TEST(worked), POOL_TEST(as_computed),
                  POOL_TEST(paged),
        POOL_TEST(briefs_come_back), POOL_TEST(same_the_next_day),
        POOL_TEST(same_the_next_working_day)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

/* test_app_claim_list.c: the claims' work list, page by page, while others write: in each of its
 * four orders the pages share no row and leave none out. A row is missed or met again only where
 * somebody moved that very row past the reader. */
#include "unit/unit.h"

#include "app/claim_list.h"
#include "store/app_site.h"

enum { CLAIMS = 125, MOST = 200, PAGES = 8 };

typedef struct one_t {
    const char *reference;
    int seen;                            /* how often in this walk */
    int added;                           /* 1: came while the walk went on */
    int facts_seq;                       /* the record that its facts stand in */
    /* somebody wrote in it meanwhile; and changed what it is ordered by */
    int written, moved;
} one_t;
static one_t all[MOST];
static int all_count;

static int add(const char *reference, int version, cd_record_kind_t kind, void *body,
               int supersedes)
{
    app_record_ask_t ask = { .kind = kind,
                             .body = body,
                             .version = version,
                             .supersedes = supersedes,
                             .reason = supersedes ? "It was another day." : NULL };
    app_ctx_t *ctx = site_ctx("handler", CD_FILE_CLAIM, reference);
    int seq;

    assert_ok(app_claim_record(&seq, ctx, &ask, site_problems()));
    site_done(ctx);
    return seq;
}

static int version_of(const char *reference)
{
    return (int)site_number(
        apr_psprintf(site.pool, "SELECT version FROM claim WHERE reference = \"%s\"", reference));
}

/* Days from 1 January to 10 November, many of them shared; one trust or two; every third with a
 * sum. */
static void claim_make(const char *broken, int number)
{
    const apr_int64_t sum = APR_INT64_C(10000) + number * APR_INT64_C(7993);
    cd_claim_facts_t facts = { .title = "Generated", .scheme = CD_SCHEME_CNST,
                               .notified = on(1 + number * 7 % 10, 1 + number * 5 % 9) };
    cd_parties_t parties = { { { "RZ1", 10000, number % 3 ? NULL : broken } } };
    cd_payment_t payment = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = sum, .paid = on(11, 12) };
    app_ctx_t *ctx = site_ctx("handler", 0, NULL);
    one_t *one = &all[all_count++];
    int count;

    assert_true(all_count <= MOST);
    one->facts_seq = 1;
    assert_ok(app_claim_create(&one->reference, ctx, &facts, site_problems()));
    one->reference = apr_pstrdup(site.pool, one->reference);
    site_done(ctx);
    add(one->reference, 1, CD_REC_PARTIES, &parties, 0);
    if (number % 3)
        return;
    add(one->reference, 2, CD_REC_PAYMENT, &payment, 0);
    ctx = site_ctx("handler", CD_FILE_CLAIM, one->reference);
    assert_ok(app_flag_compute(&count, ctx, NULL, 3));
    site_done(ctx);
}

static one_t *one_of(const char *reference)
{
    int i;

    for (i = 0; i < all_count; i++)
        if (!strcmp(all[i].reference, reference))
            return &all[i];
    fail_msg("%s is nobody's", reference);
    return NULL;
}

static void write_in(one_t *one)
{
    cd_reserve_t reserve = { .head = 1, .amount_p = 100000, .on = on(11, 12) };

    one->written = 1;
    add(one->reference, version_of(one->reference), CD_REC_RESERVE, &reserve, 0);
}

/* It was notified on another day: it stands elsewhere by age, and by what is due. */
static void move(one_t *one, int month)
{
    cd_claim_facts_t facts = { .title = "Generated",
                               .scheme = CD_SCHEME_CNST,
                               .notified = on(month, 28) };

    one->moved = one->written = 1;
    one->facts_seq =
        add(one->reference, version_of(one->reference), CD_REC_CLAIM, &facts, one->facts_seq);
}

/* What others do between two pages: new claims, entries in what was seen and in what is still to
 * come, and days mended. */
static void meanwhile(int page)
{
    int i, seen = 0, unseen = 0;

    for (i = 0; i < CLAIMS; i++) {
        one_t *one = &all[(i * 37 + page * 11) % CLAIMS];
        int *count = one->seen ? &seen : &unseen;

        if (one->written || ++*count > 3)
            continue;
        if (*count == 3)
            move(one, one->seen ? 9 : 2);
        else
            write_in(one);
    }
    claim_make(NULL, 1 + page);
    claim_make(NULL, 100 + page);
    all[all_count - 1].added = all[all_count - 2].added = 1;
}

static int walk(int sort)
{
    const app_claim_filter_t filter = { .whose = APP_CLAIM_ALL,
                                        .sort = sort,
                                        .open = APP_CLAIM_EITHER };
    app_claim_work_list_t list = { 0 };
    apr_int64_t after = 0;
    int i, pages = 0;

    for (i = 0; i < all_count; i++)
        all[i].seen = all[i].added = all[i].written = all[i].moved = 0;
    do {
        assert_ok(app_claim_work_list(&list, site_ctx("handler", 0, NULL), &filter, after));
        assert_true(list.next == 0 || list.next > after);
        for (i = 0; i < list.count; i++)
            one_of(list.rows[i].row.reference)->seen++;
        after = list.next;
        if (++pages < PAGES && after)
            meanwhile(pages);
    } while (after);
    return pages;
}

static void made(void **state)
{
    const char *broken = site_judged_case("A. Patient", "handler");
    int i;

    (void)state;
    for (i = 0; i < CLAIMS; i++)
        claim_make(broken, i);
    assert_int_equal(site_number("SELECT COUNT(*) FROM claim_work WHERE due_key >= 0"), CLAIMS);
}

static void disjoint_and_complete(void **state)
{
    static const int sorts[] = { APP_CLAIM_BY_DUE, APP_CLAIM_BY_AGE, APP_CLAIM_BY_SUM,
                                 APP_CLAIM_BY_CHANGED };
    unsigned s;
    int i, written = 0;

    (void)state;
    for (s = 0; s < COUNT_OF(sorts); s++) {
        assert_true(walk(sorts[s]) >= 3);
        for (i = 0; i < all_count; i++) {
            const one_t *one = &all[i];
            /* by change, whatever is written in goes to the front, behind the reader */
            const int still = !one->moved && !(sorts[s] == APP_CLAIM_BY_CHANGED && one->written);

            written += one->written && still;
            if (!one->moved)
                ROW_CHECK(one->seen <= 1, i,
                          apr_psprintf(site.pool, "order %u: %s comes %d times", s, one->reference,
                                       one->seen));
            if (still && !one->added)
                ROW_CHECK(one->seen == 1, i,
                          apr_psprintf(site.pool, "order %u: %s comes %d times", s, one->reference,
                                       one->seen));
        }
    }
    assert_true(written > 10);
}

/* With nobody writing, every row once, in an order that only rises. */
static void at_rest(void **state)
{
    const app_claim_filter_t filter = { .whose = APP_CLAIM_ALL,
                                        .sort = APP_CLAIM_BY_AGE,
                                        .open = APP_CLAIM_EITHER };
    app_claim_work_list_t list = { 0 };
    apr_int64_t after = 0;
    cd_date_t last = 0;
    int rows = 0, i;

    (void)state;
    do {
        assert_ok(app_claim_work_list(&list, site_ctx("handler", 0, NULL), &filter, after));
        for (i = 0; i < list.count; i++, rows++) {
            assert_true(list.rows[i].row.notified_on >= last);
            last = list.rows[i].row.notified_on;
        }
        after = list.next;
    } while (after);
    assert_int_equal(rows, all_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(made), POOL_TEST(disjoint_and_complete),
                                        POOL_TEST(at_rest) };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

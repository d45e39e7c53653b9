/* test_case.c: what is known of a case at the end of a day, and what stands. */
#include "unit.h"

#include "case_text.h"

static void as_at(void **state)
{
    static const char text[] = "incident title=Fall occurred=2026-10-14 @at=2026-10-28;"
        "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR @at=2026-10-30;"
        "talk told=2026-11-04 @at=2026-11-06; letter dated=2026-11-12";
    static const struct { const char *day; int known, later; const char *why; } rows[] = {
        { "2026-10-13", 0, 4, "nothing yet" }, { "2026-10-28", 1, 3, "recorded that day" },
        { "2026-10-30", 2, 2, "end of the day counts" }, { "2026-11-05", 2, 2,
          "told, and not yet recorded" },
        { "2026-11-06", 3, 1, "recorded later than it happened" }, { "2026-11-11", 3, 1,
          "letter not yet dated" },
        { "2026-11-12", 4, 0, "a record that does not say when it was made goes by its own day" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_case_t *file = made_case(text, &made_org, rows[i].day, *state);
        ROW_CHECK(file->count == rows[i].known && file->later == rows[i].later, i, rows[i].why);
    }
}

static int last_seq(const char *text, const char *day, cd_record_kind_t kind, apr_pool_t *pool)
{
    const cd_record_t *r = cd_case_last(made_case(text, &made_org, day, pool), kind);

    return r ? r->seq : 0;
}

static void corrections(void **state)
{
    static const struct { const char *text; const char *day; int want; const char *why; } rows[] = {
        { "talk told=2026-11-04; talk told=2026-11-03 @over=1", "2026-11-24", 2,
          "a correction stands" },
        { "talk told=2026-11-04; talk told=2026-11-20 @over=1", "2026-11-10", 1,
          "not before it is known" },
        { "talk told=2026-11-04; withdrawal reason=Wrong_case @over=1", "2026-11-24", 0,
          "taken back" },
        { "talk told=2026-11-04; withdrawal reason=Wrong_case @over=1 @at=2026-11-20", "2026-11-10",
          1, "later" },
        { "talk told=2026-11-04; talk told=2026-11-03 @over=1; withdrawal reason=Wrong @over=2",
          "2026-11-24", 0,
          "taking back the newest version takes back the entry" },
        { "talk told=2026-11-04; withdrawal reason=Wrong @over=1; withdrawal "
          "reason=Right_after_all @over=2",
          "2026-11-24", 1, "a withdrawal that was taken back has no effect" },
        { "talk told=2026-11-04; talk told=2026-11-06", "2026-11-24", 2,
          "two stand, the later day is the newest" },
        { "talk told=2026-11-06; talk told=2026-11-04", "2026-11-24", 1, "by day, not by entry" },
        { "talk told=2026-11-04; talk told=2026-11-04", "2026-11-24", 2,
          "same day: the later entry" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(last_seq(rows[i].text, rows[i].day, CD_REC_TALK, *state) == rows[i].want, i,
                  rows[i].why);
    /* of a kind that a file holds once, the last written holds, whatever its day */
    assert_int_equal(
        last_seq("incident title=Fall occurred=2026-10-14; incident title=Fall occurred=2026-10-13",
                 "2026-11-24", CD_REC_INCIDENT, *state),
        2);
}

static void marks(void **state)
{
    cd_case_t *file = made_case("talk told=2026-11-04; talk told=2026-11-03 @over=1", &made_org,
                                "2026-11-24", *state);

    assert_int_equal(cd_case_seq(file, 1)->superseded_by, 2);
    assert_int_equal(cd_case_seq(file, 2)->superseded_by, 0);
    assert_null(cd_case_seq(file, 3));
    assert_int_equal(cd_case_next(file, CD_REC_TALK, NULL)->seq, 2);
    assert_null(cd_case_next(file, CD_REC_TALK, cd_case_seq(file, 2)));
}

static void states(void **state)
{
    static const struct { const char *text; int want; } rows[] = {
        { "incident title=Fall", CD_CASE_RECORDED }, { "incident title=Fall; opening note=Go",
          CD_CASE_OPEN },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE",
          CD_CASE_CLOSED },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "opening note=Again",
          CD_CASE_OPEN },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=OTHER; "
          "withdrawal reason=Mistake @over=3", CD_CASE_OPEN },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "reopening reopened=2026-11-21 reason=More", CD_CASE_OPEN },
        { "incident title=Fall; closure closed=2026-11-20 reason=NOT_NOTIFIABLE; "
          "reopening reopened=2026-11-21 reason=More", CD_CASE_RECORDED },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "reopening reopened=2026-11-21 reason=More; closure closed=2026-11-22 reason=DUTY_DONE",
          CD_CASE_CLOSED },
        /* mending an entry does not move its place */
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "reopening reopened=2026-11-21 reason=More; closure closed=2026-11-19 reason=DUTY_DONE "
          "@over=3", CD_CASE_OPEN },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "opening note=Come @over=2",
          CD_CASE_CLOSED },
        { "incident title=Fall; opening note=Go; closure closed=2026-11-20 reason=DUTY_DONE; "
          "reopening reopened=2026-11-21 reason=More; withdrawal reason=Mistake @over=4",
          CD_CASE_CLOSED },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ROW_CHECK(made_case(rows[i].text, &made_org, "2026-11-24", *state)->state == rows[i].want,
                  i, rows[i].text);
}

/* Records come in any order from a reader; what stands does not depend on it. */
static void any_order(void **state)
{
    made_t *made =
        made_records("incident title=Fall; talk told=2026-11-04; talk told=2026-11-03 @over=2; "
                     "letter dated=2026-11-12",
                     CD_FILE_CASE, *state);
    cd_record_t turned[4];

    for (int i = 0; i < 4; i++)
        turned[i] = made->list[3 - i];
    cd_case_t *file = cd_case_read(turned, 4, &made_org, cd_date_parse("2026-11-24"), *state);
    for (int i = 0; i < 4; i++)
        assert_int_equal(file->records[i].seq, i + 1);
    assert_int_equal(file->records[1].superseded_by, 3);
}

static void initials(void **state)
{
    static const struct { const char *name, *want; } rows[] = {
        { "Anna Kowalski", "A.K." }, { "Anna Maria Kowalski", "A.K." }, { "Cher", "C." },
          { "Émile Zola", "É.Z." },
        { " ", "No name" }, { NULL, "No name" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(cd_initials(rows[i].name, *state), rows[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(as_at), POOL_TEST(corrections), POOL_TEST(marks), POOL_TEST(states),
                  POOL_TEST(any_order),
        POOL_TEST(initials),
    };

    return cmocka_run_group_tests_name("case", tests, NULL, NULL);
}

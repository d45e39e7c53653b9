/* test_claim_clock.c: what is due in a claim, how it was counted, and that half-known days stay
 * half known. */
#include "unit.h"

#include "case_text.h"
#include "domain/claim_clock.h"

#define CLAIM "claim title=Sepsis scheme=CNST notified=2026-01-12;"

static cd_clock_t *clocks_of(int *count, const char *text, const char *as_at, apr_pool_t *pool)
{
    made_t *made = made_records(text, CD_FILE_CLAIM, pool);

    return cd_claim_clocks(
        count, cd_claim_read(made->list, made->count, cd_date_parse(as_at), pool), pool);
}

/* Each row: one clock of the claim, the only one or the one that `title` begins with. */
static void counted(void **state)
{
    static const struct { const char *text, *as_at, *title, *due, *words; } rows[] = {
        { CLAIM "event type=NOTIFICATION_LETTER on=2026-01-12", "2026-01-12",
          "Acknowledge the letter of n", "2026-01-26",
          "Open, 14 days left" },
        { CLAIM "event type=NOTIFICATION_LETTER on=2026-01-12", "2026-01-26", "Acknowledge",
          "2026-01-26",
          "Open, 0 days left" },
        { CLAIM "event type=NOTIFICATION_LETTER on=2026-01-12", "2026-01-27", "Acknowledge",
          "2026-01-26",
          "Late by 1 day" },
        { CLAIM "event type=NOTIFICATION_LETTER on=2026-01-12; event "
          "type=NOTIFICATION_ACKNOWLEDGED on=2026-01-26",
          "2026-03-01", "Acknowledge", "2026-01-26", "In time" },
        { CLAIM "event type=NOTIFICATION_LETTER on=2026-01-12; event "
          "type=NOTIFICATION_ACKNOWLEDGED on=2026-01-29",
          "2026-03-01", "Acknowledge", "2026-01-26", "Late by 3 days" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02", "2026-03-10",
          "Acknowledge the letter of c", "2026-03-16",
          "Open, 6 days left" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02; event type=LETTER_OF_RESPONSE "
          "on=2026-06-26", "2026-11-24",
          "Letter of response", "2026-07-02", "In time" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-10-30", "2026-11-01", "Letter of response",
          "2027-02-28",
          "Open, 119 days left" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2027-10-31", "2027-11-01", "Letter of response",
          "2028-02-29",
          "Open, 120 days left" },
        { CLAIM "status status=LETTER_OF_CLAIM on=2026-03-02; status status=RESPONDED "
          "on=2026-07-03", "2026-11-24",
          "Letter of response", "2026-07-02", "Late by 1 day" },
        /* a letter that came before the letter of claim answers nothing */
        { CLAIM "event type=LETTER_OF_RESPONSE on=2026-02-01; event type=LETTER_OF_CLAIM "
          "on=2026-03-02", "2026-07-04",
          "Letter of response", "2026-07-02", "Late by 2 days" },
        /* half-known days: what holds for every day of the span, and nothing else */
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-17; event type=CLAIM_ACKNOWLEDGED "
          "on=2026-03",
          "2026-11-24", "Acknowledge", "2026-03-31", "In time" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-16; event type=CLAIM_ACKNOWLEDGED "
          "on=2026-03",
          "2026-11-24", "Acknowledge", "2026-03-30", "Cannot be told: a day is not known" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02; event type=CLAIM_ACKNOWLEDGED "
          "on=2026-04",
          "2026-11-24", "Acknowledge", "2026-03-16", "Late by 16 to 45 days" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-10", "2026-11-13", "Acknowledge",
          "2026-10-15/2026-11-14",
          "Cannot be told: a day is not known" },
        { "claim title=Birth scheme=CNST notified=2026-11-12 incident=2026-10 "
          "early_notification=yes", "2026-11-24",
          "Early Notification: the clinical", "2026-10-15/2026-11-14", "Late by 10 to 40 days" },
        { "claim title=Birth scheme=CNST notified=2026-11-12 incident=2026-11-12 "
          "early_notification=yes;"
          "event type=EARLY_NOTIFICATION_REPORTED on=2026-11-20", "2026-11-24",
          "Early Notification: the trust",
          "2026-12-12", "In time" },
        /* a claim that ended asks for no letter any more, and was late only until then */
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02; status status=SETTLED_DAMAGES "
          "on=2026-05-01", "2026-11-24",
          "Letter of response", "2026-07-02", "No longer due: the claim has ended" },
        { CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02; status status=CLOSED_NIL on=2026-07-12",
          "2026-11-24",
          "Letter of response", "2026-07-02", "Late by 10 days" },
        { CLAIM "inquest opened=2026-02-01 pfd_on=2026-10-01", "2026-11-24", "Answer the report",
          "2026-11-26",
          "Open, 2 days left" },
        { CLAIM "inquest opened=2026-02-01 pfd_on=2026-10-01 pfd_due=2026-11-20", "2026-11-24",
          "Answer the report",
          "2026-11-20", "Late by 4 days" },
        { CLAIM "inquest opened=2026-02-01 pfd_due=2026-11-20 pfd_answered=2026-11-20; status "
          "status=CLOSED_NIL "
          "on=2026-03-01", "2026-11-24", "Answer the report", "2026-11-20", "In time" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cd_clock_t *found = NULL;
        int count;
        cd_clock_t *list = clocks_of(&count, rows[i].text, rows[i].as_at, *state);
        for (int k = 0; k < count; k++)
            if (!strncmp(list[k].title, rows[i].title, strlen(rows[i].title)))
                found = &list[k];
        if (!found)
            fail_msg("row %d: no clock \"%s\"", (int)i, rows[i].title);
        ROW_CHECK(!strcmp(cd_when_iso(found->due, *state), rows[i].due), i,
                  cd_when_iso(found->due, *state));
        ROW_CHECK(!strcmp(found->words, rows[i].words), i, found->words);
    }
}

static void said_how(void **state)
{
    int count;
    cd_clock_t *list = clocks_of(&count, CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02;"
                                 "inquest opened=2026-02 pfd_on=2026-10-01", "2026-11-24", *state);

    assert_int_equal(count, 3);                            /* the one due last comes first */
    assert_string_equal(list[0].source, "Setting to check");
    assert_string_equal(list[1].counted,
                        "4 months from 2 March 2026, when the letter of claim came");
    assert_string_equal(list[2].source, "Court protocol");
    assert_string_equal(list[2].counted,
                        "14 days from 2 March 2026, when the letter of claim came");
    clocks_of(&count, CLAIM, "2026-11-24", *state);
    assert_int_equal(count, 0);                            /* nothing came, so nothing is counted */
}

/* What is entered later changes today's clocks and none of yesterday's. */
static void looked_back(void **state)
{
    static const char text[] = CLAIM "event type=LETTER_OF_CLAIM on=2026-03-02 @at=2026-03-03;"
                                     "event type=CLAIM_ACKNOWLEDGED on=2026-03-10 @at=2026-04-02; "
                                     "taken-back reason=Not_sent @over=3 @at=2026-05-01";
    int count;

    assert_string_equal(clocks_of(&count, text, "2026-04-01", *state)[1].words, "Late by 16 days");
    assert_string_equal(clocks_of(&count, text, "2026-04-02", *state)[1].words, "In time");
    assert_string_equal(clocks_of(&count, text, "2026-05-01", *state)[1].words, "Late by 46 days");
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(counted), POOL_TEST(said_how),
                                        POOL_TEST(looked_back) };

    return cmocka_run_group_tests_name("claim clock", tests, NULL, NULL);
}

/* test_ical.c: calendars by RFC 5545. */
#include "unit/unit.h"

#include "base/ical.h"

static cd_buf_t *fresh(apr_pool_t *pool)
{
    return cd_buf_make(pool, 64);
}

static void escaped(void **state)
{
    static const struct { const char *in, *out; } rows[] = {
        { "Plain", "Plain" }, { "a,b;c\\d", "a\\,b\\;c\\\\d" }, { "one\ntwo\r", "one\\ntwo" },
        { "bell\a tab\t", "bell tab" }, { "", "" }, { "professional’s", "professional’s" }
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(cd_ical_text(rows[i].in, *state), rows[i].out);
}

/* Unfolds, and looks at each line's length on the way. */
static const char *unfolded(const char *text, apr_pool_t *pool)
{
    cd_buf_t *out = fresh(pool);
    const char *end;

    while ((end = strstr(text, "\r\n")) != NULL) {
        assert_true(end - text <= 75);
        cd_buf_add(out, text, (apr_size_t)(end - text));
        text = end + 2;
        if (*text == ' ')
            text++;
        else
            cd_buf_lit(out, "\n");
    }
    assert_string_equal(text, "");
    return out->data;
}

/* Every length about the edge, with one character of each width upon it. */
static void folded_between_characters(void **state)
{
    static const char *const ends[] = { "x", "é", "’", "😀" };
    apr_pool_t *pool = *state;
    size_t e;
    int n;

    for (e = 0; e < COUNT_OF(ends); e++)
        for (n = 0; n < 240; n++) {
            cd_buf_t *buf = fresh(pool), *value = fresh(pool);
            const char *at;
            int i;

            for (i = 0; i < n; i++)
                cd_buf_lit(value, "a");
            cd_buf_str(value, ends[e]);
            cd_buf_str(value, ends[e]);
            cd_ical_line(buf, "SUMMARY", value->data);
            assert_string_equal(unfolded(buf->data, pool),
                                apr_pstrcat(pool, "SUMMARY:", value->data, "\n", NULL));
            for (at = buf->data; (at = strstr(at, "\r\n ")) != NULL; at += 3)
                /* no line begins inside a character */
                assert_true(((unsigned char)at[3] & 0xC0) != 0x80);
        }
}

static void whole_day_event(void **state)
{
    static const cd_instant_t stamp = APR_INT64_C(1794992400) * 1000000;
    apr_pool_t *pool = *state;
    cd_buf_t *buf = fresh(pool);
    cd_ical_event_t event = { .uid = "CM-2026-0412-E09@candour", .sequence = 7, .stamp = stamp,
                              .on = cd_date_make(2026, 12, 31),
                              .summary = "CM-2026-0412: Send, now" };

    cd_ical_open(buf, "Candour casework");
    cd_ical_event(buf, &event);
    event.cancelled = 1;
    event.url = "https://x.test/candour/cases/CM-2026-0412";
    cd_ical_event(buf, &event);
    cd_ical_close(buf);
    assert_string_equal(
        unfolded(buf->data, pool),
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//mod_candour//work "
        "list//EN\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\n"
        "X-WR-CALNAME:Candour casework\nREFRESH-INTERVAL;VALUE=DURATION:PT4H\n"
        "BEGIN:VEVENT\nUID:CM-2026-0412-E09@candour\nDTSTAMP:20261118T090000Z\nLAST-MODIFIED:"
        "20261118T090000Z\n"
        "SEQUENCE:7\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270101\nSUMMARY:CM-2026-0412: "
        "Send\\, now\n"
        "CLASS:PRIVATE\nTRANSP:TRANSPARENT\nSTATUS:CONFIRMED\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:CM-2026-0412-E09@candour\nDTSTAMP:20261118T090000Z\nLAST-MODIFIED:"
        "20261118T090000Z\n"
        "SEQUENCE:7\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270101\nSUMMARY:CM-2026-0412: "
        "Send\\, now\n"
        "URL:https://x.test/candour/cases/CM-2026-0412\n"
        "CLASS:PRIVATE\nTRANSP:TRANSPARENT\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(escaped), POOL_TEST(folded_between_characters), POOL_TEST(whole_day_event)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

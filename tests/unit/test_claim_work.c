/* test_claim_work.c: whether two flags say the same, by their digests: whatever stands in their
 * texts, what only moves with the days is left out and nothing else. */
#include "unit.h"

#include "app/claim_work_core.h"
#include "domain/eval_json.h"

/* Two flags that part in one member, written as JSON writes it. */
typedef struct pair_t {
    const char *inputs[2], *answer[2];
    int same;
    const char *why;
} pair_t;

#define ONE(text) { text, text }
#define L1 "\"scheme\":{\"formula\":\"L1\"},"
#define L3 "\"scheme\":{\"formula\":\"L3_FIXED_PER_BREACH\"},"
#define L7 "\"scheme\":{\"formula\":\"L7\"},"

static const pair_t pairs[] = {
    { ONE("{}"), ONE("{\"status\":\"MET\"}"), 1, "nothing parts them" },
    { ONE("{}"), { "{\"status\":\"MET\"}", "{\"status\":\"NOT_MET\"}" }, 0, "a status" },
    { ONE("{}"), { "{\"sentence\":\"a\"}", "{\"sentence\":\"b\"}" }, 1, "a sentence" },
    { ONE("{}"), { "{\"words\":\"1 day late\"}", "{\"words\":\"2 days late\"}" }, 1, "words" },
    { ONE("{}"), { "{\"words\":null}", "{\"words\":\"late\"}" }, 0, "words where there were none" },
    { ONE("{}"), { "{\"min_wd\":1,\"max_wd\":2}", "{\"min_wd\":10,\"max_wd\":233}" }, 1, "days" },
    { { "{\"as_at\":\"2026-11-22\"}", "{\"as_at\":\"2027-01-02\"}" }, ONE("{}"), 1, "the day" },
    { { "{\"holidays\":8}", "{\"holidays\":120}" }, ONE("{}"), 1, "holidays known" },
    { { "{\"due\":\"2026-11-22\"}", "{\"due\":\"2027-01-02\"}" }, ONE("{}"), 0, "another day" },
    { { "{\"seq\":1}", "{\"seq\":2}" }, ONE("{}"), 0, "a number" },
    { { "{\"a\":1}", "{}" }, { "{}", "{\"a\":1}" }, 0, "on the other side" },

    /* what stands in a text ends nothing */
    { ONE("{}"), { "{\"sentence\":\"said \\\"late\\\"\",\"n\":1}", "{\"sentence\":\"\",\"n\":1}" },
      1, "quotes in a sentence" },
    { ONE("{}"),
      { "{\"sentence\":\"said \\\"late\\\"\",\"n\":1}", "{\"sentence\":\"said\",\"n\":2}" }, 0,
      "quotes in a sentence, and a number after it" },
    { ONE("{}"), { "{\"sentence\":\"ends in \\\\\",\"n\":1}", "{\"sentence\":\"b\",\"n\":1}" }, 1,
      "a backslash at the end" },
    { ONE("{}"), { "{\"sentence\":\"ends in \\\\\",\"n\":1}", "{\"sentence\":\"b\",\"n\":2}" }, 0,
      "a backslash at the end, and a number after it" },
    { ONE("{}"), { "{\"sentence\":\"\\\\\\\"\",\"n\":1}", "{\"sentence\":\"\\\\\",\"n\":1}" }, 1,
      "a backslash, then a quote" },
    { ONE("{}"), { "{\"sentence\":\"a } b ] {[,:\",\"n\":1}", "{\"sentence\":\"\",\"n\":1}" }, 1,
      "braces in a sentence" },
    { ONE("{}"), { "{\"sentence\":\"a } b\",\"n\":1}", "{\"sentence\":\"a }\",\"n\":2}" }, 0,
      "braces in a sentence, and a number after it" },
    { ONE("{}"),
      { "{\"sentence\":\"\\\"sentence\\\":\\\"x\\\"\",\"n\":1}", "{\"sentence\":\"y\",\"n\":1}" },
      1, "its own name in a sentence" },
    { ONE("{}"),
      { "{\"sentence\":\"\\\"min_wd\\\":7\",\"n\":1}",
        "{\"sentence\":\"\\\"min_wd\\\":\",\"n\":1}" },
      1, "another's name in a sentence" },

    /* a name within a text that is kept leaves nothing out of it */
    { ONE("{}"),
      { "{\"text\":\"\\\"sentence\\\":\\\"a\\\"\"}", "{\"text\":\"\\\"sentence\\\":\\\"b\\\"\"}" },
      0, "a sentence within a text" },
    { ONE("{}"), { "{\"text\":\"\\\"min_wd\\\":1\"}", "{\"text\":\"\\\"min_wd\\\":2\"}" }, 0,
      "days within a text" },
    { ONE("{}"), { "{\"text\":\"\\\\\\\"as_at\\\":1\"}", "{\"text\":\"\\\\\\\"as_at\\\":2\"}" }, 0,
      "a day within a text, after a backslash" },
    { ONE("{}"), { "{\"text\":\"as_at\",\"b\":\"1\"}", "{\"text\":\"as_at\",\"b\":\"2\"}" }, 0,
      "a text that is a name" },
    { ONE("{}"), { "{\"my_sentence\":\"a\"}", "{\"my_sentence\":\"b\"}" }, 0, "a longer name" },
    { ONE("{}"), { "{\"sentences\":\"a\"}", "{\"sentences\":\"b\"}" }, 0, "a longer name" },
    { ONE("{}"), { "{\"sentence\":\"a", "{\"sentence\":\"b" }, 1, "cut off" },
    { ONE("{}"), { "{\"sentence\":\"a\\", "{\"sentence\":\"b\\" }, 1, "cut off at a backslash" },

    /* earlier breaches and the year's contribution: only where the scheme looks at them */
    { { "{" L1 "\"breaches_before\":1}", "{" L1 "\"breaches_before\":2}" }, ONE("{}"), 1,
      "breaches, not looked at" },
    { ONE("{" L1 "\"a\":1}"), { "{\"breach_number\":2}", "{\"breach_number\":3}" }, 1,
      "the breach's number, not looked at" },
    { { "{" L1 "\"contribution_p\":0}", "{" L1 "\"contribution_p\":500}" }, ONE("{}"), 1,
      "contribution, not looked at" },
    { { "{" L3 "\"breaches_before\":1}", "{" L3 "\"breaches_before\":2}" }, ONE("{}"), 0,
      "breaches, looked at" },
    { ONE("{" L7 "\"a\":1}"), { "{\"breach_number\":2}", "{\"breach_number\":3}" }, 0,
      "the breach's number, looked at" },
    { { "{" L7 "\"contribution_p\":0}", "{" L7 "\"contribution_p\":500}" }, ONE("{}"), 0,
      "contribution, looked at" },
    { { "{\"scheme\":{\"shadow_of\":\"L7\"},\"contribution_p\":0}",
        "{\"scheme\":{\"shadow_of\":\"L7\"},\"contribution_p\":500}" },
      ONE("{}"), 0, "contribution, looked at in its shadow" },
    { { "{\"title\":\"\\\"formula\\\":\\\"L7\\\"\",\"contribution_p\":0}",
        "{\"title\":\"\\\"formula\\\":\\\"L7\\\"\",\"contribution_p\":500}" },
      ONE("{}"), 1, "a formula within a text" },
};

static int same(const char *const inputs[2], const char *const answer[2], apr_pool_t *pool)
{
    unsigned char digest[2][32];
    int i;

    for (i = 0; i < 2; i++) {
        store_flag_t flag = { .inputs = inputs[i], .answer = answer[i] };

        app_flag_digest(digest[i], &flag, pool);
    }
    return memcmp(digest[0], digest[1], sizeof(digest[0])) == 0;
}

static void texts(void **state)
{
    size_t i;

    for (i = 0; i < COUNT_OF(pairs); i++)
        ROW_CHECK(same(pairs[i].inputs, pairs[i].answer, *state) == pairs[i].same, i, pairs[i].why);
}

/* Two results of a rule as the program itself writes them, so that a member that gets another name
 * there is missed here. */
static int results_same(const cd_result_t *one, const cd_result_t *other, apr_pool_t *pool)
{
    const cd_result_t *const results[2] = { one, other };
    const char *const inputs[2] = { "{}", "{}" };
    const char *answer[2];
    int i;

    for (i = 0; i < 2; i++) {
        cd_buf_t *buf = cd_buf_make(pool, 512);
        cd_jsonw_t w;

        cd_jsonw_init(&w, buf, 0);
        cd_result_write(&w, results[i], pool);
        answer[i] = buf->data;
    }
    return same(inputs, answer, pool);
}

static void results(void **state)
{
    static const char *const odd[] = {
        "said \"late\"", "\\", "\\\\", "\\\"", "a } b", "{\"status\":\"MET\"}", "\"sentence\":\"x",
        "two\nlines\t\x01", "Llanelli \xc3\xa2", ""
    };
    const cd_rule_t rule = { .code = "E02", .name = "The person was told" };
    const cd_result_t first = { .rule = &rule,
                                .status = CD_ST_MET_LATE,
                                .words = "2 working days late",
                                .sentence = "She was told 2 working days late.",
                                .late_wd_min = 2,
                                .late_wd_max = 2 };
    cd_result_t other;
    size_t i;

    for (i = 0; i < COUNT_OF(odd); i++) {
        other = first;
        other.sentence = odd[i];
        ROW_CHECK(results_same(&first, &other, *state), i, odd[i]);
        other.words = odd[i];
        other.late_wd_min = (int)i;
        other.late_wd_max = (int)i + 100;
        ROW_CHECK(results_same(&first, &other, *state), i, odd[i]);
        other.status = CD_ST_NOT_MET;
        ROW_CHECK(!results_same(&first, &other, *state), i, odd[i]);
        other.status = first.status;
        other.why = CD_WHY_NO_PROOF;
        ROW_CHECK(!results_same(&first, &other, *state), i, odd[i]);
    }
    other = first;
    other.met_on = cd_when_day(cd_date_parse("2026-11-04"));
    assert_false(results_same(&first, &other, *state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(texts),
        POOL_TEST(results),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

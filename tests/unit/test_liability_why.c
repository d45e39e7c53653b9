/* test_liability_why.c: what a flag says of itself: its reasons, what would change it, what it
 * waits for, its JSON; and the limits of a decision on it. */
#include "unit.h"

#include "flag_text.h"

static const cd_whatif_t *whatif(const cd_flag_t *flag, cd_if_t kind, const char *rules)
{
    for (int i = 0; i < flag->whatif_count; i++)
        if (flag->whatifs[i].kind == kind && flag->whatifs[i].rules
            && !strcmp(flag->whatifs[i].rules, rules))
            return &flag->whatifs[i];
    fail_msg("nothing of %s", rules);
    return NULL;
}

static void would_change(void **state)
{
    input_t *made = input_of(OPEN TALK "letter dated=2026-11-12;" FOUND("E06", "NOT_MET", "COURT"),
                             CD_MAT_FULL, *state);
    const cd_result_t *letter = cd_evaluation_rule(made->cases[0].eval, "E09");
    cd_flag_record_t record = { "CM-1", letter->evidence[0], CD_REC_LETTER,
                                cd_when_day(cd_date_parse("2026-11-12")) };
    cd_flag_t *flag;

    made->in.records = &record;
    made->in.record_count = 1;
    flag = flag_of(made, *state);
    assert_string_equal(whatif(flag, CD_IF_MET, "E06")->sentence,
                        "If the finding on E06 did not stand, and the rule was met, "
                        "E06 would be met and the indicated sum would fall from £10,000.00 to "
                        "£0.00. The state would become “Evidence requested”.");
    assert_string_equal(whatif(flag, CD_IF_MET, "E09")->sentence,
                        "With proof that the letter of 12 November 2026 was sent, E09 "
                        "would be met and the indicated sum would stay £10,000.00. The state would "
                        "stay “Breach indicated”.");
    assert_string_equal(whatif(flag, CD_IF_ALL_MET, "E06, E09 and E12")->sentence,
                        "With all of that, E06, E09 and E12 would be "
                        "met and the indicated sum would fall from £10,000.00 to £0.00. The state "
                        "would become “Candour shown”.");
    made = input_of(OPEN TALK "letter dated=2026-11-12;", CD_MAT_FULL, *state);
    flag = flag_of(made, *state);
    assert_string_equal(whatif(flag, CD_IF_NOT_MET, "E09")->sentence,
                        "If no written notification was sent, E09 would count as "
                        "not met and the indicated sum would rise from £0.00 to £10,000.00. The "
                        "state would become “Breach indicated”.");
    made->in.records = &record;
    made->in.record_count = 1;
    flag = flag_of(made, *state);
    assert_string_equal(whatif(flag, CD_IF_NOT_MET, "E09")->lead,
                        "If the letter of 12 November 2026 was not sent");
    assert_int_equal(whatif(flag, CD_IF_NOT_MET, "E09")->state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(whatif(flag, CD_IF_NOT_MET, "E09")->indicated_p, 1000000);
    assert_int_equal(whatif(flag, CD_IF_ALL_MET, "E09 and E12")->state, CD_FLAG_CANDOUR_SHOWN);
    /* one more broken rule raises no sum that is a fixed one; where nothing is open or broken
     * nothing would change */
    assert_int_equal(flag_of(input_of(WHOLE, CD_MAT_FULL, *state), *state)->whatif_count, 0);
    flag = flag_of(input_of(DIFFER, CD_MAT_FULL, *state), *state);
    for (int i = 0, found = 0; i < flag->whatif_count; i++) {
        found += flag->whatifs[i].kind == CD_IF_NO_DUTY;
        if (i == flag->whatif_count - 1)
            assert_int_equal(found, 1);
    }
}

/* A rule that only the trust itself judged stands among what decides, and says whose word is
 * missing. */
static void own_word(void **state)
{
    input_t *made =
        input_of(OPEN LATE AFTER JUDGED("E02", "REASONABLE", "trust-legal"), CD_MAT_FULL, *state);
    cd_flag_t *flag = flag_of(made, *state);
    const cd_result_t *in_case = cd_evaluation_rule(made->cases[0].eval, "E02");

    assert_string_equal(flag->verdict,
                        "A person of the scheme must judge E02 (The person was told) first.");
    assert_int_equal(flag->reasons[0].part, CD_DECIDED);
    assert_string_equal(flag->reasons[0].result->rule->code, "E02");
    assert_int_equal(flag->reasons[0].result->status, CD_ST_UNDETERMINED);
    assert_non_null(
        strstr(flag->reasons[0].result->sentence, "The trust itself judged on 10 December 2026"));
    assert_non_null(
        strstr(flag->reasons[0].result->sentence, "a person of the scheme must judge E02."));
    /* the case itself is as the trust judged it */
    assert_int_equal(in_case->status, CD_ST_MET);
    assert_non_null(strstr(cd_flag_inputs_json(&made->in, *state), "\"role\":\"trust-legal\""));
    flag = flag_of(input_of(DIFFER, CD_MAT_FULL, *state), *state);
    assert_string_equal(flag->verdict, "A person must judge which of two opinions holds first.");
}

static void reasons(void **state)
{
    cd_flag_t *flag =
        flag_of(input_of(OPEN LATE "letter dated=2026-11-23;" FOUND("E02", "NOT_MET", "REGULATOR"),
                         CD_MAT_FULL, *state),
                *state);
    int at = 0, parts[5] = { 0 };

    assert_int_equal(flag->reason_count, 14);
    for (int i = 0; i < flag->reason_count; i++) {
        ROW_CHECK((int)flag->reasons[i].part >= at, i, "rising by part");
        at = (int)flag->reasons[i].part;
        parts[at]++;
        assert_string_equal(flag->reasons[i].case_reference, "CM-1");
        assert_non_null(flag->reasons[i].result->sentence);
    }
    assert_string_equal(flag->reasons[0].result->rule->code, "E02");
    assert_true(flag->reasons[0].material);
    assert_int_equal(parts[CD_DECIDED], 1);
    assert_int_equal(parts[CD_NEARLY], 2);                 /* E09 and E12: no proof, no copy */
    /* C01, which this preset does not count */
    assert_int_equal(parts[CD_LATE_NOT_COUNTED], 1);
    assert_string_equal(flag->verdict, "E02 (The person was told) was not met.");
}

static void finding_first(void **state)
{
    input_t *judged =
        input_of(OPEN LATE AFTER "judgement rule=E02 judgement=NOT_REASONABLE judged=2026-12-10 "
                                 "reasons=No_reason_given @by=handler;",
                 CD_MAT_FULL, *state);
    input_t *found =
        input_of(OPEN LATE AFTER FOUND("E02", "NOT_MET", "REGULATOR"), CD_MAT_FULL, *state);
    input_t *ombudsman =
        input_of(OPEN LATE AFTER FOUND("E02", "NOT_MET", "OMBUDSMAN"), CD_MAT_FULL, *state);

    assert_int_equal(flag_of(judged, *state)->indicated_p, 1000000);
    judged->scheme.needs_finding = found->scheme.needs_finding = ombudsman->scheme.needs_finding =
        CD_YES;
    assert_int_equal(flag_of(judged, *state)->indicated_p, 0);
    assert_int_equal(flag_of(judged, *state)->state, CD_FLAG_BREACH_INDICATED);
    assert_non_null(strstr(flag_of(judged, *state)->verdict, "waits for a finding"));
    assert_int_equal(flag_of(ombudsman, *state)->indicated_p, 0);
    assert_int_equal(flag_of(found, *state)->indicated_p, 1000000);
}

/* Under L7 the contribution of the year must be known: until then a breach is a breach, and nothing
 * can be asked. */
static void contribution(void **state)
{
    input_t *made = input_of(OPEN LATE AFTER FOUND("E02", "NOT_MET", "COURT"), CD_MAT_FULL, *state);
    static const cd_decision_t full = { CD_DEC_FULL, 1, "Enough reasons", "All", NULL, NULL };
    static const cd_decision_t part = { CD_DEC_PART, 1, "Enough reasons", "All", NULL, NULL };
    static const cd_decision_t none = { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL };
    const cd_decider_t decider = { 0, 0 };
    cd_problems_t problems = { .pool = *state };
    cd_flag_t *flag, *back;

    made->scheme.formula = CD_L7_CONTRIBUTION_UPLIFT;
    made->scheme.fixed_p = 0;
    made->scheme.bp = 100;
    made->scheme.window = CD_WIN_FINANCIAL_YEAR;
    made->scheme.may_exceed_basis = CD_YES;
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(flag->indicated_p, 0);
    assert_int_equal(flag->sum.would_be_p, 0);
    assert_int_equal(flag->sum.basis_p, 3220000);
    assert_int_equal(flag->sum.line_count, 1);
    assert_non_null(
        strstr(flag->sum.lines[0].text, "contribution for the financial year is not known"));
    assert_non_null(
        strstr(whatif(flag, CD_IF_MET, "E02")->sentence, "the indicated sum would stay £0.00"));
    assert_null(cd_flag_read(&back, cd_flag_json(flag, *state), *state));
    cd_decision_check(&full, flag->indicated_p, (int)flag->state, &decider, &problems);
    assert_int_equal(problems.count, 1);
    cd_decision_check(&part, flag->indicated_p, (int)flag->state, &decider, &problems);
    assert_int_equal(problems.count, 2);
    cd_decision_check(&none, flag->indicated_p, (int)flag->state, &decider, &problems);
    assert_int_equal(problems.count, 2);
    made->in.sums.contribution_p = 200000000;
    assert_int_equal(flag_of(made, *state)->indicated_p, 2000000);
    /* nothing to ask of: that is said, not what is missing */
    made->in.sums = (cd_scheme_input_t){ .succeeded = 0 };
    assert_non_null(strstr(flag_of(made, *state)->sum.lines[1].text, "did not end with damages"));
    made->in.sums = (cd_scheme_input_t){ .damages_p = 3220000, .succeeded = 1 };
    made->scheme.formula = CD_L0_SHADOW;
    made->scheme.shadow_of = CD_L7_CONTRIBUTION_UPLIFT;
    assert_int_equal(flag_of(made, *state)->sum.would_be_p, 0);
    assert_non_null(strstr(flag_of(made, *state)->sum.lines[0].text, "is not known"));
    made = input_of(OPEN TALK "letter dated=2026-11-12;", CD_MAT_FULL, *state);
    made->scheme.formula = CD_L7_CONTRIBUTION_UPLIFT;
    made->scheme.fixed_p = 0;
    made->scheme.bp = 100;
    made->scheme.window = CD_WIN_FINANCIAL_YEAR;
    made->scheme.may_exceed_basis = CD_YES;
    assert_non_null(strstr(whatif(flag_of(made, *state), CD_IF_NOT_MET, "E09")->sentence,
                           "no sum could be worked out"));
}

/* Canonical: the same inputs give the same bytes, another input gives others; nothing in them is
 * about a person. */
static void json(void **state)
{
    input_t *one = input_of(WHOLE, CD_MAT_FULL, *state),
            *same = input_of(WHOLE, CD_MAT_FULL, *state);
    input_t *other = input_of(OPEN TALK, CD_MAT_FULL, *state);
    const char *text = cd_flag_inputs_json(&one->in, *state);
    json_t *tree;

    assert_string_equal(text, cd_flag_inputs_json(&same->in, *state));
    assert_string_not_equal(text, cd_flag_inputs_json(&other->in, *state));
    same->in.seen = &(cd_flag_seen_t){ "CM-2026-0001", 4 };
    same->in.seen_count = 1;
    same->in.claim_record = 7;
    assert_non_null(strstr(cd_flag_inputs_json(&same->in, *state),
                           "\"seen\":{\"claim_record\":7,\"cases\":[{\"reference\":\"CM-2026-"
                           "0001\",\"version\":4}]}"));
    assert_null(cd_json_read(&tree, text, strlen(text), *state));
    assert_null(strstr(text, "Swab"));
    text = cd_flag_json(flag_of(one, *state), *state);
    assert_string_equal(text, cd_flag_json(flag_of(same, *state), *state));
    assert_null(cd_json_read(&tree, text, strlen(text), *state));
    assert_string_equal(json_string_value(json_object_get(tree, "state")), "CANDOUR_SHOWN");
    assert_int_equal(json_array_size(json_object_get(tree, "reasons")), 14);
}

static void decisions(void **state)
{
    static const struct {
        cd_decision_t d;
        apr_int64_t indicated;
        int state, entered, of_trust, problems;
        const char *why;
    } rows[] = {
        { { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          0,
          "nothing" },
        { { CD_DEC_FULL, 1000, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          0,
          "the full sum" },
        { { CD_DEC_PART, 1, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          0,
          "a penny" },
        { { CD_DEC_PART, 999, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          0,
          "all but a penny" },
        { { CD_DEC_NONE, 1, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "none is 0" },
        { { CD_DEC_FULL, 999, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "full is all" },
        { { CD_DEC_FULL, 1001, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "never more" },
        { { CD_DEC_PART, 0, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "part is more than 0" },
        { { CD_DEC_PART, 1000, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "part is less than all" },
        { { CD_DEC_PART, -5, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "never below 0" },
        { { CD_DEC_FULL, 0, "Enough reasons", "All", NULL, NULL },
          0,
          CD_FLAG_CANDOUR_SHOWN,
          0,
          0,
          1,
          "nothing is indicated" },
        { { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL },
          0,
          CD_FLAG_CANDOUR_SHOWN,
          0,
          0,
          0,
          "nothing is indicated" },
        { { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          1,
          0,
          1,
          "entered evidence" },
        { { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          1,
          1,
          "of the trust" },
        { { CD_DEC_NONE, 0, "Enough reasons", "All", NULL, NULL }, 1000, 0, 0, 0, 1, "no flag" },
        { { CD_DEC_NONE, 0, NULL, "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "no reasons" },
        { { CD_DEC_NONE, 0, "Enough reasons", NULL, NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "no evidence list" },
        { { 0, 0, "Enough reasons", "All", NULL, NULL },
          1000,
          CD_FLAG_BREACH_INDICATED,
          0,
          0,
          1,
          "no outcome" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_problems_t problems = { .pool = *state };
        cd_decider_t decider = { rows[i].entered, rows[i].of_trust };
        cd_decision_check(&rows[i].d, rows[i].indicated, rows[i].state, &decider, &problems);
        ROW_CHECK(problems.count == rows[i].problems, i, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(would_change),
        POOL_TEST(own_word),
        POOL_TEST(reasons),
        POOL_TEST(finding_first),
        POOL_TEST(contribution),
        POOL_TEST(json),
        POOL_TEST(decisions),
    };

    return cmocka_run_group_tests_name("liability_why", tests, NULL, NULL);
}

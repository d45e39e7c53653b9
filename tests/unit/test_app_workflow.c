/* test_app_workflow.c: every kind of record in every state, added and corrected. */
#include "unit/unit.h"

#include "app/workflow.h"

typedef struct pair_t {
    cd_record_kind_t kind;
    const char *add;          /* R O C: may be added while recorded, open, closed; - may not */
    const char *correct;
    int opens, closes;
    const char *why;
} pair_t;

static const pair_t pairs[] = {
    { CD_REC_INCIDENT, "---", "ROC", 0, 0, "facts are corrected, a case has one incident" },
    { CD_REC_PATIENT, "RO-", "ROC", 0, 0, "who the patient is may be learned later" },
    { CD_REC_GRADING, "RO-", "ROC", 0, 0, "harm is graded again as it shows" },
    { CD_REC_OPINION, "RO-", "ROC", 0, 0, "reg 20(8): an opinion comes before the opening" },
    { CD_REC_OPENING, "R--", "-OC", 1, 0, "opened once" },
    { CD_REC_PERSON, "RO-", "ROC", 0, 0, "the relevant person is known before" },
    { CD_REC_TALK, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_LETTER, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_ATTEMPT, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_REFUSAL, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_SUPPORT, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_MEETING, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_ENQUIRY, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_RESULTS, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_DOCUMENT, "ROC", "ROC", 0, 0, "papers turn up at any time" },
    { CD_REC_JUDGEMENT, "-OC", "-OC", 0, 0, "judged after the fact, closed or not" },
    { CD_REC_FINDING, "ROC", "ROC", 0, 0, "courts and regulators speak years later" },
    { CD_REC_EXEMPTION, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_CLOSURE, "RO-", "--C", 0, 1, "what is not notifiable is closed without opening" },
    { CD_REC_WITHDRAWAL, "ROC", "---", 0, 0, "errors are taken back at any time" },
    { CD_REC_HANDOVER, "RO-", "ROC", 0, 1, "it goes to the trust where it happened; here it is "
      "over" },
    { CD_REC_JOIN, "RO-", "ROC", 0, 1, "the other case goes on" },
    { CD_REC_RETURN, "-O-", "-OC", 0, 0, "no step before the case is open" },
    { CD_REC_ANNUAL, "-OC", "-OC", 0, 0, "the year's report comes after most cases closed" },
    { CD_REC_RULE_REASON, "-O-", "-OC", 0, 0, "said before closing" },
    { CD_REC_REOPENING, "--C", "-OC", 1, 0, "what is closed is opened again" },
    { CD_REC_ASSIGNMENT, "RO-", "RO-", 0, 0, "a closed case is nobody's work" },
    { CD_REC_DRAFT, "-O-", "-O-", 0, 0, "letters are written in an open case" },
    { CD_REC_SIGNOFF, "-O-", "---", 0, 0, "what was let out stays let out" }
};

static const int states[] = { CD_CASE_RECORDED, CD_CASE_OPEN, CD_CASE_CLOSED };

static void every_pair(void **state)
{
    unsigned i, s;

    (void)state;
    for (i = 0; i < COUNT_OF(pairs); i++)
        for (s = 0; s < COUNT_OF(states); s++) {
            ROW_CHECK(app_workflow_allows(pairs[i].kind, states[s], 0) == (pairs[i].add[s] != '-'),
                      i, pairs[i].why);
            ROW_CHECK(app_workflow_allows(pairs[i].kind, states[s], 1)
                          == (pairs[i].correct[s] != '-'),
                      i, pairs[i].why);
        }
}

static void next_states(void **state)
{
    unsigned i, s;

    (void)state;
    for (i = 0; i < COUNT_OF(pairs); i++)
        for (s = 0; s < COUNT_OF(states); s++) {
            int wanted = pairs[i].opens    ? CD_CASE_OPEN
                         : pairs[i].closes ? CD_CASE_CLOSED
                                           : states[s];

            ROW_CHECK(app_workflow_next(pairs[i].kind, states[s]) == wanted, i, pairs[i].why);
        }
}

/* A kind without a row could be neither added nor refused with a reason; a row twice hides one of
 * them. */
static void each_kind_once(void **state)
{
    const cd_record_def_t *defs;
    const app_workflow_t *rows;
    int def_count, row_count, d, r, of_case = 0;

    (void)state;
    defs = cd_record_defs(&def_count);
    rows = app_workflow(&row_count);
    for (d = 0; d < def_count; d++) {
        int found = 0;

        if (defs[d].file != CD_FILE_CASE)
            continue;
        of_case++;
        for (r = 0; r < row_count; r++)
            found += rows[r].kind == defs[d].kind;
        ROW_CHECK(found == 1, d, defs[d].word);
    }
    assert_int_equal(of_case, row_count);
    assert_int_equal(of_case, (int)COUNT_OF(pairs));
}

static void unknown_is_refused(void **state)
{
    (void)state;
    assert_false(app_workflow_allows(CD_REC_PAYMENT, CD_CASE_OPEN, 0));
    assert_false(app_workflow_allows(CD_REC_DOCUMENT, 0, 0));
    assert_false(app_workflow_allows(CD_REC_DOCUMENT, CD_CASE_CLOSED + 1, 0));
    assert_int_equal(app_workflow_next(CD_REC_PAYMENT, CD_CASE_OPEN), CD_CASE_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(every_pair), POOL_TEST(next_states), POOL_TEST(each_kind_once),
        POOL_TEST(unknown_is_refused)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_liability.c: the flag's states under each preset, in other countries and schemes, without
 * evidence and without an incident; and how what was broken is counted. */
#include "unit.h"

#include "flag_text.h"

static void states(void **state)
{
    static const struct {
        const char *text;
        int material;
        cd_flag_state_t want;
        const char *why;
    } rows[] = {
        { "", CD_MAT_FULL, CD_FLAG_NO_INCIDENT, "no incident is linked" },
        { DIFFER, CD_MAT_FULL, CD_FLAG_EVIDENCE_REQUESTED, "two opinions differ" },
        { DIFFER JUDGED("E01", "REASONABLE", "handler"), CD_MAT_FULL, CD_FLAG_NOT_APPLICABLE,
          "not notifiable" },
        { DIFFER JUDGED("E01", "REASONABLE", "trust-legal"), CD_MAT_FULL,
          CD_FLAG_EVIDENCE_REQUESTED, "the trust's own" },
        { DIFFER JUDGED("E01", "NOT_REASONABLE", "handler") TALK LETTER, CD_MAT_FULL,
          CD_FLAG_CANDOUR_SHOWN, "notifiable" },
        { DIFFER FOUND("E02", "NOT_MET", "COURT"), CD_MAT_FULL, CD_FLAG_BREACH_INDICATED,
          "a finding decides its rule" },
        { OPEN LATE AFTER JUDGED("E02", "REASONABLE", "handler"), CD_MAT_FULL,
          CD_FLAG_CANDOUR_SHOWN, "judged" },
        { OPEN LATE AFTER JUDGED("E02", "REASONABLE", "trust-legal"), CD_MAT_FULL,
          CD_FLAG_EVIDENCE_REQUESTED, "the trust's own word that it did right" },
        { OPEN LATE AFTER JUDGED("E02", "NOT_REASONABLE", "trust-legal"), CD_MAT_FULL,
          CD_FLAG_BREACH_INDICATED, "a trust may own up" },
        { ONE_TRY JUDGED("E11", "REASONABLE", "trust-legal"), CD_MAT_OFFENCES,
          CD_FLAG_EVIDENCE_REQUESTED, "own excuse" },
        { ONE_TRY JUDGED("E11", "REASONABLE", "decider"), CD_MAT_OFFENCES, CD_FLAG_EXCUSED,
          "judged" },
        { "incident title=Old occurred=2010;" FOUND("E02", "NOT_MET", "COURT"), CD_MAT_FULL,
          CD_FLAG_NOT_APPLICABLE, "before commencement, whatever was found" },
        { "incident title=Old occurred=2010;", CD_MAT_FULL, CD_FLAG_NOT_APPLICABLE,
          "before commencement" },
        { WHOLE, CD_MAT_FULL, CD_FLAG_CANDOUR_SHOWN, "all met, no enquiry" },
        { WHOLE, CD_MAT_OFFENCES, CD_FLAG_CANDOUR_SHOWN, "all met" },
        { WHOLE, CD_MAT_FULL_CONTRACT, CD_FLAG_CANDOUR_SHOWN, "all met, contract too" },
        { OPEN TALK, CD_MAT_OFFENCES, CD_FLAG_CANDOUR_SHOWN, "the letter is no offence" },
        { OPEN TALK, CD_MAT_FULL, CD_FLAG_EVIDENCE_REQUESTED, "the letter is of the full duty" },
        { OPEN LATE, CD_MAT_OFFENCES, CD_FLAG_EVIDENCE_REQUESTED, "late: a person must judge" },
        { OPEN LATE AFTER FOUND("E02", "MET", "REGULATOR"), CD_MAT_FULL, CD_FLAG_CANDOUR_SHOWN,
          "found met" },
        { OPEN LATE AFTER FOUND("E02", "MET", "REGULATOR"), CD_MAT_FULL_CONTRACT,
          CD_FLAG_BREACH_INDICATED, "the contract date was missed, and this preset counts it" },
        { OPEN LATE AFTER FOUND("E02", "NOT_MET", "REGULATOR"), CD_MAT_OFFENCES,
          CD_FLAG_BREACH_INDICATED, "found" },
        { OPEN LATE AFTER FOUND("E02", "MET_LATE", "COURT"), CD_MAT_OFFENCES,
          CD_FLAG_BREACH_INDICATED, "found late" },
        { WHOLE FOUND("E09", "NOT_MET", "OMBUDSMAN"), CD_MAT_OFFENCES, CD_FLAG_CANDOUR_SHOWN,
          "not material here" },
        { WHOLE FOUND("E09", "NOT_MET", "OMBUDSMAN"), CD_MAT_FULL, CD_FLAG_BREACH_INDICATED,
          "material here" },
        { UNREACHED, CD_MAT_FULL, CD_FLAG_EXCUSED, "20(5)" },
        { UNREACHED, CD_MAT_OFFENCES, CD_FLAG_EXCUSED, "20(5)" },
        { UNREACHED "|" WHOLE, CD_MAT_FULL, CD_FLAG_CANDOUR_SHOWN, "one excused, one shown" },
        { WHOLE "|" OPEN, CD_MAT_FULL, CD_FLAG_EVIDENCE_REQUESTED, "one of two is open" },
        { WHOLE "|" OPEN "|" OPEN TALK FOUND("E06", "NOT_MET", "COURT"), CD_MAT_FULL,
          CD_FLAG_BREACH_INDICATED, "one of three is broken" },
        { "incident title=Swab;", CD_MAT_FULL, CD_FLAG_EVIDENCE_REQUESTED,
          "no opinion: nothing is known" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_flag_t *flag = flag_of(input_of(rows[i].text, rows[i].material, *state), *state);
        if (flag->state != rows[i].want)
            fail_msg("row %d (%s): %s: %s", (int)i, rows[i].why,
                     cd_token_word(cd_flag_states, (int)flag->state), flag->verdict);
        ROW_CHECK(flag->indicated_p == (flag->state == CD_FLAG_BREACH_INDICATED ? 1000000 : 0), i,
                  "sum");
        ROW_CHECK(flag->sum.would_be_p == flag->indicated_p, i,
                  "a sum belongs to a breach, and to nothing else");
        ROW_CHECK(flag->sum.basis_p == 3220000, i, "basis");
        ROW_CHECK((flag->sum.line_count > 1) == (flag->state == CD_FLAG_BREACH_INDICATED), i,
                  "working");
        ROW_CHECK(flag->verdict[strlen(flag->verdict) - 1] == '.', i, flag->verdict);
    }
}

/* Cases under the rules of their own country, broken, open and judged by the trust itself: no flag
 * weighs them. */
static void other_countries(void **state)
{
    static const struct { int country; const char *policy, *records, *verdict; } rows[] = {
        { CD_JUR_WAL, "WAL-2023", OPEN LATE FOUND("W01", "NOT_MET", "OMBUDSMAN"),
          "This trust is in Wales. The policy "
          "and the Clinical Negligence Scheme for Trusts are England’s." },
        { CD_JUR_WAL, "WAL-2023", DIFFER JUDGED("W00", "REASONABLE", "trust-legal"), NULL },
        { CD_JUR_SCO, "SCO-2018", OPEN LATE FOUND("DUTY", "NOT_MET", "COURT"),
          "This trust is in Scotland. The policy "
          "and the Clinical Negligence Scheme for Trusts are England’s." },
        { CD_JUR_SCO, "SCO-2018", OPEN TALK, NULL },
        { CD_JUR_NI, "NI-BOF", OPEN TALK, "This trust is in Northern Ireland. The policy and the "
          "Clinical Negligence "
          "Scheme for Trusts are England’s." },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cd_org_t org = made_org;
        input_t *made = input_of("", CD_MAT_FULL, *state);
        cd_flag_t *flag;
        org.jurisdiction = rows[i].country;
        made->in.jurisdiction = rows[i].country;
        made->in.case_count = 1;
        made->cases[0] = (cd_flag_case_t){ "CM-1", made_evaluation(rows[i].records, &org,
                                                                   rows[i].policy, AS_AT, *state) };
        flag = flag_of(made, *state);
        ROW_CHECK(flag->state == CD_FLAG_NOT_APPLICABLE && !flag->indicated_p && !flag->missing, i,
                  rows[i].policy);
        ROW_CHECK(flag->reason_count == made->cases[0].eval->count, i, rows[i].policy);
        if (rows[i].verdict)
            assert_string_equal(flag->verdict, rows[i].verdict);
        for (int k = 0; k < flag->reason_count; k++)
            ROW_CHECK(!flag->reasons[k].material
                          && !strstr(flag->reasons[k].result->sentence, "For the flag"),
                      i, flag->reasons[k].result->sentence);
        ROW_CHECK(strlen(cd_flag_json(flag, *state)) > 100, i, "and it can be stored");
    }
}

static void other_schemes(void **state)
{
    input_t *made = input_of(OPEN LATE FOUND("E02", "NOT_MET", "COURT"), CD_MAT_FULL, *state);

    for (const cd_token_t *t = cd_claim_schemes; t->word; t++) {
        made->in.claim_scheme = t->value;
        cd_flag_t *flag = flag_of(made, *state);
        ROW_CHECK(
            flag->state
                == (t->value == CD_SCHEME_CNST ? CD_FLAG_BREACH_INDICATED : CD_FLAG_NOT_APPLICABLE),
            t->value, t->word);
        if (t->value != CD_SCHEME_CNST)
            assert_string_equal(
                flag->verdict,
                "This claim is not under the Clinical Negligence Scheme for Trusts.");
        assert_non_null(strstr(cd_flag_inputs_json(&made->in, *state),
                               apr_pstrcat(*state, "\"claim_scheme\":\"", t->word, "\"", NULL)));
    }
    made->in.claim_scheme = 0;
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_NOT_APPLICABLE);
}

/* Before anybody asked, evidence is needed; asked for on 3 November with the answer due on 1
 * December 2026. */
static void evidence(void **state)
{
    input_t *made = input_of(OPEN TALK, CD_MAT_FULL, *state),
            *judge = input_of(OPEN LATE AFTER, CD_MAT_FULL, *state);
    cd_flag_t *flag = flag_of(made, *state);

    assert_int_equal(flag->state, CD_FLAG_EVIDENCE_REQUESTED);
    assert_int_equal(flag->answer_by, CD_NO_DATE);
    assert_int_equal(flag->missing, 1);
    assert_string_equal(flag->verdict,
                        "E09 (A written notification was sent) and E12 (Copies of all "
                        "correspondence kept) cannot be "
                        "decided yet. Evidence is needed, and no request for it is open.");
    made->in.requested_on = cd_date_parse("2026-11-03");
    made->in.due = made->in.as_at = cd_date_parse("2026-12-01");
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_EVIDENCE_REQUESTED);
    assert_int_equal(flag->answer_by, cd_date_parse("2026-12-01"));
    assert_string_equal(flag->verdict, "E09 (A written notification was sent) and E12 (Copies of "
                                       "all correspondence kept) cannot be "
                                       "decided yet. Evidence is due by 1 December 2026.");
    made->in.none_exists = 1;
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_EVIDENCE_NOT_PROVIDED);
    assert_non_null(strstr(flag->verdict, "The trust answered that no evidence exists, and E09"));
    made->in.none_exists = 0;
    made->in.as_at = cd_date_parse("2026-12-02");
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_EVIDENCE_NOT_PROVIDED);
    assert_non_null(
        strstr(flag->verdict, "The trust was asked for evidence by 1 December 2026, and E09"));
    /* what was not shown is not shown to be a breach */
    assert_int_equal(flag->indicated_p, 0);
    assert_int_equal(flag->sum.would_be_p, 0);
    assert_string_equal(flag->sum.lines[0].text, "No breach is indicated, so nothing is asked");
    /* a rule that nobody asked about is not evidence that was not provided */
    made->in.asked_rules = 1u << CD_RULE_E02;
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_EVIDENCE_REQUESTED);
    made->in.asked_rules |= 1u << CD_RULE_E09;
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_EVIDENCE_NOT_PROVIDED);
    /* what only a person can judge is not evidence that the trust withholds */
    judge->in.requested_on = cd_date_parse("2026-11-03");
    judge->in.due = cd_date_parse("2026-12-01");
    flag = flag_of(judge, *state);
    assert_int_equal(flag->state, CD_FLAG_EVIDENCE_REQUESTED);
    assert_int_equal(flag->missing, 0);
    assert_string_equal(flag->verdict, "A person must judge E02 (The person was told) first.");
}

/* Nothing is linked: a person says what that means, and the flag says whose word it rests on. */
static void no_incident(void **state)
{
    input_t *made = input_of("", CD_MAT_OFFENCES, *state);
    cd_flag_t *flag = flag_of(made, *state);

    assert_int_equal(flag->state, CD_FLAG_NO_INCIDENT);
    assert_int_equal(flag->whatif_count, 2);
    assert_int_equal(flag->whatifs[0].state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(flag->whatifs[0].indicated_p, 1000000);
    assert_int_equal(flag->whatifs[1].state, CD_FLAG_NOT_APPLICABLE);
    made->in.no_incident =
        (cd_found_none_t){ CD_NOINC_STILL_LOOKING, cd_date_parse("2026-12-10"), CD_ROLE_HANDLER };
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_NO_INCIDENT);
    made->in.no_incident.finding = CD_NOINC_SHOULD_HAVE;
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_BREACH_INDICATED);
    assert_int_equal(flag->indicated_p, 1000000);
    assert_int_equal(flag->counted.severity, CD_SEV_OFFENCE);
    assert_int_equal(flag->counted.extent, CD_EXT_NONE);
    assert_string_equal(
        flag->verdict,
        "No incident was recorded. A person of the scheme (Claims handler) found on 10 "
        "December 2026 that it should have been, and the person told.");
    made->scheme.needs_finding = CD_YES;
    assert_int_equal(flag_of(made, *state)->indicated_p, 0);
    made->in.no_incident.finding = CD_NOINC_NO_DUTY;
    flag = flag_of(made, *state);
    assert_int_equal(flag->state, CD_FLAG_NOT_APPLICABLE);
    assert_non_null(strstr(flag->verdict, "found on 10 December 2026 that no duty arose."));
    made->in.jurisdiction = CD_JUR_WAL;
    made->in.no_incident.finding = CD_NOINC_SHOULD_HAVE;
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_NOT_APPLICABLE);
    /* once a case is linked, the finding is of the past */
    made = input_of(WHOLE, CD_MAT_FULL, *state);
    made->in.no_incident.finding = CD_NOINC_SHOULD_HAVE;
    assert_int_equal(flag_of(made, *state)->state, CD_FLAG_CANDOUR_SHOWN);
}

/* Units, severity and extent of what was broken: what a scheme counts and its matrix is read by. */
static void how_broken(void **state)
{
    static const struct {
        const char *text;
        int material, unit, units, incidents, severity, extent;
        const char *why;
    } rows[] = {
        { OPEN FOUND("E02", "NOT_MET", "COURT"), CD_MAT_FULL, CD_UNIT_CLAIM, 1, 1, CD_SEV_OFFENCE,
          CD_EXT_NONE, "nothing was done" },
        { OPEN TALK FOUND("E06", "NOT_MET", "COURT"), CD_MAT_FULL, CD_UNIT_RULE, 1, 1,
          CD_SEV_OFFENCE, CD_EXT_PARTIAL, "told, and one part missing" },
        { OPEN LATE AFTER FOUND("E02", "MET_LATE", "COURT"), CD_MAT_FULL, CD_UNIT_RULE, 1, 1,
          CD_SEV_OFFENCE, CD_EXT_LATE, "late" },
        { OPEN TALK FOUND("E09", "NOT_MET", "COURT"), CD_MAT_FULL, CD_UNIT_RULE, 1, 1, CD_SEV_DUTY,
          CD_EXT_NONE, "a duty" },
        { OPEN LATE AFTER FOUND("E02", "MET", "REGULATOR"), CD_MAT_FULL_CONTRACT, CD_UNIT_RULE, 1,
          1, CD_SEV_CONTRACT, CD_EXT_LATE, "the contract date alone" },
        { OPEN TALK FOUND("E06", "NOT_MET", "COURT") FOUND("E09", "NOT_MET", "COURT"), CD_MAT_FULL,
          CD_UNIT_RULE, 2, 1, CD_SEV_OFFENCE, CD_EXT_PARTIAL, "two rules of one incident" },
        { OPEN TALK FOUND("E06", "NOT_MET", "COURT") "|" OPEN FOUND("E02", "NOT_MET", "COURT"),
          CD_MAT_FULL, CD_UNIT_INCIDENT, 2, 2, CD_SEV_OFFENCE, CD_EXT_NONE,
          "two incidents, the graver counts" },
        { OPEN TALK FOUND("E06", "NOT_MET", "COURT") "|" WHOLE, CD_MAT_FULL, CD_UNIT_INCIDENT, 1, 1,
          CD_SEV_OFFENCE, CD_EXT_PARTIAL, "one of two incidents" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        input_t *made = input_of(rows[i].text, rows[i].material, *state);
        made->scheme.breach_unit = rows[i].unit;
        made->in.breaches_before = 4;
        cd_flag_t *flag = flag_of(made, *state);
        ROW_CHECK(flag->state == CD_FLAG_BREACH_INDICATED, i, flag->verdict);
        ROW_CHECK(flag->counted.units == rows[i].units, i, rows[i].why);
        ROW_CHECK(flag->counted.breach_number == 4 + rows[i].units, i, rows[i].why);
        ROW_CHECK(flag->counted.incidents == rows[i].incidents, i, rows[i].why);
        ROW_CHECK(flag->counted.severity == rows[i].severity, i, rows[i].why);
        ROW_CHECK(flag->counted.extent == rows[i].extent, i, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(states),
        POOL_TEST(other_countries),
        POOL_TEST(other_schemes),
        POOL_TEST(evidence),
        POOL_TEST(no_incident),
        POOL_TEST(how_broken),
    };

    return cmocka_run_group_tests_name("liability", tests, NULL, NULL);
}

/* test_liability.c: the flag's states under each preset, its reasons, and the limits of a decision.
 */
#include "unit.h"

#include "case_text.h"
#include "domain/liability.h"
#include "domain/round.h"

#define OPEN "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28;" \
    "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "reasons=Unplanned_surgery;"
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-04;"
#define LATE "talk told=2026-11-20 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-20;"
#define LETTER "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define DIFFER OPEN "opinion given=2026-11-02 opinion=NOT given_by=K profession=DOCTOR " \
    "reasons=Below_threshold;"
#define AFTER "letter dated=2026-11-23 sent=2026-11-23 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define ONE_TRY OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;"
#define JUDGED(rule, what, who) "judgement rule=" rule " judgement=" what " judged=2026-12-10 " \
    "reasons=A_person_looked @by=" who ";"
#define WHOLE OPEN TALK LETTER
#define UNREACHED OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=NO_ANSWER; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define FOUND(rule, what, who) "finding rule=" rule " outcome=" what " finder=" who \
    " body_name=B found=2026-12-10 source=S;"
#define AS_AT "2026-12-24"

typedef struct input_t {
    cd_scheme_t scheme;
    cd_flag_case_t cases[3];
    cd_flag_input_t in;
} input_t;

/* A flag over up to three cases ("|" parts them), F = 10,000 capped by D = 32,200. */
static input_t *input_of(const char *text, int material, apr_pool_t *pool)
{
    input_t *made = apr_pcalloc(pool, sizeof(*made));
    char *last = NULL, *one = apr_strtok(apr_pstrdup(pool, text), "|", &last);

    made->scheme = (cd_scheme_t){ .code = "L1",
                                  .version = 1,
                                  .title = "T",
                                  .formula = CD_L1_FIXED_CAPPED_BY_DAMAGES,
                                  .basis = CD_BASIS_D,
                                  .requires_damages = CD_YES,
                                  .fixed_p = 1000000,
                                  .material = material,
                                  .window = CD_WIN_ALL,
                                  .breach_unit = CD_UNIT_CLAIM,
                                  .evidence_days_wd = 20,
                                  .authority = "Test" };
    made->in = (cd_flag_input_t){ .org_code = "RZ1",
                                  .jurisdiction = CD_JUR_ENG,
                                  .claim_scheme = CD_SCHEME_CNST,
                                  .cases = made->cases,
                                  .scheme = &made->scheme,
                                  .sums = { .damages_p = 3220000, .succeeded = 1 },
                                  .cal = made_calendar(pool),
                                  .as_at = cd_date_parse(AS_AT) };
    for (; one; one = apr_strtok(NULL, "|", &last)) {
        cd_flag_case_t *c = &made->cases[made->in.case_count++];
        c->reference = apr_psprintf(pool, "CM-%d", made->in.case_count);
        c->eval = made_evaluation(one, &made_org, "ENG-20-NHS", AS_AT, pool);
    }
    return made;
}

static cd_flag_t *flag_of(const input_t *made, apr_pool_t *pool)
{
    cd_flag_t *flag = NULL;
    cd_err_t *err = cd_flag_compute(&flag, &made->in, pool);

    if (err)
        fail_msg("%s", cd_err_line(err, pool));
    return flag;
}

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
        POOL_TEST(states), POOL_TEST(other_countries), POOL_TEST(other_schemes),
                  POOL_TEST(evidence), POOL_TEST(no_incident), POOL_TEST(how_broken),
        POOL_TEST(would_change), POOL_TEST(own_word), POOL_TEST(reasons), POOL_TEST(finding_first),
                  POOL_TEST(contribution),
        POOL_TEST(json), POOL_TEST(decisions),
    };

    return cmocka_run_group_tests_name("liability", tests, NULL, NULL);
}

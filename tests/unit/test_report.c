/* test_report.c: the decision report under each formula, state and standing, read through checks:
 * nothing empty, whole sentences, and a kept one that reads as it did. */
#include "unit.h"

#include "base/json.h"
#include "case_text.h"
#include "domain/report.h"
#include "domain/report_make.h"

#define OPEN "incident title=Swab occurred=2026-10-14 reported_on=2026-10-28;" \
    "opinion given=2026-10-30 opinion=NOTIFIABLE given_by=K profession=DOCTOR " \
    "reasons=Unplanned_surgery;"
#define TALK "talk told=2026-11-04 mode=FACE_TO_FACE spoke_name=L facts_given=yes " \
    "enquiries_told=yes apology_given=yes support=NAMED_CONTACT noted_on=2026-11-04;"
#define LETTER "letter dated=2026-11-12 sent=2026-11-13 proof=Slip account_given=yes " \
    "enquiries_given=yes apology_given=yes copy_kept=Folder;"
#define FOUND "finding rule=E02 outcome=NOT_MET finder=REGULATOR body_name=B found=2026-12-10 " \
    "source=S;"
#define UNREACHED OPEN "attempt tried=2026-11-02 mode=TELEPHONE outcome=NO_ANSWER;" \
    "attempt tried=2026-11-03 mode=TELEPHONE outcome=NO_ANSWER; " \
    "attempt tried=2026-11-05 mode=LETTER outcome=RETURNED;"
#define AS_AT "2026-12-24"

typedef struct whole_t {
    cd_scheme_t scheme;
    cd_flag_case_t cases[1];
    cd_flag_seen_t seen[1];
    cd_claim_facts_t facts;
    cd_claim_t claim;
    cd_payable_t payable;
    cd_stand_t stand;
    cd_round_t round;
    cd_record_t records[10];
    cd_report_facts_t f;
} whole_t;

/* Only the settings that the formula has: others are refused. */
static cd_scheme_t scheme_of(int formula, int shadow_of)
{
    const int reckoned = shadow_of ? shadow_of : formula;
    const int of_year = reckoned == CD_L7_CONTRIBUTION_UPLIFT;
    cd_scheme_t scheme = { .code = cd_token_word(cd_formulas, formula),
                           .version = 2,
                           .title = "Made up for the tests",
                           .formula = formula,
                           .shadow_of = shadow_of,
                           .basis = reckoned == CD_L5_PERCENT_OF_TOTAL ? CD_BASIS_T : CD_BASIS_D,
                           .requires_damages = CD_YES,
                           .material = CD_MAT_FULL,
                           .window = of_year ? CD_WIN_FINANCIAL_YEAR : CD_WIN_ROLLING_12,
                           .breach_unit = CD_UNIT_CLAIM,
                           .evidence_days_wd = 20,
                           .confirm_above_p = 500000,
                           .authority = "A consultation of 2015, option 1" };

    if (reckoned == CD_L1_FIXED_CAPPED_BY_DAMAGES || reckoned == CD_L2_FIXED_IRRESPECTIVE
        || reckoned == CD_L3B_FIXED_STEPS)
        scheme.fixed_p = 1000000;
    if (reckoned == CD_L2_FIXED_IRRESPECTIVE || of_year)
        scheme.may_exceed_basis = CD_YES;
    if (reckoned == CD_L3B_FIXED_STEPS)
        scheme.step_p = 500000;
    if (reckoned == CD_L4_PERCENT_OF_DAMAGES || reckoned == CD_L5_PERCENT_OF_TOTAL
        || reckoned == CD_L8B_COINSURANCE || of_year)
        scheme.bp = 1000;
    if (reckoned == CD_L8_EXCESS)
        scheme.excess_p = 2500000;
    for (int i = 0; reckoned == CD_L3_FIXED_RISING && i < 3; i++)
        scheme.steps_p[scheme.step_count++] = 1000000 * (i + 1);
    for (int i = 0; reckoned == CD_L9_MATRIX && i < 9; i++)
        scheme.matrix_bp[i / 3][i % 3] = 200 * (i + 1);
    scheme.authorities[0] = (cd_authority_t){ "basis", "A person’s choice" };
    scheme.authority_count = 1;
    return scheme;
}

static const cd_record_t *record(whole_t *made, int at, cd_record_kind_t kind, const void *body)
{
    made->records[at] = (cd_record_t){ .seq = at + 1,
                                       .kind = kind,
                                       .recorded_at = apr_time_from_sec(1797000000),
                                       .role = CD_ROLE_HANDLER,
                                       .recorded_by_name = "J. Okafor",
                                       .body = body };
    return &made->records[at];
}

static cd_flag_t *flag_of(whole_t *made, const char *text, apr_pool_t *pool)
{
    cd_flag_input_t in = { .org_code = "RZ1",
                           .jurisdiction = CD_JUR_ENG,
                           .claim_scheme = CD_SCHEME_CNST,
                           .cases = made->cases,
                           .seen = made->seen,
                           .scheme = &made->scheme,
                           .cal = made_calendar(pool),
                           .as_at = cd_date_parse(AS_AT),
                           .sums = { .damages_p = 3220000,
                                     .succeeded = 1,
                                     .breach_number = 2,
                                     .units = 1,
                                     .incidents = 1,
                                     .severity = CD_SEV_OFFENCE,
                                     .extent = CD_EXT_NONE,
                                     .contribution_p = 2000000000 } };
    cd_flag_t *flag = NULL;
    cd_err_t *err;

    if (text) {
        made->cases[0].reference = made->seen[0].reference = "CM-2026-0412";
        made->cases[0].eval = made_evaluation(text, &made_org, "ENG-20-NHS", AS_AT, pool);
        made->seen[0].version = 3;
        in.case_count = in.seen_count = 1;
    }
    err = cd_flag_compute(&flag, &in, pool);
    if (err)
        fail_msg("%s", cd_err_line(err, pool));
    return flag;
}

static whole_t *made_of(int formula, int shadow_of, const char *text, apr_pool_t *pool)
{
    static const cd_request_t request = {
        "RZ1", 1u << CD_RULE_E09, "Proof that the letter was sent.", "It is not on record.", 739000,
        1
    };
    static const cd_answer_t answer = { "RZ1", 1, CD_ANSWER_PART, "The post book of that week.",
                                        "CM-2026-0412 7" };
    static const cd_indication_t indication = { .org = "RZ1", .flag_seq = 1, .message = "Read it "
    "soon.",
                                                .answer_by = 739020 };
    static const cd_representation_t said = {
        "RZ1", 3, 1, CD_STANCE_SUM, "The sum is too high for us.", NULL
    };
    static const cd_for_decision_t sent = { "RZ1", 1, "Not for the trust." };
    whole_t *made = apr_pcalloc(pool, sizeof(*made));

    made->scheme = scheme_of(formula, shadow_of);
    made->facts = (cd_claim_facts_t){ .title = "Secret title",
                                      .claimant_name = "Dora Secret",
                                      .scheme = CD_SCHEME_CNST,
                                      .incident = cd_when_day(cd_date_parse("2026-10-14")),
                                      .notified = cd_when_day(cd_date_parse("2026-12-01")) };
    made->claim = (cd_claim_t){ .reference = "CL-2026-0007",
                                .facts = &made->facts,
                                .status = CD_CLAIM_SETTLED_DAMAGES };
    made->payable =
        (cd_payable_t){ .damages_p = 4600000, .costs_p = 3850000, .total_p = 8450000, .agreed = 1 };
    made->round = (cd_round_t){ .org = "RZ1", .request = record(made, 0, CD_REC_REQUEST, &request),
        .answer = record(made, 1, CD_REC_ANSWER, &answer), .indication = record(made, 2,
        CD_REC_INDICATION, &indication),
        .representation = record(made, 3, CD_REC_REPRESENTATION, &said),
        .for_decision = record(made, 4, CD_REC_FOR_DECISION, &sent) };
    made->f = (cd_report_facts_t){ .reference = "CL-2026-0007",
                                   .org_code = "RZ1",
                                   .org_name = "Northvale Hospitals NHS Trust",
                                   .claim = &made->claim,
                                   .payable = &made->payable,
                                   .share_bp = 7000,
                                   .other_trusts = 1,
                                   .flag_seq = 2,
                                   .computed_on = cd_date_parse(AS_AT),
                                   .engine = CD_ENGINE_VERSION,
                                   .inputs_hash = "ab12",
                                   .scheme = &made->scheme,
                                   .scheme_code = made->scheme.code,
                                   .scheme_version = 2,
                                   .breach_number = 2,
                                   .policies = "ENG-20-NHS version 1",
                                   .decision_seq = 1,
                                   .decided_by = "R. Sole",
                                   .decided_role = CD_ROLE_DECIDER,
                                   .decided_on = cd_date_parse(AS_AT),
                                   .stand = &made->stand,
                                   .round = &made->round,
                                   .audit_seq = 12,
                                   .audit_hash = "cd34" };
    made->f.flag = flag_of(made, text, pool);
    made->f.decision = (cd_decision_t){ made->f.flag->indicated_p ? CD_DEC_PART : CD_DEC_NONE,
                                        made->f.flag->indicated_p / 2,
                                        "The patient was never told.\nNothing explains why.",
                                        "The judgment, page 3.",
                                        NULL,
                                        NULL };
    made->stand =
        (cd_stand_t){ .standing = CD_STAND_STANDS, .amount_p = made->f.decision.amount_p };
    return made;
}

/* ---- reading it ---- */

static void words_check(const char *text, const char *where)
{
    static const char *const never[] = { "The The", "the The", "(null)", "  ",     " .",
                                         "..",      " ,",      ". .",    "Secret", NULL };

    if (!text || !*text)
        fail_msg("%s: empty", where);
    for (int i = 0; never[i]; i++)
        if (strstr(text, never[i]))
            fail_msg("%s: \"%s\" in: %s", where, never[i], text);
}

static int ends_sentence(const char *text)
{
    return strchr(".!?:", text[strlen(text) - 1]) != NULL;
}

static void block_check(const cd_report_section_t *section, const cd_report_block_t *block)
{
    if (block->rows < 1 || block->columns < 1)
        fail_msg("%s: an empty block", section->id);
    if (block->kind == CD_REPORT_TABLE && block->rows < 2)
        fail_msg("%s: a table without rows", section->id);
    if (block->caption)
        words_check(block->caption, section->id);
    for (int i = 0; i < block->rows * block->columns; i++)
        words_check(block->cells[i], section->id);
    if ((block->kind == CD_REPORT_TEXT || block->kind == CD_REPORT_BOX)
        && !ends_sentence(block->cells[0]))
        fail_msg("%s: no whole sentence: %s", section->id, block->cells[0]);
}

static cd_report_t *read_through(whole_t *made, apr_pool_t *pool)
{
    cd_buf_t *html = cd_buf_make(pool, 65536), *again = cd_buf_make(pool, 65536),
             *letter = cd_buf_make(pool, 8192);
    cd_report_t *report, *kept;
    const char *json;
    json_t *tree;

    assert_null(cd_report_make(&report, &made->f, pool));
    words_check(report->title, "title");
    words_check(report->summary, "summary");
    assert_true(ends_sentence(report->summary) && !ends_sentence(report->title));
    assert_true(report->section_count >= 10);
    for (int i = 0; i < report->section_count; i++) {
        words_check(report->sections[i].heading, report->sections[i].id);
        assert_true(report->sections[i].block_count > 0);
        for (int k = 0; k < report->sections[i].block_count; k++)
            block_check(&report->sections[i], &report->sections[i].blocks[k]);
    }
    json = cd_report_json(report, &made->f, pool);
    assert_null(cd_json_read(&tree, json, strlen(json), pool));
    for (size_t i = 0; i < json_array_size(json_object_get(tree, "rules")); i++) {
        const char *said = json_string_value(
            json_object_get(json_array_get(json_object_get(tree, "rules"), i), "sentence"));

        assert_true(said && said[strlen(said) - 1] == '.');
    }
    assert_string_equal(json, cd_report_json(report, &made->f, pool));
    assert_null(cd_report_read(&kept, json, strlen(json), pool));
    cd_report_html(html, report);
    cd_report_html(again, kept);
    assert_string_equal(html->data, again->data);
    assert_null(strstr(json, "Secret"));
    assert_null(strstr(json, "Not for the trust"));
    cd_report_letter(letter, &made->f);
    words_check(strstr(letter->data, "<h1>"), "letter");
    return report;
}

static const cd_report_section_t *section(const cd_report_t *report, const char *id)
{
    for (int i = 0; i < report->section_count; i++)
        if (!strcmp(report->sections[i].id, id))
            return &report->sections[i];
    fail_msg("no section %s", id);
    return NULL;
}

static void each_formula(void **state)
{
    apr_pool_t *pool = *state;

    for (const cd_token_t *formula = cd_formulas; formula->word; formula++) {
        whole_t *made = made_of(formula->value,
                                formula->value == CD_L0_SHADOW ? CD_L1_FIXED_CAPPED_BY_DAMAGES : 0,
                                OPEN FOUND, pool);
        const cd_report_t *report = read_through(made, pool);

        assert_int_equal(made->f.flag->state, CD_FLAG_BREACH_INDICATED);
        assert_non_null(strstr(section(report, "decision")->heading, "R. Sole decided"));
        assert_non_null(strstr(report->summary, "paid in full"));
        if (formula->value == CD_L0_SHADOW)
            assert_non_null(strstr(report->summary, "is a trial"));
        else
            assert_non_null(strstr(report->title, "is asked to pay £"));
    }
}

static void each_state(void **state)
{
    static const struct { const char *text; cd_flag_state_t flag; const char *found; } rows[] = {
        { OPEN FOUND, CD_FLAG_BREACH_INDICATED, "did not do all" },
        { OPEN, CD_FLAG_EVIDENCE_REQUESTED, "was still missing" },
        { UNREACHED, CD_FLAG_EXCUSED, "could not reach" },
        { OPEN TALK LETTER, CD_FLAG_CANDOUR_SHOWN, "was open with" }
    };
    apr_pool_t *pool = *state;

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, rows[i].text, pool);

        ROW_CHECK(made->f.flag->state == rows[i].flag, i,
                  cd_token_word(cd_flag_states, (int)made->f.flag->state));
        ROW_CHECK(strstr(read_through(made, pool)->summary, rows[i].found), i, rows[i].found);
    }
}

/* Every state has its words, those too that no case above leads to. */
static void each_state_has_words(void **state)
{
    apr_pool_t *pool = *state;

    for (const cd_token_t *one = cd_flag_states; one->word; one++) {
        whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN, pool);

        ((cd_flag_t *)made->f.flag)->state = (cd_flag_state_t)one->value;
        read_through(made, pool);
    }
}

/* Who acted stands in the order of the days. */
static void days_rise(const cd_report_facts_t *facts, apr_pool_t *pool)
{
    int count;
    const cd_report_act_t *acts = cd_rep_acts(&count, facts, pool);

    assert_true(count > 5);
    for (int i = 1; i < count; i++)
        if (acts[i].on < acts[i - 1].on)
            fail_msg("%s stands behind a later day", acts[i].word);
}

static void each_standing(void **state)
{
    static const cd_confirmation_t back = { "RZ1", 1, CD_CONFIRM_RETURNED,
                                            "Secret reasons of the second person" };
    static const cd_review_asked_t asked = { "RZ1", 1, 1u << CD_GROUND_FACTS,
                                             "A fact is wrong, we think." };
    static const cd_told_t told = { "RZ1", 1, { 739100, 739100 }, CD_MODE_LETTER, 739130, NULL };
    cd_review_t review = { "RZ1", 1, 9, CD_REVIEW_VARIED, 100000, "It was half that bad." };
    apr_pool_t *pool = *state;

    for (const cd_token_t *one = cd_standings; one->word; one++) {
        whole_t *made = made_of(CD_L3_FIXED_RISING, 0, OPEN FOUND, pool);
        cd_buf_t *letter = cd_buf_make(pool, 8192);
        const cd_report_t *report;

        made->stand = (cd_stand_t){ .standing = (cd_standing_t)one->value };
        made->f.told = record(made, 5, CD_REC_TOLD, &told);
        if (one->value == CD_STAND_RETURNED)
            made->stand.confirmation = record(made, 6, CD_REC_CONFIRMATION, &back);
        if (one->value == CD_STAND_STANDS)
            made->stand.amount_p = made->f.decision.amount_p;
        if (one->value == CD_STAND_VARIED || one->value == CD_STAND_QUASHED) {
            review.outcome = one->value == CD_STAND_VARIED ? CD_REVIEW_VARIED : CD_REVIEW_QUASHED;
            made->stand.review_asked = record(made, 7, CD_REC_REVIEW_ASKED, &asked);
            made->stand.review = record(made, 8, CD_REC_REVIEW, &review);
            made->stand.amount_p = one->value == CD_STAND_VARIED ? review.amount_p : 0;
        }
        report = read_through(made, pool);
        if (one->value == CD_STAND_VARIED)
            assert_non_null(strstr(report->title, "£1,000.00"));
        if (one->value == CD_STAND_STANDS)
            assert_non_null(strstr(report->summary, "can ask for a review until"));
        assert_non_null(section(report, "next"));
        days_rise(&made->f, pool);
        cd_report_letter(letter, &made->f);
        assert_true(!strstr(letter->data, "You can ask for a review") == !!made->stand.review);
        assert_true(!strstr(letter->data, "How the review ended") == !made->stand.review);
    }
}

static void letters_of_the_round(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN FOUND, pool);
    cd_buf_t *request = cd_buf_make(pool, 4096), *indication = cd_buf_make(pool, 4096);

    cd_report_request_letter(request, &made->f, made->round.request);
    cd_report_indication_letter(indication, &made->f, made->round.indication);
    words_check(strstr(request->data, "<h1>"), "request");
    words_check(strstr(indication->data, "<h1>"), "indication");
    assert_non_null(strstr(request->data, "Proof that the letter was sent."));
    assert_non_null(strstr(request->data, "E09 Written notification"));
    assert_non_null(strstr(indication->data, "Nothing has been decided yet"));
    assert_non_null(strstr(indication->data, "£10,000.00"));
}

static void facts_relied_on(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN FOUND, pool);
    const cd_report_section_t *facts;

    made->f.decision.facts = "A first fact\nA second fact.";
    made->f.decision.facts_not = "A third fact.";
    facts = section(read_through(made, pool), "facts");
    assert_string_equal(facts->blocks[0].caption, "Facts relied on");
    assert_int_equal(facts->blocks[0].rows, 2);
    assert_string_equal(facts->blocks[0].cells[0], "A first fact.");
    assert_string_equal(facts->blocks[1].caption, "Facts not relied on");
    assert_int_equal(facts->blocks[1].rows, 1);
}

/* A sentence that is said of several rules stands once, with their names. */
static void facts_once(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN FOUND, pool);
    const cd_report_section_t *facts;

    made->f.decision.facts = "A court found it. (E02)";
    made->f.decision.facts_not =
        "Nothing is on record. (E03)\nIt is late. (E09)\nNothing is on record. (E04)\n"
        "Nothing is on record. (E04)\nSomething else. (X99)";
    facts = section(read_through(made, pool), "facts");
    assert_string_equal(facts->blocks[0].cells[0],
                        "A court found it. Rule E02 (The person was told).");
    assert_int_equal(facts->blocks[1].rows, 3);
    assert_string_equal(facts->blocks[1].cells[0],
                        "Nothing is on record. Rules E03 (In person, by a representative) and"
                        " E04 (A true account of all facts known).");
    assert_string_equal(facts->blocks[1].cells[1],
                        "It is late. Rule E09 (A written notification was sent).");
    assert_string_equal(facts->blocks[1].cells[2], "Something else. Rule X99.");
}

/* What would have changed nothing by itself is one line; what would have changed something keeps
 * its own. */
static void changes_once(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN FOUND, pool);
    const cd_flag_t *flag = made->f.flag;
    const cd_report_section_t *change = section(read_through(made, pool), "change");
    const cd_report_block_t *list = &change->blocks[1];
    int alone = 0, told = 0;

    for (int i = 0; i < flag->whatif_count; i++)
        alone += flag->whatifs[i].kind == CD_IF_MET && flag->whatifs[i].state == flag->state
              && flag->whatifs[i].indicated_p == flag->indicated_p;
    assert_true(alone > 1);
    assert_int_equal(list->rows, flag->whatif_count - alone + 1);
    for (int i = 0; i < list->rows; i++)
        told += !strncmp(
            list->cells[i],
            "None of these alone would have changed the sum or what was found: with proof that ",
            82);
    assert_int_equal(told, 1);
}

/* A sum that is a part of the year's contribution is not paid towards the claim, and has no
 * invoice. */
static void yearly_sum(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L7_CONTRIBUTION_UPLIFT, 0, OPEN FOUND, pool);
    cd_buf_t *out = cd_buf_make(pool, 65536);
    cd_report_t *report;

    assert_null(cd_report_make(&report, &made->f, pool));
    assert_non_null(strstr(report->title, "more contribution for the year, because of claim "));
    cd_report_html(out, report);
    cd_report_letter(out, &made->f);
    assert_null(strstr(out->data, "Wait for the invoice"));
    assert_null(strstr(out->data, "towards claim"));
}

/* What people wrote is text and nothing else. */
static void text_is_escaped(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L1_FIXED_CAPPED_BY_DAMAGES, 0, OPEN FOUND, pool);
    cd_buf_t *html = cd_buf_make(pool, 65536);
    cd_report_t *report;

    made->f.decision.reasons = "<script>alert(1)</script> & \"more\"";
    made->f.org_name = "A & B <Trust>";
    assert_null(cd_report_make(&report, &made->f, pool));
    cd_report_html(html, report);
    cd_report_letter(html, &made->f);
    assert_null(strstr(html->data, "<script"));
    assert_null(strstr(html->data, "<Trust>"));
    assert_non_null(strstr(html->data, "&lt;script&gt;"));
}

static const char *json_with(whole_t *made, int number, int units, apr_pool_t *pool)
{
    cd_report_t *report;

    made->f.breach_number = number;
    made->f.breach_units = units;
    if (cd_report_make(&report, &made->f, pool))
        fail_msg("no report");
    return cd_report_json(report, &made->f, pool);
}

/* Breaches of this claim itself are none that were counted before it. */
static void breaches_counted_before(void **state)
{
    apr_pool_t *pool = *state;
    whole_t *made = made_of(CD_L3_FIXED_RISING, 0, NULL, pool);

    assert_non_null(strstr(
        json_with(made, 2, 1, pool),
        "This is breach number 2 of Northvale Hospitals NHS Trust: 1 was counted before it."));
    assert_non_null(
        strstr(json_with(made, 1, 1, pool), "None was counted. This is the first breach of "
                                            "Northvale Hospitals NHS Trust that counts."));
    assert_non_null(
        strstr(json_with(made, 3, 3, pool), "None was counted. These are the first 3 breaches of "
                                            "Northvale Hospitals NHS Trust that count."));
    assert_non_null(
        strstr(json_with(made, 5, 3, pool), "These are breaches number 3 to 5 of Northvale "
                                            "Hospitals NHS Trust: 2 were counted before them."));
}

static void kept_but_changed(void **state)
{
    static const char *const bad[] = { "", "{}", "[]", "{\"format\":2}",
                                       "{\"format\":1,\"document\":{\"title\":\"T\"}}" };
    apr_pool_t *pool = *state;
    cd_report_t *report;

    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        cd_err_t *err = cd_report_read(&report, bad[i], strlen(bad[i]), pool);

        ROW_CHECK(err && err->code == CD_E_TAMPERED, i, bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(each_formula), POOL_TEST(each_state), POOL_TEST(each_state_has_words),
                  POOL_TEST(each_standing), POOL_TEST(letters_of_the_round),
        POOL_TEST(facts_relied_on),
        POOL_TEST(facts_once), POOL_TEST(changes_once), POOL_TEST(yearly_sum),
                  POOL_TEST(text_is_escaped), POOL_TEST(breaches_counted_before),
                  POOL_TEST(kept_but_changed)
    };

    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}

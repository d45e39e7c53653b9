/* test_law.c: what must hold of every policy: adding evidence of an act never worsens an answer,
 * what is entered today does not change what was known yesterday, the order of entry does not
 * matter, an apology never worsens anything.
 *
 * 10,000 generated cases, in turn under each policy, around days on which dates are hard: leap
 * days, Easter, substitute days, the turn of the year, both changes of the clocks. A failure names
 * its number, and that number makes the same case again. */
#include "unit.h"

#include "case_dice.h"
#include "domain/eval_json.h"

enum { CASES = 10000, CASE_RECORDS = 14 };

static const char *const policies[] = { "ENG-20-NHS", "WAL-2023", "SCO-2018", "NI-BOF",
                                        "ENG-20-OTHER" };

/* Days that cases lie around: from 40 days before to 80 days after. */
static const char *const hard_days[] = {
    "2024-02-29",     /* a leap day */
    "2024-03-29",     /* Good Friday and, two days later, Easter and the clocks go forward */
    "2024-10-27",     /* the clocks go back */
    "2025-12-25",     /* Christmas; in Scotland 2 January, too */
    "2026-03-29",     /* the clocks go forward, in the week before Easter */
    "2026-07-13",     /* substitute day of 12 July, Northern Ireland */
    "2026-11-30",     /* St Andrew's Day: a month that February cannot follow */
    "2027-12-27",     /* substitute days for Christmas and Boxing Day */
    "2028-02-29",     /* a leap day */
};

static const cd_org_t orgs[] = {
    { .code = "RZ1", .name = "England", .jurisdiction = CD_JUR_ENG, .kind = CD_HEALTH_SERVICE_BODY,
      .nhs_contract = CD_YES },
    { .code = "7A1", .name = "Wales", .jurisdiction = CD_JUR_WAL, .kind = CD_HEALTH_SERVICE_BODY },
    { .code = "SN1", .name = "Scotland", .jurisdiction = CD_JUR_SCO,
      .kind = CD_HEALTH_SERVICE_BODY },
    { .code = "ZT1", .name = "Northern Ireland", .jurisdiction = CD_JUR_NI,
      .kind = CD_HEALTH_SERVICE_BODY },
    { .code = "RZ2", .name = "Other", .jurisdiction = CD_JUR_ENG, .kind = CD_OTHER_PERSON,
      .nhs_contract = CD_NO },
};

static const cd_calendar_t *calendars[COUNT_OF(orgs)];

static cd_date_t hard_day(int number)
{
    return cd_date_parse(hard_days[(number / (int)COUNT_OF(policies)) % (int)COUNT_OF(hard_days)]);
}

static cd_date_t as_at_of(int number)
{
    return hard_day(number) + number % 97;
}

/* An instant on any minute of a day: near midnight the day in London is not always the day in UTC.
 */
static cd_instant_t instant(cd_date_t on, dice_t *dice)
{
    apr_int64_t minute =
        roll(dice, 3) ? (apr_int64_t)roll(dice, 1440) : 1380 + (apr_int64_t)roll(dice, 60);
    return ((cd_instant_t)(on - cd_date_parse("1970-01-01")) * 1440 + minute)
           * APR_INT64_C(60000000);
}

static void settle(cd_record_t *r, int number, dice_t *dice)
{
    if (r->kind == CD_REC_OPINION) {
        cd_opinion_t *opinion = BODY_OF(cd_opinion_t, r);
        opinion->opinion = roll(dice, 5) ? CD_OPINION_NOTIFIABLE : opinion->opinion;
        opinion->was_involved = roll(dice, 4) ? CD_NO : opinion->was_involved;
        opinion->given = cd_when_day(hard_day(number) - 40 + (cd_date_t)roll(dice, 60));
        r->happened = opinion->given;
    }
    if (r->kind == CD_REC_ANNUAL)
        BODY_OF(cd_annual_t, r)->year_end = cd_date_make(2024 + (int)roll(dice, 5), 3, 31);
    if (r->kind == CD_REC_ENQUIRY && roll(dice, 2))
        BODY_OF(cd_enquiry_t, r)->actions = "A new checklist by 1 May 2027";
    r->recorded_at = roll(dice, 3) && r->happened.last
                         ? instant(r->happened.last + (cd_date_t)roll(dice, 30), dice)
                         : 0;
}

static made_t *random_case(int number, apr_pool_t *pool)
{
    static const cd_record_kind_t kinds[] = {
        CD_REC_TALK, CD_REC_TALK, CD_REC_LETTER, CD_REC_LETTER, CD_REC_ATTEMPT, CD_REC_ATTEMPT,
        CD_REC_ATTEMPT,
        CD_REC_REFUSAL, CD_REC_SUPPORT, CD_REC_ENQUIRY, CD_REC_RESULTS, CD_REC_DOCUMENT,
        CD_REC_JUDGEMENT, CD_REC_FINDING,
        CD_REC_EXEMPTION, CD_REC_GRADING, CD_REC_OPINION, CD_REC_OPENING, CD_REC_PERSON,
        CD_REC_MEETING, CD_REC_MEETING,
        CD_REC_RETURN, CD_REC_ANNUAL, CD_REC_CLOSURE,
    };
    made_t *made = apr_pcalloc(pool, sizeof(*made));
    dice_t dice = { (apr_uint64_t)number * 6151 + 11, hard_day(number) - 40, 120 };
    int count = 3 + (int)roll(&dice, CASE_RECORDS - 3);

    for (int i = 0; i < count; i++) {
        cd_record_t *r = &made->list[made->count++];
        fill(r,
             i == 0                      ? CD_REC_INCIDENT
             : i == 1 && roll(&dice, 10) ? CD_REC_OPINION
                                         : kinds[roll(&dice, COUNT_OF(kinds))],
             &dice, pool);
        settle(r, number, &dice);
        r->seq = i + 1;
        if (i > 1 && made->list[i - 1].kind == r->kind && roll(&dice, 4) == 0)
            r->supersedes = i;
    }
    return made;
}

static cd_evaluation_t *evaluate(const made_t *made, int number, cd_date_t as_at, apr_pool_t *pool)
{
    int which = number % (int)COUNT_OF(policies);
    cd_case_t *file = cd_case_read(made->list, made->count, &orgs[which], as_at, pool);
    cd_evaluation_t *eval;
    cd_err_t *err =
        cd_evaluate(&eval, file, cd_policy_by_code(policies[which]), calendars[which], as_at, pool);

    if (err)
        fail_msg("case %d: %s", number, cd_err_line(err, pool));
    return eval;
}

static const char *text_of(const cd_evaluation_t *eval, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 8192);
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    cd_evaluation_write(&w, eval, pool);
    return buf->data;
}

/* ---- adding evidence of an act never worsens an answer ---- */

static int rank(const cd_result_t *r)
{
    switch (r->status) {
    case CD_ST_NOT_MET: return 4;
    case CD_ST_UNDETERMINED: return 3;
    case CD_ST_PENDING: return 2;
    case CD_ST_MET_LATE: return 1;
    default: return 0;
    }
}

static void full_talk(cd_record_t *r, cd_date_t on)
{
    cd_talk_t *talk = BODY_OF(cd_talk_t, r);
    *talk = (cd_talk_t){ .told = cd_when_day(on),
                         .mode = CD_MODE_FACE_TO_FACE,
                         .spoke_name = "L",
                         .facts_given = CD_YES,
                         .enquiries_told = CD_YES,
                         .apology_given = CD_YES,
                         .support = 1u << CD_SUPPORT_ADVOCATE,
                         .noted_on = on,
                         .reason_if_late = "A reason",
                         .conditions_told = CD_YES,
                         .contact_named = CD_YES,
                         .more_wanted = CD_YES };
}

static void full_letter(cd_record_t *r, cd_date_t on)
{
    cd_letter_t *letter = BODY_OF(cd_letter_t, r);
    *letter = (cd_letter_t){ .dated = cd_when_day(on),
                             .sent = cd_when_day(on),
                             .proof = "Slip",
                             .account_given = CD_YES,
                             .enquiries_given = CD_YES,
                             .apology_given = CD_YES,
                             .copy_kept = "Folder",
                             .reason_if_late = "A reason" };
}

static void full_results(cd_record_t *r, cd_date_t on)
{
    *BODY_OF(cd_results_t, r) = (cd_results_t){
        .sent = cd_when_day(on), .proof = "Slip", .apology_given = CD_YES, .copy_kept = "Folder"
    };
}

static void full_support(cd_record_t *r, cd_date_t on)
{
    *BODY_OF(cd_support_t, r) =
        (cd_support_t){ .offered = cd_when_day(on), .support = 1u << CD_SUPPORT_ADVOCATE };
}

static void full_meeting(cd_record_t *r, cd_date_t on)
{
    *BODY_OF(cd_meeting_t, r) = (cd_meeting_t){ .step = CD_MEETING_HELD,
                                                .held = cd_when_day(on),
                                                .questions = "One",
                                                .note = "Said",
                                                .note_given = cd_when_day(on),
                                                .contact = "L" };
}

static void full_document(cd_record_t *r, cd_date_t on)
{
    static const int kinds[] = { CD_DOC_VERBAL_NOTE, CD_DOC_EVIDENCE_OF_SENDING, CD_DOC_LETTER_1,
                                 CD_DOC_REPORT };
    *BODY_OF(cd_document_t, r) = (cd_document_t){ .kind = kinds[on % 4 < 0 ? 0 : on % 4],
                                                  .dated = cd_when_day(on),
                                                  .name = "A paper" };
}

static void full_annual(cd_record_t *r, cd_date_t on)
{
    *BODY_OF(cd_annual_t, r) = (cd_annual_t){ .year_end = cd_date_make(2024 + (int)(on % 5), 3, 31),
        .published = cd_when_day(on), .names_nobody = CD_YES, .source = "Site" };
}

static void full_refusal(cd_record_t *r, cd_date_t on)
{
    *BODY_OF(cd_refusal_t, r) =
        (cd_refusal_t){ .refused = cd_when_day(on), .mode = CD_MODE_TELEPHONE, .told_to = "L" };
}

/* `starts`: rules whose clock the act starts, or that keep what it made: there is more to do than
 * before. */
static const struct act_t {
    cd_record_kind_t kind;
    void (*fill)(cd_record_t *r, cd_date_t on);
    const char *starts;
} acts[] = {
    { CD_REC_TALK, full_talk, "E07 E09 W02 W03 W04 S04 S05 S06" },
    { CD_REC_LETTER, full_letter, "S05 S06" },
    { CD_REC_RESULTS, full_results, "" },
    { CD_REC_SUPPORT, full_support, "" },
    { CD_REC_MEETING, full_meeting, "" },
    { CD_REC_DOCUMENT, full_document, "" },
    { CD_REC_ANNUAL, full_annual, "" },
    { CD_REC_REFUSAL, full_refusal, "W05" },
};

/* A duty that begins to apply, or an excuse that ends because the person was told, is no worse
 * answer; a breach is. So is a word that covered the waiting: it does not cover what was then done.
 */
static int worse(const cd_result_t *was, const cd_result_t *is)
{
    if (was->status == CD_ST_NOT_APPLICABLE || was->status == CD_ST_EXCUSED
        || (was->status == CD_ST_PENDING && was->by_person))
        return is->status == CD_ST_NOT_MET && !is->by_person;
    return rank(is) > rank(was);
}

static void evidence_never_worsens(void **state)
{
    apr_pool_t *pool;
    int better = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        const struct act_t *act = &acts[(number / (int)COUNT_OF(policies)) % (int)COUNT_OF(acts)];
        made_t *made = random_case(number, pool), *more = copy_of(made, pool);
        cd_record_t *r = &more->list[more->count++];
        cd_date_t on = as_at_of(number) - number % 53;
        *r = (cd_record_t){ .seq = more->count, .kind = act->kind,
                            .body = apr_pcalloc(pool, cd_record_def(act->kind)->size) };
        act->fill(r, on);
        r->happened = cd_body_happened(cd_record_def(act->kind), r->body);
        cd_evaluation_t *was = evaluate(made, number, as_at_of(number), pool);
        cd_evaluation_t *is = evaluate(more, number, as_at_of(number), pool);
        for (int i = 0; i < was->count; i++) {
            const cd_result_t *a = &was->results[i], *b = &is->results[i];
            better += rank(b) < rank(a);
            if (worse(a, b) && !strstr(act->starts, a->rule->code))
                fail_msg("case %d (%s), %s and a %s: was %s: %s: is %s: %s", number,
                         policies[number % 5], a->rule->code, cd_record_def(act->kind)->word,
                         cd_token_word(cd_statuses, (int)a->status), a->sentence,
                         cd_token_word(cd_statuses, (int)b->status), b->sentence);
        }
    }
    apr_pool_destroy(pool);
    assert_true(better > CASES / 4);
}

/* ---- yesterday's answer ---- */

static void yesterday_stays(void **state)
{
    apr_pool_t *pool;
    int late = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *then = apr_pcalloc(pool, sizeof(*then));
        cd_date_t as_at = hard_day(number) - 30 + number % 60;
        for (int i = 0; i < made->count; i++)
            if (!made->list[i].recorded_at || cd_london_date(made->list[i].recorded_at) <= as_at)
                then->list[then->count++] = made->list[i];
        late += then->count < made->count;
        ROW_CHECK(!strcmp(text_of(evaluate(made, number, as_at, pool), pool),
                          text_of(evaluate(then, number, as_at, pool), pool)),
                  number, policies[number % 5]);
    }
    apr_pool_destroy(pool);
    assert_true(late > CASES / 2);
}

/* ---- the order of entry ---- */

/* What stands side by side, each about a day of its own: of two entries of one kind about the same
 * day, and of two versions of one thing, the later one holds, and which is later is what the order
 * says. */
static made_t *side_by_side(const made_t *made, apr_pool_t *pool)
{
    made_t *kept = apr_pcalloc(pool, sizeof(*kept));

    for (int i = 0; i < made->count; i++) {
        const cd_record_t *r = &made->list[i];
        int double_ = r->supersedes != 0 || r->kind == CD_REC_CLOSURE;
        for (int k = 0; k < kept->count; k++)
            double_ |= kept->list[k].kind == r->kind
                    && (!cd_record_def(r->kind)->many || !cd_when_known(r->happened)
                        || r->happened.last == kept->list[k].happened.last
                        || r->happened.first == kept->list[k].happened.first);
        if (!double_)
            kept->list[kept->count++] = *r;
    }
    for (int i = 0; i < kept->count; i++) {
        kept->list[i].seq = i + 1;
        kept->list[i].recorded_at = 0;
    }
    return kept;
}

static void order_of_entry(void **state)
{
    apr_pool_t *pool;
    int moved = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = side_by_side(random_case(number, pool), pool), *turned = copy_of(made, pool);
        dice_t dice = { (apr_uint64_t)number + 5, 0, 0 };
        for (int i = turned->count - 1; i > 0; i--) {
            int k = (int)roll(&dice, (unsigned)i + 1);
            cd_record_t held = turned->list[i];
            turned->list[i] = turned->list[k];
            turned->list[k] = held;
            moved += k != i;
        }
        for (int i = 0; i < turned->count; i++)
            turned->list[i].seq = i + 1;
        cd_evaluation_t *was = evaluate(made, number, as_at_of(number), pool);
        cd_evaluation_t *is = evaluate(turned, number, as_at_of(number), pool);
        assert_int_equal(was->count, is->count);
        for (int i = 0; i < was->count; i++) {
            const cd_result_t *a = &was->results[i], *b = &is->results[i];
            if (a->status != b->status || a->why != b->why || strcmp(a->sentence, b->sentence)
                || a->met_on.first != b->met_on.first || a->met_on.last != b->met_on.last
                || a->late_wd_max != b->late_wd_max)
                fail_msg("case %d (%s), %s: %s: %s", number, policies[number % 5], a->rule->code,
                         a->sentence, b->sentence);
        }
    }
    apr_pool_destroy(pool);
    assert_true(moved > CASES);
}

/* ---- an apology ---- */

static int apologise(made_t *made, int number)
{
    static const char *const words[] = { NULL, "We are sorry", "We are sorry if you feel hurt",
                                         "It was our fault" };
    int changed = 0;

    for (int i = 0; i < made->count; i++) {
        cd_record_t *r = &made->list[i];
        if ((i + number) % 3 == 0)
            continue;
        changed |= r->kind == CD_REC_TALK || r->kind == CD_REC_LETTER || r->kind == CD_REC_RESULTS;
        if (r->kind == CD_REC_TALK) {
            BODY_OF(cd_talk_t, r)->apology_given = CD_YES;
            BODY_OF(cd_talk_t, r)->apology_words = words[(i + number) % 4];
        } else if (r->kind == CD_REC_LETTER)
            BODY_OF(cd_letter_t, r)->apology_given = CD_YES;
        else if (r->kind == CD_REC_RESULTS)
            BODY_OF(cd_results_t, r)->apology_given = CD_YES;
    }
    return changed;
}

static void apology_never_worsens(void **state)
{
    apr_pool_t *pool;
    int changed = 0, better = 0;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *other = copy_of(made, pool);
        if (!apologise(other, number))
            continue;
        cd_evaluation_t *was = evaluate(made, number, as_at_of(number), pool);
        cd_evaluation_t *is = evaluate(other, number, as_at_of(number), pool);
        changed++;
        for (int i = 0; i < was->count; i++) {
            better += rank(&is->results[i]) < rank(&was->results[i]);
            if (rank(&is->results[i]) > rank(&was->results[i]))
                fail_msg("case %d (%s), %s: was: %s: is: %s", number, policies[number % 5],
                         was->results[i].rule->code, was->results[i].sentence,
                         is->results[i].sentence);
        }
    }
    apr_pool_destroy(pool);
    assert_true(changed > CASES / 2);
    assert_true(better > CASES / 50);
}

/* ---- what no policy may do ---- */

/* An exemption changes no rule; Northern Ireland judges nothing; every answer is a sentence; a rule
 * that the law leaves to judgement is broken by no calendar. */
static void everywhere(void **state)
{
    static const char by_judgement[] = "E02 E04 E08 W00 W04 W06 S01 S02 S04 S05 S07 S08 S09";
    apr_pool_t *pool;

    apr_pool_create(&pool, *state);
    for (int number = 0; number < CASES; number++) {
        apr_pool_clear(pool);
        made_t *made = random_case(number, pool), *other = copy_of(made, pool);
        cd_date_t as_at = hard_day(number) + 190;
        cd_exemption_t *body = apr_pcalloc(pool, sizeof(*body));
        body->given = cd_when_day(hard_day(number));
        body->authoriser = body->role = body->reason = "Director";
        other->list[other->count++] = (cd_record_t){
            .seq = made->count + 1, .kind = CD_REC_EXEMPTION, .body = body, .happened = body->given
        };
        cd_evaluation_t *eval = evaluate(made, number, as_at, pool);
        ROW_CHECK(!strcmp(text_of(eval, pool), text_of(evaluate(other, number, as_at, pool), pool)),
                  number, "exempt");
        ROW_CHECK(number % 5 != 3 || eval->tally[CD_ST_NOT_APPLICABLE] == eval->count, number,
                  "Northern Ireland");
        for (int i = 0; i < eval->count; i++) {
            const cd_result_t *r = &eval->results[i];
            ROW_CHECK(r->status && r->sentence && r->sentence[strlen(r->sentence) - 1] == '.',
                      number, r->rule->code);
            ROW_CHECK(!strstr(r->sentence, "(null)") && !strstr(r->sentence, "..")
                          && !strstr(r->sentence, "  "),
                      number, r->sentence);
            ROW_CHECK(!strstr(by_judgement, r->rule->code) || r->status != CD_ST_NOT_MET
                          || r->by_person,
                      number, r->sentence);
            ROW_CHECK((r->why == CD_WHY_NONE) == (r->status != CD_ST_UNDETERMINED), number,
                      r->rule->code);
            ROW_CHECK(!(r->rule->parts & CD_PART_BY_DATE) || r->by_kind != CD_REC_JUDGEMENT
                          || r->rule->number == CD_RULE_W02 || r->rule->number == CD_RULE_W03,
                      number, r->rule->code);
        }
    }
    apr_pool_destroy(pool);
}

static int make_calendars(void **state)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, NULL);
    for (size_t i = 0; i < COUNT_OF(orgs); i++)
        calendars[i] = made_calendar_of(&orgs[i], pool);
    *state = pool;
    return 0;
}

static int drop_calendars(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evidence_never_worsens), cmocka_unit_test(yesterday_stays),
        cmocka_unit_test(order_of_entry),
        cmocka_unit_test(apology_never_worsens), cmocka_unit_test(everywhere),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("law", tests, make_calendars, drop_calendars);
}

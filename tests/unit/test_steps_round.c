/* test_steps_round.c: how far a round has come, each stage from a row, and what is taken
 * back or old on the way. */
#include "unit/unit.h"

#include "domain/steps_round.h"
#include "domain/turn.h"

#define TODAY 20000
#define NOON ((cd_instant_t)0)

/* Records as they stand in a round: one of each, numbered as a claim numbers them. */
static cd_request_t request = { .org = "RZ1", .due = TODAY + 5 };
static cd_answer_t answer = { .org = "RZ1", .request_seq = 10, .answer = CD_ANSWER_NONE_EXISTS };
static cd_indication_t indication = { .org = "RZ1", .flag_seq = 1, .answer_by = TODAY + 5 };
static cd_representation_t said = { .org = "RZ1", .indication_seq = 12, .flag_seq = 1,
                                    .stance = CD_STANCE_AGREE };
static cd_for_decision_t sending = { .org = "RZ1", .flag_seq = 1 };
static cd_told_t told = { .org = "RZ1", .decision_seq = 1, .review_by = TODAY + 28 };
static cd_review_asked_t review_asked = { .org = "RZ1", .decision_seq = 1 };
static cd_review_t review = {
    .org = "RZ1", .decision_seq = 1, .asked_seq = 17, .outcome = CD_REVIEW_VARIED, .amount_p = 300
};
static const cd_record_t
    request_r = { .seq = 10, .kind = CD_REC_REQUEST, .body = &request },
    answer_r = { .seq = 11, .kind = CD_REC_ANSWER, .body = &answer, .recorded_at = NOON + 1 },
    indication_r = { .seq = 12, .kind = CD_REC_INDICATION, .body = &indication },
    said_r = { .seq = 13, .kind = CD_REC_REPRESENTATION, .body = &said },
    sending_r = { .seq = 14, .kind = CD_REC_FOR_DECISION, .body = &sending },
    told_r = { .seq = 16, .kind = CD_REC_TOLD, .body = &told },
    asked_r = { .seq = 17, .kind = CD_REC_REVIEW_ASKED, .body = &review_asked },
    review_r = { .seq = 18, .kind = CD_REC_REVIEW, .body = &review },
    told_again_r = { .seq = 19, .kind = CD_REC_TOLD, .body = &told };

/* q request, a answer, i indication, r representation, s sending. */
typedef struct row_t {
    const char *records;
    int flag_state, flag_old, standing;  /* standing 0: no decision */
    const cd_record_t *told, *asked, *review;
    apr_int64_t stands_p, asked_p, received_p;
    int days;                            /* after TODAY */
    cd_stage_t stage;
    cd_side_t turn;
    cd_deed_t deed;                      /* of that side; 0: nothing */
    int overdue;
} row_t;

static const row_t rows[] = {
    { "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, CD_STAGE_NO_FLAG, CD_SIDE_HANDLER, CD_DEED_COMPUTE, 0 },
    { "", CD_FLAG_NOT_APPLICABLE, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_NOT_APPLICABLE, (cd_side_t)0, (cd_deed_t)0, 0 },
    { "", CD_FLAG_CANDOUR_SHOWN, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_NOT_APPLICABLE, (cd_side_t)0, (cd_deed_t)0, 0 },
    { "", CD_FLAG_EVIDENCE_REQUESTED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_EVIDENCE_NEEDED, CD_SIDE_HANDLER, CD_DEED_ASK, 0 },
    { "q", CD_FLAG_EVIDENCE_REQUESTED, 0, 0, 0, 0, 0, 0, 0, 0, 5,
      CD_STAGE_EVIDENCE_ASKED, CD_SIDE_TRUST, CD_DEED_ANSWER, 0 },
    { "q", CD_FLAG_EVIDENCE_REQUESTED, 0, 0, 0, 0, 0, 0, 0, 0, 6,
      CD_STAGE_EVIDENCE_ASKED, CD_SIDE_TRUST, CD_DEED_ANSWER, 1 },
    { "q", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 5,
      CD_STAGE_EVIDENCE_ASKED, CD_SIDE_TRUST, CD_DEED_ANSWER, 0 },
    { "q", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 6,
      CD_STAGE_READY_TO_TELL, CD_SIDE_HANDLER, CD_DEED_INDICATE, 0 },
    { "qa", CD_FLAG_EVIDENCE_REQUESTED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_ANSWERED, CD_SIDE_HANDLER, CD_DEED_COMPUTE, 0 },
    { "", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_READY_TO_TELL, CD_SIDE_HANDLER, CD_DEED_INDICATE, 0 },
    { "", CD_FLAG_BREACH_INDICATED, 1, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_READY_TO_TELL, CD_SIDE_HANDLER, CD_DEED_COMPUTE, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 5,
      CD_STAGE_TOLD_INDICATION, CD_SIDE_TRUST, CD_DEED_REPRESENT, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 6,
      CD_STAGE_TOLD_INDICATION, CD_SIDE_HANDLER, CD_DEED_SEND, 0 },
    { "ir", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_REPRESENTED, CD_SIDE_HANDLER, CD_DEED_SEND, 0 },
    { "irs", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_FOR_DECISION, CD_SIDE_DECIDER, CD_DEED_DECIDE, 0 },
    { "irs", CD_FLAG_BREACH_INDICATED, 1, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_FOR_DECISION, CD_SIDE_HANDLER, CD_DEED_COMPUTE, 0 },
    /* the indication is gone: the sending says nothing any more */
    { "s", CD_FLAG_BREACH_INDICATED, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_READY_TO_TELL, CD_SIDE_HANDLER, CD_DEED_INDICATE, 0 },
    { "is", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_PROPOSED, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_PROPOSED, CD_SIDE_SECOND, CD_DEED_CONFIRM, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_RETURNED, 0, 0, 0, 0, 0, 0, 0,
      CD_STAGE_RETURNED, CD_SIDE_DECIDER, CD_DEED_DECIDE, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_STANDS, 0, 0, 0, 500, 0, 0, 0,
      CD_STAGE_DECIDED, CD_SIDE_HANDLER, CD_DEED_TELL, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_STANDS, &told_r, 0, 0, 500, 0, 0, 28,
      CD_STAGE_TRUST_TOLD, CD_SIDE_TRUST, CD_DEED_ASK_REVIEW, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_STANDS, &told_r, 0, 0, 500, 0, 0, 29,
      CD_STAGE_RECOVERING, CD_SIDE_HANDLER, CD_DEED_RECOVER, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_STANDS, &told_r, 0, 0, 0, 0, 0, 29,
      CD_STAGE_DONE, (cd_side_t)0, (cd_deed_t)0, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_STANDS, &told_r, &asked_r, 0, 500, 0, 0, 0,
      CD_STAGE_REVIEW_ASKED, CD_SIDE_REVIEWER, CD_DEED_REVIEW, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_VARIED, &told_r, &asked_r, &review_r, 300, 0, 0, 0,
      CD_STAGE_REVIEWED, CD_SIDE_HANDLER, CD_DEED_TELL, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_VARIED, &told_again_r, &asked_r, &review_r, 300, 0,
      0, 0,
      CD_STAGE_REVIEWED, CD_SIDE_HANDLER, CD_DEED_RECOVER, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_VARIED, &told_again_r, &asked_r, &review_r, 300,
      300, 100, 0,
      CD_STAGE_RECOVERING, CD_SIDE_TRUST, (cd_deed_t)0, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_VARIED, &told_again_r, &asked_r, &review_r, 300,
      300, 300, 0,
      CD_STAGE_DONE, (cd_side_t)0, (cd_deed_t)0, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_QUASHED, &told_r, &asked_r, &review_r, 0, 0, 0, 0,
      CD_STAGE_REVIEWED, CD_SIDE_HANDLER, CD_DEED_TELL, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_QUASHED, &told_again_r, &asked_r, &review_r, 0, 0,
      0, 0,
      CD_STAGE_DONE, (cd_side_t)0, (cd_deed_t)0, 0 },
    { "i", CD_FLAG_BREACH_INDICATED, 0, CD_STAND_QUASHED, &told_again_r, &asked_r, &review_r, 0,
      500, 500, 0,
      CD_STAGE_REVIEWED, CD_SIDE_HANDLER, CD_DEED_RECEIVE, 0 }
};

static cd_round_t round_of(const char *letters)
{
    cd_round_t round = { .org = "RZ1" };

    for (; *letters; letters++)
        switch (*letters) {
        case 'q': round.request = &request_r; break;
        case 'a': round.answer = &answer_r; break;
        case 'i': round.indication = &indication_r; break;
        case 'r': round.representation = &said_r; break;
        default: round.for_decision = &sending_r;
        }
    return round;
}

/* What a work list's short row says of the turn is what the records say. */
static void turn_agrees(const cd_round_now_t *now, const cd_round_in_t *in, unsigned i)
{
    const cd_turn_day_t day = cd_turn_day(now->due, in->as_at);
    const unsigned turn = cd_turn_of((int)now->stage, day, in->flag_old);
    int side;

    ROW_CHECK(now->waits_for ? turn & 1u << now->waits_for : !turn, i,
              "whose turn by the short row");
    for (side = 1; side <= CD_SIDE_LAST; side++) {
        const cd_turn_set_t set = cd_turn_set((cd_side_t)side);
        const apr_int64_t bits = in->flag_old ? set.old : set.fresh;
        const int has_turn = (turn & 1u << side) != 0;
        int first, last;

        cd_turn_stages(&first, &last, (cd_side_t)side);
        ROW_CHECK(!has_turn || ((int)now->stage >= first && (int)now->stage <= last), i, "stages");
        ROW_CHECK((bits >> (now->stage * CD_TURN_DAYS + day) & 1) == has_turn, i, "set of bits");
        ROW_CHECK(!has_turn || cd_turn_words((int)now->stage, (cd_side_t)side, in->flag_old), i,
                  "words");
    }
}

static void each_stage(void **state)
{
    apr_pool_t *pool = *state;
    apr_uint32_t seen = 0;
    unsigned i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const row_t *row = &rows[i];
        const cd_round_t round = round_of(row->records);
        const cd_round_in_t in = {
            .round = &round, .flag_seq = row->flag_state ? 1 : 0, .flag_state = row->flag_state,
            .flag_old = row->flag_old, .flag_p = 1000, .flag_at = NOON,
            .decision_seq = row->standing ? 1 : 0, .decision_flag_seq = 1,
            .stand = { (cd_standing_t)row->standing, row->stands_p, NULL, row->told,
                       row->asked, row->review },
            .asked_p = row->asked_p, .received_p = row->received_p, .as_at = TODAY + row->days,
            .recovery_due = row->asked_p > row->received_p ? TODAY + 9 : CD_NO_DATE
        };
        const cd_round_now_t *now = cd_round_now(&in, pool);

        ROW_CHECK(now->stage == row->stage, i, cd_token_word(cd_stages, (int)now->stage));
        ROW_CHECK(now->waits_for == row->turn, i,
                  now->waits_for ? cd_token_word(cd_sides, (int)now->waits_for) : "nobody");
        ROW_CHECK(!row->turn || now->step[row->turn].deed == (int)row->deed, i,
                  "what that side does");
        ROW_CHECK(now->overdue == row->overdue, i, "overdue");
        seen |= 1u << now->stage;
        turn_agrees(now, &in, i);
    }
    /* each stage, 1 to the last */
    assert_int_equal(seen, (1u << (CD_STAGE_NOT_APPLICABLE + 1)) - 2);
}

/* Where a trust's day has passed the handler need wait no longer; a decision on an old flag waits
 * for the handler. */
static void turns_of_two(void **state)
{
    const unsigned trust = 1u << CD_SIDE_TRUST, handler = 1u << CD_SIDE_HANDLER;

    (void)state;
    assert_int_equal(cd_turn_day(CD_NO_DATE, TODAY), CD_TURN_NO_DAY);
    assert_int_equal(cd_turn_day(TODAY, TODAY), CD_TURN_AHEAD);
    assert_int_equal(cd_turn_day(TODAY - 1, TODAY), CD_TURN_PAST);
    assert_int_equal(cd_turn_of(CD_STAGE_EVIDENCE_ASKED, CD_TURN_AHEAD, 0), trust);
    assert_int_equal(cd_turn_of(CD_STAGE_EVIDENCE_ASKED, CD_TURN_PAST, 0), trust | handler);
    assert_int_equal(cd_turn_of(CD_STAGE_RECOVERING, CD_TURN_PAST, 0), trust | handler);
    assert_int_equal(cd_turn_of(CD_STAGE_TOLD_INDICATION, CD_TURN_PAST, 0), handler);
    assert_int_equal(cd_turn_of(CD_STAGE_FOR_DECISION, CD_TURN_NO_DAY, 1), handler);
    assert_int_equal(cd_turn_of(CD_STAGE_PROPOSED, CD_TURN_NO_DAY, 1), 1u << CD_SIDE_SECOND);
    assert_int_equal(cd_turn_of(0, CD_TURN_NO_DAY, 0), 0);
    assert_string_equal(cd_turn_words(CD_STAGE_ANSWERED, CD_SIDE_HANDLER, 1),
                        "Compute the flag again: what it rests on has changed");
    assert_null(cd_turn_words(CD_STAGE_DONE, CD_SIDE_HANDLER, 0));
}

/* Told of more counts as told; of less, or of a milder state, it does not. */
static void told_of_more(void **state)
{
    static const struct { int state; apr_int64_t sum_p; int holds; } cases[] = {
        { CD_FLAG_BREACH_INDICATED, 1000, 1 }, { CD_FLAG_BREACH_INDICATED, 1001, 1 },
        { CD_FLAG_BREACH_INDICATED, 999, 0 }, { CD_FLAG_EVIDENCE_NOT_PROVIDED, 5000, 0 }, { 0, 0,
          0 }
    };
    apr_pool_t *pool = *state;
    unsigned i;

    for (i = 0; i < COUNT_OF(cases); i++) {
        const cd_indication_t before = { .org = "RZ1", .flag_seq = 1, .answer_by = TODAY + 5,
                                         .flag_state = cases[i].state,
                                         .indicated_p = cases[i].sum_p };
        const cd_record_t before_r = { .seq = 12, .kind = CD_REC_INDICATION, .body = &before };
        const cd_round_t round = { .org = "RZ1", .indication = &before_r };
        const cd_round_in_t in = { .round = &round,
                                   .flag_seq = 2,
                                   .flag_state = CD_FLAG_BREACH_INDICATED,
                                   .flag_p = 1000,
                                   .as_at = TODAY };

        ROW_CHECK(cd_round_now(&in, pool)->indication_holds == cases[i].holds, i, "told");
        ROW_CHECK((cd_round_now(&in, pool)->stage == CD_STAGE_READY_TO_TELL) == !cases[i].holds, i,
                  "stage");
    }
}

/* Between the sending and the telling a trust reads one stage, without whose turn it is, without a
 * day, and with no step but its own: whatever the scheme does then, the page stays the same. */
static void one_stage_for_the_trust(void **state)
{
    apr_pool_t *pool = *state;
    int stage, side;

    for (stage = CD_STAGE_NO_FLAG; stage <= CD_STAGE_NOT_APPLICABLE; stage++) {
        const int inside = stage == CD_STAGE_FOR_DECISION || stage == CD_STAGE_PROPOSED
                           || stage == CD_STAGE_RETURNED || stage == CD_STAGE_DECIDED;
        cd_round_now_t now = {
            .stage = (cd_stage_t)stage, .waits_for = CD_SIDE_SECOND, .due = TODAY, .overdue = 1
        };
        const cd_round_now_t *own;

        for (side = 1; side <= CD_SIDE_LAST; side++)
            now.step[side].deed = side;
        own = cd_round_now_for_trust(&now, pool);
        ROW_CHECK(own->stage == (inside ? CD_STAGE_FOR_DECISION : (cd_stage_t)stage), stage,
                  "stage");
        ROW_CHECK(own->waits_for == (inside ? (cd_side_t)0 : CD_SIDE_SECOND), stage, "turn");
        ROW_CHECK(own->due == (inside ? 0 : TODAY) && own->overdue == !inside, stage, "day");
        ROW_CHECK(cd_token_label(cd_trust_stages, (int)own->stage), stage, "words");
        for (side = 1; side <= CD_SIDE_LAST; side++)
            ROW_CHECK(own->step[side].deed == (side == CD_SIDE_TRUST ? side : 0), stage, "steps");
    }
}

/* A trust reads of a decision once it was told of it; a later one that it was not told of replaces
 * nothing for it. */
static void decisions_for_the_trust(void **state)
{
    static cd_told_t first = { .org = "RZ1", .decision_seq = 1 },
                     second = { .org = "RZ1", .decision_seq = 2 };
    static const cd_decided_t all[] = { { .seq = 1, .flag_seq = 1, .org = "RZ1", .amount_p = 500 },
                                        { .seq = 2, .flag_seq = 2, .org = "RZ1",
                                          .amount_p = 700 } };
    cd_record_t records[] = { { .seq = 1, .kind = CD_REC_CLAIM },
                              { .seq = 16, .kind = CD_REC_TOLD, .body = &first },
                              { .seq = 20, .kind = CD_REC_TOLD, .body = &second } };
    cd_claim_t claim = { .records = records, .count = 1 };

    (void)state;
    assert_int_equal(cd_decision_for_trust(&claim, 1), 0);
    claim.count = 2;
    assert_int_equal(cd_decision_for_trust(&claim, 1), 1);
    assert_int_equal(cd_decision_for_trust(&claim, 2), 0);
    assert_int_equal(cd_decision_stand(all, 2, 0, &claim).standing, CD_STAND_REPLACED);
    assert_int_equal(cd_decision_stand_told(all, 2, 0, &claim).standing, CD_STAND_STANDS);
    assert_int_equal(cd_decision_stand_told(all, 2, 0, &claim).amount_p, 500);
    claim.count = 3;
    assert_int_equal(cd_decision_stand_told(all, 2, 0, &claim).standing, CD_STAND_REPLACED);
    assert_int_equal(cd_decision_stand_told(all, 2, 1, &claim).amount_p, 700);
    records[1].superseded_by = 21;
    assert_int_equal(cd_decision_for_trust(&claim, 1), 0);
}

/* Read from records: a sending counts only behind the indication that it rests on; a
 * reserve taken back ages nothing. */
static void taken_back(void **state)
{
    static cd_taken_back_t reason = { "Entered in error" };
    cd_record_t records[] = {
        { .seq = 1, .kind = CD_REC_CLAIM },
        { .seq = 2, .kind = CD_REC_RESERVE, .superseded_by = 5 },
        indication_r, sending_r,
        { .seq = 15, .kind = CD_REC_TAKEN_BACK, .supersedes = 2, .body = &reason }
    };
    cd_claim_t claim = { .records = records, .count = COUNT_OF(records) };
    cd_round_t *round = cd_round_read(&claim, "RZ1", *state);

    assert_ptr_equal(round->for_decision, &records[3]);
    assert_int_equal(round->weighed_seq, 1);
    records[2].superseded_by = 15;
    records[4].supersedes = 12;
    round = cd_round_read(&claim, "RZ1", *state);
    assert_null(round->indication);
    assert_null(round->for_decision);
    assert_int_equal(round->weighed_seq, 1);
    records[2].superseded_by = 0;
    records[2].seq = 16;                                     /* told anew after the sending */
    round = cd_round_read(&claim, "RZ1", *state);
    assert_ptr_equal(round->indication, &records[2]);
    assert_null(round->for_decision);
    records[1].kind = CD_REC_PAYMENT;
    records[4].supersedes = 2;
    assert_int_equal(cd_round_read(&claim, "RZ1", *state)->weighed_seq, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(each_stage),
                                        POOL_TEST(turns_of_two),
                                        POOL_TEST(told_of_more),
                                        POOL_TEST(one_stage_for_the_trust),
                                        POOL_TEST(decisions_for_the_trust),
                                        POOL_TEST(taken_back) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

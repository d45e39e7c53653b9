/* test_app_round.c: the round and its second day: what is mended, taken back, or answered late.
 *
 * Each test has a claim of two trusts of its own. The day on which an answer was given is the day
 * on which it was written: no form has it, so an answer can only come before its request by there
 * being no such request. */
#include "unit/unit.h"

#include "app/flag_replay.h"
#include "store/round_scene.h"
#include "web/request.h"
#include "web/round_view.h"

/* ---- a slip of the pen --------------------------------------------------- */

static void request_mended(void **state)
{
    scene_t scene = scene_of("Anna Kowal");
    cd_request_t other = request_of("The letter to the ward.");
    say_t say = { .who = "handler",
                  .org = "RZ1",
                  .supersedes = ask_for(&scene, "RZ1", "The leter.") };
    cd_problems_t *problems = site_problems();
    long told = messages(&scene, "legal1", APP_NOTICE_EVIDENCE_ASKED);
    app_round_view_t *view;
    int seq;

    (void)state;
    assert_true(told > 0);
    assert_code(said(&seq, &scene, &say, CD_REC_REQUEST, &other, problems), CD_E_INVALID);
    assert_string_not_equal(site_problem_text(problems, "reason"), "");
    say.reason = "A word was spelt wrong.";
    say.org = "RZ2";                                        /* the trust of another round */
    assert_code(said(&seq, &scene, &say, CD_REC_REQUEST, &other, site_problems()), CD_E_NOT_FOUND);
    say.org = "RZ1";
    assert_ok(said(&seq, &scene, &say, CD_REC_REQUEST, &other, site_problems()));
    view = view_of("legal1", &scene, "RZ1");
    assert_int_equal(view->round.in.round->request->seq, seq);
    assert_string_equal(((const cd_request_t *)view->round.in.round->request->body)->what,
                        other.what);
    assert_int_equal(record_of(view->claim, say.supersedes)->superseded_by, seq);
    assert_int_equal(view->round.in.round->asked_on, day(11, 18));
    assert_int_equal(view->round.now->stage, CD_STAGE_EVIDENCE_ASKED);
    assert_int_equal(messages(&scene, "legal1", APP_NOTICE_EVIDENCE_ASKED), told + 1);
    /* it was mended */
    assert_code(said(&seq, &scene, &say, CD_REC_REQUEST, &other, site_problems()), CD_E_INVALID);
    other.due = day(11, 18);
    say.supersedes = view->round.in.round->request->seq;
    assert_code(said(&seq, &scene, &say, CD_REC_REQUEST, &other, site_problems()), CD_E_INVALID);
}

static int flag_state(const scene_t *scene, const char *org)
{
    return view_of("handler", scene, org)->round.in.flag_state;
}

/* What is asked, and until when, is part of the flag: asking, mending it and taking it back write
 * the flag of that trust, and of no other, in the same write. It is not old, and replays. */
static void asking_writes_the_flag(void **state)
{
    scene_t scene = scene_of("Ann Lake");
    cd_request_t later = request_of("The letter.");
    say_t say = { .who = "handler", .org = "RZ2", .reason = "The day was wrong." };
    const int before = flag_state(&scene, "RZ2");
    app_claim_view_t *claim;
    int version = version_of(scene.claim), seq;

    (void)state;
    say.supersedes = ask_for(&scene, "RZ2", "The letter.");
    assert_int_equal(version_of(scene.claim), version + 1);
    assert_int_equal(flag_state(&scene, "RZ2"), CD_FLAG_EVIDENCE_REQUESTED);
    later.due = day(12, 9);
    assert_ok(said(&seq, &scene, &say, CD_REC_REQUEST, &later, site_problems()));
    claim = view_of("handler", &scene, "RZ2")->claim;
    assert_false(claim->parties[1].flag->out_of_date);
    assert_int_equal(claim->parties[1].flag->seq, 4);
    assert_int_equal(claim->parties[0].flag->seq, 1);
    assert_ok(app_round_take_back(&seq, site_ctx("handler", CD_FILE_CLAIM, scene.claim), "RZ2", seq,
                                  "Not needed.", version_of(scene.claim), site_problems()));
    claim = view_of("handler", &scene, "RZ2")->claim;
    assert_int_equal(claim->parties[1].flag->seq, 5);
    assert_false(claim->parties[1].flag->out_of_date);
    assert_int_equal(flag_state(&scene, "RZ2"), before);
    for (seq = 3; seq <= 5; seq++) {
        app_replay_t *replay;

        assert_ok(app_replay(&replay, site_ctx("handler", CD_FILE_CLAIM, scene.claim), seq, 0));
        assert_true(replay->answer_same && replay->inputs_same);
    }
}

/* What a trust said is not written over: it says it again, and both stand in the record. */
static void answer_said_again(void **state)
{
    scene_t scene = scene_of("Ben Marsh");
    cd_answer_t body = { .answer = CD_ANSWER_PROVIDED,
                         .text = "The note.",
                         .cited = apr_pstrcat(site.pool, scene.case1, " 4", NULL) };
    say_t say = { .who = "legal1", .org = "RZ1", .reason = "We found it." };
    app_round_view_t *view;
    int asked, first, second;

    (void)state;
    asked = ask_for(&scene, "RZ1", "The note of the talk.");
    assert_ok(answer(&first, &scene, "legal1", "RZ1"));
    say.supersedes = first;
    assert_code(said(&second, &scene, &say, CD_REC_ANSWER, &body, site_problems()), CD_E_INVALID);
    say.supersedes = 0;
    assert_ok(said(&second, &scene, &say, CD_REC_ANSWER, &body, site_problems()));
    view = view_of("handler", &scene, "RZ1");
    assert_int_equal(view->round.in.round->answer->seq, second);
    assert_int_equal(((const cd_answer_t *)view->round.in.round->answer->body)->request_seq, asked);
    assert_int_equal(record_of(view->claim, first)->superseded_by, 0);
    assert_int_equal(view->round.in.round->asked_on, CD_NO_DATE);     /* answered in full */
    /* a question that is asked anew is not answered yet */
    ask_for(&scene, "RZ1", "And the letter?");
    view = view_of("handler", &scene, "RZ1");
    assert_null(view->round.in.round->answer);
    assert_int_equal(view->round.now->stage, CD_STAGE_EVIDENCE_ASKED);
}

/* Told anew: what was said to the old words, and the sending that rested on them, count no more. */
static void indication_mended(void **state)
{
    scene_t scene = scene_of("Carol Ody");
    cd_indication_t other = { .message = "This is indicated; the day was wrong.",
                              .answer_by = day(12, 9) };
    cd_representation_t speech = { .stance = CD_STANCE_FACTS, .text = "The wait is explained." };
    say_t handler = { .who = "handler", .org = "RZ1" }, legal = { .who = "legal1", .org = "RZ1" };
    app_round_view_t *view;
    int seq, spoke, first;

    (void)state;
    first = indicate(&scene, &handler);
    assert_ok(said(&spoke, &scene, &legal, CD_REC_REPRESENTATION, &speech, site_problems()));
    assert_int_equal(stage_of(&scene, "RZ1"), CD_STAGE_REPRESENTED);
    assert_ok(send_on(&seq, &scene));
    assert_int_equal(stage_of(&scene, "RZ1"), CD_STAGE_FOR_DECISION);
    legal.supersedes = spoke;
    legal.reason = "Said too much.";
    assert_code(said(&seq, &scene, &legal, CD_REC_REPRESENTATION, &speech, site_problems()),
                CD_E_INVALID);
    handler.supersedes = first;
    handler.reason = "The day was wrong.";
    assert_ok(said(&seq, &scene, &handler, CD_REC_INDICATION, &other, site_problems()));
    view = view_of("handler", &scene, "RZ1");
    assert_int_equal(view->round.in.round->indication->seq, seq);
    assert_null(view->round.in.round->representation);
    assert_null(view->round.in.round->for_decision);
    assert_int_equal(view->round.now->stage, CD_STAGE_TOLD_INDICATION);
    assert_int_equal(view->round.now->due, other.answer_by);
    assert_int_equal(record_of(view->claim, spoke)->superseded_by, 0);
    assert_code(decide(&seq, &scene, 1), CD_E_STALE);
}

/* ---- the wrong trust ----------------------------------------------------- */

static int sees(const char *who, const scene_t *scene, int seq)
{
    app_claim_view_t *view;

    assert_ok(app_claim_view(&view, site_ctx(who, CD_FILE_CLAIM, scene->claim), 0));
    return record_of(view, seq) != NULL;
}

static cd_err_t *take_back(int *seq, const scene_t *scene, const char *who, const char *org,
                           int which, const char *why, cd_problems_t *problems)
{
    return app_round_take_back(seq, site_ctx(who, CD_FILE_CLAIM, scene->claim), org, which, why,
                               version_of(scene->claim), problems);
}

static void wrong_trust(void **state)
{
    scene_t scene = scene_of("Dan Foe");
    cd_problems_t *problems = site_problems();
    int wrong = ask_for(&scene, "RZ2", "The note of the talk."), back, seq, right;

    (void)state;
    assert_int_equal(stage_of(&scene, "RZ2"), CD_STAGE_EVIDENCE_ASKED);
    assert_true(sees("legal2", &scene, wrong));
    assert_code(take_back(&back, &scene, "handler", "RZ2", wrong, NULL, problems), CD_E_INVALID);
    assert_string_not_equal(site_problem_text(problems, "reason"), "");
    assert_code(
        take_back(&back, &scene, "handler", "RZ1", wrong, "The wrong trust.", site_problems()),
        CD_E_NOT_FOUND);
    assert_code(take_back(&back, &scene, "legal2", "RZ2", wrong, "Not ours.", site_problems()),
                CD_E_FORBIDDEN);
    assert_ok(
        take_back(&back, &scene, "handler", "RZ2", wrong, "The wrong trust.", site_problems()));
    assert_int_equal(messages(&scene, "legal2", APP_NOTICE_EVIDENCE_ASKED), 2);
    assert_int_equal(messages(&scene, "legal1", APP_NOTICE_EVIDENCE_ASKED), 0);
    assert_int_equal(stage_of(&scene, "RZ2"), CD_STAGE_EVIDENCE_NEEDED);
    assert_null(view_of("legal2", &scene, "RZ2")->round.in.round->request);
    assert_code(answer(&seq, &scene, "legal2", "RZ2"), CD_E_STALE);
    assert_code(take_back(&seq, &scene, "handler", "RZ2", wrong, "Again.", site_problems()),
                CD_E_NOT_FOUND);
    right = ask_for(&scene, "RZ1", "The note of the talk.");
    assert_false(sees("legal1", &scene, wrong));
    assert_false(sees("legal1", &scene, back));
    assert_false(sees("legal2", &scene, right));
    assert_int_equal(messages(&scene, "legal2", APP_NOTICE_EVIDENCE_ASKED), 2);
}

/* A sending is taken back until somebody has decided on it; nobody decides on one that was. */
static void sending_taken_back(void **state)
{
    scene_t scene = scene_of("Eve Gray");
    say_t handler = { .who = "handler", .org = "RZ1" };
    int sent, seq;

    (void)state;
    indicate(&scene, &handler);
    assert_ok(send_on(&sent, &scene));
    assert_ok(take_back(&seq, &scene, "handler", "RZ1", sent, "The letter is not read yet.",
                        site_problems()));
    assert_int_equal(stage_of(&scene, "RZ1"), CD_STAGE_TOLD_INDICATION);
    assert_code(decide(&seq, &scene, 1), CD_E_STALE);
    assert_ok(send_on(&sent, &scene));
    assert_ok(decide(&seq, &scene, 1));
    assert_code(take_back(&seq, &scene, "handler", "RZ1", sent, "Too late.", site_problems()),
                CD_E_STALE);
}

/* ---- answers and their time ---------------------------------------------- */

static void answer_before_its_request(void **state)
{
    scene_t scene = scene_of("Fay Hill");
    cd_representation_t speech = { .stance = CD_STANCE_NO_COMMENT };
    say_t legal = { .who = "legal1", .org = "RZ1" };
    cd_err_t *err;
    int seq, before = version_of(scene.claim);

    (void)state;
    err = answer(&seq, &scene, "legal1", "RZ1");
    assert_code(err, CD_E_STALE);
    assert_int_equal(web_status(err->code), 409);
    assert_string_equal(err->public_text, "the scheme asks your trust for nothing now");
    assert_code(said(&seq, &scene, &legal, CD_REC_REPRESENTATION, &speech, site_problems()),
                CD_E_STALE);
    assert_int_equal(version_of(scene.claim), before);
    ask_for(&scene, "RZ1", "The note of the talk.");
    assert_code(answer(&seq, &scene, "handler", "RZ1"), CD_E_FORBIDDEN);
    assert_code(answer(&seq, &scene, "legal2", "RZ1"), CD_E_NOT_FOUND);
    assert_ok(answer(&seq, &scene, "legal1", "RZ1"));
}

/* After its day a flag says that evidence was not provided; the answer is taken all the same,
 * marked, and weighed. */
static void late_answer(void **state)
{
    const apr_time_t now = site_clock_now;
    scene_t scene = scene_of("Hal Jones");
    cd_answer_t body = { .answer = CD_ANSWER_PROVIDED, .text = "The note of the talk.",
                         .cited = apr_pstrcat(site.pool, scene.case2, " 4", NULL) };
    say_t legal = { .who = "legal2", .org = "RZ2" };
    app_round_view_t *view;
    int early, late;

    (void)state;
    ask_for(&scene, "RZ2", "The note of the talk.");
    assert_ok(answer(&early, &scene, "legal2", "RZ2"));
    /* 9 December; asked until the 2nd */
    site_clock_now += apr_time_from_sec(86400 * 21);
    view = view_of("handler", &scene, "RZ2");
    /* what came in time stays in time */
    assert_false(web_round_late(view, record_of(view->claim, early)));
    compute_flags(scene.claim);
    assert_int_equal(flag_state(&scene, "RZ2"), CD_FLAG_EVIDENCE_NOT_PROVIDED);
    site_add("legal2", scene.case2, CD_REC_TALK, site_talk());
    assert_ok(said(&late, &scene, &legal, CD_REC_ANSWER, &body, site_problems()));
    view = view_of("handler", &scene, "RZ2");
    assert_true(web_round_late(view, record_of(view->claim, late)));
    assert_true(view->claim->parties[1].flag->out_of_date);
    assert_int_equal(view->round.now->stage, CD_STAGE_ANSWERED);
    assert_int_equal(messages(&scene, "handler", APP_NOTICE_ANSWERED), 2);
    compute_flags(scene.claim);
    assert_int_not_equal(flag_state(&scene, "RZ2"), CD_FLAG_EVIDENCE_NOT_PROVIDED);
    site_clock_now = now;
}

/* Evidence that comes after the trust was told: nobody decides on the flag of before, it is
 * computed again, and sent again. Told of as much, the trust need not be told again; of more, it
 * must. */
static void answer_after_the_indication(void **state)
{
    scene_t scene = scene_of("Ivy Kent");
    cd_payment_t more = { .kind = CD_PAY_DAMAGES_LUMP, .amount_p = 900000, .paid = on(11, 13) };
    say_t handler = { .who = "handler", .org = "RZ1" };
    app_round_view_t *view;
    cd_err_t *err;
    int seq;

    (void)state;
    ask_for(&scene, "RZ1", "The note of the talk.");
    indicate(&scene, &handler);
    assert_ok(send_on(&seq, &scene));
    site_add("legal1", scene.case1, CD_REC_TALK, site_talk());
    assert_ok(answer(&seq, &scene, "legal1", "RZ1"));
    err = decide(&seq, &scene, 3);
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text,
                        "the claim or a case has changed since: compute the flag again");
    compute_flags(scene.claim);
    view = view_of("handler", &scene, "RZ1");
    assert_int_equal(view->round.in.flag_seq, 4);
    assert_true(view->round.now->indication_holds);
    /* the sending named the flag of before */
    assert_int_equal(view->round.now->stage, CD_STAGE_TOLD_INDICATION);
    err = decide(&seq, &scene, 3);
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text, "there is a newer version of this flag");
    assert_code(decide(&seq, &scene, 4), CD_E_STALE);
    /* 70 % of 14,000: the sum rises */
    add_to_claim(scene.claim, CD_REC_PAYMENT, &more);
    compute_flags(scene.claim);
    view = view_of("handler", &scene, "RZ1");
    assert_true(view->round.in.flag_p
                > ((const cd_indication_t *)view->round.in.round->indication->body)->indicated_p);
    assert_false(view->round.now->indication_holds);
    assert_int_equal(view->round.now->stage, CD_STAGE_READY_TO_TELL);
    err = send_on(&seq, &scene);
    assert_code(err, CD_E_STALE);
    assert_string_equal(err->public_text, "tell the trust first what is indicated");
    indicate(&scene, &handler);
    assert_ok(send_on(&seq, &scene));
    assert_ok(decide(&seq, &scene, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(request_mended), POOL_TEST(asking_writes_the_flag), POOL_TEST(answer_said_again),
        POOL_TEST(indication_mended), POOL_TEST(wrong_trust), POOL_TEST(sending_taken_back),
        POOL_TEST(answer_before_its_request), POOL_TEST(answer_after_the_indication),
        POOL_TEST(late_answer)
    };

    return cmocka_run_group_tests(tests, site_open, site_close);
}

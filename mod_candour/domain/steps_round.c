/* steps_round.c: the stage of a round and what each side does next. */
#include <apr_strings.h>

#include "base/money.h"
#include "domain/steps_round.h"

const cd_token_t cd_stages[] = {
    { CD_STAGE_NO_FLAG, "NO_FLAG", "No flag yet" },
    { CD_STAGE_EVIDENCE_NEEDED, "EVIDENCE_NEEDED", "Evidence is missing" },
    { CD_STAGE_EVIDENCE_ASKED, "EVIDENCE_ASKED", "Evidence asked for" },
    { CD_STAGE_ANSWERED, "ANSWERED", "The trust has answered" },
    { CD_STAGE_READY_TO_TELL, "READY_TO_TELL", "Trust to be told what is indicated" },
    { CD_STAGE_TOLD_INDICATION, "TOLD_INDICATION", "Trust told what is indicated" },
    { CD_STAGE_REPRESENTED, "REPRESENTED", "The trust has said what it thinks" },
    { CD_STAGE_FOR_DECISION, "FOR_DECISION", "Waits for a decision" },
    { CD_STAGE_PROPOSED, "PROPOSED", "Waits for a second person" },
    { CD_STAGE_RETURNED, "RETURNED", "Sent back to the decision-maker" },
    { CD_STAGE_DECIDED, "DECIDED", "Decided, trust to be told" },
    { CD_STAGE_TRUST_TOLD, "TRUST_TOLD", "Trust told of the decision" },
    { CD_STAGE_REVIEW_ASKED, "REVIEW_ASKED", "Review asked for" },
    { CD_STAGE_REVIEWED, "REVIEWED", "Reviewed" },
    { CD_STAGE_RECOVERING, "RECOVERING", "Sum is being recovered" },
    { CD_STAGE_DONE, "DONE", "Done" },
    { CD_STAGE_NOT_APPLICABLE, "NOT_APPLICABLE", "Nothing is asked" },
    { 0, NULL, NULL }
};

const cd_token_t cd_trust_stages[] = {
    { CD_STAGE_NO_FLAG, "NO_FLAG", "No flag yet" },
    { CD_STAGE_EVIDENCE_NEEDED, "EVIDENCE_NEEDED", "Evidence is missing" },
    { CD_STAGE_EVIDENCE_ASKED, "EVIDENCE_ASKED", "Your trust is asked for evidence" },
    { CD_STAGE_ANSWERED, "ANSWERED", "Your trust has answered" },
    { CD_STAGE_READY_TO_TELL, "READY_TO_TELL", "With NHS Resolution" },
    { CD_STAGE_TOLD_INDICATION, "TOLD_INDICATION", "Your trust was told what is indicated" },
    { CD_STAGE_REPRESENTED, "REPRESENTED", "Your trust has said what it thinks" },
    { CD_STAGE_FOR_DECISION, "FOR_DECISION", "With NHS Resolution for decision" },
    { CD_STAGE_TRUST_TOLD, "TRUST_TOLD", "Your trust was told of the decision" },
    { CD_STAGE_REVIEW_ASKED, "REVIEW_ASKED", "Your trust asked for a review" },
    { CD_STAGE_REVIEWED, "REVIEWED", "Reviewed" },
    { CD_STAGE_RECOVERING, "RECOVERING", "The sum is asked for" },
    { CD_STAGE_DONE, "DONE", "Done" },
    { CD_STAGE_NOT_APPLICABLE, "NOT_APPLICABLE", "Nothing is asked" },
    { 0, NULL, NULL }
};

cd_stage_t cd_stage_for_trust(cd_stage_t stage)
{
    return stage >= CD_STAGE_FOR_DECISION && stage <= CD_STAGE_DECIDED ? CD_STAGE_FOR_DECISION
                                                                       : stage;
}

const cd_token_t cd_sides[] = {
    { CD_SIDE_HANDLER, "HANDLER", "A claims handler" },
    { CD_SIDE_TRUST, "TRUST", "The trust" },
    { CD_SIDE_DECIDER, "DECIDER", "A decision-maker" },
    { CD_SIDE_SECOND, "SECOND", "A second decision-maker" },
    { CD_SIDE_REVIEWER, "REVIEWER", "A reviewer" },
    { 0, NULL, NULL }
};

int cd_flag_decidable(int state)
{
    return state == CD_FLAG_BREACH_INDICATED || state == CD_FLAG_EVIDENCE_NOT_PROVIDED;
}

/* Told of more counts as told: only a state that became worse or a sum that rose is told anew. */
static int indication_holds(const cd_round_in_t *in)
{
    const cd_indication_t *told = in->round->indication ? in->round->indication->body : NULL;
    if (!told)
        return 0;
    return told->flag_seq == in->flag_seq
           || (told->flag_state == in->flag_state && in->flag_p <= told->indicated_p);
}

static int sent(const cd_round_in_t *in)
{
    const cd_record_t *record = in->round->for_decision;
    return record && in->flag_seq
           && ((const cd_for_decision_t *)record->body)->flag_seq == in->flag_seq
           && indication_holds(in);
}

/* An answer that came after the flag was computed. By the clock: it only suggests to compute again.
 */
static int unweighed(const cd_round_in_t *in, const cd_record_t *record)
{
    return record && record->recorded_at > in->flag_at;
}

static int review_open(const cd_stand_t *stand)
{
    return stand->review_asked
           && (!stand->review
               || ((const cd_review_t *)stand->review->body)->asked_seq
                      != stand->review_asked->seq);
}

static cd_date_t review_by(const cd_stand_t *stand)
{
    return stand->told ? ((const cd_told_t *)stand->told->body)->review_by : CD_NO_DATE;
}

/* A review changes what the trust was told. */
static int review_untold(const cd_stand_t *stand)
{
    return stand->review && (!stand->told || stand->told->seq < stand->review->seq);
}

/* A decision that stands: told, reviewed, recovered. */
static cd_stage_t stage_standing(const cd_round_in_t *in)
{
    const cd_stand_t *stand = &in->stand;
    if (review_open(stand))
        return CD_STAGE_REVIEW_ASKED;
    if (review_untold(stand))
        return CD_STAGE_REVIEWED;
    if (stand->standing == CD_STAND_QUASHED)
        return in->received_p > 0 ? CD_STAGE_REVIEWED : CD_STAGE_DONE;
    if (!stand->told)
        return CD_STAGE_DECIDED;
    if (in->asked_p > 0)
        return in->received_p < stand->amount_p ? CD_STAGE_RECOVERING : CD_STAGE_DONE;
    if (stand->review)
        return stand->amount_p > 0 ? CD_STAGE_REVIEWED : CD_STAGE_DONE;
    if (in->as_at <= review_by(stand))
        return CD_STAGE_TRUST_TOLD;
    return stand->amount_p > 0 ? CD_STAGE_RECOVERING : CD_STAGE_DONE;
}

static cd_stage_t stage_before_decision(const cd_round_in_t *in)
{
    const cd_round_t *round = in->round;
    if (!in->flag_seq)
        return CD_STAGE_NO_FLAG;
    if (sent(in))
        return CD_STAGE_FOR_DECISION;
    if (unweighed(in, round->answer))
        return CD_STAGE_ANSWERED;
    if (in->flag_state == CD_FLAG_EVIDENCE_REQUESTED)
        return !round->request ? CD_STAGE_EVIDENCE_NEEDED
                               : round->answer ? CD_STAGE_ANSWERED : CD_STAGE_EVIDENCE_ASKED;
    if (!cd_flag_decidable(in->flag_state))
        return CD_STAGE_NOT_APPLICABLE;
    if (round->request && !round->answer
        && in->as_at <= ((const cd_request_t *)round->request->body)->due)
        return CD_STAGE_EVIDENCE_ASKED;
    if (!indication_holds(in))
        return CD_STAGE_READY_TO_TELL;
    return round->representation ? CD_STAGE_REPRESENTED : CD_STAGE_TOLD_INDICATION;
}

static cd_stage_t stage_of(const cd_round_in_t *in)
{
    if (!in->decision_seq || (in->flag_seq > in->decision_flag_seq && sent(in)
                              && in->stand.standing != CD_STAND_PROPOSED))
        return stage_before_decision(in);
    switch (in->stand.standing) {
    case CD_STAND_PROPOSED: return CD_STAGE_PROPOSED;
    case CD_STAND_RETURNED:
        return in->decision_flag_seq == in->flag_seq ? CD_STAGE_RETURNED
                                                     : stage_before_decision(in);
    case CD_STAND_STANDS: case CD_STAND_VARIED: case CD_STAND_QUASHED: break;
    case CD_STAND_REPLACED: return stage_before_decision(in);
    }
    return stage_standing(in);
}

/* ---- what each side does ------------------------------------------------- */

static void step(cd_round_now_t *now, cd_side_t side, cd_deed_t deed, const char *text,
                 const char *why)
{
    now->step[side] = (cd_round_step_t){ deed, text, why, CD_NO_DATE };
}

static void waits(cd_round_now_t *now, cd_side_t side, cd_date_t due)
{
    now->waits_for = side;
    now->due = due;
    now->step[side].due = due;
}

static void evidence_steps(cd_round_now_t *now, const cd_round_in_t *in)
{
    const cd_record_t *request = in->round->request;
    switch (now->stage) {
    case CD_STAGE_NO_FLAG:
        step(now, CD_SIDE_HANDLER, CD_DEED_COMPUTE, "Compute the flag",
             "A flag reads the trust’s candour record and gives its reasons. It decides nothing.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        break;
    case CD_STAGE_EVIDENCE_NEEDED:
        step(now, CD_SIDE_HANDLER, CD_DEED_ASK, "Ask the trust for the evidence that is missing",
             "Some rules have nothing on record that shows what was done.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        break;
    case CD_STAGE_EVIDENCE_ASKED:
        step(now, CD_SIDE_TRUST, CD_DEED_ANSWER, "Answer the scheme’s question",
             "Send what shows what was done, or say that none exists.");
        waits(now, CD_SIDE_TRUST, ((const cd_request_t *)request->body)->due);
        if (now->due < in->as_at)
            step(now, CD_SIDE_HANDLER, CD_DEED_COMPUTE, "Compute the flag again",
                 "The trust’s time to answer is over.");
        break;
    default:
        step(now, CD_SIDE_HANDLER, CD_DEED_COMPUTE, "Compute the flag again",
             "The trust has answered.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
    }
}

static void indication_steps(cd_round_now_t *now, const cd_round_in_t *in)
{
    const cd_record_t *told = in->round->indication;
    if (now->stage == CD_STAGE_READY_TO_TELL) {
        step(now, CD_SIDE_HANDLER, CD_DEED_INDICATE, "Tell the trust what is indicated",
             "The trust may say what it thinks before anybody decides.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        return;
    }
    step(now, CD_SIDE_HANDLER, CD_DEED_SEND, "Send the flag for decision",
         now->stage == CD_STAGE_REPRESENTED ? "The trust has said what it thinks."
         : now->time_runs ? "The trust still has time to say what it thinks. If you send it now, "
                            "say that it is early."
                          : "The trust’s time to say what it thinks is over.");
    if (now->stage == CD_STAGE_REPRESENTED || !now->time_runs) {
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        return;
    }
    step(now, CD_SIDE_TRUST, CD_DEED_REPRESENT, "Say what you think of what is indicated",
         "Nothing is decided yet. You may agree, say that a fact is wrong, or that the sum is.");
    waits(now, CD_SIDE_TRUST, ((const cd_indication_t *)told->body)->answer_by);
}

static void decision_steps(cd_round_now_t *now)
{
    switch (now->stage) {
    case CD_STAGE_PROPOSED:
        step(now, CD_SIDE_SECOND, CD_DEED_CONFIRM,
             "Confirm the decision as second person, or send it back",
             "It counts for nothing until somebody who did not make it confirms it.");
        waits(now, CD_SIDE_SECOND, CD_NO_DATE);
        break;
    case CD_STAGE_RETURNED:
        step(now, CD_SIDE_DECIDER, CD_DEED_DECIDE, "Decide again",
             "The second person sent the decision back.");
        waits(now, CD_SIDE_DECIDER, CD_NO_DATE);
        break;
    default:
        step(now, CD_SIDE_DECIDER, CD_DEED_DECIDE, "Decide what the trust is asked to pay",
             "Nothing is asked of the trust until a named person has decided, with reasons.");
        waits(now, CD_SIDE_DECIDER, CD_NO_DATE);
    }
}

static void recovery_steps(cd_round_now_t *now, const cd_round_in_t *in)
{
    const int rest = in->asked_p < in->stand.amount_p;
    if (review_untold(&in->stand)) {
        step(now, CD_SIDE_HANDLER, CD_DEED_TELL, "Tell the trust what the review says",
             "The trust is told again before anything is asked of it.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        return;
    }
    if (now->stage == CD_STAGE_REVIEWED && !in->stand.amount_p) {
        step(now, CD_SIDE_HANDLER, CD_DEED_RECEIVE, "Give back what the trust paid",
             "The decision fell away on review.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        return;
    }
    if (rest) {
        step(now, CD_SIDE_HANDLER, CD_DEED_RECOVER, "Ask the trust for the sum",
             "The decision stands.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        return;
    }
    step(now, CD_SIDE_HANDLER, CD_DEED_RECEIVE, "Record what the trust pays",
         "The trust was asked for the sum.");
    waits(now, CD_SIDE_TRUST, in->recovery_due);
}

static void after_steps(cd_round_now_t *now, const cd_round_in_t *in)
{
    switch (now->stage) {
    case CD_STAGE_DECIDED:
        step(now, CD_SIDE_HANDLER, CD_DEED_TELL, "Tell the trust of the decision",
             "The trust can ask for a review from the day it is told.");
        waits(now, CD_SIDE_HANDLER, CD_NO_DATE);
        break;
    case CD_STAGE_TRUST_TOLD:
        step(now, CD_SIDE_TRUST, CD_DEED_ASK_REVIEW, "Ask for a review, if something is wrong",
             "Somebody who did not decide will look at it.");
        if (in->stand.amount_p)
            step(now, CD_SIDE_HANDLER, CD_DEED_RECOVER, "Ask the trust for the sum",
                 "The trust was told. If it asks for a review, the sum waits for that.");
        waits(now, CD_SIDE_TRUST, review_by(&in->stand));
        break;
    case CD_STAGE_REVIEW_ASKED:
        step(now, CD_SIDE_REVIEWER, CD_DEED_REVIEW, "Review the decision",
             "The trust asked for it.");
        waits(now, CD_SIDE_REVIEWER, CD_NO_DATE);
        break;
    case CD_STAGE_REVIEWED: case CD_STAGE_RECOVERING:
        recovery_steps(now, in);
        break;
    default:
        break;
    }
}

/* Nobody decides on what is out of date: until then the handler's one step is to compute. */
static void old_step(cd_round_now_t *now, const cd_round_in_t *in)
{
    const int weighs = now->stage >= CD_STAGE_EVIDENCE_NEEDED && now->stage <= CD_STAGE_RETURNED
                       && now->stage != CD_STAGE_PROPOSED;
    if (!in->flag_old || !(weighs || now->stage == CD_STAGE_NOT_APPLICABLE))
        return;
    step(now, CD_SIDE_HANDLER, CD_DEED_COMPUTE, "Compute the flag again, before anybody decides",
         "The claim or a case has changed since. The earlier flags stay on record.");
    if (now->waits_for == CD_SIDE_DECIDER) {
        now->step[CD_SIDE_DECIDER] = (cd_round_step_t){ 0 };
        now->waits_for = CD_SIDE_HANDLER;
    }
}

cd_round_now_t *cd_round_now(const cd_round_in_t *in, apr_pool_t *pool)
{
    cd_round_now_t *now = apr_pcalloc(pool, sizeof(*now));
    const cd_record_t *told = in->round->indication;
    now->stage = stage_of(in);
    now->indication_holds = indication_holds(in);
    now->time_runs = now->indication_holds && !in->round->representation
                     && in->as_at <= ((const cd_indication_t *)told->body)->answer_by;
    if (now->stage <= CD_STAGE_ANSWERED)
        evidence_steps(now, in);
    else if (now->stage <= CD_STAGE_REPRESENTED)
        indication_steps(now, in);
    else if (now->stage <= CD_STAGE_RETURNED)
        decision_steps(now);
    else
        after_steps(now, in);
    old_step(now, in);
    now->overdue = now->due && now->due < in->as_at;
    return now;
}

cd_round_now_t *cd_round_now_for_trust(const cd_round_now_t *now, apr_pool_t *pool)
{
    cd_round_now_t *own = apr_pcalloc(pool, sizeof(*own));
    own->stage = cd_stage_for_trust(now->stage);
    own->time_runs = now->time_runs;
    own->step[CD_SIDE_TRUST] = now->step[CD_SIDE_TRUST];
    if (own->stage == CD_STAGE_FOR_DECISION)
        return own;
    own->waits_for = now->waits_for;
    own->due = now->due;
    own->overdue = now->overdue;
    return own;
}

/* turn.c: whose turn it is, one row for each stage. */
#include "domain/turn.h"

enum {
    H = 1u << CD_SIDE_HANDLER,
    T = 1u << CD_SIDE_TRUST,
    D = 1u << CD_SIDE_DECIDER,
    S = 1u << CD_SIDE_SECOND,
    R = 1u << CD_SIDE_REVIEWER
};

/* By day: none, past, ahead. `old`: the handler computes first, and nobody decides. */
static const struct turn_t { int stage; unsigned sides[CD_TURN_DAYS]; int old; } turns[] = {
    { CD_STAGE_NO_FLAG, { H, H, H }, 0 },
    { CD_STAGE_EVIDENCE_NEEDED, { H, H, H }, 1 },
    { CD_STAGE_EVIDENCE_ASKED, { T, T | H, T }, 1 },
    { CD_STAGE_ANSWERED, { H, H, H }, 1 },
    { CD_STAGE_READY_TO_TELL, { H, H, H }, 1 },
    { CD_STAGE_TOLD_INDICATION, { H, H, T }, 1 },
    { CD_STAGE_REPRESENTED, { H, H, H }, 1 },
    { CD_STAGE_FOR_DECISION, { D, D, D }, 1 },
    { CD_STAGE_PROPOSED, { S, S, S }, 0 },
    { CD_STAGE_RETURNED, { D, D, D }, 1 },
    { CD_STAGE_DECIDED, { H, H, H }, 0 },
    { CD_STAGE_TRUST_TOLD, { H, H, T }, 0 },
    { CD_STAGE_REVIEW_ASKED, { R, R, R }, 0 },
    { CD_STAGE_REVIEWED, { H, H, H }, 0 },
    /* no day: the trust is still to be asked for all of the sum */
    { CD_STAGE_RECOVERING, { H, T | H, T }, 0 },
    { CD_STAGE_DONE, { 0, 0, 0 }, 0 },
    { CD_STAGE_NOT_APPLICABLE, { 0, 0, 0 }, 1 }
};
#define TURNS ((int)(sizeof(turns) / sizeof(turns[0])))

static const struct { int stage, side; const char *text; } words[] = {
    { CD_STAGE_NO_FLAG, CD_SIDE_HANDLER, "Compute the flag" },
    { CD_STAGE_EVIDENCE_NEEDED, CD_SIDE_HANDLER, "Ask the trust for the evidence that is missing" },
    { CD_STAGE_EVIDENCE_ASKED, CD_SIDE_TRUST, "Answer the scheme’s question" },
    { CD_STAGE_EVIDENCE_ASKED, CD_SIDE_HANDLER, "Compute the flag again: the trust’s time to "
      "answer is over" },
    { CD_STAGE_ANSWERED, CD_SIDE_HANDLER, "Read the trust’s answer and compute the flag again" },
    { CD_STAGE_READY_TO_TELL, CD_SIDE_HANDLER, "Tell the trust what is indicated" },
    { CD_STAGE_TOLD_INDICATION, CD_SIDE_TRUST, "Say what you think of what is indicated" },
    { CD_STAGE_TOLD_INDICATION, CD_SIDE_HANDLER, "Send the flag for decision" },
    { CD_STAGE_REPRESENTED, CD_SIDE_HANDLER, "Send the flag for decision" },
    { CD_STAGE_FOR_DECISION, CD_SIDE_DECIDER, "Decide what the trust is asked to pay" },
    { CD_STAGE_PROPOSED, CD_SIDE_SECOND, "Confirm the decision as second person, or send it back" },
    { CD_STAGE_RETURNED, CD_SIDE_DECIDER, "Decide again" },
    { CD_STAGE_DECIDED, CD_SIDE_HANDLER, "Tell the trust of the decision" },
    { CD_STAGE_TRUST_TOLD, CD_SIDE_TRUST, "Read the decision, and ask for a review if something "
      "is wrong" },
    { CD_STAGE_TRUST_TOLD, CD_SIDE_HANDLER, "Go on: the trust’s time to ask for a review is over" },
    { CD_STAGE_REVIEW_ASKED, CD_SIDE_REVIEWER, "Review the decision" },
    { CD_STAGE_REVIEWED, CD_SIDE_HANDLER, "Go on after the review" },
    { CD_STAGE_RECOVERING, CD_SIDE_TRUST, "Pay what the scheme asked for" },
    { CD_STAGE_RECOVERING, CD_SIDE_HANDLER, "Ask the trust for the sum, or record what it paid" }
};

cd_turn_day_t cd_turn_day(cd_date_t due, cd_date_t today)
{
    if (!due)
        return CD_TURN_NO_DAY;
    return due < today ? CD_TURN_PAST : CD_TURN_AHEAD;
}

static const struct turn_t *turn_at(int stage)
{
    int i;

    for (i = 0; i < TURNS; i++)
        if (turns[i].stage == stage)
            return &turns[i];
    return NULL;
}

unsigned cd_turn_of(int stage, cd_turn_day_t day, int flag_old)
{
    const struct turn_t *turn = turn_at(stage);

    if (!turn)
        return 0;
    return flag_old && turn->old ? (turn->sides[day] & ~(unsigned)D) | H : turn->sides[day];
}

const char *cd_turn_words(int stage, cd_side_t side, int flag_old)
{
    apr_size_t i;

    if (side == CD_SIDE_HANDLER && flag_old && turn_at(stage) && turn_at(stage)->old)
        return "Compute the flag again: what it rests on has changed";
    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (words[i].stage == stage && words[i].side == (int)side)
            return words[i].text;
    return NULL;
}

cd_turn_set_t cd_turn_set(cd_side_t side)
{
    cd_turn_set_t set = { 0, 0 };
    int i, day;

    for (i = 0; i < TURNS; i++)
        for (day = 0; day < CD_TURN_DAYS; day++) {
            const apr_int64_t bit = (apr_int64_t)1 << (turns[i].stage * CD_TURN_DAYS + day);

            if (cd_turn_of(turns[i].stage, (cd_turn_day_t)day, 0) & 1u << side)
                set.fresh |= bit;
            if (cd_turn_of(turns[i].stage, (cd_turn_day_t)day, 1) & 1u << side)
                set.old |= bit;
        }
    return set;
}

void cd_turn_stages(int *first_out, int *last_out, cd_side_t side)
{
    const cd_turn_set_t set = cd_turn_set(side);
    const apr_int64_t days = ((apr_int64_t)1 << CD_TURN_DAYS) - 1;
    int i, stage;

    *first_out = *last_out = 0;
    for (i = 0; i < TURNS; i++) {
        stage = turns[i].stage;
        if (!((set.fresh | set.old) >> (stage * CD_TURN_DAYS) & days))
            continue;
        *first_out = *first_out && *first_out < stage ? *first_out : stage;
        *last_out = *last_out > stage ? *last_out : stage;
    }
}

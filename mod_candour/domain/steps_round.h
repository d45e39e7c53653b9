/* steps_round.h: how far the round between the scheme and one trust has come, and what each side
 * does next.
 *
 * Requires: round.h, liability.h, conflict.h.   Provides: cd_stage_t, cd_round_now.   Used by: app,
 * web, cli. Pure: the round, the newest flag, how the newest decision stands and the day come in.
 */
#ifndef CD_DOMAIN_STEPS_ROUND_H
#define CD_DOMAIN_STEPS_ROUND_H

#include "domain/conflict.h"
#include "domain/liability.h"
#include "domain/round.h"

/** Numbers are stored in work lists: never renumber. */
typedef enum cd_stage_t {
    CD_STAGE_NO_FLAG = 1,
    CD_STAGE_EVIDENCE_NEEDED,
    CD_STAGE_EVIDENCE_ASKED,
    CD_STAGE_ANSWERED,
    CD_STAGE_READY_TO_TELL,
    CD_STAGE_TOLD_INDICATION,
    CD_STAGE_REPRESENTED,
    CD_STAGE_FOR_DECISION,
    CD_STAGE_PROPOSED,
    CD_STAGE_RETURNED,
    CD_STAGE_DECIDED,
    CD_STAGE_TRUST_TOLD,
    CD_STAGE_REVIEW_ASKED,
    CD_STAGE_REVIEWED,
    CD_STAGE_RECOVERING,
    CD_STAGE_DONE,
    CD_STAGE_NOT_APPLICABLE
} cd_stage_t;
extern const cd_token_t cd_stages[];
/** Stages as a trust reads them: from the sending to the telling it is all one,
 * CD_STAGE_FOR_DECISION. */
extern const cd_token_t cd_trust_stages[];
/** What that stage is for a trust. A decision that the newest of a round rests on is not told while
 * the two differ or the stage is CD_STAGE_FOR_DECISION. */
cd_stage_t cd_stage_for_trust(cd_stage_t stage);

/** Who acts. */
typedef enum cd_side_t {
    CD_SIDE_HANDLER = 1,
    CD_SIDE_TRUST,
    CD_SIDE_DECIDER,
    CD_SIDE_SECOND,
    CD_SIDE_REVIEWER,
    CD_SIDE_LAST = CD_SIDE_REVIEWER
} cd_side_t;
extern const cd_token_t cd_sides[];

typedef struct cd_round_in_t {
    const cd_round_t *round;
    int flag_seq, flag_state;          /* newest flag; 0: none */
    apr_int64_t flag_p;                /* what it indicates */
    int flag_old;                      /* has to be computed again before anybody decides */
    /* when it was computed: an answer that came later was not weighed */
    cd_instant_t flag_at;
    int decision_seq;                  /* newest decision on the trust; 0: none */
    int decision_flag_seq;
    cd_stand_t stand;                  /* how it stands */
    apr_int64_t asked_p, received_p;   /* of its recoveries */
    /* earliest day of an instalment that has not come in full; 0: none */
    cd_date_t recovery_due;
    cd_date_t as_at;
} cd_round_in_t;

/** What one side does next; `deed` 0: nothing. Texts are for the page of the side that acts. */
typedef struct cd_round_step_t {
    int deed;                          /* cd_deed_t */
    const char *text, *why;
    cd_date_t due;                     /* last day, 0: none */
} cd_round_step_t;
typedef struct cd_round_now_t {
    cd_stage_t stage;
    cd_side_t waits_for;               /* whose turn it is; 0: nobody's */
    cd_date_t due;                     /* last day of what is waited for; 0: none */
    int overdue;                       /* 1: that day is past */
    /* 1: the trust's time to speak to the indication has not run out */
    int time_runs;
    /* 1: the trust was told of what the newest flag indicates, or of more */
    int indication_holds;
    cd_round_step_t step[CD_SIDE_LAST + 1];   /* by side */
} cd_round_now_t;
/** @owner pool */
cd_round_now_t *cd_round_now(const cd_round_in_t *in, apr_pool_t *pool);

/** The same as the trust may know it: its own steps, and none of the scheme's between sending and
 * telling. @owner pool */
cd_round_now_t *cd_round_now_for_trust(const cd_round_now_t *now, apr_pool_t *pool);

/** 1 if a flag in this state may lead to a sum that a person decides on. */
int cd_flag_decidable(int state);

#endif

/* flag_replay.h: a flag computed again from what it was computed from, years later.
 *
 * Requires: claim.h, json.h.   Provides: app_replay.   Used by: web, cli.
 * Reads only; nothing is written. */
#ifndef CD_APP_FLAG_REPLAY_H
#define CD_APP_FLAG_REPLAY_H

#include "app/claim.h"
#include "base/json.h"

typedef struct app_replay_t {
    const char *reference, *org_code, *org_name;
    int flag_seq, decision_seq;          /* decision_seq 0: asked for by the flag */
    cd_instant_t computed_at;
    const char *scheme_code;
    int scheme_version;
    const char *engine, *engine_now;     /* that computed it, and this program's */
    int same_engine;
    /* 1: the stored inputs still have the fingerprint stored with them */
    int fingerprint;
    /* the stored inputs give the stored answer, byte for byte */
    int answer_same;
    cd_json_diff_t answer;               /* else where they part */
    /* the records as they stood then give the stored inputs, byte for byte */
    int inputs_same;
    cd_json_diff_t inputs;
    /* a sentence: why bytes cannot be compared; NULL: they were */
    const char *why_not;
    int state_then, state_now;           /* cd_flag_state_t; now 0: could not be reckoned */
    apr_int64_t sum_then_p, sum_now_p;
} app_replay_t;

/** The flag of a decision (`decision_seq`), or flag `flag_seq` where that is 0, of the claim that
 * the context names. right CLAIM_READ; a trust's user: of the own trust.
 * @errors CD_E_NOT_FOUND: no such flag or decision within reach */
cd_err_t *app_replay(app_replay_t **out, app_ctx_t *ctx, int flag_seq, int decision_seq);

#endif

/* conflict.c: asks the table of conflicts, with what somebody did before. */
#include "app/round_core.h"

cd_err_t *app_did(apr_uint32_t *out, app_ctx_t *ctx, const store_head_t *head,
                  const cd_claim_t *claim, const cd_org_t *org)
{
    store_did_t did;

    *out = cd_did_records(claim, org->code, ctx->actor->id);
    CD_ERR(app_conn(ctx));
    CD_ERR(store_did(&did, head, org->id, ctx->actor->id, ctx->conn, ctx->pool));
    if (ctx->actor->org_id && ctx->actor->org_id == org->id)
        *out |= 1u << CD_DID_BELONG;
    if (did.entered)
        *out |= 1u << CD_DID_ENTER;
    if (did.computed)
        *out |= 1u << CD_DID_COMPUTE;
    if (did.decided)
        *out |= 1u << CD_DID_DECIDE;
    return NULL;
}

cd_err_t *app_deed_why(const char **why_out, app_ctx_t *ctx, const store_head_t *head,
                       const cd_claim_t *claim, const cd_org_t *org, cd_deed_t deed)
{
    apr_uint32_t did;

    *why_out = cd_deed_only(deed);
    if (app_may(ctx, cd_deed_right(deed)) == CD_REACH_NONE)
        return NULL;
    CD_ERR(app_did(&did, ctx, head, claim, org));
    *why_out = cd_conflict(deed, did);
    return NULL;
}

int app_decided_already(const app_round_t *round, int flag_seq)
{
    if (!round->in.decision_seq)
        return 0;
    if (round->in.stand.standing == CD_STAND_PROPOSED)
        return 1;
    return round->in.decision_flag_seq == flag_seq && round->in.stand.standing != CD_STAND_RETURNED;
}

static int was_sent(const app_round_t *round, int flag_seq)
{
    const cd_record_t *sent = round->in.round->for_decision;

    return sent && ((const cd_for_decision_t *)sent->body)->flag_seq == flag_seq
        && (flag_seq != round->in.flag_seq || round->now->indication_holds);
}

/* Where a flag indicates nothing, "nothing" may be decided without being sent: there is nothing to
 * hear the trust on. */
cd_err_t *app_why_not_decide(const char **why_out, int *forbidden_out, app_ctx_t *ctx,
                             const store_head_t *head, const cd_claim_t *claim, const cd_org_t *org,
                             const store_flag_t *flag, const app_round_t *round)
{
    *forbidden_out = 1;
    CD_ERR(app_deed_why(why_out, ctx, head, claim, org, CD_DEED_DECIDE));
    if (*why_out)
        return NULL;
    *forbidden_out = 0;
    if (round->in.flag_seq != flag->seq)
        *why_out = "there is a newer version of this flag";
    else if (app_decided_already(round, flag->seq))
        *why_out = round->in.stand.standing == CD_STAND_PROPOSED
                           && round->in.decision_flag_seq != flag->seq
                       ? "an earlier decision still waits for a second person"
                       : "this version of the flag was decided already";
    else
        CD_ERR(app_flag_why_old(why_out, head, flag, ctx->today, ctx->conn, ctx->pool));
    if (!*why_out && cd_flag_decidable(flag->state) && !was_sent(round, flag->seq))
        *why_out = "no claims handler has sent this version of the flag for decision";
    return NULL;
}

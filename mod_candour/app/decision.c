/* decision.c: a named person decides on a flag.
 *
 * The checks are the law of this program: right, not of the trust, entered no evidence, newest
 * version, not decided before, and a sum within the flag's. No statement here touches a payment. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/notice.h"
#include "app/round_core.h"
#include "store/user.h"

typedef struct decide_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const cd_org_t *org;
    const store_flag_t *flag;
    int next_seq;
    int needs_second;
} decide_t;

/* The flag asked for, if the actor may decide on it now. */
static cd_err_t *decide_begin(decide_t *decide, int flag_seq)
{
    app_ctx_t *ctx = decide->ctx;
    app_claim_facts_t facts;
    store_decision_t *decisions;
    store_flag_t *flag;
    app_round_t round;
    const char *why;
    int count, forbidden;

    CD_ERR(app_claim_read(&facts, ctx, decide->head, ctx->today));
    CD_ERR(store_flag_get(&flag, decide->head, decide->org->id, flag_seq, ctx->conn, ctx->pool));
    if (!flag)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such flag");
    CD_ERR(store_decisions(&decisions, &count, decide->head, 0, ctx->conn, ctx->pool));
    decide->next_seq = count ? decisions[count - 1].seq + 1 : 1;
    CD_ERR(app_round_reckon(&round, ctx, decide->head, facts.claim, decide->org, 0, ctx->conn,
                            ctx->pool));
    CD_ERR(app_why_not_decide(&why, &forbidden, ctx, decide->head, facts.claim, decide->org, flag,
                              &round));
    if (why)
        return cd_err(ctx->pool, forbidden ? CD_E_FORBIDDEN : CD_E_STALE, why,
                      "not for this actor, now");
    decide->flag = flag;
    return NULL;
}

/* Any other decision-maker may be the second person. */
static cd_err_t *tell_seconds(const decide_t *decide, store_conn_t *conn, apr_pool_t *pool)
{
    app_notice_t notice = { .kind = APP_NOTICE_TO_CONFIRM, .org = decide->org->id,
                            .reference = decide->head->reference,
                            .step = "Confirm the decision, or send it back" };
    cd_user_id *users;
    int i, count;

    CD_ERR(store_users_in_role(&users, &count, 1u << CD_ROLE_DECIDER, 0, conn, pool));
    for (i = 0; i < count; i++) {
        notice.to = users[i];
        if (users[i] != decide->ctx->actor->id)
            CD_ERR(app_notice_put(conn, &notice, decide->ctx->now, pool));
    }
    return NULL;
}

static int above_limit(const decide_t *decide, const cd_decision_t *decision)
{
    const store_scheme_row_t *row = app_scheme_cached(decide->ctx, decide->flag->scheme_code,
                                                      decide->flag->scheme_version);

    return row && row->scheme->confirm_above_p > 0
           && decision->amount_p > row->scheme->confirm_above_p;
}

/* Asked again at the moment of writing: a case may have changed, or another claim been decided,
 * since the flag was looked at; and held until COMMIT, on every node. */
static cd_err_t *stands_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const decide_t *decide = baton;
    const char *why;

    CD_ERR(store_org_decision_bump(decide->org->id, conn, pool));
    CD_ERR(app_flag_weigh(&why, decide->head, decide->flag, decide->ctx->today, conn, pool));
    if (why)
        return cd_err(decide->ctx->pool, CD_E_STALE, why, "the flag is out of date");
    return decide->needs_second
               ? tell_seconds(decide, conn, pool)
               : app_counted_replaced(decide->head, decide->org->id, decide->next_seq,
                                      decide->ctx->now, conn, pool);
}

static cd_err_t *decision_write(int *seq_out, decide_t *decide, const cd_decision_t *decision,
                                int version)
{
    app_ctx_t *ctx = decide->ctx;
    store_decision_t row = { 0 };
    store_head_t after = *decide->head;
    app_item_t item = { 0 };
    app_write_t write = { .before = decide->head,
                          .after = &after,
                          .version = version,
                          .items = &item,
                          .count = 1,
                          .inside = stands_inside,
                          .baton = decide };

    row.seq = decide->next_seq;
    row.flag_seq = decide->flag->seq;
    row.org_id = decide->org->id;
    row.outcome = decision->outcome;
    row.amount_p = decision->amount_p;
    row.reasons = decision->reasons;
    row.evidence_seen = decision->evidence_seen;
    row.facts = decision->facts ? decision->facts : "";
    row.facts_not = decision->facts_not ? decision->facts_not : "";
    row.decided_at = ctx->now;
    row.decided_by = ctx->actor->id;
    row.decided_by_name = ctx->actor->name;
    item.decision = &row;
    item.action = CD_ACT_DECIDED;
    item.role = app_role_used(ctx, CD_RIGHT_DECISION_WRITE);
    after.changed_at = ctx->now;
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : row.seq;
    return NULL;
}

cd_err_t *app_decision_make(int *seq_out, app_ctx_t *ctx, const char *org_code, int flag_seq,
                            const cd_decision_t *decision, int version, cd_problems_t *problems)
{
    decide_t decide = { .ctx = ctx };
    cd_decider_t decider = { 0, 0 };
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_DECISION_WRITE));
    CD_ERR(app_seen(ctx, head, version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    decide.head = head;
    CD_ERR(app_org(&decide.org, ctx, org_code));
    CD_ERR(decide_begin(&decide, flag_seq));
    app_required(cd_decision_fields, cd_decision_field_count, decision, problems);
    cd_decision_check(decision, decide.flag->indicated_p, decide.flag->state, &decider, problems);
    CD_ERR(app_problems(problems));
    decide.needs_second = above_limit(&decide, decision);
    return decision_write(seq_out, &decide, decision, version);
}

/* decided.c: a decision with all that was done about it: who may do what next, and why not.
 *
 * Reads; the steps themselves are in review.c and recover.c. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/notice.h"
#include "app/round_core.h"
#include "audit/standing.h"
#include "store/user.h"

const cd_scheme_t *app_decided_scheme(const app_ctx_t *ctx, const store_flag_t *flag)
{
    const store_scheme_row_t *row =
        flag ? app_scheme_cached(ctx, flag->scheme_code, flag->scheme_version) : NULL;

    return row ? row->scheme : NULL;
}

static cd_err_t *not_there(const app_ctx_t *ctx)
{
    return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such decision within reach");
}

/* The decision, its flag, and how it stands. */
static cd_err_t *decision_find(app_decided_now_t *now, int seq)
{
    app_ctx_t *ctx = now->ctx;
    store_decision_t *rows;
    store_standing_t *standings;
    cd_decided_t *all;
    store_flag_t *flag;
    int count, i;

    CD_ERR(store_decisions(&rows, &count, now->head, now->org->id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (rows[i].seq == seq)
            now->row = &rows[i];
    if (!now->row)
        return not_there(ctx);
    CD_ERR(
        store_flag_get(&flag, now->head, now->org->id, now->row->flag_seq, ctx->conn, ctx->pool));
    now->flag = flag;
    now->scheme = app_decided_scheme(ctx, flag);
    CD_ERR(audit_standings(&standings, &all, &now->count, now->head, now->facts.all,
                           now->facts.all_count, ctx->conn, ctx->pool));
    now->all = all;
    for (i = 0; i < now->count; i++)
        if (all[i].seq == seq)
            now->which = i;
    now->stand = cd_decision_stand(all, now->count, now->which, now->facts.claim);
    now->replaced = now->stand.standing == CD_STAND_REPLACED;
    return NULL;
}

static const store_look_t *next_look(const store_look_t *looks, int count)
{
    int i;

    for (i = 0; i < count; i++)
        if (!looks[i].looked_seq)
            return looks + i;
    return NULL;
}

cd_err_t *app_decided_read(app_decided_now_t *out, app_ctx_t *ctx, cd_right_t right,
                           const char *org_code, int seq)
{
    store_look_t *looks;
    cd_org_id own;

    memset(out, 0, sizeof(*out));
    out->ctx = ctx;
    CD_ERR(app_file(&out->head, ctx, right));
    CD_ERR(app_reach(&own, ctx, right));
    out->org = app_org_cached(ctx, org_code);
    if (!out->org || (own && own != out->org->id))
        return not_there(ctx);
    CD_ERR(app_claim_read(&out->facts, ctx, out->head, ctx->today));
    CD_ERR(decision_find(out, seq));
    if (own) {
        if (!cd_decision_for_trust(out->facts.claim, seq))
            return not_there(ctx);
        out->stand = cd_decision_stand_told(out->all, out->count, out->which, out->facts.claim);
    }
    CD_ERR(
        cd_recovered_read(&out->recovered, out->facts.claim, seq, out->stand.amount_p, ctx->pool));
    CD_ERR(store_looks(&looks, &out->look_count, out->head->id, seq, 0, ctx->conn, ctx->pool));
    out->looks = looks;
    out->next_look = next_look(looks, out->look_count);
    return NULL;
}

cd_err_t *app_decided_newest(int *seq_out, app_ctx_t *ctx, const char *org_code)
{
    store_standing_t *standings;
    app_claim_facts_t facts;
    store_head_t *head;
    const cd_org_t *org;
    cd_decided_t *all;
    cd_org_id own;
    int count, i;

    *seq_out = 0;
    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_reach(&own, ctx, CD_RIGHT_CLAIM_READ));
    org = app_org_cached(ctx, org_code);
    if (!org || (own && own != org->id))
        return not_there(ctx);
    CD_ERR(app_claim_read(&facts, ctx, head, ctx->today));
    CD_ERR(audit_standings(&standings, &all, &count, head, facts.all, facts.all_count, ctx->conn,
                           ctx->pool));
    for (i = count - 1; i >= 0 && !*seq_out; i--)
        if (!strcmp(all[i].org, org->code)
            && (!own || cd_decision_stand(all, count, i, facts.claim).told))
            *seq_out = all[i].seq;
    return NULL;
}

/* ---- who may do what ----------------------------------------------------- */

static const struct { app_step_t step; cd_right_t right; int deed; } steps[APP_STEP__COUNT] = {
    { APP_STEP_TELL, CD_RIGHT_CLAIM_WRITE, CD_DEED_TELL },
    { APP_STEP_ASK_REVIEW, CD_RIGHT_CLAIM_ANSWER, CD_DEED_ASK_REVIEW },
    { APP_STEP_REVIEW, CD_RIGHT_REVIEW_WRITE, CD_DEED_REVIEW },
    { APP_STEP_RECOVER, CD_RIGHT_RECOVERY_WRITE, CD_DEED_RECOVER },
    { APP_STEP_RECEIVE, CD_RIGHT_RECOVERY_WRITE, CD_DEED_RECEIVE },
    { APP_STEP_REPAY, CD_RIGHT_RECOVERY_WRITE, CD_DEED_RECEIVE },
    { APP_STEP_TAKE_BACK, CD_RIGHT_RECOVERY_WRITE, CD_DEED_RECEIVE },
    { APP_STEP_LOOK, CD_RIGHT_CLAIM_WRITE, CD_DEED_COMPUTE }
};

static int reviewed(const cd_stand_t *stand)
{
    return stand->review && (!stand->review_asked || stand->review->seq > stand->review_asked->seq);
}

static int told_last(const cd_stand_t *stand)
{
    return stand->told && (!stand->review || stand->told->seq > stand->review->seq);
}

static const char *why_not_tell(const cd_stand_t *stand)
{
    if (stand->standing == CD_STAND_PROPOSED)
        return "a second person has not confirmed the decision yet";
    if (stand->standing == CD_STAND_RETURNED)
        return "the decision was sent back, so there is nothing to tell";
    if (stand->standing == CD_STAND_REPLACED)
        return "a later decision stands in its place";
    return told_last(stand) ? "the trust was told already" : NULL;
}

static const char *why_not_review_asked(const app_decided_now_t *now)
{
    const cd_stand_t *stand = &now->stand;

    if (!stand->told)
        return "your trust was not told of a decision yet";
    if (stand->standing == CD_STAND_REPLACED)
        return "a later decision stands in its place";
    if (now->replaced)
        return "the scheme decides on it again: you can ask for a review when you are told of that";
    if (reviewed(stand))
        return "the decision was reviewed already";
    return stand->review_asked ? "a review was asked for already" : NULL;
}

static const char *why_not_recover(const app_decided_now_t *now)
{
    const cd_stand_t *stand = &now->stand;

    if (stand->standing != CD_STAND_STANDS && stand->standing != CD_STAND_VARIED)
        return "the decision asks for nothing as it stands";
    if (!told_last(stand))
        return "the trust was not told of the decision as it stands";
    if (cd_recovery_held(stand))
        return "the trust asked for a review, and nothing is asked for until it is answered";
    if (!now->recovered->to_ask_p)
        return stand->amount_p ? "the whole sum is asked for already"
                               : "the decision asks for nothing as it stands";
    return NULL;
}

static const char *why_not_now(const app_decided_now_t *now, app_step_t step)
{
    switch (step) {
    case APP_STEP_TELL: return why_not_tell(&now->stand);
    case APP_STEP_ASK_REVIEW: return why_not_review_asked(now);
    case APP_STEP_REVIEW: return cd_recovery_held(&now->stand) ? NULL : "no review is asked for";
    case APP_STEP_RECOVER: return why_not_recover(now);
    case APP_STEP_RECEIVE:
        return now->recovered->left_p ? NULL : "nothing that was asked for is left to pay";
    case APP_STEP_REPAY: return now->recovered->to_repay_p ? NULL : "nothing is to be paid back";
    case APP_STEP_TAKE_BACK: return now->recovered->count ? NULL : "nothing was asked for";
    case APP_STEP_LOOK: return now->next_look ? NULL : "there is nothing to look at";
    default: return NULL;
    }
}

cd_err_t *app_decided_why_not(const char **why_out, int *forbidden_out,
                              const app_decided_now_t *now, app_step_t step)
{
    const app_ctx_t *ctx = now->ctx;
    const cd_reach_t reach = app_may(ctx, steps[step].right);
    apr_uint32_t did;

    *forbidden_out = 1;
    if (reach == CD_REACH_NONE || (reach == CD_REACH_OWN && ctx->actor->org_id != now->org->id)) {
        *why_out = "your role does not include this";
        return NULL;
    }
    if (!ctx->is_system) {
        CD_ERR(app_did(&did, now->ctx, now->head, now->facts.claim, now->org));
        *why_out = cd_conflict((cd_deed_t)steps[step].deed, did);
        if (*why_out)
            return NULL;
    }
    *forbidden_out = 0;
    *why_out = why_not_now(now, step);
    return NULL;
}

cd_err_t *app_decided_may(const app_decided_now_t *now, app_step_t step)
{
    const char *why;
    int forbidden;

    CD_ERR(app_decided_why_not(&why, &forbidden, now, step));
    return why ? cd_err(now->ctx->pool, forbidden ? CD_E_FORBIDDEN : CD_E_STALE, why,
                        "not for this actor, now")
               : NULL;
}

/* ---- steps --------------------------------------------------------------- */

/* The version that the write is made against. A trust asks for a review of one decision, and what
 * it may rest on is looked at anew: told, not reviewed, not replaced. So what the scheme wrote
 * elsewhere in the claim since does not stop it. */
static cd_err_t *version_seen(int *out, app_ctx_t *ctx, const store_head_t *head, app_step_t step,
                              int seen)
{
    cd_err_t *err = app_seen(ctx, head, seen);

    *out = seen;
    if (!err || err->code != CD_E_STALE || step != APP_STEP_ASK_REVIEW || seen > head->version)
        return err;
    *out = head->version;
    return NULL;
}

cd_err_t *app_decided_begin(app_decided_now_t *now, int *seq_out, app_ctx_t *ctx, app_step_t step,
                            const app_decided_ask_t *ask)
{
    store_head_t *head;
    int version;

    *seq_out = 0;
    CD_ERR(app_file(&head, ctx, steps[step].right));
    CD_ERR(version_seen(&version, ctx, head, step, ask->version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    CD_ERR(app_decided_read(now, ctx, steps[step].right, ask->org_code, ask->decision_seq));
    now->version = version;
    return app_decided_may(now, step);
}

void app_decided_check(const app_decided_now_t *now, cd_record_kind_t kind, const void *body,
                       cd_problems_t *problems)
{
    const cd_record_def_t *def = cd_record_def(kind);
    cd_head_dates_t dates = { now->facts.claim->facts->incident, CD_NO_DATE, CD_NO_DATE };

    app_required(def->fields, def->field_count, body, problems);
    cd_record_check(kind, body, &dates, now->ctx->today, problems);
}

static const cd_record_t *all_with(const app_decided_now_t *now, const app_item_t *items, int count)
{
    const cd_record_t *all = now->facts.all;
    int i;

    for (i = 0; i < count; i++)
        all = app_records_with(all, now->facts.all_count + i, items[i].record, now->ctx->pool);
    return all;
}

cd_err_t *app_decided_write(int *seq_out, app_decided_now_t *now, cd_record_kind_t kind,
                            const void *const *bodies, int count, const app_more_t *more)
{
    app_ctx_t *ctx = now->ctx;
    app_item_t *items = apr_pcalloc(ctx->pool, sizeof(*items) * (apr_size_t)count);
    store_head_t after = *now->head;
    app_write_t write = { .before = now->head,
                          .after = &after,
                          .version = now->version,
                          .items = items,
                          .count = count,
                          .inside = more ? more->inside : NULL,
                          .baton = more ? more->baton : NULL };
    int i;

    for (i = 0; i < count; i++) {
        items[i].record = app_record_make(ctx, kind, now->head->last_seq + 1 + i, bodies[i]);
        items[i].role = items[i].record->role;
        items[i].action = app_record_action(items[i].record);
    }
    after.last_seq = now->head->last_seq + count;
    after.changed_at = ctx->now;
    write.all = all_with(now, items, count);
    write.all_count = now->facts.all_count + count;
    CD_ERR(app_claim_sum_up(&after, write.all, write.all_count, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : now->head->last_seq + 1;
    return NULL;
}

cd_err_t *app_decided_tell_all(app_ctx_t *ctx, cd_role_t role, const cd_org_t *org, int kind,
                               const char *reference, const char *step, cd_date_t due,
                               store_conn_t *conn, apr_pool_t *pool)
{
    app_notice_t notice = {
        .kind = kind, .org = org ? org->id : 0, .reference = reference, .step = step, .due_on = due
    };
    cd_user_id *users;
    int i, count;

    CD_ERR(store_users_in_role(&users, &count, 1u << role, org ? org->id : 0, conn, pool));
    for (i = 0; i < count; i++) {
        notice.to = users[i];
        CD_ERR(app_notice_put(conn, &notice, ctx->now, pool));
    }
    return NULL;
}

/* ---- the page ------------------------------------------------------------ */

static cd_err_t *view_fill(app_decided_t *view, const app_decided_now_t *now)
{
    const cd_told_t *told = now->stand.told ? now->stand.told->body : NULL;
    store_look_t *counted;
    app_look_t *looks;
    app_flag_t *flag;
    int i;

    view->org = now->org;
    view->decision = app_decision_from(now->row, now->ctx->pool);
    if (now->flag) {
        CD_ERR(app_flag_from(&flag, now->ctx, now->flag));
        view->flag = flag;
    }
    view->scheme = now->scheme;
    view->stand = now->stand;
    view->records = now->facts.claim;
    view->recovered = now->recovered;
    view->review_by = told ? told->review_by : CD_NO_DATE;
    view->review_late = now->stand.review_asked && view->review_by
                        && cd_london_date(now->stand.review_asked->recorded_at) > view->review_by;
    for (i = 0; i < APP_STEP__COUNT; i++)
        CD_ERR(app_decided_why_not(&view->why_not[i], &view->forbidden[i], now, (app_step_t)i));
    if (view->claim->partial)
        /* decisions of other claims are the scheme's own business */
        return NULL;
    CD_ERR(app_looks_from(&looks, now->ctx, now->looks, now->look_count));
    view->looks = looks;
    view->look_count = now->look_count;
    view->next_look = now->next_look ? looks + (now->next_look - now->looks) : NULL;
    CD_ERR(store_looks(&counted, &view->counted_count, now->head->id, now->row->seq, 1,
                       now->ctx->conn, now->ctx->pool));
    CD_ERR(app_looks_from(&looks, now->ctx, counted, view->counted_count));
    view->counted_by = looks;
    return NULL;
}

cd_err_t *app_decided(app_decided_t **out, app_ctx_t *ctx, const char *org_code, int seq)
{
    app_decided_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    app_decided_now_t now;

    CD_ERR(app_decided_read(&now, ctx, CD_RIGHT_CLAIM_READ, org_code, seq));
    CD_ERR(app_claim_view(&view->claim, ctx, CD_NO_DATE));
    CD_ERR(view_fill(view, &now));
    *out = view;
    return NULL;
}

/* round.c: the steps between the scheme and a trust, each a record of the claim.
 *
 * One use case for all kinds: rights and conflicts by table, what no form has filled in, what the
 * round as it stands allows, and a message to whom it concerns in the same transaction. The claim's
 * compare-and-set makes sure that what was checked here is what is written on. */
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/notice.h"
#include "app/round_core.h"
#include "store/user.h"

typedef struct step_t {
    app_ctx_t *ctx;
    const store_head_t *head;
    const cd_org_t *org;
    const app_round_ask_t *ask;
    const cd_record_def_t *def;
    app_claim_facts_t facts;
    app_round_t round;
    const store_flag_t *flag;            /* newest of the trust, or NULL */
    /* day of the decision that the flag is for: today, or when it was made */
    cd_date_t on;
    cd_problems_t *problems;
    app_notice_t notice;                 /* kind 0: nobody is told */
    cd_user_id tell;                     /* one user, or 0: all of the role below */
    cd_role_t tell_role;
    cd_org_id tell_org;
    cd_user_id not_to;
    int unasks;                          /* 1: takes a request back */
} step_t;

static cd_deed_t deed_of(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_REQUEST: return CD_DEED_ASK;
    case CD_REC_ANSWER: return CD_DEED_ANSWER;
    case CD_REC_INDICATION: return CD_DEED_INDICATE;
    case CD_REC_REPRESENTATION: return CD_DEED_REPRESENT;
    case CD_REC_FOR_DECISION: return CD_DEED_SEND;
    case CD_REC_CONFIRMATION: return CD_DEED_CONFIRM;
    default: return (cd_deed_t)0;
    }
}

static cd_err_t *not_now(const step_t *step, const char *why)
{
    return cd_err(step->ctx->pool, CD_E_STALE, why, "the round of %s: %s", step->org->code, why);
}

static void tell_trust(step_t *step, int kind, const char *words, cd_date_t due)
{
    step->notice = (app_notice_t){ .kind = kind,
                                   .org = step->org->id,
                                   .reference = step->head->reference,
                                   .step = words,
                                   .due_on = due };
    step->tell_role = CD_ROLE_TRUST_LEGAL;
    step->tell_org = step->org->id;
}

static void tell_one(step_t *step, int kind, const char *words, cd_user_id user)
{
    step->notice = (app_notice_t){
        .kind = kind, .org = step->org->id, .reference = step->head->reference, .step = words
    };
    step->tell = user;
}

/* Everything of a flag has to be up to date but for asking: what is open is asked on what is known.
 */
static cd_err_t *flag_fresh(const step_t *step)
{
    const char *why;

    if (!step->flag)
        return not_now(step, "there is no flag yet: compute it first");
    CD_ERR(
        app_flag_why_old(&why, step->head, step->flag, step->on, step->ctx->conn, step->ctx->pool));
    return why ? not_now(step, why) : NULL;
}

/* ---- what each kind needs, and what is filled in ------------------------- */

static apr_uint32_t rules_open(const cd_flag_t *flag)
{
    apr_uint32_t open = 0;
    int i, value;

    for (i = 0; i < flag->reason_count; i++) {
        const cd_result_t *result = flag->reasons[i].result;

        value = result->rule ? cd_token_strict(cd_flag_rules, result->rule->code) : 0;
        if (value && flag->reasons[i].material
            && (result->status == CD_ST_UNDETERMINED || result->status == CD_ST_NOT_MET))
            open |= 1u << value;
    }
    return open;
}

static cd_err_t *request_fill(step_t *step)
{
    cd_request_t *request = step->ask->body;
    cd_flag_t *flag;

    if (!step->flag)
        return not_now(step, "there is no flag yet: compute it first");
    CD_ERR(cd_flag_read(&flag, step->flag->answer, step->ctx->pool));
    request->flag_seq = step->flag->seq;
    if (!rules_open(flag))
        return not_now(step, "nothing is open in this flag, so there is nothing to ask for");
    if (request->rules & ~rules_open(flag))
        cd_problem_add(step->problems, "rules", NULL,
                       "Select only rules that are open in the newest flag");
    if (request->due && request->due <= step->ctx->today)
        cd_problem_add(step->problems, "due", NULL,
                       "The last day for the answer must be after today");
    tell_trust(step, APP_NOTICE_EVIDENCE_ASKED,
               step->ask->supersedes ? "The scheme changed what it asks for"
                                     : "Answer the scheme’s question",
               request->due);
    return NULL;
}

static cd_err_t *answer_fill(step_t *step)
{
    const cd_record_t *request = step->round.in.round->request;
    cd_answer_t *answer = step->ask->body;

    if (!request)
        return not_now(step, "the scheme asks your trust for nothing now");
    answer->request_seq = request->seq;
    if ((answer->answer == CD_ANSWER_PROVIDED || answer->answer == CD_ANSWER_PART)
        && !answer->cited)
        cd_problem_add(step->problems, "entries", NULL,
                       "Tick at least one entry that answers the question");
    if (answer->answer == CD_ANSWER_NONE_EXISTS && answer->cited)
        cd_problem_add(step->problems, "answer", NULL,
                       "You ticked entries. Select that you send all or part of it");
    tell_one(step, APP_NOTICE_ANSWERED, "Read the trust’s answer and compute the flag again",
             request->recorded_by);
    return NULL;
}

static cd_err_t *indication_fill(step_t *step)
{
    cd_indication_t *indication = step->ask->body;

    CD_ERR(flag_fresh(step));
    if (!cd_flag_decidable(step->flag->state))
        return not_now(step, "this flag indicates nothing to tell the trust of");
    indication->flag_seq = step->flag->seq;
    indication->flag_state = step->flag->state;
    indication->indicated_p = step->flag->indicated_p;
    if (indication->answer_by && indication->answer_by <= step->ctx->today)
        cd_problem_add(step->problems, "answer_by", NULL,
                       "The last day for the trust’s answer must be after today");
    tell_trust(step, APP_NOTICE_INDICATED, "Read what is indicated and say what you think",
               indication->answer_by);
    return NULL;
}

static cd_err_t *representation_fill(step_t *step)
{
    const cd_record_t *told = step->round.in.round->indication;
    cd_representation_t *said = step->ask->body;

    if (!told)
        return not_now(step, "nothing is indicated to your trust now");
    /* Whether somebody has decided meanwhile is not the trust's to know: it may speak until it is
     * told. */
    if (step->round.in.decision_seq && step->round.in.stand.told
        && step->round.in.decision_flag_seq >= ((const cd_indication_t *)told->body)->flag_seq)
        return not_now(step, "your trust was told of the decision: ask for a review of it instead");
    said->indication_seq = told->seq;
    said->flag_seq = ((const cd_indication_t *)told->body)->flag_seq;
    if (!said->text && (said->stance == CD_STANCE_FACTS || said->stance == CD_STANCE_SUM))
        cd_problem_add(step->problems, "text", NULL, "Say what is wrong, in your words");
    tell_one(step, APP_NOTICE_ANSWERED, "Read what the trust says to the indication",
             told->recorded_by);
    return NULL;
}

static cd_err_t *sending_fill(step_t *step)
{
    const cd_round_now_t *now = step->round.now;
    cd_for_decision_t *sending = step->ask->body;

    CD_ERR(flag_fresh(step));
    if (now->stage == CD_STAGE_FOR_DECISION || app_decided_already(&step->round, step->flag->seq))
        return not_now(step, "this version of the flag was sent for decision already");
    if (!cd_flag_decidable(step->flag->state))
        return not_now(step, "this flag asks the trust for nothing, so there is nothing to decide");
    if (!now->indication_holds)
        return not_now(step, "tell the trust first what is indicated");
    sending->flag_seq = step->flag->seq;
    if (now->time_runs && !step->ask->early)
        cd_problem_add(
            step->problems, "early", NULL,
            "The trust has until %s. Tick that you send it early, or wait",
            cd_date_words(
                ((const cd_indication_t *)step->round.in.round->indication->body)->answer_by,
                step->ctx->pool));
    return NULL;
}

static cd_err_t *confirmation_fill(step_t *step)
{
    cd_confirmation_t *confirmation = step->ask->body;
    const cd_round_in_t *in = &step->round.in;
    store_decision_t *rows;
    int count, i;

    if (in->decision_seq != step->ask->decision_seq || in->stand.standing != CD_STAND_PROPOSED)
        return not_now(step, "this decision does not wait for a second person");
    confirmation->decision_seq = in->decision_seq;
    if (confirmation->verdict == CD_CONFIRM_RETURNED && !confirmation->reasons)
        cd_problem_add(step->problems, "reasons", NULL, "Say why you send it back");
    CD_ERR(store_decisions(&rows, &count, step->head, step->org->id, step->ctx->conn,
                           step->ctx->pool));
    for (i = 0; i < count; i++)
        if (rows[i].seq == in->decision_seq) {
            step->on = cd_london_date(rows[i].decided_at);
            if (confirmation->verdict == CD_CONFIRM_RETURNED)
                tell_one(step, APP_NOTICE_DECISION_RETURNED, "Decide again", rows[i].decided_by);
        }
    if (confirmation->verdict != CD_CONFIRM_YES)
        /* sending back needs no fresh flag: it is how new evidence gets in */
        return NULL;
    if (in->decision_flag_seq != in->flag_seq)
        return not_now(
            step, "the flag was computed again since it was decided on: send the decision back");
    return flag_fresh(step);
}

static cd_err_t *fill(step_t *step)
{
    switch (step->ask->kind) {
    case CD_REC_REQUEST: return request_fill(step);
    case CD_REC_ANSWER: return answer_fill(step);
    case CD_REC_INDICATION: return indication_fill(step);
    case CD_REC_REPRESENTATION: return representation_fill(step);
    case CD_REC_FOR_DECISION: return sending_fill(step);
    default: return confirmation_fill(step);
    }
}

/* ---- writing ------------------------------------------------------------- */

static cd_err_t *tell(const step_t *step, store_conn_t *conn, apr_pool_t *pool)
{
    app_notice_t notice = step->notice;
    cd_user_id *users;
    int i, count;

    notice.to = step->tell;
    if (!notice.kind || step->tell)
        return notice.kind ? app_notice_put(conn, &notice, step->ctx->now, pool) : NULL;
    CD_ERR(store_users_in_role(&users, &count, 1u << step->tell_role, step->tell_org, conn, pool));
    for (i = 0; i < count; i++) {
        notice.to = users[i];
        if (users[i] != step->not_to)
            CD_ERR(app_notice_put(conn, &notice, step->ctx->now, pool));
    }
    return NULL;
}

/* What the flag rests on lies in other files too: asked again at the moment of writing, and held
 * until COMMIT. */
static cd_err_t *inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const step_t *step = baton;
    const cd_confirmation_t *confirmation =
        step->ask->kind == CD_REC_CONFIRMATION ? step->ask->body : NULL;
    const char *why = NULL;

    if (step->ask->kind == CD_REC_INDICATION || step->ask->kind == CD_REC_FOR_DECISION
        || (confirmation && confirmation->verdict == CD_CONFIRM_YES))
        CD_ERR(app_flag_weigh(&why, step->head, step->flag, step->on, conn, pool));
    if (why)
        return not_now(step, why);
    if (confirmation && confirmation->verdict == CD_CONFIRM_YES)
        CD_ERR(app_counted_replaced(step->head, step->org->id, confirmation->decision_seq,
                                    step->ctx->now, conn, pool));
    return tell(step, conn, pool);
}

static int action_of(const step_t *step)
{
    const cd_confirmation_t *confirmation = step->ask->body;

    if (step->ask->kind != CD_REC_CONFIRMATION)
        return step->ask->supersedes ? CD_ACT_RECORD_CORRECTED : CD_ACT_RECORD_ADDED;
    return confirmation->verdict == CD_CONFIRM_YES ? CD_ACT_CONFIRMED : CD_ACT_DECISION_RETURNED;
}

/* What is asked of the trust, and until when, is part of what a flag says: asking, and taking it
 * back, write the flag that follows with them. */
static cd_err_t *flag_follow(app_write_t *write, const step_t *step, const cd_record_t *record,
                             const app_claim_facts_t *facts)
{
    int count;

    if (step->flag && (record->kind == CD_REC_REQUEST || step->unasks)) {
        CD_ERR(app_flags_make(write->items + 1, &count, step->ctx, step->head, step->org->code,
                              facts));
        write->count += count;
    }
    return NULL;
}

static cd_err_t *record_write(int *seq_out, step_t *step, cd_record_t *record, int action,
                              int version)
{
    app_ctx_t *ctx = step->ctx;
    store_head_t after = *step->head;
    app_claim_facts_t facts = step->facts;
    app_item_t items[1 + CD_PARTIES_MAX] = {
        { .action = action, .role = record->role, .record = record }
    };
    app_write_t write = { .before = step->head,
                          .after = &after,
                          .version = version,
                          .items = items,
                          .count = 1,
                          .inside = inside,
                          .baton = step };

    after.last_seq = record->seq;
    after.changed_at = ctx->now;
    app_claim_with(&facts, record, ctx->pool);
    CD_ERR(flag_follow(&write, step, record, &facts));
    write.all = facts.all;
    write.all_count = facts.all_count;
    CD_ERR(app_claim_sum_up(&after, write.all, write.all_count, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : record->seq;
    return NULL;
}

/* The trust that the address names: a party of the claim, and a trust's user's own. */
static cd_err_t *org_find(step_t *step, const char *org_code, cd_right_t right)
{
    const cd_parties_t *parties = step->facts.claim->parties;
    cd_org_id bound = 0;
    int i, found = 0;

    for (i = 0; parties && i < CD_PARTIES_MAX; i++)
        found |= parties->party[i].org_code && !strcmp(parties->party[i].org_code, org_code);
    if (found)
        CD_ERR(app_org(&step->org, step->ctx, org_code));
    CD_ERR(app_reach(&bound, step->ctx, right));
    if (!found || (bound && bound != step->org->id))
        return cd_err(step->ctx->pool, CD_E_NOT_FOUND, NULL,
                      "no such trust in the claim, or not the own one");
    return NULL;
}

static cd_err_t *begin(step_t *step, const char *org_code, cd_right_t right, int version)
{
    app_ctx_t *ctx = step->ctx;
    store_head_t *head;
    store_flag_t *flag;
    int count;

    CD_ERR(app_file(&head, ctx, right));
    step->head = head;
    CD_ERR(app_seen(ctx, head, version));
    if (ctx->replayed)
        return NULL;
    CD_ERR(app_claim_read(&step->facts, ctx, head, ctx->today));
    CD_ERR(org_find(step, org_code, right));
    CD_ERR(app_round_reckon(&step->round, ctx, head, step->facts.claim, step->org, 0, ctx->conn,
                            ctx->pool));
    CD_ERR(store_flags_latest(&flag, &count, head, step->org->id, ctx->conn, ctx->pool));
    step->flag = count ? flag : NULL;
    step->on = ctx->today;
    return NULL;
}

static cd_err_t *correction_check(const step_t *step)
{
    const app_record_ask_t ask = { .kind = step->ask->kind, .supersedes = step->ask->supersedes,
                                   .reason = step->ask->reason };
    int i;

    if (!ask.supersedes)
        return NULL;
    if (ask.kind != CD_REC_REQUEST && ask.kind != CD_REC_INDICATION)
        return cd_err(step->ctx->pool, CD_E_INVALID, NULL, "not corrected: another one is added");
    app_correction_check(&ask, step->def, step->facts.claim->records, step->facts.claim->count,
                         step->problems);
    for (i = 0; i < step->facts.claim->count; i++)
        if (step->facts.claim->records[i].seq == ask.supersedes
            && strcmp(cd_record_org(&step->facts.claim->records[i])
                          ? cd_record_org(&step->facts.claim->records[i])
                          : "",
                      step->org->code))
            return cd_err(step->ctx->pool, CD_E_NOT_FOUND, NULL, "the record is of another trust");
    return NULL;
}

cd_err_t *app_round_record(int *seq_out, app_ctx_t *ctx, const app_round_ask_t *ask,
                           cd_problems_t *problems)
{
    static const cd_head_dates_t none = { { 0, 0 }, CD_NO_DATE, CD_NO_DATE };
    step_t step = { .ctx = ctx, .ask = ask, .problems = problems, .def = cd_record_def(ask->kind) };
    cd_record_t *record;
    const char *why;

    if (!step.def || !deed_of(ask->kind))
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "kind %d is no step of a round", ask->kind);
    CD_ERR(begin(&step, ask->org_code, step.def->right, ask->version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    CD_ERR(app_deed_why(&why, ctx, step.head, step.facts.claim, step.org, deed_of(ask->kind)));
    if (why)
        return cd_err(ctx->pool, CD_E_FORBIDDEN, why, "a conflict of this actor");
    *CD_FIELD_AT(const char *, ask->body, cd_record_field(step.def, "org")) = step.org->code;
    CD_ERR(fill(&step));
    CD_ERR(correction_check(&step));
    app_required(step.def->fields, step.def->field_count, ask->body, problems);
    cd_record_check(ask->kind, ask->body, &none, ctx->today, problems);
    CD_ERR(app_problems(problems));
    record = app_record_make(ctx, ask->kind, step.head->last_seq + 1, ask->body);
    record->supersedes = ask->supersedes;
    record->reason = ask->supersedes ? ask->reason : NULL;
    return record_write(seq_out, &step, record, action_of(&step), ask->version);
}

static const cd_record_t *to_take_back(const step_t *step, int seq)
{
    const cd_claim_t *claim = step->facts.claim;
    int i;

    for (i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];

        if (record->seq == seq && !record->superseded_by
            && (record->kind == CD_REC_REQUEST || record->kind == CD_REC_INDICATION
                || record->kind == CD_REC_FOR_DECISION)
            && !strcmp(cd_record_org(record), step->org->code))
            return record;
    }
    return NULL;
}

cd_err_t *app_round_take_back(int *seq_out, app_ctx_t *ctx, const char *org_code, int seq,
                              const char *reason, int version, cd_problems_t *problems)
{
    static const app_round_ask_t ask = { .kind = CD_REC_TAKEN_BACK };
    step_t step = { .ctx = ctx, .ask = &ask, .problems = problems };
    cd_taken_back_t body = { reason };
    const cd_record_t *old;
    cd_record_t *record;

    CD_ERR(begin(&step, org_code, CD_RIGHT_CLAIM_WRITE, version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    old = to_take_back(&step, seq);
    if (!old)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "record %d is not one to take back", seq);
    if (app_decided_already(&step.round, step.flag ? step.flag->seq : 0))
        return not_now(&step, "a decision was made on it");
    if (!reason)
        cd_problem_add(problems, "reason", NULL, "Enter why you take it back");
    CD_ERR(app_problems(problems));
    if (old->kind != CD_REC_FOR_DECISION)
        tell_trust(&step,
                   old->kind == CD_REC_REQUEST ? APP_NOTICE_EVIDENCE_ASKED : APP_NOTICE_INDICATED,
                   old->kind == CD_REC_REQUEST ? "The scheme no longer asks this of your trust"
                                               : "The scheme took back what it told your trust",
                   CD_NO_DATE);
    step.unasks = old->kind == CD_REC_REQUEST;
    record = app_record_make(ctx, CD_REC_TAKEN_BACK, step.head->last_seq + 1, &body);
    record->role = app_role_used(ctx, CD_RIGHT_CLAIM_WRITE);
    record->supersedes = old->seq;
    record->reason = reason;
    return record_write(seq_out, &step, record, CD_ACT_RECORD_WITHDRAWN, version);
}

/* recover.c: a trust is asked for a decided sum, money comes, and what went wrong is put right.
 *
 * Never more in all than the decision as it stands, not before the trust was told of it as it
 * stands, and nothing while a review is asked for (decided.c). Nothing here reads or writes a
 * payment of the claim. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/decided_core.h"
#include "app/notice.h"

#define INVOICE_MAX 40

const cd_field_t app_recover_fields[] = {
    { .name = "method", .type = CD_FT_TOKEN, .offset = offsetof(app_recover_t, method),
      .flags = CD_FF_REQUIRED,
      .tokens = cd_recovery_methods, .label = "How is the trust asked?",
      .noun = "how the trust is asked", .shown = "How" },
    { .name = "amount_p", .type = CD_FT_PENCE, .offset = offsetof(app_recover_t, amount_p),
      .flags = CD_FF_REQUIRED,
      .min = 1, .max = CD_PENCE_MAX, .label = "Sum in all, in pounds", .noun = "the sum",
      .shown = "Sum" },
    { .name = "first", .type = CD_FT_DATE, .offset = offsetof(app_recover_t, first),
      .flags = CD_FF_REQUIRED,
      .label = "Due on, or the day of the first instalment", .noun = "the day it is due",
      .hint = "For example, 3 12 2026.", .shown = "Due" },
    { .name = "count", .type = CD_FT_INT, .offset = offsetof(app_recover_t, count), .min = 1,
      .max = CD_INSTALMENTS_MAX,
      .section = "Instalments", .label = "Number of instalments (optional)",
      .noun = "the number of instalments",
      .hint = "Leave it empty for one sum. The parts add up to the sum exactly.",
      .shown = "Instalments" },
    { .name = "pace", .type = CD_FT_TOKEN, .offset = offsetof(app_recover_t, pace),
      .tokens = cd_paces,
      .label = "If there are more than one: how often?", .noun = "how often",
      .shown = "How often" },
    { .name = "invoice", .type = CD_FT_TEXT, .offset = offsetof(app_recover_t, invoice), .max = 30,
      .section = "How it is named", .label = "Invoice number (optional)",
      .noun = "the invoice number",
      .hint = "Instalments get -1, -2 and so on behind it.", .shown = "Invoice" },
    { .name = "year", .type = CD_FT_INT, .offset = offsetof(app_recover_t, year), .min = 2013,
      .max = 2200,
      .label = "If with the contribution: of which year?", .noun = "the year of the contribution",
      .hint = "The year that begins in April of, for example, 2027.", .shown = "Year" }
};
const int app_recover_field_count =
    (int)(sizeof(app_recover_fields) / sizeof(app_recover_fields[0]));

/* ---- asking -------------------------------------------------------------- */

static void method_check(const app_decided_now_t *now, const app_recover_t *body,
                         cd_problems_t *problems)
{
    if (now->scheme && now->scheme->formula == CD_L7_CONTRIBUTION_UPLIFT
        && body->method == CD_RECOVER_INVOICE)
        cd_problem_add(
            problems, "method", NULL,
            "This scheme adds to the yearly contribution. Choose “With the yearly contribution”");
    if (body->method == CD_RECOVER_CONTRIBUTION && !body->year)
        cd_problem_add(problems, "year", NULL, "Enter the year of the contribution");
    if (body->method == CD_RECOVER_INVOICE && body->year)
        cd_problem_add(problems, "year", NULL, "Leave the year empty for an invoice");
    if (body->method == CD_RECOVER_CONTRIBUTION && body->invoice)
        cd_problem_add(problems, "invoice", NULL,
                       "Leave the invoice number empty for a contribution");
}

static void recover_check(const app_decided_now_t *now, const app_recover_t *body,
                          cd_problems_t *problems)
{
    const apr_int64_t left_p = now->recovered->to_ask_p;
    const apr_int64_t count = body->count ? body->count : 1;

    app_required(app_recover_fields, app_recover_field_count, body, problems);
    method_check(now, body, problems);
    if (body->amount_p > left_p)
        cd_problem_add(problems, "amount_p", NULL,
                       "Only %s of the decided sum is not asked for yet",
                       cd_pence_words(left_p, now->ctx->pool));
    else if (body->amount_p && body->amount_p < count)
        cd_problem_add(problems, "count", NULL,
                       "The sum must be at least a penny for each instalment");
    if (count > CD_INSTALMENTS_MAX)
        cd_problem_add(problems, "count", NULL, "The number of instalments must be %d or fewer",
                       CD_INSTALMENTS_MAX);
    if (count > 1 && !body->pace)
        cd_problem_add(problems, "pace", NULL, "Choose how often");
    if (body->first && body->first < cd_london_date(now->stand.told->recorded_at))
        cd_problem_add(problems, "first", NULL,
                       "The day must not be before the trust was told, on %s",
                       cd_date_words(cd_london_date(now->stand.told->recorded_at), now->ctx->pool));
}

static const void **instalments_make(const app_decided_now_t *now, const app_recover_t *body,
                                     const cd_instalment_t *parts, int count)
{
    apr_pool_t *pool = now->ctx->pool;
    const void **bodies = apr_pcalloc(pool, sizeof(*bodies) * (apr_size_t)count);
    int i;

    for (i = 0; i < count; i++) {
        cd_recovery_t *one = apr_pcalloc(pool, sizeof(*one));
        one->org = now->org->code;
        one->decision_seq = now->row->seq;
        one->method = body->method;
        one->invoice = body->invoice && count > 1
                           ? apr_psprintf(pool, "%.30s-%d", body->invoice, i + 1)
                           : body->invoice;
        one->amount_p = parts[i].amount_p;
        one->instalment = i + 1;
        one->instalments = count;
        one->due = parts[i].due;
        one->year = !body->year ? 0 : body->year + (body->pace == CD_PACE_YEAR ? i : 0);
        bodies[i] = one;
    }
    return bodies;
}

typedef struct asking_t { const app_decided_now_t *now; const app_recover_t *body; } asking_t;

static cd_err_t *ask_inside(void *baton, store_conn_t *conn, apr_pool_t *pool)
{
    const asking_t *asking = baton;
    const app_decided_now_t *now = asking->now;

    return app_decided_tell_all(now->ctx, CD_ROLE_TRUST_LEGAL, now->org, APP_NOTICE_SUM_ASKED,
                                now->head->reference, NULL, asking->body->first, conn, pool);
}

cd_err_t *app_recover(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                      const app_recover_t *body, cd_problems_t *problems)
{
    cd_instalment_t parts[CD_INSTALMENTS_MAX];
    app_decided_now_t now;
    const asking_t asking = { &now, body };
    const app_more_t more = { ask_inside, (void *)(apr_uintptr_t)&asking };
    const int count = body->count > 1 ? (int)body->count : 1;

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_RECOVER, ask));
    if (ctx->replayed)
        return NULL;
    recover_check(&now, body, problems);
    CD_ERR(app_problems(problems));
    CD_ERR(cd_instalments(parts, body->amount_p, count, body->first,
                          body->pace ? body->pace : CD_PACE_MONTH, ctx->pool));
    return app_decided_write(seq_out, &now, CD_REC_RECOVERY,
                             instalments_make(&now, body, parts, count), count, &more);
}

/* ---- money --------------------------------------------------------------- */

static const cd_asked_t *asked_find(const app_decided_now_t *now, int seq)
{
    int i;

    for (i = 0; i < now->recovered->count; i++)
        if (now->recovered->asked[i].record->seq == seq)
            return &now->recovered->asked[i];
    return NULL;
}

cd_err_t *app_recover_receive(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                              cd_receipt_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    const void *bodies[1] = { body };
    const cd_asked_t *asked;

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_RECEIVE, ask));
    if (ctx->replayed)
        return NULL;
    asked = asked_find(&now, body->recovery_seq);
    if (!asked)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "instalment %d is none of this decision",
                      body->recovery_seq);
    body->org = now.org->code;
    body->way = CD_MONEY_FROM_TRUST;
    body->reverses = 0;
    app_decided_check(&now, CD_REC_RECEIPT, body, problems);
    if (body->amount_p > asked->left_p)
        cd_problem_add(problems, "amount_p", NULL,
                       "Only %s of this instalment is left. Send back what was too much",
                       cd_pence_words(asked->left_p, ctx->pool));
    CD_ERR(app_problems(problems));
    return app_decided_write(seq_out, &now, CD_REC_RECEIPT, bodies, 1, NULL);
}

/* The instalment that money came for last: what goes back is noted against it. */
static int repaid_against(const app_decided_now_t *now)
{
    int i, seq = 0;

    for (i = 0; i < now->recovered->count; i++)
        if (now->recovered->asked[i].received_p)
            seq = now->recovered->asked[i].record->seq;
    return seq;
}

cd_err_t *app_recover_repay(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask,
                            cd_receipt_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    const void *bodies[1] = { body };

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_REPAY, ask));
    if (ctx->replayed)
        return NULL;
    body->org = now.org->code;
    body->way = CD_MONEY_TO_TRUST;
    body->reverses = 0;
    body->recovery_seq = repaid_against(&now);
    app_decided_check(&now, CD_REC_RECEIPT, body, problems);
    if (body->amount_p > now.recovered->to_repay_p)
        cd_problem_add(problems, "amount_p", NULL, "Only %s is to be paid back",
                       cd_pence_words(now.recovered->to_repay_p, ctx->pool));
    CD_ERR(app_problems(problems));
    return app_decided_write(seq_out, &now, CD_REC_RECEIPT, bodies, 1, NULL);
}

/* ---- entered in error ---------------------------------------------------- */

static const cd_record_t *record_find(const app_decided_now_t *now, cd_record_kind_t kind, int seq)
{
    const cd_claim_t *claim = now->facts.claim;
    int i;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].seq == seq && claim->records[i].kind == kind
            && !claim->records[i].superseded_by)
            return &claim->records[i];
    return NULL;
}

/* A receipt of the same sum and way that names it: the ledger shows both. */
static cd_err_t *receipt_take_back(int *seq_out, app_decided_now_t *now, const cd_record_t *record,
                                   const cd_taken_back_t *body, cd_problems_t *problems)
{
    const cd_receipt_t *old = record->body;
    cd_receipt_t back = *old;
    const void *bodies[1] = { &back };

    back.reverses = record->seq;
    back.on = cd_when_day(now->ctx->today);
    back.note = body->reason;
    if (old->reverses || cd_receipt_reversal(now->facts.claim, record->seq))
        cd_problem_add(problems, "reason", NULL, "Entry %d was taken back already", record->seq);
    CD_ERR(app_problems(problems));
    return app_decided_write(seq_out, now, CD_REC_RECEIPT, bodies, 1, NULL);
}

/* An instalment falls out of the row by a record that supersedes it; one with receipts keeps its
 * place. */
static cd_err_t *recovery_take_back(int *seq_out, app_decided_now_t *now, const cd_record_t *record,
                                    const cd_taken_back_t *body, cd_problems_t *problems)
{
    const cd_asked_t *asked = asked_find(now, record->seq);
    app_ctx_t *ctx = now->ctx;
    cd_record_t *back = app_record_make(ctx, CD_REC_TAKEN_BACK, now->head->last_seq + 1, body);
    app_item_t item = { .record = back, .role = app_role_used(ctx, CD_RIGHT_RECOVERY_WRITE),
                        .action = CD_ACT_RECORD_WITHDRAWN };
    store_head_t after = *now->head;
    app_write_t write = {
        .before = now->head, .after = &after, .version = now->version, .items = &item, .count = 1
    };

    if (!asked)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "instalment %d is none of this decision",
                      record->seq);
    if (asked->received_p)
        cd_problem_add(problems, "reason", NULL,
                       "%s came for this instalment. Take the receipt back first",
                       cd_pence_words(asked->received_p, ctx->pool));
    CD_ERR(app_problems(problems));
    back->supersedes = record->seq;
    back->reason = body->reason;
    after.last_seq = back->seq;
    after.changed_at = ctx->now;
    write.all = app_records_with(now->facts.all, now->facts.all_count, back, ctx->pool);
    write.all_count = now->facts.all_count + 1;
    CD_ERR(app_claim_sum_up(&after, write.all, write.all_count, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : back->seq;
    return NULL;
}

cd_err_t *app_recover_take_back(int *seq_out, app_ctx_t *ctx, const app_decided_ask_t *ask, int seq,
                                const cd_taken_back_t *body, cd_problems_t *problems)
{
    app_decided_now_t now;
    const cd_record_t *record;

    CD_ERR(app_decided_begin(&now, seq_out, ctx, APP_STEP_TAKE_BACK, ask));
    if (ctx->replayed)
        return NULL;
    app_decided_check(&now, CD_REC_TAKEN_BACK, body, problems);
    record = record_find(&now, CD_REC_RECEIPT, seq);
    if (record && asked_find(&now, ((const cd_receipt_t *)record->body)->recovery_seq))
        return receipt_take_back(seq_out, &now, record, body, problems);
    record = record_find(&now, CD_REC_RECOVERY, seq);
    if (!record)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such entry of this decision");
    return recovery_take_back(seq_out, &now, record, body, problems);
}

static int may_exceed_basis(const app_ctx_t *ctx, const app_flag_t *flag)
{
    const store_scheme_row_t *row =
        flag ? app_scheme_cached(ctx, flag->scheme_code, flag->scheme_version) : NULL;

    return row
           && (row->scheme->may_exceed_basis == CD_YES
               || row->scheme->formula == CD_L7_CONTRIBUTION_UPLIFT);
}

cd_err_t *app_claim_net(cd_net_t *out, app_ctx_t *ctx, const app_claim_view_t *claim)
{
    apr_int64_t received_p = 0, repaid_p = 0;
    int i, may_exceed = 0;

    if (claim->partial)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL,
                      "what a claim costs is for the scheme's own people");
    for (i = 0; i < claim->claim->count; i++) {
        const cd_record_t *record = &claim->claim->records[i];
        const cd_receipt_t *receipt = record->body;
        apr_int64_t *sum_p = NULL;

        if (record->kind != CD_REC_RECEIPT || record->superseded_by)
            continue;
        sum_p = receipt->way == CD_MONEY_TO_TRUST ? &repaid_p : &received_p;
        CD_ERR(cd_pence_add(sum_p, *sum_p,
                            receipt->reverses ? -receipt->amount_p : receipt->amount_p, ctx->pool));
    }
    for (i = 0; i < claim->party_count; i++)
        may_exceed |= may_exceed_basis(ctx, claim->parties[i].flag);
    return cd_net(out, claim->ledger.outlay_p, received_p, repaid_p, may_exceed, ctx->pool);
}

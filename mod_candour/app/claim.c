/* claim.c: writing claims: a new one, and each record that is added or corrected.
 *
 * Nothing here reads a flag or a decision: what is paid to the claimant cannot depend on them. */
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "app/claim_core.h"
#include "domain/lists.h"

cd_err_t *app_claim_create(const char **reference_out, app_ctx_t *ctx,
                           const cd_claim_facts_t *facts, cd_problems_t *problems)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_CLAIM);
    cd_head_dates_t dates = { { 0, 0 }, CD_NO_DATE, CD_NO_DATE };
    store_head_t head = { .kind = CD_FILE_CLAIM };
    app_item_t item = { 0 };
    app_write_t write = { .after = &head, .items = &item, .count = 1 };
    app_record_ask_t ask = { .kind = CD_REC_CLAIM, .body = (void *)facts };
    cd_org_id org_id;

    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CLAIM_WRITE));
    app_required(def->fields, def->field_count, facts, problems);
    cd_record_check(CD_REC_CLAIM, facts, &dates, ctx->today, problems);
    CD_ERR(app_claim_check(ctx, NULL, &ask, NULL, problems));
    CD_ERR(app_problems(problems));
    item.record = app_record_make(ctx, CD_REC_CLAIM, 1, facts);
    item.role = item.record->role;
    item.action = CD_ACT_CLAIM_CREATED;
    head.last_seq = 1;
    head.created_at = head.changed_at = ctx->now;
    CD_ERR(app_claim_sum_up(&head, item.record, 1, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *reference_out = ctx->replayed ? app_replayed_reference(ctx) : head.reference;
    return NULL;
}

static const cd_payment_t *payment_that_reverses(const cd_claim_t *claim, int seq)
{
    int i;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].kind == CD_REC_PAYMENT
            && ((const cd_payment_t *)claim->records[i].body)->reverses == seq)
            return claim->records[i].body;
    return NULL;
}

static void payment_check(const app_record_ask_t *ask, const cd_claim_t *claim,
                          cd_problems_t *problems)
{
    const cd_payment_t *payment = ask->body, *other;
    const cd_record_t *record;

    if (ask->supersedes)
        cd_problem_add(problems, "", NULL,
                       "A payment is not corrected. Record another that takes it back");
    if (!payment->reverses)
        return;
    record = app_claim_seq(claim, payment->reverses);
    other = record && record->kind == CD_REC_PAYMENT ? record->body : NULL;
    if (!other || other->reverses)
        cd_problem_add(problems, "reverses", NULL,
                       "The payment this takes back must be one of this claim");
    else if (payment_that_reverses(claim, payment->reverses))
        cd_problem_add(problems, "reverses", NULL,
                       "The payment this takes back was taken back already");
    else if (other->kind != payment->kind || other->amount_p != payment->amount_p)
        cd_problem_add(problems, "reverses", NULL,
                       "The payment this takes back must have the same kind and amount");
    else if (cd_when_known(payment->paid) && payment->paid.first < other->paid.first)
        cd_problem_add(problems, "paid", NULL,
                       "The payment was made on %s. It cannot be taken back before that",
                       cd_when_words(other->paid, problems->pool));
}

typedef struct party_ask_t {
    app_ctx_t *ctx;
    apr_hash_t *named;                   /* references seen in this set */
    cd_problems_t *problems;
} party_ask_t;

/* The references of one party: known, of that trust, and named once. Rewrites them in one form. */
static cd_err_t *party_cases_check(cd_party_t *party, const cd_org_t *org, const char *field,
                                   const party_ask_t *ask)
{
    apr_pool_t *pool = ask->ctx->pool;
    const char *joined = NULL;
    store_head_t *head;
    int count, i;
    const char **refs = app_case_refs(&count, party->cases, pool);

    if (count > CD_PARTY_CASES_MAX) {
        cd_problem_add(ask->problems, field, NULL, "Enter %d references or fewer",
                       CD_PARTY_CASES_MAX);
        return NULL;
    }
    for (i = 0; i < count; i++) {
        CD_ERR(store_head_get(&head, CD_FILE_CASE, refs[i], org->id, ask->ctx->conn, pool));
        if (!head)
            cd_problem_add(ask->problems, field, NULL, "There is no case %s of %s", refs[i],
                           org->code);
        else if (apr_hash_get(ask->named, refs[i], APR_HASH_KEY_STRING))
            cd_problem_add(ask->problems, field, NULL, "Case %s stands twice", refs[i]);
        apr_hash_set(ask->named, refs[i], APR_HASH_KEY_STRING, refs[i]);
        joined = joined ? apr_pstrcat(pool, joined, ", ", refs[i], NULL) : refs[i];
    }
    party->cases = joined;
    return NULL;
}

static cd_err_t *parties_check(app_ctx_t *ctx, cd_parties_t *parties, cd_problems_t *problems)
{
    party_ask_t ask = { ctx, apr_hash_make(ctx->pool), problems };
    int i;

    cd_parties_check(parties, problems);
    for (i = 0; i < CD_PARTIES_MAX; i++) {
        const cd_org_t *org;

        if (!parties->party[i].org_code)
            continue;
        org = app_org_cached(ctx, parties->party[i].org_code);
        if (!org)
            cd_problem_add(problems, apr_psprintf(ctx->pool, "trust_%d", i + 1), NULL,
                           "Organisation code must be one that is registered here");
        else
            CD_ERR(party_cases_check(&parties->party[i], org,
                                     apr_psprintf(ctx->pool, "cases_%d", i + 1), &ask));
    }
    return NULL;
}

static cd_err_t *claim_guard(app_ctx_t *ctx, const store_head_t *head, const app_record_ask_t *ask,
                             const cd_record_def_t *def, const cd_claim_t *claim,
                             cd_problems_t *problems)
{
    cd_head_dates_t dates = { claim->facts->incident, CD_NO_DATE, CD_NO_DATE };

    app_required(def->fields, def->field_count, ask->body, problems);
    cd_record_check(ask->kind, ask->body, &dates, ctx->today, problems);
    if (ask->kind == CD_REC_TAKEN_BACK)
        return app_take_back_check(ctx, ask, claim, problems);
    if (ask->supersedes)
        app_correction_check(ask, def, claim->records, claim->count, problems);
    else if (ask->kind == CD_REC_CLAIM)
        cd_problem_add(problems, "", NULL, "There is one on record already. Correct that one");
    if (ask->kind == CD_REC_PAYMENT)
        payment_check(ask, claim, problems);
    if (ask->kind == CD_REC_PARTIES)
        CD_ERR(parties_check(ctx, ask->body, problems));
    return app_claim_check(ctx, head->reference, ask, claim, problems);
}

static cd_err_t *claim_write(int *seq_out, app_ctx_t *ctx, const store_head_t *head,
                             const app_record_ask_t *ask, const app_claim_facts_t *facts)
{
    cd_record_t *record = app_record_make(ctx, ask->kind, head->last_seq + 1, ask->body);
    app_item_t item = { 0 };
    store_head_t after = *head;
    app_write_t write = {
        .before = head, .after = &after, .version = ask->version, .items = &item, .count = 1
    };

    record->supersedes = ask->supersedes;
    record->reason = ask->supersedes && ask->kind != CD_REC_TAKEN_BACK ? ask->reason : NULL;
    item.record = record;
    item.role = record->role;
    item.action = app_record_action(record);
    after.last_seq = record->seq;
    after.changed_at = ctx->now;
    CD_ERR(app_claim_sum_up(&after,
                            app_records_with(facts->all, facts->all_count, record, ctx->pool),
                            facts->all_count + 1, ctx->today, ctx->pool));
    CD_ERR(app_write(ctx, &write));
    *seq_out = ctx->replayed ? app_replayed_seq(ctx) : record->seq;
    return NULL;
}

cd_err_t *app_claim_record(int *seq_out, app_ctx_t *ctx, const app_record_ask_t *ask,
                           cd_problems_t *problems)
{
    const cd_record_def_t *def = cd_record_def(ask->kind);
    app_claim_facts_t facts;
    store_head_t *head;

    if (!def || def->file != CD_FILE_CLAIM)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "kind %d is not of a claim", ask->kind);
    CD_ERR(app_file(&head, ctx, def->right));
    CD_ERR(app_seen(ctx, head, ask->version));
    if (ctx->replayed) {
        *seq_out = app_replayed_seq(ctx);
        return NULL;
    }
    CD_ERR(app_claim_read(&facts, ctx, head, ctx->today));
    CD_ERR(claim_guard(ctx, head, ask, def, facts.claim, problems));
    CD_ERR(app_problems(problems));
    return claim_write(seq_out, ctx, head, ask, &facts);
}

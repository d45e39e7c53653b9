/* recovery_rows.c: keeps the rows of lists that follow from a claim's records, in the transaction
 * of what changes them. */
#include <string.h>

#include "app/decided_core.h"

static int of_recovery(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_CONFIRMATION:
    case CD_REC_TOLD:
    case CD_REC_REVIEW_ASKED:
    case CD_REC_REVIEW:
    case CD_REC_RECOVERY:
    case CD_REC_RECEIPT:
    case CD_REC_TAKEN_BACK:
        return 1;
    default:
        return 0;
    }
}

static int of_allegation(cd_record_kind_t kind)
{
    return kind == CD_REC_ALLEGATION || kind == CD_REC_REGULATORY;
}

int app_recovery_asks(const app_write_t *write, const store_head_t *head)
{
    int i;

    for (i = 0; i < write->count && head->kind == CD_FILE_CLAIM; i++)
        if (write->items[i].decision
            || (write->items[i].record && (of_recovery(write->items[i].record->kind)
                                           || of_allegation(write->items[i].record->kind))))
            return 1;
    return 0;
}

static int state_of(const cd_asked_t *asked)
{
    return asked->left_p    ? STORE_RECOVERY_OPEN
           : asked->holds_p ? STORE_RECOVERY_SETTLED
                            : STORE_RECOVERY_ENDED;
}

/* `told` is the same instalment as the trust reads it, NULL: it was told of no decision. */
static cd_err_t *recovery_keep(const store_standing_t *standing, const cd_claim_t *claim,
                               const cd_asked_t *asked, const cd_asked_t *told,
                               store_conn_t *conn, apr_pool_t *pool)
{
    const cd_recovery_t *body = asked->record->body;
    store_recovery_t row = { .claim_id = standing->claim_id,
                             .seq = asked->record->seq,
                             .org_id = standing->org_id,
                             .decision_seq = standing->seq,
                             .method = body->method,
                             .invoice = body->invoice,
                             .instalment = (int)body->instalment,
                             .instalments = (int)body->instalments,
                             .year = (int)body->year,
                             .due = body->due,
                             .amount_p = asked->amount_p,
                             .holds_p = asked->holds_p,
                             .received_p = asked->received_p };
    const cd_record_t *r = NULL;
    cd_stand_t now = { .review_asked = NULL };

    while ((r = cd_series_next(claim->records, claim->count, CD_REC_REVIEW_ASKED, r)))
        if (((const cd_review_asked_t *)r->body)->decision_seq == standing->seq)
            now.review_asked = r;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_REVIEW, r)))
        if (((const cd_review_t *)r->body)->decision_seq == standing->seq)
            now.review = r;
    row.held = cd_recovery_held(&now);
    row.state = state_of(asked);
    row.told_state = told ? state_of(told) : 0;
    row.told_holds_p = told ? told->holds_p : 0;
    return store_recovery_keep(&row, conn, pool);
}

/* An instalment that was taken back keeps its row and its place, and asks for nothing. */
static cd_err_t *taken_back_keep(const store_standing_t *rows, int count, const cd_claim_t *claim,
                                 store_conn_t *conn, apr_pool_t *pool)
{
    int i, j;

    for (i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];
        const cd_recovery_t *body = record->body;

        if (record->kind != CD_REC_RECOVERY || !record->superseded_by)
            continue;
        for (j = 0; j < count; j++)
            if (rows[j].seq == body->decision_seq) {
                store_recovery_t row = { .claim_id = rows[j].claim_id,
                                         .seq = record->seq,
                                         .org_id = rows[j].org_id,
                                         .decision_seq = rows[j].seq,
                                         .method = body->method,
                                         .invoice = body->invoice,
                                         .instalment = (int)body->instalment,
                                         .instalments = (int)body->instalments,
                                         .year = (int)body->year,
                                         .due = body->due,
                                         .amount_p = body->amount_p,
                                         .state = STORE_RECOVERY_ENDED,
                                         .told_state = STORE_RECOVERY_ENDED };
                CD_ERR(store_recovery_keep(&row, conn, pool));
            }
    }
    return NULL;
}

static int asked_ever(const cd_claim_t *claim)
{
    int i;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].kind == CD_REC_RECOVERY)
            return 1;
    return 0;
}

static cd_err_t *recoveries_keep(const store_head_t *head, const cd_claim_t *claim,
                                 store_conn_t *conn, apr_pool_t *pool)
{
    store_standing_t *rows;
    int count, i, j;

    if (!asked_ever(claim))
        return NULL;
    CD_ERR(store_standings(&rows, &count, head->id, 0, conn, pool));
    for (i = 0; i < count; i++) {
        cd_recovered_t *all, *told;

        CD_ERR(cd_recovered_read(&all, claim, rows[i].seq, rows[i].amount_p, pool));
        CD_ERR(cd_recovered_read(&told, claim, rows[i].seq, rows[i].told_p, pool));
        for (j = 0; j < all->count; j++)
            CD_ERR(recovery_keep(&rows[i], claim, &all->asked[j],
                                 rows[i].told_standing ? &told->asked[j] : NULL, conn, pool));
    }
    return taken_back_keep(rows, count, claim, conn, pool);
}

static cd_err_t *allegation_keep(const store_head_t *head, const cd_record_t *record,
                                 cd_org_id org_id, store_conn_t *conn, apr_pool_t *pool)
{
    store_allegation_t row = { .claim_id = head->id,
                               .seq = record->seq,
                               .org_id = org_id,
                               .kind = (int)record->kind,
                               .stands = !record->superseded_by };

    if (record->kind == CD_REC_ALLEGATION) {
        const cd_allegation_t *body = record->body;
        row.source = body->source;
        row.outcome = body->outcome;
        row.on = body->received;
    } else {
        const cd_regulatory_t *body = record->body;
        row.source = body->body;
        row.outcome = body->type;
        row.on = body->on;
        row.memo_p = body->amount_p;
        row.breaches = (int)body->breach_count;
    }
    return store_allegation_keep(&row, conn, pool);
}

static cd_err_t *allegations_keep(app_ctx_t *ctx, const store_head_t *head, const cd_claim_t *claim,
                                  store_conn_t *conn, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < claim->count; i++) {
        const cd_org_t *org;

        if (!of_allegation(claim->records[i].kind))
            continue;
        org = app_org_cached(ctx, cd_record_org(&claim->records[i]));
        if (!org)
            return cd_err(pool, CD_E_INVALID,
                          "the organisation code must be one that is registered here",
                          "an allegation on no trust");
        CD_ERR(allegation_keep(head, &claim->records[i], org->id, conn, pool));
    }
    return NULL;
}

cd_err_t *app_recovery_touch(app_ctx_t *ctx, const store_head_t *head, const cd_record_t *all,
                             int count, store_conn_t *conn, apr_pool_t *pool)
{
    const cd_claim_t *claim = cd_claim_read(all, count, ctx->today, pool);

    CD_ERR(recoveries_keep(head, claim, conn, pool));
    return allegations_keep(ctx, head, claim, conn, pool);
}

/* claim_reserve.c: reserves by head. The newest of each head holds, whatever was set before. */
#include "domain/claim_reserve.h"
#include "domain/series.h"

static void newest(cd_reserve_head_t *out, const cd_claim_t *claim)
{
    const cd_record_t *r = NULL;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_RESERVE, r)))
        if (((const cd_reserve_t *)r->body)->head == out->head
            && (!out->record || r->happened.last >= out->record->happened.last))
            out->record = r;
    if (!out->record)
        return;
    out->amount_p = ((const cd_reserve_t *)out->record->body)->amount_p;
    out->probability_bp = ((const cd_reserve_t *)out->record->body)->probability_bp;
}

cd_err_t *cd_reserves(cd_reserves_t *out, const cd_claim_t *claim, const cd_ledger_t *ledger,
                      apr_pool_t *pool)
{
    const apr_int64_t paid_p[CD_RESERVE_HEADS] = { ledger->damages_p, ledger->claimant_costs_p,
                                                   ledger->defence_costs_p };
    *out = (cd_reserves_t){ 0 };
    for (int i = 0; i < CD_RESERVE_HEADS; i++) {
        cd_reserve_head_t *head = &out->head[i];
        head->head = CD_RESERVE_DAMAGES + i;
        head->paid_p = paid_p[i];
        newest(head, claim);
        if (!head->record)
            continue;
        out->any = 1;
        head->rest_p = head->amount_p > head->paid_p ? head->amount_p - head->paid_p : 0;
        head->weighted_p = head->amount_p;
        if (head->probability_bp)
            CD_ERR(cd_pct(&head->weighted_p, head->amount_p, head->probability_bp, pool));
        CD_ERR(cd_pence_add(&out->total_p, out->total_p, head->amount_p, pool));
        CD_ERR(cd_pence_add(&out->rest_p, out->rest_p, head->rest_p, pool));
        CD_ERR(cd_pence_add(&out->weighted_p, out->weighted_p, head->weighted_p, pool));
    }
    return NULL;
}

/* ledger.c: the payments of a claim, in three columns, with reversals beside what they reverse. */
#include <apr_strings.h>

#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/csv.h"

/** The column a kind of payment stands in; `other` for what is neither damages nor costs. */
static web_name_t column_of(int kind)
{
    switch (kind) {
    case CD_PAY_DAMAGES_LUMP:
    case CD_PAY_DAMAGES_INTERIM:
    case CD_PAY_PPO_INSTALMENT:
        return WN_damages;
    case CD_PAY_CLAIMANT_COSTS:
        return WN_claimant_costs;
    case CD_PAY_DEFENCE_COSTS:
        return WN_defence_costs;
    default:
        return WN_other;
    }
}

/** seq of the payment that takes back `seq`, or 0. */
static int reversed_by(const cd_claim_t *file, int seq)
{
    int i;

    for (i = 0; i < file->count; i++) {
        const cd_payment_t *body = file->records[i].body;
        if (file->records[i].kind == CD_REC_PAYMENT && !file->records[i].superseded_by
            && body->reverses == seq)
            return file->records[i].seq;
    }
    return 0;
}

static void put_payment(web_view_t *map, web_exchange_t *x, const app_claim_view_t *claim,
                        const cd_record_t *record)
{
    const cd_payment_t *body = record->body;
    const int undone = reversed_by(claim->claim, record->seq);
    const web_name_t column = column_of(body->kind);

    web_put_int(map, WN_seq, record->seq);
    web_put_when(map, WN_on, record->happened);
    web_put_token(map, WN_kind, cd_payment_kinds, body->kind);
    web_put_token(map, WN_payee, cd_payee_classes, body->payee);
    web_put_text(map, WN_note, body->note);
    web_put_text(map, WN_who, record->recorded_by_name);
    web_put_pence(map, column, body->reverses ? -body->amount_p : body->amount_p);
    web_page_flag(map, WN_memo, body->kind == CD_PAY_PPO_CAPITALISED);
    if (body->reverses)
        web_put_int(map, WN_reverses, body->reverses);
    if (undone)
        web_put_int(map, WN_reversed_by, undone);
    if (!undone && !body->reverses && web_reach(x, CD_RIGHT_CLAIM_WRITE))
        web_page_text(map, WN_reverse_url,
                      web_url_query(x, web_url(x, "claim.record.new", claim->row.reference,
                                               "payment", NULL),
                                    "reverses", apr_itoa(x->pool, record->seq)));
}

void web_ledger_put(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *list, *totals;
    int i, count = 0;

    if (claim->partial || !claim->claim)
        return;
    list = web_put_list(x->view, WN_payments);
    for (i = 0; i < claim->claim->count; i++) {
        const cd_record_t *record = &claim->claim->records[i];
        if (record->kind != CD_REC_PAYMENT || record->superseded_by)
            continue;
        put_payment(web_add(list), x, claim, record);
        count++;
    }
    web_page_flag(x->view, WN_has_ledger, 1);
    web_page_flag(x->view, WN_has_payments, count > 0);
    totals = web_put_map(x->view, WN_ledger);
    web_put_int(totals, WN_count, count);
    web_put_pence(totals, WN_total, claim->ledger.outlay_p);
    web_put_pence(totals, WN_damages, claim->ledger.damages_p);
    web_put_pence(totals, WN_claimant_costs, claim->ledger.claimant_costs_p);
    web_put_pence(totals, WN_defence_costs, claim->ledger.defence_costs_p);
    web_put_pence(totals, WN_other, claim->ledger.cru_p);
    web_page_flag(x->view, WN_has_other, claim->ledger.cru_p || claim->ledger.ppo_capital_p);
}

/** The sum of a claim's ledger that a trust's user would see is their own share, on the claim page;
 * for them this page is not there, exactly as a claim out of reach is not. */
cd_err_t *web_claim_ledger(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_seq, WN_on, WN_kind, WN_payee, WN_note, WN_damages, WN_claimant_costs, WN_defence_costs,
        WN_other, WN_reverses, WN_reversed_by, WN_who
    };
    app_claim_view_t *claim;

    CD_ERR(app_claim_view(&claim, x->ctx, 0));
    if (claim->partial)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "the ledger is for the scheme's own people");
    web_claim_crumbs(x, claim, 1);
    web_page_title(x, apr_psprintf(x->pool, "Ledger of %s", claim->row.reference),
                 apr_psprintf(x->pool, "%s paid in this claim",
                              cd_pence_words(claim->ledger.outlay_p, x->pool)));
    web_claim_strip(x, claim);
    web_claim_put(x->view, x, claim);
    web_payable_put(x->view, claim);
    web_ledger_put(x, claim);
    web_page_flag(x->view, WN_may_take_back, 1);
    web_tool(x, "Download the ledger (CSV)",
             web_csv_url(x, web_url(x, "claim.ledger", claim->row.reference, NULL)));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE))
        web_page_text(x->view, WN_pay_url,
                      web_url(x, "claim.record.new", claim->row.reference, "payment", NULL));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_payments, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       apr_psprintf(x->pool, "ledger-%s.csv", claim->row.reference));
    return NULL;
}

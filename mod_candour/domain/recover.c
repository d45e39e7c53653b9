/* recover.c: instalments, and what a trust was asked for, paid and still owes under a decision. */
#include "domain/recover.h"
#include "domain/series.h"

const cd_token_t cd_paces[] = {
    { CD_PACE_MONTH, "MONTH", "Every month" },
    { CD_PACE_QUARTER, "QUARTER", "Every 3 months" },
    { CD_PACE_YEAR, "YEAR", "Every year" },
    { 0, NULL, NULL }
};

static cd_date_t months_on(cd_date_t from, int months)
{
    int year, month, day;
    cd_date_t end;

    cd_date_split(from, &year, &month, &day);
    month += months - 1;
    year += month / 12;
    month = month % 12 + 1;
    end = cd_date_month_end(cd_date_make(year, month, 1));
    return end - cd_date_make(year, month, 1) + 1 < day ? end : cd_date_make(year, month, day);
}

cd_err_t *cd_instalments(cd_instalment_t *out, apr_int64_t total_p, int count, cd_date_t first,
                         int pace, apr_pool_t *pool)
{
    static const int months[] = { 0, 1, 3, 12 };
    int i;

    if (count < 1 || count > CD_INSTALMENTS_MAX || total_p < count || total_p > CD_PENCE_MAX
        || pace < CD_PACE_MONTH || pace > CD_PACE_YEAR)
        return cd_err(pool, CD_E_RANGE, NULL, "the sum cannot be put into %d instalments", count);
    for (i = 0; i < count; i++) {
        out[i].amount_p = total_p / count + (i < total_p % count);
        out[i].due = months_on(first, months[pace] * i);
    }
    return NULL;
}

const cd_record_t *cd_receipt_reversal(const cd_claim_t *claim, int seq)
{
    const cd_record_t *r = NULL;

    while ((r = cd_series_next(claim->records, claim->count, CD_REC_RECEIPT, r)))
        if (((const cd_receipt_t *)r->body)->reverses == seq)
            return r;
    return NULL;
}

int cd_recovery_held(const cd_stand_t *stand)
{
    return stand->review_asked && (!stand->review || stand->review->seq < stand->review_asked->seq);
}

/* What came for one instalment, or went back against it. */
static cd_err_t *received_for(apr_int64_t *out_p, const cd_claim_t *claim, int recovery_seq,
                              int way, apr_pool_t *pool)
{
    const cd_record_t *r = NULL;

    *out_p = 0;
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_RECEIPT, r))) {
        const cd_receipt_t *receipt = r->body;

        if (receipt->recovery_seq == recovery_seq
            && (receipt->way == CD_MONEY_TO_TRUST) == (way == CD_MONEY_TO_TRUST))
            CD_ERR(cd_pence_add(out_p, *out_p,
                                receipt->reverses ? -receipt->amount_p : receipt->amount_p, pool));
    }
    return NULL;
}

static apr_int64_t smaller(apr_int64_t a_p, apr_int64_t b_p)
{
    return a_p < b_p ? a_p : b_p;
}

/* Which part of each instalment the decision still asks for. */
static void hold(cd_recovered_t *all)
{
    apr_int64_t rest_p = all->stands_p;
    int i;

    for (i = 0; i < all->count; i++) {
        all->asked[i].holds_p =
            smaller(smaller(all->asked[i].received_p, all->asked[i].amount_p), rest_p);
        rest_p -= all->asked[i].holds_p;
    }
    for (i = 0; i < all->count; i++) {
        apr_int64_t more_p = smaller(all->asked[i].amount_p - all->asked[i].holds_p, rest_p);

        all->asked[i].holds_p += more_p;
        rest_p -= more_p;
    }
}

static void sum_up(cd_recovered_t *all, cd_date_t as_at)
{
    apr_int64_t over_p;
    int i;

    for (i = 0; i < all->count; i++) {
        cd_asked_t *one = &all->asked[i];

        one->left_p = one->holds_p > one->received_p ? one->holds_p - one->received_p : 0;
        one->overdue = one->left_p && ((const cd_recovery_t *)one->record->body)->due < as_at;
        all->asked_p += one->holds_p;
        all->left_p += one->left_p;
        all->overdue_p += one->overdue ? one->left_p : 0;
    }
    over_p = all->received_p - all->repaid_p - all->stands_p;
    all->to_ask_p = all->stands_p - all->asked_p;
    all->to_repay_p = over_p > 0 ? over_p : 0;
}

cd_err_t *cd_recovered_read(cd_recovered_t **out, const cd_claim_t *claim, int decision_seq,
                            apr_int64_t stands_p, apr_pool_t *pool)
{
    cd_recovered_t *all = apr_pcalloc(pool, sizeof(*all));
    const cd_record_t *r = NULL;
    apr_int64_t back_p;

    all->stands_p = stands_p;
    all->asked = apr_pcalloc(pool, sizeof(*all->asked) * (apr_size_t)(claim->count + 1));
    while ((r = cd_series_next(claim->records, claim->count, CD_REC_RECOVERY, r))) {
        const cd_recovery_t *recovery = r->body;
        cd_asked_t *one = &all->asked[all->count];

        if (recovery->decision_seq != decision_seq)
            continue;
        one->record = r;
        one->amount_p = recovery->amount_p;
        CD_ERR(received_for(&one->received_p, claim, r->seq, CD_MONEY_FROM_TRUST, pool));
        CD_ERR(received_for(&back_p, claim, r->seq, CD_MONEY_TO_TRUST, pool));
        CD_ERR(cd_pence_add(&all->received_p, all->received_p, one->received_p, pool));
        CD_ERR(cd_pence_add(&all->repaid_p, all->repaid_p, back_p, pool));
        all->count++;
    }
    hold(all);
    sum_up(all, claim->as_at);
    *out = all;
    return NULL;
}

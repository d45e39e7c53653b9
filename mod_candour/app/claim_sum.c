/* claim_sum.c: what follows from a claim's records: its head and its parties.
 *
 * Reads; never writes. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim_core.h"
#include "domain/lists.h"

int app_party_set(const cd_claim_t *claim)
{
    int i, seq = 0;

    for (i = 0; i < claim->count; i++)
        if (claim->records[i].kind == CD_REC_PARTIES && !claim->records[i].superseded_by)
            seq = claim->records[i].seq;
    return seq;
}

cd_err_t *app_claim_sum_up(store_head_t *head, const cd_record_t *all, int count, cd_date_t today,
                           apr_pool_t *pool)
{
    const cd_claim_t *claim = cd_claim_read(all, count, today, pool);
    const cd_claim_facts_t *facts = claim->facts;

    if (!facts)
        return cd_err(pool, CD_E_INVALID, NULL, "a claim without facts");
    head->title = facts->title;
    head->person = cd_initials(facts->claimant_name, pool);
    head->nhs_known = 1;
    head->nhs_number = facts->nhs_number;
    head->scheme = facts->scheme;
    head->notified_on =
        facts->notified.first == facts->notified.last ? facts->notified.first : CD_NO_DATE;
    head->status = claim->status ? claim->status : CD_CLAIM_NOTIFIED;
    head->party_set = app_party_set(claim);
    return NULL;
}

void app_claim_row(app_claim_row_t *row, const store_head_t *head)
{
    memset(row, 0, sizeof(*row));
    row->reference = head->reference;
    row->title = head->title;
    row->person = head->person;
    row->status = head->status;
    row->scheme = head->scheme;
    row->version = head->version;
    row->notified_on = head->notified_on;
    row->changed_at = head->changed_at;
    row->unreadable = head->unreadable;
}

const char **app_case_refs(int *count_out, const char *cases, apr_pool_t *pool)
{
    const char **refs = apr_pcalloc(pool, sizeof(*refs) * (CD_PARTY_CASES_MAX + 1));
    const char *from = cases ? cases : "";
    apr_size_t len;

    for (*count_out = 0; *count_out <= CD_PARTY_CASES_MAX; from += len) {
        from += strspn(from, ", \t");
        len = strcspn(from, ", \t");
        if (!len)
            break;
        if (*count_out < CD_PARTY_CASES_MAX)
            refs[*count_out] = apr_pstrmemdup(pool, from, len);
        ++*count_out;
    }
    return refs;
}

cd_err_t *app_claim_read(app_claim_facts_t *out, app_ctx_t *ctx, const store_head_t *head,
                         cd_date_t as_at)
{
    const cd_claim_money_t *money;
    cd_record_t *all;
    int count;

    memset(out, 0, sizeof(*out));
    if (as_at > ctx->today)
        return cd_err(ctx->pool, CD_E_RANGE, "the day asked for has not come yet",
                      "as_at after today");
    CD_ERR(app_conn(ctx));
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    out->all = all;
    out->all_count = count;
    out->claim = cd_claim_read(all, count, as_at, ctx->pool);
    out->claim->id = head->id;
    out->claim->reference = head->reference;
    out->claim->version = head->version;
    money = cd_claim_money(out->claim, ctx->pool);
    CD_ERR(cd_payable(&out->payable, money, ctx->pool));
    return cd_ledger(&out->ledger, money, ctx->pool);
}

void app_claim_with(app_claim_facts_t *facts, const cd_record_t *added, apr_pool_t *pool)
{
    const cd_claim_t *before = facts->claim;

    facts->all = app_records_with(facts->all, facts->all_count, added, pool);
    facts->all_count++;
    facts->claim = cd_claim_read(facts->all, facts->all_count, before->as_at, pool);
    facts->claim->id = before->id;
    facts->claim->reference = before->reference;
    facts->claim->version = before->version;
}

/* claim.c: a claim as it stands at a day, and its shares.
 *
 * What is paid stands in claim_money.c: no scheme, flag, decision or round can reach it (invariant
 * 1), and tests/guard/check_claimant.sh reads what includes and calls what. */
#include <apr_strings.h>
#include <string.h>

#include "domain/claim.h"
#include "domain/series.h"

cd_claim_t *cd_claim_read(const cd_record_t *all, int count, cd_date_t as_at, apr_pool_t *pool)
{
    cd_claim_t *claim = apr_pcalloc(pool, sizeof(*claim));
    claim->as_at = as_at;
    claim->records = cd_series_read(&claim->count, all, count, as_at, pool);
    claim->later = count - claim->count;
    const cd_record_t *facts = cd_series_last(claim->records, claim->count, CD_REC_CLAIM);
    const cd_record_t *status = cd_series_last(claim->records, claim->count, CD_REC_CLAIM_STATUS);
    const cd_record_t *parties = cd_series_last(claim->records, claim->count, CD_REC_PARTIES);
    claim->facts = facts ? facts->body : NULL;
    claim->status_record = status;
    claim->status = status ? ((const cd_claim_status_t *)status->body)->status : CD_CLAIM_NOTIFIED;
    claim->parties = parties ? parties->body : NULL;
    return claim;
}

static void check_row(const cd_parties_t *parties, int row, cd_problems_t *problems)
{
    const cd_party_t *party = &parties->party[row];
    const char *trust = apr_psprintf(problems->pool, "trust_%d", row + 1);
    if (!party->org_code) {
        if (party->share_bp || party->cases)
            cd_problem_add(problems, trust, NULL, "Enter the organisation code");
        return;
    }
    if (!party->share_bp)
        cd_problem_add(problems, apr_psprintf(problems->pool, "share_%d", row + 1), NULL,
                       "Enter the share of %s", party->org_code);
    for (int i = 0; i < row; i++)
        if (parties->party[i].org_code && !strcmp(parties->party[i].org_code, party->org_code))
            cd_problem_add(problems, trust, NULL, "%s is in the list already", party->org_code);
}

int cd_parties_check(const cd_parties_t *parties, cd_problems_t *problems)
{
    int before = problems->count;
    apr_int64_t sum = 0;
    for (int row = 0; row < CD_PARTIES_MAX; row++) {
        check_row(parties, row, problems);
        if (parties->party[row].org_code)
            sum += parties->party[row].share_bp;
    }
    if (sum != CD_BP_WHOLE)
        cd_problem_add(problems, "share_1", NULL, "Shares must add up to 100%%. They add up to %s",
                       cd_bp_words(sum, problems->pool));
    return problems->count == before;
}

/* Largest remainder: every part is rounded down, and the pence left over go to the parts that lost
 * most, the earlier first where they lost alike. */
static void give_rest(apr_int64_t *parts, const apr_int64_t *lost, apr_int64_t rest)
{
    int given[CD_PARTIES_MAX] = { 0 };
    for (; rest > 0; rest--) {
        int best = -1;
        for (int i = 0; i < CD_PARTIES_MAX; i++)
            if (!given[i] && lost[i] > 0 && (best < 0 || lost[i] > lost[best]))
                best = i;
        if (best < 0)
            return;
        given[best] = 1;
        parts[best]++;
    }
}

cd_err_t *cd_share_split(apr_int64_t *parts_out, const cd_parties_t *parties, apr_int64_t total_p,
                         apr_pool_t *pool)
{
    apr_int64_t lost[CD_PARTIES_MAX] = { 0 }, rest = total_p, shares = 0;
    if (total_p < 0 || total_p > CD_PENCE_MAX)
        return cd_err(pool, CD_E_RANGE, NULL, "a sum to share is out of range");
    for (int i = 0; i < CD_PARTIES_MAX; i++) {
        const cd_party_t *party = &parties->party[i];
        apr_int64_t share = party->org_code ? party->share_bp : 0;
        if (share < 0 || share > CD_BP_WHOLE)
            return cd_err(pool, CD_E_RANGE, NULL, "share %d is out of range", i + 1);
        shares += share;
        parts_out[i] = total_p * share / CD_BP_WHOLE;    /* at most 10^12 x 10^4: fits */
        lost[i] = total_p * share % CD_BP_WHOLE;
        rest -= parts_out[i];
    }
    if (shares != CD_BP_WHOLE)
        return cd_err(pool, CD_E_RANGE, "the shares do not add up to 100%",
                      "they add up to %" APR_INT64_T_FMT, shares);
    give_rest(parts_out, lost, rest);
    return NULL;
}

int cd_claim_succeeded(const cd_claim_t *claim)
{
    return claim->status == CD_CLAIM_SETTLED_DAMAGES;
}

/* standing.c: how the decisions of a claim stand, reckoned. Reads; keeps nothing. */
#include <string.h>

#include "audit/standing.h"
#include "base/json.h"
#include "domain/liability.h"
#include "domain/recover.h"

static apr_int64_t number(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    return json_is_integer(value) ? (apr_int64_t)json_integer_value(value) : 0;
}

/* 1 if the sum rises with the number of the trust's breaches. */
static int counts_breaches(const json_t *scheme)
{
    const char *word = json_string_value(json_object_get(scheme, "formula"));
    const int formula = word ? cd_token_strict(cd_formulas, word) : 0;

    return formula == CD_L3_FIXED_RISING || formula == CD_L3B_FIXED_STEPS
           || formula == CD_L7_CONTRIBUTION_UPLIFT;
}

/* What its scheme version says of a decision stands in the inputs of its flag. */
static cd_err_t *fill(store_standing_t *row, cd_decided_t *decided, const store_decided_t *from,
                      apr_pool_t *pool)
{
    cd_scheme_input_t asked;
    const json_t *scheme;
    apr_int64_t above_p;
    json_t *inputs;

    if (!from->inputs || cd_json_read(&inputs, from->inputs, strlen(from->inputs), pool))
        return cd_err(pool, CD_E_TAMPERED, NULL, "flag %d: its inputs cannot be read",
                      from->flag_seq);
    scheme = json_object_get(inputs, "scheme");
    CD_ERR(cd_flag_asked(&asked, NULL, from->inputs, from->answer, pool));
    above_p = number(scheme, "confirm_above_p");
    row->units = asked.units > 0 ? asked.units : 1;
    row->counted = counts_breaches(scheme) ? asked.breach_number : 0;
    row->seq = decided->seq = from->seq;
    row->flag_seq = decided->flag_seq = from->flag_seq;
    row->org_id = from->org_id;
    decided->org = from->org_code;
    row->outcome = decided->outcome = from->outcome;
    decided->amount_p = from->amount_p;
    decided->needs_second = above_p > 0 && from->amount_p > above_p;
    row->decided_at = from->decided_at;
    return NULL;
}

/* What is asked for as the decision stands, and what came and did not go back. */
static cd_err_t *sums_fill(store_standing_t *row, const cd_claim_t *claim, apr_pool_t *pool)
{
    cd_recovered_t *recovered;

    CD_ERR(cd_recovered_read(&recovered, claim, row->seq, row->amount_p, pool));
    row->asked_p = recovered->asked_p;
    row->received_p = recovered->received_p - recovered->repaid_p;
    return NULL;
}

cd_err_t *audit_standings(store_standing_t **out, cd_decided_t **decided_out, int *count_out,
                          const store_head_t *claim, const cd_record_t *all, int count,
                          store_conn_t *conn, apr_pool_t *pool)
{
    const cd_claim_t *read =
        cd_claim_read(all, count, cd_date_make(CD_DATE_MAX_YEAR, 12, 31), pool);
    store_standing_t *rows;
    cd_decided_t *decided;
    store_decided_t *from;
    int i;

    CD_ERR(store_decided(&from, count_out, claim->id, conn, pool));
    rows = apr_pcalloc(pool, sizeof(*rows) * (apr_size_t)(*count_out + 1));
    decided = apr_pcalloc(pool, sizeof(*decided) * (apr_size_t)(*count_out + 1));
    for (i = 0; i < *count_out; i++) {
        rows[i].claim_id = claim->id;
        rows[i].reference = claim->reference;
        CD_ERR(fill(&rows[i], &decided[i], &from[i], pool));
    }
    for (i = 0; i < *count_out; i++) {
        const cd_stand_t stand = cd_decision_stand(decided, *count_out, i, read);

        rows[i].standing = (int)stand.standing;
        rows[i].amount_p = stand.amount_p;
        if (cd_decision_for_trust(read, rows[i].seq)) {
            const cd_stand_t told = cd_decision_stand_told(decided, *count_out, i, read);

            rows[i].told_standing = (int)told.standing;
            rows[i].told_p = told.amount_p;
        }
        CD_ERR(sums_fill(&rows[i], read, pool));
    }
    *out = rows;
    if (decided_out)
        *decided_out = decided;
    return NULL;
}

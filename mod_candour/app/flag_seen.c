/* flag_seen.c: whether what a stored flag was computed from is still what is there.
 *
 * Told from numbers that only a write can raise (versions, record numbers, the count of breaches),
 * which the flag's stored inputs hold. Never from a time: the clock of a request stands still while
 * others write. */
#include <string.h>

#include "app/claim_core.h"
#include "app/scheme.h"
#include "base/json.h"
#include "domain/round.h"
#include "store/standing.h"

static int same_number(const json_t *object, const char *name, int there)
{
    const json_t *value = json_object_get(object, name);

    return json_is_integer(value) && json_integer_value(value) == there;
}

static int same_day(const json_t *object, const char *name, cd_date_t there)
{
    const json_t *value = json_object_get(object, name);

    if (!there)
        return json_is_null(value);
    return json_is_string(value) && cd_date_parse(json_string_value(value)) == there;
}

/* Whether what the claim's own records give a flag is still what it was computed from. A step of
 * the round ages a flag only by what was asked, until when, and that nothing exists. */
static int claim_same(const json_t *inputs, const cd_claim_t *claim, const store_flag_t *flag,
                      apr_pool_t *pool)
{
    cd_flag_input_t now = { 0 };

    cd_flag_round(&now, claim, flag->org_code, pool);
    return same_number(json_object_get(inputs, "seen"), "claim_record", now.claim_record)
        && same_day(inputs, "requested_on", now.requested_on) && same_day(inputs, "due", now.due)
        && json_is_true(json_object_get(inputs, "none_exists")) == now.none_exists;
}

/* The cases that a flag was computed from, as its inputs name them; NULL if the claim has changed
 * since, or if they do not say what was read. `claim` NULL: read here. */
static cd_err_t *cases_seen(const json_t **out, const store_head_t *head, const store_flag_t *flag,
                            const cd_claim_t *claim, store_conn_t *conn, apr_pool_t *pool)
{
    const json_t *cases;
    json_t *inputs;

    CD_ERR(cd_json_read(&inputs, flag->inputs, strlen(flag->inputs), pool));
    if (!claim) {
        cd_record_t *all;
        int count;

        CD_ERR(store_records(&all, &count, head, conn, pool));
        claim = cd_claim_read(all, count, cd_date_make(CD_DATE_MAX_YEAR, 12, 31), pool);
    }
    cases = json_object_get(json_object_get(inputs, "seen"), "cases");
    *out = json_is_array(cases) && claim_same(inputs, claim, flag, pool) ? cases : NULL;
    return NULL;
}

cd_err_t *app_flag_outdated(int *out, const store_head_t *head, const store_flag_t *flag,
                            const cd_claim_t *claim, store_conn_t *conn, apr_pool_t *pool)
{
    const json_t *cases;
    size_t i;

    CD_ERR(cases_seen(&cases, head, flag, claim, conn, pool));
    *out = !cases;
    for (i = 0; !*out && i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i);
        const char *reference = json_string_value(json_object_get(one, "reference"));
        store_head_t *there = NULL;

        if (reference)
            CD_ERR(store_head_get(&there, CD_FILE_CASE, reference, flag->org_id, conn, pool));
        *out = !there || !same_number(one, "version", there->version);
    }
    return NULL;
}

static cd_err_t *contribution_same(int *out, const json_t *inputs, const store_flag_t *flag,
                                   cd_date_t as_at, store_conn_t *conn, apr_pool_t *pool)
{
    const json_t *then = json_object_get(json_object_get(inputs, "sums"), "contribution_p");
    apr_int64_t now = 0;
    int seq;

    CD_ERR(store_contribution(&now, &seq, flag->org_id, app_financial_year(as_at), conn, pool));
    *out = json_is_integer(then) && json_integer_value(then) == now;
    return NULL;
}

/* The day on which a flag was computed, none: its inputs do not say. */
static cd_date_t computed_on(const json_t *inputs)
{
    const char *day = json_string_value(json_object_get(inputs, "as_at"));

    return day ? cd_date_parse(day) : CD_NO_DATE;
}

/* Breaches are counted over a window that ends with the day of the decision, so the turn of a year
 * is a change, too. */
static cd_err_t *breaches_same(const char **why_out, const json_t *inputs,
                               const cd_scheme_t *scheme, const store_head_t *claim,
                               const store_flag_t *flag, cd_date_t on, store_conn_t *conn,
                               apr_pool_t *pool)
{
    const cd_date_t then = cd_window_start(scheme->window, computed_on(inputs)),
                    now = cd_window_start(scheme->window, on);
    int count;

    CD_ERR(store_breach_units(&count, flag->org_id, now, claim->id, conn, pool));
    if (same_number(inputs, "breaches_before", count))
        return NULL;
    *why_out = "another decision on this trust was made since: compute the flag again";
    if (then == now)
        return NULL;
    CD_ERR(store_breach_units(&count, flag->org_id, then, claim->id, conn, pool));
    if (same_number(inputs, "breaches_before", count))
        *why_out =
            "the time over which breaches are counted has moved on since: compute the flag again";
    return NULL;
}

/* Only where the sum rises with the number of breaches, or is a part of the contribution: elsewhere
 * the flag says the same whatever was decided or entered since. */
static cd_err_t *overtaken(const char **why_out, const store_head_t *claim,
                           const store_flag_t *flag, cd_date_t on, store_conn_t *conn,
                           apr_pool_t *pool)
{
    cd_scheme_t *scheme;
    json_t *inputs;
    int same = 1;

    CD_ERR(cd_json_read(&inputs, flag->inputs, strlen(flag->inputs), pool));
    CD_ERR(cd_scheme_read(&scheme, json_object_get(inputs, "scheme"), pool));
    if (cd_scheme_counts(scheme))
        CD_ERR(breaches_same(why_out, inputs, scheme, claim, flag, on, conn, pool));
    if (cd_scheme_formula(scheme) == CD_L7_CONTRIBUTION_UPLIFT)
        CD_ERR(contribution_same(&same, inputs, flag, on, conn, pool));
    if (!same)
        *why_out = "the trust’s contribution for the year was entered or changed since: compute "
                   "the flag again";
    return NULL;
}

static const char claim_or_case[] = "the claim or a case has changed since: compute the flag again";

cd_err_t *app_flag_why_old(const char **why_out, const store_head_t *claim,
                           const store_flag_t *flag, cd_date_t on, store_conn_t *conn,
                           apr_pool_t *pool)
{
    int is_so;

    *why_out = NULL;
    CD_ERR(app_flag_outdated(&is_so, claim, flag, NULL, conn, pool));
    if (is_so) {
        *why_out = claim_or_case;
        return NULL;
    }
    return overtaken(why_out, claim, flag, on, conn, pool);
}

cd_err_t *app_flag_weigh(const char **why_out, const store_head_t *claim, const store_flag_t *flag,
                         cd_date_t on, store_conn_t *conn, apr_pool_t *pool)
{
    store_weighed_t weighed[CD_PARTY_CASES_MAX];
    const json_t *cases;
    int i, count, same = 0;

    *why_out = NULL;
    CD_ERR(cases_seen(&cases, claim, flag, NULL, conn, pool));
    count = cases ? (int)json_array_size(cases) : 0;
    for (i = 0; i < count && i < CD_PARTY_CASES_MAX; i++) {
        const json_t *one = json_array_get(cases, (size_t)i);

        weighed[i].reference = json_string_value(json_object_get(one, "reference"));
        weighed[i].version = (int)json_integer_value(json_object_get(one, "version"));
    }
    if (cases && count <= CD_PARTY_CASES_MAX)
        CD_ERR(store_cases_weigh(&same, flag->org_id, weighed, count, conn, pool));
    if (!same) {
        *why_out = claim_or_case;
        return NULL;
    }
    return overtaken(why_out, claim, flag, on, conn, pool);
}

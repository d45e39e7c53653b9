/* flag_seen.c: whether what a stored flag was computed from is still what is there.
 *
 * Told from numbers that only a write can raise (versions, record numbers, the count of breaches), which the
 * flag's stored inputs hold. Never from a time: the clock of a request stands still while others write. */
#include <string.h>

#include "app/claim_core.h"
#include "base/json.h"
#include "domain/round.h"
#include "store/standing.h"

static int same_number(const json_t *object, const char *name, int there)
{
    const json_t *value = json_object_get(object, name);

    return json_is_integer(value) && json_integer_value(value) == there;
}

/* A flag whose inputs do not say what was read counts as out of date. */
cd_err_t *app_flag_outdated(int *out, const store_head_t *claim, const store_flag_t *flag, store_conn_t *conn,
                            apr_pool_t *pool)
{
    const json_t *seen, *cases;
    cd_record_t *all;
    json_t *inputs;
    size_t i;
    int count, weighed;

    CD_ERR(cd_json_read(&inputs, flag->inputs, strlen(flag->inputs), pool));
    seen = json_object_get(inputs, "seen");
    cases = json_object_get(seen, "cases");
    CD_ERR(store_records(&all, &count, claim, conn, pool));
    weighed = cd_round_read(cd_claim_read(all, count, cd_date_make(CD_DATE_MAX_YEAR, 12, 31), pool), flag->org_code, pool)->weighed_seq;
    *out = !json_is_array(cases) || !same_number(seen, "claim_record", weighed);
    for (i = 0; !*out && i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i);
        const char *reference = json_string_value(json_object_get(one, "reference"));
        store_head_t *head = NULL;

        if (reference)
            CD_ERR(store_head_get(&head, CD_FILE_CASE, reference, flag->org_id, conn, pool));
        *out = !head || !same_number(one, "version", head->version);
    }
    return NULL;
}

static int word_value(const json_t *object, const char *name, const cd_token_t *list)
{
    const char *word = json_string_value(json_object_get(object, name));

    return word ? cd_token_strict(list, word) : 0;
}

/* Only where the sum rises with the number: elsewhere the flag says the same whatever was decided since. */
static cd_err_t *overtaken(int *out, const store_head_t *claim, const store_flag_t *flag, store_conn_t *conn,
                           apr_pool_t *pool)
{
    const json_t *scheme;
    const char *as_at;
    json_t *inputs;
    int count;

    *out = 0;
    CD_ERR(cd_json_read(&inputs, flag->inputs, strlen(flag->inputs), pool));
    scheme = json_object_get(inputs, "scheme");
    if (word_value(scheme, "formula", cd_formulas) != CD_L3_FIXED_RISING)
        return NULL;
    as_at = json_string_value(json_object_get(inputs, "as_at"));
    CD_ERR(store_breach_units(&count, flag->org_id,
                              cd_window_start(word_value(scheme, "window", cd_windows),
                                              as_at ? cd_date_parse(as_at) : CD_NO_DATE),
                              claim->id, conn, pool));
    *out = !same_number(json_object_get(inputs, "sums"), "breach_number", count + 1);
    return NULL;
}

cd_err_t *app_flag_why_old(const char **why_out, const store_head_t *claim, const store_flag_t *flag,
                           store_conn_t *conn, apr_pool_t *pool)
{
    int is_so;

    *why_out = NULL;
    CD_ERR(app_flag_outdated(&is_so, claim, flag, conn, pool));
    if (is_so) {
        *why_out = "the claim or a case has changed since: compute the flag again";
        return NULL;
    }
    CD_ERR(overtaken(&is_so, claim, flag, conn, pool));
    if (is_so)
        *why_out = "another decision on this trust was made since: compute the flag again";
    return NULL;
}

/* work_filter.c: a filter of the work list as text: read from addresses and saved views, written in
 * one way. */
#include <string.h>

#include <apr_strings.h>

#include "domain/lists.h"
#include "web/url.h"
#include "web/work_view.h"

#define PAIRS_MAX 20
#define PERSON_MAX 120
#define CODE_MAX 8

static cd_err_t *choice(int *out, const cd_token_t *list, const web_pair_t *pair, apr_pool_t *pool)
{
    *out = cd_token_strict(list, pair->value);
    return *out ? NULL
                : cd_err(pool, CD_E_BAD_REQUEST, "this list cannot be asked for in these words",
                         "%s is no choice of the work list", pair->name);
}

static cd_err_t *take(app_work_filter_t *out, const web_pair_t *pair, apr_pool_t *pool)
{
    if (!*pair->value)
        return NULL;
    if (!strcmp(pair->name, "whose"))
        return choice(&out->whose, app_work_whose, pair, pool);
    if (!strcmp(pair->name, "due"))
        return choice(&out->due, app_work_dues, pair, pool);
    if (!strcmp(pair->name, "rule"))
        return choice(&out->rule, cd_rule_codes, pair, pool);
    if (!strcmp(pair->name, "person") && strlen(pair->value) <= PERSON_MAX)
        out->person = pair->value;
    if (!strcmp(pair->name, "org") && strlen(pair->value) <= CODE_MAX)
        out->org_code = pair->value;
    return NULL;
}

cd_err_t *web_work_parse(app_work_filter_t *out, const char *query, apr_pool_t *pool)
{
    web_pair_t *pairs;
    int count, i;

    memset(out, 0, sizeof(*out));
    CD_ERR(web_pairs_once(&pairs, &count, query, PAIRS_MAX, pool));
    for (i = 0; i < count; i++)
        CD_ERR(take(out, &pairs[i], pool));
    if (out->person)
        out->whose = APP_WORK_PERSON;
    else if (out->whose == APP_WORK_PERSON)
        out->whose = 0;
    return NULL;
}

static void add(cd_buf_t *buf, const char *name, const char *value)
{
    if (!value)
        return;
    cd_buf_fmt(buf, "%s%s=", buf->len ? "&" : "", name);
    cd_esc_url(buf, value);
}

const char *web_work_query(const app_work_filter_t *filter, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 128);

    if (filter->whose != APP_WORK_PERSON)
        add(buf, "whose", cd_token_word(app_work_whose, filter->whose));
    add(buf, "due", cd_token_word(app_work_dues, filter->due));
    add(buf, "rule", filter->rule ? cd_token_word(cd_rule_codes, filter->rule) : NULL);
    add(buf, "person", filter->person);
    add(buf, "org", filter->org_code);
    return buf->len ? buf->data : "";
}

const char *web_work_url(const web_exchange_t *x, const app_work_filter_t *filter)
{
    const char *query = web_work_query(filter, x->pool), *url = web_url(x, "work.list", NULL);

    return *query ? apr_pstrcat(x->pool, url, "?", query, NULL) : url;
}

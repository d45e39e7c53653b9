/* search.c: the search in every page's header: cases and claims by reference or NHS number.
 *
 * Each list comes from its own use case, which asks for its own right; an actor without one is not told of it. */
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct found_t {
    app_case_list_t cases;
    app_claim_list_t claims;
} found_t;

static cd_err_t *look_for(found_t *found, web_exchange_t *x, const char *query)
{
    if (web_reach(x, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        CD_ERR(app_case_search(&found->cases, x->ctx, query));
    if (web_reach(x, CD_RIGHT_CLAIM_READ) != CD_REACH_NONE)
        CD_ERR(app_claim_search(&found->claims, x->ctx, query));
    return NULL;
}

/* The one record found by its reference opens at once: nobody wants a list of one. */
static const char *only_one(const web_exchange_t *x, const found_t *found, const char *query)
{
    if (found->cases.count == 1 && !strcasecmp(found->cases.rows[0].reference, query))
        return web_url(x, "case.show", found->cases.rows[0].reference, NULL);
    if (found->claims.count == 1 && !strcasecmp(found->claims.rows[0].reference, query))
        return web_url(x, "claim.show", found->claims.rows[0].reference, NULL);
    return NULL;
}

static const char *heading(const found_t *found, const char *query, apr_pool_t *pool)
{
    const char *parts[2];
    int count = 0;

    if (!query)
        return "Search by reference or NHS number";
    if (found->cases.count)
        parts[count++] = web_count(found->cases.count, "case", "cases", pool);
    if (found->claims.count)
        parts[count++] = web_count(found->claims.count, "claim", "claims", pool);
    if (!count)
        return "Search: nothing found";
    return apr_pstrcat(pool, parts[0], count > 1 ? " and " : "", count > 1 ? parts[1] : "", " found", NULL);
}

cd_err_t *web_search(web_exchange_t *x)
{
    found_t found = { { 0 }, { 0 } };
    const char *query, *one;

    CD_ERR(web_query(&query, x, "q"));
    if (query && !*query)
        query = NULL;
    if (query)
        CD_ERR(look_for(&found, x, query));
    one = x->media == WEB_HTML && query ? only_one(x, &found, query) : NULL;
    if (one)
        return web_redirect(x, one);
    web_page_title(x, "Search", heading(&found, query, x->pool));
    web_put_text(x->view, WN_search_text, query);
    web_claim_rows(x, &found.claims);
    web_case_rows(x, &found.cases);   /* last: `has_rows` is about the table of cases here */
    web_page_flag(x->view, WN_has_claims, found.claims.count > 0);
    web_page_text(x->view, WN_all_url, web_url(x, "case.list", NULL));
    web_page_flag(x->view, WN_many_trusts, x->ctx->actor->org_id == 0);
    return NULL;
}

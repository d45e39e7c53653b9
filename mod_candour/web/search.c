/* search.c: the search in every page's header: cases and claims by reference, number or words.
 *
 * What is found is the use case's, which asks for the rights; an actor without one is not told of it. What was looked
 * for stands in the address, as it does for every list: so it must hold no more than the search asks for. */
#include <string.h>

#include <apr_strings.h>

#include "app/search.h"
#include "base/text.h"
#include "domain/lists.h"
#include "web/case_view.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* The one record found by its reference opens at once: nobody wants a list of one. */
static const char *only_one(const web_exchange_t *x, const app_search_t *found, const char *query)
{
    if (found->cases.count == 1 && !strcasecmp(found->cases.rows[0].reference, query))
        return web_url(x, "case.show", found->cases.rows[0].reference, NULL);
    if (found->claims.count == 1 && !strcasecmp(found->claims.rows[0].reference, query))
        return web_url(x, "claim.show", found->claims.rows[0].reference, NULL);
    return NULL;
}

static const char *heading(const app_search_t *found, const char *query, apr_pool_t *pool)
{
    const char *parts[2];
    int count = 0;

    if (!query || found->nothing)
        return "Search";
    if (found->cases.next || found->claims.next)
        return "Search: the newest that were found";
    if (found->cases.count)
        parts[count++] = web_count(found->cases.count, "case", "cases", pool);
    if (found->claims.count)
        parts[count++] = web_count(found->claims.count, "claim", "claims", pool);
    if (!count)
        return "Search: nothing found";
    return apr_pstrcat(pool, parts[0], count > 1 ? " and " : "", count > 1 ? parts[1] : "", " found", NULL);
}

static void hit_put(web_view_t *item, const app_hit_t *hit)
{
    if (!hit->found_in)
        return;
    web_put_text(item, WN_found_in, hit->found_in);
    if (cd_when_known(hit->happened))
        web_put_when(item, WN_found_on, hit->happened);
    else
        web_put_date(item, WN_found_on, hit->entered);
    web_put_text(item, WN_hit_before, hit->before);
    web_put_text(item, WN_hit_words, hit->words);
    web_put_text(item, WN_hit_after, hit->after);
}

static void cases_put(web_exchange_t *x, const app_search_t *found)
{
    web_view_t *list = web_put_list(x->view, WN_case_hits);
    int i;

    for (i = 0; i < found->cases.count; i++) {
        const app_case_row_t *row = &found->cases.rows[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_title, row->unreadable ? "Can no longer be read" : row->title);
        web_put_text(item, WN_person, row->person);
        web_put_text(item, WN_org_name, row->org_name);
        web_put_token(item, WN_state, cd_case_states, row->state);
        web_page_text(item, WN_url, web_url(x, "case.show", row->reference, NULL));
        hit_put(item, &found->case_hits[i]);
    }
}

static void claims_put(web_exchange_t *x, const app_search_t *found)
{
    web_view_t *list = web_put_list(x->view, WN_claim_hits);
    int i;

    for (i = 0; i < found->claims.count; i++) {
        const app_claim_row_t *row = &found->claims.rows[i];
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_title, row->unreadable ? "Can no longer be read" : row->title);
        web_put_token(item, WN_status, cd_claim_statuses, row->status);
        web_page_text(item, WN_url, web_url(x, "claim.show", row->reference, NULL));
        hit_put(item, &found->claim_hits[i]);
    }
}

static void more_put(web_exchange_t *x, web_name_t name, const char *cursor, apr_int64_t next, const char *query)
{
    const char *url = web_url_query(x, web_url(x, "search", NULL), "q", query);

    if (next)
        web_page_text(x->view, name, web_url_query(x, url, cursor, apr_psprintf(x->pool, "%" APR_INT64_T_FMT, next)));
}

/* Why nothing can be looked for, in the words of a form's error; NULL: it can. */
static const char *why_not(const char *query, const app_search_t *found, apr_pool_t *pool)
{
    if (cd_text_chars(query) > APP_SEARCH_MAX)
        return apr_psprintf(pool, "What you look for must be %d characters or fewer", APP_SEARCH_MAX);
    if (found->nothing)
        return "Enter a reference, an NHS number, or a word of 2 letters or more that is not as common as “the”";
    return NULL;
}

static void error_put(web_exchange_t *x, const char *why)
{
    web_view_t *item;

    if (!why)
        return;
    x->resp->status = 422;
    web_page_flag(x->view, WN_has_problem, 1);
    item = web_add(web_page_list(x->view, WN_error_list));
    web_page_text(item, WN_text, why);
    web_page_text(item, WN_target, "q");
    web_put_text(x->view, WN_search_error, why);
}

cd_err_t *web_search(web_exchange_t *x)
{
    app_search_ask_t ask = { 0 };
    app_search_t found;
    const char *query, *why = NULL, *one;

    memset(&found, 0, sizeof(found));
    CD_ERR(web_query(&query, x, "q"));
    CD_ERR(web_query_cursor(&ask.cases_before, x, "cases_before"));
    CD_ERR(web_query_cursor(&ask.claims_before, x, "claims_before"));
    query = query ? cd_text_tidy(query, x->pool) : NULL;
    ask.query = query;
    ask.only = ask.cases_before ? CD_FILE_CASE : ask.claims_before ? CD_FILE_CLAIM : 0;
    if (query && cd_text_chars(query) <= APP_SEARCH_MAX)
        CD_ERR(app_search(&found, x->ctx, &ask));
    one = x->media == WEB_HTML && query ? only_one(x, &found, query) : NULL;
    if (one)
        return web_redirect(x, one);
    if (query)
        why = why_not(query, &found, x->pool);
    error_put(x, why);
    web_page_title(x, "Search", heading(&found, query, x->pool));
    web_put_text(x->view, WN_search_text, query);
    web_put_text(x->view, WN_left_out, why ? NULL : found.left_out);
    web_page_flag(x->view, WN_searched, query && !why);
    cases_put(x, &found);
    claims_put(x, &found);
    web_page_flag(x->view, WN_has_rows, found.cases.count > 0);
    web_page_flag(x->view, WN_has_claims, found.claims.count > 0);
    web_page_flag(x->view, WN_many_found, found.cases.next || found.claims.next);
    if (query) {
        more_put(x, WN_more_cases_url, "cases_before", found.cases.next, query);
        more_put(x, WN_more_claims_url, "claims_before", found.claims.next, query);
    }
    web_page_text(x->view, WN_all_url, web_url(x, "case.list", NULL));
    web_page_flag(x->view, WN_many_trusts, x->ctx->actor->org_id == 0);
    return NULL;
}

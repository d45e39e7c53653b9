/* search.c: the search in every page's header: cases and claims by reference, number or words.
 *
 * What is found is the use case's, which asks for the rights; an actor without one is not told of
 * it. What is looked for may be a person's name, so it is sent as a form and never stands in an
 * address, and pages are turned over the same way. One exact reference leads on to its file: a
 * reference names nobody. */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "app/search.h"
#include "domain/lists.h"
#include "web/case_view.h"
#include "web/claim_view.h"
#include "web/form.h"
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

static const char *heading(const app_search_t *found, apr_pool_t *pool)
{
    const char *parts[2];
    int count = 0;

    if (found->cases.next || found->claims.next)
        return "Search: the newest that were found";
    if (found->cases.count)
        parts[count++] = web_count(found->cases.count, "case", "cases", pool);
    if (found->claims.count)
        parts[count++] = web_count(found->claims.count, "claim", "claims", pool);
    if (!count)
        return "Search: nothing found";
    return apr_pstrcat(pool, parts[0], count > 1 ? " and " : "", count > 1 ? parts[1] : "",
                       " found", NULL);
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

/* ---- what was asked ----------------------------------------------------------------- */

#define PLACE_MAX APR_INT64_C(999999999999999)
typedef struct asked_t { const char *q; apr_int64_t cases_before, claims_before; } asked_t;
static const cd_field_t fields[] = {
    { .name = "q", .type = CD_FT_TEXT, .offset = offsetof(asked_t, q), .flags = CD_FF_REQUIRED,
      .max = APP_SEARCH_MAX,
      .label = "Reference, NHS number or words", .noun = "what you look for",
      .shown = "Looked for" },
    { .name = "cases_before", .type = CD_FT_INT, .offset = offsetof(asked_t, cases_before),
      .min = 1, .max = PLACE_MAX,
      .label = "Cases before", .noun = "a place in this list", .shown = "Cases before" },
    { .name = "claims_before", .type = CD_FT_INT, .offset = offsetof(asked_t, claims_before),
      .min = 1,
      .max = PLACE_MAX, .label = "Claims before", .noun = "a place in this list",
      .shown = "Claims before" }
};

/* The two places are never typed: a bad one is no answer to correct. */
static cd_err_t *places_check(const web_form_t *form)
{
    int i;

    for (i = 0; i < form->problems.count; i++)
        if (strcmp(form->problems.list[i].field, "q"))
            return cd_err(form->pool, CD_E_BAD_REQUEST, "this is not a place in this list",
                          "no place of a search");
    return NULL;
}

static void error_put(web_exchange_t *x, const char *why)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_error_list));

    x->resp->status = 422;
    web_page_flag(x->view, WN_has_problem, 1);
    web_page_text(item, WN_text, why);
    web_page_text(item, WN_target, "q");
    web_put_text(x->view, WN_search_error, why);
}

static cd_err_t *again(web_exchange_t *x, web_form_t *form)
{
    if (x->media == WEB_JSON)
        return web_form_again(x, form);
    error_put(x, form->problems.list[0].text);
    web_page_title(x, "Search", "Search");
    web_put_text(x->view, WN_search_text, form->raw[0]);
    return NULL;
}

cd_err_t *web_search(web_exchange_t *x)
{
    web_page_title(x, "Search", "Search");
    return NULL;
}

static void found_put(web_exchange_t *x, const app_search_t *found, const char *query)
{
    web_page_title(x, "Search", heading(found, x->pool));
    web_put_text(x->view, WN_search_text, query);
    web_put_text(x->view, WN_left_out, found->left_out);
    web_page_flag(x->view, WN_searched, 1);
    cases_put(x, found);
    claims_put(x, found);
    web_page_flag(x->view, WN_has_rows, found->cases.count > 0);
    web_page_flag(x->view, WN_has_claims, found->claims.count > 0);
    web_page_flag(x->view, WN_many_found, found->cases.next || found->claims.next);
    if (found->cases.next)
        web_put_int(x->view, WN_cases_before, found->cases.next);
    if (found->claims.next)
        web_put_int(x->view, WN_claims_before, found->claims.next);
    web_page_text(x->view, WN_all_url, web_url(x, "case.list", NULL));
    web_page_flag(x->view, WN_many_trusts, x->ctx->actor->org_id == 0);
}

cd_err_t *web_search_find(web_exchange_t *x)
{
    asked_t asked = { 0 };
    web_form_t *form =
        web_form_make(fields, (int)(sizeof(fields) / sizeof(fields[0])), &asked, x->pool);
    app_search_ask_t ask = { 0 };
    app_search_t found;
    const char *one;

    form->only_asks = 1;
    CD_ERR(web_form_read(form, x));
    CD_ERR(places_check(form));
    if (form->problems.count)
        return again(x, form);
    ask.query = asked.q;
    ask.cases_before = asked.cases_before;
    ask.claims_before = asked.claims_before;
    ask.only = ask.cases_before ? CD_FILE_CASE : ask.claims_before ? CD_FILE_CLAIM : 0;
    CD_ERR(app_search(&found, x->ctx, &ask));
    one = x->media == WEB_HTML ? only_one(x, &found, asked.q) : NULL;
    if (one)
        return web_redirect(x, one);
    if (found.nothing) {
        cd_problem_add(&form->problems, "q", NULL,
                       "Enter a reference, an NHS number, or a word of 2 letters or more"
                       " that is not as common as “the”");
        return again(x, form);
    }
    found_put(x, &found, asked.q);
    return NULL;
}

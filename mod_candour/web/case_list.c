/* case_list.c: the list of cases, and rows of found ones. */
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

static cd_err_t *read_state(int *out, web_exchange_t *x)
{
    const char *text;

    *out = 0;
    CD_ERR(web_query(&text, x, "state"));
    if (!text || !*text)
        return NULL;
    *out = cd_token_strict(cd_case_states, text);
    return *out ? NULL
                : cd_err(x->pool, CD_E_BAD_REQUEST, "there is no such state", "unknown state");
}

static void view_add(web_exchange_t *x, const char *label, const char *url, int current)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_views));

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
    web_page_flag(item, WN_current, current);
}

static void views_put(web_exchange_t *x, int state)
{
    const char *url = web_url(x, "case.list", NULL);
    const cd_token_t *one;

    web_page_text(x->view, WN_views_label, "Cases by state");
    view_add(x, "All", url, !state);
    for (one = cd_case_states; one->word; one++)
        view_add(x, one->label, web_url_query(x, url, "state", one->word), one->value == state);
}

/* What is next for a case, as far as its head row tells; NULL: the page must be read. */
static const char *next_words(const app_case_row_t *row)
{
    if (row->state == CD_CASE_CLOSED)
        return NULL;
    if (!row->opinion || row->opinion == CD_OPINION_UNSURE)
        return "Record an opinion";
    if (row->opinion == CD_OPINION_NOT)
        return "Close the case";
    if (row->state == CD_CASE_RECORDED)
        return "Open the candour case";
    return cd_when_known(row->told) ? NULL : "Tell the patient";
}

static void row_put(web_exchange_t *x, web_view_t *item, const app_case_row_t *row)
{
    web_put_text(item, WN_reference, row->reference);
    web_put_text(item, WN_title, row->unreadable ? "Can no longer be read" : row->title);
    web_put_text(item, WN_person, row->person);
    web_put_token(item, WN_state, cd_case_states, row->state);
    web_page_text(item, WN_tag_class, row->state == CD_CASE_OPEN ? "nhsuk-tag--blue"
                  : row->state == CD_CASE_CLOSED ? "nhsuk-tag--grey" : "nhsuk-tag--white");
    web_put_text(item, WN_org_code, row->org_code);
    web_put_text(item, WN_org_name, row->org_name);
    web_put_token(item, WN_opinion, cd_opinions, row->opinion);
    web_put_when(item, WN_occurred, row->occurred);
    web_put_date(item, WN_reported_on, row->reported_on);
    web_put_date(item, WN_aware_on, row->aware_on);
    web_put_when(item, WN_told_on, row->told);
    web_put_instant(item, WN_changed_at, row->changed_at);
    web_put_text(item, WN_next_step, next_words(row));
    web_page_text(item, WN_url, web_url(x, "case.show", row->reference, NULL));
}

void web_case_rows(web_exchange_t *x, const app_case_list_t *cases)
{
    web_view_t *list = web_put_list(x->view, WN_cases);
    int i;

    for (i = 0; i < cases->count; i++)
        row_put(x, web_add(list), &cases->rows[i]);
    web_page_flag(x->view, WN_has_rows, cases->count > 0);
}

static const char *list_heading(const app_case_list_t *cases, int state, int first_page,
                                apr_pool_t *pool)
{
    const char *label = state ? web_lower_first(cd_token_label(cd_case_states, state), pool) : NULL;
    int i, waiting = 0;

    if (!cases->count)
        return label ? apr_psprintf(pool, "Cases: none is %s", label) : "Cases: none yet";
    for (i = 0; i < cases->count; i++)
        waiting += next_words(&cases->rows[i]) != NULL;
    if (first_page && !cases->next)
        return apr_psprintf(pool, "%s%s%s%s", web_count(cases->count, "case", "cases", pool),
                            label ? ", " : "", label ? label : "",
                            !waiting ? ""
                                     : apr_psprintf(pool, ": %s for a first step",
                                                    web_count(waiting, "waits", "wait", pool)));
    return apr_psprintf(pool, "Cases%s%s: %d %s", label ? ", " : "", label ? label : "",
                        cases->count, first_page ? "changed last" : "more");
}

static void links_put(web_exchange_t *x, const app_case_list_t *cases, int state)
{
    const char *url = web_url(x, "case.list", NULL);

    if (state)
        url = web_url_query(x, url, "state", cd_token_word(cd_case_states, state));
    if (cases->count)
        web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (cases->next)
        web_put_text(x->view, WN_next_url,
                     web_url_query(x, url, "before",
                                   apr_psprintf(x->pool, "%" APR_INT64_T_FMT, cases->next)));
    if (web_reach(x, CD_RIGHT_INCIDENT_RECORD) != CD_REACH_NONE)
        web_page_text(x->view, WN_new_url, web_url(x, "case.new", NULL));
    web_page_text(x->view, WN_all_url, web_url(x, "case.list", NULL));
    web_page_flag(x->view, WN_filtered, state != 0);
    web_page_flag(x->view, WN_many_trusts, x->ctx->actor->org_id == 0);
}

cd_err_t *web_case_list(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_reference, WN_title, WN_person, WN_state, WN_org_code, WN_opinion, WN_occurred,
        WN_reported_on,
        WN_aware_on, WN_told_on, WN_changed_at
    };
    app_case_list_t cases = { 0 };
    apr_int64_t before;
    int state;

    CD_ERR(web_query_cursor(&before, x, "before"));
    CD_ERR(read_state(&state, x));
    CD_ERR(app_case_list(&cases, x->ctx, state, before));
    web_page_title(x, "Cases", list_heading(&cases, state, !before, x->pool));
    if (state)
        web_put_token(x->view, WN_state_filter, cd_case_states, state);
    views_put(x, state);
    web_case_rows(x, &cases);
    links_put(x, &cases, state);
    if (x->media == WEB_CSV)
        return web_csv(x, WN_cases, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "cases.csv");
    return NULL;
}

/* work.c: the work list: whose, what of it, saved views of it. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/team.h"
#include "domain/lists.h"
#include "web/claim_work_view.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/route.h"
#include "web/saved.h"
#include "web/url.h"
#include "web/work_view.h"

/* ---- people to choose from ---- */

cd_err_t *web_work_people(const cd_token_t **out, web_exchange_t *x)
{
    app_colleague_t *people;
    cd_token_t *list;
    int count, i;

    CD_ERR(app_colleagues(&people, &count, x->ctx));
    list = apr_pcalloc(x->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++) {
        list[i].value = i + 1;
        list[i].word = people[i].subject;
        list[i].label = people[i].is_me ? apr_pstrcat(x->pool, people[i].name, " (you)", NULL)
                        : people[i].away_to
                            ? apr_psprintf(x->pool, "%s (away to %s)", people[i].name,
                                           cd_date_words(people[i].away_to, x->pool))
                            : people[i].name;
    }
    *out = list;
    return NULL;
}

cd_err_t *web_work_teams(const cd_token_t **out, web_exchange_t *x)
{
    app_member_t *members;
    cd_token_t *list;
    int count, i, teams = 0;

    CD_ERR(app_team_members(&members, &count, x->ctx));
    list = apr_pcalloc(x->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++) {
        if (teams && !strcmp(list[teams - 1].word, members[i].team))
            continue;
        list[teams++] = (cd_token_t){ i + 1, members[i].team, members[i].team };
    }
    *out = list;
    return NULL;
}

cd_err_t *web_work_assignment_fields(web_form_t *form, web_exchange_t *x)
{
    cd_field_t *fields =
        apr_pmemdup(x->pool, form->fields, sizeof(*fields) * (apr_size_t)form->count);
    int i;

    for (i = 0; i < form->count; i++) {
        if (fields[i].offset == offsetof(cd_assignment_t, assignee))
            CD_ERR(web_work_people(&fields[i].tokens, x));
        else if (fields[i].offset == offsetof(cd_assignment_t, team))
            CD_ERR(web_work_teams(&fields[i].tokens, x));
    }
    form->fields = fields;
    return NULL;
}

/* ---- the filter beside the list ---- */

static void option_add(web_view_t *list, const char *value, const char *label, int checked)
{
    web_view_t *option = web_add(list);

    web_page_text(option, WN_value, value);
    web_page_text(option, WN_label, label);
    web_page_flag(option, WN_checked, checked);
}

void web_work_options(web_exchange_t *x, web_name_t name, const cd_token_t *tokens,
                      const char *chosen)
{
    web_view_t *list = web_page_list(x->view, name);

    for (; tokens->word; tokens++)
        option_add(list, tokens->word, tokens->label, chosen && !strcmp(chosen, tokens->word));
}

/* Rules have codes, and names in their policies: E02 is the same act in every version. */
static void rule_options(web_exchange_t *x, int chosen)
{
    web_view_t *list = web_page_list(x->view, WN_rule_options);
    const cd_policy_t *policies;
    const cd_token_t *code;
    int count, i, j;

    policies = cd_policies(&count);
    for (code = cd_rule_codes; code->word; code++) {
        const char *name = NULL;

        for (i = 0; i < count && !name; i++)
            for (j = 0; j < policies[i].rule_count && !name; j++)
                if (policies[i].rules[j].number == code->value)
                    name = policies[i].rules[j].name;
        if (name)
            option_add(list, code->word, apr_psprintf(x->pool, "%s: %s", code->word, name),
                       code->value == chosen);
    }
}

static cd_err_t *filter_put(web_exchange_t *x, const app_work_filter_t *filter,
                            const app_work_list_t *work)
{
    const int national = web_reach(x, CD_RIGHT_CASE_READ) == CD_REACH_ALL;
    const cd_token_t *people;
    const cd_org_t *orgs;
    int count, i;

    web_work_options(x, WN_whose_options, app_work_whose, NULL);
    web_work_options(x, WN_due_options, app_work_dues, cd_token_word(app_work_dues, filter->due));
    rule_options(x, filter->rule);
    web_page_text(x->view, WN_whose_word,
                  work->whose != APP_WORK_PERSON ? cd_token_word(app_work_whose, work->whose)
                                                 : NULL);
    web_page_text(x->view, WN_list_url, web_url(x, "work.list", NULL));
    web_page_flag(x->view, WN_is_national, national);
    if (!national) {
        CD_ERR(web_work_people(&people, x));
        web_work_options(x, WN_person_options, people, filter->person);
        return NULL;
    }
    CD_ERR(app_orgs(&orgs, &count, x->ctx));
    for (i = 0; i < count; i++)
        option_add(web_page_list(x->view, WN_org_options), orgs[i].code,
                   apr_psprintf(x->pool, "%s (%s)", orgs[i].name, orgs[i].code),
                   work->org && !strcmp(orgs[i].code, work->org->code));
    return NULL;
}

/* ---- views ---- */

static void view_add(web_exchange_t *x, const char *label, const char *url, int current)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_views));

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
    if (current)
        web_page_flag(item, WN_current, 1);
}

static cd_err_t *views_put(web_exchange_t *x, const app_work_filter_t *filter,
                           const app_work_list_t *work, const app_work_counts_t *counts)
{
    const int national = web_reach(x, CD_RIGHT_CASE_READ) == CD_REACH_ALL;
    const char *mine = web_work_query(filter, x->pool);
    web_view_t *saved = web_page_list(x->view, WN_saved_views);
    app_filter_t *filters;
    int i, count;

    web_page_text(x->view, WN_views_label, "Views of the work");
    for (i = national ? APP_WORK_NOBODY : APP_WORK_MINE; i <= APP_WORK_ALL && work->org; i++) {
        app_work_filter_t view = { .whose = i, .org_code = filter->org_code };

        view_add(x, apr_psprintf(x->pool, "%s (%s)", cd_token_label(app_work_whose, i),
                                 web_work_count(counts[i].all, x->pool)),
                 web_work_url(x, &view), work->whose == i && !filter->due && !filter->rule);
    }
    CD_ERR(app_filters(&filters, &count, x->ctx));
    for (i = 0; i < count; i++) {
        web_view_t *item;
        web_form_t *form = web_form_make(NULL, 0, NULL, x->pool);
        const char *url = web_url(x, "work.list", NULL);

        if (!strncmp(filters[i].query, WEB_CLAIM_WORK_MARK, strlen(WEB_CLAIM_WORK_MARK)))
            continue;
        item = web_add(saved);
        if (*filters[i].query)
            url = apr_pstrcat(x->pool, url, "?", filters[i].query, NULL);
        view_add(x, filters[i].name, url, !strcmp(filters[i].query, mine));
        web_form_show(item, form, x);
        web_page_text(item, WN_name, filters[i].name);
    }
    web_page_flag(x->view, WN_has_saved, count > 0);
    return NULL;
}

static const char *heading_of(web_exchange_t *x, const app_work_filter_t *filter,
                              const app_work_list_t *work, const app_work_counts_t *counts)
{
    static const char *const whose[] = { "Work",
                                         "Your work",
                                         "Your teams’ work",
                                         "Work without an owner",
                                         "The trust’s work",
                                         "One person’s work" };

    if (!work->org)
        return "Choose a trust to see its work";
    if (work->whose == APP_WORK_PERSON || filter->rule || filter->due)
        return apr_psprintf(x->pool, "%s: %s%s", whose[work->whose],
                            !work->count ? "nothing matches"
                                         : web_count(work->count, "case", "cases", x->pool),
                            work->next ? " and more" : "");
    return apr_psprintf(x->pool, "%s: %s", whose[work->whose],
                        web_work_finding(x, &counts[work->whose]));
}

static void tools_put(web_exchange_t *x, const app_work_filter_t *filter,
                      const app_work_list_t *work)
{
    const char *url = web_work_url(x, filter);

    if (work->count)
        web_tool(x, "Download (CSV)", web_csv_url(x, url));
    if (x->ctx->actor->org_id) {
        web_tool(x, "Teams and absence", web_url(x, "team.list", NULL));
        web_tool(x, "Calendar feed", web_url(x, "calendar", NULL));
    }
    if (work->next)
        web_put_text(
            x->view, WN_next_url,
            web_url_query(x, url, "after", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, work->next)));
    web_page_text(x->view, WN_all_url, web_url(x, "work.list", NULL));
    web_page_flag(x->view, WN_filtered, filter->due || filter->rule || filter->person);
}

/* What the page has besides the list itself. */
static cd_err_t *page_put(web_exchange_t *x, const app_work_filter_t *filter,
                          const app_work_list_t *work)
{
    web_form_t *form = web_form_make(NULL, 0, NULL, x->pool);
    app_work_counts_t counts[APP_WORK_ALL + 1];

    CD_ERR(app_work_counts(counts, x->ctx, work->org));
    CD_ERR(filter_put(x, filter, work));
    CD_ERR(views_put(x, filter, work, counts));
    web_page_title(x, "Work list", heading_of(x, filter, work, counts));
    web_form_show(x->view, form, x);
    web_page_text(x->view, WN_query, web_work_query(filter, x->pool));
    web_page_text(x->view, WN_form_url, web_url(x, "work.view", NULL));
    web_page_flag(x->view, WN_has_org, work->org != NULL);
    if (!x->ctx->actor->org_id || web_reach(x, CD_RIGHT_CASE_WRITE) == CD_REACH_NONE)
        return NULL;
    web_page_flag(x->view, WN_may_pick, 1);
    return web_work_bulk(x, NULL, NULL);
}

cd_err_t *web_work_list(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_due_on, WN_kind, WN_late_wd, WN_step, WN_rule, WN_reference, WN_title, WN_person,
        WN_state, WN_org_code,
        WN_assignee, WN_assignee_name, WN_team, WN_cover_until, WN_tasks
    };
    app_work_filter_t filter;
    app_work_list_t work;
    apr_int64_t after;

    CD_ERR(web_query_cursor(&after, x, "after"));
    CD_ERR(web_work_parse(&filter, x->req->query, x->pool));
    CD_ERR(app_work_list(&work, x->ctx, &filter, after));
    if (x->media == WEB_HTML)
        CD_ERR(page_put(x, &filter, &work));
    else
        web_page_title(x, "Work list", "Work list");
    tools_put(x, &filter, &work);
    web_work_rows(x, &work, work.count);
    if (x->media == WEB_CSV)
        return web_csv(x, WN_work, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "work.csv");
    return NULL;
}

/* ---- saved views ---- */

static cd_err_t *canonical(const char **out, const char *query, apr_pool_t *pool)
{
    app_work_filter_t filter;

    CD_ERR(web_work_parse(&filter, query, pool));
    *out = web_work_query(&filter, pool);
    return NULL;
}

cd_err_t *web_work_view(web_exchange_t *x)
{
    static const web_saved_list_t list = { "Work list", "work.list", "work.view", NULL, canonical };

    return web_saved_put(x, &list);
}

/* claim_work.c: the work list of claims: whose, what of it, in which order; saved views of it. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/team.h"
#include "web/claim_work_view.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/route.h"
#include "web/saved.h"
#include "web/url.h"
#include "web/work_view.h"

static const char *url_of(const web_exchange_t *x, const app_claim_filter_t *filter)
{
    const char *query = web_claim_work_query(filter, x->pool),
               *url = web_url(x, "claim.work", NULL);

    return *query ? apr_pstrcat(x->pool, url, "?", query, NULL) : url;
}

cd_err_t *web_claim_work_staff(const cd_token_t **handlers_out, const cd_token_t **teams_out,
                               web_exchange_t *x)
{
    app_claim_person_t *people;
    app_claim_member_t *members;
    cd_token_t *list;
    int count, i, teams = 0;

    CD_ERR(app_claim_handlers(&people, &count, x->ctx));
    list = apr_pcalloc(x->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        list[i] = (cd_token_t){ i + 1, people[i].subject, people[i].name };
    *handlers_out = list;
    CD_ERR(app_claim_team_members(&members, &count, x->ctx));
    list = apr_pcalloc(x->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        if (!teams || strcmp(list[teams - 1].word, members[i].team))
            list[teams++] = (cd_token_t){ i + 1, members[i].team, members[i].team };
    *teams_out = list;
    return NULL;
}

/* ---- filter and views ------------------------------------------------------------------ */

static void choice_put(web_exchange_t *x, web_name_t name, const cd_token_t *list, int value)
{
    web_work_options(x, name, list, value ? cd_token_word(list, value) : NULL);
}

/* Whose turn it is among the scheme's people is not a trust's to ask. */
static const cd_token_t own_turn[] = { { CD_SIDE_TRUST, "TRUST", "Your trust" },
                                       { 0, NULL, NULL } };

static cd_err_t *filter_put(web_exchange_t *x, const app_claim_filter_t *filter,
                            const app_claim_work_list_t *work)
{
    const cd_token_t *handlers, *teams;
    const cd_org_t *orgs;
    cd_token_t *list;
    int count, i;

    choice_put(x, WN_sort_options, app_claim_sorts, filter->sort ? filter->sort : APP_CLAIM_BY_DUE);
    choice_put(x, WN_open_options, app_claim_opens, filter->open ? filter->open : APP_CLAIM_EITHER);
    choice_put(x, WN_turn_options, work->national ? cd_sides : own_turn, filter->turn);
    choice_put(x, WN_stage_options, work->national ? cd_stages : cd_trust_stages,
               work->national ? filter->stage : (int)cd_stage_for_trust((cd_stage_t)filter->stage));
    choice_put(x, WN_flag_options, cd_flag_states, filter->state);
    choice_put(x, WN_indemnity_options, cd_claim_schemes, filter->scheme);
    choice_put(x, WN_age_options, app_claim_ages, filter->age);
    choice_put(x, WN_sum_options, app_claim_sums, filter->sum);
    choice_put(x, WN_mark_options, app_claim_marks, filter->mark);
    web_page_text(x->view, WN_whose_word,
                  filter->whose ? cd_token_word(app_claim_whose, filter->whose) : NULL);
    web_page_flag(x->view, WN_is_national, work->national);
    web_page_text(x->view, WN_list_url, web_url(x, "claim.work", NULL));
    if (!work->national)
        return NULL;
    CD_ERR(web_claim_work_staff(&handlers, &teams, x));
    web_work_options(x, WN_handler_options, handlers, filter->handler);
    web_work_options(x, WN_team_options, teams, filter->team);
    CD_ERR(app_orgs(&orgs, &count, x->ctx));
    list = apr_pcalloc(x->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++)
        list[i] = (cd_token_t){ i + 1, orgs[i].code,
                                apr_psprintf(x->pool, "%s (%s)", orgs[i].name, orgs[i].code) };
    web_work_options(x, WN_org_options, list, filter->org_code);
    return NULL;
}

static void view_add(web_exchange_t *x, const char *label, const char *url, int current)
{
    web_view_t *item = web_add(web_page_list(x->view, WN_views));

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
    web_page_flag(item, WN_current, current);
}

/* Saved views of this list bear its mark; the rest are of the work list of cases. */
static cd_err_t *saved_put(web_exchange_t *x, const char *mine)
{
    const apr_size_t mark = strlen(WEB_CLAIM_WORK_MARK);
    web_view_t *saved = web_page_list(x->view, WN_saved_views);
    app_filter_t *filters;
    int i, count, own = 0;

    CD_ERR(app_filters(&filters, &count, x->ctx));
    for (i = 0; i < count; i++) {
        const char *query = filters[i].query;
        web_view_t *item;

        if (strncmp(query, WEB_CLAIM_WORK_MARK, mark))
            continue;
        query += mark + (query[mark] == '&');
        own++;
        view_add(
            x, filters[i].name,
            apr_pstrcat(x->pool, web_url(x, "claim.work", NULL), *query ? "?" : "", query, NULL),
            !strcmp(query, mine));
        item = web_add(saved);
        web_form_show(item, web_form_make(NULL, 0, NULL, x->pool), x);
        web_page_text(item, WN_name, filters[i].name);
    }
    web_page_flag(x->view, WN_has_saved, own > 0);
    return NULL;
}

static cd_err_t *views_put(web_exchange_t *x, const app_claim_filter_t *filter,
                           const app_claim_work_list_t *work)
{
    app_claim_counts_t counts;
    int i;

    CD_ERR(app_claim_work_counts(&counts, x->ctx));
    web_page_text(x->view, WN_views_label, "Views of the claims");
    for (i = work->national ? APP_CLAIM_MINE : APP_CLAIM_ALL; i <= APP_CLAIM_ALL; i++) {
        app_claim_filter_t view = { .whose = i, .open = APP_CLAIM_OPEN };

        view_add(
            x,
            apr_psprintf(x->pool, "%s (%s open)", cd_token_label(app_claim_whose, i),
                         web_work_count(counts.of[i], x->pool)),
            url_of(x, &view),
            !strcmp(web_claim_work_query(&view, x->pool), web_claim_work_query(filter, x->pool)));
    }
    view_add(x, "Open and closed", web_url(x, "claim.work", NULL),
             !*web_claim_work_query(filter, x->pool));
    return saved_put(x, web_claim_work_query(filter, x->pool));
}

/* ---- rows -------------------------------------------------------------------------------- */

static void row_put(web_exchange_t *x, web_view_t *item, const app_claim_work_row_t *row,
                    int national)
{
    web_put_text(item, WN_reference, row->row.reference);
    web_put_text(item, WN_title, row->row.unreadable ? "Can no longer be read" : row->row.title);
    web_put_text(item, WN_org_code, row->org_code);
    web_put_text(item, WN_org_name, row->org_name);
    web_put_token(item, WN_stage, national ? cd_stages : cd_trust_stages, row->stage);
    web_put_token(item, WN_status, cd_claim_statuses, row->row.status);
    web_put_token(item, WN_scheme, cd_claim_schemes, row->row.scheme);
    if (row->flag_state)
        web_put_token(item, WN_state, cd_flag_states, row->flag_state);
    else
        web_put_text(item, WN_state, NULL);
    web_put_flag(item, WN_out_of_date, row->out_of_date);
    web_put_date(item, WN_due_on, row->due_on);
    web_put_flag(item, WN_is_late, row->is_late);
    web_put_pence(item, WN_indicated, row->indicated_p);
    web_put_pence(item, WN_decided, row->decided_p);
    web_put_pence(item, WN_asked_for, row->asked_p);
    web_put_pence(item, WN_received, row->received_p);
    web_put_date(item, WN_notified_on, row->row.notified_on);
    web_put_instant(item, WN_changed_at, row->row.changed_at);
    web_put_text(item, WN_handler, row->handler);
    web_put_text(item, WN_handler_name, row->handler_name);
    web_put_text(item, WN_team, row->team);
    web_page_text(item, WN_owner, row->is_mine ? "You" : row->handler_name ? row->handler_name
                                  : row->team ? row->team : "Nobody");
    web_page_text(item, WN_url, web_url(x, "claim.show", row->row.reference, NULL));
}

static void rows_put(web_exchange_t *x, const app_claim_work_list_t *work)
{
    web_view_t *list = web_put_list(x->view, WN_claims);
    int i;

    for (i = 0; i < work->count; i++) {
        web_view_t *item = web_add(list);

        /* A claim with two trusts stands there twice: its two boxes are one choice. */
        web_page_text(item, WN_pick_name, web_work_pick_name(i, x->pool));
        web_page_text(
            item, WN_pick_value,
            apr_psprintf(x->pool, "%s %d", work->rows[i].row.reference, work->rows[i].row.version));
        row_put(x, item, &work->rows[i], work->national);
    }
    web_page_flag(x->view, WN_has_rows, work->count > 0);
}

static int filtered(const app_claim_filter_t *f)
{
    return f->turn || f->stage || f->state || f->scheme || f->age || f->sum || f->mark
           || f->org_code || f->handler || f->team;
}

static void tools_put(web_exchange_t *x, const app_claim_filter_t *filter,
                      const app_claim_work_list_t *work)
{
    const char *url = url_of(x, filter);

    if (work->count)
        web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (web_reach(x, CD_RIGHT_FLAG_COMPUTE) == CD_REACH_ALL
        || web_reach(x, CD_RIGHT_SCHEME_WRITE) == CD_REACH_ALL)
        web_tool(x, "Compute all flags again", web_url(x, "recompute.list", NULL));
    if (work->national)
        web_tool(x, "Teams", web_url(x, "claim.team", NULL));
    if (work->next)
        web_put_text(
            x->view, WN_next_url,
            web_url_query(x, url, "after", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, work->next)));
    web_page_text(x->view, WN_all_url, web_url(x, "claim.work", NULL));
    web_page_flag(x->view, WN_filtered, filtered(filter));
}

/* "Claims: 50 rows and more, 3 overdue": of those on the page. */
static const char *heading(const web_exchange_t *x, const app_claim_filter_t *filter,
                           const app_claim_work_list_t *work)
{
    int i, late = 0;

    for (i = 0; i < work->count; i++)
        late += work->rows[i].is_late;
    if (!work->count)
        return filtered(filter) ? "Claims: nothing matches" : "Claims: nothing to do";
    return apr_psprintf(x->pool, "Claims: %s%s%s", web_count(work->count, "row", "rows", x->pool),
                        work->next ? " and more" : "",
                        late ? apr_psprintf(x->pool, ", %d overdue", late) : "");
}

static cd_err_t *page_put(web_exchange_t *x, const app_claim_filter_t *filter,
                          const app_claim_work_list_t *work)
{
    CD_ERR(filter_put(x, filter, work));
    CD_ERR(views_put(x, filter, work));
    web_page_title(x, "Claims work list", heading(x, filter, work));
    web_form_show(x->view, web_form_make(NULL, 0, NULL, x->pool), x);
    web_page_text(x->view, WN_query, web_claim_work_query(filter, x->pool));
    web_page_text(x->view, WN_form_url, web_url(x, "claim.work.view", NULL));
    web_page_text(x->view, WN_bulk_url, web_url(x, "claim.bulk", NULL));
    web_page_flag(x->view, WN_may_pick, web_reach(x, CD_RIGHT_CLAIM_WRITE) == CD_REACH_ALL);
    return NULL;
}

cd_err_t *web_claim_work(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_reference, WN_title, WN_org_code, WN_stage, WN_state, WN_out_of_date, WN_due_on,
        WN_is_late, WN_indicated,
        WN_decided, WN_asked_for, WN_received, WN_status, WN_scheme, WN_notified_on, WN_changed_at,
        WN_handler,
        WN_handler_name, WN_team
    };
    app_claim_filter_t filter;
    app_claim_work_list_t work;
    apr_int64_t after;

    CD_ERR(web_query_cursor(&after, x, "after"));
    CD_ERR(web_claim_work_parse(&filter, x->req->query, x->pool));
    CD_ERR(app_claim_work_list(&work, x->ctx, &filter, after));
    if (x->media == WEB_HTML)
        CD_ERR(page_put(x, &filter, &work));
    else
        web_page_title(x, "Claims work list", "Claims work list");
    tools_put(x, &filter, &work);
    rows_put(x, &work);
    if (x->media == WEB_CSV)
        return web_csv(x, WN_claims, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "claims-work.csv");
    return NULL;
}

/* ---- saved views ---------------------------------------------------------------------------- */

static cd_err_t *canonical(const char **out, const char *query, apr_pool_t *pool)
{
    app_claim_filter_t filter;

    CD_ERR(web_claim_work_parse(&filter, query, pool));
    *out = web_claim_work_query(&filter, pool);
    return NULL;
}

cd_err_t *web_claim_work_save(web_exchange_t *x)
{
    static const web_saved_list_t list = { "Claims work list", "claim.work", "claim.work.view",
                                           WEB_CLAIM_WORK_MARK, canonical };

    return web_saved_put(x, &list);
}

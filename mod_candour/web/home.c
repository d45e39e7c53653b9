/* home.c: the first page, signing in, having signed out. */
#include <string.h>

#include <apr_strings.h>

#include "app/claim.h"
#include "web/case_view.h"
#include "web/home_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/work_view.h"

#define NEXT_ROWS 8

/* What the head rows of cases tell: numbers that are lists, and what to do first. */
typedef struct work_t {
    app_case_list_t recorded, open;
    int no_opinion, to_open, not_told;
} work_t;

static const char *step_of(const app_case_row_t *row)
{
    if (!row->opinion || row->opinion == CD_OPINION_UNSURE)
        return "Record a professional’s opinion";
    if (row->opinion == CD_OPINION_NOT)
        return "Close the case, or record a new opinion";
    if (row->state == CD_CASE_RECORDED)
        return "Open the candour case";
    return cd_when_known(row->told) ? NULL : "Tell the patient in person";
}

static void tally(work_t *work, const app_case_list_t *list)
{
    int i;

    for (i = 0; i < list->count; i++) {
        const app_case_row_t *row = &list->rows[i];

        work->no_opinion += !row->opinion || row->opinion == CD_OPINION_UNSURE;
        work->to_open += row->state == CD_CASE_RECORDED && row->opinion == CD_OPINION_NOTIFIABLE;
        work->not_told += row->state == CD_CASE_OPEN && row->opinion == CD_OPINION_NOTIFIABLE
            && !cd_when_known(row->told);
    }
}

static void figure_put(web_exchange_t *x, int count, int more, int late, const char *words,
                       const char *quiet, const char *url)
{
    web_view_t *item = web_add(web_put_list(x->view, WN_figures));

    web_put_int(item, WN_count, count);
    web_put_flag(item, WN_or_more, more);
    web_put_text(item, WN_text, words);
    web_page_text(item, WN_quiet, quiet);
    web_page_text(item, WN_url, url);
    web_page_flag(item, WN_is_late, late && count > 0);
    web_page_flag(x->view, WN_has_figures, 1);
}

static const char *since_words(const app_case_row_t *row, apr_pool_t *pool)
{
    if (row->aware_on)
        return apr_psprintf(pool, "Aware since %s", cd_date_words(row->aware_on, pool));
    if (row->reported_on)
        return apr_psprintf(pool, "Reported %s", cd_date_words(row->reported_on, pool));
    return NULL;
}

static int next_put(web_exchange_t *x, const app_case_list_t *list, int have)
{
    web_view_t *rows = web_put_list(x->view, WN_then);
    int i;

    for (i = list->count - 1; i >= 0 && have < NEXT_ROWS; i--) {
        const app_case_row_t *row = &list->rows[i];
        const char *step = step_of(row);
        web_view_t *item;

        if (!step || row->unreadable)
            continue;
        item = web_add(rows);
        have++;
        web_put_text(item, WN_next_step, step);
        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_title, row->title);
        web_put_text(item, WN_person, row->person);
        web_put_date(item, WN_aware_on, row->aware_on);
        web_page_text(item, WN_since, since_words(row, x->pool));
        web_page_text(item, WN_url, web_url(x, "case.show", row->reference, NULL));
        web_page_flag(item, WN_is_late, row->aware_on && row->state == CD_CASE_OPEN
                      && x->ctx->today - row->aware_on > 14);
    }
    return have;
}

static cd_err_t *cases_put(web_exchange_t *x, work_t *work)
{
    const char *list = web_url(x, "case.list", NULL);
    const char *open = web_url_query(x, list, "state", cd_token_word(cd_case_states, CD_CASE_OPEN));
    const char *recorded =
        web_url_query(x, list, "state", cd_token_word(cd_case_states, CD_CASE_RECORDED));

    CD_ERR(app_case_list(&work->open, x->ctx, CD_CASE_OPEN, 0));
    CD_ERR(app_case_list(&work->recorded, x->ctx, CD_CASE_RECORDED, 0));
    tally(work, &work->open);
    tally(work, &work->recorded);
    figure_put(x, work->not_told, work->open.next != 0, 1, "Patients not told yet",
               "In open candour cases", open);
    figure_put(x, work->to_open, work->recorded.next != 0, 0, "To be opened",
               "Found to be notifiable", recorded);
    figure_put(x, work->no_opinion, work->recorded.next != 0, 0, "Without an opinion",
               "A professional must say if it is notifiable", recorded);
    figure_put(x, work->open.count, work->open.next != 0, 0, "Open cases",
               "Candour cases that are not closed", open);
    web_page_flag(x->view, WN_has_then,
                  next_put(x, &work->recorded, next_put(x, &work->open, 0)) > 0);
    web_page_text(x->view, WN_all_url, list);
    web_page_text(x->view, WN_next_heading,
                  web_reach(x, CD_RIGHT_INCIDENT_RECORD) != CD_REACH_NONE
                      ? "Next"
                      : "What waits at the trusts");
    if (web_reach(x, CD_RIGHT_INCIDENT_RECORD) != CD_REACH_NONE)
        web_page_text(x->view, WN_new_url, web_url(x, "case.new", NULL));
    return NULL;
}

/* A trust's people begin with their own work, and with the trust's where nothing is given to them.
 */
static cd_err_t *trust_put(web_exchange_t *x, const char **finding_out)
{
    static const app_work_filter_t shown[] = {
        { .due = APP_WORK_OVERDUE }, { .due = APP_WORK_WEEK }, { .whose = APP_WORK_NOBODY },
          { .whose = APP_WORK_ALL }
    };
    app_work_counts_t counts[APP_WORK_ALL + 1];
    app_work_filter_t filter = { .whose = APP_WORK_MINE };
    app_work_list_t work;

    CD_ERR(app_work_list(&work, x->ctx, &filter, 0));
    CD_ERR(app_work_counts(counts, x->ctx, work.org));
    if (!work.count && counts[APP_WORK_ALL].all) {
        filter.whose = APP_WORK_ALL;
        CD_ERR(app_work_list(&work, x->ctx, &filter, 0));
    }
    figure_put(x, counts[APP_WORK_MINE].overdue, counts[APP_WORK_MINE].overdue >= APP_WORK_COUNTED,
               1, "Overdue", "On your list", web_work_url(x, &shown[0]));
    figure_put(x, counts[APP_WORK_MINE].soon, counts[APP_WORK_MINE].soon >= APP_WORK_COUNTED, 0,
               "Due in 7 days", "On your list", web_work_url(x, &shown[1]));
    figure_put(x, counts[APP_WORK_NOBODY].all, counts[APP_WORK_NOBODY].all >= APP_WORK_COUNTED, 0,
               "Without an owner", "Given to nobody yet", web_work_url(x, &shown[2]));
    figure_put(x, counts[APP_WORK_ALL].all, counts[APP_WORK_ALL].all >= APP_WORK_COUNTED, 0,
               "Open cases", "Of the whole trust", web_work_url(x, &shown[3]));
    web_work_rows(x, &work, NEXT_ROWS);
    web_page_flag(x->view, WN_is_work, 1);
    web_page_text(x->view, WN_all_url, web_work_url(x, &filter));
    web_page_text(x->view, WN_next_heading,
                  filter.whose == APP_WORK_MINE ? "Your work" : "The trust’s work");
    if (web_reach(x, CD_RIGHT_INCIDENT_RECORD) != CD_REACH_NONE)
        web_page_text(x->view, WN_new_url, web_url(x, "case.new", NULL));
    *finding_out = apr_psprintf(x->pool, "%s: %s",
                                filter.whose == APP_WORK_MINE ? "Your work" : "The trust’s work",
                                web_work_finding(x, &counts[filter.whose]));
    return NULL;
}

static cd_err_t *claims_put(web_exchange_t *x)
{
    app_claim_list_t claims = { 0 };
    web_view_t *list = web_put_list(x->view, WN_claims);
    int i;

    CD_ERR(app_claim_list(&claims, x->ctx, 0, 0));
    for (i = 0; i < claims.count && i < 5; i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, claims.rows[i].reference);
        web_put_text(item, WN_title, claims.rows[i].title);
        web_put_token(item, WN_status, cd_claim_statuses, claims.rows[i].status);
        web_page_text(item, WN_url, web_url(x, "claim.show", claims.rows[i].reference, NULL));
    }
    web_page_flag(x->view, WN_has_claims, claims.count > 0);
    web_page_text(x->view, WN_claims_url, web_url(x, "claim.list", NULL));
    return NULL;
}

/* What an administrator looks after; and the trust's own year. */
static void links_put(web_exchange_t *x)
{
    static const struct { cd_right_t right; const char *label, *route; } rows[] = {
        { CD_RIGHT_USER_ADMIN, "Users and their roles", "user.list" },
        { CD_RIGHT_ORG_ADMIN, "Trusts", "org.list" },
        { CD_RIGHT_POLICY_READ, "Policies, schemes and holidays", "policy.list" },
        { CD_RIGHT_HEALTH_READ, "Health of the service", "health" }
    };
    web_view_t *list = web_page_list(x->view, WN_links);
    int count = 0;
    size_t i;

    if (web_reach(x, CD_RIGHT_CLAIM_READ) == CD_REACH_OWN) {
        web_view_t *item = web_add(list);

        count++;
        web_page_text(item, WN_label, "What is added to your trust’s contribution");
        web_page_text(item, WN_url, web_url(x, "uplift.year", x->ctx->actor->org_code, NULL));
    }

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        web_view_t *item;

        if (web_reach(x, rows[i].right) == CD_REACH_NONE)
            continue;
        item = web_add(list);
        count++;
        web_page_text(item, WN_label, rows[i].label);
        web_page_text(item, WN_url, web_url(x, rows[i].route, NULL));
    }
    web_page_flag(x->view, WN_has_links, count > 0);
}

static const char *finding(const work_t *work, int has_cases, apr_pool_t *pool)
{
    const int waiting = work->no_opinion + work->to_open;

    if (!has_cases)
        return "Your part of the service";
    if (!work->not_told && !waiting)
        return work->open.count
                   ? apr_psprintf(pool, "%s, nobody waits to be told",
                                  web_count(work->open.count, "open case", "open cases", pool))
                   : "No open cases";
    if (!work->not_told)
        return apr_psprintf(pool, "%s for a first step",
                            web_count(waiting, "incident waits", "incidents wait", pool));
    return apr_psprintf(
        pool, "%s told yet%s",
        web_count(work->not_told, "patient is not", "patients are not", pool),
        waiting ? apr_psprintf(pool, ", %s for a first step",
                               web_count(waiting, "incident waits", "incidents wait", pool))
                : "");
}

cd_err_t *web_home(web_exchange_t *x)
{
    const int has_cases = web_reach(x, CD_RIGHT_CASE_READ) != CD_REACH_NONE;
    const char *heading = NULL;
    web_home_said_t said;
    work_t work = { 0 };

    CD_ERR(web_home_claims(x, &said));
    if (web_reach(x, CD_RIGHT_CASE_READ) == CD_REACH_OWN)
        CD_ERR(trust_put(x, &heading));
    else if (has_cases)
        CD_ERR(cases_put(x, &work));
    if (web_reach(x, CD_RIGHT_CLAIM_READ) != CD_REACH_NONE)
        CD_ERR(claims_put(x));
    links_put(x);
    web_page_flag(x->view, WN_claims_first, !x->ctx->actor->org_id);
    if (!heading) {
        heading = said.heading;
        if (said.first)
            web_page_flag(said.first, WN_names_page, 1);
    } else if (said.late)
        heading = apr_psprintf(x->pool, "%s; %d late for the scheme", heading, said.late);
    web_page_title(x, "Home", heading ? heading : finding(&work, has_cases, x->pool));
    web_put_date(x->view, WN_today, x->ctx->today);
    return NULL;
}

cd_err_t *web_sign_in(web_exchange_t *x)
{
    const char *failed, *idle;

    CD_ERR(web_query(&failed, x, "again"));
    CD_ERR(web_query(&idle, x, "idle"));
    web_page_title(x, "Sign in", "Sign in");
    web_page_text(x->view, WN_form_url, x->site->sign_in_post);
    web_page_flag(x->view, WN_has_sign_in, x->site->sign_in_post != NULL);
    web_page_flag(x->view, WN_has_problem, failed != NULL);
    web_page_flag(x->view, WN_was_idle, idle != NULL);
    return NULL;
}

cd_err_t *web_signed_out(web_exchange_t *x)
{
    web_page_title(x, "You are signed out", "You are signed out");
    web_page_text(x->view, WN_next_url, web_url(x, "home", NULL));
    x->resp->clear_site_data = 1;
    return NULL;
}

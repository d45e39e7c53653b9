/* work_assign.c: ticked rows of the work list are given to a person or a team: a page to check,
 * then one result for each case. Both pages are answers to the same form, so they need no scripts.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/work_view.h"

enum { DEED_GIVE = 1 };
static const cd_token_t deeds[] = { { DEED_GIVE, "give", "Give these cases" }, { 0, NULL, NULL } };

typedef struct bulk_t {
    const char *assignee, *team;
    int deed;
    /* "CM-2026-0412 7": a ticked case and the version that was seen */
    const char *row[APP_ASSIGN_MOST];
} bulk_t;

static const cd_field_t fixed[] = {
    { .name = "assignee", .type = CD_FT_TEXT, .offset = offsetof(bulk_t, assignee), .max = 120,
      .label = "Person",
      .noun = "the person", .shown = "Person" },
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(bulk_t, team), .max = 60,
      .label = "Team",
      .noun = "the team", .shown = "Team" },
    { .name = "deed", .type = CD_FT_TOKEN, .offset = offsetof(bulk_t, deed), .tokens = deeds,
      .label = "What should be done?", .noun = "what should be done", .shown = "Deed" }
};
#define FIXED ((int)(sizeof(fixed) / sizeof(fixed[0])))

const char *web_work_pick_name(int place, apr_pool_t *pool)
{
    return apr_psprintf(pool, "row_%d", place + 1);
}

static web_form_t *form_make(bulk_t *body, apr_pool_t *pool)
{
    cd_field_t *fields = apr_pcalloc(pool, sizeof(*fields) * (FIXED + APP_ASSIGN_MOST));
    int i;

    memcpy(fields, fixed, sizeof(fixed));
    for (i = 0; i < APP_ASSIGN_MOST; i++)
        fields[FIXED + i] = (cd_field_t){
            .name = web_work_pick_name(i, pool), .type = CD_FT_TEXT,
            .offset = offsetof(bulk_t, row) + (apr_size_t)i * sizeof(body->row[0]), .max = 40,
            .label = "Case", .noun = "the case", .shown = "Case"
        };
    return web_form_make(fields, FIXED + APP_ASSIGN_MOST, body, pool);
}

/* "CM-2026-0412 7" */
static cd_err_t *row_read(app_assign_t *out, const char *text, apr_pool_t *pool)
{
    const char *gap = strchr(text, ' ');
    char *end = NULL;
    long version = gap ? strtol(gap + 1, &end, 10) : 0;

    if (!gap || gap == text || end == gap + 1 || *end || version < 1 || version > 1000000000)
        return cd_err(pool, CD_E_BAD_REQUEST,
                      "a row is the reference of a case, a space and its version",
                      "a ticked row that no page sent");
    memset(out, 0, sizeof(*out));
    out->reference = apr_pstrmemdup(pool, text, (apr_size_t)(gap - text));
    out->version = (int)version;
    return NULL;
}

static cd_err_t *rows_read(app_assign_t *list, int *count_out, const bulk_t *body, apr_pool_t *pool)
{
    int i, k, count = 0;

    for (i = 0; i < APP_ASSIGN_MOST; i++) {
        if (!body->row[i])
            continue;
        CD_ERR(row_read(&list[count], body->row[i], pool));
        for (k = 0; k < count; k++)
            if (!strcmp(list[k].reference, list[count].reference))
                return cd_err(pool, CD_E_BAD_REQUEST, "a case is there twice",
                              "a case is ticked twice");
        count++;
    }
    *count_out = count;
    return NULL;
}

/* ---- pages ---- */

static const char *label_of(const cd_token_t *people, const char *subject)
{
    for (; people->word; people++)
        if (!strcmp(people->word, subject))
            return people->label;
    return subject;
}

static const char *owner_words(const cd_token_t *people, const char *assignee, const char *team,
                               apr_pool_t *pool)
{
    const char *person = assignee ? label_of(people, assignee) : NULL;

    if (person && team)
        return apr_psprintf(pool, "%s, %s", person, team);
    return person ? person : team ? team : "Nobody";
}

static void cases_put(web_exchange_t *x, const app_assign_t *list, int count,
                      const cd_token_t *people)
{
    web_view_t *cases = web_put_list(x->view, WN_cases);
    int i;

    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(cases);

        web_put_text(item, WN_reference, list[i].reference);
        web_put_text(item, WN_title, list[i].title);
        web_put_text(item, WN_told, list[i].told);
        web_put_flag(item, WN_done, list[i].done);
        web_page_text(item, WN_owner,
                      list[i].title ? owner_words(people, list[i].assignee, list[i].team, x->pool)
                                    : NULL);
        web_page_text(item, WN_url,
                      list[i].title ? web_url(x, "case.show", list[i].reference, NULL) : NULL);
        web_page_text(item, WN_pick_name, web_work_pick_name(i, x->pool));
        web_page_text(item, WN_pick_value,
                      apr_psprintf(x->pool, "%s %d", list[i].reference, list[i].version));
    }
    web_page_flag(x->view, WN_has_cases, count > 0);
}

cd_err_t *web_work_bulk(web_exchange_t *x, const char *assignee, const char *team)
{
    const cd_token_t *people, *teams;

    CD_ERR(web_work_people(&people, x));
    CD_ERR(web_work_teams(&teams, x));
    web_work_options(x, WN_assignee_options, people, assignee);
    web_work_options(x, WN_team_options, teams, team);
    web_page_text(x->view, WN_bulk_url, web_url(x, "work.assign", NULL));
    return NULL;
}

static void frame(web_exchange_t *x, const char *title)
{
    web_crumb(x, "Work list", web_url(x, "work.list", NULL));
    web_page_title(x, title, title);
    web_page_text(x->view, WN_back_url, web_url(x, "work.list", NULL));
}

/* The page to check, and the same one again where something is missing. */
static cd_err_t *check_show(web_exchange_t *x, web_form_t *form, const bulk_t *body,
                            const app_assign_t *list, int count)
{
    const cd_token_t *people;

    CD_ERR(web_work_people(&people, x));
    frame(x, apr_psprintf(x->pool, "Check before you give %s",
                          web_count(count, "case", "cases", x->pool)));
    cases_put(x, list, count, people);
    web_page_text(x->view, WN_new_owner, body->assignee || body->team
                  ? owner_words(people, body->assignee, body->team, x->pool) : NULL);
    CD_ERR(web_work_bulk(x, body->assignee, body->team));
    web_page_flag(x->view, WN_is_check, 1);
    web_page_flag(x->view, WN_can_give, !form->problems.count);
    web_page_text(x->view, WN_assignee, body->assignee);
    web_page_text(x->view, WN_team, body->team);
    if (form->problems.count)
        return web_form_again(x, form);
    web_form_show(x->view, form, x);
    return NULL;
}

static cd_err_t *result_show(web_exchange_t *x, const bulk_t *body, const app_assign_t *list,
                             int count)
{
    const cd_token_t *people;
    int i, done = 0;

    for (i = 0; i < count; i++)
        done += list[i].done;
    CD_ERR(web_work_people(&people, x));
    frame(x, done == count
                 ? apr_psprintf(x->pool, "%s given", web_count(done, "case", "cases", x->pool))
                 : apr_psprintf(x->pool, "%d of %s given", done,
                                web_count(count, "case", "cases", x->pool)));
    cases_put(x, list, count, people);
    web_page_text(x->view, WN_new_owner, owner_words(people, body->assignee, body->team, x->pool));
    return NULL;
}

static void choice_check(const bulk_t *body, int count, cd_problems_t *problems)
{
    if (!count)
        cd_problem_add(problems, "row_1", NULL, "Tick the cases that you want to give");
    if (!body->assignee && !body->team)
        cd_problem_add(problems, "assignee", NULL, "Choose a person or a team");
}

cd_err_t *web_work_assign(web_exchange_t *x)
{
    bulk_t body = { 0 };
    app_assign_t list[APP_ASSIGN_MOST];
    cd_assignment_t assignment = { 0 };
    web_form_t *form = form_make(&body, x->pool);
    int count = 0;

    CD_ERR(web_form_read(form, x));
    CD_ERR(rows_read(list, &count, &body, x->pool));
    choice_check(&body, count, &form->problems);
    assignment.assignee = body.assignee;
    assignment.team = body.team;
    if (!form->problems.count && body.deed == DEED_GIVE) {
        CD_ERR(app_work_assign(x->ctx, list, count, &assignment));
        return result_show(x, &body, list, count);
    }
    CD_ERR(app_work_assign_look(x->ctx, list, count, &assignment, &form->problems));
    return check_show(x, form, &body, list, count);
}

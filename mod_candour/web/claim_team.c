/* claim_team.c: teams of claims handlers: who is in which, adding somebody, taking somebody off. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/claim_work_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct member_t { const char *team, *person; } member_t;
static const cd_field_t member_fields[] = {
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(member_t, team),
      .flags = CD_FF_REQUIRED, .min = 1, .max = 60,
      .label = "Team", .noun = "the name of the team", .section = "Who is in which team",
      .hint = "For example, Maternity claims. A new name makes a new team.", .shown = "Team" },
    { .name = "person", .type = CD_FT_TEXT, .offset = offsetof(member_t, person),
      .flags = CD_FF_REQUIRED, .min = 1,
      .max = 120, .label = "Claims handler", .noun = "a claims handler", .shown = "Claims handler" }
};
/* Taking off is a button with both in it. */
static const cd_field_t end_fields[] = {
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(member_t, team),
      .flags = CD_FF_REQUIRED, .min = 1, .max = 60,
      .label = "Team to take somebody off", .noun = "the name of the team",
      .section = "Who to take off", .shown = "Team" },
    { .name = "person", .type = CD_FT_TEXT, .offset = offsetof(member_t, person),
      .flags = CD_FF_REQUIRED, .min = 1,
      .max = 120, .label = "Person to take off the team", .noun = "the person", .shown = "Person" }
};
#define FIELDS(table) ((int)(sizeof(table) / sizeof((table)[0])))

static void frame(web_exchange_t *x, const char *heading, const char *route, const char *submit)
{
    web_crumb(x, "Claims work list", web_url(x, "claim.work", NULL));
    web_crumb(x, "Teams of claims handlers", web_url(x, "claim.team", NULL));
    web_page_title(x, heading, heading);
    web_page_text(x->view, WN_form_url, web_url(x, route, NULL));
    web_page_text(x->view, WN_submit_label, submit);
    web_page_text(x->view, WN_cancel_url, web_url(x, "claim.team", NULL));
}

static const char *heading_of(const app_claim_member_t *members, int count, apr_pool_t *pool)
{
    int i, teams = 0;

    for (i = 0; i < count; i++)
        teams += !i || strcmp(members[i].team, members[i - 1].team) != 0;
    if (!teams)
        return "Claims handlers: no team yet";
    return apr_psprintf(pool, "Claims handlers: %s", web_count(teams, "team", "teams", pool));
}

/* Rows come by team and name: a team's name stands at its first member, with the list of its
 * claims. */
static void member_put(web_exchange_t *x, web_view_t *item, const app_claim_member_t *member,
                       int is_first, int may)
{
    const app_claim_filter_t of_team = { .team = member->team, .open = APP_CLAIM_EITHER };
    const app_claim_filter_t of_one = { .handler = member->subject, .open = APP_CLAIM_EITHER };
    const char *list = web_url(x, "claim.work", NULL);

    web_put_text(item, WN_team, member->team);
    web_put_text(item, WN_subject, member->subject);
    web_put_text(item, WN_name, member->name);
    web_page_flag(item, WN_is_first, is_first);
    web_page_text(item, WN_team_url,
                  apr_pstrcat(x->pool, list, "?", web_claim_work_query(&of_team, x->pool), NULL));
    web_page_text(item, WN_url,
                  apr_pstrcat(x->pool, list, "?", web_claim_work_query(&of_one, x->pool), NULL));
    web_page_flag(item, WN_may_end, may);
    if (may)
        web_form_show(item, web_form_make(NULL, 0, NULL, x->pool), x);
}

static cd_err_t *list_put(web_exchange_t *x)
{
    web_view_t *list = web_put_list(x->view, WN_members);
    const int may = web_reach(x, CD_RIGHT_CLAIM_WRITE) == CD_REACH_ALL;
    app_claim_member_t *members;
    int count, i;

    CD_ERR(app_claim_team_members(&members, &count, x->ctx));
    for (i = 0; i < count; i++)
        member_put(x, web_add(list), &members[i],
                   !i || strcmp(members[i].team, members[i - 1].team) != 0, may);
    web_crumb(x, "Claims work list", web_url(x, "claim.work", NULL));
    web_page_title(x, "Teams of claims handlers", heading_of(members, count, x->pool));
    web_page_flag(x->view, WN_has_members, count > 0);
    web_page_text(x->view, WN_end_url, web_url(x, "claim.team.end", NULL));
    web_page_text(x->view, WN_new_url, may ? web_url(x, "claim.team.new", NULL) : NULL);
    return NULL;
}

cd_err_t *web_claim_team(web_exchange_t *x)
{
    return list_put(x);
}

/* The choices are people: read only when the form is shown. */
static cd_err_t *form_show(web_exchange_t *x, web_form_t *form, int again)
{
    cd_field_t *fields = apr_pmemdup(x->pool, member_fields, sizeof(member_fields));
    const cd_token_t *handlers, *teams;

    frame(x, "Add a claims handler to a team", "claim.team.new", "Add to the team");
    CD_ERR(web_claim_work_staff(&handlers, &teams, x));
    fields[1].tokens = handlers;
    form->fields = fields;
    if (again)
        return web_form_again(x, form);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_claim_team_new(web_exchange_t *x)
{
    return form_show(x,
                     web_form_make(member_fields, FIELDS(member_fields),
                                   apr_pcalloc(x->pool, sizeof(member_t)), x->pool),
                     0);
}

cd_err_t *web_claim_team_add(web_exchange_t *x)
{
    member_t body = { 0 };
    web_form_t *form = web_form_make(member_fields, FIELDS(member_fields), &body, x->pool);
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_claim_team_put(x->ctx, body.team, body.person, 1, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return form_show(x, form, 1);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.team", NULL));
}

cd_err_t *web_claim_team_end(web_exchange_t *x)
{
    member_t body = { 0 };
    web_form_t *form = web_form_make(end_fields, FIELDS(end_fields), &body, x->pool);
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_claim_team_put(x->ctx, body.team, body.person, 0, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count) {
        frame(x, "Take somebody off a team", "claim.team.end", "Take off");
        return web_form_again(x, form);
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.team", NULL));
}

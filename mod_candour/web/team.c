/* team.c: teams of a trust, and who covers for whom. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/team.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/work_view.h"

typedef struct member_form_t { const char *team, *person; } member_form_t;
static const cd_field_t member_fields[] = {
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(member_form_t, team),
      .flags = CD_FF_REQUIRED, .min = 1,
      .max = 60, .label = "Team", .noun = "the name of the team", .section = "Who is in which team",
      .hint = "For example, Patient safety. A new name makes a new team.", .shown = "Team" },
    { .name = "person", .type = CD_FT_TEXT, .offset = offsetof(member_form_t, person),
      .flags = CD_FF_REQUIRED,
      .min = 1, .max = 120, .label = "Person", .noun = "the person", .shown = "Person" }
};

static const cd_field_t cover_fields[] = {
    { .name = "away", .type = CD_FT_TEXT, .offset = offsetof(app_cover_t, subject),
      .flags = CD_FF_REQUIRED, .min = 1,
      .max = 120, .label = "Who is away?", .noun = "who is away", .section = "The absence",
      .shown = "Away" },
    { .name = "first_on", .type = CD_FT_DATE, .offset = offsetof(app_cover_t, first_on),
      .flags = CD_FF_REQUIRED,
      .label = "First day away", .noun = "the first day away",
      .hint = "For example, 23 11 2026.", .shown = "From" },
    { .name = "last_on", .type = CD_FT_DATE, .offset = offsetof(app_cover_t, last_on),
      .flags = CD_FF_REQUIRED,
      .label = "Last day away", .noun = "the last day away", .shown = "To" },
    { .name = "covered_by", .type = CD_FT_TEXT, .offset = offsetof(app_cover_t, covered_by),
      .flags = CD_FF_REQUIRED,
      .min = 1, .max = 120, .label = "Who covers?", .noun = "who covers",
      .hint = "Until the last day, this person’s list shows the work of the one who is away, too. "
      "It stays theirs.",
      .shown = "Covered by" }
};
#define FIELDS(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* The choices of a field are people: read only when the form is shown. */
static void choices_into(web_form_t *form, const char *name, const cd_token_t *people,
                         apr_pool_t *pool)
{
    cd_field_t *fields = apr_pmemdup(pool, form->fields, sizeof(*fields) * (apr_size_t)form->count);
    int i;

    for (i = 0; i < form->count; i++)
        if (!strcmp(fields[i].name, name))
            fields[i].tokens = people;
    form->fields = fields;
}

static void frame(web_exchange_t *x, const char *heading, const char *route, const char *submit)
{
    web_crumb(x, "Work list", web_url(x, "work.list", NULL));
    web_crumb(x, "Teams and absence", web_url(x, "team.list", NULL));
    web_page_title(x, heading, heading);
    web_page_text(x->view, WN_form_url, web_url(x, route, NULL));
    web_page_text(x->view, WN_submit_label, submit);
    web_page_text(x->view, WN_cancel_url, web_url(x, "team.list", NULL));
}

/* ---- the page of both ---- */

/* A small form of its own, with a key of its own. */
static void button_form(web_view_t *item, web_exchange_t *x)
{
    web_form_show(item, web_form_make(NULL, 0, NULL, x->pool), x);
}

static cd_err_t *teams_put(web_exchange_t *x)
{
    web_view_t *list = web_put_list(x->view, WN_members);
    const int may = web_reach(x, CD_RIGHT_CASE_WRITE) != CD_REACH_NONE;
    app_member_t *members;
    int count, i;

    CD_ERR(app_team_members(&members, &count, x->ctx));
    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_team, members[i].team);
        web_put_text(item, WN_subject, members[i].subject);
        web_put_text(item, WN_name, members[i].name);
        web_page_flag(item, WN_may_end, may);
        if (may)
            button_form(item, x);
    }
    web_page_flag(x->view, WN_has_members, count > 0);
    web_page_text(x->view, WN_end_url, web_url(x, "team.end", NULL));
    web_page_text(x->view, WN_new_url, may ? web_url(x, "team.add", NULL) : NULL);
    return NULL;
}

static cd_err_t *covers_put(web_exchange_t *x)
{
    web_view_t *list = web_put_list(x->view, WN_covers);
    app_cover_t *covers;
    int count, i;

    CD_ERR(app_covers(&covers, &count, x->ctx));
    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);

        web_put_date(item, WN_first_on, covers[i].first_on);
        web_put_date(item, WN_last_on, covers[i].last_on);
        web_put_text(item, WN_name, covers[i].name);
        web_put_text(item, WN_covered_by, covers[i].cover_name);
        web_put_flag(item, WN_may_end, covers[i].is_mine);
        web_page_text(item, WN_first_iso, cd_date_iso(covers[i].first_on, x->pool));
        if (covers[i].is_mine)
            button_form(item, x);
    }
    web_page_flag(x->view, WN_has_covers, count > 0);
    web_page_text(x->view, WN_away_url, web_url(x, "cover.new", NULL));
    return NULL;
}

cd_err_t *web_team_list(web_exchange_t *x)
{
    CD_ERR(teams_put(x));
    CD_ERR(covers_put(x));
    web_crumb(x, "Work list", web_url(x, "work.list", NULL));
    web_page_title(x, "Teams and absence", "Teams and absence");
    return NULL;
}

/* ---- teams ---- */

static cd_err_t *member_show(web_exchange_t *x, web_form_t *form, int again)
{
    const cd_token_t *people;

    frame(x, "Add somebody to a team", "team.add", "Add to the team");
    CD_ERR(web_work_people(&people, x));
    choices_into(form, "person", people, x->pool);
    if (again)
        return web_form_again(x, form);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_team_new(web_exchange_t *x)
{
    return member_show(x, web_form_make(member_fields, FIELDS(member_fields), apr_pcalloc(x->pool,
                       sizeof(member_form_t)), x->pool), 0);
}

cd_err_t *web_team_add(web_exchange_t *x)
{
    member_form_t body = { 0 };
    web_form_t *form = web_form_make(member_fields, FIELDS(member_fields), &body, x->pool);
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_team_put(x->ctx, body.team, body.person, 1, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return member_show(x, form, 1);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "team.list", NULL));
}

/* ---- absence ---- */

/* Who may not write in cases says it of themselves alone. */
static const cd_token_t *may_be_away(web_exchange_t *x, const cd_token_t *people)
{
    const cd_actor_t *actor = x->ctx->actor;
    cd_token_t *own;

    if (web_reach(x, CD_RIGHT_CASE_WRITE) != CD_REACH_NONE)
        return people;
    own = apr_pcalloc(x->pool, sizeof(*own) * 2);
    own->value = 1;
    own->word = actor->subject;
    own->label = apr_pstrcat(x->pool, actor->name, " (you)", NULL);
    return own;
}

static cd_err_t *cover_show(web_exchange_t *x, web_form_t *form, int again)
{
    const cd_token_t *people;

    frame(x, "Say who is away", "cover.new", "Save");
    CD_ERR(web_work_people(&people, x));
    choices_into(form, "covered_by", people, x->pool);
    choices_into(form, "away", may_be_away(x, people), x->pool);
    if (again)
        return web_form_again(x, form);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_cover_new(web_exchange_t *x)
{
    app_cover_t *body = apr_pcalloc(x->pool, sizeof(*body));

    body->subject = x->ctx->actor->subject;
    return cover_show(x, web_form_make(cover_fields, FIELDS(cover_fields), body, x->pool), 0);
}

cd_err_t *web_cover_put(web_exchange_t *x)
{
    app_cover_t body = { 0 };
    web_form_t *form = web_form_make(cover_fields, FIELDS(cover_fields), &body, x->pool);
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err = app_cover_put(x->ctx, &body, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return cover_show(x, form, 1);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "team.list", NULL));
}

/* ---- taking off: the buttons of the page ---- */

typedef struct end_form_t { const char *absence, *team, *person; } end_form_t;
static const cd_field_t end_fields[] = {
    { .name = "absence", .type = CD_FT_TEXT, .offset = offsetof(end_form_t, absence), .min = 10,
      .max = 10,
      .label = "First day of the absence to take back", .noun = "the first day of the absence",
      .section = "What to take off", .shown = "Absence" },
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(end_form_t, team), .max = 60,
      .label = "Team to take somebody off", .noun = "the team", .shown = "Team" },
    { .name = "person", .type = CD_FT_TEXT, .offset = offsetof(end_form_t, person), .max = 120,
      .label = "Person to take off the team", .noun = "the person", .shown = "Person" }
};

/* An absence is the actor's own; who is in a team is the legal team's to say. */
cd_err_t *web_team_end(web_exchange_t *x)
{
    end_form_t body = { 0 };
    web_form_t *form = web_form_make(end_fields, FIELDS(end_fields), &body, x->pool);
    cd_err_t *err = NULL;

    CD_ERR(app_trust_need(x->ctx));
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count && !body.absence && !body.team)
        cd_problem_add(&form->problems, "absence", NULL,
                       "Enter the first day of the absence to take back");
    if (!form->problems.count && body.absence)
        err = app_cover_end(x->ctx, cd_date_parse(body.absence));
    else if (!form->problems.count)
        err = app_team_put(x->ctx, body.team, body.person, 0, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count) {
        frame(x, "Take somebody off, or an absence back", "team.end", "Take off");
        return web_form_again(x, form);
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "team.list", NULL));
}

/* shell.c: the frame around every page: who is signed in, where the menu leads, the way back. */
#include <string.h>

#include "web/route.h"
#include "web/shell.h"
#include "web/template.h"
#include "web/url.h"

/* A case page is 45 KB: growing to that from little copies it twice over and leaves the outgrown
 * blocks in the pool. */
#define PAGE_BYTES (56 * 1024)

/* The menu, in order. An entry shows to those whose roles have the right; its page is current while
 * a route of one of its nouns is shown. */
static const struct menu_t { const char *label, *route, *nouns; cd_right_t right; } menu[] = {
    { "Home", "home", "home", CD_RIGHT_NONE },
    { "Work list", "work.list", "work team cover calendar", CD_RIGHT_CASE_READ },
    { "Cases", "case.list", "case record", CD_RIGHT_CASE_READ },
    { "Bring in", "bring.new", "bring", CD_RIGHT_RECORDS_BRING },
    { "Claims", "claim.list", "claim recompute flag decision decided told review-asked review "
      "recover receipt repay look share",
      CD_RIGHT_CLAIM_READ },
    { "Recoveries", "recovery.list", "recovery breach allegation", CD_RIGHT_CLAIM_READ },
    { "Messages", "notice.list", "notice", CD_RIGHT_NONE },
    { "Users", "user.list", "user", CD_RIGHT_USER_ADMIN },
    { "Trusts", "org.list", "org reminders", CD_RIGHT_ORG_ADMIN },
    { "Policies", "policy.list", "policy scheme holidays", CD_RIGHT_POLICY_READ },
    { "Health", "health", "health outbox", CD_RIGHT_HEALTH_READ },
};

static const struct help_t { const char *label, *word; } help_links[] = {
    { "Help", "start" },
    { "How dates and rules work", "rules" },
    { "Privacy", "privacy" },
    { "Accessibility statement", "accessibility" },
};

/* Is the noun of `route` ("case" of "case.show") a word of `nouns`? */
static int is_noun(const char *route, const char *nouns)
{
    apr_size_t len = strcspn(route, ".");
    const char *at;

    for (at = nouns; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == len && !strncmp(at, route, len))
            return 1;
    return 0;
}

static void add_link(web_view_t *list, const char *label, const char *url, int current)
{
    web_view_t *item = web_add(list);

    web_page_text(item, WN_label, label);
    web_page_text(item, WN_url, url);
    if (current)
        web_page_flag(item, WN_current, 1);
}

static const cd_actor_t *actor_of(const web_exchange_t *x)
{
    return x->ctx && x->ctx->actor && x->ctx->actor->id ? x->ctx->actor : NULL;
}

static void put_menu(web_exchange_t *x, const cd_actor_t *actor)
{
    web_view_t *nav = web_page_list(x->view, WN_nav);
    apr_size_t i;

    for (i = 0; i < sizeof(menu) / sizeof(menu[0]); i++)
        if (!menu[i].right || cd_may(actor, menu[i].right) != CD_REACH_NONE)
            add_link(nav, menu[i].label, web_url(x, menu[i].route, NULL),
                     x->route && is_noun(x->route->name, menu[i].nouns));
}

static void put_actor(web_exchange_t *x, const cd_actor_t *actor)
{
    web_page_text(x->view, WN_actor, actor->name);
    web_page_text(x->view, WN_role, cd_actor_words(actor, x->pool));
    web_page_text(x->view, WN_sign_out_url, x->site->sign_out_post);
    if (cd_may(actor, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        web_page_text(x->view, WN_search_url, web_url(x, "search", NULL));
    put_menu(x, actor);
}

static void put_help(web_exchange_t *x)
{
    web_view_t *list = web_page_list(x->view, WN_help_links);
    apr_size_t i;

    for (i = 0; i < sizeof(help_links) / sizeof(help_links[0]); i++)
        add_link(list, help_links[i].label, web_url(x, "help", help_links[i].word, NULL), 0);
}

/* The way back is the last breadcrumb. */
static void put_back(web_exchange_t *x)
{
    const web_view_t *crumbs = web_get_map(x->view, WN_breadcrumbs), *last;

    if (!web_list_count(crumbs))
        return;
    last = web_list_at(crumbs, web_list_count(crumbs) - 1);
    web_page_text(x->view, WN_back_url, web_get_text(last, WN_url));
    web_page_text(x->view, WN_back_label, web_get_text(last, WN_label));
}

void web_shell_open(web_exchange_t *x)
{
    if (x->media == WEB_HTML && x->req->user && strcmp(x->route->name, "home"))
        add_link(web_page_list(x->view, WN_breadcrumbs), "Home", web_url(x, "home", NULL), 0);
}

void web_shell_close(web_exchange_t *x)
{
    const cd_actor_t *actor = actor_of(x);

    if (x->media != WEB_HTML)
        return;
    web_page_text(x->view, WN_service_name, x->site->service_name);
    web_page_text(x->view, WN_banner, x->site->banner);
    web_page_text(x->view, WN_assets, x->site->assets);
    web_page_text(x->view, WN_home_url, web_url(x, "home", NULL));
    web_page_text(x->view, WN_token, x->csrf_token);
    if (actor)
        put_actor(x, actor);
    put_help(x);
    put_back(x);
}

cd_err_t *web_page_write(web_exchange_t *x)
{
    const web_template_t *tpl;

    x->resp->body = cd_buf_make(x->pool, PAGE_BYTES);
    if (x->media == WEB_JSON) {
        x->resp->content_type = "application/json";
        web_write_json(x->resp->body, x->view);
        return NULL;
    }
    tpl = x->site->templates && x->template_name
              ? web_template_find(x->site->templates, x->template_name)
              : NULL;
    if (!tpl)
        return cd_err(x->pool, CD_E_CONFIG, NULL, "there is no template '%s'",
                      x->template_name ? x->template_name : "");
    x->resp->content_type = "text/html; charset=utf-8";
    web_template_run(x->resp->body, tpl, x->view);
    return NULL;
}

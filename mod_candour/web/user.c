/* user.c: accounts: who may sign in, for which organisation, in which roles.
 *
 * Login itself is httpd's; an account here says what the person whom httpd names may do. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "base/text.h"
#include "web/changed.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/** "Claims handler, Decision-maker" @owner pool */
static const char *role_words(apr_uint32_t roles, apr_pool_t *pool)
{
    const char *words[CD_ROLE_APPROVER + 1];
    const cd_token_t *role;
    int i, count = 0;

    for (role = cd_roles; role->word; role++)
        if (roles & (1u << role->value))
            words[count++] = role->label;
    for (i = 1; i < count; i++)
        words[i] = web_lower_first(words[i], pool);
    return count ? cd_text_list(words, count, pool) : "No role";
}

static void put_user(web_view_t *map, web_exchange_t *x, const app_user_t *user)
{
    web_view_t *roles = web_put_list(map, WN_roles);
    const cd_token_t *role;

    web_put_text(map, WN_subject, user->subject);
    web_put_text(map, WN_name, user->name);
    web_put_text(map, WN_org_code, user->org_code);
    web_put_text(map, WN_org_name, user->org_name);
    web_put_flag(map, WN_active, user->active != CD_NO);
    web_put_int(map, WN_version, user->version);
    web_put_text(map, WN_email, user->email);
    for (role = cd_roles; role->word; role++)
        if (user->roles & (1u << role->value)) {
            web_view_t *item = web_add(roles);
            web_put_text(item, WN_code, role->word);
            web_put_text(item, WN_label, role->label);
        }
    web_page_text(map, WN_role_words, role_words(user->roles, x->pool));
    web_page_text(map, WN_url, web_url(x, "user.edit", user->subject, NULL));
}

cd_err_t *web_user_list(web_exchange_t *x)
{
    app_user_t *users;
    web_view_t *list;
    const char *after;
    int i, count, active = 0;

    CD_ERR(web_query(&after, x, "after"));
    CD_ERR(app_users(&users, &count, x->ctx, after));
    list = web_put_list(x->view, WN_users);
    for (i = 0; i < count; i++) {
        put_user(web_add(list), x, &users[i]);
        active += users[i].active != CD_NO;
    }
    web_page_title(x, "Users", count ? apr_psprintf(x->pool, "%s, %d may sign in",
                                                    web_count(count, "user", "users",
                                                              x->pool), active)
                                     : "No users here");
    web_page_text(x->view, WN_new_url, web_url(x, "user.new", NULL));
    web_page_flag(x->view, WN_has_rows, count > 0);
    if (count >= APP_USER_ROWS)
        web_put_text(x->view, WN_next_url, web_url_query(x, web_url(x, "user.list", NULL), "after",
                                                         users[count - 1].subject));
    return NULL;
}

static void frame(web_exchange_t *x, const char *heading, const char *form_url, const char *submit)
{
    web_crumb(x, "Users", web_url(x, "user.list", NULL));
    web_page_title(x, heading, heading);
    web_page_text(x->view, WN_form_url, form_url);
    web_page_text(x->view, WN_submit_label, submit);
    web_page_text(x->view, WN_cancel_url, web_url(x, "user.list", NULL));
}

static web_form_t *make(app_user_t *user, web_exchange_t *x)
{
    return web_form_make(app_user_fields, app_user_field_count, user, x->pool);
}

cd_err_t *web_user_new(web_exchange_t *x)
{
    app_user_t *user = apr_pcalloc(x->pool, sizeof(*user));

    user->active = CD_YES;
    frame(x, "Add a user", web_url(x, "user.new", NULL), "Add the user");
    web_form_show(x->view, make(user, x), x);
    return NULL;
}

/** 409: the account as it is now beside the answers. */
static cd_err_t *changed_meanwhile(web_exchange_t *x, web_form_t *form, const char *subject)
{
    app_user_t *now;

    CD_ERR(app_user_get(&now, x->ctx, subject));
    web_page_title(x, "Changed meanwhile", "Somebody changed this user while you were writing");
    web_diff_put(x, form, now, NULL);
    return web_form_changed(x, form, now->version, "user");
}

/** Saves what the form gave; `subject` NULL: a new account. */
static cd_err_t *save(web_exchange_t *x, app_user_t *user, web_form_t *form, const char *subject)
{
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (subject)
        user->subject = subject;
    user->version = subject ? form->version : 0;
    if (!form->problems.count)
        err = app_user_save(x->ctx, user, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return web_form_again(x, form);
    if (err && err->code == CD_E_STALE && subject && x->media == WEB_HTML)
        return changed_meanwhile(x, form, subject);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "user.list", NULL));
}

cd_err_t *web_user_add(web_exchange_t *x)
{
    app_user_t *user = apr_pcalloc(x->pool, sizeof(*user));

    frame(x, "Add a user", web_url(x, "user.new", NULL), "Add the user");
    return save(x, user, make(user, x), NULL);
}

cd_err_t *web_user_edit(web_exchange_t *x)
{
    app_user_t *user;
    web_form_t *form;

    CD_ERR(app_user_get(&user, x->ctx, x->param[0]));
    frame(x, apr_psprintf(x->pool, "Change %s (%s)", user->name, user->subject),
          web_url(x, "user.edit", user->subject, NULL), "Save");
    form = make(user, x);
    web_form_skip(form, "subject");
    form->version = user->version;
    put_user(web_put_map(x->view, WN_user), x, user);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_user_save(web_exchange_t *x)
{
    app_user_t *now, *user = apr_pcalloc(x->pool, sizeof(*user));
    web_form_t *form = make(user, x);

    CD_ERR(app_user_get(&now, x->ctx, x->param[0]));
    frame(x, apr_psprintf(x->pool, "Change %s (%s)", now->name, now->subject),
          web_url(x, "user.edit", now->subject, NULL), "Save");
    web_form_skip(form, "subject");
    return save(x, user, form, now->subject);
}

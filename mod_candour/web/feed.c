/* feed.c: the calendar: the page that makes and ends its address, and the calendar itself.
 *
 * Calendar programs cannot sign in, so the address is all they have: it is told once, and nothing
 * in the calendar names a person. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "app/team.h"
#include "base/ical.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

enum { FEED_MAKE = 1, FEED_END };
static const cd_token_t deeds[] = {
    { FEED_MAKE, "make", "Make a new address" }, { FEED_END, "end", "End the address" }, { 0, NULL,
      NULL }
};
typedef struct feed_form_t { int deed; } feed_form_t;
static const cd_field_t feed_fields[] = {
    { .name = "deed", .type = CD_FT_TOKEN, .offset = offsetof(feed_form_t, deed),
      .flags = CD_FF_REQUIRED,
      .tokens = deeds, .label = "What should be done?", .noun = "what should be done",
      .section = "The address",
      .shown = "Deed" }
};

/* As the person's calendar program must be given it. */
static const char *absolute(const web_exchange_t *x, const char *url)
{
    if (x->site->public_url)
        return apr_pstrcat(x->pool, x->site->public_url, url, NULL);
    return apr_pstrcat(x->pool, x->req->scheme, "://", x->req->host ? x->req->host : "", url, NULL);
}

static cd_err_t *calendar_put(web_exchange_t *x, const char *token)
{
    cd_instant_t made;

    CD_ERR(app_feed_made(&made, x->ctx));
    web_crumb(x, "Work list", web_url(x, "work.list", NULL));
    web_page_title(x, "Calendar feed",
                   token  ? "Your calendar address"
                   : made ? "You have a calendar address"
                          : "Your work in a calendar");
    if (made)
        web_put_instant(x->view, WN_made_at, made);
    web_page_flag(x->view, WN_has_feed, made != 0);
    web_put_text(
        x->view, WN_feed_address,
        token ? absolute(x, web_url(x, "feed", apr_pstrcat(x->pool, token, ".ics", NULL), NULL))
              : NULL);
    web_page_flag(x->view, WN_has_address, token != NULL);
    web_page_text(x->view, WN_form_url, web_url(x, "calendar", NULL));
    return NULL;
}

/* Two buttons, two forms, a key each. */
static void forms_put(web_exchange_t *x)
{
    web_form_show(web_page_map(x->view, WN_make_form), web_form_make(NULL, 0, NULL, x->pool), x);
    web_form_show(web_page_map(x->view, WN_end_form), web_form_make(NULL, 0, NULL, x->pool), x);
}

cd_err_t *web_calendar(web_exchange_t *x)
{
    CD_ERR(calendar_put(x, NULL));
    forms_put(x);
    return NULL;
}

static cd_err_t *calendar_again(web_exchange_t *x, web_form_t *form)
{
    web_page_title(x, "Calendar feed", "Your work in a calendar");
    web_page_text(x->view, WN_form_url, web_url(x, "calendar", NULL));
    web_page_text(x->view, WN_submit_label, "Go on");
    x->template_name = "form/page";
    return web_form_again(x, form);
}

/* The address is in this one answer and nowhere else: so it is no redirect. */
cd_err_t *web_calendar_change(web_exchange_t *x)
{
    feed_form_t body = { 0 };
    web_form_t *form = web_form_make(feed_fields, 1, &body, x->pool);
    const char *token = NULL;

    CD_ERR(app_trust_need(x->ctx));
    CD_ERR(web_form_read(form, x));
    if (form->problems.count)
        return calendar_again(x, form);
    if (body.deed == FEED_END) {
        CD_ERR(app_feed_end(x->ctx));
        return web_redirect(x, web_url(x, "calendar", NULL));
    }
    CD_ERR(app_feed_make(&token, x->ctx));
    if (!token)
        /* sent twice: the first answer showed it */
        return web_redirect(x, web_url(x, "calendar", NULL));
    CD_ERR(calendar_put(x, token));
    /* the next forms have keys of their own */
    x->ctx->has_idem = 0;
    forms_put(x);
    return NULL;
}

/* ---- the calendar itself ---- */

static void event_put(cd_buf_t *buf, web_exchange_t *x, const app_event_t *from)
{
    cd_ical_event_t event = { .sequence = from->version,
                              .stamp = from->changed_at,
                              .on = from->due_on,
                              .cancelled = from->cancelled };

    event.uid = apr_psprintf(x->pool, "%s%s%s@candour", from->reference, *from->rule ? "-" : "",
                             from->rule);
    event.summary = apr_psprintf(x->pool, "%s: %s", from->reference, from->step);
    event.url = absolute(x, web_url(x, "case.show", from->reference, NULL));
    cd_ical_event(buf, &event);
}

cd_err_t *web_feed(web_exchange_t *x)
{
    cd_buf_t *buf = cd_buf_make(x->pool, 8192);
    const char *name = x->param[0], *dot = strchr(name, '.');
    app_event_t *events;
    int count, i;

    if (!dot || strcmp(dot, ".ics"))
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no calendar address");
    CD_ERR(app_feed_read(&events, &count, x->ctx,
                         apr_pstrmemdup(x->pool, name, (apr_size_t)(dot - name))));
    cd_ical_open(buf, x->site->service_name);
    for (i = 0; i < count; i++)
        event_put(buf, x, &events[i]);
    cd_ical_close(buf);
    x->resp->content_type = "text/calendar; charset=utf-8";
    x->resp->cache_control = "private, no-cache";
    x->resp->body = buf;
    return NULL;
}

/* problem.c: the answer that says what went wrong: a page, or application/problem+json (RFC 9457).
 *
 * An absent record and another trust's give the same bytes, so an answer of 404 repeats nothing of
 * the request: no address, no number. */
#include <string.h>

#include <apr_strings.h>

#include "web/route.h"
#include "web/shell.h"
#include "web/url.h"

/* What a person reads, by status; the error's own public text comes second. */
static const struct words_t { int status; const char *heading, *lead; } words[] = {
    { 400, "The request cannot be understood", "Go back and try again." },
    { 401, "Sign in first", "You are not signed in, or you have been signed out." },
    { 403, "You cannot do this", "If you need it for your work, ask your administrator." },
    { 404, "Page not found", "There is nothing here that you can see. It may not exist, or it may "
      "belong to another"
                             " trust. We give the same answer for both." },
    { 405, "This address does not take that", "It can be read, or a form can be sent to it, but "
      "not both." },
    { 408, "The request took too long", "Your connection may be slow. Go back and try again." },
    { 409, "Someone saved a change first", "Nothing of yours is saved. Open the page again and "
      "repeat your change." },
    { 413, "What you sent is too large", "Nothing is saved. Shorten it, or send it in parts." },
    { 415, "This kind of content is not taken here", "Send a form, or JSON." },
    { 422, "Something must be corrected", "Nothing is saved." },
    { 500, "There is a problem with the service", "Nothing is saved. Try again later." },
    { 503, "The service cannot answer just now", "Try again in a few seconds." },
    { 507, "There is no room left", "Nothing is saved. Tell your administrator." },
};

/* A page that was only asked for: nobody was overtaken, what it is for is not its turn. */
static const struct words_t not_now = { 409, "This cannot be done now", "Nothing was changed." };

static const struct words_t *words_of(int status, const web_exchange_t *x)
{
    const struct words_t *best = &words[0];
    apr_size_t i;

    if (status == 409 && x->req->method == WEB_GET)
        return &not_now;
    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (words[i].status == status)
            return &words[i];
        if (status >= 500 && words[i].status == 500)
            best = &words[i];
    }
    return best;
}

/* Errors whose public text says more than the words of their status. */
static int has_own_words(const cd_err_t *err)
{
    return err && err->code != CD_E_NOT_FOUND && err->code != CD_E_FAILED
           && err->code != CD_E_CONFIG;
}

static const char *sentence(const char *text, apr_pool_t *pool)
{
    char *copy = apr_pstrcat(pool, text, ".", NULL);

    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

static void write_json(web_exchange_t *x, const cd_err_t *err, const struct words_t *w, int status)
{
    web_view_t *view = web_view_make(x->pool);

    web_put_text(view, WN_type,
                 apr_pstrcat(x->pool, "/problems/", err ? cd_code_word(err->code) : "http", NULL));
    web_put_text(view, WN_title, w->heading);
    web_put_int(view, WN_status, status);
    web_put_text(view, WN_detail, has_own_words(err) ? err->public_text : w->lead);
    if (status != 404 && x->req->id)
        web_put_text(view, WN_instance, apr_pstrcat(x->pool, "urn:candour:", x->req->id, NULL));
    x->view = view;
    x->resp->content_type = "application/problem+json";
    web_write_json(x->resp->body, view);
}

/* Where to go from here. A 409 says that the file is there and within reach: its page shows what
 * can be done now. */
static void put_way_on(web_exchange_t *x, int status)
{
    const char *pattern = x->route && status == 409 ? x->route->pattern : "";

    if (!strncmp(pattern, "/claims/{ref}/trusts/{code}", 27)
        || !strncmp(pattern, "/claims/{ref}/flags/{code}", 26)) {
        web_page_text(x->view, WN_next_url,
                      web_url(x, "round.show", x->param[0], x->param[1], NULL));
        web_page_text(x->view, WN_next_label, "See what can be done now: evidence and decision");
    } else if (!strncmp(pattern, "/claims/{ref}", 13)) {
        web_page_text(x->view, WN_next_url, web_url(x, "claim.show", x->param[0], NULL));
        web_page_text(x->view, WN_next_label, "See what can be done now: the claim");
    } else {
        web_page_text(x->view, WN_next_url, web_url(x, "home", NULL));
        web_page_text(x->view, WN_next_label, "Go to the first page");
    }
}

static void put_page(web_exchange_t *x, const cd_err_t *err, const struct words_t *w, int status)
{
    x->view = web_view_make(x->pool);
    web_page_text(x->view, WN_title, w->heading);
    web_page_text(x->view, WN_heading, w->heading);
    web_page_text(x->view, WN_lead,
                  has_own_words(err) ? sentence(err->public_text, x->pool) : NULL);
    web_page_text(x->view, WN_text, w->lead);
    put_way_on(x, status);
    if (status >= 500)
        web_page_text(x->view, WN_incident_number, x->req->id);
    web_shell_close(x);
}

/* Without templates (they are missing, or this is an error of theirs). */
static void write_plain(web_exchange_t *x, const struct words_t *w)
{
    x->resp->content_type = "text/plain; charset=utf-8";
    x->resp->body->len = 0;
    cd_buf_str(x->resp->body, w->heading);
    cd_buf_lit(x->resp->body, "\n");
    cd_buf_str(x->resp->body, w->lead);
    cd_buf_lit(x->resp->body, "\n");
}

void web_problem(web_exchange_t *x, const cd_err_t *err, int status)
{
    const struct words_t *w = words_of(status, x);
    const char *set_cookie = x->resp->set_cookie, *allow = x->resp->allow;

    *x->resp = (web_response_t){ .status = status, .set_cookie = set_cookie, .allow = allow };
    x->resp->retry_after = status == 503 ? 5 : 0;
    x->resp->body = cd_buf_make(x->pool, 8192);
    if (x->media == WEB_CSV)
        x->media = WEB_HTML;
    if (x->media == WEB_JSON) {
        write_json(x, err, w, status);
        return;
    }
    put_page(x, err, w, status);
    x->template_name = "error/problem";
    if (web_page_write(x))
        write_plain(x, w);
}

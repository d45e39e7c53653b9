/* claim_bulk.c: ticked rows of the claims' work list are given away or computed again: a page to
 * check, row by row, then one result for each claim. Both pages are answers to the same form, so
 * they need no scripts. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/claim_work_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"
#include "web/work_view.h"

enum { STEP_DO = 1 };
static const cd_token_t steps[] = { { STEP_DO, "do", "Do it" }, { 0, NULL, NULL } };
static const cd_token_t deeds[] = {
    { APP_CLAIM_GIVE, "give", "Give to a handler or a team" },
    { APP_CLAIM_COMPUTE, "compute", "Compute the flags" },
    { APP_CLAIM_ASK, "ask", "Ask for evidence" },
    { 0, NULL, NULL }
};

typedef struct bulk_t {
    const char *handler, *team;
    const char *what, *why;
    cd_date_t due;
    int deed, step;
    /* "CL-2026-0007 7": a ticked claim and the version that was seen */
    const char *row[APP_CLAIMS_MOST];
} bulk_t;

static const cd_field_t fixed[] = {
    { .name = "handler", .type = CD_FT_TEXT, .offset = offsetof(bulk_t, handler), .max = 120,
      .label = "Handler",
      .noun = "the handler", .shown = "Handler" },
    { .name = "team", .type = CD_FT_TEXT, .offset = offsetof(bulk_t, team), .max = 60,
      .label = "Team",
      .noun = "the team", .shown = "Team" },
    { .name = "what", .type = CD_FT_LONG, .offset = offsetof(bulk_t, what), .max = 4000,
      .section = "What you ask",
      .label = "What do you ask for?",
      .noun = "what you ask for", .hint = "Each trust will read this, about the rules that are "
      "open for it.", .shown = "What" },
    { .name = "why", .type = CD_FT_LONG, .offset = offsetof(bulk_t, why), .max = 4000,
      .label = "Why do you ask?",
      .noun = "why you ask", .hint = "Each trust will read this.", .shown = "Why" },
    { .name = "due", .type = CD_FT_DATE, .offset = offsetof(bulk_t, due), .label = "By when?",
      .noun = "the last day for the answer", .hint = "For example, 3 12 2026.",
      .shown = "Answer by" },
    { .name = "deed", .type = CD_FT_TOKEN, .offset = offsetof(bulk_t, deed), .tokens = deeds,
      .label = "What should be done?", .noun = "what should be done", .shown = "Deed" },
    { .name = "step", .type = CD_FT_TOKEN, .offset = offsetof(bulk_t, step), .tokens = steps,
      .label = "Step",
      .noun = "the step", .shown = "Step" }
};
#define FIXED ((int)(sizeof(fixed) / sizeof(fixed[0])))

static web_form_t *form_make(bulk_t *body, apr_pool_t *pool)
{
    cd_field_t *fields = apr_pcalloc(pool, sizeof(*fields) * (FIXED + APP_CLAIMS_MOST));
    int i;

    memcpy(fields, fixed, sizeof(fixed));
    for (i = 0; i < APP_CLAIMS_MOST; i++)
        fields[FIXED + i] = (cd_field_t){
            .name = web_work_pick_name(i, pool), .type = CD_FT_TEXT,
            .offset = offsetof(bulk_t, row) + (apr_size_t)i * sizeof(body->row[0]), .max = 40,
            .label = "Claim", .noun = "the claim", .shown = "Claim"
        };
    return web_form_make(fields, FIXED + APP_CLAIMS_MOST, body, pool);
}

/* "CL-2026-0007 7" */
static cd_err_t *row_read(app_claim_pick_t *out, const char *text, apr_pool_t *pool)
{
    const char *gap = strchr(text, ' ');
    char *end = NULL;
    long version = gap ? strtol(gap + 1, &end, 10) : 0;

    if (!gap || gap == text || end == gap + 1 || *end || version < 1 || version > 1000000000)
        return cd_err(pool, CD_E_BAD_REQUEST,
                      "a row is the reference of a claim, a space and its version",
                      "a ticked row that no page sent");
    memset(out, 0, sizeof(*out));
    out->reference = apr_pstrmemdup(pool, text, (apr_size_t)(gap - text));
    out->version = (int)version;
    return NULL;
}

/* A claim has a row for each trust: ticked twice it is meant once. */
static cd_err_t *rows_read(app_claim_pick_t *list, int *count_out, const bulk_t *body,
                           apr_pool_t *pool)
{
    int i, k, count = 0;

    for (i = 0; i < APP_CLAIMS_MOST; i++) {
        if (!body->row[i])
            continue;
        CD_ERR(row_read(&list[count], body->row[i], pool));
        for (k = 0; k < count && strcmp(list[k].reference, list[count].reference); k++)
            ;
        count += k == count;
    }
    *count_out = count;
    return NULL;
}

static void claims_put(web_exchange_t *x, const app_claim_pick_t *list, int count)
{
    web_view_t *claims = web_put_list(x->view, WN_claims);
    int i;

    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(claims);

        web_put_text(item, WN_reference, list[i].reference);
        web_put_text(item, WN_title, list[i].title);
        web_put_text(item, WN_told, list[i].told);
        web_put_flag(item, WN_done, list[i].done);
        web_page_text(item, WN_url,
                      list[i].title ? web_url(x, "claim.show", list[i].reference, NULL) : NULL);
        web_page_text(item, WN_pick_name, web_work_pick_name(i, x->pool));
        web_page_text(item, WN_pick_value,
                      apr_psprintf(x->pool, "%s %d", list[i].reference, list[i].version));
    }
    web_page_flag(x->view, WN_has_rows, count > 0);
}

static void frame(web_exchange_t *x, const char *title, const bulk_t *body)
{
    web_crumb(x, "Claims work list", web_url(x, "claim.work", NULL));
    web_page_title(x, title, title);
    web_page_text(x->view, WN_back_url, web_url(x, "claim.work", NULL));
    web_page_text(x->view, WN_bulk_url, web_url(x, "claim.bulk", NULL));
    web_page_text(x->view, WN_claim_deed, cd_token_word(deeds, body->deed));
    web_page_flag(x->view, WN_is_give, body->deed == APP_CLAIM_GIVE);
    web_page_flag(x->view, WN_is_asking, body->deed == APP_CLAIM_ASK);
    web_page_text(x->view, WN_handler, body->handler);
    web_page_text(x->view, WN_team, body->team);
}

#define ASKED_FIRST 2                    /* what, why and due among the fixed fields */
#define ASKED 3

/* Ticked rows and the deed stand in the table and in hidden fields; only what a trust is asked is
 * typed here. What was typed is kept: the form is narrowed after it was read. */
static void form_narrow(web_form_t *form)
{
    form->fields += ASKED_FIRST;
    form->raw += ASKED_FIRST;
    form->raw_part += ASKED_FIRST * 3;
    form->count = ASKED;
}

/* To whom the claims are given: the person's name, else the team's. */
static const char *receiver(const bulk_t *body, const cd_token_t *handlers)
{
    for (; handlers->word; handlers++)
        if (body->handler && !strcmp(handlers->word, body->handler))
            return handlers->label;
    return body->team;
}

static const char *title_of(const bulk_t *body, int count, const char *to, apr_pool_t *pool)
{
    const char *claims = web_count(count, "claim", "claims", pool);

    if (!count)
        return "No claim is ticked";
    if (body->deed != APP_CLAIM_GIVE)
        return apr_pstrcat(pool,
                           body->deed == APP_CLAIM_COMPUTE
                               ? "Check before you compute the flags of "
                               : "Check before you ask the trusts of ",
                           claims, NULL);
    return apr_pstrcat(pool, "Check before you give ", claims, to ? " to " : "", to ? to : "",
                       NULL);
}

static cd_err_t *check_show(web_exchange_t *x, web_form_t *form, const bulk_t *body,
                            const app_claim_pick_t *list, int count)
{
    const cd_token_t *handlers, *teams;

    CD_ERR(web_claim_work_staff(&handlers, &teams, x));
    web_work_options(x, WN_handler_options, handlers, body->handler);
    web_work_options(x, WN_team_options, teams, body->team);
    frame(x, title_of(body, count, receiver(body, handlers), x->pool), body);
    if (body->deed == APP_CLAIM_ASK)
        form_narrow(form);
    web_page_text(x->view, WN_submit_label, "Ask these trusts");
    web_page_text(x->view, WN_cancel_url, web_url(x, "claim.work", NULL));
    claims_put(x, list, count);
    web_page_flag(x->view, WN_is_check, 1);
    web_page_flag(x->view, WN_can_give,
                  !form->problems.count || (body->deed == APP_CLAIM_ASK && count));
    if (form->problems.count)
        return web_form_again(x, form);
    web_form_show(x->view, form, x);
    return NULL;
}

static cd_err_t *result_show(web_exchange_t *x, const bulk_t *body, const app_claim_pick_t *list,
                             int count)
{
    int i, done = 0;

    for (i = 0; i < count; i++)
        done += list[i].done;
    frame(
        x,
        apr_psprintf(x->pool, "%d of %s done", done, web_count(count, "claim", "claims", x->pool)),
        body);
    claims_put(x, list, count);
    return NULL;
}

static void request_check(web_exchange_t *x, web_form_t *form, const bulk_t *body)
{
    if (!body->what)
        cd_problem_add(&form->problems, "what", NULL, "Enter what you ask for");
    if (!body->why)
        cd_problem_add(&form->problems, "why", NULL, "Enter why you ask");
    if (body->due <= x->ctx->today)
        cd_problem_add(&form->problems, "due", NULL,
                       "The last day for the answer must be after today");
}

cd_err_t *web_claim_bulk(web_exchange_t *x)
{
    bulk_t body = { 0 };
    app_claim_pick_t list[APP_CLAIMS_MOST];
    app_claim_order_t order = { .request = { 0 } };
    web_form_t *form = form_make(&body, x->pool);
    int count = 0;

    CD_ERR(web_form_read(form, x));
    CD_ERR(rows_read(list, &count, &body, x->pool));
    if (!count)
        cd_problem_add(&form->problems, "row_1", NULL, "Tick the claims that you want");
    if (!body.deed)
        body.deed = APP_CLAIM_GIVE;
    order.allocation.handler = body.handler;
    order.allocation.team = body.team;
    order.request = (cd_request_t){ .what = body.what, .why = body.why, .due = body.due };
    if (body.deed == APP_CLAIM_ASK && body.step == STEP_DO)
        request_check(x, form, &body);
    if (!form->problems.count && body.step != STEP_DO)
        CD_ERR(app_claims_look(x->ctx, list, count, body.deed, &order, &form->problems));
    if (!form->problems.count && body.step == STEP_DO) {
        CD_ERR(app_claims_do(x->ctx, list, count, body.deed, &order));
        return result_show(x, &body, list, count);
    }
    return check_show(x, form, &body, list, count);
}

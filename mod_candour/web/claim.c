/* claim.c: the list of claims, a new claim, the page of a claim, its record of who did what. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/claim_view.h"
#include "web/entries.h"
#include "web/page.h"
#include "web/route.h"
#include "web/csv.h"
#include "web/form.h"
#include "web/url.h"

/** "?status=": 0 for all. */
static cd_err_t *read_status(int *out, web_exchange_t *x)
{
    const char *text;

    *out = 0;
    CD_ERR(web_query(&text, x, "status"));
    if (!text || !*text)
        return NULL;
    *out = cd_token_strict(cd_claim_statuses, text);
    return *out ? NULL : cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "no such status");
}

static void put_views(web_exchange_t *x, int status)
{
    const char *url = web_url(x, "claim.list", NULL);
    web_view_t *list = web_page_list(x->view, WN_views), *item = web_add(list);
    const cd_token_t *one;

    web_page_text(x->view, WN_views_label, "Claims by status");
    web_page_text(item, WN_label, "All");
    web_page_text(item, WN_url, url);
    web_page_flag(item, WN_current, !status);
    for (one = cd_claim_statuses; one->word; one++) {
        item = web_add(list);
        web_page_text(item, WN_label, one->label);
        web_page_text(item, WN_url, web_url_query(x, url, "status", one->word));
        web_page_flag(item, WN_current, one->value == status);
    }
}

void web_claim_rows(web_exchange_t *x, const app_claim_list_t *claims)
{
    web_view_t *list = web_put_list(x->view, WN_claims);
    int i;

    for (i = 0; i < claims->count; i++) {
        const app_claim_row_t *row = &claims->rows[i];
        web_view_t *item = web_add(list);
        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_title, row->title);
        web_put_text(item, WN_claimant, row->person);
        web_put_token(item, WN_status, cd_claim_statuses, row->status);
        web_put_token(item, WN_scheme, cd_claim_schemes, row->scheme);
        web_page_text(item, WN_scheme_word, cd_token_word(cd_claim_schemes, row->scheme));
        web_put_date(item, WN_notified_on, row->notified_on);
        web_put_instant(item, WN_changed_at, row->changed_at);
        web_put_flag(item, WN_unreadable, row->unreadable);
        web_page_text(item, WN_url, web_url(x, "claim.show", row->reference, NULL));
    }
    web_page_flag(x->view, WN_has_rows, claims->count > 0);
}

/** The heading says what was found. */
static const char *list_heading(web_exchange_t *x, const app_claim_list_t *claims, int status)
{
    const char *label = status ? cd_token_label(cd_claim_statuses, status) : NULL;

    if (!claims->count)
        return label ? apr_psprintf(x->pool, "No claim has the status “%s”", label)
                     : "No claims yet";
    if (claims->next)
        return apr_psprintf(x->pool, "The %d claims changed last%s%s", claims->count,
                            label ? ": " : "",
                            label ? label : "");
    return apr_psprintf(x->pool, "%s%s%s", web_count(claims->count, "claim", "claims", x->pool),
                        label ? ": " : "", label ? label : "");
}

static void put_list_links(web_exchange_t *x, const app_claim_list_t *claims, int status)
{
    const char *url = web_url(x, "claim.list", NULL);

    if (status)
        url = web_url_query(x, url, "status", cd_token_word(cd_claim_statuses, status));
    if (claims->count)
        web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (claims->next)
        web_put_text(x->view, WN_next_url,
                     web_url_query(x, url, "before",
                                   apr_psprintf(x->pool, "%" APR_INT64_T_FMT, claims->next)));
    web_tool(x, "Work list of claims", web_url(x, "claim.work", NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE))
        web_page_text(x->view, WN_new_url, web_url(x, "claim.new", NULL));
    web_page_text(x->view, WN_all_url, web_url(x, "claim.list", NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_READ) == CD_REACH_ALL)
        web_page_text(x->view, WN_report_url, web_url(x, "claim.report", NULL));
}

cd_err_t *web_claim_list(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_reference, WN_title, WN_claimant, WN_status, WN_scheme, WN_notified_on, WN_changed_at
    };
    app_claim_list_t claims = { 0 };
    apr_int64_t before;
    int status;

    CD_ERR(web_query_cursor(&before, x, "before"));
    CD_ERR(read_status(&status, x));
    CD_ERR(app_claim_list(&claims, x->ctx, status, before));
    web_page_title(x, "Claims", list_heading(x, &claims, status));
    if (status)
        web_put_token(x->view, WN_status_filter, cd_claim_statuses, status);
    put_views(x, status);
    web_claim_rows(x, &claims);
    put_list_links(x, &claims, status);
    if (x->media == WEB_CSV)
        return web_csv(x, WN_claims, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "claims.csv");
    return NULL;
}

/** Tools beside the heading, and the form that one of them leads to. */
static void put_tools(web_exchange_t *x, const app_claim_view_t *claim, cd_date_t as_at)
{
    const char *page = web_url(x, "claim.show", claim->row.reference, NULL);
    const char *then = as_at ? web_url_query(x, page, "as_at", cd_date_iso(as_at, x->pool)) : page;

    web_tool(x, "View as at an earlier date", "#as-at");
    web_tool(x, "Claim file (JSON)", web_url_query(x, then, "format", "json"));
    web_as_at_form_put(x, page, as_at);
}

static void looking_back(web_exchange_t *x, const app_claim_view_t *claim, cd_date_t as_at)
{
    web_put_date(x->view, WN_as_at, as_at);
    web_page_text(x->view, WN_notice_title, "You are looking back");
    web_page_text(x->view, WN_notice_heading,
                  apr_psprintf(x->pool, "This is what was known at the end of %s",
                               cd_date_words(as_at, x->pool)));
    web_page_flag(x->view, WN_has_notice, 1);
    web_page_text(x->view, WN_notice_url, web_url(x, "claim.show", claim->row.reference, NULL));
    web_page_text(x->view, WN_notice_link, "Go back to today");
}

/** The buttons of this page are forms of their own: they share its key and version. */
static void put_buttons(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_form_t *buttons = web_form_make(NULL, 0, NULL, x->pool);

    buttons->version = claim->row.version;
    web_form_show(x->view, buttons, x);
}

cd_err_t *web_claim_show(web_exchange_t *x)
{
    app_claim_view_t *claim;
    cd_date_t as_at;

    CD_ERR(web_query_date(&as_at, x, "as_at"));
    if (as_at >= x->ctx->today)
        as_at = CD_NO_DATE;              /* nobody knows what will be known */
    CD_ERR(app_claim_view(&claim, x->ctx, as_at));
    web_claim_crumbs(x, claim, 0);
    web_page_title(x, apr_psprintf(x->pool, "%s %s", claim->row.reference,
                                   claim->row.title ? claim->row.title : ""),
                   claim->row.title ? claim->row.title : claim->row.reference);
    web_claim_fill(x, claim);
    web_ledger_put(x, claim);
    CD_ERR(web_claim_slot_pages(x, claim));
    if (as_at)
        looking_back(x, claim, as_at);
    else
        web_claim_next(x, claim);
    if (x->media == WEB_HTML) {
        put_buttons(x, claim);
        put_tools(x, claim, as_at);
    }
    return NULL;
}

static void frame_new(web_exchange_t *x, const cd_record_def_t *def)
{
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    web_page_title(x, "Register a claim", "Register a claim");
    web_put_text(x->view, WN_lead, def->lead);
    web_page_text(x->view, WN_form_url, web_url(x, "claim.new", NULL));
    web_page_text(x->view, WN_submit_label, "Register the claim");
    web_page_text(x->view, WN_cancel_url, web_url(x, "claim.list", NULL));
}

cd_err_t *web_claim_new(web_exchange_t *x)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_CLAIM);
    web_form_t *form = web_form_make(def->fields, def->field_count,
                                     apr_pcalloc(x->pool, def->size), x->pool);

    frame_new(x, def);
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_claim_create(web_exchange_t *x)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_CLAIM);
    cd_claim_facts_t *facts = apr_pcalloc(x->pool, def->size);
    web_form_t *form = web_form_make(def->fields, def->field_count, facts, x->pool);
    const char *reference;
    cd_err_t *err;

    frame_new(x, def);
    CD_ERR(web_form_read(form, x));
    err = app_claim_create(&reference, x->ctx, facts, &form->problems);
    if (web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.show", reference, NULL));
}

/** Who did what, newest first. */
cd_err_t *web_claim_entries(web_exchange_t *x)
{
    app_claim_view_t *claim;

    CD_ERR(app_claim_view(&claim, x->ctx, 0));
    web_claim_crumbs(x, claim, 1);
    web_claim_strip(x, claim);
    return web_entries_put(x, claim->row.reference, "claim",
                           web_url(x, "claim.entries", claim->row.reference, NULL));
}

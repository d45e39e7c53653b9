/* org.c: trusts and other organisations: who they are, and their own targets. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "base/text.h"
#include "web/changed.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/** The organisation's own limits, where it has set any. */
static void put_targets(web_view_t *map, web_exchange_t *x, const cd_org_t *org)
{
    const struct { web_name_t name; const char *words; apr_int64_t days; } targets[] = {
        { WN_target_opinion_wd, "opinion", org->target_opinion_wd },
        { WN_target_talk_wd, "talk", org->target_talk_wd },
        { WN_target_note_wd, "note", org->target_note_wd },
        { WN_target_letter_wd, "letter", org->target_letter_wd },
        { WN_target_results_wd, "results", org->target_results_wd }
    };
    const char *words[sizeof(targets) / sizeof(targets[0])];
    unsigned i;
    int count = 0;

    for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
        if (targets[i].days) {
            web_put_int(map, targets[i].name, targets[i].days);
            words[count++] = apr_psprintf(x->pool, "%s %" APR_INT64_T_FMT, targets[i].words,
                                          targets[i].days);
        }
    web_page_text(map, WN_target_words, count ? cd_text_list(words, count, x->pool)
                                              : "The policy’s own days");
}

static void put_org(web_view_t *map, web_exchange_t *x, const cd_org_t *org)
{
    web_put_text(map, WN_code, org->code);
    web_put_text(map, WN_name, org->name);
    web_put_token(map, WN_jurisdiction, cd_jurisdictions, org->jurisdiction);
    web_put_token(map, WN_kind, cd_person_kinds, org->kind);
    web_put_date(map, WN_opened_on, org->opened_on);
    web_put_date(map, WN_closed_on, org->closed_on);
    web_put_text(map, WN_successor_code, org->successor_code);
    if (org->nhs_contract)
        web_put_flag(map, WN_nhs_contract, org->nhs_contract == CD_YES);
    web_put_int(map, WN_version, org->version);
    put_targets(map, x, org);
    web_page_text(map, WN_url, web_url(x, "org.edit", org->code, NULL));
}

cd_err_t *web_org_list(web_exchange_t *x)
{
    const cd_org_t *orgs;
    web_view_t *list;
    int i, count, open = 0;

    CD_ERR(app_orgs(&orgs, &count, x->ctx));
    list = web_put_list(x->view, WN_trusts);
    for (i = 0; i < count; i++) {
        put_org(web_add(list), x, &orgs[i]);
        open += !orgs[i].closed_on || orgs[i].closed_on >= x->ctx->today;
    }
    web_page_title(x, "Trusts", count ? apr_psprintf(x->pool, "%s, %d open",
                                                     web_count(count, "organisation",
                                                               "organisations", x->pool),
                                                     open)
                                      : "No organisations yet");
    web_page_text(x->view, WN_new_url, web_url(x, "org.new", NULL));
    web_page_flag(x->view, WN_has_rows, count > 0);
    return NULL;
}

static void frame(web_exchange_t *x, const char *heading, const char *form_url, const char *submit)
{
    web_crumb(x, "Trusts", web_url(x, "org.list", NULL));
    web_page_title(x, heading, heading);
    web_page_text(x->view, WN_form_url, form_url);
    web_page_text(x->view, WN_submit_label, submit);
    web_page_text(x->view, WN_cancel_url, web_url(x, "org.list", NULL));
}

static web_form_t *make(cd_org_t *org, web_exchange_t *x)
{
    return web_form_make(cd_org_fields, cd_org_field_count, org, x->pool);
}

/** Saves what the form gave; `now` NULL: a new organisation. */
static cd_err_t *save(web_exchange_t *x, cd_org_t *org, web_form_t *form, const cd_org_t *now)
{
    cd_err_t *err = NULL;

    CD_ERR(web_form_read(form, x));
    if (now) {
        org->id = now->id;
        org->code = now->code;
        org->version = form->version;
    }
    if (!form->problems.count)
        err = app_org_save(x->ctx, org, &form->problems);
    if (web_form_to_mend(x, form, err) || form->problems.count)
        return web_form_again(x, form);
    if (err && err->code == CD_E_STALE && now && x->media == WEB_HTML) {
        web_page_title(x, "Changed meanwhile",
                       "Somebody changed this organisation while you were writing");
        web_diff_put(x, form, now, NULL);
        return web_form_changed(x, form, now->version, "organisation");
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "org.list", NULL));
}

cd_err_t *web_org_new(web_exchange_t *x)
{
    frame(x, "Add an organisation", web_url(x, "org.new", NULL), "Add it");
    web_form_show(x->view, make(apr_pcalloc(x->pool, sizeof(cd_org_t)), x), x);
    return NULL;
}

cd_err_t *web_org_add(web_exchange_t *x)
{
    cd_org_t *org = apr_pcalloc(x->pool, sizeof(*org));

    frame(x, "Add an organisation", web_url(x, "org.new", NULL), "Add it");
    return save(x, org, make(org, x), NULL);
}

/** The organisation of the address, and the form over a copy of it (`fresh`: over an empty one). */
static cd_err_t *open_org(const cd_org_t **now_out, cd_org_t **org_out, web_form_t **form_out,
                          web_exchange_t *x, int fresh)
{
    CD_ERR(app_org(now_out, x->ctx, x->param[0]));
    frame(x, apr_psprintf(x->pool, "Change %s", (*now_out)->name),
          web_url(x, "org.edit", (*now_out)->code, NULL), "Save");
    *org_out = fresh ? apr_pcalloc(x->pool, sizeof(**org_out))
                     : apr_pmemdup(x->pool, *now_out, sizeof(**org_out));
    *form_out = make(*org_out, x);
    web_form_skip(*form_out, "code");
    (*form_out)->version = (*now_out)->version;
    return NULL;
}

cd_err_t *web_org_edit(web_exchange_t *x)
{
    const cd_org_t *now;
    cd_org_t *org;
    web_form_t *form;

    CD_ERR(open_org(&now, &org, &form, x, 0));
    put_org(web_put_map(x->view, WN_trust), x, now);
    web_tool(x, "Yearly contributions", web_url(x, "contribution.list", now->code, NULL));
    web_tool(x, "Reminders", web_url(x, "reminders.edit", now->code, NULL));
    web_form_show(x->view, form, x);
    return NULL;
}

cd_err_t *web_org_save(web_exchange_t *x)
{
    const cd_org_t *now;
    cd_org_t *org;
    web_form_t *form;

    CD_ERR(open_org(&now, &org, &form, x, 1));
    return save(x, org, form, now);
}

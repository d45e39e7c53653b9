/* case_show.c: the case page, today or as at an earlier day, and the record of who did what. */
#include <apr_strings.h>

#include "app/case.h"
#include "web/case_view.h"
#include "web/entries.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

static void looking_back_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_put_flag(x->view, WN_looking_back, view->looking_back);
    if (!view->looking_back)
        return;
    web_page_text(x->view, WN_notice_title, "You are looking back");
    web_page_text(x->view, WN_notice_heading,
                  apr_psprintf(x->pool, "This is what was known at the end of %s",
                               cd_date_words(view->as_at, x->pool)));
    web_page_flag(x->view, WN_has_notice, 1);
    if (view->file->later)
        web_page_text(x->view, WN_notice_text,
                      apr_psprintf(x->pool, "%s left out.",
                                   web_count(view->file->later, "later entry is",
                                             "later entries are", x->pool)));
    web_page_text(x->view, WN_notice_url, web_url(x, "case.show", view->row.reference, NULL));
    web_page_text(x->view, WN_notice_link, "Go back to today");
}

static void audit_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_put_int(x->view, WN_audit_entries, view->audit_seq);
    web_page_text(x->view, WN_audit_words,
                  view->looking_back
                      ? apr_psprintf(x->pool, "%s today.",
                                     web_count(view->audit_seq, "entry", "entries", x->pool))
                      : apr_psprintf(x->pool, "%s.",
                                     web_count(view->audit_seq, "entry", "entries", x->pool)));
    if (web_reach(x, CD_RIGHT_RECORD_AUDIT) != CD_REACH_NONE)
        web_page_text(x->view, WN_audit_url, web_url(x, "case.entries", view->row.reference, NULL));
    web_page_text(x->view, WN_help_record_url, web_url(x, "help", "record", NULL));
}

static void facts_put(web_exchange_t *x, const app_case_view_t *view)
{
    const cd_incident_t *incident = view->incident;
    const cd_record_t *record = cd_case_last(view->file, CD_REC_INCIDENT);
    web_view_t *list = web_put_list(x->view, WN_facts);

    if (!incident || !record)
        return;
    web_told(list, "Happened",
             cd_when_known(incident->occurred) ? cd_when_words(incident->occurred, x->pool) : NULL);
    web_told(list, "Reported",
             incident->reported_on ? cd_date_words(incident->reported_on, x->pool) : NULL);
    web_told(list, "Service", incident->service);
    web_told(list, "Place", incident->location);
    web_told(list, "What happened", incident->description);
    web_told(list, "Facts known", incident->facts);
    web_told(list, "Not known yet", incident->not_known);
    web_page_flag(x->view, WN_has_facts,
                  incident->facts || incident->description || incident->not_known);
    web_page_text(x->view, WN_facts_url, web_case_record_url(x, view, record->seq));
    if (web_case_may_correct(x, view, record))
        web_page_text(x->view, WN_facts_change_url,
                      web_url_query(x, web_case_add_url(x, view, CD_REC_INCIDENT), "corrects",
                                    apr_itoa(x->pool, record->seq)));
}

static void printed_put(web_exchange_t *x)
{
    web_page_text(
        x->view, WN_printed,
        apr_psprintf(x->pool,
                     "Printed from the page of %s by %s. This is what was known at that time.",
                     cd_instant_words(x->ctx->now, x->pool),
                     x->ctx->actor->name ? x->ctx->actor->name : "an unnamed user"));
}

static void fill(web_exchange_t *x, const app_case_view_t *view)
{
    const char *what =
        view->looking_back
            ? apr_psprintf(x->pool, "%s as at %s", view->row.reference,
                           cd_date_words(view->as_at, x->pool))
            : apr_psprintf(x->pool, "%s %s", view->row.reference, web_case_title(view));

    web_page_title(x, what, web_case_title(view));
    web_case_identity(x, view);
    looking_back_put(x, view);
    web_put_flag(x->view, WN_unreadable, view->row.unreadable);
    web_page_flag(x->view, WN_nothing_yet, !view->file->count && !view->row.unreadable);
    web_page_flag(x->view, WN_shown, view->file->count && !view->row.unreadable);
    web_case_next_put(x, view);
    web_case_heed_put(x, view);
    web_duty_put(x, view);
    web_case_rules_put(x, view);
    web_case_told_put(x, view);
    web_case_acts_put(x, view);
    web_case_owed_put(x, view);
    web_case_after_put(x, view);
    facts_put(x, view);
    web_timeline_put(x, view);
    web_case_documents_put(x, view);
    web_case_people_put(x, view);
    audit_put(x, view);
    if (x->media != WEB_HTML)
        return;
    if (view->file->count && !view->row.unreadable)
        web_tool(x, "View as at an earlier date", "#as-at");
    if (view->file->count && !view->row.unreadable)
        web_tool(x, "Letters", web_url(x, "letter.list", view->row.reference, NULL));
    web_as_at_form_put(x, web_url(x, "case.show", view->row.reference, NULL),
                       view->looking_back ? view->as_at : CD_NO_DATE);
    printed_put(x);
}

cd_err_t *web_case_show(web_exchange_t *x)
{
    app_case_view_t *view;
    cd_date_t as_at;

    CD_ERR(web_query_date(&as_at, x, "as_at"));
    if (as_at > x->ctx->today)
        as_at = CD_NO_DATE;              /* nobody knows what will be known */
    CD_ERR(app_case_view(&view, x->ctx, as_at));
    app_end(x->ctx);
    fill(x, view);
    return NULL;
}

cd_err_t *web_case_entries(web_exchange_t *x)
{
    app_case_view_t *view;

    CD_ERR(app_case_view(&view, x->ctx, 0));
    web_case_identity(x, view);
    web_crumb(x, view->row.reference, web_url(x, "case.show", view->row.reference, NULL));
    return web_entries_put(x, view->row.reference, "case",
                           web_url(x, "case.entries", view->row.reference, NULL));
}

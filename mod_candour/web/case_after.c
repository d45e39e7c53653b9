/* case_after.c: what is still owed, the enquiries, exemptions, and the cases this one is tied to.
 */
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/case_view.h"
#include "web/page.h"
#include "web/url.h"

/* ---- what is still owed ---- */

/* "By 18 November 2026 (our target), by 25 November 2026 (law)"; what is counted later is said in
 * its own words. */
static const char *by_when(const web_exchange_t *x, const cd_result_t *result)
{
    const char *words = NULL, *how = NULL;
    int i;

    for (i = 0; i < result->due_count; i++) {
        const cd_due_t *due = &result->dues[i];
        const char *one;

        if (!due->on) {
            how = how ? how : due->how;
            continue;
        }
        one = apr_psprintf(x->pool, "by %s (%s)", cd_date_words(due->on, x->pool),
                           web_lower_first(web_due_label(x, due->kind), x->pool));
        words = words ? apr_pstrcat(x->pool, words, ", ", one, NULL) : one;
    }
    if (web_result_is_step(result))
        return "No date is set: this is a framework, not law";
    return words ? web_upper_first(words, x->pool) : how ? how : "No date is set";
}

static int is_owed(const cd_result_t *result)
{
    const cd_group_t group = result->rule->group;

    if (group != CD_GROUP_TELLING && group != CD_GROUP_WRITING && group != CD_GROUP_RESULTS)
        return 0;
    if (web_result_is_step(result))
        return !result->evidence_count;
    return app_rule_waits(result) || result->status == CD_ST_NOT_MET;
}

/* A case that goes on elsewhere owes nothing from here; NULL: this one goes on, or ended by its own
 * rules. */
static const char *elsewhere_words(const app_case_view_t *view)
{
    const cd_record_t *record =
        view->file->state == CD_CASE_CLOSED ? cd_case_last(view->file, CD_REC_CLOSURE) : NULL;

    switch (record ? ((const cd_closure_t *)record->body)->reason : 0) {
    case CD_CLOSED_HANDED_OVER:
        return "What is left to do is for the trust that it was handed over to.";
    case CD_CLOSED_DUPLICATE: return "What is left to do stands in the case that goes on.";
    case CD_CLOSED_OPENED_IN_ERROR: return "Nothing: this case was opened by mistake.";
    default: return NULL;
    }
}

static const char *nothing_words(const app_case_view_t *view, int decided, int count)
{
    if (view->eval && view->eval->count && web_result_is_step(&view->eval->results[0]))
        return count ? NULL : "Each step of the framework is logged. No law asks for more.";
    if (decided)
        return count ? NULL : "Nothing is owed to the person as the record stands.";
    if (!view->policy)
        return "No rule is held against this case.";
    return view->eval && view->eval->notifiable == CD_NO
               ? "A healthcare professional found that this is not notifiable, so the duty asks "
                 "nothing here."
               : "Nobody can say yet: no healthcare professional has said whether this is "
                 "notifiable.";
}

void web_case_owed_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_owed);
    const char *elsewhere = elsewhere_words(view);
    const int decided = !elsewhere && view->eval
                        && (view->eval->notifiable == CD_YES
                            || (view->eval->count && web_result_is_step(&view->eval->results[0])));
    int i, count = 0;

    for (i = 0; decided && i < view->eval->count; i++) {
        const cd_result_t *result = &view->eval->results[i];
        const char *css;
        web_view_t *item;

        if (!is_owed(result))
            continue;
        item = web_add(list);
        web_put_text(item, WN_code, result->rule->code);
        web_put_text(item, WN_label, result->rule->name);
        web_put_text(item, WN_by_when, web_own_words(x, by_when(x, result)));
        web_page_text(item, WN_tag_text, web_result_word(result, &css));
        web_page_text(item, WN_tag_class, css);
        web_put_text(item, WN_late, web_late_words(x, result));
        count++;
    }
    web_page_flag(x->view, WN_has_owed, count > 0);
    web_page_text(x->view, WN_owed_words,
                  elsewhere ? elsewhere : nothing_words(view, decided, count));
}

/* ---- enquiries ---- */

static void enquiries_put(web_exchange_t *x, const app_case_view_t *view)
{
    static const char *const names[] = { "started", "led_by",         "expected_on", "signed_off",
                                         "shared",  "late_reason",    "late_told",   "views_sought",
                                         "actions", "report_offered", "note" };
    const cd_record_def_t *def = cd_record_def(CD_REC_ENQUIRY);
    web_view_t *list = web_put_list(x->view, WN_enquiries);
    const cd_record_t *record = NULL;
    int count = 0;

    while ((record = cd_case_next(view->file, CD_REC_ENQUIRY, record)) != NULL) {
        web_view_t *item = web_add(list), *told;
        size_t i;

        web_put_text(item, WN_title, web_record_title(record, x->pool));
        web_put_int(item, WN_seq, record->seq);
        web_page_text(item, WN_url, web_case_record_url(x, view, record->seq));
        told = web_put_list(item, WN_told);
        for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
            const cd_field_t *field = cd_record_field(def, names[i]);

            web_told(told, field->shown, cd_field_words(field, record->body, x->pool));
        }
        count++;
    }
    web_page_flag(x->view, WN_has_enquiries, count > 0);
}

/* ---- exemptions ---- */

static void exemptions_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_exemptions);
    const cd_record_t *record = NULL;

    while ((record = cd_case_next(view->file, CD_REC_EXEMPTION, record)) != NULL) {
        const cd_exemption_t *exemption = record->body;
        web_view_t *item = web_add(list);

        web_put_int(item, WN_seq, record->seq);
        web_put_text(item, WN_text,
                     apr_psprintf(x->pool, "A house exemption was given on %s by %s, %s: %s",
                                  cd_when_words(exemption->given, x->pool), exemption->authoriser,
                                  exemption->role, exemption->reason));
        web_page_text(item, WN_link_url, web_case_record_url(x, view, record->seq));
    }
}

/* ---- other cases ---- */

static const char *org_words(web_exchange_t *x, const char *code)
{
    const cd_org_t *orgs;
    int i, count = 0;
    cd_err_t *err = app_orgs(&orgs, &count, x->ctx);

    for (i = 0; !err && i < count; i++)
        if (!strcmp(orgs[i].code, code))
            return apr_psprintf(x->pool, "%s (%s)", orgs[i].name, code);
    return code;
}

static void handover_put(web_exchange_t *x, web_view_t *item, const cd_handover_t *handover)
{
    const int received = handover->direction == CD_DIRECTION_RECEIVED;
    const char *org = handover->org_code ? org_words(x, handover->org_code) : "another trust";

    web_put_text(item, WN_text,
                 apr_psprintf(x->pool,
                              received
                                  ? "%s found this incident and handed it over to this trust on %s."
                                  : "This case was handed over to %s on %s. They lead from there.",
                              org, cd_when_words(handover->handed, x->pool)));
    web_put_text(item, WN_reference, handover->other_ref);
    web_page_text(item, WN_link_url, NULL);
    web_put_text(item, WN_quiet,
                 handover->other_ref ? "Each trust keeps its own file, and cannot open the other’s."
                                     : NULL);
}

static void join_put(web_exchange_t *x, web_view_t *item, const cd_join_t *join)
{
    const int received = join->direction == CD_DIRECTION_RECEIVED;

    web_put_text(
        item, WN_text,
        apr_psprintf(x->pool,
                     received ? "Another case of the same incident was joined to this one on %s."
                              : "This case goes on in another one since %s.",
                     cd_when_words(join->joined, x->pool)));
    web_put_text(item, WN_reference, join->other_ref);
    web_put_text(item, WN_quiet, NULL);
    web_page_text(item, WN_link_url,
                  join->other_ref ? web_url(x, "case.show", join->other_ref, NULL) : NULL);
}

static void moves_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_moves);
    int i;

    for (i = 0; i < view->file->count; i++) {
        const cd_record_t *record = &view->file->records[i];

        if (record->superseded_by)
            continue;
        if (record->kind == CD_REC_HANDOVER)
            handover_put(x, web_add(list), record->body);
        else if (record->kind == CD_REC_JOIN)
            join_put(x, web_add(list), record->body);
    }
}

void web_case_after_put(web_exchange_t *x, const app_case_view_t *view)
{
    enquiries_put(x, view);
    exemptions_put(x, view);
    moves_put(x, view);
}

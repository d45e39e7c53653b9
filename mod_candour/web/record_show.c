/* record_show.c: one record with every answer, its versions, who entered it and when. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/document.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

static void values_put(web_exchange_t *x, const app_case_view_t *view, const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    web_view_t *list = web_put_list(x->view, WN_values);
    int i;

    for (i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];
        const char *words = cd_field_words(field, record->body, x->pool);
        web_view_t *item;

        if (!words || !strcmp(field->name, "content"))   /* a number of the database's own */
            continue;
        item = web_add(list);
        web_put_text(item, WN_field, field->name);
        web_put_text(item, WN_label, field->shown);
        web_put_text(item, WN_plain, cd_field_plain(field, record->body, x->pool));
        if (field->type == CD_FT_SEQ) {
            const int seq = CD_FIELD_GET(int, record->body, field);

            web_page_text(item, WN_link_url, web_case_record_url(x, view, seq));
            web_page_text(item, WN_link_text, apr_psprintf(x->pool, "Entry %d", seq));
        } else {
            web_put_text(item, WN_value, words);
        }
    }
}

static void entered_put(web_exchange_t *x, const cd_record_t *record)
{
    web_view_t *list = web_put_list(x->view, WN_entered_as);
    const char *role = cd_token_label(cd_roles, record->role);

    web_page_text(x->view, WN_backdated_words, web_record_backdated(record, x->pool));
    web_told(list, "Happened",
             cd_when_known(record->happened) ? cd_when_words(record->happened, x->pool) : NULL);
    web_told(list, "Entered",
             record->recorded_at ? cd_instant_words(record->recorded_at, x->pool) : NULL);
    web_told(list, "By",
             record->recorded_by_name
                 ? role ? apr_psprintf(x->pool, "%s, %s", record->recorded_by_name,
                                       web_lower_first(role, x->pool))
                        : record->recorded_by_name
                 : NULL);
    web_told(list, "Entry", apr_psprintf(x->pool, "Number %d of this case", record->seq));
    web_told(list, "Why it was corrected", record->reason);
    web_put_int(x->view, WN_seq, record->seq);
    web_put_instant(x->view, WN_recorded_at, record->recorded_at);
    web_put_text(x->view, WN_recorded_by, record->recorded_by_name);
    web_put_when(x->view, WN_on, record->happened);
    web_put_text(x->view, WN_kind, cd_record_def(record->kind)->word);
}

static void version_add(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                        const cd_record_t *record, const cd_record_t *shown)
{
    web_view_t *item = web_add(list);

    web_put_int(item, WN_seq, record->seq);
    web_put_text(item, WN_text, web_record_title(record, x->pool));
    web_put_instant(item, WN_recorded_at, record->recorded_at);
    web_put_text(item, WN_recorded_by, record->recorded_by_name);
    web_put_text(item, WN_reason, record->reason);
    web_page_text(item, WN_url, web_case_record_url(x, view, record->seq));
    web_page_flag(item, WN_current, record == shown);
    web_document_file_put(x, view, item, record);
    web_page_text(item, WN_quiet,
                  record->recorded_at ? apr_psprintf(
                      x->pool, "%s%s%s", cd_instant_words(record->recorded_at, x->pool),
                      record->recorded_by_name ? ", by " : "",
                      record->recorded_by_name ? record->recorded_by_name : "")
                                      : NULL);
}

/* The whole chain, newest first: what superseded this record, this record, what it superseded. */
static void versions_put(web_exchange_t *x, const app_case_view_t *view, const cd_record_t *shown)
{
    web_view_t *list = web_put_list(x->view, WN_versions);
    const cd_record_t *record = shown;
    int count = 0;

    while (record->superseded_by && cd_case_seq(view->file, record->superseded_by))
        record = cd_case_seq(view->file, record->superseded_by);
    for (; record;
         record = record->supersedes ? cd_case_seq(view->file, record->supersedes) : NULL) {
        version_add(x, view, list, record, shown);
        count++;
    }
    web_page_flag(x->view, WN_has_versions, count > 1);
}

static void notice_put(web_exchange_t *x, const app_case_view_t *view, const cd_record_t *record)
{
    const cd_record_t *newer =
        record->superseded_by ? cd_case_seq(view->file, record->superseded_by) : NULL;
    const int withdrawn = newer && newer->kind == CD_REC_WITHDRAWAL;

    web_put_flag(x->view, WN_is_old, newer != NULL);
    if (!newer)
        return;
    web_put_int(x->view, WN_superseded_by, newer->seq);
    web_page_text(x->view, WN_notice_title, "Not the newest version");
    web_page_text(x->view, WN_notice_heading,
                  withdrawn ? "This was entered in error and taken back"
                            : "This was corrected later");
    web_page_flag(x->view, WN_has_notice, 1);
    web_page_text(x->view, WN_notice_text, newer->reason);
    web_page_text(x->view, WN_notice_url, web_case_record_url(x, view, newer->seq));
    web_page_text(x->view, WN_notice_link,
                  withdrawn ? "See who took it back" : "See the newer version");
}

static void actions_put(web_exchange_t *x, const app_case_view_t *view, const cd_record_t *record)
{
    const char *seq = apr_itoa(x->pool, record->seq);

    if (web_case_may_correct(x, view, record) && record->kind != CD_REC_WITHDRAWAL)
        web_page_text(x->view, WN_correct_url,
                      web_url_query(x, web_case_add_url(x, view, record->kind), "corrects", seq));
    if (!view->looking_back && !view->row.unreadable && !record->superseded_by
        && record->kind != CD_REC_WITHDRAWAL && record->kind != CD_REC_INCIDENT
        && record->kind != CD_REC_HANDOVER && record->kind != CD_REC_JOIN
        && record->kind != CD_REC_DRAFT && record->kind != CD_REC_SIGNOFF
        && app_may_mend(x->ctx, record))
        web_page_text(
            x->view, WN_withdraw_url,
            web_url_query(x, web_case_add_url(x, view, CD_REC_WITHDRAWAL), "corrects", seq));
    web_page_flag(x->view, WN_has_actions, web_get_text(x->view, WN_correct_url)
                  || web_get_text(x->view, WN_withdraw_url));
}

static int seq_of(const char *text)
{
    return text && strlen(text) <= 6 ? (int)apr_atoi64(text) : 0;
}

cd_err_t *web_record_show(web_exchange_t *x)
{
    app_case_view_t *view;
    const cd_record_t *record;

    CD_ERR(app_case_view(&view, x->ctx, 0));
    record = cd_case_seq(view->file, seq_of(x->param[1]));
    if (!record)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such record in this case");
    web_page_title(
        x, apr_psprintf(x->pool, "%s, %s", web_record_title(record, x->pool), view->row.reference),
        web_record_title(record, x->pool));
    web_page_text(x->view, WN_caption, web_case_title(view));
    web_case_identity(x, view);
    web_crumb(x, view->row.reference, web_url(x, "case.show", view->row.reference, NULL));
    notice_put(x, view, record);
    values_put(x, view, record);
    web_document_file_put(x, view, x->view, record);
    entered_put(x, record);
    versions_put(x, view, record);
    actions_put(x, view, record);
    return NULL;
}

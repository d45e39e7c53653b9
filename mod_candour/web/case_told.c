/* case_told.c: what the patient was told, the documents, and the people. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/case_view.h"
#include "web/document.h"
#include "web/page.h"
#include "web/url.h"

static const char *words_of(const cd_record_t *record, const char *field, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(record->kind);

    return cd_field_words(cd_record_field(def, field), record->body, pool);
}

static void quote_put(web_view_t *list, const char *label, const char *words)
{
    web_view_t *item;

    if (!words)
        return;
    item = web_add(list);
    web_put_text(item, WN_label, label);
    web_put_text(item, WN_quote, words);
}

/* "Yes" alone, or the words that were said. */
static void said_put(web_view_t *list, const char *label, int given, const char *words, int quoted)
{
    if (words && quoted)
        quote_put(list, label, words);
    else if (words)
        web_told(list, label, words);
    else if (given)
        web_told(list, label,
                 given == CD_YES ? "Given. The words are not on record." : "Not given");
}

static void facts_link(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                       const cd_talk_t *talk)
{
    const cd_record_t *facts =
        talk->incident_seq ? cd_case_seq(view->file, talk->incident_seq) : NULL;
    web_view_t *item;

    if (!facts)
        return;
    item = web_add(list);
    web_put_text(item, WN_label, "Facts as they stood");
    web_put_int(item, WN_seq, facts->seq);
    web_page_text(item, WN_link_url, web_case_record_url(x, view, facts->seq));
    web_page_text(item, WN_link_text,
                  facts->recorded_at
                      ? apr_psprintf(x->pool, "Facts recorded on %s",
                                     cd_date_words(cd_london_date(facts->recorded_at), x->pool))
                      : "The facts on record then");
    if (facts->superseded_by)
        web_put_text(item, WN_quiet, "The facts were changed later.");
}

static void talk_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                     const cd_record_t *record)
{
    const cd_talk_t *talk = record->body;
    const char *mode = cd_token_label(cd_modes, talk->mode);
    const char *when = cd_when_words(talk->told, x->pool);

    if (talk->at)
        when = apr_psprintf(x->pool, "%s at %s", when, cd_minutes_words(talk->at - 1, x->pool));
    if (mode)
        when = apr_psprintf(x->pool, "%s, %s", when, web_lower_first(mode, x->pool));
    web_told(list, "When and how", when);
    web_told(list, "Why not face to face", talk->why_not_in_person);
    web_told(list, "Who spoke", web_record_actor(record, x->pool));
    web_told(list, "Who was told", talk->who_told);
    said_put(list, "Facts given", talk->facts_given, talk->facts_words, 1);
    web_told(list, "Not known yet", talk->not_known);
    said_put(list, "Enquiries", talk->enquiries_told, talk->enquiries, 0);
    said_put(list, "Apology", talk->apology_given, talk->apology_words, 1);
    web_told(list, "Support offered", words_of(record, "support", x->pool));
    facts_link(x, view, list, talk);
}

static const char *letter_holds(const cd_letter_t *letter, apr_pool_t *pool)
{
    const char *parts[3];
    int count = 0;

    if (letter->account_given == CD_YES)
        parts[count++] = "the account of the facts";
    if (letter->enquiries_given == CD_YES)
        parts[count++] = "the enquiries";
    if (letter->apology_given == CD_YES)
        parts[count++] = "an apology";
    return count ? web_upper_first(cd_text_list(parts, count, pool), pool) : NULL;
}

/* The words of a letter that was written here: as they were let out, on one page. */
static void letter_text_link(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                             int signoff_seq)
{
    const cd_record_t *record = signoff_seq ? cd_case_seq(view->file, signoff_seq) : NULL;
    web_view_t *item;

    if (!record || record->kind != CD_REC_SIGNOFF)
        return;
    record = cd_case_seq(view->file, ((const cd_signoff_t *)record->body)->draft_seq);
    while (record && record->supersedes)   /* a letter has the number of its first version */
        record = cd_case_seq(view->file, record->supersedes);
    if (!record)
        return;
    item = web_add(list);
    web_put_text(item, WN_label, "Its words");
    web_page_text(
        item, WN_link_url,
        web_url(x, "letter.print", view->row.reference, apr_itoa(x->pool, record->seq), NULL));
    web_page_text(item, WN_link_text, "The letter as it was let out");
}

static void letter_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                       const cd_record_t *record)
{
    const cd_letter_t *letter = record->body;
    web_view_t *item = web_add(list);

    web_put_text(item, WN_label, "Letter");
    web_put_int(item, WN_seq, record->seq);
    web_page_text(item, WN_link_url, web_case_record_url(x, view, record->seq));
    web_page_text(item, WN_link_text,
                  apr_psprintf(x->pool, "Letter dated %s", cd_when_words(letter->dated, x->pool)));
    web_put_text(item, WN_quiet,
                 cd_when_known(letter->sent)
                     ? apr_psprintf(x->pool, "Sent %s.", cd_when_words(letter->sent, x->pool))
                     : "Not sent yet.");
    web_told(list, "The letter holds", letter_holds(letter, x->pool));
    web_told(list, "Proof of sending", letter->proof);
    letter_text_link(x, view, list, letter->signoff_seq);
}

/* Earlier versions of a record, newest first: the chain of what it superseded. */
static void earlier_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *list,
                        const cd_record_t *record)
{
    while (record->supersedes) {
        const cd_record_t *older = cd_case_seq(view->file, record->supersedes);
        web_view_t *item;

        if (!older)
            return;
        item = web_add(list);
        web_put_text(item, WN_label, "Earlier version");
        web_put_int(item, WN_seq, older->seq);
        web_page_text(item, WN_link_url, web_case_record_url(x, view, older->seq));
        web_page_text(item, WN_link_text, web_record_line(older, x->pool));
        if (record->reason)
            web_put_text(item, WN_quiet, apr_psprintf(x->pool, "Corrected: %s", record->reason));
        record = older;
    }
}

void web_case_told_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_told);
    const cd_record_t *talk = cd_case_last(view->file, CD_REC_TALK);
    const cd_record_t *letter = cd_case_last(view->file, CD_REC_LETTER);

    if (talk)
        talk_put(x, view, list, talk);
    if (letter)
        letter_put(x, view, list, letter);
    if (talk)
        earlier_put(x, view, list, talk);
    if (letter)
        earlier_put(x, view, list, letter);
    web_page_flag(x->view, WN_has_told, talk || letter);
}

/* ---- the other acts towards the person ---- */

static web_view_t *act_begin(web_exchange_t *x, const app_case_view_t *view, web_view_t *acts,
                             const cd_record_t *record)
{
    web_view_t *act = web_add(acts);

    web_put_text(act, WN_title, web_record_title(record, x->pool));
    web_put_int(act, WN_seq, record->seq);
    web_put_when(act, WN_on, record->happened);
    web_page_text(act, WN_at_words,
                  cd_when_known(record->happened) ? cd_when_words(record->happened, x->pool)
                                                  : NULL);
    web_page_text(act, WN_url, web_case_record_url(x, view, record->seq));
    return web_put_list(act, WN_told);
}

static void field_told(web_view_t *list, const cd_record_t *record, const char *name,
                       apr_pool_t *pool)
{
    const cd_field_t *field = cd_record_field(cd_record_def(record->kind), name);

    web_told(list, field->shown, cd_field_words(field, record->body, pool));
}

/* Which answers of each kind tell what was said to the person, or by them. */
static const struct { cd_record_kind_t kind; const char *fields[6]; } act_kinds[] = {
    { CD_REC_SUPPORT, { "support", "accepted", "note" } },
    { CD_REC_MEETING, { "mode", "present", "questions", "note", "note_given", "contact" } },
    { CD_REC_RESULTS, { "proof", "apology_given", "copy_kept", "note" } },
    { CD_REC_ATTEMPT, { "mode", "tried_by", "outcome", "note" } },
    { CD_REC_REFUSAL, { "mode", "told_to", "words", "may_return" } },
    { CD_REC_RETURN, { "mode", "words" } },
};

static int act_fields(web_exchange_t *x, const app_case_view_t *view, web_view_t *acts,
                      const cd_record_t *record)
{
    size_t k;
    int i;

    for (k = 0; k < sizeof(act_kinds) / sizeof(act_kinds[0]); k++) {
        web_view_t *list;

        if (act_kinds[k].kind != record->kind)
            continue;
        list = act_begin(x, view, acts, record);
        for (i = 0; i < 6 && act_kinds[k].fields[i]; i++)
            field_told(list, record, act_kinds[k].fields[i], x->pool);
        if (record->kind == CD_REC_MEETING)
            letter_text_link(x, view, list, ((const cd_meeting_t *)record->body)->signoff_seq);
        if (record->kind == CD_REC_RESULTS)
            letter_text_link(x, view, list, ((const cd_results_t *)record->body)->signoff_seq);
        if (record->kind == CD_REC_ATTEMPT)
            letter_text_link(x, view, list, ((const cd_attempt_t *)record->body)->signoff_seq);
        return 1;
    }
    return 0;
}

static int newest_act_first(const void *left, const void *right)
{
    const cd_record_t *a = *(const cd_record_t *const *)left,
                      *b = *(const cd_record_t *const *)right;

    if (a->happened.last != b->happened.last)
        return a->happened.last < b->happened.last ? 1 : -1;
    return a->seq < b->seq ? 1 : -1;
}

void web_case_acts_put(web_exchange_t *x, const app_case_view_t *view)
{
    const cd_record_t *talk = cd_case_last(view->file, CD_REC_TALK),
                      *letter = cd_case_last(view->file, CD_REC_LETTER);
    const cd_record_t **sorted =
        apr_palloc(x->pool, sizeof(*sorted) * (apr_size_t)(view->file->count + 1));
    web_view_t *acts = web_put_list(x->view, WN_acts);
    int i, count = 0, shown = 0;

    for (i = 0; i < view->file->count; i++)
        if (!view->file->records[i].superseded_by)
            sorted[count++] = &view->file->records[i];
    qsort(sorted, (size_t)count, sizeof(*sorted), newest_act_first);
    for (i = 0; i < count; i++) {
        if (sorted[i] == talk || sorted[i] == letter)
            continue;                    /* they stand above, with every answer */
        if (sorted[i]->kind == CD_REC_TALK)
            talk_put(x, view, act_begin(x, view, acts, sorted[i]), sorted[i]);
        else if (sorted[i]->kind == CD_REC_LETTER)
            letter_put(x, view, act_begin(x, view, acts, sorted[i]), sorted[i]);
        else if (!act_fields(x, view, acts, sorted[i]))
            continue;
        shown++;
    }
    web_page_flag(x->view, WN_has_acts, shown > 0);
}

void web_case_documents_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_documents);
    int i, count = 0;

    for (i = view->file->count - 1; i >= 0; i--) {
        const cd_record_t *record = &view->file->records[i];
        const cd_document_t *document = record->body;
        web_view_t *item;

        if (record->kind != CD_REC_DOCUMENT || record->superseded_by)
            continue;
        item = web_add(list);
        count++;
        web_put_int(item, WN_seq, record->seq);
        web_put_text(item, WN_name, document->name);
        web_put_token(item, WN_kind, cd_document_kinds, document->kind);
        web_put_when(item, WN_on, document->dated);
        web_page_text(item, WN_url, web_case_record_url(x, view, record->seq));
        web_put_text(item, WN_quiet, web_document_words(view, record, x->pool));
        web_document_file_put(x, view, item, record);
    }
    web_page_flag(x->view, WN_has_documents, count > 0);
    if (web_case_may_add(x, view, CD_REC_DOCUMENT))
        web_page_text(x->view, WN_document_url, web_case_add_url(x, view, CD_REC_DOCUMENT));
}

static void line_put(web_view_t *list, const char *prefix, const char *text, apr_pool_t *pool)
{
    if (text)
        web_put_text(web_add(list), WN_text, apr_pstrcat(pool, prefix, text, NULL));
}

static void persons_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *list)
{
    const cd_record_t *record = NULL;

    while ((record = cd_case_next(view->file, CD_REC_PERSON, record)) != NULL) {
        const cd_person_t *person = record->body;
        const char *basis = cd_token_label(cd_person_bases, person->basis);
        web_view_t *item = web_add(list), *lines;

        web_put_text(item, WN_label, person->relation ? web_upper_first(person->relation, x->pool)
                     : basis ? basis : "Person");
        web_put_int(item, WN_seq, record->seq);
        web_page_text(item, WN_link_url, web_case_record_url(x, view, record->seq));
        web_page_text(item, WN_link_text,
                      person->name ? cd_initials(person->name, x->pool) : "No name");
        lines = web_put_list(item, WN_lines);
        line_put(lines, "", person->relation ? basis : NULL, x->pool);
        line_put(lines, "Contact: ", person->wishes, x->pool);
        line_put(lines, "Language: ", person->language, x->pool);
        line_put(lines, "Letters: ", person->format, x->pool);
        line_put(lines, "May also be told: ", person->may_be_told, x->pool);
    }
}

static void claims_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_claims);
    int i;

    for (i = 0; i < view->claim_count; i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_reference, view->claims[i]);
        web_page_text(item, WN_url, web_url(x, "claim.show", view->claims[i], NULL));
    }
    web_page_flag(x->view, WN_has_claims, view->claim_count > 0);
}

void web_case_people_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_people);
    const cd_record_t *record = cd_case_last(view->file, CD_REC_OPENING);
    const cd_opening_t *opening = record ? record->body : NULL;
    const char *told = cd_case_last(view->file, CD_REC_TALK) ? ", told" : ", not told yet";

    web_told(
        list, "Patient",
        apr_pstrcat(x->pool, web_upper_first(web_case_person(view, x->pool), x->pool), told, NULL));
    persons_put(x, view, list);
    if (opening) {
        web_told(list, "Named contact", opening->contact_point);
        web_told(list, "Case lead", opening->lead);
    }
    claims_put(x, view);
    if (web_case_may_add(x, view, CD_REC_PERSON))
        web_page_text(x->view, WN_person_url, web_case_add_url(x, view, CD_REC_PERSON));
}

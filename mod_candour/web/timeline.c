/* timeline.c: what happened and who did it, newest first.
 *
 * Each record is one event, corrected ones too: they stay in their place, struck through, with a
 * link to what corrected them. Between them stand the days on which a contract's or our own date
 * passed without the act. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/page.h"

typedef struct event_t {
    cd_date_t day;                  /* that it is sorted by: the last day it may have been */
    int minutes;                    /* minutes + 1, 0: not given */
    int seq;                        /* of the record; 0: a date that passed */
    const cd_record_t *record;
    const cd_result_t *result;      /* with due: the rule whose date passed */
    const cd_due_t *due;
} event_t;

static int newest_first(const void *left, const void *right)
{
    const event_t *a = left, *b = right;

    if (a->day != b->day)
        return a->day < b->day ? 1 : -1;
    if (a->minutes != b->minutes && a->minutes && b->minutes)
        return a->minutes < b->minutes ? 1 : -1;
    return (a->seq < b->seq) - (a->seq > b->seq);
}

static cd_date_t recorded_day(const cd_record_t *record)
{
    return record->recorded_at ? cd_london_date(record->recorded_at) : CD_NO_DATE;
}

static const char *role_words(const cd_record_t *record, apr_pool_t *pool)
{
    const char *role = cd_token_label(cd_roles, record->role);

    if (!record->recorded_by_name)
        return NULL;
    return role ? apr_pstrcat(pool, record->recorded_by_name, ", ", web_lower_first(role, pool),
                              NULL)
                : record->recorded_by_name;
}

/* "Entered 3 days later, on 6 November 2026, by J. Okafor". NULL if there is nothing to add. */
static const char *entered_words(const cd_record_t *record, const char *actor, apr_pool_t *pool)
{
    const cd_date_t day = recorded_day(record);
    const char *who =
        record->recorded_by_name ? apr_pstrcat(pool, " by ", record->recorded_by_name, NULL) : "";

    if (!day)
        return NULL;
    if (!cd_when_known(record->happened))
        return NULL;
    if (web_record_backdated(record, pool))
        return apr_pstrcat(pool, web_record_backdated(record, pool), who, NULL);
    if (cd_when_precision(record->happened) != CD_PRECISION_DAY)
        return apr_pstrcat(pool, "Entered on ", cd_date_words(day, pool), actor ? who : "", NULL);
    if (day == record->happened.first)
        return actor ? apr_pstrcat(pool, "Entered the same day", who, NULL) : NULL;
    if (day < record->happened.first)
        return NULL;
    return apr_pstrcat(pool, "Entered ",
                       web_count(day - record->happened.first, "day", "days", pool), " later, on ",
                       cd_date_words(day, pool), actor ? "," : "", actor ? who : "", NULL);
}

static void when_put(web_view_t *item, const cd_record_t *record, apr_pool_t *pool)
{
    const int minutes = web_record_minutes(record);
    const int old_facts =
        record->kind == CD_REC_INCIDENT && record->superseded_by && record->recorded_at;
    const char *words;

    if (old_facts || !cd_when_known(record->happened)) {
        web_put_instant(item, WN_recorded_at, record->recorded_at);
        web_page_text(item, WN_at_iso,
                      record->recorded_at ? cd_instant_iso(record->recorded_at, pool) : NULL);
        web_page_text(item, WN_at_words,
                      record->recorded_at ? cd_instant_words(record->recorded_at, pool)
                                          : "Day not known");
        return;
    }
    web_put_when(item, WN_on, record->happened);
    web_put_instant(item, WN_recorded_at, record->recorded_at);
    words = cd_when_words(record->happened, pool);
    if (minutes)
        words = apr_pstrcat(pool, words, " at ", cd_minutes_words(minutes - 1, pool), NULL);
    web_page_text(item, WN_at_words, words);
    if (cd_when_precision(record->happened) <= CD_PRECISION_YEAR)
        web_page_text(item, WN_at_iso, cd_when_iso(record->happened, pool));
}

static void old_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *item,
                    const cd_record_t *record)
{
    const cd_record_t *newer = cd_case_seq(view->file, record->superseded_by);
    const int withdrawn = newer && newer->kind == CD_REC_WITHDRAWAL;

    web_put_int(item, WN_superseded_by, record->superseded_by);
    web_put_flag(item, WN_is_old, 1);
    web_page_flag(item, WN_has_text, 1);
    web_page_text(item, WN_text,
                  withdrawn ? "Entered in error and taken back." : "Corrected later.");
    web_page_text(item, WN_link_url, web_case_record_url(x, view, record->superseded_by));
    web_page_text(item, WN_link_text, withdrawn ? "Why it was taken back" : "The newer version");
}

static const char *titled(const cd_record_t *record, apr_pool_t *pool)
{
    const char *title = web_record_title(record, pool);

    if (record->kind == CD_REC_INCIDENT && record->superseded_by)
        return "Facts of the incident, earlier version";
    if (!record->supersedes || record->kind == CD_REC_WITHDRAWAL)
        return title;
    return apr_psprintf(pool, "%s (corrected)", title);
}

/* What stands between two sentences, the first of which may lack its full stop. */
static const char *gap_after(const char *text)
{
    const size_t len = strlen(text);

    return len && strchr(".!?", text[len - 1]) ? " " : ". ";
}

static void record_put(web_exchange_t *x, const app_case_view_t *view, web_view_t *item,
                       const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const char *actor = web_record_actor(record, x->pool);
    const char *by = actor ? actor : role_words(record, x->pool);
    const char *text = web_record_text(record, x->pool);

    web_put_int(item, WN_seq, record->seq);
    web_put_text(item, WN_kind, def->word);
    web_put_text(item, WN_title, titled(record, x->pool));
    when_put(item, record, x->pool);
    web_put_text(item, WN_by, by ? apr_pstrcat(x->pool, "by ", by, NULL) : NULL);
    web_put_text(item, WN_recorded_by, record->recorded_by_name);
    web_put_text(item, WN_entered, record->superseded_by && record->kind == CD_REC_INCIDENT
                 ? NULL : entered_words(record, actor, x->pool));
    web_page_flag(item, WN_backdated,
                  !record->superseded_by && web_record_backdated(record, x->pool) != NULL);
    web_page_text(item, WN_html_id,
                  apr_pstrcat(x->pool, "r", apr_itoa(x->pool, record->seq), NULL));
    web_page_flag(item, WN_is_act, def->act && !record->superseded_by);
    if (record->superseded_by) {
        old_put(x, view, item, record);
        return;
    }
    web_put_text(item, WN_reason, record->reason);
    if (record->supersedes && record->reason)
        text = apr_psprintf(x->pool, "%s%sWhy it was corrected: %s", text ? text : "",
                            text ? gap_after(text) : "", record->reason);
    web_put_text(item, WN_text, text);
    web_page_flag(item, WN_has_text, 1);
    web_page_text(item, WN_link_url, web_case_record_url(x, view, record->seq));
    web_page_text(item, WN_link_text,
                  apr_pstrcat(x->pool, "Entry ", apr_itoa(x->pool, record->seq), NULL));
}

/* The day on which the incident was reported: the contract's clock starts with it. */
static void reported_put(web_view_t *item, cd_date_t day, apr_pool_t *pool)
{
    web_put_text(item, WN_kind, "reported");
    web_put_text(item, WN_title, "Incident reported in the trust");
    web_put_date(item, WN_on, day);
    web_page_text(item, WN_at_iso, cd_date_iso(day, pool));
    web_page_text(item, WN_at_words, cd_date_words(day, pool));
}

static void passed_put(web_exchange_t *x, web_view_t *item, const event_t *event)
{
    apr_pool_t *pool = x->pool;

    web_put_text(item, WN_kind, "date-passed");
    web_put_text(item, WN_title,
                 apr_psprintf(pool, "%s passed: %s",
                              web_upper_first(web_due_noun(x, event->due->kind), x->pool),
                              web_lower_first(event->result->rule->name, pool)));
    web_put_date(item, WN_on, event->due->on);
    web_page_text(item, WN_at_iso, cd_date_iso(event->due->on, pool));
    web_page_text(item, WN_at_words, cd_date_words(event->due->on, pool));
    web_put_text(item, WN_rule, event->result->rule->code);
    web_page_flag(item, WN_is_late, 1);
    if (event->due->how) {
        web_put_text(item, WN_text, apr_psprintf(pool, "%s.", event->due->how));
        web_page_flag(item, WN_has_text, 1);
    }
}

/* Dates that passed without the act, told apart from the act's own lateness by its day. */
static int add_passed(event_t *events, const app_case_view_t *view)
{
    int i, j, count = 0;

    if (!view->eval)
        return 0;
    for (i = 0; i < view->eval->count; i++) {
        const cd_result_t *result = &view->eval->results[i];
        const int met = cd_when_known(result->met_on);

        if (result->status == CD_ST_NOT_APPLICABLE || result->status == CD_ST_EXCUSED)
            continue;
        for (j = 0; j < result->due_count; j++) {
            const cd_due_t *due = &result->dues[j];

            if (!due->on || due->on >= view->as_at || (met && result->met_on.first <= due->on))
                continue;
            if (!met && result->status == CD_ST_MET)
                continue;
            events[count++] = (event_t){ .day = due->on, .result = result, .due = due };
        }
    }
    return count;
}

static event_t event_of(const cd_record_t *record)
{
    event_t event = { .minutes = web_record_minutes(record), .seq = record->seq, .record = record };

    event.day = cd_when_known(record->happened) ? record->happened.last : recorded_day(record);
    /* An earlier version of the facts stands where it was written: the incident happened once. */
    if (record->kind == CD_REC_INCIDENT && record->superseded_by && recorded_day(record))
        event.day = recorded_day(record);
    return event;
}

void web_timeline_put(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_timeline);
    const int dues = view->eval ? view->eval->count * CD_RESULT_DUES : 0;
    event_t *events =
        apr_palloc(x->pool, (apr_size_t)(view->file->count + dues + 2) * sizeof(*events));
    int i, count = 0;

    for (i = 0; i < view->file->count; i++)
        events[count++] = event_of(&view->file->records[i]);
    count += add_passed(events + count, view);
    if (view->incident && view->incident->reported_on)
        events[count++] = (event_t){ .day = view->incident->reported_on };
    qsort(events, (size_t)count, sizeof(*events), newest_first);
    for (i = 0; i < count; i++) {
        if (events[i].record)
            record_put(x, view, web_add(list), events[i].record);
        else if (!events[i].due)
            reported_put(web_add(list), events[i].day, x->pool);
        else
            passed_put(x, web_add(list), &events[i]);
    }
}

int web_timeline_since(web_exchange_t *x, const app_case_view_t *view, int after_seq)
{
    web_view_t *list = web_put_list(x->view, WN_timeline);
    int i, count = 0;

    for (i = view->file->count - 1; i >= 0; i--) {
        if (view->file->records[i].seq <= after_seq)
            continue;
        record_put(x, view, web_add(list), &view->file->records[i]);
        count++;
    }
    return count;
}

/* case_view.h: the parts of the case page, and words for its records.
 *
 * Requires: app/case.h, request.h.   Provides: web_case_*, web_record_*.   Used by: case*.c,
 * record*.c, timeline.c, duty*.c. Each _put function fills its own part of the root map, for page
 * and JSON alike, from one app_case_view_t. */
#ifndef CD_WEB_CASE_VIEW_H
#define CD_WEB_CASE_VIEW_H

#include "app/case.h"
#include "web/request.h"

/** Rows of a list of cases, under `cases`. */
void web_case_rows(web_exchange_t *x, const app_case_list_t *cases);
/** What the patient is called on this page: "A.K.", or "the patient". @owner pool */
const char *web_case_person(const app_case_view_t *view, apr_pool_t *pool);
/** Heading of the incident: its title, or words in its place. @owner view */
const char *web_case_title(const app_case_view_t *view);
/** Identity: breadcrumbs, strip, reference, version, state. */
void web_case_identity(web_exchange_t *x, const app_case_view_t *view);
/** Why no policy applies, in a few words. @owner pool or static */
const char *web_case_no_policy(const web_exchange_t *x, const app_case_view_t *view);
/** 1 if this actor may now add a record of `kind` to this file (right, reach, state, not looking
 * back). */
int web_case_may_add(const web_exchange_t *x, const app_case_view_t *view, cd_record_kind_t kind);
/** 1 if this actor may now correct `record`. */
int web_case_may_correct(const web_exchange_t *x, const app_case_view_t *view,
                         const cd_record_t *record);
/** Address of the form that adds a record of `kind`. @owner pool */
const char *web_case_add_url(const web_exchange_t *x, const app_case_view_t *view,
                             cd_record_kind_t kind);
const char *web_case_record_url(const web_exchange_t *x, const app_case_view_t *view, int seq);

/** Title of one record as an event: "Found to be notifiable", "Phone call, no answer". @owner pool
 */
const char *web_record_title(const cd_record_t *record, apr_pool_t *pool);
/** As evidence or link text: "Talk on 4 November 2026". @owner pool */
const char *web_record_line(const cd_record_t *record, apr_pool_t *pool);
/** One more line about it, or NULL. @owner pool */
const char *web_record_text(const cd_record_t *record, apr_pool_t *pool);
/** "Happened 4 November 2026, entered 21 November 2026" of an entry made a week or more after what
 * it is about; NULL for any other. @owner pool */
const char *web_record_backdated(const cd_record_t *record, apr_pool_t *pool);
#define WEB_BACKDATED_DAYS 7
/** Who acted, where the record says so; NULL: only who entered it is known. @owner pool */
const char *web_record_actor(const cd_record_t *record, apr_pool_t *pool);
/** Minutes after midnight + 1 of the act, 0: not given. */
int web_record_minutes(const cd_record_t *record);

void web_case_next_put(web_exchange_t *x, const app_case_view_t *view);
void web_case_heed_put(web_exchange_t *x, const app_case_view_t *view);
void web_case_rules_put(web_exchange_t *x, const app_case_view_t *view);
void web_case_told_put(web_exchange_t *x, const app_case_view_t *view);
/** What the person was told besides the last talk and letter, act by act, under `acts`. */
void web_case_acts_put(web_exchange_t *x, const app_case_view_t *view);
/** What is still owed, rule by rule, and by when, under `owed`. */
void web_case_owed_put(web_exchange_t *x, const app_case_view_t *view);
/** Enquiries, house exemptions, and the cases this one came from, went to or was joined with. */
void web_case_after_put(web_exchange_t *x, const app_case_view_t *view);
/** 1 for a step of a framework that is not law: it is logged or not, never met or broken. */
int web_result_is_step(const cd_result_t *result);
/** Word and colour of a result: "Not done". @owner static */
const char *web_result_word(const cd_result_t *result, const char **css_out);
void web_case_people_put(web_exchange_t *x, const app_case_view_t *view);
void web_case_documents_put(web_exchange_t *x, const app_case_view_t *view);

/** Late in words: "4 working days past our target"; NULL if it is not late against a date. @owner
 * pool */
const char *web_late_words(const web_exchange_t *x, const cd_result_t *result);
/** "our target" ("the trust’s target" to the scheme's people), "the contract date", "the date that
 * the law sets".
 * @owner static */
const char *web_due_noun(const web_exchange_t *x, int due_kind);
/** Label of a kind of date: "Our target", to the scheme's people "Trust’s target". @owner static */
const char *web_due_label(const web_exchange_t *x, int due_kind);
/** A sentence of the rules as this reader says it: "the trust’s target" is "our target" to the
 * trust. @owner pool */
const char *web_own_words(const web_exchange_t *x, const char *text);
/** "law", "contract", "target": for the class of a label. @owner static */
const char *web_due_word(int due_kind);

/** Events newest first, target dates that passed among them, under `timeline`. */
void web_timeline_put(web_exchange_t *x, const app_case_view_t *view);
/** The same list for the records after `after_seq` alone (what was saved meanwhile). @return how
 * many */
int web_timeline_since(web_exchange_t *x, const app_case_view_t *view, int after_seq);

/** The duty line under `duty`: heading, sentence and two drawings; nothing if no clock has started.
 */
void web_duty_put(web_exchange_t *x, const app_case_view_t *view);

#endif

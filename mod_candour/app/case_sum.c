/* case_sum.c: what follows from a case's records: its head, its policy, its evaluation.
 *
 * Reads; never writes. The head row is a summary for lists: everything in it can be had from the
 * records again, and is, whenever a record is corrected or taken back. */
#include <string.h>

#include <apr_strings.h>

#include "app/core.h"
#include "domain/lists.h"

cd_when_t app_case_aware(const cd_case_t *file)
{
    const cd_record_t *record = cd_case_last(file, CD_REC_OPENING);
    cd_when_t none = { 0, 0 };

    if (record && cd_when_known(((const cd_opening_t *)record->body)->aware))
        return ((const cd_opening_t *)record->body)->aware;
    for (record = cd_case_next(file, CD_REC_OPINION, NULL); record;
         record = cd_case_next(file, CD_REC_OPINION, record))
        if (((const cd_opinion_t *)record->body)->opinion == CD_OPINION_NOTIFIABLE)
            return ((const cd_opinion_t *)record->body)->given;
    return none;
}

/* Where nobody knows when the trust became aware, the law of the day it was reported or, failing
 * that, of the day we look is the nearest there is. Of a span its last day: the duty had begun by
 * then. */
const cd_policy_t *app_case_policy(const cd_case_t *file, const cd_org_t *org)
{
    const cd_record_t *incident = cd_case_last(file, CD_REC_INCIDENT);
    cd_when_t aware = app_case_aware(file);
    cd_date_t day = aware.last;

    if (!day && incident)
        day = ((const cd_incident_t *)incident->body)->reported_on;
    return cd_policy_for(org, day ? day : file->as_at);
}

static cd_date_t exact_day(cd_when_t when)
{
    return when.first == when.last ? when.first : CD_NO_DATE;
}

static cd_when_t first_talk(const cd_case_t *file)
{
    const cd_record_t *record;
    cd_when_t told = { 0, 0 };

    for (record = cd_case_next(file, CD_REC_TALK, NULL); record;
         record = cd_case_next(file, CD_REC_TALK, record))
        if (cd_when_known(record->happened) && (!told.first || record->happened.first < told.first))
            told = record->happened;
    return told;
}

static void sum_up_incident(store_head_t *head, const cd_record_t *record)
{
    const cd_incident_t *incident = record->body;

    head->incident_seq = record->seq;
    head->title = incident->title;
    head->occurred = incident->occurred;
    head->reported_on = incident->reported_on;
}

cd_err_t *app_case_sum_up(store_head_t *head, const cd_record_t *all, int count,
                          const cd_org_t *org, cd_date_t today, apr_pool_t *pool)
{
    const cd_case_t *file = cd_case_read(all, count, org, today, pool);
    const cd_record_t *incident = cd_case_last(file, CD_REC_INCIDENT);
    const cd_record_t *patient = cd_case_last(file, CD_REC_PATIENT);
    const cd_record_t *grading = cd_case_last(file, CD_REC_GRADING);
    const cd_record_t *opinion = cd_case_last(file, CD_REC_OPINION);
    const cd_policy_t *policy = NULL;

    if (!incident)
        return cd_err(pool, CD_E_INVALID, NULL, "a case without an incident");
    sum_up_incident(head, incident);
    head->person = cd_initials(patient ? ((const cd_patient_t *)patient->body)->name : NULL, pool);
    head->nhs_known = 1;
    head->nhs_number = patient ? ((const cd_patient_t *)patient->body)->nhs_number : NULL;
    head->outcome = grading ? ((const cd_grading_t *)grading->body)->outcome : 0;
    head->opinion = opinion ? ((const cd_opinion_t *)opinion->body)->opinion : 0;
    head->state = file->state;
    head->told = first_talk(file);
    head->aware_on = exact_day(app_case_aware(file));
    if (cd_case_last(file, CD_REC_OPENING))
        policy = app_case_policy(file, org);
    head->policy = policy ? policy->code : NULL;
    return NULL;
}

void app_case_row(app_case_row_t *row, const store_head_t *head)
{
    memset(row, 0, sizeof(*row));
    row->reference = head->reference;
    row->title = head->title;
    row->person = head->person;
    row->org_code = head->org_code;
    row->org_name = head->org_name;
    row->state = head->state;
    row->outcome = head->outcome;
    row->opinion = head->opinion;
    row->version = head->version;
    row->occurred = head->occurred;
    row->told = head->told;
    row->reported_on = head->reported_on;
    row->aware_on = head->aware_on;
    row->changed_at = head->changed_at;
    row->unreadable = head->unreadable;
}

cd_err_t *app_case_judge(app_judged_t *out, app_ctx_t *ctx, const store_head_t *head,
                         cd_date_t as_at)
{
    cd_record_t *all;
    cd_case_t *file;
    const cd_calendar_t *cal;
    cd_evaluation_t *eval = NULL;
    cd_err_t *err;
    int count;

    memset(out, 0, sizeof(*out));
    if (as_at > ctx->today)
        return cd_err(ctx->pool, CD_E_RANGE, "the day asked for has not come yet",
                      "as_at after today");
    CD_ERR(app_org(&out->org, ctx, head->org_code));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_records(&all, &count, head, ctx->conn, ctx->pool));
    file = cd_case_read(all, count, out->org, as_at, ctx->pool);
    file->id = head->id;
    file->reference = head->reference;
    file->version = head->version;
    out->file = file;
    out->policy = app_case_policy(file, out->org);
    if (!out->policy)
        return NULL;
    CD_ERR(app_calendar(&cal, ctx, cd_org_division(out->org)));
    err = cd_evaluate(&eval, file, out->policy, cal, as_at, ctx->pool);
    if (err && err->code == CD_E_RANGE)
        out->gap = err->public_text;   /* the rest of the page is of use without it */
    else
        CD_ERR(err);
    out->eval = out->gap ? NULL : eval;
    return NULL;
}

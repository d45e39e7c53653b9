/* case_identity.c: which case this is, and what this actor may do with it. */
#include <apr_strings.h>

#include "app/workflow.h"
#include "base/text.h"
#include "web/case_view.h"
#include "web/document.h"
#include "web/page.h"
#include "web/url.h"

const char *web_case_person(const app_case_view_t *view, apr_pool_t *pool)
{
    if (view->patient && view->patient->name)
        return cd_initials(view->patient->name, pool);
    return "the patient";
}

const char *web_case_title(const app_case_view_t *view)
{
    if (view->row.unreadable)
        return "This case can no longer be read";
    if (!view->file->count)
        return "Nothing was on record yet";
    return view->incident && view->incident->title ? view->incident->title
                                                   : "Incident without a heading";
}

/* Age in full years on a day. */
static int age_on(cd_date_t born, cd_date_t day)
{
    int by, bm, bd, y, m, d;

    cd_date_split(born, &by, &bm, &bd);
    cd_date_split(day, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd));
}

static const char *life_words(const app_case_view_t *view, apr_pool_t *pool)
{
    const cd_patient_t *patient = view->patient;
    int age;

    if (!patient)
        return NULL;
    if (cd_when_known(patient->died))
        return apr_psprintf(pool, "(died %s%s)",
                            cd_when_precision(patient->died) == CD_PRECISION_DAY ? "" : "in ",
                            cd_when_words(patient->died, pool));
    if (!patient->born_on || patient->born_on > view->as_at)
        return NULL;
    age = age_on(patient->born_on, view->as_at);
    return apr_psprintf(pool, "(age %d)", age);
}

static void harm_strip(web_exchange_t *x, const app_case_view_t *view)
{
    const cd_record_t *record = cd_case_last(view->file, CD_REC_GRADING);
    const cd_grading_t *grading = record ? record->body : NULL;
    const char *label;

    if (!grading) {
        web_strip(x, "Harm", "Not graded yet", NULL);
        return;
    }
    label = cd_token_label(cd_reg20_outcomes, grading->outcome);
    if (!label)
        label = cd_token_label(cd_harm_physical, grading->physical);
    web_strip(x, "Harm", label ? label : "Not known",
              apr_psprintf(x->pool, "(graded %s)", cd_when_words(grading->graded, x->pool)));
    web_put_token(x->view, WN_harm, cd_reg20_outcomes, grading->outcome);
}

const char *web_case_no_policy(const web_exchange_t *x, const app_case_view_t *view)
{
    const int jurisdiction = view->org ? view->org->jurisdiction : 0;

    if (!jurisdiction || jurisdiction == CD_JUR_ENG)
        return "No duty applied then";
    return apr_psprintf(x->pool, "No rules for %s here",
                        cd_token_label(cd_jurisdictions, jurisdiction));
}

static void policy_strip(web_exchange_t *x, const app_case_view_t *view)
{
    web_view_t *map;

    if (!view->policy) {
        web_strip(x, "Policy", web_case_no_policy(x, view), NULL);
        return;
    }
    web_strip(x, "Policy", view->policy->name,
              apr_psprintf(x->pool, "version %d", view->policy->version));
    map = web_put_map(x->view, WN_policy);
    web_put_text(map, WN_code, view->policy->code);
    web_put_text(map, WN_name, view->policy->name);
    web_put_int(map, WN_version, view->policy->version);
}

static void patient_strip(web_exchange_t *x, const app_case_view_t *view)
{
    const cd_patient_t *patient = view->patient;

    web_strip(x, "Patient",
              patient && patient->name ? web_case_person(view, x->pool) : "Not on record",
              life_words(view, x->pool));
    if (patient && patient->nhs_number) {
        web_strip_number(x, "NHS number", cd_nhs_words(patient->nhs_number, x->pool));
        web_put_text(x->view, WN_nhs_number, patient->nhs_number);
    }
}

void web_case_identity(web_exchange_t *x, const app_case_view_t *view)
{
    const app_case_row_t *row = &view->row;

    web_crumb(x, "Cases", web_url(x, "case.list", NULL));
    web_page_text(x->view, WN_strip_label, "Case identity");
    web_strip(x, "Case", row->reference, NULL);
    patient_strip(x, view);
    web_strip(x, "Trust", row->org_name, apr_psprintf(x->pool, "(%s)", row->org_code));
    harm_strip(x, view);
    policy_strip(x, view);
    if (view->owner)
        web_strip(x, "With", view->owner, NULL);

    web_put_text(x->view, WN_reference, row->reference);
    web_put_int(x->view, WN_version, row->version);
    web_put_token(x->view, WN_state, cd_case_states, view->file->state);
    web_put_text(x->view, WN_org_code, row->org_code);
    web_put_text(x->view, WN_org_name, row->org_name);
    web_put_text(x->view, WN_owner, view->owner);
    web_put_text(x->view, WN_person, web_case_person(view, x->pool));
    web_put_date(x->view, WN_as_at, view->as_at);
}

int web_case_may_add(const web_exchange_t *x, const app_case_view_t *view, cd_record_kind_t kind)
{
    const cd_record_def_t *def = cd_record_def(kind);

    return def && !view->looking_back && !view->row.unreadable
        && web_reach(x, def->right) != CD_REACH_NONE
        && app_workflow_allows(kind, view->row.state, 0);
}

int web_case_may_correct(const web_exchange_t *x, const app_case_view_t *view,
                         const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);

    return def && record->kind != CD_REC_DRAFT && record->kind != CD_REC_SIGNOFF
        && !view->looking_back && !view->row.unreadable && !record->superseded_by
        && app_may_mend(x->ctx, record)
        && app_workflow_allows(record->kind, view->row.state, 1);
}

const char *web_case_add_url(const web_exchange_t *x, const app_case_view_t *view,
                             cd_record_kind_t kind)
{
    const cd_record_def_t *def = cd_record_def(kind);

    if (kind == CD_REC_DOCUMENT)
        return web_document_url(x, view->row.reference, 0);
    return web_url(x, "record.new", view->row.reference, def->word, NULL);
}

const char *web_case_record_url(const web_exchange_t *x, const app_case_view_t *view, int seq)
{
    return web_url(x, "record.show", view->row.reference, apr_itoa(x->pool, seq), NULL);
}

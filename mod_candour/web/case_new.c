/* case_new.c: a new incident: what happened first, then the patient, in one form. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/case_view.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* What the one form fills. The trust is asked only of those who work for more than one. */
typedef struct intake_t {
    cd_incident_t incident;
    cd_patient_t patient;
    const char *org_code;
} intake_t;

static const cd_field_t org_field = {
    .name = "org_code", .type = CD_FT_ODS, .offset = offsetof(intake_t, org_code),
    .flags = CD_FF_REQUIRED,
    .section = "Trust", .label = "Code of the trust", .noun = "the code of the trust",
    .hint = "For example, RZ1.",
    .shown = "Trust"
};

/* One table over intake_t, made of the two records' own tables. */
static const cd_field_t *intake_fields(int *count_out, int with_org, apr_pool_t *pool)
{
    const cd_record_def_t *incident = cd_record_def(CD_REC_INCIDENT),
                          *patient = cd_record_def(CD_REC_PATIENT);
    cd_field_t *fields = apr_palloc(
        pool, sizeof(*fields) * (apr_size_t)(incident->field_count + patient->field_count + 1));
    int i, count = 0;

    for (i = 0; i < incident->field_count; i++) {
        fields[count] = incident->fields[i];
        fields[count++].offset += offsetof(intake_t, incident);
    }
    for (i = 0; i < patient->field_count; i++) {
        fields[count] = patient->fields[i];
        fields[count++].offset += offsetof(intake_t, patient);
    }
    if (with_org)
        fields[count++] = org_field;
    *count_out = count;
    return fields;
}

static web_form_t *begin(web_exchange_t *x, intake_t *intake)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_INCIDENT);
    const cd_field_t *fields;
    int count;

    fields = intake_fields(&count, x->ctx->actor->org_id == 0, x->pool);
    web_crumb(x, "Cases", web_url(x, "case.list", NULL));
    web_page_title(x, "Record an incident", "Record an incident");
    web_put_text(x->view, WN_lead, def->lead);
    web_page_text(x->view, WN_form_url, web_url(x, "case.create", NULL));
    web_page_text(x->view, WN_submit_label, "Save the incident");
    web_page_text(x->view, WN_cancel_url, web_url(x, "case.list", NULL));
    return web_form_make(fields, count, intake, x->pool);
}

cd_err_t *web_case_new(web_exchange_t *x)
{
    intake_t *intake = apr_pcalloc(x->pool, sizeof(*intake));

    web_form_show(x->view, begin(x, intake), x);
    return NULL;
}

cd_err_t *web_case_create(web_exchange_t *x)
{
    intake_t *intake = apr_pcalloc(x->pool, sizeof(*intake));
    web_form_t *form = begin(x, intake);
    const char *reference = NULL;
    cd_err_t *err;

    CD_ERR(web_form_read(form, x));
    err = app_case_create(&reference, x->ctx, intake->org_code, &intake->incident, &intake->patient,
                          &form->problems);
    if (web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "case.show", reference, NULL));
}

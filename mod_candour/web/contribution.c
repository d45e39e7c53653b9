/* contribution.c: what a trust contributes in each financial year, as the scheme records it; L7
 * reckons with it. */
#include <stddef.h>

#include <apr_strings.h>

#include "app/scheme.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

typedef struct sum_t { apr_int64_t year, amount_p; } sum_t;
static const cd_field_t sum_fields[] = {
    { .name = "year", .type = CD_FT_INT, .offset = offsetof(sum_t, year), .flags = CD_FF_REQUIRED,
      .min = 1995, .max = 2200,
      .section = "Record a sum", .label = "Year that the financial year begins in",
      .noun = "the year",
      .hint = "For example, 2026 for 1 April 2026 to 31 March 2027", .shown = "Year" },
    { .name = "amount_p", .type = CD_FT_PENCE, .offset = offsetof(sum_t, amount_p),
      .flags = CD_FF_REQUIRED, .min = 1,
      .max = CD_PENCE_MAX, .label = "Contribution for the year", .noun = "the contribution",
      .shown = "Contribution" }
};

static cd_err_t *frame(const cd_org_t **out, web_exchange_t *x)
{
    app_contribution_t *rows;
    web_view_t *list;
    int i, count;

    CD_ERR(app_contributions(&rows, &count, x->ctx, x->param[0]));
    CD_ERR(app_org(out, x->ctx, x->param[0]));
    if (web_reach(x, CD_RIGHT_ORG_ADMIN))
        web_crumb(x, "Trusts", web_url(x, "org.list", NULL));
    else
        web_crumb(x, "Recoveries", web_url(x, "recovery.list", NULL));
    web_page_title(x, apr_psprintf(x->pool, "Contributions of %s", (*out)->code),
                   apr_psprintf(x->pool, "%s: yearly contributions", (*out)->name));
    web_put_text(x->view, WN_org_code, (*out)->code);
    list = web_put_list(x->view, WN_contributions);
    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);
        web_put_int(item, WN_year, rows[i].year);
        web_page_text(item, WN_year_words,
                      apr_psprintf(x->pool, "%d to %d", rows[i].year, rows[i].year + 1));
        if (rows[i].year >= 2013 && rows[i].year <= app_financial_year(x->ctx->today)
            && web_reach(x, CD_RIGHT_CLAIM_READ))
            web_page_text(item, WN_year_url,
                          web_url_query(x, web_url(x, "uplift.year", (*out)->code, NULL), "year",
                                        apr_itoa(x->pool, rows[i].year)));
        web_put_int(item, WN_seq, rows[i].seq);
        web_put_pence(item, WN_amount, rows[i].amount_p);
        web_put_flag(item, WN_is_holding, !i || rows[i - 1].year != rows[i].year);
        web_put_instant(item, WN_set_at, rows[i].set_at);
        web_put_text(item, WN_set_by_name, rows[i].set_by);
    }
    web_page_flag(x->view, WN_has_rows, count > 0);
    web_page_text(x->view, WN_form_url, web_url(x, "contribution.list", (*out)->code, NULL));
    web_page_text(x->view, WN_submit_label, "Record it");
    return NULL;
}

cd_err_t *web_contribution_list(web_exchange_t *x)
{
    const cd_org_t *org;

    CD_ERR(frame(&org, x));
    web_form_show(x->view,
                  web_form_make(sum_fields, 2, apr_pcalloc(x->pool, sizeof(sum_t)), x->pool), x);
    return NULL;
}

cd_err_t *web_contribution_set(web_exchange_t *x)
{
    sum_t *sum = apr_pcalloc(x->pool, sizeof(*sum));
    web_form_t *form = web_form_make(sum_fields, 2, sum, x->pool);
    const cd_org_t *org;
    cd_err_t *err = NULL;

    CD_ERR(frame(&org, x));
    CD_ERR(web_form_read(form, x));
    if (!form->problems.count)
        err =
            app_contribution_set(x->ctx, org->code, (int)sum->year, sum->amount_p, &form->problems);
    if (form->problems.count || web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    CD_ERR(err);
    return web_redirect(x, web_url(x, "contribution.list", org->code, NULL));
}

/* flag_more.c: what would change a flag, what changed since the version before, and its replay. */
#include <string.h>

#include <apr_strings.h>

#include "app/flag_replay.h"
#include "domain/round.h"
#include "web/changed.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* Under a shadow scheme nothing is asked, so what is compared is what it would have been. */
static apr_int64_t shown_sum(const cd_flag_t *flag)
{
    return flag->indicated_p ? flag->indicated_p : flag->sum.would_be_p;
}

void web_whatifs_put(web_exchange_t *x, const cd_flag_t *flag)
{
    web_view_t *list = web_put_list(x->view, WN_whatifs);
    int i;

    for (i = 0; i < flag->whatif_count; i++) {
        const cd_whatif_t *what = &flag->whatifs[i];
        apr_int64_t sum = what->indicated_p ? what->indicated_p : what->would_be_p;
        web_view_t *item = web_add(list);

        web_put_text(item, WN_lead, what->lead);
        web_put_text(item, WN_rules, what->rules);
        web_put_token(item, WN_state, cd_flag_states, (int)what->state);
        web_tag(item, web_flag_colour((int)what->state),
                cd_token_label(cd_flag_states, (int)what->state));
        web_put_flag(item, WN_state_same, what->state == flag->state);
        web_put_pence(item, WN_indicated, sum);
        web_put_flag(item, WN_sum_same, sum == shown_sum(flag));
        web_put_text(item, WN_sentence, what->sentence);
    }
    web_page_flag(x->view, WN_has_whatifs, flag->whatif_count > 0);
}

static const cd_result_t *result_of(const cd_flag_t *flag, const char *reference, const char *code)
{
    int i;

    for (i = 0; i < flag->reason_count; i++)
        if (!strcmp(flag->reasons[i].case_reference, reference)
            && !strcmp(flag->reasons[i].result->rule->code, code))
            return flag->reasons[i].result;
    return NULL;
}

static void put_changed_rules(web_view_t *map, const cd_flag_t *was, const cd_flag_t *is,
                              apr_pool_t *pool)
{
    web_view_t *list = web_put_list(map, WN_changed_rules);
    int i;

    for (i = 0; i < is->reason_count; i++) {
        const cd_result_t *now = is->reasons[i].result;
        const cd_result_t *then = result_of(was, is->reasons[i].case_reference, now->rule->code);

        if (then && then->status == now->status)
            continue;
        web_put_text(
            web_add(list), WN_text,
            apr_psprintf(pool, "%s (%s) in %s: was “%s”, is “%s”", now->rule->code, now->rule->name,
                         is->reasons[i].case_reference,
                         then ? cd_token_label(cd_statuses, (int)then->status) : "not looked at",
                         cd_token_label(cd_statuses, (int)now->status)));
    }
}

void web_flag_before_put(web_exchange_t *x, const app_flag_view_t *view)
{
    const app_flag_t *before = NULL;
    web_view_t *map;
    int i;

    for (i = 0; i + 1 < view->version_count; i++)
        if (view->versions[i]->seq == view->flag->seq)
            before = view->versions[i + 1];
    if (!before || !before->flag || !view->flag->flag)
        return;
    map = web_put_map(x->view, WN_before_flag);
    web_put_int(map, WN_seq, before->seq);
    web_put_token(map, WN_state, cd_flag_states, (int)before->flag->state);
    web_tag(map, web_flag_colour((int)before->flag->state),
            cd_token_label(cd_flag_states, (int)before->flag->state));
    web_put_flag(map, WN_state_same, before->flag->state == view->flag->flag->state);
    web_put_pence(map, WN_was, before->flag->indicated_p);
    web_put_pence(map, WN_is, view->flag->flag->indicated_p);
    web_put_flag(map, WN_sum_same, before->flag->indicated_p == view->flag->flag->indicated_p);
    put_changed_rules(map, before->flag, view->flag->flag, x->pool);
}

void web_flag_links_put(web_exchange_t *x, const app_flag_view_t *view)
{
    const char *reference = view->claim->row.reference, *code = view->party->org->code;

    web_beside_links_put(x->view, x, reference, view->party);
    web_page_text(
        x->view, WN_replay_url,
        web_url(x, "flag.replay", reference, code, apr_itoa(x->pool, view->flag->seq), NULL));
    if (view->flag->flag && view->flag->flag->state == CD_FLAG_NO_INCIDENT
        && web_reach(x, cd_record_def(CD_REC_NO_INCIDENT)->right))
        web_page_text(x->view, WN_no_incident_url,
                      web_url(x, "no_incident.new", reference, code, NULL));
}

/* ---- replay ------------------------------------------------------------- */

static void put_difference(web_view_t *map, const app_replay_t *r)
{
    web_put_flag(map, WN_answer_same, r->answer_same);
    web_put_flag(map, WN_inputs_same, r->inputs_same);
    if (!r->answer_same) {
        web_page_flag(map, WN_answer_differs, 1);
        web_put_text(map, WN_pointer, r->answer.pointer);
        web_put_text(map, WN_was, r->answer.was ? r->answer.was : "nothing");
        web_put_text(map, WN_is, r->answer.is ? r->answer.is : "nothing");
    }
    if (!r->inputs_same) {
        web_page_flag(map, WN_inputs_differs, 1);
        web_put_text(map, WN_inputs_pointer, r->inputs.pointer);
        web_put_text(map, WN_inputs_was, r->inputs.was ? r->inputs.was : "nothing");
        web_put_text(map, WN_inputs_is, r->inputs.is ? r->inputs.is : "nothing");
    }
}

static void put_replay(web_view_t *map, const app_replay_t *r)
{
    web_put_int(map, WN_seq, r->flag_seq);
    web_put_instant(map, WN_computed_at, r->computed_at);
    web_put_text(map, WN_scheme_code, r->scheme_code);
    web_put_int(map, WN_scheme_version, r->scheme_version);
    web_put_text(map, WN_engine, r->engine);
    web_put_text(map, WN_engine_now, r->engine_now);
    web_put_flag(map, WN_same_engine, r->same_engine);
    web_put_flag(map, WN_fingerprint, r->fingerprint);
    web_put_text(map, WN_why_bytes, r->why_not);
    web_put_text(map, WN_state_then, cd_token_label(cd_flag_states, r->state_then));
    web_put_pence(map, WN_sum_then, r->sum_then_p);
    if (r->state_now) {
        web_put_text(map, WN_state_now, cd_token_label(cd_flag_states, r->state_now));
        web_put_pence(map, WN_sum_now, r->sum_now_p);
    }
    if (!r->why_not)
        put_difference(map, r);
}

static const char *replay_words(const app_replay_t *r)
{
    if (r->why_not)
        return "the flag cannot be replayed";
    return r->answer_same && r->inputs_same ? "the replay gives the same flag"
                                            : "the replay differs";
}

/** GET: computes the flag again and shows the result; nothing is written. */
cd_err_t *web_flag_replay(web_exchange_t *x)
{
    app_flag_view_t *view;
    app_replay_t *replay;

    CD_ERR(web_flag_find(&view, x));
    CD_ERR(app_replay(&replay, x->ctx, view->flag->seq, 0));
    web_claim_crumbs(x, view->claim, 1);
    web_page_title(
        x, apr_psprintf(x->pool, "Replay of flag %d, %s", replay->flag_seq, replay->reference),
        apr_psprintf(x->pool, "%s: %s", view->party->org->name, replay_words(replay)));
    web_flag_identity(x, view);
    put_replay(web_put_map(x->view, WN_replay), replay);
    web_page_text(x->view, WN_flag_url, web_url(x, "flag.show", replay->reference, replay->org_code,
                                                apr_itoa(x->pool, replay->flag_seq), NULL));
    return NULL;
}

/* ---- no incident recorded ----------------------------------------------- */

typedef struct page_t {
    app_claim_view_t *claim;
    web_form_t *form;
    cd_no_incident_t *body;
    const char *org_code;
} page_t;

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_NO_INCIDENT);

    page->org_code = x->param[1];
    page->body = apr_pcalloc(x->pool, sizeof(*page->body));
    page->form = web_form_make(def->fields, def->field_count, page->body, x->pool);
    return NULL;
}

static cd_err_t *frame(page_t *page, web_exchange_t *x)
{
    const app_party_t *party = NULL;
    const char *reference, *heading;
    int i;

    CD_ERR(app_claim_view(&page->claim, x->ctx, 0));
    for (i = 0; i < page->claim->party_count; i++)
        if (!strcmp(page->claim->parties[i].org->code, page->org_code))
            party = &page->claim->parties[i];
    if (!party)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such trust in the claim");
    reference = page->claim->row.reference;
    heading = apr_psprintf(x->pool, "No incident recorded at %s", party->org->name);
    web_claim_crumbs(x, page->claim, 1);
    web_page_title(x, apr_psprintf(x->pool, "%s, %s", heading, reference), heading);
    web_page_text(x->view, WN_caption, page->claim->row.title);
    web_claim_strip(x, page->claim);
    web_put_text(x->view, WN_lead,
                 "No case is linked to this trust’s part of the claim. You decide what that means. "
                 "The flag is computed again afterwards.");
    web_page_text(x->view, WN_form_url,
                  web_url(x, "no_incident.add", reference, page->org_code, NULL));
    web_page_text(x->view, WN_submit_label, "Save");
    web_page_text(x->view, WN_cancel_url, web_url(x, "claim.show", reference, NULL));
    return NULL;
}

cd_err_t *web_no_incident_new(web_exchange_t *x)
{
    page_t page = { 0 };

    CD_ERR(begin(&page, x));
    CD_ERR(frame(&page, x));
    page.form->version = page.claim->row.version;
    web_form_show(x->view, page.form, x);
    return NULL;
}

static cd_err_t *again(page_t *page, web_exchange_t *x)
{
    CD_ERR(frame(page, x));
    return web_form_again(x, page->form);
}

cd_err_t *web_no_incident_add(web_exchange_t *x)
{
    page_t page = { 0 };
    cd_err_t *err;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    err = app_no_incident(&seq, x->ctx, page.org_code, page.body, page.form->version,
                          &page.form->problems);
    if (web_form_to_mend(x, page.form, err) || page.form->problems.count) {
        return again(&page, x);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML) {
        CD_ERR(frame(&page, x));
        return web_form_changed(x, page.form, page.claim->row.version, "claim");
    }
    CD_ERR(err);
    return web_redirect(x, web_url(x, "claim.show", x->param[0], NULL));
}

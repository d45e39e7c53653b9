/* flag.c: the page of one liability flag, and the button that computes flags.
 *
 * A flag is advice with its reasons. The page shows what it rests on, line by line, and what it did
 * not use; only a decision asks a trust for anything. */
#include <stdlib.h>

#include <apr_strings.h>

#include "base/text.h"
#include "web/claim_view.h"
#include "web/form.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

/** Sequence number of an address group: digits alone, at most six. 0: not one, or none given. */
static int seq_of(const char *text)
{
    int seq = 0;
    const char *at;

    for (at = text; at && *at; at++) {
        if (*at < '0' || *at > '9' || at - text > 5)
            return 0;
        seq = seq * 10 + (*at - '0');
    }
    return seq;
}

cd_err_t *web_flag_find(app_flag_view_t **out, web_exchange_t *x)
{
    const int seq = seq_of(x->param[2]);

    if (x->param[2] && !seq)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such flag version in the address");
    return app_flag_view(out, x->ctx, x->param[1], seq);
}

/** A list of the reasons of one part; returns how many there are. */
static int put_part(web_exchange_t *x, web_name_t name, const cd_flag_t *flag,
                    cd_reason_part_t part)
{
    web_view_t *list = web_put_list(x->view, name);
    int i, count = 0;

    for (i = 0; i < flag->reason_count; i++)
        if (flag->reasons[i].part == part) {
            web_reason_put(web_add(list), x, flag, &flag->reasons[i]);
            count++;
        }
    return count;
}

/** "10 more rules: 9 met, 1 does not apply" */
static const char *rest_words(web_exchange_t *x, const cd_flag_t *flag, int count)
{
    int tally[CD_ST_UNDETERMINED + 1] = { 0 };
    const char *parts[CD_ST_UNDETERMINED + 1];
    int i, used = 0;

    for (i = 0; i < flag->reason_count; i++)
        if (flag->reasons[i].part == CD_REST
            && (int)flag->reasons[i].result->status <= CD_ST_UNDETERMINED)
            tally[flag->reasons[i].result->status]++;
    for (i = 1; i <= CD_ST_UNDETERMINED; i++)
        if (tally[i]) {
            const char *label = web_lower_first(cd_token_label(cd_statuses, i), x->pool);
            if (i == CD_ST_NOT_APPLICABLE && tally[i] > 1)
                label = "do not apply";
            parts[used++] = apr_psprintf(x->pool, "%d %s", tally[i], label);
        }
    return apr_psprintf(x->pool, "%s: %s", web_count(count, "more rule", "more rules", x->pool),
                        cd_text_list(parts, used, x->pool));
}

static void put_reasons(web_exchange_t *x, const cd_flag_t *flag)
{
    int decided = put_part(x, WN_decided, flag, CD_DECIDED);
    int nearly = put_part(x, WN_nearly, flag, CD_NEARLY);
    int late = put_part(x, WN_late_not_counted, flag, CD_LATE_NOT_COUNTED);
    int rest = put_part(x, WN_rest, flag, CD_REST);

    web_page_text(x->view, WN_decided_words, decided == 1 ? "This rule decided the state"
                                                          : "These rules decided the state");
    web_page_text(x->view, WN_nearly_words,
                  nearly == 1 ? "This rule nearly did" : "These rules nearly did");
    web_page_flag(x->view, WN_has_decided, decided);
    web_page_flag(x->view, WN_has_nearly, nearly);
    web_page_flag(x->view, WN_has_late, late);
    web_page_flag(x->view, WN_has_rest, rest);
    web_page_flag(x->view, WN_has_reasons, decided || nearly || late || rest);
    web_page_text(x->view, WN_rest_words, rest ? rest_words(x, flag, rest) : NULL);
}

static void put_working(web_exchange_t *x, const cd_scheme_result_t *sum)
{
    web_view_t *list = web_put_list(x->view, WN_working);
    int i;

    for (i = 0; i < sum->line_count && i < CD_WORKING_LINES; i++) {
        web_view_t *line = web_add(list);
        web_page_text(line, WN_number, apr_itoa(x->pool, i + 1));
        web_put_text(line, WN_text, sum->lines[i].text);
        web_put_flag(line, WN_no_change, sum->lines[i].no_change);
        if (!sum->lines[i].no_change)
            web_put_pence(line, WN_amount, sum->lines[i].amount_p);
    }
}

/** Said aloud, because people fear it: none of these ever counts. */
static void put_not_used(web_exchange_t *x)
{
    static const char *const lines[] = {
        "The words of an apology. An apology is not an admission of liability.",
        "What the claimant is paid, or when.",
        "Fines by a regulator, or deductions under a contract.",
        "The harm grade by itself. A person’s opinion decides whether the duty applied.",
        "What any other trust did, or what it is asked for."
    };
    web_view_t *list = web_put_list(x->view, WN_not_used);
    unsigned i;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        web_put_text(web_add(list), WN_text, lines[i]);
}

static void put_versions(web_exchange_t *x, const app_flag_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_versions);
    int i, others = 0;

    for (i = 0; i < view->version_count; i++) {
        const app_flag_t *one = view->versions[i];
        web_view_t *item = web_add(list);
        web_put_int(item, WN_seq, one->seq);
        web_put_instant(item, WN_computed_at, one->computed_at);
        web_put_text(item, WN_computed_by, one->computed_by);
        web_put_text(item, WN_scheme_code, one->scheme_code);
        web_put_int(item, WN_scheme_version, one->scheme_version);
        web_put_flag(item, WN_current, one->seq == view->flag->seq);
        if (one->flag) {
            web_put_token(item, WN_state, cd_flag_states, (int)one->flag->state);
            web_tag(item, web_flag_colour((int)one->flag->state),
                    cd_token_label(cd_flag_states, (int)one->flag->state));
            web_put_pence(item, WN_indicated, one->flag->indicated_p);
        }
        if (one->seq == view->flag->seq)
            continue;
        others++;
        web_page_text(item, WN_url, web_url(x, "flag.show", view->claim->row.reference,
                                            view->party->org->code,
                                            apr_itoa(x->pool, one->seq), NULL));
    }
    web_page_text(x->view, WN_versions_words,
                  others ? web_count(others, "other version", "other versions", x->pool) : NULL);
    if (view->version_count && view->versions[0]->seq != view->flag->seq)
        web_page_text(x->view, WN_newest_url,
                      web_url(x, "flag.show", view->claim->row.reference, view->party->org->code,
                              apr_itoa(x->pool, view->versions[0]->seq), NULL));
}

static void put_scheme(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_scheme_t *scheme = view->scheme;
    web_view_t *map;

    if (!scheme)
        return;
    map = web_put_map(x->view, WN_liability_scheme);
    web_put_text(map, WN_code, scheme->code);
    web_put_int(map, WN_version, scheme->version);
    web_put_text(map, WN_title, scheme->title);
    web_put_token(map, WN_material_rules, cd_materials, scheme->material);
    web_put_date(map, WN_from, scheme->from);
    if (web_reach(x, CD_RIGHT_POLICY_READ))
        web_page_text(map, WN_url, web_scheme_url(x, scheme->code, scheme->version));
}

static void put_decision_links(web_exchange_t *x, const app_flag_view_t *view)
{
    const int state = view->flag->flag ? (int)view->flag->flag->state : 0;

    if (view->decision)
        web_decision_put(web_put_map(x->view, WN_decision), view->decision);
    web_put_flag(x->view, WN_may_decide, !view->why_not && web_flag_decidable(state));
    if ((view->decision && view->why_not) || !web_flag_decidable(state))
        return;
    if (!view->why_not)
        web_page_text(x->view, WN_decision_url,
                      web_url(x, "decision.new", view->claim->row.reference, view->party->org->code,
                              apr_itoa(x->pool, view->flag->seq), NULL));
    else
        web_put_text(x->view, WN_why_not, view->why_not);
}

cd_err_t *web_flag_show(web_exchange_t *x)
{
    app_flag_view_t *view;
    const char *name;

    CD_ERR(web_flag_find(&view, x));
    name = view->party->org->name;
    web_claim_crumbs(x, view->claim, 1);
    web_page_title(x, apr_psprintf(x->pool, "Liability flag for %s, %s", name,
                                   view->claim->row.reference),
                   apr_psprintf(x->pool, "Liability flag for %s", name));
    web_flag_identity(x, view);
    if (view->flag->flag) {
        put_reasons(x, view->flag->flag);
        put_working(x, &view->flag->flag->sum);
        web_whatifs_put(x, view->flag->flag);
    }
    web_flag_before_put(x, view);
    web_flag_links_put(x, view);
    put_not_used(x);
    put_versions(x, view);
    put_scheme(x, view);
    put_decision_links(x, view);
    web_page_text(x->view, WN_policies_url, web_url(x, "policy.list", NULL));
    if (!view->claim->partial)
        web_put_int(x->view, WN_entry_count, view->claim->audit_seq);
    if (web_reach(x, CD_RIGHT_RECORD_AUDIT))
        web_page_text(x->view, WN_entries_url,
                      web_url(x, "claim.entries", view->claim->row.reference, NULL));
    return NULL;
}

/** POST: the form holds its control fields alone; the version guards against a changed claim. */
cd_err_t *web_flag_compute(web_exchange_t *x)
{
    web_form_t *form = web_form_make(NULL, 0, NULL, x->pool);
    int count;

    CD_ERR(web_form_read(form, x));
    CD_ERR(app_flag_compute(&count, x->ctx, NULL, form->version));
    return web_redirect(x, web_url(x, "claim.show", x->param[0], NULL));
}

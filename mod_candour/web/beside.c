/* beside.c: a claim beside one of its cases: on the left what is claimed and what the flag says of
 * it, on the right what the case holds. Each reason of the flag leads to the rule that it rests on,
 * and back.
 *
 * Shows what the pages of both files show, and no more: nothing is computed and nothing is decided
 * here. */
#include <string.h>

#include <apr_strings.h>

#include "app/beside.h"
#include "web/case_view.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

void web_beside_links_put(web_view_t *map, const web_exchange_t *x, const char *reference,
                          const app_party_t *party)
{
    web_view_t *list;
    int i;

    if (x->media != WEB_HTML || web_reach(x, CD_RIGHT_CASE_READ) == CD_REACH_NONE)
        return;
    list = web_page_list(map, WN_besides);
    for (i = 0; i < party->case_count; i++) {
        web_view_t *item = web_add(list);

        web_page_text(item, WN_case_reference, party->cases[i]);
        web_page_text(item, WN_beside_url,
                      web_url(x, "claim.beside", reference, party->cases[i], NULL));
    }
}

static void card(web_view_t *map, web_exchange_t *x, const app_claim_view_t *claim,
                 const app_party_t *party)
{
    web_beside_links_put(map, x, claim->row.reference, party);
}

const web_claim_slot_t web_beside_slot = { NULL, card, NULL, NULL };

static const cd_flag_t *flag_of(const app_beside_t *beside)
{
    return beside->party->flag ? beside->party->flag->flag : NULL;
}

static const cd_reason_t *reason_of(const app_beside_t *beside, const char *code)
{
    const cd_flag_t *flag = flag_of(beside);
    int i;

    for (i = 0; flag && i < flag->reason_count; i++) {
        const cd_reason_t *reason = &flag->reasons[i];

        if (reason->case_reference && !strcmp(reason->case_reference, beside->file->row.reference)
            && reason->result->rule && !strcmp(reason->result->rule->code, code))
            return reason;
    }
    return NULL;
}

/* The page leaves rules out that nobody can say anything about yet: a link to one would lead
 * nowhere. */
static web_view_t *rule_shown(const web_exchange_t *x, const char *code)
{
    const web_view_t *groups = web_get_map(x->view, WN_rule_groups);
    int i, j;

    for (i = 0; groups && i < web_list_count(groups); i++) {
        const web_view_t *rules = web_get_map(web_list_at(groups, i), WN_rules);

        for (j = 0; rules && j < web_list_count(rules); j++)
            if (!strcmp(web_get_text(web_list_at(rules, j), WN_code), code))
                return (web_view_t *)web_list_at(rules, j);   /* of this page's own tree */
    }
    return NULL;
}

/* From the reason to its rule and back. */
static void link_put(web_view_t *map, const web_exchange_t *x, const char *code)
{
    web_view_t *rule = x->media == WEB_HTML ? rule_shown(x, code) : NULL;

    if (!rule)
        return;
    web_page_text(map, WN_rule_url, apr_pstrcat(x->pool, "#", code, NULL));
    web_page_text(rule, WN_reason_url, apr_pstrcat(x->pool, "#reason-", code, NULL));
}

/* Reasons that stand in this case, one list for those that weigh and one for the rest. */
static void reasons_put(web_exchange_t *x, const app_beside_t *beside)
{
    const cd_flag_t *flag = flag_of(beside);
    web_view_t *weigh = web_put_list(x->view, WN_reasons), *rest = web_put_list(x->view, WN_rest);
    int i, weighing = 0, resting = 0;

    for (i = 0; flag && i < flag->reason_count; i++) {
        const cd_reason_t *reason = &flag->reasons[i];
        const char *code = reason->result->rule ? reason->result->rule->code : NULL;
        web_view_t *map;

        if (!code || reason_of(beside, code) != reason)
            continue;
        map = web_add(reason->part == CD_REST ? rest : weigh);
        *(reason->part == CD_REST ? &resting : &weighing) += 1;
        web_reason_put(map, x, flag, reason);
        link_put(map, x, code);
    }
    web_page_flag(x->view, WN_has_reasons, weighing > 0);
    web_page_flag(x->view, WN_has_rest, resting > 0);
}

static void claim_put(web_exchange_t *x, const app_beside_t *beside)
{
    const app_claim_view_t *claim = beside->claim;
    web_view_t *trust = web_put_map(x->view, WN_trust);

    web_put_flag(x->view, WN_partial, claim->partial);
    web_claim_put(x->view, x, claim);
    web_payable_put(x->view, claim);
    web_put_text(trust, WN_code, beside->party->org->code);
    web_put_text(trust, WN_name, beside->party->org->name);
    web_put_bp(trust, WN_share, beside->party->share_bp);
    web_claim_facts_put(x, claim);
    if (beside->party->flag) {
        web_flag_put(web_put_map(x->view, WN_flag), beside->party->flag, x->ctx->today);
        if (flag_of(beside))
            web_page_text(x->view, WN_edge, web_flag_edge((int)flag_of(beside)->state));
        web_page_text(
            x->view, WN_flag_url,
            web_url(x, "flag.newest", claim->row.reference, beside->party->org->code, NULL));
    }
    web_page_text(x->view, WN_claim_url, web_url(x, "claim.show", claim->row.reference, NULL));
}

static void case_put(web_exchange_t *x, const app_beside_t *beside)
{
    const app_case_view_t *file = beside->file;
    web_view_t *map = web_put_map(x->view, WN_candour_case);

    web_put_text(map, WN_reference, file->row.reference);
    web_put_text(map, WN_title, web_case_title(file));
    web_put_token(map, WN_state, cd_case_states, file->file->state);
    web_put_flag(map, WN_unreadable, file->row.unreadable);
    web_page_text(x->view, WN_case_url, web_url(x, "case.show", file->row.reference, NULL));
    web_duty_put(x, file);
    web_case_rules_put(x, file);
    web_timeline_put(x, file);
}

static void strip_put(web_exchange_t *x, const app_beside_t *beside)
{
    const app_claim_view_t *claim = beside->claim;
    const app_case_view_t *file = beside->file;

    web_page_text(x->view, WN_strip_label, "Claim and case");
    web_strip(x, "Claim", claim->row.reference, NULL);
    web_strip(x, "Claimant", claim->row.person ? claim->row.person : "Not named", NULL);
    web_strip(x, "Status", cd_token_label(cd_claim_statuses, claim->row.status), NULL);
    web_strip(x, "Case", file->row.reference, NULL);
    web_strip(x, "State", cd_token_label(cd_case_states, (int)file->file->state), NULL);
    web_strip(x, "Trust", beside->party->org->name,
              apr_psprintf(x->pool, "(%s)", beside->party->org->code));
}

/** GET /claims/{ref}/beside/{ref}: as both files stand today. */
cd_err_t *web_claim_beside(web_exchange_t *x)
{
    app_beside_t beside = { 0 };
    const char *title;

    CD_ERR(app_beside(&beside, x->ctx, x->param[1]));
    app_end(x->ctx);
    title = apr_psprintf(x->pool, "%s beside %s", beside.claim->row.reference,
                         beside.file->row.reference);
    web_claim_crumbs(x, beside.claim, 1);
    web_page_title(x, title, "The claim beside the case");
    strip_put(x, &beside);
    case_put(x, &beside);
    claim_put(x, &beside);
    reasons_put(x, &beside);
    if (x->media == WEB_HTML)
        web_page_text(x->view, WN_printed, apr_psprintf(x->pool, "Printed from the page of %s.",
                                                        cd_instant_words(x->ctx->now, x->pool)));
    return NULL;
}

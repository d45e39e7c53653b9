/* policy.c: what the law asks, as the tables the program reckons with, and the schemes. */
#include <string.h>

#include <apr_strings.h>

#include "app/admin.h"
#include "domain/candour.h"
#include "web/page.h"
#include "web/route.h"
#include "web/scheme_view.h"
#include "web/url.h"

static void put_rule(web_view_t *map, const cd_rule_t *rule)
{
    web_put_text(map, WN_code, rule->code);
    web_put_text(map, WN_name, rule->name);
    web_put_text(map, WN_citation, rule->citation);
    web_put_text(map, WN_instrument, rule->instrument);
    web_put_token(map, WN_weight, cd_weights, (int)rule->weight);
    web_put_token(map, WN_group, cd_groups, (int)rule->group);
}

/** Days that the policy takes where an organisation has not set its own. None of them is law. */
static void put_days(web_view_t *map, web_exchange_t *x, const cd_policy_t *policy)
{
    const struct { const char *label; int days, kind; } rows[] = {
        { "A healthcare professional’s opinion, from the report", policy->opinion_wd,
          CD_DUE_TARGET },
        { "Telling the person, from awareness", policy->talk_wd, CD_DUE_TARGET },
        { "The note of the talk, from the talk", policy->note_wd, CD_DUE_TARGET },
        { "The written notification, from the talk", policy->letter_wd, CD_DUE_TARGET },
        { "Results in writing, from sign-off", policy->results_wd, CD_DUE_TARGET },
        { "Telling the person, from the report", policy->contract_talk_wd, CD_DUE_CONTRACT },
        { "Sharing the report, from sign-off", policy->contract_report_wd, CD_DUE_CONTRACT }
    };
    web_view_t *list = web_put_list(map, WN_days);
    unsigned i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        web_view_t *item;
        if (!rows[i].days)
            continue;
        item = web_add(list);
        web_put_text(item, WN_label, rows[i].label);
        web_put_int(item, WN_days_wd, rows[i].days);
        web_page_text(item, WN_words,
                      web_count(rows[i].days, "working day", "working days", x->pool));
        web_put_token(item, WN_kind, cd_due_kinds, rows[i].kind);
        web_page_text(item, WN_due_word, rows[i].kind == CD_DUE_CONTRACT ? "contract" : "target");
    }
    web_page_flag(map, WN_has_days, web_list_count(list));
}

static void put_policy(web_view_t *map, web_exchange_t *x, const cd_policy_t *policy)
{
    web_view_t *list;
    int i;

    web_put_text(map, WN_code, policy->code);
    web_put_text(map, WN_name, policy->name);
    web_put_int(map, WN_version, policy->version);
    web_put_token(map, WN_jurisdiction, cd_jurisdictions, policy->jurisdiction);
    web_put_date(map, WN_from, policy->in_force_from);
    web_put_date(map, WN_until, policy->in_force_to);
    web_page_text(map, WN_html_id, apr_pstrcat(x->pool, "policy-", policy->code, NULL));
    web_page_text(map, WN_rule_words, web_count(policy->rule_count, "rule", "rules", x->pool));
    put_days(map, x, policy);
    list = web_put_list(map, WN_rules);
    for (i = 0; i < policy->rule_count; i++)
        put_rule(web_add(list), &policy->rules[i]);
}

static const char *heading(web_exchange_t *x, int policies, const app_scheme_t *schemes, int count)
{
    const char *first = web_count(policies, "policy", "policies", x->pool);
    int i;

    for (i = 0; i < count; i++)
        if (schemes[i].active)
            return apr_psprintf(x->pool, "%s; liability scheme %s version %d is in force", first,
                                schemes[i].scheme->code, schemes[i].scheme->version);
    return apr_psprintf(x->pool, "%s; no liability scheme is in force", first);
}

cd_err_t *web_policy_list(web_exchange_t *x)
{
    int policy_count, scheme_count, i;
    const cd_policy_t *policies = cd_policies(&policy_count);
    app_scheme_t *schemes;
    web_view_t *list;

    CD_ERR(app_schemes(&schemes, &scheme_count, x->ctx));
    web_page_title(x, "Policies and schemes", heading(x, policy_count, schemes, scheme_count));
    list = web_put_list(x->view, WN_schemes);
    for (i = 0; i < scheme_count; i++)
        web_scheme_row(web_add(list), x, &schemes[i]);
    list = web_put_list(x->view, WN_policies);
    for (i = 0; i < policy_count; i++)
        put_policy(web_add(list), x, &policies[i]);
    if (web_reach(x, CD_RIGHT_SCHEME_WRITE) != CD_REACH_NONE)
        web_tool(x, "Draft a version", web_url(x, "scheme.new", NULL));
    web_tool(x, "Bank holidays", web_url(x, "holidays", NULL));
    return NULL;
}

/* recovery.c: what trusts were asked for over all claims, breaches of a trust, allegations; and
 * their place on the page of a claim.
 *
 * Each list is a page, JSON and CSV of the same rows. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "app/round.h"
#include "web/csv.h"
#include "web/decided_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* ---- recoveries ---------------------------------------------------------- */

typedef struct asked_t { int list; const char *trust; apr_int64_t after; } asked_t;

static cd_err_t *query_read(asked_t *ask, web_exchange_t *x, const cd_token_t *lists,
                            const char *cursor)
{
    const char *text;

    ask->list = lists ? lists->value : 0;
    if (lists) {
        CD_ERR(web_query(&text, x, "list"));
        if (text && *text)
            ask->list = cd_token_strict(lists, text);
        if (!ask->list)
            return cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "no such list");
    }
    CD_ERR(web_query(&ask->trust, x, "trust"));
    if (ask->trust && !*ask->trust)
        ask->trust = NULL;
    return web_query_cursor(&ask->after, x, cursor);
}

static const char *list_url(const web_exchange_t *x, const char *route, const asked_t *ask,
                            const cd_token_t *lists)
{
    const char *url = web_url(x, route, NULL);

    if (lists && ask->list)
        url = web_url_query(x, url, "list", cd_token_word(lists, ask->list));
    return ask->trust ? web_url_query(x, url, "trust", ask->trust) : url;
}

static void put_views(web_exchange_t *x, const asked_t *ask)
{
    web_view_t *list = web_page_list(x->view, WN_views);
    const cd_token_t *one;

    web_page_text(x->view, WN_views_label, "Recoveries");
    for (one = app_recovery_lists; one->word; one++) {
        const asked_t other = { one->value, ask->trust, 0 };
        web_view_t *item = web_add(list);
        web_page_text(item, WN_label, one->label);
        web_page_text(item, WN_url, list_url(x, "recovery.list", &other, app_recovery_lists));
        web_page_flag(item, WN_current, one->value == ask->list);
    }
}

static void put_row(web_view_t *item, const web_exchange_t *x, const app_recovery_row_t *row)
{
    web_put_text(item, WN_reference, row->reference);
    web_put_text(item, WN_org_code, row->org_code);
    web_put_text(item, WN_org_name, row->org_name);
    web_put_int(item, WN_seq, row->seq);
    web_put_int(item, WN_decision_seq, row->decision_seq);
    web_put_token(item, WN_method, cd_recovery_methods, row->method);
    web_put_text(item, WN_invoice, row->invoice);
    web_put_int(item, WN_instalment, row->instalment);
    web_put_int(item, WN_instalments, row->instalments);
    if (row->year)
        web_put_int(item, WN_contribution_year, row->year);
    web_put_date(item, WN_due_on_day, row->due);
    web_put_pence(item, WN_amount, row->amount_p);
    web_put_pence(item, WN_asked_now, row->holds_p);
    web_put_pence(item, WN_received, row->received_p);
    web_put_pence(item, WN_still_left, row->left_p);
    web_put_flag(item, WN_is_overdue, row->overdue);
    web_put_flag(item, WN_is_held, row->held);
    web_page_text(item, WN_url, web_url(x, "decided.show", row->reference, row->org_code,
                                        apr_itoa(x->pool, row->decision_seq), NULL));
}

cd_err_t *web_recovery_list(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_reference, WN_org_code, WN_org_name, WN_decision_seq, WN_seq, WN_method, WN_invoice,
        WN_instalment,
        WN_instalments, WN_contribution_year, WN_due_on_day, WN_amount, WN_asked_now, WN_received,
        WN_still_left,
        WN_is_overdue, WN_is_held
    };
    app_recovery_list_t found = { 0 };
    const char *label, *url;
    web_view_t *list;
    asked_t ask;
    int i;

    CD_ERR(query_read(&ask, x, app_recovery_lists, "after"));
    CD_ERR(app_recoveries(&found, x->ctx, ask.list, ask.trust, ask.after));
    label = cd_token_label(app_recovery_lists, ask.list);
    url = list_url(x, "recovery.list", &ask, app_recovery_lists);
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    web_page_title(
        x, "Recoveries",
        found.count
            ? apr_psprintf(x->pool, "Recoveries: %s%s, %s", found.next ? "the first " : "",
                           web_count(found.count, "instalment", "instalments", x->pool),
                           web_lower_first(label, x->pool))
            : apr_psprintf(x->pool, "Recoveries: nothing is %s", web_lower_first(label, x->pool)));
    put_views(x, &ask);
    list = web_put_list(x->view, WN_recoveries);
    for (i = 0; i < found.count; i++)
        put_row(web_add(list), x, &found.rows[i]);
    web_page_flag(x->view, WN_has_recoveries, found.count > 0);
    if (found.next)
        web_put_text(
            x->view, WN_next_url,
            web_url_query(x, url, "after", apr_psprintf(x->pool, "%" APR_INT64_T_FMT, found.next)));
    web_tool(x, "Totals by trust and year", web_url(x, "recovery.totals", NULL));
    if (found.count)
        web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_recoveries, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "recoveries.csv");
    return NULL;
}

/* "?year=2026": the financial year that begins in it; absent: today's. */
static cd_err_t *read_year(int *out, web_exchange_t *x)
{
    int month, day_of_month, asked;

    cd_date_split(cd_window_start(CD_WIN_FINANCIAL_YEAR, x->ctx->today), out, &month,
                  &day_of_month);
    CD_ERR(web_query_seq(&asked, x, "year"));
    if (asked && (asked < 2013 || asked > 2200))
        return cd_err(x->pool, CD_E_BAD_REQUEST, NULL, "no such year");
    *out = asked ? asked : *out;
    return NULL;
}

cd_err_t *web_recovery_totals(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_org_code, WN_org_name, WN_decisions_count, WN_decided_sum, WN_asked_now, WN_received,
        WN_still_left
    };
    app_recovery_total_t *totals;
    web_view_t *list = web_put_list(x->view, WN_totals);
    const char *url;
    int year, count, i;

    CD_ERR(read_year(&year, x));
    CD_ERR(app_recovery_totals(&totals, &count, x->ctx, year));
    url = web_url_query(x, web_url(x, "recovery.totals", NULL), "year", apr_itoa(x->pool, year));
    web_crumb(x, "Recoveries", web_url(x, "recovery.list", NULL));
    web_page_title(x, "Recoveries by trust",
                   apr_psprintf(x->pool, "Decisions of the year from 1 April %d, by trust", year));
    web_put_int(x->view, WN_year_from, year);
    for (i = 0; i < count; i++) {
        web_view_t *item = web_add(list);
        web_put_text(item, WN_org_code, totals[i].org_code);
        web_put_text(item, WN_org_name, totals[i].org_name);
        web_put_int(item, WN_decisions_count, totals[i].decisions);
        web_put_pence(item, WN_decided_sum, totals[i].decided_p);
        web_put_pence(item, WN_asked_now, totals[i].asked_p);
        web_put_pence(item, WN_received, totals[i].received_p);
        web_put_pence(item, WN_still_left, totals[i].left_p);
        web_page_text(item, WN_url, web_url(x, "breach.list", totals[i].org_code, NULL));
    }
    web_page_flag(x->view, WN_has_totals, count > 0);
    web_page_text(x->view, WN_earlier_url,
                  year > 2013 ? web_url_query(x, web_url(x, "recovery.totals", NULL), "year",
                                              apr_itoa(x->pool, year - 1))
                              : NULL);
    web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_totals, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "recovery-totals.csv");
    return NULL;
}

/* ---- breaches of a trust ------------------------------------------------- */

static void put_breach(web_view_t *item, const web_exchange_t *x, const app_breaches_t *all,
                       const app_breach_t *row)
{
    web_put_text(item, WN_reference, row->reference);
    web_put_int(item, WN_seq, row->seq);
    web_put_instant(item, WN_decided_at, row->decided_at);
    web_put_token(item, WN_outcome, cd_decision_outcomes, row->outcome);
    web_put_token(item, WN_standing, cd_standings, row->standing);
    web_put_pence(item, WN_stands_at, row->amount_p);
    web_put_pence(item, WN_asked_now, row->asked_p);
    web_put_pence(item, WN_received, row->received_p);
    web_put_flag(item, WN_is_breach, row->counts);
    web_put_int(item, WN_units, row->units);
    if (row->counted)
        web_put_int(item, WN_n_then, row->counted);
    web_page_text(item, WN_url, web_url(x, "decided.show", row->reference, all->org->code,
                                        apr_itoa(x->pool, row->seq), NULL));
}

cd_err_t *web_breach_list(web_exchange_t *x)
{
    app_breaches_t *all;
    web_view_t *list;
    apr_int64_t before;
    int i;

    CD_ERR(web_query_cursor(&before, x, "before"));
    CD_ERR(app_breaches(&all, x->ctx, x->param[0], before));
    web_crumb(x, "Recoveries", web_url(x, "recovery.list", NULL));
    web_page_title(x, apr_psprintf(x->pool, "Breaches of %s", all->org->code),
                   apr_psprintf(x->pool, "%s: %s that %s", all->org->name,
                                web_count(all->units, "breach", "breaches", x->pool),
                                all->units == 1 ? "counts" : "count"));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE))
        web_tool(x, "Yearly contributions", web_url(x, "contribution.list", all->org->code, NULL));
    web_tool(x, "The year and its contribution", web_url(x, "uplift.year", all->org->code, NULL));
    web_put_text(x->view, WN_org_code, all->org->code);
    web_put_text(x->view, WN_org_name, all->org->name);
    web_put_int(x->view, WN_units, all->units);
    web_put_date(x->view, WN_window_from, all->from);
    if (all->scheme)
        web_put_token(x->view, WN_window, cd_windows, all->scheme->window);
    web_put_int(x->view, WN_year_from, all->year);
    web_put_int(x->view, WN_year_units, all->year_units);
    web_put_pence(x->view, WN_year_sum, all->year_p);
    web_page_flag(x->view, WN_is_contribution,
                  all->scheme && all->scheme->formula == CD_L7_CONTRIBUTION_UPLIFT);
    list = web_put_list(x->view, WN_breaches);
    for (i = 0; i < all->count; i++)
        put_breach(web_add(list), x, all, &all->rows[i]);
    web_page_flag(x->view, WN_has_breaches, all->count > 0);
    if (all->next)
        web_put_text(x->view, WN_next_url,
                     web_url_query(x, web_url(x, "breach.list", all->org->code, NULL), "before",
                                   apr_psprintf(x->pool, "%" APR_INT64_T_FMT, all->next)));
    return NULL;
}

/* ---- allegations --------------------------------------------------------- */

cd_err_t *web_allegation_list(web_exchange_t *x)
{
    static const web_name_t columns[] = {
        WN_org_code, WN_org_name, WN_reference, WN_seq, WN_is_regulatory, WN_on, WN_from_whom,
        WN_came_of_it,
        WN_breach_count, WN_memo_sum
    };
    app_allegation_list_t found = { 0 };
    const char *url;
    web_view_t *list = web_put_list(x->view, WN_allegations);
    asked_t ask = { 0 };
    int i;

    CD_ERR(query_read(&ask, x, NULL, "before"));
    CD_ERR(app_allegations(&found, x->ctx, ask.trust, ask.after));
    url = list_url(x, "allegation.list", &ask, NULL);
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    web_page_title(x, "Allegations", "Allegations, and what regulators did");
    for (i = 0; i < found.count; i++) {
        const app_allegation_row_t *row = &found.rows[i];
        web_view_t *item = web_add(list);
        web_put_text(item, WN_reference, row->reference);
        web_put_text(item, WN_org_code, row->org_code);
        web_put_text(item, WN_org_name, row->org_name);
        web_put_int(item, WN_seq, row->seq);
        web_put_flag(item, WN_is_regulatory, row->is_regulatory);
        web_put_when(item, WN_on, row->on);
        web_put_token(item, WN_from_whom,
                      row->is_regulatory ? cd_regulatory_bodies : cd_allegation_sources,
                      row->source);
        web_put_token(item, WN_came_of_it,
                      row->is_regulatory ? cd_regulatory_types : cd_allegation_outcomes,
                      row->outcome);
        if (row->breaches)
            web_put_int(item, WN_breach_count, row->breaches);
        if (row->memo_p)
            web_put_pence(item, WN_memo_sum, row->memo_p);
        web_page_text(item, WN_url, web_url(x, "claim.show", row->reference, NULL));
    }
    web_page_flag(x->view, WN_has_allegations, found.count > 0);
    if (found.next)
        web_put_text(x->view, WN_next_url,
                     web_url_query(x, url, "before",
                                   apr_psprintf(x->pool, "%" APR_INT64_T_FMT, found.next)));
    if (found.count)
        web_tool(x, "Download this list (CSV)", web_csv_url(x, url));
    if (x->media == WEB_CSV)
        return web_csv(x, WN_allegations, columns, (int)(sizeof(columns) / sizeof(columns[0])),
                       "allegations.csv");
    return NULL;
}

/* ---- on the page of a claim ---------------------------------------------- */

static cd_err_t *slot_page(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *map;
    cd_net_t net;

    if (claim->partial)
        return NULL;
    CD_ERR(app_claim_net(&net, x->ctx, claim));
    map = web_put_map(x->view, WN_net_cost);
    web_put_pence(map, WN_outlay, net.outlay_p);
    web_put_pence(map, WN_recovered_sum, net.recovered_p);
    web_put_pence(map, WN_net, net.net_p);
    web_put_flag(map, WN_below_allowed, net.below == CD_NET_BELOW_ALLOWED);
    web_put_flag(map, WN_below_odd, net.below == CD_NET_BELOW_ODD);
    return NULL;
}

static void slot_trust(web_view_t *card, web_exchange_t *x, const app_claim_view_t *claim,
                       const app_party_t *party)
{
    web_page_text(card, WN_breaches_url, web_url(x, "breach.list", party->org->code, NULL));
    if (party->decision)
        web_page_text(card, WN_decided_url,
                      web_url(x, "decided.show", claim->row.reference, party->org->code,
                              apr_itoa(x->pool, party->decision->seq), NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE) && party->flag && party->flag->flag
        && party->flag->flag->state == CD_FLAG_EVIDENCE_NOT_PROVIDED)
        web_page_text(
            card, WN_share_url,
            web_url(x, "share.new", claim->row.reference, party->org->code, "no-evidence", NULL));
}

const web_claim_slot_t web_recovery_slot = { slot_page, slot_trust, NULL, NULL };

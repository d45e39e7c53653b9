/* claim_put.c: the claim, its money and its trusts as view values.
 *
 * Does not decide who may see what: app/ gives a trust's user a claim that is already cut down. */
#include <apr_strings.h>

#include "base/money.h"
#include "base/text.h"
#include "web/claim_view.h"
#include "web/csv.h"
#include "web/page.h"
#include "web/url.h"

void web_claim_crumbs(web_exchange_t *x, const app_claim_view_t *claim, int with_claim)
{
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    if (with_claim)
        web_crumb(x, claim->row.reference, web_url(x, "claim.show", claim->row.reference, NULL));
}

void web_tag(web_view_t *map, const char *colour, const char *text)
{
    web_page_text(map, WN_tag_text, text);
    web_page_text(map, WN_tag_class, colour);
}

/** What only the scheme's own people see of the facts. */
static void put_handler_facts(web_view_t *map, const cd_claim_facts_t *facts)
{
    web_put_text(map, WN_claimant_name, facts->claimant_name);
    web_put_text(map, WN_solicitors, facts->solicitors);
    web_put_text(map, WN_limitation_note, facts->limitation_note);
    web_put_text(map, WN_scheme_ref, facts->scheme_ref);
    if (facts->early_notification)
        web_put_flag(map, WN_early_notification, facts->early_notification == CD_YES);
    if (facts->litigated)
        web_put_flag(map, WN_litigated, facts->litigated == CD_YES);
}

void web_claim_put(web_view_t *root, const web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *map = web_put_map(root, WN_claim);
    const cd_claim_t *file = claim->claim;
    const cd_claim_facts_t *facts = file ? file->facts : NULL;

    web_put_text(map, WN_reference, claim->row.reference);
    web_page_text(map, WN_url, web_url(x, "claim.show", claim->row.reference, NULL));
    web_put_text(map, WN_title, claim->row.title);
    web_put_text(map, WN_claimant, claim->row.person);
    web_put_flag(map, WN_unreadable, claim->row.unreadable);
    web_put_token(map, WN_scheme, cd_claim_schemes, claim->row.scheme);
    web_page_text(map, WN_scheme_word, cd_token_word(cd_claim_schemes, claim->row.scheme));
    web_put_token(map, WN_status, cd_claim_statuses, claim->row.status);
    if (file && file->status_record)
        web_put_when(map, WN_status_on, file->status_record->happened);
    if (!facts)
        return;
    if (facts->nhs_number) {
        web_put_text(map, WN_nhs_number, facts->nhs_number);
        web_page_text(map, WN_nhs_words, cd_nhs_words(facts->nhs_number, x->pool));
    }
    web_put_when(map, WN_incident_when, facts->incident);
    web_put_when(map, WN_notified, facts->notified);
    if (claim->partial)
        return;
    put_handler_facts(map, facts);
    if (claim->allocation) {
        web_put_text(map, WN_handler, claim->allocation->handler);
        web_put_text(map, WN_handler_name, claim->handler_name);
        web_put_text(map, WN_team, claim->allocation->team);
    }
}

void web_payable_put(web_view_t *root, const app_claim_view_t *claim)
{
    const cd_payable_t *payable = &claim->payable;
    web_view_t *map = web_put_map(root, WN_claimant_payable);

    web_put_flag(map, WN_agreed, payable->agreed);
    web_put_pence(map, WN_total, payable->total_p);
    web_put_pence(map, WN_damages, payable->damages_p);
    web_put_pence(map, WN_claimant_costs, payable->costs_p);
    if (claim->partial)
        return;
    web_put_pence(map, WN_paid, payable->paid_p);
    web_page_flag(map, WN_has_paid, 1);
    web_put_pence(map, WN_left, payable->left_p);
    web_page_flag(map, WN_has_left, payable->left_p > 0);
}

static void put_outlay(web_view_t *root, const app_claim_view_t *claim)
{
    const cd_ledger_t *ledger = &claim->ledger;
    web_view_t *map = web_put_map(root, WN_outlay);

    web_put_pence(map, WN_total, ledger->outlay_p);
    web_put_pence(map, WN_damages, ledger->damages_p);
    web_put_pence(map, WN_claimant_costs, ledger->claimant_costs_p);
    web_put_pence(map, WN_defence_costs, ledger->defence_costs_p);
    web_put_pence(map, WN_cru, ledger->cru_p);
    web_page_flag(map, WN_has_cru, ledger->cru_p != 0);
    web_put_pence(map, WN_ppo_capital, ledger->ppo_capital_p);
    web_page_flag(map, WN_has_ppo, ledger->ppo_capital_p != 0);
    web_put_pence(map, WN_to_claimant, claim->payable.paid_p);
    web_put_pence(map, WN_reserve_rest, claim->reserves.rest_p);
}

static void put_cases(web_view_t *map, const web_exchange_t *x, const app_party_t *party)
{
    web_view_t *list = web_put_list(map, WN_cases);
    const int linked = web_reach(x, CD_RIGHT_CASE_READ) != CD_REACH_NONE;
    int i;

    for (i = 0; i < party->case_count; i++) {
        web_view_t *item = web_add(list);
        web_put_text(item, WN_reference, party->cases[i]);
        if (linked)
            web_page_text(item, WN_url, web_url(x, "case.show", party->cases[i], NULL));
    }
}

/** The first reasons of a card: what decided, then what nearly did; two at most. */
static void put_first_reasons(web_view_t *map, const web_exchange_t *x, const cd_flag_t *flag)
{
    web_view_t *list = web_put_list(map, WN_reasons);
    int i, taken = 0;

    for (i = 0; i < flag->reason_count && taken < 2; i++)
        if (flag->reasons[i].part == CD_DECIDED || flag->reasons[i].part == CD_NEARLY) {
            web_reason_put(web_add(list), x, flag, &flag->reasons[i]);
            taken++;
        }
}

static void put_party_flag(web_view_t *map, const web_exchange_t *x, const char *reference,
                           const app_party_t *party)
{
    const app_flag_t *flag = party->flag;
    web_view_t *inner;

    if (!flag)
        return;
    inner = web_put_map(map, WN_flag);
    web_flag_put(inner, flag, x->ctx->today);
    web_page_text(inner, WN_url, web_url(x, "flag.show", reference, party->org->code,
                                         apr_itoa(x->pool, flag->seq), NULL));
    if (flag->flag)
        put_first_reasons(inner, x, flag->flag);
}

static void put_party(web_view_t *map, web_exchange_t *x, const app_claim_view_t *claim,
                      const app_party_t *party)
{
    const char *reference = claim->row.reference;
    web_view_t *paid;

    web_put_text(map, WN_code, party->org->code);
    web_put_text(map, WN_name, party->org->name);
    web_put_bp(map, WN_share, party->share_bp);
    put_cases(map, x, party);
    paid = web_put_map(map, WN_share_of_paid);
    web_put_pence(paid, WN_damages, party->damages_p);
    web_put_pence(paid, WN_claimant_costs, party->claimant_costs_p);
    web_put_pence(paid, WN_defence_costs, party->defence_costs_p);
    put_party_flag(map, x, reference, party);
    web_page_text(map, WN_edge, party->flag && party->flag->flag
                                    ? web_flag_edge((int)party->flag->flag->state) : "");
    if (party->decision)
        web_decision_put(web_put_map(map, WN_decision), party->decision);
    web_claim_slot_trusts(map, x, claim, party);
}

static void put_trusts(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *list = web_put_list(x->view, WN_trusts);
    apr_int64_t shares_bp = 0;
    int i, decided = 0;

    for (i = 0; i < claim->party_count; i++) {
        put_party(web_add(list), x, claim, &claim->parties[i]);
        shares_bp += claim->parties[i].share_bp;
        decided += claim->parties[i].decision != NULL;
    }
    web_page_flag(x->view, WN_has_trusts, claim->party_count > 0);
    web_put_pence(x->view, WN_indicated, claim->indicated_p);
    if (decided)
        web_put_pence(x->view, WN_decided_total, claim->decided_p);
    web_page_flag(x->view, WN_any_decided, decided > 0);
    if (!claim->partial)
        web_put_bp(x->view, WN_shares_total, shares_bp);
}

/** Every status that stands, in the order of its day. */
static void put_statuses(web_exchange_t *x, const app_claim_view_t *claim)
{
    const cd_claim_t *file = claim->claim;
    web_view_t *list = web_put_list(x->view, WN_statuses);
    int i, count = 0;

    for (i = 0; i < file->count; i++) {
        const cd_record_t *record = &file->records[i];
        const cd_claim_status_t *body = record->body;
        web_view_t *item;

        if (record->kind != CD_REC_CLAIM_STATUS || record->superseded_by)
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_token(item, WN_status, cd_claim_statuses, body->status);
        web_put_when(item, WN_on, record->happened);
        web_put_text(item, WN_note, body->note);
        web_put_text(item, WN_who, record->recorded_by_name);
        if (!claim->partial)
            web_claim_mend_put(item, x, claim, record);
        count++;
    }
    web_page_flag(x->view, WN_has_statuses, count > 0);
}

static const char *agreed_words(apr_int64_t amount_p, apr_pool_t *pool)
{
    return amount_p ? cd_pence_words(amount_p, pool) : "Not agreed yet";
}

/** The facts of the claim as pairs of words; JSON has them under `claim`. */
static void put_told(web_exchange_t *x, const app_claim_view_t *claim,
                     const cd_claim_facts_t *facts)
{
    web_view_t *list = web_page_list(x->view, WN_told);

    if (!claim->partial)
        web_told(list, "Claimant", facts->claimant_name);
    web_told(list, "Indemnity scheme", cd_token_label(cd_claim_schemes, facts->scheme));
    web_told(list, "Notified", cd_when_words(facts->notified, x->pool));
    if (cd_when_known(facts->incident))
        web_told(list, "Events happened", cd_when_words(facts->incident, x->pool));
    web_told(list, "Damages", agreed_words(facts->agreed_damages_p, x->pool));
    web_told(list, "Claimant’s costs", agreed_words(facts->agreed_costs_p, x->pool));
    web_told(list, "Solicitors", facts->solicitors);
    web_told(list, "Limitation", facts->limitation_note);
    web_told(list, "Scheme’s own number", facts->scheme_ref);
    if (facts->early_notification)
        web_told(list, "Early Notification", facts->early_notification == CD_YES ? "Yes" : "No");
    if (facts->litigated)
        web_told(list, "Court proceedings", facts->litigated == CD_YES ? "Issued" : "Not issued");
}

void web_claim_strip(web_exchange_t *x, const app_claim_view_t *claim)
{
    const cd_claim_facts_t *facts = claim->claim ? claim->claim->facts : NULL;
    const cd_record_t *status = claim->claim ? claim->claim->status_record : NULL;
    const char *since = NULL, *quiet, *owner = web_claim_owner(x, claim, &quiet);

    if (status && cd_when_known(status->happened))
        since = apr_psprintf(x->pool, "(%s)", cd_when_words(status->happened, x->pool));
    web_page_text(x->view, WN_strip_label, "Claim identity");
    web_strip(x, "Claim", claim->row.reference, NULL);
    web_strip(x, "Claimant", claim->row.person ? claim->row.person : "Not named", NULL);
    if (facts && facts->nhs_number)
        web_strip_number(x, "NHS number", cd_nhs_words(facts->nhs_number, x->pool));
    web_strip(x, "Scheme", cd_token_word(cd_claim_schemes, claim->row.scheme), NULL);
    web_strip(x, "Status", cd_token_label(cd_claim_statuses, claim->row.status), since);
    if (facts && cd_when_known(facts->incident))
        web_strip(x, "Events happened", cd_when_words(facts->incident, x->pool), NULL);
    if (!claim->partial)
        web_strip(x, "Handler", owner, quiet);
}

static void put_links(web_exchange_t *x, const app_claim_view_t *claim)
{
    const char *reference = claim->row.reference;
    char *facts_seq = NULL;
    int i;

    if (!claim->partial) {
        const char *ledger = web_url(x, "claim.ledger", reference, NULL);
        web_page_text(x->view, WN_ledger_url, ledger);
        web_page_text(x->view, WN_csv_url, web_csv_url(x, ledger));
    }
    if (web_reach(x, CD_RIGHT_RECORD_AUDIT))
        web_page_text(x->view, WN_entries_url, web_url(x, "claim.entries", reference, NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE) == CD_REACH_NONE)
        return;
    web_page_text(x->view, WN_pay_url, web_url(x, "claim.record.new", reference, "payment", NULL));
    web_page_text(x->view, WN_status_url,
                  web_url(x, "claim.record.new", reference, "status", NULL));
    web_page_text(x->view, WN_parties_url,
                  web_url(x, "claim.record.new", reference, "parties", NULL));
    for (i = 0; claim->claim && i < claim->claim->count; i++)
        if (claim->claim->records[i].kind == CD_REC_CLAIM
            && !claim->claim->records[i].superseded_by)
            facts_seq = apr_itoa(x->pool, claim->claim->records[i].seq);
    if (facts_seq)
        web_page_text(x->view, WN_facts_url,
                      web_url_query(x, web_url(x, "claim.record.new", reference, "claim", NULL),
                                    "corrects", facts_seq));
}

void web_claim_facts_put(web_exchange_t *x, const app_claim_view_t *claim)
{
    if (claim->claim)
        put_statuses(x, claim);
    if (claim->claim && claim->claim->facts)
        put_told(x, claim, claim->claim->facts);
}

void web_claim_fill(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_put_text(x->view, WN_reference, claim->row.reference);
    if (!claim->partial)                 /* both rise with what concerns other trusts */
        web_put_int(x->view, WN_version, claim->row.version);
    web_put_flag(x->view, WN_partial, claim->partial);
    web_claim_strip(x, claim);
    web_claim_put(x->view, x, claim);
    web_payable_put(x->view, claim);
    if (!claim->partial)
        put_outlay(x->view, claim);
    put_trusts(x, claim);
    if (claim->scheme) {
        web_view_t *map = web_put_map(x->view, WN_liability_scheme);
        web_put_text(map, WN_code, claim->scheme->code);
        web_put_int(map, WN_version, claim->scheme->version);
        web_put_text(map, WN_title, claim->scheme->title);
    }
    web_claim_facts_put(x, claim);
    web_life_put(x, claim);
    put_links(x, claim);
    if (!claim->partial)
        web_put_int(x->view, WN_entry_count, claim->audit_seq);
}

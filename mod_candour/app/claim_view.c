/* claim_view.c: reading claims: the page of one, lists and searches.
 *
 * A trust's user gets the parts that concern the own trust, and what is left out is left out here:
 * the page, the JSON and the CSV can only show what this gives. */
#include <string.h>

#include <apr_strings.h>

#include "app/round_core.h"
#include "base/text.h"
#include "domain/round.h"
#include "domain/series.h"
#include "store/standing.h"
#include "store/user.h"

#define LIST_ROWS 50

static void list_from_page(app_claim_list_t *out, const store_list_page_t *page, apr_pool_t *pool)
{
    int i;

    out->rows = apr_pcalloc(pool, sizeof(*out->rows) * (apr_size_t)(page->count + 1));
    out->count = page->count;
    out->next = page->next;
    for (i = 0; i < page->count; i++)
        app_claim_row(&out->rows[i], &page->rows[i]);
}

cd_err_t *app_claim_list(app_claim_list_t *out, app_ctx_t *ctx, int status, apr_int64_t before)
{
    store_list_ask_t ask = { STORE_LIST_CLAIMS_NEWEST, 0, status, before, LIST_ROWS };
    store_list_page_t page = { 0 };

    if (status)
        ask.list = STORE_LIST_CLAIMS_STATUS;
    CD_ERR(app_reach(&ask.org_id, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_list(&page, &ask, ctx->conn, ctx->pool));
    list_from_page(out, &page, ctx->pool);
    return NULL;
}

cd_err_t *app_claim_search(app_claim_list_t *out, app_ctx_t *ctx, const char *query)
{
    const char *nhs_number = cd_nhs_read(query, ctx->pool);
    store_list_page_t page = { 0 };
    cd_org_id org_id;

    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_conn(ctx));
    CD_ERR(store_find(&page, CD_FILE_CLAIM, nhs_number ? NULL : query, nhs_number, org_id,
                      ctx->conn, ctx->pool));
    list_from_page(out, &page, ctx->pool);
    return NULL;
}

/* The parties as at the day, with each one's part of what was paid. */
static cd_err_t *parties_fill(app_claim_view_t *view, app_ctx_t *ctx,
                              const app_claim_facts_t *facts)
{
    const cd_parties_t *parties = facts->claim->parties;
    apr_int64_t damages[CD_PARTIES_MAX], costs[CD_PARTIES_MAX], defence[CD_PARTIES_MAX];
    int i;

    view->parties = apr_pcalloc(ctx->pool, sizeof(*view->parties) * CD_PARTIES_MAX);
    if (!parties)
        return NULL;
    CD_ERR(cd_share_split(damages, parties, facts->ledger.damages_p, ctx->pool));
    CD_ERR(cd_share_split(costs, parties, facts->ledger.claimant_costs_p, ctx->pool));
    CD_ERR(cd_share_split(defence, parties, facts->ledger.defence_costs_p, ctx->pool));
    for (i = 0; i < CD_PARTIES_MAX; i++) {
        app_party_t *party = &view->parties[view->party_count];

        if (!parties->party[i].org_code)
            continue;
        CD_ERR(app_org(&party->org, ctx, parties->party[i].org_code));
        party->share_bp = parties->party[i].share_bp;
        party->cases = app_case_refs(&party->case_count, parties->party[i].cases, ctx->pool);
        party->damages_p = damages[i];
        party->claimant_costs_p = costs[i];
        party->defence_costs_p = defence[i];
        view->party_count++;
    }
    return NULL;
}

/* Only the own trust's row; CD_E_NOT_FOUND if it was none of the claim's on that day. */
static cd_err_t *parties_own(app_claim_view_t *view, app_ctx_t *ctx, cd_org_id org_id)
{
    int i;

    for (i = 0; i < view->party_count; i++)
        if (view->parties[i].org->id == org_id)
            break;
    if (i == view->party_count)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "the actor's trust is no party");
    view->parties[0] = view->parties[i];
    view->party_count = 1;
    return NULL;
}

/* The set of parties as the own trust may see it: its own row, its own seq, nobody else's. */
static const cd_parties_t *parties_of_own(const cd_parties_t *all, const char *org_code,
                                          apr_pool_t *pool)
{
    cd_parties_t *own = apr_pcalloc(pool, sizeof(*own));
    int i;

    for (i = 0; i < CD_PARTIES_MAX; i++)
        if (all->party[i].org_code && !strcmp(all->party[i].org_code, org_code))
            own->party[0] = all->party[i];
    return own;
}

/* Free text of the scheme's handlers may name anybody: notes, reasons and limitation stay with the
 * scheme. */
static const void *body_of_own(const cd_record_t *record, const char *org_code, apr_pool_t *pool)
{
    cd_claim_facts_t *facts;
    cd_claim_status_t *status;
    const char *of;

    switch (record->kind) {
    case CD_REC_CLAIM:
        facts = apr_pmemdup(pool, record->body, sizeof(*facts));
        facts->solicitors = facts->limitation_note = facts->scheme_ref = NULL;
        return facts;
    case CD_REC_CLAIM_STATUS:
        status = apr_pmemdup(pool, record->body, sizeof(*status));
        status->note = NULL;
        return status;
    case CD_REC_PARTIES:
        return parties_of_own(record->body, org_code, pool);
    default: /* the own trust's part of a round, whole; of the rest nothing */
        of = cd_record_org(record);
        return of && cd_record_for_trust(record->kind) && !strcmp(of, org_code) ? record->body
                                                                                : NULL;
    }
}

static void claim_of_own(app_claim_view_t *view, const cd_claim_t *all, const char *org_code,
                         apr_pool_t *pool)
{
    cd_claim_t *own = apr_pmemdup(pool, all, sizeof(*own));
    int i, kept = 0;

    own->records = apr_palloc(pool, sizeof(*own->records) * (apr_size_t)(all->count + 1));
    own->facts = NULL;
    own->status_record = NULL;
    own->parties = NULL;
    for (i = 0; i < all->count; i++) {
        cd_record_t *record = &own->records[kept];

        *record = all->records[i];
        record->body = body_of_own(&all->records[i], org_code, pool);
        record->reason = NULL;
        if (!record->body)
            continue;
        kept++;
        if (all->facts == all->records[i].body)
            own->facts = record->body;
        if (all->parties == all->records[i].body)
            own->parties = record->body;
        if (all->status_record && all->status_record->seq == record->seq)
            own->status_record = record;
    }
    own->count = kept;
    view->claim = own;
    view->partial = 1;
    memset(&view->ledger, 0, sizeof(view->ledger));
    memset(&view->reserves, 0, sizeof(view->reserves));
    view->clocks = NULL;
    view->clock_count = 0;
    view->allocation = NULL;
    view->handler_name = NULL;
    view->payable.paid_p = view->payable.left_p = 0;
}

static int known_by(cd_instant_t at, const app_ctx_t *ctx, cd_date_t as_at)
{
    return as_at >= ctx->today || cd_london_date(at) <= as_at;
}

/* The newest flag of the party that was known on the day: the newest of all, unless we look back.
 */
static cd_err_t *flag_of_party(const store_flag_t **out, app_ctx_t *ctx, const store_head_t *head,
                               const app_party_t *party, const store_flag_t *latest, int count,
                               cd_date_t as_at)
{
    store_flag_t *all;
    int i;

    *out = NULL;
    for (i = 0; i < count; i++)
        if (latest[i].org_id == party->org->id)
            *out = &latest[i];
    if (!*out || known_by((*out)->computed_at, ctx, as_at))
        return NULL;
    *out = NULL;
    CD_ERR(store_flags_of_org(&all, &count, head, party->org->id, ctx->conn, ctx->pool));
    for (i = 0; i < count; i++)
        if (known_by(all[i].computed_at, ctx, as_at) && (!*out || all[i].seq > (*out)->seq))
            *out = &all[i];
    return NULL;
}

static const store_standing_t *standing_of(const store_standing_t *all, int count, int seq)
{
    int i;

    for (i = 0; i < count; i++)
        if (all[i].seq == seq)
            return &all[i];
    return NULL;
}

static void standing_put(app_decision_view_t *newest, const store_standing_t *standing, int partial,
                         int today)
{
    if (!standing)
        return;
    newest->standing = partial ? standing->told_standing : standing->standing;
    if (today)
        newest->stands_p = partial ? standing->told_p : standing->amount_p;
}

/* `whole`: all of the claim as at that day; a trust reads of a decision what it was told by then.
 */
static cd_err_t *decisions_fill(app_claim_view_t *view, app_ctx_t *ctx, const store_head_t *head,
                                cd_org_id org_id, cd_date_t as_at, const cd_claim_t *whole)
{
    store_standing_t *standings;
    store_decision_t *all;
    int count, standing_count, i, j;

    CD_ERR(store_decisions(&all, &count, head, org_id, ctx->conn, ctx->pool));
    CD_ERR(store_standings(&standings, &standing_count, head->id, org_id, ctx->conn, ctx->pool));
    for (i = 0; i < view->party_count; i++) {
        const store_standing_t *standing = NULL;
        app_decision_view_t *newest = NULL;

        for (j = 0; j < count; j++) {
            const store_standing_t *one = standing_of(standings, standing_count, all[j].seq);

            if (all[j].org_id != view->parties[i].org->id
                || !known_by(all[j].decided_at, ctx, as_at)
                || (view->partial && !cd_decision_for_trust(whole, all[j].seq)))
                continue;
            newest = app_decision_from(&all[j], ctx->pool);
            standing = one;
        }
        if (!newest)
            continue;
        standing_put(newest, standing, view->partial, as_at >= ctx->today);
        view->parties[i].decision = newest;
        view->decided_p += newest->stands_p;
    }
    return NULL;
}

/* Whoever sees the claim in part is told nothing of how far the scheme's own steps have come. */
static cd_err_t *round_of_party(app_party_t *party, app_ctx_t *ctx, const store_head_t *head,
                                const cd_claim_t *whole, int partial)
{
    app_round_t *round = apr_palloc(ctx->pool, sizeof(*round));

    party->round = round;
    CD_ERR(app_round_reckon(round, ctx, head, whole, party->org, 1, ctx->conn, ctx->pool));
    if (partial)
        round->now = cd_round_now_for_trust(round->now, ctx->pool);
    return NULL;
}

static cd_err_t *flags_fill(app_claim_view_t *view, app_ctx_t *ctx, const store_head_t *head,
                            cd_org_id org_id, cd_date_t as_at, const cd_claim_t *whole)
{
    store_flag_t *latest;
    int flag_count, i;

    CD_ERR(store_flags_latest(&latest, &flag_count, head, org_id, ctx->conn, ctx->pool));
    for (i = 0; i < view->party_count; i++) {
        app_party_t *party = &view->parties[i];
        const store_flag_t *row;
        app_flag_t *flag;

        CD_ERR(flag_of_party(&row, ctx, head, party, latest, flag_count, as_at));
        if (row) {
            CD_ERR(app_flag_from(&flag, ctx, row));
            CD_ERR(app_flag_outdated(&flag->out_of_date, head, row,
                                     as_at == ctx->today ? whole : NULL, ctx->conn, ctx->pool));
            party->flag = flag;
            view->indicated_p += row->indicated_p;
        }
        if (as_at >= ctx->today)
            CD_ERR(round_of_party(party, ctx, head, whole, view->partial));
    }
    return decisions_fill(view, ctx, head, org_id, as_at, whole);
}

/* What the scheme's own people see of a claim besides its records. A partial view drops all of it.
 */
static cd_err_t *whole_fill(app_claim_view_t *view, app_ctx_t *ctx, const cd_claim_t *claim)
{
    const cd_record_t *allocation = cd_series_last(claim->records, claim->count, CD_REC_ALLOCATION);
    store_user_t *user = NULL;

    CD_ERR(cd_reserves(&view->reserves, claim, &view->ledger, ctx->pool));
    view->clocks = cd_claim_clocks(&view->clock_count, claim, ctx->pool);
    view->allocation = allocation ? allocation->body : NULL;
    if (view->allocation && view->allocation->handler)
        CD_ERR(store_user_get(&user, view->allocation->handler, ctx->conn, ctx->pool));
    view->handler_name = user ? user->name : NULL;
    return NULL;
}

cd_err_t *app_claim_view(app_claim_view_t **out, app_ctx_t *ctx, cd_date_t as_at)
{
    app_claim_view_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    app_claim_facts_t facts;
    store_head_t *head;
    cd_org_id org_id;
    cd_err_t *err;

    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_reach(&org_id, ctx, CD_RIGHT_CLAIM_READ));
    if (!as_at)
        as_at = ctx->today;
    CD_ERR(app_claim_read(&facts, ctx, head, as_at));
    app_claim_row(&view->row, head);
    view->claim = facts.claim;
    view->payable = facts.payable;
    view->ledger = facts.ledger;
    view->audit_seq = head->audit_seq;
    CD_ERR(whole_fill(view, ctx, facts.claim));
    CD_ERR(parties_fill(view, ctx, &facts));
    if (org_id) {
        CD_ERR(parties_own(view, ctx, org_id));
        claim_of_own(view, facts.claim, ctx->actor->org_code, ctx->pool);
    }
    CD_ERR(flags_fill(view, ctx, head, org_id, as_at, facts.claim));
    err = app_scheme_active(&view->scheme, ctx);
    if (err && err->code != CD_E_CONFIG)   /* a claim can be read before any scheme was chosen */
        return err;
    *out = view;
    return NULL;
}

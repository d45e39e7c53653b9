/* round_view.c: one trust's round as it stands, for pages and lists. Writes nothing. */
#include <string.h>

#include <apr_strings.h>

#include "app/round_core.h"
#include "audit/standing.h"

/* The first instalment that has not come in full. */
static cd_date_t first_due(const cd_claim_t *claim, int decision_seq)
{
    cd_date_t due = CD_NO_DATE;
    int i, j;

    for (i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];
        const cd_recovery_t *asked = record->body;
        apr_int64_t came_p = 0;

        if (record->kind != CD_REC_RECOVERY || record->superseded_by
            || asked->decision_seq != decision_seq)
            continue;
        for (j = 0; j < claim->count; j++) {
            const cd_receipt_t *receipt = claim->records[j].body;

            if (claim->records[j].kind == CD_REC_RECEIPT && !claim->records[j].superseded_by
                && receipt->recovery_seq == record->seq)
                came_p += receipt->reverses ? -receipt->amount_p : receipt->amount_p;
        }
        if (came_p < asked->amount_p && (!due || asked->due < due))
            due = asked->due;
    }
    return due;
}

/* `made_out`: the day on which the newest decision was made; untouched where there is none. */
static cd_err_t *decision_fill(cd_round_in_t *in, cd_date_t *made_out, const store_head_t *head,
                               const cd_claim_t *claim, const cd_org_t *org, store_conn_t *conn,
                               apr_pool_t *pool)
{
    store_standing_t *rows;
    cd_decided_t *decided;
    int count, i, newest = -1;

    CD_ERR(
        audit_standings(&rows, &decided, &count, head, claim->records, claim->count, conn, pool));
    for (i = 0; i < count; i++)
        if (rows[i].org_id == org->id)
            newest = i;
    if (newest < 0)
        return NULL;
    in->decision_seq = rows[newest].seq;
    in->decision_flag_seq = rows[newest].flag_seq;
    in->stand = cd_decision_stand(decided, count, newest, claim);
    in->asked_p = rows[newest].asked_p;
    in->received_p = rows[newest].received_p;
    in->recovery_due = first_due(claim, in->decision_seq);
    *made_out = cd_london_date(rows[newest].decided_at);
    return NULL;
}

cd_err_t *app_round_reckon(app_round_t *out, app_ctx_t *ctx, const store_head_t *head,
                           const cd_claim_t *claim, const cd_org_t *org, int look_old,
                           store_conn_t *conn, apr_pool_t *pool)
{
    cd_round_in_t *in = &out->in;
    cd_date_t made = ctx->today;
    store_flag_t *flag;
    const char *why;
    int count;

    memset(out, 0, sizeof(*out));
    in->round = cd_round_read(claim, org->code, pool);
    in->as_at = ctx->today;
    CD_ERR(decision_fill(in, &made, head, claim, org, conn, pool));
    if (in->stand.standing != CD_STAND_PROPOSED)
        /* one that waits for its second person goes by its own day */
        made = ctx->today;
    CD_ERR(store_flags_latest(&flag, &count, head, org->id, conn, pool));
    if (count) {
        in->flag_seq = flag->seq;
        in->flag_state = flag->state;
        in->flag_p = flag->indicated_p;
        in->flag_at = flag->computed_at;
        if (look_old) {
            CD_ERR(app_flag_why_old(&why, head, flag, made, conn, pool));
            in->flag_old = why != NULL;
        }
    }
    out->now = cd_round_now(in, pool);
    return NULL;
}

cd_err_t *app_claim_whole(const cd_claim_t **out, app_ctx_t *ctx, const app_claim_view_t *view)
{
    app_claim_facts_t facts;
    store_head_t *head;

    *out = view->claim;
    if (!view->partial)
        return NULL;
    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    CD_ERR(app_claim_read(&facts, ctx, head, ctx->today));
    *out = facts.claim;
    return NULL;
}

/* ---- one page ------------------------------------------------------------ */

/* Kinds of entry that may show what was done. */
static int shows_something(const cd_record_def_t *def)
{
    switch (def->kind) {
    case CD_REC_DOCUMENT:
    case CD_REC_ENQUIRY:
    case CD_REC_OPINION:
    case CD_REC_OPENING:
    case CD_REC_FINDING:
    case CD_REC_JUDGEMENT: case CD_REC_EXEMPTION: case CD_REC_RULE_REASON:
        return 1;
    default:
        return def->act;
    }
}

static cd_err_t *entries_of_case(app_round_view_t *view, app_ctx_t *ctx, const char *reference,
                                 const cd_org_t *org)
{
    cd_record_t *records;
    const cd_case_t *file;
    store_head_t *head;
    int count, i;

    CD_ERR(store_head_get(&head, CD_FILE_CASE, reference, org->id, ctx->conn, ctx->pool));
    if (!head)
        return NULL;
    CD_ERR(store_records(&records, &count, head, ctx->conn, ctx->pool));
    file = cd_case_read(records, count, org, ctx->today, ctx->pool);
    for (i = file->count - 1; i >= 0 && view->entry_count < APP_ROUND_ENTRIES; i--) {
        const cd_record_t *record = &file->records[i];
        const cd_record_def_t *def = cd_record_def(record->kind);
        app_round_entry_t *entry = &view->entries[view->entry_count];

        if (!def || record->superseded_by || !shows_something(def))
            continue;
        entry->reference = reference;
        entry->seq = record->seq;
        entry->title = def->title;
        entry->happened = record->happened;
        entry->recorded_on = cd_london_date(record->recorded_at);
        view->entry_count++;
    }
    return NULL;
}

static void open_rules(app_round_view_t *view, const cd_flag_t *flag)
{
    int i, value;

    for (i = 0; flag && i < flag->reason_count; i++) {
        const cd_reason_t *reason = &flag->reasons[i];

        value =
            reason->result->rule ? cd_token_strict(cd_flag_rules, reason->result->rule->code) : 0;
        if (!value || !reason->material)
            continue;
        if (reason->result->status == CD_ST_UNDETERMINED)
            view->missing_rules |= 1u << value;
        if (reason->result->status == CD_ST_UNDETERMINED || reason->result->status == CD_ST_NOT_MET)
            view->open_rules |= 1u << value;
    }
}

static cd_err_t *days_suggest(app_round_view_t *view, app_ctx_t *ctx)
{
    const app_flag_t *flag = view->party->flag;
    const store_scheme_row_t *row =
        flag ? app_scheme_cached(ctx, flag->scheme_code, flag->scheme_version) : NULL;
    const cd_scheme_t *scheme = row ? row->scheme : NULL;
    const cd_calendar_t *cal;

    CD_ERR(app_calendar(&cal, ctx, cd_org_division(view->party->org)));
    CD_ERR(cd_working_days_add(&view->due_suggested, ctx->today,
                               scheme && scheme->evidence_days_wd ? scheme->evidence_days_wd : 20,
                               cal, ctx->pool));
    view->scheme = scheme;
    return cd_working_days_add(&view->answer_by_suggested, ctx->today,
                               scheme && scheme->answer_days_wd ? scheme->answer_days_wd : 10, cal,
                               ctx->pool);
}

static cd_err_t *decisions_fill(app_round_view_t *view, app_ctx_t *ctx, const store_head_t *head,
                                const cd_claim_t *claim)
{
    store_decision_t *rows;
    app_decision_view_t **list;
    int count, i;

    CD_ERR(store_decisions(&rows, &count, head, view->party->org->id, ctx->conn, ctx->pool));
    list = apr_pcalloc(ctx->pool, sizeof(*list) * (apr_size_t)(count + 1));
    for (i = 0; i < count; i++) {
        app_decision_view_t *one = app_decision_from(&rows[i], ctx->pool);

        if (view->claim->partial && !cd_decision_for_trust(claim, one->seq))
            continue;
        list[view->decision_count++] = one;
        if (one->seq == view->round.in.decision_seq) {
            one->standing = (int)view->round.in.stand.standing;
            one->stands_p = view->round.in.stand.amount_p;
            view->decision = one;
        }
    }
    view->decisions = (const app_decision_view_t *const *)list;
    return NULL;
}

static const app_party_t *party_of(const app_claim_view_t *claim, const char *org_code)
{
    int i;

    for (i = 0; i < claim->party_count; i++)
        if (!strcmp(claim->parties[i].org->code, org_code))
            return &claim->parties[i];
    return NULL;
}

cd_err_t *app_round_view(app_round_view_t **out, app_ctx_t *ctx, const char *org_code)
{
    app_round_view_t *view = apr_pcalloc(ctx->pool, sizeof(*view));
    const cd_claim_t *claim;
    store_head_t *head;
    int i;

    CD_ERR(app_claim_view(&view->claim, ctx, CD_NO_DATE));
    CD_ERR(app_file(&head, ctx, CD_RIGHT_CLAIM_READ));
    view->party = party_of(view->claim, org_code);
    if (!view->party)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no party within reach");
    CD_ERR(app_claim_whole(&claim, ctx, view->claim));
    view->round = *view->party->round;
    CD_ERR(decisions_fill(view, ctx, head, claim));
    open_rules(view, view->party->flag ? view->party->flag->flag : NULL);
    CD_ERR(days_suggest(view, ctx));
    CD_ERR(app_did(&view->did, ctx, head, claim, view->party->org));
    view->entries = apr_pcalloc(ctx->pool, sizeof(*view->entries) * APP_ROUND_ENTRIES);
    if (app_may(ctx, CD_RIGHT_CASE_READ) != CD_REACH_NONE)
        for (i = 0; i < view->party->case_count; i++)
            CD_ERR(entries_of_case(view, ctx, view->party->cases[i], view->party->org));
    *out = view;
    return NULL;
}

const char *app_round_why_not(const app_round_view_t *view, app_ctx_t *ctx, cd_deed_t deed)
{
    if (app_may(ctx, cd_deed_right(deed)) == CD_REACH_NONE)
        return cd_deed_only(deed);
    return cd_conflict(deed, view->did);
}

/* claim_life.c: the life of a claim on its page: clocks, steps, inquests, reserves, and whose work
 * it is. */
#include <string.h>

#include <apr_strings.h>

#include "domain/claim_status.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/url.h"

/* ---- clocks ---- */

static const char *result_colour(int result)
{
    switch (result) {
    case CD_CLOCK_OPEN: return "nhsuk-tag--blue";
    case CD_CLOCK_IN_TIME: return "nhsuk-tag--green";
    case CD_CLOCK_LATE: return "nhsuk-tag--red";
    case CD_CLOCK_UNSURE: return "nhsuk-tag--yellow";
    default: return "nhsuk-tag--grey";
    }
}

/* What stands beside the tag: the day it was done, or the days. */
static const char *result_rest(const cd_clock_t *clock, apr_pool_t *pool)
{
    const char *word = cd_token_label(cd_clock_results, clock->result);

    if (clock->result == CD_CLOCK_IN_TIME)
        return cd_when_words(clock->done, pool);
    if (clock->result != CD_CLOCK_OPEN && clock->result != CD_CLOCK_LATE)
        return NULL;
    return clock->words + strlen(word) + strspn(clock->words + strlen(word), ", ");
}

void web_clock_put(web_view_t *list, web_exchange_t *x, const cd_clock_t *clock)
{
    web_view_t *item = web_add(list);

    web_put_text(item, WN_clock, clock->title);
    web_put_when(item, WN_due_on, clock->due);
    web_put_text(item, WN_counted, clock->counted);
    web_put_text(item, WN_source, clock->source);
    web_page_text(item, WN_source_word, clock->source_word);
    web_put_when(item, WN_done_on, clock->done);
    web_put_token(item, WN_result, cd_clock_results, clock->result);
    web_put_text(item, WN_result_words, clock->words);
    web_page_text(item, WN_result_rest, result_rest(clock, x->pool));
    web_tag(item, result_colour(clock->result), cd_token_label(cd_clock_results, clock->result));
    web_page_flag(x->view, WN_has_clocks, 1);
}

/* ---- correcting and taking back ---- */

void web_claim_mend_put(web_view_t *item, const web_exchange_t *x, const app_claim_view_t *claim,
                        const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const char *seq = apr_itoa(x->pool, record->seq), *reference = claim->row.reference;
    const int old = claim->claim && claim->claim->later;

    if (record->superseded_by || old || web_reach(x, def->right) == CD_REACH_NONE)
        return;
    web_page_text(item, WN_correct_url,
                  web_url_query(x, web_url(x, "claim.record.new", reference, def->word, NULL),
                                "corrects", seq));
    if (!cd_take_back_why_not(record->kind))
        web_page_text(item, WN_take_back_url,
                      web_url_query(x,
                                    web_url(x, "claim.record.new", reference, "taken-back", NULL),
                                    "corrects", seq));
}

/* ---- steps and inquests ---- */

static void put_steps(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *list = web_put_list(x->view, WN_claim_steps);
    int i, count = 0;

    for (i = 0; i < claim->claim->count; i++) {
        const cd_record_t *record = &claim->claim->records[i];
        const cd_claim_event_t *body = record->body;
        web_view_t *item;

        if (record->kind != CD_REC_CLAIM_EVENT || record->superseded_by)
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_token(item, WN_kind, cd_claim_events, body->type);
        web_put_when(item, WN_on, record->happened);
        web_put_text(item, WN_note, body->note);
        web_put_text(item, WN_who, record->recorded_by_name);
        web_claim_mend_put(item, x, claim, record);
        count++;
    }
    web_page_flag(x->view, WN_has_claim_steps, count > 0);
}

static void put_inquests(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *list = web_put_list(x->view, WN_inquests);
    int i, count = 0;

    for (i = 0; i < claim->claim->count; i++) {
        const cd_record_t *record = &claim->claim->records[i];
        const cd_inquest_t *body = record->body;
        web_view_t *item;

        if (record->kind != CD_REC_INQUEST || record->superseded_by)
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_when(item, WN_opened, body->opened);
        web_put_date(item, WN_held, body->held);
        web_put_text(item, WN_conclusion, body->conclusion);
        if (body->report_disclosed)
            web_put_text(item, WN_report_given, body->report_disclosed == CD_YES ? "Yes" : "No");
        web_put_date(item, WN_pfd_on, body->pfd_on);
        web_put_date(item, WN_pfd_due, body->pfd_due);
        web_put_date(item, WN_pfd_answered, body->pfd_answered);
        web_claim_mend_put(item, x, claim, record);
        count++;
    }
    web_page_flag(x->view, WN_has_inquests, count > 0);
}

/* ---- reserves ---- */

static void put_head(web_view_t *item, const web_exchange_t *x, const app_claim_view_t *claim,
                     const cd_reserve_head_t *head)
{
    web_put_token(item, WN_head, cd_reserve_heads, head->head);
    web_put_pence(item, WN_amount, head->amount_p);
    if (head->probability_bp)
        web_put_bp(item, WN_probability, head->probability_bp);
    web_put_pence(item, WN_weighted, head->weighted_p);
    web_put_pence(item, WN_paid, head->paid_p);
    web_put_pence(item, WN_reserve_rest, head->rest_p);
    web_put_when(item, WN_on, head->record->happened);
    web_put_text(item, WN_note, ((const cd_reserve_t *)head->record->body)->note);
    web_claim_mend_put(item, x, claim, head->record);
}

/* Every reserve that was set, the newest first: those that no longer hold, too. */
static void put_reserve_history(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *list = web_put_list(x->view, WN_reserve_history);
    int i, count = 0;

    for (i = claim->claim->count - 1; i >= 0; i--) {
        const cd_record_t *record = &claim->claim->records[i];
        const cd_reserve_t *body = record->body;
        web_view_t *item;

        if (record->kind != CD_REC_RESERVE)
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_token(item, WN_head, cd_reserve_heads, body->head);
        web_put_pence(item, WN_amount, body->amount_p);
        if (body->probability_bp)
            web_put_bp(item, WN_probability, body->probability_bp);
        web_put_when(item, WN_on, record->happened);
        web_put_text(item, WN_who, record->recorded_by_name);
        web_page_flag(item, WN_is_old, record->superseded_by != 0);
        count++;
    }
    web_page_flag(x->view, WN_has_reserve_history, count > 1);
}

void web_reserves_put(web_exchange_t *x, const app_claim_view_t *claim)
{
    const cd_reserves_t *reserves = &claim->reserves;
    web_view_t *map, *list;
    int i;

    if (claim->partial || !claim->claim)
        return;
    map = web_put_map(x->view, WN_reserve_totals);
    list = web_put_list(x->view, WN_reserves);
    for (i = 0; i < CD_RESERVE_HEADS; i++)
        if (reserves->head[i].record)
            put_head(web_add(list), x, claim, &reserves->head[i]);
    web_put_pence(map, WN_total, reserves->total_p);
    web_put_pence(map, WN_weighted, reserves->weighted_p);
    web_put_pence(map, WN_reserve_rest, reserves->rest_p);
    web_page_flag(x->view, WN_has_reserves, reserves->any);
    put_reserve_history(x, claim);
}

/* ---- whose work ---- */

const char *web_claim_owner(const web_exchange_t *x, const app_claim_view_t *claim,
                            const char **quiet_out)
{
    const cd_allocation_t *given = claim->allocation;
    const char *own = x->ctx->actor->subject;

    *quiet_out = NULL;
    if (!given)
        return "Nobody yet";
    if (given->handler && own && !strcmp(given->handler, own))
        *quiet_out = "(you)";
    else if (given->handler && given->team)
        *quiet_out = apr_psprintf(x->pool, "(%s)", given->team);
    if (!given->handler)
        return given->team;
    return claim->handler_name ? claim->handler_name : given->handler;
}

/* ---- the whole ---- */

static void put_life_links(web_exchange_t *x, const app_claim_view_t *claim)
{
    static const struct { web_name_t name; const char *word; } links[] = {
        { WN_event_url, "event" }, { WN_reserve_url, "reserve" }, { WN_allocation_url,
          "allocation" },
        { WN_inquest_url, "inquest" }
    };
    unsigned i;

    for (i = 0; i < sizeof(links) / sizeof(links[0]); i++)
        if (web_reach(x, CD_RIGHT_CLAIM_WRITE) != CD_REACH_NONE)
            web_page_text(
                x->view, links[i].name,
                web_url(x, "claim.record.new", claim->row.reference, links[i].word, NULL));
}

void web_life_put(web_exchange_t *x, const app_claim_view_t *claim)
{
    web_view_t *clocks = web_put_list(x->view, WN_clocks);
    int i;

    web_claim_slot_clocks(clocks, x, claim);
    if (claim->partial || !claim->claim)
        return;
    for (i = 0; i < claim->clock_count; i++)
        web_clock_put(clocks, x, &claim->clocks[i]);
    put_steps(x, claim);
    put_inquests(x, claim);
    web_reserves_put(x, claim);
    put_life_links(x, claim);
}

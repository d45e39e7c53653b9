/* decided.c: the page of a decision: what was decided, why, by whom, how it stands, and what can be
 * done about it.
 *
 * The same page for the scheme's people and for the trust; app/ has cut it down for the trust. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "web/decided_view.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

/* The router lets through 1 to 9 digits. */
static int seq_of(const char *text)
{
    int number = 0;

    for (; text && *text; text++)
        number = number * 10 + (*text - '0');
    return number;
}

cd_err_t *web_decided_find(app_decided_t **out, web_exchange_t *x)
{
    int seq = seq_of(x->param[2]);       /* no number: the newest that this person may see */

    if (!x->param[2])
        CD_ERR(app_decided_newest(&seq, x->ctx, x->param[1]));
    return app_decided(out, x->ctx, x->param[1], seq);
}

const char *web_decided_url(const web_exchange_t *x, const app_decided_t *view, const char *route)
{
    return web_url(x, route, view->claim->row.reference, view->org->code,
                   apr_itoa(x->pool, view->decision->seq), NULL);
}

const char *web_decided_entry_url(const web_exchange_t *x, const app_decided_t *view,
                                  const char *route, int seq)
{
    return web_url(x, route, view->claim->row.reference, view->org->code,
                   apr_itoa(x->pool, view->decision->seq), apr_itoa(x->pool, seq), NULL);
}

const char *web_standing_colour(int standing)
{
    switch (standing) {
    case CD_STAND_STANDS: return "nhsuk-tag--green";
    case CD_STAND_PROPOSED: return "nhsuk-tag--yellow";
    case CD_STAND_VARIED: return "nhsuk-tag--blue";
    default: return "nhsuk-tag--grey";
    }
}

void web_decided_frame(web_exchange_t *x, const app_decided_t *view, int with_self)
{
    web_claim_crumbs(x, view->claim, 1);
    if (with_self)
        web_crumb(x, apr_psprintf(x->pool, "Decision %d", view->decision->seq),
                  web_decided_url(x, view, "decided.show"));
    web_put_text(x->view, WN_strip_label, "Decision");
    web_page_flag(x->view, WN_has_strip, 1);
    web_strip(x, "Claim", view->claim->row.reference, view->claim->row.title);
    web_strip(x, "Trust", view->org->name, view->org->code);
    web_strip(x, "Decided", cd_pence_words(view->decision->amount_p, x->pool),
              cd_token_label(cd_standings, (int)view->stand.standing));
    web_strip(x, "As it stands", cd_pence_words(view->recovered->stands_p, x->pool), NULL);
}

/* ---- what was decided ---------------------------------------------------- */

/* The set's labels, one a line. */
static const char *set_words(const cd_token_t *list, apr_uint32_t set, apr_pool_t *pool)
{
    const char *words = NULL;

    for (; list->word; list++)
        if (set & (1u << list->value))
            words = words ? apr_pstrcat(pool, words, "\n", list->label, NULL) : list->label;
    return words;
}

static void quoted(web_view_t *list, const char *label, const char *quote)
{
    web_view_t *item;

    if (!quote)
        return;
    item = web_add(list);
    web_page_text(item, WN_label, label);
    web_page_text(item, WN_quote, quote);
}

static const char *by_on(const char *who, cd_instant_t at, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s, %s", who, cd_date_words(cd_london_date(at), pool));
}

static void put_decision(web_view_t *list, const web_exchange_t *x, const app_decided_t *view)
{
    const app_decision_view_t *decision = view->decision;

    web_told(list, "Decision",
             apr_psprintf(x->pool, "%s: %s",
                          cd_token_label(cd_decision_outcomes, decision->outcome),
                          cd_pence_words(decision->amount_p, x->pool)));
    if (view->flag)
        web_told(list, "The most that could be asked",
                 cd_pence_words(view->flag->flag->indicated_p, x->pool));
    quoted(list, "Reasons", decision->reasons);
    web_told(list, "Facts and evidence", decision->evidence_seen);
    web_told(list, "Decided by", by_on(decision->decided_by, decision->decided_at, x->pool));
    if (view->stand.confirmation)
        web_told(list, "Second person", by_on(view->stand.confirmation->recorded_by_name,
                                              view->stand.confirmation->recorded_at, x->pool));
    if (view->flag)
        web_told(list, "Under", apr_psprintf(x->pool, "%s, version %d", view->flag->scheme_title,
                                             view->flag->scheme_version));
    if (view->scheme)
        web_told(list, "Authority", view->scheme->authority);
    if (view->flag) {
        web_view_t *item = web_add(list);
        web_page_text(item, WN_label, "How the sum was worked out");
        web_page_text(item, WN_link_url,
                      web_url(x, "flag.show", view->claim->row.reference, view->org->code,
                              apr_itoa(x->pool, view->flag->seq), NULL));
        web_page_text(item, WN_link_text, "Read the flag, its reasons and its working");
    }
}

static void put_review(web_view_t *list, const web_exchange_t *x, const app_decided_t *view)
{
    const cd_stand_t *stand = &view->stand;

    if (stand->told) {
        const cd_told_t *told = stand->told->body;
        web_told(list, "Trust told",
                 apr_psprintf(x->pool, "%s, %s", cd_when_words(told->on, x->pool),
                              cd_token_label(cd_modes, told->mode)));
        web_told(list, "Fingerprint of the report", told->report_sha);
    }
    if (view->review_by)
        web_told(list, "Last day to ask for a review", cd_date_words(view->review_by, x->pool));
    if (stand->review_asked) {
        const cd_review_asked_t *asked = stand->review_asked->body;
        web_told(list, view->review_late ? "Review asked for, late" : "Review asked for",
                 by_on(stand->review_asked->recorded_by_name, stand->review_asked->recorded_at,
                       x->pool));
        web_told(list, "Grounds", set_words(cd_review_grounds, asked->grounds, x->pool));
        quoted(list, "The trust says", asked->text);
    }
    if (stand->review) {
        const cd_review_t *review = stand->review->body;
        web_told(list, "Review",
                 apr_psprintf(
                     x->pool, "%s%s%s", cd_token_label(cd_review_outcomes, review->outcome),
                     review->outcome == CD_REVIEW_VARIED ? ": " : "",
                     review->outcome == CD_REVIEW_VARIED ? cd_pence_words(review->amount_p, x->pool)
                                                         : ""));
        quoted(list, "Reasons of the review", review->reasons);
        web_told(list, "Reviewed by",
                 by_on(stand->review->recorded_by_name, stand->review->recorded_at, x->pool));
    }
}

/* ---- what can be done ---------------------------------------------------- */

static const struct { app_step_t step; const char *route, *label; } steps[] = {
    { APP_STEP_ASK_REVIEW, "review-asked.new", "Ask for a review" },
    { APP_STEP_TELL, "told.new", "Tell the trust" },
    { APP_STEP_REVIEW, "review.new", "Review the decision" },
    { APP_STEP_RECOVER, "recover.new", "Ask the trust for the sum" },
    { APP_STEP_REPAY, "repay.new", "Record money paid back" },
    { APP_STEP_LOOK, "look.new", "Say that you have looked at it" }
};

static void put_steps(web_exchange_t *x, const app_decided_t *view)
{
    web_view_t *now = web_page_list(x->view, WN_steps_now),
               *not_now = web_page_list(x->view, WN_steps_not);
    int can = 0, cannot = 0;
    unsigned i;

    for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const char *why = view->why_not[steps[i].step];
        web_view_t *item;

        if (view->forbidden[steps[i].step]
            || (why && (steps[i].step == APP_STEP_LOOK || steps[i].step == APP_STEP_REPAY)))
            continue;
        item = web_add(why ? not_now : now);
        web_page_text(item, WN_label, steps[i].label);
        if (why)
            web_page_text(item, WN_why, why);
        else {
            web_page_text(item, WN_url, web_decided_url(x, view, steps[i].route));
            web_page_flag(item, WN_secondary, can > 0);
        }
        can += !why;
        cannot += why != NULL;
    }
    web_page_flag(x->view, WN_has_steps_now, can > 0);
    web_page_flag(x->view, WN_has_steps_not, cannot > 0);
}

/* ---- what was asked for, and what came ----------------------------------- */

static void put_asked(web_view_t *item, web_exchange_t *x, const app_decided_t *view,
                      const cd_asked_t *asked)
{
    const cd_recovery_t *body = asked->record->body;

    web_put_int(item, WN_seq, asked->record->seq);
    web_put_token(item, WN_method, cd_recovery_methods, body->method);
    web_put_text(item, WN_invoice, body->invoice);
    web_put_int(item, WN_instalment, body->instalment);
    web_put_int(item, WN_instalments, body->instalments);
    web_put_date(item, WN_due_on_day, body->due);
    if (body->year)
        web_put_int(item, WN_contribution_year, body->year);
    web_put_pence(item, WN_amount, asked->amount_p);
    web_put_pence(item, WN_asked_now, asked->holds_p);
    web_put_pence(item, WN_received, asked->received_p);
    web_put_pence(item, WN_still_left, asked->left_p);
    web_put_flag(item, WN_is_overdue, asked->overdue);
    web_page_flag(item, WN_is_lowered, asked->holds_p != asked->amount_p);
    if (asked->left_p && !view->why_not[APP_STEP_RECEIVE])
        web_page_text(item, WN_receipt_url,
                      web_decided_entry_url(x, view, "receipt.new", asked->record->seq));
    if (!asked->received_p && !view->why_not[APP_STEP_TAKE_BACK])
        web_page_text(item, WN_back_entry_url,
                      web_decided_entry_url(x, view, "recovery.back.new", asked->record->seq));
}

static void put_receipts(web_exchange_t *x, const app_decided_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_receipts);
    int i, j, count = 0;

    for (i = 0; i < view->records->count; i++) {
        const cd_record_t *record = &view->records->records[i];
        const cd_receipt_t *body = record->body;
        web_view_t *item;
        int ours = 0;

        if (record->kind != CD_REC_RECEIPT || record->superseded_by)
            continue;
        for (j = 0; j < view->recovered->count; j++)
            ours |= view->recovered->asked[j].record->seq == body->recovery_seq;
        if (!ours)
            continue;
        count++;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_when(item, WN_on, body->on);
        web_put_token(item, WN_way, cd_money_ways, body->way ? body->way : CD_MONEY_FROM_TRUST);
        web_put_pence(item, WN_amount, body->amount_p);
        if (!view->claim->partial)
            web_put_text(item, WN_note, body->note);
        if (body->reverses)
            web_put_int(item, WN_reverses, body->reverses);
        else if (!cd_receipt_reversal(view->records, record->seq)
                 && !view->why_not[APP_STEP_TAKE_BACK])
            web_page_text(item, WN_back_entry_url,
                          web_decided_entry_url(x, view, "recovery.back.new", record->seq));
    }
    web_page_flag(x->view, WN_has_receipts, count > 0);
}

static void put_recovered(web_exchange_t *x, const app_decided_t *view)
{
    const cd_recovered_t *all = view->recovered;
    web_view_t *list = web_put_list(x->view, WN_recoveries),
               *sums = web_put_map(x->view, WN_recovery_sums);
    int i;

    for (i = 0; i < all->count; i++)
        put_asked(web_add(list), x, view, &all->asked[i]);
    web_page_flag(x->view, WN_has_recoveries, all->count > 0);
    web_put_pence(sums, WN_asked_now, all->asked_p);
    web_put_pence(sums, WN_received, all->received_p);
    web_put_pence(sums, WN_repaid, all->repaid_p);
    web_put_pence(sums, WN_still_left, all->left_p);
    web_put_pence(sums, WN_overdue_sum, all->overdue_p);
    web_put_pence(sums, WN_to_ask, all->to_ask_p);
    web_put_pence(sums, WN_to_repay, all->to_repay_p);
    web_page_flag(sums, WN_has_to_repay, all->to_repay_p > 0);
    web_page_flag(sums, WN_has_overdue, all->overdue_p > 0);
    put_receipts(x, view);
}

/* ---- decisions that had counted it --------------------------------------- */

static void put_look(web_view_t *item, const web_exchange_t *x, const app_decided_t *view,
                     const app_look_t *look)
{
    web_put_text(item, WN_reference, look->reference);
    web_put_int(item, WN_seq, look->seq);
    web_put_instant(item, WN_decided_at, look->decided_at);
    web_put_int(item, WN_n_then, look->n_then);
    web_put_int(item, WN_n_now, look->n_now);
    web_put_pence(item, WN_most_then, look->most_then_p);
    if (look->known)
        web_put_pence(item, WN_most_now, look->most_now_p);
    web_put_flag(item, WN_is_looked, look->looked_seq != 0);
    web_put_text(item, WN_cause,
                 apr_psprintf(x->pool, "%s, decision %d", look->cause, look->cause_seq));
    web_page_text(item, WN_url, web_url(x, "decided.show", look->reference, view->org->code,
                                        apr_itoa(x->pool, look->seq), NULL));
    web_page_text(item, WN_cause_url, web_url(x, "decided.show", look->cause, view->org->code,
                                              apr_itoa(x->pool, look->cause_seq), NULL));
}

static void put_looks(web_exchange_t *x, const app_decided_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_counted_by);
    int i;

    for (i = 0; i < view->counted_count; i++)
        put_look(web_add(list), x, view, &view->counted_by[i]);
    web_page_flag(x->view, WN_has_counted_by, view->counted_count > 0);
    list = web_put_list(x->view, WN_looks);
    for (i = 0; i < view->look_count; i++)
        put_look(web_add(list), x, view, &view->looks[i]);
    web_page_flag(x->view, WN_has_looks, view->look_count > 0);
}

/* The first words of the page: how it stands, for who reads it. */
static const char *heading_of(const web_exchange_t *x, const app_decided_t *view)
{
    const char *who = view->claim->partial ? "Your trust" : view->org->name;

    switch (view->stand.standing) {
    case CD_STAND_QUASHED:
        return apr_psprintf(x->pool, "The decision fell away on review: %s pays nothing", who);
    case CD_STAND_RETURNED: return "The decision was sent back";
    case CD_STAND_REPLACED: return "A later decision stands in the place of this one";
    default: break;
    }
    if (!view->recovered->stands_p && view->stand.standing != CD_STAND_PROPOSED)
        return apr_psprintf(x->pool, "%s is asked to pay nothing", who);
    return apr_psprintf(x->pool,
                        view->stand.standing == CD_STAND_PROPOSED ? "Proposed: %s pays %s"
                                                                  : "%s is asked to pay %s",
                        who,
                        cd_pence_words(view->stand.standing == CD_STAND_PROPOSED
                                           ? view->decision->amount_p
                                           : view->recovered->stands_p,
                                       x->pool));
}

cd_err_t *web_decided_show(web_exchange_t *x)
{
    app_decided_t *view;
    web_view_t *list, *map;

    CD_ERR(web_decided_find(&view, x));
    web_decided_frame(x, view, 0);
    web_page_title(x,
                   apr_psprintf(x->pool, "Decision %d on %s, %s", view->decision->seq,
                                view->org->code, view->claim->row.reference),
                   heading_of(x, view));
    map = web_put_map(x->view, WN_decision);
    web_put_int(map, WN_seq, view->decision->seq);
    web_put_token(map, WN_outcome, cd_decision_outcomes, view->decision->outcome);
    web_put_pence(map, WN_amount, view->decision->amount_p);
    web_put_token(map, WN_standing, cd_standings, (int)view->stand.standing);
    web_put_pence(map, WN_stands_at, view->recovered->stands_p);
    if (!view->claim->partial)
        web_put_int(x->view, WN_version, view->claim->row.version);
    web_tag(x->view, web_standing_colour((int)view->stand.standing),
            cd_token_label(cd_standings, (int)view->stand.standing));
    list = web_page_list(x->view, WN_told);
    put_decision(list, x, view);
    put_review(list, x, view);
    put_steps(x, view);
    put_recovered(x, view);
    web_page_flag(x->view, WN_partial, view->claim->partial);
    if (!view->claim->partial)
        put_looks(x, view);
    web_tool(x, "Decision report", web_decided_url(x, view, "report.show"));
    web_page_text(x->view, WN_replay_url,
                  web_url(x, "flag.replay", view->claim->row.reference, view->org->code,
                          apr_itoa(x->pool, view->flag->seq), NULL));
    web_page_text(x->view, WN_breaches_url, web_url(x, "breach.list", view->org->code, NULL));
    if (web_reach(x, CD_RIGHT_CLAIM_WRITE))
        web_page_text(
            x->view, WN_share_url,
            web_url(x, "share.new", view->claim->row.reference, view->org->code, "decision", NULL));
    return NULL;
}

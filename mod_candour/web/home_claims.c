/* home_claims.c: what waits in claims, on the first page: one short list for each side that the
 * person stands on.
 *
 * Each list is the work list with one filter and its first rows, in one round trip; the link to all
 * of it is that filter. */
#include <apr_strings.h>

#include "domain/turn.h"
#include "web/claim_work_view.h"
#include "web/home_view.h"
#include "web/page.h"
#include "web/round_view.h"
#include "web/url.h"

#define LIST_SHOWN 6

/* What a side is told of its list. */
static const struct side_t {
    cd_side_t side;
    cd_right_t right;
    int whose;
    /* one; before and after a count; none; and what is here then */
    const char *one, *before, *after, *none, *empty;
} sides[] = {
    { CD_SIDE_TRUST, CD_RIGHT_CLAIM_ANSWER, 0,
      "The scheme asks one thing of your trust", "The scheme asks ", " things of your trust",
      "The scheme asks nothing of your trust now",
      "A question, an indication, a decision or a sum is here while it is your trust’s turn." },
    { CD_SIDE_HANDLER, CD_RIGHT_CLAIM_WRITE, APP_CLAIM_MINE,
      "One of your claims waits for you", "", " of your claims wait for you",
      "None of your claims waits for you",
      "A claim that was given to you is here when it is your turn in it." },
    { CD_SIDE_DECIDER, CD_RIGHT_DECISION_WRITE, 0,
      "One claim waits for a decision", "", " claims wait for a decision",
      "No claim waits for a decision",
      "A claim is here once a handler sends its flag for decision." },
    { CD_SIDE_SECOND, CD_RIGHT_DECISION_WRITE, 0,
      "One decision waits for a second person", "", " decisions wait for a second person",
      "No decision waits for a second person",
      "A decision over the sum that its scheme sets is here until somebody who did not make it "
      "confirms it." },
    { CD_SIDE_REVIEWER, CD_RIGHT_REVIEW_WRITE, 0,
      "One review is asked for", "", " reviews are asked for", "No review is asked for",
      "A decision is here once its trust asks for a review." }
};
#define SIDES ((int)(sizeof(sides) / sizeof(sides[0])))

static const char *round_url(const web_exchange_t *x, const app_claim_work_row_t *row,
                             const char *route, const char *group)
{
    return web_url(x, route, row->row.reference, row->org_code, group, NULL);
}

/* To the page where it is done, as far as the row knows it. */
static const char *step_url(const web_exchange_t *x, const app_claim_work_row_t *row,
                            cd_side_t side)
{
    switch (side) {
    case CD_SIDE_TRUST:
        if (row->stage == CD_STAGE_EVIDENCE_ASKED)
            return round_url(x, row, "round.new", "answer");
        if (row->stage == CD_STAGE_TOLD_INDICATION)
            return round_url(x, row, "round.new", "representation");
        return round_url(x, row, "decided.newest", NULL);
    case CD_SIDE_DECIDER:
        return round_url(x, row, "decision.new", apr_itoa(x->pool, row->flag_seq));
    case CD_SIDE_REVIEWER:
        return round_url(x, row, "decided.newest", NULL);
    default:
        return round_url(x, row, "round.show", NULL);
    }
}

static const char *sum_words(const app_claim_work_row_t *row, apr_pool_t *pool)
{
    const apr_int64_t left_p = row->asked_p - row->received_p;

    if (row->stage == CD_STAGE_RECOVERING && row->asked_p > 0)
        return apr_psprintf(pool, "%s of %s still to come", cd_pence_words(left_p, pool),
                            cd_pence_words(row->asked_p, pool));
    if (row->decided_p > 0)
        return apr_psprintf(pool, "%s was decided", cd_pence_words(row->decided_p, pool));
    if (row->stage > CD_STAGE_ANSWERED && row->indicated_p > 0)
        return apr_psprintf(pool, "At most %s is indicated",
                            cd_pence_words(row->indicated_p, pool));
    return NULL;
}

/* What kind of day it is: what was asked for by a day, or the end of a time that somebody has. */
static const char *day_kind(int stage)
{
    switch (stage) {
    case CD_STAGE_EVIDENCE_ASKED: return "Request";
    case CD_STAGE_TOLD_INDICATION: return "To reply";
    case CD_STAGE_TRUST_TOLD: return "For a review";
    case CD_STAGE_RECOVERING: return "Payment";
    default: return NULL;
    }
}

static void row_put(web_exchange_t *x, web_view_t *item, const app_claim_work_row_t *row,
                    cd_side_t side)
{
    web_put_text(item, WN_next_step, cd_turn_words(row->stage, side, row->out_of_date));
    web_put_text(item, WN_reference, row->row.reference);
    web_put_text(item, WN_title, row->row.unreadable ? "Can no longer be read" : row->row.title);
    web_put_text(item, WN_org_code, row->org_code);
    web_put_text(item, WN_org_name, row->org_name);
    web_put_token(item, WN_stage, cd_stages, row->stage);
    web_put_date(item, WN_due_on, row->due_on);
    web_put_flag(item, WN_is_late, row->is_late);
    web_page_text(item, WN_due_label, day_kind(row->stage));
    web_page_text(item, WN_sum_words, sum_words(row, x->pool));
    web_page_text(item, WN_url, step_url(x, row, side));
    web_page_text(item, WN_claim_url, web_url(x, "claim.show", row->row.reference, NULL));
}

static const char *all_url(const web_exchange_t *x, const app_claim_filter_t *filter)
{
    return apr_pstrcat(x->pool, web_url(x, "claim.work", NULL), "?",
                       web_claim_work_query(filter, x->pool), NULL);
}

static const char *heading_of(const struct side_t *side, const app_claim_work_list_t *work,
                              int late, apr_pool_t *pool)
{
    const char *words = !work->count ? side->none
                        : work->count == 1 && !work->next
                            ? side->one
                            : apr_psprintf(pool, "%s%d%s%s", side->before, work->count,
                                           work->next ? "+" : "", side->after);

    if (!late)
        return words;
    return late == 1 && work->count == 1 ? apr_pstrcat(pool, words, ", and it is late", NULL)
                                         : apr_psprintf(pool, "%s, %d late", words, late);
}

/* The page is named after its first list that has something in it. */
static cd_err_t *side_put(web_exchange_t *x, const struct side_t *side, web_home_said_t *said)
{
    const app_claim_filter_t filter = { .turn = (int)side->side, .whose = side->whose };
    app_claim_work_list_t work;
    web_view_t *list, *rows;
    int i, late = 0;

    CD_ERR(app_claim_work_list(&work, x->ctx, &filter, 0));
    list = web_add(web_put_list(x->view, WN_waiting));
    rows = web_put_list(list, WN_claims);
    for (i = 0; i < work.count; i++) {
        late += work.rows[i].is_late;
        if (i < LIST_SHOWN)
            row_put(x, web_add(rows), &work.rows[i], side->side);
    }
    web_put_token(list, WN_turn, cd_sides, (int)side->side);
    web_put_int(list, WN_count, work.count);
    web_put_flag(list, WN_or_more, work.next != 0);
    web_put_int(list, WN_late_count, late);
    web_page_text(list, WN_id, cd_token_word(cd_sides, (int)side->side));
    web_page_text(list, WN_heading, heading_of(side, &work, late, x->pool));
    web_page_text(list, WN_quiet, side->empty);
    web_page_flag(list, WN_has_rows, work.count > 0);
    web_page_text(list, WN_all_url, work.count ? all_url(x, &filter) : NULL);
    web_page_flag(list, WN_many_trusts, work.national);
    if (!said->heading || (work.count && !said->waits)) {
        said->first = said->heading ? NULL : list;
        said->heading = web_get_text(list, WN_heading);
    }
    said->waits += work.count;
    said->late += late;
    return NULL;
}

cd_err_t *web_home_claims(web_exchange_t *x, web_home_said_t *said_out)
{
    int i;

    *said_out = (web_home_said_t){ 0 };
    for (i = 0; i < SIDES; i++)
        if (web_reach(x, sides[i].right) != CD_REACH_NONE)
            CD_ERR(side_put(x, &sides[i], said_out));
    return NULL;
}

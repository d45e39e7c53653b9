/* round.c: how far the round with one trust has come, what each side may do, and all that was said
 * in it. */
#include <string.h>

#include <apr_strings.h>

#include "web/form.h"
#include "web/page.h"
#include "web/round_view.h"
#include "web/route.h"
#include "web/url.h"

cd_err_t *web_round_find(app_round_view_t **out, web_exchange_t *x)
{
    return app_round_view(out, x->ctx, x->param[1]);
}

const char *web_round_url(const web_exchange_t *x, const app_round_view_t *view, const char *route,
                          const char *group)
{
    return web_url(x, route, view->claim->row.reference, view->party->org->code, group, NULL);
}

static void put_strip(web_exchange_t *x, const app_round_view_t *view)
{
    const app_flag_t *flag = view->party->flag;
    const app_claim_view_t *claim = view->claim;

    web_page_text(x->view, WN_strip_label, "Claim and trust");
    web_strip(x, "Claim", claim->row.reference, NULL);
    web_strip(x, "Claimant", claim->row.person ? claim->row.person : "Not named", NULL);
    web_strip(x, "Trust", view->party->org->name,
              apr_psprintf(x->pool, "(%s)", view->party->org->code));
    web_strip(x, "Share", cd_bp_words(view->party->share_bp, x->pool), NULL);
    web_strip(x, "Flag",
              flag && flag->flag ? cd_token_label(cd_flag_states, (int)flag->flag->state)
                                 : "None yet",
              flag ? apr_psprintf(x->pool, "(version %d)", flag->seq) : NULL);
    web_strip(x, "Claimant payable in full",
              claim->payable.agreed ? cd_pence_words(claim->payable.total_p, x->pool)
                                    : "Not agreed yet",
              "(not affected)");
}

void web_round_frame(web_exchange_t *x, const app_round_view_t *view)
{
    web_claim_crumbs(x, view->claim, 1);
    web_put_text(x->view, WN_reference, view->claim->row.reference);
    if (!view->claim->partial)
        web_put_int(x->view, WN_version, view->claim->row.version);
    web_put_flag(x->view, WN_partial, view->claim->partial);
    web_claim_put(x->view, x, view->claim);
    web_payable_put(x->view, view->claim);
    put_strip(x, view);
    web_page_text(
        x->view, WN_round_url,
        web_url(x, "round.show", view->claim->row.reference, view->party->org->code, NULL));
}

void web_round_stage_put(web_view_t *map, const cd_round_now_t *now, int partial)
{
    web_put_token(map, WN_stage, partial ? cd_trust_stages : cd_stages, (int)now->stage);
    if (now->waits_for)
        web_put_token(map, WN_turn, cd_sides, (int)now->waits_for);
    web_put_date(map, WN_deadline, now->due);
    web_put_flag(map, WN_is_overdue, now->overdue);
}

void web_round_told(web_view_t *map, web_exchange_t *x, const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    web_view_t *list = web_put_list(map, WN_told);
    int i;

    for (i = 0; i < def->field_count; i++) {
        const cd_field_t *field = &def->fields[i];

        if (field->type != CD_FT_SEQ && strcmp(field->name, "org"))
            web_told(list, field->shown, cd_field_words(field, record->body, x->pool));
    }
}

int web_round_late(const app_round_view_t *view, const cd_record_t *answer)
{
    const cd_claim_t *claim = view->claim->claim;
    cd_date_t due = CD_NO_DATE;
    int i;

    for (i = 0; i < claim->count; i++) {
        const cd_record_t *one = &claim->records[i];

        if (answer->kind == CD_REC_ANSWER && one->kind == CD_REC_REQUEST
            && one->seq == ((const cd_answer_t *)answer->body)->request_seq)
            due = ((const cd_request_t *)one->body)->due;
        if (answer->kind == CD_REC_REPRESENTATION && one->kind == CD_REC_INDICATION
            && one->seq == ((const cd_representation_t *)answer->body)->indication_seq)
            due = ((const cd_indication_t *)one->body)->answer_by;
    }
    return due && cd_london_date(answer->recorded_at) > due;
}

const char *web_round_entry_words(const app_round_entry_t *entry, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s%s%s (%s, entry %d)", entry->title,
                        cd_when_known(entry->happened) ? ", " : "",
                        cd_when_known(entry->happened) ? cd_when_words(entry->happened, pool) : "",
                        entry->reference, entry->seq);
}

/* ---- what to do ---------------------------------------------------------- */

int web_round_is_side(const web_exchange_t *x, cd_side_t side)
{
    static const cd_right_t rights[CD_SIDE_LAST + 1] = {
        [CD_SIDE_HANDLER] = CD_RIGHT_CLAIM_WRITE, [CD_SIDE_TRUST] = CD_RIGHT_CLAIM_ANSWER,
        [CD_SIDE_DECIDER] = CD_RIGHT_DECISION_WRITE, [CD_SIDE_SECOND] = CD_RIGHT_DECISION_WRITE,
        [CD_SIDE_REVIEWER] = CD_RIGHT_REVIEW_WRITE
    };

    return web_reach(x, rights[side]) != CD_REACH_NONE;
}

static const char *word_of(cd_deed_t deed, const char **button_out)
{
    switch (deed) {
    case CD_DEED_ASK: *button_out = "Ask for evidence"; return "request";
    case CD_DEED_ANSWER: *button_out = "Answer"; return "answer";
    case CD_DEED_INDICATE: *button_out = "Tell the trust"; return "indication";
    case CD_DEED_REPRESENT: *button_out = "Say what you think"; return "representation";
    case CD_DEED_SEND: *button_out = "Send for decision"; return "for-decision";
    default: return NULL;
    }
}

/* What is done about a decision that was made: each on a page under it. */
static const char *decision_step_url(const web_exchange_t *x, const app_claim_view_t *claim,
                                     const app_party_t *party, const app_round_t *round,
                                     cd_deed_t deed, const char **button_out)
{
    static const struct { cd_deed_t deed; const char *route, *button; } steps[] = {
        { CD_DEED_CONFIRM, "round.second", "Read and confirm" },
        { CD_DEED_TELL, "told.new", "Tell the trust" },
        { CD_DEED_ASK_REVIEW, "review-asked.new", "Ask for a review" },
        { CD_DEED_REVIEW, "review.new", "Read and review" },
        { CD_DEED_RECOVER, "recover.new", "Ask for the sum" },
        { CD_DEED_RECEIVE, "decided.show", "See what was asked and paid" }
    };
    unsigned i;

    for (i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (steps[i].deed == deed) {
            *button_out = steps[i].button;
            return web_url(x, steps[i].route, claim->row.reference, party->org->code,
                           apr_itoa(x->pool, round->in.decision_seq), NULL);
        }
    return NULL;
}

const char *web_round_step_url(const web_exchange_t *x, const app_claim_view_t *claim,
                               const app_party_t *party, const app_round_t *round, cd_side_t side,
                               const char **button_out)
{
    const cd_deed_t deed = (cd_deed_t)round->now->step[side].deed;
    const char *word = word_of(deed, button_out);

    if (word)
        return web_url(x, "round.new", claim->row.reference, party->org->code, word, NULL);
    if (deed == CD_DEED_DECIDE) {
        *button_out = "Decide";
        return web_url(x, "decision.new", claim->row.reference, party->org->code,
                       apr_itoa(x->pool, round->in.flag_seq), NULL);
    }
    return decision_step_url(x, claim, party, round, deed, button_out);
}

/* What is next; of all buttons of the page one is the main one: computing, or else the first. What
 * may be done besides has none. */
typedef struct acts_t { web_view_t *list; int has_main; } acts_t;

static web_view_t *put_act(web_exchange_t *x, acts_t *acts, const char *text, const char *why,
                           const char *url, const char *button)
{
    web_view_t *item = web_add(acts->list);

    if (url) {
        web_page_flag(item, WN_secondary, acts->has_main);
        acts->has_main = 1;
    }

    web_put_text(item, WN_text, text);
    web_put_text(item, WN_why, why);
    web_page_text(item, WN_url, url);
    web_page_text(item, WN_button, button);
    web_page_flag(x->view, WN_has_acts, 1);
    return item;
}

/* What may be done besides what is next: another request, another answer. */
static void put_more_acts(web_exchange_t *x, acts_t *acts, const app_round_view_t *view)
{
    const cd_round_now_t *now = view->round.now;
    const cd_round_t *round = view->round.in.round;

    if (web_round_is_side(x, CD_SIDE_HANDLER) && view->open_rules
        && now->stage < CD_STAGE_FOR_DECISION && now->step[CD_SIDE_HANDLER].deed != CD_DEED_ASK)
        put_act(x, acts, "Ask the trust for more evidence", NULL,
                web_round_url(x, view, "round.new", "request"), "Ask for evidence");
    if (web_round_is_side(x, CD_SIDE_TRUST) && round->request
        && now->step[CD_SIDE_TRUST].deed != CD_DEED_ANSWER && now->stage < CD_STAGE_PROPOSED)
        put_act(x, acts, "Add to your trust’s answer", "The newest answer counts.",
                web_round_url(x, view, "round.new", "answer"), "Add an answer");
    if (web_round_is_side(x, CD_SIDE_TRUST) && round->indication
        && now->step[CD_SIDE_TRUST].deed != CD_DEED_REPRESENT && now->stage < CD_STAGE_PROPOSED)
        put_act(x, acts, "Say more about what is indicated", "The newest counts.",
                web_round_url(x, view, "round.new", "representation"), "Say more");
}

/* Computing is no form of its own: a button under its words that sends the version seen. */
static void put_compute(web_exchange_t *x, web_view_t *act, const app_round_view_t *view)
{
    web_form_t *button = web_form_make(NULL, 0, NULL, x->pool);

    button->version = view->claim->row.version;
    web_form_show(x->view, button, x);
    web_page_text(act, WN_compute_url,
                  web_url(x, "flag.compute", view->claim->row.reference, NULL));
}

static int computes(const web_exchange_t *x, const app_round_view_t *view)
{
    int side, found = 0;

    for (side = 1; side <= CD_SIDE_LAST; side++)
        found |= view->round.now->step[side].deed == CD_DEED_COMPUTE
                 && web_round_is_side(x, (cd_side_t)side);
    return found && !app_round_why_not(view, x->ctx, CD_DEED_COMPUTE);
}

static void put_acts(web_exchange_t *x, const app_round_view_t *view)
{
    const cd_round_now_t *now = view->round.now;
    acts_t acts = { web_put_list(x->view, WN_acts), computes(x, view) };
    const char *button, *url, *why;
    web_view_t *act = NULL;
    int side;

    for (side = 1; side <= CD_SIDE_LAST; side++) {
        const cd_round_step_t *step = &now->step[side];

        if (!step->deed || !web_round_is_side(x, (cd_side_t)side))
            continue;
        button = NULL;
        url =
            web_round_step_url(x, view->claim, view->party, &view->round, (cd_side_t)side, &button);
        why = app_round_why_not(view, x->ctx, (cd_deed_t)step->deed);
        if (why)
            put_act(x, &acts, step->text,
                    apr_pstrcat(x->pool, "Somebody else does this: ", why, ".", NULL), NULL, NULL);
        else
            act = put_act(x, &acts, step->text, step->why, url, button);
        if (step->deed == CD_DEED_COMPUTE && !why)
            put_compute(x, act, view);
    }
    acts.has_main = 1;
    put_more_acts(x, &acts, view);
}

/* ---- what was said ------------------------------------------------------- */

static int shown_here(const app_round_view_t *view, const cd_record_t *record)
{
    const char *org = cd_record_org(record);

    switch (record->kind) {
    case CD_REC_REQUEST: case CD_REC_ANSWER: case CD_REC_INDICATION: case CD_REC_REPRESENTATION:
    case CD_REC_FOR_DECISION: case CD_REC_CONFIRMATION:
        return org && !strcmp(org, view->party->org->code);
    default:
        return 0;
    }
}

static void put_part_links(web_view_t *item, web_exchange_t *x, const app_round_view_t *view,
                           const cd_record_t *record)
{
    const int may =
        web_round_is_side(x, CD_SIDE_HANDLER) && view->round.now->stage < CD_STAGE_PROPOSED;
    const char *seq = apr_itoa(x->pool, record->seq), *url;

    if (!may || record->superseded_by)
        return;
    if (record->kind == CD_REC_REQUEST || record->kind == CD_REC_INDICATION) {
        url = web_round_url(x, view, "round.new", cd_record_def(record->kind)->word);
        web_page_text(item, WN_correct_url, web_url_query(x, url, "corrects", seq));
    }
    if (record->kind == CD_REC_REQUEST || record->kind == CD_REC_INDICATION
        || record->kind == CD_REC_FOR_DECISION)
        web_page_text(item, WN_undo_url, web_round_url(x, view, "round.undo", seq));
}

/* By name within the scheme; to the trust the scheme speaks as one, and to the scheme the trust. */
static const char *by_words(const app_round_view_t *view, const cd_record_t *record)
{
    const int trusts = record->kind == CD_REC_ANSWER || record->kind == CD_REC_REPRESENTATION;

    if (view->claim->partial && !trusts)
        return "The scheme";
    return record->recorded_by_name ? record->recorded_by_name : "The program";
}

static void put_parts(web_exchange_t *x, const app_round_view_t *view)
{
    web_view_t *list = web_put_list(x->view, WN_parts);
    const cd_claim_t *claim = view->claim->claim;
    int i;

    for (i = claim->count - 1; i >= 0; i--) {
        const cd_record_t *record = &claim->records[i];
        web_view_t *item;

        if (!shown_here(view, record))
            continue;
        item = web_add(list);
        web_put_int(item, WN_seq, record->seq);
        web_put_text(item, WN_title, cd_record_def(record->kind)->title);
        web_put_instant(item, WN_said_at, record->recorded_at);
        web_put_text(item, WN_by, by_words(view, record));
        web_put_flag(item, WN_is_late, web_round_late(view, record));
        web_put_flag(item, WN_is_gone, record->superseded_by != 0);
        web_round_told(item, x, record);
        put_part_links(item, x, view, record);
        web_page_flag(x->view, WN_has_parts, 1);
    }
}

cd_err_t *web_round_show(web_exchange_t *x)
{
    app_round_view_t *view;
    const char *name;

    CD_ERR(web_round_find(&view, x));
    name = view->party->org->name;
    web_round_frame(x, view);
    web_page_title(
        x, apr_psprintf(x->pool, "Evidence and decision: %s, %s", name, view->claim->row.reference),
        view->claim->partial ? "What is asked of your trust"
                             : apr_psprintf(x->pool, "Evidence and decision: %s", name));
    web_round_stage_put(x->view, view->round.now, view->claim->partial);
    put_acts(x, view);
    put_parts(x, view);
    if (view->party->flag)
        web_page_text(
            x->view, WN_flag_url,
            web_round_url(x, view, "flag.show", apr_itoa(x->pool, view->party->flag->seq)));
    if (view->party->decision)
        web_page_text(
            x->view, WN_decision_url,
            web_round_url(x, view, "decided.show", apr_itoa(x->pool, view->party->decision->seq)));
    return NULL;
}

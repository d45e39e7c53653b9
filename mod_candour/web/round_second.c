/* round_second.c: the second person on a decision: the decision, its facts, who has acted, and the
 * answer. */
#include <string.h>

#include <apr_strings.h>

#include "web/changed.h"
#include "web/form.h"
#include "web/page.h"
#include "web/round_view.h"
#include "web/route.h"
#include "web/url.h"

typedef struct page_t {
    app_round_view_t *view;
    const app_decision_view_t *decision;
    cd_confirmation_t *answer;
    web_form_t *form;
    const char *why_not;                 /* of this person */
} page_t;

static cd_err_t *begin(page_t *page, web_exchange_t *x)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_CONFIRMATION);
    int i;

    CD_ERR(web_round_find(&page->view, x));
    for (i = 0; i < page->view->decision_count; i++)
        if (!strcmp(apr_itoa(x->pool, page->view->decisions[i]->seq), x->param[2]))
            page->decision = page->view->decisions[i];
    if (!page->decision)
        return cd_err(x->pool, CD_E_NOT_FOUND, NULL, "no such decision on this trust");
    page->answer = apr_pcalloc(x->pool, sizeof(*page->answer));
    page->form = web_form_make(def->fields, def->field_count, page->answer, x->pool);
    page->why_not = app_round_why_not(page->view, x->ctx, CD_DEED_CONFIRM);
    return NULL;
}

static int waits(const page_t *page)
{
    const cd_round_in_t *in = &page->view->round.in;

    return in->decision_seq == page->decision->seq && in->stand.standing == CD_STAND_PROPOSED;
}

static void put_hand(web_exchange_t *x, const char *label, const char *quiet, int done, int now)
{
    web_view_t *item = web_add(web_put_list(x->view, WN_hands));

    web_put_text(item, WN_label, label);
    web_put_text(item, WN_quiet, quiet);
    web_put_flag(item, WN_is_done, done);
    web_put_flag(item, WN_is_now, now);
}

static const char *who_when(const char *who, cd_instant_t at, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s, %s", who ? who : "The program", cd_instant_words(at, pool));
}

static void put_hands(web_exchange_t *x, const page_t *page)
{
    const cd_round_in_t *in = &page->view->round.in;
    const cd_record_t *sent = in->round->for_decision;
    const cd_record_t *second =
        in->decision_seq == page->decision->seq ? in->stand.confirmation : NULL;
    const int days = page->view->scheme && page->view->scheme->review_days
                         ? page->view->scheme->review_days
                         : 28;

    if (sent)
        put_hand(x, "Sent for decision",
                 who_when(sent->recorded_by_name, sent->recorded_at, x->pool), 1, 0);
    put_hand(x, "Decided",
             who_when(page->decision->decided_by, page->decision->decided_at, x->pool), 1, 0);
    put_hand(x,
             second && ((const cd_confirmation_t *)second->body)->verdict == CD_CONFIRM_RETURNED
                 ? "Sent back by a second person"
                 : "Confirmed by a second person",
             second          ? who_when(second->recorded_by_name, second->recorded_at, x->pool)
             : page->why_not ? "Another decision-maker"
                             : "You, now",
             second != NULL, !second);
    put_hand(x, "Trust told", "Letter and decision report", in->stand.told != NULL, 0);
    put_hand(x, "Time to ask for a review",
             apr_psprintf(x->pool, "%d days from the letter (scheme setting)", days), 0, 0);
}

static void put_checks(web_exchange_t *x, const page_t *page)
{
    web_view_t *list = web_put_list(x->view, WN_checks);
    const char *text;
    int i, ok, may = !page->why_not;

    for (i = 0; (text = cd_conflict_check(CD_DEED_CONFIRM, page->view->did, i, &ok)); i++) {
        web_view_t *item = web_add(list);

        web_put_text(item, WN_text, text);
        web_put_flag(item, WN_is_done, ok);
    }
    web_page_text(x->view, WN_may_heading,
                  may ? "You may confirm this" : "You may not confirm this");
}

static void put_lines(web_view_t *map, web_name_t name, const char *lines, apr_pool_t *pool)
{
    web_view_t *list = web_put_list(map, name);
    char *rest = apr_pstrdup(pool, lines ? lines : ""), *end;

    for (; *rest; rest = end) {
        end = strchr(rest, '\n');
        if (end)
            *end++ = '\0';
        else
            end = rest + strlen(rest);
        if (*rest)
            web_put_text(web_add(list), WN_text, rest);
    }
}

/* What the second person has to know of the time since: evidence, a new flag, or that the trust has
 * written. */
static const char *new_since(const page_t *page, apr_pool_t *pool)
{
    const cd_round_in_t *in = &page->view->round.in;

    if (in->flag_seq != page->decision->flag_seq)
        return "The flag was computed again since. Send the decision back.";
    if (in->flag_old)
        return "The claim or a case has changed since. Send the decision back, so that it is "
               "weighed.";
    if (cd_round_written_since(in->round, page->decision->decided_at))
        return "The trust has written since. Read it under “Evidence and decision”. If it should "
               "be weighed, send the "
               "decision back.";
    return apr_psprintf(pool, "Nothing. The flag and the evidence are the same as when %s decided.",
                        page->decision->decided_by);
}

static void put_decision(web_exchange_t *x, const page_t *page)
{
    web_view_t *map = web_put_map(x->view, WN_decision);
    const app_flag_t *flag = page->view->party->flag;

    web_decision_put(map, page->decision);
    if (flag && flag->flag && flag->seq == page->decision->flag_seq)
        web_put_pence(map, WN_indicated, flag->flag->indicated_p);
    put_lines(map, WN_facts_relied_on, page->decision->facts, x->pool);
    put_lines(map, WN_facts_not, page->decision->facts_not, x->pool);
    web_put_text(map, WN_new_since, new_since(page, x->pool));
}

static void frame(web_exchange_t *x, const page_t *page)
{
    const char *name = page->view->party->org->name;

    web_round_frame(x, page->view);
    web_crumb(x, "Evidence and decision", web_round_url(x, page->view, "round.show", NULL));
    web_page_title(x, apr_psprintf(x->pool, "Second person, %s", page->view->claim->row.reference),
                   apr_psprintf(x->pool, "Confirm as second person: %s from %s",
                                page->decision->amount_p
                                    ? cd_pence_words(page->decision->amount_p, x->pool)
                                    : "nothing",
                                name));
    put_decision(x, page);
    put_hands(x, page);
    put_checks(x, page);
    web_page_text(x->view, WN_form_url, web_round_url(x, page->view, "round.confirm", x->param[2]));
    web_page_text(x->view, WN_submit_label, "Save your answer");
    web_page_text(
        x->view, WN_flag_url,
        web_round_url(x, page->view, "flag.show", apr_itoa(x->pool, page->decision->flag_seq)));
    web_put_text(x->view, WN_why_not,
                 !waits(page) ? "this decision does not wait for a second person" : page->why_not);
    web_page_text(x->view, WN_why_not_words,
                  !waits(page)    ? "This decision does not wait for a second person."
                  : page->why_not ? apr_pstrcat(x->pool, web_upper_first(page->why_not, x->pool),
                                                ". You can read this page, but not answer.", NULL)
                                  : NULL);
}

cd_err_t *web_round_second(web_exchange_t *x)
{
    page_t page = { 0 };

    CD_ERR(begin(&page, x));
    page.form->version = page.view->claim->row.version;
    frame(x, &page);
    if (waits(&page) && !page.why_not)
        web_form_show(x->view, page.form, x);
    return NULL;
}

cd_err_t *web_round_confirm(web_exchange_t *x)
{
    app_round_ask_t ask = { .kind = CD_REC_CONFIRMATION };
    page_t page = { 0 };
    cd_err_t *err = NULL;
    int seq;

    CD_ERR(begin(&page, x));
    CD_ERR(web_form_read(page.form, x));
    ask.org_code = page.view->party->org->code;
    ask.body = page.answer;
    ask.version = page.form->version;
    ask.decision_seq = page.decision->seq;
    err = app_round_record(&seq, x->ctx, &ask, &page.form->problems);
    if (web_form_to_mend(x, page.form, err) || page.form->problems.count) {
        frame(x, &page);
        return web_form_again(x, page.form);
    }
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML
        && page.form->version != page.view->claim->row.version && waits(&page) && !page.why_not) {
        frame(x, &page);
        web_page_title(x, "Changed meanwhile",
                       "Somebody changed this claim while you were writing");
        return web_form_changed(x, page.form, page.view->claim->row.version, "claim");
    }
    CD_ERR(err);
    return web_redirect(x, web_round_url(x, page.view, "round.show", NULL));
}

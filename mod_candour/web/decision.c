/* decision.c: deciding on a flag: the form, the check page before it is recorded, the record.
 *
 * One address takes three steps, told apart by the field `step`:
 *   check    (or none) shows what would be recorded and what follows from it; writes nothing;
 *   change   shows the form again with the answers kept; writes nothing;
 *   confirm  records the decision.
 * A client of the JSON side sends "confirm" too; without it the answer is what would be recorded.
 * Facts that are ticked become sentences of the evidence seen, so that the record can be read
 * alone. */
#include <stddef.h>
#include <string.h>

#include <apr_strings.h>

#include "web/decision_facts.h"
#include "web/round_view.h"
#include "web/page.h"
#include "web/form.h"
#include "web/route.h"
#include "web/url.h"

typedef enum step_t { STEP_CHECK = 1, STEP_CHANGE, STEP_CONFIRM } step_t;
static const cd_token_t steps[] = {
    { STEP_CHECK, "check", "Check before it is recorded" },
    { STEP_CHANGE, "change", "Go back and change it" },
    { STEP_CONFIRM, "confirm", "Record it" },
    { 0, NULL, NULL }
};

typedef struct answers_t {
    int step;
    apr_uint32_t facts[WEB_FACT_SETS];
    cd_decision_t decision;
} answers_t;

/** Fields of the form: the step, the facts, then the decision's own with their places moved. */
static cd_field_t *fields_of(int *count_out, const app_flag_view_t *view, apr_pool_t *pool)
{
    const apr_int64_t indicated_p = view->flag->flag ? view->flag->flag->indicated_p : 0;
    cd_field_t *list = apr_pcalloc(pool, sizeof(*list) * (apr_size_t)(cd_decision_field_count
                                                                      + WEB_FACT_SETS + 1));
    int i, fact_count, count = 0;

    list[count++] = (cd_field_t){
        .name = "step", .type = CD_FT_TOKEN, .offset = offsetof(answers_t, step), .tokens = steps,
        .label = "Step", .noun = "the step", .shown = "Step" };
    fact_count = web_fact_fields(list + count, offsetof(answers_t, facts), view, pool);
    count += fact_count;
    for (i = 0; i < cd_decision_field_count; i++) {
        cd_field_t *field = &list[count++];
        *field = cd_decision_fields[i];
        field->offset += offsetof(answers_t, decision);
        if (!strcmp(field->name, "outcome") && indicated_p) {
            field->section = apr_psprintf(pool, "2. Your decision: from £0.00 to %s",
                                          cd_pence_words(indicated_p, pool));
        } else if (!strcmp(field->name, "outcome")) {
            field->section = "2. Your decision: the flag allows no sum";
            field->tokens = cd_token_only(field->tokens, CD_DEC_NONE, pool);
        }
        if (!strcmp(field->name, "reasons"))
            field->section = "3. Your reasons";
        if (!strcmp(field->name, "evidence_seen") && fact_count) {
            field->flags &= ~(unsigned)CD_FF_REQUIRED;
            field->label = "Other evidence you have looked at (optional)";
        }
        if (field->type == CD_FT_PENCE)   /* all and nothing have their sum already */
            field->flags &= ~(unsigned)CD_FF_REQUIRED;
    }
    *count_out = count;
    return list;
}

/** The form over `answers` for this flag. */
static web_form_t *form_of(answers_t *answers, const app_flag_view_t *view, web_exchange_t *x)
{
    int field_count;
    const cd_field_t *fields = fields_of(&field_count, view, x->pool);
    web_form_t *form = web_form_make(fields, field_count, answers, x->pool);

    if (x->media == WEB_HTML && view->flag->flag && !view->flag->flag->indicated_p)
        web_form_skip(form, "amount_p");         /* nothing can be asked, so no sum is */
    return form;
}

/** Nothing and all have their sum already; only a part must be typed. */
static void complete_amount(cd_decision_t *decision, const app_flag_view_t *view)
{
    if (decision->outcome == CD_DEC_FULL && !decision->amount_p)
        decision->amount_p = view->flag->flag->indicated_p;
}

/** Evidence seen: the ticked facts as sentences, then what was typed. */
static const char *evidence_words(const web_form_t *form, const answers_t *answers,
                                  apr_pool_t *pool)
{
    const char *facts = web_facts_words(form, answers, 1, pool);
    const char *typed = answers->decision.evidence_seen;

    if (!typed)
        return *facts ? facts : NULL;
    return *facts ? apr_pstrcat(pool, facts, "\n", typed, NULL) : typed;
}

/** What the form alone cannot see: limits of the sum, and that some evidence is named. */
static void check(web_form_t *form, answers_t *answers, const app_flag_view_t *view)
{
    const cd_flag_t *flag = view->flag->flag;
    const cd_decider_t nobody = { 0, 0 };   /* who may decide was answered by why_not */
    cd_decision_t whole = answers->decision;

    whole.evidence_seen = evidence_words(form, answers, form->pool);
    if (!whole.evidence_seen)
        cd_problem_add(&form->problems, web_facts_first(form), NULL,
                       "Tick the facts you rely on, or say which evidence you have seen");
    else
        cd_decision_check(&whole, flag->indicated_p, (int)flag->state, &nobody, &form->problems);
}

/** What the trust says to it, in its own words. */
static void put_says(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_record_t *said = view->round ? view->round->in.round->representation : NULL;
    const cd_representation_t *body = said ? said->body : NULL;
    web_view_t *map;

    if (!body)
        return;
    map = web_page_map(x->view, WN_trust_says);
    web_page_text(map, WN_text, body->text);
    web_page_text(map, WN_why, cd_token_label(cd_stances, body->stance));
    web_page_text(map, WN_said_at, cd_date_words(cd_london_date(said->recorded_at), x->pool));
    web_page_text(
        map, WN_round_url,
        web_url(x, "round.show", view->claim->row.reference, view->party->org->code, NULL));
}

static void put_asides(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_flag_t *flag = view->flag->flag;
    web_view_t *list = web_page_list(x->view, WN_checks);
    const char *text;
    int i, j, ok;

    web_page_text(web_add(list), WN_text, "You are a decision-maker of the scheme");
    for (i = 0; (text = cd_conflict_check(CD_DEED_DECIDE, 0, i, &ok)); i++)
        web_page_text(web_add(list), WN_text, text);
    if (view->scheme && view->scheme->confirm_above_p > 0)
        web_page_text(x->view, WN_second_words,
                      apr_psprintf(x->pool, "Above %s, a second person must confirm",
                                   cd_pence_words(view->scheme->confirm_above_p, x->pool)));
    put_says(x, view);
    list = web_put_list(x->view, WN_reasons_of_flag);
    for (j = 0; flag && j < flag->reason_count; j++)
        if (flag->reasons[j].part == CD_DECIDED)
            web_reason_put(web_add(list), x, flag, &flag->reasons[j]);
}

/** The frame of all steps: who, which flag, the limits, the claimant's sum. */
static cd_err_t *begin(app_flag_view_t **out, web_exchange_t *x)
{
    app_flag_view_t *view;
    const char *name;

    CD_ERR(web_flag_find(out, x));
    view = *out;
    name = view->party->org->name;
    web_claim_crumbs(x, view->claim, 1);
    web_page_title(x, apr_psprintf(x->pool, "Decide on the flag of %s, %s", name,
                                   view->claim->row.reference),
                   apr_psprintf(x->pool, "Decide what %s is asked to pay", name));
    web_page_text(x->view, WN_form_url,
                  web_url(x, "decision.make", view->claim->row.reference, view->party->org->code,
                          apr_itoa(x->pool, view->flag->seq), NULL));
    web_page_text(x->view, WN_submit_label, "Continue");
    web_flag_identity(x, view);
    web_page_text(x->view, WN_flag_url,
                  web_url(x, "flag.show", view->claim->row.reference, view->party->org->code,
                          apr_itoa(x->pool, view->flag->seq), NULL));
    return NULL;
}

/** Why there is no form, in words; NULL if there is one. */
static const char *why_no_form(const app_flag_view_t *view)
{
    if (view->why_not)
        return view->why_not;
    if (!view->flag->flag || !web_flag_decidable((int)view->flag->flag->state))
        return "a flag in this state asks the trust for nothing, so there is nothing to decide";
    return NULL;
}

static void put_refusal(web_exchange_t *x, const app_flag_view_t *view, const char *why)
{
    web_page_title(x, "No decision on this flag",
                   view->flag->out_of_date ? "No decision can be made on this flag now"
                                           : "You may not decide on this flag");
    web_page_text(x->view, WN_why_not_words,
                  apr_pstrcat(x->pool, web_upper_first(why, x->pool), NULL));
    web_put_flag(x->view, WN_may_decide, 0);
    web_put_text(x->view, WN_why_not, why);
    if (view->decision)
        web_decision_put(web_put_map(x->view, WN_decision), view->decision);
}

/** Reasons that were typed and are saved nowhere: shown, so that they can be copied. */
static void put_typed(web_exchange_t *x, const web_form_t *form)
{
    int i;

    for (i = 0; i < form->count; i++)
        if (!strcmp(form->fields[i].name, "reasons") && form->raw[i] && *form->raw[i])
            web_page_text(x->view, WN_yours, form->raw[i]);
}

/** The answer to a decision that was sent all the same. */
static cd_err_t *refuse(web_exchange_t *x, const app_flag_view_t *view, const web_form_t *form,
                        const char *why)
{
    const int old = !view->forbidden;

    if (x->media != WEB_HTML)
        return cd_err(x->pool, old ? CD_E_STALE : CD_E_FORBIDDEN, why, "no decision on this flag");
    put_refusal(x, view, why);
    put_typed(x, form);
    x->resp->status = old ? 409 : 403;
    return NULL;
}

cd_err_t *web_decision_new(web_exchange_t *x)
{
    app_flag_view_t *view;
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    web_form_t *form;
    const char *why;

    CD_ERR(begin(&view, x));
    why = why_no_form(view);
    if (why) {
        put_refusal(x, view, why);
        return NULL;
    }
    web_put_flag(x->view, WN_may_decide, 1);
    put_asides(x, view);
    form = form_of(answers, view, x);
    form->version = view->claim->row.version;
    web_form_skip(form, "step");
    if (x->media == WEB_HTML)      /* JSON keeps the claim's version as a number */
        web_form_show(x->view, form, x);
    return NULL;
}

static void add_hidden(web_view_t *list, const char *name, const char *value)
{
    web_view_t *item;

    if (!value)
        return;
    item = web_add(list);
    web_page_text(item, WN_name, name);
    web_page_text(item, WN_value, value);
}

/** One answer as hidden inputs, as a person would have typed it. */
static void hide(web_view_t *list, const cd_field_t *field, const void *base, apr_pool_t *pool)
{
    const cd_token_t *one;
    apr_int64_t sum_p;

    switch (field->type) {
    case CD_FT_TOKEN:
        add_hidden(list, field->name, cd_token_word(field->tokens, CD_FIELD_GET(int, base, field)));
        return;
    case CD_FT_SET:
        for (one = field->tokens; one->word; one++)
            if (CD_FIELD_GET(apr_uint32_t, base, field) & (1u << one->value))
                add_hidden(list, field->name, one->word);
        return;
    case CD_FT_PENCE:
        sum_p = CD_FIELD_GET(apr_int64_t, base, field);
        add_hidden(list, field->name, sum_p ? cd_pence_plain(sum_p, pool) : NULL);
        return;
    default:
        add_hidden(list, field->name, CD_FIELD_GET(const char *, base, field));
    }
}

static void put_hidden(web_exchange_t *x, const web_form_t *form, const answers_t *answers)
{
    web_view_t *list = web_page_list(x->view, WN_hidden);
    int i;

    for (i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, "step"))
            hide(list, &form->fields[i], answers, x->pool);
}

/** "That is 50.00% of the £3,220.00 that the flag allows." */
static const char *part_words(apr_int64_t amount_p, apr_int64_t indicated_p, apr_pool_t *pool)
{
    const char *most = cd_pence_words(indicated_p, pool);

    if (!amount_p)
        return apr_psprintf(pool, "The flag allows up to %s.", most);
    if (amount_p == indicated_p)
        return apr_psprintf(pool, "That is all of the %s that the flag allows.", most);
    if (amount_p * 2 == indicated_p)
        return apr_psprintf(pool, "That is half of the %s that the flag allows.", most);
    return apr_psprintf(pool, "That is %s of the %s that the flag allows.",
                        cd_bp_words((amount_p * CD_BP_WHOLE + indicated_p / 2) / indicated_p, pool),
                        most);
}

static cd_err_t *show_check(web_exchange_t *x, const app_flag_view_t *view, web_form_t *form,
                            const answers_t *answers)
{
    const cd_decision_t *decision = &answers->decision;
    const char *name = view->party->org->name;
    web_view_t *map = web_put_map(x->view, WN_to_record);

    x->template_name = "flag/decision-check";
    web_page_title(x, apr_psprintf(x->pool, "Check the decision on %s", name),
                   apr_psprintf(x->pool, "You are about to ask %s to pay %s", name,
                                decision->amount_p
                                    ? cd_pence_words(decision->amount_p, x->pool) : "nothing"));
    web_page_flag(x->view, WN_needs_second, view->scheme && view->scheme->confirm_above_p > 0
                  && decision->amount_p > view->scheme->confirm_above_p);
    web_page_text(x->view, WN_part_words,
                  part_words(decision->amount_p, view->flag->flag->indicated_p, x->pool));
    web_put_token(map, WN_outcome, cd_decision_outcomes, decision->outcome);
    web_put_pence(map, WN_amount, decision->amount_p);
    web_put_pence(map, WN_indicated, view->flag->flag->indicated_p);
    web_put_text(map, WN_reasons, decision->reasons);
    web_put_text(map, WN_evidence_seen, decision->evidence_seen);
    web_facts_put(web_put_list(map, WN_facts_relied_on), form, answers, 1);
    web_facts_put(web_put_list(map, WN_facts_not_ticked), form, answers, 0);
    web_put_text(map, WN_decided_by, x->ctx->actor->name);
    if (x->media == WEB_HTML) {
        put_hidden(x, form, answers);
        web_form_show(x->view, form, x);
    }
    return NULL;
}

/** 409: the claim changed while the decider was writing. Answers are kept, nothing is saved. */
static cd_err_t *changed_meanwhile(web_exchange_t *x, const app_flag_view_t *view, web_form_t *form)
{
    app_flag_view_t *now;

    CD_ERR(app_flag_view(&now, x->ctx, x->param[1], view->flag->seq));
    if (now->why_not)              /* a newer flag, or a change in a case: no form any more */
        return refuse(x, now, form, now->why_not);
    x->resp->status = 409;
    web_page_title(x, "Changed meanwhile", "The record changed while you were writing");
    web_put_text(x->view, WN_lead,
                 apr_psprintf(x->pool,
                              "Nothing of yours is lost, and nothing is saved yet. You opened "
                              "version %d of the claim. It is now at version %d. "
                              "Read the flag again before you decide.",
                              form->version, view->claim->row.version));
    form->version = view->claim->row.version;
    web_form_show(x->view, form, x);
    return NULL;
}

static cd_err_t *record(web_exchange_t *x, const app_flag_view_t *view, web_form_t *form,
                        answers_t *answers)
{
    cd_decision_t whole = answers->decision;
    cd_err_t *err;
    int seq;

    whole.evidence_seen = evidence_words(form, answers, x->pool);
    whole.facts = web_facts_words(form, answers, 1, x->pool);
    whole.facts_not = web_facts_words(form, answers, 0, x->pool);
    err = app_decision_make(&seq, x->ctx, view->party->org->code, view->flag->seq, &whole,
                            form->version, &form->problems);
    if (web_form_to_mend(x, form, err))
        return web_form_again(x, form);
    if (err && err->code == CD_E_STALE && x->media == WEB_HTML)
        return changed_meanwhile(x, view, form);
    CD_ERR(err);
    return web_redirect(x,
                        web_url(x, "flag.show", view->claim->row.reference, view->party->org->code,
                                   apr_itoa(x->pool, view->flag->seq), NULL));
}

cd_err_t *web_decision_make(web_exchange_t *x)
{
    app_flag_view_t *view;
    answers_t *answers = apr_pcalloc(x->pool, sizeof(*answers));
    web_form_t *form;
    const char *why;

    CD_ERR(begin(&view, x));
    form = form_of(answers, view, x);
    CD_ERR(web_form_read(form, x));
    why = why_no_form(view);
    if (why && !(answers->step == STEP_CONFIRM && view->decision)) {
        return refuse(x, view, form, why);
    }
    web_put_flag(x->view, WN_may_decide, 1);
    put_asides(x, view);
    web_form_skip(form, "step");
    if (answers->step == STEP_CHANGE) {
        form->problems.count = 0;
        web_form_show(x->view, form, x);
        return NULL;
    }
    complete_amount(&answers->decision, view);
    check(form, answers, view);
    if (form->problems.count)
        return web_form_again(x, form);
    if (answers->step == STEP_CONFIRM)
        return record(x, view, form, answers);
    return show_check(x, view, form, answers);
}

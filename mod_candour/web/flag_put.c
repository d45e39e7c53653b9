/* flag_put.c: a computed flag, its reasons and its decision as view values. */
#include <string.h>

#include <apr_strings.h>

#include "domain/round.h"
#include "web/claim_view.h"
#include "web/page.h"
#include "web/url.h"

const char *web_flag_colour(int state)
{
    switch ((cd_flag_state_t)state) {
    case CD_FLAG_BREACH_INDICATED: return "nhsuk-tag--red";
    case CD_FLAG_EVIDENCE_NOT_PROVIDED: return "nhsuk-tag--orange";
    case CD_FLAG_NO_INCIDENT: return "nhsuk-tag--yellow";
    case CD_FLAG_EVIDENCE_REQUESTED: return "nhsuk-tag--blue";
    case CD_FLAG_CANDOUR_SHOWN: return "nhsuk-tag--green";
    case CD_FLAG_EXCUSED: return "nhsuk-tag--white";
    case CD_FLAG_NOT_APPLICABLE: return "nhsuk-tag--grey";
    }
    return "nhsuk-tag--grey";
}

/* States in which something may be asked of the trust. */
static int asks(int state)
{
    return state == CD_FLAG_BREACH_INDICATED || state == CD_FLAG_EVIDENCE_NOT_PROVIDED;
}

const char *web_flag_edge(int state)
{
    if (web_flag_decidable(state))
        return "breach";
    return state == CD_FLAG_CANDOUR_SHOWN ? "shown" : "";
}

void web_flag_put(web_view_t *map, const app_flag_t *flag, cd_date_t today)
{
    const cd_flag_t *answer = flag->flag;

    web_put_int(map, WN_seq, flag->seq);
    web_put_instant(map, WN_computed_at, flag->computed_at);
    web_put_text(map, WN_computed_by, flag->computed_by);
    web_put_text(map, WN_scheme_code, flag->scheme_code);
    web_put_int(map, WN_scheme_version, flag->scheme_version);
    web_put_text(map, WN_scheme_title, flag->scheme_title);
    web_put_text(map, WN_engine, flag->engine);
    web_put_text(map, WN_inputs_hash, flag->inputs_hash);
    web_put_flag(map, WN_out_of_date, flag->out_of_date);
    if (!answer)
        return;
    web_put_token(map, WN_state, cd_flag_states, (int)answer->state);
    web_tag(map, web_flag_colour((int)answer->state),
            cd_token_label(cd_flag_states, (int)answer->state));
    web_page_text(map, WN_edge, web_flag_edge((int)answer->state));
    web_put_text(map, WN_verdict, answer->verdict);
    web_put_pence(map, WN_indicated, answer->indicated_p);
    web_page_flag(map, WN_at_most, answer->indicated_p > 0);
    if (asks((int)answer->state) && answer->sum.would_be_p != answer->indicated_p) {
        web_put_pence(map, WN_would_be, answer->sum.would_be_p);
        web_page_flag(map, WN_shadow, 1);
    }
    web_put_flag(map, WN_exceeds_basis, answer->indicated_p > 0 && answer->sum.exceeds_basis);
    web_put_int(map, WN_missing, answer->missing);
    web_put_date(map, WN_answer_by, answer->answer_by);
    web_page_flag(map, WN_answer_past, answer->answer_by && answer->answer_by < today);
}

/** Word and colour of a rule's status on the screen. */
typedef struct said_t { const char *word, *colour; } said_t;

static said_t undetermined(cd_why_t why)
{
    switch (why) {
    case CD_WHY_NOT_DONE: return (said_t){ "Not done", "nhsuk-tag--orange" };
    case CD_WHY_NO_PROOF: return (said_t){ "No proof yet", "nhsuk-tag--orange" };
    case CD_WHY_JUDGE: return (said_t){ "Needs judgement", "nhsuk-tag--yellow" };
    case CD_WHY_NOT_KNOWN:
    case CD_WHY_NONE: break;
    }
    return (said_t){ "Not known", "nhsuk-tag--orange" };
}

static said_t said(const cd_result_t *result)
{
    const char *label = cd_token_label(cd_statuses, (int)result->status);

    switch (result->status) {
    case CD_ST_MET: return (said_t){ label, "nhsuk-tag--green" };
    case CD_ST_MET_LATE: return (said_t){ label, "nhsuk-tag--yellow" };
    case CD_ST_NOT_MET: return (said_t){ label, "nhsuk-tag--red" };
    case CD_ST_PENDING:
    case CD_ST_EXCUSED:
    case CD_ST_NOT_APPLICABLE: return (said_t){ label, "nhsuk-tag--grey" };
    case CD_ST_UNDETERMINED: return undetermined(result->why);
    }
    return (said_t){ label, "nhsuk-tag--grey" };
}

static const cd_flag_record_t *record_of(const cd_flag_t *flag, const char *case_reference, int seq)
{
    int i;

    for (i = 0; i < flag->record_count; i++)
        if (flag->records[i].seq == seq && flag->records[i].case_reference && case_reference
            && !strcmp(flag->records[i].case_reference, case_reference))
            return &flag->records[i];
    return NULL;
}

/** "Patient told in person, 6 June 2023"; of a flag that did not keep it "Record 5". */
static const char *evidence_words(const cd_flag_t *flag, const cd_reason_t *reason, int seq,
                                  apr_pool_t *pool)
{
    const cd_flag_record_t *record = record_of(flag, reason->case_reference, seq);
    const cd_record_def_t *def = record ? cd_record_def(record->kind) : NULL;

    if (def)
        return cd_when_known(record->happened) ? apr_pstrcat(
                   pool, def->title, ", ", cd_when_words(record->happened, pool), NULL)
                                               : def->title;
    if (reason->result->by_person != seq)
        return apr_psprintf(pool, "Record %d", seq);
    return apr_psprintf(pool, "%s, record %d",
                        reason->result->by_kind == CD_REC_FINDING ? "Finding" : "Judgement", seq);
}

static void add_evidence(web_view_t *list, const web_exchange_t *x, const cd_flag_t *flag,
                         const cd_reason_t *reason, int seq)
{
    web_view_t *item = web_add(list);

    web_put_int(item, WN_seq, seq);
    web_put_flag(item, WN_by_person, reason->result->by_person == seq);
    web_page_text(item, WN_label, evidence_words(flag, reason, seq, x->pool));
    if (reason->case_reference && web_reach(x, CD_RIGHT_CASE_READ))
        web_page_text(item, WN_url, web_url(x, "record.show", reason->case_reference,
                                            apr_itoa(x->pool, seq), NULL));
}

/** The records the rule rests on, and the person's judgement or finding that decided it. */
static void put_evidence(web_view_t *map, const web_exchange_t *x, const cd_flag_t *flag,
                         const cd_reason_t *reason)
{
    web_view_t *list = web_put_list(map, WN_evidence);
    const cd_result_t *result = reason->result;
    int i, named = 0;

    for (i = 0; i < result->evidence_count && i < CD_RESULT_EVIDENCE; i++) {
        add_evidence(list, x, flag, reason, result->evidence[i]);
        named |= result->evidence[i] == result->by_person;
    }
    if (result->by_person && !named)
        add_evidence(list, x, flag, reason, result->by_person);
}

void web_reason_put(web_view_t *map, const web_exchange_t *x, const cd_flag_t *flag,
                    const cd_reason_t *reason)
{
    const cd_result_t *result = reason->result;
    const cd_rule_t *rule = result->rule;
    const said_t words = said(result);

    web_put_text(map, WN_case_reference, reason->case_reference);
    if (rule) {
        web_put_text(map, WN_rule, rule->code);
        web_put_text(map, WN_rule_name, rule->name);
        web_put_text(map, WN_citation, rule->citation);
        web_put_text(map, WN_instrument, rule->instrument);
        web_put_flag(map, WN_offence, rule->weight == CD_WEIGHT_OFFENCE);
    }
    web_put_token(map, WN_status, cd_statuses, (int)result->status);
    web_put_text(map, WN_status_words, words.word);
    web_tag(map, words.colour, words.word);
    web_put_text(map, WN_words, result->words);
    web_put_text(map, WN_sentence, result->sentence);
    web_put_flag(map, WN_material, reason->material);
    put_evidence(map, x, flag, reason);
}

/* How it stands where that is not as it was made; NULL: it stands as it was made. */
static const char *standing_words(int standing)
{
    switch (standing) {
    case 0: case CD_STAND_STANDS: return NULL;
    case CD_STAND_VARIED: return "Changed on review";
    case CD_STAND_QUASHED: return "It fell away on review";
    default: return cd_token_label(cd_standings, standing);
    }
}

void web_decision_put(web_view_t *map, const app_decision_view_t *decision)
{
    web_put_int(map, WN_seq, decision->seq);
    web_put_int(map, WN_flag_seq, decision->flag_seq);
    web_put_token(map, WN_outcome, cd_decision_outcomes, decision->outcome);
    web_put_pence(map, WN_amount, decision->amount_p);
    web_put_text(map, WN_reasons, decision->reasons);
    web_put_text(map, WN_evidence_seen, decision->evidence_seen);
    if (decision->standing) {
        web_put_token(map, WN_standing, cd_standings, decision->standing);
        web_put_pence(map, WN_stands_at, decision->stands_p);
        web_page_text(map, WN_standing_words, standing_words(decision->standing));
    }
    web_put_text(map, WN_decided_by, decision->decided_by);
    web_put_instant(map, WN_decided_at, decision->decided_at);
}

static void put_strip(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_flag_t *answer = view->flag->flag;

    web_page_text(x->view, WN_strip_label, "Claim and trust");
    web_strip(x, "Claim", view->claim->row.reference, NULL);
    web_strip(x, "Claimant", view->claim->row.person ? view->claim->row.person : "Not named", NULL);
    web_strip(x, "Trust", view->party->org->name,
              apr_psprintf(x->pool, "(%s)", view->party->org->code));
    web_strip(x, "Share", cd_bp_words(view->party->share_bp, x->pool), NULL);
    web_strip(x, "Flag",
              answer ? cd_token_label(cd_flag_states, (int)answer->state) : "Not readable",
              apr_psprintf(x->pool, "(version %d)", view->flag->seq));
    web_strip(x, "Claimant payable in full",
              view->claim->payable.agreed ? cd_pence_words(view->claim->payable.total_p, x->pool)
                                          : "Not agreed yet", "(not affected)");
}

/* Whether the duty covers events from before it began that came to light later is an open question
 * of law: the flag goes by the day on which the trust became aware, and a person is told that there
 * is something to say. */
static void put_before_duty(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_claim_facts_t *facts = view->claim->claim ? view->claim->claim->facts : NULL;
    const cd_date_t began = cd_policy_began(view->party->org);
    const int state = view->flag->flag ? (int)view->flag->flag->state : CD_FLAG_NOT_APPLICABLE;

    if (!facts || !began || state == CD_FLAG_NOT_APPLICABLE || !cd_when_known(facts->incident)
        || facts->incident.first >= began)
        return;
    web_put_text(
        x->view, WN_before_duty,
        apr_psprintf(
            x->pool,
            "The events of this claim %s before the duty began, on %s. This flag goes by the "
            "day on which the trust became aware. A person must say whether the duty covers this "
            "claim.",
            facts->incident.last < began ? "happened" : "may have happened",
            cd_date_words(began, x->pool)));
}

/* A flag keeps the version that it was computed under. Whoever decides on it is told that another
 * one is in force since. */
static void put_other_scheme(web_exchange_t *x, const app_flag_view_t *view)
{
    const cd_scheme_t *now = view->claim->scheme;
    const app_flag_t *flag = view->flag;
    const int is_newest = view->version_count && view->versions[0]->seq == flag->seq;

    if (!now || !is_newest || view->decision
        || (!strcmp(now->code, flag->scheme_code) && now->version == flag->scheme_version))
        return;
    web_put_text(
        x->view, WN_other_scheme,
        apr_psprintf(x->pool,
                     "This flag was computed under %s, version %d. Since then %s, version %d, came "
                     "into force. Compute the flag again, or say in your reasons why the earlier "
                     "version holds for this claim.",
                     flag->scheme_code, flag->scheme_version, now->code, now->version));
}

void web_flag_identity(web_exchange_t *x, const app_flag_view_t *view)
{
    const app_party_t *party = view->party;
    web_view_t *trust, *list;
    int i;

    web_put_text(x->view, WN_reference, view->claim->row.reference);
    if (!view->claim->partial)
        web_put_int(x->view, WN_version, view->claim->row.version);
    web_put_flag(x->view, WN_partial, view->claim->partial);
    web_claim_put(x->view, x, view->claim);
    web_payable_put(x->view, view->claim);
    trust = web_put_map(x->view, WN_trust);
    web_put_text(trust, WN_code, party->org->code);
    web_put_text(trust, WN_name, party->org->name);
    web_put_bp(trust, WN_share, party->share_bp);
    list = web_put_list(trust, WN_cases);
    for (i = 0; i < party->case_count; i++) {
        web_view_t *item = web_add(list);
        web_put_text(item, WN_reference, party->cases[i]);
        if (web_reach(x, CD_RIGHT_CASE_READ))
            web_page_text(item, WN_url, web_url(x, "case.show", party->cases[i], NULL));
    }
    web_flag_put(web_put_map(x->view, WN_flag), view->flag, x->ctx->today);
    put_before_duty(x, view);
    put_other_scheme(x, view);
    put_strip(x, view);
}

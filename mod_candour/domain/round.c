/* round.c: one trust's round in a claim, read from the claim's records. */
#include <string.h>

#include "domain/fields.h"
#include "domain/liability.h"
#include "domain/round.h"
#include "domain/series.h"

const char *cd_record_org(const cd_record_t *record)
{
    const cd_record_def_t *def = cd_record_def(record->kind);
    const cd_field_t *field =
        def && def->file == CD_FILE_CLAIM ? cd_record_field(def, "org") : NULL;
    return field && record->body ? CD_FIELD_GET(const char *, record->body, field) : NULL;
}

int cd_record_for_trust(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_NO_INCIDENT: case CD_REC_REQUEST: case CD_REC_ANSWER: case CD_REC_INDICATION:
    case CD_REC_REPRESENTATION: case CD_REC_TOLD: case CD_REC_REVIEW_ASKED: case CD_REC_REVIEW:
    case CD_REC_RECOVERY: case CD_REC_RECEIPT:
        return 1;
    default:
        return 0;
    }
}

/* What a flag of any trust is reckoned from. */
static int weighed_kind(cd_record_kind_t kind)
{
    return kind == CD_REC_CLAIM || kind == CD_REC_CLAIM_STATUS || kind == CD_REC_PARTIES
           || kind == CD_REC_PAYMENT || kind == CD_REC_NO_INCIDENT;
}

/* Taking something back weighs as much as what it takes back: a reserve that is gone makes no flag
 * old. */
static int weighed(const cd_claim_t *claim, const cd_record_t *record)
{
    if (record->kind != CD_REC_TAKEN_BACK)
        return weighed_kind(record->kind);
    for (int i = 0; i < claim->count; i++)
        if (claim->records[i].seq == record->supersedes)
            return weighed_kind(claim->records[i].kind);
    return 1;
}

static const cd_record_t **slot_of(cd_round_t *round, cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_NO_INCIDENT: return &round->no_incident;
    case CD_REC_REQUEST: return &round->request;
    case CD_REC_ANSWER: return &round->answer;
    case CD_REC_INDICATION: return &round->indication;
    case CD_REC_REPRESENTATION: return &round->representation;
    case CD_REC_FOR_DECISION: return &round->for_decision;
    case CD_REC_CONFIRMATION: return &round->confirmation;
    case CD_REC_TOLD: return &round->told;
    case CD_REC_REVIEW_ASKED: return &round->review_asked;
    case CD_REC_REVIEW: return &round->review;
    default: return NULL;
    }
}

/* An answer to an earlier request, or to an indication that was followed by another, says nothing
 * of the newest. A sending rests on what the trust was told before it: taken back or told anew, it
 * has to be sent again. */
static void drop_outlived(cd_round_t *round)
{
    if (round->answer
        && (!round->request
            || ((const cd_answer_t *)round->answer->body)->request_seq != round->request->seq))
        round->answer = NULL;
    if (round->representation
        && (!round->indication
            || ((const cd_representation_t *)round->representation->body)->indication_seq
                   != round->indication->seq))
        round->representation = NULL;
    if (round->for_decision
        && (!round->indication || round->indication->seq > round->for_decision->seq))
        round->for_decision = NULL;
}

static cd_date_t asked_since(const cd_date_t since, const cd_record_t *record)
{
    if (record->kind == CD_REC_REQUEST)
        return since ? since : cd_london_date(record->recorded_at);
    return ((const cd_answer_t *)record->body)->answer == CD_ANSWER_PROVIDED ? CD_NO_DATE : since;
}

cd_round_t *cd_round_read(const cd_claim_t *claim, const char *org, apr_pool_t *pool)
{
    cd_round_t *round = apr_pcalloc(pool, sizeof(*round));
    round->org = org;
    for (int i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];
        const cd_record_t **slot = slot_of(round, record->kind);
        if (weighed(claim, record))
            round->weighed_seq = record->seq;
        if (!slot || record->superseded_by || !cd_record_org(record)
            || strcmp(cd_record_org(record), org))
            continue;
        *slot = record;
        if (record->kind == CD_REC_REQUEST || record->kind == CD_REC_ANSWER)
            round->asked_on = asked_since(round->asked_on, record);
    }
    drop_outlived(round);
    return round;
}

int cd_round_written_since(const cd_round_t *round, cd_instant_t at)
{
    return (round->answer && round->answer->recorded_at > at)
           || (round->representation && round->representation->recorded_at > at);
}

static const cd_record_t *about(const cd_claim_t *claim, cd_record_kind_t kind, int decision_seq)
{
    const cd_field_t *field = cd_record_field(cd_record_def(kind), "decision_seq");
    const cd_record_t *r = NULL, *newest = NULL;
    while ((r = cd_series_next(claim->records, claim->count, kind, r)))
        if (CD_FIELD_GET(int, r->body, field) == decision_seq)
            newest = r;
    return newest;
}

static cd_standing_t first_standing(const cd_decided_t *decided, const cd_stand_t *stand)
{
    const cd_confirmation_t *second = stand->confirmation ? stand->confirmation->body : NULL;
    const cd_review_t *review = stand->review ? stand->review->body : NULL;
    if (second && second->verdict == CD_CONFIRM_RETURNED)
        return CD_STAND_RETURNED;
    if (decided->needs_second && !second)
        return CD_STAND_PROPOSED;
    if (review && review->outcome == CD_REVIEW_QUASHED)
        return CD_STAND_QUASHED;
    return review && review->outcome == CD_REVIEW_VARIED ? CD_STAND_VARIED : CD_STAND_STANDS;
}

static cd_stand_t stand_alone(const cd_decided_t *decided, const cd_claim_t *claim)
{
    cd_stand_t stand = { 0 };
    stand.confirmation = about(claim, CD_REC_CONFIRMATION, decided->seq);
    stand.told = about(claim, CD_REC_TOLD, decided->seq);
    stand.review_asked = about(claim, CD_REC_REVIEW_ASKED, decided->seq);
    stand.review = about(claim, CD_REC_REVIEW, decided->seq);
    stand.standing = first_standing(decided, &stand);
    if (stand.standing == CD_STAND_STANDS)
        stand.amount_p = decided->amount_p;
    if (stand.standing == CD_STAND_VARIED)
        stand.amount_p = ((const cd_review_t *)stand.review->body)->amount_p;
    return stand;
}

/* A later decision took its place once it stood. That it fell away on review brings nobody's
 * earlier decision back: the trust was told that it has nothing to pay. */
static int took_place(const cd_decided_t *later, const cd_claim_t *claim)
{
    const cd_standing_t standing = stand_alone(later, claim).standing;
    return standing == CD_STAND_STANDS || standing == CD_STAND_VARIED
           || standing == CD_STAND_QUASHED;
}

int cd_decision_for_trust(const cd_claim_t *claim, int decision_seq)
{
    return about(claim, CD_REC_TOLD, decision_seq) != NULL;
}

static cd_stand_t stand_among(const cd_decided_t *all, int count, int which,
                              const cd_claim_t *claim, int told_only)
{
    cd_stand_t stand = stand_alone(&all[which], claim);
    if (stand.standing != CD_STAND_STANDS && stand.standing != CD_STAND_VARIED)
        return stand;
    for (int i = 0; i < count; i++) {
        if (all[i].seq <= all[which].seq || strcmp(all[i].org, all[which].org)
            || !took_place(&all[i], claim)
            || (told_only && !cd_decision_for_trust(claim, all[i].seq)))
            continue;
        stand.standing = CD_STAND_REPLACED;
        stand.amount_p = 0;
    }
    return stand;
}

cd_stand_t cd_decision_stand(const cd_decided_t *all, int count, int which, const cd_claim_t *claim)
{
    return stand_among(all, count, which, claim, 0);
}

cd_stand_t cd_decision_stand_told(const cd_decided_t *all, int count, int which,
                                  const cd_claim_t *claim)
{
    return stand_among(all, count, which, claim, 1);
}

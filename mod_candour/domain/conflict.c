/* conflict.c: the one table of what may not be done by the same person. */
#include <stddef.h>
#include <string.h>

#include "domain/conflict.h"

const cd_token_t cd_deeds[] = {
    { CD_DEED_COMPUTE, "COMPUTE", "Compute the flag" },
    { CD_DEED_ASK, "ASK", "Ask for evidence" },
    { CD_DEED_ANSWER, "ANSWER", "Answer for the trust" },
    { CD_DEED_INDICATE, "INDICATE", "Tell the trust what is indicated" },
    { CD_DEED_REPRESENT, "REPRESENT", "Speak to the indication for the trust" },
    { CD_DEED_SEND, "SEND", "Send for decision" },
    { CD_DEED_DECIDE, "DECIDE", "Decide" },
    { CD_DEED_CONFIRM, "CONFIRM", "Confirm as second person" },
    { CD_DEED_TELL, "TELL", "Tell the trust of the decision" },
    { CD_DEED_ASK_REVIEW, "ASK_REVIEW", "Ask for a review" },
    { CD_DEED_REVIEW, "REVIEW", "Review" },
    { CD_DEED_RECOVER, "RECOVER", "Ask the trust for the sum" },
    { CD_DEED_RECEIVE, "RECEIVE", "Record what the trust paid" },
    { CD_DEED_ACTIVATE, "ACTIVATE", "Put a scheme version in force" },
    { 0, NULL, NULL }
};

const cd_token_t cd_dids[] = {
    { CD_DID_BELONG, "BELONG", "Belongs to the trust" },
    { CD_DID_ENTER, "ENTER", "Entered evidence in a case" },
    { CD_DID_RECORD, "RECORD", "Wrote in the claim" },
    { CD_DID_COMPUTE, "COMPUTE", "Computed the flag" },
    { CD_DID_ASK, "ASK", "Asked for evidence" },
    { CD_DID_ANSWER, "ANSWER", "Answered for the trust" },
    { CD_DID_INDICATE, "INDICATE", "Told the trust what is indicated" },
    { CD_DID_SEND, "SEND", "Sent the flag for decision" },
    { CD_DID_REPRESENT, "REPRESENT", "Spoke for the trust" },
    { CD_DID_DECIDE, "DECIDE", "Decided" },
    { CD_DID_CONFIRM, "CONFIRM", "Confirmed, or sent back" },
    { CD_DID_TELL, "TELL", "Told the trust of the decision" },
    { CD_DID_REVIEW, "REVIEW", "Reviewed" },
    { CD_DID_RECOVER, "RECOVER", "Asked the trust for the sum" },
    { CD_DID_DRAFT, "DRAFT", "Wrote the scheme version" },
    { 0, NULL, NULL }
};

/* The sentences, and beside each what the page says where there is no conflict. */
typedef struct cell_t { const char *why_not, *free_of; } cell_t;
#define BELONG { "you belong to this trust", "You do not belong to this trust" }
#define ENTER { "you entered some of the evidence", "You did not enter any of the evidence" }
#define RECORD { "you entered some of the evidence", "You did not write in this claim" }
#define COMPUTE { "you computed the flag", "You did not compute the flag" }
#define ASK { "you asked the trust for evidence", "You did not ask the trust for evidence" }
#define ANSWER { "you answered for the trust", "You did not answer for the trust" }
#define INDICATE \
    { "you told the trust what is indicated", "You did not tell the trust what is indicated" }
#define SEND { "you sent the flag for decision", "You did not send the flag for decision" }
#define REPRESENT { "you spoke for the trust", "You did not speak for the trust" }
#define DECIDE { "you made the decision", "You did not make the decision" }
#define CONFIRM { "you acted as second person on it", "You did not act as second person on it" }
#define TELL { "you told the trust of the decision", "You did not tell the trust of the decision" }
#define REVIEW { "you reviewed the decision", "You did not review the decision" }
#define DRAFT { "you wrote this version", "You did not write this version" }

/* What the scheme's handlers do asks only that they are none of the trust's people and did not
 * decide; what the trust does asks that it is the trust's own people, which is their right's reach.
 * Who decides, confirms or reviews comes to it fresh. A cell that is not named here forbids
 * nothing. */
static const cell_t table[CD_DEED_LAST + 1][CD_DID_LAST + 1] = {
    [CD_DEED_COMPUTE] = { [CD_DID_BELONG] = BELONG },
    [CD_DEED_ASK] = { [CD_DID_BELONG] = BELONG },
    [CD_DEED_INDICATE] = { [CD_DID_BELONG] = BELONG },
    [CD_DEED_SEND] = { [CD_DID_BELONG] = BELONG },
    [CD_DEED_ANSWER] = { [CD_DID_DECIDE] = DECIDE, [CD_DID_CONFIRM] = CONFIRM,
                         [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_REPRESENT] = { [CD_DID_DECIDE] = DECIDE, [CD_DID_CONFIRM] = CONFIRM,
                            [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_DECIDE] = { [CD_DID_BELONG] = BELONG, [CD_DID_ENTER] = ENTER, [CD_DID_RECORD] = RECORD,
                         [CD_DID_COMPUTE] = COMPUTE, [CD_DID_ASK] = ASK, [CD_DID_ANSWER] = ANSWER,
                         [CD_DID_INDICATE] = INDICATE, [CD_DID_SEND] = SEND,
                         [CD_DID_REPRESENT] = REPRESENT,
                         [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_CONFIRM] = { [CD_DID_BELONG] = BELONG, [CD_DID_ENTER] = ENTER,
                          [CD_DID_RECORD] = RECORD,
                          [CD_DID_COMPUTE] = COMPUTE, [CD_DID_ASK] = ASK, [CD_DID_ANSWER] = ANSWER,
                          [CD_DID_INDICATE] = INDICATE, [CD_DID_SEND] = SEND,
                          [CD_DID_REPRESENT] = REPRESENT,
                          [CD_DID_DECIDE] = DECIDE, [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_TELL] = { [CD_DID_BELONG] = BELONG },
    [CD_DEED_ASK_REVIEW] = { [CD_DID_DECIDE] = DECIDE, [CD_DID_CONFIRM] = CONFIRM,
                             [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_REVIEW] = { [CD_DID_BELONG] = BELONG, [CD_DID_ENTER] = ENTER, [CD_DID_RECORD] = RECORD,
                         [CD_DID_COMPUTE] = COMPUTE, [CD_DID_ASK] = ASK, [CD_DID_ANSWER] = ANSWER,
                         [CD_DID_INDICATE] = INDICATE, [CD_DID_SEND] = SEND,
                         [CD_DID_REPRESENT] = REPRESENT,
                         [CD_DID_DECIDE] = DECIDE, [CD_DID_CONFIRM] = CONFIRM,
                         [CD_DID_TELL] = TELL },
    [CD_DEED_RECOVER] = { [CD_DID_BELONG] = BELONG, [CD_DID_DECIDE] = DECIDE,
                          [CD_DID_CONFIRM] = CONFIRM,
                          [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_RECEIVE] = { [CD_DID_BELONG] = BELONG, [CD_DID_DECIDE] = DECIDE,
                          [CD_DID_CONFIRM] = CONFIRM,
                          [CD_DID_REVIEW] = REVIEW },
    [CD_DEED_ACTIVATE] = { [CD_DID_DRAFT] = DRAFT },
};

cd_right_t cd_deed_right(cd_deed_t deed)
{
    switch (deed) {
    case CD_DEED_COMPUTE: return CD_RIGHT_FLAG_COMPUTE;
    case CD_DEED_ANSWER:
    case CD_DEED_REPRESENT:
    case CD_DEED_ASK_REVIEW:
        return CD_RIGHT_CLAIM_ANSWER;
    case CD_DEED_DECIDE: case CD_DEED_CONFIRM: return CD_RIGHT_DECISION_WRITE;
    case CD_DEED_REVIEW: return CD_RIGHT_REVIEW_WRITE;
    case CD_DEED_RECOVER: case CD_DEED_RECEIVE: return CD_RIGHT_RECOVERY_WRITE;
    case CD_DEED_ACTIVATE: return CD_RIGHT_SCHEME_ACTIVATE;
    case CD_DEED_ASK: case CD_DEED_INDICATE: case CD_DEED_SEND: case CD_DEED_TELL: break;
    }
    return CD_RIGHT_CLAIM_WRITE;
}

const char *cd_deed_only(cd_deed_t deed)
{
    switch (cd_deed_right(deed)) {
    case CD_RIGHT_CLAIM_ANSWER: return "only the trust’s own legal team may do this";
    case CD_RIGHT_DECISION_WRITE:
        return deed == CD_DEED_DECIDE ? "only a decision-maker of the scheme may decide"
                                      : "only a decision-maker of the scheme may confirm";
    case CD_RIGHT_REVIEW_WRITE: return "only a reviewer may review";
    case CD_RIGHT_SCHEME_ACTIVATE:
        return "only a decision-maker or a reviewer may put a scheme in force";
    default: return "only a claims handler may do this";
    }
}

/* A kind that is not here is evidence or a fact of the claim. */
static cd_did_t did_of(cd_record_kind_t kind)
{
    switch (kind) {
    case CD_REC_REQUEST: return CD_DID_ASK;
    case CD_REC_ANSWER: return CD_DID_ANSWER;
    case CD_REC_INDICATION: return CD_DID_INDICATE;
    case CD_REC_REPRESENTATION: case CD_REC_REVIEW_ASKED: return CD_DID_REPRESENT;
    case CD_REC_FOR_DECISION: return CD_DID_SEND;
    case CD_REC_CONFIRMATION: return CD_DID_CONFIRM;
    case CD_REC_TOLD: return CD_DID_TELL;
    case CD_REC_REVIEW: return CD_DID_REVIEW;
    case CD_REC_RECOVERY: case CD_REC_RECEIPT: return CD_DID_RECOVER;
    default: return CD_DID_RECORD;
    }
}

apr_uint32_t cd_did_records(const cd_claim_t *claim, const char *org, cd_user_id user)
{
    apr_uint32_t did = 0;
    for (int i = 0; i < claim->count; i++) {
        const cd_record_t *record = &claim->records[i];
        const cd_did_t one = did_of(record->kind);
        const char *about = one == CD_DID_RECORD ? NULL : cd_record_org(record);
        if (record->recorded_by == user && (!about || !strcmp(about, org)))
            did |= 1u << one;
    }
    return did;
}

const char *cd_conflict_cell(cd_deed_t deed, cd_did_t did)
{
    return table[deed][did].why_not;
}

const char *cd_conflict(cd_deed_t deed, apr_uint32_t did)
{
    for (int i = 1; i <= CD_DID_LAST; i++)
        if (did & (1u << i) && table[deed][i].why_not)
            return table[deed][i].why_not;
    return NULL;
}

const char *cd_conflict_check(cd_deed_t deed, apr_uint32_t did, int index, int *ok_out)
{
    for (int i = 1; i <= CD_DID_LAST; i++) {
        if (!table[deed][i].why_not || index--)
            continue;
        *ok_out = !(did & (1u << i));
        return table[deed][i].free_of;
    }
    return NULL;
}

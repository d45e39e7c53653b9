/* conflict.h: who may not do what between the scheme and a trust, because of what they did before.
 *
 * Requires: actor.h, round.h.   Provides: cd_deed_t, cd_did_t, cd_conflict.   Used by: domain, app,
 * web, cli. Rights say what a role may do; this says who of them may not, in one claim and for one
 * trust. One table: a row for each deed, a column for each thing done before, and in a cell the
 * sentence that is shown. A test walks all of it. */
#ifndef CD_DOMAIN_CONFLICT_H
#define CD_DOMAIN_CONFLICT_H

#include "base/token.h"
#include "domain/actor.h"
#include "domain/round.h"

/** What somebody is about to do. */
typedef enum cd_deed_t {
    CD_DEED_COMPUTE = 1,
    CD_DEED_ASK,
    CD_DEED_ANSWER,
    CD_DEED_INDICATE,
    CD_DEED_REPRESENT,
    CD_DEED_SEND,
    CD_DEED_DECIDE,
    CD_DEED_CONFIRM,
    CD_DEED_TELL,
    CD_DEED_ASK_REVIEW,
    CD_DEED_REVIEW,
    CD_DEED_RECOVER,
    CD_DEED_RECEIVE,
    /* put a scheme version in force: `did` holds DRAFTED alone */
    CD_DEED_ACTIVATE,
    CD_DEED_LAST = CD_DEED_ACTIVATE
} cd_deed_t;
extern const cd_token_t cd_deeds[];

/** What they did before, in this claim or in a case that was ever linked to it; bits of a set (1u
 * << value). */
typedef enum cd_did_t {
    CD_DID_BELONG = 1,                 /* belongs to the trust that the deed is about */
    CD_DID_ENTER,                      /* entered evidence: a record of a linked case */
    /* wrote in the claim as a handler: facts, payments, trusts ... */
    CD_DID_RECORD,
    CD_DID_COMPUTE, CD_DID_ASK, CD_DID_ANSWER, CD_DID_INDICATE, CD_DID_SEND, CD_DID_REPRESENT,
    CD_DID_DECIDE, CD_DID_CONFIRM, CD_DID_TELL, CD_DID_REVIEW, CD_DID_RECOVER,
    CD_DID_DRAFT,                      /* wrote the scheme version */
    CD_DID_LAST = CD_DID_DRAFT
} cd_did_t;
extern const cd_token_t cd_dids[];

/** What `user` did by the records of the claim, for the trust `org`; of flags, decisions and cases
 * others know. */
apr_uint32_t cd_did_records(const cd_claim_t *claim, const char *org, cd_user_id user);
/** "only a decision-maker of the scheme may decide": to somebody without the right. */
const char *cd_deed_only(cd_deed_t deed);
/** The right that a deed needs. */
cd_right_t cd_deed_right(cd_deed_t deed);
/** Why somebody who did this may not do that, in words; NULL: no conflict. The first in the order
 * of cd_did_t. */
const char *cd_conflict(cd_deed_t deed, apr_uint32_t did);
/** One cell. */
const char *cd_conflict_cell(cd_deed_t deed, cd_did_t did);
/** What was looked for, for the page: "You did not enter any of the evidence". NULL at the end.
 * `index` counts the cells of the deed's row that forbid; *ok_out: 0 if this is the conflict. */
const char *cd_conflict_check(cd_deed_t deed, apr_uint32_t did, int index, int *ok_out);

#endif

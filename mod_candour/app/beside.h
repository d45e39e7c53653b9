/* beside.h: a claim and one case that is linked to it, read together.
 *
 * Requires: case.h, claim.h.   Provides: app_beside.   Used by: web. */
#ifndef CD_APP_BESIDE_H
#define CD_APP_BESIDE_H

#include "app/case.h"
#include "app/claim.h"

typedef struct app_beside_t {
    const app_claim_view_t *claim;       /* cut down for a trust's user, as everywhere */
    const app_party_t *party;            /* whose case it is */
    const app_case_view_t *file;
} app_beside_t;

/** The claim that the address names, and a case of it, both as they stand today; writes nothing.
 * @errors CD_E_FORBIDDEN: without CLAIM_READ or CASE_READ; CD_E_NOT_FOUND: either is out of reach
 * or absent, or the case is not linked to a part of the claim that this actor sees
 * @owner ctx->pool. Afterwards the context's file is the case. */
cd_err_t *app_beside(app_beside_t *out, app_ctx_t *ctx, const char *case_reference);

#endif

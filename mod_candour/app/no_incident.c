/* no_incident.c: what it means that no incident was ever recorded for a trust's part: a person says
 * so. */
#include <string.h>

#include "app/claim_core.h"
#include "domain/round.h"

/* The trust's row in the claim, if the actor may write there; whether a case is linked is the
 * claim's to say. */
static cd_err_t *unlinked(app_ctx_t *ctx, const cd_claim_t *claim, const char *org_code)
{
    int i;

    for (i = 0; claim->parties && i < CD_PARTIES_MAX; i++) {
        const cd_party_t *party = &claim->parties->party[i];

        if (!party->org_code || strcmp(party->org_code, org_code))
            continue;
        return party->cases ? cd_err(ctx->pool, CD_E_INVALID,
                                     "a case is linked for this trust, so an incident is recorded",
                                     "no incident where one is linked")
                            : NULL;
    }
    return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "no such trust in the claim");
}

cd_err_t *app_no_incident(int *seq_out, app_ctx_t *ctx, const char *org_code,
                          cd_no_incident_t *body, int version, cd_problems_t *problems)
{
    app_record_ask_t ask = { .kind = CD_REC_NO_INCIDENT, .body = body, .version = version };
    app_claim_facts_t facts;
    store_head_t *head;

    CD_ERR(app_file(&head, ctx, cd_record_def(CD_REC_NO_INCIDENT)->right));
    CD_ERR(app_claim_read(&facts, ctx, head, ctx->today));
    CD_ERR(unlinked(ctx, facts.claim, org_code));
    body->org = org_code;
    return app_claim_record(seq_out, ctx, &ask, problems);
}

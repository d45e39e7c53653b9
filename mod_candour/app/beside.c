/* beside.c: a claim and one case that is linked to it.
 *
 * It has no rights of its own: both files are read by the use cases of their own pages. */
#include <string.h>

#include "app/beside.h"

/* The trust in whose part of the claim the case stands; NULL: it is linked to none that was given.
 */
static const app_party_t *party_of(const app_claim_view_t *claim, const char *case_reference)
{
    int i, j;

    for (i = 0; i < claim->party_count; i++)
        for (j = 0; j < claim->parties[i].case_count; j++)
            if (!strcmp(claim->parties[i].cases[j], case_reference))
                return &claim->parties[i];
    return NULL;
}

cd_err_t *app_beside(app_beside_t *out, app_ctx_t *ctx, const char *case_reference)
{
    app_claim_view_t *claim;
    app_case_view_t *file;

    CD_ERR(app_need(ctx, CD_RIGHT_CASE_READ));
    CD_ERR(app_claim_view(&claim, ctx, CD_NO_DATE));
    out->claim = claim;
    out->party = party_of(claim, case_reference);
    if (!out->party)
        return cd_err(ctx->pool, CD_E_NOT_FOUND, NULL, "the case is not linked to the claim");
    CD_ERR(app_name_file(ctx, CD_FILE_CASE, case_reference));
    CD_ERR(app_case_view(&file, ctx, CD_NO_DATE));
    out->file = file;
    return NULL;
}

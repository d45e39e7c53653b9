/* net.c: what a claim costs the fund in the end. */
#include "domain/net.h"

cd_err_t *cd_net(cd_net_t *out, apr_int64_t outlay_p, apr_int64_t received_p, apr_int64_t repaid_p,
                 int may_exceed, apr_pool_t *pool)
{
    if (outlay_p < 0 || received_p < 0 || repaid_p < 0)
        return cd_err(pool, CD_E_RANGE, NULL, "a sum of the claim is below zero");
    out->outlay_p = outlay_p;
    CD_ERR(cd_pence_add(&out->recovered_p, received_p, -repaid_p, pool));
    CD_ERR(cd_pence_add(&out->net_p, outlay_p, -out->recovered_p, pool));
    out->below = out->net_p >= 0 ? CD_NET_NOT_BELOW
                 : may_exceed    ? CD_NET_BELOW_ALLOWED
                                 : CD_NET_BELOW_ODD;
    return NULL;
}

/* claim.h: what is kept beside the records of claims: the scheme's own numbers, and in which status
 * each stood when.
 *
 * Requires: file.h.   Provides: store_scheme_ref_*, store_status_*, store_people_in_role.   Used
 * by: app, cli. */
#ifndef CD_STORE_CLAIM_H
#define CD_STORE_CLAIM_H

#include "store/file.h"

/** Reference of the claim that holds the scheme's number; NULL: none does. @owner pool */
cd_err_t *store_scheme_ref_holder(const char **reference_out, const char *scheme_ref,
                                  store_conn_t *conn, apr_pool_t *pool);
/** Makes `scheme_ref` (NULL: none) the claim's number and gives up any other it held.
 * @errors CD_E_STALE: another claim holds it */
cd_err_t *store_scheme_ref_put(apr_int64_t claim_id, const char *scheme_ref, store_conn_t *conn,
                               apr_pool_t *pool);

/** The claim stood in `status` at the end of `day`, as it was known then. */
cd_err_t *store_status_day_put(apr_int64_t claim_id, cd_date_t day, int status, store_conn_t *conn,
                               apr_pool_t *pool);
/** How many claims stood in each status at the end of `day`; index is the status. */
cd_err_t *store_status_counts(apr_int64_t out[CD_CLAIM_REOPENED + 1], cd_date_t day,
                              store_conn_t *conn, apr_pool_t *pool);
/** Claims that have no row of status history at all, 1000 at most: made before there was one. */
cd_err_t *store_claims_without_history(const char ***refs_out, int *count_out, store_conn_t *conn,
                                       apr_pool_t *pool);

/** An active user by sign-in name and name. */
typedef struct store_person_t { const char *subject, *name; } store_person_t;
/** Active users with any of these roles (bits), by name, 200 at most. */
cd_err_t *store_people_in_role(store_person_t **out, int *count_out, apr_uint32_t roles,
                               store_conn_t *conn, apr_pool_t *pool);

#endif

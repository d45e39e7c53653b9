/* user.h: users, organisations, holidays, schemes and the stamps that let a child cache them.
 *
 * Requires: pool.h, domain.   Provides: store_user_*, store_org_*, store_holidays_*,
 * store_scheme_*.   Used by: app, cli. */
#ifndef CD_STORE_USER_H
#define CD_STORE_USER_H

#include "domain/org.h"
#include "domain/scheme.h"
#include "store/tx.h"

/** Version numbers of slowly changing data; they come with every actor look-up (one row,
 * app_state). */
typedef struct store_stamp_t { int schema, orgs, holidays, schemes; } store_stamp_t;

typedef struct store_user_t {
    cd_user_id id;
    const char *subject, *name, *org_code, *org_name;
    apr_uint32_t roles;
    int active, version;
    cd_instant_t created_at;
    const char *email;           /* or NULL */
} store_user_t;

cd_err_t *store_users(store_user_t **out, int *count_out, const char *after_subject, int limit,
                      store_conn_t *conn, apr_pool_t *pool);
/** Active users with any of these roles (bits), of one organisation (0: of any), 1000 at most. */
cd_err_t *store_users_in_role(cd_user_id **out, int *count_out, apr_uint32_t roles, cd_org_id org,
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_user_get(store_user_t **out, const char *subject, store_conn_t *conn,
                         apr_pool_t *pool);
cd_err_t *store_user_insert(const store_user_t *user, cd_org_id org_id, cd_instant_t at,
                            store_conn_t *conn, apr_pool_t *pool);
/** @errors CD_E_STALE */
cd_err_t *store_user_update(const store_user_t *user, cd_org_id org_id, store_conn_t *conn,
                            apr_pool_t *pool);

/* What entries of the system's chain commit to: the row in words; verify makes them again. @owner pool */
const char *store_user_content(const store_user_t *user, apr_pool_t *pool);
const char *store_org_content(const cd_org_t *org, apr_pool_t *pool);
const char *store_scheme_content(const cd_scheme_t *scheme, apr_pool_t *pool);

cd_err_t *store_orgs(cd_org_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_org_get(cd_org_t **out, const char *code, store_conn_t *conn, apr_pool_t *pool);
/** Fills id; bumps stamp */
cd_err_t *store_org_insert(cd_org_t *org, cd_instant_t at, store_conn_t *conn, apr_pool_t *pool);
/** @errors CD_E_STALE; bumps stamp */
cd_err_t *store_org_update(const cd_org_t *org, store_conn_t *conn, apr_pool_t *pool);

cd_err_t *store_holidays(cd_holiday_t **out, int *count_out, store_conn_t *conn, apr_pool_t *pool);
/** Adds and retires; bumps stamp */
cd_err_t *store_holidays_replace(const cd_holiday_t *list, int count, store_conn_t *conn,
                                 apr_pool_t *pool);

typedef struct store_scheme_row_t {
    cd_scheme_t *scheme;
    int active;
    cd_instant_t added_at;
    const char *added_by;
} store_scheme_row_t;
cd_err_t *store_schemes(store_scheme_row_t **out, int *count_out, store_conn_t *conn,
                        apr_pool_t *pool);
cd_err_t *store_scheme_insert(const cd_scheme_t *scheme, cd_user_id by, cd_instant_t at,
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_scheme_activate(const char *code, int version, store_conn_t *conn,
                                apr_pool_t *pool);

#endif

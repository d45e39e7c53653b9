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

/* What entries of the system's chain commit to: the row in words; verify makes them again. @owner
 * pool */
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
    cd_scheme_life_t life;
    /* of its life, for the compare-and-set; 0: older than the table of lives */
    int row_version;
    cd_user_id drafted_by, acted_by;
    const char *drafted_name, *acted_name;   /* or NULL: the command line, or nobody yet */
    cd_instant_t drafted_at;
    const char *note;            /* of who acted */
    const char *file_hash;       /* SHA-256 of the file, hex; "": none is kept */
} store_scheme_row_t;
cd_err_t *store_schemes(store_scheme_row_t **out, int *count_out, store_conn_t *conn,
                        apr_pool_t *pool);
cd_err_t *store_scheme_insert(const cd_scheme_t *scheme, cd_user_id by, cd_instant_t at,
                              store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_scheme_activate(const char *code, int version, store_conn_t *conn,
                                apr_pool_t *pool);
/** What an entry about the version commits to: settings and, but for row_version 0, its life.
 * @owner pool */
const char *store_scheme_row_content(const store_scheme_row_t *row, apr_pool_t *pool);
/** Adds a draft with its file, or puts another in its place (`replace`; its row must still be at
 * row_version). Fills file_hash. @errors CD_E_STALE */
cd_err_t *store_scheme_draft(store_scheme_row_t *row, const char *file, int replace,
                             store_conn_t *conn, apr_pool_t *pool);
/** Writes what was done with it: life, acted_by, note. @errors CD_E_STALE */
cd_err_t *store_scheme_settle(const store_scheme_row_t *row, store_conn_t *conn, apr_pool_t *pool);
/** The file as it was given; "" if none is kept. @errors CD_E_NOT_FOUND */
cd_err_t *store_scheme_file(const char **out, const char *code, int version, store_conn_t *conn,
                            apr_pool_t *pool);
cd_err_t *store_any_claim(int *out, store_conn_t *conn, apr_pool_t *pool);

/** What a trust contributes in a financial year; the highest seq of a year holds. @unit pence */
typedef struct store_contribution_t {
    int year, seq;
    apr_int64_t amount_p;
    cd_instant_t set_at;
    const char *set_by;          /* or NULL: the command line */
} store_contribution_t;
/** Newest year first, of each year the newest sum first. */
cd_err_t *store_contributions(store_contribution_t **out, int *count_out, cd_org_id org, int limit,
                              store_conn_t *conn, apr_pool_t *pool);
/** What holds of every trust and year, by organisation and year; for the cache. */
typedef struct store_contributed_t {
    cd_org_id org;
    int year;
    apr_int64_t amount_p;
} store_contributed_t;
cd_err_t *store_contributed(store_contributed_t **out, int *count_out, store_conn_t *conn,
                            apr_pool_t *pool);
/** The sum that holds; 0 and seq 0: none is known. */
cd_err_t *store_contribution(apr_int64_t *amount_p_out, int *seq_out, cd_org_id org, int year,
                             store_conn_t *conn, apr_pool_t *pool);
/** Every row, by organisation, year and seq: for verify. */
typedef struct store_contribution_of_t {
    const char *org_code;
    int year, seq;
    apr_int64_t amount_p;
} store_contribution_of_t;
cd_err_t *store_contributions_all(store_contribution_of_t **out, int *count_out, store_conn_t *conn,
                                  apr_pool_t *pool);
/** What the entry of a row commits to. @owner pool */
const char *store_contribution_content(int year, int seq, apr_int64_t amount_p, apr_pool_t *pool);
/** Bumps the stamp of the schemes. */
cd_err_t *store_contribution_insert(cd_org_id org, const store_contribution_t *row, cd_user_id by,
                                    store_conn_t *conn, apr_pool_t *pool);

#endif

/* team.h: who works with whom: colleagues, teams, cover for absence; and what a person keeps for
 * the work list.
 *
 * Requires: tx.h, domain.   Provides: store_colleague_*, store_team_*, store_cover_*,
 * store_filter_*, store_feed_*. Used by: app. What is taken off is marked as ended: the server's
 * account deletes nothing. */
#ifndef CD_STORE_TEAM_H
#define CD_STORE_TEAM_H

#include "base/date.h"
#include "domain/actor.h"
#include "store/tx.h"

/** An active user of a trust. */
typedef struct store_colleague_t {
    cd_user_id id;
    const char *subject, *name;
    cd_date_t away_to;             /* last day of an absence that is on today, 0: here */
} store_colleague_t;
/** By sign-in name, those after `after`. */
cd_err_t *store_colleagues(store_colleague_t **out, int *count_out, cd_org_id org_id,
                           cd_date_t today, const char *after, int limit, store_conn_t *conn,
                           apr_pool_t *pool);
/** `*out` NULL: nobody of that name is active in this trust. */
cd_err_t *store_colleague_get(store_colleague_t **out, cd_org_id org_id, const char *subject,
                              store_conn_t *conn, apr_pool_t *pool);

typedef struct store_member_t {
    const char *team;
    cd_user_id user_id;
    const char *subject, *name;
} store_member_t;
/** Every member of every team of a trust, by team and name. */
cd_err_t *store_team_members(store_member_t **out, int *count_out, cd_org_id org_id, int limit,
                             store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_team_put(cd_org_id org_id, const char *team, cd_user_id user_id, int active,
                         cd_instant_t at, store_conn_t *conn, apr_pool_t *pool);

typedef struct store_cover_t {
    cd_user_id user_id, covered_by;
    cd_date_t first_on, last_on;
    const char *name, *cover_name, *cover_subject;
} store_cover_t;
/** Absences of the person, and those the person covers for, that are not over. */
cd_err_t *store_covers(store_cover_t **out, int *count_out, cd_user_id user_id, cd_date_t today,
                       int limit, store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_cover_put(const store_cover_t *cover, cd_instant_t at, store_conn_t *conn,
                          apr_pool_t *pool);
/** @errors CD_E_NOT_FOUND: no such absence stands */
cd_err_t *store_cover_end(cd_user_id user_id, cd_date_t first_on, cd_instant_t at,
                          store_conn_t *conn, apr_pool_t *pool);

typedef struct store_filter_t { const char *name, *query; } store_filter_t;
cd_err_t *store_filters(store_filter_t **out, int *count_out, cd_user_id user_id, int limit,
                        store_conn_t *conn, apr_pool_t *pool);
cd_err_t *store_filter_put(cd_user_id user_id, const store_filter_t *filter, cd_instant_t at,
                           store_conn_t *conn, apr_pool_t *pool);
/** @errors CD_E_NOT_FOUND */
cd_err_t *store_filter_end(cd_user_id user_id, const char *name, cd_instant_t at,
                           store_conn_t *conn, apr_pool_t *pool);

#define STORE_FEED_HASH 32
/** When the person's calendar address was made; 0: there is none. */
cd_err_t *store_feed_made(cd_instant_t *made_out, cd_user_id user_id, store_conn_t *conn,
                          apr_pool_t *pool);
cd_err_t *store_feed_put(cd_user_id user_id, const unsigned char hash[STORE_FEED_HASH],
                         cd_instant_t at, store_conn_t *conn, apr_pool_t *pool);
/** @errors CD_E_NOT_FOUND: there is none */
cd_err_t *store_feed_end(cd_user_id user_id, cd_instant_t at, store_conn_t *conn, apr_pool_t *pool);
/** The active trust user whose address it is; `*out` NULL: nobody's. */
cd_err_t *store_feed_find(cd_actor_t **out, const unsigned char hash[STORE_FEED_HASH],
                          store_conn_t *conn, apr_pool_t *pool);

typedef struct store_event_t {
    const char *reference, *rule, *step;
    cd_date_t due_on;
    int version;                   /* of the case when it came to this */
    cd_instant_t changed_at;
    int cancelled;
} store_event_t;
/** Dated steps of the person and of those they cover for today; and what was taken off them since
 * `gone_since`. */
cd_err_t *store_feed_events(store_event_t **out, int *count_out, const cd_actor_t *user,
                            cd_date_t today, cd_instant_t gone_since, int limit, store_conn_t *conn,
                            apr_pool_t *pool);

#endif

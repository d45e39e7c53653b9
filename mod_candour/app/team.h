/* team.h: who works with whom in a trust, who covers for whom; and what a person keeps for the work
 * list.
 *
 * Requires: ctx.h, work.h.   Provides: app_colleagues, app_team_*, app_cover_*, app_filter_*,
 * app_feed_*. Used by: web, cli. All of it within the actor's own trust; a person of another trust
 * is refused as one who is not there. Each change is entered in the system's record. */
#ifndef CD_APP_TEAM_H
#define CD_APP_TEAM_H

#include "app/work.h"

/** CD_E_FORBIDDEN unless the actor works at a trust and may read its cases. */
cd_err_t *app_trust_need(const app_ctx_t *ctx);

typedef struct app_colleague_t {
    const char *subject, *name;
    cd_date_t away_to;                   /* last day of an absence that is on, 0: here */
    int is_me;
} app_colleague_t;
#define APP_COLLEAGUES 300               /* people in a list to choose from */
/** The active users of the actor's trust, by name. right CASE_READ */
cd_err_t *app_colleagues(app_colleague_t **out, int *count_out, app_ctx_t *ctx);

typedef struct app_member_t { const char *team, *subject, *name; } app_member_t;
/** Every member of every team of the actor's trust, by team. right CASE_READ */
cd_err_t *app_team_members(app_member_t **out, int *count_out, app_ctx_t *ctx);
/** Adds a person to a team (which is there from then on), or takes them off it. right CASE_WRITE */
cd_err_t *app_team_put(app_ctx_t *ctx, const char *team, const char *subject, int active,
                       cd_problems_t *problems);

typedef struct app_cover_t {
    cd_date_t first_on, last_on;
    const char *covered_by;              /* subject */
    const char *name, *cover_name;       /* who is away, who covers: shown only */
    int is_mine;                         /* the actor is away; 0: the actor covers */
    const char *subject;                 /* to put: who is away; NULL: the actor */
} app_cover_t;
/** Absences of the actor and those the actor covers for, that are not over. */
cd_err_t *app_covers(app_cover_t **out, int *count_out, app_ctx_t *ctx);
/** "From ... to ... I am away, X covers." One that begins on the same day is replaced. For somebody
 * else of the trust (who went sick, say) it takes the right CASE_WRITE, and the entry names who
 * entered it for whom. */
cd_err_t *app_cover_put(app_ctx_t *ctx, const app_cover_t *cover, cd_problems_t *problems);
/** @errors CD_E_NOT_FOUND: no absence of the actor begins on that day */
cd_err_t *app_cover_end(app_ctx_t *ctx, cd_date_t first_on);

typedef struct app_filter_t { const char *name, *query; } app_filter_t;
#define APP_FILTERS 20                   /* saved ones a person may have */
cd_err_t *app_filters(app_filter_t **out, int *count_out, app_ctx_t *ctx);
/** Saves under a name; the same name again replaces it. `query`: as the program wrote it. */
cd_err_t *app_filter_put(app_ctx_t *ctx, const char *name, const char *query,
                         cd_problems_t *problems);
/** @errors CD_E_NOT_FOUND */
cd_err_t *app_filter_end(app_ctx_t *ctx, const char *name);

/* ---- the calendar ------------------------------------------------------------- */

#define APP_FEED_TOKEN 48                /* characters: 24 random bytes in hex */
/** When the actor's calendar address was made, 0: there is none. */
cd_err_t *app_feed_made(cd_instant_t *made_out, app_ctx_t *ctx);
/** Makes a new address; the one before ends. `*token_out`: what makes it unguessable, told this
 * once and kept nowhere; NULL where the request was answered before. */
cd_err_t *app_feed_make(const char **token_out, app_ctx_t *ctx);
/** @errors CD_E_NOT_FOUND: there is none */
cd_err_t *app_feed_end(app_ctx_t *ctx);

typedef struct app_event_t {
    const char *reference, *rule, *step;
    cd_date_t due_on;
    int version;                         /* rises with each change of the case */
    cd_instant_t changed_at;
    int cancelled;                       /* done, taken off or given to somebody else */
} app_event_t;
#define APP_FEED_EVENTS 500
#define APP_FEED_GONE_DAYS 60            /* how long a step taken off is told as cancelled */
/** Dated steps of the person whose address it is. Without an actor: the token is all there is.
 * @errors CD_E_NOT_FOUND: no such address, ended, or its person may no longer sign in */
cd_err_t *app_feed_read(app_event_t **out, int *count_out, app_ctx_t *ctx, const char *token);

#endif

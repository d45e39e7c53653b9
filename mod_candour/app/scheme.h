/* scheme.h: liability schemes: their versions, the life of each, and what trusts contribute in a
 * year.
 *
 * Requires: ctx.h, domain/scheme.h.   Provides: app_scheme*, app_contribution*.   Used by: app,
 * web, cli. A version is drafted by one person and put in force by another, once it was tried on
 * the live claims. What is in force is a question of the day: app_scheme_active asks it each time,
 * so that nothing waits for a job at midnight. */
#ifndef CD_APP_SCHEME_H
#define CD_APP_SCHEME_H

#include "app/ctx.h"

typedef struct app_scheme_t {
    const cd_scheme_t *scheme;
    int active;                          /* in force today */
    int state;                           /* cd_scheme_state_t, as at today */
    int row_version;                     /* of its life: what a person saw */
    cd_date_t from;                      /* first day in force; 0: none */
    /* names; the command line's is "the command line"; acted_by NULL: nobody yet */
    const char *drafted_by, *acted_by;
    cd_instant_t drafted_at, acted_at;
    const char *note;
    int drafted_by_me;
} app_scheme_t;
/** Every version of every scheme, by code and version. right POLICY_READ */
cd_err_t *app_schemes(app_scheme_t **out, int *count_out, app_ctx_t *ctx);
/** Adds a version for a new installation, with `text` as its file (NULL: none), and puts it in
 * force from today. right ORG_ADMIN; people draft and activate instead. */
cd_err_t *app_scheme_add_file(app_ctx_t *ctx, const cd_scheme_t *scheme, const char *text,
                              int activate, cd_problems_t *problems);
cd_err_t *app_scheme_add(app_ctx_t *ctx, const cd_scheme_t *scheme, int activate,
                         cd_problems_t *problems);

/** One version with its file, its test claims as they come out now, and what the actor may do with
 * it. */
typedef struct app_scheme_page_t {
    app_scheme_t row;
    const char *text;                    /* the file as it was given; "": none was kept */
    const cd_scheme_file_t *file;        /* NULL: none was kept */
    int tried;                           /* on all claims, since it was drafted */
    int no_claims;                       /* there is none to try it on */
    int may_replace, may_send_back, may_activate;
    /* why the actor cannot activate it, a sentence; NULL: may, or not asked */
    const char *why_not;
} app_scheme_page_t;
/** right POLICY_READ @errors CD_E_NOT_FOUND */
cd_err_t *app_scheme_get(app_scheme_page_t **out, app_ctx_t *ctx, const char *code, int version);

/** Drafts the version that the file says, or puts another draft in the place of the actor's own
 * while it was not tried or after it was sent back. right SCHEME_WRITE   @errors CD_E_INVALID with
 * problems */
cd_err_t *app_scheme_draft(const cd_scheme_t **out, app_ctx_t *ctx, const char *text,
                           cd_problems_t *problems);

/** What the page of a check asks. */
typedef struct app_scheme_check_t {
    cd_date_t from;                      /* first day in force, today or later */
    int settings_seen, tests_seen, effect_seen;   /* cd_yesno_t */
    const char *note;
} app_scheme_check_t;
/** Puts it in force from a day. right SCHEME_ACTIVATE, and not the drafter; `row_version`: as seen
 * @errors CD_E_FORBIDDEN, CD_E_STALE, CD_E_INVALID with problems */
cd_err_t *app_scheme_activate(app_ctx_t *ctx, const char *code, int version, int row_version,
                              const app_scheme_check_t *check, cd_problems_t *problems);
/** Sends it back with a reason: `note`. right SCHEME_ACTIVATE, and not the drafter */
cd_err_t *app_scheme_send_back(app_ctx_t *ctx, const char *code, int version, int row_version,
                               const char *note, cd_problems_t *problems);

/** What a trust contributes in a financial year, named by the year it begins in. */
typedef struct app_contribution_t {
    int year, seq;                       /* of one year the highest seq holds */
    apr_int64_t amount_p;
    cd_instant_t set_at;
    const char *set_by;
} app_contribution_t;
/** Year that the financial year of `on` begins in. */
int app_financial_year(cd_date_t on);
/** Newest year first; of a year the newest sum first. right CLAIM_WRITE or ORG_ADMIN */
cd_err_t *app_contributions(app_contribution_t **out, int *count_out, app_ctx_t *ctx,
                            const char *org_code);
/** Sets the sum of a year; the same sum again is no change. right CLAIM_WRITE or ORG_ADMIN */
cd_err_t *app_contribution_set(app_ctx_t *ctx, const char *org_code, int year, apr_int64_t amount_p,
                               cd_problems_t *problems);
/** Of the financial year that `on` lies in; 0: not known. For what is reckoned: asks no right. */
cd_err_t *app_contribution_of(apr_int64_t *out, app_ctx_t *ctx, cd_org_id org, cd_date_t on);

#endif

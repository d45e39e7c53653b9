/* admin.h: users, organisations, holidays, health; scheme.h with it.
 *
 * Requires: ctx.h, domain.   Provides: app_user_*, app_org_*, app_health.   Used by: web, cli. */
#ifndef CD_APP_ADMIN_H
#define CD_APP_ADMIN_H

#include "app/ctx.h"
#include "app/scheme.h"

typedef struct app_user_t {              /* form fields: app_user_fields */
    const char *subject, *name, *org_code;
    const char *org_name;                /* shown only */
    apr_uint32_t roles;                  /* CD_FT_SET of cd_roles */
    int active;                          /* cd_yesno_t */
    int version;
    const char *email;                   /* where messages go, or NULL; never logged */
} app_user_t;
extern const cd_field_t app_user_fields[];
extern const int app_user_field_count;

#define APP_USER_ROWS 50                 /* users in one page of the list */
cd_err_t *app_users(app_user_t **out, int *count_out, app_ctx_t *ctx, const char *after_subject);
cd_err_t *app_user_get(app_user_t **out, app_ctx_t *ctx, const char *subject);
/** version 0: adds. A user may not change their own roles. */
cd_err_t *app_user_save(app_ctx_t *ctx, const app_user_t *user, cd_problems_t *problems);
cd_err_t *app_org_save(app_ctx_t *ctx, const cd_org_t *org, cd_problems_t *problems);
cd_err_t *app_holidays_import(app_ctx_t *ctx, const cd_holiday_t *list, int count);

typedef struct app_check_t {
    const char *name, *found, *wanted, *effect;
    int ok, warn_only;
} app_check_t;
/** Works with the database away, too: then the first check says so. */
cd_err_t *app_health(app_check_t **out, int *count_out, app_ctx_t *ctx);

#endif

/* uplift.h: what a trust's decisions of a financial year add to its contribution (L7).
 *
 * Requires: ctx.h, domain/uplift.h.   Provides: app_uplift_year.   Used by: web. */
#ifndef CD_APP_UPLIFT_H
#define CD_APP_UPLIFT_H

#include "app/admin.h"
#include "domain/uplift.h"

typedef struct app_uplift_t {
    const cd_org_t *org;
    cd_uplift_t *sheet;
    /* 1: there were more decisions than are read, so the sums are not whole */
    int cut;
} app_uplift_t;
/** One round trip. A trust's user gets the own trust's year, without decisions that it was not told
 * of. right CLAIM_READ
 * @errors CD_E_NOT_FOUND: no such trust within reach */
cd_err_t *app_uplift_year(app_uplift_t **out, app_ctx_t *ctx, const char *org_code, int year);

#endif

/* scheme_shadow.c: the scheme of a new installation: L0, built in, in force until a version is
 * activated.
 *
 * It is no row and has no entry: nobody put it in force. It stands in the cache behind the rows, so
 * that flags, pages and comparisons find it as they find any version, also after another has taken
 * its place. Its first day in force is the first there is and it was activated before all others,
 * so any activated version goes before it. */
#include <string.h>

#include "app/core.h"
#include "app/scheme.h"

static const char shadow[] =
    "{\"code\":\"" APP_SHADOW_CODE
    "\",\"version\":1,\"title\":\"Shadow: nothing is asked\",\"formula\":\"L0\","
    "\"basis\":\"D\",\"material\":\"FULL\",\"window\":\"ALL\",\"breach_unit\":\"CLAIM\","
    "\"authority\":\"Built into the "
    "program: what holds until a version of a scheme is put in force. No scheme of this kind was "
    "put in force, as far as "
    "is known, so nothing is asked.\"}";

cd_err_t *app_scheme_shadow(store_scheme_row_t **rows, int *count, apr_pool_t *pool)
{
    store_scheme_row_t *all = apr_pcalloc(pool, sizeof(*all) * (apr_size_t)(*count + 1));
    json_t *json;
    int i;

    for (i = 0; i < *count; i++) {
        all[i] = (*rows)[i];
        if (!strcmp(all[i].scheme->code, APP_SHADOW_CODE) && all[i].scheme->version == 1)
            return NULL;                       /* somebody's own of that name */
    }
    CD_ERR(cd_json_read(&json, shadow, sizeof(shadow) - 1, pool));
    CD_ERR(cd_scheme_read(&all[*count].scheme, json, pool));
    all[*count].life = (cd_scheme_life_t){ CD_SCHEME_ACTIVATED, 1, 0 };
    all[*count].drafted_name = "the program";
    all[*count].file_hash = "";
    *rows = all;
    ++*count;
    return NULL;
}

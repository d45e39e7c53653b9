/* json_diff.c: the first place at which two JSON texts differ. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "base/json.h"

static const char *shown(const json_t *value, apr_pool_t *pool)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    const char *copy = text ? apr_pstrndup(pool, text, 300) : NULL;

    free(text);
    return copy;
}

static int differ(cd_json_diff_t *out, const char *at, const json_t *a, const json_t *b, int depth,
                  apr_pool_t *pool);

static int differ_objects(cd_json_diff_t *out, const char *at, const json_t *a, const json_t *b,
                          int depth, apr_pool_t *pool)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)a, name,
                        value) if (differ(out, apr_pstrcat(pool, at, "/", name, NULL), value,
                                          json_object_get(b, name), depth + 1, pool)) return 1;
    json_object_foreach((json_t *)b, name, value) if (!json_object_get(a, name)) return differ(
        out, apr_pstrcat(pool, at, "/", name, NULL), NULL, value, depth + 1, pool);
    return 0;
}

static int differ(cd_json_diff_t *out, const char *at, const json_t *a, const json_t *b, int depth,
                  apr_pool_t *pool)
{
    size_t i;

    if (json_is_object(a) && json_is_object(b) && depth < CD_JSON_DEPTH)
        return differ_objects(out, at, a, b, depth, pool);
    if (json_is_array(a) && json_is_array(b) && depth < CD_JSON_DEPTH) {
        for (i = 0; i < json_array_size(a) || i < json_array_size(b); i++)
            if (differ(out, apr_psprintf(pool, "%s/%d", at, (int)i), json_array_get(a, i),
                       json_array_get(b, i), depth + 1, pool))
                return 1;
        return 0;
    }
    if (a && b && json_equal(a, b))
        return 0;
    *out = (cd_json_diff_t){ *at ? at : "/", shown(a, pool), shown(b, pool) };
    return 1;
}

int cd_json_differ(cd_json_diff_t *out, const char *a, const char *b, apr_pool_t *pool)
{
    json_t *one, *other;

    *out = (cd_json_diff_t){ NULL, NULL, NULL };
    if (!strcmp(a, b))
        return 0;
    if (!cd_json_read(&one, a, strlen(a), pool) && !cd_json_read(&other, b, strlen(b), pool)
        && differ(out, "", one, other, 0, pool))
        return 1;
    out->pointer = "/";                  /* the same values, written in another way */
    return 1;
}

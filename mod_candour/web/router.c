/* router.c: the route table as one pattern.
 *
 * Each address pattern becomes a branch of one alternation and ends in a mark that names its row,
 * so one match finds the row whatever the length of the table. */
#include <string.h>

#include <apr_hash.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include "base/buf.h"
#include "base/pattern.h"
#include "web/route.h"

struct web_router_t {
    cd_pattern_t *pattern;
    const web_route_t *rows;
    int count;
    apr_hash_t *by_name;
};

/* What a group takes: only characters that our own words have, so no address needs a second look.
 */
static const struct group_t { const char *name, *takes; } groups[] = {
    { "{ref}", "([A-Z]{2}-[0-9]{4}-[0-9]{4,7})" },       /* CM-2026-0412 */
    { "{code}", "([A-Z0-9]{3,8})" },                     /* organisation code */
    { "{seq}", "([1-9][0-9]{0,8})" },
    { "{word}", "([A-Za-z0-9][A-Za-z0-9_.-]{0,63})" },
    { "{name}", "([^/\\x00-\\x1f\\x7f]{1,190})" },       /* what httpd's login calls a person */
    { NULL, NULL }
};

static const char *add_group(cd_buf_t *buf, const char *at)
{
    const struct group_t *group;

    for (group = groups; group->name; group++)
        if (!strncmp(at, group->name, strlen(group->name))) {
            cd_buf_str(buf, group->takes);
            return at + strlen(group->name);
        }
    return NULL;
}

static cd_err_t *add_branch(cd_buf_t *buf, const web_route_t *row, int index)
{
    const char *at = row->pattern;

    while (*at) {
        if (*at != '{') {
            cd_buf_fmt(buf, strchr("/-", *at) || apr_isalnum(*at) ? "%c" : "\\%c", *at);
            at++;
            continue;
        }
        at = add_group(buf, at);
        if (!at)
            return cd_err(buf->pool, CD_E_CONFIG, NULL, "route %s: unknown group in '%s'",
                          row->name, row->pattern);
    }
    cd_buf_fmt(buf, "\\z(*MARK:%d)", index);
    return NULL;
}

/* The first row that has this row's pattern. */
static int first_of(const web_route_t *rows, int index)
{
    int i = 0;

    while (strcmp(rows[i].pattern, rows[index].pattern))
        i++;
    return i;
}

cd_err_t *web_router_make(web_router_t **out, apr_pool_t *pool)
{
    web_router_t *router = apr_pcalloc(pool, sizeof(*router));
    cd_buf_t *buf = cd_buf_make(pool, 4096);
    int i;

    router->rows = web_routes(&router->count);
    router->by_name = apr_hash_make(pool);
    cd_buf_lit(buf, "\\A(?|");
    for (i = 0; i < router->count; i++) {
        apr_hash_set(router->by_name, router->rows[i].name, APR_HASH_KEY_STRING, &router->rows[i]);
        if (first_of(router->rows, i) != i)
            continue;
        if (i)
            cd_buf_lit(buf, "|");
        CD_ERR(add_branch(buf, &router->rows[i], i));
    }
    cd_buf_lit(buf, ")");
    CD_ERR(cd_pattern_compile(&router->pattern, buf->data, pool));
    *out = router;
    return NULL;
}

/* Our own marks: one to three digits. */
static int mark_number(const char *mark)
{
    int number = 0;

    for (; *mark; mark++)
        number = number * 10 + (*mark - '0');
    return number;
}

const web_route_t *web_router_find(const web_router_t *router, web_method_t method,
                                   const char *path, const char *param[WEB_PARAMS],
                                   int *wrong_method, apr_pool_t *pool)
{
    cd_match_t match;
    int first, i;

    *wrong_method = 0;
    if (!cd_pattern_match(router->pattern, path, strlen(path), &match, pool) || !match.mark)
        return NULL;
    first = mark_number(match.mark);
    for (i = 0; i < WEB_PARAMS; i++)
        param[i] = i + 1 < match.count && match.start[i + 1] != (apr_size_t)-1 ? apr_pstrmemdup(
                       pool, path + match.start[i + 1], match.end[i + 1] - match.start[i + 1])
                                                                               : NULL;
    for (i = first; i < router->count; i++) {
        if (strcmp(router->rows[i].pattern, router->rows[first].pattern))
            continue;
        if (router->rows[i].method == method) {
            *wrong_method = 0;
            return &router->rows[i];
        }
        *wrong_method |= 1 << router->rows[i].method;
    }
    return NULL;
}

const web_route_t *web_router_named(const web_router_t *router, const char *name)
{
    return apr_hash_get(router->by_name, name, APR_HASH_KEY_STRING);
}

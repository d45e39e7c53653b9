/* fuzz_route.c: any text as an address path and as a query string. One row at most is found; what
 * its groups caught is UTF-8 without "/" and, put back into the row's pattern, is the path; a path
 * that no method has is nobody's. A query is refused or read, and a name that is there twice is
 * refused. */
#include "fuzz.h"

#include "base/text.h"
#include "web/route.h"

static const web_router_t *router(void)
{
    static web_router_t *made;

    if (!made)
        FUZZ_CHECK(!web_router_make(&made, fuzz_pool()));
    return made;
}

/* The row's pattern with its groups filled in. */
static const char *rebuilt(const web_route_t *row, const char *const *param, apr_pool_t *pool)
{
    const char *at = row->pattern, *out = "";

    while (*at) {
        if (*at == '{') {
            FUZZ_CHECK(*param);
            out = apr_pstrcat(pool, out, *param++, NULL);
            at = strchr(at, '}') + 1;
        } else {
            out = apr_pstrcat(pool, out, apr_pstrmemdup(pool, at, 1), NULL);
            at++;
        }
    }
    return out;
}

static void check_path(const char *path, apr_pool_t *pool)
{
    web_method_t method;
    int found = 0, wrong = 0, i;

    for (method = WEB_GET; method <= WEB_OTHER_METHOD; method++) {
        const char *param[WEB_PARAMS] = { NULL };
        int wrong_method;
        const web_route_t *row =
            web_router_find(router(), method, path, param, &wrong_method, pool);

        wrong += !row && wrong_method;
        if (!row)
            continue;
        found++;
        FUZZ_CHECK(row->method == method && !wrong_method);
        for (i = 0; i < WEB_PARAMS && param[i]; i++)
            FUZZ_CHECK(*param[i] && !strchr(param[i], '/')
                       && cd_text_valid(param[i], strlen(param[i])));
        FUZZ_CHECK(!strcmp(rebuilt(row, param, pool), path));
    }
    FUZZ_CHECK(found ? wrong == 3 - found : wrong == 0);
}

static void check_query(const char *query, apr_pool_t *pool)
{
    web_request_t req = { .method = WEB_GET, .path = "/", .query = query };
    web_exchange_t x = { .req = &req, .pool = pool };
    const char *value;
    cd_date_t date;
    cd_err_t *err = web_query(&value, &x, "q");

    FUZZ_CHECK(!err || err->code == CD_E_BAD_REQUEST || err->code == CD_E_TOO_LARGE);
    FUZZ_CHECK(!value || (!err && cd_text_valid(value, strlen(value))));
    err = web_query_date(&date, &x, "as_at");
    FUZZ_CHECK(!err || err->code == CD_E_BAD_REQUEST || err->code == CD_E_TOO_LARGE);
    FUZZ_CHECK(!date || !err);
    req.query = apr_pstrcat(pool, "q=1&", query, "&q=2", NULL);
    FUZZ_CHECK(web_query(&value, &x, "q"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = fuzz_text(data, size, pool);

    check_path(text, pool);
    check_path(apr_pstrcat(pool, "/", text, NULL), pool);
    check_query(text, pool);
    apr_pool_destroy(pool);
    return 0;
}

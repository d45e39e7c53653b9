/* The dispatcher without an application: what it answers before any handler, and how its errors
 * look. */
#include "unit.h"

#include <jansson.h>

#include "web/route.h"
#include "web/session.h"
#include "web/template.h"

static const char *const pages[] = {
    "error/problem", "<title>{{title}} - {{service_name}}</title><h1>{{heading}}</h1>"
                     "{{#lead}}<p>{{lead}}</p>{{/lead}}<p>{{text}}</p>"
                     "{{#incident_number}}<p>{{incident_number}}</p>{{/incident_number}}",
    NULL
};

static char logged[2000];

static void keep_line(void *baton, cd_log_level_t level, const char *line)
{
    (void)baton;
    (void)level;
    apr_cpystrn(logged, line, sizeof(logged));
}

static const cd_log_t log_sink = { keep_line, NULL };

static web_site_t *site_make(apr_pool_t *pool, int with_pages)
{
    web_site_t *site = apr_pcalloc(pool, sizeof(*site));
    web_router_t *router;
    web_templates_t *templates = NULL;

    assert_null(web_router_make(&router, pool));
    if (with_pages)
        assert_null(web_templates_from(&templates, pages, pool));
    site->mount = "/candour";
    site->assets = "/candour/assets";
    site->public_url = "https://a.example";
    site->service_name = "Test";
    site->router = router;
    site->templates = templates;
    site->log = &log_sink;
    memset(site->secret, 7, sizeof(site->secret));
    logged[0] = '\0';
    return site;
}

static web_request_t get(const char *path)
{
    return (web_request_t){ .method = WEB_GET,
                            .path = path,
                            .user = "legal",
                            .host = "a.example",
                            .scheme = "https",
                            .accept = "text/html",
                            .id = "0badcafe" };
}

static int serve(web_response_t *resp, apr_pool_t *pool, const web_request_t *req,
                 cd_code_t *code_out)
{
    cd_err_t *err = web_serve(resp, site_make(pool, 1), req, pool);

    *code_out = err ? err->code : CD_E_OK;
    assert_non_null(resp->body);
    return resp->status;
}

static void absent_address(void **state)
{
    web_request_t one = get("/nowhere"), two = get("/cases/CM-2026-0412/nowhere"),
                  bad = get("/cases/\xff");
    web_response_t first, second, third;
    cd_code_t code;

    assert_int_equal(serve(&first, *state, &one, &code), 404);
    assert_int_equal(code, CD_E_NOT_FOUND);
    assert_string_equal(first.content_type, "text/html; charset=utf-8");
    assert_non_null(strstr(first.body->data, "<h1>Page not found</h1>"));
    assert_non_null(strstr(first.body->data, "- Test</title>"));
    assert_null(strstr(first.body->data, "0badcafe"));
    assert_int_equal(serve(&second, *state, &two, &code), 404);
    assert_string_equal(first.body->data, second.body->data);
    assert_int_equal(serve(&third, *state, &bad, &code), 404);
    assert_string_equal(first.body->data, third.body->data);
}

static void problem_json(void **state)
{
    web_request_t req = get("/nowhere");
    web_response_t resp;
    json_t *tree;
    cd_code_t code;

    req.accept = "application/json";
    assert_int_equal(serve(&resp, *state, &req, &code), 404);
    assert_string_equal(resp.content_type, "application/problem+json");
    tree = json_loads(resp.body->data, 0, NULL);
    assert_non_null(tree);
    assert_string_equal(json_string_value(json_object_get(tree, "type")), "/problems/not-found");
    assert_string_equal(json_string_value(json_object_get(tree, "title")), "Page not found");
    assert_int_equal(json_integer_value(json_object_get(tree, "status")), 404);
    assert_non_null(json_string_value(json_object_get(tree, "detail")));
    assert_int_equal(json_object_size(tree), 4);
    json_decref(tree);
}

static void wrong_method(void **state)
{
    web_request_t req = get("/cases");
    web_response_t resp;
    cd_code_t code;

    req.method = WEB_POST;
    assert_int_equal(serve(&resp, *state, &req, &code), 405);
    assert_int_equal(code, CD_E_METHOD);
    assert_string_equal(resp.allow, "GET, HEAD");
    req.method = WEB_OTHER_METHOD;
    assert_int_equal(serve(&resp, *state, &req, &code), 405);
    assert_string_equal(resp.allow, "GET, HEAD");
    req.path = "/cases/new";
    assert_int_equal(serve(&resp, *state, &req, &code), 405);
    assert_string_equal(resp.allow, "GET, HEAD, POST");
    req.path = "/claims/CL-2026-0001/flags";
    assert_int_equal(serve(&resp, *state, &req, &code), 405);
    assert_string_equal(resp.allow, "POST");
}

static void nobody(void **state)
{
    web_request_t req = get("/cases");
    web_response_t resp;
    cd_code_t code;

    req.user = NULL;
    assert_int_equal(serve(&resp, *state, &req, &code), 403);
    assert_int_equal(code, CD_E_NO_USER);
    assert_non_null(strstr(logged, "CD0010: "));
    assert_non_null(strstr(logged, "Require"));
    req.user = "";
    assert_int_equal(serve(&resp, *state, &req, &code), 403);
}

static void unknown_format(void **state)
{
    static const struct { const char *path, *query; int status; const char *why; } rows[] = {
        { "/cases", "format=xml", 400, "no such format" },
        { "/cases/CM-2026-0412", "format=csv", 404, "no CSV of this page" },
        { "/cases", "format=csv&format=csv", 400, "twice" },
        { "/cases", "format=%zz", 400, "not an escape" },
        { "/cases", "format=csv", 503, "passes, and meets no application" },
        { "/cases", "", 503, "no query" },
        { "/cases", "&", 503, "a separator alone" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        web_request_t req = get(rows[i].path);
        web_response_t resp;
        cd_code_t code;

        req.query = rows[i].query;
        ROW_CHECK(serve(&resp, *state, &req, &code) == rows[i].status, i, rows[i].why);
    }
}

static void no_application(void **state)
{
    web_request_t req = get("/cases");
    web_response_t resp;
    cd_code_t code;

    assert_int_equal(serve(&resp, *state, &req, &code), 503);
    assert_int_equal(code, CD_E_CONFIG);
    assert_true(resp.retry_after > 0);
    assert_non_null(strstr(resp.body->data, "0badcafe"));
    /* The browser gets its cookie, even though this page failed. */
    assert_non_null(resp.set_cookie);
    /* What is wrong with the set-up is for the log. */
    assert_null(strstr(resp.body->data, "set up"));
}


/* A POST as this site's own page would send it; then each row spoils one thing. */
static void sender(void **state)
{
    apr_pool_t *pool = *state;
    web_site_t *site = site_make(pool, 1);
    const char *binding, *cookie, *token, *good;
    static const struct {
        const char *origin, *fetch_site, *cookie, *body, *type;   /* "good": the right one */
        int status;
        const char *why;
    } rows[] = {
        { "https://a.example", "same-origin", "good", "good", "form", 503,
          "passes, and meets no application" },
        { "https://a.example", NULL, "good", "good", "form", 503, "an older browser" },
        { "https://b.example", "cross-site", "good", "good", "form", 403, "another site" },
        { "https://b.example", NULL, "good", "good", "form", 403, "another origin" },
        { "https://a.example.b.example", NULL, "good", "good", "form", 403, "a longer name" },
        { "https://a.example:444", NULL, "good", "good", "form", 403, "another port" },
        { "http://a.example", NULL, "good", "good", "form", 403, "another scheme" },
        { "null", NULL, "good", "good", "form", 403, "a sandbox" },
        { NULL, "same-site", "good", "good", "form", 403, "a sister host" },
        { NULL, NULL, "good", "good", "form", 403, "no word of where it comes from" },
        { "https://a.example", "same-origin", "good", "a=b", "form", 403, "no token" },
        { "https://a.example", "same-origin", "good", "token=", "form", 403, "empty token" },
        { "https://a.example", "same-origin", "good", "token=AAAAAAAAAAAAAAAAAAAAAA", "form", 403,
          "wrong token" },
        { "https://a.example", "same-origin", NULL, "good", "form", 403, "no cookie" },
        { "https://a.example", "same-origin", "candour=BBBBBBBBBBBBBBBBBBBBBB", "good", "form", 403,
          "another cookie" },
        { "https://a.example", "same-origin", "good", "twice", "form", 400, "two tokens" },
        { "https://a.example", "same-origin", "good", "good", "text/plain", 415,
          "a type of a plain form" },
        { "https://a.example", "same-origin", "good", "good", "multipart/form-data; boundary=x",
          415, "multipart" },
        { "https://a.example", "same-origin", "good", "good", NULL, 415, "no type" },
        { "https://a.example", "same-origin", NULL, "{}", "application/json", 503,
          "JSON needs no token" },
        { "https://b.example", "cross-site", NULL, "{}", "application/json", 403, "but an origin" },
        { NULL, NULL, NULL, "{}", "application/json", 403, "and says it" },
    };
    int i;

    site->cookie_plain = 1;
    assert_null(web_binding_make(&binding, &cookie, 1, pool));
    cookie = apr_pstrmemdup(pool, cookie, strcspn(cookie, ";"));
    token = web_token_make(site->secret, binding, "legal", 0, pool);
    good = apr_pstrcat(pool, "a=b&token=", token, NULL);
    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        web_request_t req = get("/cases/new");
        web_response_t resp;

        req.method = WEB_POST;
        req.origin = rows[i].origin;
        req.fetch_site = rows[i].fetch_site;
        req.cookie = rows[i].cookie && !strcmp(rows[i].cookie, "good") ? cookie : rows[i].cookie;
        req.body = !strcmp(rows[i].body, "good") ? good
                   : !strcmp(rows[i].body, "twice")
                       ? apr_pstrcat(pool, good, "&token=", token, NULL)
                       : rows[i].body;
        req.body_len = strlen(req.body);
        req.content_type = rows[i].type && !strcmp(rows[i].type, "form")
                               ? "application/x-www-form-urlencoded"
                               : rows[i].type;
        web_serve(&resp, site, &req, pool);
        if (resp.status != rows[i].status)
            fail_msg("row %d (%s): %d, not %d", i, rows[i].why, resp.status, rows[i].status);
    }
    /* Another person's token does not do. */
    {
        web_request_t req = get("/cases/new");
        web_response_t resp;

        req.method = WEB_POST;
        req.user = "reader";
        req.origin = "https://a.example";
        req.cookie = cookie;
        req.body = good;
        req.body_len = strlen(good);
        req.content_type = "application/x-www-form-urlencoded";
        web_serve(&resp, site, &req, pool);
        assert_int_equal(resp.status, 403);
    }
}

static void httpd_errors(void **state)
{
    static const int statuses[] = { 400, 401, 403, 404, 405, 408, 409, 413,
                                    415, 418, 422, 431, 500, 502, 503 };
    web_request_t req = get("/anything");
    apr_size_t i;

    for (i = 0; i < COUNT_OF(statuses); i++) {
        web_response_t resp;

        web_error_page(&resp, site_make(*state, 1), &req, NULL, statuses[i], *state);
        assert_int_equal(resp.status, statuses[i]);
        assert_true(resp.body->len > 40);
        assert_string_equal(resp.content_type, "text/html; charset=utf-8");
    }
}

static void without_templates(void **state)
{
    web_request_t req = get("/nowhere");
    web_response_t resp;

    web_serve(&resp, site_make(*state, 0), &req, *state);
    assert_int_equal(resp.status, 404);
    assert_string_equal(resp.content_type, "text/plain; charset=utf-8");
    assert_non_null(strstr(resp.body->data, "Page not found"));
}

static void error_text_is_escaped(void **state)
{
    web_request_t req = get("/nowhere");
    web_response_t resp;

    web_error_page(&resp, site_make(*state, 1), &req,
                   cd_err(*state, CD_E_STALE, "a <b> & \"c\"", "x"), 0, *state);
    assert_int_equal(resp.status, 409);
    assert_non_null(strstr(resp.body->data, "A &lt;b&gt; &amp; &quot;c&quot;."));
}

/* Each code has a status of its own choosing, and only "ok" is a success. */
static void statuses(void **state)
{
    int code;

    (void)state;
    assert_int_equal(web_status(CD_E_OK), 200);
    for (code = CD_E_OK + 1; code < CD_E__COUNT; code++)
        assert_in_range(web_status((cd_code_t)code), 400, 599);
    assert_int_equal(web_status(CD_E_NOT_FOUND), 404);
    assert_int_equal(web_status(CD_E_STALE), 409);
    assert_int_equal(web_status(CD_E_BUSY), 503);
    assert_int_equal(web_status(CD_E_TAMPERED), 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(absent_address), POOL_TEST(problem_json), POOL_TEST(wrong_method),
                  POOL_TEST(nobody),
        POOL_TEST(unknown_format), POOL_TEST(no_application), POOL_TEST(sender),
                  POOL_TEST(httpd_errors),
        POOL_TEST(without_templates), POOL_TEST(error_text_is_escaped), POOL_TEST(statuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The table of addresses: what it must hold for every row, and which row an address gets. */
#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "domain/record.h"
#include "web/route.h"
#include "web/url.h"

static void every_row(void **state)
{
    int count, i, j;
    const web_route_t *rows = web_routes(&count);

    (void)state;
    assert_true(count > 30);
    assert_null(rows[count].name);
    for (i = 0; i < count; i++) {
        const web_route_t *row = &rows[i];

        ROW_CHECK(row->method == WEB_GET || row->method == WEB_POST, i, row->name);
        ROW_CHECK(row->method != WEB_POST || row->csrf == WEB_CSRF_TOKEN, i, row->name);
        ROW_CHECK(row->method != WEB_POST || !row->open_to_all, i, row->name);
        ROW_CHECK((row->right != CD_RIGHT_NONE) == (row->open_to_all == 0), i, row->name);
        ROW_CHECK(row->pattern[0] == '/' && row->handler && row->media, i, row->name);
        ROW_CHECK(!(row->media & (1u << WEB_HTML)) || row->template_name, i, row->name);
        ROW_CHECK((row->file != 0) == (strstr(row->pattern, "{ref}") != NULL), i, row->name);
        ROW_CHECK(!row->file || !strncmp(strchr(row->pattern, '{'), "{ref}", 5), i, row->name);
        ROW_CHECK(!row->kind_group || strstr(row->pattern, "/log/{word}"), i, row->name);
        ROW_CHECK(!row->query || (row->method == WEB_GET && *row->query), i, row->name);
        /* a page may be had as CSV by "format", and a document or a file that is downloaded as JSON
         */
        ROW_CHECK(!(row->media & (1u << WEB_CSV)) == !(row->query && strstr(row->query, "format"))
                      || !strcmp(row->name, "report.show") || !strcmp(row->name, "claim.show"),
                  i, row->name);
        for (j = 0; j < i; j++) {
            ROW_CHECK(strcmp(rows[j].name, row->name), i, row->name);
            ROW_CHECK(rows[j].method != row->method || strcmp(rows[j].pattern, row->pattern), i,
                      row->name);
        }
    }
}

/* A file's address that more than one right opens would have to be looked at twice; those that may
 * be sent to can also be read, or "Back" and a reload after an error would lead nowhere. */
static void posts_can_be_read(void **state)
{
    int count, i, j;
    const web_route_t *rows = web_routes(&count);

    (void)state;
    for (i = 0; i < count; i++) {
        int found = rows[i].method != WEB_POST || !strcmp(rows[i].name, "flag.compute");

        for (j = 0; j < count && !found; j++)
            found = rows[j].method == WEB_GET && !strcmp(rows[j].pattern, rows[i].pattern);
        ROW_CHECK(found, i, rows[i].name);
    }
}

static void templates_are_there(void **state)
{
    const char *dir = getenv("CANDOUR_SRCDIR");
    int count, i;
    const web_route_t *rows = web_routes(&count);

    assert_non_null(dir);
    for (i = 0; i < count; i++) {
        struct stat info;

        if (rows[i].template_name
            && stat(apr_pstrcat(*state, dir, "/htdocs/templates/", rows[i].template_name, ".html",
                                NULL),
                    &info))
            fail_msg("%s: no template %s", rows[i].name, rows[i].template_name);
    }
}

static const struct {
    web_method_t method;
    const char *path, *name;          /* name NULL: none; "!" none for this method */
    const char *param[3];
    const char *why;
} paths[] = {
    { WEB_GET, "/", "home", { NULL }, "first page" },
    { WEB_GET, "/cases", "case.list", { NULL }, "literal" },
    { WEB_GET, "/cases/new", "case.new", { NULL }, "not a reference" },
    { WEB_POST, "/cases/new", "case.create", { NULL }, "same address, other method" },
    { WEB_GET, "/cases/CM-2026-0412", "case.show", { "CM-2026-0412" }, "reference" },
    { WEB_GET, "/cases/CM-2026-1000000", "case.show", { "CM-2026-1000000" }, "a busy year" },
    { WEB_GET, "/cases/cm-2026-0412", NULL, { NULL }, "small letters" },
    { WEB_GET, "/cases/CM-2026-041", NULL, { NULL }, "too short" },
    { WEB_GET, "/cases/CM-2026-04120000", NULL, { NULL }, "too long" },
    { WEB_GET, "/cases/CM-2026-0412/", NULL, { NULL }, "slash at the end" },
    { WEB_GET, "/cases/CM-2026-0412\n", NULL, { NULL }, "line end" },
    { WEB_GET, "/cases//CM-2026-0412", NULL, { NULL }, "empty part" },
    { WEB_GET, "/cases/../users", NULL, { NULL }, "up" },
    { WEB_GET, "/cases/CM-2026-0412/log/talk", "record.new", { "CM-2026-0412", "talk" },
      "two groups" },
    { WEB_POST, "/cases/CM-2026-0412/log/talk", "record.add", { "CM-2026-0412", "talk" },
      "two groups, POST" },
    { WEB_GET, "/cases/CM-2026-0412/records/7", "record.show", { "CM-2026-0412", "7" },
      "a number" },
    { WEB_GET, "/cases/CM-2026-0412/records/07", NULL, { NULL }, "leading nought" },
    { WEB_GET, "/cases/CM-2026-0412/records/0", NULL, { NULL }, "nought" },
    { WEB_GET, "/cases/CM-2026-0412/records/1234567890", NULL, { NULL }, "over nine digits" },
    { WEB_GET, "/claims/CL-2026-0001/flags/RNV", "flag.newest", { "CL-2026-0001", "RNV" }, "code" },
    { WEB_GET, "/claims/CL-2026-0001/flags/RNV/2/decision", "decision.new", { "CL-2026-0001", "RNV",
      "2" }, "three groups" },
    { WEB_GET, "/claims/CL-2026-0001/flags", "!", { NULL }, "flags are computed by POST" },
    { WEB_POST, "/claims/CL-2026-0001/flags", "flag.compute", { "CL-2026-0001" }, "compute" },
    { WEB_POST, "/cases", "!", { NULL }, "a list takes no POST" },
    { WEB_OTHER_METHOD, "/cases", "!", { NULL }, "DELETE" },
    { WEB_GET, "/users/new", "user.new", { NULL }, "before a user of that name" },
    { WEB_GET, "/users/j.okafor@scheme.example", "user.edit", { "j.okafor@scheme.example" },
      "a sign-in name" },
    { WEB_GET, "/users/a/b", NULL, { NULL }, "no slash in a name" },
    { WEB_GET, "/trusts/new", "org.new", { NULL }, "small letters are no code" },
    { WEB_GET, "/policies/holidays", "holidays", { NULL }, "literal" },
    { WEB_GET, "/policies/schemes/L2", "scheme.show", { "L2" }, "word" },
    { WEB_GET, "/help/rules", "help", { "rules" }, "word" },
    { WEB_GET, "/help/.htaccess", NULL, { NULL }, "a word begins with a letter or digit" },
    { WEB_GET, "", NULL, { NULL }, "nothing" },
    { WEB_GET, "cases", NULL, { NULL }, "no slash" },
    { WEB_GET, "/x/cases", NULL, { NULL }, "not from the start" },
};

static void found(void **state)
{
    web_router_t *router;
    int i, g;

    assert_null(web_router_make(&router, *state));
    for (i = 0; i < (int)COUNT_OF(paths); i++) {
        const char *param[WEB_PARAMS] = { NULL };
        int wrong;
        const web_route_t *row =
            web_router_find(router, paths[i].method, paths[i].path, param, &wrong, *state);
        const char *wanted = paths[i].name;

        ROW_CHECK((wrong != 0) == (wanted && !strcmp(wanted, "!")), i, paths[i].why);
        if (!wanted || !strcmp(wanted, "!")) {
            ROW_CHECK(!row, i, paths[i].why);
            continue;
        }
        ROW_CHECK(row && !strcmp(row->name, wanted), i, paths[i].why);
        for (g = 0; g < 3; g++)
            ROW_CHECK(paths[i].param[g] ? param[g] && !strcmp(param[g], paths[i].param[g])
                                        : !param[g],
                      i, paths[i].why);
    }
}

/* Each row's address, made by url.c, is found again as that row (or its twin of the other method).
 */
static void urls_lead_back(void **state)
{
    web_router_t *router;
    web_site_t site = { .mount = "/candour", .assets = "/candour/assets" };
    web_exchange_t x = { .site = &site, .pool = *state };
    int count, i;
    const web_route_t *rows = web_routes(&count);

    assert_null(web_router_make(&router, *state));
    site.router = router;
    for (i = 0; i < count; i++) {
        static const char *const parts[][2] = {
            { "{ref}", "CM-2026-0412" }, { "{code}", "RNV" }, { "{seq}", "7" }, { "{word}",
              "talk" }, { "{name}", "a b?c#d%" },
        };
        const char *arg[WEB_PARAMS] = { NULL }, *param[WEB_PARAMS] = { NULL }, *url, *at;
        int used = 0, wrong, p;

        for (at = strchr(rows[i].pattern, '{'); at; at = strchr(at + 1, '{'))
            for (p = 0; p < (int)COUNT_OF(parts); p++)
                if (!strncmp(at, parts[p][0], strlen(parts[p][0])))
                    arg[used++] = parts[p][1];
        url = used == 0 ? web_url(&x, rows[i].name, NULL)
              : used == 1 ? web_url(&x, rows[i].name, arg[0], NULL)
              : used == 2 ? web_url(&x, rows[i].name, arg[0], arg[1], NULL)
                          : web_url(&x, rows[i].name, arg[0], arg[1], arg[2], arg[3], NULL);
        ROW_CHECK(!strncmp(url, "/candour/", 9), i, rows[i].name);
        ROW_CHECK(!strpbrk(url, " ?#\"<"), i, rows[i].name);
        if (!strstr(rows[i].pattern, "{name}"))
            ROW_CHECK(web_router_find(router, rows[i].method, url + 8, param, &wrong, *state)
                          == &rows[i],
                      i, rows[i].name);
    }
    assert_string_equal(web_url(&x, "user.edit", "a b?c#d%", NULL),
                        "/candour/users/a%20b%3Fc%23d%25");
    assert_string_equal(web_url_query(&x, "/a", "q", "x&y=\"z\""), "/a?q=x%26y%3D%22z%22");
    assert_string_equal(web_url_query(&x, "/a?q=1", "r", "2"), "/a?q=1&r=2");
    assert_string_equal(web_url_asset(&x, "candour.css"), "/candour/assets/candour.css");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(every_row), POOL_TEST(posts_can_be_read), POOL_TEST(templates_are_there),
                  POOL_TEST(found),
        POOL_TEST(urls_lead_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* routes.c: prints the table of addresses. The table is web's, plain data: the one header of that
 * ring that the command line may include (tests/guard/check_rings.sh). */
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "web/route.h"

static const char *method_word(const web_route_t *route)
{
    return route->method == WEB_POST ? "POST" : "GET";
}

static const char *right_word(const web_route_t *route)
{
    const char *word = route->right ? cd_right_word(route->right) : NULL;

    return word ? word : "";
}

static const char *open_word(const web_route_t *route)
{
    return route->open_to_all == 1 ? "all" : route->open_to_all == 2 ? "signed-in" : "right";
}

static const char *file_word(const web_route_t *route)
{
    return route->file == CD_FILE_CASE ? "case" : route->file == CD_FILE_CLAIM ? "claim" : "";
}

static const char *csrf_word(const web_route_t *route)
{
    return route->csrf == WEB_CSRF_TOKEN    ? "token"
           : route->csrf == WEB_CSRF_ORIGIN ? "origin"
                                            : "none";
}

static void media_write(cd_jsonw_t *w, unsigned media)
{
    cd_jsonw_name(w, "media");
    cd_jsonw_open(w, '[');
    if (media & (1u << WEB_HTML))
        cd_jsonw_text(w, "html");
    if (media & (1u << WEB_JSON))
        cd_jsonw_text(w, "json");
    if (media & (1u << WEB_CSV))
        cd_jsonw_text(w, "csv");
    cd_jsonw_close(w, ']');
}

static void member(cd_jsonw_t *w, const char *name, const char *value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, value);
}

static void route_write(cd_jsonw_t *w, const web_route_t *route)
{
    cd_jsonw_open(w, '{');
    member(w, "name", route->name);
    member(w, "method", method_word(route));
    member(w, "pattern", route->pattern);
    member(w, "open_to", open_word(route));
    member(w, "right", right_word(route));
    member(w, "file", file_word(route));
    member(w, "csrf", csrf_word(route));
    media_write(w, route->media);
    cd_jsonw_close(w, '}');
}

int cli_routes(cli_t *cli)
{
    int count, i;
    const web_route_t *routes = web_routes(&count);
    cd_buf_t *buf = cd_buf_make(cli->pool, 16384);
    cd_jsonw_t w;

    if (!cli_value(&cli->args, "--json")) {
        for (i = 0; i < count; i++)
            fprintf(cli->out, "%-4s %-36s %-16s %s\n", method_word(&routes[i]), routes[i].pattern,
                    *right_word(&routes[i]) ? right_word(&routes[i]) : open_word(&routes[i]),
                    routes[i].name);
        return CLI_OK;
    }
    cd_jsonw_init(&w, buf, 1);
    cd_jsonw_open(&w, '[');
    for (i = 0; i < count; i++)
        route_write(&w, &routes[i]);
    cd_jsonw_close(&w, ']');
    fprintf(cli->out, "%s\n", buf->data);
    return CLI_OK;
}

/* render_template.c: renders one template with a view read as JSON from standard input, by the code
 * the module runs. For the comparison of our parts with NHS England's expected markup.
 *
 *   render_template DIR NAME <view.json
 *   render_template --many DIR        one line of JSON per request: {"template": NAME, "view":
 * {...}}; answers one line of JSON: {"html": ...} or {"error": ...}
 *
 * A JSON name that no list of view names has is an error, as a handler could not put it. A list of
 * texts becomes a list of maps with the text under "text". Exit status: 0 done, 1 fault. */
#include <stdio.h>
#include <string.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>

#include "base/json.h"
#include "web/template.h"

#define INPUT_MAX (4 * 1024 * 1024)

static cd_err_t *fill_map(web_view_t *map, json_t *object, apr_pool_t *pool);

static cd_err_t *fill_list(web_view_t *list, json_t *array, apr_pool_t *pool)
{
    json_t *item;
    size_t i;

    json_array_foreach(array, i, item) {
        if (json_is_object(item))
            CD_ERR(fill_map(web_add(list), item, pool));
        else if (json_is_string(item))
            web_put_text(web_add(list), WN_text, json_string_value(item));
        else
            return cd_err(pool, CD_E_INVALID, NULL, "a list may hold objects or texts only");
    }
    return NULL;
}

static cd_err_t *fill_map(web_view_t *map, json_t *object, apr_pool_t *pool)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value) {
        web_name_t name = web_name_find(key, strlen(key));

        if (!name)
            return cd_err(pool, CD_E_INVALID, NULL, "no list of view names has '%s'", key);
        if (json_is_string(value))
            web_put_text(map, name, json_string_value(value));
        else if (json_is_boolean(value))
            web_put_flag(map, name, json_is_true(value));
        else if (json_is_integer(value))
            web_put_int(map, name, json_integer_value(value));
        else if (json_is_object(value))
            CD_ERR(fill_map(web_put_map(map, name), value, pool));
        else if (json_is_array(value))
            CD_ERR(fill_list(web_put_list(map, name), value, pool));
        else if (!json_is_null(value))
            return cd_err(pool, CD_E_INVALID, NULL, "'%s' is no kind of value that a view has",
                          key);
    }
    return NULL;
}

static cd_err_t *render(cd_buf_t *html, const web_templates_t *set, const char *name,
                        json_t *object, apr_pool_t *pool)
{
    const web_template_t *tpl = web_template_find(set, name);
    web_view_t *view = web_view_make(pool);

    if (!tpl)
        return cd_err(pool, CD_E_NOT_FOUND, NULL, "there is no template '%s'", name);
    if (!json_is_object(object))
        return cd_err(pool, CD_E_INVALID, NULL, "the view is not an object");
    CD_ERR(fill_map(view, object, pool));
    web_template_run(html, tpl, view);
    return NULL;
}

static cd_err_t *render_line(cd_buf_t *html, const web_templates_t *set, const char *line,
                             apr_size_t len, apr_pool_t *pool)
{
    json_t *ask;
    const char *name;

    CD_ERR(cd_json_read(&ask, line, len, pool));
    name = json_string_value(json_object_get(ask, "template"));
    return render(html, set, name ? name : "", json_object_get(ask, "view"), pool);
}

static void answer_line(const web_templates_t *set, const char *line, apr_size_t len,
                        apr_pool_t *pool)
{
    cd_buf_t *html = cd_buf_make(pool, 4096), *out = cd_buf_make(pool, 8192);
    cd_err_t *err = render_line(html, set, line, len, pool);
    cd_jsonw_t w;

    cd_jsonw_init(&w, out, 0);
    cd_jsonw_open(&w, '{');
    cd_jsonw_name(&w, err ? "error" : "html");
    cd_jsonw_text(&w, err ? cd_err_line(err, pool) : html->data);
    cd_jsonw_close(&w, '}');
    puts(out->data);
    fflush(stdout);
}

/* All of standard input, or one line of it. @return its length; -1 at the end */
static long read_input(char *bytes, int one_line)
{
    long len = 0;
    int c = EOF;

    while (len < INPUT_MAX && (c = getc(stdin)) != EOF && !(one_line && c == '\n'))
        bytes[len++] = (char)c;
    return c == EOF && one_line && len == 0 ? -1 : len;
}

static cd_err_t *many(const web_templates_t *set, char *bytes, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    long len;

    apr_pool_create(&iterpool, pool);
    while ((len = read_input(bytes, 1)) >= 0) {
        apr_pool_clear(iterpool);
        answer_line(set, bytes, (apr_size_t)len, iterpool);
    }
    return NULL;
}

static cd_err_t *once(const web_templates_t *set, const char *name, char *bytes, apr_pool_t *pool)
{
    cd_buf_t *html = cd_buf_make(pool, 8192);
    json_t *object;

    CD_ERR(cd_json_read(&object, bytes, (apr_size_t)read_input(bytes, 0), pool));
    CD_ERR(render(html, set, name, object, pool));
    fwrite(html->data, 1, html->len, stdout);
    return NULL;
}

int main(int argc, char **argv)
{
    int stream = argc == 3 && !strcmp(argv[1], "--many");
    apr_pool_t *pool;
    web_templates_t *set;
    cd_err_t *err;
    char *bytes;
    int failed;

    if (argc != 3) {
        fprintf(stderr, "usage: render_template DIR NAME <VIEW, or --many DIR\n");
        return 1;
    }
    apr_initialize();
    apr_pool_create(&pool, NULL);
    bytes = apr_palloc(pool, INPUT_MAX);
    err = web_templates_load(&set, argv[stream ? 2 : 1], pool);
    if (!err)
        err = stream ? many(set, bytes, pool) : once(set, argv[2], bytes, pool);
    if (err)
        fprintf(stderr, "render_template: %s\n", cd_err_line(err, pool));
    failed = err != NULL;
    apr_pool_destroy(pool);
    apr_terminate();
    return failed;
}

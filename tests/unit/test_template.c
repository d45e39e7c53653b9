/* test_template.c: what templates compile to and write. Where they may stand: test_markup.c. */
#include "unit.h"

#include <unistd.h>

#include <apr_file_io.h>

#include "web/template.h"

static const char *rendered(const char *source, const web_view_t *view, apr_pool_t *pool)
{
    const char *pairs[] = { "t", source, "part", "[{{title}}|{{name}}]", "line", "x\n", NULL };
    web_templates_t *set;
    cd_err_t *err = web_templates_from(&set, pairs, pool);
    cd_buf_t *buf = cd_buf_make(pool, 0);

    if (err)
        fail_msg("%s", err->detail);
    web_template_run(buf, web_template_find(set, "t"), view);
    return buf->data;
}

static web_view_t *sample(apr_pool_t *pool)
{
    web_view_t *root = web_view_make(pool), *list = web_put_list(root, WN_rows), *row;

    web_put_text(root, WN_title, "<T>");
    web_put_text(root, WN_lead, "");
    web_put_flag(root, WN_current, 0);
    web_put_flag(root, WN_banner, 1);
    web_put_int(root, WN_count, 0);
    web_put_pence(root, WN_amount, 0);
    web_put_list(root, WN_items);
    web_put_text(web_put_map(root, WN_actor), WN_name, "Ann \"A\"");
    web_put_map(root, WN_nav);
    row = web_add(list);
    web_put_text(row, WN_name, "one");
    row = web_add(list);
    web_put_text(row, WN_name, "two");
    web_put_text(row, WN_title, "own");
    web_put_text(row, WN_banner, NULL);
    web_put_int(web_add(web_put_list(row, WN_items)), WN_count, 7);
    return root;
}

static void writing(void **state)
{
    static const struct { const char *source, *want, *why;
    } rows[] = {
        { "", "", "empty" },
        { "plain", "plain", "text" },
        { "{{title}}", "&lt;T&gt;", "escaped" },
        { "<p a=\"{{actor.name}}\">", "<p a=\"Ann &quot;A&quot;\">",
          "escaped in an attribute; a path" },
        { "{{ title }}{{!no {{}}", "&lt;T&gt;", "blanks; a comment" },
        { "{{detail}}", "", "absent" },
        { "{{rows}}{{actor}}", "", "lists and maps have no face" },
        { "{{actor.title}}", "", "a path goes inward only" },
        { "{{title.name}}", "", "no way into a text" },
        { "{{#banner}}y{{/banner}}{{#current}}n{{/current}}", "y", "flags" },
        { "{{^banner}}n{{/banner}}{{^current}}y{{/current}}", "y", "flags turned round" },
        { "{{#lead}}n{{/lead}}{{^lead}}y{{/lead}}", "y", "an empty text is not there" },
        { "{{#detail}}n{{/detail}}{{^detail}}y{{/detail}}", "y", "absent" },
        { "{{#count}}{{count}}{{/count}}", "0", "nought is a number" },
        { "{{#amount}}{{amount}}{{/amount}}",
          "\xc2\xa3"
          "0.00",
          "nought is an amount" },
        { "{{#items}}n{{/items}}{{^items}}y{{/items}}", "y", "an empty list" },
        { "{{^rows}}n{{/rows}}", "", "a full list" },
        { "{{#rows}}{{name}},{{/rows}}", "one,two,", "a list" },
        { "{{#rows}}{{title}},{{/rows}}", "&lt;T&gt;,own,", "outward, or one's own" },
        { "{{#rows}}{{banner}}{{^banner}}-{{/banner}},{{/rows}}", "yes,-,",
          "what a row has not is not taken from the page" },
        { "{{#rows}}{{#items}}{{name}}{{count}}{{/items}};{{/rows}}", ";two7;", "lists in lists" },
        { "{{#actor}}{{name}} {{title}}{{/actor}}", "Ann &quot;A&quot; &lt;T&gt;", "a map" },
        { "{{#actor.name}}{{name}}{{/actor.name}}", "", "a text opens no map" },
        { "{{#nav}}y{{/nav}}{{^nav}}n{{/nav}}", "y", "an empty map is there" },
        { "{{#rows}}{{>part}}{{/rows}}", "[&lt;T&gt;|one][own|two]", "a part sees the row" },
        { "{{#banner}}{{#banner}}a{{/banner}}b{{/banner}}c", "abc", "the same name twice" },
        { "}} { {", "}} { {", "braces that are no tag" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *got = rendered(rows[i].source, sample(*state), *state);

        if (strcmp(got, rows[i].want))
            fail_msg("row %d (%s): %s", (int)i, rows[i].why, got);
    }
}

static void lines(void **state)
{
    static const struct { const char *source, *want, *why;
    } rows[] = {
        { "a\n{{#banner}}\nb\n{{/banner}}\nc", "a\nb\nc", "sections alone on their lines" },
        { "a\n  {{#banner}}  \nb\n\t{{/banner}}\r\nc", "a\nb\nc", "with blanks round them" },
        { "{{#banner}}\nb\n{{/banner}}", "b\n", "first and last line" },
        { "a {{#banner}}\nb{{/banner}}\n", "a \nb\n", "not alone" },
        { "{{#banner}}{{/banner}}\na", "\na", "two on a line are not alone" },
        { "a\n{{! note }}\nb", "a\nb", "a comment" },
        { "a {{! note }} b", "a  b", "a comment between words" },
        { "a\n{{! two\nlines }}\nb", "a\nb", "a comment of two lines" },
        { "a\n  {{>line}}\nb", "a\nx\nb", "a part" },
        { "a\n{{title}}\nb", "a\n&lt;T&gt;\nb", "a value keeps its line" },
        { "<p\n  {{#banner}}\n  a=\"b\"\n  {{/banner}}\n>", "<p\n  a=\"b\"\n>", "inside a tag" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *got = rendered(rows[i].source, sample(*state), *state);

        if (strcmp(got, rows[i].want))
            fail_msg("row %d (%s): %s", (int)i, rows[i].why, got);
    }
}

static void faults(void **state)
{
    static const struct { const char *source, *detail;
    } rows[] = {
        { "\n\n {{dou_on}}", "t.html:3: unknown name 'dou_on'" },
        { "{{title.dou}}", "t.html:1: unknown name 'dou'" },
        { "{{title.}}", "t.html:1: unknown name ''" },
        { "{{.}}", "t.html:1: unknown name ''" },
        { "{{}}", "t.html:1: unknown name ''" },
        { "{{title.title.title.title.title}}", "t.html:1: a name of more than 4 parts" },
        { "{{{title}}}", "t.html:1: there is no raw output" },
        { "{{&title}}", "t.html:1: there is no raw output" },
        { "{{=<% %>=}}", "t.html:1: the delimiters cannot be changed" },
        { "a\n{{title", "t.html:2: a tag without its end" },
        { "{{#\ntitle}}\n{{/title}}\n{{x_}}", "t.html:4: unknown name 'x_'" },
        { "{{a_}}\n{{b_}}", "t.html:1: unknown name 'a_'\nt.html:2: unknown name 'b_'" },
        { "{{#a_}}{{/a_}}", "t.html:1: unknown name 'a_'\nt.html:1: unknown name 'a_'" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        const char *pairs[] = { "t", rows[i].source, NULL };
        web_templates_t *set = (web_templates_t *)state;
        cd_err_t *err = web_templates_from(&set, pairs, *state);

        ROW_CHECK(err && err->code == CD_E_CONFIG && !set, i, rows[i].source);
        assert_string_equal(err->detail, rows[i].detail);
    }
}

static void deep_sections(void **state)
{
    cd_buf_t *source = cd_buf_make(*state, 0);
    const char *pairs[] = { "t", NULL, NULL };
    web_templates_t *set;
    cd_err_t *err;
    int i;

    for (i = 0; i < 32; i++)
        cd_buf_lit(source, "{{#banner}}");
    for (i = 0; i < 32; i++)
        cd_buf_lit(source, "{{/banner}}");
    pairs[1] = source->data;
    assert_null(web_templates_from(&set, pairs, *state));
    pairs[1] = apr_pstrcat(*state, "{{#banner}}", source->data, "{{/banner}}", NULL);
    err = web_templates_from(&set, pairs, *state);
    assert_non_null(strstr(err->detail, "more than 32 sections"));
}

static void parts_in_circles(void **state)
{
    static const char *const pairs[] = { "a", "{{>b}}", "b", "\n{{>c}}", "c", "{{>d}}{{>b}}",
                                         "d", "",       NULL };
    static const char *const twice[] = { "a", "{{>b}}{{>b}}", "b", "{{>c}}", "c", "x", NULL };
    web_templates_t *set;
    cd_err_t *err = web_templates_from(&set, pairs, *state);

    assert_string_equal(err->detail, "c.html:1: the part 'b' contains itself");
    assert_null(web_templates_from(&set, twice, *state));
    assert_null(web_template_find(set, "d"));
    assert_non_null(web_template_find(set, "c"));
}

static void write_file(const char *path, const char *text, apr_pool_t *pool)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path,
                                   APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(file);
}

static void a_folder(void **state)
{
    const char *temp, *dir;
    web_templates_t *set;
    cd_buf_t *buf = cd_buf_make(*state, 0);

    assert_int_equal(apr_temp_dir_get(&temp, *state), APR_SUCCESS);
    dir = apr_psprintf(*state, "%s/candour-test-%ld", temp, (long)getpid());
    assert_non_null(web_templates_load(&set, dir, *state));
    assert_int_equal(apr_dir_make_recursive(apr_pstrcat(*state, dir, "/case", NULL),
                                            APR_FPROT_OS_DEFAULT, *state),
                     APR_SUCCESS);
    assert_non_null(web_templates_load(&set, dir, *state));       /* nothing in it */
    write_file(apr_pstrcat(*state, dir, "/case/show.html", NULL), "<p>{{>foot}}</p>", *state);
    write_file(apr_pstrcat(*state, dir, "/foot.html", NULL), "{{title}}", *state);
    write_file(apr_pstrcat(*state, dir, "/note.txt", NULL), "{{", *state);
    assert_null(web_templates_load(&set, dir, *state));
    web_template_run(buf, web_template_find(set, "case/show"), sample(*state));
    assert_string_equal(buf->data, "<p>&lt;T&gt;</p>");
    write_file(apr_pstrcat(*state, dir, "/case/show.html", NULL), "\n{{no_such}}", *state);
    assert_string_equal(web_templates_load(&set, dir, *state)->detail,
                        "case/show.html:2: unknown name 'no_such'");
    apr_file_remove(apr_pstrcat(*state, dir, "/case/show.html", NULL), *state);
    apr_file_remove(apr_pstrcat(*state, dir, "/foot.html", NULL), *state);
    apr_file_remove(apr_pstrcat(*state, dir, "/note.txt", NULL), *state);
    apr_dir_remove(apr_pstrcat(*state, dir, "/case", NULL), *state);
    assert_int_equal(apr_dir_remove(dir, *state), APR_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(writing), POOL_TEST(lines), POOL_TEST(faults), POOL_TEST(deep_sections),
        POOL_TEST(parts_in_circles), POOL_TEST(a_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_markup.c: where a value, a section or a part of a template may stand in the markup. */
#include "unit.h"

#include "web/template.h"

typedef struct row_t {
    const char *source;
    const char *says;              /* part of the fault, or NULL: it compiles */
    const char *why;
} row_t;

static void check_rows(const row_t *rows, size_t count, apr_pool_t *pool)
{
    size_t i;

    for (i = 0; i < count; i++) {
        const char *pairs[] = { "t", rows[i].source, "p", "<i></i>", NULL };
        web_templates_t *set;
        cd_err_t *err = web_templates_from(&set, pairs, pool);

        if (!rows[i].says && err)
            fail_msg("row %d (%s): %s", (int)i, rows[i].why, err->detail);
        ROW_CHECK(!rows[i].says || (err && err->code == CD_E_CONFIG), i, rows[i].why);
        if (rows[i].says && !strstr(err->detail, rows[i].says))
            fail_msg("row %d (%s): %s", (int)i, rows[i].why, err->detail);
    }
}

static void values(void **state)
{
    static const row_t rows[] = {
        { "{{title}}", NULL, "text" },
        { "<p>{{title}}</p>", NULL, "text of an element" },
        { "<p class=\"a {{title}} b\">x</p>", NULL, "double-quoted attribute" },
        { "<title>{{title}}</title>", NULL, "title" },
        { "<textarea>\n{{title}}</textarea>", NULL, "textarea" },
        { "<title><b {{title}}</title>", "but their own end", "a title has no tags" },
        { "<p class={{title}}>", "between double quotes", "unquoted" },
        { "<p class=a{{title}}>", "between double quotes", "unquoted, begun" },
        { "<p class = {{title}}>", "between double quotes", "unquoted after blanks" },
        { "<p class='{{title}}'>", "between double quotes", "single quotes" },
        { "<p {{title}}>", "names of tags", "attribute name" },
        { "<p data-{{title}}=\"a\">", "names of tags", "attribute name, begun" },
        { "<p a=\"b\"{{title}}>", "names of tags", "after a value" },
        { "<{{title}}>", "names of tags", "tag name" },
        { "<h{{title}}>", "names of tags", "tag name, begun" },
        { "</{{title}}>", "names of tags", "end tag" },
        { "</p {{title}}>", "names of tags", "in an end tag" },
        { "<!-- {{title}} -->", "comments", "comment" },
        { "<!doctype {{title}}>", "comments", "declaration" },
        { "<script>{{title}}</script>", "<script>", "script" },
        { "<script>a</scripty>{{title}}</script>", "but their own end", "not the script's end" },
        { "<script><!--<script></script>{{title}}", "but their own end",
          "a script that hides its end" },
        { "<SCRIPT>{{title}}</SCRIPT>", "<script>", "capitals" },
        { "<style>{{title}}</style>", "<script>", "style" },
        { "<iframe>{{title}}</iframe>", "<script>", "iframe" },
        { "<script src=\"/a.js\"></script>{{title}}", NULL, "after a script" },
        { "<script></script >{{title}}", NULL, "blank in the end tag" },
        { "<p onclick=\"{{title}}\">", "no on..., style or srcdoc", "event handler" },
        { "<p ONCLICK=\"x\">", "no on..., style or srcdoc", "event handler without a value too" },
        { "<p style=\"color: {{title}}\">", "no on..., style or srcdoc", "style" },
        { "<iframe srcdoc=\"{{title}}\">", "no on..., style or srcdoc",
          "document in an attribute" },
        { "<!-- --> {{title}}", NULL, "after a comment" },
        { "<!----> {{title}}", NULL, "after an empty comment" },
        { "<!--> {{title}} -->", "a comment ends with", "forgiven by browsers" },
        { "<!---> {{title}} -->", "a comment ends with", "forgiven by browsers" },
        { "<!-- --!> {{title}} -->", "a comment ends with", "forgiven by browsers" },
        { "<!-- a - b -- c ---> {{title}}", NULL, "dashes inside" },
        { "<!-- > {{title}}-->", "comments", "a > ends nothing" },
        { "<p a='>' b=\"{{title}}\">x", NULL, "a > in single quotes ends nothing" },
        { "<br/>{{title}}", NULL, "self-closing" },
        { "<br />{{title}}", NULL, "self-closing with a blank" },
        { "<p title\n=\n\"{{title}}\">", NULL, "blanks round the equals sign" },
    };

    check_rows(rows, COUNT_OF(rows), *state);
}

static void addresses(void **state)
{
    static const row_t rows[] = {
        { "<a href=\"{{url}}\">", NULL, "made by url.c" },
        { "<a href=\"{{home_url}}\">", NULL, "likewise" },
        { "<a href=\"{{actor.url}}\">", NULL, "the last part counts" },
        { "<a href=\"{{url}}#{{code}}\">", NULL, "a fragment after it" },
        { "<link href=\"{{assets}}/{{name}}.css\">", NULL, "an asset" },
        { "<a href=\"#{{code}}\">", NULL, "a fragment" },
        { "<a href=\"/a/{{code}}\">", NULL, "a path" },
        { "<a href=\"?q={{value}}\">", NULL, "a query" },
        { "<a href=\"mailto:{{value}}\">", NULL, "mail" },
        { "<a href=\"https://example.org/{{value}}\">", NULL, "https" },
        { "<a href=\"{{title}}\">", "an address starts", "anything else could be javascript:" },
        { "<a href=\"java{{title}}\">", "an address starts", "half a scheme" },
        { "<a href=\"javascript:x\">", "https, mailto or tel", "a program" },
        { "<a href=\"data:text/html,x\">", "https, mailto or tel", "a document" },
        { "<a HREF=\"{{title}}\">", "an address starts", "capitals" },
        { "<form action=\"{{title}}\">", "an address starts", "action" },
        { "<button formaction=\"{{title}}\">", "an address starts", "formaction" },
        { "<img src=\"{{title}}\">", "an address starts", "src" },
        { "<use xlink:href=\"{{title}}\">", "an address starts", "xlink:href" },
        { "<a href=\"{{#count}}#{{/count}}{{title}}\">", "an address starts",
          "only if the section shows" },
        { "<a href=\"{{#count}}{{url}}{{/count}}{{^count}}#{{code}}{{/count}}\">", NULL,
          "either way" },
    };

    check_rows(rows, COUNT_OF(rows), *state);
}

static void sections(void **state)
{
    static const row_t rows[] = {
        { "<p class=\"a{{#count}} b{{/count}}\">", NULL, "inside a value" },
        { "<option{{#current}} selected{{/current}}>", NULL, "straight after the tag's name" },
        { "<input type=\"radio\"{{#current}} checked{{/current}}>", NULL, "after a value" },
        { "<input disabled{{#current}} checked{{/current}}>", NULL, "after a name" },
        { "<input {{#current}}checked{{/current}} {{#count}}disabled{{/count}}>", NULL, "between" },
        { "<input disabled {{#current}}checked{{/current}}>", NULL, "after a name and a blank" },
        { "<input{{#hint}} aria-describedby=\"{{code}}-hint\"{{/hint}}{{#error}} "
          "a=\"b\"{{/error}}>",
          NULL, "in a row" },
        { "<input disabled{{#current}}checked{{/current}}>", "put a space",
          "names would run together" },
        { "<input {{#current}}on{{/current}}click=\"{{title}}\">", "put a space",
          "a name in pieces" },
        { "<input a{{#rows}}=\"{{title}}\"{{/rows}}>", "put a space",
          "an equals sign in a section" },
        { "<input a {{#rows}}=\"{{title}}\"{{/rows}}>", "cannot begin", "likewise, after a blank" },
        { "<input {{#rows}}title{{/rows}}=\"{{title}}\">", "put a space",
          "an equals sign after a section" },
        { "<input {{#rows}}title{{/rows}} =\"{{title}}\">", "cannot begin",
          "likewise, after a blank" },
        { "{{#count}}<p class=\"{{/count}}", "another place", "out of text" },
        { "<p {{#count}}>{{/count}}", "another place", "out of a tag" },
        { "<p a=\"{{#count}}\" b=\"{{/count}}\">", "another place", "into another attribute" },
        { "<p a={{#count}}\"b\"{{/count}}>", "no sections after", "before a value" },
        { "<{{#count}}p{{/count}}>", "no sections after", "as a tag's name" },
        { "<h{{#count}}1{{/count}}>", "put a space", "in a tag's name" },
        { "{{#count}}<title>{{/count}}</title>", "another place", "into a title" },
        { "{{#count}}<p>{{/count}}", NULL, "elements need not balance: the frame of a page" },
        { "{{#count}}a", "has no end", "no end" },
        { "{{/count}}", "ends nothing", "no start" },
        { "{{#count}}{{/title}}", "does not end the section of line 1", "another's end" },
        { "{{#actor.name}}{{/actor.role}}", "does not end", "another's end, below" },
        { "<!-- {{#count}} a {{/count}} -->", "no sections after", "in a comment" },
    };

    check_rows(rows, COUNT_OF(rows), *state);
}

static void parts_and_ends(void **state)
{
    static const row_t rows[] = {
        { "<p>{{>p}}</p>", NULL, "between tags" },
        { "{{> p }}", NULL, "with blanks" },
        { "<p {{>p}}>", "between tags", "inside a tag" },
        { "<p a=\"{{>p}}\">", "between tags", "inside a value" },
        { "<title>{{>p}}</title>", "between tags", "inside a title" },
        { "{{>q}}", "unknown part 'q'", "unknown" },
        { "{{>t}}", "the part 't' contains itself", "itself" },
        { "<p", "ends inside", "tag without end" },
        { "<p a=\"", "ends inside", "value without end" },
        { "<!-- ", "ends inside", "comment without end" },
        { "<script>", "inside a tag, a comment or a <script>", "script without end" },
        { "a < b", "a bare '<'", "bare" },
        { "a <", "ends inside", "bare at the end" },
        { "</>", "a bare '<'", "nameless end tag" },
        { "<p a=>", "without its value", "no value" },
        { "<p a=\"b\"c=\"d\">", "put a space", "no blank between" },
        { "<p =\"{{title}}\">", "cannot begin", "an equals sign for a name" },
        { "<p \"{{title}}\">", "cannot begin", "a quote for a name" },
    };

    check_rows(rows, COUNT_OF(rows), *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(values), POOL_TEST(addresses), POOL_TEST(sections), POOL_TEST(parts_and_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

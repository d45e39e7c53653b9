/* Which kind of answer a client gets: HTML unless it asks for JSON by name. */
#include "unit.h"

#include "web/media.h"

#define HTML (1u << WEB_HTML)
#define JSON (1u << WEB_JSON)
#define CSV (1u << WEB_CSV)

static const struct {
    const char *accept, *type, *format;
    unsigned can;
    web_media_t media;
    const char *why;
} rows[] = {
    { NULL, NULL, NULL, HTML | JSON, WEB_HTML, "says nothing" },
    { "", NULL, NULL, HTML | JSON, WEB_HTML, "an empty header" },
    { ",", NULL, NULL, HTML | JSON, WEB_HTML, "a comma alone" },
    { "*/*", NULL, NULL, HTML | JSON, WEB_HTML, "curl" },
    { "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", NULL, NULL, HTML | JSON,
      WEB_HTML, "a browser" },
    { "application/json", NULL, NULL, HTML | JSON, WEB_JSON, "an API client" },
    { "Application/JSON", NULL, NULL, HTML | JSON, WEB_JSON, "in capitals" },
    { "application/json, text/plain, */*", NULL, NULL, HTML | JSON, WEB_JSON,
      "a script's library" },
    { "application/problem+json", NULL, NULL, HTML | JSON, WEB_JSON, "problems are JSON" },
    { "text/html, application/json;q=0.9", NULL, NULL, HTML | JSON, WEB_HTML, "prefers HTML" },
    { "text/html;q=0.5, application/json;q=0.9", NULL, NULL, HTML | JSON, WEB_JSON,
      "prefers JSON" },
    { "text/html; level=1; q=0.5, application/json; q=0.9", NULL, NULL, HTML | JSON, WEB_JSON,
      "with parameters" },
    { "text/html, application/json", NULL, NULL, HTML | JSON, WEB_JSON,
      "the same weight: it named JSON" },
    { "application/json;q=0, text/html", NULL, NULL, HTML | JSON, WEB_HTML, "refuses JSON" },
    { "application/json;q=0", NULL, NULL, HTML | JSON, WEB_HTML,
      "refuses JSON, names nothing else" },
    { "application/json;q=", NULL, NULL, HTML | JSON, WEB_HTML, "no weight" },
    { "application/json;q", NULL, NULL, HTML | JSON, WEB_JSON, "no weight at all" },
    { "application/jsonx", NULL, NULL, HTML | JSON, WEB_HTML, "another type" },
    { NULL, "application/json", NULL, HTML | JSON, WEB_JSON, "sent JSON" },
    { "*/*", "application/json; charset=utf-8", NULL, HTML | JSON, WEB_JSON,
      "sent JSON, takes anything" },
    { "text/html", "application/json", NULL, HTML | JSON, WEB_HTML, "sent JSON, wants HTML" },
    { NULL, "application/x-www-form-urlencoded", NULL, HTML | JSON, WEB_HTML, "sent a form" },
    { "application/json", NULL, NULL, HTML, WEB_HTML, "there is only HTML" },
    { "text/html", NULL, NULL, JSON, WEB_JSON, "there is only JSON" },
    { "text/html", NULL, "csv", HTML | JSON | CSV, WEB_CSV, "CSV by the address" },
    { "application/json", NULL, "csv", HTML | JSON | CSV, WEB_CSV, "the address counts for more" },
    { NULL, NULL, "csv", HTML | JSON, WEB_HTML, "no CSV here" },
    { NULL, NULL, NULL, CSV, WEB_CSV, "there is only CSV" },
};

static void chosen(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < (int)COUNT_OF(rows); i++)
        ROW_CHECK(web_media_choose(rows[i].accept, rows[i].type, rows[i].format, rows[i].can)
                      == rows[i].media,
                  i, rows[i].why);
}

static void json_sent(void **state)
{
    (void)state;
    assert_true(web_sent_json("application/json"));
    assert_true(web_sent_json("application/json;charset=utf-8"));
    assert_false(web_sent_json(NULL));
    assert_false(web_sent_json(""));
    /* A form of another site can send these three, so none of them may pass for JSON. */
    assert_false(web_sent_json("text/plain; application/json"));
    assert_false(web_sent_json("application/x-www-form-urlencoded"));
    assert_false(web_sent_json("multipart/form-data; boundary=application/json"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { POOL_TEST(chosen), POOL_TEST(json_sent) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A form with a file as a handler reads it: token first, file to the sink, fields to the form. */
#include "unit.h"

#include "web/route.h"
#include "web/session.h"
#include "web/upload.h"

#define BOUNDARY "----WebKitFormBoundaryAa01"
#define TYPE "multipart/form-data; boundary=" BOUNDARY

typedef struct world_t {
    web_site_t site;
    web_request_t req;
    web_response_t resp;
    app_ctx_t ctx;
    web_route_t route;
    web_exchange_t x;
    const char *token;
    cd_buf_t *sent;                /* the body */
    apr_size_t at, step;           /* how it is given */
    int breaks_off;                /* reading fails at the end */
    cd_buf_t *seen;                /* what the sink got */
    int sink_fails;
    web_upload_sink_t sink;
    apr_pool_t *pool;
} world_t;

static cd_err_t *give(void *baton, char *into, apr_size_t cap, apr_size_t *got)
{
    world_t *w = baton;
    apr_size_t left = w->sent->len - w->at;

    *got = left < cap ? left : cap;
    *got = *got < w->step ? *got : w->step;
    memcpy(into, w->sent->data + w->at, *got);
    w->at += *got;
    return !*got && w->breaks_off ? cd_err(w->pool, CD_E_BAD_REQUEST, NULL, "the client is gone")
                                  : NULL;
}

static cd_err_t *sink_begin(void *baton, const char *filename, const char *media_type)
{
    world_t *w = baton;

    cd_buf_fmt(w->seen, "<%s %s>", filename, media_type);
    return w->sink_fails ? cd_err(w->pool, CD_E_FULL, NULL, "no room") : NULL;
}

static cd_err_t *sink_data(void *baton, const char *bytes, apr_size_t len)
{
    cd_buf_add(((world_t *)baton)->seen, bytes, len);
    return NULL;
}

static cd_err_t *sink_end(void *baton)
{
    cd_buf_lit(((world_t *)baton)->seen, "</>");
    return NULL;
}

static world_t *world(apr_pool_t *pool)
{
    world_t *w = apr_pcalloc(pool, sizeof(*w));
    const char *cookie;

    memset(w->site.secret, 7, sizeof(w->site.secret));
    w->site.max_body = 100000;
    w->site.max_upload = 1000;
    w->req.user = "legal";
    w->req.path = "/";
    w->req.content_type = TYPE;
    w->req.read_body = give;
    w->req.read_baton = w;
    w->route.name = "test";
    w->x.site = &w->site;
    w->x.req = &w->req;
    w->x.resp = &w->resp;
    w->x.ctx = &w->ctx;
    w->x.route = &w->route;
    w->x.pool = w->pool = pool;
    assert_null(web_binding_make(&w->x.binding, &cookie, 1, pool));
    w->token = web_token_make(w->site.secret, w->x.binding, "legal", 0, pool);
    w->step = 7;
    w->sent = cd_buf_make(pool, 1000);
    w->seen = cd_buf_make(pool, 1000);
    w->sink = (web_upload_sink_t){ w, "file", sink_begin, sink_data, sink_end };
    return w;
}

static void field(world_t *w, const char *name, const char *value)
{
    cd_buf_fmt(w->sent,
               "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name,
               value);
}

static void file(world_t *w, const char *name, const char *filename, const char *bytes)
{
    cd_buf_fmt(w->sent,
               "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
               "Content-Type: application/pdf\r\n\r\n%s\r\n",
               name, filename, bytes);
}

static void end(world_t *w)
{
    cd_buf_lit(w->sent, "--" BOUNDARY "--\r\n");
}

static cd_code_t read_it(world_t *w)
{
    cd_err_t *err = web_upload_read(&w->x, &w->sink);

    return err ? err->code : CD_E_OK;
}

static void whole_form(void **state)
{
    static const apr_size_t steps[] = { 1, 2, 7, 100, 100000 };
    apr_size_t i;

    for (i = 0; i < COUNT_OF(steps); i++) {
        world_t *w = world(*state);

        w->step = steps[i];
        field(w, "token", w->token);
        field(w, "key", "00112233445566778899aabbccddeeff");
        field(w, "why", "a & b = \xc3\xa9+\r\n100%");
        file(w, "file", "x.pdf", "%PDF-\r\n--");
        field(w, "tick", "A");
        field(w, "tick", "B");
        end(w);
        assert_int_equal(read_it(w), CD_E_OK);
        assert_string_equal(w->seen->data, "<x.pdf application/pdf>%PDF-\r\n--</>");
        assert_string_equal(w->x.req->body,
                            "key=00112233445566778899aabbccddeeff"
                            "&why=a%20%26%20b%20%3D%20%C3%A9%2B%0D%0A100%25&tick=A&tick=B");
        assert_int_equal(w->x.req->body_len, strlen(w->x.req->body));
        assert_string_equal(w->x.req->content_type, "application/x-www-form-urlencoded");
        assert_null(w->x.req->read_body);
        assert_string_equal(w->x.req->user, "legal");
        assert_string_equal(w->req.content_type, TYPE);   /* the connection's own is as it was */
    }
}

static void no_file(void **state)
{
    world_t *w = world(*state);

    field(w, "token", w->token);
    file(w, "file", "", "");
    field(w, "a", "1");
    end(w);
    assert_int_equal(read_it(w), CD_E_OK);
    assert_string_equal(w->seen->data, "");
    assert_string_equal(w->x.req->body, "a=1");

    w = world(*state);
    field(w, "token", w->token);
    end(w);
    assert_int_equal(read_it(w), CD_E_OK);
    assert_string_equal(w->seen->data, "");
    assert_string_equal(w->x.req->body, "");
}

/* A file of no bytes is a file. */
static void empty_file(void **state)
{
    world_t *w = world(*state);

    field(w, "token", w->token);
    file(w, "file", "x.pdf", "");
    end(w);
    assert_int_equal(read_it(w), CD_E_OK);
    assert_string_equal(w->seen->data, "<x.pdf application/pdf></>");
}

typedef enum spoil_t {
    TOKEN_AFTER,
    NO_TOKEN,
    NO_TOKEN_NO_FILE,
    WRONG_TOKEN,
    OTHERS_TOKEN,
    NO_COOKIE,
    TWO_TOKENS,
    OTHER_FIELD,
    FIELD_AS_FILE,
    NAMELESS,
    TWO_FILES,
    TOO_LARGE,
    AT_LIMIT,
    CUT,
    GONE,
    NO_BOUNDARY,
    TWO_BOUNDARIES,
    WRONG_BOUNDARY,
    URLENCODED,
    JSON,
    SINK_FAILS,
    FIELDS_TOO_LARGE,
    BODY_TOO_LARGE
} spoil_t;

static void spoil(world_t *w, spoil_t how)
{
    char *large = apr_palloc(w->pool, 100002);
    int i;

    memset(large, 'x', 100001);
    large[how == TOO_LARGE        ? 1001
          : how == AT_LIMIT       ? 1000
          : how == BODY_TOO_LARGE ? 65000
                                  : 50001] = '\0';
    if (how == OTHERS_TOKEN)
        w->token = web_token_make(w->site.secret, w->x.binding, "reader", 0, w->pool);
    if (how == NO_COOKIE)
        w->x.binding = NULL;
    if (how == BODY_TOO_LARGE)
        w->site.max_body = 10000000;
    w->sink_fails = how == SINK_FAILS;
    w->breaks_off = how == GONE;
    if (how != TOKEN_AFTER && how != NO_TOKEN && how != NO_TOKEN_NO_FILE)
        field(w, "token", how == WRONG_TOKEN ? "AAAAAAAAAAAAAAAAAAAAAA" : w->token);
    if (how == TWO_TOKENS)
        field(w, "token", w->token);
    for (i = 0; how == FIELDS_TOO_LARGE && i < 2; i++)
        field(w, "a", large);
    for (i = 0; how == BODY_TOO_LARGE && i < 20; i++)
        field(w, "a", large);
    if (how == FIELD_AS_FILE)
        field(w, "file", "x");
    else if (how != NO_TOKEN_NO_FILE)
        file(w, how == OTHER_FIELD ? "photo" : "file", how == NAMELESS ? "" : "x.pdf",
             how == TOO_LARGE || how == AT_LIMIT ? large : "%PDF");
    if (how == TWO_FILES)
        file(w, "file", "y.pdf", "%PDF");
    if (how == TOKEN_AFTER)
        field(w, "token", w->token);
    if (how != CUT && how != GONE)
        end(w);
    if (how >= NO_BOUNDARY && how <= JSON)
        w->req.content_type = how == NO_BOUNDARY      ? "multipart/form-data"
                              : how == TWO_BOUNDARIES ? TYPE "; boundary=x"
                              : how == WRONG_BOUNDARY ? "multipart/form-data; boundary=x"
                              : how == URLENCODED     ? "application/x-www-form-urlencoded"
                                                      : "application/json";
}

static void refuses(void **state)
{
    static const struct {
        spoil_t how;
        cd_code_t code;
        const char *seen;
        const char *why;
    } rows[] = {
        { TOKEN_AFTER, CD_E_TOKEN, "", "the token after the file" },
        { NO_TOKEN, CD_E_TOKEN, "", "no token" },
        { NO_TOKEN_NO_FILE, CD_E_BAD_REQUEST, "", "nothing at all" },
        { WRONG_TOKEN, CD_E_TOKEN, "", "a token that is none" },
        { OTHERS_TOKEN, CD_E_TOKEN, "", "somebody else's token" },
        { NO_COOKIE, CD_E_TOKEN, "", "no cookie" },
        { TWO_TOKENS, CD_E_BAD_REQUEST, "", "two tokens" },
        { OTHER_FIELD, CD_E_BAD_REQUEST, "", "a file for another field" },
        { FIELD_AS_FILE, CD_E_BAD_REQUEST, "", "text in place of the file" },
        { NAMELESS, CD_E_BAD_REQUEST, "", "bytes of no file" },
        { TWO_FILES, CD_E_TOO_LARGE, "<x.pdf application/pdf>%PDF</>", "two files" },
        { TOO_LARGE, CD_E_TOO_LARGE, NULL, "a file over the limit" },
        { AT_LIMIT, CD_E_OK, NULL, "a file at the limit" },
        { CUT, CD_E_BAD_REQUEST, "<x.pdf application/pdf>%PDF", "no end" },
        { GONE, CD_E_BAD_REQUEST, "<x.pdf application/pdf>%PDF", "the client goes away" },
        { NO_BOUNDARY, CD_E_BAD_REQUEST, "", "no boundary" },
        { TWO_BOUNDARIES, CD_E_BAD_REQUEST, "", "two boundaries" },
        { WRONG_BOUNDARY, CD_E_BAD_REQUEST, "", "a boundary that the body has not" },
        { URLENCODED, CD_E_TYPE, "", "a form without files" },
        { JSON, CD_E_TYPE, "", "JSON" },
        { SINK_FAILS, CD_E_FULL, "<x.pdf application/pdf>", "no room for the file" },
        { FIELDS_TOO_LARGE, CD_E_TOO_LARGE, "", "fields over the limit of a body" },
        { BODY_TOO_LARGE, CD_E_TOO_LARGE, "", "a body over the limits together" },
    };
    int i;

    for (i = 0; i < (int)COUNT_OF(rows); i++) {
        world_t *w = world(*state);
        cd_code_t code;

        spoil(w, rows[i].how);
        code = read_it(w);
        if (code != rows[i].code)
            fail_msg("row %d (%s): %s", i, rows[i].why, cd_code_word(code));
        ROW_CHECK(!rows[i].seen || !strcmp(w->seen->data, rows[i].seen), i, rows[i].why);
        ROW_CHECK(!code || w->x.req == &w->req, i, "the request is as it was");
    }
}

/* A route that was not declared to take uploads is a fault of the program, not of the client. */
static void body_was_read(void **state)
{
    world_t *w = world(*state);

    w->req.read_body = NULL;
    assert_int_equal(read_it(w), CD_E_FAILED);
}

static void total(void **state)
{
    web_site_t site = { .max_upload = 1000 };

    (void)state;
    assert_true(web_upload_total(&site) == 1000 + (1 << 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(whole_form), POOL_TEST(no_file), POOL_TEST(empty_file), POOL_TEST(refuses),
                  POOL_TEST(body_was_read),
        POOL_TEST(total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* fuzz_form.c: any bytes as the body of a form, and the same answers as a JSON object.
 *
 * Oracles: a body is refused or understood, and then the same in both shapes; what is understood
 * and shown again reads back as the same answers; the pairs of two texts joined by "&" are the
 * pairs of each, so no place of a cut makes a difference. */
#include "fuzz.h"

#include <stddef.h>

#include "base/json.h"
#include "web/form.h"

typedef struct answers_t {
    cd_when_t told;
    cd_date_t noted_on;
    int at, mode, sorry, seq;
    apr_uint32_t support;
    const char *name, *words, *nhs, *org;
    apr_int64_t paid_p, share_bp, days;
} answers_t;

static const cd_token_t modes[] = { { 1, "FACE_TO_FACE", "Face to face" },
                                    { 2, "VIDEO", "Video" },
                                    { 0, NULL, NULL } };

#define F(member, kind)                                                                            \
    .name = #member, .type = kind, .offset = offsetof(answers_t, member), .label = #member,        \
    .noun = "the " #member
static const cd_field_t fields[] = { { F(told, CD_FT_WHEN),
                                       .flags = CD_FF_REQUIRED | CD_FF_PAST | CD_FF_PART_DATE },
                                     { F(noted_on, CD_FT_DATE) },
                                     { F(at, CD_FT_MINUTES) },
                                     { F(mode, CD_FT_TOKEN), .tokens = modes },
                                     { F(sorry, CD_FT_YESNO) },
                                     { F(seq, CD_FT_SEQ) },
                                     { F(support, CD_FT_SET), .tokens = modes },
                                     { F(name, CD_FT_TEXT), .max = 20 },
                                     { F(words, CD_FT_LONG), .max = 60 },
                                     { F(nhs, CD_FT_NHS) },
                                     { F(org, CD_FT_ODS) },
                                     { F(paid_p, CD_FT_PENCE) },
                                     { F(share_bp, CD_FT_BP) },
                                     { F(days, CD_FT_INT), .max = 99 } };
#define COUNT ((int)(sizeof(fields) / sizeof(fields[0])))
static const char key[] = "00112233445566778899aabbccddeeff";

typedef struct try_t {
    web_site_t site;
    web_request_t req;
    web_response_t resp;
    app_ctx_t ctx;
    web_exchange_t x;
    answers_t answers;
    web_form_t *form;
    cd_err_t *err;
} try_t;

static try_t *read_body(const char *type, const char *body, apr_size_t len, apr_pool_t *pool)
{
    try_t *t = apr_pcalloc(pool, sizeof(*t));

    t->site.max_body = 1 << 20;
    t->req.path = "/";
    t->req.content_type = type;
    t->req.body = body;
    t->req.body_len = len;
    t->ctx.today = cd_date_make(2026, 11, 23);
    t->x.site = &t->site;
    t->x.req = &t->req;
    t->x.resp = &t->resp;
    t->x.ctx = &t->ctx;
    t->x.pool = pool;
    t->x.view = web_view_make(pool);
    t->x.media = WEB_HTML;
    t->form = web_form_make(fields, COUNT, &t->answers, pool);
    t->err = web_form_read(t->form, &t->x);
    return t;
}

static void check_error(const cd_err_t *err)
{
    FUZZ_CHECK(err->code == CD_E_BAD_REQUEST || err->code == CD_E_TOO_LARGE
               || err->code == CD_E_TYPE);
}

static int same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static void check_same(const answers_t *a, const answers_t *b)
{
    FUZZ_CHECK(a->told.first == b->told.first && a->told.last == b->told.last
               && a->noted_on == b->noted_on);
    FUZZ_CHECK(a->at == b->at && a->mode == b->mode && a->sorry == b->sorry && a->seq == b->seq
               && a->support == b->support);
    FUZZ_CHECK(a->paid_p == b->paid_p && a->share_bp == b->share_bp && a->days == b->days);
    FUZZ_CHECK(same_text(a->name, b->name) && same_text(a->words, b->words)
               && same_text(a->nhs, b->nhs) && same_text(a->org, b->org));
}

static void add_pair(cd_buf_t *body, const char *name, const char *value)
{
    cd_buf_str(body, body->len ? "&" : "");
    cd_esc_url(body, name);
    cd_buf_lit(body, "=");
    cd_esc_url(body, value);
}

static void add_field(cd_buf_t *body, const web_view_t *field)
{
    const web_view_t *parts = web_get_map(field, WN_parts),
                     *choices = web_get_map(field, WN_choices);
    int i;

    for (i = 0; i < web_list_count(parts); i++) {
        const web_view_t *part = web_list_at(parts, i);

        if (web_get_text(part, WN_part_value))
            add_pair(body, web_get_text(part, WN_name), web_get_text(part, WN_part_value));
    }
    for (i = 0; i < web_list_count(choices); i++) {
        const web_view_t *choice = web_list_at(choices, i);

        if (web_get_text(choice, WN_checked))
            add_pair(body, web_get_text(field, WN_name), web_get_text(choice, WN_value));
    }
    if (web_get_text(field, WN_value))
        add_pair(body, web_get_text(field, WN_name), web_get_text(field, WN_value));
}

/* What the page would send if nobody touched it. */
static cd_buf_t *shown_again(const web_view_t *view, apr_pool_t *pool)
{
    cd_buf_t *body = cd_buf_make(pool, 256);
    const web_view_t *sections = web_get_map(view, WN_sections);
    int s, f;

    add_pair(body, "key", web_get_text(view, WN_key));
    if (web_get_text(view, WN_version))
        add_pair(body, "version", web_get_text(view, WN_version));
    if (web_get_text(view, WN_supersedes))
        add_pair(body, "supersedes", web_get_text(view, WN_supersedes));
    for (s = 0; s < web_list_count(sections); s++) {
        const web_view_t *list = web_get_map(web_list_at(sections, s), WN_fields);

        for (f = 0; f < web_list_count(list); f++)
            add_field(body, web_list_at(list, f));
    }
    return body;
}

static int has_problem(const web_form_t *form, const char *field)
{
    int i;

    for (i = 0; i < form->problems.count; i++) {
        if (!strcmp(form->problems.list[i].field, field))
            return 1;
    }
    return 0;
}

static void check_shown_again(try_t *t, apr_pool_t *pool)
{
    cd_buf_t *body;
    try_t *again;

    FUZZ_CHECK(!web_form_again(&t->x, t->form) && t->resp.status == 422);
    body = shown_again(t->x.view, pool);
    again = read_body("application/x-www-form-urlencoded", body->data, body->len, pool);
    FUZZ_CHECK(!again->err);
    if (has_problem(t->form,
                    "support")) /* a choice that is not in the list cannot be shown as ticked */
        again->answers.support = t->answers.support;
    check_same(&t->answers, &again->answers);
    FUZZ_CHECK(t->form->version == again->form->version
               && t->form->supersedes == again->form->supersedes);
    FUZZ_CHECK(!t->form->supersedes || same_text(t->form->reason, again->form->reason));
}

/* The values that a form without problems gave, as JSON. */
static void check_json(try_t *t, apr_pool_t *pool)
{
    cd_buf_t *body = cd_buf_make(pool, 256);
    cd_jsonw_t w;
    try_t *again;
    int i;

    cd_jsonw_init(&w, body, 0);
    cd_jsonw_open(&w, '{');
    cd_jsonw_name(&w, "key");
    cd_jsonw_text(&w, key);
    for (i = 0; i < COUNT; i++) {
        const char *plain = cd_field_plain(&fields[i], &t->answers, pool);

        if (!plain)
            continue;
        cd_jsonw_name(&w, fields[i].name);
        if (fields[i].type == CD_FT_PENCE || fields[i].type == CD_FT_BP
            || fields[i].type == CD_FT_INT)
            cd_jsonw_int(&w, CD_FIELD_GET(apr_int64_t, &t->answers, &fields[i]));
        else
            cd_jsonw_text(&w, plain);
    }
    cd_jsonw_close(&w, '}');
    again = read_body("application/json", body->data, body->len, pool);
    FUZZ_CHECK(!again->err);
    check_same(&t->answers, &again->answers);
}

static void check_cut(const char *text, apr_size_t len, apr_pool_t *pool)
{
    web_pair_t *whole, *left, *right;
    int n, a, b, i;
    const char *cut = memchr(text + len / 2, '&', len - len / 2);

    if (!cut || web_pairs_read(&whole, &n, text, len, 200, pool))
        return;
    FUZZ_CHECK(!web_pairs_read(&left, &a, text, (apr_size_t)(cut - text), 200, pool));
    FUZZ_CHECK(!web_pairs_read(&right, &b, cut + 1, len - (apr_size_t)(cut - text) - 1, 200, pool));
    FUZZ_CHECK(a + b == n);
    for (i = 0; i < n; i++) {
        const web_pair_t *part = i < a ? &left[i] : &right[i - a];

        FUZZ_CHECK(!strcmp(part->name, whole[i].name) && !strcmp(part->value, whole[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *text = apr_pstrmemdup(pool, size ? (const char *)data : "", size);
    cd_buf_t *keyed = cd_buf_make(pool, size + 64);
    try_t *t;

    check_cut(text, size, pool);
    cd_buf_add(keyed, text, size);
    cd_buf_fmt(keyed, "&key=%s", key);
    t = read_body("application/x-www-form-urlencoded", keyed->data, keyed->len, pool);
    if (t->err) {
        check_error(t->err);
    } else {
        check_shown_again(t, pool);
        if (!t->form->problems.count)
            check_json(t, pool);
    }
    apr_pool_destroy(pool);
    return 0;
}

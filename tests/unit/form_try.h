/* form_try.h: a form with a field of every type, and one request read by it, for tests of forms. */
#ifndef CD_TESTS_FORM_TRY_H
#define CD_TESTS_FORM_TRY_H

#include "web/form.h"

typedef struct talk_t {
    cd_when_t told;
    cd_date_t noted_on;
    int at, mode, sorry;
    apr_uint32_t support;
    const char *name, *words, *nhs;
    apr_int64_t paid_p, share_bp, days;
    const char *reason;
} talk_t;

static const cd_token_t modes[] = { { 1, "FACE_TO_FACE", "Face to face" },
                                    { 2, "VIDEO", "Video call" },
                                    { 0, NULL, NULL } };
static const cd_token_t supports[] = { { 1, "COUNSELLING", "Counselling" },
                                       { 2, "ADVOCATE", "Advocate" },
                                       { 3, "NONE", "None" },
                                       { 0, NULL, NULL } };

#define F(member, kind) .name = #member, .type = kind, .offset = offsetof(talk_t, member)
static const cd_field_t fields[] = {
    { F(told, CD_FT_WHEN), .flags = CD_FF_REQUIRED | CD_FF_PAST | CD_FF_PART_DATE,
      .section = "When and how", .rules = "E02, C01", .label = "Date you told the patient",
      .noun = "the date you told the patient", .hint = "For example, 23 11 2026" },
    { F(noted_on, CD_FT_DATE), .flags = CD_FF_PAST, .label = "Date written up",
      .noun = "the date it was written up" },
    { F(at, CD_FT_MINUTES), .label = "Time", .noun = "the time" },
    { F(mode, CD_FT_TOKEN), .flags = CD_FF_REQUIRED, .tokens = modes, .rules = "E03",
      .label = "How?", .noun = "how you told the patient" },
    { F(sorry, CD_FT_YESNO), .section = "What was said", .rules = "E06", .label = "Sorry?",
      .noun = "whether you said sorry" },
    { F(support, CD_FT_SET), .tokens = supports, .label = "Support",
      .noun = "the support you offered" },
    { F(name, CD_FT_TEXT), .max = 20, .label = "Name", .noun = "the name" },
    { F(words, CD_FT_LONG), .max = 200, .label = "Words", .noun = "the words",
      .hint = "Facts only" },
    { F(nhs, CD_FT_NHS), .label = "NHS number", .noun = "the NHS number" },
    { F(paid_p, CD_FT_PENCE), .label = "Paid", .noun = "the sum" },
    { F(share_bp, CD_FT_BP), .max = 10000, .label = "Share", .noun = "the share" },
    { F(days, CD_FT_INT), .max = 99, .label = "Days", .noun = "the days" },
};
static const cd_field_t with_reason[] = { { F(reason, CD_FT_TEXT), .max = 50, .label = "Reason",
                                            .noun = "the reason" } };

#define FORM "application/x-www-form-urlencoded"
#define KEY "key=00112233445566778899aabbccddeeff"
#define JKEY "\"key\":\"00112233445566778899aabbccddeeff\""

typedef struct try_t {
    web_site_t site;
    web_request_t req;
    web_response_t resp;
    app_ctx_t ctx;
    web_exchange_t x;
    talk_t talk;
    web_form_t *form;
    cd_err_t *err;
} try_t;

static inline try_t *prepare(const char *type, const char *body, apr_pool_t *pool)
{
    try_t *t = apr_pcalloc(pool, sizeof(*t));

    t->site.max_body = 100000;
    t->req.method = WEB_POST;
    t->req.path = "/cases/CM-2026-0412/log/talk";
    t->req.content_type = type;
    t->req.body = body;
    t->req.body_len = body ? strlen(body) : 0;
    t->ctx.today = cd_date_make(2026, 11, 23);
    t->x = (web_exchange_t){ .site = &t->site,
                             .req = &t->req,
                             .resp = &t->resp,
                             .ctx = &t->ctx,
                             .pool = pool,
                             .view = web_view_make(pool),
                             .csrf_token = "TOKEN",
                             .media = WEB_HTML };
    t->form = web_form_make(fields, COUNT_OF(fields), &t->talk, pool);
    return t;
}

static inline try_t *form_read(const char *body, apr_pool_t *pool)
{
    try_t *t = prepare(FORM, apr_pstrcat(pool, body, "&" KEY, NULL), pool);

    t->err = web_form_read(t->form, &t->x);
    return t;
}

static inline try_t *json_read(const char *body, apr_pool_t *pool)
{
    try_t *t = prepare("application/json", body, pool);

    t->err = web_form_read(t->form, &t->x);
    return t;
}

static inline const char *problem_text(const try_t *t, const char *field)
{
    int i;

    for (i = 0; i < t->form->problems.count; i++) {
        if (!strcmp(t->form->problems.list[i].field, field))
            return t->form->problems.list[i].text;
    }
    return NULL;
}

static inline const char *problem_part(const try_t *t, const char *field)
{
    int i;

    for (i = 0; i < t->form->problems.count; i++) {
        if (!strcmp(t->form->problems.list[i].field, field))
            return t->form->problems.list[i].part;
    }
    return NULL;
}

#endif

/* test_form.c: declared fields in, typed values and problems out. */
#include "unit.h"

#include "form_try.h"

static void check_whole(const try_t *t)
{
    assert_null(t->err);
    if (t->form->problems.count)
        fail_msg("%s", t->form->problems.list[0].text);
    assert_int_equal(t->talk.told.first, cd_date_make(2026, 11, 4));
    assert_int_equal(t->talk.told.last, cd_date_make(2026, 11, 4));
    assert_int_equal(t->talk.noted_on, cd_date_make(2026, 11, 5));
    assert_int_equal(t->talk.at, 14 * 60 + 30 + 1);
    assert_int_equal(t->talk.mode, 2);
    assert_int_equal(t->talk.sorry, CD_YES);
    assert_int_equal(t->talk.support, 1u << 1 | 1u << 2);
    assert_string_equal(t->talk.name, "Zo\xc3\xab B");
    assert_string_equal(t->talk.words, "a\nb");
    assert_string_equal(t->talk.nhs, "9434765919");
    assert_true(t->talk.paid_p == 123450 && t->talk.share_bp == 7050 && t->talk.days == 12);
    assert_int_equal(t->form->version, 7);
    assert_int_equal(t->ctx.has_idem, 1);
    assert_memory_equal(t->ctx.idem,
                        "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff", 16);
}

static void a_whole_form(void **state)
{
    check_whole(form_read("token=abc&version=7&told-day=4&told-month=11&told-year=2026&noted_on-"
                          "day=05&noted_on-month=Nov&noted_on-year=2026"
                          "&at=2.30pm&mode=VIDEO&sorry=yes&support=COUNSELLING&support=ADVOCATE&"
                          "name=+Zo%C3%AB+B+&words=a%0D%0Ab"
                          "&nhs=943+476+5919&paid_p=1%2C234.50&share_bp=70.5&days=12",
                          *state));
}

static void a_whole_object(void **state)
{
    check_whole(json_read("{" JKEY ",\"version\":7,\"told\":\"2026-11-04\",\"noted_on\":\"2026-11-"
                                   "05\",\"at\":\"14:30\",\"mode\":\"VIDEO\","
                          "\"sorry\":true,\"support\":[\"COUNSELLING\",\"ADVOCATE\"],\"name\":"
                          "\"Zo\\u00eb B\",\"words\":\"a\\nb\","
                          "\"nhs\":\"9434765919\",\"paid_p\":123450,\"share_bp\":7050,\"days\":12}",
                          *state));
}

static void headers_of_the_api(void **state)
{
    try_t *t = prepare("application/json; charset=utf-8",
                       "{\"told\":\"2026\",\"mode\":\"VIDEO\",\"name\":null}", *state);

    t->req.idempotency_key = "\"00112233-4455-6677-8899-aabbccddeeff\"";
    t->req.if_match = "\"7\"";
    assert_null(web_form_read(t->form, &t->x));
    assert_int_equal(t->form->version, 7);
    assert_int_equal(t->ctx.idem[15], 0xff);
    assert_int_equal(t->form->problems.count, 0);
    assert_null(t->talk.name);
    t = prepare("application/json", "{" JKEY ",\"version\":8}", *state);
    t->req.if_match = "\"7\"";
    assert_int_equal(web_form_read(t->form, &t->x)->code, CD_E_BAD_REQUEST);
    t = prepare(FORM, "mode=VIDEO", *state);
    t->req.idempotency_key = "00112233445566778899aabbccddeeff";
    assert_int_equal(web_form_read(t->form, &t->x)->code,
                     CD_E_BAD_REQUEST); /* a form carries its own */
}

static void refused_whole(void **state)
{
    static const struct { const char *body; cd_code_t code; const char *why;
    } rows[] = {
        { "nonsense=1", CD_E_BAD_REQUEST, "undeclared" },
        { "Mode=VIDEO", CD_E_BAD_REQUEST, "names mind capitals" },
        { "mode=VIDEO&mode=VIDEO", CD_E_BAD_REQUEST, "twice" },
        { "mode=&mode=VIDEO", CD_E_BAD_REQUEST, "twice, once empty" },
        { "told-day=1&told-day=1", CD_E_BAD_REQUEST, "a part twice" },
        { "version=1&version=1", CD_E_BAD_REQUEST, "version twice" },
        { "token=a&token=a", CD_E_BAD_REQUEST, "token twice" },
        { KEY, CD_E_BAD_REQUEST, "key twice" },
        { "told=2026-11-04", CD_E_BAD_REQUEST, "a date is three parts in a form" },
        { "told-hour=1", CD_E_BAD_REQUEST, "no such part" },
        { "mode-day=1", CD_E_BAD_REQUEST, "not a date" },
        { "=1", CD_E_BAD_REQUEST, "no name" },
        { "mode=%", CD_E_BAD_REQUEST, "half an escape" },
        { "mode=%4", CD_E_BAD_REQUEST, "half an escape" },
        { "mode=%zz", CD_E_BAD_REQUEST, "no escape" },
        { "name=%00", CD_E_BAD_REQUEST, "NUL" },
        { "name=%ff", CD_E_BAD_REQUEST, "no UTF-8" },
        { "name=%1b", CD_E_BAD_REQUEST, "control character" },
        { "na%20me=1", CD_E_BAD_REQUEST, "a blank in a name" },
        { "version=-1", CD_E_BAD_REQUEST, "negative" },
        { "version=1e3", CD_E_BAD_REQUEST, "no number" },
        { "version=9999999999", CD_E_BAD_REQUEST, "too large" },
        { "supersedes=x", CD_E_BAD_REQUEST, "no number" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        try_t *t = form_read(rows[i].body, *state);

        ROW_CHECK(t->err && t->err->code == rows[i].code, i, rows[i].why);
    }
}

static void refused_objects(void **state)
{
    static const struct { const char *body; const char *why;
    } rows[] = {
        { "[]", "a list" },
        { "", "empty" },
        { "{", "cut short" },
        { "{\"mode\":\"VIDEO\"}", "no key" },
        { "{\"key\":\"00\"}", "short key" },
        { "{" JKEY ",\"nonsense\":1}", "undeclared" },
        { "{" JKEY ",\"mode\":\"VIDEO\",\"mode\":\"VIDEO\"}", "twice" },
        { "{" JKEY ",\"token\":\"x\"}", "no token in JSON" },
        { "{" JKEY ",\"told-day\":1}", "parts are for forms" },
        { "{" JKEY ",\"mode\":[\"VIDEO\"]}", "a list for one" },
        { "{" JKEY ",\"mode\":{}}", "an object" },
        { "{" JKEY ",\"days\":1.5}", "a fraction" },
        { "{" JKEY ",\"mode\":true}", "truth for a choice" },
        { "{" JKEY ",\"support\":[1]}", "a number in a set" },
        { "{" JKEY ",\"support\":[\"A,B\"]}", "a comma in a set" },
        { "{" JKEY ",\"name\":\"\\u0007\"}", "control character" },
        { "{" JKEY ",\"na me\":1}", "a blank in a name" },
        { "{" JKEY ",\"version\":-1}", "negative" },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        try_t *t = json_read(rows[i].body, *state);

        ROW_CHECK(t->err && t->err->code == CD_E_BAD_REQUEST, i, rows[i].why);
    }
}

static void types_and_sizes(void **state)
{
    static const struct { const char *type; cd_code_t code;
    } rows[] = {
        { "text/plain", CD_E_TYPE },
        { NULL, CD_E_TYPE },
        { "", CD_E_TYPE },
        { "multipart/form-data; boundary=x", CD_E_TYPE },
        { FORM "; charset=iso-8859-1", CD_E_TYPE },
        { FORM "x", CD_E_TYPE },
        { FORM "; charset=UTF-8", CD_E_OK },
        { FORM, CD_E_OK },
    };
    size_t i;
    try_t *t;
    char *body;

    for (i = 0; i < COUNT_OF(rows); i++) {
        t = prepare(rows[i].type, KEY, *state);
        t->err = web_form_read(t->form, &t->x);
        ROW_CHECK((t->err ? t->err->code : CD_E_OK) == rows[i].code, i,
                  rows[i].type ? rows[i].type : "NULL");
    }
    t = prepare(FORM, KEY, *state);
    t->site.max_body = strlen(KEY);
    assert_null(web_form_read(t->form, &t->x));
    t = prepare(FORM, KEY "&", *state);
    t->site.max_body = strlen(KEY);
    assert_int_equal(web_form_read(t->form, &t->x)->code, CD_E_TOO_LARGE);
    body = apr_palloc(*state, 65536 + 10);
    memset(body, 'x', 65536 + 10);
    memcpy(body, "words=", 6);
    body[65536 + 6] = '\0';
    t = form_read(body, *state);
    assert_null(t->err); /* at the limit: a problem of the field, not of the body */
    assert_string_equal(problem_text(t, "words"), "Words must have 200 characters or fewer");
    body[65536 + 6] = 'x';
    body[65536 + 7] = '\0';
    t = form_read(body, *state);
    assert_int_equal(t->err->code, CD_E_TOO_LARGE);
}

/* A set's words, sent again and again, stay short; each may be as long as any value. */
static void a_set_is_bounded(void **state)
{
    char *word = apr_pcalloc(*state, 1200);
    try_t *t;

    memset(word, 'A', 1100);
    t = form_read(apr_pstrcat(*state, "support=COUNSELLING&support=", word, NULL), *state);
    assert_null(t->err);
    t = form_read(apr_pstrcat(*state, "support=", word, "&support=", word, NULL), *state);
    assert_int_equal(t->err->code, CD_E_BAD_REQUEST);
}

/* Names at the limit and one more. */
static void many_names(void **state)
{
    cd_buf_t *buf = cd_buf_make(*state, 0);
    web_pair_t *pairs;
    int count, i;

    for (i = 0; i < 200; i++)
        cd_buf_fmt(buf, "%sn%d=v", i ? "&" : "", i);
    assert_null(web_pairs_read(&pairs, &count, buf->data, buf->len, 200, *state));
    assert_int_equal(count, 200);
    assert_string_equal(pairs[199].name, "n199");
    cd_buf_lit(buf, "&n");
    assert_int_equal(web_pairs_read(&pairs, &count, buf->data, buf->len, 200, *state)->code,
                     CD_E_BAD_REQUEST);
    assert_null(web_pairs_read(&pairs, &count, "", 0, 200, *state));
    assert_int_equal(count, 0);
    assert_null(web_pairs_read(&pairs, &count, "&", 1, 200, *state));
    assert_null(web_pairs_read(&pairs, &count, "&&&", 3, 200, *state));
    assert_int_equal(count, 0);
    assert_non_null(web_pairs_read(&pairs, &count, "=", 1, 200, *state));
    assert_non_null(web_pairs_read(&pairs, &count, "=&", 2, 200, *state));
    assert_null(web_pairs_read(&pairs, &count, "a&b=&c==", 8, 200, *state));
    assert_true(count == 3 && !*pairs[0].value && !*pairs[1].value && !strcmp(pairs[2].value, "="));
}

/* The words and their order: the design system's date errors (missing all, part missing, not real,
 * future). */
static void dates(void **state)
{
    static const struct { const char *body, *text, *part;
    } rows[] = {
        { "", "Enter the date you told the patient", NULL },
        { "told-day=&told-month=+&told-year=", "Enter the date you told the patient", NULL },
        { "told-day=4&told-year=2026", "Date you told the patient must include a month", "month" },
        { "told-day=4", "Date you told the patient must include a month and year", "month" },
        { "told-month=11", "Date you told the patient must include a year", "year" },
        { "told-day=4&told-month=11", "Date you told the patient must include a year", "year" },
        { "told-day=31&told-month=2&told-year=2026",
          "Date you told the patient must be a real date", NULL },
        { "told-day=32&told-month=1&told-year=2026",
          "Date you told the patient must be a real date", "day" },
        { "told-day=0&told-month=1&told-year=2026", "Date you told the patient must be a real date",
          "day" },
        { "told-day=4&told-month=13&told-year=2026",
          "Date you told the patient must be a real date", "month" },
        { "told-day=4&told-month=ju&told-year=2026",
          "Date you told the patient must be a real date", "month" },
        { "told-day=4&told-month=11&told-year=26", "Date you told the patient must be a real date",
          "year" },
        { "told-day=x&told-month=11&told-year=2026",
          "Date you told the patient must be a real date", "day" },
        { "told-day=24&told-month=11&told-year=2026",
          "Date you told the patient must be today or in the past", NULL },
        { "told-year=2027", "Date you told the patient must be today or in the past", NULL },
        { "told-day=23&told-month=11&told-year=2026", NULL, NULL },
        { "told-year=2026", NULL, NULL },
        { "told-month=november&told-year=2026", NULL, NULL },
        { "told-day=+4+&told-month=Sept&told-year=2026", NULL, NULL },
    };
    size_t i;

    for (i = 0; i < COUNT_OF(rows); i++) {
        try_t *t = form_read(rows[i].body, *state);
        const char *text = problem_text(t, "told"), *part = problem_part(t, "told");

        ROW_CHECK(!t->err, i, rows[i].body);
        if (text && rows[i].text)
            assert_string_equal(text, rows[i].text);
        ROW_CHECK((text != NULL) == (rows[i].text != NULL), i, rows[i].body);
        ROW_CHECK((part != NULL) == (rows[i].part != NULL), i, rows[i].body);
        ROW_CHECK(!part || !strcmp(part, rows[i].part), i, rows[i].body);
    }
    assert_string_equal(problem_text(form_read("noted_on-year=2026", *state), "noted_on"),
                        "Date it was written up must include a day and month");
    assert_int_equal(form_read("told-month=11&told-year=2026", *state)->talk.told.last,
                     cd_date_make(2026, 11, 30));
}

static void corrections(void **state)
{
    try_t *t = form_read("supersedes=4", *state);

    assert_int_equal(t->form->supersedes, 4);
    assert_string_equal(problem_text(t, "reason"), "Enter why you are correcting this");
    t = form_read("supersedes=4&reason=+wrong+day+", *state);
    assert_null(problem_text(t, "reason"));
    assert_string_equal(t->form->reason, "wrong day");
    t = prepare(FORM, "supersedes=4&reason=own&correction_reason=why&" KEY, *state);
    t->form = web_form_make(with_reason, 1, &t->talk, *state);
    assert_null(web_form_read(t->form, &t->x));
    assert_int_equal(t->form->problems.count, 0);
    assert_string_equal(t->form->reason, "why");
    assert_string_equal(t->talk.reason, "own");
}

static void skipped_fields_are_not_there(void **state)
{
    try_t *t = prepare(FORM, "days=4&" KEY, *state);

    web_form_skip(t->form, "days");
    assert_int_equal(web_form_read(t->form, &t->x)->code, CD_E_BAD_REQUEST);
}

/* One effect needs one fingerprint: the same answers give the same, any other answer another. */
static void fingerprints(void **state)
{
    try_t *a = form_read("mode=VIDEO&name=x&version=3", *state);
    static const char *const same[] = { "token=other&mode=VIDEO&name=x&version=3" };
    static const char *const differ[] = { "mode=VIDEO&name=y&version=3",
                                          "mode=VIDEO&name=x&version=4", "mode=VIDEO&name=x",
                                          "mode=VIDEO&name=x&version=3&days=1" };
    size_t i;

    for (i = 0; i < COUNT_OF(same); i++)
        assert_memory_equal(form_read(same[i], *state)->ctx.fingerprint, a->ctx.fingerprint, 32);
    for (i = 0; i < COUNT_OF(differ); i++)
        assert_memory_not_equal(form_read(differ[i], *state)->ctx.fingerprint, a->ctx.fingerprint,
                                32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POOL_TEST(a_whole_form),
        POOL_TEST(a_whole_object),
        POOL_TEST(headers_of_the_api),
        POOL_TEST(refused_whole),
        POOL_TEST(refused_objects),
        POOL_TEST(types_and_sizes),
        POOL_TEST(a_set_is_bounded),
        POOL_TEST(many_names),
        POOL_TEST(dates),
        POOL_TEST(corrections),
        POOL_TEST(skipped_fields_are_not_there),
        POOL_TEST(fingerprints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

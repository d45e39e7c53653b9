/* form.c: declared fields in, typed values and problems out. The body's two kinds are read in
 * form_body.c, dates joined in form_date.c, the form shown in form_show.c. */
#include <string.h>

#include <apr_strings.h>

#include "base/hash.h"
#include "base/text.h"
#include "web/form_body.h"

#define REASON_MAX 500
#define SET_MAX_BYTES 2048 /* all words of a set together; the longest of ours has about 300 */

web_form_t *web_form_make(const cd_field_t *fields, int count, void *base, apr_pool_t *pool)
{
    web_form_t *form = apr_pcalloc(pool, sizeof(*form));

    form->fields = fields;
    form->count = count;
    form->base = base;
    form->raw = apr_pcalloc(pool, (apr_size_t)(count + 1) * sizeof(*form->raw));
    form->raw_part = apr_pcalloc(pool, (apr_size_t)(count + 1) * 3 * sizeof(*form->raw_part));
    form->problems.pool = pool;
    form->pool = pool;
    return form;
}

void web_form_skip(web_form_t *form, const char *name)
{
    int i;

    for (i = 0; i < form->count; i++) {
        if (!strcmp(form->fields[i].name, name)
            && form->skipped < (int)(sizeof(form->skip) / sizeof(form->skip[0])))
            form->skip[form->skipped++] = &form->fields[i];
    }
}

int web_form_skips(const web_form_t *form, const cd_field_t *field)
{
    int i;

    if (field->flags & CD_FF_APP)
        return 1;
    for (i = 0; i < form->skipped; i++) {
        if (form->skip[i] == field)
            return 1;
    }
    return 0;
}

const cd_field_t *web_form_field(const web_form_t *form, const char *name, apr_size_t len,
                                 int *index_out)
{
    int i;

    for (i = 0; i < form->count; i++) {
        const cd_field_t *field = &form->fields[i];

        if (strncmp(field->name, name, len) || field->name[len] || web_form_skips(form, field))
            continue;
        *index_out = i;
        return field;
    }
    return NULL;
}

const char *web_form_reason_name(const web_form_t *form)
{
    int place;

    return web_form_field(form, "reason", 6, &place) ? "correction_reason" : "reason";
}

/* What the control fields hold as they came, before they are believed. */
typedef struct controls_t {
    const char *token, *key, *version, *supersedes, *reason, *staged;
} controls_t;

/* The name is the sender's: it may be anything, so it is in no log. */
static cd_err_t *refused(const web_form_t *form, const char *name, const char *why)
{
    const char *text = apr_psprintf(form->pool, "the field \"%s\" %s", name, why);

    return cd_err(form->pool, CD_E_BAD_REQUEST, text, "a field of the form %s", why);
}

/* Where a control field's text goes; NULL if `name` is none. */
static const char **control_place(controls_t *controls, const web_form_t *form, const char *name,
                                  int is_json)
{
    if (!strcmp(name, "token") && !is_json)
        return &controls->token;
    if (form->only_asks)
        return NULL;
    if (!strcmp(name, web_form_reason_name(form)))
        return &controls->reason;
    if (!strcmp(name, "key"))
        return &controls->key;
    if (!strcmp(name, "version"))
        return &controls->version;
    if (!strcmp(name, "staged") && form->file)
        return &controls->staged;
    return !strcmp(name, "supersedes") ? &controls->supersedes : NULL;
}

static int is_date(const cd_field_t *field)
{
    return field->type == CD_FT_WHEN || field->type == CD_FT_DATE;
}

/* NAME-day, NAME-month, NAME-year of a date in a form; NULL if it is none of them. */
static const char **date_place(web_form_t *form, const char *name)
{
    static const char *const suffix[] = { "-day", "-month", "-year" };
    const char *dash = strrchr(name, '-');
    int part, place;
    const cd_field_t *field =
        dash ? web_form_field(form, name, (apr_size_t)(dash - name), &place) : NULL;

    for (part = 0; field && part < 3; part++) {
        if (!strcmp(dash, suffix[part]) && is_date(field))
            return &form->raw_part[place * 3 + part];
    }
    return NULL;
}

/* Puts one name's text in its place; a set takes several. */
static cd_err_t *take(web_form_t *form, controls_t *controls, const web_pair_t *pair, int is_json)
{
    int place = 0;
    const cd_field_t *field = web_form_field(form, pair->name, strlen(pair->name), &place);
    const char **to = NULL;

    if (field && (is_json || !is_date(field)))
        to = &form->raw[place];
    if (!to)
        to = control_place(controls, form, pair->name, is_json);
    if (!to && !is_json)
        to = date_place(form, pair->name);
    if (!to)
        return refused(form, pair->name, "is not one of this form");
    if (*to && !(field && field->type == CD_FT_SET && !is_json))
        return refused(form, pair->name, "is there twice");
    if (*to && **to && *pair->value) {
        if (strlen(*to) + 1 + strlen(pair->value) > SET_MAX_BYTES)
            return refused(form, pair->name, "has too many answers");
        *to = apr_pstrcat(form->pool, *to, ",", pair->value, NULL);
    } else if (!*to || *pair->value)
        *to = pair->value;
    return NULL;
}

/* A number of at most nine digits; 0 for no text, -1 for another. */
static int small_number(const char *text)
{
    int n = 0;

    if (!text || !*text)
        return 0;
    if (strlen(text) > 9)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        n = n * 10 + (*text - '0');
    }
    return n;
}

/* Takes the quotes of a header's value off: "5", W/ never. */
static const char *unquoted(const char *text, apr_pool_t *pool)
{
    apr_size_t len = text ? strlen(text) : 0;

    return len >= 2 && text[0] == '"' && text[len - 1] == '"'
               ? apr_pstrmemdup(pool, text + 1, len - 2)
               : text;
}

/* One value from two places: either, or both alike. */
static cd_err_t *one_of_two(const char **out, const web_form_t *form, const char *name,
                            const char *body, const char *header)
{
    *out = body && *body ? body : unquoted(header, form->pool);
    if (body && *body && header && strcmp(body, unquoted(header, form->pool)))
        return refused(form, name, "is not what the header says");
    return NULL;
}

/* 32 hex digits, or a UUID. */
static int read_key(unsigned char out[APP_IDEM_BYTES], const char *text, apr_pool_t *pool)
{
    static const int dashes[] = { 8, 13, 18, 23 };
    char *bare = apr_pstrdup(pool, text), *to = bare;
    apr_size_t i;

    if (strlen(text) == 36) {
        for (i = 0; i < 4; i++) {
            if (text[dashes[i]] != '-')
                return 0;
        }
        for (; *text; text++) {
            if (*text != '-')
                *to++ = *text;
        }
        *to = '\0';
    }
    return cd_unhex(out, APP_IDEM_BYTES, bare);
}

static cd_err_t *read_controls(web_form_t *form, const controls_t *controls, web_exchange_t *x,
                               int is_json)
{
    const char *key, *version;

    if (form->only_asks)
        return NULL;
    CD_ERR(one_of_two(&key, form, "key", controls->key, is_json ? x->req->idempotency_key : NULL));
    CD_ERR(one_of_two(&version, form, "version", controls->version,
                      is_json ? x->req->if_match : NULL));
    if (!key || !read_key(x->ctx->idem, key, form->pool))
        return cd_err(form->pool, CD_E_BAD_REQUEST,
                      is_json ? "send an Idempotency-Key of 32 hex digits or a UUID"
                              : "the form has lost its key",
                      "no idempotency key, or a malformed one");
    x->ctx->has_idem = 1;
    form->version = small_number(version);
    form->supersedes = small_number(controls->supersedes);
    form->staged =
        controls->staged && strlen(controls->staged) <= 16 ? apr_atoi64(controls->staged) : 0;
    if (form->version < 0 || form->supersedes < 0)
        return refused(form, form->version < 0 ? "version" : "supersedes",
                       "is not a number of this service");
    form->reason = cd_text_tidy(controls->reason, form->pool);
    if (form->supersedes && !form->reason)
        cd_problem_add(&form->problems, web_form_reason_name(form), NULL,
                       "Enter why you are correcting this");
    if (form->reason && cd_text_chars(form->reason) > REASON_MAX)
        cd_problem_add(&form->problems, web_form_reason_name(form), NULL,
                       "Why you are correcting this must be %d characters or fewer", REASON_MAX);
    return NULL;
}

/* Fingerprint of what was asked: the address, the version and every answer, but not the token,
 * which changes from day to day, nor the key, which it belongs to. Lengths first: no two bodies
 * give the same. */
static cd_err_t *fingerprint(web_exchange_t *x, const web_form_t *form, const web_body_t *body)
{
    cd_buf_t *text = cd_buf_make(form->pool, x->req->body_len + 256);
    int i;

    cd_buf_fmt(text, "%lu:%s %d", (unsigned long)strlen(x->req->path), x->req->path, form->version);
    for (i = 0; i < body->count; i++) {
        if (!strcmp(body->pairs[i].name, "token") || !strcmp(body->pairs[i].name, "key"))
            continue;
        cd_buf_fmt(text, " %s=%lu:", body->pairs[i].name,
                   (unsigned long)strlen(body->pairs[i].value));
        cd_buf_str(text, body->pairs[i].value);
    }
    cd_sha256(x->ctx->fingerprint, text->data, text->len);
    return NULL;
}

static void read_field(web_form_t *form, int place, cd_date_t today)
{
    const cd_field_t *field = &form->fields[place];
    const char *text = form->raw[place];

    if (!text && is_date(field)) {
        text = web_form_join_date(form, field, &form->raw_part[place * 3]);
        if (!text)
            return;                     /* its problem is already told */
    }
    cd_field_read(field, form->base, text, today, &form->problems);
}

cd_err_t *web_form_read(web_form_t *form, web_exchange_t *x)
{
    controls_t controls = { 0 };
    web_body_t body;
    int i;

    CD_ERR(web_body_read(&body, form, x));
    form->was_read = 1;
    for (i = 0; i < body.count; i++)
        CD_ERR(take(form, &controls, &body.pairs[i], body.is_json));
    CD_ERR(read_controls(form, &controls, x, body.is_json));
    CD_ERR(fingerprint(x, form, &body));
    for (i = 0; i < form->count; i++) {
        if (form->raw[i] && !*form->raw[i])
            form->raw[i] = NULL;
        if (!web_form_skips(form, &form->fields[i]))
            read_field(form, i, x->ctx->today);
    }
    return NULL;
}

/* form_body.c: the body of a write, urlencoded or JSON, as names and values. */
#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "base/json.h"
#include "base/money.h"
#include "web/form_body.h"
#include "web/media.h"

#define FORM_TYPE "application/x-www-form-urlencoded"

/* Parameters may follow, but only UTF-8 is read. */
static int is_form_type(const char *type)
{
    apr_size_t len = sizeof(FORM_TYPE) - 1;

    if (!type || strncasecmp(type, FORM_TYPE, len))
        return 0;
    type += len + strspn(type + len, " \t");
    if (*type == ';')
        type += 1 + strspn(type + 1, " \t");
    return !*type || !strcasecmp(type, "charset=utf-8") || !strcasecmp(type, "charset=\"utf-8\"");
}

static cd_err_t *wrong_kind(const char *name, apr_pool_t *pool)
{
    const char *text =
        apr_psprintf(pool, "the value of \"%s\" is of a kind that it cannot be", name);

    return cd_err(pool, CD_E_BAD_REQUEST, text, "%s", text);
}

/* A whole number as a person would type it into that field. */
static const char *typed_number(const cd_field_t *field, apr_int64_t number, apr_pool_t *pool)
{
    if (field && field->type == CD_FT_PENCE)
        return cd_pence_plain(number, pool);
    if (field && field->type == CD_FT_BP)
        return cd_bp_words(number, pool);
    return apr_psprintf(pool, "%" APR_INT64_T_FMT, number);
}

/* ["A", "B"] of a set; NULL if it is anything else. */
static const char *typed_set(json_t *array, apr_pool_t *pool)
{
    cd_buf_t *text = cd_buf_make(pool, 64);
    json_t *item;
    size_t i;

    json_array_foreach(array, i, item) {
        if (!json_is_string(item) || strchr(json_string_value(item), ','))
            return NULL;
        cd_buf_str(text, i ? "," : "");
        cd_buf_str(text, json_string_value(item));
    }
    return text->data;
}

/* NULL: not a kind of value that the field can have. */
static const char *typed(const cd_field_t *field, json_t *value, apr_pool_t *pool)
{
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_integer(value))
        return typed_number(field, json_integer_value(value), pool);
    if (json_is_boolean(value) && field && field->type == CD_FT_YESNO)
        return json_is_true(value) ? "yes" : "no";
    if (json_is_array(value) && field && field->type == CD_FT_SET)
        return typed_set(value, pool);
    return NULL;
}

static cd_err_t *read_json(web_body_t *out, const web_form_t *form, web_exchange_t *x)
{
    json_t *root, *value;
    const char *name;
    int place;

    CD_ERR(cd_json_read(&root, x->req->body, x->req->body_len, form->pool));
    if (!json_is_object(root))
        return cd_err(form->pool, CD_E_BAD_REQUEST, "the body is not a JSON object", "a JSON list");
    if (json_object_size(root) > WEB_BODY_NAMES)
        return cd_err(form->pool, CD_E_BAD_REQUEST, "there are too many names", "JSON names");
    json_object_foreach(root, name, value) {
        web_pair_t *pair = &out->pairs[out->count];

        if (!web_pair_name_ok(name))
            return cd_err(form->pool, CD_E_BAD_REQUEST,
                          "a name is not made of letters, digits and _ - .", "JSON name");
        if (json_is_null(value))
            continue;
        pair->name = name;
        pair->value = typed(web_form_field(form, name, strlen(name), &place), value, form->pool);
        if (!pair->value)
            return wrong_kind(name, form->pool);
        CD_ERR(web_pair_value_check(pair->value, strlen(pair->value), form->pool));
        out->count++;
    }
    return NULL;
}

cd_err_t *web_body_read(web_body_t *out, const web_form_t *form, web_exchange_t *x)
{
    memset(out, 0, sizeof(*out));
    if (x->site->max_body && x->req->body_len > x->site->max_body)
        return cd_err(form->pool, CD_E_TOO_LARGE, NULL, "a body of %lu bytes",
                      (unsigned long)x->req->body_len);
    if (web_sent_json(x->req->content_type)) {
        out->is_json = 1;
        out->pairs = apr_palloc(form->pool, WEB_BODY_NAMES * sizeof(*out->pairs));
        return read_json(out, form, x);
    }
    if (!is_form_type(x->req->content_type))
        return cd_err(form->pool, CD_E_TYPE, NULL, "neither a form nor JSON");
    return web_pairs_read(&out->pairs, &out->count, x->req->body ? x->req->body : "",
                          x->req->body ? x->req->body_len : 0, WEB_BODY_NAMES, form->pool);
}

/* fuzz_json.c: any bytes as JSON, and as the JSON body of a write. What is read is written again by
 * our writer and reads as an equal tree; a depth of 32 is never passed; a body is refused or read.
 */
#include "fuzz.h"

#include "base/json.h"
#include "domain/case.h"
#include "web/form.h"

static void write_tree(cd_jsonw_t *w, const json_t *tree)
{
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_object(tree)) {
        cd_jsonw_open(w, '{');
        json_object_foreach((json_t *)tree, name, value) {
            cd_jsonw_name(w, name);
            write_tree(w, value);
        }
        cd_jsonw_close(w, '}');
    } else if (json_is_array(tree)) {
        cd_jsonw_open(w, '[');
        json_array_foreach(tree, i, value)
            write_tree(w, value);
        cd_jsonw_close(w, ']');
    } else if (json_is_string(tree)) {
        cd_jsonw_text(w, json_string_value(tree));
    } else if (json_is_integer(tree)) {
        cd_jsonw_int(w, json_integer_value(tree));
    } else if (json_is_boolean(tree)) {
        cd_jsonw_bool(w, json_is_true(tree));
    } else {
        cd_jsonw_null(w);               /* null, and fractions, which no document of ours has */
    }
}

static int has_fraction(const json_t *tree)
{
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_object(tree)) {
        json_object_foreach((json_t *)tree, name, value) {
            if (has_fraction(value))
                return 1;
        }
    }
    json_array_foreach(tree, i, value) {
        if (has_fraction(value))
            return 1;
    }
    return json_is_real(tree);
}

static void check_tree(const json_t *tree, int pretty, apr_pool_t *pool)
{
    cd_buf_t *buf = cd_buf_make(pool, 256);
    cd_jsonw_t w;
    json_t *again;

    cd_jsonw_init(&w, buf, pretty);
    write_tree(&w, tree);
    FUZZ_CHECK(w.depth == 0 && !cd_json_read(&again, buf->data, buf->len, pool));
    FUZZ_CHECK(has_fraction(tree) || json_equal((json_t *)tree, again));
}

static void check_body(const char *bytes, size_t size, apr_pool_t *pool)
{
    const cd_record_def_t *def = cd_record_def(CD_REC_TALK);
    web_site_t site = { .max_body = 1 << 20 };
    web_request_t req = { .path = "/",
                          .content_type = "application/json",
                          .body = bytes,
                          .body_len = size,
                          .idempotency_key = "00112233445566778899aabbccddeeff" };
    app_ctx_t ctx = { .today = cd_date_make(2026, 11, 23) };
    web_response_t resp = { 0 };
    web_exchange_t x = { .site = &site,
                         .req = &req,
                         .resp = &resp,
                         .ctx = &ctx,
                         .pool = pool,
                         .media = WEB_JSON,
                         .view = web_view_make(pool) };
    web_form_t *form =
        web_form_make(def->fields, def->field_count, apr_pcalloc(pool, def->size), pool);
    cd_err_t *err = web_form_read(form, &x);
    json_t *answer;

    FUZZ_CHECK(!err || err->code == CD_E_BAD_REQUEST || err->code == CD_E_TOO_LARGE);
    if (err)
        return;
    FUZZ_CHECK(!web_form_again(&x, form));
    FUZZ_CHECK(!cd_json_read(&answer, resp.body->data, resp.body->len, pool));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *bytes = apr_pmemdup(pool, size ? (const void *)data : "", size);
    json_t *tree;
    cd_err_t *err = cd_json_read(&tree, bytes, size, pool);

    if (err) {
        FUZZ_CHECK(err->code == CD_E_BAD_REQUEST && !tree);
    } else {
        check_tree(tree, 0, pool);
        check_tree(tree, 1, pool);
    }
    check_body(bytes, size, pool);
    apr_pool_destroy(pool);
    return 0;
}

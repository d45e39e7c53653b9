/* json.c: strict reading of JSON from outside, and a small writer.
 *
 * What jansson says about a fault can quote the input, which may hold a person's data; so only its
 * kind and place are passed on. */
#include <assert.h>

#include <apr_strings.h>

#include "base/json.h"

#define LEVEL_FILLED 1u
#define LEVEL_OBJECT 2u

static apr_status_t tree_release(void *tree)
{
    json_decref(tree);
    return APR_SUCCESS;
}

/* Depth is counted before parsing: the parser's own limit is far above ours. Offset of the first
 * bracket that is too deep, or `len`. */
static apr_size_t too_deep_at(const char *bytes, apr_size_t len)
{
    apr_size_t i;
    int depth = 0, in_string = 0;

    for (i = 0; i < len; i++) {
        if (in_string) {
            if (bytes[i] == '\\')
                i++;
            else if (bytes[i] == '"')
                in_string = 0;
        } else if (bytes[i] == '"') {
            in_string = 1;
        } else if (bytes[i] == '{' || bytes[i] == '[') {
            if (++depth > CD_JSON_DEPTH)
                return i;
        } else if (bytes[i] == '}' || bytes[i] == ']') {
            depth--;
        }
    }
    return len;
}

static const char *fault_words(enum json_error_code code)
{
    switch (code) {
    case json_error_premature_end_of_input: return "it ends too early";
    case json_error_end_of_input_expected: return "there is text after its end";
    case json_error_invalid_utf8: return "it is not UTF-8";
    case json_error_duplicate_key: return "a name comes twice";
    case json_error_null_character:
    case json_error_null_byte_in_key: return "it holds a NUL character";
    case json_error_numeric_overflow: return "a number is too large";
    default: return "this is not JSON";
    }
}

static cd_err_t *read_fault(int line, int column, const char *words, apr_pool_t *pool)
{
    const char *text = apr_psprintf(pool, "the JSON cannot be read at line %d, column %d: %s",
                                    line, column, words);

    return cd_err(pool, CD_E_BAD_REQUEST, text, "%s", text);
}

cd_err_t *cd_json_read(json_t **out, const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    json_error_t fault;
    apr_size_t deep = too_deep_at(bytes, len), i, start = 0;
    int line = 1;

    *out = NULL;
    if (deep < len) {
        for (i = 0; i < deep; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        return read_fault(line, (int)(deep - start + 1), "it is nested too deeply", pool);
    }
    *out = json_loadb(bytes ? bytes : "", len, JSON_REJECT_DUPLICATES, &fault);
    if (!*out)
        return read_fault(fault.line, fault.column, fault_words(json_error_code(&fault)), pool);
    apr_pool_cleanup_register(pool, *out, tree_release, apr_pool_cleanup_null);
    return NULL;
}

void cd_jsonw_init(cd_jsonw_t *w, cd_buf_t *buf, int pretty)
{
    w->buf = buf;
    w->depth = 0;
    w->pretty = pretty;
    w->after_name = 0;
}

static void new_line(cd_jsonw_t *w)
{
    int i;

    if (!w->pretty)
        return;
    cd_buf_lit(w->buf, "\n");
    for (i = 0; i < w->depth; i++)
        cd_buf_lit(w->buf, "  ");
}

/* Comma and line before an item of the level we are in. */
static void item_start(cd_jsonw_t *w)
{
    unsigned char *level;

    if (!w->depth)
        return;
    level = &w->filled[w->depth - 1];
    if (*level & LEVEL_FILLED)
        cd_buf_lit(w->buf, ",");
    *level |= LEVEL_FILLED;
    new_line(w);
}

static void value_start(cd_jsonw_t *w)
{
    if (w->after_name) {
        w->after_name = 0;
        return;
    }
    assert(!w->depth || !(w->filled[w->depth - 1] & LEVEL_OBJECT));
    item_start(w);
}

void cd_jsonw_open(cd_jsonw_t *w, char bracket)
{
    assert(w->depth < CD_JSON_DEPTH && (bracket == '{' || bracket == '['));
    value_start(w);
    cd_buf_add(w->buf, &bracket, 1);
    w->filled[w->depth++] = bracket == '{' ? LEVEL_OBJECT : 0;
}

void cd_jsonw_close(cd_jsonw_t *w, char bracket)
{
    unsigned level;

    assert(w->depth > 0 && !w->after_name);
    level = w->filled[--w->depth];
    assert(bracket == (level & LEVEL_OBJECT ? '}' : ']'));
    if (level & LEVEL_FILLED)
        new_line(w);
    cd_buf_add(w->buf, &bracket, 1);
}

void cd_jsonw_name(cd_jsonw_t *w, const char *name)
{
    assert(w->depth && (w->filled[w->depth - 1] & LEVEL_OBJECT) && !w->after_name);
    item_start(w);
    cd_buf_lit(w->buf, "\"");
    cd_esc_json(w->buf, name);
    cd_buf_str(w->buf, w->pretty ? "\": " : "\":");
    w->after_name = 1;
}

void cd_jsonw_text(cd_jsonw_t *w, const char *value)
{
    if (!value) {
        cd_jsonw_null(w);
        return;
    }
    value_start(w);
    cd_buf_lit(w->buf, "\"");
    cd_esc_json(w->buf, value);
    cd_buf_lit(w->buf, "\"");
}

void cd_jsonw_int(cd_jsonw_t *w, apr_int64_t value)
{
    value_start(w);
    cd_buf_fmt(w->buf, "%" APR_INT64_T_FMT, value);
}

void cd_jsonw_bool(cd_jsonw_t *w, int value)
{
    value_start(w);
    cd_buf_str(w->buf, value ? "true" : "false");
}

void cd_jsonw_null(cd_jsonw_t *w)
{
    value_start(w);
    cd_buf_lit(w->buf, "null");
}

void cd_jsonw_put_text(cd_jsonw_t *w, const char *name, const char *value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_text(w, value);
}

void cd_jsonw_put_int(cd_jsonw_t *w, const char *name, apr_int64_t value)
{
    cd_jsonw_name(w, name);
    cd_jsonw_int(w, value);
}

void cd_jsonw_put_open(cd_jsonw_t *w, const char *name)
{
    cd_jsonw_name(w, name);
    cd_jsonw_open(w, '{');
}

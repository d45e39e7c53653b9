/* err.c: errors as values, and the table of codes.
 *
 * Makes, wraps, joins and prints errors. Does not log them and knows nothing of HTTP. */
#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#include "base/buf.h"
#include "base/err.h"

typedef struct code_row_t {
    const char *word;
    const char *text;
} code_row_t;

static const code_row_t code_rows[CD_E__COUNT] = {
#define X(name, word_, text_) [CD_E_##name] = { word_, text_ },
    CD_CODES(X)
#undef X
};

static const code_row_t *code_row(cd_code_t code)
{
    if ((unsigned)code >= CD_E__COUNT)
        return &code_rows[CD_E_FAILED];
    return &code_rows[code];
}

const char *cd_code_word(cd_code_t code)
{
    return code_row(code)->word;
}

const char *cd_code_text(cd_code_t code)
{
    return code_row(code)->text;
}

static cd_err_t *err_make(apr_pool_t *pool, const char *file, int line, cd_code_t code)
{
    cd_err_t *err = apr_pcalloc(pool, sizeof(*err));

    err->code = code;
    err->file = file;
    err->line = line;
    err->public_text = cd_code_text(code);
    err->detail = "";
    return err;
}

cd_err_t *cd_err_at(apr_pool_t *pool, const char *file, int line, cd_code_t code,
                    const char *public_text, const char *detail_fmt, ...)
{
    cd_err_t *err = err_make(pool, file, line, code);
    va_list args;

    if (public_text)
        err->public_text = apr_pstrdup(pool, public_text);
    va_start(args, detail_fmt);
    err->detail = cd_vfmt(pool, detail_fmt, args);
    va_end(args);
    return err;
}

cd_err_t *cd_err_wrap_at(apr_pool_t *pool, const char *file, int line, const cd_err_t *cause,
                         const char *doing_fmt, ...)
{
    cd_err_t *err;
    va_list args;

    if (!cause)
        return NULL;
    err = err_make(pool, file, line, cause->code);
    err->public_text = cause->public_text;
    err->cause = cause;
    va_start(args, doing_fmt);
    err->detail = cd_vfmt(pool, doing_fmt, args);
    va_end(args);
    return err;
}

cd_err_t *cd_err_join(apr_pool_t *pool, cd_err_t *first, cd_err_t *second)
{
    if (!first)
        return second;
    if (!second)
        return first;
    return cd_err_wrap_at(pool, first->file, first->line, first, "with a failed clean-up (%s)",
                          cd_err_line(second, pool));
}

/* The folder a build happened in says nothing to a reader of the log. */
static const char *short_file(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? slash + 1 : file;
}

const char *cd_err_line(const cd_err_t *err, apr_pool_t *pool)
{
    cd_buf_t *line;

    if (!err)
        return "";
    line = cd_buf_make(pool, 160);
    while (err->cause) {
        cd_buf_str(line, err->detail);
        cd_buf_lit(line, ": ");
        err = err->cause;
    }
    cd_buf_str(line, *err->detail ? err->detail : err->public_text);
    cd_buf_fmt(line, " [%s] (%s:%d)", cd_code_word(err->code), short_file(err->file), err->line);
    return line->data;
}

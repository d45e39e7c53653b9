/* template.c: compiles templates to ops. Runs nothing: that is template_run.c.
 *
 * Two readers go over a source together: this one knows {{tags}}, markup.c knows where in the HTML
 * each of them stands. All faults of a set are collected, so that a start names every one. */
#include <string.h>

#include <apr_file_io.h>
#include <apr_strings.h>

#include "web/markup.h"
#include "web/template_ops.h"

#define NESTING_MAX 32
#define SOURCE_MAX (1024 * 1024)

typedef struct open_t {
    int op;                        /* index of the section's op */
    int line;
    web_markup_t markup;           /* at its start */
} open_t;

typedef struct compiler_t {
    web_templates_t *set;
    web_template_t *tpl;
    const char *at;                /* next byte of the source */
    int line;
    web_markup_t markup;
    open_t open[NESTING_MAX];
    int depth;
    int given_up;                  /* the rest would only repeat the fault */
    cd_buf_t *faults;
    apr_pool_t *pool;
} compiler_t;

static void fault(compiler_t *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void fault(compiler_t *c, const char *fmt, ...)
{
    va_list args;

    if (c->given_up)
        return;
    if (c->faults->len)
        cd_buf_lit(c->faults, "\n");
    cd_buf_fmt(c->faults, "%s.html:%d: ", c->tpl->name, c->line);
    va_start(args, fmt);
    cd_buf_vfmt(c->faults, fmt, args);
    va_end(args);
}

static web_op_t *op_add(compiler_t *c, web_op_type_t type)
{
    web_template_t *tpl = c->tpl;
    web_op_t *op;

    if (tpl->count == tpl->cap) {
        web_op_t *more = apr_palloc(c->pool, (apr_size_t)(tpl->cap * 2 + 16) * sizeof(*more));

        if (tpl->count)
            memcpy(more, tpl->ops, (apr_size_t)tpl->count * sizeof(*more));
        tpl->ops = more;
        tpl->cap = tpl->cap * 2 + 16;
    }
    op = &tpl->ops[tpl->count++];
    memset(op, 0, sizeof(*op));
    op->type = type;
    op->line = c->line;
    return op;
}

/* Takes the source up to `to` as text; neighbours become one op. */
static void take_text(compiler_t *c, const char *to)
{
    const char *from = c->at;
    web_template_t *tpl = c->tpl;
    web_op_t *last = tpl->count ? &tpl->ops[tpl->count - 1] : NULL;

    for (; c->at < to && !c->given_up; c->at++) {
        const char *wrong = web_markup_step(&c->markup, c->at, (apr_size_t)(to - c->at - 1));

        if (wrong) {
            fault(c, "%s", wrong);
            c->given_up = 1;
        }
        c->line += *c->at == '\n';
    }
    if (from == to)
        return;
    if (last && last->type == WEB_OP_TEXT && last->text + last->len == from) {
        last->len += (apr_size_t)(to - from);
        return;
    }
    last = op_add(c, WEB_OP_TEXT);
    last->text = from;
    last->len = (apr_size_t)(to - from);
}

/* Jumps over source that leaves nothing behind. */
static void skip_to(compiler_t *c, const char *to)
{
    for (; c->at < to; c->at++)
        c->line += *c->at == '\n';
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void trim(const char **at, apr_size_t *len)
{
    while (*len && (is_blank(**at) || **at == '\n' || **at == '\r')) {
        (*at)++;
        (*len)--;
    }
    while (*len
           && (is_blank((*at)[*len - 1]) || (*at)[*len - 1] == '\n' || (*at)[*len - 1] == '\r'))
        (*len)--;
}

static int read_path(compiler_t *c, web_path_t *path, const char *text, apr_size_t len)
{
    path->len = 0;
    while (path->len < WEB_PATH_MAX) {
        const char *dot = memchr(text, '.', len);
        apr_size_t part = dot ? (apr_size_t)(dot - text) : len;
        web_name_t name = part ? web_name_find(text, part) : WN__NONE;

        if (!name) {
            fault(c, "unknown name '%.*s'", (int)(part < 60 ? part : 60), text);
            return 0;
        }
        path->name[path->len++] = name;
        if (!dot)
            return 1;
        text = dot + 1;
        len -= part + 1;
    }
    fault(c, "a name of more than %d parts", WEB_PATH_MAX);
    return 0;
}

/* Names of values that url.c made. */
static int is_url_name(const web_path_t *path)
{
    const char *name = web_name(path->name[path->len - 1]);
    apr_size_t len = strlen(name);

    return !strcmp(name, "url") || !strcmp(name, "assets")
        || (len > 4 && !strcmp(name + len - 4, "_url"));
}

static void compile_value(compiler_t *c, const char *text, apr_size_t len)
{
    web_path_t path;
    const char *wrong;

    if (!read_path(c, &path, text, len))
        return;
    wrong = web_markup_value(&c->markup, is_url_name(&path));
    if (wrong) {
        fault(c, "%s", wrong);
        return;
    }
    c->markup.url_fixed = 1;
    op_add(c, WEB_OP_VALUE)->path = path;
}

static void compile_open(compiler_t *c, web_op_type_t type, const char *text, apr_size_t len)
{
    web_path_t path;
    open_t *open;
    const char *wrong = web_markup_open(&c->markup);

    if (wrong)
        fault(c, "%s", wrong);
    if (c->depth == NESTING_MAX) {
        fault(c, "more than %d sections in each other", NESTING_MAX);
        c->given_up = 1;
        return;
    }
    if (!read_path(c, &path, text, len))
        path.len = 0;                   /* goes on, so that the end tag finds its start */
    open = &c->open[c->depth++];
    open->op = c->tpl->count;
    open->line = c->line;
    open->markup = c->markup;
    op_add(c, type)->path = path;
}

static void compile_close(compiler_t *c, const char *text, apr_size_t len)
{
    web_path_t path;
    open_t *open;
    web_op_t *op;
    const char *wrong;

    if (!c->depth) {
        fault(c, "{{/%.*s}} ends nothing", (int)(len < 60 ? len : 60), text);
        return;
    }
    open = &c->open[--c->depth];
    op = &c->tpl->ops[open->op];
    op->end = c->tpl->count;
    if (read_path(c, &path, text, len) && op->path.len
        && (path.len != op->path.len
            || memcmp(path.name, op->path.name, (apr_size_t)path.len * sizeof(path.name[0]))))
        fault(c, "{{/%.*s}} does not end the section of line %d", (int)(len < 60 ? len : 60), text,
              open->line);
    wrong = web_markup_close(&c->markup, &open->markup);
    if (wrong)
        fault(c, "%s (line %d)", wrong, open->line);
}

static web_template_t *template_find(const web_templates_t *set, const char *name, apr_size_t len)
{
    int i;

    for (i = 0; i < set->count; i++) {
        if (!strncmp(set->list[i]->name, name, len) && !set->list[i]->name[len])
            return set->list[i];
    }
    return NULL;
}

static void compile_part(compiler_t *c, const char *text, apr_size_t len)
{
    const web_template_t *part = template_find(c->set, text, len);

    if (!part)
        fault(c, "unknown part '%.*s'", (int)(len < 60 ? len : 60), text);
    if (c->markup.place != WEB_AT_TEXT)
        fault(c, "a part stands between tags, not inside one");
    if (part)
        op_add(c, WEB_OP_PART)->part = part;
}

/* One tag; `text` is what stands between the braces. */
static void compile_tag(compiler_t *c, const char *text, apr_size_t len)
{
    char kind = len ? *text : '\0';

    if (kind && strchr("#^/>!&={", kind)) {
        text++;
        len--;
    }
    trim(&text, &len);
    switch (kind) {
    case '!': break;
    case '#': compile_open(c, WEB_OP_SECTION, text, len); break;
    case '^': compile_open(c, WEB_OP_INVERT, text, len); break;
    case '/': compile_close(c, text, len); break;
    case '>': compile_part(c, text, len); break;
    case '&':
    case '{': fault(c, "there is no raw output"); break;
    case '=': fault(c, "the delimiters cannot be changed"); break;
    default: compile_value(c, text, len); break;
    }
}

/* Start of the line's blanks before `tag` if nothing else stands there, else NULL. */
static const char *line_start(const compiler_t *c, const char *tag)
{
    const char *from = tag;

    while (from > c->at && is_blank(from[-1]))
        from--;
    return from == c->tpl->source || from[-1] == '\n' ? from : NULL;
}

/* Start of the next line if only blanks follow `after`, else NULL. */
static const char *line_end(const char *after)
{
    while (is_blank(*after))
        after++;
    if (!*after)
        return after;
    if (*after == '\r' && after[1] == '\n')
        after++;
    return *after == '\n' ? after + 1 : NULL;
}

static void compile(compiler_t *c)
{
    const char *tag;

    while (!c->given_up && (tag = strstr(c->at, "{{"))) {
        const char *end = strstr(tag + 2, "}}"), *from, *next;
        int alone = tag[2] && strchr("#^/>!", tag[2]);

        if (!end) {
            take_text(c, tag);
            fault(c, "a tag without its end");
            c->given_up = 1;
            return;
        }
        from = alone ? line_start(c, tag) : NULL;
        next = from ? line_end(end + 2) : NULL;
        take_text(c, next ? from : tag);
        skip_to(c, tag + 2);
        if (!c->given_up)
            compile_tag(c, tag + 2, (apr_size_t)(end - tag - 2));
        skip_to(c, next ? next : end + 2);
    }
    if (!c->given_up)
        take_text(c, c->at + strlen(c->at));
    if (c->depth)
        fault(c, "the section of line %d has no end", c->open[c->depth - 1].line);
    else if (c->markup.place != WEB_AT_TEXT)
        fault(c, "the template ends inside a tag, a comment or a <%s>", c->markup.element);
}

/* Is `tpl` a part of itself? Marks 1 while on the way, 2 when done. */
static void find_loops(compiler_t *c, web_template_t *tpl)
{
    int i;

    tpl->visited = 1;
    for (i = 0; i < tpl->count; i++) {
        web_template_t *part = (web_template_t *)tpl->ops[i].part;

        if (tpl->ops[i].type != WEB_OP_PART || part->visited == 2)
            continue;
        if (part->visited == 1) {
            c->tpl = tpl;
            c->line = tpl->ops[i].line;
            fault(c, "the part '%s' contains itself", part->name);
        } else {
            find_loops(c, part);
        }
    }
    tpl->visited = 2;
}

static cd_err_t *compile_all(web_templates_t *set, apr_pool_t *pool)
{
    compiler_t c;
    int i;
    cd_buf_t *faults = cd_buf_make(pool, 200);

    for (i = 0; i < set->count; i++) {
        memset(&c, 0, sizeof(c));
        c.set = set;
        c.tpl = set->list[i];
        c.at = c.tpl->source;
        c.line = 1;
        c.faults = faults;
        c.pool = pool;
        compile(&c);
    }
    if (set->count)
        c.given_up = 0;
    for (i = 0; i < set->count && !faults->len; i++) {
        if (!set->list[i]->visited)
            find_loops(&c, set->list[i]);
    }
    if (faults->len)
        return cd_err(pool, CD_E_CONFIG, NULL, "%s", faults->data);
    return NULL;
}

static void set_add(web_templates_t *set, const char *name, const char *source, apr_pool_t *pool)
{
    web_template_t *tpl = apr_pcalloc(pool, sizeof(*tpl));

    if (set->count == set->cap) {
        web_template_t **more = apr_palloc(pool, (apr_size_t)(set->cap * 2 + 32) * sizeof(*more));

        if (set->count)
            memcpy(more, set->list, (apr_size_t)set->count * sizeof(*more));
        set->list = more;
        set->cap = set->cap * 2 + 32;
    }
    tpl->name = name;
    tpl->source = source;
    set->list[set->count++] = tpl;
}

static cd_err_t *read_source(const char **out, const char *path, apr_pool_t *pool)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_size_t len;
    char *text;
    apr_status_t status = apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY,
                                        APR_FPROT_OS_DEFAULT, pool);

    if (status != APR_SUCCESS)
        return cd_err(pool, CD_E_CONFIG, NULL, "%s cannot be opened", path);
    status = apr_file_info_get(&info, APR_FINFO_SIZE, file);
    if (status != APR_SUCCESS || info.size > SOURCE_MAX) {
        apr_file_close(file);
        return cd_err(pool, CD_E_CONFIG, NULL, "%s is larger than %d bytes", path, SOURCE_MAX);
    }
    len = (apr_size_t)info.size;
    text = apr_palloc(pool, len + 1);
    status = len ? apr_file_read_full(file, text, len, &len) : APR_SUCCESS;
    apr_file_close(file);
    text[len] = '\0';
    *out = text;
    if (status != APR_SUCCESS || strlen(text) != len)
        return cd_err(pool, CD_E_CONFIG, NULL, "%s cannot be read as text", path);
    return NULL;
}

static int has_html_suffix(const char *name, apr_size_t *stem_out)
{
    apr_size_t len = strlen(name);

    *stem_out = len - 5;
    return len > 5 && !strcmp(name + len - 5, ".html");
}

/* `below` is the folder inside `dir`, "" or ending in "/". */
static cd_err_t *read_folder(web_templates_t *set, const char *dir, const char *below,
                             apr_pool_t *pool)
{
    const char *path = apr_pstrcat(pool, dir, "/", below, NULL);
    apr_dir_t *folder;
    apr_finfo_t info;

    if (apr_dir_open(&folder, path, pool) != APR_SUCCESS)
        return cd_err(pool, CD_E_CONFIG, NULL, "the template folder %s cannot be opened", path);
    while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, folder) == APR_SUCCESS) {
        const char *inner = apr_pstrcat(pool, below, info.name, NULL), *source = NULL;
        cd_err_t *err = NULL;
        apr_size_t stem;

        if (info.name[0] == '.')
            continue;
        if (info.filetype == APR_DIR) {
            err = read_folder(set, dir, apr_pstrcat(pool, inner, "/", NULL), pool);
        } else if (has_html_suffix(info.name, &stem)) {
            err = read_source(&source, apr_pstrcat(pool, dir, "/", inner, NULL), pool);
            if (!err)
                set_add(set, apr_pstrmemdup(pool, inner, strlen(inner) - 5), source, pool);
        }
        if (err) {
            apr_dir_close(folder);
            return err;
        }
    }
    apr_dir_close(folder);
    return NULL;
}

cd_err_t *web_templates_load(web_templates_t **out, const char *dir, apr_pool_t *pool)
{
    web_templates_t *set = apr_pcalloc(pool, sizeof(*set));

    *out = NULL;
    CD_ERR(read_folder(set, dir, "", pool));
    if (!set->count)
        return cd_err(pool, CD_E_CONFIG, NULL, "there is no template in %s", dir);
    CD_ERR(compile_all(set, pool));
    *out = set;
    return NULL;
}

cd_err_t *web_templates_from(web_templates_t **out, const char *const *pairs, apr_pool_t *pool)
{
    web_templates_t *set = apr_pcalloc(pool, sizeof(*set));

    *out = NULL;
    for (; pairs[0]; pairs += 2)
        set_add(set, pairs[0], pairs[1], pool);
    CD_ERR(compile_all(set, pool));
    *out = set;
    return NULL;
}

const web_template_t *web_template_find(const web_templates_t *set, const char *name)
{
    return template_find(set, name, strlen(name));
}

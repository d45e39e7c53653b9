/* fuzz_template.c: any text as a template. What compiles is rendered with hostile values; a second
 * tokenizer, written after the HTML standard and sharing nothing with the first, then looks where
 * each value has come to stand. It must be in text or in a double-quoted attribute, never in one
 * that is a program, and no value may hold a byte that ends its place. */
#include "fuzz.h"

#include "web/template.h"

/* A value opens with 0x01 and ends with 0x02; what is between would like to get out. */
#define HOSTILE "\x01\"'><script onload=x> -->&<\x02"

typedef enum seen_t {
    IN_TEXT,
    IN_RCDATA,
    IN_RAW,
    IN_COMMENT,
    IN_BOGUS,
    TAG_OPEN,
    TAG_NAME,
    BEFORE_NAME,
    ATTR_NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    QUOTED,
    SINGLE,
    UNQUOTED,
    AFTER_QUOTED
} seen_t;

typedef struct html_t {
    seen_t at;
    int end_tag;
    char tag[16], attr[16];
} html_t;

static int letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static void more(char *name, char c)
{
    size_t len = strlen(name);

    if (len < 15)
        name[len] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void clear_name(char *name)
{
    memset(name, 0, 16);
}

static void tag_done(html_t *h)
{
    static const char *const raw[] = { "script",  "style",    "xmp",      "iframe",
                                       "noembed", "noframes", "plaintext" };
    size_t i;

    h->at = IN_TEXT;
    for (i = 0; !h->end_tag && i < sizeof(raw) / sizeof(raw[0]); i++) {
        if (!strcmp(h->tag, raw[i]))
            h->at = IN_RAW;
    }
    if (!h->end_tag && (!strcmp(h->tag, "title") || !strcmp(h->tag, "textarea")))
        h->at = IN_RCDATA;
}

/* "<" in text: what opens here. */
static void open_tag(html_t *h, const char *at)
{
    h->end_tag = at[1] == '/';
    clear_name(h->tag);
    if (!strncmp(at, "<!--", 4))
        h->at = IN_COMMENT;
    else if (at[1] == '!' || at[1] == '?' || (h->end_tag && !letter(at[2])))
        h->at = IN_BOGUS;
    else if (letter(at[1 + h->end_tag]))
        h->at = TAG_OPEN;
}

static void own_end(html_t *h, const char *at)
{
    size_t len = strlen(h->tag);

    if (at[1] == '/' && !strncasecmp(at + 2, h->tag, len)
        && (blank(at[2 + len]) || at[2 + len] == '>' || at[2 + len] == '/')) {
        h->at = TAG_OPEN;
        h->end_tag = 1;
        clear_name(h->tag);
    }
}

static void in_tag(html_t *h, char c)
{
    if (h->at == TAG_NAME && !blank(c) && c != '/' && c != '>') {
        more(h->tag, c);
    } else if (c == '>') {
        tag_done(h);
    } else if (h->at == ATTR_NAME && !blank(c) && c != '/' && c != '=') {
        more(h->attr, c);
    } else if ((h->at == ATTR_NAME || h->at == AFTER_NAME) && c == '=') {
        h->at = BEFORE_VALUE;
    } else if (blank(c)) {
        h->at = h->at == ATTR_NAME || h->at == AFTER_NAME ? AFTER_NAME : BEFORE_NAME;
    } else if (c == '/') {
        h->at = BEFORE_NAME;
    } else {
        clear_name(h->attr);
        more(h->attr, c);
        h->at = ATTR_NAME;
    }
}

static void in_value(html_t *h, char c)
{
    if (h->at == BEFORE_VALUE) {
        if (!blank(c))
            h->at = c == '"' ? QUOTED : c == '\'' ? SINGLE : UNQUOTED;
        if (c == '>')
            tag_done(h);
    } else if (h->at == UNQUOTED) {
        if (c == '>')
            tag_done(h);
        else if (blank(c))
            h->at = BEFORE_NAME;
    } else if (c == (h->at == QUOTED ? '"' : '\'')) {
        h->at = AFTER_QUOTED;
    }
}

static void step(html_t *h, const char *start, const char *at)
{
    switch (h->at) {
    case IN_TEXT:
        if (*at == '<')
            open_tag(h, at);
        break;
    case IN_RCDATA:
    case IN_RAW:
        if (*at == '<')
            own_end(h, at);
        break;
    case IN_COMMENT:
        if (*at == '>' && at - start >= 2
            && (!strncmp(at - 2, "--", 2) || (at - start >= 3 && !strncmp(at - 3, "--!", 3))))
            h->at = IN_TEXT;
        break;
    case IN_BOGUS:
        if (*at == '>')
            h->at = IN_TEXT;
        break;
    case TAG_OPEN:
        if (*at != '/') {
            h->at = TAG_NAME;
            in_tag(h, *at);
        }
        break;
    case BEFORE_VALUE:
    case QUOTED:
    case SINGLE:
    case UNQUOTED:
        in_value(h, *at);
        break;
    default:
        in_tag(h, *at);
        break;
    }
}

static void check_places(const char *html)
{
    html_t h = { IN_TEXT, 0, "", "" };
    const char *at;

    for (at = html; *at; at++) {
        if (*at == 1) {
            FUZZ_CHECK(h.at == IN_TEXT || h.at == IN_RCDATA || h.at == QUOTED);
            FUZZ_CHECK(h.at != QUOTED || (strncmp(h.attr, "on", 2) && strcmp(h.attr, "style")));
            for (; *at != 2; at++)
                FUZZ_CHECK(!strchr("<>\"'", *at));
            continue;
        }
        step(&h, html, at);
    }
    FUZZ_CHECK(h.at == IN_TEXT);
}

/* The names that the seeds use. */
static void fill(web_view_t *map, int depth)
{
    static const web_name_t used[] = { WN_title, WN_url,    WN_home_url, WN_name,  WN_role,
                                       WN_code,  WN_assets, WN_value,    WN_count, WN_hint,
                                       WN_error, WN_items,  WN_banner,   WN_amount };
    web_view_t *list;
    size_t i;

    for (i = 0; i < sizeof(used) / sizeof(used[0]); i++)
        web_put_text(map, used[i], HOSTILE);
    web_put_flag(map, WN_current, 0);
    if (!depth)
        return;
    fill(web_put_map(map, WN_actor), depth - 1);
    list = web_put_list(map, WN_rows);
    fill(web_add(list), depth - 1);
    fill(web_add(list), depth - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool();
    const char *pairs[] = { "t", NULL, "p", "<b title=\"{{title}}\">{{#rows}}{{name}}{{/rows}}</b>",
                            NULL };
    const char *source = fuzz_text(data, size, pool);
    web_templates_t *set;
    cd_err_t *err;

    pairs[1] = source;
    err = web_templates_from(&set, pairs, pool);
    if (err) {
        FUZZ_CHECK(err->code == CD_E_CONFIG && !strncmp(err->detail, "t.html:", 7));
    } else if (!strpbrk(source, "\x01\x02")) {
        cd_buf_t *html = cd_buf_make(pool, 1024);
        web_view_t *view = web_view_make(pool);

        fill(view, 1);
        web_template_run(html, web_template_find(set, "t"), view);
        FUZZ_CHECK(strlen(html->data) == html->len);
        check_places(html->data);
    }
    apr_pool_destroy(pool);
    return 0;
}

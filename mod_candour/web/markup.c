/* markup.c: the HTML tokenizer of templates. See markup.h. */
#include <string.h>

#include "web/markup.h"

#define COMMENT_FRESH (-2)

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static int is_one_of(const char *word, const char *const *words)
{
    for (; *words; words++) {
        if (!strcmp(word, *words))
            return 1;
    }
    return 0;
}

static void name_start(char *name, char c)
{
    memset(name, 0, WEB_MARKUP_NAME);
    name[0] = lower(c);
}

static void name_more(char *name, char c)
{
    apr_size_t len = strlen(name);

    if (len < WEB_MARKUP_NAME - 1)
        name[len] = lower(c);
}

static int is_raw(const char *element)
{
    static const char *const raw[] = {
        "script", "style", "iframe", "xmp", "noembed", "noframes", "plaintext", NULL
    };

    return is_one_of(element, raw);
}

static int is_rcdata(const char *element)
{
    return !strcmp(element, "title") || !strcmp(element, "textarea");
}

static int is_url_attr(const char *attr)
{
    static const char *const urls[] = { "href",       "src",  "srcset", "action", "formaction",
                                        "xlink:href", "data", "cite",   "poster", NULL };

    return is_one_of(attr, urls);
}

/* Attributes whose value is a program or a style sheet or a document. */
static int is_code_attr(const char *attr)
{
    return !strncmp(attr, "on", 2) || !strcmp(attr, "style") || !strcmp(attr, "srcdoc");
}

static const char *step_open(web_markup_t *m, const char *at, apr_size_t rest)
{
    if (*at == '!' && !m->end_tag) {
        m->place = rest >= 2 && at[1] == '-' && at[2] == '-' ? WEB_AT_COMMENT : WEB_AT_DECL;
        m->dashes = COMMENT_FRESH - 2;
        return NULL;
    }
    if (*at == '/' && !m->end_tag) {
        m->end_tag = 1;
        return NULL;
    }
    if (!is_letter(*at))
        return "a bare '<': write &lt;";
    m->place = WEB_AT_TAG_NAME;
    name_start(m->element, *at);
    return NULL;
}

/* The ">" of a tag. */
static const char *step_tag_end(web_markup_t *m)
{
    m->place = WEB_AT_TEXT;
    if (!m->end_tag && is_raw(m->element))
        m->place = WEB_AT_RAW;
    if (!m->end_tag && is_rcdata(m->element))
        m->place = WEB_AT_RCDATA;
    return NULL;
}

/* White space, "/" and ">" mean the same wherever an attribute could begin. 1: it was one of them.
 */
static int step_between(web_markup_t *m, char c)
{
    if (is_blank(c) || c == '/')
        m->place = m->place == WEB_AT_ATTR_NAME || m->place == WEB_AT_AFTER_NAME ? WEB_AT_AFTER_NAME
                                                                                  : WEB_AT_TAG;
    else if (c == '>')
        step_tag_end(m);
    else
        return 0;
    if (c == '/')
        m->place = WEB_AT_TAG;
    return 1;
}

static const char *step_attr_start(web_markup_t *m, char c)
{
    if (c == '=' || c == '"' || c == '\'' || c == '<')
        return "an attribute cannot begin here";
    name_start(m->attr, c);
    m->attr_serial++;
    m->place = WEB_AT_ATTR_NAME;
    return NULL;
}

static const char *step_in_tag(web_markup_t *m, char c)
{
    if (step_between(m, c))
        return NULL;
    switch (m->place) {
    case WEB_AT_TAG_NAME:
        if (c == '"' || c == '\'' || c == '<' || c == '=')
            return "not part of a tag's name";
        name_more(m->element, c);
        return NULL;
    case WEB_AT_ATTR_NAME:
    case WEB_AT_AFTER_NAME:
        if (c == '=') {
            m->place = WEB_AT_BEFORE_VALUE;
            return is_code_attr(m->attr) ? "no on..., style or srcdoc attributes" : NULL;
        }
        if (m->place == WEB_AT_AFTER_NAME)
            return step_attr_start(m, c);
        if (c == '"' || c == '\'' || c == '<')
            return "not part of an attribute's name";
        name_more(m->attr, c);
        return NULL;
    case WEB_AT_JOINED:
        return "put a space before what may follow a section inside a tag";
    case WEB_AT_AFTER_VALUE:
        return "put a space between attributes";
    default:
        return step_attr_start(m, c);
    }
}

static const char *step_before_value(web_markup_t *m, char c)
{
    if (is_blank(c))
        return NULL;
    m->url_fixed = 0;
    memset(m->prefix, 0, sizeof(m->prefix));
    if (c == '"')
        m->place = WEB_AT_QUOTED;
    else if (c == '\'')
        m->place = WEB_AT_SINGLE;
    else if (c == '>' || c == '<' || c == '=')
        return "an attribute without its value";
    else
        m->place = WEB_AT_UNQUOTED;
    return NULL;
}

/* In a URL, a value may only follow what already says where it leads. */
static const char *step_quoted(web_markup_t *m, char c)
{
    static const char *const schemes[] = { "https", "mailto", "tel", NULL };

    if (c == '"') {
        m->place = WEB_AT_AFTER_VALUE;
        return NULL;
    }
    if (m->url_fixed || !is_url_attr(m->attr))
        return NULL;
    if (c == '#' || c == '/' || c == '?')
        m->url_fixed = 1;
    else if (c == ':' && !is_one_of(m->prefix, schemes))
        return "an address may only be https, mailto or tel, or one of our own";
    else if (c == ':')
        m->url_fixed = 1;
    else
        name_more(m->prefix, c);
    return NULL;
}

/* `dashes` counts: -4, -3 before the two that open it, COMMENT_FRESH after them. Ends that browsers
 * forgive (<!-->, <!--->, --!>) are faults: nothing here may depend on how forgiving they are. */
static const char *step_comment(web_markup_t *m, char c)
{
    static const char odd[] = "a comment ends with --> and nothing like it";

    if (m->dashes < COMMENT_FRESH) {
        m->dashes++;
        return NULL;
    }
    if (m->dashes < 0) {                /* fresh, or one dash after it */
        if (c == '>')
            return odd;
        m->dashes = c != '-' ? 0 : m->dashes == COMMENT_FRESH ? COMMENT_FRESH + 1 : 2;
        return NULL;
    }
    if (c == '!' && m->dashes == 2)
        return odd;
    if (c == '>' && m->dashes == 2)
        m->place = WEB_AT_TEXT;
    m->dashes = c == '-' ? m->dashes + (m->dashes < 2) : 0;
    return NULL;
}

/* Is this "<" the start of the element's own end tag? Else it is a character like any other. */
static int at_own_end(const web_markup_t *m, const char *at, apr_size_t rest)
{
    apr_size_t len = strlen(m->element), i;

    if (rest < len + 2 || at[1] != '/')
        return 0;
    for (i = 0; i < len; i++) {
        if (lower(at[2 + i]) != m->element[i])
            return 0;
    }
    return is_blank(at[2 + len]) || at[2 + len] == '>' || at[2 + len] == '/';
}

const char *web_markup_step(web_markup_t *m, const char *at, apr_size_t rest)
{
    switch (m->place) {
    case WEB_AT_RAW:
    case WEB_AT_RCDATA:
        if (*at != '<')
            return NULL;
        if (!at_own_end(m, at, rest))   /* "<!--" in a script, a tag in a title inside <svg> ... */
            return "no '<' in <title>, <textarea>, <script> and the like but their own end";
        break;                          /* an end tag starts, as in text */
    case WEB_AT_TEXT:
        if (*at != '<')
            return NULL;
        break;
    case WEB_AT_OPEN:
        return step_open(m, at, rest);
    case WEB_AT_DECL:
        if (*at == '>')
            m->place = WEB_AT_TEXT;
        return NULL;
    case WEB_AT_COMMENT:
        return step_comment(m, *at);
    case WEB_AT_BEFORE_VALUE:
        return step_before_value(m, *at);
    case WEB_AT_QUOTED:
        return step_quoted(m, *at);
    case WEB_AT_SINGLE:
        if (*at == '\'')
            m->place = WEB_AT_AFTER_VALUE;
        return NULL;
    case WEB_AT_UNQUOTED:
        if (*at == '>')
            return step_tag_end(m);
        if (is_blank(*at))
            m->place = WEB_AT_TAG;
        return NULL;
    default:
        return step_in_tag(m, *at);
    }
    m->place = WEB_AT_OPEN;
    m->end_tag = 0;
    return NULL;
}

const char *web_markup_value(const web_markup_t *m, int is_url)
{
    switch (m->place) {
    case WEB_AT_TEXT:
    case WEB_AT_RCDATA:
        return NULL;
    case WEB_AT_QUOTED:
        if (is_url_attr(m->attr) && !is_url && !m->url_fixed)
            return "an address starts with a value named url, assets or ..._url, or with # / ?";
        return NULL;
    case WEB_AT_RAW:
        return "no values in <script>, <style> and the like";
    case WEB_AT_COMMENT:
    case WEB_AT_DECL:
        return "no values in comments and declarations";
    case WEB_AT_SINGLE:
    case WEB_AT_UNQUOTED:
    case WEB_AT_BEFORE_VALUE:
        return "a value in an attribute stands between double quotes";
    default:
        return "no values in the names of tags and attributes";
    }
}

const char *web_markup_open(web_markup_t *m)
{
    switch (m->place) {
    case WEB_AT_TAG_NAME:
    case WEB_AT_ATTR_NAME:
    case WEB_AT_AFTER_VALUE:
        m->place = WEB_AT_JOINED;
        return NULL;
    case WEB_AT_AFTER_NAME:             /* "=" may not follow: it would depend on the section */
        m->place = WEB_AT_TAG;
        return NULL;
    case WEB_AT_OPEN:
    case WEB_AT_BEFORE_VALUE:
    case WEB_AT_UNQUOTED:
    case WEB_AT_SINGLE:
    case WEB_AT_DECL:
    case WEB_AT_COMMENT:
        return "no sections after a bare <, in values without double quotes, in comments";
    default:
        return NULL;
    }
}

static int between_attributes(web_place_t place)
{
    return place == WEB_AT_TAG || place == WEB_AT_ATTR_NAME || place == WEB_AT_AFTER_NAME
        || place == WEB_AT_AFTER_VALUE || place == WEB_AT_JOINED;
}

const char *web_markup_close(web_markup_t *m, const web_markup_t *open)
{
    static const char other[] = "a section ends in another place of the markup than it began";

    if (between_attributes(m->place) && between_attributes(open->place)) {
        if (strcmp(m->element, open->element) || m->end_tag != open->end_tag)
            return other;
        if (m->place != WEB_AT_TAG || open->place != WEB_AT_TAG)
            m->place = WEB_AT_JOINED;
        return NULL;
    }
    if (m->place != open->place)
        return other;
    if (m->place == WEB_AT_QUOTED) {
        if (m->attr_serial != open->attr_serial)
            return other;
        m->url_fixed = m->url_fixed && open->url_fixed;
        memcpy(m->prefix, open->prefix, sizeof(m->prefix));
    }
    if ((m->place == WEB_AT_RAW || m->place == WEB_AT_RCDATA) && strcmp(m->element, open->element))
        return other;
    return NULL;
}

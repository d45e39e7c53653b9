/* casefile_line.c: where in a JSON text a value stands. The text has been parsed already, so this
 * walks it without looking for errors; it stops at the end of the text whatever it meets. */
#include <string.h>

#include "app/casefile.h"

typedef struct walk_t {
    const char *at, *end;
} walk_t;

static void blanks(walk_t *w)
{
    while (w->at < w->end && strchr(" \t\r\n,:", *w->at))
        w->at++;
}

/* Past a string that begins at `at`; gives its first byte and length without the quotes. */
static void string(walk_t *w, const char **text, size_t *len)
{
    *text = ++w->at;
    while (w->at < w->end && *w->at != '"')
        w->at += *w->at == '\\' && w->at + 1 < w->end ? 2 : 1;
    *len = (size_t)(w->at - *text);
    if (w->at < w->end)
        w->at++;
}

static void skip_value(walk_t *w)
{
    const char *text;
    size_t len;
    int depth = 0;
    do {
        blanks(w);
        if (w->at >= w->end)
            return;
        if (*w->at == '"') {
            string(w, &text, &len);
        } else if (strchr("{[", *w->at)) {
            depth++;
            w->at++;
        } else if (strchr("}]", *w->at)) {
            depth--;
            w->at++;
        } else {
            while (w->at < w->end && !strchr(" \t\r\n,:{}[]", *w->at))
                w->at++;
        }
    } while (depth > 0);
}

/* To the value of one step of the pointer; 1 if it is there. */
static int step(walk_t *w, const char *name, size_t name_len)
{
    const char *text;
    size_t len, index = 0, want = 0;
    blanks(w);
    if (w->at >= w->end || !strchr("{[", *w->at))
        return 0;
    int object = *w->at++ == '{';
    for (size_t i = 0; !object && i < name_len; i++)
        want = want * 10 + (size_t)(name[i] - '0');
    for (;; index++) {
        blanks(w);
        if (w->at >= w->end || strchr("}]", *w->at))
            return 0;
        if (object) {
            string(w, &text, &len);
            blanks(w);
            if (len == name_len && !memcmp(text, name, len))
                return 1;
        } else if (index == want) {
            return 1;
        }
        skip_value(w);
    }
}

int app_casefile_line(const char *bytes, apr_size_t len, const char *pointer)
{
    walk_t w = { bytes, bytes + len };
    int line = 1;
    blanks(&w);
    while (*pointer == '/') {
        size_t name_len = strcspn(++pointer, "/");
        if (!step(&w, pointer, name_len))
            return 0;
        pointer += name_len;
    }
    for (const char *p = bytes; p < w.at; p++)
        line += *p == '\n';
    return line;
}

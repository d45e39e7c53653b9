/* escape.c: one escaper per context, writing into a buffer.
 *
 * Each copies runs of harmless bytes at once and stops only at a byte that its context minds. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* The entity of a byte, or NULL. The quote signs matter in attributes only; escaping both in text
 * too leaves one function where two could be mixed up. */
static const char *html_entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void cd_esc_html(cd_buf_t *buf, const char *text)
{
    if (!text)
        return;
    for (;;) {
        apr_size_t run = strcspn(text, "&<>\"'");

        cd_buf_add(buf, text, run);
        text += run;
        if (!*text)
            return;
        cd_buf_str(buf, html_entity(*text++));
    }
}

static int url_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9' && c != '/') || (c >= 'A' && c <= 'Z')
           || c == '_' || c == '~';
}

void cd_esc_url(cd_buf_t *buf, const char *part)
{
    static const char hex[] = "0123456789ABCDEF";

    if (!part)
        return;
    while (*part) {
        apr_size_t run = 0;
        char code[3];

        while (url_plain(part[run]))
            run++;
        cd_buf_add(buf, part, run);
        part += run;
        if (!*part)
            return;
        code[0] = '%';
        code[1] = hex[(unsigned char)*part >> 4];
        code[2] = hex[(unsigned char)*part & 15];
        cd_buf_add(buf, code, 3);
        part++;
    }
}

static void json_control(cd_buf_t *buf, unsigned char c)
{
    switch (c) {
    case '"': cd_buf_lit(buf, "\\\""); break;
    case '\\': cd_buf_lit(buf, "\\\\"); break;
    case '\n': cd_buf_lit(buf, "\\n"); break;
    case '\r': cd_buf_lit(buf, "\\r"); break;
    case '\t': cd_buf_lit(buf, "\\t"); break;
    default: cd_buf_fmt(buf, "\\u%04x", c); break;
    }
}

void cd_esc_json(cd_buf_t *buf, const char *text)
{
    apr_size_t left = text ? strlen(text) : 0, run = 0;

    while (run < left) {
        unsigned char c = (unsigned char)text[run];
        int wide = c < 0x80 ? 1 : cd_utf8_next(text + run, left - run, NULL);

        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f && wide) {
            run += (apr_size_t)wide;
            continue;
        }
        cd_buf_add(buf, text, run);
        if (wide)
            json_control(buf, c);
        else
            cd_buf_lit(buf, "\xef\xbf\xbd");
        text += run + 1;
        left -= run + 1;
        run = 0;
    }
    cd_buf_add(buf, text, run);
}

/* A spreadsheet takes a cell that opens like this for a formula, full-width signs too. */
static int csv_formula(const char *cell)
{
    static const char *const wide[] = {
        "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"
    };
    apr_size_t i;

    if (*cell && strchr("=+-@\t\r\n", *cell))
        return 1;
    for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        if (!strncmp(cell, wide[i], 3))
            return 1;
    }
    return 0;
}

void cd_esc_csv(cd_buf_t *buf, const char *cell)
{
    cd_buf_lit(buf, "\"");
    if (cell && csv_formula(cell))
        cd_buf_lit(buf, "'");
    while (cell && *cell) {
        apr_size_t run = strcspn(cell, "\"");

        cd_buf_add(buf, cell, run);
        cell += run;
        if (*cell) {
            cd_buf_lit(buf, "\"\"");
            cell++;
        }
    }
    cd_buf_lit(buf, "\"");
}

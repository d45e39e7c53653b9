/* letter_html.c: a letter as an HTML document of its own: the bytes that are frozen at sign-off.
 *
 * No script, no picture, no address but that of the style sheet, which a browser finds beside the
 * application from /cases/REFERENCE/letters/NUMBER/print. All text is escaped. The same letter
 * gives the same bytes. */
#include <string.h>

#include "domain/letter.h"

const char cd_letter_style_link[] =
    "<link rel=\"stylesheet\" href=\"../../../../assets/letter.css\">\n";

/* Text with its line ends as breaks. */
static void lines(cd_buf_t *out, const char *text)
{
    const char *end;

    while ((end = strchr(text, '\n'))) {
        cd_buf_t *line = cd_buf_make(out->pool, (apr_size_t)(end - text) + 1);

        cd_buf_add(line, text, (apr_size_t)(end - text));
        cd_esc_html(out, line->data);
        cd_buf_lit(out, "<br>");
        text = end + 1;
    }
    cd_esc_html(out, text);
}

static void runs(cd_buf_t *out, const cd_letter_block_t *block)
{
    for (int i = 0; i < block->run_count; i++)
        lines(out, block->runs[i].text);
}

/* Each line of a free text is a paragraph. */
static void paragraphs(cd_buf_t *out, const char *text)
{
    while (*text) {
        apr_size_t len = strcspn(text, "\n");
        cd_buf_t *line = cd_buf_make(out->pool, len + 1);

        cd_buf_add(line, text, len);
        if (len) {
            cd_buf_lit(out, "<p>");
            cd_esc_html(out, line->data);
            cd_buf_lit(out, "</p>\n");
        }
        text += len + (text[len] == '\n');
    }
}

static void wrapped(cd_buf_t *out, const cd_letter_block_t *block, const char *open,
                    const char *close)
{
    cd_buf_str(out, open);
    runs(out, block);
    cd_buf_str(out, close);
    cd_buf_lit(out, "\n");
}

static void block_write(cd_buf_t *out, const cd_letter_block_t *block)
{
    if (block->empty)
        return;
    switch (block->kind) {
    case CD_LETTER_TO: wrapped(out, block, "<p class=\"to\">", "</p>"); break;
    case CD_LETTER_FROM: wrapped(out, block, "<p class=\"from\">", "</p>"); break;
    case CD_LETTER_TITLE: wrapped(out, block, "<h1>", "</h1>"); break;
    case CD_LETTER_HEADING: wrapped(out, block, "<h2>", "</h2>"); break;
    case CD_LETTER_WORDS: wrapped(out, block, "<p>", "</p>"); break;
    case CD_LETTER_FREE: paragraphs(out, block->text); break;
    case CD_LETTER_SIGN: wrapped(out, block, "<p class=\"sign\">", "</p>"); break;
    }
}

void cd_letter_html(cd_buf_t *out, const cd_letter_made_t *made)
{
    cd_buf_fmt(out,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
               made->lang);
    cd_esc_html(out, made->title);
    cd_buf_lit(
        out,
        "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    cd_buf_str(out, cd_letter_style_link);
    cd_buf_fmt(out, "</head>\n<body class=\"%s\">\n<main>\n",
               made->print == CD_PRINT_LARGE ? "large" : "normal");
    for (int i = 0; i < made->block_count; i++)
        block_write(out, &made->blocks[i]);
    cd_buf_lit(out, "<p class=\"end\">");
    cd_esc_html(out, cd_letter_language(made->language)->end);
    cd_buf_lit(out, "</p>\n</main>\n</body>\n</html>\n");
}

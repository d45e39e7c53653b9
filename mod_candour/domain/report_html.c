/* report_html.c: a report as an HTML document of its own, for paper and for its PDF.
 *
 * No script, no picture, no address but that of the style sheet. All text is escaped. The same
 * report gives the same bytes. The running foot with the page's number is said in the style sheet.
 */
#include <string.h>

#include "domain/report.h"

const char cd_report_style_link[] =
    "<link rel=\"stylesheet\" href=\"../../../../../../../assets/report.css\">\n";

static void element(cd_buf_t *out, const char *open, const char *text, const char *close)
{
    cd_buf_str(out, open);
    cd_esc_html(out, text);
    cd_buf_str(out, close);
}

/* Each line that a person wrote is a paragraph. */
static void lines(cd_buf_t *out, const char *text)
{
    while (*text) {
        const apr_size_t len = strcspn(text, "\n");
        cd_buf_t *line = cd_buf_make(out->pool, len + 1);

        cd_buf_add(line, text, len);
        if (len)
            element(out, "<p>", line->data, "</p>\n");
        text += len + (text[len] == '\n');
    }
}

static void list(cd_buf_t *out, const cd_report_block_t *block)
{
    if (block->caption)
        element(out, "<h3>", block->caption, "</h3>\n");
    cd_buf_lit(out, "<ul>\n");
    for (int i = 0; i < block->rows; i++)
        element(out, "<li>", block->cells[i], "</li>\n");
    cd_buf_lit(out, "</ul>\n");
}

static void pairs(cd_buf_t *out, const cd_report_block_t *block)
{
    if (block->caption)
        element(out, "<h3>", block->caption, "</h3>\n");
    cd_buf_lit(out, "<table class=\"pairs\">\n<tbody>\n");
    for (int i = 0; i < block->rows; i++) {
        element(out, "<tr><th scope=\"row\">", block->cells[i * 2], "</th>");
        element(out, "<td>", block->cells[i * 2 + 1], "</td></tr>\n");
    }
    cd_buf_lit(out, "</tbody>\n</table>\n");
}

static void table(cd_buf_t *out, const cd_report_block_t *block)
{
    cd_buf_fmt(out, "<table class=\"columns-%d%s\">\n", block->columns,
               block->numeric ? " sums" : "");
    if (block->caption)
        element(out, "<caption>", block->caption, "</caption>\n");
    for (int row = 0; row < block->rows; row++) {
        cd_buf_str(out, row ? "<tr>" : "<thead>\n<tr>");
        for (int i = 0; i < block->columns; i++) {
            const char *cell = block->cells[row * block->columns + i];

            if (!row)
                element(out, "<th scope=\"col\">", cell, "</th>");
            else if (!i)
                element(out, "<th scope=\"row\">", cell, "</th>");
            else
                element(out, "<td>", cell, "</td>");
        }
        cd_buf_str(out, row ? "</tr>\n" : "</tr>\n</thead>\n<tbody>\n");
    }
    cd_buf_lit(out, "</tbody>\n</table>\n");
}

static void block_write(cd_buf_t *out, const cd_report_block_t *block)
{
    switch (block->kind) {
    case CD_REPORT_LIST: list(out, block); break;
    case CD_REPORT_PAIRS: pairs(out, block); break;
    case CD_REPORT_TABLE: table(out, block); break;
    case CD_REPORT_BOX:
        cd_buf_lit(out, "<div class=\"box\">\n");
        if (block->caption)
            element(out, "<h3>", block->caption, "</h3>\n");
        lines(out, block->cells[0]);
        cd_buf_lit(out, "</div>\n");
        break;
    case CD_REPORT_QUOTE:
        if (block->caption)
            element(out, "<h3>", block->caption, "</h3>\n");
        cd_buf_lit(out, "<blockquote>\n");
        lines(out, block->cells[0]);
        cd_buf_lit(out, "</blockquote>\n");
        break;
    default: lines(out, block->cells[0]); break;
    }
}

void cd_report_head(cd_buf_t *out, const char *title, const char *body_class)
{
    cd_buf_lit(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    element(out, "<title>", title, "</title>\n");
    cd_buf_lit(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    cd_buf_str(out, cd_report_style_link);
    element(out, "</head>\n<body class=\"", body_class, "\">\n<main>\n");
}

void cd_report_html(cd_buf_t *out, const cd_report_t *report)
{
    cd_report_head(out, report->title, "report");
    cd_buf_fmt(out, "<p class=\"running\">Decision report, claim %s, ", report->reference);
    element(out, "", report->org_code, "");
    cd_buf_fmt(out, ", decision %d</p>\n", report->decision_seq);
    element(out, "<h1>", report->title, "</h1>\n");
    element(out, "<p class=\"summary\">", report->summary, "</p>\n");
    for (int i = 0; i < report->section_count; i++) {
        const cd_report_section_t *section = &report->sections[i];

        element(out, "<section id=\"", section->id, "\">\n");
        element(out, "<h2>", section->heading, "</h2>\n");
        for (int k = 0; k < section->block_count; k++)
            block_write(out, &section->blocks[k]);
        cd_buf_lit(out, "</section>\n");
    }
    cd_buf_lit(out, "<p class=\"end\">End of the report</p>\n</main>\n</body>\n</html>\n");
}

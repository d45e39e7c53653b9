/* report.c: the page of a decision report, the same to print, and the letters of a round.
 *
 * The page shows the document section by section; its JSON is the canonical bytes that the
 * fingerprint is of. What is printed and made into a PDF is a document of its own, without the
 * frame of the application. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "app/report.h"
#include "web/page.h"
#include "web/route.h"
#include "web/url.h"

static cd_err_t *find(app_report_t **out, web_exchange_t *x)
{
    const char *now = NULL;

    CD_ERR(web_query(&now, x, "now"));
    if (now)
        return app_report_now(out, x->ctx, x->param[1], (int)apr_atoi64(x->param[2]));
    return app_report(out, x->ctx, x->param[1], (int)apr_atoi64(x->param[2]));
}

static const char *address(const web_exchange_t *x, const app_report_t *report, const char *route)
{
    return web_url(x, route, x->param[0], report->report->org_code, x->param[2], NULL);
}

/* ---- the document ---- */

/* Each line that a person wrote is a paragraph. */
static void put_paras(web_view_t *map, const char *text, apr_pool_t *pool)
{
    web_view_t *list = web_page_list(map, WN_paras);
    char *last = NULL, *line;

    for (line = apr_strtok(apr_pstrdup(pool, text), "\n", &last); line;
         line = apr_strtok(NULL, "\n", &last))
        web_page_text(web_add(list), WN_text, line);
}

static void put_table(web_view_t *map, const cd_report_block_t *block)
{
    web_view_t *heads = web_page_list(map, WN_heads), *rows = web_page_list(map, WN_report_rows);

    for (int i = 0; i < block->columns; i++)
        web_page_text(web_add(heads), WN_text, block->cells[i]);
    for (int row = 1; row < block->rows; row++) {
        web_view_t *line = web_add(rows), *cells;

        web_page_text(line, WN_row_head, block->cells[row * block->columns]);
        cells = web_page_list(line, WN_cells);
        for (int i = 1; i < block->columns; i++) {
            web_view_t *cell = web_add(cells);

            web_page_text(cell, WN_text, block->cells[row * block->columns + i]);
            web_page_flag(cell, WN_is_sum, block->numeric && i + 1 == block->columns);
        }
    }
}

static void put_pairs(web_view_t *map, const cd_report_block_t *block)
{
    web_view_t *list = web_page_list(map, WN_told);

    for (int i = 0; i < block->rows; i++)
        web_told(list, block->cells[i * 2], block->cells[i * 2 + 1]);
}

static void put_items(web_view_t *map, const cd_report_block_t *block)
{
    web_view_t *list = web_page_list(map, WN_items);

    for (int i = 0; i < block->rows; i++)
        web_page_text(web_add(list), WN_text, block->cells[i]);
}

static void put_block(web_view_t *map, const cd_report_block_t *block, apr_pool_t *pool)
{
    web_page_text(map, WN_caption, block->caption);
    web_page_flag(map, WN_block_text, block->kind == CD_REPORT_TEXT);
    web_page_flag(map, WN_block_quote, block->kind == CD_REPORT_QUOTE);
    web_page_flag(map, WN_block_box, block->kind == CD_REPORT_BOX);
    web_page_flag(map, WN_block_list, block->kind == CD_REPORT_LIST);
    web_page_flag(map, WN_block_pairs, block->kind == CD_REPORT_PAIRS);
    web_page_flag(map, WN_block_table, block->kind == CD_REPORT_TABLE);
    switch (block->kind) {
    case CD_REPORT_TABLE: put_table(map, block); break;
    case CD_REPORT_PAIRS: put_pairs(map, block); break;
    case CD_REPORT_LIST: put_items(map, block); break;
    default: put_paras(map, block->cells[0], pool); break;
    }
}

static void put_document(web_exchange_t *x, const cd_report_t *document)
{
    web_view_t *sections = web_page_list(x->view, WN_report_sections);

    web_page_text(x->view, WN_summary, document->summary);
    for (int i = 0; i < document->section_count; i++) {
        const cd_report_section_t *section = &document->sections[i];
        web_view_t *map = web_add(sections), *blocks;

        web_page_text(map, WN_html_id, section->id);
        web_page_text(map, WN_heading, section->heading);
        blocks = web_page_list(map, WN_report_blocks);
        for (int k = 0; k < section->block_count; k++)
            put_block(web_add(blocks), &section->blocks[k], x->pool);
    }
}

/* ---- what the reader should know of this copy ---- */

static void put_links(web_exchange_t *x, const app_report_t *report)
{
    const char *page = address(x, report, "report.show");

    web_page_text(x->view, WN_report_print_url, address(x, report, "report.print"));
    web_page_text(x->view, WN_report_letter_url, address(x, report, "report.letter"));
    web_page_text(x->view, WN_replay_url,
                  web_url(x, "flag.replay", report->facts->reference, report->facts->org_code,
                          apr_itoa(x->pool, report->facts->flag_seq), NULL));
    web_page_text(x->view, WN_report_json_url, web_url_query(x, page, "format", "json"));
    if (report->has_pdf)
        web_page_text(x->view, WN_report_pdf_url, address(x, report, "report.pdf"));
    if (report->has_letter_pdf)
        web_page_text(x->view, WN_report_letter_pdf_url, address(x, report, "report.letter.pdf"));
    if (!report->told)
        web_page_text(x->view, WN_pdf_missing,
                      "The trust is not told yet. The PDF is made once it is. Until then, print"
                      " the report from its print page.");
    else if (report->kept_on && !report->has_pdf)
        web_page_text(x->view, WN_pdf_missing,
                      "The PDF is not made yet. Until then, print the report from its print page.");
}

static void put_copy(web_exchange_t *x, const app_report_t *report, int is_now)
{
    const char *page = address(x, report, "report.show");

    web_page_text(x->view, WN_fingerprint, report->sha256);
    if (report->kept_on)
        web_page_text(
            x->view, WN_kept_words,
            apr_psprintf(
                x->pool,
                "This is the report as it was kept on %s, when the trust was told. It does not"
                " change.",
                cd_date_words(report->kept_on, x->pool)));
    if (report->differs) {
        web_page_text(x->view, WN_differs_words,
                      "Something has happened since. A report made today would say something"
                      " else.");
        web_page_text(x->view, WN_now_url, web_url_query(x, page, "now", "1"));
    }
    if (report->lost)
        web_page_text(x->view, WN_lost_words,
                      "The trust was told of this decision, but the report of that day is not kept"
                      " here. This one is made from what is on record today.");
    if (is_now && report->told)
        web_page_text(x->view, WN_kept_url, page);
}

cd_err_t *web_report_show(web_exchange_t *x)
{
    app_report_t *report;
    const char *now = NULL;

    CD_ERR(web_query(&now, x, "now"));
    CD_ERR(find(&report, x));
    if (x->media == WEB_JSON) {
        x->resp->body = cd_buf_make(x->pool, report->len + 1);
        cd_buf_add(x->resp->body, report->json, report->len);
        x->resp->content_type = "application/json";
        return NULL;
    }
    web_crumb(x, "Claims", web_url(x, "claim.list", NULL));
    web_crumb(x, x->param[0], web_url(x, "claim.show", x->param[0], NULL));
    web_page_title(x, apr_psprintf(x->pool, "Decision report, claim %s", x->param[0]),
                   report->report->title);
    web_page_text(
        x->view, WN_caption,
        apr_psprintf(x->pool, "Decision report, claim %s, decision %s", x->param[0], x->param[2]));
    put_links(x, report);
    put_copy(x, report, now != NULL);
    put_document(x, report->report);
    return NULL;
}

cd_err_t *web_report_print(web_exchange_t *x)
{
    app_report_t *report;

    CD_ERR(app_report(&report, x->ctx, x->param[1], (int)apr_atoi64(x->param[2])));
    x->resp->body = cd_buf_make(x->pool, 65536);
    cd_report_html(x->resp->body, report->report);
    x->resp->content_type = "text/html; charset=utf-8";
    return NULL;
}

static cd_err_t *pdf(web_exchange_t *x, int of_letter)
{
    app_report_t *report;

    CD_ERR(app_report(&report, x->ctx, x->param[1], (int)apr_atoi64(x->param[2])));
    CD_ERR(app_report_pdf(&x->resp->body, x->ctx, report, of_letter));
    x->resp->content_type = "application/pdf";
    x->resp->filename =
        apr_psprintf(x->pool, "%s-%s-%s-%s.pdf", x->param[0], report->report->org_code,
                     of_letter ? "letter" : "report", x->param[2]);
    return NULL;
}

cd_err_t *web_report_pdf(web_exchange_t *x)
{
    return pdf(x, 0);
}

cd_err_t *web_report_letter_pdf(web_exchange_t *x)
{
    return pdf(x, 1);
}

cd_err_t *web_report_letter(web_exchange_t *x)
{
    app_report_t *report;

    CD_ERR(app_report(&report, x->ctx, x->param[1], (int)apr_atoi64(x->param[2])));
    CD_ERR(app_report_letter(&x->resp->body, x->ctx, report));
    x->resp->content_type = "text/html; charset=utf-8";
    return NULL;
}

static cd_err_t *round_letter(web_exchange_t *x, cd_record_kind_t kind)
{
    CD_ERR(
        app_round_letter(&x->resp->body, x->ctx, x->param[1], kind, (int)apr_atoi64(x->param[2])));
    x->resp->content_type = "text/html; charset=utf-8";
    return NULL;
}

cd_err_t *web_request_letter(web_exchange_t *x)
{
    return round_letter(x, CD_REC_REQUEST);
}

cd_err_t *web_indication_letter(web_exchange_t *x)
{
    return round_letter(x, CD_REC_INDICATION);
}

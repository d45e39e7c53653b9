/* write_csv.c: one list of the view as CSV (RFC 4180): a row of names, then a row per map. Every
 * cell is quoted; numbers are the plain ones of JSON, and a cell that a spreadsheet would take for
 * a formula is made harmless. */
#include "web/value.h"

/* A number written by us is no formula, though it may open with a minus. */
static void write_cell(cd_buf_t *buf, const web_value_t *value)
{
    if (!value || value->page_only) {
        cd_esc_csv(buf, NULL);
        return;
    }
    switch (value->type) {
    case WEB_V_INT:
    case WEB_V_PENCE:
    case WEB_V_BP:
        cd_buf_fmt(buf, "\"%" APR_INT64_T_FMT "\"", value->as.number);
        break;
    default:
        cd_esc_csv(buf, web_value_plain(value, buf->pool));
        break;
    }
}

void web_write_csv(cd_buf_t *buf, const web_view_t *list, const web_name_t *columns, int count)
{
    int row, i;

    for (i = 0; i < count; i++) {
        cd_buf_str(buf, i ? "," : "");
        cd_esc_csv(buf, web_name(columns[i]));
    }
    cd_buf_lit(buf, "\r\n");
    for (row = 0; row < web_list_count(list); row++) {
        for (i = 0; i < count; i++) {
            cd_buf_str(buf, i ? "," : "");
            write_cell(buf, web_value_find(list->maps[row], columns[i]));
        }
        cd_buf_lit(buf, "\r\n");
    }
}

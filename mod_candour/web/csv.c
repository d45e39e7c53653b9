/* csv.c: a list of the page as a file of comma separated values. */
#include "web/csv.h"
#include "web/url.h"

const char *web_csv_url(const web_exchange_t *x, const char *url)
{
    return web_url_query(x, url, "format", "csv");
}

cd_err_t *web_csv(web_exchange_t *x, web_name_t name, const web_name_t *columns, int count,
                  const char *filename)
{
    const web_view_t *list = web_get_map(x->view, name);

    x->resp->content_type = "text/csv; charset=utf-8; header=present";
    x->resp->filename = filename;
    x->resp->body = cd_buf_make(x->pool, 8192);
    web_write_csv(x->resp->body, list, columns, count);
    return NULL;
}

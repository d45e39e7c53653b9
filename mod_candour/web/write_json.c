/* write_json.c: the view as JSON. Values for the page only are left out. */
#include "web/value.h"

static void write_map(cd_jsonw_t *w, const web_view_t *map);

static void write_list(cd_jsonw_t *w, const web_view_t *list)
{
    int i;

    cd_jsonw_open(w, '[');
    for (i = 0; i < list->count; i++)
        write_map(w, list->maps[i]);
    cd_jsonw_close(w, ']');
}

static void write_value(cd_jsonw_t *w, const web_value_t *value)
{
    switch (value->type) {
    case WEB_V_FLAG:
        cd_jsonw_bool(w, value->as.number != 0);
        break;
    case WEB_V_INT:
    case WEB_V_PENCE:
    case WEB_V_BP:
        cd_jsonw_int(w, value->as.number);
        break;
    case WEB_V_MAP:
        write_map(w, value->as.node);
        break;
    case WEB_V_LIST:
        write_list(w, value->as.node);
        break;
    default:
        cd_jsonw_text(w, web_value_plain(value, w->buf->pool));
        break;
    }
}

static void write_map(cd_jsonw_t *w, const web_view_t *map)
{
    int i;

    cd_jsonw_open(w, '{');
    for (i = 0; i < map->count; i++) {
        if (map->values[i].page_only || map->values[i].type == WEB_V_ABSENT)
            continue;
        cd_jsonw_name(w, web_name(map->values[i].name));
        write_value(w, &map->values[i]);
    }
    cd_jsonw_close(w, '}');
}

void web_write_json(cd_buf_t *buf, const web_view_t *view)
{
    cd_jsonw_t w;

    cd_jsonw_init(&w, buf, 0);
    if (view->is_list)
        write_list(&w, view);
    else
        write_map(&w, view);
}
